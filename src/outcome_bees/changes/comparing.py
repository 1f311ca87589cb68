"""Two scorecards side by side: what is another answer now, and why."""

from collections.abc import Iterator
from decimal import localcontext

from attrs import evolve

from outcome_bees import __version__
from outcome_bees.areas import changes as area_changes
from outcome_bees.changes.cause_words import change_in_words, in_words, status_in_words
from outcome_bees.changes.change import Cause, CauseKind, Change
from outcome_bees.changes.factors import Case, case_of, completed, evaluated, factors_of, outcome_of
from outcome_bees.changes.releases import lines_on, verdict_lines
from outcome_bees.changes.steps import Steps, steps_between
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.evaluation.inputs import Inputs
from outcome_bees.evaluation.result import Evaluation
from outcome_bees.evaluation.scorecard import Scorecard
from outcome_bees.exact import CONTEXT
from outcome_bees.model.index import Observations
from outcome_bees.model.local_policy import POLICIES, STANDARD, Policy
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import Plan

__all__ = ["compare_scorecards"]

_Pair = tuple[Evaluation | None, Evaluation | None]


def compare_scorecards(before: Scorecard, after: Scorecard) -> tuple[Change, ...]:
    """Find every answer that is another on one card than on an earlier one, and what changed it.

    An answer is another where its status, verdict, reason, travel or required number is. What it was made from is
    compared part by part: figures (new, revised, withdrawn, suppressed), target, tolerance, baseline, direction, unit
    and the like in the plan, comparators, policy, day, place, and the version of the library. The steps between are
    evaluated, and the fewest that lead from the one answer to the other are its causes; where it matters in which
    order they are taken, the sentence says so.

    Args:
        before: The earlier card. Made by ``evaluate_plan``, or loaded from a file: then it has what it was made from.
            One of a file that was written without that is taken to have known of what the later card knew, what had
            become known by its day; and where that leads to another answer, the cause is not known.
        after: The later card, of the same place or of one that followed it when boundaries changed.

    Returns:
        The changes, in the order of the later plan; then those of what is no longer in it.

    Raises:
        InvalidValueError: The cards are of two places of which the one did not follow the other.

    Example:
        >>> from datetime import date
        >>> from outcome_bees import Measure, Observation, Reach, Target, evaluate_plan
        >>> measure = Measure(id="m", title="Plans", unit="percent", direction="increase")
        >>> target = Target(id="t", measure="m", aim=Reach(60), due="CY2024")
        >>> plan = Plan(id="p", title="P", measures=[measure], targets=[target])
        >>> cards = [
        ...     evaluate_plan(plan, Observations(), as_of=day, area="E10000015")
        ...     for day in (date(2024, 12, 31), date(2025, 1, 1))
        ... ]
        >>> compare_scorecards(*cards)
        ()
    """
    for name, card in (("before", before), ("after", after)):
        if not isinstance(card, Scorecard):
            raise InvalidTypeError(f"compare_scorecards: {name}", card, "a Scorecard")
    _refuse_other_place(before, after)
    now = _inputs_of(after, after)
    was = _inputs_of(before, after)
    with localcontext(CONTEXT):
        changes = [
            _change(pair, before, after, was, now)
            for pair in _pairs(before, after)
            if pair[0] is None or pair[1] is None or outcome_of(pair[0]) != outcome_of(pair[1])
        ]
    return _with_parts(changes, after.plan)


def _refuse_other_place(before: Scorecard, after: Scorecard) -> None:
    if before.area is None or after.area is None or before.area == after.area:
        return
    if not any(each.before == before.area for each in area_changes(after.area)):
        allowed = f"{before.area}, the place of the card before, or one that followed it"
        raise InvalidValueError("compare_scorecards: area", after.area, allowed)


def _inputs_of(card: Scorecard, later: Scorecard) -> Inputs:
    """Return what a card was made from; of one that does not have it, as much as can be known."""
    if card.inputs is not None:
        return card.inputs
    policy = POLICIES.get(card.policy)
    if policy is None:
        known = later.inputs.policy if later.inputs is not None else STANDARD
        policy = known if known.id == card.policy else Policy(id=card.policy)
    own = [each.observation for each in card.evaluations if each.observation is not None]
    others = () if later.inputs is None else later.inputs.observations
    figures: dict[object, Observation] = {}
    for each in (*others, *own):  # its own come last: they are what it knew
        if each.known_on <= card.as_of:
            figures[each.measure, each.area, each.breakdown, each.period] = each
    return Inputs(
        plan=card.plan,
        observations=Observations(figures.values(), provisional_after_final_ok=True),
        comparators={each.id: each for each in card.plan.comparators},
        as_of=card.as_of,
        area=card.area,
        policy=policy,
        library=None,
        partial=True,
    )


def _pairs(before: Scorecard, after: Scorecard) -> Iterator[_Pair]:
    """Yield the answers that belong together: of one target of one measure; else of one measure, in their order."""
    left = list(before.evaluations)
    alike: dict[int, Evaluation] = {}
    for same in (_same_target, _same_measure):
        for number, now in enumerate(after.evaluations):
            if number not in alike:
                found = next((each for each in left if same(each, now)), None)
                if found is not None:
                    alike[number] = found
                    left = [each for each in left if each is not found]
    for number, now in enumerate(after.evaluations):
        yield alike.get(number), now
    for each in left:
        yield each, None


def _same_target(one: Evaluation, other: Evaluation) -> bool:
    return (one.measure, one.target, one.breakdown) == (other.measure, other.target, other.breakdown)


def _same_measure(one: Evaluation, other: Evaluation) -> bool:
    return one.measure == other.measure


def _change(pair: _Pair, before: Scorecard, after: Scorecard, was: Inputs, now: Inputs) -> Change:
    old, new = pair
    present = new or old
    assert present is not None, "a pair has one answer at least"
    plan = after.plan if new is not None else before.plan
    measure = plan.measure(present.measure)
    causes: tuple[Cause, ...]
    steps: Steps | None = None
    if old is None or new is None:
        causes = (_coming_or_going(old, new, before, after),)
    elif measure.components and new.target is None:
        causes = ()  # its parts are its causes, once they are known
    else:
        causes, steps = _causes(old, new, (before, after), (was, now))
    return Change(
        measure=present.measure,
        target=present.target,
        before=old,
        after=new,
        causes=causes,
        sentence=change_in_words(old, new, measure, causes, steps),
    )


def _coming_or_going(old: Evaluation | None, new: Evaluation | None, before: Scorecard, after: Scorecard) -> Cause:
    present = new or old
    assert present is not None, "a pair has one answer at least"
    other = before.plan if old is None else after.plan
    measure_there = any(each.id == present.measure for each in other.measures)
    what = f"target {present.target}" if measure_there and present.target else "the measure"
    did = "was added to the plan" if old is None else "is no longer in the plan"
    return Cause(kind=CauseKind.TARGET if measure_there else CauseKind.MEASURE, sentence=f"{what} {did}")


def _causes(
    old: Evaluation, new: Evaluation, cards: tuple[Scorecard, Scorecard], inputs: tuple[Inputs, Inputs]
) -> tuple[tuple[Cause, ...], Steps | None]:
    """Return what changed an answer: the library, then whatever else differs."""
    cases: list[Case] = []
    for answer, card, each in zip((old, new), cards, inputs, strict=True):
        measure = card.plan.measure(answer.measure)
        target = next((one for one in card.plan.targets if one.id == answer.target), None)
        cases.append(case_of(answer, each, measure, target))
    first, last = (
        completed(one, other) if each.partial else one
        for one, other, each in ((cases[0], cases[1], inputs[0]), (cases[1], cases[0], inputs[1]))
    )
    again, wanted = evaluated(first), evaluated(last)
    if again is None or wanted is None:  # what evaluated once does so again, unless the library now refuses it
        return (_by_library(old, new, inputs, old),), None
    causes: list[Cause] = []
    if outcome_of(again) != outcome_of(old):
        causes.append(_by_library(old, again, inputs, again))
    steps = None
    if outcome_of(again) != outcome_of(wanted):
        traced = (_traced(old, inputs[0]), _traced(new, inputs[1]))
        steps = steps_between(first, last, factors_of(first, last, traced), outcome_of(wanted))
        causes += [
            in_words(factor, first, last, alone) for factor, alone in zip(steps.factors, steps.alone, strict=True)
        ]
    if outcome_of(wanted) != outcome_of(new):
        causes.append(_by_library(wanted, new, inputs, new))
    return tuple(causes), steps


def _traced(answer: Evaluation, inputs: Inputs) -> Evaluation:
    """Return the answer with what it was made from beside it, where it is without."""
    if answer._inputs is None:
        answer = evolve(answer)
        object.__setattr__(answer, "_inputs", inputs)
    return answer


def _by_library(one: Evaluation, other: Evaluation, inputs: tuple[Inputs, Inputs], alone: Evaluation) -> Cause:
    """Return the cause of an answer that differs though nothing else does: another version, or what is not known."""
    if inputs[0].library is None:
        sentence = (
            "the card before does not have what it was made from, and from what is known it would have been"
            f" {status_in_words(other)}, not {status_in_words(one)}"
        )
        return Cause(kind=CauseKind.NOT_KNOWN, sentence=sentence, alone=alone.status)
    written = next((each.library for each in inputs if each.library != __version__), __version__)
    lines = lines_on(verdict_lines(written), one, other)
    against = f"than version {written} did" if written != __version__ else "than when the card was written"
    sentence = f"version {__version__} of the library judges it otherwise {against}"
    if lines:
        sentence += f" (Verdicts: {lines[0]}{f', and {len(lines) - 1} more' if len(lines) > 1 else ''})"
    return Cause(kind=CauseKind.LIBRARY, sentence=sentence, alone=alone.status, verdicts=lines)


def _with_parts(changes: list[Change], plan: Plan) -> tuple[Change, ...]:
    """Return the changes, those of compound measures with the changes of their parts as their causes."""
    by_measure: dict[str, list[Change]] = {}
    for each in changes:
        by_measure.setdefault(each.measure, []).append(each)

    def whole(change: Change) -> Change:
        measure = _measure(plan, change.measure)
        if measure is None or change.causes or not measure.components:
            return change
        causes = tuple(
            Cause(kind=CauseKind.PART, sentence=f"its part {_quoted(plan, id)} is {_became(part)}")
            for id in measure.components
            for part in by_measure.get(id, ())
        )
        sentence = change_in_words(change.before, change.after, measure, causes, None)
        return evolve(change, causes=causes, sentence=sentence)

    return tuple(whole(each) for each in changes)


def _measure(plan: Plan, id: str) -> Measure | None:
    return next((each for each in plan.measures if each.id == id), None)


def _quoted(plan: Plan, id: str) -> str:
    measure = _measure(plan, id)
    return f"“{id if measure is None else measure.title}”"


def _became(part: Change) -> str:
    """Return what became of a part, as its own sentence begins."""
    effect = part.sentence.partition(":")[0]
    return f"{effect[:1].lower()}{effect[1:]}"
