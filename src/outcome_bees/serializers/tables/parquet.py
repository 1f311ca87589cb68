"""Parquet, through whichever data frame library is installed; figures keep their digits, as decimals."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from typing import IO, Any

from outcome_bees.errors import MissingExtraError
from outcome_bees.exact import MAX_DIGITS
from outcome_bees.layouts.cells import as_text
from outcome_bees.serializers.file_access import read_bytes, refusal
from outcome_bees.serializers.tables.csv import Progress
from outcome_bees.serializers.tables.engine_faults import engine_faults

__all__ = ["MAX_PARQUET", "MAX_ROWS", "MAX_ROWS_A_BYTE", "read_parquet", "write_columns", "write_parquet"]

MAX_PARQUET = 2**30
"""The largest file read, in bytes. Our choice: it is columns of hundreds of millions of figures."""

MAX_ROWS = 10_000_000
"""The most rows read. Our choice: equal rows take no room in a file, and as figures half a kilobyte each."""

MAX_ROWS_A_BYTE = 4
"""How many rows a file of a million or more has for each of its bytes, at most. Our choice: no two observations are
alike, so that of each at least some bits are left however well a file is packed; millions of equal rows take none."""

_ENGINES = ("polars", "pyarrow")
_DIGITS = 38  # what a decimal of 128 bits holds


def _engine(what: str) -> str:
    for name in _ENGINES:
        if find_spec(name):
            return name
    raise MissingExtraError(what, "arrow", "pyarrow or polars")


def read_parquet(
    file: IO[Any], name: str | None, progress: Progress | None = None
) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows of a file, the names of its columns first, each cell as text.

    Raises:
        DocumentError: The file is no Parquet that the data frame library can read.
        MissingExtraError: No such library is installed.
    """
    import narwhals.stable.v2 as nw

    engine = _engine("Parquet is read")
    content = read_bytes(file, name, MAX_PARQUET)
    if not isinstance(content, bytes):
        raise refusal(name, "Parquet must be opened in binary mode ('rb')")
    try:
        rows = _rows(content, engine)
        equal = rows >= 1_000_000 and rows > MAX_ROWS_A_BYTE * len(content)
        frame: Any = None if rows > MAX_ROWS or equal else nw.read_parquet(io.BytesIO(content), backend=engine)  # type: ignore[arg-type]  # a file will do
        if engine == "pyarrow" and frame is not None:
            frame.to_native().validate(full=True)  # Polars does so by itself
    except engine_faults(engine) as error:
        raise refusal(name, f"it is not Parquet that {engine} can read ({str(error).partition(chr(10))[0]})") from None
    if rows > MAX_ROWS:
        raise refusal(name, f"it has {rows:,} rows; allowed: {MAX_ROWS:,}")
    if frame is None:
        raise refusal(
            name, f"it has {rows:,} rows in {len(content):,} bytes; no two observations are alike, and these are"
        )
    yield 1, list(frame.columns)
    for number, row in enumerate(frame.iter_rows(), 1):
        if progress is not None and number % 10_000 == 0:
            progress(number, len(frame))
        yield number, [as_text(cell) for cell in row]


def _rows(content: bytes, engine: str) -> int:
    """Return how many rows a file says that it has, before any is made."""
    if engine == "polars":
        import polars as pl

        return int(pl.scan_parquet(io.BytesIO(content)).select(pl.len()).collect().item())
    from pyarrow.parquet import ParquetFile

    return int(ParquetFile(io.BytesIO(content)).metadata.num_rows)


def write_parquet(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a file of one table: numbers as decimals, dates as dates, all else as text.

    Raises:
        MissingExtraError: No data frame library is installed.
    """
    import narwhals.stable.v2 as nw

    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    data, schema = {}, {}
    for name, cells in zip(names, columns, strict=True):
        schema[name], data[name] = _typed(cells)
    frame = nw.from_dict(data, schema, backend=_engine("Parquet is written"))  # type: ignore[arg-type]  # a name
    content = io.BytesIO()
    frame.write_parquet(content)
    return content.getvalue()


def write_columns(kinds: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return a file of one table whose types are always the same, so that several can be read as one.

    Args:
        kinds: For each column whether it holds ``text``, ``number`` (a float), ``truth`` or ``date``.
        rows: The rows, each with every column.

    Raises:
        MissingExtraError: No data frame library is installed.
    """
    import narwhals.stable.v2 as nw

    types: dict[str, Any] = {"text": nw.String(), "number": nw.Float64(), "truth": nw.Boolean(), "date": nw.Date()}
    listed = list(rows)
    data = {
        name: [None if (cell := row[name]) is None else float(cell) if kind == "number" else cell for row in listed]
        for name, kind in kinds.items()
    }
    schema = {name: types[kind] for name, kind in kinds.items()}
    frame = nw.from_dict(data, schema, backend=_engine("Parquet is written"))  # type: ignore[arg-type]  # a name
    content = io.BytesIO()
    frame.write_parquet(content)
    return content.getvalue()


def _typed(cells: Sequence[Any]) -> tuple[Any, list[Any]]:
    """Return the type of a column, and its cells so."""
    import narwhals.stable.v2 as nw

    filled = [cell for cell in cells if cell is not None]
    if filled and all(isinstance(cell, Decimal) for cell in filled):
        scale = max(0, *(-int(cell.as_tuple().exponent) for cell in filled))
        whole = max(cell.adjusted() + 1 for cell in filled)
        if scale + max(whole, 1) <= MAX_DIGITS:  # so that it can be read again
            return nw.Decimal(_DIGITS, scale), list(cells)
    elif filled and all(isinstance(cell, date) for cell in filled):
        return nw.Date(), list(cells)
    return nw.String(), [None if cell is None else str(cell) for cell in cells]
