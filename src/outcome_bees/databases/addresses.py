"""Where a database is: a file, or a server by its URL; a secret in it is in no message and no repr.

Credentials come from the environment: a whole URL from a variable that is named (``env:COUNCIL_DB``), or a part of it
from the variables of libpq (``PGUSER``, ``PGPASSWORD``, ``PGPASSFILE`` …). A URL that is written out has none.
"""

import os
import re
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, unquote, urlsplit

from attrs import field, frozen

from outcome_bees.errors import DocumentError, InvalidTypeError, InvalidValueError, Verbatim
from outcome_bees.serializers.file_access import displayed_name, opened, refusal

__all__ = ["Address", "DatabaseKind", "is_database", "locate"]

DatabaseKind = Literal["sqlite", "duckdb", "postgresql", "sqlalchemy"]
"""What a database is reached with."""

_ALLOWED = "the path of an SQLite or DuckDB file, a URL such as postgresql://host/database, or env:NAME of a variable"
_VARIABLE = re.compile("env:([A-Za-z_][A-Za-z0-9_]*)", re.ASCII)
_SCHEME = re.compile(r"[a-z][a-z0-9]*(?:\+[a-z0-9_]+)?", re.ASCII)
_SECRET = re.compile(r"(?:pass|pwd|secret|token|credential|odbc_connect)[a-z_]*", re.ASCII | re.IGNORECASE)
_NEW_FILES: dict[str, DatabaseKind] = {
    **dict.fromkeys((".sqlite", ".sqlite3", ".db"), "sqlite"),
    **dict.fromkeys((".duckdb", ".ddb"), "duckdb"),
}
_SQLITE_MARK, _DUCKDB_MARK = b"SQLite format 3\0", b"DUCK"


@frozen
class Address:
    """Where a database is.

    Attributes:
        kind: What it is reached with.
        location: The path or URL, with whatever secrets that has: never shown.
        name: What messages call it.
        secrets: Texts that no message may have.
    """

    kind: DatabaseKind
    location: str = field(repr=False)
    name: str
    secrets: tuple[str, ...] = field(default=(), repr=False)

    def redacted(self, message: str) -> str:
        """Return what a driver says, without any secret that it may repeat."""
        for secret in sorted({*self.secrets, os.environ.get("PGPASSWORD", "")}, key=len, reverse=True):
            if secret:
                message = message.replace(secret, "…")
        return message


def locate(database: str | os.PathLike[str], *, new_ok: bool = False) -> Address:
    """Return where a database is.

    Args:
        database: The path of a file, a URL without a password, or ``env:NAME``.
        new_ok: Whether a file that is not there yet will do; its suffix then says of which sort it is to be.

    Raises:
        DocumentError: The file is not there, or is no database.
        InvalidValueError: It is none of the three, or a URL with a password in it.

    Example:
        >>> locate("postgresql://reader@db.example.org/council").name
        'postgresql://db.example.org/council'
    """
    if not isinstance(database, (str, os.PathLike)):
        raise InvalidTypeError("database", type(database).__name__, _ALLOWED)
    text = os.fspath(database)
    if isinstance(database, str) and text.startswith("env:"):
        return _from_environment(text)
    if isinstance(database, str) and "://" in text:
        address = _of_url(text, None)
        if address.secrets:
            allowed = "a URL without a password or another secret"
            hint = "put the whole URL in an environment variable, and give env:NAME; or set PGPASSWORD"
            raise InvalidValueError("database", Verbatim(address.name), allowed, hint)
        return address
    return _of_file(text, new_ok)


def is_database(source: str | os.PathLike[str]) -> bool:
    """Return whether a text says where a database is, or a path is that of one.

    Example:
        >>> is_database("env:COUNCIL_DB"), is_database("figures.csv")
        (True, False)
    """
    address = isinstance(source, str) and (source.startswith("env:") or "://" in source)
    if address or Path(source).suffix.lower() in _NEW_FILES:
        return True
    try:
        with opened(source) as file:
            return _kind_of(file.read(16)) is not None
    except DocumentError:
        return False


def _kind_of(head: bytes) -> DatabaseKind | None:
    """Return of which sort a file with these first bytes is."""
    return "sqlite" if head == _SQLITE_MARK else "duckdb" if head[8:12] == _DUCKDB_MARK else None


def _from_environment(text: str) -> Address:
    found = _VARIABLE.fullmatch(text)
    if found is None:
        raise InvalidValueError("database", text, "env:NAME, the name of an environment variable that holds a URL")
    url = os.environ.get(found[1])
    if not url:
        raise InvalidValueError("database", text, f"an environment variable that is set ({found[1]} is not)")
    if "://" not in url:
        raise InvalidValueError("database", text, f"a variable that holds a URL (the value of {found[1]} is not one)")
    return _of_url(url, text)


def _of_url(url: str, name: str | None) -> Address:
    """Return the address of a server; ``name`` is what to call it where the URL may not be shown."""
    scheme = url.partition("://")[0]
    if not _SCHEME.fullmatch(scheme):
        raise InvalidValueError("database", Verbatim(name or "…://…"), _ALLOWED)
    try:
        parts = urlsplit(url)
        shown, secrets = _shown(parts), _secrets(parts)
    except ValueError:
        raise InvalidValueError("database", Verbatim(name or f"{scheme}://…"), _ALLOWED) from None
    if scheme.partition("+")[0] in ("sqlite", "duckdb", "file"):
        raise InvalidValueError("database", Verbatim(name or shown), "the path of a file as it is, without a scheme")
    kind: DatabaseKind = "postgresql" if scheme in ("postgresql", "postgres") else "sqlalchemy"
    return Address(kind, url, name or shown, (url, *secrets) if secrets or name else ())


def _shown(parts: SplitResult) -> str:
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{host}{port}{parts.path}"


def _secrets(parts: SplitResult) -> tuple[str, ...]:
    """Return the password of a URL, and the values in its query whose names say that they are secret."""
    values = [parts.password or ""]
    for each in parts.query.split("&"):
        key, _, value = each.partition("=")
        if _SECRET.search(unquote(key)) or _SECRET.search(unquote(value).partition("=")[0]):
            values.append(value)
    return tuple(dict.fromkeys(text for value in values if value for text in (value, unquote(value))))


def _of_file(path: str, new_ok: bool) -> Address:
    name = displayed_name(path)
    suffix = Path(path).suffix.lower()
    if new_ok and not (Path(path).exists() and Path(path).stat().st_size):
        if suffix not in _NEW_FILES:
            raise InvalidValueError("database", path, f"a new file whose name ends in {', '.join(_NEW_FILES)}")
        return Address(_NEW_FILES[suffix], path, name)
    with opened(path) as file:
        kind = _kind_of(file.read(16))
    if kind is None:
        raise refusal(name, "it is neither an SQLite nor a DuckDB database")
    return Address(kind, path, name)
