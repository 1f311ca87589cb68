"""The rules of a plan in numbers: found once for what is alike, and for each target what it has alone."""

from datetime import date
from decimal import Decimal
from typing import Any
from unittest import mock

import pytest
from attrs import evolve

from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Complete,
    Hold,
    Improve,
    Linear,
    Margin,
    Measure,
    Period,
    Plan,
    Profile,
    Rank,
    Reach,
    StayBetween,
    Target,
    frames,
)
from outcome_bees.evaluation.compiled import CompiledTarget
from outcome_bees.evaluation.edges import edges_of
from outcome_bees.evaluation.policy import STANDARD
from outcome_bees.evaluation.rules import compile_rule
from outcome_bees.evaluation.select import is_over
from outcome_bees.frames._outcome_codes import NO_REASON, REASONS
from outcome_bees.frames.plan_tables import PlanTables, tasks_of
from outcome_bees.frames.task_rules import BEYOND_GUARD, rules_of
from outcome_bees.vocabulary import Travel

AS_OF = date(2025, 1, 31)
QUARTERS = [Period.quarter(year, quarter, "financial") for year in (2021, 2022, 2023) for quarter in (1, 2, 3, 4)]
SINCE, DUE = QUARTERS[1], QUARTERS[-2]
WANTED = [
    Target(id="t", measure="m", aim=Reach(40), due=DUE, tolerance=Margin(amount=5)),
    Target(id="t", measure="m", aim=Reach(41.5), due=DUE),
    Target(id="t", measure="m", aim=Reach(60), due=DUE, baseline=Baseline(SINCE, 20), trajectory=Linear()),
    Target(id="t", measure="m", aim=Reach(30), due=DUE, baseline=Baseline(SINCE, 20), trajectory=Linear()),
    Target(id="t", measure="m", aim=Reach(9), due=DUE, trajectory=Profile({QUARTERS[4]: Decimal(5)})),
    Target(id="t", measure="m", aim=Improve(Margin(percent=5)), due=DUE, baseline=Baseline(SINCE)),
    Target(id="t", measure="m", aim=Improve(Margin(percent=9)), due=DUE, baseline=Baseline(SINCE)),
    Target(id="t", measure="m", aim=StayBetween(20, 30), due=DUE),
    Target(id="t", measure="m", aim=StayBetween(50, 70), due=DUE),
    Target(id="t", measure="m", aim=Reach(0), due=DUE, tolerance=Margin(amount=1)),
]
KINDS: dict[str, dict[str, Any]] = {
    "as they are": {},
    "less is better": {"direction": "decrease"},
    "to be maintained": {"direction": "maintain"},
    "a break": {"breaks": (QUARTERS[5].start,)},
    "ended": {"ended": QUARTERS[7].end},
    "a running total": {"unit": "count", "timing": "cumulative"},
}


def plan_of(targets: list[Target], measure: Measure) -> Plan:
    """A plan in which each target has a measure of its own, all of one sort."""
    named = [evolve(each, id=f"t{at}", measure=f"m{at}") for at, each in enumerate(targets)]
    return Plan(id="p", title="P", measures=[evolve(measure, id=each.measure) for each in named], targets=named)


def tables_of(plan: Plan) -> PlanTables:
    seen: dict[tuple[str, tuple[str, ...]], tuple[Period, ...]] = {
        (each.id, ()): tuple(QUARTERS) for each in plan.measures
    }
    return PlanTables(tasks_of(plan), seen, (), AS_OF, STANDARD, history=False)


def rows_of(frame: Any) -> list[str]:
    """Every row in words, what is required and the gap with six digits."""
    texts = [[round(cell, 6) if isinstance(cell, float) else cell for cell in row] for row in frame.rows()]
    return sorted(map(repr, texts))


@pytest.mark.parametrize("history", [False, True])
@pytest.mark.parametrize("kind", list(KINDS))
def test_targets_that_are_alike_are_answered_as_each_is_alone(kind: str, history: bool) -> None:
    pl = pytest.importorskip("polars")
    given = {"unit": "percent", "direction": "increase", **KINDS[kind]}
    measure = Measure(id="m", title="M", **given)
    maintained = measure.direction == "maintain"
    targets = [each for each in WANTED if not (maintained and isinstance(each.aim, Improve))]
    targets += [evolve(WANTED[5], aim=Hold()), evolve(WANTED[5], aim=Hold(), baseline=Baseline(SINCE, 33))]
    plan = plan_of(targets, measure)
    values = [[(at * 7 + number * 5) % 61 for number in range(len(QUARTERS))] for at in range(len(targets))]
    rows = [
        (f"m{at}", period.code, "E1", float(value))
        for at, held in enumerate(values)
        for period, value in zip(QUARTERS, held, strict=True)
    ]
    figures = pl.DataFrame(rows, schema=["measure", "period", "area", "value"], orient="row")
    together = frames.evaluate(plan, figures, as_of=AS_OF, history=history)
    for at, target in enumerate(plan.targets):
        alone = evolve(plan, measures=[plan.measures[at]], targets=[target])
        wanted = frames.evaluate(alone, figures, as_of=AS_OF, history=history)
        found = together.filter(pl.col("measure") == target.measure)
        assert rows_of(found) == rows_of(wanted), target


def test_a_flat_target_is_compiled_once_however_many_periods_there_are() -> None:
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    plan = plan_of([evolve(WANTED[0], aim=Reach(number)) for number in range(30)], measure)
    seen = len(QUARTERS) - 1  # one is after the due
    with (
        mock.patch(f"{rules_of.__module__}.edges_of", wraps=edges_of) as edges,
        mock.patch(f"{rules_of.__module__}.CompiledTarget", wraps=CompiledTarget) as shapes,
        mock.patch(f"{rules_of.__module__}.is_over", wraps=is_over) as periods,
    ):
        found = rules_of(tables_of(plan))
    assert len(found.table) == 30 * (2 + seen)  # beside no figure and none in sight
    assert (edges.call_count, shapes.call_count, periods.call_count) == (30, 1, seen)


@pytest.mark.parametrize(("ended", "periods"), [(None, QUARTERS[2:-1]), (QUARTERS[7].end, QUARTERS[2:7])])
def test_on_a_line_there_is_a_rule_for_each_period_that_may_be_judged_and_for_the_due_one(
    ended: date | None, periods: list[Period]
) -> None:
    measure = Measure(id="m", title="M", unit="percent", direction="increase", ended=ended)
    tables = evolve(tables_of(plan_of([WANTED[2]], measure)), history=True)
    with mock.patch(f"{rules_of.__module__}.compile_rule", wraps=compile_rule) as compiled:
        rules_of(tables)
    assert [call.args[2] for call in compiled.call_args_list] == [None, *periods]


def test_what_is_the_same_in_every_row_is_no_column() -> None:
    found = rules_of(tables_of(plan_of(WANTED[:2], Measure(id="m", title="M", unit="percent", direction="increase"))))
    assert (found.constant["sign"], found.constant["digits"], found.digits) == (1.0, 1, [1])
    assert not set(found.constant) & set(found.table.types)
    assert {"t", "best", "target", "low"} <= set(found.table.types)


def test_a_milestone_is_of_another_shape_than_a_number() -> None:
    milestone = Measure(id="a", title="A", unit="milestone", direction="increase")
    number = Measure(id="b", title="B", unit="percent", direction="increase")
    done = Target(id="done", measure="a", aim=Complete(), due=DUE)
    reached = [Target(id=f"b{aim}", measure="b", aim=Reach(aim), due=DUE) for aim in (1, 2)]
    tables = tables_of(Plan(id="p", title="P", measures=[milestone, number], targets=[done, *reached]))
    assert [tables.first_alike(task).number for task in tables.tasks] == [0, 1, 1]


SEEN = ("FY2022-23", "FY2023-24", "FY2024-25")
TO_SUMMER = date(2025, 6, 1)
REASON = {NO_REASON: None, **{place: str(reason) for reason, place in REASONS.items()}}
NOTHING: dict[str, Any] = {
    **dict.fromkeys(("period", "reason", "since")),
    **dict.fromkeys(("at_due", "past_due", "settled_at_due"), False),
    **dict.fromkeys(("kind", "settling", "settled_as", "toward", "relative", "in_percent"), 0),
    **{"without": "comparator_missing", "settled_from": 1e290, "settled_at": 0.0},
}
"""What a row says where nothing is out of the ordinary."""


def told(
    target: dict[str, Any] | None,
    measure: dict[str, Any] | None = None,
    seen: tuple[str, ...] = SEEN,
    *,
    history: bool = False,
    comparators: tuple[Comparator, ...] = (),
) -> list[dict[str, Any]]:
    """The rules of one task as rows: its reasons in words, and the facts of time beside them."""
    made = Measure(**{"id": "m", "title": "M", "unit": "percent", "direction": "increase", **(measure or {})})
    wanted = [] if target is None else [Target(**{"id": "t", "measure": "m", "due": "FY2024-25", **target})]
    tasks = tasks_of(Plan(id="p", title="P", measures=[made], targets=wanted, comparators=comparators))
    periods: dict[tuple[str, tuple[str, ...]], tuple[Period, ...]] = {("m", ()): tuple(map(Period.from_code, seen))}
    others = {each.id: each for each in comparators}
    found = rules_of(PlanTables(tasks, periods, (), TO_SUMMER, STANDARD, history=history, comparators=others))
    rows = []
    for cells in found.table.rows:
        row: dict[str, Any] = {**found.constant, **dict(zip(found.table.types, cells, strict=True))}
        timing = found.timings[row["timing"]]
        row |= {"at_due": timing.at_due, "past_due": timing.past_due, "milestone": timing.milestone}
        row |= {"travel": timing.travel, "settled_at_due": found.timings[row["settled_timing"]].at_due}
        row |= {"reason": REASON[row["reason"]], "without": REASON[row["without"]]}
        row["since"] = None if row["since"] == 0 else str(date.fromordinal(row["since"]))
        rows.append(row)
    return rows


def line(best: int, period: str | None = None, **other: Any) -> dict[str, Any]:
    return {"best": best, **NOTHING, "period": period, **other}


SINCE_2023: dict[str, Any] = {"aim": Improve(), "baseline": Baseline("FY2022-23")}
BASE: dict[str, Any] = {"since": "2023-03-31", "kind": 1}
END: dict[str, Any] = {"at_due": True, "past_due": True}
PAST: dict[str, Any] = {"past_due": True}
FAR: dict[str, Any] = {"due": "FY2025-26"}
RUNNING: dict[str, Any] = {"unit": "count", "timing": "cumulative"}
FIRST = "FY2025-26-Q1..Q1"
BY_THEN = Profile({Period.from_code(FIRST): 60, Period.from_code("FY2025-26"): 100})
DAYS = ("2024-06-30", "2024-09-30", "2024-12-31")
MILESTONE: dict[str, Any] = {"unit": "milestone"}
PLAN_ROWS: dict[str, tuple[tuple[Any, ...], dict[str, Any], list[dict[str, Any]]]] = {
    "a number": (
        ({"aim": Reach(60)},),
        {},
        [
            line(-1, reason="no_data", **PAST),
            line(0, **PAST),
            line(1, "FY2022-23", **PAST),
            line(2, "FY2023-24", **PAST),
            line(3, "FY2024-25", **END),
        ],
    ),
    "before it is due": (
        ({"aim": Reach(60), **FAR}, {}, SEEN[1:]),
        {},
        [line(-1, reason="no_data"), line(0), line(1, "FY2023-24"), line(2, "FY2024-25")],
    ),
    "without a date": (
        ({"aim": Reach(60), "due": None}, {}, SEEN[2:]),
        {},
        [line(-1, reason="no_data"), line(0), line(1, "FY2024-25")],
    ),
    "in a history each is judged on its own last day": (
        ({"aim": Reach(60)}, {}, SEEN[1:]),
        {"history": True},
        [
            line(-1, reason="no_data", **PAST),
            line(0, **PAST),
            line(1, "FY2023-24"),
            line(2, "FY2024-25", at_due=True),
        ],
    ),
    "a placeholder": (
        ({"aim": None}, {}, SEEN[1:]),
        {},
        [
            line(-1, reason="placeholder", **PAST),
            line(0, reason="placeholder", **PAST),
            line(1, "FY2023-24", reason="placeholder", **PAST),
            line(2, "FY2024-25", reason="placeholder", **END),
        ],
    ),
    "a measure without a target": (
        (None, {}, SEEN[2:]),
        {},
        [line(-1, reason="no_target"), line(0, reason="no_target"), line(1, "FY2024-25", reason="no_target")],
    ),
    "no figure is of after the due period": (
        ({"aim": Reach(60), "due": "FY2023-24"}, {}, SEEN[1:]),
        {},
        [line(-1, reason="no_data", **PAST), line(0, **PAST), line(1, "FY2023-24", **END)],
    ),
    "a baseline that is nowhere": (
        ({"aim": Improve()}, {}, SEEN[2:]),
        {},
        [
            line(-1, reason="no_data", **PAST),
            line(0, reason="baseline_not_set", **PAST),
            line(1, "FY2024-25", reason="baseline_not_set", **END),
        ],
    ),
    "a baseline that a figure is": (
        (SINCE_2023,),
        {},
        [
            line(-1, reason="no_data", since="2023-03-31", **PAST),
            line(0, **BASE, **PAST),
            line(1, "FY2022-23", reason="not_yet_due", **BASE, **PAST),
            line(2, "FY2023-24", **BASE, **PAST),
            line(3, "FY2024-25", **BASE, **END),
        ],
    ),
    "a baseline that is stated": (
        ({"aim": Improve(), "baseline": Baseline("FY2022-23", 40)}, {}, SEEN[:2]),
        {},
        [
            line(-1, reason="no_data", since="2023-03-31", **PAST),
            line(0, since="2023-03-31", **PAST),
            line(1, "FY2022-23", reason="not_yet_due", since="2023-03-31", **PAST),
            line(2, "FY2023-24", since="2023-03-31", **PAST),
        ],
    ),
    "a number beside a baseline": (
        ({"aim": Reach(60), "baseline": Baseline("FY2022-23")}, {}, SEEN[2:]),
        {},
        [line(-1, reason="no_data", **PAST), line(0, **PAST), line(1, "FY2024-25", **END)],
    ),
    "a break since the baseline": (
        (SINCE_2023, {"breaks": (date(2024, 9, 1),)}, SEEN[1:]),
        {},
        [
            line(-1, reason="no_data", since="2023-03-31", **PAST),
            line(0, **BASE, **PAST),
            line(1, "FY2023-24", **BASE, **PAST),
            line(2, "FY2024-25", reason="series_break", since="2023-03-31", **END),
        ],
    ),
    "in a history a baseline that comes later": (
        ({"aim": Improve(), "baseline": Baseline("FY2023-24")},),
        {"history": True},
        [
            line(-1, reason="no_data", since="2024-03-31", **PAST),
            line(0, since="2024-03-31", kind=1, **PAST),
            line(1, "FY2022-23", reason="baseline_not_set", since="2024-03-31"),
            line(2, "FY2023-24", reason="not_yet_due", since="2024-03-31", kind=1),
            line(3, "FY2024-25", since="2024-03-31", kind=1, at_due=True),
        ],
    ),
    "a share of the baseline": (
        ({**SINCE_2023, "aim": Improve(Margin(percent=10))}, {}, SEEN[2:]),
        {},
        [
            line(-1, reason="no_data", since="2023-03-31", **PAST),
            line(0, **BASE, **PAST, relative=1),
            line(1, "FY2024-25", **BASE, **END, relative=1),
        ],
    ),
    "a share of what is required": (
        ({**SINCE_2023, "tolerance": Margin(percent=5)}, {}, SEEN[2:]),
        {},
        [
            line(-1, reason="no_data", since="2023-03-31", **PAST),
            line(0, **BASE, **PAST, in_percent=1),
            line(1, "FY2024-25", **BASE, **END, in_percent=1),
        ],
    ),
    "a share of a stated baseline": (
        ({"aim": Improve(Margin(percent=10)), "baseline": Baseline("FY2022-23", 40)}, {}, SEEN[2:]),
        {},
        [
            line(-1, reason="no_data", since="2023-03-31", **PAST),
            line(0, since="2023-03-31", **PAST),
            line(1, "FY2024-25", since="2023-03-31", **END),
        ],
    ),
    "a share of what is required, which is zero": (
        (
            {"aim": Improve(Margin(amount=40)), "baseline": Baseline("FY2022-23", 40), "tolerance": Margin(percent=5)},
            {"direction": "decrease"},
            SEEN[2:],
        ),
        {},
        [
            line(-1, reason="no_data", since="2023-03-31", **PAST),
            line(0, reason="reference_is_zero", since="2023-03-31", **PAST),
            line(1, "FY2024-25", reason="reference_is_zero", since="2023-03-31", **END),
        ],
    ),
    "a place among others": (
        ({"aim": Rank(1, 4)}, {}, SEEN[2:]),
        {},
        [line(-1, reason="no_data", **PAST), line(0, **PAST), line(1, "FY2024-25", kind=3, **END)],
    ),
    "a milestone": (
        ({"aim": Complete(), "due": DAYS[1]}, MILESTONE, DAYS),
        {},
        [
            line(-1, reason="no_data", **PAST),
            line(0, **PAST),
            line(1, DAYS[0], **PAST),
            line(9, DAYS[0], **END),  # done
            line(2, DAYS[1], **END),
            line(5, DAYS[1], **END),  # not done
            line(8, DAYS[1], **END),
            line(4, DAYS[2], **END),  # not done, later on
        ],
    ),
    "a milestone in a history": (
        ({"aim": Complete(), "due": DAYS[1]}, MILESTONE, DAYS),
        {"history": True},
        [
            line(-1, reason="no_data", **PAST),
            line(0, **PAST),
            line(1, DAYS[0]),
            line(9, DAYS[0], at_due=True),
            line(2, DAYS[1], at_due=True),
            line(8, DAYS[1], at_due=True),
        ],
    ),
    "a total that may settle it": (
        ({"aim": Reach(100), **FAR}, RUNNING, ("FY2024-25", FIRST)),
        {},
        [line(-1, reason="no_data"), line(0), line(1, "FY2024-25"), line(2, FIRST, settling=1)],
    ),
    "in a history a total so far that is before its baseline": (
        ({"aim": Improve(), "baseline": Baseline("FY2025-26-Q1..Q2"), **FAR}, RUNNING, (FIRST, "FY2025-26-Q1..Q2")),
        {"history": True},
        [
            line(-1, reason="no_data", since="2025-09-30"),
            line(0, since="2025-09-30", kind=1),
            line(1, FIRST, reason="baseline_not_set", since="2025-09-30"),
            line(2, "FY2025-26-Q1..Q2", since="2025-09-30", kind=1, settling=1),
        ],
    ),
    "a total of which fewer are wanted": (
        ({"aim": Reach(100), **FAR}, {**RUNNING, "direction": "decrease"}, (FIRST,)),
        {},
        [line(-1, reason="no_data"), line(0), line(1, FIRST, settling=2)],
    ),
    "a total in a band": (
        ({"aim": StayBetween(50, 100), **FAR}, {**RUNNING, "direction": "maintain"}, (FIRST,)),
        {},
        [line(-1, reason="no_data", toward=1), line(0, toward=1), line(1, FIRST, settling=3, toward=1)],
    ),
    "a total that settles whatever the profile has": (
        ({"aim": Reach(100), "trajectory": BY_THEN, **FAR}, RUNNING, ("FY2024-25", FIRST)),
        {},
        [
            line(-1, reason="no_data"),
            line(0),
            line(1, "FY2024-25", reason="not_yet_due"),
            line(2, FIRST, settled_as=2, settled_from=pytest.approx(100, abs=0.01), settled_at=100.0),
        ],
    ),
    "or is too much, whatever the profile has": (
        ({"aim": Reach(100), "trajectory": BY_THEN, **FAR}, {**RUNNING, "direction": "decrease"}, (FIRST,)),
        {},
        [
            line(-1, reason="no_data"),
            line(0),
            line(1, FIRST, settled_from=pytest.approx(100, abs=0.01), settled_at=100.0),
        ],
    ),
    "to be kept at a number": (
        ({"aim": Reach(60)}, {"direction": "maintain"}, SEEN[2:]),
        {},
        [line(-1, reason="no_data", toward=1, **PAST), line(0, toward=1, **PAST), line(1, SEEN[2], toward=1, **END)],
    ),
    "to be kept at what it was": (
        ({**SINCE_2023, "aim": Hold()}, {"direction": "maintain"}, SEEN[2:]),
        {},
        [
            line(-1, reason="no_data", since="2023-03-31", toward=2, **PAST),
            line(0, **BASE, toward=2, **PAST),
            line(1, SEEN[2], **BASE, toward=2, **END),
        ],
    ),
    "to be kept at what it was said to be": (
        ({"aim": Hold(), "baseline": Baseline("FY2022-23", 7)}, {"direction": "maintain"}, SEEN[2:]),
        {},
        [
            line(-1, reason="no_data", since="2023-03-31", toward=1, **PAST),
            line(0, since="2023-03-31", toward=1, **PAST),
            line(1, SEEN[2], since="2023-03-31", toward=1, **END),
        ],
    ),
    "in a history what it was said to be is known from the first": (
        ({"aim": Hold(), "baseline": Baseline("FY2022-23", 7)}, {"direction": "maintain"}, SEEN[1:2]),
        {"history": True},
        [
            line(-1, reason="no_data", since="2023-03-31", toward=1, **PAST),
            line(0, since="2023-03-31", toward=1, **PAST),
            line(1, SEEN[1], since="2023-03-31", toward=1),
        ],
    ),
    "over a break it is nearer to nothing": (
        ({**SINCE_2023, "aim": Hold()}, {"direction": "maintain", "breaks": (date(2024, 9, 1),)}, SEEN[1:]),
        {},
        [
            line(-1, reason="no_data", since="2023-03-31", toward=2, **PAST),
            line(0, **BASE, toward=2, **PAST),
            line(1, SEEN[1], **BASE, toward=2, **PAST),
            line(2, SEEN[2], reason="series_break", since="2023-03-31", **END),
        ],
    ),
    "nor is it in a history, before the baseline": (
        ({"aim": Hold(), "baseline": Baseline("FY2023-24")}, {"direction": "maintain"}, SEEN[:2]),
        {"history": True},
        [
            line(-1, reason="no_data", since="2024-03-31", toward=2, **PAST),
            line(0, since="2024-03-31", kind=1, toward=2, **PAST),
            line(1, SEEN[0], reason="baseline_not_set", since="2024-03-31"),
            line(2, SEEN[1], reason="not_yet_due", since="2024-03-31", kind=1, toward=2),
        ],
    ),
    "to be kept at what nobody knows": (
        ({"aim": Hold()}, {"direction": "maintain"}, SEEN[2:]),
        {},
        [
            line(-1, reason="no_data", **PAST),
            line(0, reason="baseline_not_set", **PAST),
            line(1, SEEN[2], reason="baseline_not_set", **END),
        ],
    ),
    "discontinued": (
        ({"aim": Reach(60)}, {"ended": date(2024, 9, 30)}, SEEN[1:]),
        {"history": True},
        [
            line(-1, reason="discontinued", **PAST),
            line(0, reason="discontinued", **PAST),
            line(1, SEEN[1]),
            line(2, SEEN[2], reason="discontinued", at_due=True),
        ],
    ),
}


@pytest.mark.parametrize("case", PLAN_ROWS)
def test_each_figure_that_may_decide_has_the_rule_of_its_period(case: str) -> None:
    asked, settings, wanted = PLAN_ROWS[case]
    assert [{name: row[name] for name in wanted[0]} for row in told(*asked, **settings)] == wanted


@pytest.mark.parametrize(
    ("area", "reasons"),
    [
        ("E92000001", ["comparator_missing", "comparator_missing"]),
        ("E06000063", ["series_break", "comparator_missing"]),  # Cumberland, from 1 April 2023
        ("E10000006", ["comparator_missing", "series_break"]),  # Cumbria, until then
    ],
)
def test_others_that_were_not_there_in_a_period_are_across_a_break(area: str, reasons: list[str]) -> None:
    others = (Comparator(id="c", title="C", areas=[area, "E06000055"], method="median"),)
    found = told({"aim": Beat("c")}, {}, SEEN[:2], comparators=others)
    assert [(row["without"], row["kind"]) for row in found] == [
        *[("comparator_missing", 0)] * 2,  # of no figure there are no others
        *[(reason, 2) for reason in reasons],
    ]


OPEN = 1e290
WORSE, SAME, BETTER = Travel.WORSENING, Travel.NO_CHANGE, Travel.IMPROVING
NUMBERS_OF: dict[str, tuple[tuple[Any, Any], dict[str, Any]]] = {
    "at least": (
        ({"aim": Reach(60), "tolerance": Margin(amount=5)}, {}),
        {
            **{"target": "t", "measure": "m", "least": 0, "sign": 1.0, "digits": 1, "guard": 0.0001},
            **{"low": 60.0, "high": OPEN, "met_from": 60.0, "met_below": OPEN, "near_from": 55.0, "near_below": OPEN},
            **{"toward_low": 0.0, "toward_high": 0.0, "travel": (WORSE, SAME, BETTER)},
            **{"travel_low": 0.0, "travel_low_per": 1.0, "travel_high": 0.0, "travel_high_per": 1.0},
            **{"low_per": 0.0, "met_from_per": 0.0, "met_from_under": 60.0, "met_from_under_per": 0.0},
        },
    ),
    "at most": (
        ({"aim": Reach(60), "tolerance": Margin(amount=5)}, {"direction": "decrease"}),
        {"sign": -1.0, "low": -60.0, "met_from": -60.0, "near_from": -65.0, "travel": (BETTER, SAME, WORSE)},
    ),
    "a band": (
        ({"aim": StayBetween(85, 90), "tolerance": Margin(amount=2)}, {"direction": "maintain"}),
        {
            **{"low": 85.0, "high": 90.0, "met_from": 85.0, "met_below": 90.0, "near_from": 83.0, "near_below": 92.0},
            **{"toward_low": 85.0, "toward_high": 90.0, "travel": (WORSE, SAME, BETTER)},
        },
    ),
    "what it was": (
        ({**SINCE_2023, "aim": Hold()}, {"direction": "maintain"}),
        {
            **{
                "toward_low": 0.0,
                "toward_high": 0.0,
                "low": 0.0,
                "low_per": 1.0,
                "high_per": 1.0,
                "met_below_per": 1.0,
            },
            "travel": (WORSE, SAME, BETTER, Travel.DECREASING, Travel.INCREASING),
        },
    ),
    "what it was said to be": (
        ({"aim": Hold(), "baseline": Baseline("FY2022-23", 7)}, {"direction": "maintain"}),
        {
            **{"toward_low": 7.0, "toward_high": 7.0, "low": 7.0, "low_per": 0.0, "met_from": 7.0, "met_below": 7.0},
            "travel": (WORSE, SAME, BETTER, Travel.DECREASING, Travel.INCREASING),
        },
    ),
    "what nobody knows": (
        ({"aim": Hold()}, {"direction": "maintain"}),
        {"low": OPEN, "toward_low": 0.0, "travel": (Travel.DECREASING, SAME, Travel.INCREASING)},
    ),
    "better by a share": (
        ({"aim": Improve(Margin(percent=10)), "baseline": Baseline("FY2022-23")}, {}),
        {"low_per": 1.1, "low_under_per": 0.9, "low": 0.0, "low_under": 0.0, "hinge": 0.0, "met_from_per": 1.1},
    ),
    "better than a number": (
        ({"aim": Improve(Margin(amount=5)), "baseline": Baseline("FY2022-23", 30)}, {}),
        {"low": 35.0, "low_per": 0.0, "met_from": 35.0, "toward_low": 0.0},
    ),
    "one of four groups": (
        ({"aim": Rank(1, 4)}, {}),
        {"least": 4, "sign": -1.0, "low": 0.0, "low_per": 0.25, "met_from_per": 0.25, "travel": (WORSE, SAME, BETTER)},
    ),
    "a whole number": (({"aim": Reach(60)}, {"unit": "count"}), {"digits": 0, "guard": 0.001}),
    "no target": (
        (None, {"direction": None}),
        {
            **{"target": None, "measure": "m", "least": 0, "sign": 1.0, "hinge": 0.0, "low": OPEN, "met_from": OPEN},
            **{"low_per": 0.0, "low_under": OPEN, "near_from": OPEN, "toward_low": 0.0, "toward_high": 0.0},
            "travel": (Travel.DECREASING, SAME, Travel.INCREASING),
        },
    ),
}


@pytest.mark.parametrize("case", NUMBERS_OF)
def test_a_rule_is_so_many_numbers(case: str) -> None:
    (target, measure), wanted = NUMBERS_OF[case]
    row = told(target, measure, ("FY2024-25",))[-1]
    near = {name: pytest.approx(cell, abs=0.0015) if type(cell) is float else cell for name, cell in wanted.items()}
    assert {name: row[name] for name in wanted} == near


def test_a_distance_of_one_guard_is_none_however_it_was_computed() -> None:
    row = told({"aim": Reach(60)}, {}, ("FY2024-25",))[-1]
    assert (row["guard"], row["met_from"]) == (0.0001, 59.9999)
    assert (row["travel_low"], row["travel_high"]) == (pytest.approx(-0.0001001), pytest.approx(0.0001001))
    assert pytest.approx(1.001) == BEYOND_GUARD


@pytest.mark.parametrize(("period", "at_due"), [("FY2025-26-Q1..Q1", False), ("FY2024-25-Q1..Q1", True)])
def test_a_total_that_settles_a_target_closes_it_once_its_day_is_past(period: str, at_due: bool) -> None:
    due = Period.from_code(period[:9])
    profile = Profile({Period.from_code(period): 60, due: 100})
    row = told({"aim": Reach(100), "due": due, "trajectory": profile}, RUNNING, (period,))[-1]
    assert (row["at_due"], row["past_due"], row["settled_at_due"], row["settled_as"]) == (False, at_due, at_due, 2)


def test_the_table_says_how_many_digits_there_are_each_once_and_in_order() -> None:
    measures = [
        Measure(id=f"m{at}", title="M", unit="GBP", decimals=decimals, direction="increase")
        for at, decimals in enumerate((2, 0, 2, 1))
    ]
    assert rules_of(tables_of(Plan(id="p", title="P", measures=measures, targets=[]))).digits == [0, 1, 2]
    assert rules_of(tables_of(Plan(id="p", title="P"))).digits == [0]
