"""A measure: what is counted, in which unit, which way it is meant to go, and how it is tied to other plans.

A link leads to a list or plan of other people; a lineage leads to an item of an earlier edition of the same plan.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from attrs import Factory, field, frozen

from outcome_bees.errors import InvalidValueError
from outcome_bees.frozen import FrozenMapping, described, equal, hashed, in_full
from outcome_bees.model.constraints import Invariant, enforce
from outcome_bees.model.fields import (
    brief,
    calendar_or_none,
    day_or_none,
    days,
    decimals_or_none,
    direction_or_none,
    extensions,
    frequency_or_none,
    item_id,
    item_id_or_none,
    item_ids,
    located,
    measure_kind,
    members,
    relation,
    role,
    text,
    text_or_none,
    timing_or_none,
    unit_or_none,
)
from outcome_bees.offers import offered
from outcome_bees.periods import Period, YearType
from outcome_bees.units import Unit
from outcome_bees.vocabulary import Direction, Frequency, MeasureKind, Relation, Role, Timing

__all__ = ["Lineage", "Link", "Measure", "broken"]


@described(
    scheme='Whose list it is on, such as ``"corporate-priorities"``.',
    id="Its identity there.",
    title="What it is called.",
)
@frozen(field_transformer=located)
class Link:
    """A tie to something outside the plan: a corporate priority, an action plan, a partner's strategy.

    Example:
        >>> Link("send-action-plan", "send-action-plan", "SEND priority action plan").scheme
        'send-action-plan'
    """

    scheme: str = field(converter=item_id)
    id: str = field(converter=item_id)
    title: str = field(converter=text)

    __eq__, __hash__, __repr__ = equal, hashed, in_full


@described(
    plan="The id of the earlier edition.",
    item="The id that the measure, priority or ambition had in it.",
    relation="Whether it is the same, reworded, narrowed, widened, split off or merged.",
)
@frozen(field_transformer=located)
class Lineage:
    """A tie from an item to the item of an earlier edition that it continues, and how.

    Example:
        >>> Lineage("plan-2018-21", "care-leavers-suitable-accommodation", Relation.SAME).item
        'care-leavers-suitable-accommodation'
    """

    plan: str = field(converter=item_id)
    item: str = field(converter=item_id)
    relation: Relation = field(converter=relation)

    __eq__, __hash__, __repr__ = equal, hashed, in_full


def lineages(given: Iterable[Lineage]) -> tuple[Lineage, ...]:
    return members(Lineage, given)


def links(given: Iterable[Link]) -> tuple[Link, ...]:
    return members(Link, given)


def _kind_of_unit(measure: "Measure") -> MeasureKind:
    if measure.unit is None:
        raise InvalidValueError("Measure.kind", None, "a kind, where there is no unit", "a text measure is 'narrative'")
    return measure.unit.kind


def _not_compound(measure: "Measure") -> InvalidValueError | None:
    if not measure.components or measure.kind is MeasureKind.COMPOUND:
        return None
    return InvalidValueError("Measure.components", measure.components, "none, unless the kind is 'compound'")


def _of_itself(measure: "Measure") -> InvalidValueError | None:
    if measure.id not in measure.components:
        return None
    return InvalidValueError("Measure.components", measure.components, "measures other than itself")


@described(
    id='The measure\'s identity. Its title is not: one edition has "Staff survey data" twice.',
    title="What it is called.",
    unit="What its numbers count; ``None`` where the plan does not state it, or it has no numbers.",
    direction="Which way it is meant to go; ``None`` where the plan does not state it. Never a default.",
    kind="The sort of figure; the unit's own when not stated.",
    role="Outcome, proxy, activity, or contextual (shown and never judged).",
    timing="How its figures lie in time; ``None``: each figure's period decides (a day is a snapshot, a year to date "
    "is cumulative, a year ending is rolling, all else is a flow).",
    calendar="The sort of year it is published in; ``None`` where not stated.",
    frequency='How often it is published, which is what "previous" means; ``None``: as its periods.',
    decimals="Digits after the point as published, 0-9; ``None``: the unit's own.",
    priority="The id of the priority it belongs to; ``None`` where it belongs to none.",
    outcome_bees="Bees of its own, as ids; those of its priority count as well.",
    components="Ids of the measures that a compound measure is made of.",
    population="Of whom, as text.",
    numerator="What is counted, as text.",
    denominator="Out of what, as text.",
    breaks="Dates from which figures are not comparable with those before.",
    ended="The date on which it was discontinued; ``None`` while it goes on.",
    continues="Which measures of earlier editions it continues.",
    links="Ties to lists outside the plan.",
    source="Where it is published; ``None`` where not stated.",
    owner='The role that answers for it, such as ``"Head of SEND"``, never a person; ``None`` where not stated.',
    extensions="Fields of your own, each ``x-…``: kept, written and shown, and never read.",
)
@frozen(kw_only=True, field_transformer=located)
class Measure:
    """What a plan measures, such as the share of EHC plans issued within 20 weeks.

    Example:
        >>> turnover = Measure(id="turnover", title="Social worker turnover", unit="percent", direction="decrease")
        >>> turnover.kind.value, turnover.digits
        ('percentage', 1)
    """

    id: str = field(converter=item_id)
    title: str = field(converter=text)
    unit: Unit | None = field(default=None, converter=unit_or_none)
    direction: Direction | None = field(default=None, converter=direction_or_none)
    kind: MeasureKind = field(default=Factory(_kind_of_unit, takes_self=True), converter=measure_kind)
    role: Role = field(default=Role.OUTCOME, converter=role)
    timing: Timing | None = field(default=None, converter=timing_or_none)
    calendar: YearType | None = field(default=None, converter=calendar_or_none)
    frequency: Frequency | None = field(default=None, converter=frequency_or_none)
    decimals: int | None = field(default=None, converter=decimals_or_none)
    priority: str | None = field(default=None, converter=item_id_or_none)
    outcome_bees: tuple[str, ...] = field(default=(), converter=item_ids)
    components: tuple[str, ...] = field(default=(), converter=item_ids)
    population: str | None = field(default=None, converter=text_or_none)
    numerator: str | None = field(default=None, converter=text_or_none)
    denominator: str | None = field(default=None, converter=text_or_none)
    breaks: tuple[date, ...] = field(default=(), converter=days)
    ended: date | None = field(default=None, converter=day_or_none)
    continues: tuple[Lineage, ...] = field(default=(), converter=lineages)
    links: tuple[Link, ...] = field(default=(), converter=links)
    source: str | None = field(default=None, converter=text_or_none)
    owner: str | None = field(default=None, converter=text_or_none)
    extensions: Mapping[str, Any] = field(factory=FrozenMapping, converter=extensions)

    RULES: ClassVar = (Invariant(("components", "kind"), _not_compound), Invariant(("components", "id"), _of_itself))
    __attrs_post_init__ = enforce
    __eq__, __hash__ = equal, hashed

    def __repr__(self) -> str:
        direction = "no direction" if self.direction is None else self.direction.value
        return brief("Measure", self.id, f"{self.unit or self.kind}, {direction}")

    def _repr_html_(self) -> str:
        """Write the measure as a notebook shows it: what is stated of it as a table."""
        markup: str = offered("item_as_html")(self)
        return markup

    @property
    def digits(self) -> int:
        """Digits after the point as published: the measure's own, else its unit's, else none."""
        if self.decimals is not None:
            return self.decimals
        return 0 if self.unit is None else self.unit.decimals


def broken(measure: Measure, one: Period, other: Period) -> bool:
    """Whether a break in the series lies between two periods. A period that contains the break is after it."""
    if not measure.breaks:
        return False
    first, last = sorted((one.end, other.end))
    return any(first < each <= last for each in measure.breaks)
