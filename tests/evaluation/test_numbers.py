"""What spreadsheets and floats get wrong about numbers, each once."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Evaluation,
    Hold,
    Improve,
    Margin,
    Measure,
    Observation,
    Rank,
    Reach,
    Reason,
    Status,
    StayBetween,
    Target,
    Verdict,
    evaluate,
)
from outcome_bees.errors import UnitMismatchError
from outcome_bees.evaluation.policy import FIVE_PER_CENT

Judged = Callable[..., Evaluation]


def test_33_3_is_within_ten_per_cent_of_37_though_floats_deny_it(judged: Judged) -> None:
    assert not 33.3 >= 37 * 0.9
    assert judged(Reach(37), {"CY2024": 33.3}, tolerance=Margin(percent=10)).verdict is Verdict.NEAR


def test_0_7_is_within_a_tenth_of_0_8_though_floats_deny_it(judged: Judged) -> None:
    assert (
        judged(Reach("0.8"), {"CY2024": 0.7}, unit="fraction", tolerance=Margin(amount="0.1")).verdict is Verdict.NEAR
    )


def test_7_98_is_within_five_per_cent_of_7_6_where_less_is_better(judged: Judged) -> None:
    evaluation = judged(
        Reach("7.6"), {"CY2024": "7.98"}, direction="decrease", tolerance=Margin(percent=5), measure={"decimals": 2}
    )
    assert evaluation.verdict is Verdict.NEAR


def test_a_float_that_went_astray_in_the_last_place_is_still_on_the_cut(judged: Judged) -> None:
    assert judged(Reach("71.4"), {"CY2024": 71.400000000000006}).verdict is Verdict.MET
    assert judged(Reach("71.4"), {"CY2024": 71.39999999999999}).verdict is Verdict.MET


def test_an_improvement_of_2_1_points_from_85_0_is_87_1(judged: Judged) -> None:
    assert not 87.1 - 85.0 >= 2.1
    aim = Improve(Margin(amount="2.1"))
    assert judged(aim, {"CY2024": 87.1}, baseline=Baseline("CY2023", 85.0)).verdict is Verdict.MET


def test_a_share_is_compared_with_a_percentage_only_by_its_unit(judged: Judged) -> None:
    assert judged(Reach(57), {"CY2024": {"value": "0.57", "unit": "fraction"}}).status is Status.ACHIEVED
    assert judged(Reach(95), {"CY2024": "0.95"}).status is Status.MISSED
    assert judged(Reach("0.5"), {"CY2024": "0.5"}).status is Status.ACHIEVED


def test_a_rate_per_20_000_is_compared_with_one_per_10_000_exactly(judged: Judged) -> None:
    figures = {"CY2024": {"value": 29, "unit": "per_20000"}}
    evaluation = judged(Reach("14.5"), figures, unit="per_10000", direction="decrease")
    assert (evaluation.status, evaluation.value, evaluation.gap) == (Status.ACHIEVED, Decimal("14.5"), 0)


def test_an_improvement_is_by_so_much_in_the_target_s_own_unit(judged: Judged) -> None:
    given: dict[str, Any] = {"unit": "GBP", "target_unit": "GBP_thousand", "baseline": Baseline("CY2023")}
    figures = {"CY2023": 5000, "CY2024": 6000}
    assert judged(Improve(Margin(amount=1)), figures, **given).required == 6000
    assert judged(Improve(Margin(percent=10)), figures, **given).required == 5500
    assert judged(Improve(), figures, **given).required == 5000


def test_a_count_is_never_compared_with_a_rate(judged: Judged) -> None:
    with pytest.raises(UnitMismatchError, match=r"count.*percent"):
        judged(Reach(95), {"CY2024": {"value": 95, "unit": "count"}})


def test_points_and_per_cent_are_two_words_and_two_things(judged: Judged) -> None:
    five_points, five_per_cent = Margin(amount=5), Margin(percent=5)
    assert judged(Reach(95), {"CY2024": 90}, tolerance=five_points).verdict is Verdict.NEAR
    assert judged(Reach(95), {"CY2024": 90}, tolerance=five_per_cent).verdict is Verdict.OFF
    assert judged(Reach(95), {"CY2024": "90.3"}, tolerance=five_per_cent).verdict is Verdict.NEAR


def test_94_96_does_not_meet_95_though_it_prints_as_95_0_and_the_result_says_so(judged: Judged) -> None:
    evaluation = judged(Reach(95), {"CY2024": "94.96"})
    assert (evaluation.status, evaluation.display_conflict) == (Status.MISSED, True)
    assert "looks met and is not: the exact figure is 94.96" in evaluation.explanation
    assert not judged(Reach(95), {"CY2024": "94.9"}).display_conflict


def test_a_zero_that_was_required_is_written_as_zero(judged: Judged) -> None:
    given: dict[str, Any] = {"direction": "decrease", "measure": {"decimals": 1}}
    assert judged(Reach(0), {"CY2024": "0.04"}, **given).explanation == (
        "0.0% in 2024, where the target was at most 0.0%: missed, 0.04 percentage points behind. Shown to 1 decimal "
        "it looks met and is not: the exact figure is 0.04, and 0.00 was required."
    )
    assert judged(Reach(0), {"CY2024": 0}, **given).explanation == (
        "0.0% in 2024, where the target was at most 0.0%: achieved, exactly on it."
    )


@pytest.mark.parametrize(("value", "side"), [("0.5", "above"), ("-0.5", "below")])
def test_what_is_to_be_kept_at_zero_is_above_it_or_below(judged: Judged, value: str, side: str) -> None:
    kept = judged(Reach(0), {"CY2024": value}, direction="maintain", unit="percentage_point")
    assert kept.explanation.endswith(f"missed, 0.5 percentage points {side} it.")


@pytest.mark.parametrize(("values", "middle"), [((10, 30, 80), 30), ((10, 30), 20), ((80, 10, 30, 20), 25), ((7,), 7)])
def test_the_median_of_others_is_the_middle_or_half_way_between_both(
    judged: Judged, values: tuple[int, ...], middle: int
) -> None:
    places = {f"E1000002{at}": {"CY2024": value} for at, value in enumerate(values)}
    group = Comparator(id="group", title="Group", areas=[*places], method="median")
    assert judged(Beat("group"), {"CY2024": 1}, others=places, comparators=[group]).required == middle


def test_a_zero_target_is_met_by_zero_alone(judged: Judged) -> None:
    fewer = {"direction": "decrease", "unit": "count"}
    assert judged(Reach(0), {"CY2024": 0}, **fewer).status is Status.ACHIEVED
    assert judged(Reach(0), {"CY2024": 1}, **fewer).status is Status.MISSED
    assert judged(Reach(0), {"CY2024": 1}, tolerance=Margin(amount=2), **fewer).status is Status.NARROWLY_MISSED


def test_a_percentage_of_a_zero_that_shows_only_in_the_data_is_a_reason_not_a_small_number(judged: Judged) -> None:
    evaluation = judged(Improve(Margin(percent=10)), {"CY2023": 0, "CY2024": 5}, baseline=Baseline("CY2023"))
    assert (evaluation.status, evaluation.reason) == (Status.NOT_ASSESSED, Reason.REFERENCE_IS_ZERO)
    by_amount = judged(Improve(Margin(amount=5)), {"CY2023": 0, "CY2024": 5}, baseline=Baseline("CY2023"))
    assert by_amount.status is Status.ACHIEVED


def test_a_policy_of_percentages_says_nothing_of_a_target_of_zero(judged: Judged) -> None:
    evaluation = judged(Reach(0), {"CY2024": 0}, policy=FIVE_PER_CENT)
    assert (evaluation.status, evaluation.reason) == (Status.NOT_ASSESSED, Reason.REFERENCE_IS_ZERO)


def test_a_gap_below_zero_is_compared_by_difference_never_by_ratio(judged: Judged) -> None:
    ten_per_cent_up = Improve(Margin(percent=10))
    figures = {"CY2023": -20, "CY2024": -18}
    assert (
        judged(ten_per_cent_up, figures, unit="percentage_point", baseline=Baseline("CY2023")).status is Status.ACHIEVED
    )
    figures["CY2024"] = -19
    evaluation = judged(ten_per_cent_up, figures, unit="percentage_point", baseline=Baseline("CY2023"))
    assert (evaluation.status, evaluation.required, evaluation.gap) == (Status.MISSED, -18, -1)


def test_rates_are_pooled_and_never_averaged(judged: Judged) -> None:
    pooled = Comparator(id="both", title="Both", areas=["A1", "A2"], method="pooled")
    others = {
        "A1": {"CY2024": {"value": 100, "numerator": 10, "denominator": 1000}},
        "A2": {"CY2024": {"value": 50, "numerator": 400, "denominator": 80000}},
    }
    evaluation = judged(
        Beat("both"), {"CY2024": 60}, others=others, unit="per_10000", direction="decrease", comparators=[pooled]
    )
    assert evaluation.reference is not None
    assert round(evaluation.reference, 1) == Decimal("50.6")
    assert evaluation.status is Status.MISSED  # 75.0, the average, would have been beaten


def test_a_figure_that_was_withdrawn_or_has_no_parts_is_pooled_with_no_others(judged: Judged) -> None:
    group = Comparator(id="group", title="Group", areas=["E10000016", "E10000017"], method="pooled")
    parts = {"value": 10, "numerator": 10, "denominator": 100}

    def reason(**fields: Any) -> Reason | None:
        others = {"E10000016": {"CY2024": parts}, "E10000017": {"CY2024": {**parts, **fields}}}
        return judged(Beat("group"), {"CY2024": 20}, others=others, comparators=[group]).reason

    assert reason() is None
    assert reason(revision="withdrawn") is Reason.COMPARATOR_MISSING
    assert reason(denominator=None) is Reason.COMPARATOR_MISSING
    assert reason(numerator=None) is Reason.COMPARATOR_MISSING


def test_the_caller_s_own_decimal_context_changes_nothing(judged: Judged) -> None:
    from decimal import localcontext

    def answer() -> Evaluation:
        aim = Improve(Margin(percent="12.345"))
        return judged(aim, {"CY2023": "33.333333", "CY2024": "37.44"}, baseline=Baseline("CY2023"))

    with localcontext() as narrow:
        narrow.prec = 3
        narrowly = answer()
    assert narrowly == answer()
    assert repr(narrowly) == repr(answer())


@pytest.mark.parametrize(
    ("value", "status"),
    [("84.9", Status.MISSED), ("85", Status.ACHIEVED), ("90", Status.ACHIEVED), ("90.1", Status.MISSED)],
)
def test_a_band_has_both_its_ends_and_needs_no_direction(judged: Judged, value: str, status: Status) -> None:
    assert judged(StayBetween(85, 90), {"CY2024": value}, direction=None).status is status


def test_of_a_band_the_end_that_decides_is_the_number_required(judged: Judged) -> None:
    below, above, inside = (judged(StayBetween(85, 90), {"CY2024": each}, direction=None) for each in (80, 92, 86))
    assert [(each.required, each.gap) for each in (below, above, inside)] == [(85, -5), (90, -2), (85, 1)]


def test_to_a_band_there_is_no_share_of_the_way_and_to_a_number_there_is(judged: Judged) -> None:
    given: dict[str, Any] = {"baseline": Baseline("CY2022", 80)}
    assert judged(Reach(90), {"CY2024": 85}, **given).progress == Decimal("0.5")
    assert judged(StayBetween(85, 90), {"CY2024": 86}, **given).progress is None


def test_holding_at_a_natural_limit_is_no_failure(judged: Judged) -> None:
    figures = {"CY2023": 100, "CY2024": 100}
    assert judged(Hold(), figures, baseline=Baseline("CY2023")).status is Status.ACHIEVED
    assert judged(Improve(), figures, baseline=Baseline("CY2023")).status is Status.MISSED


def test_a_published_status_can_be_asked_of_what_is_suppressed_and_is_not_answered() -> None:
    measure = Measure(id="m", title="M", unit="count", direction="decrease")
    target = Target(id="t", measure="m", aim=Reach(4), due="CY2024")
    figure = Observation(measure="m", period="CY2024", area="E1", absence="suppressed")
    evaluation = evaluate(target, measure=measure, observations=[figure], as_of=date(2025, 12, 31))
    assert (evaluation.status, evaluation.reason, evaluation.verdict, evaluation.gap) == (
        Status.NOT_ASSESSED,
        Reason.SUPPRESSED,
        None,
        None,
    )


@pytest.mark.parametrize("value", [0, 3])
def test_a_required_zero_and_a_tolerance_in_per_cent_have_no_answer_wherever_the_zero_comes_from(
    judged: Judged, value: int
) -> None:
    whole, share = Margin(percent=100), Margin(percent=10)
    given = {"direction": "decrease", "figures": {"CY2023": 20, "CY2024": value}, "tolerance": share}
    fallen = judged(Improve(whole), baseline=Baseline("CY2023"), **given)
    by_amount = judged(Improve(Margin(amount=20)), baseline=Baseline("CY2023"), **given)
    england = Comparator(id="england", title="England", areas=["E92000001"])
    others = {"comparators": [england], "others": {"E92000001": {"CY2024": 0}}}
    beaten = judged(Beat("england"), **others, **given)
    assert {each.reason for each in (fallen, by_amount, beaten)} == {Reason.REFERENCE_IS_ZERO}


def test_an_improvement_by_all_of_it_and_a_tolerance_of_all_of_it_are_judged(judged: Judged) -> None:
    given = {"direction": "decrease", "baseline": Baseline("CY2023", 20)}
    assert judged(Improve(Margin(percent=100)), {"CY2024": 0}, **given).status is Status.ACHIEVED
    assert judged(Improve(Margin(percent=100)), {"CY2024": 1}, **given).status is Status.MISSED
    rising = {"baseline": Baseline("CY2023", 20), "tolerance": Margin(percent=100)}
    answers = [judged(Hold(), {"CY2024": value}, **rising).status for value in (20, 0, "-0.1")]
    assert answers == [Status.ACHIEVED, Status.NARROWLY_MISSED, Status.MISSED]


def test_what_can_never_be_judged_does_not_merely_wait_for_its_figure(judged: Judged) -> None:
    early = {"as_of": date(2024, 2, 1), "figures": {"CY2022": 20}}
    percent = {"policy": FIVE_PER_CENT}
    assert judged(Reach(0), {}, **percent, as_of=date(2024, 2, 1)).reason is Reason.NO_DATA
    falling = judged(
        Improve(Margin(percent=100)), direction="decrease", baseline=Baseline("CY2022"), **percent, **early
    )
    assert falling.reason is Reason.REFERENCE_IS_ZERO
    assert judged(Improve(), baseline=Baseline("CY2022"), **early).reason is Reason.NOT_YET_DUE
    count = {"unit": "count", "due": "CY2024", "as_of": date(2024, 6, 1), "figures": {"2024-03": 3}}
    assert judged(Reach(0), **percent, **count).reason is Reason.REFERENCE_IS_ZERO
    assert judged(Beat("nobody"), **count).reason is Reason.COMPARATOR_MISSING


def test_toward_others_who_move_there_is_no_goal_before_the_day_and_no_share_of_the_way(judged: Judged) -> None:
    england = Comparator(id="england", title="England", areas=["E92000001"])
    given = {
        "comparators": [england],
        "others": {"E92000001": {"CY2023": 61, "CY2024": 62}},
        "baseline": Baseline("CY2022", 50),
    }
    on_the_way = judged(Beat("england"), {"CY2023": 60}, as_of=date(2024, 6, 1), **given)
    assert (on_the_way.required, on_the_way.goal, on_the_way.progress) == (61, None, None)
    assert "the target at that point was more than 61.0% (England)" in on_the_way.explanation
    at_the_end = judged(Beat("england"), {"CY2024": 60}, **given)
    assert (at_the_end.required, at_the_end.goal, at_the_end.progress) == (62, 62, None)
    places = {area: {"CY2023": 55} for area in ("E10000016", "E06000055", "E09000006")}
    ranked = judged(Rank(1, 4), {"CY2023": 60}, others=places, as_of=date(2024, 6, 1))
    assert (ranked.required, ranked.goal, ranked.progress) == (1, None, None)
