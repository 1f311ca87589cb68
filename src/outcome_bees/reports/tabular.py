"""A card as a table for further work: one row an answer, as a dataframe, CSV, Excel, Markdown or HTML."""

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from attrs import frozen

from outcome_bees.areas import Names
from outcome_bees.errors import InvalidValueError, MissingExtraError
from outcome_bees.evaluation.rules import in_unit_of
from outcome_bees.evaluation.scorecard import Scorecard
from outcome_bees.layouts.cells import format_breakdown, guard_formula
from outcome_bees.model.aims import Rank, StayBetween
from outcome_bees.model.local_policy import Policy
from outcome_bees.model.plan import Plan
from outcome_bees.model.target import Target
from outcome_bees.presentation import html, markdown
from outcome_bees.reports.answers import tables_of
from outcome_bees.serializers.file_access import Writable, name_of, write
from outcome_bees.serializers.tables.excel import write_sheet

__all__ = [
    "COLUMNS",
    "LIBRARIES",
    "answer_cells",
    "answer_rows",
    "rows_of_places",
    "to_csv",
    "to_excel",
    "to_frame",
    "to_html",
    "to_markdown",
]

LIBRARIES = ("polars", "pandas", "pyarrow")
"""The dataframe libraries that a card can be given to, in the order in which they are looked for."""

Value = str | Decimal | float | int | bool | date | None

COLUMNS = (
    *("measure", "title", "target", "area", "area_name", "breakdown", "period", "value", "unit", "required"),
    *("required_low", "required_high", "goal", "baseline", "reference", "place", "places", "gap", "progress"),
    *("status", "verdict", "reason", "rag", "travel", "travel_basis", "due", "as_of", "policy", "owner"),
    *("revision", "display_conflict", "explanation"),
)
"""The columns of an answer, the same for one place and for every place.

``required_low`` and ``required_high`` are the ends of a band; ``place`` and ``places`` those of a rank: third of nine.
"""


_NUMBERS = ("value", "required", "goal", "baseline", "reference", "gap", "progress")


def answer_rows(card: Scorecard, names: Names | None = None, *, exact: bool = False) -> Iterator[dict[str, Value]]:
    """Return one row for each answer, its columns those of ``COLUMNS``, with titles and names beside ids and codes.

    Args:
        card: The card.
        names: What to call places; ``None`` for the register's names.
        exact: Whether numbers are the exact ones that were judged; else they are floats, for further work.

    Example:
        >>> from outcome_bees import Measure, Plan, evaluate_plan
        >>> plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="count")])
        >>> (row,) = answer_rows(evaluate_plan(plan, [], as_of=date(2025, 12, 31), area="E10000015"))
        >>> row["area_name"], row["status"], row["value"]
        ('Hertfordshire', 'not_assessed', None)
    """
    facts = _PlanFacts.in_plan(card.plan, names or Names())
    for each in card.evaluations:
        numbers = {name: getattr(each, name) for name in _NUMBERS}
        words = {
            name: None if (word := getattr(each, name)) is None else str(word.value)
            for name in ("revision", "status", "verdict", "reason", "rag", "travel", "travel_basis")
        }
        row: dict[str, Value] = {
            **numbers,
            **words,
            **facts.of(each.measure, each.target, each.area, each.required, each.gap),
            "period": None if each.observation is None else each.observation.period.code,
            "places": int(each.reference) if facts.is_ranked(each.target) and each.reference is not None else None,
            "as_of": each.as_of,
            "policy": each.policy,
            "display_conflict": each.display_conflict,
            "explanation": each.explanation,
        }
        yield {name: row[name] if exact else _float(row[name]) for name in COLUMNS}


def rows_of_places(
    plan: Plan, answers: Iterable[Mapping[str, Any]], as_of: date, policy: Policy
) -> Iterator[dict[str, Value]]:
    """Return the answers of many places, as ``outcome_bees.frames`` has them, in the same columns.

    What bulk evaluation does not work out is empty there: the goal, the baseline and the way from it, the
    explanation, and of how many places a rank is.
    """
    facts = _PlanFacts.in_plan(plan, Names())
    for answer in answers:
        required, gap = answer["required"], answer["gap"]
        row = {**answer, **facts.of(answer["measure"], answer["target"], answer["area"], required, gap)}
        row |= {"as_of": as_of, "policy": policy.id}
        yield {name: row.get(name) for name in COLUMNS}


@frozen
class _PlanFacts:
    """What the columns of an answer have from the plan and the register of places."""

    _plan: Plan
    _names: Names
    _targets: dict[str, Target]

    @classmethod
    def in_plan(cls, plan: Plan, names: Names) -> "_PlanFacts":
        return cls(plan, names, {each.id: each for each in plan.targets})

    def is_ranked(self, target: str | None) -> bool:
        """Return whether a target asks for a place among others."""
        return target is not None and isinstance(self._targets[target].aim, Rank)

    def of(
        self, measure: str, target: str | None, area: str | None, required: Decimal | None, gap: Decimal | None
    ) -> dict[str, Value]:
        """Return titles, names, the ends of a band and the place in a rank."""
        whole, aimed = self._plan.measure(measure), self._targets.get(target or "")
        low = high = None
        place: int | None = None
        if aimed is not None and isinstance(aimed.aim, StayBetween):
            low, high = (in_unit_of(whole, aimed, end) for end in (aimed.aim.low, aimed.aim.high))
        if self.is_ranked(target) and required is not None and gap is not None:
            place = round(required - gap)
        return {
            "measure": measure,
            "title": whole.title,
            "target": target,
            "area": area,
            "area_name": self._names.of(area),
            "breakdown": "" if aimed is None else format_breakdown(aimed.breakdown),
            "unit": None if whole.unit is None else whole.unit.code,
            "required_low": low,
            "required_high": high,
            "place": place,
            "due": None if aimed is None or aimed.due is None else aimed.due.code,
            "owner": (None if aimed is None else aimed.owner) or whole.owner,
        }


def _float(value: Value) -> Value:
    return float(value) if isinstance(value, Decimal) else value


def to_csv(card: Scorecard, target: Writable | None = None, *, names: Names | None = None) -> str | None:
    """Return a card as CSV, or write it: one row an answer, numbers exact, no text that a spreadsheet would run."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in answer_rows(card, names, exact=True):
        writer.writerow(map(_cell, answer_cells(row)))
    return _given(written.getvalue(), target)


def answer_cells(row: Mapping[str, Value]) -> list[str | Decimal | int | None]:
    """Return a row for a table of text and numbers: days and truths as text."""
    return [
        str(each).lower() if isinstance(each, bool) else each.isoformat() if isinstance(each, date) else each
        for each in row.values()
        if not isinstance(each, float)
    ]


def _cell(value: str | Decimal | int | None) -> str:
    if value is None:
        return ""
    return guard_formula(value) if isinstance(value, str) else format(value, "f" if isinstance(value, Decimal) else "d")


def to_excel(card: Scorecard, target: Writable, *, names: Names | None = None) -> None:
    """Write a card as an Excel workbook of one sheet: one row an answer, numbers as numbers.

    Raises:
        MissingExtraError: The extra ``excel`` is not installed.
    """
    rows = map(answer_cells, answer_rows(card, names, exact=True))
    write(target, write_sheet(COLUMNS, rows, name_of(target), sheet="answers"))


def to_html(card: Scorecard, target: Writable | None = None) -> str | None:
    """Return the tables of a card as a piece of HTML, or write them as a whole page."""
    if target is None:
        return html.html(tables_of(card))
    return _given(html.page(card.plan.title, tables_of(card)), target)


def to_markdown(card: Scorecard, target: Writable | None = None) -> str | None:
    """Return the tables of a card as Markdown, or write them."""
    return _given(markdown.markdown(tables_of(card)), target)


def _given(text: str, target: Writable | None) -> str | None:
    """Return a text, or write it where it is to go."""
    if target is None:
        return text
    write(target, text)
    return None


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
