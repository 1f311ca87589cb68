"""The vectors that the originals were run on, and how to read their tables."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def vectors(shared: Path) -> Path:
    """The folder of inputs that the originals were run on, with their answers."""
    folder = shared / "methods" / "vectors"
    if not folder.is_dir():
        pytest.skip("the folder 'shared' has no vectors of the methods")
    return folder


@pytest.fixture(scope="session")
def table(vectors: Path) -> Callable[[str], list[dict[str, str]]]:
    """Read one table of vectors as rows by name."""

    def read(name: str) -> list[dict[str, str]]:
        with (vectors / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture(scope="session")
def document(vectors: Path) -> Callable[[str], Any]:
    """Read one document of vectors."""
    return lambda name: json.loads((vectors / name).read_text(encoding="utf-8"))
