"""Whether a verdict could be chance: the rule's own scale is read at both ends of the figure's interval."""

from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from outcome_bees.methods.intervals import Interval
from outcome_bees.scales import Scale

__all__ = ["Certainty", "certainty_of"]

L = TypeVar("L")


class Certainty(StrEnum):
    """Whether a verdict would be the same wherever in its interval the figure's true value lies.

    Example:
        >>> Certainty("within_chance")
        <Certainty.WITHIN_CHANCE: 'within_chance'>
    """

    CLEAR = "clear"
    WITHIN_CHANCE = "within_chance"


def certainty_of(
    scale: Scale[L], interval: Interval, *, guard: Decimal = Decimal(0), reference: Decimal | None = None
) -> Certainty:
    """Return whether a rule says the same at both ends of an interval, and everywhere between.

    One stretch holds both ends, or the verdict is within chance. Two stretches with one label are two: an interval
    that reaches over a whole band, from below it to above it, is not clearly off it.

    Args:
        scale: The scale of the rule.
        interval: The figure's interval, in the scale's unit.
        guard: How near a cut is on it.
        reference: The number that the rule refers to, such as the baseline, where it has one.

    Example:
        >>> from outcome_bees.scales import Cut, Line, Owner
        >>> at_least_80 = Scale((Cut(Line(80), Owner.ABOVE),), ("off", "met"))
        >>> certainty_of(at_least_80, Interval(Decimal(79), Decimal(85), Decimal(95), "published")).value
        'within_chance'
    """
    passed = [
        sum(cut.passed_by(end, guard, reference) for cut in scale.cuts) for end in (interval.lower, interval.upper)
    ]
    return Certainty.CLEAR if passed[0] == passed[1] else Certainty.WITHIN_CHANCE
