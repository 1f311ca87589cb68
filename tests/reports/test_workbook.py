"""The workbook keeps the guidance: cover, contents, one table a sheet, no blank or merged cells, numbers as numbers."""

import io
from datetime import date
from typing import Any

import pytest

pytest.importorskip("matplotlib", reason="the extra 'report' is not installed")
pytest.importorskip("xlsxwriter", reason="the extra 'report' is not installed")


from outcome_bees import Measure, Observation, Observations, Plan, Scorecard, evaluate_plan
from outcome_bees.reports.contents import contents_of
from outcome_bees.reports.workbook import workbook_of

openpyxl: Any = pytest.importorskip("openpyxl", reason="openpyxl, which reads what was written, is not installed")


@pytest.fixture(scope="module")
def book(card: Scorecard, figures: Observations) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook_of(contents_of(card, figures))))


def test_a_cover_and_contents_come_first_and_the_contents_are_right(book: Any) -> None:
    assert book.sheetnames == ["Cover", "Contents", "Measures", "Figures", "Bees", "Not_assessed", "Key"]
    listed = [row[0].value for row in book["Contents"].iter_rows(min_row=4)]
    assert listed == book.sheetnames[2:]


def test_each_sheet_has_a_title_in_its_first_cell_and_one_table_whose_cells_are_all_filled(book: Any) -> None:
    for sheet in book.worksheets:
        assert sheet["A1"].value
        assert not sheet.merged_cells.ranges
        if sheet.title == "Cover":
            continue
        (table,) = sheet.tables.values()
        cells = [cell for row in sheet[table.ref] for cell in row]
        assert all(cell.value not in (None, "") for cell in cells)
        assert table.ref.endswith(sheet.dimensions.split(":")[1])


def test_numbers_are_numbers_with_the_digits_they_have(book: Any) -> None:
    sheet = book["Measures"]
    titles = [cell.value for cell in sheet[3]]
    rows = {row[titles.index("Measure id")].value: row for row in sheet.iter_rows(min_row=4)}
    figure = rows["ehcp-within-20-weeks"][titles.index("Figure")]
    assert (figure.value, figure.number_format) == (56.3, "#,##0.0")
    assert rows["family-first-assessments"][titles.index("Figure")].value == "[x]"
    assert rows["ehcp-within-20-weeks"][titles.index("Status")].value == "achieved"


def test_every_shorthand_is_in_the_key(book: Any) -> None:
    known = {row[0].value for row in book["Key"].iter_rows(min_row=3)}
    used = {
        cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("[")
    }
    assert used <= known


def test_what_looks_like_a_formula_stays_text() -> None:
    plan = Plan(id="p", title="=1+1", measures=[Measure(id="m", title='=HYPERLINK("x")', unit="count")])
    figures = [Observation(measure="m", period="CY2024", area="E10000015", value=1, source="@SUM(A1)")]
    card = evaluate_plan(plan, figures, as_of=date(2025, 12, 31))
    made = openpyxl.load_workbook(io.BytesIO(workbook_of(contents_of(card, figures))))
    kinds = {cell.data_type for sheet in made.worksheets for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert made["Cover"]["A1"].value == "=1+1"


def test_the_same_card_is_the_same_bytes(card: Scorecard, figures: Observations) -> None:
    assert workbook_of(contents_of(card, figures)) == workbook_of(contents_of(card, figures))


def test_it_prints_as_wide_as_a_page_and_repeats_the_head_of_a_table(book: Any) -> None:
    for sheet in book.worksheets:
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight, sheet.page_setup.paperSize) == (1, 0, 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    for name in ("Measures", "Figures", "Bees", "Not_assessed", "Key"):
        (table,) = book[name].tables.values()
        head = int("".join(each for each in table.ref.split(":")[0] if each.isdigit()))
        assert book[name].print_title_rows == f"${head}:${head}"
