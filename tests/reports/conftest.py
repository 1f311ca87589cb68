"""A card on published figures. What is made of it needs the extra ``report``, as each module of tests says."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from outcome_bees import Observations, Plan, Scorecard, evaluate_plan, load_observations, load_plan

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
HERTFORDSHIRE = "E10000015"


@pytest.fixture(scope="session")
def plan() -> Plan:
    return load_plan(EXAMPLES / "hertfordshire-2024-25.yaml")


@pytest.fixture(scope="session")
def figures(plan: Plan) -> Observations:
    return load_observations(EXAMPLES / "hertfordshire.csv", plan=plan)


@pytest.fixture(scope="session")
def card_of(plan: Plan, figures: Observations) -> Callable[..., Scorecard]:
    """``card_of(year)``: the card as known at the end of a year."""

    def card(year: int, **rest: Any) -> Scorecard:
        return evaluate_plan(plan, figures, as_of=date(year, 12, 31), area=HERTFORDSHIRE, **rest)

    return card


@pytest.fixture(scope="session")
def card(card_of: Callable[..., Scorecard]) -> Scorecard:
    return card_of(2025)
