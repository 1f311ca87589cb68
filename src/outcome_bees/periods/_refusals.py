"""Why a text is no period: what it looks like, in words that help, or which notation is nearest."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from outcome_bees.errors import PeriodError, nearest
from outcome_bees.periods._forms import clean, shape, simplify
from outcome_bees.periods.calendar import MONTH_NUMBERS, MONTHS
from outcome_bees.periods.notation import NOTATIONS
from outcome_bees.periods.notes import split_note

__all__ = ["why_refused"]

_MONTH = "|".join(MONTH_NUMBERS)
_TERM = "(?:aut(?:umn)?|spr(?:ing)?|sum(?:mer)?)(?: term)?"
_OF_FIGURES = (
    "(?:estimated?|est\\.?|e|outturn|actuals?|target|baseline|plan(?:ned)?|budget|pooled|part year|milestone"
    "|(?:un)?audited|draft|interim)"
)

_LIKENESSES = tuple(
    (re.compile(pattern), message)
    for pattern, message in (
        (
            r"(?:q(?:uarter|tr)?|h(?:alf)?|p(?:eriod)?|m(?:onth)?|w(?:ee)?k?|term)\.? ?[0-9]{1,2}"
            rf"|(?:q(?:uarter|tr)?\.? ?[1-4] )?(?:{_MONTH})(?:-(?:{_MONTH}))?|[0-9]{{1,2}}[ -](?:{_MONTH})|{_TERM}",
            "its year is missing: write it too, as in Q1 2024/25, Period 6 2024/25 or 31 March 2025",
        ),
        (
            rf"'?[0-9]{{2}}|{_TERM} '?[0-9]{{2}}",
            "a year by itself is written in full, as in 2024/25 or Spring term 2025",
        ),
        (
            r".*\b(?:ytd|to[ -]date|cumulative)\b.*",
            "a year to date needs its last quarter or month, as in 2024/25 Q3 YTD or 2024/25 P9 YTD",
        ),
        (
            r".*\b(?:ht ?[0-9]|half[ -]terms?"
            r"|(?:aut|spr|sum)[a-z]* ?(?:term )?(?:[0-9]|[0-9](?:st|nd)|first|second))\b.*",
            "half terms are not read, for schools set them for themselves: write the term, as in Autumn term 2024/25, "
            "or its first and last day",
        ),
        (
            r"(?:.* )?t(?:erm)? ?[1-6](?: .*)?",
            "terms have names, for some schools have three a year and some six: write Autumn term 2024/25",
        ),
        (r"[1-4] ?q.*", "a quarter has its number after the Q, as in Q1 2024/25"),
        (r"[0-9]{4}[ .][0-9]{2}|[0-9]{4}-[0-9]", "write 2024/25 for a year, and 2024-05 for a month"),
        (r"mid[ -]?(?:year )?[0-9]{4}", "populations in the middle of a year are of 30 June, as in 2024-06-30"),
        (r"(?:r ?12 ?m?|ltm|ttm|rolling (?:12|twelve) ?m).*", "write 12 months to March 2025"),
        (
            rf"(?:.*[0-9] ?{_OF_FIGURES}|{_OF_FIGURES} .*[0-9])",
            "a word for what sort of figure it is, such as target or outturn, is no part of a period: leave it out",
        ),
    )
)
"""What texts look like that are no period, and what to write instead."""

_SERIAL = re.compile(r"([1-9][0-9]) ?([0-9]{3})(?:\.[0-9]+)?")
_SERIAL_ZERO = date(1899, 12, 30)
"""Source: the 1900 date system of spreadsheets, in which 61 is 1 March 1900 and 60 a day that never was."""


def why_refused(text: str, reason: PeriodError | None) -> str:
    """Return why a text is refused: by its note, by what it looks like, by the reason found, or by what is allowed."""
    period, _ = split_note(text)
    if period != text.strip():
        note = text.strip()[len(period) :].strip(" ,:;-\u2013")
        return f"{note} is a note and no part of a period; leave it out, or take it off with split_note"
    if reason is not None:
        return str(reason)
    plain = simplify(clean(text))
    serial = _SERIAL.fullmatch(plain)
    if serial:
        day = _SERIAL_ZERO + timedelta(days=int(serial[1] + serial[2]))
        on = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        return f"it looks like a date that a spreadsheet has turned into a number: {on}; write {day}"
    for pattern, message in _LIKENESSES:
        if pattern.fullmatch(plain):
            return message
    return f"allowed: {_allowed(plain)}"


_LONGEST_COMPARED = 20
"""Longer texts are compared with none: it would take long, and hardly ever help."""

Signature = tuple[str, ...]
"""The words of a text, its numbers each as a 9, and the dashes between them: they show which sort it is."""


def _allowed(text: str) -> str:
    """Return what is allowed, in words, and an example of the nearest notation where one of its sort is near."""
    hint = ""
    given, sort = shape(text), _signature(text)
    if "9" in sort and not text.isdigit() and len(text) <= _LONGEST_COMPARED:
        begun_so = [examples for first, examples in _examples().items() if _alike(sort[0], first)]
        near = {each.shape: each for examples in begun_so for each in examples if _of_one_sort(sort, each.sort)}
        alike = [each for each in near if each.replace("9", "") == given.replace("9", "")]
        like = [each for each, example in near.items() if len(example.sort) == len(sort)]
        found = nearest(given, alike or like or (each for each in near if abs(len(each) - len(given)) <= 4))
        hint = f"; nearest: {near[found].text}" if found else ""
    return f"a code such as FY2024-25, or what people write, such as 2024/25, Q1 2024-25, 31 March 2025{hint}"


def _signature(text: str) -> Signature:
    words = re.findall(r"[a-z]+|[0-9]+|[-/]", text)
    return tuple("9" if word.isdigit() else "-" if word == "/" else _month_or_word(word) for word in words)


def _month_or_word(word: str) -> str:
    return "month" if word in MONTH_NUMBERS else word


def _of_one_sort(given: Signature, other: Signature) -> bool:
    """Return whether a text may be a slip for another: it begins as the other does, but for a misspelt word."""
    return len(given) <= len(other) and all(map(_alike, given, other))


def _alike(word: str, other: str) -> bool:
    if len(word) < 4:  # too short to be distinguished from another: FY and SY, H1 and HT1
        return word == other
    meant = MONTH_NUMBERS if other == "month" else (other,)
    return any(word[0] == each[0] and abs(len(word) - len(each)) <= 1 for each in meant)


class _Example(NamedTuple):
    text: str
    shape: str
    sort: Signature


@cache
def _examples() -> dict[str, list[_Example]]:
    """Return the examples of the table of notations, one of each shape, by the first word of their sort."""
    texts = [text for each in NOTATIONS for text, _, _ in each.examples]
    plain = [(text, simplify(clean(text))) for text in reversed(texts)]  # the first of a shape is kept
    by_shape = {shape(each): _Example(text, shape(each), _signature(each)) for text, each in plain}
    return {
        first: [example for example in by_shape.values() if example.sort[0] == first]
        for first in dict.fromkeys(example.sort[0] for example in by_shape.values())
    }
