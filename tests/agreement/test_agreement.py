"""Bulk says what ``evaluate_plan`` says, row by row, in every engine that is installed."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from unittest import mock

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from outcome_bees import (
    Absence,
    Baseline,
    Beat,
    Comparator,
    Evaluation,
    Hold,
    Improve,
    Linear,
    Margin,
    Measure,
    Observation,
    Observations,
    OutcomeBeesError,
    Period,
    Plan,
    Profile,
    Rank,
    Reach,
    StayBetween,
    Target,
    Verdict,
    evaluate,
    evaluate_plan,
    frames,
)
from outcome_bees.areas import same_ground
from outcome_bees.errors import AmbiguousObservationError
from outcome_bees.evaluation.policy import FIVE_PER_CENT, NOT_WORSE_THAN_LAST_YEAR, STANDARD, Policy
from outcome_bees.evaluation.select import in_sight, precedence_for_target
from outcome_bees.frames import backend
from outcome_bees.model.aims import Complete

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")  # of a case in which they differ
Built = TypeVar("Built")
AREAS = ("E1", "E2", "E3", "E92000001")  # the last is a country, which is not ranked among the others
# Codes of places that changed on 1 April 2023: Somerset was recoded, Cumbria was divided.
CODES: st.SearchStrategy[dict[str, str]] = st.sampled_from(
    [
        {},
        {},
        {"E1": "E10000027", "E2": "E06000066", "E3": "E06000063"},
        {"E1": "E10000006", "E2": "E06000066", "E3": "E10000027"},
        {"E1": "E06000063", "E2": "E10000027", "E92000001": "E06000066"},
    ]
)
YEARS = [Period.year(year, "financial") for year in range(2020, 2025)]
QUARTERS = [Period.quarter(year, quarter, "financial") for year in (2022, 2023, 2024) for quarter in (1, 2, 3, 4)]
TO_DATE = [Period.to_date(year, quarter, "financial") for year in (2023, 2024) for quarter in (1, 2, 3, 4)]
DAYS = [Period.day(date(year, month, day)) for year in (2022, 2023, 2024) for month, day in ((2, 28), (3, 28), (3, 31))]
SERIES = st.sampled_from([YEARS, QUARTERS, TO_DATE, DAYS, YEARS[2:] + QUARTERS, QUARTERS[4:] + TO_DATE])
POLICIES = [
    STANDARD,
    FIVE_PER_CENT,
    NOT_WORSE_THAN_LAST_YEAR,
    Policy(
        id="steady",
        no_change_within=Margin(amount=1),
        met_within=Margin(amount=1),
        near_within=Margin(amount=4),
    ),
    Policy(id="steady-share", no_change_within=Margin(percent=10), near_if_not_worse=True),
    Policy(id="clear", met_only_if_clear=True, near_if_not_worse=True),
]
# Few numbers, so that figures fall on cuts, on each other and on zero; then a hair to either side of them. Floats are
# promised to agree where a figure has fewer than six digits more than are published (evaluation/edges.py): five here.
ROUNDS = [Decimal(each) for each in ("-20", "-10", "0", "9", "10", "10.5", "11", "20", "33.3", "37")]
ROUND = st.sampled_from(ROUNDS)
NUDGES = (
    "0",
    "0",
    "0",
    "0.1",
    "-0.1",
    "0.0001",
    "-0.0001",
    "0.00011",
    "-0.00011",
    "0.00009",
    "-0.00009",
    "0.001",
    "0.00001",
)
VALUES = [*[None] * 8, *(Decimal(number) + Decimal(nudge) for number in ROUNDS for nudge in NUDGES)]
MARGINS = st.sampled_from([Margin(amount=1), Margin(amount="0.1"), Margin(percent=10), Margin(percent=5)])


def allowed(build: Callable[[], Built]) -> Built | None:
    """What is built, or nothing where the model refuses it."""
    try:
        return build()
    except OutcomeBeesError:
        return None


@st.composite
def measures(draw: st.DrawFn, id: str) -> Measure:
    unit = draw(st.sampled_from(["percent"] * 5 + ["count", "count", "per_1000", "milestone", None]))
    kind = {} if unit else {"kind": draw(st.sampled_from(["narrative", "score", "score"]))}
    return Measure(
        id=id,
        title=id,
        unit=unit,
        **kind,  # type: ignore[arg-type]  # words, where the class has members
        direction=draw(st.sampled_from(["increase", "decrease"] * 4 + ["maintain", None])),
        role=draw(st.sampled_from(["outcome"] * 15 + ["contextual"])),
        timing=draw(st.sampled_from([None, None, None, "snapshot", "cumulative"])),
        frequency=draw(st.sampled_from([None, None, "yearly", "quarterly", "monthly"])),
        decimals=draw(st.sampled_from([None, 0, 1, 2])),
        breaks=draw(st.sampled_from([(), (), (date(2023, 9, 1),), (date(2022, 4, 1), date(2024, 6, 1))])),
        ended=draw(st.sampled_from([None] * 9 + [date(2024, 9, 30)])),
    )


def profile_of(chosen: list[Period], value: Decimal, at_due: dict[Period, Decimal]) -> Profile:
    return Profile({period: at_due.get(period, value) for period in (*chosen, *at_due)})


@st.composite
def targets(draw: st.DrawFn, id: str, measure: Measure, series: list[Period]) -> Target | None:
    numbers = ROUND
    by = st.none() | MARGINS
    aim = draw(
        st.one_of(
            st.builds(Reach, numbers),
            st.builds(Reach, numbers),
            st.builds(lambda low, high: StayBetween(min(low, high), max(low, high)), numbers, numbers),
            st.builds(Improve, by),
            st.just(Hold()),
            st.builds(Beat, st.sampled_from(["published", "pooled", "median"]), by),
            st.just(Complete()),
            st.sampled_from([Rank(1, 2), Rank(1, 4), Rank(2, 3, "median")]),
            *([st.none()] if draw(st.integers(0, 9)) == 0 else []),
        )
    )
    due = draw(st.none() | st.sampled_from(series))
    begun = draw(st.sampled_from(series) | st.sampled_from([YEARS[2], DAYS[2]]))
    baseline = draw(st.none() | st.just(Baseline(begun)) | st.builds(Baseline, st.just(begun), numbers))
    trajectory: dict[str, Any] = {}
    if isinstance(aim, Reach | Improve | Hold):
        at_due: dict[Period, Decimal] = {due: aim.value} if due is not None and isinstance(aim, Reach) else {}
        profile = st.builds(
            lambda chosen, value: profile_of(chosen, value, at_due),
            st.lists(st.sampled_from(series), min_size=1, max_size=3, unique=True),
            numbers,
        )
        way = draw(st.none() | st.just(Linear()) | (profile if isinstance(aim, Reach) else st.none()))
        trajectory = {} if way is None else {"trajectory": way}
    facts: dict[str, Any] = {
        "tolerance": draw(st.none() | MARGINS),
        "area": draw(st.none() | st.none() | st.none() | st.sampled_from(AREAS)),
        "breakdown": draw(st.sampled_from([{}, {}, {}, {"sex": "girls"}])),
        "unit": "fraction"
        if measure.unit and measure.unit.code == "percent" and draw(st.integers(0, 9)) == 0
        else None,
    }

    def build() -> Target:
        return Target(id=id, measure=measure.id, aim=aim, due=due, baseline=baseline, **trajectory, **facts)

    return allowed(build)


@st.composite
def figures_of(draw: st.DrawFn, measure: Measure, series: list[Period], *, vintages: bool) -> list[Observation]:
    found = []
    for area in AREAS:
        for period in series:
            for vintage in range(draw(st.sampled_from([0, 1, 2, 2] if vintages else [1, 1, 1, 1, 0]))):
                value = draw(st.sampled_from(VALUES))
                numbers: dict[str, Any] = {"value": value}
                if value is None:
                    numbers["absence"] = draw(st.sampled_from(list(Absence)))
                if draw(st.booleans()):
                    numbers |= {
                        "numerator": draw(st.integers(0, 40)),
                        "denominator": draw(st.integers(100, 200)),
                    }
                    if value is not None and measure.unit and measure.unit.whole and draw(st.booleans()):
                        share = Decimal(numbers["numerator"]) / numbers["denominator"] * int(measure.unit.whole)
                        numbers["value"] = value = round(share, draw(st.sampled_from([0, 1, 3])))
                if value is not None and draw(st.integers(0, 4)) == 0:
                    widths = st.sampled_from([Decimal(each) for each in ("0", "0.5", "1", "3", "10")])
                    numbers |= {"lower": value - draw(widths), "upper": value + draw(widths)}
                if measure.unit and measure.unit.code == "percent" and draw(st.integers(0, 9)) == 0:
                    numbers["unit"] = "fraction"
                if vintages:
                    numbers["recorded"] = draw(
                        st.sampled_from([None, date(2023, 1 + vintage, 5), date(2025, 1 + vintage, 5)])
                    )
                    revisions = [None, "final", "forecast"] if vintage else ["provisional", "revised", "withdrawn"]
                    numbers["revision"] = draw(st.sampled_from(revisions))
                sex = draw(st.sampled_from([{}] * 8 + [{"sex": "girls"}])) if not vintages else {}
                found.append(Observation(measure=measure.id, period=period, area=area, breakdown=sex, **numbers))
    return found


@st.composite
def cases(draw: st.DrawFn) -> "Case":
    made: list[Measure] = []
    drawn: list[Target | None] = []
    figures: list[Observation] = []
    vintages = draw(st.booleans())
    for index in range(draw(st.integers(1, 3))):
        series = draw(SERIES)
        measure = draw(measures(f"m{index}"))
        made.append(measure)
        for at in range(draw(st.sampled_from([1, 2, 2, 0]))):
            drawn.append(draw(targets(f"t{index}{at}", measure, series)))
        figures += draw(figures_of(measure, series, vintages=vintages))
    compounds: list[Measure] = []
    if draw(st.booleans()):
        parts = [each.id for each in made]
        compounds.append(Measure(id="whole", title="W", kind="compound", components=parts))
        if draw(st.booleans()):
            compounds.append(Measure(id="outer", title="O", kind="compound", components=["whole"]))
    comparators = [
        Comparator(id="published", title="One", areas=["E1"]),
        Comparator(id="pooled", title="Pooled", areas=["E1", "E2"], method="pooled"),
        Comparator(id="median", title="Median", areas=draw(st.sampled_from([AREAS[1:], AREAS[:2]])), method="median"),
    ]

    def plan(aims: list[Target]) -> Plan | None:
        return allowed(
            lambda: Plan(id="p", title="P", measures=made + compounds, targets=aims, comparators=comparators)
        )

    aims = [each for each in drawn if each is not None and plan([each])]
    days = st.sampled_from([date(2024, 1, 1), date(2025, 3, 31), date(2025, 3, 31), date(2025, 6, 1)])
    policy, day = draw(st.sampled_from(POLICIES)), draw(days)
    named = draw(CODES)
    if named:
        comparators = [evolve(each, areas=[named.get(area, area) for area in each.areas]) for each in comparators]
        figures = [evolve(each, area=named.get(each.area, each.area)) for each in figures]
        aims = [evolve(each, area=each.area and named.get(each.area, each.area)) for each in aims]
    return plan(aims), figures, policy, day  # type: ignore[return-value]  # they are what was given, under other names


def columns_of(figures: list[Observation]) -> dict[str, list[Any]]:
    """The figures as the columns of a frame; those that say nothing are left out, as users leave them out."""
    columns: dict[str, list[Any]] = {
        "measure": [each.measure for each in figures],
        "period": [each.period.code for each in figures],
        "area": [each.area for each in figures],
        "value": [None if each.value is None else float(each.value) for each in figures],
        "absence": [each.absence and str(each.absence) for each in figures],
        "unit": [each.unit and each.unit.code for each in figures],
        "recorded": [each.recorded for each in figures],
        "revision": [each.revision and str(each.revision) for each in figures],
        "numerator": [None if each.numerator is None else float(each.numerator) for each in figures],
        "denominator": [None if each.denominator is None else float(each.denominator) for each in figures],
        "lower": [None if each.lower is None else float(each.lower) for each in figures],
        "upper": [None if each.upper is None else float(each.upper) for each in figures],
        "sex": [each.breakdown.get("sex") for each in figures],
    }
    needed = ("measure", "period", "area", "value")
    return {name: held for name, held in columns.items() if name in needed or any(each is not None for each in held)}


def types_of(columns: Mapping[str, list[Any]]) -> dict[str, str]:
    kinds = {**dict.fromkeys(("value", "numerator", "denominator", "lower", "upper"), "number"), "recorded": "date"}
    return {name: kinds.get(name, "text") for name in columns}


def polars_frame(columns: Mapping[str, list[Any]]) -> Any:
    import polars as pl

    types = {"text": pl.String, "number": pl.Float64, "date": pl.Date}
    return pl.DataFrame(columns, schema={name: types[kind] for name, kind in types_of(columns).items()})


def arrow_frame(columns: Mapping[str, list[Any]]) -> Any:
    import pyarrow as pa

    types = {"text": pa.string(), "number": pa.float64(), "date": pa.date32()}
    return pa.table({name: pa.array(columns[name], types[kind]) for name, kind in types_of(columns).items()})


def pandas_frame(columns: Mapping[str, list[Any]]) -> Any:
    import pandas as pd

    frame = pd.DataFrame({name: pd.Series(held, dtype=object) for name, held in columns.items()})
    text = "str" if pd.__version__ >= "3" else "object"  # a type that pandas 2 has not: there it makes a text of None
    types = {"text": text, "number": "float64", "date": "datetime64[s]"}
    for name, kind in types_of(columns).items():
        frame[name] = pd.to_datetime(frame[name]) if kind == "date" else frame[name].astype(types[kind])
    return frame


def duckdb_frame(columns: Mapping[str, list[Any]]) -> Any:
    import duckdb

    types = {"text": "VARCHAR", "number": "DOUBLE", "date": "DATE"}
    connection = duckdb.connect()
    made = ", ".join(f"{name} {types[kind]}" for name, kind in types_of(columns).items())
    connection.execute(f"CREATE TABLE figures ({made})")
    rows = list(zip(*columns.values(), strict=True))
    if rows:
        connection.executemany(f"INSERT INTO figures VALUES ({', '.join('?' * len(columns))})", rows)
    return connection.table("figures")


def from_polars(frame: Any) -> list[dict[str, Any]]:
    return frame.rows(named=True)  # type: ignore[no-any-return]  # Polars is not installed everywhere


def from_pandas(frame: Any) -> list[dict[str, Any]]:
    rows = frame.to_dict("records")
    return [{name: None if value != value or value is None else value for name, value in row.items()} for row in rows]


def from_duckdb(frame: Any) -> list[dict[str, Any]]:
    return [dict(zip(frame.columns, row, strict=True)) for row in frame.fetchall()]


ENGINES: dict[str, tuple[str, Callable[[Any], Any], Callable[[Any], list[dict[str, Any]]]]] = {
    "polars": ("polars", polars_frame, from_polars),
    "polars lazy": (
        "polars",
        lambda columns: polars_frame(columns).lazy(),
        lambda frame: from_polars(frame.collect()),
    ),
    "pandas": ("pandas", pandas_frame, from_pandas),
    "pyarrow": ("pyarrow", arrow_frame, lambda frame: frame.to_pylist()),
    "duckdb": ("duckdb", duckdb_frame, from_duckdb),
    # Where no faster engine is installed, these are evaluated in themselves.
    "pandas alone": ("pandas", pandas_frame, from_pandas),
    "pyarrow alone": ("pyarrow", arrow_frame, lambda frame: frame.to_pylist()),
}
EXAMPLES = {"polars": 200, "duckdb": 6}  # what one costs differs by a hundred times
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example, HealthCheck.nested_given)
Case = tuple[Plan, list[Observation], Policy, date]
COMPARED = (
    "value",
    "required",
    "gap",
    "period",
    "verdict",
    "status",
    "reason",
    "rag",
    "travel",
    "certainty",
    "revision",
)
Answers = dict[tuple[str | None, str, str | None], tuple[Any, ...]]


def told(evaluation: Evaluation) -> tuple[Any, ...]:
    """What bulk says of an evaluation."""
    period = None if evaluation.observation is None else evaluation.observation.period.code
    numbers = [
        None if each is None else float(each) for each in (evaluation.value, evaluation.required, evaluation.gap)
    ]
    words = (
        *(evaluation.verdict, evaluation.status, evaluation.reason),
        *(evaluation.rag, evaluation.travel, evaluation.certainty, evaluation.revision),
    )
    return (*numbers, period, *(None if each is None else str(each) for each in words))


def one_by_one(plan: Plan, figures: list[Observation], policy: Policy, as_of: date) -> Answers:
    indexed = Observations(figures, provisional_after_final_ok=True)
    areas = dict.fromkeys(each.area for each in figures)
    cards = (evaluate_plan(plan, indexed, as_of=as_of, area=area, policy=policy) for area in areas)
    return {(each.target, each.measure, each.area): told(each) for card in cards for each in card.evaluations}


def of_rows(rows: list[dict[str, Any]]) -> Answers:
    found = {(row["target"], row["measure"], row["area"]): tuple(row[name] for name in COMPARED) for row in rows}
    assert len(found) == len(rows)
    return found


def close(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Words and figures alike; what was computed, to the last digit that the scalar answer keeps."""
    return (one[0], *one[3:]) == (other[0], *other[3:]) and all(
        a == b or (a is not None and b is not None and abs(a - b) <= 1.01e-6)
        for a, b in zip(one[1:3], other[1:3], strict=True)
    )


def differences(one: Mapping[Any, tuple[Any, ...]], other: Mapping[Any, tuple[Any, ...]]) -> dict[Any, Any]:
    keys = [*one, *(key for key in other if key not in one)]
    return {
        key: (one.get(key), other.get(key))
        for key in keys
        if key not in one or key not in other or not close(one[key], other[key])
    }


def answered(engine: str, case: Case, *, history: bool = False) -> list[dict[str, Any]]:
    """The rows that an engine gives for a case."""
    _, make, read = ENGINES[engine]
    plan, figures, policy, as_of = case
    frame = make(columns_of(figures))
    alone = mock.patch.object(backend, "_engine_for", return_value=None) if "alone" in engine else nullcontext()
    with alone:
        asked: dict[str, Any] = {"as_of": as_of, "policy": policy, "history": history, "certainty": True}
        asked["revision"] = True
        return read(frames.evaluate(plan, frame, breakdown=("sex",), **asked))


def agree(case: Case, one: Mapping[Any, tuple[Any, ...]], other: Mapping[Any, tuple[Any, ...]]) -> None:
    """That the answers are alike; where they are not, what the first that differ were made from."""
    found = differences(one, other)
    if not found:
        return
    (key, pair), *_ = found.items()
    plan, figures, policy, as_of = case
    target = next((each for each in plan.targets if each.id == key[0]), None)
    made_from = [each for each in figures if each.measure == key[1]]
    lines = (f"{len(found)} differ, first {key}", *pair, target, plan.measure(key[1]), *made_from, policy, as_of)
    raise AssertionError("\n".join(map(str, lines)))


def for_cases(examples: int, law: Callable[[Case], None]) -> None:
    """Hold a law for so many cases, drawn as the profile says."""
    most = min(examples, settings.default.max_examples)  # type: ignore[union-attr]
    # A case is not made smaller: that takes minutes, and the message has the part of it that matters.
    phases = (Phase.explicit, Phase.generate)
    given(cases())(settings(max_examples=most, suppress_health_check=SLOW, deadline=None, phases=phases)(law))()


@pytest.mark.parametrize("engine", list(ENGINES))
def test_every_engine_says_what_one_evaluation_after_the_other_says(engine: str) -> None:
    pytest.importorskip(ENGINES[engine][0])

    def law(case: Case) -> None:
        agree(case, one_by_one(*case), of_rows(answered(engine, case)))

    for_cases(EXAMPLES.get(engine, 20), law)


def stood(plan: Plan, figures: list[Observation], policy: Policy, as_of: date) -> dict[Any, tuple[Any, ...]]:
    """How every target stood at each period: later figures taken away, and the day set to the period's last."""
    indexed = Observations(figures, provisional_after_final_ok=True)
    found: dict[Any, tuple[Any, ...]] = {}
    for area in dict.fromkeys(each.area for each in figures):
        for target in (each for each in plan.targets if each.area in (None, area)):
            measure = plan.measure(target.measure)
            known = indexed.known(measure.id, area, target.breakdown, as_of=as_of)
            toward = sorted(
                (period for period in known if in_sight(period, target)),
                key=lambda each: precedence_for_target(each, measure, target),
            )
            codes = (area, *same_ground(area))
            order = {each: precedence_for_target(each, measure, target) for each in toward}
            for period in toward:
                seen = [
                    evolve(figure, recorded=date.min)
                    for place in indexed.areas(measure.id)
                    for dated, figure in indexed.known(measure.id, place, target.breakdown, as_of=as_of).items()
                    if place not in codes
                    or not in_sight(dated, target)
                    or precedence_for_target(dated, measure, target) <= order[period]
                ]
                said = evaluate(
                    target,
                    measure=measure,
                    observations=seen,
                    as_of=period.end,
                    policy=policy,
                    area=area,
                    comparators=plan.comparators,
                )
                found[target.id, measure.id, area, period.code] = told(said)
                if isinstance(target.aim, Complete) and said.verdict is Verdict.MET:
                    break  # what is done stays done
    return found


def dated(rows: list[dict[str, Any]]) -> dict[Any, tuple[Any, ...]]:
    """The rows of targets, by what they are of."""
    return {
        (row["target"], row["measure"], row["area"], row["period"]): tuple(row[name] for name in COMPARED)
        for row in rows
        if row["target"] is not None
    }


@pytest.mark.parametrize("engine", list(ENGINES))
def test_a_history_says_how_each_target_stood_at_each_period(engine: str) -> None:
    pytest.importorskip(ENGINES[engine][0])

    def law(case: Case) -> None:
        agree(case, stood(*case), dated(answered(engine, case, history=True)))

    for_cases(EXAMPLES.get(engine, 20) // 2, law)


def spark_frame(session: Any, columns: Mapping[str, list[Any]]) -> Any:
    types = {"text": "string", "number": "double", "date": "date"}
    schema = ", ".join(f"`{name}` {types[kind]}" for name, kind in types_of(columns).items())
    return session.createDataFrame(list(zip(*columns.values(), strict=True)), schema)


@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
def test_spark_says_what_one_evaluation_after_the_other_says(spark: Any) -> None:
    def law(case: Case) -> None:
        rows = answered("spark", case)
        agree(case, one_by_one(*case), of_rows(rows))
        history = answered("spark", case, history=True)
        agree(case, stood(*case), dated(history))

    def make(columns: Mapping[str, list[Any]]) -> Any:
        return spark_frame(spark, columns)

    def read(frame: Any) -> list[dict[str, Any]]:
        return [row.asDict() for row in frame.collect()]

    with mock.patch.dict(ENGINES, {"spark": ("pyspark", make, read)}):
        for_cases(5, law)


@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
def test_spark_plans_no_python_and_no_step_by_rows(spark: Any) -> None:
    pytest.importorskip("pyarrow")
    plan = Plan(
        id="p",
        title="P",
        measures=[Measure(id="m", title="M", unit="percent", direction="increase")],
        targets=[
            Target(id="t", measure="m", aim=Reach(50), due="FY2024-25", tolerance=Margin(percent=5)),
            Target(id="u", measure="m", aim=Improve(), due="FY2024-25", baseline=Baseline("FY2022-23")),
        ],
    )
    counts = "CAST(49 AS DOUBLE) numerator, CAST(100 AS DOUBLE) denominator"
    figures = spark.sql(f"SELECT 'm' measure, 'FY2023-24' period, 'E1' area, CAST(49 AS DOUBLE) value, {counts}")
    one = evolve(plan, targets=plan.targets[:1])  # of one target a measure, one grouping finds which figure decides
    several = ((plan, False, False), (plan, True, False), (plan, False, True), (one, False, False))
    for asked, history, certainty in several:
        result = frames.evaluate(asked, figures, as_of=date(2025, 6, 1), history=history, certainty=certainty)
        steps = result._jdf.queryExecution().executedPlan().toString()
        assert "BroadcastHashJoin" in steps
        words = ("Python", "Pandas", "ArrowEval", "UDF", "MapPartitions", "DeserializeToObject", "Window ")
        assert [word for word in words if word in steps] == []
        # What was worked out on the way is read as rows that are there, and so is a table made in Python.
        assert ("ExistingRDD" in steps) is (asked is one)
        assert "PythonRDD" not in result._jdf.queryExecution().toRdd().toDebugString()
    for asked, history in ((plan, False), (one, False), (one, True)):
        with pytest.raises(AmbiguousObservationError, match=r"measure m, period FY2023-24, area E1: two of"):
            frames.evaluate(asked, figures.union(figures), as_of=date(2025, 6, 1), history=history)
