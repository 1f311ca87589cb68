"""Which way a clause says its figure is to go, and the words that say so.

A word of direction counts in five places only: in "(lower is better)", where it leads the clause ("Reduce …", "Increase
in …"), where it is stated of the whole figure ("… reduced by 5%"), where it is a limit ("at least 90%"), and where two
numbers say it ("from 48% to 55%"). Anywhere else it describes those counted ("residents reporting reduced loneliness")
or a circumstance ("due to increased demand").
"""

from collections.abc import Callable, Iterator

from outcome_bees.statements import _cues as cues, _quantities as quantities
from outcome_bees.statements._clause import Clause
from outcome_bees.statements._normalise import PhraseTable
from outcome_bees.statements._quantities import OPPOSITE, StatedDirection
from outcome_bees.vocabulary import Direction, MeasureKind

_LONGEST_NAME = 7  # words that a name takes after its first. Our choice
_RISES = ("increases", "decreases", "reduces")
_MODALS = ("will", "should", "must")


def direction_of(clause: Clause, limits: list[StatedDirection]) -> StatedDirection | None:
    """Return the direction of a clause, from the strongest of the places where one is stated."""
    for start, end, way in cues.POLARITY.find(clause.tokens):
        return StatedDirection(way, start, end, of_itself=False)
    led = _leading_direction(clause, limits)
    if led is None and (stated := next(_predicates(clause), None)):
        return stated
    # "Increased stability: fewer than 10% with three or more moves": the limit is the figure's, not the heading's.
    colon = clause.find((":",), led.end) if led and led.way in OPPOSITE else None
    for limit in limits:
        if led is None or (colon is not None and limit.start > colon and limit.way is not led.way):
            return limit
    pair = quantities.pair_of(clause) if led is None else None
    return pair if pair and pair.way else led


def leading_directions(clause: Clause) -> list[StatedDirection]:
    """Return the directions that lead a clause or a segment of it."""
    return [each for each in (*_turns(clause), *_words(clause)) if clause.in_reach(each.start)]


def _leading_direction(clause: Clause, limits: list[StatedDirection]) -> StatedDirection | None:
    found = [*leading_directions(clause), *_keeping(clause, limits)]
    if not found:
        return None
    first = min(found, key=lambda each: (each.start, -each.end))
    # "Maintain or increase": holding is the least of it, and better is up.
    other = cues.VERBS.at(clause.tokens, first.end + 1) if clause.word(first.end) in ("or", "and") else None
    if other is None or other[1] is first.way:
        return first
    ways = {first.way, other[1]} - {Direction.MAINTAIN}
    return StatedDirection(ways.pop() if len(ways) == 1 else None, first.start, other[0])


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


def _words(clause: Clause) -> Iterator[StatedDirection]:
    """Find the verbs, nouns and adjectives of direction that lead, each with what keeps it from being one."""
    for table, led in _LEADING.items():
        for start, end, way in table.find(clause.tokens):
            if led(clause, start, end) and not is_fixed_name(clause, start, end):
                yield StatedDirection(way, start, end)


def _is_leading_verb(clause: Clause, start: int, end: int) -> bool:
    # "Work with partners across the county *to reduce* …"
    purpose = clause.word(start - 1) == "to" and start <= clause.first_kind
    working = purpose and any(cues.LEADING.at(clause.tokens, first) for first in clause.lead_in(start)[:1])
    return (working or clause.leads(start)) and not _is_named_verb(clause, start, end)


def _is_leading_degree(clause: Clause, start: int, end: int) -> bool:
    of_figure = clause.word(end) in cues.MEASURED or clause.word(end + 1) in cues.MEASURED
    return of_figure and clause.leads(start)


_LEADING: dict[PhraseTable[Direction], Callable[[Clause, int, int], bool]] = {
    cues.VERBS: _is_leading_verb,
    cues.NOUNS: lambda clause, start, _: clause.leads(start),
    cues.BARE_NOUNS: lambda clause, start, end: clause.ends(end) and clause.leads(start),
    cues.ADJECTIVES: lambda clause, *span: not _is_other_adjective(clause, *span) and clause.leads(span[0], working=1),
    cues.DEGREES: _is_leading_degree,
}


def _keeping(clause: Clause, limits: list[StatedDirection]) -> Iterator[StatedDirection]:
    """Find what is kept at a level: "keep the rate below 5%". Children who are kept safe are work, not a level."""
    for start, end, _ in cues.KEEPING.find(clause.tokens):
        retained = clause.word(start).startswith("retain") and clause[end].determined
        if (retained or limits or _has_a_level(clause, end)) and clause.in_reach(start) and clause.leads(start):
            yield StatedDirection(Direction.MAINTAIN, start, end)


def _has_a_level(clause: Clause, begin: int) -> bool:
    """Return whether a level follows: "keep … stable", "hold … at 2023/24 levels", "remain in the upper quartile"."""
    leveled = any(
        (clause.word(at) == "at" and (clause[at + 1].form or at + 1 in clause.dated))
        or (clause.word(at) == "within" and clause.is_measured(at + 1))
        for at in range(begin, len(clause))
    )
    ranked = any(cues.QUARTILES.find(clause.tokens, begin, begin + 5))
    return leveled or ranked or clause.find(cues.STEADY, begin) is not None


def is_fixed_name(clause: Clause, start: int, end: int) -> bool:
    """Return whether a word of direction begins a fixed expression: "drop in sessions", "more able pupils"."""
    lowered = clause.word(start) == "lower" and clause.word(end + 1) in cues.MEASURED  # "lower carbon emissions"
    return clause.word(end) in cues.NAMING.get(clause.word(start), ()) and not lowered


def _is_named_verb(clause: Clause, start: int, end: int) -> bool:
    """Return whether a verb's word is no such verb."""
    word, after = clause.word(start), clause.word(end)
    gap = clause.find(cues.GAPS, end, end + 4)
    no_gap = gap is None or clause.word(gap + 1) in cues.UNDERTAKINGS
    return cues.first_that_holds(
        ("Reducing Parental Conflict programme referrals", _is_an_undertaking(clause, start, end), True),
        ("close the gap programme, close to home", word in ("close", "closing") and no_gap, True),
        ("reduce, reuse, recycle; but: reduce, by 2028, …", after == "," and clause.word(end + 1) != "by", True),
    )


def _is_an_undertaking(clause: Clause, start: int, end: int) -> bool:
    """Return whether the words from here are the name of an undertaking.

    "Increasing Access to Psychological Therapies …" goes on in capitals; "End child poverty action plan published" has
    a verb of its own after it. The verb of a plan's own aim has neither.
    """
    capitals = clause.word(start).endswith("ing") and clause[end].capital
    for at in range(end + 1, min(end + _LONGEST_NAME, len(clause))):
        goes_on = clause.word(at) not in cues.FOLLOWING or (capitals and clause[at + 1].capital)
        if clause.ends(at) or clause[at].determined or not goes_on:
            return False
        if clause.word(at) in cues.UNDERTAKINGS and (capitals or cues.DONE.at(clause.tokens, at + 1)):
            return True
    return False


def _is_other_adjective(clause: Clause, start: int, end: int) -> bool:
    """Return whether "more", "reduced" and the like say no direction of what follows."""
    word, before, after = clause.word(start), clause.word(start - 1), clause.word(end)
    colon = clause.find((":",), start)
    rising = word in ("more", "additional", "extra", "increased", "raised", "widened")
    return cues.first_that_holds(
        ("more than, 5% or more", after == "than" or before in ("or", "and", "no", "not"), True),
        ("increased demand", rising and after in cues.CIRCUMSTANCES, True),
        ("Reduced timetables: number of pupils", colon is not None and clause.first_kind == colon + 1, True),
    )


def _predicates(clause: Clause) -> Iterator[StatedDirection]:
    # "Limit rent increases to 3%" says how fast the figure may go, not which way.
    capped = cues.CAPPING.at(clause.tokens, clause.opening) is not None
    for start, end, way in cues.PREDICATES.find(clause.tokens):
        # After a modal the sentence speaks of its figure again: "the rate at which … should fall".
        again = clause.word(start - 1) in _MODALS and start < clause.reason_from
        if start == 0 or not (clause.in_reach(start) or again):
            continue
        denied = None if way is Direction.MAINTAIN else quantities.denied_from(clause, start)
        stated = _holds(clause, start, end) if way is Direction.MAINTAIN else not capped and _moves(clause, start, end)
        if stated and denied is None:
            yield StatedDirection(way, start, end)
        elif stated and denied is not None and not _is_limited(clause, end):  # "not to fall below 95%" is a limit
            yield StatedDirection(Direction.MAINTAIN, denied, end)  # "does not increase"


def _is_limited(clause: Clause, at: int) -> bool:
    limit = cues.BOUNDS.at(clause.tokens, at)
    return limit is not None and (clause[limit[0]].form is not None or quantities.compares_at(clause, limit[0]))


def _goes_by_a_number(clause: Clause, at: int) -> bool:
    """Return whether a change has its size or goal: "by 5%", "to 8", "below 10", "by a third", "to zero"."""
    word = clause.word(at)
    limit = cues.BOUNDS.at(clause.tokens, at) or cues.BOUNDS.at(clause.tokens, at + 1)
    return cues.first_that_holds(
        ("grants of up to £5,000", word == "to" and clause.word(at - 1) == "up", False),
        ("by 5%, to 8, to below 10", clause.has_number(limit[0] if limit else at + 1), True),
        ("by a third", word == "by", quantities.by_a_fraction(clause, at) is not None),
        ("to zero", clause.word(at + 1) in cues.ZEROS, True),
    )


def _moves(clause: Clause, start: int, end: int) -> bool:
    """Return whether a word of rising or falling is about the figure."""
    tokens, word, before, after = clause.tokens, clause.word(start), clause.word(start - 1), clause.word(end)
    ended, turned, upward = clause.ends(end), word in cues.TURNED, word in ("up", "down")
    past = cues.PAST.at(tokens, end) or (turned and cues.AGAINST.at(tokens, end))
    dated = after == "since" or (after in ("on", "from", "between", "in", "during") and end + 1 in clause.dated)
    sized = clause.is_measured(end) or quantities.by_a_fraction(clause, start) or after == "on"
    counted = clause.kind_before(start) is MeasureKind.COUNT or before in cues.COUNTED
    named = word in _RISES and clause.first_kind == clause.opening
    heading = clause.word(0) in ("numbers", "rates", "levels", "percentages", "volumes")
    own = before in cues.AUXILIARIES or before in cues.MEASURED
    closing, gap = word.startswith(("clos", "narrow", "widen")), clause.find(cues.GAPS, 0, start)
    return cues.first_that_holds(
        ("the gap closes", closing, gap is not None),
        ("taken up", upward and before in cues.TAKEN_UP, False),
        ("reduced by 5%, cut to 8", _goes_by_a_number(clause, end), True),
        ("fallen on last year, since 2019, reduced compared with 2023/24", past or dated, True),
        ("offers declined", word == "declined" and counted, False),
        ("up 5%, up on last year; but: step up", upward, sized),
        ("rate increases, numbers of visitors increase", ended and (named or heading), True),
        ("waiting times reduced, rates have reduced", turned, ended or own),
        ("rates falling", before in cues.MEASURED, word.endswith("ing")),
        ("is to fall, should fall, does not increase", own, ended or before in (*_MODALS, "not")),
    )


def _holds(clause: Clause, start: int, end: int) -> bool:
    """Return whether a word of holding is about the figure, and not of people who stay or are kept somewhere."""
    word, before, after = clause.word(start), clause.word(start - 1), clause.word(end)
    at = end + (after in ("at", "to"))
    of_figure = before in (*_MODALS, "to") or before in cues.MEASURED
    limit = cues.BOUNDS.at(clause.tokens, end)
    stay = word == "stay" or (word == "stays" and limit is not None and clause.is_time(limit[0] + 1))
    kept = word in ("maintained", "sustained") and clause.ends(end)
    percent = any(map(clause.is_percent, range(start)))
    level = clause.word(at) in cues.STEADY or clause.word(at + 1) in ("level", "levels")
    return cues.first_that_holds(
        ("length of stay, hospital stays under 3 days", stay and not of_figure, False),
        ("90% satisfaction maintained", kept, percent),
        ("rates stable", word in ("stable", "steady", "unchanged"), clause.ends(end) or after in cues.FOLLOWING),
        ("no worse than", word == "no", True),
        ("held at 2024 levels, remain low, held at 5%", level or (at > end and clause.has_number(at)), True),
        ("remains above 55%, kept at no more than 3", _is_limited(clause, end) or _is_limited(clause, at), True),
    )
