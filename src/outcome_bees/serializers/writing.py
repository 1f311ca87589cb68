"""Writing a file whole or not at all."""

import codecs
import errno
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from outcome_bees.errors import InvalidValueError
from outcome_bees.serializers.files import Writable, name_of, refusal, told_name, trouble

__all__ = ["write"]


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
        said = getattr(error, "strerror", None) or str(error)
        raise refusal(name, f"it cannot be written ({said.lower()})", done="written") from None


def _takes_text(target: Any) -> bool:
    """Whether an open file is one of text; what it does not say itself, its mode does."""
    if isinstance(target, (io.TextIOBase, codecs.StreamWriter, codecs.StreamReaderWriter)):
        return True
    if isinstance(target, (io.RawIOBase, io.BufferedIOBase)):
        return False
    mode = getattr(target, "mode", "")
    return hasattr(target, "encoding") and "b" not in (mode if isinstance(mode, str) else "b")


@contextmanager
def replacing(target: str | os.PathLike[str]) -> Iterator[IO[bytes]]:
    """A new file that takes the place of the target once all is written, and leaves nothing behind if not."""
    told = told_name(os.fspath(target))
    path = temporary = None
    try:
        path = Path(os.path.realpath(os.fspath(target)))
        told = told_name(str(path))
        mode = path.stat().st_mode if path.exists() else None
        if mode is not None and stat.S_ISDIR(mode):
            raise refusal(told, "it is a directory", done="written")
        if mode is not None and not stat.S_ISREG(mode):  # a pipe, or /dev/stdout: nothing to replace
            with _pipe(path) as file:
                yield file
            return
        if mode is not None and not mode & 0o222:  # replacing it asks nothing of the file itself
            raise refusal(told, "it may not be written (it is read-only)", done="written")
        temporary = path.with_name(f".{path.name[:100]}.{os.getpid()}.{os.urandom(4).hex()}.tmp")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(temporary, flags, 0o666), "wb") as file:
            if mode is not None:
                with suppress(OSError):
                    temporary.chmod(stat.S_IMODE(mode))
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        temporary = None
    except (OSError, ValueError) as error:
        folder = None if path is None else path.parent
        gone = isinstance(error, FileNotFoundError) and folder is not None and not folder.exists()
        said = f"there is no folder {folder}" if gone else trouble(error).replace("opened", "written")
        raise refusal(told, said, done="written") from None
    finally:
        if temporary is not None:
            with suppress(OSError, ValueError):
                temporary.unlink()


@contextmanager
def _pipe(path: Path) -> Iterator[IO[bytes]]:
    """A pipe or a device, open for writing; not to wait for somebody who reads from it: there may be nobody."""
    try:
        handle = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        if error.errno != errno.ENXIO:
            raise
        raise refusal(str(path), "it is a pipe that nobody reads from", done="written") from None
    os.set_blocking(handle, True)
    with os.fdopen(handle, "wb") as file:
        yield file
