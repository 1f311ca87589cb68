"""Answers are kept as rows in files and databases: added to what is there, and never twice without being asked."""

import sqlite3
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from outcome_bees import (
    DocumentError,
    InvalidTypeError,
    Observation,
    Scorecard,
    __version__,
    evaluate_plan,
    frames,
    load_observations,
    load_plan,
)
from outcome_bees.databases import read_query
from outcome_bees.errors import InvalidValueError
from outcome_bees.evaluation.policy import FIVE_PER_CENT
from outcome_bees.reports.storing import STORED, store_answers
from outcome_bees.reports.tabular import COLUMNS, answer_rows

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PLAN = load_plan(EXAMPLES / "hertfordshire-2024-25.yaml")
FIGURES = load_observations(EXAMPLES / "hertfordshire.csv", PLAN)
AS_OF = date(2025, 12, 31)
HERE = "E10000015"


def card(area: str = HERE, as_of: date = AS_OF, **how: Any) -> Scorecard:
    return evaluate_plan(PLAN, FIGURES, as_of=as_of, area=area, **how)


Rows = list[tuple[Any, ...]]
Database = tuple[Any, Callable[[str], Rows]]


@pytest.fixture(params=["sqlite", "duckdb", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database of each sort, and a way to look into it that is not ours."""
    if request.param == "sqlite":
        path = tmp_path / "answers.sqlite"

        def look(query: str) -> Rows:
            connection = sqlite3.connect(path)
            try:
                return connection.execute(query).fetchall()
            finally:
                connection.close()

        return path, look
    if request.param == "duckdb":
        duckdb = pytest.importorskip("duckdb")
        file = tmp_path / "answers.duckdb"

        def look_in_file(query: str) -> Rows:
            with duckdb.connect(str(file)) as connection:
                found: Rows = connection.execute(query).fetchall()
            return found

        return file, look_in_file
    server = request.getfixturevalue("postgresql")
    from adbc_driver_postgresql import dbapi

    monkeypatch.setenv("COUNCIL", server.secret_url)

    def ask(query: str) -> Rows:
        with dbapi.connect(server.secret_url, autocommit=True) as connection, connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall() if query.startswith("SELECT") else []

    ask("DROP TABLE IF EXISTS answers")
    ask("DROP TABLE IF EXISTS others")
    return "env:COUNCIL", ask


def test_a_card_is_added_with_its_day_and_the_librarys_version(database: Database) -> None:
    where, look = database
    count = len(card().evaluations)
    assert card().to_database(where) == count
    names = ", ".join(f'"{name}"' for name in ("plan", "library_version", "measure", "status", "as_of"))
    found = look(f"SELECT {names} FROM answers")
    assert {(row[0], row[1], str(row[4])) for row in found} == {(PLAN.id, __version__, "2025-12-31")}
    assert [(row[2], row[3]) for row in found] == [(each.measure, each.status.value) for each in card().evaluations]


def test_every_cell_is_that_of_the_cards_own_rows(database: Database) -> None:
    where, look = database
    card().to_database(where)
    found = look(f"SELECT {', '.join(COLUMNS)} FROM answers")
    wanted = [tuple(row.values()) for row in answer_rows(card())]
    plain = [
        tuple(
            cell.isoformat() if isinstance(cell, date) else int(cell) if isinstance(cell, bool) else cell
            for cell in row
        )
        for row in found
    ]
    assert plain == [
        tuple(
            cell.isoformat() if isinstance(cell, date) else int(cell) if isinstance(cell, bool) else cell
            for cell in row
        )
        for row in wanted
    ]


def test_the_same_card_twice_is_refused_and_nothing_is_changed(database: Database) -> None:
    where, look = database
    count = card().to_database(where)
    with pytest.raises(DocumentError) as refused:
        card().to_database(where)
    assert f"{HERE} already (if_there='replace' replaces them)" in str(refused.value)
    assert look("SELECT count(*) FROM answers") == [(count,)]


def test_the_same_card_takes_the_place_of_the_other_where_that_is_asked_for(database: Database) -> None:
    where, look = database
    count = card().to_database(where)
    assert card().to_database(where, if_there="replace") == count
    assert look("SELECT count(*) FROM answers") == [(count,)]


def test_another_day_place_policy_or_plan_is_another_card(database: Database) -> None:
    where, look = database
    others = [
        card(),
        card(as_of=date(2025, 6, 30)),
        card("E92000001"),
        card(policy=FIVE_PER_CENT),
        evaluate_plan(PLAN.amended(id="another"), FIGURES, as_of=AS_OF, area=HERE),
    ]
    for each in others:
        each.to_database(where)
    assert look("SELECT count(*) FROM answers") == [(sum(len(each.evaluations) for each in others),)]
    with pytest.raises(DocumentError):
        others[2].to_database(where)
    others[2].to_database(where, if_there="replace")
    assert look("SELECT count(*) FROM answers") == [(sum(len(each.evaluations) for each in others),)]


def test_answers_in_bulk_are_added_place_by_place(database: Database) -> None:
    pytest.importorskip("polars")
    import polars as pl

    where, look = database
    answers = frames.evaluate(PLAN, pl.DataFrame(frames.from_observations(FIGURES)), as_of=AS_OF)
    count = store_answers(PLAN, answers, where, as_of=AS_OF, table="answers")
    assert count == answers.height == look("SELECT count(*) FROM answers")[0][0]
    statuses = look(f"SELECT measure, status FROM answers WHERE area = '{HERE}'")
    assert sorted(statuses) == sorted((each.measure, each.status.value) for each in card().evaluations)
    with pytest.raises(DocumentError):
        card().to_database(where)
    card().to_database(where, if_there="replace")
    assert look("SELECT count(*) FROM answers") == [(count,)]


def test_a_table_that_is_something_else_is_left_as_it_is(database: Database) -> None:
    where, look = database
    card().to_database(where, "others")
    if isinstance(where, Path) and where.suffix == ".sqlite":
        connection = sqlite3.connect(where)
        with connection:
            connection.execute("CREATE TABLE kpi (a TEXT)")
        connection.close()
        with pytest.raises(DocumentError) as refused:
            card().to_database(where, "kpi")
        assert 'the table "kpi" has no column plan' in str(refused.value)
        assert look("SELECT count(*) FROM kpi") == [(0,)]
    assert look("SELECT count(*) FROM others") == [(len(card().evaluations),)]


@pytest.mark.parametrize("table", ['a"; DROP TABLE x; --', "", "a b", "a.b.c", "1a", "é", 5, None, "x" * 64])
def test_a_table_has_a_plain_name(table: Any, tmp_path: Path) -> None:
    with pytest.raises(InvalidValueError):
        card().to_database(tmp_path / "a.sqlite", table)
    assert not (tmp_path / "a.sqlite").exists()


def test_where_it_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "text.sqlite").write_text("no database", encoding="utf-8")
    for path in (tmp_path / "text.sqlite", tmp_path / "none" / "a.sqlite"):
        with pytest.raises(DocumentError):
            card().to_database(path)
    for given in (tmp_path / "a.txt", "mssql+x://host/db", "postgresql://a:secret@h/d"):
        with pytest.raises(InvalidValueError):
            card().to_database(given)
    with pytest.raises(InvalidValueError, match="'refuse' or 'replace'"):
        card().to_database(tmp_path / "a.sqlite", if_there="append")  # type: ignore[arg-type]  # the point of the test


def test_a_wrong_password_is_in_no_error_of_writing(postgresql: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "tops3cret")
    with pytest.raises(DocumentError) as refused:
        card().to_database(postgresql.url)
    assert "password authentication failed" in str(refused.value)
    assert "tops3cret" not in f"{refused.value!s}{refused.value!r}{refused.value.__context__!r}"


def test_of_two_who_write_at_once_one_is_refused(database: Database) -> None:
    """Whichever comes second sees what the first has written."""
    where, look = database
    card("E92000001").to_database(where)
    outcomes: list[str] = []

    def add() -> None:
        try:
            card().to_database(where)
            outcomes.append("added")
        except DocumentError:
            outcomes.append("refused")

    writers = [threading.Thread(target=add) for _ in range(3)]
    for each in writers:
        each.start()
    for each in writers:
        each.join(60)
    assert sorted(outcomes) == ["added", "refused", "refused"]
    assert look(f"SELECT count(*) FROM answers WHERE area = '{HERE}'") == [(len(card().evaluations),)]


def test_parquet_has_the_same_columns_and_types_whatever_the_answers_are(tmp_path: Path) -> None:
    pl = pytest.importorskip("polars")
    card().to_parquet(tmp_path / "a.parquet")
    evaluate_plan(PLAN, [], as_of=AS_OF, area=HERE).to_parquet(tmp_path / "b.parquet")
    one, other = (pl.read_parquet(tmp_path / name) for name in ("a.parquet", "b.parquet"))
    assert one.schema == other.schema
    assert one.columns == list(STORED)
    assert one.height == other.height == len(card().evaluations)
    assert one["status"].to_list() == [each.status.value for each in card().evaluations]
    assert pl.concat([one, other]).height == 2 * one.height


def test_answers_in_bulk_are_the_same_in_every_file(tmp_path: Path) -> None:
    pl = pytest.importorskip("polars")
    pytest.importorskip("xlsxwriter")
    answers = frames.evaluate(PLAN, pl.DataFrame(frames.from_observations(FIGURES)), as_of=AS_OF)
    for name in ("a.parquet", "a.csv", "a.xlsx"):
        assert store_answers(PLAN, answers, tmp_path / name, as_of=AS_OF) == answers.height
    one = pl.read_parquet(tmp_path / "a.parquet")
    other = pl.read_csv(tmp_path / "a.csv", schema_overrides={"value": pl.Float64, "gap": pl.Float64})
    for name in ("plan", "measure", "status", "value", "gap", "area", "title"):
        assert one[name].to_list() == other[name].to_list(), name
    with pytest.raises(InvalidValueError, match=r"\.parquet, \.csv, \.xlsx"):
        store_answers(PLAN, answers, tmp_path / "a.txt", as_of=AS_OF)
    with pytest.raises(InvalidValueError, match=r"as frames\.evaluate gives it"):
        store_answers(PLAN, pl.DataFrame({"a": [1]}), tmp_path / "a.csv", as_of=AS_OF)
    with pytest.raises(InvalidTypeError):
        store_answers("plan", answers, tmp_path / "a.csv", as_of=AS_OF)  # type: ignore[arg-type]  # the point of the test


def test_what_was_stored_is_a_source_again(tmp_path: Path) -> None:
    """The round: figures, answers, a table, and a query of it."""
    where = tmp_path / "answers.sqlite"
    card().to_database(where)
    query = "SELECT measure, status FROM answers WHERE status = 'achieved'"
    rows = [tuple(row) for _, row in read_query(where, query)][1:]
    assert rows == [(each.measure, "achieved") for each in card().evaluations if each.status == "achieved"]


def test_a_card_without_a_place_is_one_card(tmp_path: Path) -> None:
    nowhere: list[Observation] = []
    empty = evaluate_plan(PLAN, nowhere, as_of=AS_OF)
    assert empty.area is None
    where = tmp_path / "answers.sqlite"
    empty.to_database(where)
    with pytest.raises(DocumentError):
        empty.to_database(where)
    assert empty.to_database(where, if_there="replace") == len(empty.evaluations)
