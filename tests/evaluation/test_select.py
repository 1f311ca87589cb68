"""Which figure decides about a target, period by period: lengths, likeness, order, and the figure before."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from outcome_bees import (
    Absence,
    Baseline,
    Beat,
    Complete,
    Hold,
    Improve,
    Linear,
    Measure,
    MeasureKind,
    Observation,
    Period,
    Profile,
    Rank,
    Reach,
    Target,
    Timing,
    TravelBasis,
)
from outcome_bees.evaluation.select import (
    after_due,
    answers_for,
    baseline_figure,
    baseline_value,
    candidates_for,
    counts_toward,
    earlier,
    first_to_decide,
    grows_to_due,
    in_order,
    in_precedence,
    in_sight,
    is_like,
    is_observation_for_target,
    is_over,
    is_running_total_within,
    last_in_sight,
    latest_in_sight,
    length_of,
    precedence,
    precedence_for_target,
    timing_of,
    usable,
    without_hidden_numbers,
    year_before,
)

YEAR = Period.from_code("FY2024-25")
LAST_DAY = date(2025, 3, 31)


def measured(unit: str | None = "percent", **facts: Any) -> Measure:
    return Measure(id="m", title="M", unit=unit, direction="increase", **facts)


def aimed(aim: Any = None, due: str | None = "FY2024-25", **facts: Any) -> Target:
    return Target(id="t", measure="m", aim=aim or Reach(50), due=due, **facts)


def figure(period: str, value: Any = 1, **facts: Any) -> Observation:
    return Observation(measure="m", area="E10000015", period=period, value=value, **facts)


def known(*codes: str) -> dict[Period, Observation]:
    return {each.period: each for each in map(figure, codes)}


def periods(codes: str) -> list[Period]:
    return [Period.from_code(each) for each in codes.split()]


def codes(found: Any) -> str:
    return " ".join(each.code for each in found)


SHARE, COUNT, MONEY = measured(), measured("count"), measured("GBP")
RUNNING = measured("count", timing="cumulative", calendar="financial")


# How long a figure's period is


@pytest.mark.parametrize(
    ("code", "half_days"),
    [
        ("2025-03-31", 2),
        ("2024-W05", 15),
        ("2024-12", 60),
        ("FY2024-25-Q1", 180),
        ("AY2024-25-T1", 240),
        ("FY2024-25-H2", 360),
        ("AY2024-25-T1T2", 480),
        ("FY2024-25", 720),
        ("Y2025-03-31", 720),
        ("FY2024-25-Q1..Q1", 180),
        ("FY2024-25-Q1..Q3", 540),
        ("FY2018-19..FY2020-21", 2160),
        ("2024-04-01/2024-09-17", 340),
    ],
)
def test_a_month_is_sixty_half_days_and_every_period_so_many_of_its_kind(code: str, half_days: int) -> None:
    assert length_of(SHARE, Period.from_code(code)) == half_days


@pytest.mark.parametrize(
    ("code", "half_days"),
    [("2024-04", 60), ("2024-06", 180), ("FY2024-25-Q2", 360), ("2025-01", 600), ("FY2024-25", 720)],
)
def test_a_running_total_covers_all_since_its_year_began_whatever_its_label(code: str, half_days: int) -> None:
    assert length_of(RUNNING, Period.from_code(code)) == half_days


def test_a_running_total_of_no_known_year_covers_what_its_label_says() -> None:
    assert length_of(measured("count", timing="cumulative"), Period.from_code("2024-06")) == 60
    assert length_of(measured("count", calendar="financial"), Period.from_code("2024-06")) == 60
    assert length_of(measured("count", timing="cumulative"), Period.from_code("FY2024-25-Q2")) == 360


def test_the_period_says_how_a_figure_lies_in_time_where_its_measure_does_not() -> None:
    for code, timing in {
        "2025-03-31": Timing.SNAPSHOT,
        "FY2024-25-Q1..Q3": Timing.CUMULATIVE,
        "Y2025-03-31": Timing.ROLLING,
        "FY2024-25": Timing.FLOW,
    }.items():
        assert timing_of(SHARE, Period.from_code(code)) is timing
        assert timing_of(RUNNING, Period.from_code(code)) is Timing.CUMULATIVE


# What answers for what


@pytest.mark.parametrize(
    ("measure", "period", "other", "like"),
    [
        (COUNT, "FY2024-25-Q1", "FY2023-24-Q4", True),
        (COUNT, "FY2024-25-Q1", "FY2024-25", False),
        (COUNT, "FY2024-25-Q1", "2025-03-31", True),  # a day is a deadline
        (COUNT, "2025-03-31", "FY2024-25", True),  # a snapshot has no length
        (COUNT, "Y2025-03-31", "FY2024-25-Q4", False),
        (measured("count", timing="rolling"), "FY2024-25", "FY2024-25-Q4", True),
        (measured("count", timing="snapshot"), "FY2024-25", "FY2024-25-Q4", True),
    ],
)
def test_what_adds_up_is_held_against_periods_of_its_length(
    measure: Measure, period: str, other: str, like: bool
) -> None:
    assert is_like(measure, Period.from_code(period), Period.from_code(other)) is like


@pytest.mark.parametrize(
    ("measure", "wanted", "period", "answers"),
    [
        (SHARE, "FY2024-25", "FY2024-25", True),
        (SHARE, "FY2024-25", "FY2023-24", False),
        (SHARE, "FY2024-25-Q4", "FY2024-25", True),
        (SHARE, "FY2024-25", "FY2024-25-Q4", False),
        (SHARE, "FY2024-25", "Y2025-03-31", True),
        (SHARE, "FY2024-25", "2025-03-31", True),
        (SHARE, "2025-03-31", "FY2024-25-Q4", True),
        (COUNT, "2025-03-31", "FY2024-25-Q4", True),
        (COUNT, "FY2024-25-Q4", "FY2024-25", False),
        (COUNT, "FY2024-25", "FY2024-25-Q1..Q4", True),
        (COUNT, "FY2024-25", "2024-04-01/2025-03-31", True),
        (MONEY, "FY2024-25-Q4", "FY2024-25", False),
        (RUNNING, "FY2024-25", "2025-03", True),
        (measured("count", timing="rolling"), "FY2024-25-Q4", "FY2024-25", True),
        (measured("milestone"), "FY2024-25", "FY2024-25-Q4", True),
        (measured("milestone"), "FY2024-25", "FY2023-24", False),
    ],
)
def test_a_figure_answers_for_a_period_that_ends_with_it_and_is_its_like(
    measure: Measure, wanted: str, period: str, answers: bool
) -> None:
    assert answers_for(Period.from_code(wanted), Period.from_code(period), measure) is answers


@pytest.mark.parametrize(
    ("measure", "period", "wanted", "within"),
    [
        (COUNT, "FY2024-25-Q1..Q2", "FY2024-25", True),
        (COUNT, "FY2024-25-Q1..Q4", "FY2024-25", False),  # it is there
        (COUNT, "FY2024-25-Q1", "FY2024-25", False),  # no running total
        (COUNT, "FY2023-24-Q1..Q2", "FY2024-25", False),
        (COUNT, "FY2024-25-Q1..Q2", "2025-03-31", False),
        (RUNNING, "2024-06", "FY2024-25", True),
        (RUNNING, "2024-06", "2025-03-31", False),  # a deadline, and no year
    ],
)
def test_a_running_total_is_within_the_period_that_it_runs_on_to(
    measure: Measure, period: str, wanted: str, within: bool
) -> None:
    assert is_running_total_within(measure, Period.from_code(period), Period.from_code(wanted)) is within


# What may say something of a target

PROFILE = Profile({"FY2024-25-Q1": 10, "FY2024-25": 50})  # type: ignore[dict-item]
SINCE = Baseline("FY2022-23")


@pytest.mark.parametrize(
    ("measure", "target", "period", "counts"),
    [
        (SHARE, None, "FY2024-25-Q1", True),
        (SHARE, aimed(), "FY2024-25-Q1", True),
        (SHARE, aimed(), "FY2024-25", True),
        (SHARE, aimed(), "2025-04-01", False),
        (SHARE, aimed(due=None), "FY2039-40", True),
        (COUNT, aimed(due=None), "FY2024-25-Q1", True),
        (SHARE, aimed(Improve(), baseline=SINCE), "FY2021-22", False),
        (SHARE, aimed(Improve(), baseline=SINCE), "FY2022-23", False),
        (SHARE, aimed(Improve(), baseline=SINCE), "2023-04-01", True),
        (SHARE, aimed(Hold(), baseline=SINCE), "2023-03-31", False),
        (SHARE, aimed(trajectory=Linear(), baseline=SINCE), "FY2022-23", False),
        (SHARE, aimed(Improve(), baseline=SINCE, due=None), "FY2022-23", False),
        (SHARE, aimed(Improve(), baseline=SINCE, due=None), "FY2023-24", True),
        (SHARE, aimed(baseline=SINCE), "FY2022-23", True),  # it asks nothing of the baseline
        (SHARE, aimed(Improve()), "FY2022-23", True),
        (COUNT, aimed(), "FY2023-24", True),
        (COUNT, aimed(), "2024-04-01/2025-03-31", True),  # to the day, though no year by its kind
        (COUNT, aimed(), "FY2024-25-Q1", False),
        (COUNT, aimed(), "FY2024-25-Q1..Q2", False),
        (COUNT, aimed(due="FY2024-25-Q4"), "FY2023-24", False),
        (MONEY, aimed(), "FY2024-25-Q1", False),
        (COUNT, aimed(trajectory=PROFILE), "FY2024-25-Q1", True),
        (COUNT, aimed(trajectory=PROFILE), "FY2025-26", False),
        (COUNT, aimed(Complete()), "FY2024-25-Q1", True),
    ],
)
def test_a_figure_counts_between_the_baseline_and_the_due_date_like_with_like(
    measure: Measure, target: Target | None, period: str, counts: bool
) -> None:
    each = Period.from_code(period)
    assert counts_toward(each, measure, target) is counts
    due = known() if target is None or target.due is None else known(target.due.code)
    assert usable(known(period) | due, measure, target) == (known(period) if counts else {}) | due


BROKEN = measured("count", breaks=[date(2023, 4, 1)])


@pytest.mark.parametrize(
    ("measure", "target", "grows"),
    [
        (COUNT, aimed(), True),
        (COUNT, None, False),
        (COUNT, aimed(due=None), False),
        (SHARE, aimed(), False),
        (MONEY, aimed(), False),
        (COUNT, aimed(Beat("others")), False),
        (COUNT, aimed(Rank(1, 4)), False),
        (COUNT, aimed(Complete()), False),
        (COUNT, aimed(due="FY2024-25-Q4"), False),
        (COUNT, aimed(Improve(), baseline=SINCE), True),
        (BROKEN, aimed(Improve(), baseline=SINCE), False),
        (BROKEN, aimed(Hold(), baseline=SINCE), False),
        (BROKEN, aimed(Improve()), True),
        (BROKEN, aimed(baseline=SINCE), True),  # a number to reach needs nothing from before the break
        (BROKEN, aimed(Improve(), baseline=Baseline("FY2023-24")), True),
    ],
)
def test_only_a_count_so_far_can_only_grow_until_its_target_is_due(
    measure: Measure, target: Target | None, grows: bool
) -> None:
    assert grows_to_due(Period.from_code("FY2024-25-Q1..Q2"), measure, target) is grows


@pytest.mark.parametrize(
    ("measure", "target", "period", "closes"),
    [
        (SHARE, aimed(), "FY2024-25", True),
        (SHARE, aimed(), "FY2024-25-Q4", False),
        (SHARE, aimed(), "FY2023-24", False),
        (SHARE, None, "FY2024-25", False),
        (SHARE, aimed(due=None), "FY2024-25", False),
        (SHARE, aimed(Complete()), "FY2024-25-Q4", True),  # done or not on that day
        (SHARE, aimed(Complete()), "FY2024-25-Q3", False),
        (SHARE, aimed(Improve(), baseline=SINCE, due="FY2022-23"), "FY2022-23", False),
    ],
)
def test_a_target_is_closed_by_the_figure_of_its_due_period(
    measure: Measure, target: Target | None, period: str, closes: bool
) -> None:
    assert is_observation_for_target(Period.from_code(period), measure, target) is closes


def test_what_ends_after_the_due_date_is_out_of_sight() -> None:
    assert last_in_sight(aimed()) == LAST_DAY
    assert last_in_sight(None) == last_in_sight(aimed(due=None)) == date.max
    assert in_sight(YEAR, aimed())
    assert not in_sight(Period.day(date(2025, 4, 1)), aimed())
    later = periods("FY2024-25 2025-04-01 FY2025-26 FY2026-27")
    assert codes(after_due(later, aimed(), date(2026, 3, 31))) == "2025-04-01 FY2025-26"
    assert after_due(later, aimed(due=None), date(2030, 1, 1)) == []


def test_a_period_is_over_on_its_last_day() -> None:
    assert is_over(YEAR, LAST_DAY)
    assert not is_over(YEAR, date(2025, 3, 30))


# Which of several decides


@pytest.mark.parametrize(
    ("period", "due", "rank"),
    [
        ("FY2024-25", "FY2024-25", (True, True, True, True, 720, 365)),
        ("2025-03-31", "FY2024-25", (False, True, False, False, 2, 1)),
        ("FY2024-25-Q4", "FY2024-25-Q2", (False, False, True, True, 180, 90)),
        ("AY2024-25", "FY2024-25", (False, False, False, True, 720, 365)),
        ("Y2025-03-31", "FY2024-25", (False, True, False, True, 720, 365)),
        ("FY2021-22..FY2023-24", "FY2022-23..FY2024-25", (False, False, False, True, 2160, 1096)),
        ("FY2024-25", None, (720, 365)),
        ("2025-03-31", None, (2, 1)),
    ],
)
def test_the_latest_decides_then_the_due_period_s_own_then_its_likes_then_the_longest(
    period: str, due: str | None, rank: tuple[Any, ...]
) -> None:
    each = Period.from_code(period)
    wanted = None if due is None else Period.from_code(due)
    assert precedence(each, SHARE, wanted) == (each.end, *rank, period)
    assert precedence_for_target(each, SHARE, aimed(due=due)) == (each.end, *rank, period)
    if due is None:
        assert precedence_for_target(each, SHARE, None) == (each.end, *rank, period)


ENDING = "2025-03 FY2024-25-Q4 Y2025-03-31 FY2024-25"
"""Four that end on one day, in the order in which they decide for the year: its own last."""


@pytest.mark.parametrize("order", [*permutations(ENDING.split())])
def test_of_several_that_end_on_one_day_the_order_in_which_they_come_is_nothing(order: tuple[str, ...]) -> None:
    given = periods(" ".join(("FY2025-26", *order, "FY2023-24")))
    assert codes(in_precedence(given, SHARE, aimed())) == f"FY2023-24 {ENDING} FY2025-26"
    best_first = " ".join(reversed(ENDING.split()))
    assert codes(first_to_decide(given, SHARE, aimed())) == f"FY2023-24 {best_first} FY2025-26"
    assert codes(candidates_for(YEAR, given, SHARE)) == "FY2024-25 Y2025-03-31"
    decides = latest_in_sight(known("FY2023-24", *order, "FY2025-26"), SHARE, aimed(), LAST_DAY)
    assert decides == figure("FY2024-25")
    two = " ".join(each for each in ENDING.split() if each in order[:2])
    assert codes(in_precedence(periods(" ".join(order[:2])), SHARE, aimed())) == two
    assert codes(in_order(given)) == "FY2023-24 2025-03 FY2024-25 FY2024-25-Q4 Y2025-03-31 FY2025-26"


@pytest.mark.parametrize(
    ("there", "decides"),
    [
        ("", None),
        ("FY2025-26", None),
        ("FY2023-24", "FY2023-24"),
        ("FY2023-24 FY2024-25", "FY2024-25"),
        ("FY2022-23 FY2023-24 2025-04-01 FY2025-26", "FY2023-24"),
        ("FY2023-24 2025-03 FY2024-25-Q4", "FY2024-25-Q4"),
        ("FY2024-25-Q4 2025-03 2025-04-01", "FY2024-25-Q4"),
    ],
)
def test_the_figure_that_decides_is_the_latest_that_is_in_sight(there: str, decides: str | None) -> None:
    found = latest_in_sight(known(*there.split()), SHARE, aimed(), LAST_DAY)
    assert (None if found is None else found.period.code) == decides


# What an absent figure must not give away


@pytest.mark.parametrize(
    ("facts", "absence"),
    [
        ({"value": None, "absence": "suppressed", "numerator": 3, "denominator": 40}, Absence.SUPPRESSED),
        ({"value": None, "absence": "low", "upper": 4}, Absence.LOW),
        ({"value": 7, "revision": "withdrawn", "lower": 5}, Absence.NOT_AVAILABLE),
        ({"value": None, "absence": "suppressed", "revision": "withdrawn", "numerator": 3}, Absence.SUPPRESSED),
    ],
)
def test_an_absent_figure_is_held_without_the_numbers_beside_it(facts: Mapping[str, Any], absence: Absence) -> None:
    found = without_hidden_numbers(figure("FY2024-25", **facts))
    assert found.absence is absence
    assert found.revision is figure("FY2024-25", **facts).revision
    numbers = found.value, found.numerator, found.denominator, found.lower, found.upper
    assert numbers == (None, None, None, None, None)


def test_a_figure_that_gives_nothing_away_is_held_as_it_is() -> None:
    for each in (figure("FY2024-25", numerator=3, denominator=40), figure("FY2024-25", None, absence="suppressed")):
        assert without_hidden_numbers(each) is each


# The figure before


@pytest.mark.parametrize(
    ("frequency", "period", "before"),
    [
        ("yearly", "2025-03-31", "2024-03-31"),
        ("half_yearly", "2025-03-31", "2024-09-30"),
        ("quarterly", "2025-03-31", "2024-12-31"),
        ("monthly", "2025-03-31", "2025-02-28"),
        ("weekly", "2025-03-31", "2025-03-24"),
        ("daily", "2025-03-31", "2025-03-30"),
        (None, "2025-03-31", "2025-03-30"),
        ("yearly", "FY2024-25", "FY2023-24"),
        ("weekly", "2024-W05", "2024-W04"),
        ("weekly", "2024-05", "2024-04"),
        ("termly", "AY2024-25-T1", "AY2023-24-T3"),
        (None, "FY2024-25-Q1", "FY2023-24-Q4"),
        ("monthly", "2024-W05", None),
        ("monthly", "FY2024-25", None),
    ],
)
def test_the_period_before_is_one_frequency_back(frequency: str | None, period: str, before: str | None) -> None:
    measure = measured(frequency=frequency)
    expected = None if before is None else Period.from_code(before)
    assert earlier(measure, Period.from_code(period)) == (expected, TravelBasis.PREVIOUS_PERIOD)


def test_a_running_total_goes_back_a_year() -> None:
    before = Period.from_code("FY2023-24-Q1..Q2"), TravelBasis.SAME_PERIOD_LAST_YEAR
    assert earlier(measured(frequency="quarterly"), Period.from_code("FY2024-25-Q1..Q2")) == before
    assert earlier(RUNNING, YEAR) == (Period.from_code("FY2023-24"), TravelBasis.SAME_PERIOD_LAST_YEAR)


def test_a_53rd_week_has_no_week_of_the_year_before() -> None:
    assert year_before(Period.from_code("2020-W53")) is None
    assert year_before(Period.from_code("2020-W52")) == Period.from_code("2019-W52")


# The baseline


def test_a_stated_baseline_is_read_in_the_unit_of_its_measure() -> None:
    share = measured("fraction")
    stated = aimed(Improve(), baseline=Baseline("FY2022-23", 40), unit="percent")
    assert baseline_value(stated, share, {}) == Decimal("0.4")
    assert baseline_value(stated, measured(None, kind=MeasureKind.SCORE), {}) == 40
    assert baseline_value(aimed(Improve(), baseline=Baseline("FY2022-23", 40)), share, {}) == 40
    assert baseline_figure(stated, share, known("FY2022-23")) is None


def test_a_baseline_that_is_not_stated_is_the_figure_of_its_period_or_of_its_like() -> None:
    observed = aimed(Improve(), baseline=SINCE)
    assert baseline_value(aimed(Improve()), SHARE, known("FY2022-23")) is None
    assert baseline_figure(aimed(Improve()), SHARE, known("FY2022-23")) is None
    there = {each.period: each for each in (figure("2023-03-31", 2), figure("Y2023-03-31", 3), figure("FY2023-24", 9))}
    assert baseline_figure(observed, SHARE, there) == figure("Y2023-03-31", 3)
    assert baseline_value(observed, SHARE, there) == 3
    its_own = {**there, Period.from_code("FY2022-23"): figure("FY2022-23", 4)}
    assert baseline_figure(observed, SHARE, its_own) == figure("FY2022-23", 4)
    assert baseline_figure(observed, SHARE, known("FY2022-23-Q4")) is None
    assert baseline_value(observed, SHARE, known("FY2022-23-Q4")) is None
