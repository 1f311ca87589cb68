"""Which periods are alike, so that the figure of the one can be held against a number set for the other.

Counts and amounts of money add up over time; percentages, rates, durations and scores do not. What adds up can only be
compared over periods of one length: a year's count answers no target for its last quarter, nor a quarter's one for
the year. Length is that of the kind of period and not its days: February is a month as March is, a quarter of 90 days
a quarter as one of 92. A running total answers for a period that it starts and ends with.

What does not add up is the same sort of number whatever the period: a year's percentage answers for its last quarter,
smoothed as it is, and a quarter's is on the way to the year's. It still never closes a longer period than its own.
A snapshot, and a rolling window where the measure says so, is known by its last day: the period that its label names
is nothing to it, and it answers for every period that ends on that day.
"""

from datetime import date
from fractions import Fraction

from outcome_bees.model.measure import Measure
from outcome_bees.periods import Period, PeriodKind
from outcome_bees.vocabulary import MeasureKind, Timing

__all__ = ["adds_up", "answers_for", "is_like", "is_running_total_within", "length_of", "timing_of"]

_TIMING_OF_KIND = {
    PeriodKind.DAY: Timing.SNAPSHOT,
    PeriodKind.TO_DATE: Timing.CUMULATIVE,
    PeriodKind.YEAR_ENDING: Timing.ROLLING,
}
# About how many months a period of each kind has. Our choice: nothing but which is longer depends on it.
_MONTHS = {
    PeriodKind.DAY: Fraction(1, 30),
    PeriodKind.WEEK: Fraction(1, 4),
    PeriodKind.MONTH: Fraction(1),
    PeriodKind.QUARTER: Fraction(3),
    PeriodKind.TERM: Fraction(4),
    PeriodKind.HALF: Fraction(6),
    PeriodKind.AUTUMN_AND_SPRING: Fraction(8),
    PeriodKind.YEAR: Fraction(12),
    PeriodKind.YEAR_ENDING: Fraction(12),
}


def timing_of(measure: Measure, period: Period) -> Timing:
    """Return how the measure's figures lie in time: as it says, else as the period does."""
    return measure.timing or _TIMING_OF_KIND.get(period.kind, Timing.FLOW)


def adds_up(measure: Measure) -> bool:
    """Return whether figures of successive periods sum to that of the whole, so that one grows with its period."""
    return measure.kind in (MeasureKind.COUNT, MeasureKind.AMOUNT)


def length_of(measure: Measure, period: Period) -> Fraction:
    """Return about how many months a figure covers, alike for all periods of one kind."""
    start = _began(measure, period)
    if start < period.start:
        return Fraction((period.end.year - start.year) * 12 + period.end.month - start.month + 1)
    if period.kind is PeriodKind.TO_DATE:
        _, quarters = period.place
        return 3 * Fraction(quarters)
    if period.kind is PeriodKind.SPAN:
        first, last = period.ends
        return _MONTHS[first.kind] * (last.ordinal - first.ordinal + 1)
    return _MONTHS[period.kind]


def is_like(measure: Measure, period: Period, other: Period) -> bool:
    """Return whether what adds up over one period can be held against a number set for another.

    A day that something is due on is a deadline and no period of one day.
    """
    if _is_known_by_its_end(measure, period) or other.kind is PeriodKind.DAY:
        return True
    return length_of(measure, period) == length_of(measure, other)


def answers_for(wanted: Period, period: Period, measure: Measure) -> bool:
    """Return whether a period's figure is the one for the period wanted: both end on one day, and are alike."""
    if period.end != wanted.end:
        return False
    if period == wanted or measure.kind is MeasureKind.MILESTONE:
        return True
    if _is_known_by_its_end(measure, period) or wanted.kind is PeriodKind.DAY:
        return True
    if adds_up(measure):
        return _began(measure, period) == _began(measure, wanted)
    return length_of(measure, period) >= length_of(measure, wanted)


def is_running_total_within(measure: Measure, period: Period, wanted: Period) -> bool:
    """Return whether a period's figure is a total that runs on to that of the period wanted, and is not there yet."""
    if timing_of(measure, period) is not Timing.CUMULATIVE or wanted.kind is PeriodKind.DAY:
        return False
    return period.end < wanted.end and _began(measure, period) == _began(measure, wanted)


def _is_known_by_its_end(measure: Measure, period: Period) -> bool:
    return timing_of(measure, period) is Timing.SNAPSHOT or measure.timing is Timing.ROLLING


def _began(measure: Measure, period: Period) -> date:
    """Return the first day that a figure covers: of a running total, the first day of its year, whatever its label."""
    calendar = period.year_type or measure.calendar
    if measure.timing is not Timing.CUMULATIVE or calendar is None:
        return period.start
    return min(period.start, Period.containing(period.end, PeriodKind.YEAR, calendar).start)
