"""Where a straight line through a series leads by a due date, and the pace that would be needed instead.

A projection is no figure and no verdict: it says what comes if all goes on as it did.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from outcome_bees.chance.arithmetic import SIGNIFICANT, number
from outcome_bees.chance.intervals import Number
from outcome_bees.frozen import described
from outcome_bees.methods._points import Figures, Moment, Pair, day_of, timeline_of
from outcome_bees.model.measure import Measure
from outcome_bees.vocabulary import NoAnswer, Revision

__all__ = ["LEAST_POINTS", "Forecast", "forecast"]

LEAST_POINTS = 3
"""How many values a line is drawn through at least. Our choice: through two it fits whatever they are."""


@described(
    projected="The value on the line at the due date, in the measure's unit; ``None`` where there is no line. It may "
    "be one that cannot be, such as 104 per cent: it is not clipped.",
    pace="The change in a year along the line.",
    pace_needed="The change in a year that leads from the latest value to the target; ``None`` without a target.",
    due="The day the projection is for.",
    used="How many values the line was drawn through.",
    revision="Always ``forecast``: this is no figure.",
    reason="Why there is no projection; ``None`` where there is one.",
)
@frozen(kw_only=True)
class Forecast:
    """Where a series leads if it goes on as it did.

    Example:
        >>> Forecast(due=date(2030, 3, 31), reason=NoAnswer.TOO_FEW_POINTS).revision.value
        'forecast'
    """

    projected: Decimal | None = None
    pace: Decimal | None = None
    pace_needed: Decimal | None = None
    due: date
    used: int = 0
    revision: Revision = Revision.FORECAST
    reason: NoAnswer | None = None


def forecast(
    series: Figures | Iterable[Pair],
    due: Moment,
    *,
    target: Number | None = None,
    measure: Measure | None = None,
) -> Forecast:
    """Return where a straight line through a series leads by a due date.

    The line is that of least squares through all values since the measure's last break; time is counted in years of
    twelve equal months. Missing values are left out. There is no interval about it: it assumes that nothing changes.

    Args:
        series: A series, its observations, or pairs of a date or period and a number or ``None``, in any order.
        due: The date, or the period whose last day is meant.
        target: The number to meet by then, in the measure's unit; ``None`` where there is none.
        measure: The measure of loose observations, for its unit and breaks; a series brings its own.

    Raises:
        InvalidValueError: Two values at one moment; NaN; observations that are not of one series.

    Example:
        >>> from outcome_bees.periods import Period
        >>> years = [(Period.year(2020 + index, "calendar"), value) for index, value in enumerate([50, 52, 54, 56])]
        >>> found = forecast(years, Period.year(2026, "calendar"), target=65)
        >>> found.projected, found.pace, found.pace_needed
        (Decimal('62'), Decimal('2'), Decimal('3'))

    Source: our choice, and plain on purpose.
    """
    line = timeline_of(series, measure)
    points = line.points[max(line.breaks, default=0) :]
    day = day_of(due, "due")
    goal = None if target is None else Fraction(number(target, "target"))
    there = [(_years(point.day), Fraction(point.value), point.day) for point in points if point.value is not None]
    if len(there) < LEAST_POINTS:
        return Forecast(due=day, used=len(there), reason=NoAnswer.TOO_FEW_POINTS if there else NoAnswer.NO_DATA)
    last_time, last_value, last_day = there[-1]
    if day <= last_day:
        return Forecast(due=day, used=len(there), reason=NoAnswer.ALREADY_OBSERVED)
    if line.overlaps:
        return Forecast(due=day, used=len(there), reason=NoAnswer.OVERLAPPING_PERIODS)
    n = len(there)
    mean_time = sum((time for time, _, _ in there), Fraction(0)) / n
    mean_value = sum((value for _, value, _ in there), Fraction(0)) / n
    spread = sum(((time - mean_time) ** 2 for time, _, _ in there), Fraction(0))
    pace = sum(((time - mean_time) * value for time, value, _ in there), Fraction(0)) / spread
    ahead = _years(day)
    needed = None if goal is None else (goal - last_value) / (ahead - last_time)
    return Forecast(
        projected=_shown(mean_value + pace * (ahead - mean_time)),
        pace=_shown(pace),
        pace_needed=None if needed is None else _shown(needed),
        due=day,
        used=n,
    )


def _years(day: date) -> Fraction:
    """Return a day as years of twelve equal months: from one end of a month to another are whole months."""
    months = day.year * 12 + day.month - 1
    return (months + Fraction(day.day, monthrange(day.year, day.month)[1])) / 12


def _shown(value: Fraction) -> Decimal:
    return SIGNIFICANT.divide(Decimal(value.numerator), Decimal(value.denominator))
