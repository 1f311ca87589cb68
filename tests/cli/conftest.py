"""The command, run in this process as a person would run it in a terminal."""

from collections.abc import Callable
from pathlib import Path

import pytest

from outcome_bees.cli import main


@pytest.fixture
def run(
    examples_here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """The exit code, standard output and standard error of some words, in a folder with a copy of examples/."""
    monkeypatch.setenv("COLUMNS", "80")

    def called(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(words)
        out, err = capsys.readouterr()
        return code, out, err

    return called
