"""How many of many answers are what."""

from decimal import Decimal
from typing import Any

import pytest

from outcome_bees import Status, Tally
from outcome_bees.errors import InvalidTypeError

GOOD = {Status.ON_TRACK: 2, Status.ACHIEVED: 1}
MIXED = {**GOOD, Status.MISSED: 5, Status.NOT_ASSESSED: 4}


@pytest.mark.parametrize(
    ("counts", "total", "assessed", "good", "share", "worst", "words"),
    [
        ({}, 0, 0, 0, None, None, "none assessed (0 in all)"),
        ({Status.NOT_ASSESSED: 3}, 3, 0, 0, None, None, "none assessed (3 in all)"),
        (GOOD, 3, 3, 3, 1, Status.ON_TRACK, "3 of 3 assessed are on track or achieved (3 in all)"),
        (MIXED, 12, 8, 3, "0.375", Status.MISSED, "3 of 8 assessed are on track or achieved (12 in all)"),
        ({Status.OFF_TRACK: 1}, 1, 1, 0, 0, Status.OFF_TRACK, "0 of 1 assessed are on track or achieved (1 in all)"),
    ],
)
def test_a_share_is_of_those_that_were_assessed(
    counts: dict[Status, int], total: int, assessed: int, good: int, share: Any, worst: Status | None, words: str
) -> None:
    tally = Tally(counts)
    assert (tally.total, tally.assessed, tally.good, tally.worst) == (total, assessed, good, worst)
    assert tally.share == (None if share is None else Decimal(share))
    assert str(tally) == words


def test_what_there_is_none_of_is_left_out_and_the_order_is_that_of_the_statuses() -> None:
    tally = Tally({Status.MISSED: 1, Status.AT_RISK: 0, Status.ON_TRACK: 2})
    assert [*tally.counts.items()] == [(Status.ON_TRACK, 2), (Status.MISSED, 1)]
    assert repr(tally) == "<Tally: 2 on_track, 1 missed>"
    assert repr(Tally()) == "<Tally: of nothing>"
    assert "missed" in tally._repr_html_()


def test_tallies_add_up() -> None:
    one, other = Tally.of([Status.MISSED, Status.ON_TRACK, Status.MISSED]), Tally.of([Status.MISSED])
    assert one + other == other + one == Tally({Status.MISSED: 3, Status.ON_TRACK: 1})


@pytest.mark.parametrize("number", [-1, 1.0, True, "1", None])
def test_a_number_of_answers_is_a_whole_number_from_zero(number: Any) -> None:
    with pytest.raises(InvalidTypeError, match=r"^Tally\.counts: .* allowed: a whole number from 0"):
        Tally({Status.MISSED: number})


def test_what_is_no_status_is_not_counted() -> None:
    with pytest.raises(ValueError, match="lost"):
        Tally({"lost": 1})  # type: ignore[dict-item]
