"""The rules of a plan in numbers: found once for what is alike, and for each target what it has alone."""

from datetime import date
from decimal import Decimal
from typing import Any
from unittest import mock

import pytest
from attrs import evolve

from outcome_bees import (
    Baseline,
    Complete,
    Hold,
    Improve,
    Linear,
    Margin,
    Measure,
    Period,
    Plan,
    Profile,
    Reach,
    StayBetween,
    Target,
    frames,
)
from outcome_bees.evaluation.compiled import CompiledTarget
from outcome_bees.evaluation.edges import edges_of
from outcome_bees.evaluation.policy import STANDARD
from outcome_bees.frames.plan_tables import PlanTables, tasks_of
from outcome_bees.frames.task_rules import rules_of

AS_OF = date(2025, 1, 31)
QUARTERS = [Period.quarter(year, quarter, "financial") for year in (2021, 2022, 2023) for quarter in (1, 2, 3, 4)]
SINCE, DUE = QUARTERS[1], QUARTERS[-2]
WANTED = [
    Target(id="t", measure="m", aim=Reach(40), due=DUE, tolerance=Margin(amount=5)),
    Target(id="t", measure="m", aim=Reach(41.5), due=DUE),
    Target(id="t", measure="m", aim=Reach(60), due=DUE, baseline=Baseline(SINCE, 20), trajectory=Linear()),
    Target(id="t", measure="m", aim=Reach(30), due=DUE, baseline=Baseline(SINCE, 20), trajectory=Linear()),
    Target(id="t", measure="m", aim=Reach(9), due=DUE, trajectory=Profile({QUARTERS[4]: Decimal(5)})),
    Target(id="t", measure="m", aim=Improve(Margin(percent=5)), due=DUE, baseline=Baseline(SINCE)),
    Target(id="t", measure="m", aim=Improve(Margin(percent=9)), due=DUE, baseline=Baseline(SINCE)),
    Target(id="t", measure="m", aim=StayBetween(20, 30), due=DUE),
    Target(id="t", measure="m", aim=StayBetween(50, 70), due=DUE),
    Target(id="t", measure="m", aim=Reach(0), due=DUE, tolerance=Margin(amount=1)),
]
KINDS: dict[str, dict[str, Any]] = {
    "as they are": {},
    "less is better": {"direction": "decrease"},
    "to be maintained": {"direction": "maintain"},
    "a break": {"breaks": (QUARTERS[5].start,)},
    "ended": {"ended": QUARTERS[7].end},
    "a running total": {"unit": "count", "timing": "cumulative"},
}


def plan_of(targets: list[Target], measure: Measure) -> Plan:
    """A plan in which each target has a measure of its own, all of one sort."""
    named = [evolve(each, id=f"t{at}", measure=f"m{at}") for at, each in enumerate(targets)]
    return Plan(id="p", title="P", measures=[evolve(measure, id=each.measure) for each in named], targets=named)


def tables_of(plan: Plan) -> PlanTables:
    seen: dict[tuple[str, tuple[str, ...]], tuple[Period, ...]] = {
        (each.id, ()): tuple(QUARTERS) for each in plan.measures
    }
    return PlanTables(tasks_of(plan), seen, (), AS_OF, STANDARD, history=False)


def rows_of(frame: Any) -> list[str]:
    """Every row in words, what is required and the gap with six digits."""
    texts = [[round(cell, 6) if isinstance(cell, float) else cell for cell in row] for row in frame.rows()]
    return sorted(map(repr, texts))


@pytest.mark.parametrize("history", [False, True])
@pytest.mark.parametrize("kind", list(KINDS))
def test_targets_that_are_alike_are_answered_as_each_is_alone(kind: str, history: bool) -> None:
    pl = pytest.importorskip("polars")
    given = {"unit": "percent", "direction": "increase", **KINDS[kind]}
    measure = Measure(id="m", title="M", **given)
    maintained = measure.direction == "maintain"
    targets = [each for each in WANTED if not (maintained and isinstance(each.aim, Improve))]
    targets += [evolve(WANTED[5], aim=Hold()), evolve(WANTED[5], aim=Hold(), baseline=Baseline(SINCE, 33))]
    plan = plan_of(targets, measure)
    values = [[(at * 7 + number * 5) % 61 for number in range(len(QUARTERS))] for at in range(len(targets))]
    rows = [
        (f"m{at}", period.code, "E1", float(value))
        for at, held in enumerate(values)
        for period, value in zip(QUARTERS, held, strict=True)
    ]
    figures = pl.DataFrame(rows, schema=["measure", "period", "area", "value"], orient="row")
    together = frames.evaluate(plan, figures, as_of=AS_OF, history=history)
    for at, target in enumerate(plan.targets):
        alone = evolve(plan, measures=[plan.measures[at]], targets=[target])
        wanted = frames.evaluate(alone, figures, as_of=AS_OF, history=history)
        found = together.filter(pl.col("measure") == target.measure)
        assert rows_of(found) == rows_of(wanted), target


def test_a_flat_target_is_compiled_once_however_many_periods_there_are() -> None:
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    plan = plan_of([evolve(WANTED[0], aim=Reach(number)) for number in range(30)], measure)
    with (
        mock.patch(f"{rules_of.__module__}.edges_of", wraps=edges_of) as edges,
        mock.patch(f"{rules_of.__module__}.CompiledTarget", wraps=CompiledTarget) as shapes,
    ):
        found = rules_of(tables_of(plan))
    assert len(found.table) == 30 * (2 + len(QUARTERS) - 1)  # beside no figure and none in sight; one is after the due
    assert (edges.call_count, shapes.call_count) == (30, 1)


def test_what_is_the_same_in_every_row_is_no_column() -> None:
    found = rules_of(tables_of(plan_of(WANTED[:2], Measure(id="m", title="M", unit="percent", direction="increase"))))
    assert (found.constant["sign"], found.constant["digits"], found.digits) == (1.0, 1, [1])
    assert not set(found.constant) & set(found.table.types)
    assert {"t", "best", "target", "low"} <= set(found.table.types)


def test_a_milestone_is_of_another_shape_than_a_number() -> None:
    milestone = Measure(id="a", title="A", unit="milestone", direction="increase")
    number = Measure(id="b", title="B", unit="percent", direction="increase")
    done = Target(id="done", measure="a", aim=Complete(), due=DUE)
    reached = [Target(id=f"b{aim}", measure="b", aim=Reach(aim), due=DUE) for aim in (1, 2)]
    tables = tables_of(Plan(id="p", title="P", measures=[milestone, number], targets=[done, *reached]))
    assert [tables.first_alike(task).number for task in tables.tasks] == [0, 1, 1]
