"""A table of a database is looked at as a file is: its draft, completed where it asks, loads and gives its verdicts."""

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from outcome_bees import (
    DocumentError,
    Draft,
    Measure,
    Observations,
    Plan,
    Reach,
    Target,
    evaluate_plan,
    frames,
    inspect,
    load_sources,
)
from outcome_bees.cli import main
from outcome_bees.databases import load_query
from outcome_bees.errors import InvalidValueError
from outcome_bees.layouts import LongLayout, Numbers
from outcome_bees.serializers.json import dump
from outcome_bees.sources import load_frame

CREATE = 'CREATE TABLE kpi ("Indicator" TEXT, "Year" TEXT, "Place" TEXT, "Result" TEXT, "Counted" DATE)'
ROWS = (
    ("Calls answered", "2023/24", "Hertfordshire", "91%", "2024-03-31"),
    ("Calls answered", "2024/25", "Hertfordshire", "96%", "2025-03-31"),
    ("Calls answered", "2024/25", "Essex", "n/a", "2025-03-31"),
)
LAYOUT = LongLayout(
    columns={"measure": "Indicator", "period": "Year", "area": "Place", "value": "Result"},
    measures={"Calls answered": "calls-answered"},
    areas="names",
    calendar="financial",
    numbers=Numbers(percent="strip"),
    symbols={"n/a": "not_available"},
)
PLAN = Plan(
    id="service",
    title="The service's plan",
    measures=[Measure(id="calls-answered", title="Calls answered", unit="percent", direction="increase")],
    targets=[Target(id="t", measure="calls-answered", aim=Reach(95), due="FY2024-25")],
)
ANSWERS = {"calendar": "financial", "symbols": {"n/a": "not_available"}}


class Council(NamedTuple):
    """A council's database.

    Attributes:
        where: What it is called, for our functions.
        do: A way to run a statement in it that is not ours.
        secret: A text that nothing may repeat.
    """

    where: Any
    do: Callable[[str], object]
    secret: str


@pytest.fixture(params=["sqlite", "duckdb", "postgresql"])
def council(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Council:
    """A database of each sort, with one table in it."""
    monkeypatch.chdir(tmp_path)
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql")
        monkeypatch.setenv("COUNCIL_DB", server.secret_url)
        made = Council("env:COUNCIL_DB", _in_postgresql(server.secret_url), server.password)
        made.do("DROP SCHEMA public CASCADE")
        made.do("CREATE SCHEMA public")
    elif request.param == "duckdb":
        pytest.importorskip("duckdb")
        made = Council(tmp_path / "council.duckdb", _in_duckdb(tmp_path / "council.duckdb"), "no secret")
    else:
        made = Council(tmp_path / "council.db", _in_sqlite(tmp_path / "council.db"), "no secret")
    made.do(CREATE)
    for row in ROWS:
        made.do(f"INSERT INTO kpi VALUES ({', '.join(map(repr, row))})")
    return made


def _in_sqlite(path: Path) -> Callable[[str], object]:
    def do(statement: str) -> None:
        connection = sqlite3.connect(path)
        with connection:
            connection.execute(statement)
        connection.close()

    return do


def _in_duckdb(path: Path) -> Callable[[str], object]:
    def do(statement: str) -> None:
        import duckdb

        with duckdb.connect(str(path)) as connection:
            connection.execute(statement)

    return do


def _in_postgresql(url: str) -> Callable[[str], object]:
    def do(statement: str) -> None:
        from adbc_driver_postgresql import dbapi

        with dbapi.connect(url) as connection, connection.cursor() as cursor:
            cursor.execute(statement)
            connection.commit()

    return do


@contextmanager
def refused(words: str) -> Iterator[Any]:
    """Expect a document's error, one of whose problems says something."""
    with pytest.raises(DocumentError) as caught:
        yield caught
    assert re.search(words, str(caught.value)), str(caught.value)


def completed(draft: Draft, **answers: Any) -> Path:
    """Write a draft with each of its questions answered."""
    tree = draft.tree
    for question in draft.questions:
        field = question.path.removeprefix("$.sources[0].layout.")
        tree["sources"][0]["layout"][field] = answers[field]
    path = Path("sources.json")
    path.write_text(dump(tree), encoding="utf-8")
    return path


def verdicts(figures: Observations) -> list[tuple[str, str, str | None]]:
    cards = [evaluate_plan(PLAN, figures, as_of="2025-06-01", area=area) for area in ("E10000015", "E10000012")]
    return [
        (card.area or "", str(each.status), None if each.reason is None else str(each.reason))
        for card in cards
        for each in card.evaluations
    ]


def in_bulk(table: Any) -> list[tuple[str, str, str | None]]:
    answers = frames.evaluate(PLAN, table, as_of="2025-06-01")
    found: Sequence[Any] = answers.select("area", "status", "reason").rows()
    return sorted(found, reverse=True)


@pytest.mark.parametrize("asked", [{"table": "kpi"}, {"query": "SELECT * FROM kpi"}, {}], ids=["table", "query", "all"])
def test_a_completed_draft_of_a_table_gives_the_verdicts_of_the_layout_in_python(
    asked: dict[str, str], council: Council
) -> None:
    pytest.importorskip("polars")
    draft = inspect(council.where, **asked)
    assert [each.path for each in draft.questions] == ["$.sources[0].layout.calendar", "$.sources[0].layout.symbols"]
    (source,) = draft.sources
    assert source["query"] == "SELECT * FROM kpi"
    assert source["database"] == (council.where if isinstance(council.where, str) else council.where.name)
    assert all(council.secret not in said for said in (str(draft), repr(draft), dump(draft.tree)))
    with refused("still to be decided"):
        load_sources(completed(draft, calendar="?", symbols={"n/a": "?"}))
    path = completed(draft, **ANSWERS)
    in_python = verdicts(load_query(council.where, "SELECT * FROM kpi", PLAN, layout=LAYOUT))
    assert in_python == [("E10000015", "achieved", None), ("E10000012", "not_assessed", "not_available")]
    assert verdicts(load_sources(path, PLAN)) == in_python
    assert in_bulk(load_frame(path, PLAN)) == in_python


def test_the_command_drafts_a_table_and_evaluates_the_completed_draft(council: Council, capsys: Any) -> None:
    assert main(["inspect", str(council.where), "--table", "kpi", "--output", "draft.yaml"]) == 0
    draft = Path("draft.yaml").read_text(encoding="utf-8")
    for open_yet, decided in {'calendar: "?"': "calendar: financial", 'n/a: "?"': "n/a: not_available"}.items():
        assert open_yet in draft
        draft = draft.replace(open_yet, decided)
    Path("draft.yaml").write_text(draft, encoding="utf-8")
    from outcome_bees import dump_plan

    dump_plan(PLAN, "plan.yaml")
    words = ["--as-of", "2025-06-01", "--area", "E10000015", "--format", "csv"]
    assert main(["evaluate", "plan.yaml", "--sources", "draft.yaml", *words]) == 0
    said = capsys.readouterr()
    assert "achieved" in said.out
    assert council.secret not in draft + said.out + said.err


def test_a_column_of_days_of_the_database_is_a_column_of_periods(council: Council) -> None:
    query = 'SELECT "Indicator", "Counted", "Place", "Result" FROM kpi'
    draft = inspect(council.where, query=query)
    assert draft.sources[0]["layout"]["columns"]["period"] == "Counted"
    figures = load_sources(completed(draft, symbols={"n/a": "not_available"}))
    assert [each.period.code for each in figures] == ["2024-03-31", "2025-03-31", "2025-03-31"]


def test_of_several_tables_one_must_be_named_and_they_are_listed(council: Council) -> None:
    council.do('CREATE TABLE "KPI of 2024" (measure TEXT, period TEXT, area TEXT, value TEXT)')
    with refused(r"say which table of it, or give a query \(it has .*KPI of 2024.*kpi"):
        inspect(council.where)
    assert inspect(council.where, table="KPI of 2024").sources[0]["query"] == 'SELECT * FROM "KPI of 2024"'
    assert inspect(council.where, table='"KPI of 2024"').is_complete


def test_what_is_no_table_is_refused_with_what_the_database_says(council: Council) -> None:
    with refused("nowhere") as caught:
        inspect(council.where, table="nowhere")
    assert council.secret not in str(caught.value)
    with pytest.raises(InvalidValueError, match="only reads: not DELETE"):
        inspect(council.where, query="WITH gone AS (DELETE FROM kpi RETURNING *) SELECT * FROM gone")
    with refused("no table of figures was recognised"):
        inspect(council.where, query="SELECT 1 AS one")
    assert len(inspect(council.where, table="kpi").sources) == 1


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"table": "kpi", "query": "SELECT 1"}, "one of both"),
        ({"table": "kpi", "sheet": "A"}, "sheet: given 'A'"),
        ({"query": "SELECT 1", "format": "csv"}, "format: given 'csv'"),
        ({"table": 5}, "the name of a table or view"),
    ],
)
def test_a_table_of_a_database_has_neither_sheet_nor_format(how: dict[str, Any], words: str, council: Council) -> None:
    with pytest.raises(InvalidValueError, match=words):
        inspect(council.where, **how)


def test_a_password_in_a_url_is_refused_and_shown_nowhere(capsys: Any) -> None:
    for words in ([], ["--table", "kpi"], ["--query", "SELECT 1"]):
        assert main(["inspect", "postgresql://reader:s3cret@127.0.0.1:1/council", *words]) == 2
        said = capsys.readouterr()
        assert "a URL without a password" in said.err
        assert "s3cret" not in said.out + said.err


def test_a_database_that_is_not_there_is_said(tmp_path: Path) -> None:
    with refused("there is no such file"):
        inspect(tmp_path / "council.sqlite")
