"""How the rows under a header are read: which columns each field of an observation comes from, and which rows count.

A layout makes a ``Reading`` of a header. Files are read with it row by row and frames column by column, so that both
give the same observations.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

from outcome_bees.errors import InvalidTypeError, InvalidValueError, OutcomeBeesWarning, nearest, shown, warn_caller
from outcome_bees.frozen import FrozenMapping
from outcome_bees.layouts.cells import day_of
from outcome_bees.vocabulary import Absence

__all__ = [
    "MAX_COLUMNS",
    "REFUSED",
    "Condition",
    "Header",
    "HeaderProblem",
    "Layout",
    "Reading",
    "SourceColumn",
    "UnmatchedNameWarning",
    "choices_by_name",
    "column_or_none",
    "constant",
    "day_or_none",
    "header_problems",
    "missing_column",
    "repeated_column",
    "texts_by_name",
    "warn_of_unmatched",
]

Header = Sequence[str]

REFUSED = object()
"""What ``SourceColumn.blank`` is where a blank cell is refused."""

MAX_COLUMNS = 1000
"""The most columns that a table has. Our choice: the widest published file has less than a hundred."""

_SHOWN_NAMES = 5  # of those that a warning names; the others are counted


class HeaderProblem(NamedTuple):
    """What is wrong with a header.

    Attributes:
        place: Which cell of it, from 0; ``None`` where it is none of them.
        name: The name there; ``None`` likewise.
        message: What is wrong with it.
    """

    place: int | None
    name: str | None
    message: str


class SourceColumn(NamedTuple):
    """What one field of an observation is read from.

    Attributes:
        field: The field of ``Observation``.
        name: What the table calls it.
        sources: The columns of the table that it is read from; empty where every row has the same, ``blank``.
        read: The function from the text of the cell, or from the texts of several, to the field. It refuses as the
            model does; where it refuses one cell of several, the error names that cell's column.
        blank: What a blank cell means; ``REFUSED`` where ``read`` is to refuse it.
        parts: Of a breakdown, the names that it may have; ``None`` where only the cells show them.
        absences: Of a number, the texts that mean that there is none; ``None`` where each must be a number.
        rewritten: Of a number, whether ``read`` makes another of what is written, such as 45 of ``45%``.
    """

    field: str
    name: str
    sources: tuple[str, ...]
    read: Callable[[Any], Any]
    blank: Any = None
    parts: tuple[str, ...] | None = None
    absences: Mapping[str, Absence] | None = None
    rewritten: bool = False


class Condition(NamedTuple):
    """What a column must have for a row to count.

    Attributes:
        column: The column.
        values: The texts that count.
        asked_by: What asks for them, such as ``"EesLayout.where"``.
        negated: Whether rows with other texts count instead.
    """

    column: str
    values: frozenset[str]
    asked_by: str
    negated: bool = False


class Reading(NamedTuple):
    """How the rows of one table are read.

    Attributes:
        figures: The columns of each observation that a row may have; one in our own table, several in some others.
        conditions: What a row must have to count.
        named_in: The column that says which of the observations a row has; ``None``: it has all of them.
        names: For each of the observations, the texts in that column by which a row has it.
        asked: Further texts that should occur, and are no condition.
        repeats_ok: Whether a row that repeats another, in all that is read of it, counts once.
        reads_shown: Whether its columns read what spreadsheets show, a number with its unit, themselves.
    """

    figures: Sequence[Sequence[SourceColumn]]
    conditions: Sequence[Condition] = ()
    named_in: str | None = None
    names: Sequence[frozenset[str]] = ()
    asked: Sequence[Condition] = ()
    reads_shown: bool = False
    repeats_ok: bool = False

    @property
    def expected(self) -> Iterator[Condition]:
        """Everything that should occur in the table: what never does was likely mistyped."""
        return (each for each in (*self.conditions, *self.asked) if not each.negated)


class Layout(Protocol):
    """How the columns of some kind of table are to be read."""

    def is_header(self, row: Sequence[str]) -> bool:
        """Return whether a row names the columns: a spreadsheet may have titles above it."""
        ...

    def plan(self, header: Header) -> Reading | list[HeaderProblem]:
        """Return how the rows under a header are read, or everything that is wrong with it."""
        ...


class UnmatchedNameWarning(OutcomeBeesWarning):
    """Names that a layout asks for and that occur nowhere in the table.

    Silenced by ``unmatched_ok=True`` of the layout.
    """


def warn_of_unmatched(asked: Condition, occurring: Collection[str], table: str | None = None) -> None:
    """Warn once of all names that a layout asks for in a column and that never occur there.

    Args:
        asked: The names, and what asks for them.
        occurring: The texts that do occur.
        table: The name of the table; ``None`` where it has none.
    """
    unmatched = sorted(asked.values.difference(occurring))
    if not unmatched:
        return
    named = []
    for name in unmatched[:_SHOWN_NAMES]:
        meant = nearest(name, occurring)
        named.append(f"{shown(name)}{f' (did you mean {shown(meant)}?)' if meant else ''}")
    more = len(unmatched) - len(named)
    names = ", ".join(named) + (f" and {more:,} more" if more else "")
    there = sorted(occurring)[:_SHOWN_NAMES]
    have = "it has no rows" if not there else f"it has {', '.join(map(shown, there))}"
    have += f" and {len(occurring) - len(there):,} more" if len(occurring) > len(there) else ""
    count = f"{len(unmatched):,} of {len(asked.values):,}"
    warn_caller(
        f"{f'{table}: ' if table else ''}{asked.asked_by}: {count} occur nowhere in the column {asked.column!r}:"
        f" {names}; {have} (unmatched_ok=True of the layout silences this)",
        UnmatchedNameWarning,
    )


def missing_column(name: str, header: Header) -> HeaderProblem:
    """Return the problem of a header that lacks a column."""
    meant = nearest(name, header)
    return HeaderProblem(None, None, f"missing column: {name}{f' (did you mean {meant}?)' if meant else ''}")


def repeated_column(name: str, header: Header) -> HeaderProblem:
    """Return the problem of a header that has a column twice."""
    place = header.index(name, header.index(name) + 1)
    return HeaderProblem(place, name, "the column occurs twice")


def header_problems(wanted: Iterable[str], header: Header) -> list[HeaderProblem]:
    """Return what is wrong with a header that is to have certain columns: each of them, and none twice."""
    if len(header) > MAX_COLUMNS:
        return [HeaderProblem(None, None, f"{len(header):,} columns; allowed: at most {MAX_COLUMNS:,}")]
    count = Counter(header)
    names = list(dict.fromkeys(wanted))
    missing = [missing_column(name, header) for name in names if name not in count]
    return missing + [repeated_column(name, header) for name in names if count[name] > 1]


def constant(field: str, name: str, value: Any) -> SourceColumn:
    """Return the column of a field that is the same in every row."""
    return SourceColumn(field, name, (), lambda _: value, value)


def texts_by_name(given: Mapping[str, str]) -> FrozenMapping[str, str]:
    """Return what a layout says of several names, so that it cannot change."""
    return FrozenMapping(given)


def column_or_none(given: str | None) -> str | None:
    """Return the name of a column; ``None``: there is none."""
    if given is not None and not isinstance(given, str):
        raise InvalidTypeError("column", given, "the name of a column, as text")
    return given


def choices_by_name(given: Mapping[str, str | Collection[str]]) -> FrozenMapping[str, frozenset[str]]:
    """Return one or several texts for each name, so that they cannot change."""
    return FrozenMapping({name: frozenset([each] if isinstance(each, str) else each) for name, each in given.items()})


def day_or_none(given: date | str | None) -> date | None:
    """Return the day that a date or its text means."""
    if given is None or type(given) is date:
        return given
    if isinstance(given, str):
        try:
            return day_of(given)
        except InvalidValueError as error:
            raise InvalidValueError("recorded", given, error.allowed) from None
    raise InvalidTypeError("recorded", given, "a date without a time of day, or its text, such as '2025-03-31'")
