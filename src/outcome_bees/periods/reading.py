"""From text to what it may mean: every reading is found, and none is preferred."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from outcome_bees.errors import PeriodError, shown
from outcome_bees.periods.calendar import Calendar
from outcome_bees.periods.codes import read_code, spanning
from outcome_bees.periods.days import DAY_FIRST, MONTH_FIRST, dated
from outcome_bees.periods.hints import allowed
from outcome_bees.periods.pattern import fitting, shape
from outcome_bees.periods.phrases import phrased
from outcome_bees.periods.plain import plain, trimmed
from outcome_bees.periods.series import PeriodKind, Reading, Run
from outcome_bees.periods.years import IN_YEARS, in_years

__all__ = ["readings"]

_CODE = "the code of a month"

Meant = tuple[list[Reading], bool, PeriodError | None]
"""What a text may mean; whether years alone are meant, for the caller speaks of years and it can be one year;
and why something else is not meant."""


def readings(text: str, calendar: Calendar | None, day_first: bool | None = None) -> dict[Run, str]:
    """Everything that a text may mean, at least one thing, each with the convention by which it means that.

    A code means what it means. Only a month's (2011-12) can also be read as years, and it is so where the
    caller says of what sort the years are: as the one year 2011-12 then, but 2009-12 stays open. Typed with
    another dash than a code has (2011–12), it is open from the first.

    Raises:
        PeriodError: It means nothing; the message says why, or which notation is nearest.
    """
    given = trimmed(text)
    code, reason = _code(given)
    if code is None and reason is None:
        code, reason = _code(given.upper())
    if code is not None and (code[0].kind is not PeriodKind.MONTH or (calendar is None and given in text)):
        return {code: ""}
    if not any(char.isdigit() for char in given):
        raise PeriodError(f"period: given {shown(text)}; allowed: {allowed('')}")
    found, settled, why_not = _meant(plain(given), calendar, code, ranges=True)
    unwanted = None if day_first is None else MONTH_FIRST if day_first else DAY_FIRST
    meant: dict[Run, str] = {}
    for run, by in found:
        if by != unwanted and not (settled and by == _CODE):
            meant.setdefault(run, by)
    if meant:
        return meant
    reason = reason or why_not
    raise PeriodError(f"period: given {shown(text)}; {reason or f'allowed: {allowed(plain(given))}'}") from None


def _code(text: str) -> tuple[Run | None, PeriodError | None]:
    try:
        return read_code(text), None
    except PeriodError as error:
        return None, error


def _meant(text: str, calendar: Calendar | None, code: Run | None, *, ranges: bool) -> Meant:
    meant, reason = _sorted_out(_by_form(text, calendar))
    if not meant and ranges:
        meant, other = _sorted_out(_joined(text, calendar))
        reason = reason or other
    settled = calendar is not None and len(meant) == 1 and meant[0][0][1] == meant[0][0][2]
    if code is not None:
        meant.append((code, _CODE if code[0].kind is PeriodKind.MONTH else ""))
    return meant, settled, reason


def _sorted_out(each: Iterator[Reading | PeriodError]) -> tuple[list[Reading], PeriodError | None]:
    meant: dict[Reading, None] = {}
    reason: PeriodError | None = None
    for one in each:
        if isinstance(one, PeriodError):
            reason = reason or one
        else:
            meant[one] = None
    return list(meant), reason


def _by_form(
    text: str, calendar: Calendar | None, kinds: Collection[PeriodKind] = tuple(PeriodKind)
) -> Iterator[Reading | PeriodError]:
    """What the text may mean by any form that it has; what turns out impossible is told as its reason."""
    for kind, pattern in fitting(shape(text)):
        found = pattern.fullmatch(text)
        if found is None or kind not in kinds:
            continue
        parts = found.groupdict()
        try:
            if "date" in parts:
                dates, reason = _sorted_out(_by_form(parts["date"] or "", calendar, _DATES))
                yield from phrased(kind, parts, dates)
                if reason is not None:
                    yield reason
            elif kind in IN_YEARS:
                yield from in_years(kind, parts, calendar)
            else:
                yield from dated(kind, parts)
        except PeriodError as reason:
            yield reason


_DATES = (PeriodKind.DAY, PeriodKind.MONTH)


def _joined(text: str, calendar: Calendar | None) -> Iterator[Reading | PeriodError]:
    """What a text may mean as a range, from one period to another of its sort.

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
    if not (begins and ends):
        yield from (reason for reason in (no_begin, no_end) if reason is not None)
    for begin, by in begins:
        for end, end_by in ends:
            if begin[0] is not end[0] or not begin[0].tiles or (by and end_by and by != end_by):
                continue
            if begins_settled and ends_settled and _CODE in (by, end_by):
                continue
            try:
                if year_lent and end[1] < begin[1]:
                    # Nov to Jan 2025: the year is that of the last to most, and to some that of the first.
                    yield spanning(_a_year_on(begin, -1), end), by or end_by
                    yield spanning(begin, _a_year_on(end, 1)), by or end_by
                else:
                    yield spanning(begin, end), by or end_by
            except PeriodError as reason:
                yield reason


def _cut(text: str) -> tuple[str, str]:
    """The two ends of a range, cut at the middle "to", or where there is none at the middle dash."""
    for joint in (" to ", "-"):
        pieces = text.split(joint)
        if len(pieces) % 2 == 0:
            half = len(pieces) // 2
            return joint.join(pieces[:half]), joint.join(pieces[half:])
        if len(pieces) > 1:
            break
    return text, ""


def _end_of_range(text: str, calendar: Calendar | None) -> Meant:
    code, reason = _code(text.upper())
    meant, settled, why_not = _meant(text, calendar, code, ranges=False)
    return meant, settled, reason or why_not


def _completed(first: str, last: str, calendar: Calendar | None) -> tuple[list[Reading], bool]:
    """What the first end may mean with what the last says for both, as in 1 April to 30 June 2024; and
    whether that is the year alone."""
    said = last.split(" ")
    for words in range(1, len(said)):
        meant, _, _ = _meant(f"{first} {' '.join(said[-words:])}", calendar, None, ranges=False)
        dates = [each for each in meant if each[0][0].calendar is None]
        if dates:
            return dates, words == 1
    return [], False


def _a_year_on(run: Run, years: int) -> Run:
    series, first, last = run
    return series, series.months_later(first, 12 * years), series.months_later(last, 12 * years)
