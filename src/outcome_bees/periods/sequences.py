"""The ways of cutting time into numbered pieces: by years of a calendar, quarters, weeks, terms.

A ``PeriodSequence`` knows how its pieces are numbered (their ordinals) and on which days they begin and end,
and nothing of how they are written. A ``Run`` is one piece of a sequence, or several that follow one another:
plain data, on which every notation is built, and of which a ``Period`` is made.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from threading import Lock
from typing import NamedTuple

from outcome_bees.errors import InvalidTypeError, PeriodError, nearest, shown
from outcome_bees.periods.calendar import (
    LAST_DAY,
    Calendar,
    YearType,
    day_number,
    easter_sunday,
    month_later,
    whole_number,
)

__all__ = [
    "IN_A_YEAR",
    "TERMS",
    "PeriodKind",
    "PeriodSequence",
    "Reading",
    "Run",
    "days_run",
    "kind_in_words",
    "kind_named",
    "months_of_year",
    "part_of_year",
    "sequence_of",
    "single",
]


class PeriodKind(StrEnum):
    """What sort of time a period is.

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

    __hash__ = str.__hash__  # that of the text it equals; an Enum's own is that of its name, and slow


IN_A_YEAR = {PeriodKind.YEAR: 1, PeriodKind.HALF: 2, PeriodKind.QUARTER: 4, PeriodKind.TO_DATE: 4}
"""The kinds that are parts of a sort of year, and how many of each a year has."""

TERMS = ("autumn", "spring", "summer")
"""The terms of an academic year, in their order."""


def kind_named(given: PeriodKind | str) -> PeriodKind:
    """Return the kind that a word names.

    Raises:
        PeriodError: No such word.
    """
    try:
        return PeriodKind(given)
    except ValueError:
        allowed = [each.value for each in PeriodKind]
    if not isinstance(given, str):
        raise InvalidTypeError("kind", given, ", ".join(allowed))
    meant = nearest(given, allowed)
    hint = f" (did you mean {meant}?)" if meant else ""
    raise PeriodError(f"kind: given {shown(given)}; allowed: {', '.join(allowed)}{hint}")


def kind_in_words(kind: PeriodKind) -> str:
    """Return a kind as a sentence writes it: ``year ending`` for ``year_ending``."""
    return kind.value.replace("_", " ")


class PeriodSequence(ABC):
    """One way of cutting time into pieces that are numbered without a gap.

    Attributes:
        kind: What sort of piece it cuts.
        calendar: The year that the pieces are parts of; ``None`` where they are parts of none.
        lowest: The ordinal of the first piece that lies wholly in the years 1 to 9999.
        highest: The ordinal of the last such piece.
        tiles: Whether every day lies in exactly one piece.
        pieces: How many pieces a year has; 0 where that differs from year to year.
    """

    __slots__ = ("_words", "calendar", "highest", "kind", "lowest", "pieces")
    tiles = True

    def __init__(self, kind: PeriodKind, calendar: Calendar | None, lowest: int, highest: int, pieces: int = 0) -> None:
        self.kind, self.calendar, self.lowest, self.highest = kind, calendar, lowest, highest
        self.pieces, self._words = pieces, kind_in_words(kind)

    @abstractmethod
    def first_day(self, ordinal: int) -> int:
        """Return the number of the day on which a piece begins."""

    def last_day(self, ordinal: int) -> int:
        """Return the number of the day on which a piece ends."""
        return self.first_day(ordinal + 1) - 1

    @abstractmethod
    def holding(self, day: int) -> int:
        """Return the ordinal of the piece in which a day lies.

        Where pieces overlap, or leave days between them, it is the first that ends on the day or after it.
        """

    def place(self, ordinal: int) -> tuple[int, int]:
        """Return the year that names a piece, and which of that year's pieces it is, from 1."""
        year, part = divmod(ordinal, self.pieces)
        return year, part + 1

    def at(self, year: int, part: int) -> int:
        """Return the ordinal of a piece from its place.

        Raises:
            PeriodError: A year has no such part.
        """
        return year * self.pieces + whole_number(part, self._words, 1, self.pieces) - 1

    def shifted(self, ordinal: int, pieces: int) -> int:
        """Return the ordinal so many pieces later."""
        return ordinal + pieces

    def run_shifted(self, first: int, last: int, runs: int) -> tuple[int, int]:
        """Return the first and last ordinal of the run so many runs of its own length later."""
        pieces = runs * (last - first + 1)
        return self.shifted(first, pieces), self.shifted(last, pieces)

    def months_later(self, ordinal: int, months: int) -> int:
        """Return the ordinal of the piece so many months later, as ``Period.months_later`` explains."""
        step = 12 // self.pieces
        if months % step:
            raise PeriodError(f"a {self._words} moves by multiples of {step} months; given {months}")
        return ordinal + months // step

    def outside(self) -> PeriodError:
        """Return the error for pieces that lie outside the days that there are."""
        return PeriodError(f"a {self._words} must lie wholly in the years 1 to 9999")

    def run_months_later(self, first: int, last: int, months: int) -> tuple[int, int]:
        """Return the first and last ordinal of a run so many months later, of the same number of pieces."""
        begin, end = self.months_later(first, months), self.months_later(last, months)
        if end - begin != last - first:
            raise PeriodError(f"{last - first + 1} {self.kind}s are not as many {months} months later")
        return begin, end


class Run(NamedTuple):
    """One piece of a sequence, or several that follow one another: what a period is, as plain data.

    Attributes:
        sequence: The way of cutting time.
        first: The ordinal of its first piece there.
        last: The ordinal of its last piece; equal to ``first`` for one piece.
    """

    sequence: PeriodSequence
    first: int
    last: int

    @property
    def kind(self) -> PeriodKind:
        """The kind of its piece; a span where it has several."""
        return self.sequence.kind if self.first == self.last else PeriodKind.SPAN

    @property
    def first_day(self) -> int:
        """The number of the day on which it begins."""
        return self.sequence.first_day(self.first)

    @property
    def last_day(self) -> int:
        """The number of the day on which it ends."""
        return self.sequence.last_day(self.last)

    def checked(self) -> Run:
        """Return it, after checking that all of its days exist.

        Raises:
            PeriodError: It leaves the years 1 to 9999.
        """
        if self.first < self.sequence.lowest or self.last > self.sequence.highest:
            raise self.sequence.outside()
        return self


Reading = tuple[Run, str]
"""What a text may mean, and the convention by which it means that; empty where there is nothing to choose."""


def single(sequence: PeriodSequence, ordinal: int) -> Run:
    """Return the run of one piece."""
    return _new_tuple(Run, (sequence, ordinal, ordinal))


_new_tuple = tuple.__new__  # half the time of Run's own constructor, which checks what is known here


class _Months(PeriodSequence):
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
        super().__init__(PeriodKind.TO_DATE, calendar, IN_A_YEAR[PeriodKind.TO_DATE])
        self.lowest += -self.lowest % 4  # the first whose year, too, begins after the first of days

    def first_day(self, ordinal: int) -> int:
        return super().first_day(ordinal - ordinal % 4)

    def last_day(self, ordinal: int) -> int:
        return super().first_day(ordinal + 1) - 1


class _Weeks(PeriodSequence):
    """ISO weeks, from Monday to Sunday, numbered from that of 1 January of the year 1, a Monday."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(PeriodKind.WEEK, None, 0, LAST_DAY // 7 - 1)

    def first_day(self, ordinal: int) -> int:
        return ordinal * 7 + 1

    def holding(self, day: int) -> int:
        return (day - 1) // 7

    def place(self, ordinal: int) -> tuple[int, int]:
        year, week, _ = date.fromordinal(self.first_day(ordinal)).isocalendar()
        return year, week

    def at(self, year: int, part: int) -> int:
        try:
            return self.holding(date.fromisocalendar(year, part, 1).toordinal())
        except ValueError:
            why = "that year has 52" if part == 53 else "allowed: 1 to 52, in some years 53"
            raise PeriodError(f"week: given {part} of {year:04}; {why}") from None

    def months_later(self, ordinal: int, months: int) -> int:
        if months % 12:
            raise PeriodError(f"a week moves by whole years; given {months} months")
        year, week = self.place(ordinal)
        return self.at(year + months // 12, week)


class _Days(PeriodSequence):
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

    def run_shifted(self, first: int, last: int, runs: int) -> tuple[int, int]:
        months = _whole_months(first, last)
        return self.run_months_later(first, last, runs * months) if months else super().run_shifted(first, last, runs)

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


def _whole_months(first: int, last: int) -> int:
    """Return how many whole months lie from one day to another, as from 28 July to 27 August; else 0.

    A month that ends on the 28th to 30th, and not at the end of a month, is none: not every month has that day.
    """
    start, end = date.fromordinal(first), date.fromordinal(last)
    months = (end.year - start.year) * 12 + end.month - start.month
    if start.day == 1:
        return months + 1 if last + 1 == day_number(end.year * 12 + end.month, 1) else 0
    return months if start.day - 1 == end.day <= 27 else 0


class _YearsEnding(_Days):
    """The twelve months up to a day, numbered by that day; the next one ends a year later."""

    __slots__ = ()
    tiles = False

    def __init__(self) -> None:
        PeriodSequence.__init__(self, PeriodKind.YEAR_ENDING, None, date(2, 1, 1).toordinal(), LAST_DAY)

    def first_day(self, ordinal: int) -> int:
        return month_later(ordinal, -12) + 1

    def shifted(self, ordinal: int, pieces: int) -> int:
        return month_later(ordinal, 12 * pieces)


class _Terms(PeriodSequence):
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


class _AutumnAndSpring(PeriodSequence):
    """The first two terms of the academic year taken together, from 1 August to Easter Sunday."""

    __slots__ = ()
    tiles = False

    def __init__(self) -> None:
        super().__init__(PeriodKind.AUTUMN_AND_SPRING, YearType.ACADEMIC, 1, 9998, 1)

    def first_day(self, ordinal: int) -> int:
        return day_number(ordinal * 12 + 7, 1)

    def last_day(self, ordinal: int) -> int:
        return easter_sunday(ordinal + 1)

    def holding(self, day: int) -> int:
        year = date.fromordinal(day).year
        return year - 1 if day <= easter_sunday(year) else year


_MADE: dict[PeriodKind, Callable[[], PeriodSequence]] = {
    PeriodKind.MONTH: lambda: _Months(PeriodKind.MONTH, None, 12),
    PeriodKind.WEEK: _Weeks,
    PeriodKind.TERM: _Terms,
    PeriodKind.AUTUMN_AND_SPRING: _AutumnAndSpring,
    PeriodKind.DAY: _Days,
    PeriodKind.YEAR_ENDING: _YearsEnding,
}


def sequence_of(kind: PeriodKind, calendar: Calendar | None = None) -> PeriodSequence:
    """Return the one sequence of a kind (and calendar, where it is part of a year); always the same object.

    Raises:
        PeriodError: A part of a year without its year type; or a span, which is no sequence of its own.
    """
    key = kind, calendar if kind in IN_A_YEAR else None
    found = _SEQUENCES.get(key)
    if found is None:
        with _MAKING:  # periods are equal when their sequences are one object: two threads must not make two
            found = _SEQUENCES.get(key)
            if found is None:
                found = _SEQUENCES[key] = _made(*key)
    return found


_SEQUENCES: dict[tuple[PeriodKind, Calendar | None], PeriodSequence] = {}
_MAKING = Lock()


def _made(kind: PeriodKind, calendar: Calendar | None) -> PeriodSequence:
    if calendar is not None:
        return _ToDate(calendar) if kind is PeriodKind.TO_DATE else _Months(kind, calendar, IN_A_YEAR[kind])
    if kind in IN_A_YEAR:
        named = ", ".join(each.value for each in YearType)
        raise PeriodError(f"a {kind_in_words(kind)} needs its year type; allowed: {named}, or a CustomYear")
    if kind is PeriodKind.SPAN:
        raise PeriodError("a span is made of the periods it begins and ends with: Period.span(first, last)")
    return _MADE[kind]()


def part_of_year(kind: PeriodKind, year: int, part: int, calendar: Calendar | None = None) -> Run:
    """Return the run of one part of a year: of a sort of year, or of the kind's own numbering without one.

    Raises:
        PeriodError: The year lies outside 0 to 9999, or has no such part.
    """
    sequence = sequence_of(kind, calendar)
    return single(sequence, sequence.at(whole_number(year, "year", 0, 9999), part))


def days_run(first: int, last: int) -> Run:
    """Return the run from one day to another, both included."""
    return Run(sequence_of(PeriodKind.DAY), first, last)


def months_of_year(calendar: Calendar, year: int, first: int, last: int) -> Run:
    """Return some months of a year, numbered from 1: calendar months where it begins on the first of one, else days.

    Raises:
        PeriodError: The year does not lie wholly in the years 1 to 9999.

    Example:
        >>> months_of_year(YearType.FINANCIAL, 2024, 6, 6) == part_of_year(PeriodKind.MONTH, 2024, 9)
        True
    """
    part_of_year(PeriodKind.YEAR, year, 1, calendar).checked()
    begin = year * 12 + calendar.month - 1 + first - 1
    end = begin + last - first
    if calendar.day == 1:
        return Run(sequence_of(PeriodKind.MONTH), begin, end)
    return days_run(day_number(begin, calendar.day), day_number(end + 1, calendar.day) - 1)
