"""Words of direction that are part of a name: "lower income", "Raising Participation Age cohort", "end of"."""

from outcome_bees.statements.cues.direction import (
    BUILT,
    DOUBLED_NAMES,
    DROPPED_IN,
    GERUNDS,
    GRADED,
    GROWN,
    NAMED_BY_DEGREE,
    RAISED,
    UNDERTAKINGS,
)
from outcome_bees.statements.cues.figures import FOLLOWING, GAPS, MEASURED
from outcome_bees.statements.cues.steps import DONE
from outcome_bees.statements.scope import Clause

__all__ = ["adjective_is_named", "noun_is_named", "verb_is_named"]

_LONGEST_NAME = 7
"""Words that a name takes after its first. Our choice."""


def verb_is_named(clause: Clause, start: int, end: int) -> bool:
    """Whether a verb's word is no such verb: "lower income", "end of", "double glazing", "raise concerns"."""
    word, following = clause[start].text, clause[end]
    if _is_titled(clause, start, end):
        return True
    if word == "lower":
        return following.text in NAMED_BY_DEGREE and clause[end + 1].text not in MEASURED
    if word in ("close", "closing"):
        gap = next((at for at in range(end, end + 4) if clause[at].text in GAPS), None)
        return gap is None or clause[gap + 1].text in UNDERTAKINGS  # "close the gap programme"
    if word in ("double", "triple", "treble"):
        return following.text in DOUBLED_NAMES or following.is_sign
    if word == "end":
        return following.text in ("of", "to", "")
    if following.text == "," and end + 1 not in clause.dated and clause[end + 1].text != "by":
        return True  # "Reduce, reuse, recycle"
    if word == "growing":
        return following.text in GROWN
    if word in ("raise", "raising"):
        return following.text in RAISED
    return word in ("increase", "decrease") and following.text in ("in", "of")


def _is_titled(clause: Clause, start: int, end: int) -> bool:
    """Whether the words from here are the name of an undertaking.

    "Reducing Parental Conflict programme …" goes on in capitals; "End child poverty action plan published" has
    a verb of its own after it. The verb of a plan's own aim has neither.
    """
    if clause[start].determined:
        return False
    if clause[end].text in ("your", "my"):
        return True  # no plan speaks so of its figures
    gerund = GERUNDS.at(clause.words, start) is not None
    for at in range(end, min(end + _LONGEST_NAME, len(clause))):
        word = clause[at]
        if word.is_sign or word.determined or at in clause.dated:
            return False
        if word.text in FOLLOWING and not (gerund and clause[at + 1].capital):
            return False  # "Increasing Access to Psychological Therapies" goes on
        if word.text in UNDERTAKINGS and at > end:
            done = DONE.at(clause.words, at + 1)
            if done and (clause.ends(done[0]) or clause[done[0]].text in ("by", "in")):
                return True
            if gerund and clause[end].capital and at + 1 < len(clause):
                return True
    return False


def noun_is_named(clause: Clause, start: int, end: int) -> bool:
    """ "Drop in sessions" are held, and do not drop."""
    return clause[start].text == "drop" and clause[end].text in DROPPED_IN


def adjective_is_named(clause: Clause, start: int, end: int) -> bool:
    """Whether a word tells of what sort things are: "more able pupils"."""
    if clause[start].text in ("lowered", "raised"):
        return clause[end].text in BUILT
    return clause[start].text in ("more", "less") and clause[end].text in GRADED
