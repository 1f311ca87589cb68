"""What a valid observation is, is one table: what one reader refuses, each does, for the same reason."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from outcome_bees import Measure, Observation, OutcomeBeesError, Plan, Reach, Target, frames, load_observations
from outcome_bees.model.constraints import CONSTRAINTS, NUMBERS, Check
from outcome_bees.serializers.schema import json_schema

MEASURE = Measure(id="plans", title="Plans in 20 weeks", unit="percent", direction="increase")
PLAN = Plan(
    id="p", title="P", measures=[MEASURE], targets=[Target(id="t", measure="plans", aim=Reach(60), due="CY2024")]
)
GOOD: dict[str, Any] = {"measure": "plans", "period": "CY2024", "area": "E10000015", "value": 61}

VIOLATIONS: dict[str, list[dict[str, Any]]] = {
    "value_or_absence": [{"absence": "suppressed"}, {"value": None}],
    "denominator_above_zero": [{"numerator": 1, "denominator": 0}, {"denominator": -5}],
    "limits_in_order": [{"lower": 62, "upper": 60}, {"lower": 0, "upper": -0.5}],
    **{f"{name}_finite": [{name: float("inf")}, {name: float("-inf")}] for name in NUMBERS},
    "absence_known": [{"value": None, "absence": "hidden"}],
    "revision_known": [{"revision": "draft"}],
    "period_readable": [{"period": "2024"}, {"period": "CY2024-25"}],
    "unit_readable": [{"unit": "furlong"}, {"unit": "1/0"}],
    "recorded_a_day": [{"recorded": "yesterday"}],
}
CASES = [(id, each) for id, changes in VIOLATIONS.items() for each in changes]
NOT_IN_A_FRAME = {"value_or_absence"}  # a null there is an absence: not_available
NOT_IN_A_SCHEMA = {
    "limits_in_order",  # which cannot compare two numbers
    "period_readable",  # nor read a code: its pattern takes all that may be one
    "unit_readable",
}


def by_object(row: dict[str, Any], folder: Path) -> None:
    Observation(**row)


def by_frame(row: dict[str, Any], folder: Path) -> None:
    polars = pytest.importorskip("polars")
    types = {name: polars.Float64 for name in NUMBERS if name in row}
    frame = polars.DataFrame({name: [cell] for name, cell in row.items()}, schema_overrides=types)
    frames.evaluate(PLAN, frame, as_of=date(2025, 6, 1))


def _file(row: dict[str, Any], folder: Path) -> Path:
    path = folder / "figures.csv"
    cells = ("" if cell is None else str(cell) for cell in row.values())
    path.write_text(f"{','.join(row)}\n{','.join(cells)}\n", encoding="utf-8")
    return path


def by_table(row: dict[str, Any], folder: Path) -> None:
    load_observations(_file(row, folder))


def by_scan(engine: str) -> Callable[[dict[str, Any], Path], None]:
    def road(row: dict[str, Any], folder: Path) -> None:
        pytest.importorskip(engine)
        frames.scan(_file(row, folder), PLAN, engine=engine).close()

    return road


ROADS: dict[str, Callable[[dict[str, Any], Path], None]] = {
    "object": by_object,
    "frame": by_frame,
    "table": by_table,
    "scan with polars": by_scan("polars"),
    "scan with duckdb": by_scan("duckdb"),
}


def test_every_constraint_has_a_row_that_violates_it() -> None:
    assert set(VIOLATIONS) == {each.id for each in CONSTRAINTS}


@pytest.mark.parametrize("road", ROADS)
def test_a_row_that_violates_nothing_is_taken_on_every_road(road: str, tmp_path: Path) -> None:
    full = {**GOOD, "numerator": 61, "denominator": 100, "lower": 60, "upper": 62, "unit": "percent"}
    ROADS[road](full | {"revision": "final"}, tmp_path)


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize(("id", "change"), CASES)
def test_what_one_road_refuses_each_does(id: str, change: dict[str, Any], road: str, tmp_path: Path) -> None:
    row = {**GOOD, **change}
    if road == "frame" and id in NOT_IN_A_FRAME and row["value"] is None:
        ROADS[road](row, tmp_path)
        return
    with pytest.raises(OutcomeBeesError) as refused:
        ROADS[road](row, tmp_path)
    constraint = next(each for each in CONSTRAINTS if each.id == id)
    message = "".join([str(refused.value), *(str(each) for each in getattr(refused.value, "problems", ()))])
    if constraint.check is Check.EXACTLY_ONE:
        assert constraint.allowed in message
        assert constraint.hint is not None
        assert constraint.hint in message
    elif constraint.check not in (Check.FINITE, Check.AMONG_WORDS):
        assert any(name in message for name in constraint.columns) or str(change[constraint.columns[0]]) in message


@pytest.mark.parametrize(("id", "change"), CASES)
def test_the_schema_refuses_what_a_schema_can(id: str, change: dict[str, Any]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    row = {name: cell for name, cell in {**GOOD, **change}.items() if cell is not None}
    if any(cell in (float("inf"), float("-inf")) for cell in row.values()):
        # JSON has no infinities: no document can hold one.
        with pytest.raises(ValueError, match="not JSON compliant"):
            json.dumps(row, allow_nan=False)
        return
    document = {"format": "outcome-bees/1", "observations": [row]}
    validator = jsonschema.Draft202012Validator(json_schema())
    assert validator.is_valid({**document, "observations": [GOOD]})
    assert validator.is_valid(document) == (id in NOT_IN_A_SCHEMA)
