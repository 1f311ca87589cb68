"""``outcome-bees lint``: what a draft of a plan leaves open, and what is odd about its figures."""

from argparse import Namespace
from collections.abc import Iterator

from outcome_bees.cli.answer import Answer, Value
from outcome_bees.cli.figures import loaded
from outcome_bees.cli.showing import plan_of
from outcome_bees.errors import OutcomeBeesError
from outcome_bees.vocabulary import Severity

__all__ = ["lint"]


def lint(arguments: Namespace) -> int:
    """List what a plan leaves open. The exit code is 1 where one of the findings is an error."""
    from attrs import asdict, fields

    from outcome_bees.linting import Finding, lint as findings_of
    from outcome_bees.reports.findings import by_severity, table_of_findings

    plan = plan_of(arguments.plan, arguments.input_format)
    if bool(arguments.figures) != (arguments.as_of is not None):
        raise OutcomeBeesError("FIGURES and --as-of go together: some figures are of periods that are not over then")
    figures = loaded(arguments, plan) if arguments.figures else None
    findings = by_severity(findings_of(plan, figures, as_of=arguments.as_of))

    def rows() -> Iterator[tuple[Value, ...]]:
        names = tuple(each.name for each in fields(Finding))
        yield names
        yield from (tuple(getattr(each, name) for name in names) for each in findings)

    Answer(
        title=plan.title,
        tables=lambda: [table_of_findings(findings, f"{plan.title}: what it leaves open")],
        tree=lambda: [asdict(each) for each in findings],
        rows=rows,
    ).give(arguments)
    return int(any(each.severity is Severity.ERROR for each in findings))
