"""A series: one measure's figures in period order, made of what was known on a day."""

import pickle
from datetime import date
from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given, strategies as st

from outcome_bees import Measure, Observation, Observations, Series
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.methods import forecast, recent_trend, xmr

SHARE = Measure(id="m", title="M", unit="percent", direction="increase", breaks=[date(2023, 1, 1)])
ON = date(2026, 1, 1)


def figure(year: int, value: Any = 50, **facts: Any) -> Observation:
    call: dict[str, Any] = {"measure": "m", "period": f"CY{year}", "area": "E10000015", "value": value}
    return Observation(**(call | facts))


def test_a_series_is_in_period_order_whatever_the_order_of_insertion() -> None:
    series = Observations([figure(2024), figure(2022), figure(2023)]).series(SHARE, as_of=ON)
    assert [each.period.code for each in series] == ["CY2022", "CY2023", "CY2024"]
    assert series.area == "E10000015"
    assert series.as_of == ON
    assert len(series) == 3


@given(st.permutations(range(5)))
def test_the_same_figures_make_the_same_series(order: list[int]) -> None:
    years = [figure(2020 + each, each) for each in order]
    assert Series.of(years, SHARE) == Series.of(sorted(years, key=lambda each: each.period.code), SHARE)


def test_a_series_holds_what_was_known_on_the_day_and_no_forecast() -> None:
    figures = Observations(
        [
            figure(2023, 40, recorded=date(2024, 3, 1), revision="provisional"),
            figure(2023, 41, recorded=date(2024, 9, 1), revision="final"),
            figure(2024, 50),
            figure(2025, 60, recorded=date(2024, 1, 1), revision="forecast"),
        ]
    )
    early = figures.series(SHARE, area="E10000015", as_of=date(2024, 6, 1))
    late = figures.series(SHARE, area="E10000015", as_of=ON)
    assert [value for _, value in early.points] == [40]
    assert [value for _, value in late.points] == [41, 50]


def test_an_absent_or_withdrawn_figure_is_in_the_series_without_a_value() -> None:
    figures = [figure(2023, None, absence="suppressed"), figure(2024, 50, revision="withdrawn")]
    assert [value for _, value in Series.of(figures, SHARE).points] == [None, None]


def test_values_are_in_the_measures_unit() -> None:
    series = Series.of([figure(2024, "0.5", unit="fraction")], SHARE)
    assert [value for _, value in series.points] == [50]


def test_a_series_is_parted_at_the_breaks_of_its_measure() -> None:
    series = Series.of([figure(year) for year in range(2020, 2026)], SHARE)
    assert [[each.period.code for each in stretch] for stretch in series.stretches] == [
        ["CY2020", "CY2021", "CY2022"],
        ["CY2023", "CY2024", "CY2025"],
    ]
    assert Series(measure=SHARE).stretches == (Series(measure=SHARE),)


def test_the_part_of_the_population_and_the_place_are_chosen() -> None:
    girls = figure(2024, 60, breakdown={"sex": "girls"})
    figures = Observations([figure(2024), girls, figure(2024, 70, area="E92000001")])
    assert figures.series(SHARE, area="E10000015", breakdown={"sex": "girls"}, as_of=ON).observations == (girls,)
    with pytest.raises(InvalidValueError, match="one of E10000015, E92000001"):
        figures.series(SHARE, as_of=ON)


def test_where_there_are_no_figures_the_series_is_empty_and_every_method_says_so() -> None:
    empty = Observations().series(SHARE, as_of=ON)
    assert (len(empty), empty.area) == (0, None)
    assert recent_trend(empty).reason == "no_data"
    assert xmr(empty).reason == "no_data"
    assert forecast(empty, date(2030, 3, 31)).reason == "no_data"


@pytest.mark.parametrize(
    ("others", "says"),
    [
        ([figure(2023, area="E92000001")], "observations of m, E10000015, all"),
        ([figure(2023, measure="n")], "observations of m, E10000015, all"),
        ([figure(2023, breakdown={"sex": "girls"})], "observations of m, E10000015, all"),
        ([figure(2024, 51)], "one observation a period"),
    ],
)
def test_observations_of_several_series_are_none(others: list[Observation], says: str) -> None:
    with pytest.raises(InvalidValueError, match=says):
        Series.of([figure(2024), *others], SHARE)


def test_a_forecast_is_no_figure_of_a_series() -> None:
    with pytest.raises(InvalidValueError, match="a forecast is none"):
        Series(measure=SHARE, area="E10000015", observations=[figure(2024, revision="forecast")])


def test_a_series_needs_a_measure_and_observations() -> None:
    with pytest.raises(InvalidTypeError, match=r"plan\.measure"):
        Observations().series("m", as_of=ON)  # type: ignore[arg-type]
    with pytest.raises(InvalidTypeError, match="Observation"):
        Series(measure=SHARE, observations=[50])  # type: ignore[list-item]


def test_a_series_cannot_change_and_is_a_value() -> None:
    series = Series.of([figure(2024)], SHARE)
    with pytest.raises(FrozenInstanceError):
        series.area = "x"  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(series)) == series
    assert hash(series) == hash(Series.of([figure(2024)], SHARE))
    assert repr(series) == "<Series: m of E10000015: 1 figure, CY2024 to CY2024>"


def test_a_year_and_its_last_month_have_no_order_which_is_a_reason() -> None:
    unbroken = Measure(id="m", title="M", unit="percent", direction="increase")
    years = [figure(2010 + each) for each in range(15)]
    series = Series.of([*years, figure(2024, period="2024-12")], unbroken)
    assert xmr(series).reason == "overlapping_periods"
    assert forecast(series, date(2030, 3, 31)).reason == "overlapping_periods"
    assert recent_trend(series).reason == "overlapping_periods"


SOMERSET, FORMERLY = "E06000066", "E10000027"


def of_place(period: str, area: str, value: int | None = None) -> Observation:
    given: dict[str, Any] = {"absence": "suppressed"} if value is None else {"value": value}
    return Observation(measure="m", period=period, area=area, **given)


@pytest.mark.parametrize(("area", "other"), [(SOMERSET, FORMERLY), (FORMERLY, SOMERSET)])
def test_a_series_has_the_figures_of_every_code_of_its_ground(area: str, other: str) -> None:
    measure = Measure(id="m", title="M", unit="percent")
    figures = Observations([of_place("FY2021-22", FORMERLY, 40), of_place("FY2023-24", SOMERSET, 45)])
    series = figures.series(measure, area=area, as_of="2025-01-01")
    assert [(period.code, value) for period, value in series.points] == [("FY2021-22", 40), ("FY2023-24", 45)]
    assert (series.area, series.other_codes) == (area, (other,))
    assert repr(series) == f"<Series: m of {area} and {other}: 2 figures, FY2021-22 to FY2023-24>"


def test_a_figure_of_the_place_itself_comes_before_that_of_another_code() -> None:
    measure = Measure(id="m", title="M", unit="percent")
    figures = [
        of_place("FY2021-22", FORMERLY, 40),
        of_place("FY2021-22", SOMERSET),
        of_place("FY2023-24", SOMERSET, 45),
    ]
    series = Observations(figures).series(measure, area=SOMERSET, as_of="2025-01-01")
    assert [value for _, value in series.points] == [None, 45]
    assert series.other_codes == ()


def test_a_place_that_came_in_place_of_others_has_none_of_their_figures() -> None:
    measure = Measure(id="m", title="M", unit="percent")
    figures = Observations([of_place("FY2021-22", "E10000006", 40), of_place("FY2023-24", "E06000063", 45)])
    assert len(figures.series(measure, area="E06000063", as_of="2025-01-01")) == 1
    with pytest.raises(InvalidValueError, match=r"Series\.observations"):
        Series(measure=measure, area="E06000063", observations=[of_place("FY2021-22", "E10000006", 40)])


@pytest.mark.parametrize(
    ("series", "other", "given", "wanted"),
    [
        ({}, {"measure": "n"}, "n, E10000015, all", "m, E10000015, all"),
        ({}, {"breakdown": {"sex": "girls"}}, "m, E10000015, {'sex': 'girls'}", "m, E10000015, all"),
        ({"breakdown": {"sex": "girls"}}, {}, "m, E10000015, all", "m, E10000015, {'sex': 'girls'}"),
        ({"area": "E92000001"}, {}, "m, E10000015, all", "m, E92000001, all"),
        ({"area": None}, {}, "m, E10000015, all", "m, None, all"),
    ],
)
def test_what_is_of_another_series_is_named_with_what_is_wanted(
    series: dict[str, Any], other: dict[str, Any], given: str, wanted: str
) -> None:
    call: dict[str, Any] = {"measure": SHARE, "area": "E10000015", "observations": [figure(2024, **other)]}
    with pytest.raises(InvalidValueError) as caught:
        Series(**call | series)
    assert str(caught.value) == f"Series.observations: given {given!r}; allowed: observations of {wanted}"


def test_a_series_is_of_a_measure_and_not_of_the_id_of_one() -> None:
    wrong: Any = "m"
    with pytest.raises(InvalidTypeError, match=r"Series\.measure: given 'm'; allowed: a Measure"):
        Series(measure=wrong)


def test_no_figures_or_only_forecasts_make_a_series_of_no_place() -> None:
    assert Series.of([], SHARE) == Series.of([figure(2024, revision="forecast")], SHARE) == Series(measure=SHARE)
    assert repr(Series.of([], SHARE)) == "<Series: m: 0 figures>"


def test_a_series_without_a_break_among_its_periods_is_its_own_one_stretch() -> None:
    for years in ([], [2020, 2021], [2023, 2024]):
        series = Series.of([figure(year) for year in years], SHARE)
        (stretch,) = series.stretches
        assert stretch is series
