"""``outcome-bees validate``, ``convert`` and ``schema``: documents themselves."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from outcome_bees.cli.answer import Answer, deliver
from outcome_bees.cli.messages import state_sheets
from outcome_bees.cli.progress import progress
from outcome_bees.cli.showing import naming, plan_of
from outcome_bees.errors import DocumentError, Problem
from outcome_bees.model.plan import Plan
from outcome_bees.presentation.blocks import Cell, Column, Group, Row, Table
from outcome_bees.vocabulary import Rag

__all__ = ["convert", "schema", "validate"]

_TABLES = {".csv", ".xlsx", ".parquet"}  # of figures; what has another suffix is a plan
_SHOWN = 50  # as many as an error shows
_COLUMNS = ("file", "line", "column", "path", "message")


def validate(arguments: Namespace) -> int:
    """List everything that is wrong with each of some files. The exit code is 1 where something is."""
    plan = None if arguments.plan is None else plan_of(arguments.plan)
    for name in arguments.files:
        Path(name).stat()  # a name that is mistyped is no invalid document: it ends here
    found = {name: _problems(name, plan, arguments.sheet) for name in arguments.files}
    facts = [tuple(getattr(each, name) for name in _COLUMNS) for problems in found.values() for each in problems]

    def table() -> Table:
        groups = [Group(_rows(problems), name) for name, problems in found.items()]
        count = len(facts)
        summary = (
            f"{count:,} problem{'' if count == 1 else 's'} in {len(found):,} file{'' if len(found) == 1 else 's'}."
        )
        return Table(
            "Files and what is wrong with them",
            (Column("Where", least=12), Column("What is wrong", least=24)),
            groups,
            summary,
        )

    Answer(
        title="Validation",
        tables=lambda: [table()],
        tree=lambda: [dict(zip(_COLUMNS, each, strict=True)) for each in facts],
        rows=lambda: [_COLUMNS, *facts],
    ).give(arguments)
    return int(bool(facts))


_GOOD = Row((Cell("all of it"), Cell("valid", mark="✔", rag=Rag.GREEN)))


def _rows(problems: Sequence[Problem]) -> list[Row]:
    """Return the rows for people: the first fifty problems, and how many more there are. JSON and CSV have all."""
    rows = [_row(each) for each in problems[:_SHOWN]]
    if len(problems) > _SHOWN:
        more = f"{len(problems) - _SHOWN:,} more in this file (--format json or csv has them all)"
        rows.append(Row((Cell("…"), Cell(more, mark="✘", rag=Rag.RED))))
    return rows or [_GOOD]


def _row(problem: Problem) -> Row:
    line = "" if problem.line is None else f"line {problem.line}"
    column = "" if problem.column is None else f"column {problem.column}"
    where = ", ".join(filter(None, (line, column))) or "the whole"
    return Row((Cell(where, note=problem.path), Cell(problem.message, mark="✘", rag=Rag.RED)))


def _problems(name: str, plan: Plan | None, sheet: Sequence[str] | None) -> tuple[Problem, ...]:
    from outcome_bees.serializers import load_observations, validate as validated

    suffix = Path(name).suffix.lower()
    with naming(name), progress(name) as read:
        if suffix not in _TABLES:
            return validated(name, progress=read) or _problems_of_sources(name, plan)
        sheets = sheet if suffix == ".xlsx" else None  # --sheet is for the workbooks among the files
        try:
            found = load_observations(name, plan, sheet=sheets, on_error="collect", progress=read)
        except DocumentError as error:
            return error.problems
    state_sheets(found.observations.sheets)
    return found.problems


def _problems_of_sources(name: str, plan: Plan | None) -> tuple[Problem, ...]:
    """Return what is wrong with the files that a document of sources names; of any other document, nothing."""
    from outcome_bees.layouts import Source
    from outcome_bees.serializers.documents import read
    from outcome_bees.serializers.whole import kind_of

    if kind_of(read(name)) is not Source:
        return ()
    from outcome_bees.sources import load_sources

    try:
        state_sheets(load_sources(name, plan).sheets)
    except DocumentError as error:
        return error.problems
    return ()


def convert(arguments: Namespace) -> int:
    """Write a document, or a table of figures, in another format."""
    from outcome_bees.serializers import convert as converted

    with naming(f"{arguments.source}, {arguments.target}"), progress(arguments.source) as read:
        sheets = converted(arguments.source, arguments.target, sheet=arguments.sheet, progress=read)
    state_sheets(sheets)
    return 0


def schema(arguments: Namespace) -> int:
    """Write the JSON Schema of documents."""
    from outcome_bees.serializers.json import dump
    from outcome_bees.serializers.schema import json_schema

    deliver(dump(json_schema()), arguments.output)
    return 0
