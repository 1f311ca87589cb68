"""The ways of cutting time into numbered pieces: by years of a calendar, quarters, weeks, terms …

A ``Series`` knows how its pieces are numbered (their ordinals) and on which days they begin and end, and
nothing of how they are written. A ``Period`` is one piece of a series, or several that follow one another.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from threading import Lock

from outcome_bees.errors import InvalidTypeError, PeriodError, nearest, shown
from outcome_bees.periods.calendar import (
    LAST_DAY,
    Calendar,
    YearType,
    day_number,
    easter_sunday,
    month_later,
    whole,
)

__all__ = [
    "IN_A_YEAR",
    "TERMS",
    "PeriodKind",
    "Reading",
    "Run",
    "Series",
    "kind_named",
    "series_of",
    "single",
    "words",
]


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


IN_A_YEAR = {PeriodKind.YEAR: 1, PeriodKind.HALF: 2, PeriodKind.QUARTER: 4, PeriodKind.TO_DATE: 4}
"""The kinds that need to be told the year type, and how many of each a year has."""

TERMS = ("autumn", "spring", "summer")
"""The terms of an academic year, in their order."""


def kind_named(given: PeriodKind | str) -> PeriodKind:
    """The kind that a word names.

    Raises:
        PeriodError: No such word.
    """
    if isinstance(given, PeriodKind):
        return given
    allowed = [each.value for each in PeriodKind]
    if not isinstance(given, str):
        raise InvalidTypeError("kind", given, ", ".join(allowed))
    if given in allowed:
        return PeriodKind(given)
    meant = nearest(given, allowed)
    hint = f" (did you mean {meant}?)" if meant else ""
    raise PeriodError(f"kind: given {shown(given)}; allowed: {', '.join(allowed)}{hint}")


def words(kind: PeriodKind) -> str:
    """A kind as it stands in a sentence."""
    return kind.value.replace("_", " ")


class Series:
    """One way of cutting time into pieces that are numbered without a gap.

    Attributes:
        kind: What sort of piece it cuts.
        calendar: The year that the pieces are parts of; ``None`` where they are parts of none.
        lowest: The ordinal of the first piece that lies wholly in the years 1 to 9999.
        highest: The ordinal of the last such piece.
        tiles: Whether every day lies in exactly one piece.
        pieces: How many pieces a year has; 0 where that differs from year to year.
    """

    __slots__ = ("calendar", "highest", "kind", "lowest", "pieces")
    tiles = True

    def __init__(self, kind: PeriodKind, calendar: Calendar | None, lowest: int, highest: int, pieces: int = 0) -> None:
        self.kind, self.calendar, self.lowest, self.highest = kind, calendar, lowest, highest
        self.pieces = pieces

    def first_day(self, ordinal: int) -> int:
        """The number of the day on which a piece begins."""
        raise NotImplementedError

    def last_day(self, ordinal: int) -> int:
        """The number of the day on which a piece ends."""
        return self.first_day(ordinal + 1) - 1

    def holding(self, day: int) -> int:
        """The ordinal of the piece in which a day lies."""
        raise NotImplementedError

    def place(self, ordinal: int) -> tuple[int, int]:
        """The year that names a piece, and which of that year's pieces it is, from 1."""
        year, part = divmod(ordinal, self.pieces)
        return year, part + 1

    def at(self, year: int, part: int) -> int:
        """The ordinal of a piece from its place.

        Raises:
            PeriodError: A year has no such part.
        """
        return year * self.pieces + whole(part, words(self.kind), 1, self.pieces) - 1

    def shifted(self, ordinal: int, pieces: int) -> int:
        """The ordinal so many pieces later."""
        return ordinal + pieces

    def months_later(self, ordinal: int, months: int) -> int:
        """The ordinal of the piece so many months later, as ``Period.months_later`` says."""
        step = 12 // self.pieces
        if months % step:
            raise PeriodError(f"a {words(self.kind)} moves by multiples of {step} months; given {months}")
        return ordinal + months // step

    def run_months_later(self, first: int, last: int, months: int) -> tuple[int, int]:
        """Where a run of pieces lies so many months later, of the same number of pieces."""
        begin, end = self.months_later(first, months), self.months_later(last, months)
        if end - begin != last - first:
            raise PeriodError(f"{last - first + 1} {self.kind}s are not as many {months} months later")
        return begin, end


Run = tuple[Series, int, int]
"""What a period is made of: a series, and the ordinals of its first and last piece there."""

Reading = tuple[Run, str]
"""What a text may mean, and the convention by which it means that; empty where there is nothing to choose."""


def single(series: Series, ordinal: int) -> Run:
    """The run of one piece."""
    return series, ordinal, ordinal


class _Months(Series):
    """Pieces of so many months, beginning on a fixed day: years, halves, quarters and months."""

    __slots__ = ("_day", "_offset", "_step")

    def __init__(self, kind: PeriodKind, calendar: Calendar | None, pieces: int) -> None:
        start = calendar or YearType.CALENDAR
        self._step, self._offset, self._day = 12 // pieces, start.month - 1, start.day
        beyond = 120_000 if start.day == 1 else 119_999  # by which month the next piece must have begun
        lowest = -((self._offset - 12) // self._step)
        super().__init__(kind, calendar, lowest, (beyond - self._offset) // self._step - 1, pieces)

    def first_day(self, ordinal: int) -> int:
        return day_number(ordinal * self._step + self._offset, self._day)

    def holding(self, day: int) -> int:
        on = date.fromordinal(day)
        months = on.year * 12 + on.month - 1 - (on.day < self._day)
        return (months - self._offset) // self._step


class _ToDate(_Months):
    """The year so far, at the end of each of its quarters; numbered by the quarter that is last."""

    __slots__ = ()
    tiles = False

    def __init__(self, calendar: Calendar) -> None:
        super().__init__(PeriodKind.TO_DATE, calendar, 4)
        self.lowest += -self.lowest % 4  # the first whose year, too, begins after the first of days

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

    def place(self, ordinal: int) -> tuple[int, int]:
        year, week, _ = date.fromordinal(ordinal * 7 + 1).isocalendar()
        return year, week

    def at(self, year: int, part: int) -> int:
        try:
            return (date.fromisocalendar(year, part, 1).toordinal() - 1) // 7
        except ValueError:
            why = "that year has 52" if part == 53 else "allowed: 1 to 52, in some years 53"
            raise PeriodError(f"week: given {part} of {year:04}; {why}") from None

    def months_later(self, ordinal: int, months: int) -> int:
        if months % 12:
            raise PeriodError(f"a week moves by whole years; given {months} months")
        year, week = self.place(ordinal)
        return self.at(year + months // 12, week)


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

    def place(self, ordinal: int) -> tuple[int, int]:
        year = date.fromordinal(ordinal).year
        return year, ordinal - day_number(year * 12, 1) + 1

    def months_later(self, ordinal: int, months: int) -> int:
        return month_later(ordinal, months)

    def run_months_later(self, first: int, last: int, months: int) -> tuple[int, int]:
        if first == last:
            moved = month_later(first, months)
            return moved, moved
        # A span begins on the day after something else ended: what lay side by side stays so.
        begin, end = month_later(first - 1, months) + 1, month_later(last, months)
        if begin > end:
            raise PeriodError(f"these {last - first + 1} days do not fall {months} months later")
        return begin, end


class _YearsEnding(_Days):
    """The twelve months up to a day, numbered by that day; the next one ends a year later."""

    __slots__ = ()
    tiles = False

    def __init__(self) -> None:
        Series.__init__(self, PeriodKind.YEAR_ENDING, None, date(2, 1, 1).toordinal(), LAST_DAY)

    def first_day(self, ordinal: int) -> int:
        return month_later(ordinal, -12) + 1

    def shifted(self, ordinal: int, pieces: int) -> int:
        return month_later(ordinal, 12 * pieces)


class _Terms(Series):
    """The terms of the academic year, of which the middle one ends on Easter Sunday.

    Source: the methodology of the Department for Education's pupil absence statistics: autumn from 1 August
        to 31 December, spring from 1 January to Easter Sunday, summer from Easter Monday to 31 July.
    """

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(PeriodKind.TERM, YearType.ACADEMIC, 1, 9999 * 3, 3)

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
        if months % 12:
            raise PeriodError(f"a term moves by whole years; given {months} months")
        return ordinal + months // 4


class _AutumnAndSpring(Series):
    """The first two terms of the academic year taken together, from 1 August to Easter Sunday."""

    __slots__ = ()
    tiles = False

    def __init__(self) -> None:
        super().__init__(PeriodKind.AUTUMN_AND_SPRING, YearType.ACADEMIC, 1, 9998, 1)

    def first_day(self, ordinal: int) -> int:
        return day_number(ordinal * 12 + 7, 1)

    def last_day(self, ordinal: int) -> int:
        return easter_sunday(ordinal + 1)


_MADE: dict[PeriodKind, Callable[[], Series]] = {
    PeriodKind.MONTH: lambda: _Months(PeriodKind.MONTH, None, 12),
    PeriodKind.WEEK: _Weeks,
    PeriodKind.TERM: _Terms,
    PeriodKind.AUTUMN_AND_SPRING: _AutumnAndSpring,
    PeriodKind.DAY: _Days,
    PeriodKind.YEAR_ENDING: _YearsEnding,
}


def series_of(kind: PeriodKind, calendar: Calendar | None = None) -> Series:
    """The one series of a kind, and of a calendar where the kind is part of a year; always the same object.

    Raises:
        PeriodError: A part of a year, and the year type is not said; or a span, which is no series.
    """
    key = kind, calendar if kind in IN_A_YEAR else None
    found = _SERIES.get(key)
    if found is None:
        with _MAKING:  # periods are equal when their series are one object: two threads must not make two
            found = _SERIES.get(key)
            if found is None:
                found = _SERIES[key] = _made(*key)
    return found


_SERIES: dict[tuple[PeriodKind, Calendar | None], Series] = {}
_MAKING = Lock()


def _made(kind: PeriodKind, calendar: Calendar | None) -> Series:
    if calendar is not None:
        return _ToDate(calendar) if kind is PeriodKind.TO_DATE else _Months(kind, calendar, IN_A_YEAR[kind])
    if kind in IN_A_YEAR:
        named = ", ".join(each.value for each in YearType)
        raise PeriodError(f"a {words(kind)} needs its year type; allowed: {named}, or a CustomYear")
    if kind is PeriodKind.SPAN:
        raise PeriodError("a span is made of the periods it begins and ends with: Period.span(first, last)")
    return _MADE[kind]()
