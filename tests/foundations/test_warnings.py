"""A warning is of the line from which the library was called, whatever the depth at which the doubt arose."""

import io
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from outcome_bees import Measure, Observation, Observations, Plan, Reach, Target, evaluate, evaluate_plan
from outcome_bees.serializers import load_observations
from outcome_bees.sources import load_sources

AREA = "E10000015"
MEASURE = Measure(id="m", title="M", unit="percent", direction="increase")
PLAN = Plan(id="p", title="P", measures=[MEASURE], targets=[Target(id="t", measure="m", aim=Reach(95), due="CY2024")])
TABLE = f"measure,period,area,value\nm,CY2024,{AREA},0.96\n"
SOURCES = "format: outcome-bees/1\nsources:\n  - file: figures.csv\n"
DAY = date(2025, 12, 31)


def figure(**fields: str) -> Observation:
    return Observation(**{"measure": "m", "period": "CY2024", "area": AREA, "value": "96"} | fields)  # type: ignore[arg-type]


def displaced() -> Observations:
    final = figure(revision="final", recorded="2025-01-01")
    return Observations([final, figure(revision="provisional", recorded="2025-02-01", value="95")])


DOUBTFUL: dict[str, Callable[[Path], object]] = {
    "a file": lambda folder: load_observations(io.StringIO(TABLE), PLAN, format="csv"),
    "sources": lambda folder: load_sources(folder / "sources.yaml", PLAN),
    "another place": lambda folder: evaluate_plan(PLAN, [figure()], as_of=DAY, area="E10000099"),
    "another measure": lambda folder: evaluate_plan(PLAN, [figure(), figure(measure="n")], as_of=DAY, area=AREA),
    "a displaced figure": lambda folder: evaluate(None, measure=MEASURE, observations=displaced(), as_of=DAY),
    "a displaced figure of a plan": lambda folder: evaluate_plan(PLAN, displaced(), as_of=DAY),
    "a displaced figure of a series": lambda folder: displaced().series(MEASURE, as_of=DAY),
}


@pytest.mark.parametrize("doubtful", DOUBTFUL.values(), ids=DOUBTFUL)
def test_a_warning_is_of_the_line_that_called(doubtful: Callable[[Path], object], tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        doubtful(tmp_path)
    assert [each.filename for each in caught] == [__file__]
    assert caught[0].lineno == doubtful.__code__.co_firstlineno
