"""Numbers of a clause that say something of its figure: limits, changes, pairs, and the number to be reached.

Most limits in a sentence only describe those counted ("pupils with attendance below 90%", "waiting over 28 days",
"aged over 65"); those are no limits of the figure. What distinguishes the two is the sort of number, which must be one
that the figure can have, and where the limit is. A limit that is denied is the other one ("not to fall below 95%").
"""

from collections.abc import Iterator
from decimal import Decimal

from attrs import frozen

from outcome_bees.statements import _cues as cues
from outcome_bees.statements._clause import Clause, Span
from outcome_bees.statements._normalise import NumberForm
from outcome_bees.vocabulary import Direction, MeasureKind

OPPOSITE = {Direction.INCREASE: Direction.DECREASE, Direction.DECREASE: Direction.INCREASE}

_OLDEST = 120  # no age is above this: "under 18" alone is an age, "over 500" is not. Our choice
_FURTHEST_DENIAL = 7  # words from a denial to what it denies. Our choice
_LARGER_THAN_NAMES = 20  # numbers in names ("Stage 2", "Year 6") are smaller. Our choice
_NOBODY = ("no", "nobody", "no-one", "none")  # "no patient waits longer than"
_AVERAGES = ("average", "median", "benchmark", "mean")
_HOLDING = cues.AUXILIARIES | {"remain", "remains", "maintained", "kept", "held", "at", "of", "stays"}


@frozen
class StatedDirection:
    """The direction that a clause states: by words that say which way, by a limit, or by two numbers."""

    way: Direction | None  # of a limit the side that is wanted; ``None`` where it is left open ("slow the rise in")
    start: int  # the first of the words that say so
    end: int  # the token after their last
    of_itself: bool = True  # whether the figure moves (or holds) from where it is, not against a limit
    number_at: int | None = None  # the number to come to; ``None`` where there is none, or a comparator
    from_at: int | None = None  # of two numbers, where the figure is


def limits_of(clause: Clause) -> list[StatedDirection]:
    """Return the limits that a clause sets to its figure, in its order."""
    bounds = (_bound(clause, at, end, way) for at, end, way in cues.BOUNDS.find(clause.tokens))
    return sorted([*filter(None, bounds), *_afterthoughts(clause)], key=lambda limit: limit.start)


def _bound(clause: Clause, at: int, end: int, way: Direction) -> StatedDirection | None:
    denied = denied_from(clause, at)
    first = clause.opening
    of_nobody = denied is None and clause.word(first) in _NOBODY and not cues.BOUNDS.at(clause.tokens, first)
    start = at if denied is None else denied
    wanted = OPPOSITE[way] if of_nobody or denied is not None else way
    # "Below the national ambition *of 2.6*", "a maximum waiting time *of 6 weeks*"
    of = clause.find(("of",), end + 1, end + 4)
    extreme = clause.word(at)[:3] in ("min", "max") and clause.leads(at)
    standard = of is not None and clause.has_number(of + 1) and (extreme or clause.word(of - 1) in cues.SET)
    number = of + 1 if of is not None and standard else end
    # "To below 15%", "not to exceed 15%" are about the figure again after "those who …"
    again = "to" in (clause.word(start - 1), clause.word(start + 1))
    if start >= clause.reason_from or not (again or clause.in_reach(start)):
        return None
    if clause.has_number(number):
        # "No pupil misses more than 10 days": nobody does it, and so not the figure.
        done = of_nobody and clause.word(at - 1).endswith("s") and not clause.is_descriptive(at)
        fits = done or _fits(clause, start, number, number)
        return StatedDirection(wanted, start, number + 1, False, number) if fits else None
    of_those = clause.is_descriptive(start) or clause.has_a_position(start)
    others_only = clause.word(at) in ("over", "under")  # "over the last year"
    compared = not of_those and compares_at(clause, end, others_only=others_only)
    return StatedDirection(wanted, start, end, False) if compared else None


def _afterthoughts(clause: Clause) -> Iterator[StatedDirection]:
    """Find "5 days or less", "the national average or above"."""
    for start, end, way in cues.AFTERTHOUGHTS.find(clause.tokens):
        at = start - 2 if clause.is_time(start - 1) else start - 1
        if clause.word(start - 1) in _AVERAGES and clause.in_reach(start):
            placed = clause.find(("at",), start - 4, start)  # "schools *at* the national average or above"
            if not clause.has_a_position(start - 1 if placed is None else placed):
                yield StatedDirection(way, start, end, False)
        elif clause.has_number(at) and clause.in_reach(at) and _fits(clause, at, at, start - 1):
            yield StatedDirection(way, at, end, False, at)


def compares_at(clause: Clause, at: int, *, others_only: bool = False) -> bool:
    """Return whether a comparator begins at a word: other authorities, or (not ``others_only``) the figure's past."""
    tokens = clause.tokens
    if clause.word(at) in ("in", "for", "those", "that"):
        at += 1 if clause.word(at + 1) not in ("of", "in", "for") else 2  # "than that of", "than in 2023/24"
    past = at in clause.dated or cues.PAST.at(tokens, at) is not None
    return bool(cues.OTHERS.at(tokens, at) or (not others_only and (past or cues.NATIONAL.at(tokens, at))))


def denied_from(clause: Clause, at: int) -> int | None:
    """Return where the denial of a word begins: "*not* to fall below"; ``None`` where nothing denies it."""
    for before in range(at - 1, max(at - _FURTHEST_DENIAL, clause.segment(at) - 1), -1):
        word = clause.word(before)
        if word in cues.DENYING or word.endswith("n't"):
            return before
        if word not in cues.ALLOWING:
            return None
    return None


def _fits(clause: Clause, start: int, number_at: int, last: int) -> bool:
    """Return whether a figure of this clause's kind can have a limit of this sort there."""
    number, kind, leads = clause[number_at].number, clause.kind_before(start), clause.leads(start)
    word, before, after = clause.word(start), clause.word(start - 1), clause.word(last + 1)
    percent, timed = clause.is_percent(number_at), clause.is_time(number_at + 1)
    aged = word in ("over", "under") and not (leads and number is not None and number > _OLDEST)
    share = any(map(clause.is_percent, range(start)))
    held = before in _HOLDING or before in cues.MEASURED
    ended = clause.ends(last + 1) or clause[last + 1].determined or after in cues.FOLLOWING  # "120 a year"
    bounded = word in cues.DENYING | {"no"} or (kind is MeasureKind.COUNT and not before.endswith("ed"))
    return cues.first_that_holds(
        ("with attendance below 90%", clause.is_descriptive(start), False),
        ("in 100% of contracts over £100,000", share and not percent, False),
        ("number of pupils below 90%", percent and kind in (MeasureKind.COUNT, MeasureKind.DURATION), False),
        ("rate below 5%", percent, True),
        ("length of stay over 21 days", timed and word == "over" and not leads, before in cues.AUXILIARIES),
        ("average wait under 10 days", timed and kind is MeasureKind.DURATION, True),
        ("spend below £2m", clause.is_money(number_at), kind in (MeasureKind.AMOUNT, None)),
        ("percentage of contracts below 5,000", kind is MeasureKind.PERCENTAGE, False),
        ("at least 40 homes; but: under 18s", leads, not aged),
        ("homes to be at least 40, score above 50", held, True),
        ("visits fewer than 20 at any time", ended and bounded, not aged),
    )


def change_of(clause: Clause) -> Span | None:
    """Return the words that state a change rather than a level: "by 10%", "a 5% rise", "by a third"."""
    return next(filter(None, (_change_at(clause, at) for at in range(len(clause)))), None)


def _change_at(clause: Clause, at: int) -> Span | None:
    tokens, word = clause.tokens, clause.word(at)
    if word == "by" and at not in clause.dated:
        limit = cues.BOUNDS.at(tokens, at + 1)
        number = limit[0] if limit else at + 1
        following = clause.word(number + 1)
        # "By 19 year olds", "by 31 March", "taken up by 28% of adults"
        named = following in cues.MONTHS or not cues.SIZED.isdisjoint((following, clause.word(number + 2)))
        if clause.has_number(number) and not named and not (clause.is_percent(number) and following == "of"):
            return at, number + 1
        fraction = by_a_fraction(clause, at)
        return None if fraction is None else (at, fraction)
    # "Up 5%", "5% fewer", "a 5% rise in"
    sized = clause.word(at + 1) in ("more", "fewer", "less") or cues.NOUNS.at(tokens, at + 1)
    if (clause.is_percent(at) and sized) or (word in ("up", "down") and clause.is_measured(at + 1)):
        return at, at + 2
    noun = cues.NOUNS.at(tokens, at)  # "a reduction of 10%"
    return (at, noun[0] + 1) if noun and clause.has_number(noun[0]) and clause.word(noun[0] - 1) == "of" else None


def by_a_fraction(clause: Clause, by: int) -> int | None:
    """Return the token after the fraction that a "by" leads; ``None`` where it leads none."""
    counted = clause.word(by + 1) in ("one", "two", "three")
    at = by + 1 + counted
    # "By quarter" is when, "by a third party" is who.
    parted = clause[at].determined or counted or clause.word(at) not in ("third", "quarter", "fifth", "tenth")
    fraction = clause.word(at) in cues.FRACTIONS and clause.word(at + 1) not in cues.PARTED
    return at + 1 if fraction and parted else None


def pair_of(clause: Clause) -> StatedDirection | None:
    """Return the two numbers that say from where and to where a clause's figure is to go: "from 48% to 55%"."""
    for start in filter(clause.in_reach, range(len(clause))):
        first, second = _named_pair(clause, start) or _joined_pair(clause, start) or (-1, -1)
        one, other = clause[first], clause[second]
        if one.number is not None and other.number is not None:
            lifted = one.form is NumberForm.PLAIN and other.form is NumberForm.PERCENT  # "from 91 to 94%"
            if lifted or (one.form is other.form and one.scale == other.scale):
                ways = {1: Direction.INCREASE, -1: Direction.DECREASE}
                way = ways.get(int(other.number.compare(one.number)))
                return StatedDirection(way, start, second + 1, False, second, first)
    return None


def _joined_pair(clause: Clause, at: int) -> Span | None:
    """Find "from 48% in 2024 to (below) 55%", "91% (2023) to 95% (2026)", "91% → 95%": else "to" makes a range."""
    led, first = clause.word(at) == "from", at + (clause.word(at) == "from")
    dated = clause.is_measured(at) and not clause.dated.isdisjoint((at + 1, at + 2))
    joint = clause.find(("to",) if led else ("→", "to") if dated else ("→",), first + 1, first + 5)
    if joint is None or not clause.has_number(first) or clause.word(at - 1) in ("between", "from", "to"):
        return None
    limit = cues.BOUNDS.at(clause.tokens, joint + 1)
    second = limit[0] if limit else joint + 1
    # Plain numbers are a pair after "from" only where they can be no ages.
    old = any(number is None or number <= _OLDEST for number in (clause[first].number, clause[second].number))
    measured = clause.is_measured(second) or clause.kind_before(at) not in (None, MeasureKind.COUNT)
    paired = not led or not old or clause.is_time(second + 1) or measured
    return (first, second) if clause.has_number(second) and paired else None


def _named_pair(clause: Clause, at: int) -> Span | None:
    """Find "baseline (2023/24): 91%, target 95%", in either order."""
    if not (cues.ORIGINS.at(clause.tokens, at) or cues.GOALS.at(clause.tokens, at)):
        return None
    places: list[int] = []
    for table in (cues.ORIGINS, cues.GOALS):
        named = (end for _, end, _ in table.find(clause.tokens, at, at + 12))
        places += [number for end in named for number in filter(clause.has_number, range(end, end + 6))][:1]
    return (places[0], places[1]) if len(set(places)) == 2 else None


@frozen
class StatedGoal:
    """The words that state what is to be reached or delivered."""

    start: int  # the first of them
    end: int  # the token after their last
    number: Decimal | None  # ``None`` for a range ("between 10% and 14%") and a share ("one in three")
    form: NumberForm  # what the number is written as


def goal_of(clause: Clause, limits: list[StatedDirection], *, moved_from: int, held: bool) -> StatedGoal | None:
    """Return the number that a clause states to be reached or delivered; ``None`` where it states none.

    Most numbers in a sentence are none: ages, stages ("Key Stage 2"), lengths of time ("within 20 weeks"), shares of
    deprived areas, dates, where a figure comes from ("from 12%"). After ``moved_from`` the clause moves its figure, or
    holds it where it is ``held``.
    """
    pair = pair_of(clause)
    passed = {*range(*(change_of(clause) or (0, 0))), *((pair.from_at,) if pair else ())}
    bounded = {limit.number_at: limit.start for limit in limits if limit.number_at is not None}
    goals = []
    for at in dict.fromkeys((*bounded, *filter(clause.has_number, range(min(len(clause), clause.reason_from))))):
        form, paired, before = clause[at].form, pair is not None and at == pair.number_at, clause.word(at - 1)
        percent = clause.is_percent(at)
        if form is None or at in passed:
            continue
        if percent and before == "between" and clause.is_percent(at + 2):
            goals.append(StatedGoal(at - 1, at + 3, None, NumberForm.PERCENT))  # "between 10% and 14%"
        elif percent and before == "within":
            goals.append(StatedGoal(at - 1, at + 1, None, NumberForm.PLAIN))  # "within 1% of budget"
        elif at in bounded or paired or _is_reached(clause, at, moved=at > moved_from, held=held):
            joined = paired or before in ("of", "within", "for", "in") or before in cues.REACHING
            start = min(bounded.get(at, max(at - joined, 0)), at)
            goals.append(StatedGoal(start, at + 1, clause[at].number, form))
    # "50% by March 2025, rising to 60% by March 2026": of several, the last to fall due.
    return goals[-1 if len(clause.deadlines) > 1 else 0] if goals else _zero(clause)


def _zero(clause: Clause) -> StatedGoal | None:
    """Find zero of something, not the zero of "net zero"; "no children …" and "no family …" are zero too."""
    first = clause.opening
    one = clause.word(first + 1)
    if clause.word(first) == "no" and not cues.COUNTED.isdisjoint((one, f"{one}s", f"{one[:-1]}ies", f"{one}ren")):
        return StatedGoal(first, first + 1, Decimal(0), NumberForm.PLAIN)
    at = clause.find(cues.ZEROS, 0)
    led = at == 0 or (at and clause.word(at - 1) in cues.REACHING | {"of", ":", "–"})
    nearing = at and clause.word(at - 2) in ("closer", "close", "nearer")
    named = at is not None and clause.word(at + 1) in cues.ZERO_NAMED
    return None if at is None or not led or nearing or named else StatedGoal(at, at + 1, Decimal(0), NumberForm.PLAIN)


def _is_reached(clause: Clause, at: int, *, moved: bool, held: bool) -> bool:
    """Return whether the words make this number a goal."""
    number, opening = clause[at].number, clause.segment(at)
    before, after, earlier = clause.word(at - 1), clause.word(at + 1), clause.word(at - 2)
    percent, measured, timed = clause.is_percent(at), clause.is_measured(at), clause.is_time(at + 1)
    aged = after in cues.SIZED or (after in cues.TIMES and clause.word(at + 2) in cues.SIZED)
    of_others = before == ":" and cues.NATIONAL.at(clause.tokens, at - 2)
    origin = earlier in ("baseline", "out", "total", "average", "because") or clause.is_possessed(at - 2)
    leveled = earlier == "target" or (measured and not origin and clause[at + 2].form is None)
    done = earlier.endswith(("ed", "ly")) and percent and after == "of" and not clause[at].determined
    # "Resurface 60 miles of road": an unknown verb, and a number too large to be part of a name.
    verb = opening == at - 1 == 0 and before.isalpha() and number is not None and number >= _LARGER_THAN_NAMES
    return cues.first_that_holds(
        ("hold agency spend to within £4m", before == "within" and held and measured, True),
        ("2 year olds, England: 50%", aged or of_others, False),
        ("raise to 95%; but: 16 to 64", before == "to", _is_arrived_at(clause, at, moved=moved)),
        ("a rate of 60%; but: a baseline of 60%", before == "of", leveled),
        ("is 60%, kept at 12", before in cues.REACHING, percent or (held and not timed)),
        ("recorded for 95% of staff", before in ("for", "in") and done, True),
        ("appointments within two weeks, 85%", before == "," and measured and clause.ends(at + 1), True),
        ("aiming for 12, score = 5", before == "=" or (before == "for" and earlier == "aiming"), True),
        ("28 days, (5 schools)", timed or clause.word(opening - 1) == "(", False),
        ("60 new places, score: 5", verb or clause.leads(at, working=1), measured or after.isalpha() or before == ":"),
    )


def _is_arrived_at(clause: Clause, at: int, *, moved: bool) -> bool:
    """Return whether "to" leads a figure to this number: "raise … to 95%"; not "16 to 64", "up to 100"."""
    first, percent = clause[at - 2].form, clause.is_percent(at)
    came = clause.find(("from",), at - 8, at)
    from_birth = came is not None and not any(map(clause.has_number, range(came, at)))  # "from birth to 5"
    paired = clause.word(at - 3) == "from" or (came is not None and percent)
    ranged = first is not None and first is clause[at].form and not paired
    bettered = any(cues.IMPROVING.at(clause.tokens, each) for each in (0, 1, at - 2))
    return cues.first_that_holds(
        ("from birth to 5, 16 to 64, up to 100", from_birth or ranged or clause.word(at - 2) == "up", False),
        ("raise to 95%, from 16 to 25", moved or bettered or clause.word(at - 3) == "from", True),
    )
