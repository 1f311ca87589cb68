"""Observations as tables: one row a figure, the columns the fields of ``Observation``, in any order."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, Literal, NamedTuple, overload

from attrs import fields

from outcome_bees.errors import (
    AmbiguousObservationError,
    DocumentError,
    InvalidValueError,
    OutcomeBeesError,
    Problem,
    nearest,
)
from outcome_bees.exact import exact
from outcome_bees.frozen import FrozenMapping
from outcome_bees.identifiers import area_code, identifier
from outcome_bees.model.observation import Observation
from outcome_bees.model.observations import Observations
from outcome_bees.model.plan import Plan
from outcome_bees.periods import Period
from outcome_bees.serializers.cells import absence, breakdown, guarded, unguarded, written_breakdown
from outcome_bees.serializers.values import written
from outcome_bees.serializers.files import Readable, Writable, format_of, name_of, opened, refusal, write
from outcome_bees.serializers.rows import Progress, read_rows
from outcome_bees.units import Unit
from outcome_bees.vocabulary import Revision

__all__ = ["COLUMNS", "Collected", "dump_observations", "load_observations"]

COLUMNS: tuple[str, ...] = tuple(each.name for each in fields(Observation))
"""The columns of our own table, in the order in which they are written."""

_REQUIRED = ("measure", "period", "area")


class Collected(NamedTuple):
    """What could be read of a table, and what could not.

    Attributes:
        observations: The figures of every good row.
        problems: What is wrong with each of the others, in the order of the file.
    """

    observations: Observations
    problems: tuple[Problem, ...]


class _Memo(dict[str, Any]):
    """What each text of a column means, read once: columns repeat themselves."""

    def __init__(self, read: Callable[[str], Any], empty: object = None) -> None:
        self._read = read
        self[""] = empty

    def __missing__(self, text: str) -> Any:
        value = self._read(text)
        if len(self) < 100_000:
            self[text] = value
        return value


def _day(text: str) -> date:
    if len(text) == 10 and text[4] == text[7] == "-":
        with suppress(ValueError):
            return date.fromisoformat(text)
    raise InvalidValueError("date", text, "a date, such as 2025-03-31")


def _readers(guard: bool) -> dict[str, _Memo]:
    """How the cells of each column are read."""
    text: Callable[[str], str] = unguarded if guard else str
    readers: dict[str, Callable[[str], Any]] = {
        "measure": identifier,
        "period": Period.from_code,
        "area": area_code,
        "absence": absence,
        "breakdown": lambda cell: breakdown(text(cell)),
        "unit": Unit,
        "revision": _revision,
        "recorded": _day,
        "source": text,
        "note": text,
    }
    made = {name: _Memo(readers.get(name, exact)) for name in COLUMNS}
    made["breakdown"][""] = FrozenMapping()
    return made


def _revision(text: str) -> Revision:
    try:
        return Revision(text)
    except ValueError:
        raise InvalidValueError("revision", text, ", ".join(Revision)) from None


@overload
def load_observations(
    source: Readable,
    plan: Plan | None = ...,
    *,
    format: str | None = ...,
    on_error: Literal["stop"] = ...,
    unknown_columns_ok: bool = ...,
    guard: bool = ...,
    progress: Progress | None = ...,
) -> Observations: ...
@overload
def load_observations(
    source: Readable,
    plan: Plan | None = ...,
    *,
    format: str | None = ...,
    on_error: Literal["collect"],
    unknown_columns_ok: bool = ...,
    guard: bool = ...,
    progress: Progress | None = ...,
) -> Collected: ...
def load_observations(
    source: Readable,
    plan: Plan | None = None,
    *,
    format: str | None = None,
    on_error: Literal["stop", "collect"] = "stop",
    unknown_columns_ok: bool = False,
    guard: bool = True,
    progress: Progress | None = None,
) -> Observations | Collected:
    """The figures of a table whose columns are the fields of ``Observation``.

    Args:
        source: A path, or a file open for reading.
        plan: Whose measures the figures must be of, in units that can be compared; ``None``: not checked.
        format: ``csv``; ``None``: as the name's suffix says.
        on_error: ``stop``: every bad row is told in one error, and nothing is loaded. ``collect``: the good
            rows are loaded, and what is wrong with the others is given beside them.
        unknown_columns_ok: Whether columns that are not ours may be there, and are left aside.
        guard: Whether an apostrophe before ``=``, ``+``, ``-`` or ``@`` was put there to guard against formulas.
        progress: Called now and then with the bytes read so far and in all.

    Raises:
        DocumentError: With every row that cannot be read, each with its line; nothing is loaded.

    Example:
        >>> table = io.StringIO("measure,period,area,value\\nehcp,CY2024,E10000015,56.3\\n")
        >>> [figure.value for figure in load_observations(table, format="csv")]
        [Decimal('56.3')]
    """
    if on_error not in ("stop", "collect"):
        raise InvalidValueError("on_error", on_error, "'stop' or 'collect'")
    format_of(source, format, ("csv",))
    name = name_of(source)
    with opened(source) as file:
        rows = read_rows(file, name, progress)
        table = _Table(name, plan, guard)
        table.read(rows, unknown_columns_ok)
    return table.finished(collect=on_error == "collect")


class _Table:
    """A table that is being read."""

    def __init__(self, name: str | None, plan: Plan | None, guard: bool) -> None:
        self.name, self.plan = name, plan
        self.readers = _readers(guard)
        self.figures: list[Observation] = []
        self.lines: list[int] = []
        self.problems: list[Problem] = []
        self.units = None if plan is None else {each.id: each.unit for each in plan.measures}

    def read(self, rows: Iterator[tuple[int, list[str]]], unknown_columns_ok: bool) -> None:
        header = next(rows, None)
        if header is None:
            raise refusal(
                self.name, f"there is nothing in it; allowed: a first row with {', '.join(COLUMNS)}"
            )
        line, names = header
        self._check_header(line, names, unknown_columns_ok)
        if self.problems:
            raise self._refused()
        wanted = [(index, name) for index, name in enumerate(names) if name in self.readers]
        memos = [(index, name, self.readers[name]) for index, name in wanted]
        width = len(names)
        for line, row in rows:
            try:
                if len(row) != width:
                    raise IndexError
                figure = Observation(**{name: memo[row[index]] for index, name, memo in memos})
            except (OutcomeBeesError, IndexError, TypeError):
                self._explain(line, row, width, memos)
                continue
            if self.units is not None and not self._fits(line, figure):
                continue
            self.figures.append(figure)
            self.lines.append(line)

    def _check_header(self, line: int, names: Sequence[str], unknown_columns_ok: bool) -> None:
        seen: set[str] = set()
        for column, name in enumerate(names, 1):
            if name in seen and (name in COLUMNS or not unknown_columns_ok):
                self._problem(line, column, name, "the column is there twice")
            elif name not in COLUMNS and not unknown_columns_ok:
                meant = nearest(name, COLUMNS)
                hint = f" (did you mean {meant}?)" if meant else ""
                self._problem(line, column, name, f"unknown column; allowed: {', '.join(COLUMNS)}{hint}")
            seen.add(name)
        missing = [name for name in _REQUIRED if name not in seen]
        if missing:
            self._problem(line, None, None, f"missing column: {', '.join(missing)}")
        if not seen & {"value", "absence"}:
            self._problem(line, None, None, "missing column: value or absence (or both)")

    def _problem(self, line: int, column: int | None, name: str | None, message: str) -> None:
        path = (
            f"$[{name!r}]" if name is not None and not name.isidentifier() else f"$.{name}" if name else "$"
        )
        self.problems.append(Problem(path, message, file=self.name, line=line, column=column))

    def _explain(
        self, line: int, row: Sequence[str], width: int, memos: Sequence[tuple[int, str, _Memo]]
    ) -> None:
        """Everything that is wrong with a row."""
        if len(row) != width:
            self._problem(line, None, None, f"given {len(row)} cells; allowed: {width}, as in the first row")
            return
        before = len(self.problems)
        values: dict[str, Any] = {}
        for index, name, memo in memos:
            try:
                values[name] = memo[row[index]]
                if values[name] is None and name in _REQUIRED:
                    self._problem(line, index + 1, name, "the cell is empty")
            except InvalidValueError as error:
                hint = f" ({error.hint})" if error.hint else ""
                message = f"given {written(row[index])}; allowed: {error.allowed}{hint}"
                self._problem(line, index + 1, name, message)
            except OutcomeBeesError as error:
                self._problem(line, index + 1, name, str(error))
        if len(self.problems) == before:
            try:
                Observation(**values)
            except InvalidValueError as error:
                field = error.what.partition(".")[2] or None
                hint = f" ({error.hint})" if error.hint else ""
                self._problem(line, None, field, f"given {error.given}; allowed: {error.allowed}{hint}")

    def _fits(self, line: int, figure: Observation) -> bool:
        """Whether the plan has the figure's measure, in a unit that can be compared."""
        assert self.units is not None
        if figure.measure not in self.units:
            meant = nearest(figure.measure, self.units)
            hint = f" (did you mean {meant}?)" if meant else ""
            self._problem(
                line, None, "measure", f"given {figure.measure!r}; allowed: a measure of the plan{hint}"
            )
            return False
        unit = self.units[figure.measure]
        if figure.unit is not None and unit is not None and not figure.unit.convertible(unit):
            allowed = f"a unit that can be compared with {unit}, the unit of {figure.measure}"
            self._problem(line, None, "unit", f"given {figure.unit}; allowed: {allowed}")
            return False
        return True

    def finished(self, *, collect: bool) -> Observations | Collected:
        try:
            observations = Observations(self.figures)
        except AmbiguousObservationError:
            observations = Observations(self._told_apart())
        self.problems.sort(key=lambda each: each.line or 0)
        if collect:
            return Collected(observations, tuple(self.problems))
        if self.problems:
            raise self._refused()
        return observations

    def _told_apart(self) -> list[Observation]:
        """The figures without those that repeat an earlier one, each of which is a problem."""
        first: dict[object, int] = {}
        kept: list[Observation] = []
        for line, figure in zip(self.lines, self.figures, strict=True):
            key = (
                figure.measure,
                figure.area,
                figure.breakdown,
                figure.period,
                figure.known_on,
                figure.revision,
            )
            if key in first:
                same = f"{figure.measure}, {figure.period}, {figure.area}"
                message = f"a second figure for {same}, after line {first[key]}, and nothing tells which of them holds"
                self._problem(line, None, None, f"{message} (give recorded, or revision)")
            else:
                first[key] = line
                kept.append(figure)
        return kept

    def _refused(self) -> DocumentError:
        return DocumentError(f"{self.name or 'the table'} cannot be loaded", self.problems)


def dump_observations(
    observations: Observations | Iterable[Observation],
    target: Writable,
    *,
    format: str | None = None,
    guard: bool = True,
    bom: bool = False,
) -> None:
    """Write figures as a table; a file is replaced whole, or stays as it was.

    Columns that no figure has anything in are left out, save those that every table has.

    Args:
        observations: The figures, written in their order.
        target: A path, or a file open for writing.
        format: ``csv``; ``None``: as the name's suffix says.
        guard: Whether texts that a spreadsheet would run as formulas get an apostrophe, which reading takes off.
        bom: Whether to begin with a byte order mark, by which Excel knows UTF-8.

    Raises:
        DocumentError: It cannot be written there.

    Example:
        >>> table = io.StringIO()
        >>> figure = Observation(measure="m", period="CY2024", area="E92000001", absence="suppressed")
        >>> dump_observations([figure], table, format="csv")
        >>> table.getvalue()
        'measure,period,area,absence\\nm,CY2024,E92000001,suppressed\\n'
    """
    format_of(target, format, ("csv",))
    figures = list(observations)
    used = [name for name in COLUMNS if name in _REQUIRED or any(_said(each, name) for each in figures)]
    if not {"value", "absence"} & set(used):
        used.insert(3, "value")
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(used)
    writer.writerows([_cell(name, getattr(each, name), guard) for name in used] for each in figures)
    write(target, ("\ufeff" if bom else "") + text.getvalue())


def _said(figure: Observation, name: str) -> bool:
    value = getattr(figure, name)
    return value is not None and value != {}


def _cell(name: str, value: Any, guard: bool) -> str:
    if value is None:
        return ""
    text = written_breakdown(value) if isinstance(value, Mapping) else str(value)
    return guarded(text) if guard and name in ("breakdown", "source", "note") else text
