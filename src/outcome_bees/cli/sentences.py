"""``outcome-bees read``: what a published sentence states of a measure, and what it leaves open."""

from argparse import Namespace
from collections.abc import Iterator

from outcome_bees.cli.answer import Answer
from outcome_bees.presentation.blocks import Cell, Column, Group, Row, Table
from outcome_bees.statements.statement import Statement, read_statement

__all__ = ["run"]

_FIELDS = ("kind", "direction", "comparator", "due", "unit", "number")


def run(arguments: Namespace) -> int:
    """Read a sentence, and show what each part of it states."""
    statement = read_statement(arguments.sentence, calendar=arguments.calendar)
    columns = (Column("What", least=10), Column("As read", least=12), Column("Because of the words", least=12))

    def table() -> Table:
        parts = [Group(_rows(part), part.text) for part in statement.components]
        return Table(statement.text, columns, [Group(_rows(statement)), *parts])

    Answer(title=statement.text, tables=lambda: [table()], tree=lambda: _tree(statement)).give(arguments)
    return 0


def _rows(statement: Statement) -> Iterator[Row]:
    for name in _FIELDS:
        value = getattr(statement, name)
        words = ", ".join(f"“{each}”" for each in statement.evidence.get(name, ()))
        yield Row((Cell(name), Cell("not stated" if value is None else str(value)), Cell(words)))


def _tree(statement: Statement) -> dict[str, object]:
    fields = {name: getattr(statement, name) for name in _FIELDS}
    return {
        "text": statement.text,
        **{name: str(value) if name == "due" else value for name, value in fields.items() if value is not None},
        "evidence": {name: list(words) for name, words in statement.evidence.items()},
        "components": [_tree(part) for part in statement.components],
    }
