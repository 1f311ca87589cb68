"""A card as a table for further work: one row an answer, in whichever dataframe library is at hand."""

import sys
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from outcome_bees.areas import Names
from outcome_bees.errors import InvalidValueError, MissingExtraError
from outcome_bees.evaluation.scorecard import Scorecard

__all__ = ["LIBRARIES", "answer_rows", "to_frame"]

LIBRARIES = ("polars", "pandas", "pyarrow")
"""The dataframe libraries that a card can be given to, in the order in which they are looked for."""

Value = str | float | bool | date | None


def answer_rows(card: Scorecard, names: Names | None = None) -> Iterator[dict[str, Value]]:
    """Return one row for each answer, its columns those of an evaluation, with titles and names beside ids and codes.

    Numbers are floats, for further work; what was judged was exact.

    Example:
        >>> from outcome_bees import Measure, Plan, evaluate_plan
        >>> plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="count")])
        >>> (row,) = answer_rows(evaluate_plan(plan, [], as_of=date(2025, 12, 31), area="E10000015"))
        >>> row["area_name"], row["status"], row["value"]
        ('Hertfordshire', 'not_assessed', None)
    """
    names = names or Names()
    for each in card.evaluations:
        measure = card.plan.measure(each.measure)
        numbers = {
            name: None if (number := getattr(each, name)) is None else float(number)
            for name in ("value", "required", "goal", "baseline", "reference", "gap", "progress")
        }
        words = {
            name: None if (word := getattr(each, name)) is None else str(word.value)
            for name in ("status", "verdict", "reason", "rag", "travel", "travel_basis")
        }
        yield {
            "measure": each.measure,
            "title": measure.title,
            "target": each.target,
            "area": each.area,
            "area_name": names.of(each.area),
            "breakdown": "; ".join(f"{name}={value}" for name, value in each.breakdown.items()),
            "period": None if each.observation is None else each.observation.period.code,
            "unit": None if measure.unit is None else measure.unit.code,
            **numbers,
            **words,
            "due": None if each.due is None else each.due.code,
            "as_of": each.as_of,
            "policy": each.policy,
            "display_conflict": each.display_conflict,
            "explanation": each.explanation,
        }


def to_frame(card: Scorecard, library: str | None = None, *, names: Names | None = None) -> Any:
    """Return a card as a dataframe: one row an answer.

    Args:
        card: The card.
        library: ``polars``, ``pandas`` or ``pyarrow``; ``None``: one in use already, else one that is installed.
        names: What to call places; ``None`` for the register's names.

    Raises:
        InvalidValueError: Another library.
        MissingExtraError: It, or any of them, is not installed.
    """
    if library is not None and library not in LIBRARIES:
        raise InvalidValueError("to_frame: library", library, ", ".join(LIBRARIES))
    asked = LIBRARIES if library is None else (library,)
    found = [each for each in asked if each in sys.modules] + [each for each in asked if find_spec(each) is not None]
    if not found:
        raise MissingExtraError("a card is given as a dataframe", library or "polars", library or "polars")
    rows = list(answer_rows(card, names))
    module = import_module(found[0])
    if found[0] == "pyarrow":
        return module.Table.from_pylist(rows)
    if found[0] == "polars":
        return module.DataFrame(rows, infer_schema_length=None)
    return module.DataFrame(rows)
