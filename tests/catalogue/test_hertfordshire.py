"""The edition on real figures: bare, it blames nobody; with the example's baselines it gives verdicts."""

import csv
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from outcome_bees import (
    Evaluation,
    Observations,
    Plan,
    Rag,
    Reason,
    Status,
    Travel,
    Verdict,
    catalogue,
    evaluate_plan,
    load_observations,
    load_plan,
)

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
HERE = "E10000015"
THEN = date(2025, 12, 31)


@pytest.fixture(scope="module")
def figures() -> Observations:
    return load_observations(EXAMPLES / "hertfordshire.csv")


@pytest.fixture(scope="module")
def example() -> Plan:
    return load_plan(EXAMPLES / "hertfordshire-2024-25.yaml")


@pytest.fixture(scope="module")
def judged(example: Plan, figures: Observations) -> dict[str, Evaluation]:
    card = evaluate_plan(example, figures, as_of=THEN, area=HERE)
    return {each.measure: each for each in card.evaluations}


@pytest.fixture(scope="module")
def bare(figures: Observations) -> dict[str, Evaluation]:
    edition = catalogue.load("strategic-priorities-2024-25")
    card = evaluate_plan(edition, figures, as_of=THEN, area=HERE)
    return {each.measure: each for each in card.evaluations}


def test_the_bare_edition_gives_nothing_red_for_want_of_a_target(bare: dict[str, Evaluation]) -> None:
    assert len(bare) == len(catalogue.load("strategic-priorities-2024-25").measures)
    assert {each.rag for each in bare.values()} == {Rag.GREY}
    assert Counter(each.reason for each in bare.values() if each.target is None and each.observation) == {}


def test_the_bare_edition_says_baseline_not_set_where_it_states_none(
    bare: dict[str, Evaluation], figures: Observations
) -> None:
    measured = {each for each in figures.measures if each not in ("cpp-rate", "cin-rate", "cla-rate")}
    assert len(measured) == 14
    assert {bare[each].reason for each in measured} == {Reason.BASELINE_NOT_SET}


def test_the_bare_edition_beats_the_nation_without_a_baseline(bare: dict[str, Evaluation]) -> None:
    plans = bare["cpp-rate"]
    assert (plans.reason, plans.verdict, plans.gap) == (Reason.OVERDUE, Verdict.MET, Decimal("27.8"))


def test_a_quartile_without_a_direction_is_not_judged(bare: dict[str, Evaluation]) -> None:
    assert {bare[each].reason for each in ("cin-rate", "cla-rate")} == {Reason.NO_DIRECTION}


def test_words_are_qualitative_and_a_high_number_is_no_target(bare: dict[str, Evaluation]) -> None:
    assert bare["staff-survey-development"].reason is Reason.QUALITATIVE
    assert bare["programmes-beyond-funding"].reason is Reason.NO_TARGET


@pytest.mark.parametrize(
    ("measure", "before", "after", "status"),
    [
        ("ehcp-within-20-weeks", "40.2", "56.3", Status.ACHIEVED),
        ("cla-three-or-more-homes", "9", "11", Status.MISSED),
        ("social-worker-turnover", "12.7", "9.8", Status.ACHIEVED),
        ("social-worker-absence", "2.6", "2.8", Status.MISSED),
        ("social-worker-agency-rate", "9.5", "6.1", Status.ACHIEVED),
        ("attainment-early-years", "69.9", "69.8", Status.MISSED),
        ("attainment-ks5", "36.37", "36.81", Status.ACHIEVED),
        ("care-leavers-suitable-accommodation-17-18", "94", "97", Status.ACHIEVED),
    ],
)
def test_with_the_examples_baselines_it_gives_the_verdicts(
    judged: dict[str, Evaluation], measure: str, before: str, after: str, status: Status
) -> None:
    found = judged[measure]
    assert (found.baseline, found.value, found.status) == (Decimal(before), Decimal(after), status)
    better = status is Status.ACHIEVED
    assert found.travel is (Travel.IMPROVING if better else Travel.WORSENING)


def test_across_a_series_break_nothing_is_judged(judged: dict[str, Evaluation]) -> None:
    found = judged["funded-early-education-two-year-olds"]
    assert (found.status, found.reason) == (Status.NOT_ASSESSED, Reason.SERIES_BREAK)


def test_a_figure_that_is_not_out_is_overdue_and_the_last_verdict_stays(
    judged: dict[str, Evaluation],
) -> None:
    found = judged["cpp-rate"]
    assert (found.status, found.reason) == (Status.NOT_ASSESSED, Reason.OVERDUE)
    assert (found.verdict, found.gap, found.travel) == (Verdict.MET, Decimal("27.8"), Travel.IMPROVING)


def test_a_compound_measure_is_as_its_worst_part(judged: dict[str, Evaluation]) -> None:
    assert judged["attainment"].status is Status.MISSED
    assert judged["care-leavers-eet"].status is Status.ACHIEVED


def test_the_examples_figures_are_the_published_ones(figures: Observations, shared: Path) -> None:
    with (shared / "data" / "strategic_priorities_2024_25.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    published = {(row["measure"], row["area"], row["period"]): (row["value"], row["absence"]) for row in rows}
    ours = {
        (each.measure, each.area, str(each.period)): (
            "" if each.value is None else str(each.value),
            "" if each.absence is None else {"not_available": "x"}[each.absence.value],
        )
        for each in figures
    }
    assert len(rows) == len(figures) == 264
    assert ours == published


def test_every_figure_of_the_example_says_who_published_it(figures: Observations) -> None:
    assert {(each.source or "").partition(",")[0] for each in figures} == {"DfE"}
