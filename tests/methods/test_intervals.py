"""Intervals: each formula against the original's answers and scipy, and the choice by a measure's kind."""

import math
import os
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from outcome_bees import STANDARD, Measure, Observation, Policy, Reach, Target, evaluate
from outcome_bees.chance.distributions import confidence, poisson_limits, student_quantile
from outcome_bees.errors import InvalidTypeError, InvalidValueError, UnitMismatchError
from outcome_bees.methods import Interval, NoAnswer, Unavailable, byar, interval_of, student, wilson

Table = Callable[[str], list[dict[str, str]]]
DRAWN = int(os.environ.get("OUTCOME_BEES_DRAWN_CASES", "200"))  # the release is checked with 10,000


def close(ours: Decimal, theirs: float | str, tolerance: float = 1e-12) -> bool:
    return math.isclose(float(ours), float(theirs), rel_tol=tolerance, abs_tol=1e-300)


def percent(**facts: object) -> Observation:
    return Observation(measure="m", period="CY2024", area="a", **({"value": 25} | facts))  # type: ignore[arg-type]


SHARE = Measure(id="m", title="M", unit="percent", direction="increase")


@pytest.mark.parametrize(
    ("x", "n", "level", "lower", "upper"),
    [
        (0, 5, 95, "0.0", "43.4"),
        (0, 5, 99.8, "0.0", "65.6"),
        (3, 12, 95, "8.9", "53.2"),
        (3, 12, 99.8, "5.2", "67.0"),
        (12, 12, 95, "75.8", "100.0"),
        (28, 60, 95, "34.6", "59.1"),
        (120, 250, 99.8, "38.5", "57.7"),
    ],
)
def test_wilsons_interval_of_a_share_is_the_published_one(x: int, n: int, level: float, lower: str, upper: str) -> None:
    interval = wilson(x, n, level=level)
    assert (f"{100 * interval.lower:.1f}", f"{100 * interval.upper:.1f}") == (lower, upper)
    assert interval.method == "wilson"
    assert interval.level == Decimal(str(level))


def test_none_and_all_of_them_end_exactly_at_nought_and_one() -> None:
    assert wilson(0, 7).lower == 0
    assert str(wilson(7, 7).upper) == "1"


def test_counts_change_over_from_exact_to_byar_at_ten() -> None:
    assert [byar(each).method.value for each in (0, "9.999", 10)] == ["exact", "exact", "byar"]
    assert str(byar(0).lower) == "0"
    assert close(byar(0).upper, 3.688879454113936)
    assert close(byar(65, level=99.8).lower, 42.88026, 1e-6)


def test_a_small_share_loses_no_digits() -> None:
    """The lower end is of the size x² / n z² here: the difference of two sums of the size of z² would lose it."""
    tiny = wilson("0.000001", 10**6)
    assert close(tiny.lower, 2.603177e-19, 1e-6)


def test_the_originals_proportions_are_ours(table: Table) -> None:
    for row in table("intervals_proportions.csv"):
        for level in ("90", "95", "99", "99.8"):
            interval, name = wilson(row["x"], row["n"], level=level), level.replace(".", "")
            # The original's floats end at 1.0000000000000002 and its like; ours are clamped by being exact.
            assert close(interval.lower, row[f"lower{name}"], 2e-13), (row, level)
            assert close(interval.upper, row[f"upper{name}"], 2e-13), (row, level)


def test_the_originals_rates_are_ours(table: Table) -> None:
    for row in table("intervals_rates.csv"):
        n, per = Decimal(row["n"]), Decimal(row["multiplier"])
        for level in ("95", "99.8"):
            interval, name = byar(row["x"], level=level), level.replace(".", "")
            assert close(interval.lower / n * per, row[f"lower{name}"]), (row, level)
            assert close(interval.upper / n * per, row[f"upper{name}"]), (row, level)
            assert interval.method == {"Exact": "exact", "Byars": "byar"}[row["method"]]


def test_the_originals_helper_for_byar_alone_is_ours_from_ten(table: Table) -> None:
    """Below ten the original's helper gives NaN at 0 and limits that its own rates do not use: ours are exact there."""
    below = 0
    for row in table("intervals_byars_raw.csv"):
        level = round(100 * float(row["confidence"]), 6)
        if level > 99.9:  # a level that we do not have
            with pytest.raises(InvalidValueError, match="level"):
                byar(row["x"], level=level)
        elif float(row["x"]) < 10:
            assert byar(row["x"], level=level).method == "exact"
            below += 1
        else:
            interval = byar(row["x"], level=level)
            assert close(interval.lower, row["lower"])
            assert close(interval.upper, row["upper"])
    assert below


def test_the_originals_helper_for_wilson_alone_is_ours_but_for_no_cases_at_all(table: Table) -> None:
    """Fault of the original: of 0 out of 0 it answers NaN; ours is an error, as a denominator of zero always is."""
    for row in table("intervals_wilson_raw.csv"):
        level = round(100 * float(row["confidence"]), 6)
        if row["n"] == "0" or level > 99.9:
            with pytest.raises(InvalidValueError, match=r"denominator|level"):
                wilson(row["x"], row["n"], level=level)
        else:
            interval = wilson(row["x"], row["n"], level=level)
            assert close(interval.lower, row["lower"], 2e-13)
            assert close(interval.upper, row["upper"], 2e-13)
            assert interval.upper <= 1  # fault of the original: 1.0000000000000002


def test_the_originals_means_are_ours_but_for_what_has_no_spread(table: Table) -> None:
    """Faults of the original: NaN limits of one value, and no word of which value is missing; ours are errors."""
    for row in table("intervals_means.csv"):
        values = [None if each == "NA" else each for each in row["values"].split(";")]
        if len(values) < 2 or None in values:
            with pytest.raises(InvalidValueError):
                student(values)  # type: ignore[arg-type]
            continue
        for level in ("95", "99.8"):
            interval, name = student(values, level=level), level.replace(".", "")  # type: ignore[arg-type]
            assert close(interval.lower, row[f"lower{name}"])
            assert close(interval.upper, row[f"upper{name}"])


def test_scipy_agrees_on_every_interval_drawn() -> None:
    stats: Any = pytest.importorskip("scipy.stats", reason="scipy is the oracle of the intervals")
    draw = random.Random(11)
    for _ in range(DRAWN):
        level = min(round(draw.uniform(90, 99.9), draw.choice((0, 1, 4))), 99.9)
        tail = (1 - level / 100) / 2
        n = draw.randint(1, 10 ** draw.randint(1, 7))
        x = draw.randint(0, n)
        ours, theirs = wilson(x, n, level=level), stats.binomtest(x, n).proportion_ci(level / 100, method="wilson")
        assert [float(ours.lower), float(ours.upper)] == pytest.approx(
            [theirs.low, theirs.high], rel=1e-12, abs=1e-12
        ), (x, n, level)
        few = draw.choice((draw.randint(0, 9), round(draw.uniform(0, 9.9), 3)))
        ours = byar(few, level=level)
        limits = [stats.chi2.ppf(tail, 2 * few) / 2 if few else 0.0, stats.chi2.isf(tail, 2 * few + 2) / 2]
        assert [float(ours.lower), float(ours.upper)] == pytest.approx(limits, rel=1e-12, abs=1e-12), (few, level)
        many, z = n + 9, stats.norm.isf(tail)
        ours = byar(many, level=level)
        limits = [
            count * (1 - 1 / (9 * count) + way * z / (3 * math.sqrt(count))) ** 3
            for count, way in ((many, -1), (many + 1, 1))
        ]
        assert [float(ours.lower), float(ours.upper)] == pytest.approx(limits, rel=1e-12, abs=1e-12), (many, level)
        values = [round(draw.gauss(50, 10), 1) for _ in range(draw.randint(2, 30))]
        if len(set(values)) > 1:
            ours = student(values, level=level)
            t = stats.t.interval(
                level / 100, len(values) - 1, loc=math.fsum(values) / len(values), scale=stats.sem(values)
            )
            assert [float(ours.lower), float(ours.upper)] == pytest.approx(list(t), rel=1e-12, abs=1e-12), (
                values,
                level,
            )


def test_scipy_agrees_on_the_quantiles_themselves() -> None:
    stats: Any = pytest.importorskip("scipy.stats", reason="scipy is the oracle of the quantiles")
    for level in ("90", "92.5", "95", "99", "99.8", "99.9"):
        known = confidence(level)
        tail = float(known.tail)
        assert close(known.z, stats.norm.isf(tail), 1e-14)
        for freedom in (1, 2, 3, 7, 30, 31, 200, 5_000, 10**6):
            assert close(student_quantile(freedom, known.tail), float(stats.t.isf(tail, freedom)), 1e-13)
        for count in ("0.5", "1", "3.25", "9"):
            lower, upper = poisson_limits(Decimal(count), known.tail)
            assert close(lower, stats.gamma.ppf(tail, float(count)), 1e-13)
            assert close(upper, stats.gamma.isf(tail, float(count) + 1), 1e-13)


@pytest.mark.parametrize("level", [89.9, 99.95, 0, -95, 100, "nan", float("inf"), True, None, "95%"])
def test_a_level_outside_90_to_99_9_is_an_error(level: Any) -> None:
    with pytest.raises(InvalidValueError, match="level"):
        wilson(1, 2, level=level)
    with pytest.raises(InvalidValueError, match="level"):
        byar(5, level=level)
    with pytest.raises(InvalidValueError, match="level"):
        student([1, 2], level=level)


def test_a_level_written_as_a_share_is_an_error_that_says_what_to_write() -> None:
    with pytest.raises(InvalidValueError, match=r"given 0\.95; allowed: a level from 90 to 99\.9 .*\(write 95\)"):
        wilson(1, 2, level=0.95)


@pytest.mark.parametrize(
    ("x", "n"),
    [(3, 2), (-1, 2), (0, 0), (1, -1), (math.nan, 2), (1, math.inf), (True, 2), (None, 2), ("1,000", 2000)],
)
def test_numbers_that_no_share_has_are_an_error(x: object, n: object) -> None:
    with pytest.raises(InvalidValueError):
        wilson(x, n)  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [-1, "-0.5", math.nan, math.inf, None, False])
def test_numbers_that_no_count_has_are_an_error(count: object) -> None:
    with pytest.raises(InvalidValueError, match="count"):
        byar(count)  # type: ignore[arg-type]


def test_values_that_have_no_mean_are_an_error() -> None:
    for values in ([], [1], [1, math.nan], "12", 12):
        with pytest.raises(InvalidValueError, match="values"):
            student(values)  # type: ignore[arg-type]
    with pytest.raises(InvalidTypeError, match="given None"):
        student([1, None, 3])  # type: ignore[list-item]


def test_a_percentage_has_wilsons_interval_in_its_own_unit() -> None:
    interval = interval_of(percent(numerator=3, denominator=12), SHARE)
    assert isinstance(interval, Interval)
    assert (f"{interval.lower:.1f}", f"{interval.upper:.1f}", interval.method) == ("8.9", "53.2", "wilson")


def test_a_rate_has_byars_of_its_numerator_and_may_count_more_events_than_people() -> None:
    rate = Measure(id="m", title="M", unit="per_10000")
    interval = interval_of(percent(value="36.0", numerator=999, denominator=277480), rate)
    assert isinstance(interval, Interval)
    assert (f"{interval.lower:.2f}", f"{interval.upper:.2f}", interval.method) == ("33.80", "38.31", "byar")
    assert isinstance(interval_of(percent(value=30000, numerator=15, denominator=5), rate), Interval)


def test_a_count_has_byars_of_itself() -> None:
    children = Measure(id="m", title="M", unit="child")
    assert interval_of(percent(value=5), children) == byar(5)


def test_the_published_interval_wins_in_the_measures_unit() -> None:
    published = percent(value="0.25", lower="0.1", upper="0.4", numerator=3, denominator=12, unit="fraction")
    assert interval_of(published, SHARE) == Interval(Decimal(10), Decimal(40), Decimal(95), "published")  # type: ignore[arg-type]


def test_a_published_interval_is_of_95_per_cent_and_says_nothing_of_another_level() -> None:
    alone = percent(lower=10, upper=40)
    assert interval_of(alone, SHARE, level=99.8) == Unavailable(NoAnswer.OTHER_LEVEL_PUBLISHED)
    counted = interval_of(percent(lower=10, upper=40, numerator=3, denominator=12), SHARE, level=99.8)
    assert isinstance(counted, Interval)
    assert counted.method == "wilson"


@pytest.mark.parametrize(
    ("facts", "unit", "reason"),
    [
        ({}, "percent", "no_numerator"),
        ({"numerator": 3}, "percent", "no_denominator"),
        ({"numerator": 13, "denominator": 12}, "percent", "numerator_above_denominator"),
        ({"numerator": -1, "denominator": 12}, "percent", "negative_count"),
        ({"value": -1}, "count", "negative_count"),
        ({"numerator": 3, "denominator": 12}, "percentage_point", "no_interval_for_kind"),
        ({"numerator": 3, "denominator": 12}, "score", "no_interval_for_kind"),
        ({"numerator": 3, "denominator": 12}, "day", "no_interval_for_kind"),
        ({"numerator": 3, "denominator": 12}, "day/person", "no_interval_for_kind"),
        ({"value": None, "absence": "suppressed", "numerator": 3, "denominator": 12}, "percent", "suppressed"),
        ({"value": None, "absence": "low"}, "percent", "low"),
        ({"revision": "withdrawn", "numerator": 3, "denominator": 12}, "percent", "not_available"),
        ({"value": 93, "numerator": 3, "denominator": 12}, "percent", "numbers_disagree"),
    ],
)
def test_a_figure_without_an_interval_says_why(facts: dict[str, object], unit: str, reason: str) -> None:
    answer = interval_of(percent(**facts), Measure(id="m", title="M", unit=unit))
    assert isinstance(answer, Unavailable)
    assert answer.reason == reason
    assert answer.reason.words


def test_a_figure_rounded_to_be_published_still_agrees_with_its_counts() -> None:
    """9 is what 8.98… is published as; with ten million cases its interval is far from 9.0."""
    assert isinstance(interval_of(percent(value=9, numerator=898_000, denominator=10**7), SHARE), Interval)


def test_a_figure_in_a_unit_of_another_sort_is_an_error() -> None:
    with pytest.raises(UnitMismatchError):
        interval_of(percent(lower=1, upper=30, unit="count"), SHARE)


@pytest.mark.parametrize("unit", ["place", "school", "fte"])
def test_what_is_decided_has_no_interval_however_few_there_are(unit: str) -> None:
    made = Measure(id="m", title="M", unit=unit, direction="increase")
    figure = Observation(measure="m", period="FY2024-25", area="E10000015", value=92)
    assert interval_of(figure, made) == Unavailable(NoAnswer.NO_INTERVAL_FOR_KIND)
    with_limits = Observation(measure="m", period="FY2024-25", area="E10000015", value=92, lower=90, upper=94)
    assert isinstance(interval_of(with_limits, made), Interval)
    target = Target(id="t", measure="m", aim=Reach(90), due="FY2024-25")
    for policy in (STANDARD, Policy(id="clear", met_only_if_clear=True)):
        answer = evaluate(target, measure=made, observations=[figure], as_of="2025-06-01", policy=policy)
        assert (answer.status, answer.certainty, answer.certainty_reason) == ("achieved", None, "no_interval_for_kind")
        assert "chance" not in answer.explanation
