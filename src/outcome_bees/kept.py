"""What was worked out once and is kept: within bounds, so that who asks for ever does not fill the memory."""

from typing import TypeVar

__all__ = ["Kept"]

K = TypeVar("K")
V = TypeVar("V")


class Kept(dict[K, V]):
    """Results by what they are of. When they would be too many, all are forgotten, to be worked out again.

    Args:
        most: How much is kept, in the sizes that ``keep`` is given.

    Example:
        >>> kept = Kept(most=2)
        >>> [kept.keep(number, number * number) for number in (1, 2, 3)], kept
        ([1, 4, 9], {3: 9})
    """

    __slots__ = ("_most", "_size")

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most, self._size = most, 0

    def keep(self, key: K, value: V, size: int = 1) -> V:
        """Keep a result, and return it."""
        self._size += size
        if self._size > self._most:
            self.clear()
            self._size = size
        self[key] = value
        return value
