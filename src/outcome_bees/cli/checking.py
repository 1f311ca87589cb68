"""``outcome-bees validate``, ``convert`` and ``schema``: documents themselves."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from outcome_bees.cli.answer import Answer, deliver
from outcome_bees.cli.arguments import INPUTS, STANDARDS
from outcome_bees.cli.messages import state_sheets
from outcome_bees.cli.progress import progress
from outcome_bees.cli.showing import naming, plan_of
from outcome_bees.cli.streams import STANDARD_INPUT, format_given, read_once, readable, shown_name
from outcome_bees.errors import DocumentError, InvalidValueError, Problem
from outcome_bees.model.plan import Plan
from outcome_bees.presentation.blocks import Cell, Column, Group, Row, Table
from outcome_bees.vocabulary import Rag

__all__ = ["convert", "schema", "validate"]

_TABLES = {".csv", ".xlsx", ".parquet"}  # of figures; what has another suffix is a plan
_SHOWN = 50  # as many as an error shows
_COLUMNS = ("file", "line", "column", "path", "message")


def validate(arguments: Namespace) -> int:
    """List everything that is wrong with each of some files. The exit code is 1 where something is."""
    plan = None if arguments.plan is None else plan_of(arguments.plan, arguments.input_format)
    read_once([arguments.plan or "", *arguments.files])
    for name in filter(lambda each: each != STANDARD_INPUT, arguments.files):
        Path(name).stat()  # a name that is mistyped is no invalid document: it ends here
    found = {shown_name(name): _problems(name, plan, arguments) for name in arguments.files}
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


def _problems(name: str, plan: Plan | None, arguments: Namespace) -> tuple[Problem, ...]:
    from outcome_bees.serializers import load_observations, validate as validated

    given = format_given(name, arguments.input_format)
    suffix = Path(name).suffix.lower() if given is None else f".{given}"
    with naming(shown_name(name)), progress(name) as read:
        source = readable(name, arguments.input_format)
        if suffix not in _TABLES:
            found_here = validated(source, format=given, progress=read)
            return found_here or (() if given else _problems_of_sources(name, plan))
        sheets = arguments.sheet if suffix == ".xlsx" else None  # --sheet is for the workbooks among the files
        try:
            found = load_observations(source, plan, format=given, sheet=sheets, on_error="collect", progress=read)
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

    if arguments.format in STANDARDS or Path(arguments.source).suffix.lower() == ".xml":
        from outcome_bees.cli.interchanging import run

        return run(arguments)
    if Path(arguments.target).suffix.lower() == ".xml":
        raise InvalidValueError("--format", arguments.format, ", ".join(STANDARDS), "stratml or iati for XML")
    for option in ("figures", "area", "extensions"):
        if getattr(arguments, option):
            raise InvalidValueError(
                f"--{option}", getattr(arguments, option), f"with --format {' or '.join(STANDARDS)}"
            )
    name, target = arguments.source, arguments.target
    if target == STANDARD_INPUT and arguments.format is None:
        raise InvalidValueError("--format", None, f"the format of standard output: {', '.join(INPUTS)}")
    with naming(f"{shown_name(name)}, {target}"), progress(name) as read:
        sheets = converted(
            readable(name, arguments.input_format),
            _standard_output() if target == STANDARD_INPUT else target,
            source_format=format_given(name, arguments.input_format),
            target_format=arguments.format,
            sheet=arguments.sheet,
            progress=read,
        )
    state_sheets(sheets)
    return 0


def _standard_output() -> Any:
    """Return where bytes go that are for another program."""
    return getattr(sys.stdout, "buffer", sys.stdout)


def schema(arguments: Namespace) -> int:
    """Write the JSON Schema of documents, or of one kind of them."""
    from outcome_bees.serializers.json import dump
    from outcome_bees.serializers.schema import json_schema

    if arguments.kind == "commentary":
        from outcome_bees.reports.commentary import commentary_schema

        found = commentary_schema()
    else:
        found = json_schema(arguments.kind)
    deliver(dump(found), arguments.output)
    return 0
