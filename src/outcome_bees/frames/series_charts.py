"""The control chart of every series of a table, as ``methods.xmr`` makes that of one.

Values are made whole numbers of their last decimal, so that sums and comparisons are as exact as there; of numbers with
many decimals as many are kept as 64 bits have room for. Runs are found by ranks: in a run of equal signs, place in the
series and place among its like go up together.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import floor, log10
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from outcome_bees.chance.arithmetic import whole_number
from outcome_bees.frames._other_codes import with_other_codes
from outcome_bees.frames.backend import Backend, Lazy, LookupTable
from outcome_bees.frames.coding import SERIES_CODE
from outcome_bees.frames.contract import as_given
from outcome_bees.frames.known import KnownObservations, known_observations
from outcome_bees.frames.series_trends import measures_in, question_about
from outcome_bees.methods.spc import LEAST_OF_SERIES, SpecialCause, signal_of_mark
from outcome_bees.model.measure import Measure
from outcome_bees.model.plan import Plan
from outcome_bees.vocabulary import NoAnswer

if TYPE_CHECKING:
    from narwhals.stable.v2.typing import IntoFrameT

__all__ = ["xmr"]

_SHIFT = 7
_FINEST = 9
_ROOM = 5.7e15  # for a number times the square of how many there are: see ``_decimals``
_ORDER = (SpecialCause.BEYOND_LIMITS, SpecialCause.TREND, SpecialCause.TWO_OF_THREE, SpecialCause.SHIFT)
_REASONS = {reason: at for at, reason in enumerate(NoAnswer)}
_NONE = len(_REASONS)


def xmr(
    plan: Plan | Iterable[Measure],
    frame: "IntoFrameT",
    *,
    as_of: date | str,
    by: Sequence[str] = ("area",),
    breakdown: Sequence[str] = (),
    least: int = LEAST_OF_SERIES,
    trend_points: int = 7,
    screen_outliers: bool = True,
    distinct_ok: bool = False,
) -> "IntoFrameT":
    """Make the control chart of every series of a table: limits, and what is special about each point.

    A place is its ground: of periods for which a code has no figure, those under another code of the same ground are
    taken, as ``Observations.series`` does.

    Args:
        plan: The plan, or the measures, that the figures are of; limits start again at a measure's breaks.
        frame: The figures, as ``frames.evaluate`` takes them. Of a lazy frame of Polars, a DuckDB relation or a frame
            of Spark the points are worked out at once, though the answer is as lazy as the frame: a chart joins its
            points with themselves, and a plan of all of it would go through the figures again for each such join.
        as_of: The day whose knowledge counts, as a date or its text.
        by: The column of places, and any further ones that divide the figures.
        breakdown: The columns of the part of the population that a figure is of; null there is all of it.
        least: How many values limits are made of at least.
        trend_points: How many points up, or down, are a trend: 6 or 7.
        screen_outliers: Whether moving ranges from 3.267 times their mean are left out of it, once.
        distinct_ok: Whether the caller vouches that no two rows are of one series, period and vintage.

    Returns:
        A frame of the sort given, with a row for every figure: ``measure``, ``period``, the columns of the part and of
        ``by``, ``value``, ``mean``, ``lower``, ``upper``, ``near_lower``, ``near_upper``, a column for each rule of
        ``methods.SpecialCause`` (1 where it fired upward, -1 downward, 0 where it did not), ``cause`` (the one by
        priority), ``signal``, and ``reason`` where there are no limits.

    Raises:
        InvalidValueError: A column is missing, or holds what is not allowed there; a setting out of bounds.
        AmbiguousObservationError: Two figures with nothing to tell which holds.
    """
    measures = {each.id: each for each in measures_in(plan)}
    whole_number(trend_points, "trend_points", "6 or 7", least=6, most=7)
    whole_number(least, "least", "a whole number from 1", least=1)
    lines, words = ("mean", "lower", "upper", "near_lower", "near_upper"), ("cause", "signal", "reason")
    made = (*lines, *map(str, _ORDER), *words)
    question = question_about(tuple(measures.values()), breakdown, by, as_of, made, distinct_ok=distinct_ok)
    backend = Backend(frame, question.kinds)
    known = with_other_codes(backend, known_observations(backend, question))
    rows = _in_time(backend, known, measures)
    series = ["measure", *known.parts, *known.by]
    rows = _segments(backend, rows, series, least=least, screen=screen_outliers)
    rows = _marks(backend, rows, [*series, "stretch"], trend_points)
    charts: IntoFrameT = backend.back(
        _named(backend, rows, measures).select(
            "measure",
            "period",
            *(nw.col(name).alias(as_given(name)) for name in (*known.parts, *known.by)),
            "value",
            *made,
        )
    )
    return charts


def _in_time(backend: Backend, known: KnownObservations, measures: Mapping[str, Measure]) -> Lazy:
    """Return the figures with their place in time, the segment of their series, and their value as a whole number."""
    periods = sorted({each for seen in known.seen.values() for each in seen}, key=lambda each: (each.end, each.code))
    place = {period: at for at, period in enumerate(periods)}
    rows: list[tuple[str | int, ...]] = []
    for (id, part), seen in known.seen.items():
        for period in seen:
            breaks = sum(each <= period.end for each in measures[id].breaks)
            facts = (place[period], period.end.toordinal(), breaks)
            if known.coding is None:
                rows.append((id, *part, period.code, *facts))
            else:
                rows.append((known.coding.number(id, period.code, *part), period.code, *part, *facts))
    parts = dict.fromkeys(known.parts, str)
    named = (
        {"measure": str, **parts, "period": str} if known.coding is None else {SERIES_CODE: int, "period": str, **parts}
    )
    table = LookupTable.of({**named, "at": int, "ended": int, "stretch": int}, rows)
    keys = ["measure", *known.parts, "period"] if known.coding is None else [SERIES_CODE]
    frame = known.frame.join(backend.table(table), on=keys, how="inner")
    value = nw.col("value").fill_null(0.0)
    decimals: Any = nw
    for digits in range(_FINEST):
        decimals = decimals.when(value.round(digits) == value).then(digits)
    made = frame.with_columns(decimals.otherwise(_FINEST).alias("finest"), value.abs().alias("size"))
    units = []
    for row in backend.rows(made.group_by("measure").agg(nw.col("finest").max(), nw.col("size").max())):
        longest = max(len(seen) for (id, _), seen in known.seen.items() if id == row["measure"])
        units.append((row["measure"], 10.0 ** _decimals(row["finest"], row["size"], longest)))
    frame = frame.join(backend.table(LookupTable.of({"measure": str, "unit": float}, units)), on="measure", how="inner")
    there = ~nw.col("value").is_null()
    return frame.with_columns(
        nw.when(there).then(1).otherwise(0).cast(nw.Int64).alias("there"),
        (value * nw.col("unit")).round(0).cast(nw.Int64).alias("v"),
    )


def _decimals(finest: int, size: float, points: int) -> int:
    """Return how many decimals numbers may be made whole with, so that no product is beyond 64 bits.

    The largest is that of a limit: 798 by the points by the sum of their steps, of which each may be twice a number.

    Args:
        finest: How many they have.
        size: The largest of them, whatever its sign.
        points: How many there are of a series at most.
    """
    return min(finest, floor(log10(_ROOM / (max(size, 1) * max(points, 5) ** 2))))


def _segments(backend: Backend, rows: Lazy, series: Sequence[str], *, least: int, screen: bool) -> Lazy:
    """Return the rows with the sums of their segment, and why it has no limits."""
    col, keys = nw.col, [*series, "stretch"]
    rows = backend.with_ranks(rows, "at", keys, position=False).with_columns(nw.lit(1).cast(nw.Int64).alias("one"))
    rows = backend.worked_out(rows)
    present = rows.filter(col("there") == 1)
    before = present.select(*keys, (col("position") + 1).alias("position"), col("v").alias("v0"))
    rows = rows.join(before, on=[*keys, "position"], how="left")
    pair = (col("there") == 1) & ~col("v0").is_null()
    rows = rows.with_columns(
        nw.when(pair).then(1).otherwise(0).cast(nw.Int64).alias("pair"),
        nw.when(pair).then((col("v") - col("v0")).abs()).otherwise(0).cast(nw.Int64).alias("range"),
        _sign(col("v"), col("v0"), 0, pair).alias("step"),
    )
    sums = rows.group_by(*keys).agg(
        col("there").sum().alias("used"),
        (col("v")).sum().alias("total"),
        col("pair").sum().alias("pairs"),
        col("range").sum().alias("ranges"),
    )
    rows = rows.join(sums, on=keys, how="inner")
    rows = backend.worked_out(rows)
    kept = (
        (col("pair") == 1) & (col("range") * 1000 * col("pairs") < col("ranges") * 3267) if screen else col("pair") == 1
    )
    rows = rows.with_columns(nw.when(kept).then(1).otherwise(0).cast(nw.Int64).alias("kept"))
    rows = rows.with_columns((col("kept") * col("range")).alias("kept_range"))
    steps = rows.group_by(*keys).agg(col("kept").sum().alias("m"), col("kept_range").sum().alias("s"))
    rows = rows.join(steps, on=keys, how="inner")
    ends = rows.group_by(*series, "ended").agg(col("one").sum().alias("together"))
    shared = ends.group_by(*series).agg(col("together").max().alias("together"))
    rows = rows.join(shared, on=list(series), how="inner")
    reason = (
        nw.when(col("together") > 1)
        .then(_REASONS[NoAnswer.OVERLAPPING_PERIODS])
        .when(col("used") == 0)
        .then(_REASONS[NoAnswer.NO_DATA])
        .when((col("used") < least) | (col("pairs") == 0))
        .then(_REASONS[NoAnswer.TOO_FEW_POINTS])
        .when(col("s") == 0)
        .then(_REASONS[NoAnswer.NO_VARIATION])
        .otherwise(_NONE)
    )
    return rows.with_columns(reason.cast(nw.Int64).alias("why"))


def _marks(backend: Backend, rows: Lazy, keys: Sequence[str], trend_points: int) -> Lazy:
    """Return the rows with what each rule says of each point: 1 upward, -1 downward, 0 nothing."""
    col = nw.col
    rows = backend.worked_out(rows)
    good = rows.filter(col("why") == _NONE)
    # Times 300 n m all of these are whole: see ``methods.spc``.
    here, mean = col("v") * (col("used") * col("m") * 300), col("total") * (col("m") * 300)
    reach, near = col("s") * (col("used") * 798), col("s") * (col("used") * 532)
    present = col("there") == 1
    side, out = _sign(here, mean, 0, present), _sign(here, mean, reach, present)
    good = good.with_columns(side.alias("side"), out.alias("out"), _sign(here, mean, near, present).alias("beyond"))
    good = good.with_columns(nw.when(col("out") == 0).then(col("beyond")).otherwise(0).cast(nw.Int64).alias("close"))
    good = _with_runs(backend, good, keys, "side", _SHIFT, "shift")
    good = _with_runs(backend, good, keys, "step", trend_points - 1, "rise")
    good = backend.worked_out(good)
    near_by = good
    for by in (1, 2, -1, -2):
        carried = ("side", "close", "rise") if by == 1 else ("side", "close")
        there = (col("position") - by).alias("position")
        beside = good.select(*keys, there, *(col(name).alias(f"{name}{by}") for name in carried))
        near_by = near_by.join(beside, on=[*keys, "position"], how="left")
    good = near_by
    rise = nw.when(col("rise1").fill_null(0) != 0).then(col("rise1")).otherwise(col("rise"))
    two = (col("close") != 0) & (_window(-2, -1, 0) | _window(-1, 0, 1) | _window(0, 1, 2))
    good = good.with_columns(
        col("out").alias(str(SpecialCause.BEYOND_LIMITS)),
        rise.cast(nw.Int64).alias(str(SpecialCause.TREND)),
        nw.when(two).then(col("close")).otherwise(0).cast(nw.Int64).alias(str(SpecialCause.TWO_OF_THREE)),
        col("shift").alias(str(SpecialCause.SHIFT)),
    )
    names = [str(each) for each in _ORDER]
    found = good.select(*keys, "position", *names)
    rows = rows.join(found, on=[*keys, "position"], how="left")
    return rows.with_columns(*(col(name).fill_null(0).cast(nw.Int64) for name in names))


def _sign(number: Any, line: Any, reach: Any, present: Any) -> Any:
    """Return on which side of a line a number lies: 1 above its reach, -1 below, 0 within, at its end, or missing."""
    return (
        nw.when(present & (number - line > reach))
        .then(1)
        .when(present & (line - number > reach))
        .then(-1)
        .otherwise(0)
        .cast(nw.Int64)
    )


def _with_runs(backend: Backend, rows: Lazy, keys: Sequence[str], signs: str, least: int, name: str) -> Lazy:
    """Return the rows, and the sign of those in a run of so many equal ones; else 0."""
    col = nw.col
    rows = backend.with_ranks(rows, "position", [*keys, signs], alike=False)
    rows = rows.with_columns((col("position") - col("alike")).alias("run"))
    runs = rows.group_by(*keys, signs, "run").agg(col("one").sum().alias("long"))
    rows = rows.join(runs, on=[*keys, signs, "run"], how="inner")
    marked = nw.when(col("long") >= least).then(col(signs)).otherwise(0).cast(nw.Int64)
    return rows.with_columns(marked.alias(name)).drop("alike", "run", "long")


def _window(*places: int) -> Any:
    """Return whether three successive points lie on one side of the mean, and two of them near a limit."""
    first, second, third = (_beside("side", place) for place in places)
    near: Any = sum(_beside("close", place).abs() for place in places)
    return (first == second) & (second == third) & (first != 0) & (near >= 2)


def _beside(name: str, place: int) -> Any:
    return nw.col(name) if place == 0 else nw.col(f"{name}{place}").fill_null(0)


def _named(backend: Backend, rows: Lazy, measures: Mapping[str, Measure]) -> Lazy:
    """Return the rows with their lines as numbers, and their marks in words."""
    col = nw.col
    good = col("why") == _NONE
    mean = nw.when(col("used") > 0).then(col("total") / (col("used") * col("unit"))).otherwise(None)
    steps = nw.when(good).then(col("s") / (col("m") * col("unit"))).otherwise(None)
    rows = rows.with_columns(mean.alias("mean"), steps.alias("steps"))
    chain: Any = nw
    mark: Any = nw
    for at, each in enumerate(_ORDER):
        chain = chain.when(col(str(each)) != 0).then(at)
        mark = mark.when(col(str(each)) != 0).then(col(str(each)))
    rows = rows.with_columns(
        *(
            (col("mean") + col("steps") * by).alias(name)
            for name, by in (("lower", -2.66), ("upper", 2.66), ("near_lower", -5.32 / 3), ("near_upper", 5.32 / 3))
        ),
        nw.when(good).then(chain.otherwise(_NONE)).otherwise(_NONE).cast(nw.Int64).alias("fired"),
        nw.when(good).then(mark.otherwise(0)).otherwise(_NONE).cast(nw.Int64).alias("mark"),
    )
    causes = LookupTable.of({"fired": int, "cause": str}, [(at, str(each)) for at, each in enumerate(_ORDER)])
    signals = [
        (id, mark, str(signal_of_mark(each.direction, mark))) for id, each in measures.items() for mark in (-1, 0, 1)
    ]
    reasons = LookupTable.of({"why": int, "reason": str}, [(at, str(each)) for each, at in _REASONS.items()])
    rows = rows.join(backend.table(causes), on="fired", how="left").join(backend.table(reasons), on="why", how="left")
    table = LookupTable.of({"measure": str, "mark": int, "signal": str}, signals)
    return rows.join(backend.table(table), on=["measure", "mark"], how="left")
