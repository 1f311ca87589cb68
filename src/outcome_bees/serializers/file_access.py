"""Files: opened and read whole within bounds, written whole or not at all; their names and formats."""

import codecs
import errno
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Protocol

from attrs import frozen

from outcome_bees.errors import DocumentError, InvalidValueError, Problem, nearest, shown

__all__ = [
    "MAX_BYTES",
    "SUFFIXES",
    "TABLES",
    "Readable",
    "Writable",
    "checked_chunk",
    "decoded",
    "displayed_name",
    "format_of",
    "name_of",
    "opened",
    "read_bytes",
    "reason_in_words",
    "refusal",
    "wide_encoding",
    "write",
]


class OpenForReading(Protocol):
    """A file that is open already, of text or of bytes."""

    def read(self, size: int, /) -> Any: ...


class OpenForWriting(Protocol):
    """A file that is open already, for text or for bytes."""

    def write(self, content: Any, /) -> Any: ...


Readable = str | os.PathLike[str] | OpenForReading
Writable = str | os.PathLike[str] | OpenForWriting

MAX_BYTES = 128 * 2**20
"""The largest document read whole. Our choice: a plan of 5,000 measures with 60,000 figures has a tenth of it."""

_WORTH_READING_AGAIN = 2**20

SUFFIXES = {
    ".json": "json",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".toml": "toml",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
}
"""The format that the suffix of a file's name says."""
TABLES = ("csv", "xlsx", "parquet")
"""The formats of a table of figures."""
_MARKS = {b"\xff\xfe\0\0": "UTF-32", b"\0\0\xfe\xff": "UTF-32", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def refusal(
    name: str | None, message: str, line: int | None = None, column: int | None = None, *, done: str = "read"
) -> DocumentError:
    """Return the error of a document that has one thing wrong with the whole of it."""
    title = f"{name or 'the document'} cannot be {done}"
    return DocumentError(title, [Problem("$", message, file=name, line=line, column=column)])


def name_of(source: object) -> str | None:
    """Return what messages call a document; ``None`` for an open one that has no name."""
    if isinstance(source, (str, os.PathLike)):
        return os.fspath(source)
    name = getattr(source, "name", None)
    return name if isinstance(name, str) else None


@frozen
class RereadableText:
    """The text of a large file that need not be held: should a line of it be wanted, it is read again.

    Attributes:
        path: The file.
        mark: Its size and when it was last changed, by which another text is recognised.
    """

    path: str
    mark: tuple[int, int]

    @classmethod
    def of(cls, source: Readable, text: str) -> "RereadableText | str":
        """Return the text, or what it can be read again from where that is worth it."""
        if len(text) < _WORTH_READING_AGAIN or not isinstance(source, (str, os.PathLike)):
            return text
        return cls(str(Path(source).resolve()), _mark(os.fspath(source)))

    def reread(self) -> str:
        """Return the text; empty where the file has changed since, for no line is better than a wrong one."""
        with suppress(OSError, DocumentError):
            if _mark(self.path) == self.mark:
                with opened(self.path) as file:
                    return decoded(read_bytes(file, self.path), self.path)
        return ""


def _mark(path: str) -> tuple[int, int]:
    found = Path(path).stat()
    return found.st_size, found.st_mtime_ns


def format_of(source: object, format: str | None, allowed: tuple[str, ...]) -> str:
    """Return the format that is given, else that of the name's suffix.

    Raises:
        InvalidValueError: Neither says one of those allowed.
    """
    if format is not None:
        word = str(format).lower()
        if word in allowed:
            return word
        meant = nearest(str(format), allowed)
        raise InvalidValueError("format", format, ", ".join(allowed), f"did you mean {meant}?" if meant else None)
    name = name_of(source)
    found = SUFFIXES.get(Path(name).suffix.lower()) if name else None
    if found is None or found not in allowed:
        suffixes = ", ".join(suffix for suffix, each in SUFFIXES.items() if each in allowed)
        hint = f"give a name that ends in {suffixes}, or say format="
        if found in TABLES:
            hint = f"load_observations reads a table of figures; {hint}"
        raise InvalidValueError("format", None if found is None else found, ", ".join(allowed), hint)
    return found


@contextmanager
def opened(source: Readable) -> Iterator[Any]:
    """Yield the source, open for reading: a regular file by its name, or what is open already.

    Raises:
        DocumentError: There is no such file, or it is a directory, a pipe or a device.
    """
    if not isinstance(source, (str, os.PathLike)):
        if not hasattr(source, "read"):
            raise InvalidValueError("source", source, "a path, or a file open for reading")
        yield source
        return
    name = os.fspath(source)
    try:
        # Not to wait for the other end of a pipe: what is no regular file is refused.
        handle = os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise refusal(displayed_name(name), reason_in_words(error)) from None
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        kind = "a directory" if stat.S_ISDIR(mode) else "a pipe or a device; open it, and give the open file"
        raise refusal(name, f"it is {kind}")
    with os.fdopen(handle, "rb") as file:
        yield file


def displayed_name(name: str) -> str:
    """Return a name as messages have it: one that no file can have may be longer than they are, or no text at all."""
    return name if len(name) <= 4_096 and name.isprintable() else shown(name)[1:-1]


def reason_in_words(error: OSError | ValueError) -> str:
    """Return why a file by its name cannot be opened, in words."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "it may not be opened (permission denied)"
    if isinstance(error, OSError) and error.strerror:
        return f"it cannot be opened ({error.strerror.lower()})"
    return "it cannot be opened (no file can have that name)"


def read_bytes(file: IO[Any], name: str | None, most: int | None = None) -> bytes | str:
    """Return all that an open file has, refused unread where it is larger than any document."""
    most = MAX_BYTES if most is None else most
    too_large = f"it is larger than {most:,} bytes, the most that is read whole"
    try:
        with suppress(OSError, AttributeError, ValueError):
            if os.fstat(file.fileno()).st_size > most:
                raise refusal(name, too_large)
        content = _read(file, name, most)
    except UnicodeDecodeError as error:
        raise refusal(name, f"it is not {error.encoding} text ({error.reason})") from None
    except (OSError, ValueError) as error:
        raise refusal(name, f"it cannot be read ({(getattr(error, 'strerror', None) or str(error)).lower()})") from None
    if len(content) > most:
        raise refusal(name, too_large)
    return content


def checked_chunk(given: Any, first: Any, name: str | None) -> Any:
    """Return a piece that an open file gave, seen to be bytes or text, as the first of its pieces is."""
    if isinstance(given, (bytearray, memoryview)):
        given = bytes(given)
    if not isinstance(given, (bytes, str)) or (given and isinstance(given, str) != isinstance(first, str)):
        raise refusal(name, f"it gives {type(given).__name__} where bytes or text should be, one of the two throughout")
    return given


def _read(file: IO[Any], name: str | None, most: int) -> bytes | str:
    """Return what an open file has, up to a byte more than is allowed; never one large buffer for a small file."""
    parts: list[Any] = []
    length = 0
    while length <= most:
        part = file.read(2**20)
        part = checked_chunk(part, parts[0] if parts else part, name)
        if not part:
            break
        parts.append(part)
        length += len(part)
    return type(parts[0])().join(parts) if parts else b""


def wide_encoding(content: bytes) -> str | None:
    """Return the encoding of a text that is no UTF-8 but has several bytes for every character, by how it begins."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return encoding
    head = content[:64]
    if len(head) >= 8 and head.count(0) >= len(head) // 3:  # no mark; letters of English have all others zero
        return "UTF-32" if head.count(0) > len(head) * 0.6 else "UTF-16"
    return None


def decoded(content: bytes | str, name: str | None) -> str:
    """Return the text of a document: UTF-8, its byte order mark left off, and nothing that is in no text."""
    if isinstance(content, bytes):
        if encoding := wide_encoding(content):
            raise refusal(name, f"it is {encoding}; allowed: UTF-8 (save it again as UTF-8)")
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
            byte = content[error.start]
            hint = "; save it again as UTF-8 (it may be Windows-1252)" if byte >= 0x80 else ""
            raise refusal(name, f"byte 0x{byte:02x} is not UTF-8{hint}", line, column) from None
    else:
        text = content.removeprefix("\ufeff")
    if "\x00" in text:
        at = text.index("\x00")
        raise refusal(name, "it has a NUL character, which no text has", text.count("\n", 0, at) + 1)
    return text


def write(target: Writable, content: bytes | str) -> None:
    """Put the content where it is to go: a file by its name gets all of it, or stays as it was.

    Raises:
        DocumentError: It cannot be written there.
    """
    if not isinstance(target, (str, os.PathLike)):
        _write_open(target, content)
        return
    data = content.encode() if isinstance(content, str) else content
    with replacing(target) as file:
        file.write(data)


def _write_open(target: Any, content: bytes | str) -> None:
    if not hasattr(target, "write"):
        raise InvalidValueError("target", target, "a path, or a file open for writing")
    name = name_of(target)
    as_text = _takes_text(target)
    if isinstance(content, bytes) and as_text:
        raise refusal(name, "it must be opened in binary mode ('wb')", done="written")
    try:
        target.write(content.encode() if isinstance(content, str) and not as_text else content)
    except UnicodeEncodeError as error:
        hint = "open it with encoding='utf-8'"
        raise refusal(name, f"a character has no place in {error.encoding} ({hint})", done="written") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise refusal(name, f"it cannot be written ({reason.lower()})", done="written") from None


def _takes_text(target: Any) -> bool:
    """Return whether an open file is one of text; what it does not say itself, its mode does."""
    if isinstance(target, (io.TextIOBase, codecs.StreamWriter, codecs.StreamReaderWriter)):
        return True
    if isinstance(target, (io.RawIOBase, io.BufferedIOBase)):
        return False
    mode = getattr(target, "mode", "")
    return hasattr(target, "encoding") and "b" not in (mode if isinstance(mode, str) else "b")


@contextmanager
def replacing(target: str | os.PathLike[str]) -> Iterator[IO[bytes]]:
    """Yield a new file that takes the place of the target once all is written, and leaves nothing behind if not.

    The new file has the mode of the old, and its owner and group where the system allows that; until then nobody else
    can read it. Access lists, extended attributes and hard links are not kept.
    """
    displayed = displayed_name(os.fspath(target))
    path = temporary = None
    try:
        path = Path(os.path.realpath(os.fspath(target)))
        displayed = displayed_name(str(path))
        status = path.stat() if path.exists() else None
        mode = None if status is None else status.st_mode
        if mode is not None and stat.S_ISDIR(mode):
            raise refusal(displayed, "it is a directory", done="written")
        if mode is not None and not stat.S_ISREG(mode):  # a pipe, or /dev/stdout: nothing to replace
            with _pipe(path) as file:
                yield file
            return
        if mode is not None and not mode & 0o222:  # replacing it asks nothing of the file itself
            raise refusal(displayed, "it may not be written (it is read-only)", done="written")
        temporary = path.with_name(f".{path.name[:100]}.{os.getpid()}.{os.urandom(4).hex()}.tmp")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(temporary, flags, 0o666 if status is None else 0o600), "wb") as file:
            yield file
            file.flush()
            if status is not None:
                _keep_permissions(temporary, status)
            os.fsync(file.fileno())
        temporary.replace(path)
        temporary = None
    except (OSError, ValueError) as error:
        folder = None if path is None else path.parent
        gone = isinstance(error, FileNotFoundError) and folder is not None and not folder.exists()
        reason = f"there is no folder {folder}" if gone else reason_in_words(error).replace("opened", "written")
        raise refusal(displayed, reason, done="written") from None
    finally:
        if temporary is not None:
            with suppress(OSError, ValueError):
                temporary.unlink()


def _keep_permissions(temporary: Path, status: os.stat_result) -> None:
    """Give a new file the owner, group and mode of the one that it replaces, as far as the system allows.

    Where the group cannot be kept, what the mode allowed the old group is not allowed another.
    """
    mode = stat.S_IMODE(status.st_mode)
    own = temporary.stat()
    if hasattr(os, "chown") and (own.st_uid, own.st_gid) != (status.st_uid, status.st_gid):
        try:
            os.chown(temporary, status.st_uid, status.st_gid)
        except OSError:
            with suppress(OSError):
                os.chown(temporary, -1, status.st_gid)
        if temporary.stat().st_gid != status.st_gid:
            mode &= ~0o070
    with suppress(OSError):
        temporary.chmod(mode)


@contextmanager
def _pipe(path: Path) -> Iterator[IO[bytes]]:
    """Yield a pipe or a device, open for writing; not to wait for somebody who reads from it: there may be nobody."""
    try:
        handle = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        if error.errno != errno.ENXIO:
            raise
        raise refusal(str(path), "it is a pipe that nobody reads from", done="written") from None
    os.set_blocking(handle, True)
    with os.fdopen(handle, "wb") as file:
        yield file
