"""Cells that come typed, from a spreadsheet or a frame, as the text that our own table would have."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

__all__ = ["DATED", "ERROR", "as_text"]

DATED = "the date "
"""What stands before a date that came as one: in the column of periods it may be a spreadsheet's invention."""

ERROR = "an error, such as #DIV/0! or #N/A"
"""What stands for a cell that holds the error of a formula, and that no column reads."""


def as_text(cell: Any) -> str:
    """A cell as text; what is no text, number or date becomes text that no column reads, saying what it was.

    Example:
        >>> as_text(56.3), as_text(95.0), as_text(None), as_text(datetime(2024, 12, 1))
        ('56.3', '95', '', 'the date 2024-12-01')
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return f"the truth value {str(cell).lower()}"
    if isinstance(cell, float):
        # A spreadsheet has no whole numbers, only floats that are whole.
        return str(int(cell)) if cell.is_integer() and abs(cell) < 10**15 else repr(cell)
    if isinstance(cell, datetime):
        whole = cell.time() == time(0)
        return f"{DATED}{cell.date() if whole else cell}"
    if isinstance(cell, date):
        return f"{DATED}{cell}"
    if isinstance(cell, (time, timedelta)):
        return f"the time {cell}"
    return str(cell) if isinstance(cell, (int, Decimal)) else f"a value of type {type(cell).__name__}"
