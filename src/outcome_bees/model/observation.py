"""One published figure, or the typed absence of one.

Many figures, indexed once: what was known of one series on a given day.
"""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import ClassVar

from attrs import field, frozen

from outcome_bees.errors import (
    AmbiguousObservationError,
    InvalidTypeError,
    ProvisionalAfterFinalWarning,
)
from outcome_bees.frozen import FrozenMapping
from outcome_bees.model.constraints import object_rules
from outcome_bees.model.fields import (
    absence_or_none,
    area,
    breakdown,
    day_or_none,
    item_id,
    located,
    number_or_none,
    period,
    revision_or_none,
    text_or_none,
    unit_or_none,
)
from outcome_bees.model.invariants import enforce
from outcome_bees.periods import Period
from outcome_bees.units import Unit
from outcome_bees.vocabulary import Absence, Revision

__all__ = ["SETTLED", "Observation", "Observations"]


@frozen(kw_only=True, field_transformer=located)
class Observation:
    """What was published for one measure, period and place.

    Attributes:
        measure: The id of the measure.
        period: What the figure is for; a snapshot has the day.
        area: The code of the place, such as ``"E10000015"``.
        value: The figure; ``None`` exactly where ``absence`` says why there is none.
        absence: Why there is no figure: suppressed, not available, not applicable, rounding to zero
            (``low``) or unreliable. Zero is a figure.
        breakdown: The part of the population; empty is all of it.
        numerator: What the figure was made of, for pooling; ``None`` where not published.
        denominator: Out of how many, above zero; ``None`` likewise.
        lower: The low end of the published confidence interval; ``None`` where there is none.
        upper: Its high end.
        unit: The unit it is given in; ``None``: the measure's.
        revision: How settled it is; ``None`` where not said.
        recorded: When it became known; ``None``: when its period ended.
        source: Where it is published.
        note: Whatever else was said of it.

    Raises:
        InvalidValueError: A value and an absence, or neither; a denominator of zero; lower above upper.

    Example:
        >>> Observation(measure="turnover", period="Y2024-09-30", area="E10000015", value="9.8").value
        Decimal('9.8')
    """

    measure: str = field(converter=item_id)
    period: Period = field(converter=period)
    area: str = field(converter=area)
    value: Decimal | None = field(default=None, converter=number_or_none)
    absence: Absence | None = field(default=None, converter=absence_or_none)
    breakdown: Mapping[str, str] = field(factory=FrozenMapping, converter=breakdown)
    numerator: Decimal | None = field(default=None, converter=number_or_none)
    denominator: Decimal | None = field(default=None, converter=number_or_none)
    lower: Decimal | None = field(default=None, converter=number_or_none)
    upper: Decimal | None = field(default=None, converter=number_or_none)
    unit: Unit | None = field(default=None, converter=unit_or_none)
    revision: Revision | None = field(default=None, converter=revision_or_none)
    recorded: date | None = field(default=None, converter=day_or_none)
    source: str | None = field(default=None, converter=text_or_none)
    note: str | None = field(default=None, converter=text_or_none)

    RULES: ClassVar = object_rules()
    __attrs_post_init__ = enforce

    @property
    def known_on(self) -> date:
        """The first day on which the figure counts as known."""
        return self.period.end if self.recorded is None else self.recorded


# How settled a figure is, where two became known on one day. A withdrawal has the last word.
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


def _rank(figure: Observation) -> tuple[date, int]:
    """Which of two figures for one period holds: the later known, then the more settled."""
    return (figure.known_on, SETTLED[figure.revision])


class Observations:
    """Published figures, indexed by measure, place and part of the population.

    The order in which figures are given never matters. Two figures for one period are told apart by
    the day they became known, then by how settled they are; where nothing tells them apart they are refused.

    Args:
        figures: Any iterable of ``Observation``.
        provisional_after_final_ok: Whether a provisional figure may displace a final one unremarked.

    Raises:
        AmbiguousObservationError: Two figures for one series and period with nothing to tell which holds.

    Example:
        >>> figure = Observation(measure="m", period="CY2024", area="E10000015", value=56.3)
        >>> Observations([figure]).known("m", "E10000015", as_of=date(2025, 1, 1))
        {Period.parse('CY2024'): Observation(measure='m', ...)}
    """

    __slots__ = ("_areas", "_figures", "_known", "_provisional_ok", "_series")

    def __init__(self, figures: Iterable[Observation] = (), *, provisional_after_final_ok: bool = False) -> None:
        self._figures = tuple(figures)
        self._provisional_ok = provisional_after_final_ok
        self._series: dict[_Key, dict[Period, list[Observation]]] = {}
        self._areas: dict[str, dict[str, None]] | None = None
        self._known: dict[tuple[_Key, date], dict[Period, Observation]] = {}
        for figure in self._figures:
            if not isinstance(figure, Observation):
                raise InvalidTypeError("Observations", figure, "objects of Observation")
            series = self._series.setdefault((figure.measure, figure.area, figure.breakdown), {})
            vintages = series.get(figure.period)
            if vintages is None:
                series[figure.period] = [figure]  # most have one: a list that grew to it would keep room for four
            else:
                vintages.append(figure)
        for series in self._series.values():
            for vintages in series.values():
                if len(vintages) > 1:
                    vintages.sort(key=_rank)
                    _told_apart(vintages)

    @classmethod
    def of(cls, figures: "Observations | Iterable[Observation]") -> "Observations":
        """The figures indexed, unless they are already."""
        return figures if isinstance(figures, Observations) else cls(figures)

    def __iter__(self) -> Iterator[Observation]:
        return iter(self._figures)

    def __len__(self) -> int:
        return len(self._figures)

    def __eq__(self, other: object) -> bool:
        return self._figures == other._figures if isinstance(other, Observations) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # a large collection is no key

    def __repr__(self) -> str:
        return f"<Observations: {len(self):,} figures of {len(self.measures):,} measures>"

    @property
    def measures(self) -> tuple[str, ...]:
        """The ids of the measures there are figures for, in order of first appearance."""
        return tuple(self._places())

    def areas(self, measure: str) -> tuple[str, ...]:
        """The codes of the places there are figures for, in order of first appearance."""
        return tuple(self._places().get(measure, ()))

    def _places(self) -> dict[str, dict[str, None]]:
        """The places of each measure, made when first asked for: series are in the order of first appearance."""
        if self._areas is None:
            places: dict[str, dict[str, None]] = {}
            for measure, area, _ in self._series:
                places.setdefault(measure, {})[area] = None
            self._areas = places
        return self._areas

    def known(
        self, measure: str, area: str, breakdown: Mapping[str, str] = _WHOLE, *, as_of: date
    ) -> dict[Period, Observation]:
        """What was known of one series on a day: one figure a period, forecasts left out.

        A withdrawn figure is there, as the absence that it is.
        """
        key = (measure, area, breakdown if isinstance(breakdown, FrozenMapping) else FrozenMapping(breakdown))
        known = self._known.get((key, as_of))
        if known is None:
            known = {}
            for period, vintages in self._series.get(key, {}).items():
                figure = self._latest(vintages, as_of)
                if figure is not None:
                    known[period] = figure
            self._known[key, as_of] = known
        return known

    def _latest(self, vintages: list[Observation], as_of: date) -> Observation | None:
        seen = [each for each in vintages if each.known_on <= as_of and each.revision is not Revision.FORECAST]
        if not seen:
            return None
        last = seen[-1]
        if last.revision is Revision.PROVISIONAL and not self._provisional_ok:
            final = next((each for each in seen if each.revision is Revision.FINAL), None)
            if final is not None:
                warnings.warn(
                    f"{last.measure}, {last.period}, {last.area}: the provisional figure recorded {last.known_on}"
                    f" displaces the final one of {final.known_on};"
                    " Observations(…, provisional_after_final_ok=True) takes it unremarked",
                    ProvisionalAfterFinalWarning,
                    stacklevel=4,
                )
        return last


def _told_apart(vintages: list[Observation]) -> None:
    """That no two figures of one period have the same rank."""
    for one, other in pairwise(vintages):
        if _rank(one) == _rank(other):
            said = "no day recorded" if one.recorded is None else f"recorded {one.recorded}"
            raise AmbiguousObservationError(
                f"{one.measure}, {one.period}, {one.area}: two figures, {_shown(one)} and {_shown(other)}, with nothing"
                f" to tell which holds ({said}, {'no revision said' if one.revision is None else one.revision});"
                " give the day each was recorded, or its revision",
                (one, other),
            )


def _shown(figure: Observation) -> str:
    return str(figure.absence if figure.value is None else figure.value)
