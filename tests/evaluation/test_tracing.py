"""Which observations an answer was made from, what each was used for, and which rule it was held against."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Complete,
    Evaluation,
    Improve,
    Linear,
    Measure,
    Observation,
    Period,
    Plan,
    Policy,
    Profile,
    Rank,
    Reach,
    Scorecard,
    Status,
    Target,
    evaluate,
    evaluate_plan,
)
from outcome_bees.evaluation.policy import NOT_WORSE_THAN_LAST_YEAR, STANDARD
from outcome_bees.evaluation.rules import compile_rule
from outcome_bees.evaluation.tracing import Use, UsedObservation, known_observations, rule_of, used_observations

HERE, NEAR_BY, FAR, ENGLAND = "E10000015", "E10000016", "E10000012", "E92000001"
ON = date(2025, 12, 31)
COMPARATORS = (
    Comparator(id="england", title="England", areas=[ENGLAND]),
    Comparator(id="neighbours", title="our neighbours", areas=[NEAR_BY, FAR], method="median"),
)
PERIODS = ("CY2022", "CY2023", "CY2024")
EVERYWHERE: dict[str, dict[str, Any]] = {
    area: dict.fromkeys(PERIODS, 50 + at) for at, area in enumerate((HERE, NEAR_BY, FAR, ENGLAND))
}


def figures(values: dict[str, dict[str, Any]], measure: str = "m") -> list[Observation]:
    return [
        Observation(measure=measure, period=period, area=area, value=value)
        for area, series in values.items()
        for period, value in series.items()
    ]


def answered(aim: Any, values: dict[str, dict[str, Any]], **rest: Any) -> Evaluation:
    asked = {"unit": "percent", "direction": "increase", **rest.pop("measure", {})}
    policy, as_of = rest.pop("policy", STANDARD), rest.pop("as_of", ON)
    target = Target(**{"id": "t", "measure": "m", "aim": aim, "due": "CY2024", **rest})
    measure, known = Measure(id="m", title="M", **asked), figures(values)
    return evaluate(
        target, measure=measure, observations=known, as_of=as_of, area=HERE, policy=policy, comparators=COMPARATORS
    )


def inputs_of(made: Evaluation | Scorecard) -> Any:
    return made._inputs


def written(used: Iterable[UsedObservation]) -> list[str]:
    return [f"{each.use} {each.observation.period} {each.observation.area}" for each in used]


OWN = {HERE: EVERYWHERE[HERE]}
PLACES: dict[str, Policy] = {"policy": NOT_WORSE_THAN_LAST_YEAR}


@pytest.mark.parametrize(
    ("aim", "values", "rest", "used"),
    [
        (Reach(50), OWN, {}, [f"figure CY2024 {HERE}", f"previous CY2023 {HERE}"]),
        (Reach(50), {HERE: {"CY2024": 50}}, {}, [f"figure CY2024 {HERE}"]),
        (Reach(50), {HERE: {}}, {}, []),
        (
            Improve(),
            OWN,
            {"baseline": Baseline("CY2022")},
            [f"figure CY2024 {HERE}", f"baseline CY2022 {HERE}", f"previous CY2023 {HERE}"],
        ),
        (
            Improve(),
            {HERE: {"CY2022": 5}},
            {"baseline": Baseline("CY2022")},
            [f"figure CY2022 {HERE}", f"baseline CY2022 {HERE}"],
        ),
        (
            Beat("england"),
            EVERYWHERE,
            {},
            [f"figure CY2024 {HERE}", f"comparator CY2024 {ENGLAND}", f"previous CY2023 {HERE}"],
        ),
        (
            Beat("neighbours"),
            EVERYWHERE,
            {},
            [
                f"figure CY2024 {HERE}",
                f"comparator CY2024 {NEAR_BY}",
                f"comparator CY2024 {FAR}",
                f"previous CY2023 {HERE}",
            ],
        ),
        (
            Beat("neighbours"),
            {HERE: {"CY2024": 1}, FAR: {"CY2024": 1}},
            {},
            [f"figure CY2024 {HERE}", f"comparator CY2024 {FAR}"],
        ),
        (Beat("nobody"), EVERYWHERE, {}, [f"figure CY2024 {HERE}", f"previous CY2023 {HERE}"]),
        (
            Rank(1, 2),
            EVERYWHERE,
            {},
            [f"figure CY2024 {HERE}", f"ranked CY2024 {NEAR_BY}", f"ranked CY2024 {FAR}", f"previous CY2023 {HERE}"],
        ),
        (
            Rank(1, 2, "neighbours"),
            EVERYWHERE,
            {},
            [f"figure CY2024 {HERE}", f"ranked CY2024 {NEAR_BY}", f"ranked CY2024 {FAR}", f"previous CY2023 {HERE}"],
        ),
        (
            Rank(1, 2, "neighbours"),
            {HERE: {"CY2024": 1}, FAR: {"CY2024": 1}},
            {},
            [f"figure CY2024 {HERE}", f"ranked CY2024 {FAR}"],
        ),
        (Reach(50), {HERE: {"CY2024": 50, "CY2025": 60}}, {}, [f"figure CY2024 {HERE}"]),
        (Rank(1, 2, "nobody"), EVERYWHERE, {}, [f"figure CY2024 {HERE}", f"previous CY2023 {HERE}"]),
        # Near only if no worse than last year: last year's figure is used, and for a rank the others' of last year too.
        (Reach(50), OWN, PLACES, [f"figure CY2024 {HERE}", f"previous CY2023 {HERE}"]),
        (
            Reach(50),
            {HERE: {"FY2023-24-Q4": 50, "FY2024-25-Q3": 50, "FY2024-25-Q4": 50}},
            {"due": "FY2024-25-Q4", **PLACES},
            [f"figure FY2024-25-Q4 {HERE}", f"previous FY2024-25-Q3 {HERE}", f"year_before FY2023-24-Q4 {HERE}"],
        ),
        (
            Reach(50),
            {HERE: {"FY2023-24-Q4": 50, "FY2024-25-Q3": 50, "FY2024-25-Q4": 50}},
            {"due": "FY2024-25-Q4"},
            [f"figure FY2024-25-Q4 {HERE}", f"previous FY2024-25-Q3 {HERE}"],
        ),
        (
            Rank(1, 2),
            EVERYWHERE,
            PLACES,
            [
                f"figure CY2024 {HERE}",
                f"ranked CY2024 {NEAR_BY}",
                f"ranked CY2024 {FAR}",
                f"previous CY2023 {HERE}",
                f"year_before CY2023 {NEAR_BY}",
                f"year_before CY2023 {FAR}",
            ],
        ),
        (
            Beat("england"),
            EVERYWHERE,
            PLACES,
            [f"figure CY2024 {HERE}", f"comparator CY2024 {ENGLAND}", f"previous CY2023 {HERE}"],
        ),
    ],
)
def test_an_answer_is_traced_to_what_it_was_made_from(
    aim: Any, values: dict[str, dict[str, Any]], rest: dict[str, Any], used: list[str]
) -> None:
    answer = answered(aim, values, **rest)
    assert written(used_observations(answer, inputs_of(answer))) == used


def test_a_milestone_is_traced_to_what_was_known_of_it_after_its_day() -> None:
    rest = {"due": "2024-09-30", "measure": {"unit": "milestone", "direction": None}}
    late = answered(Complete(), {HERE: {"2024-09-01": 0, "2024-10-31": 1}}, **rest)
    assert written(used_observations(late, inputs_of(late))) == [
        f"figure 2024-09-01 {HERE}",
        f"figure 2024-10-31 {HERE}",
    ]
    missed = answered(Complete(), {HERE: {"2024-10-31": 0}}, **rest)
    assert missed.status is Status.MISSED
    assert written(used_observations(missed, inputs_of(missed))) == [f"figure 2024-10-31 {HERE}"]


def test_a_measure_without_a_target_is_traced_to_its_figure_and_those_before_it() -> None:
    measure, known = Measure(id="m", title="M", unit="percent", direction="increase"), figures(OWN)
    for policy in (STANDARD, NOT_WORSE_THAN_LAST_YEAR):
        answer = evaluate(None, measure=measure, observations=known, as_of=ON, area=HERE, policy=policy)
        used = written(used_observations(answer, inputs_of(answer)))
        assert used == [f"figure CY2024 {HERE}", f"previous CY2023 {HERE}"]
        assert rule_of(answer, inputs_of(answer)) is None


def test_an_answer_of_another_measure_or_of_no_place_is_traced_to_nothing() -> None:
    answer, other = answered(Reach(50), OWN), answered(Reach(50), OWN)
    object.__setattr__(other, "measure", "x")
    assert used_observations(other, inputs_of(answer)) == ()
    assert rule_of(other, inputs_of(answer)) is None
    nowhere = answered(Reach(50), OWN)
    object.__setattr__(nowhere, "area", None)
    assert used_observations(nowhere, inputs_of(answer)) == ()


def plan_of(*aims: Any, areas: Iterable[str] = (HERE, NEAR_BY, FAR, ENGLAND), girls: bool = False) -> set[str]:
    """The series that a plan's answers can be made from: the first measure has these aims, the second none."""
    measures = [Measure(id=id, title=id, unit="percent", direction="increase") for id in ("m", "other")]
    part = {"sex": "girls"} if girls else {}
    targets = [
        Target(id=f"t{at}", measure="m", aim=aim, due="CY2024", breakdown=part, baseline=Baseline("CY2023"))
        for at, aim in enumerate(aims)
    ]
    plan = Plan(id="p", title="P", measures=measures, targets=targets, comparators=COMPARATORS)
    known = [
        Observation(measure=measure, period="CY2024", area=area, value=1, breakdown=breakdown)
        for measure in ("m", "other")
        for area in areas
        for breakdown in ({}, {"sex": "girls"}, {"sex": "boys"})
    ]
    card = evaluate_plan(plan, known, as_of=ON, area=HERE, policy=STANDARD)
    found = list(known_observations(plan, inputs_of(card)))
    assert len(found) == len(set(found))
    return {f"{each.measure} {each.area} {'/'.join(each.breakdown.values())}".strip() for each in found}


def test_a_plan_is_made_from_the_series_of_its_place_and_of_those_that_it_is_held_against() -> None:
    own = {f"m {HERE}", f"other {HERE}"}
    assert plan_of() == own
    assert plan_of(Reach(5), Improve()) == own
    assert plan_of(Reach(5), girls=True) == own | {f"m {HERE} girls"}
    assert plan_of(Beat("england")) == own | {f"m {ENGLAND}"}
    assert plan_of(Beat("neighbours"), Beat("england")) == own | {f"m {each}" for each in (NEAR_BY, FAR, ENGLAND)}
    assert plan_of(Rank(1, 2, "neighbours")) == own | {f"m {each}" for each in (NEAR_BY, FAR)}
    assert plan_of(Rank(1, 2)) == own | {f"m {each}" for each in (NEAR_BY, FAR, ENGLAND)}
    assert plan_of(Beat("england"), girls=True) == (own | {f"m {HERE} girls", f"m {ENGLAND}", f"m {ENGLAND} girls"})


def test_a_plan_for_no_place_is_made_from_nothing() -> None:
    plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="percent")])
    card = evaluate_plan(plan, [], as_of=ON)
    assert list(known_observations(plan, inputs_of(card))) == []


def test_the_series_of_another_code_of_the_same_ground_is_with_it() -> None:
    plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="percent")])
    known = figures({"E10000002": {"CY2019": 1}, "E06000060": {"CY2024": 2}})
    card = evaluate_plan(plan, known, as_of=ON, area="E06000060")
    assert [each.area for each in known_observations(plan, inputs_of(card))] == ["E06000060", "E10000002"]


STEPS = Profile({Period.from_code("FY2024-25-Q1..Q2"): 40, Period.from_code("FY2024-25"): 100})
CEILING: dict[str, Any] = {
    "due": "FY2024-25",
    "as_of": date(2025, 1, 15),
    "measure": {"unit": "child", "direction": "decrease", "timing": "cumulative"},
}


@pytest.mark.parametrize(
    ("aim", "values", "rest", "of_period"),
    [
        (Reach(50), {"CY2024": 51}, {}, "CY2024"),
        (Reach(50), {}, {}, None),
        (Reach(90), {"CY2022": 80}, {"trajectory": Linear(), "baseline": Baseline("CY2020", 60)}, "CY2022"),
        (Reach(90), {"CY2024": 95}, {"trajectory": Linear(), "baseline": Baseline("CY2020", 60)}, "CY2024"),
        (Reach(100), {}, CEILING, None),
        # A total so far that has passed its ceiling is held against what is due, whatever the steps are.
        (Reach(100), {"FY2024-25-Q1..Q2": 30}, {**CEILING, "trajectory": STEPS}, "FY2024-25-Q1..Q2"),
        (Reach(100), {"FY2024-25-Q1..Q3": 130}, {**CEILING, "trajectory": STEPS}, None),
        (Reach(100), {"FY2024-25-Q1..Q3": 130}, CEILING, None),
    ],
)
def test_the_rule_of_an_answer_is_that_of_its_period_or_of_the_due_one(
    aim: Any, values: dict[str, Any], rest: dict[str, Any], of_period: str | None
) -> None:
    answer = answered(aim, {HERE: values}, **rest)
    inputs = inputs_of(answer)
    assert inputs.target is not None
    period = None if of_period is None else Period.from_code(of_period)
    expected = compile_rule(inputs.target, inputs.measure, period, STANDARD)
    assert expected is not None
    assert rule_of(answer, inputs) is expected


@pytest.mark.parametrize(
    ("aim", "rest"),
    [(None, {}), (Reach(50), {"measure": {"direction": None}}), (Beat("x"), {"measure": {"direction": None}})],
)
def test_what_cannot_be_judged_has_no_rule(aim: Any, rest: dict[str, Any]) -> None:
    answer = answered(aim, OWN, **rest)
    assert rule_of(answer, inputs_of(answer)) is None


def test_a_milestone_needs_no_direction_for_its_rule() -> None:
    answer = answered(Complete(), {HERE: {"CY2024": 1}}, measure={"unit": "milestone", "direction": None})
    assert rule_of(answer, inputs_of(answer)) is not None
    assert rule_of(answer, inputs_of(answer)).reference is None  # type: ignore[union-attr]
    assert [each.use for each in used_observations(answer, inputs_of(answer))] == [Use.FIGURE]
