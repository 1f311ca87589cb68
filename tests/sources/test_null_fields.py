"""A field of a source or of its layout that is null is left out where it can be, and named where it cannot."""

import io
import json
from collections.abc import Mapping
from typing import Any

import attrs
import pytest

from outcome_bees.errors import DocumentError
from outcome_bees.layouts import EesLayout, LongLayout, Source, WideLayout
from outcome_bees.sources.loading import read_sources

LAYOUTS: dict[type, dict[str, Any]] = {
    LongLayout: {"kind": "long", "columns": {"period": "Year", "value": "V"}, "measure": "m", "area": "E10000015"},
    WideLayout: {"kind": "wide", "measures": {"Calls": "m"}, "area": "E10000015"},
    EesLayout: {"kind": "ees", "indicators": {"rate": "m"}},
}
FIELDS = [(cls, each.name) for cls in (*LAYOUTS, Source) for each in attrs.fields(cls) if each.init]


def read(source: Mapping[str, Any]) -> Any:
    document = {"format": "outcome-bees/1", "sources": [source]}
    (made,) = read_sources(io.BytesIO(json.dumps(document).encode()), format="json")[1]
    return made


def of_layout(layout: dict[str, Any]) -> dict[str, Any]:
    return {"file": "a.csv", "layout": layout}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_tried_here_is_read_as_it_is(layout: type) -> None:
    assert type(read(of_layout(LAYOUTS[layout])).layout) is layout


@pytest.mark.parametrize(("cls", "name"), FIELDS)
def test_null_is_the_same_as_left_out_or_is_named(cls: type, name: str) -> None:
    if cls is Source:
        left_out = {key: value for key, value in of_layout(LAYOUTS[LongLayout]).items() if key != name}
        given = {**left_out, name: None}
    else:
        without = {key: value for key, value in LAYOUTS[cls].items() if key != name}
        left_out, given = of_layout(without), of_layout({**without, name: None})
    try:
        expected = read(left_out)
    except DocumentError:
        with pytest.raises(DocumentError):
            read(given)
    else:
        assert read(given) == expected


@pytest.mark.parametrize(("layout", "name"), [(LongLayout, "columns"), (WideLayout, "measures")])
def test_null_in_the_place_of_what_is_needed_is_named_with_its_path(layout: type, name: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(of_layout({**LAYOUTS[layout], name: None}))
    (problem,) = caught.value.problems
    assert str(problem).endswith(f"$.sources[0].layout.{name}: given null; allowed: a mapping")
