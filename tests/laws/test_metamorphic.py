"""What must not matter does not: the same question asked in another way has the same answer, alone and in bulk.

Each law changes a whole small world (a plan of several measures and targets, the figures of several places, a day and a
policy) in a way that leaves its meaning alone, and asks the scalar evaluator and every installed engine again.
"""

import io
import random
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple
from unittest import mock

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from outcome_bees import (
    Beat,
    Complete,
    Direction,
    Measure,
    MeasureKind,
    Observation,
    Observations,
    OutcomeBeesError,
    Plan,
    Profile,
    Rank,
    Reach,
    Status,
    StayBetween,
    Target,
    dump_observations,
    dump_plan,
    evaluate_plan,
    frames,
    load_observations,
    load_plan,
)
from outcome_bees.frames import backend

from ..oracles.drawing import COMPARATORS, HERE, UPPER_TIER, cases

pytestmark = pytest.mark.filterwarnings("ignore::outcome_bees.errors.ProvisionalAfterFinalWarning")
AREAS = (HERE, *UPPER_TIER)
Key = tuple[str | None, str, str]
Row = dict[str, Any]
Answers = dict[Key, Row]
WORDS = ("status", "verdict", "reason", "travel", "certainty", "revision")
NUMBERS = ("required", "gap")


class World(NamedTuple):
    """One plan with its figures, a day and a policy."""

    plan: Plan
    figures: tuple[Observation, ...]
    as_of: date
    policy: Any


# Asking


def scalar(world: World) -> Answers:
    known = Observations(world.figures, provisional_after_final_ok=True)
    found: Answers = {}
    for area in AREAS:
        card = evaluate_plan(
            world.plan, known, as_of=world.as_of, area=area, policy=world.policy, unknown_measures_ok=True
        )
        for each in card.evaluations:
            found[each.target, each.measure, area] = {
                **{name: getattr(each, name) and str(getattr(each, name).value) for name in WORDS},
                **{name: None if each.verdict is None else getattr(each, name) for name in NUMBERS},
            }
    return found


def columns_of(figures: Iterable[Observation]) -> dict[str, list[Any]]:
    rows = list(figures)
    return {
        "measure": [each.measure for each in rows],
        "period": [each.period.code for each in rows],
        "area": [each.area for each in rows],
        "value": [None if each.value is None else float(each.value) for each in rows],
        "absence": [each.absence and each.absence.value for each in rows],
        "unit": [each.unit and each.unit.code for each in rows],
        "recorded": [each.recorded for each in rows],
        "revision": [each.revision and each.revision.value for each in rows],
        "numerator": [None if each.numerator is None else float(each.numerator) for each in rows],
        "denominator": [None if each.denominator is None else float(each.denominator) for each in rows],
        "lower": [None if each.lower is None else float(each.lower) for each in rows],
        "upper": [None if each.upper is None else float(each.upper) for each in rows],
        "sex": [each.breakdown.get("sex") for each in rows],
    }


NUMBERS_IN = ("value", "numerator", "denominator", "lower", "upper")
KINDS = {**dict.fromkeys(NUMBERS_IN, "number"), "recorded": "date"}


def polars_rows(world: World) -> Iterable[Row]:
    import polars as pl

    types = {"number": pl.Float64, "date": pl.Date, "text": pl.String}
    columns = columns_of(world.figures)
    frame = pl.DataFrame(columns, schema={name: types[KINDS.get(name, "text")] for name in columns})
    return bulk(world, frame).rows(named=True)  # type: ignore[no-any-return]


def lazy_rows(world: World) -> Iterable[Row]:
    import polars as pl

    types = {"number": pl.Float64, "date": pl.Date, "text": pl.String}
    columns = columns_of(world.figures)
    frame = pl.LazyFrame(columns, schema={name: types[KINDS.get(name, "text")] for name in columns})
    return bulk(world, frame).collect().rows(named=True)  # type: ignore[no-any-return]


def arrow_rows(world: World) -> Iterable[Row]:
    import pyarrow as pa

    types = {"number": pa.float64(), "date": pa.date32(), "text": pa.string()}
    columns = columns_of(world.figures)
    table = pa.table({name: pa.array(held, types[KINDS.get(name, "text")]) for name, held in columns.items()})
    return bulk(world, table).to_pylist()  # type: ignore[no-any-return]


def pandas_rows(world: World) -> Iterable[Row]:
    import pandas as pd

    frame = pd.DataFrame({name: pd.Series(held, dtype=object) for name, held in columns_of(world.figures).items()})
    for name in frame.columns:
        kind = KINDS.get(name, "text")
        frame[name] = (
            pd.to_datetime(frame[name])
            if kind == "date"
            else frame[name].astype("float64" if kind == "number" else "str")
        )
        if kind == "text":
            frame[name] = frame[name].where(pd.Series([each is not None for each in columns_of(world.figures)[name]]))
    rows = bulk(world, frame).to_dict("records")
    return [{name: None if value != value else value for name, value in row.items()} for row in rows]


def duckdb_rows(world: World) -> Iterable[Row]:
    import duckdb

    types = {"number": "DOUBLE", "date": "DATE", "text": "VARCHAR"}
    columns = columns_of(world.figures)
    with duckdb.connect() as connection:
        made = ", ".join(f"{name} {types[KINDS.get(name, 'text')]}" for name in columns)
        connection.execute(f"CREATE TABLE figures ({made})")
        rows = list(zip(*columns.values(), strict=True))
        if rows:
            connection.executemany(f"INSERT INTO figures VALUES ({', '.join('?' * len(columns))})", rows)
        answers = bulk(world, connection.table("figures"))
        return [dict(zip(answers.columns, row, strict=True)) for row in answers.fetchall()]


def spark_rows(world: World) -> Iterable[Row]:
    sql = pytest.importorskip("pyspark.sql")

    types = {"number": "double", "date": "date", "text": "string"}
    columns = columns_of(world.figures)
    schema = ", ".join(f"`{name}` {types[KINDS.get(name, 'text')]}" for name in columns)
    session: Any = sql.SparkSession.getActiveSession()
    frame = session.createDataFrame(list(zip(*columns.values(), strict=True)), schema)
    return [row.asDict() for row in bulk(world, frame).collect()]


def bulk(world: World, frame: Any) -> Any:
    further: dict[str, Any] = {"certainty": True, "revision": True}
    return frames.evaluate(world.plan, frame, as_of=world.as_of, policy=world.policy, breakdown=("sex",), **further)


def in_bulk(rows_of: Callable[[World], Iterable[Row]]) -> Callable[[World], Answers]:
    def ask(world: World) -> Answers:
        found: Answers = {}
        for row in rows_of(world):
            if row["area"] in AREAS:
                judged = row["verdict"] is not None
                found[row["target"], row["measure"], row["area"]] = {
                    **{name: row[name] for name in WORDS},
                    **{name: row[name] if judged else None for name in NUMBERS},
                }
        return found

    return ask


def alone(ask: Callable[[World], Answers]) -> Callable[[World], Answers]:
    """Ask where no faster engine can be reached, and pandas has no PyArrow beside it."""

    def asked(world: World) -> Answers:
        with mock.patch.object(backend, "_engine_for", return_value=None):
            return ask(world)

    return asked


# A world is named by its number: there is nothing to shrink.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
# Each with how many worlds are drawn for a law, for what one costs differs by a hundred times.
ENGINES: dict[str, tuple[str | None, Callable[[World], Answers], int]] = {
    "scalar": (None, scalar, 20),
    "polars": ("polars", in_bulk(polars_rows), 5),
    "polars lazy": ("polars", in_bulk(lazy_rows), 2),
    "pandas": ("pandas", in_bulk(pandas_rows), 2),
    "pyarrow": ("pyarrow", in_bulk(arrow_rows), 2),
    "duckdb": ("duckdb", in_bulk(duckdb_rows), 1),
    "spark": ("pyspark", in_bulk(spark_rows), 1),
    # Where no faster engine can be reached, these are evaluated in themselves.
    "pandas alone": ("pandas", alone(in_bulk(pandas_rows)), 1),
    "pyarrow alone": ("pyarrow", alone(in_bulk(arrow_rows)), 1),
}


# Drawing


def world_of(first: int, size: int = 12) -> World:
    """Return the world of a number: a dozen measures, each with a target and figures that crowd round its cuts."""
    drawn = [case for _, case in islice(cases(first, first + size), size)]
    measures, targets, figures = [], [], []
    for number, case in enumerate(drawn):
        measure = evolve(case.measure, id=f"m{number}")
        measures.append(measure)
        figures += [evolve(each, measure=measure.id) for each in case.observations]
        if case.target is not None:
            target = evolve(case.target, id=f"t{number}", measure=measure.id)
            if accepted(measure, target):
                targets.append(target)
    plan = Plan(id="p", title="P", measures=measures, targets=targets, comparators=COMPARATORS)
    return World(plan, tuple(figures), drawn[0].as_of, drawn[0].policy)


def accepted(measure: Measure, target: Target) -> bool:
    """Return whether a plan takes the target: one that refers to nobody's comparator is refused there."""
    try:
        Plan(id="p", title="P", measures=[measure], targets=[target], comparators=COMPARATORS)
    except OutcomeBeesError:
        return False
    return True


def hold(engine: str, law: Callable[[Callable[[World], Answers], World, random.Random], None]) -> None:
    """Try a law on drawn worlds, in one engine."""
    module, ask, examples = ENGINES[engine]
    if module is not None:
        pytest.importorskip(module)

    @settings(max_examples=examples, deadline=None, phases=PHASES, suppress_health_check=(HealthCheck.too_slow,))
    @given(st.integers(0, 1_000_000))
    def tried(number: int) -> None:
        # To plan a query costs Spark most of a minute where many aims stand in one: a smaller world for it.
        law(ask, world_of(number, 2 if engine == "spark" else 12), random.Random(number))

    tried()


def assert_same(one: Mapping[Key, Row], other: Mapping[Key, Row], keys: Iterable[Key] | None = None) -> None:
    """Check that the answers are the same: the words to the letter, the numbers to a millionth."""
    for key in one if keys is None else keys:
        assert {name: one[key][name] for name in WORDS} == {name: other[key][name] for name in WORDS}, key
        for name in NUMBERS:
            this, that = one[key][name], other[key][name]
            assert (this is None) == (that is None), (key, name)
            assert this is None or float(this) == pytest.approx(float(that), rel=1e-9, abs=1e-6), (key, name)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if name == "spark":
        request.getfixturevalue("spark")  # one session for all of them
    return name


# The laws


def test_figures_of_another_measure_or_of_a_region_change_nothing(engine: str) -> None:
    def law(ask: Callable[[World], Answers], world: World, chance: random.Random) -> None:
        # One of the other measures is in the plan; of the rest the plan knows nothing.
        strangers = [evolve(each, measure=f"other-{each.measure}") for each in world.figures]
        regions = [
            evolve(each, area="E12000009", value=chance.choice((Decimal(-99), Decimal(999))), absence=None)
            for each in world.figures
            if each.area == HERE
        ]
        other = Measure(id="other-m0", title="O", unit="percent", direction="increase")
        plan = evolve(world.plan, measures=(*world.plan.measures, other))
        before = ask(world)
        assert_same(before, ask(World(plan, (*world.figures, *strangers, *regions), *world[2:])), before)

    hold(engine, law)


def test_what_becomes_known_later_and_what_is_only_forecast_change_nothing(engine: str) -> None:
    def law(ask: Callable[[World], Answers], world: World, chance: random.Random) -> None:
        def vintage(figure: Observation) -> tuple[Any, ...]:
            return figure.measure, figure.area, figure.period, figure.breakdown, figure.known_on

        later = [
            evolve(each, value=Decimal(777), absence=None, revision="revised", recorded=world.as_of + timedelta(days))
            for each in world.figures
            for days in (chance.choice((1, 20, 400)),)
        ]
        forecast = [
            evolve(each, value=Decimal(777), absence=None, revision="forecast", recorded=world.as_of)
            for each in world.figures
        ]
        taken = set(map(vintage, world.figures))
        more = {vintage(each): each for each in (*later, *forecast)}
        new = [each for key, each in more.items() if key not in taken]
        assert_same(ask(world), ask(world._replace(figures=(*world.figures, *new))))

    hold(engine, law)


def test_the_order_of_figures_measures_and_targets_never_matters(engine: str) -> None:
    def law(ask: Callable[[World], Answers], world: World, chance: random.Random) -> None:
        def shuffled(items: tuple[Any, ...]) -> tuple[Any, ...]:
            return tuple(chance.sample(items, len(items)))

        plan = evolve(world.plan, measures=shuffled(world.plan.measures), targets=shuffled(world.plan.targets))
        assert_same(ask(world), ask(World(plan, shuffled(world.figures), *world[2:])))

    hold(engine, law)


def test_a_figure_in_another_unit_says_the_same(engine: str) -> None:
    def law(ask: Callable[[World], Answers], world: World, chance: random.Random) -> None:
        smaller = {"percent": ("fraction", 100), "per_10000": ("fraction", 10_000), "GBP": ("GBP_thousand", 1000)}
        units = {each.id: each.unit.code for each in world.plan.measures if each.unit is not None}

        def converted(figure: Observation) -> Observation:
            code = units.get(figure.measure, "")
            if code not in smaller or figure.unit is not None or figure.value is None or chance.random() < 0.3:
                return figure
            unit, times = smaller[code]
            return evolve(figure, unit=unit, value=figure.value / times)

        assert_same(ask(world), ask(world._replace(figures=tuple(map(converted, world.figures)))))

    hold(engine, law)


def test_places_under_other_names_of_their_sort_stand_as_they_stood(engine: str) -> None:
    def law(ask: Callable[[World], Answers], world: World, chance: random.Random) -> None:
        names: dict[str, str] = dict(zip(AREAS, chance.sample(AREAS, len(AREAS)), strict=True))
        renamed = tuple(evolve(each, area=names.get(each.area, each.area)) for each in world.figures)
        groups = [
            evolve(each, areas=tuple(names.get(area, area) for area in each.areas)) for each in world.plan.comparators
        ]
        before = ask(world)
        after = ask(World(evolve(world.plan, comparators=groups), renamed, *world[2:]))
        assert_same(
            before, {(target, measure, was): after[target, measure, names[was]] for target, measure, was in before}
        )

    hold(engine, law)


def test_a_plan_split_in_two_says_what_the_whole_says(engine: str) -> None:
    def law(ask: Callable[[World], Answers], world: World, chance: random.Random) -> None:
        half = {each.id for each in world.plan.measures if chance.random() < 0.5}
        parts: Answers = {}
        for mine in (True, False):
            plan = evolve(
                world.plan,
                measures=[each for each in world.plan.measures if (each.id in half) is mine],
                targets=[each for each in world.plan.targets if (each.measure in half) is mine],
            )
            figures = tuple(each for each in world.figures if (each.measure in half) is mine)
            if plan.measures:
                parts |= ask(World(plan, figures, *world[2:]))
        whole = ask(world)
        # In bulk a place has rows for every measure where it has a figure of any.
        assert_same(whole, parts, [key for key in whole if key in parts])
        assert {key[:2] for key in whole} == {key[:2] for key in parts}

    hold(engine, law)


@pytest.mark.parametrize("format", ["json", "yaml"])
def test_a_plan_and_figures_that_were_written_and_read_say_what_they_said(engine: str, format: str) -> None:
    def law(ask: Callable[[World], Answers], world: World, chance: random.Random) -> None:
        page, table = io.StringIO(), io.StringIO()
        dump_plan(world.plan, page, format=format)
        dump_observations(world.figures, table, format="csv")
        plan = load_plan(io.StringIO(page.getvalue()), format=format)
        figures = load_observations(io.StringIO(table.getvalue()), format="csv")
        assert plan == world.plan
        assert_same(ask(world), ask(World(plan, tuple(figures), *world[2:])))

    hold(engine, law)


def test_less_is_better_is_more_is_better_in_a_mirror(engine: str) -> None:
    def law(ask: Callable[[World], Answers], world: World, chance: random.Random) -> None:
        kept = {each.id for each in world.plan.measures if has_a_mirror(each)}
        targets = [each for each in world.plan.targets if each.measure in kept and is_mirrored_whole(each)]
        plan = evolve(world.plan, measures=[each for each in world.plan.measures if each.id in kept], targets=targets)
        figures = tuple(with_limits(each, chance) for each in world.figures if each.measure in kept)
        before = ask(world._replace(plan=plan, figures=figures))
        other = evolve(plan, measures=list(map(mirrored, plan.measures)), targets=list(map(mirrored_target, targets)))
        signs = tuple(map(turned, figures))
        after = ask(world._replace(plan=other, figures=signs))
        swap = {"increasing": "decreasing", "decreasing": "increasing"}
        places = {each.id for each in targets if isinstance(each.aim, Rank)}
        for key, row in after.items():
            row["travel"] = swap.get(row["travel"], row["travel"])
            if row["required"] is not None and key[0] not in places:
                row["required"] = -row["required"]
        assert_same(before, after, [key for key in before if not two_ends_alike(plan, key)])

    hold(engine, law)


def with_limits(figure: Observation, chance: random.Random) -> Observation:
    """Return a figure with published limits, now and then, in the place of counts, of which none is below zero."""
    limits: dict[str, Any] = {}
    if figure.value is not None and chance.random() < 0.5:
        limits = {"lower": figure.value - chance.randint(0, 3), "upper": figure.value + chance.randint(0, 3)}
    return evolve(figure, numerator=None, denominator=None, **limits)


def turned(figure: Observation) -> Observation:
    """Return a figure on the other side of zero, with its limits."""
    low, high = figure.lower, figure.upper
    return evolve(
        figure,
        value=None if figure.value is None else -figure.value,
        lower=None if high is None else -high,
        upper=None if low is None else -low,
    )


def two_ends_alike(plan: Plan, key: Key) -> bool:
    """Return whether a target is a band: where a figure lies in its very middle either end may be named."""
    return any(each.id == key[0] and isinstance(each.aim, StayBetween) for each in plan.targets)


def has_a_mirror(measure: Measure) -> bool:
    """Return whether there is a measure that is its mirror image: no count falls below nothing, nor is undone."""
    return measure.kind not in (MeasureKind.MILESTONE, MeasureKind.COUNT)


def is_mirrored_whole(target: Target) -> bool:
    """Return whether a target has a mirror: pools are made of parts, which have none."""
    return not (isinstance(target.aim, Beat) and target.aim.comparator == "pool")


def mirrored(measure: Measure) -> Measure:
    other = {Direction.INCREASE: Direction.DECREASE, Direction.DECREASE: Direction.INCREASE}
    return (
        measure
        if measure.direction is None
        else evolve(measure, direction=other.get(measure.direction, measure.direction))
    )


def mirrored_target(target: Target) -> Target:
    aim, trajectory, baseline = target.aim, target.trajectory, target.baseline
    if isinstance(aim, Reach):
        aim = Reach(-aim.value)
    elif isinstance(aim, StayBetween):
        aim = StayBetween(-aim.high, -aim.low)
    if isinstance(trajectory, Profile):
        trajectory = Profile({period: -number for period, number in trajectory.values.items()})
    if baseline is not None and baseline.value is not None:
        baseline = evolve(baseline, value=-baseline.value)
    return evolve(target, aim=aim, trajectory=trajectory, baseline=baseline)


ENDED = {Status.ACHIEVED.value, Status.NARROWLY_MISSED.value, Status.MISSED.value}
AT_THE_END = {"met": "achieved", "near": "narrowly_missed", "off": "missed"}


def test_time_that_passes_settles_targets_and_unsettles_none(engine: str) -> None:
    """With nothing new known, what has ended stays so, and a verdict on the way stays the verdict."""

    def law(ask: Callable[[World], Answers], world: World, chance: random.Random) -> None:
        going_on = evolve(world.plan, measures=[evolve(each, ended=None) for each in world.plan.measures])
        known = tuple(each for each in world.figures if (each.recorded or each.period.end) <= world.as_of)
        milestones = {each.id for each in going_on.targets if isinstance(each.aim, Complete)}
        now = world._replace(plan=going_on, figures=known)
        later = now._replace(as_of=world.as_of + timedelta(chance.choice((1, 31, 366, 3000))))
        before, after = ask(now), ask(later)
        for key, row in before.items():
            then = after[key]
            assert then["travel"] == row["travel"], key
            if row["status"] in ENDED:
                assert then == row, key
            elif row["status"] != "not_assessed":
                assert then["verdict"] == row["verdict"], key
                assert then["status"] in (row["status"], AT_THE_END[row["verdict"]]) or then["reason"] == "overdue", key
            elif row["reason"] in ("not_yet_due", "overdue"):
                assert then["reason"] in (row["reason"], "overdue") or (
                    key[0] in milestones and then["status"] == "missed"
                )
            else:
                assert then["reason"] == row["reason"], key

    hold(engine, law)


def test_the_worlds_have_targets_of_every_aim() -> None:
    aims: set[str] = set()
    for first in range(0, 600, 12):
        for _, case in cases(first, first + 12):
            if case.target is not None:
                aims.add(type(case.target.aim).__name__)
    assert aims >= {"Reach", "StayBetween", "Improve", "Hold", "Beat", "Complete", "Rank"}
