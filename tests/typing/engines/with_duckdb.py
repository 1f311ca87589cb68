"""A frame of DuckDB comes out as one: checked by mypy and pyright, also where no other library is."""

from typing import assert_type

import duckdb

from outcome_bees import Plan, frames


def evaluated(plan: Plan, frame: duckdb.DuckDBPyRelation) -> None:
    answers = frames.evaluate(plan, frame, as_of="2025-12-31")
    assert_type(answers, duckdb.DuckDBPyRelation)
    assert_type(frames.evaluate(plan, frame, as_of="2025-12-31", history=True, certainty=True), duckdb.DuckDBPyRelation)
    assert_type(frames.roll_up(plan, answers, by="measure"), duckdb.DuckDBPyRelation)
    assert_type(frames.from_ees(frame, indicators={}), duckdb.DuckDBPyRelation)
    assert_type(frames.compare(plan, frame, against="E92000001", as_of="2025-12-31"), duckdb.DuckDBPyRelation)
    assert_type(frames.trend(plan, frame, as_of="2025-12-31"), duckdb.DuckDBPyRelation)
    assert_type(frames.xmr(plan, frame, as_of="2025-12-31"), duckdb.DuckDBPyRelation)
