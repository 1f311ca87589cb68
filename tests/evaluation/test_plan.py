"""A plan's scorecard: every measure answered, every denominator shown."""

import re
import warnings
from datetime import date

import pytest

from outcome_bees import (
    Ambition,
    Measure,
    Observation,
    Plan,
    Priority,
    Reach,
    Reason,
    Status,
    Target,
    evaluate_plan,
)
from outcome_bees.errors import InvalidValueError, UnknownAreaWarning, UnknownMeasureWarning

ON = date(2025, 12, 31)
PLAN = Plan(
    id="p",
    title="P",
    ambitions=[Ambition(id="a", title="A")],
    priorities=[Priority(id="one", title="One", ambition="a", outcome_bees=["be-safe", "be-happy"])],
    measures=[
        Measure(id="whole", title="Whole", kind="compound", components=["up", "down", "quiet"], priority="one"),
        Measure(id="up", title="Up", unit="percent", direction="increase"),
        Measure(id="down", title="Down", unit="percent", direction="decrease"),
        Measure(id="quiet", title="Quiet", unit="percent", direction="increase"),
        Measure(id="alone", title="Alone", unit="percent", direction="increase", outcome_bees=["be-safe"]),
        Measure(id="words", title="Words", kind="narrative"),
    ],
    targets=[
        Target(id="t-up", measure="up", aim=Reach(50), due="CY2024"),
        Target(id="t-down", measure="down", aim=Reach(50), due="CY2024"),
        Target(id="t-alone", measure="alone", aim=Reach(50), due="CY2024"),
        Target(id="t-alone-2", measure="alone", aim=Reach(70), due="CY2024"),
        Target(id="t-there", measure="alone", aim=Reach(99), due="CY2024", area="E2"),
    ],
)
FIGURES = [Observation(measure=id, period="CY2024", area="E1", value=60) for id in ("up", "down", "alone")]


def test_every_measure_is_answered_once_or_once_a_target_in_document_order() -> None:
    card = evaluate_plan(PLAN, FIGURES, as_of=ON, area="E1")
    assert [(each.measure, each.target, each.status) for each in card.evaluations] == [
        ("whole", None, Status.MISSED),
        ("up", "t-up", Status.ACHIEVED),
        ("down", "t-down", Status.MISSED),
        ("quiet", None, Status.NOT_ASSESSED),
        ("alone", "t-alone", Status.ACHIEVED),
        ("alone", "t-alone-2", Status.MISSED),
        ("words", None, Status.NOT_ASSESSED),
    ]
    assert (
        card.evaluations[0].explanation
        == "The worst of its parts that were assessed: 1 achieved, 1 missed, 1 not assessed."
    )


def test_parts_are_counted_once_and_what_serves_two_bees_under_both() -> None:
    card = evaluate_plan(PLAN, FIGURES, as_of=ON, area="E1")
    assert (card.overall.total, card.overall.assessed, card.overall.good) == (6, 4, 2)
    assert (card.by_bee["be-safe"].total, card.by_bee["be-happy"].total) == (5, 3)
    assert (card.by_ambition["a"].assessed, card.by_priority["one"].assessed) == (2, 2)
    assert str(card.by_compound["whole"]) == "1 of 2 assessed are on track or achieved (3 in all)"


def test_a_compound_measure_of_which_no_part_was_assessed_gives_the_first_of_their_reasons() -> None:
    card = evaluate_plan(PLAN, [], as_of=ON, area="E1")
    assert (card.evaluations[0].status, card.evaluations[0].reason) == (Status.NOT_ASSESSED, Reason.NO_TARGET)


def test_a_target_of_another_place_is_not_held_against_this_one() -> None:
    elsewhere = [Observation(measure="alone", period="CY2024", area="E2", value=60)]
    card = evaluate_plan(PLAN, elsewhere, as_of=ON)
    assert [each.target for each in card.evaluations if each.measure == "alone"] == ["t-alone", "t-alone-2", "t-there"]


def test_the_place_is_said_or_obvious() -> None:
    with pytest.raises(InvalidValueError, match="one of E1, E2"):
        evaluate_plan(PLAN, [*FIGURES, Observation(measure="up", period="CY2024", area="E2", value=1)], as_of=ON)


def test_figures_of_measures_that_the_plan_does_not_have_are_remarked_on() -> None:
    stray = Observation(measure="alnoe", period="CY2024", area="E1", value=1)
    with pytest.warns(UnknownMeasureWarning, match=r"alnoe \(alone\?\)"):
        evaluate_plan(PLAN, [*FIGURES, stray], as_of=ON)
    assert evaluate_plan(PLAN, [*FIGURES, stray], as_of=ON, unknown_measures_ok=True).evaluations


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Kent", "did you mean E10000016, which is Kent"),
        ("kent", "did you mean E10000016"),
        ("Hertfordshir", "did you mean E10000015, which is Hertfordshire"),
        ("E10000061", "did you mean E10000016"),
        ("E10000021", "did you mean E06000061, which is North Northamptonshire"),
        ("own-1", "only of E10000015, E10000016, E06000061 ("),
    ],
)
def test_a_place_that_no_figure_is_of_is_a_warning_with_the_one_that_was_meant(asked: str, meant: str) -> None:
    measure = Measure(id="m", title="M", unit="percent")
    plan = Plan(id="p", title="P", measures=[measure])
    there = ("E10000015", "E10000016", "E06000061")
    figures = [Observation(measure="m", period="CY2024", area=code, value=1) for code in there]
    with pytest.warns(UnknownAreaWarning, match=re.escape(meant)):
        card = evaluate_plan(plan, figures, as_of=date(2025, 6, 1), area=asked)
    assert card.evaluations[0].reason is Reason.NO_TARGET
    assert card.evaluations[0].observation is None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        evaluate_plan(plan, figures, as_of=date(2025, 6, 1), area=asked, unknown_area_ok=True)
        evaluate_plan(plan, [], as_of=date(2025, 6, 1), area=asked)
        evaluate_plan(plan, figures, as_of=date(2025, 6, 1), area="E10000030")  # Surrey, which may have none
