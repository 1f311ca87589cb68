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
from outcome_bees.model.aims import Comparator
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
    comparator. How close each is is not kept: of a few places, such as the City of London, even the first is not close.

    Args:
        area: The code of an upper-tier authority of England.
        edition: The year of the edition: ``"2021"`` (April) or ``"2025"`` (May).
        method: How their one value is made, ``median`` or ``pooled``.
        id: The comparator's identity in the plan.

    Returns:
        The ten, by the codes that they have today: Sheffield is E08000039, also of 2021. A place that is no more has
        its last code, as Cumbria has in the edition of 2021.

    Raises:
        InvalidValueError: There are none of this place, or none of this edition; the message has what there is.

    Source: Department for Education, children's services statistical neighbour benchmarking tool, editions of April
        2021 and May 2025, as the Department's public repository ``CSC_outcomes_and_enablers`` has them
        (``New_Statistical_Neighbour_Groupings_April_2021.csv``, ``sn_model_2025_wide.csv``); Open Government Licence
        v3.0.

    Example:
        >>> group = neighbours("E10000016", edition="2025")
        >>> group.title, group.version, group.areas[:2]
        ('Statistical neighbours of Kent (2025)', '2025', ('E10000012', 'E10000011'))
    """
    area = area_read(area, "neighbours: area")
    listed, place = _neighbours(), areas.area(area)
    editions = sorted(listed)
    known = None if place is None else place.dfe_code
    there = [each for each in editions if known in listed[each]]
    if known is None or not there:
        after = " and ".join(f"{each} ({areas.name(each)})" for each in areas.successors(area))
        hint = f"it became {after}" if after else "list the codes of its neighbours in a Comparator of your own"
        allowed = "the code of an upper-tier authority of England, such as E10000016 (Kent)"
        raise InvalidValueError("neighbours: area", area, allowed, hint)
    if edition not in editions:
        raise InvalidValueError("neighbours: edition", edition, ", ".join(map(repr, editions)))
    if edition not in there:
        hint = f"{areas.name(area)} has none of {edition}"
        raise InvalidValueError("neighbours: edition", edition, ", ".join(map(repr, there)), hint)
    codes = tuple(areas.find(each).code for each in listed[edition][known])
    title = f"Statistical neighbours of {areas.name(area)} ({edition})"
    return Comparator(id=id, title=title, areas=codes, method=method, version=edition)


@cache
def _neighbours() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the neighbours by edition and place, the closest first, all by the Department's three-digit codes."""
    text = files("outcome_bees.catalogue").joinpath("neighbours.csv").read_text(encoding="utf-8")
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["edition"], {})[row["place"]] = tuple(row["neighbours"].split())
    return found
