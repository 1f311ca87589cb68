"""The public contract of the methods, walked line by line: every name, signature, default, field and word.

A caller who has only that page in front of them must be right.
"""

import inspect
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import fields

from outcome_bees import Measure, Observation, Period, Series, methods
from outcome_bees.errors import InvalidValueError

MEASURE = Measure(id="m", title="M", unit="percent", direction="increase")
FIGURE = Observation(measure="m", period="FY2024-25", area="E10000015", value="46.7", numerator=28, denominator=60)
MONTHS = [(date(2024, month, 1), 50 + month % 3) for month in range(1, 13)]
POSITIONAL, KEYWORD = inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY
REQUIRED = inspect.Parameter.empty

SIGNATURES: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "wilson": (("numerator", "denominator"), {"level": 95}),
    "byar": (("count",), {"level": 95}),
    "student": (("values",), {"level": 95}),
    "interval_of": (("observation", "measure"), {"level": 95}),
    "compare": (("observation", "reference", "measure"), {"levels": (95,)}),
    "quantile_groups": (("values", "groups"), {"direction": REQUIRED}),
    "recent_trend": (("series", "measure"), {}),
    "xmr": (
        ("points",),
        {
            "direction": None,
            "target": None,
            "fix_after": None,
            "rebase": (),
            "screen_outliers": True,
            "trend_points": 7,
        },
    ),
    "required_rate": (
        (),
        {
            "base": REQUIRED,
            "base_year": REQUIRED,
            "current": REQUIRED,
            "current_year": REQUIRED,
            "direction": REQUIRED,
            "target": None,
            "target_year": None,
        },
    ),
    "forecast": (("series", "due"), {}),
}
"""For each function its arguments by place, and those by name with what they are where nothing is given."""


@pytest.mark.parametrize("name", SIGNATURES)
def test_a_function_takes_its_arguments_under_these_names(name: str) -> None:
    by_place, by_name = SIGNATURES[name]
    parameters = inspect.signature(getattr(methods, name)).parameters
    assert tuple(each for each in parameters if parameters[each].kind is POSITIONAL) == by_place
    for each, default in by_name.items():
        assert parameters[each].kind is KEYWORD
        assert parameters[each].default == default
    beyond = [each for each in parameters if each not in by_place and each not in by_name]
    assert all(parameters[each].default is not REQUIRED for each in beyond)


def test_the_rooms_names_are_there_and_nothing_private_is() -> None:
    named = {*SIGNATURES, "funnel", "Interval", "Unavailable", "Comparison", "Trend", "ControlChart", "SpecialCause"}
    assert named | {"RateProgress", "Forecast", "Certainty"} <= set(methods.__all__) == set(dir(methods))


FIELDS: dict[str, set[str]] = {
    "Interval": {"lower", "upper", "level", "method"},
    "Unavailable": {"reason"},
    "Comparison": {"outcome", "direction", "interval", "reason"},
    "Trend": {"direction", "judged", "chi_square", "slope", "reason"},
    "ControlChart": {"points", "variation", "assurance", "segments", "reason"},
    "ChartPoint": {
        *("at", "value", "mean", "lower", "upper", "near_lower", "near_upper", "causes", "cause", "signal"),
    },
    "RateProgress": {"value", "score", "status", "reason"},
    "Forecast": {"projected", "pace", "pace_needed"},
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_result_has_these_fields(name: str) -> None:
    assert FIELDS[name] <= {each.name for each in fields(getattr(methods, name))}


WORDS: dict[str, tuple[str, ...]] = {
    "IntervalMethod": ("wilson", "byar", "exact", "student", "published"),
    "SpecialCause": ("beyond_limits", "trend", "two_of_three", "shift"),
    "ProgressStatus": (
        *("target_achieved", "substantial_progress", "moderate_progress", "limited_progress", "deterioration"),
        "not_available",
    ),
    "Certainty": ("clear", "within_chance"),
    "Method": ("certainty", "trend", "spc", "forecast"),
    "FunnelStatistic": ("proportion", "rate", "ratio"),
}


@pytest.mark.parametrize("name", WORDS)
def test_a_closed_list_has_these_words(name: str) -> None:
    assert tuple(getattr(methods, name)) == WORDS[name]


def test_an_interval_is_of_decimals_and_says_its_level_and_method() -> None:
    for interval, method in (
        (methods.wilson(28, 60), "wilson"),
        (methods.byar(28), "byar"),
        (methods.byar(9), "exact"),
        (methods.byar("9.999"), "exact"),
        (methods.byar(10), "byar"),
        (methods.student([1, 2]), "student"),
        (methods.interval_of(FIGURE, MEASURE), "wilson"),
    ):
        assert isinstance(interval, methods.Interval)
        assert (type(interval.lower), type(interval.upper), interval.level) == (Decimal, Decimal, Decimal(95))
        assert interval.method == method
        assert interval.lower < interval.upper
        assert max(len(each.as_tuple().digits) for each in (interval.lower, interval.upper)) <= 15


def test_a_share_is_from_0_to_1_and_a_figures_interval_in_the_measures_unit() -> None:
    share, figure = methods.wilson(28, 60), methods.interval_of(FIGURE, MEASURE)
    assert isinstance(figure, methods.Interval)
    assert 0 <= share.lower <= share.upper <= 1
    assert figure.lower == pytest.approx(100 * share.lower, rel=Decimal("1e-14"))


@pytest.mark.parametrize("level", [90, "97.5", Decimal("99.8"), 99.9])
def test_levels_are_from_90_to_99_9(level: Any) -> None:
    assert methods.wilson(3, 12, level=level).level == Decimal(str(level))


PAIRS: dict[str, Callable[..., methods.ControlChart]] = {
    "pairs of a date and a number": lambda **how: methods.xmr(MONTHS, **how),
    "pairs of a period and a number": lambda **how: methods.xmr(
        [(Period.month(at.year, at.month), value) for at, value in MONTHS], **how
    ),
    "a series with its measure": lambda **how: methods.xmr(series(12), **how),
}


def series(count: int, **facts: Any) -> Series:
    """So many months of a measure from January 2024 on."""
    measure = Measure(id="m", title="M", unit="percent", direction="increase", **facts)
    figures = [
        Observation(
            measure="m",
            period=Period.month(2024 + index // 12, index % 12 + 1),
            area="E10000015",
            value=50 + (index + 1) % 3,
        )
        for index in range(count)
    ]
    return Series.of(figures, measure)


@pytest.mark.parametrize("form", PAIRS)
def test_a_chart_takes_these_forms_of_points(form: str) -> None:
    chart = PAIRS[form](target=60, direction="increase")
    assert (chart.variation, chart.assurance, chart.reason) == ("common_cause", "consistent_fail", None)
    assert [point.value for point in chart.points] == [value for _, value in MONTHS]
    assert chart.segments[0].lower == methods.xmr(MONTHS).segments[0].lower


def test_from_pairs_one_value_is_least_and_from_a_series_twelve() -> None:
    assert methods.xmr(MONTHS[:2]).reason is None
    assert methods.xmr(series(11)).reason == "too_few_points"
    assert methods.xmr(series(11), least=1).reason is None
    assert methods.xmr(series(12)).reason is None
    assert methods.xmr(MONTHS[:11], least=12).reason == "too_few_points"


def test_from_a_series_the_rebase_is_at_the_measures_breaks_and_the_direction_is_its_own() -> None:
    chart = methods.xmr(series(24, breaks=(date(2025, 1, 1),)), target=60)
    assert [str(each.first) for each in chart.segments] == ["2024-01", "2025-01"]
    assert chart.assurance == "consistent_fail"


def test_causes_are_all_rules_that_fired_and_cause_the_one_by_priority() -> None:
    rising = [
        (date(2024, month, 1), value) for month, value in enumerate([5, 6, 5, 6, 1, 2, 3, 4, 5, 6, 7, 19], start=1)
    ]
    last = methods.xmr(rising, fix_after=12, screen_outliers=False).points[-1]
    assert last.causes == ("beyond_limits", "trend")
    assert last.cause == "beyond_limits"


def test_a_comparison_has_outcome_direction_interval_and_reason() -> None:
    better = methods.compare(FIGURE, 20, MEASURE, levels=(95, "99.8"))
    assert (better.outcome, better.direction, better.reason) == ("much_better", 1, None)
    none = methods.compare(FIGURE, None, MEASURE)
    assert (none.outcome, none.direction, none.interval, none.reason) == ("not_compared", None, None, "no_reference")


def test_a_trend_of_a_series_needs_no_measure_beside_it() -> None:
    found = methods.recent_trend(series(12))
    assert (found.direction, found.reason) == (None, "not_yearly")


def test_a_required_rate_has_a_score_that_fits_its_status() -> None:
    found = methods.required_rate(
        base=50, base_year=2015, current=60, current_year=2020, direction="increase", target=75, target_year=2030
    )
    assert (found.status, found.reason) == ("substantial_progress", None)
    assert found.score is not None
    assert found.score >= Decimal("2.5")
    with pytest.raises(TypeError, match="direction"):
        methods.required_rate(base=50, base_year=2015, current=60, current_year=2020)  # type: ignore[call-arg]


def test_a_forecast_is_marked_as_a_projection() -> None:
    found = methods.forecast(series(12), date(2026, 3, 31))
    assert found.revision.value == "forecast"
    assert found.projected is not None
    assert found.pace_needed is None


def test_every_reason_has_words_and_every_error_says_what_is_allowed() -> None:
    for reason in methods.NoAnswer:
        assert reason.words
        assert "_" not in reason.words
    with pytest.raises(InvalidValueError, match=r"level: given 80; allowed: a level from 90 to 99\.9 per cent"):
        methods.wilson(3, 12, level=80)


SAME_DIGITS = {  # by the formulas, in fifty digits, with the quantile 1.959963984540054235524594430520551527956
    "wilson": ("0.346279060414385", "0.591065729728421"),
    "byar": ("18.6016866261034", "40.4693095550774"),
    "student": ("-4.85310236808735", "7.85310236808735"),
}


def test_irrational_results_have_fifteen_digits_that_are_the_same_on_every_machine() -> None:
    found = {
        "wilson": methods.wilson(28, 60),
        "byar": methods.byar(28),
        "student": methods.student([1, 2]),
    }
    assert {name: (str(each.lower), str(each.upper)) for name, each in found.items()} == SAME_DIGITS
