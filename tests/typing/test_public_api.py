"""The public names are written down, and what goes must be named in the changelog."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def api() -> ModuleType:
    pytest.importorskip("griffe", reason="the public names are read by Griffe, which is for developing")
    if not (ROOT / "src").is_dir():
        pytest.skip("there is no src/ to read: this is the test of an installed wheel")
    spec = importlib.util.spec_from_file_location("api", ROOT / ".ci" / "api.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BEFORE = ["outcome_bees.load(path: str) -> int", "outcome_bees.Plan.id: str", "outcome_bees.Reason.NO_DATA: 'no_data'"]


def test_what_has_gone_or_changed_must_be_named_among_what_is_unreleased(api: ModuleType) -> None:
    after = ["outcome_bees.load(path: Path) -> int", "outcome_bees.Reason.NO_DATA: 'no_data'"]
    unnamed = "## [Unreleased]\n- Something else.\n## [0.1.0]\n- `load` and `id` are new.\n"
    assert api.unnamed_breaks(BEFORE, after, unnamed) == BEFORE[:2]
    named = "## [Unreleased]\n- `load` takes a path, and `Plan.id` has gone.\n## [0.1.0]\n"
    assert api.unnamed_breaks(BEFORE, after, named) == []


def test_what_is_new_breaks_nobody(api: ModuleType) -> None:
    assert api.unnamed_breaks(BEFORE, [*BEFORE, "outcome_bees.dump"], "") == []


def test_signatures_types_and_texts_of_closed_lists_are_written_down(api: ModuleType) -> None:
    found = api.public_api()
    assert "outcome_bees.Reason.NO_DATA: 'no_data'" in found
    assert "outcome_bees.Plan.measures: tuple[Measure, ...]" in found
    assert any(line.startswith("outcome_bees.evaluate_plan(plan: Plan") for line in found)
    assert not any(name.startswith("_") for line in found for name in line.partition("(")[0].split("."))
