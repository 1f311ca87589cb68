"""How cost grows: with rows, targets and periods in ``frames.evaluate``, and with places in ``evaluate_plan``.

Run: python benchmarks/growth.py [--picture FILE.svg] [--runs N] [kind=size,size …]     (default: ``SIZES``, 5 runs)

Every size has a process of its own, which makes its figures first and then evaluates them. Given are the medians of
processor and wall time and of the highest memory above that of the figures, and the processor time for each further
unit (million rows, target, period, place) beyond the smallest size: where cost is linear that stays about the same.
With ``--picture`` both are drawn on logarithmic scales, where what is linear is straight and rises by one in one.
Thirty million rows need about 12 GiB.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from native.by_hand import figures, plan as plan_by_hand

from frames import _forget_peak, _memory, _processor

AS_OF = date(2025, 1, 31)
ROWS = 1_000_000
"""How many rows there are where targets or periods grow: the places become fewer."""
SIZES = {
    "rows": [1_000_000, 3_000_000, 10_000_000, 30_000_000],
    "rows in DuckDB": [1_000_000, 3_000_000, 10_000_000],
    "targets": [10, 100, 1_000, 5_000],
    "periods": [20, 50, 100, 200],
    "places": [1, 10, 50, 150],
}
UNITS = {"rows": 1_000_000, "rows in DuckDB": 1_000_000}
"""What cost is given for one of, where that is not one of what grows."""
MEASURES, YEARS = 100, 20
"""Of the plan that is evaluated place by place."""


def plan(targets: int) -> Any:
    """A plan like that of ``native.by_hand``, with so many measures and targets."""
    from outcome_bees import Margin, Measure, Plan, Reach, Target

    measures = [
        Measure(id=f"measure-{n:04}", title="M", unit="percent", direction=("decrease", "increase")[n % 2])
        for n in range(targets)
    ]
    made = [
        Target(id=f"t-{n:04}", measure=each.id, aim=Reach(40 + n % 30), due="FY2024-25-Q4", tolerance=Margin(amount=5))
        for n, each in enumerate(measures)
    ]
    return Plan(id="p", title="P", measures=measures, targets=made)


def table(targets: int, periods: int) -> Any:
    """About a million figures, in no order, of so many targets in so many quarters."""
    import polars as pl

    quarters = [
        f"FY{year}-{(year + 1) % 100:02}-Q{quarter}" for year, quarter in product(range(1970, 2025), (1, 2, 3, 4))
    ]
    measures = pl.DataFrame({"measure": [f"measure-{n:04}" for n in range(targets)]})
    areas = pl.DataFrame({"area": [f"E{10_000_000 + n}" for n in range(max(ROWS // targets // periods, 1))]})
    frame = measures.join(pl.DataFrame({"period": quarters[-periods:]}), how="cross").join(areas, how="cross")
    drawn = pl.Series("value", range(len(frame))).shuffle(seed=7) * 7919 % 1001 / 10
    return frame.with_columns(drawn).sample(fraction=1.0, shuffle=True, seed=11)


def of_size(kind: str, size: int) -> tuple[int, int]:
    """How many targets, and how many periods, there are of a size."""
    return (size, 20) if kind == "targets" else (200, size)


def make(kind: str, size: int, path: Path) -> None:
    """Write the figures: in a process of its own, so that what making them took is in no other's memory."""
    (figures(size) if kind.startswith("rows") else table(*of_size(kind, size))).write_parquet(path)


def contender(kind: str, size: int, path: Path) -> Callable[[], object]:
    """What is timed: it has its figures when this returns."""
    import polars as pl

    from outcome_bees import frames

    if kind == "places":
        return one_by_one(size)
    made = plan_by_hand() if kind.startswith("rows") else plan(of_size(kind, size)[0])
    if kind != "rows in DuckDB":
        frame = pl.read_parquet(path)
        return lambda: frames.evaluate(made, frame, as_of=AS_OF)
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE figures AS FROM read_parquet('{path}')")

    def in_duckdb() -> None:
        connection.execute("DROP TABLE IF EXISTS answers")
        frames.evaluate(made, connection.table("figures"), as_of=AS_OF).create("answers")

    return in_duckdb


def one_by_one(places: int) -> Callable[[], object]:
    """A whole plan for every place in turn, from figures of so many places in twenty years."""
    from outcome_bees import Observation, Observations, evaluate_plan

    made = plan(MEASURES)
    areas = [f"E{10_000_000 + n}" for n in range(places)]
    known = Observations(
        Observation(measure=each.id, area=area, period=f"FY{year}-{(year + 1) % 100:02}", value=year % 89)
        for each, area, year in product(made.measures, areas, range(2024 - YEARS, 2024))
    )
    return lambda: [evaluate_plan(made, known, as_of=AS_OF, area=each, unknown_area_ok=True) for each in areas]


def measured(kind: str, size: int, runs: int) -> tuple[float, float, float]:
    """Seconds of processor and of wall time, and MiB, in a process of its own."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, __file__, "", kind, str(size), str(Path(folder, "figures.parquet")), str(runs)]
        if kind != "places":
            subprocess.run([*command[:2], "--make", *command[3:]], check=True)
        found = subprocess.run(
            [*command[:2], "--one", *command[3:]], check=True, stdout=subprocess.PIPE, text=True
        ).stdout
    processor, wall, mib = json.loads(found.splitlines()[-1])
    return processor, wall, mib


def one(kind: str, size: int, path: Path, runs: int) -> None:
    """Measure one size, and write what it cost."""
    run = contender(kind, size, path)
    costs = []
    for _ in range(runs):
        _forget_peak()
        resident, before, began = _memory("VmRSS"), _processor(), time.perf_counter()
        run()
        costs.append((_processor() - before, time.perf_counter() - began, _memory("VmHWM") - resident))
    print(json.dumps([median(column) for column in zip(*costs, strict=True)]))


def picture(found: dict[str, dict[int, tuple[float, float, float]]], path: Path) -> None:
    """Draw processor time and memory against each size."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams.update({"svg.hashsalt": "growth", "svg.fonttype": "none", "font.size": 9})
    drawn = Figure(figsize=(9, 4.5), layout="constrained")
    for axes, column, what in zip(drawn.subplots(1, 2), (0, 2), ("processor, s", "memory, MiB"), strict=True):
        for (kind, costs), marker in zip(found.items(), "os^vD", strict=False):
            first = min(costs)
            sizes = [size / first for size in costs]
            axes.loglog(sizes, [max(cost[column], 0.001) for cost in costs.values()], marker=marker, label=kind)
        axes.set_xlabel("size, as a multiple of the smallest")
        axes.set_title(what, loc="left")
        axes.grid(visible=True, which="major", alpha=0.3)
    drawn.axes[0].legend(frameon=False)
    drawn.savefig(path, format="svg", metadata={"Date": None})


def main(wanted: dict[str, list[int]], path: Path | None, runs: int) -> None:
    print("| what grows | size | processor, s | wall, s | memory, MiB | processor for each more, ms |")
    print("|---|---|---|---|---|---|")
    found: dict[str, dict[int, tuple[float, float, float]]] = {}
    for kind, sizes in wanted.items():
        found[kind] = {}
        for size in sizes:
            processor, wall, mib = found[kind][size] = measured(kind, size, runs)
            more = ""
            if size > sizes[0]:
                unit = UNITS.get(kind, 1)
                more = f"{(processor - found[kind][sizes[0]][0]) / (size - sizes[0]) * unit * 1000:,.3g}"
            print(f"| {kind} | {size:,} | {processor:.2f} | {wall:.2f} | {mib:,.0f} | {more} |", flush=True)
    if path is not None:
        picture(found, path)


def option(arguments: list[str], name: str) -> str | None:
    """Take an option and what follows it out of the arguments."""
    return arguments.pop(arguments.index(name) + 1) if name in arguments else None


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]), int(sys.argv[5]))
    elif sys.argv[1:2] == ["--make"]:
        make(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
    else:
        arguments = sys.argv[1:]
        drawn_to, repeats = option(arguments, "--picture"), option(arguments, "--runs")
        asked = [each.partition("=") for each in arguments if "=" in each]
        sizes_of = {kind: [int(size) for size in sizes.split(",")] for kind, _, sizes in asked} or SIZES
        main(sizes_of, Path(drawn_to) if drawn_to else None, int(repeats or 5))
