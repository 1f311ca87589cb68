"""Control charts: every point of the original's cases, its faults by name, and what a chart has to refuse."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from outcome_bees import Measure, Observation, Period, Series
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.methods import ControlChart, Signal, SpecialCause, xmr
from outcome_bees.methods._chart_rules import shift_marks, trend_marks, two_of_three_marks

Document = Callable[[str], Any]
DIRECTION = {"increase": "increase", "decrease": "decrease", "neutral": None}
RULES = {
    "rule_beyond_limits": "beyond_limits",
    "rule_trend_of_7": "trend",
    "rule_two_of_three": "two_of_three",
    "rule_seven_one_side": "shift",
}
FAULTS = {
    "C01_constant_100_target90_screen": "no_variation",  # limits NaN, and "inconsistent" where 100 is ever above 90
    "C02_constant_100_target90_noscreen": "no_variation",  # limits of no width: nothing to judge by either
    "C03_constant_100_target100_noscreen": "no_variation",
    "C04_constant_zero_decrease_target0": "no_variation",
    "C05_constant_then_one_change_screen": "no_variation",  # the one change screened out: all points "special cause"
    "C81_single_spike_in_zeros_screen": "no_variation",  # likewise
    "C34_short_n01": "too_few_points",  # one point has no moving range: limits NaN, "inconsistent"
    "C77_rebase_short_second_group_of_1": "too_few_points",  # likewise, of the last segment
}
"""Cases in which the original's answer is no answer, with the reason that ours has instead."""


def cases(document: Document) -> Iterator[tuple[str, str, dict[str, Any], list[tuple[date, Any]], dict[str, Any]]]:
    """Each case by facet: its id, the facet, options, points, and what is expected of that facet."""
    for case in document("spc_cases.json")["cases"]:
        given, options, expected = case["input"], case["options"], case["expected"]
        facets = given.get("facets") or given.get("facet") or ["no facet"] * len(given["dates"])
        for facet in sorted(set(facets)):
            points = [
                (date.fromisoformat(day), value)
                for day, value, of in zip(given["dates"], given["values"], facets, strict=True)
                if of == facet
            ]
            yield case["id"], facet, options, points, expected


def chart_of(options: dict[str, Any], points: list[tuple[date, Any]], facet: str) -> ControlChart:
    target = options["target"]
    return xmr(
        points,
        direction=DIRECTION[options["improvement_direction"]],
        target=target[facet] if isinstance(target, dict) else target,
        fix_after=options["fix_after_n_points"],
        rebase=[date.fromisoformat(day) for day in options["rebase"] or ()],
        screen_outliers=options["screen_outliers"],
    )


def test_every_point_of_the_originals_cases_is_ours(document: Document) -> None:
    compared = 0
    for case, facet, options, points, expected in cases(document):
        if "error" in expected or case in FAULTS or case.startswith(("C42", "C83")):
            continue
        chart = chart_of(options, points, facet)
        theirs = expected["points"]
        rows = [index for index, of in enumerate(theirs["facet"]) if of == facet]
        for row, point in zip(rows, chart.points, strict=True):
            where = (case, theirs["date"][row])
            assert str(point.at) == theirs["date"][row]
            for name, line in (("mean", point.mean), ("lpl", point.lower), ("upl", point.upper)):
                assert line is not None, where
                assert float(line) == pytest.approx(theirs[name][row], rel=1e-9, abs=1e-12), (*where, name)
            assert {each.value for each in point.causes} == {ours for rule, ours in RULES.items() if theirs[rule][row]}
            assert point.signal == theirs["point_type"][row], where
        summary = [each for each in expected["summary"] if each.get("f", facet) == facet][-1]
        assert chart.variation == summary["variation_type"], case
        assert chart.assurance == summary.get("assurance_type"), case
        compared += len(rows)
    assert compared > 1200


def test_where_the_original_has_no_limits_to_judge_by_ours_says_so(document: Document) -> None:
    seen = set()
    for case, facet, options, points, _ in cases(document):
        if case in FAULTS:
            chart = chart_of(options, points, facet)
            assert (chart.variation, chart.assurance, chart.reason) == (None, None, FAULTS[case]), case
            assert chart.segments[-1].lower is None
            assert chart.points[-1].causes == ()
            seen.add(case)
    assert seen == set(FAULTS)


def test_where_the_original_crashes_on_a_missing_value_ours_answers(document: Document) -> None:
    crashed = {}
    for case, facet, options, points, expected in cases(document):
        if "error" in expected:
            chart = chart_of(options, points, facet)
            crashed[case[:3]] = (chart.variation, chart.reason)
    assert crashed == {
        "C38": (None, "no_data"),  # nothing but missing values
        "C66": ("common_cause", None),
        "C67": ("common_cause", None),
    }


def test_a_rebase_date_at_no_point_is_an_error_where_the_original_is_silent(document: Document) -> None:
    case = next(each for each in cases(document) if each[0].startswith("C42"))
    with pytest.raises(InvalidValueError, match=r"rebase: given '2020-12-15'.*one of the points"):
        chart_of(case[2], case[3], case[1])


def test_two_rises_joined_by_a_tie_are_both_rises_where_the_original_calls_one_end_falling(document: Document) -> None:
    case = next(each for each in cases(document) if each[0].startswith("C83"))
    chart, theirs = chart_of(case[2], case[3], case[1]), case[4]["points"]
    different = [
        (index, theirs["special_cause_type"][index], point.signal)
        for index, point in enumerate(chart.points)
        if point.signal != theirs["point_type"][index]
    ]
    assert different == [(18, "7 Point Trend (Decreasing)", Signal.IMPROVEMENT)]


NO_PART_OF_OURS = {
    "ptd_part_of_seven_trend": "marks windows that ours has marked already",
    "ptd_special_cause_type (helpers mocked: priority order)": "the priority is the order of SpecialCause",
    "ptd_add_rebase_column": "a column of a data frame; ours takes the dates themselves",
    "ptd_spc_standard rebase_group": "likewise",
    "ptd_add_target_column": "likewise: ours takes one target",
    "ptd_add_short_group_warnings": "ours gives no limits below `least`, and says why",
}
"""Steps of the original that ours does not take, with what it does instead."""


def test_the_originals_rules_are_ours_on_bare_signs(document: Document) -> None:
    answered, left = 0, 0
    for case in document("spc_rules.json"):
        function, given = case["function"], case["input"]
        if function == "ptd_seven_point_one_side_mean":
            # The original marks where a run of seven ends, before it marks the whole run.
            marks = shift_marks(given["v"])
            ends = [
                mark if len(set(given["v"][max(at - 6, 0) : at + 1])) == 1 and at >= 6 else 0
                for at, mark in enumerate(marks)
            ]
            assert [abs(each) for each in ends] == [abs(each) for each in case["expected"]], case["id"]
        elif function == "ptd_seven_point_trend":
            marks = trend_marks(given["y"], 7)
            assert bool(any(marks)) == bool(any(case["expected"])), case["id"]
        elif function.startswith("ptd_part_of_two_in_three"):
            close, sides = given["close"], given["relative_to_mean"]
            near = [flag * side for flag, side in zip(close, sides, strict=True)]
            assert [abs(each) for each in two_of_three_marks(near, sides)] == case["expected"], case["id"]
        elif function == "ptd_two_in_three":
            # The original first flags whole windows, and then marks those of their points that are near a limit.
            close, sides = given["close"], given["relative_to_mean"]
            if len(close) == len(sides):  # one case has three points and one side: in R that is three
                near = [flag * side for flag, side in zip(close, sides, strict=True)]
                flagged = [flag and near for flag, near in zip(case["expected"], close, strict=True)]
                assert [abs(each) for each in two_of_three_marks(near, sides)] == flagged, case["id"]
        elif function == "ptd_calculate_assurance_type":
            check_assurance(given, case["expected"])
        else:
            assert function in NO_PART_OF_OURS, function
            left += 1
            continue
        answered += 1
    assert (answered, left) == (37, 18)


def check_assurance(given: dict[str, Any], expected: Any) -> None:
    """Ask for the assurance of series that have the limits given: of the last of several stretches, as theirs."""
    direction = DIRECTION[given["improvement_direction"]]
    if "one_facet_rows_in_order" in given:
        last = given["one_facet_rows_in_order"][-1]
        limits, answers = [(last["lpl"], last["upl"])], [expected]
    else:
        limits = list(zip(given.get("lpl", [1]), given.get("upl", [3]), strict=True))
        answers = expected
    for (low, high), answer in zip(limits, answers, strict=True):
        # Two values that lie so far apart that their limits are these.
        mean, half = Decimal(low + high) / 2, Decimal(high - low) / 2 / Decimal("2.66") / 2
        chart = xmr(
            [(date(2024, 1, 1), mean - half), (date(2024, 2, 1), mean + half)],
            direction=direction,
            target=given["target"],
            screen_outliers=False,
        )
        assert [float(chart.points[0].lower or 0), float(chart.points[0].upper or 0)] == pytest.approx([low, high])
        assert chart.assurance == answer


def steady(count: int = 12) -> list[tuple[date, Any]]:
    """Months that go up and down by one about 50."""
    return [(date(2020 + index // 12, index % 12 + 1, 1), 50 + (-1) ** index) for index in range(count)]


def after(points: list[tuple[date, Any]], *values: object) -> list[tuple[date, Any]]:
    last = points[-1][0]
    return [*points, *((last + timedelta(days=31 * index), value) for index, value in enumerate(values, start=1))]


def test_limits_are_two_point_six_six_mean_moving_ranges_from_the_mean() -> None:
    chart = xmr(steady())
    segment = chart.segments[0]
    assert (segment.mean, segment.moving_range, segment.used, segment.screened) == (50, 2, 12, 0)
    assert (segment.lower, segment.upper) == (Decimal("44.68"), Decimal("55.32"))
    assert (segment.near_lower, segment.near_upper) == (Decimal("46.4533333333333"), Decimal("53.5466666666667"))


def test_a_point_on_a_limit_is_not_beyond_it_and_one_on_the_mean_is_on_no_side() -> None:
    base = steady()
    on, beyond = (xmr(after(base, value), fix_after=12).points[-1] for value in ("55.32", "55.33"))
    assert (on.causes, beyond.causes) == ((), (SpecialCause.BEYOND_LIMITS,))
    shifted = xmr(after(base, *[51.5] * 7), fix_after=12, direction="increase")
    assert [each.cause for each in shifted.points[-7:]] == [SpecialCause.SHIFT] * 7
    broken = xmr(after(base, 51.5, 51.5, 51.5, 50, 51.5, 51.5, 51.5), fix_after=12)
    assert not any(each.causes for each in broken.points)


def test_every_rule_that_fired_is_there_beside_the_one_by_priority() -> None:
    rising = xmr(after(steady(), 52, 52.5, 53, 53.6, 54, 54.5, 56), fix_after=12, direction="decrease")
    last = rising.points[-1]
    assert last.causes == (SpecialCause.BEYOND_LIMITS, SpecialCause.TREND, SpecialCause.SHIFT)
    assert last.cause is SpecialCause.BEYOND_LIMITS
    assert (last.signal, rising.variation) == (Signal.CONCERN, Signal.CONCERN)
    assert SpecialCause.TWO_OF_THREE in rising.points[-2].causes


def test_six_points_are_a_trend_when_asked() -> None:
    points = after(steady(), 49.1, 49.3, 49.6, 49.9, 50.2)  # from the last of the steady ones, 49, six rise
    assert not any(each.causes for each in xmr(points, fix_after=12).points)
    marked = xmr(points, fix_after=12, trend_points=6).points
    assert [index for index, each in enumerate(marked) if SpecialCause.TREND in each.causes] == list(range(11, 17))


def test_without_a_direction_the_signal_is_high_or_low_and_nothing_is_assured() -> None:
    high = xmr(after(steady(), 60), fix_after=12, target=55)
    assert (high.variation, high.assurance) == (Signal.HIGH, None)
    assert xmr(after(steady(), 40), fix_after=12, direction="maintain").variation is Signal.LOW


@pytest.mark.parametrize(
    ("target", "up", "down"),
    [
        ("55.33", "consistent_fail", "consistent_pass"),
        ("55.32", "inconsistent", "inconsistent"),
        (50, "inconsistent", "inconsistent"),
        ("44.68", "inconsistent", "inconsistent"),
        ("44.67999", "consistent_pass", "consistent_fail"),
    ],
)
def test_a_target_is_assured_only_beyond_the_limits(target: object, up: str, down: str) -> None:
    for direction, expected in (("increase", up), ("decrease", down)):
        assert xmr(steady(), direction=direction, target=target).assurance == expected  # type: ignore[arg-type]


def test_a_missing_last_value_is_no_signal_and_says_so() -> None:
    chart = xmr(after(steady(), 60, None), fix_after=12, direction="increase")
    assert (chart.variation, chart.reason) == (Signal.COMMON_CAUSE, "no_data")
    assert chart.points[-1].value is None
    assert chart.segments[-1].reason is None


def test_limits_and_rules_start_again_at_a_rebase() -> None:
    points = after(steady(), *[value + 20 for _, value in steady()])
    at = points[12][0]
    chart = xmr(points, rebase=[at], direction="increase")
    assert [each.mean for each in chart.segments] == [50, 70]
    assert (chart.segments[1].first, chart.segments[1].size) == (at, 12)
    assert not any(each.causes for each in chart.points)
    assert len(xmr(points, rebase=[points[0][0]]).segments) == 1


def test_a_rebase_may_be_any_day_of_a_points_period() -> None:
    points = [(Period.month(2020 + index // 12, index % 12 + 1), 50 + (-1) ** index) for index in range(24)]
    for day in (date(2021, 3, 1), date(2021, 3, 17), Period.month(2021, 3)):
        assert [each.size for each in xmr(points, rebase=[day]).segments] == [14, 10]


def series(values: list[Any], **facts: Any) -> Series:
    measure = Measure(id="m", title="M", unit="percent", **facts)
    figures = [
        Observation(
            measure="m",
            period=Period.month(2020 + index // 12, index % 12 + 1),
            area="a",
            value=value,
            absence=None if value is not None else "suppressed",
        )
        for index, value in enumerate(values)
    ]
    return Series.of(figures, measure)


def test_a_series_brings_its_direction_its_breaks_and_at_least_twelve_figures() -> None:
    values = [value for _, value in steady()]
    whole = xmr(series([*values, 60], direction="increase"), fix_after=12)
    assert whole.variation is Signal.IMPROVEMENT
    assert whole.points[0].at == Period.month(2020, 1)
    few = xmr(series(values[:11], direction="increase"), target=90)
    assert (few.reason, few.variation, few.assurance, few.segments[0].lower) == ("too_few_points", None, None, None)
    assert few.segments[0].mean == Decimal("50.0909090909091")
    asked = xmr(series(values[:11], direction="increase"), target=90, least=5)
    assert (asked.reason, asked.assurance) == (None, "consistent_fail")
    broken = xmr(series([*values, *values], breaks=[date(2021, 1, 15), date(2030, 1, 1)]))
    assert [each.size for each in broken.segments] == [12, 12]
    turned = xmr(series([*values, 60], direction="increase"), fix_after=12, direction="decrease")
    assert turned.variation is Signal.CONCERN


def test_a_suppressed_figure_is_missing_and_loose_observations_make_a_chart_too() -> None:
    values = [value for _, value in steady()]
    chart = xmr(series([*values[:6], None, *values[6:]]).observations)
    assert chart.points[6].value is None
    assert chart.segments[0].used == 12


def test_no_points_are_no_chart() -> None:
    assert xmr([]) == ControlChart((), None, None, (), "no_data")  # type: ignore[arg-type]
    nothing = xmr([(date(2020, 1, 1), None), (date(2020, 2, 1), None)])
    assert (nothing.reason, nothing.segments[0].mean) == ("no_data", None)


@pytest.mark.parametrize(
    "settings",
    [
        {"fix_after": 11},
        {"fix_after": 12.0},
        {"trend_points": 5},
        {"trend_points": 8},
        {"least": 0},
        {"least": True},
        {"screen_outliers": 1},
        {"rebase": date(2020, 1, 1)},
        {"rebase": "2020-01-01"},
        {"rebase": ["2020-01-01"]},
        {"rebase": [date(2019, 1, 1)]},
        {"target": float("nan")},
        {"target": "95%"},
        {"direction": "neutral"},
    ],
)
def test_settings_out_of_bounds_are_an_error(settings: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError, match=next(iter(settings))):
        xmr(steady(), **settings)


def test_points_that_are_none_are_an_error() -> None:
    for value in (float("nan"), float("inf"), "n/a", True):
        with pytest.raises(InvalidValueError, match="points"):
            xmr([(date(2020, 1, 1), value)])
    twice: list[tuple[date | Period, int]] = [(date(2020, 1, 31), 1), (Period.month(2020, 1), 2)]
    with pytest.raises(InvalidValueError, match="one value for a moment"):
        xmr(twice)
    for moment in ("2020-01-01", datetime(2020, 1, 1), 2020, None):
        with pytest.raises(InvalidTypeError, match="points"):
            xmr([(moment, 1)])  # type: ignore[arg-type]
    for given in ("ab", 5, [1, 2], [(date(2020, 1, 1),)]):
        with pytest.raises(InvalidTypeError, match="points"):
            xmr(given)  # type: ignore[arg-type]


def test_enormous_and_tiny_values_are_exact() -> None:
    huge = [(day, Decimal("1e24") + Decimal(str(value)).scaleb(-2)) for day, value in steady()]
    assert xmr(huge).segments[0].moving_range == Decimal("0.02")
    tiny: list[tuple[date, Decimal]] = [(day, Decimal(value).scaleb(-28)) for day, value in steady()]
    assert xmr(tiny).segments[0].upper == Decimal("55.32e-28")
