"""``outcome-bees evaluate``: the status of every measure of a plan, from a table of figures."""

import warnings
from argparse import Namespace
from collections.abc import Iterator, Sequence
from itertools import chain

from outcome_bees.cli.answer import Answer, Value
from outcome_bees.cli.figures import ANSWER, Figures, figures_of
from outcome_bees.cli.progress import elapsed
from outcome_bees.cli.showing import plan_of, policy_for
from outcome_bees.errors import OutcomeBeesError, OutcomeBeesWarning
from outcome_bees.evaluation.policy import Policy
from outcome_bees.evaluation.scorecard import Scorecard, evaluate_plan
from outcome_bees.layouts.cells import format_breakdown
from outcome_bees.model.fields import area as area_read
from outcome_bees.model.plan import Plan
from outcome_bees.reports.answers import table_of_places, tables_of
from outcome_bees.serializers import to_tree

__all__ = ["run"]

# Of an evaluation, as its class and ``outcome_bees.frames`` call them; what a reader needs beside them comes between.
_COLUMNS = (
    *("measure", "title", "target", "area", "breakdown", "period", "value", "unit", "required", "goal", "baseline"),
    *("reference", "gap", "progress", "status", "verdict", "reason", "rag", "travel", "travel_basis", "due"),
    *("as_of", "policy", "display_conflict", "explanation"),
)


def run(arguments: Namespace) -> int:
    """Evaluate, and show the answers. The exit code is 0 whatever the verdicts."""
    plan = plan_of(arguments.plan)
    policy = policy_for(arguments, plan)
    unknown_ok = arguments.allow_unknown_measures
    with figures_of(arguments.figures, plan, unknown_measures_ok=unknown_ok, sheet=arguments.sheet) as figures:
        _answer(plan, figures, policy, arguments).give(arguments)
    return 0


def _answer(plan: Plan, figures: Figures, policy: Policy, arguments: Namespace) -> Answer:
    if arguments.every_area:
        with elapsed(arguments.figures):
            found = figures.everywhere(plan, arguments.as_of, policy)
        return Answer(
            title=plan.title,
            tables=lambda: [table_of_places(plan, found.tallies, arguments.as_of, policy)],
            tree=lambda: [dict(zip(ANSWER, row, strict=True)) for row in found.rows()],
            rows=lambda: chain([ANSWER], found.rows()),
        )
    area = _area(arguments.area, figures.areas)
    with elapsed(arguments.figures):
        needed = figures.needed_for(plan, area)
    # Where unknown measures are not allowed, reading the figures has refused them.
    card = evaluate_plan(plan, needed, as_of=arguments.as_of, area=area, policy=policy, unknown_measures_ok=True)
    return Answer(
        title=plan.title,
        tables=lambda: tables_of(card),
        tree=lambda: to_tree(card),
        rows=lambda: _rows(card),
    )


def _area(asked: str | None, areas: Sequence[str]) -> str:
    """Return the place that was asked for, else the only one there is."""
    listed = ", ".join(areas[:10]) + (" …" if len(areas) > 10 else "")
    if asked is None:
        if len(areas) == 1:
            return areas[0]
        raise OutcomeBeesError(f"--area or --every-area is needed: there are figures of {listed or 'no place'}")
    if areas and area_read(asked, "--area") not in areas:
        warnings.warn(f"there are no figures of {asked}, only of {listed}", OutcomeBeesWarning, stacklevel=1)
    return asked


def _rows(card: Scorecard) -> Iterator[tuple[Value, ...]]:
    yield _COLUMNS
    for each in card.evaluations:
        measure = card.plan.measure(each.measure)
        beside: dict[str, Value] = {
            "title": measure.title,
            "breakdown": format_breakdown(each.breakdown),
            "period": None if each.observation is None else str(each.observation.period),
            "unit": None if measure.unit is None else str(measure.unit),
            "due": None if each.due is None else str(each.due),
            "as_of": each.as_of.isoformat(),
            "display_conflict": str(each.display_conflict).lower(),
        }
        yield tuple(beside[name] if name in beside else getattr(each, name) for name in _COLUMNS)
