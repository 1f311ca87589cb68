"""Published tables with the columns of ``frames.FIGURES``: inside the engine, each label read once in Python."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import narwhals.stable.v2 as nw

from outcome_bees.errors import InvalidValueError, nearest
from outcome_bees.frames.backend import Backend, Lazy, LookupTable
from outcome_bees.periods import LAIT_REVISIONS, Period, read_lait
from outcome_bees.vocabulary import ABSENCE_SYMBOLS, Absence

__all__ = ["from_ees", "from_lait"]

_PLACES = {
    "national": "country_code",
    "regional": "region_code",
    "local authority": "new_la_code",
    "local authority district": "lad_code",
    "school": "school_urn",
}
_EVERYBODY = ("", "Total")
_NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
_LAIT = ("Short Desc", "Years", "LA and Regions", "Values")
_MISSING = {"-": Absence.NOT_AVAILABLE, "..": Absence.NOT_AVAILABLE, "": Absence.NOT_AVAILABLE}


def from_ees(
    frame: Any,
    *,
    indicators: Mapping[str, str],
    named_in: str | None = None,
    value: str = "value",
    filters: Mapping[str, str] | None = None,
    area: str | None = None,
    as_at: str | None = None,
    year_ending: str | None = None,
) -> Any:
    """A table of the Department for Education's open data, with our columns.

    Args:
        frame: The table, as read from its file; figures may be numbers, or text with the symbols of absences.
        indicators: The measure's id, by the column of each indicator that is wanted, or by its name in ``named_in``.
        named_in: The column that names the indicator of each row, in a long table; ``None``: each has its own.
        value: The column of the figures in such a table.
        filters: What each filter column is to be called that says the part of the population; its "Total",
            which is everybody, becomes null. Rows of other filters must have been chosen before.
        area: The column of the codes of places; ``None``: by ``geographic_level``, as the guide has it.
        as_at: What "Reporting year" means in this file: counts on this month and day, as in ``"03-31"``.
        year_ending: What else it may mean: the twelve months up to this month and day.

    Returns:
        A frame of the sort given, with the columns measure, period, area, value, absence and those of the filters.

    Raises:
        InvalidValueError: A column there is not, a level of which no place is known, a cell that is no figure.
        PeriodError: A label that is none of the Department's, or "Reporting year" and its meaning is not said.

    Source: the Department for Education's guide for analysts.
    """
    door, filters = Backend(frame), dict(filters or {})
    needed = ["time_period", "time_identifier", *filters, *([area] if area else ["geographic_level"])]
    needed += [named_in, value] if named_in else list(indicators)
    there = _having(door, needed)
    of_whom = [
        nw.when(~nw.col(column).is_in(list(_EVERYBODY))).then(nw.col(column)).alias(name)
        for column, name in filters.items()
    ]
    code = nw.col(area) if area else _code_of_level(door, there)
    figures = door.figures.with_columns(
        nw.col("time_period").cast(nw.String).alias("time_period"),
        code.cast(nw.String).alias("area"),
        *of_whom,
    )
    kept = ["time_period", "time_identifier", "area", *filters.values()]

    def cells(indicator: Any, column: str) -> Lazy:
        return figures.select(*kept, indicator.alias("indicator"), nw.col(column).cast(nw.String).alias("cell"))

    if named_in:
        figures = cells(nw.col(named_in), value)
    else:
        figures = nw.concat([cells(nw.lit(name), name) for name in indicators])
    measures = LookupTable({"indicator": str, "measure": str}, list(indicators.items()))
    figures = figures.join(door.table(measures), on="indicator", how="inner")
    dated = _dated(
        door,
        figures,
        ("time_period", "time_identifier"),
        lambda time, identifier: (Period.from_ees(time, identifier, as_at=as_at, year_ending=year_ending).code,),
        {"period": str},
    )
    read = _read(door, dated, {**ABSENCE_SYMBOLS, "": Absence.NOT_AVAILABLE})
    return door.back(read.select("measure", "period", "area", "value", "absence", *filters.values()))


def from_lait(
    frame: Any,
    *,
    measures: Mapping[str, str],
    year_types: Mapping[str, str],
    areas: Mapping[str, str],
) -> Any:
    """A long table of the Department for Education's local authority interactive tool, with our columns.

    Args:
        frame: The table, as read from its file: all text.
        measures: The id of the measure for each short description that is wanted.
        year_types: The year type of each, as the tool's dictionary has it, such as ``"Academic Year"``.
        areas: The code of the place for each name that is wanted.

    Returns:
        A frame of the sort given, with the columns measure, period, area, value, absence and revision. Rows
        of the label ``0``, which dates nothing, are left out.

    Raises:
        InvalidValueError: A column or a year type there is not, a cell that is no figure.
        PeriodError: A label that the table is not known to use.

    Source: the tool's published data.
    """
    door = Backend(frame)
    _having(door, _LAIT)
    measure, label, area, value = _LAIT
    for name in measures:
        if name not in year_types:
            raise InvalidValueError(
                "from_lait: year_types", None, f"a year type for {name!r}", nearest(name, year_types)
            )
    columns = {measure: "indicator", label: "label", area: "place", value: "cell"}
    figures = door.figures.select(*(nw.col(column).alias(name) for column, name in columns.items()))
    figures = figures.filter(nw.col("indicator").is_in(list(measures)) & (nw.col("label") != "0"))
    figures = figures.join(
        door.table(LookupTable({"place": str, "area": str}, list(areas.items()))), on="place", how="inner"
    )

    def read(name: str, label: str) -> tuple[str | None, ...]:
        period, status = read_lait(label, year_types[name])
        revision = LAIT_REVISIONS.get(status or "")
        return measures[name], period.code, None if revision is None else revision.value

    dated = _dated(door, figures, ("indicator", "label"), read, {"measure": str, "period": str, "revision": str})
    found = _read(door, dated, {**ABSENCE_SYMBOLS, **_MISSING})
    return door.back(found.select("measure", "period", "area", "value", "absence", "revision"))


def _having(door: Backend, names: Iterable[str]) -> list[str]:
    there = list(door.figures.collect_schema())
    for name in names:
        if name not in there:
            raise InvalidValueError("frame", there, f"a frame with a column {name!r}", nearest(name, there))
    return there


def _code_of_level(door: Backend, there: list[str]) -> Any:
    """The column of a place's code, by the level of the row."""
    levels = [row["geographic_level"] for row in door.rows(door.figures.select("geographic_level").unique())]
    chain: Any = nw
    for level in levels:
        column = _PLACES.get(str(level).casefold())
        if column not in there:
            allowed = ", ".join(f"{known} with a column {code}" for known, code in _PLACES.items())
            raise InvalidValueError("geographic_level", level, allowed, "leave its rows out, or say area=…")
        chain = chain.when(nw.col("geographic_level") == level).then(nw.col(column))
    return nw.lit("") if chain is nw else chain


def _dated(
    door: Backend,
    figures: Lazy,
    labels: tuple[str, str],
    read: Callable[[str, str], tuple[str | None, ...]],
    columns: dict[str, type],
) -> Lazy:
    """With what each pair of labels means: a few hundred of them, whatever the number of rows."""
    pairs = door.rows(figures.select(*labels).unique())
    one, other = labels
    rows = [(row[one], row[other], *read(row[one], row[other])) for row in pairs]
    return figures.join(door.table(LookupTable({one: str, other: str, **columns}, rows)), on=list(labels), how="inner")


def _read(door: Backend, figures: Lazy, symbols: Mapping[str, Absence]) -> Lazy:
    """With the figure of each cell, or the reason for its absence."""
    cell = nw.col("cell").fill_null("")
    words = {**symbols, **{absence.value: absence for absence in Absence}}
    absent = cell.is_in(list(words))
    stray = figures.filter(~absent & ~cell.str.contains(_NUMBER)).select("measure", "cell").head(1)
    found = door.rows(stray)
    if found:
        allowed = f"a number, or {', '.join(each for each in symbols if each)}"
        raise InvalidValueError(f"a figure of {found[0]['measure']}", found[0]["cell"], allowed)
    chain: Any = nw
    for meaning in Absence:
        said = [word for word, each in words.items() if each is meaning]
        chain = chain.when(cell.is_in(said)).then(nw.lit(meaning.value))
    number = nw.when(~absent).then(cell).cast(nw.Float64)
    reason = nw.when(absent).then(chain.otherwise(nw.lit(None, nw.String)))
    return figures.with_columns(number.alias("value"), reason.alias("absence"))
