"""Bulk evaluation: every target of a plan in every place of a table of figures."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
from attrs import evolve

from outcome_bees.frames._certainty import EVIDENCE, with_ends_of_tasks
from outcome_bees.frames._judgement import judged
from outcome_bees.frames._other_codes import figures_under_other_codes, with_first_days
from outcome_bees.frames._outcome_codes import REASONS, severity
from outcome_bees.frames.backend import Backend, Lazy, LookupTable
from outcome_bees.frames.coding import FIGURE_NUMBER, PLACE_CODE
from outcome_bees.frames.comparators import add_comparators
from outcome_bees.frames.contract import CERTAINTY, RESULTS, REVISION, as_given, column_names
from outcome_bees.frames.known import KnownObservations, Question, known_observations
from outcome_bees.frames.plan_tables import NOT_KNOWN, PlanTables, tasks_of
from outcome_bees.model.fields import as_of_day
from outcome_bees.model.local_policy import STANDARD, Policy, policy_of
from outcome_bees.model.measure import Measure
from outcome_bees.model.plan import Plan, check_plan_given
from outcome_bees.vocabulary import Reason, Status

if TYPE_CHECKING:
    from narwhals.stable.v2.typing import IntoFrameT

__all__ = ["answered", "evaluate", "question_of"]

_ROW_CODE = "row code"
_FIGURE_CODE = "code of row and rank"


def evaluate(
    plan: Plan,
    frame: "IntoFrameT",
    *,
    as_of: date | str,
    policy: Policy | str = STANDARD,
    by: Sequence[str] = ("area",),
    breakdown: Sequence[str] = (),
    history: bool = False,
    certainty: bool = False,
    revision: bool = False,
    distinct_ok: bool = False,
) -> "IntoFrameT":
    """Evaluate every target of a plan in every place of a table of figures, as ``evaluate_plan`` does for each.

    Args:
        plan: The plan.
        frame: The figures: a pandas, Polars or Spark DataFrame, a Polars LazyFrame, a pyarrow Table or a
            DuckDB relation, with the columns of ``frames.FIGURES``. It is gone through at once to learn its
            periods and to check it; the evaluation itself stays lazy where the frame is.
        as_of: The day whose knowledge counts, as a date or its text (``2025-12-31``). There is no default.
        policy: What counts as met and as near: a policy, or the id of one of the plan's own or of ``POLICIES``.
        by: The column of places, and any further ones that divide the figures: each combination of those
            is evaluated by itself, with its own comparators and ranks.
        breakdown: The columns of the part of the population that a figure is of, such as ``sex``; null
            there is all of it. Those that a target's breakdown names need not be repeated.
        history: Whether every figure gets a row: the status on the last day of its period, had
            all been known then that is known on ``as_of``. Milestones end with the figure that says they
            are done; compound measures, whose parts have periods of their own, are left out.
        certainty: Whether a column ``certainty`` says if the rule reads the same at both ends of the figure's interval
            (``clear``) or the difference is ``within_chance``; null where there is no verdict or no interval.
        revision: Whether a column ``revision`` says how settled the figure is that was used, such as ``provisional``;
            null where that is not known, or no figure was used.
        distinct_ok: Whether the caller vouches that no two rows are of one series, period and vintage, and saves
            the look.

    Returns:
        A frame of the sort given, with the columns of ``frames.RESULTS`` and those asked for. Without ``history``,
        a row for every target, and every measure without one, in every combination of ``by`` that the figures
        have. The rows are in no particular order.

    Raises:
        InvalidValueError: A column is missing, or holds what is not allowed there.
        InvalidTypeError: A column is of a type that is not understood, such as text among numbers.
        AmbiguousObservationError: Two figures with nothing to tell which holds.
        UnitMismatchError: A figure's unit cannot be compared with its measure's.
        PeriodError: A text that is no period's code.
    """
    check_plan_given("frames.evaluate: plan", plan)
    policy = policy_of(policy, plan.policies)
    carried = (REVISION.name,) if revision else ()
    question = question_of(plan, as_of=as_of, by=by, breakdown=breakdown, distinct_ok=distinct_ok, carried=carried)
    backend = Backend(frame, question.kinds)
    answers: IntoFrameT = backend.back(answered(backend, plan, question, policy, history=history, certainty=certainty))
    return answers


def question_of(
    plan: Plan,
    *,
    as_of: date | str,
    by: Sequence[str] = ("area",),
    breakdown: Sequence[str] = (),
    distinct_ok: bool,
    carried: tuple[str, ...] = (),
) -> Question:
    """Return what a plan asks of a frame: the observations of its measures and of its targets' breakdowns."""
    parts = frozenset(column_names(breakdown, "breakdown")).union(*(target.breakdown for target in plan.targets))
    by = by if isinstance(by, str) else column_names(by, "by")
    return Question(plan.measures, parts, by, as_of_day(as_of), distinct_ok, carried)


def answered(
    backend: Backend,
    plan: Plan,
    question: Question,
    policy: Policy,
    *,
    history: bool,
    certainty: bool,
) -> Lazy:
    """Return the evaluations of the backend's figures, with the columns of ``frames.RESULTS`` and those carried."""
    kept = question.carried
    uncertain = certainty or policy.met_only_if_clear
    question = evolve(question, evidence=uncertain)
    known = known_observations(backend, question, looked_later=backend.looks_while_grouping and not history)
    by = known.by
    question = evolve(question, by=by)
    if uncertain:
        there = known.frame.collect_schema()
        question = evolve(question, carried=(*kept, *(name for name in EVIDENCE if name in there)))
    others = {each.id: each for each in plan.comparators}
    tables = PlanTables(tasks_of(plan), known.seen, known.parts, question.as_of, policy, history, known.coding, others)
    named = [area for each in plan.comparators for area in each.areas]
    lent = figures_under_other_codes(backend, known, tables.keys, by, named)
    choose = _history if history else _latest
    chosen = choose(backend, known, lent, tables, question)
    chosen = add_comparators(backend, known, lent, tables, plan, by, chosen)
    if not history:
        chosen = _everywhere(backend, known, tables, by, chosen)
    chosen = with_first_days(backend, tables, known.areas, chosen)
    if uncertain:
        chosen = with_ends_of_tasks(backend, known.frame, tables, chosen)
    answers = judged(backend, tables, [*by, *kept], chosen)
    if not history:
        answers = _with_compounds(backend, plan, by, answers)
    results = (*RESULTS, CERTAINTY) if certainty else RESULTS
    names = [name for each in results for name in (by if each.name == "area" else (each.name,))]
    if REVISION.name in kept:  # an empty word is none
        given = nw.col(REVISION.name)
        answers = answers.with_columns(nw.when(given != "").then(given).alias(REVISION.name))
    return answers.select(*(nw.col(name).alias(as_given(name)) for name in names), *kept)


def _candidates(
    backend: Backend, known: KnownObservations, lent: Lazy | None, tables: PlanTables, by: Sequence[str]
) -> Lazy:
    """Return the figures, each beside what it may be to every task; those of other codes are only held against."""
    found = _in_their_roles(backend, known.frame, tables, by, lent=False)
    if lent is not None:
        held = _in_their_roles(backend, lent.filter(nw.col("area").is_in(list(known.areas))), tables, by, lent=True)
        found = nw.concat([found, held.select(*found.collect_schema())])
    return found if known.places is None else _with_row_code(tables, found)


def _in_their_roles(backend: Backend, frame: Lazy, tables: PlanTables, by: Sequence[str], *, lent: bool) -> Lazy:
    """Return figures, each beside what it may be to every task."""
    everywhere = tables.candidates((each for each in tables.tasks if each.area is None), lent=lent)
    found = backend.looked_up(frame, everywhere, list(tables.keys))
    # What found the row is of no more use, and an engine that keeps the rows would keep it too.
    found = found.drop(*(name for name in {**tables.keys, "measure": str} if name not in by), strict=False)
    somewhere = [each for each in tables.tasks if each.area is not None]
    if somewhere:
        only = tables.candidates(somewhere, by_area=True, lent=lent)
        there = frame.join(backend.table(only), on=[*tables.keys, "area"], how="inner")
        columns = [name for name in found.collect_schema() if name in there.collect_schema()]
        found = nw.concat([found.select(*columns), there.select(*columns)]) if len(everywhere) else there
    return found


def _with_row_code(tables: PlanTables, frame: Lazy) -> Lazy:
    """Return the frame with one number for its task and place together, in place of that of the place."""
    row = nw.col(PLACE_CODE) * len(tables.tasks) + nw.col("t")
    return frame.with_columns(row.alias(_ROW_CODE)).drop(PLACE_CODE)


def _row_keys(known: KnownObservations, by: Sequence[str]) -> list[str]:
    """Return the columns that tell the rows of the answer apart: task and place, or both as one number."""
    return ["t", *by] if known.places is None else [_ROW_CODE]


def _latest(
    backend: Backend, known: KnownObservations, lent: Lazy | None, tables: PlanTables, question: Question
) -> Lazy:
    """Return for every task and place the figure that decides, and beside it those that it is compared with."""
    by = question.by
    found, keys = _candidates(backend, known, lent, tables, by), _row_keys(known, by)
    there = found.collect_schema()
    col = nw.col
    place = col("rank")
    leads = col("leads") == col("best")
    if "done_rank" in there:
        done = col("value").fill_null(-1.7e308) >= col("done_from")
        place = (
            nw.when(done).then(col("done_rank")).when(~col("value").is_null()).then(col("undone_rank")).otherwise(place)
        )
        leads = leads | (col("leads_done") == col("best")) | (col("leads_undone") == col("best"))
    found = found.with_columns(place.alias("place"))
    best = _best_of_distinct(backend, known, tables, by)
    if best is None:
        found = backend.with_highest(found, "place", keys, "best")
    else:
        found = found.join(best, on=keys, how="left")
    decides = col("place") == col("best")
    usable = decides & (col("best") > 0)
    columns = {"value": nw.when(usable).then(col("value")), "before": nw.when(leads).then(col("value"))}
    wanted = decides | leads
    if "last_year" in there:
        last_year = col("last_year") == col("best")
        columns["last"], wanted = nw.when(last_year).then(col("value")), wanted | last_year
    if "baseline" in there:
        found, is_baseline = _with_baseline(backend, found, tables, keys)
        columns["base"], wanted = nw.when(is_baseline).then(col("value")), wanted | is_baseline
    if "absent" in there:
        columns["absent"] = nw.when(usable).then(col("absent"))
    columns |= {name: nw.when(usable).then(col(name)) for name in question.carried}
    found = found.filter(wanted).with_columns(**columns)
    return found.group_by(*keys).agg(*(col(name).max() for name in ("t", *by, "best", *columns) if name not in keys))


def _best_of_distinct(backend: Backend, known: KnownObservations, tables: PlanTables, by: Sequence[str]) -> Lazy | None:
    """Return the rank of the figure that decides in each place; the same grouping sees that none is there twice.

    ``None``: the look was made already, or is made here by itself, because a figure may be of several tasks.

    Raises:
        AmbiguousObservationError: Two figures with nothing to tell which holds.
    """
    if known.look is None:
        return None
    table = tables.ranks_of_all(known.later)  # figures under other codes decide nothing
    if table is not None:
        rows = backend.looked_up(known.frame, table, list(tables.keys))
        best = backend.highest_once(rows, "rank", ["t", *by], "best", FIGURE_NUMBER)
        if best is not None:
            return best
    known.look()
    return None


def _with_baseline(backend: Backend, found: Lazy, tables: PlanTables, keys: Sequence[str]) -> tuple[Lazy, Any]:
    """Return the figures, and which of them is the baseline of its task in its place."""
    if not tables.several_baselines:
        return found, nw.col("baseline") == 1
    found = backend.with_highest(found, "baseline", keys, "best_baseline")
    return found, (nw.col("baseline") > 0) & (nw.col("baseline") == nw.col("best_baseline"))


def _history(
    backend: Backend, known: KnownObservations, lent: Lazy | None, tables: PlanTables, question: Question
) -> Lazy:
    """Return every figure that may be judged by a task, and beside it those that it is compared with."""
    by = question.by
    found = _candidates(backend, known, lent, tables, by)
    there = found.collect_schema()
    col, key = nw.col, _row_keys(known, by)
    rows = _without_own(backend, tables, found.filter(col("rank") > 0))
    best = col("rank")
    if "done_rank" in there:
        done = rows.filter(col("value").fill_null(-1.7e308) >= col("done_from"))
        first = done.group_by(*key).agg(col("rank").min().alias("first_done"))
        rows = rows.join(first, on=key, how="left")
        rows = rows.filter(col("first_done").is_null() | (col("rank") <= col("first_done")))
        best = nw.when(col("rank") == col("first_done")).then(col("done_rank")).otherwise(best)
    kept = [*dict.fromkeys((*key, "t", *by)), "rank", "best", "value", *question.carried]
    kept += ["absent"] if "absent" in there else []
    rows = rows.with_columns(best.alias("best")).select(*kept)
    figure, place = [*key, "rank"], "rank"
    if known.places is not None:  # of row and rank in one number an engine makes a quicker join than of both
        figure, place = [_FIGURE_CODE], _FIGURE_CODE
        rows = rows.with_columns(_figure_code(tables, "rank"))
    for role, name in (("leads", "before"), ("last_year", "last")):
        if role in there:
            held = found.filter(col(role) > 0)
            named = col(role) if known.places is None else _figure_code(tables, role)
            held = held.select(*(key if known.places is None else ()), named.alias(place), col("value").alias(name))
            rows = rows.join(held, on=figure, how="left")
    if "baseline" in there:
        found, is_baseline = _with_baseline(backend, found, tables, key)
        base = found.filter(is_baseline).select(*key, col("value").alias("base"))
        rows = rows.join(base, on=key, how="left")
    return rows.drop("rank", _ROW_CODE, _FIGURE_CODE, strict=False)


def _figure_code(tables: PlanTables, rank: str) -> Any:
    """Return one number for the row of an answer and the rank of a figure, from 1, together."""
    return (nw.col(_ROW_CODE) * tables.highest_rank + nw.col(rank)).alias(_FIGURE_CODE)


def _everywhere(
    backend: Backend, known: KnownObservations, tables: PlanTables, by: Sequence[str], chosen: Lazy
) -> Lazy:
    """Return a row for every task in every place, whether or not there is a figure."""
    if tuple(by) == ("area",):
        numbered_areas = LookupTable.of({"area": str, "at": int}, [(area, at) for at, area in enumerate(known.areas)])
        places = backend.table(numbered_areas).select("area")
    else:
        area = nw.col("area").cast(nw.String)
        places = backend.figures.select(
            *(area if name == "area" else nw.col(as_given(name)).alias(name) for name in by)
        )
        # Grouped, not made unique: for that Spark would number the rows of every place.
        places = places.with_columns(nw.lit(1).alias("figures")).group_by(*by).agg(nw.col("figures").max()).select(*by)
    numbered = [*by]
    if known.places is not None:
        places = backend.with_code(places, PLACE_CODE, known.places)
        numbered.append(PLACE_CODE)
    everywhere = [(each.number,) for each in tables.tasks if each.area is None]
    rows = places.join(backend.table(LookupTable.of({"t": int}, everywhere)), how="cross")
    rows = _without_own(backend, tables, rows)
    somewhere = [(each.number, each.area) for each in tables.tasks if each.area is not None]
    if somewhere:
        there = places.join(backend.table(LookupTable.of({"t": int, "area": str}, somewhere)), on="area", how="inner")
        rows = nw.concat([rows.select("t", *numbered), there.select("t", *numbered)])
    keys = _row_keys(known, by)
    if known.places is not None:
        rows, chosen = _with_row_code(tables, rows), chosen.drop("t", *by)
    rows = rows.join(chosen, on=keys, how="left")
    return rows.with_columns(nw.col("best").fill_null(NOT_KNOWN).cast(nw.Int64))


def _without_own(backend: Backend, tables: PlanTables, rows: Lazy) -> Lazy:
    """Return the rows without those of a measure without a target in the places that have one of their own."""
    own = [(each.number, area) for each in tables.tasks for area in dict.fromkeys(each.excluded_areas)]
    if not own:
        return rows
    return rows.join(backend.table(LookupTable.of({"t": int, "area": str}, own)), on=["t", "area"], how="anti")


def _with_compounds(backend: Backend, plan: Plan, by: Sequence[str], answers: Lazy) -> Lazy:
    """Return the answers with those of compound measures in the places where they have no target themselves."""
    for level in _levels(plan):
        wholes = _worst(backend, plan, level, by, answers)
        answers = nw.concat([answers, wholes.select(*answers.collect_schema())])
    return answers


def _levels(plan: Plan) -> list[list[Measure]]:
    """Return the compound measures that wait for their parts, those that are parts of others first."""
    depth: dict[str, int] = {}
    levels: list[list[Measure]] = []
    for whole in plan.compounds():
        if all(target.area is not None for target in plan.targets if target.measure == whole.id):
            depth[whole.id] = max(depth.get(part, 0) for part in whole.components) + 1
            while len(levels) < depth[whole.id]:
                levels.append([])
            levels[depth[whole.id] - 1].append(whole)
    return levels


def _worst(backend: Backend, plan: Plan, level: Sequence[Measure], by: Sequence[str], answers: Lazy) -> Lazy:
    """Return the worst status among the parts of each compound measure, in every place."""
    col = nw.col
    parts = [(part, whole.id) for whole in level for part in whole.components]
    found = answers.join(
        backend.table(LookupTable.of({"measure": str, "whole": str}, parts)), on="measure", how="inner"
    )
    order = [(str(reason), place) for reason, place in REASONS.items()]
    found = found.join(backend.table(LookupTable.of({"reason": str, "order": int}, order)), on="reason", how="left")
    found = found.with_columns(col("order").fill_null(len(REASONS)).cast(nw.Int64))
    worst = found.group_by("whole", *by).agg(col("severity").min(), col("order").min())
    own = [(each.measure, each.area) for each in plan.targets if each.area is not None]
    own = [(measure, area) for measure, area in own if measure in {whole.id for whole in level}]
    if own:
        worst = worst.join(
            backend.table(LookupTable.of({"whole": str, "area": str}, own)), on=["whole", "area"], how="anti"
        )
    unassessed = severity(Status.NOT_ASSESSED)
    statuses = [(severity(status), str(status), str(status.rag)) for status in Status]
    worst = worst.join(
        backend.table(LookupTable.of({"severity": int, "status": str, "rag": str}, statuses)),
        on="severity",
        how="inner",
    )
    # Only where none was assessed is there a reason.
    worst = worst.with_columns(
        nw.when(col("severity") == unassessed).then(col("order")).otherwise(-1).cast(nw.Int64).alias("order")
    )
    reasons: list[tuple[str | int | None, ...]] = [(REASONS[reason], str(reason)) for reason in Reason]
    worst = worst.join(
        backend.table(LookupTable.of({"order": int, "reason": str}, [*reasons, (-1, None)])), on="order", how="inner"
    )
    there = answers.collect_schema()
    made = {"measure", "status", "rag", "reason", "severity", *by}
    empty = [nw.lit(None, kind).alias(name) for name, kind in there.items() if name not in made]
    return worst.with_columns(col("whole").alias("measure"), *empty)
