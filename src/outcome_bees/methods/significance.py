"""Whether a figure differs from a value by more than chance: better, similar, worse, or not compared.

Two facts are kept apart: on which side of the value the figure's interval lies, and whether that is the better side.

Source: Public Health England, Fingertips, *Technical Guide: Confidence Intervals*, "comparing against a benchmark".
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from attrs import frozen

from outcome_bees.chance.arithmetic import number
from outcome_bees.chance.distributions import confidence
from outcome_bees.chance.intervals import PUBLISHED_LEVEL, Interval, Number, Unavailable, interval_of
from outcome_bees.chance.no_answer import check_figure, reason_of_absence
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.frozen import described
from outcome_bees.methods._words import better_way, direction_given
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation, value_of
from outcome_bees.vocabulary import Direction, NoAnswer

__all__ = ["Comparison", "Outcome", "ascending_levels", "compare", "outcome_of", "side_of", "word_for_side"]


class Outcome(StrEnum):
    """How a figure compares with a value, chance allowed for.

    ``similar`` is no praise: with few cases much is similar. Where neither way is better, or it is not known which
    is, the words are higher and lower.

    Example:
        >>> Outcome("much_better")
        <Outcome.MUCH_BETTER: 'much_better'>
    """

    MUCH_BETTER = "much_better"
    BETTER = "better"
    SIMILAR = "similar"
    WORSE = "worse"
    MUCH_WORSE = "much_worse"
    MUCH_HIGHER = "much_higher"
    HIGHER = "higher"
    LOWER = "lower"
    MUCH_LOWER = "much_lower"
    NOT_COMPARED = "not_compared"


_JUDGED = (Outcome.MUCH_WORSE, Outcome.WORSE, Outcome.SIMILAR, Outcome.BETTER, Outcome.MUCH_BETTER)
_PLAIN = (Outcome.MUCH_LOWER, Outcome.LOWER, Outcome.SIMILAR, Outcome.HIGHER, Outcome.MUCH_HIGHER)


@described(
    outcome="The word for it.",
    direction="On which side of the value the figure lies beyond chance: 1 above, -1 below, 0 neither; ``None`` where "
    "it was not compared. It says nothing of better or worse.",
    interval="The figure's interval at the first level; ``None`` where there is none.",
    wider="Its interval at the second level; ``None`` where none was asked for, or there is none.",
    reference="The value compared with, in the measure's unit; ``None`` where there is none.",
    reason="Why it was not compared, or not at the second level; ``None`` where all was answered.",
)
@frozen(kw_only=True)
class Comparison:
    """How one figure compares with a value."""

    outcome: Outcome
    direction: int | None = None
    interval: Interval | None = None
    wider: Interval | None = None
    reference: Decimal | None = None
    reason: NoAnswer | None = None


def side_of(interval: Interval, reference: Decimal | Interval) -> int:
    """Return on which side of a value an interval lies: 1 above, -1 below, 0 where it holds the value.

    Of another interval, the two must not even touch: a stricter question, for two figures that both have chance.

    Example:
        >>> side_of(Interval(Decimal(10), Decimal(12), Decimal(95), "published"), Decimal(12))
        0
    """
    low, high = (reference.lower, reference.upper) if isinstance(reference, Interval) else (reference, reference)
    return int(interval.lower > high) - int(interval.upper < low)


def outcome_of(
    interval: Interval,
    reference: Number | Interval,
    *,
    direction: Direction | str | None,
    wider: Interval | None = None,
) -> Outcome:
    """Return how a figure compares with a value, from its interval alone.

    Args:
        interval: The figure's interval.
        reference: The value, in the interval's unit; or the interval of another figure.
        direction: Which way is better; ``None`` where neither is: the words are then higher and lower.
        wider: The interval of a higher level: beyond it too, the figure is much better, and so on.

    Example:
        >>> from outcome_bees.chance.intervals import byar
        >>> outcome_of(byar(65), 100, direction="decrease", wider=byar(65, level=99.8))
        <Outcome.MUCH_BETTER: 'much_better'>

    Source: Fingertips, comparator methods "Confidence intervals overlapping reference value (95.0 & 99.8)" and
    "Overlapping confidence intervals (95.0)"; both ends of an interval belong to it.
    """
    for name, given in (("interval", interval), ("wider", wider)):
        if not isinstance(given, Interval) and (name == "interval" or given is not None):
            raise InvalidTypeError(name, given, "an Interval" if name == "interval" else "an Interval, or None")
    value = reference if isinstance(reference, Interval) else number(reference, "reference")
    side = side_of(interval, value)
    if side and wider is not None and side_of(wider, value) == side:
        side *= 2
    return word_for_side(direction_given(direction), side)


def word_for_side(direction: Direction | None, side: int | None) -> Outcome:
    """Return the word for the side on which a figure lies, from much lower (-2) to much higher (2).

    Args:
        direction: Which way is better; ``None`` where neither is: the words are then higher and lower.
        side: The side; ``None`` where the figure was not compared.
    """
    if side is None:
        return Outcome.NOT_COMPARED
    way = better_way(direction)
    return _PLAIN[side + 2] if way is None else _JUDGED[side * way + 2]


def compare(
    observation: Observation,
    reference: Observation | Number | None,
    measure: Measure,
    *,
    levels: Sequence[Number] = (PUBLISHED_LEVEL,),
) -> Comparison:
    """Return whether a figure differs from a value (comparator, baseline, target) by more than chance.

    Args:
        observation: The figure; where it is absent, or no interval can be had of it, that is an answer with a reason.
        reference: The value in the measure's unit, or the figure that is one; ``None`` where there is none. Its own
            interval is not looked at: use ``outcome_of`` for that.
        measure: The measure of both, for kind, unit and direction.
        levels: One level of confidence in per cent, or two, the higher last: beyond the second it is *much* better.

    Raises:
        InvalidValueError: Levels out of bounds, more than two, or not in ascending order.
        UnitMismatchError: A figure was given in a unit that cannot be compared with the measure's.

    Example:
        >>> measure = Measure(id="ehcp", title="EHC plans within 20 weeks", unit="percent", direction="increase")
        >>> figure = Observation(measure="ehcp", period="CY2024", area="E10000015", value="56.3",
        ...                      numerator=957, denominator=1699)
        >>> compare(figure, "46.4", measure, levels=(95, 99.8)).outcome
        <Outcome.MUCH_BETTER: 'much_better'>

    Source: Fingertips, comparator method "Confidence intervals overlapping reference value".
    """
    known = ascending_levels(levels)
    check_figure(observation, measure)
    absent = reason_of_absence(observation)
    if absent is not None:
        return Comparison(outcome=Outcome.NOT_COMPARED, reason=absent)
    value = _reference(reference, measure)
    if isinstance(value, NoAnswer):
        return Comparison(outcome=Outcome.NOT_COMPARED, reason=value)
    first = interval_of(observation, measure, level=known[0])
    if isinstance(first, Unavailable):
        return Comparison(outcome=Outcome.NOT_COMPARED, reference=value, reason=first.reason)
    second = interval_of(observation, measure, level=known[1]) if len(known) == 2 else None
    wider = second if isinstance(second, Interval) else None
    return Comparison(
        outcome=outcome_of(first, value, direction=measure.direction, wider=wider),
        direction=side_of(first, value),
        interval=first,
        wider=wider,
        reference=value,
        reason=second.reason if isinstance(second, Unavailable) else None,
    )


def ascending_levels(levels: Sequence[Number]) -> list[Decimal]:
    """Return one level of confidence or two, the higher last, in per cent; all else is an error."""
    allowed = "one level from 90 to 99.9 per cent, or two, the higher last"
    if isinstance(levels, str) or not isinstance(levels, Sequence):
        raise InvalidTypeError("levels", levels, allowed)
    known = [confidence(each).level for each in levels]
    if len(known) not in (1, 2) or known != sorted(set(known)):
        raise InvalidValueError("levels", levels, allowed)
    return known


def _reference(reference: Observation | Number | None, measure: Measure) -> Decimal | NoAnswer:
    """Return the value to compare with, or why there is none."""
    if reference is None:
        return NoAnswer.NO_REFERENCE
    if isinstance(reference, Observation):
        value = value_of(reference, measure)
        return NoAnswer.NO_REFERENCE if value is None else value
    return number(reference, "reference")
