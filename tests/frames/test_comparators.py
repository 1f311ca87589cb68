"""What the others have: pooled of their numerators and denominators only where a frame has both."""

from typing import Any

import pytest
from tests.frames.test_bulk import EVERY_SORT, HERE, THERE, YEAR, rows_of

from outcome_bees import Beat, Comparator, Measure, Plan, Rank, Target

OTHER = "E10000017"
FIGURES: dict[str, list[Any]] = {
    "measure": ["m"] * 3,
    "period": [YEAR] * 3,
    "area": [HERE, THERE, OTHER],
    "value": [50.0, 40.0, 30.0],
}


def required(engine: str, figures: dict[str, list[Any]], method: str) -> tuple[Any, Any]:
    comparator = Comparator(id="c", title="C", areas=[THERE, OTHER], method=method)
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    target = Target(id="t", measure="m", aim=Beat("c"), due=YEAR, area=HERE)
    plan = Plan(id="p", title="P", measures=[measure], targets=[target], comparators=[comparator])
    (row,) = (each for each in rows_of(engine, plan, figures) if each["area"] == HERE)
    return row["required"], row["reason"]


@EVERY_SORT
@pytest.mark.parametrize("there", [(), ("numerator",), ("denominator",)])
def test_others_that_are_pooled_have_nothing_where_a_frame_lacks_a_part_of_the_share(
    engine: str, there: tuple[str, ...]
) -> None:
    figures = {**FIGURES, **{name: [50.0, 80.0, 30.0] for name in there}}
    assert required(engine, figures, "pooled") == (None, "comparator_missing")
    assert required(engine, figures, "median") == (35.0, None)


@EVERY_SORT
def test_others_that_are_pooled_have_the_share_of_all_of_them(engine: str) -> None:
    figures = {**FIGURES, "numerator": [50.0, 80.0, 30.0], "denominator": [100.0, 200.0, 100.0]}
    required_of, reason = required(engine, figures, "pooled")
    assert (round(required_of, 6), reason) == (36.666667, None)


NOW, FORMERLY = "E06000066", "E10000027"  # two codes of one ground


@pytest.mark.parametrize(
    ("named", "published", "answer"),
    [
        ([NOW], NOW, (1.0, None)),
        ([NOW], FORMERLY, (None, "comparator_missing")),
        ([FORMERLY], NOW, (None, "comparator_missing")),
        ([FORMERLY, NOW], NOW, (1.0, None)),  # one ground is ranked once
    ],
)
def test_a_place_is_ranked_among_those_named_by_the_codes_that_the_figures_have(
    named: list[str], published: str, answer: tuple[float | None, str | None]
) -> None:
    group = Comparator(id="c", title="C", areas=[HERE, THERE, *named], method="median")
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    target = Target(id="t", measure="m", aim=Rank(1, 3, among="c"), due=YEAR, area=HERE)
    plan = Plan(id="p", title="P", measures=[measure], targets=[target], comparators=[group])
    figures = {**FIGURES, "area": [HERE, THERE, published]}
    (row,) = (each for each in rows_of("polars", plan, figures) if each["area"] == HERE)
    assert (row["required"], row["reason"]) == answer
