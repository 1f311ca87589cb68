"""Which rows an answer has: every target in every place, or every figure of a history, by each sort of engine."""

from contextlib import nullcontext
from datetime import date
from typing import Any
from unittest import mock

import pytest

from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Complete,
    Hold,
    Improve,
    Margin,
    Measure,
    Observation,
    Plan,
    Policy,
    Rank,
    Reach,
    Target,
    evaluate_plan,
    frames,
)
from outcome_bees.errors import AmbiguousObservationError
from outcome_bees.frames import backend
from outcome_bees.frames.bulk import _levels

AS_OF = date(2025, 6, 1)
HERE, THERE = "E10000015", "E10000016"
YEAR, BEFORE, EARLIER = "FY2024-25", "FY2023-24", "FY2022-23"
ENGINES = pytest.mark.parametrize("engine", ["polars", "pyarrow alone"])
EVERY_SORT = pytest.mark.parametrize("engine", ["polars", "polars lazy", "duckdb", "pyarrow alone"])


def rows_of(engine: str, plan: Plan, figures: dict[str, list[Any]], **settings: Any) -> list[dict[str, Any]]:
    frame: Any
    if engine.startswith("polars"):
        frame = pytest.importorskip("polars").DataFrame(figures, infer_schema_length=None)
        frame = frame.lazy() if engine.endswith("lazy") else frame
    else:
        frame = pytest.importorskip("pyarrow").table(figures)
        frame = pytest.importorskip("duckdb").connect().from_arrow(frame) if engine == "duckdb" else frame
    with mock.patch.object(backend, "_engine_for", return_value=None) if "alone" in engine else nullcontext():
        found = frames.evaluate(plan, frame, as_of=AS_OF, **settings)
    if engine == "duckdb":
        return [dict(zip(found.columns, cells, strict=True)) for cells in found.fetchall()]
    found = found.collect() if engine.endswith("lazy") else found
    return found.to_pylist() if "alone" in engine else found.to_dicts()  # type: ignore[no-any-return]


def cells(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    return sorted((tuple(row[name] for name in names) for row in rows), key=str)


def table(rows: list[tuple[Any, ...]], *names: str) -> dict[str, list[Any]]:
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


THREE = [Measure(id=id, title=id, unit="percent", direction="increase") for id in ("m", "n", "w")]
SOMEWHERE = Plan(
    id="p",
    title="P",
    measures=THREE,
    targets=[
        Target(id="here", measure="m", aim=Reach(60), due=YEAR, area=HERE),
        Target(id="anywhere", measure="m", aim=Reach(62), due=YEAR),
        Target(id="only", measure="n", aim=Reach(5), due=YEAR, area=HERE),
    ],
)
WAVES = table(
    [
        ("m", HERE, "one", 61.0, YEAR),
        ("m", HERE, "two", 63.0, YEAR),
        ("m", THERE, "one", 62.0, YEAR),
        ("n", HERE, "one", 5.0, YEAR),
        ("n", THERE, "one", 1.0, YEAR),
        ("w", HERE, "two", 9.0, YEAR),
    ],
    *("measure", "area", "wave", "value", "period"),
)
OF_FIGURES = [
    (HERE, "one", "m", "anywhere", 61.0, "missed", None),
    (HERE, "one", "m", "here", 61.0, "achieved", None),
    (HERE, "one", "n", "only", 5.0, "achieved", None),
    (HERE, "two", "m", "anywhere", 63.0, "achieved", None),
    (HERE, "two", "m", "here", 63.0, "achieved", None),
    (HERE, "two", "w", None, 9.0, "not_assessed", "no_target"),
    (THERE, "one", "m", "anywhere", 62.0, "achieved", None),
    (THERE, "one", "n", None, 1.0, "not_assessed", "no_target"),
]
OF_NONE = [
    (HERE, "one", "w", None, None, "not_assessed", "no_target"),
    (HERE, "two", "n", "only", None, "not_assessed", "no_data"),
    (THERE, "one", "w", None, None, "not_assessed", "no_target"),
]
NAMES = ("area", "wave", "measure", "target", "value", "status", "reason")


@EVERY_SORT
def test_every_target_has_a_row_in_every_combination_that_the_figures_have(engine: str) -> None:
    rows = rows_of(engine, SOMEWHERE, WAVES, by=("area", "wave"))
    assert cells(rows, *NAMES) == sorted([*OF_FIGURES, *OF_NONE], key=str)


@EVERY_SORT
def test_in_a_history_every_figure_has_a_row_for_every_target_there(engine: str) -> None:
    rows = rows_of(engine, SOMEWHERE, WAVES, by=("area", "wave"), history=True)
    assert cells(rows, *NAMES) == sorted(OF_FIGURES, key=str)


@ENGINES
def test_a_plan_whose_targets_are_all_for_single_places_has_no_others(engine: str) -> None:
    plan = Plan(id="p", title="P", measures=[THREE[1]], targets=[SOMEWHERE.targets[2]])
    one = {name: held[3:4] for name, held in WAVES.items() if name != "wave"}
    for history in (False, True):
        rows = rows_of(engine, plan, one, history=history)
        assert cells(rows, "area", "target", "status") == [(HERE, "only", "achieved")]


STEPS = Plan(
    id="p",
    title="P",
    measures=[Measure(id="m", title="M", unit="milestone")],
    targets=[Target(id="t", measure="m", aim=Complete(), due=YEAR)],
)


@ENGINES
@pytest.mark.parametrize(
    ("values", "history"),
    [
        ([0.0, 1.0, 1.0], [(EARLIER, "not_assessed"), (BEFORE, "achieved")]),
        ([1.0, 0.0, 0.0], [(EARLIER, "achieved")]),
        ([0.0, 0.999, 1.0], [(EARLIER, "not_assessed"), (BEFORE, "achieved")]),
        ([None, 0.0, 0.0], [(EARLIER, "not_assessed"), (BEFORE, "not_assessed"), (YEAR, "missed")]),
        ([0.0, None, 1.0], [(EARLIER, "not_assessed"), (BEFORE, "not_assessed"), (YEAR, "achieved")]),
    ],
)
def test_the_history_of_a_milestone_ends_with_the_figure_that_says_it_is_done(
    engine: str, values: list[float | None], history: list[tuple[str, str]]
) -> None:
    periods = (EARLIER, BEFORE, YEAR)
    figures = table([("m", period, HERE, value) for period, value in zip(periods, values, strict=True)], *COLUMNS)
    # Where it is done in one place, another has its own history.
    figures = {name: [*held, {"area": THERE, "value": 0.0}.get(name, held[0])] for name, held in figures.items()}
    rows = rows_of(engine, STEPS, figures, history=True)
    assert cells([row for row in rows if row["area"] == HERE], "period", "status") == history
    assert cells([row for row in rows if row["area"] == THERE], "period", "status") == [(EARLIER, "not_assessed")]


COLUMNS = ("measure", "period", "area", "value")
SERIES = table(
    [("m", EARLIER, HERE, 40.0), ("m", BEFORE, HERE, 50.0), ("m", YEAR, HERE, 45.0), ("m", YEAR, THERE, 44.0)], *COLUMNS
)


def plan_for(aim: Any, **target: Any) -> Plan:
    england = Comparator(id="c", title="C", areas=[THERE])
    wanted = Target(**{"id": "t", "measure": "m", "aim": aim, "due": YEAR, **target})
    return Plan(id="p", title="P", measures=THREE[:1], targets=[wanted], comparators=[england])


def test_an_answer_has_the_columns_of_all_answers_and_those_asked_for() -> None:
    names = [each.name for each in frames.RESULTS]
    for asked in ([], ["certainty"], ["revision"], ["certainty", "revision"]):
        (*_, row) = rows_of("polars", plan_for(Reach(60)), SERIES, **dict.fromkeys(asked, True))
        assert [*row] == [*names, *asked]


@EVERY_SORT
def test_two_figures_of_one_place_and_period_are_refused_in_the_latest_and_in_a_history(engine: str) -> None:
    twice = {name: [*held, held[0]] for name, held in SERIES.items()}
    for history in (False, True):
        with pytest.raises(AmbiguousObservationError, match=f"^measure m, period {EARLIER}, area {HERE}: two"):
            rows_of(engine, plan_for(Reach(60)), twice, history=history)


@ENGINES
def test_in_a_history_each_figure_is_held_against_what_was_before_it(engine: str) -> None:
    rows = rows_of(engine, plan_for(Reach(60)), SERIES, history=True)
    assert cells(rows, "area", "period", "travel") == [
        (HERE, EARLIER, None),
        (HERE, BEFORE, "improving"),
        (HERE, YEAR, "worsening"),
        (THERE, YEAR, None),
    ]


@ENGINES
def test_in_a_history_each_figure_is_held_against_that_of_a_year_before(engine: str) -> None:
    near = plan_for(Reach(60), tolerance=Margin(amount=30))
    policy = Policy(id="no-worse", near_if_not_worse=True)
    rows = rows_of(engine, near, SERIES, history=True, policy=policy)
    assert cells(rows, "area", "period", "verdict", "reason") == [
        (HERE, EARLIER, None, "insufficient_history"),
        (HERE, BEFORE, "near", None),
        (HERE, YEAR, "off", None),
        (THERE, YEAR, None, "insufficient_history"),
    ]


@ENGINES
def test_in_a_history_each_figure_is_held_against_the_baseline_of_its_place(engine: str) -> None:
    rows = rows_of(engine, plan_for(Improve(), baseline=Baseline(EARLIER)), SERIES, history=True)
    assert cells(rows, "area", "period", "verdict", "required", "reason") == [
        (HERE, EARLIER, None, None, "not_yet_due"),
        (HERE, BEFORE, "met", 40.0, None),
        (HERE, YEAR, "met", 40.0, None),
        (THERE, YEAR, None, None, "baseline_not_set"),
    ]
    quarter = plan_for(Improve(), baseline=Baseline("FY2022-23-Q4"))
    both = {
        name: [*held, cell]
        for (name, held), cell in zip(SERIES.items(), ("m", "FY2022-23-Q4", HERE, 47.0), strict=True)
    }
    rows = rows_of(engine, quarter, both, history=True)
    assert [(row["verdict"], row["required"]) for row in rows if (row["area"], row["period"]) == (HERE, YEAR)] == [
        ("off", 47.0)
    ]


@ENGINES
def test_in_a_history_the_others_are_those_of_the_same_period(engine: str) -> None:
    rows = rows_of(engine, plan_for(Beat("c")), SERIES, history=True)
    assert [
        (row["period"], row["verdict"], row["reason"]) for row in rows if row["area"] == HERE and row["required"]
    ] == [(YEAR, "met", None)]
    assert {row["reason"] for row in rows if row["period"] != YEAR} == {"comparator_missing"}
    ranked = rows_of(engine, plan_for(Rank(1, 2)), SERIES, history=True)
    assert cells(ranked, "area", "period", "verdict") == [
        (HERE, EARLIER, None),
        (HERE, BEFORE, None),
        (HERE, YEAR, "met"),
        (THERE, YEAR, "off"),
    ]


@ENGINES
def test_how_settled_each_figure_is_stands_beside_it_in_a_history_too(engine: str) -> None:
    settled = {**SERIES, "revision": ["final", None, "provisional", None]}
    rows = rows_of(engine, plan_for(Reach(60)), settled, history=True, revision=True)
    assert cells(rows, "area", "period", "revision") == [
        (HERE, EARLIER, "final"),
        (HERE, BEFORE, None),
        (HERE, YEAR, "provisional"),
        (THERE, YEAR, None),
    ]
    absent = {**SERIES, "value": [40.0, None, 45.0, None], "absence": [None, "low", None, "suppressed"]}
    rows = rows_of(engine, plan_for(Reach(60)), absent, history=True)
    assert cells(rows, "area", "period", "reason") == [
        (HERE, EARLIER, None),
        (HERE, BEFORE, "low"),
        (HERE, YEAR, None),
        (THERE, YEAR, "suppressed"),
    ]


@ENGINES
def test_the_latest_figure_says_why_it_is_absent_and_how_settled_it_is(engine: str) -> None:
    given = {**SERIES, "value": [40.0, 50.0, None, 45.0], "absence": [None, None, "low", None]}
    given["revision"] = ["final", "final", "revised", "provisional"]
    rows = rows_of(engine, plan_for(Reach(60)), given, revision=True)
    assert cells(rows, "area", "period", "value", "reason", "revision") == [
        (HERE, YEAR, None, "low", "revised"),
        (THERE, YEAR, 45.0, None, "provisional"),
    ]


@ENGINES
def test_a_figure_of_after_the_day_that_a_target_is_due_on_is_not_shown(engine: str) -> None:
    given = {**SERIES, "absence": [None] * 3 + ["low"], "revision": ["final"] * 4, "value": [40.0, 50.0, 45.0, None]}
    rows = rows_of(engine, plan_for(Reach(60), due=BEFORE), given, revision=True)
    assert cells(rows, "area", "period", "value", "reason", "revision") == [
        (HERE, BEFORE, 50.0, None, "final"),
        (THERE, None, None, "overdue", None),
    ]
    rows = rows_of(engine, plan_for(Reach(60), due=BEFORE), SERIES, history=True)
    assert cells(rows, "area", "period") == [(HERE, EARLIER), (HERE, BEFORE)]


SOMERSET, FORMERLY = "E06000066", "E10000027"
TWO_CODES = table(
    [("m", EARLIER, FORMERLY, 40.0), ("m", BEFORE, FORMERLY, 50.0), ("m", YEAR, SOMERSET, 45.0)], *COLUMNS
)


@EVERY_SORT
@pytest.mark.parametrize("area", [None, SOMERSET])
def test_figures_of_another_code_are_held_against_and_have_rows_of_their_own_alone(
    engine: str, area: str | None
) -> None:
    plan = plan_for(Improve(), baseline=Baseline(EARLIER), area=area)
    for history in (False, True):
        rows = rows_of(engine, plan, TWO_CODES, history=history)
        (found,) = [row for row in rows if row["area"] == SOMERSET]
        assert (found["period"], found["verdict"], found["travel"]) == (YEAR, "met", "worsening")


PARTS = [*THREE, Measure(id="d", title="D", unit="percent", direction="increase")]
WHOLE = Measure(id="whole", title="W", kind="compound", components=["m", "n"])
ALL = Measure(id="all", title="A", kind="compound", components=["whole", "d"])
LONE = Measure(id="lone", title="L", kind="compound", components=["w"])


def compound_plan(*further: Target) -> Plan:
    targets = [
        Target(id=f"t-{each.id}", measure=each.id, aim=Reach(60), due=YEAR, tolerance=Margin(amount=5))
        for each in PARTS
        if each.id != "w"
    ]
    return Plan(id="p", title="P", measures=[ALL, *PARTS, WHOLE, LONE], targets=[*targets, *further])


def test_compounds_wait_for_those_that_are_their_parts() -> None:
    assert [[each.id for each in level] for level in _levels(compound_plan())] == [["whole", "lone"], ["all"]]
    assert _levels(Plan(id="p", title="P", measures=PARTS)) == []
    own = Target(id="own", measure="whole", aim=None, due=YEAR)
    assert [[each.id for each in level] for level in _levels(compound_plan(own))] == [["lone", "all"]]
    there = Target(id="there", measure="whole", aim=None, due=YEAR, area=THERE)
    assert [[each.id for each in level] for level in _levels(compound_plan(there))] == [["whole", "lone"], ["all"]]


@ENGINES
def test_a_compound_is_as_good_as_its_worst_part_in_each_place(engine: str) -> None:
    figures = table(
        [
            *[("m", YEAR, HERE, 60.0), ("n", YEAR, HERE, 50.0), ("d", YEAR, HERE, 60.0)],
            *[("m", YEAR, THERE, 57.0), ("n", YEAR, THERE, 60.0), ("d", YEAR, THERE, None)],
        ],
        *COLUMNS,
    )
    rows = rows_of(engine, compound_plan(), figures)
    found = [row for row in rows if row["measure"] in ("whole", "all", "lone")]
    assert cells(found, "measure", "area", "status", "reason", "rag") == [
        ("all", HERE, "missed", None, "red"),
        ("all", THERE, "narrowly_missed", None, "amber"),
        ("lone", HERE, "not_assessed", "no_target", "grey"),
        ("lone", THERE, "not_assessed", "no_target", "grey"),
        ("whole", HERE, "missed", None, "red"),
        ("whole", THERE, "narrowly_missed", None, "amber"),
    ]
    empty = {
        row[name] for row in found for name in ("target", "period", "value", "required", "gap", "verdict", "travel")
    }
    assert empty == {None}
    assert {row["measure"] for row in rows_of(engine, compound_plan(), figures, history=True)} == {"m", "n", "d"}


@ENGINES
def test_the_reason_of_a_compound_is_the_first_of_its_parts_where_none_was_assessed(engine: str) -> None:
    figures = {
        **table([("m", YEAR, HERE, None), ("n", YEAR, HERE, None), ("d", BEFORE, HERE, 60.0)], *COLUMNS),
        "absence": ["low", "suppressed", None],
    }
    rows = rows_of(engine, compound_plan(), figures)
    found = {row["measure"]: (row["status"], row["reason"]) for row in rows}
    alone = [
        Observation(measure=id, period=YEAR, area=HERE, absence=absence)
        for id, absence in (("m", "low"), ("n", "suppressed"))
    ]
    alone.append(Observation(measure="d", period=BEFORE, area=HERE, value=60))
    scalar = evaluate_plan(compound_plan(), alone, as_of=AS_OF, area=HERE).evaluations
    assert found == {
        each.measure: (str(each.status), None if each.reason is None else str(each.reason)) for each in scalar
    }
    assert found["whole"] == ("not_assessed", "suppressed")


@EVERY_SORT
def test_a_compound_with_a_target_in_one_place_is_made_of_its_parts_in_the_others(engine: str) -> None:
    own = Target(id="own", measure="whole", aim=None, due=YEAR, area=HERE)
    figures = table([("m", YEAR, area, 60.0) for area in (HERE, THERE)], *COLUMNS)
    rows = rows_of(engine, compound_plan(own), figures)
    found = [row for row in rows if row["measure"] == "whole"]
    assert cells(found, "area", "target", "status", "reason") == [
        (HERE, "own", "not_assessed", "no_direction"),
        (THERE, None, "achieved", None),
    ]


@ENGINES
def test_two_places_of_one_wave_are_told_apart(engine: str) -> None:
    plan = plan_for(Hold(), baseline=Baseline(BEFORE))
    figures = {
        **table(
            [("m", BEFORE, HERE, 1.0), ("m", YEAR, HERE, 1.0), ("m", BEFORE, THERE, 5.0), ("m", YEAR, THERE, 4.0)],
            *COLUMNS,
        ),
        "wave": [7, 7, 7, 7],
    }
    for history in (False, True):
        rows = rows_of(engine, plan, figures, by=("area", "wave"), history=history)
        found = [row for row in rows if row["period"] == YEAR]
        assert cells(found, "area", "wave", "verdict", "required") == [(HERE, 7, "met", 1.0), (THERE, 7, "off", 5.0)]
