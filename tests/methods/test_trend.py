"""Recent trends: the original's markers, its faults by name, and when there is no trend to speak of."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from outcome_bees import Measure, Observation
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.methods import recent_trend

Table = Callable[[str], list[dict[str, str]]]
SHARE = Measure(id="m", title="M", unit="percent", direction="increase")


def year(index: int, **facts: Any) -> Observation:
    call: dict[str, Any] = {"measure": "m", "period": f"CY{2020 + index}", "area": "a", "value": 50}
    return Observation(**(call | facts))


def shares(*counts: int, out_of: int = 500, **facts: Any) -> list[Observation]:
    return [
        year(index, value=100 * x / out_of, numerator=x, denominator=out_of, **facts) for index, x in enumerate(counts)
    ]


RISING = shares(200, 240, 280, 320, 360)


def test_the_originals_trends_are_ours(table: Table) -> None:
    """Each as it was published: proportions by their counts or, where only limits were used, as a rate by weights.

    Two faults of the original: "GpOver65" has no limits, and its empty sums were reported as no change, where its
    counts show a rise; and its statistic of 46.77 is made with 1.96 for 1.959964, which is 46.76.
    """
    series = defaultdict(list)
    for row in table("fingertips_trend_markers.csv"):
        series[row["source_test"]].append(row)
    for name, rows in series.items():
        by_counts = rows[-1]["series_method"] == "proportion_counts" or not rows[-1]["lower95"]
        direction = {"low_is_good": "decrease", "high_is_good": "increase"}.get(rows[0]["polarity"])
        measure = Measure(id="m", title="M", unit="percent" if by_counts else "per_100000", direction=direction)
        years = [
            Observation(
                measure="m",
                period=f"CY{row['year']}",
                area="a",
                value=row["value"],
                numerator=row["count"],
                denominator=row["denominator"],
                lower=row["lower95"] or None,
                upper=row["upper95"] or None,
            )
            for row in rows
        ]
        found, expected, chi_square = (
            recent_trend(years, measure),
            rows[-1]["expected_trend"],
            rows[-1]["expected_chi2_2dp"],
        )
        if name.endswith("GpOver65"):
            assert (expected, found.direction) == ("no_change", "increasing")
        elif expected == "cannot_be_calculated":
            assert (found.direction, found.reason) == (None, "all_or_none")
        else:
            assert found.direction == expected, name
            if found.test == "weights" and chi_square:
                assert found.chi_square is not None
                assert f"{float(found.chi_square) * (1.96 / 1.959963984540054) ** 2:.2f}" == chi_square
            elif chi_square:
                assert f"{found.chi_square:.1f}" == f"{float(chi_square):.1f}"
        if direction and expected in ("increasing", "decreasing"):
            better = (expected == "increasing") == (direction == "increase")
            assert found.judged == ("improving" if better else "worsening")


def test_a_trend_by_counts_has_its_statistic_slope_and_word() -> None:
    found = recent_trend(RISING, SHARE)
    assert (found.direction, found.judged, found.test) == ("increasing", "improving", "counts")
    assert (found.significant, found.stable, found.reason) == (True, True, None)
    assert str(found.chi_square) == "129.870129870130"  # N (N Σct - C Σnt)² / (C (N - C) (N Σnt² - (Σnt)²))
    assert found.slope is not None
    assert 0.33 < found.slope < 0.34  # log odds go from -0.405 to 0.944 in four years


def test_a_trend_that_hangs_on_one_figure_is_not_called_one() -> None:
    found = recent_trend(shares(250, 245, 240, 235, 400), SHARE)
    assert (found.significant, found.stable, found.direction) == (True, False, "no_change")


def test_a_steady_series_is_no_change_and_not_a_missing_answer() -> None:
    found = recent_trend(shares(250, 250, 250, 250, 250), SHARE)
    assert (found.direction, found.judged, found.chi_square, found.slope) == ("no_change", "no_change", 0, 0)


def test_without_counts_a_percentage_is_tested_by_its_published_limits() -> None:
    years = [year(index, value=50 + 5 * index, lower=48 + 5 * index, upper=52 + 5 * index) for index in range(5)]
    assert recent_trend(years, SHARE).test == "weights"


def test_counts_and_rates_are_tested_by_their_own_intervals() -> None:
    counts = [year(index, value=100 + 40 * index) for index in range(5)]
    found = recent_trend(counts, Measure(id="m", title="M", unit="child", direction="decrease"))
    assert (found.test, found.direction, found.judged) == ("weights", "increasing", "worsening")


def test_only_the_latest_five_years_count() -> None:
    older = [
        Observation(measure="m", period=f"CY{period}", area="a", value=90, numerator=450, denominator=500)
        for period in (2017, 2018, 2019)
    ]
    assert recent_trend([*older, *RISING], SHARE) == recent_trend(RISING, SHARE)


@pytest.mark.parametrize(
    ("years", "measure", "reason"),
    [
        (RISING[:4], SHARE, "too_few_points"),
        ([], SHARE, "no_data"),
        ([*RISING[:2], year(2, value=None, absence="suppressed"), *RISING[3:]], SHARE, "missing_period"),
        ([*RISING[:4], year(5, numerator=360, denominator=500)], SHARE, "missing_period"),
        (RISING, Measure(id="m", title="M", unit="percent", breaks=[date(2022, 1, 1)]), "series_break"),
        ([*RISING[:4], year(4, numerator=0, denominator=500)], SHARE, "all_or_none"),
        ([*RISING[:4], year(4, numerator=501, denominator=500)], SHARE, "numerator_above_denominator"),
        ([*RISING[:4], year(4, numerator=-1, denominator=500)], SHARE, "negative_count"),
        ([year(index) for index in range(5)], SHARE, "no_numerator"),
        ([year(index, lower=50, upper=50) for index in range(5)], SHARE, "zero_width"),
        ([year(index) for index in range(5)], Measure(id="m", title="M", unit="score"), "no_interval_for_kind"),
    ],
)
def test_a_trend_that_cannot_be_tested_says_why(years: list[Observation], measure: Measure, reason: str) -> None:
    found = recent_trend(years, measure)
    assert (found.direction, found.judged, found.reason) == (None, None, reason)


@pytest.mark.parametrize(
    ("periods", "reason"),
    [
        (["2024-01", "2024-02", "2024-03", "2024-04", "2024-05"], "not_yearly"),
        (["CY2020", "CY2021", "CY2022", "CY2023", "2024-06-30"], "not_yearly"),
        (
            [f"FY{start}-{start % 100 + 1}..FY{start + 2}-{start % 100 + 3}" for start in range(2015, 2020)],
            "overlapping_periods",
        ),
    ],
)
def test_periods_that_are_not_successive_years_have_no_trend(periods: list[str], reason: str) -> None:
    years = [
        Observation(measure="m", period=period, area="a", value=50, numerator=250, denominator=500)
        for period in periods
    ]
    assert recent_trend(years, SHARE).reason == reason


@pytest.mark.parametrize("form", ["{}-03-31", "Y{}-09-30", "CY{}"])
def test_snapshots_and_rolling_years_a_year_apart_are_years(form: str) -> None:
    years = [
        Observation(measure="m", period=form.format(2020 + index), area="a", value=50, numerator=x, denominator=500)
        for index, x in enumerate((200, 240, 280, 320, 360))
    ]
    assert recent_trend(years, SHARE).direction == "increasing"


def test_observations_of_several_series_are_an_error() -> None:
    with pytest.raises(InvalidValueError, match="observations of m, a"):
        recent_trend([*RISING[:4], year(4, area="b")], SHARE)
    with pytest.raises(InvalidValueError, match="one observation a period"):
        recent_trend([*RISING, year(4)], SHARE)
    with pytest.raises(InvalidTypeError, match="measure"):
        recent_trend(RISING)
    with pytest.raises(InvalidTypeError, match="Observation"):
        recent_trend([1, 2], SHARE)  # type: ignore[list-item]
