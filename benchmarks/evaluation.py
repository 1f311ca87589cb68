"""What importing, the first verdict, one evaluation and a whole plan cost: ratios taken in one run.

Run by hand: ``python benchmarks/evaluation.py``. Every import is timed in an interpreter of its own, by what it takes
of a processor, and the time of a bare one is taken off.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from importlib.metadata import version
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

FIRST_VERDICT = """
from datetime import date
from outcome_bees import Measure, Observation, Reach, Target, evaluate
measure = Measure(id="m", title="M", unit="percent", direction="increase")
target = Target(id="t", measure="m", aim=Reach(50), due="CY2024")
figure = Observation(measure="m", period="CY2024", area="E10000015", value="56.3")
assert evaluate(target, measure=measure, observations=[figure], as_of=date(2025, 12, 31)).status == "achieved"
"""


def fresh(programs: Iterable[str], rounds: int = 25) -> dict[str, float]:
    """The median seconds of a processor (user and system) that an interpreter of its own takes for each program.

    One after the other in every round, so that what else the machine does falls on all alike; the time of a bare
    interpreter is taken off. A first run, which may have to compile, is not counted.
    """
    times: dict[str, list[float]] = {program: [] for program in ("pass", *programs)}
    for counted in (False, *[True] * rounds):
        for program, each in times.items():
            before = getrusage(RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-I", "-c", program], check=True)
            after = getrusage(RUSAGE_CHILDREN)
            if counted:
                each.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    bare = median(times["pass"])
    return {program: median(each) - bare for program, each in times.items()}


def repeated(call: Callable[[], object], times: int) -> float:
    """The median seconds of one call on a processor, over seven rounds."""
    rounds = []
    for _ in range(7):
        began = time.process_time()
        for _ in range(times):
            call()
        rounds.append((time.process_time() - began) / times)
    return median(rounds)


def a_fixed_loop() -> int:
    """A thousand squares: by what it takes, one machine's times can be held against another's."""
    total = 0
    for number in range(1000):
        total += number * number
    return total


def imports() -> None:
    """Imports and the first verdict, beside the libraries that each of them loads."""
    ours, attrs, libraries, everything = (
        *("import outcome_bees", "import attrs", "import attrs, cattrs"),
        "from outcome_bees import *",
    )
    seconds = fresh((ours, attrs, libraries, FIRST_VERDICT, everything))
    for program, named, bar in (
        (ours, ours, "      (bar: 10 ms)"),
        (attrs, attrs, ""),
        (libraries, libraries, ""),
        (
            FIRST_VERDICT,
            "from a bare interpreter to a verdict",
            f"      {seconds[FIRST_VERDICT] / seconds[libraries]:.2f} x the line above (bar: 1.3)",
        ),
        (
            everything,
            everything,
            f"      {seconds[everything] / seconds[libraries]:.2f} x attrs and cattrs: every room",
        ),
    ):
        print(f"{named:<41} {seconds[program] * 1000:8.1f} ms{bar}")


def one_target() -> None:
    from attrs import fields

    from outcome_bees import (
        Baseline,
        Evaluation,
        Improve,
        Measure,
        Observation,
        Observations,
        Period,
        Reach,
        Target,
        evaluate,
    )

    measure = Measure(id="m", title="M", unit="percent", direction="increase", frequency="yearly")
    years = [Period.year(year, "calendar") for year in range(2015, 2025)]
    target = Target(id="t", measure="m", aim=Improve(), due=years[-1], baseline=Baseline(years[-2]))
    figures = Observations(
        Observation(measure="m", period=year, area="E10000015", value=50 + index % 7)
        for index, year in enumerate(years)
    )
    on = date(2025, 12, 31)
    reach = Target(id="r", measure="m", aim=Reach(50), due=years[-1])
    loop = repeated(a_fixed_loop, 4_000)
    print(f"a fixed loop, to compare machines by      {loop * 1e6:8.1f} µs")

    def shown(what: str, seconds: float, bar: str = "") -> None:
        print(f"{what:<41} {seconds * 1e6:8.1f} µs      {seconds / loop:.2f} x the loop{bar}")

    for what, each in (("evaluate, improve on a baseline", target), ("evaluate, reach a number", reach)):
        seconds = repeated(partial(evaluate, each, measure=measure, observations=figures, as_of=on), 4_000)
        shown(what, seconds, " (bar: 20 µs)")
    names = [each.name for each in fields(Evaluation) if each.init]

    def read_all() -> None:
        answer = evaluate(target, measure=measure, observations=figures, as_of=on)
        for name in names:
            getattr(answer, name)

    shown("the first, with every field of it read", repeated(read_all, 1_000))


def peers() -> None:
    """A rank and a comparison in every place of so many: flat for each place, since the others are gathered once."""
    from outcome_bees import Beat, Comparator, Measure, Observation, Observations, Rank, Target, evaluate

    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    for size in (50, 100, 400, 2_000):
        areas = [f"E08{number:06}" for number in range(size)]
        others = Comparator(id="others", title="Others", areas=areas, method="median")
        spent = []
        for aim in (Rank(1, 4), Rank(1, 4, "others"), Beat("others")):
            target = Target(id="t", measure="m", aim=aim, due="CY2024")
            figures = Observations(
                Observation(measure="m", period=f"CY{year}", area=area, value=(number * 7919 + year) % 1001 / 10)
                for number, area in enumerate(areas)
                for year in (2022, 2023, 2024)
            )
            began = time.process_time()
            for area in areas:
                evaluate(
                    target,
                    measure=measure,
                    observations=figures,
                    as_of=date(2025, 12, 31),
                    area=area,
                    comparators=[others],
                )
            spent.append((time.process_time() - began) / size * 1e6)
        shown = ", ".join(f"{each:.0f} µs" for each in spent)
        print(f"{size:6,} places: rank, in a group, beat     {shown} a place (bar: flat)")


def whole_plans() -> None:
    from outcome_bees import Measure, Observation, Observations, Plan, Reach, Target, evaluate_plan

    def plan_of(size: int) -> tuple[Plan, Observations]:
        ids = [f"m{index}" for index in range(size)]
        measures = [
            Measure(id=id, title=id, unit="percent", direction="increase", outcome_bees=["be-safe"]) for id in ids
        ]
        targets = [Target(id=id, measure=id, aim=Reach(50), due="CY2024") for id in ids]
        plan = Plan(id="p", title="P", measures=measures, targets=targets)
        figures = [
            Observation(measure=id, period=f"CY{year}", area="E1", value=50) for id in ids for year in range(2020, 2025)
        ]
        return plan, Observations(figures)

    def tallies(plan: Plan, figures: Observations) -> object:
        return evaluate_plan(plan, figures, as_of=date(2025, 12, 31)).by_bee

    loop = repeated(a_fixed_loop, 4_000)
    seconds = {}
    for size in (1_000, 10_000):
        plan, figures = plan_of(size)
        seconds[size] = repeated(partial(tallies, plan, figures), 1)
        print(
            f"evaluate_plan, {size:6,} measures            {seconds[size] * 1000:8.1f} ms      "
            f"{seconds[size] / size * 1e6:.1f} µs a measure, {seconds[size] / size / loop:.2f} x the loop (bar: 25 µs)"
        )
    print(f"ten times the measures                    {seconds[10_000] / seconds[1_000]:8.1f} x the time (linear: 10)")


if __name__ == "__main__":
    print(
        f"Python {sys.version.split()[0]}, attrs {version('attrs')}, cattrs {version('cattrs')}, pint {version('pint')}"
    )
    imports()
    one_target()
    peers()
    whole_plans()
