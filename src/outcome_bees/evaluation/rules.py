"""From an aim to a scale: the only module that knows what a direction of improvement means.

A rule is compiled for one target, one policy and one period on the way. It is written for the case in
which more is better; where less is better the scale is mirrored. Nothing else asks which way is better.
"""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal, localcontext
from enum import Enum
from functools import lru_cache
from typing import TypeVar

from outcome_bees.errors import InvalidValueError
from outcome_bees.evaluation.select import adds_up, answers_for, is_like, timing_of
from outcome_bees.exact import CONTEXT, rounded
from outcome_bees.frozen import Unchanging, equal, hashed, in_full
from outcome_bees.kept import Kept
from outcome_bees.model.aims import (
    Beat,
    Complete,
    Flat,
    Hold,
    Improve,
    Linear,
    Margin,
    Profile,
    Rank,
    Reach,
    StayBetween,
)
from outcome_bees.model.local_policy import STANDARD, Policy
from outcome_bees.model.measure import Measure
from outcome_bees.model.target import Target
from outcome_bees.periods import Period, PeriodKind
from outcome_bees.scales import Cut, Line, Owner, Scale
from outcome_bees.units import Unit
from outcome_bees.vocabulary import Direction, Timing, Travel, Verdict

__all__ = [
    "NOUGHT",
    "Bound",
    "Reference",
    "Rule",
    "Settling",
    "compile_rule",
    "guard_of",
    "in_unit_of",
    "moved_toward",
    "needs_direction",
    "place_among",
    "travel_scale",
    "wanted_stretch",
]

# The one place that knows which way is better: on which sides of a number a measure may be ahead of it.
_BETTER = {Direction.INCREASE: (1,), Direction.DECREASE: (-1,), Direction.MAINTAIN: (1, -1)}
_SELF = Line(weight=1)  # the reference itself
NOUGHT = Decimal("0.001")
"""Within this share of the guard of zero is zero: thirds of a way do not add up to the last digit."""
_DATED = (PeriodKind.DAY, PeriodKind.YEAR_ENDING)  # whose ordinals are of days
L = TypeVar("L")
_WORDS = {1: ("at least", "more than"), -1: ("at most", "less than")}


class Reference(Enum):
    """Which number, known only from the figures, a rule depends on."""

    BASELINE = "baseline"
    COMPARATOR = "comparator"
    AREAS_RANKED = "areas_ranked"


class Settling(Enum):
    """On which side a total that can only grow may settle a verdict early: once there, it cannot come back."""

    FLOOR = "floor"
    CEILING = "ceiling"
    BAND = "band"


class Bound(Unchanging):
    """One side of what is required.

    Attributes:
        line: The number required.
        sign: 1 where more than it is better, -1 where less is.
        strict: Whether the number itself is not enough.
    """

    __slots__ = ("line", "sign", "strict")
    __eq__, __hash__, __repr__ = equal, hashed, in_full

    def __init__(self, line: Line, sign: int, strict: bool = False) -> None:
        self.line, self.sign, self.strict = line, sign, strict

    def ahead(self, number: Decimal, reference: Decimal | None) -> Decimal:
        """How far ahead of the line the number is: positive is the better side."""
        return self.ahead_of(self.line.at(reference), number)

    def ahead_of(self, point: Decimal, number: Decimal) -> Decimal:
        """How far ahead the number is of where the line is."""
        return number - point if self.sign == 1 else point - number

    def looks_met(self, shown: Decimal, reference: Decimal | None, digits: int) -> bool:
        """Whether a number as it is published would seem to meet what is required, as that is published."""
        ahead = self.sign * (shown - rounded(self.line.at(reference), digits))
        return ahead > 0 or (ahead == 0 and not self.strict)


class Rule(Unchanging):
    """What a figure of one period is judged by.

    Attributes:
        bounds: What is required: one side, or both of a band.
        scale: The verdict for every number.
        reference: Which number the rule depends on; ``None`` where it needs none.
        guard: Within this of a cut is on it: a thousandth of the last published digit.
        in_percent: Whether what still counts as met or as near is a percentage of what is required.
        takes_a_percentage: Whether that, or what is required, is a percentage of anything.
        others_move: Whether what is required moves with others, so that there is no way from a baseline to it.
        is_exact: Whether one number is required, and neither more nor less.
    """

    __slots__ = (
        *("bounds", "scale", "reference", "guard", "in_percent"),
        *("takes_a_percentage", "others_move", "is_exact"),
    )
    __eq__, __hash__, __repr__ = equal, hashed, in_full

    def __init__(
        self,
        bounds: tuple[Bound, ...],
        scale: Scale[Verdict],
        reference: Reference | None,
        guard: Decimal,
        in_percent: bool,
    ) -> None:
        self.bounds, self.scale, self.reference = bounds, scale, reference
        self.guard, self.in_percent = guard, in_percent
        self.takes_a_percentage = in_percent or scale.relative
        self.others_move = reference in (Reference.COMPARATOR, Reference.AREAS_RANKED)
        first, *others = bounds
        self.is_exact = any(each.line == first.line for each in others)

    def verdict(self, number: Decimal, reference: Decimal | None) -> Verdict:
        """Return the label of the stretch in which the number falls."""
        return self.scale.label(number, self.guard, reference)

    def undefined_at(self, reference: Decimal | None) -> bool:
        """Whether a percentage would have to be taken of what turns out to be zero.

        That is a reference to be improved on by a percentage, or a number required that may be missed by one.
        """
        if not self.takes_a_percentage:
            return False
        for line in (bound.line for bound in self.bounds):
            if line.needs_reference and reference is None:
                continue  # nothing is known of it yet
            if line.undefined_at(reference) or (self.in_percent and abs(line.at(reference)) <= self.nought):
                return True
        return False

    @property
    def nought(self) -> Decimal:
        """Within this of zero is zero."""
        return self.guard * NOUGHT

    def binding(self, number: Decimal, reference: Decimal | None) -> Bound:
        """Return the side that decides: the one the number is least ahead of."""
        if len(self.bounds) == 1:
            return self.bounds[0]
        return min(self.bounds, key=lambda bound: bound.ahead(number, reference))

    def held_against(self, number: Decimal, reference: Decimal | None) -> tuple[Verdict, Decimal, Decimal, str]:
        """Return the verdict on a number, what was required, how far ahead of that it is, and what was asked, in words.

        Only where no percentage is taken of what turns out to be zero: see ``undefined_at``.
        """
        bound = self.binding(number, reference)
        point = bound.line.at(reference)
        asked = "exactly" if self.is_exact else _WORDS[bound.sign][bound.strict]
        return self.scale.label(number, self.guard, reference), point, bound.ahead_of(point, number), asked

    @property
    def settling(self) -> Settling:
        """What a total that can only grow settles before its period is over."""
        signs = {bound.sign for bound in self.bounds}
        return Settling.BAND if len(signs) > 1 else Settling.FLOOR if signs == {1} else Settling.CEILING

    def settles(self, verdict: Verdict, number: Decimal, reference: Decimal | None) -> bool:
        """Return whether a total that can only grow has settled the verdict: off a ceiling, or at a floor already."""
        if self.settling is Settling.FLOOR:
            return verdict is Verdict.MET
        return verdict is Verdict.OFF and self.binding(number, reference).sign == -1

    def gap(self, number: Decimal, reference: Decimal | None) -> Decimal:
        """How far ahead the number is of what is required; negative is behind."""
        return self.binding(number, reference).ahead(number, reference)


_GUARDS = tuple(Decimal(1).scaleb(-digits - 3) for digits in range(10))


def guard_of(measure: Measure) -> Decimal:
    """Return a thousandth of the measure's last published digit: finer than any figure, coarser than any float."""
    return _GUARDS[measure.digits]


def needs_direction(target: Target) -> bool:
    """Whether the aim cannot be judged without knowing which way is better."""
    return not isinstance(target.aim, StayBetween | Complete)


def compile_rule(target: Target, measure: Measure, period: Period | None, policy: Policy = STANDARD) -> Rule | None:
    """Return the rule for the figure of one period, on the way or at the due date.

    Args:
        period: The period of the figure; ``None`` compiles the rule of the due period itself.

    Returns:
        ``None`` where the target says nothing of that period: a profile without it.
    """
    if isinstance(target.trajectory, Flat):
        period = None  # the same rule for every period
    # By identity: 95 and 95.0 are equal, but one's digits are not the other's. What is known by it is kept with it.
    key = (id(target), id(measure), id(policy), period)
    found = _COMPILED.get(key)
    if found is None:
        with localcontext(CONTEXT):
            rule = _compiled(target, measure, period, policy)
        found = _COMPILED.keep(key, (rule, (target, measure, policy)))
    return found[0]


_COMPILED: Kept[tuple[int, int, int, Period | None], tuple[Rule | None, object]] = Kept(20_000)


def _compiled(target: Target, measure: Measure, period: Period | None, policy: Policy) -> Rule | None:
    goal, reference = _goal(target, measure)
    match target.trajectory:
        case Linear() if period is not None:
            share = _share_of_the_way(target, period)
            goal = tuple(Bound(bound.line.part_way(_SELF, share), bound.sign, bound.strict) for bound in goal)
            reference = Reference.BASELINE
        case Profile() as profile if period is not None:
            required = _profiled(profile, measure, period)
            if required is not None:
                line = Line(in_unit_of(measure, target, required))
                goal = tuple(Bound(line, bound.sign) for bound in goal)
            elif target.due is None or not answers_for(target.due, period, measure):
                return None
    met_within = near_within = None
    if not isinstance(target.aim, Complete):  # done or not: no policy makes it nearly done
        tolerance = target.tolerance and _converted(target.tolerance, target, measure)
        met_within, near_within = policy.met_within, policy.near_within or tolerance
    scale = _scale(goal, met_within, near_within)
    if not any(cut.line.needs_reference for cut in scale.cuts):
        reference = None
    in_percent = any(margin is not None and margin.percent is not None for margin in (met_within, near_within))
    return Rule(goal, scale, reference, guard_of(measure), in_percent)


def _signs(direction: Direction | None) -> tuple[int, ...]:
    """On which sides of a number a measure may be ahead of it; none where the plan does not say."""
    return () if direction is None else _BETTER[direction]


def _goal(target: Target, measure: Measure) -> tuple[tuple[Bound, ...], Reference | None]:
    """Return what the aim asks for at the due date."""
    aim = target.aim
    signs = _signs(measure.direction)

    def inside(number: Decimal) -> Line:
        return Line(in_unit_of(measure, target, number))

    match aim:
        case Reach(value):
            return tuple(Bound(inside(value), sign) for sign in signs), None
        case StayBetween(low, high):
            return (Bound(inside(low), 1), Bound(inside(high), -1)), None
        case Hold():
            return tuple(Bound(_SELF, sign) for sign in signs), Reference.BASELINE
        case Improve() | Beat() | Rank() if len(signs) != 1:
            allowed = "reach, stay_between or hold, where neither more nor less is better"
            raise InvalidValueError("Target.aim", aim, allowed)
        case Improve(by) | Beat(by=by):
            (sign,), margin = signs, by and _converted(by, target, measure)
            line = _SELF if margin is None else _moved(_SELF, margin, sign)
            reference = Reference.COMPARATOR if isinstance(aim, Beat) else Reference.BASELINE
            return (Bound(line, sign, strict=margin is None),), reference
        case Complete():
            return (Bound(Line(_done(measure.unit)), 1),), None
        case Rank(best, of):
            share = CONTEXT.divide(Decimal(best), Decimal(of))
            return (Bound(Line(weight=share), -1),), Reference.AREAS_RANKED
        case _:
            raise InvalidValueError("Target.aim", aim, "an aim; a placeholder has no rule")


def _scale(bounds: tuple[Bound, ...], met_within: Margin | None, near_within: Margin | None) -> Scale[Verdict]:
    """Return the stretches of a rule; both sides of a band share the stretch in which it is met."""
    first, *others = (_one_sided(bound, met_within, near_within) for bound in bounds)
    cuts, labels = first.cuts, first.labels
    for other in others:
        cuts, labels = cuts + other.cuts, labels + other.labels[1:]
    return Scale(cuts, labels)


def _one_sided(bound: Bound, met_within: Margin | None, near_within: Margin | None) -> Scale[Verdict]:
    upward = bound.line if bound.sign == 1 else bound.line.mirrored()
    met = upward if met_within is None else _moved(upward, met_within, -1)
    cuts = [Cut(met, Owner.BELOW if bound.strict and met_within is None else Owner.ABOVE)]
    labels = [Verdict.OFF, Verdict.MET]
    if near_within is not None:
        cuts = [Cut(_moved(upward, near_within, -1), Owner.ABOVE), *cuts]
        labels = [Verdict.OFF, Verdict.NEAR, Verdict.MET]
    return _toward(bound.sign, Scale(tuple(cuts), tuple(labels)))


def _toward(sign: int, more_is_better: Scale[L]) -> Scale[L]:
    """Return the scale for the side that is better: as it is, or mirrored."""
    return more_is_better if sign == 1 else more_is_better.mirrored()


def _moved(line: Line, margin: Margin, sign: int) -> Line:
    """Return the line moved up or down by a margin: an amount, or a percentage of its own size."""
    if margin.amount is not None:
        return line.plus(sign * margin.amount)
    assert margin.percent is not None, "a margin has one of the two"
    return line.plus_percent(sign * margin.percent)


def in_unit_of(measure: Measure, target: Target, number: Decimal) -> Decimal:
    """Return a number of the target in the measure's unit."""
    if target.unit is None or measure.unit is None:
        return number
    return target.unit.convert(number, measure.unit)


def _converted(margin: Margin, target: Target, measure: Measure) -> Margin:
    if margin.amount is None or isinstance(target.aim, Rank):  # a rank's margin is in places
        return margin
    return Margin(amount=in_unit_of(measure, target, margin.amount))


def _done(unit: Unit | None) -> Decimal:
    """Return what a finished milestone reads: all of it, or one."""
    whole = Unit("fraction")
    return whole.convert(Decimal(1), unit) if unit and whole.convertible(unit) else Decimal(1)


def _share_of_the_way(target: Target, period: Period) -> Decimal:
    """How much of the time from baseline to due has gone (0-1): in whole periods of one kind, in months, or in days.

    Days alone would give a leap year more of the way than other years.
    """
    assert target.baseline is not None, "a line needs both ends, and the target has seen to it"
    assert target.due is not None, "a line needs both ends, and the target has seen to it"
    # Of a span the way is up to the period that it ends with, whatever it begins with.
    start, period, due = (each.ends[1] for each in (target.baseline.period, period, target.due))
    if due.kind not in _DATED and all(_sort(each) == _sort(due) for each in (start, period)):
        gone, whole = period.ordinal - start.ordinal, due.ordinal - start.ordinal
    elif _same_day_of_month([each.end for each in (start, period, due)]):
        gone, whole = (_months(each.end) - _months(start.end) for each in (period, due))
    else:
        gone, whole = ((each.end - start.end).days for each in (period, due))
    share = CONTEXT.divide(Decimal(gone), Decimal(whole))
    return min(max(share, Decimal(0)), Decimal(1))


def _sort(period: Period) -> tuple[object, object]:
    return period.kind, period.year_type


def _same_day_of_month(days: Collection[date]) -> bool:
    """Whether from one to the next are whole months: the same day of each, or the last of each."""
    if len({each.day for each in days}) == 1:
        return True
    from calendar import monthrange  # it loads what names months in other languages; a plain verdict needs none of it

    return all(each.day == monthrange(each.year, each.month)[1] for each in days)


def _months(day: date) -> int:
    return day.year * 12 + day.month


def _profiled(profile: Profile, measure: Measure, period: Period) -> Decimal | None:
    """Return the number agreed for a period: for that very period, else for one that ends with it and is its like."""
    exactly = profile.values.get(period)
    if exactly is not None:
        return exactly
    by_end = not adds_up(measure) or timing_of(measure, period) is not Timing.FLOW
    same = (each for each in profile.values if each.end == period.end and (by_end or is_like(measure, period, each)))
    nearest = min(same, key=lambda each: each.code, default=None)
    return None if nearest is None else profile.values[nearest]


@lru_cache(maxsize=1024)
def travel_scale(
    direction: Direction | None, no_change_within: Margin | None, *, toward: bool = False
) -> Scale[Travel]:
    """Where a figure has moved, for every number, against an earlier one as the reference.

    Args:
        toward: Whether the number is what ``moved_toward`` gives: risen by so much as it came nearer to what is wanted.
    """
    low = high = _SELF
    if no_change_within is not None:
        low, high = _moved(_SELF, no_change_within, -1), _moved(_SELF, no_change_within, 1)
    cuts = (Cut(low, Owner.ABOVE), Cut(high, Owner.BELOW))
    signs = (1,) if toward else _signs(direction)
    if len(signs) != 1:
        return Scale(cuts, (Travel.DECREASING, Travel.NO_CHANGE, Travel.INCREASING))
    return _toward(signs[0], Scale(cuts, (Travel.WORSENING, Travel.NO_CHANGE, Travel.IMPROVING)))


def wanted_stretch(target: Target | None, measure: Measure) -> tuple[Line, Line] | None:
    """Return the number, or the two of a band, at which a measure is to be maintained: nearer to it is better.

    ``None`` where more or less is better, or nothing says where it is to be kept. A line may depend on the baseline.
    """
    if target is None or len(_signs(measure.direction)) < 2 or not isinstance(target.aim, Reach | StayBetween | Hold):
        return None
    bounds, _ = _goal(target, measure)
    return bounds[0].line, bounds[-1].line


def moved_toward(stretch: tuple[Decimal, Decimal], number: Decimal, before: Decimal) -> Decimal:
    """Return what an earlier number would be, had it risen by so much as it came nearer to a stretch."""
    low, high = stretch
    was, now = (max(low - each, each - high, Decimal(0)) for each in (before, number))
    return before + was - now


def place_among(measure: Measure, number: Decimal, others: Sequence[Decimal]) -> Decimal:
    """Return the place of a number among others, the best first; equal ones share the better place.

    Args:
        others: The others, from the lowest to the highest.
    """
    scale, guard = travel_scale(measure.direction, None), guard_of(measure)

    def passed(other: Decimal) -> int:
        return scale.place(other, guard, number)

    lower, higher = bisect_left(others, 1, key=passed), len(others) - bisect_left(others, 2, key=passed)
    better = {scale.labels[0]: lower, scale.labels[-1]: higher}
    return Decimal(1 + better.get(Travel.IMPROVING, 0))
