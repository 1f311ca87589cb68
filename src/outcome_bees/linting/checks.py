"""What the priorities and measures of a plan leave out.

Which targets of a plan can never be judged, or will be judged as nobody meant them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from attrs import astuple, evolve

from outcome_bees.evaluation.rules import compile_rule, needs_direction
from outcome_bees.evaluation.select import baseline_value
from outcome_bees.linting.finding import Found
from outcome_bees.model.aims import Beat, Flat, Hold, Improve, Profile, Reach, StayBetween
from outcome_bees.model.measure import Measure, broken
from outcome_bees.model.plan import Plan, Priority
from outcome_bees.model.target import Target
from outcome_bees.vocabulary import ComparatorMethod, Direction, Frequency, MeasureKind, Role, Timing, Verdict

__all__ = ["of_measures", "of_priorities", "of_targets"]


_SHARES = (MeasureKind.PERCENTAGE, MeasureKind.RATE)
_AMOUNTS = (MeasureKind.COUNT, MeasureKind.AMOUNT, MeasureKind.DURATION)
_WITHIN_A_YEAR = (
    Frequency.MONTHLY,
    Frequency.WEEKLY,
    Frequency.DAILY,
)  # periods of these need no sort of year
# First words that can be nothing but a direction: "More than …" or "Lower …" may be part of a name.
_SAYING = {
    "increase": "increase",
    "decrease": "decrease",
    "fewer": "decrease",
    "reduce": "decrease",
    "reduction": "decrease",
}


def of_priorities(plan: Plan, of_each_measure: Iterable[Priority | None]) -> Found:
    """Check the priorities, of which some are those of the measures."""
    if not plan.priorities:
        return
    used = {priority.id for priority in of_each_measure if priority is not None}
    for index, priority in enumerate(plan.priorities):
        if used and priority.id not in used:  # a plan may hang its measures elsewhere altogether
            yield "no_measure", f"$.priorities[{index}]", priority.id, {}
    yield from _same_titles("priorities", plan.priorities)


def of_measures(plan: Plan, bees_of_each: Iterable[tuple[str, ...]]) -> Found:
    """Check the measures, each with the bees that it serves."""
    targets: dict[str, list[Target]] = {}
    for target in plan.targets:
        targets.setdefault(target.measure, []).append(target)
    judged_whole = {part for each in plan.measures if each.id in targets for part in each.components}
    for index, (measure, bees) in enumerate(zip(plan.measures, bees_of_each, strict=True)):
        own = targets.get(measure.id, [])
        for sort, name in (*_of_direction(measure, own), *_of_figures(measure)):
            facts = {
                **{"word": _first_word(measure), "direction": measure.direction and measure.direction.value},
                **{"kind": measure.kind.value, "unit": measure.unit},
            }
            yield sort, f"$.measures[{index}].{name}", measure.id, facts
        if _judged(measure) and not own and measure.id not in judged_whole:
            yield "no_target", f"$.measures[{index}]", measure.id, {}
        if not bees:
            yield "no_bee", f"$.measures[{index}].outcome_bees", measure.id, {}
    yield from _same_titles("measures", plan.measures)


def _judged(measure: Measure) -> bool:
    """Whether it is meant to be judged by itself: not background, not words, not the sum of its parts."""
    watched = measure.role is Role.CONTEXTUAL or measure.kind is MeasureKind.NARRATIVE
    return not watched and not measure.components


def _first_word(measure: Measure) -> str:
    return measure.title.split()[0].casefold()


def _of_direction(measure: Measure, targets: list[Target]) -> Iterator[tuple[str, str]]:
    """Find a measure without a direction, or one whose title gives it as well."""
    if measure.direction is None:
        needed = any(map(needs_direction, targets)) if targets else measure.kind is not MeasureKind.MILESTONE
        if needed and _judged(measure):
            yield "no_direction", "direction"
    elif _SAYING.get(_first_word(measure), measure.direction.value) != measure.direction.value:
        yield "title_against_direction", "direction"


def _of_figures(measure: Measure) -> Iterator[tuple[str, str]]:
    """Find what is missing about a measure's figures, and the field that would give it."""
    if measure.kind is MeasureKind.COMPOUND and not measure.components:
        yield "no_parts", "components"
    if measure.kind in (MeasureKind.COMPOUND, MeasureKind.NARRATIVE, MeasureKind.MILESTONE):
        return
    if measure.unit is None:
        yield "no_unit", "unit"
    elif (measure.kind in _SHARES) != (measure.unit.kind in _SHARES) and measure.kind in (*_SHARES, *_AMOUNTS):
        yield "kind_against_unit", "kind"
    if measure.timing is Timing.SNAPSHOT and measure.frequency is None:
        yield "no_frequency", "frequency"
    dated = measure.timing in (Timing.SNAPSHOT, Timing.ROLLING) or measure.frequency in _WITHIN_A_YEAR
    if not dated and measure.calendar is None:
        yield "no_calendar", "calendar"


def _same_titles(things: str, items: Iterable[Measure | Priority]) -> Found:
    titles = [(each.id, " ".join(each.title.split()).casefold()) for each in items]
    count = Counter(title for _, title in titles)
    for index, (id, title) in enumerate(titles):
        if count[title] > 1:
            yield "same_title", f"$.{things}[{index}].title", id, {"count": count[title], "things": things}


_SUMS = (MeasureKind.COUNT, MeasureKind.AMOUNT)
_OfOne = Iterator[tuple[str, str, Mapping[str, object]]]  # the sort, the field, the facts


def of_targets(plan: Plan) -> Found:
    """Check the targets."""
    measures = {each.id: each for each in plan.measures}
    for index, target in enumerate(plan.targets):
        measure = measures[target.measure]
        for sort, name, facts in (
            *_missing_fields(target),
            *_never_judged(target, measure),
            *_out_of_time(target, measure),
            *_outside_edition(target, plan),
            *_already_met(target, measure),
            *_likely_mistakes(target, measure),
            *_hardly_ever_met(target, measure),
            *_gaps_in_profile(target, measure),
            *_not_pooled(target, measure, plan),
        ):
            yield sort, f"$.targets[{index}].{name}", target.id, facts


def _missing_fields(target: Target) -> _OfOne:
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
        what, remedy = "is described in words", "measure it in numbers, or drop the target"
    elif target.aim is not None and measure.direction is None and needs_direction(target):
        what, remedy = "has no direction", "give the measure the way it is meant to go"
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


def _already_met(target: Target, measure: Measure) -> _OfOne:
    """Return a stated baseline that would be met, or near, if nothing changed."""
    if target.baseline is None or measure.direction is None or not isinstance(target.aim, Reach | Improve):
        return
    start = baseline_value(target, measure, {})
    if start is None:
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
    if isinstance(target.aim, Beat) and (measure.unit is None or measure.unit.whole is None):
        against = next((each for each in plan.comparators if each.id == target.aim.comparator), None)
        if against is not None and against.method is ComparatorMethod.POOLED:
            yield "cannot_be_pooled", "aim.comparator", {"unit": measure.unit or "a measure without a unit"}


def _likely_mistakes(target: Target, measure: Measure) -> _OfOne:
    """Find what is likely to be meant otherwise than it will be read."""
    unit = target.unit or measure.unit
    numbers = astuple(target.aim) if isinstance(target.aim, Reach | StayBetween) else ()
    whole = unit.whole if unit and unit.kind is MeasureKind.PERCENTAGE else None
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


def _hardly_ever_met(target: Target, measure: Measure) -> _OfOne:
    """Find what only the very number would meet: a figure to be kept to without a tolerance worth the name."""
    if measure.direction is Direction.MAINTAIN and isinstance(target.aim, Reach | Hold) and target.tolerance is None:
        number = f"exactly {target.aim.value}" if isinstance(target.aim, Reach) else "exactly the baseline"
        yield "no_tolerance", "tolerance", {"number": number}
    if target.tolerance is not None and target.tolerance.percent is not None and _zero_is_required(target, measure):
        yield "percentage_of_zero", "tolerance", {"percent": target.tolerance.percent}


def _zero_is_required(target: Target, measure: Measure) -> bool:
    if measure.direction is None or not isinstance(target.aim, Improve | Hold):
        return False  # a number to reach is checked by the class
    rule = compile_rule(evolve(target, tolerance=None), measure, None)
    start = baseline_value(target, measure, {})
    if rule is None or rule.undefined_at(start):
        return False
    lines = [bound.line for bound in rule.bounds]
    return any(line.at(start) == 0 for line in lines if start is not None or not line.needs_reference)


_MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.TERMLY: 4, Frequency.HALF_YEARLY: 6}


def _gaps_in_profile(target: Target, measure: Measure) -> _OfOne:
    """Numbers on the way that are further apart than the figures: those in between will not be judged."""
    often = None if measure.frequency is None else _MONTHS.get(measure.frequency)
    if measure.frequency is None or often is None or not isinstance(target.trajectory, Profile):
        return
    ends = sorted(each.end for each in target.trajectory)
    apart = [(later.year - earlier.year) * 12 + later.month - earlier.month for earlier, later in pairwise(ends)]
    if apart and max(apart) > often:
        yield "gaps_in_profile", "trajectory", {"frequency": measure.frequency.value.replace("_", " ")}
