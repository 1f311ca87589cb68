"""The register of places: which codes there are, what sort of place each is, and what became of the former ones.

Sources:
    ``register.csv``: codes, names, regions and the Department's own three-digit codes of local authorities, regions
    and countries as the Department for Education publishes them for checking its open data (lists of local authorities,
    regions and countries), which take them from the Office for National Statistics; Open Government Licence v3.0.
    Names under ``also`` are those of the Department's Local Authority Interactive Tool. The eight codes of districts
    in Hertfordshire are of the code history of the Office for National Statistics.

    ``sorts.csv``: Office for National Statistics, Register of Geographic Codes: what the first three characters mean.
    Codes that begin with E06, E08, E09, E10, E12, E13 and E92 are in the published tables that the tests read, with
    their names; the other meanings rest on the register's own list of entities. Which tiers each belongs to is ours.

    ``changes.csv``: the order or Act of Parliament that made each change is beside it.
"""

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from attrs import frozen

from outcome_bees.errors import InvalidTypeError, UnknownNameError
from outcome_bees.identifiers import area_code

__all__ = [
    "RECODED",
    "Area",
    "AreaChange",
    "AreaSort",
    "area",
    "changes",
    "comparable",
    "find",
    "lifetime",
    "name",
    "nearest",
    "predecessors",
    "register",
    "same_ground",
    "same_sort",
    "sort",
    "successors",
]


@frozen
class Area:
    """A place that has, or had, a code.

    Attributes:
        code: Its nine-character code.
        name: Its official name.
        region: The code of the region it lies in; ``None`` for regions, countries and what is above them.
        start: The first day of the code; ``None`` where not registered. Codes that are older than the present system
            of codes start on 1 January 2009.
        end: The last day of the code; ``None`` while it is in use.
        dfe_code: The three-digit code that the Department for Education has for the authority; ``None`` for none.
        also: Other names by which published tables call it.

    Example:
        >>> cumbria = area("E10000006")
        >>> cumbria.name, cumbria.end.isoformat(), cumbria.dfe_code
        ('Cumbria', '2023-03-31', '909')
    """

    code: str
    name: str
    region: str | None = None
    start: date | None = None
    end: date | None = None
    dfe_code: str | None = None
    also: tuple[str, ...] = ()


@frozen
class AreaSort:
    """What sort of place a code is for.

    Attributes:
        prefix: The first characters of such codes; for codes of digits alone, how many digits they have.
        name: The sort in words, such as ``"county"``.
        tiers: The tables it belongs in. Unitary authorities and the districts of cities and London are both among
            the ``upper`` tier (with counties) and among the ``lower`` tier (with the districts of counties).

    Example:
        >>> sort("E07000242").tiers, sorted(sort("E06000032").tiers)
        (frozenset({'lower'}), ['lower', 'upper'])
    """

    prefix: str
    name: str
    tiers: frozenset[str]


@frozen
class AreaChange:
    """One code that ended, and one that took its place, or part of its place.

    Attributes:
        date: The first day of the new code.
        kind: ``recoded``: the same ground under a new code. ``boundary_moved``: the same authority, whose boundary
            moved a little. ``divided``: the old area was parted among several. ``reorganised``: several old areas
            were put together and parted in another way.
        before: The code that ended.
        after: The code that follows it.
        source: The order or Act that made the change.

    Example:
        >>> [change.kind for change in changes("E10000027")]
        ['recoded']
    """

    date: date
    kind: str
    before: str
    after: str
    source: str


RECODED = "recoded"
"""The kind of change that leaves a place as it is."""

# Codes of digits alone that the Department for Education and the UK Register of Learning Providers give.
_DIGITS = {
    6: AreaSort("6 digits", "school (unique reference number)", frozenset({"school"})),
    7: AreaSort("7 digits", "school (authority and establishment number)", frozenset({"school"})),
    8: AreaSort("8 digits", "provider (UK provider reference number)", frozenset({"provider"})),
}


def _rows(table: str) -> Iterator[dict[str, str]]:
    # By the loader of this module, be it a folder or an archive: to load importlib.resources is a tenth of a verdict.
    assert __spec__ is not None, "an imported module has one"
    loader: Any = __spec__.loader
    text = loader.get_data(str(Path(__file__).with_name(table))).decode()
    return csv.DictReader(text.splitlines())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def register() -> dict[str, Area]:
    """Return every registered place by its code: authorities, regions, countries.

    Example:
        >>> sum(each.end is None and "upper" in sort(code).tiers for code, each in register().items())
        153
    """
    return {
        row["code"]: Area(
            code=row["code"],
            name=row["name"],
            region=row["region"] or None,
            start=_day(row["start"]),
            end=_day(row["end"]),
            dfe_code=row["dfe_code"] or None,
            also=tuple(filter(None, row["also"].split("; "))),
        )
        for row in _rows("register.csv")
    }


@cache
def _sorts() -> dict[str, AreaSort]:
    return {
        row["prefix"]: AreaSort(row["prefix"], row["name"], frozenset(row["tiers"].split()))
        for row in _rows("sorts.csv")
    }


@cache
def _changes() -> tuple[AreaChange, ...]:
    return tuple(
        AreaChange(date.fromisoformat(row["date"]), row["kind"], row["before"], row["after"], row["source"])
        for row in _rows("changes.csv")
    )


def area(code: str) -> Area | None:
    """Find a place by its code; ``None`` where the register does not have it.

    Example:
        >>> area("E06000060").name, area("E99999999")
        ('Buckinghamshire', None)
    """
    return register().get(area_code(code))


def name(code: str) -> str:
    """Return the name of a place; the code itself where the register does not have it.

    Example:
        >>> name("E12000006"), name("north-area")
        ('East of England', 'north-area')
    """
    found = area(code)
    return code if found is None else found.name


def sort(code: str) -> AreaSort | None:
    """Return what sort of place a code is for; ``None`` for a code of another scheme.

    Example:
        >>> sort("E05000001").name, sort("117654").name, sort("919").name, sort("north-area")
        ('electoral ward', 'school (unique reference number)', 'county', None)
    """
    code = area_code(code)
    if code.isdigit():
        if len(code) == 3 and code in _named():  # the Department's own code of an authority or a region
            code = _named()[code][0].code
        else:
            return _DIGITS.get(len(code))
    return _sorts().get(code[:3]) if len(code) == 9 and code[3:].isdigit() else None


def same_sort(one: str, other: str) -> bool | None:
    """Return whether two places may be ranked together: they share a tier.

    Returns:
        ``None`` where the sort of either is not known.

    Example:
        >>> same_sort("E10000015", "E06000032"), same_sort("E10000015", "E07000242"), same_sort("E10000015", "north")
        (True, False, None)
    """
    first, second = sort(one), sort(other)
    return None if first is None or second is None else bool(first.tiers & second.tiers)


def changes(code: str) -> tuple[AreaChange, ...]:
    """Return the changes that ended a code or began it, in order of their dates.

    Example:
        >>> [(each.before, each.after) for each in changes("E06000059")]
        [('E10000009', 'E06000059')]
    """
    code = area_code(code)
    return tuple(each for each in _changes() if code in (each.before, each.after))


def successors(code: str) -> tuple[str, ...]:
    """Return the codes that took the place of a former one; empty for one in use.

    Example:
        >>> successors("E10000009")  # Dorset; Christchurch went to the first
        ('E06000058', 'E06000059')
    """
    code = area_code(code)
    return tuple(each.after for each in _changes() if each.before == code)


def predecessors(code: str) -> tuple[str, ...]:
    """Return the codes in whose place a code came; empty where there are none.

    Example:
        >>> [name(each) for each in predecessors("E06000058")]
        ['Bournemouth', 'Poole', 'Dorset']
    """
    code = area_code(code)
    return tuple(each.before for each in _changes() if each.after == code)


def comparable(one: str, other: str) -> bool:
    """Return whether figures of two codes are figures of the same ground: one code, or one that was only recoded.

    A boundary that moved, however little, is no mere recoding: whoever compares across it decides to.

    Example:
        >>> comparable("E10000027", "E06000066"), comparable("E10000006", "E06000063")
        (True, False)
    """
    return area_code(one) == area_code(other) or other in same_ground(one)


def same_ground(code: str) -> tuple[str, ...]:
    """Return the other codes that the same ground has had, or has now: it was recoded, and its boundary did not move.

    Example:
        >>> same_ground("E06000066"), same_ground("E10000027"), same_ground("E06000063")
        (('E10000027',), ('E06000066',), ())
    """
    code = area_code(code)
    ground = _grounds().get(code)
    return () if ground is None else tuple(each for each in ground.codes if each != code)


def lifetime(code: str) -> tuple[date | None, date | None]:
    """Return the first day of a place, whatever its code was then, and the first day on which it is no more.

    A place begins and ends where boundaries change. ``None``: no change is registered that began or ended it.

    Example:
        >>> [str(day) for day in lifetime("E06000063")], [str(day) for day in lifetime("E10000006")]
        (['2023-04-01', 'None'], ['None', '2023-04-01'])
        >>> lifetime("E06000066"), lifetime("E10000015")  # Somerset was only recoded
        ((None, None), (None, None))
    """
    ground = _grounds().get(area_code(code))
    return (None, None) if ground is None else (ground.began, ground.ended)


@frozen
class _Ground:
    """A stretch of ground with one boundary: the codes it has had, the day it began, and the day it was no more."""

    codes: tuple[str, ...]
    began: date | None = None
    ended: date | None = None


@cache
def _grounds() -> dict[str, _Ground]:
    """Return the ground of every code that changed."""
    codes = dict.fromkeys(code for each in _changes() for code in (each.before, each.after))
    chains: dict[str, tuple[str, ...]] = {code: (code,) for code in codes}
    for each in _changes():
        if each.kind == RECODED:
            joined = (*chains[each.before], *chains[each.after])
            chains |= dict.fromkeys(joined, joined)
    moved = [each for each in _changes() if each.kind != RECODED]
    grounds: dict[str, _Ground] = {}
    for code, chain in chains.items():
        began = max((each.date for each in moved if each.after in chain), default=None)
        ended = min((each.date for each in moved if each.before in chain), default=None)
        grounds[code] = _Ground(chain, began, ended)
    return grounds


def _spelt(text: str) -> str:
    words = text.casefold().replace("&", " and ").replace(".", " ").replace(",", " ").replace("-", " ").split()
    return " ".join(words).removesuffix(" ua")  # as Fingertips marks unitary authorities that were counties


@cache
def _named() -> dict[str, tuple[Area, ...]]:
    """Places by every spelling of their names: those in use first, then the last to end."""
    found: dict[str, list[Area]] = {}
    for each in register().values():
        for spelling in dict.fromkeys(map(_spelt, (each.name, *each.also))):
            found.setdefault(spelling, []).append(each)
        if each.dfe_code:
            found.setdefault(each.dfe_code, []).append(each)
    return {spelling: tuple(sorted(several, key=_precedence)) for spelling, several in found.items()}


def _precedence(each: Area) -> tuple[bool, int]:
    return each.end is not None, -(each.end or date.min).toordinal()


def find(name: str, on: date | None = None) -> Area:
    """Find a place by its name in any spelling that people use, or by its three-digit code.

    Args:
        name: Such as ``"Kent"``, ``"bristol"``, ``"Herefordshire"`` or ``"919"``.
        on: A day: the place that had the name on it. ``None``: the one that has it, else the last that had it.

    Raises:
        UnknownNameError: No place has that name (on that day); the message has the nearest.

    Example:
        >>> find("dorset").code, find("Dorset", on=date(2018, 1, 1)).code
        ('E06000059', 'E10000009')
    """
    if not isinstance(name, str):
        raise InvalidTypeError("areas.find", name, "the name of a place")
    several = _named().get(_spelt(name), ())
    if on is not None:
        several = tuple(
            each for each in several if (each.start or date.min) <= on and (each.end is None or on <= each.end)
        )
    if not several:
        raise UnknownNameError("area", name, sorted({each.name for each in register().values()}))
    return several[0]


def nearest(name: str) -> Area | None:
    """Find the place that a name was most likely meant for; ``None`` where none is near.

    Example:
        >>> nearest("Hertfordshir").code
        'E10000015'
    """
    from outcome_bees.errors import nearest as nearest_word  # the same thing, of words

    meant = nearest_word(_spelt(name), _named())
    return None if meant is None else _named()[meant][0]
