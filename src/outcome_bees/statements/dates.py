"""The dates of a sentence, whatever they are there for, and the periods that they mean."""

import re
from collections.abc import Sequence

from attrs import frozen

from outcome_bees.errors import AmbiguousPeriodError, OutcomeBeesError
from outcome_bees.periods import Period, YearType
from outcome_bees.statements.cues.deadlines import SEASONS
from outcome_bees.statements.words import Word

__all__ = ["Dated", "dates_in"]

_LONGEST_DATE = 6
_YEAR = re.compile(r"(?<![0-9,.])(?:199[0-9]|20[0-9]{2})(?![0-9])")
"""A year from 1990 to 2099, no part of a larger number. Our choice: no plan looks further either way."""
_SHORT_YEAR = re.compile(r"[a-z]{3,9}[ -]'?[0-9]{2}")
_NUMERIC = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]((?:20)?[0-9]{2})")
"""A day in figures: 31.03.2026, 31/3/26. What may be one of two days (3/4/26) is left open by ``Period.parse``."""
_DAY = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th)?")


@frozen
class Dated:
    """A stretch of a sentence that says when, and the period it means.

    Attributes:
        start: Its first word.
        end: The word after its last.
        period: The period; ``None`` where the words leave open which (a split year without its calendar).
    """

    start: int
    end: int
    period: Period | None


def dates_in(words: Sequence[Word], calendar: YearType | None) -> list[Dated]:
    """Every date of a sentence, whatever it is there for; the longest that begins at each word."""
    found: list[Dated] = []
    at = 0
    while at < len(words):
        date = _date_at(words, at, calendar)
        if date is not None:
            found.append(date)
        at = at + 1 if date is None else date.end
    return found


def _date_at(words: Sequence[Word], start: int, calendar: YearType | None) -> Dated | None:
    for end in range(min(len(words), start + _LONGEST_DATE), start, -1):
        if _may_be_a_date(words[start:end]):
            try:
                return Dated(start, end, _period(words[start:end], calendar))
            except OutcomeBeesError:
                continue
    return None


def _may_be_a_date(words: Sequence[Word]) -> bool:
    """Whether it is worth asking: one year among words that do not begin or end with a sign, or "Sept 24"."""
    if words[0].is_sign or words[-1].text in ("(", ",", "–"):
        return False
    if words[0].text == "end":  # "by the end of March 2026" has March for its date, and a word that says which edge
        return False
    if len(words) == 1 and _NUMERIC.fullmatch(words[0].text):
        return True
    if _is_split_year(words):
        return True
    short = len(words) <= 2 and bool(_SHORT_YEAR.fullmatch(" ".join(word.text for word in words)))
    return short or sum(bool(_YEAR.search(word.text)) for word in words) == 1


def _is_split_year(words: Sequence[Word]) -> bool:
    """ "2025 to 2026" is one year, as "2025/26" is; "2025 to 2030" are several."""
    said = [word.text for word in words]
    if len(said) != 3 or said[1] not in ("to", "–") or not (_YEAR.fullmatch(said[0]) and _YEAR.fullmatch(said[2])):
        return False
    return int(said[2]) == int(said[0]) + 1


def _period(words: Sequence[Word], calendar: YearType | None) -> Period | None:
    """The period that these words are, all of them; ``None`` where they leave open which.

    Raises:
        OutcomeBeesError: They are no date.
    """
    said = [word.text for word in words if word.text not in ("(", ")", ",")]
    numeric = _NUMERIC.fullmatch(said[0]) if len(said) == 1 else None
    if numeric:
        day, month, year = numeric.groups()
        said = [f"{day:0>2}/{month:0>2}/{year if len(year) == 4 else '20' + year}"]
    if _is_split_year(words):
        said = [f"{said[0]}/{said[-1][2:]}"]
    if words[0].text != "of":
        said = [each for each in said if each != "of"]  # the 1st of April 2026, quarter 4 of 2026-27
    if len(said) == 1 and said[0].isdigit():
        # In a sentence a bare year is the calendar's, as everybody says it: "net zero by 2030".
        return Period.parse(said[0], YearType.CALENDAR)
    if len(said) == 3 and _DAY.fullmatch(said[1]):
        said = [said[1], said[0], said[2]]  # March 31st 2026
    season = not SEASONS.isdisjoint(said) and "term" not in said
    try:
        period = Period.parse(" ".join(said), calendar)
    except AmbiguousPeriodError:
        return None
    return None if season else period  # a season begins and ends when it likes
