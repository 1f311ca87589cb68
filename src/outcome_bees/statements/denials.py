"""What denies a limit or a movement: "not to fall below 95%", "never above", "no patient waits longer than"."""

from outcome_bees.statements.cues.limits import ALLOWING, BOUNDS, DENYING
from outcome_bees.statements.scope import Clause

__all__ = ["denied_from", "denied_throughout"]

_FURTHEST = 5
"""Words that may stand between a denial and what it denies. Our choice."""

_NOBODY = frozenset(("no", "nobody", "no-one", "none"))


def denied_from(clause: Clause, at: int) -> int | None:
    """Where the denial of a word begins: "*not* to fall below"; ``None`` where nothing denies it."""
    for before in range(at - 1, max(at - 2 - _FURTHEST, clause.segment(at) - 1), -1):
        word = clause[before].text
        if word in DENYING or word.endswith("n't"):
            return before
        if word not in ALLOWING:
            return None
    return None


def denied_throughout(clause: Clause, at: int) -> bool:
    """Whether a clause says of nobody what it says at a word: "no patient waits longer than"."""
    first = clause.opening
    led = clause[first].text in _NOBODY and first < at and not BOUNDS.at(clause.words, first)
    return led and clause.segment(at) == clause.segment(first)
