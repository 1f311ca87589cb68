"""The front door: importing it imports nothing, and every name behind it is there, said and shown."""

import ast
import doctest
import importlib
import json
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

import outcome_bees

FRONT_DOOR = Path(outcome_bees.__file__)
FUNCTIONS = "from outcome_bees import evaluate, lint"
MODULES = "import outcome_bees.evaluation.evaluate, outcome_bees.linting"
PYPROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


def in_a_new_interpreter(code: str) -> object:
    """What the code prints, read as JSON, in a process that has imported nothing yet."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def names_for_type_checkers() -> dict[str, str]:
    """The public names as type checkers read them, each with the module it comes from."""
    tree = ast.parse(FRONT_DOOR.read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    assert ast.unparse(block.test) == "TYPE_CHECKING"
    return {
        alias.name: str(node.module)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name == alias.asname  # only then is it public to a type checker
    }


def home_of(name: str) -> ModuleType:
    """The module that makes the thing a public name stands for."""
    module = importlib.import_module(names_for_type_checkers()[name])
    made_in = getattr(getattr(module, name), "__module__", None)
    return importlib.import_module(made_in) if isinstance(made_in, str) else module


def docstring_of(name: str) -> str:
    """The docstring of a public name; of a constant, the text that follows its assignment."""
    thing = getattr(outcome_bees, name)
    if isinstance(thing, type | ModuleType) or callable(thing):
        return thing.__doc__ or ""
    body = ast.parse(Path(str(home_of(name).__file__)).read_text(encoding="utf-8")).body
    for node, after in pairwise(body):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            match after:
                case ast.Expr(value=ast.Constant(value=str(text))):
                    return text
    return ""


def test_importing_the_package_imports_nothing_else() -> None:
    loaded = in_a_new_interpreter(
        "import sys; before = set(sys.modules); import outcome_bees; loaded = set(sys.modules) - before;"
        "import json; print(json.dumps(sorted(loaded)))"
    )
    assert loaded == ["outcome_bees"]


@pytest.mark.parametrize(
    ("names", "untouched"),
    [
        ("Direction, OutcomeBeesError, Problem, Status", ("attr", "cattrs", "pint", "narwhals", "yaml")),
        (
            "Measure, Observation, Plan, Target, evaluate, evaluate_plan",
            ("cattrs", "pint", "narwhals", "yaml"),
        ),
        ("load_plan, dump_plan", ("pint", "narwhals", "yaml", "outcome_bees.evaluation", "outcome_bees.layouts")),
    ],
)
def test_a_name_brings_only_what_it_needs(names: str, untouched: tuple[str, ...]) -> None:
    loaded = in_a_new_interpreter(
        f"import sys, json; from outcome_bees import {names};"
        f"print(json.dumps([name for name in {untouched} if name in sys.modules]))"
    )
    assert loaded == []


def test_a_plan_in_json_is_read_and_written_without_yaml_tables_and_results() -> None:
    loaded = in_a_new_interpreter(
        "import io, json, sys; from outcome_bees import dump_plan, load_plan;"
        """document = io.StringIO('{"format": "outcome-bees/1", "id": "p", "title": "P"}');"""
        "dump_plan(load_plan(document, format='json'), io.StringIO(), format='json');"
        "untouched = ('yaml', 'outcome_bees.areas', 'outcome_bees.evaluation', 'outcome_bees.layouts');"
        "print(json.dumps([name for name in untouched if name in sys.modules]))"
    )
    assert loaded == []


FIRST_VERDICT = """
import json, sys
before = set(sys.modules)
from datetime import date
from outcome_bees import Measure, Observation, Reach, Target, evaluate
measure = Measure(id="m", title="M", unit="percent", direction="increase")
target = Target(id="t", measure="m", aim=Reach(50), due="CY2024")
figure = Observation(measure="m", period="CY2024", area="E10000015", value="56.3")
assert evaluate(target, measure=measure, observations=[figure], as_of=date(2025, 12, 31)).status == "achieved"
loaded = sorted(set(sys.modules) - before)
"""
NOT_FOR_A_FIRST_VERDICT = (
    *("cattrs", "yaml", "pint", "narwhals", "calendar", "csv", "difflib", "fractions", "html"),
    *("locale", "pathlib", "statistics", "outcome_bees.areas", "outcome_bees.chance"),
    "outcome_bees.evaluation.references",
    *("outcome_bees.evaluation.scorecard", "outcome_bees.evaluation.wording", "outcome_bees.model.plan"),
    *("outcome_bees.model.series", "outcome_bees.periods.exchange", "outcome_bees.periods.notes"),
    *("outcome_bees.periods.parsing", "outcome_bees.presentation", "outcome_bees.synonyms"),
    "outcome_bees.units._conversion",
)
ROOMS_OF_A_FIRST_VERDICT = {
    *("errors", "offers", "vocabulary", "exact", "frozen", "identifiers", "kept"),
    *("periods", "units", "scales", "model", "evaluation"),
}
MODULES_OF_A_FIRST_VERDICT = 38
CLASSES_OF_A_FIRST_VERDICT = 22  # each that attrs makes takes as long as importing several modules


def test_a_first_verdict_loads_what_it_needs_and_no_more() -> None:
    loaded = in_a_new_interpreter(f"{FIRST_VERDICT}print(json.dumps(loaded))")
    assert isinstance(loaded, list)
    assert set(NOT_FOR_A_FIRST_VERDICT) & set(loaded) == set()
    ours = [name for name in loaded if name.startswith("outcome_bees.")]
    assert {name.split(".")[1] for name in ours} == ROOMS_OF_A_FIRST_VERDICT
    assert len(ours) <= MODULES_OF_A_FIRST_VERDICT


def test_a_first_verdict_makes_few_classes_of_attrs() -> None:
    made = in_a_new_interpreter(
        f"{FIRST_VERDICT}import attrs;"
        "print(json.dumps([f'{name}.{each}' for name in loaded if name.startswith('outcome_bees')"
        " for each, thing in vars(sys.modules[name]).items()"
        " if isinstance(thing, type) and thing.__module__ == name and attrs.has(thing)]))"
    )
    assert isinstance(made, list)
    assert 10 < len(made) <= CLASSES_OF_A_FIRST_VERDICT, made


def test_run_time_and_type_checkers_see_the_same_names_in_the_same_modules() -> None:
    assert sorted(outcome_bees.__all__) == sorted(names_for_type_checkers())
    for name, module in names_for_type_checkers().items():
        if name not in {"areas", "catalogue", "charts", "methods"}:  # modules
            assert getattr(outcome_bees, name) is getattr(importlib.import_module(module), name), name


def test_the_names_listed_are_those_that_can_be_had() -> None:
    assert set(outcome_bees.__all__) < set(dir(outcome_bees))
    assert {"catalogue", "frames", "__version__"} < set(dir(outcome_bees))
    assert len(set(outcome_bees.__all__)) == len(outcome_bees.__all__)


ROOMS = sorted(page.stem for page in (PYPROJECT.parent / "docs" / "reference" / "rooms").glob("*.md"))


@pytest.mark.parametrize("room", [*ROOMS, "layouts", "linting", "statements"])
def test_dir_of_a_room_is_its_public_names_alone(room: str) -> None:
    try:
        module = importlib.import_module(f"outcome_bees.{room}")
    except ModuleNotFoundError as missing:  # an extra that is not installed
        pytest.skip(f"{missing.name} is not installed")
    assert dir(module) == sorted(module.__all__)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("import outcome_bees as ob\nob.Meas", "Measure"),
        ("from outcome_bees import evaluate_p", "evaluate_plan"),
        ("import outcome_bees as ob\nob.frames.from_l", "from_layout"),
        ("import outcome_bees as ob\nob.Measure(id='m', title='M').dir", "direction"),
        ("from outcome_bees import evaluate_plan\nevaluate_plan(plan, [], as_of=day).over", "overall"),
        ("from outcome_bees import load_plan\nload_plan('plan.yaml').measures_o", "measures_of"),
    ],
)
def test_editors_built_on_jedi_complete_the_names(typed: str, offered: str) -> None:
    jedi = pytest.importorskip("jedi")
    project = jedi.Project(FRONT_DOOR.parent, sys_path=[str(FRONT_DOOR.parents[1]), *sys.path])
    assert offered in [each.name for each in jedi.Script(typed, project=project).complete()]


@pytest.mark.parametrize("name", sorted(names_for_type_checkers()))
def test_every_public_name_has_a_docstring_with_an_example(name: str) -> None:
    """That the example runs is seen to in tests/docs."""
    assert doctest.DocTestParser().get_examples(docstring_of(name)), f"no example in {docstring_of(name)!r}"


def test_a_name_there_is_not_is_an_attribute_error_that_says_so() -> None:
    with pytest.raises(AttributeError, match="module 'outcome_bees' has no attribute 'Mesure'"):
        outcome_bees.Mesure  # type: ignore[attr-defined]  # noqa: B018  # the point of the test
    with pytest.raises(ImportError, match="cannot import name 'Mesure'"):
        exec("from outcome_bees import Mesure")


def test_python_suggests_the_name_that_was_meant() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import outcome_bees; outcome_bees.evalute"], capture_output=True, text=True, check=False
    )
    assert "Did you mean: 'evaluate'?" in done.stderr


@pytest.mark.parametrize(
    "order",
    [
        (MODULES, FUNCTIONS),
        (FUNCTIONS, MODULES),
    ],
)
def test_the_function_and_the_module_of_one_name_never_stand_in_for_each_other(
    order: tuple[str, str],
) -> None:
    kinds = in_a_new_interpreter(
        f"{'; '.join(order)}; import json, outcome_bees as o;"
        "print(json.dumps([type(each).__name__ for each in (evaluate, lint, o.evaluate, o.lint,"
        "o.evaluation.evaluate, o.linting)]))"
    )
    assert kinds == ["function"] * 4 + ["module"] * 2


def test_the_version_is_one_and_the_same_everywhere() -> None:
    try:
        installed = version("outcome-bees")
    except PackageNotFoundError:
        pytest.skip("the library is on the path and not installed")
    assert outcome_bees.__version__ == installed
    assert tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["dynamic"] == ["readme", "version"]


@pytest.mark.parametrize("first", ["import outcome_bees.testing", "import hypothesis, outcome_bees.testing"])
def test_the_strategies_are_registered_whichever_of_the_two_is_imported_first(first: str) -> None:
    code = "from hypothesis import strategies as st\nimport json, outcome_bees\n"
    asked = "print(json.dumps(repr(st.from_type(outcome_bees.Plan))))"
    assert in_a_new_interpreter(f"{first}\n{code}{asked}") == "plans()"
