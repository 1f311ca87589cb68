"""A plan is evaluated from a database with no line of Python; its secrets stay out of all that is said."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from outcome_bees.cli import main

PLAN, FIGURES = "examples/hertfordshire-2024-25.yaml", "examples/hertfordshire.csv"
COLUMNS = ("measure", "period", "area", "value", "absence", "numerator", "denominator", "recorded")
ASKED = ["--as-of", "2025-12-31", "--area", "E10000015", "--format", "csv"]
pytestmark = pytest.mark.usefixtures("examples_here")


def rows() -> list[tuple[str | None, ...]]:
    """Return the figures of the examples as rows of text."""
    from outcome_bees import load_observations

    figures = load_observations(FIGURES)
    return [tuple(None if (v := getattr(each, n)) is None else str(v) for n in COLUMNS) for each in figures]


def answers(capsys: Any, *words: str) -> str:
    assert main(["evaluate", PLAN, *words, *ASKED]) == 0
    said: str = capsys.readouterr().out
    return said


def sources(database: str) -> str:
    Path("sources.yaml").write_text(
        "format: outcome-bees/1\nsources:\n"
        f"  - database: {database}\n"
        f"    query: SELECT {', '.join(COLUMNS)} FROM kpi ORDER BY measure, period, area\n",
        encoding="utf-8",
    )
    return "sources.yaml"


def test_the_command_evaluates_from_postgresql_as_from_the_file(
    postgresql: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    from adbc_driver_postgresql import dbapi

    with dbapi.connect(postgresql.secret_url) as connection, connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS kpi")
        cursor.execute(f"CREATE TABLE kpi ({', '.join(f'{name} TEXT' for name in COLUMNS)})")
        for row in rows():
            cells = ", ".join("NULL" if cell is None else f"'{cell}'" for cell in row)
            cursor.execute(f"INSERT INTO kpi VALUES ({cells})")
        connection.commit()
    monkeypatch.setenv("COUNCIL_DB", postgresql.secret_url)
    assert answers(capsys, "--sources", sources("env:COUNCIL_DB")) == answers(capsys, FIGURES)
    monkeypatch.setenv("COUNCIL_DB", postgresql.secret_url.replace("reader:", "reader:wr0ng"))
    assert main(["evaluate", PLAN, "--sources", "sources.yaml", *ASKED]) == 2
    said = capsys.readouterr().err
    assert "password authentication failed" in said
    assert "wr0ng" not in said
    assert postgresql.password not in said


def test_the_command_evaluates_from_sqlite_as_from_the_file(capsys: Any) -> None:
    connection = sqlite3.connect("council.sqlite")
    with connection:
        connection.execute(f"CREATE TABLE kpi ({', '.join(COLUMNS)})")
        connection.executemany(f"INSERT INTO kpi VALUES ({', '.join('?' * len(COLUMNS))})", rows())
    connection.close()
    assert answers(capsys, "--sources", sources("council.sqlite")) == answers(capsys, FIGURES)


@pytest.mark.parametrize(
    ("database", "said"),
    [
        ("postgresql://reader:s3cret@host/db", "a URL without a password"),
        ("nowhere.sqlite", "there is no such file"),
        ("env:NOT_SET_AT_ALL", "NOT_SET_AT_ALL is not"),
    ],
)
def test_a_database_that_cannot_be_reached_is_named_without_its_secret(database: str, said: str, capsys: Any) -> None:
    assert main(["evaluate", PLAN, "--sources", sources(database), *ASKED]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "s3cret" not in error
