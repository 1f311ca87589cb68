"""Whether a large table is wholly in order.

The engine finds the few distinct texts of each column and whatever is not plain; what a text says is asked of
the readers that every table is read by. What is not wholly in order is left to the reader that tells every
problem with its line: the size of a table changes how long an answer takes, and never the answer.
"""

from datetime import date
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from outcome_bees import frames
from outcome_bees.frames.door import Door
from outcome_bees.frames.known import read
from outcome_bees.frames.tables import Table
from outcome_bees.model.plan import Plan
from outcome_bees.serializers.layouts import NUMBERS, REFUSED, Column, OwnLayout
from outcome_bees.serializers.typed import as_text

__all__ = ["Vetted", "vetted"]

_PLAIN = r"^[+-]?[0-9]{1,13}(\.[0-9]{1,17})?$"  # what has more digits is read one by one, and may be refused
_FINITE = 1e15
_DISTINCT = 2**16  # more texts than these are no few, and are read one by one


@frozen
class Vetted:
    """Figures that are in order.

    Attributes:
        areas: The codes of the places that there are figures of.
        figures: The figures of the plan's measures as ``frames.evaluate`` takes them: a native lazy frame.
        parts: The columns of it that say the part of the population.
    """

    areas: tuple[str, ...]
    figures: Any
    parts: tuple[str, ...]


def vetted(raw: nw.LazyFrame[Any], layout: OwnLayout, plan: Plan, *, unknown_measures_ok: bool) -> Vetted | None:
    """The table with the columns of the contract; ``None``, or what a reader raises, where anything is wrong."""
    door, schema = Door(nw.to_native(raw)), raw.collect_schema()
    reading = layout.plan(list(schema))
    if isinstance(reading, list) or "value" not in schema:
        return None
    (columns,) = reading.figures
    said = {column.name: _said(door, raw, column) for column in columns if column.name not in NUMBERS}
    ids = {each.id: each for each in plan.measures}
    strange = [measure for measure in said["measure"].values() if measure not in ids]
    if (strange and not unknown_measures_ok) or door.rows(raw.filter(_wrong(schema)).select("measure", "area").head(1)):
        return None
    ours = raw.filter(nw.col("measure").is_in(list(ids)))
    if "unit" in said:
        for row in door.rows(ours.select("measure", "unit").unique()):
            given, own = said["unit"][as_text(row["unit"])], ids[row["measure"]].unit
            if given is not None and own is not None:
                given.factor(own)
    figures, parts = _as_contract(door, ours, schema, said)
    native = nw.to_native(figures)
    read(Door(native), plan.measures, parts, date.max, ("area",), distinct_ok=False)
    return Vetted(tuple(said["area"].values()), native, parts)


def _said(door: Door, raw: nw.LazyFrame[Any], column: Column) -> dict[str, Any]:
    """What each distinct text of a column says.

    Raises:
        ValueError: One that the column cannot have, or more than are few.
    """
    texts = {as_text(row[column.name]) for row in door.rows(raw.select(column.name).unique().head(_DISTINCT + 1))}
    if len(texts) > _DISTINCT or ("" in texts and column.blank is REFUSED):
        raise ValueError(column.name)
    return {text: column.read(text) if text else column.blank for text in sorted(texts)}


def _wrong(schema: Any) -> Any:
    """Whether a row's numbers are not plain, or do not go together."""
    there = {name: _there(name, schema) for name in (*NUMBERS, "absence") if name in schema}
    wrong = nw.lit(False)
    for name in NUMBERS:
        if name not in schema:
            continue
        cell = nw.col(name)
        plain = cell.str.contains(_PLAIN) if schema[name] == nw.String else cell.cast(nw.Float64).abs() < _FINITE
        wrong = wrong | (there[name] & ~plain)
    absent = there.get("absence", nw.lit(False))
    wrong = wrong | (there["value"] & absent) | (~there["value"] & ~absent)
    if "denominator" in schema:
        wrong = wrong | (there["denominator"] & ~(_number("denominator", schema) > 0))
    if "lower" in schema and "upper" in schema:
        ordered = _number("lower", schema) <= _number("upper", schema)
        wrong = wrong | (there["lower"] & there["upper"] & ~ordered)
    return wrong


def _there(name: str, schema: Any) -> Any:
    """Whether a cell holds anything."""
    filled = ~nw.col(name).is_null()
    return filled & (nw.col(name) != "") if schema[name] == nw.String else filled


def _number(name: str, schema: Any) -> Any:
    plain = nw.col(name).str.contains(_PLAIN) if schema[name] == nw.String else ~nw.col(name).is_null()
    return nw.when(plain).then(nw.col(name)).cast(nw.Float64)


def _as_contract(
    door: Door, frame: nw.LazyFrame[Any], schema: Any, said: dict[str, dict[str, Any]]
) -> tuple[nw.LazyFrame[Any], tuple[str, ...]]:
    """The columns of ``frames.FIGURES``, and one for each name in a breakdown."""
    parts = tuple(dict.fromkeys(key for each in said.get("breakdown", {}).values() for key in each))
    taken = {each.name for each in (*frames.FIGURES, *frames.RESULTS)} & set(parts)
    if taken:
        raise ValueError(f"no column of a part of the population can be named {taken}")
    columns = [nw.col(name).cast(nw.String).alias(name) for name in ("measure", "period", "area")]
    columns += [_number(name, schema).alias(name) for name in ("value", "numerator", "denominator") if name in schema]
    for name in ("absence", "unit", "revision"):
        if name in said:
            columns.append(_worded(name, said[name]))
    if "recorded" in said:
        day = nw.col("recorded")
        if schema["recorded"] == nw.String:
            day = nw.when(day != "").then(day).str.to_date(format="%Y-%m-%d")
        columns.append(day.alias("recorded"))
    if not parts:
        return frame.select(*columns), parts
    text = nw.col("breakdown").cast(nw.String).fill_null("")
    table = [(key, *(each.get(part) for part in parts)) for key, each in said["breakdown"].items()]
    of_text = Table({"of_whom": str, **dict.fromkeys(parts, str)}, table)
    found = frame.select(*columns, text.alias("of_whom")).join(door.table(of_text), on="of_whom", how="inner")
    return found.drop("of_whom"), parts


def _worded(name: str, said: dict[str, Any]) -> Any:
    """A column of words, each as the library writes it."""
    chain: Any = nw
    for text, meaning in said.items():
        if meaning is not None:
            chain = chain.when(nw.col(name) == text).then(nw.lit(str(meaning)))
    nothing = nw.lit(None, nw.String)
    return (nothing if chain is nw else chain.otherwise(nothing)).alias(name)
