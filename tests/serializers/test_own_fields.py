"""What a council adds to a plan: fields of its own, an owner, a policy. What nothing could read is not written."""

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given

from outcome_bees import (
    DocumentError,
    Measure,
    Observation,
    Plan,
    Policy,
    Target,
    dump_observations,
    dump_plan,
    load_observations,
    load_plan,
)
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.reports.outline import outlines
from outcome_bees.serializers import dump, from_tree, load, to_tree
from outcome_bees.testing import plans

PLAN = """format: outcome-bees/1
id: p
title: A plan
x-approved: {by: [Cabinet, Council], minutes: 12.50, final: true}
outcome_bees: [{id: be-kind, name: Be Kind, x-icon: heart}]
ambitions: [{id: a, title: A, x-a: 1}]
priorities: [{id: r, title: R, ambition: a, x-b: ""}]
measures: [{id: m, title: M, unit: percent, direction: increase, owner: Head of SEND, x-cost-centre: 4711}]
targets: [{id: t, measure: m, aim: {kind: reach, value: 95}, due: FY2024-25, owner: Director, x-c: "1"}]
comparators: [{id: england, title: England, areas: [E92000001], x-d: [1, [2]]}]
policies: [{id: ours, near_within: {percent: 3}, x-minute: "2025/17"}]
"""


def plan(text: str = PLAN) -> Plan:
    return load_plan(io.StringIO(text), format="yaml")


def written(thing: Any, format: str) -> str:
    file = io.StringIO()
    dump(thing, file, format=format)
    return file.getvalue()


def messages(text: str) -> dict[str, str]:
    with pytest.raises(DocumentError) as refused:
        plan(text)
    return {each.path: each.message for each in refused.value.problems}


@pytest.mark.parametrize("format", ["yaml", "json", "toml"])
def test_fields_of_its_own_on_every_item_come_back_as_they_were(format: str) -> None:
    if format == "toml":
        pytest.importorskip("tomli_w")
    whole = plan()
    again = load_plan(io.StringIO(written(whole, format)), format=format)
    assert again == whole
    assert hash(again) == hash(whole)
    assert again.extensions == {
        "x-approved": {"by": ("Cabinet", "Council"), "minutes": Decimal("12.50"), "final": True}
    }
    assert written(again, format) == written(whole, format)
    assert str(again.extensions["x-approved"]["minutes"]) == "12.50"


@given(plans())
def test_whatever_a_plan_brings_it_comes_back(drawn: Plan) -> None:
    assert from_tree(to_tree(drawn)) == drawn


def test_fields_of_its_own_are_shown() -> None:
    shown = {row.cells[1].text: row.cells[2].text for row in outlines(plan())[1].groups[0].rows}
    assert shown == {
        "x-approved": "by: Cabinet, Council; minutes: 12.50; final: true",
        **{"x-icon": "heart", "x-a": "1", "x-b": "", "x-cost-centre": "4711", "x-c": "1", "x-d": "1, 2"},
        "x-minute": "2025/17",
    }
    assert len(outlines(Plan(id="p", title="P"))) == 1


def test_an_owner_is_shown_beside_what_it_answers_for() -> None:
    tree = outlines(plan())[0]
    cells = [cell for group in tree.groups for row in group.rows for cell in row.cells]
    assert any("owner: Head of SEND" in cell.note for cell in cells)
    assert any("(owner: Director)" in cell.text for cell in cells)


def test_a_document_that_extends_another_adds_changes_and_clears_them() -> None:
    above = "format: outcome-bees/1\nextends: catalogue:plan-2018-21\nx-ours: 1\n"
    above += "measures: [{id: referrals, x-note: new, name: Referrals to us}]\n"
    measure = plan(above).measure("referrals")
    assert (measure.title, measure.extensions) == ("Referrals to us", {"x-note": "new"})
    assert plan(above).extensions == {"x-ours": 1}


def test_what_is_wrong_with_one_is_told_at_its_place_with_all_else() -> None:
    found = messages(
        PLAN.replace("x-cost-centre: 4711", "x-: 1, x-list: [null], unitt: 5").replace("x-icon: heart", "x-é: 1")
    )
    assert set(found) == {
        '$.measures[0]["x-"]',
        '$.measures[0]["x-list"]',
        "$.measures[0].unitt",
        '$.outcome_bees[0]["x-é"]',
    }
    assert "names such as x-cost-centre" in found['$.measures[0]["x-"]']
    assert "text, a number, True or False" in found['$.measures[0]["x-list"]']


def test_an_unknown_key_is_told_how_a_field_of_ones_own_is_called() -> None:
    message = messages(PLAN.replace("x-cost-centre", "budget_code"))["$.measures[0].budget_code"]
    assert message.endswith("(a field of your own begins with x-: x-budget_code)")


@pytest.mark.parametrize("value", [{1: 2}, {"a": None}, object(), float("nan"), "\ud800", [[[[[]]] * 2] * 2, {5}]])
def test_in_python_too_only_what_can_be_written_is_kept(value: object) -> None:
    with pytest.raises(InvalidValueError, match=r"Measure\.extensions|exact|number"):
        Measure(id="m", title="M", unit="count", extensions={"x-a": value})


def test_nothing_can_change_what_was_given() -> None:
    given: dict[str, Any] = {"x-a": [1, {"b": 2}]}
    measure = Measure(id="m", title="M", unit="count", extensions=given)
    given["x-a"][1]["b"] = 3
    assert measure.extensions == {"x-a": (1, {"b": 2})}
    assert hash(measure) == hash(evolve(measure))


# One word for two


def test_a_bee_has_a_name_and_all_else_a_title_and_either_word_is_read() -> None:
    other = PLAN.replace("title:", "NAME:").replace("name:", "title:").replace("NAME:", "name:")
    assert plan(other) == plan()
    assert written(plan(other), "yaml") == written(plan(), "yaml")
    assert plan().outcome_bees[0].title == plan().outcome_bees[0].name


def test_what_is_wrong_is_told_under_the_word_that_was_written() -> None:
    found = messages(PLAN.replace("title: M,", "name: 5,").replace("name: Be Kind", "title: ''"))
    assert set(found) == {"$.measures[0].name", "$.outcome_bees[0].title"}


def test_both_words_at_once_are_one_too_many() -> None:
    found = messages(PLAN.replace("title: M,", "title: M, name: M,"))
    assert found["$.measures[0].name"].endswith("(it is the same as title: leave one of the two out)")


# Subclasses


@frozen(kw_only=True)
class Costed(Measure):
    """A measure with a further field, which no document has a place for."""

    cost: str = "4711"


class Talkative(Measure):
    """A measure with a further method alone."""

    def greeting(self) -> str:
        return f"I am {self.title}"


@frozen(kw_only=True)
class Checked(Observation):
    by: str = "the analyst"


WAYS: dict[str, Callable[[], object]] = {
    "dump_plan": lambda: dump_plan(
        Plan(id="p", title="P", measures=[Costed(id="m", title="M", unit="count")]), io.StringIO(), format="json"
    ),
    "to_tree": lambda: to_tree(Plan(id="p", title="P", measures=[Costed(id="m", title="M", unit="count")])),
    "a list of observations": lambda: to_tree([Checked(measure="m", period="CY2024", area="E1", value=1)]),
    "a table of observations": lambda: dump_observations(
        [Checked(measure="m", period="CY2024", area="E1", value=1)], io.StringIO(), format="csv"
    ),
}


@pytest.mark.parametrize("way", sorted(WAYS))
def test_a_subclass_with_a_further_field_is_refused_when_it_is_written(way: str) -> None:
    with pytest.raises(InvalidTypeError, match=r"given (Costed\.cost|Checked\.by); allowed: the fields of"):
        WAYS[way]()


def test_a_subclass_with_further_methods_is_written_as_its_base_and_read_as_it() -> None:
    whole = Plan(id="p", title="P", measures=[Talkative(id="m", title="M", unit="count")])
    again = from_tree(to_tree(whole))
    assert type(again.measures[0]) is Measure
    assert to_tree(again) == to_tree(whole)


# Policies


@pytest.mark.parametrize("format", ["yaml", "json"])
def test_a_policy_is_a_document_of_its_own(format: str) -> None:
    ours = plan().policies[0]
    assert load(io.StringIO(written(ours, format)), Policy, format=format) == ours


def test_a_policy_whose_stretches_cross_is_told_at_its_place() -> None:
    found = messages(PLAN.replace("near_within: {percent: 3}", "met_within: {percent: 5}, near_within: {percent: 3}"))
    assert set(found) == {"$.policies[0].near_within"}


def test_the_id_of_a_policy_of_the_library_is_taken() -> None:
    found = messages(PLAN.replace("id: ours", "id: standard"))
    assert found == {"$.policies[0].id": "'standard' is the id of a policy that comes with the library"}


def test_a_policy_is_a_part_of_a_plan_that_is_amended() -> None:
    wider = Policy(id="ours", near_within=plan().policies[0].near_within, near_if_not_worse=True)
    assert plan().amended(policies=[wider]).policies == (wider,)


def test_figures_may_still_be_of_a_target_with_an_owner() -> None:
    assert Target(id="t", measure="m", aim=None, owner="Director").owner == "Director"
    assert len(load_observations(io.StringIO("measure,period,area,value\nm,CY2024,E1,5\n"), format="csv")) == 1
