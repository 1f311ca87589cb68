"""The garbage collector is paused while documents are made, and is as it was before once they all are."""

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from outcome_bees.kept import gc_paused


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    was = gc.isenabled()
    yield
    (gc.enable if was else gc.disable)()


@pytest.mark.parametrize("enabled", [True, False])
def test_it_is_afterwards_as_it_was_before_whichever_thread_ends_last(enabled: bool) -> None:
    (gc.enable if enabled else gc.disable)()
    inside, first_gone = Barrier(2), Barrier(2)

    def first() -> None:
        with gc_paused():
            inside.wait(timeout=10)
        first_gone.wait(timeout=10)

    def second() -> None:
        with gc_paused():
            inside.wait(timeout=10)
            first_gone.wait(timeout=10)
            assert not gc.isenabled(), "the other thread has ended, and this one still wants it paused"

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(first), pool.submit(second)]:
            done.result()
    assert gc.isenabled() is enabled


def test_an_error_ends_the_pause() -> None:
    gc.enable()
    with pytest.raises(ZeroDivisionError), gc_paused(), gc_paused():
        raise ZeroDivisionError
    assert gc.isenabled()
