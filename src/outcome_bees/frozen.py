"""What objects that cannot change have in common: a mapping that can be hashed, and how they are written."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

__all__ = ["FrozenMapping", "in_full"]

K = TypeVar("K")
V = TypeVar("V")


class FrozenMapping(Mapping[K, V]):
    """A read-only, hashable mapping; equal to any mapping with the same items.

    Example:
        >>> FrozenMapping({"sex": "girls"})
        FrozenMapping({'sex': 'girls'})
    """

    __slots__ = ("_hash", "_items")

    def __init__(self, items: Mapping[K, V] | Iterable[tuple[K, V]] = ()) -> None:
        self._items: dict[K, V] = dict(items)
        self._hash: int | None = None

    def __getitem__(self, key: K) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self._items.items()))
        return self._hash

    def __eq__(self, other: object) -> bool:
        if isinstance(other, FrozenMapping):
            return bool(self._items == other._items)
        return bool(self._items == other) if isinstance(other, Mapping) else NotImplemented

    def __repr__(self) -> str:
        return f"FrozenMapping({self._items!r})"

    def __reduce__(self) -> tuple[type["FrozenMapping[K, V]"], tuple[dict[K, V]]]:
        return (FrozenMapping, (self._items,))


def in_full(self: Any) -> str:
    """Write an object of an attrs class with all of its fields, as attrs itself does: a class's ``__repr__``.

    attrs compiles one for each class, which is a third of what making a class takes, and a first verdict needs many.

    Example:
        >>> from outcome_bees import Reach
        >>> Reach(95)
        Reach(value=Decimal('95'))
    """
    fields = (f"{each.name}={getattr(self, each.name)!r}" for each in self.__attrs_attrs__ if each.repr)
    return f"{type(self).__qualname__.rpartition('>.')[2]}({', '.join(fields)})"
