"""A large table of figures goes through an engine by itself, and the answer is the same."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from outcome_bees import Observation, dump_observations, dump_plan, load_observations, load_plan
from outcome_bees.cli import figures
from outcome_bees.cli.progress import elapsed

Run = Callable[..., tuple[int, str, str]]
PLAN, FIGURES = "examples/hertfordshire-2024-25.yaml", "examples/hertfordshire.csv"
WORDS = ["--as-of", "2025-12-31"]

# Every sort of cell: a unit of its own, vintages, parts of the population, symbols, a guarded text, float noise.
ODD = '''measure,period,area,value,absence,breakdown,numerator,denominator,lower,upper,unit,revision,recorded,note
cpp-rate,2024-03-31,E10000015,0.00321,,,,,,,fraction,,,"two
lines, and ""quotes"""
cpp-rate,2024-03-31,E92000001,41.6,,,10,20,40,42,,provisional,2024-11-14,'=guarded
cpp-rate,2024-03-31,E92000001,41.70000000000001,,,,,,,,final,2025-02-01,
cla-three-or-more-homes,2025-03-31,E10000015,,c,,,,,,,,,
cla-three-or-more-homes,2025-03-31,E10000015,9,,sex=girls; age=0-4,,,,,,,,
ehcp-within-20-weeks,CY2024,E12000006,,low,,,,,,,,,
ehcp-within-20-weeks,CY2024,E10000015,60,,,,,,,,forecast,,
'''


@pytest.fixture(params=["polars", "duckdb"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """An engine, with every table taken for a large one."""
    name: str = request.param
    pytest.importorskip(name)
    monkeypatch.setattr(figures, "LARGE", 0)
    monkeypatch.setattr(figures, "_ENGINES", (name,))
    return name


def both(run: Run, monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[tuple[int, str, str], tuple[int, str, str]]:
    """What is said of a table as a large one and as a small one; the large one is not read one by one as well."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the table was read figure by figure")

    with monkeypatch.context() as patched:
        patched.setattr(figures, "load_observations", refuse)
        large = run(*words)
    with monkeypatch.context() as patched:
        patched.setattr(figures, "_ENGINES", ())
        return large, run(*words)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
@pytest.mark.parametrize("form", ["text", "csv", "json"])
def test_the_main_job_says_the_same_of_a_large_table(
    engine: str, form: str, suffix: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump_observations(load_observations(FIGURES), f"figures.{suffix}")
    for where in (["--area", "E10000015"], ["--every-area"]):
        large, small = both(run, monkeypatch, "evaluate", PLAN, f"figures.{suffix}", *WORDS, *where, "--format", form)
        assert large == small
        assert large[0] == 0


def test_every_sort_of_cell_is_read_alike(engine: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("odd.csv").write_text(ODD, encoding="utf-8")
    for where in (["--area", "E10000015"], ["--every-area"]):
        words = ["evaluate", PLAN, "odd.csv", *WORDS, *where, "--format", "csv"]
        large, small = both(run, monkeypatch, *words)
        assert large == small
        assert "cpp-rate" in large[1]


def test_published_digits_survive_to_the_answers_of_every_place(
    engine: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("digits.csv").write_text(
        "measure,period,area,value,unit\n"
        "social-worker-turnover,2024-09-30,E10000015,95.00,\n"
        "social-worker-turnover,2024-09-30,E12000006,0.0980,fraction\n"
        "social-worker-turnover,2024-09-30,E92000001,9.123456789012,\n",
        encoding="utf-8",
    )
    words = ["evaluate", PLAN, "digits.csv", *WORDS, "--every-area", "--format", "csv"]
    large, small = both(run, monkeypatch, *words)
    assert large == small
    rows = csv.DictReader(io.StringIO(large[1]))
    values = {row["area"]: row["value"] for row in rows if row["measure"] == "social-worker-turnover"}
    assert values == {"E10000015": "95.00", "E12000006": "9.8", "E92000001": "9.123456789012"}


def test_decimals_of_a_parquet_file_keep_their_digits(engine: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    figure = Observation(measure="social-worker-turnover", period="2024-09-30", area="E10000015", value="95.00")
    dump_observations([figure], "digits.parquet")
    words = ["evaluate", PLAN, "digits.parquet", *WORDS, "--every-area", "--format", "json"]
    large, small = both(run, monkeypatch, *words)
    assert large == small
    assert '"value": 95.00' in large[1]


def test_places_that_changed_are_judged_alike_from_a_large_table(
    engine: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("places.yaml").write_text(
        """format: outcome-bees/1
id: p
title: P
measures: [{id: m, title: M, unit: percent, direction: increase, frequency: yearly}]
comparators: [{id: c, title: C, areas: [E10000002]}, {id: d, title: D, areas: [E10000006]}]
targets:
  - {id: improve, measure: m, aim: {kind: improve}, due: FY2024-25, baseline: {period: FY2021-22}}
  - {id: beat, measure: m, aim: {kind: beat, comparator: c}, due: FY2024-25}
  - {id: beat-none, measure: m, aim: {kind: beat, comparator: d}, due: FY2024-25}
""",
        encoding="utf-8",
    )
    rows = [("FY2021-22", "E10000027", 40), ("FY2021-22", "E10000006", 40), ("FY2023-24", "E06000066", 43)]
    rows += [("FY2024-25", area, 45) for area in ("E06000066", "E06000063")] + [("FY2024-25", "E06000060", 44)]
    lines = ["measure,period,area,value", *(f"m,{period},{area},{value}" for period, area, value in rows)]
    Path("places.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for place, statuses in {
        "E06000066": ["achieved", "achieved", "not_assessed series_break"],
        "E06000063": ["not_assessed series_break", "achieved", "not_assessed series_break"],
    }.items():
        words = ["evaluate", "places.yaml", "places.csv", *WORDS, "--area", place, "--format", "csv"]
        large, small = both(run, monkeypatch, *words)
        assert large == small
        found = csv.DictReader(io.StringIO(large[1]))
        assert [f"{row['status']} {row['reason']}".strip() for row in found] == statuses
    large, small = both(
        run, monkeypatch, "evaluate", "places.yaml", "places.csv", *WORDS, "--every-area", "--format", "csv"
    )
    assert large == small


def test_a_fault_of_ours_is_not_hidden(engine: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr("outcome_bees.frames.files._check_rows", fail)
    with pytest.raises(ZeroDivisionError, match="a fault of ours"):
        run("evaluate", PLAN, FIGURES, *WORDS, "--every-area")


def test_figures_of_all_places_are_read_where_a_place_is_ranked_among_them(
    engine: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from outcome_bees import Measure, Plan, Rank, Target

    measure = Measure(id="m", title="M", unit="count", direction="increase")
    best = Target(id="best", measure="m", aim=Rank(1, 2), due="CY2024")
    dump_plan(Plan(id="p", title="P", measures=[measure], targets=[best]), "ranked.yaml")
    Path("ranked.csv").write_text(
        "measure,period,area,value\n" + "".join(f"m,CY2024,E{n},{n}\n" for n in (1, 2, 3, 4)), encoding="utf-8"
    )
    large, small = both(run, monkeypatch, "evaluate", "ranked.yaml", "ranked.csv", *WORDS, "--area", "E3")
    assert large == small
    assert "achieved" in large[1]


BROKEN = {
    "a number that is none": "cpp-rate,2024-03-31,E10000015,n/a,",
    "a period that is none": "cpp-rate,2024,E10000015,1,",
    "a measure that the plan has not": "cpp,2024-03-31,E10000015,1,",
    "neither value nor absence": "cpp-rate,2024-03-31,E10000015,,",
    "both of them": "cpp-rate,2024-03-31,E10000015,1,c",
    "a figure that is there twice": "cpp-rate,2023-03-31,E12000006,1,",
    "a row that is too short": "cpp-rate,2024-03-31",
    "an absence that is none": "cpp-rate,2024-03-31,E10000015,,hidden",
    "a quote that is never closed": 'cpp-rate,2024-03-31,"E10000015,1,',
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_wrong_in_a_large_table_is_told_with_its_line(case: str, engine: str, run: Run) -> None:
    good = "measure,period,area,value,absence\ncpp-rate,2023-03-31,E12000006,1,\n"
    Path("bad.csv").write_text(f"{good}{BROKEN[case]}\n", encoding="utf-8")
    code, out, err = run("evaluate", PLAN, "bad.csv", *WORDS, "--area", "E12000006")
    assert (code, out) == (2, "")
    assert "bad.csv, line 3" in err


def test_strange_measures_are_left_aside_where_that_is_said(engine: str, run: Run) -> None:
    Path("more.csv").write_text(
        "measure,period,area,value\nother,CY2024,E9,1\ncpp-rate,2024-03-31,E10000015,1\n", encoding="utf-8"
    )
    words = ["evaluate", PLAN, "more.csv", *WORDS, "--area", "E10000015"]
    assert run(*words)[0] == 2
    assert run(*words, "--allow-unknown-measures")[0] == 0


def test_every_place_has_its_tally_and_every_answer_its_row(run: Run) -> None:
    words = ["evaluate", PLAN, FIGURES, *WORDS, "--every-area"]
    code, out, err = run(*words)
    assert (code, err) == (0, "")
    assert "3 places, as known on 31 December 2025" in out
    assert out.index("E10000015") < out.index("E12000006") < out.index("E92000001") < out.rindex("All")
    rows = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv")[1])))
    plan = load_plan(PLAN)
    assert {row["area"] for row in rows} == {"E10000015", "E12000006", "E92000001"}
    assert {row["measure"] for row in rows} == {measure.id for measure in plan.measures}
    turnover = next(row for row in rows if (row["measure"], row["area"]) == ("social-worker-turnover", "E10000015"))
    assert (turnover["value"], turnover["required"], turnover["gap"]) == ("9.8", "12.7", "2.9")
    assert turnover["area_name"] == "Hertfordshire"


def test_a_place_has_the_same_row_alone_and_among_all(run: Run) -> None:
    words = ["evaluate", PLAN, FIGURES, *WORDS, "--format", "csv"]
    one, every = (
        list(csv.DictReader(io.StringIO(run(*words, *where)[1])))
        for where in (["--area", "E10000015"], ["--every-area"])
    )
    assert one == [row for row in every if row["area"] == "E10000015"]
    assert all(any(row[name] for row in every) for name in ("goal", "baseline", "explanation"))


def test_the_way_that_a_place_has_gone_is_told_of_every_place(
    engine: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from outcome_bees import Baseline, Measure, Plan, Reach, Target

    measure = Measure(id="m", title="M", unit="count", direction="increase")
    target = Target(id="t", measure="m", aim=Reach(20), baseline=Baseline(period="CY2023"), due="CY2025")
    dump_plan(Plan(id="p", title="P", measures=[measure], targets=[target]), "way.yaml")
    Path("way.csv").write_text(
        "measure,period,area,value\n"
        + "".join(f"m,CY{year},E{n},{n + year - 2013}\n" for n in (0, 5) for year in (2023, 2024)),
        encoding="utf-8",
    )
    large, small = both(run, monkeypatch, "evaluate", "way.yaml", "way.csv", *WORDS, "--every-area", "--format", "csv")
    assert large == small
    rows = [(row["goal"], row["baseline"], row["progress"]) for row in csv.DictReader(io.StringIO(large[1]))]
    assert rows == [("20", "10", "0.1000"), ("20", "15", "0.2000")]


def test_the_time_that_an_engine_takes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    from outcome_bees.cli import progress

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

        def write(self, said: str) -> int:
            told.set()
            return super().write(said)

    told, terminal = Event(), Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(progress, "_PATIENCE", 0.01)
    monkeypatch.setattr(progress, "_PAUSE", 0.01)
    with elapsed("big.csv"):
        assert told.wait(10)
    assert "reading big.csv: 0 s" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r")


def test_figures_of_a_place_that_can_hardly_be_meant_are_warned_of_in_a_large_table_too(engine: str, run: Run) -> None:
    from outcome_bees import Measure, Plan, Reach, Target

    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    target = Target(id="t", measure="m", aim=Reach(95), due="CY2025")
    dump_plan(Plan(id="p", title="P", measures=[measure], targets=[target]), "shares.yaml")
    rows = "".join(f"m,CY{year},{area},0.9{year - 2018}\n" for area in ("E1", "E2") for year in range(2019, 2025))
    Path("shares.csv").write_text(f"measure,period,area,value\n{rows}", encoding="utf-8")
    code, _, said = run("evaluate", "shares.yaml", "shares.csv", *WORDS, "--area", "E1")
    assert code == 0
    assert "m: all 6 figures are between 0 and 1, and the target is 95%" in said
