"""The ways of cutting time into numbered pieces: by years of a calendar, quarters, weeks, terms …

A ``Series`` knows how its pieces are numbered (their ordinals) and on which days they begin and end, and
nothing of how they are written. ``Period`` is one piece of a series, or several that follow one another.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import cache

from outcome_bees.errors import PeriodError
from outcome_bees.periods.calendar import (
    LAST_DAY,
    Calendar,
    YearType,
    day_number,
    easter_sunday,
    month_later,
)

__all__ = ["PARTS_OF_A_YEAR", "TERMS", "PeriodKind", "Run", "Series", "iso_week", "series_of"]


class PeriodKind(StrEnum):
    """What sort of stretch of time a period is.

    Example:
        >>> PeriodKind("to_date")
        <PeriodKind.TO_DATE: 'to_date'>
    """

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    TERM = "term"
    AUTUMN_AND_SPRING = "autumn_and_spring"
    DAY = "day"
    YEAR_ENDING = "year_ending"
    TO_DATE = "to_date"
    SPAN = "span"


PARTS_OF_A_YEAR = {PeriodKind.YEAR: 1, PeriodKind.HALF: 2, PeriodKind.QUARTER: 4, PeriodKind.TO_DATE: 4}
"""The kinds that need to know the year type, and into how many parts each cuts a year."""

TERMS = ("autumn", "spring", "summer")
"""The terms of an academic year, in their order."""


class Series:
    """One way of cutting time into pieces that are numbered without a gap.

    Attributes:
        kind: What sort of piece it cuts.
        calendar: The year that the pieces are parts of; ``None`` where they are parts of none.
        lowest: The ordinal of the first piece that lies wholly in the years 1 to 9999.
        highest: The ordinal of the last such piece.
        tiles: Whether every day lies in exactly one piece.
    """

    __slots__ = ("calendar", "highest", "kind", "lowest")
    tiles = True

    def __init__(self, kind: PeriodKind, calendar: Calendar | None, lowest: int, highest: int) -> None:
        self.kind, self.calendar, self.lowest, self.highest = kind, calendar, lowest, highest

    def first_day(self, ordinal: int) -> int:
        """The number of the day on which a piece begins."""
        raise NotImplementedError

    def last_day(self, ordinal: int) -> int:
        """The number of the day on which a piece ends."""
        return self.first_day(ordinal + 1) - 1

    def holding(self, day: int) -> int:
        """The ordinal of the piece in which a day lies."""
        raise NotImplementedError

    def shifted(self, ordinal: int, pieces: int) -> int:
        """The ordinal so many pieces later."""
        return ordinal + pieces

    def months_later(self, ordinal: int, months: int) -> int:
        """The ordinal of the piece so many months later, as ``Period.months_later`` says."""
        raise NotImplementedError

    def run_months_later(self, first: int, last: int, months: int) -> tuple[int, int]:
        """Where a run of pieces lies so many months later, of the same number of pieces."""
        moved = self.months_later(first, months), self.months_later(last, months)
        if moved[1] - moved[0] != last - first:
            raise PeriodError(f"{last - first + 1} {self.kind}s do not fall {months} months away: one is longer there")
        return moved


Run = tuple[Series, int, int]
"""What a period is made of: a series, and the ordinals of its first and last piece there."""


def _whole_steps(months: int, step: int, kind: PeriodKind) -> int:
    if months % step:
        raise PeriodError(f"a {kind.replace('_', ' ')} moves by multiples of {step} months; given {months}")
    return months // step


class _Months(Series):
    """Pieces of so many months, beginning on a fixed day: years, halves, quarters and months."""

    __slots__ = ("_day", "_offset", "_step")

    def __init__(self, kind: PeriodKind, calendar: Calendar | None, step: int) -> None:
        start = calendar or YearType.CALENDAR
        self._step, self._offset, self._day = step, start.month - 1, start.day
        beyond = 120_000 if start.day == 1 else 119_999  # the month in which the next piece must have begun
        lowest, highest = -((self._offset - 12) // step), (beyond - self._offset) // step - 1
        super().__init__(kind, calendar, lowest, highest)

    def first_day(self, ordinal: int) -> int:
        return day_number(ordinal * self._step + self._offset, self._day)

    def holding(self, day: int) -> int:
        on = date.fromordinal(day)
        months = on.year * 12 + on.month - 1 - (on.day < self._day)
        return (months - self._offset) // self._step

    def months_later(self, ordinal: int, months: int) -> int:
        return ordinal + _whole_steps(months, self._step, self.kind)


class _ToDate(_Months):
    """The year so far, at the end of each of its quarters; numbered by the quarter that is last."""

    __slots__ = ()
    tiles = False

    def __init__(self, calendar: Calendar) -> None:
        super().__init__(PeriodKind.TO_DATE, calendar, 3)
        self.lowest += -self.lowest % 4  # the year has to begin after the first of days too

    def first_day(self, ordinal: int) -> int:
        return super().first_day(ordinal - ordinal % 4)

    def last_day(self, ordinal: int) -> int:
        return super().first_day(ordinal + 1) - 1


class _Weeks(Series):
    """ISO weeks, from Monday to Sunday, numbered from that of 1 January of the year 1, a Monday."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(PeriodKind.WEEK, None, 0, LAST_DAY // 7 - 1)

    def first_day(self, ordinal: int) -> int:
        return ordinal * 7 + 1

    def holding(self, day: int) -> int:
        return (day - 1) // 7

    def months_later(self, ordinal: int, months: int) -> int:
        if not months:
            return ordinal
        years = _whole_steps(months, 12, self.kind)
        year, week, _ = date.fromordinal(self.first_day(ordinal)).isocalendar()
        return iso_week(year + years, week)


def iso_week(year: int, week: int) -> int:
    """The ordinal of an ISO week; a year's first is the one with its first Thursday (ISO 8601)."""
    try:
        return (date.fromisocalendar(year, week, 1).toordinal() - 1) // 7
    except ValueError:
        weeks = f"{year:04} has 52 ISO weeks" if week == 53 else f"there is no ISO week {week} of {year:04}"
        raise PeriodError(f"week: given {week} of {year:04}; {weeks}") from None


class _Days(Series):
    """Single days."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(PeriodKind.DAY, None, 1, LAST_DAY)

    def first_day(self, ordinal: int) -> int:
        return ordinal

    def last_day(self, ordinal: int) -> int:
        return ordinal

    def holding(self, day: int) -> int:
        return day

    def months_later(self, ordinal: int, months: int) -> int:
        return month_later(ordinal, months)

    def run_months_later(self, first: int, last: int, months: int) -> tuple[int, int]:
        if first == last:
            moved = month_later(first, months)
            return moved, moved
        # A span begins on the day after something else ended: what lay side by side stays so.
        start = month_later(first - 1, months) + 1 if first > 1 else month_later(first, months)
        end = month_later(last, months)
        if start > end:
            raise PeriodError(f"these {last - first + 1} days do not fall {months} months away")
        return start, end


class _Terms(Series):
    """The terms of the academic year, of which the middle one ends on Easter Sunday.

    Source: the methodology of the Department for Education's pupil absence statistics: autumn from 1 August to
        31 December, spring from 1 January to Easter Sunday, summer from Easter Monday to 31 July.
    """

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(PeriodKind.TERM, YearType.ACADEMIC, 1, 9999 * 3)

    def first_day(self, ordinal: int) -> int:
        year, term = divmod(ordinal, 3)
        if term == 2:
            return easter_sunday(year + 1) + 1
        return day_number(year * 12 + (7 if term == 0 else 12), 1)

    def holding(self, day: int) -> int:
        on = date.fromordinal(day)
        if on.month >= 8:
            return on.year * 3
        return on.year * 3 - (2 if day <= easter_sunday(on.year) else 1)

    def months_later(self, ordinal: int, months: int) -> int:
        return ordinal + 3 * _whole_steps(months, 12, self.kind)


class _AutumnAndSpring(Series):
    """The first two terms of the academic year taken together, from 1 August to Easter Sunday."""

    __slots__ = ()
    tiles = False

    def __init__(self) -> None:
        super().__init__(PeriodKind.AUTUMN_AND_SPRING, YearType.ACADEMIC, 1, 9998)

    def first_day(self, ordinal: int) -> int:
        return day_number(ordinal * 12 + 7, 1)

    def last_day(self, ordinal: int) -> int:
        return easter_sunday(ordinal + 1)

    def months_later(self, ordinal: int, months: int) -> int:
        return ordinal + _whole_steps(months, 12, self.kind)


class _YearsEnding(Series):
    """The twelve months up to a day, numbered by that day; the next one ends a year later."""

    __slots__ = ()
    tiles = False

    def __init__(self) -> None:
        super().__init__(PeriodKind.YEAR_ENDING, None, date(2, 1, 1).toordinal(), LAST_DAY)

    def first_day(self, ordinal: int) -> int:
        return month_later(ordinal, -12) + 1

    def last_day(self, ordinal: int) -> int:
        return ordinal

    def shifted(self, ordinal: int, pieces: int) -> int:
        return month_later(ordinal, 12 * pieces)

    def months_later(self, ordinal: int, months: int) -> int:
        return month_later(ordinal, months)


_WITHOUT_A_CALENDAR: dict[PeriodKind, Callable[[], Series]] = {
    PeriodKind.MONTH: lambda: _Months(PeriodKind.MONTH, None, 1),
    PeriodKind.WEEK: _Weeks,
    PeriodKind.TERM: _Terms,
    PeriodKind.AUTUMN_AND_SPRING: _AutumnAndSpring,
    PeriodKind.DAY: _Days,
    PeriodKind.YEAR_ENDING: _YearsEnding,
}


@cache
def series_of(kind: PeriodKind, calendar: Calendar | None = None) -> Series:
    """The one series of a kind and calendar: the same object whenever it is asked for.

    Raises:
        PeriodError: A kind that is part of a year without the year type, or one that is not with it.
    """
    if kind in PARTS_OF_A_YEAR:
        if calendar is None:
            allowed = ", ".join(named.value for named in YearType)
            raise PeriodError(f"a {kind.replace('_', ' ')} needs its year type; allowed: {allowed}, or a CustomYear")
        if kind is PeriodKind.TO_DATE:
            return _ToDate(calendar)
        return _Months(kind, calendar, 12 // PARTS_OF_A_YEAR[kind])
    made = _WITHOUT_A_CALENDAR.get(kind)
    if made is None:
        raise PeriodError("a span is made of the periods it begins and ends with: Period.span(first, last)")
    if calendar is not None:
        return series_of(kind)
    return made()
