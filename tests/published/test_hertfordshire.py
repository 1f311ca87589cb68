"""The main job on published figures: what Hertfordshire's 2024-25 priorities came to, as known at the end of 2025."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from outcome_bees import (
    Evaluation,
    Rag,
    Reason,
    Scorecard,
    Status,
    Verdict,
    catalogue,
    evaluate_plan,
    load_observations,
    load_plan,
)

HERTFORDSHIRE, ON = "E10000015", date(2025, 12, 31)
JUDGED = {
    "ehcp-within-20-weeks": ("40.2", "56.3", Status.ACHIEVED),
    "cla-three-or-more-homes": ("9", "11", Status.MISSED),
    "social-worker-turnover": ("12.7", "9.8", Status.ACHIEVED),
    "social-worker-absence": ("2.6", "2.8", Status.MISSED),
    "social-worker-agency-rate": ("9.5", "6.1", Status.ACHIEVED),
    "attainment-early-years": ("69.9", "69.8", Status.MISSED),
    "attainment-ks2": ("63", "64", Status.ACHIEVED),
    "attainment-ks4": ("50.2", "50.6", Status.ACHIEVED),
    "attainment-ks5": ("36.37", "36.81", Status.ACHIEVED),
    "care-leavers-suitable-accommodation-17-18": ("94", "97", Status.ACHIEVED),
    "care-leavers-suitable-accommodation-19-21": ("88", "89", Status.ACHIEVED),
    "care-leavers-eet-17-18": ("69", "75", Status.ACHIEVED),
    "care-leavers-eet-19-21": ("52", "56", Status.ACHIEVED),
}


@pytest.fixture
def card(examples_here: Path) -> Scorecard:
    plan = load_plan(examples_here / "examples" / "hertfordshire-2024-25.yaml")
    figures = load_observations(examples_here / "examples" / "hertfordshire.csv", plan=plan)
    return evaluate_plan(plan, figures, as_of=ON, area=HERTFORDSHIRE)


def answer(card: Scorecard, measure: str) -> Evaluation:
    return next(each for each in card.evaluations if each.measure == measure)


@pytest.mark.parametrize("measure", JUDGED)
def test_a_published_figure_has_the_verdict_that_a_reader_gives_it(card: Scorecard, measure: str) -> None:
    baseline, value, status = JUDGED[measure]
    said = answer(card, measure)
    assert (said.baseline, said.value, said.status) == (Decimal(baseline), Decimal(value), status)


def test_child_protection_is_overdue_and_was_last_far_better_than_england(card: Scorecard) -> None:
    said = answer(card, "cpp-rate")
    assert (said.status, said.reason, said.verdict, said.gap) == (
        Status.NOT_ASSESSED,
        Reason.OVERDUE,
        Verdict.MET,
        Decimal("27.8"),
    )
    assert (said.value, said.reference) == (Decimal("13.8"), Decimal("41.6"))


def test_two_year_olds_are_not_compared_across_the_widening_of_who_is_eligible(card: Scorecard) -> None:
    said = answer(card, "funded-early-education-two-year-olds")
    assert (said.reason, said.value, said.travel) == (Reason.SERIES_BREAK, Decimal("77.8"), None)


def test_nothing_else_was_assessed_and_nothing_is_red_for_want_of_a_figure(card: Scorecard) -> None:
    assert (card.overall.assessed, card.overall.good) == (
        len(JUDGED),
        sum(status is Status.ACHIEVED for *_, status in JUDGED.values()),
    )
    rest = [
        each
        for each in card.evaluations
        if each.measure not in JUDGED and not card.plan.measure(each.measure).components
    ]
    assert {each.rag for each in rest} == {Rag.GREY}


def test_the_bare_edition_blames_nobody_for_the_baselines_it_does_not_state(examples_here: Path) -> None:
    plan = catalogue.load("strategic-priorities-2024-25")
    figures = load_observations(examples_here / "examples" / "hertfordshire.csv", plan=plan)
    bare = evaluate_plan(plan, figures, as_of=ON, area=HERTFORDSHIRE)
    assert {each.rag for each in bare.evaluations} == {Rag.GREY}
    assert all(answer(bare, measure).reason is Reason.BASELINE_NOT_SET for measure in JUDGED)


def test_the_report_of_a_year_before_can_be_made_again(examples_here: Path) -> None:
    plan = load_plan(examples_here / "examples" / "hertfordshire-2024-25.yaml")
    figures = load_observations(examples_here / "examples" / "hertfordshire.csv", plan=plan)
    then = evaluate_plan(plan, figures, as_of=date(2024, 12, 31), area=HERTFORDSHIRE)
    assert answer(then, "ehcp-within-20-weeks").status is Status.ACHIEVED  # the calendar year had ended
    assert answer(then, "cla-three-or-more-homes").observation == answer(then, "cla-three-or-more-homes").observation
    assert str(answer(then, "cla-three-or-more-homes").observation.period) == "2024-03-31"  # type: ignore[union-attr]
    assert then == evaluate_plan(plan, figures, as_of=date(2024, 12, 31), area=HERTFORDSHIRE)


def test_every_figure_of_the_example_stands_in_the_published_files(shared: Path, examples_here: Path) -> None:
    with (shared / "data" / "strategic_priorities_2024_25.csv").open(encoding="utf-8", newline="") as file:
        published = {
            (row["measure"], row["area"], row["period"]): (row["value"], row["absence"]) for row in csv.DictReader(file)
        }
    symbols = {"x": "not_available", "": ""}
    figures = load_observations(examples_here / "examples" / "hertfordshire.csv")
    assert len(figures) > 200
    for each in figures:
        value, absence = published[each.measure, each.area, str(each.period)]
        assert (str(each.value) if each.value is not None else "", each.absence or "") == (value, symbols[absence])
        assert each.source
