"""How far the reading of a large file has come, for whoever waits at a terminal."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["progress"]

_PATIENCE = 2.0  # seconds before anything is said
_PAUSE = 0.2  # seconds between two messages


@contextmanager
def progress(name: str) -> Iterator[Callable[[int, int | None], None] | None]:
    """Something to call with the bytes read and the bytes there are; ``None`` where nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return
    said, last = 0, time.monotonic() + _PATIENCE - _PAUSE

    def told(done: int, total: int | None) -> None:
        nonlocal said, last
        now = time.monotonic()
        if now - last >= _PAUSE:
            share = f"{done * 100 // total}%" if total else f"{done // 2**20} MiB"
            message = f"reading {name}: {share}"
            sys.stderr.write(f"\r{message.ljust(said)}")
            sys.stderr.flush()
            said, last = len(message), now

    try:
        yield told
    finally:
        if said:
            sys.stderr.write(f"\r{' ' * said}\r")
            sys.stderr.flush()
