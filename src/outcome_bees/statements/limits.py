"""Limits that a clause sets to its figure: "at least 90%", "5% or less", "lower than the national average".

Most limits in a sentence only describe whom it counts ("pupils with attendance below 90%", "waiting over 28
days", "aged over 65"); those are no limits of the figure. What tells the two apart is the sort of number,
which must be one that the figure can have, and where the limit stands.
"""

from attrs import frozen

from outcome_bees.statements.cues.comparison import NATIONAL, OTHERS, PAST
from outcome_bees.statements.cues.direction import AFTERTHOUGHTS, AUXILIARIES, BOUNDS
from outcome_bees.statements.cues.figures import MEASURED
from outcome_bees.statements.cues.scope import THINGS_DONE
from outcome_bees.statements.scope import Clause
from outcome_bees.statements.words import Form
from outcome_bees.vocabulary import Direction, MeasureKind

__all__ = ["Limit", "limits_of", "names_others"]

_OLDEST = 120
"""No age is above this: "under 18" alone is an age, "over 500" is not. Our choice."""

_AVERAGES = ("average", "median", "benchmark")
_HOLDING = AUXILIARIES | {"remain", "remains", "maintained", "kept", "held", "at", "of", "stays"}


@frozen
class Limit:
    """A limit that a clause sets to its figure.

    Attributes:
        way: The side of the limit that is wanted.
        start: The first of its words.
        end: The word after its last.
        number_at: The word that is its number; ``None`` where it is a comparator.
    """

    way: Direction
    start: int
    end: int
    number_at: int | None


def limits_of(clause: Clause) -> list[Limit]:
    """The limits that a clause sets to its figure, in its order."""
    found: list[Limit] = []
    for start, end, way in BOUNDS.find(clause.words):
        if not _is_reached(clause, start):
            continue
        if clause.has_number(end):
            if _fits(clause, start, end, end):
                found.append(Limit(way, start, end + 1, end))
        elif (names_others(clause, end) or _in_the_past(clause, start, end)) and not _describes(clause, start):
            found.append(Limit(way, start, end, None))
    for start, end, way in AFTERTHOUGHTS.find(clause.words):
        at = start - 2 if clause.is_time(start - 1) else start - 1
        if clause[start - 1].text in _AVERAGES and clause.in_reach(start):
            found.append(Limit(way, start, end, None))  # "the national average or above"
        elif clause.has_number(at) and _is_reached(clause, at) and _fits(clause, at, at, start - 1):
            found.append(Limit(way, at, end, at))
    return sorted(found, key=lambda limit: limit.start)


def names_others(clause: Clause, at: int) -> bool:
    """Whether a comparator begins at a word: other authorities, or the figure's own past."""
    words = clause.words
    if clause[at].text in ("in", "for", "those", "that") and OTHERS.at(words, at + 1):
        return True
    named = OTHERS.at(words, at) or NATIONAL.at(words, at) or PAST.at(words, at)
    return bool(named) or clause[at].text in ("previous", "last", "similar", "comparable", "average")


def _in_the_past(clause: Clause, start: int, at: int) -> bool:
    """Whether a limit is where the figure once was: "lower than in 2023/24", "at or above 2019 levels"."""
    dated = at in clause.dated or (clause[at].text == "in" and at + 1 in clause.dated)
    return dated and clause[start].text not in ("over", "under")


def _is_reached(clause: Clause, at: int) -> bool:
    if at >= clause.explained_from:
        return False
    # "Reduce the share of those who … to below 15%" is said of the share again.
    return clause.in_reach(at) or clause[at - 1].text == "to" or (clause.segment(at) > 0 and clause.leads(at))


def _describes(clause: Clause, start: int) -> bool:
    """Whether a limit tells of those counted: "with attendance below 90%", "missing more than …"."""
    if clause.leads(start):
        return False
    before = clause[start - 1].text
    acting = before.endswith("ing") and before not in THINGS_DONE
    return acting or before in ("in", "within", "for") or clause.had_by(start)


def _fits(clause: Clause, start: int, number_at: int, last: int) -> bool:
    """Whether a figure of this clause's kind can have a limit of this sort there."""
    if _describes(clause, start):
        return False
    number = clause[number_at].number
    kind = next((kind for begin, _, kind in clause.kinds if begin < start), None)
    leads = clause.leads(start)
    if clause.is_percent(number_at):
        of_those = kind is MeasureKind.PERCENTAGE and clause[last + 1].text == "of" and not leads
        return not of_those and kind not in (MeasureKind.COUNT, MeasureKind.DURATION, MeasureKind.SCORE)
    if clause.is_time(number_at + 1):
        return kind is MeasureKind.DURATION or (kind is None and (leads or clause[start - 1].text in AUXILIARIES))
    if number is not None and number.form is Form.MONEY:
        return kind in (MeasureKind.AMOUNT, None)
    if kind is MeasureKind.PERCENTAGE:
        return False
    if leads:
        return clause[start].text not in ("over", "under") or (number is not None and number.value > _OLDEST)
    before = clause[start - 1]
    return before.text in _HOLDING or before.is_sign or before.text in MEASURED
