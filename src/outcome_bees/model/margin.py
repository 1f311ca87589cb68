"""How far: an amount in the measure's unit, or a percentage of the number it is taken from."""

from decimal import Decimal

from attrs import field, frozen

from outcome_bees.errors import InvalidValueError
from outcome_bees.model.fields import located, number_or_none

__all__ = ["Margin"]


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

    def __attrs_post_init__(self) -> None:
        if (self.amount is None) == (self.percent is None):
            given = "neither" if self.amount is None else "both"
            raise InvalidValueError("Margin", given, "exactly one of amount and percent")
        for name, size in (("amount", self.amount), ("percent", self.percent)):
            if size is not None and size <= 0:
                raise InvalidValueError(
                    f"Margin.{name}", size, "a number above zero", "leave it out where there is none"
                )
