"""How far the reading of a large file has come, or how long it has taken, for whoever waits at a terminal."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

__all__ = ["elapsed", "progress"]

_PATIENCE = 2.0  # seconds before anything is said
_PAUSE = 0.2  # seconds between two messages


@contextmanager
def progress(name: str) -> Iterator[Callable[[int, int | None], None] | None]:
    """Something to call with the bytes read and the bytes there are; ``None`` where nobody would see it."""
    with _line(name) as say:
        if say is None:
            yield None
        else:
            yield lambda done, total: say(f"{done * 100 // total}%" if total else f"{done // 2**20} MiB")


@contextmanager
def elapsed(name: str) -> Iterator[None]:
    """Say how long it takes, while an engine is at work that does not tell how far it has come."""
    with _line(name) as say:
        if say is None:
            yield
            return
        done, began = Event(), time.monotonic()

        def tick() -> None:
            while not done.wait(_PAUSE):
                say(f"{time.monotonic() - began:.0f} s")

        clock = Thread(target=tick, daemon=True)
        clock.start()
        try:
            yield
        finally:
            done.set()
            clock.join()


@contextmanager
def _line(name: str) -> Iterator[Callable[[str], None] | None]:
    """Something that says a few words on one line of the terminal, and no more often than can be read."""
    if not sys.stderr.isatty():
        yield None
        return
    said, last = 0, time.monotonic() + _PATIENCE - _PAUSE

    def say(words: str) -> None:
        nonlocal said, last
        now = time.monotonic()
        if now - last >= _PAUSE:
            message = f"reading {name}: {words}"
            sys.stderr.write(f"\r{message.ljust(said)}")
            sys.stderr.flush()
            said, last = len(message), now

    try:
        yield say
    finally:
        if said:
            sys.stderr.write(f"\r{' ' * said}\r")
            sys.stderr.flush()
