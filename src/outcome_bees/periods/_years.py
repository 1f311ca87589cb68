"""The years of a text and their parts: which sorts of year are meant, and which year a number names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from outcome_bees.errors import PeriodError
from outcome_bees.periods._forms import count_of, ordinal_of
from outcome_bees.periods.calendar import (
    MONTH_NUMBERS,
    MONTHS,
    Calendar,
    YearType,
    calendar_in_words,
    century,
    is_remote,
    joined_years,
    whole_number,
)
from outcome_bees.periods.codes import Parts, number_in, text_in
from outcome_bees.periods.sequences import (
    TERMS,
    PeriodKind,
    Reading,
    Run,
    kind_in_words,
    months_of_year,
    part_of_year,
    sequence_of,
    single,
)

__all__ = ["BY_DIFFERENCE", "INCLUSIVE", "read_years"]

Years = tuple[Calendar, int, int, str]
"""A sort of year, the years in which the first and the last begin, and the convention by which they are meant."""

BY_DIFFERENCE, INCLUSIVE = "years by difference", "both years counted"
_BY_START, _BY_END = "named by its start", "named by its end"
_BY_SEASON, _JOINED = "the season's own year", "two short years"

_LONGEST_SPAN = 15
"""The longest span of years with a dash or a slash between, in years. Our choice: a plan or a series of pooled
years is shorter, and 2024-52 is a slip; what is longer is written with "to", or as a code."""


def read_years(kind: PeriodKind, parts: Parts, calendar: Calendar | None) -> Iterator[Reading | PeriodError]:
    """Find what a year, a part of one, a month of one, or several of them, may mean."""
    words = {parts.get(group) for group in ("month", "opens", "closes")} - {None}
    if words.difference(MONTH_NUMBERS):
        return  # any word of letters has the form of a month
    if kind is PeriodKind.MONTH and _names_one_year(parts) and (parts.get("month") or parts.get("joined") == "m"):
        return  # March 2024 and 2024M05 are months of the calendar, whatever sort of year is meant elsewhere
    calendars = _calendars(kind, parts, calendar)
    if kind is PeriodKind.TO_DATE and parts.get("month"):
        yield from _to_the_month(parts, calendars)
        return
    for each in _years(kind, parts, calendars):
        if isinstance(each, PeriodError):
            yield each
            continue
        year_type, first, last, by = each
        if first != last and (kind is not PeriodKind.YEAR or parts.get("count")):
            end = last if year_type is YearType.CALENDAR and by != BY_DIFFERENCE else last + 1  # as it is written
            yield PeriodError(f"a {kind_in_words(kind)} is of one year, and {first} to {end} is several")
            continue
        if text_in(parts, "ends").startswith("end") and by == _BY_START:
            continue  # the years that end in 2024, and not those that end in the year which begins in 2024
        if kind is PeriodKind.MONTH:
            by = f"{by} {year_type.value}"  # both ends of a range are months of one sort of year
        try:
            for run in _runs(kind, parts, year_type, first, last):
                yield _with_its_months(_of_so_many(run, parts), parts, year_type), by
        except PeriodError as reason:
            yield reason


def _names_one_year(parts: Parts) -> bool:
    """Return whether a year is written as one number, without its sort."""
    named = parts.get("named") or parts.get("named_after")
    return not (named or parts["end"] or parts["run_together"] or parts["short_end"])


def _runs(kind: PeriodKind, parts: Parts, calendar: Calendar, first: int, last: int) -> Iterator[Run]:
    """Find the run, or for a month that a year begins and ends in, both runs."""
    number, month, count = parts.get("month_number"), parts.get("month"), parts.get("count")
    if kind is PeriodKind.YEAR:
        years = last - first + 1 if count is None else whole_number(count_of(count), "number of years", 1, 99)
        yield Run(sequence_of(kind, calendar), last - years + 1, last)
    elif number is not None:
        through = whole_number(int(number), "month", 1, 12)
        if kind is PeriodKind.TO_DATE and through % 3 == 0:
            yield part_of_year(kind, first, through // 3, calendar)
        else:
            yield months_of_year(calendar, first, 1 if kind is PeriodKind.TO_DATE else through, through)
    elif month is not None:
        begin = first * 12 + calendar.month - 1
        named = begin + (MONTH_NUMBERS[month] - calendar.month) % 12
        yield single(sequence_of(kind), named)
        if calendar.day > 1 and named == begin:
            yield single(sequence_of(kind), named + 12)
    else:
        part, since = _part(parts), int(parts.get("since") or 1)
        if since == 1:
            yield part_of_year(kind, first, part, calendar)
        else:  # from a quarter that is not the first: so many quarters, and no year to date
            yield _quarters(calendar, first, since, part)


def _part(parts: Parts) -> int:
    """Return the number of a quarter, a half or a term."""
    if parts.get("term"):
        return next(number for number, name in enumerate(TERMS, 1) if name.startswith(text_in(parts, "term")))
    if parts.get("nth"):
        return ordinal_of(text_in(parts, "nth"))
    return count_of(parts.get("part") or "1")


def _quarters(calendar: Calendar, year: int, first: int, last: int) -> Run:
    begin, end = (part_of_year(PeriodKind.QUARTER, year, part, calendar) for part in (first, last))
    if end.first < begin.first:
        raise PeriodError(f"Q{last} comes before Q{first}")
    return Run(begin.sequence, begin.first, end.last)


def _to_the_month(parts: Parts, calendars: tuple[Calendar, ...]) -> Iterator[Reading | PeriodError]:
    """Find the years to date that end with a month of the calendar, as in YTD Dec 2024."""
    year = int(parts.get("year") or century(number_in(parts, "short")))
    ordinal = year * 12 + MONTH_NUMBERS[text_in(parts, "month")] - 1
    for calendar in calendars:
        if calendar.day > 1:
            yield PeriodError(f"a {calendar.value} year begins within a month: write its first and last day")
            continue
        begin, before = divmod(ordinal - calendar.month + 1, 12)
        quarters, rest = divmod(before + 1, 3)
        if rest:
            yield months_of_year(calendar, begin, 1, before + 1), ""
        else:
            yield part_of_year(PeriodKind.TO_DATE, begin, quarters, calendar), ""


def _of_so_many(run: Run, parts: Parts) -> Run:
    """Return the run, after checking how many years it has where that is written beside it."""
    spans = parts.get("spans")
    years = run.last - run.first + 1
    if spans and count_of(spans) != years:
        raise PeriodError(f"from the first to the last they are {years} years, and not {spans}")
    return run


def _with_its_months(run: Run, parts: Parts, calendar: Calendar) -> Run:
    """Return the run, after checking it against the months that are written beside it, as in Q1 (Apr-Jun)."""
    if not parts.get("opens"):
        return run
    start, end = date.fromordinal(run.checked().first_day), date.fromordinal(run.last_day)
    opens = MONTH_NUMBERS[text_in(parts, "opens")]
    closes = MONTH_NUMBERS[parts["closes"]] if parts["closes"] else opens
    if (opens, closes, start.day) != (start.month, end.month, 1):
        days = [f"{each.day} {MONTHS[each.month - 1]}" for each in (start, end)]
        raise PeriodError(f"in a {calendar.value} year it is {days[0]} to {days[1]}, and not the months beside it")
    return run


def _calendars(kind: PeriodKind, parts: Parts, calendar: Calendar | None) -> tuple[Calendar, ...]:
    """Return the sorts of year that the text names, else the one the caller names, else all that have a name."""
    if kind in (PeriodKind.TERM, PeriodKind.AUTUMN_AND_SPRING):
        return (YearType.ACADEMIC,)
    if parts.get("financial"):  # Part 1 and Part 2, in the Department for Education's files
        return (YearType.FINANCIAL,)
    words = (parts.get(group) for group in ("named", "named_before", "named_after"))
    named = {calendar_in_words(word) for word in words if word}
    if len(named) > 1:
        raise PeriodError(f"two sorts of year are named: {' and '.join(sorted(named))}")
    return tuple(named) or (tuple(YearType) if calendar is None else (calendar,))


def _years(kind: PeriodKind, parts: Parts, calendars: tuple[Calendar, ...]) -> Iterator[Years | PeriodError]:
    """Find the years that a text may mean, from the first to the last, by each sort of year."""
    if parts["year"] is None and parts["short_end"] is None and len(text_in(parts, "named")) != 2:
        return  # FY24 is a year; Q1 24 may be a slip for anything
    both = _joined_ends(parts)
    if both is not None:
        yield from ((calendar, *both, _JOINED) for calendar in calendars if calendar is not YearType.CALENDAR)
        return
    begin, end = _written(parts)
    one_in_full = end is None and parts["year"] is not None
    joined = joined_years(begin) if one_in_full else None
    remote = one_in_full and is_remote(begin) and calendars != (YearType.CALENDAR,)
    for calendar in calendars:
        if calendar is YearType.CALENDAR:
            if not remote:
                yield from _calendar_years(begin, end, parts)
            continue
        if end is not None:
            yield calendar, begin, end - 1, ""
            continue
        if not remote:
            yield from _one_year(kind, calendar, begin, parts)
        if joined is not None:
            yield calendar, joined, joined, _JOINED
    if remote and joined is None:
        first, second = divmod(begin, 100)
        yield PeriodError(f"{begin} is centuries away, and as two short years {second:02} does not follow {first:02}")


def _one_year(kind: PeriodKind, calendar: Calendar, year: int, parts: Parts) -> Iterator[Years]:
    """Find the years that one number may name: the one that begins in it to some, the one that ends in it to others.

    The autumn term 2024 lies in 2024; a mere season may be one of the year 2024/25.
    """
    if kind is PeriodKind.TERM:
        starting = year if _part(parts) == 1 else year - 1
        yield calendar, starting, starting, _BY_SEASON
        if parts["term_word"] is not None:
            return
    yield calendar, year - 1, year - 1, _BY_END
    yield calendar, year, year, _BY_START


def _joined_ends(parts: Parts) -> tuple[int, int] | None:
    """Return the first and the last year of 2324 to 2526; ``None`` where the text is nothing of the sort."""
    if len(text_in(parts, "end")) != 4 or not is_remote(number_in(parts, "year")):
        return None
    first, last = joined_years(number_in(parts, "year")), joined_years(number_in(parts, "end"))
    return None if first is None or last is None or last < first else (first, last)


def _calendar_years(begin: int, end: int | None, parts: Parts) -> Iterator[Years | PeriodError]:
    if end is None:
        yield YearType.CALENDAR, begin, begin, ""
        return
    if end == begin + 1 and len(text_in(parts, "end")) != 4 and parts["joint"] in ("-", "/", None):
        both = f"CY{begin:04}..CY{end:04}"
        yield PeriodError(f"a calendar year is not split; one is CY{begin:04}, two are {both}")
        return
    if end > begin + 1 and parts["joint"] in ("-", "/"):
        # Statistics pool 2014-16 as three calendar years, plans count 2018-21 as three: both are readings.
        yield YearType.CALENDAR, begin, end - 1, BY_DIFFERENCE
        yield YearType.CALENDAR, begin, end, INCLUSIVE
        return
    yield YearType.CALENDAR, begin, end, ""


def _written(parts: Parts) -> tuple[int, int | None]:
    """Return the first and the last year that is written, in full; ``None`` where only one is."""
    if parts["year"] is None:
        short, after = number_in(parts, "short"), parts["short_end"]
        begin = century(short)
        if after is not None and int(after) != (short + 1) % 100:
            raise PeriodError(f"two digits and two are one year, such as {short:02}/{(short + 1) % 100:02}")
        return begin, None if after is None else begin + 1
    begin, follows, end = int(parts["year"]), parts["run_together"], parts["end"]
    if follows is not None:
        _refuse_dates(begin, follows)
        return begin, begin + 1
    return begin, None if end is None else _end_year(begin, end, text_in(parts, "joint"))


def _refuse_dates(begin: int, follows: str) -> None:
    """Refuse six or eight digits that are no split year, with what they may have been meant as."""
    if len(follows) == 4:
        if int(follows) == begin + 1:
            return
        month, day = divmod(int(follows), 100)
        if 1 <= month <= 12:
            raise PeriodError(f"{MONTHS[month - 1]} {begin:04} has no day {day}")
        raise PeriodError("eight digits are a day, the year first, such as 20240131, or a year such as 20242025")
    if int(follows) != (begin + 1) % 100:
        month = int(follows)
        hint = f"; for {MONTHS[month - 1]} {begin:04} write {begin:04}-{follows}" if 1 <= month <= 12 else ""
        raise PeriodError(f"six digits are a split year, such as {begin:04}{(begin + 1) % 100:02}{hint}")


def _end_year(begin: int, end: str, joint: str) -> int:
    year = int(end) if len(end) == 4 else begin // 100 * 100 + int(end)
    if len(end) == 2 and year + 100 - begin <= _LONGEST_SPAN:
        year += 100  # 1999/00, 1998-01
    if year <= begin:
        one, month = f"{begin:04}/{(begin + 1) % 100:02}", len(end) == 2 and 1 <= int(end) <= 12
        hint = f"; for the month write {begin:04}-{end}" if month else ""
        raise PeriodError(f"{end} does not come after {begin:04}; {one} is one year{hint}")
    if joint in ("-", "/") and year - begin > _LONGEST_SPAN:
        allowed = f"at most {_LONGEST_SPAN} with a dash between"
        raise PeriodError(f"{begin:04} to {year:04} are {year - begin} years; allowed: {allowed}; else write 'to'")
    return year
