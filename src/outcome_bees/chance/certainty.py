"""Whether a verdict could be chance: the rule's own scale is read at both ends of the figure's interval."""

from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from outcome_bees.chance.no_answer import reason_without_interval
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation
from outcome_bees.scales import Scale
from outcome_bees.vocabulary import Certainty, NoAnswer

if TYPE_CHECKING:
    from outcome_bees.chance.intervals import Interval

__all__ = ["certainty_of", "certainty_of_figure"]

L = TypeVar("L")


def certainty_of(
    scale: Scale[L], interval: "Interval", *, guard: Decimal = Decimal(0), reference: Decimal | None = None
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
        >>> from outcome_bees.chance.intervals import Interval
        >>> from outcome_bees.scales import Cut, Line, Owner
        >>> at_least_80 = Scale((Cut(Line(80), Owner.ABOVE),), ("off", "met"))
        >>> certainty_of(at_least_80, Interval(Decimal(79), Decimal(85), Decimal(95), "published")).value
        'within_chance'
    """
    for cut in scale.cuts:
        if cut.passed_by(interval.lower, guard, reference) != cut.passed_by(interval.upper, guard, reference):
            return Certainty.WITHIN_CHANCE
    return Certainty.CLEAR


def certainty_of_figure(
    figure: Observation, measure: Measure, scale: Scale[L], guard: Decimal, reference: Decimal | None
) -> Certainty | NoAnswer:
    """Return whether a rule says the same at both ends of a figure's 95 per cent interval, or why it has none."""
    reason = reason_without_interval(figure, measure)
    if reason is not None:
        return reason
    # Most first verdicts are of figures without an interval: what makes one is loaded when there is one to make.
    from outcome_bees.chance.intervals import Interval, interval_of

    interval = interval_of(figure, measure)
    if not isinstance(interval, Interval):
        return interval.reason
    return certainty_of(scale, interval, guard=guard, reference=reference)
