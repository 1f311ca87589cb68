"""Loading beside pydantic, PyYAML and csv, on the same documents in one run; memory; hostile input.

    python benchmarks/serializers.py [rows]     (default: 1,000,000 rows to be loaded from CSV and Parquet)

Ratios are what count: the machine is whatever it is. Each time is processor time, the best of several; the garbage
collector is as the library or its rival leaves it.
"""

import csv
import gc
import importlib.util
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, model_validator

from outcome_bees import (
    Measure,
    Observation,
    Observations,
    OutcomeBeesError,
    Period,
    Plan,
    Reach,
    Target,
    Unit,
    dump_observations,
    dump_plan,
    load_observations,
    load_plan,
)
from outcome_bees.model.aims import Margin
from outcome_bees.model.target import Baseline
from outcome_bees.periods import YearType
from outcome_bees.vocabulary import (
    Absence,
    Direction,
    Frequency,
    MeasureKind,
    Relation,
    Revision,
    Role,
    Timing,
)

MEASURES, PERIODS = 5_000, 12
BEES = ("be-safe", "be-healthy", "be-ambitious", "be-happy")


def plan_of(count: int) -> Plan:
    """A plan of so many measures, each with a target."""
    measures = [
        Measure(
            id=f"measure-{number:05}",
            title=f"Percentage of children, measure {number}",
            unit="percent",
            direction="increase" if number % 2 else "decrease",
            outcome_bees=[BEES[number % 4]],
            calendar="financial",
            frequency="yearly",
        )
        for number in range(count)
    ]
    targets = [
        Target(
            id=f"target-{number:05}",
            measure=each.id,
            aim=Reach(Decimal(number % 900) / 10 + 5),
            due=Period.year(2025, "financial"),
            baseline=Baseline(Period.year(2023, "financial"), Decimal(number % 800) / 10),
            tolerance=Margin(percent=5),
        )
        for number, each in enumerate(measures)
    ]
    return Plan(id="large", title="A large plan", measures=measures, targets=targets)


def figures_of(count: int, *, sources: bool = False) -> Observations:
    """Twelve yearly figures for each of so many measures."""
    return Observations(
        Observation(
            measure=f"measure-{number:05}",
            period=Period.year(2012 + year, "financial"),
            area="E10000015",
            value=Decimal((number * 7 + year * 13) % 1000) / 10,
            recorded=date(2014 + year, 6, 30),
            revision="final",
            source=f"Children looked after in England {2013 + year}, table {number % 40}" if sources else None,
        )
        for number in range(count)
        for year in range(PERIODS)
    )


# The same shape and checks in pydantic: unknown keys refused, ids and texts checked, numbers exact and finite,
# periods and units read by our own classes, references followed.


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def not_blank(text: str) -> str:
    if not text.strip() or "\0" in text:
        raise ValueError("blank")
    return text


Id = Annotated[str, Field(pattern=r"^[a-z0-9]+([-_.][a-z0-9]+)*$", max_length=100)]
Area = Annotated[str, Field(pattern=r"^[A-Za-z0-9]([A-Za-z0-9._:-]*[A-Za-z0-9])?$", max_length=100)]
Text = Annotated[str, Field(max_length=20_000), AfterValidator(not_blank)]
Number = Annotated[Decimal, Field(allow_inf_nan=False, max_digits=30)]
When = Annotated[Period, PlainValidator(Period.from_code)]
In = Annotated[Unit, PlainValidator(Unit)]


class OtherObservation(Strict):
    measure: Id
    period: When
    area: Area
    value: Number | None = None
    absence: Absence | None = None
    breakdown: dict[str, str] = {}
    numerator: Number | None = None
    denominator: Number | None = None
    lower: Number | None = None
    upper: Number | None = None
    unit: In | None = None
    revision: Revision | None = None
    recorded: date | None = None
    source: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def whole(self) -> "OtherObservation":
        if (self.value is None) == (self.absence is None):
            raise ValueError("exactly one of value and absence")
        if self.denominator is not None and self.denominator <= 0:
            raise ValueError("denominator")
        return self


class OtherMargin(Strict):
    amount: Number | None = None
    percent: Number | None = None

    @model_validator(mode="after")
    def whole(self) -> "OtherMargin":
        if (self.amount is None) == (self.percent is None):
            raise ValueError("exactly one of amount and percent")
        return self


class OtherLink(Strict):
    scheme: Id
    id: Id
    title: Text


class OtherLineage(Strict):
    plan: Id
    item: Id
    relation: Relation


class OtherMeasure(Strict):
    id: Id
    title: Text
    unit: In | None = None
    direction: Direction | None = None
    kind: MeasureKind | None = None
    role: Role = Role.OUTCOME
    timing: Timing | None = None
    calendar: YearType | None = None
    frequency: Frequency | None = None
    decimals: int | None = None
    priority: Id | None = None
    outcome_bees: tuple[Id, ...] = ()
    components: tuple[Id, ...] = ()
    population: Text | None = None
    numerator: Text | None = None
    denominator: Text | None = None
    breaks: tuple[date, ...] = ()
    ended: date | None = None
    continues: tuple[OtherLineage, ...] = ()
    links: tuple[OtherLink, ...] = ()
    source: Text | None = None


class OtherReach(Strict):
    kind: Literal["reach"]
    value: Number


class OtherBetween(Strict):
    kind: Literal["stay_between"]
    low: Number
    high: Number


class OtherImprove(Strict):
    kind: Literal["improve"]
    by: OtherMargin | None = None


class OtherHold(Strict):
    kind: Literal["hold"]


class OtherBaseline(Strict):
    period: When
    value: Number | None = None


class OtherTarget(Strict):
    id: Id
    measure: Id
    aim: Annotated[OtherReach | OtherBetween | OtherImprove | OtherHold, Field(discriminator="kind")] | None
    due: When | None = None
    baseline: OtherBaseline | None = None
    tolerance: OtherMargin | None = None
    area: Area | None = None
    breakdown: dict[str, str] = {}
    unit: In | None = None
    agreed_with: tuple[Text, ...] = ()
    source: Text | None = None


class OtherPlan(Strict):
    format: Literal["outcome-bees/1"]
    id: Id
    title: Text
    measures: tuple[OtherMeasure, ...] = ()
    targets: tuple[OtherTarget, ...] = ()

    @model_validator(mode="after")
    def whole(self) -> "OtherPlan":
        ids = {each.id for each in self.measures}
        if len(ids) < len(self.measures) or any(each.measure not in ids for each in self.targets):
            raise ValueError("references")
        return self


class OtherObservations(Strict):
    format: Literal["outcome-bees/1"]
    observations: tuple[OtherObservation, ...]


def timed(*works: Callable[[], object], times: int = 5) -> list[float]:
    """The best time of several for each, in seconds, taken in turns: what slows the machine slows them alike."""
    best = [float("inf")] * len(works)
    for _ in range(times):
        for index, work in enumerate(works):
            gc.collect()
            began = time.process_time()
            kept = work()
            best[index] = min(best[index], time.process_time() - began)
            del kept
    return best


def told(what: str, times: list[float], bar: float, *, at_least: bool = False) -> None:
    ours, theirs = times
    ratio = theirs / ours if at_least else ours / theirs
    holds = ratio >= bar if at_least else ratio <= bar
    sign, words = ("≥", "times as fast as") if at_least else ("≤", "times the time of")
    say(holds, f"{what}: {ours * 1e3:,.0f} ms, {ratio:.2f} {words} {theirs * 1e3:,.0f} ms (bar {sign} {bar})")


def say(holds: bool, what: str) -> None:
    print(f"{'holds' if holds else 'FAILS'}  {what}")


def speed(folder: Path) -> None:
    half = folder / "half"
    half.mkdir()
    for place, count in ((folder, MEASURES), (half, MEASURES // 2)):
        plan, figures = plan_of(count), figures_of(count)
        for suffix in ("json", "yaml"):
            dump_plan(plan, place / f"plan.{suffix}")
            dump_observations(figures, place / f"figures.{suffix}")
        dump_observations(figures, place / "figures.csv")
    del plan, figures

    def ours() -> object:
        return load_plan(folder / "plan.json"), load_observations(folder / "figures.json")

    def theirs() -> object:
        return (
            OtherPlan.model_validate_json((folder / "plan.json").read_bytes()),
            OtherObservations.model_validate_json((folder / "figures.json").read_bytes()),
        )

    told("JSON, 5,000 measures with targets and 60,000 figures, beside pydantic", timed(ours, theirs), 1.2)
    loads: dict[str, Callable[[Path], object]] = {"plan": load_plan, "figures": load_observations}
    for name, load in loads.items():
        path = folder / f"{name}.yaml"
        times = timed(partial(load, path), lambda path=path: yaml.load(path.read_text(), yaml.CSafeLoader), times=3)
        told(f"YAML, {path.name}, beside PyYAML's C loader alone", times, 4, at_least=True)
    path = folder / "figures.csv"
    times = timed(partial(load_observations, path), lambda: list(csv.DictReader(path.open(newline=""))), times=9)
    told("CSV, 60,000 figures, beside csv.DictReader alone", times, 4)
    for name in ("plan.json", "plan.yaml", "figures.json", "figures.csv"):
        load = loads[name.partition(".")[0]]
        whole, part = timed(partial(load, folder / name), partial(load, half / name), times=7)
        say(whole / part <= 2.6, f"{name}: twice the document takes {whole / part:.2f} times as long (bar ≤ 2.6)")


# Every number is another one: in most files they recur, and are one object.
LOADING = """
import gc, sys, tracemalloc
from outcome_bees import load_observations

load_observations(sys.argv[2])
gc.collect()
tracemalloc.start()
kept = load_observations(sys.argv[1])
gc.collect()
print(tracemalloc.get_traced_memory()[0] / len(kept))
"""


def loading(folder: Path, rows: int) -> None:
    """Load many observations, series of twenty years, from CSV and Parquet: time and bytes of each, beside others."""
    import polars as pl

    row = pl.col("row")
    table = pl.select(row=pl.int_range(rows)).select(
        measure=pl.format("measure-{}", row // 20 % 50),
        area=pl.format("E{}", row // 1_000 + 10_000_000),
        period=pl.format("CY{}", row % 20 + 2004),
        value=pl.format("{}.{}", row // 10, row % 10),
    )
    others: dict[str, tuple[str, Callable[[Path], object]]] = {
        "csv": ("csv.DictReader", lambda path: list(csv.DictReader(path.open(newline="")))),
        "parquet": ("Polars", pl.read_parquet),
    }
    table.write_csv(folder / "million.csv")
    table.write_parquet(folder / "million.parquet")
    for suffix, (name, read) in others.items():
        path, few = folder / f"million.{suffix}", folder / f"few.{suffix}"
        (table.head(10).write_csv if suffix == "csv" else table.head(10).write_parquet)(few)
        ours, theirs = timed(partial(load_observations, path), partial(read, path), times=2)
        done = subprocess.run([sys.executable, "-c", LOADING, path, few], capture_output=True, text=True, check=True)
        each = f"{ours / rows * 1e6:.2f} µs a row, where {name} takes {theirs / rows * 1e6:.2f} µs"
        held = float(done.stdout)
        say(held <= 320, f"{suffix.upper()}, {rows:,} rows: {each}; {held:.0f} bytes a row (bar ≤ 320)")


# The high-water mark of the process itself: what getrusage gives starts from that of the parent.
MEMORY = """
import os, re, sys
from pathlib import Path
from outcome_bees import load_observations, load_plan

def most():
    return int(re.search(r"VmHWM:\\s+([0-9]+)", Path("/proc/self/status").read_text())[1]) * 1024

load = load_plan if "plan" in sys.argv[1] else load_observations
load(sys.argv[2])  # what is only made once: imports, readers
before = most()
kept = load(sys.argv[1])
print((most() - before) / os.path.getsize(sys.argv[1]))
"""


def memory(folder: Path) -> None:
    small = folder / "small"
    small.mkdir()
    for suffix in ("json", "yaml"):
        dump_plan(plan_of(10), small / f"plan.{suffix}")
        dump_plan(plan_of(MEASURES * 4), folder / f"plan-large.{suffix}")
    for suffix in ("csv", "json"):
        dump_observations(figures_of(10), small / f"figures.{suffix}")
        dump_observations(figures_of(MEASURES * 4, sources=True), folder / f"figures-large.{suffix}")
    dump_observations(figures_of(MEASURES * 4), folder / "figures-bare.csv")
    for name in ("plan-large.json", "plan-large.yaml", "figures-large.json", "figures-large.csv", "figures-bare.csv"):
        path = folder / name
        other = small / f"{name.partition('-')[0]}{path.suffix}"
        done = subprocess.run([sys.executable, "-c", MEMORY, path, other], capture_output=True, text=True, check=True)
        times = float(done.stdout)
        size = path.stat().st_size / 2**20
        say(times <= 6, f"memory, {name} of {size:.0f} MiB: peak {times:.1f} times the file (bar ≤ 6)")


def hostile() -> None:
    """Every case of tests/serializers/test_hostile.py: the slowest, and how many are over 200 ms."""
    path = Path(__file__).resolve().parents[1] / "tests" / "serializers" / "test_hostile.py"
    spec = importlib.util.spec_from_file_location("test_hostile", path)
    assert spec
    assert spec.loader
    cases = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(cases)
    times: dict[str, float] = {}
    for what, (format, text) in cases.PLANS.items():
        times[what] = timed(lambda format=format, text=text: refused(load_plan, cases.of(text), format), times=2)[0]
    for what, text in cases.TABLES.items():
        times[f"table: {what}"] = timed(lambda text=text: refused(load_observations, cases.of(text), "csv"), times=2)[0]
    for what, make in cases.WORKBOOKS.items():
        content = make().getvalue()
        (taken,) = timed(lambda content=content: refused(load_observations, cases.of(content), "xlsx"), times=2)
        times[f"workbook: {what}"] = taken
    slow = {what: taken for what, taken in times.items() if taken > 0.2}
    say(not slow, f"hostile input: {len(times) - len(slow)} of {len(times)} refused in 200 ms")
    for what, taken in sorted(times.items(), key=lambda item: -item[1])[:5]:
        print(f"       {taken * 1e3:5.0f} ms  {what}")


def refused(load: Callable[..., object], source: Any, format: str) -> None:
    try:
        load(source, format=format)
    except OutcomeBeesError as error:
        str(error)
    else:
        raise AssertionError("it was loaded")


if __name__ == "__main__":
    names = ("pydantic", "PyYAML", "attrs", "cattrs")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    print(f"Python {platform.python_version()}, {versions}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as made:
        speed(Path(made))
        memory(Path(made))
        loading(Path(made), int(sys.argv[1]) if sys.argv[1:] else 1_000_000)
    hostile()
