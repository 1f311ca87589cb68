"""Tables of figures: what a council's files look like, read strictly and told in words where they are wrong."""

import io
import pickle
import sys
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from outcome_bees import (
    Absence,
    DocumentError,
    Measure,
    Observation,
    Observations,
    Plan,
    Revision,
    dump_observations,
    load_observations,
)
from outcome_bees.errors import InvalidValueError, MissingExtraError
from outcome_bees.layouts.cells import format_breakdown, guard_formula, parse_breakdown, unguard_formula
from outcome_bees.model.plausibility import ImplausibleFiguresWarning
from outcome_bees.serializers import Collected, OwnLayout

DOCUMENTS = Path(__file__).resolve().parents[1] / "documents"
HEADER = "measure,period,area,value\n"
PLAN = Plan(id="p", title="P", measures=[Measure(id="ehcp", title="EHC plans in 20 weeks", unit="percent")])


def read(text: str | bytes, **options: Any) -> Any:
    file = io.BytesIO(text if isinstance(text, bytes) else text.encode())
    return load_observations(file, format="csv", **options)


def problems(text: str | bytes, **options: Any) -> list[tuple[int | None, str]]:
    with pytest.raises(DocumentError) as caught:
        read(text, **options)
    return [(each.line, each.message) for each in caught.value.problems]


def test_every_column_is_read_as_its_field() -> None:
    (figure,) = read(
        "note,measure,period,area,value,breakdown,numerator,denominator,lower,upper,unit,revision,recorded,source\n"
        'a note,ehcp,CY2024,E10000015,56.30,"sex=girls; age=5-10",563,1000,55,57.6,percent,final,2025-06-26,DfE\n'
    )
    assert figure == Observation(
        measure="ehcp",
        period="CY2024",
        area="E10000015",
        value="56.3",
        breakdown={"sex": "girls", "age": "5-10"},
        numerator=563,
        denominator=1000,
        lower=55,
        upper="57.6",
        unit="percent",
        revision=Revision.FINAL,
        recorded=date(2025, 6, 26),
        source="DfE",
        note="a note",
    )
    assert str(figure.value) == "56.30"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_line_ends_and_byte_order_marks_do_not_matter(end: str, mark: bytes, last: str) -> None:
    text = (HEADER + "ehcp,CY2024,E1,1\nehcp,CY2025,E1,2" + last).replace("\n", end)
    assert [each.value for each in read(mark + text.encode())] == [1, 2]


def test_a_quoted_cell_may_run_over_lines_and_later_lines_are_still_counted_right() -> None:
    text = 'measure,period,area,value,note\nehcp,CY2024,E1,1,"two\nlines, and ""quotes"""\n\nehcp,CY2025,E1,y,\n'
    assert problems(text) == [(5, 'given "y"; allowed: a decimal number, such as 95, 95.0, -0.5 or 1e3')]
    assert [each.note for each in read(text.replace("E1,y", "E1,2"))] == ['two\nlines, and "quotes"', None]


@pytest.mark.parametrize(
    ("cell", "meaning"),
    [
        ("suppressed", Absence.SUPPRESSED),
        ("c", Absence.SUPPRESSED),
        ("[c]", Absence.SUPPRESSED),
        ("*", Absence.SUPPRESSED),
        ("x", Absence.NOT_AVAILABLE),
        (":", Absence.NOT_AVAILABLE),
        ("z", Absence.NOT_APPLICABLE),
        ("low", Absence.LOW),
        ("[low]", Absence.LOW),
        ("k", Absence.LOW),
        ("~", Absence.LOW),
        ("u", Absence.UNRELIABLE),
        ("not_applicable", Absence.NOT_APPLICABLE),
    ],
)
def test_an_absence_is_read_from_its_word_or_its_symbol(cell: str, meaning: Absence) -> None:
    (figure,) = read(f"measure,period,area,absence\nehcp,CY2024,E1,{cell}\n")
    assert figure.absence is meaning
    assert figure.value is None


@pytest.mark.parametrize("cell", ["", "-", "NA", "w", "C", "..", "suppresed"])
def test_an_absence_that_is_not_known_is_refused(cell: str) -> None:
    assert len(problems(f"measure,period,area,absence\nehcp,CY2024,E1,{cell}\n")) == 1


def test_a_symbol_in_the_value_column_of_our_own_table_is_refused() -> None:
    assert problems(HEADER + "ehcp,CY2024,E1,c\n")[0][0] == 2


def test_unknown_columns_are_refused_unless_allowed() -> None:
    text = "measure,period,area,valeu,value\nehcp,CY2024,E1,9,1\n"
    ((line, message),) = problems(text)
    assert line == 1
    assert "did you mean value?" in message
    (figure,) = read(text, layout=OwnLayout(unknown_columns_ok=True))
    assert figure.value == 1


def test_missing_columns_are_all_named() -> None:
    told = [message for _, message in problems("perod,value\n1,2\n", layout=OwnLayout(unknown_columns_ok=True))]
    assert told == ["missing column: measure", "missing column: period (did you mean perod?)", "missing column: area"]
    assert "value or absence" in problems("measure,period,area\nehcp,CY2024,E1\n")[0][1]


def test_every_problem_of_every_row_is_told_and_nothing_is_loaded() -> None:
    text = HEADER + "Ehcp,CY2024-25,E 1,1_000\nehcp,CY2024,E1,5\n,CY2025,E1,5\nehcp,CY2026,E1\n"
    assert [line for line, _ in problems(text)] == [2, 2, 2, 2, 4, 5]


def test_collecting_gives_the_good_rows_and_what_is_wrong_with_the_others() -> None:
    text = HEADER + "ehcp,CY2024,E1,1\nehcp,CY2025,E1,x\nehcp,CY2026,E1,3\n"
    collected = read(text, on_error="collect")
    assert isinstance(collected, Collected)
    assert [each.value for each in collected.observations] == [1, 3]
    assert [each.line for each in collected.problems] == [3]
    with pytest.raises(InvalidValueError):
        read(text, on_error="ignore")


def test_two_figures_for_one_period_with_nothing_to_tell_them_apart_are_a_problem() -> None:
    text = HEADER + "ehcp,CY2024,E1,1\nehcp,CY2025,E1,2\nehcp,CY2024,E1,3\nehcp,CY2024,E1,3\n"
    told = problems(text)
    assert [line for line, _ in told] == [4, 5]
    assert "after that on line 2" in told[0][1]
    days = ["recorded", *(f"2025-0{month}-01" for month in range(1, 5))]
    told_apart = "\n".join(f"{line},{day}" for line, day in zip(text.splitlines(), days, strict=True))
    assert len(read(told_apart)) == 4


def test_with_a_plan_unknown_measures_and_units_that_cannot_be_compared_are_problems() -> None:
    text = "measure,period,area,value,unit\nehcp,CY2024,E1,1,per_1000\nehpc,CY2024,E1,1,\nehcp,CY2025,E1,1,child\n"
    told = problems(text, plan=PLAN)
    assert [line for line, _ in told] == [3, 4]
    assert "did you mean ehcp?" in told[0][1]
    assert "percent" in told[1][1]
    with pytest.warns(ImplausibleFiguresWarning, match="1 per 1,000 is read as 0.1%"):
        assert len(read(text, plan=PLAN, on_error="collect").observations) == 1


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''+", "plain", "'quoted'", "a=b"]
)
def test_a_guard_against_formulas_is_taken_off_again(text: str) -> None:
    assert guard_formula(text)[0] not in "=+-@\t\r\n"
    assert unguard_formula(guard_formula(text)) == text


def test_numbers_below_zero_are_not_guarded() -> None:
    file = io.StringIO()
    dump_observations([Observation(measure="m", period="CY2024", area="E1", value=-5, note="-5")], file, format="csv")
    assert file.getvalue().splitlines()[1] == "m,CY2024,E1,-5,'-5"


@pytest.mark.parametrize(
    "parts", [{}, {"a": "b"}, {"a=b": "c;d"}, {" a ": " b "}, {"\\": "\\;"}, {"a\nb": "c\rd\n"}, {"é": "–", "b": "c"}]
)
def test_a_breakdown_comes_back_from_its_cell(parts: dict[str, str]) -> None:
    assert parse_breakdown(format_breakdown(parts)) == parts


@pytest.mark.parametrize("cell", ["girls", "sex=", "=girls", "sex=girls;;", "sex=girls; sex=boys", "a=b=c"])
def test_a_breakdown_that_is_none_is_refused(cell: str) -> None:
    with pytest.raises(InvalidValueError):
        parse_breakdown(cell)


def test_progress_is_told_while_reading(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text(HEADER + "".join(f"m{number},CY2024,E1,1\n" for number in range(30_000)))
    told: list[tuple[int, int | None]] = []
    load_observations(path, progress=lambda done, whole: told.append((done, whole)))
    assert len(told) > 2
    assert told[-1] == (path.stat().st_size, path.stat().st_size)


def test_a_byte_order_mark_is_written_where_excel_wants_one() -> None:
    file = io.BytesIO()
    dump_observations([Observation(measure="m", period="CY2024", area="E1", value=1)], file, format="csv", bom=True)
    assert file.getvalue().startswith(b"\xef\xbb\xbfmeasure,")


@pytest.mark.parametrize(("name", "format"), [("figures", None), ("figures.txt", None), ("figures.csv", "cvs")])
def test_a_format_that_cannot_be_told_is_the_callers_mistake(name: str, format: str | None, tmp_path: Path) -> None:
    with pytest.raises(InvalidValueError, match="format"):
        load_observations(tmp_path / name, format=format)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_text_of_several_bytes_a_character_is_told_by_its_name(encoding: str) -> None:
    name = encoding[:6].upper()
    ((line, message),) = problems((HEADER + "ehcp,CY2024,E1,1\n").encode(encoding))
    assert (line, message[: len(name) + 7]) == (1, f"it is {name};")


@pytest.mark.parametrize(("sign", "word"), [(";", "semicolons"), ("\t", "tabs")])
def test_cells_that_other_signs_separate_are_told_as_such(sign: str, word: str) -> None:
    text = (HEADER + "ehcp,CY2024,E1,1\n").replace(",", sign)
    assert problems(text) == [(1, f"the cells are separated by {word}; allowed: commas (save it again as 'CSV UTF-8')")]


def test_rows_of_commas_alone_are_no_figures() -> None:
    assert len(read(HEADER + "ehcp,CY2024,E1,1\n,,,\n\n,,,\nehcp,CY2025,E1,1\n,,,\n")) == 2


def test_a_symbol_among_the_figures_is_shown_its_column() -> None:
    assert "the column absence" in problems(HEADER + "ehcp,CY2024,E1,c\n")[0][1]


# Spreadsheets


def test_a_council_spreadsheet_with_merged_titles_loads() -> None:
    pytest.importorskip("python_calamine")
    figures = list(load_observations(DOCUMENTS / "council-report.xlsx"))
    assert [str(each.period) for each in figures] == ["2024-10", "2024-11", "2024-12", "Y2024-09-30"]
    assert [each.value for each in figures] == [Decimal("56.3"), 58, None, Decimal("9.8")]
    assert figures[0].recorded == date(2024, 11, 20)
    assert figures[0].note == "=within 20 weeks"
    assert figures[2].absence is Absence.SUPPRESSED


def test_dates_that_a_spreadsheet_invented_are_refused_in_words() -> None:
    pytest.importorskip("python_calamine")
    with pytest.raises(DocumentError) as caught:
        load_observations(DOCUMENTS / "council-report-with-dates.xlsx")
    told = caught.value.problems
    assert [(each.line, each.column, each.path) for each in told] == [(row, 2, "$.period") for row in (5, 6, 7)]
    assert "the date 2024-10-01" in told[0].message
    assert "set the column to Text" in told[0].message


def test_a_workbook_holds_texts_and_no_formulas() -> None:
    pytest.importorskip("xlsxwriter")
    openpyxl = pytest.importorskip("openpyxl")
    file = io.BytesIO()
    figure = Observation(
        measure="m", period="2024-12", area="E1", value="0.1", source="=1+1", note="https://example.org"
    )
    dump_observations([figure], file, format="xlsx", guard=False)
    cells = {cell.value: cell.data_type for row in openpyxl.load_workbook(file).active.iter_rows() for cell in row}
    assert cells["=1+1"] == "s"
    assert cells["2024-12"] == "s"
    assert cells[0.1] == "n"


@pytest.mark.parametrize(
    ("format", "module", "extra"),
    [("xlsx", "python_calamine", "excel"), ("xlsx", "xlsxwriter", "excel"), ("toml", "tomli_w", "toml")],
)
def test_a_missing_extra_is_named(format: str, module: str, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    use = load_observations if module == "python_calamine" else partial(dump_observations, Observations())
    with pytest.raises(MissingExtraError, match=rf"pip install 'outcome-bees\[{extra}\]'"):
        use(io.BytesIO(b"PK"), format=format)


def test_parquet_without_a_data_frame_library_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outcome_bees.serializers.tables.parquet._ENGINES", ())
    with pytest.raises(MissingExtraError, match="pyarrow or polars"):
        load_observations(io.BytesIO(b"PAR1"), format="parquet")


@pytest.mark.parametrize(
    ("name", "second"),
    [
        ("figures.csv", "line 3"),
        ("figures.json", "line 5"),
        ("figures.yaml", "line 7"),
        ("figures.xlsx", "sheet observations, line 3"),
    ],
)
def test_a_pickled_copy_of_figures_that_were_read_knows_where_each_was_read_from(
    name: str, second: str, tmp_path: Path
) -> None:
    if name.endswith("xlsx"):
        pytest.importorskip("xlsxwriter")
        pytest.importorskip("python_calamine")
    made = [Observation(measure="ehcp", period=f"CY{year}", area="E1", value=year) for year in (2023, 2024)]
    dump_observations(made, tmp_path / name)
    figures = load_observations(tmp_path / name)
    copy = pickle.loads(pickle.dumps(figures))
    assert copy == figures
    where = [str(figures.origin_of(each)) for each in figures]
    assert [str(copy.origin_of(each)) for each in copy] == where
    assert where[1].endswith(f"{name}, {second}")
