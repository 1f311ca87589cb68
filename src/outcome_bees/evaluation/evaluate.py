"""How one target is doing: the one road from a target and a series to a status.

The road passes every reason for not assessing in the order of ``Reason`` and takes the first that
applies. What is known is reported beside it all the same: the figure, its travel, the last verdict.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import localcontext

from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.evaluation.changed_areas import across_codes, former_codes
from outcome_bees.evaluation.compiled import compiled, is_milestone, past_due, reason_from_plan
from outcome_bees.evaluation.inputs import Inputs
from outcome_bees.evaluation.judge import Judgement, judge, reason_to_wait, settled_early, travel_of
from outcome_bees.evaluation.result import Evaluation, answered
from outcome_bees.evaluation.select import Known, after_due, first_to_decide, is_observation_for_target, usable
from outcome_bees.exact import CONTEXT
from outcome_bees.model.aims import Beat, Comparator
from outcome_bees.model.fields import area as area_read, as_of_day
from outcome_bees.model.index import Observations, known_of_ground
from outcome_bees.model.local_policy import STANDARD, Policy, policy_of
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation, absence_of, value_of
from outcome_bees.model.target import Target
from outcome_bees.periods import Period
from outcome_bees.vocabulary import ComparatorMethod, Reason, Status, Verdict

__all__ = [
    "assess",
    "assess_exactly",
    "evaluate",
    "is_milestone",
    "only_area",
    "past_due",
    "reason_from_plan",
    "status_in_time",
]

_BEFORE_DUE = {Verdict.MET: Status.ON_TRACK, Verdict.NEAR: Status.AT_RISK, Verdict.OFF: Status.OFF_TRACK}
_WITHOUT_OTHERS = (Reason.COMPARATOR_MISSING, Reason.SERIES_BREAK)
_AT_DUE = {Verdict.MET: Status.ACHIEVED, Verdict.NEAR: Status.NARROWLY_MISSED, Verdict.OFF: Status.MISSED}


def evaluate(
    target: Target | None,
    *,
    measure: Measure,
    observations: Observations | Iterable[Observation],
    as_of: date | str,
    policy: Policy | str = STANDARD,
    area: str | None = None,
    comparators: Iterable[Comparator] = (),
) -> Evaluation:
    """How a target is doing, from what was known on a day.

    Args:
        target: The target; ``None`` answers for a measure that has none.
        measure: The measure it is set for.
        observations: Any figures, of this and other measures and places; index them once with
            ``Observations`` where many targets are evaluated.
        as_of: The day whose knowledge counts, as a date or its text (``2025-12-31``): figures recorded (or,
            where that is not given, ended) later are not seen. There is no default: the same inputs give the
            same answer for ever.
        policy: What counts as met and as near: a policy, or the id of one of ``POLICIES``.
        area: The place; ``None``: the target's own, or the only one there are figures for. The place of a
            published comparator, such as England, is not chosen.
        comparators: The others that the target may be held against.

    Returns:
        One status; where it is ``not_assessed``, with a reason. Absent data never raises.

    Raises:
        InvalidValueError: The target is another measure's, or the place is not given and there are several.
        UnitMismatchError: A figure's unit cannot be compared with the measure's.
        AmbiguousObservationError: Two figures with nothing to tell which holds.

    Example:
        >>> from outcome_bees import Reach
        >>> measure = Measure(id="plans", title="Plans in 20 weeks", unit="percent", direction="increase")
        >>> target = Target(id="t", measure="plans", aim=Reach(50), due="CY2024")
        >>> figures = [Observation(measure="plans", period="CY2024", area="E10000015", value=56.3)]
        >>> evaluate(target, measure=measure, observations=figures, as_of=date(2025, 12, 31)).explanation
        '56.3% in 2024, where the target was at least 50.0%: achieved, 6.3 percentage points ahead.'
    """
    if not isinstance(measure, Measure):
        raise InvalidTypeError("evaluate: measure", measure, "a Measure")
    if target is not None and not isinstance(target, Target):
        raise InvalidTypeError("evaluate: target", target, "a Target, or None for a measure that has none")
    if target is not None and target.measure != measure.id:
        raise InvalidValueError(
            "evaluate: measure", measure.id, f"{target.measure!r}, the measure of target {target.id!r}"
        )
    figures = observations if isinstance(observations, Observations) else Observations(observations)
    against = {each.id: each for each in comparators} if comparators else {}
    inputs = Inputs(
        measure=measure,
        target=target,
        observations=figures,
        comparators=against,
        as_of=as_of if type(as_of) is date else as_of_day(as_of),
        area=_resolve_area(target, measure, figures, area, against),
        policy=policy if isinstance(policy, Policy) else policy_of(policy),
    )
    return assess(target, measure, inputs)


def assess(target: Target | None, measure: Measure, inputs: Inputs) -> Evaluation:
    """Return the same for arguments that have been checked."""
    with localcontext(CONTEXT):
        return assess_exactly(target, measure, inputs)


def assess_exactly(target: Target | None, measure: Measure, inputs: Inputs) -> Evaluation:
    """Return the same, in our decimal context already: what ``evaluate_plan`` calls for every target."""
    wanted, as_of, observations = compiled(target, measure, inputs.policy), inputs.as_of, inputs.observations
    known: Known = {}
    ground = known
    if inputs.area is not None:
        known = observations.known(measure.id, inputs.area, wanted.breakdown, as_of=as_of)
        ground = known_of_ground(known, observations, measure.id, inputs.area, wanted.breakdown, as_of)
    figure, role = wanted.deciding(known)
    reason = wanted.reason if measure.ended is None else reason_from_plan(target, measure, as_of)
    at_due, counts = role.closes, role.counts
    if wanted.is_milestone and reason is None:
        assert target is not None, "a milestone is a target"
        figure, at_due = _of_milestone(known, figure, measure, target, as_of, at_due=at_due)
        role = role if figure is None else wanted.role_of(figure.period)
    value = value_of(figure, measure)
    if value is None:
        reason = reason or reason_without_value(known, figure)
    judgement = None
    if reason is None:
        reason = None if counts or at_due else reason_to_wait(wanted, figure, ground, inputs)
        if figure is not None:
            assert value is not None, "an absent figure has a reason"
            if role.grows and reason in (None, Reason.NOT_YET_DUE):
                judgement = settled_early(wanted, role, figure, value, ground, inputs)
            if judgement is not None:
                at_due = as_of > wanted.until
            elif reason is None:
                judgement = judge(wanted, role, figure, value, ground, inputs)
    judgement = judgement or Judgement(wanted, figure, value, reason)
    judgement.seen = known
    status, reason = status_in_time(
        judgement.verdict,
        judgement.reason,
        at_due=at_due and figure is not None and figure.period.end <= as_of,
        past_due=as_of > wanted.until,
        milestone=wanted.is_milestone,
    )
    if reason is Reason.OVERDUE and wanted.is_milestone:
        assert target is not None, "a milestone is a target"
        judgement.done_later = _first_done(known, after_due(known, target, as_of), measure, target)
    elif reason in _WITHOUT_OTHERS and figure is not None:
        judgement.without = _places_without(target, measure, figure, inputs)
    moved = (None, None) if figure is None or value is None else travel_of(wanted, role, figure, value, ground)
    return answered(judgement, inputs, status, reason, *moved)


def _places_without(target: Target | None, measure: Measure, figure: Observation, inputs: Inputs) -> tuple[str, ...]:
    """Return the places of a target's comparator that have no figure for the period."""
    assert target is not None, "only a target lacks others"
    comparator = inputs.comparators.get(target.aim.comparator) if isinstance(target.aim, Beat) else None
    if comparator is None:
        return ()
    period, places = figure.period, comparator.areas
    theirs = across_codes(inputs.observations, measure.id, period, places, target.breakdown, inputs.as_of)
    return tuple(code for code, each in theirs.items() if value_of(each, measure) is None)


def status_in_time(
    verdict: Verdict | None, reason: Reason | None, *, at_due: bool, past_due: bool, milestone: bool
) -> tuple[Status, Reason | None]:
    """Return a verdict, or the reason for having none, set in time: on the way, at the due period, or past it.

    Args:
        at_due: Whether the figure is the one that closes the target: it is for the due period, and that is over.
    """
    if reason is not None and reason is not Reason.NOT_YET_DUE:
        return Status.NOT_ASSESSED, reason
    if at_due and verdict is not None:
        return _AT_DUE[verdict], None
    if past_due:
        return Status.NOT_ASSESSED, Reason.OVERDUE
    if verdict is None or (milestone and verdict is not Verdict.MET):
        # Before its day an unfinished milestone is no failing.
        return Status.NOT_ASSESSED, Reason.NOT_YET_DUE
    return _BEFORE_DUE[verdict], None


def _resolve_area(
    target: Target | None,
    measure: Measure,
    observations: Observations,
    area: str | None,
    comparators: Mapping[str, Comparator],
) -> str | None:
    if area is not None:
        if target is not None and target.area not in (None, area):
            raise InvalidValueError("evaluate: area", area, f"{target.area!r}, the area of target {target.id!r}")
        return area_read(area)
    if target is not None and target.area is not None:
        return target.area
    places = observations.areas(measure.id)
    return places[0] if len(places) == 1 and not comparators else only_area(places, comparators.values(), "evaluate")


def only_area(areas: Iterable[str], comparators: Iterable[Comparator], what: str) -> str | None:
    """Return the one place of some that is no published comparator's; ``None`` where there is none.

    Raises:
        InvalidValueError: There are several.
    """
    found = dict.fromkeys(areas)
    for each in comparators:
        if each.method is ComparatorMethod.PUBLISHED:
            for area in each.areas:
                found.pop(area, None)
    for code in former_codes(found) if len(found) > 1 else ():  # of one place under two codes, the later is meant
        found.pop(code)
    if len(found) > 1:
        listed = ", ".join([*found][:10]) + (" …" if len(found) > 10 else "")
        raise InvalidValueError(f"{what}: area", None, f"one of {listed}", "give area=…")
    return next(iter(found), None)


def reason_without_value(known: Known, figure: Observation | None) -> Reason | None:
    """Why there is no figure to judge."""
    if not known:
        return Reason.NO_DATA
    absence = None if figure is None else absence_of(figure)
    return None if absence is None else Reason(absence.value)


def _of_milestone(
    known: Known, figure: Observation | None, measure: Measure, target: Target, as_of: date, *, at_due: bool
) -> tuple[Observation | None, bool]:
    """Return the figure that decides about a milestone, and whether it closes it.

    The first that says it is done by its day does: what is done stays done. Else one of its day. Else the first after
    its day that says it is not done, for then it was not done on its day either; one that says it is done by then
    leaves open when.
    """
    done = _first_done(known, usable(known, measure, target), measure, target)
    if done is not None:
        return known[done], True
    of_its_day = [each for each in known if is_observation_for_target(each, measure, target)]
    for each in first_to_decide(of_its_day, measure, target):
        if value_of(known[each], measure) is not None:
            return known[each], True
    late = first_to_decide(after_due(known, target, as_of), measure, target)
    not_done = next((each for each in late if _is_done(known[each], measure, target) is False), None)
    return (figure, at_due) if not_done is None else (known[not_done], True)


def _first_done(known: Known, periods: Iterable[Period], measure: Measure, target: Target) -> Period | None:
    """Return the first of some periods whose figure says that a milestone is done."""
    return next(
        (each for each in first_to_decide(periods, measure, target) if _is_done(known[each], measure, target)), None
    )


def _is_done(figure: Observation, measure: Measure, target: Target) -> bool | None:
    """Return whether a figure says that a milestone is done; ``None`` where it says neither."""
    value = value_of(figure, measure)
    return None if value is None else compiled(target, measure, STANDARD).due_rule().verdict(value, None) is Verdict.MET
