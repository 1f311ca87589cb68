"""Limits that a clause sets to its figure: "at least 90%", "5% or less", "lower than the national average".

Most limits in a sentence only describe whom it counts ("pupils with attendance below 90%", "waiting over 28
days", "aged over 65"); those are no limits of the figure. What tells the two apart is the sort of number,
which must be one that the figure can have, and where the limit stands. A limit that is denied is the other one
("not to fall below 95%").
"""

from collections.abc import Iterator

from attrs import frozen

from outcome_bees.statements.cues.comparison import NATIONAL, OTHERS, PAST, SET
from outcome_bees.statements.cues.direction import AUXILIARIES
from outcome_bees.statements.cues.figures import MEASURED, TIMES
from outcome_bees.statements.cues.limits import AFTERTHOUGHTS, BOUNDS, EXTREMES, PLACED, TAKEN
from outcome_bees.statements.cues.scope import THINGS_DONE
from outcome_bees.statements.denials import denied_from, denied_throughout
from outcome_bees.statements.positions import has_a_position
from outcome_bees.statements.scope import Clause
from outcome_bees.statements.words import Form
from outcome_bees.vocabulary import Direction, MeasureKind

__all__ = ["OPPOSITE", "Limit", "limits_of", "names_others"]

OPPOSITE = {Direction.INCREASE: Direction.DECREASE, Direction.DECREASE: Direction.INCREASE}

_OLDEST = 120
"""No age is above this: "under 18" alone is an age, "over 500" is not. Our choice."""

_AVERAGES = ("average", "median", "benchmark")
_HOLDING = AUXILIARIES | {"remain", "remains", "maintained", "kept", "held", "at", "of", "stays"}
_AGED = ("over", "under")
_AFTER_A_COUNT = frozenset(("at", "per", "by", "in", "each", "every", "across"))


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
    found = [*_bounds(clause), *_extremes(clause)]
    for start, end, way in AFTERTHOUGHTS.find(clause.words):
        at = start - 2 if clause.is_time(start - 1) else start - 1
        if clause[start - 1].text in _AVERAGES and clause.in_reach(start):
            if clause.leads(start) or not has_a_position(clause, start - 1):
                found.append(Limit(way, start, end, None))  # "the national average or above"
        elif clause.has_number(at) and _is_reached(clause, at) and _fits(clause, at, at, start - 1):
            found.append(Limit(way, at, end, at))
    return sorted(found, key=lambda limit: limit.start)


def _bounds(clause: Clause) -> Iterator[Limit]:
    for at, end, said in BOUNDS.find(clause.words):
        denied = denied_from(clause, at)
        throughout = denied is None and denied_throughout(clause, at)
        start = at if denied is None else denied
        way = said if denied is None and not throughout else OPPOSITE[said]
        if not _is_reached(clause, start):
            continue
        end = _set_at(clause, end) or end
        if clause.has_number(end):
            if _fits(clause, start, end, end) or (throughout and _is_done_by_nobody(clause, at, end)):
                yield Limit(way, start, end + 1, end)
        elif (names_others(clause, end) or _in_the_past(clause, end)) and not _describes(clause, start):
            ranks = clause[at].text not in _AGED or bool(OTHERS.at(clause.words, end))  # "over the last year"
            if ranks and not has_a_position(clause, start):
                yield Limit(way, start, end, None)


def _set_at(clause: Clause, at: int) -> int | None:
    """The number of a standard: "below the national ambition *of 2.6*"."""
    for of in range(at + 1, at + 4):
        if clause[of].text == "of" and clause[of - 1].text in SET and clause.has_number(of + 1):
            return of + 1
    return None


def _extremes(clause: Clause) -> Iterator[Limit]:
    """ "A maximum waiting time of 6 weeks": the number comes after the name."""
    for start, _, way in EXTREMES.find(clause.words):
        for at in range(start + 2, min(start + 6, len(clause))):
            if clause[at].text == "of" and clause.has_number(at + 1) and clause.leads(start):
                yield Limit(way, start, at + 2, at + 1)
                return


def names_others(clause: Clause, at: int) -> bool:
    """Whether a comparator begins at a word: other authorities, or the figure's own past."""
    words = clause.words
    if clause[at].text in ("that", "those") and clause[at + 1].text in ("of", "in", "for"):
        at += 2  # "no greater than that of statistical neighbours"
    if clause[at].text in ("in", "for", "those", "that") and OTHERS.at(words, at + 1):
        return True
    named = OTHERS.at(words, at) or NATIONAL.at(words, at) or PAST.at(words, at)
    return bool(named) or clause[at].text in ("previous", "last", "similar", "comparable", "average")


def _in_the_past(clause: Clause, at: int) -> bool:
    """Whether a limit is where the figure once was: "lower than in 2023/24", "at or above 2019 levels"."""
    return at in clause.dated or (clause[at].text == "in" and at + 1 in clause.dated)


def _is_reached(clause: Clause, at: int) -> bool:
    if at >= clause.explained_from:
        return False
    # "Reduce the share of those who … to below 15%", "… who … not to exceed 15%" are said of the share again.
    again = "to" in (clause[at - 1].text, clause[at + 1].text if clause[at].text == "not" else "")
    return clause.in_reach(at) or again or (clause.segment(at) > 0 and clause.leads(at))


def _describes(clause: Clause, start: int) -> bool:
    """Whether a limit tells of those counted: "with attendance below 90%", "missing more than …"."""
    if clause.leads(start):
        return False
    before = clause[start - 1].text
    acting = before.endswith("ing") and before not in THINGS_DONE
    return acting or before in ("in", "within", "for") or clause.had_by(start)


def _is_done_by_nobody(clause: Clause, at: int, number_at: int) -> bool:
    """ "No pupil misses more than 10 days": what nobody does, the figure does not do."""
    done = clause[at - 1].text.endswith("s") or clause[at - 2].text in AUXILIARIES
    return done and clause.is_time(number_at + 1) and not _describes(clause, at)


def _fits(clause: Clause, start: int, number_at: int, last: int) -> bool:
    """Whether a figure of this clause's kind can have a limit of this sort there."""
    if _describes(clause, start):
        return False
    number = clause[number_at].number
    kind = next((kind for begin, _, kind in clause.kinds if begin < start), None)
    leads, before = clause.leads(start), clause[start - 1]
    if not clause.is_percent(number_at) and any(
        clause.is_percent(at) and clause[at + 1].text == "of" for at in range(start)
    ):
        return False  # "in 100% of contracts over £100,000"
    if clause.is_percent(number_at):
        of_those = kind is MeasureKind.PERCENTAGE and clause[last + 1].text == "of" and not leads
        return not of_those and kind not in (MeasureKind.COUNT, MeasureKind.DURATION, MeasureKind.SCORE)
    if clause.is_time(number_at + 1):
        if clause[start].text == "over" and not leads:
            return before.text in AUXILIARIES  # "length of stay over 21 days" are long stays, and no aim
        return kind is MeasureKind.DURATION or (kind is None and _times(clause, start))
    if number is not None and number.form is Form.MONEY:
        return kind in (MeasureKind.AMOUNT, None)
    if kind is MeasureKind.PERCENTAGE:
        return False
    if leads:
        return clause[start].text not in _AGED or (number is not None and number.value > _OLDEST)
    if before.text in _HOLDING or before.is_sign or before.text in MEASURED:
        return True
    return clause[start].text not in _AGED and _is_of_the_count(clause, start, last)


def _times(clause: Clause, start: int) -> bool:
    """Whether a limit of time is of a figure without a name for its kind: "sickness absence no higher than 8 days"."""
    before = clause[start - 1].text
    if clause.leads(start) or before in AUXILIARIES:
        return True
    if before == "of" and clause[start - 2].text in ("average", "mean", "median", "target"):
        return True
    taken = before.endswith("ed") or before in TAKEN or before in PLACED
    return clause[start].text in ("no", "not", "never", "cannot") and not taken


def _is_of_the_count(clause: Clause, start: int, last: int) -> bool:
    """Whether a number ends the count that it bounds: "number of overdue visits fewer than 20 at any time"."""
    counted = bool(clause.kinds) and clause.kinds[0][2] is MeasureKind.COUNT and clause.kinds[0][0] < start
    denied = clause[start].text in ("no", "not", "never", "cannot")
    following = clause[last + 1]
    yearly = following.determined and following.text in TIMES  # "120 a year"
    ended = clause.ends(last + 1) or following.text in _AFTER_A_COUNT or yearly
    return ended and (denied or (counted and not clause[start - 1].text.endswith("ed")))
