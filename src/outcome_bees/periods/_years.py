"""The years of a text and their parts: which sorts of year are meant, and which year a number names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from outcome_bees.errors import PeriodError
from outcome_bees.periods.calendar import Calendar, YearType, calendar_in_words, century
from outcome_bees.periods.sequences import IN_A_YEAR, TERMS, PeriodKind, Reading, Run, kind_in_words, part_of_year

__all__ = ["IN_YEARS", "read_years"]

Parts = dict[str, str | None]
Years = tuple[Calendar, int, int, str]

IN_YEARS = {*IN_A_YEAR, PeriodKind.TERM, PeriodKind.AUTUMN_AND_SPRING}
"""The kinds that are written with the year they are parts of."""

_BY_START, _BY_END = "named by its start", "named by its end"
_BY_SEASON = "the season's own year"
_BY_DIFFERENCE, _BOTH_COUNTED = "years by difference", "both years counted"

_LONGEST_SPAN = 15
"""The longest span of years with a dash or a slash between, in years. Our choice: a plan or a series of pooled
years is shorter, and 2024-52 is a slip; what is longer is written with "to", or as a code."""


def read_years(kind: PeriodKind, parts: Parts, calendar: Calendar | None) -> Iterator[Reading | PeriodError]:
    """Find what a year, or a part of one, may mean."""
    part = int(parts.get("part") or 1)
    if parts.get("term"):
        part = TERMS.index(parts["term"] or "") + 1
    elif parts.get("opens") and (parts["opens"], parts["closes"], part) not in _PARTS:
        return
    since = parts.get("since") or "1"
    for each in _years(parts, list(_calendars(kind, parts, calendar)), part if kind is PeriodKind.TERM else None):
        if isinstance(each, PeriodError):
            yield each
            continue
        year_type, first, last, by = each
        try:
            if since != "1":  # from a quarter that is not the first: so many quarters, and no year to date
                run = _quarters(year_type, first, int(since), part)
            else:
                run = part_of_year(kind, first, part, year_type)
        except PeriodError as reason:
            yield reason
            continue
        if first == last:
            yield run, by
        elif kind is PeriodKind.YEAR:
            yield Run(run.sequence, first, last), by
        else:
            yield PeriodError(f"a {kind_in_words(kind)} is of one year, and {first} to {last + 1} is several")


_PARTS = {("apr", "sep", 1), ("oct", "mar", 2)}
"""The parts that the Department for Education's files divide a financial year into."""


def _quarters(calendar: Calendar, year: int, first: int, last: int) -> Run:
    begin, end = (part_of_year(PeriodKind.QUARTER, year, part, calendar) for part in (first, last))
    if end.first < begin.first:
        raise PeriodError(f"Q{last} comes before Q{first}")
    return Run(begin.sequence, begin.first, end.last)


def _calendars(kind: PeriodKind, parts: Parts, calendar: Calendar | None) -> Iterable[Calendar]:
    """Return the sorts of year that the text names, else the one the caller names, else all that have a name."""
    if kind in (PeriodKind.TERM, PeriodKind.AUTUMN_AND_SPRING):
        return (YearType.ACADEMIC,)
    if parts.get("opens"):
        return (YearType.FINANCIAL,)
    words = {parts.get(group) for group in ("named", "named_before", "named_after")} - {None}
    named = {calendar_in_words(word) for word in words if word}
    if len(named) > 1:
        raise PeriodError(f"two sorts of year are named: {' and '.join(sorted(named))}")
    return named or (tuple(YearType) if calendar is None else (calendar,))


def _years(parts: Parts, calendars: Iterable[Calendar], season: int | None) -> Iterator[Years | PeriodError]:
    """Find the years that a text may mean, from the first to the last, by each sort of year."""
    if parts["year"] is None and parts["short_end"] is None and len(parts.get("named") or "") != 2:
        return  # FY24 is a year; Q1 24 may be a slip for anything
    begin, end = _written(parts)
    for calendar in calendars:
        if calendar is YearType.CALENDAR:
            yield from _calendar_years(begin, end, parts)
        elif end is not None:
            yield calendar, begin, end - 1, ""
        elif season is not None:
            yield from _seasons(begin, season, term_said=parts["term_said"] is not None)
        else:
            # A bare year is the one that ends in it to some and the one that starts in it to others.
            yield calendar, begin - 1, begin - 1, _BY_END
            yield calendar, begin, begin, _BY_START


def _calendar_years(begin: int, end: int | None, parts: Parts) -> Iterator[Years | PeriodError]:
    if end is None:
        yield YearType.CALENDAR, begin, begin, ""
        return
    if end == begin + 1 and len(parts["end"] or "") != 4 and parts["joint"] in ("-", "/", None):
        both = f"CY{begin:04}..CY{end:04}"
        yield PeriodError(f"a calendar year is not split; one is CY{begin:04}, two are {both}")
        return
    if end > begin + 1 and parts["joint"] in ("-", "/"):
        # Statistics pool 2014-16 as three calendar years, plans count 2018-21 as three: both are readings.
        yield YearType.CALENDAR, begin, end - 1, _BY_DIFFERENCE
    yield YearType.CALENDAR, begin, end, _BOTH_COUNTED


def _seasons(year: int, part: int, *, term_said: bool) -> Iterator[Years]:
    """Find the years of a term: the autumn term 2024 lies in 2024; a mere season may be one of the year 2024/25."""
    starting = year if part == 1 else year - 1
    yield YearType.ACADEMIC, starting, starting, _BY_SEASON
    if not term_said:
        yield YearType.ACADEMIC, year - 1, year - 1, _BY_END
        yield YearType.ACADEMIC, year, year, _BY_START


def _written(parts: Parts) -> tuple[int, int | None]:
    """Return the first and the last year that is written, in full; ``None`` where only one is."""
    if parts["year"] is None:
        short, after = int(parts["short"] or ""), parts["short_end"]
        begin = century(short)
        if after is not None and int(after) != (short + 1) % 100:
            raise PeriodError(f"two digits and two are one year, such as {short:02}/{(short + 1) % 100:02}")
        return begin, None if after is None else begin + 1
    begin, six, end = int(parts["year"]), parts["six"], parts["end"]
    if six is not None:
        if int(six) != (begin + 1) % 100:
            raise PeriodError(f"six digits are a split year, such as {begin:04}{(begin + 1) % 100:02}")
        return begin, begin + 1
    return begin, None if end is None else _end_year(begin, end, parts["joint"] or "")


def _end_year(begin: int, end: str, joint: str) -> int:
    year = int(end) if len(end) == 4 else begin // 100 * 100 + int(end)
    if len(end) == 2 and year <= begin and year + 100 - begin <= _LONGEST_SPAN:
        year += 100  # 1999/00, 1998-01
    if year <= begin:
        one, month = f"{begin:04}/{(begin + 1) % 100:02}", len(end) == 2 and 1 <= int(end) <= 12
        hint = f"; for the month write {begin:04}-{end}" if month else ""
        raise PeriodError(f"{end} does not come after {begin:04}; {one} is one year{hint}")
    if joint in ("-", "/") and year - begin > _LONGEST_SPAN:
        allowed = f"at most {_LONGEST_SPAN} with a dash between"
        raise PeriodError(f"{begin:04} to {year:04} are {year - begin} years; allowed: {allowed}; else write 'to'")
    return year
