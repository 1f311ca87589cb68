"""Which columns of a table say what: a layout tells it, and the same rows are then read one way."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

from attrs import fields, frozen

from outcome_bees.errors import InvalidValueError, nearest
from outcome_bees.exact import exact
from outcome_bees.frozen import FrozenMapping
from outcome_bees.model.observation import Observation
from outcome_bees.serializers.cells import ABSENCES, absence, breakdown, unguarded
from outcome_bees.serializers.converter import field_reader
from outcome_bees.serializers.kinds import fields_of
from outcome_bees.serializers.typed import DATED, ERROR

__all__ = [
    "COLUMNS",
    "NUMBERS",
    "PROSE",
    "REFUSED",
    "REQUIRED",
    "Column",
    "Layout",
    "OwnLayout",
    "Reading",
    "cell_readers",
    "no_column",
]

COLUMNS: tuple[str, ...] = tuple(each.name for each in fields(Observation))
"""The columns of our own table, in the order in which they are written."""

REQUIRED = ("measure", "period", "area")
"""The columns without which there is no figure; beside them value, absence or both."""

MAX_COLUMNS = 1000
"""The most columns that a table has. Our choice: the widest published file has less than a hundred."""

REFUSED = object()
"""What stands for a blank cell where there must be something."""

NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
"""The columns of numbers."""

PROSE = ("breakdown", "source", "note")
"""The columns whose text may be anything, a formula among them."""

Header = Sequence[str]
Trouble = tuple[int | None, str | None, str]
"""What is wrong with a header: which cell (from 0), the name there, and what is wrong with it."""


class Column(NamedTuple):
    """What one field of a figure is read from.

    Attributes:
        field: The field of ``Observation``.
        name: What the table calls it.
        place: The cell it stands in, or the first of them, from 0.
        take: What of a row it is read from: the text of a cell, or of several.
        read: What that says; the model's own refusals where it is wrong.
        blank: What a blank cell says; ``REFUSED`` where there must be something.
    """

    field: str
    name: str
    place: int
    take: Callable[[Sequence[str]], Any]
    read: Callable[[Any], Any]
    blank: Any = None


class Reading(NamedTuple):
    """How the rows of one table are read.

    Attributes:
        figures: The columns of each figure that a row has; one in our own table, several in some others.
        choose: Which of these a row has, by number; ``None``: every row has all of them.
    """

    figures: Sequence[Sequence[Column]]
    choose: Callable[[Sequence[str]], Sequence[int]] | None = None


class Layout(Protocol):
    """How the columns of some sort of table are to be read."""

    def is_header(self, row: Sequence[str]) -> bool:
        """Whether a row names the columns: a spreadsheet may have titles above it."""
        ...

    def plan(self, header: Header) -> Reading | list[Trouble]:
        """How the rows under a header are read, or everything that is wrong with it."""
        ...


def cell_readers(*, guard: bool = True) -> dict[str, Callable[[str], Any]]:
    """How the text of a cell is read as each field of a figure, as strictly as the field itself would."""
    unguard = unguarded if guard else str
    readers: dict[str, Callable[[Any], Any]] = {}
    for name, each in fields_of(Observation).items():
        readers[name] = field_reader(each)
    read_period, read_day = readers["period"], readers["recorded"]
    readers["period"] = lambda cell: read_period(_no_date(cell))
    readers["recorded"] = lambda cell: read_day(cell.removeprefix(DATED))
    read_breakdown, read_text = readers["breakdown"], {name: readers[name] for name in ("source", "note")}
    for name in NUMBERS:
        readers[name] = exact
    readers["value"] = _figure
    readers["absence"] = absence
    readers["breakdown"] = lambda cell: read_breakdown(breakdown(unguard(_no_error(cell))))
    for name, read in read_text.items():
        readers[name] = lambda cell, read=read: read(unguard(_no_error(cell)))  # type: ignore[misc]  # bound at once
    return readers


def _blank(name: str) -> Any:
    return REFUSED if name in REQUIRED else FrozenMapping() if name == "breakdown" else None


def _no_date(cell: str) -> str:
    if cell.startswith(DATED):
        hint = "a spreadsheet makes dates of codes: set the column to Text, and type it again"
        raise InvalidValueError("period", cell, "the code of a period as text, such as 2024-12", hint)
    return cell


def _figure(cell: str) -> Any:
    try:
        return exact(cell)
    except InvalidValueError as error:
        hint = "why there is no figure goes into the column absence" if cell in ABSENCES else error.hint
        raise InvalidValueError(error.what, cell, error.allowed, hint) from None


def _no_error(cell: str) -> str:
    if cell == ERROR:
        raise InvalidValueError("text", cell, "text, or nothing (see to the formula)")
    return cell


def texts_by_name(given: Mapping[str, str]) -> FrozenMapping[str, str]:
    """What a layout says of several names, so that it cannot change."""
    return FrozenMapping(given)


def no_column(name: str, header: Header) -> Trouble:
    """That a header lacks a column."""
    meant = nearest(name, header)
    return None, None, f"missing column: {name}{f' (did you mean {meant}?)' if meant else ''}"


@frozen(kw_only=True)
class OwnLayout:
    """Our own table: the columns are the fields of ``Observation``.

    Attributes:
        unknown_columns_ok: Whether other columns may be there, and are left aside.
        guard: Whether an apostrophe before ``=``, ``+``, ``-`` or ``@`` was put there to guard against formulas.
    """

    unknown_columns_ok: bool = False
    guard: bool = True

    def is_header(self, row: Sequence[str]) -> bool:
        return len({"value", "absence", *REQUIRED}.intersection(row)) >= 2

    def plan(self, header: Header) -> Reading | list[Trouble]:
        troubles = list(self._troubles(header))
        if troubles:
            return troubles
        readers = cell_readers(guard=self.guard)
        return Reading(
            [
                [
                    Column(name, name, place, itemgetter(place), readers[name], _blank(name))
                    for place, name in enumerate(header)
                    if name in readers
                ]
            ]
        )

    def _troubles(self, header: Header) -> Iterator[Trouble]:
        seen: set[str] = set()
        if len(header) > MAX_COLUMNS:
            yield None, None, f"{len(header):,} columns; allowed: at most {MAX_COLUMNS:,}"
            return
        for place, name in enumerate(header):
            if name in seen and name in COLUMNS:
                yield place, name, "the column is there twice"
            elif name not in COLUMNS and not self.unknown_columns_ok:
                meant = nearest(name, COLUMNS)
                hint = f" (did you mean {meant}?)" if meant else ""
                yield place, name, f"unknown column; allowed: {', '.join(COLUMNS)}{hint}"
            seen.add(name)
        for name in REQUIRED:
            if name not in seen:
                yield no_column(name, header)
        if not seen & {"value", "absence"}:
            yield None, None, "missing column: value or absence (or both)"
