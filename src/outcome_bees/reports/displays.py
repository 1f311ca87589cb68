"""What a notebook shows of the library's objects: each as a table, made by the writer that makes all our HTML."""

from datetime import date
from decimal import Decimal
from typing import Any

from attrs import fields

from outcome_bees.areas import Names
from outcome_bees.evaluation.result import Evaluation
from outcome_bees.evaluation.tally import Tally
from outcome_bees.lineage import PlanComparison
from outcome_bees.linting import Findings
from outcome_bees.model.index import Observations
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import Plan
from outcome_bees.periods import Period
from outcome_bees.presentation import html
from outcome_bees.presentation.blocks import Cell, Column, Group, Row, Table
from outcome_bees.presentation.words import LABEL, SYMBOL
from outcome_bees.reports.comparisons import table_of_editions, table_of_findings
from outcome_bees.reports.outline import outlines
from outcome_bees.vocabulary import Travel

__all__ = [
    "editions_as_html",
    "evaluation_as_html",
    "findings_as_html",
    "item_as_html",
    "observations_as_html",
    "plan_as_html",
    "tally_as_html",
]

_MOST_ROWS = 60


def plan_as_html(plan: Plan) -> str:
    """Write a plan as the tree of its priorities and measures."""
    return html.html(outlines(plan))


def findings_as_html(findings: Findings) -> str:
    """Write what was found in a plan, the gravest first."""
    return html.html([table_of_findings(findings)])


def editions_as_html(comparison: PlanComparison) -> str:
    """Write how each item changed between two editions."""
    return html.html([table_of_editions(comparison)])


def tally_as_html(tally: Tally) -> str:
    """Write how many answers have which status.

    Example:
        >>> from outcome_bees import Status
        >>> "on track" in tally_as_html(Tally({Status.ON_TRACK: 3}))
        True
    """
    rows = [Row((_status(status), Cell(f"{number:,}"))) for status, number in tally.counts.items()]
    columns = (Column("Status", least=14), Column("Answers", numbers=True))
    return html.html([Table("Answers by status", columns, [Group(rows)], f"{tally}.")])


def item_as_html(item: Any) -> str:
    """Write what a plan states of one of its items, such as a measure, and nothing of what it leaves open."""
    stated = ((each.name, getattr(item, each.name)) for each in fields(type(item)))
    rows = [
        Row((Cell(of.replace("_", " ")), Cell(_text(value)))) for of, value in stated if value not in (None, (), {})
    ]
    return html.html([Table(f"{type(item).__name__} {item.id}", _PAIR, [Group(rows)])])


def evaluation_as_html(answer: Evaluation) -> str:
    """Write an answer: its sentence above its numbers.

    Numbers are those of the evaluation, in the measure's unit; what has no answer is left out.
    """
    place = None if answer.area is None else Names().with_code(answer.area)
    facts = (
        ("Place", place),
        ("As of", answer.as_of),
        ("Due", answer.due),
        ("Period of the figure", None if answer.observation is None else answer.observation.period),
        ("Figure", answer.value),
        ("Required", answer.required),
        ("Gap", answer.gap),
        ("Goal", answer.goal),
        ("Baseline", answer.baseline),
        ("Travel", answer.travel),
        ("Policy", answer.policy),
    )
    rows = [Row((Cell("Status"), _status(answer.status)))]
    rows += [Row((Cell(word), Cell(_text(value)))) for word, value in facts if value is not None]
    return html.html([Table(answer.target or answer.measure, _PAIR, [Group(rows)], answer.explanation)])


def observations_as_html(observations: Observations) -> str:
    """Write how many figures there are of each measure, from when to when, of how many places."""
    of_measure: dict[str, list[Observation]] = {}
    for each in observations:
        of_measure.setdefault(each.measure, []).append(each)
    rows = []
    for measure, found in list(of_measure.items())[:_MOST_ROWS]:
        first = min(found, key=lambda each: (each.period.end, each.period.start)).period
        last = max(found, key=lambda each: (each.period.end, each.period.start)).period
        absent = sum(each.value is None for each in found)
        counts = (len(found), absent, len(observations.areas(measure)))
        rows.append(Row((Cell(measure), *(Cell(f"{each:,}") for each in counts), Cell(first.label), Cell(last.label))))
    columns = (
        Column("Measure", least=24),
        Column("Figures", numbers=True),
        Column("Absent", numbers=True),
        Column("Places", numbers=True),
        Column("First", least=10),
        Column("Last", least=10),
    )
    summary = f"{len(observations):,} figures of {len(of_measure):,} measures"
    if len(of_measure) > _MOST_ROWS:
        summary += f", {len(of_measure) - _MOST_ROWS:,} of them not shown"
    return html.html([Table("Observations", columns, [Group(rows)], f"{summary}.")])


_PAIR = (Column("", least=12), Column("", least=24))


def _status(status: Any) -> Cell:
    return Cell(LABEL[status], mark=SYMBOL[status], rag=status.rag)


def _text(value: Any) -> str:
    """Write a value for a person: numbers with their digits, periods and days by their label."""
    if isinstance(value, Period):
        return value.label
    if isinstance(value, date):
        return Period.day(value).label
    if isinstance(value, tuple):
        return ", ".join(map(_text, value))
    if isinstance(value, Travel):
        return LABEL[value]
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
