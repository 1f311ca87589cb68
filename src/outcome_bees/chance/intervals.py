"""Confidence intervals of shares, counts, rates and means: the range that chance alone would explain.

Source: Public Health England, *Technical Guide: Confidence Intervals* (2018). Wilson (1927), "Probable inference,
the law of succession, and statistical inference", JASA 22; Breslow and Day (1987), *Statistical Methods in Cancer
Research* II, for Byar's approximation; Garwood (1936), "Fiducial limits for the Poisson distribution", Biometrika 28.
"""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from attrs import evolve, frozen

from outcome_bees.chance.arithmetic import (
    ONE,
    PRECISE,
    QUICK,
    SIGNIFICANT,
    ZERO,
    number,
    numbers,
    to_integers,
)
from outcome_bees.chance.distributions import Confidence, confidence, poisson_limits, student_quantile
from outcome_bees.chance.no_answer import check_figure, reason_without_interval
from outcome_bees.errors import InvalidValueError, Verbatim
from outcome_bees.exact import CONTEXT
from outcome_bees.frozen import described
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation, value_of
from outcome_bees.units import Unit
from outcome_bees.vocabulary import MeasureKind, NoAnswer

__all__ = [
    "BYAR_FROM",
    "PUBLISHED_LEVEL",
    "Interval",
    "IntervalMethod",
    "Unavailable",
    "byar",
    "interval_of",
    "student",
    "wilson",
]

Number = Decimal | int | float | str

PUBLISHED_LEVEL = 95
"""The level, in per cent, that a published interval is taken to have: an ``Observation`` does not say it.

Source: official statistics publish 95 per cent limits unless they say otherwise (Government Analysis Function,
*Communicating quality, uncertainty and change*).
"""

BYAR_FROM = 10
"""The count from which Byar's approximation is used, and below which the exact Poisson limits are.

Source: Public Health England, *Technical Guide: Confidence Intervals*. Its older tools changed over at 389,
so that limits published before may differ in the third digit.
"""

# A formula of twelve steps spends a tenth of its time on finding them, unless they are found beforehand.
_add, _subtract, _multiply, _divide, _fma, _sqrt = (
    QUICK.add,
    QUICK.subtract,
    QUICK.multiply,
    QUICK.divide,
    QUICK.fma,
    QUICK.sqrt,
)
_NINTH = _divide(ONE, Decimal(9))


class IntervalMethod(StrEnum):
    """How an interval was made.

    Example:
        >>> wilson(3, 12).method
        <IntervalMethod.WILSON: 'wilson'>
    """

    WILSON = "wilson"
    BYAR = "byar"
    EXACT = "exact"
    STUDENT = "student"
    PUBLISHED = "published"


@described(
    lower="Its low end.",
    upper="Its high end, not below the low one.",
    level="How often such ranges hold the true value, in per cent (90-99.9).",
    method="How it was made.",
)
@frozen
class Interval:
    """A range of values that chance alone would explain.

    Example:
        >>> interval = wilson(28, 60)
        >>> interval.contains("0.5"), interval.contains("0.6")
        (True, False)
    """

    lower: Decimal
    upper: Decimal
    level: Decimal
    method: IntervalMethod

    def contains(self, value: Number) -> bool:
        """Return whether a value lies inside; both ends do."""
        return self.lower <= number(value, "value") <= self.upper


@frozen
class Unavailable:
    """That there is no interval, and why.

    Example:
        >>> Unavailable(NoAnswer.NO_NUMERATOR).reason.words
        'the numerator is not published'
    """

    reason: NoAnswer


def wilson(numerator: Number, denominator: Number, *, level: Number = PUBLISHED_LEVEL) -> Interval:
    """Return Wilson's score interval of a share, from 0 to 1, without continuity correction.

    Args:
        numerator: How many of them, from 0 to the denominator; need not be whole.
        denominator: Out of how many, above 0.
        level: The level of confidence in per cent, 90 to 99.9.

    Raises:
        InvalidValueError: A number out of these bounds.

    Example:
        >>> wilson(3, 12)
        Interval(lower=Decimal('0.0889...'), upper=Decimal('0.5323...'), level=Decimal('95'), method=<...WILSON...>)

    Source: Wilson (1927); Public Health England, *Technical Guide: Confidence Intervals*.
    """
    x, n = number(numerator, "numerator"), number(denominator, "denominator")
    known = confidence(level)
    if n <= ZERO:
        raise InvalidValueError("denominator", denominator, "a number above zero")
    if not ZERO <= x <= n:
        raise InvalidValueError("numerator", numerator, f"a number from zero to the denominator, {denominator}")
    lower, upper = _wilson(x, n, known)
    return Interval(lower, upper, known.level, IntervalMethod.WILSON)


def _wilson(x: Decimal, n: Decimal, known: Confidence) -> tuple[Decimal, Decimal]:
    """Return both ends, each written so that no digits cancel."""
    # (x + z²/2 ± √(z² x (n - x) / n + z⁴/4)) / (n + z²). Only n - x could lose digits, and it is exact.
    spread = _divide(_multiply(x, CONTEXT.subtract(n, x)), n)
    total = _add(_add(x, known.half_square), _sqrt(_fma(spread, known.square, known.quarter_fourth)))
    # The product of the two ends is x² / (n (n + z²)), so that the lower one follows from the same sum.
    lower = SIGNIFICANT.divide(_multiply(x, x), _multiply(n, total)) if x else ZERO
    upper = SIGNIFICANT.divide(total, _add(n, known.square)) if x != n else ONE
    return lower, upper


def byar(count: Number, *, level: Number = PUBLISHED_LEVEL) -> Interval:
    """Return the interval of a count: Byar's approximation, and the exact Poisson limits below 10.

    The interval of a rate is this one divided by the rate's denominator.

    Args:
        count: How many events, not below 0; need not be whole.
        level: The level of confidence in per cent, 90 to 99.9.

    Raises:
        InvalidValueError: A number out of these bounds.

    Example:
        >>> byar(65), byar(5).method.value
        (Interval(lower=Decimal('50.163...'), upper=Decimal('82.849...'), level=Decimal('95'), method=<...>), 'exact')

    Source: Breslow and Day (1987); Garwood (1936); Public Health England, *Technical Guide: Confidence Intervals*.
    """
    x = number(count, "count")
    known = confidence(level)
    if x < ZERO:
        raise InvalidValueError("count", count, "a number not below zero")
    if x < BYAR_FROM:
        lower, upper = poisson_limits(x, known.tail)
        return Interval(SIGNIFICANT.plus(lower), SIGNIFICANT.plus(upper), known.level, IntervalMethod.EXACT)
    third, above = known.third, _add(x, ONE)
    # x (1 - 1/9x - z/3√x)³, with the x inside: (x - 1/9 - (z/3)√x)³ / x²
    low = _subtract(_subtract(x, _NINTH), _multiply(third, _sqrt(x)))
    high = _fma(third, _sqrt(above), _subtract(above, _NINTH))
    lower = SIGNIFICANT.divide(_multiply(_multiply(low, low), low), _multiply(x, x))
    upper = SIGNIFICANT.divide(_multiply(_multiply(high, high), high), _multiply(above, above))
    return Interval(lower, upper, known.level, IntervalMethod.BYAR)


def student(values: Iterable[Number], *, level: Number = PUBLISHED_LEVEL) -> Interval:
    """Return Student's t interval of a mean.

    Args:
        values: At least two single values of a sample; without a correction for small populations.
        level: The level of confidence in per cent, 90 to 99.9.

    Raises:
        InvalidValueError: Fewer than two values, or a number out of bounds.

    Example:
        >>> student(["0.1", "0.2", "0.3", "0.4"])
        Interval(lower=Decimal('0.0445739743239...'), upper=Decimal('0.455426025676...'), level=..., method=...)

    Source: Student (1908), "The probable error of a mean", Biometrika 6.
    """
    given = numbers(values, "values")
    known = confidence(level)
    n = len(given)
    if n < 2:
        raise InvalidValueError("values", Verbatim(f"{n} of them"), "at least two, for there to be a spread")
    integers, exponent = to_integers(given)
    total = sum(integers)
    squares = n * sum(each * each for each in integers) - total * total  # n² times the variance of the population
    error = PRECISE.sqrt(PRECISE.divide(Decimal(squares), Decimal(n * n * (n - 1))))
    half = PRECISE.multiply(student_quantile(n - 1, known.tail), error)
    mean = PRECISE.divide(Decimal(total), Decimal(n))
    lower, upper = (
        SIGNIFICANT.scaleb(SIGNIFICANT.plus(each), exponent)
        for each in (PRECISE.subtract(mean, half), PRECISE.add(mean, half))
    )
    return Interval(lower, upper, known.level, IntervalMethod.STUDENT)


def interval_of(
    observation: Observation, measure: Measure, *, level: Number = PUBLISHED_LEVEL
) -> Interval | Unavailable:
    """Return the interval of a figure, in the measure's unit, or why there is none.

    The limits published with the figure always win, for the level they were published at, which is taken to be
    95 per cent. Else a percentage has Wilson's interval of numerator and denominator, a rate Byar's of the numerator,
    and a count Byar's of itself. All other kinds have none: of a mean, only its single values would show it.

    Args:
        observation: The figure; an absent one is an answer with a reason.
        measure: Its measure, for the kind and the unit.
        level: The level of confidence in per cent, 90 to 99.9.

    Raises:
        InvalidValueError: A level out of these bounds; no observation, or no measure.
        UnitMismatchError: The figure was given in a unit that cannot be compared with the measure's.

    Example:
        >>> measure = Measure(id="ehcp", title="EHC plans within 20 weeks", unit="percent", direction="increase")
        >>> figure = Observation(measure="ehcp", period="CY2024", area="E10000015", value="56.3",
        ...                      numerator=957, denominator=1699)
        >>> interval_of(figure, measure)
        Interval(lower=Decimal('53.9...'), upper=Decimal('58.6...'), level=Decimal('95'), method=<...WILSON...>)
    """
    known = confidence(level)
    check_figure(observation, measure)
    reason = reason_without_interval(observation, measure)
    if reason is not None:
        return Unavailable(reason)
    lower, upper = observation.lower, observation.upper
    if lower is None or upper is None:
        return _computed(observation, measure, known)
    if known.level == PUBLISHED_LEVEL:
        return _published(lower, upper, observation.unit, measure, known)
    unpublished = evolve(observation, lower=None, upper=None)
    if reason_without_interval(unpublished, measure) is not None:
        return Unavailable(NoAnswer.OTHER_LEVEL_PUBLISHED)
    computed = _computed(unpublished, measure, known)
    return Unavailable(NoAnswer.OTHER_LEVEL_PUBLISHED) if isinstance(computed, Unavailable) else computed


def _published(lower: Decimal, upper: Decimal, given_in: Unit | None, measure: Measure, known: Confidence) -> Interval:
    if given_in is not None and measure.unit is not None:
        lower, upper = given_in.convert(lower, measure.unit), given_in.convert(upper, measure.unit)
    return Interval(lower, upper, known.level, IntervalMethod.PUBLISHED)


def _computed(observation: Observation, measure: Measure, known: Confidence) -> Interval | Unavailable:
    """Return the interval that a figure's own counts give, where they are there and can be."""
    value = value_of(observation, measure)
    assert value is not None, "the caller has seen that the figure is there"
    if measure.kind is MeasureKind.COUNT:
        return byar(value, level=known.level)
    x, n = observation.numerator, observation.denominator
    whole = None if measure.unit is None else measure.unit.whole
    assert x is not None, "the caller has seen that all is there"
    assert n is not None, "likewise"
    assert whole is not None, "likewise"
    if measure.kind is MeasureKind.PERCENTAGE:
        lower, upper, method = *_wilson(x, n, known), IntervalMethod.WILSON
    else:
        of_count = byar(x, level=known.level)
        lower, upper, method = PRECISE.divide(of_count.lower, n), PRECISE.divide(of_count.upper, n), of_count.method
    size = Decimal(whole.numerator)
    lower, upper = SIGNIFICANT.multiply(lower, size), SIGNIFICANT.multiply(upper, size)
    if whole.denominator != 1:
        parts = Decimal(whole.denominator)
        lower, upper = SIGNIFICANT.divide(lower, parts), SIGNIFICANT.divide(upper, parts)
    interval = Interval(lower, upper, known.level, method)
    return interval if _agrees(value, interval, measure) else Unavailable(NoAnswer.NUMBERS_DISAGREE)


def _agrees(value: Decimal, interval: Interval, measure: Measure) -> bool:
    """Return whether a figure, as it was rounded to be published, lies within the interval of its own counts.

    Where it does not, the denominator was in thousands, or the counts are of something else.
    """
    exponent = value.normalize(CONTEXT).as_tuple().exponent  # 56.0 is 56, as it is in a table of floats
    assert isinstance(exponent, int), "an exact number is finite"
    half = Decimal(5).scaleb(min(max(exponent, -measure.digits), 0) - 1, CONTEXT)
    return CONTEXT.subtract(interval.lower, half) <= value <= CONTEXT.add(interval.upper, half)
