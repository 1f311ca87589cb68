"""Excel workbooks: read by python-calamine once they are seen to be safe, written by XlsxWriter (extra ``excel``)."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import IO, Any

from outcome_bees.errors import DocumentError, MissingExtraError, Problem
from outcome_bees.layouts.cells import TYPED_ERROR, as_text
from outcome_bees.serializers.file_access import read_bytes, refusal
from outcome_bees.serializers.table import MAX_TITLES
from outcome_bees.serializers.tables._archive import check_archive
from outcome_bees.serializers.tables.csv import Progress

__all__ = ["read_sheet", "write_sheet"]

Cells = list[list[Any]]


def read_sheet(
    file: IO[Any], name: str | None, is_header: Callable[[Sequence[str]], bool], progress: Progress | None = None
) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows of the first sheet that has a header, each with its number and its cells as text.

    Raises:
        DocumentError: The file is no workbook, unpacks to more than is read, or has several sheets and no header.
        MissingExtraError: python-calamine is not installed.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise MissingExtraError("Excel files are read", "excel", "python-calamine") from None
    content = read_bytes(file, name)
    if not isinstance(content, bytes):
        raise refusal(name, "a workbook must be opened in binary mode ('rb')")
    errors = check_archive(content, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = ((each, book.get_sheet_by_name(each).to_python(skip_empty_area=False)) for each in book.sheet_names)
        chosen, rows = _with_header(((each, rows) for each, rows in sheets if rows), is_header, name)
    except CalamineError as error:
        raise refusal(name, f"it is no workbook that can be read ({error})") from None
    except OverflowError:
        raise refusal(name, "a cell holds a date or a time of day that no calendar or clock has") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the reader's own failure, which is no Exception
            raise
        raise refusal(name, "a cell or a part of it is of no use (the reader of workbooks failed)") from None
    wrong = errors.get(chosen, set())
    for number, row in enumerate(rows, 1):
        if progress is not None and number % 10_000 == 0:
            progress(number, len(rows))
        cells = [as_text(cell) for cell in row]
        if wrong:
            cells = [TYPED_ERROR if (number, place) in wrong else cell for place, cell in enumerate(cells, 1)]
        if any(cells):
            yield number, cells


def _with_header(
    sheets: Iterator[tuple[str, Cells]], is_header: Callable[[Sequence[str]], bool], name: str | None
) -> tuple[str, Cells]:
    """Return the first sheet with a header, or the only one that has anything; a cover sheet may come before it."""
    seen: list[tuple[str, Cells]] = []
    for each, rows in sheets:
        filled = 0
        for row in rows:
            cells = [as_text(cell) for cell in row]
            if is_header(cells):
                return each, rows
            filled += any(cells)
            if filled > MAX_TITLES:
                break
        seen.append((each, rows if not seen else []))
    if len(seen) > 1:
        names = ", ".join(each[:40] for each, _ in seen[:20])
        raise refusal(name, f"no sheet has a row that names the columns (there are {names})")
    return seen[0] if seen else ("", [])


# Writing. The bounds are Excel's own. Source: Microsoft, Excel specifications and limits.

_MAX_ROWS = 1_048_576
_MAX_TEXT = 32_767  # in UTF-16 units
_FIRST_DAY = date(1900, 3, 1)  # days before it are off by one, or are none: Excel holds 1900 to be a leap year


def write_sheet(names: Sequence[str], rows: Iterable[Sequence[Any]], name: str | None = None) -> bytes:
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
    page = book.add_worksheet("observations")
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
