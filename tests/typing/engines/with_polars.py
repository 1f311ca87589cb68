"""A frame of Polars, eager or lazy, comes out as one: checked by mypy and pyright, also where no other library is."""

from typing import assert_type

import polars

from outcome_bees import Plan, frames


def eager(plan: Plan, frame: polars.DataFrame) -> None:
    answers = frames.evaluate(plan, frame, as_of="2025-12-31")
    assert_type(answers, polars.DataFrame)
    assert_type(frames.evaluate(plan, frame, as_of="2025-12-31", history=True, certainty=True), polars.DataFrame)
    assert_type(frames.roll_up(plan, answers, by="measure"), polars.DataFrame)
    assert_type(frames.from_ees(frame, indicators={}), polars.DataFrame)
    assert_type(frames.compare(plan, frame, against="E92000001", as_of="2025-12-31"), polars.DataFrame)
    assert_type(frames.trend(plan, frame, as_of="2025-12-31"), polars.DataFrame)
    assert_type(frames.xmr(plan, frame, as_of="2025-12-31"), polars.DataFrame)


def lazy(plan: Plan, frame: polars.LazyFrame) -> None:
    answers = frames.evaluate(plan, frame, as_of="2025-12-31")
    assert_type(answers, polars.LazyFrame)
    assert_type(frames.evaluate(plan, frame, as_of="2025-12-31", history=True, certainty=True), polars.LazyFrame)
    assert_type(frames.roll_up(plan, answers, by="measure"), polars.LazyFrame)
    assert_type(frames.from_ees(frame, indicators={}), polars.LazyFrame)
    assert_type(frames.compare(plan, frame, against="E92000001", as_of="2025-12-31"), polars.LazyFrame)
    assert_type(frames.trend(plan, frame, as_of="2025-12-31"), polars.LazyFrame)
    assert_type(frames.xmr(plan, frame, as_of="2025-12-31"), polars.LazyFrame)


def mistakes(plan: Plan, frame: polars.DataFrame) -> None:
    """What is wrong is named by itself: the argument, and not the whole function."""
    frames.evaluate(plan, [1, 2], as_of="2025-12-31")  # type: ignore[type-var]  # pyright: ignore[reportArgumentType]
    frames.evaluate(plan, frame, as_of=2025)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    frames.evaluate(plan, frame, as_of="2025-12-31", by=1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    frames.evaluate(plan, frame)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
