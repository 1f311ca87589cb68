"""The policies, under the path by which pages and scripts have them: they are a plan's own, and so of the model."""

from outcome_bees.model.local_policy import (
    FIVE_PER_CENT,
    NOT_WORSE_THAN_LAST_YEAR,
    POLICIES,
    STANDARD,
    Policy,
    policy_of,
)

__all__ = ["FIVE_PER_CENT", "NOT_WORSE_THAN_LAST_YEAR", "POLICIES", "STANDARD", "Policy", "policy_of"]
