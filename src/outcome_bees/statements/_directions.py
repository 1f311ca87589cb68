"""Which way a clause says its figure is to go, and the words that say so.

A word of direction counts in five places only: in "(lower is better)", where it leads the clause ("Reduce …", "Increase
in …"), where it is said of the whole figure ("… reduced by 5%"), where it is a limit ("at least 90%"), and where two
numbers say it ("from 48% to 55%"). Anywhere else it describes those counted ("residents reporting reduced loneliness")
or a circumstance ("due to increased demand").
"""

from collections.abc import Iterator

from attrs import frozen

from outcome_bees.statements import _cues as cues
from outcome_bees.statements._clause import Clause, Place, Rules, decide
from outcome_bees.statements._quantities import (
    OPPOSITE,
    StatedLimit,
    by_a_fraction,
    compares_at,
    denied_from,
    pair_of,
)
from outcome_bees.vocabulary import Direction

__all__ = ["StatedDirection", "direction_of", "is_fixed_name", "leading_directions"]

_LONGEST_NAME = 7
"""Words that a name takes after its first. Our choice."""
_GAPPED = ("close", "closes", "closing", "narrow", "narrows", "widen", "widens")
_MODALS = ("will", "should", "must")


@frozen
class StatedDirection:
    """The direction that a clause states.

    Attributes:
        way: The direction; ``None`` where the clause speaks of one and leaves it open ("slow the rise in").
        start: The first of the words that say so.
        end: The token after their last.
        of_itself: Whether the figure is to move (or hold) from where it is, rather than against a limit.
    """

    way: Direction | None
    start: int
    end: int
    of_itself: bool = True


def direction_of(clause: Clause, limits: list[StatedLimit]) -> StatedDirection | None:
    """Return the direction of a clause, from the strongest of the places where one is said."""
    for start, end, way in cues.POLARITY.find(clause.tokens):
        return StatedDirection(way, start, end, of_itself=False)
    led = _leading_direction(clause, limits)
    if led:
        return _after_a_heading(clause, led, limits) or led
    for start, end, way in _predicates(clause):
        return StatedDirection(way, start, end)
    for limit in limits:
        return StatedDirection(limit.way, limit.start, limit.end, of_itself=False)
    pair = pair_of(clause)
    way_of_numbers = pair.way if pair else None
    return StatedDirection(way_of_numbers, pair.start, pair.end, of_itself=False) if pair and way_of_numbers else None


# --- What leads a clause


def leading_directions(clause: Clause) -> list[StatedDirection]:
    """Return the directions that lead a clause or a segment of it."""
    found = [*_turns(clause), *_verbs(clause), *_nouns(clause), *_adjectives(clause)]
    return [each for each in found if clause.in_reach(each.start)]


def _leading_direction(clause: Clause, limits: list[StatedLimit]) -> StatedDirection | None:
    found = [*leading_directions(clause), *_keeping(clause, limits)]
    if not found:
        return None
    first = min(found, key=lambda each: (each.start, -each.end))
    # "Maintain or increase": holding is the least of it, and better is up.
    other = cues.VERBS.at(clause.tokens, first.end + 1) if clause.word(first.end) in ("or", "and") else None
    if other is None:
        return first
    ways = {first.way, other[1]} - ({Direction.MAINTAIN} if other[1] is not first.way else set())
    return StatedDirection(ways.pop() if len(ways) == 1 else None, first.start, other[0])


def _after_a_heading(clause: Clause, led: StatedDirection, limits: list[StatedLimit]) -> StatedDirection | None:
    """Find the limit that overrules a heading: "Increased stability: fewer than 10% with three or more moves"."""
    colon = clause.find((":",), led.end)
    for limit in limits:
        opposed = led.way is not None and limit.way is OPPOSITE.get(led.way)
        if colon is not None and limit.start > colon and limit.number_at is not None and opposed:
            return StatedDirection(limit.way, limit.start, limit.end, of_itself=False)
    return None


def _turns(clause: Clause) -> Iterator[StatedDirection]:
    """Find what is made of a rise or fall: "no increase in", "reverse the decline in", "slow the growth of".

    Our choice: no more of a rise is holding; the reverse of it is a fall; a slower rise says no direction.
    """
    for start, end, turn in cues.TURNS.find(clause.tokens):
        while clause.word(end) in cues.QUALIFYING:
            end += 1
        noun = cues.NOUNS.at(clause.tokens, end)
        if noun is not None and clause.leads(start):
            ways = {cues.STOPPED: Direction.MAINTAIN, cues.REVERSED: OPPOSITE[noun[1]]}
            yield StatedDirection(ways.get(turn), start, noun[0], of_itself=turn in ways)


def _verbs(clause: Clause) -> Iterator[StatedDirection]:
    for table in (cues.VERBS, cues.GERUNDS):
        for start, end, way in table.find(clause.tokens):
            named = decide(_NAMED_VERBS, Place(clause, start, end))
            if not named and (clause.leads(start) or _is_purpose(clause, start)):
                yield StatedDirection(way, start, end)


def _is_purpose(clause: Clause, at: int) -> bool:
    """Return whether a verb is what work is for: "Work with partners across the county *to reduce* …"."""
    before = clause.lead_in(at)
    if not before or at > clause.first_kind or clause.word(at - 1) != "to":
        return False
    helping = clause.word(before[0]) in ("support", "help", "enable", "encourage")
    return helping or cues.LEADING.at(clause.tokens, before[0]) is not None


def _nouns(clause: Clause) -> Iterator[StatedDirection]:
    for start, end, way in cues.NOUNS.find(clause.tokens):
        if clause.leads(start) and not is_fixed_name(Place(clause, start, end)):
            yield StatedDirection(way, start, end)
    for start, end, way in cues.BARE_NOUNS.find(clause.tokens):
        if clause.ends(end) and clause.leads(start) and not cues.TURNS.at(clause.tokens, start - 1):
            yield StatedDirection(way, start, end)


def _adjectives(clause: Clause) -> Iterator[StatedDirection]:
    for start, end, way in cues.ADJECTIVES.find(clause.tokens):
        if not decide(_NO_ADJECTIVES, Place(clause, start, end)) and clause.leads(start, working=1):
            yield StatedDirection(way, start, end)
    for start, end, way in cues.DEGREES.find(clause.tokens):
        of_figure = clause.word(end) in cues.MEASURED or clause.word(end + 1) in cues.MEASURED
        if of_figure and not is_fixed_name(Place(clause, start, end)) and clause.leads(start):
            yield StatedDirection(way, start, end)


def _keeping(clause: Clause, limits: list[StatedLimit]) -> Iterator[StatedDirection]:
    """Find what is kept at a level: "keep the rate below 5%". Children who are kept safe are work, not a level."""
    for start, end, _ in cues.KEEPING.find(clause.tokens):
        retained = clause.word(start).startswith("retain") and clause[end].determined
        if (retained or limits or _has_a_level(clause, end)) and clause.in_reach(start) and clause.leads(start):
            yield StatedDirection(Direction.MAINTAIN, start, end)


def _has_a_level(clause: Clause, begin: int) -> bool:
    """Return whether a level follows: "keep … stable", "hold … at 2023/24 levels", "remain in the upper quartile"."""
    if clause.word(begin) in ("in", "within") and any(cues.QUARTILES.find(clause.tokens, begin, begin + 5)):
        return True
    for at in range(begin, len(clause)):
        word, following = clause.word(at), at + 1
        levelled = word == "at" and (clause[following].number is not None or following in clause.dated)
        if word in cues.STEADY or levelled or (word == "within" and clause.is_measured(following)):
            return True
    return False


# --- Words of direction that are part of a name


def is_fixed_name(place: Place) -> bool:
    """Return whether a word of direction begins a fixed expression: "drop in sessions", "more able pupils"."""
    return place.after in cues.NAMING.get(place.word, ())


def _is_an_undertaking(place: Place) -> bool:
    """Return whether the words from here are the name of an undertaking.

    "Reducing Parental Conflict programme …" goes on in capitals; "End child poverty action plan published" has a verb
    of its own after it. The verb of a plan's own aim has neither.
    """
    clause, end = place.clause, place.end
    gerund = cues.GERUNDS.at(clause.tokens, place.start) is not None
    for at in range(end, min(end + _LONGEST_NAME, len(clause))):
        goes_on = gerund and clause[at + 1].capital  # "Increasing Access to Psychological Therapies"
        if clause.ends(at) or clause[at].determined or (clause.word(at) in cues.FOLLOWING and not goes_on):
            return False
        if clause.word(at) in cues.UNDERTAKINGS and at > end:
            done = cues.DONE.at(clause.tokens, at + 1)
            if done and (clause.ends(done[0]) or clause.word(done[0]) in ("by", "in")):
                return True
            if gerund and clause[end].capital and at + 1 < len(clause):
                return True
    return False


def _closes_no_gap(place: Place) -> bool:
    gap = place.clause.find(tuple(cues.GAPS), place.end, place.end + 4)
    return gap is None or place.clause.word(gap + 1) in cues.UNDERTAKINGS


_NAMED_VERBS: Rules[Place] = (
    ("raise your concerns: no plan speaks so of its figures", True, lambda p: p.after in ("your", "my")),
    ("the gap, the end", False, lambda p: p.clause[p.start].determined and p.word not in ("close", "end")),
    ("Reducing Parental Conflict programme referrals", True, _is_an_undertaking),
    ("lower income tax rates", False, lambda p: p.word == "lower" and p.clause.word(p.end + 1) in cues.MEASURED),
    ("close the gap programme, close a school", True, lambda p: p.word in ("close", "closing") and _closes_no_gap(p)),
    ("double glazing, lower income, year end", True, lambda p: is_fixed_name(p) or (p.word == "end" and not p.after)),
    (
        "reduce, reuse, recycle; but: reduce, by 2028, …",
        True,
        lambda p: p.after == "," and p.end + 1 not in p.clause.dated and p.clause.word(p.end + 1) != "by",
    ),
)


def _is_heading(place: Place) -> bool:
    """Return whether the figure follows a heading: "Reduced timetables: number of pupils"."""
    colon = place.clause.find((":",), place.start)
    return colon is not None and place.clause.first_kind == colon + 1


def _is_uncounted(place: Place) -> bool:
    clause = place.clause
    return clause[place.start - 1].number is None and clause[place.end].number is None


_NO_ADJECTIVES: Rules[Place] = (
    ("more able pupils", True, is_fixed_name),
    ("more than, 5% or more", True, lambda p: p.after == "than" or p.before in ("or", "and", "no", "not")),
    ("additional needs", True, lambda p: p.word in ("additional", "extra") and _is_uncounted(p)),
    (
        "increased demand",
        True,
        lambda p: p.after in cues.CIRCUMSTANCES and p.word not in ("fewer", "less", "reduced", "decreased", "lowered"),
    ),
    ("nothing follows", True, lambda p: p.end == len(p.clause) or p.clause[p.end].is_sign),
    ("Reduced timetables: number of pupils", True, _is_heading),
)


# --- What is said of the figure after it


def _predicates(clause: Clause) -> Iterator[tuple[int, int, Direction]]:
    """Find where the words of each such direction begin and end, and the direction."""
    # "Limit rent increases to 3%" says how fast the figure may go, not which way.
    capped = clause.word(clause.opening) in cues.CAPPING
    for start, end, way in cues.PREDICATES.find(clause.tokens):
        place = Place(clause, start, end)
        # After a modal the sentence speaks of its figure again: "the rate at which … should fall".
        again = place.before in _MODALS and start < clause.reason_from
        if start == 0 or not (clause.in_reach(start) or again):
            continue
        if way is Direction.MAINTAIN:
            if decide(_HOLDING, place):
                yield start, end, way
        elif not capped and decide(_MOVING, place):
            denied = denied_from(clause, start)
            if denied is None:
                yield start, end, way
            elif not _limit_follows(place):  # "not to fall below 95%" is a limit
                yield denied, end, Direction.MAINTAIN  # "does not increase"


def _limit_follows(place: Place) -> bool:
    clause = place.clause
    limit = cues.BOUNDS.at(clause.tokens, place.end)
    if limit is None:
        return False
    return clause[limit[0]].number is not None or limit[0] in clause.dated or compares_at(clause, limit[0])


def _goes_by_a_number(place: Place) -> bool:
    """Return whether a change has its size or goal: "by 5%", "to 8", "below 10", "by a third", "to zero"."""
    clause, at = place.clause, place.end
    led = place.after in ("to", "by", "from", "towards") and at not in clause.dated
    if place.word == "up" and place.after == "to":
        return False  # "grants of up to £5,000"
    limit = cues.BOUNDS.at(clause.tokens, at + led)
    if led and clause.has_number(limit[0] if limit else at + 1):
        return True
    if not led:
        return limit is not None and clause[limit[0]].number is not None
    return by_a_fraction(clause, at) is not None if place.after == "by" else clause.word(at + 1) in cues.ZEROS


def _is_since(place: Place) -> bool:
    """Return whether a time follows from which the figure moved: "on last year", "since 2019", "between 2020 and"."""
    dated = place.after in ("on", "from", "between", "in", "during") and place.end + 1 in place.clause.dated
    return dated or place.after == "since" or cues.PAST.at(place.clause.tokens, place.end) is not None


def _is_sized(place: Place) -> bool:
    """Return whether "up" or "down" has a size: "up 5%", "down a quarter", "up on last year"."""
    clause = place.clause
    past = place.after == "on" and cues.PAST.at(clause.tokens, place.end + 1) is not None
    return past or clause.is_measured(place.end) or by_a_fraction(clause, place.start) is not None


_MOVING: Rules[Place] = (
    (
        "only a gap closes",
        False,
        lambda p: p.word in _GAPPED and p.clause.find(tuple(cues.GAPS), 0, p.start) is None,
    ),
    ("the gap closes", True, lambda p: p.word in _GAPPED and (p.ended or p.after in ("between", "for", "in"))),
    ("taken up", False, lambda p: p.word in ("up", "down") and p.before in cues.TAKEN_UP),
    ("reduced by 5%, cut to 8", True, _goes_by_a_number),
    ("of residents with reduced mobility", False, lambda p: p.clause.is_possessed(p.start)),
    ("fallen on last year, since 2019", True, _is_since),
    (
        "reduced compared with 2023/24",
        True,
        lambda p: p.word in cues.TURNED and cues.AGAINST.at(p.clause.tokens, p.end) is not None,
    ),
    (
        "offers declined",
        False,
        lambda p: p.word == "declined" and p.ended and (bool(p.clause.kinds) or p.before in cues.REFUSED),
    ),
    ("up 5%", True, lambda p: p.word in ("up", "down") and _is_sized(p)),
    (
        "rate increases; but: council tax increases",
        True,
        lambda p: p.word in ("decreases", "reduces", "increases") and p.ended and p.clause.first_kind == 0,
    ),
    (
        "waiting times reduced, rates have reduced",
        True,
        lambda p: p.word in cues.TURNED and (p.ended or p.before in cues.AUXILIARIES or p.before in cues.MEASURED),
    ),
    ("rates falling", True, lambda p: p.before in cues.MEASURED and p.word.endswith("ing")),
    (
        "numbers of visitors increase",
        True,
        lambda p: p.ended and p.clause.word(0) in ("numbers", "rates", "levels", "percentages", "volumes"),
    ),
    (
        "is to fall, should fall, does not increase",
        True,
        lambda p: p.before in cues.AUXILIARIES and (p.ended or p.before in (*_MODALS, "not")),
    ),
)


def _is_a_stay(place: Place) -> bool:
    """Return whether somebody stays somewhere: "length of stay over 21 days", "hospital stays under 3 days"."""
    if place.before in (*_MODALS, "to") or place.before in cues.MEASURED or place.word not in ("stay", "stays"):
        return False
    limit = cues.BOUNDS.at(place.clause.tokens, place.end)
    return place.word == "stay" or (limit is not None and place.clause.is_time(limit[0] + 1))


def _is_held_at(place: Place) -> bool:
    """Return whether a level follows: "held at 2024 levels", "remains above 55%", "kept low"."""
    clause, end = place.clause, place.end
    at = end + (place.after in ("at", "to"))
    if at > end and (clause.has_number(at) or (at in clause.dated and clause.word(at + 1) in ("level", "levels"))):
        return True
    limit = cues.BOUNDS.at(clause.tokens, end) or cues.BOUNDS.at(clause.tokens, at)
    limited = limit is not None and (clause[limit[0]].number is not None or compares_at(clause, limit[0]))
    return limited or clause.word(at) in cues.STEADY


_HOLDING: Rules[Place] = (
    ("length of stay", False, _is_a_stay),
    (
        "status retained; but: staff retained",
        True,
        lambda p: p.word == "retained" and p.clause.find(("rating", "judgement", "award", "status"), 0) is not None,
    ),
    (
        "90% satisfaction maintained",
        True,
        lambda p: p.word in ("maintained", "sustained") and p.ended and any(map(p.clause.is_percent, range(p.start))),
    ),
    ("number of stable placements", False, lambda p: p.word == "no" and p.clause.is_possessed(p.start)),
    (
        "rates stable, remain stable for",
        True,
        lambda p: (
            p.word in ("stable", "steady", "unchanged")
            and not p.clause.is_possessed(p.start)
            and (p.ended or p.after in cues.FOLLOWING)
        ),
    ),
    ("no worse than", True, lambda p: p.word == "no"),
    ("held at 2024 levels", True, lambda p: p.word != "retained" and _is_held_at(p)),
)
