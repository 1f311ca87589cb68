"""Which figure is of which place: places that were divided, put together, moved or only recoded."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest

from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Evaluation,
    Hold,
    Improve,
    InvalidValueError,
    Linear,
    Margin,
    Measure,
    Observation,
    Observations,
    Period,
    Plan,
    Policy,
    Reach,
    Reason,
    Scorecard,
    Status,
    Target,
    Travel,
    areas,
    compare_scorecards,
    evaluate,
    evaluate_plan,
)
from outcome_bees.evaluation.changed_areas import (
    across_codes,
    baseline_end_for_places,
    baseline_is_of_others,
    codes_of,
    comparator_is_of_others,
    former_codes,
)
from outcome_bees.evaluation.tracing import used_observations
from outcome_bees.serializers import dump, load

DAY = date(2025, 12, 31)
MEASURE = Measure(id="m", title="Plans in 20 weeks", unit="percent", direction="increase", frequency="yearly")
IMPROVE = Target(id="t", measure="m", aim=Improve(Margin(amount=2)), due="FY2024-25", baseline=Baseline("FY2017-18"))
BEAT = Target(id="t", measure="m", aim=Beat("others"), due="FY2024-25")


def figure(period: str, area: str, value: float | str, **more: Any) -> Observation:
    return Observation(measure="m", period=period, area=area, value=value, **more)


def judged(
    target: Target, figures: Iterable[Observation], area: str, *others: str, policy: Policy | str = "standard"
) -> Evaluation:
    group = [Comparator(id="others", title="Neighbours", areas=others, method="median")] if others else []
    return evaluate(
        target, measure=MEASURE, observations=figures, as_of=DAY, area=area, comparators=group, policy=policy
    )


CHANGED = {
    "Cumbria was divided": ("E10000006", "E06000063"),
    "and its other part": ("E10000006", "E06000064"),
    "Northamptonshire was divided": ("E10000021", "E06000061"),
    "Bournemouth was put together with others": ("E06000028", "E06000058"),
    "Dorset lost Christchurch": ("E10000009", "E06000059"),
    "the boundary of Barnsley moved": ("E08000016", "E08000038"),
}
RECODED = {
    "Buckinghamshire": ("E10000002", "E06000060"),
    "Somerset": ("E10000027", "E06000066"),
    "North Yorkshire": ("E10000023", "E06000065"),
}


@pytest.mark.parametrize(("before", "after"), CHANGED.values(), ids=CHANGED)
def test_nothing_is_held_against_the_baseline_of_the_places_before(before: str, after: str) -> None:
    figures = [figure("FY2017-18", before, 40), figure("FY2024-25", after, 45)]
    answer = judged(IMPROVE, figures, after)
    assert (answer.status, answer.reason) == (Status.NOT_ASSESSED, Reason.SERIES_BREAK)
    assert (answer.baseline, answer.travel) == (None, None)
    assert f"{areas.name(before)} ({before})" in answer.explanation
    assert "its baseline of 2017-18 cannot be held against" in answer.explanation


@pytest.mark.parametrize(("before", "after"), CHANGED.values(), ids=CHANGED)
def test_the_change_is_the_reason_whether_or_not_the_places_before_have_figures(before: str, after: str) -> None:
    assert judged(IMPROVE, [figure("FY2024-25", after, 45)], after).reason is Reason.SERIES_BREAK


@pytest.mark.parametrize(("before", "after"), RECODED.values(), ids=RECODED)
def test_a_place_that_was_only_recoded_is_held_against_its_own_baseline(before: str, after: str) -> None:
    figures = [figure("FY2017-18", before, 40), figure("FY2024-25", after, 45)]
    answer = judged(IMPROVE, figures, after)
    assert (answer.status, answer.required, answer.baseline) == (Status.ACHIEVED, 42, 40)
    assert [each.observation.area for each in used_observations(answer, answer._inputs)] == [after, before]  # type: ignore[arg-type]


def test_a_recoded_place_without_a_baseline_figure_merely_has_none() -> None:
    assert judged(IMPROVE, [figure("FY2024-25", "E06000066", 45)], "E06000066").reason is Reason.BASELINE_NOT_SET


def test_a_figure_published_for_the_boundary_of_now_is_the_places_own() -> None:
    figures = [figure("FY2017-18", "E10000006", 40), figure("FY2017-18", "E06000063", 44)]
    answer = judged(IMPROVE, [*figures, figure("FY2024-25", "E06000063", 45)], "E06000063")
    assert (answer.status, answer.required) == (Status.MISSED, 46)
    recast = [figure("FY2017-18", "E06000066", 44), figure("FY2017-18", "E10000027", 40)]
    assert judged(IMPROVE, [*recast, figure("FY2024-25", "E06000066", 45)], "E06000066").required == 46


@pytest.mark.parametrize(
    "aim",
    [
        {"aim": Improve()},
        {"aim": Hold()},
        {"aim": Reach(60), "trajectory": Linear(), "due": "FY2026-27"},
    ],
    ids=["improve", "hold", "linear"],
)
def test_a_number_that_a_target_of_no_place_states_is_not_that_of_a_place_to_come(aim: dict[str, object]) -> None:
    given: dict[str, object] = {"id": "t", "measure": "m", "due": "FY2024-25", "baseline": Baseline("FY2017-18", 40)}
    figures = [figure("FY2024-25", "E06000063", 45)]
    anywhere = judged(Target(**(given | aim)), figures, "E06000063")  # type: ignore[arg-type]
    assert (anywhere.reason, anywhere.baseline, anywhere.progress) == (Reason.SERIES_BREAK, None, None)
    its_own = judged(Target(**(given | aim), area="E06000063"), figures, "E06000063")  # type: ignore[arg-type]
    assert its_own.reason is None
    unchanged = judged(Target(**(given | aim)), [figure("FY2024-25", "E10000015", 45)], "E10000015")  # type: ignore[arg-type]
    assert unchanged.reason is None


def test_a_target_that_needs_no_baseline_is_judged_and_shows_none_of_another_place() -> None:
    target = Target(id="t", measure="m", aim=Reach(44), due="FY2024-25", baseline=Baseline("FY2017-18", 40))
    answer = judged(target, [figure("FY2024-25", "E06000063", 45)], "E06000063")
    assert (answer.status, answer.baseline, answer.progress) == (Status.ACHIEVED, None, None)


def test_a_period_in_which_the_place_began_is_its_own() -> None:
    target = Target(id="t", measure="m", aim=Improve(), due="CY2024", baseline=Baseline("CY2023"))
    answer = judged(target, [figure("CY2024", "E06000063", 45)], "E06000063")
    assert answer.reason is Reason.BASELINE_NOT_SET


def test_travel_of_a_recoded_place_is_since_the_figure_under_its_former_code() -> None:
    plain = Target(id="t", measure="m", aim=Reach(44), due="FY2023-24")
    figures = [figure("FY2022-23", "E10000027", 40), figure("FY2022-23", "E10000006", 40)]
    figures += [figure("FY2023-24", "E06000066", 45), figure("FY2023-24", "E06000063", 45)]
    assert judged(plain, figures, "E06000066").travel is Travel.IMPROVING
    assert judged(plain, figures, "E06000063").travel is None
    not_worse = Policy(id="n", near_within=Margin(percent=10), near_if_not_worse=True)
    near = Target(id="t", measure="m", aim=Reach(46), due="FY2023-24")
    assert judged(near, figures, "E06000066", policy=not_worse).status is Status.NARROWLY_MISSED
    assert judged(near, figures, "E06000063", policy=not_worse).reason is Reason.INSUFFICIENT_HISTORY


class TestOthers:
    FIGURES = (
        *(figure("FY2024-25", area, 40) for area in ("E10000016", "E06000063", "E06000064", "E06000066")),
        figure("FY2024-25", "E10000015", 45),
    )

    def test_of_which_one_is_no_more_are_another_group(self) -> None:
        answer = judged(BEAT, self.FIGURES, "E10000015", "E10000016", "E10000006")
        assert answer.reason is Reason.SERIES_BREAK
        assert "there is none of Cumbria (E10000006, until 2023; now Cumberland; Westmorland and Furness)" in (
            answer.explanation
        )

    def test_of_which_one_was_not_there_yet_are_another_group(self) -> None:
        target = Target(id="t", measure="m", aim=Beat("others"), due="FY2021-22")
        figures = [figure("FY2021-22", area, 40) for area in ("E10000015", "E10000016", "E10000006")]
        assert judged(target, figures, "E10000015", "E10000016", "E06000063").reason is Reason.SERIES_BREAK

    def test_one_of_which_was_recoded_are_the_same_group(self) -> None:
        assert judged(BEAT, self.FIGURES, "E10000015", "E10000016", "E10000027").status is Status.ACHIEVED

    def test_that_are_there_and_have_no_figure_are_merely_missing(self) -> None:
        answer = judged(BEAT, self.FIGURES, "E10000015", "E10000016", "E10000012")
        assert answer.reason is Reason.COMPARATOR_MISSING

    def test_parts_are_never_added_up(self) -> None:
        pooled = Comparator(id="others", title="Cumbria", areas=["E10000006"], method="pooled")
        counts = {"numerator": 40, "denominator": 100}
        figures = [figure("FY2024-25", area, 40, **counts) for area in ("E10000015", "E06000063", "E06000064")]
        answer = evaluate(
            BEAT, measure=MEASURE, observations=figures, as_of=DAY, area="E10000015", comparators=[pooled]
        )
        assert (answer.reason, answer.reference) == (Reason.SERIES_BREAK, None)
        assert answer.explanation.startswith("Not assessed: no figure of Cumbria is known for 2024-25: Cumbria")


def test_a_card_has_what_was_published_under_other_codes_with_it() -> None:
    plan = Plan(
        id="p",
        title="P",
        measures=[MEASURE],
        targets=[IMPROVE, Target(id="b", measure="m", aim=Beat("others"), due="FY2024-25")],
        comparators=[Comparator(id="others", title="Bucks", areas=["E10000002"])],
    )
    figures = [figure("FY2017-18", "E10000027", 40), figure("FY2024-25", "E06000066", 45)]
    card = evaluate_plan(plan, [*figures, figure("FY2024-25", "E06000060", 41)], as_of=DAY, area="E06000066")
    assert [each.status for each in card.evaluations] == [Status.ACHIEVED, Status.ACHIEVED]
    text = StringIO()
    dump(card, text, format="json")
    text.seek(0)
    again = load(text, Scorecard, format="json")
    assert again.inputs is not None
    assert {each.area for each in again.inputs.observations} == {"E10000027", "E06000066", "E06000060"}
    assert compare_scorecards(card, again) == ()


def test_a_boundary_change_is_what_changed_an_answer() -> None:
    plan = Plan(id="p", title="P", measures=[MEASURE], targets=[IMPROVE])
    figures = Observations(
        [
            figure("FY2017-18", "E10000006", 40),
            figure("FY2022-23", "E10000006", 45),
            figure("FY2023-24", "E06000063", 45),
        ]
    )
    before = evaluate_plan(plan, figures, as_of=date(2023, 6, 1), area="E10000006")
    after = evaluate_plan(plan, figures, as_of=date(2024, 6, 1), area="E06000063")
    (change,) = compare_scorecards(before, after)
    assert change.after is not None
    assert change.after.reason is Reason.SERIES_BREAK
    assert [(each.kind.value, each.on) for each in change.causes] == [("boundary", date(2023, 4, 1))]


def test_no_ground_has_had_more_than_two_codes() -> None:
    """Bulk evaluation would hold two figures of one period against one, if there were three."""
    assert max(len(areas.same_ground(code)) for code in areas.register()) == 1


def test_a_place_under_two_codes_is_one_place_where_none_is_named() -> None:
    figures = [figure("FY2017-18", "E10000027", 40), figure("FY2024-25", "E06000066", 45)]
    answer = evaluate(IMPROVE, measure=MEASURE, observations=figures, as_of=DAY)
    assert (answer.area, answer.status) == ("E06000066", Status.ACHIEVED)
    plan = Plan(id="p", title="P", measures=[MEASURE], targets=[IMPROVE])
    assert evaluate_plan(plan, figures, as_of=DAY).area == "E06000066"
    with pytest.raises(InvalidValueError, match="one of E06000066, E06000063"):
        evaluate(IMPROVE, measure=MEASURE, observations=[*figures, figure("FY2024-25", "E06000063", 4)], as_of=DAY)


@pytest.mark.parametrize(("baseline", "of_others"), [("2023-03-31", True), ("2023-04-01", False), ("CY2022", True)])
def test_a_baseline_is_of_the_places_before_until_the_day_that_a_place_begins(baseline: str, of_others: bool) -> None:
    assert areas.lifetime("E06000063")[0] == date(2023, 4, 1)
    target = Target(id="t", measure="m", aim=Improve(Margin(amount=2)), due="FY2024-25", baseline=Baseline(baseline))
    assert baseline_is_of_others(target, "E06000063", None) is of_others
    assert baseline_is_of_others(target, "E06000063", Decimal(5)) is False, "a figure of its own"
    assert baseline_is_of_others(target, None, None) is False


@pytest.mark.parametrize(
    ("area", "period", "of_others"),
    [
        ("E06000063", "2023-03-31", True),  # begins the day after
        ("E06000063", "2023-04-01", False),
        ("E10000006", "2023-03-31", False),  # its last day
        ("E10000006", "2023-04-01", True),
        ("E10000015", "CY2024", False),
    ],
)
def test_a_comparator_is_of_others_where_one_of_them_was_not_there(area: str, period: str, of_others: bool) -> None:
    group = Comparator(id="g", title="G", areas=["E10000016", area], method="median")
    assert comparator_is_of_others(group, Period.parse(period)) is of_others


def test_a_target_due_after_its_place_ended_says_so() -> None:
    count = Measure(id="m", title="M", unit="count", direction="increase")
    answer = evaluate(
        Target(id="t", measure="m", aim=Reach(5), due="FY2024-25"),
        measure=count,
        observations=[figure("FY2022-23-Q4", "E10000006", 4)],
        as_of=date(2024, 6, 1),
        area="E10000006",
    )
    assert answer.explanation == (
        "Not assessed: it is due by the end of 2024-25, and Cumbria (E10000006, until 2023; now Cumberland; "
        "Westmorland and Furness) has no figures any more; the latest figure is 4 in 2022-23 Q4."
    )


def test_a_comparator_without_a_figure_is_named_whether_or_not_there_is_one_to_hold_against_it() -> None:
    group = Comparator(id="others", title="Neighbours", areas=["E10000012"], method="published")

    def said(*figures: Observation) -> str:
        return evaluate(
            BEAT, measure=MEASURE, observations=figures, as_of=DAY, area="E10000015", comparators=[group]
        ).explanation

    assert said(figure("FY2024-25", "E10000015", 4)).startswith(
        "Not assessed: no figure of Neighbours is known for 2024-25"
    )
    assert "None" not in said()


def test_the_other_codes_of_places_are_those_that_there_are_figures_under() -> None:
    there = ["E06000066", "E10000027", "E10000015", "E10000002"]
    assert codes_of(["E10000015", "E06000066", "E06000066"], there) == [("E06000066", "E10000027")]
    assert codes_of(["E10000027"], there) == [("E10000027", "E06000066")]
    assert codes_of(["E06000060", "E06000066"], []) == []
    assert former_codes(["E06000066", "E10000027", "E10000002"]) == ["E10000027"]
    assert former_codes(["E06000063", "E10000006"]) == []  # divided, and not recoded


def test_what_a_place_has_under_its_own_code_comes_before_what_it_has_under_another() -> None:
    here, former, only = (
        figure("FY2024-25", "E06000066", 45),
        figure("FY2024-25", "E10000027", 40),
        figure("FY2024-25", "E10000002", 30),
    )
    figures, year = Observations([here, former, only]), Period.from_code("FY2024-25")
    found = across_codes(figures, "m", year, ["E06000066", "E06000060", "E10000015"], {}, DAY)
    assert found == {"E06000066": here, "E06000060": only, "E10000015": None}
    early = across_codes(figures, "m", year, ["E06000060"], {}, date(2025, 3, 30))
    assert early == {"E06000060": None}


@pytest.mark.parametrize(
    ("baseline", "area", "end"),
    [
        (None, None, None),
        (Baseline("FY2017-18"), None, date(2018, 3, 31)),
        (Baseline("FY2017-18"), "E06000063", date(2018, 3, 31)),
        (Baseline("FY2017-18", 40), None, date(2018, 3, 31)),
        (Baseline("FY2017-18", 40), "E06000063", None),  # it is that place's
    ],
)
def test_a_baseline_is_of_places_that_were_there_by_its_end(
    baseline: Baseline | None, area: str | None, end: date | None
) -> None:
    target = Target(id="t", measure="m", aim=Reach(50), due="FY2024-25", baseline=baseline, area=area)
    assert baseline_end_for_places(target) == end
    assert baseline_is_of_others(target, "E06000063", None) is (end is not None)
    assert baseline_is_of_others(target, "E10000015", None) is False
    stated = baseline is not None and baseline.value is not None
    assert baseline_is_of_others(target, "E06000063", Decimal(40)) is (stated and area is None)
