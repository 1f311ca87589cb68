"""A plan fits together, or all that does not is said at once."""

import pytest

from outcome_bees import (
    Ambition,
    Beat,
    Comparator,
    Hold,
    Improve,
    Measure,
    OutcomeBee,
    Plan,
    PlanError,
    Policy,
    Priority,
    Rank,
    Reach,
    Target,
)
from outcome_bees.errors import UnknownNameError
from outcome_bees.model.local_policy import FIVE_PER_CENT


def count(id: str, **fields: object) -> Measure:
    return Measure(**{"id": id, "title": id, "unit": "count", **fields})  # type: ignore[arg-type]


PLAN = Plan(
    id="p",
    title="P",
    outcome_bees=[OutcomeBee(id="be-curious", name="Be Curious")],
    ambitions=[Ambition(id="a", title="A")],
    priorities=[
        Priority(id="one", title="One", ambition="a", outcome_bees=["be-safe"]),
        Priority(id="two", title="Two"),
    ],
    measures=[
        count("x", priority="one"),
        count("whole", kind="compound", components=["part"], unit=None, priority="one"),
        count("part"),
        count("y", priority="two", outcome_bees=["be-curious"]),
    ],
)


def test_all_problems_of_a_plan_are_said_at_once_with_their_paths() -> None:
    with pytest.raises(PlanError) as refused:
        Plan(
            id="p",
            title="P",
            priorities=[Priority(id="one", title="One", ambition="nowhere", outcome_bees=["be-kind"])],
            measures=[count("x", priority="oen"), count("x"), count("w", unit=None, kind="compound", components=["z"])],
            targets=[
                Target(id="t", measure="xx", aim=Beat("england")),
                Target(id="u", measure="w", aim=Rank(1, 4, "all")),
            ],
        )
    assert sorted(problem.path for problem in refused.value.problems) == [
        "$.measures[0].priority",
        "$.measures[1].id",
        "$.measures[2].components[0]",
        "$.priorities[0].ambition",
        "$.priorities[0].outcome_bees[0]",
        "$.targets[0].aim.comparator",
        "$.targets[0].measure",
        "$.targets[1].aim.among",
    ]
    assert "did you mean 'one'?" in str(refused.value)


def test_a_measure_cannot_be_part_of_itself_by_way_of_others() -> None:
    with pytest.raises(PlanError) as refused:
        Plan(
            id="p",
            title="P",
            measures=[
                count("a", unit=None, kind="compound", components=["b"]),
                count("b", unit=None, kind="compound", components=["a"]),
            ],
        )
    assert "part of themselves: a → b → a" in str(refused.value) or "b → a → b" in str(refused.value)


def test_a_target_in_a_unit_that_cannot_be_compared_is_refused() -> None:
    target = Target(id="t", measure="m", aim=Reach(5), unit="child")
    with pytest.raises(PlanError) as refused:
        Plan(id="p", title="P", measures=[count("m", unit="percent")], targets=[target])
    assert "given child; allowed: a unit that can be compared with percent" in str(refused.value)


@pytest.mark.parametrize("aim", [Improve(), Beat("england"), Rank(1, 4)])
def test_what_is_to_be_maintained_cannot_be_asked_to_become_better(aim: Improve) -> None:
    steady = count("m", direction="maintain")
    england = Comparator(id="england", title="England", areas=["E92000001"])
    with pytest.raises(PlanError) as refused:
        Plan(
            id="p", title="P", measures=[steady], targets=[Target(id="t", measure="m", aim=aim)], comparators=[england]
        )
    assert "since the measure is to be maintained" in str(refused.value)
    assert Plan(id="p", title="P", measures=[steady], targets=[Target(id="t", measure="m", aim=Hold())]).targets


def test_measures_are_found_by_bee_priority_and_ambition_in_document_order_without_parts() -> None:
    assert [each.id for each in PLAN.measures_of(bee="Bee safe")] == ["x", "whole"]
    assert [each.id for each in PLAN.measures_of(bee="Be Curious")] == ["y"]
    own = Plan(
        id="p",
        title="P",
        outcome_bees=[OutcomeBee(id="joy", name="Be Joyful")],
        measures=[count("z", outcome_bees=["joy"])],
    )
    assert (
        [each.id for each in own.measures_of(bee="bee joyful")]
        == [each.id for each in own.measures_of(bee="joy")]
        == ["z"]
    )
    assert [each.id for each in PLAN.measures_of(ambition="a")] == ["x", "whole"]
    assert [each.id for each in PLAN.measures_of(priority="two")] == ["y"]
    assert [each.id for each in PLAN.measures_of()] == ["x", "whole", "y"]


def test_a_part_belongs_where_its_compound_measure_does() -> None:
    part = PLAN.measure("part")
    assert PLAN.bees_of(part) == ("be-safe",)
    assert PLAN.ambition_of(part) == "a"


@pytest.mark.parametrize("wrong", [{"bee": "be-kind"}, {"priority": "three"}, {"ambition": "b"}])
def test_what_a_plan_does_not_have_is_refused_with_what_it_has(wrong: dict[str, str]) -> None:
    with pytest.raises(UnknownNameError):
        PLAN.measures_of(**wrong)
    with pytest.raises(UnknownNameError, match="did you mean part"):
        PLAN.measure("prat")


def test_titles_may_meet_because_ids_are_identity() -> None:
    plan = Plan(
        id="p", title="P", measures=[count("a", title="Staff survey data"), count("b", title="Staff survey data")]
    )
    assert len(plan.measures) == 2


def test_a_plan_may_state_a_policy_that_comes_with_the_library_as_it_is_and_no_other_by_its_id() -> None:
    assert Plan(id="p", title="P", policies=[FIVE_PER_CENT]).policies == (FIVE_PER_CENT,)
    with pytest.raises(PlanError) as caught:
        Plan(id="p", title="P", policies=[Policy(id=FIVE_PER_CENT.id)])
    (problem,) = caught.value.problems
    assert "is the id of a policy that comes with the library" in str(problem)
