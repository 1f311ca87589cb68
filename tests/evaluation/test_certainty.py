"""Beside every verdict: whether the rule says the same at both ends of the figure's interval."""

import pickle
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from outcome_bees import (
    Baseline,
    Beat,
    Certainty,
    Comparator,
    Complete,
    Evaluation,
    Hold,
    Improve,
    Margin,
    Measure,
    Observation,
    Policy,
    Rank,
    Reach,
    StayBetween,
    Target,
    evaluate,
)
from outcome_bees.chance.intervals import Interval, interval_of
from outcome_bees.errors import InvalidTypeError
from outcome_bees.evaluation.rules import compile_rule
from outcome_bees.vocabulary import Status, Verdict

Judged = Callable[..., Evaluation]
ON = {"as_of": "2025-12-31"}
SHARE = Measure(id="m", title="M", unit="percent", direction="increase")
CLEAR, WITHIN = Certainty.CLEAR, Certainty.WITHIN_CHANCE
HALF = {"value": 50, "numerator": 300, "denominator": 600}  # 46.0 to 54.0 by Wilson


@pytest.mark.parametrize(
    ("aim", "direction", "status", "certainty"),
    [
        (Reach(40), "increase", Status.ACHIEVED, CLEAR),
        (Reach(48), "increase", Status.ACHIEVED, WITHIN),
        (Reach(52), "increase", Status.MISSED, WITHIN),
        (Reach(60), "increase", Status.MISSED, CLEAR),
        (Reach(60), "decrease", Status.ACHIEVED, CLEAR),
        (Reach(52), "decrease", Status.ACHIEVED, WITHIN),
        (Reach(50), "maintain", Status.ACHIEVED, WITHIN),
        (Reach(60), "maintain", Status.MISSED, CLEAR),
        (StayBetween(40, 60), None, Status.ACHIEVED, CLEAR),
        (StayBetween(40, 52), None, Status.ACHIEVED, WITHIN),
        (StayBetween(49, 51), None, Status.ACHIEVED, WITHIN),  # beyond it at both ends is not off it
        (StayBetween(60, 70), None, Status.MISSED, CLEAR),
    ],
)
def test_the_rule_is_read_at_both_ends(
    aim: Any, direction: str | None, status: Status, certainty: Certainty, judged: Judged
) -> None:
    answer = judged(aim, {"CY2024": HALF}, direction=direction)
    assert (answer.status, answer.certainty, answer.certainty_reason) == (status, certainty, None)
    assert answer.explanation.endswith("within chance.") == (certainty is WITHIN)


@pytest.mark.parametrize(
    ("aim", "reference", "certainty"),
    [
        (Improve(), 40, CLEAR),
        (Improve(), 48, WITHIN),
        (Improve(by=Margin(amount=9)), 40, WITHIN),
        (Hold(), 47, WITHIN),
        (Hold(), 60, CLEAR),
    ],
)
def test_a_baseline_is_read_as_the_number_that_it_is(
    aim: Any, reference: int, certainty: Certainty, judged: Judged
) -> None:
    figures = {"CY2023": reference, "CY2024": HALF}
    assert judged(aim, figures, baseline=Baseline("CY2023")).certainty is certainty


def test_so_is_a_comparator(judged: Judged) -> None:
    england = [Comparator(id="england", title="England", areas=["E92000001"], method="published")]
    for theirs, certainty in ((44, CLEAR), (49, WITHIN), (53, WITHIN), (57, CLEAR)):
        others = {"E92000001": {"CY2024": theirs}}
        answer = judged(Beat("england"), {"CY2024": HALF}, others=others, comparators=england)
        assert answer.certainty is certainty


def test_a_tolerance_makes_a_stretch_of_its_own(judged: Judged) -> None:
    answer = judged(Reach(56), {"CY2024": HALF}, tolerance=Margin(amount=20))
    assert (answer.verdict, answer.certainty) == (Verdict.NEAR, CLEAR)
    answer = judged(Reach(53), {"CY2024": HALF}, tolerance=Margin(amount=20))
    assert (answer.verdict, answer.certainty) == (Verdict.NEAR, WITHIN)


def test_a_place_among_others_and_a_milestone_have_no_certainty_and_a_reason(judged: Judged) -> None:
    others = {f"E1000000{each}": {"CY2024": 40 + each} for each in range(8)}
    answer = judged(Rank(1, 4), {"CY2024": HALF}, others=others)
    assert answer.verdict is not None
    assert (answer.certainty, str(answer.certainty_reason)) == (None, "is_a_place")
    answer = judged(Complete(), {"CY2024": 1}, unit="milestone", direction=None)
    assert answer.verdict is Verdict.MET
    assert (answer.certainty, str(answer.certainty_reason)) == (None, "no_interval_for_kind")


@pytest.mark.parametrize(
    ("figure", "unit", "reason"),
    [
        ({"value": 50}, "percent", "no_numerator"),
        ({"value": 50, "numerator": 300}, "percent", "no_denominator"),
        ({"value": 50, "numerator": 900, "denominator": 600}, "percent", "numerator_above_denominator"),
        ({"value": 50, "numerator": 60, "denominator": 600}, "percent", "numbers_disagree"),
        ({"value": 50}, "score", "no_interval_for_kind"),
        ({"value": 50}, "GBP", "no_interval_for_kind"),
        ({"value": -50}, "count", "negative_count"),
    ],
)
def test_a_figure_without_an_interval_is_judged_all_the_same_and_the_reason_is_beside_it(
    figure: dict[str, Any], unit: str, reason: str, judged: Judged
) -> None:
    answer = judged(Reach(40), {"CY2024": figure}, unit=unit)
    assert answer.verdict is not None
    assert (answer.certainty, str(answer.certainty_reason)) == (None, reason)


def test_where_there_is_no_verdict_there_is_nothing_to_be_certain_of(judged: Judged) -> None:
    answer = judged(Reach(40), {"CY2024": HALF}, direction=None)
    assert (answer.verdict, answer.certainty, answer.certainty_reason) == (None, None, None)


def test_the_last_verdict_before_an_overdue_figure_has_its_certainty_too(judged: Judged) -> None:
    answer = judged(Reach(52), {"CY2023": HALF})
    assert (str(answer.reason), answer.certainty) == ("overdue", WITHIN)
    assert "though the difference is within chance" in answer.explanation


def test_the_published_interval_wins_and_is_read_in_the_measures_unit(judged: Judged) -> None:
    figure = {"value": "0.5", "lower": "0.49", "upper": "0.51", "numerator": 300, "denominator": 600}
    answer = judged(Reach("0.48"), {"CY2024": {**figure, "unit": "fraction"}}, target_unit="fraction")
    assert answer.certainty is CLEAR


def test_a_verdict_exactly_on_its_number_says_so_and_that_it_is_within_chance(judged: Judged) -> None:
    said = judged(Reach(50), {"CY2024": HALF}).explanation
    assert said.endswith("achieved, exactly on it, though that is within chance.")


def test_a_policy_may_count_as_met_only_what_is_clear_and_then_says_so(judged: Judged) -> None:
    strict = Policy(id="clear-only", met_only_if_clear=True)
    unclear = judged(Reach(48), {"CY2024": HALF}, policy=strict)
    assert (unclear.status, unclear.verdict, unclear.certainty) == (Status.NARROWLY_MISSED, Verdict.NEAR, WITHIN)
    assert unclear.explanation == (
        "50.0% in 2024, where the target was at least 48.0%: narrowly missed, 2.0 percentage points ahead,"
        " but within chance, so that policy clear-only does not count it as met."
    )
    assert judged(Reach(40), {"CY2024": HALF}, policy=strict).status is Status.ACHIEVED
    assert judged(Reach(52), {"CY2024": HALF}, policy=strict).status is Status.MISSED  # never for the better
    assert judged(Reach(48), {"CY2024": 50}, policy=strict).status is Status.ACHIEVED  # nothing is known of chance


def test_the_policy_takes_a_truth_value_and_nothing_else() -> None:
    with pytest.raises(InvalidTypeError, match="met_only_if_clear"):
        Policy(id="p", met_only_if_clear="yes")  # type: ignore[arg-type]


@given(
    x=st.integers(0, 400),
    more=st.integers(1, 400),
    goal=st.integers(0, 100),
    direction=st.sampled_from(["increase", "decrease", "maintain"]),
    tolerance=st.none() | st.integers(1, 20),
)
def test_certainty_says_what_the_scale_says_at_the_ends_and_changes_no_status(
    x: int, more: int, goal: int, direction: str, tolerance: int | None
) -> None:
    measure = evolve(SHARE, direction=direction)
    share = Decimal(100 * x) / (x + more)
    figure = Observation(measure="m", period="CY2024", area="a", value=share, numerator=x, denominator=x + more)
    margin = None if tolerance is None else Margin(amount=tolerance)
    target = Target(id="t", measure="m", aim=Reach(goal), due="CY2024", tolerance=margin)
    answer, bare = (
        evaluate(target, measure=measure, observations=[each], **ON)  # type: ignore[arg-type]
        for each in (figure, evolve(figure, numerator=None))
    )
    assert (answer.status, answer.verdict, answer.gap) == (bare.status, bare.verdict, bare.gap)
    interval, rule = interval_of(figure, measure), compile_rule(target, measure, figure.period)
    assert rule is not None
    assert isinstance(interval, Interval)
    labels = {rule.verdict(each, None) for each in (interval.lower, interval.upper)}
    if len(labels) > 1:
        assert answer.certainty is WITHIN
    if answer.certainty is CLEAR:
        assert labels == {answer.verdict}


def test_the_first_verdict_loads_no_method_and_nothing_of_pint() -> None:
    code = """
import sys
from outcome_bees import Measure, Observation, Reach, Target, evaluate
measure = Measure(id="m", title="M", unit="percent", direction="increase")
target = Target(id="t", measure="m", aim=Reach(50), due="CY2024")
for counts in ({}, {"numerator": 957, "denominator": 1699}):
    figure = Observation(measure="m", period="CY2024", area="E10000015", value="56.3", **counts)
    answer = evaluate(target, measure=measure, observations=[figure], as_of="2025-12-31")
    print(answer.certainty, "outcome_bees.chance.intervals" in sys.modules, end=" ")
print([each for each in sys.modules if each.startswith(("outcome_bees.methods", "pint"))])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "None False clear True []\n"


def test_an_evaluation_with_its_certainty_is_a_value(judged: Judged) -> None:
    answer = judged(Reach(48), {"CY2024": HALF})
    assert pickle.loads(pickle.dumps(answer)) == answer
    assert evolve(answer, certainty=CLEAR) != answer
