"""What each column of an answer says, in tables of a figure or a few: every rule, with the value that it gives.

Each case is told by the scalar evaluator too, so that a value that is written here is the library's and not one road's.
"""

from contextlib import nullcontext
from datetime import date
from typing import Any
from unittest import mock

import pytest
from attrs import evolve

from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Complete,
    Hold,
    Improve,
    Linear,
    Margin,
    Measure,
    Observation,
    Period,
    Plan,
    Policy,
    Profile,
    Rank,
    Reach,
    StayBetween,
    Target,
    evaluate_plan,
    frames,
)
from outcome_bees.frames import backend

AS_OF = date(2025, 6, 1)
HERE, THERE, ELSEWHERE, ENGLAND = "E10000015", "E10000016", "E10000017", "E92000001"
YEAR, BEFORE, EARLIER = "FY2024-25", "FY2023-24", "FY2022-23"
NEXT = "FY2025-26"
Case = tuple[dict[str, Any], dict[str, Any], dict[Any, Any], dict[str, Any]]
"""What the measure and the target are, the figures by period or by period and place, and what the answer says."""


def observation(key: Any, given: Any) -> Observation:
    period, area = key if isinstance(key, tuple) else (key, HERE)
    cells = given if isinstance(given, dict) else {"value": given}
    return Observation(**{"measure": "m", "period": period, "area": area, **cells})


def plan_of(measure: dict[str, Any], target: dict[str, Any], **given: Any) -> Plan:
    made = Measure(**{"id": "m", "title": "M", "unit": "percent", "direction": "increase", **measure})
    targets = [Target(**{"id": "t", "measure": "m", "due": YEAR, **target})] if target else []
    others = [
        Comparator(id="england", title="England", areas=[ENGLAND]),
        Comparator(id="middle", title="Middle", areas=[THERE, ELSEWHERE], method="median"),
        Comparator(id="middle-of-three", title="Middle", areas=[THERE, ELSEWHERE, ENGLAND], method="median"),
        Comparator(id="pooled", title="Pooled", areas=[THERE, ELSEWHERE], method="pooled"),
    ]
    return Plan(id="p", title="P", measures=[made], targets=targets, comparators=others, **given)


def told(plan: Plan, figures: list[Observation], **settings: Any) -> dict[str, Any]:
    """The answer for one place, once both roads have been seen to give it."""
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame(frames.from_observations(figures), infer_schema_length=None)
    rows = frames.evaluate(plan, frame, as_of=AS_OF, **settings).filter(area=HERE).rows(named=True)
    policy = {"policy": settings["policy"]} if "policy" in settings else {}
    alone = evaluate_plan(plan, figures, as_of=AS_OF, area=HERE, **policy).evaluations
    assert {(row["target"], row["status"], row["reason"], row["verdict"], row["travel"]) for row in rows} == {
        (each.target, *(None if word is None else str(word) for word in said(each))) for each in alone
    }
    (row,) = rows
    return row  # type: ignore[no-any-return]


def said(each: Any) -> tuple[Any, ...]:
    return each.status, each.reason, each.verdict, each.travel


def check(case: Case, **settings: Any) -> None:
    measure, target, figures, wanted = case
    row = told(plan_of(measure, target), [observation(*each) for each in figures.items()], **settings)
    assert {name: row[name] for name in wanted} == wanted


MET = {"verdict": "met", "status": "achieved", "reason": None, "rag": "green"}
NEAR = {"verdict": "near", "status": "narrowly_missed", "reason": None, "rag": "amber"}
OFF = {"verdict": "off", "status": "missed", "reason": None, "rag": "red"}
SIXTY: dict[str, Any] = {"aim": Reach(60), "tolerance": Margin(amount=5)}
DOWN, KEPT = {"direction": "decrease"}, {"direction": "maintain"}
BAND: dict[str, Any] = {"aim": StayBetween(85, 90), "tolerance": Margin(amount=2)}


def unjudged(reason: str) -> dict[str, Any]:
    nothing = dict.fromkeys(("verdict", "required", "gap"))
    return {**nothing, "status": "not_assessed", "reason": reason, "rag": "grey"}


NUMBERS: dict[str, Case] = {
    "at the number it is met": ({}, SIXTY, {YEAR: 60}, {**MET, "value": 60.0, "required": 60.0, "gap": 0.0}),
    "within the guard of it as well": ({}, SIXTY, {YEAR: 59.9999}, {**MET, "gap": -0.0001}),
    "and no further": ({}, SIXTY, {YEAR: 59.9998}, NEAR),
    "above it is ahead": ({}, SIXTY, {YEAR: 61.5}, {**MET, "gap": 1.5}),
    "below it is behind and near": ({}, SIXTY, {YEAR: 59.9}, {**NEAR, "gap": -0.1}),
    "as far as the tolerance is near": ({}, SIXTY, {YEAR: 55}, {**NEAR, "gap": -5.0}),
    "beyond the tolerance is off": ({}, SIXTY, {YEAR: 54.9}, {**OFF, "gap": -5.1}),
    "without a tolerance there is no near": ({}, {"aim": Reach(60)}, {YEAR: 59.9}, OFF),
    "at most as many is met": (DOWN, SIXTY, {YEAR: 60}, {**MET, "required": 60.0, "gap": 0.0}),
    "fewer is ahead": (DOWN, SIXTY, {YEAR: 58}, {**MET, "gap": 2.0}),
    "more is behind": (DOWN, SIXTY, {YEAR: 65}, {**NEAR, "gap": -5.0}),
    "too many more is off": (DOWN, SIXTY, {YEAR: 65.1}, {**OFF, "required": 60.0, "gap": -5.1}),
    "kept there is met": (KEPT, {"aim": Reach(60)}, {YEAR: 60}, {**MET, "required": 60.0, "gap": 0.0}),
    "kept, above is off": (KEPT, {"aim": Reach(60)}, {YEAR: 60.1}, {**OFF, "required": 60.0, "gap": -0.1}),
    "kept, below is off": (KEPT, {"aim": Reach(60)}, {YEAR: 59.9}, {**OFF, "required": 60.0, "gap": -0.1}),
    "a tolerance in per cent is of the number": ({}, {**SIXTY, "tolerance": Margin(percent=10)}, {YEAR: 54}, NEAR),
}
BANDS: dict[str, Case] = {
    "at the low end is met": (KEPT, BAND, {YEAR: 85}, {**MET, "required": 85.0, "gap": 0.0}),
    "at the high end is met": (KEPT, BAND, {YEAR: 90}, {**MET, "required": 90.0, "gap": 0.0}),
    "inside is as far ahead as the nearer end": (KEPT, BAND, {YEAR: 86}, {**MET, "required": 85.0, "gap": 1.0}),
    "inside, beside the high end": (KEPT, BAND, {YEAR: 89}, {**MET, "required": 90.0, "gap": 1.0}),
    "in the middle the low end is named": (KEPT, BAND, {YEAR: 87.5}, {**MET, "required": 85.0, "gap": 2.5}),
    "below is held against the low end": (KEPT, BAND, {YEAR: 83}, {**NEAR, "required": 85.0, "gap": -2.0}),
    "above is held against the high end": (KEPT, BAND, {YEAR: 92}, {**NEAR, "required": 90.0, "gap": -2.0}),
    "further above is off": (KEPT, BAND, {YEAR: 92.1}, {**OFF, "required": 90.0, "gap": -2.1}),
    "further below is off": (KEPT, BAND, {YEAR: 82.9}, {**OFF, "required": 85.0, "gap": -2.1}),
}
IN_TIME: dict[str, Case] = {
    "before it is due it is on track": ({}, {**SIXTY, "due": NEXT}, {YEAR: 60}, {"status": "on_track", "rag": "green"}),
    "or at risk": ({}, {**SIXTY, "due": NEXT}, {YEAR: 56}, {"status": "at_risk", "rag": "amber"}),
    "or off track": ({}, {**SIXTY, "due": NEXT}, {YEAR: 50}, {"status": "off_track", "rag": "red"}),
    "without a date it is on the way": ({}, {**SIXTY, "due": None}, {YEAR: 60}, {"status": "on_track"}),
    "past its date, without the figure of that date, it is overdue": (
        {},
        SIXTY,
        {BEFORE: 70},
        {"status": "not_assessed", "reason": "overdue", "rag": "grey", "period": BEFORE, "verdict": "met"},
    ),
    "a figure of after its date says nothing of it": ({}, {**SIXTY, "due": BEFORE}, {YEAR: 70}, unjudged("overdue")),
    "the figure of its date decides": ({}, {**SIXTY, "due": BEFORE}, {YEAR: 70, BEFORE: 50}, {**OFF, "period": BEFORE}),
    "the latest figure decides": ({}, {**SIXTY, "due": NEXT}, {EARLIER: 10, YEAR: 60}, {"period": YEAR, "value": 60.0}),
    "on a straight line half the way is required at half the time": (
        {},
        {"aim": Reach(60), "due": NEXT, "baseline": Baseline(BEFORE, 40), "trajectory": Linear()},
        {YEAR: 50},
        {"required": 50.0, "gap": 0.0, "status": "on_track"},
    ),
    "a profile says what is required on the way": (
        {},
        {
            "aim": Reach(60),
            "due": NEXT,
            "trajectory": Profile({Period.from_code(YEAR): 45, Period.from_code(NEXT): 60}),
        },
        {YEAR: 44},
        {"required": 45.0, "gap": -1.0, "status": "off_track"},
    ),
    "at a period that a profile does not name nothing is due": (
        {},
        {
            "aim": Reach(60),
            "due": NEXT,
            "trajectory": Profile({Period.from_code(YEAR): 45, Period.from_code(NEXT): 60}),
        },
        {BEFORE: 44},
        unjudged("not_yet_due"),
    ),
}
REASONS: dict[str, Case] = {
    "suppressed": ({}, SIXTY, {YEAR: {"absence": "suppressed"}}, {**unjudged("suppressed"), "period": YEAR}),
    "not available": ({}, SIXTY, {YEAR: {"absence": "not_available"}}, unjudged("not_available")),
    "not applicable": ({}, SIXTY, {YEAR: {"absence": "not_applicable"}}, unjudged("not_applicable")),
    "low": ({}, SIXTY, {YEAR: {"absence": "low"}}, unjudged("low")),
    "unreliable": ({}, SIXTY, {YEAR: {"absence": "unreliable"}}, unjudged("unreliable")),
    "withdrawn is not available": (
        {},
        SIXTY,
        {YEAR: {"value": 60, "revision": "withdrawn"}},
        {**unjudged("not_available"), "value": None, "period": YEAR},
    ),
    "a forecast is no figure": ({}, SIXTY, {YEAR: {"value": 60, "revision": "forecast"}}, unjudged("no_data")),
    "nothing known by the day": ({}, SIXTY, {NEXT: 60}, {**unjudged("no_data"), "period": None, "value": None}),
    "contextual": ({"role": "contextual"}, SIXTY, {YEAR: 60}, {**unjudged("contextual"), "value": 60.0}),
    "no target": ({}, {}, {YEAR: 60}, {**unjudged("no_target"), "target": None, "value": 60.0}),
    "no direction": ({"direction": None}, SIXTY, {YEAR: 60}, unjudged("no_direction")),
    "a placeholder": ({}, {"aim": None}, {YEAR: 60}, unjudged("placeholder")),
    "discontinued": ({"ended": date(2024, 9, 30)}, SIXTY, {YEAR: 60}, unjudged("discontinued")),
    "narrative": (
        {"unit": None, "kind": "narrative"},
        {},
        {YEAR: {"absence": "not_available"}},
        unjudged("qualitative"),
    ),
}


@pytest.mark.parametrize("case", NUMBERS)
def test_a_figure_is_held_against_a_number(case: str) -> None:
    check(NUMBERS[case])


@pytest.mark.parametrize("case", BANDS)
def test_a_figure_is_held_against_a_band(case: str) -> None:
    check(BANDS[case])


@pytest.mark.parametrize("case", IN_TIME)
def test_time_decides_which_word_a_verdict_has(case: str) -> None:
    check(IN_TIME[case])


@pytest.mark.parametrize("case", REASONS)
def test_what_is_not_assessed_has_its_reason(case: str) -> None:
    check(REASONS[case])


SINCE: dict[str, Any] = {"baseline": Baseline(BEFORE)}
BASELINES: dict[str, Case] = {
    "better than the baseline is met": ({}, {"aim": Improve(), **SINCE}, {BEFORE: 40, YEAR: 40.1}, MET),
    "no better is off": ({}, {"aim": Improve(), **SINCE}, {BEFORE: 40, YEAR: 40}, OFF),
    "fewer is better where fewer are wanted": (DOWN, {"aim": Improve(), **SINCE}, {BEFORE: 40, YEAR: 39.9}, MET),
    "by so much": (
        {},
        {"aim": Improve(Margin(amount=5)), **SINCE},
        {BEFORE: 40, YEAR: 45},
        {**MET, "required": 45.0, "gap": 0.0},
    ),
    "by a share of the baseline": (
        DOWN,
        {"aim": Improve(Margin(percent=10)), **SINCE},
        {BEFORE: 40, YEAR: 36.1},
        {**OFF, "required": 36.0, "gap": -0.1},
    ),
    "by a share of a baseline below zero": (
        {},
        {"aim": Improve(Margin(percent=10)), **SINCE},
        {BEFORE: -40, YEAR: -36},
        {**MET, "required": -36.0, "gap": 0.0},
    ),
    "a share of a baseline of zero is undefined": (
        {},
        {"aim": Improve(Margin(percent=10)), **SINCE},
        {BEFORE: 0, YEAR: 5},
        {**unjudged("reference_is_zero"), "value": 5.0},
    ),
    "a tolerance in per cent of what is required, which is zero, is undefined": (
        DOWN,
        {"aim": Improve(Margin(amount=40)), "tolerance": Margin(percent=10), **SINCE},
        {BEFORE: 40, YEAR: 5},
        unjudged("reference_is_zero"),
    ),
    "nearly zero is zero as well": (
        DOWN,
        {"aim": Improve(Margin(amount=40)), "tolerance": Margin(percent=10), **SINCE},
        {BEFORE: 40.00000005, YEAR: 5},
        unjudged("reference_is_zero"),
    ),
    "as far as a thousandth of the guard": (
        {"unit": "count"},
        {"aim": Hold(), "tolerance": Margin(percent=10), **SINCE},
        {BEFORE: 0.000001, YEAR: 5},
        unjudged("reference_is_zero"),
    ),
    "and no further": (
        {"unit": "count"},
        {"aim": Hold(), "tolerance": Margin(percent=10), **SINCE},
        {BEFORE: 0.000002, YEAR: 5},
        MET,
    ),
    "what is required is the decimal that it is": (
        {},
        {"aim": Improve(Margin(amount=0.1)), **SINCE},
        {BEFORE: 0.2, YEAR: 0.5},
        {**MET, "required": 0.3, "gap": 0.2},
    ),
    "held is no worse": ({}, {"aim": Hold(), **SINCE}, {BEFORE: 40, YEAR: 40}, {**MET, "required": 40.0, "gap": 0.0}),
    "not held": ({}, {"aim": Hold(), **SINCE}, {BEFORE: 40, YEAR: 39.9}, {**OFF, "gap": -0.1}),
    "a stated baseline needs no figure": (
        {},
        {"aim": Improve(Margin(amount=5)), "baseline": Baseline(BEFORE, 30)},
        {BEFORE: 40, YEAR: 35},
        {**MET, "required": 35.0},
    ),
    "without the figure of the baseline nothing is said": (
        {},
        {"aim": Improve(), **SINCE},
        {YEAR: 41},
        {**unjudged("baseline_not_set"), "value": 41.0},
    ),
    "nor where it is suppressed": (
        {},
        {"aim": Improve(), **SINCE},
        {BEFORE: {"absence": "suppressed"}, YEAR: 41},
        unjudged("baseline_not_set"),
    ),
    "of two figures for the baseline the one of its own period is taken": (
        {},
        {"aim": Improve(Margin(amount=5)), "baseline": Baseline("FY2023-24-Q4")},
        {BEFORE: 10, "FY2023-24-Q4": 40, YEAR: 45},
        {**MET, "required": 45.0},
    ),
    "and the other where that is not there": (
        {},
        {"aim": Improve(Margin(amount=5)), "baseline": Baseline("FY2023-24-Q4")},
        {BEFORE: 10, YEAR: 15},
        {**MET, "required": 15.0},
    ),
    "a break between the two leaves nothing to compare": (
        {"breaks": [date(2024, 9, 1)]},
        {"aim": Improve(), **SINCE},
        {BEFORE: 40, YEAR: 50},
        unjudged("series_break"),
    ),
    "of a number by itself it leaves all": (
        {"breaks": [date(2024, 9, 1)]},
        {"aim": Reach(60), **SINCE},
        {BEFORE: 40, YEAR: 60},
        MET,
    ),
    "and of a profile, which says nothing of the period": (
        {"breaks": [date(2024, 9, 1)]},
        {"aim": Reach(60), "due": NEXT, "trajectory": Profile({Period.from_code(NEXT): 60}), **SINCE},
        {BEFORE: 40, YEAR: 60},
        unjudged("not_yet_due"),
    ),
    "a break before both does not": (
        {"breaks": [date(2023, 9, 1)]},
        {"aim": Improve(), **SINCE},
        {BEFORE: 40, YEAR: 50},
        MET,
    ),
}


@pytest.mark.parametrize("case", BASELINES)
def test_a_figure_is_held_against_its_baseline(case: str) -> None:
    check(BASELINES[case])


def others(*values: Any, period: str = YEAR) -> dict[Any, Any]:
    return {(period, area): value for area, value in zip((THERE, ELSEWHERE, ENGLAND), values, strict=False)}


def share(numerator: float, denominator: float, value: Any = 50) -> dict[str, Any]:
    return {"value": value, "numerator": numerator, "denominator": denominator}


OTHERS: dict[str, Case] = {
    "better than the published figure of the others is met": (
        {},
        {"aim": Beat("england")},
        {YEAR: 50.1, (YEAR, ENGLAND): 50},
        {**MET, "required": 50.0, "gap": 0.1},
    ),
    "the same is not": ({}, {"aim": Beat("england")}, {YEAR: 50, (YEAR, ENGLAND): 50}, {**OFF, "gap": 0.0}),
    "below it is off": ({}, {"aim": Beat("england")}, {YEAR: 49.9, (YEAR, ENGLAND): 50}, {**OFF, "gap": -0.1}),
    "to beat them by so much": (
        {},
        {"aim": Beat("england", Margin(amount=2))},
        {YEAR: 52, (YEAR, ENGLAND): 50},
        {**MET, "required": 52.0},
    ),
    "also a fraction of a number": (
        DOWN,
        {"aim": Beat("england")},
        {YEAR: 50.1, (YEAR, ENGLAND): 50.4},
        {**MET, "required": 50.4, "gap": 0.3},
    ),
    "the same period of the others counts": (
        {},
        {"aim": Beat("england")},
        {YEAR: 45, (YEAR, ENGLAND): 40, (BEFORE, ENGLAND): 60},
        {**MET, "required": 40.0},
    ),
    "without it nothing is said": ({}, {"aim": Beat("england")}, {YEAR: 45}, unjudged("comparator_missing")),
    "nor where it is suppressed": (
        {},
        {"aim": Beat("england")},
        {YEAR: 45, (YEAR, ENGLAND): {"absence": "suppressed"}},
        unjudged("comparator_missing"),
    ),
    "the middle of two lies between them": (
        {},
        {"aim": Beat("middle")},
        {YEAR: 45.1, **others(40, 50)},
        {**MET, "required": 45.0},
    ),
    "the middle of three is the second": (
        {},
        {"aim": Beat("middle-of-three")},
        {YEAR: 45, **others(40, 41, 70)},
        {**MET, "required": 41.0},
    ),
    "a middle of which one is missing is none": (
        {},
        {"aim": Beat("middle-of-three")},
        {YEAR: 45, **others(40, 41)},
        unjudged("comparator_missing"),
    ),
    "nor is one of which one is suppressed": (
        {},
        {"aim": Beat("middle-of-three")},
        {YEAR: 45, **others(40, 41, {"absence": "suppressed"})},
        unjudged("comparator_missing"),
    ),
    "the middle of three that are alike is what they are": (
        {},
        {"aim": Beat("middle-of-three")},
        {YEAR: 45, **others(41, 41, 41)},
        {**MET, "required": 41.0},
    ),
    "a pool adds up what shares are made of": (
        {},
        {"aim": Beat("pooled")},
        {YEAR: 30, **others(share(10, 20), share(10, 60))},
        {**MET, "required": 25.0, "gap": 5.0},
    ),
    "also where those are no whole numbers": (
        {},
        {"aim": Beat("pooled")},
        {YEAR: 30, **others(share(10, 20), share(10, 42.5))},
        {**MET, "required": 32.0, "status": "missed", "verdict": "off", "rag": "red"},
    ),
    "a pool without a denominator is none": (
        {},
        {"aim": Beat("pooled")},
        {YEAR: 30, **others(share(10, 20), {"value": 50, "numerator": 10})},
        unjudged("comparator_missing"),
    ),
    "nor is one without a figure of each": (
        {},
        {"aim": Beat("pooled")},
        {YEAR: 30, **others(share(10, 20))},
        unjudged("comparator_missing"),
    ),
    "nor is one without what shares are made of": (
        {},
        {"aim": Beat("pooled")},
        {YEAR: 30, **others(10, 60)},
        unjudged("comparator_missing"),
    ),
    "nor is one of counts without denominators": (
        {},
        {"aim": Beat("pooled")},
        {YEAR: 30, **others({"value": 10, "numerator": 5}, {"value": 10, "numerator": 5})},
        unjudged("comparator_missing"),
    ),
    "nor is one of what is no share of anything": (
        {"unit": "count"},
        {"aim": Beat("pooled")},
        {YEAR: 30, **others(share(10, 20), share(10, 60))},
        unjudged("comparator_missing"),
    ),
    "a share of the others' zero is undefined": (
        {},
        {"aim": Beat("england", Margin(percent=10))},
        {YEAR: 30, (YEAR, ENGLAND): 0},
        unjudged("reference_is_zero"),
    ),
}


@pytest.mark.parametrize("case", OTHERS)
def test_a_figure_is_held_against_those_of_others(case: str) -> None:
    check(OTHERS[case])


def test_each_target_is_held_against_the_others_that_it_names() -> None:
    polars = pytest.importorskip("polars")
    to_beat = ("england", "middle", "middle-of-three", "pooled")
    targets = [Target(id=name, measure="m", aim=Beat(name), due=YEAR) for name in to_beat]
    people = Measure(id="n", title="N", unit="count", direction="increase")
    of_people = Target(id="people", measure="n", aim=Beat("pooled"), due=YEAR)
    made = plan_of({}, {})
    plan = Plan(
        id="p",
        title="P",
        measures=[*made.measures, people],
        targets=[*targets, of_people],
        comparators=made.comparators,
    )
    figures = [observation(*each) for each in {YEAR: 30, **others(share(10, 20), share(10, 60, 20), 70)}.items()]
    figures += [observation((YEAR, area), {"value": 7, "measure": "n"}) for area in (HERE, THERE, ELSEWHERE)]
    frame = polars.DataFrame(frames.from_observations(figures))
    rows = {row["target"]: row for row in frames.evaluate(plan, frame, as_of=AS_OF).filter(area=HERE).to_dicts()}
    required = {"england": 70.0, "middle": 35.0, "middle-of-three": 50.0, "pooled": 25.0, "people": None}
    assert {name: row["required"] for name, row in rows.items()} == required
    assert rows["people"]["reason"] == "comparator_missing"
    assert {each.target: each.reason for each in evaluate_plan(plan, figures, as_of=AS_OF, area=HERE).evaluations} == {
        name: row["reason"] for name, row in rows.items()
    }


SOMERSET, FORMERLY = "E06000066", "E10000027"
HALF, TERCILE = {"aim": Rank(1, 2)}, {"aim": Rank(1, 3)}
UPPER, LOWER = "E10000018", "E07000223"
PLACES: dict[str, Case] = {
    "the first of two is in the best half": ({}, HALF, {YEAR: 2, **others(1)}, {**MET, "required": 1.0, "gap": 0.0}),
    "the second is not": ({}, HALF, {YEAR: 1, **others(2)}, {**OFF, "required": 1.0, "gap": -1.0}),
    "the lowest is first where less is better": (DOWN, HALF, {YEAR: 1, **others(2)}, MET),
    "equals share the better place": ({}, HALF, {YEAR: 2, **others(2)}, MET),
    "equal is also what floats cannot tell apart": ({}, HALF, {YEAR: 2, **others(2.00005)}, MET),
    "and no more than that": ({}, HALF, {YEAR: 2, **others(2.0002)}, OFF),
    "a place under its former code is ranked once": (
        {},
        HALF,
        {YEAR: 2, **others(3), (YEAR, FORMERLY): 1, (BEFORE, SOMERSET): 1},
        {**OFF, "required": 1.5, "gap": -0.5},
    ),
    "a fraction better is better": ({}, HALF, {YEAR: 2.4, **others(2.6)}, OFF),
    "fewer places than groups give no rank": (
        {},
        TERCILE,
        {YEAR: 2, **others(1)},
        {**unjudged("comparator_missing"), "value": 2.0},
    ),
    "three places give one of three": ({}, TERCILE, {YEAR: 3, **others(1, 2)}, {**MET, "required": 1.0}),
    "the second of three is not in the best third": ({}, TERCILE, {YEAR: 2, **others(1, 3)}, {**OFF, "gap": -1.0}),
    "a country is no place among councils": ({}, TERCILE, {YEAR: 3, **others(1, 2, 99)}, MET),
    "a place among those named": (
        {},
        {"aim": Rank(1, 2, "middle")},
        {YEAR: 3, **others(1, 2), (YEAR, UPPER): 99},
        {**MET, "required": 1.5, "gap": 0.5},
    ),
    "one that stands outside those named is counted in": (
        {},
        {"aim": Rank(1, 3, "middle")},
        {YEAR: 1, **others(2, 3)},
        {**OFF, "required": 1.0, "gap": -2.0},
    ),
    "a hidden figure that may be better leaves it open": (
        {},
        TERCILE,
        {YEAR: 2, **others(1, {"absence": "suppressed"})},
        unjudged("comparator_missing"),
    ),
    "a hidden figure that changes nothing does not": (
        {},
        TERCILE,
        {YEAR: 2, **others(3, {"absence": "suppressed"})},
        {**OFF, "gap": -2.0},
    ),
    "nor does one that cannot push it out": (
        {},
        HALF,
        {YEAR: 9, **others(1, 2), (YEAR, UPPER): {"absence": "suppressed"}},
        {**MET, "required": 2.0},
    ),
    "nor one with which it is near as well": (
        {},
        {**HALF, "tolerance": Margin(amount=2)},
        {YEAR: 1, **others(5, 6), (YEAR, UPPER): {"absence": "suppressed"}},
        {**NEAR, "required": 2.0},
    ),
    "one that makes near of met leaves it open": (
        {},
        {**HALF, "tolerance": Margin(amount=2)},
        {YEAR: 5, **others(1, 6), (YEAR, UPPER): {"absence": "suppressed"}},
        unjudged("comparator_missing"),
    ),
    "a figure that is not available hides nothing": (
        {},
        HALF,
        {YEAR: 2, **others(1, {"absence": "not_available"})},
        {**MET, "required": 1.0},
    ),
    "within so many places is near": (
        {},
        {"aim": Rank(1, 3), "tolerance": Margin(amount=1)},
        {YEAR: 2, **others(1, 3)},
        {**NEAR, "gap": -1.0},
    ),
}


@pytest.mark.parametrize("case", PLACES)
def test_a_figure_has_its_place_among_others(case: str) -> None:
    check(PLACES[case])


TRAVEL: dict[str, Case] = {
    "more is improving where more is wanted": ({}, SIXTY, {BEFORE: 50, YEAR: 50.1}, {"travel": "improving"}),
    "less is worsening": ({}, SIXTY, {BEFORE: 50, YEAR: 49.9}, {"travel": "worsening"}),
    "the same is no change": ({}, SIXTY, {BEFORE: 50, YEAR: 50}, {"travel": "no_change"}),
    "less is improving where less is wanted": (DOWN, SIXTY, {BEFORE: 50, YEAR: 49}, {"travel": "improving"}),
    "without a direction it merely rises": ({"direction": None}, {}, {BEFORE: 50, YEAR: 51}, {"travel": "increasing"}),
    "or falls": ({"direction": None}, {}, {BEFORE: 50, YEAR: 49}, {"travel": "decreasing"}),
    "without a figure of before there is none": ({}, SIXTY, {EARLIER: 50, YEAR: 51}, {"travel": None}),
    "nor where that is absent": ({}, SIXTY, {BEFORE: {"absence": "low"}, YEAR: 51}, {"travel": None}),
    "nor over a break": ({"breaks": [date(2024, 9, 1)]}, SIXTY, {BEFORE: 50, YEAR: 51}, {"travel": None}),
    "nearer to a number it is to be kept at is improving": (
        KEPT,
        {"aim": Reach(60)},
        {BEFORE: 50, YEAR: 65},
        {"travel": "improving"},
    ),
    "further from it is worsening": (KEPT, {"aim": Reach(60)}, {BEFORE: 58, YEAR: 65}, {"travel": "worsening"}),
    "also over a break since a baseline that it does not stand on": (
        {**KEPT, "breaks": [date(2023, 9, 1)]},
        {"aim": Reach(60), "baseline": Baseline(EARLIER, 30)},
        {BEFORE: 50, YEAR: 65},
        {"travel": "improving"},
    ),
    "inside a band nothing changes": (KEPT, BAND, {BEFORE: 86, YEAR: 89}, {"travel": "no_change"}),
    "out of the band is worsening": (KEPT, BAND, {BEFORE: 86, YEAR: 91}, {"travel": "worsening"}),
    "below the band is worsening": (KEPT, BAND, {BEFORE: 86, YEAR: 84}, {"travel": "worsening"}),
    "nearer to the baseline is improving": (
        KEPT,
        {"aim": Hold(), "baseline": Baseline(EARLIER)},
        {EARLIER: 40, BEFORE: 50, YEAR: 45},
        {"travel": "improving", "required": 40.0},
    ),
    "where the baseline has no figure it merely falls": (
        KEPT,
        {"aim": Hold(), "baseline": Baseline(EARLIER)},
        {BEFORE: 50, YEAR: 45},
        {"travel": "decreasing"},
    ),
    "or merely rises": (
        KEPT,
        {"aim": Hold(), "baseline": Baseline(EARLIER)},
        {BEFORE: 45, YEAR: 50},
        {"travel": "increasing"},
    ),
    "over a break from the baseline it merely falls": (
        {**KEPT, "breaks": [date(2023, 9, 1)]},
        {"aim": Hold(), "baseline": Baseline(EARLIER)},
        {EARLIER: 40, BEFORE: 50, YEAR: 45},
        {"travel": "decreasing"},
    ),
    "a running total is held against the same period last year": (
        {"unit": "count"},
        {"aim": Reach(90), "due": "FY2024-25-Q1..Q2"},
        {"FY2023-24-Q1..Q2": 80, "FY2024-25-Q1..Q1": 50, "FY2024-25-Q1..Q2": 90},
        {"travel": "improving"},
    ),
}
STEADY = Policy(id="steady", no_change_within=Margin(amount=2))
SHARE = Policy(id="share", no_change_within=Margin(percent=10))


@pytest.mark.parametrize("case", TRAVEL)
def test_travel_says_where_a_figure_went(case: str) -> None:
    check(TRAVEL[case])


@pytest.mark.parametrize(
    ("policy", "before", "now", "travel"),
    [
        (STEADY, 50, 52, "no_change"),
        (STEADY, 50, 52.1, "improving"),
        (STEADY, 50, 48, "no_change"),
        (STEADY, 50, 47.9, "worsening"),
        (STEADY, 0, 3, "improving"),
        (STEADY, 0, -3, "worsening"),
        (SHARE, 50, 55, "no_change"),
        (SHARE, 50, 55.1, "improving"),
        (SHARE, 50, 44.9, "worsening"),
        (SHARE, -50, -55, "no_change"),
        (SHARE, -50, -55.1, "worsening"),
        (SHARE, 0, 0, "no_change"),
        (SHARE, 0, 1, None),
        (SHARE, 0, -1, None),
    ],
)
def test_what_changes_less_than_a_policy_notices_is_no_change(
    policy: Policy, before: float, now: float, travel: str | None
) -> None:
    check(({}, SIXTY, {BEFORE: before, YEAR: now}, {"travel": travel}), policy=policy)


NO_WORSE = Policy(id="no-worse", near_if_not_worse=True)
WIDE: dict[str, Any] = {"aim": Reach(60), "tolerance": Margin(amount=30)}
NO_WORSE_CASES: dict[str, Case] = {
    "no worse than a year before is near": ({}, WIDE, {BEFORE: 50, YEAR: 50}, NEAR),
    "better is near": ({}, WIDE, {BEFORE: 49, YEAR: 50}, NEAR),
    "worse is off": ({}, WIDE, {BEFORE: 50.1, YEAR: 50}, {**OFF, "gap": -10.0}),
    "more is worse where less is wanted": (DOWN, WIDE, {BEFORE: 69, YEAR: 70}, OFF),
    "what is met is met, however it was": ({}, WIDE, {BEFORE: 90, YEAR: 60}, MET),
    "what is off is off, without a year before": ({}, WIDE, {YEAR: 20}, OFF),
    "without a year before near is not known": (
        {},
        WIDE,
        {YEAR: 50},
        {**unjudged("insufficient_history"), "gap": -10.0, "required": 60.0},
    ),
    "above a band as below it": (KEPT, BAND, {BEFORE: 83, YEAR: 92}, {**NEAR, "gap": -2.0}),
    "below a band as above it": (KEPT, BAND, {BEFORE: 92, YEAR: 83}, {**NEAR, "gap": -2.0}),
    "worse by the guard is no worse": ({}, WIDE, {BEFORE: 50.0001, YEAR: 50}, NEAR),
    "by more than that it is": ({}, WIDE, {BEFORE: 50.00015, YEAR: 50}, OFF),
    "further above a band than it was below": (KEPT, BAND, {BEFORE: 84, YEAR: 92}, OFF),
    "further below a band than it was above": (KEPT, BAND, {BEFORE: 91, YEAR: 83}, OFF),
    "a place no worse than a year before": (
        {},
        {"aim": Rank(1, 3), "tolerance": Margin(amount=1)},
        {YEAR: 2, **others(1, 3), BEFORE: 2, **others(1, 3, period=BEFORE)},
        NEAR,
    ),
    "a place worse than a year before": (
        {},
        {"aim": Rank(1, 3), "tolerance": Margin(amount=1)},
        {YEAR: 2, **others(1, 3), BEFORE: 3, **others(1, 2, period=BEFORE)},
        OFF,
    ),
    "a place of a year in which one was hidden is not known": (
        {},
        {"aim": Rank(1, 3), "tolerance": Margin(amount=1)},
        {YEAR: 2, **others(1, 3), BEFORE: 3, **others(1, {"absence": "suppressed"}, period=BEFORE)},
        {"reason": "insufficient_history"},
    ),
}


@pytest.mark.parametrize("case", NO_WORSE_CASES)
def test_a_policy_may_ask_that_near_is_no_worse_than_a_year_before(case: str) -> None:
    check(NO_WORSE_CASES[case], policy=NO_WORSE)


STEPS: dict[str, Case] = {
    "done is achieved": ({"unit": "milestone"}, {"aim": Complete()}, {YEAR: 1}, MET),
    "nearly done is done, and stays it": (
        {"unit": "milestone"},
        {"aim": Complete()},
        {BEFORE: 0.999, YEAR: 0},
        {**MET, "period": BEFORE},
    ),
    "not done on its day is missed": ({"unit": "milestone"}, {"aim": Complete()}, {YEAR: 0}, OFF),
    "not done before its day": ({"unit": "milestone"}, {"aim": Complete(), "due": NEXT}, {YEAR: 0}, {"verdict": "off"}),
    "done earlier stays done": (
        {"unit": "milestone"},
        {"aim": Complete()},
        {EARLIER: 1, BEFORE: 0, YEAR: 0},
        {**MET, "period": EARLIER},
    ),
    "the first figure that says done is shown": (
        {"unit": "milestone"},
        {"aim": Complete()},
        {BEFORE: 1, YEAR: 1},
        {**MET, "period": BEFORE, "travel": None},
    ),
    "not done by a later figure is missed": (
        {"unit": "milestone"},
        {"aim": Complete(), "due": "2024-09-30"},
        {"2024-12-31": 0},
        {**OFF, "period": "2024-12-31"},
    ),
    "of its day and after, the one of its day": (
        {"unit": "milestone"},
        {"aim": Complete(), "due": "2024-09-30"},
        {"2024-09-30": 0, "2024-12-31": 0},
        {**OFF, "period": "2024-09-30"},
    ),
    "of two after it, the first": (
        {"unit": "milestone"},
        {"aim": Complete(), "due": "2024-09-30"},
        {"2024-10-31": 0, "2024-12-31": 0},
        {**OFF, "period": "2024-10-31"},
    ),
    "absent is not done and not undone": (
        {"unit": "milestone"},
        {"aim": Complete()},
        {YEAR: {"absence": "not_available"}},
        unjudged("not_available"),
    ),
}


@pytest.mark.parametrize("case", STEPS)
def test_a_milestone_is_done_or_not(case: str) -> None:
    check(STEPS[case])


TOTAL = {"unit": "count", "timing": "cumulative"}
STEEP = Profile({Period.to_date(2025, 1, "financial"): 60, Period.year(2025, "financial"): 100})
SO_FAR = "FY2025-26-Q1..Q1"
KNOWN = {"recorded": date(2025, 5, 30)}
TOTALS: dict[str, Case] = {
    "a total that has reached its number is on track": (
        TOTAL,
        {"aim": Reach(100), "due": NEXT},
        {SO_FAR: {"value": 100, **KNOWN}},
        {"verdict": "met", "status": "on_track", "required": 100.0, "gap": 0.0},
    ),
    "one that has not says nothing yet": (
        TOTAL,
        {"aim": Reach(100), "due": NEXT},
        {SO_FAR: {"value": 99, **KNOWN}},
        {**unjudged("not_yet_due"), "value": 99.0},
    ),
    "a total beyond its most is off track": (
        {**TOTAL, **DOWN},
        {"aim": Reach(100), "due": NEXT},
        {SO_FAR: {"value": 101, **KNOWN}},
        {"verdict": "off", "status": "off_track", "required": 100.0, "gap": -1.0},
    ),
    "one at its most says nothing yet": (
        {**TOTAL, **DOWN},
        {"aim": Reach(100), "due": NEXT},
        {SO_FAR: {"value": 100, **KNOWN}},
        unjudged("not_yet_due"),
    ),
    "one beyond its most and within the tolerance says nothing yet": (
        {**TOTAL, **DOWN},
        {"aim": Reach(100), "due": NEXT, "tolerance": Margin(amount=5)},
        {SO_FAR: {"value": 103, **KNOWN}},
        unjudged("not_yet_due"),
    ),
    "a total above a band can never come back": (
        {**TOTAL, **KEPT},
        {"aim": StayBetween(50, 100), "due": NEXT},
        {SO_FAR: {"value": 101, **KNOWN}},
        {"verdict": "off", "status": "off_track", "required": 100.0, "gap": -1.0},
    ),
    "one below a band may": (
        {**TOTAL, **KEPT},
        {"aim": StayBetween(50, 100), "due": NEXT},
        {SO_FAR: {"value": 10, **KNOWN}},
        unjudged("not_yet_due"),
    ),
    "a total that has settled the target is judged whatever its profile says": (
        TOTAL,
        {"aim": Reach(100), "due": NEXT, "trajectory": STEEP},
        {SO_FAR: {"value": 105, **KNOWN}},
        {"verdict": "met", "status": "on_track", "required": 100.0, "gap": 5.0},
    ),
    "also where it is within the guard of it": (
        TOTAL,
        {"aim": Reach(100), "due": NEXT, "trajectory": STEEP},
        {SO_FAR: {"value": 99.999, **KNOWN}},
        {"verdict": "met", "required": 100.0, "gap": -0.001},
    ),
    "one that has not is judged by the profile": (
        TOTAL,
        {"aim": Reach(100), "due": NEXT, "trajectory": STEEP},
        {SO_FAR: {"value": 61, **KNOWN}},
        {"verdict": "met", "required": 60.0, "gap": 1.0},
    ),
    "beyond what is allowed at the end is off, whatever the profile allows": (
        {**TOTAL, **DOWN},
        {"aim": Reach(100), "due": NEXT, "trajectory": STEEP},
        {SO_FAR: {"value": 101, **KNOWN}},
        {"verdict": "off", "required": 100.0, "gap": -1.0},
    ),
}


@pytest.mark.parametrize("case", TOTALS)
def test_a_total_so_far_says_what_can_no_longer_change(case: str) -> None:
    check(TOTALS[case])


def known(value: float, day: date, revision: str | None = None, period: str = YEAR) -> Observation:
    return Observation(measure="m", period=period, area=HERE, value=value, recorded=day, revision=revision)


VINTAGES: dict[str, tuple[list[Observation], float | None]] = {
    "what is recorded on the day counts": ([known(60, AS_OF)], 60.0),
    "also where it is final": ([known(60, AS_OF, "final")], 60.0),
    "what is recorded on the day after does not": ([known(60, date(2025, 6, 2))], None),
    "nor a month later": ([known(60, date(2025, 7, 1), "final")], None),
    "of two the later recorded holds": ([known(60, date(2025, 5, 1)), known(61, date(2025, 5, 2))], 61.0),
    "however settled the earlier one is": (
        [known(60, date(2025, 5, 1), "final"), known(61, date(2025, 5, 2), "revised")],
        61.0,
    ),
    "of one day the revised holds before the provisional": (
        [known(60, date(2025, 5, 1), "revised"), known(61, date(2025, 5, 1), "provisional")],
        60.0,
    ),
    "and the final before the revised": (
        [known(60, date(2025, 5, 1), "revised"), known(61, date(2025, 5, 1), "final")],
        61.0,
    ),
    "the later of those known by the day": ([known(60, date(2025, 5, 31)), known(61, date(2025, 6, 2))], 60.0),
    "a year later than any day of the month": ([known(60, date(2024, 12, 31)), known(61, date(2025, 1, 1))], 61.0),
    "a forecast is none of them": ([known(60, date(2025, 5, 1)), known(61, date(2025, 5, 2), "forecast")], 60.0),
    "one without a day was known when its period ended": (
        [observation(YEAR, 60), known(61, date(2025, 4, 1))],
        61.0,
    ),
    "and so comes after what was recorded before that": (
        [observation(YEAR, 60), known(61, date(2025, 3, 1))],
        60.0,
    ),
}


@pytest.mark.parametrize("case", VINTAGES)
def test_the_latest_that_was_known_holds(case: str) -> None:
    figures, value = VINTAGES[case]
    assert told(plan_of({}, SIXTY), figures)["value"] == value


UNITARY, COUNTY, OTHER_COUNTY, DISTRICT, OTHER_DISTRICT = (
    "E06000055",
    "E10000015",
    "E10000016",
    "E07000096",
    "E07000098",
)


@pytest.mark.parametrize(
    ("areas", "statuses"),
    [
        ({UNITARY: 1, COUNTY: 2}, {UNITARY: "missed", COUNTY: "achieved"}),
        ({UNITARY: 2, DISTRICT: 1}, {UNITARY: "achieved", DISTRICT: "missed"}),
        (
            {UNITARY: 2, COUNTY: 1, DISTRICT: 3},
            {UNITARY: "comparator_missing", COUNTY: "missed", DISTRICT: "achieved"},
        ),
        ({COUNTY: 2, OTHER_COUNTY: 2, UNITARY: 1}, {COUNTY: "achieved", OTHER_COUNTY: "achieved", UNITARY: "missed"}),
        ({COUNTY: 1, DISTRICT: 2}, {COUNTY: "comparator_missing", DISTRICT: "comparator_missing"}),
        (
            {COUNTY: 1, OTHER_COUNTY: 2, DISTRICT: 4, OTHER_DISTRICT: 3},
            {COUNTY: "missed", OTHER_COUNTY: "achieved", DISTRICT: "achieved", OTHER_DISTRICT: "missed"},
        ),
    ],
)
def test_a_place_has_its_rank_among_those_of_its_tier(areas: dict[str, float], statuses: dict[str, str]) -> None:
    polars = pytest.importorskip("polars")
    figures = [observation((YEAR, area), value) for area, value in areas.items()]
    rows = frames.evaluate(plan_of({}, HALF), polars.DataFrame(frames.from_observations(figures)), as_of=AS_OF)
    assert {row["area"]: row["reason"] or row["status"] for row in rows.to_dicts()} == statuses


def test_figures_under_a_former_code_are_held_against_and_decide_nothing() -> None:
    polars = pytest.importorskip("polars")
    better = plan_of({}, {"aim": Improve(), "baseline": Baseline(EARLIER)})
    figures = [observation((EARLIER, FORMERLY), 40), observation((YEAR, SOMERSET), 45)]
    frame = polars.DataFrame(frames.from_observations(figures))
    rows = {row["area"]: row for row in frames.evaluate(better, frame, as_of=AS_OF).to_dicts()}
    assert (rows[SOMERSET]["status"], rows[SOMERSET]["required"]) == ("achieved", pytest.approx(40.0, abs=0.2))
    assert (rows[FORMERLY]["reason"], rows[FORMERLY]["period"]) == ("overdue", EARLIER)


def test_the_figures_of_others_may_be_under_a_former_code() -> None:
    polars = pytest.importorskip("polars")
    beat = Plan(
        id="p",
        title="P",
        measures=[Measure(id="m", title="M", unit="percent", direction="increase")],
        targets=[Target(id="t", measure="m", aim=Beat("c"), due=YEAR)],
        comparators=[Comparator(id="c", title="C", areas=[FORMERLY])],
    )
    figures = [observation((YEAR, HERE), 50), observation((YEAR, SOMERSET), 45)]
    frame = polars.DataFrame(frames.from_observations(figures))
    (row,) = frames.evaluate(beat, frame, as_of=AS_OF).filter(area=HERE).to_dicts()
    assert (row["status"], row["required"]) == ("achieved", 45.0)


INTERVAL = {"lower": 58, "upper": 64}
CERTAINTIES: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any], str | None]] = {
    "the rule reads the same at both ends": ({}, {"aim": Reach(57.9)}, INTERVAL, "clear"),
    "an end on the number is on its better side": ({}, {"aim": Reach(58)}, INTERVAL, "clear"),
    "the number lies between the ends": ({}, {"aim": Reach(58.1)}, INTERVAL, "within_chance"),
    "the upper end has not reached it": ({}, {"aim": Reach(64.1)}, INTERVAL, "clear"),
    "or just has": ({}, {"aim": Reach(64)}, INTERVAL, "within_chance"),
    "fewer are wanted, and the upper end is above": (DOWN, {"aim": Reach(63.9)}, INTERVAL, "within_chance"),
    "fewer are wanted, and both ends are below": (DOWN, {"aim": Reach(64)}, INTERVAL, "clear"),
    "near lies between off and near": (
        {},
        {"aim": Reach(70), "tolerance": Margin(amount=10)},
        INTERVAL,
        "within_chance",
    ),
    "met lies between near and met": (
        {},
        {"aim": Reach(60), "tolerance": Margin(amount=10)},
        INTERVAL,
        "within_chance",
    ),
    "an end within the guard of the number is on it": (
        {},
        {"aim": Reach(58)},
        {"lower": 57.9999, "upper": 64},
        "clear",
    ),
    "the upper end as well": ({}, {"aim": Reach(64)}, {"lower": 58, "upper": 63.9999}, "within_chance"),
    "the upper end leaves a band": (KEPT, {"aim": StayBetween(50, 63)}, INTERVAL, "within_chance"),
    "both ends are in it": (KEPT, {"aim": StayBetween(50, 64)}, INTERVAL, "clear"),
    "an end is no whole number": ({}, {"aim": Reach(58.2)}, {"lower": 58.4, "upper": 63.6}, "clear"),
    "nor is the other": ({}, {"aim": Reach(63.4)}, {"lower": 58.4, "upper": 63.6}, "within_chance"),
    "there is no interval": ({}, {"aim": Reach(60)}, {}, None),
    "counts make the interval": ({}, {"aim": Reach(60)}, {"numerator": 305, "denominator": 500}, "within_chance"),
    "of more of them it is narrower": ({}, {"aim": Reach(60)}, {"numerator": 30500, "denominator": 50000}, "clear"),
    "a count of events has one by itself": ({"unit": "child"}, {"aim": Reach(60)}, {}, "within_chance"),
    "a place among others has none": ({}, HALF, INTERVAL, None),
}


@pytest.mark.parametrize("case", CERTAINTIES)
def test_a_verdict_is_clear_or_within_chance(case: str) -> None:
    measure, target, further, certainty = CERTAINTIES[case]
    figures = [observation(YEAR, {"value": 61, **further}), observation((YEAR, THERE), 1)]
    row = told(plan_of(measure, target), figures, certainty=True)
    assert row["certainty"] == certainty
    (alone,) = evaluate_plan(plan_of(measure, target), figures, as_of=AS_OF, area=HERE).evaluations
    assert (None if alone.certainty is None else alone.certainty.value) == certainty


def test_a_measure_without_a_target_has_no_certainty() -> None:
    row = told(plan_of({}, {}), [observation(YEAR, {"value": 61, **INTERVAL})], certainty=True)
    assert (row["reason"], row["certainty"]) == ("no_target", None)


@pytest.mark.parametrize("history", [False, True])
def test_all_verdicts_together_are_as_clear_as_each_alone(history: bool) -> None:
    polars = pytest.importorskip("polars")
    plans, figures = [], []
    for at, (measure, target, further, _) in enumerate(CERTAINTIES.values()):
        plans.append(plan_of({**measure, "id": f"m{at}"}, {**target, "id": f"t{at}", "measure": f"m{at}"}))
        figures.append(observation(YEAR, {"value": 61, "measure": f"m{at}", **further}))
        figures.append(observation((YEAR, THERE), {"value": 1, "measure": f"m{at}"}))
    measures, targets = [each.measures[0] for each in plans], [each.targets[0] for each in plans]
    frame = polars.DataFrame(frames.from_observations(figures), infer_schema_length=None)
    plan = Plan(id="p", title="P", measures=measures, targets=targets)
    rows = frames.evaluate(plan, frame, as_of=AS_OF, certainty=True, history=history).filter(area=HERE).to_dicts()
    assert {row["target"]: row["certainty"] for row in rows} == {
        f"t{at}": certainty for at, (*_, certainty) in enumerate(CERTAINTIES.values())
    }


@pytest.mark.parametrize("target", [{"aim": Reach(100)}, {"aim": Reach(100), "trajectory": STEEP}])
def test_chance_has_no_part_in_what_a_total_has_settled(target: dict[str, Any]) -> None:
    figures = [observation(SO_FAR, {"value": 105, "lower": 90, "upper": 120, **KNOWN})]
    row = told(plan_of(TOTAL, {**target, "due": NEXT}), figures, certainty=True)
    assert (row["verdict"], row["certainty"]) == ("met", None)


def test_a_policy_may_call_met_only_what_is_clear() -> None:
    clear = Policy(id="clear", met_only_if_clear=True)
    for aim, verdict in ((57.9, "met"), (58.1, "near"), (64.1, "off")):
        figures = [observation(YEAR, {"value": 61, **INTERVAL})]
        assert told(plan_of({}, {"aim": Reach(aim)}), figures, policy=clear)["verdict"] == verdict


def test_a_table_may_be_divided_by_whole_numbers() -> None:
    polars = pytest.importorskip("polars")
    columns = frames.from_observations([observation(YEAR, 60), observation(YEAR, 50)])
    frame = polars.DataFrame({**columns, "wave": [1, 2]})
    rows = frames.evaluate(plan_of({}, SIXTY), frame, as_of=AS_OF, by=("area", "wave")).to_dicts()
    assert {row["wave"]: row["status"] for row in rows} == {1: "achieved", 2: "missed"}
    earlier = polars.DataFrame({**frames.from_observations([observation(BEFORE, 55)] * 2), "wave": [1, 2]})
    both = polars.concat([frame, earlier])
    rows = frames.evaluate(plan_of({}, SIXTY), both, as_of=AS_OF, by=("area", "wave"), history=True).to_dicts()
    assert {(row["wave"], row["travel"]) for row in rows if row["period"] == YEAR} == {
        (1, "improving"),
        (2, "worsening"),
    }


PARTS = [Measure(id=id, title=id, unit="percent", direction="increase") for id in ("a", "b", "c")]
WHOLE = Measure(id="whole", title="W", kind="compound", components=["a", "b"])
ALL = Measure(id="all", title="A", kind="compound", components=["whole", "c"])


@pytest.mark.parametrize(
    ("values", "whole", "all_of_them"),
    [
        ({"a": 60, "b": 70, "c": 80}, ("achieved", None), ("achieved", None)),
        ({"a": 60, "b": 50, "c": 80}, ("missed", None), ("missed", None)),
        ({"a": 60, "b": 57, "c": 50}, ("narrowly_missed", None), ("missed", None)),
        ({"a": 60, "c": 80}, ("achieved", None), ("achieved", None)),
        ({"c": 80}, ("not_assessed", "no_data"), ("achieved", None)),
    ],
)
def test_a_compound_measure_is_as_good_as_the_worst_of_its_parts(
    values: dict[str, float], whole: tuple[str, str | None], all_of_them: tuple[str, str | None]
) -> None:
    polars = pytest.importorskip("polars")
    targets = [
        Target(id=f"t-{each.id}", measure=each.id, aim=Reach(60), due=YEAR, tolerance=Margin(amount=5))
        for each in PARTS
    ]
    plan = Plan(id="p", title="P", measures=[ALL, *PARTS, WHOLE], targets=targets)
    figures = [Observation(measure=id, period=YEAR, area=HERE, value=value) for id, value in values.items()]
    rows = frames.evaluate(plan, polars.DataFrame(frames.from_observations(figures)), as_of=AS_OF).to_dicts()
    of_id = {row["measure"]: (row["status"], row["reason"]) for row in rows}
    assert (of_id["whole"], of_id["all"]) == (whole, all_of_them)
    alone = evaluate_plan(plan, figures, as_of=AS_OF, area=HERE).evaluations
    assert {each.measure: each.status.value for each in alone} == {id: status for id, (status, _) in of_id.items()}


def test_a_target_of_one_place_is_answered_there_and_nowhere_else() -> None:
    polars = pytest.importorskip("polars")
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    here = Target(id="here", measure="m", aim=Reach(60), due=YEAR, area=HERE)
    figures = [observation((YEAR, area), 61) for area in (HERE, THERE)]
    frame = polars.DataFrame(frames.from_observations(figures))
    alone = Plan(id="p", title="P", measures=[measure], targets=[here])
    rows = frames.evaluate(alone, frame, as_of=AS_OF).to_dicts()
    assert {(row["area"], row["target"], row["status"]) for row in rows} == {
        (HERE, "here", "achieved"),
        (THERE, None, "not_assessed"),
    }
    anywhere = Target(id="anywhere", measure="m", aim=Reach(62), due=YEAR)
    rows = frames.evaluate(
        Plan(id="p", title="P", measures=[measure], targets=[here, anywhere]), frame, as_of=AS_OF
    ).to_dicts()
    assert {(row["area"], row["target"], row["status"]) for row in rows} == {
        (HERE, "here", "achieved"),
        (HERE, "anywhere", "missed"),
        (THERE, "anywhere", "missed"),
    }


def test_a_rule_of_a_stated_baseline_depends_on_nothing_in_the_rulebook() -> None:
    better = {"aim": Improve(Margin(amount=5))}
    stated = frames.rulebook(plan_of({}, {**better, "baseline": Baseline(BEFORE, 30)}))
    assert [(row["reference"], row["label"], row["lower"], row["lower_weight"]) for row in stated] == [
        (None, "off", None, None),
        (None, "met", pytest.approx(35, abs=1e-3), 0.0),
    ]
    of_figures = frames.rulebook(plan_of({}, {**better, "baseline": Baseline(BEFORE)}))
    assert [(row["reference"], row["label"], row["lower_weight"]) for row in of_figures] == [
        ("baseline", "off", None),
        ("baseline", "met", 1.0),
    ]


def test_the_answer_of_a_compound_measure_is_counted_only_where_measures_are_told_apart() -> None:
    polars = pytest.importorskip("polars")
    targets = [Target(id=f"t-{each.id}", measure=each.id, aim=Reach(60), due=YEAR) for each in PARTS[:2]]
    plan = Plan(id="p", title="P", measures=[*PARTS[:2], WHOLE], targets=targets)
    figures = [Observation(measure=each.id, period=YEAR, area=HERE, value=61) for each in PARTS[:2]]
    answers = frames.evaluate(plan, polars.DataFrame(frames.from_observations(figures)), as_of=AS_OF)
    assert frames.roll_up(plan, answers)["total"].to_list() == [2]
    by_measure = frames.roll_up(plan, answers, by="measure").to_dicts()
    assert {row["measure"]: row["good"] for row in by_measure} == {"a": 1, "b": 1, "whole": 1}
    assert {row["measure"] for row in frames.roll_up(plan, answers, to="measure").to_dicts()} == {"a", "b", "whole"}


def test_places_among_all_and_among_those_named_are_found_together() -> None:
    polars = pytest.importorskip("polars")
    ranks = {"all": HALF["aim"], "named": Rank(1, 2, "middle")}
    made = plan_of({}, {})
    targets = [Target(id=name, measure="m", aim=aim, due=YEAR) for name, aim in ranks.items()]
    plan = Plan(id="p", title="P", measures=made.measures, targets=targets, comparators=made.comparators)
    figures = [observation(*each) for each in {YEAR: 3, **others(1, 2), (YEAR, UPPER): 9, (YEAR, UNITARY): 8}.items()]
    rows = frames.evaluate(plan, polars.DataFrame(frames.from_observations(figures)), as_of=AS_OF).filter(area=HERE)
    assert {row["target"]: (row["required"], row["gap"]) for row in rows.to_dicts()} == {
        "all": (2.5, -0.5),
        "named": (1.5, 0.5),
    }


ALL_CASES: dict[str, dict[str, Case]] = {
    "standard": {
        **{**NUMBERS, **BANDS, **IN_TIME, **REASONS, **BASELINES, **OTHERS},
        **{**PLACES, **TRAVEL, **STEPS, **TOTALS},
    },
    "no-worse": NO_WORSE_CASES,
}


@pytest.mark.parametrize("engine", ["polars", "pyarrow alone"])
@pytest.mark.parametrize("policy", ALL_CASES)
def test_all_rules_together_say_what_each_says_alone(policy: str, engine: str) -> None:
    polars = pytest.importorskip("polars")
    measures: list[Measure] = []
    targets: list[Target] = []
    figures: list[Observation] = []
    wanted: dict[str, dict[str, Any]] = {}
    for at, (measure, target, observed, answer) in enumerate(ALL_CASES[policy].values()):
        alone = plan_of({**measure, "id": f"m{at}"}, {**target, "id": f"t{at}", "measure": f"m{at}"} if target else {})
        measures += alone.measures
        targets += alone.targets
        figures += [evolve(observation(*each), measure=f"m{at}") for each in observed.items()]
        wanted[f"m{at}"] = answer
    plan = Plan(id="p", title="P", measures=measures, targets=targets, comparators=plan_of({}, {}).comparators)
    frame = polars.DataFrame(frames.from_observations(figures), infer_schema_length=None)
    if engine != "polars":
        pytest.importorskip("pyarrow")
        frame = frame.to_arrow()
    with mock.patch.object(backend, "_engine_for", return_value=None) if "alone" in engine else nullcontext():
        answers = frames.evaluate(plan, frame, as_of=AS_OF, policy=NO_WORSE if policy == "no-worse" else "standard")
    rows = answers.to_dicts() if engine == "polars" else answers.to_pylist()
    found = {row["measure"]: row for row in rows if row["area"] == HERE}
    assert {id: {name: found[id][name] for name in answer} for id, answer in wanted.items()} == wanted


CUMBERLAND = "E06000063"  # from 1 April 2023
KEEP: dict[str, Any] = {"direction": "maintain"}
NEW_PLACE: dict[str, Case] = {
    "a stated baseline is of the places before it": (
        {},
        {"aim": Improve(), "baseline": Baseline(EARLIER, 40)},
        {YEAR: 45},
        {**unjudged("series_break"), "value": 45.0},
    ),
    "where it has no figure of now that comes first": (
        {},
        {"aim": Improve(), "baseline": Baseline(EARLIER, 40)},
        {YEAR: {"absence": "suppressed"}},
        unjudged("suppressed"),
    ),
    "a baseline that nothing was published for": (
        {},
        {"aim": Improve(), "baseline": Baseline(EARLIER)},
        {YEAR: 45},
        unjudged("series_break"),
    ),
    "a baseline that was published for the place itself is its own": (
        {},
        {"aim": Improve(), "baseline": Baseline(EARLIER)},
        {EARLIER: 40, YEAR: 45},
        {**MET, "required": 40.0},
    ),
    "one of its first year as well": ({}, {"aim": Improve(), "baseline": Baseline(BEFORE, 40)}, {YEAR: 45}, MET),
    "or of its first day": ({}, {"aim": Improve(), "baseline": Baseline("2023-04-01", 40)}, {YEAR: 45}, MET),
    "and one that is stated for it alone": (
        {},
        {"aim": Improve(), "baseline": Baseline(EARLIER, 40), "area": CUMBERLAND},
        {YEAR: 45},
        MET,
    ),
    "on the way along a line from before it was there": (
        {},
        {"aim": Reach(60), "due": NEXT, "baseline": Baseline(EARLIER, 40), "trajectory": Linear()},
        {YEAR: 59},
        unjudged("series_break"),
    ),
    "at the end of that line the number is what it is": (
        {},
        {"aim": Reach(60), "baseline": Baseline(EARLIER, 40), "trajectory": Linear()},
        {YEAR: 60},
        MET,
    ),
    "a number by itself needs no baseline": ({}, {**SIXTY, "baseline": Baseline(EARLIER, 40)}, {YEAR: 60}, MET),
    "nearer to what others had is no better": (
        KEEP,
        {"aim": Hold(), "baseline": Baseline(EARLIER, 40)},
        {BEFORE: 50, YEAR: 45},
        {**unjudged("series_break"), "travel": "decreasing"},
    ),
    "nor is it where nothing was published": (
        KEEP,
        {"aim": Hold(), "baseline": Baseline(EARLIER)},
        {BEFORE: 50, YEAR: 55},
        {**unjudged("series_break"), "travel": "increasing"},
    ),
    "nearer to what it had itself is": (
        KEEP,
        {"aim": Hold(), "baseline": Baseline(EARLIER)},
        {EARLIER: 40, BEFORE: 50, YEAR: 45},
        {**OFF, "travel": "improving"},
    ),
}


def of_cumberland(case: str, id: str = "m") -> list[Observation]:
    return [evolve(observation(*each), area=CUMBERLAND, measure=id) for each in NEW_PLACE[case][2].items()]


@pytest.mark.parametrize("case", NEW_PLACE)
def test_a_baseline_from_before_a_place_was_there_is_of_others(case: str) -> None:
    polars = pytest.importorskip("polars")
    measure, target, _, wanted = NEW_PLACE[case]
    plan, figures = plan_of(measure, target), of_cumberland(case)
    (row,) = frames.evaluate(plan, polars.DataFrame(frames.from_observations(figures)), as_of=AS_OF).to_dicts()
    assert {name: row[name] for name in wanted} == wanted
    (alone,) = evaluate_plan(plan, figures, as_of=AS_OF, area=CUMBERLAND).evaluations
    assert (row["status"], row["reason"], row["verdict"], row["travel"]) == tuple(
        None if word is None else str(word) for word in said(alone)
    )


def test_baselines_from_before_a_place_was_there_are_told_apart_from_others() -> None:
    polars = pytest.importorskip("polars")
    plans = [
        plan_of({**measure, "id": f"m{at}"}, {**target, "id": f"t{at}", "measure": f"m{at}"})
        for at, (measure, target, _, _) in enumerate(NEW_PLACE.values())
    ]
    measures, targets = [each.measures[0] for each in plans], [each.targets[0] for each in plans]
    figures = [each for at, case in enumerate(NEW_PLACE) for each in of_cumberland(case, f"m{at}")]
    frame = polars.DataFrame(frames.from_observations(figures), infer_schema_length=None)
    rows = frames.evaluate(Plan(id="p", title="P", measures=measures, targets=targets), frame, as_of=AS_OF).to_dicts()
    of_target = {row["target"]: row for row in rows}
    for at, (_, _, _, wanted) in enumerate(NEW_PLACE.values()):
        assert {name: of_target[f"t{at}"][name] for name in wanted} == wanted


def test_numbers_are_kept_to_six_digits_more_than_are_published() -> None:
    polars = pytest.importorskip("polars")
    measures = [
        Measure(id=f"m{digits}", title="M", unit="GBP", decimals=digits, direction="increase") for digits in range(3)
    ]
    targets = [Target(id=each.id, measure=each.id, aim=Reach(1), due=YEAR) for each in measures]
    figures = [observation(YEAR, {"value": 1.123456789, "measure": each.id}) for each in measures]
    plan = Plan(id="p", title="P", measures=measures, targets=targets)
    rows = frames.evaluate(plan, polars.DataFrame(frames.from_observations(figures)), as_of=AS_OF).to_dicts()
    assert {row["target"]: row["gap"] for row in rows} == {"m0": 0.123457, "m1": 0.1234568, "m2": 0.12345679}
    alone = evaluate_plan(plan, figures, as_of=AS_OF, area=HERE).evaluations
    assert {each.target: float(each.gap or 0) for each in alone} == {row["target"]: row["gap"] for row in rows}


def test_a_place_among_others_stands_beside_a_baseline_from_before_it_was_there() -> None:
    polars = pytest.importorskip("polars")
    made = plan_of({}, {"aim": Improve(), "baseline": Baseline(EARLIER, 40)})
    plan = evolve(made, targets=(*made.targets, Target(id="rank", measure="m", due=YEAR, aim=HALF["aim"])))
    figures = [observation((YEAR, CUMBERLAND), 45), observation((YEAR, THERE), 44)]
    rows = frames.evaluate(plan, polars.DataFrame(frames.from_observations(figures)), as_of=AS_OF)
    assert {row["target"]: (row["verdict"], row["reason"]) for row in rows.filter(area=CUMBERLAND).to_dicts()} == {
        "t": (None, "series_break"),
        "rank": ("met", None),
    }
