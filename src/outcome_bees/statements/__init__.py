"""From a plan's words to a measure: what one published sentence says, and what it leaves unsaid."""

from outcome_bees.statements.comparison import Comparison
from outcome_bees.statements.draft import Draft, draft_measure
from outcome_bees.statements.reading import read_statement
from outcome_bees.statements.statement import Statement

__all__ = ["Comparison", "Draft", "Statement", "draft_measure", "read_statement"]
