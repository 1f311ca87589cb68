"""``outcome-bees show``, ``lint``, ``compare``, ``read``, ``validate`` and ``convert``."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from outcome_bees import catalogue, lint, load_observations, load_plan
from outcome_bees.cli.progress import progress

PLAN, FIGURES = "examples/hertfordshire-2024-25.yaml", "examples/hertfordshire.csv"
EDITIONS = ["plan-2018-21", "our-way-forward-2021-26", "strategic-priorities-2024-25"]
Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize("name", EDITIONS)
def test_a_plan_is_shown_with_every_priority_and_measure_once(name: str, run: Run) -> None:
    code, out, err = run("show", f"catalogue:{name}", "--format", "markdown")
    plan = catalogue.load(name)
    assert (code, err) == (0, "")
    titles = [
        line.split(" | ")[0].removeprefix("| ").replace("&nbsp;", "")
        for line in out.splitlines()
        if line.startswith("| ")
    ]
    rows = sorted(
        re.sub(r" \((?:Be [^)]*|priority)\)$", "", each)
        for each in titles
        if each not in {":--", "Priorities and their measures", "no priorities"}
    )
    assert rows == sorted([*(each.title for each in plan.priorities), *(each.title for each in plan.measures)])


def test_an_ambition_without_priorities_is_shown_all_the_same(run: Run) -> None:
    _, out, _ = run("show", "catalogue:our-way-forward-2021-26")
    assert out.count("no priorities") == 5
    assert "A skilled workforce, proud of where it works\n" in out


def test_a_plan_is_shown_with_bees_directions_units_and_targets(run: Run) -> None:
    _, out, _ = run("show", PLAN)
    assert "5 ambitions, 17 priorities" in out
    assert re.search(r"Care leavers aged 17-18 in +increase +percent +improve on 2023-24, due\n", out)
    assert "Enough local school places, special school places among them (Be Ambitious)\n" in out


def test_lint_tells_each_finding_with_a_remedy_and_fails_only_on_errors(run: Run) -> None:
    code, out, _ = run("lint", "catalogue:plan-2018-21", "--format", "json")
    findings = json.loads(out)
    assert len(findings) == len(lint(catalogue.load("plan-2018-21")))
    assert sum(each["id"] == "no_direction" for each in findings) == 26
    assert all(each["remedy"] for each in findings)
    assert code == int(any(each["severity"] == "error" for each in findings))


def test_lint_exits_with_1_where_a_target_can_never_be_judged(run: Run) -> None:
    text = "format: outcome-bees/1\nid: p\ntitle: P\nmeasures:\n  - {id: m, title: M, unit: count}\n"
    Path("p.yaml").write_text(
        f"{text}targets:\n  - {{id: t, measure: m, aim: {{kind: reach, value: 5}}}}\n", encoding="utf-8"
    )
    code, out, err = run("lint", "p.yaml")
    assert (code, err) == (1, "")
    assert "✘" in out
    assert "1 error" in out


def test_lint_looks_at_figures_as_well_where_the_day_is_given(run: Run) -> None:
    measures = "measures: [{id: m, title: M, unit: percent, direction: increase}]\n"
    Path("p.yaml").write_text(f"format: outcome-bees/1\nid: p\ntitle: P\n{measures}", encoding="utf-8")
    Path("f.csv").write_text("measure,period,area,value\nm,CY2025,E10000015,61\n", encoding="utf-8")
    code, out, _ = run("lint", "p.yaml", "f.csv", "--as-of", "2025-06-30", "--format", "csv")
    assert code == 0
    assert "period_not_over" in out
    assert "period_not_over" not in run("lint", "p.yaml", "f.csv", "--as-of", "2026-01-31", "--format", "csv")[1]
    for words in (("f.csv",), ("--as-of", "2025-06-30")):
        code, _, err = run("lint", "p.yaml", *words)
        assert code == 2
        assert "FIGURES needs --as-of, and --as-of needs FIGURES" in err


def test_lint_says_that_it_found_nothing(run: Run) -> None:
    Path("p.yaml").write_text("format: outcome-bees/1\nid: p\ntitle: P\n", encoding="utf-8")
    code, out, _ = run("lint", "p.yaml")
    assert code == 0
    assert "Nothing was found." in out


def test_two_editions_are_compared_item_by_item(run: Run) -> None:
    words = ("compare", "catalogue:our-way-forward-2021-26", "catalogue:strategic-priorities-2024-25")
    code, out, _ = run(*words, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    ambitions = {row["new"]: (row["old"], row["relation"]) for row in rows if row["collection"] == "ambitions"}
    assert ambitions["trauma-focused-services"] == ("trauma-informed-services", "reworded")
    assert "continued" in run(*words)[1]


def test_a_sentence_is_read_with_the_words_that_said_so(run: Run) -> None:
    code, out, _ = run("read", "Reduce the proportion of late reviews from 12% to 8% by March 2026")
    assert code == 0
    assert re.search(r"direction +decrease +“Reduce”", out)
    _, out, _ = run("read", "Staff survey data", "--format", "json")
    assert "direction" not in json.loads(out)


def test_good_files_are_valid(run: Run) -> None:
    code, out, err = run("validate", PLAN, FIGURES, "--plan", PLAN)
    assert (code, err) == (0, "")
    assert "0 problems in 2 files." in out


def test_every_problem_of_every_file_is_told_with_its_place(run: Run) -> None:
    Path("bad.csv").write_text(
        "measure,period,area,value\ncpp-rate,2024,E10000015,\nX,CY2024,E10000015,1\n", encoding="utf-8"
    )
    Path("bad.yaml").write_text("format: outcome-bees/1\nid: P\ntitel: P\n", encoding="utf-8")
    code, out, _ = run("validate", "bad.csv", PLAN, "bad.yaml", "--format", "json")
    problems = json.loads(out)
    assert code == 1
    assert {(each["file"], each["line"]) for each in problems} >= {
        ("bad.csv", 2),
        ("bad.csv", 3),
        ("bad.yaml", 2),
        ("bad.yaml", 3),
    }
    code, out, _ = run("validate", "bad.csv", PLAN, "bad.yaml")
    assert code == 1
    assert f"{len(problems)} problems in 3 files." in out


def test_validate_shows_fifty_problems_of_a_file_and_counts_the_rest(run: Run, tmp_path: Path) -> None:
    rows = "".join(f"m,CY2024,E1,x{number}\n" for number in range(1200))
    (tmp_path / "bad.csv").write_text(f"measure,period,area,value\n{rows}")
    code, out, _ = run("validate", "bad.csv")
    assert code == 1
    assert out.count("allowed: a decimal") == 50
    assert "1,150 more in this file" in out
    assert "1,200 problems in 1 file." in out
    assert run("validate", "bad.csv", "--format", "csv")[1].count("allowed: a decimal") == 1200


def test_a_file_that_is_not_there_is_no_invalid_file(run: Run) -> None:
    assert run("validate", PLAN, "not-there.yaml") == (
        2,
        "",
        "outcome-bees: not-there.yaml: No such file or directory\n",
    )


def test_a_plan_and_figures_are_converted_without_loss(run: Run) -> None:
    assert run("convert", PLAN, "plan.json") == (0, "", "")
    assert load_plan("plan.json") == load_plan(PLAN)
    assert run("convert", FIGURES, "figures.csv") == (0, "", "")
    assert load_observations("figures.csv") == load_observations(FIGURES)


def test_a_format_that_a_name_does_not_say_is_told_with_the_name(run: Run) -> None:
    code, _, err = run("convert", PLAN, "plan.docx")
    assert code == 2
    assert err.startswith(f"outcome-bees: {PLAN}, plan.docx: its name does not say its format; allowed: ")


@pytest.mark.parametrize("words", [[], ["--help"], ["evaluate", "--help"], ["nonsense"]])
def test_help_and_mistakes_end_with_the_right_code(words: list[str], run: Run) -> None:
    code, out, err = run(*words)
    assert code == (0 if "--help" in words else 2)
    assert bool(out) is ("--help" in words)
    assert bool(err) is ("--help" not in words)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_told_after_two_seconds_and_taken_away_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 1.0, 2.5, 2.6, 3.0])
    terminal = Terminal()
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    monkeypatch.setattr("sys.stderr", terminal)
    with progress("big.csv") as told:
        assert told is not None
        for done in (10, 50, 55, 90):
            told(done, 100)
    assert terminal.getvalue() == "\rreading big.csv: 50%\rreading big.csv: 90%\r                    \r"


def test_progress_is_not_told_to_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", io.StringIO())
    with progress("big.csv") as told:
        assert told is None


def test_the_schema_is_json_and_says_which_draft_it_is_of(run: Run) -> None:
    code, out, err = run("schema")
    assert (code, err) == (0, "")
    assert json.loads(out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


AIMS = {
    "{kind: reach, value: 95}": "reach 95.0%",
    "{kind: stay_between, low: 85, high: 90}": "stay between 85.0% and 90.0%",
    "{kind: improve, by: {amount: 2}}": "improve by 2.0 percentage points on a baseline not stated",
    "{kind: hold}": "be no worse than a baseline not stated",
    "{kind: beat, comparator: england, by: {percent: 10}}": "be better than England by 10 per cent",
    "{kind: complete}": "be done",
    "{kind: rank, best: 1, of: 4}": "be in the best 1 of 4 groups",
    "null": "to be agreed",
}


@pytest.mark.parametrize("aim", AIMS)
def test_every_sort_of_aim_is_shown_in_words(aim: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    text = (
        "format: outcome-bees/1\nid: p\ntitle: P\nmeasures:\n"
        "  - {id: m, title: M, unit: percent, direction: increase}\n"
        f"targets:\n  - {{id: t, measure: m, aim: {aim}, due: CY2024}}\n"
        "comparators:\n  - {id: england, title: England, areas: [E92000001]}\n"
    )
    Path("p.yaml").write_text(text, encoding="utf-8")
    code, out, err = run("show", "p.yaml")
    assert (code, err) == (0, "")
    assert f"{AIMS[aim]}, due 2024" in out


def test_findings_are_rows_for_a_spreadsheet_too(run: Run) -> None:
    _, out, _ = run("lint", "catalogue:plan-2018-21", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == len(lint(catalogue.load("plan-2018-21")))
    assert {row["severity"] for row in rows} <= {"error", "warning", "info"}
