"""The published editions of Hertfordshire's plan for children and young people, as data.

``names()`` lists them and ``load(name)`` gives one as a ``Plan``. Titles are in our words, each item states
where it is published, and what an edition does not state is not filled in. Nothing is read until asked for.

Example:
    >>> from outcome_bees import catalogue
    >>> catalogue.names()
    ('our-way-forward-2021-26', 'plan-2018-21', 'strategic-priorities-2024-25')
"""

import csv
from functools import cache
from importlib.resources import files

from outcome_bees import areas
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.model.comparator import Comparator
from outcome_bees.model.fields import area as area_read
from outcome_bees.model.plan import Plan
from outcome_bees.serializers.documents import structure
from outcome_bees.serializers.extending import edition as edition_of_plan, edition_names
from outcome_bees.vocabulary import ComparatorMethod

__all__ = ["load", "names", "neighbours"]


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
    return structure(edition_of_plan(name))


def neighbours(
    area: str, *, edition: str, method: ComparatorMethod | str = ComparatorMethod.MEDIAN, id: str = "neighbours"
) -> Comparator:
    """Return the statistical neighbours of a place as a comparator, the closest first.

    Groups change from one edition to the next, so the edition has no default: it becomes the ``version`` of the
    comparator. Only what was at hand is here: the neighbours of Hertfordshire.

    Args:
        area: The code of the place.
        edition: The year of the edition, ``"2021"`` or ``"2025"``.
        method: How their one value is made, ``median`` or ``pooled``.
        id: The comparator's identity in the plan.

    Raises:
        InvalidValueError: There are none of this place, or none of this edition; the message has those there are.

    Source: children's services statistical neighbours, as the Department for Education publishes them with its
        Local Authority Interactive Tool; Open Government Licence v3.0.

    Example:
        >>> group = neighbours("E10000015", edition="2025")
        >>> group.title, group.version, group.areas[:2]
        ('Statistical neighbours of Hertfordshire (2025)', '2025', ('E10000025', 'E06000060'))
    """
    listed = _neighbours()
    area = area_read(area, "neighbours: area")
    editions = sorted(year for year, place in listed if place == area)
    if not editions:
        there = sorted({f"{place} ({areas.name(place)})" for _, place in listed})
        hint = "list the codes of its neighbours in a Comparator of your own"
        raise InvalidValueError("neighbours: area", area, ", ".join(there), hint)
    codes = next((codes for key, codes in listed.items() if key == (edition, area)), None)
    if codes is None:
        raise InvalidValueError("neighbours: edition", edition, ", ".join(map(repr, editions)))
    title = f"Statistical neighbours of {areas.name(area)} ({edition})"
    return Comparator(id=id, title=title, areas=codes, method=method, version=edition)


@cache
def _neighbours() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the neighbours by edition and place, the closest first."""
    text = files("outcome_bees.catalogue").joinpath("neighbours.csv").read_text(encoding="utf-8")
    rows = sorted(csv.DictReader(text.splitlines()), key=lambda row: int(row["rank"]))
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in rows:
        key = row["edition"], row["area"]
        found[key] = (*found.get(key, ()), row["neighbour"])
    return found
