"""SDMX time periods, both ways: 2024-Q1, 2024-A1, 2024-W05, 2024-12, 2024-04-01/P170D.

A reporting period counts from the reporting year's start day, which stands beside the figures as an
attribute, and a reporting year is named by the year in which it starts. Source: the technical notes of
SDMX 2.1 and 3.0, on time and the steps that turn a reporting period into dates.
"""

from __future__ import annotations

import re
from datetime import date

from outcome_bees.errors import InvalidTypeError, PeriodError, shown
from outcome_bees.periods.calendar import Calendar, YearType, day_number, whole
from outcome_bees.periods.iso import read_iso
from outcome_bees.periods.period import Period
from outcome_bees.periods.series import PeriodKind, series_of, single
from outcome_bees.periods.stretch import Stretch

__all__ = ["read_sdmx", "write_sdmx"]

_REPORTING = re.compile("([0-9]{4})-(?:A1|([STQ])([1-4])|([MW])([0-9]{2})|D([0-9]{3}))")
_START_DAY = re.compile("--([0-9]{2})-([0-9]{2})")
_ALLOWED = (
    "2024, 2024-12, 2025-03-31, 2024-A1, 2024-S1, 2024-T1, 2024-Q1, 2024-M01, 2024-W01, 2024-D001 "
    "or a range such as 2024-04-01/P1Y"
)
_LETTERS = {PeriodKind.YEAR: "A", PeriodKind.HALF: "S", PeriodKind.QUARTER: "Q"}


def read_sdmx(text: str, reporting_year_start_day: str) -> Period:
    """What ``Period.from_sdmx`` gives."""
    if not isinstance(text, str):
        raise InvalidTypeError("SDMX", text, _ALLOWED)
    calendar = _calendar(reporting_year_start_day)
    found = _REPORTING.fullmatch(text)
    if found is None:
        if re.fullmatch("[0-9]{4}(-[0-9]{2}){0,2}|[0-9]{4}-[0-9]{2}-[0-9]{2}/P[0-9YMWD]{2,20}", text):
            return read_iso(text)
        raise PeriodError(f"SDMX: given {shown(text)}; allowed: {_ALLOWED}")
    year, letter, number = int(found[1]), found[2] or found[4], int(found[3] or found[5] or found[6] or 1)
    if found[6]:
        return _day(calendar, year, number)
    if letter == "W":
        return _week(calendar, year, number)
    if letter == "S":
        return Period.half(year, number, calendar)
    if letter == "Q":
        return Period.quarter(year, number, calendar)
    if letter == "T":
        return _months(calendar, year, 4, whole(number, "trimester", 1, 3))
    if letter == "M":
        return _months(calendar, year, 1, whole(number, "month", 1, 12))
    return Period.year(year, calendar)


def _calendar(start_day: str) -> Calendar:
    if not isinstance(start_day, str):
        raise InvalidTypeError("reporting_year_start_day", start_day, "text such as --04-01")
    found = _START_DAY.fullmatch(start_day)
    if found is None:
        given = f"reporting_year_start_day: given {shown(start_day)}"
        raise PeriodError(f"{given}; allowed: month and day, such as --04-01")
    return YearType.starting(int(found[1]), int(found[2]))


def _start_day(calendar: Calendar) -> str:
    return f"--{calendar.month:02}-{calendar.day:02}"


def _months(calendar: Calendar, year: int, length: int, number: int) -> Period:
    """So many months of a reporting year: calendar months where it begins on the first of one."""
    start = Period.year(year, calendar).start
    first = start.year * 12 + start.month - 1 + length * (number - 1)
    if calendar.day == 1:
        months = [Period.month(*_year_and_month(each)) for each in (first, first + length - 1)]
        return Period.span(*months)
    days = [day_number(first, calendar.day), day_number(first + length, calendar.day) - 1]
    return Period.span(*[date.fromordinal(each) for each in days])


def _year_and_month(months: int) -> tuple[int, int]:
    return months // 12, months % 12 + 1


def _day(calendar: Calendar, year: int, number: int) -> Period:
    whole_year = Period.year(year, calendar)
    first = whole_year.start.toordinal()
    return Period.day(date.fromordinal(first + whole(number, "day", 1, whole_year.days) - 1))


_CYCLE = 146_097 // 7
"""The weeks of 400 years, after which days and weeks fall as before."""


def _first_week(calendar: Calendar, year: int) -> int:
    """The ordinal of the week in which a reporting year's weeks begin: its start day's, or the next after a
    Thursday. The year may be the 10,000th, or the 0th, which hold no dates but bound those that do."""
    cycles, in_cycle = divmod(year, 400)
    start = day_number((in_cycle + 400) * 12 + calendar.month - 1, calendar.day)
    week, weekday = divmod(start - 1, 7)
    return week + (weekday > 3) + (cycles - 1) * _CYCLE


def _week(calendar: Calendar, year: int, number: int) -> Period:
    first = _first_week(calendar, year)
    weeks = _first_week(calendar, year + 1) - first
    ordinal = first + whole(number, f"week of {year:04}", 1, weeks) - 1
    return Period._of(*single(series_of(PeriodKind.WEEK), ordinal))


def write_sdmx(period: Stretch, reporting_year_start_day: str) -> str:
    """What ``Period.to_sdmx`` gives."""
    calendar = _calendar(reporting_year_start_day)
    year, part = period.place
    if period.kind in _LETTERS:
        if period.year_type is not None and period.year_type != calendar:
            wanted = _start_day(period.year_type)
            given = f"reporting_year_start_day: given {reporting_year_start_day!r} for {period.code}"
            raise PeriodError(f"{given}; allowed: {wanted!r}")
        return f"{year:04}-{_LETTERS[period.kind]}{part}"
    if period.kind is PeriodKind.WEEK:
        if _first_week(calendar, year) > period.ordinal:  # no reporting year begins before its ISO year does
            year -= 1
        if year:  # in the year 0, which SDMX does not have, a week is told by its days
            return f"{year:04}-W{period.ordinal - _first_week(calendar, year) + 1:02}"
    if period.kind in (PeriodKind.MONTH, PeriodKind.DAY):
        return period.code
    return f"{period.start}/P{period.days}D"
