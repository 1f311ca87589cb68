"""One place among its peers: quantile groups, and the funnel that says how far apart places lie by chance alone."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from attrs import frozen

from outcome_bees.chance.arithmetic import ONE, PRECISE, QUICK, SIGNIFICANT, ZERO, listed, number, whole_number
from outcome_bees.chance.distributions import confidence
from outcome_bees.chance.intervals import Interval, Number, byar, wilson
from outcome_bees.errors import InvalidTypeError, InvalidValueError, Verbatim
from outcome_bees.frozen import described
from outcome_bees.methods._words import better_way, closed_word, direction_given
from outcome_bees.methods.significance import side_of
from outcome_bees.vocabulary import Direction

__all__ = ["Funnel", "FunnelLimits", "FunnelPoint", "FunnelStatistic", "funnel", "quantile_groups"]

_ASCENDING = "levels of confidence from 90 to 99.9 per cent, in ascending order"
_FUNNEL_LEVELS: tuple[Number, Number] = (95, "99.8")


def quantile_groups(
    values: Iterable[Number | None], groups: int, *, direction: Direction | str | None
) -> tuple[int | None, ...]:
    """Return the group of each value: quartile, quintile and so on.

    Args:
        values: A value for each place; ``None`` where it has none.
        groups: How many groups, from 2 to 100.
        direction: Which way is better: group 1 is the best. ``None`` where neither is: group 1 is then the lowest,
            which is a position and no judgement.

    Returns:
        A group from 1 for each value, in the order given. Equal values share the better group. ``None`` for a place
        without a value, and for all of them where there are fewer values than groups.

    Raises:
        InvalidValueError: A number of groups out of bounds; NaN or an infinity among the values.

    Example:
        >>> quantile_groups([70, 81, 81, 92, 65, None], 4, direction="increase")
        (3, 1, 1, 1, 4, None)

    Source: Office for Health Improvement and Disparities, ``phe_quantile`` of PHEindicatormethods: with rank ``r`` of
    ``n``, group ``k + 1 - ⌈(n + 1 - r) k / n⌉``, here in integers. A target of ``Rank`` has a rule of its own (the
    best of so many parts); the two agree wherever the parts are of equal size.
    """
    places = listed(values, "values", "a number or None for each place")
    k = whole_number(groups, "groups", "a whole number from 2 to 100", least=2, most=100)
    given = [None if each is None else number(each, "values") for each in places]
    best_is_highest = better_way(direction_given(direction)) == 1
    there = sorted((each for each in given if each is not None), reverse=best_is_highest)
    n = len(there)
    if n < k:
        return (None,) * len(given)
    rank: dict[Decimal, int] = {}
    for position, value in enumerate(there, start=1):
        rank.setdefault(value, position)
    return tuple(None if each is None else k + 1 + -(n + 1 - rank[each]) * k // n for each in given)


class FunnelStatistic(StrEnum):
    """What a funnel is of: shares of their own cases, events to a population, or observed to expected events.

    Example:
        >>> FunnelStatistic("rate")
        <FunnelStatistic.RATE: 'rate'>
    """

    PROPORTION = "proportion"
    RATE = "rate"
    RATIO = "ratio"


@described(
    level="How often it does, in per cent.",
    lower="The low end, per one, as the funnel's values.",
    upper="The high end, per one, as the funnel's values.",
)
@frozen
class FunnelLimits:
    """Between which values a place of one size lies by chance, were it like the average."""

    level: Decimal
    lower: Decimal
    upper: Decimal


@described(
    numerator="Its cases, or events observed.",
    denominator="Out of how many, or events expected.",
    value="The one divided by the other.",
    limits="The funnel at the place's size, one for each level.",
    outside="How many of the levels it lies beyond: above as a positive number, below as a negative one.",
)
@frozen
class FunnelPoint:
    """One place in a funnel."""

    numerator: Decimal
    denominator: Decimal
    value: Decimal
    limits: tuple[FunnelLimits, ...]
    outside: int


@described(
    statistic="What it is of.",
    average="All cases by all denominators, per one; 1 for a ratio. Each place is part of it.",
    points="The places, in the order given.",
)
@frozen
class Funnel:
    """Places of different sizes against what chance alone would make of one average."""

    statistic: FunnelStatistic
    average: Decimal
    points: tuple[FunnelPoint, ...]


def funnel(
    figures: Iterable[tuple[Number, Number]],
    *,
    statistic: FunnelStatistic | str,
    levels: Iterable[Number] = _FUNNEL_LEVELS,
) -> Funnel:
    """Return the funnel of several places, and which of them lie outside.

    A place is outside a level where its own interval does not hold the average: of a proportion that is the same as
    lying beyond the line ``p ± z √(p (1 - p) / n)``. The lines of rates and ratios are Byar's limits (exact below 10)
    of the events expected there. There is no allowance for over-dispersion: of very large places most are outside.

    Args:
        figures: Numerator and denominator of each place; for a ratio, events observed and expected.
        statistic: ``"proportion"``, ``"rate"`` or ``"ratio"``.
        levels: Levels of confidence in per cent, ascending.

    Raises:
        InvalidValueError: No place, a denominator not above zero, a negative numerator, a proportion above one.

    Example:
        >>> places = funnel([(30, 60), (28, 60), (90, 120)], statistic="proportion").points
        >>> [point.outside for point in places]
        [0, -1, 1]

    Source: Spiegelhalter (2005), "Funnel plots for comparing institutional performance", Statistics in Medicine 24;
    PHEindicatormethods, ``calculate_funnel_limits``.
    """
    kind = closed_word(statistic, FunnelStatistic, "statistic")
    known = [confidence(each) for each in listed(levels, "levels", _ASCENDING)]
    if not known or [each.level for each in known] != sorted({each.level for each in known}):
        raise InvalidValueError("levels", Verbatim(", ".join(str(each.level) for each in known) or "none"), _ASCENDING)
    pairs = [_pair(each, kind) for each in listed(figures, "figures", "numerator and denominator of each place")]
    if not pairs:
        raise InvalidValueError("figures", Verbatim("none"), "numerator and denominator of at least one place")
    average = ONE
    if kind is not FunnelStatistic.RATIO:
        cases, base = ZERO, ZERO
        for x, n in pairs:
            cases, base = PRECISE.add(cases, x), PRECISE.add(base, n)
        average = PRECISE.divide(cases, base)
    points = []
    for x, n in pairs:
        limits, outside = [], 0
        for each in known:
            limits.append(_limits(kind, average, n, each.level))
            outside += side_of(_interval(kind, x, n, each.level), average)
        points.append(FunnelPoint(x, n, SIGNIFICANT.divide(x, n), tuple(limits), outside))
    return Funnel(kind, SIGNIFICANT.plus(average), tuple(points))


def _pair(given: object, kind: FunnelStatistic) -> tuple[Decimal, Decimal]:
    if not isinstance(given, tuple | list) or len(given) != 2:
        raise InvalidTypeError("figures", given, "numerator and denominator of each place")
    x, n = number(given[0], "numerator"), number(given[1], "denominator")
    if n <= ZERO:
        raise InvalidValueError("denominator", given[1], "a number above zero")
    if x < ZERO:
        raise InvalidValueError("numerator", given[0], "a number not below zero")
    if kind is FunnelStatistic.PROPORTION and x > n:
        raise InvalidValueError("numerator", given[0], f"a number from zero to the denominator, {given[1]}")
    return x, n


def _interval(kind: FunnelStatistic, x: Decimal, n: Decimal, level: Decimal) -> Interval:
    """Return the interval of a place's own value."""
    if kind is FunnelStatistic.PROPORTION:
        return wilson(x, n, level=level)
    interval = byar(x, level=level)
    return Interval(
        PRECISE.divide(interval.lower, n), PRECISE.divide(interval.upper, n), interval.level, interval.method
    )


def _limits(kind: FunnelStatistic, average: Decimal, n: Decimal, level: Decimal) -> FunnelLimits:
    """Return the funnel at one size."""
    if kind is FunnelStatistic.PROPORTION:
        spread = PRECISE.divide(PRECISE.multiply(average, PRECISE.subtract(ONE, average)), n)
        half = PRECISE.multiply(confidence(level).z, PRECISE.sqrt(spread))
        lower, upper = max(PRECISE.subtract(average, half), ZERO), min(PRECISE.add(average, half), ONE)
    else:
        expected = PRECISE.multiply(average, n)
        interval = byar(QUICK.plus(expected), level=level)
        lower, upper = PRECISE.divide(interval.lower, n), PRECISE.divide(interval.upper, n)
    return FunnelLimits(level, SIGNIFICANT.plus(lower), SIGNIFICANT.plus(upper))
