"""The others that a figure is held against: comparators of the same period, and the places that are ranked."""

from collections.abc import Iterator, Sequence
from typing import Any

import narwhals.stable.v2 as nw

from outcome_bees.evaluation.edges import better_sign
from outcome_bees.evaluation.references import share_factor
from outcome_bees.evaluation.rules import guard_of
from outcome_bees.frames.compiled import Compiled, Task
from outcome_bees.frames.door import Door
from outcome_bees.frames.known import Figures, Lazy
from outcome_bees.frames.tables import Table, Value
from outcome_bees.identifiers import REGIONS, WHOLES
from outcome_bees.model.aims import Beat, Rank
from outcome_bees.model.comparator import Comparator
from outcome_bees.model.plan import Plan
from outcome_bees.vocabulary import ComparatorMethod

__all__ = ["with_others"]

_PLACE = {"t": int, "best": int}
_HAIR = 1.001  # as the rulebook moves an edge that is computed


def with_others(door: Door, figures: Figures, compiled: Compiled, plan: Plan, by: Sequence[str], chosen: Lazy) -> Lazy:
    """The rows with ``theirs``, the comparator's value, and ``standing`` among the places ``ranked``."""
    comparators = {each.id: each for each in plan.comparators}
    further = [name for name in by if name != "area"]
    held = [each for each in compiled.tasks if each.target and isinstance(each.target.aim, Beat)]
    if held:
        theirs = _theirs(door, figures, compiled, held, comparators, further)
        chosen = chosen.join(theirs, on=["t", "best", *further], how="left")
    ranked = [each for each in compiled.tasks if each.target and isinstance(each.target.aim, Rank)]
    if ranked:
        standings = _standings(door, figures, compiled, ranked, comparators, by, chosen)
        chosen = chosen.join(standings, on=["t", "best", *by], how="left")
    return chosen


def _figures_of(
    door: Door, figures: Figures, compiled: Compiled, tasks: Sequence[Task], areas: dict[int, tuple[str, ...]]
) -> Lazy:
    """The figures of every period that may decide, for some tasks: of the places named, or of all of them."""
    types = {**compiled.keys, **_PLACE, **({"area": str} if areas else {})}

    def rows() -> Iterator[dict[str, Value]]:
        for task in tasks:
            for period, rank in compiled.ranked(task).items():
                row = compiled.key(task, period) | {"t": task.number, "best": rank}
                yield from ({**row, "area": area} for area in areas.get(task.number, ("",)))

    on = [*compiled.keys, *(["area"] if areas else [])]
    return figures.frame.join(door.table(Table.of(types, rows())), on=on, how="inner")


def _theirs(
    door: Door,
    figures: Figures,
    compiled: Compiled,
    tasks: Sequence[Task],
    comparators: dict[str, Comparator],
    further: list[str],
) -> Lazy:
    """The one value of the others for each period, where no part of it is missing."""
    col = nw.col
    against = {task.number: comparators[_beaten(task)] for task in tasks}
    found = _figures_of(door, figures, compiled, tasks, {number: each.areas for number, each in against.items()})
    methods = {each.method for each in against.values()}
    whole: Any = col("value").is_null()
    made = [col("value").max().alias("highest"), col("one").sum().alias("values")]
    group = ["t", "best", *further]
    if pooling := ComparatorMethod.POOLED in methods and {"numerator", "denominator"} <= set(found.collect_schema()):
        gone = whole | col("numerator").is_null() | col("denominator").is_null()
        found = found.with_columns(nw.when(gone).then(0).otherwise(1).alias("pooled"))
        made += [col(name).sum() for name in ("pooled", "numerator", "denominator")]
    found = found.with_columns(nw.when(whole).then(0).otherwise(1).alias("one"))
    middle = _middle(door, found.filter(~whole), group) if ComparatorMethod.MEDIAN in methods else None
    found = found.group_by(*group).agg(*made)
    if middle is not None:
        found = found.join(middle, on=group, how="left")
    rows: list[tuple[Value, ...]] = []
    for task in tasks:
        comparator, unit = against[task.number], task.measure.unit
        factor = None if unit is None else share_factor(unit)
        above, below = (0.0, 1.0) if factor is None else (float(factor.numerator), float(factor.denominator))
        made_by = list(ComparatorMethod).index(comparator.method)
        never = comparator.method is ComparatorMethod.POOLED and (factor is None or not pooling)
        rows.append((task.number, -1 if never else len(comparator.areas), made_by, above, below))
    types = {"t": int, "areas": int, "method": int, "above": float, "below": float}
    found = found.join(door.table(Table(types, rows)), on="t", how="inner")
    value: Any = nw
    for at, method in enumerate(ComparatorMethod):
        if method is ComparatorMethod.MEDIAN and method in methods:
            value = value.when((col("method") == at) & (col("values") == col("areas"))).then(col("middle"))
        elif method is ComparatorMethod.POOLED and pooling:
            share = (col("numerator") * col("above")) / (col("denominator") * col("below"))
            value = value.when((col("method") == at) & (col("pooled") == col("areas"))).then(share)
        elif method is ComparatorMethod.PUBLISHED:
            value = value.when((col("method") == at) & (col("values") == col("areas"))).then(col("highest"))
    return found.with_columns(value.alias("theirs")).select("t", "best", *further, "theirs")


def _middle(door: Door, values: Lazy, group: Sequence[str]) -> Lazy:
    """The middle value of each group, or the mean of the two in the middle."""
    col = nw.col
    placed = door.places(values.select(*group, "value"), "value", group, at=False)
    placed = placed.with_columns(col("value").count().over(*group).alias("count"))
    from_middle = (
        col("at").cast(nw.Int64) * 2 - col("count").cast(nw.Int64) - 1
    )  # 0 in the very middle, else 1 to either side
    return (
        placed.filter((from_middle >= -1) & (from_middle <= 1))
        .group_by(*group)
        .agg(col("value").mean().alias("middle"))
    )


def _beaten(task: Task) -> str:
    assert task.target is not None, "only a target has others to beat"
    assert isinstance(task.target.aim, Beat), "and only one that is to beat them"
    return task.target.aim.comparator


def _among(task: Task) -> str | None:
    assert task.target is not None, "only a target ranks"
    assert isinstance(task.target.aim, Rank), "and only one that is a rank"
    return task.target.aim.among


def _standings(
    door: Door,
    figures: Figures,
    compiled: Compiled,
    tasks: Sequence[Task],
    comparators: dict[str, Comparator],
    by: Sequence[str],
    chosen: Lazy,
) -> Lazy:
    """The place of every figure among those ranked, and how many they are.

    As ``place_among`` says, an area's place is one more than there are areas better by more than the guard.
    How many are at or below a number is its rank among them; figures and the numbers that are looked up are
    ranked together, and those looked up taken off again.
    """
    col = nw.col
    group = ["t", "best", *(name for name in by if name != "area")]
    signs = {task.number: better_sign(task.measure) for task in tasks}
    members = {task.number: comparators[among].areas for task in tasks if (among := _among(task)) is not None}
    whole = [task for task in tasks if task.number not in members]
    parts = [task for task in tasks if task.number in members]
    rows = [
        (task.number, float(signs[task.number]), float(guard_of(task.measure)) * _HAIR, int(task in whole))
        for task in tasks
    ]
    facts = door.table(Table({"t": int, "better": float, "reach": float, "leveled": int}, rows))
    kept = [*group, "area", "level", "x"]

    def scored(frame: Lazy) -> Lazy:
        there = frame.filter(~col("value").is_null()).join(facts, on="t", how="inner")
        return there.with_columns((col("value") * col("better")).alias("x"), _level().alias("level"))

    ranked = [
        scored(_figures_of(door, figures, compiled, each, areas)).select(*kept)
        for each, areas in ((whole, {}), (parts, members))
        if each
    ]
    pool = ranked[0] if len(ranked) == 1 else nw.concat(ranked)
    own = scored(chosen.filter(col("best") > 0)).with_columns((col("x") + col("reach")).alias("x")).select(*kept)
    both = nw.concat([pool.with_columns(nw.lit(1).alias("held")), own.with_columns(nw.lit(0).alias("held"))])
    peers = [*group, "level"]
    both = door.places(door.places(both, "x", peers, at_or_below=True), "x", [*peers, "held"], among_alike=True)
    both = both.with_columns(col("held").sum().over(*peers).alias("count"))
    own = both.filter(col("held") == 0)
    below = col("at_or_below").cast(nw.Int64) - col("among_alike").cast(nw.Int64)
    better = col("count") - below
    own = own.with_columns((better + 1).cast(nw.Float64).alias("standing"))
    inside = pool.select(*group, "area").with_columns(nw.lit(0).alias("outside"))
    own = own.join(inside, on=[*group, "area"], how="left")
    count = col("count") + col("outside").fill_null(1)
    return own.with_columns(count.cast(nw.Float64).alias("ranked")).select(*group, "area", "standing", "ranked")


def _level() -> Any:
    """As ``area_level`` says: countries and regions are not ranked among authorities, unless a group says so."""
    begins = nw.col("area").str.slice(0, 3)
    level = nw.when(begins.is_in(list(WHOLES))).then(2).when(begins.is_in(list(REGIONS))).then(1).otherwise(0)
    return (level * nw.col("leveled")).cast(nw.Int64)
