"""What an unknown file seems to be: a draft of its source, with everything that only its reader can decide."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from outcome_bees.layouts import FingertipsLayout, LaitLayout, NomisLayout
from outcome_bees.layouts.ees import EesLayout
from outcome_bees.serializers.documents import FORMATS, read
from outcome_bees.serializers.file_access import format_of, opened, refusal
from outcome_bees.serializers.observations import TABLES
from outcome_bees.serializers.table import MAX_TITLES
from outcome_bees.serializers.tables.csv import read_csv
from outcome_bees.serializers.whole import kind_of
from outcome_bees.sources._finding import Rows, SheetRows, TableFinding, TextColumns
from outcome_bees.sources._published_drafts import (
    draft_ees,
    draft_fingertips,
    draft_lait,
    draft_nomis,
    draft_own,
    is_own,
)
from outcome_bees.sources._table_drafts import look_for_long, look_for_wide
from outcome_bees.sources.draft import Draft, Undecided

__all__ = ["MAX_LOOKED_AT", "inspect"]

MAX_LOOKED_AT = 50_000
"""How many rows of a table are looked at. Our choice: labels and symbols repeat themselves long before."""

_MAX_CELLS = 2_000_000  # our choice: of a table with more of them, fewer rows are looked at


def inspect(
    source: str | PathLike[str], *, format: str | None = None, sheet: str | Sequence[str] | None = None
) -> Draft:
    """Look at an unknown file, and return a draft of its source.

    It says which layout the file seems to have, which columns are what, how the labels of periods read and which of
    them are ambiguous, and which symbols there are. Nothing is guessed in silence: what the file leaves open is ``?``
    in the draft and one of its questions, and what is proposed is one of its notes.

    Args:
        source: The path of a table (CSV, Excel, Parquet) or a document (JSON, YAML, TOML).
        format: Its format; ``None``: as its suffix says.
        sheet: Of a workbook, the sheet that is looked at, or several; ``None``: every one that is not hidden.

    Raises:
        DocumentError: It cannot be read.

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
    chosen = format_of(path, format, (*TABLES, *FORMATS))
    file = Path(path).name
    if chosen in FORMATS:
        kind = kind_of(read(path, format=chosen)).__name__
        return Draft(file, [{"file": file}], [], [f"it is a document of this library ({kind}), and needs no layout"])
    notes: list[str] = []
    drafted: list[tuple[SheetRows, TableFinding]] = []
    for table in _tables(path, chosen, sheet, notes):
        where = "" if table.sheet is None else f"sheet {table.sheet}: "
        if len(table.rows) > MAX_LOOKED_AT or sum(len(row) for _, row in table.rows) > _MAX_CELLS:
            notes.append(f"{where}only the first {len(table.rows):,} rows were looked at")
        found = _look(table)
        if found is None:
            notes.append(f"{where}no table of figures was recognised in it")
            continue
        drafted.append((table, found))
    if not drafted:
        raise refusal(path, f"no table of figures was recognised in it ({'; '.join(notes) or 'it is empty'})")
    return _draft(file, format, _merged(drafted), notes)


def _draft(
    file: str, format: str | None, drafted: Sequence[tuple[list[SheetRows], TableFinding]], notes: Sequence[str]
) -> Draft:
    sources: list[dict[str, Any]] = []
    questions: list[Undecided] = []
    seen = list(notes)
    for index, (tables, found) in enumerate(drafted):
        one: dict[str, Any] = {"file": file}
        if format is not None:
            one["format"] = format
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
            yield SheetRows(None, _first(read_csv(file, path)))
        elif format == "xlsx":
            from outcome_bees.serializers.tables.excel import read_sheets  # an extra

            names = [sheet] if isinstance(sheet, str) else sheet
            sheets = read_sheets(file, path, lambda row: any(row), sheets=names)
            if sheets.hidden:
                notes.append(f"hidden, and not looked at: {', '.join(sheets.hidden)}")
            for each in sheets.read:
                yield SheetRows(each.name, _first(each.rows))
        else:
            from outcome_bees.serializers.tables.parquet import read_parquet  # needs an engine

            yield SheetRows(None, _first(read_parquet(file, path)))


def _first(rows: Iterable[tuple[int, Sequence[str]]]) -> Rows:
    """Return the first rows of a table, fewer of one that has many columns."""
    found: Rows = []
    cells = 0
    for row in rows:
        found.append(row)
        cells += len(row[1])
        if len(found) > MAX_LOOKED_AT or cells > _MAX_CELLS:
            break
    return found


def _look(table: SheetRows) -> TableFinding | None:
    """Return what a table seems to be; ``None``: no table of figures."""
    kinds: list[tuple[Callable[[Sequence[str]], bool], Callable[[TextColumns], TableFinding]]] = [
        (is_own, draft_own),
        (FingertipsLayout.is_header, draft_fingertips),
        (NomisLayout.is_header, draft_nomis),
        (LaitLayout.is_header, draft_lait),
        (EesLayout.is_header, draft_ees),
    ]
    for at, (_, row) in enumerate(table.rows[: MAX_TITLES + 1]):
        for is_header, make in kinds:
            if is_header(row):
                return make(TextColumns(row, table.rows[at + 1 :]))
    return look_for_wide(table) or look_for_long(table)
