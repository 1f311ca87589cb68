"""What a figure says: against its rule, with every number that it took to say so, and against the figure before it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from outcome_bees.evaluation.changed_areas import baseline_is_of_others, comparator_is_of_others
from outcome_bees.evaluation.compiled import CompiledTarget, PeriodRole
from outcome_bees.evaluation.inputs import Inputs, KeptBeside
from outcome_bees.evaluation.rules import Reference, Rule, moved_toward, travel_scale, wanted_stretch
from outcome_bees.evaluation.select import Known, baseline_value, earlier, year_before
from outcome_bees.exact import rounded
from outcome_bees.model.aims import Beat, Hold, Improve, Linear, Rank
from outcome_bees.model.measure import Measure, broken
from outcome_bees.model.observation import Observation, value_of
from outcome_bees.model.target import Target
from outcome_bees.periods import Period
from outcome_bees.vocabulary import Certainty, Direction, NoAnswer, Reason, Travel, TravelBasis, Verdict

if TYPE_CHECKING:
    from outcome_bees.evaluation.references import Placing

__all__ = [
    "Judgement",
    "judge",
    "last_years_figure",
    "previous_figure",
    "reason_to_wait",
    "settled_early",
    "travel_of",
    "waits_for_baseline",
]


class Judgement(KeptBeside):
    """A verdict and its numbers, or the reason why there is none; with what it takes to say more of it when asked.

    Attributes:
        compiled: The target, its measure and the policy.
        figure: The figure that decides; ``None`` where none is in sight.
        value: That figure in the measure's unit; ``None`` where it is absent.
        rule: What it was judged by; ``None`` where it was not.
        asked: What was asked of the figure, in words: ``"at least"``.
        worse: Whether it would be near, were it not worse than a year before.
        number: What was judged: the figure, or for a rank its place, the worst that it can be.
        at_best: The best that the place of a rank can be; the same where every figure of the others is known.
        unclear: Whether it would be met, were the difference not within chance.
        settled: Whether it is of a total that can only grow, and that has settled the target: chance has no part in it.
        seen: The periods that there are figures for.
        done_later: The period after a milestone's day whose figure shows it done: when, within that time, is open.
        without: The comparator's places that have no figure for the same period.
        found_certainty: What the figure's interval says, or why it has none; ``None`` until it is asked for.
    """

    __slots__ = (
        *("asked", "at_best", "baseline", "compiled", "done_later", "figure", "found_certainty", "gap", "goal"),
        *("number", "reason", "reference", "required", "rule", "seen", "settled", "unclear", "value", "verdict"),
        *("without", "worse"),
    )

    def __init__(
        self,
        compiled: CompiledTarget,
        figure: Observation | None,
        value: Decimal | None,
        reason: Reason | None = None,
    ) -> None:
        self.compiled, self.figure, self.value, self.reason = compiled, figure, value, reason
        self.verdict: Verdict | None = None
        self.rule: Rule | None = None
        self.asked: str | None = None
        self.number: Decimal | None = None
        self.at_best: Decimal | None = None
        self.required: Decimal | None = None
        self.goal: Decimal | None = None
        self.baseline: Decimal | None = None
        self.reference: Decimal | None = None
        self.gap: Decimal | None = None
        self.worse = self.unclear = self.settled = False
        self.seen: Iterable[Period] = ()
        self.done_later: Period | None = None
        self.without: tuple[str, ...] = ()
        self.found_certainty: Certainty | NoAnswer | None = None

    def certainty(self) -> Certainty | None:
        """Return whether the verdict would be the same at both ends of the figure's interval; ``None`` without one."""
        found = self._certainty()
        return found if isinstance(found, Certainty) else None

    def no_certainty(self) -> NoAnswer | None:
        """Return why there is a verdict and no certainty of it."""
        found = self._certainty()
        return found if isinstance(found, NoAnswer) else None

    def _certainty(self) -> Certainty | NoAnswer | None:
        if self.rule is None or self.verdict is None or self.figure is None:
            return None
        if self.compiled.is_milestone:  # chance has no part in whether something was done
            return NoAnswer.NO_INTERVAL_FOR_KIND
        if self.settled:
            return NoAnswer.SETTLED
        return self.by_interval(self.rule, self.figure)

    def by_interval(self, rule: Rule, figure: Observation) -> Certainty | NoAnswer:
        """Return whether a rule says the same at both ends of the figure's interval, or why it has none."""
        if self.found_certainty is None:  # an interval is asked for by two fields, the sentence and some policies
            if rule.reference is Reference.AREAS_RANKED:
                self.found_certainty = NoAnswer.IS_A_PLACE
            else:
                from outcome_bees.chance.certainty import certainty_of_figure  # few verdicts are asked for theirs

                measure = self.compiled.measure
                self.found_certainty = certainty_of_figure(figure, measure, rule.scale, rule.guard, self.reference)
        return self.found_certainty

    def display_conflict(self) -> bool:
        """Return whether the number, rounded as it is published, would look met and is not."""
        rule, number, reference, digits = self.rule, self.number, self.reference, self.compiled.measure.digits
        if self.verdict in (None, Verdict.MET) or self.unclear:
            return False
        assert rule is not None, "what has a verdict was judged by a rule"
        assert number is not None, "and had a number"
        if rule.reference is Reference.AREAS_RANKED:
            return False
        shown = rounded(number, digits)
        if rule.verdict(shown, reference) is Verdict.MET:
            return True
        return rule.binding(number, reference).looks_met(shown, reference, digits)

    def progress(self) -> Decimal | None:
        """Return the share of the way gone; none where there is no way: no baseline, a band, a goal at the baseline."""
        rule, number, baseline = self.rule, self.number, self.baseline
        if rule is None or baseline is None:
            return None
        assert number is not None, "what was judged by a rule had a number"
        if len(rule.bounds) != 1 or rule.others_move:
            return None
        goal = self.compiled.due_rule().binding(number, self.reference).line.at(self.reference)
        if goal == baseline:
            return None
        gone = ((number - baseline) / (goal - baseline)).quantize(Decimal("0.0001"))
        return gone if gone else abs(gone)  # there is no -0


def judge(
    compiled: CompiledTarget,
    role: PeriodRole,
    figure: Observation,
    value: Decimal,
    known: Known,
    inputs: Inputs,
    *,
    so_far: bool = False,
) -> Judgement:
    """Return the verdict on a figure, or the first reason why it cannot be judged.

    Args:
        known: What was known of the place's ground, under whatever code.
        so_far: Whether the figure is a total that can only grow until the due period is over. It is held against what
            is required then, and has a verdict only where that is settled: past a ceiling, or at a floor already.
    """
    found = Judgement(compiled, figure, value)
    target, measure, policy = compiled.target, compiled.measure, compiled.policy
    assert target is not None, "what is judged has a target"
    rule = compiled.due_rule() if so_far else compiled.rule_of(figure.period)
    baseline = None if target.baseline is None else baseline_value(target, measure, known)
    crosses = role.crosses_break or baseline_is_of_others(target, inputs.area, baseline)
    if not crosses:
        found.baseline = baseline
    if rule is None:
        found.reason = reason_to_wait(compiled, figure, known, inputs)
        return found
    number, reference, at_best = value, None, None
    if rule.reference is Reference.BASELINE:
        reference = found.baseline
        if reference is None:
            found.reason = Reason.SERIES_BREAK if crosses else Reason.BASELINE_NOT_SET
            return found
    elif rule.reference is not None:
        number, reference, at_best = _beside_others(rule, compiled, figure, value, inputs)
        if reference is None:
            found.reason = _without_others(target, figure, inputs)
            return found
    if rule.undefined_at(reference):
        found.reason, found.number, found.reference = Reason.REFERENCE_IS_ZERO, number, reference
        return found
    verdict, point, gap, asked = rule.held_against(number, reference)
    if so_far and not rule.settles(verdict, number, reference):
        found.reason = Reason.NOT_YET_DUE
        return found
    found.rule, found.number, found.at_best, found.reference = rule, number, at_best, reference
    found.asked, found.settled = asked, so_far
    found.verdict, found.required, found.gap = verdict, compiled.tidied(point), compiled.tidied(gap)
    if verdict is Verdict.NEAR and policy.near_if_not_worse:
        found.verdict, found.reason = _near_unless_worse(found, figure, known, inputs)
        found.worse = found.verdict is Verdict.OFF
    elif verdict is Verdict.MET and policy.met_only_if_clear and not so_far and not compiled.is_milestone:
        found.unclear = found.by_interval(rule, figure) is Certainty.WITHIN_CHANCE
        if found.unclear:
            found.verdict = Verdict.NEAR
    found.goal = found.required
    if not compiled.is_flat:
        found.goal = compiled.tidied(compiled.due_rule().binding(number, reference).line.at(reference))
    elif rule.others_move and not role.closes:
        found.goal = None  # where they will be by then is not known
    return found


def settled_early(
    compiled: CompiledTarget, role: PeriodRole, figure: Observation, value: Decimal, known: Known, inputs: Inputs
) -> Judgement | None:
    """Return the verdict on a total that can only grow until the target is due, where nothing can change it any more.

    It is held against what is required then: past a ceiling, or at a floor, it cannot come back.
    """
    found = judge(compiled, role, figure, value, known, inputs, so_far=True)
    return None if found.verdict is None else found


def waits_for_baseline(target: Target, period: Period | None) -> bool:
    """Return whether a target could not be judged without its baseline, by a figure of a period or by none.

    A straight line needs it on the way, and not at its end.
    """
    if isinstance(target.aim, Improve | Hold):
        return True
    if not isinstance(target.trajectory, Linear) or target.due is None or period is None:
        return False
    return period.end < target.due.end


def reason_to_wait(compiled: CompiledTarget, figure: Observation | None, known: Known, inputs: Inputs) -> Reason:
    """Return why a target is not judged where no figure says anything of it yet.

    It waits for its figure, unless that could not be judged either: no baseline, nobody to be held against, or a
    percentage of zero.
    """
    target = compiled.target
    assert target is not None, "what waits for a figure has a target"
    start = baseline_value(target, compiled.measure, known)
    if waits_for_baseline(target, None if figure is None else figure.period):
        if baseline_is_of_others(target, inputs.area, start):
            return Reason.SERIES_BREAK
        if start is None:
            return Reason.BASELINE_NOT_SET
    if not _is_described(target, inputs):
        return Reason.COMPARATOR_MISSING
    rule = compiled.due_rule()
    settled = start if rule.reference is Reference.BASELINE else None
    return Reason.REFERENCE_IS_ZERO if rule.undefined_at(settled) else Reason.NOT_YET_DUE


def _is_described(target: Target, inputs: Inputs) -> bool:
    """Return whether the plan describes the others that a target is held against."""
    match target.aim:
        case Beat(comparator) | Rank(among=comparator) if comparator is not None:
            return comparator in inputs.comparators
        case _:
            return True


def _beside_others(
    rule: Rule, compiled: CompiledTarget, figure: Observation, value: Decimal, inputs: Inputs
) -> tuple[Decimal, Decimal | None, Decimal | None]:
    """Return the number to be judged beside others', what their figures give, and the best that a place can be.

    Without what their figures give, where that is not known, or the verdict depends on figures that are not.
    """
    target, measure = compiled.target, compiled.measure
    assert target is not None, "who is held against others has a target"
    if rule.reference is Reference.COMPARATOR:
        return value, _others(target, measure, figure, inputs), None
    place = _rank_and_count(target, measure, figure.period, inputs)
    if place is None or rule.verdict(place.best, place.count) is not rule.verdict(place.worst, place.count):
        return value, None, None
    return place.worst, place.count, place.best


def _near_unless_worse(
    found: Judgement, figure: Observation, known: Known, inputs: Inputs
) -> tuple[Verdict | None, Reason | None]:
    """Near, where the figure, or the place, is no further behind than that of the same period last year would be."""
    rule, target, measure = found.rule, found.compiled.target, found.compiled.measure
    assert target is not None, "what was judged has a target"
    assert rule is not None, "what is near was judged by a rule"
    assert found.number is not None, "and had a number"
    before = last_years_figure(figure, known, measure)
    last = value_of(before, measure)
    if before is not None and rule.reference is Reference.AREAS_RANKED:
        place = _rank_and_count(target, measure, before.period, inputs)
        last = None if place is None or place.best != place.worst else place.worst
    if last is None:
        return None, Reason.INSUFFICIENT_HISTORY
    worse = rule.gap(found.number, found.reference) < rule.gap(last, found.reference) - rule.guard
    return (Verdict.OFF if worse else Verdict.NEAR), None


def last_years_figure(figure: Observation, known: Known, measure: Measure) -> Observation | None:
    """Return the figure of the same period last year; ``None`` where it is not known, or a break lies between."""
    before = year_before(figure.period)
    return None if before is None or broken(measure, before, figure.period) else known.get(before)


def _others(target: Target, measure: Measure, figure: Observation, inputs: Inputs) -> Decimal | None:
    assert isinstance(target.aim, Beat), "only Beat depends on a comparator"
    comparator = inputs.comparators.get(target.aim.comparator)
    if comparator is None:
        return None
    from outcome_bees.evaluation.references import comparator_value  # loaded where others matter

    return comparator_value(comparator, measure, figure.period, target.breakdown, inputs.observations, inputs.as_of)


def _without_others(target: Target, figure: Observation, inputs: Inputs) -> Reason:
    """Return why there is no number of the others: one of them is not there, or has no figure."""
    others = inputs.comparators.get(target.aim.comparator) if isinstance(target.aim, Beat) else None
    gone = others is not None and comparator_is_of_others(others, figure.period)
    return Reason.SERIES_BREAK if gone else Reason.COMPARATOR_MISSING


def _rank_and_count(target: Target, measure: Measure, period: Period, inputs: Inputs) -> "Placing | None":
    assert isinstance(target.aim, Rank), "only Rank depends on a number of areas"
    among = target.aim.among
    group = None if among is None else inputs.comparators.get(among)
    if among is not None and group is None:
        return None
    assert inputs.area is not None, "what has a figure has a place"
    from outcome_bees.evaluation.references import place_and_count  # likewise

    place = place_and_count(
        inputs.area,
        None if group is None else group.areas,
        measure,
        period,
        target.breakdown,
        inputs.observations,
        inputs.as_of,
    )
    # Fewer areas than groups cannot be divided into them.
    return None if place is None or place.count < target.aim.of else place


def travel_of(
    compiled: CompiledTarget, role: PeriodRole, figure: Observation, value: Decimal, known: Known
) -> tuple[Travel | None, TravelBasis | None]:
    """Return the figure's travel and since when; nothing where there is no earlier figure, or a break lies between.

    A hole in the series is not skipped over: what is missing is not replaced by what was before it. Of a measure
    that is to be kept at a number or in a band, what comes nearer to that improves.
    """
    measure, scale = compiled.measure, compiled.moves
    previous = value_of(None if role.before is None else known.get(role.before), measure)
    if previous is None:
        return None, None
    if measure.direction is Direction.MAINTAIN:
        wanted = _wanted(compiled, role, figure, known)
        if wanted is not None:
            value = moved_toward(wanted, value, previous)
            scale = travel_scale(measure.direction, compiled.policy.no_change_within, toward=True)
    if scale.undefined_at(previous):  # a percentage of zero; but from zero to zero is no change
        exactly = travel_scale(measure.direction, None)
        unmoved = exactly.label(value, compiled.guard, previous) is Travel.NO_CHANGE
        return (Travel.NO_CHANGE, role.basis) if unmoved else (None, None)
    return scale.label(value, compiled.guard, previous), role.basis


def _wanted(
    compiled: CompiledTarget, role: PeriodRole, figure: Observation, known: Known
) -> tuple[Decimal, Decimal] | None:
    """Return the number or band that a figure is to be kept at; ``None`` where there is none, or it is not known."""
    stretch = wanted_stretch(compiled.target, compiled.measure)
    if stretch is None:
        return None
    assert compiled.target is not None, "without a target nothing is wanted"
    low, high = stretch
    if not low.needs_reference:
        return low.at(), high.at()
    start = baseline_value(compiled.target, compiled.measure, known)
    if start is None or role.crosses_break or baseline_is_of_others(compiled.target, figure.area, start):
        return None
    return low.at(start), high.at(start)


def previous_figure(figure: Observation, known: Known, measure: Measure) -> Observation | None:
    """Return the figure that travel is taken from; ``None`` where it is not known, or a break lies between."""
    before, _ = earlier(measure, figure.period)
    return None if before is None or broken(measure, before, figure.period) else known.get(before)
