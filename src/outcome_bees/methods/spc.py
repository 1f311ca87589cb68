"""XmR control charts in the "Making Data Count" form: whether a series is steady, has changed, will meet its target.

Every sum and comparison is of integers, so that a point exactly on a line is on it.

Source: NHS England, *Making Data Count*; Wheeler (1993), *Understanding Variation*; Nelson (1982), "Control charts for
individual measurements", Journal of Quality Technology 14, for the screening of moving ranges. The rules are those of
the package NHSRplotthedots 0.2.2, without its faults: ``docs/methods.md`` lists them.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from attrs import frozen

from outcome_bees.chance.arithmetic import number, ratio, to_integers, whole_number
from outcome_bees.chance.intervals import Number
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.frozen import described
from outcome_bees.methods._chart_rules import shift_marks, trend_marks, two_of_three_marks
from outcome_bees.methods._points import Figures, Moment, Pair, Point, day_of, timeline_of
from outcome_bees.methods._words import better_way, direction_given
from outcome_bees.model.series import Series
from outcome_bees.periods import Period
from outcome_bees.vocabulary import Direction, NoAnswer

__all__ = [
    "LEAST_OF_SERIES",
    "Assurance",
    "ChartPoint",
    "ControlChart",
    "Segment",
    "Signal",
    "SpecialCause",
    "signal_of_mark",
    "xmr",
]

LEAST_OF_SERIES = 12
"""How many figures a series needs before it gets limits. Source: *Making Data Count* asks for 12 at least."""

_LEAST_BASELINE = 12  # the same, of a fixed baseline
_PER_HUNDRED = 266  # limits lie 2.66 mean moving ranges from the mean: Wheeler's constant, as it is published
_NEAR_PER_THREE_HUNDRED = 532  # near limits two thirds as far
_SCREEN_PER_THOUSAND = 3267  # a moving range from 3.267 times their mean is left out of the mean


class SpecialCause(StrEnum):
    """The rules by which a point is more than chance. The order of the members is their priority.

    Example:
        >>> list(SpecialCause)[0]
        <SpecialCause.BEYOND_LIMITS: 'beyond_limits'>
    """

    BEYOND_LIMITS = "beyond_limits"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    SHIFT = "shift"


class Signal(StrEnum):
    """What a point says: nothing but chance, or a change for better or worse, or merely up or down.

    Example:
        >>> Signal("common_cause")
        <Signal.COMMON_CAUSE: 'common_cause'>
    """

    COMMON_CAUSE = "common_cause"
    IMPROVEMENT = "special_cause_improvement"
    CONCERN = "special_cause_concern"
    HIGH = "special_cause_neutral_high"
    LOW = "special_cause_neutral_low"


class Assurance(StrEnum):
    """Whether the process as it is will meet its target: always, never, or by chance ("hit or miss").

    Example:
        >>> Assurance("inconsistent")
        <Assurance.INCONSISTENT: 'inconsistent'>
    """

    PASS = "consistent_pass"
    FAIL = "consistent_fail"
    INCONSISTENT = "inconsistent"


_Lines = tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None, Decimal | None]


@described(
    at="Its day or period.",
    value="The value; ``None`` where it is missing: rules do not reach across it.",
    mean="The mean of its segment; ``None`` where there is no value to take it of.",
    lower="The lower limit; ``None`` where there are none. It is never clipped.",
    upper="The upper limit; ``None`` where there are none. It is never clipped.",
    near_lower="Two thirds of the way to the lower limit.",
    near_upper="Two thirds of the way to the upper limit.",
    causes="Every rule that fired, by priority.",
    cause="The one by priority; ``None`` where none fired.",
    signal="What the point says; ``None`` where there are no limits to judge by.",
)
@frozen
class ChartPoint:
    """One point of a control chart."""

    at: Moment
    value: Decimal | None
    mean: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    near_lower: Decimal | None
    near_upper: Decimal | None
    causes: tuple[SpecialCause, ...]
    cause: SpecialCause | None
    signal: Signal | None


@described(
    first="The moment of its first point.",
    last="The moment of its last point.",
    size="How many points it has.",
    used="How many values its limits were made of.",
    mean="The mean of those values; ``None`` where there is none.",
    lower="The lower limit; ``None`` where there are none.",
    upper="The upper limit; ``None`` where there are none.",
    near_lower="Two thirds of the way to the lower limit.",
    near_upper="Two thirds of the way to the upper limit.",
    moving_range="The mean moving range that the limits were made of.",
    screened="How many moving ranges were left out of it as too large.",
    reason="Why there are no limits; ``None`` where there are.",
)
@frozen
class Segment:
    """A stretch of a chart with limits of its own."""

    first: Moment
    last: Moment
    size: int
    used: int
    mean: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    near_lower: Decimal | None
    near_upper: Decimal | None
    moving_range: Decimal | None
    screened: int
    reason: NoAnswer | None


@described(
    points="The points, the earliest first.",
    variation="What the last point says; ``None`` where there are no limits to judge by.",
    assurance="Whether the target will be met by the process as it is; ``None`` without a target, without a direction "
    "in which one way is better, or without limits.",
    segments="The stretches with limits of their own.",
    reason="Why there is no answer, from the last segment; or that the last value is missing (``no_data``).",
)
@frozen
class ControlChart:
    """A series with its limits, and what its points say.

    Example:
        >>> chart = xmr([(date(2024, month, 1), 50 + month % 3) for month in range(1, 13)], target=60,
        ...             direction="increase")
        >>> chart.variation.value, chart.assurance.value
        ('common_cause', 'consistent_fail')
    """

    points: tuple[ChartPoint, ...]
    variation: Signal | None
    assurance: Assurance | None
    segments: tuple[Segment, ...]
    reason: NoAnswer | None


def xmr(
    points: Figures | Iterable[Pair],
    *,
    direction: Direction | str | None = None,
    target: Number | None = None,
    fix_after: int | None = None,
    rebase: Iterable[Moment] = (),
    screen_outliers: bool = True,
    trend_points: int = 7,
    least: int | None = None,
) -> ControlChart:
    """Return the control chart of a series: limits, special causes, variation and assurance.

    Args:
        points: Pairs of a date or period and a number or ``None``, in any order; or a series, which brings its
            measure's direction, and its breaks to rebase at.
        direction: Which way is better; ``None``: the series' own, else neither.
        target: The number to meet, in the measure's unit; ``None`` where there is none.
        fix_after: How many points at the start of each segment make its limits, 12 at least, missing ones among them;
            ``None``: all of them.
        rebase: Points of the series at which limits and rules start again: their date, or a day of their period.
        screen_outliers: Whether moving ranges from 3.267 times their mean are left out of it, once.
        trend_points: How many points up, or down, are a trend: 6 or 7.
        least: How many values limits are made of at least; ``None``: 12 for a series, and 1 for pairs, where a
            limit of two values is the caller's own risk.

    Returns:
        The chart. Where all values are equal, or all differences were left out as outliers, there is no variation to
        judge by; with a single value there is none either: that is a reason, and no limits.

    Raises:
        InvalidValueError: Two points at one moment, NaN, a rebase date at no point, a setting out of bounds.

    Example:
        >>> level = [52, 50, 51, 49, 50, 52, 51, 50, 49, 51, 50, 52]
        >>> months = [Period.month(2024, month) for month in range(1, 13)]
        >>> chart = xmr([*zip(months, level), (Period.month(2025, 1), 60)], direction="increase", fix_after=12)
        >>> chart.points[-1].cause.value, chart.points[-1].signal.value
        ('beyond_limits', 'special_cause_improvement')

    Source: NHS England, *Making Data Count*.
    """
    measure = points.measure if isinstance(points, Series) else None
    ordered, breaks, overlaps = timeline_of(points, measure)
    if overlaps:
        return ControlChart((), None, None, (), NoAnswer.OVERLAPPING_PERIODS)
    settings = _settings(fix_after, screen_outliers, trend_points, least, of_series=measure is not None)
    given_direction = direction_given(direction)
    if given_direction is None and measure is not None:
        given_direction = measure.direction
    way = better_way(given_direction)
    aim = None if target is None else number(target, "target")
    starts = {*_starts(ordered, rebase), *breaks}
    bounds = [0, *sorted(starts - {0}), len(ordered)]
    charted: list[ChartPoint] = []
    segments: list[Segment] = []
    assurance = None
    for first, last in pairwise(bounds):
        if first == last:
            continue
        part = _Part(ordered[first:last], settings)
        segments.append(part.segment())
        charted.extend(part.charted(way))
        assurance = part.assurance(aim, way)
    if not charted:
        return ControlChart((), None, None, (), NoAnswer.NO_DATA)
    reason = segments[-1].reason
    if reason is None and charted[-1].value is None:
        reason = NoAnswer.NO_DATA
    return ControlChart(tuple(charted), charted[-1].signal, assurance, tuple(segments), reason)


@frozen
class _Settings:
    """How the limits are made, as the caller chose; all checked."""

    fix_after: int | None
    screen_outliers: bool
    trend_points: int
    least: int


def _settings(
    fix_after: int | None, screen_outliers: bool, trend_points: int, least: int | None, *, of_series: bool
) -> _Settings:
    if fix_after is not None:
        whole_number(fix_after, "fix_after", "a whole number from 12, or None", least=_LEAST_BASELINE)
    if not isinstance(screen_outliers, bool):
        raise InvalidTypeError("screen_outliers", screen_outliers, "True or False")
    whole_number(trend_points, "trend_points", "6 or 7", least=6, most=7)
    if least is None:
        least = LEAST_OF_SERIES if of_series else 1
    whole_number(least, "least", "a whole number from 1", least=1)
    return _Settings(fix_after, screen_outliers, trend_points, least)


def _starts(ordered: Sequence[Point], rebase: Iterable[Moment]) -> set[int]:
    """Return the places of the points at which a new segment starts."""
    if isinstance(rebase, str | date | Period) or not isinstance(rebase, Iterable):
        raise InvalidTypeError("rebase", rebase, "several dates or periods, such as a list")
    starts = set()
    for each in rebase:
        day = day_of(each, "rebase")
        for index, point in enumerate(ordered):
            if point.day == day or (isinstance(point.at, Period) and point.at.start <= day <= point.day):
                starts.add(index)
                break
        else:
            shown = f"from {ordered[0].at} to {ordered[-1].at}" if ordered else "there are none"
            raise InvalidValueError("rebase", str(each), f"the moment of one of the points ({shown})")
    return starts


class _Part:
    """One segment in integers: a value times ``scale`` is compared with a limit times ``scale``.

    With the sum T of n values, and the sum S of m moving ranges, mean and limits are T/n and T/n ± 2.66 S/m.
    Times 300 n m all of these are whole.
    """

    def __init__(self, points: Sequence[Point], settings: _Settings) -> None:
        self.points, self.settings = points, settings
        integers, self.exponent = to_integers([point.value for point in points if point.value is not None])
        whole = iter(integers)
        self.values = [None if point.value is None else next(whole) for point in points]
        window = self.values[: settings.fix_after]
        used = [value for value in window if value is not None]
        ranges = [abs(b - a) for a, b in pairwise(window) if a is not None and b is not None]
        self.used, self.total, self.screened = len(used), sum(used), 0
        if settings.screen_outliers and ranges:
            bound = _SCREEN_PER_THOUSAND * sum(ranges)
            kept = [each for each in ranges if each * 1000 * len(ranges) < bound]
            self.screened, ranges = len(ranges) - len(kept), kept
        self.steps, self.step_total = len(ranges), sum(ranges)
        self.reason = self._reason()
        self.scale = 300 * self.used * max(self.steps, 1)
        self.mean = 300 * self.steps * self.total
        self.reach = 3 * _PER_HUNDRED * self.step_total * self.used
        self.near_reach = _NEAR_PER_THREE_HUNDRED * self.step_total * self.used

    def _reason(self) -> NoAnswer | None:
        """Return why there are no limits."""
        if not self.used:
            return NoAnswer.NO_DATA
        if self.used < self.settings.least or not (self.steps or self.screened):
            return NoAnswer.TOO_FEW_POINTS
        return None if self.step_total else NoAnswer.NO_VARIATION

    def _lines(self) -> _Lines:
        """Return mean, lower and upper limit, and the near ones, as they are shown."""
        mean = ratio(self.total, self.used, self.exponent) if self.used else None
        if self.reason is not None:
            return mean, None, None, None, None
        return (
            mean,
            ratio(self.mean - self.reach, self.scale, self.exponent),
            ratio(self.mean + self.reach, self.scale, self.exponent),
            ratio(self.mean - self.near_reach, self.scale, self.exponent),
            ratio(self.mean + self.near_reach, self.scale, self.exponent),
        )

    def segment(self) -> Segment:
        steps = ratio(self.step_total, self.steps, self.exponent) if self.steps else None
        first, last = self.points[0].at, self.points[-1].at
        size, lines = len(self.points), self._lines()
        return Segment(first, last, size, self.used, *lines, steps, self.screened, self.reason)

    def assurance(self, target: Decimal | None, way: int | None) -> Assurance | None:
        """Return whether the target lies beyond the limits, and on which side; on a limit is not beyond it."""
        if target is None or way is None or self.reason is not None:
            return None
        (aim,), exponent = to_integers([target])
        finest = min(exponent, self.exponent)
        aim *= 10 ** (exponent - finest) * self.scale
        unit = 10 ** (self.exponent - finest)
        beyond = int(aim > (self.mean + self.reach) * unit) - int(aim < (self.mean - self.reach) * unit)
        return {0: Assurance.INCONSISTENT, way: Assurance.FAIL, -way: Assurance.PASS}[beyond]

    def charted(self, way: int | None) -> list[ChartPoint]:
        """Return the points with every rule that fired on each."""
        lines = self._lines()
        if self.reason is not None:
            return [ChartPoint(each.at, each.value, *lines, (), None, None) for each in self.points]
        sides, outside, close = self._positions()
        fired = (  # by priority, as the members of SpecialCause
            outside,
            trend_marks(self.values, self.settings.trend_points),
            two_of_three_marks(close, sides),
            shift_marks(sides),
        )
        signals = _SIGNALS[way]
        charted = []
        for each, marks in zip(self.points, zip(*fired, strict=True), strict=True):
            causes: tuple[SpecialCause, ...] = ()
            cause, signal = None, Signal.COMMON_CAUSE
            if marks != _NO_MARKS:
                causes = tuple(rule for rule, mark in zip(SpecialCause, marks, strict=True) if mark)
                cause, signal = causes[0], signals[next(mark for mark in marks if mark)]
            charted.append(ChartPoint(each.at, each.value, *lines, causes, cause, signal))
        return charted

    def _positions(self) -> tuple[list[int], list[int], list[int]]:
        """Return for each point its side of the mean, of the limits, and of the near limits within the limits.

        Sides are 1 above, -1 below and 0 on the line or inside; a missing value is 0 in all three.
        """
        mean, scale = self.mean, self.scale
        low, high = mean - self.reach, mean + self.reach
        near_low, near_high = mean - self.near_reach, mean + self.near_reach
        sides, outside, close = [], [], []
        for value in self.values:
            if value is None:
                side = out = near = 0
            else:
                here = value * scale
                side = (here > mean) - (here < mean)
                out = (here > high) - (here < low)
                near = 0 if out else (here > near_high) - (here < near_low)
            sides.append(side)
            outside.append(out)
            close.append(near)
        return sides, outside, close


_NO_MARKS = (0, 0, 0, 0)
_SIGNALS = {
    1: {1: Signal.IMPROVEMENT, -1: Signal.CONCERN},
    -1: {1: Signal.CONCERN, -1: Signal.IMPROVEMENT},
    None: {1: Signal.HIGH, -1: Signal.LOW},
}


def signal_of_mark(direction: Direction | None, mark: int) -> Signal:
    """Return what a point says that is special upward (1), downward (-1), or not (0)."""
    return Signal.COMMON_CAUSE if not mark else _SIGNALS[better_way(direction)][mark]
