"""The rules of a control chart once more, in plain words and fractions: window by window, as they are published."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, strategies as st

from outcome_bees.methods import xmr

Values = list[int | None]
K, NEAR, SCREEN = Fraction("2.66"), Fraction("2.66") * 2 / 3, Fraction("3.267")


def windows(count: int, size: int) -> list[range]:
    return [range(start, start + size) for start in range(count - size + 1)]


def limits(values: Values, window: int | None, screen: bool) -> tuple[Fraction, Fraction] | None:
    """The mean and the mean moving range; nothing where there is no variation."""
    base = values[:window]
    there = [value for value in base if value is not None]
    ranges = [abs(b - a) for a, b in pairwise(base) if a is not None and b is not None]
    if screen and ranges:
        bound = SCREEN * Fraction(sum(ranges), len(ranges))
        ranges = [each for each in ranges if each < bound]
    if not ranges or not sum(ranges):
        return None
    return Fraction(sum(there), len(there)), Fraction(sum(ranges), len(ranges))


def expected(values: Values, window: int | None, screen: bool, trend_points: int) -> list[set[str]] | None:
    """Which rules fire on each point."""
    found = limits(values, window, screen)
    if found is None:
        return None
    mean, step = found
    sides = [0 if value is None else (value > mean) - (value < mean) for value in values]
    outside = [value is not None and abs(value - mean) > K * step for value in values]
    close = [
        value is not None and not out and abs(value - mean) > NEAR * step
        for value, out in zip(values, outside, strict=True)
    ]
    causes: list[set[str]] = [{"beyond_limits"} if out else set() for out in outside]
    for places in windows(len(values), trend_points):
        run = [values[place] for place in places]
        if None not in run and (run == sorted(set(run)) or run == sorted(set(run), reverse=True)):  # type: ignore[type-var]
            for place in places:
                causes[place].add("trend")
    for places in windows(len(values), 3):
        if abs(sum(sides[place] for place in places)) == 3 and sum(close[place] for place in places) >= 2:
            for place in places:
                causes[place] |= {"two_of_three"} if close[place] else set()
    for places in windows(len(values), 7):
        if abs(sum(sides[place] for place in places)) == 7:
            for place in places:
                causes[place].add("shift")
    return causes


# Walks, so that there are runs and trends among them; now and then a value is missing.
STEPS = st.lists(st.tuples(st.integers(-3, 4), st.integers(0, 12)), min_size=1, max_size=60)


@given(STEPS, st.booleans(), st.none() | st.integers(12, 30), st.sampled_from([6, 7]), st.booleans())
def test_a_chart_marks_what_the_published_rules_mark(
    steps: list[tuple[int, int]], screen: bool, window: int | None, trend_points: int, walk: bool
) -> None:
    values: Values = []
    level = 0
    for step, luck in steps:
        level = level + step if walk else step
        values.append(None if luck == 0 else level)
    points = [(date(2020, 1, 1) + timedelta(days=30 * index), value) for index, value in enumerate(values)]
    chart = xmr(points, screen_outliers=screen, fix_after=window, trend_points=trend_points)
    causes = expected(values, window, screen, trend_points)
    if causes is None:
        assert chart.reason is not None
        assert all(not point.causes for point in chart.points)
    else:
        assert [{cause.value for cause in point.causes} for point in chart.points] == causes
