"""Until when: which of the dates of a sentence is a deadline.

A date is a deadline only where a word makes it one. "Since April 2023", "in the 2022 survey", "compared with
2019" are reference points; "within 20 weeks" is a length of time; "by the autumn" is no date at all.
"""

from collections.abc import Sequence
from itertools import pairwise

from outcome_bees.periods import Period, PeriodKind
from outcome_bees.statements.cues.deadlines import DEADLINE_WORDS, END, NAMED, START, UNTIL, Edge
from outcome_bees.statements.cues.figures import WEIGHED
from outcome_bees.statements.dates import Dated
from outcome_bees.statements.population import dates_the_counted
from outcome_bees.statements.words import Form, Word

__all__ = ["deadlines_in"]


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
        if date is not None and dates_the_counted(words, start, date):
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
        if joint.text in ("to", "target", "→") and number.number is not None and number.number.form is not Form.PLAIN:
            date = begun.get(after + 1)
            if after < len(words) and words[after].text in ("in", "during", "for", "(") and date is not None:
                found.append(Dated(after, date.end, date.period))
    return found
