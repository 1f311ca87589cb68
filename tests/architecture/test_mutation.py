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
        {text for _, new in mutate.changes(each.node, {"Status": ["MET", "NEAR"]}) if (text := ast.unparse(new))}
        for each in mutate.sites(ast.parse("ready = a < 1 and b is not None and Status.MET in c"))
    ]
    found = set().union(*once)
    assert {"a <= 1", "b is None", "Status.MET not in c", "Status.NEAR", "2", "0"} <= found
    assert "a < 1 or b is not None or Status.MET in c" in found
    assert "b is not None and Status.MET in c" in found


def test_every_change_can_be_compiled(mutate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutate, "PACKAGE", tmp_path)  # what cannot be compiled would pass for noticed
    (tmp_path / "a.py").write_text("def one(a):\n    return all(a) if a > -1 else Status.MET\n", encoding="utf-8")
    enums = {"Status": ["MET", "NEAR"]}
    found = list(mutate.mutants(tmp_path / "a.py", enums))
    assert {"any for all", "NEAR for MET"} < {each.change for each in found}
    assert all(mutate.code_of(each, enums) for each in found)


def test_what_only_a_reader_sees_is_not_changed(mutate: ModuleType) -> None:
    for code in ('__all__ = ["a"]', "raise ValueError(1 < 2)", "x: Literal[1]", "@frozen(kw_only=True)\nclass A: ..."):
        nodes = list(mutate.sites(ast.parse(code)))
        assert not [change for each in nodes for change in mutate.changes(each.node, {})], code


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


def test_a_mutant_keeps_its_key_when_its_line_moves_and_when_another_function_has_the_same_code(
    mutate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mutate, "PACKAGE", tmp_path)
    module = tmp_path / "a.py"
    module.write_text("def one(a):\n    return a < 1\n", encoding="utf-8")
    before = {each.key: each.line for each in mutate.mutants(module, {})}
    module.write_text("def other(a):\n    return a < 1\n\n\ndef one(a):\n    return a < 1\n", encoding="utf-8")
    mutate.text_of.cache_clear()
    after = {each.key: each.line for each in mutate.mutants(module, {})}
    assert {key: after[key] - line for key, line in before.items()} == dict.fromkeys(before, 4)


def test_what_was_recorded_of_a_line_is_found_again_where_the_line_is_now(
    mutate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mutate, "PACKAGE", tmp_path)
    module = tmp_path / "a.py"
    module.write_text("# first\ndef one(a):\n    return a < 1\n", encoding="utf-8")
    record = mutate.Record()
    record.sources["a.py"] = "def one(a):\n    return a < 1\n"
    record.lines["a.py"] = {2: ["slow", "slow[2]", "quick", "gone"]}
    record.seconds = {"slow": 0.5, "slow[2]": 0.1, "quick": 0.3}
    (mutant,) = [each for each in mutate.mutants(module, {}) if each.change == "Lt to LtE"]
    assert record.tests_of(mutant) == ["slow[2]", "quick", "slow"], "one of each test function first"


def test_a_module_is_the_same_for_every_mutant_of_a_run(mutate: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "b.py"
    path.write_text("x = 1\n", encoding="utf-8")
    assert mutate.text_of(path) == "x = 1\n"
    path.write_text("x = 2\n", encoding="utf-8")
    assert mutate.text_of(path) == "x = 1\n"


def test_tests_whose_file_has_gone_are_no_longer_recorded(
    mutate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mutate, "KEPT", tmp_path)
    monkeypatch.setattr(mutate, "RECORD", tmp_path / "record.json")
    there, gone = "tests/architecture/test_mutation.py::test_a", "tests/test_gone.py::test_b"
    record = mutate.Record()
    record.seconds = {gone: 1.0, there: 2.0}
    record.lines = {"scales.py": {3: [gone, there, ""]}}
    record.write()
    again = mutate.Record.read()
    assert again.seconds == {there: 2.0}
    assert again.lines == {"scales.py": {3: [gone, there, ""]}}


def test_every_mutant_listed_as_equivalent_is_there_with_its_reason(mutate: ModuleType) -> None:
    enums = mutate.enum_members()
    listed = mutate.equivalents()
    found = {each.key for path in mutate.modules(list(mutate.CORE)) for each in mutate.mutants(path, enums)}
    assert set(listed) <= found
    assert all(listed.values())


def test_the_rooms_of_the_core_and_the_tests_that_are_recorded_are_there(mutate: ModuleType) -> None:
    assert all(mutate.modules([each]) and (mutate.PACKAGE / each).exists() for each in mutate.CORE)
    for each in mutate.TESTS:
        assert (RUNNER.parents[1] / each).exists(), each
