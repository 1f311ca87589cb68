"""Comma-separated rows, read as a stream within bounds: a file of any size, never a line of any length."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from os import fstat
from typing import IO, Any

from outcome_bees.serializers.file_access import checked_chunk, refusal, wide_encoding

__all__ = ["MAX_ROW", "Progress", "read_csv", "write_csv"]

MAX_ROW = 2**20
"""The longest row read, in bytes. Our choice: the longest note is 20,000 characters."""

Progress = Callable[[int, int | None], None]
"""Called now and then with how many bytes have been read, and how many there are where that is known."""

_CHUNK = 2**18


def read_csv(file: IO[Any], name: str | None, progress: Progress | None = None) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of an open file, each with the line it begins on; blank ones are left out.

    Raises:
        DocumentError: The file is not UTF-8, or its quotes do not match.
    """
    reader = csv.reader(chain.from_iterable(_lines(file, name, progress)), strict=True)
    line = 1
    try:
        for row in reader:
            if any(row):  # a row of commas alone is what spreadsheets leave below a table
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise refusal(name, _in_words(str(error)), line) from None


def _in_words(message: str) -> str:
    if message.startswith("field larger"):
        return f"a cell of more than {csv.field_size_limit():,} characters (a quote that is never closed?)"
    if message.startswith("new-line character"):
        return "a carriage return without a line feed; allowed: lines that end in LF or CRLF"
    return f"not CSV: {message}"


def _lines(file: IO[Any], name: str | None, progress: Progress | None) -> Iterator[list[str]]:
    """Yield lists of whole lines, each line with its end."""
    total = _size(file)
    rest: Any = b""
    first: Any = None
    before = done = 0  # lines and bytes so far
    while True:
        try:
            chunk: Any = file.read(_CHUNK)
            first = chunk if first is None else first
            chunk = checked_chunk(chunk, first, name)
        except (OSError, ValueError) as error:
            raise refusal(name, f"it cannot be read ({error})", before + 1) from None
        done += len(chunk)
        if progress is not None:
            progress(done, total)
        whole: Any = chunk if not rest else rest + chunk
        if not whole:
            return
        newline: Any = b"\n" if isinstance(whole, bytes) else "\n"
        end = whole.rfind(newline) + 1 if chunk else len(whole)
        rest = whole[end:]
        if len(rest) > MAX_ROW:
            raise refusal(name, f"a row of more than {MAX_ROW:,} bytes", before + 1 + whole.count(newline))
        text = _text(whole[:end], name, before)
        lines = [f"{line}\n" for line in text.split("\n")]
        last = lines.pop()[:-1]  # what follows the last line's end: nothing, unless the file ends without one
        if last:
            lines.append(last)
        before += len(lines)
        yield lines
        if not chunk:
            return


def _text(whole: bytes | str, name: str | None, before: int) -> str:
    if isinstance(whole, bytes):
        if not before and (encoding := wide_encoding(whole)):
            raise refusal(name, f"it is {encoding}; allowed: UTF-8 (save it again as 'CSV UTF-8')", 1)
        try:
            text = whole.decode()
        except UnicodeDecodeError as error:
            line = before + 1 + whole.count(b"\n", 0, error.start)
            hint = "save it again as 'CSV UTF-8'; it may be Windows-1252"
            raise refusal(name, f"byte 0x{whole[error.start]:02x} is not UTF-8 ({hint})", line) from None
    else:
        text = whole
    if "\x00" in text:
        line = before + 1 + text.count("\n", 0, text.index("\x00"))
        raise refusal(name, "it has a NUL character, which no text has", line)
    return text if before else text.removeprefix("\ufeff")


def _size(file: IO[Any]) -> int | None:
    try:
        return fstat(file.fileno()).st_size
    except (OSError, AttributeError, ValueError):
        return None


_TO_QUOTE = re.compile('[",\r\n]')


def write_csv(rows: Iterable[Iterable[Any]]) -> str:
    """Return rows of cells as the text of a file; ``None`` is an empty cell."""
    return "".join(f"{','.join('' if cell is None else _quoted(str(cell)) for cell in row)}\n" for row in rows)


def _quoted(cell: str) -> str:
    # Python's own writer leaves a carriage return without quotes, and its reader then refuses it.
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if _TO_QUOTE.search(cell) else cell
