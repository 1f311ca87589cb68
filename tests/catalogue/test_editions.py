"""The editions hold what was counted by hand in the published documents, and nothing besides."""

import subprocess
import sys
from collections import Counter
from datetime import date
from typing import Any

import pytest

from outcome_bees import (
    OUTCOME_BEES,
    Beat,
    Complete,
    Direction,
    Improve,
    MeasureKind,
    OutcomeBeesError,
    Plan,
    Priority,
    Rank,
    Reach,
    catalogue,
)
from outcome_bees.errors import UnknownNameError
from outcome_bees.model.measure import Measure

EDITIONS = ("our-way-forward-2021-26", "plan-2018-21", "strategic-priorities-2024-25")
PRIORITIES_2024_25 = {
    "be-ambitious": 4,
    "be-resilient": 4,
    "be-safe": 3,
    "be-healthy": 2,
    "be-included": 2,
    "be-happy": 1,
    "be-independent": 1,
}
MEASURES_2024_25 = {
    "be-ambitious": 9,
    "be-safe": 8,
    "be-resilient": 6,
    "be-healthy": 4,
    "be-included": 2,
    "be-happy": 2,
    "be-independent": 1,
}


@pytest.fixture(scope="module")
def first() -> Plan:
    return catalogue.load("plan-2018-21")


@pytest.fixture(scope="module")
def second() -> Plan:
    return catalogue.load("our-way-forward-2021-26")


@pytest.fixture(scope="module")
def third() -> Plan:
    return catalogue.load("strategic-priorities-2024-25")


def published(plan: Plan) -> list[Measure]:
    """The measures that stand in an edition's own lists of measures."""
    return [each for each in plan.measures if each.id not in plan.parts and plan.bees_of(each)]


# The catalogue


def test_the_catalogue_has_three_editions() -> None:
    assert catalogue.names() == EDITIONS


@pytest.mark.parametrize("name", EDITIONS)
def test_an_edition_is_named_by_its_id(name: str) -> None:
    assert catalogue.load(name).id == name


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean plan-2018-21"):
        catalogue.load("plan-2018-2021")


@pytest.mark.parametrize("name", ["../model/plan", "plan-2018-21.yaml", "", "/etc/passwd"])
def test_a_name_is_no_path(name: str) -> None:
    with pytest.raises(UnknownNameError):
        catalogue.load(name)


def test_what_is_no_text_is_refused_as_such() -> None:
    with pytest.raises(OutcomeBeesError, match="the name of an edition"):
        catalogue.load(None)  # type: ignore[arg-type]


def test_nothing_is_read_until_it_is_asked_for() -> None:
    """In an interpreter of its own, whose every opening of a file is heard."""
    program = """
import sys
heard = []
sys.addaudithook(lambda event, facts: heard.append(str(facts[0])) if event == "open" else None)
from outcome_bees import catalogue
catalogue.names()
before = [name for name in heard if name.endswith(".yaml")]
catalogue.load("plan-2018-21")
catalogue.load("plan-2018-21")
print(before, sum(name.endswith("plan-2018-21.yaml") for name in heard),
      sum(name.endswith(".yaml") for name in heard))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] 1 1"


@pytest.mark.parametrize("name", EDITIONS)
def test_every_item_of_an_edition_says_where_it_is_published(name: str) -> None:
    plan = catalogue.load(name)
    assert plan.source
    items: list[Any] = [*plan.ambitions, *plan.priorities, *plan.measures, *plan.targets]
    assert items
    assert [each.id for each in items if not each.source] == []


# 2018-21


def test_the_first_plan_is_for_three_years_and_five_bees(first: Plan) -> None:
    assert first.period is not None
    assert (first.period.start, first.period.end) == (date(2018, 4, 1), date(2021, 3, 31))
    assert [bee.name for bee in first.outcome_bees] == [
        "Be Safe",
        "Be Healthy",
        "Be Ambitious",
        "Be Independent",
        "Be Resilient",
    ]


def test_the_first_plan_has_three_priorities_a_bee_and_no_ambitions(first: Plan) -> None:
    assert first.ambitions == ()
    assert Counter(bee for each in first.priorities for bee in each.outcome_bees) == {
        bee.id: 3 for bee in first.outcome_bees
    }


def test_the_first_plan_has_26_measures_without_direction_and_no_targets(first: Plan) -> None:
    assert {bee.id: len(first.measures_of(bee=bee.id)) for bee in first.outcome_bees} == {
        "be-safe": 6,
        "be-healthy": 5,
        "be-ambitious": 5,
        "be-independent": 5,
        "be-resilient": 5,
    }
    assert len(first.measures) == 26
    assert {each.direction for each in first.measures} == {None}
    assert first.targets == ()


def test_the_first_plan_says_who_was_to_adopt_it_and_not_that_anyone_did(first: Plan) -> None:
    assert [(step.body, step.held, step.decision) for step in first.adoption] == [
        ("Children, Young People and Families Cabinet Panel", date(2018, 6, 20), None),
        ("Cabinet", None, None),
        ("County Council", date(2018, 7, 17), None),
    ]


def test_the_first_plan_rests_on_strategies(first: Plan) -> None:
    assert {link.scheme for link in first.links} == {"strategies"}
    assert {"families-first", "family-safeguarding", "skills"} <= {link.id for link in first.links}


# 2021-26


def test_the_second_plan_has_five_ambitions_for_five_years(second: Plan) -> None:
    assert len(second.ambitions) == 5
    assert second.period is not None
    assert second.period.end.year - second.period.start.year == 5
    assert date(2022, 1, 17) in {step.held for step in second.adoption}


def test_a_golden_thread_leads_from_the_council_down(second: Plan, third: Plan) -> None:
    assert third.part_of == second.id
    assert second.part_of == "corporate-plan"
    assert [link.id for link in second.links if link.scheme == "golden-thread"] == [
        "corporate-plan",
        "plan",
        "strategic-priorities",
        "service-and-team-plans",
        "personal-targets",
    ]


# 2024-25


def test_the_third_has_17_priorities_and_32_measures_under_five_ambitions(third: Plan) -> None:
    assert len(third.ambitions) == 5
    assert len(third.priorities) == 17
    assert len(published(third)) == 32
    assert [len(third.measures_of(ambition=each.id)) for each in third.ambitions] == [8, 6, 7, 6, 5]


def test_the_third_tags_each_priority_with_one_bee(third: Plan) -> None:
    assert {len(each.outcome_bees) for each in third.priorities} == {1}
    assert Counter(each.outcome_bees[0] for each in third.priorities) == PRIORITIES_2024_25


def test_the_measures_of_a_bee_are_the_published_ones(third: Plan) -> None:
    counts = {bee.id: len(third.measures_of(bee=bee.id)) for bee in OUTCOME_BEES}
    assert counts == MEASURES_2024_25
    assert sum(counts.values()) == 32


@pytest.mark.parametrize(
    "spelling",
    [
        "Be Ambitious",
        "Bee  ambitious",
        "BE\u00a0AMBITIOUS",
        "ambitious",
        "bee-ambitious",
        "beambitious",
        "Outcome Bee: Be Ambitious",
    ],
)
def test_a_bee_is_found_under_any_spelling(third: Plan, spelling: str) -> None:
    assert len(third.measures_of(bee=spelling)) == 9


def test_the_third_says_what_its_priorities_contribute_to(third: Plan) -> None:
    ties = Counter(link.scheme for each in third.priorities for link in each.contributes_to)
    assert ties["send-action-plan"] == 7
    assert ties["integrated-care-board"] == 1
    corporate = [
        [link for link in each.contributes_to if link.scheme == "corporate-priorities"] for each in third.priorities
    ]
    assert all(corporate)
    assert {link.id for links in corporate for link in links} == {
        "cleaner-greener",
        "sustainable-growth",
        "healthy-lives",
        "excellent-services",
    }


def test_the_third_has_the_young_peoples_five_priorities_and_seven_send_focuses(third: Plan) -> None:
    assert Counter(link.scheme for link in third.links) == {"young-peoples-priorities": 5, "send-focuses": 7}


def test_a_compound_measure_counts_once_and_its_parts_belong_where_it_does(third: Plan) -> None:
    compound = [each for each in third.measures if each.kind is MeasureKind.COMPOUND]
    assert {each.id: len(each.components) for each in compound} == {
        "net-zero-schools": 2,
        "care-leavers-suitable-accommodation": 2,
        "attainment": 4,
        "care-leavers-eet": 2,
        "training-attendance": 2,
        "workforce-stability": 3,
        "cin-and-cla-quartile": 2,
    }
    for each in compound:
        for part in each.components:
            assert third.priority_of(third.measure(part)) is third.priority_of(each)


def test_one_edition_has_the_same_words_for_two_measures(third: Plan) -> None:
    same = [each for each in third.measures if each.title == "Staff survey data"]
    assert len(same) == 2
    assert {third.bees_of(each) for each in same} == {("be-safe",), ("be-included",)}


def test_words_that_say_no_direction_give_none(third: Plan) -> None:
    undirected = {each.id for each in published(third) if each.direction is None}
    assert undirected == {
        "family-centre-mobilisation",
        "staff-survey-development",
        "exit-interviews",
        "staff-survey-inclusion",
        "cin-and-cla-quartile",
        "programmes-beyond-funding",
    }
    assert Counter(each.direction for each in published(third) if each.direction) == {
        Direction.INCREASE: 21,
        Direction.DECREASE: 5,
    }


# The targets that its words imply


def test_a_target_is_only_where_the_words_imply_one(third: Plan) -> None:
    sorts = Counter(type(each.aim) for each in third.targets)
    assert (sorts[Beat], sorts[Complete], sorts[Rank], sorts[Reach]) == (1, 1, 2, 1)
    assert set(sorts) == {Beat, Complete, Rank, Reach, Improve}
    aimed = {each.measure for each in third.targets}
    unaimed = {each.id for each in third.measures if each.id not in aimed and not each.components}
    assert unaimed == {
        "staff-survey-development",
        "exit-interviews",
        "staff-survey-inclusion",
        "programmes-beyond-funding",
    }


def test_no_target_has_a_baseline_a_tolerance_or_an_area(third: Plan) -> None:
    said = {(each.baseline, each.tolerance, each.area) for each in third.targets}
    assert said == {(None, None, None)}


def test_whatever_is_to_improve_has_a_direction_of_its_own(third: Plan) -> None:
    for target in third.targets:
        if isinstance(target.aim, Improve):
            assert third.measure(target.measure).direction is not None


def test_the_dates_that_the_edition_states_are_its_targets_dates(third: Plan) -> None:
    due = {each.id: each.due for each in third.targets}
    assert str(due.pop("family-centre-mobilisation")) == "2024-12"
    assert str(due.pop("special-school-places")) == "2025-09"
    assert {str(each) for each in due.values()} == {"FY2024-25"}


def test_ninety_more_special_school_places_are_promised_beside_the_measures(third: Plan) -> None:
    target = next(each for each in third.targets if each.id == "special-school-places")
    assert target.aim == Reach(90)
    assert third.measure(target.measure) not in published(third)


# From edition to edition


def test_every_tie_to_an_earlier_edition_leads_somewhere() -> None:
    plans = {name: catalogue.load(name) for name in EDITIONS}
    ties = [
        (kind, tie)
        for plan in plans.values()
        for kind in ("ambitions", "measures")
        for each in getattr(plan, kind)
        for tie in each.continues
    ]
    assert len(ties) == 5 + 8
    for kind, tie in ties:
        assert tie.item in {each.id for each in getattr(plans[tie.plan], kind)}, tie


# bees


def test_each_edition_lists_the_bees_that_it_is_published_with() -> None:
    assert {name: len(catalogue.load(name).outcome_bees) for name in EDITIONS} == {
        "plan-2018-21": 5,
        "our-way-forward-2021-26": 0,
        "strategic-priorities-2024-25": 7,
    }


@pytest.mark.parametrize("name", EDITIONS)
def test_the_bees_of_a_plan_are_those_it_declares_and_those_it_refers_to(name: str) -> None:
    plan = catalogue.load(name)
    items: tuple[Priority | Measure, ...] = (*plan.priorities, *plan.measures)
    referred = {bee for each in items for bee in each.outcome_bees}
    assert referred | {bee.id for bee in plan.outcome_bees} == {bee.id for bee in plan.bees}
    assert plan.bees[: len(plan.outcome_bees)] == plan.outcome_bees
