"""Comparisons with a value, with goals and among peers: the words, and the original's answers."""

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal

import pytest

from outcome_bees import Direction, Margin, Measure, Observation, Reach, Target
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.evaluation.rules import compile_rule
from outcome_bees.methods import (
    Certainty,
    Interval,
    IntervalMethod,
    NoAnswer,
    Outcome,
    byar,
    certainty_of,
    compare,
    funnel,
    outcome_of,
    quantile_groups,
    wilson,
)

Table = Callable[[str], list[dict[str, str]]]
DIRECTION = {"high_is_good": "increase", "low_is_good": "decrease", "": None}
WORDS = {"best": "much_better", "worst": "much_worse", "none": "not_compared"}


def published(lower: str, upper: str, level: str = "95") -> Interval:
    return Interval(Decimal(lower), Decimal(upper), Decimal(level), IntervalMethod.PUBLISHED)


def measure(direction: Direction | str | None = "increase", unit: str = "percent") -> Measure:
    return Measure(id="m", title="M", unit=unit, direction=direction)


def figure(**facts: object) -> Observation:
    return Observation(**({"measure": "m", "period": "CY2024", "area": "a"} | facts))  # type: ignore[arg-type]


EHCP = figure(value="56.3", numerator=957, denominator=1699)


def test_the_originals_comparisons_with_a_value_are_ours(table: Table) -> None:
    """One level and two, against a value and against another interval."""
    answered = 0
    for row in table("fingertips_benchmark_comparers.csv"):
        direction, expected = DIRECTION[row["polarity"]], WORDS.get(row["expected"], row["expected"])
        if row["method"] == "ci_overlaps_benchmark_value":
            limits = {"lower": row["lower95"] or None, "upper": row["upper95"] or None}
            there = {"value": row["value"]} if row["value"] else {"absence": "not_available"}
            found = compare(figure(**there, **limits), row["benchmark_value"] or None, measure(direction))
            assert found.outcome == expected, row
            assert (found.reason is None) == (expected != "not_compared")
        elif row["method"] == "ci_overlaps_benchmark_value_two_levels":
            narrow, wide = (
                published(row["lower95"], row["upper95"]),
                published(row["lower998"], row["upper998"], "99.8"),
            )
            assert outcome_of(narrow, row["benchmark_value"], direction=direction, wider=wide) == expected, row
        elif row["method"] == "ci_overlaps_benchmark_ci" and row["lower95"] and row["benchmark_lower95"]:
            one = published(row["lower95"], row["upper95"])
            other = published(row["benchmark_lower95"], row["benchmark_upper95"])
            assert outcome_of(one, other, direction=direction) == expected, row
        else:
            continue
        answered += 1
    assert answered == 31


def test_the_originals_retired_comparisons_are_limits_about_the_benchmark(table: Table) -> None:
    """Fingertips gave these two up: they put the interval about the benchmark and not about the figure.

    Near the boundary the two disagree, so ``compare`` has one of them only. From our intervals the old answers follow.
    """
    z_levels = {"1.96": 95, "3.0902": 99.8, "0.025": 95, "0.001": 99.8}
    for row in table("fingertips_benchmark_comparers.csv"):
        if not row["method"].startswith("spc_") or Decimal(row["denominator"]) <= 0:
            continue
        n, per, value = (Decimal(row[name]) for name in ("denominator", "unit_multiplier", "value"))
        expected = Decimal(row["benchmark_value"]) * n / per
        level = z_levels[row["confidence_variable"]]
        about = wilson(expected, n, level=level) if row["method"] == "spc_proportion" else byar(expected, level=level)
        place = value / per if row["method"] == "spc_proportion" else value * n / per
        found = "better" if place < about.lower else "worse" if place > about.upper else "similar"
        assert found == row["expected"], row


def test_the_originals_goals_are_rules_of_ours(table: Table) -> None:
    """A single goal is ``Reach``, a range is ``Reach`` with a tolerance down to its low end.

    Fault of the original: with its interval, a figure that is the goal exactly is green where more is better, and red
    where less is; ours has met the goal either way.
    """
    colours = {"met": "better", "near": "similar", "off": "worse"}
    for row in table("fingertips_goal_comparers.csv"):
        if row["kind"] in ("previous_year_england",):  # polarity ignored: `Beat` with a direction is ours
            continue
        low, high = row["lower_limit"], row["upper_limit"]
        more_is_better = row["polarity"] == "high_is_good"
        if row["kind"] == "single_value" or row["kind"] == "single_value_ci":
            goal, tolerance = low, None
        else:
            goal, tolerance = (high, low) if more_is_better else (low, high)
        target = Target(
            id="t",
            measure="m",
            aim=Reach(goal),
            tolerance=None if tolerance is None else Margin(amount=abs(Decimal(goal) - Decimal(tolerance))),
        )
        rule = compile_rule(target, measure(DIRECTION[row["polarity"]]), None)
        assert rule is not None
        if row["kind"] == "single_value_ci":
            if not row["lower95"]:
                continue  # no interval, no certainty: that is `interval_of`'s answer
            interval = published(row["lower95"], row["upper95"])
            clear = certainty_of(rule.scale, interval, guard=rule.guard) is Certainty.CLEAR
            found = colours[rule.verdict(interval.lower, None)] if clear else "similar"
            if row["source_test"].endswith("WhenCIsEqualLimit"):
                assert (row["expected"], found) == ("worse", "better")
                continue
        else:
            found = colours[rule.verdict(Decimal(row["value"]), None)]
            if (
                not more_is_better
                and row["kind"] != "single_value"
                and Decimal(row["value"])
                in (
                    Decimal(low),
                    Decimal(high),
                )
            ):
                # The original's range is open below: at the green end itself it is amber, and red at the amber end.
                # Ours owns the number that is asked for: "at most 1" is met by 1.
                assert (row["expected"], found) in [("similar", "better"), ("worse", "similar")]
                continue
        assert found == row["expected"], row


def test_words_without_a_better_way_are_higher_and_lower() -> None:
    outcomes = {
        way: [
            outcome_of(byar(65), each, direction=way, wider=byar(65, level=99.8)).value
            for each in (30, 48, 65, 90, 100)
        ]
        for way in ("increase", "decrease", "maintain", None)
    }
    assert outcomes["increase"] == ["much_better", "better", "similar", "worse", "much_worse"]
    assert outcomes["decrease"] == ["much_worse", "worse", "similar", "better", "much_better"]
    assert outcomes["maintain"] == outcomes[None] == ["much_higher", "higher", "similar", "lower", "much_lower"]


def test_a_value_at_the_end_of_an_interval_is_similar() -> None:
    interval = published("10", "12")
    assert [outcome_of(interval, each, direction="increase").value for each in ("10", "12", "9.999", "12.001")] == [
        "similar",
        "similar",
        "better",
        "worse",
    ]


def test_a_figure_is_compared_with_another_figure_in_the_measures_unit() -> None:
    england = figure(area="E92000001", value="0.464", unit="fraction")
    found = compare(EHCP, england, measure(), levels=(95, 99.8))
    assert (found.outcome, found.direction, found.reference, found.reason) == ("much_better", 1, Decimal("46.4"), None)
    assert found.interval is not None
    assert found.wider is not None
    assert found.wider.lower < found.interval.lower


def test_a_second_level_that_cannot_be_had_leaves_the_first_answered_and_says_why() -> None:
    found = compare(figure(value=56, lower=54, upper=59), 46, measure(), levels=(95, 99.8))
    assert (found.outcome, found.wider, found.reason) == ("better", None, NoAnswer.OTHER_LEVEL_PUBLISHED)


@pytest.mark.parametrize(
    ("observation", "reference", "reason"),
    [
        (figure(absence="suppressed"), 46, "suppressed"),
        (EHCP, None, "no_reference"),
        (EHCP, figure(absence="not_available"), "no_reference"),
        (figure(value=56), 46, "no_numerator"),
    ],
)
def test_what_is_not_compared_says_why(observation: Observation, reference: object, reason: str) -> None:
    found = compare(observation, reference, measure())  # type: ignore[arg-type]
    assert (found.outcome, found.direction, found.reason) == (Outcome.NOT_COMPARED, None, reason)


@pytest.mark.parametrize("levels", [(), (99.8, 95), (95, 95), (90, 95, 99), (95, 100), "95", 95])
def test_levels_are_one_or_two_in_ascending_order(levels: object) -> None:
    with pytest.raises(InvalidValueError, match="level"):
        compare(EHCP, 46, measure(), levels=levels)  # type: ignore[arg-type]


def test_a_direction_that_is_none_is_never_taken_for_one() -> None:
    for call in (
        lambda: outcome_of(byar(65), 60, direction="positive"),
        lambda: quantile_groups([1, 2], 2, direction="up"),
    ):
        with pytest.raises(InvalidValueError, match="direction: given"):
            call()
    with pytest.raises(InvalidTypeError, match="direction: given 1"):
        outcome_of(byar(65), 60, direction=1)  # type: ignore[arg-type]


def test_an_interval_over_a_whole_band_is_not_clearly_off_it() -> None:
    """Both of its ends are off, and what lies between them is not."""
    from outcome_bees import StayBetween

    rule = compile_rule(Target(id="t", measure="m", aim=StayBetween(40, 50)), measure("maintain"), None)
    assert rule is not None
    assert certainty_of(rule.scale, published("35", "55")) is Certainty.WITHIN_CHANCE
    assert certainty_of(rule.scale, published("55", "60")) is Certainty.CLEAR
    assert certainty_of(rule.scale, published("41", "49")) is Certainty.CLEAR


def test_the_originals_quantile_groups_are_ours(table: Table) -> None:
    groups = defaultdict(list)
    for row in table("intervals_quantiles.csv"):
        groups[row["case"], row["nquantiles"], row["invert"]].append(row)
    for (case, count, invert), rows in groups.items():
        values = [None if row["value"] in ("", "NA") else row["value"] for row in rows]
        expected = [None if row["expected_quantile"] in ("", "NA") else int(row["expected_quantile"]) for row in rows]
        found = quantile_groups(values, int(count), direction="increase" if invert == "true" else "decrease")
        assert list(found) == expected, (case, count, invert)


def test_fingertips_own_quintiles_are_ours_or_another_algorithm(table: Table) -> None:
    """Fingertips cuts by interpolated percentiles, and numbers its groups from the lowest on screen and in its export.

    Ours are ranks, and group 1 is the best. On the values that its own tests have, each value's group is the same.
    """
    checked = 0
    for row in table("fingertips_quintiles.csv"):
        if not row["kind"].startswith("category"):
            continue
        values = row["values"].split(";")
        found = quantile_groups(values, int(row["kind"].removeprefix("category")), direction=DIRECTION[row["polarity"]])
        group = found[values.index(row["query"])]
        assert (group or 0) == int(row["expected"]), row
        checked += 1
    assert checked


def test_equal_values_share_the_better_group() -> None:
    assert quantile_groups([5, 5, 5, 1, 2, 3, 4, 9], 4, direction="increase") == (1, 1, 1, 4, 4, 3, 3, 1)
    assert quantile_groups([1] * 8, 4, direction="increase") == (1,) * 8


def test_fewer_values_than_groups_have_none() -> None:
    assert quantile_groups([1, None, 3], 4, direction=None) == (None, None, None)
    for groups in (1, 0, 101, 2.5, True):
        with pytest.raises(InvalidValueError, match="groups"):
            quantile_groups([1, 2, 3], groups, direction=None)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="values"):
        quantile_groups([1, float("nan")], 2, direction=None)


def test_a_funnel_narrows_with_size_and_names_those_outside() -> None:
    shape = funnel([(30, 60), (28, 60), (90, 120)], statistic="proportion")
    assert [point.outside for point in shape.points] == [0, -1, 1]
    assert shape.average == Decimal("0.616666666666667")
    small, large = shape.points[0].limits[0], shape.points[2].limits[0]
    assert large.upper - large.lower < small.upper - small.lower
    rates = funnel([(12, 1000), (150, 5000), (0, 400)], statistic="rate", levels=(95,))
    assert [point.outside for point in rates.points] == [-1, 1, -1]
    assert rates.points[2].limits[0].lower > 0
    ratios = funnel([(0, 5), (12, 5), (5, 5)], statistic="ratio", levels=(95,))
    assert (ratios.average, [point.outside for point in ratios.points]) == (1, [-1, 1, 0])


@pytest.mark.parametrize(
    ("figures", "statistic", "levels"),
    [
        ([], "proportion", (95,)),
        ([(3, 2)], "proportion", (95,)),
        ([(-1, 2)], "rate", (95,)),
        ([(1, 0)], "ratio", (95,)),
        ([(1, 2)], "mean", (95,)),
        ([(1, 2)], "rate", (99.8, 95)),
        ([(1, 2)], "rate", ()),
        ([1, 2], "rate", (95,)),
    ],
)
def test_a_funnel_of_what_cannot_be_is_an_error(figures: object, statistic: str, levels: object) -> None:
    with pytest.raises(InvalidValueError):
        funnel(figures, statistic=statistic, levels=levels)  # type: ignore[arg-type]
