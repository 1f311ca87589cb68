"""Every way of cutting time into pieces: its first and last piece, and whether its pieces tile time."""

from contextlib import suppress

import pytest

from outcome_bees.errors import PeriodError
from outcome_bees.periods import IN_A_YEAR, CustomYear, Period, PeriodKind, YearType
from outcome_bees.periods.calendar import LAST_DAY
from outcome_bees.periods.sequences import PeriodSequence, sequence_of

YEARS = [*YearType, CustomYear(10, 1), CustomYear(1, 2), CustomYear(12, 28)]
SEQUENCES = [
    sequence_of(kind, year)
    for kind in PeriodKind
    if kind is not PeriodKind.SPAN
    for year in (YEARS if kind in IN_A_YEAR else [None])
]
ALL = pytest.mark.parametrize("sequence", SEQUENCES, ids=lambda each: f"{each.kind} {each.calendar}")


OF_DAYS = [PeriodKind.WEEK, PeriodKind.TERM, PeriodKind.DAY, PeriodKind.YEAR_ENDING, PeriodKind.AUTUMN_AND_SPRING]


@pytest.mark.parametrize("sequence", [each for each in SEQUENCES if each.kind in OF_DAYS], ids=lambda each: each.kind)
def test_the_highest_piece_is_the_last_that_ends_by_the_year_9999(sequence: PeriodSequence) -> None:
    assert sequence.last_day(sequence.highest) <= LAST_DAY
    with suppress(ValueError, OverflowError):  # it ends on a day that there is not
        assert sequence.last_day(sequence.highest + 1) > LAST_DAY


@ALL
def test_the_lowest_piece_is_the_first_that_begins_in_the_year_1(sequence: PeriodSequence) -> None:
    assert sequence.first_day(sequence.lowest) >= 1
    with suppress(ValueError, OverflowError):
        assert sequence.first_day(sequence.lowest - 1) < 1


def test_pieces_tile_time_but_those_that_overlap_or_leave_days_between_them() -> None:
    tiling = {
        kind: sequence_of(kind, YearType.TAX if kind in IN_A_YEAR else None).tiles
        for kind in PeriodKind
        if kind is not PeriodKind.SPAN
    }
    leaving = {PeriodKind.TO_DATE, PeriodKind.YEAR_ENDING, PeriodKind.AUTUMN_AND_SPRING}
    assert tiling == {kind: kind not in leaving for kind in tiling}


def test_a_span_is_no_sequence_of_its_own() -> None:
    with pytest.raises(PeriodError, match=r"^a span is made of the periods it begins and ends with: Period\.span\("):
        sequence_of(PeriodKind.SPAN)


def test_spans_that_share_one_end_differ() -> None:
    year, next_year, last = (Period.year(at, "financial") for at in (2021, 2022, 2024))
    assert Period.span(year, last) != Period.span(next_year, last)
    assert Period.span(year, next_year) != Period.span(year, last)
    assert Period.span(year, last) == Period.span(year, last)
