"""Trends of a table, in one small series each: what is said, as the method says it too."""

from datetime import date
from typing import Any
from unittest import mock

import pytest

from outcome_bees import Measure, Observation, Observations, Plan, frames, methods
from outcome_bees.errors import AmbiguousObservationError, InvalidTypeError, InvalidValueError
from outcome_bees.frames import backend, series_trends

from .engines_alone import ALONE, rows_of

pl = pytest.importorskip("polars")
nw = pytest.importorskip("narwhals.stable.v2")
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


@pytest.mark.parametrize(
    ("values", "widths"),
    [
        ([26, 6, 28, 1, 13], [1, 1, 4, 4, 2]),
        ([20, 4, 15, 22, 17], [4, 1, 4, 4, 4]),
        ([22, 12, 2, 16, 27], [4, 2, 1, 8, 8]),
        ([8, 4, 26, 29, 5], [2, 1, 8, 1, 2]),
        ([19, 1, 18, 21, 5], [8, 8, 4, 8, 4]),
    ],
)
def test_a_trend_is_stable_where_it_is_so_without_any_one_of_the_five(values: list[int], widths: list[int]) -> None:
    """Without the first, the second, the third, the fourth or the fifth figure these go the other way, and only so."""
    figures = [scores(value, width=width)[0] for value, width in zip(values, widths, strict=True)]
    row = trended(years(figures), SCORE)
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


PLACES = Measure(id="m", title="M", unit="per_1000", direction="increase")
CHILDREN = Measure(id="m", title="M", unit="child", direction="decrease")


def test_a_rate_and_a_count_are_tested_by_the_width_of_their_intervals() -> None:
    rates = [{"value": each, "numerator": each, "denominator": 1000} for each in (3, 9, 14, 22, 40)]
    assert trended(years(rates), PLACES)["test"] == "weights"
    row = trended(years([{"value": each} for each in (3, 9, 14, 22, 40)]), CHILDREN)
    assert (row["direction"], row["judged"], row["test"]) == ("increasing", "worsening", "weights")


def test_a_count_is_no_share_whatever_stands_beside_it() -> None:
    bare = Measure(id="m", title="M", kind="count", direction="increase")
    figures = [{"value": each, "numerator": each, "denominator": 100} for each in (3, 9, 14, 22, 40)]
    assert trended(years(figures), bare)["test"] == "weights"


def test_a_percentage_of_no_unit_is_a_share_and_one_of_another_unit_is_none() -> None:
    bare = Measure(id="m", title="M", kind="percentage", direction="increase")
    assert trended(years(counts(200, 240, 280, 320, 360)), bare)["test"] == "counts"
    points = Measure(id="m", title="M", kind="percentage", unit="score", direction="increase")
    figures = [{**each, **around} for each, around in zip(counts(200, 240, 280), scores(40, 48, 56), strict=True)]
    last = [{**each, **around} for each, around in zip(counts(320, 360), scores(64, 72), strict=True)]
    assert trended(years([*figures, *last]), points)["test"] == "weights"


def test_what_stays_at_zero_does_not_change() -> None:
    row = trended(years(scores(0, 0, 0, 0, 0)), SCORE)
    assert (row["direction"], row["slope"], row["significant"], row["stable"]) == ("no_change", 0.0, 0, 1)


def test_a_slope_as_large_as_rounding_makes_has_no_direction() -> None:
    slopes = pl.DataFrame({"slope": [-1.25, -1.0, -0.25, 0.0, 0.25, 1.0, 1.25]})
    way = series_trends._sign(nw.col("slope"), nw.lit(1.0))
    assert nw.from_native(slopes).select(way=way)["way"].to_list() == [-1, 0, 0, 0, 0, 0, 1]


REASONS: dict[str, tuple[list[Any], Measure, str]] = {
    "four years are too few": (counts(200, 240, 280, 320), SHARE, "too_few_points"),
    "a year that is missing": ([*counts(200, 240), None, *counts(280, 320, 360)], SHARE, "missing_period"),
    "a year that is suppressed": (
        [*counts(200, 240), {"absence": "suppressed"}, *counts(320, 360)],
        SHARE,
        "missing_period",
    ),
    "one year that is missing and one that is suppressed": (
        [*counts(200, 240), None, {"absence": "low"}, *counts(320, 360, 380)],
        SHARE,
        "missing_period",
    ),
    "a count below zero": ([{"value": -1}, *({"value": each} for each in (1, 2, 3, 4))], CHILDREN, "negative_count"),
    "the last share of none": (counts(200, 240, 280, 320, 0), SHARE, "all_or_none"),
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
    figures = years([*scores(14, 15, 16), {"value": 10}, *scores(18, width=0)])
    assert trended(figures, SCORE)["reason"] == "no_interval_for_kind"
    assert trended(years([*scores(14, 15, 16, 17), {"value": 18}]), SCORE)["reason"] == "no_interval_for_kind"


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


@pytest.mark.parametrize("day", [date(2020, 12, 31), date(2021, 1, 1), date(2024, 12, 31)])
def test_a_break_on_the_last_day_of_a_period_comes_before_its_figure(day: date) -> None:
    broken = Measure(id="m", title="M", unit="percent", direction="increase", breaks=[day])
    row = trended(years(counts(200, 240, 280, 320, 360)), broken)
    assert row["reason"] == (None if day.year == 2020 else "series_break")


def test_the_figures_of_a_plans_measures_are_taken_and_no_others() -> None:
    plan = Plan(id="p", title="P", measures=[SHARE])
    figures = years(counts(200, 240, 280, 320, 360))
    other = [Observation(measure="other", period="CY2024", area=HERE, value=1)]
    frame = frame_of([*figures, *other])
    assert frames.trend(plan, frame, as_of=ON).rows() == frames.trend(SHARE, frame, as_of=ON).rows()  # type: ignore[arg-type]
    assert frames.trend(plan, frame, as_of=ON)["measure"].to_list() == ["m"]


def test_the_knowledge_of_the_day_counts() -> None:
    figures = years(counts(200, 240, 280, 320, 360), recorded=date(2025, 6, 1))
    before, after = (frames.trend([SHARE], frame_of(figures), as_of=day) for day in ("2025-05-31", "2025-06-01"))
    assert (before.height, after["direction"].to_list()) == (0, ["increasing"])


@pytest.mark.parametrize("name", ["direction", "slope", "reason"])
def test_no_column_may_be_called_as_one_of_the_answer(name: str) -> None:
    frame = frame_of(years(counts(200))).with_columns(pl.lit("x").alias(name))
    allowed = "columns called otherwise than those of the answer: direction, judged"
    with pytest.raises(InvalidValueError, match=f"by: given '{name}'; allowed: {allowed}"):
        frames.trend([SHARE], frame, as_of=ON, by=("area", name))
    with pytest.raises(InvalidValueError, match=f"breakdown: given '{name}'; allowed: {allowed}"):
        frames.trend([SHARE], frame, as_of=ON, breakdown=[name])


def test_each_part_and_each_place_has_a_trend_of_its_own() -> None:
    girls = years(counts(200, 240, 280, 320, 360), breakdown={"sex": "girls"})
    boys = years(counts(360, 320, 280, 240, 200), breakdown={"sex": "boys"})
    rows = frames.trend([SHARE], frame_of([*girls, *boys]), as_of=ON, breakdown=["sex"]).to_dicts()
    assert {row["sex"]: row["direction"] for row in rows} == {"girls": "increasing", "boys": "decreasing"}
    assert list(rows[0])[:3] == ["measure", "sex", "area"]
    waves = frame_of([*years(counts(200, 240, 280, 320, 360)), *years(counts(360, 320, 280, 240, 200))])
    rows = frames.trend(
        [SHARE], waves.with_columns(wave=pl.Series([1] * 5 + [2] * 5)), as_of=ON, by=("area", "wave")
    ).to_dicts()
    assert {row["wave"]: row["direction"] for row in rows} == {1: "increasing", 2: "decreasing"}


@pytest.mark.parametrize("engine", ALONE)
def test_every_engine_finds_the_same_trend_by_itself(engine: str) -> None:
    pytest.importorskip("pyarrow")
    girls = years(counts(200, 240, 280, 320, 360), breakdown={"sex": "girls"})
    boys = years([*counts(360, 320), {"value": 50}, *counts(240, 200)], breakdown={"sex": "boys"})
    frame = frame_of([*girls, *boys, *years(scores(1, 2))])
    wanted = rows_of(frames.trend([SHARE], frame, as_of=ON, breakdown=["sex"]))
    with mock.patch.object(backend, "_engine_for", return_value=None):
        assert rows_of(frames.trend([SHARE], ALONE[engine](frame), as_of=ON, breakdown=["sex"])) == wanted
    assert len(wanted) == 3


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
