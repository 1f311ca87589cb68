"""Codes, the canonical texts of periods, read letter by letter; and how two periods make a span."""

from __future__ import annotations

from outcome_bees.errors import PeriodError
from outcome_bees.periods.calendar import YearType, calendar_named
from outcome_bees.periods.days import run_of_date
from outcome_bees.periods.pattern import coded
from outcome_bees.periods.series import PeriodKind, Run, series_of, single
from outcome_bees.periods.writing import code_of

__all__ = ["PREFIXES", "read_code", "spanning"]

PREFIXES = {named.prefix: named for named in YearType}
"""The sorts of year, by what codes of theirs begin with."""

_LETTERS = frozenset("ACFHQSTWY0123456789-./:")


def read_code(text: str) -> Run | None:
    """The run that a code stands for; ``None`` where the text has no code's form.

    Raises:
        PeriodError: Text in the form of a code that is none, such as the 31st of February.
    """
    if not (text[-1:].isdigit() and _LETTERS.issuperset(text)):
        return None  # before any pattern is made, for that takes longer than all the rest
    for kind, pattern in coded():
        found = pattern.fullmatch(text)
        if found:
            parts = found.groupdict()
            return _in_year(kind, parts) if "prefix" in parts else run_of_date(kind, parts)
    joint = "/" if "/" in text else ".."
    left, between, right = text.partition(joint)
    if not between or ".." in right or "/" in right:
        return None
    begin, end = read_code(left), read_code(right)
    if begin is None or end is None or (joint == "/") is not (begin[0].kind is PeriodKind.DAY):
        return None
    return spanning(begin, end)


def _in_year(kind: PeriodKind, parts: dict[str, str | None]) -> Run | None:
    """The run of a part of a year; ``None`` where the year is not written as its sort of year is."""
    year, end, prefix = int(parts["year"] or ""), parts["end"], parts["prefix"] or ""
    calendar = PREFIXES.get(prefix) or calendar_named(prefix[1:-1])
    if (end is None) is not (calendar is YearType.CALENDAR) or (end and int(end) != (year + 1) % 100):
        return None
    if kind in (PeriodKind.TERM, PeriodKind.AUTUMN_AND_SPRING) and calendar is not YearType.ACADEMIC:
        return None
    series = series_of(kind, calendar)
    return single(series, series.at(year, int(parts.get("part") or 1)))


def spanning(begin: Run, end: Run) -> Run:
    """The run from the first piece of one to the last of another, of the same series.

    Raises:
        PeriodError: They are of two series, of one whose pieces overlap, or the later one begins or ends
            before the other does: the run would then not hold all of both.
    """
    series = begin[0]
    given = f"span: given {code_of(begin)} and {code_of(end)}"
    if series is not end[0] or not series.tiles:
        raise PeriodError(f"{given}; allowed: two whole periods of one kind and year type, that tile time")
    if end[2] < begin[1]:
        raise PeriodError(f"{given}; the last lies before the first")
    if end[1] < begin[1] or end[2] < begin[2]:
        raise PeriodError(f"{given}; the last {'begins' if end[1] < begin[1] else 'ends'} before the first does")
    return series, begin[1], end[2]
