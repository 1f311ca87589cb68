"""What a clause compares its figure with: nothing, its past, others, a number, a date, a level in words."""

from enum import StrEnum

from outcome_bees.statements.aims import Aim
from outcome_bees.statements.changes import changes_by
from outcome_bees.statements.cues.comparison import (
    AGAINST,
    COMPARING,
    GATHERINGS,
    GRADES,
    IMPROVING,
    LEVELS,
    NATIONAL,
    OTHERS,
    PAST,
    QUARTILES,
    SET,
)
from outcome_bees.statements.cues.direction import NAMED_BY_DEGREE
from outcome_bees.statements.cues.figures import FOLLOWING, MEASURED
from outcome_bees.statements.goals import Goal
from outcome_bees.statements.positions import has_a_position
from outcome_bees.statements.scope import Clause
from outcome_bees.vocabulary import MeasureKind

__all__ = ["Comparison", "comparison_of"]


class Comparison(StrEnum):
    """What a published measure compares its figure with.

    ``NUMBER`` is a number to be reached or delivered, ``LEVEL`` one said only in words ("high", "Good"),
    ``NATIONAL`` the figure of other authorities, be they the nation, the region or statistical neighbours.

    Example:
        >>> Comparison("national")
        <Comparison.NATIONAL: 'national'>
    """

    NONE = "none"
    BASELINE = "baseline"
    NATIONAL = "national"
    QUARTILE = "quartile"
    NUMBER = "number"
    DATE = "date"
    LEVEL = "level"


Read = tuple[Comparison, tuple[int, int] | None]


def comparison_of(clause: Clause, aim: Aim | None, goal: Goal | None) -> Read:
    """The comparison and the words that say it, most particular first.

    A quartile and other authorities are particular; so is a number to be reached, before the past that it is
    reached from; a figure that is merely to rise compares with where it stands.
    """
    quartile = _quartile(clause)
    if quartile:
        return Comparison.QUARTILE, quartile
    others = _others(clause)
    if others:
        return Comparison.NATIONAL, others
    if goal:
        return Comparison.NUMBER, (goal.start, goal.end)
    change = changes_by(clause)
    if change:
        return Comparison.BASELINE, change
    past = _past(clause)
    if past:
        return Comparison.BASELINE, past
    level = _level(clause)
    if aim is not None and aim.of_itself and not (level and _is_grade(clause, level)):
        return Comparison.BASELINE, (aim.start, aim.end)
    better = _improving(clause)
    if better:
        return Comparison.BASELINE, better
    return (Comparison.LEVEL, level) if level else (Comparison.NONE, None)


def _quartile(clause: Clause) -> tuple[int, int] | None:
    """A quarter of the authorities; the most deprived decile is where people live."""
    for start, end, _ in QUARTILES.find(clause.words):
        if clause[start - 1].text not in ("deprived", "income", "deprivation"):
            return start, end
    return None


def _past(clause: Clause) -> tuple[int, int] | None:
    """The figure's own past: "on last year", "compared with 2019", "against the 2023/24 baseline"."""
    for start, end, _ in PAST.find(clause.words):
        if clause[start - 1].text in ("over", "in", "during", "within", "for") and clause[start].text in (
            "last",
            "previous",
        ):
            continue  # "over the last year" says when
        if start < clause.told_from and not clause.had_by(start):
            return start, end
    for start, end, _ in AGAINST.find(clause.words):
        if start not in clause.dated and (end in clause.dated or PAST.at(clause.words, end + 1)):
            return start, min(end + 1, len(clause))
    for at, word in enumerate(clause.words):
        if word.text in ("level", "levels") and at - 1 in clause.dated:
            return at - 1, at + 1  # "return attendance to 2019 levels"
    return None


def _others(clause: Clause) -> tuple[int, int] | None:
    for start, end, _ in OTHERS.find(clause.words):
        if clause[end].text in GATHERINGS:
            continue
        if not _told(clause, start):
            return start, end
    for start, end, _ in COMPARING.find(clause.words):
        nation = NATIONAL.at(clause.words, end)
        bound = clause[end - 1].text in ("than", "below", "above")
        if nation and not _told(clause, start) and clause[nation[0]].text not in SET:
            after = clause[nation[0]]
            if (
                bound
                or nation[0] == len(clause)
                or after.is_sign
                or not after.text.isalpha()
                or after.text in MEASURED | _AVERAGES
            ):
                return start, nation[0]
    return None


_AVERAGES = frozenset("average averages figure figures median mean and or by in for benchmark position".split())


def _told(clause: Clause, at: int) -> bool:
    """Whether others are compared with by those counted: "pupils achieving above the national average"."""
    # "… who feel safe to match the national figure": said of the figure again.
    if any(clause[before].text in ("match", "line", "exceed", "equal", "be") for before in range(at - 3, at)):
        return False
    bound = at - 1 if clause[at - 1].text in ("than", "below", "above") else at
    if clause[bound].text in ("above", "below") and has_a_position(clause, bound):
        return True
    acting = clause[bound - 1].text.endswith("ing") and bound > 0 and not clause.leads(bound)
    return at > clause.told_from or (acting and clause[bound].text in ("above", "below", "at"))


def _improving(clause: Clause) -> tuple[int, int] | None:
    """Better than it was, which names no way: at the head of a clause, or said of the whole of it."""
    for start, end, _ in IMPROVING.find(clause.words):
        if start >= clause.told_from or clause.had_by(start):
            continue
        named = clause[start].text == "better" and clause[end].capital  # "Better Start centres"
        thing = (
            end - start == 1 and clause[start].text == "improvement" and clause[end].text.isalpha()
        )  # "improvement plan"
        if named or (thing and clause[end].text not in FOLLOWING):
            continue
        ended = end == len(clause) or clause[end].is_sign or clause[end].text in ("for", "among", "in", "by", "on")
        said = clause[start].text in ("improved", "improving", "improves") and ended and not _counts(clause, start)
        if clause.leads(start) or said:
            return start, end
    return None


def _counts(clause: Clause, before: int) -> bool:
    """Whether what is improved is counted ("number of homes improved") rather than the figure itself."""
    kinds = (MeasureKind.COUNT, MeasureKind.PERCENTAGE)
    return any(kind in kinds for start, _, kind in clause.kinds if start < before)


def _level(clause: Clause) -> tuple[int, int] | None:
    for start, end, _ in LEVELS.find(clause.words):
        grade = clause[start].text in GRADES
        if start >= clause.told_from or (start > clause.first_kind and not grade):
            continue
        held = any(each.text.startswith(("retain", "maintain", "achiev", "keep")) for each in clause.words[:start])
        if clause[start].text == "outstanding" and clause[end].text != "or" and not _is_rated(clause):
            continue  # "outstanding debts"
        if clause[end].text in ("level", "progress") or (not grade and clause[end].text in NAMED_BY_DEGREE):
            continue  # "a good level of development", "low income families"
        counted = grade and start > 0 and _counts(clause, start)
        if counted:
            continue  # "maintain the percentage of schools judged good"
        rated = grade and clause[start - 1].text in ("of", "at", "as", "least") and _is_rated(clause)
        if clause.leads(start) or rated or (grade and held) or (not grade and start <= 2):
            return start, end
    return None


def _is_rated(clause: Clause) -> bool:
    return bool(clause.kinds) and clause.kinds[0][2] is MeasureKind.RATING


def _is_grade(clause: Clause, level: tuple[int, int]) -> bool:
    return clause[level[0]].text in GRADES
