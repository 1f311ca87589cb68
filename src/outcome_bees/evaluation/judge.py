"""Where a figure has moved since the one before: for better or worse, or merely up or down.

What a figure says against its rule, and every number that was needed to say it.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from attrs import frozen

from outcome_bees.chance.certainty import certainty_of_figure
from outcome_bees.chance.no_answer import NoAnswer
from outcome_bees.evaluation.changed_areas import baseline_is_of_others, comparator_is_of_others
from outcome_bees.evaluation.policy import Policy
from outcome_bees.evaluation.references import Placing, baseline_value, comparator_value, place_and_count
from outcome_bees.evaluation.rules import (
    Reference,
    Rule,
    compile_rule,
    guard_of,
    moved_toward,
    travel_scale,
    wanted_stretch,
)
from outcome_bees.evaluation.select import (
    Known,
    earlier,
    grows_to_due,
    is_observation_for_target,
    year_before,
)
from outcome_bees.exact import rounded
from outcome_bees.model.aims import Beat, Complete, Flat, Hold, Improve, Linear, Rank
from outcome_bees.model.comparator import Comparator
from outcome_bees.model.index import Observations
from outcome_bees.model.measure import Measure, broken
from outcome_bees.model.observation import Observation, value_of
from outcome_bees.model.target import Target
from outcome_bees.periods import Period
from outcome_bees.vocabulary import Certainty, Reason, Travel, TravelBasis, Verdict

__all__ = [
    "KEPT_DIGITS",
    "Context",
    "Judgement",
    "judge",
    "last_years_figure",
    "previous_figure",
    "reason_to_wait",
    "settled_early",
    "travel_of",
    "waits_for_baseline",
]


def travel_of(
    figure: Observation | None, known: Known, measure: Measure, policy: Policy, target: Target | None
) -> tuple[Travel | None, TravelBasis | None]:
    """Return the figure's travel and since when; nothing where there is no earlier figure, or a break lies between.

    A hole in the series is not skipped over: what is missing is not replaced by what was before it. Of a measure
    that is to be kept at a number or in a band, what comes nearer to that improves.
    """
    value = value_of(figure, measure)
    if figure is None or value is None:
        return None, None
    before, basis = _figure_before(figure, known, measure)
    previous = value_of(before, measure)
    if previous is None:
        return None, None
    wanted = _wanted(target, measure, figure, known)
    toward = wanted is not None
    if wanted is not None:
        value = moved_toward(wanted, value, previous)
    scale = travel_scale(measure.direction, policy.no_change_within, toward=toward)
    if scale.undefined_at(previous):  # a percentage of zero; but from zero to zero nothing has changed
        unmoved = (
            travel_scale(measure.direction, None, toward=toward).label(value, guard_of(measure), previous)
            is Travel.NO_CHANGE
        )
        return (Travel.NO_CHANGE, basis) if unmoved else (None, None)
    return scale.label(value, guard_of(measure), previous), basis


def _wanted(
    target: Target | None, measure: Measure, figure: Observation, known: Known
) -> tuple[Decimal, Decimal] | None:
    """Return the number or band that a figure is to be kept at; ``None`` where there is none, or it is not known."""
    stretch = wanted_stretch(target, measure)
    if target is None or stretch is None:
        return None
    low, high = stretch
    if not low.needs_reference:
        return low.at(), high.at()
    start = baseline_value(target, measure, known)
    if start is None or (target.baseline and broken(measure, target.baseline.period, figure.period)):
        return None
    if baseline_is_of_others(target, figure.area, start):
        return None
    return low.at(start), high.at(start)


def previous_figure(figure: Observation, known: Known, measure: Measure) -> Observation | None:
    """Return the figure that travel is taken from; ``None`` where it is not known, or a break lies between."""
    before, _ = _figure_before(figure, known, measure)
    return before


def _figure_before(figure: Observation, known: Known, measure: Measure) -> tuple[Observation | None, TravelBasis]:
    before, basis = earlier(measure, figure.period)
    there = before is not None and not broken(measure, before, figure.period)
    return (known.get(before) if there and before is not None else None), basis


KEPT_DIGITS = 6
"""How many digits more than are published a computed number keeps: far below the guard. Our choice."""


@frozen
class Context:
    """What is known of a target's case besides the figure judged: where, when, and of whom else."""

    area: str | None
    as_of: date
    policy: Policy
    known: Known
    observations: Observations
    comparators: Mapping[str, Comparator]


@frozen(kw_only=True)
class Judgement:
    """A verdict and its numbers, or the reason why there is none.

    Attributes:
        rule: What it was judged by; ``None`` where it was not.
        asked: What was asked of the figure, in words: ``"at least"``.
        worse: Whether it would be near, were it not worse than a year before.
        number: What was judged: the figure, or for a rank its place, the worst that it can be.
        at_best: The best that the place of a rank can be; the same where every figure of the others is known.
        unclear: Whether it would be met, were the difference not within chance.
        settled: Whether it is of a total that can only grow, and that has settled the target: chance has no part in it.
    """

    reason: Reason | None = None
    verdict: Verdict | None = None
    rule: Rule | None = None
    asked: str | None = None
    number: Decimal | None = None
    at_best: Decimal | None = None
    required: Decimal | None = None
    goal: Decimal | None = None
    baseline: Decimal | None = None
    reference: Decimal | None = None
    gap: Decimal | None = None
    worse: bool = False
    unclear: bool = False
    settled: bool = False

    @property
    def is_short(self) -> bool:
        """Whether there is a verdict, and it is not that all was met."""
        return self.verdict is not None and self.verdict is not Verdict.MET and not self.unclear

    def certainty(self, measure: Measure, figure: Observation | None) -> Certainty | None:
        """Return whether the verdict would be the same at both ends of the figure's interval; ``None`` without one."""
        found = self._certainty(measure, figure)
        return found if isinstance(found, Certainty) else None

    def no_certainty(self, measure: Measure, figure: Observation | None) -> NoAnswer | None:
        """Return why there is a verdict and no certainty of it."""
        found = self._certainty(measure, figure)
        return found if isinstance(found, NoAnswer) else None

    def _certainty(self, measure: Measure, figure: Observation | None) -> Certainty | NoAnswer | None:
        if self.rule is None or self.verdict is None or figure is None:
            return None
        if self.settled:
            return NoAnswer.SETTLED
        return _certainty_by(self.rule, self.reference, measure, figure)

    @property
    def has_no_way(self) -> bool:
        """Whether there is no way of which a share could be gone: no number was judged, or no baseline is known."""
        return self.rule is None or self.baseline is None

    def display_conflict(self, measure: Measure) -> bool:
        """Return whether the number, rounded as it is published, would look met and is not."""
        rule, number, reference = self.rule, self.number, self.reference
        if rule is None or number is None or not self.is_short:
            return False
        if rule.reference is Reference.AREAS_RANKED:
            return False
        shown = rounded(number, measure.digits)
        if rule.verdict(shown, reference) is Verdict.MET:
            return True
        return rule.binding(number, reference).looks_met(shown, reference, measure.digits)

    def progress(self, target: Target, measure: Measure, policy: Policy) -> Decimal | None:
        """Return the share of the way gone; none where there is no way: no baseline, a band, a goal at the baseline."""
        rule, number, baseline = self.rule, self.number, self.baseline
        if rule is None or number is None or baseline is None:
            return None
        if len(rule.bounds) != 1 or rule.others_move:
            return None
        goal = _goal_of(rule, target, measure, policy).binding(number, self.reference).line.at(self.reference)
        if goal == baseline:
            return None
        gone = ((number - baseline) / (goal - baseline)).quantize(Decimal("0.0001"))
        return gone if gone else abs(gone)  # there is no -0


def waits_for_baseline(target: Target, period: Period | None) -> bool:
    """Return whether a target could not be judged without its baseline, by a figure of a period or by none.

    A straight line needs it on the way, and not at its end.
    """
    if isinstance(target.aim, Improve | Hold):
        return True
    if not isinstance(target.trajectory, Linear) or target.due is None or period is None:
        return False
    return period.end < target.due.end


def reason_to_wait(target: Target, measure: Measure, figure: Observation | None, case: Context) -> Reason:
    """Return why a target is not judged where no figure says anything of it yet.

    It waits for its figure, unless that could not be judged either: no baseline, nobody to be held against, or a
    percentage of zero.
    """
    start = baseline_value(target, measure, case.known)
    if waits_for_baseline(target, None if figure is None else figure.period):
        if baseline_is_of_others(target, case.area, start):
            return Reason.SERIES_BREAK
        if start is None:
            return Reason.BASELINE_NOT_SET
    if not _is_described(target, case):
        return Reason.COMPARATOR_MISSING
    rule = compile_rule(target, measure, None, case.policy)
    known = start if rule is not None and rule.reference is Reference.BASELINE else None
    return Reason.REFERENCE_IS_ZERO if rule is not None and rule.undefined_at(known) else Reason.NOT_YET_DUE


def _is_described(target: Target, case: Context) -> bool:
    """Return whether it is said who the others are that a target is held against."""
    match target.aim:
        case Beat(comparator) | Rank(among=comparator) if comparator is not None:
            return comparator in case.comparators
        case _:
            return True


def settled_early(
    target: Target, measure: Measure, figure: Observation, value: Decimal, case: Context
) -> Judgement | None:
    """Return the verdict on a total that can only grow until the target is due, where nothing can change it any more.

    It is held against what is required then: past a ceiling, or at a floor, it cannot come back.
    """
    if not grows_to_due(figure.period, measure, target):
        return None
    judgement = judge(target, measure, figure, value, case, so_far=True)
    return None if judgement.verdict is None else judgement


def judge(
    target: Target, measure: Measure, figure: Observation, value: Decimal, case: Context, *, so_far: bool = False
) -> Judgement:
    """Return the verdict on a figure, or the first reason why it cannot be judged.

    Args:
        so_far: Whether the figure is a total that can only grow until the due period is over. It is held against what
            is required then, and has a verdict only where that is settled: past a ceiling, or at a floor already.
    """
    rule = compile_rule(target, measure, None if so_far else figure.period, case.policy)
    baseline = baseline_value(target, measure, case.known)
    crosses = target.baseline is not None and broken(measure, target.baseline.period, figure.period)
    crosses = crosses or baseline_is_of_others(target, case.area, baseline)
    comparable = None if crosses else baseline
    if rule is None:
        return Judgement(reason=reason_to_wait(target, measure, figure, case), baseline=comparable)
    number, reference, at_best = value, None, None
    match rule.reference:
        case Reference.BASELINE:
            if crosses:
                return Judgement(reason=Reason.SERIES_BREAK)
            if baseline is None:
                return Judgement(reason=Reason.BASELINE_NOT_SET)
            reference = baseline
        case Reference.COMPARATOR:
            reference = _others(target, measure, figure, case)
            if reference is None:
                return Judgement(reason=_without_others(target, figure, case), baseline=comparable)
        case Reference.AREAS_RANKED:
            place = _rank_and_count(target, measure, figure.period, case)
            if place is None or len({rule.verdict(each, place.count) for each in (place.best, place.worst)}) > 1:
                return Judgement(reason=Reason.COMPARATOR_MISSING, baseline=comparable)  # or of figures not known
            number, reference, at_best = place.worst, place.count, place.best
        case None:
            pass
    if rule.undefined_at(reference):
        return Judgement(reason=Reason.REFERENCE_IS_ZERO, number=number, baseline=comparable, reference=reference)
    verdict: Verdict | None = rule.verdict(number, reference)
    if so_far and not (verdict and rule.settles(verdict, number, reference)):
        return Judgement(reason=Reason.NOT_YET_DUE, baseline=comparable)
    reason, worse = None, False
    if verdict is Verdict.NEAR and case.policy.near_if_not_worse:
        verdict, reason = _near_unless_worse(rule, number, reference, target, measure, figure, case)
        worse = verdict is Verdict.OFF
    counts = verdict is Verdict.MET and not so_far
    unclear = counts and _met_by_chance(rule, reference, target, measure, figure, case.policy)
    bound = rule.binding(number, reference)
    point = bound.line.at(reference)
    required = _tidy(point, measure)
    goal: Decimal | None = required
    due_rule = _goal_of(rule, target, measure, case.policy)
    if due_rule is not rule:
        goal = _tidy(due_rule.binding(number, reference).line.at(reference), measure)
    elif rule.others_move and not is_observation_for_target(figure.period, measure, target):
        goal = None  # where they will be by then is not known
    return Judgement(
        reason=reason,
        verdict=Verdict.NEAR if unclear else verdict,
        rule=rule,
        asked=rule.asked(number, reference),
        number=number,
        at_best=at_best,
        required=required,
        goal=goal,
        baseline=comparable,
        reference=reference,
        gap=_tidy(bound.sign * (number - point), measure),
        worse=worse,
        unclear=unclear,
        settled=so_far,
    )


def _certainty_by(rule: Rule, reference: Decimal | None, measure: Measure, figure: Observation) -> Certainty | NoAnswer:
    """Return whether a rule says the same at both ends of the figure's interval, or why it has none."""
    if rule.reference is Reference.AREAS_RANKED:
        return NoAnswer.IS_A_PLACE
    return certainty_of_figure(figure, measure, rule.scale, rule.guard, reference)


def _met_by_chance(
    rule: Rule, reference: Decimal | None, target: Target, measure: Measure, figure: Observation, policy: Policy
) -> bool:
    """Return whether what is met does not count, because the difference is within chance. What is done is done."""
    if not policy.met_only_if_clear or isinstance(target.aim, Complete):
        return False
    return _certainty_by(rule, reference, measure, figure) is Certainty.WITHIN_CHANCE


def _goal_of(rule: Rule, target: Target, measure: Measure, policy: Policy) -> Rule:
    """Return the rule of the due period, for a target that may have another on the way."""
    if isinstance(target.trajectory, Flat):
        return rule
    return compile_rule(target, measure, None, policy) or rule


def _near_unless_worse(
    rule: Rule,
    number: Decimal,
    reference: Decimal | None,
    target: Target,
    measure: Measure,
    figure: Observation,
    case: Context,
) -> tuple[Verdict | None, Reason | None]:
    """Near, where the figure, or the place, is no further behind than that of the same period last year would be."""
    before = last_years_figure(figure, case.known, measure)
    last = value_of(before, measure)
    if before is not None and rule.reference is Reference.AREAS_RANKED:
        place = _rank_and_count(target, measure, before.period, case)
        last = None if place is None or place.best != place.worst else place.worst
    if last is None:
        return None, Reason.INSUFFICIENT_HISTORY
    worse = rule.gap(number, reference) < rule.gap(last, reference) - rule.guard
    return (Verdict.OFF if worse else Verdict.NEAR), None


def last_years_figure(figure: Observation, known: Known, measure: Measure) -> Observation | None:
    """Return the figure of the same period last year; ``None`` where it is not known, or a break lies between."""
    before = year_before(figure.period)
    return None if before is None or broken(measure, before, figure.period) else known.get(before)


def _others(target: Target, measure: Measure, figure: Observation, case: Context) -> Decimal | None:
    assert isinstance(target.aim, Beat), "only Beat stands on a comparator"
    comparator = case.comparators.get(target.aim.comparator)
    if comparator is None:
        return None
    return comparator_value(comparator, measure, figure.period, target.breakdown, case.observations, case.as_of)


def _without_others(target: Target, figure: Observation, case: Context) -> Reason:
    """Return why there is no number of the others: one of them is not there, or has no figure."""
    assert isinstance(target.aim, Beat), "only Beat stands on a comparator"
    others = case.comparators.get(target.aim.comparator)
    gone = others is not None and comparator_is_of_others(others, figure.period)
    return Reason.SERIES_BREAK if gone else Reason.COMPARATOR_MISSING


def _rank_and_count(target: Target, measure: Measure, period: Period, case: Context) -> Placing | None:
    assert isinstance(target.aim, Rank), "only Rank stands on a number of areas"
    among = target.aim.among
    group = None if among is None else case.comparators.get(among)
    if among is not None and group is None:
        return None
    assert case.area is not None, "what has a figure has a place"
    place = place_and_count(
        case.area,
        None if group is None else group.areas,
        measure,
        period,
        target.breakdown,
        case.observations,
        case.as_of,
    )
    # Fewer areas than groups cannot be divided into them.
    return None if place is None or place.count < target.aim.of else place


def _tidy(number: Decimal, measure: Measure) -> Decimal:
    """Return the number with no more digits than could ever matter: thirds are cut far below the guard."""
    _, _, exponent = number.as_tuple()
    finest = -measure.digits - KEPT_DIGITS
    if isinstance(exponent, int) and exponent < finest:
        number = number.quantize(Decimal(1).scaleb(finest)).normalize()
        _, _, exponent = number.as_tuple()
        if isinstance(exponent, int) and exponent > -measure.digits:
            number = number.quantize(Decimal(1).scaleb(-measure.digits))
    return number if number else abs(number)
