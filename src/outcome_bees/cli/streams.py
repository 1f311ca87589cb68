"""What a command reads: a file by its name, or standard input for ``-``."""

import io
import sys
from collections.abc import Iterable
from typing import Any

from outcome_bees.errors import InvalidValueError, OutcomeBeesError

__all__ = ["STANDARD_INPUT", "format_given", "read_once", "readable", "shown_name"]

STANDARD_INPUT = "-"
"""The name that standard input goes by, and standard output where something is written."""

_WHOLE = ("xlsx", "parquet")  # formats whose readers go back and forth


def readable(name: str, input_format: str | None) -> Any:
    """Return what can be read under a name: the name itself, or standard input.

    Raises:
        InvalidValueError: It is standard input, and its format is not given.
    """
    if name != STANDARD_INPUT:
        return name
    if input_format is None:
        allowed = "the format of standard input: csv, json, parquet, toml, xlsx or yaml"
        raise InvalidValueError("--input-format", None, allowed)
    binary: Any = getattr(sys.stdin, "buffer", sys.stdin)
    return io.BytesIO(binary.read()) if input_format in _WHOLE else binary


def format_given(name: str, input_format: str | None) -> str | None:
    """Return the format that was given for standard input; a file's is that of its suffix."""
    return input_format if name == STANDARD_INPUT else None


def shown_name(name: str) -> str:
    """Return a name as messages have it."""
    return "standard input" if name == STANDARD_INPUT else name


def read_once(names: Iterable[str]) -> None:
    """Refuse standard input that is to be read twice."""
    if list(names).count(STANDARD_INPUT) > 1:
        raise OutcomeBeesError("- is given twice: standard input can be read once")
