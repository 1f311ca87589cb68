"""Bulk evaluation against hand-written Polars, DuckDB and Spark SQL that give the same columns for the same plan.

Run: python benchmarks/frames.py [rows …]     (default: 1,000,000 and 10,000,000)

Figures are made with a seed: areas × 200 measures × 20 quarters, shuffled, 2 % of rows missing and 2 % of values
null. Every contender runs in a process of its own: the median of five runs, and the highest memory above that
of the figures. The hand-written code takes the figures' being distinct for granted, and so may ours;
"checked" is ours as it comes, which looks. Spark is measured where pyspark and Java are there, and the published
file of the local authority interactive tool where the folder ``shared`` is beside the checkout.
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

AS_OF = date(2025, 1, 31)
RUNS = 5
GUARD = 0.0001  # of one decimal
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def plan() -> Any:
    from outcome_bees import Margin, Measure, Plan, Reach, Target

    directions = ("decrease", "increase")
    measures = [
        Measure(id=f"measure-{n:03}", title="M", unit="percent", direction=directions[n % 2]) for n in range(200)
    ]
    targets = [
        Target(
            id=f"t-{n:03}",
            measure=f"measure-{n:03}",
            aim=Reach(40 + n % 30),
            due="FY2024-25-Q4",
            tolerance=Margin(amount=5),
        )
        for n in range(200)
    ]
    return Plan(id="p", title="P", measures=measures, targets=targets)


def figures(rows: int) -> Any:
    import polars as pl

    quarters = [f"FY{year}-{(year + 1) % 100:02}-Q{quarter}" for year in range(2020, 2025) for quarter in (1, 2, 3, 4)]
    areas = pl.DataFrame({"area": [f"E{10_000_000 + n}" for n in range(rows // 4000)]})
    measures = pl.DataFrame({"measure": [f"measure-{n:03}" for n in range(200)]})
    all_of_them = areas.join(measures, how="cross").join(pl.DataFrame({"period": quarters}), how="cross")
    drawn = pl.Series("drawn", range(len(all_of_them))).shuffle(seed=7)
    frame = all_of_them.with_columns(drawn, (drawn * 7919 % 1001 / 10).alias("value"))
    frame = frame.filter(pl.col("drawn") % 50 != 0)
    frame = frame.with_columns(pl.when(pl.col("drawn") % 50 != 1).then("value").alias("value"))
    return frame.drop("drawn").sample(fraction=1.0, shuffle=True, seed=11)


def tables() -> tuple[Any, Any]:
    """What whoever writes by hand would write down of the plan: its targets, and the order of its periods."""
    import polars as pl

    made = plan()
    signs = [1.0 if made.measure(target.measure).direction == "increase" else -1.0 for target in made.targets]
    targets = pl.DataFrame(
        {
            "target": [target.id for target in made.targets],
            "measure": [target.measure for target in made.targets],
            "goal": [float(target.aim.value) for target in made.targets],
            "sign": signs,
        }
    )
    quarters = [f"FY{year}-{(year + 1) % 100:02}-Q{quarter}" for year in range(2020, 2025) for quarter in (1, 2, 3, 4)]
    return targets, pl.DataFrame({"period": quarters[:-1], "ordinal": range(19)})


def by_hand_in_polars(frame: Any, *, history: bool) -> Any:
    import polars as pl

    targets, periods = (each.lazy() for each in tables())
    col, when, lit = pl.col, pl.when, pl.lit
    found = frame.lazy().join(periods, on="period")
    if history:
        before = found.select("measure", "area", col("ordinal") + 1, col("value").alias("before"))
        found = found.join(before, on=["measure", "area", "ordinal"], how="left").join(targets, on="measure")
    else:
        found = found.with_columns(best=col("ordinal").max().over("measure", "area"))
        found = found.filter(col("ordinal") >= col("best") - 1).with_columns(
            before=when(col("ordinal") < col("best")).then("value"),
            value=when(col("ordinal") == col("best")).then("value"),
        )
        found = found.group_by("measure", "area").agg(col("best").max(), col("value").max(), col("before").max())
        found = found.join(periods, left_on="best", right_on="ordinal")
        places = frame.lazy().select(col("area").unique())
        found = targets.join(places, how="cross").join(found, on=["measure", "area"], how="left")
    found = found.with_columns(
        gap=((col("value") - col("goal")) * col("sign")).round(7),
        moved=(col("value") - col("before")) * col("sign"),
    )
    seen, met, near = col("value").is_not_null(), col("gap") >= -GUARD, col("gap") >= -5 - GUARD

    def graded(*words: str) -> Any:
        return when(met).then(lit(words[0])).when(near).then(lit(words[1])).otherwise(lit(words[2]))

    found = found.with_columns(
        required=when(seen).then("goal"),
        verdict=when(seen).then(graded("met", "near", "off")),
        status=when(seen).then(graded("on_track", "at_risk", "off_track")).otherwise(lit("not_assessed")),
        reason=when(~seen).then(when(col("period").is_null()).then(lit("no_data")).otherwise(lit("not_available"))),
        rag=when(seen).then(graded("green", "amber", "red")).otherwise(lit("grey")),
        travel=when(col("moved") > GUARD)
        .then(lit("improving"))
        .when(col("moved") < -GUARD)
        .then(lit("worsening"))
        .when(col("moved").is_not_null())
        .then(lit("no_change")),
    )
    return found.select(*COLUMNS).collect(engine="streaming")


COLUMNS = (
    *("target", "measure", "area", "period", "value", "required"),
    *("gap", "verdict", "status", "reason", "rag", "travel"),
)
GRADED = "CASE WHEN value IS NULL THEN {} WHEN gap >= -0.0001 THEN '{}' WHEN gap >= -5.0001 THEN '{}' ELSE '{}' END"
LATEST = """
    f AS (SELECT area, measure, value, ordinal FROM figures JOIN periods USING (period)),
    b AS (SELECT measure, area, max(ordinal) AS best FROM f GROUP BY ALL),
    l AS (SELECT measure, area, max(best) AS best, max(value) FILTER (WHERE ordinal = best) AS value,
          max(value) FILTER (WHERE ordinal = best - 1) AS before FROM f JOIN b USING (measure, area)
          WHERE ordinal >= best - 1 GROUP BY measure, area),
    r AS (SELECT t.*, a.area, p.period, l.value, l.before FROM targets t
          CROSS JOIN (SELECT DISTINCT area FROM figures) a
          LEFT JOIN l ON l.measure = t.measure AND l.area = a.area LEFT JOIN periods p ON p.ordinal = l.best)"""
HISTORY = """
    f AS (SELECT area, measure, period, value, ordinal FROM figures JOIN periods USING (period)),
    r AS (SELECT t.target, t.measure, t.goal, t.sign, f.area, f.period, f.value, e.value AS before FROM f
          JOIN targets t USING (measure) LEFT JOIN f e
          ON e.measure = f.measure AND e.area = f.area AND e.ordinal = f.ordinal - 1)"""


def query(*, history: bool) -> str:
    """The same in SQL, for DuckDB and Spark alike."""
    return f"""
    WITH {HISTORY if history else LATEST},
    g AS (SELECT *, round((value - goal) * sign, 7) AS gap, (value - before) * sign AS moved FROM r)
    SELECT target, measure, area, period, value, CASE WHEN value IS NOT NULL THEN goal END AS required, gap,
    {GRADED.format("NULL", "met", "near", "off")} AS verdict,
    {GRADED.format("'not_assessed'", "on_track", "at_risk", "off_track")} AS status,
    CASE WHEN value IS NULL THEN CASE WHEN period IS NULL THEN 'no_data' ELSE 'not_available' END END AS reason,
    {GRADED.format("'grey'", "green", "amber", "red")} AS rag,
    CASE WHEN moved > 0.0001 THEN 'improving' WHEN moved < -0.0001 THEN 'worsening'
         WHEN moved IS NOT NULL THEN 'no_change' END AS travel FROM g"""


def in_duckdb(frame: Any, ours: Callable[[Any], Any] | None, *, history: bool) -> Callable[[], Any]:
    import duckdb

    connection = duckdb.connect()
    for table, held in (("figures", frame), *zip(("targets", "periods"), tables(), strict=True)):
        connection.register("held", held.to_arrow())
        connection.execute(f"CREATE TABLE {table} AS FROM held")
        connection.unregister("held")
    if ours is None:
        return lambda: connection.execute(f"CREATE OR REPLACE TEMP TABLE answers AS {query(history=history)}")
    relation = connection.table("figures")

    def run() -> None:
        answers = ours(relation)
        connection.execute("DROP TABLE IF EXISTS answers")
        answers.create("answers")

    return run


def in_spark(frame: Any, ours: Callable[[Any], Any] | None, *, history: bool) -> Callable[[], Any]:
    from pyspark.sql import SparkSession

    folder = TemporaryDirectory()
    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = session.config("spark.driver.memory", "8g").config("spark.sql.shuffle.partitions", "8").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    for table, held in (("figures", frame), *zip(("targets", "periods"), tables(), strict=True)):
        held.write_parquet(f"{folder.name}/{table}.parquet")
        session.read.parquet(f"{folder.name}/{table}.parquet").createOrReplaceTempView(table)

    def run() -> None:
        answers = session.sql(query(history=history)) if ours is None else ours(session.table("figures"))
        answers.write.format("noop").mode("overwrite").save()

    run.folder = folder  # type: ignore[attr-defined]  # it goes with what reads it
    run()  # the first query of a session starts half of Spark
    return run


def published(*, checked: bool, ours: bool) -> Callable[[], Any]:
    """The published file, to a tally of every measure; or, by hand, read and joined once."""
    import csv

    import polars as pl

    from outcome_bees import Measure, Plan, Reach, Target, frames
    from outcome_bees.periods import Period

    path = SHARED / "large" / "lait_bds_long.parquet"
    with (SHARED / "published" / "lait_data_dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        dictionary = {row["Measure_short"]: {**row, "id": f"m{at}"} for at, row in enumerate(csv.DictReader(file))}
    ids = pl.DataFrame({"Short Desc": list(dictionary), "id": [row["id"] for row in dictionary.values()]})
    if not ours:
        return lambda: pl.read_parquet(path).join(ids, on="Short Desc")
    raw = pl.read_parquet(path)
    shorts = raw["Short Desc"].unique().to_list()
    areas = {name: f"L{number:.0f}" for name, number in raw.select("LA and Regions", "LA Number").unique().rows()}
    named = {name: dictionary[name]["id"] for name in shorts}
    kinds = {name: dictionary[name]["Year_Type"] for name in shorts}

    def figures() -> Any:
        return frames.from_lait(pl.read_parquet(path), measures=named, year_types=kinds, areas=areas)

    last: dict[str, Period] = {}
    for id, code in figures().select("measure", "period").unique().rows():
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
        answers = frames.evaluate(lait, figures(), as_of=date(2026, 6, 1), distinct_ok=not checked)
        return frames.roll_up(lait, answers)

    return run


def contender(name: str, rows: int) -> Callable[[], Any]:
    """Something to time: its figures are loaded when this returns."""
    engine, what, *_ = name.split()
    history, checked = "history" in name, "checked" in name
    if engine == "published":
        return published(checked=checked, ours=what == "ours")
    from outcome_bees import frames

    frame, target = figures(rows), plan()

    def ours(native: Any) -> Any:
        return frames.evaluate(target, native, as_of=AS_OF, history=history, distinct_ok=not checked)

    if engine in ("duckdb", "spark"):
        return (in_duckdb if engine == "duckdb" else in_spark)(frame, ours if what == "ours" else None, history=history)
    if what == "hand":
        return lambda: by_hand_in_polars(frame, history=history)
    held = frame.to_pandas() if engine == "pandas" else frame
    return lambda: ours(held)


def measured(name: str, rows: int) -> dict[str, float]:
    run = contender(name, rows)
    loaded = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": statistics.median(times), "least": min(times), "mib": (peak - loaded) / 1024}


def one_by_one(rows: int = 100_000) -> float:
    """Seconds for each answer when ``evaluate`` is called for every target and place in turn."""
    from outcome_bees import Observation, Observations, evaluate

    frame, target = figures(rows), plan()
    indexed = Observations(
        Observation(**row, absence=None if row["value"] is not None else "not_available")
        for row in frame.rows(named=True)
    )
    areas, began = indexed.areas("measure-001")[:5], time.perf_counter()
    for area in areas:
        for each in target.targets:
            evaluate(each, measure=target.measure(each.measure), observations=indexed, as_of=AS_OF, area=area)
    return (time.perf_counter() - began) / (len(areas) * len(target.targets))


CONTENDERS = {
    "polars hand": ["polars ours", "polars ours checked", "pandas ours"],
    "polars hand history": ["polars ours history", "polars ours checked history"],
    "duckdb hand": ["duckdb ours", "duckdb ours checked"],
    "duckdb hand history": ["duckdb ours history", "duckdb ours checked history"],
    "spark hand": ["spark ours", "spark ours checked"],
    "spark hand history": ["spark ours history", "spark ours checked history"],
}
LARGEST_FOR_SPARK = 1_000_000  # ten millions take it minutes a run


def main(sizes: list[int]) -> None:
    names = ("narwhals", "polars", "duckdb", "pandas", "pyarrow", "pyspark")
    print(", ".join(f"{name} {version(name)}" for name in names if find_spec(name)))
    print(f"{'contender':<32}{'rows':>12}{'median s':>10}{'least s':>9}{'MiB':>8}{'× by hand':>11}{'× its MiB':>11}")

    def line(name: str, rows: int, against: dict[str, float] | None) -> dict[str, float]:
        done = subprocess.run([sys.executable, __file__, "--one", name, str(rows)], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(done.stderr)
        found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        ratios = "" if against is None else f"{found['seconds'] / against['seconds']:>11.2f}"
        if against is not None and "spark" not in name:  # whose memory is another process's
            ratios += f"{found['mib'] / max(against['mib'], 1):>11.2f}"
        shown = f"{found['seconds']:>10.2f}{found['least']:>9.2f}{found['mib']:>8,.0f}"
        print(f"{name:<32}{rows:>12,}{shown}{ratios}", flush=True)
        return found

    bulk = None
    for rows in sizes:
        for hand, ours in CONTENDERS.items():
            if "spark" in hand and (not find_spec("pyspark") or rows > LARGEST_FOR_SPARK):
                continue
            against = line(hand, rows, None)
            for name in ours:
                found = line(name, rows, against)
                bulk = found["seconds"] / rows if name == "polars ours history" else bulk
    if bulk:
        each = one_by_one()
        print(f"evaluate() {each * 1e6:,.0f} µs a figure, in bulk with history {bulk * 1e6:.2f}: {each / bulk:,.0f} ×")
    if SHARED.is_dir():
        against = line("published hand", 641_070, None)
        for name in ("published ours", "published ours checked"):
            line(name, 641_070, against)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(sys.argv[2], int(sys.argv[3]))))
    else:
        main([int(each) for each in sys.argv[1:]] or [1_000_000, 10_000_000])
