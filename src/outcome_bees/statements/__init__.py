"""From a plan's words to a measure: what one published sentence says, and what it leaves out."""

from outcome_bees.statements._features import ComparisonBasis
from outcome_bees.statements.statement import MeasureDraft, Statement, draft_measure, read_statement

Comparison = ComparisonBasis
"""The name that ``ComparisonBasis`` had in 0.1; it goes on working."""

__all__ = ["Comparison", "ComparisonBasis", "MeasureDraft", "Statement", "draft_measure", "read_statement"]


def __dir__() -> list[str]:
    return __all__
