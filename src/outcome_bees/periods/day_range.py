"""A run of whole days that cannot change: where it lies, and how to go from one to another."""

from __future__ import annotations

from datetime import date

from outcome_bees.errors import InvalidTypeError, PeriodError
from outcome_bees.periods.calendar import Calendar, plain_date, whole_number
from outcome_bees.periods.codes import code_of, distinct_label_of, label_of, spanning
from outcome_bees.periods.sequences import (
    PeriodKind,
    PeriodSequence,
    Run,
    kind_in_words,
    kind_named,
    sequence_of,
    single,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction
    from typing import Self

__all__ = ["DayRange"]


class DayRange:
    """The days of a ``Period``: one piece of a sequence, or several that follow one another."""

    __slots__ = ("_code", "_first", "_hash", "_label", "_last", "_sequence", "_start", "end")

    _sequence: PeriodSequence
    _first: int
    _last: int
    end: date  # a field and no property: whatever is put in order of time asks for it
    """The last day, part of the period."""
    # Worked out when first asked for and kept: evaluation asks for the same again and again.
    _start: date | None
    _code: str | None
    _label: str | None
    _hash: int | None

    @classmethod
    def _of(cls, sequence: PeriodSequence, first: int, last: int) -> Self:
        if first < sequence.lowest or last > sequence.highest:
            raise sequence.outside()
        period = object.__new__(cls)
        _set_sequence(period, sequence)
        _set_first(period, first)
        _set_last(period, last)
        _set_end(period, date.fromordinal(sequence.last_day(last)))
        _set_start(period, None)
        _set_code(period, None)
        _set_label(period, None)
        _set_hash(period, None)
        return period

    @property
    def _run(self) -> Run:
        return Run(self._sequence, self._first, self._last)

    @property
    def _days(self) -> tuple[int, int]:
        return self._sequence.first_day(self._first), self._sequence.last_day(self._last)

    @property
    def start(self) -> date:
        """The first day."""
        if self._start is None:
            _set_start(self, date.fromordinal(self._sequence.first_day(self._first)))
        return self._start  # type: ignore[return-value]  # set just above

    @property
    def code(self) -> str:
        """The canonical text, which files carry."""
        if self._code is None:
            _set_code(self, code_of(self._run))
        return self._code  # type: ignore[return-value]  # set just above

    @property
    def label(self) -> str:
        """The text for people, in the house style of the kind: 2024-25 financial, 2024/25 academic.

        Source: the labels of the Department for Education's Explore Education Statistics for years and
            quarters; for what it does not label so, our choice.
        """
        if self._label is None:
            _set_label(self, label_of(self._run))
        return self._label  # type: ignore[return-value]  # set just above

    def label_beside(self, others: Iterable[DayRange]) -> str:
        """Return the label, with the sort of year where another period in the same place has the same label.

        Example:
            >>> from outcome_bees.periods import Period
            >>> financial, tax = Period.year(2024, "financial"), Period.year(2024, "tax")
            >>> financial.label_beside([tax]), financial.label_beside([Period.year(2023, "tax")])
            ('financial year 2024-25', '2024-25')
        """
        if any(other.label == self.label and other != self for other in others):
            return distinct_label_of(self._run)
        return self.label

    @property
    def days(self) -> int:
        """The number of its days."""
        return self.end.toordinal() - self.start.toordinal() + 1

    @property
    def kind(self) -> PeriodKind:
        """What sort of period it is."""
        return self._sequence.kind if self._first == self._last else PeriodKind.SPAN

    @property
    def year_type(self) -> Calendar | None:
        """The sort of year that it is, or is a part of; ``None`` for what belongs to no sort of year."""
        return self._sequence.calendar

    @property
    def ordinal(self) -> int:
        """Its place among the periods of its own kind and year type; for a span, the place of its first."""
        return self._first

    @property
    def place(self) -> tuple[int, int]:
        """The year that names it, and which of that year's periods of its kind it is, from 1.

        A day counts from 1 January, and a week's year is the ISO year. A span has the place of its first.
        """
        return self._sequence.place(self._first)

    def contains(self, other: date | DayRange) -> bool:
        """Return whether a day, or every day of another period, lies in it; ``in`` asks the same.

        Example:
            >>> from outcome_bees.periods import Period
            >>> Period.parse("2024-12") in Period.parse("FY2024-25-Q3")
            True
        """
        begin, end = self._days
        if isinstance(other, DayRange):
            first, last = other._days
        else:
            first = last = plain_date(other, "contains").toordinal()
        return begin <= first and last <= end

    __contains__ = contains

    def overlaps(self, other: DayRange) -> bool:
        """Return whether some day lies in both.

        Example:
            >>> from outcome_bees.periods import Period
            >>> Period.parse("FY2024-25").overlaps(Period.parse("AY2024-25"))
            True
        """
        if not isinstance(other, DayRange):
            raise InvalidTypeError("overlaps", other, "a Period")
        begin, end = self._days
        first, last = other._days
        return begin <= last and first <= end

    def elapsed(self, on: date) -> Fraction:
        """Return the share of its days that have passed by the end of a day: 0 before it began, 1 from its last day.

        Exact; it compares with floats and decimals alike.

        Example:
            >>> from outcome_bees.periods import Period
            >>> Period.parse("FY2024-25").elapsed(date(2024, 6, 11))
            Fraction(72, 365)
        """
        from fractions import Fraction  # wanted by few, and not free to import

        begin, end = self._days
        passed = min(plain_date(on, "elapsed").toordinal(), end) - begin + 1
        return Fraction(max(passed, 0), end - begin + 1)

    # -- going from one to another

    @property
    def ends(self) -> tuple[Self, Self]:
        """The periods it begins and ends with: of a span its first and its last, of another itself twice."""
        if self._first == self._last:
            return self, self
        return self._of(*single(self._sequence, self._first)), self._of(*single(self._sequence, self._last))

    def shifted(self, n: int) -> Self:
        """Return the period ``n`` places later among those of its kind, earlier where negative.

        A span moves by its own length, so that spans tile time too; one of days by whole months where it is of
        whole months: from 28 July to 27 August, from 1 April to 30 June. A year ending moves by years, and the
        end of a month stays one; so the year ending 28 February 2024, a day before the month's end, is the
        one kind of period that going forth and back does not come back to. A year to date moves by quarters.

        Raises:
            PeriodError: It would leave the years 1 to 9999.

        Example:
            >>> from outcome_bees.periods import Period
            >>> Period.parse("FY2018-19..FY2020-21").shifted(1)
            Period.parse('FY2021-22..FY2023-24')
        """
        steps = whole_number(n, "shifted", -4_000_000, 4_000_000)
        return self._of(self._sequence, *self._sequence.run_shifted(self._first, self._last, steps))

    def next(self) -> Self:
        """Return the period that follows it among those of its kind."""
        return self.shifted(1)

    def previous(self) -> Self:
        """Return the period before it among those of its kind."""
        return self.shifted(-1)

    def months_later(self, n: int) -> Self:
        """Return the period of the same kind and length ``n`` calendar months later, earlier where negative.

        A day at the end of a month goes to the end of a month, and any other to the same day or, where
        the month is too short, to its end. A span of days moves at both ends, and what lay next to it
        lies next to it still.

        Raises:
            PeriodError: The kind cannot fall there: a quarter moves by threes, a week or a term by twelves.

        Example:
            >>> from outcome_bees.periods import Period
            >>> Period.parse("2025-03-31").months_later(-6), Period.parse("FY2024-25-Q1").months_later(-3)
            (Period.parse('2024-09-30'), Period.parse('FY2023-24-Q4'))
        """
        count = whole_number(n, "months", -120_000, 120_000)
        return self._of(self._sequence, *self._sequence.run_months_later(self._first, self._last, count))

    def year_before(self) -> Self:
        """Return the period in the same place one year earlier: the same quarter, the same ISO week number.

        Raises:
            PeriodError: There is none: most years have no week 53.

        Example:
            >>> from outcome_bees.periods import Period
            >>> Period.parse("2024-02-29").year_before(), Period.parse("FY2024-25-Q1..Q3").year_before()
            (Period.parse('2023-02-28'), Period.parse('FY2023-24-Q1..Q3'))
        """
        return self.months_later(-12)

    def split(self, into: PeriodKind | str) -> tuple[Self, ...]:
        """Return the periods of a smaller kind that it is made of, in their order.

        Raises:
            PeriodError: It is not made of whole ones, as a year is not of weeks nor a tax year of months.

        Example:
            >>> from outcome_bees.periods import Period
            >>> [each.label for each in Period.parse("CY2014..CY2016").split("year")]
            ['2014', '2015', '2016']
        """
        sequence = sequence_of(kind_named(into), self._sequence.calendar)
        if sequence is self._sequence:
            return tuple(self._of(*single(sequence, at)) for at in range(self._first, self._last + 1))
        begin, end = self._days
        if sequence.tiles:
            first, last = sequence.holding(begin), sequence.holding(end)
            if (
                sequence.lowest <= first <= last <= sequence.highest
                and sequence.first_day(first) == begin
                and sequence.last_day(last) == end
            ):
                return tuple(self._of(*single(sequence, at)) for at in range(first, last + 1))
        given = f"{self.code} ({self.start} to {self.end})"
        raise PeriodError(f"split: given {given}, which is not made of whole {kind_in_words(sequence.kind)}s")

    @classmethod
    def range(cls, first: DayRange, last: DayRange) -> tuple[Self, ...]:
        """Return every period from one to another of its kind, both included.

        Example:
            >>> from outcome_bees.periods import Period
            >>> [each.code for each in Period.range(Period.month(2024, 11), Period.month(2025, 1))]
            ['2024-11', '2024-12', '2025-01']
        """
        sequence, begin, end = spanning(first._run, last._run)
        return tuple(cls._of(*single(sequence, at)) for at in range(begin, end + 1))

    # -- being a plain value

    def __eq__(self, other: object) -> bool:
        if isinstance(other, DayRange):
            return self._sequence is other._sequence and self._first == other._first and self._last == other._last
        return NotImplemented

    def __hash__(self) -> int:
        if self._hash is None:
            _set_hash(self, hash((self._sequence, self._first, self._last)))
        return self._hash  # type: ignore[return-value]  # set just above

    def _ends_with(self, other: DayRange) -> tuple[tuple[int, int], tuple[int, int]]:
        """Return the ordinals of both, after checking that they may be put in order."""
        if self._sequence is not other._sequence or self.kind is not other.kind:
            allowed = "two periods of one kind and year type"
            raise InvalidTypeError("order", (self, other), allowed, "compare their start or their end")
        return (self._first, self._last), (other._first, other._last)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, DayRange):
            return NotImplemented
        mine, theirs = self._ends_with(other)
        return mine < theirs

    def __le__(self, other: object) -> bool:
        if not isinstance(other, DayRange):
            return NotImplemented
        mine, theirs = self._ends_with(other)
        return mine <= theirs

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a period cannot change: {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a period cannot change: {name}")


# A slot's own descriptor sets it past __setattr__, and faster than object.__setattr__ would.
_set_sequence = DayRange.__dict__["_sequence"].__set__
_set_first = DayRange.__dict__["_first"].__set__
_set_last = DayRange.__dict__["_last"].__set__
_set_code = DayRange.__dict__["_code"].__set__
_set_start = DayRange.__dict__["_start"].__set__
_set_end = DayRange.__dict__["end"].__set__
_set_hash = DayRange.__dict__["_hash"].__set__
_set_label = DayRange.__dict__["_label"].__set__
