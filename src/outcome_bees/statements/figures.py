"""What sort of figure a clause speaks of, in which unit, and the number it states to be reached."""

from decimal import Decimal

from attrs import frozen

from outcome_bees.statements import cues
from outcome_bees.statements.direction import Aim, Limit
from outcome_bees.statements.scope import Clause
from outcome_bees.statements.words import Form
from outcome_bees.vocabulary import Direction, MeasureKind

__all__ = ["Figure", "Goal", "changes_by", "figure_of", "goal_of"]

_YEAR_LIKE = range(1990, 2101)
# Before a number these make it an age, a stage or a name, and after it a length, an age or a share of deprived areas.
_NAMING = frozenset(
    "year years age aged ages stage stages ks key grade grades level levels tier band category type phase top bottom lowest"
    " highest worst best within per between article section part class group zone ward route priority objective goal sdg"
    " question kpi epc under over attainment progress from since".split()
)
_SIZED = frozenset("year-old year-olds olds old most least".split())


@frozen
class Figure:
    """What a clause says of its figure; ``None`` where no word says it.

    Attributes:
        kind: The sort of figure.
        kind_words: The stretch of words that say so.
        unit: The code of its unit.
        unit_words: The stretch of words that say so.
    """

    kind: MeasureKind | None
    kind_words: tuple[int, int] | None
    unit: str | None
    unit_words: tuple[int, int] | None


@frozen
class Goal:
    """The words that state what is to be reached or delivered.

    Attributes:
        start: The first of them; ``end`` the word after them.
        end: See ``start``.
        number: The number, as written; ``None`` for a range ("between 10% and 14%").
        form: What the number is written as.
    """

    start: int
    end: int
    number: Decimal | None
    form: Form


def changes_by(clause: Clause) -> tuple[int, int] | None:
    """The words that state a change rather than a level: "by 10%", "a 5% rise", "by a third"."""
    for at, word in enumerate(clause.words):
        if word.text == "by" and at not in clause.dated:
            limit = cues.BOUNDS.at(clause.words, at + 1)
            number = limit[0] if limit else at + 1
            sized = clause[number + 1].text in _SIZED or clause[number + 2].text in _SIZED
            if (clause[number].number is not None and number not in clause.dated and not sized) or clause[at + 1].text in ("half", "third", "quarter"):
                return at, number + 1
        is_change = cues.NOUNS.at(clause.words, at + 1) or clause[at + 1].text in ("more", "fewer", "less", "increase", "reduction")
        if clause.is_percent(at) and is_change:
            return at, at + 2
    return None


def goal_of(clause: Clause, aim: Aim | None, limits: list[Limit]) -> Goal | None:
    """The number that a clause states to be reached or delivered, not a change, an age, a date or a part of a name."""
    change = changes_by(clause) or (0, 0)
    for limit in limits:
        if limit.number_at is not None and not change[0] <= limit.number_at < change[1]:
            return _goal(clause, min(limit.start, limit.number_at), limit.number_at)
    for at, word in enumerate(clause.words):
        if word.number is None or at in clause.dated or at >= clause.explained_from or change[0] <= at < change[1]:
            continue
        ranged = _range_at(clause, at)
        if ranged:
            return ranged
        start = _states_goal(clause, at, aim)
        if start is not None:
            return _goal(clause, start, at)
    zero = clause[0].text == "zero" and clause[1].text not in ("carbon", "emission", "emissions", "tolerance", "waste")
    return Goal(0, 1, Decimal(0), Form.PLAIN) if zero else None


def _goal(clause: Clause, start: int, at: int) -> Goal:
    number = clause[at].number
    assert number is not None
    return Goal(start, at + 1, number.value, number.form)


def _range_at(clause: Clause, at: int) -> Goal | None:
    """ "Between 10% and 14%", "within 1% of budget"."""
    if not clause.is_percent(at):
        return None
    if clause[at - 1].text == "within":
        return Goal(at - 1, at + 1, None, Form.PLAIN)
    if clause[at - 1].text == "between" and clause[at + 1].text in ("and", "to") and clause.is_percent(at + 2):
        return Goal(at - 1, at + 3, None, Form.PERCENT)
    return None


def _states_goal(clause: Clause, at: int, aim: Aim | None) -> int | None:
    """Where the words begin that make this number a goal; ``None`` where it is none."""
    number = clause[at].number
    assert number is not None
    before, following = clause[at - 1].text, clause[at + 1].text
    if before in _NAMING or following in _SIZED or (following in cues.TIMES and clause[at + 2].text in _SIZED):
        return None
    timed = following in cues.TIMES or following == "working"
    percent = clause.is_percent(at)
    if before == "to":
        first = clause[at - 2].number
        ranged = first is not None and first.form is number.form and clause[at - 3].text != "from"
        rises = aim is not None and aim.start < at
        return at - 1 if rises and not ranged and at < clause.told_from else None
    if at > clause.told_from and not clause.leads(at):
        return None
    if before == "of":
        named = clause[at - 2].text in ("baseline", "out", "total", "average", "because") or clause.had_by(at - 2)
        return at - 1 if percent and not named else (at - 1 if clause[at - 2].text == "target" else None)
    if before in ("at", "is", "are", "be", "achieve", "achieving", "reach", "reaches", "target", "hit"):
        holding = aim is not None and aim.way is Direction.MAINTAIN
        return at - 1 if percent or (holding and not timed) else None
    if before == "for" and clause[at - 2].text == "aiming":
        return at - 2
    if clause.segment(at) == at and at > 0 and (percent or number.form is Form.MONEY or clause[at - 1].text == ":"):
        return at if clause[at - 1].text != "(" and not timed else None
    if timed or not clause.leads(at, working=1):
        return None
    return at if percent or number.form is Form.MONEY or following.isalpha() else None


def figure_of(clause: Clause, aim: Aim | None, goal: Goal | None) -> Figure:
    """The kind and unit of a clause's figure."""
    kind, words = _kind_of(clause, aim, goal)
    unit, unit_words = _unit_of(clause, kind, goal)
    return Figure(kind, words, unit, unit_words if unit else None)


def _kind_of(clause: Clause, aim: Aim | None, goal: Goal | None) -> tuple[MeasureKind | None, tuple[int, int] | None]:
    share = next(cues.AS_SHARE.find(clause.words), None)
    if share:
        return MeasureKind.PERCENTAGE, share[:2]
    found = next(((s, e, k) for s, e, k in clause.find_kinds() if _is_head(clause, s)), None)
    per = _per(clause)
    head = _head(clause, aim.end if aim and clause.leads(aim.start) else 0)
    goal_kind = _kind_of_goal(clause, goal)
    if found and head is not None and head < found[0]:
        found = None
    if found:
        start, end, kind = found
        if kind is MeasureKind.COUNT and per:
            return MeasureKind.RATE, per
        if kind is MeasureKind.RATE and goal_kind is MeasureKind.PERCENTAGE and goal:
            return goal_kind, (goal.start, goal.end)
        return kind, (start, end)
    if per:
        return MeasureKind.RATE, per
    if goal and goal_kind:
        return goal_kind, (goal.start, goal.end)
    points = next((at for at in range(len(clause)) if clause[at].number and clause[at].number.form is Form.POINTS), None)  # type: ignore[union-attr]
    if points is not None:
        return MeasureKind.PERCENTAGE, (points, points + 1)
    return (MeasureKind.COUNT, (head, head + 1)) if head is not None else (None, None)


def _is_head(clause: Clause, at: int) -> bool:
    """Whether a kind's word says what the figure is, not whom it counts or what they think of."""
    if clause.segment(at) == at or not clause.had_by(at):
        return at < clause.told_from or clause.segment(at) == at
    return False


def _kind_of_goal(clause: Clause, goal: Goal | None) -> MeasureKind | None:
    if goal is None or (goal.number is None and goal.form is Form.PLAIN):
        return None
    if goal.form in (Form.PERCENT, Form.POINTS):
        return MeasureKind.PERCENTAGE
    if goal.form is Form.MONEY:
        return MeasureKind.AMOUNT
    following = clause[goal.end].text
    if following in cues.TIMES or following == "working":
        return MeasureKind.DURATION
    return MeasureKind.COUNT if following.isalpha() and goal.end not in clause.dated else None


def _per(clause: Clause) -> tuple[int, int] | None:
    """ "Per 10,000": the words that make a rate of it."""
    for at, word in enumerate(clause.words):
        following = clause[at + 1]
        if word.text == "per" and (following.text in cues.PER_SIZES or (following.number and following.number.value >= 100)):
            return at, at + 2
    return None


def _head(clause: Clause, begin: int) -> int | None:
    """The counted things that head a clause: the last of its first nouns, as in "customer complaints upheld"."""
    for at in range(begin, min(clause.explained_from, begin + 8)):
        word = clause[at]
        if at in clause.dated or word.number is not None:
            continue
        following = clause[at + 1]
        heads = following.is_sign or following.text in cues.FOLLOWING or following.text.endswith(("ed", "ing"))
        if word.text in cues.COUNTED and (heads or at + 1 in clause.dated or following.number is not None):
            return at
        if word.is_sign or (word.text in cues.FOLLOWING and not clause.leads(at + 1)):
            return None
        if cues.DOING.at(clause.words, at) and at == begin:
            return None
    return None


def _unit_of(
    clause: Clause, kind: MeasureKind | None, goal: Goal | None
) -> tuple[str | None, tuple[int, int] | None]:
    if kind is MeasureKind.PERCENTAGE:
        return _unit_of_percentage(clause)
    if kind is MeasureKind.RATE:
        per = _per(clause)
        if per is None:
            return None, None
        size = clause[per[1] - 1]
        return f"per_{cues.PER_SIZES.get(size.text) or (int(size.number.value) if size.number else '')}", per
    if kind is MeasureKind.COUNT:
        for at, word in enumerate(clause.words[: clause.told_from]):
            if word.text in cues.COUNTED:
                return cues.UNIT_NOUNS.get(word.text, "count"), (at, at + 1)
        return "count", None
    if kind is MeasureKind.DURATION:
        return _unit_of_time(clause, goal)
    if kind is MeasureKind.AMOUNT:
        return _unit_of_money(clause)
    plain = {MeasureKind.SCORE: "score", MeasureKind.RANK: "rank", MeasureKind.RATING: "grade", MeasureKind.MILESTONE: "milestone"}
    return (plain.get(kind) if kind else None), None


def _unit_of_percentage(clause: Clause) -> tuple[str, tuple[int, int] | None]:
    points = [at for at, word in enumerate(clause.words) if word.number is not None and word.number.form is Form.POINTS]
    gap = any(word.text in ("gap", "gaps", "difference") for word in clause.words)
    return ("percentage_point" if points and gap else "percent"), ((points[0], points[0] + 1) if points else None)


def _unit_of_time(clause: Clause, goal: Goal | None) -> tuple[str | None, tuple[int, int] | None]:
    kind = next(((start, end) for start, end, kind in clause.find_kinds() if kind is MeasureKind.DURATION), (0, 0))
    for at, word in enumerate(clause.words):
        of_kind = kind[0] <= at < kind[1] or clause[at - 1].text in ("in", "(")
        if word.text in cues.TIMES and (of_kind or (goal is not None and at in (goal.end, goal.end + 1))):
            return cues.TIMES[word.text] or None, (at, at + 1)
        if word.text == "expectancy":
            return "year", (at - 1, at + 1)  # life expectancy is counted in years
    return None, None


def _unit_of_money(clause: Clause) -> tuple[str | None, tuple[int, int] | None]:
    for at, word in enumerate(clause.words):
        if word.number is not None and word.number.form is Form.MONEY:
            return {"million": "GBP_million", "thousand": "GBP_thousand"}.get(word.number.scale, "GBP"), (at, at + 1)
    weighed = {"tonnes", "tonnage", "kilograms", "kilogrammes", "kg", "kwh", "litres"}
    return (None if any(word.text in weighed for word in clause.words) else "GBP"), None
