"""The answer of a compound measure without a target of its own: the worst of its parts, in every place."""

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from outcome_bees.frames.door import Door
from outcome_bees.frames.known import Lazy
from outcome_bees.frames.outcomes import REASONS, severity
from outcome_bees.frames.tables import Table
from outcome_bees.model.measure import Measure
from outcome_bees.model.plan import Plan
from outcome_bees.vocabulary import Reason, Status

__all__ = ["with_compounds"]


def with_compounds(door: Door, plan: Plan, by: Sequence[str], answers: Lazy) -> Lazy:
    """The answers with those of compound measures in the places where they have no target themselves."""
    for level in _levels(plan):
        wholes = _worst(door, plan, level, by, answers)
        answers = nw.concat([answers, wholes.select(*answers.collect_schema())])
    return answers


def _levels(plan: Plan) -> list[list[Measure]]:
    """The compound measures that wait for their parts, those that are parts of others first."""
    depth: dict[str, int] = {}
    levels: list[list[Measure]] = []
    for whole in plan.compounds():
        if all(target.area is not None for target in plan.targets if target.measure == whole.id):
            depth[whole.id] = max((depth.get(part, 0) for part in whole.components), default=0) + 1
            while len(levels) < depth[whole.id]:
                levels.append([])
            levels[depth[whole.id] - 1].append(whole)
    return levels


def _worst(door: Door, plan: Plan, level: Sequence[Measure], by: Sequence[str], answers: Lazy) -> Lazy:
    col = nw.col
    parts = [(part, whole.id) for whole in level for part in whole.components]
    found = answers.join(door.table(Table({"measure": str, "whole": str}, parts)), on="measure", how="inner")
    order = [(str(reason), place) for reason, place in REASONS.items()]
    found = found.join(door.table(Table({"reason": str, "order": int}, order)), on="reason", how="left")
    found = found.with_columns(col("order").fill_null(len(REASONS)).cast(nw.Int64))
    worst = found.group_by("whole", *by).agg(col("severity").min(), col("order").min())
    own = [(each.measure, each.area) for each in plan.targets if each.area is not None]
    own = [(measure, area) for measure, area in own if measure in {whole.id for whole in level}]
    if own:
        worst = worst.join(door.table(Table({"whole": str, "area": str}, own)), on=["whole", "area"], how="anti")
    unassessed = severity(Status.NOT_ASSESSED)
    statuses = [(severity(status), str(status), str(status.rag)) for status in Status]
    worst = worst.join(
        door.table(Table({"severity": int, "status": str, "rag": str}, statuses)), on="severity", how="inner"
    )
    # Only where none was assessed is there a reason.
    worst = worst.with_columns(
        nw.when(col("severity") == unassessed).then(col("order")).otherwise(-1).cast(nw.Int64).alias("order")
    )
    reasons: list[tuple[str | int | None, ...]] = [(REASONS[reason], str(reason)) for reason in Reason]
    worst = worst.join(
        door.table(Table({"order": int, "reason": str}, [*reasons, (-1, None)])), on="order", how="inner"
    )
    there = answers.collect_schema()
    made = {"measure", "status", "rag", "reason", "severity", *by}
    empty = [nw.lit(None, kind).alias(name) for name, kind in there.items() if name not in made]
    return worst.with_columns(col("whole").alias("measure"), *empty)
