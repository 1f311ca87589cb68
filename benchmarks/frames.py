"""Bulk evaluation against hand-written Polars, DuckDB and Spark SQL that give the same columns for the same plan.

Run: python benchmarks/frames.py [rows …]     (default: 1,000,000 and 10,000,000)

Figures are made with a seed: areas × 200 measures × 20 quarters, shuffled, 2 % of rows missing and 2 % of values
null. Every contender is a process of its own, which has the figures before it is timed; those of one engine take
turns, five times each, so that what else the machine does falls on all alike. Given are the medians of wall time and
of processor time, and of the highest memory above that of the figures. First the answers are compared: where ours are
others than those of the hand-written code, nothing is timed.

"checked" looks whether two rows are of one series and period, as ours does unless it is told that they are not. Spark
is measured where pyspark and Java are there, and the published file of the local authority interactive tool where the
folder ``shared`` is beside the checkout.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from native.by_hand import TWICE, figures, in_polars, in_sql, plan, tables

AS_OF = date(2025, 1, 31)
RUNS = 5
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
LARGEST_FOR_SPARK = 1_000_000  # ten millions take it minutes a run
PUBLISHED_ROWS = 641_070
GROUPS = [
    [f"{engine} {who}{history}{checked}" for who in ("hand", "ours") for checked in ("", " checked")]
    for engine in ("polars", "pandas", "duckdb", "spark")
    for history in ("", " history")
    if (engine, history) != ("pandas", " history")
]
Run = Callable[[], Any]


def _relation(path: Path, name: str) -> tuple[Any, Callable[[], Any]]:
    """Return DuckDB with the figures and the tables in it, and what makes the answers there."""
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE figures AS FROM '{path}'")
    for table, held in zip(("targets", "periods"), tables(), strict=True):
        connection.register("held", held.to_arrow())
        connection.execute(f"CREATE TABLE {table} AS FROM held")
        connection.unregister("held")
    history, checked = "history" in name, "checked" in name
    if "hand" in name:

        def by_hand() -> Any:
            if checked and connection.execute(TWICE).fetchall():
                raise ValueError("two rows of one series and period")
            connection.execute(f"CREATE OR REPLACE TEMP TABLE answers AS {in_sql(history=history)}")
            return connection

        return connection, by_hand
    relation = connection.table("figures")

    def ours() -> Any:
        answers = _evaluate(relation, name)
        connection.execute("DROP TABLE IF EXISTS answers")
        answers.create("answers")
        return connection

    return connection, ours


def _spark(path: Path, name: str) -> Run:
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = session.config("spark.driver.memory", "8g").config("spark.sql.shuffle.partitions", "8").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    folder = TemporaryDirectory()
    session.read.parquet(str(path)).createOrReplaceTempView("figures")
    for table, held in zip(("targets", "periods"), tables(), strict=True):
        held.write_parquet(f"{folder.name}/{table}.parquet")
        session.read.parquet(f"{folder.name}/{table}.parquet").createOrReplaceTempView(table)
    history, checked = "history" in name, "checked" in name

    def run() -> Any:
        if "ours" in name:
            answers = _evaluate(session.table("figures"), name)
        else:
            if checked and session.sql(TWICE).take(1):
                raise ValueError("two rows of one series and period")
            answers = session.sql(in_sql(history=history))
        answers.write.format("noop").mode("overwrite").save()
        return answers

    run.folder = folder  # type: ignore[attr-defined]  # it goes with what reads it
    run()  # the first query of a session starts half of Spark
    return run


def _evaluate(native: Any, name: str) -> Any:
    from outcome_bees import frames

    return frames.evaluate(
        plan(), native, as_of=AS_OF, history="history" in name, distinct_ok="checked" not in name.split()
    )


def published(name: str) -> Run:
    """The published file, to a tally of every measure; or, by hand, read and joined once."""
    import csv

    import polars as pl

    from outcome_bees import Measure, Plan, Reach, Target, frames
    from outcome_bees.periods import Period

    path = SHARED / "large" / "lait_bds_long.parquet"
    with (SHARED / "published" / "lait_data_dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        dictionary = {row["Measure_short"]: {**row, "id": f"m{at}"} for at, row in enumerate(csv.DictReader(file))}
    ids = pl.DataFrame({"Short Desc": list(dictionary), "id": [row["id"] for row in dictionary.values()]})
    if "hand" in name:
        return lambda: pl.read_parquet(path).join(ids, on="Short Desc")
    raw = pl.read_parquet(path)
    shorts = raw["Short Desc"].unique().to_list()
    areas = {name: f"L{number:.0f}" for name, number in raw.select("LA and Regions", "LA Number").unique().rows()}
    named = {name: dictionary[name]["id"] for name in shorts}
    kinds = {name: dictionary[name]["Year_Type"] for name in shorts}

    def read() -> Any:
        return frames.from_lait(pl.read_parquet(path), measures=named, year_types=kinds, areas=areas)

    last: dict[str, Period] = {}
    for id, code in read().select("measure", "period").unique().rows():
        period = Period.from_code(code)
        last[id] = max((period, last.get(id, period)), key=lambda each: each.end)
    better = {"High": "increase", "Low": "decrease"}
    measures = [
        Measure(id=row["id"], title=row["id"], kind="score", direction=better.get(row["Polarity"]))
        for row in dictionary.values()
        if row["id"] in last
    ]
    targets = [Target(id=f"t-{each.id}", measure=each.id, aim=Reach(50), due=last[each.id]) for each in measures]
    lait = Plan(id="lait", title="Every measure of the tool", measures=measures, targets=targets)

    def run() -> Any:
        answers = frames.evaluate(lait, read(), as_of=date(2026, 6, 1), distinct_ok="checked" not in name)
        return frames.roll_up(lait, answers)

    return read if "read" in name else run


def contender(name: str, path: Path) -> Run:
    """Something to time: it has its figures when this returns."""
    engine = name.split()[0]
    if engine == "published":
        return published(name)
    if engine == "duckdb":
        return _relation(path, name)[1]
    if engine == "spark":
        return _spark(path, name)
    import polars as pl

    frame = pl.read_parquet(path)
    if "hand" in name:
        return lambda: in_polars(frame, history="history" in name, checked="checked" in name)
    held = frame.to_pandas() if engine == "pandas" else frame
    return lambda: _evaluate(held, name)


def compare(one: str, other: str, path: Path) -> None:
    """Compare the answers of two contenders, whatever the order of their rows.

    Raises:
        AssertionError: They differ.
    """
    import polars as pl

    def answers(name: str) -> pl.DataFrame:
        run = contender(name, path)  # it holds the tables that Spark reads once more below
        found = run()
        if name.startswith("duckdb"):
            found = found.table("answers").pl()
        elif name.startswith("spark"):
            found = pl.from_pandas(found.toPandas())
        frame: pl.DataFrame = found if isinstance(found, pl.DataFrame) else pl.from_pandas(found)
        texts = [pl.col(name).cast(pl.String) for name, kind in frame.schema.items() if kind != pl.Float64]
        return frame.with_columns(*texts).sort("target", "area", "period", "value", nulls_last=True)

    from polars.testing import assert_frame_equal

    assert_frame_equal(answers(one), answers(other), check_exact=False, rel_tol=0, abs_tol=1e-9)


def serve(name: str, path: Path) -> None:
    """Run a contender once for each line that is read, and write what it cost."""
    run = contender(name, path)
    print("ready", flush=True)
    for _ in sys.stdin:
        began, before, _ = time.perf_counter(), _processor(), _forget_peak()
        resident = _memory("VmRSS")
        run()
        spent = time.perf_counter() - began, _processor() - before, _memory("VmHWM") - resident
        print(json.dumps(spent), flush=True)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _forget_peak() -> None:
    """Make the highest memory that the kernel remembers what it is now."""
    Path("/proc/self/clear_refs").write_text("5")


def _memory(which: str) -> float:
    """MiB that the kernel says this process has (VmRSS), or had at most (VmHWM)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(which))


def race(names: list[str], path: Path) -> dict[str, list[tuple[float, float, float]]]:
    """Let contenders run by turns, each in a process of its own."""
    with ExitStack() as stack:
        processes = {}
        for name in names:
            command = [sys.executable, __file__, "--serve", name, str(path)]
            started = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            processes[name] = stack.enter_context(started)
        costs: dict[str, list[tuple[float, float, float]]] = {name: [] for name in names}
        for each in processes.values():
            _line(each, "ready")
        for _ in range(RUNS):
            for name, each in processes.items():
                assert each.stdin is not None
                each.stdin.write("\n")
                each.stdin.flush()
                wall, processor, mib = json.loads(_line(each, "["))
                costs[name].append((wall, processor, mib))
        for each in processes.values():
            each.communicate()
    return costs


def _line(process: subprocess.Popen[str], start: str) -> str:
    """The next line that a contender means for us; libraries write some of their own."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith(start):
            return line
    raise SystemExit(f"a contender ended with {process.wait()}")


def report(names: list[str], path: Path, rows: int) -> None:
    """Print what contenders cost; each time as a multiple of the hand-written code's, alike checked or not."""
    runs_of = race(names, path)
    costs = {name: [median(column) for column in zip(*runs, strict=True)] for name, runs in runs_of.items()}
    for name, (wall, processor, mib) in costs.items():
        line = f"{name:<28}{rows:>12,}{wall:>9.2f}{processor:>9.2f}{mib:>8,.0f}"
        hand = name.replace("ours", "hand").replace("pandas", "polars")
        against = [hand, hand.replace(" checked", "")]
        for hand in dict.fromkeys(against) if "hand" not in name else ():
            hand = hand if hand in costs else next(iter(costs))
            ratios = [mine / max(theirs, 1e-9) for mine, theirs in zip(costs[name], costs[hand], strict=True)]
            line += f"   × {hand}: {ratios[0]:.2f} wall, {ratios[1]:.2f} processor, {ratios[2]:.2f} MiB;"
        print(line, flush=True)


def one_by_one() -> float:
    """Seconds for each answer when ``evaluate`` is called for every target and place in turn."""
    from outcome_bees import Observation, Observations, evaluate

    frame, target = figures(100_000), plan()
    indexed = Observations(
        Observation(**row, absence=None if row["value"] is not None else "not_available")
        for row in frame.rows(named=True)
    )
    areas, began = indexed.areas("measure-001")[:5], time.perf_counter()
    for area in areas:
        for each in target.targets:
            evaluate(each, measure=target.measure(each.measure), observations=indexed, as_of=AS_OF, area=area)
    return (time.perf_counter() - began) / (len(areas) * len(target.targets))


def main(sizes: list[int], engines: list[str]) -> None:
    names = ("narwhals", "polars", "duckdb", "pandas", "pyarrow", "pyspark")
    found = [f"{name} {version(name)}" for name in names if find_spec(name)]
    print(f"Python {sys.version.split()[0]},", ", ".join(found))
    print(f"{'contender':<28}{'rows':>12}{'wall s':>9}{'cpu s':>9}{'MiB':>8}")
    with TemporaryDirectory() as folder:
        for rows in sizes:
            path = Path(folder, f"{rows}.parquet")
            figures(rows).write_parquet(path)
            for group in GROUPS:
                engine = group[0].split()[0]
                if engine not in engines or not find_spec({"spark": "pyspark"}.get(engine, engine)):
                    continue
                if engine == "spark" and rows > LARGEST_FOR_SPARK:
                    continue
                # A frame of pandas is held against the same code in Polars, which has it in hand.
                group = [name.replace("pandas hand", "polars hand") for name in group]
                compare(group[0], group[-1], path)
                report(group, path, rows)
            path.unlink()
    print(f"evaluate() {one_by_one() * 1e6:,.0f} µs a figure")
    if SHARED.is_dir() and "published" in engines:
        group = ["published hand", "published read ours", "published ours", "published ours checked"]
        report(group, SHARED, PUBLISHED_ROWS)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(sys.argv[2], Path(sys.argv[3]))
    else:
        wanted = [each for each in sys.argv[1:] if not each.isdigit()]
        main(
            [int(each) for each in sys.argv[1:] if each.isdigit()] or [1_000_000, 10_000_000],
            wanted or ["polars", "pandas", "duckdb", "spark", "published"],
        )
