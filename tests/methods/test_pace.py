"""Required rates and forecasts: the original's answers, the divisions by zero that it makes, and a straight line."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from outcome_bees import Measure, Observation, Period
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.methods import RateProgress, forecast, required_rate

FAULTS = {
    # Exactly on an edge, and a rounding error below it in floats: ours is on it.
    "A04_pos_cagr_0.015": ("substantial_progress", None),
    "A07_pos_cagr_0.005": ("moderate_progress", None),
    "C04_down_ratio_0.95": ("substantial_progress", None),
    # A base of 0 taken for 0.001, so that the answer is made of the 0.001.
    "B01_base_zero_pos": ("not_available", "base_is_zero"),
    "B02_base_zero_neg": ("not_available", "base_is_zero"),
    "B03_both_zero": ("not_available", "base_is_zero"),  # nothing changed, and it was substantial progress
    "C36_base_zero_target": ("not_available", "base_is_zero"),
    # A target of 0 likewise: compound growth never arrives there, and 0.0005 is not it.
    "C22_target_zero": ("not_available", "target_is_zero"),
    "C23_target_zero_reached": ("target_achieved", "target_is_zero"),
    "C24_target_zero_nearly": ("not_available", "target_is_zero"),
    # The base at the target: no growth required, divided by, to be -Infinity or NaN.
    "C20_base_eq_target_moved_off": ("not_available", "base_is_target"),
    "C21_base_eq_target_flat": ("target_achieved", "base_is_target"),
    "C37_real_base_eq_target": ("not_available", "base_is_target"),
    # A fractional power of a negative number: a complex number in one case, NaN in the other.
    "C25_target_neg_base_pos": ("not_available", "sign_changes"),
    "C26_target_neg_base_pos_np": ("not_available", "sign_changes"),
    "C32_target_year_eq_base": ("not_available", "deadline_not_after_base"),  # ZeroDivisionError
    "C33_target_year_before_base": ("not_available", "deadline_not_after_base"),
}
"""Cases in which the original is wrong, with ours: status and reason."""


def asked(case: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The call that a case makes, and what was answered; ``None`` for what is not the formula's business.

    That is choosing a series from a table (F, A24, A28, A29), a limit (D) and thresholds of one's own (E), which our
    function does not have: a limit's arbitrary exponent and a user's threshold make one status mean two things.
    """
    options = (case["options"] or [{}])[0]
    series = case["expected"].get("series") or []
    limited = options.get("limit") is not None and options.get("target") is None
    if (
        len(series) != 1
        or limited
        or "progress_thresholds" in options
        or case["id"].startswith(("F", "A24", "A28", "A29"))
    ):
        return None
    answer = series[0]
    years = [int(str(each)[:4]) for each in case["data"]["Year"]]
    values = {
        year: value
        for year, value in zip(years, case["data"]["Value"], strict=True)
        if value is not None and value == value
    }
    base_year = answer.get("base_year") or min(year for year in values if year >= options.get("base_year", 2015))
    target = options.get("target")
    call = {
        "base": values[base_year],
        "base_year": base_year,
        "current": values[max(values)],
        "current_year": max(values),
        # Anything but "positive" is negative to the original, a forgotten direction and a misspelt one too.
        "direction": "increase" if options.get("direction") == "positive" else "decrease",
        "target": target,
        "target_year": None if target is None else options.get("target_year", 2030),
    }
    return call, answer


def test_the_originals_progress_is_ours(
    document: Callable[[str], Any],
) -> None:
    """To 0.0002 in the score: the original's lines have rounded slopes (4.1667 for 2.5 by 0.6), ours are exact."""
    compared, faulty, left = 0, set(), set()
    for case in document("progress_synthetic.json")["vectors"]:
        found = asked(case)
        if found is None:
            left.add(case["id"][0] if case["id"][0] in "DEF" else case["id"][:3])
            continue
        call, answer = found
        ours = required_rate(**call)
        if case["id"] in FAULTS:
            assert (ours.status, ours.reason) == FAULTS[case["id"]], case["id"]
            faulty.add(case["id"])
            continue
        assert ours.status == answer["status"], case["id"]
        if answer["progress_value"] is None:
            assert ours.value is None
            assert ours.reason is not None
        else:
            assert float(ours.value or 0) == pytest.approx(answer["progress_value"], rel=1e-9, abs=1e-12), case["id"]
        if answer["score"] is None:
            assert ours.score is None
        else:
            assert float(ours.score or 0) == pytest.approx(answer["score"], abs=2e-4), case["id"]
        compared += 1
    assert faulty == set(FAULTS)
    assert left == {"A24", "A28", "A29", "D", "E", "F"}  # no business of the formula: see asked()
    assert compared > 55


def rate(**facts: Any) -> RateProgress:
    call: dict[str, Any] = {
        "base": 100,
        "base_year": 2015,
        "current": 110,
        "current_year": 2020,
        "direction": "increase",
    }
    return required_rate(**(call | facts))


def test_growth_is_divided_by_the_growth_that_is_required() -> None:
    found = rate(target=150, target_year=2030)
    assert (found.status, found.reason, found.method) == ("moderate_progress", None, "open_sdg_2_4")
    assert [f"{each:.4f}" for each in (found.growth, found.required_growth, found.value, found.score)] == [
        "0.0192",
        "0.0274",
        "0.7024",
        "0.7313",
    ]


def test_a_target_met_is_achieved_though_it_gets_worse_and_the_value_shows_that() -> None:
    found = rate(base=30, current=45, direction="decrease", target=50, target_year=2030)
    assert (found.status, found.score) == ("target_achieved", 5)
    assert found.value is not None
    assert found.value < 0


def test_a_target_met_once_and_lost_is_a_deterioration() -> None:
    assert rate(base=110, current=95, target=100, target_year=2030).status == "deterioration"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"direction": None}, "no_direction"),
        ({"direction": "maintain"}, "no_direction"),
        ({"base": 0}, "base_is_zero"),
        ({"base": -1}, "sign_changes"),
        ({"current_year": 2015}, "no_time_since_base"),
        ({"current_year": 2014}, "no_time_since_base"),
        ({"target": -5, "target_year": 2030, "current": -6}, "sign_changes"),
        ({"target": 200, "target_year": 2015}, "deadline_not_after_base"),
    ],
)
def test_what_has_no_rate_says_why(facts: dict[str, Any], reason: str) -> None:
    assert rate(**facts).reason == reason


@pytest.mark.parametrize(
    "facts",
    [
        {"direction": "positive"},
        {"target": 5},
        {"target_year": 2030},
        {"base": float("nan")},
        {"current": "1,000"},
        {"base_year": 2015.0},
        {"base_year": 0},
        {"current_year": "2020"},
        {"target": True, "target_year": 2030},
    ],
)
def test_a_call_that_cannot_be_is_an_error(facts: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError):
        rate(**facts)


def test_the_direction_has_no_default() -> None:
    with pytest.raises(TypeError, match="direction"):
        required_rate(base=1, base_year=2015, current=2, current_year=2020)  # type: ignore[call-arg]


YEARS: list[tuple[date | Period, Any]] = [
    (Period.year(2020 + index, "calendar"), value) for index, value in enumerate([50, 52, 54, 56])
]


def test_a_forecast_is_the_line_of_least_squares_and_the_pace_that_is_needed() -> None:
    found = forecast(YEARS, Period.year(2026, "calendar"), target=65)
    assert (found.projected, found.pace, found.pace_needed) == (62, 2, 3)
    assert (found.due, found.used, found.revision, found.reason) == (date(2026, 12, 31), 4, "forecast", None)
    bent = forecast([*YEARS[:3], (Period.year(2023, "calendar"), 57)], date(2024, 12, 31))
    assert (bent.pace, bent.projected, bent.pace_needed) == (Decimal("2.3"), Decimal("59"), None)


def test_the_pace_is_of_a_year_whatever_the_periods_are() -> None:
    quarters = [(Period.quarter(2023, quarter, "financial"), 10 + quarter) for quarter in (1, 2, 3, 4)]
    assert forecast(quarters, Period.quarter(2024, 4, "financial")).pace == 4
    months = [(Period.month(2024, month), month) for month in range(1, 13)]
    assert forecast(months, date(2025, 12, 31)).projected == 24


def test_a_missing_year_is_left_out_and_a_break_is_not_crossed() -> None:
    holed = forecast([*YEARS[:2], (Period.year(2022, "calendar"), None), YEARS[3]], Period.year(2026, "calendar"))
    assert (holed.used, holed.projected) == (3, 62)
    measure = Measure(id="m", title="M", unit="percent", breaks=[date(2021, 6, 1)])
    observations = [
        Observation(measure="m", period=f"CY{2020 + index}", area="a", value=value)
        for index, value in enumerate([90, 52, 54, 56])
    ]
    assert forecast(observations, date(2026, 12, 31), measure=measure).projected == 62


def test_a_forecast_among_the_observations_is_no_figure() -> None:
    observations = [
        Observation(measure="m", period=f"CY{2020 + index}", area="a", value=value, revision=revision)
        for index, (value, revision) in enumerate([(50, None), (52, "final"), (54, None), (99, "forecast")])
    ]
    assert forecast(observations, date(2026, 12, 31)).projected == 62


def test_there_is_no_line_through_two_points_nor_back_in_time() -> None:
    assert forecast(YEARS[:2], date(2030, 1, 1)).reason == "too_few_points"
    assert forecast([], date(2030, 1, 1)).reason == "no_data"
    assert forecast(YEARS, Period.year(2023, "calendar")).reason == "already_observed"


def test_a_forecast_of_what_is_none_is_an_error() -> None:
    with pytest.raises(InvalidTypeError, match="due"):
        forecast(YEARS, "2030")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="target"):
        forecast(YEARS, date(2030, 1, 1), target=float("inf"))
    with pytest.raises(InvalidValueError, match="points"):
        forecast([*YEARS, YEARS[0]], date(2030, 1, 1))
