"""``outcome-bees evaluate``: the main job on published figures, for people and for programs."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from outcome_bees import Scorecard, evaluate_plan, load_observations, load_plan
from outcome_bees.presentation.console import columns_of
from outcome_bees.serializers import load

PLAN, FIGURES = "examples/hertfordshire-2024-25.yaml", "examples/hertfordshire.csv"
EVALUATE = ["evaluate", PLAN, FIGURES, "--as-of", "2025-12-31", "--area", "E10000015"]
Run = Callable[..., tuple[int, str, str]]


def test_the_main_job_is_told_in_80_columns(run: Run) -> None:
    code, out, err = run(*EVALUATE)
    assert (code, err) == (0, "")
    assert max(map(columns_of, out.splitlines())) <= 80
    assert re.search(r"Children looked after +11% +less than +✘ missed +↘ worsening", out)
    assert re.search(r"Social worker turnover +9\.8% +less than +✔ achieved +↗ improving", out)
    assert "series break" in out


@pytest.mark.parametrize("columns", [40, 60, 79, 100, 200])
def test_a_terminal_of_any_width_is_kept_to(columns: int, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    _, out, _ = run(*EVALUATE)
    assert max(map(columns_of, out.splitlines())) <= columns
    assert "achieved" in out


def test_tallies_by_bee_and_ambition_come_with_their_denominators(run: Run) -> None:
    _, out, _ = run(*EVALUATE)
    tallies = out[out.index("By outcome bee") :]
    assert re.search(r"Be Independent +2 of 2 assessed +2 ", tallies)
    assert re.search(r"Be Happy +none assessed +2 ", tallies)
    assert "By ambition" in tallies
    assert tallies.count("The whole plan") == 2


def test_rows_for_a_spreadsheet_are_exact_and_one_for_each_answer(run: Run) -> None:
    _, out, _ = run(*EVALUATE, "--format", "csv")
    rows = {row["measure"]: row for row in csv.DictReader(io.StringIO(out))}
    plans = rows["ehcp-within-20-weeks"]
    assert (plans["value"], plans["required"], plans["status"], plans["period"]) == (
        "56.3",
        "40.2",
        "achieved",
        "CY2024",
    )
    assert rows["cla-three-or-more-homes"]["gap"] == "-2"
    protection = rows["cpp-rate"]
    assert (protection["status"], protection["reason"], protection["verdict"]) == ("not_assessed", "overdue", "met")
    assert len(rows) == len(set(rows)) == out.count("standard,")


def test_markdown_and_a_page_say_the_same(run: Run) -> None:
    _, paper, _ = run(*EVALUATE, "--format", "markdown")
    _, page, _ = run(*EVALUATE, "--format", "html")
    assert "| 9.8% (year to 30 Sep 2024) | less than 12.7% | ✔ achieved (2.9 ahead) | ↗ improving |" in paper
    assert page.startswith("<!DOCTYPE html>")
    assert page.count('<th scope="row"') == sum(line.startswith("| ") for line in paper.splitlines()) - sum(
        line.startswith(("| Measure |", "| :--", "| Outcome bee |", "| Ambition |")) for line in paper.splitlines()
    )


def test_json_is_the_whole_scorecard_and_can_be_loaded_again(run: Run) -> None:
    code, out, err = run(*EVALUATE, "--output", "card.json")
    assert (code, out, err) == (0, "", "")
    figures = load_observations(FIGURES)
    assert load("card.json", Scorecard) == evaluate_plan(
        load_plan(PLAN), figures, as_of=date(2025, 12, 31), area="E10000015"
    )


@pytest.mark.parametrize(
    ("name", "begins"), [("card.html", "<!DOCTYPE"), ("card.md", "## "), ("card.csv", "measure,"), ("card", "Hert")]
)
def test_the_name_of_the_output_says_its_format(name: str, begins: str, run: Run) -> None:
    code, out, err = run(*EVALUATE, "--output", name)
    assert (code, out, err) == (0, "", "")
    assert Path(name).read_text(encoding="utf-8").startswith(begins)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("card.docx", "--output: given 'card.docx'; allowed: a name ending in .txt, .json, .csv, .md"),
        ("nowhere/card.html", "card.html cannot be written"),
    ],
)
def test_an_output_that_cannot_be_is_told(name: str, message: str, run: Run) -> None:
    code, out, err = run(*EVALUATE, "--output", name)
    assert (code, out) == (2, "")
    assert message in err
    assert "nowhere" not in name or "there is no folder" in err


def test_a_folder_is_no_table(run: Run) -> None:
    code, _, err = run("evaluate", PLAN, "examples", *EVALUATE[3:])
    assert (code, err) == (2, "outcome-bees: examples: it is a directory\n")


def test_a_file_that_cannot_be_written_is_left_as_it_was(run: Run) -> None:
    Path("taken").mkdir()
    code, _, err = run(*EVALUATE, "--output", "taken")
    assert code == 2
    assert "taken" in err
    assert sorted(each.name for each in Path().iterdir()) == ["examples", "taken"]


def test_a_policy_is_chosen_by_its_id_and_named_in_the_answer(run: Run) -> None:
    _, out, _ = run(*EVALUATE, "--policy", "five-per-cent")
    assert "policy five-per-cent" in out
    assert re.search(r"Five-year-olds with a +69\.8% +more than +✔ achieved", out)


def test_a_policy_is_taken_from_a_file_or_from_the_plan(run: Run) -> None:
    Path("ours.yaml").write_text("format: outcome-bees/1\npolicy: {id: ours, near_within: {percent: 10}}\n")
    _, out, _ = run(*EVALUATE, "--policy-file", "ours.yaml")
    assert "policy ours" in out
    own = "format: outcome-bees/1\nextends: hertfordshire-2024-25.yaml\n"
    Path("examples/own.yaml").write_text(f"{own}policies: [{{id: mine, near_within: {{percent: 10}}}}]\n")
    words = [EVALUATE[0], "examples/own.yaml", *EVALUATE[2:]]
    assert run(*words, "--policy", "mine")[1].replace("mine", "ours") == out
    code, _, err = run(*words, "--policy", "my")
    assert (code, "not-worse-than-last-year, mine" in err) == (2, True)


def test_a_policy_that_cannot_be_read_is_told_with_its_line(run: Run) -> None:
    Path("ours.yaml").write_text("format: outcome-bees/1\npolicy:\n  id: ours\n  near_within: {percent: 0}\n")
    code, _, err = run(*EVALUATE, "--policy-file", "ours.yaml")
    assert code == 2
    assert "ours.yaml, line 4" in err
    assert "$.policy.near_within.percent" in err
    assert run(*EVALUATE, "--policy-file", "ours.yaml", "--policy", "standard")[0] == 2


def test_a_published_edition_is_named_instead_of_a_file(run: Run) -> None:
    words = ["evaluate", "catalogue:strategic-priorities-2024-25", *EVALUATE[2:]]
    code, out, err = run(*words, "--format", "csv")
    rows = {row["measure"]: row for row in csv.DictReader(io.StringIO(out))}
    assert (code, err) == (0, "")
    assert rows["ehcp-within-20-weeks"]["reason"] == "baseline_not_set"
    assert {row["rag"] for row in rows.values()} <= {"grey", "green"}


WRONG = {
    "a day that is none": (
        ["--as-of", "2025-02-30"],
        "--as-of: given '2025-02-30'; allowed: a date, such as 2025-12-31",
    ),
    "a policy there is not": (["--policy", "five-percent"], "did you mean five-per-cent?"),
    "a format there is not": (["--format", "xml"], "choose from"),
    "a word there is not": (["--polcy", "x"], "unrecognized arguments: --polcy x"),
    "an area that is no code": (["--area", "E1 0"], "--area: given 'E1 0'"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_word_is_told_in_one_line(case: str, run: Run) -> None:
    words, message = WRONG[case]
    code, out, err = run(*EVALUATE, *words)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_without_a_day_nothing_is_evaluated(run: Run) -> None:
    code, _, err = run("evaluate", PLAN, FIGURES)
    assert code == 2
    assert "--as-of" in err


def test_where_there_are_figures_of_several_places_one_must_be_said(run: Run) -> None:
    code, out, err = run("evaluate", PLAN, FIGURES, "--as-of", "2025-12-31")
    assert (code, out) == (2, "")
    assert (
        err == "outcome-bees: --area or --every-area is needed: there are figures of E10000015, E12000006, E92000001\n"
    )


def test_where_there_are_figures_of_one_place_it_need_not_be_said(run: Run) -> None:
    lines = Path(FIGURES).read_text(encoding="utf-8").splitlines()
    Path("one.csv").write_text(
        "\n".join(line for line in lines if "E92000001" not in line and "E12" not in line), encoding="utf-8"
    )
    code, out, _ = run("evaluate", PLAN, "one.csv", "--as-of", "2025-12-31")
    assert code == 0
    assert "Hertfordshire (E10000015), as known on" in out


def test_a_place_without_figures_is_warned_of(run: Run) -> None:
    code, out, err = run(*EVALUATE[:-1], "E10000051")
    assert code == 0
    assert err.startswith("outcome-bees: warning: there are no figures of E10000051, only of E10000015,")
    assert "none assessed" in out


def test_an_unknown_measure_is_told_with_its_line_and_the_nearest(run: Run) -> None:
    text = Path(FIGURES).read_text(encoding="utf-8").rstrip("\n")
    Path("more.csv").write_text(f"{text}\nehcp-within-20-week,E10000015,CY2025,60,,,,ours\n", encoding="utf-8")
    line = text.count("\n") + 2
    code, out, err = run("evaluate", PLAN, "more.csv", *EVALUATE[3:])
    assert (code, out) == (2, "")
    assert f"more.csv, line {line}" in err
    assert "did you mean ehcp-within-20-weeks?" in err
    code, out, err = run("evaluate", PLAN, "more.csv", *EVALUATE[3:], "--allow-unknown-measures")
    assert (code, err) == (0, "")


BROKEN = {
    "not-there.csv": (None, "there is no such file"),
    "thousands.csv": ('measure,period,area,value\ncpp-rate,2024-03-31,E10000015,"1,234"\n', "line 2"),
    "nan.csv": ("measure,period,area,value\ncpp-rate,2024-03-31,E10000015,nan\n", "line 2"),
    "unit.csv": ("measure,period,area,value,unit\ncpp-rate,2024-03-31,E10000015,1,10**10**10\n", "line 2"),
    "mismatch.csv": ("measure,period,area,value,unit\ncpp-rate,2024-03-31,E10000015,1,child\n", "line 2"),
    "columns.csv": ("measure,period,area,valeu\n", "did you mean value?"),
    "figures.txt": ("", "its name does not say its format"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_bad_figures_are_one_message_that_says_where(name: str, run: Run) -> None:
    content, message = BROKEN[name]
    if content is not None:
        Path(name).write_text(content, encoding="utf-8")
    code, out, err = run("evaluate", PLAN, name, *EVALUATE[3:])
    assert (code, out) == (2, "")
    assert err.startswith("outcome-bees: ")
    assert name in err
    assert message in err
    assert "Traceback" not in err


def test_a_malformed_plan_is_one_message_that_says_where(run: Run) -> None:
    Path("bad.yaml").write_text("format: outcome-bees/1\nid: p\ntitle: P\nmeasures:\n  - id: m\n", encoding="utf-8")
    code, out, err = run("evaluate", "bad.yaml", *EVALUATE[2:])
    assert (code, out) == (2, "")
    assert "bad.yaml, line 5" in err
    assert "$.measures[0]" in err


def test_text_that_a_terminal_would_obey_is_not_passed_on(run: Run) -> None:
    Path("sly.yaml").write_text('format: outcome-bees/1\nid: p\ntitle: "\\e[31mred\\e]0;x\\a"\n', encoding="utf-8")
    _, out, _ = run("evaluate", "sly.yaml", FIGURES, *EVALUATE[3:], "--allow-unknown-measures")
    assert "\x1b" not in out
    assert out.startswith("[31mred ]0;x")
