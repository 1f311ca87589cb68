"""A cell is its value and its number format, and a workbook is the sheets that it shows."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from outcome_bees import (
    DocumentError,
    Measure,
    Observation,
    Observations,
    Plan,
    Reach,
    Target,
    evaluate_plan,
    load_observations,
)
from outcome_bees.errors import InvalidValueError
from outcome_bees.layouts import EesLayout, Indicator
from outcome_bees.serializers.tables import _archive
from outcome_bees.serializers.tables._number_formats import text_as_shown

xlsxwriter = pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")

HEADER = ["measure", "period", "area", "value"]
KEY = ["m", "CY2024", "E10000015"]


@contextmanager
def refused(words: str) -> Iterator[None]:
    """A document refused with one problem, whose message has the words; or whose path and message have."""
    with pytest.raises(DocumentError) as caught:
        yield
    (only,) = caught.value.problems
    assert re.search(words, f"{only.path}: {only.message}"), only


def book(
    sheets: Mapping[str, Sequence[Sequence[Any]]], hidden: Sequence[str] = (), very_hidden: str = ""
) -> io.BytesIO:
    """A workbook; a cell may be a pair of a number and its format."""
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, tuple):
                    sheet.write(number, place, cell[0], made.add_format({"num_format": cell[1]}))
                else:
                    sheet.write(number, place, cell)
        if name in hidden:
            sheet.hide()
        if name == very_hidden:
            sheet.very_hidden()
    made.close()
    file.seek(0)
    return file


def figure(cell: Any, **beside: Any) -> Observation:
    """The figure of a sheet with one row."""
    rows = [[*HEADER, *beside], [*KEY, cell, *beside.values()]]
    (found,) = load_observations(book({"data": rows}), format="xlsx")
    return found


def problem(cell: Any, **beside: Any) -> str:
    with pytest.raises(DocumentError) as caught:
        figure(cell, **beside)
    (only,) = caught.value.problems
    assert (only.line, only.path) == (2, "$.value")
    return only.message


@pytest.mark.parametrize(
    ("number", "shown_as", "value", "unit"),
    [
        (0.962, "0.0%", "96.2", "percent"),
        (0.962, "0%", "96.2", "percent"),
        (0.962, 9, "96.2", "percent"),
        (0.962, 10, "96.2", "percent"),
        (0.57, "0%;[Red]-0%", "57", "percent"),
        (-0.05, "0.0%;(0.0%)", "-5", "percent"),
        (0, "0%", "0", "percent"),
        (1, "0%", "100", "percent"),
        (0.5, "[<1]0%;0", "50", "percent"),
        (96.2, "[<1]0%;0.0", "96.2", None),
        (96.2, '0.0"%"', "96.2", None),
        (96.2, "0.0\\%", "96.2", None),
        (96.2, "#,##0.0", "96.2", None),
        (1234567, '£0.0,,"m"', "1.234567", "GBP_million"),
        (1234567, "[$£-809]#,##0,", "1234.567", "GBP_thousand"),
        (1234567, "£#,##0", "1234567", None),
        (0, "0.0,,", "0", None),
    ],
)
def test_a_number_is_read_as_its_cell_shows_it(number: float, shown_as: Any, value: str, unit: str | None) -> None:
    found = figure((number, shown_as))
    assert found.value == Decimal(value)
    assert (None if found.unit is None else found.unit.code) == unit


@pytest.mark.parametrize(("days", "hours"), [(1.5, "36"), (0.0625, "1.5"), (1 / 18, "1.333333"), (-0.5, "-12")])
@pytest.mark.parametrize("shown_as", ["[h]:mm", "[hh]:mm:ss", "[mm]:ss"])
def test_a_time_that_has_passed_is_read_in_hours(days: float, hours: str, shown_as: str) -> None:
    found = figure((days, shown_as))
    assert (found.value, str(found.unit)) == (Decimal(hours), "hour")


def test_a_time_of_day_is_no_number() -> None:
    assert "the time 01:30:00" in problem((0.0625, "h:mm"))


def test_a_percentage_answers_a_target_in_percent_and_one_in_a_fraction_alike() -> None:
    for unit, goal in (("percent", "95"), ("fraction", "0.95")):
        plan = Plan(
            id="p",
            title="P",
            measures=[Measure(id="m", title="M", unit=unit, direction="increase")],
            targets=[Target(id="t", measure="m", aim=Reach(goal), due="CY2024")],
        )
        file = book({"data": [HEADER, [*KEY, (0.962, "0.0%")]]})
        (answer,) = evaluate_plan(
            plan, load_observations(file, plan, format="xlsx"), as_of=date(2025, 6, 1)
        ).evaluations
        assert answer.status.value == "achieved"


def test_a_percentage_in_a_measure_of_children_is_refused_with_the_plan() -> None:
    plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="child", direction="increase")])
    with refused("given percent; allowed: a unit that can be compared with child"):
        load_observations(book({"data": [HEADER, [*KEY, (0.962, "0.0%")]]}), plan, format="xlsx")


def test_a_stated_unit_is_the_unit_of_the_figure() -> None:
    assert figure((0.962, "0.0%"), unit="fraction").value == Decimal("0.962")
    assert figure((0.962, "0.0%"), unit="percent").value == Decimal("96.2")
    assert figure((1234567, "0.0,,"), unit="GBP_million").value == Decimal("1.234567")
    assert figure((1234567, '£0.0,,"m"'), unit="GBP").value == 1_234_567
    assert figure((1.5, "[h]:mm"), unit="day").value == Decimal("1.5")
    assert figure((1234, "0.0,"), unit="person").value == 1234
    assert "a number in child, as the row states" in problem((0.962, "0.0%"), unit="child")


@pytest.mark.parametrize("shown_as", ["0.0,", "0.0,,", '$0.0,,"m"'])
def test_thousands_and_millions_of_nothing_named_are_refused_with_what_to_do(shown_as: str) -> None:
    assert "state the unit in a column unit, such as GBP_million" in problem((1234567, shown_as))


def test_limits_are_read_as_they_are_shown_and_counts_are_no_shares() -> None:
    found = figure((0.5, "0%"), lower=(0.45, "0%"), upper=(0.55, "0%"), denominator=200)
    assert (found.lower, found.upper, found.denominator) == (45, 55, 200)
    rows: list[list[Any]] = [[*HEADER, "denominator"], [*KEY, 5, (0.5, "0%")]]
    with refused(r"\$\.denominator: given"):
        load_observations(book({"data": rows}), format="xlsx")


def test_each_row_of_a_column_has_its_own_format() -> None:
    formats = ["0%", "0.0", "0%", "0%", "General"]
    rows = [[f"m{n}", "CY2024", "E1", (0.5, each)] for n, each in enumerate(formats)]
    found = load_observations(book({"data": [HEADER, *rows]}), format="xlsx")
    assert [each.value for each in found] == [50, Decimal("0.5"), 50, 50, Decimal("0.5")]


def test_a_published_layout_reads_a_workbook_as_it_is_shown() -> None:
    rows: list[list[Any]] = [
        ["time_period", "time_identifier", "geographic_level", "new_la_code", "rate", "share"],
        ["202425", "Academic year", "Local authority", "E10000015", (0.5, "0%"), (0.25, "0%")],
    ]
    layout = EesLayout(indicators={"rate": "m", "share": Indicator(measure="n", unit="fraction")})
    found = load_observations(book({"data": rows}), format="xlsx", layout=layout)
    assert [(each.value, str(each.unit)) for each in found] == [(50, "percent"), (Decimal("0.25"), "fraction")]


def test_a_text_is_not_what_a_format_makes_of_numbers() -> None:
    assert "leave off the %" in problem("96.2%")
    assert figure("96.2").value == Decimal("96.2")


def test_formats_that_end_nowhere_are_read_in_no_time() -> None:
    for code in ('"' * 300, "[" * 300, "[<" * 200, ";" * 300, "\\", "0" * 10_000 + "%", "%" * 250, "0" + "," * 250):
        text_as_shown(0.5, code)
        text_as_shown(timedelta(days=1), code)


# Sheets


def rows(period: str, value: float) -> list[list[Any]]:
    return [HEADER, ["m", period, "E1", value]]


def values(file: io.BytesIO, **options: Any) -> list[Decimal | None]:
    return [each.value for each in load_observations(file, format="xlsx", **options)]


def test_a_hidden_sheet_is_not_read() -> None:
    sheets = {"Cover": [["About"]], "old": rows("CY2024", 50), "older": rows("CY2024", 40), "now": rows("CY2024", 96)}
    found = load_observations(book(sheets, hidden=["old"], very_hidden="older"), format="xlsx")
    assert [each.value for each in found] == [96]
    assert found.sheets == ("the workbook: sheet now; not read: Cover, old (hidden), older (hidden)",)
    assert "sheet now" in repr(found)


def test_a_hidden_sheet_is_read_where_it_is_asked_for() -> None:
    file = book({"now": rows("CY2024", 96), "old": rows("CY2024", 50)}, hidden=["old"])
    assert values(file, sheet="old") == [50]


def test_a_workbook_whose_figures_are_all_hidden_is_refused_naming_them() -> None:
    with refused("hidden, and so not read: old; sheet= names one that is to be read"):
        values(book({"Cover": [["About"]], "Notes": [["n"]], "old": rows("CY2024", 50)}, hidden=["old"]))


def test_every_sheet_with_a_header_is_read_and_named() -> None:
    found = load_observations(book({"Q1": rows("FY2024-25-Q1", 1), "Q2": rows("FY2024-25-Q2", 2)}), format="xlsx")
    assert [(each.period.code, each.value) for each in found] == [("FY2024-25-Q1", 1), ("FY2024-25-Q2", 2)]
    assert found.sheets == ("the workbook: sheets Q1, Q2",)


def test_one_sheet_of_several_is_read_where_it_is_asked_for() -> None:
    sheets = {"Q1": rows("FY2024-25-Q1", 1), "Q2": rows("FY2024-25-Q2", 2), "Q3": rows("FY2024-25-Q3", 3)}
    assert values(book(sheets), sheet="Q2") == [2]
    assert values(book(sheets), sheet=["Q3", "Q1"]) == [1, 3]
    with refused(r"there is no sheet 'Q4'; allowed: Q1, Q2, Q3"):
        values(book(sheets), sheet="Q4")


def test_a_problem_names_the_sheet_where_several_are_read() -> None:
    with pytest.raises(DocumentError) as caught:
        values(book({"Q1": rows("FY2024-25-Q1", 1), "Q2": rows("Q2", 2)}))
    (only,) = caught.value.problems
    assert (only.file, only.line) == ("the workbook, sheet Q2", 2)


def test_two_sheets_with_the_same_figure_are_refused_naming_both() -> None:
    with pytest.raises(DocumentError) as caught:
        values(book({"draft": rows("CY2024", 1), "final": rows("CY2024", 2)}))
    (only,) = caught.value.problems
    assert only.file == "the workbook, sheet final"
    assert "on line 2 of sheet draft" in only.message


def test_only_a_workbook_has_sheets() -> None:
    with pytest.raises(InvalidValueError, match="only a workbook has sheets"):
        load_observations(io.StringIO("measure,period,area,value\n"), format="csv", sheet="a")


def test_sheets_do_not_count_when_figures_are_compared() -> None:
    found = load_observations(book({"now": rows("CY2024", 96)}), format="xlsx")
    assert found == Observations(found)


# Bounds


def test_formats_that_change_from_cell_to_cell_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_archive, "_MAX_RUNS", 2)
    cells = [[f"m{n}", "CY2024", "E1", (0.5, "0%" if n % 2 else "0.0%")] for n in range(10)]
    with refused("change their number format more than 2 times"):
        values(book({"data": [HEADER, *cells]}))


def test_many_sheets_that_each_span_little_are_bounded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_archive, "MAX_CELLS", 20)
    with refused("span more than 20 cells in all"):
        values(book({name: rows(f"CY202{n}", 1) for n, name in enumerate("abcd")}))


def test_more_formats_than_a_workbook_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_archive, "_MAX_FORMATS", 5)
    cells = [[f"m{n}", "CY2024", "E1", (0.5, f"0.{'0' * n}%")] for n in range(1, 12)]
    with refused("more than 5"):
        values(book({"data": [HEADER, *cells]}))
