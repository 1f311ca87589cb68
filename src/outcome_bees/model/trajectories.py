"""What must hold on the way to a target, before it is due."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from attrs import field, frozen

from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.frozen import FrozenMapping
from outcome_bees.model.fields import located, number, period
from outcome_bees.periods import Period

__all__ = ["Flat", "Linear", "Profile", "Trajectory"]


@frozen
class Flat:
    """The goal itself holds at every period on the way.

    Example:
        >>> Flat()
        Flat()
    """


@frozen
class Linear:
    """A straight line from the baseline to the goal: a third of the time, a third of the way.

    Example:
        >>> Linear()
        Linear()
    """


def profiled(given: Mapping[Period, Decimal | int | float | str]) -> FrozenMapping[Period, Decimal]:
    if not isinstance(given, Mapping):
        raise InvalidTypeError("profile", given, "a mapping of periods to numbers")
    values = {period(each): number(value) for each, value in given.items()}
    if not values:
        raise InvalidValueError("profile", given, "at least one period with its number")
    return FrozenMapping(sorted(values.items(), key=lambda item: (item[0].end, item[0].code)))


@frozen(field_transformer=located)
class Profile:
    """A number for each period on the way, as agreed: 20, 50, 90, 120 for the quarters of a year.

    Attributes:
        values: The number required at each period, in the target's unit.

    Example:
        >>> quarters = [Period.to_date(2024, n, "financial") for n in (1, 2, 3, 4)]
        >>> len(Profile(dict(zip(quarters, (20, 50, 90, 120)))).values)
        4
    """

    values: FrozenMapping[Period, Decimal] = field(converter=profiled)

    def __iter__(self) -> Iterator[Period]:
        return iter(self.values)


Trajectory = Flat | Linear | Profile
