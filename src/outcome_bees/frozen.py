"""What objects that cannot change have in common: a mapping that can be hashed; equality, and how one is written."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, cast

__all__ = ["FrozenMapping", "Unchanging", "described", "equal", "hashed", "in_full"]

K = TypeVar("K")
V = TypeVar("V")
C = TypeVar("C", bound=type)


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


def described(**fields: str) -> Callable[[C], C]:
    """Say what each field of a class is: for the JSON Schema, and as ``Attributes:`` of its docstring, for ``help``.

    Example:
        >>> from outcome_bees import Baseline
        >>> "period: The period from which improvement is counted." in str(Baseline.__doc__)
        True
    """

    def describe(cls: C) -> C:
        every: dict[str, str] = {**getattr(cls, "__descriptions__", {}), **fields}  # those of a base first
        cast(Any, cls).__descriptions__ = every
        if cls.__doc__:  # there is none where Python leaves docstrings out
            summary, *sections = cls.__doc__.rstrip().split("\n\n    ")
            listed = "".join(f"\n        {name}: {text}" for name, text in every.items())
            at = next(
                (at for at, each in enumerate(sections) if each.startswith(("Raises:", "Example:"))), len(sections)
            )
            sections.insert(at, f"Attributes:{listed}")
            cls.__doc__ = "\n\n    ".join([summary, *sections]) + "\n    "
        return cls

    return describe


class Unchanging:
    """What is not changed once it is made: each slot of such a class is filled once, by its ``__init__``.

    For what is made too early, or too often, to be a frozen class of attrs.
    """

    __slots__ = ()

    def __setattr__(self, name: str, value: Any) -> None:
        if hasattr(self, name):
            raise AttributeError(f"{name}: a {type(self).__name__} cannot be changed; make another")
        object.__setattr__(self, name, value)

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{name}: a {type(self).__name__} cannot be changed; make another")


# Classes of attrs are equal, hashed and written by the functions below. attrs would compile three of its own for each
# class, which is more than half of what making a class takes, and a first verdict needs many classes.


@cache
def _getter(kind: Hashable) -> Callable[[Any], Any]:
    """Return what gets all that objects of a class are compared by: fields of attrs, else slots."""
    fields = getattr(kind, "__attrs_attrs__", None)
    names = cast(Any, kind).__slots__ if fields is None else [each.name for each in fields if each.eq]
    return attrgetter(*names) if names else type


def _values(of: Any) -> Any:
    return _getter(cast(Hashable, type(of)))(of)


def equal(self: Any, other: object) -> Any:
    """Return whether two objects are of one class and have the same fields: a class's ``__eq__``."""
    if other.__class__ is not self.__class__:
        return NotImplemented
    return bool(_values(self) == _values(other))


def hashed(self: Any) -> int:
    """Return the hash of an object's fields: a class's ``__hash__``, beside ``equal``."""
    return hash(_values(self))


def in_full(self: Any) -> str:
    """Write an object with all of its fields, or else slots, as attrs does: a class's ``__repr__``.

    Example:
        >>> from outcome_bees import Reach
        >>> Reach(95), Reach(95) == Reach("95.0"), len({Reach(95), Reach("95.0")})
        (Reach(value=Decimal('95')), True, 1)
    """
    fields = getattr(self, "__attrs_attrs__", None)
    names = self.__slots__ if fields is None else [each.name for each in fields if each.repr]
    written = (f"{name}={getattr(self, name)!r}" for name in names)
    return f"{type(self).__qualname__.rpartition('>.')[2]}({', '.join(written)})"
