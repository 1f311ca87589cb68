"""Tables as text of a given width: on a terminal, in a log, in an e-mail."""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from outcome_bees.presentation.blocks import Cell, Group, Row, Table
from outcome_bees.presentation.words import STAND_IN
from outcome_bees.vocabulary import Rag

__all__ = ["encodable", "text", "wrapped"]

_GAP = "  "
_INDENT = "  "
_NARROWEST = 20
_LONGEST_WORD = 14  # a longer one is cut rather than widen its column
# Of the sixteen colours that a terminal has and its owner has chosen: they suit a light ground and a dark one.
_COLOUR = {Rag.GREEN: "32", Rag.AMBER: "33", Rag.RED: "31", Rag.GREY: "2"}
_BOLD, _FAINT = "1", "2"
_RULE = "─"

# Words and the code that sets them off (none: empty); a line is any number of them.
Span = tuple[str, str]


def text(tables: Iterable[Table], *, width: int = 80, colour: bool = False, encoding: str = "utf-8") -> str:
    """Write tables as text, each below its caption.

    Args:
        tables: The tables.
        width: Columns there are, from 20. Where a table cannot be made that narrow it is written row by row.
        colour: Whether to write the codes by which a terminal colours; no meaning depends on them.
        encoding: What it will be written in: characters that it lacks are replaced before they are laid out.

    Example:
        >>> print(text([Table.plain("Two words", ["Word", "Means"], [["met", "as required"]])]))
        Two words
        <BLANKLINE>
        Word  Means
        ─────────────────
        met   as required
        <BLANKLINE>
    """
    laid_out = (
        _lines(each.respelt(lambda given: encodable(given, encoding)), max(width, _NARROWEST)) for each in tables
    )
    written = "\n".join("".join(_written(line, colour) for line in lines) for lines in laid_out)
    return encodable(written, encoding)  # the rules


def _written(line: list[Span], colour: bool) -> str:
    spans = (f"\x1b[{style}m{words}\x1b[0m" if colour and style and words.strip() else words for words, style in line)
    return "".join(spans).rstrip() + "\n"


def encodable(given: str, encoding: str) -> str:
    """Return the text with a stand-in for each character that an encoding does not have.

    Example:
        >>> encodable("✔ achieved: £5 – 95 % of Zoë’s", "ascii")
        "+ achieved: GBP 5 - 95 % of Zoe's"
    """
    try:
        given.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_stand_in(each, encoding) for each in given)
    return given


def _stand_in(character: str, encoding: str) -> str:
    folded = unicodedata.normalize("NFKD", character).rstrip("".join(map(chr, range(0x300, 0x370))))
    candidates = (character, STAND_IN.get(character, folded))
    return next((each for each in candidates if each.encode(encoding, "ignore").decode(encoding) == each), "?")


def columns_of(given: str) -> int:
    """Count the columns of a terminal that the text takes: a Chinese character takes two, an accent of its own none."""
    if given.isascii():
        return len(given)
    return sum(
        0 if unicodedata.category(each) in {"Mn", "Me", "Cf"} else 1 + (unicodedata.east_asian_width(each) in "WF")
        for each in given
    )


def wrapped(given: str, width: int, first: str = "", further: str = "") -> list[str]:
    """Break the text into lines of at most so many columns, between words where that can be.

    Args:
        given: The text.
        width: Columns there are, for what a line begins with as well.
        first: What the first line begins with.
        further: What every other line begins with.

    Example:
        >>> wrapped("Looked-after children in three or more homes", 24)
        ['Looked-after children in', 'three or more homes']
    """
    lines, line = [], first
    begun = False  # whether the line has a word
    for word in given.split():
        if begun and columns_of(line) + 1 + columns_of(word) <= width:
            line = f"{line} {word}"
            continue
        if begun:
            lines.append(line)
            line = further
        while columns_of(line) + columns_of(word) > width and (cut := _cut(word, width - columns_of(line))) < len(word):
            lines.append(line + word[:cut])
            line, word = further, word[cut:]
        line, begun = line + word, True
    return [*lines, line]


def _cut(word: str, width: int) -> int:
    """Return where a word too wide for its line is cut: after a hyphen or slash where it has one."""
    fits = 1
    while fits < len(word) and columns_of(word[: fits + 1]) <= width:
        fits += 1
    return max(word.rfind(each, 0, fits) for each in "-/") + 1 or fits


def _lines(table: Table, width: int) -> Iterator[list[Span]]:
    yield from _set(table.caption, width, _BOLD)
    yield from _set(table.summary, width)
    if table.caption or table.summary:
        yield []
    widths = _widths(table, width)
    yield from _row_by_row(table, width) if widths is None else _in_columns(table, widths, width)


def _set(given: str, width: int, style: str = "") -> Iterator[list[Span]]:
    yield from ([(line, style)] for line in wrapped(given, width) if line)


def _widths(table: Table, width: int) -> list[int] | None:
    """Return the width of each column: its own, or the widest made narrower; ``None`` where that is not enough."""
    widths, floors = [], []
    for index, column in enumerate(table.columns):
        cells = [(row.cells[index], row.level if index == 0 else 0) for row in table.rows]
        title = columns_of(column.title)
        own = max((len(_INDENT) * level + _own_width(cell) for cell, level in cells), default=0)
        words = {word for cell, _ in cells for word in f"{cell.text} {cell.note}".split()}
        longest = min(max(map(columns_of, words), default=0), _LONGEST_WORD)
        widths.append(min(max(title, own), width))
        floors.append(min(widths[-1], max(title, longest, column.least)))
    room = width - len(_GAP) * (len(widths) - 1)
    if sum(floors) > room:
        return None
    while sum(widths) > room:
        widest = max((i for i in range(len(widths)) if widths[i] > floors[i]), key=widths.__getitem__)
        widths[widest] -= 1
    return widths


def _own_width(cell: Cell) -> int:
    mark = columns_of(cell.mark) + 1 if cell.mark else 0
    return mark + max(columns_of(cell.text), columns_of(cell.note))


def _in_columns(table: Table, widths: list[int], width: int) -> Iterator[list[Span]]:
    columns = list(zip(table.columns, widths, strict=True))
    yield from _beside(
        [([(line, _BOLD) for line in wrapped(each.title, wide)], wide, each.numbers) for each, wide in columns]
    )
    yield [(_RULE * (sum(widths) + len(_GAP) * (len(widths) - 1)), _FAINT)]
    for number, group in enumerate(table.groups):
        yield from _heading(group, width, number)
        for row in group.rows:
            yield from _beside(
                [
                    (_cell(row, first, wide, spread=last > first), wide, table.columns[first].numbers)
                    for first, last in _stretches(row)
                    for wide in [sum(widths[first : last + 1]) + len(_GAP) * (last - first)]
                ]
            )


def _stretches(row: Row) -> Iterator[tuple[int, int]]:
    """Return the first and last column that each cell has to itself: its own, and empty ones to the right."""
    filled = [index for index, cell in enumerate(row.cells) if index == 0 or cell.mark or cell.text or cell.note]
    return zip(filled, [*(each - 1 for each in filled[1:]), len(row.cells) - 1], strict=True)


def _heading(group: Group, width: int, number: int) -> Iterator[list[Span]]:
    if group.title:
        yield from [[]] * bool(number)
        yield from _set(group.title, width, _BOLD)
        yield from _set(group.summary, width, _FAINT)


def _cell(row: Row, index: int, width: int, *, spread: bool = False) -> list[Span]:
    """Lay out the words of a cell and then its note, line by line; a line that continues another is indented.

    Where the cell has more room than its own column, and the note fits beside the words, they share a line.
    """
    cell = row.cells[index]
    start = "" if index else _INDENT * row.level
    mark = f"{cell.mark} " if cell.mark else ""
    further = start + (" " * columns_of(mark) or ("" if index else _INDENT))
    if spread and cell.text and cell.note:
        whole = f"{start}{mark}{cell.text} ({cell.note})"
        if columns_of(whole) <= width:
            return [(whole, _style(cell))]
    lines = [(line, _style(cell)) for line in wrapped(cell.text, width, start + mark, further)]
    return lines + [(line, _FAINT) for line in wrapped(cell.note, width, further, further) if cell.note]


def _style(cell: Cell) -> str:
    return "" if cell.rag is None else _COLOUR[cell.rag]


def _beside(cells: list[tuple[list[Span], int, bool]]) -> Iterator[list[Span]]:
    """Lay out cells of several lines side by side: each with its width, and whether it is aligned right."""
    for abreast in zip_longest(*(lines for lines, _, _ in cells), fillvalue=("", "")):
        line: list[Span] = []
        for (words, style), (_, width, right) in zip(abreast, cells, strict=True):
            pad = (" " * (width - columns_of(words)), "")
            line += [*([pad, (words, style)] if right else [(words, style), pad]), (_GAP, "")]
        yield line


def _row_by_row(table: Table, width: int) -> Iterator[list[Span]]:
    """Lay out each row as a few lines of its own, for a terminal too narrow for columns."""
    for number, group in enumerate(table.groups):
        yield from _heading(group, width, number)
        for row in group.rows:
            yield []
            yield from ([(words, style or _BOLD)] for words, style in _cell(row, 0, width))
            indent = _INDENT * (row.level + 1)
            for column, cell in zip(table.columns[1:], row.cells[1:], strict=True):
                if cell.mark or cell.text or cell.note:
                    note = f"({cell.note})" if cell.note else ""
                    words = " ".join(filter(None, (f"{column.title}:", cell.mark, cell.text, note)))
                    yield from ([(line, _style(cell))] for line in wrapped(words, width, indent, indent + _INDENT))
