"""Find every period that a text may mean; none is preferred."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from outcome_bees.errors import PeriodError, shown
from outcome_bees.periods._dates import DAY_FIRST, MONTH_FIRST, read_date, read_dated_phrase
from outcome_bees.periods._forms import clean, forms_of_shape, shape, simplify
from outcome_bees.periods._refusals import why_refused
from outcome_bees.periods._years import BY_DIFFERENCE, INCLUSIVE, read_years
from outcome_bees.periods.calendar import Calendar, YearType
from outcome_bees.periods.codes import read_code, spanning, text_in
from outcome_bees.periods.sequences import PeriodKind, Reading, Run

__all__ = ["readings", "what_would_settle"]

_CODE = "the code of a month"
_DIGITS = frozenset("0123456789")

Interpretation = tuple[list[Reading], bool, PeriodError | None]
"""What a text may mean; whether it is settled that a year is meant, as the caller names its sort and it can be
one; and why something else is not meant."""


def readings(
    text: str, calendar: Calendar | None, day_first: bool | None = None, span: str | None = None
) -> dict[Run, str]:
    """Return everything that a text may mean, at least one thing, each with the convention by which it does.

    A code has one meaning. Only a month's (2011-12) can also be read as years, where the caller names the sort
    of year: as the one year 2011-12 then, but 2009-12 stays open. Typed with another dash than a code has
    (2011–12), it is open even without.

    Raises:
        PeriodError: It means nothing; the message gives the reason, or which notation is nearest.
    """
    try:
        given = clean(text)
    except PeriodError as error:
        raise PeriodError(f"period: given {shown(text)}; {why_refused(text, error)}") from None
    code: Run | None = None
    reason: PeriodError | None = None
    if " " not in given:  # as no code has one
        code, reason = _code(given)
        if code is None and reason is None:
            code, reason = _code(given.upper())
    if code is not None and (code.sequence.kind is not PeriodKind.MONTH or (calendar is None and given in text)):
        return {code: ""}
    if not _DIGITS.isdisjoint(given):
        found, settled, why_not = _interpret(simplify(given), calendar, code, ranges=True)
        unwanted = _unwanted(day_first, span)
        meant: dict[Run, str] = {}
        for run, by in found:
            if by not in unwanted and not (settled and by == _CODE):
                meant.setdefault(run, by)
        if meant:
            return meant
        reason = reason or why_not
    raise PeriodError(f"period: given {shown(text)}; {why_refused(text, reason)}") from None


def what_would_settle(text: str, calendar: Calendar | None, runs: dict[Run, str]) -> str:
    """Return what the caller can add so that a text has one meaning, or fewer."""
    if {DAY_FIRST, MONTH_FIRST} <= set(runs.values()):
        return "say day_first=True or day_first=False, or write the code"
    if calendar is None:
        for each in YearType:
            try:
                if len(readings(text, each)) < len(runs):
                    return "say the year type with calendar=, or write the code"
            except PeriodError:
                continue  # it is no year of this type
    if {BY_DIFFERENCE, INCLUSIVE} <= set(runs.values()):
        return 'say span="inclusive" or span="difference", or write the code'
    return "write the code that is meant"


def _unwanted(day_first: bool | None, span: str | None) -> tuple[str | None, str | None]:
    """Return the conventions that the caller has ruled out, for days and for pooled years."""
    order = None if day_first is None else MONTH_FIRST if day_first else DAY_FIRST
    count = None if span is None else BY_DIFFERENCE if span == "inclusive" else INCLUSIVE
    return order, count


def _code(text: str) -> tuple[Run | None, PeriodError | None]:
    try:
        return read_code(text), None
    except PeriodError as error:
        return None, error


def _interpret(text: str, calendar: Calendar | None, code: Run | None, *, ranges: bool) -> Interpretation:
    meant, reason = _with_reason(_by_form(text, calendar))
    if not meant and ranges:
        meant, other = _with_reason(_joined(text, calendar))
        reason = reason or other
    settled = len(meant) == 1 and meant[0][0].first == meant[0][0].last
    if code is not None:
        meant.append((code, _CODE if code.sequence.kind is PeriodKind.MONTH else ""))
    return meant, settled, reason


def _with_reason(each: Iterator[Reading | PeriodError]) -> tuple[list[Reading], PeriodError | None]:
    meant: dict[Reading, None] = {}
    reason: PeriodError | None = None
    for one in each:
        if isinstance(one, PeriodError):
            reason = reason or one
        else:
            meant[one] = None
    return list(meant), reason


def _by_form(
    text: str, calendar: Calendar | None, kinds: Collection[PeriodKind] | None = None
) -> Iterator[Reading | PeriodError]:
    """Find what the text may mean by any form that it has; what is impossible comes as the reason why."""
    for kind, pattern in forms_of_shape(shape(text)):
        found = pattern.fullmatch(text)
        if found is None or (kinds is not None and kind not in kinds):
            continue
        parts = found.groupdict()
        try:
            if "date" in parts:
                wanted = _WITH_AN_END if parts.get("end_of") else _DATES
                dates, reason = _with_reason(_by_form(text_in(parts, "date"), calendar, wanted))
                yield from read_dated_phrase(kind, parts, dates)
                if reason is not None:
                    yield reason
            elif "run_together" in parts or kind is PeriodKind.TO_DATE:
                yield from read_years(kind, parts, calendar)
            else:
                yield from read_date(kind, parts)
        except PeriodError as reason:
            yield reason


_DATES = (PeriodKind.DAY, PeriodKind.MONTH)
_WITH_AN_END = (*_DATES, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.TERM, PeriodKind.YEAR)


def _joined(text: str, calendar: Calendar | None) -> Iterator[Reading | PeriodError]:
    """Find what a text may mean as a range, from one period to another of its sort.

    Both ends are read by one convention: 01/04/2024 to 31/03/2025 has the day first in both, for it must
    have so in one.
    """
    first, last = _cut(text)
    if not last or last.isdigit() or (first.isdigit() and len(first) > 2):
        return  # bare years have a form of their own
    begins, begins_settled, no_begin = _end_of_range(first, calendar)
    ends, ends_settled, no_end = _end_of_range(last, calendar)
    year_lent = False
    if ends and not begins:
        begins, year_lent = _completed(first, last, calendar)
    elif begins and not ends:  # 2023 Apr-Jun
        year, _, _ = first.partition(" ")
        ends = [each for each in _interpret(f"{year} {last}", calendar, None, ranges=False)[0] if _is_date(each)]
    if not (begins and ends):
        yield from (reason for reason in (no_begin, no_end) if reason is not None)
    for begin, by in begins:
        for end, end_by in ends:
            if begin.sequence is not end.sequence or not begin.sequence.tiles or (by and end_by and by != end_by):
                continue
            if begins_settled and ends_settled and _CODE in (by, end_by):
                continue
            try:
                if year_lent and end.first < begin.first:
                    # Nov to Jan 2025: the year is that of the last to most, and to some that of the first.
                    yield spanning(_a_year_on(begin, -1), end), ""
                    yield spanning(begin, _a_year_on(end, 1)), ""
                else:
                    yield spanning(begin, end), by or end_by
            except PeriodError as reason:
                yield reason


def _cut(text: str) -> tuple[str, str]:
    """Return both ends of a range, cut at the middle "to", or where there is none at the middle dash.

    A year at the end may have a dash before it too, as in apr-jun-2023.
    """
    for joint in (" to ", "-"):
        pieces = text.split(joint)
        if len(pieces) == 1:
            continue
        if len(pieces) % 2 and pieces[-1].isdigit():
            pieces[-2:] = [f"{pieces[-2]} {pieces[-1]}"]
        if len(pieces) % 2:
            break
        half = len(pieces) // 2
        return joint.join(pieces[:half]), joint.join(pieces[half:])
    return text, ""


def _end_of_range(text: str, calendar: Calendar | None) -> Interpretation:
    code, reason = _code(text.upper())
    meant, settled, why_not = _interpret(text, calendar, code, ranges=False)
    return meant, settled, reason or why_not


def _completed(first: str, last: str, calendar: Calendar | None) -> tuple[list[Reading], bool]:
    """Find what the first end may mean with the last words of the other, as in 1 April to 30 June 2024.

    The second value says whether those words are the year alone.
    """
    last_words = last.split(" ")
    for words in range(1, len(last_words)):
        meant, _, _ = _interpret(f"{first} {' '.join(last_words[-words:])}", calendar, None, ranges=False)
        dates = [each for each in meant if _is_date(each)]
        if dates:
            return dates, words == 1
    return [], False


def _is_date(reading: Reading) -> bool:
    return reading[0].sequence.calendar is None


def _a_year_on(run: Run, years: int) -> Run:
    later = run.sequence.months_later
    return Run(run.sequence, later(run.first, 12 * years), later(run.last, 12 * years))
