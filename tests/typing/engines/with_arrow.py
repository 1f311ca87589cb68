"""A frame of PyArrow comes out as one: checked by mypy and pyright, also where no other library is."""

from typing import assert_type

import pyarrow  # type: ignore[import-untyped, unused-ignore]  # it brings no types, or no whole ones

from outcome_bees import Plan, frames


def evaluated(plan: Plan, frame: pyarrow.Table) -> None:
    answers = frames.evaluate(plan, frame, as_of="2025-12-31")
    assert_type(answers, pyarrow.Table)
    assert_type(frames.evaluate(plan, frame, as_of="2025-12-31", history=True, certainty=True), pyarrow.Table)
    assert_type(frames.roll_up(plan, answers, by="measure"), pyarrow.Table)
    assert_type(frames.from_ees(frame, indicators={}), pyarrow.Table)
    assert_type(frames.compare(plan, frame, against="E92000001", as_of="2025-12-31"), pyarrow.Table)
    assert_type(frames.trend(plan, frame, as_of="2025-12-31"), pyarrow.Table)
    assert_type(frames.xmr(plan, frame, as_of="2025-12-31"), pyarrow.Table)
