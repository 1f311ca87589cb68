"""What changed between two scorecards, as a table for people."""

from collections.abc import Sequence

from outcome_bees.changes import Change
from outcome_bees.changes.cause_words import status_in_words
from outcome_bees.evaluation.result import Evaluation
from outcome_bees.evaluation.scorecard import Scorecard
from outcome_bees.periods import Period
from outcome_bees.presentation.blocks import Cell, Column, Group, Row, Table
from outcome_bees.presentation.words import SYMBOL

__all__ = ["table_of_changes"]


def table_of_changes(changes: Sequence[Change], before: Scorecard, after: Scorecard) -> Table:
    """Make one row for every answer that is another now: what it was, what it is, and why.

    Example:
        >>> from datetime import date
        >>> from outcome_bees import Measure, Plan, evaluate_plan
        >>> plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="count")])
        >>> card = evaluate_plan(plan, [], as_of=date(2025, 12, 31), area="E10000015")
        >>> table_of_changes((), card, card).summary
        'Nothing changed: 1 answer is as it was.'
    """
    titles = {each.id: each.title for card in (before, after) for each in card.plan.measures}
    rows = [
        Row(
            (Cell(titles[each.measure], note=_which(each)), _status(each.before), _status(each.after), Cell(_why(each)))
        )
        for each in changes
    ]
    unchanged = len(after.evaluations) - sum(each.after is not None for each in changes)
    same = f"{unchanged} answer{' is' if unchanged == 1 else 's are'} as {'it was' if unchanged == 1 else 'they were'}."
    changed = f"{len(rows)} answer{'' if len(rows) == 1 else 's'} changed, " if rows else "Nothing changed: "
    columns = (
        Column("Measure", least=20),
        Column("Before", least=12),
        Column("Now", least=12),
        Column("Why", least=30),
    )
    title = f"{after.plan.title}: what changed from {_day(before)} to {_day(after)}"
    return Table(title, columns, [Group(rows)], f"{changed}{same}")


def _day(card: Scorecard) -> str:
    return Period.day(card.as_of).label


def _which(change: Change) -> str:
    answer = change.after or change.before
    return "" if answer is None or answer.due is None else f"due {answer.due.label}"


def _status(answer: Evaluation | None) -> Cell:
    if answer is None:
        return Cell("–")
    return Cell(status_in_words(answer), mark=SYMBOL[answer.status], rag=answer.rag)


def _why(change: Change) -> str:
    """Return the sentence of a change without its beginning, where the cells beside it say that already."""
    effect, _, why = change.sentence.partition(": ")
    return change.sentence if effect.startswith("Still") else f"{why[:1].upper()}{why[1:]}"
