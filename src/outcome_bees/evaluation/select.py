"""Which figure of a series decides about a target, and which was the one before it."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from attrs import evolve, frozen

from outcome_bees.errors import PeriodError
from outcome_bees.evaluation.like_periods import (
    adds_up,
    answers_for,
    is_like,
    is_running_total_within,
    length_of,
    timing_of,
)
from outcome_bees.model.aims import Beat, Complete, Hold, Improve, Profile, Rank
from outcome_bees.model.constraints import NUMBERS
from outcome_bees.model.measure import Measure, broken
from outcome_bees.model.observation import Observation, absence_of
from outcome_bees.model.target import Target
from outcome_bees.periods import Period, PeriodKind
from outcome_bees.vocabulary import Frequency, MeasureKind, Timing, TravelBasis

__all__ = [
    "after_due",
    "candidates_for",
    "counts_toward",
    "earlier",
    "first_to_decide",
    "grows_to_due",
    "in_order",
    "in_precedence",
    "in_sight",
    "is_observation_for_target",
    "is_over",
    "precedence",
    "precedence_for_target",
    "select",
    "usable",
    "without_hidden_numbers",
    "year_before",
]

_MONTHS = {Frequency.YEARLY: 12, Frequency.HALF_YEARLY: 6, Frequency.QUARTERLY: 3, Frequency.MONTHLY: 1}
Known = dict[Period, Observation]
"""What was known of a series, in the order in which its periods end."""


@frozen
class Selection:
    """The figure of a target, and what it may say.

    Attributes:
        figure: The figure; ``None`` where none is in sight.
        counts: Whether it says anything of the target: otherwise it is shown, and not judged.
        at_due: Whether it is the one for the due period.
    """

    figure: Observation | None
    counts: bool
    at_due: bool


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
    so: see ``like_periods``.
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
    return period.end <= _last_in_sight(target)


def _last_in_sight(target: Target | None) -> date:
    return date.max if target is None or target.due is None else target.due.end


def usable(known: Known, measure: Measure, target: Target | None) -> Known:
    """Return the figures that may say something of the target."""
    counted = [period for period in known if counts_toward(period, measure, target)]
    return known if len(counted) == len(known) else {period: known[period] for period in counted}


def is_observation_for_target(period: Period, measure: Measure, target: Target | None) -> bool:
    """Return whether a period's figure is the one that a target is closed by, once the period is over."""
    return counts_toward(period, measure, target) and _is_of_due(period, measure, target)


def _is_of_due(period: Period, measure: Measure, target: Target | None) -> bool:
    if target is None or target.due is None:
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


def select(known: Known, measure: Measure, target: Target | None) -> Selection:
    """Return the figure that decides: the one for the due period, or else the latest in sight."""
    until = _last_in_sight(target)
    ending: list[Period] = []  # whichever decides is among the last to end, and mostly there is one
    for period in reversed(known):
        if ending and period.end < ending[0].end:
            break
        if period.end <= until:
            ending.append(period)
    if not ending:
        return Selection(None, counts=False, at_due=False)
    best = ending[0]
    if len(ending) > 1:
        best = max(ending, key=lambda period: precedence_for_target(period, measure, target))
    counts = counts_toward(best, measure, target)
    return Selection(known[best], counts=counts, at_due=counts and _is_of_due(best, measure, target))


def after_due(periods: Iterable[Period], target: Target | None, on: date) -> list[Period]:
    """Return the periods that end after a target is due and are over on a day."""
    last = _last_in_sight(target)
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
        if frequency is not None and frequency in _MONTHS:
            return period.months_later(-_MONTHS[frequency])
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
