"""The whole published file of the local authority interactive tool, 641,070 figures, in bulk and one by one."""

import csv
import io
import random
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from outcome_bees import (
    Baseline,
    Improve,
    Measure,
    Observation,
    Observations,
    Period,
    Plan,
    Rank,
    Reach,
    Target,
    evaluate,
    frames,
    load_observations,
    methods,
)
from outcome_bees.evaluation.result import Evaluation
from outcome_bees.layouts import EesLayout, LaitLayout

from .test_series_in_bulk import close, word

pl = pytest.importorskip("polars")
AS_OF = date(2026, 6, 1)
COMPARED = ("period", "value", "required", "gap", "verdict", "status", "reason", "rag", "travel")
POLARITY = {"High": "increase", "Low": "decrease"}


@pytest.fixture(scope="module")
def raw(shared: Path) -> Any:
    return pl.read_parquet(shared / "data/large/lait_bds_long.parquet")


@pytest.fixture(scope="module")
def dictionary(shared: Path) -> dict[str, dict[str, str]]:
    with (shared / "data/published/lait_data_dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["Measure_short"]: {**row, "id": f"m{at}"} for at, row in enumerate(csv.DictReader(file))}


@pytest.fixture(scope="module")
def figures(raw: Any, dictionary: dict[str, dict[str, str]]) -> Any:
    shorts = raw["Short Desc"].unique().to_list()
    places = raw.select("LA and Regions", "LA Number").unique().rows()
    return frames.from_lait(
        raw,
        measures={name: dictionary[name]["id"] for name in shorts},
        year_types={name: dictionary[name]["Year_Type"] for name in shorts},
        areas={name: f"L{number:.0f}" for name, number in places},
    )


@pytest.fixture(scope="module")
def plan(figures: Any, dictionary: dict[str, dict[str, str]]) -> Plan:
    """A target for every measure from its published polarity: a number, an improvement, or the best quartile."""
    periods: dict[str, list[Period]] = {}
    for id, code in figures.select("measure", "period").unique().rows():
        periods.setdefault(id, []).append(Period.from_code(code))
    measures: list[Measure] = []
    targets: list[Target] = []
    for row in dictionary.values():
        id = row["id"]
        if id not in periods:
            continue
        dated = sorted(periods[id], key=lambda period: (period.end, period.code))
        direction = POLARITY.get(row["Polarity"])
        decimals = int(row["dps"]) if row["dps"].isdigit() else None
        measures.append(Measure(id=id, title=id, kind="score", direction=direction, decimals=decimals))
        aims: list[Any] = [Improve(), Rank(1, 4), Reach(50)]
        aim = aims[len(targets) % 3]
        baseline = Baseline(dated[-2]) if len(dated) > 1 and isinstance(aim, Improve) else None
        targets.append(Target(id=f"t-{id}", measure=id, aim=aim, due=dated[-1], baseline=baseline))
    return Plan(id="lait", title="Every measure of the tool", measures=measures, targets=targets)


@pytest.fixture(scope="module")
def answers(plan: Plan, figures: Any) -> dict[tuple[str, str], dict[str, Any]]:
    return keyed(frames.evaluate(plan, figures, as_of=AS_OF).rows(named=True))


def keyed(rows: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    found = {(row["target"], row["area"]): row for row in rows}
    assert len(found) == len(rows)
    return found


def test_every_measure_is_answered_in_every_place(plan: Plan, answers: dict[tuple[str, str], dict[str, Any]]) -> None:
    assert len(plan.measures) == 434
    assert len(answers) == 434 * 170
    assessed = [row for row in answers.values() if row["status"] != "not_assessed"]
    assert len(assessed) > 20_000
    assert {row["verdict"] for row in assessed} == {"met", "off"}


def in_pandas(figures: Any) -> tuple[Any, Callable[[Any], list[dict[str, Any]]]]:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")

    def rows(frame: Any) -> list[dict[str, Any]]:
        assert isinstance(frame, pandas.DataFrame)
        return pl.from_pandas(frame).rows(named=True)  # type: ignore[no-any-return]

    return figures.to_pandas(), rows


def in_duckdb(figures: Any) -> tuple[Any, Callable[[Any], list[dict[str, Any]]]]:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    connection = duckdb.connect()
    connection.register("figures", figures.to_arrow())
    return connection.table("figures"), lambda frame: [
        dict(zip(frame.columns, row, strict=True)) for row in frame.fetchall()
    ]


@pytest.mark.parametrize("carried", [in_pandas, in_duckdb])
def test_the_engines_agree_to_the_row(
    carried: Callable[[Any], tuple[Any, Callable[[Any], list[dict[str, Any]]]]],
    plan: Plan,
    figures: Any,
    answers: dict[tuple[str, str], dict[str, Any]],
) -> None:
    frame, rows = carried(figures)
    assert keyed(rows(frames.evaluate(plan, frame, as_of=AS_OF))) == answers


def test_a_thousand_rows_drawn_are_what_evaluate_says(
    plan: Plan, figures: Any, answers: dict[tuple[str, str], dict[str, Any]]
) -> None:
    drawn = random.Random(2026).sample(sorted(answers), 1000)
    wanted = {answers[key]["measure"] for key in drawn}
    indexed: dict[str, list[Observation]] = {}
    for row in figures.filter(pl.col("measure").is_in(wanted)).rows(named=True):
        indexed.setdefault(row["measure"], []).append(Observation(**row))
    known = {measure: Observations(each) for measure, each in indexed.items()}
    targets = {target.id: target for target in plan.targets}
    for target, area in drawn:
        measure = plan.measure(targets[target].measure)
        alone = evaluate(targets[target], measure=measure, observations=known[measure.id], as_of=AS_OF, area=area)
        assert tuple(answers[target, area][name] for name in COMPARED) == pytest.approx(told(alone), abs=1e-12), (
            target,
            area,
        )


def told(alone: Evaluation) -> tuple[Any, ...]:
    period = None if alone.observation is None else alone.observation.period.code
    numbers = [None if each is None else float(each) for each in (alone.value, alone.required, alone.gap)]
    words = [alone.verdict, alone.status, alone.reason, alone.rag, alone.travel]
    return (period, *numbers, *(None if each is None else str(each) for each in words))


@pytest.mark.parametrize("short", ["RTA", "PriTotAbs", "APSE_Alevel"])
def test_quartiles_by_hand(short: str, figures: Any, dictionary: dict[str, dict[str, str]]) -> None:
    """The standard competition ranking, written out: sort, give ties the better place, and divide."""
    facts = dictionary[short]
    measure = Measure(id=facts["id"], title="M", kind="score", direction=POLARITY[facts["Polarity"]], decimals=2)
    own = figures.filter(pl.col("measure") == measure.id)
    last = max(map(Period.from_code, own["period"].unique()), key=lambda each: each.end)
    target = Target(id="quartile", measure=measure.id, aim=Rank(1, 4), due=last)
    plan = Plan(id="q", title="Q", measures=[measure], targets=[target])
    rows = own.filter(pl.col("period") == last.code).rows(named=True)
    published = {row["area"]: row["value"] for row in rows if row["value"] is not None}
    absent = {row["area"]: row["absence"] for row in rows if row["value"] is None}
    best_first = sorted(published.values(), reverse=facts["Polarity"] == "High")
    assert len(published) > 140
    assert len(set(best_first)) < len(best_first), "there are ties"
    answers = {row["area"]: row for row in frames.evaluate(plan, own, as_of=AS_OF).rows(named=True)}
    for area, value in published.items():
        place = best_first.index(value) + 1
        assert answers[area]["verdict"] == ("met" if place <= len(published) / 4 else "off"), (area, place)
        assert answers[area]["gap"] == len(published) / 4 - place
    assert {area: answers[area]["reason"] for area in absent} == absent


EXTRACT: dict[str, Any] = {"named_in": "measure_id", "area": "geography_code"}
RAW_FILES: dict[str, dict[str, Any]] = {
    "care_leavers": {"year_ending": "03-31"},
    "cin_child_protection_2013_2025": {"as_at": "03-31"},
    "cla_rates": {"as_at": "03-31"},
    "education_outcomes_cla_cin": {"also": {"lower": "lower_ci", "upper": "upper_ci", "revision": "version"}},
    "eyfsp_absence_terms_sen": {"recorded": "2025-12-01"},
    "neet_16_17": {},
    "population_0_17": {"as_at": "06-30"},
    "school_places_ratings": {"symbols": {"NA": "not_available"}},
    "workforce": {"as_at": "09-30"},
}


@pytest.mark.parametrize("name", RAW_FILES)
def test_a_raw_file_gives_the_same_observations_by_file_and_by_frame(name: str, shared: Path) -> None:
    path = shared / "data" / "published" / f"{name}.csv"
    also = {"breakdown": "breakdown", **RAW_FILES[name].get("also", {})}
    layout = EesLayout(**{**EXTRACT, **RAW_FILES[name], "also": also})
    by_file = load_observations(path, layout=layout)
    by_frame = frames.from_layout(pl.read_csv(path, infer_schema_length=0), layout)
    assert Counter(map(plainly, by_file)) == Counter(map(row_plainly, by_frame.rows(named=True)))


def test_rows_of_the_raw_file_give_the_same_observations_by_file_and_by_frame(
    raw: Any, dictionary: dict[str, dict[str, str]]
) -> None:
    drawn = raw.sample(20_000, seed=2026).filter(pl.col("Years") != "0")
    shorts = drawn["Short Desc"].unique().to_list()
    places = drawn.select("LA and Regions", "LA Number").unique().rows()
    layout = LaitLayout(
        measures={name: dictionary[name]["id"] for name in shorts},
        year_types={name: dictionary[name]["Year_Type"] for name in shorts},
        areas={name: f"L{number:.0f}" for name, number in places},
    )
    by_file = load_observations(io.StringIO(drawn.write_csv()), format="csv", layout=layout)
    by_frame = frames.from_layout(drawn, layout)
    assert len(by_file) > 19_000
    assert Counter(map(plainly, by_file)) == Counter(map(row_plainly, by_frame.rows(named=True)))


FIELDS = ("measure", "area", "absence", "revision", "recorded", "value", "lower", "upper")


def plainly(figure: Observation) -> tuple[Any, ...]:
    """An observation in texts and floats."""
    numbers = [None if each is None else float(each) for each in (figure.value, figure.lower, figure.upper)]
    words = [None if each is None else str(each) for each in (figure.absence, figure.revision)]
    parts = tuple(sorted(figure.breakdown.items()))
    return figure.measure, figure.period.code, figure.area, *words, figure.recorded, *numbers, parts


def row_plainly(row: dict[str, Any]) -> tuple[Any, ...]:
    """A row of a frame in the same form."""
    known = {*FIELDS, "period"}
    parts = tuple(sorted((name, text) for name, text in row.items() if name not in known and text is not None))
    measure, area, *others = (row.get(name) for name in FIELDS)
    return measure, row["period"], area, *others, parts


def observation_of(row: dict[str, Any]) -> Observation:
    given = {"absence": row["absence"]} if row["value"] is None else {"value": row["value"]}
    return Observation(measure=row["measure"], period=row["period"], area=row["area"], **given)


def test_trends_and_charts_of_the_published_series_are_those_of_each(plan: Plan, figures: Any) -> None:
    """Every tenth place of every measure: to the row, and to the last of its limits."""
    places = sorted(figures["area"].unique())[::10]
    some = figures.filter(pl.col("area").is_in(places))
    known = Observations(observation_of(row) for row in some.rows(named=True))
    trends = {(row["measure"], row["area"]): row for row in frames.trend(plan, some, as_of=AS_OF).rows(named=True)}
    limits = {
        (row["measure"], row["area"], row["period"]): row
        for row in frames.xmr(plan, some, as_of=AS_OF).rows(named=True)
    }
    seen = 0
    for measure in plan.measures:
        for area in known.areas(measure.id):
            series = known.series(measure, area=area, as_of=AS_OF)
            trend, row = methods.recent_trend(series), trends[measure.id, area]
            for name in ("direction", "judged", "test", "reason"):
                assert row[name] == word(getattr(trend, name)), (measure.id, area, name)
            assert close(trend.chi_square, row["chi_square"])
            for point in methods.xmr(series, direction=measure.direction).points:
                period = point.at.code if isinstance(point.at, Period) else str(point.at)
                row = limits[measure.id, area, period]
                assert row["signal"] == word(point.signal), (measure.id, area, period)
                assert all(close(getattr(point, name), row[name]) for name in ("mean", "lower", "upper"))
                seen += 1
    assert seen > 50_000
