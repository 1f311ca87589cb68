"""The one place where a series, loose observations and plain numbers become points in time.

A series is whatever has a measure and its observations in order: ``outcome_bees.model``'s own is one.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple, Protocol, runtime_checkable

from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.evaluation.select import broken, value_of
from outcome_bees.methods._arithmetic import number
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation
from outcome_bees.periods import Period
from outcome_bees.vocabulary import Revision

__all__ = [
    "Figures",
    "Moment",
    "Pair",
    "Point",
    "SeriesLike",
    "break_places",
    "day_of",
    "measure_of",
    "points_of",
    "series_in_order",
]

Moment = date | Period
Pair = tuple[Moment, Decimal | int | float | str | None]


@runtime_checkable
class SeriesLike(Protocol):
    """A measure's observations for one place and part of the population, one for each period."""

    @property
    def measure(self) -> Measure: ...

    @property
    def observations(self) -> Sequence[Observation]: ...


Figures = SeriesLike | Iterable[Observation]


class Point(NamedTuple):
    """One value in time.

    Attributes:
        at: The day or the period, as it was given.
        day: That day, or the last of that period: what points are ordered by.
        value: The value; ``None`` where it is missing.
    """

    at: Moment
    day: date
    value: Decimal | None


def measure_of(series: object, measure: Measure | None) -> Measure | None:
    """Return the measure that was given, else the one that the series has."""
    return series.measure if measure is None and isinstance(series, SeriesLike) else measure


def series_in_order(series: object) -> tuple[Observation, ...]:
    """Return the observations of one series, the earliest first; forecasts are no figures, and are left out.

    Raises:
        InvalidTypeError: Something else than observations.
        InvalidValueError: Observations of several measures, places or parts of the population; two for one period.
    """
    given = _each_of(series)
    found = [each for each in given if isinstance(each, Observation)]
    if len(found) < len(given):
        other = next(each for each in given if not isinstance(each, Observation))
        raise InvalidTypeError("series", other, "a series, or its observations")
    kinds = {(each.measure, each.area, each.breakdown) for each in found}
    if len(kinds) > 1:
        several = ", ".join(sorted(f"{measure} of {area}" for measure, area, _ in kinds)[:5])
        raise InvalidValueError("series", several, "observations of one measure, place and part of the population")
    figures = (each for each in found if each.revision is not Revision.FORECAST)
    ordered = sorted(figures, key=lambda each: (each.period.end, each.period.code))
    for before, after in pairwise(ordered):
        if before.period.end == after.period.end:
            raise InvalidValueError("series", after.period.code, "one observation for each end of a period")
    return tuple(ordered)


def break_places(moments: Sequence[Moment], measure: Measure | None) -> list[int]:
    """Return the places in a run of periods before which the measure's series breaks."""
    if measure is None or not measure.breaks:
        return []
    return [
        index
        for index, (before, after) in enumerate(pairwise(moments), start=1)
        if isinstance(before, Period) and isinstance(after, Period) and broken(measure, before, after)
    ]


def points_of(given: Figures | Iterable[Pair], measure: Measure | None) -> list[Point]:
    """Return points in time, the earliest first, of a series, of observations, or of pairs of moment and number.

    Args:
        given: The points, in any order.
        measure: The measure whose unit the values of observations are converted to; ``None`` leaves them as given.

    Raises:
        InvalidTypeError: Something else than these.
        InvalidValueError: Two points at one moment; NaN or an infinity.
    """
    each_given = _each_of(given)
    if each_given and isinstance(each_given[0], Observation):
        ordered = series_in_order(each_given)
        return [Point(each.period, each.period.end, value_of(each, measure or _UNITLESS)) for each in ordered]
    points = [_of_pair(each) for each in each_given]
    points.sort(key=_by_day)
    for before, after in pairwise(points):
        if before.day == after.day:
            raise InvalidValueError("points", str(after.at), f"one value for a moment ({before.at} ends on that day)")
    return points


def _each_of(given: object) -> list[object]:
    if isinstance(given, SeriesLike):
        return list(given.observations)
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise InvalidTypeError("points", given, "a series, or pairs of a date or period and a number or None")
    return list(given)


def _by_day(point: Point) -> date:
    return point.day


_UNITLESS = Measure(id="any", title="any", kind="score")  # no unit: values stay as they were given


_PAIRS = (tuple, list)


def _of_pair(given: object) -> Point:
    if not isinstance(given, _PAIRS) or len(given) != 2:
        raise InvalidTypeError("points", given, "pairs of a date or period and a number or None")
    at, value = given
    day = day_of(at, "points")
    return Point(at, day, None if value is None else number(value, "points"))


def day_of(at: object, what: str) -> date:
    """Return a day, or the last day of a period.

    Raises:
        InvalidTypeError: Anything else: a time of day, or text.
    """
    if type(at) is date:
        return at
    if isinstance(at, Period):
        return at.end
    if isinstance(at, date) and not isinstance(at, datetime):
        return at
    raise InvalidTypeError(what, at, "a datetime.date or a Period")
