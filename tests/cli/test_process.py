"""The command as a process: encodings, colours, pipes, signals, and what it loads."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PLAN, FIGURES = "examples/hertfordshire-2024-25.yaml", "examples/hertfordshire.csv"
EVALUATE = ["evaluate", PLAN, FIGURES, "--as-of", "2025-12-31", "--area", "E10000015"]
COMMAND = [sys.executable, "-m", "outcome_bees"]
Process = Callable[..., "subprocess.CompletedProcess[bytes]"]
pytestmark = pytest.mark.usefixtures("examples_here")


@pytest.fixture(autouse=True)
def _buffered(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a person calls it: unbuffered, Python itself loses what a closed pipe did not take, and says nothing."""
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)


def call(*words: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run([*COMMAND, *words], env={**os.environ, **environment}, capture_output=True, check=False)


def test_where_standard_output_is_ascii_symbols_and_rules_are_too() -> None:
    done = call(*EVALUATE, PYTHONIOENCODING="ascii", COLUMNS="80")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"x missed" in done.stdout.decode("ascii").encode()
    assert b"+ achieved" in done.stdout


def test_what_is_for_programs_is_utf_8_whatever_the_terminal_is() -> None:
    done = call("show", "catalogue:plan-2018-21", "--format", "json", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "2018" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("words", "environment", "coloured"),
    [
        ([], {"TERM": "xterm"}, False),
        (["--color", "always"], {}, True),
        (["--colour", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {}, False),
    ],
)
def test_colour_is_for_terminals_or_for_those_who_ask(
    words: list[str], environment: dict[str, str], coloured: bool
) -> None:
    assert (b"\x1b[" in call(*EVALUATE, *words, **environment).stdout) is coloured


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals on Windows")
@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_a_terminal_is_coloured_unless_its_owner_declines(environment: dict[str, str], coloured: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "TERM"}}
    with subprocess.Popen([*COMMAND, *EVALUATE], env={**clean, **environment}, stdout=theirs) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65_536)
            except OSError:  # Linux says so at the end
                break
            if not piece:
                break
            shown += piece
    os.close(ours)
    assert process.returncode == 0
    assert (b"\x1b[32m" in shown) is coloured
    assert "✔ achieved".encode() in shown


def test_a_reader_who_has_read_enough_is_no_error() -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*COMMAND, *EVALUATE, "--format", "html"], stdout=pipe, stderr=pipe, pipesize=4096
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_an_interruption_is_quiet() -> None:
    code = (
        "import os, signal, sys; import outcome_bees.serializers.plans as d;"
        "d.load_plan = lambda *_, **__: os.kill(os.getpid(), signal.SIGINT) or __import__('time').sleep(5);"
        "from outcome_bees.cli import main; sys.exit(main(['show', 'x.yaml']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (128 + signal.SIGINT, b"", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_disk_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, *EVALUATE], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr == b"outcome-bees: standard output: No space left on device\n"


def test_the_version_is_told_without_loading_anything_heavy() -> None:
    code = (
        "import sys; before = set(sys.modules); from outcome_bees.cli import main; main(['--version']);"
        "loaded = {name.partition('.')[0] for name in set(sys.modules) - before};"
        "print(sorted(loaded & {'attr', 'cattrs', 'pint', 'narwhals', 'yaml',"
        " 'pandas', 'polars', 'rich', 'decimal'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[1:] == ["[]"]


def test_evaluating_a_csv_loads_no_dataframes_and_no_unit_registry() -> None:
    code = (
        "import sys; from outcome_bees.cli import main; main(sys.argv[1:]);"
        "heavy = {'pint', 'narwhals', 'pandas', 'polars', 'rich'};"
        "sys.exit(str(sorted({name.partition('.')[0] for name in sys.modules} & heavy)))"
    )
    done = subprocess.run([sys.executable, "-c", code, *EVALUATE], capture_output=True, text=True, check=False)
    assert done.stderr == "[]\n"
