"""In a browser's Python a page is the same, byte for byte."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

pytest.importorskip("jinja2", reason="the extra 'report' is not installed")

import attrs

import outcome_bees
from outcome_bees import Observations, Scorecard
from outcome_bees.reports.report import report_bytes

HERE = Path(__file__).resolve()


def pyodide() -> str | None:
    """The module of Pyodide: where PYODIDE says, or where Node finds it."""
    if shutil.which("node") is None:
        return None
    if os.environ.get("PYODIDE"):
        return os.environ["PYODIDE"]
    asked = subprocess.run(
        ["node", "-p", "require.resolve('pyodide')"], capture_output=True, text=True, check=False, cwd=HERE.parent
    )
    return str(Path(asked.stdout.strip()).with_name("pyodide.mjs")) if asked.returncode == 0 else None


PYODIDE = pyodide()


@pytest.mark.skipif(PYODIDE is None, reason="Pyodide is not installed: npm install pyodide, or set PYODIDE")
def test_the_page_is_the_same_bytes_in_a_browser(card: Scorecard, figures: Observations) -> None:
    assert PYODIDE is not None
    site = Path(attrs.__file__).resolve().parents[1]
    sources = Path(outcome_bees.__file__).resolve().parents[1]
    script = HERE.with_name("pyodide_page.mjs")
    made = subprocess.run(
        ["node", str(script), PYODIDE, str(site), str(sources), str(HERE.parents[2] / "examples")],
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert made.returncode == 0, made.stderr.decode()
    assert made.stdout == report_bytes(card, "html", observations=figures, charts=False)
