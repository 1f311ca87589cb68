"""Trends and comparisons of a whole table say what the methods say of one series and one figure, in every engine."""

import random
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from attrs import evolve

from outcome_bees import Measure, Observation, Observations, Period, frames, methods
from outcome_bees.errors import InvalidValueError
from outcome_bees.frames import backend

pl = pytest.importorskip("polars")
ON = date(2026, 1, 1)
AGAINST = "E10000000"
MEASURES = [
    Measure(id="share", title="P", unit="percent", direction="increase"),
    Measure(id="rate", title="R", unit="per_10000", direction="decrease", breaks=[date(2018, 1, 1)]),
    Measure(id="count", title="C", unit="child"),
    Measure(id="score", title="S", unit="score", direction="increase"),
]


def drawn(places: int) -> list[Observation]:
    """Series that rise, fall and stay, with holes, absences, missing counts and published limits among them."""
    draw, found = random.Random(5), []
    for place in range(places):
        area, drift, size = f"E1{place:07d}", draw.choice([0, 0, 0.5, 1, -1]), draw.randint(20, 3000)
        for year in range(2014, 2025):
            if draw.random() < 0.03:
                continue
            n = size + draw.randint(-5, 5)
            x = max(0, min(n, round(n * (0.5 + 0.05 * drift * (year - 2014)) + draw.gauss(0, n**0.5 / 2))))
            financial = f"FY{year}-{(year + 1) % 100:02d}"
            numbers: dict[str, Any] = {"value": round(100 * x / n, 1), "denominator": n}
            numbers["numerator"] = x if draw.random() < 0.97 else None
            if draw.random() < 0.02:
                numbers = {"absence": draw.choice(["suppressed", "not_available"])}
            found.append(Observation(measure="share", period=financial, area=area, **numbers))
            rate = round(1000 * x / n, 1)
            found.append(
                Observation(measure="rate", period=f"CY{year}", area=area, value=rate, numerator=x, denominator=n * 10)
            )
            few = max(0, round(8 + drift * 2 * (year - 2014) + draw.gauss(0, 2)))
            found.append(Observation(measure="count", period=f"CY{year}", area=area, value=few))
            lower = x - 3 if draw.random() < 0.95 else None
            upper = x + 3
            if place == 1 and year == 2022:
                lower = upper = x  # an interval without a width says nothing of how sure the figure is
            found.append(Observation(measure="score", period=f"CY{year}", area=area, value=x, lower=lower, upper=upper))
    return found


SOMERSET, FORMERLY = "E06000066", "E10000027"


def recoded(figures: list[Observation], first: date) -> list[Observation]:
    """The same, those of one place from a day on under the code that its ground has now; of one year under both."""
    found = []
    for each in figures:
        if each.area != FORMERLY or each.period.end < first or each.period.end.year == first.year + 1:
            found.append(each)
        if each.area == FORMERLY and each.period.end >= first:
            found.append(evolve(each, area=SOMERSET))
    return found


FIGURES = recoded(drawn(60), date(2020, 1, 1))


def months(places: int) -> list[Observation]:
    """Monthly series, steady, drifting and jumping, some of them flat, with holes and absences."""
    draw, found = random.Random(7), []
    for place in range(places):
        for measure in CHARTED:
            level, drift, jump = draw.choice([50, 5, 0]), draw.choice([0, 0, 0.3, -0.3]), draw.choice([0, 0, 6])
            size = draw.choice([6, 12, 13, 24, 40])
            for at in range(size):
                if draw.random() < 0.03:
                    continue
                noise = draw.gauss(0, 1.5 if place % 7 else 0)
                value = round(level + drift * at + (jump if at > size // 2 else 0) + noise, measure.digits)
                absent: dict[str, Any] = {"absence": "suppressed"} if draw.random() < 0.04 else {"value": value}
                period = Period.month(2021 + at // 12, at % 12 + 1)
                found.append(Observation(measure=measure.id, period=period, area=f"E1{place:07d}", **absent))
    return found


CHARTED = [
    Measure(id="share", title="A", unit="percent", direction="increase"),
    Measure(id="count", title="B", unit="count", direction="decrease", breaks=[date(2023, 1, 1)]),
    Measure(id="score", title="C", unit="score"),
]
MONTHS = recoded(months(30), date(2022, 1, 1))


def frame(figures: Any = FIGURES) -> Any:
    columns = frames.from_observations(figures)
    return pl.DataFrame(columns, infer_schema_length=None)


ENGINES: dict[str, Callable[[Any], Any]] = {
    "polars": lambda made: made,
    "polars lazy": lambda made: made.lazy(),
    "pandas": lambda made: made.to_pandas(),
    "pyarrow": lambda made: made.to_arrow(),
    "duckdb": lambda made: pytest.importorskip("duckdb").from_arrow(made.to_arrow()),
    # Where no faster engine can be reached, these are gone through in themselves.
    "pandas alone": lambda made: made.to_pandas(),
    "pyarrow alone": lambda made: made.to_arrow(),
}


@pytest.fixture(params=[*ENGINES, "spark"])
def into(request: pytest.FixtureRequest) -> Iterator[Callable[[Any], Any]]:
    """What carries a frame of Polars into an engine."""
    name: str = request.param
    if name == "spark":
        session = request.getfixturevalue("spark")
        yield lambda made: session.createDataFrame(made.to_arrow())
        return
    pytest.importorskip(name.split()[0])
    alone = mock.patch.object(backend, "_engine_for", return_value=None) if name.endswith("alone") else nullcontext()
    with alone:
        yield ENGINES[name]


def rows_of(answer: Any) -> list[dict[str, Any]]:
    if isinstance(answer, pl.LazyFrame):
        answer = answer.collect()
    elif hasattr(answer, "sparkSession"):
        answer = pl.DataFrame([row.asDict() for row in answer.collect()], infer_schema_length=None)
    elif not isinstance(answer, pl.DataFrame):
        answer = answer.pl() if hasattr(answer, "pl") else pl.DataFrame(answer)
    return answer.fill_nan(None).to_dicts()  # type: ignore[no-any-return]


def word(given: object) -> str | None:
    return None if given is None else str(given)


def whole(given: Any) -> int | None:
    return None if given is None else int(given)


def close(one: Any, other: Any) -> bool:
    return (one is None) == (other is None) and (one is None or abs(float(one) - other) <= 1e-6 * max(1, abs(other)))


def test_the_trend_of_every_series_is_that_of_each(into: Callable[[Any], Any]) -> None:
    figures = Observations(FIGURES)
    answer = frames.trend(MEASURES, into(frame()), as_of=ON)
    bulk = {(row["measure"], row["area"]): row for row in rows_of(answer)}
    assert len(bulk) == len(MEASURES) * 61
    assert figures.series(MEASURES[0], area=SOMERSET, as_of=ON).other_codes == (FORMERLY,)
    assert figures.series(MEASURES[0], area=FORMERLY, as_of=ON).other_codes == (SOMERSET,)
    seen = set()
    for measure in MEASURES:
        for area in figures.areas(measure.id):
            one, row = methods.recent_trend(figures.series(measure, area=area, as_of=ON)), bulk[measure.id, area]
            for name in ("direction", "judged", "test", "reason"):
                assert row[name] == word(getattr(one, name)), (measure.id, area, name)
            assert (whole(row["significant"]), whole(row["stable"])) == (one.significant, one.stable)
            assert close(one.chi_square, row["chi_square"])
            assert close(one.slope, row["slope"])
            seen.add(word(one.reason) or word(one.direction))
    assert {
        "increasing",
        "decreasing",
        "no_change",
        "missing_period",
        "all_or_none",
        "no_numerator",
        "zero_width",
    } <= seen


@pytest.mark.parametrize("levels", [(95,), (95, "99.8"), ("99.8",)])
def test_every_figure_is_compared_as_each_is(into: Callable[[Any], Any], levels: tuple[Any, ...]) -> None:
    theirs = {(each.measure, each.period): each for each in FIGURES if each.area == AGAINST}
    answer = frames.compare(MEASURES, into(frame()), against=AGAINST, as_of=ON, levels=levels)
    bulk = {(row["measure"], row["period"], row["area"]): row for row in rows_of(answer)}
    ours = [each for each in FIGURES if each.area != AGAINST]
    assert len(bulk) == len(ours)
    of_id = {each.id: each for each in MEASURES}
    for each in ours:
        one = methods.compare(each, theirs.get((each.measure, each.period)), of_id[each.measure], levels=levels)
        row = bulk[each.measure, each.period.code, each.area]
        assert (row["outcome"], whole(row["direction"])) == (str(one.outcome), one.direction), (each, one, row)
        assert row["reason"] == word(one.reason)
        if one.interval is not None:
            assert close(one.interval.lower, row["lower"])
            assert close(one.interval.upper, row["upper"])


def test_the_chart_of_every_series_is_that_of_each(into: Callable[[Any], Any]) -> None:
    figures = Observations(MONTHS)
    answer = frames.xmr(CHARTED, into(frame(MONTHS)), as_of=ON)
    bulk = {(row["measure"], row["area"], row["period"]): row for row in rows_of(answer)}
    seen, points = set(), 0
    for measure in CHARTED:
        for area in figures.areas(measure.id):
            chart = methods.xmr(figures.series(measure, area=area, as_of=ON))
            reasons = [segment.reason for segment in chart.segments for _ in range(segment.size)]
            for point, reason in zip(chart.points, reasons, strict=True):
                assert isinstance(point.at, Period)
                row = bulk[measure.id, area, point.at.code]
                assert [each for each in methods.SpecialCause if row[each]] == list(point.causes), (row, point)
                assert (row["cause"], row["signal"], row["reason"]) == tuple(
                    map(word, (point.cause, point.signal, reason))
                )
                for name in ("value", "mean", "lower", "upper", "near_lower", "near_upper"):
                    assert close(getattr(point, name), row[name]), (name, row, point)
                seen |= {word(point.cause), word(reason)}
                points += 1
    assert points == len(bulk)
    assert {*map(str, methods.SpecialCause), "too_few_points", "no_variation", None} <= seen


def test_spark_plans_no_python_for_a_series(spark: Any, tmp_path: Path) -> None:
    frame().write_parquet(tmp_path / "figures.parquet")
    figures = spark.read.parquet(str(tmp_path / "figures.parquet"))
    for answer in (
        frames.trend(MEASURES, figures, as_of=ON),
        frames.compare(MEASURES, figures, against=AGAINST, as_of=ON),
        frames.xmr(MEASURES, figures, as_of=ON),
    ):
        steps = answer._jdf.queryExecution().executedPlan().toString()
        assert "BroadcastHashJoin" in steps
        # A chart's plan has rows that were worked out on the way: an RDD that is there, of Spark's own rows.
        words = ("Python", "Pandas", "ArrowEval", "UDF", "MapPartitions", "DeserializeToObject")
        assert [word for word in words if word in steps] == []


def test_a_year_and_its_last_month_have_no_order_in_bulk_either() -> None:
    both = [*MONTHS, Observation(measure="share", period="CY2021", area="E10000001", value=50)]
    rows = frames.xmr(CHARTED, frame(both), as_of=ON).filter(area="E10000001", measure="share").to_dicts()
    assert {row["reason"] for row in rows} == {"overlapping_periods"}


def test_what_cannot_be_asked_of_a_table_is_an_error() -> None:
    with pytest.raises(InvalidValueError, match="levels"):
        frames.compare(MEASURES, frame(), against=AGAINST, as_of=ON, levels=("99.8", 95))
    with pytest.raises(InvalidValueError, match="area"):
        frames.compare(MEASURES, frame(), against="", as_of=ON)
    with pytest.raises(InvalidValueError, match="trend_points"):
        frames.xmr(CHARTED, frame(MONTHS), as_of=ON, trend_points=5)
    with pytest.raises(InvalidValueError, match="by"):
        frames.trend(MEASURES, frame(), as_of=ON, by=("value",))
