"""What each part of a notation may look like, and which notations a text fits."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from outcome_bees.periods.notation import NOTATIONS, Notation
from outcome_bees.periods.series import TERMS, PeriodKind

__all__ = ["CLOSINGS", "COMMENCING", "Fit", "coded", "fitting", "shape"]

Fit = tuple[PeriodKind, re.Pattern[str]]

_CALENDAR = "(?:academic|calendar|financial|school|tax)(?: year)?|[acfst]y"
_QUARTER = "q(?:uarter|tr)?\\.? ?"
_AS_AT = "(?:as (?:at )?|at )"

CLOSINGS = {"y/e": 12, "ye": 12, "year": 12, "half year": 6, "quarter": 3, "month": 1}
"""What may be said to end, and how many months it then has."""

COMMENCING = {"w/c": True, "wc": True, "w/b": True, "week commencing": True, "week beginning": True}
COMMENCING |= {"w/e": False, "week ending": False, "week ended": False}
"""How a week is told by its Monday (true) or by its Sunday."""

_CODED = {
    "coded": "(?P<prefix>[CFTAS]Y|Y[0-9]{2}-[0-9]{2}:)(?P<year>[0-9]{4})(?:-(?P<end>[0-9]{2}))?",
    "year": "(?P<year>[0-9]{4})",
    "mm": "(?P<month>0[1-9]|1[0-2])",
    "dd": "(?P<day>[0-9]{2})",
    "ww": "(?P<week>[0-9]{2})",
    "part": "(?P<part>[0-9])",
}

# Digits only ever as [0-9]: a text is matched by its shape, in which every digit is a 9. Any word of letters
# is let through where a month is wanted, and looked up afterwards: alternatives are slow to make.
_WRITTEN = {
    "years": f"(?:(?P<named>{_CALENDAR}) ?)?"
    "(?:(?P<year>[0-9]{4})(?:(?P<six>[0-9]{2})|(?P<joint>[-/]| to )(?P<end>[0-9]{4}|[0-9]{2}))?"
    "|(?P<short>[0-9]{2})(?:[-/](?P<short_end>[0-9]{2}))?)"
    f"(?: (?P<named_after>{_CALENDAR}))?",
    "calendar": f"(?P<named_before>{_CALENDAR})",
    "quarter": f"{_QUARTER}(?P<part>[0-9])",
    "since": f"{_QUARTER}(?P<since>[0-9])",
    "until": f"(?:{_QUARTER})?(?P<part>[0-9])",
    "to_date": "(?P<to_date>ytd|year to date)",
    "half": "h(?:alf )?(?P<part>[0-9])",
    "half_of_months": "part (?P<part>[0-9]) (?P<opens>apr|oct)[a-z]* to (?P<closes>sep|mar)[a-z]*",
    "term": f"(?P<term>{'|'.join(TERMS)})(?P<term_said> term)?",
    "two_terms": "autumn and spring(?: terms?)?",
    "year": "(?P<year>[0-9]{4})",
    "short": "(?P<mark>')?(?P<short>[0-9]{2})",
    "mm": "(?P<month>[0-9]{2})",
    "month": "(?P<month>[a-z]{3,9})\\.?",
    "day": f"{_AS_AT}?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?",
    "as_at": f"(?P<as_at>{_AS_AT})",
    "end_of": f"{_AS_AT}?(?P<end_of>end|month end)",
    "weekday": "(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs?|ur)?(?:day)?\\.?",
    "numeric": "(?P<day>[0-9]{1,2})(?P<between>[/.-])(?P<number>[0-9]{1,2})(?P=between)"
    "(?:(?P<year>[0-9]{4})|(?P<short>[0-9]{2}))",
    "numeric_month": "(?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})",
    "iso": "(?P<year>[0-9]{4})(?P<between>[/.-])(?P<month>[0-9]{1,2})(?P=between)(?P<day>[0-9]{1,2})"
    "(?:[\\st](?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?))?",
    "week": "w(?:eek|k)?\\.? ?(?P<week>[0-9]{1,2})",
    "commencing": f"(?P<commencing>{'|'.join(COMMENCING)})",
    "closing": f"(?:(?P<closing>{_CALENDAR}) end(?:ing|ed)? |fye ?)",
    "ending": "(?:(?:rolling )?(?:(?P<months>[0-9]{1,2}) months?|(?P<unit>year|half year|quarter|month))"
    " (?:ending|ended|to)|(?P<unit_ending>y/?e))",
    "date": "(?P<date>.{2,})",
    "to": "(?: to |-)",
}


def _pattern(notation: Notation) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", notation.form)
    if notation.role == "code":
        return re.compile("".join(_CODED[each] if at % 2 else re.escape(each) for at, each in enumerate(pieces)))
    written = "".join(_WRITTEN[each] if at % 2 else each.lower() for at, each in enumerate(pieces))
    return re.compile(written.replace(" ", "[ -]"))


def _patterns(codes: bool) -> tuple[Fit, ...]:
    """Spans are left out: they are cut in two before each half is read."""
    wanted = (each for each in NOTATIONS if (each.role == "code") is codes and each.kind is not PeriodKind.SPAN)
    return tuple((each.kind, _pattern(each)) for each in wanted)


@cache
def coded() -> tuple[Fit, ...]:
    """The forms of codes; made when first wanted, for that is slow."""
    return _patterns(codes=True)


@cache
def _written() -> tuple[Fit, ...]:
    return _patterns(codes=False)


def shape(text: str) -> str:
    """A text with every digit made a 9: what it may mean depends on its digits, how it is read does not."""
    return text.translate(_NINES)


_NINES = str.maketrans("012345678", "9" * 9)


@lru_cache(maxsize=4096)
def fitting(shape: str) -> tuple[Fit, ...]:
    """The forms that people write and that texts of this shape have; a column of figures has few shapes."""
    return tuple((kind, pattern) for kind, pattern in _written() if pattern.fullmatch(shape))
