"""What is missing, in words: of which place there is no figure, and what was there before it."""

from collections.abc import Collection, Sequence

from outcome_bees.areas import RECODED, Names, area, changes, meant_place, name, same_ground
from outcome_bees.periods import Period

__all__ = ["came_in_place_of", "ended_before", "in_use", "listed", "no_figures_of"]

_SHOWN = 3  # places that a sentence names; the others are counted
_LISTED = 10  # codes that a warning lists


def in_use(code: str) -> bool:
    """Return whether the register of places has a code in use: that there are no figures of it is no slip."""
    place = area(code)
    return place is not None and place.end is None


def no_figures_of(asked: str, codes: Collection[str]) -> str:
    """Return the warning that no figure is of the place that was asked for, with the one that was meant.

    Example:
        >>> no_figures_of("Kent", ["E10000015", "E10000016"])
        'there are no figures of Kent, only of E10000015, E10000016; did you mean E10000016, which is Kent?'
    """
    there = list(codes)
    only = f"{', '.join(there[:_LISTED])}{' …' if len(there) > _LISTED else ''}"
    meant = meant_place(asked, there)
    is_called = "" if meant is None or name(meant) == meant else f", which is {name(meant)}"
    hint = f"; did you mean {meant}{is_called}?" if meant else ""
    return f"there are no figures of {Names().with_code(asked)}, only of {only}{hint}"


def listed(codes: Sequence[str]) -> str:
    """Return the names of a few places, and how many more there are.

    Example:
        >>> listed(["E10000016", "E10000015"])
        'Kent (E10000016) and Hertfordshire (E10000015)'
    """
    shown = [Names().with_code(each) for each in codes[:_SHOWN]]
    more = len(codes) - len(shown)
    return _together([*shown, f"{more} more"] if more else shown)


def _together(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def came_in_place_of(code: str, period: Period) -> str | None:
    """Return which place came in place of which, where that was after a period; ``None`` where it was not.

    Example:
        >>> came_in_place_of("E06000061", Period.from_code("FY2019-20"))
        'North Northamptonshire (E06000061) came in place of Northamptonshire (E10000021) on 1 April 2021'
    """
    now = {code, *same_ground(code)}
    before = [each for each in changes(code) if each.after in now and each.kind != RECODED and each.date > period.end]
    if not before:
        return None
    former = _together([f"{name(each.before)} ({each.before})" for each in before])
    return f"{Names().with_code(code)} came in place of {former} on {Period.day(before[0].date).label}"


def ended_before(code: str, period: Period) -> str | None:
    """Return that a place ended before a period began; ``None`` where it did not.

    Example:
        >>> ended_before("E10000006", Period.from_code("FY2024-25"))
        'Cumbria (E10000006, until 2023; now Cumberland; Westmorland and Furness) has no figures any more'
    """
    place = area(code)
    if place is None or place.end is None or place.end >= period.start:
        return None
    return f"{Names().with_code(code)} has no figures any more"
