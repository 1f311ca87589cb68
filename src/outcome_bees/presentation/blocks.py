"""A table as a plain value: its words and numbers, before anyone decides how it looks.

The writers of this package (``console``, ``markdown``, ``html``) turn the same value into what each reader needs,
so that a terminal, a panel paper and a notebook never differ in content.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from attrs import field, frozen

from outcome_bees.vocabulary import Rag

__all__ = ["Cell", "Column", "Group", "Row", "Table", "visible"]

# Joiners shape letters and emoji; every other invisible character could only mislead a reader.
_JOINERS = {"\u200c", "\u200d"}


def visible(text: str) -> str:
    """Return the text on one line, without characters that move a cursor, colour a terminal or turn the line around.

    Example:
        >>> visible("Plans\\n\\x1b[31m in \\u202etime")
        'Plans [31m in time'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(map(_visible, text)).split())


def _visible(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Cf" and character not in _JOINERS:
        return ""
    return " " if kind in {"Cc", "Cs", "Zl", "Zp"} else character


class Cell(NamedTuple):
    """The content of one place in a table.

    Attributes:
        text: The words.
        note: More of it, shown less prominently; empty where there is no more.
        mark: A symbol before the words, which mean the same without it; empty for none.
        rag: The colour that goes with the words; ``None`` for none.

    Example:
        >>> Cell("missed", mark="✘", rag=Rag.RED).text
        'missed'
    """

    text: str = ""
    note: str = ""
    mark: str = ""
    rag: Rag | None = None


class Column(NamedTuple):
    """A column of a table: its heading and what its cells are.

    Attributes:
        title: The heading.
        numbers: Whether it holds numbers of one sort, which are then aligned right.
        least: How narrow it may be made before the table is better written row by row, in characters.
    """

    title: str
    numbers: bool = False
    least: int = 1


class Row(NamedTuple):
    """A row of a table, about one thing; the first cell names the thing.

    Attributes:
        cells: As many as the table has columns.
        level: How many things it is a part of, from 0.
    """

    cells: Sequence[Cell]
    level: int = 0


class Group(NamedTuple):
    """A group of rows that belong together.

    Attributes:
        rows: The rows, in order.
        title: What they have in common; empty for no title.
        summary: Their sum in a few words; empty likewise.
    """

    rows: Sequence[Row]
    title: str = ""
    summary: str = ""


def columns_shown(given: Iterable[Column]) -> tuple[Column, ...]:
    return tuple([Column(visible(title), numbers, least) for title, numbers, least in given])


def groups_shown(given: Iterable[Group]) -> tuple[Group, ...]:
    return tuple([_each_text(group, visible) for group in given])


def _each_text(group: Group, change: Callable[[str], str]) -> Group:
    """Return a group with every text in it changed."""
    rows = [
        Row(tuple([Cell(change(text), change(note), change(mark), rag) for text, note, mark, rag in cells]), level)
        for cells, level in group.rows
    ]
    return Group(tuple(rows), change(group.title), change(group.summary))


@frozen
class Table:
    """A table that can be written for any reader: all that it is given is made visible text.

    Attributes:
        caption: What it shows.
        columns: Its columns; the first names the rows.
        groups: Its rows, in groups.
        summary: Its sum in a sentence; empty for none.

    Example:
        >>> table = Table.plain("Colours", ["Name", "Meaning"], [["red", "missed"]])
        >>> len(table.rows)
        1
    """

    caption: str = field(converter=visible)
    columns: tuple[Column, ...] = field(converter=columns_shown)
    groups: tuple[Group, ...] = field(converter=groups_shown)
    summary: str = field(default="", converter=visible)

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, whatever their group."""
        return tuple(row for group in self.groups for row in group.rows)

    def respelt(self, spell: Callable[[str], str]) -> "Table":
        """Return the same table with every text in it spelt in another way."""
        columns = [Column(spell(each.title), each.numbers, each.least) for each in self.columns]
        groups = [_each_text(group, spell) for group in self.groups]
        return Table(spell(self.caption), columns, groups, spell(self.summary))

    @classmethod
    def plain(cls, caption: str, titles: Iterable[str], rows: Iterable[Iterable[str]], summary: str = "") -> "Table":
        """Make a table of words alone, in one group."""
        body = Group([Row([Cell(text) for text in row]) for row in rows])
        return cls(caption, [Column(title) for title in titles], [body], summary)
