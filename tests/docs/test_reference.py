"""The reference has every public name, once, and its tables are made from the code."""

import doctest
import re
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import attrs
import pytest

import outcome_bees
from outcome_bees import Absence, Measure, Reason, Severity, Status, Travel, frames, methods

DOCS = Path(__file__).resolve().parents[2] / "docs"


def loaded(path: Path) -> Any:
    """Load a module of the site's, which is no part of a package."""
    spec = spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


facts = loaded(DOCS / "_ext" / "facts.py")


def cells(table: str, column: int) -> list[str]:
    """Return what a Markdown table has in one column, without its head."""
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in table.splitlines()[2:]]
    return [row[column].strip().strip("`") for row in rows]


def test_every_public_name_is_in_the_reference_once() -> None:
    assert Counter(facts.listed_names()) == Counter(outcome_bees.__all__)


def test_the_documented_rooms_have_a_page_each() -> None:
    assert {"catalogue", "errors", "frames", "periods", "serializers", "testing"} <= set(facts.rooms())
    for room, names in facts.rooms().items():
        assert names, room
        assert f"```{{room}} {room}\n" in (DOCS / "reference" / "rooms" / f"{room}.md").read_text(encoding="utf-8")


def test_what_a_room_shares_with_the_package_itself_is_documented_there() -> None:
    assert facts.home_of("periods.Period") == "outcome_bees.Period"
    assert facts.home_of("frames.evaluate") == "outcome_bees.frames.evaluate"


@pytest.mark.parametrize("enum", [Status, Reason, Travel, Severity, Absence], ids=lambda enum: enum.__name__)
def test_a_closed_list_is_shown_whole_and_in_its_order(enum: type[Status]) -> None:
    assert [each.value for each in enum] in [cells(facts.values_of(enum), column) for column in (0, 1)]


def test_units_fields_and_columns_are_those_of_the_code() -> None:
    assert {"percent", "per_10000", "GBP_million", "milestone"} <= set(cells(facts.all_units(), 0))
    fields = {each.name for each in attrs.fields(Measure)} - {"extensions"}
    assert set(cells(facts.fields_of("Measure"), 0)) == {*fields, "x-…"}
    assert (
        dict(zip(cells(facts.fields_of("Measure"), 0), cells(facts.fields_of("Measure"), 2), strict=True))["title"]
        == "yes"
    )
    assert cells(facts.columns_of(frames.RESULTS), 0) == [each.name for each in frames.RESULTS]
    assert all(cells(facts.columns_of(frames.FIGURES), 2)), "every column has a meaning"


def test_every_sort_of_item_on_the_page_of_fields_has_its_fields() -> None:
    page = (DOCS / "reference" / "fields.md").read_text(encoding="utf-8")
    named = re.findall(r"^```\{fields\} (\w+)$", page, re.MULTILINE)
    written = {name for name in facts.json_schema()["$defs"] if not name.endswith("Document")}
    written = {name for name in written if not hasattr(methods, name)}  # what the library writes alone
    assert sorted(named) == sorted(written - {"Evaluation", "Scorecard", "WrittenInputs"}), "all that people write"
    for name in named:
        assert facts.fields_of(name).startswith("| key |"), name


def test_the_examples_in_the_tables_docstrings_run() -> None:
    assert doctest.testmod(facts).failed == 0


def test_a_constant_is_shown_with_what_its_module_says_of_it() -> None:
    assert facts.constant_of("outcome_bees.STANDARD").startswith("Met at the number required")
    assert facts.constant_of("outcome_bees.frames.RESULTS") != ""
