"""Comparators: the places that others are compared with, such as a nation, a region or statistical neighbours."""

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import field, frozen

from outcome_bees.errors import InvalidValueError
from outcome_bees.frozen import FrozenMapping, described, equal, hashed, in_full
from outcome_bees.model.constraints import Invariant, enforce
from outcome_bees.model.fields import areas, extensions, item_id, located, method, text, text_or_none
from outcome_bees.vocabulary import ComparatorMethod

__all__ = ["Comparator"]


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
