"""What fuzzing once found, and what it starts from: only documented errors, ever."""

import importlib.util
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import pytest

from outcome_bees import OutcomeBeesError

FUZZ = Path(__file__).resolve().parents[2] / "fuzz"
CASES = sorted(each for each in FUZZ.glob("corpus/*/*") if each.is_file())

NEEDS = {
    "figures-xlsx": ("python_calamine", "xlsxwriter"),
    "plan-toml": ("tomli_w",),
    "stratml": ("lxml",),
    "iati": ("lxml",),
    "engines": ("polars", "pandas", "pyarrow", "duckdb"),
}


@pytest.fixture(scope="module")
def targets() -> dict[str, Callable[[bytes], None]]:
    if not FUZZ.is_dir():
        pytest.skip("the folder 'fuzz' is not in this checkout")
    sys.modules.setdefault("atheris", _Atheris("atheris"))  # which only runs where fuzzing is
    spec = importlib.util.spec_from_file_location("fuzz", FUZZ / "fuzz.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[str, Callable[[bytes], None]] = module.TARGETS
    return found


class _Atheris(ModuleType):
    """As much of atheris as the targets are imported with."""

    def instrument_imports(self, include: list[str]) -> "_Atheris":
        return self

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_case_gives_an_answer_or_a_documented_error(case: Path, targets: dict[str, Callable[[bytes], None]]) -> None:
    for needed in NEEDS.get(case.parent.name, ()):
        pytest.importorskip(needed)
    with suppress(OutcomeBeesError):
        targets[case.parent.name](case.read_bytes())
