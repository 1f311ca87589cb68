"""What is found in one table, and its columns by the text that they have."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from outcome_bees.errors import shown
from outcome_bees.identifiers import slug
from outcome_bees.layouts.cells import normal_word

__all__ = [
    "BY_NAME_ALONE",
    "CODE",
    "MOST_NAMED",
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

MOST_NAMED = 60  # of measures, symbols or places that a draft lists


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
    """

    sheet: str | None
    rows: Rows


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
    """The columns of a table by name."""

    def __init__(self, header: Sequence[str], rows: Rows) -> None:
        self.names = [name for name in header if name]
        self._places = {name: header.index(name) for name in self.names}
        self._rows = rows

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def texts(self, name: str) -> list[str]:
        """Return the different texts of a column, in the order in which they first occur."""
        place = self._places[name]
        return list(dict.fromkeys(row[place].strip() for _, row in self._rows if place < len(row)))

    def combinations(self, names: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the different texts of several columns in one row."""
        places = [self._places[name] for name in names]
        rows = (tuple(row[place].strip() if place < len(row) else "" for place in places) for _, row in self._rows)
        return list(dict.fromkeys(rows))

    def repeated(self, names: Sequence[str]) -> int:
        """Return how many rows repeat another in some columns."""
        places = [self._places[name] for name in names]
        rows = [tuple(row[place] if place < len(row) else "" for place in places) for _, row in self._rows]
        return len(rows) - len(set(rows))

    def filled(self, name: str) -> list[str]:
        return [text for text in self.texts(name) if text]


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
        found.notes.append(f"{key}: only {MOST_NAMED} of {len(names):,} names are listed")
