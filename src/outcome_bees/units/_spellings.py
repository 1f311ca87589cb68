"""What people write for a unit: read where it has one meaning, and refused with what to write where it has not.

Nothing here computes: text is looked up in tables and matched by patterns, and what comes of it is the code of a
unit of the closed grammar, or nothing.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import pairwise

from outcome_bees.errors import nearest
from outcome_bees.units._facts import CLOSED, NOUN, singular_of, size_of_rate
from outcome_bees.vocabulary import MeasureKind

__all__ = ["LONGEST", "SPELLINGS", "code_of", "remedy_for"]

LONGEST = 80
"""Characters: longer text is no unit. Our choice."""

SPELLINGS: dict[str, tuple[str, ...]] = {
    "fraction": ("fractions", "decimal fraction", "fraction of 1", "share of 1", "0 to 1", "0-1"),
    "percent": ("%", "per cent", "per-cent", "percentage", "percentages", "pct", "%age", "percents"),
    "percentage_point": (
        *("percentage point", "percentage points", "percentage-point", "percentage-points", "% point", "% points"),
        *("%-point", "%-points", "pp", "ppt", "ppts", "p.p", "pct point", "pct points", "% pts", "%pts", "% pt"),
        *("per cent points", "percent points"),
    ),
    "count": ("counts", "number", "numbers", "no", "nos", "num", "nr", "#", "n", "qty", "quantity", "integer"),
    "child": ("children",),
    "person": ("persons", "people", "headcount", "head count", "head", "heads", "capita"),
    "fte": (
        *("ftes", "wte", "wtes", "full-time equivalent", "full-time equivalents", "full time equivalent"),
        *("full time equivalents", "whole-time equivalent", "whole time equivalents", "whole-time equivalents"),
    ),
    "place": ("places", "school places"),
    "school": ("schools",),
    "second": ("seconds", "sec", "secs"),
    "minute": ("minutes", "min", "mins"),
    "hour": ("hours", "hr", "hrs"),
    "day": ("days", "calendar day", "calendar days"),
    "working_day": (
        *("working days", "working-day", "working-days", "workday", "workdays", "work days"),
        *("business day", "business days"),
    ),
    "week": ("weeks", "wk", "wks"),
    "month": ("months", "mth", "mths", "calendar month", "calendar months"),
    "year": ("years", "yr", "yrs"),
    "GBP": ("£", "£s", "£'s", "pound", "pounds", "pounds sterling", "pound sterling", "sterling", "£ sterling"),
    "GBP_thousand": (
        *("£k", "£ks", "£000", "£000s", "£'000", "£'000s", "£,000", "£,000s", "£thousand", "£thousands", "k£"),
        *("gbpk", "gbp k", "gbp thousand", "gbp thousands", "gbp000", "gbp000s", "gbp'000", "gbp 000", "gbp 000s"),
        *("000s £", "000 £", "thousand £", "thousands £", "thousand pounds", "thousands of pounds", "£ thousand's"),
    ),
    "GBP_million": (
        *("£m", "£ms", "£mn", "£mil", "£mill", "£million", "£millions", "£'m", "m£", "gbpm", "gbp m", "gbp mn"),
        *("gbp million", "gbp millions", "million pounds", "millions of pounds", "£000,000", "£000,000s", "£ millions"),
    ),
    "score": ("scores",),
    "rank": ("ranks", "ranking", "rank position"),
    "grade": ("grades",),
    "milestone": ("milestones",),
}
"""What people write for each unit that has a name, beside the name itself: in small letters, a single space between
words, without brackets and without a full stop at the end. A space after the pound sign makes no difference."""


_AFTER_POUND = re.compile("£ +")


@cache
def _codes() -> dict[str, str]:
    """Return the code for each spelling."""
    found = {name.casefold(): name for name in CLOSED}
    found |= {name.casefold().replace("_", " "): name for name in CLOSED}
    for code, spellings in SPELLINGS.items():
        found |= {_AFTER_POUND.sub("£", each): code for each in spellings}
    return found


_SPACES = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\t\r\n"), " ")
_SIGNS = {ord(sign): "-" for sign in "\u2010\u2011\u2012\u2013\u2014\u2212"} | {0x2018: "'", 0x2019: "'", 0xFF05: "%"}
_ALLOWED = re.compile(r"[a-zA-Z0-9 %£#$€&.,:'/_()\[\]-]+")


def _cleaned(text: str) -> str:
    """Return the text in plain characters, without brackets, and with a single space between words."""
    if len(text) > LONGEST:
        return ""
    cleaned = text.translate(_SPACES).translate(_SIGNS)
    if not _ALLOWED.fullmatch(cleaned):
        return ""
    return " ".join(re.sub(r"[()\[\]]", " ", cleaned.replace("(s)", "s")).split()).rstrip(".: ")


@lru_cache(maxsize=4096)
def code_of(text: str) -> str | None:
    """Return the code of the unit that people mean by a text; ``None`` where it has none, or more than one.

    Example:
        >>> code_of("%"), code_of("£000s"), code_of("rate per 10,000 children"), code_of("points")
        ('percent', 'GBP_thousand', 'per_10000', None)
    """
    return _read(_cleaned(text))


def _read(cleaned: str) -> str | None:
    return _uncounted(_AFTER_POUND.sub("£", cleaned.casefold())) or _count(cleaned)


def _uncounted(small: str) -> str | None:
    """Read what is no count of something that has no unit of its own."""
    readers = (_codes().get, _rate, _quotient, _out_of, _qualified, _twice, _share)
    return next((code for read in readers if (code := read(small))), None)


def _closed(small: str) -> str | None:
    """Return the unit with a name that a text is for; its number may be left open, as in "average days"."""
    return _codes().get(_AFTER_POUND.sub("£", small)) or _qualified(small)


_AVERAGE = "average|mean|median|total"
_QUALIFIER = re.compile(rf"(?:(?:(?:{_AVERAGE}) )?(?P<counted>no\.?|number|count) of|in|{_AVERAGE}) (?P<unit>.+)")
_UNCOUNTED = (MeasureKind.DURATION, MeasureKind.AMOUNT)


def _qualified(small: str) -> str | None:
    """Read a unit after words that change nothing about it: "average days", "in £000s", "number of weeks"."""
    found = _QUALIFIER.fullmatch(small)
    code = _codes().get(_AFTER_POUND.sub("£", found["unit"])) if found else None
    if found is None or code is None:
        return None
    return code if not found["counted"] or CLOSED[code].kind in _UNCOUNTED else None


def _twice(small: str) -> str | None:
    """Read a unit that is given twice over, as in "Percentage (%)"."""
    words = small.split(" ")
    for at in range(len(words)):
        one, other = _closed(" ".join(words[:at])), _closed(" ".join(words[at:]))
        if one is not None and one == other:
            return one
    return None


_SHARE = re.compile(r"(?:%|per ?cent|percentage|pct) of (?:[a-z][a-z0-9 '&,-]*)")


def _share(small: str) -> str | None:
    """Read a percentage of something; of what is for the denominator to say."""
    return "percent" if _SHARE.fullmatch(small) and "change" not in small else None


_NUMBER = r"[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+"
_RATE = re.compile(
    rf"(?:(?P<lead>[a-z][a-z '&.,/-]*?),? ?)?(?:\bper|/|\bfor every) ?_?(?P<size>{_NUMBER})?"
    r" ?(?P<times>k|ten thousand|hundred thousand|thousand|million|hundred)?(?:,? (?P<rest>[a-z][a-z0-9 '&,-]*))?"
)
_TIMES = {"k": 1_000, "thousand": 1_000, "million": 1_000_000, "hundred": 100}
_TIMES |= {"ten thousand": 10_000, "hundred thousand": 100_000}


_MARK = re.compile(r"(?:(?:score|mark|rating|point)s? ?)?/ ?[0-9]{1,2}")
"""\"/5\" and \"/10\": a rate per so many, or a mark out of so many."""


def _rate(small: str) -> str | None:
    """Read a rate per so many: what is counted, and out of whom, is for the measure to say."""
    found = _RATE.fullmatch(small)
    if found is None or not (found["size"] or found["times"]):
        return None
    if _MARK.fullmatch(small):
        return None
    lead, rest = found["lead"] or "rate", found["rest"] or "people"
    if " per " in f" {lead} {rest} " or _of_another_kind(lead) or _of_another_kind(rest):
        return None
    size = int(re.sub("[, ]", "", found["size"] or "1")) * _TIMES.get(found["times"], 1)
    code = f"per_{size}"
    return code if size_of_rate(code) is not None else None


def _of_another_kind(words: str) -> bool:
    """Return whether words are, or begin or end with, a time, an amount or a percentage: none is so many of many."""
    pieces = words.split(" ")
    return any(
        (code := _closed(each)) is not None and CLOSED[code].kind not in (MeasureKind.COUNT, MeasureKind.RATE)
        for each in (words, pieces[0], pieces[-1])
    )


_BY = re.compile(r" ?/ ?| ?\bper ")


def _quotient(small: str) -> str | None:
    """Read one unit by another: "£ per child", "days/person"."""
    sides = re.split(_BY, small)
    if len(sides) != 2:
        return None
    top, bottom = _closed(sides[0]), _closed(sides[1])
    return f"{top}/{bottom}" if top and bottom else None


_OUT_OF = re.compile(r"(?:(?:average |mean |median )?(?:score|mark|point|rating)s?,? )?out of (?P<top>[0-9]{1,6})")


def _out_of(small: str) -> str | None:
    found = _OUT_OF.fullmatch(small)
    return f"score out of {int(found['top'])}" if found and int(found["top"]) else None


_COUNT = re.compile(rf"(?:total )?(?:count|number|no|num|nr|#)\.?(?: of|:) (?P<noun>{NOUN})", re.IGNORECASE | re.ASCII)


def _count(cleaned: str) -> str | None:
    """Read a count of what the closed list has no unit for; its noun is kept as it is written."""
    found = _COUNT.fullmatch(cleaned)
    if found is None or " per " in cleaned:
        return None
    noun = found["noun"]
    meant = _codes().get(noun.casefold())
    if meant and CLOSED[meant].kind is not MeasureKind.COUNT:
        return None
    code = f"count of {noun}"
    return None if _uncounted(code.casefold()) else code  # as in "# children per1000": what is written is a rate


# What to write instead.

_Remedy = tuple[str, str]
_REMEDIES: tuple[_Remedy, ...] = (
    (r"points?|pts?", "percentage_point (a difference of two percentages) or score"),
    (r".*\bchange", "percent (of what it was), percentage_point (of a percentage), or the unit of what changes"),
    (r"basis points?|bps?", "percentage_point; 100 basis points are one"),
    (r"h+ ?: ?mm?(?::ss)?|mm?:ss|hh?mm", "minute, hour or second, with a plain number: 90 in minutes, 1.5 in hours"),
    (
        r"ratio|proportion|share|decimal|rate ratio",
        "fraction (0.25), percent (25), or one unit by another",
    ),
    (
        r"(?:score|mark|rating|point)?s? ?/ ?(?P<top>[1-9][0-9]?)",
        "score out of {top}, or per_{top} for a rate among so many",
    ),
    (r"rates?|crude rate|rate per|per[ _]?0*", "per_<number>, such as per_1000 or per_10000"),
    (r"per [a-z]+", "one unit by another, such as GBP/person or day/child"),
    (r".*\b(?:per|/) ?[0-9].*", "per_<number> for a rate among so many; GBP/person or day/child for amounts and times"),
    (r".*[$€].*|eur|usd|euros?|dollars?", "GBP, GBP_thousand or GBP_million: there is no other currency"),
    (r"£ ?bn|.*billions?.*|gbp ?bn", "GBP_million; a billion is 1000 of them"),
    (r"pence|pennies|penny", "GBP; a penny is 0.01 of one"),
    (r"m|mn", "GBP_million, month or minute"),
    (r"k|'?000s?|thousands?", "GBP_thousand for money; a count is written out: 12000 in count"),
    (r"millions?", "GBP_million for money; a count is written out: 1200000 in count"),
    *(("h", "hour"), ("d", "day"), ("w", "week"), ("y", "year"), ("s", "second")),
    (r"p", "percent, or GBP for money"),
    (
        r"yes ?/ ?no|y ?/ ?n|yes|no|boolean|bool|true ?/ ?false|done|completed?|achieved",
        "milestone, whose figures are 1 (done) and 0 (not done)",
    ),
    (r"ratings?|ofsted(?: grade| rating)?|judgements?|rag", "grade, with a number for each grade"),
    (
        r"stars?|marks?|index|index score|(?:average )?points? scores?|likert|scale",
        "score, or score out of <number> where it has a top, such as score out of 5",
    ),
    (
        r"(?:score |scale )?(?:of )?(?:[01] ?(?:-|to)|[0-9]+ out of) ?(?P<top>[1-9][0-9]*)(?: scale| score)?",
        "score out of {top}",
    ),
    (
        r"[0-9]+ ?: ?[0-9]+|[0-9]+ in [0-9]+",
        "fraction (0.05 for 1 in 20), percent (5), or one unit by another, such as child/person",
    ),
    (r"positions?|league position|place in table", "rank"),
    (r"(?:free )?text|narrative|words|commentary|qualitative", "none: leave it out, and give the kind 'narrative'"),
    (r"n/?a|none|nil|null|-|units?|tbc|unknown|other|various", "a unit where one is known; else leave it out"),
    (
        r"dates?|(?:elapsed )?time|duration|length of time",
        "second, minute, hour, day, working_day, week, month, year",
    ),
    (r"money|currency|costs?|spend|budget|amount", "GBP, GBP_thousand or GBP_million"),
    (r"(?:count|number|no\.?) of", "count of <what is counted>, such as count of assessments"),
)
"""Texts that have no meaning, or several, and what to write instead.

Source: the headings of councils' spreadsheets; which is meant is never guessed."""


def remedy_for(text: str) -> tuple[str | None, str | None]:
    """Return what is allowed in place of a text, in words, and otherwise which code or form is nearest to it.

    Example:
        >>> remedy_for("points")[0], remedy_for("pecent")[1], remedy_for("assessments")[1]
        ('percentage_point (a difference of two percentages) or score', 'percent', 'count of assessments')
    """
    cleaned = _cleaned(text)
    small = cleaned.casefold()
    for pattern, remedy in _remedies():
        if found := pattern.fullmatch(small):
            return remedy.format(**found.groupdict()) if found.groupdict() else remedy, None
    return None, next(filter(None, (find(small, cleaned) for find in _NEAREST)), None)


@cache
def _remedies() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), remedy) for pattern, remedy in _REMEDIES)


@cache
def _long_spellings() -> dict[str, str]:
    return {each: code for each, code in _codes().items() if len(each) >= 4}


def _misspelt(small: str, _: str) -> str | None:
    meant = nearest(small, _long_spellings(), likeness=0.75) if len(small) >= 4 else None
    return None if meant is None else _long_spellings()[meant]


def _within(small: str, _: str) -> str | None:
    """Find the unit among more words, as in "days to complete"."""
    words = re.split("[ ,]", small)
    pairs = [" ".join(pair) for pair in pairwise(words)]
    for pieces in (pairs, words):  # "working days" before "days"
        codes = {code for each in pieces if (len(each) > 2 or each in "%£") and (code := _codes().get(each))}
        uncounted = {code for code in codes if CLOSED[code].kind is not MeasureKind.COUNT}
        if uncounted:
            return uncounted.pop() if len(uncounted) == 1 and not any(map(str.isdigit, words)) else None
    return None


def _noun(small: str, cleaned: str) -> str | None:
    """Find a count of what the words name, where one of them is a plural."""
    words = small.split(" ")
    plural = any(singular_of(each) != each or each in ("staff", "premises") for each in words)
    is_noun = re.fullmatch(NOUN, cleaned) and not small.startswith(("count of ", "number of "))  # of no noun: 3 things
    return f"count of {cleaned}" if plural and is_noun else None


def _one_by_another(small: str, cleaned: str) -> str | None:
    """Find one unit by another, where each side has a unit in it, or names what is counted."""
    sides = re.split(_BY, small)
    if len(sides) != 2:
        return None
    codes = [_closed(each) or _within(each, "") or ("count" if _noun(each, each) else None) for each in sides]
    return "/".join(each for each in codes if each) if all(codes) else None


_NEAREST: tuple[Callable[[str, str], str | None], ...] = (_misspelt, _one_by_another, _within, _noun)
