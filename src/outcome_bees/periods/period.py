"""A stretch of time that a figure is for: a year, a quarter, a term, a day, several years together …"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from outcome_bees.errors import InvalidTypeError, PeriodError, shown
from outcome_bees.periods.calendar import Calendar, calendar_named, plain_date, whole
from outcome_bees.periods.notation import code_of, read_code, spanning
from outcome_bees.periods.series import PARTS_OF_A_YEAR, TERMS, PeriodKind, Run, Series, iso_week, series_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction

__all__ = ["Period"]

_LONGEST_TEXT = 64  # our choice: the longest label, a span of two dates, has 37 characters


class Period:
    """A stretch of whole days that a figure is for, knowing what sort of stretch it is.

    Two periods are equal when their codes are: the year ending 31 March 2025 has the days of the financial
    year 2024-25, and is another period. Periods are made by the class methods below.

    Attributes:
        start: The first day.
        end: The last day, part of the period.
        kind: What sort of stretch it is.
        year_type: The year it is, or is a part of; ``None`` for months, weeks, days, years ending and their spans.
        code: The canonical text, which ``Period.from_code`` reads and files carry.
        label: The text for people; it does not name the year type.
        days: The number of days.
        ordinal: Its place among the periods of its kind and year type; that of its first where it is a span.

    Example:
        >>> period = Period.parse("2024/25 Q4", calendar="financial")
        >>> period, period.start.isoformat(), period.end.isoformat()
        (Period.parse('FY2024-25-Q4'), '2025-01-01', '2025-03-31')
    """

    __slots__ = ("_code", "_first", "_last", "_series")

    _series: Series
    _first: int
    _last: int
    _code: str | None

    def __init__(self) -> None:
        raise InvalidTypeError("Period", "()", "Period.parse(text), or one of its constructors such as Period.year")

    @classmethod
    def _of(cls, series: Series, first: int, last: int) -> Period:
        if first < series.lowest or last > series.highest:
            raise PeriodError(f"a {series.kind.replace('_', ' ')} must lie wholly in the years 1 to 9999")
        period = object.__new__(cls)
        _set_series(period, series)
        _set_first(period, first)
        _set_last(period, last)
        _set_code(period, None)
        return period

    # Making one

    @classmethod
    def year(cls, year: int, year_type: Calendar | str) -> Period:
        """The whole year that starts in a year of our era: 2024 is 2024-25.

        Example:
            >>> Period.year(2024, "financial").code
            'FY2024-25'
        """
        return cls._part(PeriodKind.YEAR, year, 1, year_type)

    @classmethod
    def half(cls, year: int, half: int, year_type: Calendar | str) -> Period:
        """The first or second half of the year that starts in ``year``."""
        return cls._part(PeriodKind.HALF, year, half, year_type)

    @classmethod
    def quarter(cls, year: int, quarter: int, year_type: Calendar | str) -> Period:
        """One of the four quarters of the year that starts in ``year``; the financial Q4 is January to March."""
        return cls._part(PeriodKind.QUARTER, year, quarter, year_type)

    @classmethod
    def to_date(cls, year: int, quarter: int, year_type: Calendar | str) -> Period:
        """The year that starts in ``year``, so far as the end of one of its quarters: what a cumulative figure is for."""
        return cls._part(PeriodKind.TO_DATE, year, quarter, year_type)

    @classmethod
    def _part(cls, kind: PeriodKind, year: int, part: int, year_type: Calendar | str) -> Period:
        parts = PARTS_OF_A_YEAR[kind]
        series = series_of(kind, calendar_named(year_type))
        ordinal = whole(year, "year", 0, 9999) * parts + whole(part, kind.value, 1, parts) - 1
        return cls._of(series, ordinal, ordinal)

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """A calendar month."""
        ordinal = whole(year, "year", 1, 9999) * 12 + whole(month, "month", 1, 12) - 1
        return cls._of(series_of(PeriodKind.MONTH), ordinal, ordinal)

    @classmethod
    def week(cls, iso_year: int, week: int) -> Period:
        """A week by ISO 8601, Monday to Sunday; 52 or 53 to the year."""
        ordinal = iso_week(whole(iso_year, "year", 1, 9999), whole(week, "week", 1, 53))
        return cls._of(series_of(PeriodKind.WEEK), ordinal, ordinal)

    @classmethod
    def term(cls, year: int, term: int | str) -> Period:
        """A term of the academic year that starts in ``year``: 1 to 3, or in words."""
        start = whole(year, "year", 0, 9999)
        if isinstance(term, str):
            word = term.strip().lower().removesuffix("term").strip()
            if word in ("autumn and spring", "t1t2"):
                return cls._of(series_of(PeriodKind.AUTUMN_AND_SPRING), start, start)
            codes = ("t1", "t2", "t3")
            if word not in TERMS and word not in codes:
                raise PeriodError(f"term: given {shown(term)}; allowed: 1 to 3, {', '.join(TERMS)}, autumn and spring")
            number = (TERMS.index(word) if word in TERMS else codes.index(word)) + 1
        else:
            number = whole(term, "term", 1, 3)
        ordinal = start * 3 + number - 1
        return cls._of(series_of(PeriodKind.TERM), ordinal, ordinal)

    @classmethod
    def day(cls, day: date) -> Period:
        """A single day, as of a snapshot: as at 31 March 2025."""
        ordinal = plain_date(day, "day").toordinal()
        return cls._of(series_of(PeriodKind.DAY), ordinal, ordinal)

    @classmethod
    def year_ending(cls, day: date) -> Period:
        """The twelve months up to and including a day."""
        ordinal = plain_date(day, "year ending").toordinal()
        return cls._of(series_of(PeriodKind.YEAR_ENDING), ordinal, ordinal)

    @classmethod
    def span(cls, first: Period | date, last: Period | date) -> Period:
        """The time from one period to another of its kind, or from one date to another, both included."""
        if isinstance(first, Period) and isinstance(last, Period):
            return cls._of(*spanning(first._run, last._run))
        if isinstance(first, Period) or isinstance(last, Period):
            raise InvalidTypeError("span", (first, last), "two periods of one kind, or two dates")
        return cls._of(*spanning(cls.day(first)._run, cls.day(last)._run))

    @classmethod
    def containing(cls, day: date, kind: PeriodKind | str, year_type: Calendar | str | None = None) -> Period:
        """The period of a kind in which a day lies."""
        series = series_of(PeriodKind(kind), None if year_type is None else calendar_named(year_type))
        if not series.tiles:
            raise PeriodError(f"a day lies in many a {series.kind.replace('_', ' ')}")
        ordinal = series.holding(plain_date(day, "day").toordinal())
        return cls._of(series, ordinal, ordinal)

    @classmethod
    def from_code(cls, code: str) -> Period:
        """The period of a canonical code, and of nothing else: what a document holds."""
        period = _read(code, None)
        if period.code != code:
            raise PeriodError(f"period: given {shown(code)}; its code is {period.code}")
        return period

    @classmethod
    def parse(cls, text: str, calendar: Calendar | str | None = None) -> Period:
        """The period that a text means."""
        if not isinstance(text, str):
            raise InvalidTypeError("period", text, "text such as FY2024-25")
        if len(text) > _LONGEST_TEXT:
            raise PeriodError(f"period: given {shown(text)}; allowed: at most {_LONGEST_TEXT} characters")
        return _read(text, calendar)

    # What it is

    @property
    def _run(self) -> Run:
        return self._series, self._first, self._last

    @property
    def start(self) -> date:
        """The first day."""
        return date.fromordinal(self._series.first_day(self._first))

    @property
    def end(self) -> date:
        """The last day, part of the period."""
        return date.fromordinal(self._series.last_day(self._last))

    @property
    def kind(self) -> PeriodKind:
        """What sort of stretch of time it is."""
        return self._series.kind if self._first == self._last else PeriodKind.SPAN

    @property
    def year_type(self) -> Calendar | None:
        """The sort of year it is, or is a part of."""
        return self._series.calendar

    @property
    def code(self) -> str:
        """The canonical text."""
        if self._code is None:
            _set_code(self, code_of(self._run))
        return self._code  # type: ignore[return-value]  # set just above

    @property
    def label(self) -> str:
        """The text for people."""
        return self.code

    @property
    def days(self) -> int:
        """The number of days."""
        return self._series.last_day(self._last) - self._series.first_day(self._first) + 1

    @property
    def ordinal(self) -> int:
        """Its place among the periods of its own kind and year type."""
        return self._first

    # Where it lies

    def contains(self, other: date | Period) -> bool:
        """Whether a day, or every day of another period, lies in it."""
        if isinstance(other, Period):
            first, last = other._series.first_day(other._first), other._series.last_day(other._last)
        else:
            first = last = plain_date(other, "contains").toordinal()
        return self._series.first_day(self._first) <= first and last <= self._series.last_day(self._last)

    __contains__ = contains

    def overlaps(self, other: Period) -> bool:
        """Whether some day lies in both."""
        if not isinstance(other, Period):
            raise InvalidTypeError("overlaps", other, "a Period")
        return (
            self._series.first_day(self._first) <= other._series.last_day(other._last)
            and other._series.first_day(other._first) <= self._series.last_day(self._last)
        )

    def elapsed(self, on: date) -> Fraction:
        """The share of its days that have passed by the end of a day, from 0 to 1, exactly."""
        from fractions import Fraction  # only wanted here

        first, last = self._series.first_day(self._first), self._series.last_day(self._last)
        passed = min(plain_date(on, "elapsed").toordinal(), last) - first + 1
        return Fraction(max(passed, 0), last - first + 1)

    # Going from one to another

    def shifted(self, pieces: int) -> Period:
        """The period so many places later in its own series; earlier where negative."""
        series, width = self._series, self._last - self._first + 1
        steps = whole(pieces, "shifted", -4_000_000, 4_000_000) * width
        return self._of(series, series.shifted(self._first, steps), series.shifted(self._last, steps))

    def next(self) -> Period:
        """The period that follows."""
        return self.shifted(1)

    def previous(self) -> Period:
        """The period before."""
        return self.shifted(-1)

    def months_later(self, months: int) -> Period:
        """The period of the same kind and length so many calendar months later; earlier where negative."""
        count = whole(months, "months", -120_000, 120_000)
        return self._of(self._series, *self._series.run_months_later(self._first, self._last, count))

    def year_before(self) -> Period:
        """The same period one year earlier."""
        return self.months_later(-12)

    def split(self, into: PeriodKind | str) -> tuple[Period, ...]:
        """Its parts of a smaller kind, in their order."""
        series = series_of(PeriodKind(into), self._series.calendar)
        begin, end = self._series.first_day(self._first), self._series.last_day(self._last)
        if series is self._series and not series.tiles:
            return (self,)
        first, last = series.holding(begin), series.holding(end)
        if series.first_day(first) != begin or series.last_day(last) != end:
            raise PeriodError(f"{self.code} is not made of whole {series.kind}s")
        return tuple(self._of(series, at, at) for at in range(first, last + 1))

    # Comparing

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Period):
            return self._series is other._series and self._first == other._first and self._last == other._last
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self._series, self._first, self._last))

    def _place(self, other: Period) -> tuple[int, int]:
        if self._series is not other._series or self.kind is not other.kind:
            allowed = "two periods of one kind and year type"
            raise InvalidTypeError("order", f"{self.code} and {other.code}", allowed, "compare their start or end")
        return other._first, other._last

    def __lt__(self, other: Period) -> bool:
        return (self._first, self._last) < self._place(other) if isinstance(other, Period) else NotImplemented

    def __le__(self, other: Period) -> bool:
        return (self._first, self._last) <= self._place(other) if isinstance(other, Period) else NotImplemented

    def __gt__(self, other: Period) -> bool:
        return (self._first, self._last) > self._place(other) if isinstance(other, Period) else NotImplemented

    def __ge__(self, other: Period) -> bool:
        return (self._first, self._last) >= self._place(other) if isinstance(other, Period) else NotImplemented

    # Being a plain value

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a Period cannot change: {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a Period cannot change: {name}")

    def __copy__(self) -> Period:
        return self

    def __deepcopy__(self, memo: object) -> Period:
        return self

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (Period.from_code, (self.code,))

    def __str__(self) -> str:
        return self.code

    def __repr__(self) -> str:
        return f"Period.parse({self.code!r})"


# A slot's own descriptor sets it past __setattr__, and faster than object.__setattr__ does.
_set_series = Period.__dict__["_series"].__set__
_set_first = Period.__dict__["_first"].__set__
_set_last = Period.__dict__["_last"].__set__
_set_code = Period.__dict__["_code"].__set__


@lru_cache(maxsize=8192)
def _read(text: str, calendar: Calendar | str | None) -> Period:
    run = read_code(text)
    if run is None:
        raise PeriodError(f"period: given {shown(text)}; allowed: a code such as FY2024-25")
    return Period._of(*run)
