"""Rows of text read as figures, one place for every format and layout: the good ones, and what the bad ones lack."""

import sys
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice, takewhile
from operator import itemgetter
from typing import Any, NamedTuple

from outcome_bees.errors import DocumentError, InvalidValueError, OutcomeBeesError, Problem
from outcome_bees.layouts.header import REFUSED, Condition, Layout, Reading, SourceColumn, warn_of_unmatched
from outcome_bees.layouts.recognition import reading_of
from outcome_bees.layouts.shown_units import with_shown_units
from outcome_bees.layouts.wide import MAX_ROWS, RowOfCell, WideLayout
from outcome_bees.model.constraints import broken_invariants
from outcome_bees.model.index import Origin
from outcome_bees.model.observation import Observation
from outcome_bees.serializers._paths import format_path
from outcome_bees.serializers.converter import constructor_of, partial_instance
from outcome_bees.serializers.file_access import refusal
from outcome_bees.serializers.values import MAX_LISTED, RefusedError, message_of, reset_suggestion_budget

__all__ = ["MAX_TITLES", "Row", "Rows", "TableReader", "fault_of_separator"]

Row = tuple[int, Sequence[str]]
"""The line (in a spreadsheet, the row) that a row begins on, from 1, and its cells."""

Rows = Iterator[Row]

MAX_TITLES = 20
"""How many rows of titles may be above the header. Our choice."""


MAX_COUNTED = 10_000
"""How many problems are counted beyond those that are listed; what comes after is not read. Our choice."""

MAX_REMEMBERED = 65_536
"""How many texts of a column are remembered. Our choice: columns repeat themselves long before."""


class _Memo(dict[Any, Any]):
    """What each text of a column says, read once: columns repeat themselves."""

    def __init__(self, column: SourceColumn) -> None:
        self._read = column.read
        if column.blank is not REFUSED:
            self[""] = column.blank

    def __missing__(self, text: Any) -> Any:
        value = self._read(text)
        if len(self) < MAX_REMEMBERED:
            self[text] = value
        return value


class _Figure(NamedTuple):
    columns: Sequence[SourceColumn]
    memos: Sequence[_Memo]
    takes: Sequence[Callable[[Sequence[str]], Any]]
    make: Callable[[Any], Observation]


class _Matches(dict[str, bool]):
    """Whether each text of a column meets a condition; its keys are the texts that occur."""

    def __init__(self, condition: Condition) -> None:
        self._values, self._negated = condition.values, condition.negated

    def __missing__(self, text: str) -> bool:
        matches = (text in self._values) is not self._negated
        if len(self) < MAX_REMEMBERED:
            self[text] = matches
        return matches


class _Choice:
    """Which rows count, and which observations each of them has."""

    def __init__(self, reading: Reading, places: Mapping[str, int]) -> None:
        self._conditions = [(each, places[each.column], _Matches(each)) for each in reading.conditions]
        self._asked = [(each, places[each.column], _Matches(each)) for each in reading.asked]
        self._steps = [(place, matches) for _, place, matches in (*self._conditions, *self._asked)]
        self._must = len(self._conditions)
        self._every = tuple(range(len(reading.figures)))
        self._named = None if reading.named_in is None or not reading.names else places[reading.named_in]
        self._by_name = {name: (number,) for number, names in enumerate(reading.names) for name in names}
        self.is_needed = bool(self._steps) or self._named is not None

    def of(self, row: Sequence[str]) -> Sequence[int]:
        """Return the observations of a row, by number."""
        met = [matches[row[place]] for place, matches in self._steps]
        if not all(met[: self._must]):
            return ()
        return self._every if self._named is None else self._by_name.get(row[self._named], ())

    def warn(self, table: str | None) -> None:
        """Warn of what is asked for and never occurred."""
        for each, _, matches in (*self._conditions, *self._asked):
            if not each.negated:
                warn_of_unmatched(each, matches, table)


def fault_of_separator(row: Sequence[str]) -> str | None:
    """Return what is wrong with a row whose cells are not separated by commas; ``None``: nothing of the sort.

    Example:
        >>> fault_of_separator(["measure;period;area;value"])
        "the cells are separated by semicolons; allowed: commas (save it again as 'CSV UTF-8')"
    """
    for sign, word in ((";", "semicolons"), ("\t", "tabs")):
        if len(row) == 1 and row[0].count(sign) > 1:
            return f"the cells are separated by {word}; allowed: commas (save it again as 'CSV UTF-8')"
    return None


class TableReader:
    """A table that is being read.

    Attributes:
        figures: What could be read.
        problems: What is wrong with the rest; a thousand at most, unless all are to be listed.
        more: How many further rows have some.
        sheet: The one sheet that is read; ``None`` for several, and for what is no workbook.
    """

    def __init__(self, name: str | None, *, list_all: bool = False) -> None:
        self.name, self.more = name, 0
        self.sheet: str | None = None
        self._part: str | None = None
        self._parts: list[tuple[int, str]] = []  # from which observation on there are those of a sheet
        self._most = sys.maxsize if list_all else MAX_LISTED
        self.figures: list[Observation] | tuple[Observation, ...] = []
        self.problems: list[Problem] = []
        self._lines = array("I")
        self._places: Mapping[str, int] = {}

    def location(self, index: int) -> str:
        """Return where an observation was read from, in words."""
        part = self._part_of(index)
        return f"on line {self._lines[index]}{f' of sheet {part}' if part else ''}"

    def origins(self, kept: Sequence[int] | None = None) -> Callable[[int], Origin]:
        """Return the function that says where each observation was read from: it keeps their lines, and no rows.

        Args:
            kept: Which of the observations are numbered; ``None``: all of them.
        """
        numbers = None if kept is None else array("I", kept)
        return partial(_origin, self.name, self.sheet, self._lines, self._parts, numbers)

    def add(self, index: int, name: str | None, message: str) -> None:
        """Note what is wrong with a figure that could be read by itself."""
        self._part = self._part_of(index)
        self.problem(self._lines[index], None, name, message)

    def located(self) -> list[Problem]:
        """Return every problem, in the order of the lines."""
        order = {self._file(part): number for number, (_, part) in enumerate(self._parts)}
        return sorted(self.problems, key=lambda each: (order.get(each.file, -1), each.line or 0))

    def _part_of(self, index: int) -> str | None:
        """Return the sheet that an observation was read from; ``None`` where there is only one."""
        return _part_at(self._parts, index)

    def _file(self, part: str | None) -> str | None:
        return self.name if part is None else f"{self.name or 'the workbook'}, sheet {part}"

    def problem(self, line: int, place: int | None, name: str | None, message: str) -> None:
        if len(self.problems) >= self._most:
            self.more += 1
            return
        path = format_path(() if name is None else (name,))
        column = line.column if isinstance(line, RowOfCell) else None if place is None else place + 1
        self.problems.append(Problem(path, message, file=self._file(self._part), line=line, column=column))

    def read(self, rows: Rows, layout: Layout, *, part: str | None = None, shown_units: bool = False) -> None:
        """Read every row under the header, after those that have been read already.

        Args:
            rows: The rows, from the first on.
            layout: What its columns say.
            part: The sheet that they are of, where there are several.
            shown_units: Whether a cell may show a number in a unit of its own, as those of spreadsheets do.

        Raises:
            DocumentError: There is no header, or it is wrong: then no row means anything.
        """
        reset_suggestion_budget()
        self._part = part
        if part is not None:
            self._parts.append((len(self._lines), part))
        line, header = self._header(rows, layout)
        self._refuse_no_table(line, header, is_sheet=shown_units)
        reading = reading_of(layout, header)
        if isinstance(reading, list):
            for place, name, message in reading:
                self.problem(line, place, name, message)
            raise DocumentError(f"{self.name or 'the table'} cannot be loaded", self.problems)
        if shown_units and not reading.reads_shown:
            reading = with_shown_units(reading)
        self._places = places = {name: place for place, name in reversed(list(enumerate(header)))}
        kinds = [
            _Figure(
                columns,
                [_Memo(each) for each in columns],
                [_taker([places[name] for name in each.sources]) for each in columns],
                constructor_of(Observation, tuple([each.field for each in columns])),
            )
            for columns in reading.figures
        ]
        steps = [(kind, kind.make, list(zip(kind.takes, kind.memos, strict=True))) for kind in kinds]
        choice, width = _Choice(reading, places), len(header)
        choose = choice.of if choice.is_needed else None
        figures = self.figures = list(self.figures)
        keep, keep_line = figures.append, self._lines.append
        for line, row in takewhile(lambda _: self.more <= MAX_COUNTED, rows):
            if len(row) != width:
                if len(row) < width or any(row[width:]):
                    self.problem(line, None, None, f"given {len(row)} cells; allowed: {width}, as in the header")
                    continue
                row = row[:width]  # blank cells to the right, as spreadsheets leave them
            for kind, make, parts in steps if choose is None else [steps[number] for number in choose(row)]:
                try:
                    keep(make([memo[take(row)] for take, memo in parts]))
                    keep_line(line)
                except (OutcomeBeesError, RefusedError):
                    if self.more:  # of each further row, one problem is counted
                        self.more += 1
                    else:
                        self._explain(line, row, kind)
        if reading.repeats_ok:
            self._leave_out_repeats()
        if not getattr(layout, "unmatched_ok", True):
            choice.warn(self.name)

    def _leave_out_repeats(self) -> None:
        """Keep the first of figures that are the same in everything."""
        first: dict[Observation, int] = {}
        for index, figure in enumerate(self.figures):
            first.setdefault(figure, index)
        if len(first) < len(self.figures):
            self._lines = array("I", (self._lines[index] for index in first.values()))
            self.figures = list(first)

    def read_wide(self, rows: Rows, layout: WideLayout, *, part: str | None = None, sheet: str | None = None) -> None:
        """Read a sheet with measures down and periods across, after those that have been read already.

        Args:
            rows: The rows, from the first on.
            layout: What its headings say.
            part: The sheet that they are of, where there are several.
            sheet: The sheet that they are of; ``None``: they are of no workbook.

        Raises:
            DocumentError: A heading is wrong, or there are more rows than any such sheet has.
        """
        self._part = part
        grid = list(islice(rows, MAX_ROWS + 1))
        if len(grid) > MAX_ROWS:
            raise refusal(self._file(part), f"it has more than {MAX_ROWS:,} rows, the most of a wide sheet")
        found = layout.unpivot(grid, sheet)
        for line, place, name, message in found.problems:
            self.problem(line, place, name, message)
        if found.problems:
            raise DocumentError(f"{self.name or 'the table'} cannot be loaded", self.problems)
        self.read(iter(found.rows), layout.long(), part=part)

    def _header(self, rows: Rows, layout: Layout) -> Row:
        first: Row | None = None
        for count, (line, row) in enumerate(rows):
            first = first or (line, row)
            if layout.is_header(row):
                return line, _named(row)
            if count == MAX_TITLES:
                break
        return (first[0], _named(first[1])) if first else (1, ())

    def _refuse_no_table(self, line: int, header: Sequence[str], *, is_sheet: bool) -> None:
        """Refuse an empty file (sheets have been looked through), and one whose cells are not separated by commas."""
        if not header and not is_sheet:
            raise refusal(self.name, "it is empty")
        if (fault := fault_of_separator(header)) is not None:
            raise refusal(self.name, fault, line)

    def _explain(self, line: int, row: Sequence[str], kind: _Figure) -> None:
        """Return everything that is wrong with a figure."""
        values: dict[str, Any] = {}
        unread: set[str] = set()
        for column, memo, take in zip(kind.columns, kind.memos, kind.takes, strict=True):
            given = take(row)
            try:
                values[column.field] = memo[given]
                continue
            except OutcomeBeesError as error:
                self._refused(line, row, column, error)
            unread.add(column.field)
        for rule in broken_invariants(partial_instance(Observation, values), unread):
            field = rule.what.partition(".")[2]
            found = next((each for each in kind.columns if each.field == field), None)
            name = None if found is None else found.name
            place = None if found is None else self._place_of(found)
            self.problem(line, place, name, message_of(rule, rule.given))

    def _refused(self, line: int, row: Sequence[str], column: SourceColumn, error: OutcomeBeesError) -> None:
        """Note why a cell was refused: of several cells, the one that the error names."""
        place, name = self._place_of(column), column.name
        if isinstance(error, InvalidValueError) and error.what in column.sources:
            place, name = self._places[error.what], error.what
        cell = "" if place is None else row[place]
        if cell:
            message = message_of(error, cell)
        elif isinstance(error, InvalidValueError):
            message = f"the cell is blank; allowed: {error.allowed}{f' ({error.hint})' if error.hint else ''}"
        else:
            message = "the cell is blank"
        self.problem(line, place, name, message)

    def _place_of(self, column: SourceColumn) -> int | None:
        return self._places[column.sources[0]] if column.sources else None


def _taker(places: Sequence[int]) -> Callable[[Sequence[str]], Any]:
    """Return the function that takes the cells of some places out of a row: one cell as it is, several together."""
    return itemgetter(*places) if places else lambda _: ""


def _named(header: Sequence[str]) -> Sequence[str]:
    """Return the columns up to the last that has a name."""
    width = len(header)
    while width and not header[width - 1]:
        width -= 1
    return header[:width]


def _part_at(parts: Sequence[tuple[int, str]], index: int) -> str | None:
    """Return the sheet that an observation was read from, of those from which on there are observations of each."""
    before = bisect_right(parts, index, key=lambda part: part[0])
    return parts[before - 1][1] if before else None


def _origin(
    name: str | None,
    sheet: str | None,
    lines: "array[int]",
    parts: Sequence[tuple[int, str]],
    numbers: "array[int] | None",
    number: int,
) -> Origin:
    """Return where an observation was read from: a function of the module, so that a pickle keeps it."""
    index = number if numbers is None else numbers[number]
    return Origin(name, lines[index], _part_at(parts, index) or sheet)
