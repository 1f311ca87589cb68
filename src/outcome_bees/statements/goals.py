"""The number that a clause states to be reached or delivered.

Most numbers in a sentence are none: ages ("16-17 year olds", "under 5s"), stages ("Key Stage 2", "Year 6"),
lengths of time ("within 20 weeks"), shares of deprived areas, dates, where a figure comes from ("from 12%").
"""

from calendar import month_name
from decimal import Decimal

from attrs import frozen

from outcome_bees.statements.aims import Aim
from outcome_bees.statements.cues.comparison import IMPROVING
from outcome_bees.statements.cues.direction import BOUNDS, NOUNS
from outcome_bees.statements.cues.figures import FRACTIONS, NAMING, SIZED, TIMES, ZERO_NAMED, ZEROS
from outcome_bees.statements.limits import Limit
from outcome_bees.statements.scope import Clause
from outcome_bees.statements.words import Form
from outcome_bees.vocabulary import Direction

__all__ = ["Goal", "changes_by", "goal_of"]

_MONTHS = frozenset(name.lower() for name in month_name if name)
_LARGER_THAN_NAMES = 20
"""Numbers in names ("Stage 2", "Year 6") are smaller. Our choice."""


@frozen
class Goal:
    """The words that state what is to be reached or delivered.

    Attributes:
        start: The first of them.
        end: The word after their last.
        number: The number, as written; ``None`` for a range ("between 10% and 14%")
            and a share in words ("one in three").
        form: What the number is written as.
    """

    start: int
    end: int
    number: Decimal | None
    form: Form


def goal_of(clause: Clause, aim: Aim | None, limits: list[Limit]) -> Goal | None:
    """The number that a clause states to be reached or delivered; ``None`` where it states none."""
    change = range(*(changes_by(clause) or (0, 0)))
    stated = [
        _range_at(clause, limit.number_at) or _goal(clause, min(limit.start, limit.number_at), limit.number_at)
        for limit in limits
        if limit.number_at is not None and limit.number_at not in change
    ]
    for at in range(min(len(clause), clause.explained_from)):
        if clause.has_number(at) and at not in change:
            start = _begins(clause, at, aim)
            found = _range_at(clause, at) or (None if start is None else _goal(clause, start, at))
            stated += [found] if found else []
    if stated:
        # "50% by March 2025, rising to 60% by March 2026": of several, the last to fall due.
        return stated[-1] if len(clause.deadlines) > 1 else stated[0]
    return _zero(clause)


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
            if (clause.has_number(number) and not aged) or following in FRACTIONS:
                return at, number + 1
        if word.text in ("up", "down") and clause.has_number(at + 1) and clause.is_measured(at + 1):
            return at, at + 2
        noun = NOUNS.at(clause.words, at)
        if noun and clause.has_number(noun[0]) and clause[noun[0] - 1].text == "of":
            return at, noun[0] + 1  # "a reduction of 10%"
        compared = following in ("more", "fewer", "less", "increase", "reduction")
        if clause.is_percent(at) and (compared or NOUNS.at(clause.words, at + 1)):
            return at, at + 2
    return None


def _goal(clause: Clause, start: int, at: int) -> Goal:
    number = clause[at].number
    assert number is not None, "a goal is asked of a number"
    return Goal(start, at + 1, None if number.form is Form.SHARE else number.value, number.form)


def _range_at(clause: Clause, at: int) -> Goal | None:
    """Two numbers, or a number about another: "between 10% and 14%", "within 1% of budget"."""
    if not clause.is_percent(at):
        return None
    if clause[at - 1].text == "within":
        return Goal(at - 1, at + 1, None, Form.PLAIN)
    if clause[at - 1].text == "between" and clause[at + 1].text in ("and", "to") and clause.is_percent(at + 2):
        return Goal(at - 1, at + 3, None, Form.PERCENT)
    return None


def _zero(clause: Clause) -> Goal | None:
    """Zero of something, not the zero of "net zero" or "zero carbon"."""
    for at, word in enumerate(clause.words):
        said = at == 0 or clause[at - 1].text in ("to", "be", "at", "is", "of", ":", "–", "remain", "remains")
        if word.text in ZEROS and said and clause[at + 1].text not in ZERO_NAMED:
            return Goal(at, at + 1, Decimal(0), Form.PLAIN)
    return None


def _begins(clause: Clause, at: int, aim: Aim | None) -> int | None:
    """Where the words begin that make this number a goal; ``None`` where nothing makes it one."""
    number = clause[at].number
    before, following = clause[at - 1].text, clause[at + 1].text
    if number is None or before in NAMING or following in SIZED:
        return None
    if following in TIMES and clause[at + 2].text in SIZED:
        return None  # "2 year olds"
    if following == "target":
        return at
    if before == "to":
        return at - 1 if _is_arrived_at(clause, at, aim) else None
    if at > clause.told_from and not clause.leads(at):
        return None
    measured = clause.is_measured(at)
    timed = clause.is_time(at + 1)
    opening = clause.segment(at)
    if before == "of":
        return at - 1 if _is_level_of(clause, at, measured=measured) else None
    paired = any(each.start == at + 1 for each in clause.deadlines)
    if before == "=" or (paired and clause.is_percent(at) and before in ("and", "then", ",", "rising")):
        return at  # "… 60% by 2025 and 70% by 2026"
    if before in ("at", "is", "are", "be", "achieve", "achieving", "reach", "reaches", "target", "hit"):
        holding = aim is not None and aim.way is Direction.MAINTAIN
        return at - 1 if clause.is_percent(at) or (holding and not timed) else None
    if before == "for" and clause[at - 2].text == "aiming":
        return at - 2
    if timed or clause[opening - 1].text == "(":
        return None
    if opening == at > 0 and (measured or before == ":"):
        return at
    # "Resurface 60 miles of road": an unknown verb, and a number too large to be part of a name.
    verb = opening == at - 1 == 0 and number.value >= _LARGER_THAN_NAMES and before.isalpha()
    return at if (verb or clause.leads(at, working=1)) and (measured or following.isalpha()) else None


def _is_arrived_at(clause: Clause, at: int, aim: Aim | None) -> bool:
    """Whether "to" leads a figure to this number: "raise … to 95%"; not "16 to 64", "up to 100"."""
    number, first = clause[at].number, clause[at - 2].number
    assert number is not None, "asked of a number"
    percent = clause.is_percent(at)
    came = any(word.text == "from" for word in clause.words[max(at - 8, 0) : at])
    ranged = (
        first is not None and first.form is number.form and not (came and percent) and clause[at - 3].text != "from"
    )
    if ranged or clause[at - 2].text == "up":
        return False
    bettered = any(IMPROVING.at(clause.words, each) for each in (0, 1))
    moved = (aim is not None and aim.start < at) or bettered or clause[at - 3].text == "from"
    return moved and (percent or at < clause.told_from)


def _is_level_of(clause: Clause, at: int, *, measured: bool) -> bool:
    """Whether a figure is said to be of this number: "a rate of 60%"; not "a baseline of 60%"."""
    named = clause[at - 2].text
    if clause[at + 1].text == "to" and clause[at + 2].number is not None:
        return False  # "from the 2022 figure of 11% to 9%"
    origin = named in ("baseline", "out", "total", "average", "because") or clause.had_by(at - 2)
    return named == "target" or (measured and not origin)
