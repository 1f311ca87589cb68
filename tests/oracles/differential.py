"""Whether two sources of the library give the same answers, to the last digit and letter, on drawn cases and plans.

Run by hand, from the root of the repository, before the evaluator is made faster or shorter:

    git worktree add /tmp/older v0.3.0
    python -m tests.oracles.differential /tmp/older/src --cases 20000 --plans 10000

Every field of every answer is written by either source in an interpreter of its own, and the lines are compared; so are
refusals, with their messages. With ``--bulk`` plans are evaluated as tables too, in Polars. It ends with 1 where
anything differs, and shows the first lines that do.
"""

import argparse
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from attrs import asdict, evolve, fields

import outcome_bees
from outcome_bees import (
    Evaluation,
    Measure,
    Observation,
    Observations,
    OutcomeBeesError,
    Plan,
    Priority,
    Rank,
    Reach,
    Target,
    evaluate,
    evaluate_plan,
    frames,
)

from .drawing import COMPARATORS, HERE, POLICIES, SCENES, cases, draw, draw_target, some
from .oracle import Case

HERE_SRC = Path(__file__).parents[2] / "src"
SHOWN = 5


def written(answer: Evaluation) -> str:
    """Every field of an answer; a number with its digits, a figure with all that is known of it."""
    values = {each.name: getattr(answer, each.name) for each in fields(Evaluation) if each.init}
    figure = values.pop("observation")
    return f"{values!r} of {None if figure is None else asdict(figure, recurse=False)!r}"


def answers_to_cases(first: int, last: int) -> Iterator[str]:
    """Write the answer to each drawn case; of every tenth also all that it was made from."""
    for number, case in cases(first, last):
        try:
            answer = evaluate(
                case.target,
                measure=case.measure,
                observations=Observations(case.observations, provisional_after_final_ok=True),
                as_of=case.as_of,
                policy=case.policy,
                area=case.area,
                comparators=case.comparators,
            )
            beside = answer.provenance if number % 10 == 0 else ""
            yield f"case {number}: {written(answer)} {beside}"
        except OutcomeBeesError as error:
            yield f"case {number}: {type(error).__name__}: {error}"


def drawn_plan(chance: random.Random) -> tuple[Plan, Observations, Case]:
    """Draw a plan of a few measures, its figures, and one of its cases for the day and the policy.

    Raises:
        OutcomeBeesError: The model refuses what was drawn.
    """
    measures: list[Measure] = []
    targets: list[Target] = []
    figures = []
    drawn = [draw(chance) for _ in range(chance.randint(1, 5))]
    for number, case in enumerate(drawn):
        id, bees = f"m{number}", chance.sample(("be-safe", "be-healthy", "be-ambitious"), chance.randint(0, 2))
        priority = "first" if some(chance, 0.5) else None
        measures.append(evolve(case.measure, id=id, outcome_bees=bees, priority=priority))
        wanted = [case.target] if case.target is not None else []
        if some(chance, 0.3):
            wanted.append(draw_target(chance, case.measure, chance.choice(SCENES)))
        targets += [evolve(each, id=f"{id}-t{at}", measure=id) for at, each in enumerate(wanted) if some(chance, 0.95)]
        figures += [evolve(each, measure=id) for each in case.observations]
    if len(measures) > 1 and some(chance, 0.3):
        parts: dict[str, Any] = {"components": [each.id for each in measures[:2]]}
        measures.append(Measure(id="whole", title="Whole", kind="compound", **parts))
    plan = Plan(
        id="plan",
        title="Plan",
        priorities=[Priority(id="first", title="First", outcome_bees=["be-safe"])],
        measures=measures,
        targets=targets,
        comparators=COMPARATORS,
        policies=POLICIES[1:],
    )
    return plan, Observations(figures, provisional_after_final_ok=True), drawn[-1]


def answers_to_plans(first: int, last: int) -> Iterator[str]:
    """Write every answer of each drawn plan, and its tallies."""
    for number in range(first, last):
        chance = random.Random(f"plan {number}")
        drawn = None
        while drawn is None:
            try:
                drawn = drawn_plan(chance)
            except OutcomeBeesError:
                continue
        plan, figures, case = drawn
        area = HERE if some(chance, 0.9) or not any(isinstance(each.aim, Rank) for each in plan.targets) else None
        policy = case.policy if case.policy.id == "standard" else case.policy.id
        try:
            card = evaluate_plan(plan, figures, as_of=case.as_of, area=area, policy=policy)
            tallies = (card.overall, card.by_bee, card.by_priority, card.by_compound)
            yield f"plan {number}: {tallies!r}"
            yield from (f"plan {number}: {written(each)}" for each in card.evaluations)
        except OutcomeBeesError as error:
            yield f"plan {number}: {type(error).__name__}: {error}"


def with_twins(plan: Plan, figures: Observations) -> tuple[Plan, list[Observation]]:
    """Give each measure a twin with the same figures, whose targets ask for other numbers in the same way."""
    names = {each.id: f"{each.id}-twin" for each in plan.measures if not each.components}
    twins = []
    for each in plan.targets:
        aim = Reach(each.aim.value + 1) if isinstance(each.aim, Reach) else each.aim
        twins.append(evolve(each, id=f"{each.id}-twin", measure=names[each.measure], aim=aim))
    measures = [evolve(each, id=names[each.id]) for each in plan.measures if each.id in names]
    doubled = evolve(plan, measures=[*plan.measures, *measures], targets=[*plan.targets, *twins])
    return doubled, [*figures, *(evolve(each, measure=names[each.measure]) for each in figures)]


def answers_in_bulk(first: int, last: int) -> Iterator[str]:
    """Write every row of each drawn plan as a table, the latest and the history, a twin beside each measure."""
    import polars as pl

    for number in range(first, last):
        chance = random.Random(f"bulk {number}")
        try:
            plan, figures, case = drawn_plan(chance)
            plan, doubled = with_twins(plan, figures)
        except OutcomeBeesError:
            continue
        policy = case.policy if case.policy.id == "standard" else case.policy.id
        frame = pl.DataFrame(frames.from_observations(doubled), infer_schema_length=None)
        for history in (False, True):
            try:
                found = frames.evaluate(plan, frame, as_of=case.as_of, policy=policy, history=history)
                yield from (f"bulk {number}, history {history}: {row!r}" for row in sorted(found.rows(), key=repr))
            except OutcomeBeesError as error:
                yield f"bulk {number}, history {history}: {type(error).__name__}: {error}"


def lines_of(source: Path, wanted: Sequence[str]) -> "subprocess.Popen[str]":
    """Start an interpreter that writes what one source answers."""
    environment = {**os.environ, "PYTHONPATH": str(source.resolve()), "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-m", "tests.oracles.differential", str(source), "--write", *wanted]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=HERE_SRC.parent)


def compared(older: Path, wanted: Sequence[str]) -> int:
    """Compare what two sources write, line by line; return how many lines differ."""
    one, other = lines_of(older, wanted), lines_of(HERE_SRC, wanted)
    assert one.stdout is not None, "asked for above"
    assert other.stdout is not None, "asked for above"
    differing = count = 0
    for was, now in zip_longest(one.stdout, other.stdout, fillvalue="nothing\n"):
        count += 1
        if was != now:
            differing += 1
            if differing <= SHOWN:
                print(f"was {was}now {now}")
    if one.wait() or other.wait():
        sys.exit("one of the two sources failed")
    print(f"{count:,} lines ({' '.join(wanted)}), {differing:,} of them differ")
    return differing


def main() -> None:
    """Compare two sources, or write what one of them answers."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("older", type=Path, help="the src folder of the older source")
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--plans", type=int, default=10_000)
    parser.add_argument("--bulk", type=int, default=0, help="how many plans are evaluated as tables")
    parser.add_argument("--first", type=int, default=0, help="the number of the first case and plan")
    parser.add_argument("--write", action="store_true", help="write what the library in PYTHONPATH answers")
    given = parser.parse_args()
    if not given.write:
        wanted = [f"--{name}={getattr(given, name)}" for name in ("cases", "plans", "bulk", "first")]
        sys.exit(1 if compared(given.older, wanted) else 0)
    loaded = Path(outcome_bees.__file__).parents[1]
    assert loaded == given.older.resolve(), f"it is {loaded} that answers"
    for line in answers_to_cases(given.first, given.first + given.cases):
        print(line.replace("\n", " "))
    for line in answers_to_plans(given.first, given.first + given.plans):
        print(line.replace("\n", " "))
    for line in answers_in_bulk(given.first, given.first + given.bulk):
        print(line.replace("\n", " "))


if __name__ == "__main__":
    main()
