"""The outcome of a row whose edges are the same for every row: what is required, and where a tolerance turns round."""

from decimal import Decimal
from typing import Any

import pytest
from tests.frames.test_bulk import AS_OF, BEFORE, EVERY_SORT, HERE, THERE, YEAR, rows_of

from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Evaluation,
    Improve,
    Margin,
    Measure,
    Observation,
    Plan,
    Policy,
    Reach,
    Target,
    evaluate_plan,
)


def plan_of(target: Target) -> Plan:
    measure = Measure(id="m", title="M", unit="score", direction="increase", decimals=1)
    there = Comparator(id="c", title="C", areas=[THERE, "E10000017"], method="median")
    return Plan(id="p", title="P", measures=[measure], targets=[target], comparators=[there])


def answered(engine: str, plan: Plan, values: dict[tuple[str, str], str], **settings: Any) -> dict[str, object]:
    figures: dict[str, list[Any]] = {
        "measure": ["m"] * len(values),
        "period": [period for period, _ in values],
        "area": [area for _, area in values],
        "value": [float(value) for value in values.values()],
    }
    (row,) = (
        each for each in rows_of(engine, plan, figures, **settings) if (each["area"], each["period"]) == (HERE, YEAR)
    )
    return row


def evaluated(plan: Plan, values: dict[tuple[str, str], str], **settings: Any) -> Evaluation:
    figures = [
        Observation(measure="m", period=period, area=area, value=value) for (period, area), value in values.items()
    ]
    (found,) = evaluate_plan(plan, figures, as_of=AS_OF, area=HERE, **settings).evaluations
    return found


@EVERY_SORT
def test_a_number_of_the_plan_is_required_with_all_its_decimals(engine: str) -> None:
    plan = plan_of(Target(id="t", measure="m", aim=Reach(Decimal("60.123456789")), due=YEAR))
    assert answered(engine, plan, {(YEAR, HERE): "61"})["required"] == 60.123456789


@EVERY_SORT
def test_a_number_that_was_worked_out_is_required_without_what_floats_add(engine: str) -> None:
    plan = plan_of(Target(id="t", measure="m", aim=Beat("c"), due=YEAR))
    values = {(YEAR, HERE): "61", (YEAR, THERE): "0.1", (YEAR, "E10000017"): "0.3333333333"}
    assert answered(engine, plan, values)["required"] == 0.2166667


VALUES = ("-60", "-55", "-54.9", "-50", "-45", "45", "49.9", "55")


@pytest.mark.parametrize("before", ["-50", "50"])
@pytest.mark.parametrize("aim", [Improve(), Improve(Margin(amount=5)), Improve(Margin(percent=10))])
@pytest.mark.parametrize("tolerance", [Margin(percent=10), Margin(amount=5)])
def test_a_share_of_a_number_below_zero_lies_on_its_worse_side_too(
    before: str, aim: Improve, tolerance: Margin
) -> None:
    target = Target(id="t", measure="m", aim=aim, due=YEAR, baseline=Baseline(BEFORE), tolerance=tolerance)
    each = [{(BEFORE, HERE): before, (YEAR, HERE): value} for value in VALUES]
    found = [answered("polars", plan_of(target), values)["status"] for values in each]
    assert found == [evaluated(plan_of(target), values).status for values in each]


@pytest.mark.parametrize("before", ["-50", "50", "0"])
def test_no_change_within_a_share_of_a_number_below_zero_is_on_both_its_sides(before: str) -> None:
    policy = Policy(id="ours", no_change_within=Margin(percent=10))
    plan = plan_of(Target(id="t", measure="m", aim=Reach(60), due=YEAR))
    each = [{(BEFORE, HERE): before, (YEAR, HERE): value} for value in ("-55.1", "-55", "-50", "-45", *VALUES)]
    found = [answered("polars", plan, values, policy=policy)["travel"] for values in each]
    one_by_one = [evaluated(plan, values, policy=policy).travel for values in each]
    assert found == [None if travel is None else travel.value for travel in one_by_one]
