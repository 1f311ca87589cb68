"""A Polars frame as each engine has it by itself, and the rows that come back from any of them."""

from collections.abc import Callable
from typing import Any

import pytest

from outcome_bees.frames import backend

ALONE: dict[str, Callable[[Any], Any]] = {
    "polars": lambda frame: frame,
    "pandas": lambda frame: pytest.importorskip("pandas") and frame.to_pandas(),
    "pyarrow": lambda frame: frame.to_arrow(),
}


def rows_of(made: Any) -> list[tuple[Any, ...]]:
    """The rows of a frame of any engine in order; what is missing is None, and a float has eleven digits."""
    held = backend.Backend(made)
    rows = [tuple(None if cell != cell else cell for cell in row.values()) for row in held.rows(held.figures)]
    return sorted(
        (tuple(float(f"{cell:.11g}") if isinstance(cell, float) else cell for cell in row) for row in rows), key=str
    )
