"""What people write, simplified before it is read: which forms a text has, and what each part may look like."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from outcome_bees.errors import PeriodError, shown
from outcome_bees.periods.notation import NOTATIONS
from outcome_bees.periods.sequences import TERMS, PeriodKind

__all__ = [
    "CLOSINGS",
    "COMMENCING",
    "NotationForm",
    "clean",
    "count_of",
    "forms_of_shape",
    "ordinal_of",
    "shape",
    "simplify",
]

_DASHES = "_\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SPACES = "\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f"
_SLASHES = "\u2044\u2215"
_QUOTES = "\u2018\u2019"
_FORGIVEN = (_DASHES, "-"), (_SPACES, " "), (_SLASHES, "/"), (_QUOTES, "'")
_SUBSTITUTES = {ord(char): plain for chars, plain in _FORGIVEN for char in chars}

_ENDS = " \t\r\n\ufeff"
"""What a cell of a file may trail: the end of its line, a tab, the mark that a file begins with."""

_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -/.,:;|'()&")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_BETWEEN_NUMBER_AND_WORD = re.compile("(?<=[0-9])[./:](?=[a-z])|(?<=[a-z])[/:](?=[0-9])")
_SMALL_WORDS = {"of", "the"}


def clean(text: str) -> str:
    """Return the text in plain characters, without the spaces and line ends around it.

    Raises:
        PeriodError: It has a character that no notation has: a control character, a digit of another script.
            This is checked before any pattern is made, for that takes longer than all the rest.
    """
    text = text.strip(_ENDS)
    if not text.isascii() or "_" in text:
        text = text.translate(_SUBSTITUTES).strip()
    if not _CHARACTERS.issuperset(text):
        wrong = next(char for char in text if char not in _CHARACTERS)
        raise PeriodError(f"{shown(wrong)} is no part of a period; allowed: plain letters, digits, dashes and spaces")
    return text


def simplify(cleaned: str) -> str:
    """Return clean text without what makes no difference.

    That is: capitals, commas, semicolons, bars, pairs of brackets, a dot, colon or slash between a number and a word,
    spaces around a dash, and inside the text the words "of" and "the".

    Example:
        >>> simplify("Q2 of the Financial Year (2024 - 25)")
        'q2 financial year 2024-25'
    """
    text = cleaned.lower()
    words = text.split()
    only_words = "".join(words).isalnum()  # without any sign, as most are
    if not only_words:
        text = text.replace(",", " ").replace(";", " ").replace("|", " ").replace("&", " and ")
        if "(" in text:
            text = _BRACKETED.sub(r" \1 ", text)
        if "/" in text or "." in text or ":" in text:
            text = _BETWEEN_NUMBER_AND_WORD.sub(" ", text)
        words = text.split()
    if not _SMALL_WORDS.isdisjoint(words):
        words = [word for at, word in enumerate(words) if word not in _SMALL_WORDS or at in (0, len(words) - 1)]
    text = " ".join(words)
    if not only_words:
        for joint in "-/":
            text = text.replace(f" {joint}", joint).replace(f"{joint} ", joint)
        text = text.replace("-to-", " to ")
    return text.removeprefix("from ") if " to " in text else text


NotationForm = tuple[PeriodKind, re.Pattern[str]]
"""What a notation writes, and the pattern of its texts."""

_CALENDAR = "(?:academic|acad|calendar|cal|financial|fiscal|fin|school|tax)(?: ye?a?r)?|[acfst]y"
_QUARTER = "q(?:uarter|tr)?\\.? ?"
_NUMBERED_MONTH = "(?:accounting )?(?:a?p|p(?:eriod|er|d)|m(?:onth|th|o)?)\\.? ?(?P<month_number>[0-9]{1,2})"
_AS_AT = "(?:(?:(?:position|snapshot) )?(?:as (?:at )?|at |on )|snapshot )"

_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
"""The numbers in words, from 1, that how many years or months may be written with."""

_ORDINALS = ("first", "second", "third", "fourth")
"""The words, from 1, that a quarter or a half may be numbered with."""

_COUNT = f"[0-9]{{1,2}}|{'|'.join(_COUNTS)}"
_NTH = f"[0-9](?:st|nd|rd|th)|{'|'.join(_ORDINALS)}"
_QUARTER_NUMBER = f"(?:{_QUARTER}(?P<part>[0-9]{{1,2}}|one|two|three|four)|(?P<nth>{_NTH}) (?:quarter|qtr))"
_MONTHS = "(?P<opens>[a-z]{3,9})(?:(?: to |-)(?P<closes>[a-z]{3,9}))?"

CLOSINGS = {"y/e": 12, "ye": 12, "year": 12, "yr": 12, "half year": 6, "quarter": 3, "qtr": 3, "q/e": 3, "qe": 3}
CLOSINGS |= {"month": 1, "mth": 1, "m": 1}
"""What may be named as ending, and how many months it has."""

_WEEKS = ("week", "wk")
COMMENCING = {"w/c": True, "wc": True, "w/b": True, "wb": True, "w/e": False, "we": False}
COMMENCING |= {f"{week} {word}": True for week in _WEEKS for word in ("commencing", "beginning", "starting")}
COMMENCING |= {f"{week} {word}": False for week in _WEEKS for word in ("ending", "ended", "end", "to")}
"""The words that date a week by its Monday (true) or by its Sunday."""

# Digits only ever as [0-9]: a text is matched by its shape, in which every digit is a 9. Any word of letters
# is let through where a month is wanted, and looked up afterwards: alternatives are slow to make.
_WRITTEN = {
    "years": f"(?:(?P<named>{_CALENDAR}) ?|year )?"
    "(?:(?P<year>[0-9]{4})(?:(?P<run_together>[0-9]{4}|[0-9]{2})|(?P<joint>[-/]| to )(?P<end>[0-9]{4}|[0-9]{2}))?"
    "|(?P<short>[0-9]{2})(?:[-/](?P<short_end>[0-9]{2}))?)"
    f"(?: (?P<named_after>{_CALENDAR}))?",
    "calendar": f"(?P<named_before>{_CALENDAR})",
    "quarter": f"{_QUARTER_NUMBER}(?: {_MONTHS})?",
    "quarter_alone": _QUARTER_NUMBER,
    "quarter_joined": "q(?P<part>[0-9])(?=[acfst]y)",
    "counted_years": f"(?P<spans>{_COUNT}) ?(?:years?|yrs?)(?: rolling)?(?: (?:period|average|total|pooled))?",
    "months": _MONTHS,
    "latest": f"(?:{_QUARTER}(?P<part>[0-9]{{1,2}})|{_NUMBERED_MONTH})",
    "numbered_month": f"{_NUMBERED_MONTH}(?: {_MONTHS})?",
    "joined_month": "(?P<joined>[pm])(?P<month_number>[0-9]{1,2})",
    "pooled": f"(?:(?:rolling|last|latest|pooled) )?(?P<count>{_COUNT}) ?(?:(?P<named_before>{_CALENDAR}) )?"
    "(?:years?|yrs?)(?: (?:period|average|total|pooled))?(?: up)? (?P<ends>to|ending|ended)(?: in)?",
    "since": f"{_QUARTER}(?P<since>[0-9])",
    "until": f"(?:{_QUARTER})?(?P<part>[0-9])",
    "to_date": "(?P<to_date>ytd|year to date)",
    "half": f"(?:h(?:alf (?:year )?|y ?)?(?P<part>[0-9]{{1,2}})|(?P<nth>{_NTH}) half(?: year)?)(?: {_MONTHS})?",
    "half_of_months": f"(?P<financial>part) (?P<part>[0-9]) {_MONTHS}",
    "term": f"(?P<term>{'|'.join((*TERMS, *(each[:3] for each in TERMS)))})(?P<term_word> term)?",
    "two_terms": "autumn and spring(?: terms?)?",
    "year": "(?P<year>[0-9]{4})",
    "short": "(?P<mark>')?(?P<short>[0-9]{2})",
    "mm": "(?P<month>[0-9]{2})",
    "month": "(?P<month>[a-z]{3,9})\\.?",
    "month_unspaced": "(?P<month>[a-z]{3,9})(?P<unspaced>)",
    "day": f"{_AS_AT}?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?",
    "as_at": f"(?P<as_at>{_AS_AT})",
    "end_of": f"{_AS_AT}?(?P<end_of>end(?: year)?|month end|eom)",
    "weekday": "(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs?|ur)?(?:day)?\\.?",
    "numeric": "(?P<day>[0-9]{1,2})(?P<between>[/.-])(?P<number>[0-9]{1,2})(?P=between)"
    "(?:(?P<year>[0-9]{4})|(?P<short>[0-9]{2}))(?: (?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?))?",
    "numeric_month": "(?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})",
    "iso": "(?P<year>[0-9]{4})(?P<between>[/.-])(?P<month>[0-9]{1,2})(?P=between)(?P<day>[0-9]{1,2})"
    "(?:[\\st](?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?))?",
    "basic_iso": "(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
    "week": "w(?:eek|k)?\\.? ?(?P<week>[0-9]{1,2})",
    "commencing": f"(?P<commencing>{'|'.join(COMMENCING)})",
    "closing": f"(?:(?P<closing>{_CALENDAR}) end(?:ing|ed)? |fye ?)",
    "ending": f"(?:(?:rolling )?(?:(?P<count>{_COUNT}) ?(?P<counted>month|mth|m|year|yr)s?"
    "|(?P<unit>year|yr|half year|quarter|qtr|month)) (?:ending|ended|to|(?<!month )end)|(?P<unit_ending>[yq]/?e))",
    "date": "(?P<date>.{2,})",
    "to": "(?: to |-)",
}


def count_of(text: str) -> int:
    """Return the number that says how many: ``3`` or ``three``."""
    return int(text) if text.isdigit() else _COUNTS.index(text) + 1


def ordinal_of(text: str) -> int:
    """Return the number that says which one: ``1st`` or ``first``."""
    return int(text[0]) if text[0].isdigit() else _ORDINALS.index(text) + 1


def _pattern(form: str) -> re.Pattern[str]:
    pieces = re.split("[{}]", form)
    written = "".join(_WRITTEN[each] if at % 2 else each.lower() for at, each in enumerate(pieces))
    return re.compile(written.replace(" ", "[ -]"))


@cache
def _written_forms() -> tuple[NotationForm, ...]:
    """Return the forms of all texts but codes. Spans are left out: each of their ends is read by itself."""
    wanted = (each for each in NOTATIONS if each.role != "code" and each.kind is not PeriodKind.SPAN)
    return tuple((each.kind, _pattern(each.form)) for each in wanted)


def shape(text: str) -> str:
    """Return a text with every digit made a 9: what it may mean depends on its digits, its form does not."""
    # As bytes: a text itself is translated by a mapping, letter by letter.
    return text.encode("utf-8", "surrogatepass").translate(_NINES).decode("utf-8", "surrogatepass")


_NINES = bytes.maketrans(b"012345678", b"9" * 9)


@lru_cache(maxsize=4096)
def forms_of_shape(shape: str) -> tuple[NotationForm, ...]:
    """Return the forms that texts of this shape have, but for codes; a column of a table has few shapes."""
    return tuple((kind, pattern) for kind, pattern in _written_forms() if pattern.fullmatch(shape))
