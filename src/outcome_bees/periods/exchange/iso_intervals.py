"""ISO 8601 dates and intervals, both ways. An interval's last day is part of it."""

from __future__ import annotations

import re
from datetime import date

from outcome_bees.errors import InvalidTypeError, PeriodError, shown
from outcome_bees.periods.calendar import LAST_DAY, YearType, month_later
from outcome_bees.periods.codes import code_of, read_code, spanning
from outcome_bees.periods.sequences import PeriodKind, Run, days_run, part_of_year, single

__all__ = ["read_iso", "write_iso"]

_DURATION = re.compile("P(?:([0-9]{1,4})Y)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})W)?(?:([0-9]{1,7})D)?")
_SIMPLE = re.compile("[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?|-W[0-9]{2})?|[0-9]{8}")
_ALLOWED = "2024, 2024-12, 2024-W05, 2025-03-31, 20250331; two alike with '/' between; one and a duration such as P1Y"


def read_iso(text: str) -> Run:
    """Read a date or an interval, as ``Period.from_iso`` explains."""
    if not isinstance(text, str):
        raise InvalidTypeError("ISO 8601", text, _ALLOWED)
    first, slash, last = text.partition("/")
    if not slash:
        return _simple(first, text)
    if first.startswith("P"):
        end = _simple(last, text).last_day
        return _days(_moved(end, first, text, -1) + 1, end, text)
    if last.startswith("P"):
        start = _simple(first, text).first_day
        return _days(start, _moved(start - 1, last, text, 1), text)
    return spanning(_simple(first, text), _simple(last, text))


def _simple(part: str, text: str) -> Run:
    """Return the year, month, week or day that is written without an interval."""
    run = None
    if _SIMPLE.fullmatch(part):
        if len(part) == 8 and part.isdigit():  # the basic format of a date
            part = f"{part[:4]}-{part[4:6]}-{part[6:]}"
        run = part_of_year(PeriodKind.YEAR, int(part), 1, YearType.CALENDAR) if len(part) == 4 else read_code(part)
    if run is None:
        raise PeriodError(f"ISO 8601: given {shown(text)}; allowed: {_ALLOWED}")
    return run.checked()


def _moved(day: int, duration: str, text: str, sign: int) -> int:
    """Return the number of the day a duration after (or before) another: months first, then days."""
    found = _DURATION.fullmatch(duration)
    counts = [int(each or 0) for each in found.groups()] if found else []
    if not any(counts):
        raise PeriodError(f"ISO 8601: given {shown(text)}; allowed: a duration such as P1Y, P6M or P170D")
    years, months, weeks, days = counts
    count = years * 12 + months
    return (month_later(day, sign * count) if count else day) + sign * (weeks * 7 + days)


def _days(first: int, last: int, text: str) -> Run:
    if not 1 <= first <= last <= LAST_DAY:
        raise PeriodError(f"ISO 8601: given {shown(text)}, which is empty or leaves the years 1 to 9999")
    return days_run(first, last)


def write_iso(run: Run) -> str:
    """Return the ISO 8601 text of a run, as ``Period.to_iso`` explains."""
    sequence = run.sequence
    first, last = (single(sequence, ordinal) for ordinal in (run.first, run.last))
    if sequence.kind is PeriodKind.YEAR and sequence.calendar is YearType.CALENDAR:
        begin, end = (f"{sequence.place(ordinal)[0]:04}" for ordinal in (run.first, run.last))
    elif sequence.kind in (PeriodKind.MONTH, PeriodKind.WEEK, PeriodKind.DAY):
        begin, end = code_of(first), code_of(last)
    else:
        return f"{date.fromordinal(run.first_day)}/{date.fromordinal(run.last_day)}"
    return begin if first == last else f"{begin}/{end}"
