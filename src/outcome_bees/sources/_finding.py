"""What is found in one table, and its columns by the text that they have."""

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from outcome_bees.errors import shown
from outcome_bees.identifiers import slug
from outcome_bees.layouts.cells import normal_word

__all__ = [
    "BY_NAME_ALONE",
    "CODE",
    "MOST_NAMED",
    "PLAIN_NUMBER",
    "ROLES",
    "Rows",
    "SheetRows",
    "TableFinding",
    "TextColumns",
    "column_for",
    "listed",
    "propose_ids",
    "share_of",
]

MOST_NAMED = 2_000  # of measures, symbols or labels that a draft lists; our choice: a publisher's catalogue has fewer

# Our choices, so that a table of any length is looked at in a few hundred megabytes.
_BATCH = 10_000  # rows
_MOST_CELLS = 50_000_000
_MOST_TEXTS = 200_000  # different ones of a column, and as many again that are no numbers
_MOST_CHARACTERS = 50_000_000  # of them all
_MOST_COMPARED = 1_000_000  # rows, with one another

PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)
"""A number that no notation makes doubtful."""


CODE = re.compile("[ENSWKJ][0-9]{8}", re.ASCII)


ROLES = {
    "measure": ("measure_id", "measure", "indicator", "kpi", "metric", "pi", "short desc", "description", "name"),
    "period": ("period", "time_period", "time period", "year", "date", "month", "quarter", "financial year"),
    "area": ("geography_code", "area_code", "area code", "la_code", "code", "area", "geography", "place", "authority"),
    "value": ("value", "values", "figure", "result", "actual", "performance", "obs_value", "rate", "percentage"),
    "numerator": ("numerator", "num", "count"),
    "denominator": ("denominator", "denom", "den", "population", "base"),
    "lower": ("lower_ci", "lower ci", "lower", "lowerci", "lcl"),
    "upper": ("upper_ci", "upper ci", "upper", "upperci", "ucl"),
    "note": ("value_note", "value note", "note", "notes", "comment", "comments", "commentary"),
    "revision": ("status", "revision"),
    "recorded": ("recorded", "published", "publication_date", "release_date"),
    "breakdown": ("breakdown",),
}


BY_NAME_ALONE = ("numerator", "denominator", "lower", "upper", "note", "recorded")


Rows = list[tuple[int, Sequence[str]]]


class SheetRows(NamedTuple):
    """A table of a file.

    Attributes:
        sheet: The sheet that it is on; ``None``: it is of no workbook.
        rows: Its first rows, each with its number and its cells.
        rest: All others, which are gone through once.
    """

    sheet: str | None
    rows: Rows
    rest: Iterator[tuple[int, Sequence[str]]]


class TableFinding:
    """What is found in one table: its source so far.

    Attributes:
        source: The source.
        layout: Its layout; empty where it needs none.
        questions, notes: As of a draft; paths begin at the source.
    """

    def __init__(self, kind: str | None) -> None:
        self.layout: dict[str, Any] = {} if kind is None else {"kind": kind}
        self.questions: list[tuple[str, str, str]] = []
        self.notes: list[str] = []

    def ask(self, path: str, text: str, allowed: str = "") -> None:
        self.questions.append((path, text, allowed))


class TextColumns:
    """The columns of a table by name: every different text of each, and which texts stand in one row.

    A table of any length is gone through once and is not held: of a cell four bytes are kept, of a text one copy.

    Attributes:
        names: The names of the columns.
        rows: How many rows were looked at.
        is_whole: Whether the table has no more than those.
        cut: The columns of which not every different text is known.
        again: How often the row of names occurs again: as the header of a further table, which is none of the rows.
    """

    def __init__(self, header: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]) -> None:
        self.names = [name for name in header if name]
        self._places = {name: header.index(name) for name in self.names}
        self._known: dict[str, dict[str, int]] = {name: {} for name in self._places}
        self._codes = {name: array("I") for name in self._places}
        self._room = _MOST_CHARACTERS
        self.rows = 0
        self.is_whole = True
        self.cut: set[str] = set()
        self.again = 0
        self._distinguished: int | None = None  # rows before the first whose text shares a code with others
        remaining = iter(rows)
        while read := list(islice(remaining, _BATCH)):
            batch = [(number, row) for number, row in read if row != header]
            self.again += len(read) - len(batch)
            if (self.rows + len(batch)) * len(self._places) > _MOST_CELLS:
                self.is_whole = False
                break
            self._take([row for _, row in batch])

    def _take(self, batch: Sequence[Sequence[str]]) -> None:
        for name, place in self._places.items():
            cells = [row[place].strip() if place < len(row) else "" for row in batch]
            known = self._known[name]
            for text in dict.fromkeys(cells):
                if text not in known:
                    self._learn(name, known, text)
            self._codes[name].extend([known.get(text, 0) for text in cells])
        self.rows += len(batch)

    def _learn(self, name: str, known: dict[str, int], text: str) -> None:
        plain = PLAIN_NUMBER.fullmatch(text) is not None
        if len(known) < (_MOST_TEXTS if plain else 2 * _MOST_TEXTS) and len(text) <= self._room:
            known[text] = len(known)
            self._room -= len(text)
            return
        if not plain:  # of numbers many are enough to see how they are written
            self.cut.add(name)
        if self._distinguished is None:
            self._distinguished = self.rows

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def texts(self, name: str) -> list[str]:
        """Return the different texts of a column, in the order in which they first occur."""
        return list(self._known[name])

    def combinations(self, names: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the different texts of several columns in one row."""
        texts = [self.texts(name) for name in names]
        found = dict.fromkeys(zip(*(self._codes[name] for name in names), strict=True))
        return [tuple(each[code] for each, code in zip(texts, codes, strict=True)) for codes in found]

    def repeated(self, names: Sequence[str]) -> int:
        """Return how many rows repeat another in some columns, of as many rows as are compared."""
        most = min(self.rows if self._distinguished is None else self._distinguished, _MOST_COMPARED)
        return most - len(set(zip(*(self._codes[name][:most] for name in names), strict=True)))

    def filled(self, name: str) -> list[str]:
        return [text for text in self._known[name] if text]


def column_for(columns: TextColumns, role: str) -> str | None:
    words = {normal_word(name.replace("_", " ")): name for name in columns.names}
    return next((words[word] for each in ROLES[role] if (word := normal_word(each.replace("_", " "))) in words), None)


def listed(names: Sequence[str], most: int = 8) -> str:
    more = len(names) - most
    return ", ".join(map(shown, names[:most])) + (f" and {more:,} more" if more > 0 else "")


def share_of(texts: Sequence[str], test: Callable[[str], Any]) -> float:
    return sum(bool(test(text)) for text in texts) / len(texts) if texts else 0.0


def propose_ids(
    found: TableFinding, key: str, names: Sequence[str], described: Mapping[str, str] | None = None
) -> None:
    """Propose the id of each name of a measure."""
    chosen = names[:MOST_NAMED]
    ids: dict[str, str] = {}
    for name in chosen:
        proposed = slug((described or {}).get(name, name)) or "measure"
        while proposed in ids.values():
            proposed = f"{proposed[:90]}-{len(ids) + 1}"
        ids[name] = proposed
    found.layout[key] = ids
    found.notes.append(f"{key}: the ids are proposed from the names; write those of the plan, and leave out the rest")
    if len(names) > len(chosen):
        found.notes.append(f"{key}: only {MOST_NAMED:,} of {len(names):,} names are listed")
