"""Write down what a version of the library answers, so that later versions can be held to it.

Run by hand, once for each release, with that release on the path::

    PYTHONPATH=src python tests/verdicts/record.py tests/verdicts/documents/0.2.0

It asks for every plan, day, place and policy of ``QUESTIONS`` and writes ``answers.csv``, one row an answer, and
``card.json``, a whole scorecard; beside them goes a ``differences.csv`` of a header alone. What a release has written
is never written again (that of a version still to come may be, until it is out): a later version that answers otherwise
says so in its ``differences.csv``, with the line under Verdicts in the changelog that names the change.
"""

import csv
import sys
import warnings
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from outcome_bees import Evaluation, Observations, Plan, evaluate_plan, load_observations, load_plan
from outcome_bees.evaluation.policy import POLICIES
from outcome_bees.serializers import dump

HERE = Path(__file__).resolve().parent / "documents"
DAYS = ("2024-06-30", "2024-12-31", "2025-03-31", "2025-04-30", "2025-12-31", "2026-12-31")
QUESTIONS: dict[str, tuple[str, ...]] = {"rules": ("E10000015", "E10000012"), "hertfordshire": ("E10000015",)}
"""The plans, each with the places that are asked about."""

FIELDS = (
    *("plan", "as_of", "policy", "area", "measure", "target"),
    *("status", "verdict", "reason", "travel", "period", "value", "required", "gap"),
)
COMPARED = FIELDS[6:]
QUESTION = FIELDS[:6]


def asked(name: str) -> tuple[Plan, Observations]:
    """Return a plan of the archive, and its figures."""
    return load_plan(HERE / f"{name}.yaml"), load_observations(HERE / f"{name}.csv")


def row(name: str, answer: Evaluation) -> tuple[str, ...]:
    """Return an answer as the archive has it."""
    facts: dict[str, Any] = {each: getattr(answer, each) for each in FIELDS if each not in ("plan", "period")}
    facts |= {"plan": name, "period": answer.observation and answer.observation.period.code}
    return tuple("" if facts[each] is None else str(facts[each]) for each in FIELDS)


def answers(name: str) -> Iterator[tuple[str, ...]]:
    """Yield every answer of a plan."""
    plan, figures = asked(name)
    for as_of in DAYS:
        for policy in POLICIES.values():
            for area in QUESTIONS[name]:
                card = evaluate_plan(plan, figures, as_of=date.fromisoformat(as_of), area=area, policy=policy)
                yield from (row(name, each) for each in card.evaluations)


def main(folder: Path) -> None:
    """Write the answers of the version that is on the path."""
    folder.mkdir(parents=True)
    with (folder / "answers.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        for name in QUESTIONS:
            writer.writerows(answers(name))
    plan, figures = asked("rules")
    dump(evaluate_plan(plan, figures, as_of=date(2025, 12, 31), area="E10000015"), folder / "card.json")


if __name__ == "__main__":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        main(Path(sys.argv[1]))
