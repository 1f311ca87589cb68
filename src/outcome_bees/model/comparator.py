"""Others to be held against: a nation, a region, statistical neighbours."""

from attrs import field, frozen

from outcome_bees.errors import InvalidValueError
from outcome_bees.model.fields import areas, item_id, located, method, text, text_or_none
from outcome_bees.vocabulary import ComparatorMethod

__all__ = ["Comparator"]


@frozen(kw_only=True, field_transformer=located)
class Comparator:
    """A group of places, and how their one value is made.

    Attributes:
        id: The comparator's identity in its plan.
        title: As it is named to people, such as ``"England"``.
        areas: The codes of its places.
        method: ``published``: the value published for the one place. ``pooled``: the sum of the
            numerators over the sum of the denominators, for rates are never averaged. ``median``: the
            middle of the places' values, halfway between the two middle ones where their number is even.
        version: Which membership this is, since groups change; ``None`` where there is only one.

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

    def __attrs_post_init__(self) -> None:
        if not self.areas or len(set(self.areas)) != len(self.areas):
            raise InvalidValueError("Comparator.areas", self.areas, "at least one area, each of them once")
        if self.method is ComparatorMethod.PUBLISHED and len(self.areas) != 1:
            hint = "several areas are 'pooled' or taken by 'median'"
            raise InvalidValueError("Comparator.areas", self.areas, "exactly one area for a published value", hint)
