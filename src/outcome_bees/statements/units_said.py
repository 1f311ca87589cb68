"""In which unit of the closed list a clause's figure is, where its words say so."""

from outcome_bees.statements.cues.figures import (
    COUNTED,
    FOLLOWING,
    GAPS,
    PER_SIZES,
    TIMES,
    UNIT_NOUNS,
    WEIGHED,
)
from outcome_bees.statements.goals import Goal
from outcome_bees.statements.kinds import Said, per_number, points_at
from outcome_bees.statements.scope import Clause
from outcome_bees.statements.words import Form
from outcome_bees.vocabulary import MeasureKind

__all__ = ["unit_of"]

Unit = tuple[str | None, Said | None]

_PLAIN = {
    MeasureKind.SCORE: "score",
    MeasureKind.RANK: "rank",
    MeasureKind.RATING: "grade",
    MeasureKind.MILESTONE: "milestone",
}


def unit_of(clause: Clause, kind: MeasureKind | None, goal: Goal | None) -> Unit:
    """The code of the unit, and the words that say it where they are others than those of the kind."""
    if kind is MeasureKind.PERCENTAGE:
        points = points_at(clause)
        gap = points is not None and any(word.text in GAPS for word in clause.words)
        return ("percentage_point", points) if gap else ("percent", None)
    if kind is MeasureKind.RATE:
        return _per(clause)
    if kind is MeasureKind.COUNT:
        return _of_count(clause)
    if kind is MeasureKind.DURATION:
        return _of_time(clause, goal)
    if kind is MeasureKind.AMOUNT:
        return _of_money(clause)
    return (_PLAIN.get(kind) if kind else None), None


def _per(clause: Clause) -> Unit:
    per = per_number(clause)
    if per is None:
        return None, None
    size = clause[per[0] + 1]
    number = PER_SIZES.get(size.text) or (int(size.number.value) if size.number else 0)
    return f"per_{number}", per


def _of_count(clause: Clause) -> Unit:
    """What is counted, where the closed list has a unit for it: the first noun that heads the phrase."""
    begin = next((end for _, end, kind in clause.kinds if kind is MeasureKind.COUNT), 0)
    for at in range(begin, clause.told_from):
        word = clause[at].text
        if word in COUNTED:
            return UNIT_NOUNS.get(word, "count"), (at, at + 1)
        if begin and word in FOLLOWING and "looked" not in (word, clause[at - 1].text):  # "looked after children"
            break
    return "count", None


def _of_time(clause: Clause, goal: Goal | None) -> Unit:
    kind = next(
        (range(start, end) for start, end, kind in clause.kinds if kind is MeasureKind.DURATION),
        range(0),
    )
    for at, word in enumerate(clause.words):
        if word.text == "expectancy":
            return "year", (at, at + 1)  # life expectancy is counted in years
        of_kind = at in kind or clause[at - 1].text in ("in", "(")
        if word.text in TIMES and (of_kind or (goal is not None and at in (goal.end, goal.end + 1))):
            return TIMES[word.text] or None, (at, at + 1)
    return None, None


def _of_money(clause: Clause) -> Unit:
    for at, word in enumerate(clause.words):
        if word.number is not None and word.number.form is Form.MONEY:
            scale = word.number.scale
            return {"million": "GBP_million", "thousand": "GBP_thousand", "": "GBP"}.get(scale), (at, at + 1)
    return (None if any(word.text in WEIGHED for word in clause.words) else "GBP"), None
