"""How far: an amount in the measure's unit, or a percentage of the number it is taken from."""

from decimal import Decimal
from typing import ClassVar

from attrs import field, frozen

from outcome_bees.errors import InvalidValueError, Words
from outcome_bees.model.fields import located, number_or_none
from outcome_bees.model.rules import Rule, enforce

__all__ = ["Margin"]


def _not_one(margin: "Margin") -> InvalidValueError | None:
    if (margin.amount is None) != (margin.percent is None):
        return None
    given = Words("neither" if margin.amount is None else "both")
    return InvalidValueError("Margin", given, "exactly one of amount and percent")


def _not_above_zero(name: str, size: Decimal | None) -> InvalidValueError | None:
    if size is None or size > 0:
        return None
    return InvalidValueError(f"Margin.{name}", size, "a number above zero", "leave it out where there is none")


@frozen(kw_only=True, field_transformer=located)
class Margin:
    """A distance from a number: exactly one of an amount and a percentage.

    Five points below 95 is 90; five per cent below 95 is 90.25. The two words are two things.

    Attributes:
        amount: In the measure's unit, points for a percentage; above zero.
        percent: Of the size of the number it is taken from; above zero.

    Raises:
        InvalidValueError: Both or neither are given, or the one given is not above zero.

    Example:
        >>> Margin(amount=5), Margin(percent="2.5")
        (Margin(amount=Decimal('5'), percent=None), Margin(amount=None, percent=Decimal('2.5')))
    """

    amount: Decimal | None = field(default=None, converter=number_or_none)
    percent: Decimal | None = field(default=None, converter=number_or_none)

    RULES: ClassVar = (
        Rule(("amount", "percent"), _not_one),
        Rule(("amount",), lambda margin: _not_above_zero("amount", margin.amount)),
        Rule(("percent",), lambda margin: _not_above_zero("percent", margin.percent)),
    )
    __attrs_post_init__ = enforce
