"""SDMX time periods, both ways: 2024-Q1, 2024-A1, 2024-W05, 2024-12, 2024-04-01/P170D.

A reporting period counts from the reporting year's start day, which accompanies the observations as an
attribute, and a reporting year is named by the year in which it starts. Source: the technical notes of
SDMX 2.1 and 3.0, on time and the steps that turn a reporting period into dates.
"""

from __future__ import annotations

import re
from datetime import date

from outcome_bees.errors import InvalidTypeError, PeriodError, shown
from outcome_bees.periods.calendar import Calendar, YearType, day_number, whole_number
from outcome_bees.periods.codes import code_of
from outcome_bees.periods.exchange.iso_intervals import read_iso
from outcome_bees.periods.sequences import PeriodKind, Run, days_run, months_of_year, part_of_year, sequence_of, single

__all__ = ["read_sdmx", "write_sdmx"]

_REPORTING = re.compile("([0-9]{4})-(?:A1|([STQ])([1-4])|([MW])([0-9]{2})|D([0-9]{3}))")
_START_DAY = re.compile("--([0-9]{2})-([0-9]{2})")
_ALLOWED = (
    "2024, 2024-12, 2025-03-31, 2024-A1, 2024-S1, 2024-T1, 2024-Q1, 2024-M01, 2024-W01, 2024-D001 "
    "or a range such as 2024-04-01/P1Y"
)
_LETTERS = {PeriodKind.YEAR: "A", PeriodKind.HALF: "S", PeriodKind.QUARTER: "Q"}
_KINDS = {None: PeriodKind.YEAR} | {letter: kind for kind, letter in _LETTERS.items()}


def read_sdmx(text: str, reporting_year_start_day: str) -> Run:
    """Read the value of TIME_PERIOD, as ``Period.from_sdmx`` explains."""
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
    if letter == "T":
        trimester = whole_number(number, "trimester", 1, 3)
        return months_of_year(calendar, year, trimester * 4 - 3, trimester * 4)
    if letter == "M":
        month = whole_number(number, "month", 1, 12)
        return months_of_year(calendar, year, month, month)
    return part_of_year(_KINDS[letter], year, number, calendar)


def _calendar(start_day: str) -> Calendar:
    """Return the sort of year that begins on a start day such as ``--04-01``."""
    if not isinstance(start_day, str):
        raise InvalidTypeError("reporting_year_start_day", start_day, "text such as --04-01")
    found = _START_DAY.fullmatch(start_day)
    if found is None:
        given = f"reporting_year_start_day: given {shown(start_day)}"
        raise PeriodError(f"{given}; allowed: month and day, such as --04-01")
    return YearType.starting(int(found[1]), int(found[2]))


def _start_day(calendar: Calendar) -> str:
    return f"--{calendar.month:02}-{calendar.day:02}"


def _day(calendar: Calendar, year: int, number: int) -> Run:
    reporting_year = part_of_year(PeriodKind.YEAR, year, 1, calendar).checked()
    first = reporting_year.first_day
    day = first + whole_number(number, "day", 1, reporting_year.last_day - first + 1) - 1
    return days_run(day, day)


_CYCLE = 20_871
"""The weeks of 400 years, after which days and weeks fall as before."""


def _first_week(calendar: Calendar, year: int) -> int:
    """Return the ordinal of a reporting year's first week: its start day's, or the next after a Thursday.

    The year may be the 10,000th, or the 0th, which hold no dates but bound those that do.
    """
    cycles, in_cycle = divmod(year, 400)
    start = day_number((in_cycle + 400) * 12 + calendar.month - 1, calendar.day)
    week, weekday = divmod(start - 1, 7)
    return week + (weekday > 3) + (cycles - 1) * _CYCLE


def _week(calendar: Calendar, year: int, number: int) -> Run:
    first = _first_week(calendar, year)
    weeks = _first_week(calendar, year + 1) - first
    ordinal = first + whole_number(number, f"week of {year:04}", 1, weeks) - 1
    return single(sequence_of(PeriodKind.WEEK), ordinal)


def write_sdmx(run: Run, reporting_year_start_day: str) -> str:
    """Return the value of TIME_PERIOD, as ``Period.to_sdmx`` explains."""
    calendar = _calendar(reporting_year_start_day)
    kind, own = run.kind, run.sequence.calendar
    year, part = run.sequence.place(run.first)
    if kind in _LETTERS:
        if own is not None and own != calendar:
            given = f"reporting_year_start_day: given {reporting_year_start_day!r} for {code_of(run)}"
            raise PeriodError(f"{given}; allowed: {_start_day(own)!r}")
        return f"{year:04}-{_LETTERS[kind]}{part}"
    if kind is PeriodKind.WEEK:
        if _first_week(calendar, year) > run.first:  # no reporting year begins before its ISO year does
            year -= 1
        if year:  # SDMX has no year 0: such a week is written by its days
            return f"{year:04}-W{run.first - _first_week(calendar, year) + 1:02}"
    if kind in (PeriodKind.MONTH, PeriodKind.DAY):
        return code_of(run)
    return f"{date.fromordinal(run.first_day)}/P{run.last_day - run.first_day + 1}D"
