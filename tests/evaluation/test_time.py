"""A verdict in time: what was known, what is due, what came before."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

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
    Observations,
    Period,
    Plan,
    Policy,
    Profile,
    Rank,
    Reach,
    Reason,
    Status,
    StayBetween,
    Target,
    Travel,
    TravelBasis,
    Verdict,
    evaluate,
    evaluate_plan,
    frames,
)
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.evaluation.select import candidates_for, is_running_total_within, length_of

Judged = Callable[..., Evaluation]
YEAR_TO_DATE = [Period.to_date(2024, quarter, "financial") for quarter in (1, 2, 3, 4)]
CUMULATIVE = {"timing": "cumulative", "frequency": "quarterly"}


@pytest.mark.parametrize(
    ("value", "on_the_way", "at_the_end"),
    [
        (95, Status.ON_TRACK, Status.ACHIEVED),
        (93, Status.AT_RISK, Status.NARROWLY_MISSED),
        (80, Status.OFF_TRACK, Status.MISSED),
    ],
)
def test_a_verdict_is_a_status_of_its_time(judged: Judged, value: int, on_the_way: Status, at_the_end: Status) -> None:
    near = {"tolerance": Margin(amount=2)}
    assert judged(Reach(95), {"CY2023": value}, as_of=date(2024, 6, 30), **near).status is on_the_way
    assert judged(Reach(95), {"CY2023": 1, "CY2024": value}, **near).status is at_the_end


def test_as_of_is_required_and_is_a_date_without_a_time(judged: Judged) -> None:
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    with pytest.raises(TypeError, match="as_of"):
        evaluate(None, measure=measure, observations=[], area="E1")  # type: ignore[call-arg]
    with pytest.raises(InvalidTypeError, match=r"^as_of: .* without a time of day"):
        evaluate(None, measure=measure, observations=[], area="E1", as_of=datetime(2025, 1, 1))


@pytest.mark.parametrize("given", ["31 December 2025", "2025-13-01", "2025-W01-1", "20251231", ""])
def test_as_of_is_a_date_or_its_text_everywhere_and_an_error_names_it(given: str) -> None:
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    target = Target(id="t", measure="m", aim=Reach(50), due="CY2024")
    plan = Plan(id="p", title="P", measures=[measure], targets=[target])
    figures = Observations([Observation(measure="m", period="CY2024", area="E1", value=51)])
    for day in (date(2025, 1, 1), "2025-01-01"):
        assert evaluate(target, measure=measure, observations=figures, as_of=day).as_of == date(2025, 1, 1)
        assert evaluate_plan(plan, figures, as_of=day).as_of == date(2025, 1, 1)
        assert len(figures.known("m", "E1", as_of=day)) == 1
    asked: list[Callable[[], object]] = [
        lambda: evaluate(target, measure=measure, observations=figures, as_of=given),
        lambda: evaluate_plan(plan, figures, as_of=given),
        lambda: figures.known("m", "E1", as_of=given),
        lambda: frames.evaluate(plan, cast(Any, None), as_of=given),
        lambda: frames.evaluations(None, as_of=given),
    ]
    for ask in asked:
        with pytest.raises(InvalidValueError, match=r"^as_of: given .* allowed: a date, or its text such as"):
            ask()


def test_last_year_s_report_is_reproduced_from_what_was_known_then(judged: Judged) -> None:
    figures = {
        "CY2023": {"value": 50, "recorded": date(2024, 2, 1)},
        "CY2024": {"value": 60, "recorded": date(2025, 2, 1)},
    }
    then = judged(Reach(55), figures, as_of=date(2024, 12, 31))
    assert (then.status, then.value) == (Status.OFF_TRACK, 50)
    assert judged(Reach(55), figures, as_of=date(2025, 2, 1)).status is Status.ACHIEVED


def test_a_due_date_passed_without_its_figure_is_overdue_and_keeps_the_last_verdict(judged: Judged) -> None:
    evaluation = judged(Reach(55), {"CY2023": 60}, as_of=date(2025, 1, 1))
    assert (evaluation.status, evaluation.reason, evaluation.verdict, evaluation.gap) == (
        Status.NOT_ASSESSED,
        Reason.OVERDUE,
        Verdict.MET,
        5,
    )
    assert judged(Reach(55), {"CY2023": 60}, as_of=date(2024, 12, 31)).status is Status.ON_TRACK


def test_figures_after_the_due_period_do_not_reopen_it(judged: Judged) -> None:
    assert judged(Reach(55), {"CY2024": 60, "CY2025": 10}, as_of=date(2026, 6, 1)).status is Status.ACHIEVED
    later = judged(Reach(55), {"CY2025": 60}, as_of=date(2026, 6, 1))
    assert (later.reason, later.verdict) == (Reason.OVERDUE, None)


def test_a_target_without_a_date_is_on_its_way_for_ever(judged: Judged) -> None:
    assert judged(Reach(55), {"CY2024": 60}, due=None, as_of=date(2035, 1, 1)).status is Status.ON_TRACK


def test_a_target_due_after_its_edition_ends_is_open_until_then(judged: Judged) -> None:
    assert (
        judged(Reach(90), {"2025-03-31": 95}, unit="place", due="2025-09-30", as_of=date(2025, 6, 1)).status
        is Status.ON_TRACK
    )


def test_a_yearly_figure_answers_a_date_at_its_end_and_a_part_of_the_year_does_not(judged: Judged) -> None:
    assert judged(Reach(5), {"FY2024-25": 6}, due="2025-03-31").status is Status.ACHIEVED
    quarter = judged(Reach(5), {"FY2024-25-Q4": 6}, due="FY2024-25")
    assert quarter.reason is Reason.OVERDUE
    snapshot = judged(Reach(5), {"2025-03-31": 6}, due="FY2024-25")
    assert snapshot.status is Status.ACHIEVED


def test_a_quarter_s_count_says_nothing_of_a_year_s_without_a_profile(judged: Judged) -> None:
    evaluation = judged(Reach(120), {"FY2024-25-Q1": 30}, unit="count", due="FY2024-25", as_of=date(2024, 9, 1))
    assert (evaluation.status, evaluation.reason) == (Status.NOT_ASSESSED, Reason.NOT_YET_DUE)


def test_a_year_to_date_is_held_against_its_profile_not_a_quarter_of_the_year(judged: Judged) -> None:
    profile = Profile(dict(zip(YEAR_TO_DATE, (20, 50, 90, 120), strict=True)))
    given = {"unit": "count", "due": "FY2024-25", "trajectory": profile, "measure": CUMULATIVE}
    second = judged(Reach(120), {"FY2024-25-Q1..Q2": 55}, as_of=date(2024, 10, 31), **given)
    assert (second.status, second.required, second.goal, second.gap) == (Status.ON_TRACK, 50, 120, 5)
    assert judged(Reach(120), {"FY2024-25-Q1..Q4": 119}, **given).status is Status.MISSED


def test_a_profile_is_found_by_the_end_of_a_running_total_however_its_period_is_written(judged: Judged) -> None:
    quarters = Profile({f"FY2024-25-Q{n}": value for n, value in ((1, 20), (2, 50), (3, 90), (4, 120))})  # type: ignore[misc]
    evaluation = judged(
        Reach(120),
        {"FY2024-25-Q1..Q2": 55},
        unit="count",
        due="FY2024-25",
        trajectory=quarters,
        measure=CUMULATIVE,
        as_of=date(2024, 10, 31),
    )
    assert evaluation.required == 50


def test_a_third_of_the_time_is_a_third_of_the_way(judged: Judged) -> None:
    ten_per_cent_down = Improve(Margin(percent=10))
    evaluation = judged(
        ten_per_cent_down,
        {"CY2023": 90, "CY2024": 87},
        due="CY2026",
        direction="decrease",
        baseline=Baseline("CY2023"),
        trajectory=Linear(),
    )
    assert (evaluation.status, evaluation.required, evaluation.goal) == (Status.ON_TRACK, 87, 81)
    assert evaluation.progress == Decimal("0.3333")


def test_where_the_kinds_of_period_differ_the_time_gone_is_counted_in_days(judged: Judged) -> None:
    given = {"due": "2026-12-31", "baseline": Baseline("CY2024", 0), "trajectory": Linear()}
    evaluation = judged(Reach(73), {"2025-01-10": 1}, as_of=date(2025, 2, 1), **given)
    assert evaluation.required == 1  # ten of 730 days


def test_a_milestone_is_not_failed_before_its_day_and_stays_done(judged: Judged) -> None:
    milestone = {"unit": "milestone", "due": "2024-12", "direction": None}
    early = judged(Complete(), {"2024-09-30": 0}, as_of=date(2024, 10, 31), **milestone)
    assert (early.status, early.reason) == (Status.NOT_ASSESSED, Reason.NOT_YET_DUE)
    assert judged(Complete(), {"2024-09-30": 1, "2024-12-31": 0}, **milestone).status is Status.ACHIEVED
    assert judged(Complete(), {"2024-12-31": 0}, **milestone).status is Status.MISSED
    unknown = judged(Complete(), {"2024-09-30": 0}, **milestone)
    assert (unknown.reason, unknown.verdict) == (Reason.OVERDUE, Verdict.OFF)


# Direction of travel


def test_the_first_quarter_of_a_running_total_is_never_held_against_the_fourth(judged: Judged) -> None:
    figures = {"FY2023-24-Q1..Q4": 400, "FY2023-24-Q1..Q1": 90, "FY2024-25-Q1..Q1": 100}
    evaluation = judged(Reach(420), figures, unit="count", due="FY2024-25", measure=CUMULATIVE, as_of=date(2024, 8, 1))
    assert (evaluation.travel, evaluation.travel_basis) == (Travel.IMPROVING, TravelBasis.SAME_PERIOD_LAST_YEAR)


def test_a_hole_in_the_series_is_not_skipped_over(judged: Judged) -> None:
    evaluation = judged(Reach(5), {"CY2021": 1, "CY2022": 2, "CY2024": 4})
    assert evaluation.travel is None


def test_the_figure_before_a_yearly_snapshot_is_that_of_a_year_before(judged: Judged) -> None:
    figures = {"2024-03-31": 9, "2025-03-30": 4, "2025-03-31": 11}
    evaluation = judged(Reach(9), figures, due="2025-03-31", direction="decrease", measure={"frequency": "yearly"})
    assert (evaluation.travel, evaluation.travel_basis) == (Travel.WORSENING, TravelBasis.PREVIOUS_PERIOD)


def test_quarterly_snapshots_go_from_month_end_to_month_end(judged: Judged) -> None:
    evaluation = judged(
        Reach(9), {"2024-12-31": 8, "2025-03-31": 9}, due="2025-03-31", measure={"frequency": "quarterly"}
    )
    assert evaluation.travel is Travel.IMPROVING


def test_travel_never_crosses_a_break_in_the_series(judged: Judged) -> None:
    assert judged(Reach(5), {"CY2023": 1, "CY2024": 2}, measure={"breaks": [date(2024, 4, 1)]}).travel is None


def test_a_comparison_across_a_break_is_not_made(judged: Judged) -> None:
    given = {
        "figures": {"AY2023-24": "86.3", "AY2024-25": "77.8"},
        "due": "AY2024-25",
        "baseline": Baseline("AY2023-24"),
    }
    broken = judged(Improve(), measure={"breaks": [date(2024, 9, 1)]}, **given)
    assert (broken.status, broken.reason, broken.baseline) == (Status.NOT_ASSESSED, Reason.SERIES_BREAK, None)
    assert judged(Improve(), measure={"breaks": [date(2023, 9, 1), date(2025, 8, 1)]}, **given).status is Status.MISSED


# Whose figures


def test_the_place_is_said_or_obvious() -> None:
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    target = Target(id="t", measure="m", aim=Reach(5), due="CY2024")
    here, there = (Observation(measure="m", period="CY2024", area=area, value=6) for area in ("E1", "E2"))
    on = date(2025, 12, 31)
    assert evaluate(target, measure=measure, observations=[here], as_of=on).area == "E1"
    with pytest.raises(InvalidValueError, match="one of E1, E2"):
        evaluate(target, measure=measure, observations=[here, there], as_of=on)


def test_where_no_place_is_said_and_there_are_no_figures_that_is_an_answer_and_no_error() -> None:
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    target = Target(id="t", measure="m", aim=Reach(5), due="CY2024")
    nobody = evaluate(target, measure=measure, observations=[], as_of=date(2025, 12, 31))
    assert (nobody.area, nobody.reason) == (None, Reason.NO_DATA)
    card = evaluate_plan(Plan(id="p", title="P", measures=[measure]), [], as_of=date(2025, 12, 31))
    assert (card.area, [each.reason for each in card.evaluations]) == (None, [Reason.NO_TARGET])


@pytest.mark.parametrize(("places", "more"), [(2, ""), (10, ""), (11, " …")])
def test_at_most_ten_of_the_places_that_may_be_meant_are_listed(places: int, more: str) -> None:
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    codes = [f"E100000{number}" for number in range(11, 11 + places)]
    figures = [Observation(measure="m", period="CY2024", area=area, value=1) for area in codes]
    with pytest.raises(InvalidValueError) as caught:
        evaluate(None, measure=measure, observations=figures, as_of=date(2025, 6, 1))
    assert caught.value.allowed == f"one of {', '.join(codes[:10])}{more}"


def test_the_place_of_a_published_comparator_is_never_the_one_that_is_meant() -> None:
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    target = Target(id="t", measure="m", aim=Beat("england"), due="CY2024")
    england = Comparator(id="england", title="England", areas=["E92000001"])
    figures = {area: Observation(measure="m", period="CY2024", area=area, value=6) for area in ("E92000001", "E1")}
    given: dict[str, Any] = {"measure": measure, "comparators": [england], "as_of": date(2025, 12, 31)}
    assert evaluate(target, observations=[figures["E92000001"]], **given).reason is Reason.NO_DATA
    assert evaluate(target, observations=figures.values(), **given).area == "E1"


# What a figure may say


def test_the_baseline_itself_is_no_failure_to_improve_on_it(judged: Judged) -> None:
    for aim, rest in ((Improve(), {}), (Hold(), {}), (Reach(90), {"trajectory": Linear()})):
        given = {"baseline": Baseline("CY2022"), "as_of": date(2023, 6, 1), **rest}
        start = judged(aim, {"CY2021": 30, "CY2022": 40}, **given)
        assert (start.status, start.reason, start.value) == (Status.NOT_ASSESSED, Reason.NOT_YET_DUE, 40)
        later = judged(aim, {"CY2022": 40, "CY2023": 40}, **{**given, "as_of": date(2024, 6, 1)})
        assert later.verdict is (Verdict.MET if aim == Hold() else Verdict.OFF)


def test_a_snapshot_is_the_baseline_of_the_year_that_it_ends(judged: Judged) -> None:
    given = {"due": "FY2024-25", "baseline": Baseline("FY2023-24")}
    assert judged(Improve(), {"2024-03-31": 5, "2025-03-31": 6}, **given).baseline == 5
    both = {"2024-03-31": 5, "FY2023-24": 4, "2025-03-31": 6}
    assert judged(Improve(), both, **given).baseline == 4  # the year's own figure comes first


def test_a_running_total_is_not_held_against_the_whole_year_before_the_year_is_over(judged: Judged) -> None:
    given = {"unit": "count", "due": "FY2024-25", "measure": CUMULATIVE}
    halfway = judged(Reach(120), {"FY2024-25-Q1..Q2": 55}, as_of=date(2024, 11, 1), **given)
    assert (halfway.reason, halfway.verdict, halfway.value) == (Reason.NOT_YET_DUE, None, 55)
    less = judged(Reach(120), {"FY2024-25-Q1..Q1": 30}, as_of=date(2024, 8, 1), direction="decrease", **given)
    assert less.reason is Reason.NOT_YET_DUE
    assert judged(Reach(120), {"FY2024-25-Q1..Q4": 121}, **given).status is Status.ACHIEVED


@pytest.mark.parametrize("snapshots", [True, False])
def test_a_leap_year_is_no_more_of_the_way_than_another(judged: Judged, snapshots: bool) -> None:
    start, two_thirds, due = (f"{'' if snapshots else 'Y'}{year}-03-31" for year in (2022, 2024, 2025))
    given = {"trajectory": Linear(), "baseline": Baseline(start, 60), "due": due, "as_of": date(2024, 6, 1)}
    on_the_way = judged(Reach(90), {two_thirds: 80}, **given)
    assert (on_the_way.status, on_the_way.required) == (Status.ON_TRACK, 80)


def test_a_place_is_ranked_in_each_group_that_its_targets_name() -> None:
    here, *others = [f"E100000{number}" for number in (15, 16, 17, 18, 19)]
    groups = [
        Comparator(id="better", title="Better", areas=others[:2], method="median"),
        Comparator(id="worse", title="Worse", areas=others[2:], method="median"),
    ]
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    targets = [
        Target(id=each.id, measure="m", aim=Rank(best=1, of=2, among=each.id), due="CY2024", area=here)
        for each in groups
    ]
    plan = Plan(id="p", title="P", measures=[measure], targets=targets, comparators=groups)
    values = dict(zip((here, *others), (50, 60, 70, 40, 30), strict=True))
    figures = [Observation(measure="m", period="CY2024", area=area, value=value) for area, value in values.items()]
    card = evaluate_plan(plan, figures, as_of=date(2025, 6, 1), area=here)
    reached = [each.explanation.partition(" or better of ")[2] for each in card.evaluations]
    assert reached == [
        "3 (place 3 was reached): missed, 2 places behind.",
        "3 (place 1 was reached): achieved, exactly on it.",
    ]


def test_a_country_is_not_ranked_among_authorities(judged: Judged) -> None:
    others = {"E1": {"CY2024": 70}, "E2": {"CY2024": 50}, "E3": {"CY2024": 40}}
    england = {"E92000001": {"CY2024": 65}, "E12000006": {"CY2024": 66}}
    assert judged(Rank(1, 2), {"CY2024": 60}, others=others).status is Status.ACHIEVED
    among = judged(Rank(1, 2), {"CY2024": 60}, others={**others, **england})
    assert (among.status, among.reference) == (Status.ACHIEVED, 4)


def test_a_target_is_not_judged_by_another_measure() -> None:
    with pytest.raises(InvalidValueError, match="the measure of target 't'"):
        evaluate(
            Target(id="t", measure="m", aim=None),
            measure=Measure(id="n", title="N", unit="count"),
            observations=[],
            as_of=date(2025, 1, 1),
            area="E1",
        )


# A period that is not over


def test_a_figure_recorded_before_its_period_ended_is_on_the_way_and_closes_nothing(judged: Judged) -> None:
    early = {"FY2024-25": {"value": 96, "recorded": date(2024, 6, 10)}}
    given = {"due": "FY2024-25", "tolerance": Margin(amount=2)}
    on_the_way = judged(Reach(95), early, as_of=date(2024, 6, 30), **given)
    assert (on_the_way.status, on_the_way.verdict) == (Status.ON_TRACK, Verdict.MET)
    assert on_the_way.explanation == (
        "96.0% in 2024-25 (which is not over), where the target was at least 95.0%: on track,"
        " 1.0 percentage points ahead."
    )
    assert judged(Reach(97), early, as_of=date(2025, 3, 30), **given).status is Status.AT_RISK
    assert judged(Reach(99), early, as_of=date(2025, 3, 30), **given).status is Status.OFF_TRACK
    assert judged(Reach(99), early, as_of=date(2025, 3, 31), **given).status is Status.MISSED  # its last day


def test_a_milestone_is_neither_missed_nor_achieved_by_a_figure_for_a_period_that_is_not_over(judged: Judged) -> None:
    given: dict[str, Any] = {"unit": "milestone", "direction": None, "due": "FY2024-25", "as_of": date(2024, 9, 1)}
    not_done = judged(Complete(), {"FY2024-25": {"value": 0, "recorded": date(2024, 8, 1)}}, **given)
    assert (not_done.status, not_done.reason) == (Status.NOT_ASSESSED, Reason.NOT_YET_DUE)
    done = judged(Complete(), {"FY2024-25": {"value": 1, "recorded": date(2024, 8, 1)}}, **given)
    assert done.status is Status.ON_TRACK


# Milestones after their day


def test_a_milestone_not_done_after_its_day_was_not_done_on_its_day_and_is_missed(judged: Judged) -> None:
    given: dict[str, Any] = {"unit": "milestone", "direction": None, "due": "2024-09-30"}
    missed = judged(Complete(), {"2024-12-31": 0}, **given)
    assert (missed.status, missed.reason) == (Status.MISSED, None)
    assert missed.explanation == "Not done on 31 December 2024: missed."
    assert judged(Complete(), {"2024-06-30": 0, "2024-12-31": 0}, **given).status is Status.MISSED
    assert judged(Complete(), {"2024-12-31": 0, "2025-03-31": 1}, **given).status is Status.MISSED
    assert judged(Complete(), {"2024-06-30": 1, "2024-12-31": 0}, **given).status is Status.ACHIEVED
    on_its_day = judged(Complete(), {"2024-09-30": 0, "2024-12-31": 0}, **given).observation
    assert on_its_day is not None
    assert on_its_day.period.code == "2024-09-30"
    unknown_on_its_day = {"2024-09-30": {"absence": "not_available"}, "2024-12-31": 0}
    assert judged(Complete(), unknown_on_its_day, **given).status is Status.MISSED


def test_a_milestone_known_only_to_be_done_later_is_overdue_and_the_sentence_says_by_when(judged: Judged) -> None:
    given: dict[str, Any] = {"unit": "milestone", "direction": None, "due": "2024-09-30"}
    later = judged(Complete(), {"2024-12-31": 1}, **given)
    assert (later.status, later.reason) == (Status.NOT_ASSESSED, Reason.OVERDUE)
    assert later.explanation.endswith(" It was done by 31 December 2024.")


# Like with like


@pytest.mark.parametrize(
    ("period", "due", "as_of"),
    [
        ("2025-02", "2025-03", date(2025, 3, 15)),  # 28 days and 31
        ("FY2024-25-Q4", "FY2025-26-Q2", date(2025, 6, 1)),  # 90 and 92
        ("AY2024-25-T2", "AY2025-26-T1", date(2025, 6, 1)),
        ("CY2023", "CY2024", date(2024, 6, 1)),  # a leap year is no other sort of year
        ("FY2023-24-Q1..Q2", "FY2024-25-Q1..Q2", date(2024, 6, 1)),
    ],
)
def test_counts_of_one_kind_of_period_are_compared_whatever_their_days(
    judged: Judged, period: str, due: str, as_of: date
) -> None:
    evaluation = judged(Reach(30), {period: 31}, unit="count", due=due, as_of=as_of)
    assert (evaluation.status, evaluation.gap) == (Status.ON_TRACK, 1)


@pytest.mark.parametrize(
    ("period", "due"),
    [
        ("FY2024-25", "FY2024-25-Q4"),
        ("FY2024-25", "2025-03"),
        ("FY2022-23..FY2024-25", "FY2024-25"),
        ("FY2024-25-Q1..Q4", "FY2024-25-Q4"),
        ("FY2024-25-Q4", "FY2024-25"),
        ("CY2024", "FY2023-24..FY2024-25"),
    ],
)
def test_a_count_of_a_longer_or_shorter_period_than_the_one_due_does_not_answer_it(
    judged: Judged, period: str, due: str
) -> None:
    evaluation = judged(Reach(30), {period: 118}, unit="count", due=due)
    assert (evaluation.status, evaluation.reason, evaluation.verdict) == (Status.NOT_ASSESSED, Reason.OVERDUE, None)
    assert judged(Reach(30), {period: 118, due: 29}, unit="count", due=due).status is Status.MISSED


def test_a_running_total_answers_where_it_starts_and_ends_with_the_period_due(judged: Judged) -> None:
    given: dict[str, Any] = {"unit": "count", "measure": {"timing": "cumulative", "calendar": "financial"}}
    for code in ("FY2024-25-Q1..Q4", "FY2024-25-Q4", "2025-03"):  # published under the label of its last part
        assert judged(Reach(120), {code: 121}, due="FY2024-25", **given).status is Status.ACHIEVED
    three_years = judged(Reach(120), {"FY2024-25": 121}, due="FY2022-23..FY2024-25", **given)
    assert (three_years.status, three_years.reason) == (Status.NOT_ASSESSED, Reason.OVERDUE)


@pytest.mark.parametrize(
    ("calendar", "period", "months"),
    [
        (None, "FY2024-25-Q1", 3),
        (None, "FY2024-25-Q3", 9),  # the sort of year is that of the label, whatever that of the measure
        ("academic", "FY2024-25-Q3", 9),
        ("financial", "2024-12", 9),
        ("financial", "2025-03", 12),
        ("financial", "2024-04", 1),
        ("calendar", "2024-12", 12),
        ("financial", "FY2023-24..FY2024-25", 24),
        (None, "2024-12", 1),
    ],
)
def test_a_running_total_is_as_long_as_its_year_so_far(calendar: str | None, period: str, months: int) -> None:
    total = Measure(id="m", title="M", unit="count", direction="increase", timing="cumulative", calendar=calendar)
    flow = Measure(id="m", title="M", unit="count", direction="increase")
    assert length_of(total, Period.parse(period)) == months * length_of(flow, Period.parse("2024-05"))


def test_a_period_is_as_long_as_its_kind_and_a_span_as_all_that_it_is_made_of() -> None:
    measure = Measure(id="m", title="M", unit="count", direction="increase")
    lengths = [
        length_of(measure, Period.parse(code))
        for code in ("2024-05-01", "2024-W05", "2024-05", "CY2024-Q1", "AY2024-25-T1", "CY2024-H1", "CY2024")
    ]
    assert lengths == sorted(set(lengths))
    for one, same in (
        ("FY2024-25-Q1..Q2", "FY2024-25-H1"),
        ("FY2024-25-Q2..FY2024-25-Q3", "FY2024-25-H1"),
        ("FY2024-25-Q1..Q3", "2024-04..2024-12"),
        ("Y2024-09-30", "CY2024"),
        ("2024-04..2025-03", "FY2024-25"),
    ):
        assert length_of(measure, Period.parse(one)) == length_of(measure, Period.parse(same)), one


def test_a_running_total_is_on_its_way_to_one_that_begins_with_it_and_to_no_day() -> None:
    year = Period.parse("FY2024-25")

    def on_the_way(code: str, wanted: Period = year, timing: str | None = None) -> bool:
        measure = Measure(id="m", title="M", unit="count", direction="increase", timing=timing)
        return is_running_total_within(measure, Period.parse(code), wanted)

    assert [on_the_way(code) for code in ("FY2024-25-Q1..Q2", "FY2024-25-Q1", "FY2024-25-Q1..Q4")] == [
        True,
        False,
        False,
    ]
    assert [on_the_way(code, timing="cumulative") for code in ("FY2024-25-Q1", "FY2024-25-Q2")] == [True, True]
    assert not on_the_way("FY2023-24-Q1..Q2")
    assert not on_the_way("FY2024-25-Q1..Q2", Period.parse("2025-03-31"))
    assert not on_the_way("2025-03", Period.parse("2025-03-31"), timing="cumulative")


def test_of_figures_that_answer_for_a_period_its_own_comes_first() -> None:
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    wanted = Period.parse("FY2024-25-Q4")
    others = [Period.parse(code) for code in ("Y2025-03-31", "FY2024-25", "FY2024-25-Q3")]
    assert candidates_for(wanted, [*others, wanted], measure)[0] == wanted
    assert set(candidates_for(wanted, [*others, wanted], measure)) == {*others[:2], wanted}


def test_a_percentage_is_the_same_sort_of_number_over_a_longer_period_and_closes_no_longer_one(judged: Judged) -> None:
    assert judged(Reach(5), {"FY2024-25": 6}, due="FY2024-25-Q4").status is Status.ACHIEVED
    part = judged(Reach(5), {"FY2023-24-Q1..Q2": 6}, due="Y2023-09-30")  # six months of the twelve
    assert (part.status, part.reason) == (Status.NOT_ASSESSED, Reason.OVERDUE)


def test_a_snapshot_is_known_by_its_last_day_whatever_its_label(judged: Judged) -> None:
    given: dict[str, Any] = {"unit": "count", "measure": {"timing": "snapshot"}}
    for period in ("FY2024-25", "FY2024-25-Q4", "2025-03"):
        assert judged(Reach(30), {period: 31}, due="FY2024-25-Q4", **given).status is Status.ACHIEVED


def test_a_profile_s_number_for_a_total_so_far_judges_no_quarter_by_itself(judged: Judged) -> None:
    profile = Profile({"FY2024-25-Q1..Q2": 50, "FY2024-25": 120})  # type: ignore[dict-item]
    given: dict[str, Any] = {"unit": "count", "due": "FY2024-25", "trajectory": profile, "as_of": date(2024, 11, 1)}
    assert judged(Reach(120), {"FY2024-25-Q2": 30}, **given).reason is Reason.NOT_YET_DUE
    assert judged(Reach(120), {"FY2024-25-Q1..Q2": 51}, **given).status is Status.ON_TRACK


def test_a_percentage_is_held_against_the_profile_s_number_for_whatever_period_ends_with_it(judged: Judged) -> None:
    profile = Profile({"2024-09": 50, "FY2024-25": 60})  # type: ignore[dict-item]
    given: dict[str, Any] = {"due": "FY2024-25", "trajectory": profile, "as_of": date(2024, 11, 1)}
    assert judged(Reach(60), {"FY2024-25-Q2": 55}, **given).required == 50
    assert judged(Reach(60), {"FY2024-25-Q2": 55}, unit="count", **given).reason is Reason.NOT_YET_DUE


def test_a_target_of_one_place_is_judged_there_and_nowhere_else() -> None:
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    target = Target(id="t", measure="m", aim=Reach(50), due="CY2024", area="E10000015")
    figures = [Observation(measure="m", period="CY2024", area=area, value=51) for area in ("E10000015", "E10000016")]

    def status(area: str | None) -> Status:
        return evaluate(target, measure=measure, observations=figures, as_of=date(2025, 6, 1), area=area).status

    assert status(None) is status("E10000015") is Status.ACHIEVED
    with pytest.raises(InvalidValueError, match="'E10000015', the area of target 't'"):
        status("E10000016")
    no_target = evaluate(None, measure=measure, observations=figures, as_of=date(2025, 6, 1), area="E10000016")
    assert no_target.area == "E10000016"


def test_from_the_30th_of_one_month_to_the_30th_of_another_is_whole_months(judged: Judged) -> None:
    given: dict[str, Any] = {"due": "2025-09-30", "baseline": Baseline("2023-09-30", 0), "trajectory": Linear()}
    assert judged(Reach(24), {"2024-03-30": 7}, as_of=date(2024, 6, 1), **given).required == 6


# What a total so far has settled


HALF_A_YEAR = "FY2024-25-Q1..Q2"


@pytest.mark.parametrize(
    ("direction", "aim", "so_far", "on_the_way", "after"),
    [
        ("decrease", Reach(100), 140, Status.OFF_TRACK, Status.MISSED),
        ("decrease", Reach(100), 100, None, None),
        ("increase", Reach(100), 100, Status.ON_TRACK, Status.ACHIEVED),
        ("increase", Reach(100), 99, None, None),
        ("maintain", Reach(100), 101, Status.OFF_TRACK, Status.MISSED),
        ("maintain", Reach(100), 100, None, None),
        ("maintain", StayBetween(80, 100), 101, Status.OFF_TRACK, Status.MISSED),
        ("maintain", StayBetween(80, 100), 79, None, None),
        ("maintain", StayBetween(80, 100), 90, None, None),
    ],
)
def test_a_count_so_far_settles_what_it_can_no_longer_change(
    judged: Judged, direction: str, aim: Any, so_far: int, on_the_way: Status | None, after: Status | None
) -> None:
    given: dict[str, Any] = {"unit": "count", "due": "FY2024-25", "direction": direction}
    then = judged(aim, {HALF_A_YEAR: so_far}, as_of=date(2024, 11, 1), **given)
    assert then.status is (on_the_way or Status.NOT_ASSESSED)
    assert then.reason is (None if on_the_way else Reason.NOT_YET_DUE)
    late = judged(aim, {HALF_A_YEAR: so_far}, as_of=date(2025, 6, 1), **given)
    assert late.status is (after or Status.NOT_ASSESSED)
    assert late.reason is (None if after else Reason.OVERDUE)


def test_what_is_nearly_met_so_far_could_still_go_either_way(judged: Judged) -> None:
    given: dict[str, Any] = {"unit": "count", "due": "FY2024-25", "as_of": date(2024, 11, 1)}
    near = judged(Reach(100), {HALF_A_YEAR: 104}, direction="decrease", tolerance=Margin(amount=5), **given)
    assert (near.status, near.reason) == (Status.NOT_ASSESSED, Reason.NOT_YET_DUE)


def test_a_sum_of_money_so_far_settles_nothing_for_it_may_fall(judged: Judged) -> None:
    spent = judged(
        Reach(100), {HALF_A_YEAR: 140}, unit="GBP", due="FY2024-25", direction="decrease", as_of=date(2024, 11, 1)
    )
    assert (spent.status, spent.reason) == (Status.NOT_ASSESSED, Reason.NOT_YET_DUE)


def test_a_count_so_far_is_held_against_the_baseline_too(judged: Judged) -> None:
    given: dict[str, Any] = {"unit": "count", "due": "FY2024-25", "direction": "decrease", "as_of": date(2024, 11, 1)}
    fewer = judged(Improve(Margin(percent=10)), {HALF_A_YEAR: 95}, baseline=Baseline("FY2023-24", 100), **given)
    assert (fewer.status, fewer.required, fewer.gap) == (Status.OFF_TRACK, 90, -5)
    unknown = judged(Improve(Margin(percent=10)), {HALF_A_YEAR: 95}, baseline=Baseline("FY2023-24"), **given)
    assert unknown.reason is Reason.BASELINE_NOT_SET


def test_from_zero_to_zero_nothing_has_changed_whatever_the_dead_band(judged: Judged) -> None:
    policy = Policy(id="dead-band", no_change_within=Margin(percent=5))
    given: dict[str, Any] = {"policy": policy, "direction": "decrease", "unit": "count"}
    assert judged(Reach(5), {"CY2023": 0, "CY2024": 0}, **given).travel is Travel.NO_CHANGE
    assert judged(Reach(5), {"CY2023": 0, "CY2024": 1}, **given).travel is None  # five per cent of nothing


def test_progress_has_no_negative_zero(judged: Judged) -> None:
    given: dict[str, Any] = {"baseline": Baseline("CY2022", 50), "as_of": date(2023, 12, 31)}
    progress = judged(Improve(Margin(amount=10)), {"CY2023": "49.9999"}, **given).progress
    assert str(progress) == "0.0000"


# Ranks stay among places of one sort


COUNCILS = {area: {"CY2024": value} for area, value in (("E10000016", 50), ("E06000055", 40), ("E09000006", 30))}


@pytest.mark.parametrize("sort", ["E0500{:04}", "E0700{:04}", "{:06}", "E1400{:04}"])
def test_a_county_is_ranked_neither_among_wards_nor_districts_nor_schools(judged: Judged, sort: str) -> None:
    more = {sort.format(number): {"CY2024": 90} for number in range(1, 13)}
    evaluation = judged(Rank(1, 4), {"CY2024": 60}, others={**COUNCILS, **more})
    assert (evaluation.status, evaluation.reference) == (Status.ACHIEVED, 4)


def test_a_unitary_authority_in_a_table_of_both_tiers_is_ranked_in_neither(judged: Judged) -> None:
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    target = Target(id="t", measure="m", aim=Rank(1, 2), due="CY2024")
    counties, districts = ["E10000015", "E10000016"], ["E07000242", "E07000243"]

    def ranked(areas: list[str]) -> Evaluation:
        figures = [Observation(measure="m", period="CY2024", area=each, value=50) for each in ("E06000055", *areas)]
        return evaluate(target, measure=measure, observations=figures, as_of=date(2025, 12, 31), area="E06000055")

    assert (ranked(counties).reference, ranked(districts).reference) == (3, 3)
    assert ranked([*counties, *districts]).reason is Reason.COMPARATOR_MISSING


def test_a_total_that_has_settled_a_target_does_so_whatever_its_profile_says(judged: Judged) -> None:
    steps = Profile({YEAR_TO_DATE[0]: 60, Period.year(2024, "financial"): 100})
    given: dict[str, Any] = {
        "due": "FY2024-25",
        "unit": "count",
        "trajectory": steps,
        "measure": {"timing": "cumulative"},
    }
    on_the_way, over = date(2024, 12, 1), date(2025, 6, 1)
    at_the_step = judged(Reach(100), {"FY2024-25-Q1..Q1": 70}, as_of=on_the_way, **given)
    assert (at_the_step.status, at_the_step.required) == (Status.ON_TRACK, 60)
    for period in ("FY2024-25-Q1..Q1", "FY2024-25-Q1..Q2"):  # with a number of the profile, and with none
        reached = [judged(Reach(100), {period: 105}, as_of=day, **given) for day in (on_the_way, over)]
        assert [(each.status, each.required) for each in reached] == [(Status.ON_TRACK, 100), (Status.ACHIEVED, 100)]
        past = [
            judged(Reach(100), {period: 140}, as_of=day, direction="decrease", **given) for day in (on_the_way, over)
        ]
        assert [(each.status, each.gap) for each in past] == [(Status.OFF_TRACK, -40), (Status.MISSED, -40)]
    assert judged(Reach(100), {"FY2024-25-Q1..Q2": 90}, as_of=on_the_way, **given).reason is Reason.NOT_YET_DUE


def test_of_two_figures_on_the_day_of_a_milestone_the_due_period_s_own_comes_first_if_it_says_anything(
    judged: Judged,
) -> None:
    given: dict[str, Any] = {"unit": "milestone", "due": "2024-03", "as_of": date(2024, 6, 1)}
    both = judged(Complete(), {"FY2023-24": 1, "2024-03": 1}, **given)
    assert both.observation is not None
    assert (both.status, both.observation.period.code) == (Status.ACHIEVED, "2024-03")
    absent = judged(Complete(), {"FY2023-24": 0, "2024-03": {"absence": "not_available"}}, **given)
    assert (absent.status, absent.reason) == (Status.MISSED, None)
