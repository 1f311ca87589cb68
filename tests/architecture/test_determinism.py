"""The same inputs give the same answer for ever: nothing in the library asks what day it is."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import outcome_bees

SRC = Path(outcome_bees.__file__).parent
ASKING = {("date", "today"), ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("time", "time")}


def asked(tree: ast.AST) -> Iterator[str]:
    """Every call in a module by which it would learn what day it is."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name) | ast.Attribute(attr=name), attr=attr) if (name, attr) in ASKING:
                yield f"line {node.lineno}: {name}.{attr}"
            case ast.ImportFrom(module="random" | "secrets") | ast.Import(names=[ast.alias(name="random")]):
                yield f"line {node.lineno}: chance"


@pytest.mark.parametrize("path", sorted(SRC.rglob("*.py")), ids=lambda path: path.relative_to(SRC).as_posix())
def test_no_module_asks_what_day_it_is(path: Path) -> None:
    assert list(asked(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_a_module_that_asks_would_be_found() -> None:
    guilty = "from datetime import date\nimport datetime, random\nx = date.today(), datetime.datetime.now()\n"
    assert len(list(asked(ast.parse(guilty)))) >= 2
