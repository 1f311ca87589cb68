"""From a plan's words to a measure: what one published sentence says, and what it leaves unsaid."""

from outcome_bees.statements.comparison import Comparison
from outcome_bees.statements.reading import Statement, read_statement

__all__ = ["Comparison", "Statement", "read_statement"]
