"""A direction said of the whole figure, after it: "reduced by 5%", "remains above 55%", "rates falling"."""

from collections.abc import Iterator

from outcome_bees.statements.changes import by_a_fraction
from outcome_bees.statements.cues.comparison import AGAINST, PAST
from outcome_bees.statements.cues.direction import (
    AUXILIARIES,
    AWARDED,
    CAPPING,
    PREDICATES,
    PRICED,
    REFUSED,
    SIZED_MOVES,
    STEADY,
    TAKEN_UP,
    TURNED,
)
from outcome_bees.statements.cues.figures import FOLLOWING, GAPS, MEASURED, ZEROS
from outcome_bees.statements.cues.limits import BOUNDS
from outcome_bees.statements.denials import denied_from
from outcome_bees.statements.limits import names_others
from outcome_bees.statements.scope import Clause
from outcome_bees.vocabulary import Direction, MeasureKind

__all__ = ["predicates_of"]

_MODALS = ("will", "should", "must")
_GAPPED = ("close", "closes", "closing", "narrow", "narrows", "widen", "widens")


def predicates_of(clause: Clause) -> Iterator[tuple[int, int, Direction]]:
    """Where the words of each such direction begin and end, and the direction."""
    # "Limit rent increases to 3%" says how fast the figure may go, not which way.
    limited = clause[clause.opening].text in CAPPING
    for start, end, way in PREDICATES.find(clause.words):
        # After a modal the sentence speaks of its figure again: "the rate at which … should fall".
        willed = clause[start - 1].text in _MODALS and start < clause.explained_from
        if start == 0 or not (clause.in_reach(start) or willed):
            continue
        if way is Direction.MAINTAIN:
            if _holds(clause, start, end):
                yield start, end, way
        elif _moves(clause, start, end) and not limited:
            denied = denied_from(clause, start)
            if denied is None:
                yield start, end, way
            elif not _is_limited(clause, end):  # "not to fall below 95%" is a limit
                yield denied, end, Direction.MAINTAIN  # "does not increase"


def _holds(clause: Clause, start: int, end: int) -> bool:
    word = clause[start].text
    if word in ("stay", "stays") and _is_a_stay(clause, start, end):
        return False
    if word == "retained":  # a grade or an award; staff who are retained are counted
        return any(each.text in AWARDED for each in clause.words[:start])
    if word in ("maintained", "sustained") and clause.ends(end):
        return any(clause.is_percent(at) for at in range(start))  # "90% satisfaction maintained"
    if word in ("stable", "steady", "unchanged"):  # but "number of stable placements"
        return not clause.had_by(start) and (clause.ends(end) or clause[end].text in FOLLOWING)
    if word == "no":
        return not clause.had_by(start)
    at = end + 1 if clause[end].text in ("at", "to") else end
    if at > end and at in clause.dated and clause[at + 1].text in ("level", "levels"):
        return True  # "held at 2024 levels"
    if clause[at].text in STEADY or (at > end and clause.has_number(at)):
        return True
    limit = BOUNDS.at(clause.words, end) or BOUNDS.at(clause.words, at)
    return limit is not None and (clause[limit[0]].number is not None or names_others(clause, limit[0]))


def _is_a_stay(clause: Clause, start: int, end: int) -> bool:
    """Whether somebody stays somewhere: "length of stay over 21 days", "hospital stays under 3 days"."""
    before = clause[start - 1]
    if before.text in (*_MODALS, "to") or before.text in MEASURED:
        return False
    limit = BOUNDS.at(clause.words, end)
    timed = limit is not None and clause.is_time(limit[0] + 1)
    return timed or clause[start].text == "stay"


def _moves(clause: Clause, start: int, end: int) -> bool:
    word, before, following = clause[start].text, clause[start - 1].text, clause[end].text
    if word in _GAPPED:
        if not any(each.text in GAPS for each in clause.words[:start]):
            return False
        if clause.ends(end) or following in ("between", "for", "in"):
            return True
    if word in ("up", "down") and before in TAKEN_UP:
        return False
    if _by_a_number(clause, end):
        return True
    if word in SIZED_MOVES:
        return False
    if clause.had_by(start):
        return False
    if PAST.at(clause.words, end) or following == "since":
        return True
    if following in ("on", "from", "between", "in", "during") and end + 1 in clause.dated:
        return True
    if word in TURNED and AGAINST.at(clause.words, end):
        return True  # "reduced compared with 2023/24"
    counted = any(kind is MeasureKind.COUNT for *_, kind in clause.kinds)
    if word == "declined" and clause.ends(end) and (counted or before in REFUSED):
        return False  # offers are declined
    if word in ("up", "down"):
        return (
            clause.is_measured(end)
            or by_a_fraction(clause, start) is not None
            or (following == "on" and bool(PAST.at(clause.words, end + 1)))
        )
    ended = clause.ends(end)
    if word in ("decreases", "reduces", "increases"):
        return ended and before not in PRICED and clause.first_kind == clause.opening
    if word in TURNED:
        return ended or before in AUXILIARIES or before in MEASURED
    if before in MEASURED:
        return word.endswith("ing")
    if ended and clause[0].text in ("numbers", "rates", "levels", "percentages", "volumes"):
        return True  # "Numbers of visitors increase"
    return before in AUXILIARIES and (ended or before in (*_MODALS, "not"))


def _is_limited(clause: Clause, at: int) -> bool:
    limit = BOUNDS.at(clause.words, at)
    return limit is not None and (
        clause[limit[0]].number is not None or limit[0] in clause.dated or names_others(clause, limit[0])
    )


def _by_a_number(clause: Clause, at: int) -> bool:
    """Whether a change is told with its size or goal: "by 5%", "to 8", "below 10", "by a third"."""
    if clause[at].text in ("to", "by", "from", "towards") and at not in clause.dated:
        limit = BOUNDS.at(clause.words, at + 1)
        if clause[at].text == "to" and clause[at - 1].text == "up":
            return False  # "grants of up to £5,000"
        if clause.has_number(limit[0] if limit else at + 1):
            return True
        return by_a_fraction(clause, at) is not None if clause[at].text == "by" else clause[at + 1].text in ZEROS
    limit = BOUNDS.at(clause.words, at)
    return limit is not None and clause[limit[0]].number is not None
