"""A plan's rules as plain rows, which R or SQL can compare figures with, without any of this library."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import localcontext

from outcome_bees.evaluation.edges import Stretch, stretches
from outcome_bees.evaluation.evaluate import reason_from_plan
from outcome_bees.evaluation.rules import Reference, compile_rule
from outcome_bees.evaluation.select import baseline_value, counts_toward, in_order
from outcome_bees.exact import CONTEXT
from outcome_bees.model.aims import Profile
from outcome_bees.model.local_policy import STANDARD, Policy, policy_of
from outcome_bees.model.measure import Measure
from outcome_bees.model.plan import Plan
from outcome_bees.model.target import Target
from outcome_bees.periods import Period

__all__ = ["rulebook"]


def rulebook(
    plan: Plan, *, periods: Iterable[Period] = (), policy: Policy | str = STANDARD
) -> list[dict[str, str | float | None]]:
    """Return every stretch of every rule of a plan, as rows that any table can be made of.

    A figure has the verdict of the row in which it lies: ``number >= lower + lower_weight * reference`` and
    ``number < upper + upper_weight * reference``, where an edge that is null is open. The edges have the
    guard in them, so that a figure read as a float is compared as it was published.

    Args:
        plan: The plan.
        periods: Which periods on the way there are to be rules for; each target has them for those that may
            say something of it, for its due period, and for those that its profile names.
        policy: What counts as met and as near: a policy, or the id of one of the plan's own or of ``POLICIES``.

    Returns:
        Rows with ``target``, ``measure``, ``period`` (a code; null where there is no date: every period),
        ``reference`` (what the rule depends on: ``baseline``, ``comparator``, ``areas_ranked``, where the number
        is a place; null: nothing), ``reference_from`` and ``reference_below`` (of which references the row
        holds; null: of all), ``label`` (a word of Verdict), ``lower``, ``lower_weight``, ``upper`` and
        ``upper_weight``.
        Targets that no figure could be judged by, a placeholder for one, have no rows.

    Example:
        >>> from outcome_bees import Reach
        >>> measure = Measure(id="m", title="M", unit="percent", direction="increase")
        >>> plan = Plan(id="p", title="P", measures=[measure], targets=[Target(id="t", measure="m", aim=Reach(95))])
        >>> [(row["label"], row["lower"], row["upper"]) for row in rulebook(plan)]
        [('off', None, 94.9999), ('met', 94.9999, None)]
    """
    asked, policy = list(periods), policy_of(policy, plan.policies)
    rows: list[dict[str, str | float | None]] = []
    with localcontext(CONTEXT):
        for target in plan.targets:
            measure = plan.measure(target.measure)
            if reason_from_plan(target, measure, date.min) is None:
                rows += [
                    {
                        "target": target.id,
                        "measure": measure.id,
                        "period": None if period is None else period.code,
                        **_row(reference, stretch),
                    }
                    for period in _periods(target, measure, asked)
                    for reference, stretch in _ruled(target, measure, period, policy)
                ]
    return rows


def _periods(target: Target, measure: Measure, asked: Iterable[Period]) -> list[Period | None]:
    """Return the periods that there are rules for, from the earliest end to the latest."""
    profiled = target.trajectory.values if isinstance(target.trajectory, Profile) else ()
    named = {each for each in (*profiled, *asked) if counts_toward(each, measure, target)}
    if target.due is None:
        return [*in_order(named)] or [None]
    return [*in_order({*named, target.due})]


def _ruled(
    target: Target, measure: Measure, period: Period | None, policy: Policy
) -> Iterator[tuple[Reference | None, Stretch]]:
    rule = compile_rule(target, measure, period, policy)
    if rule is None:
        return
    stated = baseline_value(target, measure, {}) if rule.reference is Reference.BASELINE else None
    if not rule.undefined_at(stated):
        for stretch in stretches(rule, stated):
            yield None if stated is not None else rule.reference, stretch


def _row(reference: Reference | None, stretch: Stretch) -> dict[str, str | float | None]:
    lower, upper = stretch.lower, stretch.upper
    return {
        "reference": None if reference is None else reference.value,
        "reference_from": stretch.reference_from,
        "reference_below": stretch.reference_below,
        "label": stretch.label.value,
        "lower": None if lower is None else lower[0],
        "lower_weight": None if lower is None else lower[1],
        "upper": None if upper is None else upper[0],
        "upper_weight": None if upper is None else upper[1],
    }
