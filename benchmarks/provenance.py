"""What it costs that an answer can be traced: ratios taken in one run, by turns.

Run by hand: ``python benchmarks/provenance.py``. *Bare* is ``evaluate_plan`` made not to keep beside each answer what
it was made from; *kept* is as it is: provenance is on, every answer can be traced whenever ``why()`` or ``provenance``
is read later, and nobody has asked yet. There is no other switch, so that both bars hold for it: 1.15 × bare for what
is on, and 1.02 × for what nobody asks for. *One asked* adds the chain of one answer (most of it is the hash of the
plan, taken once), *all asked* that of every answer, its sentence among it: who reads pays for it, and has no bar.
"""

import gc
import time
from collections.abc import Callable
from datetime import date
from unittest import mock

from outcome_bees import Measure, Observation, Observations, Period, Plan, Reach, Scorecard, Target, evaluate_plan
from outcome_bees.evaluation import evaluate as module

AS_OF = date(2025, 12, 31)


def plan_of(size: int) -> tuple[Plan, tuple[Observation, ...]]:
    ids = [f"m{number}" for number in range(size)]
    measures = [Measure(id=id, title=id, unit="percent", direction="increase", frequency="yearly") for id in ids]
    targets = [Target(id=id, measure=id, aim=Reach(50), due="CY2024") for id in ids]
    years = [Period.year(year, "calendar") for year in range(2015, 2025)]
    figures = tuple(
        Observation(measure=id, period=year, area="E10000015", value=40 + (number * 7 + place) % 20)
        for number, id in enumerate(ids)
        for place, year in enumerate(years)
    )
    return Plan(id="p", title="P", measures=measures, targets=targets), figures


def by_turns(calls: dict[str, Callable[[], object]], rounds: int = 25) -> dict[str, float]:
    """The least seconds of each call, one after the other in every round."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            gc.collect()
            gc.disable()
            began = time.process_time()
            call()
            times[name].append(time.process_time() - began)
            gc.enable()
    return {name: min(each) for name, each in times.items()}


class NotKept:
    """Stands for ``object`` in the module that evaluates, so that nothing is put beside an answer."""

    @staticmethod
    def __setattr__(answer: object, name: str, value: object) -> None:
        return None


def main() -> None:
    plan, figures = plan_of(400)

    def card() -> Scorecard:
        return evaluate_plan(plan, Observations(figures), as_of=AS_OF)

    def bare() -> Scorecard:
        with mock.patch.object(module, "object", NotKept, create=True):
            return card()

    def asked(share: int) -> Callable[[], object]:
        return lambda: [each.provenance for each in card().evaluations[::share]]

    card()
    found = by_turns({"bare": bare, "kept": card, "one asked": asked(400), "all asked": asked(1)})
    for name, over, bar in (
        ("kept", "bare", "1.02 off, 1.15 on"),
        ("one asked", "kept", "none"),
        ("all asked", "kept", "none"),
    ):
        print(f"{name:10} {found[name] * 1000:8.1f} ms   {found[name] / found[over]:.3f} × {over} (bar: {bar})")


if __name__ == "__main__":
    main()
