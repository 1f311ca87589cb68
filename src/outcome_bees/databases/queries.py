"""A query as a source of figures: its rows as any table's, as observations, or as a frame."""

import os
import re
from collections.abc import Generator, Sequence
from contextlib import closing
from importlib.util import find_spec
from typing import Any, Literal, overload

from outcome_bees.databases._reading import Running, run
from outcome_bees.databases.addresses import locate
from outcome_bees.databases.statement_check import check_query
from outcome_bees.errors import InvalidTypeError, InvalidValueError, MissingExtraError
from outcome_bees.identifiers import sql_name
from outcome_bees.kept import gc_paused
from outcome_bees.layouts import Layout, OwnLayout
from outcome_bees.layouts.cells import as_text
from outcome_bees.model.index import Observations
from outcome_bees.model.plan import Plan
from outcome_bees.serializers.file_access import refusal
from outcome_bees.serializers.observations import Collected, check_and_index
from outcome_bees.serializers.table import TableReader

__all__ = ["MAX_ROWS_QUERIED", "MAX_SECONDS", "load_query", "query_frame", "query_of_table", "read_query", "tables_of"]

MAX_ROWS_QUERIED = 1_000_000
"""The most rows that are taken of a query, where the caller allows no other number. Our choice."""

MAX_SECONDS = 60.0
"""How long a query may take, where the caller allows no other time. Our choice."""

_BATCH = 10_000


def read_query(
    database: str | os.PathLike[str],
    query: str,
    *,
    most_rows: int = MAX_ROWS_QUERIED,
    seconds: float = MAX_SECONDS,
) -> Generator[tuple[int, Sequence[str]], None, None]:
    """Yield the rows of a query, the names of its columns first, each cell as text: as any table of figures is read.

    Args:
        database: The path of an SQLite or DuckDB file, which is opened for reading alone; a URL without a password; or
            ``env:NAME``, a URL from the environment. PostgreSQL is reached by ADBC in a transaction that may only
            read; every other server by SQLAlchemy, with the driver that its URL names (``mssql+pyodbc://…``).
        query: One SELECT, WITH or VALUES.
        most_rows: How many rows it may give; with more it is refused, and never cut.
        seconds: How long it may take, where the database can be made to stop.

    Raises:
        DocumentError: The database cannot be read, or refuses the query.
        InvalidValueError: The query is none, or the address of the database cannot be read.
        MissingExtraError: What reaches the database is not installed.
    """
    _check_request(query, most_rows, seconds)
    return _rows(database, query, most_rows, seconds)


def _rows(
    database: str | os.PathLike[str], query: str, most_rows: int, seconds: float
) -> Generator[tuple[int, Sequence[str]], None, None]:
    with closing(_running(database, query, seconds)) as running:
        yield 1, running.names
        number = 0
        while rows := running.fetch(min(_BATCH, most_rows + 1 - number)):
            for row in rows:
                number += 1
                _bounded(number, most_rows, os.fspath(database))
                yield number + 1, [as_text(cell) for cell in row]


def _check_request(query: str, most_rows: int, seconds: float) -> None:
    check_query(query)
    if isinstance(most_rows, bool) or not isinstance(most_rows, int):
        raise InvalidTypeError("most_rows", most_rows, "a whole number from 1")
    if most_rows < 1:
        raise InvalidValueError("most_rows", most_rows, "a whole number from 1")
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise InvalidTypeError("seconds", seconds, "a number of seconds from 0.001 to 86,400")
    if not 0.001 <= seconds <= 86_400:
        raise InvalidValueError("seconds", seconds, "a number of seconds from 0.001 to 86,400")


def _running(database: str | os.PathLike[str], query: str, seconds: float) -> Running:
    address = locate(database)
    running = run(address, query, seconds)
    if not running.names:
        running.close()
        raise refusal(address.name, "the query gives no columns")
    return running


_LISTING = {
    "sqlite": """SELECT '', name FROM sqlite_master
        WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name""",
    "duckdb": """SELECT CASE table_schema WHEN 'main' THEN '' ELSE table_schema END, table_name
        FROM information_schema.tables WHERE table_schema NOT IN ('information_schema', 'pg_catalog') ORDER BY 1, 2""",
    "postgresql": """SELECT CASE table_schema WHEN 'public' THEN '' ELSE table_schema END, table_name
        FROM information_schema.tables WHERE table_schema NOT IN ('information_schema', 'pg_catalog') ORDER BY 1, 2""",
}
_AS_WRITTEN = re.compile(r'(?:[A-Za-z_]\w*|"(?:[^"]|"")+")(?:\.(?:[A-Za-z_]\w*|"(?:[^"]|"")+"))?', re.ASCII)


def tables_of(database: str | os.PathLike[str]) -> list[str] | None:
    """Return the tables and views of a database as SQL names them; ``None``: it cannot be asked for them.

    Raises:
        DocumentError: The database cannot be read.
        InvalidValueError: Its address cannot be read.
        MissingExtraError: What reaches the database is not installed.
    """
    listing = _LISTING.get(locate(database).kind)
    if listing is None:
        return None
    (_, *rows) = read_query(database, listing)
    return [".".join(part if _LOWER.fullmatch(part) else sql_name(part) for part in row if part) for _, row in rows]


_LOWER = re.compile("[a-z_][a-z0-9_]*", re.ASCII)


def query_of_table(table: str) -> str:
    """Return the query that gives a whole table: one in quotes is named as it is, another as its database reads it.

    Example:
        >>> query_of_table("service.kpi"), query_of_table("KPI 2024")
        ('SELECT * FROM service.kpi', 'SELECT * FROM "KPI 2024"')
    """
    if not isinstance(table, str):
        raise InvalidTypeError("table", table, "the name of a table or view")
    return f"SELECT * FROM {table if _AS_WRITTEN.fullmatch(table) else sql_name(table)}"


def _bounded(number: int, most_rows: int, database: str) -> None:
    if number > most_rows:
        allowed = f"at most {most_rows:,} (have it give fewer; in Python, most_rows= allows another number)"
        raise refusal(locate(database).name, f"the query gives more than {most_rows:,} rows; allowed: {allowed}")


@overload
def load_query(
    database: str | os.PathLike[str],
    query: str,
    plan: Plan | None = ...,
    *,
    layout: Layout | None = ...,
    on_error: Literal["stop"] = ...,
    most_rows: int = ...,
    seconds: float = ...,
) -> Observations: ...
@overload
def load_query(
    database: str | os.PathLike[str],
    query: str,
    plan: Plan | None = ...,
    *,
    layout: Layout | None = ...,
    on_error: Literal["collect"],
    most_rows: int = ...,
    seconds: float = ...,
) -> Collected: ...
def load_query(
    database: str | os.PathLike[str],
    query: str,
    plan: Plan | None = None,
    *,
    layout: Layout | None = None,
    on_error: Literal["stop", "collect"] = "stop",
    most_rows: int = MAX_ROWS_QUERIED,
    seconds: float = MAX_SECONDS,
) -> Observations | Collected:
    """Return the figures that a query of a database gives, as ``load_observations`` returns those of a file.

    Args:
        database, query, most_rows, seconds: As for ``read_query``.
        plan, layout, on_error: As for ``load_observations``.

    Raises:
        DocumentError: With every row that cannot be read, each by its number, the names of the columns being 1.

    Example:
        >>> import sqlite3, tempfile, pathlib
        >>> file = pathlib.Path(tempfile.mkdtemp()) / "council.sqlite"
        >>> made = sqlite3.connect(file)
        >>> with made:
        ...     _ = made.execute("CREATE TABLE kpi (code TEXT, year TEXT, figure NUMERIC)")
        ...     _ = made.execute("INSERT INTO kpi VALUES ('ehcp', 'CY2024', 56.3)")
        >>> made.close()
        >>> query = "SELECT code AS measure, year AS period, 'E10000015' AS area, figure AS value FROM kpi"
        >>> [figure.value for figure in load_query(file, query)]
        [Decimal('56.3')]
    """
    if on_error not in ("stop", "collect"):
        raise InvalidValueError("on_error", on_error, "'stop' or 'collect'")
    rows = read_query(database, query, most_rows=most_rows, seconds=seconds)
    found = TableReader(locate(database).name, list_all=on_error == "collect")
    with gc_paused(), closing(rows):  # the database is released where the rows cannot be read to their end
        # Nothing in a database guards against spreadsheets.
        found.read(rows, OwnLayout(guard=False) if layout is None else layout)
        return check_and_index(found, plan, collect=on_error == "collect")


def query_frame(
    database: str | os.PathLike[str],
    query: str,
    *,
    most_rows: int = 20 * MAX_ROWS_QUERIED,
    seconds: float = MAX_SECONDS,
) -> Any:
    """Return the rows of a query as a Polars frame, for ``frames.evaluate``; exact numbers of any size become floats.

    Args:
        database, query, most_rows, seconds: As for ``read_query``.

    Raises:
        DocumentError: The database cannot be read, or refuses the query.
        MissingExtraError: Polars, or what reaches the database, is not installed.
    """
    if find_spec("polars") is None:
        raise MissingExtraError("A query is given as a frame", "polars", "polars")
    import polars as pl

    _check_request(query, most_rows, seconds)
    with closing(_running(database, query, seconds)) as running:
        rows: list[Sequence[Any]] = []
        while batch := running.fetch(min(10 * _BATCH, most_rows + 1 - len(rows))):
            rows += batch
            _bounded(len(rows), most_rows, os.fspath(database))
        if len(set(running.names)) < len(running.names):
            twice = next(each for each in running.names if running.names.count(each) > 1)
            raise refusal(locate(database).name, f"the column {twice!r} occurs twice")
        frame = pl.DataFrame([tuple(row) for row in rows], schema=running.names, orient="row", infer_schema_length=None)
        return frame.with_columns(pl.col(*running.numeric).cast(pl.Float64)) if running.numeric else frame
