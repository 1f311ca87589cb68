"""The parts of a workbook, looked through before a reader believes what they say of themselves.

A reader of workbooks makes room for as many cells and texts as a file says that it has: one of 5 kB can end
the process. So the parts are unpacked first, within bounds, and what they say is held against what they are.
"""

import io
import re
import zipfile
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate

from attrs import field, frozen

from outcome_bees.serializers.file_access import refusal
from outcome_bees.serializers.tables._number_formats import BUILT_IN, LONGEST_FORMAT, changes_cell

__all__ = [
    "MAX_CELLS",
    "MAX_PACKING",
    "MAX_UNPACKED",
    "CellFormats",
    "PartExtent",
    "SheetFacts",
    "WorkbookLimitError",
    "check_archive",
]

MAX_CELLS = 20_000_000
"""The most cells that a sheet may span. Our choice: a million rows of 15 columns have 15 million."""

_MOSTLY_EMPTY = 1_000_000  # our choice: above it, at least one cell in twenty of those spanned must be there
_MAX_ERRORS = 100_000  # our choice: cells with errors are remembered one by one
_MAX_RUNS = 1_000_000  # our choice: cells one below the other in one format are remembered together
_MAX_FORMATS = 65_490  # Source: Microsoft, Excel specifications and limits: cell formats of a workbook
_TEXT_BYTES = 5  # the shortest text of a workbook is <si/>
_REFERENCE = re.compile("([A-Z]{1,3})([0-9]{1,7})", re.ASCII)


class WorkbookLimitError(Exception):
    """A part of a workbook that says what it cannot be; the message says what."""


class CellFormats:
    """The number formats of a sheet's cells, where they show something else than there is: runs down each column."""

    def __init__(self) -> None:
        self._runs: dict[int, array[int]] = {}  # of each column, three numbers a run: first row, last row, format
        self.count = 0

    def add(self, row: int, column: int, format: int) -> None:
        runs = self._runs.setdefault(column, array("I"))
        if runs and runs[-1] == format and runs[-2] == row - 1:
            runs[-2] = row
        else:
            runs.extend((row, row, format))
            self.count += 1

    def at(self, row: int, column: int) -> int | None:
        """Return the format of a cell by its number; ``None`` where it shows what there is."""
        runs = self._runs.get(column)
        if runs is None:
            return None
        after = bisect_right(range(len(runs) // 3), row, key=lambda number: runs[3 * number])
        return runs[3 * after - 1] if after and row <= runs[3 * after - 2] else None

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns that have such cells."""
        return tuple(self._runs)


@frozen
class SheetFacts:
    """What a sheet is, beside the values of its cells.

    Attributes:
        hidden: Whether the workbook hides it.
        errors: The cells that hold the error of a formula, as row and column from 1; readers give them as empty.
        formats: The number formats of cells, by number.
        codes: The number format of each number.
    """

    hidden: bool = False
    errors: frozenset[tuple[int, int]] = frozenset()
    formats: CellFormats = field(factory=CellFormats)
    codes: Mapping[int, str] = field(factory=dict)


class PartExtent:
    """What a part holds.

    Attributes:
        rows, columns: How far its cells reach.
        cells: How many there are.
        errors: Those that hold the error of a formula, as row and column.
        formats: The formats of those that show something else than there is.
        sheets: The relation of each sheet by name, where the part is the book itself.
        hidden: The names of those sheets that it hides.
        targets: The part of each relation, where it is of relations.
        codes: Where the part is of styles, the number format of each style that shows something else than there is.
    """

    def __init__(self, size: int, codes: Mapping[int, str] | None = None) -> None:
        self.rows = self.columns = self.cells = 0
        self.errors: set[tuple[int, int]] = set()
        self.formats = CellFormats()
        self.sheets: dict[str, str] = {}
        self.hidden: set[str] = set()
        self.targets: dict[str, str] = {}
        self.codes: dict[int, str] = {}
        self._size, self._row, self._column = size, 0, 0
        self._styles = {str(number): number for number in codes or ()}
        self._number_formats: dict[str, str] = {str(number): code for number, code in BUILT_IN.items()}
        self._style: int | None = None  # how many styles of cells there were so far, while they are listed

    @property
    def lists_styles(self) -> bool:
        """Whether it lists the styles of cells, or has begun to."""
        return self._style is not None or bool(self.codes)

    def look(self, *, whole: bool = False) -> None:
        """Refuse what reaches too far for what it has."""
        size = self.rows * self.columns
        sparse = whole and size > _MOSTLY_EMPTY and size > 20 * self.cells
        if size > MAX_CELLS or sparse:
            reach = f"it has cells as far as row {self.rows:,}, column {self.columns:,}"
            raise WorkbookLimitError(f"{reach}; allowed: {MAX_CELLS:,} in all, most of them filled")
        if len(self.errors) > _MAX_ERRORS:
            raise WorkbookLimitError(f"more than {_MAX_ERRORS:,} of its cells hold the error of a formula")
        if self.formats.count > _MAX_RUNS:
            raise WorkbookLimitError(f"its cells change their number format more than {_MAX_RUNS:,} times")

    def doctype(self, *_: object) -> None:
        raise WorkbookLimitError("a workbook has no document type of its own")

    def declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ("utf-8", "us-ascii"):
            # Another reader may ignore it, and see cells where this one sees none.
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
            if attributes.get("state", "visible") != "visible":
                self.hidden.add(attributes.get("name", ""))
        elif kind == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")
        else:
            self._of_styles(kind, attributes)

    def _of_styles(self, kind: str, attributes: dict[str, str]) -> None:
        if kind == "numFmt":
            if len(self._number_formats) > _MAX_FORMATS:
                raise WorkbookLimitError(f"it has more than {_MAX_FORMATS:,} number formats")
            self._number_formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:LONGEST_FORMAT]
        elif kind == "cellXfs":
            self._style = 0
        elif kind == "xf" and self._style is not None:
            if self._style > _MAX_FORMATS:
                raise WorkbookLimitError(f"it has more than {_MAX_FORMATS:,} formats of cells")
            code = self._number_formats.get(attributes.get("numFmtId", ""), "")
            if changes_cell(code):
                self.codes[self._style] = code
            self._style += 1
        elif kind in ("cellStyles", "cellStyleXfs", "dxfs"):
            self._style = None

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
        kind = attributes.get("t")
        if kind == "e":
            self.errors.add((row, column))
        elif self._styles and kind in (None, "n"):
            style = self._styles.get(attributes.get("s", "0"))
            if style is not None:
                self.formats.add(row, column, style)

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
_TELLING = (b"sheetData", b"uniqueCount", b"cellXfs")  # what makes a part cost more than its size, or numbers others


def check_archive(content: bytes, name: str | None) -> dict[str, SheetFacts]:
    """Refuse a workbook that would cost far more than its size to read, or is of another kind than it says.

    Returns:
        What each sheet is, by its name.
    """
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise refusal(name, "it is an old workbook (.xls) or has a password; allowed: .xlsx without one")
    if not (content.startswith(b"PK\x03\x04") and content[-22:-18] == b"PK\x05\x06"):
        # What comes before or after the archive may be an archive that another reader sees in its place.
        raise refusal(
            name, "it is not a workbook that can be read (it is not a zip archive, or something else is in the file)"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _parts(packed, name)
    except zlib.error:
        raise refusal(name, "it is a damaged workbook") from None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise refusal(name, f"it is not a workbook that can be read ({error})") from None


_RELATIONS = "xl/_rels/workbook.xml.rels"
_BOOK = "xl/workbook.xml"
_STYLES = "styles.xml"


def _parts(packed: zipfile.ZipFile, name: str | None) -> dict[str, SheetFacts]:
    parts = packed.infolist()
    names = {part.filename.lower().replace("\\", "/") for part in parts}
    if not names.isdisjoint(_OTHER_BOOKS) or _BOOK not in names:
        raise refusal(name, "it is not an .xlsx workbook, whatever its name (save it again as .xlsx)")
    if sum(part.file_size for part in parts) > MAX_UNPACKED or len(parts) > 10_000:
        raise refusal(name, f"it unpacks to more than {MAX_UNPACKED:,} bytes")
    left = MAX_UNPACKED
    spans: dict[str, PartExtent] = {}
    codes: dict[int, str] = {}
    spanned = 0
    # Styles come first: what the cells of a sheet show depends on them.
    for part in sorted(parts, key=lambda part: not part.filename.lower().endswith(_STYLES)):
        if part.file_size > max(2**20, MAX_PACKING * part.compress_size):
            raise refusal(name, f"{part.filename[:80]} unpacks to more than {MAX_PACKING} times its size")
        with packed.open(part) as unpacked:
            span, left = _scanned(unpacked, PartExtent(part.file_size, codes), name, left)
        spans[part.filename] = span
        spanned += span.rows * span.columns
        if spanned > MAX_CELLS:
            raise refusal(name, f"its sheets span more than {MAX_CELLS:,} cells in all")
        if span.codes:
            if codes or not part.filename.lower().endswith(_STYLES):
                raise refusal(name, "it has formats of cells in several parts, or in one that is not called styles.xml")
            codes = span.codes
    return _sheets(spans, codes)


def _scanned(part: IO[bytes], span: PartExtent, name: str | None, left: int) -> tuple[PartExtent, int]:
    """Return what a part holds, seen to lie within bounds, and how many bytes may still be unpacked after it."""
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
            if not well_formed and (span.lists_styles or any(word in tail + chunk for word in _TELLING)):
                raise refusal(name, "it is a damaged workbook")
            tail = chunk[-20:]
        if span.cells or span.lists_styles:
            parser.Parse(b"", True)
            span.look(whole=True)
    except ExpatError:
        raise refusal(name, "it is a damaged workbook") from None
    except LookupError:
        raise refusal(name, "a part of it names an encoding that does not exist; allowed: UTF-8") from None
    except WorkbookLimitError as error:
        raise refusal(name, str(error)) from None
    return span, left


def _sheets(spans: dict[str, PartExtent], codes: Mapping[int, str]) -> dict[str, SheetFacts]:
    """Return what each sheet is, by its name: the book has the names, its relations the parts."""
    relations = spans.get(_RELATIONS, PartExtent(0)).targets
    book = spans.get(_BOOK, PartExtent(0))
    found: dict[str, SheetFacts] = {}
    for sheet, relation in book.sheets.items():
        target = relations.get(relation, "")
        part = target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)
        span = spans.get(part, PartExtent(0))
        found[sheet] = SheetFacts(sheet in book.hidden, frozenset(span.errors), span.formats, codes)
    return found
