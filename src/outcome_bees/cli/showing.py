"""``outcome-bees show``, ``lint`` and ``compare``: what is in a plan, what it leaves open, what became of it."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from outcome_bees.cli.answer import Answer, Value
from outcome_bees.errors import InvalidValueError, OutcomeBeesError
from outcome_bees.model.plan import Plan
from outcome_bees.presentation.blocks import Cell, Column, Group, Row, Table
from outcome_bees.presentation.words import LABEL, SYMBOL
from outcome_bees.vocabulary import Rag, Severity

__all__ = ["compare", "lint", "naming", "plan_of", "show"]

_COLOURS = {Severity.ERROR: Rag.RED, Severity.WARNING: Rag.AMBER, Severity.INFO: Rag.GREY}


@contextmanager
def naming(source: str) -> Iterator[None]:
    """Name the file in the error for a file's name that does not give its format."""
    try:
        yield
    except InvalidValueError as error:
        if error.what != "format":
            raise
        if Path(source).is_dir():
            raise OutcomeBeesError(f"{source}: it is a directory") from None
        fault = "does not say its format" if error.given is None else f"says {error.given}"
        raise OutcomeBeesError(f"{source}: its name {fault}; allowed: {error.allowed}") from None


def plan_of(source: str) -> Plan:
    """Load the plan of a file, or a published edition where the source is ``catalogue:NAME``."""
    from outcome_bees.serializers.documents import structure
    from outcome_bees.serializers.extending import SCHEME, edition
    from outcome_bees.serializers.plans import load_plan

    if source.startswith(SCHEME):
        return structure(edition(source.removeprefix(SCHEME)))
    with naming(source):
        return load_plan(source)


def show(arguments: Namespace) -> int:
    """Show a plan as a tree."""
    from outcome_bees.reports.outline import outline
    from outcome_bees.serializers import to_tree

    plan = plan_of(arguments.plan)
    Answer(title=plan.title, tables=lambda: [outline(plan)], tree=lambda: to_tree(plan)).give(arguments)
    return 0


def lint(arguments: Namespace) -> int:
    """List what a plan leaves open. The exit code is 1 where one of the findings is an error."""
    from attrs import asdict, fields

    from outcome_bees.linting import Finding, lint as findings_of

    plan = plan_of(arguments.plan)
    findings = sorted(findings_of(plan), key=lambda each: each.severity, reverse=True)  # else as found

    def rows() -> Iterator[tuple[Value, ...]]:
        names = tuple(each.name for each in fields(Finding))
        yield names
        yield from (tuple(getattr(each, name) for name in names) for each in findings)

    def table() -> Table:
        groups = []
        for severity, found in groupby(findings, key=lambda each: each.severity):
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
        columns = (
            Column("Where", least=16),
            Column("What was found", least=20),
            Column("What to do about it", least=16),
        )
        summary = "" if findings else "Nothing was found."
        return Table(f"{plan.title}: what it leaves unsaid", columns, groups, summary)

    Answer(
        title=plan.title,
        tables=lambda: [table()],
        tree=lambda: [asdict(each) for each in findings],
        rows=rows,
    ).give(arguments)
    return int(any(each.severity is Severity.ERROR for each in findings))


def compare(arguments: Namespace) -> int:
    """Show what became of one edition's items in another."""
    from outcome_bees.lineage import ItemChange, compare_plans

    comparison = compare_plans(plan_of(arguments.before), plan_of(arguments.after))
    columns = ("collection", "old", "new", "relation", "bees_lost", "bees_gained", "changed")

    def facts(fate: ItemChange) -> tuple[Value, ...]:
        lists = (" ".join(each) for each in (fate.bees_lost, fate.bees_gained, fate.changed))
        old, new = (None if each is None else each.id for each in (fate.old, fate.new))
        return (fate.collection, old, new, fate.relation, *lists)

    def row(fate: ItemChange) -> Row:
        old, new = (None if each is None else Cell(each.title, note=each.id) for each in (fate.old, fate.new))
        became = LABEL[fate.relation] if fate.relation else "new" if fate.old is None else "dropped"
        bees = ", ".join(
            [*(f"no longer {each}" for each in fate.bees_lost), *(f"now {each}" for each in fate.bees_gained)]
        )
        return Row((old or new or Cell(), Cell(became, note=bees if fate.relation else ""), (old and new) or Cell()))

    def table() -> Table:
        by_collection = groupby(comparison.fates, key=lambda fate: fate.collection)
        groups = [Group(map(row, fates), collection.capitalize()) for collection, fates in by_collection]
        columns = (Column("Item", least=24), Column("Became", least=14), Column("In the newer edition", least=24))
        parts = (("continued", comparison.continued), ("new", comparison.added), ("dropped", comparison.dropped))
        summary = ", ".join(f"{len(fates)} {word}" for word, fates in parts)
        return Table(f"{comparison.old.title} → {comparison.new.title}", columns, groups, f"{summary}.")

    Answer(
        title=f"{comparison.old.title}, {comparison.new.title}",
        tables=lambda: [table()],
        tree=lambda: [dict(zip(columns, facts(fate), strict=True)) for fate in comparison.fates],
        rows=lambda: [columns, *map(facts, comparison.fates)],
    ).give(arguments)
    return 0
