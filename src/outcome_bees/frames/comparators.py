"""Comparators: the value of the others in the same period, and the rank of a place among others."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from outcome_bees.evaluation.edges import better_sign
from outcome_bees.evaluation.references import EITHER, ONE_TIER, peer_group, peer_groups
from outcome_bees.evaluation.rules import guard_of
from outcome_bees.evaluation.select import year_before
from outcome_bees.frames._outcome_codes import REASONS
from outcome_bees.frames.backend import Backend, Lazy, LookupTable, LookupValue
from outcome_bees.frames.known import KnownObservations
from outcome_bees.frames.plan_tables import PlanTables, Task
from outcome_bees.frames.task_rules import BEYOND_GUARD
from outcome_bees.model.aims import Beat, Comparator, Rank
from outcome_bees.model.plan import Plan
from outcome_bees.periods import Period
from outcome_bees.vocabulary import HIDING, ComparatorMethod, Reason

__all__ = ["add_comparators"]

_RANKED = {"t": int, "best": int}
_PEERS: dict[str, type] = {"area": str, "level": str, **dict.fromkeys(ONE_TIER, int)}


@frozen
class _Pool:
    """What the others are found in: an engine, its observations, and a plan as tables.

    Attributes:
        backend: The engine.
        known: The observations.
        tables: The plan.
        comparators: Its comparators, by id.
        by: The columns that divide the observations.
        lent: The figures of other codes of the same ground, as those of the places that have none themselves.
    """

    backend: Backend
    known: KnownObservations
    tables: PlanTables
    comparators: Mapping[str, Comparator]
    by: Sequence[str]
    lent: Lazy | None = None

    @property
    def further(self) -> list[str]:
        """The columns beside the area that divide the observations."""
        return [name for name in self.by if name != "area"]


def add_comparators(
    backend: Backend,
    known: KnownObservations,
    lent: Lazy | None,
    tables: PlanTables,
    plan: Plan,
    by: Sequence[str],
    chosen: Lazy,
) -> Lazy:
    """Return the rows with ``theirs``, the comparator's value, and ``standing``, the rank among so many ``ranked``.

    Where the policy asks for it, also with ``last_standing`` and ``last_ranked``, those of the same period last year.
    """
    pool = _Pool(backend, known, tables, {each.id: each for each in plan.comparators}, by, lent)
    beating = [each for each in tables.tasks if each.target and isinstance(each.target.aim, Beat)]
    if beating:
        chosen = chosen.join(_values(pool, beating), on=["t", "best", *pool.further], how="left")
    ranked = [each for each in tables.tasks if each.target and isinstance(each.target.aim, Rank)]
    if ranked:
        places = _ranks(pool, ranked, chosen)
        if tables.policy.near_if_not_worse:
            then = _ranks(pool, ranked, chosen.with_columns(value=nw.col("last")), year_before)
            certain = nw.when(nw.col("hidden") == 0.0).then(nw.col("ranked"))
            then = then.with_columns(certain.alias("ranked")).drop("hidden")
            then = then.rename({"standing": "last_standing", "ranked": "last_ranked"})
            chosen = chosen.join(then, on=["t", "best", *by], how="left")
        chosen = chosen.join(places, on=["t", "best", *by], how="left")
    return chosen


def _figures_of(
    pool: _Pool,
    tasks: Sequence[Task],
    areas: Mapping[int, tuple[str, ...]],
    compared: Callable[[Period], Period | None] | None = None,
    *,
    other_codes: bool,
) -> Lazy:
    """Return the figures of every period that may decide, for some tasks: of the places named, or of all of them.

    Args:
        other_codes: Whether those of other codes of the same ground replace what a place itself has not.
        compared: The period whose figures are wanted instead of those of a period that may decide.
    """
    tables = pool.tables
    types = {**tables.keys, **_RANKED, **({"area": str} if areas else {})}

    def rows() -> Iterator[tuple[LookupValue, ...]]:
        for task in tasks:
            ranked = ((compared(period) if compared else period, rank) for period, rank in tables.ranks(task).items())
            asked = [(period, rank) for period, rank in ranked if period is not None]
            keys = tables.keys_of(task, [period.code for period, _ in asked])
            for (_, rank), *key in zip(asked, *(keys[name] for name in tables.keys), strict=True):
                row = (*key, task.number, rank)
                yield from ((*row, area) for area in areas[task.number]) if areas else (row,)

    on = [*tables.keys, *(["area"] if areas else [])]
    wanted = pool.backend.table(LookupTable.of(types, rows()))
    found = pool.known.frame.join(wanted, on=on, how="inner")
    if other_codes and pool.lent is not None:
        lent = pool.lent.join(wanted, on=on, how="inner")
        found = nw.concat([found, lent.select(*found.collect_schema())])
    return found


def _values(pool: _Pool, tasks: Sequence[Task]) -> Lazy:
    """Return the one value of the others for each period, where no part of it is missing."""
    col = nw.col
    against = {task.number: pool.comparators[_beaten(task)] for task in tasks}
    found = _figures_of(pool, tasks, {number: each.areas for number, each in against.items()}, other_codes=True)
    methods = {each.method for each in against.values()}
    whole: Any = col("value").is_null()
    made = [col("value").max().alias("highest"), col("one").sum().alias("values")]
    group = ["t", "best", *pool.further]
    if pooling := ComparatorMethod.POOLED in methods and {"numerator", "denominator"} <= set(found.collect_schema()):
        gone = whole | col("numerator").is_null() | col("denominator").is_null()
        found = found.with_columns(nw.when(gone).then(0).otherwise(1).alias("pooled"))
        made += [col(name).sum() for name in ("pooled", "numerator", "denominator")]
    found = found.with_columns(nw.when(whole).then(0).otherwise(1).alias("one"))
    middle = _middle(pool.backend, found.filter(~whole), group) if ComparatorMethod.MEDIAN in methods else None
    found = found.group_by(*group).agg(*made)
    if middle is not None:
        found = found.join(middle, on=group, how="left")
    rows: list[tuple[LookupValue, ...]] = []
    for task in tasks:
        comparator, unit = against[task.number], task.measure.unit
        factor = None if unit is None else unit.whole
        above, below = (0.0, 1.0) if factor is None else (float(factor.numerator), float(factor.denominator))
        made_by = list(ComparatorMethod).index(comparator.method)
        never = comparator.method is ComparatorMethod.POOLED and (factor is None or not pooling)
        rows.append((task.number, -1 if never else len(comparator.areas), made_by, above, below))
    types = {"t": int, "areas": int, "method": int, "above": float, "below": float}
    found = found.join(pool.backend.table(LookupTable.of(types, rows)), on="t", how="inner")
    value: Any = nw
    for at, method in enumerate(ComparatorMethod):
        if method is ComparatorMethod.MEDIAN and method in methods:
            value = value.when((col("method") == at) & (col("values") == col("areas"))).then(col("middle"))
        elif method is ComparatorMethod.POOLED and pooling:
            share = (col("numerator") * col("above")) / (col("denominator") * col("below"))
            value = value.when((col("method") == at) & (col("pooled") == col("areas"))).then(share)
        else:
            value = value.when((col("method") == at) & (col("values") == col("areas"))).then(col("highest"))
    return found.with_columns(value.alias("theirs")).select(*group, "theirs")


def _middle(backend: Backend, values: Lazy, group: Sequence[str]) -> Lazy:
    """Return the middle value of each group, or the mean of the two in the middle."""
    col = nw.col
    placed = backend.with_ranks(values.select(*group, "value"), "value", group, at=False)
    placed = backend.with_sums(placed.with_columns(nw.lit(1).alias("one")), group, count="one")
    # 0 in the very middle, else 1 to either side.
    from_middle = col("at").cast(nw.Int64) * 2 - col("count").cast(nw.Int64) - 1
    return (
        placed.filter((from_middle >= -1) & (from_middle <= 1))
        .group_by(*group)
        .agg(col("value").mean().alias("middle"))
    )


def _beaten(task: Task) -> str:
    assert task.target is not None, "only a target has a comparator"
    assert isinstance(task.target.aim, Beat), "and only one that is to beat them"
    return task.target.aim.comparator


def _among(task: Task) -> str | None:
    assert task.target is not None, "only a target ranks"
    assert isinstance(task.target.aim, Rank), "and only one that is a rank"
    return task.target.aim.among


def _ranks(
    pool: _Pool,
    tasks: Sequence[Task],
    chosen: Lazy,
    compared: Callable[[Period], Period | None] | None = None,
) -> Lazy:
    """Return the rank of every figure among those compared, and how many they are.

    As ``place_among`` has it, an area's rank is one more than there are areas better by more than the guard. A figure
    that is not known may be better too: ``standing`` is the worst that the place can be, ``hidden`` by how much less it
    may be.
    How many are at or below a number is its rank among them; figures and the numbers that are looked up are
    ranked together, and those looked up taken off again.
    """
    backend = pool.backend
    col = nw.col
    group = ["t", "best", *pool.further]
    signs = {task.number: better_sign(task.measure) for task in tasks}
    members = {task.number: pool.comparators[among].areas for task in tasks if (among := _among(task)) is not None}
    whole = [task for task in tasks if task.number not in members]
    parts = [task for task in tasks if task.number in members]
    rows = [
        (task.number, float(signs[task.number]), float(guard_of(task.measure)) * BEYOND_GUARD, int(task in whole))
        for task in tasks
    ]
    facts = backend.table(LookupTable.of({"t": int, "better": float, "reach": float, "leveled": int}, rows))
    kept = [*group, "area", "level", "x", *ONE_TIER]
    places = _places(backend)
    against = backend.table(LookupTable.of(_PEERS, [row for area in places for row in _groups_against(area)]))
    in_group = backend.table(LookupTable.of({"area": str, "level": str}, [(area, peer_group(area)) for area in places]))
    no_tier = [nw.lit(0).cast(nw.Int64).alias(tier) for tier in ONE_TIER]

    def scored(frame: Lazy) -> Lazy:
        there = frame.filter(~col("value").is_null()).join(facts, on="t", how="inner")
        return there.with_columns((col("value") * col("better")).alias("x"))

    ranked, unknown = [], []
    if whole:
        found = _figures_of(pool, whole, {}, compared, other_codes=False)
        ranked.append(scored(found).join(against, on="area", how="inner").select(*kept))
        unknown.append(_not_known(found).join(against, on="area", how="inner").select(*group, "level"))
    if parts:  # in a group that is named all are of one sort
        found = _figures_of(pool, parts, members, compared, other_codes=False)
        named = scored(found).with_columns(nw.lit("").alias("level"), *no_tier)
        ranked.append(named.select(*kept))
        unknown.append(_not_known(found).with_columns(nw.lit("").alias("level")).select(*group, "level"))
    others, hidden = nw.concat(ranked), nw.concat(unknown)
    hidden = hidden.with_columns(nw.lit(1).alias("one")).group_by(*group, "level").agg(col("one").sum().alias("hidden"))
    own = scored(chosen).join(in_group, on="area", how="inner")
    level = nw.when(col("leveled") == 1).then(col("level")).otherwise(nw.lit(""))
    own = own.with_columns((col("x") + col("reach")).alias("x"), level.alias("level"), *no_tier).select(*kept)
    both = nw.concat([others.with_columns(nw.lit(1).alias("held")), own.with_columns(nw.lit(0).alias("held"))])
    peers = [*group, "level"]
    both = backend.with_ranks(both, "x", peers, at_or_below=True)
    both = backend.with_ranks(both, "x", [*peers, "held"], among_alike=True)
    both = backend.with_sums(both, peers, count="held", **{tier: tier for tier in ONE_TIER})
    own = both.filter(col("held") == 0)
    below = col("at_or_below").cast(nw.Int64) - col("among_alike").cast(nw.Int64)
    better = col("count") - below
    own = own.with_columns((better + 1).cast(nw.Float64).alias("standing"))
    inside = others.select(*peers, "area").with_columns(nw.lit(0).alias("outside"))
    own = own.join(inside, on=[*peers, "area"], how="left")
    own = own.join(hidden, on=peers, how="left").with_columns(col("hidden").fill_null(0))
    count = col("count") + col("outside").fill_null(1) + col("hidden")
    mixed = (col("level") == EITHER) & (col("upper") > 0) & (col("lower") > 0)
    return own.with_columns(
        nw.when(~mixed).then(count).cast(nw.Float64).alias("ranked"),
        (col("standing") + col("hidden")).cast(nw.Float64).alias("standing"),
        col("hidden").cast(nw.Float64).alias("hidden"),
    ).select(*group, "area", "standing", "ranked", "hidden")


_HIDING = sorted(REASONS[Reason(absence.value)] for absence in HIDING)


def _not_known(figures: Lazy) -> Lazy:
    """Return the figures that are there and not shown: what they would be ranked, nobody can say."""
    gone: Any = nw.col("value").is_null()
    if "absent" not in figures.collect_schema():
        return figures.head(0)  # a null alone is not available, and hides nothing
    return figures.filter(gone & nw.col("absent").is_in(_HIDING))


def _places(backend: Backend) -> list[str]:
    """Return every place that there are figures of."""
    area = nw.col("area").cast(nw.String).alias("area")
    return [row["area"] for row in backend.distinct(backend.figures.select(area), "area")]


def _groups_against(area: str) -> Iterator[tuple[str, str, int, int]]:
    """Yield the groups in which others are ranked against a place, and whether it is of one tier alone."""
    own = peer_group(area)
    for group in peer_groups(area):
        yield area, group, int(own == "upper"), int(own == "lower")
