"""Tallies in bulk: what is counted under what, of a few answers written by hand."""

from collections.abc import Sequence
from typing import Any

import pytest

from outcome_bees import Ambition, Measure, Plan, Policy, Priority, Status, Tally, frames
from outcome_bees.errors import InvalidValueError, UnknownNameError

pl = pytest.importorskip("polars")
HERE, THERE = "E10000015", "E10000016"
OWN = Measure(id="own", title="O", unit="percent", outcome_bees=["be-happy", "be-safe"])
PART = Measure(id="part", title="P", unit="percent")
OTHER_PART = Measure(id="other-part", title="P", unit="percent")
WHOLE = Measure(id="whole", title="W", kind="compound", components=["part", "other-part"], priority="one")
LOOSE = Measure(id="loose", title="L", unit="percent", priority="two")
PLAN = Plan(
    id="p",
    title="P",
    ambitions=[Ambition(id="a", title="A")],
    priorities=[
        Priority(id="one", title="One", ambition="a", outcome_bees=["be-safe"]),
        Priority(id="two", title="Two"),
    ],
    measures=[OWN, PART, OTHER_PART, WHOLE, LOOSE],
    policies=[Policy(id="ours")],
)
ANSWERS = [
    ("own", "t", "achieved", HERE),
    ("part", "u", "missed", HERE),
    ("other-part", "v", "on_track", HERE),
    ("whole", None, "missed", HERE),
    ("loose", None, "not_assessed", HERE),
    ("own", "t", "not_assessed", THERE),
    ("part", "u", "achieved", THERE),
    ("other-part", "v", "achieved", THERE),
    ("whole", None, "achieved", THERE),
    ("loose", "w", "off_track", THERE),
]


def answers(rows: Sequence[tuple[str | None, ...]], **further: list[Any]) -> Any:
    named = dict(zip(("measure", "target", "status", "area"), zip(*rows, strict=True), strict=True))
    return pl.DataFrame({**named, **further})


def tallied(*rows: tuple[str | None, ...], **settings: Any) -> dict[Any, dict[str, Any]]:
    """The tallies of some answers, or of all, by group and place."""
    found = frames.roll_up(PLAN, answers(rows or ANSWERS), **settings).to_dicts()
    to, by = settings.get("to", "plan"), settings.get("by", ("area",))
    names = [to, *([by] if isinstance(by, str) else by)]
    assert len(found) == len({tuple(row[name] for name in names) for row in found})
    return {tuple(row[name] for name in dict.fromkeys(names)): row for row in found}


@pytest.mark.parametrize(
    ("to", "totals"),
    [
        ("plan", {"p": 4}),
        ("bee", {"be-happy": 1, "be-safe": 3}),
        ("ambition", {"a": 2}),
        ("priority", {"one": 2, "two": 1}),
        ("compound", {"whole": 2}),
        ("measure", {"own": 1, "part": 1, "other-part": 1, "whole": 1, "loose": 1}),
    ],
)
def test_an_answer_counts_under_what_its_measure_belongs_to(to: str, totals: dict[str, int]) -> None:
    """The compound measure's answer stands for those of its parts, and is counted beside them nowhere."""
    found = tallied(to=to)
    assert {group: row["total"] for (group, area), row in found.items() if area == HERE} == totals
    assert {group: row["total"] for (group, area), row in found.items() if area == THERE} == totals


def test_a_compound_measure_with_a_target_of_its_own_is_counted() -> None:
    assert tallied(("whole", "own", "missed", HERE), ("part", "u", "missed", HERE))["p", HERE]["total"] == 2


def test_a_compound_measure_that_is_part_of_another_counts_toward_it() -> None:
    parts = [Measure(id=id, title=id, unit="percent") for id in ("part", "loose")]
    whole = Measure(id="whole", title="W", kind="compound", components=["part"])
    over_all = Measure(id="all", title="A", kind="compound", components=["whole", "loose"])
    plan = Plan(id="p", title="P", measures=[*parts, whole, over_all])
    rows = frames.roll_up(plan, answers(ANSWERS), to="compound").to_dicts()
    assert {row["compound"]: row["total"] for row in rows if row["area"] == HERE} == {"whole": 1, "all": 2}


def test_an_answer_without_a_target_is_counted_where_it_is_of_no_compound_measure() -> None:
    assert tallied(("loose", None, "not_assessed", HERE))["p", HERE]["total"] == 1


@pytest.mark.parametrize("status", Status)
def test_a_tally_of_one_answer_says_what_the_tally_of_it_says(status: Status) -> None:
    (row,) = tallied(("own", "t", status.value, HERE)).values()
    alone = Tally({status: 1})
    assert {each: row[each.value] for each in Status} == {each: int(each is status) for each in Status}
    assert (row["total"], row["assessed"], row["good"]) == (1, alone.assessed, alone.good)
    assert row["share"] == (None if alone.share is None else float(alone.share))
    assert row["worst"] == (None if alone.worst is None else alone.worst.value)
    assert row["rag"] == status.rag.value


def test_of_many_answers_the_worst_colours_the_tally() -> None:
    rows = [("own", "t", status, HERE) for status in ("achieved", "on_track", "at_risk", "not_assessed")]
    (row,) = tallied(*rows).values()
    assert (row["total"], row["assessed"], row["good"], row["worst"], row["rag"]) == (4, 3, 2, "at_risk", "amber")
    assert row["share"] == pytest.approx(2 / 3, rel=1e-15)
    assert (row["achieved"], row["on_track"], row["at_risk"], row["not_assessed"], row["missed"]) == (1, 1, 1, 1, 0)


def test_the_columns_of_a_tally_are_these() -> None:
    row = tallied()["p", HERE]
    words = ["total", "assessed", "good", "share", "worst", "rag"]
    assert list(row) == ["plan", "area", *(status.value for status in Status), *words]


def test_tallies_may_be_divided_by_one_column_by_several_or_by_none() -> None:
    assert {key: row["total"] for key, row in tallied(by=()).items()} == {("p",): 8}
    assert tallied(by="area") == tallied(by=("area",))
    frame = answers(ANSWERS, phase=["a", "b"] * 5)
    rows = frames.roll_up(PLAN, frame, by=("area", "phase")).to_dicts()
    totals = {(HERE, "a"): 3, (HERE, "b"): 1, (THERE, "a"): 1, (THERE, "b"): 3}
    assert {(row["area"], row["phase"]): row["total"] for row in rows} == totals


def test_by_measure_each_answer_counts_for_its_own() -> None:
    by_measure = {key: row["total"] for key, row in tallied(by="measure").items()}
    assert by_measure == {("p", each.id): 2 for each in PLAN.measures}
    assert {key: row["total"] for key, row in tallied(to="measure", by="measure").items()} == {
        (each.id,): 2 for each in PLAN.measures
    }


def test_answers_of_measures_that_the_plan_does_not_have_count_under_nothing() -> None:
    assert set(tallied(("other", "t", "missed", HERE), ("own", "t", "achieved", HERE))) == {("p", HERE)}
    assert tallied(("other", "t", "missed", HERE), ("own", "t", "achieved", HERE))["p", HERE]["total"] == 1


def test_a_level_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(InvalidValueError, match="roll_up: to: given 'bees'; allowed: bee, ambition, priority"):
        tallied(to="bees")


@pytest.mark.parametrize("name", ["measure", "target", "status", "area"])
def test_a_column_that_is_missing_is_named(name: str) -> None:
    with pytest.raises(InvalidValueError, match=f"a frame with a column '{name}', as frames.evaluate gives it"):
        frames.roll_up(PLAN, answers(ANSWERS).drop(name))


@pytest.mark.parametrize("name", ["total", "share", "achieved", "rag"])
def test_a_column_may_not_divide_that_is_called_as_one_of_a_tally(name: str) -> None:
    frame = answers(ANSWERS, **{name: ["x"] * 10})
    with pytest.raises(InvalidValueError, match=rf"roll_up: by: .*'{name}'.* columns called otherwise than"):
        frames.roll_up(PLAN, frame, by=("area", name))


def test_a_policy_is_one_of_the_plans_or_is_given() -> None:
    assert tallied(policy="ours") == tallied(policy=Policy(id="other")) == tallied()
    with pytest.raises(UnknownNameError, match="others"):
        tallied(policy="others")
