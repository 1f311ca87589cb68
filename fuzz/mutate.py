"""Mutation testing of the core: does any test notice when one small thing in the library is wrong?

    python fuzz/mutate.py --record [TESTS…]
    python fuzz/mutate.py [--sample N] [--seed N] [--jobs N] [MODULE…]
    python fuzz/mutate.py --spark

A mutant is the library with one change, such as ``<`` for ``<=``, an operand left out, or a branch never taken. One
that passes its tests has survived, and shows what no test would notice. ``fuzz/equivalent.txt`` lists the survivors
that are the same program, or of Spark alone, whose tests are not recorded; each with its reason. The exit code is 1
where others survive. ``--spark`` tests those of Spark alone, one after the other in one session of Spark, and says
which of them its tests do not notice.

Recorded first, once, is which test runs which line and how long it takes (in ``.mutation/``, minutes); tests named
after ``--record`` are recorded again and added. A mutant is then tested by those that run its line: first what noticed
the last or the most changes of its module, then one of each test function, the quickest first. A change inside a
function is put into that function in a fork of a process that has collected the tests and runs none; any other, and
one that runs on import, is tested in a fork of a process that has imported nothing of ours. So nothing is started or
copied. Where a module was changed since, its lines are found again.
"""

import argparse
import ast
import difflib
import gc
import importlib
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from functools import cache, partial
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from itertools import islice
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "outcome_bees"
EQUIVALENT = ROOT / "fuzz" / "equivalent.txt"

KEPT = ROOT / ".mutation"
RECORD = KEPT / "record.json"
CORE = ("evaluation", "frames", "periods", "model", "units", "scales.py", "exact.py")

# What is recorded: the tests of the core, and of what stands on it and is quick.
TESTS = (
    "tests/foundations",
    "tests/periods",
    "tests/model",
    "tests/evaluation",
    "tests/oracles",
    "tests/laws",
    "tests/trust/test_survivors.py",
    "tests/frames",
    "tests/agreement",
    "tests/serializers",
    "tests/methods",
    "tests/statements",
    "tests/areas",
    "tests/presentation",
    "tests/reports",
    "tests/trust/test_changes.py",
    "tests/trust/test_provenance.py",
    "tests/docs/test_docstrings.py",
)
OF_SPARK = ("tests/frames/test_engine_steps.py", "tests/agreement", "tests/laws")
REFUSED = 77  # of a mutant that cannot be put into functions that exist already
LIKELY, QUICK = 3, 0.15  # of tests that noticed the last or most changes of a module, how many are run first, if quick
NOTICED, LAST = 100, 255  # the exit codes of what the first test notices, the second, and so on
COLLECTED = "collected"  # in the place of a test: what runs while tests are collected
OPTIONS = ("-q", "-p", "no:cacheprovider", "--no-header", "--no-summary", "--hypothesis-profile=quick")
# Of use to who reads a failure, but not to who only wants to know whether there is one.
QUICKER = ("-x", "--assert=plain", "-p", "no:unraisableexception", "-p", "no:threadexception", "-p", "no:faulthandler")
# What tests import that is not ours: held ready by the process that each mutant is forked from.
READY = (
    *(
        "attrs",
        "cattrs",
        "pint",
        "narwhals.stable.v2",
        "yaml",
        "hypothesis.strategies",
        "hypothesis.stateful",
        "pytest",
    ),
    *("numpy", "pandas", "polars", "pyarrow.parquet", "pyarrow.compute", "duckdb", "scipy.stats", "jsonschema"),
    *("lxml.etree", "python_calamine", "xlsxwriter", "openpyxl", "tomli_w", "doctest", "unittest.mock", "zoneinfo"),
    *("hypothesis.internal.conjecture.engine", "hypothesis.extra.pandas", "xml.dom.minidom", "concurrent.futures"),
)

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


Run = Callable[["Mutant", CodeType, list[str]], int]


class Mutant(NamedTuple):
    """One change of one module: where and what, which change it is of which node, and whether a function holds it."""

    module: str
    line: int
    function: str
    change: str
    before: str
    statement: str
    occurrence: int
    node: int
    which: int
    within: bool

    @property
    def key(self) -> str:
        """What identifies it whatever line it is on: the function, the change, the code, and which of those alike."""
        return f"{self.module} | {self.function} | {self.change} | {self.before} | {self.statement} | {self.occurrence}"


def enum_members() -> dict[str, list[str]]:
    """Return the names of the members of every enum that a name like ``Status.MISSED`` may be of."""
    found: dict[str, list[str]] = {}
    for name in ("outcome_bees.vocabulary", "outcome_bees.periods.calendar", "outcome_bees.scales"):
        for each in vars(importlib.import_module(name)).values():
            if isinstance(each, type) and issubclass(each, Enum):
                found[each.__name__] = [member.name for member in each]
    return found


def enum_members_elsewhere() -> dict[str, list[str]]:
    """Ask another process for them: this one must not import the library."""
    code = "import json, sys; sys.path.insert(0, 'fuzz'); import mutate; print(json.dumps(mutate.enum_members()))"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)
    members: dict[str, list[str]] = json.loads(found.stdout)
    return members


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
            yield f"{_OTHER_NAME[name]} for {name}", ast.Name(_OTHER_NAME[name], ast.Load())
        case ast.Attribute(value=ast.Name(id=name), attr=member) if member in enums.get(name, ()):
            members = enums[name]
            following = members[(members.index(member) + 1) % len(members)]
            if following != member:
                yield f"{following} for {member}", ast.Attribute(ast.Name(name, ast.Load()), following, ast.Load())


def _is_text(*nodes: ast.expr) -> bool:
    return any(
        isinstance(each, ast.JoinedStr) or (isinstance(each, ast.Constant) and isinstance(each.value, str))
        for each in nodes
    )


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


class Site(NamedTuple):
    """A node that may be changed, where it is, and the first line of its statement as Python writes it."""

    node: ast.AST
    function: str
    statement: str
    within: bool  # the body of a function, and not only of a class or module
    put: Callable[[ast.AST], None]  # another node in its place


def sites(
    tree: ast.AST,
    function: str = "",
    statement: str = "",
    within: bool = False,
    put: Callable[[ast.AST], None] = lambda _: None,
) -> Iterator[Site]:
    """Give the nodes that may be changed: no annotation, decorator, docstring, error or list of public names."""
    if isinstance(tree, ast.Raise | ast.Import | ast.ImportFrom):
        return
    if isinstance(tree, ast.Assign) and any(
        isinstance(each, ast.Name) and each.id == "__all__" for each in tree.targets
    ):
        return
    if isinstance(tree, ast.If) and isinstance(tree.test, ast.Name) and tree.test.id == "TYPE_CHECKING":
        return
    if isinstance(tree, ast.FunctionDef | ast.ClassDef):
        function = f"{function}.{tree.name}".lstrip(".")
    if isinstance(tree, ast.stmt) and not isinstance(tree, ast.FunctionDef | ast.ClassDef):
        statement = ast.unparse(tree).partition("\n")[0][:100]
    yield Site(tree, function, statement, within, put)
    for name, value in ast.iter_fields(tree):
        if name in {"annotation", "returns", "decorator_list", "type_params", "bases"}:
            continue
        inside = within or (name == "body" and isinstance(tree, ast.FunctionDef))
        if isinstance(value, ast.AST):
            yield from sites(value, function, statement, inside, partial(setattr, tree, name))
        elif isinstance(value, list):
            for index, each in enumerate(value):
                if isinstance(each, ast.AST):
                    yield from sites(each, function, statement, inside, partial(value.__setitem__, index))


@cache
def text_of(path: Path) -> str:
    """Return a module as it was when it was first asked for: an edit while mutants are tested is none of them."""
    return path.read_text(encoding="utf-8")


@cache
def parsed(source: str) -> tuple[ast.Module, list[Site]]:
    """Return a module and its nodes that may be changed."""
    tree = ast.parse(source)
    return tree, list(sites(tree))


def mutants(path: Path, enums: dict[str, list[str]]) -> Iterator[Mutant]:
    """Give every mutant of a module."""
    _, places = parsed(text_of(path))
    module = path.relative_to(PACKAGE).as_posix()
    seen: dict[tuple[str, ...], int] = {}
    for index, site in enumerate(places):
        before = ""
        for which, (change, _) in enumerate(changes(site.node, enums)):
            before = before or " ".join(ast.unparse(site.node).split())[:90]
            alike = site.function, change, before, site.statement
            occurrence = seen[alike] = seen.get(alike, -1) + 1
            line = getattr(site.node, "lineno", 0)
            code = change, before, site.statement, occurrence
            yield Mutant(module, line, site.function, *code, index, which, site.within)


@contextmanager
def changed(mutant: Mutant, enums: dict[str, list[str]]) -> Iterator[ast.Module]:
    """Give the module with the change in it."""
    tree, places = parsed(text_of(PACKAGE / mutant.module))
    site = places[mutant.node]
    _, new = next(islice(changes(site.node, enums), mutant.which, None))
    site.put(ast.fix_missing_locations(ast.copy_location(new, site.node)))
    yield tree
    site.put(site.node)


def source_of(mutant: Mutant, enums: dict[str, list[str]]) -> str:
    """Write the module with the change in it."""
    with changed(mutant, enums) as tree:
        return ast.unparse(tree)


def code_of(mutant: Mutant, enums: dict[str, list[str]]) -> CodeType:
    """Compile the module with the change in it."""
    with changed(mutant, enums) as tree:
        return compile(tree, str(PACKAGE / mutant.module), "exec", dont_inherit=True)


def unchanged_code(path: Path) -> CodeType:
    """Compile a module as it is."""
    return compile(text_of(path), str(path), "exec", dont_inherit=True)


def modules(wanted: list[str]) -> list[Path]:
    """Return the modules of rooms, or single modules, by their path in the package."""
    found = [PACKAGE / each for each in wanted]
    return sorted({path for each in found for path in (each.rglob("*.py") if each.is_dir() else [each])})


class Record:
    """Which test runs which line of ours, and how many seconds it takes."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.lines: dict[str, dict[int, list[str]]] = {}  # the tests by module and line
        self.sources: dict[str, str] = {}  # the modules as they were
        self._tests: dict[tuple[str, int], list[str]] = {}  # by module and line, as they were asked for

    @classmethod
    def read(cls) -> "Record":
        record = cls()
        if RECORD.exists():
            kept = json.loads(RECORD.read_text(encoding="utf-8"))
            names = list(kept["seconds"])
            there = {file for file in {test.partition("::")[0] for test in names} if (ROOT / file).exists()}
            record.seconds = {test: kept["seconds"][test] for test in names if test.partition("::")[0] in there}
            record.sources = kept["sources"]
            record.lines = {
                module: {
                    int(line): ["" if each < 0 else names[each] for each in numbers] for line, numbers in lines.items()
                }
                for module, lines in kept["lines"].items()
            }
        return record

    def write(self) -> None:
        numbers = {test: number for number, test in enumerate(self.seconds)}
        lines = {
            module: {
                line: [numbers.get(test, -1) for test in tests if test in numbers or not test]
                for line, tests in each.items()
            }
            for module, each in self.lines.items()
        }
        kept = {"seconds": self.seconds, "lines": lines, "sources": self.sources}
        KEPT.mkdir(exist_ok=True)
        RECORD.write_text(json.dumps(kept, separators=(",", ":")), encoding="utf-8")

    def take(self, tests: list[str]) -> None:
        """Run tests under coverage, and record them in the place of what was recorded of their files."""
        import coverage
        import pytest

        measured = coverage.Coverage(data_file=None, config_file=False, source=[str(PACKAGE)], branch=False)
        times: dict[str, float] = {}
        without: set[str] = set()  # skipped or failing

        class Plugin:
            def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
                if not report.passed:
                    without.add(report.nodeid)

            @pytest.hookimpl(wrapper=True)
            def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[Any]:
                forget_results()
                measured.switch_context(item.nodeid)
                began = time.process_time()  # whatever else the machine has to do
                found = yield
                times[item.nodeid] = round(time.process_time() - began, 4)
                measured.switch_context(COLLECTED)
                return found

        measured.start()
        import_ours()
        measured.switch_context(COLLECTED)
        code = pytest.main([*OPTIONS, *tests], plugins=[Plugin()])
        measured.stop()
        files = {test.partition("::")[0] for test in times}
        times = {test: took for test, took in times.items() if test not in without}
        print(f"{len(times)} tests recorded, {len(without)} skipped or failing, pytest ended with {int(code)}")
        # Another may have been recorded meanwhile.
        self.seconds, self.lines, self.sources, _ = vars(Record.read()).values()
        for path in PACKAGE.rglob("*.py"):
            module = path.relative_to(PACKAGE).as_posix()
            self._move(module)
            kept = self.lines.setdefault(module, {})
            for line, contexts in measured.get_data().contexts_by_lineno(str(path)).items():
                again = [test for test in contexts if test in times or not test]  # without a test: on import
                kept[line] = sorted({*kept.get(line, ()), *again})
        self.seconds = {test: took for test, took in self.seconds.items() if test.partition("::")[0] not in files}
        self.seconds |= times
        self.write()

    def _move(self, module: str) -> None:
        """Put what was recorded of a module where its lines are now."""
        now = text_of(PACKAGE / module)
        before = self.sources.get(module)
        self.sources[module] = now
        if before is None or before == now:
            return
        old, self.lines[module] = self.lines.get(module, {}), {}
        blocks = difflib.SequenceMatcher(None, before.splitlines(), now.splitlines(), autojunk=False).get_opcodes()
        for kind, was, was_end, begin, end in blocks:
            for line in range(begin, end):
                same = [was + line - begin] if kind == "equal" else range(max(was - 1, 0), was_end + 1)
                tests = {test for each in same for test in old.get(each + 1, ())}
                if tests:
                    self.lines[module][line + 1] = sorted(tests)

    def tests_of(self, mutant: Mutant) -> list[str]:
        """Return the tests that run a mutant's line, those that tell most in the shortest time first.

        Those are one of each test function, and all of a file that has the name of the module.

        A line that runs when its module is imported is tested by all that run anything of the module, one of each file
        and those of a file that has its name first: what cannot be imported is noticed by the first of them.
        """
        if (mutant.module, mutant.line) not in self._tests:
            self._tests[mutant.module, mutant.line] = self._tests_of(mutant)
        return self._tests[mutant.module, mutant.line]

    def _tests_of(self, mutant: Mutant) -> list[str]:
        self._move(mutant.module)
        lines, of_name = self.lines.get(mutant.module, {}), self._of_name(mutant)
        of_line = lines.get(mutant.line, ())
        on_import = "" in of_line
        tests = {test for test in of_line if test in self.seconds} | of_name
        if not tests or on_import:
            tests |= {test for each in lines.values() for test in each if test in self.seconds}
        nth: dict[str, int] = {}
        ranked = []
        for test in sorted(tests, key=lambda test: (test not in of_name, self.seconds[test], test)):
            function, file = test.partition("[")[0], test.partition("::")[0]
            for each in (function, file):
                nth[each] = nth.get(each, 0) + 1
            far = Path(mutant.module).stem.strip("_") not in file
            first = on_import and (nth[file] == 1 or not far)
            beside = bool(of_name) and test not in of_name
            order = far and nth[function] > 1, far and nth[function] > 4
            ranked.append((not first, beside, *order, self.seconds[test], test))
        return [each[-1] for each in sorted(ranked)]

    def on_import(self, mutant: Mutant) -> bool:
        """Whether a mutant is of what runs when its module is imported."""
        self._move(mutant.module)
        return not mutant.within or "" in self.lines.get(mutant.module, {}).get(mutant.line, ())

    def _of_name(self, mutant: Mutant) -> set[str]:
        """Return the tests that run a line with the name that a mutant's line gives a value, when it is imported.

        Or with a name that has its value from that one.
        """
        if mutant.within:
            return set()
        given = {
            target.id: each
            for each in ast.parse(text_of(PACKAGE / mutant.module)).body
            if isinstance(each, ast.Assign | ast.AnnAssign)
            for target in (each.targets if isinstance(each, ast.Assign) else [each.target])
            if isinstance(target, ast.Name)
        }
        names = {name for name, each in given.items() if each.lineno <= mutant.line <= (each.end_lineno or 0)}
        for name, each in given.items():  # a name is given its value before another can have it from there
            if any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(each)):
                names.add(name)
        if not names:
            return set()
        mentions = re.compile(rf"\b(?:{'|'.join(names)})\b").search
        return {
            test
            for module, source in self.sources.items()
            if any(name in source for name in names)
            for line, text in enumerate(source.splitlines(), 1)
            if mentions(text)
            for test in self.lines.get(module, {}).get(line, ())
            if test in self.seconds
        }


def import_ours() -> None:
    """Import the rooms of the core and all that the front door leads to."""
    door = importlib.import_module("outcome_bees")
    for name in door.__all__:
        getattr(door, name)
    for path in modules(list(CORE)):
        importlib.import_module(module_name(path.relative_to(PACKAGE).as_posix()))


def module_name(module: str) -> str:
    """Return the name by which a module is imported."""
    return "outcome_bees." + module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def forget_results() -> None:
    """Empty what is kept of earlier results, so that every test runs what it needs."""
    for each in _kept_results(len(sys.modules)):
        each()


@cache
def _kept_results(_modules: int) -> list[Callable[[], None]]:
    import functools

    found: list[Callable[[], None]] = []
    for each in gc.get_objects():
        if type(each) is functools._lru_cache_wrapper and str(each.__module__).startswith("outcome_bees"):
            found.append(each.cache_clear)
        elif type(each).__name__ == "Kept" and type(each).__module__ == "outcome_bees.kept":
            found.append(each.clear)
    return found


class _Loader(SourceFileLoader):
    code: CodeType

    def get_code(self, fullname: str) -> CodeType:
        return self.code


class _Finder:
    """Finds the mutant in the place of its module."""

    def __init__(self, mutant: Mutant, code: CodeType) -> None:
        self.path = PACKAGE / mutant.module
        self.name = module_name(mutant.module)
        self.loader = _Loader(self.name, str(self.path))
        self.loader.code = code

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name != self.name:
            return None
        inside = [str(self.path.parent)] if self.path.name == "__init__.py" else None
        return spec_from_file_location(name, self.path, loader=self.loader, submodule_search_locations=inside)


class _Chosen:
    """Has pytest run tests in the order in which they are named."""

    def __init__(self, tests: list[str]) -> None:
        self.order = {test: number for number, test in enumerate(tests)}

    def pytest_collection(self) -> None:
        from outcome_bees.testing import register

        register()

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        items[:] = sorted(
            (each for each in items if each.nodeid in self.order), key=lambda each: self.order[each.nodeid]
        )


def prepare() -> None:
    """Import what tests need that is not ours."""
    os.environ["HYPOTHESIS_NO_PLUGINS"] = "1"  # of which we are one
    sys.dont_write_bytecode = False  # what is compiled for one mutant is read by the next
    sys.pycache_prefix = str(KEPT)
    for name in READY:
        with suppress(ImportError):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()
    ours = [name for name in sys.modules if name.partition(".")[0] == "outcome_bees"]
    assert not ours, f"mutants need a process without the library: {ours[:3]} are imported"


def forked(run: Callable[[], int], seconds: float, out: int | None = None) -> int:
    """Run something in a process of its own, limited in time and space, and return its id."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid
    code = 2
    try:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere if out is None else out, 2)
        resource.setrlimit(resource.RLIMIT_DATA, (6 << 30, 6 << 30))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
        code = run()
    except BaseException:  # it cannot even be imported
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def run_tests(mutant: Mutant, code: CodeType, tests: list[str]) -> int:
    """Collect and run the tests of a mutant that is imported in the place of its module."""
    import pytest

    sys.meta_path.insert(0, _Finder(mutant, code))
    files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
    return int(pytest.main([*QUICKER, *OPTIONS, *files], plugins=[_Chosen(tests)]))


class Collected:
    """A plugin that has pytest collect tests, and then test mutants with them in forks in the place of running them."""

    def __init__(self, run: Callable[["Collected"], None]) -> None:
        self.run = run

    def pytest_collection(self) -> None:
        from outcome_bees.testing import register

        register()

    def pytest_runtestloop(self, session: Any) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        self.functions: dict[str, list[FunctionType]] = {}
        self.kept = _kept_results(len(sys.modules))
        for each in gc.get_objects():
            if type(each) is FunctionType and each.__code__.co_filename.startswith(str(PACKAGE)):
                self.functions.setdefault(each.__code__.co_filename, []).append(each)
        self.before = {path: _code_by_place(unchanged_code(Path(path))) for path in self.functions}
        gc.collect()
        gc.freeze()
        self.run(self)
        return True

    def test(self, mutant: Mutant, code: CodeType, tests: list[str]) -> int:
        """Put a mutant into its functions, and run tests that were collected before."""
        return self.run_tests(tests) if self._put_in(mutant, code) else REFUSED

    def run_tests(self, tests: list[str]) -> int:
        for forget in self.kept:
            forget()
        chosen = [self.items[test] for test in tests]
        for number, (item, following) in enumerate(zip(chosen, [*chosen[1:], None], strict=True)):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if item.session.testsfailed:
                print(item.nodeid, file=sys.stderr)
                return min(NOTICED + number, LAST)
        return 0

    def _put_in(self, mutant: Mutant, changed: CodeType) -> bool:
        finder = _Finder(mutant, changed)
        if finder.name not in sys.modules:
            sys.meta_path.insert(0, finder)
            return True
        path = str(finder.path)
        after = _code_by_place(changed)
        differing = {place: codes for place, codes in after.items() if codes != self.before[path][place]}
        to_change = [each for each in self.functions[path] if _place_of(each.__code__) in differing]
        if not to_change or any(len(codes) > 1 for codes in differing.values()):
            return False
        for function in to_change:
            (code,) = differing[_place_of(function.__code__)]
            if code.co_freevars != function.__code__.co_freevars:
                return False
            function.__code__ = code
        return True

    def test_in_place(self, mutant: Mutant, code: CodeType, tests: list[str]) -> int:
        """Test a mutant in this very process, which then has the functions that it had before."""
        were = [(function, function.__code__) for functions in self.functions.values() for function in functions]
        assert self._put_in(mutant, code), f"cannot be put into a function: {mutant.key}"
        try:
            return self.run_tests(tests)
        finally:
            for function, code_before in were:
                function.__code__ = code_before
            self.items[tests[0]].session.testsfailed = 0


def _place_of(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def _code_by_place(code: CodeType) -> dict[tuple[str, int], list[CodeType]]:
    found: dict[tuple[str, int], list[CodeType]] = {}
    waiting = [code]
    while waiting:
        inner = [each for each in waiting.pop().co_consts if isinstance(each, CodeType)]
        waiting += inner
        for each in inner:
            found.setdefault(_place_of(each), []).append(each)
    return found


class Work:
    """A mutant under test: its tests in two parts, for most mutants are noticed by the first few."""

    FIRST = 24

    def __init__(
        self,
        mutant: Mutant,
        code: Callable[[], CodeType],
        record: Record,
        seconds: float,
        run: Run,
        likely: Iterable[str] = (),
    ) -> None:
        self.mutant, self.code, self.run = mutant, code, run
        tests, within = record.tests_of(mutant), 0.0
        known = {*tests}
        tests = list(dict.fromkeys([*(each for each in likely if each in known), *tests]))
        self.left: list[list[str]] = [[], []]
        for number, test in enumerate(tests):
            within += record.seconds[test]
            if within > seconds and number >= self.FIRST:
                break
            self.left[number >= self.FIRST].append(test)
        self.left = [each for each in self.left if each]
        self.expected = [sum(record.seconds[test] for test in each) for each in self.left]
        self.untested = not self.left

    def start(self) -> int:
        """Start the next part, and return the id of its process."""
        expected, tests = self.expected.pop(0), self.left.pop(0)
        self.started = tests
        self.until = time.monotonic() + 60 + 20 * expected  # the processor's time is the narrower limit
        return forked(lambda: self.run(self.mutant, self.code(), tests), 4 + 2 * expected)


def failing_unchanged(chosen: list[Mutant], record: Record, seconds: float, run: Run) -> list[str]:
    """Return the modules whose first tests do not pass when nothing was changed: nothing is learnt from a mutant."""
    failing = []
    for mutant in {each.module: each for each in chosen}.values():
        work = Work(mutant, partial(unchanged_code, PACKAGE / mutant.module), record, seconds, run)
        if not work.untested and os.waitpid(work.start(), 0)[1]:
            failing.append(mutant.module)
    return failing


def outcomes_of(
    chosen: list[Mutant], enums: dict[str, list[str]], record: Record, jobs: int, seconds: float, run: Run
) -> Iterator[tuple[Mutant, int]]:
    """Test mutants, so many at a time, and give each with what its process ended with: 0 where it survived."""
    waiting = iter(chosen)
    running: dict[int, Work] = {}
    noticed: dict[str, dict[str, int]] = {}  # by module: what notices one change is likely to notice the next
    while True:
        while len(running) < jobs and (mutant := next(waiting, None)) is not None:
            of_module = noticed.get(mutant.module, {})
            most = sorted(of_module, key=of_module.__getitem__, reverse=True)
            likely = [*islice(reversed(of_module), LIKELY), *most[:LIKELY]]
            work = Work(mutant, partial(code_of, mutant, enums), record, seconds, run, likely)
            if work.untested:
                yield mutant, 0
                continue
            running[work.start()] = work
        if not running:
            return
        time.sleep(0.004)
        for pid, work in list(running.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended:
                if time.monotonic() < work.until:
                    continue
                with suppress(ProcessLookupError):
                    os.killpg(pid, signal.SIGKILL)  # what takes too long has been noticed
                _, status = os.waitpid(pid, 0)
            del running[pid]
            if status == 0 and work.left:
                running[work.start()] = work
            else:
                code = os.waitstatus_to_exitcode(status)
                assert code != 5, f"none of the tests was found: {work.mutant.key}"
                if NOTICED <= code < LAST and record.seconds[test := work.started[code - NOTICED]] < QUICK:
                    of_module = noticed.setdefault(work.mutant.module, {})
                    of_module[test] = of_module.pop(test, 0) + 1
                yield work.mutant, code


def told_by(
    collect: Callable[[], int], chosen: list[Mutant], pipe: tuple[int, int], refusal: str
) -> Iterator[tuple[Mutant, int]]:
    """Run in a fork what writes the number of each mutant and what came of it into a pipe, and give these."""
    reading, writing = pipe
    pid = forked(collect, 1e6, 2)
    os.close(writing)
    with os.fdopen(reading) as lines:
        for line in lines:
            number, code = map(int, line.split())
            yield chosen[number], code
    assert os.waitpid(pid, 0)[1] == 0, refusal


def tested_in_functions(
    chosen: list[Mutant], enums: dict[str, list[str]], record: Record, jobs: int, seconds: float
) -> Iterator[tuple[Mutant, int]]:
    """Test mutants of functions in a process that collects the tests of them all, and give what came of each."""
    import pytest

    numbers = {mutant: number for number, mutant in enumerate(chosen)}
    tests = {test for mutant in chosen for test in record.tests_of(mutant)}
    files = sorted({test.partition("::")[0] for test in tests})
    reading, writing = os.pipe()

    def run(collected: Collected) -> None:
        kept = [test for test in tests if test in collected.items]
        assert len(kept) == len(tests), f"no longer there: {sorted(tests - {*kept})[:5]}; record their files again"
        first = {test for mutant in chosen for test in record.tests_of(mutant)[:4]}
        as_it_is = forked(lambda: collected.run_tests(sorted(first)), 1e6, 2)
        assert os.waitpid(as_it_is, 0)[1] == 0, "this test fails without a change"
        for mutant, code in outcomes_of(chosen, enums, record, jobs, seconds, collected.test):
            os.write(writing, f"{numbers[mutant]} {code}\n".encode())

    def collect() -> int:
        return int(pytest.main([*QUICKER, *OPTIONS, "-s", *files], plugins=[Collected(run)]))

    if not chosen:
        return
    yield from told_by(collect, chosen, (reading, writing), "the tests could not be collected")


def tested_in_spark(chosen: list[Mutant], enums: dict[str, list[str]]) -> Iterator[tuple[Mutant, int]]:
    """Test mutants in one process, for a session of Spark is not to be had in a fork, and give what came of each."""
    import pytest

    reading, writing = os.pipe()

    def run(collected: Collected) -> None:
        tests = list(collected.items)
        assert tests, "no test of Spark was found"
        assert collected.run_tests(tests) == 0, "a test of Spark fails without a change"
        for number, mutant in enumerate(chosen):
            code = collected.test_in_place(mutant, code_of(mutant, enums), tests)
            if NOTICED <= code < LAST:
                tests.insert(0, tests.pop(code - NOTICED))  # what notices one change is likely to notice the next
            os.write(writing, f"{number} {code}\n".encode())

    def collect() -> int:
        return int(pytest.main([*QUICKER, *OPTIONS, "-s", "-k", "spark", *OF_SPARK], plugins=[Collected(run)]))

    yield from told_by(collect, chosen, (reading, writing), "the tests of Spark could not be run")


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
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="such as evaluation or scales.py")
    parser.add_argument("--record", action="store_true", help="record which test runs which line")
    parser.add_argument("--spark", action="store_true", help="those that are listed as of Spark alone, in Spark")
    parser.add_argument("--sample", type=int, help="how many to draw; without it every mutant is tested")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--again", type=Path, metavar="FILE", help="only those that survived, as an earlier run said")
    parser.add_argument("--jobs", type=int, default=max(1, (os.cpu_count() or 2) - 1))
    parser.add_argument("--seconds", type=float, default=60, help="how long, as recorded, a survivor is tested")
    options = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT / "src"))
    os.environ["OUTCOME_BEES_ORACLE_CASES"] = "300"
    record = Record.read()
    if options.record:
        record.take(options.modules or list(TESTS))
        return 0
    if not record.seconds and not options.spark:
        parser.error("nothing is recorded yet: fuzz/mutate.py --record")

    enums = enum_members_elsewhere()
    every = [mutant for path in modules(options.modules or list(CORE)) for mutant in mutants(path, enums)]
    if options.again:
        said = options.again.read_text(encoding="utf-8").splitlines()
        keys = {each.split(": ", 2)[2] for each in said if each.startswith("survived: ")}
        every = [each for each in every if each.key in keys]
    chosen = (
        every if options.sample is None else random.Random(options.seed).sample(every, min(options.sample, len(every)))
    )
    known = equivalents()
    prepare()
    began = time.monotonic()
    survivors: list[Mutant] = []
    if options.spark:
        chosen = [each for each in chosen if known.get(each.key, "").startswith("of Spark alone")]
        known = {}
    to_test = [each for each in chosen if each.key not in known]

    def outcomes() -> Iterator[tuple[Mutant, int]]:
        if options.spark:
            yield from tested_in_spark(to_test, enums)
            return
        inside = [each for each in to_test if not record.on_import(each)]
        outside = [each for each in to_test if record.on_import(each)]
        for mutant, code in tested_in_functions(inside, enums, record, options.jobs, options.seconds):
            if code in (0, REFUSED):  # what was made before the change may have outlived it: all is imported anew
                outside.append(mutant)
            else:
                yield mutant, code
        failing = failing_unchanged(outside, record, options.seconds, run_tests)
        assert not failing, f"the tests of {failing} fail without a change"
        yield from outcomes_of(outside, enums, record, options.jobs, options.seconds, run_tests)

    for count, (mutant, code) in enumerate(outcomes(), start=1):
        if code == 0:
            survivors.append(mutant)
            print(f"survived: line {mutant.line}: {mutant.key}", flush=True)
        if count % 100 == 0:
            took = time.monotonic() - began
            print(f"  {count} tested, {len(survivors)} survived, {took:.0f} s", file=sys.stderr, flush=True)
    listed = len(chosen) - len(to_test)
    killed = len(to_test) - len(survivors)
    counts = f"{killed} noticed, {len(survivors)} survived, {listed} listed as equivalent"
    score = f"score {100 * killed / max(len(to_test), 1):.1f} % in {time.monotonic() - began:.0f} s"
    print(f"{len(chosen)} of {len(every)} mutants: {counts}; {score}")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
