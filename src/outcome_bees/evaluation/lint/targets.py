"""Which targets of a plan can never be judged, or will be judged as nobody meant them."""

from collections.abc import Iterator, Mapping

from attrs import astuple

from outcome_bees.evaluation.figures import broken
from outcome_bees.evaluation.lint.finding import Found
from outcome_bees.evaluation.references import baseline_value, share_factor
from outcome_bees.evaluation.rules import compile_rule, needs_direction
from outcome_bees.model.aims import Beat, Hold, Improve, Reach, StayBetween
from outcome_bees.model.measure import Measure
from outcome_bees.model.plan import Plan
from outcome_bees.model.target import Target
from outcome_bees.model.trajectories import Flat
from outcome_bees.vocabulary import ComparatorMethod, Frequency, MeasureKind, Role, Timing, Verdict

__all__ = ["of_targets"]

_SUMS = (MeasureKind.COUNT, MeasureKind.AMOUNT)
_OfOne = Iterator[tuple[str, str, Mapping[str, object]]]  # the sort, the field, the facts


def of_targets(plan: Plan) -> Found:
    """What is found of the targets."""
    for index, target in enumerate(plan.targets):
        measure = plan.measure(target.measure)
        for sort, name, facts in (
            *_unsaid(target),
            *_never_judged(target, measure),
            *_out_of_time(target, measure),
            *_outside_edition(target, plan),
            *_too_easy(target, measure),
            *_misread(target, measure),
            *_not_pooled(target, measure, plan),
        ):
            yield sort, f"$.targets[{index}].{name}", target.id, facts


def _unsaid(target: Target) -> _OfOne:
    if target.aim is None:
        yield "placeholder", "aim", {}
    if target.due is None:
        yield "no_due", "due", {}
    if isinstance(target.aim, Improve | Hold) and target.baseline is None:
        yield "no_baseline", "baseline", {}


def _never_judged(target: Target, measure: Measure) -> _OfOne:
    if measure.role is Role.CONTEXTUAL:
        what, remedy = "is contextual", "give it another role, or drop the target"
    elif measure.kind is MeasureKind.NARRATIVE:
        what, remedy = "is told in words", "measure it in numbers, or drop the target"
    elif target.aim is not None and measure.direction is None and needs_direction(target):
        what, remedy = "has no direction", "say which way the measure is meant to go"
    else:
        return
    yield "never_judged", "measure", {"what": what, "remedy": remedy}


def _out_of_time(target: Target, measure: Measure) -> _OfOne:
    """Periods that do not go together: the baseline's, the due one, and those of the measure's figures."""
    due = target.due
    if due is None:
        return
    if target.baseline is not None:
        baseline = target.baseline.period
        facts = {"baseline": baseline, "due": due}
        alike = (baseline.kind, baseline.year_type) == (due.kind, due.year_type)
        if baseline.end >= due.end:
            yield "baseline_not_before_due", "baseline", facts
        elif target.stands_on_baseline and broken(measure, baseline, due):
            yield "break_before_due", "baseline", facts
        elif (
            target.stands_on_baseline and not alike and measure.timing is not Timing.SNAPSHOT
        ):  # a day answers for its year
            yield "baseline_of_another_sort", "baseline", facts
    if measure.ended is not None and due.end > measure.ended:
        yield "discontinued_before_due", "due", {"ended": measure.ended, "due": due}
    if measure.calendar and due.year_type and due.year_type != measure.calendar:
        yield "due_in_another_calendar", "due", {"due": due, "calendar": measure.calendar.value}


def _outside_edition(target: Target, plan: Plan) -> _OfOne:
    if target.due is None or plan.period is None:
        return
    facts = {"due": target.due, "period": plan.period}
    if target.due.end < plan.period.start:
        yield "due_before_edition", "due", facts
    if target.due.end > plan.period.end:
        yield "due_after_edition", "due", facts


def _too_easy(target: Target, measure: Measure) -> _OfOne:
    """A stated baseline that would be met, or near, if nothing changed."""
    start = baseline_value(target, measure, {})
    if start is None or measure.direction is None or not isinstance(target.aim, Reach | Improve):
        return
    rule = compile_rule(target, measure, None)
    if rule is None or rule.undefined_at(start) or len(rule.bounds) > 1:  # to maintain is to stay on a number
        return
    verdict = rule.verdict(start, start)
    if verdict is Verdict.MET:
        yield "met_at_baseline", "aim", {}
    elif verdict is Verdict.NEAR:
        yield "tolerance_reaches_baseline", "tolerance", {}


def _not_pooled(target: Target, measure: Measure, plan: Plan) -> _OfOne:
    if isinstance(target.aim, Beat) and (measure.unit is None or share_factor(measure.unit) is None):
        against = next((each for each in plan.comparators if each.id == target.aim.comparator), None)
        if against is not None and against.method is ComparatorMethod.POOLED:
            yield "cannot_be_pooled", "aim.comparator", {"unit": measure.unit or "a measure without a unit"}


def _misread(target: Target, measure: Measure) -> _OfOne:
    """What is likely to be meant otherwise than it will be read."""
    unit = target.unit or measure.unit
    numbers = astuple(target.aim) if isinstance(target.aim, Reach | StayBetween) else ()
    whole = share_factor(unit) if unit and unit.kind is MeasureKind.PERCENTAGE else None
    for number in numbers if whole is not None else ():
        if not 0 <= number <= whole:
            yield "number_out_of_range", "aim", {"number": number}
    by = target.aim.by if isinstance(target.aim, Improve | Beat) else None
    if measure.unit and measure.unit.kind is MeasureKind.PERCENTAGE:
        for margin, name in ((by, "aim.by"), (target.tolerance, "tolerance")):
            if margin and margin.percent is not None:
                yield "percentage_of_percentage", name, {"percent": margin.percent}
    if isinstance(target.aim, Reach) and isinstance(target.trajectory, Flat) and measure.kind in _SUMS:
        of_parts = measure.timing is Timing.FLOW and measure.frequency not in (None, Frequency.YEARLY)
        if of_parts or measure.timing is Timing.CUMULATIVE:
            yield "no_profile", "trajectory", {}
