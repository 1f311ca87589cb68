"""Whatever happens while a file is written, it is the old one or the new one, and whole.

Every writer is killed (``kill -9``) in the midst of writing, meets a full disk, another writer and a place where
nothing may be written. Each runs in a process of its own.
"""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from outcome_bees import DocumentError, Observation, Plan
from outcome_bees.serializers import dump_observations, dump_plan

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits are those of POSIX")

PREPARED = """
    import sys
    from datetime import date
    from outcome_bees import *
    from outcome_bees.serializers import dump, dump_observations, dump_plan, convert
    path = sys.argv[1]
    measure = Measure(id="m", title="M " + "x" * 60, unit="percent", direction="increase")
    plan = Plan(id="p", title="P", measures=[measure])
    figures = [
        Observation(measure="m", period=Period.day(date(2024, 1, 1 + n % 28)), area=f"a{n}", value=n, note="x" * 80)
        for n in range(1_000)
    ]
    card = evaluate_plan(plan, figures, as_of=date(2025, 12, 31), area="a1")
"""
WRITERS = {
    "plan.json": "dump_plan(plan, path)",
    "plan.yaml": "dump_plan(plan, path)",
    "plan.toml": "dump_plan(plan, path)",
    "card.json": "dump(card, path)",
    "figures.csv": "dump_observations(figures, path)",
    "figures.json": "dump_observations(figures, path)",
    "figures.yaml": "dump_observations(figures, path)",
    "figures.xlsx": "dump_observations(figures, path)",
    "figures.parquet": "dump_observations(figures, path)",
    "report.html": "card.report(path, charts=False)",
    "report.xlsx": "card.report(path, charts=False)",
    "report.docx": "card.report(path, charts=False)",
}
NEEDS = {
    "figures.xlsx": "xlsxwriter",
    "figures.parquet": "polars",
    "plan.toml": "tomli_w",
    "report.html": "jinja2",
    "report.xlsx": "xlsxwriter",
    "report.docx": "docx",
}


def run(name: str, path: Path, before: str = "", writer: str | None = None) -> "subprocess.CompletedProcess[str]":
    """Run a writer in a process of its own, after what is to happen to it."""
    if name in NEEDS:
        pytest.importorskip(NEEDS[name])
    code = textwrap.dedent(PREPARED) + textwrap.dedent(before) + "\n" + (writer or WRITERS[name]) + "\n"
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, str(path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def left_beside(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir() if each != path)


# What happens at the worst moments: the new file is begun, half written, whole and not yet in its place.
KILLS = {
    "when it is opened": "os.fdopen = lambda *given, **how: os.kill(os.getpid(), 9)",
    "when half is written": """
        original = os.fdopen
        class Half:
            def __init__(self, file): self._file = file
            def __enter__(self): self._file.__enter__(); return self
            def __exit__(self, *error): return self._file.__exit__(*error)
            def __getattr__(self, name): return getattr(self._file, name)
            def write(self, data):
                self._file.write(data[: len(data) // 2]); self._file.flush()
                os.kill(os.getpid(), 9)
        os.fdopen = lambda *given, **how: Half(original(*given, **how))
    """,
    "when it is flushed": "os.fsync = lambda handle: os.kill(os.getpid(), 9)",
    "before it takes its place": """
        from pathlib import Path
        Path.replace = lambda self, target: os.kill(os.getpid(), 9)
    """,
}


@pytest.mark.parametrize("moment", KILLS)
@pytest.mark.parametrize(
    "name", ["plan.yaml", "card.json", "figures.csv", "figures.xlsx", "figures.parquet", "report.html"]
)
def test_a_writer_that_is_killed_leaves_the_old_file_whole(name: str, moment: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("the old file", encoding="utf-8")
    done = run(name, path, "import os\n" + textwrap.dedent(KILLS[moment]))
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert path.read_text(encoding="utf-8") == "the old file"


@pytest.mark.parametrize("name", WRITERS)
def test_a_writer_that_is_killed_at_any_time_leaves_the_old_file_or_the_new(name: str, tmp_path: Path) -> None:
    if name in NEEDS:
        pytest.importorskip(NEEDS[name])
    path = tmp_path / name
    assert run(name, path).returncode == 0
    whole = path.read_bytes()
    path.write_bytes(b"the old file")
    code = textwrap.dedent(PREPARED) + f"print('ready', flush=True)\nwhile True:\n    {WRITERS[name]}\n"
    words = [sys.executable, "-W", "ignore", "-c", code, str(path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.3)
        process.kill()
    found = path.read_bytes()
    assert found == b"the old file" or len(found) == pytest.approx(len(whole), rel=0.01)  # archives carry the time
    if not name.endswith(("xlsx", "docx")):
        assert found in (b"the old file", whole)


@pytest.mark.parametrize("name", WRITERS)
def test_on_a_full_disk_the_old_file_stays_and_nothing_is_left(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("the old file", encoding="utf-8")
    limit = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); import outcome_bees.reports.report"
    before = f"{limit}\nresource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))"
    guarded = f"""
try:
    {WRITERS[name]}
except (DocumentError, OSError) as error:
    print("refused", error)
"""
    done = run(name, path, before, guarded)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("refused"), done.stdout
    assert path.read_text(encoding="utf-8") == "the old file"
    assert left_beside(path) == []


@pytest.mark.parametrize("name", ["plan.json", "figures.csv"])
def test_of_two_writers_at_once_one_is_there_whole(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    write = WRITERS[name]
    for_each = {
        number: textwrap.dedent(PREPARED)
        + f"plan = Plan(id='p{number}', title='P' * {number})\nfigures = figures[:{number}]\n"
        + f"for _ in range(40):\n    {write}\n"
        for number in (500, 900)
    }
    alone = {}
    for number, code in for_each.items():
        subprocess.run([sys.executable, "-c", code, str(path)], check=True, timeout=120)
        alone[number] = path.read_bytes()
    processes = [subprocess.Popen([sys.executable, "-c", code, str(path)]) for code in for_each.values()]
    seen = set()
    while any(each.poll() is None for each in processes):
        seen.add(path.read_bytes())
        time.sleep(0.01)
    assert [each.wait(timeout=120) for each in processes] == [0, 0]
    assert seen <= set(alone.values())
    assert left_beside(path) == []


def test_a_file_that_is_read_only_is_refused_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("the old file", encoding="utf-8")
    path.chmod(0o444)
    with pytest.raises(DocumentError) as error:
        dump_plan(Plan(id="p", title="P"), path)
    assert "read-only" in str(error.value)
    assert path.read_text(encoding="utf-8") == "the old file"
    assert left_beside(path) == []


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(DocumentError, match="permission denied"):
            dump_plan(Plan(id="p", title="P"), tmp_path / "plan.json")
    finally:
        tmp_path.chmod(0o755)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    figure = Observation(measure="m", period="CY2024", area="x", value=1)
    with pytest.raises(DocumentError) as error:
        dump_observations([figure], tmp_path / "nowhere" / "figures.csv")
    assert "there is no folder" in str(error.value)


def test_what_cannot_be_read_by_others_is_a_plain_refusal(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as error:
        dump_plan(Plan(id="p", title="P"), tmp_path, format="json")
    assert "it is a directory" in str(error.value)
