"""The commands for whoever drafts a plan: ``lint``, ``read`` and ``inspect``.

They show what a plan leaves open, what a published sentence states, and what an unknown file of figures seems to be.
"""

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from outcome_bees.cli.answer import Answer, Value, deliver
from outcome_bees.cli.figures import loaded
from outcome_bees.cli.progress import elapsed
from outcome_bees.cli.showing import naming, plan_of
from outcome_bees.errors import OutcomeBeesError
from outcome_bees.presentation.blocks import Cell, Column, Group, Row, Table
from outcome_bees.vocabulary import Severity

if TYPE_CHECKING:
    from outcome_bees.statements import Statement

__all__ = ["inspect", "lint", "read"]

_FIELDS = ("kind", "direction", "comparator", "due", "unit", "number")


def lint(arguments: Namespace) -> int:
    """List what a plan leaves open. The exit code is 1 where one of the findings is an error."""
    from attrs import asdict, fields

    from outcome_bees.linting import Finding, lint as findings_of
    from outcome_bees.reports.comparisons import by_severity, table_of_findings

    plan = plan_of(arguments.plan, arguments.input_format)
    if bool(arguments.figures) != (arguments.as_of is not None):
        raise OutcomeBeesError(
            "FIGURES needs --as-of, and --as-of needs FIGURES: whether a period is over depends on the day"
        )
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


def inspect(arguments: Namespace) -> int:
    """Write a draft of the source of a file or of a database's table as YAML. The exit code is 0, whatever is open."""
    from outcome_bees.sources import inspect as draft_of

    file = arguments.file
    with naming(file), elapsed("the database" if "://" in file else file):  # a URL may have a password
        draft = draft_of(file, sheet=arguments.sheet, table=arguments.table, query=arguments.query)
    deliver(str(draft), arguments.output)
    return 0


def read(arguments: Namespace) -> int:
    """Read a sentence, and show what each part of it states."""
    from outcome_bees.statements import read_statement

    statement = read_statement(arguments.sentence, calendar=arguments.calendar)
    columns = (Column("What", least=10), Column("As read", least=12), Column("Because of the words", least=12))

    def table() -> Table:
        parts = [Group(list(_rows(part)), part.text) for part in statement.components]
        return Table(statement.text, columns, [Group(list(_rows(statement))), *parts])

    Answer(title=statement.text, tables=lambda: [table()], tree=lambda: _tree(statement)).give(arguments)
    return 0


def _rows(statement: "Statement") -> Iterator[Row]:
    for name in _FIELDS:
        value = getattr(statement, name)
        words = ", ".join(f"“{each}”" for each in statement.evidence.get(name, ()))
        yield Row((Cell(name), Cell("not stated" if value is None else str(value)), Cell(words)))


def _tree(statement: "Statement") -> dict[str, object]:
    fields = {name: getattr(statement, name) for name in _FIELDS}
    return {
        "text": statement.text,
        **{name: str(value) if name == "due" else value for name, value in fields.items() if value is not None},
        "evidence": {name: list(words) for name, words in statement.evidence.items()},
        "components": [_tree(part) for part in statement.components],
    }
