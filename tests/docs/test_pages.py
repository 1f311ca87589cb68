"""Every example in README.md and docs/ runs and shows what it says.

A ```python block with prompts runs as a doctest, one without as a script; the blocks of a page share their
names. A ```console block runs its lines that begin ``$ outcome-bees`` and holds the output below them to what
is printed. A block of data that names a file, such as ```yaml plan.yaml, is put in that file. A page that says
``<!-- needs: polars -->`` is skipped where that is not installed.
"""

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(?P<language>[a-z]+) *(?P<file>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = "import sys; from outcome_bees.cli import main; sys.exit(main())"


def run_python(text: str, names: dict[str, Any], file: str, line: int) -> str:
    """What went wrong in one block of Python; nothing where all is as it says."""
    if ">>>" not in text:
        exec(compile("\n" * line + text, file, "exec"), names)
        return ""
    said: list[str] = []
    test = doctest.DocTestParser().get_doctest(text, names, file, file, line)
    doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS).run(test, out=said.append, clear_globs=False)
    names.update(test.globs)
    return "".join(said)


def run_console(text: str) -> str:
    """What went wrong in one block of commands and their output."""
    wrong = []
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        typed, _, want = part.replace("\\\n", " ").partition("\n")
        words = shlex.split(typed, comments=True)
        if words[:1] != ["outcome-bees"]:
            continue
        plain = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, *words[1:]],
            env=plain,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        same = doctest.OutputChecker().check_output(want.strip() + "\n", done.stdout.strip() + "\n", doctest.ELLIPSIS)
        if not (same if want.strip() else done.returncode == 0):
            wrong.append(f"$ {typed}\nexit code {done.returncode}; said:\n{want}\nprinted:\n{done.stdout}")
    return "\n".join(wrong)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
@pytest.mark.usefixtures("examples_here")
def test_the_page_shows_what_it_says(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "doctest: +SKIP" not in text, "an example that is skipped is a claim that nothing runs"
    for name in re.findall(r"^<!-- needs: (\w+) -->$", text, re.MULTILINE):
        pytest.importorskip(name)
    names: dict[str, Any] = {"__name__": "__main__"}
    wrong = []
    for block in BLOCK.finditer(text):
        line = text.count("\n", 0, block.start("text"))
        match block["language"]:
            case "python" | "pycon":
                wrong.append(run_python(block["text"], names, page.name, line))
            case "console":
                wrong.append(run_console(block["text"]))
            case "yaml" | "text" if block["file"]:
                Path(block["file"]).write_text(block["text"], encoding="utf-8")
    assert not any(wrong), "\n".join(filter(None, wrong))


def test_a_block_that_says_something_false_is_found() -> None:
    assert "Expected:\n    3" in run_python(">>> 1 + 1\n3\n", {}, "page.md", 0)
    assert run_python(">>> 1 + 1\n2\n", {}, "page.md", 0) == ""
    assert "exit code" in run_console("$ outcome-bees --version\noutcome-bees 0.0.0\n")


def test_every_fence_of_a_page_is_closed_and_says_its_language() -> None:
    for page in PAGES:
        fences = re.findall(r"^```(.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(fences) % 2 == 0, page
        assert all(fences[::2]), f"a block without a language in {page}"
        assert not any(fences[1::2]), page
