"""What a plan leaves unsaid: findings for whoever drafts it, each with what to do about it.

A plan with findings is a valid plan: published plans are full of them. A finding says what will follow
when the plan is evaluated, so that it can be put right before a year has passed.
"""

from outcome_bees.errors import InvalidTypeError
from outcome_bees.linting.checks import of_measures, of_priorities, of_targets
from outcome_bees.linting.finding import Finding, Findings, finding
from outcome_bees.model.plan import Plan

__all__ = ["Finding", "Findings", "lint"]


def __dir__() -> list[str]:
    return __all__


def lint(plan: Plan) -> Findings:
    """What a plan leaves unsaid. Every plan can be asked; nothing is raised but for what is no plan.

    Returns:
        Findings of its priorities, of its measures, of its targets, each in the order of the plan.

    Example:
        >>> from outcome_bees import Measure
        >>> plan = Plan(id="p", title="P", measures=[Measure(id="m", title="Staff", unit="person")])
        >>> [finding.id for finding in lint(plan)]
        ['no_direction', 'no_calendar', 'no_target', 'no_bee']
    """
    if not isinstance(plan, Plan):
        raise InvalidTypeError("lint: plan", plan, "a Plan")
    checks = (of_priorities, of_measures, of_targets)
    return Findings(finding(*found) for check in checks for found in check(plan))
