"""A first draft of a measure from a published sentence, and what is still to be said of it."""

from typing import NamedTuple

from outcome_bees.linting import Finding, lint
from outcome_bees.model.measure import Measure
from outcome_bees.model.plan import Plan
from outcome_bees.periods import YearType
from outcome_bees.statements.reading import read_statement
from outcome_bees.statements.statement import Statement
from outcome_bees.units import Unit
from outcome_bees.vocabulary import MeasureKind, Severity

__all__ = ["Draft", "draft_measure"]


class Draft(NamedTuple):
    """A measure as far as its sentence says it, and what whoever drafts the plan has still to say.

    Attributes:
        measure: The measure; of a compound the whole: draft each of ``statement.components`` for its parts.
        findings: What ``lint`` finds of it, and ``no_kind`` where the sentence names no sort of figure.
    """

    measure: Measure
    findings: tuple[Finding, ...]


def draft_measure(statement: Statement | str, *, id: str, calendar: YearType | str | None = None) -> Draft:
    """The measure that a published sentence describes, and the findings on it.

    Nothing is added that the sentence does not say: no direction stays no direction, and a sentence without
    any sort of figure becomes a narrative measure.

    Args:
        statement: A sentence, or one that was read already.
        id: The id that the measure is to have.
        calendar: As for ``read_statement``; not needed for one that was read already.

    Raises:
        InvalidValueError: An id that is none; a sentence that cannot be read.

    Example:
        >>> measure, findings = draft_measure("Increase in % of care leavers in work", id="in-work")
        >>> measure.direction.value, measure.unit.code, [finding.id for finding in findings]
        ('increase', 'percent', ['no_calendar', 'no_target', 'no_bee'])
    """
    said = statement if isinstance(statement, Statement) else read_statement(statement, calendar=calendar)
    measure = Measure(
        id=id,
        title=" ".join(said.text.split()),
        unit=None if said.unit is None or said.kind is MeasureKind.COMPOUND else Unit(said.unit),
        direction=said.direction,
        kind=said.kind or MeasureKind.NARRATIVE,
    )
    found = lint(Plan(id="draft", title="A draft", measures=(measure,)))
    return Draft(measure, found if said.kind else (_no_kind(id), *found))


def _no_kind(id: str) -> Finding:
    return Finding(
        id="no_kind",
        severity=Severity.WARNING,
        path="$.measures[0].kind",
        item=id,
        message="no kind: its sentence does not say what sort of figure it has, so it is drafted as words",
        remedy="give it a unit, or a kind such as count or percentage",
    )
