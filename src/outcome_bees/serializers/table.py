"""Rows of text read as figures, one place for every format and layout: the good ones, and what the bad ones lack."""

import sys
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from outcome_bees.errors import DocumentError, OutcomeBeesError, Problem
from outcome_bees.model.invariants import broken_invariants
from outcome_bees.model.observation import Observation
from outcome_bees.serializers.building import maker
from outcome_bees.serializers.explain import salvaged
from outcome_bees.serializers.files import refusal
from outcome_bees.serializers.layouts import REFUSED, Column, Layout
from outcome_bees.serializers.places import spelled
from outcome_bees.serializers.values import MAX_TOLD, RefusedError, hints_anew, message_of

__all__ = ["MAX_TITLES", "Row", "Rows", "Table"]

Row = tuple[int, Sequence[str]]
"""The line (in a spreadsheet, the row) that a row begins on, from 1, and its cells."""

Rows = Iterator[Row]

MAX_TITLES = 20
"""How many rows of titles may stand above the header. Our choice."""


class _Memo(dict[Any, Any]):
    """What each text of a column says, read once: columns repeat themselves."""

    def __init__(self, column: Column) -> None:
        self._read = column.read
        if column.blank is not REFUSED:
            self[""] = column.blank

    def __missing__(self, text: Any) -> Any:
        value = self._read(text)
        if len(self) < 65_536:
            self[text] = value
        return value


class _Figure(NamedTuple):
    columns: Sequence[Column]
    memos: Sequence[_Memo]
    make: Callable[[Any], Observation]


class Table:
    """A table that is being read.

    Attributes:
        figures: What could be read.
        problems: What is wrong with the rest; a thousand at most, unless all are to be told.
        more: How many further rows have some.
    """

    def __init__(self, name: str | None, *, all_told: bool = False) -> None:
        self.name, self.more = name, 0
        self._most = sys.maxsize if all_told else MAX_TOLD
        self.figures: Sequence[Observation] = []
        self.problems: list[Problem] = []
        self._lines = array("I")

    def whence(self, index: int) -> str:
        """Where a figure was read from, in words."""
        return f"on line {self._lines[index]}"

    def add(self, index: int, name: str | None, message: str) -> None:
        """Note what is wrong with a figure that could be read by itself."""
        self.problem(self._lines[index], None, name, message)

    def located(self) -> list[Problem]:
        """Every problem, in the order of the lines."""
        return sorted(self.problems, key=lambda each: each.line or 0)

    def problem(self, line: int, place: int | None, name: str | None, message: str) -> None:
        if len(self.problems) >= self._most:
            self.more += 1
            return
        path = spelled(() if name is None else (name,))
        column = None if place is None else place + 1
        self.problems.append(Problem(path, message, file=self.name, line=line, column=column))

    def read(self, rows: Rows, layout: Layout) -> None:
        """Read every row under the header.

        Raises:
            DocumentError: There is no header, or it is wrong: then no row means anything.
        """
        hints_anew()
        line, header = self._header(rows, layout)
        for sign, word in ((";", "semicolons"), ("\t", "tabs")):
            if len(header) == 1 and header[0].count(sign) > 1:
                message = f"the cells are separated by {word}; allowed: commas (save it again as 'CSV UTF-8')"
                raise refusal(self.name, message, line)
        plan = layout.plan(header)
        if isinstance(plan, list):
            for place, name, message in plan:
                self.problem(line, place, name, message)
            raise DocumentError(f"{self.name or 'the table'} cannot be loaded", self.problems)
        sorts = [
            _Figure(columns, [_Memo(each) for each in columns], maker(Observation, [each.field for each in columns]))
            for columns in plan.figures
        ]
        steps = [(sort, sort.make, [(each.take, memo) for each, memo in zip(*sort[:2], strict=True)]) for sort in sorts]
        choose, width = plan.choose, len(header)
        figures: list[Observation] = []
        self.figures = figures
        keep, keep_line = figures.append, self._lines.append
        for line, row in rows:
            if len(row) != width:
                if len(row) < width or any(row[width:]):
                    self.problem(line, None, None, f"given {len(row)} cells; allowed: {width}, as in the header")
                    continue
                row = row[:width]  # blank cells to the right, as spreadsheets leave them
            for sort, make, parts in steps if choose is None else [steps[number] for number in choose(row)]:
                try:
                    keep(make([memo[take(row)] for take, memo in parts]))
                    keep_line(line)
                except (OutcomeBeesError, RefusedError):
                    if self.more:  # of each further row, one problem is counted
                        self.more += 1
                    else:
                        self._explain(line, row, sort)

    def _header(self, rows: Rows, layout: Layout) -> Row:
        first: Row | None = None
        for count, (line, row) in enumerate(rows):
            first = first or (line, row)
            if layout.is_header(row):
                return line, _named(row)
            if count == MAX_TITLES:
                break
        return (first[0], _named(first[1])) if first else (1, ())

    def _explain(self, line: int, row: Sequence[str], sort: _Figure) -> None:
        """Everything that is wrong with a figure."""
        values: dict[str, Any] = {}
        unread: set[str] = set()
        for column, memo in zip(sort.columns, sort.memos, strict=True):
            given = column.take(row)
            try:
                values[column.field] = memo[given]
                continue
            except RefusedError as error:
                for _, message in error.found.told:
                    self.problem(line, column.place, column.name, message)
            except OutcomeBeesError as error:
                message = message_of(error, given if isinstance(given, str) else given[0])
                self.problem(line, column.place, column.name, "the cell is empty" if given == "" else message)
            unread.add(column.field)
        for rule in broken_invariants(salvaged(Observation, values), unread):
            field = rule.what.partition(".")[2]
            found = next((each for each in sort.columns if each.field == field), None)
            place, name = (None, None) if found is None else (found.place, found.name)
            self.problem(line, place, name, message_of(rule, rule.given))


def _named(header: Sequence[str]) -> Sequence[str]:
    """The columns up to the last that has a name."""
    width = len(header)
    while width and not header[width - 1]:
        width -= 1
    return header[:width]
