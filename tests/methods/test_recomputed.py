"""Charts, trends, funnels, groups and comparisons once more, from the published formulas: 600 drawn cases of each.

Nothing here is taken from the library but what is compared. Charts are reckoned in fractions, point by point and window
by window; the rest in floats, with the distributions of scipy. The draws are seeded: every run has the same cases.
"""

import math
import random
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from statistics import NormalDist
from typing import Any, NamedTuple

import pytest

from outcome_bees import Measure, Observation
from outcome_bees.methods import (
    ControlChart,
    Trend,
    byar,
    compare,
    funnel,
    quantile_groups,
    recent_trend,
    wilson,
    xmr,
)

CASES = 600
PRIORITY = ("beyond_limits", "trend", "two_of_three", "shift")
Z95, Z998 = NormalDist().inv_cdf(0.975), NormalDist().inv_cdf(0.999)


# Control charts


class Drawn(NamedTuple):
    """A series, and how it is to be charted."""

    days: list[date]
    values: list[Decimal | None]
    settings: dict[str, Any]


class Lines(NamedTuple):
    """The lines of one segment; the steps are nothing where there is no variation."""

    mean: Fraction | None
    step: Fraction | None


def drawn_series(number: int) -> Drawn:
    """A noisy level, a walk, small counts or a nearly full percentage, with gaps, spikes, ties and rebases."""
    chance = random.Random(f"series {number}")
    size, places = chance.randint(1, 70), chance.choice((0, 0, 1, 2))
    sort = chance.choice(("level", "walk", "few", "share", "drift"))
    level, values = 50.0, list[Decimal | None]()
    for index in range(size):
        if sort == "walk":
            level += chance.choice((-2, -1, 0, 1, 2, 2))
            value = level
        elif sort == "few":
            value = float(chance.choice((0, 0, 0, 1, 1, 2, 5)))
        elif sort == "share":
            value = min(100.0, 97 + chance.gauss(0, 3))
        else:
            value = 50 + (index / 4 if sort == "drift" else 0) + chance.gauss(0, 4)
        if chance.random() < 0.03:
            value += chance.choice((-40, 40))
        values.append(None if chance.random() < 0.04 else Decimal(f"{value:.{places}f}"))
    days = [date(2015, 1, 1)]
    for _ in range(size - 1):
        days.append(days[-1] + timedelta(chance.choice((7, 28, 31))))
    settings: dict[str, Any] = {
        "direction": chance.choice(("increase", "decrease", None)),
        "target": chance.choice((None, Decimal(50), Decimal(60), Decimal("97.5"), Decimal(0))),
        "fix_after": chance.choice((None, None, 12, 20)),
        "rebase": chance.sample(days, chance.choice((0, 0, 0, 1, 2)) if size > 30 else 0),
        "screen_outliers": chance.random() < 0.7,
        "trend_points": chance.choice((6, 7)),
    }
    return Drawn(days, values, settings)


def lines_of(values: list[Decimal | None], fix_after: int | None, *, screen: bool) -> Lines:
    window = values if fix_after is None else values[:fix_after]
    there = [Fraction(value) for value in window if value is not None]
    ranges = []
    for before, after in pairwise(window):
        if before is not None and after is not None:
            ranges.append(abs(Fraction(after) - Fraction(before)))
    if screen and ranges:
        average = sum(ranges) / len(ranges)
        ranges = [each for each in ranges if each < Fraction("3.267") * average]
    mean = sum(there, Fraction(0)) / len(there) if there else None
    step = sum(ranges, Fraction(0)) / len(ranges) if ranges and any(ranges) else None
    return Lines(mean, step)


def fired(values: list[Decimal | None], lines: Lines, trend_points: int) -> list[dict[str, int]]:
    """The rules that fired on each point, each with its side: 1 up or above, -1 down or below."""
    assert lines.mean is not None
    assert lines.step is not None
    mean, reach = lines.mean, Fraction("2.66") * lines.step
    side, close = [], []
    causes: list[dict[str, int]] = [{} for _ in values]
    for index, value in enumerate(values):
        off = Fraction(0) if value is None else Fraction(value) - mean
        side.append((off > 0) - (off < 0))
        if abs(off) > reach:
            causes[index]["beyond_limits"] = side[index]
        close.append(reach * 2 / 3 < abs(off) <= reach)
    for start in range(len(values) - trend_points + 1):
        run = values[start : start + trend_points]
        known = [value for value in run if value is not None]
        if len(known) == trend_points:
            steps = {(b > a) - (b < a) for a, b in pairwise(known)}
            if steps in ({1}, {-1}):
                for index in range(start, start + trend_points):
                    causes[index]["trend"] = min(steps)  # where a rise turns into a fall, the later one
    for start in range(len(values) - 2):
        three = range(start, start + 3)
        if len({side[index] for index in three}) == 1 and side[start] and sum(close[index] for index in three) >= 2:
            for index in three:
                if close[index]:
                    causes[index]["two_of_three"] = side[index]
    for start in range(len(values) - 6):
        if len(set(side[start : start + 7])) == 1 and side[start]:
            for index in range(start, start + 7):
                causes[index]["shift"] = side[start]
    return causes


def signal_of(direction: str | None, causes: dict[str, int]) -> str:
    for rule in PRIORITY:
        if rule in causes:
            up = causes[rule] > 0
            if direction is None:
                return f"special_cause_neutral_{'high' if up else 'low'}"
            return f"special_cause_{'improvement' if up == (direction == 'increase') else 'concern'}"
    return "common_cause"


def assured(target: Decimal | None, direction: str | None, lines: Lines) -> str | None:
    if target is None or direction is None or lines.step is None or lines.mean is None:
        return None
    reach = Fraction("2.66") * lines.step
    if Fraction(target) > lines.mean + reach:
        return "consistent_fail" if direction == "increase" else "consistent_pass"
    if Fraction(target) < lines.mean - reach:
        return "consistent_pass" if direction == "increase" else "consistent_fail"
    return "inconsistent"


def near(ours: Decimal | None, theirs: Fraction | None) -> bool:
    if ours is None or theirs is None:
        return ours is None and theirs is None
    return abs(Fraction(ours) - theirs) <= Fraction(1, 10**12) * max(abs(theirs), Fraction(1))


def test_charts_of_drawn_series_are_those_of_the_published_rules() -> None:
    seen: set[str] = set()
    for number in range(CASES):
        drawn = drawn_series(number)
        order = list(zip(drawn.days, drawn.values, strict=True))
        random.Random(number).shuffle(order)
        chart = xmr(order, **drawn.settings)
        assert [(point.at, point.value) for point in chart.points] == list(zip(drawn.days, drawn.values, strict=True))
        check_chart(number, drawn, chart, seen)
    assert seen >= {*PRIORITY, "consistent_pass", "consistent_fail", "inconsistent", "no limits", "screened"}


def check_chart(number: int, drawn: Drawn, chart: ControlChart, seen: set[str]) -> None:
    starts = sorted({0, *(drawn.days.index(day) for day in drawn.settings["rebase"])})
    screen, direction = drawn.settings["screen_outliers"], drawn.settings["direction"]
    lines = Lines(None, None)
    for place, (first, last) in enumerate(zip(starts, [*starts[1:], len(drawn.days)], strict=True)):
        values = drawn.values[first:last]
        lines = lines_of(values, drawn.settings["fix_after"], screen=screen)
        points, segment = chart.points[first:last], chart.segments[place]
        assert (segment.first, segment.last, segment.size) == (drawn.days[first], drawn.days[last - 1], last - first)
        assert near(segment.mean, lines.mean), number
        if segment.screened:
            seen.add("screened")
        if lines.step is None or lines.mean is None:
            assert segment.reason is not None
            assert {(point.lower, point.upper, point.signal, point.causes) for point in points} == {(None,) * 3 + ((),)}
            seen.add("no limits")
            continue
        assert segment.reason is None, number
        assert near(segment.moving_range, lines.step), number
        causes = fired(values, lines, drawn.settings["trend_points"])
        for point, theirs in zip(points, causes, strict=True):
            reach = Fraction("2.66") * lines.step
            assert near(point.lower, lines.mean - reach)
            assert near(point.upper, lines.mean + reach)
            assert near(point.near_lower, lines.mean - reach * 2 / 3)
            assert near(point.near_upper, lines.mean + reach * 2 / 3)
            assert [str(each) for each in point.causes] == [rule for rule in PRIORITY if rule in theirs], number
            assert point.cause == next(iter(point.causes), None)
            assert point.signal == signal_of(direction, theirs), (number, point)
            seen |= set(theirs)
    assurance = assured(drawn.settings["target"], direction, lines)
    assert (chart.assurance and chart.assurance.value) == assurance, number
    assert chart.variation == chart.points[-1].signal
    seen.add(str(assurance))


# Recent trends


def drawn_years(number: int) -> tuple[Measure, list[Observation], list[tuple[float, float, float, float, float]]]:
    """Five to seven years of a percentage with its counts, or of a rate; and (count, whole, value, lower, upper)."""
    chance = random.Random(f"years {number}")
    share = number % 2 == 0
    unit, direction = ("percent" if share else "per_10000"), chance.choice(("increase", "decrease", None))
    measure = Measure(id="m", title="M", unit=unit, direction=direction, decimals=1)
    base, slope = chance.uniform(0.1, 0.8), chance.choice((0, 0, 0.01, -0.01, 0.04, -0.04, 0.1))
    bend = chance.choice((0, 0, 0, 0.2))
    figures, numbers = [], []
    for index in range(chance.randint(5, 7)):
        whole = chance.choice((40, 200, 900, 5000)) + chance.randint(0, 30)
        level = min(max(base + slope * index + (bend if index == 3 else 0), 0.02), 0.95)
        count = min(
            max(round(level * whole + chance.gauss(0, 1) * math.sqrt(whole * level * (1 - level))), 1), whole - 1
        )
        if share:
            value, low, high = 100 * count / whole, math.nan, math.nan
        else:
            low, high = byars(count)
            value, low, high = (10_000 * each / whole for each in (count, low, high))
        figures.append(
            Observation(
                measure="m",
                period=f"FY{2015 + index}-{16 + index}",
                area="E10000015",
                value=f"{value:.12f}",
                numerator=count,
                denominator=whole,
            )
        )
        numbers.append((float(count), float(whole), value, low, high))
    chance.shuffle(figures)
    return measure, figures, numbers[-5:]


def byars(count: float, z: float = Z95, tail: float = 0.025) -> tuple[float, float]:
    if count < 10:
        chi2 = pytest.importorskip("scipy.stats").chi2
        return (float(chi2.ppf(tail, 2 * count)) / 2 if count else 0.0), float(chi2.ppf(1 - tail, 2 * count + 2)) / 2
    above = count + 1
    return (
        count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3,
        above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3,
    )


def by_counts(years: list[tuple[float, float, float, float, float]]) -> tuple[float, float, bool]:
    """The statistic of Cochran and Armitage, the slope of the log odds, and whether it keeps its sign."""
    times = range(1, 6)
    n, c = sum(each[1] for each in years), sum(each[0] for each in years)
    nt = sum(t * each[1] for t, each in zip(times, years, strict=True))
    ct = sum(t * each[0] for t, each in zip(times, years, strict=True))
    ntt = sum(t * t * each[1] for t, each in zip(times, years, strict=True))
    statistic = n * (n * ct - c * nt) ** 2 / (c * (n - c) * (n * ntt - nt**2))
    odds = [math.log(count / (whole - count)) for count, whole, *_ in years]
    slopes = [fitted(odds, [1.0] * 5, without)[0] for without in (None, *range(5))]
    return statistic, slopes[0], all(each * slopes[0] > 0 for each in slopes)


def by_weights(years: list[tuple[float, float, float, float, float]]) -> tuple[float, float, bool]:
    """The statistic of a line that is weighted by the inverse square of each standard error."""
    values = [each[2] for each in years]
    weights = [1 / ((high - low) / (2 * Z95)) ** 2 for *_, low, high in years]
    slope, variance = fitted(values, weights, None)
    slopes = [fitted(values, weights, without)[0] for without in range(5)]
    return slope**2 / variance, slope, all(each * slope > 0 for each in slopes)


def fitted(values: list[float], weights: list[float], without: int | None) -> tuple[float, float]:
    kept = [(t, v, w) for t, (v, w) in enumerate(zip(values, weights, strict=True), start=1) if t - 1 != without]
    w, wt, wv = (sum(each) for each in zip(*((w, w * t, w * v) for t, v, w in kept), strict=True))
    wtt, wtv = sum(w * t * t for t, _, w in kept), sum(w * t * v for t, v, w in kept)
    return (w * wtv - wt * wv) / (w * wtt - wt**2), w / (w * wtt - wt**2)


def test_trends_of_drawn_years_are_those_of_the_published_tests() -> None:
    pytest.importorskip("scipy")
    seen: dict[str, int] = {}
    for number in range(CASES):
        measure, figures, years = drawn_years(number)
        statistic, slope, stable = (by_counts if number % 2 == 0 else by_weights)(years)
        if abs(slope) < 1e-9:
            continue  # a slope of nothing in floats: whether it is one, only exact numbers tell
        trend = recent_trend(figures, measure)
        word = check_trend(trend, measure, statistic, slope, stable=stable)
        seen[word] = seen.get(word, 0) + 1
    assert min(seen.get(word, 0) for word in ("increasing", "decreasing", "no_change")) > 40


def check_trend(trend: Trend, measure: Measure, statistic: float, slope: float, *, stable: bool) -> str:
    assert trend.reason is None
    assert float(trend.chi_square or 0) == pytest.approx(statistic, rel=1e-9)
    assert float(trend.slope or 0) == pytest.approx(slope, rel=1e-9)
    assert (trend.significant, trend.stable) == (statistic > Z998**2, stable)
    word = "no_change" if not (stable and statistic > Z998**2) else "increasing" if slope > 0 else "decreasing"
    judged = word
    if measure.direction is not None and word != "no_change":
        judged = "improving" if (slope > 0) == (measure.direction == "increase") else "worsening"
    assert (trend.direction, trend.judged) == (word, judged)
    return word


# Funnels, groups, comparisons


def test_funnels_of_drawn_places_are_those_of_the_published_limits() -> None:
    chi2 = pytest.importorskip("scipy.stats").chi2
    outside = 0
    for number in range(CASES):
        chance = random.Random(f"places {number}")
        kind = chance.choice(("proportion", "rate", "ratio"))
        level = chance.uniform(0.05, 0.9)
        places = []
        for _ in range(chance.randint(1, 25)):
            whole = chance.choice((5, 30, 120, 700, 4000)) + chance.randint(0, 50)
            mean = whole * min(max(level + chance.gauss(0, 0.05), 0), 1)
            places.append((min(max(round(mean + chance.gauss(0, 2) * math.sqrt(mean)), 0), whole), whole))
        found = funnel(places, statistic=kind)
        average = 1.0 if kind == "ratio" else sum(x for x, _ in places) / sum(n for _, n in places)
        assert float(found.average) == pytest.approx(average, rel=1e-12)
        for (x, n), point in zip(places, found.points, strict=True):
            strength = 0
            for limits, z, tail in zip(point.limits, (Z95, Z998), (0.025, 0.001), strict=True):
                if kind == "proportion":
                    half = z * math.sqrt(average * (1 - average) / n)
                    low, high = max(average - half, 0.0), min(average + half, 1.0)
                    side = (x / n > average + half) - (x / n < average - half)
                else:
                    low, high = (each / n for each in byars(average * n, z, tail))
                    own = [each / n for each in byars(x, z, tail)]
                    side = (own[0] > average) - (own[1] < average)
                assert float(limits.lower) == pytest.approx(low, rel=1e-9, abs=1e-12)
                assert float(limits.upper) == pytest.approx(high, rel=1e-9, abs=1e-12)
                strength += side
            assert point.outside == strength, (number, kind, x, n)
            outside += strength != 0
    assert outside > 500
    assert chi2 is not None


def test_groups_of_drawn_values_are_those_of_the_published_ranks() -> None:
    for number in range(CASES):
        chance = random.Random(f"groups {number}")
        k = chance.choice((2, 3, 4, 5, 10))
        values = [None if chance.random() < 0.1 else chance.randint(0, 30) for _ in range(chance.randint(1, 60))]
        direction = chance.choice(("increase", "decrease", None))
        there = [-value if direction == "increase" else value for value in values if value is not None]
        expected: list[int | None] = []
        for value in values:
            if value is None or len(there) < k:
                expected.append(None)
                continue
            rank = 1 + sum(other < (-value if direction == "increase" else value) for other in there)
            share = Fraction((len(there) + 1 - rank) * k, len(there))
            expected.append(k + 1 - math.ceil(share))
        assert list(quantile_groups(values, k, direction=direction)) == expected, number


def test_comparisons_of_drawn_figures_are_those_of_the_published_rule() -> None:
    pytest.importorskip("scipy")
    seen: set[str] = set()
    for number in range(CASES):
        chance = random.Random(f"figures {number}")
        whole = chance.choice((8, 40, 300, 2500))
        x = chance.randint(0, whole)
        rate, direction = chance.random() < 0.5, chance.choice(("increase", "decrease", None))
        measure = Measure(id="m", title="M", unit="per_1000" if rate else "percent", direction=direction)
        size = 1000 if rate else 100
        figure = Observation(
            measure="m",
            period="CY2024",
            area="E10000015",
            value=f"{size * x / whole:.12f}",
            numerator=x,
            denominator=whole,
        )
        reference = Decimal(f"{size * min(max(x / whole + chance.gauss(0, 0.15), 0), 1):.3f}")
        side, ends = 0, []
        for z, tail in ((Z95, 0.025), (Z998, 0.001)):
            low, high = byars(x, z, tail) if rate else wilsons(x, whole, z)
            low, high = (size * each / (whole if rate else 1) for each in (low, high))
            ends.append((low, high))
            side += (low > float(reference)) - (high < float(reference)) if not ends[1:] or side else 0
        words = ("much_lower", "lower", "similar", "higher", "much_higher")
        if direction is not None:
            words = ("much_worse", "worse", "similar", "better", "much_better")
            side *= 1 if direction == "increase" else -1
        found = compare(figure, reference, measure, levels=(95, "99.8"))
        assert found.outcome == words[side + 2], number
        assert found.interval is not None
        assert found.wider is not None
        assert [float(found.interval.lower), float(found.interval.upper)] == pytest.approx(ends[0], rel=1e-9, abs=1e-9)
        assert [float(found.wider.lower), float(found.wider.upper)] == pytest.approx(ends[1], rel=1e-9, abs=1e-9)
        seen.add(str(found.outcome))
    assert len(seen) == 9


def wilsons(x: float, n: float, z: float) -> tuple[float, float]:
    half = z * math.sqrt(z * z + 4 * x * (1 - x / n))
    low, high = ((2 * x + z * z + sign * half) / (2 * (n + z * z)) for sign in (-1, 1))
    return (low if x else 0.0), (high if x < n else 1.0)  # in floats the ends of none and all are a hair off


def test_the_small_formulas_here_are_the_published_ones() -> None:
    """The oracle itself is held to the anchors of the technical guide."""
    pytest.importorskip("scipy")
    assert [round(100 * each, 1) for each in wilsons(28, 60, Z95)] == [34.6, 59.1]
    assert [round(each, 5) for each in byars(5)] == [1.62349, 11.66833]
    assert [round(each, 5) for each in byars(65, Z998, 0.001)] == [42.88026, 94.00029]
    assert float(wilson(28, 60).lower) == pytest.approx(wilsons(28, 60, Z95)[0], rel=1e-13)
    assert float(byar(65).upper) == pytest.approx(byars(65)[1], rel=1e-13)
