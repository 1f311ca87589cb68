"""A report is what the name of its file says."""

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("jinja2", reason="the extra 'report' is not installed")
pytest.importorskip("docx", reason="the extra 'report' is not installed")
pytest.importorskip("xlsxwriter", reason="the extra 'report' is not installed")


from outcome_bees import Observations, Scorecard
from outcome_bees.errors import InvalidValueError, MissingExtraError
from outcome_bees.reports.report import report, report_bytes


@pytest.mark.parametrize(("name", "start"), [("r.html", b"<!DOCTYPE html>"), ("r.docx", b"PK"), ("r.XLSX", b"PK")])
def test_the_suffix_says_the_format(
    card: Scorecard, figures: Observations, tmp_path: Path, name: str, start: bytes
) -> None:
    report(card, tmp_path / name, observations=figures, charts=False)
    assert (tmp_path / name).read_bytes().startswith(start)


def test_another_suffix_is_refused_and_nothing_is_written(card: Scorecard, tmp_path: Path) -> None:
    with pytest.raises(InvalidValueError, match="html, docx, xlsx"):
        report(card, tmp_path / "r.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_has_no_template(card: Scorecard) -> None:
    with pytest.raises(InvalidValueError, match="none for a workbook"):
        report_bytes(card, "xlsx", template="own.xlsx")


def test_nothing_that_draws_or_writes_is_imported_before_it_is_used() -> None:
    code = (
        "import sys\n"
        "import outcome_bees.areas\n"
        "from outcome_bees.reports import charts, report, tabular\n"
        "heavy = {'matplotlib', 'jinja2', 'docx', 'xlsxwriter', 'pandas', 'polars', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"


@pytest.mark.parametrize(("format", "package"), [("html", "jinja2"), ("docx", "docx"), ("xlsx", "xlsxwriter")])
def test_a_library_that_is_not_installed_is_named_with_its_extra(
    card: Scorecard, monkeypatch: pytest.MonkeyPatch, format: str, package: str
) -> None:
    from outcome_bees.reports import page

    page._environment.cache_clear()
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=r"pip install 'outcome-bees\[report\]'"):
        report_bytes(card, format)
