"""Traffic lights are policy: data, checked, and named in the result."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

import pytest

from outcome_bees import (
    POLICIES,
    STANDARD,
    Beat,
    Comparator,
    Complete,
    Evaluation,
    Margin,
    Measure,
    Observation,
    Plan,
    Policy,
    Rag,
    Rank,
    Reach,
    Reason,
    Status,
    Tally,
    Target,
    Travel,
    Verdict,
    evaluate,
    evaluate_plan,
    frames,
)
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.evaluation.policy import FIVE_PER_CENT, NOT_WORSE_THAN_LAST_YEAR

Judged = Callable[..., Evaluation]


@pytest.mark.parametrize(
    "bands",
    [
        {"met_within": Margin(percent=5), "near_within": Margin(percent=5)},
        {"met_within": Margin(percent=5), "near_within": Margin(percent=1)},
        {"met_within": Margin(percent=5), "near_within": Margin(amount=10)},
        {"met_within": Margin(percent=5)},
    ],
)
def test_bands_that_would_overlap_cannot_be_written(bands: dict[str, Margin]) -> None:
    with pytest.raises(InvalidValueError, match="near_within"):
        Policy(id="p", **bands)  # type: ignore[arg-type]


def test_within_one_per_cent_counts_as_met_and_within_five_as_near(judged: Judged) -> None:
    answers = [judged(Reach(100), {"CY2024": each}, policy=FIVE_PER_CENT) for each in ("99", "98.9", "95", "94.9")]
    assert [each.status for each in answers] == [
        Status.ACHIEVED,
        Status.NARROWLY_MISSED,
        Status.NARROWLY_MISSED,
        Status.MISSED,
    ]
    assert {each.policy for each in answers} == {"five-per-cent"}


def test_a_floor_of_each_measure_is_the_target_s_own_tolerance(judged: Judged) -> None:
    assert judged(Reach(95), {"CY2024": 90}, tolerance=Margin(amount=5)).status is Status.NARROWLY_MISSED
    assert judged(Reach(95), {"CY2024": 90}, tolerance=Margin(amount=4)).status is Status.MISSED


def test_ten_per_cent_off_is_near_only_if_no_worse_than_a_year_before(judged: Judged) -> None:
    def with_last_year(last: object) -> Evaluation:
        figures = {"CY2024": 92} if last is None else {"CY2023": last, "CY2024": 92}
        return judged(Reach(100), figures, policy=NOT_WORSE_THAN_LAST_YEAR)

    assert [with_last_year(each).status for each in (91, 92, 93)] == [
        Status.NARROWLY_MISSED,
        Status.NARROWLY_MISSED,
        Status.MISSED,
    ]
    assert with_last_year(None).reason is Reason.INSUFFICIENT_HISTORY
    assert with_last_year({"absence": "suppressed"}).reason is Reason.INSUFFICIENT_HISTORY
    met = judged(Reach(100), {"CY2024": 100}, policy=NOT_WORSE_THAN_LAST_YEAR)
    assert met.status is Status.ACHIEVED  # what is met needs no history


def test_a_milestone_is_done_or_not_whatever_a_policy_allows(judged: Judged) -> None:
    generous = Policy(id="generous", met_within=Margin(amount=1), near_within=Margin(amount=2))
    milestone = {"unit": "milestone", "direction": None, "policy": generous}
    assert judged(Complete(), {"CY2024": 0}, **milestone).status is Status.MISSED
    assert judged(Complete(), {"CY2023": 0}, as_of=date(2024, 6, 1), **milestone).verdict is Verdict.OFF
    assert judged(Complete(), {"CY2024": 1}, **milestone).status is Status.ACHIEVED


def test_a_dead_band_is_a_margin_of_the_policy(judged: Judged) -> None:
    steady = Policy(id="steady", no_change_within=Margin(amount=1))
    travels = [judged(Reach(5), {"CY2023": 50, "CY2024": each}, policy=steady).travel for each in (51, 51.1, 49, 48.9)]
    assert travels == [Travel.NO_CHANGE, Travel.IMPROVING, Travel.NO_CHANGE, Travel.WORSENING]


def test_a_dead_band_in_per_cent_says_nothing_of_what_moved_away_from_zero(judged: Judged) -> None:
    steady = Policy(id="steady", no_change_within=Margin(percent=10))

    def travel(before: float, now: float) -> Travel | None:
        return judged(Reach(5), {"CY2023": before, "CY2024": now}, policy=steady).travel

    assert [travel(50, each) for each in (55, 55.1, 45, 44.9)] == [
        *(Travel.NO_CHANGE, Travel.IMPROVING),
        *(Travel.NO_CHANGE, Travel.WORSENING),
    ]
    assert [travel(0, each) for each in (0, 1)] == [Travel.NO_CHANGE, None]


def test_better_than_others_is_more_than_their_number_and_within_a_policy_s_margin_at_it(judged: Judged) -> None:
    england = Comparator(id="england", title="England", areas=["E92000001"], method="published")
    within = Policy(id="within", met_within=Margin(amount=1), near_within=Margin(amount=2))

    def status(value: float, policy: Policy = STANDARD) -> Status:
        others = {"E92000001": {"CY2024": 50}}
        return judged(Beat("england"), {"CY2024": value}, others=others, comparators=[england], policy=policy).status

    assert [status(each) for each in (50, 50.1)] == [Status.MISSED, Status.ACHIEVED]
    assert [status(each, within) for each in (48.9, 49)] == [Status.NARROWLY_MISSED, Status.ACHIEVED]


def test_colours_are_never_averaged() -> None:
    assert STANDARD.judge(Tally({Status.ACHIEVED: 9, Status.MISSED: 1})) is Rag.RED
    assert STANDARD.judge(Tally({Status.ACHIEVED: 9, Status.AT_RISK: 1, Status.NOT_ASSESSED: 5})) is Rag.AMBER
    assert STANDARD.judge(Tally({Status.NOT_ASSESSED: 5})) is Rag.GREY


OURS = Policy(id="ours", met_within=Margin(percent=1), near_within=Margin(percent=5))
VISITS = Measure(id="m", title="M", unit="percent", direction="increase")
TARGET = Target(id="t", measure="m", aim=Reach(95), due="FY2024-25")
PLAN = Plan(id="p", title="P", measures=[VISITS], targets=[TARGET], policies=[OURS])
FIGURES = [Observation(measure="m", period="FY2024-25", area="E1", value=94.1)]


def test_a_tally_leaves_out_what_there_is_none_of_and_counts_in_whole_numbers_from_zero() -> None:
    assert Tally({Status.MISSED: 0, Status.ACHIEVED: 1}) == Tally({Status.ACHIEVED: 1})
    assert Tally({Status.MISSED: 0}).counts == {}
    for number in (-1, True, 1.0, "1"):
        with pytest.raises(InvalidTypeError, match=r"Tally\.counts: .*a whole number from 0"):
            Tally({Status.MISSED: cast("int", number)})


def test_a_policy_of_the_plan_is_meant_by_its_id() -> None:
    card = evaluate_plan(PLAN, FIGURES, as_of="2025-06-01", policy="ours")
    assert (card.policy, card.evaluations[0].status) == ("ours", Status.ACHIEVED)
    assert frames.rulebook(PLAN, policy="ours") == frames.rulebook(PLAN, policy=OURS)
    assert evaluate_plan(PLAN, FIGURES, as_of="2025-06-01").evaluations[0].status is Status.MISSED


@pytest.mark.parametrize("given", ["five-percent", "", 5, None])
def test_what_is_no_policy_is_refused_in_the_same_words_everywhere(given: Any) -> None:
    asked: list[Callable[[], object]] = [
        lambda: evaluate_plan(PLAN, FIGURES, as_of="2025-06-01", policy=given),
        lambda: frames.rulebook(PLAN, policy=given),
        lambda: frames.evaluate(PLAN, cast(Any, None), as_of="2025-06-01", policy=given),
        lambda: frames.evaluations(None, as_of="2025-06-01", policy=given, plan=PLAN),
        lambda: frames.roll_up(PLAN, cast(Any, None), policy=given),
    ]
    told = set()
    for ask in asked:
        with pytest.raises(InvalidValueError) as refused:
            ask()
        told.add(str(refused.value))
    assert len(told) == 1
    assert "standard, five-per-cent, not-worse-than-last-year, ours" in told.pop()


@pytest.mark.parametrize("given", [each.id for each in POLICIES.values()])
def test_the_id_of_a_policy_of_the_library_judges_as_the_policy_does(given: str) -> None:
    rest: dict[str, Any] = {"measure": VISITS, "observations": FIGURES, "as_of": "2025-06-01"}
    assert evaluate(TARGET, policy=given, **rest) == evaluate(TARGET, policy=POLICIES[given], **rest)


def test_a_rank_is_no_worse_where_its_place_is_not_though_every_figure_fell(judged: Judged) -> None:
    policy = Policy(id="not-worse", near_within=Margin(amount=5), near_if_not_worse=True)
    here = {"CY2023": 50, "CY2024": 40}

    def among(then: tuple[int, int, int], now: tuple[int, int, int]) -> Evaluation:
        areas = ("E10000016", "E06000055", "E09000006")
        others = {area: {"CY2023": was, "CY2024": new} for area, was, new in zip(areas, then, now, strict=True)}
        return judged(Rank(1, 4), here, others=others, policy=policy)

    up = among((60, 60, 60), (60, 60, 30))  # from the 4th place to the 3rd
    assert (up.status, up.gap) == (Status.NARROWLY_MISSED, -2)
    down = among((60, 40, 40), (60, 60, 30))  # from the 2nd to the 3rd
    assert down.status is Status.MISSED
    alone = judged(Rank(1, 4), here, others={"E10000016": {"CY2024": 60}}, policy=policy)
    assert alone.reason is Reason.COMPARATOR_MISSING
    unknown = {area: {"CY2024": 60} for area in ("E10000016", "E06000055", "E09000006")}
    assert judged(Rank(1, 4), here, others=unknown, policy=policy).reason is Reason.INSUFFICIENT_HISTORY
