"""What a downstream project proves of its own policy, plan and source in three lines; and that a fault is found."""

from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

from outcome_bees import (
    Evaluation,
    InvalidTypeError,
    Margin,
    Observation,
    Observations,
    Plan,
    Policy,
    Target,
    catalogue,
    load_plan,
)
from outcome_bees.evaluation.policy import POLICIES
from outcome_bees.testing import check_plan, check_policy, check_source, laws

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("policy", POLICIES.values(), ids=list(POLICIES))
def test_the_policies_of_the_library_keep_the_laws(policy: Policy) -> None:
    check_policy(policy, examples=30)


def test_policies_with_amounts_and_dead_bands_keep_the_laws() -> None:
    check_policy(
        Policy(
            id="ours", met_within=Margin(amount=1), near_within=Margin(amount=4), no_change_within=Margin(percent=2)
        ),
        examples=30,
    )


@pytest.mark.parametrize("name", catalogue.names())
def test_the_published_editions_keep_the_laws(name: str) -> None:
    check_plan(catalogue.load(name), examples=2)


def test_plans_of_our_own_keep_the_laws() -> None:
    check_plan(load_plan(ROOT / "tests" / "verdicts" / "documents" / "rules.yaml"), examples=8)


def test_the_example_table_keeps_the_laws() -> None:
    plan = load_plan(ROOT / "examples" / "hertfordshire-2024-25.yaml")
    check_source(ROOT / "examples" / "hertfordshire.csv", plan, examples=2)
    check_source(lambda: ROOT / "examples" / "hertfordshire.csv", examples=1)


def figure(value: object = 1, **fields: object) -> Observation:
    return Observation(**({"measure": "m", "period": "CY2024", "area": "E10000015", "value": value} | fields))  # type: ignore[arg-type]


def test_a_source_that_gives_other_figures_each_time_is_found() -> None:
    given = iter(range(10))
    with pytest.raises(AssertionError, match="the same figures each time"):
        check_source(lambda: [figure(next(given))])


def test_a_source_with_numbers_beside_an_absence_is_found() -> None:
    with pytest.raises(AssertionError, match="No observation has both a number and an absence"):
        check_source([figure(None, absence="suppressed", numerator=3)])


def test_a_source_of_another_plan_is_found() -> None:
    with pytest.raises(AssertionError, match="of a measure of the plan"):
        check_source([figure()], Plan(id="p", title="P"))


def test_a_policy_that_judged_the_wrong_way_round_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def upside_down(target: Target, *, observations: list[Observation], **how: object) -> Evaluation:
        turned = [evolve(each, value=-(each.value or Decimal(0))) for each in observations]
        answer: Evaluation = original(target, observations=turned, **how)
        return answer

    original = vars(laws)["evaluate"]
    monkeypatch.setattr(laws, "evaluate", upside_down)
    with pytest.raises(AssertionError, match=r"never has a worse verdict|is met|same verdict"):
        check_policy(Policy(id="ours"))


@pytest.mark.parametrize("check", [check_plan, check_policy])
def test_what_is_neither_plan_nor_policy_is_refused(check: object) -> None:
    with pytest.raises(InvalidTypeError):
        check("ours")  # type: ignore[operator]


def test_observations_are_a_source() -> None:
    check_source(Observations([figure(), figure(2, period="CY2023")]), examples=5)
