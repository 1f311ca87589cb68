"""What was read of another form: a plan and figures, what of it has no place with us, and what was noticed."""

from enum import StrEnum

from attrs import frozen

from outcome_bees.interchange.loss import LossReport
from outcome_bees.model.index import Observations
from outcome_bees.model.plan import Plan

__all__ = ["Diagnostic", "DiagnosticKind", "Imported"]


class DiagnosticKind(StrEnum):
    """What sort of thing a reader noticed.

    Example:
        >>> DiagnosticKind("order").value
        'order'
    """

    DIALECT = "dialect"
    UNKNOWN_ELEMENT = "unknown_element"
    ORDER = "order"
    CARDINALITY = "cardinality"
    ATTRIBUTE = "attribute"
    VALUE = "value"
    IDENTIFIER = "identifier"
    REFERENCE = "reference"
    DATES = "dates"
    UNIT = "unit"
    FIGURE = "figure"
    EXTENSION = "extension"


@frozen
class Diagnostic:
    """One thing that is not as the standard has it, or that could not be read as it was written.

    Attributes:
        kind: Of which sort it is.
        path: The path of the element.
        message: What was found, and what was made of it.
        line: The line of the element.

    Example:
        >>> print(Diagnostic(DiagnosticKind.DATES, "/PerformancePlanOrReport", "StartDate is after EndDate", 12))
        line 12, /PerformancePlanOrReport: StartDate is after EndDate (dates)
    """

    kind: DiagnosticKind
    path: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        where = self.path if self.line is None else f"line {self.line}, {self.path}"
        return f"{where}: {self.message} ({self.kind})"


@frozen
class Imported:
    """A plan and its figures, as they were read of another form.

    Attributes:
        plan: The plan.
        observations: The figures.
        losses: Every element and attribute of the document that has no place with us.
        diagnostics: What is not as the standard has it, and what was read otherwise than it was written.

    Example:
        >>> Imported(Plan(id="p", title="P"), Observations(), LossReport(), ()).plan.title
        'P'
    """

    plan: Plan
    observations: Observations
    losses: LossReport
    diagnostics: tuple[Diagnostic, ...]
