"""The schema, made from the classes: what we write it takes, and what it refuses we refuse."""

import copy
import inspect
import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from outcome_bees import DocumentError, Evaluation, Measure, Observation, Plan, Target, catalogue
from outcome_bees.layouts import LongLayout, Source, WideLayout
from outcome_bees.serializers import from_tree, to_tree
from outcome_bees.serializers.json import dump
from outcome_bees.serializers.schema import json_schema, list_schema
from outcome_bees.serializers.yaml import load as yaml_tree
from outcome_bees.testing import observations, plans, targets

jsonschema = pytest.importorskip("jsonschema")
VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def as_json(tree: Any) -> Any:
    return json.loads(dump(tree))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_the_schema_in_the_package_is_the_one_that_the_classes_make() -> None:
    shipped = (files("outcome_bees.serializers") / "outcome-bees-1.schema.json").read_text(encoding="utf-8")
    remedy = "write it again: python -m outcome_bees.serializers.schema > …/outcome-bees-1.schema.json"
    assert json.loads(shipped) == json_schema(), remedy


@given(
    drawn=st.one_of(
        plans().map(to_tree),
        st.lists(targets(), min_size=1).map(to_tree),
        st.lists(observations(), min_size=1).map(to_tree),
    )
)
def test_every_document_that_we_write_is_valid(drawn: dict[str, Any]) -> None:
    VALIDATOR.validate(as_json(drawn))


@pytest.mark.parametrize("name", catalogue.names())
def test_every_published_edition_is_valid(name: str) -> None:
    VALIDATOR.validate(as_json(to_tree(catalogue.load(name))))


def test_a_document_that_extends_another_is_valid() -> None:
    text = "format: outcome-bees/1\nextends: catalogue:plan-2018-21\n"
    text += "measures: [{id: referrals, unit: count, calendar: null}]\n"
    VALIDATOR.validate(as_json(yaml_tree(text)))


WHOLE = to_tree(catalogue.load("strategic-priorities-2024-25"))
ODD = st.sampled_from(
    [None, True, 5, -1, 1.5, "", " ", "x y", "increase", "2024-25", [], {}, [5], ["a", "a"], {"kind": "x"}, {"a": 1}]
)


def places(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path] * bool(path) + [place for key, item in items for place in places(item, (*path, key))]


PLACES = places(WHOLE)


@settings(max_examples=300)
@given(place=st.sampled_from(PLACES), odd=ODD, how=st.sampled_from(["put", "drop", "add"]))
def test_every_document_that_the_schema_refuses_we_refuse(place: tuple[Any, ...], odd: Any, how: str) -> None:
    tree = copy.deepcopy(WHOLE)
    holder: Any = tree
    for step in place[:-1]:
        holder = holder[step]
    if how == "put":
        holder[place[-1]] = odd
    elif how == "drop":
        del holder[place[-1]]
    elif isinstance(holder, dict):
        holder["unheard-of"] = odd
    else:
        holder.append(odd)
    valid = VALIDATOR.is_valid(as_json(tree))
    try:
        from_tree(tree, Plan)
    except DocumentError:
        return
    assert valid, "the schema must not refuse what we read"


def test_the_schema_refuses_most_of_forty_mistakes_too() -> None:
    text = (Path(__file__).resolve().parents[1] / "documents" / "forty-mistakes.yaml").read_text()
    tree = as_json(yaml_tree(text.replace("    name: Be Braver  # wrong\n", "")))
    schema = json_schema()
    schema = {**schema, "$ref": "#/$defs/PlanDocument"}
    del schema["anyOf"]
    found = {
        ".".join(map(str, each.absolute_path)) for each in jsonschema.Draft202012Validator(schema).iter_errors(tree)
    }
    assert len(found) > 20


def test_fields_are_described_for_editors() -> None:
    definitions = {**json_schema()["$defs"], **list_schema("sources", Source)["$defs"]}
    assert definitions["Measure"]["properties"]["unit"]["description"].startswith("What its numbers count")
    of_classes = {name: each["properties"] for name, each in definitions.items() if not name.endswith("Document")}
    for name, fields in of_classes.items():
        assert [key for key, each in fields.items() if key != "kind" and "description" not in each] == [], name
    assert "``" not in json.dumps(of_classes)


@pytest.mark.parametrize("cls", [Plan, Measure, Target, Observation, Evaluation, LongLayout, WideLayout, Source])
def test_what_is_described_is_the_fields_there_are_and_help_shows_it(cls: type) -> None:
    described: dict[str, str] = cls.__descriptions__  # type: ignore[attr-defined]  # as every class of documents
    assert sorted(described) == sorted(each.name for each in attrs.fields(cls) if each.init and each.alias == each.name)
    shown = inspect.getdoc(cls) or ""
    assert [name for name, text in described.items() if f"\n    {name}: {text}\n" not in shown] == []
    assert shown.index("Attributes:") < shown.index("Example:")


def test_without_docstrings_the_fields_are_described_all_the_same() -> None:
    asked = "from outcome_bees.serializers.schema import json_schema; "
    asked += "print(json_schema()['$defs']['Target']['properties']['breakdown']['description'])"
    found = subprocess.run([sys.executable, "-OO", "-c", asked], capture_output=True, text=True, check=True)
    assert found.stdout == "The part of the population it is set for; empty: all of it.\n"
