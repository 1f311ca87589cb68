"""Every example in a docstring of the library runs and shows what it says, attributes' included."""

import ast
import doctest
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

import outcome_bees

SRC = Path(outcome_bees.__file__).parent
NEEDS = {
    "outcome_bees.interchange.iati": "lxml",
    "outcome_bees.interchange.stratml": "lxml",
    "outcome_bees.interchange.standard": "lxml",
    "outcome_bees.reports._control_chart": "matplotlib",
    "outcome_bees.reports._overviews": "matplotlib",
    "outcome_bees.reports._trajectory": "matplotlib",
    "outcome_bees.reports.charts": "matplotlib",
    "outcome_bees.reports.page": "jinja2",
    "outcome_bees.serializers.tables.engine_faults": "polars",
    "outcome_bees.sources.frame_loading": "polars",
}
"""Modules whose examples need the library of an extra."""


def docstrings(body: list[ast.stmt], name: str) -> Iterator[tuple[str, int, str]]:
    """Each docstring below a name, with the line it begins on: of a module, class, function or assignment."""
    for before, node in zip([None, *body], body, strict=False):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                of = ast.unparse(before).partition("=")[0].partition(":")[0].strip() if before else ""
                yield f"{name}.{of}".rstrip("."), node.lineno, text
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield from docstrings(node.body, f"{name}.{node.name}")
            case ast.If():
                yield from docstrings(node.body, name)
                yield from docstrings(node.orelse, name)


def examples() -> Iterator[doctest.DocTest]:
    """Every docstring of the library that has an example, not yet holding the names of its module."""
    for path in sorted(SRC.rglob("*.py")):
        parts = ("outcome_bees", *path.relative_to(SRC).with_suffix("").parts)
        module = ".".join(part for part in parts if part != "__init__")
        for name, line, text in docstrings(ast.parse(path.read_text(encoding="utf-8")).body, ""):
            if ">>>" in text:
                title = f"{module}:{name.removeprefix('.')}".rstrip(":")
                yield doctest.DocTestParser().get_doctest(text, {}, title, str(path), line - 1)


@pytest.mark.parametrize("example", [*examples()], ids=lambda example: example.name)
@pytest.mark.usefixtures("examples_here")
def test_the_example_shows_what_it_says(example: doctest.DocTest) -> None:
    assert "doctest: +SKIP" not in str(example.docstring), "an example that is skipped is a claim that nothing runs"
    name = example.name.partition(":")[0]
    if name in NEEDS:
        pytest.importorskip(NEEDS[name])
    module = importlib.import_module(name)
    example.globs = {**vars(module), "__name__": "__main__"}
    said: list[str] = []
    result = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS).run(example, out=said.append)
    assert result.failed == 0, "".join(said)
