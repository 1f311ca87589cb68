"""The number that a clause states to be reached or delivered.

Most numbers in a sentence are none: ages ("16-17 year olds", "under 5s"), stages ("Key Stage 2", "Year 6"),
lengths of time ("within 20 weeks"), shares of deprived areas, dates, where a figure comes from ("from 12%").
"""

from decimal import Decimal

from attrs import frozen

from outcome_bees.statements.aims import Aim
from outcome_bees.statements.changes import changes_by
from outcome_bees.statements.counted import is_counted
from outcome_bees.statements.cues.comparison import IMPROVING, NATIONAL
from outcome_bees.statements.cues.figures import EMERGENCY, NAMING, REACHING, SIZED, TIMES, ZERO_NAMED, ZEROS
from outcome_bees.statements.cues.limits import TAKEN
from outcome_bees.statements.limits import Limit
from outcome_bees.statements.pairs import pair_of
from outcome_bees.statements.scope import Clause
from outcome_bees.statements.words import Form
from outcome_bees.vocabulary import Direction

__all__ = ["Goal", "goal_of", "leads_to_a_number"]

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
    pair = pair_of(clause)
    first, second = (pair.first, pair.second) if pair else (-1, -1)
    stated = [
        _range_at(clause, limit.number_at) or _goal(clause, min(limit.start, limit.number_at), limit.number_at)
        for limit in limits
        if limit.number_at is not None and limit.number_at not in change and limit.number_at != first
    ]
    for at in range(min(len(clause), clause.explained_from)):
        if clause.has_number(at) and at not in change and at != first:
            start = at - 1 if at == second else _begins(clause, at, aim)
            found = _range_at(clause, at) or (None if start is None else _goal(clause, start, at))
            stated += [found] if found else []
    if stated:
        # "50% by March 2025, rising to 60% by March 2026": of several, the last to fall due.
        return stated[-1] if len(clause.deadlines) > 1 else stated[0]
    return _zero(clause)


def leads_to_a_number(clause: Clause) -> bool:
    """Whether a figure is only led to its number, by a verb said before: "… and the retention rate to 90%"."""
    return any(word.text == "to" and clause.has_number(at + 1) for at, word in enumerate(clause.words))


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
    """Zero of something, not the zero of "net zero" or "zero carbon"; "no children …" are zero too."""
    if clause[clause.opening].text == "no" and is_counted(clause[clause.opening + 1].text):
        return Goal(clause.opening, clause.opening + 1, Decimal(0), Form.PLAIN)
    for at, word in enumerate(clause.words):
        said = at == 0 or clause[at - 1].text in ("to", "be", "at", "is", "of", ":", "–", "remain", "remains")
        nearing = clause[at - 2].text in ("closer", "close", "nearer") if at > 1 else False
        if word.text in ZEROS and said and not nearing and clause[at + 1].text not in ZERO_NAMED:
            return Goal(at, at + 1, Decimal(0), Form.PLAIN)
    return None


def _begins(clause: Clause, at: int, aim: Aim | None) -> int | None:
    """Where the words begin that make this number a goal; ``None`` where nothing makes it one."""
    number = clause[at].number
    before, following = clause[at - 1].text, clause[at + 1].text
    called = clause[at].text in EMERGENCY and following.startswith("call")
    holding = aim is not None and aim.way is Direction.MAINTAIN
    if before == "within" and holding and clause.is_measured(at):
        return at - 1  # "hold agency spend to within £4m"
    if number is None or before in NAMING or following in SIZED or called:
        return None
    if before == ":" and NATIONAL.at(clause.words, at - 2):
        return None  # "England: 50%"
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
    if before in REACHING:
        return at - 1 if clause.is_percent(at) or (holding and not timed) else None
    done = clause[at - 2].text.endswith(("ed", "ly")) or clause[at - 2].text in TAKEN
    if before in ("for", "in") and done and clause.is_percent(at) and following == "of" and not clause[at].determined:
        return at - 1  # "supervision recorded monthly for 95% of staff"
    if before == "," and measured and clause.ends(at + 1):
        return at  # "appointments within two weeks, 85%"
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
    came = next((each for each in range(max(at - 8, 0), at) if clause[each].text == "from"), None)
    if came is not None and not any(clause.has_number(each) for each in range(came, at)):
        return False  # "from birth to 5"
    ranged = (
        first is not None
        and first.form is number.form
        and not (came is not None and percent)
        and clause[at - 3].text != "from"
    )
    if ranged or clause[at - 2].text == "up":
        return False
    bettered = any(IMPROVING.at(clause.words, each) for each in (0, 1, at - 2))
    moved = (aim is not None and aim.start < at) or bettered or clause[at - 3].text == "from"
    return moved and (percent or at < clause.told_from)


def _is_level_of(clause: Clause, at: int, *, measured: bool) -> bool:
    """Whether a figure is said to be of this number: "a rate of 60%"; not "a baseline of 60%"."""
    named = clause[at - 2].text
    if clause[at + 1].text == "to" and clause[at + 2].number is not None:
        return False  # "from the 2022 figure of 11% to 9%"
    origin = named in ("baseline", "out", "total", "average", "because") or clause.had_by(at - 2)
    return named == "target" or (measured and not origin)
