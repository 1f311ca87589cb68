"""Messages beside an answer, on standard error."""

import sys
from collections.abc import Iterable
from contextlib import suppress

__all__ = ["print_message", "state_sheets"]


def print_message(message: str) -> None:
    """Print a message on standard error, without any character that a terminal would obey."""
    from outcome_bees.presentation.console import encodable

    if sys.stderr is None:
        return
    safe = "".join(each if each == "\n" or each.isprintable() else "\ufffd" for each in message)
    with suppress(OSError):  # nobody is listening
        print(f"outcome-bees: {encodable(safe, sys.stderr.encoding or 'utf-8')}", file=sys.stderr, flush=True)


def state_sheets(sheets: Iterable[str]) -> None:
    """State of each workbook which of its sheets were read, and which were not."""
    for each in sheets:
        print_message(f"read {each}")
