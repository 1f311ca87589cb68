"""Which way a clause says its figure is to go, and the words that say so.

A word of direction counts in five places only: where it leads the clause ("Reduce …", "Increase in …"),
where it is said of the whole figure ("… reduced by 5%"), where it is a limit ("at least 90%"), in "(lower
is better)", and where two numbers say it ("from 48% to 55%"). Anywhere else it tells of the people counted
("residents reporting reduced loneliness") or of a circumstance ("due to increased demand").
"""

from collections.abc import Iterator

from attrs import frozen

from outcome_bees.statements.cues.comparison import QUARTILES
from outcome_bees.statements.cues.direction import (
    ADJECTIVES,
    BARE_NOUNS,
    CIRCUMSTANCES,
    DEGREES,
    GERUNDS,
    KEEPING,
    NAMED_BY_DEGREE,
    NOUNS,
    POLARITY,
    STEADY,
    TURNS,
    VERBS,
    Turn,
)
from outcome_bees.statements.cues.figures import MEASURED
from outcome_bees.statements.cues.scope import LEADING
from outcome_bees.statements.limits import OPPOSITE, Limit
from outcome_bees.statements.names import adjective_is_named, noun_is_named, verb_is_named
from outcome_bees.statements.pairs import pair_of
from outcome_bees.statements.predicates import predicates_of
from outcome_bees.statements.scope import Clause
from outcome_bees.vocabulary import Direction

__all__ = ["Aim", "aim_of", "leading_aims"]

_QUALIFYING = frozenset("further any continued recent continuing significant overall".split())


@frozen
class Aim:
    """The direction that a clause states.

    Attributes:
        way: The direction; ``None`` where the clause speaks of one and leaves it open ("slow the rise in").
        start: The first of the words that say so.
        end: The word after their last.
        of_itself: Whether the figure is to move (or hold) from where it is, rather than against a limit.
    """

    way: Direction | None
    start: int
    end: int
    of_itself: bool = True


def aim_of(clause: Clause, limits: list[Limit]) -> Aim | None:
    """The direction of a clause, from the strongest of the places where one is said."""
    for start, end, way in POLARITY.find(clause.words):
        return Aim(way, start, end, of_itself=False)
    led = _led(clause, limits)
    if led:
        own = _after_a_heading(clause, led, limits)
        return led if own is None else Aim(own.way, own.start, own.end, of_itself=False)
    for start, end, way in predicates_of(clause):
        return Aim(way, start, end)
    for limit in limits:
        return Aim(limit.way, limit.start, limit.end, of_itself=False)
    pair = pair_of(clause)
    told = pair.way(clause) if pair else None
    return Aim(told, pair.start, pair.end, of_itself=False) if pair and told else None


def _after_a_heading(clause: Clause, led: Aim, limits: list[Limit]) -> Limit | None:
    """ "Increased stability: fewer than 10% with three or more moves": the limit is the figure's, not the heading's."""
    colon = next((at for at in range(led.end, len(clause)) if clause[at].text == ":"), None)
    after = (limit for limit in limits if colon is not None and limit.start > colon and limit.number_at is not None)
    return next((limit for limit in after if limit.way is OPPOSITE.get(led.way)), None) if led.way else None


def leading_aims(clause: Clause) -> list[Aim]:
    """The directions that lead a clause or a segment of it."""
    found = [*_turned(clause), *_verbs(clause), *_nouns(clause), *_adjectives(clause)]
    return [aim for aim in found if clause.in_reach(aim.start)]


def _led(clause: Clause, limits: list[Limit]) -> Aim | None:
    found = [*leading_aims(clause), *_kept(clause, limits)]
    if not found:
        return None
    first = min(found, key=lambda aim: (aim.start, -aim.end))
    # "Maintain or increase": holding is the least of it, and better is up.
    other = VERBS.at(clause.words, first.end + 1) if clause[first.end].text in ("or", "and") else None
    if other is None or other[1] is first.way:
        return first
    ways = {first.way, other[1]} - {Direction.MAINTAIN}
    return Aim(ways.pop() if len(ways) == 1 else None, first.start, other[0])


def _turned(clause: Clause) -> Iterator[Aim]:
    """What is made of a rise or fall: "no increase in", "reverse the decline in", "slow the growth of".

    Our choice: no more of a rise is holding; the reverse of it is a fall; a slower rise says no direction.
    """
    for start, end, turn in TURNS.find(clause.words):
        while clause[end].text in _QUALIFYING:
            end += 1
        noun = NOUNS.at(clause.words, end)
        if noun is not None and clause.leads(start):
            ways = {Turn.STOPPED: Direction.MAINTAIN, Turn.REVERSED: OPPOSITE[noun[1]], Turn.UNSAID: None}
            yield Aim(ways[turn], start, noun[0], of_itself=turn is not Turn.UNSAID)


def _verbs(clause: Clause) -> Iterator[Aim]:
    for table in (VERBS, GERUNDS):
        for start, end, way in table.find(clause.words):
            if not verb_is_named(clause, start, end) and _leads_as_verb(clause, start):
                yield Aim(way, start, end)


def _leads_as_verb(clause: Clause, at: int) -> bool:
    if clause.leads(at):
        return True
    before = clause.lead_in(at)
    if not before or at > clause.first_kind or clause[at - 1].text != "to":
        return False
    first = before[0]  # "Work with partners across the county to reduce …"
    helping = clause[first].text in ("support", "help", "enable", "encourage")
    return helping or LEADING.at(clause.words, first) is not None


def _nouns(clause: Clause) -> Iterator[Aim]:
    for start, end, way in NOUNS.find(clause.words):
        if clause.leads(start) and not noun_is_named(clause, start, end):
            yield Aim(way, start, end)
    for start, end, way in BARE_NOUNS.find(clause.words):
        if clause.ends(end) and clause.leads(start) and not TURNS.at(clause.words, start - 1):
            yield Aim(way, start, end)


def _adjectives(clause: Clause) -> Iterator[Aim]:
    for start, end, way in ADJECTIVES.find(clause.words):
        before, following = clause[start - 1], clause[end].text
        more_than_that = following == "than" or before.text in ("or", "and", "no", "not")
        counted = before.number is not None or clause[end].number is not None
        uncounted = clause[start].text in ("additional", "extra") and not counted  # "additional needs"
        circumstance = way is Direction.INCREASE and following in CIRCUMSTANCES
        if adjective_is_named(clause, start, end):
            continue
        if more_than_that or uncounted or circumstance or end == len(clause) or clause[end].is_sign:
            continue
        if not _is_topic(clause, start) and clause.leads(start, working=1):
            yield Aim(way, start, end)
    for start, end, way in DEGREES.find(clause.words):
        of_figure = clause[end].text in MEASURED or clause[end + 1].text in MEASURED
        if of_figure and clause[end].text not in NAMED_BY_DEGREE and clause.leads(start):
            yield Aim(way, start, end)


def _is_topic(clause: Clause, at: int) -> bool:
    """Whether a word stands in a heading that a figure follows: "Reduced timetables: number of pupils"."""
    colon = next((each for each in range(at, len(clause)) if clause[each].text == ":"), len(clause))
    return clause.first_kind == colon + 1


def _kept(clause: Clause, limits: list[Limit]) -> Iterator[Aim]:
    """Kept at a level: "keep the rate below 5%". Children who are kept safe are work, not a level."""
    for start, end, _ in KEEPING.find(clause.words):
        levelled = bool(limits) or any(
            clause[at].text in STEADY or (clause[at].text == "at" and clause.has_number(at + 1))
            for at in range(end, len(clause))
        )
        levelled = levelled or _within_a_rank(clause, end)
        retained = clause[start].text.startswith("retain") and clause[end].determined
        if (levelled or retained) and clause.in_reach(start) and clause.leads(start):
            yield Aim(Direction.MAINTAIN, start, end)


def _within_a_rank(clause: Clause, at: int) -> bool:
    """What a figure is kept in without a limit: "remain in the upper quartile", "hold spend to within £4m"."""
    if any(clause[each].text == "at" and each + 1 in clause.dated for each in range(at, len(clause))):
        return True  # "hold exclusions at 2023/24 levels"
    if clause[at].text in ("in", "within"):
        return any(True for _ in QUARTILES.find(clause.words, at, at + 5))
    within = next((each for each in range(at, len(clause)) if clause[each].text == "within"), None)
    return within is not None and clause.is_measured(within + 1)
