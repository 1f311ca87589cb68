"""What the tests share: folders that they read, and how hard Hypothesis tries."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """One session for all: it takes seconds to start. Skipped, saying so, where Spark or Java is not there."""
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java 17, and there is none here")
    settings_of = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.adaptive.enabled": "false",  # the plan as it is read is the plan as it runs
        "spark.sql.codegen.wholeStage": "false",  # for a dozen rows compiling is the whole cost
    }
    builder = sql.SparkSession.builder.master("local[2]")
    for name, value in settings_of.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()
