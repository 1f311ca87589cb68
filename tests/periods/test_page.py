"""The page on periods says what the library does: its tables are held against the table of notations."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from outcome_bees.errors import AmbiguousPeriodError, PeriodError
from outcome_bees.periods import NOTATIONS, Period, YearType

PAGE = Path(__file__).resolve().parents[2] / "docs" / "periods.md"
YOU_WRITE = "| you write | with `calendar=` |"


def rows(third: str) -> Iterator[list[str]]:
    """The cells of every row of the tables whose third heading begins with some words."""
    inside = False
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            inside = False
        elif line.startswith(YOU_WRITE):
            inside = line.removeprefix(YOU_WRITE).strip().startswith(third)
        elif inside and not line.startswith("|---"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def plain(cell: str) -> str:
    return cell.strip("`")


READ, OPEN, REFUSED = list(rows("it means")), list(rows("it may be")), list(rows("because"))


def test_the_page_shows_every_example_of_the_table_of_notations_and_no_other() -> None:
    shown = [(plain(text), plain(calendar) or None, plain(code)) for text, calendar, code, _, _ in READ]
    assert sorted(shown, key=str) == sorted((example for each in NOTATIONS for example in each.examples), key=str)


@pytest.mark.parametrize("row", READ, ids=lambda row: row[0])
def test_what_the_page_says_is_read_is_read(row: list[str]) -> None:
    text, calendar, code, start, end = map(plain, row)
    period = Period.parse(text, calendar=calendar or None)
    assert (period.code, str(period.start), str(period.end)) == (code, start, end)


@pytest.mark.parametrize("row", OPEN, ids=lambda row: row[0])
def test_what_the_page_says_is_open_is_open(row: list[str]) -> None:
    with pytest.raises(AmbiguousPeriodError) as caught:
        Period.parse(plain(row[0]), calendar=plain(row[1]) or None)
    assert [str(each) for each in caught.value.readings] == re.findall("`(.*?)`", row[2])


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row[0])
def test_what_the_page_says_is_refused_is_refused(row: list[str]) -> None:
    with pytest.raises(PeriodError) as caught:
        Period.parse(plain(row[0]), calendar=plain(row[1]) or None)
    assert not isinstance(caught.value, AmbiguousPeriodError)


def test_the_page_lists_every_sort_of_year() -> None:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    for year_type in YearType:
        year = Period.year(2024, year_type)
        first = f"{year.start.day} {year.start:%B}"
        assert f"| `{year_type}` | {first} | `{year.code}` | {year.label} |" in lines


def test_the_tables_were_found() -> None:
    assert len(READ) > 60
    assert len(OPEN) >= 5
    assert len(REFUSED) >= 8
