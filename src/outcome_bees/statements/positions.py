"""What is above or below others by itself: "schools above the national average", "below average income".

Such words tell which things are counted. Where the figure is what is above or below ("employment rate above the
national average"), they are a limit.
"""

from outcome_bees.statements.cues.figures import MEASURED
from outcome_bees.statements.cues.limits import GOOD_WHEN_HIGH, PLACED
from outcome_bees.statements.scope import Clause
from outcome_bees.vocabulary import MeasureKind

__all__ = ["has_a_position"]

_AFTER_AN_AVERAGE = frozenset("for in by at on of and or across among since".split())


def has_a_position(clause: Clause, start: int) -> bool:
    """Whether what is counted has a figure of its own there: "number of schools above the national average"."""
    before = clause[start - 1].text if start else ""
    if before in GOOD_WHEN_HIGH and clause[start].text == "below":
        return True
    if before in PLACED and _is_counted(clause, start - 1):
        return True
    averaged = clause[start + 1].text == "average"  # "below average income"
    return averaged and clause[start + 2].text.isalpha() and clause[start + 2].text not in _AFTER_AN_AVERAGE


def _is_counted(clause: Clause, at: int) -> bool:
    """Whether a thing is what a clause counts, rather than whose figure it speaks of ("attainment of pupils")."""
    said = [each for each in clause.kinds if each[0] < at]
    if said and said[0][2] is MeasureKind.PERCENTAGE:
        # "Percentage of schools above …"; but "percentage of obese children below …" has a figure of its own.
        return said[0][1] >= at - 1
    if any(kind is not MeasureKind.COUNT for _, _, kind in said):
        return False
    return bool(said) or not any(word.text in MEASURED for word in clause.words[:at])
