"""What sort of figure a clause speaks of: a count, a percentage, a rate … where a word says it."""

from outcome_bees.statements.aims import Aim
from outcome_bees.statements.changes import changes_by
from outcome_bees.statements.cues.figures import AS_SHARE, COUNTED, FOLLOWING, MEASURED, PER_SIZES
from outcome_bees.statements.cues.limits import BOUNDS
from outcome_bees.statements.cues.scope import ASIDE
from outcome_bees.statements.cues.steps import DOING
from outcome_bees.statements.goals import Goal
from outcome_bees.statements.scope import Clause
from outcome_bees.statements.words import Form
from outcome_bees.vocabulary import MeasureKind

__all__ = ["Said", "kind_of", "per_number", "points_at"]

Said = tuple[int, int]
"""The words that say a thing: the first of them, and the word after their last."""

_SHARED = (MeasureKind.COUNT, MeasureKind.RATE, MeasureKind.AMOUNT)
"""What a goal of so many per cent makes a percentage of."""

_LONGEST_HEAD = 8
"""A head noun is among so many words. Our choice."""


def kind_of(clause: Clause, aim: Aim | None, goal: Goal | None) -> tuple[MeasureKind, Said] | None:
    """The sort of figure and the words that say so; ``None`` where no word says it."""
    for start, end, _ in AS_SHARE.find(clause.words):
        return MeasureKind.PERCENTAGE, (start, end)
    named = next(
        (each for each in clause.kinds if each[0] >= clause.opening and _is_head(clause, each[0], each[2])), None
    )
    first = aim is not None and clause.segment(aim.start) == clause.opening and clause.leads(aim.start)
    head = _head(clause, aim.end if aim and first else clause.opening)
    per, points = per_number(clause), points_at(clause)
    by_goal = _kind_of_goal(clause, goal)
    if named and (head is None or head > named[0]):
        start, end, kind = named
        if kind is MeasureKind.COUNT and per:
            return MeasureKind.RATE, per
        if by_goal and by_goal[0] is MeasureKind.PERCENTAGE and kind in _SHARED:
            return by_goal  # a vacancy rate below 12%
        if kind is MeasureKind.RATE and points:
            return MeasureKind.PERCENTAGE, points
        return kind, (start, end)
    if per:
        return MeasureKind.RATE, per
    change = changes_by(clause)
    last = clause[change[1] - 1].number if change else None
    if change and last is not None and last.form is Form.MONEY:
        return MeasureKind.AMOUNT, change
    if by_goal:
        return by_goal
    if points:
        return MeasureKind.PERCENTAGE, points
    return None if head is None else (MeasureKind.COUNT, (head, head + 1))


def _is_head(clause: Clause, at: int, kind: MeasureKind) -> bool:
    """Whether a kind's word says what the figure is, not whom it counts or what it is about."""
    first = clause.segment(at)
    if first == at:
        return True
    aside = any(word.text in ASIDE for word in clause.words[max(first + 1, at - 12) : at])
    if aside and kind not in (MeasureKind.COUNT, MeasureKind.PERCENTAGE, MeasureKind.RATE):
        return False  # "demand for high cost placements"
    return at < clause.told_from and not clause.had_by(at)


def _kind_of_goal(clause: Clause, goal: Goal | None) -> tuple[MeasureKind, Said] | None:
    if goal is None or (goal.number is None and goal.form is Form.PLAIN):
        return None
    kind = {
        Form.PERCENT: MeasureKind.PERCENTAGE,
        Form.POINTS: MeasureKind.PERCENTAGE,
        Form.SHARE: MeasureKind.PERCENTAGE,
        Form.MONEY: MeasureKind.AMOUNT,
    }.get(goal.form)
    if kind is None and clause.is_time(goal.end):
        kind = MeasureKind.DURATION
    if kind is None and clause[goal.end].text.isalpha() and goal.end not in clause.dated:
        kind = MeasureKind.COUNT
    return None if kind is None else (kind, (goal.start, goal.end))


def points_at(clause: Clause) -> Said | None:
    """A number of percentage points: only percentages differ by those."""
    for at, word in enumerate(clause.words):
        if word.number is not None and word.number.form is Form.POINTS:
            return at, at + 1
    return None


def per_number(clause: Clause) -> Said | None:
    """The words that make a rate of a count: "per 10,000"."""
    for at, word in enumerate(clause.words):
        size = clause[at + 1]
        if word.text == "per" and (size.text in PER_SIZES or (size.number is not None and size.number.value >= 100)):
            return at, at + 2
    return None


def _head(clause: Clause, begin: int) -> int | None:
    """The counted things that head a clause: the last of its first nouns ("customer complaints upheld")."""
    if DOING.at(clause.words, begin):
        return None
    for at in range(begin, min(clause.explained_from, begin + _LONGEST_HEAD)):
        word, following = clause[at], clause[at + 1]
        if at in clause.dated or word.number is not None:
            continue
        if word.text in ("all", "every", "each", "both"):
            return None  # "all schools will have …" counts nothing
        if word.text in COUNTED and _ends_a_name(clause, at + 1):
            return at
        if word.is_sign or (word.text in FOLLOWING and not clause.leads(at + 1) and not _joins_modifiers(clause, at)):
            return None
        if following.is_sign:
            return None
    return None


def _joins_modifiers(clause: Clause, at: int) -> bool:
    """Whether an "and" joins what only tells of what sort things are: "drug *and* alcohol related deaths"."""
    if clause[at].text != "and" or clause[at - 1].text in COUNTED or clause[at - 1].text in MEASURED:
        return False
    if "related" in (clause[at + 2].text, clause[at + 3].text):
        return True
    return clause[at + 2].text in COUNTED and _ends_a_name(clause, at + 3)


def _ends_a_name(clause: Clause, at: int) -> bool:
    """Whether the word before this one ends a name: "carers in …", but "carers survey"."""
    word = clause[at]
    inflected = word.text.endswith(("ed", "ing"))
    return (
        word.is_sign
        or inflected
        or BOUNDS.at(clause.words, at) is not None
        or word.text in FOLLOWING
        or at in clause.dated
        or word.number is not None
    )
