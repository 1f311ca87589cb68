"""Numbers in documents that are written as people write them: refused, with a hint that is true of the document."""

import io

import pytest

from outcome_bees import DocumentError, load_plan

PLAN = """\
format: outcome-bees/1
id: p
title: P
measures: [{id: m, title: M, unit: percent, direction: increase}]
targets: [{id: t, measure: m, aim: {kind: reach, value: VALUE}, due: FY2024-25}]
"""


def problem_of(value: str) -> tuple[str, str]:
    with pytest.raises(DocumentError) as caught:
        load_plan(io.StringIO(PLAN.replace("VALUE", value)), format="yaml")
    (problem,) = caught.value.problems
    return problem.path, problem.message


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("095", "write 95"),
        ("-007.50", "write -7.50"),
        (".5", "write 0.5"),
        ("5.", "write 5"),
        ("+5", "write 5"),
        ("1e3", "write 1000"),
        ('"95"', "write it without quotes"),
        ('"-0.5"', "write it without quotes"),
        ("'095'", "write 95"),
        ("95%", "leave off the %: the unit of the measure gives it"),
        ("1_000", "write it without separators: 1000"),
        ("'1,000'", "write it without separators: 1000"),
        ("£5m", "write the number out: 5000000"),
        ("\u22125", "write -5 with a hyphen"),
        ("' 95'", "there is a space before it; write 95"),
        ("1:30", "1.5 where 1:30 is hours and minutes"),
    ],
)
def test_a_number_in_another_notation_is_written_out_in_the_hint(value: str, hint: str) -> None:
    path, message = problem_of(value)
    assert path == "$.targets[0].aim.value"
    assert message.startswith("given ")
    assert hint in message
    assert ("without quotes" in message) is ("without quotes" in hint)


@pytest.mark.parametrize("value", ["n/a", "<5", "95 (p)", "TBC", "soon"])
def test_a_hint_of_a_table_is_not_given_of_a_document(value: str) -> None:
    _, message = problem_of(value)
    assert message.endswith("allowed: a plain decimal number, such as 95, 95.0 or -0.5")


def test_a_comma_between_braces_is_explained() -> None:
    path, message = problem_of("1,000")
    assert path == '$.targets[0].aim["000"]'
    assert "a comma between braces ends the value before it" in message
