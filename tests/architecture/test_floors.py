"""The house has floors: a module imports only from floors below, and rooms of one floor do not meet.

Read from the source by ``ast``, so that imports inside functions and for type checkers count as well.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest

import outcome_bees
from outcome_bees.offers import OFFERS, offered

SRC = Path(outcome_bees.__file__).parent
PYPROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"

FLOORS = (
    {"errors", "offers"},
    {"vocabulary", "exact", "frozen", "identifiers", "kept", "synonyms"},
    {"periods", "areas"},
    {"units", "scales"},
    {"model", "presentation"},
    {"chance"},
    {"layouts", "evaluation"},
    {"methods"},
    {"changes", "linting", "lineage", "serializers"},
    {"databases", "frames"},
    {"statements", "reports", "interchange", "sources"},
    {"catalogue"},
    {"cli", "testing"},
    {"__main__"},
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
IMPORTED_AS = {
    **{"pyyaml": "yaml", "python-calamine": "python_calamine", "tomli-w": "tomli_w", "python-docx": "docx"},
    "adbc-driver-postgresql": "adbc_driver_postgresql",
}
BROUGHT_BY_EXTRAS = {"numpy", "adbc_driver_manager"}  # by pandas, and by PostgreSQL's driver
LONGEST_MODULE = 700  # seldom above 500: a module is as long as its one thought


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(root: Path) -> list[Path]:
    """Every module of the package but the front door, which sees all rooms and is seen by none."""
    return sorted(path for path in root.rglob("*.py") if path != root / "__init__.py")


def room_of(path: Path, root: Path) -> str:
    """The package or module right below the root that the file belongs to."""
    return path.relative_to(root).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each import of a module wherever it stands: its line and its dotted name."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, name.name) for name in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                stem = "." * level + (module or "")
                for name in names if stem in {"outcome_bees", "."} else []:
                    yield node.lineno, f"{stem}.{name.name}"
                if stem not in {"outcome_bees", "."}:
                    yield node.lineno, stem
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield node.lineno, name


def trespasses(root: Path) -> list[str]:
    """Every import that breaks the order of the floors, in words."""
    found = []
    for path in modules(root):
        room = room_of(path, root)
        for line, name in imported(parsed(path)):
            where = f"{path.relative_to(root)}:{line}: {room} (floor {FLOOR_OF.get(room, '?')})"
            if name.startswith("."):
                found.append(f"{where} imports {name} relatively; imports are absolute")
                continue
            top, _, rest = name.partition(".")
            seen = rest.partition(".")[0]
            if top != "outcome_bees" or seen in {"__version__", room}:
                continue
            if seen not in FLOOR_OF:
                found.append(f"{where} imports {name} through the front door, which stands above every floor")
            elif room not in FLOOR_OF:
                found.append(f"{where} stands on no floor")
            elif FLOOR_OF[seen] >= FLOOR_OF[room]:
                found.append(f"{where} imports {name} (floor {FLOOR_OF[seen]})")
    return found


def test_every_module_imports_only_from_floors_below() -> None:
    assert trespasses(SRC) == []


def test_every_module_stands_on_a_floor() -> None:
    assert len(modules(SRC)) > 10
    assert {room_of(path, SRC) for path in modules(SRC)} - set(FLOOR_OF) == set()


@pytest.mark.parametrize(
    "line",
    [
        "from outcome_bees.evaluation.evaluate import evaluate",
        "import outcome_bees.evaluation.evaluate",
        "from outcome_bees import evaluation",
        "from outcome_bees import evaluate",
        "import outcome_bees",
        "from . import measure",
        "from .measure import Measure",
        "def f():\n    from outcome_bees.cli import main",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from outcome_bees.frames import backend",
        "import importlib\nimportlib.import_module('outcome_bees.serializers')",
    ],
)
def test_an_import_that_breaks_the_order_is_found_however_it_is_written(line: str, tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "target.py").write_text(line, encoding="utf-8")
    assert len(trespasses(tmp_path)) == 1


def test_rooms_on_one_floor_do_not_see_each_other(tmp_path: Path) -> None:
    (tmp_path / "units.py").write_text("from outcome_bees.scales import Scale", encoding="utf-8")
    (tmp_path / "errors.py").write_text("import outcome_bees.vocabulary", encoding="utf-8")
    assert len(trespasses(tmp_path)) == 2


def test_a_room_sees_itself_and_the_floors_below(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "target.py").write_text(
        "from outcome_bees import __version__\n"
        "from outcome_bees.model.aims import Margin\n"
        "from outcome_bees.periods import Period\n"
        "import attrs\n",
        encoding="utf-8",
    )
    assert trespasses(tmp_path) == []


def at_import(body: list[ast.stmt]) -> Iterator[str]:
    """The top-level packages that are imported as soon as the module is: not in functions."""
    for statement in body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            yield from (name.partition(".")[0] for _, name in imported(statement))
        elif isinstance(statement, ast.ClassDef | ast.Try | ast.With):
            yield from at_import(statement.body)
        elif isinstance(statement, ast.If) and "TYPE_CHECKING" not in ast.unparse(statement.test):
            yield from at_import(statement.body + statement.orelse)


def declared(requirements: list[str]) -> set[str]:
    """The names that requirements are imported by."""
    names = {re.split(r"[^A-Za-z0-9_.-]", each, maxsplit=1)[0].lower() for each in requirements}
    return {IMPORTED_AS.get(name, name) for name in names}


def test_what_a_module_imports_is_declared_and_an_extra_is_imported_only_where_it_is_used() -> None:
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    core = declared(project["dependencies"]) | {"outcome_bees"} | set(sys.stdlib_module_names)
    extras = declared([each for extra in project["optional-dependencies"].values() for each in extra])
    missing = []
    for path in modules(SRC):
        # Hypothesis itself loads our strategies, so it is there when they are.
        here = core | {"hypothesis"} if room_of(path, SRC) == "testing" else core
        tree = parsed(path)
        anywhere = {name.partition(".")[0] for _, name in imported(tree)}
        unmet = (anywhere - here - extras - BROUGHT_BY_EXTRAS) | (set(at_import(tree.body)) - here)
        missing += [f"{path.relative_to(SRC)}: {name}" for name in sorted(unmet)]
    assert missing == []


def test_every_module_can_be_imported_by_itself() -> None:
    """In the run without extras this shows that the plain install holds all that is imported at once."""
    names = [".".join(("outcome_bees", *path.relative_to(SRC).with_suffix("").parts)) for path in modules(SRC)]
    for name in names:
        import_module(name.removesuffix(".__init__"))


def test_no_module_is_longer_than_a_reader_holds() -> None:
    lines = {path.relative_to(SRC).as_posix(): path.read_text(encoding="utf-8").count("\n") for path in modules(SRC)}
    assert {name: count for name, count in lines.items() if count > LONGEST_MODULE} == {}


def test_no_module_is_named_for_what_did_not_fit_elsewhere() -> None:
    drawers = {"utils", "helpers", "common", "base", "misc"}
    assert [path for path in modules(SRC) if path.stem.strip("_") in drawers] == []


def named(path: Path, root: Path) -> str:
    """The dotted name below the package that a file is imported by."""
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def importing(root: Path) -> dict[str, set[str]]:
    """Which modules of the package each module imports, wherever in it the import is written."""
    names = {named(path, root): path for path in modules(root)}
    graph: dict[str, set[str]] = {}
    for name, path in names.items():
        found = set()
        for node in ast.walk(parsed(path)):
            match node:
                case ast.Import(names=imports):
                    found |= {each.name.removeprefix("outcome_bees.") for each in imports}
                case ast.ImportFrom(module=module, names=imports) if (module or "").startswith("outcome_bees"):
                    stem = (module or "").removeprefix("outcome_bees").removeprefix(".")
                    below = {".".join(filter(None, (stem, each.name))) for each in imports}
                    found |= below & set(names) or {stem}
        graph[name] = found & set(names) - {name}
    return graph


def circle(root: Path) -> list[str]:
    """The modules of one circle of imports, if there is one."""
    try:
        TopologicalSorter(importing(root)).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circle(SRC) == []


def test_a_circle_of_imports_is_found_even_inside_functions(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "one.py").write_text("from outcome_bees.model.two import b", encoding="utf-8")
    (tmp_path / "model" / "two.py").write_text("def f():\n    from outcome_bees.model import one", encoding="utf-8")
    assert set(circle(tmp_path)) == {"model.one", "model.two"}


def repeated_basenames(root: Path) -> dict[str, list[str]]:
    """File names that occur more than once, but for ``__init__``: a traceback or a tab shows only them."""
    places: dict[str, list[str]] = {}
    for path in modules(root):
        if path.stem != "__init__":
            places.setdefault(path.stem, []).append(path.relative_to(root).as_posix())
    return {name: found for name, found in places.items() if len(found) > 1}


def repeated_types(root: Path) -> dict[str, list[str]]:
    """Names of classes that are defined in more than one module."""
    places: dict[str, list[str]] = {}
    for path in modules(root):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(path.relative_to(root).as_posix())
    return {name: found for name, found in places.items() if len(found) > 1}


def test_no_file_name_and_no_type_name_occurs_twice() -> None:
    assert repeated_basenames(SRC) == {}
    assert repeated_types(SRC) == {}


def test_a_name_that_occurs_twice_is_found(tmp_path: Path) -> None:
    for room in ("model", "frames"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "table.py").write_text("class Table: ...", encoding="utf-8")
    assert repeated_basenames(tmp_path) == {"table": ["frames/table.py", "model/table.py"]}
    assert repeated_types(tmp_path) == {"Table": ["frames/table.py", "model/table.py"]}


def intrusions(root: Path) -> list[str]:
    """Every import of a room's private module from outside the room."""
    found = []
    for path in modules(root):
        for line, name in imported(parsed(path)):
            _, *parts = name.split(".")
            if any(part.startswith("_") and part != "__version__" for part in parts) and parts[0] != room_of(
                path, root
            ):
                found.append(f"{path.relative_to(root)}:{line}: {name}")
    return found


def test_a_private_module_is_used_in_its_own_room_alone() -> None:
    assert intrusions(SRC) == []


def test_an_import_of_anothers_private_module_is_found(tmp_path: Path) -> None:
    (tmp_path / "cli").mkdir()
    (tmp_path / "cli" / "show.py").write_text("from outcome_bees.model._rules import enforce", encoding="utf-8")
    assert len(intrusions(tmp_path)) == 1


def test_one_module_knows_which_way_is_better() -> None:
    """Sentences are read for a direction in statements/; evaluation/rules.py alone makes arithmetic of it."""
    ways = {"Direction.INCREASE", "Direction.DECREASE"}
    knowing = {
        path.relative_to(SRC).as_posix()
        for path in modules(SRC)
        if room_of(path, SRC) != "statements"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ways
    }
    assert knowing == {"evaluation/rules.py"}


def test_what_rooms_above_offer_is_there() -> None:
    """Names that imports do not show; each is a function of the room that ``offers`` names."""
    assert OFFERS
    for name in OFFERS:
        assert callable(offered(name)), name
