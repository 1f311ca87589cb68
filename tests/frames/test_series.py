"""Charts, trends and comparisons of a table, in one small series each: what is said, as the methods say it too."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from outcome_bees import Measure, Observation, Observations, Period, frames, methods
from outcome_bees.errors import AmbiguousObservationError, InvalidTypeError, InvalidValueError

pl = pytest.importorskip("polars")
ON = date(2026, 1, 1)
HERE, ENGLAND = "E10000015", "E92000001"
CAUSES = [str(each) for each in methods.SpecialCause]
UPWARD, DOWNWARD, EITHER_WAY, NEITHER = (
    Measure(id="m", title="M", unit="score", direction=direction)
    for direction in ("increase", "decrease", "maintain", None)
)
Value = float | str | None


def frame_of(figures: list[Observation]) -> Any:
    return pl.DataFrame(frames.from_observations(figures), infer_schema_length=None)


def months(values: Sequence[Value], **further: Any) -> list[Observation]:
    """A figure a month from January 2012; a text is why there is none, and nothing is no row."""
    found = []
    for at, value in enumerate(values):
        given: dict[str, Any] = {"absence": value} if isinstance(value, str) else {"value": value}
        if value is not None:
            period = Period.month(2012 + at // 12, at % 12 + 1)
            found.append(Observation(measure="m", period=period, area=HERE, **given, **further))
    return found


def charted(values: Sequence[Value], measure: Measure = UPWARD, **settings: Any) -> list[dict[str, Any]]:
    """The rows of one series in time, once they are seen to be what the method says of it."""
    figures = months(values)
    rows: list[dict[str, Any]] = frames.xmr([measure], frame_of(figures), as_of=ON, **settings).to_dicts()
    of_period = {row["period"]: row for row in rows}
    chart = methods.xmr(Observations(figures).series(measure, area=HERE, as_of=ON), **settings)
    for point in chart.points:
        assert isinstance(point.at, Period)
        row = of_period[point.at.code]
        assert [each for each in methods.SpecialCause if row[each]] == list(point.causes), row
        assert (row["cause"], row["signal"]) == tuple(
            None if each is None else str(each) for each in (point.cause, point.signal)
        )
        for name in ("value", "mean", "lower", "upper", "near_lower", "near_upper"):
            expected = getattr(point, name)
            assert row[name] == (None if expected is None else pytest.approx(float(expected), abs=1e-9)), name
    return sorted(rows, key=lambda row: Period.from_code(row["period"]).end)


def marks(rows: list[dict[str, Any]], rule: str) -> list[int]:
    return [row[rule] for row in rows]


STEADY: list[Value] = [10, 12] * 6


def test_the_limits_of_a_chart_lie_2_66_mean_steps_from_the_mean() -> None:
    rows = charted(STEADY)
    first = rows[0]
    assert (first["mean"], first["lower"], first["upper"]) == (11.0, pytest.approx(5.68), pytest.approx(16.32))
    assert (first["near_lower"], first["near_upper"]) == (pytest.approx(11 - 10.64 / 3), pytest.approx(11 + 10.64 / 3))
    assert {row["signal"] for row in rows} == {"common_cause"}
    assert [row["value"] for row in rows] == STEADY
    assert {(row["cause"], row["reason"]) for row in rows} == {(None, None)}


def test_the_columns_of_a_chart_are_these() -> None:
    lines = ["mean", "lower", "upper", "near_lower", "near_upper"]
    words = ["cause", "signal", "reason"]
    assert list(charted(STEADY)[0]) == ["measure", "period", "area", "value", *lines, *CAUSES, *words]


@pytest.mark.parametrize(
    ("measure", "up", "down"),
    [
        (UPWARD, "special_cause_improvement", "special_cause_concern"),
        (DOWNWARD, "special_cause_concern", "special_cause_improvement"),
        (EITHER_WAY, "special_cause_neutral_high", "special_cause_neutral_low"),
        (NEITHER, "special_cause_neutral_high", "special_cause_neutral_low"),
    ],
)
def test_a_point_beyond_the_limits_says_for_better_or_worse(measure: Measure, up: str, down: str) -> None:
    high, low = charted([*STEADY * 3, 30, 12], measure), charted([*STEADY * 3, -8, 10], measure)
    assert marks(high, "beyond_limits") == [*[0] * 36, 1, 0]
    assert marks(low, "beyond_limits") == [*[0] * 36, -1, 0]
    assert (high[36]["cause"], high[36]["signal"]) == ("beyond_limits", up)
    assert (low[36]["cause"], low[36]["signal"]) == ("beyond_limits", down)
    assert high[35]["signal"] == "common_cause"


def test_a_point_on_a_limit_is_not_beyond_it() -> None:
    """Steps of 30, 32 times: 2.66 of them are 79.8, and one point is as far from the mean as that."""
    level: list[Value] = [0, 30] * 12
    for point, mark in ((15 + 79.8, 0), (15 + 79.9, 1), (15 - 79.8, 0), (15 - 79.9, -1)):
        rows = charted([*level, point], screen_outliers=True)
        beyond = point > rows[0]["upper"] or point < rows[0]["lower"]
        assert bool(rows[-1]["beyond_limits"]) is beyond
        assert rows[-1]["beyond_limits"] in (0, mark)


SWING: list[Value] = [10, 14, 9, 13, 8, 12, 10, 14, 9, 13]


def test_seven_on_one_side_are_a_shift_and_six_are_none() -> None:
    assert marks(charted([*SWING[:-1], *[12.0, 12.5] * 3, 12]), "shift") == [*[0] * 9, *[1] * 7]
    assert marks(charted([*SWING[:-1], *[12.0, 12.5] * 3, 12, 8]), "shift") == [*[0] * 9, *[1] * 7, 0]
    assert set(marks(charted([*SWING[:-1], *[12.0, 12.5] * 3, 8]), "shift")) == {0}


def test_a_shift_downward_is_marked_below() -> None:
    rows = charted([20, 24, 19, 23, 18, 22, 20, 24, *[12.0, 12.5] * 3, 12])
    assert marks(rows, "shift")[-7:] == [-1] * 7
    assert rows[-1]["signal"] == "special_cause_concern"


def test_a_trend_is_as_many_points_up_as_were_asked_for() -> None:
    rising: list[Value] = [10, 12, 9, 11, 10, 12, 9, 10, 11, 12, 13, 14, 15, 9, 12]
    assert marks(charted(rising), "trend")[6:13] == [1] * 7
    assert marks(charted(rising), "trend")[13:] == [0, 0]
    six = [*rising[:12], 9, 12]
    assert set(marks(charted(six), "trend")) == {0}
    assert marks(charted(six, trend_points=6), "trend")[6:12] == [1] * 6


def test_a_trend_downward_is_marked_below() -> None:
    falling: list[Value] = [10, 12, 9, 11, 10, 12, 15, 14, 13, 12, 11, 10, 9, 12]
    assert marks(charted(falling), "trend")[6:13] == [-1] * 7


def test_two_points_of_three_near_a_limit_are_marked_and_the_third_is_not() -> None:
    rows = charted([*[10, 12] * 20, 15.9, 11.5, 15.9, 10])
    assert marks(rows, "two_of_three")[-4:] == [1, 0, 1, 0]
    below = charted([*[10, 12] * 20, 6.1, 10.5, 6.1, 12])
    assert marks(below, "two_of_three")[-4:] == [-1, 0, -1, 0]


@pytest.mark.parametrize("last", [[15.9, 15.9, 11.5], [11.5, 15.9, 15.9], [15.9, 11.5, 15.9]])
def test_the_two_may_stand_anywhere_among_the_three(last: Sequence[Value]) -> None:
    rows = charted([*[12, 10] * 20, *last])
    assert marks(rows, "two_of_three")[-3:] == [int(each == 15.9) for each in last]


def test_points_on_two_sides_of_the_mean_are_not_two_of_three() -> None:
    for last in ([15.9, 10.5, 15.9], [15.9, 6.1, 11.5], [15.9, 11.5, 11.5]):
        assert set(marks(charted([*[12, 10] * 20, *last]), "two_of_three")) == {0}


def test_of_several_rules_the_first_by_priority_is_the_cause() -> None:
    rows = charted([10, 12, 9, 11, 10, 12, 9, 11, 13, 15, 17, 19, 40])
    assert (rows[-1]["beyond_limits"], rows[-1]["trend"], rows[-1]["cause"]) == (1, 1, "beyond_limits")
    assert rows[-2]["cause"] == "trend"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([10, 12] * 5, "too_few_points"),
        ([*[10, 12] * 5, 11], "too_few_points"),
        ([10] * 12, "no_variation"),
        (["suppressed"] * 12, "no_data"),
        ([10, "suppressed"] * 12, "too_few_points"),
        (STEADY, None),
    ],
)
def test_a_series_without_limits_says_why(values: Sequence[Value], reason: str | None) -> None:
    rows = charted(values)
    assert {row["reason"] for row in rows} == {reason}
    lines = {row[name] for row in rows for name in ("lower", "upper", "near_lower", "near_upper")}
    assert (lines == {None}) is (reason is not None)
    assert {row["signal"] for row in rows} == {"common_cause" if reason is None else None}
    assert ({row["mean"] for row in rows} == {None}) is (reason == "no_data")


def test_limits_may_be_made_of_as_few_values_as_are_asked_for() -> None:
    assert charted([10, 12, 11], least=3)[0]["reason"] is None
    assert charted([10, 12, 11], least=4)[0]["reason"] == "too_few_points"
    assert charted([10, 12], least=1)[0]["reason"] is None
    assert charted([10], least=1)[0]["reason"] == "too_few_points"
    assert charted([10, "low", 12], least=1)[0]["reason"] == "too_few_points"


def test_no_step_is_taken_across_a_value_that_is_missing() -> None:
    rows = charted([10, 12, 10, 12, 10, 12, "suppressed", 50, 52, 50, 52, 50, 52])
    assert (rows[6]["value"], rows[6]["cause"]) == (None, None)
    assert (rows[0]["mean"], rows[0]["upper"]) == (31.0, pytest.approx(36.32))


def test_no_rule_reaches_across_a_value_that_is_missing() -> None:
    rising: list[Value] = [10, 12, 9, 11, 10, 12, 9, 10, 11, "low", 13, 14, 15, 16, 9, 12]
    assert set(marks(charted(rising), "trend")) == {0}
    high: list[Value] = [10, 14, 9, 13, 8, 12, 9, 14, *[13.0, 13.5] * 2, "low", *[13.0, 13.5] * 2]
    assert set(marks(charted(high), "shift")) == {0}
    assert set(marks(charted([*[12, 10] * 20, 15.9, "low", 15.9]), "two_of_three")) == {0}


def test_steps_that_are_far_too_large_are_left_out_once_where_that_is_asked() -> None:
    values: list[Value] = [*STEADY, 60, 12, 10]
    kept, screened = charted(values, screen_outliers=False)[0], charted(values)[0]
    assert screened["upper"] - screened["mean"] == pytest.approx(2.66 * 2)
    assert kept["upper"] - kept["mean"] > 2.66 * 7


def test_a_step_3_267_times_their_mean_is_left_out_and_one_below_is_not() -> None:
    """Of 99 steps of 1 and one of x, x is 3.267 means where x = 326.7 (x + 99) / 100 000 · 1000."""
    level: list[Value] = [0, 1] * 50
    for step, left_out in ((3.3, False), (3.35, True)):
        rows = charted([*level, 1 + step], least=12)
        mean_step = (rows[0]["upper"] - rows[0]["mean"]) / 2.66
        assert (mean_step == pytest.approx(1)) is left_out


def test_at_a_break_limits_start_again() -> None:
    measure = Measure(id="m", title="M", unit="score", direction="increase", breaks=[date(2013, 1, 1)])
    rows = charted([*STEADY, *[50, 54] * 6], measure)
    assert [rows[at]["mean"] for at in (0, 11, 12, 23)] == [11, 11, 52, 52]
    assert {row["cause"] for row in rows} == {None}
    few = charted([*STEADY, 50, 54], measure)
    assert [row["reason"] for row in few] == [None] * 12 + ["too_few_points"] * 2


def test_periods_that_end_on_one_day_have_no_order() -> None:
    both = [*months(STEADY), Observation(measure="m", period="CY2012", area=HERE, value=11)]
    rows = frames.xmr([UPWARD], frame_of(both), as_of=ON).to_dicts()
    assert {row["reason"] for row in rows} == {"overlapping_periods"}


def test_values_with_many_decimals_are_compared_exactly() -> None:
    values: list[Value] = [10.123, 12.456, 9.25, 11.5, 10.0625, 12.75] * 2
    assert charted(values)[0]["mean"] == pytest.approx(sum(values) / 12, abs=1e-12)  # type: ignore[arg-type]


def test_each_part_and_place_has_a_chart_of_its_own() -> None:
    girls, boys = months(STEADY, breakdown={"sex": "girls"}), months([30, 34] * 6, breakdown={"sex": "boys"})
    rows = frames.xmr([UPWARD], frame_of([*girls, *boys]), as_of=ON, breakdown=["sex"]).to_dicts()
    assert {(row["sex"], row["mean"]) for row in rows} == {("girls", 11.0), ("boys", 32.0)}
    elsewhere = frame_of(months(STEADY)).with_columns(area=pl.lit("E10000016"), value=pl.col("value") + 1)
    rows = frames.xmr([UPWARD], pl.concat([frame_of(months(STEADY)), elsewhere]), as_of=ON).to_dicts()
    assert {(row["area"], row["mean"]) for row in rows} == {(HERE, 11.0), ("E10000016", 12.0)}


@pytest.mark.parametrize(
    "settings", [{"trend_points": 5}, {"trend_points": 8}, {"trend_points": 6.5}, {"least": 0}, {"least": True}]
)
def test_a_setting_of_a_chart_that_is_out_of_bounds_is_refused_by_name(settings: dict[str, Any]) -> None:
    (name,) = settings
    with pytest.raises(InvalidValueError, match=name):
        frames.xmr([UPWARD], frame_of(months(STEADY)), as_of=ON, **settings)


# Trends

SHARE = Measure(id="m", title="M", unit="percent", direction="increase")
SCORE = Measure(id="m", title="M", unit="score", direction="decrease")


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


# Comparisons


def compared(
    figure: dict[str, Any], theirs: dict[str, Any] | None, measure: Measure = SHARE, **settings: Any
) -> dict[str, Any]:
    """The row of one figure against England's, once it is seen to be what the method says of it."""
    ours = Observation(measure="m", period="CY2024", area=HERE, **figure)
    reference = None if theirs is None else Observation(measure="m", period="CY2024", area=ENGLAND, **theirs)
    figures = [each for each in (ours, reference) if each is not None]
    row: dict[str, Any]
    (row,) = frames.compare([measure], frame_of(figures), against=ENGLAND, as_of=ON, **settings).to_dicts()
    alone = methods.compare(ours, reference, measure, **settings)
    assert (row["outcome"], row["direction"]) == (str(alone.outcome), alone.direction)
    assert row["reason"] == (None if alone.reason is None else str(alone.reason))
    if alone.interval is not None:
        assert row["lower"] == pytest.approx(float(alone.interval.lower))
        assert row["upper"] == pytest.approx(float(alone.interval.upper))
    return row


def around(value: float, width: float = 4) -> dict[str, Any]:
    return {"value": value, "lower": value - width / 2, "upper": value + width / 2}


def test_the_columns_of_a_comparison_are_these() -> None:
    row = compared(around(50), {"value": 40})
    words = ["outcome", "direction", "reason"]
    assert list(row) == ["measure", "period", "area", "value", "reference", "lower", "upper", *words]
    assert (row["value"], row["reference"], row["lower"], row["upper"]) == (50.0, 40.0, 48.0, 52.0)


@pytest.mark.parametrize(
    ("measure", "above", "below"),
    [(SHARE, "better", "worse"), (SCORE, "worse", "better"), (NEITHER, "higher", "lower")],
)
def test_a_figure_whose_interval_leaves_the_reference_out_differs(measure: Measure, above: str, below: str) -> None:
    for value, outcome, side in ((42.1, above, 1), (42, "similar", 0), (38, "similar", 0), (37.9, below, -1)):
        row = compared(around(value), {"value": 40}, measure)
        assert (row["outcome"], row["direction"], row["reason"]) == (outcome, side, None), value


def test_counts_make_the_interval_of_a_share() -> None:
    row = compared(counts(250)[0], {"value": 45})
    assert (row["lower"], row["upper"], row["outcome"]) == (
        pytest.approx(45.63, abs=0.01),
        pytest.approx(54.37, abs=0.01),
        "better",
    )


@pytest.mark.parametrize(
    ("numerator", "outcome"),
    [(225, "similar"), (250, "better"), (300, "much_better"), (200, "worse"), (150, "much_worse")],
)
def test_beyond_the_second_level_it_is_much_better_or_worse(numerator: float, outcome: str) -> None:
    assert compared(counts(numerator)[0], {"value": 45}, levels=(95, "99.8"))["outcome"] == outcome


def test_a_published_interval_is_of_one_level_alone() -> None:
    both = compared(around(50), {"value": 40}, levels=(95, "99.8"))
    assert (both["outcome"], both["reason"]) == ("better", "other_level_published")
    other = compared(around(50), {"value": 40}, levels=("99.8",))
    assert (other["outcome"], other["reason"]) == ("not_compared", "other_level_published")


WITHOUT: dict[str, tuple[dict[str, Any], dict[str, Any] | None, Measure, str]] = {
    "no figure of the others": (around(50), None, SHARE, "no_reference"),
    "one that is suppressed": (around(50), {"absence": "suppressed"}, SHARE, "no_reference"),
    "a figure that is suppressed": ({"absence": "suppressed"}, {"value": 40}, SHARE, "suppressed"),
    "a figure that is low": ({"absence": "low"}, {"value": 40}, SHARE, "low"),
    "a figure that is not available": ({"absence": "not_available"}, {"value": 40}, SHARE, "not_available"),
    "a score without an interval": ({"value": 50}, {"value": 40}, SCORE, "no_interval_for_kind"),
    "a share without a numerator": ({"value": 50}, {"value": 40}, SHARE, "no_numerator"),
    "a share without a denominator": ({"value": 50, "numerator": 5}, {"value": 40}, SHARE, "no_denominator"),
    "counts that do not give the figure": (
        {"value": 50, "numerator": 5, "denominator": 100},
        {"value": 40},
        SHARE,
        "numbers_disagree",
    ),
    "a numerator above its denominator": (
        {"value": 50, "numerator": 101, "denominator": 100},
        {"value": 40},
        SHARE,
        "numerator_above_denominator",
    ),
    "a numerator below zero": (
        {"value": 50, "numerator": -1, "denominator": 100},
        {"value": 40},
        SHARE,
        "negative_count",
    ),
    "a count below zero": ({"value": -5}, {"value": 4}, Measure(id="m", title="M", unit="child"), "negative_count"),
}


@pytest.mark.parametrize("case", WITHOUT)
def test_what_is_not_compared_says_why(case: str) -> None:
    figure, theirs, measure, reason = WITHOUT[case]
    row = compared(figure, theirs, measure)
    assert (row["outcome"], row["direction"], row["reason"]) == ("not_compared", None, reason)


@pytest.mark.parametrize("value", [0, 3, 9, 9.5, 10, 40])
@pytest.mark.parametrize("unit", ["child", "per_1000"])
def test_counts_of_events_have_exact_limits_below_ten_and_byars_above(value: float, unit: str) -> None:
    measure = Measure(id="m", title="M", unit=unit, direction="decrease")
    figure = {"value": value} if unit == "child" else {"value": value, "numerator": value, "denominator": 1000}
    row = compared(figure, {"value": 1000}, measure)
    assert row["lower"] <= value <= row["upper"]
    assert row["outcome"] == "better"


def test_the_place_is_not_compared_with_itself() -> None:
    figures = [Observation(measure="m", period="CY2024", area=ENGLAND, **around(40))]
    assert frames.compare([SHARE], frame_of(figures), against=ENGLAND, as_of=ON).is_empty()


def test_each_part_is_compared_with_its_like() -> None:
    figures = [
        Observation(measure="m", period="CY2024", area=area, breakdown={"sex": sex}, **around(value))
        for area, sex, value in ((HERE, "girls", 50), (HERE, "boys", 50), (ENGLAND, "girls", 40), (ENGLAND, "boys", 60))
    ]
    rows = frames.compare([SHARE], frame_of(figures), against=ENGLAND, as_of=ON, breakdown=["sex"]).to_dicts()
    assert {row["sex"]: row["outcome"] for row in rows} == {"girls": "better", "boys": "worse"}


@pytest.mark.parametrize("breakdown", [["area"], ("area", "sex")])
def test_the_place_is_no_part_of_the_population(breakdown: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"breakdown.*the place is in by"):
        frames.compare([SHARE], frame_of(years(counts(200))), against=ENGLAND, as_of=ON, breakdown=breakdown)


def test_two_figures_of_one_period_are_refused_unless_the_caller_vouches_that_there_are_none() -> None:
    frame = frame_of(years(scores(10, 14)))
    twice = pl.concat([frame, frame])
    for call in (frames.trend, frames.xmr, lambda *args, **more: frames.compare(*args, against=ENGLAND, **more)):
        with pytest.raises(AmbiguousObservationError, match="two of one series and period"):
            call([SCORE], twice, as_of=ON)
        assert call([SCORE], frame, as_of=ON, distinct_ok=True).height > 0
