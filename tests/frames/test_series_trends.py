"""Trends of a table, in one small series each: what is said, as the method says it too."""

from datetime import date
from typing import Any

import pytest

from outcome_bees import Measure, Observation, Observations, frames, methods
from outcome_bees.errors import AmbiguousObservationError, InvalidTypeError

pl = pytest.importorskip("polars")
ON = date(2026, 1, 1)
HERE = "E10000015"
SHARE = Measure(id="m", title="M", unit="percent", direction="increase")
SCORE = Measure(id="m", title="M", unit="score", direction="decrease")


def frame_of(figures: list[Observation]) -> Any:
    return pl.DataFrame(frames.from_observations(figures), infer_schema_length=None)


def years(values: list[Any], first: int = 2020, **further: Any) -> list[Observation]:
    """A figure a year, given as its columns; nothing is no row."""
    return [
        Observation(measure="m", period=f"CY{first + at}", area=HERE, **each, **further)
        for at, each in enumerate(values)
        if each is not None
    ]


def counts(*numerators: float | None, of: float = 500) -> list[dict[str, Any]]:
    return [{"value": 100 * each / of, "numerator": each, "denominator": of} for each in numerators if each is not None]


def scores(*values: float, width: float = 2) -> list[dict[str, Any]]:
    return [{"value": each, "lower": each - width / 2, "upper": each + width / 2} for each in values]


def trended(figures: list[Observation], measure: Measure = SHARE) -> dict[str, Any]:
    """The row of one series, once it is seen to be what the method says of it."""
    row: dict[str, Any]
    (row,) = frames.trend([measure], frame_of(figures), as_of=ON).to_dicts()
    alone = methods.recent_trend(Observations(figures).series(measure, area=HERE, as_of=ON))
    for name in ("direction", "judged", "test", "reason"):
        expected = getattr(alone, name)
        assert row[name] == (None if expected is None else str(expected)), name
    for name in ("chi_square", "slope", "significant", "stable"):
        expected = getattr(alone, name)
        assert row[name] == (None if expected is None else pytest.approx(float(expected), rel=1e-6, abs=1e-9)), name
    return row


def test_the_columns_of_a_trend_are_these() -> None:
    words = ["direction", "judged", "chi_square", "slope", "significant", "stable", "test", "reason"]
    assert list(trended(years(counts(200, 240, 280, 320, 360)))) == ["measure", "area", *words]


def test_a_share_that_rises_every_year_is_tested_by_its_counts() -> None:
    row = trended(years(counts(200, 240, 280, 320, 360)))
    assert (row["direction"], row["judged"], row["test"]) == ("increasing", "improving", "counts")
    assert (row["significant"], row["stable"], row["reason"]) == (1, 1, None)
    assert row["chi_square"] == pytest.approx(129.87, abs=0.01)


def test_a_share_that_falls_is_worsening_where_more_is_wanted() -> None:
    row = trended(years(counts(360, 320, 280, 240, 200)))
    assert (row["direction"], row["judged"]) == ("decreasing", "worsening")


def test_a_small_change_is_no_change() -> None:
    row = trended(years(counts(200, 203, 206, 209, 212)))
    assert (row["direction"], row["significant"], row["stable"]) == ("no_change", 0, 1)
    flat = trended(years(counts(200, 200, 200, 200, 200)))
    assert (flat["direction"], flat["slope"], flat["chi_square"]) == ("no_change", 0.0, 0.0)


def test_a_trend_that_hangs_on_one_figure_is_none() -> None:
    row = trended(years(counts(200, 200, 200, 200, 400)))
    assert (row["direction"], row["significant"], row["stable"]) == ("no_change", 1, 0)


def test_a_score_is_tested_by_the_width_of_its_intervals() -> None:
    row = trended(years(scores(10, 14, 18, 22, 26)), SCORE)
    assert (row["direction"], row["judged"], row["test"]) == ("increasing", "worsening", "weights")
    assert row["slope"] == pytest.approx(4)
    uneven = trended(years([*scores(10, 14, 18), *scores(22, 26, width=8)]), SCORE)
    assert uneven["slope"] == pytest.approx(4)
    assert uneven["chi_square"] < row["chi_square"]


def test_the_last_five_years_count() -> None:
    row = trended(years(counts(480, 100, 200, 240, 280, 320, 360), first=2018))
    assert row["direction"] == "increasing"
    assert row["chi_square"] == pytest.approx(129.87, abs=0.01)


REASONS: dict[str, tuple[list[Any], Measure, str]] = {
    "four years are too few": (counts(200, 240, 280, 320), SHARE, "too_few_points"),
    "a year that is missing": ([*counts(200, 240), None, *counts(280, 320, 360)], SHARE, "missing_period"),
    "a year that is suppressed": (
        [*counts(200, 240), {"absence": "suppressed"}, *counts(320, 360)],
        SHARE,
        "missing_period",
    ),
    "a share of none has no odds": (counts(0, 240, 280, 320, 360), SHARE, "all_or_none"),
    "nor has one of all": (counts(200, 240, 280, 320, 500), SHARE, "all_or_none"),
    "a numerator below zero": (
        [{"value": 40, "numerator": -1, "denominator": 500}, *counts(240, 280, 320, 360)],
        SHARE,
        "negative_count",
    ),
    "a numerator above its denominator": (
        [{"value": 40, "numerator": 501, "denominator": 500}, *counts(240, 280, 320, 360)],
        SHARE,
        "numerator_above_denominator",
    ),
    "a share without its numerator": ([{"value": 40}, *counts(240, 280, 320, 360)], SHARE, "no_numerator"),
    "a share without its denominator": (
        [{"value": 40, "numerator": 200}, *counts(240, 280, 320, 360)],
        SHARE,
        "no_denominator",
    ),
    "a score without an interval": ([{"value": 10}, *scores(14, 18, 22, 26)], SCORE, "no_interval_for_kind"),
    "an interval without a width": ([*scores(10, 14, 18, 22), *scores(26, width=0)], SCORE, "zero_width"),
}


@pytest.mark.parametrize("case", REASONS)
def test_a_series_that_cannot_be_tested_says_why(case: str) -> None:
    values, measure, reason = REASONS[case]
    row = trended(years(values), measure)
    assert row["reason"] == reason
    assert {row[name] for name in ("direction", "judged", "chi_square", "slope", "significant", "stable", "test")} == {
        None
    }


def test_of_two_reasons_the_earlier_figures_is_given() -> None:
    figures = years([{"value": 10}, *scores(14, width=0), *scores(18, 22, 26)])
    assert trended(figures, SCORE)["reason"] == "no_interval_for_kind"
    figures = years([*scores(14, width=0), {"value": 10}, *scores(18, 22, 26)])
    assert trended(figures, SCORE)["reason"] == "zero_width"


def test_a_trend_does_not_cross_a_break() -> None:
    broken = Measure(id="m", title="M", unit="percent", direction="increase", breaks=[date(2022, 6, 1)])
    assert trended(years(counts(200, 240, 280, 320, 360)), broken)["reason"] == "series_break"
    assert trended(years(counts(200, 240, 280, 320)), broken)["reason"] == "too_few_points"
    after = years(counts(480, 100, 200, 240, 280, 320, 360), first=2016)
    earlier = Measure(id="m", title="M", unit="percent", direction="increase", breaks=[date(2018, 6, 1)])
    assert trended(after, earlier)["direction"] == "increasing"


def test_figures_of_quarters_are_not_those_of_years() -> None:
    quarters = [
        Observation(measure="m", period=f"CY2024-Q{at}", area=HERE, **each)
        for at, each in enumerate(counts(200, 240, 280, 320), 1)
    ]
    last = Observation(measure="m", period="CY2025-Q1", area=HERE, **counts(360)[0])
    assert trended([*quarters, last])["reason"] == "not_yearly"


def test_what_is_no_plan_and_no_measure_is_refused() -> None:
    with pytest.raises(InvalidTypeError, match="plan: given 5; allowed: a Plan, or several Measures"):
        frames.trend([5], frame_of(years(counts(200))), as_of=ON)  # type: ignore[list-item]
    with pytest.raises(InvalidTypeError, match="plan"):
        frames.trend(5, frame_of(years(counts(200))), as_of=ON)  # type: ignore[arg-type]


def test_two_figures_of_one_period_are_refused_unless_the_caller_vouches_that_there_are_none() -> None:
    frame = frame_of(years(counts(200, 240)))
    with pytest.raises(AmbiguousObservationError, match="two of one series and period"):
        frames.trend([SHARE], pl.concat([frame, frame]), as_of=ON)
    assert frames.trend([SHARE], frame, as_of=ON, distinct_ok=True).height == 1
