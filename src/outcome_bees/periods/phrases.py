"""What a few words make of the date that follows them: as at, end, week commencing, year ending …"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from outcome_bees.errors import PeriodError
from outcome_bees.periods.calendar import Calendar, YearType, month_later
from outcome_bees.periods.days import century
from outcome_bees.periods.notation import MONTHS
from outcome_bees.periods.pattern import CLOSINGS, COMMENCING
from outcome_bees.periods.series import PeriodKind, Reading, Run, series_of, single
from outcome_bees.periods.years import calendar_word

__all__ = ["phrased"]

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {name[:3]: number for number, name in enumerate(_WEEKDAYS)}

Parts = dict[str, str | None]


def phrased(kind: PeriodKind, parts: Parts, dates: Iterable[Reading]) -> Iterator[Reading | PeriodError]:
    """What a phrase may mean, by everything that the date in it may mean."""
    written = parts["date"] or ""
    if kind is PeriodKind.YEAR and written.isdigit():
        if len(written) in (2, 4):
            year = int(written) if len(written) == 4 else century(int(written))
            yield _year_ending_in(_closing(parts), year), ""
        return
    makes = _makes(kind, parts)
    for run, by in dates:
        try:
            made = makes(run)
        except PeriodError as reason:
            yield reason
        else:
            if made is not None:
                yield made, by


def _makes(kind: PeriodKind, parts: Parts) -> Callable[[Run], Run | None]:
    """What makes the run of the phrase from that of its date; it gives ``None`` for a date it cannot follow."""
    if kind is PeriodKind.YEAR:
        return lambda run: _whole_year(_closing(parts), run)
    if kind is PeriodKind.WEEK:
        monday = COMMENCING[(parts["commencing"] or "").replace("-", " ")]
        return lambda run: _week(run, monday)
    if kind is PeriodKind.YEAR_ENDING:
        months = parts["months"]
        unit = (parts["unit"] or parts["unit_ending"] or "").replace("-", " ")
        length = CLOSINGS[unit] if months is None else int(months)
        return lambda run: _months_ending(length, run)
    if parts.get("end_of"):
        return lambda run: None if run[0].kind is PeriodKind.DAY else _last_day(run)
    if parts.get("weekday"):
        number = _NUMBERS[parts["weekday"] or ""]
        return lambda run: _on(run, number)
    return lambda run: run if run[0].kind is PeriodKind.DAY else None


def _closing(parts: Parts) -> YearType:
    """The sort of year that ends; FYE does not name it in a part of its own."""
    return calendar_word(parts["closing"] or "financial")


def _last_day(run: Run) -> Run:
    return single(series_of(PeriodKind.DAY), run[0].last_day(run[2]))


def _on(run: Run, weekday: int) -> Run | None:
    if run[0].kind is not PeriodKind.DAY:
        return None
    right = (run[1] - 1) % 7  # 1 January of the year 1 was a Monday
    if right != weekday:
        day = date.fromordinal(run[1])
        raise PeriodError(f"{day} is a {_WEEKDAYS[right].capitalize()}, not a {_WEEKDAYS[weekday].capitalize()}")
    return run


def _week(run: Run, monday: bool) -> Run | None:
    day = _on(run, 0 if monday else 6)
    weeks = series_of(PeriodKind.WEEK)
    return None if day is None else single(weeks, weeks.holding(day[1]))


def _year_ending_in(calendar: Calendar, year: int) -> Run:
    series = series_of(PeriodKind.YEAR, calendar)
    return single(series, series.at(year if calendar is YearType.CALENDAR else year - 1, 1))


def _whole_year(calendar: Calendar, run: Run) -> Run:
    """The year that ends on a day, or in a month."""
    series = series_of(PeriodKind.YEAR, calendar)
    begin, end = run[0].first_day(run[1]), run[0].last_day(run[2])
    ordinal = series.holding(begin)
    last = series.last_day(ordinal)
    if not begin <= last <= end:
        on = date.fromordinal(last)
        raise PeriodError(f"a {calendar.value} year ends on {on.day} {MONTHS[on.month - 1]}")
    return single(series, ordinal)


def _months_ending(months: int, run: Run) -> Run:
    """So many months up to a day or a month: a year ending, else whole months where they are, else days.

    Of a quarter it is not said of which sort of year it is one: so it is three months.
    """
    if not months:
        raise PeriodError("no months at all")
    last = run[0].last_day(run[2])
    if months == 12:
        return single(series_of(PeriodKind.YEAR_ENDING), last)
    first = month_later(last, -months) + 1
    series = series_of(PeriodKind.MONTH)
    begin, end = series.holding(first), series.holding(last)
    if series.first_day(begin) == first and series.last_day(end) == last:
        return series, begin, end
    return series_of(PeriodKind.DAY), first, last
