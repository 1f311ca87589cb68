"""What the tests share: folders that they read, and how hard Hypothesis tries."""

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
SHARED = Path(__file__).resolve().parents[2] / "shared"

# A law is timed in benchmarks/, never here: a slow machine is no counterexample.
# "dev" draws other cases each time; "ci" more, and always the same, so that a pass is a pass; "quick" is for
# the same tests once more, on another Python or other dependencies.
settings.register_profile("dev", deadline=None, max_examples=60)
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True, max_examples=200, print_blob=True)
settings.register_profile("quick", settings.get_profile("ci"), max_examples=20)
settings.load_profile("dev")  # --hypothesis-profile=ci chooses the other


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published figures and reference tables; the test skips where it is not there."""
    if not SHARED.is_dir():
        pytest.skip("the folder 'shared' of published figures is not beside this checkout")
    return SHARED


@pytest.fixture
def examples_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a test then runs in: its own, with a copy of examples/, as documentation says."""
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path
