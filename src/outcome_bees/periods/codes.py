"""Codes, the canonical texts of periods, written and read letter by letter; and labels, the texts for people."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from outcome_bees.errors import InvalidTypeError, PeriodError, shown
from outcome_bees.periods.calendar import (
    MONTHS,
    PREFIXES,
    Calendar,
    YearType,
    calendar_named,
    day_in_month,
    month_ordinal,
)
from outcome_bees.periods.notation import NOTATIONS, Notation
from outcome_bees.periods.sequences import TERMS, PeriodKind, Run, sequence_of, single

__all__ = [
    "Parts",
    "check_length",
    "code_of",
    "distinct_label_of",
    "label_of",
    "number_in",
    "read_code",
    "run_of_date",
    "spanning",
    "text_in",
]

_FORMS = {(each.kind, each.role): each.form for each in reversed(NOTATIONS) if each.role != "read"}

_LONGEST_TEXT = 64
"""The longest text that is read at all. Our choice: the longest label, of two dates, has 37 characters."""


def check_length(text: str) -> str:
    """Return the text, after checking that it is text, and no longer than anything that is read.

    Raises:
        InvalidTypeError: It is no text.
        PeriodError: It is too long.
    """
    if not isinstance(text, str):
        raise InvalidTypeError("period", text, "text, such as FY2024-25")
    if len(text) > _LONGEST_TEXT:
        raise PeriodError(f"period: given {shown(text)}; allowed: at most {_LONGEST_TEXT} characters")
    return text


def _coded_year(calendar: Calendar, year: int) -> str:
    """Return the code of the whole year that starts in a year."""
    if calendar is YearType.CALENDAR:
        return f"CY{year:04}"
    return f"{calendar.prefix}{year:04}-{(year + 1) % 100:02}"


def _parts_of(run: Run, ordinal: int) -> dict[str, str]:
    """Return the text of every part that a form of this kind may name."""
    sequence = run[0]
    if sequence.calendar is not None:
        year, part = sequence.place(ordinal)
        separator = sequence.calendar.separator
        return {
            "coded": _coded_year(sequence.calendar, year),
            "years": f"{year:04}{separator}{(year + 1) % 100:02}" if separator else f"{year:04}",
            "part": str(part),
            "quarter": f"Q{part}",
            "half": f"H{part}",
            "since": "Q1",
            "to": " to ",
            "until": f"Q{part}",
            "term": f"{TERMS[(part - 1) % 3].capitalize()} term",
            "two_terms": "Autumn and spring term",
        }
    if sequence.kind is PeriodKind.WEEK:
        year, week = sequence.place(ordinal)
        return {"year": f"{year:04}", "ww": f"{week:02}", "week": f"Week {week}"}
    ending = sequence.kind is PeriodKind.YEAR_ENDING
    on = date.fromordinal(sequence.last_day(ordinal) if ending else sequence.first_day(ordinal))
    return {
        "year": f"{on.year:04}",
        "mm": f"{on.month:02}",
        "dd": f"{on.day:02}",
        "month": MONTHS[on.month - 1],
        "day": str(on.day),
        "ending": "year ending",
        "date": f"{on.day} {MONTHS[on.month - 1]} {on.year:04}",
    }


def code_of(run: Run) -> str:
    """Return the canonical code of a run."""
    sequence, first, last = run
    form = _FORMS[sequence.kind, "code"]
    code = form.format_map(_parts_of(run, first))
    if first == last:
        return code
    joint = "/" if sequence.kind is PeriodKind.DAY else ".."
    return f"{code}{joint}{form.format_map(_parts_of(run, last))}"


def label_of(run: Run) -> str:
    """Return the text for people, in the house style of the kind."""
    sequence, first, last = run
    form = _FORMS[sequence.kind, "label"]
    if sequence.kind is PeriodKind.TO_DATE and sequence.place(first)[1] == 1:
        form = _FORMS[PeriodKind.QUARTER, "label"]  # the first quarter, not "Q1 to Q1"
    label = form.format_map(_parts_of(run, first))
    return label if first == last else f"{label} to {form.format_map(_parts_of(run, last))}"


def distinct_label_of(run: Run) -> str:
    """Return the text for people with the sort of year, and for a first quarter, that it is the year to date."""
    label, calendar = label_of(run), run.sequence.calendar
    if run.kind is PeriodKind.TO_DATE:
        label = _FORMS[run.kind, "label"].format_map(_parts_of(run, run.first))
    if calendar is None:
        return label
    if isinstance(calendar, YearType):
        return f"{calendar.value} year {label}"
    return f"{label} (year from {calendar.day} {MONTHS[calendar.month - 1]})"


Parts = dict[str, str | None]
"""The named parts of a text that has a form; ``None`` for those it leaves out."""


def text_in(parts: Parts, name: str) -> str:
    """Return a part of a text; empty where the text leaves it out."""
    return parts.get(name) or ""


def number_in(parts: Parts, name: str) -> int:
    """Return a part of a text that has it, and that is a number there."""
    return int(text_in(parts, name))


_LETTERS = frozenset("ACFHQSTWY0123456789-./:")

_CODED = {
    "coded": "(?P<prefix>[CFTAS]Y|Y[0-9]{2}-[0-9]{2}:)(?P<year>[0-9]{4})(?:-(?P<end>[0-9]{2}))?",
    "year": "(?P<year>[0-9]{4})",
    "mm": "(?P<month>0[1-9]|1[0-2])",
    "dd": "(?P<day>[0-9]{2})",
    "ww": "(?P<week>[0-9]{2})",
    "part": "(?P<part>[0-9])",
}

# Spans are left out: each of their ends is read by itself.
_CODES = tuple(each for each in NOTATIONS if each.role == "code" and each.kind is not PeriodKind.SPAN)


@cache
def _pattern(notation: Notation) -> re.Pattern[str]:
    """Return the pattern of the codes of a kind; it is made when first wanted, for that is slow."""
    pieces = notation.form.replace("}", "{").split("{")
    return re.compile("".join(_CODED[each] if at % 2 else re.escape(each) for at, each in enumerate(pieces)))


def read_code(text: str) -> Run | None:
    """Return the run of a code; ``None`` where the text does not have the form of a code.

    Raises:
        PeriodError: Text in the form of a code that is none, such as the 31st of February.
    """
    if not (text[-1:].isdigit() and _LETTERS.issuperset(text)):
        return None  # before any pattern is made, for that takes longer than all the rest
    for notation in _CODES:
        found = _pattern(notation).fullmatch(text)
        if found:
            parts = found.groupdict()
            return _in_year(notation.kind, parts) if "prefix" in parts else run_of_date(notation.kind, parts)
    joint = "/" if "/" in text else ".."
    left, between, right = text.partition(joint)
    if not between or ".." in right or "/" in right:
        return None
    begin, end = read_code(left), read_code(right)
    if begin is None or end is None or (joint == "/") is not (begin.sequence.kind is PeriodKind.DAY):
        return None
    return spanning(begin, end)


def run_of_date(kind: PeriodKind, parts: Parts) -> Run:
    """Return the run of a month, a week, a day or a year ending whose parts are numbers.

    Raises:
        PeriodError: There is no such month, week or day.
    """
    sequence, year = sequence_of(kind), number_in(parts, "year")
    if kind is PeriodKind.WEEK:
        return single(sequence, sequence.at(year, number_in(parts, "week")))
    month = month_ordinal(year, number_in(parts, "month"))
    return single(sequence, month if kind is PeriodKind.MONTH else day_in_month(month, number_in(parts, "day")))


def _in_year(kind: PeriodKind, parts: Parts) -> Run | None:
    """Return the run of a part of a year; ``None`` where the year is not written as its sort of year is."""
    year, end, prefix = number_in(parts, "year"), parts["end"], text_in(parts, "prefix")
    calendar = PREFIXES.get(prefix) or calendar_named(prefix[1:-1])
    if (end is None) is not (calendar is YearType.CALENDAR) or (end and int(end) != (year + 1) % 100):
        return None
    if kind in (PeriodKind.TERM, PeriodKind.AUTUMN_AND_SPRING) and calendar is not YearType.ACADEMIC:
        return None
    sequence = sequence_of(kind, calendar)
    return single(sequence, sequence.at(year, int(parts.get("part") or 1)))


def spanning(begin: Run, end: Run) -> Run:
    """Return the run from the first piece of one to the last of another, of the same sequence.

    Raises:
        PeriodError: They are of two sequences, of one whose pieces overlap, or the later one begins or ends
            before the other does: the run would then not hold all of both.
    """
    sequence = begin.sequence
    given = f"span: given {code_of(begin)} and {code_of(end)}"
    if sequence is not end.sequence or not sequence.tiles:
        raise PeriodError(f"{given}; allowed: two whole periods of one kind and year type, that tile time")
    if end.last < begin.first:
        raise PeriodError(f"{given}; the last lies before the first")
    if end.first < begin.first or end.last < begin.last:
        raise PeriodError(f"{given}; the last {'begins' if end.first < begin.first else 'ends'} before the first does")
    return Run(sequence, begin.first, end.last)
