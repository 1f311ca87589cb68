"""The time columns of the Department for Education's open data files, both ways.

A file of Explore Education Statistics dates a row by ``time_period`` (2024 or 202425, the year in which it
starts) and ``time_identifier`` (one of 91 labels). Source: the service's published source code, its list of
time identifiers. It does not say how weeks are numbered; that they are ISO weeks is our reading.
"""

from __future__ import annotations

import re
from datetime import date

from outcome_bees.errors import InvalidTypeError, PeriodError, nearest, shown
from outcome_bees.periods.calendar import MONTHS, YearType
from outcome_bees.periods.codes import code_of
from outcome_bees.periods.sequences import PeriodKind, Run, days_run, part_of_year, sequence_of, single

__all__ = ["IDENTIFIERS", "REPORTING_YEAR", "read_ees", "write_ees"]

REPORTING_YEAR = "Reporting year"

Sort = tuple[PeriodKind, YearType | None, int]

_YEARS = (YearType.ACADEMIC, YearType.CALENDAR, YearType.FINANCIAL, YearType.TAX)


def _identifiers() -> dict[str, tuple[str, Sort]]:
    rows: dict[str, tuple[str, Sort]] = {
        "Autumn term": ("T1", (PeriodKind.TERM, YearType.ACADEMIC, 1)),
        "Spring term": ("T2", (PeriodKind.TERM, YearType.ACADEMIC, 2)),
        "Summer term": ("T3", (PeriodKind.TERM, YearType.ACADEMIC, 3)),
        "Autumn and spring term": ("T1T2", (PeriodKind.AUTUMN_AND_SPRING, YearType.ACADEMIC, 1)),
        "Part 1 (April to September)": ("P1", (PeriodKind.HALF, YearType.FINANCIAL, 1)),
        "Part 2 (October to March)": ("P2", (PeriodKind.HALF, YearType.FINANCIAL, 2)),
        REPORTING_YEAR: ("RY", (PeriodKind.DAY, None, 1)),
    }
    for year_type in _YEARS:
        name = f"{year_type.value.capitalize()} year"
        rows[name] = year_type.prefix, (PeriodKind.YEAR, year_type, 1)
        for quarter in range(1, 5):
            code = f"{year_type.prefix}Q{quarter}"
            rows[f"{name} Q{quarter}"] = code, (PeriodKind.QUARTER, year_type, quarter)
    rows |= {f"Week {week}": (f"W{week}", (PeriodKind.WEEK, None, week)) for week in range(1, 53)}
    rows |= {name: (f"M{month}", (PeriodKind.MONTH, None, month)) for month, name in enumerate(MONTHS, 1)}
    return rows


IDENTIFIERS = _identifiers()
"""Each time identifier: its short code in the same service, and what it means."""

_TIME_PERIOD = re.compile("([0-9]{4})(?:[-/]?([0-9]{2}))?")
_BY_TEXT = {text.casefold(): label for label, (code, _) in IDENTIFIERS.items() for text in (label, code)}
_BY_SORT = {sort: label for label, (_, sort) in IDENTIFIERS.items()}


def read_ees(time_period: str, time_identifier: str, as_at: str | None, year_ending: str | None) -> Run:
    """Read the time columns of a row, as ``Period.from_ees`` explains."""
    columns: dict[str, object] = {"time_period": time_period, "time_identifier": time_identifier}
    for what, given in columns.items():
        if not isinstance(given, str):
            hint = "read the column as text, dtype=str in pandas" if hasattr(given, "__index__") else None
            raise InvalidTypeError(what, given, "text, exactly as in the file", hint)
    meanings: dict[str, object] = {"as_at": as_at, "year_ending": year_ending}
    for what, meaning in meanings.items():
        if meaning is not None and not isinstance(meaning, str):
            raise InvalidTypeError(what, meaning, "month and day as text, such as 03-31")
    label = _BY_TEXT.get(time_identifier.strip().casefold())
    if label is None:
        meant = nearest(time_identifier, IDENTIFIERS)
        hint = f" (did you mean {meant}?)" if meant else ""
        given = shown(time_identifier)
        raise PeriodError(f"time_identifier: given {given}; allowed: one of the 91 of the service{hint}")
    kind, year_type, part = IDENTIFIERS[label][1]
    year = _year(time_period, label, split=year_type not in (None, YearType.CALENDAR))
    if label == REPORTING_YEAR:
        return _reporting_year(year, as_at, year_ending)
    return part_of_year(kind, year, part, year_type)


def _year(time_period: str, label: str, *, split: bool) -> int:
    """Return the starting year of a time period, after checking that it is written as its identifier wants."""
    given = f"time_period: given {shown(time_period)}"
    found = _TIME_PERIOD.fullmatch(time_period.strip())
    if found is None:
        raise PeriodError(f"{given}; allowed: four digits, 2024, or six for a split year, 202425")
    year, end = int(found[1]), found[2]
    following = f"{(year + 1) % 100:02}"
    if (end is not None) is not split:
        allowed = f"six digits, such as {year:04}{following}" if split else f"four digits, such as {year:04}"
        raise PeriodError(f"{given} with {label!r}, which takes {allowed}; one of the two is wrong")
    if end is not None and end != following:
        raise PeriodError(f"{given}; a split year ends in the year after it starts: {year:04}{following}")
    return year


def _reporting_year(year: int, as_at: str | None, year_ending: str | None) -> Run:
    """Return what a "Reporting year" means in a file: a day, or the twelve months up to it."""
    if (as_at is None) is (year_ending is None):
        raise PeriodError(
            f"time_identifier: {REPORTING_YEAR!r} is no period until its meaning is given, once: "
            'as_at="03-31" for a count on a day, or year_ending="03-31" for the twelve months up to it'
        )
    given = as_at or year_ending or ""
    found = re.fullmatch("([0-9]{2})-([0-9]{2})", given)
    if found is None or int(found[1]) > 12:
        hint = ", the month first" if found and int(found[2]) <= 12 else ""
        raise PeriodError(f"as_at or year_ending: given {shown(given)}; allowed: month and day, such as 03-31{hint}")
    try:
        day = date(year, int(found[1]), int(found[2]))
    except ValueError:
        raise PeriodError(f"as_at or year_ending: given {shown(given)}, which is no day of {year:04}") from None
    number = day.toordinal()
    return days_run(number, number) if as_at is not None else single(sequence_of(PeriodKind.YEAR_ENDING), number)


def write_ees(run: Run) -> tuple[str, str]:
    """Return the time columns of a row, as ``Period.to_ees`` explains."""
    kind, year_type = run.kind, run.sequence.calendar
    if kind in (PeriodKind.DAY, PeriodKind.YEAR_ENDING):
        return f"{date.fromordinal(run.last_day).year:04}", REPORTING_YEAR
    year, part = run.sequence.place(run.first)
    label = _BY_SORT.get((kind, year_type, part))  # type: ignore[arg-type]  # a custom year is merely not found
    if label is None:
        raise PeriodError(f"{code_of(run)} has no time identifier among the 91 of the service")
    split = year_type not in (None, YearType.CALENDAR)
    return f"{year:04}{(year + 1) % 100:02}" if split else f"{year:04}", label
