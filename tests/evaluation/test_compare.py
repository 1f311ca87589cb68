"""What became of each item from one edition to the next: by its ties and its id, never by its words."""

from typing import Any

import pytest
from hypothesis import given

from outcome_bees import Lineage, Measure, Plan, Priority, catalogue, compare_plans
from outcome_bees.lineage import ItemChange
from outcome_bees.model.plan import Ambition
from outcome_bees.testing import plans
from outcome_bees.vocabulary import Relation


def plan_of(id: str, *measures: Measure, **rest: Any) -> Plan:
    return Plan(id=id, title=id, measures=measures, **rest)


def measure(id: str, title: str = "Staff survey data", bees: list[str] | None = None, **rest: Any) -> Measure:
    return Measure(id=id, title=title, unit="count", outcome_bees=bees or [], **rest)


def told(*fates: ItemChange) -> list[tuple[str | None, str | None, Relation | None]]:
    return [(fate.old.id if fate.old else None, fate.new.id if fate.new else None, fate.relation) for fate in fates]


def test_the_same_id_goes_on_and_with_other_words_it_is_reworded() -> None:
    compared = compare_plans(
        plan_of("a", measure("m"), measure("n")),
        plan_of("b", measure("m", "STAFF  survey data"), measure("n", "New words")),
    )
    assert told(*compared.fates) == [("m", "m", Relation.SAME), ("n", "n", Relation.REWORDED)]
    assert told(*compared.reworded) == [("n", "n", Relation.REWORDED)]


def test_equal_words_alone_are_no_tie() -> None:
    compared = compare_plans(plan_of("a", measure("m")), plan_of("b", measure("n")))
    assert told(*compared.added) == [(None, "n", None)]
    assert told(*compared.dropped) == [("m", None, None)]
    assert compared.continued == ()


def test_what_the_newer_edition_says_of_the_older_goes_before_the_id() -> None:
    new = measure("m", continues=[Lineage("a", "n", Relation.NARROWED)])
    compared = compare_plans(plan_of("a", measure("m"), measure("n")), plan_of("b", new))
    assert told(*compared.fates) == [("n", "m", Relation.NARROWED), ("m", None, None)]


def test_a_tie_to_another_edition_says_nothing_of_this_one() -> None:
    new = measure("m", continues=[Lineage("z", "n", Relation.SAME)])
    compared = compare_plans(plan_of("a", measure("m"), measure("n")), plan_of("b", new))
    assert told(*compared.continued) == [("m", "m", Relation.SAME)]


def test_one_can_become_two_and_two_one() -> None:
    halves = [measure(id, continues=[Lineage("a", "m", Relation.SPLIT)]) for id in ("x", "y")]
    assert told(*compare_plans(plan_of("a", measure("m")), plan_of("b", *halves)).fates) == [
        ("m", "x", Relation.SPLIT),
        ("m", "y", Relation.SPLIT),
    ]
    both = measure("z", continues=[Lineage("a", id, Relation.MERGED) for id in ("x", "y")])
    old = plan_of("a", measure("x"), measure("y"))
    assert told(*compare_plans(old, plan_of("b", both)).fates) == [
        ("x", "z", Relation.MERGED),
        ("y", "z", Relation.MERGED),
    ]


def test_a_tie_that_leads_nowhere_is_none() -> None:
    new = measure("m", continues=[Lineage("a", "gone", Relation.SAME)])
    compared = compare_plans(plan_of("a", measure("n")), plan_of("b", new))
    assert told(*compared.fates) == [(None, "m", None), ("n", None, None)]


def test_an_item_that_serves_other_bees_has_moved() -> None:
    old = plan_of("a", measure("m", bees=["be-safe", "be-happy"]))
    (fate,) = compare_plans(old, plan_of("b", measure("m", bees=["be-happy", "be-healthy"]))).moved
    assert (fate.bees_lost, fate.bees_gained) == (("be-safe",), ("be-healthy",))
    assert str(fate) == "m: same, from be-safe to be-healthy"


def test_a_measure_moves_with_its_priority() -> None:
    def edition(id: str, bee: str) -> Plan:
        return plan_of(id, measure("m", priority="p"), priorities=[Priority(id="p", title="P", outcome_bees=[bee])])

    compared = compare_plans(edition("a", "be-safe"), edition("b", "be-happy"))
    assert [fate.collection for fate in compared.moved] == ["priorities", "measures"]


def test_fields_said_differently_are_named() -> None:
    old = plan_of("a", measure("m", source="Page 1"))
    new = plan_of("b", measure("m", "Other", direction="increase", source="Page 2"))
    assert compare_plans(old, new).fates[0].changed == ("title", "direction")


def test_ambitions_go_on_as_measures_do() -> None:
    old = Plan(id="a", title="A", ambitions=[Ambition(id="x", title="X")])
    ties = (Lineage("a", "x", Relation.REWORDED),)
    new = Plan(id="b", title="B", ambitions=[Ambition(id="y", title="Y", continues=ties)])
    compared = compare_plans(old, new)
    assert told(*compared.of("ambitions")) == [("x", "y", Relation.REWORDED)]
    assert compared.of("measures") == ()


# The published editions


def test_the_ambitions_of_2024_are_those_of_2021_two_as_they_were_and_three_reworded() -> None:
    compared = compare_plans(catalogue.load("our-way-forward-2021-26"), catalogue.load("strategic-priorities-2024-25"))
    relations = {fate.new.id: fate.relation for fate in compared.of("ambitions") if fate.new}
    assert relations == {
        "local-community": Relation.SAME,
        "trauma-focused-services": Relation.REWORDED,
        "thrive-and-achieve": Relation.REWORDED,
        "skilled-workforce": Relation.REWORDED,
        "early-help": Relation.SAME,
    }


def test_of_26_measures_of_2018_eight_go_on_and_four_of_these_serve_another_bee() -> None:
    compared = compare_plans(catalogue.load("plan-2018-21"), catalogue.load("strategic-priorities-2024-25"))
    measures = compared.of("measures")
    assert len([fate for fate in measures if fate.relation]) == 8
    assert len([fate for fate in measures if fate.new is None]) == 18
    assert {str(fate) for fate in compared.moved} == {
        "care-leavers-suitable-accommodation: same, from be-independent to be-healthy",
        "free-early-education-two-year-olds: widened, as funded-early-education-two-year-olds,"
        " from be-ambitious to be-healthy",
        "children-looked-after: reworded, as cla-rate, from be-safe to be-ambitious",
        "families-first-assessments-needs-met: widened, as family-first-assessments, from be-safe to be-ambitious",
    }


# Laws


@given(plan=plans())
def test_a_plan_beside_itself_has_nothing_new_nothing_dropped_and_nothing_moved(plan: Plan) -> None:
    bare = plan.amended(id="another")
    compared = compare_plans(plan, bare)
    ours = {fate.new.id for fate in compared.of("measures") if fate.new and fate.relation}
    untold = {each.id for each in plan.measures if all(tie.plan != plan.id for tie in each.continues)}
    assert untold <= ours
    assert compared.of("priorities") == tuple(
        ItemChange(collection="priorities", old=each, new=each, relation=Relation.SAME) for each in plan.priorities
    )


@given(old=plans(), new=plans())
def test_every_item_of_either_edition_has_a_fate(old: Plan, new: Plan) -> None:
    compared = compare_plans(old, new)
    for name in ("ambitions", "priorities", "measures"):
        fates = [fate for fate in compared.fates if fate.collection == name]
        assert {fate.old.id for fate in fates if fate.old} == {each.id for each in getattr(old, name)}
        assert {fate.new.id for fate in fates if fate.new} == {each.id for each in getattr(new, name)}
    assert set(compared.fates) == {*compared.continued, *compared.added, *compared.dropped}


@pytest.mark.parametrize("name", ["plan-2018-21", "strategic-priorities-2024-25"])
def test_an_edition_beside_itself_is_the_same_throughout(name: str) -> None:
    edition = catalogue.load(name)
    assert {fate.relation for fate in compare_plans(edition, edition).fates} == {Relation.SAME}
