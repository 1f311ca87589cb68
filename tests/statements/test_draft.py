"""Drafting a measure from a sentence: what it says, and the findings on what it leaves out."""

import pytest

from outcome_bees import Direction, MeasureKind, draft_measure, read_statement
from outcome_bees.errors import InvalidValueError


def test_a_draft_has_what_the_sentence_says_and_no_more() -> None:
    measure, findings = draft_measure("Number of children  in need", id="cin")
    assert (measure.id, measure.title, str(measure.unit)) == ("cin", "Number of children in need", "child")
    assert (measure.kind, measure.direction) == (MeasureKind.COUNT, None)
    assert {finding.id for finding in findings} == {"no_direction", "no_calendar", "no_target", "no_bee"}


def test_a_sentence_that_was_read_already_is_drafted_alike() -> None:
    text = "Fewer than 5% of calls abandoned"
    assert draft_measure(read_statement(text), id="calls") == draft_measure(text, id="calls")


def test_a_sentence_without_a_figure_is_drafted_as_words_and_the_findings_say_so() -> None:
    draft = draft_measure("Reduce falls", id="falls")
    assert (draft.measure.kind, draft.measure.direction) == (MeasureKind.NARRATIVE, Direction.DECREASE)
    assert draft.findings[0].id == "no_kind"
    assert draft.findings[0].item == "falls"
    assert "no_kind" not in {each.id for each in draft_measure("Staff survey data", id="staff").findings}


def test_a_compound_is_drafted_whole_and_its_parts_one_by_one() -> None:
    read = read_statement("Number and percentage of children missing education")
    assert {"no_parts"} <= {each.id for each in draft_measure(read, id="missing").findings}
    parts = [draft_measure(part, id=f"missing-{at}").measure for at, part in enumerate(read.components, 1)]
    assert [(part.id, str(part.unit)) for part in parts] == [("missing-1", "count"), ("missing-2", "percent")]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Admissions per 100,000 people", "per_100000"),
        ("Number of school places", "place"),
        ("Average days lost to sickness", "day"),
        ("Deliver £2.5m of savings", "GBP_million"),
        ("Average Attainment 8 score", "score"),
        ("Gap narrowed by 2 percentage points", "percentage_point"),
        ("Strategy adopted by May 2026", "milestone"),
        ("Tonnes of waste", None),
    ],
)
def test_every_unit_read_is_one_of_the_closed_list(text: str, unit: str | None) -> None:
    measure = draft_measure(text, id="m").measure
    assert (None if measure.unit is None else measure.unit.code) == unit


def test_an_id_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="id"):
        draft_measure("Staff survey data", id="Staff survey")
