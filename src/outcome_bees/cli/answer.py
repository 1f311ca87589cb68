"""An answer in the format that was asked for, put where it was asked for."""

import csv
import io
import os
import shutil
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import frozen

from outcome_bees.cli.arguments import SUFFIXES
from outcome_bees.errors import InvalidValueError
from outcome_bees.presentation.blocks import Table, visible
from outcome_bees.presentation.console import encodable

__all__ = ["Answer", "deliver"]

Value = str | Decimal | int | None


@frozen(kw_only=True)
class Answer:
    """The answer of a command, in each form in which it may be asked for.

    Attributes:
        title: What it is, for the head of a page.
        tables: For people.
        tree: For programs: mappings, lists, texts and numbers.
        rows: For spreadsheets: the names of the columns, then the rows; nothing for a command without that format.
    """

    title: str
    tables: Callable[[], Iterable[Table]]
    tree: Callable[[], Any]
    rows: Callable[[], Iterable[Sequence[Value]]] = tuple

    def give(self, arguments: Namespace) -> None:
        """Write the answer as the arguments ask."""
        target = None if arguments.output == "-" else arguments.output
        match arguments.format or _format_of(target or ""):
            case "json":
                from outcome_bees.serializers.json import dump

                deliver(dump(self.tree()), target)
            case "csv":
                deliver(_comma_separated(self.rows()), target)
            case "markdown":
                from outcome_bees.presentation.markdown import markdown

                deliver(markdown(self.tables()), target)
            case "html":
                from outcome_bees.presentation.html import page

                deliver(page(self.title, self.tables()), target)
            case _:
                self._give_text(arguments.colour, target)

    def _give_text(self, colour: str, target: str | None) -> None:
        """Write the tables as wide, and in as many colours and characters, as the output can show."""
        from outcome_bees.presentation.console import text

        if target is not None:
            deliver(text(self.tables(), colour=colour == "always"), target)
            return
        coloured = colour == "always" or (colour == "auto" and _likes_colour())
        width = shutil.get_terminal_size(fallback=(80, 24)).columns
        print(text(self.tables(), width=width, colour=coloured, encoding=sys.stdout.encoding or "utf-8"), end="")


def _format_of(target: str) -> str:
    suffix = Path(target).suffix.lower()
    if suffix not in SUFFIXES:
        raise InvalidValueError(
            "--output", target, f"a name ending in {', '.join(filter(None, SUFFIXES))}, or a --format"
        )
    return SUFFIXES[suffix]


def _likes_colour() -> bool:
    """Return whether the output is a terminal whose owner has not declined colour.

    Source: no-color.org: NO_COLOR with any value but an empty one.
    """
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _comma_separated(rows: Iterable[Sequence[Value]]) -> str:
    """Write rows as CSV, no text of which a spreadsheet would run as a formula, nor a terminal obey."""
    from outcome_bees.layouts.cells import guard_formula

    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    for row in rows:
        # A number may begin with a minus.
        writer.writerow([guard_formula(visible(each)) if isinstance(each, str) else _number(each) for each in row])
    return written.getvalue()


def _number(given: Decimal | int | None) -> str:
    return "" if given is None else format(given, "f" if isinstance(given, Decimal) else "d")


def deliver(content: str, target: str | None) -> None:
    """Write a text to a file, whole or not at all, or to standard output.

    A file, and another program, get UTF-8; a terminal gets what it can show.
    """
    if target is not None:
        from outcome_bees.serializers.file_access import write

        write(target, content)
        return
    binary = None if sys.stdout.isatty() else getattr(sys.stdout, "buffer", None)
    if binary is None:
        print(encodable(content, sys.stdout.encoding or "utf-8"), end="")
    else:
        sys.stdout.flush()
        binary.write(content.encode(errors="replace"))  # a file's name may be no text
