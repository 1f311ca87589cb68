"""The command on the files that people have: spreadsheets as they are shown, published files, and a council's own."""

import csv
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from outcome_bees import (
    Baseline,
    Improve,
    Measure,
    Observation,
    Observations,
    Plan,
    Reach,
    Target,
    dump_plan,
    frames,
    inspect,
    load_plan,
    load_sources,
)
from outcome_bees.layouts import Source
from outcome_bees.serializers import load
from outcome_bees.serializers.documents import read
from outcome_bees.serializers.json import dump
from outcome_bees.sources import load_frame

Run = Callable[..., tuple[int, str, str]]
PLAN = """format: outcome-bees/1
id: trial
title: Trial plan
measures:
  - {id: calls, title: Calls answered in time, unit: percent, direction: increase, frequency: quarterly}
targets:
  - {id: calls, measure: calls, aim: {kind: reach, value: 95}, due: FY2024-25-Q1, tolerance: {amount: 2}}
"""
HEADER = ["measure", "period", "area", "value"]


@pytest.fixture
def here(examples_here: Path) -> Path:
    (examples_here / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return examples_here


def workbook(path: Path, sheets: dict[str, float], *, hidden: str = "", shown_as: str = "General") -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    book = xlsxwriter.Workbook(path)
    style = book.add_format({"num_format": shown_as})
    for name, figure in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["calls", "FY2024-25-Q1", "E10000015"])
        sheet.write_number(1, 3, figure, style)
        if name == hidden:
            sheet.hide()
    book.close()


def test_a_cell_shown_as_a_percentage_is_one(run: Run, here: Path) -> None:
    workbook(here / "figures.xlsx", {"figures": 0.962}, shown_as="0.0%")
    code, out, err = run("evaluate", "plan.yaml", "figures.xlsx", "--as-of", "2024-12-31", "--format", "json")
    (answer,) = json.loads(out)["scorecard"]["evaluations"]
    assert (code, answer["status"], answer["gap"]) == (0, "achieved", 1.2)
    assert err == "outcome-bees: read figures.xlsx: sheet figures\n"


def test_a_hidden_sheet_is_not_read_and_the_one_that_is_read_is_named(run: Run, here: Path) -> None:
    workbook(here / "figures.xlsx", {"now": 96, "old": 50}, hidden="old")
    code, out, err = run("evaluate", "plan.yaml", "figures.xlsx", "--as-of", "2024-12-31")
    assert code == 0
    assert "achieved" in out
    assert err == "outcome-bees: read figures.xlsx: sheet now; not read: old (hidden)\n"
    _, out, err = run("evaluate", "plan.yaml", "figures.xlsx", "--sheet", "old", "--as-of", "2024-12-31")
    assert "missed" in out
    assert "sheet old" in err


@pytest.mark.parametrize("words", [["validate"], ["evaluate", "plan.yaml"]])
def test_two_sheets_with_one_figure_are_refused_naming_both(words: list[str], run: Run, here: Path) -> None:
    workbook(here / "figures.xlsx", {"draft": 50, "final": 96})
    more = ["--as-of", "2024-12-31"] if words[0] == "evaluate" else []
    code, out, err = run(*words, "figures.xlsx", *more)
    told = " ".join((out + err).split())
    assert code == (1 if words[0] == "validate" else 2)
    assert "sheet draft" in told
    assert words[0] == "validate" or "sheet final" in told


def test_convert_writes_what_a_workbook_shows(run: Run, here: Path) -> None:
    workbook(here / "figures.xlsx", {"figures": 0.962}, shown_as="0.0%")
    code, _, err = run("convert", "figures.xlsx", "figures.csv")
    assert code == 0
    assert "sheet figures" in err
    assert (here / "figures.csv").read_text(encoding="utf-8").splitlines() == [
        "measure,period,area,value,unit",
        "calls,FY2024-25-Q1,E10000015,96.2,percent",
    ]


def test_shares_in_a_measure_of_per_cent_are_warned_of_and_no_verdict_changes(run: Run, here: Path) -> None:
    rows = "".join(f"calls,FY2024-25-Q1,E100000{n},0.9{n % 10}\n" for n in range(10, 20))
    (here / "figures.csv").write_text(f"{','.join(HEADER)}\n{rows}", encoding="utf-8")
    warning = "calls: all 10 figures are between 0 and 1, and the target is 95%"
    code, out, err = run("validate", "figures.csv", "--plan", "plan.yaml")
    assert code == 0
    assert warning in err
    assert "figures.csv, lines 2, 3, 4 and 7 more" in err
    for more in ([], ["--allow-unknown-measures"]):
        words = ["figures.csv", "--as-of", "2024-12-31", "--area", "E10000018", *more]
        code, out, err = run("evaluate", "plan.yaml", *words)
        assert code == 0
        assert warning in err
        assert "missed" in out


def test_a_table_with_other_columns_is_pointed_to_inspect(run: Run, here: Path) -> None:
    (here / "figures.csv").write_text("area_code,year,indicator,value\nE10000015,2022/23,NEET,2.3\n", encoding="utf-8")
    code, out, _ = run("validate", "figures.csv", "--format", "csv")
    assert code == 1
    assert "outcome-bees inspect drafts a source" in out


def test_an_unknown_file_is_drafted_completed_and_evaluated(run: Run, here: Path) -> None:
    (here / "figures.csv").write_text("year,kpi,place,result\n2024/25 Q1,Calls,Hertfordshire,96%\n", encoding="utf-8")
    code, out, _ = run("inspect", "figures.csv", "--output", "sources.yaml")
    assert (code, out) == (0, "")
    draft = (here / "sources.yaml").read_text(encoding="utf-8")
    assert "# To decide: $.sources[0].layout.calendar: " in draft
    code, _, err = run("evaluate", "plan.yaml", "--sources", "sources.yaml", "--as-of", "2024-12-31")
    assert code == 2
    assert "sources.yaml, line" in err
    (here / "sources.yaml").write_text(draft.replace('calendar: "?"', "calendar: financial"), encoding="utf-8")
    code, out, err = run("evaluate", "plan.yaml", "--sources", "sources.yaml", "--as-of", "2024-12-31")
    assert (code, err) == (0, "")
    assert "achieved" in out
    assert run("validate", "sources.yaml", "--plan", "plan.yaml")[0] == 0


def test_what_is_wrong_in_a_source_is_listed_by_validate_with_its_file_and_line(run: Run, here: Path) -> None:
    (here / "figures.csv").write_text("year,result\n2024/25,many\n", encoding="utf-8")
    source = (
        "file: figures.csv\n    layout: {kind: long, columns: {period: year, value: result}, measure: calls, area: E1}"
    )
    (here / "sources.yaml").write_text(f"format: outcome-bees/1\nsources:\n  - {source}\n", encoding="utf-8")
    code, out, _ = run("validate", "sources.yaml", "--format", "json")
    assert code == 1
    assert [(each["file"], each["line"], each["path"]) for each in json.loads(out)] == [
        ("figures.csv", 2, "$.year"),
        ("figures.csv", 2, "$.result"),
    ]


@pytest.mark.parametrize(
    "words", [[], ["figures.csv", "--sources", "sources.yaml"], ["--sources", "sources.yaml", "--sheet", "a"]]
)
def test_figures_are_given_in_one_way(words: list[str], run: Run, here: Path) -> None:
    code, _, err = run("evaluate", "plan.yaml", *words, "--as-of", "2024-12-31")
    assert code == 2
    assert "figures are needed" in err or "--sheet goes with FIGURES" in err


ANSWERS: dict[str, dict[str, Any]] = {
    "ofsted_ilacs": {
        "symbols": {"": "not_available"},
        "words": {"Outstanding": 1, "Good": 2, "Requires improvement to be good": 3, "Inadequate": 4},
    },
    "fingertips_hospital_admissions": {"calendar": "financial", "symbols": {"": "not_available"}},
    "school_places_ratings": {"symbols": {"NA": "not_available"}},
}
EXTRACTS = (
    *("care_leavers", "cin_child_protection_2013_2025", "cin_child_protection_2024_release", "cla_rates"),
    *("cla_stability_health", "education_outcomes_cla_cin", "eyfsp_absence_terms_sen", "neet_16_17"),
    *("population_0_17", "school_places_ratings", "sen2_ehcp", "workforce"),
    *("ofsted_ilacs", "fingertips_hospital_admissions"),
)


@pytest.mark.parametrize("name", EXTRACTS)
def test_each_published_extract_is_evaluated_from_its_completed_draft_and_in_bulk_alike(
    name: str, run: Run, here: Path, shared: Path
) -> None:
    file = shared / "data" / "published" / f"{name}.csv"
    tree = inspect(file).tree
    (source,) = tree["sources"]
    source["file"] = str(file)
    layout = source["layout"]
    layout |= ANSWERS.get(name, {})
    if layout.get("as_at") == "?":
        layout["as_at"] = "03-31"
    (here / "sources.json").write_text(dump(tree), encoding="utf-8")
    figures = load_sources("sources.json")
    plan = plan_for(figures)
    dump_plan(plan, "published.json")
    words = ["--sources", "sources.json", "--as-of", "2026-06-01", "--every-area", "--format", "json"]
    code, out, err = run("evaluate", "published.json", *words)
    assert (code, err) == (0, "")
    one = Counter((each["target"], each["area"], each["status"], each["reason"]) for each in json.loads(out))
    assessed = any(status != "not_assessed" for _, _, status, _ in one)
    assert assessed is (name not in ("ofsted_ilacs", "school_places_ratings")), (
        "days of single places; all not available"
    )

    pl = pytest.importorskip("polars")
    (read,) = load(here / "sources.json", Source)
    raw = pl.read_csv(file, infer_schema_length=0)
    table = frames.from_layout(raw, read.reads_as)
    parts = sorted({name for each in figures for name in each.breakdown})
    answers = frames.evaluate(plan, table, as_of="2026-06-01", breakdown=parts)
    assert Counter(answers.select("target", "area", "status", "reason").rows()) == one


def plan_for(figures: Observations) -> Plan:
    """A plan that wants of every measure, for one part of the population, more than the figure before its last."""
    series: dict[str, list[Observation]] = {}
    for each in figures:
        series.setdefault(each.measure, []).append(each)
    measures = [Measure(id=id, title=id, kind="score", direction="increase") for id in series]
    targets = []
    for id, found in series.items():
        breakdown = found[0].breakdown
        periods = sorted({each.period for each in found if each.breakdown == breakdown}, key=lambda each: each.end)
        aim: Any = Improve() if len(periods) > 1 else Reach(50)
        baseline = Baseline(periods[-2]) if len(periods) > 1 else None
        one = Target(id=f"t-{id}", measure=id, aim=aim, due=periods[-1], baseline=baseline, breakdown=breakdown)
        targets.append(one)
    return Plan(id="p", title="P", measures=measures, targets=targets)


SCORECARD = Path(__file__).parents[1] / "documents" / "council-scorecard.xlsx"
"""A wide workbook, saved by LibreOffice: merged titles and group headings, YTD, two sheets of years, one hidden."""

SERVICE_PLAN = """format: outcome-bees/1
id: service
title: The service's plan
measures:
  - {id: assessments-in-45-days, title: Assessments, unit: percent, direction: increase, frequency: quarterly}
  - {id: children-in-care, title: In care, unit: count, direction: decrease, timing: snapshot, frequency: quarterly}
  - {id: placement-spend, title: Placement spend, unit: GBP_million, direction: decrease, timing: cumulative}
targets:
  - {id: assessments, measure: assessments-in-45-days, aim: {kind: reach, value: 92}, due: FY2024-25-Q4}
  - {id: children, measure: children-in-care, aim: {kind: reach, value: 980}, due: FY2024-25-Q4}
  - {id: spend, measure: placement-spend, aim: {kind: reach, value: 5}, due: FY2024-25-Q1..Q4}
"""


def test_a_workbook_of_a_council_is_drafted_completed_and_evaluated_in_small_and_in_bulk(run: Run, here: Path) -> None:
    pytest.importorskip("python_calamine")
    pl = pytest.importorskip("polars")
    (here / "scorecard.xlsx").write_bytes(SCORECARD.read_bytes())
    (here / "plan.yaml").write_text(SERVICE_PLAN, encoding="utf-8")
    code, _, err = run("inspect", "scorecard.xlsx", "--output", "sources.yaml")
    assert (code, err) == (0, "")
    draft = (here / "sources.yaml").read_text(encoding="utf-8")
    assert "hidden, and not looked at: Working" in draft
    code, _, err = run("evaluate", "plan.yaml", "--sources", "sources.yaml", "--as-of", "2025-06-01")
    assert code != 0
    assert "still to be decided" in err
    for open_yet, decided in {
        'area: "?"': "area: E10000015",
        'calendar: "?"': "calendar: financial",
        '"2024-25 YTD": "?"': '"2024-25 YTD": FY2024-25-Q1..Q4',
        '"2023-24 YTD": "?"': '"2023-24 YTD": FY2023-24-Q1..Q4',
        'n/a: "?"': "n/a: not_available",
        "Placement spend: placement-spend": "Placement spend: {measure: placement-spend, unit: GBP}",
    }.items():
        assert open_yet in draft
        draft = draft.replace(open_yet, decided)
    (here / "sources.yaml").write_text(draft, encoding="utf-8")
    words = ["--sources", "sources.yaml", "--as-of", "2025-06-01", "--format", "json"]
    code, out, err = run("evaluate", "plan.yaml", *words)
    assert (code, err) == (
        0,
        "outcome-bees: read scorecard.xlsx: sheets 2023-24, 2024-25; not read: Working (hidden)\n",
    )
    small = {
        each["target"]: (each["status"], float(each["observation"]["value"]))
        for each in json.loads(out)["scorecard"]["evaluations"]
    }
    assert small == {
        "assessments": ("achieved", 95.1),
        "children": ("missed", 987.0),
        "spend": ("achieved", 4_900_000.0),
    }
    answers = frames.evaluate(load_plan("plan.yaml"), load_frame("sources.yaml"), as_of="2025-06-01")
    assert dict(answers.select("target", "status").rows()) == {id: status for id, (status, _) in small.items()}
    assert isinstance(answers, pl.DataFrame)


def test_the_file_of_the_interactive_tool_is_evaluated_from_a_document(run: Run, here: Path, shared: Path) -> None:
    pytest.importorskip("pyarrow")
    file = shared / "data" / "large" / "lait_bds_long.parquet"
    (here / "sources.yaml").write_text(
        f"""format: outcome-bees/1
sources:
  - file: {file}
    layout:
      kind: lait
      measures: {{SEN_EHC_All_20wks: calls}}
      year_types: {{SEN_EHC_All_20wks: Calendar Year}}
      areas: {{Hertfordshire: E10000015}}
""",
        encoding="utf-8",
    )
    (here / "plan.yaml").write_text(PLAN.replace("FY2024-25-Q1", "CY2024"), encoding="utf-8")
    code, out, err = run("evaluate", "plan.yaml", "--sources", "sources.yaml", "--as-of", "2026-06-01")
    assert (code, err) == (0, "")
    assert "missed" in out


def test_the_whole_file_of_the_interactive_tool_is_drafted_completed_and_evaluated_in_small_and_in_bulk(
    run: Run, here: Path, shared: Path
) -> None:
    pl = pytest.importorskip("polars")
    file = shared / "data" / "large" / "lait_bds_long.parquet"
    code, _, err = run("inspect", str(file), "--output", "draft.yaml")
    assert (code, err) == (0, "")
    tree = read("draft.yaml").tree
    (source,) = tree["sources"]
    source["file"] = str(file)
    layout = source["layout"]
    with (shared / "data/published/lait_data_dictionary.csv").open(encoding="utf-8-sig", newline="") as dictionary:
        types = {row["Measure_short"]: row["Year_Type"] for row in csv.DictReader(dictionary)}
    raw = pl.read_parquet(file)
    assert set(layout["measures"]) == set(layout["year_types"]) == set(raw["Short Desc"])
    assert set(layout["year_types"].values()) == {"?"}
    layout["year_types"] = {name: types[name] for name in layout["year_types"]}
    (here / "sources.json").write_text(dump(tree), encoding="utf-8")

    in_python = frames.from_lait(
        raw.filter(pl.col("Years") != "0"),
        measures=layout["measures"],
        year_types=layout["year_types"],
        areas=layout["areas"],
    )
    table = load_frame("sources.json")
    keys = ["measure", "area", "period"]
    assert table.height == 640_900
    assert table.sort(keys).select(in_python.columns).equals(in_python.sort(keys))

    layout["measures"] = dict(list(layout["measures"].items())[::20])  # one by one a part of them is enough
    (here / "some.json").write_text(dump(tree), encoding="utf-8")
    figures = load_sources("some.json")
    plan = plan_for(figures)
    assert len(plan.targets) == 22
    wanted = in_python.filter(pl.col("measure").is_in([each.id for each in plan.measures]))
    answers = frames.evaluate(plan, wanted, as_of="2026-06-01")
    some = frames.evaluate(plan, load_frame("some.json"), as_of="2026-06-01")
    asked = ["target", "area", "status", "reason"]
    assert sorted(some.select(asked).rows(), key=str) == sorted(answers.select(asked).rows(), key=str)
    words = ["--sources", "some.json", "--as-of", "2026-06-01", "--every-area", "--format", "json"]
    dump_plan(plan, "published.json")
    code, out, err = run("evaluate", "published.json", *words)
    assert (code, err) == (0, "")
    one = Counter((each["target"], each["area"], each["status"], each["reason"]) for each in json.loads(out))
    assert Counter(answers.select(asked).rows()) == one


WHERE = ["--as-of", "2025-12-31", "--area", "E10000015"]


def test_figures_given_before_the_plan_are_refused_as_that(here: Path, run: Run) -> None:
    Path("figures.csv").write_text(",".join(HEADER), encoding="utf-8")
    code, out, err = run("evaluate", "figures.csv", "plan.yaml", *WHERE)
    assert (code, out) == (2, "")
    assert "figures.csv: its name says csv; allowed: json, yaml, toml (a table holds figures: the plan is named" in err


def test_an_empty_file_is_called_empty(here: Path, run: Run) -> None:
    for name in ("empty.csv", "empty.yaml"):
        Path(name).touch()
        code, out, err = run("evaluate", "plan.yaml", name, *WHERE)
        assert (code, out) == (2, "")
        assert f"{name}, $: it is empty" in err


def test_a_table_of_a_header_alone_is_evaluated_with_a_word_that_it_has_no_figures(here: Path, run: Run) -> None:
    Path("header.csv").write_text(",".join(HEADER), encoding="utf-8")
    code, out, err = run("evaluate", "plan.yaml", "header.csv", *WHERE)
    assert (code, err) == (0, "outcome-bees: warning: there are no figures in header.csv\n")
    assert "no data" in out
