"""The one plain sentence of an answer, as a person reads it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Complete,
    Evaluation,
    Hold,
    Improve,
    Linear,
    Margin,
    Measure,
    Observation,
    Period,
    Plan,
    Profile,
    Rank,
    Reach,
    StayBetween,
    Target,
    evaluate,
    evaluate_plan,
)
from outcome_bees.evaluation.policy import FIVE_PER_CENT, NOT_WORSE_THAN_LAST_YEAR

Judged = Callable[..., Evaluation]
ENGLAND: dict[str, Any] = {
    "comparators": [Comparator(id="england", title="England", areas=["E92000001"])],
    "others": {"E92000001": {"CY2024": 62}},
}
MILESTONE: dict[str, Any] = {"unit": "milestone", "direction": None, "due": "2025-09-30"}
OTHERS = {f"E{n}": {"CY2024": n} for n in (55, 60, 70, 80)}

SAID: dict[str, tuple[Any, dict[str, Any], dict[str, Any]]] = {
    "94.1% in 2024, where the target was at least 95.0%: achieved, 1.0 percentage points behind,"
    " which policy five-per-cent allows.": (Reach(95), {"CY2024": "94.05"}, {"policy": FIVE_PER_CENT}),
    "95.0% in 2024, where the target was at least 95.0%: achieved, exactly on it.": (
        Reach(95),
        {"CY2024": 94.99999},
        {},
    ),
    "92.0% in 2024, where the target was at least 100.0%: missed, 8.0 percentage points behind,"
    " and worse than a year before.": (
        Reach(100),
        {"CY2023": 93, "CY2024": 92},
        {"policy": NOT_WORSE_THAN_LAST_YEAR},
    ),
    "62.0% in 2024, where the target was more than 62.0% (England): missed, no more than equal.": (
        Beat("england"),
        {"CY2024": 62},
        ENGLAND,
    ),
    "60.0% in 2024, where the target was the best half, place 2 or better of 5 (place 3 was reached):"
    " missed, 1 place behind.": (
        Rank(1, 2),
        {"CY2024": 60},
        {"others": {area: figures for area, figures in OTHERS.items() if area != "E60"} | {"E10": {"CY2024": 10}}},
    ),
    "54.0% in 2024, where the target was 55.0% to 64.0%: missed, 1.0 percentage points below the band.": (
        StayBetween("0.55", "0.64"),
        {"CY2024": 54},
        {"unit": "percent", "target_unit": "fraction"},
    ),
    "7.0% in 2024, where the target was exactly 5.0%: missed, 2.0 percentage points above it.": (
        Reach(5),
        {"CY2024": 7},
        {"direction": "maintain"},
    ),
    "60 children on 31 March 2025, where the target was at most 61 children: achieved, 1 child ahead,"
    " though the difference is within chance.": (
        Reach(61),
        {"2025-03-31": 60},
        {"unit": "child", "direction": "decrease", "due": "2025-03-31"},
    ),
    "Grade 3 in 2024, where the target was at most grade 2: missed, 1 grade behind.": (
        Reach(2),
        {"CY2024": 3},
        {"unit": "grade", "direction": "decrease"},
    ),
    "£3,100 per child in 2024, where the target was at most £3,000 per child: missed, £100 per child behind.": (
        Reach(3000),
        {"CY2024": 3100},
        {"unit": "GBP/child", "direction": "decrease"},
    ),
    "Done by 1 September 2025: achieved.": (Complete(), {"2025-09-01": 1}, MILESTONE),
    "Not done on 30 September 2025: missed.": (Complete(), {"2025-09-30": 0}, MILESTONE),
    "Not assessed: whether it was done by 30 September 2025 was not known on 31 December 2025;"
    " it was not done on 1 September 2025.": (Complete(), {"2025-09-01": 0}, MILESTONE),
    "Not assessed: not done on 1 September 2025, and not due until 30 September 2025.": (
        Complete(),
        {"2025-09-01": 0},
        {**MILESTONE, "as_of": date(2025, 9, 2)},
    ),
    "Not assessed: nothing is known yet of the time after its baseline of 2023; the latest figure is 40.2% in 2023.": (
        Improve(),
        {"CY2023": "40.2"},
        {"baseline": Baseline("CY2023"), "due": "CY2025", "as_of": date(2024, 6, 1)},
    ),
    "Not assessed: the figure for 2024 is suppressed so that nobody can be identified.": (
        Reach(5),
        {"CY2024": {"absence": "suppressed"}},
        {},
    ),
    "Not assessed: the figure for 2024 was withdrawn.": (
        Reach(5),
        {"CY2024": {"value": 5, "revision": "withdrawn"}},
        {},
    ),
    "Not assessed: the figure for the school year 2024/25 was not known on 31 December 2025; the last was 60.0% in"
    " the academic year 2024/25, where the target was at least 55.0%: met, 5.0 percentage points ahead.": (
        Reach(55),
        {"AY2024-25": 60},
        {"due": "SY2024-25"},
    ),
    "83.3% in 2024, where the target at that point was at least 83.3%: off track, 0.03 percentage points behind."
    " Shown to 1 decimal it looks met and is not: the exact figure is 83.3, and 83.33 was required.": (
        Reach(90),
        {"CY2024": "83.3"},
        {
            "trajectory": Linear(),
            "baseline": Baseline("CY2022", 80),
            "due": "CY2028",
            "tolerance": Margin(amount="0.01"),
        },
    ),
    "40.2% in 2024, where the target was at least 40.2% (from the baseline of 2023): achieved, exactly on it.": (
        Hold(),
        {"CY2023": "40.2", "CY2024": "40.2"},
        {"baseline": Baseline("CY2023")},
    ),
}


@pytest.mark.parametrize("said", SAID)
def test_the_sentence_reads_as_a_person_would_say_it(said: str, judged: Judged) -> None:
    aim, figures, rest = SAID[said]
    assert judged(aim, figures, **rest).explanation == said


def test_no_number_is_minus_nothing(judged: Judged) -> None:
    even = judged(Reach(5), {"CY2024": 5}, direction="decrease")
    assert (str(even.gap), str(even.required)) == ("0", "5")
    on_the_way = judged(
        Reach(90),
        {"CY2024": 80},
        trajectory=Linear(),
        baseline=Baseline("CY2022", 70),
        due="CY2026",
        as_of=date(2025, 1, 1),
    )
    assert (str(on_the_way.gap), str(on_the_way.required)) == ("0.0", "80.0")


def test_a_figure_above_a_band_is_above_it_and_not_behind(judged: Judged) -> None:
    above = judged(StayBetween(55, 64), {"CY2024": 69})
    assert (
        above.explanation
        == "69.0% in 2024, where the target was 55.0% to 64.0%: missed, 5.0 percentage points above the band."
    )


@pytest.mark.parametrize("revision", ["provisional", "revised"])
def test_a_sentence_never_hides_that_its_figure_may_still_change(judged: Judged, revision: str) -> None:
    figure = {"value": 60, "revision": revision}
    assert judged(Reach(55), {"CY2024": figure}).explanation == (
        f"{revision.capitalize()}: 60.0% in 2024, where the target was at least 55.0%:"
        " achieved, 5.0 percentage points ahead."
    )
    overdue = judged(Reach(55), {"CY2023": figure}).explanation
    assert f"the last ({revision}) was 60.0% in 2023" in overdue
    without = judged(None, {"CY2024": figure}).explanation
    assert without.endswith(f"the latest figure is 60.0% in 2024 ({revision}).")
    assert "inal" not in judged(Reach(55), {"CY2024": {"value": 60, "revision": "final"}}).explanation


def test_a_strict_tie_within_the_guard_is_no_better_and_not_a_hair_ahead(judged: Judged) -> None:
    tie = judged(Beat("england"), {"CY2024": "62.00005"}, **ENGLAND)
    assert tie.explanation.endswith("missed, no more than equal.")


def test_a_figure_known_only_as_a_forecast_says_so_and_not_that_nothing_is_known() -> None:
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    target = Target(id="t", measure="m", aim=Reach(60), due="FY2024-25")

    def said(*figures: Observation, on: str = "2025-06-01") -> str:
        return evaluate(target, measure=measure, observations=figures, as_of=on, area="E10000015").explanation

    def figure(year: str, **facts: Any) -> Observation:
        return Observation(measure="m", period=year, area="E10000015", **facts)

    expected = figure("FY2024-25", value=58, revision="forecast", recorded=date(2025, 1, 10))
    assert said(expected) == "Not assessed: only a forecast is known for 2024-25 (58.0%), and no figure."
    later = figure("FY2025-26", value=62, revision="forecast", recorded=date(2025, 1, 10))
    assert said(later) == "Not assessed: only a forecast is known for 2025-26 (62.0%), and no figure."
    assert said(later, expected) == said(expected)
    assert said(expected, on="2024-12-31") == said() == "Not assessed: no figure is known."  # it was not made yet
    before = figure("FY2023-24", value=55)
    assert said(before, expected).startswith(
        "Not assessed: the figure for 2024-25 was not known on 1 June 2025, but for a forecast; the last was 55.0%"
    )
    seen = figure("FY2024-25", value=61, recorded=date(2025, 5, 1))
    assert "forecast" not in said(before, expected, seen)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"aim": Reach("95.25")}, "at least 95.25%"),
        ({"aim": Reach("0.9525"), "unit": "fraction"}, "at least 95.25%"),
        ({"aim": Reach("95.25"), "trajectory": Profile({Period.from_code("CY2024"): "95.25"})}, "at least 95.25%"),
        ({"aim": StayBetween("85.25", "90.755")}, "85.25% to 90.755%"),
        ({"aim": Hold(), "baseline": Baseline("CY2023", "95.25")}, "at least 95.25% (from the baseline of 2023)"),
        ({"aim": Improve(), "baseline": Baseline("CY2023", "95.25")}, "more than 95.25% (from the baseline of 2023)"),
        ({"aim": Reach("95")}, "at least 95.0%"),
    ],
)
def test_a_number_that_the_plan_states_finer_than_its_measure_is_not_rounded(asked: dict[str, Any], shown: str) -> None:
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    figure = Observation(measure="m", period="CY2024", area="E10000015", value="84.1")
    target = Target(id="t", measure="m", due="CY2024", **asked)
    plan = Plan(id="p", title="P", measures=[measure], targets=[target])
    card = evaluate_plan(plan, [figure], as_of=date(2025, 12, 31))
    [answer] = card.evaluations
    assert answer.explanation.startswith(f"84.1% in 2024, where the target was {shown}: missed, ")
    assert f" {shown.split(' (')[0]}" in card.to_markdown()
