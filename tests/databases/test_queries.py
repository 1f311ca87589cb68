"""A query is a source: a database gives the figures that a file with its rows gives, and is never changed."""

import re
import sqlite3
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings

from outcome_bees import DocumentError, Observation, OutcomeBeesError, load_observations, load_plan, testing
from outcome_bees.databases import load_query, query_frame, read_query
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.layouts import OwnLayout
from outcome_bees.serializers import dump_observations

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PLAN = load_plan(EXAMPLES / "hertfordshire-2024-25.yaml")
FIGURES = load_observations(EXAMPLES / "hertfordshire.csv", PLAN)
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"


@contextmanager
def refused(pattern: str) -> Iterator[Any]:
    """Expect a document's error, one of whose problems says something."""
    with pytest.raises(DocumentError) as caught:
        yield caught
    assert re.search(pattern, str(caught.value)), str(caught.value)


def cells(figures: list[Observation]) -> list[tuple[str | None, ...]]:
    """Return the rows of a table of text, as many a council's database is."""
    names = ("measure", "period", "area", "value", "absence", "recorded")
    return [tuple(None if (v := getattr(each, n)) is None else str(v) for n in names) for each in figures]


CREATE = "CREATE TABLE figures (measure TEXT, period TEXT, area TEXT, value {}, absence TEXT, recorded {})"


@pytest.fixture
def sqlite(tmp_path: Path) -> Path:
    """The figures of the examples in an SQLite file."""
    path = tmp_path / "council?#.sqlite"
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(CREATE.format("TEXT", "TEXT"))
        connection.executemany("INSERT INTO figures VALUES (?, ?, ?, ?, ?, ?)", cells([*FIGURES]))
    connection.close()
    return path


@pytest.fixture
def duckdb_file(tmp_path: Path) -> Path:
    """The same in a DuckDB file, with types of its own."""
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "council.data"
    connection = duckdb.connect(str(path))
    connection.execute(CREATE.format("DECIMAL(18, 4)", "DATE"))
    connection.executemany("INSERT INTO figures VALUES (?, ?, ?, ?, ?, ?)", cells([*FIGURES]))
    connection.close()
    return path


@pytest.fixture
def server(postgresql: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The same in PostgreSQL, its password in the environment."""
    from adbc_driver_postgresql import dbapi

    monkeypatch.setenv("PGPASSWORD", postgresql.password)
    with dbapi.connect(postgresql.secret_url) as connection, connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS figures")
        cursor.execute(CREATE.format("NUMERIC", "DATE"))
        rows = ", ".join(
            "(" + ", ".join("NULL" if cell is None else "'" + cell.replace("'", "''") + "'" for cell in row) + ")"
            for row in cells([*FIGURES])
        )
        cursor.execute(f"INSERT INTO figures VALUES {rows}")
        connection.commit()
    return postgresql


def same(found: Any) -> None:
    """Assert that figures are those of the examples, but for what the table has no column for."""
    assert cells([*found]) == [
        (*row[:3], None if row[3] is None else str(number), *row[4:])
        for row, number in zip(cells([*FIGURES]), [each.value for each in found], strict=True)
    ]
    assert [each.value for each in found] == [each.value for each in FIGURES]


def test_sqlite_gives_the_figures_of_the_file(sqlite: Path) -> None:
    same(load_query(sqlite, "SELECT * FROM figures", PLAN))


def test_duckdb_gives_the_figures_of_the_file(duckdb_file: Path) -> None:
    same(load_query(duckdb_file, "SELECT * FROM figures", PLAN))


def test_postgresql_gives_the_figures_of_the_file(server: Any) -> None:
    same(load_query(server.url, "SELECT * FROM figures", PLAN))


def test_sqlalchemy_reads_what_no_driver_of_ours_does(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """With whichever driver the URL names: as SQL Server would be read."""
    pytest.importorskip("sqlalchemy")
    pytest.importorskip("psycopg", reason="no second driver for PostgreSQL is installed: SQLAlchemy needs one")
    monkeypatch.setenv("COUNCIL", server.secret_url.replace("postgresql:", "postgresql+psycopg:"))
    same(load_query("env:COUNCIL", "SELECT * FROM figures", PLAN))


@settings(max_examples=15)
@given(figures=testing.series())
def test_whatever_a_table_of_text_holds_a_database_holds_as_well(
    figures: list[Observation], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("drawn")
    dump_observations(figures, folder / "drawn.csv", guard=False)
    header, *rows = [row for _, row in _rows_of(folder / "drawn.csv")]
    connection = sqlite3.connect(folder / "drawn.sqlite")
    with connection:
        connection.execute(f"CREATE TABLE t ({', '.join(f'{name} TEXT' for name in header)})")
        connection.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(header))})", rows)
    connection.close()
    assert load_query(folder / "drawn.sqlite", "SELECT * FROM t") == load_observations(
        folder / "drawn.csv", layout=OwnLayout(guard=False)
    )


def _rows_of(path: Path) -> Any:
    from outcome_bees.serializers.tables.csv import read_csv

    with path.open("rb") as file:
        return list(read_csv(file, None))


def test_a_row_that_cannot_be_read_is_named_by_its_number_and_nothing_is_loaded(sqlite: Path) -> None:
    query = (
        "SELECT 'm' AS measure, 'CY2024' AS period, 'E1' AS area, 1 AS value UNION ALL SELECT 'm', '2024', 'E1', 'x'"
    )
    with pytest.raises(DocumentError) as caught:
        load_query(sqlite, query)
    assert [(each.line, each.path) for each in caught.value.problems] == [(3, "$.period"), (3, "$.value")]
    assert len(load_query(sqlite, query, on_error="collect").observations) == 1


@pytest.mark.parametrize("select", ["1 AS measure, 2 AS measure", "'a' AS measure, 'b' AS wat"])
def test_columns_that_are_wrong_are_named(sqlite: Path, select: str) -> None:
    with refused(r"measure|wat"):
        load_query(sqlite, f"SELECT {select}")


def test_a_query_gives_a_frame_for_bulk(sqlite: Path, duckdb_file: Path, server: Any) -> None:
    pytest.importorskip("polars")
    query = "SELECT measure, period, area, CAST(value AS {}) AS value, absence FROM figures"
    frames = [
        query_frame(sqlite, query.format("REAL")),
        query_frame(duckdb_file, query.format("DOUBLE")),
        query_frame(server.url, query.format("NUMERIC")),
    ]
    assert frames[0].equals(frames[1])
    assert frames[0].equals(frames[2])


# What may not be: statements that change something, files that are not asked for, and queries without an end.

HOSTILE = (
    "SELECT load_extension('evil')",
    "SELECT * FROM pragma_database_list",
    "SELECT zeroblob(2000000000)",
    "SELECT writefile('x', 'y')",
    "SELECT * FROM nowhere",
    "SELECT abs(-9223372036854775808)",
    "SELECT 1 WHERE",
    "SELECT ?",
)


@pytest.mark.parametrize("query", HOSTILE)
def test_sqlite_lets_nothing_but_reading_through(sqlite: Path, query: str) -> None:
    before = sqlite.read_bytes()
    began = time.perf_counter()
    with pytest.raises(OutcomeBeesError):
        list(read_query(sqlite, query))
    assert time.perf_counter() - began < 1
    assert sqlite.read_bytes() == before


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_parquet('https://example.org/a.parquet')",
        "SELECT * FROM sqlite_scan('a', 'b')",
        "SELECT nextval('s')",
    ],
)
def test_duckdb_reaches_no_other_file_and_no_network(duckdb_file: Path, query: str) -> None:
    with pytest.raises(DocumentError):
        list(read_query(duckdb_file, query))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT nextval('counted')",
        "SELECT set_config('transaction_read_only', 'off', false)",
        "SELECT setval('counted', 9)",
    ],
)
def test_postgresql_may_change_nothing_even_by_a_function(server: Any, query: str) -> None:
    from adbc_driver_postgresql import dbapi

    with dbapi.connect(server.secret_url) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE SEQUENCE IF NOT EXISTS counted")
        connection.commit()
    with refused(r"read-only transaction|read-write mode"):
        list(read_query(server.url, query))


def test_what_a_function_changes_all_the_same_is_undone(server: Any) -> None:
    """Before version 16 a transaction that may only read does make large objects."""
    with suppress(DocumentError):
        list(read_query(server.url, "SELECT lo_create(0)"))
    assert [row for _, row in read_query(server.url, "SELECT count(*) FROM pg_largeobject_metadata")][1] == ["0"]


def test_a_query_without_an_end_is_stopped(sqlite: Path, duckdb_file: Path, server: Any) -> None:
    endless = "SELECT count(*) FROM range(1000000000000) a"
    for database, query in [
        (sqlite, f"{ENDLESS} SELECT count(*) FROM n"),
        (duckdb_file, endless),
        (server.url, "SELECT pg_sleep(60)"),
    ]:
        began = time.perf_counter()
        with refused("the query took longer than it may"):
            list(read_query(database, query, seconds=0.2))
        assert time.perf_counter() - began < 5


def test_more_rows_than_are_allowed_are_refused_and_never_cut(sqlite: Path) -> None:
    query = f"{ENDLESS} SELECT i FROM n"
    with refused("gives more than 1,000 rows; allowed: at most 1,000"):
        list(read_query(sqlite, query, most_rows=1_000))
    rows = list(read_query(sqlite, f"{query} LIMIT 1000", most_rows=1_000))
    assert rows[0] == (1, ["i"])
    assert rows[-1] == (1_001, ["1000"])


@pytest.mark.parametrize("most", [0, -1, True, 1.5, "9"])
def test_bounds_are_numbers(sqlite: Path, most: Any) -> None:
    with pytest.raises(InvalidValueError):
        read_query(sqlite, "SELECT 1", most_rows=most)


@pytest.mark.parametrize("seconds", [0, -1, True, "9", float("nan"), float("inf"), None])
def test_a_time_is_a_number_of_seconds(sqlite: Path, seconds: Any) -> None:
    with pytest.raises(InvalidValueError):
        read_query(sqlite, "SELECT 1", seconds=seconds)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.sqlite"),
        (b"SQLite format 3\0" + b"\xff" * 5_000, "broken.sqlite"),
        (b"measure,period\n", "table.db"),
        (b"\0" * 8 + b"DUCK" + b"x" * 100, "broken.duckdb"),
    ],
)
def test_a_file_that_is_no_database_is_refused(content: bytes, name: str, tmp_path: Path) -> None:
    if b"DUCK" in content:
        pytest.importorskip("duckdb")
    (tmp_path / name).write_bytes(content)
    with refused(name):
        list(read_query(tmp_path / name, "SELECT * FROM t"))


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with refused("there is no such file"):
        list(read_query(tmp_path / "none.sqlite", "SELECT 1"))
    assert not (tmp_path / "none.sqlite").exists()


@pytest.mark.parametrize("given", [5, None, b"a.sqlite", object()])
def test_what_names_no_database_is_refused(given: Any) -> None:
    with pytest.raises(InvalidTypeError):
        list(read_query(given, "SELECT 1"))


# Credentials: from the environment, and in no message.

SECRET = "tops3cret"


def everything_said(error: BaseException) -> str:
    """Return all that an error and those behind it say, as a log would have it."""
    seen: list[BaseException] = []
    queue: list[BaseException | None] = [error]
    while queue:
        each = queue.pop()
        if each is not None and each not in seen:
            seen.append(each)
            queue += [each.__cause__, each.__context__, *getattr(each, "exceptions", ())]
    texts = [f"{each!r} {each} {each.args!r} {vars(each)!r}" for each in seen]
    return "\n".join([*texts, *traceback.format_exception(error)])


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://reader:{SECRET}@localhost/council",
        f"postgresql://localhost/council?user=a&password={SECRET}",
        f"postgresql://localhost/council?sslpassword={SECRET}",
        f"mssql+pyodbc://sa:{SECRET}@host/db?driver=x",
        f"mssql+pyodbc:///?odbc_connect=DRIVER%3D%7Bx%7D%3BPWD%3D{SECRET}",
        f"postgresql://reader:{SECRET}@[broken/council",
        f"postgresql://reader:{SECRET}@host:port/council",
        f"sqlite://reader:{SECRET}@x",
        f"POSTGRESQL+{SECRET}!://x",
    ],
)
def test_a_password_in_a_url_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        list(read_query(url, "SELECT 1"))
    assert SECRET not in str(caught.value)
    assert SECRET not in repr(caught.value)


def test_a_wrong_password_is_in_no_error(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", SECRET)
    with refused("password authentication failed") as caught:
        list(read_query(server.url, "SELECT 1"))
    assert SECRET not in everything_said(caught.value)
    wrong = server.secret_url.replace(quote(server.password, safe=""), SECRET)
    monkeypatch.setenv("COUNCIL", wrong)
    with refused("env:COUNCIL cannot be read") as caught:
        list(read_query("env:COUNCIL", "SELECT 1"))
    assert SECRET not in everything_said(caught.value)
    monkeypatch.setenv("COUNCIL", f"{wrong}  {SECRET}")
    with pytest.raises(DocumentError) as caught:
        list(read_query("env:COUNCIL", "SELECT 1"))
    assert SECRET not in everything_said(caught.value)


def test_a_right_password_is_not_repeated_with_the_error_of_a_query(
    server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNCIL", server.secret_url)
    with refused("nowhere") as caught:
        list(read_query("env:COUNCIL", "SELECT * FROM nowhere"))
    assert server.password not in everything_said(caught.value)


@pytest.mark.parametrize("scheme", ["mssql+nothing", "nothing", "mysql+nothing"])
def test_a_server_that_nothing_reaches_is_named_without_its_password(
    scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sqlalchemy")
    monkeypatch.setenv("COUNCIL", f"{scheme}://sa:{SECRET}@host/db")
    with pytest.raises(DocumentError) as caught:
        list(read_query("env:COUNCIL", "SELECT 1"))
    assert SECRET not in everything_said(caught.value)


@pytest.mark.parametrize("value", [None, "", "not a URL"])
def test_a_variable_without_a_url_is_named(value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COUNCIL", raising=False)
    if value is not None:
        monkeypatch.setenv("COUNCIL", value)
    with pytest.raises(InvalidValueError, match="COUNCIL") as caught:
        list(read_query("env:COUNCIL", "SELECT 1"))
    assert "not a URL" not in str(caught.value)
    with pytest.raises(InvalidValueError, match="env:NAME"):
        list(read_query("env:A B", "SELECT 1"))


def test_numbers_keep_their_digits(server: Any) -> None:
    query = "SELECT 'm' AS measure, 'CY2024' AS period, 'E1' AS area, 12345678901234567890.10::numeric AS value"
    (figure,) = load_query(server.url, query)
    assert str(figure.value) == "12345678901234567890.10"
    assert figure.value == Decimal("12345678901234567890.10")


def test_a_frame_of_a_query_has_each_column_once_and_no_more_rows_than_are_allowed(sqlite: Path) -> None:
    pytest.importorskip("polars")
    with refused("the column 'a' occurs twice"):
        query_frame(sqlite, "SELECT 1 AS a, 2 AS a")
    with refused("more than 2 rows"):
        query_frame(sqlite, "SELECT * FROM figures", most_rows=2)
    assert query_frame(sqlite, "SELECT * FROM figures WHERE measure = 'none'").height == 0


def test_what_to_do_with_bad_rows_is_one_of_two_words(sqlite: Path) -> None:
    with pytest.raises(InvalidValueError, match="'stop' or 'collect'"):
        load_query(sqlite, "SELECT 1", on_error="skip")  # type: ignore[call-overload]  # the point of the test
