"""Plans, observations and results as documents and tables; a bad one is refused with all its problems."""

from typing import TYPE_CHECKING

from outcome_bees.offers import fetching

if TYPE_CHECKING:
    from outcome_bees.layouts import EesLayout, Indicator, LaitLayout, OwnLayout
    from outcome_bees.serializers.observations import Collected, dump_observations, load_observations
    from outcome_bees.serializers.plans import dump_plan, load_plan
    from outcome_bees.serializers.whole import convert, dump, from_tree, load, to_tree, validate

__all__ = [
    "Collected",
    "EesLayout",
    "Indicator",
    "LaitLayout",
    "OwnLayout",
    "convert",
    "dump",
    "dump_observations",
    "dump_plan",
    "from_tree",
    "load",
    "load_observations",
    "load_plan",
    "to_tree",
    "validate",
]


if not TYPE_CHECKING:  # plans need no layouts of tables, and no results
    __getattr__ = fetching(
        __name__,
        {
            **dict.fromkeys(("EesLayout", "Indicator", "LaitLayout", "OwnLayout"), "layouts"),
            **dict.fromkeys(("Collected", "dump_observations", "load_observations"), "serializers.observations"),
            **dict.fromkeys(("dump_plan", "load_plan"), "serializers.plans"),
            **dict.fromkeys(("convert", "dump", "from_tree", "load", "to_tree", "validate"), "serializers.whole"),
        },
    )


def __dir__() -> list[str]:
    return __all__
