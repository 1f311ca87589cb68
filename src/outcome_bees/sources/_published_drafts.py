"""Drafts of the layouts of tables that are recognised by their header."""

import re
from collections.abc import Sequence

from outcome_bees import areas as register
from outcome_bees.errors import AmbiguousPeriodError, InvalidValueError, OutcomeBeesError, PeriodError, shown
from outcome_bees.layouts import Numbers, OwnLayout
from outcome_bees.layouts.cells import ABSENCES, is_total, normal_word, parse_breakdown
from outcome_bees.layouts.ees import LEVELS
from outcome_bees.layouts.own import COLUMNS, REQUIRED
from outcome_bees.layouts.period_labels import PeriodLabels
from outcome_bees.periods import LAIT_YEAR_TYPES, REPORTING_YEAR, Period
from outcome_bees.sources._cell_kinds import (
    ask_calendar,
    find_periods,
    is_figure,
    is_number,
)
from outcome_bees.sources._finding import (
    BY_NAME_ALONE,
    CODE,
    MOST_NAMED,
    TableFinding,
    TextColumns,
    column_for,
    listed,
    propose_ids,
    share_of,
)
from outcome_bees.sources._table_drafts import draft_long
from outcome_bees.sources.draft import TO_DECIDE

__all__ = ["draft_ees", "draft_fingertips", "draft_lait", "draft_nomis", "draft_own", "is_own"]


def is_own(row: Sequence[str]) -> bool:
    return set(REQUIRED) <= set(row) and OwnLayout().is_header(row)


def draft_own(columns: TextColumns) -> TableFinding:
    found = TableFinding(None)
    found.notes.append("its columns are the library's own: it needs no layout")
    unknown = [name for name in columns.names if name not in COLUMNS]
    if unknown:
        found.layout = {"kind": "own", "unknown_columns_ok": True}
        found.notes.append(f"columns that are left aside: {listed(unknown)}")
    return found


def draft_fingertips(columns: TextColumns) -> TableFinding:
    found = TableFinding("fingertips")
    found.notes.append("it is a file of Fingertips")
    squeezed = {name.replace(" ", "").casefold(): name for name in columns.names}
    names = dict(
        zip(
            columns.filled(squeezed["indicatorid"]),
            columns.filled(squeezed.get("indicatorname", squeezed["indicatorid"])),
            strict=False,
        )
    )
    propose_ids(found, "indicators", columns.filled(squeezed["indicatorid"]), names)
    labels = columns.filled(squeezed["timeperiod"])
    open_labels = {}
    for label in labels:
        try:
            PeriodLabels(span="inclusive").read([label])
        except AmbiguousPeriodError as error:
            open_labels[label] = error
        except PeriodError:
            continue
    if open_labels:
        ask_calendar(found, open_labels, "layout")
    for part in ("age", "areatype"):
        if part in squeezed and len(several := columns.filled(squeezed[part])) > 1:
            found.notes.append(f"there are several of {squeezed[part]} ({listed(several)}): where chooses among them")
    return found


def draft_nomis(columns: TextColumns) -> TableFinding:
    found = TableFinding("nomis")
    found.notes.append("it is a file of Nomis")
    named_in = next((each for each in ("VARIABLE_NAME", "CELL_NAME", "INDUSTRY_NAME") if each in columns), None)
    if named_in is None:
        found.layout["measure"] = TO_DECIDE
        found.ask("layout.measure", "no column names the measure", "the id of the measure of every row")
    else:
        found.layout["named_in"] = named_in
        propose_ids(found, "measures", columns.filled(named_in))
    if "MEASURES_NAME" in columns and len(several := columns.filled("MEASURES_NAME")) > 1:
        found.layout["where"] = {"MEASURES_NAME": TO_DECIDE}
        found.ask("layout.where.MEASURES_NAME", "which of its measures is the figure", listed(several))
    find_periods(found, columns.filled("DATE_NAME"))
    return found


def draft_lait(columns: TextColumns) -> TableFinding:
    found = TableFinding("lait")
    found.notes.append("it is a long file of the local authority interactive tool (LAIT)")
    names = columns.filled("Short Desc")
    propose_ids(found, "measures", names)
    found.layout["year_types"] = dict.fromkeys(names[:MOST_NAMED], TO_DECIDE)
    found.ask(
        "layout.year_types",
        "the file does not say what its years are; the tool's dictionary does",
        ", ".join(LAIT_YEAR_TYPES),
    )
    _places(found, columns.texts("LA and Regions"))
    if "0" in columns.filled("Years"):
        found.layout["undated_ok"] = True
        found.notes.append("rows of the year 0, which dates nothing, are left aside")
    return found


def _places(found: TableFinding, names: Sequence[str]) -> None:
    known: dict[str, str] = {}
    unknown: list[str] = []
    for name in names:
        if not name:
            continue
        try:
            known[name] = register.find(name).code
        except InvalidValueError:
            unknown.append(name)
    found.layout["areas"] = known
    found.notes.append(f"areas: {len(known):,} names are those of the register; leave out those that are not wanted")
    if unknown:
        found.notes.append(f"areas: names of no place that is known, left aside: {listed(unknown)}")


_EES_COLUMNS = re.compile(r"time_|geographic_level|(?:country|region|la|lad|ward|pcon|old_la|new_la|school|trust)_")


def draft_ees(columns: TextColumns) -> TableFinding:
    """Draft the layout of a file of the Department's, or of an extract in its form."""
    identifiers = columns.filled("time_identifier")
    unknown = [each for each in identifiers if not _is_identifier(each)]
    if unknown:
        found = draft_long(columns)
        found.notes.append(
            f"it has the Department's columns, but time identifiers that are not its own: {listed(unknown)}"
        )
        return found
    found = TableFinding("ees")
    found.notes.append("it is in the form of the Department for Education's open data files")
    named_in = next((each for each in ("measure_id", "indicator_id", "indicator") if each in columns), None)
    value = next((each for each in ("value", "Value") if each in columns), None)
    if named_in is not None and value is not None:
        found.layout["named_in"] = named_in
        if value != "value":
            found.layout["value"] = value
        also = {
            name: column
            for name in (*BY_NAME_ALONE, "breakdown", "revision")
            if (column := column_for(columns, name)) is not None
        }
        if "denominator" in also and "0" in columns.texts(also["denominator"]):
            found.notes.append(f"also: {also.pop('denominator')} is left aside, for a denominator of 0 is none")
        unreadable = _unreadable(columns, named_in, also.get("breakdown"))
        propose_ids(found, "indicators", [name for name in columns.filled(named_in) if name not in unreadable])
        for name, reason in unreadable.items():
            found.notes.append(f"indicators: {shown(name)} is left out, for its rows cannot all be read: {reason}")
        found.layout["also"] = also
        _cells_of_ees(found, columns, [value])
    else:
        _indicators(found, columns)
    codes = [column for choices in LEVELS.values() for column in choices if column in columns]
    if not codes:
        area = next((name for name in columns.names if share_of(columns.filled(name), CODE.fullmatch) > 0.8), None)
        found.layout["area"] = area or TO_DECIDE
        if area is None:
            found.ask("layout.area", "no column has the codes of places", listed(columns.names, 20))
    if any(normal_word(each) == normal_word(REPORTING_YEAR) for each in identifiers):
        found.layout["as_at"] = TO_DECIDE
        text = f"what {REPORTING_YEAR} means: a day of counting, or, as year_ending instead, the twelve months to a day"
        found.ask("layout.as_at", text, "a month and day, such as 03-31")
    found.layout = {name: value for name, value in found.layout.items() if value != {}}
    return found


def _unreadable(columns: TextColumns, named_in: str, parts: str | None) -> dict[str, str]:
    """Return the indicators of which a period or a breakdown cannot be read, each with why."""
    found: dict[str, str] = {}
    wanted = [named_in, "time_period", "time_identifier", *([] if parts is None else [parts])]
    for name, year, identifier, *rest in columns.combinations(wanted):
        try:
            Period.from_ees(year, identifier, as_at="03-31")
            if rest:
                parse_breakdown(rest[0])
        except OutcomeBeesError as error:
            found.setdefault(name, str(error))
    return found


def _is_identifier(text: str) -> bool:
    for year in ("2024", "202425"):
        try:
            Period.from_ees(year, text, as_at="03-31")
        except AmbiguousPeriodError:
            return True
        except PeriodError:
            continue
        return True
    return False


def _indicators(found: TableFinding, columns: TextColumns) -> None:
    """Return whether a column is an indicator (numbers and symbols) or a filter (words)."""
    others = [name for name in columns.names if not _EES_COLUMNS.match(name)]
    indicators = [
        name
        for name in others
        if share_of(texts := columns.filled(name), is_figure) > 0.5 and not any(map(is_total, texts))
    ]
    filters = {name: name for name in others if name not in indicators and len(columns.filled(name)) > 1}
    propose_ids(found, "indicators", indicators)
    if filters:
        found.layout["filters"] = filters
        found.notes.append(f"filters: columns of words: {listed(list(filters))}")
        for name in filters:
            if not any(is_total(text) for text in columns.filled(name)):
                found.notes.append(
                    f"no word of {name} is known to mean everybody; totals may name one: {listed(columns.filled(name))}"
                )
    _cells_of_ees(found, columns, indicators)


def _cells_of_ees(found: TableFinding, columns: TextColumns, names: Sequence[str]) -> None:
    """Ask for symbols that are not the Department's."""
    texts = list(dict.fromkeys(text for name in names for text in columns.texts(name)))
    unknown = [text for text in texts if text not in ABSENCES and not is_number(text, Numbers())]
    if unknown:
        found.layout["symbols"] = dict.fromkeys(unknown[:MOST_NAMED], TO_DECIDE)
        seen = listed([each or "a blank cell" for each in unknown])
        found.ask(
            "layout.symbols", f"the meaning of {seen}", "suppressed, not_available, not_applicable, low or unreliable"
        )
