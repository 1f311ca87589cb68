"""The units there are: how each converts, what sort of figure it makes, and how people write numbers in it."""

import re
from functools import lru_cache
from typing import NamedTuple

from outcome_bees.vocabulary import MeasureKind

__all__ = [
    "CLOSED",
    "NOUN",
    "UnitFact",
    "closed_fact",
    "fact_named",
    "noun_counted",
    "singular_of",
    "size_of_rate",
    "top_of_score",
]


class UnitFact(NamedTuple):
    """What is known of a unit.

    Attributes:
        definition: Its definition for pint; empty for a unit that pint never sees.
        kind: The sort of figure that it makes.
        decimals: How many decimals such figures are published with.
        one: How a single one is written, with the number in place of the braces.
        many: How any other number is.
    """

    definition: str
    kind: MeasureKind
    decimals: int
    one: str
    many: str


_K = MeasureKind

CLOSED: dict[str, UnitFact] = {
    "fraction": UnitFact("fraction = []", _K.PERCENTAGE, 3, "{}", "{}"),
    "percent": UnitFact("percent = 1/100 * fraction", _K.PERCENTAGE, 1, "{}%", "{}%"),
    # A difference of two percentages is no percentage: pint would add the two, so it has a dimension of its own.
    "percentage_point": UnitFact(
        "percentage_point = [difference]", _K.PERCENTAGE, 1, "{} percentage point", "{} percentage points"
    ),
    "count": UnitFact("count = [count]", _K.COUNT, 0, "{}", "{}"),
    "child": UnitFact("child = [child]", _K.COUNT, 0, "{} child", "{} children"),
    "person": UnitFact("person = [person]", _K.COUNT, 0, "{} person", "{} people"),
    "fte": UnitFact("fte = [fte]", _K.COUNT, 1, "{} FTE", "{} FTE"),
    "place": UnitFact("place = [place]", _K.COUNT, 0, "{} place", "{} places"),
    "school": UnitFact("school = [school]", _K.COUNT, 0, "{} school", "{} schools"),
    "second": UnitFact("second = 1/60 * minute", _K.DURATION, 0, "{} second", "{} seconds"),
    "minute": UnitFact("minute = 1/60 * hour", _K.DURATION, 0, "{} minute", "{} minutes"),
    "hour": UnitFact("hour = 1/24 * day", _K.DURATION, 1, "{} hour", "{} hours"),
    "day": UnitFact("day = [time]", _K.DURATION, 1, "{} day", "{} days"),
    # How many days so many working days take depends on the calendar: they convert into nothing.
    "working_day": UnitFact("working_day = [working_time]", _K.DURATION, 1, "{} working day", "{} working days"),
    "week": UnitFact("week = 7 * day", _K.DURATION, 1, "{} week", "{} weeks"),
    # Months and years are counted, not measured: neither is a fixed number of days.
    "month": UnitFact("month = [calendar]", _K.DURATION, 1, "{} month", "{} months"),
    "year": UnitFact("year = 12 * month", _K.DURATION, 1, "{} year", "{} years"),
    "GBP": UnitFact("GBP = [money]", _K.AMOUNT, 0, "£{}", "£{}"),
    "GBP_thousand": UnitFact("GBP_thousand = 1000 * GBP", _K.AMOUNT, 0, "£{} thousand", "£{} thousand"),
    "GBP_million": UnitFact("GBP_million = 1000000 * GBP", _K.AMOUNT, 1, "£{} million", "£{} million"),
    "score": UnitFact("score = [score]", _K.SCORE, 1, "{}", "{}"),
    "rank": UnitFact("rank = [rank]", _K.RANK, 0, "rank {}", "rank {}"),
    "grade": UnitFact("grade = [grade]", _K.RATING, 0, "grade {}", "grade {}"),
    "milestone": UnitFact("milestone = [milestone]", _K.MILESTONE, 0, "{} done", "{} done"),
}
"""The units that have a name. Each is defined by those before or after it; pint puts them in order."""

NOUN = r"[A-Za-z](?:[A-Za-z0-9]|[ '-](?=[A-Za-z0-9]))*"
"""What may be counted, in words: letters and digits, with single spaces, hyphens and apostrophes between them."""


def size_of_rate(code: str) -> int | None:
    """Return per how many a rate is: 10000 of ``per_10000``; ``None`` for other text."""
    found = re.fullmatch("per_([1-9][0-9]{0,8})", code)
    return None if found is None else int(found[1])


def noun_counted(code: str) -> str | None:
    """Return what is counted, where the closed list has no unit for it; ``None`` for other text."""
    found = re.fullmatch(f"count of ({NOUN})", code)
    return None if found is None else found[1]


def top_of_score(code: str) -> int | None:
    """Return the top of a score that has one: 5 of ``score out of 5``; ``None`` for other text."""
    found = re.fullmatch("score out of ([1-9][0-9]{0,5})", code)
    return None if found is None else int(found[1])


def closed_fact(name: str) -> UnitFact | None:
    """Return what is known of a unit that pint converts: one with a name, or a rate; ``None`` for other text."""
    if (known := CLOSED.get(name)) is not None:
        return known
    if (size := size_of_rate(name)) is not None:
        words = f"{{}} per {size:,}"
        return UnitFact(f"{name} = 1/{size} * fraction", _K.RATE, 1, words, words)
    return None


@lru_cache(maxsize=256)  # every number that is shown asks for it
def fact_named(name: str) -> UnitFact:
    """Return what is known of a unit whose name has been checked, and that is not one by another."""
    if (noun := noun_counted(name)) is not None:
        return UnitFact("", _K.COUNT, 0, f"{{}} {singular_of(noun)}", f"{{}} {noun}")
    if (top := top_of_score(name)) is not None:
        words = f"{{}} out of {top:,}"
        return UnitFact("", _K.SCORE, 1, words, words)
    fact = closed_fact(name)
    assert fact is not None, name
    return fact


_JOINTS = frozenset(
    "of in with without for to on at by from who whose that which where under over aged per about into not being"
    " waiting placed known open opened closed issued completed started made".split()
)
"""The words with which more is added about what is counted; the noun itself ends before them."""

_IRREGULAR = {"children": "child", "people": "person", "men": "man", "women": "woman", "lives": "life"}
_UNCHANGED = ("ss", "us", "is", "series", "species", "premises")


def singular_of(noun: str) -> str:
    """Return the words for one of what is counted.

    Source: the regular plurals of English, and the irregular ones of what councils count.

    Example:
        >>> singular_of("assessments"), singular_of("children in care"), singular_of("bodies"), singular_of("staff")
        ('assessment', 'child in care', 'body', 'staff')
    """
    words = noun.split(" ")
    head = next((at for at, word in enumerate(words) if at and word.casefold() in _JOINTS), len(words)) - 1
    words[head] = _one(words[head])
    return " ".join(words)


def _one(word: str) -> str:
    small = word.casefold()
    for many, one in _IRREGULAR.items():
        if small.endswith(many):
            return word[: len(word) - len(many)] + one
    if len(small) < 4 or not small.endswith("s") or small.endswith(_UNCHANGED):
        return word
    if small.endswith("ies") and len(small) > 4:
        return f"{word[:-3]}y"
    return word[:-2] if small.endswith(("sses", "xes", "ches", "shes", "zzes")) else word[:-1]
