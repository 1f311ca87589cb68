"""A plan as a tree: priorities under their ambition or bees, measures under priorities, parts under measures."""

from collections.abc import Mapping

from outcome_bees.evaluation.wording import aim_in_words
from outcome_bees.model.measure import Measure
from outcome_bees.model.plan import COLLECTIONS, Plan
from outcome_bees.model.target import Target
from outcome_bees.presentation.blocks import Cell, Column, Group, Row, Table
from outcome_bees.presentation.words import brief
from outcome_bees.reports.answers import bee_names, with_parts

__all__ = ["outline", "outlines"]


def outline(plan: Plan) -> Table:
    """Make the tree of a plan's priorities and measures, each with its bees, direction, unit and targets."""
    names = bee_names(plan)
    ambitions = {each.id: each.title for each in plan.ambitions}
    of_priority: dict[str, list[Row]] = {}
    of_bees: dict[str, list[Row]] = {}
    parts = plan.parts
    for whole in plan.measures:
        if whole.id not in parts:
            level = 0 if whole.priority is None else 1
            rows = [_measure(plan, each, level + below, names) for each, below in with_parts(plan, whole)]
            if whole.priority is None:
                of_bees.setdefault(_bees(whole.outcome_bees, names), []).extend(rows)
            else:
                of_priority.setdefault(whole.priority, []).extend(rows)
    groups: dict[str, list[Row]] = {id: [] for id in ambitions}
    titles = dict(ambitions)
    for priority in plan.priorities:
        bees = _bees(priority.outcome_bees, names)
        group = priority.ambition or bees  # where there is no ambition, the bees are what a priority comes under
        titles.setdefault(group, bees)
        # There measures come beside it, and nothing but a word distinguishes the two.
        row = Row((Cell(priority.title, note=bees if priority.ambition else "priority"), Cell(), Cell(), Cell()))
        groups.setdefault(group, []).extend([row, *of_priority.get(priority.id, [])])
    for title, rows in of_bees.items():
        titles.setdefault(title, title or "Other measures")
        groups.setdefault(title, []).extend(_unnoted(row, title) for row in rows)
    nothing = [Row((Cell("no priorities"), Cell(), Cell(), Cell()))]
    columns = (
        Column("Priorities and their measures", least=30),
        Column("Direction", least=9),
        Column("Unit", least=7),
        Column("Target", least=16),
    )
    shown = [Group(rows or nothing, titles[group]) for group, rows in groups.items()]
    return Table(_title(plan), columns, shown, _counted(plan))


def outlines(plan: Plan) -> list[Table]:
    """Make the tree of a plan and, where it has fields of its own (``x-…``), a table of these below it."""
    own = _own_fields(plan)
    return [outline(plan), own] if own.groups[0].rows else [outline(plan)]


def _own_fields(plan: Plan) -> Table:
    """List every field that the plan has beside those of the library, with the item it is of."""
    items = [(plan, "the plan"), *((item, name) for name in COLLECTIONS for item in getattr(plan, name))]
    rows = [
        Row((Cell(item.id, note=kind.replace("_", " ")), Cell(name), Cell(_plain(value))))
        for item, kind in items
        for name, value in item.extensions.items()
    ]
    columns = (Column("Item", least=16), Column("Field", least=12), Column("Value", least=16))
    return Table("Fields of its own", columns, [Group(rows)])


def _plain(value: object) -> str:
    """Write a value of a plan's own field as text."""
    match value:
        case bool():
            return "true" if value else "false"
        case tuple():
            return ", ".join(map(_plain, value))
        case Mapping():
            return "; ".join(f"{key}: {_plain(each)}" for key, each in value.items())
        case _:
            return str(value)


def _measure(plan: Plan, measure: Measure, level: int, names: dict[str, str]) -> Row:
    targets = [_target(each, measure, plan) for each in plan.targets if each.measure == measure.id]
    return Row(
        (
            Cell(
                measure.title, note="; ".join(filter(None, (_bees(measure.outcome_bees, names), _owner(measure.owner))))
            ),
            Cell(measure.direction or ""),
            Cell(str(measure.unit or measure.kind.value)),
            Cell("; ".join(targets)),
        ),
        level,
    )


def _unnoted(row: Row, title: str) -> Row:
    """Return the row without a note that only repeats the title above it."""
    first, *others = row.cells
    note = first.note.removeprefix(title).removeprefix("; ")
    return Row((Cell(first.text, note=note), *others), row.level)


def _bees(ids: tuple[str, ...], names: dict[str, str]) -> str:
    return ", ".join(names[each] for each in ids)


def _title(plan: Plan) -> str:
    return plan.title if plan.period is None else f"{plan.title} ({plan.period.label})"


def _counted(plan: Plan) -> str:
    parts = len(plan.parts)
    counts = (
        (len(plan.ambitions), "ambition"),
        (len(plan.priorities), "priority"),
        (len(plan.measures) - parts, "measure"),
        (parts, "part of a measure"),
        (len(plan.targets), "target"),
    )
    plural = {"priority": "priorities", "part of a measure": "parts of measures"}
    words = [f"{number:,} {noun if number == 1 else plural.get(noun, f'{noun}s')}" for number, noun in counts if number]
    return ", ".join(words)


def _target(target: Target, measure: Measure, plan: Plan) -> str:
    due = "" if target.due is None else f", due {brief(target.due.label)}"
    owner = f" ({_owner(target.owner)})" if target.owner else ""
    return f"{aim_in_words(target, measure, {each.id: each for each in plan.comparators})}{due}{owner}"


def _owner(role: str | None) -> str:
    return f"owner: {role}" if role else ""
