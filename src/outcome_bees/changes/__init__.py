"""What changed between two scorecards and why; whether a card can be made again from its own inputs."""

from outcome_bees.changes.change import Cause, CauseKind, Change
from outcome_bees.changes.comparing import compare_scorecards
from outcome_bees.changes.reproducing import Difference, Reproduction, reproduce

__all__ = ["Cause", "CauseKind", "Change", "Difference", "Reproduction", "compare_scorecards", "reproduce"]
