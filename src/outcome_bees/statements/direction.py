"""Which way a clause says its figure is to go, and the words that say so.

A word of direction counts in four places only: where it leads the clause ("Reduce …", "Increase in …", "Fewer …"),
where it is said of the whole figure ("… reduced by 5%", "… remains above 55%"), where it is a limit with a number or
other authorities ("at least 90%", "lower than the national average"), and in "(lower is better)". Anywhere else it
tells of the people counted ("residents reporting reduced loneliness") or of a circumstance ("due to increased demand").
"""

from collections.abc import Iterator

from attrs import frozen

from outcome_bees.statements import cues
from outcome_bees.statements.scope import Clause
from outcome_bees.statements.words import Form, Number
from outcome_bees.vocabulary import Direction, MeasureKind

__all__ = ["Aim", "Limit", "aim_of", "leading_aims", "limits_of"]

_GAPS = ("gap", "gaps", "difference", "differences")
_OPPOSITE = {Direction.INCREASE: Direction.DECREASE, Direction.DECREASE: Direction.INCREASE}
_OLDEST = 120
"""No age is above this: "under 18" alone is an age, "over 500" is not. Our choice."""


@frozen
class Aim:
    """The direction that a clause states; ``way`` is ``None`` where it speaks of one and leaves it open.

    Attributes:
        way: The direction.
        start: The first of the words that say so; ``end`` the word after them.
        end: See ``start``.
        of_itself: Whether the figure is to move (or hold) from where it is, rather than against a limit.
    """

    way: Direction | None
    start: int
    end: int
    of_itself: bool = True


@frozen
class Limit:
    """A limit that a clause sets: "at least 90%", "5% or less", "lower than the national average".

    Attributes:
        way: The side of the limit that is wanted.
        start: The first of its words; ``end`` the word after them.
        end: See ``start``.
        number_at: The word that is its number; ``None`` where it is a comparator.
    """

    way: Direction
    start: int
    end: int
    number_at: int | None


def aim_of(clause: Clause, limits: list[Limit]) -> Aim | None:
    """The direction of a clause, from the strongest of the places where one is said."""
    outright = next(cues.POLARITY.find(clause.words), None)
    if outright:
        return Aim(outright[2], outright[0], outright[1], of_itself=False)
    led = _led(clause, limits)
    if led:
        return led
    said = next(_predicates(clause), None)
    if said:
        return said
    limited = next((Aim(each.way, each.start, each.end, of_itself=False) for each in limits), None)
    return limited or _counted_up_or_down(clause)


def _counted_up_or_down(clause: Clause) -> Aim | None:
    """ "From 48% to 55%": the numbers themselves say which way."""
    for at, word in enumerate(clause.words):
        first, second = clause[at + 1].number, _number_after_to(clause, at + 2)
        if word.text != "from" or first is None or second is None or not _in_reach(clause, at) or at + 1 in clause.dated:
            continue
        if first.form is second[1].form and first.value != second[1].value and first.form is not Form.PLAIN:
            way = Direction.INCREASE if second[1].value > first.value else Direction.DECREASE
            return Aim(way, at, second[0] + 1, of_itself=False)
    return None


def _number_after_to(clause: Clause, at: int) -> tuple[int, Number] | None:
    for to in range(at, at + 4):  # "from 48% in 2024 to 55%"
        number = clause[to + 1].number
        if clause[to].text == "to" and number is not None and to + 1 not in clause.dated:
            return to + 1, number
    return None


# --- The clause led by its direction ---------------------------------------------------------------------------


def leading_aims(clause: Clause) -> list[Aim]:
    """The directions that lead a clause or a segment of it."""
    return [*_turned(clause), *_verbs(clause), *_nouns(clause), *_adjectives(clause)]


def _led(clause: Clause, limits: list[Limit]) -> Aim | None:
    found = [*leading_aims(clause), *_kept(clause, limits)]
    if not found:
        return None
    first = min(found, key=lambda aim: (aim.start, -aim.end))
    # "Maintain or increase": holding is the least of it, and better is up.
    other = cues.VERBS.at(clause.words, first.end + 1) if clause[first.end].text in ("or", "and") else None
    if other and other[1] is not first.way:
        ways = {first.way, other[1]} - {Direction.MAINTAIN}
        return Aim(ways.pop() if len(ways) == 1 else None, first.start, other[0])
    return first


def _in_reach(clause: Clause, at: int) -> bool:
    return at < clause.told_from and at < clause.explained_from and at not in clause.dated


def _turned(clause: Clause) -> Iterator[Aim]:
    """ "No increase in", "stop the rise in", "reverse the decline in", "slow the growth of"."""
    for start, end, turn in cues.TURNS.find(clause.words):
        at = end
        while clause[at].text in ("further", "any", "continued", "recent", "continuing", "significant", "overall"):
            at += 1
        noun = cues.NOUNS.at(clause.words, at)
        if noun is None or not _in_reach(clause, start) or not clause.leads(start):
            continue
        way = {cues.Turn.STOPPED: Direction.MAINTAIN, cues.Turn.REVERSED: _OPPOSITE[noun[1]], cues.Turn.UNSAID: None}[turn]
        yield Aim(way, start, noun[0], of_itself=way is not None)


def _leads_as_verb(clause: Clause, at: int) -> bool:
    if clause.leads(at):
        return True
    before = clause.lead_in(at)
    if not before or at > clause.first_kind or clause[at - 1].text != "to":
        return False
    first = before[0]  # "Work with partners across the county to reduce …"
    return bool(cues.LEADING.at(clause.words, first) or clause[first].text in ("support", "help", "enable", "encourage"))


def _verbs(clause: Clause) -> Iterator[Aim]:
    for table in (cues.VERBS, cues.GERUNDS):
        for start, end, way in table.find(clause.words):
            following = clause[end]
            named = clause[start].text == "lower" and following.text in cues.NAMED_BY_DEGREE
            named = named and clause[end + 1].text not in cues.MEASURED
            if clause[start].text in ("close", "closing") and not any(word.text in _GAPS for word in clause.words[end : end + 4]):
                continue
            bare = clause[start].text in ("double", "triple", "treble") and not following.determined
            if named or bare or (clause[start].text == "end" and following.text in ("of", "to", "")):
                continue
            if clause[start].text.startswith("rais") and following.text in cues.RAISED:
                continue
            if clause[start].text in ("increase", "decrease") and following.text in ("in", "of"):
                continue  # a noun
            if _in_reach(clause, start) and _leads_as_verb(clause, start):
                yield Aim(way, start, end)


def _nouns(clause: Clause) -> Iterator[Aim]:
    for start, end, way in cues.NOUNS.find(clause.words):
        if _in_reach(clause, start) and clause.leads(start):
            yield Aim(way, start, end)
    for start, end, way in cues.BARE_NOUNS.find(clause.words):
        alone = end == len(clause) or clause[end].is_sign or end in clause.dated
        if alone and _in_reach(clause, start) and clause.leads(start) and not cues.TURNS.at(clause.words, start - 1):
            yield Aim(way, start, end)


def _adjectives(clause: Clause) -> Iterator[Aim]:
    for start, end, way in cues.ADJECTIVES.find(clause.words):
        word, following = clause[start].text, clause[end].text
        counted = clause[start - 1].number is not None
        if (
            following in ("than", "") and end < len(clause) or end == len(clause) or clause[end].is_sign
            or clause[start - 1].text in ("or", "and", "no", "not")
            or (word in ("additional", "extra") and not counted)
            or (way is Direction.INCREASE and following in cues.CIRCUMSTANCES)
            or _is_topic(clause, start)
        ):  # fmt: skip
            continue
        if _in_reach(clause, start) and clause.leads(start, working=1):
            yield Aim(way, start, end)
    for start, end, way in cues.DEGREES.find(clause.words):
        of_figure = clause[end].text in cues.MEASURED or clause[end + 1].text in cues.MEASURED
        if of_figure and clause[end].text not in cues.NAMED_BY_DEGREE and _in_reach(clause, start) and clause.leads(start):
            yield Aim(way, start, end)


def _is_topic(clause: Clause, at: int) -> bool:
    """Whether a word stands in a heading that a figure follows: "Reduced timetables: number of pupils"."""
    colon = next((each for each in range(at, len(clause)) if clause[each].text == ":"), len(clause))
    return clause.first_kind == colon + 1


def _kept(clause: Clause, limits: list[Limit]) -> Iterator[Aim]:
    for start, end, _ in cues.KEEPING.find(clause.words):
        at_number = any(clause[at].text == "at" and clause[at + 1].number is not None for at in range(end, len(clause)))
        levelled = bool(limits) or at_number or any(word.text in cues.STEADY for word in clause.words[end:])
        retained = clause[start].text.startswith("retain") and clause[end].determined
        if (levelled or retained) and _in_reach(clause, start) and clause.leads(start):
            yield Aim(Direction.MAINTAIN, start, end)


# --- A direction said of the whole figure ----------------------------------------------------------------------


def _predicates(clause: Clause) -> Iterator[Aim]:
    for start, end, way in cues.PREDICATES.find(clause.words):
        willed = clause[start - 1].text in ("will", "should", "must") and start < clause.explained_from
        if start == 0 or not (_in_reach(clause, start) or willed):
            continue
        if way is Direction.MAINTAIN:
            if _holds(clause, start, end):
                yield Aim(way, start, end)
        elif _moves(clause, start, end):
            denied = clause[start - 1].text == "not"
            yield Aim(Direction.MAINTAIN if denied else way, start - denied, end)


def _holds(clause: Clause, start: int, end: int) -> bool:
    word = clause[start].text
    if word == "retained":  # a grade or an award; staff who are retained are counted
        return any(each.text in cues.AWARDED for each in clause.words[:start])
    if word in ("stable", "steady", "unchanged", "no"):
        return not clause.had_by(start)
    at = end + 1 if clause[end].text in ("at", "to") else end
    if clause[at].text in cues.STEADY or (at > end and clause[at].number is not None and at not in clause.dated):
        return True
    limit = cues.BOUNDS.at(clause.words, end) or cues.BOUNDS.at(clause.words, at)
    return limit is not None and (clause[limit[0]].number is not None or _other(clause, limit[0]))


def _moves(clause: Clause, start: int, end: int) -> bool:
    word, before, following = clause[start].text, clause[start - 1].text, clause[end].text
    if word == "close" and not any(each.text in _GAPS for each in clause.words[:start]):
        return False
    if _by_a_number(clause, end):
        return True
    if clause.had_by(start):
        return False
    if cues.PAST.at(clause.words, end) or following == "since" or (following in ("on", "from") and end + 1 in clause.dated):
        return True
    if word in ("up", "down"):
        return clause.is_percent(end) or following == "on" and bool(cues.PAST.at(clause.words, end + 1))
    ended = end == len(clause) or clause[end].is_sign or end in clause.dated
    if word in cues.TURNED:
        return ended or before in cues.AUXILIARIES or before in cues.MEASURED
    if before in cues.MEASURED:
        return word.endswith("ing")
    if ended and clause[0].text in ("numbers", "rates", "levels", "percentages", "volumes"):
        return True  # "Numbers of visitors increase"
    return before in cues.AUXILIARIES and (ended or before in ("will", "not", "should", "must"))


def _by_a_number(clause: Clause, at: int) -> bool:
    """Whether a change is told with its size or goal: "by 5%", "to 8", "below 10", "by a third"."""
    if clause[at].text == "to" and clause[at - 1].text == "up":
        return False  # "grants of up to £5,000"
    if clause[at].text in ("to", "by", "from", "towards") and at not in clause.dated:
        limit = cues.BOUNDS.at(clause.words, at + 1)
        number = limit[0] if limit else at + 1
        if clause[number].number is not None and number not in clause.dated:
            return True
        return clause[at].text == "by" and clause[at + 1].text in cues.FRACTIONS
    limit = cues.BOUNDS.at(clause.words, at)
    return limit is not None and clause[limit[0]].number is not None


# --- Limits ----------------------------------------------------------------------------------------------------


def limits_of(clause: Clause) -> list[Limit]:
    """The limits that a clause sets to its figure, not those that describe whom it counts."""
    found: list[Limit] = []
    for start, end, way in cues.BOUNDS.find(clause.words):
        if not _reached(clause, start):
            continue
        if clause[end].number is not None and end not in clause.dated:
            if _fits(clause, start, end, start):
                found.append(Limit(way, start, end + 1, end))
        elif _other(clause, end) and not _describes(clause, start):
            found.append(Limit(way, start, end, None))
    for start, end, way in cues.AFTERTHOUGHTS.find(clause.words):
        at = start - 2 if clause.is_time(start - 1) else start - 1
        if clause[at].number is not None and at not in clause.dated and _reached(clause, at) and _fits(clause, at, at, start):
            found.append(Limit(way, at, end, at))
    return sorted(found, key=lambda limit: limit.start)


def _reached(clause: Clause, at: int) -> bool:
    if clause[at - 1].text == "to" and at < clause.explained_from:
        return True  # "reduce the share of those who … to below 15%"
    return _in_reach(clause, at) or (clause.segment(at) > 0 and at < clause.explained_from and clause.leads(at))


def _other(clause: Clause, at: int) -> bool:
    """Whether what follows is a comparator: other authorities, or the figure's own past."""
    words = clause.words
    if clause[at].text in ("in", "for", "those", "that") and cues.OTHERS.at(words, at + 1):
        return True
    return bool(cues.OTHERS.at(words, at) or cues.NATIONAL.at(words, at) or cues.PAST.at(words, at)) or clause[at].text in (
        "previous",
        "last",
        "similar",
        "comparable",
        "average",
    )


def _describes(clause: Clause, start: int) -> bool:
    """Whether a limit tells of those counted: "with attendance below 90%", "missing more than …", "aged over 65"."""
    if clause.leads(start):
        return False
    before = clause[start - 1].text
    acting = before.endswith("ing") and before not in cues.THINGS_DONE
    return acting or before in ("in", "within", "for", "of") or clause.had_by(start)


def _fits(clause: Clause, start: int, number_at: int, after: int) -> bool:
    number = clause[number_at].number
    assert number is not None
    if _describes(clause, start) and clause[start - 1].text != "of":
        return False
    kind = next((kind for begin, _, kind in clause.find_kinds() if begin < start), None)
    timed = clause.is_time(number_at + 1)
    leads = clause.leads(start)
    if number.form in (Form.PERCENT, Form.POINTS, Form.SHARE):
        told = kind is MeasureKind.PERCENTAGE and clause[max(number_at, after - 1) + 1].text == "of" and not leads
        return not told and kind not in (MeasureKind.COUNT, MeasureKind.DURATION, MeasureKind.SCORE)
    if timed:
        return kind is MeasureKind.DURATION or (kind is None and (leads or clause[start - 1].text in cues.AUXILIARIES))
    if number.form is Form.MONEY:
        return kind in (MeasureKind.AMOUNT, None)
    if kind is MeasureKind.PERCENTAGE:
        return False
    said = clause[start].text
    if leads:
        return said not in ("over", "under") or number.value > _OLDEST
    return clause[start - 1].text in cues.AUXILIARIES | {"remain", "remains", "maintained", "kept", "held", "at", "of", "stays"} or (
        clause[start - 1].is_sign or clause[start - 1].text in cues.MEASURED
    )
