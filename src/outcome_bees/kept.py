"""What was worked out once and is kept: within bounds, so that who asks for ever does not fill the memory.

And while many objects are made that are all kept, the garbage collector need not walk through them.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TypeVar

__all__ = ["Kept", "gc_paused"]

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


_gc_lock = Lock()
_gc_pauses = 0  # how many threads want no collection now
_gc_was_enabled = False  # before the first of them


@contextmanager
def gc_paused() -> Iterator[None]:
    """Keep the garbage collector from walking, again and again, through objects that are all still wanted.

    Threads may pause it at once: the last to end turns it on again, if the first found it on.
    """
    global _gc_pauses, _gc_was_enabled
    with _gc_lock:
        if not _gc_pauses:
            _gc_was_enabled = gc.isenabled()
            gc.disable()
        _gc_pauses += 1
    try:
        yield
    finally:
        with _gc_lock:
            _gc_pauses -= 1
            if not _gc_pauses and _gc_was_enabled:
                gc.enable()
