"""The findings of a plan as a table."""

from collections.abc import Iterable
from itertools import groupby

from outcome_bees.linting import Finding
from outcome_bees.presentation.blocks import Cell, Column, Group, Row, Table
from outcome_bees.presentation.words import LABEL, SYMBOL
from outcome_bees.vocabulary import Rag, Severity

__all__ = ["by_severity", "table_of_findings"]

_COLOURS = {Severity.ERROR: Rag.RED, Severity.WARNING: Rag.AMBER, Severity.INFO: Rag.GREY}


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with the gravest first, those of one severity in their order."""
    return sorted(findings, key=lambda each: each.severity, reverse=True)


def table_of_findings(findings: Iterable[Finding], caption: str = "Findings") -> Table:
    """Make the table of what was found in a plan, the gravest first.

    Example:
        >>> from outcome_bees import Measure, Plan, lint
        >>> plan = Plan(id="p", title="P", measures=[Measure(id="m", title="Staff", unit="person")])
        >>> [group.title for group in table_of_findings(lint(plan)).groups]
        ['2 warnings', '2 notes']
    """
    groups = []
    for severity, found in groupby(by_severity(findings), key=lambda each: each.severity):
        members = [
            Row(
                (
                    Cell(each.item, note=each.path),
                    Cell(each.message, mark=SYMBOL[severity], rag=_COLOURS[severity]),
                    Cell(each.remedy),
                )
            )
            for each in found
        ]
        word = LABEL[severity]
        groups.append(Group(members, f"{len(members)} {word}{'s' if len(members) != 1 else ''}"))
    columns = (Column("Where", least=16), Column("What was found", least=20), Column("What to do about it", least=16))
    return Table(caption, columns, groups, "" if groups else "Nothing was found.")
