"""What an answer was made from is found by its id, and kept beside the answer alone."""

import copy
import pickle
from datetime import date

import pytest

import outcome_bees
from outcome_bees import Measure, Observations, Plan, Reach, Target
from outcome_bees.evaluation.inputs import Inputs
from outcome_bees.evaluation.policy import STANDARD

MEASURES = [Measure(id=id, title=id, unit="percent", direction="increase") for id in ("one", "two")]
TARGETS = [Target(id=f"t-{each.id}", measure=each.id, aim=Reach(5), due="CY2024") for each in MEASURES]


def inputs(plan: Plan | None = None, measure: Measure | None = None, target: Target | None = None) -> Inputs:
    given = {"plan": plan, "measure": measure, "target": target}
    return Inputs(**given, observations=Observations(), as_of=date(2025, 1, 1), area=None, policy=STANDARD)  # type: ignore[arg-type]


def test_a_measure_and_its_target_by_themselves_are_found_by_their_own_ids_alone() -> None:
    made = inputs(measure=MEASURES[0], target=TARGETS[0])
    assert (made.measure_of("one"), made.measure_of("two")) == (MEASURES[0], None)
    assert (made.target_of("t-one"), made.target_of("t-two"), made.target_of(None)) == (TARGETS[0], None, None)
    without = inputs(measure=MEASURES[0])
    assert (without.target_of("t-one"), without.target_of(None), inputs().measure_of("one")) == (None, None, None)


def test_measures_and_targets_of_a_plan_are_found_by_their_ids() -> None:
    made = inputs(Plan(id="p", title="P", measures=MEASURES, targets=TARGETS))
    assert [made.measure_of(id) for id in ("one", "two", "three")] == [*MEASURES, None]
    assert [made.target_of(id) for id in ("t-one", "t-two", "one", None)] == [*TARGETS, None, None]
    found = dict(made.derived)
    assert {*found} == {"measures", "targets"}
    assert (made.measure_of("two"), made.target_of("t-two")) == (MEASURES[1], TARGETS[1])
    assert all(made.derived[each] is found[each] for each in found)  # what was found once is kept


def test_inputs_are_of_this_library_and_whole_unless_stated() -> None:
    made = inputs()
    assert (made.library, made.partial, dict(made.comparators)) == (outcome_bees.__version__, False, {})


@pytest.mark.parametrize("forgetting", [copy.copy, lambda made: pickle.loads(pickle.dumps(made))])
def test_inputs_leave_no_machine_and_a_deep_copy_shares_them(forgetting: object) -> None:
    made = inputs()
    assert callable(forgetting)
    assert forgetting(made) is None
    assert copy.deepcopy(made) is made
