"""Numbers of a clause that say something of its figure: limits, changes, pairs, and the number to be reached.

Most limits in a sentence only describe those counted ("pupils with attendance below 90%", "waiting over 28 days",
"aged over 65"); those are no limits of the figure. What tells the two apart is the sort of number, which must be one
that the figure can have, and where the limit is. A limit that is denied is the other one ("not to fall below 95%").
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from attrs import frozen

from outcome_bees.statements import _cues as cues
from outcome_bees.statements._clause import Clause, Place, Rules, Span, decide
from outcome_bees.statements._normalise import Notated, NumberForm
from outcome_bees.vocabulary import Direction, MeasureKind

__all__ = [
    "OPPOSITE",
    "NumberPair",
    "StatedGoal",
    "StatedLimit",
    "by_a_fraction",
    "change_of",
    "compares_at",
    "denied_from",
    "goal_of",
    "has_a_position",
    "is_counted",
    "leads_to_a_number",
    "limits_of",
    "pair_of",
]

OPPOSITE = {Direction.INCREASE: Direction.DECREASE, Direction.DECREASE: Direction.INCREASE}

OLDEST = 120
"""No age is above this: "under 18" alone is an age, "over 500" is not. Our choice."""

_FURTHEST_DENIAL = 5
"""Words that may be between a denial and what it denies. Our choice."""
_AVERAGES = ("average", "median", "benchmark", "mean")
_HOLDING = cues.AUXILIARIES | {"remain", "remains", "maintained", "kept", "held", "at", "of", "stays"}
_NEVER_PERCENT = (MeasureKind.COUNT, MeasureKind.DURATION, MeasureKind.SCORE)


class Aim(Protocol):
    """A direction that a clause states: which way, and the first of the words that say so."""

    @property
    def way(self) -> Direction | None: ...

    @property
    def start(self) -> int: ...


@frozen
class StatedLimit:
    """A limit that a clause sets to its figure.

    Attributes:
        way: The side of the limit that is wanted.
        start: The first of its words.
        end: The token after its last.
        number_at: The token that is its number; ``None`` where it is a comparator.
    """

    way: Direction
    start: int
    end: int
    number_at: int | None


def limits_of(clause: Clause) -> list[StatedLimit]:
    """Return the limits that a clause sets to its figure, in its order."""
    found = [*_bounds(clause), *_extremes(clause), *_afterthoughts(clause)]
    return sorted(found, key=lambda limit: limit.start)


def _bounds(clause: Clause) -> Iterator[StatedLimit]:
    for at, end, way in cues.BOUNDS.find(clause.tokens):
        denied = denied_from(clause, at)
        of_nobody = denied is None and _is_of_nobody(clause, at)
        start = at if denied is None else denied
        if not _reaches(clause, start):
            continue
        way = OPPOSITE[way] if of_nobody or denied is not None else way
        number = _number_of_standard(clause, end) or end
        if clause.has_number(number):
            fits = decide(_FITTING, _Bound(clause, start, number + 1, number, number))
            if fits or (of_nobody and _is_done_by_nobody(clause, at, number)):
                yield StatedLimit(way, start, number + 1, number)
        elif (
            compares_at(clause, end, over=clause.word(at) in ("over", "under"))
            and not describes(clause, start)
            and not has_a_position(clause, start)
        ):
            yield StatedLimit(way, start, end, None)


def _extremes(clause: Clause) -> Iterator[StatedLimit]:
    """Find "a maximum waiting time of 6 weeks": the number comes after the name."""
    for start, _, way in cues.BOUNDS.find(clause.tokens):
        if clause.word(start) in ("minimum", "min", "maximum", "max") and clause.leads(start):
            of = clause.find(("of",), start + 2, start + 6)
            if of is not None and clause.has_number(of + 1):
                yield StatedLimit(way, start, of + 2, of + 1)


def _afterthoughts(clause: Clause) -> Iterator[StatedLimit]:
    """Find "5 days or less", "the national average or above"."""
    for start, end, way in cues.AFTERTHOUGHTS.find(clause.tokens):
        at = start - 2 if clause.is_time(start - 1) else start - 1
        if clause.word(start - 1) in _AVERAGES and clause.in_reach(start):
            if not has_a_position(clause, start - 1):
                yield StatedLimit(way, start, end, None)
        elif (
            clause.has_number(at)
            and _reaches(clause, at)
            and decide(_FITTING, _Bound(clause, at, start, at, start - 1))
        ):
            yield StatedLimit(way, at, end, at)


def _number_of_standard(clause: Clause, at: int) -> int | None:
    """Return the number of a standard: "below the national ambition *of 2.6*"."""
    of = clause.find(("of",), at + 1, at + 4)
    standard = of is not None and clause.word(of - 1) in cues.SET and clause.has_number(of + 1)
    return of + 1 if of is not None and standard else None


def compares_at(clause: Clause, at: int, *, over: bool = False) -> bool:
    """Return whether a comparator begins at a word: other authorities, or the figure's own past.

    Args:
        clause: The clause.
        at: The word.
        over: Whether "over" or "under" is before it, which compare with others only ("over the last year").
    """
    tokens = clause.tokens
    if clause.word(at) in ("that", "those") and clause.word(at + 1) in ("of", "in", "for"):
        at += 2  # "no greater than that of statistical neighbours"
    if cues.OTHERS.at(tokens, at):
        return True
    if over:
        return False
    past = at in clause.dated or (clause.word(at) == "in" and at + 1 in clause.dated)  # "lower than in 2023/24"
    named = cues.NATIONAL.at(tokens, at) or cues.PAST.at(tokens, at)
    inside = clause.word(at) in ("in", "for", "those", "that") and cues.OTHERS.at(tokens, at + 1)
    return past or bool(named or inside) or clause.word(at) in ("previous", "last", "similar", "comparable", "average")


# --- What denies a limit or a movement


def denied_from(clause: Clause, at: int) -> int | None:
    """Return where the denial of a word begins: "*not* to fall below"; ``None`` where nothing denies it."""
    for before in range(at - 1, max(at - 2 - _FURTHEST_DENIAL, clause.segment(at) - 1), -1):
        word = clause.word(before)
        if word in cues.DENYING or word.endswith("n't"):
            return before
        if word not in cues.ALLOWING:
            return None
    return None


def _is_of_nobody(clause: Clause, at: int) -> bool:
    """Return whether a clause says of nobody what it says at a word: "no patient waits longer than"."""
    first = clause.opening
    led = clause.word(first) in ("no", "nobody", "no-one", "none") and first < at
    return led and not cues.BOUNDS.at(clause.tokens, first) and clause.segment(at) == clause.segment(first)


def _is_done_by_nobody(clause: Clause, at: int, number_at: int) -> bool:
    """Return whether nobody does it, and so not the figure: "No pupil misses more than 10 days"."""
    done = clause.word(at - 1).endswith("s") or clause.word(at - 2) in cues.AUXILIARIES
    return done and clause.is_time(number_at + 1) and not describes(clause, at)


# --- Whether a limit is of the figure


def _reaches(clause: Clause, at: int) -> bool:
    """Return whether a limit may be said of the figure; "to below 15%" is said of it again after "those who …"."""
    again = "to" in (clause.word(at - 1), clause.word(at + 1) if clause.word(at) == "not" else "")
    heads = clause.segment(at) > 0 and clause.leads(at)
    return at < clause.reason_from and (clause.in_reach(at) or again or heads)


def describes(clause: Clause, start: int) -> bool:
    """Return whether a limit describes those counted: "with attendance below 90%", "missing more than …"."""
    if clause.leads(start):
        return False
    before = clause.word(start - 1)
    acting = before.endswith("ing") and before not in cues.THINGS_DONE
    return acting or before in ("in", "within", "for") or clause.is_possessed(start)


def has_a_position(clause: Clause, start: int) -> bool:
    """Return whether what is counted has a figure of its own: "number of schools above the national average".

    Where the figure is what is above or below ("employment rate above the national average"), that is a limit.
    """
    before = clause.word(start - 1)
    if before in cues.GOOD_WHEN_HIGH and clause.word(start) == "below":
        return True
    if before in cues.PLACED and _is_counted(clause, start - 1):
        return True
    following = clause.word(start + 2)  # "below average income"
    return clause.word(start + 1) == "average" and following.isalpha() and following not in cues.FOLLOWING


def _is_counted(clause: Clause, at: int) -> bool:
    """Return whether a thing is what a clause counts, not whose figure it speaks of ("attainment of pupils")."""
    named = [(end, kind) for start, end, kind in clause.kinds if start < at]
    if named and named[0][1] is MeasureKind.PERCENTAGE:
        # "Percentage of schools above …"; but "percentage of obese children below …" has a figure of its own.
        return named[0][0] >= at - 1
    if any(kind is not MeasureKind.COUNT for _, kind in named):
        return False
    return bool(named) or clause.find(tuple(cues.MEASURED), 0, at) is None


@frozen(slots=False)
class _Bound(Place):
    """A limit with a number: where the limit's number is, and its last word but an afterthought."""

    number_at: int
    last: int

    @cached_property
    def kind(self) -> MeasureKind | None:
        """The first kind of figure named before the limit."""
        return self.clause.kind_before(self.start)

    @cached_property
    def leads(self) -> bool:
        """Whether the limit leads its segment."""
        return self.clause.leads(self.start)

    @cached_property
    def is_percent(self) -> bool:
        """Whether the number is a percentage."""
        return self.clause.is_percent(self.number_at)

    @cached_property
    def is_time(self) -> bool:
        """Whether a unit of time follows the number."""
        return self.clause.is_time(self.number_at + 1)

    @property
    def is_money(self) -> bool:
        """Whether the number is money."""
        number = self.clause[self.number_at].number
        return number is not None and number.form is NumberForm.MONEY

    @property
    def is_denied(self) -> bool:
        """Whether it is the other limit, denied: "no more than"."""
        return self.word in ("no", "not", "never", "cannot")

    @property
    def may_be_an_age(self) -> bool:
        """Whether it may be an age: "under 18", not "over 500"."""
        number = self.clause[self.number_at].number
        return self.word in ("over", "under") and not (number is not None and number.value > OLDEST)


def _is_in_a_share(bound: _Bound) -> bool:
    shares = (at for at in range(bound.start) if bound.clause.is_percent(at))
    return not bound.is_percent and any(bound.clause.word(at + 1) == "of" for at in shares)


def _is_of_time(bound: _Bound) -> bool:
    """Return whether a limit of time is of the figure: "sickness absence no higher than 8 days"."""
    if not bound.is_time or bound.kind is not None:
        return bound.is_time and bound.kind is MeasureKind.DURATION
    taken = bound.before.endswith("ed") or bound.before in cues.TAKEN or bound.before in cues.PLACED
    averaged = bound.before == "of" and bound.clause.word(bound.start - 2) in (*_AVERAGES, "target")
    return bound.leads or bound.before in cues.AUXILIARIES or averaged or (bound.is_denied and not taken)


def _ends_a_count(bound: _Bound) -> bool:
    """Return whether a number ends the count that it bounds: "number of overdue visits fewer than 20 at any time"."""
    clause, following = bound.clause, bound.clause[bound.last + 1]
    yearly = following.determined and following.text in cues.TIMES  # "120 a year"
    ended = clause.ends(bound.last + 1) or yearly or following.text in ("at", "per", "by", "in", "each", "every")
    counted = bound.kind is MeasureKind.COUNT and not bound.before.endswith("ed")
    return ended and (bound.is_denied or counted)


_FITTING: Rules[_Bound] = (
    ("with attendance below 90%", False, lambda b: describes(b.clause, b.start)),
    ("in 100% of contracts over £100,000", False, _is_in_a_share),
    (
        "percentage of those missing more than 10% of …",
        False,
        lambda b: (
            b.is_percent and b.kind is MeasureKind.PERCENTAGE and b.clause.word(b.last + 1) == "of" and not b.leads
        ),
    ),
    ("rate below 5%", True, lambda b: b.is_percent and b.kind not in _NEVER_PERCENT),
    ("number of pupils below 90%", False, lambda b: b.is_percent),
    (
        "length of stay over 21 days; but: wait is over 21 days",
        False,
        lambda b: b.is_time and b.word == "over" and not b.leads and b.before not in cues.AUXILIARIES,
    ),
    ("average wait under 10 days", True, _is_of_time),
    ("number waiting over 28 days", False, lambda b: b.is_time),
    ("spend below £2m", True, lambda b: b.is_money and b.kind in (MeasureKind.AMOUNT, None)),
    ("a number that is no percentage of it", False, lambda b: b.is_money or b.kind is MeasureKind.PERCENTAGE),
    ("at least 40 homes; but: under 18s", True, lambda b: b.leads and not b.may_be_an_age),
    (
        "homes to be at least 40, score above 50",
        True,
        lambda b: not b.leads and (b.before in _HOLDING or b.before in cues.MEASURED or b.clause[b.start - 1].is_sign),
    ),
    (
        "visits fewer than 20 at any time",
        True,
        lambda b: not b.leads and b.word not in ("over", "under") and _ends_a_count(b),
    ),
)


# --- Changes, and pairs of numbers


def change_of(clause: Clause) -> Span | None:
    """Return the words that state a change rather than a level: "by 10%", "a 5% rise", "by a third"."""
    changes = (_change_at(clause, at) for at in range(len(clause)))
    return next(filter(None, changes), None)


def _change_at(clause: Clause, at: int) -> Span | None:
    word, noun = clause.word(at), cues.NOUNS.at(clause.tokens, at)
    if word == "by" and at not in clause.dated:
        limit = cues.BOUNDS.at(clause.tokens, at + 1)
        number = limit[0] if limit else at + 1
        following = clause.word(number + 1)
        # "By 19 year olds", "by 31 March", "taken up by 28% of adults"
        named = following in cues.MONTHS or not cues.SIZED.isdisjoint((following, clause.word(number + 2)))
        if clause.has_number(number) and not named and not (clause.is_percent(number) and following == "of"):
            return at, number + 1
        fraction = by_a_fraction(clause, at)
        return None if fraction is None else (at, fraction)
    if word in ("up", "down") and clause.has_number(at + 1) and clause.is_measured(at + 1):
        return at, at + 2
    if noun and clause.has_number(noun[0]) and clause.word(noun[0] - 1) == "of":
        return at, noun[0] + 1  # "a reduction of 10%"
    compared = clause.word(at + 1) in ("more", "fewer", "less", "increase", "reduction")
    if clause.is_percent(at) and (compared or cues.NOUNS.at(clause.tokens, at + 1)):
        return at, at + 2
    return None


def by_a_fraction(clause: Clause, by: int) -> int | None:
    """Return the token after the fraction that a "by" leads; ``None`` where it leads none."""
    counted = clause.word(by + 1) in ("one", "two", "three")
    at = by + 1 + counted
    if clause.word(at) not in cues.FRACTIONS or at in clause.dated or clause.word(at + 1) in cues.PARTED:
        return None
    named = clause.word(at) in ("third", "quarter", "fifth", "tenth") and not (clause[at].determined or counted)
    return None if named else at + 1  # "by quarter" is when


@frozen
class NumberPair:
    """Two numbers of one figure, where it is and where it is to be: "from 48% to 55%", "baseline 91%, target 95%".

    Attributes:
        start: The first of the words that make them a pair.
        first: The number where the figure is.
        second: The number where it is to be.
        way: The direction that the numbers say; ``None`` where both are the same.
    """

    start: int
    first: int
    second: int
    way: Direction | None

    @property
    def end(self) -> int:
        """The token after both."""
        return max(self.first, self.second) + 1


def pair_of(clause: Clause) -> NumberPair | None:
    """Return the two numbers that say from where and to where a clause's figure is to go."""
    for start in filter(clause.in_reach, range(len(clause))):
        places = _from_to(clause, start) or _dated_pair(clause, start) or _named_pair(clause, start)
        if places:
            one, other = clause[places[0]].number, clause[places[1]].number
            if one and other and _alike(one, other):
                rises = other.value > one.value
                way = Direction.INCREASE if rises else Direction.DECREASE if other.value < one.value else None
                return NumberPair(start, *places, way)
    return None


def _alike(one: Notated, other: Notated) -> bool:
    """Return whether two numbers are of one sort: both per cent, both money, or "from 91 to 94%"."""
    lifted = one.form is NumberForm.PLAIN and other.form is NumberForm.PERCENT and one.value <= 100
    return lifted or (one.form is other.form is not NumberForm.SHARE and one.scale == other.scale)


def _from_to(clause: Clause, at: int) -> Span | None:
    """Find "from 48% in 2024 to 55%"; of plain numbers only where they can be no ages."""
    if clause.word(at) != "from" or not clause.has_number(at + 1):
        return None
    second = _number_after(clause, at + 2, ("to",))
    number = clause[second].number if second is not None else None
    if second is None or number is None:
        return None
    return (at + 1, second) if number.form is not NumberForm.PLAIN or _is_no_age(clause, at, second) else None


def _is_no_age(clause: Clause, at: int, second: int) -> bool:
    numbers = [clause[each].number for each in (at + 1, second)]
    if all(number is not None and number.value > OLDEST for number in numbers) or clause.is_time(second + 1):
        return clause.word(second + 2) not in cues.SIZED
    measured = any(kind is not MeasureKind.COUNT for start, _, kind in clause.kinds if start < at)
    return measured or any(cues.IMPROVING.at(clause.tokens, each) for each in range(at))


def _dated_pair(clause: Clause, at: int) -> Span | None:
    """Find "91% (2023) to 95% (2026)", "91% → 95%": a date or an arrow makes two figures of what else is a range."""
    if not clause.has_number(at) or clause.word(at - 1) in ("between", "from", "to"):
        return None
    dated = not clause.dated.isdisjoint((at + 1, at + 2)) and clause.is_measured(at)
    second = _number_after(clause, at + 1, (*cues.ARROWS, "to") if dated else cues.ARROWS)
    return None if second is None else (at, second)


def _number_after(clause: Clause, at: int, joints: tuple[str, ...]) -> int | None:
    """Return the number after one of these words, not far from here: "… in 2024 *to* (below) 55%"."""
    joint = clause.find(joints, at, at + 4)
    if joint is None:
        return None
    limit = cues.BOUNDS.at(clause.tokens, joint + 1)
    number = limit[0] if limit else joint + 1
    return number if clause.has_number(number) else None


def _named_pair(clause: Clause, at: int) -> Span | None:
    """Find "baseline 91%, target 95%", in either order."""
    if not (cues.ORIGINS.at(clause.tokens, at) or cues.GOALS.at(clause.tokens, at)):
        return None
    first, second = (
        next(filter(None, (_number_of(clause, end) for _, end, _ in table.find(clause.tokens, at, at + 12))), None)
        for table in (cues.ORIGINS, cues.GOALS)
    )
    return (first, second) if first and second else None


def _number_of(clause: Clause, at: int) -> int | None:
    """Return the number that a word such as "baseline" has: "baseline (2023/24): 91%"."""
    for each in range(at, at + 5):
        if clause.has_number(each):
            return each
        if each not in clause.dated and clause.word(each) not in (":", "(", ")", "–", "=", "of", "is", "in"):
            return None
    return None


# --- The number to be reached


@frozen
class StatedGoal:
    """The words that state what is to be reached or delivered.

    Attributes:
        start: The first of them.
        end: The token after their last.
        number: The number, as written; ``None`` for a range ("between 10% and 14%") and a share ("one in three").
        form: What the number is written as.
    """

    start: int
    end: int
    number: Decimal | None
    form: NumberForm


def goal_of(clause: Clause, aim: Aim | None, limits: list[StatedLimit]) -> StatedGoal | None:
    """Return the number that a clause states to be reached or delivered; ``None`` where it states none.

    Most numbers in a sentence are none: ages, stages ("Key Stage 2"), lengths of time ("within 20 weeks"), shares of
    deprived areas, dates, where a figure comes from ("from 12%").

    Args:
        clause: The clause.
        aim: The direction that the clause states or takes from the part before it.
        limits: The limits that it sets.
    """
    pair = pair_of(clause)
    passed = {*range(*(change_of(clause) or (0, 0))), *((pair.first,) if pair else ())}
    bounded = [
        _range_at(clause, limit.number_at) or _goal(clause, min(limit.start, limit.number_at), limit.number_at)
        for limit in limits
        if limit.number_at is not None and limit.number_at not in passed
    ]
    numbers = [at for at in range(min(len(clause), clause.reason_from)) if clause.has_number(at) and at not in passed]
    led = [_goal_at(_Numeral(clause, at, at + 1, aim), paired=pair is not None and at == pair.second) for at in numbers]
    goals = [goal for goal in (*bounded, *led) if goal]
    if goals:
        # "50% by March 2025, rising to 60% by March 2026": of several, the last to fall due.
        return goals[-1] if len(clause.deadlines) > 1 else goals[0]
    return _zero(clause)


def leads_to_a_number(clause: Clause) -> bool:
    """Return whether a verb said before leads a figure to its number: "… and the retention rate to 90%"."""
    return any(token.text == "to" and clause.has_number(at + 1) for at, token in enumerate(clause.tokens))


def _goal(clause: Clause, start: int, at: int) -> StatedGoal:
    number = clause[at].number
    assert number is not None, "a goal is asked of a number"
    return StatedGoal(start, at + 1, None if number.form is NumberForm.SHARE else number.value, number.form)


def _goal_at(numeral: "_Numeral", *, paired: bool) -> StatedGoal | None:
    clause, at = numeral.clause, numeral.start
    ranged = _range_at(clause, at)
    if ranged or not (paired or decide(_REACHED, numeral)):
        return ranged
    joined = paired or numeral.before in ("to", "of", "within", "for", "in") or numeral.before in cues.REACHING
    return _goal(clause, at - 1 if joined and at > 0 else at, at)


def _range_at(clause: Clause, at: int) -> StatedGoal | None:
    """Find two numbers, or a number about another: "between 10% and 14%", "within 1% of budget"."""
    if not clause.is_percent(at):
        return None
    if clause.word(at - 1) == "within":
        return StatedGoal(at - 1, at + 1, None, NumberForm.PLAIN)
    if clause.word(at - 1) == "between" and clause.word(at + 1) in ("and", "to") and clause.is_percent(at + 2):
        return StatedGoal(at - 1, at + 3, None, NumberForm.PERCENT)
    return None


def _zero(clause: Clause) -> StatedGoal | None:
    """Find zero of something, not the zero of "net zero" or "zero carbon"; "no children …" are zero too."""
    first = clause.opening
    if clause.word(first) == "no" and is_counted(clause.word(first + 1)):
        return StatedGoal(first, first + 1, Decimal(0), NumberForm.PLAIN)
    for at in range(len(clause)):
        led = at == 0 or clause.word(at - 1) in ("to", "be", "at", "is", "of", ":", "–", "remain", "remains")
        nearing = clause.word(at - 2) in ("closer", "close", "nearer")
        if clause.word(at) in cues.ZEROS and led and not nearing and clause.word(at + 1) not in cues.ZERO_NAMED:
            return StatedGoal(at, at + 1, Decimal(0), NumberForm.PLAIN)
    return None


def is_counted(word: str) -> bool:
    """Return whether a word names things counted one by one: "schools", "school", "family"."""
    many = {"child": "children", "person": "people"}.get(word) or (
        word[:-1] + "ies" if word[-1:] == "y" else word + "s"
    )
    return word in cues.COUNTED or many in cues.COUNTED


@frozen(slots=False)
class _Numeral(Place):
    """A number of a clause, which may be its goal, and the direction that the clause states."""

    aim: Aim | None

    @property
    def is_percent(self) -> bool:
        """Whether it is a percentage."""
        return self.clause.is_percent(self.start)

    @property
    def is_measured(self) -> bool:
        """Whether it brings its unit."""
        return self.clause.is_measured(self.start)

    @property
    def is_timed(self) -> bool:
        """Whether a unit of time follows."""
        return self.clause.is_time(self.end)

    @property
    def is_held(self) -> bool:
        """Whether the figure is to be held."""
        return self.aim is not None and self.aim.way is Direction.MAINTAIN

    @property
    def opening(self) -> int:
        """Where its segment begins."""
        return self.clause.segment(self.start)

    def back(self, by: int) -> str:
        """Return the word so many places before it."""
        return self.clause.word(self.start - by)


def _is_arrived_at(n: _Numeral) -> bool:
    """Return whether "to" leads a figure to this number: "raise … to 95%"; not "16 to 64", "up to 100"."""
    clause, at = n.clause, n.start
    came = clause.find(("from",), at - 8, at)
    if came is not None and not any(map(clause.has_number, range(came, at))):
        return False  # "from birth to 5"
    first, number = clause[at - 2].number, clause[at].number
    ranged = first is not None and number is not None and first.form is number.form and n.back(3) != "from"
    if (ranged and not (came is not None and n.is_percent)) or n.back(2) == "up":
        return False
    bettered = any(cues.IMPROVING.at(clause.tokens, each) for each in (0, 1, at - 2))
    moved = (n.aim is not None and n.aim.start < at) or bettered or n.back(3) == "from"
    return moved and (n.is_percent or at < clause.relative_from)


def _is_level_of(n: _Numeral) -> bool:
    """Return whether a figure is said to be of this number: "a rate of 60%"; not "a baseline of 60%"."""
    if n.after == "to" and n.clause[n.end + 1].number is not None:
        return False  # "from the 2022 figure of 11% to 9%"
    origin = n.back(2) in ("baseline", "out", "total", "average", "because") or n.clause.is_possessed(n.start - 2)
    return n.back(2) == "target" or (n.is_measured and not origin)


def _is_of_those_done(n: _Numeral) -> bool:
    """Return whether a share has had something done: "supervision recorded monthly for 95% of staff"."""
    done = n.back(2).endswith(("ed", "ly")) or n.back(2) in cues.TAKEN
    return done and n.before in ("for", "in") and n.is_percent and n.after == "of" and not n.clause[n.start].determined


def _is_delivered(n: _Numeral) -> bool:
    """Return whether the number leads, or an unknown verb leads to it: "Resurface 60 miles of road"."""
    number = n.clause[n.start].number
    verb = n.opening == n.start - 1 == 0 and n.before.isalpha() and number is not None and number.value >= 20
    return (verb or n.clause.leads(n.start, working=1)) and (n.is_measured or n.after.isalpha())


_REACHED: Rules[_Numeral] = (
    ("hold agency spend to within £4m", True, lambda n: n.before == "within" and n.is_held and n.is_measured),
    ("Year 6, 2 year olds", False, lambda n: n.before in cues.NUMBERED or n.after in cues.SIZED),
    ("2 year olds", False, lambda n: n.after in cues.TIMES and n.clause.word(n.end + 1) in cues.SIZED),
    ("England: 50%", False, lambda n: n.before == ":" and cues.NATIONAL.at(n.clause.tokens, n.start - 2) is not None),
    ("95% target", True, lambda n: n.after == "target"),
    ("raise to 95%", True, lambda n: n.before == "to" and _is_arrived_at(n)),
    ("16 to 64", False, lambda n: n.before == "to"),
    ("who missed 5 days", False, lambda n: n.start > n.clause.relative_from and not n.clause.leads(n.start)),
    ("a rate of 60%", True, lambda n: n.before == "of" and _is_level_of(n)),
    ("a baseline of 60%", False, lambda n: n.before == "of"),
    (
        "60% by 2025 and 70% by 2026",
        True,
        lambda n: (
            n.is_percent
            and n.end in {d.start for d in n.clause.deadlines}
            and n.before in ("and", "then", ",", "rising")
        ),
    ),
    (
        "is 60%, kept at 12",
        True,
        lambda n: n.before in cues.REACHING and (n.is_percent or (n.is_held and not n.is_timed)),
    ),
    ("at 12 sites", False, lambda n: n.before in cues.REACHING),
    ("recorded for 95% of staff", True, _is_of_those_done),
    ("appointments within two weeks, 85%", True, lambda n: n.before == "," and n.is_measured and n.ended),
    ("aiming for 12, score = 5", True, lambda n: n.before == "=" or (n.before == "for" and n.back(2) == "aiming")),
    ("28 days, (5 schools)", False, lambda n: n.is_timed or n.clause.word(n.opening - 1) == "("),
    ("score: 5", True, lambda n: n.opening == n.start > 0 and (n.is_measured or n.before == ":")),
    ("60 new places", True, _is_delivered),
)
