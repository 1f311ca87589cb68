"""ISO 8601 dates and intervals, both ways. An interval's last day is part of it."""

from __future__ import annotations

import re
from datetime import date

from outcome_bees.errors import InvalidTypeError, PeriodError, shown
from outcome_bees.periods.calendar import LAST_DAY, YearType, month_later
from outcome_bees.periods.period import Period
from outcome_bees.periods.series import PeriodKind
from outcome_bees.periods.stretch import Stretch

__all__ = ["read_iso", "write_iso"]

_DURATION = re.compile("P(?:([0-9]{1,4})Y)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})W)?(?:([0-9]{1,7})D)?")
_SIMPLE = re.compile("[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?|-W[0-9]{2})?")
_ALLOWED = "2024, 2024-12, 2024-W05, 2025-03-31; two alike with '/' between; one and a duration such as P1Y"


def read_iso(text: str) -> Period:
    """What ``Period.from_iso`` gives."""
    if not isinstance(text, str):
        raise InvalidTypeError("ISO 8601", text, _ALLOWED)
    first, slash, last = text.partition("/") if len(text) <= 64 else ("", "", "")
    if not slash:
        return _simple(first, text)
    if first.startswith("P"):
        end = _simple(last, text).end.toordinal()
        return _days(_moved(end, first, text, -1) + 1, end, text)
    if last.startswith("P"):
        start = _simple(first, text).start.toordinal()
        return _days(start, _moved(start - 1, last, text, 1), text)
    return Period.span(_simple(first, text), _simple(last, text))


def _simple(part: str, text: str) -> Period:
    if not _SIMPLE.fullmatch(part):
        raise PeriodError(f"ISO 8601: given {shown(text)}; allowed: {_ALLOWED}")
    return Period.year(int(part), YearType.CALENDAR) if len(part) == 4 else Period.from_code(part)


def _moved(day: int, duration: str, text: str, sign: int) -> int:
    """The number of the day that lies a duration after (or before) another: months first, then days."""
    found = _DURATION.fullmatch(duration)
    years, months, weeks, days = (int(each or 0) for each in found.groups()) if found else (0, 0, 0, 0)
    if not years + months + weeks + days:
        raise PeriodError(f"ISO 8601: given {shown(text)}; allowed: a duration such as P1Y, P6M or P170D")
    count = years * 12 + months
    return (month_later(day, sign * count) if count else day) + sign * (weeks * 7 + days)


def _days(first: int, last: int, text: str) -> Period:
    if not 1 <= first <= last <= LAST_DAY:
        raise PeriodError(f"ISO 8601: given {shown(text)}, which is empty or leaves the years 1 to 9999")
    return Period.span(date.fromordinal(first), date.fromordinal(last))


def write_iso(period: Stretch) -> str:
    """What ``Period.to_iso`` gives."""
    first, last = period.ends
    kind = first.kind
    if first.year_type is YearType.CALENDAR and kind is PeriodKind.YEAR:
        parts = [f"{each.start.year:04}" for each in (first, last)]
    elif kind in (PeriodKind.MONTH, PeriodKind.WEEK, PeriodKind.DAY):
        parts = [first.code, last.code]
    else:
        return f"{period.start}/{period.end}"
    return parts[0] if first == last else "/".join(parts)
