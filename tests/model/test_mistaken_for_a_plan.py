"""What is given where a plan is wanted: refused in one way by everything that takes one, with what would make it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from outcome_bees import compare_plans, dump_plan, evaluate_plan, frames, lint, load_observations
from outcome_bees.errors import InvalidTypeError
from outcome_bees.interchange import to_iati, to_stratml

TAKES_A_PLAN: dict[str, Callable[[Any], Any]] = {
    "evaluate_plan": lambda given: evaluate_plan(given, [], as_of=date(2025, 12, 31)),
    "frames.evaluate": lambda given: frames.evaluate(given, {}, as_of=date(2025, 12, 31)),  # type: ignore[type-var]  # no frame is read
    "frames.scan": lambda given: frames.scan("figures.csv", given),
    "lint": lint,
    "compare_plans": lambda given: compare_plans(given, given),
    "dump_plan": lambda given: dump_plan(given, "plan.yaml"),
    "load_observations": lambda given: load_observations("figures.csv", given),
    "to_stratml": to_stratml,
    "to_iati": to_iati,
}


@pytest.mark.parametrize("name", TAKES_A_PLAN)
@pytest.mark.parametrize("given", ["plan.yaml", Path("plan.yaml")])
def test_the_name_of_a_file_is_no_plan_yet(name: str, given: object) -> None:
    with pytest.raises(InvalidTypeError, match=r"allowed: a Plan \(load_plan reads a file\)"):
        TAKES_A_PLAN[name](given)


@pytest.mark.parametrize("name", TAKES_A_PLAN)
def test_anything_else_is_named_as_it_is(name: str) -> None:
    with pytest.raises(InvalidTypeError, match=r"given 7; allowed: a Plan$"):
        TAKES_A_PLAN[name](7)
