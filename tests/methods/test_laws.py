"""What holds of every method, whatever it is given."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import assume, given, strategies as st

from outcome_bees import Measure, Observation
from outcome_bees.methods import (
    Certainty,
    Interval,
    Outcome,
    byar,
    certainty_of,
    compare,
    forecast,
    funnel,
    outcome_of,
    quantile_groups,
    recent_trend,
    required_rate,
    student,
    wilson,
    xmr,
)
from outcome_bees.scales import Cut, Line, Owner, Scale

LEVELS = st.decimals(90, "99.9", places=1)
COUNTS = st.integers(0, 10**6)
VALUES = st.decimals(-(10**6), 10**6, places=2)
MIRRORED = {
    "much_better": "much_worse",
    "better": "worse",
    "worse": "better",
    "much_worse": "much_better",
    "improving": "worsening",
    "worsening": "improving",
    "special_cause_improvement": "special_cause_concern",
    "special_cause_concern": "special_cause_improvement",
}


def mirrored(word: object) -> str:
    return MIRRORED.get(str(word), str(word))


def holds(outer: Interval, inner: Interval) -> bool:
    return outer.lower <= inner.lower <= inner.upper <= outer.upper


@given(COUNTS, COUNTS, LEVELS, LEVELS)
def test_a_higher_level_never_narrows(x: int, more: int, one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    n = x + more + 1
    assert holds(wilson(x, n, level=high), wilson(x, n, level=low))
    assert holds(byar(x, level=high), byar(x, level=low))


@given(st.lists(VALUES, min_size=2, max_size=12), LEVELS, LEVELS)
def test_a_higher_level_never_narrows_a_mean(values: list[Decimal], one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    assert holds(student(values, level=high), student(values, level=low))


@given(COUNTS, COUNTS, st.integers(2, 50), LEVELS)
def test_more_cases_at_the_same_share_never_widen(x: int, more: int, times: int, level: Decimal) -> None:
    n = x + more + 1
    few, many = wilson(x, n, level=level), wilson(x * times, n * times, level=level)
    assert many.upper - many.lower <= (few.upper - few.lower) * (1 + Decimal("1e-12"))


@given(COUNTS, COUNTS, LEVELS)
def test_those_who_have_and_those_who_have_not_mirror_each_other(x: int, more: int, level: Decimal) -> None:
    n = x + more + 1
    one, other = wilson(x, n, level=level), wilson(n - x, n, level=level)
    assert abs(one.lower + other.upper - 1) < Decimal("1e-14")


@given(COUNTS, COUNTS, LEVELS)
def test_an_interval_holds_the_share_and_the_count_it_is_of(x: int, more: int, level: Decimal) -> None:
    n = x + more + 1
    share = wilson(x, n, level=level)
    assert 0 <= share.lower <= Decimal(x) / n <= share.upper <= 1
    assert byar(x, level=level).contains(x)


@given(COUNTS, COUNTS, VALUES, LEVELS, LEVELS, st.booleans())
def test_a_wider_level_never_turns_within_chance_into_clear(
    x: int, more: int, cut: Decimal, one: Decimal, other: Decimal, above: bool
) -> None:
    low, high = sorted((one, other))
    scale = Scale((Cut(Line(cut), Owner.ABOVE if above else Owner.BELOW),), ("off", "met"))
    n = x + more + 1
    narrow, wide = (certainty_of(scale, wilson(x, n, level=level)) for level in (low, high))
    assert not (narrow is Certainty.WITHIN_CHANCE and wide is Certainty.CLEAR)
    apart = outcome_of(byar(x, level=low), cut, direction="increase")
    further = outcome_of(byar(x, level=high), cut, direction="increase")
    assert further in (apart, Outcome.SIMILAR)


@given(COUNTS, COUNTS, st.decimals(0, 100, places=1))
def test_the_mirrored_direction_mirrors_the_word(x: int, more: int, reference: Decimal) -> None:
    n = x + more + 1
    figure = Observation(
        measure="m", period="CY2024", area="a", value=round(Decimal(100 * x) / n, 6), numerator=x, denominator=n
    )
    up, down, none = (
        compare(figure, reference, Measure(id="m", title="M", unit="percent", direction=way), levels=(95, 99.8))
        for way in ("increase", "decrease", "maintain")
    )
    assert mirrored(up.outcome) == down.outcome
    assert up.direction == down.direction == none.direction
    assert (none.outcome == "similar") == (up.outcome == "similar")


@given(st.lists(st.none() | VALUES, max_size=40), st.integers(2, 10), st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_order_and_keep_equal_values_together(
    values: list[Decimal | None], groups: int, draw: object
) -> None:
    found = quantile_groups(values, groups, direction="increase")
    order = list(range(len(values)))
    draw.shuffle(order)  # type: ignore[attr-defined]
    again = quantile_groups([values[index] for index in order], groups, direction="increase")
    assert [found[index] for index in order] == list(again)
    assert len({(value, group) for value, group in zip(values, found, strict=True)}) == len(set(values))
    opposite = quantile_groups([None if each is None else -each for each in values], groups, direction="decrease")
    assert opposite == found
    assert all(1 <= group <= groups for group in found if group is not None)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 500)), min_size=1, max_size=12), LEVELS)
def test_a_place_outside_the_funnel_of_proportions_lies_beyond_its_line(
    pairs: list[tuple[int, int]], level: Decimal
) -> None:
    """The two are one question, asked from the place and asked from the average (Wilson's own derivation)."""
    pairs = [(min(x, n), n) for x, n in pairs]
    for point in funnel(pairs, statistic="proportion", levels=(level,)).points:
        limits = point.limits[0]
        near = min(abs(point.value - limits.lower), abs(point.value - limits.upper)) < Decimal("1e-12")
        beyond = (point.value > limits.upper) - (point.value < limits.lower)
        assert near or point.outside == beyond


MONTHS = st.lists(st.none() | st.decimals(0, 20, places=0), min_size=1, max_size=40)


def dated(values: list[Decimal | None]) -> list[tuple[date, Decimal | None]]:
    return [(date(2020, 1, 1) + timedelta(days=7 * index), value) for index, value in enumerate(values)]


@given(MONTHS, st.randoms(use_true_random=False), st.sampled_from(["increase", "decrease", None]))
def test_a_chart_does_not_depend_on_the_order_of_its_points(
    values: list[Decimal | None], draw: object, direction: str | None
) -> None:
    points = dated(values)
    shuffled = list(points)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]
    assert xmr(points, direction=direction, target=9) == xmr(shuffled, direction=direction, target=9)


@given(MONTHS, st.booleans(), st.sampled_from([6, 7]))
def test_a_mirrored_series_with_a_mirrored_direction_says_the_same(
    values: list[Decimal | None], screen: bool, trend_points: int
) -> None:
    opposite = [None if value is None else -value for value in values]
    settings = {"screen_outliers": screen, "trend_points": trend_points}
    up = xmr(dated(values), direction="increase", target=9, **settings)  # type: ignore[arg-type]
    down = xmr(dated(opposite), direction="decrease", target=-9, **settings)  # type: ignore[arg-type]
    turned = xmr(dated(values), direction="decrease", target=9, **settings)  # type: ignore[arg-type]
    assert [(each.causes, each.signal) for each in up.points] == [(each.causes, each.signal) for each in down.points]
    assert (up.variation, up.assurance, up.reason) == (down.variation, down.assurance, down.reason)
    assert [mirrored(each.signal) for each in up.points] == [str(each.signal) for each in turned.points]


@given(MONTHS)
def test_a_chart_has_limits_or_a_reason_and_never_half_of_either(values: list[Decimal | None]) -> None:
    chart = xmr(dated(values), target=9, direction="increase")
    for segment in chart.segments:
        assert (segment.lower is None) == (segment.reason is not None)
        if segment.lower is not None and segment.mean is not None and segment.upper is not None:
            assert segment.lower < segment.mean < segment.upper
    for point in chart.points:
        assert (point.cause is None) == (not point.causes)
        assert point.value is not None or not point.causes
        assert (point.signal is None) == (point.lower is None)


SHARES = st.lists(st.tuples(st.integers(1, 400), st.integers(1, 400)), min_size=5, max_size=5)


@given(SHARES, st.randoms(use_true_random=False))
def test_a_trend_does_not_depend_on_order_and_its_word_mirrors(pairs: list[tuple[int, int]], draw: object) -> None:
    years = [
        Observation(measure="m", period=f"CY{2020 + index}", area="a", value=50, numerator=x, denominator=x + rest)
        for index, (x, rest) in enumerate(pairs)
    ]
    shuffled = list(years)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]
    up, down = (Measure(id="m", title="M", unit="percent", direction=way) for way in ("increase", "decrease"))
    found = recent_trend(years, up)
    assert recent_trend(shuffled, up) == found
    assert str(recent_trend(years, down).judged) == mirrored(found.judged)
    assert recent_trend(years, down).direction == found.direction


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 30), st.none() | st.integers(1, 10**6))
def test_status_and_score_of_a_required_rate_cannot_disagree(
    base: int, current: int, years: int, target: int | None
) -> None:
    found = required_rate(
        base=base,
        base_year=2015,
        current=current,
        current_year=2015 + years,
        direction="increase",
        target=target,
        target_year=None if target is None else 2030,
    )
    if found.score is None:
        assert found.status == "not_available"
        assert found.reason is not None
    else:
        bands = {
            "target_achieved": ("5", "5"),
            "substantial_progress": ("2.5", "5"),
            "moderate_progress": ("0", "2.5"),
            "limited_progress": ("-2.5", "0"),
            "deterioration": ("-5", "-2.5"),
        }
        low, high = map(Decimal, bands[found.status.value])
        assert low <= found.score <= high
        assert found.score != high or high == 5


@given(st.integers(1, 10**4), st.integers(1, 10**4), st.integers(1, 30))
def test_a_required_rate_without_target_mirrors_with_its_direction(base: int, current: int, years: int) -> None:
    assume(base != current)
    up, down = (
        required_rate(base=base, base_year=2000, current=current, current_year=2000 + years, direction=way)
        for way in ("increase", "decrease")
    )
    assert up.value is not None
    assert down.value == -up.value


@given(st.lists(VALUES, min_size=3, max_size=10, unique=True), st.randoms(use_true_random=False))
def test_a_forecast_does_not_depend_on_order(values: list[Decimal], draw: object) -> None:
    points = dated([*values])
    shuffled = list(points)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]
    due = date(2030, 1, 1)
    assert forecast(points, due, target=5) == forecast(shuffled, due, target=5)


# The same laws where else they apply


@given(st.integers(0, 10**5), st.integers(2, 50), LEVELS)
def test_more_events_at_the_same_rate_never_widen(x: int, times: int, level: Decimal) -> None:
    few, many = byar(x, level=level), byar(x * times, level=level)
    assert (many.upper - many.lower) / times <= (few.upper - few.lower) * (1 + Decimal("1e-12"))


@given(st.lists(VALUES, min_size=2, max_size=12), st.integers(2, 5), LEVELS, st.randoms(use_true_random=False))
def test_a_mean_does_not_depend_on_order_and_more_of_the_same_values_never_widen_it(
    values: list[Decimal], times: int, level: Decimal, draw: object
) -> None:
    once = student(values, level=level)
    again = list(values)
    draw.shuffle(again)  # type: ignore[attr-defined]
    assert student(again, level=level) == once
    more = student(values * times, level=level)
    assert more.upper - more.lower <= (once.upper - once.lower) * (1 + Decimal("1e-12"))


STATISTICS = st.sampled_from(["proportion", "rate", "ratio"])
PLACES = st.lists(
    st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda pair: (pair[0], pair[0] + pair[1] + 1)),
    min_size=1,
    max_size=10,
)


@given(PLACES, STATISTICS, st.randoms(use_true_random=False))
def test_a_funnel_does_not_depend_on_order(pairs: list[tuple[int, int]], statistic: str, draw: object) -> None:
    order = list(range(len(pairs)))
    draw.shuffle(order)  # type: ignore[attr-defined]
    found = funnel(pairs, statistic=statistic)
    again = funnel([pairs[index] for index in order], statistic=statistic)
    assert again.average == found.average
    assert again.points == tuple(found.points[index] for index in order)


@given(PLACES, STATISTICS, LEVELS, LEVELS)
def test_a_wider_level_never_puts_a_place_outside_its_funnel(
    pairs: list[tuple[int, int]], statistic: str, one: Decimal, other: Decimal
) -> None:
    assume(one != other)
    both = funnel(pairs, statistic=statistic, levels=sorted((one, other)))
    narrow = funnel(pairs, statistic=statistic, levels=(min(one, other),))
    for whole, inner in zip(both.points, narrow.points, strict=True):
        assert (whole.outside == 0) == (inner.outside == 0)
        near, far = whole.limits
        assert far.lower <= near.lower <= near.upper <= far.upper


@given(PLACES)
def test_those_who_have_and_those_who_have_not_stand_on_opposite_sides_of_a_funnel(
    pairs: list[tuple[int, int]],
) -> None:
    with_it = funnel(pairs, statistic="proportion")
    without = funnel([(n - x, n) for x, n in pairs], statistic="proportion")
    for one, other in zip(with_it.points, without.points, strict=True):
        edge = min(abs(one.value - line) for limits in one.limits for line in (limits.lower, limits.upper))
        assert one.outside == -other.outside or edge < Decimal("1e-12")


@given(st.lists(st.tuples(st.integers(1, 300), st.integers(1, 300)), min_size=5, max_size=5), st.integers(2, 20))
def test_more_cases_at_the_same_shares_never_make_a_trend_less_sure(pairs: list[tuple[int, int]], times: int) -> None:
    few, many = (recent_trend(years_of([(k * x, k * (x + more)) for x, more in pairs]), SHARE) for k in (1, times))
    assert few.chi_square is not None
    assert many.chi_square is not None
    assert abs(many.chi_square - times * few.chi_square) <= few.chi_square * Decimal("1e-12") * times
    assert many.stable == few.stable
    if few.significant:
        assert many.direction == few.direction


SHARE = Measure(id="m", title="M", unit="percent", direction="increase")


def years_of(pairs: list[tuple[int, int]]) -> list[Observation]:
    return [
        Observation(
            measure="m",
            period=f"CY{2020 + index}",
            area="a",
            value=round(Decimal(100 * x) / n, 6),
            numerator=x,
            denominator=n,
        )
        for index, (x, n) in enumerate(pairs)
    ]


@given(COUNTS, COUNTS, st.decimals(0, 100, places=1), LEVELS, LEVELS)
def test_a_wider_level_never_makes_a_comparison_surer(
    x: int, more: int, reference: Decimal, one: Decimal, other: Decimal
) -> None:
    n = x + more + 1
    figure = years_of([(x, n)])[0]
    near, far = (compare(figure, reference, SHARE, levels=(level,)) for level in sorted((one, other)))
    assert far.outcome in (near.outcome, Outcome.SIMILAR)
    assert far.direction in (near.direction, 0)


@given(st.lists(st.none() | VALUES, min_size=2, max_size=40, unique=True), st.integers(2, 10))
def test_groups_of_the_other_direction_count_from_the_other_end(values: list[Decimal | None], groups: int) -> None:
    there = [each for each in values if each is not None]
    up = quantile_groups(values, groups, direction="increase")
    down = quantile_groups(values, groups, direction="decrease")
    assert quantile_groups(values, groups, direction=None) == down  # a position, and no judgement: 1 is the lowest
    if len(there) % groups == 0 and there:  # else the groups cannot be of one size, and the odd places go to one end
        assert all(a is None or a + b == groups + 1 for a, b in zip(up, down, strict=True) if b is not None)


@given(st.lists(VALUES, min_size=3, max_size=10), VALUES)
def test_a_mirrored_series_is_projected_to_the_mirror(values: list[Decimal], target: Decimal) -> None:
    due = date(2040, 1, 1)
    one = forecast(dated(list(values)), due, target=target)
    other = forecast(dated([-each for each in values]), due, target=-target)
    assert one.projected is not None
    assert one.pace is not None
    assert one.pace_needed is not None
    assert (other.projected, other.pace, other.pace_needed) == (-one.projected, -one.pace, -one.pace_needed)
