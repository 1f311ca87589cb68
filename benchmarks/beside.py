"""Two source trees beside each other: the same calls in both, one after the other in one run, and their ratios.

    python benchmarks/beside.py OLD/src [NEW/src]

NEW is the tree of this checkout, if it is not given. A tree is loaded in a process of its own, and both stay: in every
round one makes its calls, then the other, the first in turn, so that what else the machine does falls on both alike. A
figure is the median, over the rounds, of the time of a processor in NEW to that in OLD: below 1 is faster. Imports are
timed in an interpreter of their own each time, less that of a bare one.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median, quantiles
from tempfile import TemporaryDirectory

ROUNDS, FRESH_ROUNDS = 21, 15
SAMPLE = 0.15  # seconds that the calls of one case take in a round, about

# Run in both trees: only names and arguments that the first draft has as well.
CALLS = """
import io, json, sys, time
from datetime import date, timedelta
from outcome_bees import (
    Measure, Observation, Observations, Period, Plan, Reach, Target,
    dump_plan, evaluate, evaluate_plan, load_observations, load_plan,
)

AS_OF = date(2025, 12, 31)
measure = Measure(id="m", title="M", unit="percent", direction="increase")
target = Target(id="t", measure="m", aim=Reach(50), due="CY2024")
figures = Observations(
    [Observation(measure="m", period=f"CY{y}", area="E10000015", value="56.3") for y in (2022, 2023, 2024)]
)
measures = [Measure(id=f"m{n}", title=f"Measure {n}", unit="percent", direction="increase") for n in range(200)]
targets = [Target(id=f"t{n}", measure=f"m{n}", aim=Reach(50 + n % 40), due="CY2024") for n in range(200)]
plan = Plan(id="p", title="P", measures=measures, targets=targets)
texts = {}
for format in ("yaml", "json"):
    file = io.StringIO()
    dump_plan(plan, file, format=format)
    texts[format] = file.getvalue()
rows = [f"m{n},CY{y},E10000015,{40 + (n * 7 + y) % 50}.{n % 10}" for n in range(200) for y in range(2013, 2025)]
csv = "\\n".join(["measure,period,area,value", *rows, ""])
of_plan = load_observations(io.StringIO(csv), format="csv")
known = ["2024-25", "Q1 2024/25", "March 2025", "31 March 2025", "FY2024-25", "year ending 30 September 2024"]
# More days than are remembered, so that each has been forgotten when it comes again.
days = [f"{day.day} {day:%B %Y}" for day in (date(1950, 1, 1) + timedelta(n) for n in range(20_000))]
turn = iter(())

def next_day():
    global turn
    for text in turn:
        return text
    turn = iter(days)
    return next(turn)

CALLS = {
    "evaluate": lambda: evaluate(target, measure=measure, observations=figures, as_of=AS_OF),
    "its sentence": lambda: evaluate(target, measure=measure, observations=figures, as_of=AS_OF).explanation,
    "evaluate_plan, 200 targets": lambda: evaluate_plan(plan, of_plan, as_of=AS_OF),
    "its HTML": lambda: evaluate_plan(plan, of_plan, as_of=AS_OF)._repr_html_(),
    "load_plan, YAML": lambda: load_plan(io.StringIO(texts["yaml"]), format="yaml"),
    "load_plan, JSON": lambda: load_plan(io.StringIO(texts["json"]), format="json"),
    "load_observations, CSV": lambda: load_observations(io.StringIO(csv), format="csv"),
    "Period.parse": lambda: [Period.parse(text, "financial") for text in known],
    "Period.parse, new texts": lambda: Period.parse(next_day()),
}
for call in CALLS.values():
    call()
print(json.dumps(list(CALLS)), flush=True)
for line in sys.stdin:
    name, times = json.loads(line)
    call = CALLS[name]
    began = time.process_time()
    for _ in range(times):
        call()
    print(time.process_time() - began, flush=True)
"""

IMPORTS = {
    "its names, imported": "from outcome_bees import Measure, Observation, Plan, Target, evaluate_plan",
    "the first verdict": (
        "from datetime import date\n"
        "from outcome_bees import Measure, Observation, Reach, Target, evaluate\n"
        "measure = Measure(id='m', title='M', unit='percent', direction='increase')\n"
        "figure = Observation(measure='m', period='CY2024', area='E10000015', value='56.3')\n"
        "target = Target(id='t', measure='m', aim=Reach(50), due='CY2024')\n"
        "assert evaluate(target, measure=measure, observations=[figure], as_of=date(2025, 12, 31)).status == 'achieved'"
    ),
    "load_plan, imported": "from outcome_bees import load_plan",
}


class Tree:
    """A source tree, loaded in a process that makes calls when it is asked to."""

    def __init__(self, path: Path) -> None:
        # What is compiled is kept beside nothing: the trees may not be ours to write in.
        self.compiled = TemporaryDirectory()
        cache = {"PYTHONPYCACHEPREFIX": self.compiled.name}
        self.environment = {**os.environ, "PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": "", **cache}
        self.process = subprocess.Popen(
            [sys.executable, "-c", CALLS],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        self.calls: list[str] = self._answer()

    def _answer(self) -> "list[str]":
        assert self.process.stdout is not None
        return list(json.loads(self.process.stdout.readline()))

    def seconds(self, call: str, times: int) -> float:
        """The time of a processor that so many of the calls take."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{json.dumps([call, times])}\n")
        return float(self.process.stdout.readline())

    def fresh(self, program: str) -> float:
        """The time of a processor that an interpreter of its own takes for a program."""
        before = getrusage(RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", program], env=self.environment, check=True)
        after = getrusage(RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def close(self) -> None:
        self.process.communicate()
        self.compiled.cleanup()


def in_turn(old: Tree, new: Tree, rounds: int) -> Iterator[tuple[Tree, Tree]]:
    """The two trees, the one or the other first."""
    for number in range(rounds):
        yield (old, new) if number % 2 else (new, old)


def main(old_path: Path, new_path: Path) -> None:
    old, new = Tree(old_path), Tree(new_path)
    print(f"{'':<28}{'old, ms':>10}{'new, ms':>10}{'new/old':>9}{'quartiles':>14}")
    for call in old.calls:
        times = max(1, round(SAMPLE / (old.seconds(call, 3) / 3 or 1e-9)))
        report(
            call,
            [{each: each.seconds(call, times) / times for each in pair} for pair in in_turn(old, new, ROUNDS)],
            old,
            new,
        )
    for name, program in IMPORTS.items():
        found = []
        for number, pair in enumerate(in_turn(old, new, FRESH_ROUNDS + 1)):
            timed = {each: each.fresh(program) - each.fresh("pass") for each in pair}
            if number:  # the first may have to compile
                found.append(timed)
        report(name, found, old, new)
    old.close()
    new.close()


def report(name: str, found: "list[dict[Tree, float]]", old: Tree, new: Tree) -> None:
    ratios = [each[new] / each[old] for each in found]
    low, _, high = quantiles(ratios, n=4)
    was, now = (1000 * median(each[tree] for each in found) for tree in (old, new))
    print(f"{name:<28}{was:>10.4f}{now:>10.4f}{median(ratios):>9.2f}{low:>8.2f}-{high:.2f}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print("no other tree to be held against: python benchmarks/beside.py OLD/src [NEW/src]")
    else:
        here = Path(__file__).resolve().parents[1] / "src"
        main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else here)
