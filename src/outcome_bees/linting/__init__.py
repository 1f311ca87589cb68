"""What a plan leaves out: findings for whoever drafts it, each with what to do about it.

A plan with findings is a valid plan: published plans are full of them. A finding says what will follow
when the plan is evaluated, so that it can be put right before a year has passed.
"""

from collections.abc import Iterable
from datetime import date

from outcome_bees.errors import InvalidTypeError
from outcome_bees.linting.across import (
    of_comparators,
    of_figures_of_other_boundaries,
    of_hidden_numbers,
    of_known_figures,
    of_targets_together,
)
from outcome_bees.linting.checks import of_measures, of_priorities, of_targets
from outcome_bees.linting.finding import Finding, Findings, findings_of
from outcome_bees.model.fields import as_of_day
from outcome_bees.model.index import Observations
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import Plan, check_plan_given

__all__ = ["Finding", "Findings", "lint"]


def __dir__() -> list[str]:
    return __all__


def lint(
    plan: Plan, observations: Observations | Iterable[Observation] | None = None, *, as_of: date | str | None = None
) -> Findings:
    """List what a plan leaves open, or will be judged as nobody meant. Every plan can be asked.

    Args:
        plan: The plan.
        observations: Figures to be looked at as well; ``None``: the plan alone.
        as_of: The day whose knowledge counts, needed with figures: some are of periods that are not over then.

    Returns:
        Findings of its priorities, of its measures, of its targets, each in the order of the plan, then of targets
        held against each other, of the places that it names, and of the figures.

    Example:
        >>> from outcome_bees import Measure
        >>> plan = Plan(id="p", title="P", measures=[Measure(id="m", title="Staff", unit="person")])
        >>> [finding.id for finding in lint(plan)]
        ['no_direction', 'no_calendar', 'no_target', 'no_bee']
    """
    check_plan_given("lint: plan", plan)
    priorities = [*map(plan.priority_of, plan.measures)]
    bees = [*map(plan.bees_of, plan.measures)]
    found = [
        *of_priorities(plan, priorities),
        *of_measures(plan, bees),
        *of_targets(plan),
        *of_targets_together(plan),
        *of_comparators(plan),
    ]
    if observations is not None:
        if as_of is None:
            raise InvalidTypeError("lint: as_of", as_of, "the day whose knowledge counts, where figures are given")
        figures = Observations.of(observations)
        found += of_known_figures(plan, figures, as_of_day(as_of))
        found += of_figures_of_other_boundaries(plan, figures)
        found += of_hidden_numbers(figures)
    return findings_of(found)
