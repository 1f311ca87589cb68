"""``outcome-bees evaluate``: how every measure of a plan stands, from a table of figures."""

from argparse import Namespace
from collections.abc import Iterator

from outcome_bees.cli.answer import Answer, Value
from outcome_bees.cli.plans import naming, plan_of
from outcome_bees.cli.progress import progress
from outcome_bees.errors import OutcomeBeesError, OutcomeBeesWarning, UnknownNameError
from outcome_bees.evaluation.plan import evaluate_plan
from outcome_bees.evaluation.policy import POLICIES
from outcome_bees.evaluation.report import tables_of
from outcome_bees.evaluation.scorecard import Scorecard
from outcome_bees.identifiers import area_code
from outcome_bees.model.observations import Observations
from outcome_bees.model.plan import Plan
from outcome_bees.serializers import load_observations, to_tree
from outcome_bees.serializers.cells import written_breakdown

__all__ = ["run"]

# Of an evaluation, as its class and ``outcome_bees.frames`` call them; what a reader needs beside them comes between.
_COLUMNS = (
    *("measure", "title", "target", "area", "breakdown", "period", "value", "unit", "required", "goal", "baseline"),
    *("reference", "gap", "progress", "status", "verdict", "reason", "rag", "travel", "travel_basis", "due"),
    *("as_of", "policy", "explanation"),
)


def run(arguments: Namespace) -> int:
    """Evaluate, and show the scorecard. The exit code is 0 whatever the verdicts."""
    if arguments.policy not in POLICIES:
        raise UnknownNameError("--policy", arguments.policy, list(POLICIES))
    plan = plan_of(arguments.plan)
    figures = _figures(arguments.figures, None if arguments.allow_unknown_measures else plan)
    card = evaluate_plan(
        plan,
        figures,
        as_of=arguments.as_of,
        area=_area(arguments.area, figures),
        policy=POLICIES[arguments.policy],
        unknown_measures_ok=True,  # where they are not, reading the figures has refused them
    )
    Answer(
        title=plan.title,
        tables=lambda: tables_of(card),
        tree=lambda: to_tree(card),
        rows=lambda: _rows(card),
    ).give(arguments)
    return 0


def _figures(source: str, plan: Plan | None) -> Observations:
    """The figures of a table; where a plan is given, each of them is of one of its measures."""
    with naming(source), progress(source) as read:
        return load_observations(source, plan, progress=read)


def _area(asked: str | None, figures: Observations) -> str:
    """The place that was asked for, else the only one there is."""
    areas = list(dict.fromkeys(area for measure in figures.measures for area in figures.areas(measure)))
    listed = ", ".join(areas[:10]) + (" …" if len(areas) > 10 else "")
    if asked is None:
        if len(areas) == 1:
            return areas[0]
        raise OutcomeBeesError(f"--area is needed: there are figures of {listed or 'no place'}")
    if areas and area_code(asked, "--area") not in areas:
        import warnings

        warnings.warn(f"there are no figures of {asked}, only of {listed}", OutcomeBeesWarning, stacklevel=1)
    return asked


def _rows(card: Scorecard) -> Iterator[tuple[Value, ...]]:
    yield _COLUMNS
    for each in card.evaluations:
        measure = card.plan.measure(each.measure)
        beside: dict[str, Value] = {
            "title": measure.title,
            "breakdown": written_breakdown(each.breakdown),
            "period": None if each.observation is None else str(each.observation.period),
            "unit": None if measure.unit is None else str(measure.unit),
            "due": None if each.due is None else str(each.due),
            "as_of": each.as_of.isoformat(),
        }
        yield tuple(beside[name] if name in beside else getattr(each, name) for name in _COLUMNS)
