"""Sentences of our own, labelled from their words alone before they were first read: what the reader says of each.

Direction and deadline are right on every one but those marked ``missed``, kind and comparison on 95 % of them together.
Where the reader failed on a set at its first run, the cause was mended, so that none of them measures what it does on
sentences that it has never met, but for ``unseen``, ``councils`` and ``drawn``, to which nothing was tuned.
What it did on each at the first run is in docs/statements.md.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from outcome_bees.statements import Statement, read_statement

HERE = Path(__file__).parent
SETS = "sentences held_out fresh later tester services places plain mixed unseen councils drawn".split()
ROWS = [row for name in SETS for row in yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))]


def value(read: object) -> str | None:
    return None if read is None else str(read)


def row_of(row: dict[str, Any], missed: object = True) -> Any:
    """A row as a case; what is known to be read wrong must stay marked so until it is read right."""
    known = "missed" in row and row["missed"] == missed
    marks = [pytest.mark.xfail(reason="known to be read wrong", strict=True)] if known else []
    return pytest.param(row, id=row["text"], marks=marks)


@pytest.mark.parametrize("row", [row_of(row) for row in ROWS])
def test_the_direction_and_the_deadline_of_a_sentence_are_as_labelled(row: dict[str, Any]) -> None:
    read = read_statement(row["text"])
    assert (value(read.direction), value(read.due)) == (row.get("direction"), row.get("due"))


@pytest.mark.parametrize("row", [row_of(row, "parts") for row in ROWS if "parts" in row])
def test_a_compound_has_the_parts_that_were_labelled_each_with_its_direction(row: dict[str, Any]) -> None:
    read = read_statement(row["text"])
    assert [value(part.direction) for part in read.components] == row["parts"]


def test_a_sentence_that_was_labelled_single_is_not_cut() -> None:
    singles = [row["text"] for row in ROWS if "parts" not in row]
    assert [text for text in singles if read_statement(text).components] == []


def wrong(name: str) -> Iterator[str]:
    """The sentences on which a field is not read as it was labelled."""
    for row in ROWS:
        labelled = row.get(name, "none" if name == "comparator" else None)
        if value(getattr(read_statement(row["text"]), name)) != labelled:
            yield row["text"]


@pytest.mark.parametrize("name", ["kind", "comparator"])
def test_kind_and_comparison_are_as_labelled_on_19_sentences_of_20(name: str) -> None:
    assert len(ROWS) >= 800
    assert len(found := list(wrong(name))) <= len(ROWS) // 20, found


def test_the_number_to_be_reached_is_as_labelled_on_19_sentences_of_20() -> None:
    labelled = {row["text"]: Decimal(row["number"]) if "number" in row else None for row in ROWS}
    found = [text for text, number in labelled.items() if read_statement(text).number != number]
    assert len(found) <= len(ROWS) // 20, found


def every_statement(read: Statement) -> Iterator[Statement]:
    yield read
    for part in read.components:
        yield from every_statement(part)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_whatever_is_read_of_a_sentence_is_quoted_from_it(row: dict[str, Any]) -> None:
    for read in every_statement(read_statement(row["text"])):
        assert all(words in row["text"] for quoted in read.evidence.values() for words in quoted)
        stated = {name for name in ("kind", "direction", "due", "number") if getattr(read, name) is not None}
        assert stated <= set(read.evidence)
