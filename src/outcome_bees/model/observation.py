"""An observation: one published figure or typed absence, of one measure, period, place and part of the population."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import ClassVar

from attrs import field, frozen

from outcome_bees.frozen import FrozenMapping, described, equal, hashed
from outcome_bees.model.constraints import enforce, object_rules
from outcome_bees.model.fields import (
    absence_or_none,
    area,
    breakdown,
    concise,
    day_or_none,
    item_id,
    located,
    number_or_none,
    period,
    revision_or_none,
    text_or_none,
    unit_or_none,
)
from outcome_bees.model.measure import Measure
from outcome_bees.periods import Period
from outcome_bees.units import Unit
from outcome_bees.vocabulary import Absence, Revision

__all__ = ["Observation", "absence_of", "value_of"]


@described(
    measure="The id of the measure.",
    period="What the figure is for; a snapshot has the day.",
    area='The code of the place, such as ``"E10000015"``.',
    value="The figure; ``None`` exactly where ``absence`` has the reason.",
    absence="Why there is no figure: suppressed, not available, not applicable, rounding to zero (``low``) or "
    "unreliable. Zero is a figure.",
    breakdown="The part of the population; empty is all of it.",
    numerator="What the figure was made of, for pooling; ``None`` where not published.",
    denominator="Out of how many, above zero; ``None`` likewise.",
    lower="The low end of the published confidence interval; ``None`` where there is none.",
    upper="Its high end.",
    unit="The unit it is given in; ``None``: the measure's.",
    revision="How settled it is; ``None`` where not stated.",
    recorded="When it became known; ``None``: when its period ended.",
    source="Where it is published.",
    note="Whatever else was published about it.",
)
@frozen(kw_only=True, field_transformer=located)
class Observation:
    """What was published for one measure, period and place: a figure, or why there is none.

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
    __eq__, __hash__, __repr__ = equal, hashed, concise

    @property
    def known_on(self) -> date:
        """The first day on which the figure counts as known."""
        return self.period.end if self.recorded is None else self.recorded


def absence_of(figure: Observation) -> Absence | None:
    """Why the figure is absent; a withdrawn one is no longer available. ``None`` where it is there."""
    return Absence.NOT_AVAILABLE if figure.revision is Revision.WITHDRAWN else figure.absence


def value_of(figure: Observation | None, measure: Measure) -> Decimal | None:
    """Return the figure in the measure's unit; ``None`` where it is absent.

    Raises:
        UnitMismatchError: It was given in a unit that cannot be compared with the measure's.
        InvalidValueError: It is beyond the top of the score that the measure is.
    """
    if figure is None or figure.value is None or figure.revision is Revision.WITHDRAWN:
        return None
    if measure.unit is None:
        return figure.value
    value = figure.value if figure.unit is None else figure.unit.convert(figure.value, measure.unit)
    if measure.unit.top is None:
        return value
    return measure.unit.within(value, f"{figure.measure}, {figure.period}, {figure.area}")
