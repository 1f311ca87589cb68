"""From observations to columns, and from rows of answers to evaluations: what each has, and what is left out."""

from datetime import date
from typing import Any

import pytest

from outcome_bees import Measure, Observation, Plan, Policy, Reach, Target, frames
from outcome_bees.errors import InvalidValueError, UnknownNameError

AS_OF = date(2025, 6, 1)
ROW: dict[str, Any] = {
    "target": "t",
    "measure": "m",
    "area": "E10000015",
    "period": "FY2024-25",
    "value": 61.0,
    "required": 60.0,
    "gap": 1.0,
    "verdict": "met",
    "status": "achieved",
    "reason": None,
    "rag": "green",
    "travel": "improving",
}
GIRLS = Target(id="t", measure="m", aim=Reach(60), due="FY2024-25", breakdown={"sex": "girls"})
PLAN = Plan(
    id="p",
    title="P",
    measures=[Measure(id="m", title="M", unit="percent", direction="increase")],
    targets=[GIRLS],
    policies=[Policy(id="ours")],
)


def one(plan: Plan | None = None, policy: Any = "standard", **cells: Any) -> Any:
    frame = pytest.importorskip("polars").DataFrame([{**ROW, **cells}])
    (found,) = frames.evaluations(frame, as_of="2025-06-01", policy=policy, plan=plan)
    return found


def test_a_row_is_an_evaluation_with_its_numbers_exact() -> None:
    found = one()
    assert (found.target, found.measure, found.area, found.as_of, found.policy) == (
        "t",
        "m",
        "E10000015",
        AS_OF,
        "standard",
    )
    assert (found.status, found.verdict, found.reason, found.travel) == ("achieved", "met", None, "improving")
    assert (str(found.value), str(found.required), str(found.gap)) == ("61.0", "60.0", "1.0")
    assert found.explanation == "Achieved."
    assert found.due is None


def test_the_plan_gives_the_due_period_and_the_part() -> None:
    found = one(PLAN)
    assert (found.due, found.breakdown) == (GIRLS.due, {"sex": "girls"})
    assert found.observation.breakdown == {"sex": "girls"}
    assert one(PLAN, target=None).due is None


def test_the_policy_may_be_one_of_the_plans_own() -> None:
    assert one(PLAN, "ours").policy == "ours"
    with pytest.raises(UnknownNameError, match="ours"):
        one(None, "ours")


@pytest.mark.parametrize(
    ("reason", "absence"),
    [
        ("suppressed", "suppressed"),
        ("low", "low"),
        ("not_available", "not_available"),
        ("comparator_missing", "not_available"),
    ],
)
def test_a_row_without_a_value_says_why_there_is_none(reason: str, absence: str) -> None:
    nothing = dict.fromkeys(("value", "required", "gap", "verdict", "travel"))
    found = one(**nothing, status="not_assessed", reason=reason)
    assert (found.reason, found.observation.absence, found.value) == (reason, absence, None)
    assert found.explanation.startswith("Not assessed: ")
    assert found.explanation.endswith(".")


def test_a_row_that_used_no_figure_has_none() -> None:
    assert one(period=None, value=None, status="not_assessed", reason="no_data", verdict=None).observation is None


@pytest.mark.parametrize("engine", ["pandas", "polars"])
def test_nan_is_no_number(engine: str) -> None:
    nan = {"value": float("nan"), "gap": float("nan"), "status": "not_assessed", "reason": "low", "verdict": None}
    (found,) = frames.evaluations(pytest.importorskip(engine).DataFrame([{**ROW, **nan}]), as_of=AS_OF)
    assert (found.value, found.gap, str(found.required)) == (None, None, "60.0")


@pytest.mark.parametrize("column", [each.name for each in frames.RESULTS])
def test_a_column_that_is_missing_is_named(column: str) -> None:
    frame = pytest.importorskip("polars").DataFrame([{name: cell for name, cell in ROW.items() if name != column}])
    with pytest.raises(InvalidValueError, match=f"a frame with a column '{column}'"):
        frames.evaluations(frame, as_of=AS_OF)


def test_observations_become_columns_and_those_that_hold_nothing_are_left_out() -> None:
    plain = Observation(measure="m", period="CY2024", area="E10000015", value="56.3")
    full = Observation(
        measure="m",
        period="CY2025",
        area="E10000016",
        value="50",
        unit="percent",
        recorded="2025-05-01",
        revision="final",
        numerator=5,
        denominator=10,
        lower=45,
        upper=55,
        breakdown={"sex": "girls"},
    )
    absent = Observation(measure="m", period="CY2026", area="E10000017", absence="suppressed")
    assert frames.from_observations([plain, full, absent]) == {
        "measure": ["m"] * 3,
        "period": ["CY2024", "CY2025", "CY2026"],
        "area": ["E10000015", "E10000016", "E10000017"],
        "value": [56.3, 50.0, None],
        "absence": [None, None, "suppressed"],
        "unit": [None, "percent", None],
        "recorded": [None, date(2025, 5, 1), None],
        "revision": [None, "final", None],
        "numerator": [None, 5.0, None],
        "denominator": [None, 10.0, None],
        "lower": [None, 45.0, None],
        "upper": [None, 55.0, None],
        "sex": [None, "girls", None],
    }
    columns = frames.from_observations([plain, full, absent])
    words = [columns[name] for name in ("measure", "period", "absence", "unit", "revision")]
    assert {type(cell) for held in words for cell in held} == {str, type(None)}  # no engine need know our words
    assert list(frames.from_observations([plain])) == ["measure", "period", "area", "value"]
    assert frames.from_observations([]) == {"measure": [], "period": [], "area": [], "value": []}
