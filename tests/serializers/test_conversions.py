"""One document into another format; nothing of what it says is lost."""

import io
from pathlib import Path

import pytest

from outcome_bees import DocumentError, Scorecard, Target, catalogue, load_observations, load_plan
from outcome_bees.errors import InvalidValueError
from outcome_bees.serializers import convert, load

V1 = Path(__file__).resolve().parents[1] / "documents" / "v1"


@pytest.mark.parametrize("source", ["figures.csv", "figures.json", "figures.yaml"])
@pytest.mark.parametrize(
    "target", ["figures.csv", "figures.json", "figures.yaml", "figures.toml", "figures.xlsx", "figures.parquet"]
)
def test_figures_go_from_any_format_to_any(source: str, target: str, tmp_path: Path) -> None:
    for suffix, needed in ((".toml", "tomli_w"), (".xlsx", "xlsxwriter"), (".parquet", "polars")):
        if target.endswith(suffix):
            pytest.importorskip(needed)
    convert(V1 / source, tmp_path / target)
    assert load_observations(tmp_path / target) == load_observations(V1 / "figures.csv")


@pytest.mark.parametrize("target", ["plan.json", "plan.yaml"])
def test_a_plan_goes_from_format_to_format(target: str, tmp_path: Path) -> None:
    convert(V1 / "plan.toml", tmp_path / target)
    assert load_plan(tmp_path / target) == load_plan(V1 / "plan.yaml")


def test_open_files_are_converted_too() -> None:
    target = io.StringIO()
    with (V1 / "scorecard.json").open("rb") as source:
        convert(source, target, target_format="yaml")
    assert load(io.StringIO(target.getvalue()), Scorecard, format="yaml") == load(V1 / "scorecard.json", Scorecard)
    with (V1 / "targets.json").open("rb") as source:
        convert(source, target := io.StringIO(), target_format="yaml")
    assert load(io.StringIO(target.getvalue()), Target, format="yaml") == load(V1 / "targets.json", Target)


def test_a_plan_that_extends_another_is_written_out_whole(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text("format: outcome-bees/1\nextends: catalogue:plan-2018-21\ntitle: Ours\n")
    convert(tmp_path / "ours.yaml", tmp_path / "ours.json")
    assert "extends" not in (tmp_path / "ours.json").read_text()
    assert load_plan(tmp_path / "ours.json").measures == catalogue.load("plan-2018-21").measures


def test_a_plan_is_no_table() -> None:
    with pytest.raises(InvalidValueError, match="a document of Plan"):
        convert(V1 / "plan.yaml", io.StringIO(), target_format="csv")


def test_a_source_with_problems_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("measure,period,area,value\nm,CY2024,E1,x\n")
    with pytest.raises(DocumentError):
        convert(tmp_path / "bad.csv", tmp_path / "bad.json")
    assert not (tmp_path / "bad.json").exists()
