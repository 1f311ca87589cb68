"""The parts of a workbook, looked through before a reader believes what they say of themselves.

A reader of workbooks makes room for as many cells and texts as a file says that it has: one of 5 kB can end
the process. So the parts are unpacked first, within bounds, and what they say is held against what they are.
"""

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate

from outcome_bees.serializers.file_access import refusal

__all__ = ["MAX_CELLS", "MAX_PACKING", "MAX_UNPACKED", "Errors", "PartExtent", "WorkbookLimitError", "check_archive"]

MAX_CELLS = 20_000_000
"""The most cells that a sheet may span. Our choice: a million rows of 15 columns have 15 million."""

_MOSTLY_EMPTY = 1_000_000  # our choice: above it, at least one cell in twenty of those spanned must be there
_MAX_ERRORS = 100_000  # our choice: cells with errors are remembered one by one
_TEXT_BYTES = 5  # the shortest text of a workbook is <si/>
_REFERENCE = re.compile("([A-Z]{1,3})([0-9]{1,7})", re.ASCII)


class WorkbookLimitError(Exception):
    """A part of a workbook that says what it cannot be; the message says what."""


class PartExtent:
    """What a part holds.

    Attributes:
        rows, columns: How far its cells reach.
        cells: How many there are.
        errors: Those that hold the error of a formula, as row and column.
        sheets: The relation of each sheet by name, where the part is the book itself.
        targets: The part of each relation, where it is of relations.
    """

    def __init__(self, size: int) -> None:
        self.rows = self.columns = self.cells = 0
        self.errors: set[tuple[int, int]] = set()
        self.sheets: dict[str, str] = {}
        self.targets: dict[str, str] = {}
        self._size, self._row, self._column = size, 0, 0

    def look(self, *, whole: bool = False) -> None:
        """Refuse what reaches too far for what it has."""
        size = self.rows * self.columns
        sparse = whole and size > _MOSTLY_EMPTY and size > 20 * self.cells
        if size > MAX_CELLS or sparse:
            reach = f"it has cells as far as row {self.rows:,}, column {self.columns:,}"
            raise WorkbookLimitError(f"{reach}; allowed: {MAX_CELLS:,} in all, most of them filled")
        if len(self.errors) > _MAX_ERRORS:
            raise WorkbookLimitError(f"more than {_MAX_ERRORS:,} of its cells hold the error of a formula")

    def doctype(self, *_: object) -> None:
        raise WorkbookLimitError("a workbook has no document type of its own")

    def declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ("utf-8", "us-ascii"):
            # Another reader may not heed it, and see cells where this one sees none.
            raise WorkbookLimitError(f"it has a part in {encoding[:20]!r}; allowed: UTF-8")

    def element(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "c":
            self._cell(attributes)
        elif kind == "row":
            text = attributes.get("r", "")
            row = _place(f"A{text}")[0] if text else self._row + 1
            if row <= self._row:
                raise WorkbookLimitError(f"row {row:,} comes after row {self._row:,}")
            self._row, self._column = row, 0
            self.rows = row
        elif kind == "sst":
            for name in ("uniqueCount", "count"):
                self._counted(attributes.get(name, "0"), self._size // _TEXT_BYTES if name[0] == "u" else MAX_CELLS)
        elif kind == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.sheets[attributes.get("name", "")] = relation
        elif kind == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def _cell(self, attributes: dict[str, str]) -> None:
        self.cells += 1
        row, column = self._row, self._column + 1
        if "r" in attributes:
            row, column = _place(attributes["r"])
            if row < self._row or (row == self._row and column <= self._column):
                raise WorkbookLimitError(f"the cell {attributes['r'][:20]} comes after one that should follow it")
        self._row, self._column = row, column
        if column > self.columns:
            self.columns = column
        if row > self.rows:
            self.rows = row
        if attributes.get("t") == "e":
            self.errors.add((row, column))

    @staticmethod
    def _counted(text: str, most: int) -> None:
        if not (text.isascii() and text.isdigit() and len(text) < 12 and int(text) <= most):
            raise WorkbookLimitError(f"it cannot have {text[:20]} texts")


def _place(reference: str) -> tuple[int, int]:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise WorkbookLimitError(f"a cell cannot be at {reference[:20]!r}")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


MAX_UNPACKED = 256 * 2**20
"""The most bytes that a workbook may unpack to. Our choice: a million rows of figures have half of it."""

MAX_PACKING = 100
"""How many times its packed size a part of more than 1 MiB may have. Our choice: sheets of figures have 5 to 30."""

_CHUNK = 2**18
_OTHER_BOOKS = ("content.xml", "mimetype", "xl/workbook.bin")  # by which a reader knows OpenDocument and .xlsb
_TELLING = (b"sheetData", b"uniqueCount")  # what makes a part cost more than its size

Errors = dict[str, set[tuple[int, int]]]
"""The cells of each sheet, by its name, that hold the error of a formula, as row and column from 1."""


def check_archive(content: bytes, name: str | None) -> Errors:
    """Refuse a workbook that would cost far more than its size to read, or is of another kind than it says.

    Returns:
        Which cells hold errors, for readers give such cells as empty.
    """
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise refusal(name, "it is an old workbook (.xls) or has a password; allowed: .xlsx without one")
    if not (content.startswith(b"PK\x03\x04") and content[-22:-18] == b"PK\x05\x06"):
        # What comes before or after the archive may be an archive that another reader sees in its place.
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
    spans: dict[str, PartExtent] = {}
    for part in parts:
        if part.file_size > max(2**20, MAX_PACKING * part.compress_size):
            raise refusal(name, f"{part.filename[:80]} unpacks to more than {MAX_PACKING} times its size")
        with packed.open(part) as unpacked:
            spans[part.filename], left = _scanned(unpacked, part.file_size, name, left)
    return _errors(spans)


def _scanned(part: IO[bytes], size: int, name: str | None, left: int) -> tuple[PartExtent, int]:
    """Return what a part holds, seen to lie within bounds, and how many bytes may still be unpacked after it."""
    span = PartExtent(size)
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
    except WorkbookLimitError as error:
        raise refusal(name, str(error)) from None
    return span, left


def _errors(spans: dict[str, PartExtent]) -> Errors:
    """Return the cells with errors by the names of their sheets: the book has the names, its relations the parts."""
    relations = spans.get("xl/_rels/workbook.xml.rels", PartExtent(0)).targets
    found: Errors = {}
    for sheet, relation in spans["xl/workbook.xml"].sheets.items() if "xl/workbook.xml" in spans else ():
        target = relations.get(relation, "")
        part = target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)
        if part in spans and spans[part].errors:
            found[sheet] = spans[part].errors
    return found
