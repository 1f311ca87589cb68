"""How far ahead of what is required, or behind it, in words: for a sentence and for a narrow cell alike."""

from decimal import Decimal

from outcome_bees.evaluation.rules import guard_of
from outcome_bees.model.aims import Beat, Complete, Improve, Rank
from outcome_bees.model.measure import Measure
from outcome_bees.model.target import Target
from outcome_bees.presentation.numbers import difference, plain, telling
from outcome_bees.vocabulary import Verdict

__all__ = ["best_groups", "distance", "last_place"]

_SHARES = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 10: "tenth"}


def best_groups(aim: Rank) -> str:
    """The groups that will do: the best quarter, the best 2 of 3 groups."""
    return f"best {_SHARES[aim.of]}" if aim.best == 1 and aim.of in _SHARES else f"best {aim.best} of {aim.of} groups"


def last_place(required: Decimal) -> int:
    """The last place that will do: there is no place 2.25."""
    return int(required)


def distance(
    target: Target, measure: Measure, verdict: Verdict, required: Decimal, gap: Decimal, *, brief: bool
) -> str:
    """How far ahead or behind, with as many digits as it takes not to read nought where it is not.

    Args:
        brief: Without the unit, which stands beside it already.
    """
    if isinstance(target.aim, Complete):
        return "" if brief else "done" if verdict is Verdict.MET else "not done"
    if isinstance(target.aim, Rank):
        whole = last_place(required) - (required - gap)  # places are whole, what is required of them may not be
        return _said(whole, f"{plain(abs(whole), 0)} place{'' if abs(whole) == 1 else 's'}")
    if verdict is Verdict.MET and abs(gap) <= guard_of(measure):
        gap = Decimal(0)
    strict = isinstance(target.aim, Improve | Beat) and target.aim.by is None
    if not gap and strict and verdict is not Verdict.MET:
        return "no better" if brief else "no better than that"
    digits = telling(gap, measure.digits)
    size = plain(abs(gap), digits) if brief else difference(abs(gap), measure.unit, digits)
    return _said(gap, size)


def _said(gap: Decimal, size: str) -> str:
    return f"{size} {'ahead' if gap > 0 else 'behind'}" if gap else "exactly on it"
