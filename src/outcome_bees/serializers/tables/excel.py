"""Excel workbooks: read by python-calamine once they are seen to be safe, written by XlsxWriter (extra ``excel``)."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import IO, Any, NamedTuple

from outcome_bees.errors import DocumentError, MissingExtraError, Problem, nearest, shown
from outcome_bees.layouts.cells import TYPED_ERROR, as_text
from outcome_bees.serializers.file_access import read_bytes, refusal
from outcome_bees.serializers.table import MAX_TITLES
from outcome_bees.serializers.tables._archive import SheetFacts, check_archive
from outcome_bees.serializers.tables._number_formats import text_as_shown
from outcome_bees.serializers.tables.csv import Progress

__all__ = ["Sheet", "Sheets", "read_sheets", "write_sheet"]

Cells = list[list[Any]]


class Sheet(NamedTuple):
    """A sheet that is read.

    Attributes:
        name: What the workbook calls it.
        rows: Its rows that are not empty, each with its number and its cells as text.
    """

    name: str
    rows: Iterator[tuple[int, Sequence[str]]]


class Sheets(NamedTuple):
    """The sheets of a workbook that are read, and those that are not.

    Attributes:
        read: Those that are read, in their order.
        left: The names of the others.
        hidden: Those of them that the workbook hides.
    """

    read: Sequence[Sheet]
    left: Sequence[str]
    hidden: Sequence[str]


def read_sheets(
    file: IO[Any],
    name: str | None,
    is_header: Callable[[Sequence[str]], bool],
    progress: Progress | None = None,
    *,
    sheets: Sequence[str] | None = None,
) -> Sheets:
    """Return the sheets that have a header, or the only one that has anything; hidden ones are left out.

    Args:
        file: The workbook, open in binary mode.
        name: What messages call it.
        is_header: Whether the cells of a row are a header.
        progress: Called now and then with how many rows have been read.
        sheets: The names of the sheets that are wanted, hidden or not; ``None``: as above.

    Raises:
        DocumentError: The file is no workbook, unpacks to more than is read, has several sheets and no header, or
            lacks a sheet that is wanted.
        MissingExtraError: python-calamine is not installed.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise MissingExtraError("Excel files are read", "excel", "python-calamine") from None
    content = read_bytes(file, name)
    if not isinstance(content, bytes):
        raise refusal(name, "a workbook must be opened in binary mode ('rb')")
    facts = check_archive(content, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        _refuse_missing(sheets, book.sheet_names, name)
        hidden = [each for each in book.sheet_names if facts.get(each, _NO_FACTS).hidden]
        wanted = [each for each in book.sheet_names if (each not in hidden if sheets is None else each in sheets)]
        cells = ((each, book.get_sheet_by_name(each).to_python(skip_empty_area=False)) for each in wanted)
        filled = [(each, rows) for each, rows in cells if rows]
        found = filled if sheets is not None else _with_header(filled, is_header, hidden, name)
    except CalamineError as error:
        raise refusal(name, f"it is not a workbook that can be read ({error})") from None
    except OverflowError:
        raise refusal(name, "a cell holds a date or a time of day that no calendar or clock has") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the reader's own failure, which is no Exception
            raise
        raise refusal(name, "a cell or a part of it is damaged (the reader of workbooks failed)") from None
    read = [Sheet(each, _texts(rows, facts.get(each, _NO_FACTS), progress)) for each, rows in found]
    names = {each for each, _ in found}
    left = [each for each in book.sheet_names if each not in names]
    return Sheets(read, left, [each for each in left if each in hidden])


_NO_FACTS = SheetFacts()


def _refuse_missing(wanted: Sequence[str] | None, there: Sequence[str], name: str | None) -> None:
    for each in wanted or ():
        if each not in there:
            meant = nearest(each, there)
            hint = f" (did you mean {meant[:40]!r}?)" if meant else ""
            raise refusal(name, f"there is no sheet {shown(each)}; allowed: {_listed(there)}{hint}")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(each[:40] for each in names[:20]) + (" …" if len(names) > 20 else "")


def _texts(rows: Cells, facts: SheetFacts, progress: Progress | None) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows of a sheet as text: numbers as they are shown, errors as such."""
    formats = [(column, column - 1) for column in facts.formats.columns]
    for number, row in enumerate(rows, 1):
        if progress is not None and number % 10_000 == 0:
            progress(number, len(rows))
        cells = [as_text(cell) for cell in row]
        for column, place in formats:
            style = facts.formats.at(number, column) if place < len(row) else None
            if style is not None and isinstance(row[place], (float, int, timedelta, date)):
                cells[place] = text_as_shown(row[place], facts.codes[style]) or cells[place]
        if facts.errors:
            cells = [TYPED_ERROR if (number, place) in facts.errors else cell for place, cell in enumerate(cells, 1)]
        if any(cells):
            yield number, cells


def _with_header(
    sheets: Sequence[tuple[str, Cells]],
    is_header: Callable[[Sequence[str]], bool],
    hidden: Sequence[str],
    name: str | None,
) -> list[tuple[str, Cells]]:
    """Return the sheets with a header, or the only one that has anything."""
    found = [(each, rows) for each, rows in sheets if _has_header(rows, is_header)]
    if found or len(sheets) == 1:
        return found or list(sheets)
    beside = f"; hidden, and so not read: {_listed(hidden)}; sheet= names one that is to be read" if hidden else ""
    if sheets or hidden:
        there = f" (there are {_listed([each for each, _ in sheets])})" if sheets else ""
        raise refusal(name, f"no sheet has a row that names the columns{there}{beside}")
    return []


def _has_header(rows: Cells, is_header: Callable[[Sequence[str]], bool]) -> bool:
    filled = 0
    for row in rows:
        cells = [as_text(cell) for cell in row]
        if is_header(cells):
            return True
        filled += any(cells)
        if filled > MAX_TITLES:
            break
    return False


# Writing. The bounds are Excel's own. Source: Microsoft, Excel specifications and limits.

_MAX_ROWS = 1_048_576
_MAX_TEXT = 32_767  # in UTF-16 units
_FIRST_DAY = date(1900, 3, 1)  # days before it are off by one, or are none: Excel holds 1900 to be a leap year


def write_sheet(
    names: Sequence[str], rows: Iterable[Sequence[Any]], name: str | None = None, *, sheet: str = "observations"
) -> bytes:
    """Return a workbook of one sheet: numbers and dates as such, every other cell as text that is never a formula.

    Raises:
        DocumentError: There is more than a sheet or a cell of it can hold.
        MissingExtraError: XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingExtraError("Excel files are written", "excel", "XlsxWriter") from None
    content = io.BytesIO()
    book: Any = Workbook(content, {"in_memory": True, "constant_memory": False})
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})  # the same figures give the same bytes
    page = book.add_worksheet(sheet)
    dated = book.add_format({"num_format": "yyyy-mm-dd"})
    as_typed = book.add_format({"num_format": "@"})
    page.freeze_panes(1, 0)
    for place, title in enumerate(names):
        page.write_string(0, place, title)
    problems: list[Problem] = []
    for number, row in enumerate(rows, 1):
        if number == _MAX_ROWS:
            raise refusal(
                name, f"a sheet has at most {_MAX_ROWS - 1:,} rows of figures (write .parquet)", done="written"
            )
        for place, cell in enumerate(row):
            if isinstance(cell, Decimal) and Decimal(repr(float(cell))) == cell:
                page.write_number(number, place, float(cell))
            elif isinstance(cell, date) and cell >= _FIRST_DAY:
                page.write_datetime(number, place, cell, dated)
            elif cell is not None:  # text, and numbers with more digits than a spreadsheet keeps
                text = str(cell)
                units = len(text) if len(text) <= _MAX_TEXT // 2 else len(text.encode("utf-16-le")) // 2
                if units > _MAX_TEXT:
                    allowed = f"a cell holds at most {_MAX_TEXT:,} characters"
                    message = f"{allowed}, and this has {units:,} as Excel counts them"
                    problems.append(Problem(f"$.{names[place]}", message, file=name, line=number + 1, column=place + 1))
                    continue
                page.write_string(number, place, text, as_typed)
    if problems:
        raise DocumentError(f"{name or 'the workbook'} cannot be written", problems)
    book.close()
    return content.getvalue()
