"""A report is what the name of its file says."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("matplotlib", reason="the extra 'report' is not installed")
pytest.importorskip("jinja2", reason="the extra 'report' is not installed")
pytest.importorskip("docx", reason="the extra 'report' is not installed")
pytest.importorskip("xlsxwriter", reason="the extra 'report' is not installed")


from attrs import evolve
from hypothesis import HealthCheck, given, settings, strategies as st

from outcome_bees import Observations, Plan, Scorecard, catalogue, evaluate_plan, testing
from outcome_bees.errors import AmbiguousObservationError, InvalidValueError, MissingExtraError
from outcome_bees.reports._drawing import overlapping
from outcome_bees.reports.contents import contents_of
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


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(testing.plans(), st.data())
def test_any_card_of_any_plan_can_be_reported_with_charts_that_read_well(plan: Plan, data: st.DataObject) -> None:
    ids = [each.id for each in plan.measures]
    drawn = data.draw(testing.series(st.sampled_from(ids), most=20)) if ids else []
    moved = [evolve(each, area="E10000015", breakdown={}, unit=None) for each in drawn]
    try:
        figures = Observations(moved, provisional_after_final_ok=True)
        card = evaluate_plan(plan, figures, as_of=date(2030, 1, 1), area="E10000015")
    except AmbiguousObservationError:  # figures that differed by place or breakdown alone
        return
    contents = contents_of(card, figures)
    for entry in contents.entries:
        assert not entry.has_chart or overlapping(entry.chart(contents.names)) == []
    for format in ("html", "docx", "xlsx"):
        assert report_bytes(card, format, observations=figures)


@pytest.mark.parametrize("name", catalogue.names())
def test_a_published_edition_without_figures_can_be_reported(name: str) -> None:
    card = evaluate_plan(catalogue.load(name), [], as_of=date(2025, 12, 31), area="E10000006")
    for format in ("html", "docx", "xlsx"):
        assert report_bytes(card, format)
