"""What is found of a plan and what changed, as tables: findings, two editions side by side, two scorecards."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from outcome_bees.changes import Change
from outcome_bees.changes.cause_words import status_in_words
from outcome_bees.evaluation.result import Evaluation
from outcome_bees.evaluation.scorecard import Scorecard
from outcome_bees.lineage import ItemChange, PlanComparison
from outcome_bees.linting import Finding
from outcome_bees.periods import Period
from outcome_bees.presentation.blocks import Cell, Column, Group, Row, Table
from outcome_bees.presentation.words import LABEL, SYMBOL
from outcome_bees.vocabulary import Rag, Severity

__all__ = ["by_severity", "table_of_changes", "table_of_editions", "table_of_findings"]

_COLOURS = {Severity.ERROR: Rag.RED, Severity.WARNING: Rag.AMBER, Severity.INFO: Rag.GREY}


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with the gravest first, those of one severity in their order."""
    return sorted(findings, key=lambda each: each.severity, reverse=True)


def table_of_findings(findings: Iterable[Finding], caption: str = "Findings") -> Table:
    """Make the table of what was found in a plan, the gravest first.

    Example:
        >>> from outcome_bees import Measure, Plan, lint
        >>> plan = Plan(id="p", title="P", measures=[Measure(id="m", title="Staff", unit="person")])
        >>> [group.title for group in table_of_findings(lint(plan)).groups]
        ['2 warnings', '2 notes']
    """
    groups = []
    for severity, found in groupby(by_severity(findings), key=lambda each: each.severity):
        members = [
            Row(
                (
                    Cell(each.item, note=each.path),
                    Cell(each.message, mark=SYMBOL[severity], rag=_COLOURS[severity]),
                    Cell(each.remedy),
                )
            )
            for each in found
        ]
        word = LABEL[severity]
        groups.append(Group(members, f"{len(members)} {word}{'s' if len(members) != 1 else ''}"))
    columns = (Column("Where", least=16), Column("What was found", least=20), Column("What to do about it", least=16))
    return Table(caption, columns, groups, "" if groups else "Nothing was found.")


def table_of_editions(comparison: PlanComparison) -> Table:
    """Make the table of how each item changed between two editions.

    Example:
        >>> from outcome_bees import Plan, compare_plans
        >>> table_of_editions(compare_plans(Plan(id="a", title="A"), Plan(id="b", title="B"))).summary
        '0 continued, 0 new, 0 dropped.'
    """
    by_collection = groupby(comparison.fates, key=lambda fate: fate.collection)
    groups = [Group(list(map(_row_of_item, fates)), collection.capitalize()) for collection, fates in by_collection]
    columns = (Column("Item", least=24), Column("Became", least=14), Column("In the newer edition", least=24))
    parts = (("continued", comparison.continued), ("new", comparison.added), ("dropped", comparison.dropped))
    summary = ", ".join(f"{len(fates)} {word}" for word, fates in parts)
    return Table(f"{comparison.old.title} → {comparison.new.title}", columns, groups, f"{summary}.")


def _row_of_item(change: ItemChange) -> Row:
    old, new = (None if each is None else Cell(each.title, note=each.id) for each in (change.old, change.new))
    became = LABEL[change.relation] if change.relation else "new" if change.old is None else "dropped"
    bees = ", ".join(
        [*(f"no longer {each}" for each in change.bees_lost), *(f"now {each}" for each in change.bees_gained)]
    )
    return Row((old or new or Cell(), Cell(became, note=bees if change.relation else ""), (old and new) or Cell()))


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
