"""What a target asks of an observation: seven sorts of aim, the margins they allow for, the way, and the others.

A margin is a distance, as an amount or a percentage. A trajectory is what must hold at the periods before a target
is due. A comparator is the places that some aims are held against, such as a nation or statistical neighbours. None of
these knows which way is better: that is the direction of the measure.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from attrs import field, frozen

from outcome_bees.errors import InvalidTypeError, InvalidValueError, Verbatim
from outcome_bees.frozen import FrozenMapping, described, equal, hashed, in_full
from outcome_bees.model.constraints import Invariant, enforce
from outcome_bees.model.fields import (
    areas,
    extensions,
    item_id,
    item_id_or_none,
    located,
    method,
    number,
    number_or_none,
    period,
    text,
    text_or_none,
)
from outcome_bees.periods import Period
from outcome_bees.vocabulary import ComparatorMethod

__all__ = [
    "Aim",
    "Beat",
    "Comparator",
    "Complete",
    "Flat",
    "Hold",
    "Improve",
    "Linear",
    "Margin",
    "Profile",
    "Rank",
    "Reach",
    "StayBetween",
    "Trajectory",
]


def _not_one(margin: "Margin") -> InvalidValueError | None:
    if (margin.amount is None) != (margin.percent is None):
        return None
    given = Verbatim("neither" if margin.amount is None else "both")
    return InvalidValueError("Margin", given, "exactly one of amount and percent")


def _not_above_zero(name: str, size: Decimal | None) -> InvalidValueError | None:
    if size is None or size > 0:
        return None
    return InvalidValueError(f"Margin.{name}", size, "a number above zero", "leave it out where there is none")


@described(
    amount="In the measure's unit, points for a percentage; above zero.",
    percent="Of the size of the number it is taken from; above zero.",
)
@frozen(kw_only=True, field_transformer=located)
class Margin:
    """A distance from a number: exactly one of an amount and a percentage.

    Five points below 95 is 90; five per cent below 95 is 90.25. The two are different distances.

    Raises:
        InvalidValueError: Both or neither are given, or the one given is not above zero.

    Example:
        >>> Margin(amount=5), Margin(percent="2.5")
        (Margin(amount=Decimal('5'), percent=None), Margin(amount=None, percent=Decimal('2.5')))
    """

    amount: Decimal | None = field(default=None, converter=number_or_none)
    percent: Decimal | None = field(default=None, converter=number_or_none)

    RULES: ClassVar = (
        Invariant(("amount", "percent"), _not_one),
        Invariant(("amount",), lambda margin: _not_above_zero("amount", margin.amount)),
        Invariant(("percent",), lambda margin: _not_above_zero("percent", margin.percent)),
    )
    __attrs_post_init__ = enforce
    __eq__, __hash__, __repr__ = equal, hashed, in_full


def margin_or_none(given: Margin | None) -> Margin | None:
    if given is not None and not isinstance(given, Margin):
        raise InvalidTypeError("margin", given, "Margin(amount=…) or Margin(percent=…)")
    return given


@frozen
class Flat:
    """A trajectory on which the goal itself must hold at every period on the way.

    Example:
        >>> Flat()
        Flat()
    """

    __eq__, __hash__, __repr__ = equal, hashed, in_full


@frozen
class Linear:
    """A trajectory on a straight line from the baseline to the goal: a third of the time, a third of the way.

    Example:
        >>> Linear()
        Linear()
    """

    __eq__, __hash__, __repr__ = equal, hashed, in_full


def profiled(given: Mapping[Period, Decimal | int | float | str]) -> FrozenMapping[Period, Decimal]:
    if not isinstance(given, Mapping):
        raise InvalidTypeError("profile", given, "a mapping of periods to numbers")
    values = {period(each): number(value) for each, value in given.items()}
    if not values:
        raise InvalidValueError("profile", given, "at least one period with its number")
    return FrozenMapping(sorted(values.items(), key=lambda item: (item[0].end, item[0].code)))


@described(
    values="The number required at each period, in the target's unit.",
)
@frozen(field_transformer=located)
class Profile:
    """A trajectory with a number for each period on the way, as agreed: 20, 50, 90, 120 for the quarters of a year.

    Example:
        >>> quarters = [Period.to_date(2024, n, "financial") for n in (1, 2, 3, 4)]
        >>> len(Profile(dict(zip(quarters, (20, 50, 90, 120)))).values)
        4
    """

    values: FrozenMapping[Period, Decimal] = field(converter=profiled)

    __eq__, __hash__, __repr__ = equal, hashed, in_full

    def __iter__(self) -> Iterator[Period]:
        return iter(self.values)


Trajectory = Flat | Linear | Profile


@described(
    value="The number to reach, in the target's unit.",
)
@frozen(field_transformer=located)
class Reach:
    """The aim to come to a number, or past it on the better side.

    Example:
        >>> Reach(95)
        Reach(value=Decimal('95'))
    """

    value: Decimal = field(converter=number)

    __eq__, __hash__, __repr__ = equal, hashed, in_full


def _crossed(aim: "StayBetween") -> InvalidValueError | None:
    wrong = aim.low > aim.high
    return InvalidValueError("StayBetween", (aim.low, aim.high), "low not above high") if wrong else None


@described(
    low="The lowest number that is still right.",
    high="The highest, not below ``low``.",
)
@frozen(field_transformer=located)
class StayBetween:
    """The aim to lie between two numbers, both of them included. No direction is needed.

    Example:
        >>> StayBetween(85, 90).high
        Decimal('90')
    """

    low: Decimal = field(converter=number)
    high: Decimal = field(converter=number)

    RULES: ClassVar = (Invariant(("low", "high"), _crossed),)
    __attrs_post_init__ = enforce
    __eq__, __hash__, __repr__ = equal, hashed, in_full


@described(
    by="How much better at least; ``None`` for any improvement.",
)
@frozen(field_transformer=located)
class Improve:
    """The aim to be better than the baseline: strictly, or by at least a margin. A tie is no improvement.

    Example:
        >>> Improve(by=Margin(percent=10)).by.percent
        Decimal('10')
    """

    by: Margin | None = field(default=None, converter=margin_or_none)

    __eq__, __hash__, __repr__ = equal, hashed, in_full


@frozen
class Hold:
    """The aim to be no worse than the baseline. A tie holds.

    Example:
        >>> Hold()
        Hold()
    """

    __eq__, __hash__, __repr__ = equal, hashed, in_full


@described(
    comparator="The id of the comparator in the plan.",
    by="How much better at least; ``None`` for any lead. A tie is no lead.",
)
@frozen(field_transformer=located)
class Beat:
    """The aim to be better than others in the same period: strictly, or by at least a margin.

    Example:
        >>> Beat("england").comparator
        'england'
    """

    comparator: str = field(converter=item_id)
    by: Margin | None = field(default=None, converter=margin_or_none)

    __eq__, __hash__, __repr__ = equal, hashed, in_full


@frozen
class Complete:
    """The aim to have something done by the due date; for milestones.

    Example:
        >>> Complete()
        Complete()
    """

    __eq__, __hash__, __repr__ = equal, hashed, in_full


def place(given: int) -> int:
    if isinstance(given, bool) or not isinstance(given, int):
        raise InvalidTypeError("place", given, "a whole number from 1")
    if not 1 <= given <= 1000:
        raise InvalidValueError("place", given, "a whole number from 1 to 1,000")
    return given


def _all_will_do(aim: "Rank") -> InvalidValueError | None:
    allowed = "fewer groups that will do than there are groups"
    return InvalidValueError("Rank", (aim.best, aim.of), allowed) if aim.best >= aim.of else None


@described(
    best="How many of the groups will do, from 1.",
    of="Into how many groups the areas are divided, above ``best``.",
    among="The id of the comparator whose areas are ranked; ``None`` for every area of the same sort with a figure: a "
    "country or a region (known by its code) is not ranked among authorities.",
)
@frozen(field_transformer=located)
class Rank:
    """The aim to be among the best so many of equal groups of areas: ``Rank(1, 4)`` is the top quartile.

    Areas are ranked for the same period, the best first; areas with equal figures share the better
    place. Of ``n`` areas with a figure, place ``r`` is in group ``⌈r × of ÷ n⌉``.

    Source: our choice of the commonest method (standard competition ranking, "1224").

    Example:
        >>> Rank(1, 4)
        Rank(best=1, of=4, among=None)
    """

    best: int = field(converter=place)
    of: int = field(converter=place)
    among: str | None = field(default=None, converter=item_id_or_none)

    RULES: ClassVar = (Invariant(("best", "of"), _all_will_do),)
    __attrs_post_init__ = enforce
    __eq__, __hash__, __repr__ = equal, hashed, in_full


def _none_or_twice(comparator: "Comparator") -> InvalidValueError | None:
    if comparator.areas and len(set(comparator.areas)) == len(comparator.areas):
        return None
    return InvalidValueError("Comparator.areas", comparator.areas, "at least one area, each of them once")


def _not_published(comparator: "Comparator") -> InvalidValueError | None:
    if comparator.method is not ComparatorMethod.PUBLISHED or len(set(comparator.areas)) <= 1:
        return None  # without any area there is another rule
    hint = "several areas are 'pooled' or taken by 'median'"
    return InvalidValueError("Comparator.areas", comparator.areas, "exactly one area for a published value", hint)


@described(
    id="The comparator's identity in its plan.",
    title='As it is named to people, such as ``"England"``.',
    areas="The codes of its places.",
    method="``published``: the value published for the one place. ``pooled``: the sum of the numerators over the sum "
    "of the denominators, for rates are never averaged. ``median``: the middle of the places' values, halfway between "
    "the two middle ones where their number is even.",
    version="Which membership this is, since groups change; ``None`` where there is only one.",
    extensions="Fields of your own, each ``x-…``: kept, written and shown, and never read.",
)
@frozen(kw_only=True, field_transformer=located)
class Comparator:
    """A group of places that a measure is compared with, and how their one value is made.

    Raises:
        InvalidValueError: No place, a place twice, or several places with a published value.

    Example:
        >>> Comparator(id="england", title="England", areas=["E92000001"]).method.value
        'published'
    """

    id: str = field(converter=item_id)
    title: str = field(converter=text)
    areas: tuple[str, ...] = field(converter=areas)
    method: ComparatorMethod = field(default=ComparatorMethod.PUBLISHED, converter=method)
    version: str | None = field(default=None, converter=text_or_none)
    extensions: Mapping[str, Any] = field(factory=FrozenMapping, converter=extensions)

    RULES: ClassVar = (Invariant(("areas",), _none_or_twice), Invariant(("areas", "method"), _not_published))
    __attrs_post_init__ = enforce
    __eq__, __hash__, __repr__ = equal, hashed, in_full


Aim = Reach | StayBetween | Improve | Hold | Beat | Complete | Rank
