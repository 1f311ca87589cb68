"""What one interval and one control chart cost, and how that compares with a fixed loop of plain Python.

Run by hand: ``python benchmarks/methods.py``. Seconds depend on the machine; the loop beside them says how fast it is.
Exits with 1 where a promise is not kept.
"""

import platform
import random
import sys
import time
import timeit
from collections.abc import Callable
from datetime import date
from typing import Any

from outcome_bees import Measure, Observation
from outcome_bees.methods import byar, compare, interval_of, quantile_groups, recent_trend, required_rate, wilson, xmr

BARS = {"wilson, one pair": 5.0, "byar, one count": 5.0, "xmr, 60 points": 300.0}  # µs, as promised in the issue
ROUNDS = 7


def loop() -> int:
    """A thousand additions: the yardstick."""
    total = 0
    for each in range(1000):
        total += each
    return total


def microseconds(call: Callable[[], object], times: int) -> float:
    """The least time of one call over some rounds: what else runs on the machine can only add to it."""
    return min(timeit.repeat(call, number=times, repeat=ROUNDS, timer=time.process_time)) / times * 1e6


def calls() -> dict[str, tuple[Callable[[], object], int]]:
    draw = random.Random(1)
    pairs = [(draw.randint(0, 900), draw.randint(900, 3000)) for _ in range(1000)]
    counts = [draw.randint(10, 5000) for _ in range(1000)]
    few = [draw.randint(0, 9) for _ in range(1000)]
    points: list[tuple[date, Any]] = [
        (date(2015 + month // 12, month % 12 + 1, 1), round(draw.gauss(80, 3), 1)) for month in range(60)
    ]
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    years = [
        Observation(measure="m", period=f"CY{2020 + each}", area="a", value=50, numerator=250 + each, denominator=500)
        for each in range(5)
    ]
    places = [round(draw.gauss(60, 10), 1) for _ in range(152)]
    rate: dict[str, Any] = {
        "base": 100,
        "base_year": 2015,
        "current": 110,
        "current_year": 2020,
        "direction": "increase",
    }

    def each_of(function: Callable[..., object], given: list[Any]) -> Callable[[], None]:
        def run() -> None:
            for one in given:
                function(*one) if isinstance(one, tuple) else function(one)

        return run

    return {
        "wilson, one pair": (each_of(wilson, pairs), 1000),
        "byar, one count": (each_of(byar, counts), 1000),
        "byar, one count below ten": (each_of(byar, few), 1000),
        "xmr, 60 points": (lambda: xmr(points, direction="increase", target=90), 1),
        "interval_of, one observation": (lambda: interval_of(years[0], measure), 1),
        "compare, at two levels": (lambda: compare(years[0], 46, measure, levels=(95, 99.8)), 1),
        "recent_trend, five years": (lambda: recent_trend(years, measure), 1),
        "quantile_groups, 152 places": (lambda: quantile_groups(places, 5, direction="increase"), 1),
        "required_rate, with a target": (lambda: required_rate(**rate, target=150, target_year=2030), 1),
    }


def certainty_in_bulk() -> float:
    """What certainty adds to ``frames.evaluate`` over 300,000 figures with counts: the ratio of two times, by turns."""
    import polars as pl

    from outcome_bees import Plan, Reach, Target, frames

    draw = random.Random(2)
    years = [f"CY{year}" for year in range(2015, 2025)]
    rows = [(f"m{id}", year, f"A{place}") for id in range(100) for year in years for place in range(300)]
    measure, period, area = (list(each) for each in zip(*rows, strict=True))
    n = [draw.randint(50, 900) for _ in rows]
    x = [draw.randint(0, each) for each in n]
    value = [round(100 * a / b, 1) for a, b in zip(x, n, strict=True)]
    columns = {"measure": measure, "period": period, "area": area, "value": value, "numerator": x, "denominator": n}
    measures = [Measure(id=f"m{id}", title="M", unit="percent", direction="increase") for id in range(100)]
    targets = [Target(id=f"t{id}", measure=f"m{id}", aim=Reach(50), due="CY2024") for id in range(100)]
    plan, frame = Plan(id="p", title="P", measures=measures, targets=targets), pl.DataFrame(columns)
    best = {False: float("inf"), True: float("inf")}
    for _ in range(ROUNDS):
        for certainty in best:
            began = time.process_time()
            frames.evaluate(plan, frame, as_of=date(2025, 12, 31), certainty=certainty)
            best[certainty] = min(best[certainty], time.process_time() - began)
    return best[True] / best[False]


def main() -> int:
    yardstick = microseconds(loop, 2000)
    print(f"Python {platform.python_version()}, {platform.machine()}; a thousand additions take {yardstick:.1f} µs")
    print(f"{'':34}{'µs':>10}{'of the loop':>14}{'promised':>12}")
    kept = True
    for what, (call, inside) in calls().items():
        call()  # quantiles of a level, and of a small count, are kept once they are known
        cost = microseconds(call, 20 if inside > 1 else 300) / inside
        bar = BARS.get(what)
        kept = kept and (bar is None or cost <= bar)
        print(f"{what:34}{cost:10.2f}{cost / yardstick:14.2f}{f'{bar:g} µs' if bar else '':>12}")
    ratio = certainty_in_bulk()
    print(f"certainty over 300,000 figures: {ratio:.2f} of the time without it (promised: at most 1.25)")
    return 0 if kept and ratio <= 1.25 else 1


if __name__ == "__main__":
    sys.exit(main())
