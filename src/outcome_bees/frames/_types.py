"""The types of columns: understood alike on every engine, or refused with the column's name and type.

A column whose type is not understood is never left aside: a figure that was not yet known would be used.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from numbers import Rational, Real
from typing import Any

import narwhals.stable.v2 as nw

from outcome_bees.errors import InvalidTypeError
from outcome_bees.vocabulary import ABSENCE_SYMBOLS, Absence

__all__ = ["as_float", "checked_types", "with_objects_read", "with_wall_days"]

_TEXT = (nw.String, nw.Categorical, nw.Enum)
_WHOLE = (
    *(nw.Int64, nw.Int32, nw.Int16, nw.Int8, nw.Int128),
    *(nw.UInt64, nw.UInt32, nw.UInt16, nw.UInt8, nw.UInt128),
)
_UNDERSTOOD: dict[str, tuple[Any, ...]] = {
    "text": _TEXT,
    "number": (nw.Float64, nw.Float32, nw.Decimal, *_WHOLE),
    "date": (nw.Date, nw.Datetime),
    "part": (*_TEXT, *_WHOLE),
    "label": (*_TEXT, *_WHOLE, nw.Float64, nw.Float32, nw.Decimal, nw.Boolean, nw.Date, nw.Datetime),
}
_ALLOWED = {
    "text": "a text type",
    "number": "a number type",
    "date": "a date type",
    "part": "a text type, or whole numbers",
    "label": "a type of texts, numbers, truth values or dates",
}
_EMPTY: dict[str, Any] = {
    **dict.fromkeys(("text", "part", "label"), nw.String()),
    "number": nw.Float64(),
    "date": nw.Date(),
}
_NUMERIC = r"^\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*$"
_SYMBOLS = {*ABSENCE_SYMBOLS, *(f"[{each}]" for each in ABSENCE_SYMBOLS), *map(str, Absence)}
_HINTS = {
    "number": "turn it into numbers first; a symbol such as 'c' goes into the column absence, and is null here",
    "date": "turn it into dates first: a day, not text",
}


def _refused(name: str, kind: str, given: str, example: object = None) -> InvalidTypeError:
    """Return the error for a column of a type that is not understood."""
    hint = _HINTS.get(kind)
    if kind == "number" and isinstance(example, str):
        if example in _SYMBOLS:
            hint = (
                f"{example!r} says why there is no figure: it goes into the column absence, and is null here;"
                " frames.from_ees reads a published table with its symbols"
            )
        else:
            hint = f"such as {example!r}: {hint}"
    return InvalidTypeError(f"column {name!r}", given, _ALLOWED[kind], hint)


def with_objects_read(frame: Any, kinds: Mapping[str, str]) -> Any:
    """Return a pandas-like frame whose columns of Python objects have the types of what they hold.

    Raises:
        InvalidTypeError: A column holds objects that are not of its kind, such as ``True`` among numbers.
    """
    native = frame.to_native()
    read = {}
    for name, kind in kinds.items():
        if name not in frame.columns:
            continue
        type_name = str(native.dtypes[name])
        if kind not in ("number", "label") and type_name in ("float64", "category") and native[name].isna().all():
            read[name] = _empty(name, kind)  # pandas reads a column of empty cells as numbers, all of them NaN
        elif type_name == "category":
            categories = list(native[name].cat.categories)
            _of_kind(
                name,
                kind if kind != "number" else "text",
                categories,
                f"category of {native[name].cat.categories.dtype}",
            )
        elif type_name == "object":
            cells = native[name]
            absent = cells.isna()
            held = list(cells[~absent])
            convert = _of_kind(name, kind, held, "object")
            if convert is not None:
                values = [None if gone else convert(cell) for cell, gone in zip(cells, absent, strict=True)]
                read[name] = _series(frame, name, values, kind)
    return frame.with_columns(**read) if read else frame


def _empty(name: str, kind: str) -> Any:
    """Return a column without a cell that is filled, of the type that pandas has for its kind."""
    return nw.lit(None, _EMPTY[kind] if kind != "date" else nw.Datetime()).alias(name)


def _of_kind(name: str, kind: str, held: list[Any], type_name: str) -> Callable[[Any], Any] | None:
    """Refuse the first object that is not of a kind; return what makes each one that the engines have a type for."""
    tests: dict[str, tuple[Callable[[Any], bool], Callable[[Any], Any] | None]] = {
        **dict.fromkeys(("text", "part", "label"), (lambda cell: isinstance(cell, str), None)),
        "number": (lambda cell: isinstance(cell, (Real, Decimal)) and not isinstance(cell, bool), _float),
        "date": (lambda cell: isinstance(cell, date), _midnight),
    }
    fits, convert = tests[kind]
    for cell in held:
        if not fits(cell):
            raise _refused(name, kind, f"{type_name}, which holds {cell!r} ({type(cell).__name__})", cell)
    return convert


def _float(cell: Any) -> float:
    """Return the float nearest to a number; one of another library is read by its shortest form."""
    return float(cell) if isinstance(cell, (float, Rational, Decimal)) else float(str(cell))


def _midnight(cell: date) -> datetime:
    """Return the day of a date or a time, in its own time zone, as pandas has days."""
    return datetime(cell.year, cell.month, cell.day)


def _series(frame: Any, name: str, values: list[Any], kind: str) -> Any:
    import numpy as np

    made = np.array(values, dtype="datetime64[s]" if kind == "date" else "float64")
    native = frame.to_native()
    return nw.from_native(type(native[name])(made, index=native.index, name=name), series_only=True)


def with_wall_days(frame: Any, kinds: Mapping[str, str]) -> Any:
    """Return the frame with times of a time zone as the clock there showed them, before another engine is given it."""
    zoned = [
        name
        for name, kind in frame.collect_schema().items()
        if kinds.get(name) == "date" and isinstance(kind, nw.Datetime) and kind.time_zone is not None
    ]
    return frame.with_columns(nw.col(name).dt.replace_time_zone(None) for name in zoned) if zoned else frame


def checked_types(
    frame: nw.LazyFrame[Any],
    kinds: Mapping[str, str],
    native_types: Mapping[str, str],
    rows: Callable[[nw.LazyFrame[Any]], list[dict[str, Any]]],
) -> nw.LazyFrame[Any]:
    """Return the frame once every column is seen to be of a type that is understood.

    A column without a type is allowed where it is null throughout; it gets the type of its kind.

    Args:
        kinds: The kind that each column is to be of, all of which are there: ``text``, ``number``, ``date``, ``part``
            or ``label``.
        native_types: What the engine itself calls the type of each column.
        rows: What reads the rows of a frame.

    Raises:
        InvalidTypeError: A column is of another type.
    """
    schema = frame.collect_schema()
    empty = []
    for name, kind in kinds.items():
        given = schema[name]
        if _is_understood(given, kind, native_types.get(name, "")):
            continue
        untyped = given in (nw.Unknown, nw.Object)
        if untyped and not rows(frame.filter(~nw.col(name).is_null()).select(name).head(1)):
            empty.append(nw.lit(None, _EMPTY[kind]).alias(name))
            continue
        given_type = native_types.get(name, str(given)) if untyped else str(given)
        example = _first_text(frame, name, rows) if given in _TEXT else None
        raise _refused(name, kind, given_type, example)
    return frame.with_columns(*empty) if empty else frame


def _is_understood(given: Any, kind: str, native: str) -> bool:
    # A dictionary of numbers, as PyArrow calls it, is no text.
    return given in _UNDERSTOOD[kind] and not (native.startswith("dictionary") and "string" not in native)


def _first_text(frame: nw.LazyFrame[Any], name: str, rows: Callable[[Any], list[dict[str, Any]]]) -> str | None:
    """Return a text of a column that is no number, so that an error can show it."""
    text = nw.col(name).cast(nw.String)
    texts = frame.select(text.alias("text")).filter(~nw.col("text").is_null())
    strays = texts.filter(~nw.col("text").str.contains(_NUMERIC)).head(1)
    found = rows(strays)
    return str(found[0]["text"]) if found else None


def as_float(name: str, given: Any, *, exact_decimals: bool) -> Any:
    """Return a column of numbers as floats: each the float nearest to the number as it is written.

    Args:
        given: The type of the column. A 32-bit float is read by its shortest form, as people read it.
        exact_decimals: Whether the engine itself makes of a decimal the float nearest to it.
    """
    column = nw.col(name)
    if given == nw.Float32 or (given == nw.Decimal and not exact_decimals):
        column = column.cast(nw.String)
    return column.cast(nw.Float64)
