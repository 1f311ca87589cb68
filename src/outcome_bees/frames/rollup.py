"""Tallies in bulk: for every group of a plan in every place, counts of each status with their denominator."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from outcome_bees.errors import InvalidValueError
from outcome_bees.evaluation.tally import Tally
from outcome_bees.frames._outcome_codes import severity
from outcome_bees.frames.backend import Backend, LookupTable
from outcome_bees.frames.contract import as_given, within
from outcome_bees.model.local_policy import STANDARD, Policy, policy_of
from outcome_bees.model.measure import Measure
from outcome_bees.model.plan import Plan
from outcome_bees.vocabulary import Status

if TYPE_CHECKING:
    from narwhals.stable.v2.typing import IntoFrameT

__all__ = ["roll_up"]

_GROUPS: dict[str, Callable[[Plan, Measure], Iterable[str]]] = {
    "bee": lambda plan, measure: plan.bees_of(measure),
    "ambition": lambda plan, measure: [id] if (id := plan.ambition_of(measure)) else [],
    "priority": lambda plan, measure: [each.id] if (each := plan.priority_of(measure)) else [],
    "compound": lambda plan, measure: [each.id for each in plan.measures if measure.id in each.components],
    "measure": lambda plan, measure: [measure.id],
    "plan": lambda plan, measure: [plan.id],
}
_GOOD = (Status.ON_TRACK, Status.ACHIEVED)


def roll_up(
    plan: Plan,
    evaluations: "IntoFrameT",
    *,
    to: str = "plan",
    by: str | Sequence[str] = ("area",),
    policy: Policy | str = STANDARD,
) -> "IntoFrameT":
    """Return the tallies of a frame of evaluations.

    Args:
        plan: The plan that was evaluated.
        evaluations: What ``frames.evaluate`` gave, or a part of it.
        to: What is tallied: ``bee``, ``ambition``, ``priority``, ``compound``, ``measure`` or ``plan``. What serves two
            bees is counted under both. Answers that are themselves a roll-up count only toward a compound measure.
        by: The columns that divide the tallies; ``()``: all places together; ``"measure"``: how many places meet each.
        policy: What judges a tally: the worst of those assessed.

    Returns:
        A frame of the sort given: the group's id in a column named as ``to`` is, those of ``by``, a count for
        every status, ``total``, ``assessed`` (the denominator), ``good`` (on track or achieved), ``share``
        (good of assessed, 0-1; null where none was assessed), ``worst`` (null likewise) and ``rag``.

    Raises:
        InvalidValueError: A level there is not, or a column.

    Example:
        >>> from outcome_bees.evaluation.tally import Tally  # the same for the answers of one place
        >>> str(Tally({Status.ACHIEVED: 1}))
        '1 of 1 assessed are on track or achieved (1 in all)'
    """
    if to not in _GROUPS:
        raise InvalidValueError("roll_up: to", to, ", ".join(_GROUPS))
    policy = policy_of(policy, plan.policies)
    backend, by = Backend(evaluations), (by,) if isinstance(by, str) else tuple(by)
    by = tuple(name for name in by if name != to)
    one_measure = to == "measure" or "measure" in by  # then nothing is counted twice
    there = list(backend.figures.collect_schema())
    for name in ("measure", "target", "status", *by):
        if name not in there:
            raise InvalidValueError("frame", there, f"a frame with a column {name!r}, as frames.evaluate gives it")
    members = [
        (measure.id, group, int(bool(measure.components) and to != "compound" and not one_measure))
        for measure in plan.measures
        for group in _GROUPS[to](plan, measure)
    ]
    counts = [status.value for status in Status]
    made = [*counts, "total", "assessed", "good", "share", "worst", "rag"]
    if set(made) & set(by):
        raise InvalidValueError("roll_up: by", by, f"columns called otherwise than those of a tally: {', '.join(made)}")
    theirs = [nw.col(name).alias(within(name)) for name in by]
    by = tuple(map(within, by))
    found = backend.figures.select("measure", "target", "status", *theirs).join(
        backend.table(LookupTable.of({"measure": str, "group": str, "rolled_up": int}, members)),
        on="measure",
        how="inner",
    )
    single = ~nw.col("target").is_null() | (nw.col("rolled_up") == 0)
    counted = [nw.when(nw.col("status") == status.value).then(1).otherwise(0).alias(status.value) for status in Status]
    order: Any = nw
    for status in Status:
        order = order.when(nw.col("status") == status.value).then(severity(status))
    found = found.filter(single).with_columns(*counted, order.alias("severity"), nw.lit(1).alias("total"))
    sums = [nw.col(name).sum() for name in (*(status.value for status in Status), "total")]
    found = found.group_by("group", *by).agg(*sums, nw.col("severity").min())
    total, good = nw.col("total"), nw.col(_GOOD[0].value) + nw.col(_GOOD[1].value)
    assessed = total - nw.col(Status.NOT_ASSESSED.value)
    found = found.with_columns(assessed.alias("assessed"), good.alias("good"))
    share = nw.when(nw.col("assessed") > 0).then(nw.col("good").cast(nw.Float64) / nw.col("assessed").cast(nw.Float64))
    judged = [(severity(status), *_judged(status, policy)) for status in Status]
    found = found.with_columns(share.alias("share")).join(
        backend.table(LookupTable.of({"severity": int, "worst": str, "rag": str}, judged)), on="severity", how="inner"
    )
    divided = [nw.col(name).alias(as_given(name)) for name in by]
    tallies: IntoFrameT = backend.back(found.select(nw.col("group").alias(to), *divided, *made))
    return tallies


def _judged(worst: Status, policy: Policy) -> tuple[str | None, str]:
    """Return the worst status and the traffic light of a tally with this worst status."""
    tally = Tally({worst: 1})
    return None if tally.worst is None else tally.worst.value, policy.judge(tally).value
