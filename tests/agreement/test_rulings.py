"""Each ruling that mended a verdict, in every engine: one plan that needs them all, and what is said of each target."""

from datetime import date
from typing import Any

import pytest

from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Complete,
    Hold,
    Improve,
    Margin,
    Measure,
    Observation,
    Period,
    Plan,
    Policy,
    Profile,
    Rank,
    Reach,
    StayBetween,
    Target,
)

from .test_agreement import COMPARED, ENGINES, agree, answered, of_rows, one_by_one

HERE, AS_OF = "E10000015", date(2025, 6, 1)
OTHERS = ("E10000016", "E06000055", "E09000006")
Said = tuple[str, str | None, str | None]
"""A status, a reason and a travel."""


def ruling(
    id: str, measure: dict[str, Any], target: dict[str, Any], figures: dict[str, Any], said: Said
) -> tuple[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any], Said]]:
    return id, (measure, target, figures, said)


KEPT, FALLING, TOTAL = {"direction": "maintain"}, {"direction": "decrease"}, {"unit": "count", "timing": "cumulative"}
STEPS = Profile({Period.to_date(2024, 1, "financial"): 60, Period.year(2024, "financial"): 100})
PER_CENT, TO_NONE = Margin(percent=10), {"aim": Improve(Margin(percent=100)), "baseline": Baseline("FY2022-23", 20)}
RULINGS = dict(
    [
        ruling("nearer", KEPT, {"aim": Reach(0)}, {"FY2023-24": -6, "FY2024-25": 5}, ("missed", None, "improving")),
        ruling("as-far", KEPT, {"aim": Reach(0)}, {"FY2023-24": -6, "FY2024-25": 6}, ("missed", None, "no_change")),
        ruling(
            "above-band",
            KEPT,
            {"aim": StayBetween(-2, 2)},
            {"FY2023-24": 1, "FY2024-25": "3.1"},
            ("missed", None, "worsening"),
        ),
        ruling(
            "held",
            KEPT,
            {"aim": Hold(), "baseline": Baseline("FY2022-23")},
            {"FY2022-23": 40, "FY2023-24": 44, "FY2024-25": 43},
            ("missed", None, "improving"),
        ),
        ruling(
            "held-unknown",
            KEPT,
            {"aim": Hold(), "baseline": Baseline("FY2021-22")},
            {"FY2023-24": 44, "FY2024-25": 43},
            ("not_assessed", "baseline_not_set", "decreasing"),
        ),
        ruling("to-none", FALLING, TO_NONE, {"FY2024-25": 0}, ("achieved", None, None)),
        ruling(
            "to-none-in-per-cent",
            FALLING,
            {**TO_NONE, "tolerance": PER_CENT},
            {"FY2024-25": 0},
            ("not_assessed", "reference_is_zero", None),
        ),
        ruling(
            "to-none-as-known",
            FALLING,
            {"aim": Improve(Margin(percent=100)), "baseline": Baseline("FY2022-23"), "tolerance": PER_CENT},
            {"FY2022-23": 20},
            ("not_assessed", "reference_is_zero", None),
        ),
        ruling(
            "none-of-others",
            FALLING,
            {"aim": Beat("england"), "tolerance": PER_CENT},
            {"FY2024-25": 3},
            ("not_assessed", "reference_is_zero", None),
        ),
        ruling(
            "settled",
            TOTAL,
            {"aim": Reach(100), "trajectory": STEPS},
            {"FY2024-25-Q1..Q1": 105},
            ("achieved", None, None),
        ),
        ruling(
            "settled-between",
            {**TOTAL, **FALLING},
            {"aim": Reach(100), "trajectory": STEPS},
            {"FY2024-25-Q1..Q2": 140},
            ("missed", None, None),
        ),
        ruling(
            "settled-at-a-tie",
            {**TOTAL, **FALLING},
            {"aim": Improve(), "baseline": Baseline("FY2023-24", 40)},
            {"FY2024-25-Q1..Q3": 40},
            ("missed", None, None),
        ),
        ruling(
            "own-day",
            {"unit": "milestone"},
            {"aim": Complete(), "due": "2025-03"},
            {"FY2024-25": 0, "2025-03": None},
            ("missed", None, None),
        ),
        ruling(
            "places",
            {},
            {"aim": Rank(1, 4), "tolerance": Margin(amount=5)},
            {"FY2023-24": 50, "FY2024-25": 40},
            ("narrowly_missed", None, "worsening"),
        ),
    ]
)


def case() -> Any:
    measures, targets, figures = [], [], []
    for id, (measure, target, series, _) in RULINGS.items():
        measures.append(Measure(**{"id": id, "title": id, "unit": "percent", "direction": "increase", **measure}))
        targets.append(Target(**{"id": id, "measure": id, "due": "FY2024-25", **target}))
        for period, value in series.items():
            given: dict[str, Any] = {"absence": "not_available"} if value is None else {"value": value}
            figures.append(Observation(measure=id, period=period, area=HERE, **given))
    figures += [
        Observation(measure="places", period=period, area=area, value=value)
        for period, values in (("FY2023-24", (60, 60, 60)), ("FY2024-25", (60, 60, 30)))
        for area, value in zip(OTHERS, values, strict=True)
    ]
    figures.append(Observation(measure="none-of-others", period="FY2024-25", area="E92000001", value=0))
    england = Comparator(id="england", title="England", areas=["E92000001"])
    plan = Plan(id="p", title="P", measures=measures, targets=targets, comparators=[england])
    return plan, figures, Policy(id="not-worse", near_if_not_worse=True), AS_OF


def test_every_ruling_is_as_it_was_decided() -> None:
    found = one_by_one(*case())
    for id, (*_, said) in RULINGS.items():
        answer = dict(zip(COMPARED, found[id, id, HERE], strict=True))
        assert (answer["status"], answer["reason"], answer["travel"]) == said, id


@pytest.mark.parametrize("engine", list(ENGINES))
def test_every_ruling_holds_in_bulk(engine: str) -> None:
    pytest.importorskip(ENGINES[engine][0])
    agree(case(), one_by_one(*case()), of_rows(answered(engine, case())))


@pytest.mark.parametrize("engine", list(ENGINES))
def test_what_is_held_at_no_stated_baseline_merely_rises_or_falls_in_bulk(engine: str) -> None:
    pytest.importorskip(ENGINES[engine][0])
    measure = Measure(id="m", title="M", unit="percent", direction="maintain")
    plan = Plan(id="p", title="P", measures=[measure], targets=[Target(id="t", measure="m", aim=Hold())])
    figures = [
        Observation(measure="m", period=period, area=HERE, value=value)
        for period, value in (("FY2023-24", -20), ("FY2024-25", 11))
    ]
    held = plan, figures, Policy(id="own"), AS_OF
    alone = one_by_one(*held)
    assert dict(zip(COMPARED, alone["t", "m", HERE], strict=True))["travel"] == "increasing"
    agree(held, alone, of_rows(answered(engine, held)))
