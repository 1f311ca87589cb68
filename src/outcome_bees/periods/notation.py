"""How periods are written: one table of notations, from which codes are both read and written."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from outcome_bees.errors import PeriodError
from outcome_bees.periods.calendar import Calendar, YearType, calendar_named, day_number, whole
from outcome_bees.periods.series import PARTS_OF_A_YEAR, PeriodKind, Run, iso_week, series_of

__all__ = ["code_of", "read_code"]

_CODES: tuple[tuple[PeriodKind, str], ...] = (
    (PeriodKind.YEAR, "{coded}"),
    (PeriodKind.MONTH, "{year}-{mm}"),
    (PeriodKind.DAY, "{year}-{mm}-{dd}"),
    (PeriodKind.QUARTER, "{coded}-Q{quarter}"),
    (PeriodKind.TO_DATE, "{coded}-Q1..Q{quarter}"),
    (PeriodKind.HALF, "{coded}-H{half}"),
    (PeriodKind.TERM, "{coded}-T{term}"),
    (PeriodKind.AUTUMN_AND_SPRING, "{coded}-T1T2"),
    (PeriodKind.WEEK, "{year}-W{ww}"),
    (PeriodKind.YEAR_ENDING, "Y{year}-{mm}-{dd}"),
)

_ATOMS = {
    "coded": "(?P<prefix>[CFTAS]Y|Y[0-9]{2}-[0-9]{2}:)(?P<year>[0-9]{4})(?:-(?P<end>[0-9]{2}))?",
    "year": "(?P<year>[0-9]{4})",
    "mm": "(?P<month>[0-9]{2})",
    "dd": "(?P<day>[0-9]{2})",
    "ww": "(?P<week>[0-9]{2})",
    "half": "(?P<part>[0-9])",
    "quarter": "(?P<part>[0-9])",
    "term": "(?P<part>[0-9])",
}

_PREFIXES = {named.prefix: named for named in YearType}
_FORM_OF = dict(_CODES)


def _pattern(form: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", form)
    return re.compile("".join(_ATOMS[part] if at % 2 else re.escape(part) for at, part in enumerate(parts)))


@cache
def _code_patterns() -> tuple[tuple[PeriodKind, re.Pattern[str]], ...]:
    return tuple((kind, _pattern(form)) for kind, form in _CODES)


def _coded(calendar: Calendar, year: int) -> str:
    if calendar is YearType.CALENDAR:
        return f"CY{year:04}"
    return f"{calendar.prefix}{year:04}-{(year + 1) % 100:02}"


def _fields(run: Run, ordinal: int) -> dict[str, str]:
    series = run[0]
    if series.calendar is not None:
        parts = PARTS_OF_A_YEAR.get(series.kind) or (3 if series.kind is PeriodKind.TERM else 1)
        year, part = divmod(ordinal, parts)
        number = str(part + 1)
        return {"coded": _coded(series.calendar, year), "quarter": number, "half": number, "term": number}
    on = date.fromordinal(series.first_day(ordinal) if series.tiles else series.last_day(ordinal))
    if series.kind is PeriodKind.WEEK:
        iso_year, week, _ = on.isocalendar()
        return {"year": f"{iso_year:04}", "ww": f"{week:02}"}
    return {"year": f"{on.year:04}", "mm": f"{on.month:02}", "dd": f"{on.day:02}"}


def code_of(run: Run) -> str:
    """The canonical code of a run of periods."""
    series, first, last = run
    form = _FORM_OF[series.kind]
    code = form.format_map(_fields(run, first))
    if first == last:
        return code
    joint = "/" if series.kind is PeriodKind.DAY else ".."
    return f"{code}{joint}{form.format_map(_fields(run, last))}"


def read_code(text: str) -> Run | None:
    """The run that a canonical code stands for; ``None`` where the text has no code's form.

    Raises:
        PeriodError: Text in the form of a code that is none, such as the 31st of February.
    """
    for kind, pattern in _code_patterns():
        found = pattern.fullmatch(text)
        if found:
            return _run_of(kind, found.groupdict())
    joint = "/" if "/" in text else ".."
    left, between, right = text.partition(joint)
    if not between or ".." in right or "/" in right:
        return None
    begin, end = read_code(left), read_code(right)
    if begin is None or end is None or (joint == "/") is not (begin[0].kind is PeriodKind.DAY):
        return None
    return spanning(begin, end)


def spanning(begin: Run, end: Run) -> Run:
    """The run from the first piece of one to the last of another, of the same series.

    Raises:
        PeriodError: They are of two series, of one whose pieces overlap, or the later comes first.
    """
    series = begin[0]
    if series is not end[0] or not series.tiles:
        raise PeriodError(f"span: given {code_of(begin)} and {code_of(end)}; allowed: two whole periods of one kind and year type")
    if end[2] < begin[1]:
        raise PeriodError(f"span: given {code_of(begin)} and {code_of(end)}; the last lies before the first")
    return series, begin[1], end[2]


def _run_of(kind: PeriodKind, parts: dict[str, str]) -> Run:
    year = int(parts["year"])
    if "prefix" in parts:
        prefix = parts["prefix"]
        calendar = _PREFIXES.get(prefix) or calendar_named(prefix[1:-1])
        split = parts["end"] is not None
        if split is (calendar is YearType.CALENDAR):
            raise PeriodError("a calendar year is one year (CY2024), every other spans two (FY2024-25)")
        if split and int(parts["end"]) != (year + 1) % 100:
            raise PeriodError(f"a split year ends in the year after it starts: {_coded(calendar, year)}")
        part = parts.get("part")
        if kind is PeriodKind.TERM or kind is PeriodKind.AUTUMN_AND_SPRING:
            if calendar is not YearType.ACADEMIC:
                raise PeriodError("terms are those of the academic year: AY2024-25-T1")
            series, pieces = series_of(kind), 3 if part else 1
        else:
            series, pieces = series_of(kind, calendar), PARTS_OF_A_YEAR[kind]
        ordinal = year * pieces + (whole(int(part), kind.value, 1, pieces) - 1 if part else 0)
        return series, ordinal, ordinal
    series = series_of(kind)
    if kind is PeriodKind.WEEK:
        ordinal = iso_week(year, int(parts["week"]))
    else:
        month = whole(int(parts["month"]), "month", 1, 12)
        ordinal = year * 12 + month - 1
        if kind is not PeriodKind.MONTH:
            ordinal = _day(ordinal, int(parts["day"]))
    return series, ordinal, ordinal


def _day(months: int, day: int) -> int:
    first, after = day_number(months, 1), day_number(months + 1, 1)
    return first + whole(day, "day", 1, after - first) - 1
