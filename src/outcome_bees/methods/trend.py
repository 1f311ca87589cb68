"""Whether the last five years of a measure went up or down by more than chance.

The test is at 99.8 per cent, not 95, and a trend that hangs on one of its five figures is not called one. It is a
signpost: at a council's size a steady change is often not seen. A rise from 40 % over five years is found from about
36 points at 30 cases a year, 18 points at 120, 9 points at 500.

Source: Fingertips, *Recent trends: technical guide*; Armitage (1955), "Tests for linear trends in proportions and
frequencies", Biometrics 11, for the test by counts.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from attrs import frozen

from outcome_bees.chance.arithmetic import ONE, PRECISE, SIGNIFICANT, ZERO
from outcome_bees.chance.distributions import confidence
from outcome_bees.chance.intervals import PUBLISHED_LEVEL, Unavailable, interval_of
from outcome_bees.chance.no_answer import reason_of_absence
from outcome_bees.evaluation.select import year_before
from outcome_bees.frozen import described
from outcome_bees.methods._points import Figures, series_of
from outcome_bees.methods._words import travel_of_step
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation, value_of
from outcome_bees.periods import Period
from outcome_bees.vocabulary import MeasureKind, NoAnswer, Travel

__all__ = ["TREND_LEVEL", "TREND_POINTS", "Trend", "TrendTest", "comparable_reason", "recent_trend"]

TREND_POINTS = 5
"""How many of the latest years are looked at. Source: Fingertips, *Recent trends: technical guide*."""

TREND_LEVEL = Decimal("99.8")
"""At which level a trend is tested, in per cent. Source: the same; its critical value is 9.5495, 3.0902 squared."""

_NOTHING = Decimal("1e-30")  # a slope that rounding alone has made
_Slope = Callable[[Sequence[int]], Decimal]


class TrendTest(StrEnum):
    """How a trend was tested: by the counts of proportions, or by weights from confidence intervals.

    Example:
        >>> TrendTest("counts")
        <TrendTest.COUNTS: 'counts'>
    """

    COUNTS = "counts"
    WEIGHTS = "weights"


@described(
    direction="Increasing, decreasing, or no change beyond chance; ``None`` where it could not be tested.",
    judged="The same by direction of improvement; as ``direction`` where the measure has none.",
    chi_square="The test's statistic, of one degree of freedom; significant above 9.5495.",
    slope="The change in a year: in the measure's unit, or of the log odds where counts were tested.",
    significant="Whether the statistic alone would call it a trend.",
    stable="Whether the slope keeps its sign whichever of the five figures is left out.",
    test="How it was tested.",
    reason="Why it could not be; ``None`` where it was.",
)
@frozen(kw_only=True)
class Trend:
    """What the last five years of a measure show."""

    direction: Travel | None = None
    judged: Travel | None = None
    chi_square: Decimal | None = None
    slope: Decimal | None = None
    significant: bool | None = None
    stable: bool | None = None
    test: TrendTest | None = None
    reason: NoAnswer | None = None


def recent_trend(series: Figures, measure: Measure | None = None) -> Trend:
    """Return whether a measure's last five years went up or down by more than chance.

    Proportions are tested by their counts where all five are published, everything else by weights from confidence
    intervals. Never across a break of the measure, and never with a hole: a suppressed year is not skipped over.

    Args:
        series: A series, or the observations of one, in any order.
        measure: Their measure; a series brings its own.

    Raises:
        InvalidTypeError: No measure.
        InvalidValueError: Observations that are not of one series.

    Example:
        >>> measure = Measure(id="eet", title="Care leavers in education, employment or training", unit="percent",
        ...                   direction="increase")
        >>> years = [Observation(measure="eet", period=f"CY{2020 + index}", area="E10000015", value=40 + 8 * index,
        ...                      numerator=200 + 40 * index, denominator=500) for index in range(5)]
        >>> trend = recent_trend(years, measure)
        >>> trend.direction.value, trend.judged.value, trend.chi_square
        ('increasing', 'improving', Decimal('129.8...'))
    """
    whole = series_of(series, measure)
    known, latest = whole.measure, whole.stretches[-1].observations
    if not latest:
        return Trend(reason=NoAnswer.NO_DATA)
    if len(latest) < TREND_POINTS:
        return Trend(reason=NoAnswer.SERIES_BREAK if len(whole) >= TREND_POINTS else NoAnswer.TOO_FEW_POINTS)
    five = latest[-TREND_POINTS:]
    reason = _not_comparable(five)
    if reason is not None:
        return Trend(reason=reason)
    tested = _by_counts(five) if _has_counts(five, known) else _by_weights(five, known)
    if isinstance(tested, NoAnswer):
        return Trend(reason=tested)
    test, chi_square, slope_without = tested
    slope = slope_without(())
    way = _way(slope)
    significant = chi_square > confidence(TREND_LEVEL).square
    stable = all(_way(slope_without((left_out,))) == way for left_out in range(TREND_POINTS))
    step = way if significant and stable else 0
    return Trend(
        direction=travel_of_step(None, step),
        judged=travel_of_step(known.direction, step),
        chi_square=SIGNIFICANT.plus(chi_square),
        slope=SIGNIFICANT.plus(slope) if way else ZERO,
        significant=significant,
        stable=stable,
        test=test,
    )


def _not_comparable(five: Sequence[Observation]) -> NoAnswer | None:
    """Return why figures are not those of successive years."""
    if any(reason_of_absence(each) is not None for each in five):
        return NoAnswer.MISSING_PERIOD
    return comparable_reason([each.period for each in five])


def comparable_reason(periods: Sequence[Period]) -> NoAnswer | None:
    """Return why periods are not successive years that do not overlap; ``None`` where they are."""
    steps = list(pairwise(periods))
    if any(after.start <= before.end for before, after in steps):
        return NoAnswer.OVERLAPPING_PERIODS
    for before, after in steps:
        wanted = year_before(after)
        if wanted is None or before.end > wanted.end:
            return NoAnswer.NOT_YEARLY
        if before != wanted:
            return NoAnswer.MISSING_PERIOD
    return None


def _has_counts(five: Sequence[Observation], measure: Measure) -> bool:
    """Return whether these are proportions with all their counts."""
    share = measure.unit is None or measure.unit.whole is not None
    counts = all(each.numerator is not None and each.denominator is not None for each in five)
    return measure.kind is MeasureKind.PERCENTAGE and share and counts


_Tested = tuple[TrendTest, Decimal, _Slope]


def _by_counts(five: Sequence[Observation]) -> _Tested | NoAnswer:
    """Test proportions by the Cochran-Armitage statistic; the slope is that of the log odds, unweighted."""
    cases = [each.numerator or ZERO for each in five]
    bases = [each.denominator or ONE for each in five]
    if any(count < ZERO for count in cases):
        return NoAnswer.NEGATIVE_COUNT
    if any(count > base for count, base in zip(cases, bases, strict=True)):
        return NoAnswer.NUMERATOR_ABOVE_DENOMINATOR
    if any(count in (ZERO, base) for count, base in zip(cases, bases, strict=True)):
        return NoAnswer.ALL_OR_NONE  # they have no log odds
    times = [Decimal(each) for each in range(1, TREND_POINTS + 1)]
    n, c, nt, ct, ntt = (
        _sum(bases),
        _sum(cases),
        _sum_of_products(bases, times),
        _sum_of_products(cases, times),
        _sum_of_products(bases, times, times),
    )
    difference = PRECISE.subtract(PRECISE.multiply(n, ct), PRECISE.multiply(c, nt))
    spread = PRECISE.subtract(PRECISE.multiply(n, ntt), PRECISE.multiply(nt, nt))
    chi_square = PRECISE.divide(
        PRECISE.multiply(n, PRECISE.multiply(difference, difference)),
        PRECISE.multiply(PRECISE.multiply(c, PRECISE.subtract(n, c)), spread),
    )
    odds = [
        PRECISE.ln(PRECISE.divide(count, PRECISE.subtract(base, count)))
        for count, base in zip(cases, bases, strict=True)
    ]
    return TrendTest.COUNTS, chi_square, lambda without: _slope(times, odds, [ONE] * TREND_POINTS, without)[0]


def _by_weights(five: Sequence[Observation], measure: Measure) -> _Tested | NoAnswer:
    """Test by regression, weighted by the inverse square of each figure's standard error."""
    known = confidence(PUBLISHED_LEVEL)
    values, weights = [], []
    for each in five:
        interval = interval_of(each, measure, level=PUBLISHED_LEVEL)
        if isinstance(interval, Unavailable):
            return interval.reason
        width = PRECISE.subtract(interval.upper, interval.lower)
        if not width:
            return NoAnswer.ZERO_WIDTH
        error = PRECISE.divide(width, PRECISE.multiply(Decimal(2), known.z))
        weights.append(PRECISE.divide(ONE, PRECISE.multiply(error, error)))
        values.append(value_of(each, measure) or ZERO)
    times = [Decimal(each) for each in range(1, TREND_POINTS + 1)]
    slope, variance = _slope(times, values, weights, ())
    chi_square = PRECISE.divide(PRECISE.multiply(slope, slope), variance)
    return TrendTest.WEIGHTS, chi_square, lambda without: _slope(times, values, weights, without)[0]


def _slope(
    times: Sequence[Decimal], values: Sequence[Decimal], weights: Sequence[Decimal], without: Sequence[int]
) -> tuple[Decimal, Decimal]:
    """Return the slope of a weighted line and its variance, with some of the points left out."""
    kept = [index for index in range(len(times)) if index not in without]
    t, v, w = ([each[index] for index in kept] for each in (times, values, weights))
    sw, st, sv = _sum(w), _sum_of_products(w, t), _sum_of_products(w, v)
    stt, stv = _sum_of_products(w, t, t), _sum_of_products(w, t, v)
    spread = PRECISE.subtract(PRECISE.multiply(sw, stt), PRECISE.multiply(st, st))
    top = PRECISE.subtract(PRECISE.multiply(sw, stv), PRECISE.multiply(st, sv))
    return PRECISE.divide(top, spread), PRECISE.divide(sw, spread)


def _way(slope: Decimal) -> int:
    return 0 if slope.copy_abs() < _NOTHING else 1 if slope > ZERO else -1


def _sum(numbers: Sequence[Decimal]) -> Decimal:
    total = ZERO
    for each in numbers:
        total = PRECISE.add(total, each)
    return total


def _sum_of_products(first: Sequence[Decimal], *others: Sequence[Decimal]) -> Decimal:
    total = ZERO
    for index, product in enumerate(first):
        for other in others:
            product = PRECISE.multiply(product, other[index])
        total = PRECISE.add(total, product)
    return total
