"""Every target of a plan in every place of a table of figures."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import narwhals.stable.v2 as nw

from outcome_bees.errors import InvalidTypeError
from outcome_bees.evaluation.policy import STANDARD, Policy
from outcome_bees.frames.columns import RESULTS
from outcome_bees.frames.compiled import NOT_KNOWN, Compiled, tasks_of
from outcome_bees.frames.compounds import with_compounds
from outcome_bees.frames.door import Door
from outcome_bees.frames.judged import judged
from outcome_bees.frames.known import Figures, Lazy, read
from outcome_bees.frames.others import with_others
from outcome_bees.frames.tables import Table
from outcome_bees.model.fields import day
from outcome_bees.model.plan import Plan

__all__ = ["evaluate"]

_NEVER = 2**31 - 1  # above the place of every figure


def evaluate(
    plan: Plan,
    frame: Any,
    *,
    as_of: date,
    policy: Policy = STANDARD,
    by: Sequence[str] = ("area",),
    breakdown: Sequence[str] = (),
    history: bool = False,
    distinct_ok: bool = False,
) -> Any:
    """How every target of a plan stands in every place of a table of figures: what ``evaluate_plan`` says of each.

    Args:
        plan: The plan.
        frame: The figures: a pandas, Polars or Spark DataFrame, a Polars LazyFrame, a pyarrow Table or a
            DuckDB relation, with the columns of ``frames.FIGURES``. It is gone through at once to learn its
            periods and to check it; the evaluation itself stays lazy where the frame is.
        as_of: The day whose knowledge counts. There is no default.
        policy: What counts as met and as near.
        by: The column of places, and any further ones that divide the figures: each combination of those
            is evaluated by itself, with its own comparators and ranks.
        breakdown: The columns that say of which part of the population a figure is, such as ``sex``; null
            there is all of it. Those that a target's breakdown names need not be repeated.
        history: Whether every figure gets a row: how the target stood on the last day of its period, had
            all been known then that is known on ``as_of``. Milestones end with the figure that says they
            are done; compound measures, whose parts have periods of their own, are left out.
        distinct_ok: The caller's word that no two rows are of one series, period and vintage. The check
            takes about as long as the evaluation.

    Returns:
        A frame of the sort given, with the columns of ``frames.RESULTS``. Without ``history``, a row for
        every target, and every measure without one, in every combination of ``by`` that the figures have.
        The order of the rows is not said.

    Raises:
        InvalidValueError: A column is missing, or holds what cannot stand there.
        AmbiguousObservationError: Two figures with nothing to tell which holds.
        UnitMismatchError: A figure's unit cannot be compared with its measure's.
        PeriodError: A text that is no period's code.
    """
    if not isinstance(policy, Policy):
        raise InvalidTypeError("frames.evaluate: policy", policy, "a Policy")
    if not isinstance(plan, Plan):
        raise InvalidTypeError("frames.evaluate: plan", plan, "a Plan")
    door, as_of, by = Door(frame), day(as_of), by if isinstance(by, str) else tuple(by)
    parts = {*breakdown} | {name for target in plan.targets for name in target.breakdown}
    figures = read(door, plan.measures, parts, as_of, by, distinct_ok=distinct_ok)
    compiled = Compiled(tasks_of(plan), figures.seen, figures.parts, as_of, policy, history)
    chosen = _history(door, figures, compiled, by) if history else _latest(door, figures, compiled, by)
    chosen = with_others(door, figures, compiled, plan, by, chosen)
    if not history:
        chosen = _everywhere(door, compiled, by, chosen)
    answers = judged(door, compiled, by, chosen)
    if not history:
        answers = with_compounds(door, plan, by, answers)
    names = [name for each in RESULTS for name in (by if each.name == "area" else (each.name,))]
    return door.back(answers.select(*names))


def _candidates(door: Door, figures: Figures, compiled: Compiled, by: Sequence[str]) -> Lazy:
    """The figures, each beside what it may be to every task."""
    everywhere = compiled.candidates(each for each in compiled.tasks if each.area is None)
    found = figures.frame.join(door.table(everywhere), on=list(compiled.keys), how="inner")
    # What found the row is of no more use, and an engine that keeps the rows would keep it too.
    found = found.drop(*(name for name in compiled.keys if name not in by))
    somewhere = [each for each in compiled.tasks if each.area is not None]
    if somewhere:
        only = compiled.candidates(somewhere, by_area=True)
        there = figures.frame.join(door.table(only), on=[*compiled.keys, "area"], how="inner")
        columns = [name for name in found.collect_schema() if name in there.collect_schema()]
        found = nw.concat([found.select(*columns), there.select(*columns)]) if everywhere.rows else there
    return found


def _latest(door: Door, figures: Figures, compiled: Compiled, by: Sequence[str]) -> Lazy:
    """For every task and place the figure that decides, and beside it those that it is held against."""
    found = _candidates(door, figures, compiled, by)
    there = found.collect_schema()
    col = nw.col
    place = col("rank")
    leads = col("leads") == col("best")
    if "done_rank" in there:
        place = nw.when(col("value").fill_null(-1.7e308) >= col("done_from")).then(col("done_rank")).otherwise(place)
        leads = leads | (col("leads_done") == col("best"))
    found = found.with_columns(place.alias("place"))
    found = door.highest(found, "place", ["t", *by], "best")
    decides = col("place") == col("best")
    usable = decides & (col("best") > 0)
    columns = {"value": nw.when(usable).then(col("value")), "before": nw.when(leads).then(col("value"))}
    wanted = decides | leads
    if "last_year" in there:
        last_year = col("last_year") == col("best")
        columns["last"], wanted = nw.when(last_year).then(col("value")), wanted | last_year
    if "baseline" in there:
        found, is_baseline = _with_baseline(door, found, compiled, by)
        columns["base"], wanted = nw.when(is_baseline).then(col("value")), wanted | is_baseline
    if "absent" in there:
        columns["absent"] = nw.when(usable).then(col("absent"))
    found = found.filter(wanted).with_columns(**columns)
    return found.group_by("t", *by).agg(*(col(name).max() for name in ("best", *columns)))


def _with_baseline(door: Door, found: Lazy, compiled: Compiled, by: Sequence[str]) -> tuple[Lazy, Any]:
    """The figures, and which of them is the baseline of its task in its place."""
    if not compiled.several_baselines:
        return found, nw.col("baseline") == 1
    found = door.highest(found, "baseline", ["t", *by], "best_baseline")
    return found, (nw.col("baseline") > 0) & (nw.col("baseline") == nw.col("best_baseline"))


def _history(door: Door, figures: Figures, compiled: Compiled, by: Sequence[str]) -> Lazy:
    """Every figure that may say something of a task, and beside it those that it is held against."""
    found = _candidates(door, figures, compiled, by)
    there = found.collect_schema()
    col, key = nw.col, ["t", *by]
    rows = found.filter(col("rank") > 0)
    best = col("rank")
    if "done_rank" in there:
        done = rows.filter(col("value").fill_null(-1.7e308) >= col("done_from"))
        first = done.group_by(*key).agg(col("rank").min().alias("first_done"))
        rows = rows.join(first, on=key, how="left").with_columns(col("first_done").fill_null(_NEVER).cast(nw.Int64))
        rows = rows.filter(col("rank") <= col("first_done"))
        best = nw.when(col("rank") == col("first_done")).then(col("done_rank")).otherwise(best)
    kept = [*key, "rank", "best", "value", *(["absent"] if "absent" in there else [])]
    rows = rows.with_columns(best.alias("best")).select(*kept)
    for role, name in (("leads", "before"), ("last_year", "last")):
        if role in there:
            held = found.filter(col(role) > 0).select(*key, col(role).alias("rank"), col("value").alias(name))
            rows = rows.join(held, on=[*key, "rank"], how="left")
    if "baseline" in there:
        found, is_baseline = _with_baseline(door, found, compiled, by)
        base = found.filter(is_baseline).select(*key, col("value").alias("base"))
        rows = rows.join(base, on=key, how="left")
    return rows.drop("rank")


def _everywhere(door: Door, compiled: Compiled, by: Sequence[str], chosen: Lazy) -> Lazy:
    """A row for every task in every place, whether or not there is a figure."""
    area = nw.col("area").cast(nw.String)
    places = door.figures.select(*(area if name == "area" else nw.col(name) for name in by))
    # Grouped, not made unique: for that Spark would number the rows of every place.
    places = places.with_columns(nw.lit(1).alias("figures")).group_by(*by).agg(nw.col("figures").max()).select(*by)
    everywhere = [(each.number,) for each in compiled.tasks if each.area is None]
    rows = places.join(door.table(Table({"t": int}, everywhere)), how="cross")
    own = [(each.number, area) for each in compiled.tasks for area in dict.fromkeys(each.but_not)]
    if own:
        rows = rows.join(door.table(Table({"t": int, "area": str}, own)), on=["t", "area"], how="anti")
    somewhere = [(each.number, each.area) for each in compiled.tasks if each.area is not None]
    if somewhere:
        there = places.join(door.table(Table({"t": int, "area": str}, somewhere)), on="area", how="inner")
        rows = nw.concat([rows.select("t", *by), there.select("t", *by)])
    rows = rows.join(chosen, on=["t", *by], how="left")
    return rows.with_columns(nw.col("best").fill_null(NOT_KNOWN).cast(nw.Int64))
