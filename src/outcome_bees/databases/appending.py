"""A table of a database that answers are added to: made where it is not there, and never holding the same twice."""

import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from importlib.util import find_spec
from threading import Lock
from typing import Any, Literal, get_args

from outcome_bees.databases._reading import connected_to_postgresql, guarded
from outcome_bees.databases.addresses import Address, locate
from outcome_bees.errors import DocumentError, InvalidTypeError, InvalidValueError, MissingExtraError
from outcome_bees.serializers.file_access import refusal

__all__ = ["ColumnKind", "IfThere", "append_rows"]

IfThere = Literal["refuse", "replace"]
"""What to do where a table has the same answers already."""

ColumnKind = Literal["text", "number", "truth", "date"]
"""What a column holds."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}(?:\.[A-Za-z_][A-Za-z0-9_]{0,62})?", re.ASCII)
_TABLE_NAME = "a name of letters, digits and _, with or without a schema's before it"
_TYPES: dict[str, dict[str, str]] = {
    "sqlite": {"text": "TEXT", "number": "REAL", "truth": "INTEGER", "date": "TEXT"},
    "duckdb": {"text": "VARCHAR", "number": "DOUBLE", "truth": "BOOLEAN", "date": "DATE"},
    "postgresql": {"text": "TEXT", "number": "DOUBLE PRECISION", "truth": "BOOLEAN", "date": "DATE"},
}
_WAIT = 10.0  # seconds for another writer to end; our choice
_SHOWN = 5
_one_writer = Lock()  # of one process: DuckDB itself lets only one process write, and all threads of it

Row = Sequence[Any]


def append_rows(
    database: str | os.PathLike[str],
    table: str,
    columns: Mapping[str, ColumnKind],
    rows: Iterable[Row],
    *,
    same: Mapping[str, Any],
    divided_by: str,
    if_there: IfThere = "refuse",
) -> int:
    """Add rows to a table in one transaction, and return how many.

    Args:
        database: The path of an SQLite or DuckDB file, which is made where its suffix says its sort; or PostgreSQL, as
            for ``read_query``.
        table: The table, with or without its schema.
        columns: The columns of the rows, in order, and what each holds. A table that is there has all of them.
        rows: The rows.
        same: What all of the rows have in some columns, by which the same answers are recognised.
        divided_by: The column whose values divide them further: rows with one that is there already are the same again.
        if_there: Whether the same again is refused, or takes the place of what is there.

    Raises:
        DocumentError: The database cannot be written, the table lacks a column, or has the same already.
        InvalidValueError: The table's name or ``if_there`` is none.
    """
    if if_there not in get_args(IfThere):
        raise InvalidValueError("if_there", if_there, "'refuse' or 'replace'")
    if not isinstance(table, str):
        raise InvalidTypeError("table", table, _TABLE_NAME)
    if not _NAME.fullmatch(table):
        raise InvalidValueError("table", table, _TABLE_NAME)
    address = locate(database, new_ok=True)
    if address.kind == "sqlalchemy":
        raise InvalidValueError("database", address.name, "SQLite, DuckDB or PostgreSQL, to be written to")
    listed = [tuple(row) for row in rows]
    connection, errors, begin, end = _opened(address)
    quoted = ".".join(f'"{part}"' for part in table.split("."))
    writer = _TableWriter(address, errors, connection, quoted, columns)
    try:
        begin()
        writer.make()
        writer.clear(listed, same, divided_by, if_there)
        writer.add(listed)
        guarded(address, errors, connection.commit, "written")
    finally:
        end()
    return len(listed)


def _opened(
    address: Address,
) -> tuple[Any, tuple[type[Exception], ...], Callable[[], object], Callable[[], object]]:
    """Return a connection, the errors that it may give, and how a transaction begins and what ends it all."""
    if address.kind == "postgresql":
        server, errors = connected_to_postgresql(address)

        def leave() -> None:
            server.rollback()
            server.close()

        return server, errors, lambda: None, leave
    if address.kind == "sqlite":
        errors = (sqlite3.Error, sqlite3.Warning)
        path = address.location
        file = guarded(address, errors, lambda: sqlite3.connect(path, timeout=_WAIT, isolation_level=None), "written")
        begin = "BEGIN IMMEDIATE"  # so that of two writers the second sees what the first has written
        return file, errors, lambda: guarded(address, errors, lambda: file.execute(begin), "written"), file.close
    if find_spec("duckdb") is None:
        raise MissingExtraError("A DuckDB file is written", "duckdb", "duckdb")
    import duckdb

    errors = (duckdb.Error, RuntimeError)
    _one_writer.acquire()
    try:
        own: Any = guarded(address, errors, lambda: duckdb.connect(address.location), "written")
    except DocumentError:
        _one_writer.release()
        raise

    def close() -> None:
        try:
            own.close()
        finally:
            _one_writer.release()

    return own, errors, lambda: guarded(address, errors, own.begin, "written"), close


class _TableWriter:
    """A table that is being added to."""

    def __init__(
        self,
        address: Address,
        errors: tuple[type[Exception], ...],
        connection: Any,
        table: str,
        columns: Mapping[str, ColumnKind],
    ) -> None:
        self._address, self._errors, self._table, self._columns = address, errors, table, columns
        self._connection = connection
        self._cursor: Any = connection.cursor() if address.kind == "postgresql" else connection

    def _do(self, statement: str, parameters: Sequence[Any] = ()) -> Any:
        def call() -> Any:
            done = self._cursor.execute(statement, list(parameters)) if parameters else self._cursor.execute(statement)
            return self._cursor if self._address.kind == "postgresql" else done

        return guarded(self._address, self._errors, call, "written")

    def make(self) -> None:
        """Make the table, unless it is there; then it has to have every column."""
        types = _TYPES[self._address.kind]
        names = ", ".join(f'"{name}" {types[kind]}' for name, kind in self._columns.items())
        self._do(f"CREATE TABLE IF NOT EXISTS {self._table} ({names})")
        if self._address.kind == "postgresql":
            self._do(f"LOCK TABLE {self._table} IN SHARE ROW EXCLUSIVE MODE")
        there = {str(each[0]) for each in self._do(f"SELECT * FROM {self._table} WHERE 1 = 0").description}
        missing = [name for name in self._columns if name not in there]
        if missing:
            message = f"the table {self._table} has no column {missing[0]} (it lacks {len(missing)} of those to write)"
            raise refusal(self._address.name, message, done="written")

    def clear(self, rows: Sequence[Row], same: Mapping[str, Any], divided_by: str, if_there: IfThere) -> None:
        """See that the same rows are not there, or are there no more."""
        where, parameters = self._where(same)
        found = self._do(f'SELECT DISTINCT "{divided_by}" FROM {self._table} WHERE {where}', parameters)
        there = {row[0] for row in guarded(self._address, self._errors, found.fetchall, "written")}
        place = list(self._columns).index(divided_by)
        again = sorted({row[place] for row in rows} & there, key=str)
        if not again:
            return
        if if_there == "refuse":
            shown = ", ".join(f"{name} {value}" for name, value in same.items())
            parts = ", ".join(map(str, again[:_SHOWN])) + (" …" if len(again) > _SHOWN else "")
            message = f"the table {self._table} has the answers of {shown} for {parts} already"
            raise refusal(self._address.name, f"{message} (if_there='replace' replaces them)", done="written")
        for each in again:
            where, parameters = self._where({**same, divided_by: each})
            self._do(f"DELETE FROM {self._table} WHERE {where}", parameters)

    def _where(self, facts: Mapping[str, Any]) -> tuple[str, list[Any]]:
        """Return a condition, and its parameters; what is nothing is so in the statement itself."""
        parts, parameters = [], []
        for name, value in facts.items():
            if value is None:
                parts.append(f'"{name}" IS NULL')
                continue
            parameters.append(_cell(value, True))
            mark = f"${len(parameters)}" if self._address.kind == "postgresql" else "?"
            dated = isinstance(value, date) and self._address.kind != "sqlite"
            parts.append(f'"{name}" = CAST({mark} AS DATE)' if dated else f'"{name}" = {mark}')
        return " AND ".join(parts), parameters

    def add(self, rows: Sequence[Row]) -> None:
        """Write the rows: by Arrow where that is there, else one after another."""
        if not rows:
            return
        names = ", ".join(f'"{name}"' for name in self._columns)
        if self._address.kind == "sqlite" or find_spec("pyarrow") is None:
            marks = ", ".join("?" * len(self._columns))
            statement = f"INSERT INTO {self._table} ({names}) VALUES ({marks})"
            plain = [[_cell(cell, self._address.kind == "sqlite") for cell in row] for row in rows]
            guarded(self._address, self._errors, lambda: self._cursor.executemany(statement, plain), "written")
            return
        arrow = _arrow(self._columns, rows)
        if self._address.kind == "duckdb":

            def take() -> None:
                self._connection.register("_answers_to_add", arrow)
                self._connection.execute(f"INSERT INTO {self._table} ({names}) SELECT {names} FROM _answers_to_add")
                self._connection.unregister("_answers_to_add")

            guarded(self._address, self._errors, take, "written")
            return
        schema, _, name = self._table.replace('"', "").rpartition(".")
        guarded(
            self._address,
            self._errors,
            lambda: self._cursor.adbc_ingest(name, arrow, mode="append", db_schema_name=schema or None),
            "written",
        )


def _cell(value: Any, as_text: bool) -> Any:
    """Return a value as a driver takes it; SQLite has no dates."""
    return value.isoformat() if as_text and isinstance(value, date) else value


def _arrow(columns: Mapping[str, ColumnKind], rows: Sequence[Row]) -> Any:
    import pyarrow as pa

    kinds = {"text": pa.string(), "number": pa.float64(), "truth": pa.bool_(), "date": pa.date32()}
    held = zip(*rows, strict=True)
    return pa.table(
        {name: pa.array(cells, kinds[kind]) for (name, kind), cells in zip(columns.items(), held, strict=True)}
    )
