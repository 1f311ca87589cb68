"""What is in a sentence, part by part: how far a figure is from what was asked, decimals, margins and periods."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from outcome_bees import (
    Baseline,
    Beat,
    Complete,
    Evaluation,
    Hold,
    Improve,
    Linear,
    Margin,
    Measure,
    Observation,
    Period,
    Profile,
    Rank,
    Reach,
    StayBetween,
    Target,
    Verdict,
    evaluate,
)
from outcome_bees.evaluation.policy import FIVE_PER_CENT
from outcome_bees.evaluation.wording import (
    aim_in_words,
    best_groups,
    decimals_as_stated,
    decimals_required,
    distance,
    last_place,
    margin_in_words,
    named,
    when,
)

Judged = Callable[..., Evaluation]
MET, NEAR, OFF = Verdict.MET, Verdict.NEAR, Verdict.OFF
MORE = Measure(id="m", title="M", unit="percent", direction="increase")
KEPT = Measure(id="m", title="M", unit="percent", direction="maintain")
UNMEASURED = Measure(id="m", title="M", kind="count", direction="increase")
BEFORE = Baseline("CY2023")


def target(aim: Any, **rest: Any) -> Target:
    return Target(id="t", measure="m", aim=aim, due="CY2024", **rest)


@pytest.mark.parametrize(
    ("aim", "measure", "verdict", "required", "gap", "number", "whole", "brief"),
    [
        (Reach(95), MORE, MET, "95", "2", None, "2.0 percentage points ahead", "2.0 ahead"),
        (Reach(95), MORE, OFF, "95", "-2", None, "2.0 percentage points behind", "2.0 behind"),
        (Reach(95), MORE, OFF, "95", "-2", "93", "2.0 percentage points behind", "2.0 behind"),
        (Reach(95), UNMEASURED, OFF, "95", "-2", None, "2 behind", "2 behind"),
        (Reach(95), MORE, OFF, "95", "-0.004", None, "0.004 percentage points behind", "0.004 behind"),
        (Reach(95), MORE, MET, "95", "0", None, "exactly on it", "exactly on it"),
        # The guard is a thousandth of the last digit, 0.0001: within it a figure that meets its target is on it.
        (Reach(95), MORE, MET, "95", "-0.0001", None, "exactly on it", "exactly on it"),
        (Reach(95), MORE, MET, "95", "0.0001", None, "exactly on it", "exactly on it"),
        (Reach(95), MORE, MET, "95", "0.00011", None, "0.0001 percentage points ahead", "0.0001 ahead"),
        (Reach(95), MORE, MET, "95", "-0.00011", None, "0.0001 percentage points behind", "0.0001 behind"),
        (Reach(95), MORE, NEAR, "95", "0", None, "exactly on it", "exactly on it"),
        (Improve(), MORE, OFF, "40", "0", None, "no more than equal", "no more than equal"),
        (Improve(), MORE, OFF, "40", "0.0001", None, "no more than equal", "no more than equal"),
        (Improve(), MORE, NEAR, "40", "-0.0001", None, "no more than equal", "no more than equal"),
        (Improve(), MORE, OFF, "40", "-0.0002", None, "0.0002 percentage points behind", "0.0002 behind"),
        (Improve(), MORE, MET, "40", "0.0002", None, "0.0002 percentage points ahead", "0.0002 ahead"),
        (Improve(), MORE, MET, "40", "-0.0001", None, "exactly on it", "exactly on it"),
        (Improve(Margin(amount=2)), MORE, NEAR, "42", "0", None, "exactly on it", "exactly on it"),
        (Hold(), MORE, NEAR, "40", "0", None, "exactly on it", "exactly on it"),
        (Beat("england"), MORE, OFF, "62", "0", None, "no more than equal", "no more than equal"),
        (Beat("england", Margin(amount=2)), MORE, NEAR, "64", "0", None, "exactly on it", "exactly on it"),
        (StayBetween(55, 64), MORE, MET, "55", "3", "58", "within the band", "within it"),
        (StayBetween(55, 64), MORE, MET, "55", "0.5", "55.5", "within the band", "within it"),
        (StayBetween(55, 64), MORE, MET, "55", "0", "55", "exactly on it", "exactly on it"),
        (StayBetween(55, 64), MORE, OFF, "55", "-1", "54", "1.0 percentage points below the band", "1.0 below"),
        (StayBetween(55, 64), MORE, OFF, "64", "-1", "65", "1.0 percentage points above the band", "1.0 above"),
        (StayBetween(55, 64), MORE, OFF, "64", "-1", None, "1.0 percentage points behind", "1.0 behind"),
        (Reach(5), KEPT, OFF, "5", "-2", "7", "2.0 percentage points above it", "2.0 above"),
        (Reach(5), KEPT, OFF, "5", "-2", "3", "2.0 percentage points below it", "2.0 below"),
        (Reach(5), KEPT, OFF, "5", "-2", None, "2.0 percentage points behind", "2.0 behind"),
        (Reach(5), KEPT, MET, "5", "0", "5", "exactly on it", "exactly on it"),
        # Nine areas in four groups: 2.25 places will do, so that the last that does is the second.
        (Rank(1, 4), MORE, MET, "2.25", "1.25", "1", "1 place ahead", "1 place ahead"),
        (Rank(1, 4), MORE, MET, "2.25", "0.25", "2", "exactly on it", "exactly on it"),
        (Rank(1, 4), MORE, OFF, "2.25", "-0.75", "3", "1 place behind", "1 place behind"),
        (Rank(1, 4), MORE, OFF, "2.25", "-1.75", "4", "2 places behind", "2 places behind"),
        (Complete(), MORE, MET, "100", "0", None, "done", ""),
        (Complete(), MORE, OFF, "100", "-20", "80", "not done", ""),
    ],
)  # fmt: skip
def test_a_figure_is_so_far_ahead_of_what_was_asked_or_behind_it(
    aim: Any, measure: Measure, verdict: Verdict, required: str, gap: str, number: str | None, whole: str, brief: str
) -> None:
    rest = {"baseline": BEFORE} if isinstance(aim, Improve | Hold) else {}
    judged = None if number is None else Decimal(number)
    asked = target(aim, **rest), measure, verdict, Decimal(required), Decimal(gap)
    assert distance(*asked, brief=False, number=judged) == whole
    assert distance(*asked, brief=True, number=judged) == brief


@pytest.mark.parametrize(
    ("number", "decimals"),
    [
        ("95", 1), ("95.2", 1), ("95.25", 2), ("95.2500", 2), ("1E+3", 1),
        ("95.123456", 6), ("95.1234567", 1), ("95.12345678", 1),
    ],
)  # fmt: skip
def test_a_number_of_a_plan_keeps_its_decimals_unless_they_are_more_than_anybody_states(
    number: str, decimals: int
) -> None:
    assert decimals_as_stated(Decimal(number), MORE) == decimals


STEPS = Profile({Period.from_code("CY2023"): "95.255", Period.from_code("CY2024"): 98})
LINE: dict[str, Any] = {"trajectory": Linear(), "baseline": Baseline("CY2023", 80)}


@pytest.mark.parametrize(
    ("asked", "required", "goal", "baseline", "decimals"),
    [
        (target(Reach("95.255")), "95.255", "95.255", None, 3),
        (target(Reach(98), trajectory=STEPS), "95.255", "98", None, 3),
        (target(Reach("95.255"), **LINE), "95.255", "95.255", "80", 3),
        (target(Reach("95.255"), **LINE), "87.6275", "95.255", "80", 1),
        (target(Hold(), baseline=Baseline("CY2023", "95.255")), "95.255", "95.255", "95.255", 3),
        (target(Hold(), baseline=BEFORE), "95.255", "95.255", "95.255", 1),
        (target(Improve(Margin(percent=5)), baseline=Baseline("CY2023", "95.25")), "100.0125", "100.0125", "95.25", 1),
        (target(Beat("england")), "95.255", None, None, 1),
    ],
)
def test_a_number_that_was_worked_out_is_written_as_figures_are_and_one_that_is_stated_in_full(
    asked: Target, required: str, goal: str | None, baseline: str | None, decimals: int
) -> None:
    known = [None if each is None else Decimal(each) for each in (goal, baseline)]
    assert decimals_required(Decimal(required), asked, MORE, *known) == decimals


@pytest.mark.parametrize(
    ("margin", "asked", "measure", "words"),
    [
        (Margin(percent=10), target(Reach(95)), MORE, "10 per cent"),
        (Margin(percent="2.5"), target(Reach(95)), MORE, "2.5 per cent"),
        (Margin(amount=2), target(Reach(95)), MORE, "2.0 percentage points"),
        (Margin(amount="0.25"), target(Reach(95)), MORE, "0.25 percentage points"),
        (Margin(amount="0.04"), target(Reach(95)), MORE, "0.04 percentage points"),
        (Margin(amount=2), target(Reach(95)), UNMEASURED, "2"),
        (Margin(amount="0.025"), target(Reach("0.95"), unit="fraction"), MORE, "0.025"),
    ],
)
def test_a_margin_is_written_with_all_of_its_decimals(
    margin: Margin, asked: Target, measure: Measure, words: str
) -> None:
    assert margin_in_words(margin, asked, measure) == words


def test_an_aim_is_in_the_unit_of_its_target() -> None:
    asked = target(Reach("0.9525"), unit="fraction"), target(StayBetween("0.5", "0.75"), unit="fraction")
    assert [aim_in_words(each, MORE, {}) for each in asked] == ["reach 0.9525", "stay between 0.5 and 0.75"]
    assert aim_in_words(target(Hold(), unit="fraction", baseline=Baseline("CY2023", "0.5")), MORE, {}) == (
        "be no worse than 0.5 in 2023"
    )


def test_the_year_of_a_figure_is_named_in_full_where_that_of_its_baseline_is_written_alike(judged: Judged) -> None:
    rest: dict[str, Any] = {"baseline": Baseline("AY2023-24", 50), "due": "SY2023-24"}
    assert judged(Improve(), {"SY2023-24": 60}, **rest).explanation == (
        "60.0% in the school year 2023/24, where the target was more than 50.0%"
        " (from the baseline of the academic year 2023/24): achieved, 10.0 percentage points ahead."
    )


def test_a_count_so_far_that_is_what_it_was_to_stay_below_cannot_come_out_either_way(judged: Judged) -> None:
    rest: dict[str, Any] = {"unit": "child", "direction": "decrease", "measure": {"timing": "cumulative"}}
    since = {"baseline": Baseline("FY2023-24", 40), "due": "FY2024-25", "as_of": date(2025, 1, 15)}
    assert judged(Improve(), {"FY2024-25-Q1..Q3": 40}, **rest, **since).explanation == (
        "40 children from 2024-25 Q1 to Q3, where the target was less than 40 children"
        " (from the baseline of 2023-24): off track, no more than equal."
    )
    assert judged(Improve(), {"FY2024-25-Q1..Q3": 39}, **rest, **since).explanation == (
        "Not assessed: the total so far can still come out either way by the end of 2024-25;"
        " the latest figure is 39 children from 2024-25 Q1 to Q3."
    )


LATER = {"CY2026": {"value": 90, "recorded": date(2024, 6, 1)}}


@pytest.mark.parametrize(
    ("aim", "figures", "rest", "sentence"),
    [
        (Reach(90), LATER, {"due": "2025-03-31"}, "it is due on 31 March 2025, and no figure is known yet."),
        (Reach(90), LATER, {"due": "2025-03"}, "it is due by the end of March 2025, and no figure is known yet."),
        (Reach(90), {}, {"due": None}, "no figure is known."),
        (
            Improve(),
            {"CY2023": 50},
            {"baseline": BEFORE, "due": None},
            "nothing is known yet of the time after its baseline of 2023; the latest figure is 50.0% in 2023.",
        ),
        (
            Improve(),
            {"CY2022": 50},
            {"baseline": Baseline("CY2023", 40), "due": "CY2025"},
            "nothing is known yet of the time after its baseline of 2023; the latest figure is 50.0% in 2022.",
        ),
        (
            Complete(),
            {"2024-10-31": 0},
            {"due": None, "unit": "milestone", "direction": None},
            "not done on 31 October 2024, and no day is set for it.",
        ),
        (
            Reach(98),
            {"CY2021": 80},
            {"trajectory": STEPS, "as_of": date(2024, 8, 1)},
            "the plan has no number for 2021, before its first, 2023; the latest figure is 80.0% in 2021.",
        ),
        (
            Reach(98),
            {"CY2024": 80},
            {"due": None, "trajectory": Profile({Period.from_code("CY2023"): 95})},
            "the plan has no number for 2024, after its last, 2023; the latest figure is 80.0% in 2024.",
        ),
        (
            Reach(98),
            {"2023-06": 80},
            {"trajectory": STEPS, "as_of": date(2024, 8, 1)},
            "the plan has no number for June 2023, before its first, 2023; the latest figure is 80.0% in June 2023.",
        ),
        (
            Reach(98),
            {"2024-06": 80},
            {"trajectory": STEPS, "as_of": date(2024, 8, 1)},
            "the plan has no number for June 2024, only for 2023 and 2024; the latest figure is 80.0% in June 2024.",
        ),
    ],
)
def test_what_is_not_yet_due_says_what_it_waits_for(
    aim: Any, figures: dict[str, Any], rest: dict[str, Any], sentence: str, judged: Judged
) -> None:
    assert judged(aim, figures, **{"as_of": date(2025, 1, 1), **rest}).explanation == f"Not assessed: {sentence}"


@pytest.mark.parametrize(
    ("due", "period", "sentence"),
    [
        (None, "FY2022-23", "nothing is known yet of the time after its baseline of 2022-23"),
        (
            "FY2025-26",
            "FY2022-23",
            "it is due by the end of 2025-26, and Cumbria (E10000006, until 2023; now Cumberland; Westmorland and"
            " Furness) has no figures any more",
        ),
    ],
)
def test_a_place_that_ended_waits_for_no_figure(due: str | None, period: str, sentence: str) -> None:
    asked = Target(id="t", measure="m", aim=Improve(), due=due, baseline=Baseline("FY2022-23"))
    known = [Observation(measure="m", period=period, area="E10000006", value=50)]
    answer = evaluate(asked, measure=MORE, observations=known, as_of=date(2025, 1, 1), area="E10000006")
    assert answer.explanation == f"Not assessed: {sentence}; the latest figure is 50.0% in 2022-23."


def test_a_baseline_of_before_a_place_was_there_cannot_be_held_against() -> None:
    asked = Target(id="t", measure="m", aim=Improve(), due="FY2023-24", baseline=Baseline("FY2019-20"))

    def said(**figure: Any) -> str:
        known = [Observation(measure="m", area="E06000061", value=50, **figure)]
        return evaluate(asked, measure=MORE, observations=known, as_of=date(2024, 6, 1), area="E06000061").explanation

    assert said(period="FY2023-24") == (
        "Not assessed: its baseline of 2019-20 cannot be held against: North Northamptonshire (E06000061) came in"
        " place of Northamptonshire (E10000021) on 1 April 2021; the latest figure is 50.0% in 2023-24."
    )
    assert said(period="FY2024-25", recorded=date(2024, 5, 1)) == (
        "Not assessed: the figures before and after a break in the series cannot be compared."
    )


def test_a_place_that_is_not_known_for_sure_is_named_with_the_best_and_the_worst_that_it_can_be(judged: Judged) -> None:
    others: dict[str, Any] = {
        code: {"CY2024": value} for code, value in (("E10000016", 70), ("E06000055", 50), ("E09000006", 40))
    }
    others["E08000001"] = {"CY2024": {"absence": "suppressed"}}
    assert judged(Rank(1, 4), {"CY2024": 60}, others=others).explanation == (
        "60.0% in 2024, where the target was the best quarter, place 1 or better of 5 (place 2 to 3 was reached):"
        " missed, 2 places behind."
    )


def expected(value: Any, period: str) -> dict[str, Any]:
    number = {"absence": "suppressed"} if value is None else {"value": value}
    return {period: {**number, "revision": "forecast", "recorded": date(2024, 1, 1)}}


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        (expected(58, "CY2024"), "only a forecast is known for 2024 (58.0%), and no figure."),
        (expected(None, "CY2024"), "only a forecast is known for 2024, and no figure."),
        (expected(58, "CY2025"), "only a forecast is known for 2025 (58.0%), and no figure."),
        (expected(58, "CY2024") | expected(60, "CY2026"), "only a forecast is known for 2024 (58.0%), and no figure."),
        (expected(60, "CY2026") | expected(59, "CY2025"), "only a forecast is known for 2026 (60.0%), and no figure."),
        (expected(57, "CY2022") | expected(57, "CY2023"), "only a forecast is known for 2023 (57.0%), and no figure."),
    ],
)
def test_of_several_forecasts_the_one_for_the_day_that_counts_or_the_latest_is_named(
    figures: dict[str, Any], sentence: str, judged: Judged
) -> None:
    assert judged(Reach(90), figures).explanation == f"Not assessed: {sentence}"


@pytest.mark.parametrize(
    ("unit", "value", "status", "sentence"),
    [
        (None, 1, "achieved", "Done by 31 December 2024: achieved."),
        (None, 0, "missed", "Not done on 31 December 2024: missed."),
        ("milestone", 1, "achieved", "Done by 31 December 2024: achieved."),
        ("percent", 100, "achieved", "Done by 31 December 2024 (100.0%): achieved."),
        ("percent", 80, "missed", "Not done on 31 December 2024 (80.0%): missed."),
    ],
)
def test_a_milestone_is_done_or_not_and_its_number_is_shown_where_it_has_one(
    unit: str | None, value: int, status: str, sentence: str, judged: Judged
) -> None:
    of = {"kind": "milestone"} if unit is None else {}
    answer = judged(Complete(), {"2024-12-31": value}, unit=unit, direction=None, measure=of, due="2024-12-31")
    assert (answer.status.value, answer.explanation) == (status, sentence)


def test_a_milestone_counted_in_per_cent_that_is_not_judged_shows_its_number(judged: Judged) -> None:
    rest: dict[str, Any] = {"direction": None, "measure": {"role": "contextual"}, "due": "2024-12-31"}
    assert judged(Complete(), {"2024-12-31": 80}, **rest).explanation == (
        "Not assessed: it is shown for context and not judged; the latest figure is 80.0% on 31 December 2024."
    )


SHORT = Profile({Period.from_code(code): number for code, number in (("CY2021", 70), ("CY2022", 80), ("CY2023", 90))})


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        ("CY2020", "before its first, 2021"),
        ("2021-06", "before its first, 2021"),
        ("2022-06", "only for 2021 and 2022"),
        ("2023-06", "only for 2022 and 2023"),
        ("CY2024", "after its last, 2023"),
    ],
)
def test_a_figure_between_the_steps_of_a_profile_names_those_beside_it(
    period: str, sentence: str, judged: Judged
) -> None:
    answer = judged(Reach(98), {period: 60}, trajectory=SHORT, due=None)
    assert answer.explanation.startswith(
        f"Not assessed: the plan has no number for {named(Period.from_code(period))}, {sentence}; the latest figure is"
    )


def test_a_step_that_ends_with_a_figure_of_other_length_is_before_it(judged: Judged) -> None:
    steps = Profile({Period.from_code(code): number for code, number in (("CY2023", 100), ("CY2024", 120))})
    answer = judged(Reach(120), {"2023-12": 60}, trajectory=steps, unit="child", as_of=date(2024, 6, 1))
    assert answer.explanation == (
        "Not assessed: the plan has no number for December 2023, only for 2023 and 2024;"
        " the latest figure is 60 children in December 2023."
    )


NONE_LEFT, LESS = Margin(percent=100), {"direction": "decrease", "as_of": date(2024, 6, 1)}
ITSELF = "its baseline is zero, and a percentage of zero is undefined"
ASKED = "what is required is zero, and a percentage of zero is undefined"


@pytest.mark.parametrize(
    ("aim", "figures", "baseline", "rest", "sentence"),
    [
        # Known by the figure, or beforehand: the figure of the baseline's own period says nothing of what comes.
        (Improve(NONE_LEFT), {"CY2024": 10}, Baseline("CY2023", 20), LESS | {"as_of": date(2025, 6, 1)}, ASKED),
        (Improve(NONE_LEFT), {"CY2023": 20}, Baseline("CY2023", 20), LESS, ASKED),
        (Improve(NONE_LEFT), {"CY2023": 20}, Baseline("CY2023"), LESS, ASKED),
        (Improve(Margin(percent=5)), {"CY2023": 0}, Baseline("CY2023"), LESS, ITSELF),
        (Improve(Margin(percent=5)), {"CY2023": 0, "CY2024": 1}, Baseline("CY2023"), {}, ITSELF),
        (Improve(NONE_LEFT), {"CY2023": 0, "CY2024": 1}, Baseline("CY2023"), {"direction": "decrease"}, ITSELF),
        (Improve(Margin(amount=2)), {"CY2023": -2}, Baseline("CY2023", -2), {"as_of": date(2024, 6, 1)}, ASKED),
        (Improve(Margin(amount=2)), {"CY2024": 0}, Baseline("CY2023", -2), {}, ASKED),
    ],
)
def test_what_is_zero_is_the_baseline_or_what_is_asked(
    aim: Any, figures: dict[str, Any], baseline: Baseline, rest: dict[str, Any], sentence: str, judged: Judged
) -> None:
    answer = judged(aim, figures, baseline=baseline, **{"policy": FIVE_PER_CENT, **rest})
    assert answer.explanation.startswith(f"Not assessed: {sentence}; the latest figure is ")


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("94.9999", "95.0% in 2024, where the target was at least 95.0%: achieved, exactly on it."),
        (
            "94.9998",
            "95.0% in 2024, where the target was at least 95.0%: achieved, 0.0002 percentage points behind,"
            " which policy five-per-cent allows.",
        ),
    ],
)
def test_what_is_on_its_target_needs_no_policy_to_allow_it(value: str, sentence: str, judged: Judged) -> None:
    assert judged(Reach(95), {"CY2024": value}, policy=FIVE_PER_CENT).explanation == sentence


def test_a_part_of_the_baseline_says_nothing_yet_of_a_number_to_be_reached(judged: Judged) -> None:
    rest: dict[str, Any] = {"unit": "child", "baseline": BEFORE, "as_of": date(2024, 6, 1)}
    assert judged(Reach(90), {"2023-12": 5}, **rest).explanation == (
        "Not assessed: a figure for December 2023 says nothing yet of 2024 alone;"
        " the latest figure is 5 children in December 2023."
    )


def test_a_break_in_the_measure_comes_before_a_change_of_its_place() -> None:
    measure = Measure(id="m", title="M", unit="percent", direction="increase", breaks=[date(2022, 4, 1)])
    asked = Target(id="t", measure="m", aim=Improve(), due="FY2023-24", baseline=Baseline("FY2019-20"))
    known = [Observation(measure="m", area="E06000061", value=50, period="FY2023-24")]
    answer = evaluate(asked, measure=measure, observations=known, as_of=date(2024, 6, 1), area="E06000061")
    assert answer.explanation == (
        "Not assessed: the figures before and after a break in the series cannot be compared;"
        " the latest figure is 50.0% in 2023-24."
    )


def test_a_milestone_without_a_unit_shows_no_number(judged: Judged) -> None:
    rest: dict[str, Any] = {"unit": None, "direction": None, "measure": {"kind": "count"}, "due": "2024-12-31"}
    assert judged(Complete(), {"2024-12-31": 1}, **rest).explanation == "Done by 31 December 2024: achieved."


def test_an_aim_without_its_baseline_says_so() -> None:
    assert aim_in_words(target(Improve()), MORE, {}) == "improve on a baseline not stated"


@pytest.mark.parametrize(
    ("best", "of", "words"),
    [
        (1, 2, "best half"), (1, 3, "best third"), (1, 4, "best quarter"), (1, 5, "best fifth"), (1, 10, "best tenth"),
        (1, 6, "best 1 of 6 groups"), (2, 4, "best 2 of 4 groups"),
    ],
)  # fmt: skip
def test_groups_are_called_by_the_name_of_their_share_where_it_has_one(best: int, of: int, words: str) -> None:
    assert best_groups(Rank(best, of)) == words


def test_the_last_place_that_will_do_is_whole() -> None:
    assert [last_place(Decimal(each)) for each in ("2", "2.25", "2.99", "0.5")] == [2, 2, 2, 0]


@pytest.mark.parametrize(
    ("period", "beside", "name", "time"),
    [
        ("2024-W05", (), "week 5 of 2024", "in week 5 of 2024"),
        ("2024-W52", ("2024-W05",), "week 52 of 2024", "in week 52 of 2024"),
        ("AY2024-25-T1", (), "the autumn term 2024/25", "in the autumn term 2024/25"),
        ("AY2024-25-T1T2", (), "the autumn and spring term 2024/25", "in the autumn and spring term 2024/25"),
        ("Y2025-03-31", (), "the year ending 31 March 2025", "in the year ending 31 March 2025"),
        ("FY2024-25", ("FY2023-24",), "2024-25", "in 2024-25"),
        ("FY2024-25", ("TY2024-25",), "the financial year 2024-25", "in the financial year 2024-25"),
        ("2025-03-31", (), "31 March 2025", "on 31 March 2025"),
        ("2024-12", (), "December 2024", "in December 2024"),
        ("FY2024-25-Q1..Q3", (), "2024-25 Q1 to Q3", "from 2024-25 Q1 to Q3"),
        ("FY2018-19..FY2020-21", (), "2018-19 to 2020-21", "from 2018-19 to 2020-21"),
    ],
)  # fmt: skip
def test_a_period_is_named_as_a_sentence_has_it(period: str, beside: tuple[str, ...], name: str, time: str) -> None:
    others = [Period.from_code(each) for each in beside]
    assert (named(Period.from_code(period), others), when(Period.from_code(period), others)) == (name, time)
