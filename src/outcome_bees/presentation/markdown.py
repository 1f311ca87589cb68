"""Tables as Markdown: for a panel paper, a wiki, a pull request."""

import re
from collections.abc import Iterable, Iterator

from outcome_bees.presentation.blocks import Cell, Group, Table

__all__ = ["markdown"]

# Whatever could begin markup inside a cell; a lone "." or "-" cannot.
_MARKUP = re.compile(r"[\\`*_\[\]#|~$]")
# What is made a link of, or a message to a person, though nobody marked it as one: an address, a name after an at sign.
# It is looked for within one piece of text, which an empty comment parts; a backslash does not stop every reader.
_BARE_LINK = re.compile(r"\b(?:https?|ftp):(?=/)|\bwww(?=\.)|@(?=\w)", re.IGNORECASE)
_NOTHING = "<!-- -->"
_REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_INDENT = "&nbsp;&nbsp;"


def markdown(tables: Iterable[Table]) -> str:
    """Write tables as GitHub-flavoured Markdown, each below its caption, each group of rows a table of its own.

    Example:
        >>> print(markdown([Table.plain("Two words", ["Word", "Means"], [["met", "as *required*"]])]))
        ## Two words
        <BLANKLINE>
        | Word | Means |
        | :-- | :-- |
        | met | as \\*required\\* |
        <BLANKLINE>
    """
    return "\n".join("".join(f"{line}\n" for line in _lines(table)) for table in tables)


def _lines(table: Table) -> Iterator[str]:
    if table.caption:
        yield from (f"## {_escaped(table.caption)}", "")
    if table.summary:
        yield from (_escaped(table.summary), "")
    for number, group in enumerate(table.groups):
        yield from [""] * bool(number)
        yield from _group(table, group)


def _group(table: Table, group: Group) -> Iterator[str]:
    if group.title:
        yield from (f"### {_escaped(group.title)}", "")
    if group.summary:
        yield from (_escaped(group.summary), "")
    yield _row(_escaped(column.title) for column in table.columns)
    yield _row("--:" if column.numbers else ":--" for column in table.columns)
    for row in group.rows:
        first, *others = map(_cell, row.cells)
        yield _row([_INDENT * row.level + first, *others])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    note = f"({cell.note})" if cell.note and (cell.text or cell.mark) else cell.note
    return " ".join(_escaped(each) for each in (cell.mark, cell.text, note) if each)


def _escaped(given: str) -> str:
    safe = "".join(_REFERENCES.get(each, each) for each in _MARKUP.sub(r"\\\g<0>", given))
    return _BARE_LINK.sub(rf"\g<0>{_NOTHING}", safe)
