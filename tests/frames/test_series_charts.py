"""Charts of a table, in one small series each: what is said, as the method says it too."""

from collections.abc import Sequence
from datetime import date
from itertools import product
from typing import Any
from unittest import mock

import pytest

from outcome_bees import Measure, Observation, Observations, Period, frames, methods
from outcome_bees.errors import AmbiguousObservationError, InvalidValueError
from outcome_bees.frames import backend
from outcome_bees.frames.series_charts import _decimals

from .engines_alone import ALONE, rows_of

pl = pytest.importorskip("polars")
ON = date(2026, 1, 1)
HERE = "E10000015"
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
            near = None if expected is None else pytest.approx(float(expected), rel=1e-9, abs=1e-9)
            assert row[name] == near, name
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


@pytest.mark.parametrize(
    ("level", "point", "mark"),
    [
        ([0, 100], 335, 0),
        ([0, 100], 335.1, 1),
        ([0, 100], 334.9, 0),
        ([100, 0], -235, 0),
        ([100, 0], -235.1, -1),
        ([100, 0], -234.9, 0),
    ],
)
def test_a_point_on_a_limit_is_not_beyond_it(level: list[Value], point: float, mark: int) -> None:
    """Steps of 100: 2.66 of them are 266, and 335 is as far above the mean, 69, of all fifteen."""
    rows = charted([*level * 7, "low", point])
    assert rows[-1]["beyond_limits"] == mark


@pytest.mark.parametrize(("first", "mark"), [(395.7, 0), (396, 0), (396.3, 1)])
def test_a_point_on_two_thirds_of_the_way_to_a_limit_is_not_near_it(first: float, mark: int) -> None:
    """The mean of fifteen is 147 11/15, their mean step 140, and 16/9 of 2.66 are as far as 396 lies above the mean."""
    up: list[float] = [*[0, 150] * 6, first, 460, 460]
    down = [-each for each in up]
    assert marks(charted(up, screen_outliers=False), "two_of_three") == [*[0] * 12, mark, 1, 1]
    assert marks(charted(down, screen_outliers=False), "two_of_three") == [*[0] * 12, -mark, -1, -1]


SWING: list[Value] = [10, 14, 9, 13, 8, 12, 10, 14, 9, 13]


def test_seven_on_one_side_are_a_shift_and_six_are_none() -> None:
    assert marks(charted([*SWING[:-1], *[12.0, 12.5] * 3, 12]), "shift") == [*[0] * 9, *[1] * 7]
    assert marks(charted([*SWING[:-1], *[12.0, 12.5] * 3, 12, 8]), "shift") == [*[0] * 9, *[1] * 7, 0]
    assert set(marks(charted([*SWING[:-1], *[12.0, 12.5] * 3, 8]), "shift")) == {0}


def test_a_point_on_the_mean_ends_a_shift() -> None:
    above: list[Value] = [*[10, 14] * 4, 13, 13, 13, 12, 13, 13, 13, *[11] * 6]
    below: list[Value] = [*[14, 10] * 4, 11, 11, 11, 12, 11, 11, 11, *[13] * 6]
    for values in (above, below):
        rows = charted(values)
        assert (rows[0]["mean"], set(marks(rows, "shift"))) == (12.0, {0})


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


@pytest.mark.parametrize(
    ("values", "steps"), [([0, 433, 0, 433, -1, 3266], 433.25), ([0, 433, 0, 434, 0, 3267], 1000.2)]
)
def test_a_step_3_267_times_their_mean_is_left_out_and_one_below_is_not(values: list[Value], steps: float) -> None:
    """Of four steps that are 1733 together and one of 3267, that is 3.267 times their mean; of 1734 it is less."""
    first = charted(values, least=3)[0]
    assert (first["upper"] - first["mean"]) / 2.66 == pytest.approx(steps)


def test_at_a_break_limits_start_again() -> None:
    measure = Measure(id="m", title="M", unit="score", direction="increase", breaks=[date(2013, 1, 1)])
    rows = charted([*STEADY, *[50, 54] * 6], measure)
    assert [rows[at]["mean"] for at in (0, 11, 12, 23)] == [11, 11, 52, 52]
    assert {row["cause"] for row in rows} == {None}
    few = charted([*STEADY, 50, 54], measure)
    assert [row["reason"] for row in few] == [None] * 12 + ["too_few_points"] * 2


@pytest.mark.parametrize(("day", "points"), [(date(2013, 1, 1), 12), (date(2013, 1, 31), 12), (date(2013, 2, 1), 13)])
def test_a_break_on_the_last_day_of_a_period_comes_before_its_figure(day: date, points: int) -> None:
    measure = Measure(id="m", title="M", unit="score", direction="increase", breaks=[day])
    rows = charted([*STEADY, 50, 54], measure)
    assert [row["reason"] for row in rows] == [*[None] * points, *["too_few_points"] * (14 - points)]


def test_periods_that_end_on_one_day_have_no_order() -> None:
    both = [*months(STEADY), Observation(measure="m", period="CY2012", area=HERE, value=11)]
    rows = frames.xmr([UPWARD], frame_of(both), as_of=ON).to_dicts()
    assert {row["reason"] for row in rows} == {"overlapping_periods"}


def test_values_with_many_decimals_are_compared_exactly() -> None:
    values: list[Value] = [10.123, 12.456, 9.25, 11.5, 10.0625, 12.75] * 2
    assert charted(values)[0]["mean"] == pytest.approx(sum(values) / 12, abs=1e-12)  # type: ignore[arg-type]


def test_numbers_are_compared_to_nine_decimals() -> None:
    """They are rounded to those: 1.0000000016 is 1.000000002, and 1.0000000013 is 1.000000001."""
    values: list[Value] = [1.0000000016, 1.0000000013] * 6
    rows = frames.xmr([UPWARD], frame_of(months(values)), as_of=ON).to_dicts()
    assert rows[0]["mean"] == pytest.approx(1.0000000015, rel=0, abs=1e-14)
    assert rows[0]["upper"] - rows[0]["mean"] == pytest.approx(2.66e-9, rel=1e-6)


def test_long_series_of_numbers_with_many_decimals_have_room_in_whole_numbers() -> None:
    values: list[Value] = [5000 + (1000.123456789 if at % 2 else -1000.987654321) + at / 7e3 for at in range(120)]
    assert {row["cause"] for row in charted([*values, 14020.123456789])[:-1]} == {None}


def test_the_longest_series_of_a_measure_says_how_much_room_there_is() -> None:
    long: list[Value] = [*([4000.123456789, 6000.987654321] * 60), 14020.5]
    figures = [*months(long, breakdown={"sex": "girls"}), *months([5000.5, 5001], breakdown={"sex": "boys"})]
    rows = frames.xmr([UPWARD], frame_of(figures), as_of=ON, breakdown=["sex"]).filter(sex="girls")
    assert set(rows.filter(rows["value"] < 7000)["cause"]) == {None}


def test_as_many_decimals_are_kept_as_there_is_room_for() -> None:
    assert [_decimals(finest, 5000, 120) for finest in (0, 2, 9)] == [0, 2, 7]
    assert [_decimals(9, size, 6000) for size in (0, 0.5, 1, 2)] == [8, 8, 8, 7]
    assert [_decimals(9, 5.7e15 / 25 / room, 1) for room in (0.8, 1.2, 8, 12)] == [-1, 0, 0, 1]
    assert [_decimals(9, 5.7e15 / 36 / room, 6) for room in (0.8, 1.2)] == [-1, 0]
    for size, points in product((1, 3e4, 5e9, 1e12), (2, 4, 5, 12, 240, 3000)):
        number = 10 ** _decimals(9, size, points) * size
        assert max(1596 * number * points**2, 6534 * number * points) < 2**63


@pytest.mark.parametrize("engine", ALONE)
def test_every_engine_makes_the_same_chart_by_itself(engine: str) -> None:
    pytest.importorskip("pyarrow")
    rising: list[Value] = [10, 12.5, "low", 11, 10, 12, 9, 10, 11, 12, 13, 14, 15, 9, 40.25]
    figures = [*months(rising, breakdown={"sex": "girls"}), *months(["low", 5], breakdown={"sex": "boys"})]
    frame = frame_of(figures)
    wanted = rows_of(frames.xmr([UPWARD], frame, as_of=ON, breakdown=["sex"]))
    with mock.patch.object(backend, "_engine_for", return_value=None):
        made = rows_of(frames.xmr([UPWARD], ALONE[engine](frame), as_of=ON, breakdown=["sex"]))
    assert made == wanted
    assert len(made) == 17


def test_each_part_and_place_has_a_chart_of_its_own() -> None:
    girls, boys = months(STEADY, breakdown={"sex": "girls"}), months([30, 34] * 6, breakdown={"sex": "boys"})
    rows = frames.xmr([UPWARD], frame_of([*girls, *boys]), as_of=ON, breakdown=["sex"]).to_dicts()
    assert {(row["sex"], row["mean"]) for row in rows} == {("girls", 11.0), ("boys", 32.0)}
    elsewhere = frame_of(months(STEADY)).with_columns(area=pl.lit("E10000016"), value=pl.col("value") + 1)
    rows = frames.xmr([UPWARD], pl.concat([frame_of(months(STEADY)), elsewhere]), as_of=ON).to_dicts()
    assert {(row["area"], row["mean"]) for row in rows} == {(HERE, 11.0), ("E10000016", 12.0)}


def test_two_figures_of_one_period_are_refused_unless_the_caller_vouches_that_there_are_none() -> None:
    frame = frame_of(months(STEADY))
    with pytest.raises(AmbiguousObservationError, match="two of one series and period"):
        frames.xmr([UPWARD], pl.concat([frame, frame]), as_of=ON)
    assert frames.xmr([UPWARD], frame, as_of=ON, distinct_ok=True).height == 12


@pytest.mark.parametrize(
    "settings", [{"trend_points": 5}, {"trend_points": 8}, {"trend_points": 6.5}, {"least": 0}, {"least": True}]
)
def test_a_setting_of_a_chart_that_is_out_of_bounds_is_refused_by_name(settings: dict[str, Any]) -> None:
    (name,) = settings
    with pytest.raises(InvalidValueError, match=name):
        frames.xmr([UPWARD], frame_of(months(STEADY)), as_of=ON, **settings)
