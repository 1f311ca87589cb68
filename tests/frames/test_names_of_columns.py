"""Columns of the caller's may have any name that is not the contract's: none is taken for one that an engine makes."""

from typing import Any

import pytest

from outcome_bees import Baseline, Beat, Comparator, Improve, Margin, Measure, Plan, Rank, Target, frames
from outcome_bees.errors import AmbiguousObservationError, InvalidValueError

pl = pytest.importorskip("polars")
AS_OF = "2025-06-01"
ENGLAND = "E92000001"
MEASURE = Measure(id="m", title="M", unit="percent", direction="increase")
NAMES = ("level", "kind", "severity", "base", "stamp")
FIGURES: dict[str, list[Any]] = {
    "measure": ["m"] * 6,
    "period": ["FY2024-25", "FY2023-24"] * 3,
    "area": ["E10000015"] * 2 + ["E10000016"] * 2 + [ENGLAND] * 2,
    "value": [3.0, 2.0, 1.0, 5.0, 2.0, 2.0],
}


def plan(**breakdown: str) -> Plan:
    """One target for each sort of number that a figure is held against."""
    due: dict[str, Any] = {"measure": "m", "due": "FY2024-25", "breakdown": breakdown}
    better = Target(id="i", aim=Improve(), baseline=Baseline("FY2023-24"), tolerance=Margin(amount=1), **due)
    targets = [Target(id="r", aim=Rank(1, 2), **due), better, Target(id="b", aim=Beat("e"), **due)]
    england = Comparator(id="e", title="E", areas=[ENGLAND])
    return Plan(id="p", title="P", measures=[MEASURE], targets=targets, comparators=[england])


def given(engine: str, name: str, word: str = "z") -> Any:
    frame = pl.DataFrame({**FIGURES, name: [word] * 6})
    return frame if engine == "polars" else pytest.importorskip("duckdb").connect().from_arrow(frame.to_arrow())


def told(frame: Any, name: str | None = None) -> list[tuple[Any, ...]]:
    rows = frame if isinstance(frame, pl.DataFrame) else frame.pl()
    if name is not None:
        rows = rows.rename({name: "of the caller"})
    return sorted(rows.select(sorted(rows.columns)).rows(), key=repr)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_table_may_be_divided_by_a_column_of_any_name(engine: str, name: str) -> None:
    for settings in ({"history": False, "certainty": True}, {"history": True}):
        answers, alike = (
            frames.evaluate(plan(), given(engine, each), as_of=AS_OF, by=("area", each), **settings)  # type: ignore[arg-type]  # truths
            for each in (name, "phase")
        )
        assert told(answers, name) == told(alike, "phase")
        assert set(pl.DataFrame(answers if engine == "polars" else answers.pl())[name]) == {"z"}


@pytest.mark.parametrize("name", NAMES[:2])
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_part_of_the_population_may_be_named_by_a_column_of_any_name(engine: str, name: str) -> None:
    answers, alike = (
        frames.evaluate(plan(**{each: "z"}), given(engine, each), as_of=AS_OF) for each in (name, "phase")
    )
    assert told(answers) == told(alike)
    assert {row[-1] for row in told(answers.select("status") if engine == "polars" else answers.project("status"))} > {
        "achieved"
    }


@pytest.mark.parametrize("name", ["group", "severity"])
def test_tallies_may_be_divided_by_a_column_of_any_name(name: str) -> None:
    answers = frames.evaluate(plan(), given("polars", name), as_of=AS_OF, by=("area", name))
    tallies = frames.roll_up(plan(), answers, by=name)
    assert (tallies[name].to_list(), tallies["total"].to_list(), tallies["plan"].to_list()) == (["z"], [9], ["p"])


@pytest.mark.parametrize("name", ["side", "sort", "way"])
def test_series_may_be_divided_by_a_column_of_any_name(name: str) -> None:
    asked: dict[str, Any] = {"as_of": AS_OF, "by": ("area", name)}
    for call in (frames.trend, frames.xmr, lambda *args, **more: frames.compare(*args, against=ENGLAND, **more)):
        answers = call([MEASURE], given("polars", name), **asked)
        alike = call([MEASURE], given("polars", "phase"), **{**asked, "by": ("area", "phase")})
        assert told(answers, name) == told(alike, "phase")


def test_a_name_that_an_answer_has_of_its_own_is_refused() -> None:
    for call, name in ((frames.trend, "slope"), (frames.xmr, "mean")):
        several: tuple[dict[str, Any], ...] = ({"by": ("area", name)}, {"breakdown": [name]})
        for asked in several:
            with pytest.raises(InvalidValueError, match=f"given '{name}'; allowed: columns called otherwise"):
                call([MEASURE], given("polars", name), as_of=AS_OF, **asked)
    with pytest.raises(InvalidValueError, match="outcome"):
        frames.compare([MEASURE], given("polars", "outcome"), against=ENGLAND, as_of=AS_OF, by=("area", "outcome"))
    answers = frames.evaluate(plan(), given("polars", "total"), as_of=AS_OF, by=("area", "total"))
    with pytest.raises(InvalidValueError, match=r"roll_up: by.*columns called otherwise"):
        frames.roll_up(plan(), answers, by="total")


def test_an_error_names_a_column_as_the_caller_does() -> None:
    twice = pl.concat([given("polars", "level"), given("polars", "level")])
    with pytest.raises(AmbiguousObservationError, match=r"area E[0-9]+, level z: two of one"):
        frames.evaluate(plan(), twice, as_of=AS_OF, by=("area", "level"))
