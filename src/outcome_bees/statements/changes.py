"""A change rather than a level: "by 10%", "a 5% rise", "by two thirds"; not "by half term", "by a third party"."""

from calendar import month_name

from outcome_bees.statements.cues.direction import NOUNS
from outcome_bees.statements.cues.figures import FRACTIONS, PARTED, SIZED
from outcome_bees.statements.cues.limits import BOUNDS
from outcome_bees.statements.scope import Clause

__all__ = ["by_a_fraction", "changes_by"]

_MONTHS = frozenset(name.lower() for name in month_name if name)
_SO_MANY = ("one", "two", "three")


def changes_by(clause: Clause) -> tuple[int, int] | None:
    """The words that state a change rather than a level: "by 10%", "a 5% rise", "by a third"."""
    for at, word in enumerate(clause.words):
        following = clause[at + 1].text
        if word.text == "by" and at not in clause.dated:
            limit = BOUNDS.at(clause.words, at + 1)
            number = limit[0] if limit else at + 1
            aged = (
                clause[number + 1].text in _MONTHS
                or clause[number + 1].text in SIZED
                or clause[number + 2].text in SIZED
            )  # "by 19 year olds"
            done_by = clause.is_percent(number) and clause[number + 1].text == "of"  # "taken up by 28% of adults"
            if clause.has_number(number) and not aged and not done_by:
                return at, number + 1
            fraction = by_a_fraction(clause, at)
            if fraction is not None:
                return at, fraction
        if word.text in ("up", "down") and clause.has_number(at + 1) and clause.is_measured(at + 1):
            return at, at + 2
        noun = NOUNS.at(clause.words, at)
        if noun and clause.has_number(noun[0]) and clause[noun[0] - 1].text == "of":
            return at, noun[0] + 1  # "a reduction of 10%"
        compared = following in ("more", "fewer", "less", "increase", "reduction")
        if clause.is_percent(at) and (compared or NOUNS.at(clause.words, at + 1)):
            return at, at + 2
    return None


def by_a_fraction(clause: Clause, by: int) -> int | None:
    """The word after the fraction that a "by" leads; ``None`` where it leads none."""
    at = by + 1
    counted = clause[at].text in _SO_MANY
    at += counted
    word, following = clause[at], clause[at + 1].text
    if word.text not in FRACTIONS or at in clause.dated or following in PARTED:
        return None
    named = word.text in ("third", "quarter", "fifth", "tenth") and not (word.determined or counted)
    return None if named else at + 1
