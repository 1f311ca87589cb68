"""A plan and the periods of its figures as tables: what each figure may be to each task, by hand for a few periods."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Complete,
    Improve,
    Linear,
    Margin,
    Measure,
    Period,
    Plan,
    Policy,
    Rank,
    Reach,
    Target,
)
from outcome_bees.evaluation.edges import UNREACHABLE
from outcome_bees.frames.backend import MOST_IN_GROUP, LookupTable
from outcome_bees.frames.coding import FIGURE_NUMBER, SERIES_CODE, Coding
from outcome_bees.frames.contract import within
from outcome_bees.frames.plan_tables import PlanTables, tasks_of

AS_OF = date(2026, 1, 10)
HERE, THERE = "E10000015", "E10000016"
MEASURE = Measure(id="m", title="M", unit="percent", direction="increase")
STEP = Measure(id="m", title="M", unit="milestone", direction="increase")
NO_WORSE = Policy(id="no-worse", near_if_not_worse=True)
YEARS = ("CY2024", "CY2022", "CY2023", "CY2025")


def target(id: str = "t", **given: Any) -> Target:
    return Target(**{"id": id, "measure": "m", "aim": Reach(60), "due": "CY2024", **given})


def plan_of(*targets: Target, measures: Sequence[Measure] = (MEASURE,)) -> Plan:
    england = Comparator(id="england", title="England", areas=["E92000001"])
    return Plan(id="p", title="P", measures=measures, targets=targets, comparators=[england])


def tables(plan: Plan, *codes: str, seen: Mapping[Any, Sequence[str]] | None = None, **given: Any) -> PlanTables:
    """The tables of a plan whose measure has figures of some periods."""
    held = {("m", ()): codes} if seen is None else seen
    periods = {series: [Period.from_code(code) for code in each] for series, each in held.items()}
    return PlanTables(
        **{
            "tasks": tasks_of(plan),
            "parts": (),
            "as_of": AS_OF,
            "policy": Policy(id="ours"),
            "history": False,
            **given,
        },
        seen=periods,
    )


def coded(ranks: Mapping[Period, int]) -> dict[str, int]:
    return {period.code: rank for period, rank in ranks.items()}


def rows_of(table: LookupTable | None) -> list[dict[str, Any]]:
    assert table is not None
    return [dict(zip(table.types, row, strict=True)) for row in table.rows]


def roles(made: PlanTables, *names: str, **settings: Any) -> dict[Any, Any]:
    """What some columns of the candidates have, by period; several rows of one period in their order."""
    found: dict[Any, Any] = {}
    for row in rows_of(made.candidates(made.tasks, **settings)):
        found.setdefault(row["period"], []).append(tuple(row[name] for name in names))
    return {period: rows[0] if len(rows) == 1 else rows for period, rows in found.items()}


def test_every_target_is_a_task_and_so_is_a_measure_without_one() -> None:
    whole = Measure(id="whole", title="W", kind="compound", components=["m", "n"])
    other = Measure(id="n", title="N", unit="percent", direction="increase")
    plan = plan_of(target("b"), target("a"), measures=(other, MEASURE, whole))
    found = [(each.number, each.target and each.target.id, each.measure.id, each.area) for each in tasks_of(plan)]
    assert found == [(0, None, "n", None), (1, "b", "m", None), (2, "a", "m", None)]


def test_where_a_place_has_a_target_of_its_own_the_measure_without_one_is_for_the_others() -> None:
    plan = plan_of(target("here", area=HERE), target("there", area=THERE))
    found = [(each.number, each.area, each.excluded_areas) for each in tasks_of(plan)]
    assert found == [(0, HERE, ()), (1, THERE, ()), (2, None, (HERE, THERE))]
    with_all = plan_of(target("here", area=HERE), target("all"))
    assert [(each.area, each.excluded_areas) for each in tasks_of(with_all)] == [(HERE, ()), (None, ())]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ({}, {"aim": Reach(50), "tolerance": Margin(amount=1)}, True),
        ({}, {"due": "CY2025"}, False),
        ({}, {"aim": Beat("england")}, False),
        ({"aim": Rank(1, 2)}, {"aim": Rank(1, 3)}, False),
        ({}, {"area": HERE}, False),
        ({"area": THERE}, {"area": HERE}, True),
        ({}, {"baseline": Baseline("CY2022", 50), "trajectory": Linear()}, False),
    ],
)
def test_targets_are_alike_in_all_but_their_names_their_place_and_their_numbers(
    one: dict[str, Any], other: dict[str, Any], alike: bool
) -> None:
    first, second = tasks_of(plan_of(target("a", **one), target("b", **other)))[:2]
    assert (first.shape == second.shape) is alike


def test_measures_without_a_target_are_alike_in_all_but_their_names() -> None:
    measures = (
        MEASURE,
        Measure(id="n", title="N", unit="percent", direction="increase"),
        Measure(id="o", title="O", unit="percent", direction="increase", frequency="monthly"),
    )
    first, second, third = tasks_of(plan_of(measures=measures))
    assert first.shape == second.shape != third.shape


def test_the_first_of_those_alike_speaks_for_all_that_have_figures_of_the_same_periods() -> None:
    n = Measure(id="n", title="N", unit="percent", direction="increase")
    plan = plan_of(target("a"), target("b"), target("c", measure="n"), measures=(MEASURE, n))
    same = tables(plan, seen={("m", ()): YEARS, ("n", ()): sorted(YEARS)})
    assert [same.first_alike(each).number for each in same.tasks] == [0, 0, 0]
    assert [each.number for each in same.shapes] == [0]
    others = tables(plan, seen={("m", ()): YEARS, ("n", ()): YEARS[:2]})
    assert [others.first_alike(each).number for each in others.tasks] == [0, 0, 2]
    assert [each.number for each in others.shapes] == [0, 2]


def test_the_figure_that_decides_has_the_highest_rank_and_the_ranks_begin_with_one() -> None:
    made = tables(plan_of(target()), *YEARS)
    assert coded(made.ranks(made.tasks[0])) == {"CY2022": 1, "CY2023": 2, "CY2024": 3}
    assert made.highest_rank == 3
    without = tables(plan_of(), *YEARS)
    assert coded(without.ranks(without.tasks[0])) == {"CY2022": 1, "CY2023": 2, "CY2024": 3, "CY2025": 4}
    assert tables(plan_of(target())).highest_rank == 0


def test_a_part_of_the_population_has_its_own_periods() -> None:
    girls = target(breakdown={"sex": "girls"})
    seen = {("m", ("",)): ["CY2024"], ("m", ("girls",)): ["CY2023"]}
    made = tables(plan_of(girls, target("all")), seen=seen, parts=(within("sex"),))
    assert [made.part_of(each) for each in made.tasks] == [("girls",), ("",)]
    assert [[each.code for each in made.periods_of(task)] for task in made.tasks] == [["CY2023"], ["CY2024"]]
    without = tables(plan_of(girls), *YEARS)
    assert (without.part_of(without.tasks[0]), without.periods_of(without.tasks[0])) == (None, ())
    assert without.keys_of(without.tasks[0], []) == {"measure": [], "period": []}
    other = tables(plan_of(girls), seen={}, parts=(within("age"),))
    assert other.part_of(other.tasks[0]) is None


def test_figures_are_joined_by_their_texts_or_by_the_number_of_their_series() -> None:
    plan = plan_of(target(breakdown={"sex": "girls"}))
    part = within("sex")
    seen = {("m", ("girls",)): ["CY2023", "CY2024"]}
    texts = tables(plan, seen=seen, parts=(part,))
    assert texts.keys == {"measure": str, "period": str, part: str}
    assert texts.keys_of(texts.tasks[0], ["CY2023", "CY2024"]) == {
        "measure": ["m", "m"],
        "period": ["CY2023", "CY2024"],
        part: ["girls", "girls"],
    }
    coding = Coding.of({"measure": ["m"], "period": ["CY2023", "CY2024"], part: ["", "girls"]})
    numbers = tables(plan, seen=seen, parts=(part,), coding=coding)
    assert numbers.keys == {SERIES_CODE: int}
    assert numbers.keys_of(numbers.tasks[0], ["CY2023", "CY2024"]) == {SERIES_CODE: [1, 3]}
    assert [row[SERIES_CODE] for row in rows_of(numbers.candidates(numbers.tasks))] == [1, 3]


def test_each_figure_has_its_rank_and_that_of_the_one_it_comes_before() -> None:
    made = tables(plan_of(target(), target("u")), *YEARS)
    table = made.candidates(made.tasks)
    assert table.types == {"measure": str, "period": str, "t": int, "rank": int, "leads": int}
    assert [tuple(row.values()) for row in rows_of(table)] == [
        ("m", period, t, rank, leads)
        for t in (0, 1)
        for period, rank, leads in (("CY2024", 3, -2), ("CY2022", 1, 2), ("CY2023", 2, 3), ("CY2025", 0, -2))
    ]
    without = tables(plan_of(), *YEARS)
    assert roles(without, "rank", "leads")["CY2024"] == (3, 4)
    broken = Measure(id="m", title="M", unit="percent", direction="increase", breaks=[date(2023, 6, 1)])
    over = tables(plan_of(target(), measures=[broken]), *YEARS)
    assert roles(over, "leads") == {"CY2024": (-2,), "CY2022": (-2,), "CY2023": (3,), "CY2025": (-2,)}


def test_a_target_of_one_place_names_it_and_what_is_lent_decides_nothing() -> None:
    made = tables(plan_of(target(area=HERE)), *YEARS)
    rows = rows_of(made.candidates(made.tasks[:1], by_area=True, lent=True))
    assert [(row["area"], row["period"], row["rank"], row["leads"]) for row in rows] == [
        (HERE, "CY2024", -1, -2),
        (HERE, "CY2022", -1, 2),
        (HERE, "CY2023", -1, 3),
        (HERE, "CY2025", -1, -2),
    ]


def test_no_period_but_one_is_the_one_before_of_several_days() -> None:
    """Of days every month, that of a short February is the one before of both its own and the last of March."""
    monthly = Measure(id="m", title="M", unit="percent", direction="increase", frequency="monthly")
    days = ("2025-02-28", "2025-03-28", "2025-03-31")
    plan = plan_of(target(due="2025-03-31", aim=Improve(), baseline=Baseline("2025-02-28")), measures=[monthly])
    made = tables(plan, *days, policy=NO_WORSE)
    assert roles(made, "rank", "leads", "last_year", "baseline") == {
        "2025-02-28": [(1, 2, -2, 1), (-1, 3, -2, 0)],
        "2025-03-28": (2, -2, -2, 0),
        "2025-03-31": (3, -2, -2, 0),
    }


def test_only_the_first_row_of_a_day_may_show_a_milestone_done() -> None:
    monthly = Measure(**{**MILESTONE, "frequency": "monthly"})
    plan = plan_of(target(aim=Complete(), due="2025-03-31"), measures=[monthly])
    made = tables(plan, "2025-02-28", "2025-03-28", "2025-03-31")
    rows = roles(made, "rank", "leads", "done_rank", "undone_rank")
    assert rows["2025-02-28"] == [(1, 2, 9, 1), (-1, 3, -1, -1)]


def test_that_of_a_year_before_is_looked_for_where_the_policy_asks_for_it() -> None:
    quarters = ("CY2023-Q4", "CY2024-Q1", "CY2023-Q1")
    plan = plan_of(target(due="CY2024-Q1"))
    assert "last_year" not in tables(plan, *quarters).candidates(tasks_of(plan)).types
    made = tables(plan, *quarters, policy=NO_WORSE)
    wanted = {"CY2023-Q4": (3, -2), "CY2024-Q1": (-2, -2), "CY2023-Q1": (-2, 3)}
    assert roles(made, "leads", "last_year") == wanted
    assert roles(made, "leads", "last_year", lent=True) == wanted
    ranked = tables(plan_of(target(due="CY2024-Q1", aim=Rank(1, 2))), *quarters, policy=NO_WORSE)
    assert roles(ranked, "leads", "last_year") == wanted
    assert roles(ranked, "last_year", lent=True) == dict.fromkeys(quarters, (-2,))


def test_a_week_that_no_year_before_had_is_held_against_none() -> None:
    broken = Measure(id="m", title="M", unit="percent", direction="increase", breaks=[date(2020, 6, 1)])
    made = tables(plan_of(target(due="2020-W53"), measures=[broken]), "2020-W52", "2020-W53", policy=NO_WORSE)
    assert roles(made, "rank", "leads", "last_year") == {"2020-W52": (1, 2, -2), "2020-W53": (2, -2, -2)}


def test_a_leap_day_and_the_day_before_it_have_one_day_a_year_before() -> None:
    days = ("2023-02-28", "2024-02-28", "2024-02-29")
    made = tables(plan_of(target(due="2024-02-29")), *days, policy=NO_WORSE)
    assert roles(made, "rank", "leads", "last_year") == {
        "2023-02-28": [(1, -2, 2), (-1, -2, 3)],
        "2024-02-28": (2, 3, -2),
        "2024-02-29": (3, -2, -2),
    }
    unasked = tables(plan_of(target(due="2024-02-29")), *days)
    assert roles(unasked, "rank", "leads") == {"2023-02-28": (1, -2), "2024-02-28": (2, 3), "2024-02-29": (3, -2)}


def test_of_the_figures_that_may_be_the_baseline_its_own_period_has_the_highest_rank() -> None:
    since = target(aim=Improve(), baseline=Baseline("CY2022-Q4"))
    made = tables(plan_of(since), "CY2022", "CY2022-Q4", "CY2024")
    assert roles(made, "baseline") == {"CY2022": (1,), "CY2022-Q4": (2,), "CY2024": (0,)}
    assert made.several_baselines
    assert not tables(plan_of(since), "CY2022-Q4", "CY2024").several_baselines
    assert not tables(plan_of(target()), *YEARS).several_baselines


def test_a_stated_baseline_needs_no_figure() -> None:
    stated = plan_of(target(aim=Improve(Margin(amount=5)), baseline=Baseline("CY2022", 50)))
    made = tables(stated, *YEARS)
    assert "baseline" not in made.candidates(made.tasks).types
    observed = target("u", aim=Improve(), baseline=Baseline("CY2022"))
    both = tables(plan_of(*stated.targets, observed), *YEARS)
    rows = rows_of(both.candidates(both.tasks))
    assert [(row["t"], row["baseline"]) for row in rows if row["period"] == "CY2022"] == [(0, 0), (1, 1)]


def test_in_a_history_the_baseline_of_an_earlier_figure_is_still_to_come() -> None:
    since = plan_of(target(aim=Improve(), baseline=Baseline("CY2023")))
    made = tables(since, *YEARS, history=True)
    (task,) = made.tasks
    asked = [None if code is None else Period.from_code(code) for code in (None, "CY2022", "CY2023", "CY2024")]
    assert [made.comes_later(task, each) for each in asked] == [False, True, False, False]
    now = tables(since, *YEARS)
    assert [now.comes_later(task, each) for each in asked] == [False] * 4
    quarter = plan_of(target(aim=Improve(), baseline=Baseline("CY2022-Q4")))  # the year that ends with it may be it
    either = tables(quarter, "CY2021", "CY2022", "CY2022-Q4", "CY2024", history=True)
    (task,) = either.tasks
    later = {code: either.comes_later(task, Period.from_code(code)) for code in ("CY2021", "CY2022", "CY2022-Q4")}
    assert later == {"CY2021": True, "CY2022": False, "CY2022-Q4": False}


def test_in_a_history_a_figure_is_judged_on_the_last_day_of_its_period() -> None:
    period = Period.from_code("CY2023")
    assert tables(plan_of(target()), history=True).judged_on(period) == date(2023, 12, 31)
    assert tables(plan_of(target())).judged_on(period) == AS_OF


def milestone(**given: Any) -> Plan:
    return plan_of(target(aim=Complete()), measures=[STEP if not given else Measure(**{**MILESTONE, **given})])


MILESTONE: dict[str, Any] = {"id": "m", "title": "M", "unit": "milestone", "direction": "increase"}


def test_the_first_figure_that_shows_a_milestone_done_comes_before_all_others() -> None:
    made = tables(milestone(), *YEARS)
    (task,) = made.tasks
    assert coded(made.ranks(task)) == {"CY2022": 1, "CY2023": 2, "CY2024": 3}
    assert coded(made.done_ranks(task)) == {"CY2022": 12, "CY2023": 11, "CY2024": 10}


def test_one_that_shows_it_not_done_counts_from_its_day_on() -> None:
    made = tables(milestone(), *YEARS, "CY2026")
    (task,) = made.tasks
    assert coded(made.undone_ranks(task)) == {"CY2025": 6, "CY2024": 7}  # CY2026 is not over
    later = tables(milestone(), *YEARS, "CY2026", as_of=date(2026, 12, 31))
    assert coded(later.undone_ranks(task)) == {"CY2026": 6, "CY2025": 7, "CY2024": 8}
    assert later.undone_ranks(task).keys().isdisjoint(later.ranks(task).keys() - {Period.from_code("CY2024")})


def test_in_a_history_nothing_later_shows_it_not_done() -> None:
    made = tables(milestone(), *YEARS, history=True)
    (task,) = made.tasks
    assert made.undone_ranks(task) == {}
    assert coded(made.done_ranks(task)) == {"CY2022": 12, "CY2023": 11, "CY2024": 10}


def test_what_is_discontinued_is_neither_done_nor_undone() -> None:
    plan = milestone(ended=date(2023, 6, 30))
    made = tables(plan, *YEARS)
    (task,) = made.tasks
    assert (made.done_ranks(task), made.undone_ranks(task)) == ({}, {})
    history = tables(plan, *YEARS, history=True)
    assert coded(history.done_ranks(task)) == {"CY2022": 12}


def test_what_is_no_milestone_is_neither_done_nor_undone() -> None:
    for plan in (plan_of(target()), plan_of()):
        made = tables(plan, *YEARS)
        (task,) = made.tasks
        assert (made.done_ranks(task), made.undone_ranks(task)) == ({}, {})


def test_the_figures_of_a_milestone_have_a_rank_for_done_and_one_for_not_done() -> None:
    made = tables(milestone(), *YEARS)
    names = ("rank", "leads", "done_rank", "undone_rank", "leads_done", "leads_undone")
    assert roles(made, *names) == {
        "CY2022": (1, 2, 12, 1, 11, -2),
        "CY2023": (2, 3, 11, 2, 10, 6),
        "CY2024": (3, -2, 10, 6, -2, 5),
        "CY2025": (0, -2, 0, 5, -2, -2),
    }
    assert roles(made, *names, lent=True) == {
        "CY2022": (-1, 2, -1, -1, 11, -2),
        "CY2023": (-1, 3, -1, -1, 10, 6),
        "CY2024": (-1, -2, -1, -1, -2, 5),
        "CY2025": (-1, -2, -1, -1, -2, -2),
    }
    (done_from,) = {each for (each,) in roles(made, "done_from").values()}
    assert 0 < done_from <= 1
    assert set(roles(made, "done_from", lent=True).values()) == {(UNREACHABLE,)}


def test_what_can_show_nothing_of_a_milestone_shows_it_never_done() -> None:
    both = plan_of(
        target(aim=Complete()), target("n", measure="n"), measures=[STEP, Measure(**{**MILESTONE, "id": "n"})]
    )
    made = tables(both, seen={("m", ()): ["CY2026"], ("n", ()): ["CY2023"]})
    rows = rows_of(made.candidates(made.tasks))
    assert [(row["period"], row["rank"], row["done_rank"], row["undone_rank"], row["done_from"]) for row in rows] == [
        ("CY2026", 0, 0, 0, UNREACHABLE),
        ("CY2023", 1, 1, 1, UNREACHABLE),
    ]


LATER: dict[Any, list[str]] = {("m", ()): ["CY2026"], ("later", ()): ["CY2027"]}


def test_where_each_figure_has_one_rank_all_are_ranked_at_once() -> None:
    seen = {("m", ()): YEARS[:2], ("other", ()): ["CY2023"]}
    made = tables(plan_of(target(due="CY2022")), seen=seen)
    table = made.ranks_of_all(LATER)
    assert table is not None
    assert table.types == {"measure": str, "period": str, "t": int, "rank": int, FIGURE_NUMBER: int}
    assert list(table.rows) == [
        ("m", "CY2024", 0, 0, 0),
        ("m", "CY2022", 0, 1, 1),
        ("m", "CY2026", 0, None, 2),
        ("other", "CY2023", -2, None, 0),
        ("later", "CY2027", -3, None, 0),
    ]


@pytest.mark.parametrize(
    "targets",
    [
        [target(), target("u")],
        [target(area=HERE)],
        [target(aim=Complete())],
    ],
)
def test_where_a_figure_has_several_ranks_they_are_not(targets: list[Target]) -> None:
    measure = STEP if isinstance(targets[0].aim, Complete) else MEASURE
    assert tables(plan_of(*targets, measures=[measure]), *YEARS).ranks_of_all({}) is None


def test_a_target_of_one_place_has_ranks_there_alone() -> None:
    """Beside it the measure without a target, for the other part of the population, would have its own."""
    seen = {("m", ("girls",)): YEARS, ("m", ("",)): YEARS}
    here = target(area=HERE, breakdown={"sex": "girls"})
    assert tables(plan_of(here), seen=seen, parts=(within("sex"),)).ranks_of_all({}) is None


def test_nor_where_there_are_more_figures_than_can_be_numbered() -> None:
    years = [f"CY{1950 + at}" for at in range(MOST_IN_GROUP)]
    made = tables(plan_of(target()), *years)
    assert len(rows_of(made.ranks_of_all({}))) == MOST_IN_GROUP
    assert made.ranks_of_all(LATER) is None


@pytest.mark.parametrize("area", [None, HERE])
def test_a_task_of_a_part_that_no_column_names_ranks_nothing(area: str | None) -> None:
    made = tables(plan_of(target(breakdown={"sex": "girls"}, area=area), target("all")), "CY2024")
    assert [tuple(row.values()) for row in rows_of(made.ranks_of_all({}))] == [("m", "CY2024", 1, 1, 0)]
    assert roles(made, "t", "rank") == {"CY2024": (1, 1)}
