"""The one place where a series, loose observations and plain numbers become points in time."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from outcome_bees.chance.arithmetic import listed, number
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation
from outcome_bees.model.series import Series
from outcome_bees.periods import Period

__all__ = ["Figures", "Moment", "Pair", "Point", "Timeline", "day_of", "series_of", "timeline_of"]

Moment = date | Period
Pair = tuple[Moment, Decimal | int | float | str | None]
Figures = Series | Iterable[Observation]
_PAIRS = (tuple, list)


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


class Timeline(NamedTuple):
    """Points in time, the earliest first.

    Attributes:
        points: The points.
        breaks: The places of those before which the measure's series breaks.
        overlaps: Whether two of them end on one day, as a year and its last quarter do: then there is no order.
    """

    points: list[Point]
    breaks: list[int]
    overlaps: bool


def series_of(given: Any, measure: Measure | None) -> Series:
    """Return a series as it is, or the one that observations make.

    Raises:
        InvalidTypeError: Something else, or observations without their measure.
        InvalidValueError: Observations of several measures, places or parts of the population; two for one period.
    """
    if isinstance(given, Series):
        if measure is None or measure == given.measure:
            return given
        return Series(measure=measure, area=given.area, breakdown=given.breakdown, observations=given.observations)
    if not isinstance(measure, Measure):
        raise InvalidTypeError("measure", measure, "the measure of the observations; a Series brings its own")
    return Series.of(listed(given, "series", "a Series, or the observations of one"), measure)


def timeline_of(given: Any, measure: Measure | None) -> Timeline:
    """Return points in time of a series, of the observations of one, or of pairs of moment and number, in any order.

    Args:
        given: The points.
        measure: The measure of loose observations, for its unit and its breaks; a series brings its own.

    Raises:
        InvalidTypeError: Something else than these.
        InvalidValueError: Two numbers for one moment; NaN or an infinity.
    """
    if isinstance(given, Series):
        return _of_series(series_of(given, measure))
    held = listed(given, "points", "a Series, or pairs of a date or period and a number or None")
    if held and isinstance(held[0], Observation):
        # Without a measure there is no unit to convert to, and no break: values stay as they were given.
        id = held[0].measure
        return _of_series(series_of(held, measure or Measure(id=id, title=id, kind="score")))
    points = [_of_pair(each) for each in held]
    points.sort(key=_by_day)
    for before, after in pairwise(points):
        if before.day == after.day:
            raise InvalidValueError("points", str(after.at), f"one value for a moment ({before.at} ends on that day)")
    return Timeline(points, [], overlaps=False)


def _of_series(series: Series) -> Timeline:
    points = [Point(period, period.end, value) for period, value in series.points]
    breaks, place = [], 0
    for stretch in series.stretches[:-1]:
        place += len(stretch)
        breaks.append(place)
    overlaps = any(before.day == after.day for before, after in pairwise(points))
    return Timeline(points, breaks, overlaps)


def _by_day(point: Point) -> date:
    return point.day


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
