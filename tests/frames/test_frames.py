"""What frames take, refuse and give back, in examples."""

import json
import subprocess
import sys
from datetime import date
from typing import Any

import pytest

from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Complete,
    Improve,
    Margin,
    Measure,
    Observation,
    Observations,
    Period,
    Plan,
    Policy,
    Rank,
    Reach,
    Status,
    Target,
    evaluate,
    frames,
)
from outcome_bees.errors import (
    AmbiguousObservationError,
    InvalidTypeError,
    InvalidValueError,
    PeriodError,
    UnitMismatchError,
)
from outcome_bees.evaluation.policy import NOT_WORSE_THAN_LAST_YEAR

AS_OF = date(2025, 6, 1)
MEASURE = Measure(id="plans", title="Plans in 20 weeks", unit="percent", direction="increase", outcome_bees=["be-safe"])
TARGET = Target(id="sixty", measure="plans", aim=Reach(60), due="FY2024-25", tolerance=Margin(amount=5))
PLAN = Plan(id="p", title="P", measures=[MEASURE], targets=[TARGET])


@pytest.fixture
def pl() -> Any:
    return pytest.importorskip("polars")


def table(**columns: list[Any]) -> dict[str, list[Any]]:
    """One figure, with some of its columns otherwise."""
    rows = max(map(len, columns.values()), default=1)
    one: dict[str, list[Any]] = {"measure": ["plans"], "period": ["FY2024-25"], "area": ["E1"], "value": [60.0]}
    return {**{name: held * rows for name, held in one.items()}, **columns}


def only(plan: Plan, frame: Any, **settings: Any) -> dict[str, Any]:
    (row,) = frames.evaluate(plan, frame, as_of=AS_OF, **settings).rows(named=True)
    return row  # type: ignore[no-any-return]


def test_a_frame_comes_back_as_the_sort_of_frame_it_was(pl: Any) -> None:
    pd, pa, duckdb = (pytest.importorskip(name) for name in ("pandas", "pyarrow", "duckdb"))
    figures = pl.DataFrame(table())
    connection = duckdb.connect()
    connection.register("figures", figures.to_arrow())
    for frame in (
        figures,
        figures.lazy(),
        figures.to_pandas(),
        figures.to_arrow(),
        connection.table("figures"),
    ):
        assert type(frames.evaluate(PLAN, frame, as_of=AS_OF)) is type(frame)
    assert issubclass(type(figures.to_pandas()), pd.DataFrame)
    assert issubclass(type(figures.to_arrow()), pa.Table)


def test_a_table_of_the_callers_own_is_never_taken_for_one_of_ours() -> None:
    pytest.importorskip("pyarrow")
    connection = pytest.importorskip("duckdb").connect()
    connection.execute("CREATE TABLE held AS SELECT 1 AS x")
    figures = connection.query("SELECT 'plans' AS measure, 'FY2024-25' AS period, 'E1' AS area, 60.0 AS value")
    assert frames.evaluate(PLAN, figures, as_of=AS_OF).select("status").fetchall() == [("achieved",)]


def test_the_columns_that_come_are_those_of_the_contract(pl: Any) -> None:
    row = only(PLAN, pl.DataFrame(table()))
    assert list(row) == [column.name for column in frames.RESULTS]
    assert row["status"] == "achieved"


def test_nan_and_null_are_no_figure_and_no_failing(pl: Any) -> None:
    for missing in (float("nan"), None):
        row = only(PLAN, pl.DataFrame(table(value=[missing]), schema_overrides={"value": pl.Float64}))
        assert (row["status"], row["reason"], row["value"]) == ("not_assessed", "not_available", None)


def test_a_pandas_column_that_holds_nothing_is_null_whatever_its_type() -> None:
    pd = pytest.importorskip("pandas")
    nothing = pd.Series([None], dtype=object)
    frame = pd.DataFrame({**table(), "value": nothing, "numerator": nothing, "recorded": nothing, "absence": ["low"]})
    (answer,) = frames.evaluate(PLAN, frame, as_of=AS_OF).to_dict("records")
    assert answer["reason"] == "low"


def test_an_infinity_is_refused(pl: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"plans, FY2024-25: given 'an infinity'"):
        frames.evaluate(PLAN, pl.DataFrame(table(value=[float("inf")])), as_of=AS_OF)


def test_a_missing_column_is_named_with_those_there_are(pl: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"\['measure', 'period', 'area', 'values'\].*column 'value'.*'values'"):
        frames.evaluate(PLAN, pl.DataFrame(table()).rename({"value": "values"}), as_of=AS_OF)


@pytest.mark.parametrize("missing", ["measure", "period", "area", "value"])
def test_a_column_that_every_frame_has_is_missed(pl: Any, missing: str) -> None:
    with pytest.raises(InvalidValueError, match=f"allowed: a frame with a column '{missing}'"):
        frames.evaluate(PLAN, pl.DataFrame(table()).drop(missing), as_of=AS_OF)
    assert {each.name for each in frames.FIGURES if each.needed} == {"measure", "period", "area", "value"}


def test_a_column_of_a_wrong_type_is_named_with_its_type(pl: Any) -> None:
    with pytest.raises(InvalidTypeError, match=r"column 'value': given 'String'; allowed: a number type"):
        frames.evaluate(PLAN, pl.DataFrame(table(value=["60"])), as_of=AS_OF)


@pytest.mark.parametrize("by", [(), ("place",), "area", ("area", "area"), ("area", "value")])
def test_by_is_the_area_and_further_columns(pl: Any, by: Any) -> None:
    with pytest.raises(InvalidValueError):
        frames.evaluate(PLAN, pl.DataFrame(table()), as_of=AS_OF, by=by)


def test_what_is_no_frame_is_refused_in_words() -> None:
    with pytest.raises(InvalidTypeError, match="frame: given 'list'; allowed: a pandas, Polars or Spark DataFrame"):
        frames.evaluate(PLAN, [1, 2], as_of=AS_OF)  # type: ignore[type-var]


def test_two_figures_with_nothing_to_tell_which_holds_are_refused(pl: Any) -> None:
    twice = table(value=[60.0, 61.0])
    with pytest.raises(AmbiguousObservationError, match="measure plans, period FY2024-25, area E1"):
        frames.evaluate(PLAN, pl.DataFrame(twice), as_of=AS_OF)
    with pytest.raises(AmbiguousObservationError):
        frames.evaluate(PLAN, pl.LazyFrame(twice), as_of=AS_OF)
    later = pl.DataFrame({**twice, "recorded": [date(2025, 4, 1), date(2025, 5, 1)]})
    assert only(PLAN, later)["value"] == 61.0


def test_a_text_that_is_no_code_of_a_period_is_refused(pl: Any) -> None:
    with pytest.raises(PeriodError, match="2024/25"):
        frames.evaluate(PLAN, pl.DataFrame(table(period=["2024/25"])), as_of=AS_OF)


def test_figures_of_measures_that_the_plan_does_not_have_are_left_aside(pl: Any) -> None:
    others = pl.DataFrame(table(measure=["plans", "others"], period=["FY2024-25", "no period at all"]))
    assert only(PLAN, others)["status"] == "achieved"


def test_a_value_with_an_absence_is_refused(pl: Any) -> None:
    with pytest.raises(InvalidValueError, match="a value and an absence"):
        frames.evaluate(PLAN, pl.DataFrame(table(absence=["suppressed"])), as_of=AS_OF)
    with pytest.raises(InvalidValueError, match="hidden"):
        frames.evaluate(
            PLAN,
            pl.DataFrame(table(value=[None], absence=["hidden"]), schema_overrides={"value": pl.Float64}),
            as_of=AS_OF,
        )


def test_a_unit_is_converted_exactly_or_refused(pl: Any) -> None:
    assert only(PLAN, pl.DataFrame(table(value=[0.57], unit=["fraction"])))["value"] == 57.0
    with pytest.raises(UnitMismatchError):
        frames.evaluate(PLAN, pl.DataFrame(table(unit=["count"])), as_of=AS_OF)


def test_decimals_are_read_as_the_numbers_they_are(pl: Any) -> None:
    from decimal import Decimal

    row = only(PLAN, pl.DataFrame(table(value=[Decimal("54.9")])))
    assert (row["verdict"], row["gap"]) == ("off", -5.1)


def test_each_part_that_by_divides_has_its_own_ranks(pl: Any) -> None:
    best = Plan(
        id="p",
        title="P",
        measures=[MEASURE],
        targets=[Target(id="best", measure="plans", aim=Rank(1, 2), due="FY2024-25")],
    )
    figures = pl.DataFrame(table(value=[1.0, 2.0, 8.0, 9.0], area=["E1", "E2", "E1", "E2"], phase=["a", "a", "b", "b"]))
    rows = frames.evaluate(best, figures, as_of=AS_OF, by=("area", "phase")).rows(named=True)
    assert {(row["area"], row["phase"]): row["verdict"] for row in rows} == {
        ("E1", "a"): "off",
        ("E2", "a"): "met",
        ("E1", "b"): "off",
        ("E2", "b"): "met",
    }


def test_near_only_if_no_worse_than_a_year_before_holds_beside_a_comparator(pl: Any) -> None:
    england = Comparator(id="england", title="England", areas=["E92000001"])
    beat = Target(id="t", measure="plans", aim=Beat("england"), due="FY2024-25", tolerance=Margin(percent=5))
    plan = Plan(id="p", title="P", measures=[MEASURE], targets=[beat], comparators=[england])
    figures = pl.DataFrame(
        table(
            period=["FY2024-25", "FY2024-25", "FY2024-25", "FY2023-24", "FY2023-24"],
            area=["E92000001", "E1", "E2", "E1", "E2"],
            value=[20.0, 20.0, 20.0, 33.3, 19.0],
        )
    )
    rows = frames.evaluate(plan, figures, as_of=AS_OF, policy=NOT_WORSE_THAN_LAST_YEAR).rows(named=True)
    assert {row["area"]: row["verdict"] for row in rows if row["area"] != "E92000001"} == {"E1": "off", "E2": "near"}


def test_a_hole_in_the_series_is_not_skipped_over(pl: Any) -> None:
    figures = pl.DataFrame(table(period=["FY2021-22", "FY2022-23", "FY2024-25"], value=[10.0, 20.0, 30.0]))
    rows = frames.evaluate(PLAN, figures, as_of=AS_OF, history=True).sort("period").rows(named=True)
    assert [row["travel"] for row in rows] == [None, "improving", None]


def test_in_a_history_a_milestone_done_before_its_measure_ended_was_achieved(pl: Any) -> None:
    ended = Measure(id="plans", title="Plans", unit="milestone", ended=date(2024, 9, 30))
    plan = Plan(id="p", title="P", measures=[ended], targets=[Target(id="done", measure="plans", aim=Complete())])
    figures = pl.DataFrame(
        table(period=["FY2021-22", "FY2022-23", "FY2023-24", "FY2024-25"], value=[0.0, 1.0, 1.0, 1.0])
    )
    rows = frames.evaluate(plan, figures, as_of=AS_OF, history=True).sort("period").rows(named=True)
    assert [(row["period"], row["status"]) for row in rows] == [
        ("FY2021-22", "not_assessed"),
        ("FY2022-23", "achieved"),
    ]
    assert only(plan, figures)["reason"] == "discontinued"


def test_a_roll_up_counts_with_its_denominator(pl: Any) -> None:
    figures = pl.DataFrame(table(value=[60.0, 56.0, None], area=["E1", "E2", "E3"]))
    answers = frames.evaluate(PLAN, figures, as_of=AS_OF)
    (row,) = frames.roll_up(PLAN, answers, to="bee", by=()).rows(named=True)
    told = {
        name: row[name]
        for name in (
            "bee",
            "achieved",
            "narrowly_missed",
            "total",
            "assessed",
            "good",
            "share",
            "worst",
            "rag",
        )
    }
    assert told == {
        "bee": "be-safe",
        "achieved": 1,
        "narrowly_missed": 1,
        "total": 3,
        "assessed": 2,
        "good": 1,
        "share": 0.5,
        "worst": "narrowly_missed",
        "rag": "amber",
    }


def test_a_level_that_there_is_not_is_refused(pl: Any) -> None:
    with pytest.raises(InvalidValueError, match="bee, ambition, priority, compound, measure, plan"):
        frames.roll_up(PLAN, pl.DataFrame(table()), to="colour")


def test_the_rulebook_judges_as_evaluate_does_with_comparisons_alone() -> None:
    held = Target(
        id="better",
        measure="plans",
        aim=Improve(by=Margin(percent=10)),
        baseline=Baseline("FY2022-23"),
        tolerance=Margin(amount=1),
    )
    plan = Plan(id="p", title="P", measures=[MEASURE], targets=[TARGET, held])
    rows = frames.rulebook(plan)
    period = Period.from_code("FY2024-25")
    for value in ("54.9", "55", "55.1", "59.9999", "60", "44", "43", "42.9"):
        for base in ("40", "-40"):
            figures = [
                Observation(measure="plans", period=at, area="E1", value=number)
                for at, number in ((period, value), ("FY2022-23", base))
            ]
            for target in plan.targets:
                said = evaluate(target, measure=MEASURE, observations=figures, as_of=AS_OF)
                assert [
                    row["label"] for row in rows if row["target"] == target.id and holds(row, float(value), float(base))
                ] == [said.verdict]


def holds(row: dict[str, Any], number: float, reference: float) -> bool:
    """Whether a figure lies in a row of the rulebook, as anyone would write it."""
    if row["reference_from"] is not None and reference < row["reference_from"]:
        return False
    if row["reference_below"] is not None and reference >= row["reference_below"]:
        return False
    above = row["lower"] is None or number >= row["lower"] + row["lower_weight"] * reference
    below = row["upper"] is None or number < row["upper"] + row["upper_weight"] * reference
    return above and below


def test_rows_come_back_as_evaluations(pl: Any) -> None:
    (one,) = frames.evaluations(frames.evaluate(PLAN, pl.DataFrame(table()), as_of=AS_OF), as_of=AS_OF, plan=PLAN)
    assert (one.status, one.due, str(one.gap)) == (Status.ACHIEVED, Period.from_code("FY2024-25"), "0.0")
    assert one.observation == Observation(measure="plans", period="FY2024-25", area="E1", value=60.0)


def test_an_open_data_table_becomes_figures(pl: Any) -> None:
    published = pl.DataFrame(
        {
            "time_period": ["202425", "202425", "202425"],
            "time_identifier": ["Financial year"] * 3,
            "geographic_level": ["National", "Local authority", "Local authority"],
            "country_code": ["E92000001"] * 3,
            "new_la_code": [None, "E10000015", "E10000015"],
            "sex": ["Total", "Total", "Female"],
            "pt_in_time": ["61.2", "c", "57"],
        }
    )
    found = frames.from_ees(published, indicators={"pt_in_time": "plans"}, filters={"sex": "sex"})
    assert sorted(found.rows(), key=str) == [
        ("plans", "FY2024-25", "E10000015", 57.0, None, "Female"),
        ("plans", "FY2024-25", "E10000015", None, "suppressed", None),
        ("plans", "FY2024-25", "E92000001", 61.2, None, None),
    ]
    with pytest.raises(InvalidValueError, match="sixty"):
        frames.from_ees(published.with_columns(pt_in_time=pl.lit("sixty")), indicators={"pt_in_time": "plans"})


def test_importing_frames_brings_no_data_frame_library() -> None:
    code = (
        "import sys, json, outcome_bees.frames;"
        "engines = {'polars', 'pandas', 'pyarrow', 'duckdb', 'pyspark'};"
        "print(json.dumps(sorted(engines & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


@pytest.mark.parametrize(
    ("figures", "status"),
    [
        ({"2024-12-31": 0.0}, "missed"),
        ({"2024-06-30": 0.0, "2024-12-31": 0.0, "2025-03-31": 1.0}, "missed"),
        ({"2024-06-30": 1.0, "2024-12-31": 0.0}, "achieved"),
        ({"2024-09-30": 0.0, "2024-12-31": 1.0}, "missed"),
        ({"2024-12-31": 1.0}, "not_assessed"),
    ],
)
def test_a_milestone_is_settled_by_a_figure_of_after_its_day_that_says_not_done(
    pl: Any, figures: dict[str, float], status: str
) -> None:
    measure = Measure(id="plans", title="Plan adopted", unit="milestone")
    target = Target(id="t", measure="plans", aim=Complete(), due="2024-09-30")
    plan = Plan(id="p", title="P", measures=[measure], targets=[target])
    frame = pl.DataFrame(table(period=list(figures), value=list(figures.values())))
    assert only(plan, frame)["status"] == status


def test_a_figure_recorded_before_its_period_ended_is_on_the_way(pl: Any) -> None:
    early = pl.DataFrame(table(period=["FY2025-26"], recorded=[date(2025, 5, 1)]))
    target = Target(id="t", measure="plans", aim=Reach(60), due="FY2025-26")
    plan = Plan(id="p", title="P", measures=[MEASURE], targets=[target])
    assert only(plan, early)["status"] == "on_track"


def test_a_baseline_that_is_nowhere_is_the_reason_also_before_the_figure_is_due(pl: Any) -> None:
    def reason(frame: Any, baseline: Baseline | None) -> Any:
        target = Target(id="t", measure="plans", aim=Improve(), due="FY2025-26", baseline=baseline)
        return only(Plan(id="p", title="P", measures=[MEASURE], targets=[target]), frame)["reason"]

    before = pl.DataFrame(table(period=["FY2021-22"]))
    assert reason(before, None) == reason(before, Baseline("FY2023-24")) == "baseline_not_set"
    assert reason(before, Baseline("FY2023-24", 50)) == "not_yet_due"
    assert reason(pl.DataFrame(table(period=["FY2023-24"])), Baseline("FY2023-24")) == "not_yet_due"


@pytest.mark.parametrize(
    ("period", "due", "status"),
    [
        ("2025-02", "2025-06", "on_track"),
        ("FY2024-25-Q4", "FY2025-26-Q1", "on_track"),
        ("FY2024-25", "FY2024-25-Q4", "not_assessed"),
        ("FY2022-23..FY2024-25", "FY2024-25", "not_assessed"),
        ("FY2024-25-Q1..Q4", "FY2024-25", "achieved"),
    ],
)
def test_counts_are_compared_over_periods_of_one_kind_alone(pl: Any, period: str, due: str, status: str) -> None:
    measure = Measure(id="plans", title="Plans", unit="count", direction="increase")
    target = Target(id="t", measure="plans", aim=Reach(30), due=due)
    plan = Plan(id="p", title="P", measures=[measure], targets=[target])
    assert only(plan, pl.DataFrame(table(period=[period])))["status"] == status


@pytest.mark.parametrize(
    ("direction", "value", "status"),
    [
        ("decrease", 140.0, "off_track"),
        ("decrease", 90.0, "not_assessed"),
        ("increase", 100.0, "on_track"),
        ("maintain", 90.0, "not_assessed"),
        ("maintain", 140.0, "off_track"),
    ],
)
def test_a_count_so_far_settles_what_it_can_no_longer_change(
    pl: Any, direction: str, value: float, status: str
) -> None:
    measure = Measure(id="plans", title="Plans", unit="count", direction=direction)
    target = Target(id="t", measure="plans", aim=Reach(100), due="FY2025-26")
    plan = Plan(id="p", title="P", measures=[measure], targets=[target])
    frame = pl.DataFrame(table(period=["FY2025-26-Q1..Q1"], value=[value], recorded=[date(2025, 5, 30)]))
    assert only(plan, frame)["status"] == status


def test_from_zero_to_zero_nothing_has_changed_whatever_the_dead_band(pl: Any) -> None:
    policy = Policy(id="dead-band", no_change_within=Margin(percent=5))
    for value, travel in ((0.0, "no_change"), (1.0, None)):
        frame = pl.DataFrame(table(period=["FY2023-24", "FY2024-25"], value=[0.0, value]))
        assert only(PLAN, frame, policy=policy)["travel"] == travel


def test_a_missing_number_is_the_reason_before_a_percentage_of_zero(pl: Any) -> None:
    target = Target(
        id="t",
        measure="plans",
        aim=Improve(Margin(percent=100)),
        due="FY2024-25",
        baseline=Baseline("FY2023-24"),
        tolerance=Margin(percent=100),
    )
    plan = Plan(id="p", title="P", measures=[MEASURE], targets=[target])
    assert only(plan, pl.DataFrame(table()))["reason"] == "baseline_not_set"


@pytest.mark.parametrize("sort", ["E0500{:04}", "E0700{:04}", "{:06}"])
def test_ranks_stay_among_places_of_one_sort(pl: Any, sort: str) -> None:
    target = Target(id="t", measure="plans", aim=Rank(1, 4), due="FY2024-25")
    plan = Plan(id="p", title="P", measures=[MEASURE], targets=[target])
    councils = {"E10000015": 60.0, "E10000016": 50.0, "E06000055": 40.0, "E09000006": 30.0}
    more = {sort.format(number): 90.0 + number for number in range(12)}
    areas = {**councils, **more}
    frame = pl.DataFrame(table(area=list(areas), value=list(areas.values())))
    rows = frames.evaluate(plan, frame, as_of=AS_OF).rows(named=True)
    status = {row["area"]: (row["status"], row["reason"]) for row in rows}
    assert status["E10000015"] == ("achieved", None)
    assert status[sort.format(0)] == ("missed", None)
    both_tiers = ("not_assessed", "comparator_missing") if sort.startswith("E07") else ("missed", None)
    assert status["E06000055"] == both_tiers


def test_how_many_places_meet_each_measure_is_a_roll_up_by_measure(pl: Any) -> None:
    measures = [Measure(id=id, title=id, unit="percent", direction="increase") for id in ("a", "b")]
    targets = [Target(id=f"t-{each.id}", measure=each.id, aim=Reach(50), due="CY2024") for each in measures]
    plan = Plan(id="p", title="P", measures=measures, targets=targets)
    values: dict[str, list[int | None]] = {"a": [60, 40, 55], "b": [10, 51, None]}
    figures = pl.DataFrame(
        {
            "measure": ["a"] * 3 + ["b"] * 3,
            "period": ["CY2024"] * 6,
            "area": ["E1", "E2", "E3"] * 2,
            "value": [*values["a"], *values["b"]],
        }
    )
    answers = frames.evaluate(plan, figures, as_of="2025-12-31")
    counted = {row["measure"]: row for row in frames.roll_up(plan, answers, by="measure").rows(named=True)}
    assert {id: (row["good"], row["assessed"], row["total"]) for id, row in counted.items()} == {
        "a": (2, 3, 3),
        "b": (1, 2, 3),
    }
    same = frames.roll_up(plan, answers, to="measure", by=()).rows(named=True)
    assert {row["measure"]: row["good"] for row in same} == {"a": 2, "b": 1}


@pytest.mark.parametrize("code", ["e10000015", "E10000015 ", "E1000015", "E1O000015"])
@pytest.mark.parametrize("engine", ["polars", "lazy", "pandas", "pyarrow", "duckdb"])
def test_what_is_nearly_a_code_is_refused_in_bulk_as_one_by_one(code: str, engine: str) -> None:
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    plan = Plan(
        id="p", title="P", measures=[measure], targets=[Target(id="t", measure="m", aim=Reach(5), due="CY2024")]
    )
    columns = {"measure": ["m"] * 2, "area": ["E10000016", code], "period": ["CY2024"] * 2, "value": [5.0, 6.0]}
    frame: Any = pytest.importorskip("polars").DataFrame(columns)
    if engine == "lazy":
        frame = frame.lazy()
    elif engine == "pandas":
        frame = pytest.importorskip("pandas").DataFrame(columns)
    elif engine == "pyarrow":
        frame = pytest.importorskip("pyarrow").table(columns)
    elif engine == "duckdb":
        table = pytest.importorskip("pyarrow").table(columns)
        frame = pytest.importorskip("duckdb").from_arrow(table)
    with pytest.raises(InvalidValueError, match=r"column 'area': given .*E10000015"):
        frames.evaluate(plan, frame, as_of=date(2025, 6, 1))


def test_observations_given_for_a_frame_are_told_what_makes_one() -> None:
    with pytest.raises(InvalidTypeError, match=r"frames\.from_observations gives its columns"):
        frames.evaluate(PLAN, Observations(), as_of=AS_OF)  # type: ignore[type-var]


def test_how_settled_a_figure_is_stands_beside_its_answer_where_that_is_asked(pl: Any) -> None:
    columns = table(period=["FY2023-24", "FY2024-25"], value=[50.0, 60.0], revision=["final", "provisional"])
    row = only(PLAN, pl.DataFrame(columns), revision=True)
    assert list(row) == [column.name for column in (*frames.RESULTS, frames.REVISION)]
    assert row["revision"] == "provisional"
    (answer,) = frames.evaluations(
        frames.evaluate(PLAN, pl.DataFrame(columns), as_of=date(2025, 6, 1), revision=True), as_of=date(2025, 6, 1)
    )
    assert answer.revision == "provisional"
    assert "revision" not in only(PLAN, pl.DataFrame(columns))
    unknown = pl.DataFrame({name: cells for name, cells in columns.items() if name != "revision"})
    assert only(PLAN, unknown, revision=True)["revision"] is None
    assert only(PLAN, pl.DataFrame({**columns, "revision": [None, None]}), revision=True)["revision"] is None


@pytest.mark.parametrize("given", [None, 5, "sex", b"sex", object(), True, [1], [None]])
def test_what_names_no_columns_is_an_error_of_ours(pl: Any, given: Any) -> None:
    """``breakdown="sex"`` was read letter by letter, and girls were then figures of everybody."""
    frame = pl.DataFrame({**table(), "sex": ["girls"]})
    asked: dict[str, Any] = {"as_of": date(2025, 6, 1)}
    for call in (frames.evaluate, frames.trend, frames.xmr, lambda *a, **k: frames.compare(*a, against="E1", **k)):
        with pytest.raises(InvalidTypeError, match=r"breakdown: given .*; allowed: names of columns"):
            call(PLAN, frame, breakdown=given, **asked)
        with pytest.raises(InvalidValueError, match="by: given"):
            call(PLAN, frame, by=given, **asked)
        if not isinstance(given, str):
            with pytest.raises(InvalidTypeError, match="plan: given"):
                call(given, frame, **asked)
