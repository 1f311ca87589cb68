"""Documents of sources: files and queries, each read as its document says, put together."""

import io
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from outcome_bees import DocumentError, Measure, Plan, Reach, Target, evaluate_plan, load_sources, serializers
from outcome_bees.errors import InvalidValueError
from outcome_bees.layouts import LongLayout, Numbers, OwnLayout, ReadAs, Source, WideLayout

PLAN = Plan(
    id="p",
    title="P",
    measures=[Measure(id="calls", title="Calls answered", unit="percent", direction="increase")],
    targets=[Target(id="t", measure="calls", aim=Reach(95), due="FY2024-25")],
)
LONG = """
    layout:
      kind: long
      columns: {period: Year, value: Answered}
      measure: calls
      area: E10000015
      calendar: financial
      numbers: {percent: strip}
"""


@pytest.fixture
def sources(tmp_path: Path) -> Callable[..., Path]:
    """Files in a folder, and the document of sources beside them."""

    def written(document: str, **files: str) -> Path:
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        path = tmp_path / "sources.yaml"
        path.write_text(f"format: outcome-bees/1\nsources:\n{document}", encoding="utf-8")
        return path

    return written


def problems(path: Path, plan: Plan | None = None) -> list[tuple[str | None, int | None, str, str]]:
    with pytest.raises(DocumentError) as caught:
        load_sources(path, plan)
    return [(each.file and Path(each.file).name, each.line, each.path, each.message) for each in caught.value.problems]


def test_files_are_found_beside_the_document_and_read_as_it_says(sources: Callable[..., Path]) -> None:
    path = sources(
        f"  - file: calls.csv{LONG}  - file: own.csv\n",
        calls="Year,Answered\n2023/24,91%\n2024/25,95%\n",
        own="measure,period,area,value\ncalls,FY2022-23,E10000015,90\n",
    )
    found = load_sources(path, PLAN)
    assert [(each.period.code, each.value) for each in found] == [
        ("FY2023-24", 91),
        ("FY2024-25", 95),
        ("FY2022-23", 90),
    ]
    (answer,) = evaluate_plan(PLAN, found, as_of=date(2025, 6, 1)).evaluations
    assert answer.status.value == "achieved"
    origins = [found.origin_of(each) for each in found]
    assert [Path(each.file or "").name for each in origins if each] == ["calls.csv", "calls.csv", "own.csv"]


def test_a_later_release_adds_a_vintage(sources: Callable[..., Path]) -> None:
    path = sources(
        f"  - file: first.csv\n    recorded: 2025-05-01{LONG}  - file: second.csv\n    recorded: 2025-09-01{LONG}",
        first="Year,Answered\n2024/25,94%\n",
        second="Year,Answered\n2024/25,95%\n",
    )
    found = load_sources(path)
    statuses = [
        str(evaluate_plan(PLAN, found, as_of=day).evaluations[0].status)
        for day in (date(2025, 4, 30), date(2025, 6, 1), date(2025, 9, 1))
    ]
    assert statuses == ["not_assessed", "missed", "achieved"]


def test_two_sources_with_one_figure_and_no_day_of_release_are_refused_naming_both(
    sources: Callable[..., Path],
) -> None:
    path = sources(
        f"  - file: first.csv{LONG}  - file: second.csv{LONG}",
        first="Year,Answered\n2024/25,94%\n",
        second="Year,Answered\n2023/24,9%\n2024/25,95%\n",
    )
    ((file, line, _, message),) = problems(path)
    assert (file, line) == ("second.csv", 3)
    assert "first.csv, line 2" in message
    assert "recorded" in message


def test_every_fault_of_every_source_is_told_at_once(sources: Callable[..., Path]) -> None:
    path = sources(
        f"  - file: calls.csv{LONG}  - file: gone.csv\n  - file: own.csv\n  - file: what.pdf\n",
        calls="Year,Answered\n2023/24,many\n2024,95%\n",
        own="measure,period,area,value\nother,FY2022-23,E10000015,90\n",
    )
    found = problems(path, PLAN)
    assert [(file, line) for file, line, _, _ in found] == [
        ("calls.csv", 2),
        ("calls.csv", 3),
        ("gone.csv", None),
        ("own.csv", 2),
        ("sources.yaml", 13),
    ]
    assert "bare_year" in found[1][3]
    assert found[4][2] == "$.sources[3]"


def test_a_query_is_a_source(sources: Callable[..., Path], tmp_path: Path) -> None:
    made = sqlite3.connect(tmp_path / "council.sqlite")
    with made:
        made.execute("CREATE TABLE kpi (year TEXT, figure TEXT)")
        made.execute("INSERT INTO kpi VALUES ('2024/25', '95%')")
    made.close()
    query = "SELECT year AS Year, figure AS Answered FROM kpi"
    (figure,) = load_sources(sources(f"  - database: council.sqlite\n    query: {query}{LONG}"))
    assert (figure.period.code, figure.value) == ("FY2024-25", 95)


def test_a_document_of_figures_is_a_source_and_has_no_layout(sources: Callable[..., Path], tmp_path: Path) -> None:
    figures = "format: outcome-bees/1\nobservations:\n  - {measure: calls, period: FY2024-25, area: E1, value: 95}\n"
    (tmp_path / "figures.yaml").write_text(figures, encoding="utf-8")
    assert [each.value for each in load_sources(sources("  - file: figures.yaml\n"))] == [95]
    ((_, _, path, message),) = problems(sources(f"  - file: figures.yaml{LONG}"))
    assert path == "$.sources[0]"
    assert "a document has both in itself" in message


def test_a_workbook_is_read_by_the_sheets_that_the_document_names(sources: Callable[..., Path], tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    book = xlsxwriter.Workbook(tmp_path / "scorecard.xlsx")
    share = book.add_format({"num_format": "0.0%"})
    for name, figure in (("Draft", 0.5), ("Q1", 0.91)):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["Measure", "Q1 2024/25", "Target"])
        sheet.write(1, 0, "Calls answered")
        sheet.write(1, 1, figure, share)
    book.close()
    layout = """
    sheet: Q1
    layout: {kind: wide, measures: {Calls answered: calls}, area: E10000015, calendar: financial, ignore: [Target]}
"""
    found = load_sources(sources(f"  - file: scorecard.xlsx{layout}"), PLAN)
    assert [(each.period.code, each.value) for each in found] == [("FY2024-25-Q1", 91)]
    assert "sheet Q1; not read: Draft" in found.sheets[0]


@pytest.mark.parametrize(
    ("line", "path", "words"),
    [
        ("file: a.csv\n    database: b.sqlite", "$.sources[0].file", "one of file and database"),
        ("format: csv", "$.sources[0].file", "one of file and database"),
        ("database: b.sqlite", "$.sources[0].query", "a database with a query"),
        ("fil: a.csv", "$.sources[0].fil", "did you mean file?"),
        ("file: a.csv\n    recorded: soon", "$.sources[0].recorded", "a date"),
        ("file: a.csv\n    layout: {kind: lng}", "$.sources[0].layout.kind", "did you mean long?"),
        ("file: a.csv\n    layout: {kind: long}", "$.sources[0].layout", "columns is missing"),
        (
            "file: a.csv\n    layout: {kind: wide, measures: {a: B}, area: E1}",
            "$.sources[0].layout.measures.a",
            "lower-case letters",
        ),
        (
            "file: a.csv\n    layout: {kind: wide, measures: {a: {measure: b, unt: percent}}, area: E1}",
            "$.sources[0].layout.measures.a.unt",
            "did you mean unit?",
        ),
        (
            "file: a.csv\n    layout: {kind: wide, measures: {a: b}, area: E1, numbers: {percent: keep}}",
            "$.sources[0].layout.numbers.percent",
            "'strip', or nothing",
        ),
        (
            "file: a.csv\n    layout: {kind: wide, measures: {a: b}, area: E1, ignore: [1]}",
            "$.sources[0].layout.ignore[0]",
            "put it in quotes",
        ),
        (
            "file: a.csv\n    layout: {kind: ees, indicators: {a: b}, filters: [sex]}",
            "$.sources[0].layout.filters",
            "a mapping",
        ),
    ],
)
def test_what_is_wrong_in_the_document_is_told_at_its_place(
    line: str, path: str, words: str, sources: Callable[..., Path]
) -> None:
    found = problems(sources(f"  - {line}\n"))
    assert any(each[2].startswith(path) and words in each[3] for each in found), found


SOURCES = [
    Source(file="a.csv", recorded="2025-06-01"),
    Source(file="b.xlsx", sheet=["Q1", "Q2"], format="xlsx", layout=OwnLayout(unknown_columns_ok=True)),
    Source(
        database="env:DB",
        query="SELECT 1",
        layout=LongLayout(columns={"period": "p", "value": "v"}, measure="m", area="E1"),
    ),
    Source(
        file="c.csv",
        layout=LongLayout(
            columns={"measure": "M", "period": ["Y", "Q"], "area": "A", "value": "V"},
            measures={"a": "b", "c": ReadAs(measure="d", calendar="academic", unit="percent")},
            areas={"Herts": "E10000015"},
            where={"x": ["1", "2"]},
            symbols={"": "not_available"},
            numbers=Numbers(thousands=",", scale="percent_as_fraction"),
        ),
    ),
    Source(
        file="d.xlsx",
        layout=WideLayout(measures={"a": "b"}, header=[1, 2], sheet_is="area", areas="names", ignore=["Target"]),
    ),
]


@given(st.lists(st.sampled_from(SOURCES), unique_by=id), st.sampled_from(["yaml", "json"]))
def test_sources_come_back_from_a_document_as_they_were(listed: list[Source], format: str) -> None:
    written = io.StringIO()
    serializers.dump(listed, written, format=format) if listed else written.write(
        '{"format": "outcome-bees/1", "sources": []}'
    )
    assert list(serializers.load(io.StringIO(written.getvalue()), Source, format=format)) == listed


def test_a_document_of_sources_fits_the_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    from outcome_bees.serializers.schema import json_schema

    tree: Any = serializers.to_tree(SOURCES)
    jsonschema.Draft202012Validator(json_schema()).validate(tree)
    tree["sources"][3]["layout"]["numbers"]["thousand"] = ","
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(json_schema()).validate(tree)


def test_a_source_is_a_file_or_a_query() -> None:
    with pytest.raises(InvalidValueError, match="one of file and database"):
        Source()
    with pytest.raises(InvalidValueError, match="for a query has none"):
        Source(database="a.sqlite", query="SELECT 1", sheet="a")


def test_a_document_gives_the_same_verdicts_as_one_frame(sources: Callable[..., Path], tmp_path: Path) -> None:
    pl = pytest.importorskip("polars")
    from outcome_bees import frames
    from outcome_bees.sources import load_frame

    path = sources(
        f"  - file: first.csv\n    recorded: 2025-05-01{LONG}  - file: own.csv\n"
        f"  - file: second.csv\n    recorded: 2025-09-01{LONG}",
        first="Year,Answered\n2023/24,93%\n2024/25,94%\n",
        second="Year,Answered\n2024/25,95%\n",
        own="measure,period,area,value,breakdown\ncalls,FY2024-25,E10000015,90,sex=girls\ncalls,FY2024-25,E10000016,97,\n",
    )
    table, found = load_frame(path), load_sources(path)
    assert len(table) == len(found) == 5
    for day in ("2025-06-01", "2025-09-01"):
        rows = frames.evaluate(PLAN, table, as_of=day, breakdown=["sex"]).select("area", "status", "gap").rows()
        alone = []
        for area in ("E10000015", "E10000016"):
            (answer,) = evaluate_plan(PLAN, found, as_of=day, area=area).evaluations
            alone.append((area, str(answer.status), None if answer.gap is None else float(answer.gap)))
        assert sorted(rows) == alone
    empty = sources("  - file: own.csv\n", own="measure,period,area,value\n")
    assert isinstance(load_frame(empty), pl.DataFrame)


def test_everything_that_is_still_to_be_decided_is_told_at_once(sources: Callable[..., Path]) -> None:
    layout = """
    layout:
      kind: long
      columns: {period: Year, value: Answered}
      measure: "?"
      area: "?"
      symbols: {n/a: "?"}
"""
    path = sources(f"  - file: calls.csv{layout}", calls="Year,Answered\n2024/25,5\n")
    found = problems(path)
    assert [(line, where) for _, line, where, _ in found] == [
        (7, "$.sources[0].layout.measure"),
        (8, "$.sources[0].layout.area"),
        (9, '$.sources[0].layout.symbols["n/a"]'),
    ]
    assert all("still to be decided" in message for *_, message in found)


@pytest.mark.parametrize(("stated", "code"), [("", "AY2024-25"), ("calendar: financial", "FY2024-25")])
def test_the_calendar_of_a_measure_is_that_of_its_plan_unless_the_layout_states_one(
    stated: str, code: str, sources: Callable[..., Path]
) -> None:
    measure = Measure(id="calls", title="Calls", unit="percent", direction="increase", calendar="academic")
    plan = Plan(id="p", title="P", measures=[measure])
    layout = f"""
    layout:
      kind: long
      columns: {{measure: What, period: Year, value: Answered}}
      measures: {{Calls: calls}}
      area: E10000015
      {stated}
"""
    path = sources(f"  - file: calls.csv{layout}", calls="What,Year,Answered\nCalls,2024/25,95\n")
    assert [each.period.code for each in load_sources(path, plan)] == [code]
    assert stated or "state calendar" in problems(path)[0][3]
