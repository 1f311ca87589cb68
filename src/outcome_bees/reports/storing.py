"""Answers kept as rows, for other systems: in Parquet, or added to a table of a database that already has earlier ones.

The columns are those of a card's other tables; before them come the plan and the version of this library, by which the
answers of several days and plans fit in one table.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from outcome_bees import __version__
from outcome_bees.areas import Names
from outcome_bees.databases.appending import ColumnKind, IfThere, append_rows
from outcome_bees.errors import InvalidValueError
from outcome_bees.evaluation.scorecard import Scorecard
from outcome_bees.exact import exact
from outcome_bees.frames.backend import Backend
from outcome_bees.frames.contract import RESULTS
from outcome_bees.frozen import FrozenMapping
from outcome_bees.layouts.cells import guard_formula
from outcome_bees.model.fields import day
from outcome_bees.model.local_policy import STANDARD, Policy
from outcome_bees.model.plan import Plan, check_plan_given
from outcome_bees.reports.tabular import COLUMNS, answer_cells, answer_rows, rows_of_places
from outcome_bees.serializers.file_access import Writable, name_of, write
from outcome_bees.serializers.tables.csv import write_csv
from outcome_bees.serializers.tables.excel import write_sheet
from outcome_bees.serializers.tables.parquet import write_columns

__all__ = ["STORED", "store_answers", "to_database", "to_parquet"]


def __dir__() -> list[str]:
    return __all__


_NUMBERS = {"value", "required", "required_low", "required_high", "goal", "baseline", "reference"} | {
    *("place", "places", "gap", "progress"),
}


def _kind(name: str) -> ColumnKind:
    if name in _NUMBERS:
        return "number"
    return "date" if name == "as_of" else "truth" if name == "display_conflict" else "text"


STORED: FrozenMapping[str, ColumnKind] = FrozenMapping(
    {"plan": "text", "library_version": "text", **{name: _kind(name) for name in COLUMNS}}
)
"""The columns of stored answers, and what each holds: the id of the plan, the version of this library, then the columns
of every table of answers. Numbers are floats, for further work; CSV has them as they were judged."""

Row = Mapping[str, Any]


def to_parquet(card: Scorecard, target: Writable, *, names: Names | None = None) -> None:
    """Write a card as Parquet: one row an answer, its columns and their types always those of ``STORED``.

    Raises:
        DocumentError: It cannot be written there.
        MissingExtraError: Neither Polars nor PyArrow is installed.
    """
    write(target, write_columns(STORED, _stored(card.plan, answer_rows(card, names))))


def to_database(
    card: Scorecard,
    database: str | os.PathLike[str],
    table: str = "answers",
    *,
    if_there: IfThere = "refuse",
    names: Names | None = None,
) -> int:
    """Add a card to a table of a database, and return how many rows were added.

    Args:
        card: The card.
        database: The path of an SQLite or DuckDB file, made where its suffix says of which sort (``.sqlite``,
            ``.duckdb``); or PostgreSQL: a URL without a password, or ``env:NAME``, a URL from the environment.
        table: The table, made where it is not there.
        if_there: Whether the same card again (of that plan, place, day and policy) is refused, or replaces the other.
        names: What to call places; ``None`` for the register's names.

    Raises:
        DocumentError: It cannot be written there, or the same card is there already.
        MissingExtraError: What reaches the database is not installed.

    Example:
        >>> import sqlite3, tempfile
        >>> from outcome_bees import Measure, evaluate_plan
        >>> plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="count")])
        >>> card = evaluate_plan(plan, [], as_of=date(2025, 12, 31), area="E10000015")
        >>> file = Path(tempfile.mkdtemp()) / "answers.sqlite"
        >>> to_database(card, file), to_database(card, file, if_there="replace")
        (1, 1)
    """
    same = {"plan": card.plan.id, "as_of": card.as_of, "policy": card.policy}
    rows = [tuple(row.values()) for row in _stored(card.plan, answer_rows(card, names))]
    return append_rows(database, table, STORED, rows, same=same, divided_by="area", if_there=if_there)


def store_answers(
    plan: Plan,
    answers: Any,
    target: str | os.PathLike[str],
    *,
    as_of: date,
    policy: Policy = STANDARD,
    table: str | None = None,
    if_there: IfThere = "refuse",
) -> int:
    """Write what ``frames.evaluate`` gave, and return how many rows there are.

    Args:
        plan: The plan that was evaluated.
        answers: The answers, in any sort of frame; a lazy one is collected. Columns that the figures were divided by
            beside the place are not kept.
        target: A file by its name, ``.parquet``, ``.csv`` or ``.xlsx``, which is replaced; a database, with ``table``.
        as_of: The day that they were evaluated for.
        policy: The policy that judged.
        table: The table of a database that they are added to; ``None``: the target is a file of them.
        if_there: As for ``Scorecard.to_database``, place by place.

    Raises:
        DocumentError: It cannot be written there, or the same answers are there already.
        InvalidValueError: The frame lacks a column, or the target's suffix says no format.
    """
    check_plan_given("store_answers: plan", plan)
    as_of = day(as_of)
    rows = list(_stored(plan, rows_of_places(plan, _rows_of(answers), as_of, policy)))
    if table is not None:
        same = {"plan": plan.id, "as_of": as_of, "policy": policy.id}
        held = [tuple(row.values()) for row in rows]
        return append_rows(target, table, STORED, held, same=same, divided_by="area", if_there=if_there)
    match Path(target).suffix.lower():
        case ".parquet":
            write(target, write_columns(STORED, rows))
        case ".csv":
            write(target, write_csv([STORED, *(map(_guarded, answer_cells(_exact(row))) for row in rows)]))
        case ".xlsx":
            cells = (answer_cells(_exact(row)) for row in rows)
            write(target, write_sheet(list(STORED), cells, name_of(target), sheet="answers"))
        case other:
            raise InvalidValueError("store_answers: target", other, ".parquet, .csv, .xlsx, or a database with table=")
    return len(rows)


def _stored(plan: Plan, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows of answers with what distinguishes them from those of other plans and versions."""
    for row in rows:
        yield {"plan": plan.id, "library_version": __version__, **row}


def _rows_of(answers: Any) -> Iterator[Row]:
    backend = Backend(answers)
    there = list(backend.figures.collect_schema())
    missing = [each.name for each in RESULTS if each.name not in there]
    if missing:
        raise InvalidValueError("frame", there, f"a frame with a column {missing[0]!r}, as frames.evaluate gives it")
    for row in backend.rows(backend.figures):
        yield {name: None if value is None or value != value else value for name, value in row.items()}


def _exact(row: Row) -> dict[str, Any]:
    return {name: exact(value) if isinstance(value, float) else value for name, value in row.items()}


def _guarded(cell: Any) -> Any:
    return guard_formula(cell) if isinstance(cell, str) else format(cell, "f") if isinstance(cell, Decimal) else cell
