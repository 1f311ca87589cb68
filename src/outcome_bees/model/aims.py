"""What a target wants of a figure: seven sorts of aim, none of which knows which way is better."""

from decimal import Decimal
from typing import ClassVar

from attrs import field, frozen

from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.model.fields import item_id, item_id_or_none, located, number
from outcome_bees.model.margin import Margin
from outcome_bees.model.rules import Rule, enforce

__all__ = ["Aim", "Beat", "Complete", "Hold", "Improve", "Rank", "Reach", "StayBetween"]


def margin_or_none(given: Margin | None) -> Margin | None:
    if given is not None and not isinstance(given, Margin):
        raise InvalidTypeError("margin", given, "Margin(amount=…) or Margin(percent=…)")
    return given


def place(given: int) -> int:
    if isinstance(given, bool) or not isinstance(given, int):
        raise InvalidTypeError("place", given, "a whole number from 1")
    if not 1 <= given <= 1000:
        raise InvalidValueError("place", given, "a whole number from 1 to 1,000")
    return given


@frozen(field_transformer=located)
class Reach:
    """To come to a number, or past it on the better side.

    Attributes:
        value: The number to reach, in the target's unit.

    Example:
        >>> Reach(95)
        Reach(value=Decimal('95'))
    """

    value: Decimal = field(converter=number)


def _crossed(aim: "StayBetween") -> InvalidValueError | None:
    wrong = aim.low > aim.high
    return InvalidValueError("StayBetween", (aim.low, aim.high), "low not above high") if wrong else None


@frozen(field_transformer=located)
class StayBetween:
    """To lie between two numbers, both of them included. No direction is needed.

    Attributes:
        low: The lowest number that is still right.
        high: The highest, not below ``low``.

    Example:
        >>> StayBetween(85, 90).high
        Decimal('90')
    """

    low: Decimal = field(converter=number)
    high: Decimal = field(converter=number)

    RULES: ClassVar = (Rule(("low", "high"), _crossed),)
    __attrs_post_init__ = enforce


@frozen(field_transformer=located)
class Improve:
    """To be better than the baseline: strictly, or by at least a margin. A tie is no improvement.

    Attributes:
        by: How much better at least; ``None`` for any improvement.

    Example:
        >>> Improve(by=Margin(percent=10)).by.percent
        Decimal('10')
    """

    by: Margin | None = field(default=None, converter=margin_or_none)


@frozen
class Hold:
    """To be no worse than the baseline. A tie holds.

    Example:
        >>> Hold()
        Hold()
    """


@frozen(field_transformer=located)
class Beat:
    """To be better than others in the same period: strictly, or by at least a margin.

    Attributes:
        comparator: The id of the comparator in the plan.
        by: How much better at least; ``None`` for any lead. A tie is no lead.

    Example:
        >>> Beat("england").comparator
        'england'
    """

    comparator: str = field(converter=item_id)
    by: Margin | None = field(default=None, converter=margin_or_none)


@frozen
class Complete:
    """To have something done by the due date; for milestones.

    Example:
        >>> Complete()
        Complete()
    """


def _all_will_do(aim: "Rank") -> InvalidValueError | None:
    allowed = "fewer groups that will do than there are groups"
    return InvalidValueError("Rank", (aim.best, aim.of), allowed) if aim.best >= aim.of else None


@frozen(field_transformer=located)
class Rank:
    """To be among the best so many of equal groups of areas: ``Rank(1, 4)`` is the top quartile.

    Areas are ranked for the same period, the best first; areas with equal figures share the better
    place. Of ``n`` areas with a figure, place ``r`` is in group ``⌈r × of ÷ n⌉``.

    Attributes:
        best: How many of the groups will do, from 1.
        of: Into how many groups the areas are divided, above ``best``.
        among: The id of the comparator whose areas are ranked; ``None`` for every area of the same sort with a
            figure: a country or a region (told by its code) is not ranked among authorities.

    Source: our choice of the commonest method (standard competition ranking, "1224").

    Example:
        >>> Rank(1, 4)
        Rank(best=1, of=4, among=None)
    """

    best: int = field(converter=place)
    of: int = field(converter=place)
    among: str | None = field(default=None, converter=item_id_or_none)

    RULES: ClassVar = (Rule(("best", "of"), _all_will_do),)
    __attrs_post_init__ = enforce


Aim = Reach | StayBetween | Improve | Hold | Beat | Complete | Rank
