"""Figures under other codes of the same ground: which of them a place is lent, in tables of two codes."""

from datetime import date
from typing import Any
from unittest import mock

import pytest

from outcome_bees import Baseline, Improve, Measure, Observation, Observations, Plan, Target, frames, methods
from outcome_bees.frames import backend

from .engines_alone import ALONE, rows_of

pl = pytest.importorskip("polars")
ON = date(2026, 1, 1)
SOMERSET, FORMERLY, ELSEWHERE = "E06000066", "E10000027", "E10000015"
MEASURE = Measure(id="m", title="M", unit="percent", direction="increase")


def figure(year: int, area: str, numerator: int, **further: Any) -> Observation:
    counts: dict[str, Any] = {"value": numerator / 5, "numerator": numerator, "denominator": 500}
    return Observation(measure="m", period=f"CY{year}", area=area, **counts, **further)


EARLIER = [figure(year, FORMERLY, 200 + 40 * at) for at, year in enumerate((2020, 2021, 2022))]
LATER = [figure(year, SOMERSET, 320 + 40 * at) for at, year in enumerate((2023, 2024))]
BESIDE = [figure(year, ELSEWHERE, 250) for year in range(2020, 2025)]


def frame_of(figures: list[Observation], **further: list[Any]) -> Any:
    return pl.DataFrame({**frames.from_observations(figures), **further})


def trends(figures: list[Observation]) -> dict[str, dict[str, Any]]:
    """The trend of each place, once it is seen to be that of its series."""
    rows = {row["area"]: row for row in frames.trend([MEASURE], frame_of(figures), as_of=ON).to_dicts()}
    for area, row in rows.items():
        alone = methods.recent_trend(Observations(figures).series(MEASURE, area=area, as_of=ON))
        assert row["reason"] == (None if alone.reason is None else str(alone.reason))
        assert row["chi_square"] == (None if alone.chi_square is None else pytest.approx(float(alone.chi_square)))
    return rows


def test_each_code_of_a_ground_is_lent_the_figures_of_the_other() -> None:
    rows = trends([*EARLIER, *LATER, *BESIDE])
    assert {area: row["direction"] for area, row in rows.items()} == {
        SOMERSET: "increasing",
        FORMERLY: "increasing",
        ELSEWHERE: "no_change",
    }
    assert rows[SOMERSET]["chi_square"] == pytest.approx(129.87, abs=0.01)
    assert trends(EARLIER)[FORMERLY]["reason"] == "too_few_points"


def test_a_code_keeps_its_own_figure_of_a_period() -> None:
    rows = trends([*EARLIER, *LATER, figure(2022, SOMERSET, 300)])
    assert rows[FORMERLY]["chi_square"] == pytest.approx(129.87, abs=0.01)
    assert rows[SOMERSET]["chi_square"] != pytest.approx(129.87, abs=0.01)


def test_a_figure_is_lent_in_its_own_part_of_a_table() -> None:
    figures = [*EARLIER, *LATER, *(figure(year, SOMERSET, 100) for year in (2020, 2021))]
    frame = frame_of(figures, wave=[1] * 5 + [2] * 2)
    rows = frames.trend([MEASURE], frame, as_of=ON, by=("area", "wave")).to_dicts()
    assert {(row["area"], row["wave"]): row["reason"] for row in rows} == {
        (SOMERSET, 1): None,
        (FORMERLY, 1): None,
        (SOMERSET, 2): "too_few_points",
        (FORMERLY, 2): "too_few_points",
    }
    charts = frames.xmr([MEASURE], frame, as_of=ON, by=("area", "wave"))
    assert sorted(charts.group_by("area", "wave").len().rows()) == [
        (SOMERSET, 1, 5),
        (SOMERSET, 2, 2),
        (FORMERLY, 1, 5),
        (FORMERLY, 2, 2),
    ]
    target = Target(id="t", measure="m", aim=Improve(), baseline=Baseline("CY2021"), due="CY2024")
    plan = Plan(id="p", title="P", measures=[MEASURE], targets=[target])
    answers = frames.evaluate(plan, frame, as_of=ON, by=("area", "wave")).filter(area=SOMERSET).to_dicts()
    assert {row["wave"]: row["status"] for row in answers} == {1: "achieved", 2: "not_assessed"}


@pytest.mark.parametrize("engine", ALONE)
def test_every_engine_lends_the_same_by_itself(engine: str) -> None:
    pytest.importorskip("pyarrow")
    girls = [figure(2019, FORMERLY, 100, breakdown={"sex": "girls"})]
    frame = frame_of([*EARLIER, *LATER, *BESIDE, *girls])
    wanted = rows_of(frames.trend([MEASURE], frame, as_of=ON, breakdown=["sex"]))
    with mock.patch.object(backend, "_engine_for", return_value=None):
        assert rows_of(frames.trend([MEASURE], ALONE[engine](frame), as_of=ON, breakdown=["sex"])) == wanted
    assert len(wanted) == 5
