"""Drafts of the layouts of tables of no known publisher: long ones, and wide sheets."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from outcome_bees.errors import shown
from outcome_bees.identifiers import slug
from outcome_bees.layouts import Numbers
from outcome_bees.layouts.cells import TYPED_DATE, is_total, normal_word
from outcome_bees.periods import split_note
from outcome_bees.serializers.table import MAX_TITLES
from outcome_bees.sources._cell_kinds import (
    find_periods,
    find_symbols,
    is_figure,
    is_number,
    is_period,
    is_place,
    is_year,
)
from outcome_bees.sources._finding import (
    BY_NAME_ALONE,
    CODE,
    ROLES,
    SheetRows,
    TableFinding,
    TextColumns,
    column_for,
    listed,
    propose_ids,
    share_of,
)
from outcome_bees.sources.draft import TO_DECIDE

__all__ = ["draft_long", "header_of_long", "look_for_wide"]


def header_of_long(table: SheetRows) -> tuple[int, dict[str, str]] | None:
    """Return which row names the columns of a long table, and the column of each field; ``None``: it is none."""
    for at, (_, row) in enumerate(table.rows[: MAX_TITLES + 1]):
        names = [name for name in row if name]
        if len(names) >= 2 and len(set(names)) == len(names) and table.rows[at + 1 :]:
            taken = _taken(TextColumns(row, table.rows[at + 1 :]))
            if {"period", "value"} <= set(taken):
                return at, taken
    return None


def draft_long(columns: TextColumns, taken: Mapping[str, str] | None = None) -> TableFinding:
    """Draft the layout of a long table by the names of its columns, and by what is in them.

    Args:
        columns: The columns.
        taken: The column of each field; ``None``: they are recognised.
    """
    found = TableFinding("long")
    taken = _taken(columns) if taken is None else taken
    order = ("measure", "period", "area", "value")
    found.layout["columns"] = {role: taken[role] for role in (*order, *taken) if role in taken}
    found.notes.append("it is a long table: one row a figure")
    if "measure" in taken:
        propose_ids(found, "measures", columns.filled(taken["measure"]))
    else:
        found.layout["measure"] = TO_DECIDE
        found.ask("layout.measure", "no column names the measure", "the id of the measure of every row")
    if "area" not in taken:
        found.layout["area"] = TO_DECIDE
        found.ask("layout.area", "no column has a place", "the code of the place of every row, such as E10000015")
    elif share_of(columns.filled(taken["area"]), CODE.fullmatch) < 0.8:
        found.layout["areas"] = "names"
        found.notes.append(f"areas: the names in {taken['area']} are those of the register")
    if repeated := columns.repeated([*taken.values()]):
        found.layout["repeats_ok"] = True
        found.notes.append(f"repeats_ok: {repeated:,} rows repeat another in these columns, and count once")
    _find_filters(found, columns, [name for name in columns.names if name not in taken.values()])
    if "period" in taken:
        find_periods(found, columns.filled(taken["period"]))
    if "value" in taken:
        texts = columns.texts(taken["value"])
        find_symbols(found, [text for text in texts if text], blank="" in texts)
    return found


_MOST_TESTED = 200  # texts of a column


def _taken(columns: TextColumns) -> dict[str, str]:
    """Return the column of each field that is recognised."""
    taken: dict[str, str] = {}
    for role, test in (("period", is_period), ("area", is_place), ("value", is_figure)):
        named = column_for(columns, role)
        fitting = _fitting(columns, role, test, taken)
        if role == "value" and named is not None and (normal_word(named) == role or _is_mostly(columns, named, test)):
            taken[role] = named
        elif fitting:
            taken[role] = named if named in fitting else fitting[0]
    for role in ("measure", *BY_NAME_ALONE, "breakdown"):
        column = column_for(columns, role)
        if column is not None and column not in taken.values():
            taken[role] = column
    return taken


def _is_mostly(columns: TextColumns, name: str, test: Callable[[str], Any]) -> bool:
    """Return whether half of a column's texts are what a field wants: of a short table one symbol is a large share."""
    return share_of(columns.filled(name)[:_MOST_TESTED], test) >= 0.5


def _fitting(columns: TextColumns, role: str, test: Callable[[str], Any], taken: Mapping[str, str]) -> list[str]:
    """Return the columns whose cells are what a field wants, the likeliest first."""

    def share(name: str, wanted: Callable[[str], Any]) -> float:
        return share_of(columns.filled(name)[:_MOST_TESTED], wanted)

    fitting = [name for name in columns.names if name not in taken.values() and share(name, test) > 0.8]
    if role == "area":
        fitting.sort(key=lambda name: -share(name, CODE.fullmatch))
    if role == "value":
        others = [column_for(columns, each) for each in ("numerator", "denominator")]
        fitting = [name for name in fitting if share(name, is_year) <= 0.8 and name not in others]
    return fitting


def _find_filters(found: TableFinding, columns: TextColumns, rest: Sequence[str]) -> None:
    """Find which columns name the part of the population: those with a word for everybody."""
    filters = {name: slug(name) or name for name in rest if any(is_total(text) for text in columns.filled(name))}
    if filters:
        found.layout["filters"] = filters
        found.notes.append(f"filters: columns with a word for everybody: {listed(list(filters))}")
    unused = [name for name in rest if name not in filters]
    if unused:
        found.notes.append(f"columns that are left aside, and may be filters or where: {listed(unused, 12)}")


def look_for_wide(table: SheetRows) -> TableFinding | None:
    """Draft the layout of a wide sheet; ``None``: it is none."""
    for at, (_, row) in enumerate(table.rows[: MAX_TITLES + 1]):
        places = [place for place, cell in enumerate(row) if place and cell.strip() and _is_heading(cell.strip())]
        if len(places) < 2 or is_period(row[0].strip() or "x"):
            continue
        under = table.rows[at + 1][1] if table.rows[at + 1 :] else ()
        if len(_headings(under)) >= len(places):  # years above the quarters of each: the two are read together
            continue
        data = [each for _, each in table.rows[at + 1 :]]
        places = [place for place in places if not _has_periods(data, place)]
        if len(places) >= 2 and data:
            return _wide_of(table, at, places)
    return None


def _headings(row: Sequence[str]) -> list[int]:
    """Return the places of a row that are headings of periods and no numbers, as those of a row of figures may be."""
    return [
        place
        for place, cell in enumerate(row)
        if place and cell.strip() and _is_heading(cell.strip()) and not is_number(cell.strip(), Numbers())
    ]


def _has_periods(data: Sequence[Sequence[str]], place: int) -> bool:
    """Return whether a column has periods in its cells: then what looks like its heading is a row of a long table."""
    texts = list(dict.fromkeys(row[place].strip() for row in data if place < len(row) and row[place].strip()))
    return share_of(texts[:_MOST_TESTED], lambda text: is_period(text) and not is_number(text, Numbers())) > 0.5


_PART = re.compile(r"(?:q(?:uarter)? ?[1-4]|ytd|year to date|[a-z]{3,9})", re.IGNORECASE)


_MONTHS = {name.casefold() for name in "jan feb mar apr may jun jul aug sep oct nov dec".split()}


def _is_heading(text: str) -> bool:
    """Return whether a heading is a period, or the part of one that another row or the sheet's name completes."""
    bare = split_note(text)[0]
    if text.startswith(TYPED_DATE) or (is_period(bare) and not is_number(text, Numbers())) or is_year(text):
        return True
    return _PART.fullmatch(bare) is not None and (
        (bare[:1].casefold() in "qy" and len(bare) <= 12 and bare.casefold() not in ("yes",))
        or bare[:3].casefold() in _MONTHS
    )


def _wide_of(table: SheetRows, at: int, places: Sequence[int]) -> TableFinding | None:
    line, row = table.rows[at]
    below = table.rows[at + 1 :]
    further = [number for number, each in below if set(_headings(each)) >= set(places)]
    data = [each for number, each in below if not further or number < further[0]]
    label = max(range(places[0]), key=lambda place: _distinct(data, place), default=None)
    if label is None or not _distinct(data, label):
        return None
    measures = [
        " ".join(each[label].split())
        for each in data
        if label < len(each)
        and each[label].strip()
        and any(place < len(each) and each[place].strip() for place in places)
    ]
    if not measures:
        return None
    found = TableFinding("wide")
    found.notes.append("it is a wide sheet: measures down, periods across")
    propose_ids(found, "measures", list(dict.fromkeys(measures)))
    found.layout["label"] = row[label].strip() or chr(ord("A") + label)
    named = _sheet_role(table.sheet)
    year = table.sheet if named == "year" else None
    labels = _full_headings((), row, places, year)
    found.layout["header"] = [line]
    if at and table.rows[at - 1][0] == line - 1:
        longer = _full_headings(table.rows[at - 1][1], row, places, year)
        if sum(map(is_period, longer)) > sum(map(is_period, labels)):
            labels = longer
            found.layout["header"] = [line - 1, line]
    if further:
        found.notes.append(
            f"line {further[0]} has the headings of a further table, which needs a source of its own: "
            f"the same file, header: [{further[0]}], and its measures"
        )
    if named:
        found.layout["sheet_is"] = named
        found.notes.append(f"sheet_is: the name of the sheet is taken for {'a place' if named == 'area' else 'a year'}")
    if named == "area":
        found.layout["areas"] = "names"
    else:
        found.layout["area"] = TO_DECIDE
        found.ask("layout.area", "the sheet does not say of which place it is", "its code, such as E10000015")
    others = [cell.strip() for place, cell in enumerate(row) if place not in places and place != label and cell.strip()]
    if others:
        found.layout["ignore"] = others
        found.notes.append(f"ignore: columns that are no periods, left aside: {listed(others)}")
        targets = [each for each in others if "target" in each.casefold()]
        if targets:
            found.notes.append(f"{listed(targets)}: targets belong in the plan")
        note = next((each for each in others if each.casefold() in ROLES["note"]), None)
        if note:
            found.layout["ignore"] = [each for each in others if each != note]
            found.layout["note_in"] = note
            found.notes.append(f"note_in: {shown(note)} is kept as the note of the last figure of its row")
    find_periods(found, list(dict.fromkeys(labels)))
    texts = list(
        dict.fromkeys(
            each[place].strip() for each in data for place in places if place < len(each) and each[place].strip()
        )
    )
    find_symbols(found, texts, blank=False)
    return found


def _distinct(data: Sequence[Sequence[str]], place: int) -> int:
    """Return how many letters the different texts of a column have: labels of measures have the most."""
    return sum(map(len, {row[place].strip() for row in data if place < len(row)}))


def _sheet_role(sheet: str | None) -> str | None:
    if sheet is None:
        return None
    if is_period(sheet):
        return "year"
    return "area" if is_place(sheet) else None


def _full_headings(above: Sequence[str], row: Sequence[str], places: Sequence[int], sheet: str | None) -> list[str]:
    """Return the headings of periods as the layout puts them together."""
    full: list[str] = []
    upper = ""
    for place, cell in enumerate(row):
        upper = (above[place].strip() if place < len(above) and place else "") or upper
        if place in places:
            parts = [part for part in (sheet, upper, cell.strip()) if part]
            full.append(" ".join(dict.fromkeys(parts)))
    return full
