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
from outcome_bees.statements._normalise import NumberForm, Token

__all__ = ["DateSpan", "dates_in", "deadlines_in"]

_LONGEST_DATE = 6
_LONGEST_CLAUSE = 10  # words from "who were" to the date. Our choice; it also keeps long text linear
# A year from 1990 to 2099, no part of a larger number. Our choice: no plan looks further either way
_YEAR = re.compile(r"(?<![0-9,.])(?:199[0-9]|20[0-9]{2})(?![0-9])")
_SHORT_YEAR = re.compile(r"[a-z]{3,9}[ -]'?[0-9]{2}")
# A day in figures: 31.03.2026, 31/3/26. What may be one of two days (3/4/26) is left open by ``Period.parse``
_NUMERIC = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]((?:20)?[0-9]{2})")
_DAY = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th)?")


@frozen
class DateSpan:
    """The tokens that say when, and the period that they mean."""

    start: int  # the first of them
    end: int  # the token after their last
    period: Period | None  # ``None`` where the words leave open which (a split year without its calendar)


def dates_in(tokens: Sequence[Token], calendar: YearType | None) -> list[DateSpan]:
    """Return every date of a sentence, whatever it is there for; the longest that begins at each token."""
    numeric = [any(map(str.isdigit, token.text)) for token in tokens]
    found: list[DateSpan] = []
    start = 0
    while start < len(tokens):
        longest = min(len(tokens), start + _LONGEST_DATE)
        ends = (end for end in range(longest, start, -1) if any(numeric[start:end]))
        date = next(filter(None, (_date(tokens, start, end, calendar) for end in ends)), None)
        found += [date] if date else []
        start = date.end if date else start + 1
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
        edge_end, edge = cues.EDGES.at(tokens, end) or (end, None)
        date = begun.get(edge_end)
        if date and not _is_reference(tokens, start, date, past=before and edge is None):
            found.append(DateSpan(start, date.end, _last_period(date.period, before, edge)))
    # "From 50% in 2023 to 60% in 2030": the year of a number to be reached.
    for at, (joint, token) in enumerate(pairwise(tokens)):
        date = begun.get(at + 3)
        reached = joint.text in ("to", "target", "→") and token.number and token.number.form is not NumberForm.PLAIN
        if reached and date and tokens[at + 2].text in ("in", "during", "for", "("):
            found.append(DateSpan(at + 2, date.end, date.period))
    return found


def _last_period(period: Period | None, before: bool, edge: str | None) -> Period | None:
    """Return the period by whose end it must be so: "before April" is March, "by the start of April" its first day."""
    if period is None or edge == "end" or not (before or edge):
        return period
    return Period.day(period.start) if edge else period.previous()


def _is_reference(tokens: Sequence[Token], start: int, date: DateSpan, *, past: bool) -> bool:
    """Return whether a date after a word such as "by" tells what is counted or named, and is no deadline.

    Args:
        tokens: The sentence.
        start: The word such as "by".
        date: The date.
        past: Whether that word is "before" or the like.
    """
    last, earlier = (tokens[start - back].text if start >= back else "" for back in (1, 2))
    word, after = tokens[start].text, tokens[date.end].text if date.end < len(tokens) else ""
    kind = None if date.period is None else date.period.kind
    goes_on = after.isalpha() and after not in cues.GOING_ON
    return cues.first_that_holds(
        ("by the June 2026 survey, by 2030 tonnes", after in cues.DATED_THINGS or after in cues.WEIGHED, True),
        ("by the 2026 cohort", tokens[date.start].determined and kind is not PeriodKind.DAY and goes_on, True),
        ("homes built before 2020", past and kind is PeriodKind.YEAR and last.endswith(("ed", "built", "made")), True),
        ("complaints received before 1 April", past and (last == "since" or last in cues.RECEIVED), True),
        ("children born by, aged 2 by", last == "born" or earlier == "aged", True),
        ("children expected by 2030", last in cues.FORESEEN, True),
        ("reviews due by March completed on time", word == "due" and last.isalpha() and goes_on, True),
        ("children who were placed by", _is_of_those_counted(tokens, start), True),
    )


def _is_of_those_counted(tokens: Sequence[Token], start: int) -> bool:
    """Return whether a date is of those counted ("who were placed by"), unless a number is to be reached since."""
    for at in range(start - 1, max(start - _LONGEST_CLAUSE, 0), -1):
        if tokens[at].number is not None or tokens[at].is_sign:
            return False
        if tokens[at].text in ("were", "was", "had", "been") and tokens[at - 1].text in ("who", "which", "that"):
            return True
    return False
