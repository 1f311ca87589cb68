"""Dates that tell which things are counted: "children born by", "who were placed by", "reviews due by … completed"."""

from collections.abc import Sequence

from outcome_bees.statements.cues.deadlines import FORESEEN, RECEIVED
from outcome_bees.statements.cues.figures import COUNTED
from outcome_bees.statements.dates import Dated
from outcome_bees.statements.words import Word

__all__ = ["dates_the_counted"]

_HAPPENED = frozenset("were was had been".split())
_TELLING = frozenset("who which that whose where".split())
_GOING_ON = frozenset("and or to for in with at but".split())
_LONGEST_TOLD = 10
"""Words from "who were" to the date. Our choice; it also keeps long text linear."""


def dates_the_counted(words: Sequence[Word], start: int, date: Dated) -> bool:
    """Whether a date tells which are counted: "who were placed by", "born by", "reviews due by … completed"."""
    before = [word.text for word in words[max(start - 3, 0) : start]]
    last = before[-1] if before else ""
    if words[start].text == "before" and (last == "since" or last in RECEIVED):
        return True
    if (
        last in FORESEEN
        or (words[0].text in FORESEEN and not last.endswith("ed"))
        or (words[start].text == "due" and last in COUNTED)
    ):
        return True
    if before[-1:] == ["born"] or (before[-2:-1] == ["aged"]):
        return True
    if _is_told_of(words, start):
        return True
    following = words[date.end] if date.end < len(words) else None
    due = words[start].text == "due" and start > 0 and not words[start - 1].is_sign
    return due and following is not None and following.text.isalpha() and following.text not in _GOING_ON


def _is_told_of(words: Sequence[Word], start: int) -> bool:
    """ "Who were placed in a hotel *before*": said of those counted, unless a number is to be reached since."""
    for at in range(start - 1, max(start - _LONGEST_TOLD, 0), -1):
        if words[at].number is not None or words[at].is_sign:
            return False
        if words[at].text in _HAPPENED and words[at - 1].text in _TELLING:
            return True
    return False
