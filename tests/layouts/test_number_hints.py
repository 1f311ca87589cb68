"""What people type in a column of numbers is refused, and each mark has a hint of its own that is true of it."""

import io
from typing import Any

import pytest

from outcome_bees import load_observations
from outcome_bees.layouts.number_hints import number_hint, written_out


def hint_of(cell: str) -> str:
    """The hint of the one problem of a table with that cell as its value."""
    quoted = cell.replace('"', '""')
    text = f'measure,period,area,value\nm,FY2024-25,E10000015,"{quoted}"\n'
    collected: Any = load_observations(io.StringIO(text), format="csv", on_error="collect")
    (problem,) = collected.problems
    assert problem.path == "$.value"
    _, _, rest = problem.message.partition("allowed: a decimal number, such as 95, 95.0, -0.5 or 1e3")
    return str(rest.removeprefix(" (").removesuffix(")"))


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("95%", "leave off the %: the unit of the measure gives it"),
        ("95 %", "leave off the %"),
        ("£1.2m", "write the number out: 1200000"),
        ("-£3,400", "write the number out: -3400"),
        ("1.2bn", "write the number out: 1200000000"),
        ("12k", "write the number out: 12000"),
        ("1 in 4", "of a percentage, 25"),
        ("3 out of 8", "of a percentage, 37.5"),
        ("1/3", "of a percentage, 33.33"),
        ("<5", "write suppressed or low in absence"),
        ("≥95", "a limit is not a figure"),
        ("~95", "the mark into the column note"),
        ("..", "write not_available in the column absence"),
        ("n/a", "write not_available in the column absence"),
        ("NULL", "write not_available in the column absence"),
        ("NaN", "write not_available in the column absence"),
        ("-", "write not_available in the column absence"),
        ("\u2013", "write not_available in the column absence"),
        ("[x]", "goes into the column absence: not_available"),
        ("c", "goes into the column absence: suppressed"),
        ("low", "goes into the column absence: low"),
        ("95 (p)", "write 95, and provisional in the column revision"),
        ("95r", "write 95, and revised in the column revision"),
        ("95 [u]", "write unreliable in absence"),
        ("95 [note 1]", "write 95, and put the mark note 1 into the column note"),
        ("95*", "write 95, and put the mark * into the column note"),
        (" 95", "there is a space before it; write 95"),
        ("95\t", "there is a space after it; write 95"),
        (" 95% ", "there is a space before and after it; leave off the %"),
        ("\u00a095", "there is a space before it; write 95"),
        ("(5)", "a number in brackets is below zero: write -5"),
        ("\u22125", "write -5 with a hyphen"),
        ("\u20135.5", "write -5.5 with a hyphen"),
        ("1:30", "1.5 where 1:30 is hours and minutes"),
        ("TBC", "leave the row out until there is a figure"),
        ("to follow", "leave the row out until there is a figure"),
        ("1,000", "write it without separators: 1000"),
        ("1 000 000", "write it without separators: 1000000"),
        ("1,5", "write it without separators"),
        ("2nd", "write 2"),
        ("12 weeks", "write 12 alone: the unit of the measure gives weeks"),
        ("#DIV/0!", "the cell has the error of a formula"),
    ],
)
def test_a_mark_has_its_own_hint(cell: str, words: str) -> None:
    assert words in hint_of(cell)


@pytest.mark.parametrize("cell", ["y", "sixty", "1.2.3", "9" * 90 + "%", "1/0", "1:75"])
def test_of_what_is_not_known_nothing_is_said(cell: str) -> None:
    assert number_hint(cell) is None


@pytest.mark.parametrize("text", ["", "1e", "e5", "--5", "1e999", "0x10", "½", "9" * 90])
def test_what_is_no_number_is_not_written_out(text: str) -> None:
    assert written_out(text) is None
