"""Which way is better is said or not known, and a tie is what the words make of it."""

from collections.abc import Callable
from datetime import date

import pytest

from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Evaluation,
    Hold,
    Improve,
    Margin,
    Rank,
    Reach,
    Reason,
    Status,
    StayBetween,
    Travel,
)
from outcome_bees.errors import InvalidValueError

Judged = Callable[..., Evaluation]
ENGLAND = Comparator(id="england", title="England", areas=["E92000001"])


@pytest.mark.parametrize("aim", [Reach(5), Improve(), Hold(), Beat("england"), Rank(1, 4)])
def test_without_a_direction_nothing_is_congratulated_and_nothing_blamed(judged: Judged, aim: Reach) -> None:
    evaluation = judged(aim, {"CY2024": 5}, direction=None)
    assert (evaluation.status, evaluation.reason) == (Status.NOT_ASSESSED, Reason.NO_DIRECTION)


def test_lower_than_at_a_tie_is_not_met_and_at_or_below_is(judged: Judged) -> None:
    tie = {"figures": {"CY2024": 40}, "direction": "decrease", "unit": "per_10000"}
    others = {"E92000001": {"CY2024": 40}}
    assert judged(Beat("england"), others=others, comparators=[ENGLAND], **tie).status is Status.MISSED
    assert judged(Reach(40), **tie).status is Status.ACHIEVED


def test_improve_at_a_tie_is_not_met_and_hold_at_a_tie_is(judged: Judged) -> None:
    for direction in ("increase", "decrease"):
        tie = {"CY2023": 40, "CY2024": 40}
        assert judged(Improve(), tie, direction=direction, baseline=Baseline("CY2023")).status is Status.MISSED
        assert judged(Hold(), tie, direction=direction, baseline=Baseline("CY2023")).status is Status.ACHIEVED


def test_improving_by_at_least_a_margin_is_met_at_the_margin(judged: Judged) -> None:
    figures = {"CY2023": 40, "CY2024": 36}
    aim = Improve(Margin(percent=10))
    assert judged(aim, figures, direction="decrease", baseline=Baseline("CY2023")).status is Status.ACHIEVED


def test_beating_england_by_two_points_is_two_points_on_the_better_side(judged: Judged) -> None:
    aim, others = Beat("england", Margin(amount=2)), {"E92000001": {"CY2024": 40}}
    for direction, met, missed in (("increase", 42, "41.9"), ("decrease", 38, "38.1")):
        given = {"direction": direction, "others": others, "comparators": [ENGLAND]}
        assert judged(aim, {"CY2024": met}, **given).status is Status.ACHIEVED
        assert judged(aim, {"CY2024": missed}, **given).status is Status.MISSED


def test_what_is_to_be_maintained_may_stray_on_neither_side(judged: Judged) -> None:
    stray = {"direction": "maintain", "tolerance": Margin(amount=2)}
    answers = [judged(Reach(40), {"CY2024": each}, **stray).status for each in (37, 38, 40, 42, 43)]
    assert answers == [Status.MISSED, Status.NARROWLY_MISSED, Status.ACHIEVED, Status.NARROWLY_MISSED, Status.MISSED]
    for better in (Improve(), Beat("england"), Rank(1, 4)):
        with pytest.raises(InvalidValueError, match="neither more nor less is better"):
            judged(better, {"CY2023": 1, "CY2024": 2}, direction="maintain", baseline=Baseline("CY2023"))


@pytest.mark.parametrize(
    ("direction", "rise", "fall"),
    [
        ("increase", Travel.IMPROVING, Travel.WORSENING),
        ("decrease", Travel.WORSENING, Travel.IMPROVING),
        (None, Travel.INCREASING, Travel.DECREASING),
        ("maintain", Travel.WORSENING, Travel.WORSENING),
    ],
)
def test_travel_says_better_only_where_it_is_known_which_way_that_is(
    judged: Judged, direction: str | None, rise: Travel, fall: Travel
) -> None:
    travels = [judged(Reach(5), {"CY2023": 5, "CY2024": each}, direction=direction).travel for each in (6, 4, 5)]
    assert travels == [rise, fall, Travel.NO_CHANGE]


@pytest.mark.parametrize(
    ("aim", "before", "now", "travel"),
    [
        (Reach(0), -6, -3, Travel.IMPROVING),
        (Reach(0), -3, -6, Travel.WORSENING),
        (Reach(0), -6, 5, Travel.IMPROVING),
        (Reach(0), -3, 3, Travel.NO_CHANGE),
        (Reach(-4), -1, -6, Travel.IMPROVING),
        (StayBetween(-2, 2), -6, "3.1", Travel.IMPROVING),
        (StayBetween(-2, 2), -1, 2, Travel.NO_CHANGE),
        (StayBetween(-2, 2), 1, "2.1", Travel.WORSENING),
    ],
)
def test_toward_a_number_or_band_to_be_kept_what_comes_nearer_improves(
    judged: Judged, aim: Reach, before: int, now: int, travel: Travel
) -> None:
    assert judged(aim, {"CY2023": before, "CY2024": now}, direction="maintain").travel is travel


def test_nearer_to_its_baseline_improves_what_is_to_be_held_there_where_it_is_known(
    judged: Judged,
) -> None:
    figures = {"CY2022": 40, "CY2023": 44, "CY2024": 43}
    assert judged(Hold(), figures, direction="maintain", baseline=Baseline("CY2022")).travel is Travel.IMPROVING
    assert judged(Hold(), figures, direction="maintain", baseline=Baseline("CY2021")).travel is Travel.DECREASING
    broken = judged(
        Hold(), figures, direction="maintain", baseline=Baseline("CY2022"), measure={"breaks": [date(2023, 1, 1)]}
    )
    assert (broken.travel, broken.reason) == (Travel.DECREASING, Reason.SERIES_BREAK)


def test_a_band_leaves_the_direction_of_a_measure_that_has_one_as_it_is(judged: Judged) -> None:
    above = {"CY2023": 70, "CY2024": 65}
    assert judged(StayBetween(40, 60), above, direction="increase").travel is Travel.WORSENING
    assert judged(StayBetween(40, 60), above, direction="decrease").travel is Travel.IMPROVING
    assert judged(StayBetween(40, 60), above, direction=None).travel is Travel.DECREASING


def test_the_gap_is_positive_on_the_better_side_whichever_it_is(judged: Judged) -> None:
    assert judged(Reach(40), {"CY2024": 45}).gap == 5
    assert judged(Reach(40), {"CY2024": 45}, direction="decrease").gap == -5


def test_the_top_quartile_is_the_best_end_whichever_it_is(judged: Judged) -> None:
    others = {f"A{n}": {"CY2024": n} for n in range(1, 8)}
    for direction, best, worst in (("increase", 6.5, 5.5), ("decrease", 1.5, 2.5)):
        assert judged(Rank(1, 4), {"CY2024": best}, direction=direction, others=others).status is Status.ACHIEVED
        assert judged(Rank(1, 4), {"CY2024": worst}, direction=direction, others=others).status is Status.MISSED


def test_areas_with_equal_figures_share_the_better_place(judged: Judged) -> None:
    others = {f"A{n}": {"CY2024": 7} for n in range(1, 8)}
    evaluation = judged(Rank(1, 4), {"CY2024": 7}, others=others)
    assert (evaluation.status, evaluation.reference) == (Status.ACHIEVED, 8)
    assert "the best quarter, place 2 or better of 8 (place 1 was reached)" in evaluation.explanation


def test_fewer_areas_than_groups_cannot_be_divided_into_them(judged: Judged) -> None:
    evaluation = judged(Rank(1, 4), {"CY2024": 7}, others={"A1": {"CY2024": 6}})
    assert evaluation.reason is Reason.COMPARATOR_MISSING
