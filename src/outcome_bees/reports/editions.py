"""Two editions of a plan side by side, as a table."""

from itertools import groupby

from outcome_bees.lineage import ItemChange, PlanComparison
from outcome_bees.presentation.blocks import Cell, Column, Group, Row, Table
from outcome_bees.presentation.words import LABEL

__all__ = ["table_of_editions"]


def table_of_editions(comparison: PlanComparison) -> Table:
    """Make the table of how each item changed between two editions.

    Example:
        >>> from outcome_bees import Plan, compare_plans
        >>> table_of_editions(compare_plans(Plan(id="a", title="A"), Plan(id="b", title="B"))).summary
        '0 continued, 0 new, 0 dropped.'
    """
    by_collection = groupby(comparison.fates, key=lambda fate: fate.collection)
    groups = [Group(map(_row, fates), collection.capitalize()) for collection, fates in by_collection]
    columns = (Column("Item", least=24), Column("Became", least=14), Column("In the newer edition", least=24))
    parts = (("continued", comparison.continued), ("new", comparison.added), ("dropped", comparison.dropped))
    summary = ", ".join(f"{len(fates)} {word}" for word, fates in parts)
    return Table(f"{comparison.old.title} → {comparison.new.title}", columns, groups, f"{summary}.")


def _row(change: ItemChange) -> Row:
    old, new = (None if each is None else Cell(each.title, note=each.id) for each in (change.old, change.new))
    became = LABEL[change.relation] if change.relation else "new" if change.old is None else "dropped"
    bees = ", ".join(
        [*(f"no longer {each}" for each in change.bees_lost), *(f"now {each}" for each in change.bees_gained)]
    )
    return Row((old or new or Cell(), Cell(became, note=bees if change.relation else ""), (old and new) or Cell()))
