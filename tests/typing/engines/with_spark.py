"""A frame of Spark comes out as one: checked by mypy and pyright, also where no other library is."""

from typing import assert_type

from pyspark.sql import DataFrame  # pyright: ignore[reportMissingImports]  # in .ci/run it is there

from outcome_bees import Plan, frames


def evaluated(plan: Plan, frame: DataFrame) -> None:
    answers = frames.evaluate(plan, frame, as_of="2025-12-31")
    assert_type(answers, DataFrame)
    assert_type(frames.evaluate(plan, frame, as_of="2025-12-31", history=True, certainty=True), DataFrame)
    assert_type(frames.roll_up(plan, answers, by="measure"), DataFrame)
    assert_type(frames.from_ees(frame, indicators={}), DataFrame)
    assert_type(frames.compare(plan, frame, against="E92000001", as_of="2025-12-31"), DataFrame)
    assert_type(frames.trend(plan, frame, as_of="2025-12-31"), DataFrame)
    assert_type(frames.xmr(plan, frame, as_of="2025-12-31"), DataFrame)
