"""Two numbers of one figure, where it stands and where it is to be: "from 48% to 55%", "baseline 91%, target 95%"."""

from attrs import frozen

from outcome_bees.statements.cues.comparison import IMPROVING
from outcome_bees.statements.cues.figures import ARROWS, GOALS, ORIGINS
from outcome_bees.statements.cues.limits import BOUNDS
from outcome_bees.statements.scope import Clause
from outcome_bees.statements.words import Form
from outcome_bees.vocabulary import Direction, MeasureKind

__all__ = ["Pair", "pair_of"]

_OLDEST = 120
"""No age is above this: "from 16 to 64" may be ages, "from 400 to 300" is not. Our choice."""

_MEASURES = (
    MeasureKind.DURATION,
    MeasureKind.SCORE,
    MeasureKind.RATE,
    MeasureKind.RANK,
    MeasureKind.AMOUNT,
    MeasureKind.PERCENTAGE,
)


@frozen
class Pair:
    """Where the two numbers of a figure stand in a clause.

    Attributes:
        start: The first of the words that make them a pair.
        first: The number where the figure stands.
        second: The number where it is to be.
    """

    start: int
    first: int
    second: int

    def way(self, clause: Clause) -> Direction | None:
        """The direction that the numbers say; ``None`` where both are the same."""
        first, second = clause[self.first].number, clause[self.second].number
        if first is None or second is None or first.value == second.value:
            return None
        return Direction.INCREASE if second.value > first.value else Direction.DECREASE

    @property
    def end(self) -> int:
        """The word after both."""
        return max(self.first, self.second) + 1


def pair_of(clause: Clause) -> Pair | None:
    """The two numbers that say from where and to where a clause's figure is to go."""
    for at in range(len(clause)):
        if not clause.in_reach(at):
            continue
        pair = _from_to(clause, at) or _dated(clause, at) or _said(clause, at)
        if pair is not None:
            return pair
    return None


def _alike(clause: Clause, first: int, second: int) -> bool:
    """Whether two numbers are of one sort: both per cent, both money, or "from 91 to 94%"."""
    one, other = clause[first].number, clause[second].number
    if one is None or other is None or Form.SHARE in (one.form, other.form):
        return False
    lifted = one.form is Form.PLAIN and other.form is Form.PERCENT and one.value <= 100
    return lifted or (one.form is other.form and one.scale == other.scale)


def _from_to(clause: Clause, at: int) -> Pair | None:
    """ "From 48% in 2024 to 55%"; of plain numbers only where they can be no ages."""
    if clause[at].text != "from" or not clause.has_number(at + 1):
        return None
    second = _after(clause, at + 2, ("to",))
    if second is None or not _alike(clause, at + 1, second):
        return None
    plain = clause[second].number
    if plain is not None and plain.form is Form.PLAIN and not _of_a_measure(clause, at, second):
        return None
    return Pair(at, at + 1, second)


def _of_a_measure(clause: Clause, at: int, second: int) -> bool:
    numbers = [clause[each].number for each in (at + 1, second)]
    if all(number is not None and number.value > _OLDEST for number in numbers) or clause.is_time(second + 1):
        return clause[second + 2].text not in ("old", "olds")
    measured = any(kind in _MEASURES for start, _, kind in clause.kinds if start < at)
    return measured or any(IMPROVING.at(clause.words, each) for each in range(at))


def _dated(clause: Clause, at: int) -> Pair | None:
    """ "91% (2023) to 95% (2026)", "91% → 95%": a date or an arrow makes two figures of what else is a range."""
    if not clause.has_number(at) or clause[at - 1].text in ("between", "from", "to"):
        return None
    arrow = _after(clause, at + 1, ARROWS)
    if arrow is not None and _alike(clause, at, arrow):
        return Pair(at, at, arrow)
    dated = at + 1 in clause.dated or (clause[at + 1].text in ("(", "in") and at + 2 in clause.dated)
    second = _after(clause, at + 2, ("to",)) if dated and clause.is_measured(at) else None
    return Pair(at, at, second) if second is not None and _alike(clause, at, second) else None


def _after(clause: Clause, at: int, joints: tuple[str, ...]) -> int | None:
    """The number after one of these words, not far from here: "… in 2024 *to* (below) 55%"."""
    for joint in range(at, at + 4):
        if clause[joint].text in joints:
            limit = BOUNDS.at(clause.words, joint + 1)
            number = limit[0] if limit else joint + 1
            return number if clause.has_number(number) else None
    return None


def _said(clause: Clause, at: int) -> Pair | None:
    """ "Baseline 91%, target 95%", in either order."""
    if not (ORIGINS.at(clause.words, at) or GOALS.at(clause.words, at)):
        return None
    numbers = {}
    for table in (ORIGINS, GOALS):
        for start, end, _ in table.find(clause.words, at, at + 12):
            number = _number_of(clause, end)
            if number is not None:
                numbers[table] = (start, number)
                break
    if len(numbers) < 2 or min(start for start, _ in numbers.values()) != at:
        return None
    (_, first), (_, second) = numbers[ORIGINS], numbers[GOALS]
    return Pair(at, first, second) if _alike(clause, first, second) else None


def _number_of(clause: Clause, at: int) -> int | None:
    """The number that a word such as "baseline" has: "baseline (2023/24): 91%"."""
    for each in range(at, at + 5):
        if clause.has_number(each):
            return each
        if each not in clause.dated and clause[each].text not in (":", "(", ")", "–", "=", "of", "is", "in"):
            return None
    return None
