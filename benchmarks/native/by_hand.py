"""A plan, figures for it, and what an engineer would write by hand to evaluate it: in Polars, and in SQL.

The hand-written code knows everything beforehand that ours has to learn: which periods there are and in what order,
that every target is flat, that no figure is revised. It gives the same columns, and where it is asked to, it looks
first whether two rows are of one series and period, as ours always does unless it is told that they are not.
"""

from typing import Any

GUARD = 0.0001  # of one decimal
SERIES = ("measure", "area", "period")


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


def in_polars(frame: Any, *, history: bool, checked: bool) -> Any:
    import polars as pl

    if checked and frame.select(SERIES).is_duplicated().any():
        raise ValueError("two rows of one series and period")
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
TWICE = "SELECT 1 FROM figures GROUP BY measure, area, period HAVING count(*) > 1 LIMIT 1"
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


def in_sql(*, history: bool) -> str:
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
