"""Which figure of a series decides about a target, and which was the one before it.

Counts and amounts of money add up over time; percentages, rates, durations and scores do not. What adds up can only be
compared over periods of one length: a year's count answers no target for its last quarter, nor a quarter's one for
the year. Length is that of the kind of period and not its days: February is a month as March is, a quarter of 90 days
a quarter as one of 92. A running total answers for a period that it starts and ends with.

What does not add up is the same sort of number whatever the period: a year's percentage answers for its last quarter,
smoothed as it is, and a quarter's is on the way to the year's. It still never closes a longer period than its own.
A snapshot, and a rolling window where the measure says so, is known by its last day: the period that its label names
is nothing to it, and it answers for every period that ends on that day.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from attrs import evolve

from outcome_bees.errors import PeriodError
from outcome_bees.model.aims import Beat, Complete, Hold, Improve, Profile, Rank
from outcome_bees.model.constraints import NUMBERS
from outcome_bees.model.measure import Measure, broken
from outcome_bees.model.observation import Observation, absence_of, value_of
from outcome_bees.model.target import Target
from outcome_bees.periods import Period, PeriodKind
from outcome_bees.vocabulary import Frequency, MeasureKind, Timing, TravelBasis

__all__ = [
    "Known",
    "adds_up",
    "after_due",
    "answers_for",
    "baseline_figure",
    "baseline_value",
    "candidates_for",
    "counts_toward",
    "earlier",
    "first_to_decide",
    "grows_to_due",
    "in_order",
    "in_precedence",
    "in_sight",
    "is_like",
    "is_observation_for_target",
    "is_over",
    "is_running_total_within",
    "last_in_sight",
    "latest_in_sight",
    "length_of",
    "precedence",
    "precedence_for_target",
    "timing_of",
    "usable",
    "without_hidden_numbers",
    "year_before",
]

_STEPS: dict[Frequency | None, int] = {
    Frequency.YEARLY: 12,
    Frequency.HALF_YEARLY: 6,
    Frequency.QUARTERLY: 3,
    Frequency.MONTHLY: 1,
}
Known = dict[Period, Observation]
"""What was known of a series, in the order in which its periods end."""


_TIMING_OF_KIND = {
    PeriodKind.DAY: Timing.SNAPSHOT,
    PeriodKind.TO_DATE: Timing.CUMULATIVE,
    PeriodKind.YEAR_ENDING: Timing.ROLLING,
}
_MONTH = 60
# About how long a period of each kind is, in half days, whole numbers: a month has 60 and a week 15, a quarter of it.
# Our choice: nothing but which is longer depends on it.
_LENGTHS = {
    PeriodKind.DAY: 2,
    PeriodKind.WEEK: 15,
    PeriodKind.MONTH: _MONTH,
    PeriodKind.QUARTER: 3 * _MONTH,
    PeriodKind.TERM: 4 * _MONTH,
    PeriodKind.HALF: 6 * _MONTH,
    PeriodKind.AUTUMN_AND_SPRING: 8 * _MONTH,
    PeriodKind.YEAR: 12 * _MONTH,
    PeriodKind.YEAR_ENDING: 12 * _MONTH,
}


def timing_of(measure: Measure, period: Period) -> Timing:
    """Return how the measure's figures lie in time: as it says, else as the period does."""
    return measure.timing or _TIMING_OF_KIND.get(period.kind, Timing.FLOW)


def adds_up(measure: Measure) -> bool:
    """Return whether figures of successive periods sum to that of the whole, so that one grows with its period."""
    return measure.kind in (MeasureKind.COUNT, MeasureKind.AMOUNT)


def length_of(measure: Measure, period: Period) -> int:
    """Return about how many half days a figure covers, alike for all periods of one kind."""
    start = _began(measure, period)
    if start < period.start:
        return _MONTH * ((period.end.year - start.year) * 12 + period.end.month - start.month + 1)
    if period.kind is PeriodKind.TO_DATE:
        _, quarters = period.place
        return 3 * _MONTH * quarters
    first, last = period.ends  # of all but a span, the period itself
    return _LENGTHS[first.kind] * (last.ordinal - first.ordinal + 1)


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
    if measure.kind is MeasureKind.MILESTONE:
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


def without_hidden_numbers(figure: Observation) -> Observation:
    """Return the observation as answers hold it: an absent figure without the numbers that would give it away.

    A withdrawn figure's own number, and the numerator, denominator and limits beside any absence, must not leave in a
    dump of the answer.
    """
    absence = absence_of(figure)
    if absence is None or all(getattr(figure, name) is None for name in NUMBERS):
        return figure
    no_numbers: dict[str, Any] = dict.fromkeys(NUMBERS)
    return evolve(figure, absence=figure.absence or absence, **no_numbers)


def counts_toward(period: Period, measure: Measure, target: Target | None) -> bool:
    """Whether a period's figure may say something of the target: between its baseline and its due date, like with like.

    The baseline itself is no improvement on it, nor is what was before. And a quarter's count, or one of the year
    so far, is no part of the way to a year's, nor a year's to a quarter's, unless the target has a profile that says
    so.
    """
    if target is None:
        return True
    if target.baseline is not None and target.stands_on_baseline and period.end <= target.baseline.period.end:
        return False
    if target.due is None:
        return True
    if period.end > target.due.end:
        return False
    if not adds_up(measure) or isinstance(target.trajectory, Profile) or isinstance(target.aim, Complete):
        return True
    return answers_for(target.due, period, measure) or is_like(measure, period, target.due)


def grows_to_due(period: Period, measure: Measure, target: Target | None) -> bool:
    """Return whether a figure is a total so far that can only grow until the target is due.

    Only counts can only grow: a sum of money falls where an invoice is credited.
    """
    if target is None or target.due is None or measure.kind is not MeasureKind.COUNT:
        return False
    if isinstance(target.aim, Beat | Rank | Complete):
        return False
    since = target.baseline if isinstance(target.aim, Improve | Hold) else None
    if since is not None and broken(measure, since.period, period):
        return False
    return is_running_total_within(measure, period, target.due)


def in_sight(period: Period, target: Target | None) -> bool:
    """Whether a period's figure is shown with a target: what is later than it is due does not reopen it."""
    return period.end <= last_in_sight(target)


def last_in_sight(target: Target | None) -> date:
    """Return the day that a target is due on; the last of days where none is set."""
    return date.max if target is None or target.due is None else target.due.end


def usable(known: Known, measure: Measure, target: Target | None) -> Known:
    """Return the figures that may say something of the target."""
    counted = [period for period in known if counts_toward(period, measure, target)]
    return known if len(counted) == len(known) else {period: known[period] for period in counted}


def is_observation_for_target(period: Period, measure: Measure, target: Target | None) -> bool:
    """Return whether a period's figure is the one that a target is closed by, once the period is over."""
    if target is None or target.due is None or not counts_toward(period, measure, target):
        return False
    if isinstance(target.aim, Complete):  # done or not on that day, however long the period that ends with it
        return period.end == target.due.end
    return answers_for(target.due, period, measure)


def is_over(period: Period, on: date) -> bool:
    """Return whether a period has ended on a day: until then its figure is one on the way, and closes nothing.

    A figure that was recorded before its period ended is an estimate of it, or only what there was by then.
    """
    return period.end <= on


def precedence(period: Period, measure: Measure, due: Period | None) -> tuple[Any, ...]:
    """Return how a period's figure ranks among those that may decide, as a key to sort by; the highest decides.

    The latest does. Of several that end on one day: that of the due period itself, then one that answers for it, then
    one of its kind or of its length, then the longest.
    """
    length = length_of(measure, period)
    if due is None:
        return (period.end, length, period.days, period.code)
    same_kind = (period.kind, period.year_type) == (due.kind, due.year_type) and period.kind is not PeriodKind.SPAN
    alike = (period == due, answers_for(due, period, measure), same_kind, length == length_of(measure, due))
    return (period.end, *alike, length, period.days, period.code)


def candidates_for(wanted: Period, periods: Iterable[Period], measure: Measure) -> list[Period]:
    """Return the periods whose figure may be that of the one wanted: itself, then those that answer for it."""
    found = [period for period in periods if answers_for(wanted, period, measure)]
    return sorted(found, key=lambda period: precedence(period, measure, wanted), reverse=True)


def precedence_for_target(period: Period, measure: Measure, target: Target | None) -> tuple[Any, ...]:
    """Return how a period's figure ranks among those in sight, as a key: the one at the due date, else the latest."""
    return precedence(period, measure, None if target is None else target.due)


def in_precedence(periods: Iterable[Period], measure: Measure, target: Target | None) -> list[Period]:
    """Return periods in the order of ``precedence_for_target``: the one whose figure decides comes last."""
    found: list[Period] = []
    for _, ending in groupby(sorted(periods, key=attrgetter("end")), key=attrgetter("end")):
        alike = [*ending]  # mostly one: only of several that end on one day is more to be known than the day
        if len(alike) > 1:
            alike.sort(key=lambda period: precedence_for_target(period, measure, target))
        found += alike
    return found


def latest_in_sight(known: Known, measure: Measure, target: Target | None, until: date) -> Observation | None:
    """Return the figure that decides: the one for the due period, or else the latest; ``None`` where none is in sight.

    Args:
        until: The last day on which the period of a figure in sight ends.
    """
    latest: Observation | None = None
    ending: list[Period] = []  # whichever decides is among the last to end, and mostly there is one
    for figure in reversed(known.values()):
        end = figure.period.end
        if latest is not None and end < latest.period.end:
            break
        if end <= until:
            if latest is None:
                latest = figure
            else:
                ending = [*(ending or [latest.period]), figure.period]
    if ending:
        return known[max(ending, key=lambda period: precedence_for_target(period, measure, target))]
    return latest


def after_due(periods: Iterable[Period], target: Target | None, on: date) -> list[Period]:
    """Return the periods that end after a target is due and are over on a day."""
    last = last_in_sight(target)
    return [each for each in periods if last < each.end and is_over(each, on)]


def in_order(periods: Iterable[Period]) -> list[Period]:
    """Periods from the earliest end to the latest."""
    return sorted(periods, key=lambda period: (period.end, period.code))


def first_to_decide(periods: Iterable[Period], measure: Measure, target: Target | None) -> list[Period]:
    """Periods from the earliest end to the latest; of several that end on one day, the one that would decide first."""
    best_first = sorted(periods, key=lambda period: precedence_for_target(period, measure, target), reverse=True)
    return sorted(best_first, key=lambda period: period.end)


def earlier(measure: Measure, period: Period) -> tuple[Period | None, TravelBasis]:
    """Return the period that a figure's travel is taken from; ``None`` where there can be none.

    A running total is held against the same period last year: its first quarter never against its fourth.
    """
    if timing_of(measure, period) is Timing.CUMULATIVE:
        return year_before(period), TravelBasis.SAME_PERIOD_LAST_YEAR
    return _one_back(measure.frequency, period), TravelBasis.PREVIOUS_PERIOD


@lru_cache(maxsize=4096)
def _one_back(frequency: Frequency | None, period: Period) -> Period | None:
    """Return the period before, as often as figures are published; nothing where this kind cannot take such a step."""
    try:
        months = _STEPS.get(frequency)
        if months is not None:
            return period.months_later(-months)
        if frequency is Frequency.WEEKLY and period.kind is PeriodKind.DAY:
            return period.shifted(-7)
        return period.previous()
    except PeriodError:
        return None


@lru_cache(maxsize=4096)
def year_before(period: Period) -> Period | None:
    """Return the same period last year; ``None`` where there is none, as for a 53rd week."""
    try:
        return period.year_before()
    except PeriodError:
        return None


def baseline_value(target: Target, measure: Measure, known: Known) -> Decimal | None:
    """Where the measure stood, in its unit: as the target says, else as was observed; ``None`` where neither does."""
    if target.baseline is None:
        return None
    stated = target.baseline.value
    if stated is None:
        return value_of(baseline_figure(target, measure, known), measure)
    return stated if target.unit is None or measure.unit is None else target.unit.convert(stated, measure.unit)


def baseline_figure(target: Target, measure: Measure, known: Known) -> Observation | None:
    """Return the figure of the baseline; ``None`` where the target states its number, or there is none."""
    if target.baseline is None or target.baseline.value is not None:
        return None
    figure = known.get(target.baseline.period)  # which is the first of those that may serve as it
    if figure is None:
        figure = next((known[each] for each in candidates_for(target.baseline.period, known, measure)), None)
    return figure
