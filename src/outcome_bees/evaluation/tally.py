"""How many of many answers are what: counts that add in any order and always show their denominator."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from attrs import field, frozen

from outcome_bees.errors import InvalidTypeError
from outcome_bees.exact import CONTEXT
from outcome_bees.frozen import FrozenMapping
from outcome_bees.offers import offered
from outcome_bees.vocabulary import WORST_FIRST, Status

__all__ = ["Tally"]


def counts(given: Mapping[Status, int]) -> FrozenMapping[Status, int]:
    for status, number in given.items():
        if type(number) is not int or number < 0:
            raise InvalidTypeError("Tally.counts", number, "a whole number from 0")
        Status(status)
    return FrozenMapping({status: given[status] for status in Status if given.get(status)})


@frozen
class Tally:
    """How many answers have which status.

    Attributes:
        counts: The number of answers by status; those of which there are none are left out.

    Example:
        >>> tally = Tally({Status.ACHIEVED: 3, Status.MISSED: 1}) + Tally({Status.NOT_ASSESSED: 2})
        >>> str(tally), tally.share
        ('3 of 4 assessed are on track or achieved (6 in all)', Decimal('0.75'))
    """

    counts: FrozenMapping[Status, int] = field(factory=FrozenMapping, converter=counts)

    def __repr__(self) -> str:
        return f"<Tally: {', '.join(f'{number} {status}' for status, number in self.counts.items()) or 'of nothing'}>"

    def _repr_html_(self) -> str:
        """Write the tally as a notebook shows it: how many have which status, as a table."""
        markup: str = offered("tally_as_html")(self)
        return markup

    @classmethod
    def of(cls, statuses: Iterable[Status]) -> "Tally":
        """Return the tally of some statuses, whatever their order."""
        return cls(Counter(statuses))

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(Counter(self.counts) + Counter(other.counts))

    @property
    def total(self) -> int:
        """How many answers there are."""
        return sum(self.counts.values())

    @property
    def assessed(self) -> int:
        """How many of them could be assessed: the denominator of every share."""
        return self.total - self.counts.get(Status.NOT_ASSESSED, 0)

    @property
    def good(self) -> int:
        """How many are on track or achieved."""
        return self.counts.get(Status.ON_TRACK, 0) + self.counts.get(Status.ACHIEVED, 0)

    @property
    def share(self) -> Decimal | None:
        """The share (0-1) on track or achieved of those assessed; ``None`` where none was."""
        return CONTEXT.divide(Decimal(self.good), Decimal(self.assessed)) if self.assessed else None

    @property
    def worst(self) -> Status | None:
        """The worst status among those assessed; ``None`` where none was."""
        return next((status for status in WORST_FIRST if self.counts.get(status)), None)

    def __str__(self) -> str:
        assessed, total = self.assessed, self.total
        if not assessed:
            return f"none assessed ({total} in all)"
        return f"{self.good} of {assessed} assessed are on track or achieved ({total} in all)"
