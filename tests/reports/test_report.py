"""A report is what the name of its file says."""

from pathlib import Path

import pytest

from outcome_bees import Observations, Scorecard
from outcome_bees.errors import InvalidValueError
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
