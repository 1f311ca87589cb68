"""Laws: what holds of every policy, plan and source, proved on drawn cases."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from io import BytesIO
from itertools import pairwise
from os import PathLike
from typing import Any

from hypothesis import assume, given, settings, strategies as st

from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.evaluation.edges import better_sign
from outcome_bees.evaluation.evaluate import evaluate
from outcome_bees.evaluation.result import Evaluation
from outcome_bees.evaluation.rules import guard_of
from outcome_bees.evaluation.scorecard import evaluate_plan
from outcome_bees.model.aims import Aim, Complete, Hold, Improve, Margin, Reach, StayBetween
from outcome_bees.model.index import Observations
from outcome_bees.model.local_policy import STANDARD, Policy
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import Plan, check_plan_given
from outcome_bees.model.target import Baseline, Target
from outcome_bees.periods import Period, YearType
from outcome_bees.serializers import dump_observations, dump_plan, from_tree, load_observations, load_plan, to_tree
from outcome_bees.testing.strategies import AREAS, margins, numbers, observations
from outcome_bees.vocabulary import Direction, MeasureKind, Verdict

__all__ = ["check_plan", "check_policy", "check_source"]

_RANK = {Verdict.OFF: 0, Verdict.NEAR: 1, Verdict.MET: 2}
_DUE = Period.year(2024, YearType.FINANCIAL)
_AREA = AREAS[0]
_LATE = date(2100, 1, 1)


def _proved(law: Callable[..., None], examples: int, **drawn: st.SearchStrategy[Any]) -> None:
    """Try a law on drawn cases; the simplest that breaks it is raised."""
    how = settings(max_examples=examples, deadline=None, database=None, report_multiple_bugs=False)
    how(given(**drawn)(law))()


def _hold(holds: bool, law: str, *case: object) -> None:
    if not holds:
        raise AssertionError("\n".join((law, *map(str, case))))


def _not_worse(better: Evaluation, worse: Evaluation) -> bool:
    """Return whether a verdict is no worse than another, where there are two."""
    if better.verdict is None or worse.verdict is None:
        return True
    return _RANK[better.verdict] >= _RANK[worse.verdict]


@cache
def _judged() -> st.SearchStrategy[tuple[Measure, Target]]:
    """Draw a measure with a direction and a target that more or less of it is better for."""
    aimed = st.one_of(numbers().map(Reach), st.none().map(Improve), margins().map(Improve), st.just(Hold()))
    directions = st.sampled_from(sorted(set(Direction) - {Direction.MAINTAIN}))

    def made(drawn: tuple[Direction, Aim, Margin | None, Decimal]) -> tuple[Measure, Target] | None:
        direction, aim, tolerance, start = drawn
        measure = Measure(id="m", title="M", unit="score", direction=direction, decimals=2)
        baseline = Baseline(_DUE.shifted(-1), start)
        try:
            return measure, Target(id="t", measure="m", aim=aim, due=_DUE, baseline=baseline, tolerance=tolerance)
        except InvalidValueError:  # a percentage of zero
            return None

    drawn = st.tuples(directions, aimed, st.none() | margins(), numbers())
    return drawn.map(made).filter(lambda pair: pair is not None)  # type: ignore[return-value]  # None is filtered


def check_policy(policy: Policy, *, examples: int = 100) -> None:
    """Prove on drawn targets and figures that a policy keeps the laws of judging.

    A better figure never has a worse verdict; a policy never makes a verdict worse than met where the target is met
    without it; where less is better the mirrored figures have the same verdict; the order of the figures changes
    nothing, nor does a figure that became known later; and the policy survives its document.

    Args:
        policy: The policy.
        examples: How many cases are drawn for each law.

    Raises:
        AssertionError: A law is broken; the message has the law and the simplest case.

    Example:
        >>> check_policy(Policy(id="ours", met_within=Margin(percent=1), near_within=Margin(percent=5)), examples=10)
    """
    if not isinstance(policy, Policy):
        raise InvalidTypeError("check_policy: policy", policy, "a Policy")
    _hold(from_tree(to_tree(policy), Policy) == policy, "A policy survives its document.", policy)

    def answer(measure: Measure, target: Target, values: Sequence[Decimal], **how: Any) -> Evaluation:
        figures = [
            Observation(measure="m", period=_DUE.shifted(-back), area=_AREA, value=value)
            for back, value in enumerate(values)
        ]
        if how.pop("reversed", False):
            figures.reverse()
        if how.pop("later", False):
            figures.append(Observation(measure="m", period=_DUE, area=_AREA, value=-999, recorded=_LATE))
        judge: Policy = how.pop("policy", policy)
        return evaluate(target, measure=measure, observations=figures, as_of=date(2030, 1, 1), policy=judge)

    def law(pair: tuple[Measure, Target], value: Decimal, other: Decimal, last: Decimal) -> None:
        measure, target = pair
        low, high = sorted((value, other), key=lambda each: each * better_sign(measure))
        better, worse = (answer(measure, target, (each, last)) for each in (high, low))
        _hold(_not_worse(better, worse), "A better figure never has a worse verdict.", better, worse, target)
        plain = answer(measure, target, (value, last), policy=STANDARD)
        ours = answer(measure, target, (value, last))
        met = plain.verdict is Verdict.MET
        kept = not met or ours.verdict in (None, Verdict.MET)  # a percentage of zero has no verdict
        _hold(kept, "What is met without an allowance is met.", ours, target)
        mirrored = _mirrored(measure, target)
        if mirrored is not None:
            turned = answer(*mirrored, (-value, -last))
            _hold(turned.verdict is ours.verdict, "The mirrored figures have the same verdict.", ours, turned, target)
        again = answer(measure, target, (value, last), reversed=True)
        _hold(again == ours, "The order of the figures changes nothing.", ours, again)
        later = answer(measure, target, (value, last), later=True)
        _hold(later == ours, "What became known later changes nothing.", ours, later)

    _proved(law, examples, pair=_judged(), value=numbers(), other=numbers(), last=numbers())


def _mirrored(measure: Measure, target: Target) -> tuple[Measure, Target] | None:
    """Return the same target of a measure of which the other way is better, every number with its sign changed."""
    (way,) = set(Direction) - {Direction.MAINTAIN, measure.direction}
    aim = Reach(-target.aim.value) if isinstance(target.aim, Reach) else target.aim
    assert target.baseline is not None, "every target that is drawn has one"
    assert target.baseline.value is not None, "with its number"
    turned = Measure(id="m", title="M", unit="score", direction=way, decimals=2)
    baseline = Baseline(target.baseline.period, -target.baseline.value)
    try:
        mirror = Target(id="t", measure="m", aim=aim, due=_DUE, baseline=baseline, tolerance=target.tolerance)
    except InvalidValueError:
        return None
    return turned, mirror


def check_plan(plan: Plan, *, policy: Policy = STANDARD, examples: int = 50) -> None:
    """Prove on drawn figures that a plan keeps the laws of evaluation.

    The plan survives its documents; every measure has an answer, and every target exactly one; absent figures are
    answers and never errors; a better figure never has a worse verdict; the order of the figures changes nothing, nor
    does a figure that became known later.

    Args:
        plan: The plan.
        policy: The policy that judges it.
        examples: How many cases are drawn for each law.

    Raises:
        AssertionError: A law is broken; the message has the law and the simplest case.

    Example:
        >>> from outcome_bees import catalogue
        >>> check_plan(catalogue.load("strategic-priorities-2024-25"), examples=3)
    """
    check_plan_given("check_plan: plan", plan)
    for format in ("json", "yaml"):
        file = BytesIO()
        dump_plan(plan, file, format=format)
        again = load_plan(BytesIO(file.getvalue()), format=format)
        _hold(again == plan, f"A plan survives its document in {format.upper()}.", plan.id)
    judged = [each for each in plan.measures if each.components == () and each.kind is not MeasureKind.NARRATIVE]
    dues = [each.due for each in plan.targets if each.due is not None] or [_DUE]
    bases = [each.baseline.period for each in plan.targets if each.baseline is not None]
    possible = list(dict.fromkeys((*dues, *bases)))
    if judged:
        one = observations(
            st.sampled_from([each.id for each in judged]), st.sampled_from(possible), numbers(low=0, high=100)
        )
        drawn = st.lists(
            one, max_size=20, unique_by=lambda each: (each.measure, each.area, each.breakdown, each.period)
        )
        units_of = {each.id: each for each in judged}
        _proved(
            lambda figures, day: _plan_laws(plan, policy, figures, day), examples, figures=drawn, day=_days(possible)
        )
        _proved(
            lambda figures, change: _better_is_no_worse(plan, policy, units_of, figures, change),
            examples,
            figures=drawn,
            change=numbers(low=0, high=50),
        )


def _which(figure: Observation) -> tuple[object, ...]:
    return (figure.measure, figure.area, figure.breakdown, figure.period)


def _days(possible: Iterable[Period]) -> st.SearchStrategy[date]:
    """Draw days around those on which periods end."""
    return st.sampled_from([each.end + timedelta(days) for each in possible for days in (-40, 0, 1, 400)])


def _plan_laws(plan: Plan, policy: Policy, figures: list[Observation], day: date) -> None:
    how: dict[str, Any] = {"as_of": day, "area": _AREA, "policy": policy, "unknown_measures_ok": True}
    card = evaluate_plan(plan, Observations(figures, provisional_after_final_ok=True), **how)
    measures = {each.measure for each in card.evaluations}
    _hold(measures == {each.id for each in plan.measures}, "Every measure has an answer.", card)
    ids = [each.target for each in card.evaluations if each.target is not None]
    expected = sorted(each.id for each in plan.targets if each.area in (None, _AREA))
    _hold(sorted(ids) == expected, "Every target has exactly one answer.", ids)
    turned = evaluate_plan(plan, Observations(figures[::-1], provisional_after_final_ok=True), **how)
    _hold(turned == card, "The order of the figures changes nothing.", *figures)
    later = [_known_later(each, day) for each in figures]
    later_on = evaluate_plan(plan, Observations([*figures, *later], provisional_after_final_ok=True), **how)
    _hold(later_on == card, "What became known later changes nothing.", *figures)


def _known_later(figure: Observation, day: date) -> Observation:
    later = max(day, figure.known_on) + timedelta(1)
    return Observation(
        measure=figure.measure,
        period=figure.period,
        area=figure.area,
        breakdown=figure.breakdown,
        value=7,
        recorded=later,
    )


def _better_is_no_worse(
    plan: Plan, policy: Policy, measures_by_id: dict[str, Measure], figures: list[Observation], change: Decimal
) -> None:
    """See that no answer is worse when the figure that it was judged by is better, all else being the same."""
    day = max((each.end for each in (figure.period for figure in figures)), default=_DUE.end) + timedelta(1_000)
    how: dict[str, Any] = {"as_of": day, "area": _AREA, "policy": policy, "unknown_measures_ok": True}
    card = evaluate_plan(plan, Observations(figures, provisional_after_final_ok=True), **how)
    for answer in card.evaluations:
        figure, measure = answer.observation, measures_by_id.get(answer.measure)
        if answer.verdict is None or figure is None or measure is None or figure.value is None:
            continue
        if measure.direction in (None, Direction.MAINTAIN) or len(_aims_of(plan, answer)) != 1:
            continue
        moved = figure.value + better_sign(measure) * (change + 2 * guard_of(measure))
        better = [each if each != figure else _with_value(each, moved) for each in figures]
        after = evaluate_plan(plan, Observations(better, provisional_after_final_ok=True), **how)
        now = next(each for each in after.evaluations if (each.measure, each.target) == (answer.measure, answer.target))
        _hold(_not_worse(now, answer), "A better figure never has a worse verdict.", answer, now, answer.explanation)


def _aims_of(plan: Plan, answer: Evaluation) -> list[Aim]:
    """Return the aim of an answer, where it is one that a better figure is nearer to: no band and no milestone."""
    aims = (each.aim for each in plan.targets if each.id == answer.target)
    return [each for each in aims if each is not None and not isinstance(each, StayBetween | Complete)]


def _with_value(figure: Observation, value: Decimal) -> Observation:
    return Observation(
        measure=figure.measure,
        period=figure.period,
        area=figure.area,
        value=value,
        breakdown=figure.breakdown,
        unit=figure.unit,
        revision=figure.revision,
        recorded=figure.recorded,
    )


Source = str | PathLike[str] | Observations | Iterable[Observation] | Callable[[], Any]
"""What gives figures: a file, figures, or a function that gives either."""


def check_source(source: Source, plan: Plan | None = None, *, examples: int = 20) -> None:
    """Prove that a source of figures keeps the laws of a source.

    It gives the same figures each time; no two of them contradict each other; each survives a table and a document; no
    observation has both a number and an absence; what is known on a day is known on every later one, or was replaced by
    what became known since; and the order of the figures changes nothing.

    Args:
        source: A file that ``load_observations`` reads, figures, or a function without arguments that gives either.
        plan: The plan that the figures are for: each must be of one of its measures; ``None``: not checked.
        examples: How many orders are tried.

    Raises:
        AssertionError: A law is broken; the message has the law and the figures.

    Example:
        >>> check_source([Observation(measure="m", period="CY2024", area="E10000015", value="56.3")])
    """
    figures = _read(source)
    if callable(source) or isinstance(source, (str, PathLike)):
        _hold(_read(source) == figures, "A source gives the same figures each time.")
    index = Observations(figures, provisional_after_final_ok=True)  # which refuses those that contradict each other
    for each in figures:
        parts = (each.numerator, each.denominator, each.lower, each.upper)
        hidden = each.absence is None or parts == (None,) * 4
        _hold(hidden, "No observation has both a number and an absence.", each)
    for format in ("csv", "json"):
        file = BytesIO()
        dump_observations(figures, file, format=format)
        again = tuple(load_observations(BytesIO(file.getvalue()), format=format))
        _hold(again == figures, f"Every figure survives {format.upper()}.")
    if plan is not None:
        known = {each.id for each in plan.measures}
        strange = sorted({each.measure for each in figures} - known)
        _hold(not strange, "Every figure is of a measure of the plan.", *strange)
    series = dict.fromkeys((each.measure, each.area, each.breakdown) for each in figures)
    days = sorted({each.known_on for each in figures})
    for measure, area, breakdown in series:
        for before, after in pairwise(days):
            was = index.known(measure, area, breakdown, as_of=before)
            now = index.known(measure, area, breakdown, as_of=after)
            replaced = all(
                period in now and (now[period] == was[period] or now[period].known_on > before) for period in was
            )
            _hold(replaced, "What is known stays known, or was replaced.", measure, area, before, after)
    if len(figures) > 1:
        _proved(lambda order: _in_any_order(figures, index, order), examples, order=st.randoms(use_true_random=False))


def _read(source: Source) -> tuple[Observation, ...]:
    found = source() if callable(source) else source
    return tuple(load_observations(found) if isinstance(found, (str, PathLike)) else found)


def _in_any_order(figures: tuple[Observation, ...], index: Observations, order: Any) -> None:
    """See that figures in another order are known alike."""
    shuffled = list(figures)
    order.shuffle(shuffled)
    assume(tuple(shuffled) != figures)
    other = Observations(shuffled, provisional_after_final_ok=True)
    for each in figures:
        one, two = (
            known.known(each.measure, each.area, each.breakdown, as_of=each.known_on).get(each.period)
            for known in (index, other)
        )
        _hold(one == two, "The order of the figures changes nothing.", one, two)
