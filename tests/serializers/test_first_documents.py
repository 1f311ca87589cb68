"""A plan and its figures, read and written."""

from io import StringIO
from pathlib import Path

import pytest

from outcome_bees.errors import DocumentError
from outcome_bees.serializers import dump_observations, dump_plan, load_observations, load_plan

PLAN = """\
format: outcome-bees/1
id: p
title: A plan
measures:
  - id: ehcp
    title: EHC plans in 20 weeks
    unit: percent
    direction: increase
targets:
  - id: t1
    measure: ehcp
    aim: {kind: reach, value: 79.0}
    due: CY2024
    tolerance: {percent: 10}
"""


@pytest.mark.parametrize("format", ["json", "yaml"])
def test_a_plan_comes_back_as_it_was_and_is_written_the_same_again(format: str) -> None:
    plan = load_plan(StringIO(PLAN), format="yaml")
    first, second = StringIO(), StringIO()
    dump_plan(plan, first, format=format)
    dump_plan(load_plan(StringIO(first.getvalue()), format=format), second, format=format)
    assert load_plan(StringIO(first.getvalue()), format=format) == plan
    assert first.getvalue() == second.getvalue()
    assert "79.0" in first.getvalue()


def test_every_problem_is_told_with_its_path_and_line() -> None:
    bad = PLAN.replace("id: ehcp", "id: Ehcp").replace("percent: 10", "per_cent: 10")
    with pytest.raises(DocumentError) as refused:
        load_plan(StringIO(bad), format="yaml")
    assert [(each.path, each.line) for each in refused.value.problems] == [
        ("$.measures[0].id", 5),
        ("$.targets[0].measure", 11),
        ("$.targets[0].tolerance.per_cent", 14),
    ]


def test_the_published_figures_load_as_they_are_and_come_back(shared: Path) -> None:
    figures = load_observations(shared / "data" / "strategic_priorities_2024_25.csv")
    table = StringIO()
    dump_observations(figures, table, format="csv")
    assert load_observations(StringIO(table.getvalue()), format="csv") == figures
    assert len(figures) == 264
