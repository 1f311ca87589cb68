"""A plan fits together, or all that does not is said at once."""

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

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
    StayBetween,
    Target,
)
from outcome_bees.errors import InvalidTypeError, UnknownNameError
from outcome_bees.model.local_policy import FIVE_PER_CENT
from outcome_bees.model.plan import check_plan_given


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


def problems(**fields: Any) -> list[tuple[str, str]]:
    call: dict[str, Any] = {"id": "p", "title": "P"}
    with pytest.raises(PlanError) as caught:
        Plan(**call | fields)
    return [(each.path, each.message) for each in caught.value.problems]


def target(**fields: Any) -> Target:
    call: dict[str, Any] = {"id": "t", "measure": "m", "aim": Reach(5)}
    return Target(**call | fields)


ENGLAND = Comparator(id="england", title="England", areas=["E92000001"])


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("outcome_bees", OutcomeBee(id="a", name="A")),
        ("ambitions", Ambition(id="a", title="A")),
        ("priorities", Priority(id="a", title="A")),
        ("measures", count("a")),
        ("targets", target(id="a", measure="be")),
        ("comparators", Comparator(id="a", title="A", areas=["E1"])),
        ("policies", Policy(id="a")),
    ],
)
def test_an_id_that_a_collection_has_again_is_said_with_where_it_was_first(name: str, item: Any) -> None:
    others = {"measures": [count("be")]} if name == "targets" else {}
    between = evolve(item, id="b")
    assert problems(**{name: [between, item, item, between, item]} | others) == [
        (f"$.{name}[2].id", f"'a' is the id of {name}[1] already"),
        (f"$.{name}[3].id", f"'b' is the id of {name}[0] already"),
        (f"$.{name}[4].id", f"'a' is the id of {name}[1] already"),
    ]


def test_what_leads_nowhere_is_said_with_what_it_should_be_among_and_the_nearest() -> None:
    assert problems(
        priorities=[Priority(id="one", title="One"), Priority(id="two", title="Two", outcome_bees=["be-safe", "zzz"])],
        measures=[
            count("m", priority="ones"),
            count("n", outcome_bees=["be-happy", "be-hapy"]),
            count("w", unit=None, kind="compound", components=["m", "zzz"]),
        ],
        targets=[
            target(id="s", measure="n", aim=Rank(1, 4)),
            target(id="t", measure="zzz"),
            target(id="u", aim=Beat("england")),
            target(id="v", aim=Rank(1, 4, "englnd")),
        ],
        comparators=[ENGLAND],
    ) == [
        ("$.priorities[1].outcome_bees[1]", "'zzz' is not the id of any of the plan's outcome_bees"),
        ("$.measures[0].priority", "'ones' is not the id of any of the plan's priorities; did you mean 'one'?"),
        (
            "$.measures[1].outcome_bees[1]",
            "'be-hapy' is not the id of any of the plan's outcome_bees; did you mean 'be-happy'?",
        ),
        ("$.measures[2].components[1]", "'zzz' is not the id of any of the plan's measures"),
        ("$.targets[1].measure", "'zzz' is not the id of any of the plan's measures"),
        ("$.targets[3].aim.among", "'englnd' is not the id of any of the plan's comparators; did you mean 'england'?"),
    ]


def test_measures_that_are_part_of_themselves_are_said_at_the_first_of_the_ring() -> None:
    whole = {"unit": None, "kind": "compound"}
    (found,) = problems(
        measures=[
            count("x"),
            count("above", components=["a", "x"], **whole),
            count("a", components=["b"], **whole),
            count("b", components=["a"], **whole),
        ]
    )
    assert found[0] == "$.measures[2].components"
    assert found[1] in {f"measures that are part of themselves: {ring}" for ring in ("a → b → a", "b → a → b")}


@pytest.mark.parametrize(
    ("measure", "fields", "message"),
    [
        ({"unit": "percent"}, {"unit": "day"}, "a unit that can be compared with percent, the unit of m"),
        ({"unit": "score out of 5"}, {"aim": Reach(6)}, "0 to 5, for it is a score out of 5"),
        ({"unit": "score out of 5"}, {"aim": StayBetween(1, 6)}, "0 to 5, for it is a score out of 5"),
        ({"unit": "score"}, {"aim": Reach(6), "unit": "score out of 5"}, "0 to 5, for it is a score out of 5"),
        *(
            (
                {"direction": "maintain"},
                {"aim": aim},
                "reach, stay_between, hold or complete, since the measure is to be maintained",
            )
            for aim in (Improve(), Beat("england"), Rank(1, 4))
        ),
    ],
)
def test_a_target_asks_for_nothing_that_its_measure_cannot_have(
    measure: dict[str, Any], fields: dict[str, Any], message: str
) -> None:
    asked = [target(id="other", measure="n"), target(**fields)]
    ((path, found),) = problems(measures=[count("n"), count("m", **measure)], targets=asked, comparators=[ENGLAND])
    assert path == f"$.targets[1].{'unit' if 'unit' in message.split() and 'compared' in message else 'aim'}"
    assert found.endswith(f"; allowed: {message}")


@pytest.mark.parametrize(
    ("measure", "fields"),
    [
        ({"unit": "percent"}, {"unit": "per_1000"}),
        ({"unit": None, "kind": "count"}, {"unit": "day"}),
        ({"unit": None, "kind": "count"}, {"aim": Reach(1_000_000)}),
        ({"unit": "score out of 5"}, {"aim": Reach(5)}),
        ({"unit": "score out of 5"}, {"aim": StayBetween(0, 5)}),
        ({"unit": "score out of 5"}, {"aim": Improve()}),
        *(({"direction": "maintain"}, {"aim": aim}) for aim in (Reach(5), StayBetween(1, 2), Hold(), None)),
        *(({"direction": "increase"}, {"aim": aim}) for aim in (Improve(), Beat("england"), Rank(1, 4))),
        *(({}, {"aim": aim}) for aim in (Improve(), Beat("england"), Rank(1, 4, "england"))),
    ],
)
def test_whatever_it_can_have_may_be_asked_for(measure: dict[str, Any], fields: dict[str, Any]) -> None:
    plan = Plan(id="p", title="P", measures=[count("m", **measure)], targets=[target(**fields)], comparators=[ENGLAND])
    assert plan.targets[0].measure == "m"


def test_an_amended_plan_has_new_items_last_and_known_ones_in_their_places() -> None:
    new = count("y", title="New", priority="two")
    amended = PLAN.amended(
        id="q",
        title="Q",
        measures=[count("z"), new],
        ambitions=[Ambition(id="b", title="B"), Ambition(id="a", title="Other")],
        priorities=[Priority(id="three", title="Three")],
        outcome_bees=[OutcomeBee(id="be-kind", name="Be Kind")],
        targets=[target(measure="x")],
        comparators=[ENGLAND],
        policies=[Policy(id="ours")],
    )
    assert (amended.id, amended.title) == ("q", "Q")
    assert [each.id for each in amended.measures] == ["x", "whole", "part", "y", "z"]
    assert amended.measure("y") is new
    assert [each.title for each in amended.ambitions] == ["Other", "B"]
    assert [each.id for each in amended.priorities] == ["one", "two", "three"]
    assert [each.id for each in amended.outcome_bees] == ["be-curious", "be-kind"]
    assert [len(each) for each in (amended.targets, amended.comparators, amended.policies)] == [1, 1, 1]
    assert PLAN.amended() == PLAN
    assert len(PLAN.measures) == 4
    with pytest.raises(PlanError) as caught:
        PLAN.amended(measures=[new, new])
    assert [each.path for each in caught.value.problems] == ["$.measures[4].id"]
    with pytest.raises(InvalidTypeError, match="objects of Measure"):
        PLAN.amended(measures=["y"])  # type: ignore[list-item]


def test_what_a_measure_serves_is_its_own_its_compound_measures_and_its_prioritys() -> None:
    plan = evolve(
        PLAN,
        measures=[
            count("whole", kind="compound", components=["inner"], unit=None, priority="one", outcome_bees=["be-happy"]),
            count("inner", kind="compound", components=["part"], unit=None, outcome_bees=["be-curious"]),
            count("part", outcome_bees=["be-healthy", "be-curious"]),
            count("alone"),
            count("of-two", priority="two"),
        ],
    )
    serves = {each.id: plan.bees_of(each) for each in plan.measures}
    assert serves == {
        "whole": ("be-happy", "be-safe"),
        "inner": ("be-curious", "be-happy", "be-safe"),
        "part": ("be-healthy", "be-curious", "be-safe"),
        "alone": (),
        "of-two": (),
    }
    of_priority = {each.id: getattr(plan.priority_of(each), "id", None) for each in plan.measures}
    assert of_priority == {"whole": "one", "inner": "one", "part": "one", "alone": None, "of-two": "two"}
    assert [plan.ambition_of(each) for each in plan.measures] == ["a", "a", "a", None, None]
    assert [each.id for each in plan.compounds()] == ["inner", "whole"]
    assert plan.parts == {"inner", "part"}
    assert [each.id for each in plan.measures_of()] == ["whole", "alone", "of-two"]
    assert [each.id for each in plan.measures_of(bee="be-safe", priority="one", ambition="a")] == ["whole"]
    assert plan.measures_of(bee="be-safe", priority="two") == plan.measures_of(priority="two", ambition="a") == ()
    assert [each.id for each in plan.bees] == ["be-curious", "be-safe", "be-happy", "be-healthy"]


def test_a_bee_of_a_plan_is_asked_for_by_itself_its_id_or_its_name() -> None:
    curious = PLAN.outcome_bees[0]
    assert (curious.title, curious.name) == ("Be Curious", "Be Curious")
    assert PLAN.measures_of(bee=curious) == PLAN.measures_of(bee="be-curious") == PLAN.measures_of(bee="Bee curious")
    with pytest.raises(UnknownNameError) as caught:
        PLAN.measures_of(bee="be-curios")
    assert str(caught.value).startswith("outcome bee: given 'be-curios'; allowed: be-safe, be-healthy")
    assert "did you mean be-curious?" in str(caught.value)


@pytest.mark.parametrize(("given", "hint"), [("plan.yaml", True), (Path("plan.yaml"), True), (5, False), (None, False)])
def test_what_is_no_plan_is_refused(given: Any, hint: bool) -> None:
    with pytest.raises(InvalidTypeError) as caught:
        check_plan_given("plan", given)
    assert str(caught.value) == f"plan: given {given!r}; allowed: a Plan{' (load_plan reads a file)' if hint else ''}"
    check_plan_given("plan", PLAN)


def test_a_plan_and_its_items_are_written_in_one_line() -> None:
    assert repr(PLAN) == "<Plan p: 4 measures, 0 targets>"
    assert [repr(each) for each in (*PLAN.ambitions, *PLAN.priorities, *PLAN.measures[:2])] == [
        "<Ambition a: A>",
        "<Priority one: One>",
        "<Priority two: Two>",
        "<Measure x: count, no direction>",
        "<Measure whole: compound, no direction>",
    ]
    assert repr(count("x", direction="increase")) == "<Measure x: count, increase>"
