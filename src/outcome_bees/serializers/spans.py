"""How far the cells of a sheet reach, and how many there are, from the tags of its XML as they come."""

import re

__all__ = ["MAX_CELLS", "FarError", "Span"]

MAX_CELLS = 20_000_000
"""The most cells that a sheet may span. Our choice: a million rows of 15 columns have 15 million."""

_MOSTLY_EMPTY = 1_000_000  # our choice: above it, at least one cell in twenty of those spanned must be there
_MAX_ERRORS = 100_000  # our choice: cells with errors are remembered one by one
_TEXT_BYTES = 5  # the shortest text of a workbook is <si/>
_REFERENCE = re.compile("([A-Z]{1,3})([0-9]{1,7})", re.ASCII)


class FarError(Exception):
    """A part of a workbook that says what it cannot be; the message says what."""


class Span:
    """What a part holds.

    Attributes:
        rows, columns: How far its cells reach.
        cells: How many there are.
        errors: Those that hold the error of a formula, as row and column.
        sheets: The relation of each sheet by name, where the part is the book itself.
        targets: The part of each relation, where it is of relations.
    """

    def __init__(self, size: int) -> None:
        self.rows = self.columns = self.cells = 0
        self.errors: set[tuple[int, int]] = set()
        self.sheets: dict[str, str] = {}
        self.targets: dict[str, str] = {}
        self._size, self._row, self._column = size, 0, 0

    def look(self, *, whole: bool = False) -> None:
        """Refuse what reaches too far for what it has."""
        size = self.rows * self.columns
        sparse = whole and size > _MOSTLY_EMPTY and size > 20 * self.cells
        if size > MAX_CELLS or sparse:
            reach = f"it has cells as far as row {self.rows:,}, column {self.columns:,}"
            raise FarError(f"{reach}; allowed: {MAX_CELLS:,} in all, most of them filled")
        if len(self.errors) > _MAX_ERRORS:
            raise FarError(f"more than {_MAX_ERRORS:,} of its cells hold the error of a formula")

    def doctype(self, *_: object) -> None:
        raise FarError("a workbook has no document type of its own")

    def declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ("utf-8", "us-ascii"):
            # Another reader may not heed it, and see cells where this one sees none.
            raise FarError(f"it has a part in {encoding[:20]!r}; allowed: UTF-8")

    def element(self, tag: str, attributes: dict[str, str]) -> None:
        sort = tag.rpartition(":")[2]
        if sort == "c":
            self._cell(attributes)
        elif sort == "row":
            said = attributes.get("r", "")
            row = _place(f"A{said}")[0] if said else self._row + 1
            if row <= self._row:
                raise FarError(f"row {row:,} stands after row {self._row:,}")
            self._row, self._column = row, 0
            self.rows = row
        elif sort == "sst":
            for name in ("uniqueCount", "count"):
                self._counted(attributes.get(name, "0"), self._size // _TEXT_BYTES if name[0] == "u" else MAX_CELLS)
        elif sort == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.sheets[attributes.get("name", "")] = relation
        elif sort == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def _cell(self, attributes: dict[str, str]) -> None:
        self.cells += 1
        row, column = self._row, self._column + 1
        if "r" in attributes:
            row, column = _place(attributes["r"])
            if row < self._row or (row == self._row and column <= self._column):
                raise FarError(f"the cell {attributes['r'][:20]} stands after one that comes after it")
        self._row, self._column = row, column
        if column > self.columns:
            self.columns = column
        if row > self.rows:
            self.rows = row
        if attributes.get("t") == "e":
            self.errors.add((row, column))

    @staticmethod
    def _counted(said: str, most: int) -> None:
        if not (said.isascii() and said.isdigit() and len(said) < 12 and int(said) <= most):
            raise FarError(f"it cannot have {said[:20]} texts")


def _place(reference: str) -> tuple[int, int]:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise FarError(f"a cell cannot stand at {reference[:20]!r}")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column
