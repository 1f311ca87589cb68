"""The mutation runner changes one thing at a time, and its list of equivalent mutants is true of the tree."""

import ast
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

RUNNER = Path(__file__).parents[2] / "fuzz" / "mutate.py"


@pytest.fixture(scope="module")
def mutate() -> ModuleType:
    if not (RUNNER.parents[1] / "src").is_dir():
        pytest.skip("there is no src/ to mutate: this is the test of an installed wheel")
    spec = importlib.util.spec_from_file_location("mutate", RUNNER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["mutate"] = module
    spec.loader.exec_module(module)
    return module


def test_every_change_that_a_slip_of_the_pen_would_make_is_made(mutate: ModuleType) -> None:
    once = [
        {text for _, new in mutate.changes(each, {"Status": ["MET", "NEAR"]}) if (text := ast.unparse(new))}
        for each in mutate.sites(ast.parse("ready = a < 1 and b is not None and Status.MET in c"))
    ]
    found = set().union(*once)
    assert {"a <= 1", "b is None", "Status.MET not in c", "Status.NEAR", "2", "0"} <= found
    assert "a < 1 or b is not None or Status.MET in c" in found
    assert "b is not None and Status.MET in c" in found


def test_what_only_a_reader_sees_is_not_changed(mutate: ModuleType) -> None:
    for code in ('__all__ = ["a"]', "raise ValueError(1 < 2)", "x: Literal[1]", "@frozen(kw_only=True)\nclass A: ..."):
        nodes = list(mutate.sites(ast.parse(code)))
        assert not [change for each in nodes for change in mutate.changes(each, {})], code


def test_a_mutant_is_its_module_with_one_change(mutate: ModuleType) -> None:
    enums = mutate.enum_members()
    path = mutate.PACKAGE / "scales.py"
    original = ast.unparse(ast.parse(path.read_text(encoding="utf-8"))).splitlines()
    mutants = list(mutate.mutants(path, enums))
    assert len({each.key for each in mutants}) == len(mutants) > 50
    for each in mutants[::7]:
        lines = mutate.source_of(each, enums).splitlines()
        assert lines != original, each.key
        assert len(set(lines) - set(original)) <= 3, each.key


def test_every_mutant_listed_as_equivalent_is_there_with_its_reason(mutate: ModuleType) -> None:
    enums = mutate.enum_members()
    listed = mutate.equivalents()
    found = {each.key for path in mutate.modules(list(mutate.TESTS)) for each in mutate.mutants(path, enums)}
    assert set(listed) <= found
    assert all(listed.values())


def test_every_room_of_the_core_has_its_tests(mutate: ModuleType) -> None:
    assert set(mutate.CORE) <= set(mutate.TESTS)
    for tests in mutate.TESTS.values():
        for each in " ".join(tests).split():
            assert (RUNNER.parents[1] / each).exists(), each
