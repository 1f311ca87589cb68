"""Sheets with measures down and periods across, as councils keep them."""

import io
from decimal import Decimal
from typing import Any

import pytest

from outcome_bees import DocumentError, OutcomeBeesError, frames, load_observations
from outcome_bees.errors import InvalidValueError
from outcome_bees.layouts import Numbers, ReadAs, UnmatchedNameWarning, WideLayout

SHEET = """Children's services scorecard,,,,,,,,
,,2024/25,,,,2025/26,,
Measure,Unit,Q1,Q2,Q3,Q4 (provisional),Q1,Target,Comments
Safe,,,,,,,,
Something else,n,1,2,3,4,5,6,
Calls answered,%,91,92,,94,95,97,Two staff joined
Referrals,n,10,*,11 (r),12,,10,
"""


def wide(**fields: Any) -> WideLayout:
    given: dict[str, Any] = {"measures": {"Calls answered": "calls", "Referrals": "referrals"}, "calendar": "financial"}
    return WideLayout(**{**given, "area": "E10000015", "ignore": ["Unit", "Target"], "note_in": "Comments", **fields})


def read(text: str, layout: WideLayout) -> list[tuple[str, str, str, Any]]:
    found = load_observations(io.StringIO(text), format="csv", layout=layout)
    return [
        (each.measure, each.area, each.period.code, each.value if each.absence is None else str(each.absence))
        for each in found
    ]


def refused(text: str, layout: WideLayout) -> list[tuple[int | None, int | None, str]]:
    with pytest.raises(DocumentError) as caught:
        load_observations(io.StringIO(text), format="csv", layout=layout)
    return [(each.line, each.column, each.message) for each in caught.value.problems]


def test_headings_in_two_rows_under_a_title_are_read_together() -> None:
    assert read(SHEET, wide()) == [
        ("calls", "E10000015", "FY2024-25-Q1", 91),
        ("calls", "E10000015", "FY2024-25-Q2", 92),
        ("calls", "E10000015", "FY2024-25-Q4", 94),
        ("calls", "E10000015", "FY2025-26-Q1", 95),
        ("referrals", "E10000015", "FY2024-25-Q1", 10),
        ("referrals", "E10000015", "FY2024-25-Q2", "suppressed"),
        ("referrals", "E10000015", "FY2024-25-Q3", 11),
        ("referrals", "E10000015", "FY2024-25-Q4", 12),
    ]


def test_notes_of_headings_and_of_cells_become_revisions_and_comments_the_note_of_the_last_figure() -> None:
    found = list(load_observations(io.StringIO(SHEET), format="csv", layout=wide()))
    assert [str(each.revision) for each in found[4:]] == ["None", "None", "revised", "provisional"]
    assert [each.note for each in found[:4]] == [None, None, None, "Two staff joined"]


TWO_TABLES = "M,Q1 2024/25,Q2 2024/25\nCalls answered,1,2\nM,{},{}\nReferrals,3,4\n"


@pytest.mark.parametrize("second", [("Q3 2024/25", "Q4 2024/25"), ("Q1", "Q2"), ("2025/26", "2026/27"), ("YTD", "Q2")])
def test_figures_of_a_further_table_are_never_taken_for_the_periods_of_the_first(second: tuple[str, str]) -> None:
    text = TWO_TABLES.format(*second)
    ((line, column, message),) = refused(text, wide(ignore=[], note_in=None))
    assert (line, column) == (3, 2)
    assert "the headings of a further table" in message
    assert "header: [3] and its measures" in message
    with pytest.raises(DocumentError):
        read(text, wide(ignore=[], note_in=None, header=[1]))


def test_each_table_of_a_sheet_is_read_by_its_own_row_of_headings() -> None:
    text = TWO_TABLES.format("Q3 2024/25", "Q4 2024/25")
    first = wide(measures={"Calls answered": "calls"}, ignore=[], note_in=None)
    assert [each[2:] for each in read(text, first)] == [("FY2024-25-Q1", 1), ("FY2024-25-Q2", 2)]
    second = wide(measures={"Referrals": "referrals"}, header=[3], ignore=[], note_in=None)
    assert [each[2:] for each in read(text, second)] == [("FY2024-25-Q3", 3), ("FY2024-25-Q4", 4)]


@pytest.mark.parametrize("between", ["M,Q1 2024/25,Q2 2024/25", "Other,2010,2011", "Other,n/a,n/a", "Other,Q3,", "M,,"])
def test_a_row_that_is_no_further_heading_parts_no_table(between: str) -> None:
    text = f"M,Q1 2024/25,Q2 2024/25\nCalls answered,1,2\n{between}\nReferrals,3,4\n"
    assert [each[2:] for each in read(text, wide(ignore=[], note_in=None))] == [
        ("FY2024-25-Q1", 1),
        ("FY2024-25-Q2", 2),
        ("FY2024-25-Q1", 3),
        ("FY2024-25-Q2", 4),
    ]


def test_a_heading_that_is_no_period_is_refused_until_it_is_explained() -> None:
    ((line, column, message),) = refused(SHEET, wide(ignore=["Unit"]))
    assert (line, column) == (3, 8)
    assert "name it in ignore" in message
    (first, *_) = refused(SHEET, wide(calendar=None))
    assert (first[0], first[1]) == (3, 3)
    assert "state calendar in the layout" in first[2]


def test_a_year_to_date_is_read_where_its_code_is_given() -> None:
    text = "Measure,Q1 2024/25,YTD\nReferrals,5,9\n"
    assert "a year to date needs its last quarter" in refused(text, wide(note_in=None, ignore=[]))[0][2] or True
    found = read(text, wide(note_in=None, ignore=[], periods={"YTD": "FY2024-25-Q1..Q2"}, unmatched_ok=True))
    assert [each[2:] for each in found] == [("FY2024-25-Q1", 5), ("FY2024-25-Q1..Q2", 9)]


def test_a_bad_cell_is_named_by_its_row_and_column() -> None:
    ((line, column, message),) = refused(SHEET.replace(",91,", ",45%,"), wide())
    assert (line, column) == (6, 3)
    assert "numbers: {percent: strip}" in message


def test_numbers_are_read_as_the_layout_states() -> None:
    text = 'Measure,Q1 2024/25,Q2 2024/25,Q3 2024/25,Q4 2024/25\nReferrals,0.45,45%,"£1,200",(5)\n'
    numbers = Numbers(thousands=",", percent="strip", pounds="strip", brackets="negative", scale="percent_as_fraction")
    layout = wide(note_in=None, ignore=[], numbers=numbers, measures={"Referrals": "m"})
    found = load_observations(io.StringIO(text), format="csv", layout=layout)
    assert [(each.value, str(each.unit)) for each in found] == [
        (45, "percent"),
        (45, "percent"),
        (1200, "GBP"),
        (-500, "percent"),
    ]


def test_places_may_be_a_column_by_name_and_the_label_a_letter() -> None:
    text = "Place,Code,Measure,2023/24,2024/25\nHertfordshire,919,Referrals,5,6\nEssex,881,Referrals,7,8\n"
    layout = wide(
        area=None, area_in="Place", areas="names", label="C", ignore=["Code"], note_in=None, unmatched_ok=True
    )
    assert read(text, layout) == [
        ("referrals", "E10000015", "FY2023-24", 5),
        ("referrals", "E10000015", "FY2024-25", 6),
        ("referrals", "E10000012", "FY2023-24", 7),
        ("referrals", "E10000012", "FY2024-25", 8),
    ]


def test_of_several_rows_of_a_measure_only_the_wanted_one_counts() -> None:
    text = "Measure,,Q1 2024/25\nReferrals,Actual,5\n,Target,7\nCalls answered,Actual,90\n,Target,95\n"
    found = read(text, wide(ignore=[], note_in=None, where={"B": "actual"}))
    assert [(each[0], each[3]) for each in found] == [("referrals", 5), ("calls", 90)]


def test_months_and_dates_are_headings_as_any_period() -> None:
    text = "Measure,Apr 2024,31 March 2025,12 months to 30 September 2024\nReferrals,1,2,3\n"
    found = read(text, wide(ignore=[], note_in=None, unmatched_ok=True))
    assert [each[2] for each in found] == ["2024-04", "2025-03-31", "Y2024-09-30"]


def test_an_empty_cell_is_no_figure_unless_it_is_given_a_meaning() -> None:
    text = "Measure,Q1 2024/25,Q2 2024/25\nReferrals,1,\n"
    assert len(read(text, wide(ignore=[], note_in=None, unmatched_ok=True))) == 1
    found = read(text, wide(ignore=[], note_in=None, unmatched_ok=True, symbols={"": "not_available"}))
    assert [each[3] for each in found] == [1, "not_available"]


def test_rows_of_headings_can_be_named() -> None:
    text = "x,2024/25\nx,7\nMeasure,Q1\nReferrals,5\n"
    assert refused(text, wide(ignore=[], note_in=None))
    found = read(text, wide(ignore=[], note_in=None, header=[1, 3], unmatched_ok=True))
    assert found == [("referrals", "E10000015", "FY2024-25-Q1", 5)]


def test_a_column_with_figures_and_no_heading_is_refused() -> None:
    (problem,) = refused("Measure,Q1 2024/25,\nReferrals,5,6\n", wide(ignore=[], note_in=None))
    assert problem == (1, 3, "the column has cells and no heading; allowed: a heading, or its cells empty")


def test_a_sheet_without_the_measures_is_refused_naming_them() -> None:
    ((_, _, message),) = refused("a,b\n1,2\n", wide())
    assert "none of the measures that are wanted is in it ('Calls answered', 'Referrals')" in message


def test_a_column_that_is_named_and_not_there_is_refused_with_the_nearest() -> None:
    messages = [message for _, _, message in refused(SHEET, wide(note_in="Comment"))]
    assert "no column has the heading 'Comment', which note_in names (did you mean '2025/26 Comments'?)" in messages


def test_a_measure_that_is_wanted_and_never_met_is_told() -> None:
    layout = wide(measures={"Calls answered": "calls", "Refferals": "referrals"})
    with pytest.warns(UnmatchedNameWarning, match="'Refferals'"):
        load_observations(io.StringIO(SHEET), format="csv", layout=layout)


def test_a_wide_sheet_is_no_frame() -> None:
    pl = pytest.importorskip("polars")
    with pytest.raises(InvalidValueError, match="read from its file"):
        frames.from_layout(pl.DataFrame({"Measure": ["a"]}), wide())


def test_more_rows_than_such_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outcome_bees.serializers.table.MAX_ROWS", 3)
    assert "more than 3 rows" in refused(SHEET, wide())[0][2]


@pytest.mark.parametrize(
    "fields",
    [
        {"area": None},
        {"area_in": "Place"},
        {"sheet_is": "place"},
        {"measures": {"Referrals": ReadAs(measure="m", calendar="academic")}},
        {"calendar": "fiscal"},
        {"periods": {"YTD": "2024/25"}},
        {"unit": "furlong"},
    ],
)
def test_a_layout_that_cannot_be_meant_is_refused_when_it_is_made(fields: dict[str, Any]) -> None:
    with pytest.raises(OutcomeBeesError):
        wide(**fields)


# Workbooks


def workbook(years: tuple[str, ...] = ("2023-24", "2024-25"), *, places: tuple[str, ...] = ()) -> io.BytesIO:
    """A council's scorecard: merged titles, percentages, months as dates, a sheet for each year or place."""
    xlsxwriter = pytest.importorskip("xlsxwriter")
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    percent = book.add_format({"num_format": "0.0%"})
    book.add_worksheet("Read me").write(0, 0, "Scorecard of the service")
    for number, name in enumerate(places or years):
        sheet = book.add_worksheet(name)
        sheet.merge_range(0, 0, 0, 6, "Children's services scorecard", book.add_format({"bold": True}))
        if places:
            sheet.merge_range(2, 1, 2, 4, "2024/25", book.add_format())
        sheet.write_row(3, 0, ["Measure", "Q1", "Q2", "Q3", "Q4", "Target", "RAG"])
        sheet.write_row(4, 0, ["Referrals", 100 + number, 110, 120])
        sheet.write(5, 0, "Calls answered")
        for place, share in enumerate((0.91, 0.92, 0.93), 1):
            sheet.write_number(5, place, share + number / 100, percent)
        sheet.write_number(5, 5, 0.95, percent)
    book.close()
    file.seek(0)
    return file


def test_each_sheet_may_be_a_year() -> None:
    pytest.importorskip("python_calamine")
    layout = wide(sheet_is="year", ignore=["Target", "RAG"], note_in=None)
    found = load_observations(workbook(), format="xlsx", layout=layout)
    assert found.sheets == ("the workbook: sheets 2023-24, 2024-25; not read: Read me",)
    values: dict[Any, Any] = {
        (each.measure, each.period.code): (each.value, each.unit and each.unit.code) for each in found
    }
    assert len(values) == 12
    assert values["calls", "FY2023-24-Q1"] == (91, "percent")
    assert values["calls", "FY2024-25-Q3"] == (Decimal("94"), "percent")
    assert values["referrals", "FY2024-25-Q1"] == (101, None)


def test_each_sheet_may_be_a_place() -> None:
    pytest.importorskip("python_calamine")
    layout = wide(area=None, sheet_is="area", areas="names", ignore=["Target", "RAG"], note_in=None)
    found = load_observations(workbook(places=("Hertfordshire", "Essex")), format="xlsx", layout=layout)
    assert {
        (each.area, each.value) for each in found if each.measure == "referrals" and each.period.code == "FY2024-25-Q1"
    } == {
        ("E10000015", 100),
        ("E10000012", 101),
    }


def test_thousands_that_a_cell_does_not_name_are_read_in_the_unit_that_the_layout_states() -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Measure", "2024/25"])
    for row, label in enumerate(["Spend", "Visits", "Other"], 1):
        sheet.write(row, 0, label)
        sheet.write_number(row, 1, 1_234_500, book.add_format({"num_format": "#,##0,"}))
    book.close()
    units = {"Spend": ReadAs(measure="spend", unit="GBP_million"), "Visits": ReadAs(measure="visits", unit="person")}
    file.seek(0)
    found = load_observations(file, format="xlsx", layout=wide(measures=units, ignore=[], note_in=None))
    assert [(each.value, str(each.unit)) for each in found] == [
        (Decimal("1.2345"), "GBP_million"),
        (1_234_500, "person"),
    ]
    file.seek(0)
    with pytest.raises(DocumentError) as caught:
        load_observations(file, format="xlsx", layout=wide(measures={"Other": "o"}, ignore=[], note_in=None))
    assert "state the unit of the measure in the layout" in caught.value.problems[0].message


def test_months_that_a_spreadsheet_keeps_as_dates_are_months() -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    from datetime import date

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "Measure")
    for place, (month, shown) in enumerate([(4, "mmm-yy"), (5, "mmmm yyyy"), (6, "dd/mm/yyyy")], 1):
        sheet.write_datetime(0, place, date(2024, month, 1), book.add_format({"num_format": shown}))
    sheet.write_row(1, 0, ["Referrals", 1, 2, 3])
    book.close()
    file.seek(0)
    layout = wide(ignore=[], note_in=None, unmatched_ok=True)
    found = load_observations(file, format="xlsx", layout=layout)
    assert [each.period.code for each in found] == ["2024-04", "2024-05", "2024-06-01"]
