"""How far the reading of a large file has come, or how long it has taken, for whoever waits at a terminal."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

__all__ = ["elapsed", "progress"]

_PATIENCE = 2.0  # seconds before anything is shown
_PAUSE = 0.2  # seconds between two messages


@contextmanager
def progress(name: str) -> Iterator[Callable[[int, int | None], None] | None]:
    """Yield a function to call with the bytes read and the bytes there are; ``None`` where nobody would see it."""
    with _line(name) as show:
        if show is None:
            yield None
        else:
            yield lambda done, total: show(f"{done * 100 // total}%" if total else f"{done // 2**20} MiB")


@contextmanager
def elapsed(name: str) -> Iterator[None]:
    """Show how long it takes, while an engine is at work that does not report how far it has come."""
    with _line(name) as show:
        if show is None:
            yield
            return
        done, began = Event(), time.monotonic()

        def tick() -> None:
            while not done.wait(_PAUSE):
                show(f"{time.monotonic() - began:.0f} s")

        clock = Thread(target=tick, daemon=True)
        clock.start()
        try:
            yield
        finally:
            done.set()
            clock.join()


@contextmanager
def _line(name: str) -> Iterator[Callable[[str], None] | None]:
    """Yield a function that shows a few words on one line of the terminal, no more often than can be read."""
    if not sys.stderr.isatty():
        yield None
        return
    shown, last = 0, time.monotonic() + _PATIENCE - _PAUSE

    def show(words: str) -> None:
        nonlocal shown, last
        now = time.monotonic()
        if now - last >= _PAUSE:
            message = f"reading {name}: {words}"
            sys.stderr.write(f"\r{message.ljust(shown)}")
            sys.stderr.flush()
            shown, last = len(message), now

    try:
        yield show
    finally:
        if shown:
            sys.stderr.write(f"\r{' ' * shown}\r")
            sys.stderr.flush()
