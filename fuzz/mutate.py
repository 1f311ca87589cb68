"""Mutation testing of the core: does any test notice when one small thing in the library is wrong?

    python fuzz/mutate.py [--sample N] [--seed N] [--jobs N] [MODULE…]

A mutant is the library with one change, such as ``<`` for ``<=``, an operand left out, or a branch never taken. Each is
made in a copy of ``src/`` and tested there, nearest tests first; a mutant that passes them all has survived, and shows
what no test would notice. ``fuzz/equivalent.txt`` lists the survivors that are the same program, each with its reason.
The exit code is 1 where others survive.
"""

import argparse
import ast
import importlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from itertools import islice
from pathlib import Path
from queue import Queue
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "outcome_bees"
EQUIVALENT = ROOT / "fuzz" / "equivalent.txt"

# Where the tests of a room are, nearest first: a mutant that survives the first goes on to the second.
TESTS = {
    "evaluation": ("tests/evaluation tests/oracles", "tests/laws tests/published tests/agreement"),
    "frames": ("tests/frames tests/agreement", "tests/laws tests/cli tests/oracles"),
    "periods": ("tests/periods", "tests/laws/test_periods.py tests/evaluation tests/docs/test_docstrings.py"),
    "model": ("tests/model tests/foundations", "tests/evaluation tests/serializers tests/oracles tests/catalogue"),
    "units": ("tests/foundations", "tests/evaluation tests/model tests/serializers tests/docs/test_docstrings.py"),
    "scales.py": ("tests/foundations tests/oracles", "tests/evaluation tests/laws tests/agreement"),
    "exact.py": ("tests/foundations", "tests/model tests/serializers tests/evaluation tests/agreement"),
    "methods": ("tests/methods", "tests/docs/test_docstrings.py tests/agreement"),
}
CORE = ("evaluation", "frames", "periods", "model", "units", "scales.py", "exact.py")

_SWAPPED: dict[type[ast.AST], Any] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
}
_OTHER_NAME = {"all": "any", "any": "all", "min": "max", "max": "min"}


class Mutant(NamedTuple):
    """One change of one module: where and what, and which change it is of which node."""

    module: str
    line: int
    change: str
    before: str
    occurrence: int
    node: int
    which: int

    @property
    def key(self) -> str:
        """What identifies it whatever line it is on: the module, the change, the code, and which of those alike."""
        return f"{self.module} | {self.change} | {self.before} | {self.occurrence}"


def enum_members() -> dict[str, list[str]]:
    """Return the names of the members of every enum that a name like ``Status.MISSED`` may be of."""
    found: dict[str, list[str]] = {}
    for name in ("outcome_bees.vocabulary", "outcome_bees.periods.calendar", "outcome_bees.scales"):
        for each in vars(importlib.import_module(name)).values():
            if isinstance(each, type) and issubclass(each, Enum):
                found[each.__name__] = [member.name for member in each]
    return found


def changes(node: ast.AST, enums: dict[str, list[str]]) -> Iterator[tuple[str, ast.AST]]:
    """Give every changed form of one node, with the name of the change; the node itself is left as it is."""
    match node:
        case ast.Compare(left=left, ops=[op, *ops], comparators=comparators) if type(op) in _SWAPPED:
            other = _SWAPPED[type(op)]
            yield f"{type(op).__name__} to {other.__name__}", ast.Compare(left, [other(), *ops], comparators)
        case ast.BinOp(op=op, left=left, right=right) if type(op) in _SWAPPED and not _is_text(left, right):
            other = _SWAPPED[type(op)]
            yield f"{type(op).__name__} to {other.__name__}", ast.BinOp(left, other(), right)
        case ast.BoolOp(op=op, values=values):
            yield "and for or", ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            for index in range(len(values)):
                kept = [each for at, each in enumerate(values) if at != index]
                yield f"without operand {index}", kept[0] if len(kept) == 1 else ast.BoolOp(op=op, values=kept)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "without not", operand
        case ast.Constant(value=bool(value)):
            yield "the other truth", ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield "one more", ast.Constant(value + 1)
            yield "one less", ast.Constant(value - 1)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield "branches swapped", ast.IfExp(test=test, body=orelse, orelse=body)
        case ast.If(test=test, body=body, orelse=orelse):
            yield "never", ast.If(test=ast.Constant(False), body=body, orelse=orelse)
            yield "always", ast.If(test=ast.Constant(True), body=body, orelse=orelse)
        case ast.Return(value=value) if value is not None and not _is_none(value):
            yield "return None", ast.Return(value=ast.Constant(None))
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            yield "without the statement", ast.Pass()
        case ast.Name(id=name) if name in _OTHER_NAME:
            yield f"{_OTHER_NAME[name]} for {name}", ast.Name(id=_OTHER_NAME[name])
        case ast.Attribute(value=ast.Name(id=name), attr=member) if member in enums.get(name, ()):
            members = enums[name]
            following = members[(members.index(member) + 1) % len(members)]
            if following != member:
                yield f"{following} for {member}", ast.Attribute(value=ast.Name(id=name), attr=following)


def _is_text(*nodes: ast.expr) -> bool:
    return any(
        isinstance(each, ast.JoinedStr) or (isinstance(each, ast.Constant) and isinstance(each.value, str))
        for each in nodes
    )


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def sites(tree: ast.AST) -> Iterator[ast.AST]:
    """Give the nodes that may be changed: no annotation, decorator, docstring, error or list of public names."""
    if isinstance(tree, ast.Raise | ast.Import | ast.ImportFrom):
        return
    if isinstance(tree, ast.Assign) and any(
        isinstance(each, ast.Name) and each.id == "__all__" for each in tree.targets
    ):
        return
    if isinstance(tree, ast.If) and isinstance(tree.test, ast.Name) and tree.test.id == "TYPE_CHECKING":
        return
    yield tree
    for name, value in ast.iter_fields(tree):
        if name in {"annotation", "returns", "decorator_list", "type_params", "bases"}:
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, ast.AST):
                yield from sites(each)


class _Replaced(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return ast.copy_location(self.new, node) if node is self.old else super().visit(node)


def mutants(path: Path, enums: dict[str, list[str]]) -> Iterator[Mutant]:
    """Give every mutant of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    module = path.relative_to(PACKAGE).as_posix()
    seen: dict[tuple[str, str], int] = {}
    for index, node in enumerate(sites(tree)):
        before = ""
        for which, (change, _) in enumerate(changes(node, enums)):
            before = before or " ".join(ast.unparse(node).split())[:90]
            occurrence = seen[change, before] = seen.get((change, before), -1) + 1
            yield Mutant(module, getattr(node, "lineno", 0), change, before, occurrence, index, which)


def source_of(mutant: Mutant, enums: dict[str, list[str]]) -> str:
    """Write the module with the change in it."""
    tree = ast.parse((PACKAGE / mutant.module).read_text(encoding="utf-8"))
    node = next(islice(sites(tree), mutant.node, None))
    _, new = next(islice(changes(node, enums), mutant.which, None))
    return ast.unparse(ast.fix_missing_locations(_Replaced(node, new).visit(tree)))


def modules(wanted: list[str]) -> list[Path]:
    """Return the modules of rooms, or single modules, by their path in the package."""
    found = [PACKAGE / each for each in wanted]
    return sorted({path for each in found for path in (each.rglob("*.py") if each.is_dir() else [each])})


def tests_of(module: str) -> tuple[str, ...]:
    """Return the tests that should notice a change of a module, nearest first."""
    return TESTS[module.split("/")[0]]


class Bench:
    """A copy of the library in which one mutant after the other is tested."""

    def __init__(self, folder: Path) -> None:
        self.source = folder / "src"
        shutil.copytree(ROOT / "src", self.source, ignore=shutil.ignore_patterns("__pycache__"))
        subprocess.run([sys.executable, "-m", "compileall", "-q", self.source], check=True)

    def passes(self, tests: str, timeout: float) -> bool:
        """Run tests on the copy as it is; a run that takes too long has noticed."""
        environment = os.environ | {
            "PYTHONPATH": str(self.source),
            "PYTHONDONTWRITEBYTECODE": "1",
            "OUTCOME_BEES_ORACLE_CASES": "1000",
        }
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-x",
            "-q",
            "-p",
            "no:cacheprovider",
            "--no-header",
            "--hypothesis-profile=quick",
        ]
        try:
            done = subprocess.run(
                [*command, *tests.split()], cwd=ROOT, env=environment, timeout=timeout, capture_output=True, check=False
            )
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0

    def survives(self, mutant: Mutant, source: str, timeout: float) -> bool:
        """Put the mutant in the place of its module, test it, and put the module back."""
        path = self.source / "outcome_bees" / mutant.module
        original = path.read_bytes()
        for cached in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
            cached.unlink()
        path.write_text(source, encoding="utf-8")
        try:
            return all(self.passes(tests, timeout) for tests in tests_of(mutant.module))
        finally:
            path.write_bytes(original)


def equivalents() -> dict[str, str]:
    """Read the reason for which each listed mutant is the same program, by its key."""
    found = {}
    for line in EQUIVALENT.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            key, _, reason = line.rpartition(" :: ")
            found[key] = reason
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "modules", nargs="*", default=list(CORE), metavar="MODULE", help="such as evaluation or scales.py"
    )
    parser.add_argument("--sample", type=int, help="how many to draw; without it every mutant is tested")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=max(1, (os.cpu_count() or 2) - 1))
    parser.add_argument("--timeout", type=float, default=300, help="seconds for each run of tests")
    options = parser.parse_args()

    enums = enum_members()
    every = [mutant for path in modules(options.modules) for mutant in mutants(path, enums)]
    chosen = (
        every if options.sample is None else random.Random(options.seed).sample(every, min(options.sample, len(every)))
    )
    known = equivalents()
    began = time.monotonic()
    survivors: list[Mutant] = []
    with tempfile.TemporaryDirectory() as work:
        free: Queue[Bench] = Queue()
        for number in range(options.jobs):
            free.put(Bench(Path(work) / str(number)))

        def run(mutant: Mutant) -> tuple[Mutant, bool]:
            bench = free.get()
            try:
                return mutant, bench.survives(mutant, source_of(mutant, enums), options.timeout)
            finally:
                free.put(bench)

        with ThreadPoolExecutor(options.jobs) as pool:
            for count, (mutant, survived) in enumerate(
                pool.map(run, (each for each in chosen if each.key not in known)), start=1
            ):
                if survived:
                    survivors.append(mutant)
                    print(f"survived: line {mutant.line}: {mutant.key}", flush=True)
                if count % 25 == 0:
                    print(
                        f"  {count} tested, {len(survivors)} survived, {time.monotonic() - began:.0f} s",
                        file=sys.stderr,
                        flush=True,
                    )
    listed = sum(each.key in known for each in chosen)
    tested = len(chosen) - listed
    killed = tested - len(survivors)
    counts = f"{killed} noticed, {len(survivors)} survived, {listed} listed as equivalent"
    score = f"score {100 * killed / max(tested, 1):.1f} % in {time.monotonic() - began:.0f} s"
    print(f"{len(chosen)} of {len(every)} mutants: {counts}; {score}")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
