"""Required-rate progress: whether a measure grows as fast as it must to be at its target in time.

The compound growth since a base year is divided by the growth that leads from the base to the target; without a
target the growth itself is judged. Only the two ends count: what lies between them does not.

Source: Open SDG, *sdg-build* 2.4, ``ProgressMeasure`` (after Eurostat's method for the EU's SDG monitoring report).
Its edges are kept. Its answers where it would divide by zero are not: ``docs/methods.md`` lists the differences.
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from attrs import frozen

from outcome_bees.chance.arithmetic import ONE, PRECISE, SIGNIFICANT, ZERO, number, whole_number
from outcome_bees.chance.intervals import Number
from outcome_bees.errors import InvalidValueError
from outcome_bees.frozen import described
from outcome_bees.methods._words import better_way, direction_given
from outcome_bees.vocabulary import Direction, NoAnswer

__all__ = ["METHOD", "ProgressStatus", "RateProgress", "required_rate"]

METHOD = "open_sdg_2_4"
"""The name of the method: other ones have other edges, and call the same figures otherwise."""


class ProgressStatus(StrEnum):
    """How far the growth so far is what is required.

    Example:
        >>> ProgressStatus("moderate_progress")
        <ProgressStatus.MODERATE: 'moderate_progress'>
    """

    ACHIEVED = "target_achieved"
    SUBSTANTIAL = "substantial_progress"
    MODERATE = "moderate_progress"
    LIMITED = "limited_progress"
    DETERIORATION = "deterioration"
    NOT_AVAILABLE = "not_available"


@frozen
class _Knot:
    """A value from which a status holds, itself included, and the score at it; between two the score is linear."""

    value: Decimal
    score: Decimal
    status: ProgressStatus


def _table(*rows: tuple[str, str, ProgressStatus]) -> tuple[_Knot, ...]:
    return tuple(_Knot(Decimal(value), Decimal(score), status) for value, score, status in rows)


# Status and score come from one table, so that they cannot disagree: each status is 2.5 points of score wide.
_WITHOUT_TARGET = _table(  # growth in a year
    ("-0.02", "-5", ProgressStatus.DETERIORATION),
    ("0", "-2.5", ProgressStatus.LIMITED),
    ("0.005", "0", ProgressStatus.MODERATE),
    ("0.015", "2.5", ProgressStatus.SUBSTANTIAL),
    ("0.02", "5", ProgressStatus.SUBSTANTIAL),
)
_TOWARD_TARGET = _table(  # growth by the growth required
    ("-0.6", "-5", ProgressStatus.DETERIORATION),
    ("0", "-2.5", ProgressStatus.LIMITED),
    ("0.6", "0", ProgressStatus.MODERATE),
    ("0.95", "2.5", ProgressStatus.SUBSTANTIAL),
    ("1.3", "5", ProgressStatus.SUBSTANTIAL),
)
_BEST = Decimal(5)
_TOLERANCE = Decimal("1e-12")  # within it of an edge a value is on it: figures that were rounded to be stored


@described(
    value="The growth in a year by the growth required; without a target, the growth itself. Positive is the better "
    "way. ``None`` where it cannot be had.",
    score="The same on a scale from -5 to 5; ``None`` likewise.",
    status="The word for it: that the target is met comes first, whatever the growth.",
    growth="The compound growth in a year since the base (0.05 is five per cent), as it is.",
    required_growth="That from the base to the target; ``None`` without a target.",
    method="The name of the method.",
    reason="Why there is no value; ``None`` where there is one.",
)
@frozen(kw_only=True)
class RateProgress:
    """Whether the growth since a base year is what leads to the target."""

    value: Decimal | None = None
    score: Decimal | None = None
    status: ProgressStatus = ProgressStatus.NOT_AVAILABLE
    growth: Decimal | None = None
    required_growth: Decimal | None = None
    method: str = METHOD
    reason: NoAnswer | None = None


def required_rate(
    *,
    base: Number,
    base_year: int,
    current: Number,
    current_year: int,
    direction: Direction | str | None,
    target: Number | None = None,
    target_year: int | None = None,
) -> RateProgress:
    """Return whether a measure has grown as fast as it must to be at its target in time.

    Not for measures that are themselves rates of growth, nor for those that may be below zero: growth is compound.

    Args:
        base: The figure of the base year; current: that of the latest year.
        base_year: The year to start from; current_year: the latest one.
        direction: Which way is better. It has no default: a direction left out would call a miss an achievement.
        target: The number to meet; ``None`` where there is none.
        target_year: By when; with a target only.

    Raises:
        InvalidValueError: A target without its year or a year without its target; NaN; years that are none.

    Example:
        >>> required_rate(base=100, base_year=2015, current=110, current_year=2020, direction="increase",
        ...               target=150, target_year=2030)
        RateProgress(value=Decimal('0.7023...'), score=Decimal('0.7312...'), status=<...MODERATE...>, ...)

    Source: Open SDG, *sdg-build* 2.4.
    """
    first, last = number(base, "base"), number(current, "current")
    years = [_year(base_year, "base_year"), _year(current_year, "current_year")]
    if (target is None) != (target_year is None):
        name, other = ("target", "target_year") if target is None else ("target_year", "target")
        raise InvalidValueError(name, None, f"a value, as {other} has one", "give both or neither")
    goal = None if target is None else number(target, "target")
    deadline = None if target_year is None else _year(target_year, "target_year")
    way = better_way(direction_given(direction))
    if way is None:
        return RateProgress(reason=NoAnswer.NO_DIRECTION)
    met = goal is not None and (last >= goal if way > 0 else last <= goal)
    reason = _undefined(first, last, years, goal, deadline)
    if reason is not None:
        if met:
            return RateProgress(score=_BEST, status=ProgressStatus.ACHIEVED, reason=reason)
        return RateProgress(reason=reason)
    growth = _growth(first, last, years[1] - years[0])
    value, required, table = growth, None, _WITHOUT_TARGET
    if goal is not None and deadline is not None:
        required = _growth(first, goal, deadline - years[0])
        value, table = PRECISE.divide(growth, required.copy_abs()), _TOWARD_TARGET
    # Of two numbers below zero the one that has grown in size is the smaller.
    value = value if (first > 0) == (way > 0) else PRECISE.minus(value)
    status, score = _read(table, value)
    return RateProgress(
        value=SIGNIFICANT.plus(value),
        score=_BEST if met else score,
        status=ProgressStatus.ACHIEVED if met else status,
        growth=SIGNIFICANT.plus(growth),
        required_growth=None if required is None else SIGNIFICANT.plus(required),
    )


def _year(given: int, what: str) -> int:
    return whole_number(given, what, "a year from 1 to 9999", least=1, most=9999)


def _undefined(
    first: Decimal, last: Decimal, years: Sequence[int], goal: Decimal | None, deadline: int | None
) -> NoAnswer | None:
    """Return why there is no growth, or none that is required."""
    checks = [
        (years[1] <= years[0], NoAnswer.NO_TIME_SINCE_BASE),
        (first == 0, NoAnswer.BASE_IS_ZERO),
        (_cross_zero(first, last), NoAnswer.SIGN_CHANGES),
    ]
    if goal is not None and deadline is not None:
        checks += [
            (deadline <= years[0], NoAnswer.DEADLINE_NOT_AFTER_BASE),
            (goal == 0, NoAnswer.TARGET_IS_ZERO),
            (_cross_zero(first, goal), NoAnswer.SIGN_CHANGES),
            (goal == first, NoAnswer.BASE_IS_TARGET),
        ]
    return next((reason for fails, reason in checks if fails), None)


def _cross_zero(first: Decimal, last: Decimal) -> bool:
    return (first > 0 and last < 0) or (first < 0 and last > 0)


def _growth(first: Decimal, last: Decimal, years: int) -> Decimal:
    """Return the compound growth in a year: all of it lost is -1."""
    if last == first:
        return ZERO
    share = PRECISE.divide(last, first)
    if not share:
        return PRECISE.minus(ONE)
    return PRECISE.subtract(PRECISE.exp(PRECISE.divide(PRECISE.ln(share), Decimal(years))), ONE)


def _read(table: Sequence[_Knot], value: Decimal) -> tuple[ProgressStatus, Decimal]:
    """Return status and score of a value: within the tolerance of a knot is on it."""
    value = next((knot.value for knot in table if PRECISE.subtract(value, knot.value).copy_abs() <= _TOLERANCE), value)
    lowest, highest = table[0], table[-1]
    if value <= lowest.value:
        return lowest.status, lowest.score
    below, above = highest, highest
    for knot in table:
        if knot.value > value:
            above = knot
            break
        below = knot
    if above is below:
        return highest.status, highest.score
    share = PRECISE.divide(PRECISE.subtract(value, below.value), PRECISE.subtract(above.value, below.value))
    score = PRECISE.fma(share, PRECISE.subtract(above.score, below.score), below.score)
    return below.status, SIGNIFICANT.plus(score)
