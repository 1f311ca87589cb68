"""A series: one measure's observations for one place and part of the population, in the order of their periods."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import ClassVar

from attrs import evolve, field, frozen

from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.frozen import FrozenMapping
from outcome_bees.model.constraints import Invariant, enforce
from outcome_bees.model.fields import area_or_none, breakdown, day_or_none, located, members
from outcome_bees.model.measure import Measure, broken
from outcome_bees.model.observation import Observation, value_of
from outcome_bees.periods import Period
from outcome_bees.vocabulary import Revision

__all__ = ["Series"]


def a_measure(given: Measure) -> Measure:
    if not isinstance(given, Measure):
        raise InvalidTypeError("measure", given, "a Measure")
    return given


def in_period_order(given: Iterable[Observation]) -> tuple[Observation, ...]:
    return tuple(sorted(members(Observation, given), key=lambda each: (each.period.end, each.period.code)))


def _of_others(series: "Series") -> InvalidValueError | None:
    for each in series.observations:
        of_series = (each.measure, each.breakdown) == (series.measure.id, series.breakdown)
        if not of_series or not (each.area == series.area or _is_same_ground(series.area, each.area)):
            other = f"{each.measure}, {each.area}, {dict(each.breakdown) or 'all'}"
            wanted = f"{series.measure.id}, {series.area}, {dict(series.breakdown) or 'all'}"
            return InvalidValueError("Series.observations", other, f"observations of {wanted}")
    return None


def _is_same_ground(area: str | None, other: str) -> bool:
    from outcome_bees.areas import same_ground  # the register of places is read where there are two codes

    return area is not None and other in same_ground(area)


def _twice(series: "Series") -> InvalidValueError | None:
    for one, other in pairwise(series.observations):
        if one.period == other.period:
            allowed = "one observation a period; Observations(…).series(…, as_of=…) takes the one that holds"
            return InvalidValueError("Series.observations", f"two for {one.period.code}", allowed)
    return None


def _forecast(series: "Series") -> InvalidValueError | None:
    found = next((each for each in series.observations if each.revision is Revision.FORECAST), None)
    if found is None:
        return None
    return InvalidValueError("Series.observations", f"a forecast, {found.period.code}", "figures: a forecast is none")


@frozen(kw_only=True, field_transformer=located)
class Series:
    """A measure's observations for one place and part of the population, in period order, as known on a day.

    ``Observations.series`` makes it. It is what a trend is taken of and a chart is drawn of, and it brings its measure:
    the unit, which way is better, and where figures are not comparable.

    Attributes:
        measure: The measure.
        area: The code of the place; ``None`` where it was not given and there are no figures to show it.
        breakdown: The part of the population; empty is all of it.
        as_of: The day whose knowledge counted; ``None`` where it was made of observations as they are.
        observations: One for each period, the earliest end first. An absent figure is there, with its reason. Some may
            be of another code of the same ground, under which the place was published then.

    Raises:
        InvalidValueError: Observations of anything else, two for one period, or a forecast.

    Example:
        >>> measure = Measure(id="m", title="Plans in 20 weeks", unit="percent", direction="increase")
        >>> years = [Observation(measure="m", period=f"CY{year}", area="E10000015", value=value)
        ...          for year, value in ((2024, "56.3"), (2023, "40.2"))]
        >>> series = Series.of(years, measure)
        >>> [(period.code, str(value)) for period, value in series.points]
        [('CY2023', '40.2'), ('CY2024', '56.3')]
    """

    measure: Measure = field(converter=a_measure)
    area: str | None = field(default=None, converter=area_or_none)
    breakdown: Mapping[str, str] = field(factory=FrozenMapping, converter=breakdown)
    as_of: date | None = field(default=None, converter=day_or_none)
    observations: tuple[Observation, ...] = field(default=(), converter=in_period_order)

    RULES: ClassVar = (
        Invariant(("observations", "measure"), _of_others),
        Invariant(("observations",), _twice),
        Invariant(("observations",), _forecast),
    )
    __attrs_post_init__ = enforce

    @classmethod
    def of(cls, observations: Iterable[Observation], measure: Measure) -> "Series":
        """Return the series that observations make, in whatever order; forecasts are no figures, and are left out.

        Raises:
            InvalidValueError: Observations of several measures, places or parts of the population; two for one period.
        """
        figures = [each for each in members(Observation, observations) if each.revision is not Revision.FORECAST]
        if not figures:
            return cls(measure=measure)
        first = figures[0]
        return cls(measure=measure, area=first.area, breakdown=first.breakdown, observations=figures)

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.observations)

    def __len__(self) -> int:
        return len(self.observations)

    @property
    def other_codes(self) -> tuple[str, ...]:
        """The other codes of the same ground that some of the observations were published under.

        Example:
            >>> found = [Observation(measure="m", period=f"FY{year}", area=code, value=5)
            ...          for year, code in (("2021-22", "E10000027"), ("2023-24", "E06000066"))]
            >>> measure = Measure(id="m", title="M", unit="percent")
            >>> Series(measure=measure, area="E06000066", observations=found).other_codes
            ('E10000027',)
        """
        return tuple(dict.fromkeys(each.area for each in self.observations if each.area != self.area))

    @property
    def points(self) -> tuple[tuple[Period, Decimal | None], ...]:
        """Each period with its value in the measure's unit; ``None`` where the figure is absent or was withdrawn."""
        return tuple((each.period, value_of(each, self.measure)) for each in self.observations)

    @property
    def stretches(self) -> tuple["Series", ...]:
        """The parts that are comparable within themselves: parted where a break of the measure lies between."""
        starts = [
            index
            for index, (before, after) in enumerate(pairwise(self.observations), start=1)
            if broken(self.measure, before.period, after.period)
        ]
        if not starts:
            return (self,)
        bounds = pairwise([0, *starts, len(self.observations)])
        return tuple(evolve(self, observations=self.observations[first:last]) for first, last in bounds)

    def __repr__(self) -> str:
        codes = " and ".join(["" if self.area is None else self.area, *self.other_codes])
        place = f" of {codes}" if codes else ""
        part = f", {dict(self.breakdown)}" if self.breakdown else ""
        span = f", {self.observations[0].period} to {self.observations[-1].period}" if self.observations else ""
        count = len(self.observations)
        return f"<Series: {self.measure.id}{place}{part}: {count} figure{'' if count == 1 else 's'}{span}>"
