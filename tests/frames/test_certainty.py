"""The ends of intervals as columns: those of a few figures of every sort, as ``interval_of`` gives them for each."""

from datetime import date
from typing import Any

import narwhals.stable.v2 as nw
import pytest

from outcome_bees import Measure, Observation, frames, methods
from outcome_bees.frames._certainty import _key
from outcome_bees.vocabulary import Direction

pl = pytest.importorskip("polars")
ON = date(2026, 1, 1)
ENGLAND = "E92000001"
Figure = dict[str, Any]


def measure_of(unit: str | None, **further: Any) -> Measure:
    return Measure(**{"id": "m", "title": "M", "unit": unit, "direction": Direction.INCREASE, **further})


def share(value: float | None, numerator: float | None, denominator: float | None) -> Figure:
    given = {"value": value, "numerator": numerator, "denominator": denominator}
    return {name: each for name, each in given.items() if each is not None}


def check(measure: Measure, figures: list[Figure], level: Any = 95) -> None:
    """See that each figure's interval, or why it has none, is the one that it has by itself."""
    ours = [Observation(measure="m", period="CY2024", area=f"E1{at:07d}", **each) for at, each in enumerate(figures)]
    reference = Observation(measure="m", period="CY2024", area=ENGLAND, value=50)
    frame = pl.DataFrame(frames.from_observations([*ours, reference]), infer_schema_length=None)
    rows = frames.compare([measure], frame, against=ENGLAND, as_of=ON, levels=(level,)).to_dicts()
    of_area = {row["area"]: row for row in rows}
    assert len(of_area) == len(figures)
    for each, given in zip(ours, figures, strict=True):
        row, alone = of_area[each.area], methods.compare(each, reference, measure, levels=(level,))
        assert row["reason"] == (None if alone.reason is None else str(alone.reason)), given
        found = (row["lower"], row["upper"])
        if alone.interval is None:
            assert found == (None, None), given
        else:
            ends = float(alone.interval.lower), float(alone.interval.upper)
            assert found == pytest.approx(ends, rel=1e-6, abs=1e-9), given


SHARES = [
    *(share(5 * x, x, 20) for x in (0, 1, 7, 19, 20)),
    share(35.7, 2.5, 7),
    share(5, -1, 20),
    share(50, 0, 100),
    share(50, 0.5, 100),
    share(-0.05, 0, 20),
    share(-0.06, 0, 20),
    share(100.05, 20, 20),
    share(100.06, 20, 20),
    share(0, 1, 3000),
    share(50, 50, None),
    share(50, None, 100),
    share(50, 101, 100),
    share(50, -1, 100),
    share(50, 100, 100),
    # The interval of 50 in 100 is from 40.38 to 59.62, and a figure may be rounded by half of its last digit.
    *(share(value, 50, 100) for value in (40, 39, 40.3, 40.34, 40.33, 40.35, 40.2, 60, 61, 59.6, 59.66, 59.68, 59.7)),
]


@pytest.mark.parametrize("level", [95, "99.8"])
@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_a_percentage_has_the_interval_of_its_counts_where_it_lies_in_it(decimals: int, level: Any) -> None:
    check(measure_of("percent", decimals=decimals), SHARES, level)


def test_each_measure_is_rounded_to_its_own_decimals() -> None:
    """The interval of 50 in 100 ends at 59.62: 59.66 may be that with no decimals or one, and not with two."""
    measures = [measure_of("percent", id=f"of-{decimals}", decimals=decimals) for decimals in (0, 1, 2)]
    figures = [Observation(measure=each.id, period="CY2024", area="E1", **share(59.66, 50, 100)) for each in measures]
    theirs = [Observation(measure=each.id, period="CY2024", area=ENGLAND, value=50) for each in measures]
    frame = pl.DataFrame(frames.from_observations([*figures, *theirs]))
    rows = frames.compare(measures, frame, against=ENGLAND, as_of=ON).to_dicts()
    reasons = {row["measure"]: row["reason"] for row in rows}
    assert reasons == {"of-0": None, "of-1": None, "of-2": "numbers_disagree"}
    for figure, reference, measure in zip(figures, theirs, measures, strict=True):
        alone = methods.compare(figure, reference, measure).reason
        assert reasons[measure.id] == (None if alone is None else str(alone))


def test_a_share_of_one_has_the_interval_of_its_counts() -> None:
    check(measure_of("fraction"), [share(0.5, 50, 100), share(0.35, 7, 20), share(1, 20, 20), share(0.7, 50, 100)])


RATES = [
    *(share(x, x, 1000) for x in (0, 0.5, 1, 3, 9, 9.5, 9.999999, 10, 10.5, 40, 999, 1500)),
    share(3.3, 3.3333333, 1000),
    share(5, 9, 1800),
    share(20, 9, 450),
    share(5, -1, 1000),
    share(5, 5, None),
    share(5, None, 1000),
    share(50, 5, 1000),
    share(50, 0, 1000),
    # The interval of 9 is from 4.12 to 17.08, and that of 16 from 9.14 to 25.98.
    *(share(value, 9, 1000) for value in (4, 3, 4.1, 4.05, 17, 17.1, 17.2, 18)),
    *(share(value, 16, 1000) for value in (9, 8, 9.1, 9.05, 26, 26.1, 25.9)),
]


@pytest.mark.parametrize("level", [95, "99.8"])
def test_a_rate_has_the_interval_of_its_count_where_it_lies_in_it(level: Any) -> None:
    check(measure_of("per_1000", decimals=1), RATES, level)
    check(measure_of("per_1000", decimals=1), [each for each in RATES if each.get("numerator", 10) >= 10], level)


@pytest.mark.parametrize("level", [95, "99.8"])
@pytest.mark.parametrize("unit", ["child", "place"])
def test_a_count_of_events_has_the_interval_of_itself_and_no_other_count_has_any(unit: str, level: Any) -> None:
    check(measure_of(unit), [{"value": each} for each in (0, 1, 3, 9, 9.5, 10, 10.5, 40, 1500, -1)], level)
    check(measure_of(unit), [{"value": each} for each in (10, 40)], level)
    check(measure_of(unit), [{"value": 5, "numerator": 7, "denominator": 10}, share(20, 7, 10)], level)


@pytest.mark.parametrize("level", [95, "99.8"])
@pytest.mark.parametrize("unit", ["percent", "per_1000", "child", "place", "score"])
def test_published_limits_come_first_and_are_of_one_level(unit: str, level: Any) -> None:
    published = {"lower": 2, "upper": 8}
    figures: list[Figure] = [
        {"value": 5},
        {"value": 5, **published},
        {"value": 5, "lower": 2},
        {"value": 5, "upper": 8},
        {**share(5, 5, 100), **published},
        {**share(5, 5, 1000), **published},
        share(5, 5, 100),
        {"absence": "low"},
        {"absence": "low", **published},
        {"absence": "low", "numerator": 5, "denominator": 100},
    ]
    check(measure_of(unit), figures, level)
    check(measure_of(unit), [{"value": 5}, {"absence": "low"}], level)
    check(measure_of(unit), [share(5, 5, None)], level)


def test_a_count_is_found_in_a_table_by_its_nearest_millionth() -> None:
    counts = nw.from_native(pl.DataFrame({"x": [0.0, 3.3, 3.3333339, 9.9999994, None]}))
    found = counts.select(_key(nw.col("x")))["x"].to_list()
    assert found == [0, 3_300_000, 3_333_334, 9_999_999, -1_000_000]


def test_of_no_measures_there_are_no_comparisons() -> None:
    frame = pl.DataFrame(frames.from_observations([Observation(measure="m", period="CY2024", area=ENGLAND, value=50)]))
    assert frames.compare([], frame, against=ENGLAND, as_of=ON).height == 0


@pytest.mark.parametrize("level", [95, "99.8"])
def test_a_percentage_of_no_whole_has_published_limits_alone(level: Any) -> None:
    figures: list[Figure] = [{"value": 5, "lower": 2, "upper": 8}, share(5, 5, 100), share(5, None, 100), {"value": 5}]
    for measure in (measure_of(None, kind="percentage"), measure_of("score", kind="percentage")):
        check(measure, figures, level)


def test_measures_of_every_sort_stand_beside_each_other() -> None:
    units = {"share": "percent", "rate": "per_1000", "count": "child", "places": "place", "score": "score"}
    measures = [measure_of(unit, id=id) for id, unit in units.items()]
    given = {"E10000015": share(5, 5, 100), "E10000016": share(5, 5, 1000), ENGLAND: {"value": 50}}
    figures = {
        (id, area): Observation(measure=id, period="CY2024", area=area, **each)
        for id in units
        for area, each in given.items()
    }
    frame = pl.DataFrame(frames.from_observations([*figures.values()]), infer_schema_length=None)
    rows = frames.compare(measures, frame, against=ENGLAND, as_of=ON).to_dicts()
    for row in rows:
        measure = next(each for each in measures if each.id == row["measure"])
        alone = methods.compare(figures[measure.id, row["area"]], figures[measure.id, ENGLAND], measure)
        assert (row["outcome"], row["reason"]) == (str(alone.outcome), alone.reason and str(alone.reason)), row
        ends = None if alone.interval is None else (float(alone.interval.lower), float(alone.interval.upper))
        assert (row["lower"], row["upper"]) == ((None, None) if ends is None else pytest.approx(ends, rel=1e-9))
    assert len(rows) == 10
