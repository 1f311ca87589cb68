"""Hypothesis strategies for the public types, and laws, for the tests of every tool that is built on this library.

The strategies register themselves with Hypothesis through its entry point, so that ``st.from_type(Plan)`` works
wherever the library is installed. What they draw is valid, and as awkward as valid things can be: curly quotes,
formulas in titles, bees of a plan's own, suppressed figures, zero and negative numbers. The laws prove on drawn cases
that a policy, a plan or a source of your own does what every one should.

Example:
    >>> from hypothesis import find
    >>> find(margins(), lambda margin: margin.percent is not None)
    Margin(amount=None, percent=Decimal('0.1'))
"""

__all__ = [
    "aims",
    "check_plan",
    "check_policy",
    "check_source",
    "comparators",
    "extensions",
    "ids",
    "margins",
    "measures",
    "numbers",
    "observations",
    "periods",
    "plans",
    "policies",
    "register",
    "series",
    "targets",
    "texts",
    "units",
]


def __dir__() -> list[str]:
    return __all__


def register() -> None:
    """Register the strategies of the public types with Hypothesis, whose entry point calls this."""
    if globals().get("_ready"):  # what is imported below is what imports Hypothesis: it registers at its end
        register_types()


# Hypothesis looks for the function above while it is being imported.
from outcome_bees.testing.laws import check_plan, check_policy, check_source  # noqa: E402 - see above
from outcome_bees.testing.strategies import (  # noqa: E402 - likewise
    AREAS as AREAS,
    aims,
    comparators,
    extensions,
    ids,
    margins,
    measures,
    numbers,
    observations,
    periods,
    plans,
    policies,
    register_types,
    series,
    targets,
    texts,
    units,
)

_ready = True
register()
