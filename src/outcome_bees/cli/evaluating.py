"""``outcome-bees evaluate``: the status of every measure of a plan, from a table of figures."""

import warnings
from argparse import Namespace
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from outcome_bees.cli.answer import Answer
from outcome_bees.cli.figures import Figures, figures_of, named
from outcome_bees.cli.progress import elapsed
from outcome_bees.cli.showing import plan_of, policy_for
from outcome_bees.cli.streams import read_once
from outcome_bees.errors import OutcomeBeesError, UnknownAreaWarning
from outcome_bees.evaluation.changed_areas import former_codes
from outcome_bees.evaluation.missing import no_figures_of
from outcome_bees.evaluation.scorecard import evaluate_plan
from outcome_bees.model.fields import area as area_read
from outcome_bees.model.local_policy import Policy
from outcome_bees.model.plan import Plan
from outcome_bees.reports.analysis_tables import analysis_columns, analysis_rows, analysis_tables
from outcome_bees.reports.answers import table_of_places, tables_of
from outcome_bees.reports.tabular import COLUMNS, answer_cells, answer_rows
from outcome_bees.serializers import to_tree

__all__ = ["run"]


def run(arguments: Namespace) -> int:
    """Evaluate, and show the answers. The exit code is 0 whatever the verdicts."""
    read_once([arguments.plan, *arguments.figures])
    plan = plan_of(arguments.plan, arguments.input_format)
    policy = policy_for(arguments, plan)
    with figures_of(arguments, plan) as figures:
        _answer(plan, figures, policy, arguments).give(arguments)
    return 0


def _answer(plan: Plan, figures: Figures, policy: Policy, arguments: Namespace) -> Answer:
    if arguments.every_area:
        if arguments.methods:
            raise OutcomeBeesError(
                "--with needs one place: name it with --area; for every place use outcome_bees.frames"
            )
        with elapsed(named(arguments)):
            found = figures.everywhere(plan, arguments.as_of, policy)

        def rows() -> Iterator[dict[str, Any]]:
            with elapsed(named(arguments)):
                for card in found.cards():
                    yield from answer_rows(card, exact=True)

        return Answer(
            title=plan.title,
            tables=lambda: [table_of_places(plan, found.tallies, arguments.as_of, policy)],
            tree=lambda: [dict(zip(COLUMNS, answer_cells(row), strict=True)) for row in rows()],
            rows=lambda: chain([COLUMNS], map(answer_cells, rows())),
        )
    area = _area(arguments.area, figures.areas)
    with elapsed(named(arguments)):
        needed = figures.needed_for(plan, area)
    # Where unknown measures are not allowed, reading the figures has refused them; of the place there was a word.
    card = evaluate_plan(
        plan, needed, as_of=arguments.as_of, area=area, policy=policy, unknown_measures_ok=True, unknown_area_ok=True
    )
    if arguments.methods:
        analysis = card.with_methods(*arguments.methods)
        columns = analysis_columns(analysis)
        return Answer(
            title=plan.title,
            tables=lambda: analysis_tables(analysis),
            tree=lambda: to_tree(analysis),
            rows=lambda: chain([columns], map(answer_cells, analysis_rows(analysis))),
        )
    return Answer(
        title=plan.title,
        tables=lambda: tables_of(card),
        tree=lambda: to_tree(card),
        rows=lambda: chain([COLUMNS], map(answer_cells, answer_rows(card, exact=True))),
    )


def _area(asked: str | None, areas: Sequence[str]) -> str:
    """Return the place that was asked for, else the only one there is."""
    listed = ", ".join(areas[:10]) + (" …" if len(areas) > 10 else "")
    if asked is None:
        former = former_codes(areas) if len(areas) > 1 else ()
        places = [each for each in areas if each not in former]
        if len(places) == 1:
            return places[0]
        raise OutcomeBeesError(f"--area or --every-area is needed: there are figures of {listed or 'no place'}")
    if areas and area_read(asked, "--area") not in areas:
        warnings.warn(no_figures_of(asked, areas), UnknownAreaWarning, stacklevel=1)
    return asked
