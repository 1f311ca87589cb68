"""The ends of a figure's interval as columns: closed formulas in the engine, the exact Poisson limits as a small table.

The formulas are those of ``chance.intervals``, in floats; which figure has one, and of which sort, is asked there.
"""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any

import narwhals.stable.v2 as nw

from outcome_bees.chance.distributions import confidence, poisson_limits
from outcome_bees.chance.intervals import BYAR_FROM, PUBLISHED_LEVEL
from outcome_bees.chance.no_answer import counts_events
from outcome_bees.exact import CONTEXT
from outcome_bees.frames.backend import Backend, Lazy, LookupTable
from outcome_bees.frames.plan_tables import PlanTables
from outcome_bees.model.aims import Complete, Rank
from outcome_bees.model.measure import Measure
from outcome_bees.vocabulary import MeasureKind, NoAnswer

__all__ = ["ENDS", "EVIDENCE", "limits_table", "reason_without_ends", "sort_of", "with_ends", "with_ends_of_tasks"]

EVIDENCE = ("numerator", "denominator", "published_low", "published_high")
"""The columns of figures that an interval is made of, beside the value."""

ENDS = ("low_end", "high_end")
"""The columns that are made of them."""

NO_INTERVAL, ONLY_PUBLISHED, PROPORTION, RATE, COUNT = range(5)
_KEY = 1_000_000  # counts below ten are found in the table by millionths: floats make poor keys


def sort_of(measure: Measure) -> int:
    """Return which interval a measure's figures have, but for those that are published with one."""
    if counts_events(measure):
        return COUNT
    if measure.unit is None or measure.unit.whole is None:
        return ONLY_PUBLISHED
    return {MeasureKind.PERCENTAGE: PROPORTION, MeasureKind.RATE: RATE}.get(measure.kind, ONLY_PUBLISHED)


def whole_of(measure: Measure) -> float:
    """Return what a whole is in a measure's unit; 1 where it is of no share."""
    whole = None if measure.unit is None else measure.unit.whole
    return 1.0 if whole is None else float(whole)


def limits_table(backend: Backend, figures: Lazy, measures: Iterable[Measure], level: Decimal | int) -> LookupTable:
    """Return the exact limits of every count below ten that the figures have.

    Args:
        backend: The engine.
        figures: The figures, with columns measure, value and, where there are any, numerator.
        measures: Their measures.
        level: The level of confidence, in per cent.
    """
    there = figures.collect_schema()
    sorts = [(measure.id, sort_of(measure)) for measure in measures]
    counts: set[int] = set()
    for sort, name in ((COUNT, "value"), (RATE, "numerator")):
        ids = [id for id, each in sorts if each == sort]
        if ids and name in there:
            few = figures.filter(nw.col("measure").is_in(ids) & (nw.col(name) < BYAR_FROM) & (nw.col(name) >= 0))
            counts.update(row["few"] for row in backend.distinct(few.select(_key(nw.col(name)).alias("few")), "few"))
    tail = confidence(level).tail
    rows = []
    for key in sorted(counts):
        lower, upper = poisson_limits(Decimal(key).scaleb(-6, CONTEXT), tail)
        rows.append((key, float(lower), float(upper)))
    return LookupTable.of({"few": int, "exact_low": float, "exact_high": float}, rows)


def _key(count: Any) -> Any:
    return (count.fill_null(-1.0) * _KEY).round(0).cast(nw.Int64)  # pandas casts no null


def with_ends(
    backend: Backend,
    frame: Lazy,
    measures: Sequence[tuple[str | int, Measure, bool]],
    key: str,
    exact: LookupTable,
    *,
    level: Decimal | int = PUBLISHED_LEVEL,
    names: Sequence[str] = ENDS,
) -> Lazy:
    """Return a frame with both ends of each figure's interval, in its measure's unit; null where it has none.

    Args:
        backend: The engine.
        frame: Rows with the value, the key, and those of ``EVIDENCE`` that there are.
        measures: For each key its measure, and whether figures with that key have intervals at all.
        key: The column that is joined by.
        exact: The exact limits of the counts below ten, from ``limits_table``.
        level: The level of confidence in per cent; published limits are taken to be of 95.
        names: What the two ends are called.
    """
    there = frame.collect_schema()
    rows = [
        (id, sort_of(measure) if asked else NO_INTERVAL, whole_of(measure), measure.digits)
        for id, measure, asked in measures
    ]
    types: dict[str, type] = {key: type(rows[0][0]) if rows else str, "sort": int, "whole": float, "finest": int}
    sorts = {row[1] for row in rows}
    frame = frame.join(backend.table(LookupTable.of(types, rows)), on=key, how="left")
    sort, value = nw.col("sort"), nw.col("value")
    counted = {"numerator", "denominator"} <= set(there)
    published = "published_low" in there
    shares = sorts & {PROPORTION, RATE} if counted else set()
    frame = _with_counts(frame, shares)
    if len(exact):
        few = _key(nw.when(nw.col("x") < BYAR_FROM).then(nw.col("x"))).alias("few")
        frame = frame.with_columns(few).join(backend.table(exact), on="few", how="left")
    low_count, high_count = _closed(shares, sorts, exact, level)
    frame = frame.with_columns(low_count.alias("low_count"), high_count.alias("high_count"))
    per = nw.when(sort == RATE).then(nw.col("whole") / nw.col("n")).when(sort == PROPORTION).then(nw.col("whole"))
    ends = [nw.col(name) * per.otherwise(1.0) for name in ("low_count", "high_count")]
    frame = frame.with_columns(*(each.alias(name) for each, name in zip(ends, names, strict=True)))
    low, high = (nw.col(name) for name in names)
    if shares:  # a figure that does not lie where its own counts say is of something else
        half = _half(value, sorted({row[3] for row in rows}))
        agrees = (sort == COUNT) | ((value >= low - half) & (value <= high + half))
        frame = frame.with_columns(*(nw.when(agrees).then(nw.col(name)).alias(name) for name in names))
    if published:
        given = (
            ~nw.col("published_low").is_null()
            & ~nw.col("published_high").is_null()
            & ~value.is_null()
            & (sort != NO_INTERVAL)
        )
        chosen = []
        for name, own in zip(names, ("published_low", "published_high"), strict=True):
            chosen.append(nw.when(given).then(nw.col(own)).otherwise(nw.col(name)).alias(name))
        if level == PUBLISHED_LEVEL:
            frame = frame.with_columns(*chosen)
    left = {"sort", "whole", "finest", "x", "n", "low_count", "high_count", "few", "exact_low", "exact_high"}
    return frame.drop(*sorted(left & set(frame.collect_schema())))


def with_ends_of_tasks(backend: Backend, figures: Lazy, tables: PlanTables, chosen: Lazy) -> Lazy:
    """Return the rows that tasks are judged by with the ends of their figures' intervals.

    A place among others has no interval, and chance has no part in whether something was done.
    """
    tasks: list[tuple[str | int, Measure, bool]] = []
    for each in tables.tasks:
        asked = each.target is not None and not isinstance(each.target.aim, Rank | Complete)
        tasks.append((each.number, each.measure, asked))
    exact = limits_table(
        backend, figures, {each.measure.id: each.measure for each in tables.tasks}.values(), PUBLISHED_LEVEL
    )
    return with_ends(backend, chosen, tasks, "t", exact)


def _with_counts(frame: Lazy, shares: Collection[int]) -> Lazy:
    """Return the frame with the count and the whole of each row that may have an interval; else null."""
    sort, value = nw.col("sort"), nw.col("value")
    x: Any = nw.when((sort == COUNT) & (value >= 0)).then(value)
    n: Any = nw.lit(1.0)
    if shares:
        numerator, denominator = nw.col("numerator"), nw.col("denominator")
        there = ~value.is_null() & (numerator >= 0) & ~denominator.is_null()
        x = x.when((sort == RATE) & there).then(numerator)
        x = x.when((sort == PROPORTION) & there & (numerator <= denominator)).then(numerator)
        n = denominator
    return frame.with_columns(x.alias("x"), n.alias("n"))


def _closed(
    shares: Collection[int], sorts: Collection[int], exact: LookupTable, level: Decimal | int
) -> tuple[Any, Any]:
    """Return both ends of the interval of a share, or of a count, by the closed formulas of ``chance.intervals``."""
    known = confidence(level)
    square, third, ninth = float(known.square), float(known.third), 1 / 9
    x, n, sort = nw.col("x"), nw.col("n"), nw.col("sort")
    low: Any = nw
    high: Any = nw
    if PROPORTION in shares:
        total = x + square / 2 + (x * (n - x) / n * square + square * square / 4).abs().sqrt()
        proportion = sort == PROPORTION
        low = low.when(proportion).then(x * x / (n * total))
        high = high.when(proportion & (x == n)).then(1.0).when(proportion).then(total / (n + square))
    if RATE in shares or COUNT in sorts:
        if len(exact):
            low = low.when(x < BYAR_FROM).then(nw.col("exact_low"))
            high = high.when(x < BYAR_FROM).then(nw.col("exact_high"))
        below = x - ninth - x.sqrt() * third
        above = x + 1 + (x + 1).sqrt() * third - ninth
        low = low.when(x >= BYAR_FROM).then(below * below * below / (x * x))
        high = high.when(x >= BYAR_FROM).then(above * above * above / ((x + 1) * (x + 1)))
    return (
        (nw.lit(None, nw.Float64()), nw.lit(None, nw.Float64()))
        if low is nw
        else (low.otherwise(None), high.otherwise(None))
    )


def _half(value: Any, digits: Sequence[int]) -> Any:
    """Return half of the last digit that a figure has: it was rounded by no more than that to be published."""
    chain: Any = nw
    for places in range(max(digits)):
        chain = chain.when((nw.col("finest") == places) | (value.round(places) == value)).then(0.5 * 10.0**-places)
    last = 0.5 * 10.0 ** -max(digits)
    return nw.lit(last) if chain is nw else chain.otherwise(last)


def reason_without_ends() -> Any:
    """Return why a figure that is there has no interval, as the place of the reason in ``NoAnswer``.

    Of a row with the ``sort_of`` its measure, numerator and denominator.
    """
    sort, x, n = nw.col("sort"), nw.col("numerator"), nw.col("denominator")
    place = {reason: at for at, reason in enumerate(NoAnswer)}
    return (
        nw.when(sort == COUNT)
        .then(place[NoAnswer.NEGATIVE_COUNT])
        .when(sort <= ONLY_PUBLISHED)
        .then(place[NoAnswer.NO_INTERVAL_FOR_KIND])
        .when(x.is_null())
        .then(place[NoAnswer.NO_NUMERATOR])
        .when(n.is_null())
        .then(place[NoAnswer.NO_DENOMINATOR])
        .when((sort == PROPORTION) & (x > n))
        .then(place[NoAnswer.NUMERATOR_ABOVE_DENOMINATOR])
        .when(x < 0)
        .then(place[NoAnswer.NEGATIVE_COUNT])
        .otherwise(place[NoAnswer.NUMBERS_DISAGREE])
    )
