"""What an unknown file or table seems to be: a draft of its source, with all that only its reader can decide."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import chain
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from outcome_bees.databases.addresses import is_database, locate
from outcome_bees.databases.queries import query_of_table, read_query, tables_of
from outcome_bees.errors import InvalidValueError, Verbatim, shown
from outcome_bees.layouts import FingertipsLayout, LaitLayout, NomisLayout
from outcome_bees.layouts.ees import EesLayout
from outcome_bees.serializers.documents import FORMATS, read
from outcome_bees.serializers.file_access import TABLES, format_of, opened, refusal
from outcome_bees.serializers.table import MAX_TITLES, fault_of_separator
from outcome_bees.serializers.tables.csv import read_csv
from outcome_bees.serializers.whole import kind_of
from outcome_bees.sources._finding import Rows, SheetRows, TableFinding, TextColumns, listed
from outcome_bees.sources._published_drafts import (
    draft_ees,
    draft_fingertips,
    draft_lait,
    draft_nomis,
    draft_own,
    is_own,
)
from outcome_bees.sources._table_drafts import draft_long, header_of_long, look_for_wide
from outcome_bees.sources.draft import Draft, Undecided

__all__ = ["MAX_LOOKED_AT", "inspect"]

MAX_LOOKED_AT = 50_000
"""By how many rows it is judged which layout a table has. Our choice; texts of columns are learnt from all of them."""

_MAX_CELLS = 2_000_000  # our choice: of a table with very many columns, it is judged by fewer rows


def inspect(
    source: str | PathLike[str],
    *,
    format: str | None = None,
    sheet: str | Sequence[str] | None = None,
    table: str | None = None,
    query: str | None = None,
) -> Draft:
    """Look at an unknown file, or at a table of a database, and return a draft of its source.

    It says which layout the table seems to have, which columns are what, how the labels of periods read and which of
    them are ambiguous, and which symbols there are. Nothing is guessed in silence: what the table leaves open is ``?``
    in the draft and one of its questions, and what is proposed is one of its notes.

    Args:
        source: The path of a table (CSV, Excel, Parquet) or a document (JSON, YAML, TOML); or a database, as
            ``read_query`` takes it: the path of an SQLite or DuckDB file, a URL without a password, or ``env:NAME``.
        format: The file's format; ``None``: as its suffix says.
        sheet: Of a workbook, the sheet that is looked at, or several; ``None``: every one that is not hidden.
        table: Of a database, the table or view that is looked at; ``None`` with no query: the only one that it has.
        query: Or the query whose rows are looked at.

    Raises:
        DocumentError: It cannot be read, or a database has several tables and none is named.
        InvalidValueError: A table and a query are given, or either with what goes with a file; or a query is none.

    Example:
        >>> import pathlib, tempfile
        >>> file = pathlib.Path(tempfile.mkdtemp()) / "figures.csv"
        >>> _ = file.write_text("Indicator,Year,Area,Value\\nNEET,2023/24,E10000015,2.3\\n")
        >>> draft = inspect(file)
        >>> draft.sources[0]["layout"]["columns"]
        {'measure': 'Indicator', 'period': 'Year', 'area': 'Area', 'value': 'Value'}
        >>> [question.path for question in draft.questions]
        ['$.sources[0].layout.calendar']
    """
    path = fspath(source)
    if table is not None or query is not None or (format is None and is_database(source)):
        return _of_database(source, format, sheet, table, query)
    chosen = format_of(path, format, (*TABLES, *FORMATS))
    file = Path(path).name
    if chosen in FORMATS:
        kind = kind_of(read(path, format=chosen)).__name__
        return Draft(file, [{"file": file}], [], [f"it is a document of this library ({kind}), and needs no layout"])
    notes: list[str] = []
    drafted = _drafted(path, _tables(path, chosen, sheet, notes), notes)
    return _draft(file, {"file": file} if format is None else {"file": file, "format": format}, drafted, notes)


def _of_database(
    source: str | PathLike[str],
    format: str | None,
    sheet: str | Sequence[str] | None,
    table: str | None,
    query: str | None,
) -> Draft:
    for what, given in (("format", format), ("sheet", sheet)):
        if given is not None:
            raise InvalidValueError(what, given, "nothing, for a table of a database has none")
    if table is not None and query is not None:
        raise InvalidValueError("query", Verbatim("a table and a query"), "one of both")
    address = locate(source)
    notes: list[str] = []
    if query is None:
        query = query_of_table(_only_table(source, address.name, notes) if table is None else table)
    is_file = address.kind in ("sqlite", "duckdb")
    named = {"database": Path(fspath(source)).name if is_file else fspath(source), "query": query}
    with closing(read_query(source, query)) as rows:
        drafted = _drafted(address.name, [_table(None, rows)], notes)
    return _draft(Path(address.name).name if is_file else address.name, named, drafted, notes)


def _only_table(source: str | PathLike[str], name: str, notes: list[str]) -> str:
    there = tables_of(source)
    if there is None:
        raise refusal(name, "it is a database: say which table of it, or give a query")
    if len(there) == 1:
        notes.append(f"{there[0]} is its only table")
        return there[0]
    listing = f"it has {listed(there, 20)}" if there else "it has none that may be read"
    raise refusal(name, f"it is a database: say which table of it, or give a query ({listing})")


def _drafted(name: str, tables: Iterable[SheetRows], notes: list[str]) -> list[tuple[list[SheetRows], TableFinding]]:
    """Return what the tables of a file seem to be, those together that read alike."""
    drafted: list[tuple[SheetRows, TableFinding]] = []
    for table in tables:
        found = _look(table)
        if found is not None:
            drafted.append((table, found))
            continue
        if table.sheet is not None:
            notes.append(f"sheet {table.sheet}: no table of figures was recognised in it")
        if (fault := _fault_of_header(table)) is not None:
            notes.append(fault)
    if not drafted:
        raise refusal(name, "; ".join(["no table of figures was recognised in it", *notes]))
    return _merged(drafted)


def _fault_of_header(table: SheetRows) -> str | None:
    """Return what may be why a table was not recognised."""
    for line, row in table.rows[: MAX_TITLES + 1]:
        if (fault := fault_of_separator(row)) is not None:
            return fault
        if twice := _twice(row):
            return f"line {line}: the column {shown(twice[0])} occurs twice"
    return None


def _twice(row: Sequence[str]) -> list[str]:
    """Return the names of a row that occur more than once."""
    return [name for name, count in Counter(filter(None, row)).items() if count > 1]


def _draft(
    file: str,
    named: Mapping[str, str],
    drafted: Sequence[tuple[list[SheetRows], TableFinding]],
    notes: Sequence[str],
) -> Draft:
    sources: list[dict[str, Any]] = []
    questions: list[Undecided] = []
    seen = list(notes)
    for index, (tables, found) in enumerate(drafted):
        one: dict[str, Any] = dict(named)
        sheets = [table.sheet for table in tables if table.sheet is not None]
        if sheets:
            one["sheet"] = sheets[0] if len(sheets) == 1 else sheets
        if found.layout:
            one["layout"] = found.layout
        where = f"{', '.join(sheets)}: " if sheets else ""
        seen += [f"{where}{note}" for note in found.notes]
        questions += [Undecided(f"$.sources[{index}].{path}", text, allowed) for path, text, allowed in found.questions]
        sources.append(one)
    if all("recorded" not in (each.get("layout") or {}).get("columns", ()) for each in sources):
        seen.append("add recorded, the day on which the file was released, where figures are to count from that day on")
    return Draft(file, sources, questions, seen)


def _merged(drafted: Sequence[tuple[SheetRows, TableFinding]]) -> list[tuple[list[SheetRows], TableFinding]]:
    """Put sheets together that read alike."""
    merged: list[tuple[list[SheetRows], TableFinding]] = []
    for table, found in drafted:
        alike = next((each for each in merged if _alike(each[1].layout, found.layout)), None)
        if alike is None:
            merged.append(([table], found))
            continue
        alike[0].append(table)
        for name in _OF_SHEETS:
            more = found.layout.get(name)
            if more:
                one = alike[1].layout.setdefault(name, type(more)())
                alike[1].layout[name] = (
                    [*one, *(each for each in more if each not in one)] if name == "ignore" else more | one
                )
        asked = {path for path, _, _ in alike[1].questions}
        alike[1].questions += [each for each in found.questions if each[0] not in asked or each[0] == "layout.periods"]
        alike[1].notes = list(dict.fromkeys([*alike[1].notes, *found.notes]))
    return merged


_OF_SHEETS = ("measures", "symbols", "ignore", "numbers", "periods")  # what may differ between sheets that read alike


def _alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    def rest(layout: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in layout.items() if name not in _OF_SHEETS}

    return rest(one) == rest(other)


def _tables(path: str, format: str, sheet: str | Sequence[str] | None, notes: list[str]) -> Iterator[SheetRows]:
    with opened(path) as file:
        if format == "csv":
            yield _table(None, read_csv(file, path))
        elif format == "xlsx":
            from outcome_bees.serializers.tables.excel import read_sheets  # an extra

            names = [sheet] if isinstance(sheet, str) else sheet
            sheets = read_sheets(file, path, lambda row: any(row), sheets=names)
            if sheets.hidden:
                notes.append(f"hidden, and not looked at: {', '.join(sheets.hidden)}")
            for each in sheets.read:
                yield _table(each.name, each.rows)
        else:
            from outcome_bees.serializers.tables.parquet import read_parquet  # needs an engine

            yield _table(None, read_parquet(file, path))


def _table(sheet: str | None, rows: Iterable[tuple[int, Sequence[str]]]) -> SheetRows:
    """Return a table, its first rows at hand: fewer of one that has many columns."""
    remaining = iter(rows)
    first: Rows = []
    cells = 0
    for row in remaining:
        first.append(row)
        cells += len(row[1])
        if len(first) > MAX_LOOKED_AT or cells > _MAX_CELLS:
            break
    return SheetRows(sheet, first, remaining)


_Drafting = Callable[[TextColumns], TableFinding]


def _look(table: SheetRows) -> TableFinding | None:
    """Return what a table seems to be; ``None``: no table of figures."""
    kinds: list[tuple[Callable[[Sequence[str]], bool], _Drafting]] = [
        (is_own, draft_own),
        (FingertipsLayout.is_header, draft_fingertips),
        (NomisLayout.is_header, draft_nomis),
        (LaitLayout.is_header, draft_lait),
        (EesLayout.is_header, draft_ees),
    ]
    for at, (_, row) in enumerate(table.rows[: MAX_TITLES + 1]):
        for is_header, make in kinds:
            if is_header(row):
                return _of_columns(table, at, make)
    found = look_for_wide(table)
    if found is not None:
        if next(table.rest, None) is not None:
            found.notes.append(f"only the first {len(table.rows):,} rows were looked at")
        return found
    header = header_of_long(table)
    return None if header is None else _of_columns(table, header[0], partial(draft_long, taken=header[1]))


def _of_columns(table: SheetRows, at: int, make: _Drafting) -> TableFinding:
    """Return what a table whose header is known seems to be, by all of its rows."""
    columns = TextColumns(table.rows[at][1], chain(table.rows[at + 1 :], table.rest))
    found = make(columns)
    looked = "all" if columns.is_whole else "only the first"
    found.notes.append(f"{looked} {columns.rows:,} rows were looked at")
    if at:
        found.notes.append(f"the row of names is line {table.rows[at][0]}: what is above it is taken for titles")
    if twice := _twice(table.rows[at][1]):
        found.notes.append(f"columns that occur twice, of which the first was looked at: {listed(twice)}")
    if columns.again:
        found.notes.append("the row of names occurs again further down: give each table a file or a sheet of its own")
    if columns.cut:
        found.notes.append(f"of {listed(sorted(columns.cut))} not every text is known: there are very many")
    return found
