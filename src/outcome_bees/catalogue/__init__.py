"""The published editions of Hertfordshire's plan for children and young people, as data.

``names()`` lists them and ``load(name)`` gives one as a ``Plan``. Titles are in our words, each item states
where it is published, and what an edition does not state is not filled in. Nothing is read until asked for.

Example:
    >>> from outcome_bees import catalogue
    >>> catalogue.names()
    ('our-way-forward-2021-26', 'plan-2018-21', 'strategic-priorities-2024-25')
"""

from functools import cache

from outcome_bees.errors import InvalidTypeError
from outcome_bees.model.plan import Plan
from outcome_bees.serializers.documents import structure
from outcome_bees.serializers.extending import edition, edition_names

__all__ = ["load", "names"]


def __dir__() -> list[str]:
    return __all__


def names() -> tuple[str, ...]:
    """Return the names of the editions that there are.

    Example:
        >>> "plan-2018-21" in names()
        True
    """
    return edition_names()


def load(name: str) -> Plan:
    """Return a published edition by its name; it is read once, and the same object is returned after that.

    Raises:
        UnknownNameError: There is none of that name; the message has the nearest.

    Example:
        >>> plan = load("strategic-priorities-2024-25")
        >>> len(plan.priorities), len(plan.measures_of(bee="Be Safe"))
        (17, 8)
    """
    if not isinstance(name, str):
        raise InvalidTypeError("catalogue", name, f"the name of an edition: {', '.join(names())}")
    return _loaded(name)


@cache
def _loaded(name: str) -> Plan:
    return structure(edition(name))
