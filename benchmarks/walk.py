"""How one figure walks through: the stations between a call and its answer, counted.

Run by hand: ``python benchmarks/walk.py``, with ``--stations`` to list them. A station is a stay in one file: calls one
after another of functions in it count once, those that attrs makes for a class as a file of its own. Each walk is made
twice and the second is traced, so that nothing is loaded or compiled on the way.
"""

import io
import sys
from collections.abc import Callable
from itertools import groupby
from types import FrameType

from outcome_bees import (
    Measure,
    Observation,
    Observations,
    Plan,
    Reach,
    Target,
    dump_plan,
    evaluate,
    evaluate_plan,
    lint,
    load_observations,
    load_plan,
)

AS_OF = "2025-12-31"
MEASURE = Measure(id="m", title="M", unit="percent", direction="increase")
TARGET = Target(id="t", measure="m", aim=Reach(50), due="CY2024")
PLAN = Plan(id="p", title="P", measures=[MEASURE], targets=[TARGET])
FIGURES = Observations(
    Observation(measure="m", period=f"CY{year}", area="E10000015", value="56.3") for year in (2022, 2023, 2024)
)
CSV = "measure,period,area,value\n" + "".join(f"m,CY{year},E10000015,56.3\n" for year in (2022, 2023, 2024))
YAML = io.StringIO()
dump_plan(PLAN, YAML, format="yaml")


def one_target() -> None:
    evaluate(TARGET, measure=MEASURE, observations=FIGURES, as_of=AS_OF)


def with_its_sentence() -> None:
    assert evaluate(TARGET, measure=MEASURE, observations=FIGURES, as_of=AS_OF).explanation


def from_csv_to_html() -> None:
    figures = load_observations(io.StringIO(CSV), format="csv")
    assert evaluate_plan(PLAN, figures, as_of=AS_OF).to_html()


def from_yaml_to_findings() -> None:
    lint(load_plan(io.StringIO(YAML.getvalue()), format="yaml"))


def stations(walk: Callable[[], None]) -> list[tuple[str, list[str]]]:
    """Return the files that a walk stays in, one after another, with the functions of ours that it calls there."""
    called: list[tuple[str, str]] = []

    def note(frame: FrameType, event: str, argument: object) -> None:
        file = frame.f_code.co_filename
        if event == "call" and ("outcome_bees" in file or file.startswith("<attrs")):
            called.append((file.rpartition("outcome_bees/")[2], frame.f_code.co_qualname))

    walk()
    sys.setprofile(note)
    try:
        walk()
    finally:
        sys.setprofile(None)
    ours = [(file, name) for file, name in called if not file.endswith("benchmarks/walk.py")]
    return [(file, [name for _, name in stay]) for file, stay in groupby(ours, key=lambda each: each[0])]


if __name__ == "__main__":
    for walk in (one_target, with_its_sentence, from_csv_to_html, from_yaml_to_findings):
        found = stations(walk)
        calls, files = sum(len(names) for _, names in found), len({file for file, _ in found})
        print(f"{walk.__name__.replace('_', ' '):<24} {len(found):5} stations in {files:3} files, {calls:5} calls")
        if "--stations" in sys.argv:
            for file, names in found:
                print(f"    {file:<60} {' '.join(dict.fromkeys(names))}")
