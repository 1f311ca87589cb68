"""Workbooks as people and spreadsheets make them: cover sheets, errors of formulas, and the bounds of a sheet."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from outcome_bees import DocumentError, Observation, dump_observations, load_observations
from outcome_bees.serializers import OwnLayout

xlsxwriter = pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")

HEADER = ["measure", "period", "area", "value", "note"]
FIGURE = ["m", "CY2024", "E1", 5, "as published"]
PLAIN = Observation(measure="m", period="CY2024", area="E1", value=1)


class Formula(str):
    """The value that a formula has been worked out to."""


def book(**sheets: Sequence[Sequence[Any]]) -> io.BytesIO:
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, Formula):
                    sheet.write_formula(number, place, "=1/0", None, str(cell))
                else:
                    sheet.write(number, place, cell)
    made.close()
    file.seek(0)
    return file


def told(file: io.BytesIO, **options: Any) -> list[tuple[int | None, int | None, str]]:
    with pytest.raises(DocumentError) as caught:
        load_observations(file, format="xlsx", **options)
    return [(each.line, each.column, each.message) for each in caught.value.problems]


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!"])
@pytest.mark.parametrize("place", [3, 4])
def test_a_cell_with_an_error_is_not_an_empty_one(error: str, place: int) -> None:
    row = [*FIGURE]
    row[place] = Formula(error)
    ((line, column, message),) = told(book(cover=[["About"], [Formula(error)]], data=[HEADER, FIGURE[:3] + row[3:]]))
    assert (line, column) == (2, place + 1)
    assert "an error, such as #DIV/0!" in message
    assert message.endswith("(check the formula)")


def test_errors_in_columns_that_are_left_aside_do_not_matter() -> None:
    file = book(data=[[*HEADER, "workings"], [*FIGURE, Formula("#N/A")]])
    (figure,) = load_observations(file, format="xlsx", layout=OwnLayout(unknown_columns_ok=True))
    assert figure.value == 5


def test_a_cover_sheet_may_stand_in_front() -> None:
    file = book(cover=[["Performance report"], [], ["Prepared by", "a team"]], data=[["Figures"], HEADER, FIGURE])
    (figure,) = load_observations(file, format="xlsx")
    assert figure.value == 5


def test_sheets_without_a_header_are_named() -> None:
    ((_, _, message),) = told(book(cover=[["Report"]], notes=[["Nothing"]]))
    assert message == "no sheet has a row that names the columns (there are cover, notes)"


@pytest.mark.parametrize("day", ["0001-01-01", "1850-06-01", "1899-12-31", "1900-01-01", "1900-02-28", "1900-03-01"])
def test_a_day_before_those_of_excel_comes_back(day: str) -> None:
    figure = Observation(measure="m", period="CY2024", area="E1", value=1, recorded=date.fromisoformat(day))
    dump_observations([figure], file := io.BytesIO(), format="xlsx")
    assert list(load_observations(io.BytesIO(file.getvalue()), format="xlsx")) == [figure]


def test_text_longer_than_a_cell_is_refused_where_it_stands_and_never_cut() -> None:
    long = {"a": "x" * 19_000, "b": "y" * 19_000}
    figures = [
        PLAIN,
        Observation(measure="m", period="CY2025", area="E1", value=1, breakdown=long),
        Observation(measure="m", period="CY2026", area="E1", value=1, note="🐝" * 16_384),
    ]
    file = io.BytesIO()
    with pytest.raises(DocumentError) as caught:
        dump_observations(figures, file, format="xlsx")
    assert [(each.line, each.path) for each in caught.value.problems] == [(3, "$.breakdown"), (4, "$.note")]
    assert not file.getvalue()
    fitting = [Observation(measure="m", period="CY2026", area="E1", value=1, note="🐝" * 16_383)]
    dump_observations(fitting, file, format="xlsx")
    assert list(load_observations(io.BytesIO(file.getvalue()), format="xlsx")) == fitting


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outcome_bees.serializers.tables.excel._MAX_ROWS", 3)
    with pytest.raises(DocumentError, match="cannot be written"):
        dump_observations([PLAIN] * 3, io.BytesIO(), format="xlsx")
    dump_observations([PLAIN] * 2, io.BytesIO(), format="xlsx")
