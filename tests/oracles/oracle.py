"""An evaluator that never heard of scales or edges: every rule in words that a performance analyst would use.

It is written from the design and from the rulings on what is to be mended, without a look at the evaluator that it
judges, and shares nothing with it but the objects of the model: plans, measures, targets, observations and periods.
Numbers are fractions, so that nothing is ever rounded. It is slow and plain on purpose.

What the design leaves open is decided here as an analyst would defend it before councillors:

Periods
    *What adds up.* Counts and amounts of money add up over time; percentages, rates, durations, scores and ranks do
    not. What adds up is held only against a period of its own length (a month against a month, whatever their days).
    What does not add up may be of a longer period than the one that is due, for it is the same sort of number, and
    never closes a longer period than its own: the last quarter's rate is not the year's.
    *A due date is a deadline,* not a period of one day: a figure that ends on it answers it, however long its period.
    *A running total* of a measure that says it is cumulative began with its year, whatever label it is published under:
    with the year of the label, else with that of the measure's calendar, else with the label itself.
    *A snapshot, and a rolling window where the measure says so,* is known by its last day, whatever its label.
    *Several figures that end on one day:* the due period's own comes first, then one that answers it, then one of its
    kind, then one of its length, then the longest.
    *The baseline's own figure, and older ones,* say nothing yet of an aim that stands on the
    baseline: nothing has happened since.
Knowledge
    *A figure for a period that is not over* is a figure on the way, also where it is the due period's own.
    *Only counts can only grow;* a sum of money can fall. A running total within the due period that is already off
    (past a ceiling) or already met (at a floor) settles the target; one that is near could still go either way.
    *A milestone* is done, and achieved, by the first figure of a period that is over and ends by its day. After its day
    one that says "not done" settles it too, if its own period is over.
Others
    *The group's median or pool* needs a figure of every one of its areas: without one of them it is another group.
    *A place that came in place of others* has no baseline from before: a figure of its own ground alone is one. So
    has a group of which a place was not there. A place that was only recoded is the place it was.
    *A group that nobody has described* is missing at once, like a baseline that is nowhere.
    *A rank* needs as many areas as groups; so do last year's places where a policy asks for them. A figure that is
    there and not known may be ahead or behind: where the verdict depends on it, there is none.
    *A unitary authority* in a table that holds both tiers, and no ``among``, has no group to be ranked in.
Zero
    *A percentage of a required zero* has no answer, even for a figure that would be met whatever the tolerance: also
    where the zero only comes of the baseline or of others. Where it is known beforehand, it is said at once.
    *An improvement by 100 %* and *a tolerance of 100 %* are percentages of a number that is not zero, and are judged.
Travel
    *Toward a number or a band* (``maintain``) nearer is improving; within the band nothing changes. The number is that
    to be reached at last, whatever the way. Toward a baseline on the other side of a break nothing is nearer.
    *Last year's figure beyond a break* is no history: ``insufficient_history``.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from outcome_bees import (
    Absence,
    Beat,
    Comparator,
    Complete,
    Direction,
    Hold,
    Improve,
    Linear,
    Margin,
    Measure,
    MeasureKind,
    Observation,
    Period,
    Profile,
    Rank,
    Reach,
    Reason,
    Revision,
    Role,
    Status,
    StayBetween,
    Target,
    Timing,
    Travel,
    Unit,
    Verdict,
)
from outcome_bees.errors import PeriodError
from outcome_bees.periods import PeriodKind
from outcome_bees.vocabulary import ComparatorMethod, Frequency, TravelBasis

Series = Mapping[Period, Observation]


class Answer(NamedTuple):
    """What is to be said of a target; every field is compared with the evaluator's."""

    status: Status
    verdict: Verdict | None
    reason: Reason | None
    required: Fraction | None
    gap: Fraction | None
    travel: Travel | None
    basis: TravelBasis | None
    period: Period | None


class Case(NamedTuple):
    """One question: everything that ``evaluate`` is given."""

    target: Target | None
    measure: Measure
    observations: tuple[Observation, ...]
    as_of: date
    policy: Any
    area: str
    comparators: tuple[Comparator, ...]


class Judgement(NamedTuple):
    """The part of an answer that travel has nothing to do with."""

    status: Status
    verdict: Verdict | None = None
    reason: Reason | None = None
    required: Fraction | None = None
    gap: Fraction | None = None


def answer(case: Case) -> Answer:
    """Return how the target stands."""
    series = known(case, case.area)
    figure = figure_used(case, series)
    judgement = judge(case, series, figure)
    travel, basis = travelled(case, series, figure)
    return Answer(*judgement, travel, basis, None if figure is None else figure.period)


# What was known


# Places that changed. Somerset was only recoded; Cumberland is a part of what was Cumbria.

OTHER_CODE = {"E10000027": "E06000066", "E06000066": "E10000027"}
BEGAN = {"E06000063": date(2023, 4, 1)}
ENDED = {"E10000006": date(2023, 4, 1)}


def under_any_code(case: Case, series: Series, area: str | None = None) -> Series:
    """Return a series with the figures that were published under another code of the same ground, its own first."""
    other = OTHER_CODE.get(area or case.area)
    return series if other is None else {**known(case, other), **series}


def group_changed(case: Case, period: Period) -> bool:
    """Return whether one of those that a target is to beat was not there when a period ended."""
    aim = case.target and case.target.aim
    groups = [each for each in case.comparators if isinstance(aim, Beat) and each.id == aim.comparator]
    return any(
        BEGAN.get(area, date.min) > period.end or ENDED.get(area, date.max) <= period.end
        for group in groups
        for area in group.areas
    )


def known(case: Case, area: str) -> dict[Period, Observation]:
    """Return one figure a period: the vintage known last on or before the day. A forecast is no figure."""
    breakdown = {} if case.target is None else dict(case.target.breakdown)
    latest: dict[Period, Observation] = {}
    for each in case.observations:
        if (each.measure, each.area, dict(each.breakdown)) != (case.measure.id, area, breakdown):
            continue
        if known_since(each) > case.as_of or each.revision is Revision.FORECAST:
            continue
        held = latest.get(each.period)
        if held is None or vintage(each) > vintage(held):
            latest[each.period] = each
    return latest


def known_since(figure: Observation) -> date:
    return figure.recorded or figure.period.end


def vintage(figure: Observation) -> tuple[date, int]:
    """Return which of two figures for one period counts: the later known, then the more settled."""
    settled = [None, Revision.FORECAST, Revision.PROVISIONAL, Revision.REVISED, Revision.FINAL, Revision.WITHDRAWN]
    return known_since(figure), settled.index(figure.revision)


def absence(figure: Observation) -> Absence | None:
    return Absence.NOT_AVAILABLE if figure.revision is Revision.WITHDRAWN else figure.absence


def value(case: Case, figure: Observation | None) -> Fraction | None:
    """Return the figure in the measure's unit; ``None`` where there is none."""
    if figure is None or absence(figure) is not None or figure.value is None:
        return None
    return converted(Fraction(figure.value), figure.unit, case.measure.unit)


def converted(number: Fraction, unit: Unit | None, to: Unit | None) -> Fraction:
    return number if unit is None or to is None else number * unit.factor(to)


# Periods and their like


def adds_up(measure: Measure) -> bool:
    return measure.kind in (MeasureKind.COUNT, MeasureKind.AMOUNT)


def timing(measure: Measure, period: Period) -> Timing:
    """Return how a figure lies in time: as the measure says, else as its period does."""
    by_kind = {
        PeriodKind.DAY: Timing.SNAPSHOT,
        PeriodKind.TO_DATE: Timing.CUMULATIVE,
        PeriodKind.YEAR_ENDING: Timing.ROLLING,
    }
    return measure.timing or by_kind.get(period.kind, Timing.FLOW)


def known_by_its_end(measure: Measure, period: Period) -> bool:
    """Return whether the length of the period is nothing to the figure: snapshots, and declared rolling windows."""
    return timing(measure, period) is Timing.SNAPSHOT or measure.timing is Timing.ROLLING


def began(measure: Measure, period: Period) -> date:
    """Return the first day that a figure covers: of a running total, the first day of its year."""
    calendar = period.year_type or measure.calendar
    if measure.timing is not Timing.CUMULATIVE or calendar is None:
        return period.start
    year = Period.containing(period.end, PeriodKind.YEAR, calendar)
    return min(period.start, year.start)


MONTHS = {
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


def length(measure: Measure, period: Period) -> Fraction:
    """Return about how many months a figure covers, alike for all periods of one kind."""
    start = began(measure, period)
    if start < period.start:
        return Fraction((period.end.year - start.year) * 12 + period.end.month - start.month + 1)
    if period.kind is PeriodKind.TO_DATE:
        return Fraction(3 * period.place[1])
    if period.kind is PeriodKind.SPAN:
        first, last = period.ends
        return MONTHS[first.kind] * (last.ordinal - first.ordinal + 1)
    return MONTHS[period.kind]


def is_deadline(due: Period) -> bool:
    return due.kind is PeriodKind.DAY


def is_part(measure: Measure, period: Period, of: Period) -> bool:
    """Return whether a figure covers only a shorter kind of period."""
    return not known_by_its_end(measure, period) and length(measure, period) < length(measure, of)


def is_like(measure: Measure, period: Period, due: Period) -> bool:
    """Return whether what adds up over one period can be held against a number set for another."""
    if known_by_its_end(measure, period) or is_deadline(due):
        return True
    return length(measure, period) == length(measure, due)


def answers(measure: Measure, period: Period, due: Period) -> bool:
    """Return whether a figure is the one that the due period (or that of a baseline) asks for."""
    if period.end != due.end:
        return False
    if period == due or measure.kind is MeasureKind.MILESTONE:
        return True
    if known_by_its_end(measure, period) or is_deadline(due):
        return True
    if adds_up(measure):
        return began(measure, period) == began(measure, due)
    return not is_part(measure, period, due)


def preferred(measure: Measure, period: Period, due: Period | None) -> tuple[Any, ...]:
    """Return the key by which one of several figures that end on one day is taken; the highest is."""
    if due is None:
        return (length(measure, period), period.days, period.code)
    kind = (period.kind, period.year_type) == (due.kind, due.year_type) and period.kind is not PeriodKind.SPAN
    same = length(measure, period) == length(measure, due)
    long = length(measure, period)
    return (period == due, answers(measure, period, due), kind, same, long, period.days, period.code)


def figure_used(case: Case, series: Series) -> Observation | None:
    """Return the figure for the due period, or else the latest that ends no later than it."""
    due = None if case.target is None else case.target.due
    in_sight = [each for each in series.values() if due is None or each.period.end <= due.end]
    if case.target is not None and isinstance(case.target.aim, Complete) and reason_from_plan(case) is None:
        return milestone_figure(case, in_sight, series)
    return max(in_sight, key=lambda each: (each.period.end, *preferred(case.measure, each.period, due)), default=None)


def figure_of(case: Case, series: Series, wanted: Period) -> Observation | None:
    """Return the figure of a baseline's period: its own, or one that answers for it."""
    fitting = [each for each in series.values() if answers(case.measure, each.period, wanted)]
    return max(fitting, key=lambda each: preferred(case.measure, each.period, wanted), default=None)


def break_between(measure: Measure, one: Period, other: Period) -> bool:
    """Return whether a series broke after the end of the earlier period and not after that of the later."""
    earlier, later = sorted((one.end, other.end))
    return any(earlier < each <= later for each in measure.breaks)


# The order of reasons


def judge(case: Case, series: Series, figure: Observation | None) -> Judgement:
    reason = reason_from_plan(case)
    if reason is None and not series:
        reason = Reason.NO_DATA
    if reason is not None:
        return not_assessed(reason)
    target = case.target
    assert target is not None
    if isinstance(target.aim, Complete):
        return judge_milestone(case, series, figure)
    if figure is not None and (absent := absence(figure)) is not None:
        return not_assessed(Reason(absent.value))
    if stands_on_baseline(case, figure):
        if baseline_of_other_places(case, series):
            return not_assessed(Reason.SERIES_BREAK)
        if figure is not None and says_something(case, figure) and broken_since_baseline(case, figure):
            return not_assessed(Reason.SERIES_BREAK)
        if baseline(case, series) is None:
            return not_assessed(Reason.BASELINE_NOT_SET)
    if group_unknown(case):
        return not_assessed(Reason.COMPARATOR_MISSING)
    settled = None if figure is None else settled_early(case, series, figure)
    if settled is not None:
        return settled
    if figure is None or not says_something(case, figure):
        return not_assessed(Reason.REFERENCE_IS_ZERO if never_judged(case, series) else pending(case))
    judgement = judge_number(case, series, figure)
    return judgement if judgement.reason is not None else in_time(case, figure, judgement)


def baseline_of_other_places(case: Case, series: Series) -> bool:
    """Return whether the baseline is from before its place was there, and is not known for the place itself."""
    target = case.target
    if target is None or target.baseline is None or case.area not in BEGAN:
        return False
    stated = target.baseline.value is not None
    own = target.area is not None if stated else baseline(case, series) is not None
    return not own and target.baseline.period.end < BEGAN[case.area]


def broken_since_baseline(case: Case, figure: Observation) -> bool:
    since = None if case.target is None else case.target.baseline
    return since is not None and break_between(case.measure, since.period, figure.period)


def not_assessed(reason: Reason) -> Judgement:
    return Judgement(Status.NOT_ASSESSED, None, reason)


def reason_from_plan(case: Case) -> Reason | None:
    """Return the first reason that holds whatever the figures are."""
    measure, target = case.measure, case.target
    if measure.role is Role.CONTEXTUAL:
        return Reason.CONTEXTUAL
    if measure.kind is MeasureKind.NARRATIVE:
        return Reason.QUALITATIVE
    if target is None:
        return Reason.NO_TARGET
    if measure.direction is None and not isinstance(target.aim, StayBetween | Complete):
        return Reason.NO_DIRECTION
    if target.aim is None:
        return Reason.PLACEHOLDER
    before_due = measure.ended is not None and (target.due is None or measure.ended < target.due.end)
    if before_due and measure.ended is not None and measure.ended <= case.as_of:
        return Reason.DISCONTINUED
    return None


def pending(case: Case) -> Reason:
    """Return why there is nothing to judge yet: the day has not passed, or it has."""
    assert case.target is not None
    return Reason.OVERDUE if due_passed(case) else Reason.NOT_YET_DUE


def due_passed(case: Case) -> bool:
    due = case.target.due if case.target else None
    return due is not None and due.end < case.as_of


def is_after(period: Period, other: Period) -> bool:
    return period.end > other.end


def stands_on_baseline(case: Case, figure: Observation | None) -> bool:
    """Return whether a figure cannot be judged without a baseline: a line needs it on the way, and not at its end."""
    target = case.target
    assert target is not None
    if isinstance(target.aim, Improve | Hold):
        return True
    if not isinstance(target.trajectory, Linear) or figure is None or target.due is None:
        return False
    return figure.period.end < target.due.end


def says_something(case: Case, figure: Observation) -> bool:
    """Return whether a figure can be held against the target at all."""
    target = case.target
    assert target is not None
    since = target.baseline if stands_on_baseline(case, figure) else None
    if since is not None and not is_after(figure.period, since.period):
        return False  # nothing has happened since
    if target.due is not None and answers(case.measure, figure.period, target.due):
        return True
    if isinstance(target.trajectory, Profile):
        return profiled(case, figure.period) is not None
    return target.due is None or not adds_up(case.measure) or is_like(case.measure, figure.period, target.due)


IN_TIME = {
    Verdict.MET: (Status.ON_TRACK, Status.ACHIEVED),
    Verdict.NEAR: (Status.AT_RISK, Status.NARROWLY_MISSED),
    Verdict.OFF: (Status.OFF_TRACK, Status.MISSED),
}


def in_time(case: Case, figure: Observation, judgement: Judgement) -> Judgement:
    """Return a verdict as a status: on the way, at the due period, or past it without its figure."""
    due = case.target.due if case.target else None
    assert judgement.verdict is not None
    on_the_way, at_the_end = IN_TIME[judgement.verdict]
    if due is not None and answers(case.measure, figure.period, due) and may_close(case, due):
        return judgement._replace(status=at_the_end)
    if due_passed(case):
        return judgement._replace(status=Status.NOT_ASSESSED, reason=Reason.OVERDUE)
    return judgement._replace(status=on_the_way)


def may_close(case: Case, due: Period) -> bool:
    """Return whether the due period is over: until then no figure can close it."""
    return due.end <= case.as_of


# What is required


class Requirement(NamedTuple):
    """A stretch that the figure has to lie in; ``None`` where an end is open."""

    low: Fraction | None
    high: Fraction | None
    strictly: bool = False
    by_zero: bool = False


def one_sided(line: Fraction, *, more: bool, strictly: bool, by_zero: bool) -> Requirement:
    """Return the stretch on the better side of a number."""
    return Requirement(line if more else None, None if more else line, strictly, by_zero)


def judge_number(case: Case, series: Series, figure: Observation) -> Judgement:
    """Return the verdict on one figure, or the reason why there is none."""
    target = case.target
    assert target is not None
    number, requirement = value(case, figure), requirement_at(case, series, figure.period)
    at_best: Fraction | None = None
    if isinstance(target.aim, Rank):
        placed = place(case, target.aim, figure.period)
        at_best, number = (None, None) if placed is None else (Fraction(placed[0]), Fraction(placed[1]))
    if number is None or requirement is None:
        return not_assessed(Reason.SERIES_BREAK if group_changed(case, figure.period) else Reason.COMPARATOR_MISSING)
    if requirement.by_zero or percentage_of_zero(case, requirement):
        return not_assessed(Reason.REFERENCE_IS_ZERO)
    verdict, required, ahead = verdict_on(case, number, requirement)
    if at_best is not None and verdict_on(case, at_best, requirement)[0] is not verdict:
        return not_assessed(Reason.COMPARATOR_MISSING)
    if verdict is Verdict.NEAR and case.policy.near_if_not_worse:
        before = number_a_year_before(case, series, figure.period)
        if before is None:
            return not_assessed(Reason.INSUFFICIENT_HISTORY)
        if ahead < verdict_on(case, before, requirement)[2] - guard(case.measure):
            verdict = Verdict.OFF
    return Judgement(Status.NOT_ASSESSED, verdict, None, required, ahead)


def guard(measure: Measure) -> Fraction:
    """Return a thousandth of the last published digit: a figure so near to a number is on it."""
    return Fraction(1, 10 ** (measure.digits + 3))


def requirement_at(case: Case, series: Series, period: Period) -> Requirement | None:
    """Return what a figure of a period has to come to; ``None`` where others' figures are missing."""
    target, measure = case.target, case.measure
    assert target is not None
    more = measure.direction is Direction.INCREASE
    match target.aim:
        case StayBetween(low, high):
            return Requirement(in_unit(case, low), in_unit(case, high))
        case Rank() as aim:
            placed = place(case, aim, period)
            return None if placed is None else Requirement(None, Fraction(aim.best * placed[2], aim.of))
        case Beat(_, by):
            other = comparator_value(case, period)
            if other is None:
                return None
            line = moved(case, other, by, better=True)
            return one_sided(line, more=more, strictly=by is None, by_zero=percent_of(by, other))
        case Reach(aimed):
            goal, strictly, zero = in_unit(case, aimed), False, False
        case Improve(by):
            start = baseline(case, series)
            assert start is not None
            goal, strictly, zero = moved(case, start, by, better=True), by is None, percent_of(by, start)
        case _:
            start = baseline(case, series)
            assert start is not None
            goal, strictly, zero = start, False, False
    line = on_the_way(case, series, goal, period)
    if measure.direction is Direction.MAINTAIN:
        return Requirement(line, line, strictly, zero)
    return one_sided(line, more=more, strictly=strictly, by_zero=zero)


def in_unit(case: Case, number: Any) -> Fraction:
    assert case.target is not None
    return converted(Fraction(number), case.target.unit, case.measure.unit)


def margin_size(case: Case, margin: Margin, of: Fraction, unit: Unit | None) -> Fraction:
    """Return how much a margin is; a percentage is of the size of the number."""
    if margin.percent is not None:
        return abs(of) * Fraction(margin.percent) / 100
    assert margin.amount is not None
    return converted(Fraction(margin.amount), unit, case.measure.unit)


def moved(case: Case, start: Fraction, by: Margin | None, *, better: bool) -> Fraction:
    assert case.target is not None
    much = Fraction(0) if by is None else margin_size(case, by, start, case.target.unit)
    return start + much if (case.measure.direction is Direction.INCREASE) is better else start - much


def percent_of(by: Margin | None, number: Fraction) -> bool:
    """Return whether a percentage would have to be taken of zero."""
    return by is not None and by.percent is not None and number == 0


def baseline(case: Case, series: Series) -> Fraction | None:
    """Return where the measure stood: as the target states it, else from the figures."""
    target = case.target
    if target is None or target.baseline is None:
        return None
    if target.baseline.value is not None:
        return in_unit(case, target.baseline.value)
    return value(case, figure_of(case, under_any_code(case, series), target.baseline.period))


def on_the_way(case: Case, series: Series, goal: Fraction, period: Period) -> Fraction:
    """Return the number on the trajectory at a period; from the due period on it is the goal."""
    target = case.target
    assert target is not None
    if target.due is not None and answers(case.measure, period, target.due):
        return goal
    if isinstance(target.trajectory, Profile):
        number = profiled(case, period)
        return goal if number is None else number
    if isinstance(target.trajectory, Linear):
        assert target.due is not None
        assert target.baseline is not None
        if period.end == target.due.end:
            return goal
        start = baseline(case, series)
        assert start is not None
        return start + share_of_the_way(target.baseline.period, period, target.due) * (goal - start)
    return goal


def profiled(case: Case, period: Period) -> Fraction | None:
    """Return the profile's number for a period: its own, or that of one that ends with it and is its like."""
    target = case.target
    assert target is not None
    assert isinstance(target.trajectory, Profile)
    steps = target.trajectory.values
    if period in steps:
        return in_unit(case, steps[period])
    by_end = not adds_up(case.measure) or timing(case.measure, period) is not Timing.FLOW
    same = [each for each in steps if each.end == period.end and (by_end or is_like(case.measure, period, each))]
    return in_unit(case, steps[min(same, key=lambda each: each.code)]) if same else None


def share_of_the_way(start: Period, now: Period, due: Period) -> Fraction:
    """Return how much of the time has gone: in whole periods of one kind, else in months, else in days."""
    three = tuple(each.ends[1] for each in (start, now, due))  # of a span, what it ends with
    if len({(each.kind, each.year_type) for each in three}) == 1 and due.kind not in (
        PeriodKind.DAY,
        PeriodKind.YEAR_ENDING,
    ):
        first, here, last = (each.ordinal for each in three)
    elif len({each.end.day for each in three}) == 1 or all(is_month_end(each.end) for each in three):
        first, here, last = (each.end.year * 12 + each.end.month for each in three)
    else:
        first, here, last = (each.end.toordinal() for each in three)
    return Fraction(here - first, last - first)


def is_month_end(day: date) -> bool:
    return day.month != date.fromordinal(day.toordinal() + 1).month


# The verdict


def percentage_of_zero(case: Case, requirement: Requirement) -> bool:
    """Return whether the tolerance, or the policy's, is a percentage and what is required is zero."""
    margins = (case.policy.met_within, near_margin(case)[0])
    percent = any(each is not None and each.percent is not None for each in margins)
    return percent and 0 in (requirement.low, requirement.high)


def never_judged(case: Case, series: Series) -> bool:
    """Return whether a percentage of zero stands in the way already: of the baseline, or of the number to reach."""
    start = baseline(case, series)
    goals: list[Fraction] = []
    match case.target.aim if case.target else None:
        case Reach(number):
            goals = [Fraction(number)]
        case StayBetween(low, high):
            goals = [Fraction(low), Fraction(high)]
        case Hold() if start is not None:
            goals = [start]
        case Improve(by) if start is not None:
            if percent_of(by, start):
                return True
            goals = [moved(case, start, by, better=True)]
    return any(percentage_of_zero(case, Requirement(goal, None)) for goal in goals)


def near_margin(case: Case) -> tuple[Margin | None, Unit | None]:
    """Return how far short counts as near, and in which unit: the policy's own word, else the target's."""
    assert case.target is not None
    if case.policy.near_within is not None:
        return case.policy.near_within, None
    return case.target.tolerance, None if isinstance(case.target.aim, Rank) else case.target.unit  # places


def verdict_on(case: Case, number: Fraction, requirement: Requirement) -> tuple[Verdict, Fraction, Fraction]:
    """Return the verdict, the number required (of a band, the end that decides) and how far ahead of it."""
    ends = [(requirement.low, 1), (requirement.high, -1)]
    found = [
        (end_verdict(case, (number - end) * sign, end, requirement.strictly), end, (number - end) * sign)
        for end, sign in ends
        if end is not None
    ]
    worst = max((each[0] for each in found), key=[Verdict.MET, Verdict.NEAR, Verdict.OFF].index)
    _, required, ahead = min(found, key=lambda each: each[2])
    return worst, required, ahead


def end_verdict(case: Case, ahead: Fraction, required: Fraction, strictly: bool) -> Verdict:
    """Return the verdict on how far ahead a figure is of a number: short by no more than is tolerated is near."""
    hair, short = guard(case.measure), -ahead
    within = case.policy.met_within
    if within is not None:
        if short <= margin_size(case, within, required, None) + hair:
            return Verdict.MET
    elif (short < -hair) if strictly else (short <= hair):
        return Verdict.MET
    near, unit = near_margin(case)
    if near is not None and short <= margin_size(case, near, required, unit) + hair:
        return Verdict.NEAR
    return Verdict.OFF


def number_a_year_before(case: Case, series: Series, period: Period) -> Fraction | None:
    """Return the figure of the same period last year, or last year's place; ``None`` where it is not known."""
    before = earlier(period, lambda each: each.year_before())
    if before is None or break_between(case.measure, before, period):
        return None
    assert case.target is not None
    if isinstance(case.target.aim, Rank):
        placed = place(case, case.target.aim, before)
        if placed is None or placed[0] != placed[1] or value(case, series.get(before)) is None:
            return None
        return Fraction(placed[0])
    return value(case, under_any_code(case, series).get(before))


def earlier(period: Period, step: Any) -> Period | None:
    try:
        found: Period = step(period)
    except PeriodError:
        return None
    return found


# What is certain before the day


def settled_early(case: Case, series: Series, figure: Observation) -> Judgement | None:
    """Return what a running count within the due period has settled already: it can only grow."""
    target, measure = case.target, case.measure
    assert target is not None
    due = target.due
    if due is None or measure.kind is not MeasureKind.COUNT or isinstance(target.aim, Beat | Rank):
        return None
    if timing(measure, figure.period) is not Timing.CUMULATIVE or figure.period.end >= due.end:
        return None
    if is_deadline(due) or began(measure, figure.period) != began(measure, due):
        return None
    if isinstance(target.aim, Improve | Hold) and broken_since_baseline(case, figure):
        return None
    number, requirement = value(case, figure), requirement_at(case, series, due)
    assert number is not None
    assert requirement is not None
    if requirement.by_zero or percentage_of_zero(case, requirement):
        return None
    verdict, required, ahead = verdict_on(case, number, requirement)
    above = requirement.high is not None and (requirement.low is None or number > requirement.high)
    beyond = above and verdict is Verdict.OFF
    reached = requirement.high is None and verdict is Verdict.MET
    if not (beyond or reached):
        return None
    on_the_way, at_the_end = IN_TIME[verdict]
    return Judgement(at_the_end if due_passed(case) else on_the_way, verdict, None, required, ahead)


# Milestones


def is_done(case: Case, figure: Observation) -> bool:
    number = value(case, figure)
    return number is not None and number >= 1 - guard(case.measure)


def milestone_figure(case: Case, in_sight: list[Observation], series: Series) -> Observation | None:
    """Return the figure that settles a milestone: done by its day, else of its day, else not done after it."""
    target = case.target
    assert target is not None
    done = [each for each in in_sight if is_done(case, each)]
    key = lambda each: (each.period.end, *preferred(case.measure, each.period, target.due))  # noqa: E731
    if done:
        first = min(each.period.end for each in done)
        return max((each for each in done if each.period.end == first), key=key)
    latest = max(in_sight, key=key, default=None)
    of_its_day = [each for each in in_sight if target.due is not None and each.period.end == target.due.end]
    said = [each for each in of_its_day if value(case, each) is not None]
    if said:
        return max(said, key=key)
    after = not_done_after(case, series)
    first_day = min((each.period.end for each in after), default=None)
    return max((each for each in after if each.period.end == first_day), key=key, default=latest)


def not_done_after(case: Case, series: Series) -> list[Observation]:
    """Return the figures of after the day that say it was not done even then, each of a period that is over."""
    due = case.target.due if case.target else None
    return [
        each
        for each in series.values()
        if due is not None
        and due.end < each.period.end <= case.as_of
        and value(case, each) is not None
        and not is_done(case, each)
    ]


def judge_milestone(case: Case, series: Series, figure: Observation | None) -> Judgement:
    """Return how a milestone stands: done stays done, and before its day what is not done is not yet due."""
    target = case.target
    assert target is not None
    if figure is None:
        return not_assessed(pending(case))
    absent = absence(figure)
    if absent is not None:
        return not_assessed(Reason(absent.value))
    number = value(case, figure)
    assert number is not None
    due, over = target.due, target.due is not None and target.due.end <= case.as_of
    if is_done(case, figure):
        status = Status.ACHIEVED if figure.period.end <= case.as_of else Status.ON_TRACK
        return Judgement(status, Verdict.MET, None, Fraction(1), number - 1)
    judgement = Judgement(Status.MISSED, Verdict.OFF, None, Fraction(1), number - 1)
    if over and due is not None and figure.period.end >= due.end:
        return judgement
    return judgement._replace(status=Status.NOT_ASSESSED, reason=pending(case))


# Others


def group_unknown(case: Case) -> bool:
    """Return whether the target is held against a group that nobody has described: it can never be judged."""
    match case.target.aim if case.target else None:
        case Beat(name) | Rank(among=name) if name is not None:
            return all(each.id != name for each in case.comparators)
    return False


def comparator_value(case: Case, period: Period) -> Fraction | None:
    """Return the group's value for the same period: published, pooled or the median of all its areas."""
    assert case.target is not None
    assert isinstance(case.target.aim, Beat)
    group = next((each for each in case.comparators if each.id == case.target.aim.comparator), None)
    if group is None:
        return None
    figures = [under_any_code(case, known(case, area), area).get(period) for area in group.areas]
    present = [each for each in figures if each is not None and value(case, each) is not None]
    if len(present) < len(group.areas):
        return None
    if group.method is ComparatorMethod.POOLED:
        return pooled(case, present)
    values = sorted(each for each in (value(case, figure) for figure in present) if each is not None)
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def pooled(case: Case, figures: list[Observation]) -> Fraction | None:
    """Return the sum of the numerators over that of the denominators: rates are never averaged."""
    parts = [(each.numerator, each.denominator) for each in figures]
    if any(top is None or bottom is None for top, bottom in parts):
        return None
    share = Fraction(sum(Fraction(top or 0) for top, _ in parts)) / sum(Fraction(bottom or 0) for _, bottom in parts)
    return converted(share, Unit("fraction"), case.measure.unit)


def place(case: Case, aim: Rank, period: Period) -> tuple[int, int, int] | None:
    """Return the place at best and at worst, and out of how many; equals (within the guard) share the better place."""
    figures = {area: known(case, area).get(period) for area in ranked_with(case, aim, period)}
    values = {area: value(case, each) for area, each in figures.items()}
    there = [each for each in values.values() if each is not None]
    reasons = [absence(each) for each in figures.values() if each is not None]
    hidden = sum(each in (Absence.SUPPRESSED, Absence.LOW, Absence.UNRELIABLE) for each in reasons)
    own = value(case, known(case, case.area).get(period))
    if own is None or case.area not in values or len(there) + hidden < aim.of:
        return None
    more = case.measure.direction is Direction.INCREASE
    leads = [each - own if more else own - each for each in there]
    best = 1 + sum(lead > guard(case.measure) for lead in leads)
    return best, best + hidden, len(there) + hidden


def ranked_with(case: Case, aim: Rank, period: Period) -> list[str]:
    """Return the areas among which one is ranked: a named group, or those of the same sort."""
    if aim.among is not None:
        group = next((each for each in case.comparators if each.id == aim.among), None)
        return [] if group is None else list(group.areas)
    areas = list(dict.fromkeys(each.area for each in case.observations if each.measure == case.measure.id))
    return [each for each in areas if sorts_of(each) & sorts_of(case.area)] if one_sort(case.area, areas) else []


TIERS = {"E06": {"upper", "lower"}, "E08": {"upper", "lower"}, "E09": {"upper", "lower"}}
TIERS |= {"E10": {"upper"}, "E07": {"lower"}}


def sorts_of(area: str) -> set[str]:
    """Return what sorts of place a code is: its tiers, else what its first three characters say."""
    if area.isdigit():
        return {"school"}
    return TIERS.get(area[:3], {area[:3]} if len(area) == 9 else {"other"})


def one_sort(area: str, areas: Iterable[str]) -> bool:
    """Return whether it is clear what an area is ranked among: a unitary beside both tiers could be in either."""
    beside = {each[:3] for each in areas}
    return not (len(sorts_of(area)) > 1 and {"E10", "E07"} <= beside)


# Direction of travel


def travelled(case: Case, series: Series, figure: Observation | None) -> tuple[Travel | None, TravelBasis | None]:
    """Return where a figure has moved, and since when; nothing where there is nothing to hold it against."""
    now = value(case, figure)
    if figure is None or now is None:
        return None, None
    if timing(case.measure, figure.period) is Timing.CUMULATIVE:
        basis, before = TravelBasis.SAME_PERIOD_LAST_YEAR, earlier(figure.period, lambda each: each.year_before())
    else:
        basis, before = TravelBasis.PREVIOUS_PERIOD, one_frequency_back(case.measure, figure.period)
    was = None if before is None else value(case, under_any_code(case, series).get(before))
    if before is None or was is None or break_between(case.measure, before, figure.period):
        return None, None
    moved_to = movement(case, series, figure, was, now)
    return (None, None) if moved_to is None else (moved_to, basis)


STEPS = {Frequency.YEARLY: 12, Frequency.HALF_YEARLY: 6, Frequency.QUARTERLY: 3, Frequency.MONTHLY: 1}


def one_frequency_back(measure: Measure, period: Period) -> Period | None:
    """Return the previous period: one frequency of the measure back, or one of the period's own kind."""
    frequency = measure.frequency
    if frequency is not None and frequency in STEPS:
        return earlier(period, lambda each: each.months_later(-STEPS[frequency]))
    if frequency is Frequency.WEEKLY and period.kind is PeriodKind.DAY:
        return period.shifted(-7)
    return earlier(period, lambda each: each.previous())


def movement(case: Case, series: Series, figure: Observation, was: Fraction, now: Fraction) -> Travel | None:
    """Return what a move from one number to that of a figure is called."""
    band = case.policy.no_change_within
    still = guard(case.measure) + (Fraction(0) if band is None else margin_size(case, band, was, None))
    stretch = wanted_stretch(case, series, figure) if case.measure.direction is Direction.MAINTAIN else None
    nearer = Fraction(0) if stretch is None else distance(was, stretch) - distance(now, stretch)
    if percent_of(band, was):
        return Travel.NO_CHANGE if abs(now if stretch is None else nearer) <= guard(case.measure) else None
    if stretch is not None:
        return Travel.NO_CHANGE if abs(nearer) <= still else (Travel.IMPROVING if nearer > 0 else Travel.WORSENING)
    if abs(now - was) <= still:
        return Travel.NO_CHANGE
    if case.measure.direction in (Direction.INCREASE, Direction.DECREASE):
        better = (now > was) is (case.measure.direction is Direction.INCREASE)
        return Travel.IMPROVING if better else Travel.WORSENING
    return Travel.INCREASING if now > was else Travel.DECREASING


def wanted_stretch(case: Case, series: Series, figure: Observation) -> tuple[Fraction, Fraction] | None:
    """Return the number or band at which a measure is to be maintained, where the figure can be held against it."""
    match None if case.target is None else case.target.aim:
        case Reach(number):
            return in_unit(case, number), in_unit(case, number)
        case StayBetween(low, high):
            return in_unit(case, low), in_unit(case, high)
        case Hold():
            start = baseline(case, series)
            crosses = broken_since_baseline(case, figure) or baseline_of_other_places(case, series)
            return None if start is None or crosses else (start, start)
    return None


def distance(number: Fraction, stretch: tuple[Fraction, Fraction]) -> Fraction:
    return max(stretch[0] - number, number - stretch[1], Fraction(0))
