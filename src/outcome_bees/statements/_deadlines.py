"""The dates of a sentence, the periods that they mean, and which of them are deadlines.

A date is a deadline only where a word makes it one. "Since April 2023", "in the 2022 survey", "compared with 2019" are
reference points; "within 20 weeks" is a length of time; "by the autumn" is no date at all.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from attrs import frozen

from outcome_bees.errors import AmbiguousPeriodError, OutcomeBeesError
from outcome_bees.periods import Period, PeriodKind, YearType
from outcome_bees.statements import _cues as cues
from outcome_bees.statements._normalise import NOTHING, NumberForm, Token

__all__ = ["DateSpan", "dates_in", "deadlines_in"]

_LONGEST_DATE = 6
_LONGEST_CLAUSE = 10
"""Words from "who were" to the date. Our choice; it also keeps long text linear."""
_YEAR = re.compile(r"(?<![0-9,.])(?:199[0-9]|20[0-9]{2})(?![0-9])")
"""A year from 1990 to 2099, no part of a larger number. Our choice: no plan looks further either way."""
_SHORT_YEAR = re.compile(r"[a-z]{3,9}[ -]'?[0-9]{2}")
_NUMERIC = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]((?:20)?[0-9]{2})")
"""A day in figures: 31.03.2026, 31/3/26. What may be one of two days (3/4/26) is left open by ``Period.parse``."""
_DAY = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th)?")


@frozen
class DateSpan:
    """The tokens that say when, and the period that they mean.

    Attributes:
        start: The first of them.
        end: The token after their last.
        period: The period; ``None`` where the words leave open which (a split year without its calendar).
    """

    start: int
    end: int
    period: Period | None


def dates_in(tokens: Sequence[Token], calendar: YearType | None) -> list[DateSpan]:
    """Return every date of a sentence, whatever it is there for; the longest that begins at each token."""
    found: list[DateSpan] = []
    for start in range(len(tokens)):
        if not found or start >= found[-1].end:
            ends = range(min(len(tokens), start + _LONGEST_DATE), start, -1)
            dates = (_date(tokens, start, end, calendar) for end in ends)
            found += [date for date in [next(filter(None, dates), None)] if date]
    return found


def _date(tokens: Sequence[Token], start: int, end: int, calendar: YearType | None) -> DateSpan | None:
    if not _may_be_a_date(tokens[start:end]):
        return None
    try:
        return DateSpan(start, end, _period(tokens[start:end], calendar))
    except OutcomeBeesError:
        return None


def _may_be_a_date(tokens: Sequence[Token]) -> bool:
    """Return whether to try: one year among tokens that do not begin or end with a sign, "Sept 24", "31/3/26"."""
    # "By the end of March 2026" has March for its date, and a word that says which edge of it.
    if tokens[0].is_sign or tokens[0].text == "end" or tokens[-1].text in ("(", ",", "–"):
        return False
    written = " ".join(token.text for token in tokens)
    dated = len(tokens) <= 2 and (_NUMERIC.fullmatch(written) or _SHORT_YEAR.fullmatch(written))
    years = sum(bool(_YEAR.search(token.text)) for token in tokens)
    return bool(dated) or years == 1 or (years == 2 and _is_split_year(tokens))


def _is_split_year(tokens: Sequence[Token]) -> bool:
    """Return whether these are one year, as "2025 to 2026" is; "2025 to 2030" are several."""
    texts = [token.text for token in tokens]
    between = len(texts) == 3 and texts[1] in ("to", "–") and _YEAR.fullmatch(texts[0]) and _YEAR.fullmatch(texts[2])
    return bool(between) and int(texts[2]) == int(texts[0]) + 1


def _period(tokens: Sequence[Token], calendar: YearType | None) -> Period | None:
    """Return the period that these tokens are, all of them; ``None`` where they leave open which.

    Raises:
        OutcomeBeesError: They are no date.
    """
    texts = [token.text for token in tokens if token.text not in ("(", ")", ",")]
    if numeric := _NUMERIC.fullmatch(texts[0]) if len(texts) == 1 else None:
        day, month, year = numeric.groups()
        texts = [f"{day:0>2}/{month:0>2}/{year if len(year) == 4 else '20' + year}"]
    if _is_split_year(tokens):
        texts = [f"{texts[0]}/{texts[-1][2:]}"]
    if texts[0] != "of":
        texts = [text for text in texts if text != "of"]  # the 1st of April 2026, quarter 4 of 2026-27
    if len(texts) == 1 and texts[0].isdigit():
        # In a sentence a bare year is the calendar's, as everybody says it: "net zero by 2030".
        return Period.parse(texts[0], YearType.CALENDAR)
    if len(texts) == 3 and _DAY.fullmatch(texts[1]):
        texts[:2] = texts[1::-1]  # March 31st 2026
    try:
        period = Period.parse(" ".join(texts), calendar)
    except AmbiguousPeriodError:
        return None
    seasonal = not cues.SEASONS.isdisjoint(texts) and "term" not in texts
    return None if seasonal else period  # a season begins and ends when it likes


def deadlines_in(tokens: Sequence[Token], dates: Sequence[DateSpan]) -> list[DateSpan]:
    """Return the dates that a word makes a deadline, each with that word."""
    begun = {date.start: date for date in dates}
    found: list[DateSpan] = []
    for start, end, before in cues.UNTIL.find(tokens):
        while end < len(tokens) and tokens[end].text in (":", "(", "–"):
            end += 1
        edge = cues.EDGES.at(tokens, end)
        date = begun.get(edge[0] if edge else end)
        if date and not any(rule(tokens, start, date, edge is not None) for rule in _NO_DEADLINE):
            found.append(DateSpan(start, date.end, _last_period(date.period, before, edge[1] if edge else None)))
    return found + _years_of_numbers(tokens, begun)


def _last_period(period: Period | None, before: bool, edge: str | None) -> Period | None:
    """Return the period by whose end it must be so: "before April" is March, "by the start of April" its first day."""
    if period is None or edge == "end" or not (before or edge):
        return period
    return Period.day(period.start) if edge else period.previous()


def _years_of_numbers(tokens: Sequence[Token], begun: dict[int, DateSpan]) -> list[DateSpan]:
    """Return the year of a number to be reached: "from 50% in 2023 to 60% in 2030"."""
    found: list[DateSpan] = []
    for at, (joint, token) in enumerate(pairwise(tokens)):
        if joint.text in ("to", "target", "→") and token.number and token.number.form is not NumberForm.PLAIN:
            date = begun.get(at + 3)
            if date and tokens[at + 2].text in ("in", "during", "for", "("):
                found.append(DateSpan(at + 2, date.end, date.period))
    return found


# --- What makes a date no deadline: each rule has the tokens, where the word "by" is, the date, and whether an edge
# ("the end of") is named between them.


def _after(tokens: Sequence[Token], date: DateSpan) -> Token:
    return tokens[date.end] if date.end < len(tokens) else NOTHING


def _is_an_amount(tokens: Sequence[Token], start: int, date: DateSpan, edge: bool) -> bool:
    return _after(tokens, date).text in cues.WEIGHED  # "by 2030 tonnes"


def _names_a_thing(tokens: Sequence[Token], start: int, date: DateSpan, edge: bool) -> bool:
    following = _after(tokens, date).text
    if following in cues.DATED_THINGS:
        return True  # "as measured by the June 2026 survey"
    is_day = date.period is not None and date.period.kind is PeriodKind.DAY
    return tokens[date.start].determined and not is_day and following.isalpha() and following not in cues.GOING_ON


def _is_past(tokens: Sequence[Token], start: int, date: DateSpan, edge: bool) -> bool:
    """Homes "built before 2020" are old homes; "completed before April" is a deadline."""
    done = start > 0 and tokens[start - 1].text.endswith(("ed", "built", "born", "made"))
    before = tokens[start].text in ("before", "prior", "ahead", "in") and not edge
    return before and done and date.period is not None and date.period.kind is PeriodKind.YEAR


def _is_when_received(tokens: Sequence[Token], start: int, date: DateSpan, edge: bool) -> bool:
    """Complaints "received before 1 April", children "born by" a date are counted then."""
    last = tokens[start - 1].text if start else ""
    return last == "born" or (tokens[start].text == "before" and (last == "since" or last in cues.RECEIVED))


def _is_foreseen(tokens: Sequence[Token], start: int, date: DateSpan, edge: bool) -> bool:
    last = tokens[start - 1].text if start else ""
    return last in cues.FORESEEN or (tokens[0].text in cues.FORESEEN and not last.endswith("ed"))


def _is_an_age(tokens: Sequence[Token], start: int, date: DateSpan, edge: bool) -> bool:
    return start > 1 and tokens[start - 2].text == "aged"


def _is_when_due(tokens: Sequence[Token], start: int, date: DateSpan, edge: bool) -> bool:
    """Reviews "due by March completed on time" are counted; "a review, due by March" has a deadline."""
    if tokens[start].text != "due" or start == 0 or tokens[start - 1].is_sign:
        return False
    following = _after(tokens, date).text
    return tokens[start - 1].text in cues.COUNTED or (following.isalpha() and following not in cues.GOING_ON)


def _is_of_those_counted(tokens: Sequence[Token], start: int, date: DateSpan, edge: bool) -> bool:
    """Children "who were placed by" a date are counted, unless a number is to be reached since."""
    for at in range(start - 1, max(start - _LONGEST_CLAUSE, 0), -1):
        if tokens[at].number is not None or tokens[at].is_sign:
            return False
        if tokens[at].text in ("were", "was", "had", "been") and tokens[at - 1].text in ("who", "which", "that"):
            return True
    return False


_NO_DEADLINE = (
    _is_an_amount,
    _names_a_thing,
    _is_past,
    _is_when_received,
    _is_foreseen,
    _is_an_age,
    _is_when_due,
    _is_of_those_counted,
)
