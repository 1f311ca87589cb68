"""The sheet that councils keep: measures down, periods across, under titles and several rows of headings.

The sheet is turned into a long table first, one row a figure, each with the cell that it is from, and that is read as
any long table is. A column whose heading is no period is refused, until the layout says what it is: nothing is left out
in silence but empty cells, which such a sheet has for all that is still to come.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from attrs import field, frozen

from outcome_bees.errors import AmbiguousPeriodError, InvalidValueError, OutcomeBeesError, Verbatim, nearest, shown
from outcome_bees.frozen import described
from outcome_bees.layouts.cells import normal_word
from outcome_bees.layouts.header import (
    MAX_COLUMNS,
    Header,
    HeaderProblem,
    Reading,
)
from outcome_bees.layouts.long import CellRules, LongLayout, ReadAs, names_of_measures
from outcome_bees.layouts.period_labels import PeriodLabels
from outcome_bees.layouts.shown_units import number_and_unit

__all__ = ["MAX_ROWS", "GridProblem", "RowOfCell", "Unpivoted", "WideLayout", "normal_words", "whole_numbers"]

MAX_ROWS = 100_000
"""The most rows of a wide sheet. Our choice: the longest that councils keep have some hundreds."""

_MOST_HEADINGS = 6  # rows of headings
_LETTERS = re.compile("[A-Z]{1,3}", re.ASCII)
_LONG = ("measure", "period", "area", "value", "revision", "note")
_FROM_LAYOUT = ("numbers", "symbols", "unit", "words", "recorded", "source", "unmatched_ok")


class RowOfCell(int):
    """The number of a row, with the column of the cell that a figure is from.

    Attributes:
        column: The column, from 1.
    """

    column: int

    def __new__(cls, row: int, column: int) -> "RowOfCell":
        made = super().__new__(cls, row)
        made.column = column
        return made


class GridProblem(NamedTuple):
    """What is wrong with a cell of headings.

    Attributes:
        line: Its row, from 1.
        place: Its column, from 0; ``None`` where it is none of them.
        name: What its column is called; ``None`` likewise.
        message: What is wrong.
    """

    line: int
    place: int | None
    name: str | None
    message: str


class Unpivoted(NamedTuple):
    """A wide sheet as a long table.

    Attributes:
        rows: The rows, the first of them its header, each with the row and the column it is from.
        problems: What is wrong with its headings; then there are no rows.
    """

    rows: Sequence[tuple[int, Sequence[str]]]
    problems: Sequence[GridProblem]


class _Column(NamedTuple):
    place: int
    period: str
    revision: str


def normal_words(given: Collection[str]) -> frozenset[str]:
    """Return one or several words as they are compared."""
    return frozenset(map(normal_word, [given] if isinstance(given, str) else given))


def whole_numbers(given: Collection[int] | None) -> tuple[int, ...] | None:
    """Return the numbers of rows; ``None``: they are looked for."""
    return None if given is None else tuple(given)


@described(
    measures="What each label of a measure is, as an id or a ``ReadAs`` with its unit; other rows are left aside.",
    label="The column of the labels, by its heading or its letter; ``None``: the first in which one of them occurs.",
    header="The numbers of the rows of headings; ``None``: the nearest above the first measure that have no figures, "
    "one below the other. A heading of an upper row counts for the columns to its right until the next.",
    ignore='The headings of columns that are left aside, such as ``["Target", "RAG"]``.',
    note_in="The column whose text is kept as the note of the last figure of its row.",
    sheet_is='What the name of a sheet is: ``"area"``, a place, or ``"year"``, which then comes before each heading.',
    area_in="The column of the place, by its heading or its letter.",
    where='Texts that a column must have for a row to count, by its heading or letter: ``{"B": "Actual"}``. The label '
    "of a measure then counts for the rows below it as well, until the next.",
    symbols='Symbols that are not the Department\'s, and the absence each means; ``""`` is an empty cell, which is '
    "left out else.",
)
@frozen(kw_only=True)
class WideLayout(CellRules):
    """How a sheet with measures down and periods across is to be read.

    Raises:
        InvalidValueError: Fields contradict each other.

    Example:
        >>> layout = WideLayout(measures={"Calls answered": "calls"}, calendar="financial", area="E10000015",
        ...                     ignore=["Target"])
        >>> grid = [(1, ["Measure", "Q1 2024/25", "Target"]), (2, ["Calls answered", "95", "97"])]
        >>> layout.unpivot(grid).rows[1]
        (2, ('Calls answered', 'FY2024-25-Q1', 'E10000015', '95', '', ''))
    """

    measures: Mapping[str, ReadAs] = field(converter=names_of_measures)
    label: str | None = None
    header: tuple[int, ...] | None = field(default=None, converter=whole_numbers)
    ignore: frozenset[str] = field(factory=frozenset, converter=normal_words)
    note_in: str | None = None
    sheet_is: str | None = None
    area_in: str | None = None

    def __attrs_post_init__(self) -> None:
        if self.sheet_is not in (None, "area", "year"):
            raise InvalidValueError("WideLayout.sheet_is", self.sheet_is, "'area' or 'year', or nothing")
        given = [self.area is not None, self.area_in is not None, self.sheet_is == "area"]
        if sum(given) != 1:
            what = Verbatim("several of them" if any(given) else "none of them")
            raise InvalidValueError("WideLayout.area", what, "one of area, area_in and sheet_is: area")
        for name, each in self.measures.items():
            if each.calendar or each.as_at or each.year_ending:
                raise InvalidValueError(
                    f"WideLayout.measures[{name!r}]", each, "its id and unit: the headings are shared"
                )
        self._labels()
        self.long()

    def is_header(self, row: Sequence[str]) -> bool:
        """Return whether a row is of a measure that is wanted: the sheet that has it is one of these."""
        labels = set(map(normal_word, self.measures))
        return any(normal_word(cell) in labels for cell in row if cell)

    def plan(self, header: Header) -> Reading | list[HeaderProblem]:
        """Refuse a table that is read column by column: only a file can be turned."""
        return [HeaderProblem(None, None, "a wide sheet is read from its file, by load_observations or load_sources")]

    def long(self) -> LongLayout:
        """Return how the long table that a sheet is turned into is read."""
        codes = self.areas if self.area is None else None
        further = {name: getattr(self, name) for name in _FROM_LAYOUT}
        return LongLayout(columns={name: name for name in _LONG}, measures=self.measures, areas=codes, **further)

    def unpivot(self, grid: Sequence[tuple[int, Sequence[str]]], sheet: str | None = None) -> Unpivoted:
        """Return a sheet as a long table.

        Args:
            grid: Its rows that are not empty, each with its number and its cells.
            sheet: Its name; ``None`` where it has none.
        """
        labels = {normal_word(name): name for name in self.measures}
        first = next((at for at, (_, row) in enumerate(grid) if any(normal_word(cell) in labels for cell in row)), None)
        if first is None:
            wanted = ", ".join(shown(name) for name in list(self.measures)[:5])
            message = f"none of the measures that are wanted is in it ({wanted}{' …' if len(labels) > 5 else ''})"
            return Unpivoted((), [GridProblem(grid[0][0] if grid else 1, None, None, message)])
        headings = self._headings(grid, first)
        if (width := max(len(row) for _, row in grid)) > MAX_COLUMNS:
            message = f"{width:,} columns; allowed: at most {MAX_COLUMNS:,}"
            return Unpivoted((), [GridProblem(grid[0][0], None, None, message)])
        titles = _titles([row for _, row in headings], width)
        line = headings[-1][0] if headings else grid[first][0]
        found = _Found(self, titles, line)
        label = found.place("label", self.label)
        if self.label is None:
            label = next(at for at, cell in enumerate(grid[first][1]) if normal_word(cell) in labels)
        beside = {name: found.place(name, getattr(self, name)) for name in ("area_in", "note_in")}
        where = {found.place("where", name): normal_words(texts) for name, texts in self.where.items()}
        data = [each for each in grid[first:] if each not in headings]
        taken = {label, *beside.values(), *where}
        periods = self._labels()
        columns = found.columns([at for at in range(len(titles)) if at not in taken], data, periods, sheet)
        ours = [normal_word(_cell(row, label)) in labels for _, row in data]
        last = max((at for at, is_ours in enumerate(ours) if is_ours), default=0)
        between = [each for each, is_ours in zip(data[:last], ours, strict=False) if not is_ours]
        found.refuse_further_headings(between, columns, periods)
        if found.problems:
            return Unpivoted((), found.problems)
        rows = self._rows(data, labels, label, columns, beside, where, sheet)
        return Unpivoted([(line, _LONG), *rows], ())

    def _headings(self, grid: Sequence[tuple[int, Sequence[str]]], first: int) -> list[tuple[int, Sequence[str]]]:
        """Return the rows of headings."""
        if self.header is not None:
            return [each for each in grid if each[0] in self.header]
        found: list[tuple[int, Sequence[str]]] = []
        for each in reversed(grid[:first]):
            if not found and (_has_figures(each[1]) or not any(each[1][1:])):
                continue  # measures that are not wanted, and titles of sections
            if found and (_has_figures(each[1]) or not any(each[1][1:]) or each[0] < found[0][0] - 1):
                break
            found.insert(0, each)
        return found[-_MOST_HEADINGS:]

    def _rows(
        self,
        data: Sequence[tuple[int, Sequence[str]]],
        labels: Mapping[str, str],
        label: int | None,
        columns: Sequence[_Column],
        beside: Mapping[str, int | None],
        where: Mapping[int | None, frozenset[str]],
        sheet: str | None,
    ) -> Iterator[tuple[int, Sequence[str]]]:
        current = ""
        for line, row in data:
            cell = _cell(row, label)
            if cell or not where:
                current = cell
            name = labels.get(normal_word(current))
            if name is None or any(normal_word(_cell(row, at)) not in texts for at, texts in where.items()):
                continue
            area = self.area or (sheet or "" if self.sheet_is == "area" else _cell(row, beside["area_in"]))
            filled = [each for each in columns if _cell(row, each.place) or "" in self.symbols]
            for each in filled:
                note = _cell(row, beside["note_in"]) if each is filled[-1] else ""
                value = _cell(row, each.place)
                yield RowOfCell(line, each.place + 1), (name, each.period, area.strip(), value, each.revision, note)


_FIGURE = re.compile(r"[-(£<>~]*(?!(?:19|20)[0-9]{2}$)[0-9][0-9,]*(?:\.[0-9]+)?[%kmbn)]*", re.ASCII)


def _has_figures(row: Sequence[str]) -> bool:
    """Return whether a row has numbers that are no years: it is no row of headings."""
    return any(_FIGURE.fullmatch(cell.strip()) or number_and_unit(cell) for cell in row if cell)


def _is_period(text: str, labels: PeriodLabels) -> bool:
    """Return whether a text is a label of a period, if perhaps one of a part, such as Q3, or one that is ambiguous."""
    if _PART.fullmatch(text):
        return True
    try:
        labels.read([text])
    except AmbiguousPeriodError:
        return True
    except OutcomeBeesError:
        return False
    return True


_PART = re.compile("q(?:uarter)? ?[1-4]|ytd", re.IGNORECASE)


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


def _titles(headings: Sequence[Sequence[str]], width: int) -> list[tuple[str, ...]]:
    """Return the headings above each column, from the top: an upper heading holds to the right, until the next."""
    titles: list[tuple[str, ...]] = []
    last = headings[-1] if headings else ()
    above = [""] * len(headings)
    for place in range(width):
        parts: list[str] = []
        for number, row in enumerate(headings):
            cell = " ".join(_cell(row, place).split())
            if place and number < len(headings) - 1:  # what is in the first column is a title of the whole
                above[number] = cell or above[number]
                cell = cell or (above[number] if _cell(last, place) else "")
            if cell and cell not in parts:
                parts.append(cell)
        titles.append(tuple(parts))
    return titles


class _Found:
    """The columns of a sheet, as they are looked for by their headings.

    Attributes:
        problems: What is wrong with them.
    """

    def __init__(self, layout: WideLayout, titles: Sequence[tuple[str, ...]], line: int) -> None:
        self._layout, self._titles, self._line = layout, titles, line
        self.problems: list[GridProblem] = []

    def place(self, what: str, name: str | None) -> int | None:
        """Return where a column is that is named by its heading or its letter."""
        if name is None:
            return None
        word = normal_word(name)
        for place, parts in enumerate(self._titles):
            if word in (normal_word(" ".join(parts)), *map(normal_word, parts[-1:])):
                return place
        if _LETTERS.fullmatch(name):
            number = 0
            for letter in name:
                number = number * 26 + ord(letter) - 64
            if number <= len(self._titles):
                return number - 1
        headings = [" ".join(parts) for parts in self._titles if parts]
        meant = nearest(name, headings)
        hint = f" (did you mean {shown(meant)}?)" if meant else ""
        message = f"no column has the heading {shown(name)}, which {what} names{hint}"
        self.problems.append(GridProblem(self._line, None, None, message))
        return None

    def columns(
        self, places: Sequence[int], data: Sequence[tuple[int, Sequence[str]]], labels: PeriodLabels, sheet: str | None
    ) -> list[_Column]:
        """Return the columns of figures, each with its period."""
        found: list[_Column] = []
        unused = set(self._layout.ignore)
        prefix = [sheet] if self._layout.sheet_is == "year" and sheet else []
        for place in places:
            parts = self._titles[place]
            names = {normal_word(" ".join(parts)), *map(normal_word, parts)}
            if names & self._layout.ignore:
                unused -= names
                continue
            if not parts:
                if any(_cell(row, place) for _, row in data):
                    self._refuse(place, "the column has cells and no heading; allowed: a heading, or its cells empty")
                continue
            if (column := self._column(place, [*prefix, *parts], labels)) is not None:
                found.append(column)
        return found

    def refuse_further_headings(
        self, data: Sequence[tuple[int, Sequence[str]]], columns: Sequence[_Column], labels: PeriodLabels
    ) -> None:
        """Refuse rows of a further table, which has headings of its own: they are not of the periods above the first.

        Args:
            data: The rows of no measure that is wanted, with one that is below them.
            columns: The columns of figures.
            labels: How headings read.
        """
        for line, row in data:
            cells = [(each.place, text) for each in columns if (text := _cell(row, each.place))]
            if len(cells) < 2 or _has_figures([text for _, text in cells]) or all(text.isdigit() for _, text in cells):
                continue  # four digits may be a figure as well as a year
            again = all(normal_word(text) == normal_word((self._titles[place] or ("",))[-1]) for place, text in cells)
            if not again and all(_is_period(text, labels) for _, text in cells):
                message = "the headings of a further table: what is below them is not of the periods above it"
                ways = f"read it as a source of its own, of the same file, with header: [{line}] and its measures"
                self.problems.append(GridProblem(line, cells[0][0], cells[0][1], f"{message} ({ways})"))
                return

    def _column(self, place: int, parts: Sequence[str], labels: PeriodLabels) -> _Column | None:
        own = next((part for part in (" ".join(parts), parts[-1]) if part in labels.codes), None)
        read: Any = [own] if own else parts
        try:
            period, revision = labels.read(read), labels.revision(parts)
        except OutcomeBeesError as error:
            ways = "if it is a period, give its code in periods; if it is none, name it in ignore"
            self._refuse(place, f"the heading is no period: {str(error).removeprefix('period: ')} ({ways})")
            return None
        return _Column(place, period.code, "" if revision is None else revision.value)

    def _refuse(self, place: int, message: str) -> None:
        name = " ".join(self._titles[place]) or None
        self.problems.append(GridProblem(self._line, place, name, message))
