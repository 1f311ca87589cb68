"""A query that is being run, in whichever way its database is reached: reading only, and for so long at most."""

import sqlite3
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from threading import Timer
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

from outcome_bees.databases.addresses import Address
from outcome_bees.errors import DocumentError, MissingExtraError
from outcome_bees.serializers.file_access import refusal

__all__ = ["Running", "connected_to_postgresql", "error_of_driver", "guarded", "run"]

T = TypeVar("T")

MAX_CELL = 2**24
"""The longest text or number that SQLite may make, in bytes. Our choice."""

_WAIT = 10  # seconds in which a server must answer; our choice
_SQLITE_STEPS = 10_000  # of its virtual machine, between two looks at the clock
_SQLITE_MAY = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}


class Running:
    """A query that gives its rows.

    Attributes:
        names: Its columns.
        numeric: The columns whose exact numbers come as text.
    """

    def __init__(
        self,
        address: Address,
        errors: tuple[type[Exception], ...],
        cursor: Any,
        names: Sequence[str],
        ends: Sequence[Callable[[], object]],
    ) -> None:
        self.names = list(names)
        self.numeric: tuple[str, ...] = ()
        self._address, self._errors, self._cursor, self._ends = address, errors, cursor, ends

    def fetch(self, most: int) -> list[Sequence[Any]]:
        """Return the next rows, so many at most; none where there are no more."""
        return guarded(self._address, self._errors, lambda: list(self._cursor.fetchmany(most)))

    def close(self) -> None:
        """Let the database go; what it still has to say no longer matters."""
        for end in self._ends:
            try:
                end()
            except self._errors:
                continue


def run(address: Address, query: str, seconds: float) -> Running:
    """Run a query that has been checked.

    Raises:
        DocumentError: The database cannot be reached, or refuses it.
        MissingExtraError: What reaches the database is not installed.
    """
    reach = {"sqlite": _sqlite, "duckdb": _duckdb, "postgresql": _postgresql, "sqlalchemy": _sqlalchemy}
    return reach[address.kind](address, query, seconds)


def guarded(address: Address, errors: tuple[type[Exception], ...], call: Callable[[], T], done: str = "read") -> T:
    """Return what a call to a driver gives, its error raised as one of ours.

    The driver's own error may quote a URL: so ours is raised when that is gone, and does not hold it.
    """
    try:
        return call()
    except errors as error:
        failure = error_of_driver(address, error, done)
    raise failure


def error_of_driver(address: Address, error: Exception, done: str = "read") -> DocumentError:
    """Return the error of a driver as one of ours, without secrets and in one line."""
    message = " ".join(address.redacted(str(error)).partition("\n\nQuery was:")[0].split())
    if any(word in message.lower() for word in ("interrupt", "statement timeout")):
        message = f"the query took longer than it may ({message})"
    if message == "not authorized":
        message = "the query does more than read tables"
    return refusal(address.name, message[:500] or type(error).__name__, done=done)


def _names(description: Any) -> list[str]:
    return [str(each[0]) for each in description or ()]


def _sqlite(address: Address, query: str, seconds: float) -> Running:
    """Open an SQLite file for reading alone, with an authorizer that lets nothing but reading through."""
    errors = (sqlite3.Error, sqlite3.Warning, OverflowError, UnicodeDecodeError)
    uri = f"{Path(address.location).resolve().as_uri()}?mode=ro"
    connection = guarded(address, errors, lambda: sqlite3.connect(uri, uri=True, timeout=_WAIT))
    until = time.monotonic() + seconds

    def execute() -> sqlite3.Cursor:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_CELL)
        connection.set_authorizer(
            lambda action, *_: sqlite3.SQLITE_OK if action in _SQLITE_MAY else sqlite3.SQLITE_DENY
        )
        connection.set_progress_handler(lambda: int(time.monotonic() > until), _SQLITE_STEPS)
        return connection.execute(query)

    try:
        cursor = guarded(address, errors, execute)
    except DocumentError:
        connection.close()
        raise
    return Running(address, errors, cursor, _names(cursor.description), [connection.close])


def _duckdb(address: Address, query: str, seconds: float) -> Running:
    """Open a DuckDB file for reading alone; a query of it reaches no other file and no network."""
    if find_spec("duckdb") is None:
        raise MissingExtraError("A DuckDB file is read", "duckdb", "duckdb")
    import duckdb

    errors = (duckdb.Error, RuntimeError)
    settings: Any = {
        "enable_external_access": "false",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "lock_configuration": "true",
    }
    connection: Any = guarded(
        address, errors, lambda: duckdb.connect(address.location, read_only=True, config=settings)
    )
    timer = Timer(seconds, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        cursor = guarded(address, errors, lambda: connection.execute(query))
    except DocumentError:
        timer.cancel()
        connection.close()
        raise
    return Running(address, errors, cursor, _names(cursor.description), [timer.cancel, connection.close])


def connected_to_postgresql(address: Address) -> tuple[Any, tuple[type[Exception], ...]]:
    """Return a connection to PostgreSQL by ADBC, in a transaction of its own, and the errors that it may give."""
    if find_spec("adbc_driver_postgresql") is None or find_spec("pyarrow") is None:
        raise MissingExtraError("PostgreSQL is reached", "sql", "adbc-driver-postgresql and pyarrow")
    from adbc_driver_manager import Error
    from adbc_driver_postgresql import dbapi

    parts = urlsplit(address.location)
    url = address.location
    if "connect_timeout" not in dict(parse_qsl(parts.query)):
        url += f"{'&' if parts.query else '?'}connect_timeout={_WAIT}"
    errors = (Error, OSError)
    return guarded(address, errors, lambda: dbapi.connect(url)), errors


def _postgresql(address: Address, query: str, seconds: float) -> Running:
    """Run it in a transaction that may only read, with the server's own bound on its time."""
    connection, errors = connected_to_postgresql(address)
    cursor: Any = connection.cursor()

    def execute() -> None:
        cursor.execute("SET TRANSACTION READ ONLY")
        cursor.execute(f"SET LOCAL statement_timeout = {max(1, int(seconds * 1000))}")
        cursor.execute(query)

    ends = [cursor.close, connection.rollback, connection.close]
    try:
        guarded(address, errors, execute)
    except DocumentError:
        Running(address, errors, cursor, (), ends).close()
        raise
    running = Running(address, errors, cursor, _names(cursor.description), ends)
    # Numbers of any size come as text, under a type that names them.
    running.numeric = tuple(
        str(each[0]) for each in cursor.description or () if getattr(each[1], "type_name", None) == "numeric"
    )
    return running


def _sqlalchemy(address: Address, query: str, seconds: float) -> Running:
    """Run it by way of SQLAlchemy, with the driver that the URL names; nothing of it is committed."""
    if find_spec("sqlalchemy") is None:
        raise MissingExtraError(f"{address.name.partition(':')[0]} is reached", "sql", "SQLAlchemy")
    from sqlalchemy import create_engine
    from sqlalchemy.exc import SQLAlchemyError

    errors: tuple[type[Exception], ...] = (SQLAlchemyError, ImportError, OSError, ValueError)

    def execute() -> tuple[Any, Any, Any]:
        engine = create_engine(address.location, hide_parameters=True)
        connection = engine.connect().execution_options(stream_results=True)
        return engine, connection, connection.exec_driver_sql(query)

    engine, connection, result = guarded(address, errors, execute)
    ends = [result.close, connection.rollback, connection.close, engine.dispose]
    return Running(address, errors, result, list(result.keys()) if result.returns_rows else [], ends)
