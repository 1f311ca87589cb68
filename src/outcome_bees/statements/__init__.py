"""From a plan's words to a measure: what one published sentence says, and what it leaves unsaid."""

from outcome_bees.statements._features import ComparisonBasis
from outcome_bees.statements.statement import Draft, Statement, draft_measure, read_statement

__all__ = ["ComparisonBasis", "Draft", "Statement", "draft_measure", "read_statement"]
