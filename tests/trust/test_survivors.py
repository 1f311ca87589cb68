"""Mutants that survived a sample and mattered, each met by a test of what it would have broken."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Complete,
    Improve,
    Linear,
    Margin,
    Measure,
    Observation,
    Plan,
    Rank,
    Reach,
    Reason,
    Status,
    Target,
    Travel,
    evaluate_plan,
    frames,
)
from outcome_bees.errors import InvalidValueError
from outcome_bees.evaluation.changed_areas import baseline_end_for_places
from outcome_bees.evaluation.wording import best_groups
from outcome_bees.exact import MAX_DIGITS, exact
from outcome_bees.serializers import to_tree

AREA, ENGLAND, EAST = "E10000015", "E92000001", "E12000006"
AS_OF = date(2025, 12, 31)


def both(plan: Plan, figures: list[Observation]) -> tuple[Any, dict[str, Any]]:
    """The one answer of a plan, one by one and in bulk."""
    polars = pytest.importorskip("polars")
    (answer,) = evaluate_plan(plan, figures, as_of=AS_OF, area=AREA).evaluations
    frame = frames.evaluate(plan, polars.DataFrame(frames.from_observations(figures)), as_of=AS_OF)
    (row,) = [each for each in frame.to_dicts() if each["area"] == AREA]
    assert row["status"] == answer.status.value
    assert row["reason"] == (None if answer.reason is None else answer.reason.value)
    return answer, row


def plan(target: Target | None = None, *comparators: Comparator, **fields: Any) -> Plan:
    given: dict[str, Any] = {"id": "m", "title": "M", "unit": "percent", "direction": "increase"} | fields
    return Plan(
        id="p", title="P", measures=[Measure(**given)], targets=[target] if target else [], comparators=comparators
    )


def figure(value: object, period: str = "FY2024-25", area: str = AREA, **fields: Any) -> Observation:
    return Observation(measure="m", period=period, area=area, value=value, **fields)  # type: ignore[arg-type]


def test_ten_per_cent_on_a_baseline_of_zero_has_no_answer_in_bulk_either() -> None:
    better = Target(
        id="t", measure="m", aim=Improve(by=Margin(percent=10)), due="FY2024-25", baseline=Baseline("FY2023-24")
    )
    answer, _ = both(plan(better), [figure(0, "FY2023-24"), figure(5)])
    assert answer.reason is Reason.REFERENCE_IS_ZERO


def test_a_frame_of_withdrawn_figures_alone_is_read() -> None:
    target = Target(id="t", measure="m", aim=Reach(5), due="FY2024-25")
    answer, row = both(plan(target), [figure(9, revision="withdrawn")])
    assert (answer.reason, row["value"]) == (Reason.NOT_AVAILABLE, None)


@pytest.mark.parametrize(("due", "required"), [("AY2026-27", "14.6153846"), ("CY2026", "15.3333333")])
def test_a_line_between_sorts_of_year_is_counted_alike_in_bulk(due: str, required: str) -> None:
    line = Target(id="t", measure="m", aim=Reach(20), due=due, baseline=Baseline("FY2022-23", 10), trajectory=Linear())
    answer, row = both(plan(line), [figure(14)])
    assert answer.required == Decimal(required), "24 months of 52, and of 45"
    assert row["required"] == pytest.approx(float(answer.required))


def test_fractions_are_pooled_as_shares() -> None:
    pooled = Comparator(id="c", title="Both", areas=[ENGLAND, EAST], method="pooled")
    target = Target(id="t", measure="m", aim=Beat("c"), due="FY2024-25")
    others = [
        figure("0.5", area=ENGLAND, numerator=1, denominator=2),
        figure("0.25", area=EAST, numerator=1, denominator=4),
    ]
    answer, row = both(plan(target, pooled, unit="fraction", decimals=3), [figure("0.4"), *others])
    assert (answer.reference, answer.status) == (Decimal(1) / 3, Status.ACHIEVED) or answer.required == Decimal(
        "0.333333333"
    )
    assert row["required"] == pytest.approx(1 / 3, abs=1e-6)


@pytest.mark.parametrize("missing", ["numerator", "denominator"])
def test_a_numerator_without_its_denominator_pools_nothing(missing: str) -> None:
    pooled = Comparator(id="c", title="Both", areas=[ENGLAND, EAST], method="pooled")
    target = Target(id="t", measure="m", aim=Beat("c"), due="FY2024-25")
    parts = {"numerator": 1, "denominator": 4}
    half: dict[str, Any] = {name: value for name, value in parts.items() if name != missing}
    others = [figure(50, area=ENGLAND, numerator=1, denominator=2), figure(25, area=EAST, **half)]
    answer, _ = both(plan(target, pooled), [figure(40), *others])
    assert answer.reason is Reason.COMPARATOR_MISSING


def test_numbers_have_as_many_digits_as_are_allowed_and_no_more() -> None:
    assert exact("9" * MAX_DIGITS) == Decimal("9" * MAX_DIGITS)
    assert exact("-0." + "0" * (MAX_DIGITS - 1) + "1") < 0
    with pytest.raises(InvalidValueError):
        exact("9" * (MAX_DIGITS + 1))
    with pytest.raises(InvalidValueError):
        exact("1e" + str(MAX_DIGITS + 1))


@pytest.mark.parametrize(
    ("frequency", "previous", "between", "now"),
    [
        ("half_yearly", "2024-09-30", "2024-12-31", "2025-03-31"),
        ("monthly", "2025-02-28", "2025-03-01", "2025-03-31"),
        ("quarterly", "2024-12-31", "2025-02-28", "2025-03-31"),
        ("yearly", "2024-03-31", "2024-09-30", "2025-03-31"),
        ("weekly", "2025-03-24", "2025-03-25", "2025-03-31"),
        ("daily", "2025-03-30", "2025-03-29", "2025-03-31"),
    ],
)
def test_travel_is_taken_from_one_frequency_back(frequency: str, previous: str, between: str, now: str) -> None:
    whole = plan(frequency=frequency, timing="snapshot")
    figures = [figure(5, previous), figure(9, between), figure(7, now)]
    answer, row = both(whole, figures)
    assert answer.travel is Travel.IMPROVING
    assert row["travel"] == "improving"


@pytest.mark.parametrize(
    ("aim", "words"),
    [
        (Rank(1, 2), "best half"),
        (Rank(1, 3), "best third"),
        (Rank(1, 4), "best quarter"),
        (Rank(1, 5), "best fifth"),
        (Rank(1, 10), "best tenth"),
        (Rank(2, 3), "best 2 of 3 groups"),
        (Rank(1, 7), "best 1 of 7 groups"),
    ],
)
def test_groups_have_their_names(aim: Rank, words: str) -> None:
    assert best_groups(aim) == words


@pytest.mark.parametrize(
    ("frequency", "previous", "now"),
    [
        ("weekly", "2025-W12", "2025-W13"),
        ("monthly", "2025-02", "2025-03"),
        ("quarterly", "FY2024-25-Q3", "FY2024-25-Q4"),
        ("half_yearly", "FY2024-25-H1", "FY2024-25-H2"),
        ("termly", "AY2024-25-T1", "AY2024-25-T2"),
        ("yearly", "FY2023-24", "FY2024-25"),
        ("yearly", "Y2024-03-31", "Y2025-03-31"),
    ],
)
def test_travel_is_taken_from_the_period_before_of_the_same_kind(frequency: str, previous: str, now: str) -> None:
    before = [figure(9, each) for each in ("FY2020-21", "CY2019")]
    answer, _ = both(plan(frequency=frequency), [*before, figure(5, previous), figure(7, now)])
    assert answer.travel is Travel.IMPROVING


@pytest.mark.parametrize(("due", "ending"), [("FY2024-25", "Y2025-03-31"), ("Y2025-03-31", "FY2024-25")])
def test_a_year_and_the_twelve_months_to_its_end_are_of_one_length(due: str, ending: str) -> None:
    target = Target(id="t", measure="m", aim=Reach(5), due=due)
    answer, _ = both(plan(target, unit="count"), [figure(9, ending)])
    assert answer.status is Status.ACHIEVED


@pytest.mark.parametrize(("required", "exact_figure", "shown"), [(0, "0.04", "0.00"), (5, "5.04", "5.00")])
def test_a_figure_that_looks_met_and_is_not_is_shown_beside_the_exact_number(
    required: int, exact_figure: str, shown: str
) -> None:
    target = Target(id="t", measure="m", aim=Reach(required), due="FY2024-25")
    answer, _ = both(plan(target, direction="decrease", decimals=1), [figure(exact_figure)])
    assert answer.display_conflict
    assert f"the exact figure is {exact_figure}, and {shown} was required" in answer.explanation


def test_a_card_with_a_rank_holds_the_figures_of_every_place_that_was_ranked() -> None:
    target = Target(id="t", measure="m", aim=Rank(1, 2), due="FY2024-25")
    others = [figure(5, area=each) for each in ("E10000012", "E10000016", "E06000055")]
    card = evaluate_plan(plan(target), [figure(9), *others], as_of=AS_OF, area=AREA)
    kept = to_tree(card)["inputs"]["observations"]
    assert {each["area"] for each in kept} == {AREA, "E10000012", "E10000016", "E06000055"}


@pytest.mark.parametrize(
    ("baseline", "area", "ends"),
    [
        (None, None, None),
        (Baseline("FY2022-23"), None, date(2023, 3, 31)),
        (Baseline("FY2022-23"), AREA, date(2023, 3, 31)),
        (Baseline("FY2022-23", 5), None, date(2023, 3, 31)),
        (Baseline("FY2022-23", 5), AREA, None),
    ],
)
def test_a_number_that_a_target_for_one_place_states_is_that_places_own(
    baseline: Baseline | None, area: str | None, ends: date | None
) -> None:
    target = Target(id="t", measure="m", aim=Reach(5), due="FY2024-25", baseline=baseline, area=area)
    assert baseline_end_for_places(target) == ends


@pytest.mark.parametrize("revisions", [("provisional", "final"), (None, "revised"), ("forecast", "provisional")])
def test_of_two_figures_without_a_day_the_more_settled_holds_in_bulk_too(revisions: tuple[str | None, str]) -> None:
    target = Target(id="t", measure="m", aim=Reach(8), due="FY2024-25")
    less, more = (figure(value, revision=each) for value, each in zip((5, 9), revisions, strict=True))
    for order in ([less, more], [more, less]):
        answer, row = both(plan(target), order)
        assert (answer.status, row["value"]) == (Status.ACHIEVED, 9)


@pytest.mark.parametrize("done", ["2024-03-31", "2024-06-30", "2024-12-31", "2025-03-31"])
def test_what_was_done_stays_done_whatever_figures_follow_in_bulk_too(done: str) -> None:
    days = ["2023-12-31", "2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31", "2025-03-31", "2025-06-30"]
    target = Target(id="t", measure="m", aim=Complete(), due="2025-03-31")
    answer, row = both(plan(target, unit="milestone"), [figure(int(each == done), each) for each in days])
    assert (answer.status, row["period"]) == (Status.ACHIEVED, done)


@pytest.mark.parametrize("due", ["2024-12-31", "2025-03-31"])
def test_what_was_not_done_on_its_day_was_missed_whatever_figures_come_before_in_bulk_too(due: str) -> None:
    days = ["2023-12-31", "2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31", "2025-03-31"]
    target = Target(id="t", measure="m", aim=Complete(), due=due)
    answer, row = both(plan(target, unit="milestone"), [figure(0, each) for each in days])
    assert (answer.status, row["period"]) == (Status.MISSED, due)


@pytest.mark.parametrize(
    ("role", "kind", "reason"),
    [
        ("contextual", {}, Reason.CONTEXTUAL),
        ("outcome", {"unit": None, "kind": "narrative"}, Reason.QUALITATIVE),
        ("outcome", {"direction": None}, Reason.NO_DIRECTION),
        ("outcome", {"ended": "2024-09-30"}, Reason.DISCONTINUED),
    ],
)
def test_what_the_plan_itself_leaves_unjudged_is_so_in_bulk_too(
    role: str, kind: dict[str, Any], reason: Reason
) -> None:
    target = Target(id="t", measure="m", aim=Improve(), due="FY2024-25", baseline=Baseline("FY2022-23", 5))
    answer, _ = both(plan(target, role=role, **kind), [figure(9)])
    assert answer.reason is reason
