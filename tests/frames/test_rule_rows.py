"""The rulebook of a plan: which targets and periods it has rows for, and what a row says."""

from datetime import date
from typing import Any

import pytest

from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Improve,
    Margin,
    Measure,
    Period,
    Plan,
    Policy,
    Profile,
    Rank,
    Reach,
    StayBetween,
    Target,
    frames,
)

SIXTY: dict[str, Any] = {"aim": Reach(60)}
ON_THE_WAY = Profile({Period.from_code("FY2022-23"): 45})


def rows(
    target: dict[str, Any], measure: dict[str, Any] | None = None, periods: tuple[str, ...] = (), **given: Any
) -> list[dict[str, Any]]:
    made = Measure(**{"id": "m", "title": "M", "unit": "percent", "direction": "increase", **(measure or {})})
    wanted = Target(**{"id": "t", "measure": "m", "due": "FY2024-25", **target})
    england = Comparator(id="england", title="England", areas=["E92000001"])
    policy = given.pop("policy", "standard")
    plan = Plan(id="p", title="P", measures=[made], targets=[wanted], comparators=[england], **given)
    return frames.rulebook(plan, periods=[Period.from_code(code) for code in periods], policy=policy)


@pytest.mark.parametrize(
    ("target", "measure"),
    [
        ({"aim": None}, {}),  # a placeholder
        (SIXTY, {"role": "contextual"}),
        (SIXTY, {"direction": None}),
        # a share of what is required, which is zero
        (
            {"aim": Improve(Margin(amount=40)), "baseline": Baseline("FY2020-21", 40), "tolerance": Margin(percent=5)},
            {"direction": "decrease"},
        ),
    ],
)
def test_a_target_that_no_figure_could_be_judged_by_has_no_rows(
    target: dict[str, Any], measure: dict[str, Any]
) -> None:
    assert rows(target, measure) == []


def test_a_measure_that_ended_still_has_its_rules() -> None:
    assert [row["label"] for row in rows(SIXTY, {"ended": date(2020, 1, 1)})] == ["off", "met"]


@pytest.mark.parametrize(
    ("target", "asked", "periods"),
    [
        (SIXTY, (), ["FY2024-25"]),
        (SIXTY, ("FY2022-23", "FY2021-22", "FY2025-26"), ["FY2021-22", "FY2022-23", "FY2024-25"]),
        (SIXTY, ("FY2024-25",), ["FY2024-25"]),
        ({**SIXTY, "due": None}, (), [None]),
        ({**SIXTY, "due": None}, ("FY2022-23", "FY2021-22"), ["FY2021-22", "FY2022-23"]),
        ({**SIXTY, "trajectory": ON_THE_WAY}, (), ["FY2022-23", "FY2024-25"]),
        ({**SIXTY, "trajectory": ON_THE_WAY}, ("FY2021-22",), ["FY2022-23", "FY2024-25"]),  # which it does not name
    ],
)
def test_there_are_rules_for_the_due_period_those_of_a_profile_and_those_asked_for(
    target: dict[str, Any], asked: tuple[str, ...], periods: list[str | None]
) -> None:
    found = rows(target, periods=asked)
    assert [row["period"] for row in found[::2]] == periods
    assert [row["label"] for row in found] == ["off", "met"] * len(periods)


def test_each_period_has_the_number_of_its_own() -> None:
    found = rows({**SIXTY, "trajectory": ON_THE_WAY})
    assert [(row["period"], row["lower"], row["upper"]) for row in found] == [
        ("FY2022-23", None, pytest.approx(45, abs=1e-3)),
        ("FY2022-23", pytest.approx(45, abs=1e-3), None),
        ("FY2024-25", None, pytest.approx(60, abs=1e-3)),
        ("FY2024-25", pytest.approx(60, abs=1e-3), None),
    ]


def test_a_row_says_of_which_target_and_measure_it_is_and_leaves_open_ends_null() -> None:
    band = {"aim": StayBetween(85, 90), "tolerance": Margin(amount=2)}
    found = rows(band, {"direction": "maintain"})
    assert {(row["target"], row["measure"]) for row in found} == {("t", "m")}
    edges = [None, *(pytest.approx(each, abs=1e-3) for each in (83, 85, 90, 92)), None]
    assert [(row["label"], row["lower"], row["upper"]) for row in found] == [
        (label, edges[at], edges[at + 1]) for at, label in enumerate(["off", "near", "met", "near", "off"])
    ]
    assert [row["lower_weight"] for row in found] == [None, *[0.0] * 4]
    assert [row["upper_weight"] for row in found] == [*[0.0] * 4, None]


@pytest.mark.parametrize(
    ("target", "reference", "weights"),
    [
        ({"aim": Improve(Margin(amount=5)), "baseline": Baseline("FY2020-21")}, "baseline", [1.0]),
        ({"aim": Improve(Margin(percent=10)), "baseline": Baseline("FY2020-21")}, "baseline", [0.9, 1.1]),
        ({"aim": Improve(Margin(percent=10)), "baseline": Baseline("FY2020-21", -40)}, None, [0.0]),
        ({"aim": Beat("england")}, "comparator", [1.0]),
        ({"aim": Rank(1, 4)}, "areas_ranked", [0.25]),
        (SIXTY, None, [0.0]),
    ],
)
def test_a_row_says_what_its_edges_move_with(
    target: dict[str, Any], reference: str | None, weights: list[float]
) -> None:
    found = rows(target)
    assert {row["reference"] for row in found} == {reference}
    moved = [row["lower_weight"] for row in found if row["lower"] is not None]
    assert moved == [pytest.approx(each) for each in weights]


def test_a_share_of_what_is_below_zero_has_rows_of_its_own() -> None:
    found = rows({"aim": Improve(Margin(percent=10)), "baseline": Baseline("FY2020-21")})
    assert [(row["reference_from"], row["reference_below"], row["label"]) for row in found] == [
        (None, 0.0, "off"),
        (None, 0.0, "met"),
        (0.0, None, "off"),
        (0.0, None, "met"),
    ]


def test_the_policy_may_be_one_of_the_plans_own() -> None:
    ours = Policy(id="ours", near_within=Margin(amount=5))
    assert [row["label"] for row in rows(SIXTY, policies=[ours], policy="ours")] == ["off", "near", "met"]
    assert [row["label"] for row in rows(SIXTY, policies=[ours])] == ["off", "met"]
