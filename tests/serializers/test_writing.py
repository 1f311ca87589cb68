"""What cannot be written is refused in words, whatever it was to be written to, and what stood there stays."""

import codecs
import gzip
import io
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from outcome_bees import DocumentError, Observation, Plan, dump_observations, dump_plan, load_observations, load_plan
from outcome_bees.errors import InvalidTypeError

FIGURE = Observation(measure="m", period="CY2024", area="E1", value=1, note="“curly”")
PLAN = Plan(id="p", title="“curly”")


def told(write: Callable[[], object]) -> str:
    with pytest.raises(DocumentError) as caught:
        write()
    (problem,) = caught.value.problems
    return problem.message


def test_open_files_of_every_sort_are_written(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.json.gz", "wb") as packed:
        dump_plan(PLAN, packed, format="json")
    with gzip.open(tmp_path / "a.json.gz", "rb") as packed:
        assert load_plan(packed, format="json") == PLAN
    reader, writer = codecs.getreader("utf-8"), codecs.getwriter("utf-8")
    with codecs.StreamReaderWriter((tmp_path / "b.json").open("wb"), reader, writer) as wrapped:
        dump_plan(PLAN, wrapped, format="json")
    assert load_plan(tmp_path / "b.json") == PLAN
    for mode in ("w+", "w+b"):
        with tempfile.NamedTemporaryFile(mode, encoding=None if "b" in mode else "utf-8") as file:
            dump_plan(PLAN, file, format="json")
            file.seek(0)
            assert load_plan(file, format="json") == PLAN


@pytest.mark.parametrize(("format", "needed"), [("xlsx", "xlsxwriter"), ("parquet", "polars")])
def test_bytes_do_not_go_to_a_file_of_text(format: str, needed: str) -> None:
    pytest.importorskip(needed)
    assert "('wb')" in told(lambda: dump_observations([FIGURE], io.StringIO(), format=format))


def test_text_that_the_encoding_of_a_file_has_no_place_for_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("w", encoding="latin-1") as file:
        assert "encoding='utf-8'" in told(lambda: dump_observations([FIGURE], file, format="csv"))
    assert (tmp_path / "a.csv").read_bytes() == b""


def test_a_closed_file_and_a_full_disk_are_told(tmp_path: Path) -> None:
    file = (tmp_path / "a.json").open("w")
    file.close()
    assert "closed file" in told(lambda: dump_plan(PLAN, file, format="json"))
    if Path("/dev/full").exists():
        with open("/dev/full", "wb", buffering=0) as full:  # noqa: PTH123 - unbuffered
            assert "no space left" in told(lambda: dump_plan(PLAN, full, format="json"))
        assert "no space left" in told(lambda: dump_plan(PLAN, "/dev/full", format="json"))


@pytest.mark.parametrize("name", ["a\0b.json", "a\ud800.json"])
def test_a_name_that_no_file_can_have_is_told(name: str, tmp_path: Path) -> None:
    assert "no file can have that name" in told(lambda: dump_plan(PLAN, tmp_path / name))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_that_nobody_reads_from_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.json")
    assert "nobody reads from" in told(lambda: dump_plan(PLAN, tmp_path / "a.json"))


def test_a_file_that_is_read_only_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("before")
    path.chmod(0o444)
    assert "read-only" in told(lambda: dump_plan(PLAN, path))
    assert path.read_text() == "before"


def test_only_figures_are_written_as_figures() -> None:
    wrong: Any = [FIGURE, 1]
    file = io.StringIO()
    with pytest.raises(InvalidTypeError, match="objects of Observation"):
        dump_observations(wrong, file, format="json")
    assert file.getvalue() == ""


@pytest.mark.parametrize("format", ["json", "csv"])
def test_a_file_that_cannot_be_read_from_is_told(format: str, tmp_path: Path) -> None:
    file = (tmp_path / "a").open("w")
    assert "it cannot be read (not readable)" in told(lambda: load_observations(file, format=format))
    file.close()
    assert "closed file" in told(lambda: load_observations(file, format=format))
