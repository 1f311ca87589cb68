"""Outcomes as numbers: what an engine computes, and the words of each as a table to be joined."""

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from outcome_bees.evaluation.evaluate import status_in_time
from outcome_bees.frames.backend import LookupTable
from outcome_bees.vocabulary import WORST_FIRST, Reason, Status, Travel, Verdict

__all__ = ["NO_REASON", "NO_TRAVEL", "NO_VERDICT", "REASONS", "VERDICTS", "RuleTiming", "code_of", "outcome_words"]

REASONS = {reason: place for place, reason in enumerate(Reason)}
"""The place of every reason in the order in which they apply; of several the lowest is given."""
NO_REASON = len(REASONS)
VERDICTS = {Verdict.OFF: 0, Verdict.NEAR: 1, Verdict.MET: 2}
NO_VERDICT = len(VERDICTS)
NO_TRAVEL = 5
"""Travel is counted: how many of the two edges the figure has passed, 0 to 2; 3 and 4 are less and more than before.

Of those it is one where it is not known what is nearer.
"""
_WORDS = {
    "code": int,
    "verdict": str,
    "status": str,
    "reason": str,
    "rag": str,
    "travel": str,
    "severity": int,
}


@frozen
class RuleTiming:
    """What is known of a rule in time before any figure is seen, and the words of its travel."""

    at_due: bool
    past_due: bool
    milestone: bool
    travel: tuple[Travel, ...]


def code_of(reason: Any, verdict: Any, travel: Any, timing: Any, timings: int) -> Any:
    """Return the one number of an outcome: of numbers, or of columns of them."""
    return ((reason * (NO_VERDICT + 1) + verdict) * (NO_TRAVEL + 1) + travel) * timings + timing


def severity(status: Status) -> int:
    """Return the place of a status from the worst; what was not assessed comes last."""
    return WORST_FIRST.index(status) if status in WORST_FIRST else len(WORST_FIRST)


def outcome_words(timings: Sequence[RuleTiming]) -> LookupTable:
    """Return the words for every outcome there can be."""
    rows: list[tuple[int | str | None, ...]] = []
    # Only what has no reason against it has a verdict.
    outcomes = [(None, verdict) for verdict in (*VERDICTS, None)] + [(reason, None) for reason in Reason]
    for reason, verdict in outcomes:
        r = NO_REASON if reason is None else REASONS[reason]
        v = NO_VERDICT if verdict is None else VERDICTS[verdict]
        for at, timing in enumerate(timings):
            status, first_reason = status_in_time(
                verdict,
                reason,
                at_due=timing.at_due,
                past_due=timing.past_due,
                milestone=timing.milestone,
            )
            for travel, moved in enumerate((*timing.travel, *[None] * (NO_TRAVEL + 1 - len(timing.travel)))):
                texts = (verdict, status, first_reason, status.rag, moved)
                written = [None if each is None else str(each) for each in texts]
                rows.append((code_of(r, v, travel, at, len(timings)), *written, severity(status)))
    return LookupTable.of(_WORDS, rows)
