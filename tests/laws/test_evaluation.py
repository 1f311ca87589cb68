"""What must hold of every evaluation, whatever the measure, the aim and the figures."""

import random
from datetime import date
from decimal import Decimal

from hypothesis import given, strategies as st

from outcome_bees import (
    STANDARD,
    Beat,
    Comparator,
    Direction,
    Evaluation,
    Improve,
    Measure,
    Observation,
    Observations,
    Period,
    Plan,
    Rank,
    Status,
    Tally,
    Target,
    Verdict,
    evaluate,
    evaluate_plan,
)
from outcome_bees.errors import InvalidValueError
from outcome_bees.evaluation.policy import Policy
from outcome_bees.evaluation.rules import compile_rule
from outcome_bees.testing import AREAS, aims, comparators, margins, measures, numbers, plans, policies, series, targets

PERIODS = st.sampled_from([Period.year(year, "calendar") for year in range(2021, 2027)])
RANK = {Verdict.OFF: 0, Verdict.NEAR: 1, Verdict.MET: 2}
DAYS = st.dates(date(2021, 1, 1), date(2027, 12, 31))


def asked(
    target: Target, measure: Measure, figures: list[Observation], as_of: date, policy: Policy, england: Comparator
) -> Evaluation | None:
    """The answer, or nothing where a measure to be maintained is asked to become better."""
    if measure.direction is Direction.MAINTAIN and isinstance(target.aim, Improve | Beat | Rank):
        return None
    area = target.area or AREAS[0]
    known = Observations(figures, provisional_after_final_ok=True)
    return evaluate(
        target, measure=measure, observations=known, as_of=as_of, policy=policy, area=area, comparators=[england]
    )


@given(
    targets(due=PERIODS),
    measures(st.just("m")),
    series(st.just("m"), PERIODS),
    DAYS,
    policies(),
    comparators(),
    st.randoms(),
)
def test_the_order_in_which_figures_are_given_never_matters(
    target: Target,
    measure: Measure,
    figures: list[Observation],
    as_of: date,
    policy: Policy,
    england: Comparator,
    chance: random.Random,
) -> None:
    one = asked(target, measure, figures, as_of, policy, england)
    chance.shuffle(figures)
    assert asked(target, measure, figures, as_of, policy, england) == one


@given(targets(due=PERIODS), measures(st.just("m")), series(st.just("m"), PERIODS), DAYS, policies(), comparators())
def test_every_answer_is_a_status_or_a_reason_and_never_both(
    target: Target, measure: Measure, figures: list[Observation], as_of: date, policy: Policy, england: Comparator
) -> None:
    answer = asked(target, measure, figures, as_of, policy, england)
    if answer is not None:
        assert (answer.status is Status.NOT_ASSESSED) == (answer.reason is not None)
        assert answer.reason is not None or answer.verdict is not None
        assert answer.observation is None or answer.observation.known_on <= as_of
        assert answer.explanation.endswith(".")


@given(targets(due=PERIODS), measures(st.just("m")), series(st.just("m"), PERIODS), DAYS, comparators())
def test_what_becomes_known_later_changes_no_earlier_answer(
    target: Target, measure: Measure, figures: list[Observation], as_of: date, england: Comparator
) -> None:
    then = [each for each in figures if each.known_on <= as_of]
    assert asked(target, measure, figures, as_of, STANDARD, england) == asked(
        target, measure, then, as_of, STANDARD, england
    )


@given(
    aims(),
    st.sampled_from((Direction.INCREASE, Direction.DECREASE)),
    st.none() | margins(),
    numbers(),
    numbers(),
    numbers(),
    policies(),
)
def test_a_better_value_never_has_a_worse_verdict(
    aim: Rank, direction: Direction, tolerance: object, one: Decimal, other: Decimal, reference: Decimal, policy: Policy
) -> None:
    measure = Measure(id="m", title="M", unit="percent", direction=direction)
    try:
        target = Target(id="t", measure="m", aim=aim, tolerance=tolerance)  # type: ignore[arg-type]
        rule = compile_rule(target, measure, None, policy)
    except InvalidValueError:
        return  # a percentage of zero, or a milestone with a tolerance
    assert rule is not None
    ranked = sorted((one, other), key=lambda number: rule.gap(number, reference))
    verdicts = [RANK[rule.verdict(number, reference)] for number in ranked]
    assert verdicts == sorted(verdicts)


@given(aims(), numbers(), numbers(), st.none() | margins())
def test_a_rule_for_less_is_the_rule_for_more_in_a_mirror(
    aim: Rank, number: Decimal, reference: Decimal, tolerance: object
) -> None:
    from outcome_bees import Beat, Hold, Improve, Reach

    if not isinstance(aim, Beat | Hold | Improve | Reach):
        return
    mirrored = Reach(-aim.value) if isinstance(aim, Reach) else aim
    more, less = (Measure(id="m", title="M", unit="percent", direction=each) for each in ("increase", "decrease"))
    try:
        upward = compile_rule(Target(id="t", measure="m", aim=aim, tolerance=tolerance), more, None)  # type: ignore[arg-type]
        downward = compile_rule(Target(id="t", measure="m", aim=mirrored, tolerance=tolerance), less, None)  # type: ignore[arg-type]
    except InvalidValueError:
        return
    assert upward is not None
    assert downward is not None
    assert upward.verdict(number, reference) is downward.verdict(-number, -reference)
    assert upward.gap(number, reference) == downward.gap(-number, -reference)


@given(st.lists(st.sampled_from(Status)), st.lists(st.sampled_from(Status)))
def test_tallies_add_in_any_order(some: list[Status], others: list[Status]) -> None:
    one, other = Tally.of(some), Tally.of(others)
    assert one + other == other + one == Tally.of([*others, *some])
    assert (one + other).assessed == one.assessed + other.assessed


@given(plans(), st.data())
def test_every_measure_of_a_plan_has_an_answer(plan: Plan, data: st.DataObject) -> None:
    ids = [each.id for each in plan.measures] or ["none"]
    figures = data.draw(series(st.sampled_from(ids), PERIODS))
    known = Observations(
        [each for each in figures if each.measure in ids and each.unit is None], provisional_after_final_ok=True
    )
    card = evaluate_plan(plan, known, as_of=date(2026, 6, 30), area=AREAS[0], unknown_measures_ok=True)
    assert {each.measure for each in card.evaluations} == {each.id for each in plan.measures}
    assert all((each.reason is None) != (each.status is Status.NOT_ASSESSED) for each in card.evaluations)
    assert card.overall.total <= len(card.evaluations)
