"""Excel workbooks: read by python-calamine once they are seen to be safe, written by XlsxWriter (extra ``excel``).

A reader of workbooks believes what a file says of its own size: one of 5 kB can end the process. So the
parts are unpacked first, within bounds, and the furthest cell is looked for.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import IO, Any
from xml.parsers.expat import ExpatError, ParserCreate

from outcome_bees.errors import MissingExtraError
from outcome_bees.serializers.files import read_bytes, refusal
from outcome_bees.serializers.rows import Progress
from outcome_bees.serializers.typed import as_text

__all__ = ["MAX_CELLS", "MAX_UNPACKED", "read_sheet", "sheet"]

MAX_UNPACKED = 256 * 2**20
"""The most bytes that a workbook may unpack to. Our choice: a million rows of figures have half of it."""

MAX_CELLS = 20_000_000
"""The most cells that a sheet may span. Our choice: a million rows of 15 columns have 15 million."""

_MOSTLY_EMPTY = 1_000_000  # our choice: above it, at least one cell in twenty of those spanned must be there
_CHUNK = 2**20
_REFERENCE = re.compile("([A-Z]{1,3})([0-9]{1,7})", re.ASCII)


def read_sheet(
    file: IO[Any], name: str | None, progress: Progress | None = None
) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows of the first sheet that has any, each with its number and its cells as text.

    Raises:
        DocumentError: The file is no workbook, or unpacks to more than is read.
        MissingExtraError: python-calamine is not installed.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise MissingExtraError("Excel files are read", "excel", "python-calamine") from None
    content = read_bytes(file, name)
    if not isinstance(content, bytes):
        raise refusal(name, "a workbook must be opened in binary mode ('rb')")
    _checked(content, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        filled = (book.get_sheet_by_name(each).to_python(skip_empty_area=False) for each in book.sheet_names)
        rows = next((rows for rows in filled if rows), [])
    except CalamineError as error:
        raise refusal(name, f"it is no workbook that can be read ({error})") from None
    for number, row in enumerate(rows, 1):
        if progress is not None and number % 10_000 == 0:
            progress(number, len(rows))
        if any(cell != "" for cell in row):
            yield number, [as_text(cell) for cell in row]


def _checked(content: bytes, name: str | None) -> None:
    """Refuse a workbook that would cost far more than its size to read."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise refusal(name, "it is an old workbook (.xls) or has a password; allowed: .xlsx without one")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if sum(part.file_size for part in parts) > MAX_UNPACKED or len(parts) > 10_000:
                raise refusal(name, f"it unpacks to more than {MAX_UNPACKED:,} bytes")
            left = MAX_UNPACKED
            for part in parts:
                with packed.open(part) as unpacked:
                    left = _scanned(unpacked, name, left)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise refusal(name, f"it is no workbook that can be read ({error})") from None
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma"):
            raise refusal(name, "it is a damaged workbook") from None
        raise


def _scanned(part: IO[bytes], name: str | None, left: int) -> int:
    """How many bytes may still be unpacked after a part, once its cells are seen to lie within bounds."""
    span = _Span()
    parser = ParserCreate()
    parser.StartElementHandler = span.element
    parser.StartDoctypeDeclHandler = span.doctype
    well_formed, tail = True, b""
    while chunk := part.read(_CHUNK):
        left -= len(chunk)
        if left < 0:
            raise refusal(name, f"it unpacks to more than {MAX_UNPACKED:,} bytes")
        if well_formed:
            try:
                parser.Parse(chunk, False)
            except ExpatError:
                well_formed = False
            except _FarError as error:
                raise refusal(name, str(error)) from None
            if span.size > MAX_CELLS:
                raise refusal(name, span.far())
        if not well_formed and b"sheetData" in tail + chunk:
            raise refusal(name, "it is a damaged workbook")
        tail = chunk[-20:]
    if span.cells:
        try:
            parser.Parse(b"", True)
        except ExpatError:
            raise refusal(name, "it is a damaged workbook") from None
        if span.size > MAX_CELLS or (span.size > _MOSTLY_EMPTY and span.size > 20 * span.cells):
            raise refusal(name, span.far())
    return left


class _FarError(Exception):
    """A cell that stands where none can."""


class _Span:
    """How far the cells of a sheet reach, and how many there are."""

    def __init__(self) -> None:
        self.rows = self.columns = self.cells = 0
        self._row = self._column = 0

    @property
    def size(self) -> int:
        return self.rows * self.columns

    def far(self) -> str:
        return f"it has cells as far as row {self.rows:,}, column {self.columns:,}; allowed: {MAX_CELLS:,} in all"

    def doctype(self, *_: object) -> None:
        raise _FarError("a workbook has no document type of its own")

    def element(self, tag: str, attributes: dict[str, str]) -> None:
        sort = tag.rpartition(":")[2]
        if sort == "c":
            self.cells += 1
            self._column += 1
            if "r" in attributes:
                self._row, self._column = _place(attributes["r"])
        elif sort == "row":
            said = attributes.get("r", "")
            self._row, self._column = (_place(f"A{said}")[0] if said else self._row + 1), 0
        self.rows = max(self.rows, self._row)
        self.columns = max(self.columns, self._column)


def _place(reference: str) -> tuple[int, int]:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise _FarError(f"a cell cannot stand at {reference[:20]!r}")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def sheet(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one sheet: numbers and dates as such, every other cell as text that is never a formula.

    Raises:
        MissingExtraError: XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingExtraError("Excel files are written", "excel", "XlsxWriter") from None
    content = io.BytesIO()
    book: Any = Workbook(content, {"in_memory": True, "constant_memory": False})
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})  # the same figures give the same bytes
    page = book.add_worksheet("observations")
    dated = book.add_format({"num_format": "yyyy-mm-dd"})
    as_typed = book.add_format({"num_format": "@"})
    page.freeze_panes(1, 0)
    for place, name in enumerate(names):
        page.write_string(0, place, name)
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, Decimal) and Decimal(repr(float(cell))) != cell:
                page.write_string(number, place, str(cell), as_typed)  # more digits than a spreadsheet keeps
            elif isinstance(cell, Decimal):
                page.write_number(number, place, float(cell))
            elif isinstance(cell, date):
                page.write_datetime(number, place, cell, dated)
            elif cell is not None:
                page.write_string(number, place, cell, as_typed)
    book.close()
    return content.getvalue()
