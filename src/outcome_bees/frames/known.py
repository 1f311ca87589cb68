"""Which figures of a frame were known on a day: checked, in the measure's unit, one for each series and period."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from outcome_bees.errors import AmbiguousObservationError, InvalidValueError
from outcome_bees.frames.columns import check
from outcome_bees.frames.door import Door
from outcome_bees.frames.outcomes import NO_REASON, REASONS
from outcome_bees.frames.tables import Table
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import SETTLED
from outcome_bees.periods import Period
from outcome_bees.units import Unit
from outcome_bees.vocabulary import Absence, Reason, Revision

__all__ = ["Figures", "Lazy", "read"]

Lazy = nw.LazyFrame[Any]
_NUMBERS = ("value", "numerator", "denominator")
_SAID = ("unit", "absence", "revision")
_WRONG = {
    1: ("an infinity", "finite numbers; NaN is read as null"),
    2: ("a value and an absence in one row", "exactly one of them; zero is a figure"),
    3: ("null in a column of by, or in period", "every column of by filled, such as with 'total'"),
    4: ("a denominator that is not above zero", "numbers above zero, or null"),
}


@frozen
class Figures:
    """The figures of a frame, as far as they were known on a day.

    Attributes:
        frame: Columns measure, period, those of the part and of ``by``, value, where there is any cause
            ``absent`` (the place of the reason), numerator and denominator.
        seen: By measure and part, the periods that there are figures for.
        parts: The columns that say the part of the population.
    """

    frame: Lazy
    seen: Mapping[tuple[str, tuple[str, ...]], Sequence[Period]]
    parts: tuple[str, ...]


def read(
    door: Door,
    measures: Iterable[Measure],
    parts: Iterable[str],
    as_of: date,
    by: Sequence[str],
    *,
    distinct_ok: bool,
) -> Figures:
    """The figures that were known on a day.

    The frame is gone through once, to learn which periods, words and units there are and that nothing is wrong.

    Raises:
        InvalidValueError: A column is missing or of a wrong type, or a value cannot stand where it does.
        AmbiguousObservationError: Two figures of one series and period with nothing to tell which holds.
        UnitMismatchError: A figure's unit cannot be compared with its measure's.
        PeriodError: A text that is no period's code.
    """
    schema = door.figures.collect_schema()
    check(schema, by)
    of_id = {each.id: each for each in measures}
    part = tuple(sorted(name for name in set(parts) if name in schema and name not in by))
    frame = _normal(door.figures, schema, part, by)
    ours = nw.col("measure").is_in(list(of_id))  # looked for here; later on the joins leave other measures aside
    keys = ["measure", "period", *part]
    said = [name for name in _SAID if name in frame.collect_schema()]
    rows = door.rows(_profiled(frame.filter(ours), keys, said, by))
    _refuse(rows)
    vintages = "recorded" in schema or len({tuple(row[key] for key in keys) for row in rows}) < len(
        {tuple(row[key] for key in [*keys, "revision"]) for row in rows} if "revision" in said else ()
    )
    periods = {text: Period.from_code(text) for text in dict.fromkeys(row["period"] for row in rows)}
    if "unit" in said:
        frame = _converted(door, frame, rows, of_id)
    if vintages:
        frame = _dated(door, frame, periods)
    if not distinct_ok:
        _told_apart(door, frame.filter(ours), [*keys, *by, *(["stamp"] if vintages else [])])
    frame = _worded(frame, rows, said)
    if "revision" in said and any(row["revision"] == Revision.FORECAST for row in rows):
        frame = frame.filter(nw.col("revision") != Revision.FORECAST.value)
        rows = [row for row in rows if row["revision"] != Revision.FORECAST]
    if vintages:
        frame = frame.filter(nw.col("stamp") < _stamp(as_of) + 10)
        among = [*keys, *by]
        frame = door.highest(frame, "stamp", among, "latest").filter(nw.col("stamp") == nw.col("latest"))
    else:
        rows = [row for row in rows if periods[row["period"]].end <= as_of]
    seen: dict[tuple[str, tuple[str, ...]], dict[Period, None]] = {}
    for row in rows:
        series = (row["measure"], tuple(row[name] for name in part))
        seen.setdefault(series, {})[periods[row["period"]]] = None
    kept = [
        *keys,
        *by,
        "value",
        *(name for name in ("absent", *_NUMBERS[1:]) if name in frame.collect_schema()),
    ]
    return Figures(frame.select(*kept), {series: tuple(each) for series, each in seen.items()}, part)


def _normal(frame: Lazy, schema: Mapping[str, Any], part: Sequence[str], by: Sequence[str]) -> Lazy:
    """The columns of the contract alone: texts as text, numbers as floats, NaN as null."""
    columns = [nw.col("measure").cast(nw.String), nw.col("period").cast(nw.String)]
    columns += [nw.col(name).cast(nw.String).fill_null("") for name in part]
    columns += [nw.col(name).cast(nw.String) if name == "area" else nw.col(name) for name in by]
    columns += [nw.col(name).cast(nw.Float64).fill_nan(None) for name in _NUMBERS if name in schema]
    columns += [nw.col(name).cast(nw.String).fill_null("") for name in _SAID if name in schema]
    columns += [nw.col("recorded")] if "recorded" in schema else []
    return frame.select(*columns)


def _profiled(frame: Lazy, keys: list[str], said: list[str], by: Sequence[str]) -> Lazy:
    """Every combination of what few values say, and whether anything in its rows is wrong."""
    there = frame.collect_schema()
    numbers = [name for name in _NUMBERS if name in there]
    wrong: Any = nw
    for name in numbers:
        wrong = wrong.when(nw.col(name).abs() > 1.7e308).then(1)
    if "absence" in said:
        wrong = wrong.when(~nw.col("value").is_null() & (nw.col("absence") != "")).then(2)
    for name in ("period", *by):
        wrong = wrong.when(nw.col(name).is_null()).then(3)
    if "denominator" in there:
        wrong = wrong.when(nw.col("denominator") <= 0.0).then(4)
    return frame.with_columns(wrong.otherwise(0).alias("wrong")).group_by(*keys, *said).agg(nw.col("wrong").max())


def _refuse(rows: Sequence[Mapping[str, Any]]) -> None:
    for row in rows:
        if row["wrong"]:
            given, allowed = _WRONG[int(row["wrong"])]
            raise InvalidValueError(f"frame, measure {row['measure']}, {row['period']}", given, allowed)
        for name, words in (("absence", Absence), ("revision", Revision)):
            if row.get(name) and row[name] not in set(words):
                raise InvalidValueError(f"column {name!r}", row[name], ", ".join(words))


def _converted(door: Door, frame: Lazy, rows: Sequence[Mapping[str, Any]], of_id: Mapping[str, Measure]) -> Lazy:
    """The figures in their measures' units: one factor for each measure and unit."""
    factors = []
    for id, code in dict.fromkeys((row["measure"], row["unit"]) for row in rows):
        to = of_id[id].unit
        factor = Unit(code).factor(to) if code and to is not None else 1
        # Floats that a factor has touched are brought back to the decimals that they stand for.
        fineness = 10.0 ** (of_id[id].digits + 9)
        factors.append((id, code, float(factor.numerator), float(factor.denominator), fineness))
    if all(row[2] == row[3] for row in factors):
        return frame
    types = {"measure": str, "unit": str, "above": float, "below": float, "fineness": float}
    scaled = nw.col("value") * nw.col("above") / nw.col("below") * nw.col("fineness")
    exact = (scaled + 0.5).floor() / nw.col("fineness")
    changed = nw.when(nw.col("above") == nw.col("below")).then(nw.col("value")).otherwise(exact)
    return frame.join(door.table(Table(types, factors)), on=["measure", "unit"], how="inner").with_columns(
        changed.alias("value")
    )


def _stamp(day: date) -> int:
    return ((day.year * 100 + day.month) * 100 + day.day) * 10


def _dated(door: Door, frame: Lazy, periods: Mapping[str, Period]) -> Lazy:
    """With a number that orders the vintages of a figure: the day it became known, then how settled it is."""
    there = frame.collect_schema()
    ends = Table({"period": str, "ended": int}, [(text, _stamp(period.end)) for text, period in periods.items()])
    frame = frame.join(door.table(ends), on="period", how="inner")
    known = nw.col("ended")
    if "recorded" in there and there["recorded"] in (nw.Date, nw.Datetime):
        day = nw.col("recorded").dt
        stamp = ((day.year() * 100 + day.month()) * 100 + day.day()) * 10
        known = nw.when(nw.col("recorded").is_null()).then(nw.col("ended")).otherwise(stamp)
    if "revision" in there:
        settled: Any = nw
        for revision, place in SETTLED.items():
            if revision is not None:
                settled = settled.when(nw.col("revision") == revision.value).then(place)
        known = known + settled.otherwise(0)
    return frame.with_columns(known.cast(nw.Int64).alias("stamp"))


def _told_apart(door: Door, frame: Lazy, keys: list[str]) -> None:
    """That no two figures are of one series and period, with nothing to tell which holds."""
    twice = frame.select(*keys).with_columns(nw.lit(1).alias("figures")).group_by(*keys).agg(nw.col("figures").sum())
    found = door.rows(twice.filter(nw.col("figures") > 1).head(1))
    if found:
        said = ", ".join(f"{name} {value}" for name, value in found[0].items() if value != "" and name != "stamp")
        raise AmbiguousObservationError(
            f"{said} of one series and period, with nothing to tell which holds; give the day each was recorded,"
            " or its revision, or name in by the column that tells them apart"
        )


def _worded(frame: Lazy, rows: Sequence[Mapping[str, Any]], said: Sequence[str]) -> Lazy:
    """With the place of the reason for a figure's being absent, where any column says one."""
    absences = {row["absence"] for row in rows} - {""} if "absence" in said else set()
    withdrawn = "revision" in said and any(row["revision"] == Revision.WITHDRAWN for row in rows)
    if not absences and not withdrawn:
        return frame
    chain: Any = nw
    missing = REASONS[Reason.NOT_AVAILABLE]
    if withdrawn:
        gone = nw.col("revision") == Revision.WITHDRAWN.value
        frame = frame.with_columns(nw.when(~gone).then(nw.col("value")).alias("value"))
        chain = chain.when(gone).then(missing)
    for word in sorted(absences):
        chain = chain.when(nw.col("absence") == word).then(REASONS[Reason(word)])
    return frame.with_columns(
        chain.when(nw.col("value").is_null()).then(missing).otherwise(NO_REASON).cast(nw.Int64).alias("absent")
    )
