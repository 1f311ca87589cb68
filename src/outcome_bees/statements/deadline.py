"""Until when: the dates of a sentence, and which of them is a deadline.

A date is a deadline only where a word makes it one. "Since April 2023", "in the 2022 survey", "compared with
2019" are reference points; "within 20 weeks" is a length of time; "by the autumn" is no date at all.
"""

from collections.abc import Sequence
from itertools import pairwise

from attrs import frozen

from outcome_bees.errors import AmbiguousPeriodError, OutcomeBeesError
from outcome_bees.periods import Period, PeriodKind, YearType
from outcome_bees.statements.phrases import Phrases
from outcome_bees.statements.words import Form, Word

__all__ = ["Dated", "dates_in", "deadlines_in"]

_LONGEST_DATE = 6
_YEARS = range(1990, 2101)
"""Four digits without a comma are a year from 1990 to 2100. Our choice: no plan looks further either way."""

_UNTIL = Phrases(
    dict.fromkeys(
        (
            "by",
            "by or before",
            "on or before",
            "no later than",
            "not later than",
            "at latest by",
            "deadline of",
            "deadline",
            "target date",
            "target date of",
            "completion date",
            "due",
            "due by",
            "due in",
            "due on",
            "due for completion in",
            "in time for",
            "ready for",
        ),
        False,
    )
    | dict.fromkeys(("before", "ahead of", "prior to", "in advance of"), True)
)
_END = Phrases(
    dict.fromkeys(("end of", "end", "close of", "conclusion of", "last day of", "completion of"), True)
)
_START = Phrases(dict.fromkeys(("start of", "beginning of", "first day of"), True))
_CALENDARS = Phrases({f"{each.value} year": each for each in YearType})
_SEASONS = {"autumn", "spring", "summer", "winter"}
# A date before one of these names the thing: "as measured by the June 2026 survey".
_NAMED = frozenset(
    "survey surveys census return returns report data figures inspection budget round cohort class intake".split()
)
_DEADLINE_WORDS = frozenset(("deadline", "date", "target", "milestone"))


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


def _clean(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words if word.text not in ("(", ")"))


def _period(words: Sequence[Word], calendar: YearType | None) -> Period | None:
    """The period that these words are, all of them.

    Raises:
        AmbiguousPeriodError: They are a date that several calendars read differently.
        OutcomeBeesError: They are no date.
    """
    text = _clean(words)
    first = words[0]
    if len(words) == 1 and first.number is not None and first.text.isdigit():
        # In a sentence a bare year is the calendar's, as everybody says it: "net zero by 2030".
        return Period.parse(text if int(first.text) in _YEARS else "", YearType.CALENDAR)
    said = {word.text for word in words}
    season = not _SEASONS.isdisjoint(said) and "term" not in said
    try:
        period = Period.parse(text, calendar)
        return None if season else period  # a season begins and ends when it likes
    except AmbiguousPeriodError as error:
        for reading in () if season else error.readings:
            # The autumn term 2025 is the one that lies in 2025.
            if (
                isinstance(reading, Period)
                and reading.kind is PeriodKind.TERM
                and {str(reading.end.year)} <= said
            ):
                return reading
        return None


def _date_at(words: Sequence[Word], start: int, calendar: YearType | None) -> Dated | None:
    """The longest date that begins at a word."""
    for end in range(min(len(words), start + _LONGEST_DATE), start, -1):
        stretch = words[start:end]
        if not any(character.isdigit() for word in stretch for character in word.text):
            return None
        if stretch[-1].text in ("(", ",", "–") or stretch[0].is_sign:
            continue
        try:
            return Dated(start, end, _period(stretch, calendar))
        except OutcomeBeesError:
            if len(stretch) == 3 and stretch[1].text.rstrip("stndrh").isdigit():  # March 31st 2026
                try:
                    return Dated(start, end, _period([stretch[1], stretch[0], stretch[2]], calendar))
                except OutcomeBeesError:
                    continue
    return None


def dates_in(words: Sequence[Word], calendar: YearType | None) -> list[Dated]:
    """Every date of a sentence, whatever it is there for."""
    found: list[Dated] = []
    for at in range(len(words)):
        if not found or at >= found[-1].end:
            date = _date_at(words, at, calendar)
            if date is not None:
                found.append(date)
    return found


def _names_a_thing(words: Sequence[Word], date: Dated) -> bool:
    following = words[date.end].text if date.end < len(words) else ""
    if following in _NAMED:
        return True
    is_day = date.period is not None and date.period.kind is PeriodKind.DAY
    adjective = words[date.start].determined and not is_day
    return (
        adjective
        and following.isalpha()
        and following not in _DEADLINE_WORDS | {"and", "or", "to", "for", "in", "with"}
    )


def _edge(date: Dated, *, before: bool, at_start: bool, at_end: bool) -> Period | None:
    if date.period is None or at_end or not (before or at_start):
        return date.period
    return date.period.previous() if before and not at_start else Period.day(date.period.start)


def deadlines_in(words: Sequence[Word], dates: Sequence[Dated]) -> list[Dated]:
    """The dates that a word makes a deadline, each with that word."""
    begun = {date.start: date for date in dates}
    found: list[Dated] = []
    for start, end, before in _UNTIL.find(words):
        at = end
        while at < len(words) and words[at].text in (":", "(", "–"):
            at += 1
        at_end, at_start = _END.at(words, at), _START.at(words, at)
        edge = at_end or at_start
        date = begun.get(edge[0] if edge else at)
        # "Homes built before 2020" are old homes.
        past = (
            before
            and not edge
            and words[start - 1].text.endswith(("ed", "built", "born", "made"))
            and start > 0
        )
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
