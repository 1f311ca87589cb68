"""The time that a figure is for: a year, a quarter, a term, a day, the year so far, several years together.

A period is read from its code without more ado. Whatever reads what people write, and the notations of others, is
imported when it is first asked for: it is more than all the rest of the room.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

from outcome_bees.errors import AmbiguousPeriodError, InvalidTypeError, PeriodError, shown
from outcome_bees.periods.calendar import Calendar, calendar_named, plain_date, whole_number
from outcome_bees.periods.codes import check_length, read_code, spanning
from outcome_bees.periods.day_range import DayRange
from outcome_bees.periods.sequences import (
    TERMS,
    PeriodKind,
    Run,
    kind_in_words,
    kind_named,
    part_of_year,
    sequence_of,
    single,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from outcome_bees.periods.exchange.pandas_periods import PandasPeriod

__all__ = ["Period", "read_lait"]


class Period(DayRange):
    """The time that a figure is for, with the sort of time that it is: a financial quarter, a school term, a day.

    A period is made by one of the class methods. Two are equal when their codes are: the year ending
    31 March 2025 has the days of the financial year 2024-25 and is another period, for the figures of one
    do not continue those of the other. Only periods of one kind and year type can be put in order.

    Attributes:
        start: The first day.
        end: The last day, part of the period.
        days: The number of its days.
        kind: What sort of period it is.
        year_type: The sort of year it is or is a part of; ``None`` for months, weeks, days and years ending.
        code: The canonical text, which files carry and ``from_code`` reads; ``str`` gives it too.
        label: The text for people. It does not name the year type.
        ordinal: Its place among the periods of its own kind and year type; for a span, that of its first.
        place: The year that names it and which part of that year it is, from 1.

    Example:
        >>> period = Period.parse("2024/25 Q4", calendar="financial")
        >>> period, period.start.isoformat(), period.end.isoformat()
        (Period.parse('FY2024-25-Q4'), '2025-01-01', '2025-03-31')
        >>> period.next().label
        '2025-26 Q1'
    """

    __slots__ = ()

    def __init__(self) -> None:
        raise InvalidTypeError("Period", (), "one of its class methods, such as Period.parse or Period.year")

    @classmethod
    def _at(cls, kind: PeriodKind, year: int, part: int, year_type: Calendar | str | None = None) -> Period:
        return cls._of(*part_of_year(kind, year, part, None if year_type is None else calendar_named(year_type)))

    # -- constructors

    @classmethod
    def year(cls, year: int, year_type: Calendar | str) -> Period:
        """Return the whole year that starts in ``year``.

        Example:
            >>> Period.year(2024, "financial"), Period.year(1999, "academic")
            (Period.parse('FY2024-25'), Period.parse('AY1999-00'))
        """
        return cls._at(PeriodKind.YEAR, year, 1, year_type)

    @classmethod
    def half(cls, year: int, half: int, year_type: Calendar | str) -> Period:
        """Return the first or second half of the year that starts in ``year``.

        Example:
            >>> Period.half(2024, 2, "financial").start.isoformat()
            '2024-10-01'
        """
        return cls._at(PeriodKind.HALF, year, half, year_type)

    @classmethod
    def quarter(cls, year: int, quarter: int, year_type: Calendar | str) -> Period:
        """Return one of the four quarters of the year that starts in ``year``.

        Example:
            >>> Period.quarter(2024, 4, "financial").start.isoformat()
            '2025-01-01'
        """
        return cls._at(PeriodKind.QUARTER, year, quarter, year_type)

    @classmethod
    def to_date(cls, year: int, quarter: int, year_type: Calendar | str) -> Period:
        """Return the year that starts in ``year``, up to the end of a quarter: what a cumulative figure is for.

        The fourth has the days of the whole year and is not that year.

        Example:
            >>> Period.to_date(2024, 3, "financial")
            Period.parse('FY2024-25-Q1..Q3')
        """
        return cls._at(PeriodKind.TO_DATE, year, quarter, year_type)

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """Return a month of the calendar.

        Example:
            >>> Period.month(2024, 12).label
            'December 2024'
        """
        return cls._at(PeriodKind.MONTH, year, month)

    @classmethod
    def week(cls, iso_year: int, week: int) -> Period:
        """Return a week from Monday to Sunday, numbered by ISO 8601: 52 to the year, in some years 53.

        Example:
            >>> Period.week(2020, 53).end.isoformat()
            '2021-01-03'
        """
        return cls._at(PeriodKind.WEEK, iso_year, whole_number(week, "week", 1, 53))

    @classmethod
    def term(cls, year: int, term: int | str) -> Period:
        """Return a term of the academic year that starts in ``year``: 1 to 3, or in words.

        Spring ends on Easter Sunday. ``"autumn and spring"`` is the two together, a kind of its own.

        Example:
            >>> Period.term(2024, "spring"), Period.term(2024, "autumn and spring").end.isoformat()
            (Period.parse('AY2024-25-T2'), '2025-04-20')
        """
        if isinstance(term, str):
            word = term.casefold()
            if word == "autumn and spring":
                return cls._at(PeriodKind.AUTUMN_AND_SPRING, year, 1)
            if word not in TERMS:
                allowed = f"1 to 3, {', '.join(TERMS)}, autumn and spring"
                raise PeriodError(f"term: given {shown(term)}; allowed: {allowed}")
            term = TERMS.index(word) + 1
        return cls._at(PeriodKind.TERM, year, term)

    @classmethod
    def day(cls, day: date) -> Period:
        """Return a single day, as of a count of children on 31 March.

        Example:
            >>> Period.day(date(2025, 3, 31)).label
            '31 March 2025'
        """
        ordinal = plain_date(day, "day").toordinal()
        return cls._of(*single(sequence_of(PeriodKind.DAY), ordinal))

    @classmethod
    def year_ending(cls, day: date) -> Period:
        """Return the twelve months up to and including a day.

        Example:
            >>> Period.year_ending(date(2025, 3, 31)).start.isoformat()
            '2024-04-01'
        """
        ordinal = plain_date(day, "year ending").toordinal()
        return cls._of(*single(sequence_of(PeriodKind.YEAR_ENDING), ordinal))

    @classmethod
    def span(cls, first: Period | date, last: Period | date) -> Period:
        """Return all the time from one period to another of its kind, or from one day to another, both included.

        A span of one is that one.

        Raises:
            PeriodError: They are of two kinds or year types, or the last comes before the first.

        Example:
            >>> Period.span(Period.year(2018, "financial"), Period.year(2020, "financial")).label
            '2018-19 to 2020-21'
        """
        if isinstance(first, Period) and isinstance(last, Period):
            return cls._of(*spanning(first._run, last._run))
        if isinstance(first, Period) or isinstance(last, Period):
            raise InvalidTypeError("span", (first, last), "two periods of one kind, or two dates")
        return cls._of(*spanning(cls.day(first)._run, cls.day(last)._run))

    @classmethod
    def containing(cls, day: date, kind: PeriodKind | str, year_type: Calendar | str | None = None) -> Period:
        """Return the period of a kind in which a day lies.

        Args:
            day: The day.
            kind: A kind that tiles time: year, half, quarter, month, week, term or day.
            year_type: The sort of year; ``None`` for a kind that is part of none.

        Example:
            >>> Period.containing(date(2025, 2, 14), "quarter", "financial")
            Period.parse('FY2024-25-Q4')
        """
        sequence = sequence_of(kind_named(kind), None if year_type is None else calendar_named(year_type))
        if not sequence.tiles:
            raise PeriodError(f"a day does not lie in just one {kind_in_words(sequence.kind)}")
        ordinal = sequence.holding(plain_date(day, "day").toordinal())
        return cls._of(*single(sequence, ordinal))

    # -- reading text

    @classmethod
    def from_code(cls, code: str) -> Period:
        """Read a canonical code and nothing else: for documents, where nobody is there to ask.

        Raises:
            PeriodError: The text is not the ``code`` of some period, letter by letter.

        Example:
            >>> Period.from_code("2011-12").kind
            <PeriodKind.MONTH: 'month'>
        """
        return _from_code(code if type(code) is str else check_length(code))

    @classmethod
    def parse(
        cls,
        text: str,
        calendar: Calendar | str | None = None,
        *,
        day_first: bool | None = None,
        span: str | None = None,
    ) -> Period:
        """Read the one period that a text means: a canonical code, or what people write.

        Args:
            text: At most 64 characters. Codes are exact; otherwise case, dashes and spaces are forgiven.
            calendar: The sort of year that a year in the text is, where the text does not name it itself.
                ``None`` where it is not known. With a calendar whose years are split, ``2011-12`` is a
                year; without one it is the canonical code of December 2011.
            day_first: Whether 03/04/2025 is 3 April (true) or 4 March. ``None`` where it is not known.
            span: How 2010-12 counts calendar years: ``"inclusive"``, both ends, as pooled public health figures
                do (three years), or by ``"difference"``, as plans do (two). ``None`` where it is not known.
                Split years are counted by difference always.

        Raises:
            AmbiguousPeriodError: It may mean several periods; they are its ``readings``.
            PeriodError: It means none. The message gives the reason, or which notation is nearest.

        Example:
            >>> Period.parse("Sept 24"), Period.parse("2018-21", calendar="financial")
            (Period.parse('2024-09'), Period.parse('FY2018-19..FY2020-21'))
        """
        if day_first is not None and not isinstance(day_first, bool):
            raise InvalidTypeError("day_first", day_first, "True, False or None")
        if span is not None and span not in ("inclusive", "difference"):
            raise PeriodError(f"span: given {shown(span)}; allowed: inclusive, difference, or None")
        return _parsed(check_length(text), None if calendar is None else calendar_named(calendar), day_first, span)

    # -- in other people's notations

    @classmethod
    def from_ees(
        cls,
        time_period: str,
        time_identifier: str,
        *,
        as_at: str | None = None,
        year_ending: str | None = None,
    ) -> Period:
        """Return the period of a row of a Department for Education open data file.

        Args:
            time_period: As in the file: ``2024``, or ``202425`` for a split year.
            time_identifier: As in the file: one of 91 labels, or its short code.
            as_at: What "Reporting year" means in this file: counts on this month and day, as in ``"03-31"``.
            year_ending: What else it may mean: the twelve months up to this month and day. Either is given for
                a whole file: rows whose identifiers are clear by themselves are not changed by it.

        Raises:
            PeriodError: The two do not fit, or it is a "Reporting year" without its meaning.

        Example:
            >>> Period.from_ees("202425", "Spring term"), Period.from_ees("2024", "RY", as_at="03-31")
            (Period.parse('AY2024-25-T2'), Period.parse('2024-03-31'))
        """
        from outcome_bees.periods.exchange.ees_labels import read_ees

        return cls._of(*read_ees(time_period, time_identifier, as_at, year_ending))

    def to_ees(self) -> tuple[str, str]:
        """Return its ``time_period`` and ``time_identifier``.

        A day or a year ending becomes a "Reporting year", whose meaning then has to be written beside the file.

        Raises:
            PeriodError: None of the 91 identifiers fits it.

        Example:
            >>> Period.parse("FY2024-25-Q1").to_ees()
            ('202425', 'Financial year Q1')
        """
        from outcome_bees.periods.exchange.ees_labels import write_ees

        return write_ees(self._run)

    @classmethod
    def from_lait(cls, label: str, year_type: str) -> Period:
        """Return the period of a row of the Department for Education's benchmarking tool (LAIT).

        There a bare year of a split kind is the one in which it *ends*. A status in the label, as in
        ``2025 (prov)``, is left aside; ``read_lait`` returns it too.

        Raises:
            PeriodError: The tool has no such year type, or the label is no year and no span of years.

        Example:
            >>> Period.from_lait("2025", "Academic Year"), Period.from_lait("2014-16", "Calendar Year")
            (Period.parse('AY2024-25'), Period.parse('CY2014..CY2016'))
        """
        return read_lait(label, year_type)[0]

    @classmethod
    def from_sdmx(cls, text: str, reporting_year_start_day: str = "--01-01") -> Period:
        """Return the period of an SDMX observation.

        Args:
            text: The value of TIME_PERIOD.
            reporting_year_start_day: The attribute of that name; SDMX takes 1 January where there is none.

        Example:
            >>> Period.from_sdmx("2024-Q1"), Period.from_sdmx("2024-A1", "--04-01")
            (Period.parse('CY2024-Q1'), Period.parse('FY2024-25'))
        """
        from outcome_bees.periods.exchange.sdmx_labels import read_sdmx

        return cls._of(*read_sdmx(text, reporting_year_start_day))

    def to_sdmx(self, reporting_year_start_day: str = "--01-01") -> str:
        """Return its SDMX text beside the given start day; what SDMX has no name for becomes a range of days.

        Raises:
            PeriodError: It is a part of a year that starts on another day.

        Example:
            >>> Period.parse("FY2024-25").to_sdmx("--04-01"), Period.parse("Y2025-03-31").to_sdmx()
            ('2024-A1', '2024-04-01/P365D')
        """
        from outcome_bees.periods.exchange.sdmx_labels import write_sdmx

        return write_sdmx(self._run, reporting_year_start_day)

    @classmethod
    def from_pandas(cls, period: PandasPeriod) -> Period:
        """Return the period of a ``pandas.Period`` of years, quarters, months, days or weeks ending on Sunday.

        pandas names a year by the year in which it ends, so its 2025 with ``Y-MAR`` is 2024-25.
        """
        from outcome_bees.periods.exchange.pandas_periods import read_pandas

        return cls._of(*read_pandas(period))

    def to_pandas(self) -> Any:
        """Return it as a ``pandas.Period``; pandas has to be there.

        Raises:
            PeriodError: pandas has no such periods: halves, terms, tax years, years ending, spans.
        """
        from outcome_bees.periods.exchange.pandas_periods import write_pandas

        return write_pandas(self._run)

    @classmethod
    def from_iso(cls, text: str) -> Period:
        """Return the period of an ISO 8601 date or interval; the last day of an interval is part of it.

        Example:
            >>> Period.from_iso("2024-04-01/P1Y"), Period.from_iso("2024-12")
            (Period.parse('2024-04-01/2025-03-31'), Period.parse('2024-12'))
        """
        from outcome_bees.periods.exchange.iso_intervals import read_iso

        return cls._of(*read_iso(text))

    def to_iso(self) -> str:
        """Return its ISO 8601 text; what ISO 8601 has no name for becomes an interval of its first and last day.

        Example:
            >>> Period.parse("FY2024-25").to_iso(), Period.parse("CY2024").to_iso()
            ('2024-04-01/2025-03-31', '2024')
        """
        from outcome_bees.periods.exchange.iso_intervals import write_iso

        return write_iso(self._run)

    # -- being a plain value

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Period.from_code, (self.code,)

    def __str__(self) -> str:
        return self.code

    def __format__(self, spec: str) -> str:
        return format(self.code, spec)

    def __repr__(self) -> str:
        return f"Period.parse({self.code!r})"


def read_lait(label: str, year_type: str) -> tuple[Period, str | None]:
    """Read the label of a row of the Department for Education's LAIT: its period, and the status it carries.

    Args:
        label: As in the file, such as ``2025 (prov)``.
        year_type: As in the file, such as ``Academic Year``; see ``LAIT_YEAR_TYPES``.

    Returns:
        The period, and a status such as ``prov`` (``LAIT_REVISIONS`` has its meaning); ``None`` without one.

    Raises:
        PeriodError: A pair that the file does not use; its stray label ``0`` among them.

    Example:
        >>> read_lait("2025 (prov)", "Academic Year")
        (Period.parse('AY2024-25'), 'prov')
    """
    from outcome_bees.periods.exchange.lait_labels import read_lait_label

    run, status = read_lait_label(label, year_type)
    return Period._of(*run), status


@lru_cache(maxsize=8192)
def _from_code(code: str) -> Period:
    run = read_code(check_length(code))
    period = None if run is None else _made(run, code)
    if period is not None and period.code == code:
        return period
    hint = "" if period is None else f"; it is written {period.code}"
    allowed = "a code such as FY2024-25, 2024-12 or Y2025-03-31"
    raise PeriodError(f"period: given {shown(code)}; allowed: {allowed}{hint}")


def _made(run: Run, text: str) -> Period:
    try:
        return Period._of(run.sequence, run.first, run.last)
    except PeriodError as error:
        raise PeriodError(f"period: given {shown(text)}; {error}") from None


@cache
def _parser() -> ModuleType:
    """Return the room that reads what people write."""
    from outcome_bees.periods import parsing

    return parsing


@lru_cache(maxsize=8192)
def _parsed(text: str, calendar: Calendar | None, day_first: bool | None, span: str | None) -> Period:
    runs = _parser().readings(text, calendar, day_first, span)
    meant: list[Period] = []
    beyond: list[PeriodError] = []
    for run in runs:
        try:
            meant.append(_made(run, text))
        except PeriodError as error:
            beyond.append(error)
    if not meant:
        raise beyond[-1]
    first, *others = meant
    if not others:
        return first
    listed = "; ".join(f"{each.code} ({_description(each)}, {each.start} to {each.end})" for each in meant)
    hint = _parser().what_would_settle(text, calendar, runs)
    raise AmbiguousPeriodError(f"period: given {shown(text)}, which may be {listed}; {hint}", text, tuple(meant))


def _description(period: Period) -> str:
    kind = kind_in_words(period.kind)
    return kind if period.year_type is None else f"{period.year_type.value} {kind}"
