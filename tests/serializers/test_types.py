"""What comes back from a document is of the types that it went in with, however it got there."""

import io
import json
from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Any

import attrs
import pytest

from outcome_bees import (
    DocumentError,
    Evaluation,
    Observation,
    Observations,
    OutcomeBeesError,
    Plan,
    Reason,
    Scorecard,
    Status,
    dump_observations,
    evaluate_plan,
    load_observations,
)
from outcome_bees.frozen import FrozenMapping
from outcome_bees.model.measure import Measure
from outcome_bees.serializers import dump, from_tree, load, to_tree

FORMATS = ("json", "yaml", "toml")
PLAN = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="percent", frequency="yearly")])
FIGURE = Observation(measure="m", period="CY2024", area="E1", value=5, revision="final", breakdown={"sex": "girls"})
CARD = evaluate_plan(PLAN, Observations([FIGURE]), as_of=date(2025, 12, 31), area="E1")


def types_of(thing: Any, path: str = "$") -> Iterator[tuple[str, type]]:
    """The type of a thing and of everything in it."""
    yield path, type(thing)
    if attrs.has(type(thing)) and not isinstance(thing, Enum):
        for each in attrs.fields(type(thing)):
            if each.init:
                yield from types_of(getattr(thing, each.name), f"{path}.{each.name}")
    elif isinstance(thing, (tuple, list)):
        for index, item in enumerate(thing):
            yield from types_of(item, f"{path}[{index}]")


@pytest.mark.parametrize("format", FORMATS)
def test_every_part_of_a_scorecard_comes_back_of_its_own_type(format: str) -> None:
    if format == "toml":
        pytest.importorskip("tomli_w")
    file = io.StringIO()
    dump(CARD, file, format=format)
    again = load(io.StringIO(file.getvalue()), Scorecard, format=format)
    assert dict(types_of(again)) == dict(types_of(CARD))
    assert again.evaluations[0].status is Status.NOT_ASSESSED
    assert again.evaluations[0].reason is Reason.NO_TARGET
    assert again.overall == CARD.overall


@pytest.mark.parametrize(
    ("field", "given", "allowed"),
    [
        ("status", "banana", "'achieved'"),
        ("status", "acheived", "did you mean achieved?"),
        ("reason", 5, "'no_target'"),
        ("measure", " ", "lower-case letters"),
        ("measure", "m" * 101, "at most 100 characters"),
        ("area", "", "an area code"),
        ("policy", "", "lower-case letters"),
        ("breakdown", {"sex": " "}, "text that is not blank"),
    ],
)
def test_a_result_says_only_what_the_library_says(field: str, given: Any, allowed: str) -> None:
    tree = to_tree(list(CARD.evaluations))
    tree["evaluations"][0][field] = given
    with pytest.raises(DocumentError) as caught:
        from_tree(tree, Evaluation)
    (problem,) = caught.value.problems
    assert problem.path.startswith(f"$.evaluations[0].{field}")
    assert allowed in problem.message


def test_a_word_of_a_closed_list_that_is_no_text_is_told_the_list() -> None:
    tree = to_tree(PLAN)
    tree["measures"][0]["frequency"] = 12
    with pytest.raises(DocumentError) as caught:
        from_tree(tree)
    assert "given 12; allowed: " in str(caught.value)
    assert "'quarterly'" in str(caught.value)


PARTS: dict[str, dict[Any, Any]] = {
    "a blank part": {"a": " "},
    "a part of nothing": {"a": ""},
    "a part without end": {"a": "b" * 30_000},
    "a NUL": {"a": "x\0y"},
    "half a surrogate pair": {"a": "\ud800"},
    "a name of nothing": {"": "x"},
    "a blank name": {" ": "x"},
    "a number": {"a": 5},
}


@pytest.mark.parametrize("what", PARTS)
def test_a_breakdown_is_checked_wherever_it_comes_from(what: str) -> None:
    parts = PARTS[what]
    with pytest.raises(OutcomeBeesError, match="breakdown"):
        attrs.evolve(FIGURE, breakdown=FrozenMapping(parts))
    tree = {
        "format": "outcome-bees/1",
        "observations": [{"measure": "m", "period": "CY2024", "area": "E1", "value": 1, "breakdown": parts}],
    }
    with pytest.raises(DocumentError) as caught:
        load_observations(io.StringIO(json.dumps(tree)), format="json")
    (problem,) = caught.value.problems
    assert problem.path.startswith("$.observations[0].breakdown")


def test_the_order_of_a_breakdown_does_not_reach_what_is_written() -> None:
    written = set()
    for parts in ({"sex": "girls", "age": "5"}, {"age": "5", "sex": "girls"}):
        for given in (parts, FrozenMapping(parts)):
            dump_observations([attrs.evolve(FIGURE, breakdown=given)], file := io.StringIO(), format="csv")
            written.add(file.getvalue())
        tree = {
            "format": "outcome-bees/1",
            "observations": [{**to_tree([FIGURE])["observations"][0], "breakdown": parts}],
        }
        figures = from_tree(tree, Observations)
        dump_observations(figures, file := io.StringIO(), format="csv")
        written.add(file.getvalue())
    assert len(written) == 1
