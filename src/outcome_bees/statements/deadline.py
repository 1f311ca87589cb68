"""Until when: the dates of a sentence, and which of them is a deadline.

A date is a deadline only where a word makes it one. "Since April 2023", "in the 2022 survey", "compared with
2019" are reference points; "within 20 weeks" is a length of time; "by the autumn" is no date at all.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from attrs import frozen

from outcome_bees.errors import AmbiguousPeriodError, OutcomeBeesError
from outcome_bees.periods import Period, PeriodKind, YearType
from outcome_bees.statements.cues.deadlines import DEADLINE_WORDS, END, NAMED, SEASONS, START, UNTIL, Edge
from outcome_bees.statements.cues.figures import WEIGHED
from outcome_bees.statements.words import Form, Word

__all__ = ["Dated", "dates_in", "deadlines_in"]

_LONGEST_DATE = 6
_YEAR = re.compile(r"(?<![0-9,.])(?:199[0-9]|20[0-9]{2})(?![0-9])")
"""A year from 1990 to 2099, no part of a larger number. Our choice: no plan looks further either way."""
_SHORT_YEAR = re.compile(r"[a-z]{3,9}[ -]'?[0-9]{2}")
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
    short = len(words) <= 2 and bool(_SHORT_YEAR.fullmatch(" ".join(word.text for word in words)))
    return short or sum(bool(_YEAR.search(word.text)) for word in words) == 1


def _period(words: Sequence[Word], calendar: YearType | None) -> Period | None:
    """The period that these words are, all of them; ``None`` where they leave open which.

    Raises:
        OutcomeBeesError: They are no date.
    """
    said = [word.text for word in words if word.text not in ("(", ")", ",")]
    if len(said) == 4 and said[1] == "of":
        del said[1]  # the 1st of April 2026
    if len(said) == 1 and said[0].isdigit():
        # In a sentence a bare year is the calendar's, as everybody says it: "net zero by 2030".
        return Period.parse(said[0], YearType.CALENDAR)
    if len(said) == 3 and _DAY.fullmatch(said[1]):
        said = [said[1], said[0], said[2]]  # March 31st 2026
    season = not SEASONS.isdisjoint(said) and "term" not in said
    try:
        period = Period.parse(" ".join(said), calendar)
    except AmbiguousPeriodError as error:
        # The autumn term 2025 is the one that lies in 2025.
        terms = (each for each in error.readings if isinstance(each, Period) and each.kind is PeriodKind.TERM)
        return next((each for each in terms if not season and str(each.end.year) in said), None)
    return None if season else period  # a season begins and ends when it likes


def _names_a_thing(words: Sequence[Word], date: Dated) -> bool:
    following = words[date.end].text if date.end < len(words) else ""
    if following in NAMED:
        return True
    is_day = date.period is not None and date.period.kind is PeriodKind.DAY
    adjective = words[date.start].determined and not is_day
    return (
        adjective and following.isalpha() and following not in DEADLINE_WORDS | {"and", "or", "to", "for", "in", "with"}
    )


def _edge(date: Dated, *, before: bool, at_start: bool, at_end: bool) -> Period | None:
    if date.period is None or at_end or not (before or at_start):
        return date.period
    return date.period.previous() if before and not at_start else Period.day(date.period.start)


def deadlines_in(words: Sequence[Word], dates: Sequence[Dated]) -> list[Dated]:
    """The dates that a word makes a deadline, each with that word."""
    begun = {date.start: date for date in dates}
    found: list[Dated] = []
    for start, end, edge_said in UNTIL.find(words):
        before = edge_said is Edge.BEFORE
        at = end
        while at < len(words) and words[at].text in (":", "(", "–"):
            at += 1
        at_end, at_start = END.at(words, at), START.at(words, at)
        edge = at_end or at_start
        date = begun.get(edge[0] if edge else at)
        # "Homes built before 2020" are old homes.
        past = before and not edge and words[start - 1].text.endswith(("ed", "built", "born", "made")) and start > 0
        if date is not None and date.end < len(words) and words[date.end].text in WEIGHED:
            continue  # "by 2030 tonnes"
        if date is not None and past and date.period is not None and date.period.kind is PeriodKind.YEAR:
            continue
        if date is not None and not _names_a_thing(words, date):
            period = _edge(date, before=before, at_start=at_start is not None, at_end=at_end is not None)
            found.append(Dated(start, date.end, period))
    return found + _reached_in(words, begun)


def _reached_in(words: Sequence[Word], begun: dict[int, Dated]) -> list[Dated]:
    """ "From 50% in 2023 to 60% in 2030": the year that stands with the number to be reached."""
    found: list[Dated] = []
    for at, (joint, number) in enumerate(pairwise(words)):
        after = at + 2
        if joint.text == "to" and number.number is not None and number.number.form is not Form.PLAIN:
            date = begun.get(after + 1)
            if after < len(words) and words[after].text in ("in", "during", "for", "(") and date is not None:
                found.append(Dated(after, date.end, date.period))
    return found
