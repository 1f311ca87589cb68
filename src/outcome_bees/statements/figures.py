"""What sort of figure a clause speaks of, in which unit, and the number it states to be reached."""

from decimal import Decimal

from attrs import frozen

from outcome_bees.statements import cues
from outcome_bees.statements.direction import Aim, Limit
from outcome_bees.statements.scope import Clause
from outcome_bees.statements.words import Form
from outcome_bees.vocabulary import Direction, MeasureKind

__all__ = ["Figure", "Goal", "changes_by", "figure_of", "goal_of"]

_LARGER_THAN_NAMES = 20
"""Numbers in names ("Stage 2", "Year 6") are smaller. Our choice."""
# Before a number these make it an age, a stage or a name, and after it a length, an age or a share of deprived areas.
_NAMING = frozenset(
    "year years age aged ages stage stages ks key grade grades level levels tier band category type phase top bottom lowest"
    " highest worst best within per between article section part class group zone ward route priority objective goal sdg"
    " question kpi epc under over attainment progress from since".split()
)
# What stands after these is what a figure is about: "demand for high cost placements".
_ASIDE = frozenset("for with on about among at from through against".split())
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
            if (clause[number].number is not None and number not in clause.dated and not sized) or clause[at + 1].text in cues.FRACTIONS:
                return at, number + 1
        is_change = cues.NOUNS.at(clause.words, at + 1) or clause[at + 1].text in ("more", "fewer", "less", "increase", "reduction")
        if clause.is_percent(at) and is_change:
            return at, at + 2
    return None


def goal_of(clause: Clause, aim: Aim | None, limits: list[Limit]) -> Goal | None:
    """The number that a clause states to be reached or delivered, not a change, an age, a date or a part of a name."""
    change = changes_by(clause) or (0, 0)
    stated = [
        _range_at(clause, limit.number_at) or _goal(clause, min(limit.start, limit.number_at), limit.number_at)
        for limit in limits
        if limit.number_at is not None and not change[0] <= limit.number_at < change[1]
    ]
    for at, word in enumerate(clause.words):
        if word.number is None or at in clause.dated or at >= clause.explained_from or change[0] <= at < change[1]:
            continue
        ranged = _range_at(clause, at)
        start = _states_goal(clause, at, aim)
        if ranged:
            stated.append(ranged)
        elif start is not None:
            stated.append(_goal(clause, start, at))
    if stated:
        # "50% by March 2025, rising to 60% by March 2026": of several, the last to fall due.
        return stated[-1] if len(clause.deadlines) > 1 else stated[0]
    for at, word in enumerate(clause.words):
        # Zero of something, not the zero of "net zero" or "zero carbon".
        said = at == 0 or clause[at - 1].text in ("to", "be", "at", "is", "of", ":", "–", "remain", "remains")
        if word.text == "zero" and said and clause[at + 1].text not in cues.ZERO_NAMED:
            return Goal(at, at + 1, Decimal(0), Form.PLAIN)
    return None


def _goal(clause: Clause, start: int, at: int) -> Goal:
    number = clause[at].number
    assert number is not None
    return Goal(start, at + 1, None if number.form is Form.SHARE else number.value, number.form)


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
    timed = clause.is_time(at + 1)
    percent = clause.is_percent(at)
    if before == "to":
        first = clause[at - 2].number
        told_from = any(word.text == "from" for word in clause.words[max(at - 8, 0) : at])
        ranged = first is not None and first.form is number.form and not (told_from and percent) and clause[at - 3].text != "from"
        if clause[at - 2].text == "up":
            return None
        moved = clause[at - 3].text == "from" or clause[at - 5].text == "from" or any(cues.IMPROVING.at(clause.words, x) for x in (0, 1))
        rises = (aim is not None and aim.start < at) or moved
        return at - 1 if rises and not ranged and (percent or at < clause.told_from) else None
    if following == "target":
        return at
    if at > clause.told_from and not clause.leads(at):
        return None
    if before == "of" and following == "to" and clause[at + 2].number is not None:
        return None  # "from the 2022 figure of 11% to 9%"
    if before == "of":
        named = clause[at - 2].text in ("baseline", "out", "total", "average", "because") or clause.had_by(at - 2)
        return at - 1 if (percent or number.form is Form.MONEY) and not named else (at - 1 if clause[at - 2].text == "target" else None)
    if before in ("at", "is", "are", "be", "achieve", "achieving", "reach", "reaches", "target", "hit"):
        holding = aim is not None and aim.way is Direction.MAINTAIN
        return at - 1 if percent or (holding and not timed) else None
    if before == "for" and clause[at - 2].text == "aiming":
        return at - 2
    if clause.segment(at) == at and at > 0 and (percent or number.form is Form.MONEY or clause[at - 1].text == ":"):
        return at if clause[at - 1].text != "(" and not timed else None
    # "Resurface 60 miles of road": an unknown verb and a number too large to be part of a name.
    working = clause.segment(at) == at - 1 == 0 and number.value >= _LARGER_THAN_NAMES and before.isalpha()
    if timed or not (working or clause.leads(at, working=1)) or clause[clause.segment(at) - 1].text == "(":
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
    found = next(((s, e, k) for s, e, k in clause.find_kinds() if _is_head(clause, s, k)), None)
    per = _per(clause)
    head = _head(clause, aim.end if aim and clause.segment(aim.start) == 0 and clause.leads(aim.start) else 0)
    goal_kind = _kind_of_goal(clause, goal)
    points = _points(clause)
    if found and head is not None and head < found[0]:
        found = None
    if found:
        start, end, kind = found
        if kind is MeasureKind.COUNT and per:
            return MeasureKind.RATE, per
        if kind in (MeasureKind.RATE, MeasureKind.AMOUNT) and goal_kind is MeasureKind.PERCENTAGE and goal:
            return goal_kind, (goal.start, goal.end)
        if kind is MeasureKind.RATE and points is not None:
            return MeasureKind.PERCENTAGE, (points, points + 1)
        return kind, (start, end)
    if per:
        return MeasureKind.RATE, per
    if goal and goal_kind:
        return goal_kind, (goal.start, goal.end)
    if points is not None:
        return MeasureKind.PERCENTAGE, (points, points + 1)
    return (MeasureKind.COUNT, (head, head + 1)) if head is not None else (None, None)


def _is_head(clause: Clause, at: int, kind: MeasureKind) -> bool:
    """Whether a kind's word says what the figure is, not whom it counts or what they think of."""
    first = max(clause.segment(at), at - 12)
    aside = any(word.text in _ASIDE for word in clause.words[first + 1 : at])
    if aside and kind not in (MeasureKind.COUNT, MeasureKind.PERCENTAGE, MeasureKind.RATE):
        return False
    if clause.segment(at) == at or not clause.had_by(at):
        return at < clause.told_from or clause.segment(at) == at
    return False


def _kind_of_goal(clause: Clause, goal: Goal | None) -> MeasureKind | None:
    if goal is None or (goal.number is None and goal.form is Form.PLAIN):
        return None
    if goal.form in (Form.PERCENT, Form.POINTS, Form.SHARE):
        return MeasureKind.PERCENTAGE
    if goal.form is Form.MONEY:
        return MeasureKind.AMOUNT
    following = clause[goal.end].text
    if clause.is_time(goal.end):
        return MeasureKind.DURATION
    return MeasureKind.COUNT if following.isalpha() and goal.end not in clause.dated else None


def _points(clause: Clause) -> int | None:
    """Where a number of percentage points stands: only percentages differ by those."""
    numbers = ((at, word.number) for at, word in enumerate(clause.words))
    return next((at for at, number in numbers if number is not None and number.form is Form.POINTS), None)


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
        if word.text in ("all", "every", "each", "both"):
            return None  # "all schools will have …" counts nothing
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
        return _unit_of_count(clause)
    if kind is MeasureKind.DURATION:
        return _unit_of_time(clause, goal)
    if kind is MeasureKind.AMOUNT:
        return _unit_of_money(clause)
    plain = {MeasureKind.SCORE: "score", MeasureKind.RANK: "rank", MeasureKind.RATING: "grade", MeasureKind.MILESTONE: "milestone"}
    return (plain.get(kind) if kind else None), None


def _unit_of_percentage(clause: Clause) -> tuple[str, tuple[int, int] | None]:
    points = _points(clause)
    gap = any(word.text in ("gap", "gaps", "difference") for word in clause.words)
    return ("percentage_point" if points is not None and gap else "percent"), ((points, points + 1) if points is not None else None)


def _unit_of_count(clause: Clause) -> tuple[str, tuple[int, int] | None]:
    """What is counted, where the closed list has a unit for it: the first noun that heads the phrase."""
    begin = next((end for _, end, kind in clause.find_kinds() if kind is MeasureKind.COUNT), 0)
    for at in range(begin, clause.told_from):
        word = clause[at].text
        if word in cues.COUNTED:
            return cues.UNIT_NOUNS.get(word, "count"), (at, at + 1)
        if word in cues.FOLLOWING and begin and "looked" not in (word, clause[at - 1].text):
            break
    return "count", None


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
