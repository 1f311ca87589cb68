"""Observations: tables and documents of figures, read whole or with what is wrong beside them, and written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import chain
from typing import Any, Literal, NamedTuple, overload

from attrs import evolve

from outcome_bees.errors import (
    AmbiguousObservationError,
    DocumentError,
    InvalidTypeError,
    InvalidValueError,
    Problem,
    nearest,
)
from outcome_bees.kept import gc_paused
from outcome_bees.layouts import Layout, OwnLayout, WideLayout
from outcome_bees.layouts.cells import format_breakdown, guard_formula
from outcome_bees.layouts.own import COLUMNS, PROSE, REQUIRED
from outcome_bees.layouts.recognition import is_any_header
from outcome_bees.model.index import Observations
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import Plan, check_plan_given
from outcome_bees.model.plausibility import warn_of_implausible
from outcome_bees.serializers._class_fields import written_as
from outcome_bees.serializers.converter import converter
from outcome_bees.serializers.documents import FORMAT, FORMATS, ItemReader, read, write_tree
from outcome_bees.serializers.file_access import TABLES, Readable, Writable, format_of, name_of, opened, write
from outcome_bees.serializers.table import Rows, TableReader
from outcome_bees.serializers.tables.csv import Progress, read_csv, write_csv

__all__ = [
    "Collected",
    "check_and_index",
    "dump_observations",
    "duplicate_observations",
    "load_observations",
    "plan_mismatches",
]


class Collected(NamedTuple):
    """What could be read of a table, and what could not.

    Attributes:
        observations: The figures of every good row.
        problems: What is wrong with each of the others, in the order of the file.
    """

    observations: Observations
    problems: tuple[Problem, ...]


@overload
def load_observations(
    source: Readable,
    plan: Plan | None = ...,
    *,
    format: str | None = ...,
    layout: Layout | None = ...,
    sheet: str | Sequence[str] | None = ...,
    on_error: Literal["stop"] = ...,
    implausible_ok: bool = ...,
    progress: Progress | None = ...,
) -> Observations: ...
@overload
def load_observations(
    source: Readable,
    plan: Plan | None = ...,
    *,
    format: str | None = ...,
    layout: Layout | None = ...,
    sheet: str | Sequence[str] | None = ...,
    on_error: Literal["collect"],
    implausible_ok: bool = ...,
    progress: Progress | None = ...,
) -> Collected: ...
def load_observations(
    source: Readable,
    plan: Plan | None = None,
    *,
    format: str | None = None,
    layout: Layout | None = None,
    sheet: str | Sequence[str] | None = None,
    on_error: Literal["stop", "collect"] = "stop",
    implausible_ok: bool = False,
    progress: Progress | None = None,
) -> Observations | Collected:
    """Return the figures of a table (CSV, Excel, Parquet), or of a document (JSON, YAML, TOML).

    Args:
        source: A path, or a file open for reading.
        plan: Whose measures the figures must be of, in units that can be compared; ``None``: not checked.
        format: ``csv``, ``xlsx``, ``parquet``, ``json``, ``yaml`` or ``toml``; ``None``: as the name's suffix says.
        layout: Which columns say what; ``None``: they are the fields of ``Observation``, and no others.
            ``OwnLayout`` takes other columns as well; ``EesLayout`` and ``LaitLayout`` read published files.
        sheet: Of a workbook, the sheet that is read, or several; ``None``: every one that has a header and is not
            hidden. ``Observations.sheets`` states which were read.
        on_error: ``stop``: one error names every bad row, and nothing is loaded. ``collect``: the good
            rows are loaded, and what is wrong with the others is given beside them.
        implausible_ok: Whether figures that can hardly be meant as they are, beside the unit and the targets of
            their measure in the plan, go without a warning.
        progress: Called now and then with how much has been read, and how much there is where that is known.

    Raises:
        DocumentError: With every row that cannot be read, each with its line; nothing is loaded.

    Warns:
        ImplausibleFiguresWarning: Such figures, by measure and row.

    Example:
        >>> import io
        >>> table = io.StringIO("measure,period,area,value\\nehcp,CY2024,E10000015,56.3\\n")
        >>> [figure.value for figure in load_observations(table, format="csv")]
        [Decimal('56.3')]
    """
    if on_error not in ("stop", "collect"):
        raise InvalidValueError("on_error", on_error, "'stop' or 'collect'")
    if plan is not None:
        check_plan_given("load_observations: plan", plan)
    chosen = format_of(source, format, (*TABLES, *FORMATS))
    if sheet is not None and chosen != "xlsx":
        raise InvalidValueError("sheet", sheet, "None, for only a workbook has sheets")
    found: TableReader | ItemReader
    sheets: tuple[str, ...] = ()
    with gc_paused():
        if chosen in FORMATS:
            found = ItemReader(read(source, format=chosen), "observations", Observation)
        else:
            found = TableReader(name_of(source), list_all=on_error == "collect")
            wanted = _layout(layout or OwnLayout(), chosen)
            if chosen == "xlsx":
                sheets = (_read_workbook(source, found, wanted, sheet, progress),)
            else:
                with _rows(source, chosen, progress) as rows:
                    if isinstance(wanted, WideLayout):
                        found.read_wide(rows, wanted)
                    else:
                        found.read(rows, wanted)
        loaded = check_and_index(found, plan, collect=on_error == "collect", sheets=sheets)
    if plan is not None and not implausible_ok:
        warn_of_implausible(loaded.observations if isinstance(loaded, Collected) else loaded, plan)
    return loaded


def _read_workbook(
    source: Readable,
    found: TableReader,
    layout: Layout,
    sheet: str | Sequence[str] | None,
    progress: Progress | None,
) -> str:
    """Read the sheets of a workbook, and return in words which were read and which were not."""
    from outcome_bees.serializers.tables.excel import Sheet, read_sheets  # an extra

    wanted = [sheet] if isinstance(sheet, str) else sheet
    with opened(source) as file:
        sheets = read_sheets(file, found.name, partial(is_any_header, layout), progress, sheets=wanted)
    several = len(sheets.read) > 1
    found.sheet = sheets.read[0].name if len(sheets.read) == 1 else None
    for each in sheets.read or [Sheet("", iter(()))]:
        part = each.name if several else None
        if isinstance(layout, WideLayout):
            found.read_wide(each.rows, layout, part=part, sheet=each.name)
        else:
            found.read(each.rows, layout, part=part, shown_units=True)
    left = [f"{each} (hidden)" if each in sheets.hidden else each for each in sheets.left]
    names = ", ".join(each.name for each in sheets.read) or "none"
    read = f"{found.name or 'the workbook'}: sheet{'s' if several else ''} {names}"
    return f"{read}; not read: {', '.join(left)}" if left else read


def _layout(layout: Layout, format: str) -> Layout:
    """Return the layout as it reads a format: Parquet is not opened in spreadsheets, and nothing in it is guarded."""
    return evolve(layout, guard=False) if isinstance(layout, OwnLayout) and format == "parquet" else layout


@contextmanager
def _rows(source: Readable, format: str, progress: Progress | None) -> Iterator[Rows]:
    name = name_of(source)
    with opened(source) as file:
        if format == "csv":
            yield read_csv(file, name, progress)
        else:
            from outcome_bees.serializers.tables.parquet import read_parquet  # needs an engine

            yield read_parquet(file, name, progress)


def check_and_index(
    found: TableReader | ItemReader, plan: Plan | None, *, collect: bool, sheets: tuple[str, ...] = ()
) -> Observations | Collected:
    """Return the figures indexed, once they fit their plan and each other."""
    bad: set[int] = set()
    if plan is not None:
        for index, name, message in plan_mismatches(found.figures, plan):
            bad.add(index)
            found.add(index, name, message)
    found.figures = tuple(found.figures)  # which Observations takes as it is, without a copy
    observations: Observations | None = None
    try:
        observations = None if bad else Observations.read_from(found.figures, found.origins(), sheets=sheets)
    except AmbiguousObservationError:
        for index, earlier, what in duplicate_observations(found.figures):
            bad.add(index)
            same = f"a second figure for {what}, after that {found.location(earlier)}"
            found.add(index, None, f"{same}, and nothing shows which of them holds (give recorded, or revision)")
    problems = found.located()
    if problems and not collect:
        raise DocumentError(f"{found.name or 'the table'} cannot be loaded", problems, found.more)
    if observations is None:
        kept = [index for index in range(len(found.figures)) if index not in bad]
        wanted = (found.figures[index] for index in kept)
        observations = Observations.read_from(wanted, found.origins(kept), sheets=sheets)
    return Collected(observations, tuple(problems)) if collect else observations


def dump_observations(
    observations: Observations | Iterable[Observation],
    target: Writable,
    *,
    format: str | None = None,
    guard: bool = True,
    bom: bool = False,
) -> None:
    """Write figures as a table or a document; a file is replaced whole, or stays as it was.

    Columns that no figure has anything in are left out, save those that every table has.

    Args:
        observations: The figures, written in their order.
        target: A path, or a file open for writing.
        format: ``csv``, ``xlsx``, ``parquet``, ``json``, ``yaml`` or ``toml``; ``None``: as the name's suffix says.
        guard: Whether, in CSV and Excel, texts that a spreadsheet would run as formulas get an apostrophe,
            which reading takes off again.
        bom: Whether CSV begins with a byte order mark, by which Excel knows UTF-8.

    Raises:
        DocumentError: It cannot be written there.

    Example:
        >>> import io
        >>> table = io.StringIO()
        >>> figure = Observation(measure="m", period="CY2024", area="E92000001", absence="suppressed")
        >>> dump_observations([figure], table, format="csv")
        >>> table.getvalue()
        'measure,period,area,absence\\nm,CY2024,E92000001,suppressed\\n'
    """
    chosen = format_of(target, format, (*TABLES, *FORMATS))
    if not isinstance(observations, Iterable):
        raise InvalidTypeError("observations", observations, "Observations, or a list of Observation")
    figures = list(observations)
    for each in figures:
        if not isinstance(each, Observation):
            raise InvalidTypeError("observations", each, "objects of Observation")
    for kind in {type(each) for each in figures}:
        written_as(kind)  # refuses a field that there is no column for
    if chosen in FORMATS:
        tree = {"format": FORMAT, "observations": [converter().unstructure(each) for each in figures]}
        write_tree(tree, target, format=chosen)
    elif chosen == "csv":
        rows = chain([used_columns(figures)], cells(figures, guard=guard))
        write(target, ("\ufeff" if bom else "") + write_csv(rows))
    elif chosen == "xlsx":
        from outcome_bees.serializers.tables.excel import write_sheet  # an extra

        write(target, write_sheet(used_columns(figures), cells(figures, guard=guard), name_of(target)))
    else:
        from outcome_bees.serializers.tables.parquet import write_parquet  # needs an engine

        write(target, write_parquet(used_columns(figures), cells(figures, guard=False)))


def used_columns(figures: Iterable[Observation]) -> list[str]:
    """Return the columns that some figure has something in, and those that every table has."""
    used = {name for each in figures for name in COLUMNS if (value := getattr(each, name)) is not None and value != {}}
    required = {*REQUIRED, "value"} if not used & {"value", "absence"} else {*REQUIRED}
    return [name for name in COLUMNS if name in used | required]


def cells(figures: Iterable[Observation], *, guard: bool) -> Iterator[list[Any]]:
    """Yield the cells of each figure under its used columns: numbers and dates as they are, all else as text."""
    figures = list(figures)
    names = used_columns(figures)
    for each in figures:
        yield [_cell(getattr(each, name), guard and name in PROSE) for name in names]


def _cell(value: Any, guard: bool) -> Any:
    if value is None or isinstance(value, (Decimal, date)):
        return value
    text = format_breakdown(value) if isinstance(value, Mapping) else str(value)
    return guard_formula(text) if guard else text


_UNKNOWN = object()


def plan_mismatches(figures: Sequence[Observation], plan: Plan) -> Iterator[tuple[int, str, str]]:
    """Yield figures of measures that a plan does not have, or in units that cannot be compared: which, field, why."""
    units = {each.id: each.unit for each in plan.measures}
    fitting: set[tuple[str, object]] = set()
    near: dict[str, Any] = {}
    for index, figure in enumerate(figures):
        pair = figure.measure, figure.unit
        if pair in fitting:
            continue
        if figure.measure not in units:
            meant = near.get(figure.measure, _UNKNOWN)
            if meant is _UNKNOWN:  # looked for once, and for fifty names at most: it takes its time
                meant = near[figure.measure] = nearest(figure.measure, units) if len(near) < 50 else None
            hint = f" (did you mean {meant}?)" if meant else ""
            message = f'given "{figure.measure}"; allowed: a measure of plan {plan.id}{hint}'
            yield index, "measure", message
            continue
        unit = units[figure.measure]
        if figure.unit is not None and unit is not None and not figure.unit.convertible(unit):
            allowed = f"a unit that can be compared with {unit}, the unit of {figure.measure}"
            yield index, "unit", f"given {figure.unit}; allowed: {allowed}"
            continue
        if unit is not None and unit.top is not None:
            if figure.value is not None and abs(figure.value) > unit.top:
                yield index, "value", f"given {figure.value}; allowed: 0 to {unit.top}, for it is a {unit}"
            continue
        fitting.add(pair)


def duplicate_observations(figures: Sequence[Observation]) -> Iterator[tuple[int, int, str]]:
    """Yield figures for what an earlier one was for, with nothing to distinguish them: which, the earlier, what for."""
    first: dict[object, int] = {}
    for index, figure in enumerate(figures):
        known = figure.known_on, figure.revision
        earlier = first.setdefault((figure.measure, figure.area, figure.breakdown, figure.period, known), index)
        if earlier != index:
            yield index, earlier, f"{figure.measure}, {figure.period}, {figure.area}"
