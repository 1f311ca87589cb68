"""The one road from a target and a series to a status: whose figures, which one decides, and when."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from outcome_bees import (
    Absence,
    Baseline,
    Beat,
    Comparator,
    Complete,
    Evaluation,
    Improve,
    Linear,
    Measure,
    Observation,
    Observations,
    Period,
    Rank,
    Reach,
    Reason,
    Status,
    Target,
    Travel,
    Verdict,
    evaluate,
)
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.evaluation.evaluate import only_area, reason_without_value, status_in_time
from outcome_bees.evaluation.judge import Judgement

Judged = Callable[..., Evaluation]
HERE, THERE, ENGLAND = "E10000015", "E10000016", "E92000001"
AS_OF = date(2025, 12, 31)
SHARE = Measure(id="m", title="M", unit="percent", direction="increase")
ENGLISH = Comparator(id="england", title="England", areas=[ENGLAND])
MEDIAN = Comparator(id="median", title="Others", areas=[THERE, "E10000017"], method="median")
MILESTONE: dict[str, Any] = {"unit": "milestone", "direction": None, "due": "2024-09-30"}


def judgement_of(answer: Evaluation) -> Judgement:
    found = answer._judgement
    assert found is not None
    return found


def figure(period: str, value: Any = 1, area: str = HERE, **facts: Any) -> Observation:
    return Observation(measure="m", area=area, period=period, value=value, **facts)


def aimed(aim: Any = None, **facts: Any) -> Target:
    return Target(id="t", measure="m", aim=aim or Reach(50), **{"due": "CY2024", **facts})


def asked(target: Target | None, *figures: Observation, **rest: Any) -> Evaluation:
    return evaluate(target, **{"measure": SHARE, "observations": figures, "as_of": AS_OF, **rest})


# What is asked


def test_what_is_no_target_or_no_measure_is_refused_by_its_name() -> None:
    given: dict[str, Any] = {"observations": [], "as_of": AS_OF}
    with pytest.raises(InvalidTypeError, match=r"^evaluate: measure: .* allowed: a Measure"):
        evaluate(None, measure="m", **given)  # type: ignore[arg-type]
    with pytest.raises(InvalidTypeError, match=r"^evaluate: target: .* or None for a measure that has none"):
        evaluate(Reach(5), measure=SHARE, **given)  # type: ignore[arg-type]
    with pytest.raises(
        InvalidValueError, match=r"^evaluate: measure: given 'm'; allowed: 'n', the measure of target 't'"
    ):
        evaluate(Target(id="t", measure="n", aim=None), measure=SHARE, **given)


def test_the_inputs_of_an_answer_are_beside_it() -> None:
    target, figures = aimed(Beat("england")), Observations([figure("CY2024", 60), figure("CY2024", 55, ENGLAND)])
    answer = asked(target, observations=figures, comparators=iter([ENGLISH, MEDIAN]), as_of="2025-12-31")
    inputs = answer._inputs
    assert inputs is not None
    assert (inputs.measure, inputs.target, inputs.area, inputs.as_of) == (SHARE, target, HERE, AS_OF)
    assert inputs.observations is figures
    assert inputs.comparators == {"england": ENGLISH, "median": MEDIAN}
    assert (answer.status, answer.reference, inputs.policy.id) == (Status.ACHIEVED, 55, "standard")
    alone = asked(aimed(), figure("CY2024", 60), policy="five-per-cent")
    assert alone._inputs is not None
    assert (alone._inputs.comparators, alone.policy) == ({}, "five-per-cent")


# Whose figures


@pytest.mark.parametrize(
    ("target", "area", "there", "comparators", "found"),
    [
        (None, HERE, [THERE], [], HERE),
        (aimed(), HERE, [], [], HERE),
        (aimed(area=HERE), HERE, [], [], HERE),
        (aimed(area=HERE), None, [THERE], [], HERE),
        (aimed(), None, [THERE], [], THERE),
        (aimed(), None, [], [], None),
        (None, None, [ENGLAND], [], ENGLAND),
        (None, None, [ENGLAND], [ENGLISH], None),
        (None, None, [ENGLAND, HERE], [ENGLISH], HERE),
        (None, None, [HERE], [ENGLISH], HERE),
        (None, None, [THERE], [MEDIAN], THERE),
        (None, None, ["E10000027", "E06000066"], [], "E06000066"),
    ],
)
def test_the_place_is_the_one_that_is_named_or_else_the_only_one(
    target: Target | None, area: str | None, there: list[str], comparators: list[Comparator], found: str | None
) -> None:
    figures = [figure("CY2024", 60, each) for each in there]
    assert asked(target, *figures, area=area, comparators=comparators).area == found


def test_a_place_that_is_not_the_target_s_own_or_no_code_is_refused() -> None:
    with pytest.raises(
        InvalidValueError, match=r"^evaluate: area: given 'E10000016'; allowed: 'E10000015', the area of"
    ):
        asked(aimed(area=HERE), area=THERE)
    for target in (aimed(), None):
        with pytest.raises(InvalidValueError, match="area"):
            asked(target, area="")


def test_one_of_several_places_is_asked_for_by_name() -> None:
    assert only_area([HERE, HERE], [], "what") == HERE
    assert only_area([], [], "what") is None
    assert only_area([ENGLAND, HERE], [MEDIAN, ENGLISH], "what") == HERE
    assert only_area([HERE], [ENGLISH], "what") == HERE
    with pytest.raises(
        InvalidValueError, match=f"^what: area: given None; allowed: one of {THERE}, {HERE} .*give area="
    ):
        only_area([THERE, HERE], [MEDIAN], "what")
    with pytest.raises(InvalidValueError, match="one of E06000066, E10000015"):
        only_area(["E10000027", "E06000066", HERE], [], "what")
    for number, more in ((10, ""), (11, " …")):
        with pytest.raises(InvalidValueError) as caught:
            only_area([str(each) for each in range(number)], [], "what")
        assert caught.value.allowed == f"one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9{more}"


# In time

MET, NEAR, OFF = Verdict
LATE, BROKEN = Reason.NOT_YET_DUE, Reason.SERIES_BREAK


@pytest.mark.parametrize(
    ("verdict", "reason", "at_due", "past_due", "milestone", "status"),
    [
        (MET, None, False, False, False, "on_track"),
        (NEAR, None, False, False, False, "at_risk"),
        (OFF, None, False, False, False, "off_track"),
        (MET, None, True, False, False, "achieved"),
        (NEAR, None, True, False, False, "narrowly_missed"),
        (OFF, None, True, False, False, "missed"),
        (OFF, None, True, True, False, "missed"),
        (OFF, None, True, True, True, "missed"),
        (MET, None, False, True, False, "overdue"),
        (MET, None, False, False, True, "on_track"),
        (OFF, None, False, False, True, "not_yet_due"),
        (NEAR, None, False, False, True, "not_yet_due"),
        (OFF, None, False, True, True, "overdue"),
        (None, None, False, False, False, "not_yet_due"),
        (None, None, True, False, False, "not_yet_due"),
        (None, LATE, True, True, False, "overdue"),
        (None, LATE, False, False, False, "not_yet_due"),
        (None, BROKEN, True, True, True, "series_break"),
        (MET, BROKEN, True, False, False, "series_break"),
    ],
)
def test_a_verdict_or_the_reason_for_having_none_is_set_in_time(
    verdict: Verdict | None, reason: Reason | None, at_due: bool, past_due: bool, milestone: bool, status: str
) -> None:
    found = status_in_time(verdict, reason, at_due=at_due, past_due=past_due, milestone=milestone)
    expected = (Status(status), None) if status in {*Status} else (Status.NOT_ASSESSED, Reason(status))
    assert found == expected


@pytest.mark.parametrize("absence", [*Absence])
def test_an_absent_figure_is_a_reason_by_its_own_name(absence: Absence) -> None:
    absent = figure("CY2024", None, absence=absence)
    assert reason_without_value({absent.period: absent}, absent) is Reason(absence.value)


def test_without_a_figure_there_is_no_data_or_none_that_is_in_sight() -> None:
    there = figure("CY2025")
    assert reason_without_value({}, None) is Reason.NO_DATA
    assert reason_without_value({there.period: there}, None) is None
    withdrawn = figure("CY2025", revision="withdrawn")
    assert reason_without_value({there.period: withdrawn}, withdrawn) is Reason.NOT_AVAILABLE


# What decides


def test_what_the_plan_leaves_unjudged_shows_the_latest_figure_and_its_travel(judged: Judged) -> None:
    shown = judged(Reach(50), {"CY2023": 40, "CY2024": 45}, measure={"role": "contextual"})
    assert (shown.reason, shown.value, shown.travel) == (Reason.CONTEXTUAL, 45, Travel.IMPROVING)
    assert (shown.verdict, shown.required, judgement_of(shown).rule) == (None, None, None)
    done = {"2024-06-30": 1, "2024-07-31": 1}
    milestone = judged(Complete(), done, measure={"role": "contextual"}, **MILESTONE)
    assert milestone.observation is not None
    assert (milestone.reason, milestone.observation.period.code) == (Reason.CONTEXTUAL, "2024-07-31")
    absent = judged(Reach(50), {"CY2023": 40, "CY2024": {"absence": "suppressed"}}, measure={"role": "contextual"})
    assert (absent.reason, absent.travel, absent.travel_basis) == (Reason.CONTEXTUAL, None, None)


def test_a_place_that_is_not_known_has_no_figures() -> None:
    nobody = asked(aimed(), comparators=[ENGLISH], observations=[figure("CY2024", 60, ENGLAND)])
    assert (nobody.area, nobody.reason, nobody.observation) == (None, Reason.NO_DATA, None)
    assert judgement_of(nobody).seen == {}
    east = Comparator(id="east", title="East of England", areas=["E12000006"])
    figures = figure("CY2024", 60, ENGLAND), figure("CY2024", 50, "E12000006")
    assert asked(aimed(), *figures, comparators=[ENGLISH, east]).reason is Reason.NO_DATA


def test_the_figures_that_were_seen_are_kept_with_the_judgement(judged: Judged) -> None:
    seen = judgement_of(judged(Reach(50), {"CY2022": 40, "CY2024": 45})).seen
    assert [each.code for each in seen] == ["CY2022", "CY2024"]


def test_a_part_of_the_population_has_figures_of_its_own() -> None:
    girls = {"sex": "female"}
    figures = figure("CY2024", 60), figure("CY2024", 40, breakdown=girls), figure("CY2022", 20, breakdown=girls)
    baseline = Baseline("CY2022")
    part = asked(aimed(Improve(), breakdown=girls, baseline=baseline), *figures)
    assert (part.value, part.baseline, part.status) == (40, 20, Status.ACHIEVED)
    assert asked(aimed(Improve(), baseline=baseline), *figures).reason is Reason.BASELINE_NOT_SET


def test_the_first_figure_that_says_done_decides_and_travel_is_taken_from_the_one_before_it(judged: Judged) -> None:
    figures = {"2024-05": 0, "2024-06": 1, "2024-07": 1, "2024-08": 0}
    given: dict[str, Any] = {**MILESTONE, "direction": "increase"}
    answer = judged(Complete(), figures, **given)
    assert answer.observation is not None
    assert (answer.status, answer.observation.period.code) == (Status.ACHIEVED, "2024-06")
    assert answer.travel is Travel.IMPROVING
    assert judgement_of(answer).done_later is None


def test_the_first_figure_that_says_not_done_after_the_day_decides(judged: Judged) -> None:
    figures = {"2024-10": {"absence": "not_available"}, "2024-11": 1, "2024-12": 0, "2025-01": 0}
    answer = judged(Complete(), figures, **MILESTONE)
    assert answer.observation is not None
    assert (answer.status, answer.observation.period.code) == (Status.MISSED, "2024-12")
    assert judged(Complete(), figures, as_of=date(2024, 12, 30), **MILESTONE).reason is Reason.OVERDUE


def test_of_the_figures_of_its_day_the_first_that_is_there_decides(judged: Judged) -> None:
    for absent in ("2024-09-30", "2024-09"):
        figures: dict[str, Any] = {"2024-09-30": 0, "2024-09": 0, "2024-08": 0, absent: {"absence": "low"}}
        answer = judged(Complete(), figures, **MILESTONE)
        assert answer.observation is not None
        assert (answer.status, answer.observation.period.end) == (Status.MISSED, date(2024, 9, 30))
        assert answer.observation.period.code != absent


def test_done_after_its_day_is_overdue_and_the_first_day_that_shows_it_is_kept(judged: Judged) -> None:
    later = judged(Complete(), {"2024-11": 1, "2024-12": 1}, **MILESTONE)
    assert (later.reason, later.observation) == (Reason.OVERDUE, None)
    assert judgement_of(later).done_later == Period.from_code("2024-11")
    before = judged(Complete(), {"2024-06": 1, "2024-12": 1}, **MILESTONE)
    assert (before.status, judgement_of(before).done_later) == (Status.ACHIEVED, None)
    number = judged(Reach(50), {"CY2023": 40, "2025-01": 60})
    assert (number.reason, judgement_of(number).done_later) == (Reason.OVERDUE, None)


def test_a_figure_of_a_period_that_is_not_over_closes_nothing(judged: Judged) -> None:
    early = {"CY2024": {"value": 60, "recorded": date(2024, 6, 1)}}
    assert judged(Reach(50), early, as_of=date(2024, 12, 30)).status is Status.ON_TRACK
    assert judged(Reach(50), early, as_of=date(2024, 12, 31)).status is Status.ACHIEVED
    assert judged(Reach(50), {"CY2023": 60}, as_of=date(2024, 12, 31)).status is Status.ON_TRACK
    assert judged(Reach(50), {"CY2023": 60}, as_of=date(2025, 1, 1)).reason is Reason.OVERDUE


def test_a_straight_line_without_its_baseline_is_not_judged_even_where_a_total_would_have_settled_it(
    judged: Judged,
) -> None:
    given: dict[str, Any] = {"unit": "count", "due": "FY2024-25", "as_of": date(2024, 11, 1)}
    line = judged(
        Reach(100), {"FY2024-25-Q1..Q2": 105}, trajectory=Linear(), baseline=Baseline("FY2022-23"), **given
    )  # fmt: skip
    assert (line.reason, line.verdict, line.value) == (Reason.BASELINE_NOT_SET, None, 105)
    flat = judged(Reach(100), {"FY2024-25-Q1..Q2": 105}, **given)
    assert (flat.status, flat.verdict) == (Status.ON_TRACK, Verdict.MET)


def test_what_a_total_so_far_has_settled_is_closed_on_the_day_after_the_due_date(judged: Judged) -> None:
    given: dict[str, Any] = {"unit": "count", "due": "FY2024-25"}
    so_far = {"FY2024-25-Q1..Q2": 105}
    assert judged(Reach(100), so_far, as_of=date(2025, 3, 31), **given).status is Status.ON_TRACK
    assert judged(Reach(100), so_far, as_of=date(2025, 4, 1), **given).status is Status.ACHIEVED


def test_whatever_is_out_of_sight_or_no_part_of_the_way_is_shown_and_not_judged(judged: Judged) -> None:
    later = judged(Reach(50), {"CY2025": 60}, as_of=date(2026, 6, 1))
    assert (later.reason, later.observation, later.travel) == (Reason.OVERDUE, None, None)
    part = judged(Reach(50), {"CY2023-Q3": 3, "CY2023-Q4": 4}, unit="count", as_of=date(2024, 6, 1))
    assert (part.reason, part.value, part.travel) == (Reason.NOT_YET_DUE, 4, Travel.IMPROVING)
    assert (part.verdict, part.required) == (None, None)


# Which of the others is not there


def test_the_places_of_a_comparator_without_a_figure_are_named(judged: Judged) -> None:
    given: dict[str, Any] = {"comparators": [MEDIAN, ENGLISH]}
    there = {THERE: {"CY2024": 40}, "E10000017": {"CY2023": 4}}
    missing = judged(Beat("median"), {"CY2024": 50}, others=there, **given)
    assert (missing.reason, judgement_of(missing).without) == (Reason.COMPARATOR_MISSING, ("E10000017",))
    hidden = {THERE: {"CY2024": 40}, "E10000017": {"CY2024": {"absence": "suppressed"}}}
    assert judgement_of(judged(Beat("median"), {"CY2024": 50}, others=hidden, **given)).without == ("E10000017",)
    both = judged(Beat("median"), {"CY2024": 50}, **given)
    assert judgement_of(both).without == (THERE, "E10000017")
    for aim in (Beat("nobody"), Rank(1, 4)):
        answer = judged(aim, {"CY2024": 50}, others=there, **given)
        assert (answer.reason, judgement_of(answer).without) == (Reason.COMPARATOR_MISSING, ())
    unknown = judged(Beat("median"), {"CY2024": 50}, others=there, direction=None, **given)
    assert (unknown.reason, judgement_of(unknown).without) == (Reason.NO_DIRECTION, ())
    early = judged(Improve(), {"CY2025": 50}, as_of=date(2026, 6, 1), **given)
    assert (early.reason, judgement_of(early).without) == (Reason.BASELINE_NOT_SET, ())
