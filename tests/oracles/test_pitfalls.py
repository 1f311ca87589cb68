"""Numbers on which published tools and naive code have failed, where no other test has them yet.

Each was a real failure; the comment names what went wrong there.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Evaluation,
    Hold,
    Improve,
    Margin,
    Measure,
    Observation,
    Observations,
    Period,
    Reach,
    Status,
    Target,
    Verdict,
    evaluate,
)
from outcome_bees.errors import AmbiguousPeriodError

AREA, ENGLAND = "E10000015", "E92000001"


def stands(
    aim: object, *values: object, direction: str = "increase", unit: str = "percent", **rest: object
) -> Evaluation:
    """Judge the last of the figures of the years that end in 2024."""
    measure = Measure(id="m", title="M", unit=unit, direction=direction)
    years = range(2025 - len(values), 2025)
    figures = [
        Observation(measure="m", period=f"CY{year}", area=AREA, value=value)  # type: ignore[arg-type]
        for year, value in zip(years, values, strict=True)
    ]
    target = Target(id="t", measure="m", aim=aim, due="CY2024", **rest)  # type: ignore[arg-type]
    return evaluate(target, measure=measure, observations=figures, as_of=date(2025, 6, 30))


def test_a_tie_is_not_lower_than_and_is_at_or_below() -> None:
    # Helpers took "lower than" for "at or below".
    england = Comparator(id="england", title="England", areas=[ENGLAND])
    measure = Measure(id="m", title="M", unit="percent", direction="decrease")
    figures = [Observation(measure="m", period="CY2024", area=area, value="12.5") for area in (AREA, ENGLAND)]
    target = Target(id="t", measure="m", aim=Beat("england"), due="CY2024")
    lower = evaluate(
        target, measure=measure, observations=figures, as_of=date(2025, 6, 30), area=AREA, comparators=[england]
    )
    assert lower.verdict is Verdict.OFF
    assert stands(Reach("12.5"), "12.5", direction="decrease").verdict is Verdict.MET


def test_two_points_are_not_two_per_cent_of_85() -> None:
    # 85 % to 87 % is 2 percentage points and 2.35 per cent.
    since: dict[str, Any] = {"baseline": Baseline(Period.year(2023, "calendar"), 85)}
    assert stands(Improve(Margin(amount=2)), 87, **since).verdict is Verdict.MET
    assert stands(Improve(Margin(percent="2.35")), 87, **since).verdict is Verdict.MET
    assert stands(Improve(Margin(percent="2.36")), 87, **since).verdict is Verdict.OFF
    assert stands(Improve(Margin(amount="2.35")), 87, **since).verdict is Verdict.OFF


def test_half_a_per_cent_is_a_percentage_and_nobody_takes_it_for_fifty() -> None:
    # Tools that multiply what lies below one by a hundred.
    assert stands(Reach(95), "0.95").value == Decimal("0.95")
    assert stands(Reach(95), "0.95").status is Status.MISSED
    assert stands(Reach("0.5"), "0.5", direction="decrease").status is Status.ACHIEVED


@pytest.mark.parametrize(("limit", "direction"), [(0, "decrease"), (100, "increase")])
def test_two_periods_at_a_natural_limit_hold_and_do_not_improve(limit: int, direction: str) -> None:
    since: dict[str, Any] = {"baseline": Baseline(Period.year(2023, "calendar"))}
    assert stands(Hold(), limit, limit, direction=direction, **since).verdict is Verdict.MET
    assert stands(Improve(), limit, limit, direction=direction, **since).verdict is Verdict.OFF


@pytest.mark.parametrize(("value", "status"), [(0, Status.ACHIEVED), ("0.1", Status.MISSED), (1, Status.MISSED)])
def test_a_target_of_zero_is_judged_as_a_number_like_any_other(value: object, status: Status) -> None:
    # Public helpers call it always green, or always 0 %, or turn it into 0.001.
    assert stands(Reach(0), value, direction="decrease", unit="per_1000").status is status


def test_a_gap_that_is_negative_is_compared_by_difference() -> None:
    # -12 to -6 is half the gap, and a ratio of two negatives calls it a fall.
    since: dict[str, Any] = {"baseline": Baseline(Period.year(2023, "calendar"), -12)}
    better = stands(Improve(Margin(amount=5)), -6, unit="score", **since)
    assert (better.verdict, better.gap) == (Verdict.MET, 1)
    assert stands(Improve(Margin(percent=50)), "-6.1", unit="score", **since).verdict is Verdict.OFF


def test_the_year_of_a_split_year_is_the_one_in_which_it_starts() -> None:
    # A live validator took '2023/24'[:4] for the end; a library reads 201112 as 20 November 2012.
    assert Period.parse("2023/24", calendar="academic").start == date(2023, 8, 1)
    assert Period.parse("201112", calendar="financial") == Period.year(2011, "financial")
    with pytest.raises(AmbiguousPeriodError):
        Period.parse("2024/25")


def test_the_fourth_quarter_of_2024_25_is_in_2025() -> None:
    assert Period.parse("2024/25 Q4", calendar="financial").start == date(2025, 1, 1)
    with pytest.raises(AmbiguousPeriodError):
        Period.parse("Q4 2024")


def test_what_is_equal_keeps_the_digits_it_was_written_with() -> None:
    # Decimal("1.0") and Decimal("1.00") are equal and hash alike: a cache handed out one's digits for the other.
    for first, second in (("1.0", "1.00"), ("1.00", "1.0")):
        assert [str(stands(Reach(1), each).value) for each in (first, second)] == [first, second]


def test_revisions_in_any_order_give_one_answer() -> None:
    vintages = [
        Observation(
            measure="m", period="CY2024", area=AREA, value=50, revision="provisional", recorded=date(2025, 2, 1)
        ),
        Observation(measure="m", period="CY2024", area=AREA, value=60, revision="final", recorded=date(2025, 5, 1)),
        Observation(measure="m", period="CY2024", area=AREA, value=99, revision="forecast", recorded=date(2025, 6, 1)),
    ]
    for order in (vintages, vintages[::-1]):
        (figure,) = Observations(order).known("m", AREA, as_of=date(2025, 6, 30)).values()
        assert figure.value == 60
