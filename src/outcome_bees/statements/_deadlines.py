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

_LONGEST_DATE = 6  # tokens. Our choice
_LONGEST_CLAUSE = 10  # words from "who were" to the date. Our choice; it also keeps long text linear
# One year from 1990 to 2099, no part of a larger number. Our choice: no plan looks further either way
_YEAR = re.compile(r"(?<![0-9,.])(?:199[0-9]|20[0-9]{2})(?![0-9])")
_SPLIT_YEAR = re.compile(r"(20[0-9]{2}) (?:to|–) (20[0-9]{2})")
_SHORT_DATE = re.compile(
    r"[0-9]{1,2}[./-][0-9]{1,2}[./-](?:20)?[0-9]{2}|[a-z]{3,9}[ -]'?[0-9]{2}"
)  # "31/3/26", "Sept 24"


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
    for start in range(len(tokens)):
        if not found or start >= found[-1].end:
            ends = range(min(len(tokens), start + _LONGEST_DATE), start, -1)
            dates = (_date(tokens, start, end, calendar) for end in ends if any(numeric[start:end]))
            found += filter(None, [next(filter(None, dates), None)])
    return found


def _date(tokens: Sequence[Token], start: int, end: int, calendar: YearType | None) -> DateSpan | None:
    """Return the date that these tokens are, all of them."""
    # "By the end of March 2026" has March for its date, and a word that says which edge of it.
    if tokens[start].is_sign or tokens[start].text == "end" or tokens[end - 1].text in ("(", ",", "–"):
        return None
    written = " ".join(token.text for token in tokens[start:end])
    split = _SPLIT_YEAR.fullmatch(written)
    if split and int(split[2]) == int(split[1]) + 1:  # "2025 to 2026" is one year, "2025 to 2030" are several
        written = f"{split[1]}/{split[2][2:]}"
    if sum(bool(_YEAR.search(word)) for word in written.split()) != 1 and not _SHORT_DATE.fullmatch(written):
        return None
    try:
        # In a sentence a bare year is the calendar's, as everybody says it: "net zero by 2030".
        return DateSpan(start, end, Period.parse(written, YearType.CALENDAR if written.isdigit() else calendar))
    except AmbiguousPeriodError:
        return DateSpan(start, end, None)
    except OutcomeBeesError:
        return None


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
        reached = joint.text in ("to", "target", "→") and token.form not in (None, NumberForm.PLAIN)
        if reached and date and tokens[at + 2].text in ("in", "during", "for", "("):
            found.append(DateSpan(at + 2, date.end, date.period))
    return found


def _last_period(period: Period | None, before: bool, edge: str | None) -> Period | None:
    """Return the period by whose end it must be so: "before April" is March, "by the start of April" its first day."""
    if period is None or edge == "end" or not (before or edge):
        return period
    return Period.day(period.start) if edge else period.previous()


def _is_reference(tokens: Sequence[Token], start: int, date: DateSpan, *, past: bool) -> bool:
    """Return whether a date after a word such as "by" describes what is counted or named; ``past``: after "before"."""
    last, earlier = (tokens[start - back].text if start >= back else "" for back in (1, 2))
    word, after = tokens[start].text, tokens[date.end].text if date.end < len(tokens) else ""
    named = after.isalpha() and after not in cues.GOING_ON
    yearly = date.period is not None and date.period.kind is PeriodKind.YEAR and last.endswith("ed")
    of_those_counted = last in cues.WHEN_COUNTED or earlier == "aged" or (past and (yearly or last in cues.RECEIVED))
    return cues.first_that_holds(
        ("by the 2026 cohort, by the June 2026 survey", tokens[date.start].determined and named, True),
        ("children born by, complaints received before", of_those_counted, True),
        ("reviews due by March completed on time", word == "due" and last.isalpha() and named, True),
        ("children who were placed by", _is_of_those_counted(tokens, start), True),
    )


def _is_of_those_counted(tokens: Sequence[Token], start: int) -> bool:
    """Return whether a date is of those counted ("who were placed by"), unless a number is to be reached since."""
    for at in range(start - 1, max(start - _LONGEST_CLAUSE, 0), -1):
        if tokens[at].form is not None or tokens[at].is_sign:
            return False
        if tokens[at].text in ("were", "was", "had", "been") and tokens[at - 1].text in ("who", "which", "that"):
            return True
    return False
