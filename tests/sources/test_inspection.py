"""An unknown file is looked at: what is seen is told, what is open is asked, and the draft then loads."""

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from outcome_bees import DocumentError, Draft, inspect, load_sources, serializers
from outcome_bees.layouts import Source
from outcome_bees.serializers.json import dump
from outcome_bees.sources import _finding

EES = "time_period,time_identifier,geographic_level,country_code,new_la_code,sex,rate,number\n"


@pytest.fixture
def draft(tmp_path: Path) -> Callable[[str], Draft]:
    def drafted(text: str) -> Draft:
        (tmp_path / "figures.csv").write_text(text, encoding="utf-8")
        return inspect(tmp_path / "figures.csv")

    return drafted


def completed(made: Draft, tmp_path: Path, **answers: Any) -> list[tuple[str, str, str, Any]]:
    """The figures of a draft once what it asks for is decided, each answer a field of the layout."""
    tree = made.tree
    for source in tree["sources"]:
        source.setdefault("layout", {}).update(answers)
        source["layout"] = {name: value for name, value in source["layout"].items() if value is not None}
    (tmp_path / "sources.json").write_text(dump(tree), encoding="utf-8")
    return [
        (each.measure, each.area, each.period.code, str(each.absence) if each.value is None else each.value)
        for each in load_sources(tmp_path / "sources.json")
    ]


def asked(made: Draft) -> list[str]:
    return [question.path.removeprefix("$.sources[0].") for question in made.questions]


def test_a_long_table_is_recognised_and_its_calendar_asked_for(draft: Callable[[str], Draft], tmp_path: Path) -> None:
    made = draft("Indicator,Year,Place,Value,Sex\nNEET,2023/24,Essex,2.3%,Total\nNEET,2024/25,Essex,n/a,Female\n")
    assert asked(made) == ["layout.calendar", "layout.symbols"]
    assert made.sources[0]["layout"] == {
        "kind": "long",
        "columns": {"measure": "Indicator", "period": "Year", "area": "Place", "value": "Value"},
        "measures": {"NEET": "neet"},
        "areas": "names",
        "filters": {"Sex": "sex"},
        "calendar": "?",
        "numbers": {"percent": "strip"},
        "symbols": {"n/a": "?"},
    }
    with pytest.raises(DocumentError):
        completed(made, tmp_path)
    found = completed(made, tmp_path, calendar="academic", symbols={"n/a": "not_available"})
    assert found == [
        ("neet", "E10000012", "AY2023-24", Decimal("2.3")),
        ("neet", "E10000012", "AY2024-25", "not_available"),
    ]


def test_what_is_ambiguous_is_shown_with_its_readings(draft: Callable[[str], Draft]) -> None:
    made = draft("Indicator,Year,Area,Value\nNEET,2024/25,E10000012,2.3\n")
    (question,) = made.questions
    assert "'2024/25' may be AY2024-25, FY2024-25" in question.text
    assert "academic" in question.allowed
    assert not made.is_complete


def test_a_table_that_says_all_needs_no_answer(draft: Callable[[str], Draft], tmp_path: Path) -> None:
    made = draft("kpi,month,area code,result\nA,April 2024,E10000012,5\nB,May 2024,E10000012,6\n")
    assert made.is_complete
    assert completed(made, tmp_path) == [("a", "E10000012", "2024-04", 5), ("b", "E10000012", "2024-05", 6)]


def test_labels_that_are_no_periods_are_asked_for_one_by_one(draft: Callable[[str], Draft], tmp_path: Path) -> None:
    made = draft(
        "kpi,month,area code,result\nA,April 2024,E1,5\n"
        + "".join(f"A,{m} 2024,E1,6\n" for m in ("May", "June", "July", "August"))
        + "A,Outturn,E1,7\n"
    )
    assert made.sources[0]["layout"]["periods"] == {"Outturn": "?"}


def test_our_own_table_needs_no_layout(draft: Callable[[str], Draft]) -> None:
    made = draft("measure,period,area,value\nm,FY2024-25,E1,5\n")
    assert made.is_complete
    assert made.sources == ({"file": "figures.csv"},)


def test_a_file_of_the_department_is_read_by_its_indicators_and_filters(
    draft: Callable[[str], Draft], tmp_path: Path
) -> None:
    rows = (
        "2025,Reporting year,National,E92000001,,Total,50,1000\n"
        "2025,Reporting year,Local authority,E92000001,E10000015,Total,60,NA\n"
        "2025,Reporting year,Local authority,E92000001,E10000015,Female,c,20\n"
    )
    made = draft(EES + rows)
    assert asked(made) == ["layout.symbols", "layout.as_at"]
    assert made.sources[0]["layout"]["filters"] == {"sex": "sex"}
    found = completed(made, tmp_path, symbols={"NA": "not_available"}, as_at="03-31")
    assert len(found) == 6
    assert ("rate", "E10000015", "2025-03-31", 60) in found


def test_a_file_of_fingertips_nomis_and_lait_is_recognised(draft: Callable[[str], Draft], tmp_path: Path) -> None:
    made = draft(
        "Indicator ID,Indicator Name,Area Code,Sex,Age,Time period,Value\n"
        "90284,Injuries,E10000015,Persons,<15,2022/23,51\n"
    )
    assert made.sources[0]["layout"] == {"kind": "fingertips", "indicators": {"90284": "injuries"}, "calendar": "?"}
    assert completed(made, tmp_path, calendar="financial") == [("injuries", "E10000015", "FY2022-23", 51)]
    made = draft(
        "DATE_NAME,GEOGRAPHY_CODE,VARIABLE_NAME,MEASURES_NAME,OBS_VALUE\n"
        "Jan 2024,E10000015,Rate,Variable,5\n"
        "Jan 2024,E10000015,Rate,Confidence,1\n"
    )
    assert asked(made) == ["layout.where.MEASURES_NAME"]
    assert completed(made, tmp_path, where={"MEASURES_NAME": "Variable"}) == [("rate", "E10000015", "2024-01", 5)]
    made = draft("Short Desc,Years,LA and Regions,Values\nNEET,2024,Hertfordshire,2\nNEET,2024,Nowhere,3\n")
    assert asked(made) == ["layout.year_types"]
    assert completed(made, tmp_path, year_types={"NEET": "Calendar Year"}) == [("neet", "E10000015", "CY2024", 2)]
    assert any("Nowhere" in note for note in made.notes)


def test_a_wide_sheet_is_recognised_with_its_targets_and_comments(
    draft: Callable[[str], Draft], tmp_path: Path
) -> None:
    made = draft(
        "Scorecard,,,,,\nMeasure,Q1 2024/25,Q2 2024/25,YTD,Target,Comments\n"
        "Calls,91%,92%,91.5%,95%,Good\nSpend,£5,*,,£9,\n"
    )
    layout = made.sources[0]["layout"]
    assert (layout["kind"], layout["measures"], layout["note_in"]) == (
        "wide",
        {"Calls": "calls", "Spend": "spend"},
        "Comments",
    )
    assert asked(made) == ["layout.area", "layout.calendar", "layout.periods"]
    assert any("targets belong in the plan" in note for note in made.notes)
    found = completed(made, tmp_path, area="E10000015", calendar="financial", periods={"YTD": "FY2024-25-Q1..Q2"})
    assert [(each[0], each[2]) for each in found] == [
        ("calls", "FY2024-25-Q1"),
        ("calls", "FY2024-25-Q2"),
        ("calls", "FY2024-25-Q1..Q2"),
        ("spend", "FY2024-25-Q1"),
        ("spend", "FY2024-25-Q2"),
    ]


def test_sheets_of_years_are_one_source_and_hidden_ones_are_told(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    book = xlsxwriter.Workbook(tmp_path / "scorecard.xlsx")
    percent = book.add_format({"num_format": "0.0%"})
    for name in ("Cover", "2023-24", "2024-25", "old"):
        sheet = book.add_worksheet(name)
        if name == "Cover":
            sheet.write(0, 0, "Read me")
            continue
        sheet.merge_range(0, 0, 0, 3, "Scorecard", percent)
        sheet.write_row(2, 0, ["Measure", "Q1", "Q2", "Target"])
        sheet.write(3, 0, "Calls")
        sheet.write(3, 1, 0.91, percent)
        if name == "old":
            sheet.hide()
    book.close()
    made = inspect(tmp_path / "scorecard.xlsx")
    (source,) = made.sources
    assert source["sheet"] == ["2023-24", "2024-25"]
    assert source["layout"]["sheet_is"] == "year"
    assert any("hidden, and not looked at: old" in note for note in made.notes)
    found = completed(made, tmp_path, area="E10000015", calendar="financial")
    assert found == [("calls", "E10000015", "FY2023-24-Q1", 91), ("calls", "E10000015", "FY2024-25-Q1", 91)]


def test_a_draft_is_yaml_with_what_was_seen_as_comments(draft: Callable[[str], Draft], tmp_path: Path) -> None:
    made = draft("Indicator,Year,Area,Value\nNEET,2024/25,E10000012,2.3\n")
    lines = str(made).splitlines()
    assert lines[0] == "# Draft of a source: figures.csv"
    assert any(line.startswith("# To decide: $.sources[0].layout.calendar: ") for line in lines)
    made.dump(tmp_path / "sources.yaml")
    text = (tmp_path / "sources.yaml").read_text(encoding="utf-8").replace('calendar: "?"', "calendar: academic")
    (source,) = serializers.load(io.StringIO(text), Source, format="yaml")
    assert source.layout.calendar == "academic"


@pytest.mark.parametrize("text", ["", "a\n", "just,words\nand,more\n"])
def test_what_is_no_table_of_figures_is_refused(text: str, draft: Callable[[str], Draft]) -> None:
    with pytest.raises(DocumentError) as caught:
        draft(text)
    assert "no table of figures was recognised" in caught.value.problems[0].message


def test_text_of_a_file_cannot_end_a_comment(draft: Callable[[str], Draft]) -> None:
    made = draft('Indicator,Year,Area,Value\n"NEET\nsources: []",2024/25,E10000012,2.3\n')
    assert "\nsources: []" not in str(made)


def test_a_document_of_ours_is_named_as_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("{format: outcome-bees/1, id: p, title: P}", encoding="utf-8")
    assert "Plan" in inspect(tmp_path / "plan.yaml").notes[0]


@pytest.mark.parametrize(
    "name",
    ["care_leavers", "cla_rates", "education_outcomes_cla_cin", "eyfsp_absence_terms_sen", "neet_16_17", "workforce"],
)
def test_a_published_extract_loads_once_its_draft_is_completed(name: str, shared: Path, tmp_path: Path) -> None:
    made = inspect(shared / "data" / "published" / f"{name}.csv")
    tree = made.tree
    (source,) = tree["sources"]
    source["file"] = str(shared / "data" / "published" / f"{name}.csv")
    if "as_at" in source["layout"]:
        source["layout"]["as_at"] = "03-31"
    source["layout"]["also"].pop("denominator", None)
    (tmp_path / "sources.json").write_text(dump(tree), encoding="utf-8")
    lines = Path(source["file"]).read_text(encoding="utf-8").count("\n")
    found = load_sources(tmp_path / "sources.json")
    assert len(found) == lines - 1
    assert found.measures


LONG_ROWS = 60_000
LATE: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "a long table": (
        "KPI,Month,Area code,Result,Sex,Note\n",
        "A,April 2024,E10000012,{n},Total,\n",
        "B,Outturn,E10000013,n/k,Female,late\nB,Outturn,E10000013,n/k,Female,late\n",
        {"measures": {"A": "a", "B": "b"}, "periods": {"Outturn": "?"}, "symbols": {"n/k": "?"}, "repeats_ok": True},
    ),
    "the Department's": (
        EES,
        "202425,Academic year,Local authority,E92000001,E10000015,Total,{n},1\n",
        "202425,Reporting year,Local authority,E92000001,E10000015,Total,n/k,1\n",
        {"symbols": {"n/k": "?"}, "as_at": "?", "indicators": {"rate": "rate", "number": "number"}},
    ),
    "the interactive tool's": (
        "Short Desc,Years,LA and Regions,Values\n",
        "NEET,2024,Hertfordshire,{n}\n",
        "Late,0,Essex,-\n",
        {
            "measures": {"NEET": "neet", "Late": "late"},
            "year_types": {"NEET": "?", "Late": "?"},
            "areas": {"Hertfordshire": "E10000015", "Essex": "E10000012"},
            "undated_ok": True,
        },
    ),
    "Fingertips'": (
        "Indicator ID,Indicator Name,Area Code,Time period,Value\n",
        "1,First,E10000015,2022,{n}\n",
        "2,Second,E10000015,2022/23,5\n",
        {"indicators": {"1": "first", "2": "second"}, "calendar": "?"},
    ),
}


@pytest.mark.parametrize("kind", LATE)
def test_what_only_the_last_rows_of_a_long_file_have_is_in_the_draft(kind: str, draft: Callable[[str], Draft]) -> None:
    header, row, last, wanted = LATE[kind]
    made = draft(header + "".join(row.format(n=n) for n in range(LONG_ROWS)) + last)
    assert f"all {LONG_ROWS + last.count(chr(10)):,} rows were looked at" in made.notes
    layout = made.sources[0]["layout"]
    assert {name: layout[name] for name in wanted} == wanted


def test_of_a_file_beyond_all_bounds_it_is_said_how_much_was_looked_at(
    draft: Callable[[str], Draft], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_finding, "_MOST_CELLS", 45_000)
    monkeypatch.setattr(_finding, "_MOST_TEXTS", 5)
    rows = "".join(f"m{n % 20},April 2024,E10000012,{n}\n" for n in range(12_000))
    made = draft("kpi,month,area code,result\n" + rows)
    assert any(note.startswith("only the first 10,000 rows") for note in made.notes)
    assert any(note.startswith("of 'kpi' not every text is known") for note in made.notes)
    assert len(made.sources[0]["layout"]["measures"]) == 10


def test_numbers_that_are_too_many_to_keep_are_not_taken_for_repeated_rows(
    draft: Callable[[str], Draft], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_finding, "_MOST_TEXTS", 5)
    made = draft("kpi,month,area code,result\n" + "".join(f"A,April 2024,E10000012,{n}\n" for n in range(50)))
    assert "repeats_ok" not in made.sources[0]["layout"]


def test_a_long_table_with_two_columns_of_periods_is_no_wide_sheet(draft: Callable[[str], Draft]) -> None:
    rows = "".join(f"A,2024-11-{day:02},Essex,2023-24,revised,{day}\n" for day in range(1, 25))
    made = draft("kpi,published on,place,year,change,result\n" + rows)
    assert made.sources[0]["layout"]["kind"] == "long"


def test_years_above_the_quarters_of_each_are_read_together(draft: Callable[[str], Draft], tmp_path: Path) -> None:
    made = draft(",2023/24,,2024/25,\nMeasure,Q1,Q2,Q1,Q2\nCalls,2001,2,3,4\nVisits,2010,2011,2012,2013\n")
    assert made.sources[0]["layout"]["measures"] == {"Calls": "calls", "Visits": "visits"}
    found = completed(made, tmp_path, area="E10000015", calendar="financial")
    assert [(each[0], each[2], each[3]) for each in found if each[0] == "calls"] == [
        ("calls", "FY2023-24-Q1", 2001),
        ("calls", "FY2023-24-Q2", 2),
        ("calls", "FY2024-25-Q1", 3),
        ("calls", "FY2024-25-Q2", 4),
    ]


TWO_TABLES = "Measure,Q1 2024/25,Q2 2024/25\nCalls,1,2\n\nMeasure,Q3 2024/25,Q4 2024/25\nSpend,3,4\n"


def test_of_two_wide_tables_on_a_sheet_the_first_is_drafted_and_the_second_named(
    draft: Callable[[str], Draft], tmp_path: Path
) -> None:
    made = draft(TWO_TABLES)
    assert asked(made) == ["layout.area", "layout.calendar"]
    assert any("line 4 has the headings of a further table" in note for note in made.notes)
    assert completed(made, tmp_path, area="E10000015", calendar="financial") == [
        ("calls", "E10000015", "FY2024-25-Q1", 1),
        ("calls", "E10000015", "FY2024-25-Q2", 2),
    ]


def test_a_second_long_table_below_the_first_hides_none_of_its_rows(draft: Callable[[str], Draft]) -> None:
    header = "kpi,month,place,result\n"
    made = draft(f"{header}Calls,April 2024,Essex,2\n{header}Spend,May 2024,Essex,4\n")
    assert made.sources[0]["layout"]["measures"] == {"Calls": "calls", "Spend": "spend"}
    assert any("the row of names occurs again" in note for note in made.notes)


def test_what_is_above_the_row_of_names_is_said_to_be_titles(draft: Callable[[str], Draft]) -> None:
    made = draft("Figures of the service,,,\nkpi,month,place,result\nCalls,April 2024,Essex,2\n")
    assert "the row of names is line 2: what is above it is taken for titles" in made.notes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("measure;period;area;value\nm;CY2024;E1;5\n", "the cells are separated by semicolons"),
        ("measure\tperiod\tarea\tvalue\nm\tCY2024\tE1\t5\n", "the cells are separated by tabs"),
        ("kpi,month,place,result,result\nA,April 2024,Essex,5,6\n", "line 1: the column 'result' occurs twice"),
    ],
)
def test_why_a_table_was_not_recognised_is_named(text: str, words: str, draft: Callable[[str], Draft]) -> None:
    with pytest.raises(DocumentError) as caught:
        draft(text)
    assert words in caught.value.problems[0].message


def test_a_column_that_occurs_twice_is_named_in_a_draft_all_the_same(
    draft: Callable[[str], Draft],
) -> None:
    row = "202425,Academic year,National,E92000001,,Total,5,6\n"
    made = draft(EES.replace("number", "rate") + row)
    assert "columns that occur twice, of which the first was looked at: 'rate'" in made.notes
