"""From text to what it may mean: every reading is found, and none is preferred."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from outcome_bees.errors import PeriodError, nearest, shown
from outcome_bees.periods.calendar import Calendar, YearType, calendar_named, day_number, whole
from outcome_bees.periods.notation import MONTHS, NOTATIONS, code_of, patterns
from outcome_bees.periods.series import IN_A_YEAR, TERMS, PeriodKind, Run, series_of, single, words

__all__ = ["read_code", "readings", "spanning"]

Parts = dict[str, str | None]

_PREFIXES = {named.prefix: named for named in YearType}
_MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SPACES = "\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f"
_SLASHES = "\u2044\u2215"
_QUOTES = "\u2018\u2019"
_FORGIVEN = (_DASHES, "-"), (_SPACES, " "), (_SLASHES, "/"), (_QUOTES, "'")
_PLAIN = {ord(char): plain for chars, plain in _FORGIVEN for char in chars}


def read_code(text: str) -> Run | None:
    """The run that a code stands for; ``None`` where the text has no code's form.

    Raises:
        PeriodError: Text in the form of a code that is none, such as the 31st of February.
    """
    for kind, pattern in patterns(True):
        found = pattern.fullmatch(text)
        if found:
            return _coded_run(kind, found.groupdict())
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
    given = f"span: given {code_of(begin)} and {code_of(end)}"
    if series is not end[0] or not series.tiles:
        raise PeriodError(f"{given}; allowed: two whole periods of one kind and year type, that tile time")
    if end[2] < begin[1]:
        raise PeriodError(f"{given}; the last lies before the first")
    return series, begin[1], end[2]


def readings(text: str, calendar: Calendar | None) -> list[Run]:
    """Everything that a text may mean, at least one thing.

    A code means what it means. Only a month's (2011-12) can also be read as years, and it is so where the
    caller says of what sort the years are: as the one year 2011-12 then, but 2009-12 stays open.

    Raises:
        PeriodError: It means nothing; the message says why, or which notation is nearest.
    """
    meant, reason = _readings(text, calendar, spans=True)
    if meant:
        return meant
    if reason is not None:
        raise PeriodError(f"period: given {shown(text)}; {reason}") from None
    raise PeriodError(f"period: given {shown(text)}; allowed: {_allowed(text)}")


def _readings(text: str, calendar: Calendar | None, *, spans: bool) -> tuple[list[Run], PeriodError | None]:
    code, reason = _tried(text)
    plain = _plain(text)
    if code is None and " " not in plain:
        code, reason = _tried(plain.upper())
    if code is not None and spans and (calendar is None or code[0].kind is not PeriodKind.MONTH):
        return [code], None
    meant: dict[Run, None] = {}
    for kind, pattern in patterns(False):
        found = pattern.fullmatch(plain) if spans or kind is not PeriodKind.SPAN else None
        if found:
            try:
                meant.update(dict.fromkeys(_runs(kind, found.groupdict(), calendar)))
            except PeriodError as error:
                reason = error
    one_year = len(meant) == 1 and all(first == last for _, first, last in meant)
    if code is not None and not (calendar is not None and one_year):
        meant[code] = None
    return list(meant), reason


def _tried(text: str) -> tuple[Run | None, PeriodError | None]:
    try:
        return read_code(text), None
    except PeriodError as error:
        return None, error


def _plain(text: str) -> str:
    plain = text if text.isascii() else text.translate(_PLAIN)
    if not (plain.isascii() and plain.isprintable()):
        raise PeriodError(f"period: given {shown(text)}; allowed: plain letters, digits, dashes and spaces")
    return " ".join(plain.replace(",", " ").split()).lower()


def _allowed(text: str) -> str:
    shapes = _shapes()
    given = _shape(_plain(text))
    alike = [shape for shape in shapes if shape.replace("9", "") == given.replace("9", "")]
    of_its_length = (shape for shape in shapes if abs(len(shape) - len(given)) <= 4)
    near = nearest(given, alike or of_its_length) if len(given) <= 20 else None
    hint = f"; nearest: {shapes[near]}" if near else ""
    return f"a code such as FY2024-25, or what people write, such as 2024/25, Q1 2024-25, 31 March 2025{hint}"


def _shape(text: str) -> str:
    return "".join("9" if char.isdigit() else char for char in text)


@cache
def _shapes() -> dict[str, str]:
    texts = [text for each in NOTATIONS for text, _, _ in each.examples]
    return {_shape(_plain(text)): text for text in reversed(texts)}


def _coded_run(kind: PeriodKind, parts: Parts) -> Run | None:
    """The run of the parts of a code; ``None`` where the year is not written as its sort of year is."""
    year = int(parts["year"] or "")
    if "prefix" not in parts:
        return next(_dated(kind, parts))
    prefix, end, part = parts["prefix"] or "", parts["end"], parts.get("part")
    calendar = _PREFIXES.get(prefix) or calendar_named(prefix[1:-1])
    if (end is None) is not (calendar is YearType.CALENDAR) or (end and int(end) != (year + 1) % 100):
        return None
    if kind in (PeriodKind.TERM, PeriodKind.AUTUMN_AND_SPRING) and calendar is not YearType.ACADEMIC:
        return None
    return _in_year(kind, calendar, year, part)


def _runs(kind: PeriodKind, parts: Parts, calendar: Calendar | None) -> Iterator[Run]:
    """Every run that the parts of a form may mean."""
    if kind is PeriodKind.SPAN:
        yield from _joined(parts["first"] or "", parts["last"] or "", calendar)
    elif kind in IN_A_YEAR or kind in (PeriodKind.TERM, PeriodKind.AUTUMN_AND_SPRING):
        if parts.get("term"):
            parts["part"] = str(TERMS.index(parts["term"] or "") + 1)
        for meant, first, last in _years_meant(parts, _calendars(kind, parts, calendar)):
            begin = _in_year(kind, meant, first, parts.get("part"))
            if first == last:
                yield begin
            elif kind is PeriodKind.YEAR:
                yield begin[0], first, last
            else:
                raise PeriodError(f"a {words(kind)} is of one year, and {first} to {last + 1} is several")
    else:
        yield from _dated(kind, parts)


def _in_year(kind: PeriodKind, calendar: Calendar, year: int, part: str | None) -> Run:
    series = series_of(kind, calendar)
    return single(series, series.at(year, int(part or 1)))


def _calendars(kind: PeriodKind, parts: Parts, calendar: Calendar | None) -> Iterable[Calendar]:
    """The sorts of year that the text says, or else those the caller says, or else all that have a name."""
    if kind in (PeriodKind.TERM, PeriodKind.AUTUMN_AND_SPRING):
        return (YearType.ACADEMIC,)
    words = {parts.get(group) for group in ("named", "named_before", "named_after")} - {None}
    named = {_calendar_word(word) for word in words if word}
    if len(named) > 1:
        raise PeriodError(f"two sorts of year are named: {' and '.join(sorted(named))}")
    return named or (tuple(YearType) if calendar is None else (calendar,))


def _calendar_word(word: str) -> YearType:
    return _PREFIXES.get(word.upper()) or YearType(word.removesuffix(" year"))


def _years_meant(parts: Parts, calendars: Iterable[Calendar]) -> list[tuple[Calendar, int, int]]:
    """The years that a text may mean, from the first to the last, by each sort of year."""
    begin = int(parts["year"] or "")
    end, inclusive = _end_year(begin, parts), parts.get("till") is not None
    meant: list[tuple[Calendar, int, int]] = []
    reason: PeriodError | None = None
    for calendar in calendars:
        if calendar is not YearType.CALENDAR:
            # A bare year is the one that starts in it to some and the one that ends in it to others.
            pairs = [(begin - 1, begin - 1), (begin, begin)] if end is None else [(begin, end - 1)]
        elif end is None:
            pairs = [(begin, begin)]
        elif inclusive:
            pairs = [(begin, end)]
        elif end == begin + 1:
            both = f"CY{begin:04}..CY{end:04}"
            reason = PeriodError(f"a calendar year is not split; one is CY{begin:04}, two are {both}")
            continue
        else:
            # Statistics pool 2014-16 as three calendar years, plans count 2018-21 as three: both stand.
            pairs = [(begin, end - 1), (begin, end)]
        meant += [(calendar, *pair) for pair in pairs]
    if not meant and reason is not None:
        raise reason
    return meant


def _end_year(begin: int, parts: Parts) -> int | None:
    """The year that stands last, in full; ``None`` where only one is written."""
    six, end = parts.get("six"), parts.get("end") or parts.get("till")
    if six is not None:
        if int(six) != (begin + 1) % 100:
            raise PeriodError(f"six digits are a split year, such as {begin:04}{(begin + 1) % 100:02}")
        return begin + 1
    if end is None:
        return None
    year = int(end) if len(end) == 4 else begin // 100 * 100 + int(end)
    if len(end) == 2 and int(end) == 0 and begin % 100 == 99:
        year += 100  # 1999/00
    if year <= begin:
        one = f"{begin:04}/{(begin + 1) % 100:02}"
        raise PeriodError(f"{end} does not come after {begin:04}; {one} is one year")
    return year


def _dated(kind: PeriodKind, parts: Parts) -> Iterator[Run]:
    """The run of a month, a week, a day, or a year ending."""
    series, short = series_of(kind), parts.get("short")
    # Two digits: 69 to 99 are 1969 to 1999 and 00 to 68 are 2000 to 2068. Source: POSIX strptime.
    year = int(parts["year"] or "") if short is None else int(short) + (1900 if int(short) >= 69 else 2000)
    if kind is PeriodKind.WEEK:
        yield single(series, series.at(year, whole(int(parts["week"] or ""), "week", 1, 53)))
    elif parts.get("number"):
        yield from _numeric_days(year, int(parts["day"] or ""), int(parts["number"] or ""))
    else:
        month = _month(year, parts["month"] or "")
        if kind is PeriodKind.MONTH:
            till = parts.get("till_month")
            run = single(series, month)
            yield run if till is None else spanning(run, single(series, _month(year, till)))
        else:
            day = parts.get("day")
            yield single(series, _day(month, int(day)) if day else day_number(month + 1, 1) - 1)


def _numeric_days(year: int, one: int, other: int) -> Iterator[Run]:
    """31/03/2025 is one day; 03/04/2025 is 3 April here and 4 March elsewhere."""
    found, reason = False, None
    for day, month in dict.fromkeys(((one, other), (other, one))):
        try:
            ordinal = _day(_month(year, str(month)), day)
        except PeriodError as error:
            reason = reason or error
        else:
            found = True
            yield single(series_of(PeriodKind.DAY), ordinal)
    if not found and reason is not None:
        raise reason


def _month(year: int, text: str) -> int:
    number = _MONTH_NUMBERS.get(text[:3]) or whole(int(text), "month", 1, 12)
    return whole(year, "year", 1, 9999) * 12 + number - 1


def _day(months: int, day: int) -> int:
    first, after = day_number(months, 1), day_number(months + 1, 1)
    return first + whole(day, "day", 1, after - first) - 1


def _joined(first: str, last: str, calendar: Calendar | None) -> Iterator[Run]:
    """The runs from anything that one text means to anything of the same sort that the other means."""
    if first.isdigit() or last.isdigit():
        return  # bare years have a form of their own
    first = first.removeprefix("from ")
    years = first[:4] + last[:2]
    if last[2:3] == "/" and len(years) == 6 and years.isascii() and years.isdigit():  # 2013/14-15/16
        century = int(first[:2]) + (int(last[:2]) < int(first[2:4]))
        last = f"{century:02}{last}"
    begins, _ = _readings(first, calendar, spans=False)
    ends, _ = _readings(last, calendar, spans=False)
    for begin in begins:
        for end in ends:
            if begin[0] is end[0] and begin[0].tiles:
                yield spanning(begin, end)
