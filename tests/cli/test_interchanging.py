"""``outcome-bees convert`` writes and reads XML of other standards, and says what is lost."""

from pathlib import Path
from typing import Any

import pytest

from outcome_bees import load_observations, load_plan
from outcome_bees.cli import main

pytest.importorskip("lxml")

PLAN, FIGURES = "examples/hertfordshire-2024-25.yaml", "examples/hertfordshire.csv"
pytestmark = pytest.mark.usefixtures("examples_here")


@pytest.mark.parametrize("standard", ["stratml", "iati"])
def test_a_plan_and_its_figures_go_there_and_back_with_extensions(standard: str, capsys: Any) -> None:
    there = ["convert", PLAN, "plan.xml", "--format", standard, "--figures", FIGURES, "--extensions"]
    assert main([*there, "--area", "E10000015"] if standard == "stratml" else there) == 0
    assert main(["convert", "plan.xml", "back.yaml", "--figures", "back.csv"]) == 0
    assert load_plan("back.yaml") == load_plan(PLAN)
    assert list(load_observations("back.csv")) == list(load_observations(FIGURES))
    assert capsys.readouterr().err == ""


def test_what_is_lost_is_said(capsys: Any) -> None:
    assert main(["convert", PLAN, "plan.xml", "--format", "stratml"]) == 0
    assert "fields are lost:" in capsys.readouterr().err
    assert main(["convert", PLAN, "plan.xml", "--format", "iati", "--figures", FIGURES, "--area", "E10000015"]) == 0
    assert main(["convert", "plan.xml", "back.yaml"]) == 0
    said = capsys.readouterr().err
    assert "figures are not written: --figures FILE says where to" in said
    assert len(load_plan("back.yaml").measures) == len(load_plan(PLAN).measures)


def test_a_document_goes_to_another_program(capfdbinary: Any) -> None:
    assert main(["convert", PLAN, "-", "--format", "iati"]) == 0
    assert capfdbinary.readouterr().out.startswith(b"<?xml")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nofile.xml", "a.yaml"], "there is no such file"),
        ([PLAN, "a.xml"], "allowed: stratml, iati"),
        ([PLAN, "a.json", "--extensions"], "allowed: with --format stratml or iati"),
        ([PLAN, "a.json", "--figures", FIGURES], "allowed: with --format stratml or iati"),
        (["html.xml", "a.yaml"], "its root is html"),
        (["html.xml", "a.yaml", "--format", "iati"], "a format of ours"),
        ([PLAN, "a.xml", "--format", "stratml", "--figures", FIGURES], "a document has one place"),
    ],
)
def test_what_cannot_be_converted_is_refused_in_words(words: list[str], said: str, capsys: Any) -> None:
    Path("html.xml").write_text("<html/>", encoding="utf-8")
    assert main(["convert", *words]) == 2
    assert said in capsys.readouterr().err
    assert not Path("a.xml").exists()
