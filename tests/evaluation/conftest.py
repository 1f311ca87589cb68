"""One target judged in a line: what a test says is the measure, the aim and the figures."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from outcome_bees import Evaluation, Measure, Observation, Target, evaluate

HERE = "E10000015"


@pytest.fixture
def judged() -> Callable[..., Evaluation]:
    """``judged(aim, {period: figure}, direction=…)``: how a target stands, due in 2024 unless said."""

    def judge(
        aim: Any,
        figures: Mapping[str, Any],
        *,
        measure: Mapping[str, Any] | None = None,
        others: Mapping[str, Mapping[str, Any]] | None = None,
        as_of: date = date(2025, 12, 31),
        direction: str | None = "increase",
        unit: str = "percent",
        due: str | None = "CY2024",
        **rest: Any,
    ) -> Evaluation:
        asked = {key: rest.pop(key) for key in ("policy", "comparators") if key in rest}
        what = Measure(**{"id": "m", "title": "M", "unit": unit, "direction": direction, **(measure or {})})
        if "target_unit" in rest:
            rest["unit"] = rest.pop("target_unit")
        target = Target(id="t", measure="m", aim=aim, due=due, **rest)
        places = {HERE: figures, **(others or {})}
        observations = [
            Observation(**{"measure": "m", "period": period, "area": area, **_figure(given)})
            for area, series in places.items()
            for period, given in series.items()
        ]
        return evaluate(target, measure=what, observations=observations, as_of=as_of, area=HERE, **asked)

    return judge


def _figure(given: Any) -> dict[str, Any]:
    return dict(given) if isinstance(given, Mapping) else {"value": given}
