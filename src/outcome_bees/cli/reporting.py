"""``outcome-bees report``: a plan's answers for one place as a page, a paper or a workbook."""

from argparse import Namespace
from datetime import date

from outcome_bees.cli.figures import figures_of, named
from outcome_bees.cli.progress import elapsed
from outcome_bees.cli.showing import plan_of, policy_for
from outcome_bees.cli.streams import read_once
from outcome_bees.errors import InvalidValueError, OutcomeBeesError
from outcome_bees.evaluation.scorecard import Scorecard, evaluate_plan
from outcome_bees.reports.commentary import load_commentary
from outcome_bees.reports.publish import Disclosure
from outcome_bees.reports.report import report

__all__ = ["run"]


def run(arguments: Namespace) -> int:
    """Evaluate, and write the report. The exit code is 0 whatever the verdicts."""
    read_once([arguments.plan, *arguments.figures])
    plan = plan_of(arguments.plan, arguments.input_format)
    policy = policy_for(arguments, plan)
    disclosure = _disclosure(arguments)
    commentary = () if arguments.commentary is None else load_commentary(arguments.commentary)
    with figures_of(arguments, plan) as figures:
        area = arguments.area or (figures.areas[0] if len(figures.areas) == 1 else None)
        if area is None:
            raise OutcomeBeesError(
                f"--area is needed: there are figures of {', '.join(figures.areas[:10]) or 'no place'}"
            )
        with elapsed(named(arguments)):
            needed = figures.needed_for(plan, area)

    def card(as_of: date) -> Scorecard:
        return evaluate_plan(plan, needed, as_of=as_of, area=area, policy=policy, unknown_measures_ok=True)

    report(
        card(arguments.as_of),
        arguments.output,
        observations=needed,
        commentary=commentary,
        before=None if arguments.since is None else card(arguments.since),
        template=arguments.template,
        disclosure=disclosure,
        policy=policy,
        charts=not arguments.no_charts,
    )
    return 0


def _disclosure(arguments: Namespace) -> Disclosure | None:
    """Return the rule by which small numbers are hidden: a number and its source; ``None``: neither is given."""
    if arguments.hide_below is None and arguments.hide_source is None:
        return None
    if arguments.hide_below is None or arguments.hide_source is None:
        raise InvalidValueError(
            "--hide-below", arguments.hide_below, "a number together with --hide-source, or neither"
        )
    return Disclosure(below=arguments.hide_below, source=arguments.hide_source)
