"""Dates in words and in numbers: which months, weeks and days they may be."""

from __future__ import annotations

from collections.abc import Iterator

from outcome_bees.errors import PeriodError
from outcome_bees.periods.calendar import day_number, whole
from outcome_bees.periods.notation import MONTHS
from outcome_bees.periods.series import PeriodKind, Reading, Run, series_of, single

__all__ = ["DAY_FIRST", "MONTH_FIRST", "century", "dated", "run_of_date"]

DAY_FIRST, MONTH_FIRST = "the day first", "the month first"

_NUMBERS = {name[:length].lower(): number for number, name in enumerate(MONTHS, 1) for length in (3, 9)} | {"sept": 9}


def century(short: int) -> int:
    """The year of two digits: 69 to 99 are 1969 to 1999 and 00 to 68 are 2000 to 2068.

    Source: POSIX strptime.
    """
    return short + (1900 if short >= 69 else 2000)


def run_of_date(kind: PeriodKind, parts: dict[str, str | None]) -> Run:
    """The run of a month, a week, a day or a year ending whose parts are numbers.

    Raises:
        PeriodError: There is no such month, week or day.
    """
    series, year = series_of(kind), int(parts["year"] or "")
    if kind is PeriodKind.WEEK:
        return single(series, series.at(year, whole(int(parts["week"] or ""), "week", 1, 53)))
    month = _month(year, int(parts["month"] or ""))
    return single(series, month if kind is PeriodKind.MONTH else _day(month, int(parts["day"] or "")))


def dated(kind: PeriodKind, parts: dict[str, str | None]) -> Iterator[Reading | PeriodError]:
    """What a date that people write may mean; nothing where it names no month of the year."""
    short, month, time = parts.get("short"), parts.get("month"), parts.get("time")
    year = parts["year"] = parts.get("year") or str(century(int(short or "")))
    if parts.get("number"):
        yield from _either_first(int(year), int(parts["day"] or ""), int(parts["number"] or ""))
        return
    if month is not None and month[:1].isalpha():
        if month not in _NUMBERS:
            return
        parts["month"] = str(_NUMBERS[month])
    if time is not None and time.strip("0:."):
        raise PeriodError(f"a period has no time of day; given {time}")
    run = run_of_date(kind, parts)
    if kind is PeriodKind.MONTH and short is not None and parts.get("mark") is None:
        _seen_to_be_a_year(short, run[1])
    yield run, ""


def _seen_to_be_a_year(short: str, month: int) -> None:
    """Sept 24 is a month of 2024, as Excel writes it; March 31 is how a day is written that lacks its year.

    Source: our choice: the last day of its month, by which figures are dated, and no other.
    """
    name, year = MONTHS[month % 12], century(int(short))
    lasts = (28, 29) if name == "February" else (day_number(month + 1, 1) - day_number(month, 1),)
    if int(short) in lasts:
        raise PeriodError(f"{short} may be the day or the year; write {name} {year}, or the day with its year")


def _either_first(year: int, one: int, other: int) -> Iterator[Reading | PeriodError]:
    """31/03/2025 is one day; 03/04/2025 is 3 April here and 4 March elsewhere."""
    for day, month, by in ((one, other, DAY_FIRST), (other, one, MONTH_FIRST)):
        try:
            yield single(series_of(PeriodKind.DAY), _day(_month(year, month), day)), by
        except PeriodError as reason:
            yield reason


def _month(year: int, number: int) -> int:
    return whole(year, "year", 1, 9999) * 12 + whole(number, "month", 1, 12) - 1


def _day(months: int, day: int) -> int:
    first, after = day_number(months, 1), day_number(months + 1, 1)
    return first + whole(day, "day", 1, after - first) - 1
