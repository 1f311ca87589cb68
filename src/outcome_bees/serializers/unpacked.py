"""The parts of a workbook, looked through before a reader believes what they say of themselves.

A reader of workbooks makes room for as many cells and texts as a file says that it has: one of 5 kB can end
the process. So the parts are unpacked first, within bounds, and what they say is held against what they are.
"""

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate

from outcome_bees.serializers.files import refusal
from outcome_bees.serializers.spans import FarError, Span

__all__ = ["MAX_PACKING", "MAX_UNPACKED", "Errors", "looked_through"]

MAX_UNPACKED = 256 * 2**20
"""The most bytes that a workbook may unpack to. Our choice: a million rows of figures have half of it."""

MAX_PACKING = 100
"""How many times its packed size a part of more than 1 MiB may have. Our choice: sheets of figures have 5 to 30."""

_CHUNK = 2**18
_OTHER_BOOKS = ("content.xml", "mimetype", "xl/workbook.bin")  # by which a reader knows OpenDocument and .xlsb
_TELLING = (b"sheetData", b"uniqueCount")  # what makes a part cost more than its size

Errors = dict[str, set[tuple[int, int]]]
"""The cells of each sheet, by its name, that hold the error of a formula, as row and column from 1."""


def looked_through(content: bytes, name: str | None) -> Errors:
    """Refuse a workbook that would cost far more than its size to read, or is of another sort than it says.

    Returns:
        Which cells hold errors, for readers give such cells as empty.
    """
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise refusal(name, "it is an old workbook (.xls) or has a password; allowed: .xlsx without one")
    if not (content.startswith(b"PK\x03\x04") and content[-22:-18] == b"PK\x05\x06"):
        # What stands before or behind the archive may be an archive that another reader sees in its place.
        raise refusal(name, "it is no workbook that can be read (it is no zip archive, or not that alone)")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _parts(packed, name)
    except zlib.error:
        raise refusal(name, "it is a damaged workbook") from None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise refusal(name, f"it is no workbook that can be read ({error})") from None


def _parts(packed: zipfile.ZipFile, name: str | None) -> Errors:
    parts = packed.infolist()
    names = {part.filename.lower().replace("\\", "/") for part in parts}
    if not names.isdisjoint(_OTHER_BOOKS) or "xl/workbook.xml" not in names:
        raise refusal(name, "it is no .xlsx workbook, whatever its name (save it again as .xlsx)")
    if sum(part.file_size for part in parts) > MAX_UNPACKED or len(parts) > 10_000:
        raise refusal(name, f"it unpacks to more than {MAX_UNPACKED:,} bytes")
    left = MAX_UNPACKED
    spans: dict[str, Span] = {}
    for part in parts:
        if part.file_size > max(2**20, MAX_PACKING * part.compress_size):
            raise refusal(name, f"{part.filename[:80]} unpacks to more than {MAX_PACKING} times its size")
        with packed.open(part) as unpacked:
            spans[part.filename], left = _scanned(unpacked, part.file_size, name, left)
    return _errors(spans)


def _scanned(part: IO[bytes], size: int, name: str | None, left: int) -> tuple[Span, int]:
    """What a part holds, seen to lie within bounds, and how many bytes may still be unpacked after it."""
    span = Span(size)
    parser = ParserCreate()
    parser.StartElementHandler = span.element
    parser.StartDoctypeDeclHandler = span.doctype
    parser.XmlDeclHandler = span.declared
    well_formed, tail = True, b""
    try:
        while chunk := part.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise refusal(name, f"it unpacks to more than {MAX_UNPACKED:,} bytes")
            if well_formed:
                try:
                    parser.Parse(chunk, False)
                except ExpatError:
                    well_formed = False
                span.look()
            if not well_formed and any(word in tail + chunk for word in _TELLING):
                raise refusal(name, "it is a damaged workbook")
            tail = chunk[-20:]
        if span.cells:
            parser.Parse(b"", True)
            span.look(whole=True)
    except ExpatError:
        raise refusal(name, "it is a damaged workbook") from None
    except LookupError:
        raise refusal(name, "it has a part in an encoding that there is not; allowed: UTF-8") from None
    except FarError as error:
        raise refusal(name, str(error)) from None
    return span, left


def _errors(spans: dict[str, Span]) -> Errors:
    """The cells with errors by the names of their sheets: the book has the names, its relations the parts."""
    relations = spans.get("xl/_rels/workbook.xml.rels", Span(0)).targets
    found: Errors = {}
    for sheet, relation in spans["xl/workbook.xml"].sheets.items() if "xl/workbook.xml" in spans else ():
        target = relations.get(relation, "")
        part = target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)
        if part in spans and spans[part].errors:
            found[sheet] = spans[part].errors
    return found
