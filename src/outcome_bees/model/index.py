"""Observations: a collection of published figures that knows what was known on a given day.

It indexes them once by measure, place and part of the population, and keeps every vintage of a period: what was
published first and what replaced it later.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from operator import attrgetter
from os import PathLike
from typing import TYPE_CHECKING, Any, NamedTuple

from outcome_bees.errors import (
    AmbiguousObservationError,
    InvalidTypeError,
    InvalidValueError,
    ProvisionalAfterFinalWarning,
    Verbatim,
    warn_caller,
)
from outcome_bees.frozen import FrozenMapping
from outcome_bees.identifiers import area_code
from outcome_bees.kept import Kept
from outcome_bees.model.fields import as_of_day, breakdown as part_of_population
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation
from outcome_bees.offers import offered
from outcome_bees.periods import Period
from outcome_bees.vocabulary import Revision

if TYPE_CHECKING:
    from outcome_bees.model.series import Series

__all__ = ["SETTLED", "Observations", "Origin", "known_of_ground", "recency"]

# How settled an observation is, where two became known on one day. A withdrawal comes last.
SETTLED = {
    None: 0,
    Revision.FORECAST: 1,
    Revision.PROVISIONAL: 2,
    Revision.REVISED: 3,
    Revision.FINAL: 4,
    Revision.WITHDRAWN: 5,
}
_Key = tuple[str, str, Mapping[str, str]]
_WHOLE: Mapping[str, str] = FrozenMapping()


def recency(observation: Observation) -> tuple[date, int]:
    """Return the key by which one of several for a period holds: the later known, then the more settled."""
    return (observation.known_on, SETTLED[observation.revision])


class Origin(NamedTuple):
    """Where an observation was read from.

    Attributes:
        file: The file's name as it was given; ``None`` for an open file without one.
        line: The line, in a workbook the row, from 1; ``None`` where there are no lines.
        sheet: The sheet of a workbook; ``None`` for what is none.
    """

    file: str | None = None
    line: int | None = None
    sheet: str | None = None

    def __str__(self) -> str:
        sheet = None if self.sheet is None else f"sheet {self.sheet}"
        line = None if self.line is None else f"line {self.line}"
        return ", ".join(part for part in (self.file, sheet, line) if part)


_period_end = attrgetter("period.end")


_MOST_KNOWN = 200_000
"""How many figures are remembered of what was known of a series on a day. Our choice: 20 MB, 10,000 series of 20."""
_MOST_DERIVED = 1_000_000
"""Of how many figures results are remembered. Our choice: 50 ranked measures of 2,000 places for ten periods."""


class Observations:
    """Published observations, indexed by measure, place and part of the population.

    The order in which they are given never matters. Of two for one period the one that became known later
    holds, then the more settled one; where neither distinguishes them they are refused.

    Args:
        figures: Any iterable of ``Observation``.
        provisional_after_final_ok: Whether a provisional figure may displace a final one without a warning.
        sheets: Of each workbook that they were read from, its sheets that were read and those that were not, in words.

    Raises:
        AmbiguousObservationError: Two figures for one series and period with nothing to decide which holds.

    Example:
        >>> observation = Observation(measure="m", period="CY2024", area="E10000015", value=56.3)
        >>> Observations([observation]).known("m", "E10000015", as_of=date(2025, 1, 1))
        {Period.parse('CY2024'): Observation(measure='m', ...)}
    """

    __slots__ = (
        *("_areas", "_known", "_observations", "_origins", "_places_by_id", "_provisional_ok", "_series"),
        *("derived", "sheets"),
    )

    derived: Kept[Any, Any]
    """What rooms above have worked out of them, such as who is ranked with whom."""

    def __init__(
        self,
        figures: Iterable[Observation] = (),
        *,
        provisional_after_final_ok: bool = False,
        sheets: Iterable[str] = (),
    ) -> None:
        self._observations = tuple(_listed(figures))
        self.sheets = tuple(sheets)
        self._provisional_ok = provisional_after_final_ok
        self._series: dict[_Key, dict[Period, Observation | list[Observation]]] = {}
        self._areas: dict[str, tuple[str, ...]] | None = None
        self._origins: tuple[tuple[int, Callable[[int], Origin | None]], ...] = ()
        self._places_by_id: dict[int, int] | None = None
        self._known: Kept[tuple[_Key, date], dict[Period, Observation]] = Kept(_MOST_KNOWN)
        self.derived = Kept(_MOST_DERIVED)
        for each in self._observations:
            if not isinstance(each, Observation):
                raise InvalidTypeError("Observations", each, "objects of Observation")
            series = self._series.setdefault((each.measure, each.area, each.breakdown), {})
            vintages = series.get(each.period)
            if vintages is None:
                series[each.period] = each  # most have one, and a list for it would be a quarter of what a row takes
            elif isinstance(vintages, Observation):
                series[each.period] = [vintages, each]
            else:
                vintages.append(each)
        for series in self._series.values():
            for vintages in series.values():
                if isinstance(vintages, list):
                    vintages.sort(key=recency)
                    _refuse_indistinguishable(vintages)

    @classmethod
    def of(cls, *figures: "Observations | Iterable[Observation]") -> "Observations":
        """Index the figures, unless they are indexed already; several collections become one.

        Example:
            >>> one = Observation(measure="m", period="CY2023", area="E10000015", value=9)
            >>> two = Observation(measure="m", period="CY2024", area="E10000015", value=8)
            >>> Observations.of([one], Observations([two])) == Observations.of([one, two])
            True
        """
        indexed = [each if isinstance(each, Observations) else cls(each) for each in figures]
        return indexed.pop() if len(indexed) == 1 else cls.combined(*indexed)

    def __add__(self, other: "Observations") -> "Observations":
        """Put two collections together, each figure with where it was read from."""
        if not isinstance(other, Observations):
            return NotImplemented
        return Observations.combined(self, other)

    @classmethod
    def combined(cls, *collections: "Observations") -> "Observations":
        """Put several collections together; each observation keeps where it was read from.

        Example:
            >>> one = Observation(measure="m", period="CY2023", area="E10000015", value=9)
            >>> two = Observation(measure="m", period="CY2024", area="E10000015", value=8)
            >>> Observations.combined(Observations([one]), Observations([two]))
            <Observations: 2 figures of 1 measures>
        """
        whole = cls(
            (each for collection in collections for each in collection),
            provisional_after_final_ok=any(each._provisional_ok for each in collections),
            sheets=(each for collection in collections for each in collection.sheets),
        )
        start = 0
        for collection in collections:
            origins = collection._origins or ((0, _nowhere),)
            whole._origins += tuple((start + first, origin) for first, origin in origins)
            start += len(collection)
        return whole

    @classmethod
    def read_from(
        cls, figures: Iterable[Observation], origin: Callable[[int], Origin], *, sheets: Iterable[str] = ()
    ) -> "Observations":
        """Index figures that were read from a file.

        Args:
            figures: The figures.
            origin: Where each was read from, by its number from 0; called when that is asked for.
            sheets: What was read of each workbook, in words.
        """
        made = cls(figures, sheets=sheets)
        made._origins = ((0, origin),)
        return made

    def origin_of(self, observation: Observation) -> Origin | None:
        """Return where one of the observations was read from; ``None`` where it was not read from a file."""
        if not self._origins:
            return None
        if self._places_by_id is None:
            self._places_by_id = {id(each): place for place, each in enumerate(self._observations)}
        place = self._places_by_id.get(id(observation))
        if place is None:
            return None
        *_, (first, origin) = (each for each in self._origins if each[0] <= place)
        return origin(place - first)

    def __iter__(self) -> Iterator[Observation]:
        return iter(self._observations)

    def __len__(self) -> int:
        return len(self._observations)

    def __eq__(self, other: object) -> bool:
        return self._observations == other._observations if isinstance(other, Observations) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # a large collection is no key

    def __getstate__(self) -> tuple[None, dict[str, Any]]:
        """Return what a copy has: nothing that is found by the identity of what it was worked out of."""
        forgotten: dict[str, Any] = {"_known": Kept(_MOST_KNOWN), "derived": Kept(_MOST_DERIVED), "_places_by_id": None}
        return None, {name: getattr(self, name) for name in self.__slots__} | forgotten

    def __repr__(self) -> str:
        read = f"; {'; '.join(self.sheets)}" if self.sheets else ""
        return f"<Observations: {len(self):,} figures of {len(self.measures):,} measures{read}>"

    def _repr_html_(self) -> str:
        """Write the observations as a notebook shows them: how many there are of what, and from when to when."""
        markup: str = offered("observations_as_html")(self)
        return markup

    @property
    def measures(self) -> tuple[str, ...]:
        """The ids of the measures there are figures for, in order of first appearance."""
        return tuple(self._places())

    def areas(self, measure: str) -> tuple[str, ...]:
        """Return the codes of the places there are figures for, in order of first appearance."""
        return self._places().get(measure, ())

    def _places(self) -> dict[str, tuple[str, ...]]:
        """Return the places of each measure, found when first asked for; series are in order of first appearance."""
        if self._areas is None:
            places: dict[str, dict[str, None]] = {}
            for measure, area, _ in self._series:
                places.setdefault(measure, {})[area] = None
            self._areas = {measure: tuple(areas) for measure, areas in places.items()}
        return self._areas

    def known(
        self, measure: str, area: str, breakdown: Mapping[str, str] = _WHOLE, *, as_of: date | str
    ) -> dict[Period, Observation]:
        """Return what was known of one series on a day: one observation a period, forecasts left out.

        They are in the order in which their periods end. A withdrawn one is there, as the absence that it is.
        """
        if type(as_of) is not date:
            as_of = as_of_day(as_of)
        key = (measure, area, breakdown if isinstance(breakdown, FrozenMapping) else FrozenMapping(breakdown))
        known = self._known.get((key, as_of))
        if known is None:
            latest = []
            for vintages in self._series.get(key, {}).values():
                last = self._latest(vintages, as_of)
                if last is not None:
                    latest.append(last)
            latest.sort(key=_period_end)
            known = {each.period: each for each in latest}
            self._known.keep((key, as_of), known, len(known) + 1)
        return known

    def forecasts(
        self, measure: str, area: str, breakdown: Mapping[str, str] = _WHOLE, *, as_of: date
    ) -> dict[Period, Observation]:
        """Return what one series was only expected to be on a day: periods of which nothing but a forecast was known.

        A forecast is no figure: ``known`` leaves it out.

        Example:
            >>> expected = Observation(measure="m", period="CY2024", area="E1", value=56.3, revision="forecast")
            >>> [each.code for each in Observations([expected]).forecasts("m", "E1", as_of=date(2025, 1, 1))]
            ['CY2024']
        """
        part = breakdown if isinstance(breakdown, FrozenMapping) else FrozenMapping(breakdown)
        found = []
        for vintages in self._series.get((measure, area, part), {}).values():
            listed = [vintages] if isinstance(vintages, Observation) else vintages
            seen = [each for each in listed if each.known_on <= as_of]
            if seen and all(each.revision is Revision.FORECAST for each in seen):
                found.append(seen[-1])
        return {each.period: each for each in sorted(found, key=_period_end)}

    def across(
        self, measure: str, period: Period, areas: Iterable[str], breakdown: Mapping[str, str] = _WHOLE, *, as_of: date
    ) -> dict[str, Observation | None]:
        """Return what was known on a day of one period in each of some places; ``None`` where nothing was.

        Example:
            >>> found = Observations([Observation(measure="m", period="CY2024", area="E1", value=56.3)]).across(
            ...     "m", Period.from_code("CY2024"), ["E1", "E2"], as_of=date(2025, 1, 1)
            ... )
            >>> found["E1"].value, found["E2"]
            (Decimal('56.3'), None)
        """
        part = breakdown if isinstance(breakdown, FrozenMapping) else FrozenMapping(breakdown)
        found: dict[str, Observation | None] = {}
        for area in areas:
            vintages = self._series.get((measure, area, part), {}).get(period)
            found[area] = None if vintages is None else self._latest(vintages, as_of)
        return found

    def series(
        self, measure: Measure, *, area: str | None = None, breakdown: Mapping[str, str] = _WHOLE, as_of: date | str
    ) -> "Series":
        """Return a measure's figures for one place and part of the population, in period order, as known on a day.

        A place is its ground: of periods for which it has no figure, those under another code of the same ground are
        taken, which ``Series.other_codes`` names.

        Args:
            measure: The measure.
            area: The place; ``None``: the only one there are figures for.
            breakdown: The part of the population; empty is all of it.
            as_of: The day whose knowledge counts, as a date or its text (``2025-12-31``). There is no default.

        Raises:
            InvalidValueError: The place is not given, and there are figures of several.

        Example:
            >>> measure = Measure(id="m", title="M", unit="percent", direction="increase")
            >>> years = [Observation(measure="m", period=f"CY{year}", area="E10000015", value=year - 1970)
            ...          for year in (2024, 2023)]
            >>> Observations(years).series(measure, area="E10000015", as_of=date(2025, 12, 31))
            <Series: m of E10000015: 2 figures, CY2023 to CY2024>
        """
        from outcome_bees.model.series import Series

        if not isinstance(measure, Measure):
            raise InvalidTypeError("series: measure", measure, "a Measure", "plan.measure(id) finds it")
        as_of, part = as_of_day(as_of), part_of_population(breakdown)
        if area is None:
            places = self.areas(measure.id)
            if len(places) > 1:
                listed = ", ".join(places[:10]) + (" …" if len(places) > 10 else "")
                raise InvalidValueError("series: area", None, f"one of {listed}", "give area=…")
            if not places:
                return Series(measure=measure, breakdown=part, as_of=as_of)
            (area,) = places
        else:
            area = area_code(area)
        known = self.known(measure.id, area, part, as_of=as_of)
        known = known_of_ground(known, self, measure.id, area, part, as_of)
        return Series(measure=measure, area=area, breakdown=part, as_of=as_of, observations=known.values())

    def _latest(self, vintages: Observation | list[Observation], as_of: date) -> Observation | None:
        if isinstance(vintages, Observation):
            is_seen = vintages.known_on <= as_of and vintages.revision is not Revision.FORECAST
            return vintages if is_seen else None
        seen = [each for each in vintages if each.known_on <= as_of and each.revision is not Revision.FORECAST]
        if not seen:
            return None
        last = seen[-1]
        if last.revision is Revision.PROVISIONAL and not self._provisional_ok:
            final = next((each for each in seen if each.revision is Revision.FINAL), None)
            if final is not None:
                warn_caller(
                    f"{last.measure}, {last.period}, {last.area}: the provisional figure recorded {last.known_on}"
                    f" displaces the final one of {final.known_on};"
                    " Observations(…, provisional_after_final_ok=True) accepts it without a warning",
                    ProvisionalAfterFinalWarning,
                )
        return last


def _nowhere(number: int) -> None:
    """Return where an observation was read from that was read from no file."""


_FRAMES = ("_duckdb", "dask", "duckdb", "modin", "narwhals", "pandas", "polars", "pyarrow", "pyspark", "sqlframe")


def _listed(figures: Any) -> Iterable[Observation]:
    """Return figures that can be gone through, or say what takes the thing that was given instead."""
    library = type(figures).__module__.partition(".")[0]
    allowed = "Observations, or a list of Observation"
    if library in _FRAMES or (isinstance(figures, Mapping) and "measure" in figures):
        given = f"a {type(figures).__name__} of {library}" if library in _FRAMES else "columns by their names"
        hint = "outcome_bees.frames.evaluate(plan, frame, as_of=…) takes a frame"
        raise InvalidTypeError("observations", Verbatim(given), allowed, hint)
    if isinstance(figures, Iterable) and not isinstance(figures, (str, bytes, Mapping)):
        return figures
    is_name = isinstance(figures, (str, PathLike))
    raise InvalidTypeError("observations", figures, allowed, "load_observations reads a file" if is_name else None)


def _refuse_indistinguishable(vintages: list[Observation]) -> None:
    """Refuse two observations of one period that have the same rank."""
    for one, other in pairwise(vintages):
        if recency(one) == recency(other):
            recorded = "no day recorded" if one.recorded is None else f"recorded {one.recorded}"
            raise AmbiguousObservationError(
                f"{one.measure}, {one.period}, {one.area}: two figures, {_shown(one)} and {_shown(other)}, with nothing"
                f" to decide which holds ({recorded}, {'no revision' if one.revision is None else one.revision});"
                " give the day each was recorded, or its revision",
                (one, other),
            )


def _shown(observation: Observation) -> str:
    return str(observation.absence if observation.value is None else observation.value)


def known_of_ground(
    known: dict[Period, Observation],
    observations: Observations,
    measure: str,
    area: str,
    breakdown: Mapping[str, str],
    as_of: date,
) -> dict[Period, Observation]:
    """Return what was known of a place under any code: its own figures, and those of periods for which it has none.

    They are what a figure is held against, and what a series is made of; none of another code decides.
    """
    if len(observations.areas(measure)) < 2:  # of one place no register is read
        return known
    from outcome_bees.areas import same_ground

    found: dict[Period, Observation] = {}
    for code in same_ground(area):
        found |= observations.known(measure, code, breakdown, as_of=as_of)
    if not found:
        return known
    return {each.period: each for each in sorted((found | known).values(), key=_period_end)}
