"""Dates in words and in numbers, and what the words before a date make of it: as at, end of, year ending."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from outcome_bees.errors import PeriodError
from outcome_bees.periods._forms import CLOSINGS, COMMENCING, count_of
from outcome_bees.periods.calendar import (
    LAST_DAY,
    MONTH_NUMBERS,
    MONTHS,
    Calendar,
    YearType,
    calendar_in_words,
    century,
    day_in_month,
    day_number,
    joined_years,
    month_later,
    month_ordinal,
)
from outcome_bees.periods.codes import Parts, code_of, number_in, run_of_date, text_in
from outcome_bees.periods.sequences import PeriodKind, Reading, Run, days_run, part_of_year, sequence_of, single

__all__ = ["DAY_FIRST", "MONTH_FIRST", "read_date", "read_dated_phrase"]

DAY_FIRST, MONTH_FIRST = "the day first", "the month first"


def read_date(kind: PeriodKind, parts: Parts) -> Iterator[Reading | PeriodError]:
    """Find what a date that people write may mean; nothing where it names no month of the year."""
    short, month, time = parts.get("short"), parts.get("month"), parts.get("time")
    year = parts["year"] = parts.get("year") or str(century(number_in(parts, "short")))
    if parts.get("number"):
        yield from _either_first(int(year), number_in(parts, "day"), number_in(parts, "number"))
        return
    if month is not None and month.isalpha():
        if month not in MONTH_NUMBERS:
            return
        number = MONTH_NUMBERS[month]
        if "unspaced" in parts and month in _DHIS2_YEARS:
            named = code_of(part_of_year(PeriodKind.YEAR, int(year), 1, YearType.starting(number)))
            raise PeriodError(f"it may be the month {year}-{number:02}, or to DHIS2 the year {named}; write either")
        parts["month"] = str(number)
    if time is not None and time.strip("0:."):
        raise PeriodError(f"a period has no time of day; given {time}")
    run = run_of_date(kind, parts)
    if kind is PeriodKind.MONTH and short is not None and parts.get("mark") is None:
        _refuse_last_day(short, run.first)
    yield run, ""


_DHIS2_YEARS = {"april", "july", "sep", "oct", "nov"}
"""The months that name a financial year after a year without a space: 2024April is that from April 2024.

Source: the period types of the health information system DHIS2 (FinancialApril and its like).
"""


def _refuse_last_day(short: str, month: int) -> None:
    """Refuse two digits that may be the last day of the month.

    Sept 24 is a month of 2024, as Excel writes it; March 31 is how a day is written that lacks its year.

    Source: our choice: the last day of its month, by which figures are dated, and no other.
    """
    name, year = MONTHS[month % 12], century(int(short))
    lasts = (28, 29) if name == "February" else (day_number(month + 1, 1) - day_number(month, 1),)
    if int(short) in lasts:
        raise PeriodError(f"{short} may be the day or the year; write {name} {year}, or the day with its year")


def _either_first(year: int, one: int, other: int) -> Iterator[Reading | PeriodError]:
    """Find the days that numbers may mean: 31/03/2025 is one, 03/04/2025 is 3 April here, 4 March elsewhere."""
    for day, month, by in ((one, other, DAY_FIRST), (other, one, MONTH_FIRST)):
        try:
            yield single(sequence_of(PeriodKind.DAY), day_in_month(month_ordinal(year, month), day)), by
        except PeriodError as reason:
            yield reason


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY_NUMBERS = {name[:3]: number for number, name in enumerate(_WEEKDAYS)}


def read_dated_phrase(kind: PeriodKind, parts: Parts, dates: Iterable[Reading]) -> Iterator[Reading | PeriodError]:
    """Find what a phrase may mean, by everything that the date in it may mean."""
    written = text_in(parts, "date")
    if kind is PeriodKind.YEAR and written.isdigit():
        if len(written) in (2, 4):
            year = int(written) if len(written) == 4 else century(int(written))
            yield _year_ending_in(_closing(parts), (joined_years(year) or year - 1) + 1), ""
        return
    makes = _maker(kind, parts)
    for run, by in dates:
        try:
            made = makes(run)
        except PeriodError as reason:
            yield reason
        else:
            if made is not None:
                yield made, by


def _maker(kind: PeriodKind, parts: Parts) -> Callable[[Run], Run | None]:
    """Return what turns the run of the date into that of the phrase, or into ``None`` where they do not fit."""
    if kind is PeriodKind.YEAR:
        return lambda run: _whole_year(_closing(parts), run)
    if kind is PeriodKind.WEEK:
        monday = COMMENCING[text_in(parts, "commencing").replace("-", " ")]
        return lambda run: _week(run, monday)
    if kind is PeriodKind.YEAR_ENDING:
        unit = (parts["counted"] or parts["unit"] or text_in(parts, "unit_ending")).replace("-", " ")
        length = CLOSINGS[unit] * count_of(parts["count"] or "1")
        return lambda run: _months_ending(length, run)
    if parts.get("end_of"):
        return _at_the_end
    if parts.get("weekday"):
        number = _WEEKDAY_NUMBERS[text_in(parts, "weekday")]
        return lambda run: _on(run, number)
    return lambda run: run if run.kind is PeriodKind.DAY else None


def _closing(parts: Parts) -> YearType:
    """Return the sort of year that ends; FYE does not name it in a part of its own."""
    return calendar_in_words(parts["closing"] or "financial")


def _at_the_end(run: Run) -> Run | None:
    """Return the last day of a month or a year; a quarter's own figures are what a sheet heads "End of Q1"."""
    if run.kind is PeriodKind.DAY:
        return None
    return run if run.kind is PeriodKind.QUARTER else _last_day(run)


def _last_day(run: Run) -> Run:
    return single(sequence_of(PeriodKind.DAY), run.last_day)


def _on(run: Run, weekday: int) -> Run | None:
    if run.kind is not PeriodKind.DAY:
        return None
    right = (run.first - 1) % 7  # 1 January of the year 1 was a Monday
    if right != weekday:
        day = date.fromordinal(run.first)
        raise PeriodError(f"{day} is a {_WEEKDAYS[right].capitalize()}, not a {_WEEKDAYS[weekday].capitalize()}")
    return run


def _week(run: Run, monday: bool) -> Run | None:
    """Return the week that begins (or ends) on a day; other weeks than those from Monday are spans of days."""
    try:
        day = _on(run, 0 if monday else 6)
    except PeriodError as error:
        first, last = (run.first, run.first + 6) if monday else (run.first - 6, run.first)
        if first < 1 or last > LAST_DAY:
            raise
        raise PeriodError(f"{error}; for these seven days write {code_of(days_run(first, last))}") from None
    weeks = sequence_of(PeriodKind.WEEK)
    return None if day is None else single(weeks, weeks.holding(day.first))


def _year_ending_in(calendar: Calendar, year: int) -> Run:
    return part_of_year(PeriodKind.YEAR, year if calendar is YearType.CALENDAR else year - 1, 1, calendar)


def _whole_year(calendar: Calendar, run: Run) -> Run:
    """Return the year that ends on a day, or in a month."""
    sequence = sequence_of(PeriodKind.YEAR, calendar)
    begin, end = run.first_day, run.last_day
    ordinal = sequence.holding(begin)
    last = sequence.last_day(ordinal)
    if not begin <= last <= end:
        on = date.fromordinal(last)
        raise PeriodError(f"a {calendar.value} year ends on {on.day} {MONTHS[on.month - 1]}")
    return single(sequence, ordinal)


def _months_ending(months: int, run: Run) -> Run:
    """Return so many months up to a day or a month: a year ending, else whole months where they fit, else days.

    "Quarter ending" does not name its sort of year, so it is three months.
    """
    if not months:
        raise PeriodError("no months at all")
    last = run.last_day
    if months == 12:
        return single(sequence_of(PeriodKind.YEAR_ENDING), last)
    first = month_later(last, -months) + 1
    sequence = sequence_of(PeriodKind.MONTH)
    begin, end = sequence.holding(first), sequence.holding(last)
    if sequence.last_day(end) == last:
        return Run(sequence, begin, end)
    return days_run(first, last)
