"""What a figure says against its rule, with every number beside the verdict, and why it can say nothing."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from outcome_bees import (
    Baseline,
    Beat,
    Certainty,
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
)
from outcome_bees.evaluation.compiled import PeriodRole, compiled
from outcome_bees.evaluation.inputs import Inputs
from outcome_bees.evaluation.judge import (
    Judgement,
    judge,
    last_years_figure,
    previous_figure,
    reason_to_wait,
    settled_early,
    travel_of,
    waits_for_baseline,
)
from outcome_bees.evaluation.policy import NOT_WORSE_THAN_LAST_YEAR, STANDARD
from outcome_bees.vocabulary import NoAnswer

Judged = Callable[..., Evaluation]
HERE, ENGLAND = "E10000015", "E92000001"
ENGLISH = Comparator(id="england", title="England", areas=[ENGLAND])
SINCE = Baseline("CY2022")
HALF = {"value": 50, "numerator": 300, "denominator": 600}  # 46.0 to 54.0 by Wilson
CLEAR_ONLY = Policy(id="clear-only", met_only_if_clear=True)
OTHERS = {f"E100000{place}": value for place, value in ((16, 70), (17, 60), (18, 40), (19, 30))}
RANKED = {area: {"CY2024": value} for area, value in OTHERS.items()}


def numbers(answer: Evaluation) -> tuple[Any, ...]:
    """What was required, asked and held against, beside the verdict."""
    return (
        *(answer.verdict, answer.required, answer.asked, answer.goal),
        *(answer.baseline, answer.reference, answer.gap, answer.progress),
    )


def judgement_of(answer: Evaluation) -> Judgement:
    found = answer._judgement
    assert found is not None
    return found


# Every number beside a verdict


def test_a_number_to_reach_is_what_is_required_and_the_goal(judged: Judged) -> None:
    answer = judged(Reach(50), {"CY2022": 30, "CY2024": 45}, baseline=SINCE)
    assert numbers(answer) == (Verdict.OFF, 50, "at least", 50, 30, None, -5, Decimal("0.75"))
    back = judged(Reach(50), {"CY2022": 30, "CY2023": 25}, baseline=SINCE, as_of=date(2024, 6, 1))
    assert numbers(back) == (Verdict.OFF, 50, "at least", 50, 30, None, -25, Decimal("-0.25"))
    at_the_start = judged(Reach(50), {"CY2022": 30, "CY2024": "29.9999"}, baseline=SINCE)
    assert str(at_the_start.progress) == "0.0000"
    bare = judged(Reach(50), {"CY2024": 45})
    assert numbers(bare) == (Verdict.OFF, 50, "at least", 50, None, None, -5, None)


def test_an_improvement_is_held_against_its_baseline(judged: Judged) -> None:
    answer = judged(Improve(Margin(percent=10)), {"CY2022": 40, "CY2024": 43}, baseline=SINCE)
    assert numbers(answer) == (Verdict.OFF, 44, "at least", 44, 40, 40, -1, Decimal("0.75"))


def test_on_a_straight_line_the_goal_is_further_than_what_is_required_now(judged: Judged) -> None:
    answer = judged(
        Reach(60), {"CY2022": 40, "CY2023": 45}, baseline=SINCE, trajectory=Linear(), as_of=date(2024, 6, 1)
    )
    assert numbers(answer) == (Verdict.OFF, 50, "at least", 60, 40, 40, -5, Decimal("0.25"))


def test_a_band_has_two_ends_and_so_no_way_to_it(judged: Judged) -> None:
    answer = judged(StayBetween(40, 60), {"CY2022": 30, "CY2024": 62}, baseline=SINCE)
    assert numbers(answer) == (Verdict.OFF, 60, "at most", 60, 30, None, -2, None)


def test_from_a_baseline_that_is_the_goal_there_is_no_way_to_go(judged: Judged) -> None:
    answer = judged(Hold(), {"CY2022": 40, "CY2024": 43}, baseline=SINCE)
    assert numbers(answer) == (Verdict.MET, 40, "at least", 40, 40, 40, 3, None)


def test_others_set_what_is_required_now_and_who_knows_what_later(judged: Judged) -> None:
    given: dict[str, Any] = {"comparators": [ENGLISH], "baseline": SINCE, "as_of": date(2024, 6, 1)}
    others = {ENGLAND: {"CY2023": 41}}
    on_the_way = judged(Beat("england"), {"CY2022": 40, "CY2023": 45}, others=others, **given)
    assert numbers(on_the_way) == (Verdict.MET, 41, "more than", None, 40, 41, 4, None)
    others = {ENGLAND: {"CY2024": 47}}
    given["as_of"] = date(2025, 6, 1)
    at_last = judged(Beat("england"), {"CY2022": 40, "CY2024": 45}, others=others, **given)
    assert numbers(at_last) == (Verdict.OFF, 47, "more than", 47, 40, 47, -2, None)


def test_a_third_of_a_number_is_cut_far_below_the_guard(judged: Judged) -> None:
    line = judged(
        Reach(50), {"CY2022": 40, "CY2023": 44}, baseline=Baseline("CY2021", 40), trajectory=Linear(),
        as_of=date(2024, 6, 1),
    )  # fmt: skip
    assert (str(line.required), str(line.gap)) == ("46.6666667", "-2.6666667")
    thirds = judged(Rank(1, 3), {"CY2024": 50}, others=RANKED)
    assert (str(thirds.required), str(thirds.gap)) == ("1.6666667", "-1.3333333")


def test_no_number_of_a_baseline_beyond_a_break_is_shown(judged: Judged) -> None:
    broken = {"breaks": [date(2023, 6, 1)]}
    answer = judged(Reach(50), {"CY2022": 30, "CY2024": 45}, baseline=SINCE, measure=broken)
    assert numbers(answer) == (Verdict.OFF, 50, "at least", 50, None, None, -5, None)
    lost = judged(Improve(), {"CY2022": 30, "CY2024": 45}, baseline=SINCE, measure=broken)
    assert (lost.reason, lost.baseline, lost.reference) == (Reason.SERIES_BREAK, None, None)


def test_a_percentage_of_a_zero_has_no_answer_and_shows_the_zero(judged: Judged) -> None:
    answer = judged(Improve(Margin(percent=10)), {"CY2022": 0, "CY2024": 45}, baseline=SINCE)
    assert answer.reason is Reason.REFERENCE_IS_ZERO
    assert numbers(answer) == (None, None, None, None, 0, 0, None, None)
    found = judgement_of(answer)
    assert (found.number, found.rule, found.settled, found.unclear, found.worse) == (45, None, False, False, False)


def test_a_place_is_judged_with_the_best_and_the_worst_that_it_can_be(judged: Judged) -> None:
    hidden = {**RANKED, "E10000020": {"CY2024": {"absence": "suppressed"}}}
    answer = judged(Rank(1, 2), {"CY2024": 80}, others=hidden)
    found = judgement_of(answer)
    assert (found.number, found.at_best, answer.reference, answer.required) == (2, 1, 6, 3)
    assert (answer.status, answer.gap, answer.goal) == (Status.ACHIEVED, 1, 3)
    unknown = judged(Rank(1, 2), {"CY2024": 50}, others=hidden)  # third or fourth of six
    assert (unknown.reason, unknown.reference, unknown.verdict) == (Reason.COMPARATOR_MISSING, None, None)
    assert judgement_of(judged(Reach(50), {"CY2024": 80})).at_best is None


# What would look met


@pytest.mark.parametrize(
    ("aim", "value", "conflict"),
    [
        (Reach(95), "94.96", True),
        (Reach(95), "94.94", False),
        (Reach(95), "95", False),
        (Reach(95), "95.04", False),
        (Reach("94.83"), "94.82", True),  # both are published as 94.8
        (Reach("94.85"), "94.84", False),
        (StayBetween(10, "20.01"), "20.02", True),
    ],
)
def test_what_rounds_to_met_and_is_not_is_a_conflict(judged: Judged, aim: Any, value: str, conflict: bool) -> None:
    assert judged(aim, {"CY2024": value}).display_conflict is conflict


def test_more_than_a_number_does_not_look_met_at_it(judged: Judged) -> None:
    given: dict[str, Any] = {"others": {ENGLAND: {"CY2024": "50.04"}}, "comparators": [ENGLISH]}
    assert not judged(Beat("england"), {"CY2024": "49.96"}, **given).display_conflict  # both are published as 50.0
    assert judged(Reach("50.04"), {"CY2024": "49.96"}).display_conflict
    given["others"] = {ENGLAND: {"CY2024": "49.98"}}
    assert judged(Beat("england"), {"CY2024": "49.96"}, **given).display_conflict  # 50.0 is more than 49.98


def test_what_was_not_judged_looks_neither_met_nor_missed(judged: Judged) -> None:
    for answer in (judged(Reach(95), {}), judged(Reach(95), {"CY2024": "94.96"}, direction=None)):
        assert (answer.verdict, answer.display_conflict) == (None, False)


def test_a_place_is_not_rounded(judged: Judged) -> None:
    answer = judged(Rank(1, 3), {"CY2024": 65}, others=RANKED, measure={"decimals": 0})  # 2 of 5, where 1.67 was needed
    assert (answer.verdict, answer.gap, answer.display_conflict) == (Verdict.OFF, Decimal("-0.333333"), False)


def test_what_is_not_counted_as_met_for_chance_alone_is_no_conflict_of_digits(judged: Judged) -> None:
    answer = judged(Reach(48), {"CY2024": HALF}, policy=CLEAR_ONLY)
    assert (answer.verdict, answer.display_conflict, judgement_of(answer).unclear) == (Verdict.NEAR, False, True)


# Chance


def test_what_is_clear_is_met_and_says_so(judged: Judged) -> None:
    unclear = judged(Reach(48), {"CY2024": HALF})  # no policy asks for it
    assert (unclear.verdict, judgement_of(unclear).unclear) == (Verdict.MET, False)
    answer = judged(Reach(40), {"CY2024": HALF}, policy=CLEAR_ONLY)
    assert (answer.verdict, answer.certainty, judgement_of(answer).unclear) == (Verdict.MET, Certainty.CLEAR, False)


def test_chance_has_no_part_in_a_milestone_nor_in_what_is_settled(judged: Judged) -> None:
    part = {"value": "0.5", "numerator": 1, "denominator": 2}
    done = judged(Complete(), {"CY2024": part}, unit="fraction", direction=None, policy=CLEAR_ONLY)
    assert (done.verdict, done.certainty_reason) == (Verdict.OFF, NoAnswer.NO_INTERVAL_FOR_KIND)
    whole = {"value": 1, "lower": "0.9", "upper": 1}
    done = judged(Complete(), {"CY2024": whole}, unit="fraction", direction=None, policy=CLEAR_ONLY)
    assert (done.status, judgement_of(done).unclear) == (Status.ACHIEVED, False)
    given: dict[str, Any] = {"unit": "count", "due": "FY2024-25", "as_of": date(2024, 11, 1), "policy": CLEAR_ONLY}
    so_far = judged(Reach(100), {"FY2024-25-Q1..Q2": 101}, **given)
    assert (so_far.status, so_far.certainty, so_far.certainty_reason) == (Status.ON_TRACK, None, NoAnswer.SETTLED)
    assert (judgement_of(so_far).settled, judgement_of(so_far).unclear) == (True, False)
    assert not judgement_of(judged(Reach(100), {"FY2024-25": 101}, unit="count", due="FY2024-25")).settled


def test_a_place_among_others_is_no_figure_with_an_interval(judged: Judged) -> None:
    placed = judged(Rank(1, 2), {"CY2024": HALF}, others=RANKED)
    assert (placed.verdict, placed.certainty, placed.certainty_reason) == (Verdict.OFF, None, NoAnswer.IS_A_PLACE)


def test_only_met_is_asked_for_its_certainty_by_a_policy(judged: Judged) -> None:
    for value in (47, 60):  # near and off
        answer = judged(Reach(value + 4), {"CY2024": HALF}, policy=CLEAR_ONLY, tolerance=Margin(amount=2))
        assert not judgement_of(answer).unclear


def test_an_interval_is_worked_out_once(judged: Judged, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = judged(Reach(48), {"CY2024": HALF})
    assert answer.certainty is Certainty.WITHIN_CHANCE
    monkeypatch.setattr("outcome_bees.chance.certainty.certainty_of_figure", None)
    assert answer.certainty_reason is None
    assert "within chance" in answer.explanation


# Near, unless worse than last year


@pytest.mark.parametrize(
    ("last", "verdict"),
    [(91, Verdict.NEAR), (92, Verdict.NEAR), ("92.0001", Verdict.NEAR), ("92.0002", Verdict.OFF), (93, Verdict.OFF)],
)
def test_no_worse_than_last_year_is_within_the_guard_of_it(judged: Judged, last: Any, verdict: Verdict) -> None:
    answer = judged(Reach(100), {"CY2023": last, "CY2024": 92}, policy=NOT_WORSE_THAN_LAST_YEAR)
    assert (answer.verdict, answer.reason) == (verdict, None)
    assert judgement_of(answer).worse is (verdict is Verdict.OFF)


def test_what_is_not_near_is_not_held_against_last_year(judged: Judged) -> None:
    for value in (80, 100):
        answer = judged(Reach(100), {"CY2024": value}, policy=NOT_WORSE_THAN_LAST_YEAR)
        assert (answer.reason, judgement_of(answer).worse) == (None, False)
    near = judged(Reach(52), {"CY2024": HALF}, policy=NOT_WORSE_THAN_LAST_YEAR)
    assert (near.reason, near.verdict, near.required) == (Reason.INSUFFICIENT_HISTORY, None, 52)
    assert (near.certainty, near.certainty_reason, judgement_of(near).worse) == (None, None, False)
    broken = judged(
        Reach(100),
        {"CY2023": 91, "CY2024": 92},
        policy=NOT_WORSE_THAN_LAST_YEAR,
        measure={"breaks": [date(2024, 1, 1)]},
    )
    assert broken.reason is Reason.INSUFFICIENT_HISTORY


@pytest.mark.parametrize(
    ("before", "hidden", "verdict", "reason"),
    [
        (65, False, Verdict.OFF, None),  # second then, third now
        (50, False, Verdict.NEAR, None),
        (35, False, Verdict.NEAR, None),
        (35, True, None, Reason.INSUFFICIENT_HISTORY),  # fourth or fifth then
        (None, False, None, Reason.INSUFFICIENT_HISTORY),
        ({"absence": "suppressed"}, False, None, Reason.INSUFFICIENT_HISTORY),
    ],
)
def test_a_place_is_held_against_the_place_of_last_year(
    judged: Judged, before: Any, hidden: bool, verdict: Verdict | None, reason: Reason | None
) -> None:
    others: dict[str, dict[str, Any]] = {
        area: {"CY2023": value, "CY2024": value} for area, value in OTHERS.items()
    }  # fmt: skip
    if hidden:
        others["E10000020"] = {"CY2023": {"absence": "low"}}
    figures = {"CY2024": 50} if before is None else {"CY2023": before, "CY2024": 50}
    policy = Policy(id="p", near_within=Margin(amount=2), near_if_not_worse=True)
    answer = judged(Rank(1, 3), figures, others=others, policy=policy)
    assert (answer.verdict, answer.reason) == (verdict, reason)


def test_the_figures_before_are_not_looked_for_beyond_a_break() -> None:
    measure = Measure(id="m", title="M", unit="percent", breaks=["2024-01-01"], frequency="quarterly")
    codes = ("CY2023-Q1", "CY2023-Q3", "CY2023-Q4", "CY2024-Q1", "CY2024-Q4", "CY2025-Q1")
    known = {each.period: each for each in (figure(code, 1) for code in codes)}

    def before(code: str, of: Measure = measure) -> tuple[str | None, str | None]:
        found = (each(known[Period.from_code(code)], known, of) for each in (previous_figure, last_years_figure))
        last, year = (None if each is None else each.period.code for each in found)
        return last, year

    assert before("CY2025-Q1") == ("CY2024-Q4", "CY2024-Q1")
    assert before("CY2024-Q1") == (None, None)
    assert before("CY2024-Q4") == (None, None)
    assert before("CY2023-Q1") == (None, None)
    unbroken = Measure(id="m", title="M", unit="percent", frequency="quarterly")
    assert before("CY2024-Q1", unbroken) == ("CY2023-Q4", "CY2023-Q1")
    weekly = figure("2020-W53", 1)
    for each in (measure, unbroken):
        assert last_years_figure(weekly, {weekly.period: weekly}, each) is None
    no_step = Measure(id="m", title="M", unit="percent", breaks=["2024-01-01"], frequency="monthly")
    assert previous_figure(weekly, {weekly.period: weekly}, no_step) is None


# Why a target waits


def figure(period: str, value: Any, area: str = HERE) -> Observation:
    return Observation(measure="m", area=area, period=period, value=value)


def waiting(target: Target, *figures: Observation, area: str = HERE, policy: Policy = STANDARD) -> Reason:
    """Why a target is not judged where no figure says anything of it."""
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    observations = Observations(figures)
    inputs = Inputs(
        observations=observations, comparators={"england": ENGLISH}, as_of=date(2025, 1, 1), area=area, policy=policy
    )
    known = observations.known("m", area, as_of=date(2025, 1, 1))
    return reason_to_wait(compiled(target, measure, policy), None, known, inputs)


def aimed(aim: Any, **facts: Any) -> Target:
    return Target(id="t", measure="m", aim=aim, **{"due": "CY2026", **facts})


STATED = Baseline("CY2022", 40)
OF_ZERO = Baseline("CY2022", 0)
TENTH = Margin(percent=10)
WITHIN_TENTH = Policy(id="p", near_within=TENTH)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (aimed(Reach(50)), Reason.NOT_YET_DUE),
        (aimed(Improve()), Reason.BASELINE_NOT_SET),
        (aimed(Improve(), baseline=SINCE), Reason.BASELINE_NOT_SET),
        (aimed(Hold(), baseline=STATED), Reason.NOT_YET_DUE),
        (aimed(Reach(50), baseline=SINCE), Reason.NOT_YET_DUE),
        (aimed(Reach(50), baseline=SINCE, trajectory=Linear()), Reason.NOT_YET_DUE),
        (aimed(Beat("england")), Reason.NOT_YET_DUE),
        (aimed(Beat("nobody")), Reason.COMPARATOR_MISSING),
        (aimed(Rank(1, 4, among="england")), Reason.NOT_YET_DUE),
        (aimed(Rank(1, 4, among="nobody")), Reason.COMPARATOR_MISSING),
        (aimed(Rank(1, 4)), Reason.NOT_YET_DUE),
        (aimed(Improve(TENTH), baseline=STATED), Reason.NOT_YET_DUE),
        (aimed(Beat("england", TENTH), baseline=OF_ZERO), Reason.NOT_YET_DUE),  # theirs is not known
    ],
)
def test_a_target_waits_for_its_figure_unless_that_could_not_be_judged(target: Target, reason: Reason) -> None:
    assert waiting(target) is reason


def test_what_is_known_to_be_zero_has_no_percentage_whenever_its_figure_comes() -> None:
    observed = aimed(Improve(TENTH), baseline=SINCE)
    assert waiting(observed, figure("CY2022", 0)) is Reason.REFERENCE_IS_ZERO
    assert waiting(observed, figure("CY2022", 1)) is Reason.NOT_YET_DUE
    assert waiting(aimed(Reach(0)), policy=WITHIN_TENTH) is Reason.REFERENCE_IS_ZERO
    assert waiting(aimed(Reach(1)), policy=WITHIN_TENTH) is Reason.NOT_YET_DUE


def test_a_place_to_come_waits_for_no_baseline_of_the_places_before_it() -> None:
    assert waiting(aimed(Improve(), baseline=STATED), area="E06000063") is Reason.SERIES_BREAK
    assert waiting(aimed(Reach(50), baseline=STATED), area="E06000063") is Reason.NOT_YET_DUE


@pytest.mark.parametrize(
    ("target", "period", "waits"),
    [
        (aimed(Improve()), None, True),
        (aimed(Hold()), "CY2026", True),
        (aimed(Reach(50)), "CY2025", False),
        (aimed(Reach(50), baseline=SINCE), None, False),
        (aimed(Reach(50), baseline=SINCE, trajectory=Linear()), None, False),
        (aimed(Reach(50), baseline=SINCE, trajectory=Linear()), "CY2025", True),
        (aimed(Reach(50), baseline=SINCE, trajectory=Linear()), "CY2026", False),
        (aimed(Reach(50), baseline=SINCE, trajectory=Profile({"CY2025": 4})), "CY2025", False),  # type: ignore[dict-item]
    ],
)
def test_a_straight_line_needs_its_baseline_on_the_way_and_not_at_its_end(
    target: Target, period: str | None, waits: bool
) -> None:
    assert waits_for_baseline(target, None if period is None else Period.from_code(period)) is waits


def test_a_profile_that_says_nothing_of_a_period_waits(judged: Judged) -> None:
    profile = Profile({"CY2022": 40, "CY2024": 50})  # type: ignore[dict-item]
    given: dict[str, Any] = {"trajectory": profile, "as_of": date(2024, 6, 1)}
    silent = judged(Reach(50), {"CY2022": 41, "CY2023": 45}, baseline=SINCE, **given)
    assert (silent.reason, silent.baseline, silent.verdict) == (Reason.NOT_YET_DUE, 41, None)
    assert numbers(judged(Reach(50), {"CY2022": 41}, **given))[:4] == (Verdict.MET, 40, "at least", 50)


def test_nobody_to_be_held_against_is_one_reason_and_a_place_that_is_gone_another(judged: Judged) -> None:
    assert judged(Beat("nobody"), {"CY2024": 5}).reason is Reason.COMPARATOR_MISSING
    assert judged(Beat("england"), {"CY2024": 5}, comparators=[ENGLISH]).reason is Reason.COMPARATOR_MISSING
    cumbria = Comparator(id="gone", title="Cumbria", areas=["E10000006"])
    assert judged(Beat("gone"), {"CY2024": 5}, comparators=[cumbria]).reason is Reason.SERIES_BREAK
    named = Comparator(id="gone", title="Cumbria", areas=["E10000006"], method="median")
    ranked = judged(Rank(1, 2, among="gone"), {"CY2024": 5}, comparators=[named])
    assert ranked.reason is Reason.COMPARATOR_MISSING  # it may be ranked with whoever is there


def test_there_are_at_least_as_many_places_as_groups(judged: Judged) -> None:
    two = {area: RANKED[area] for area in ("E10000016", "E10000017")}
    assert judged(Rank(1, 3), {"CY2024": 80}, others=two).status is Status.ACHIEVED
    assert judged(Rank(1, 4), {"CY2024": 80}, others=two).reason is Reason.COMPARATOR_MISSING
    nobody = judged(Rank(1, 2, among="nobody"), {"CY2024": 80}, others=two)
    assert nobody.reason is Reason.COMPARATOR_MISSING
    group = Comparator(id="group", title="G", areas=["E10000017", "E10000018"], method="median")
    among = judged(Rank(1, 2, among="group"), {"CY2024": 65}, others=RANKED, comparators=[group])
    assert (among.reference, among.status) == (3, Status.ACHIEVED)


# What a total so far has settled


def test_a_total_so_far_has_a_verdict_only_where_nothing_can_change_it() -> None:
    measure = Measure(id="m", title="M", unit="count", direction="increase")
    target = Target(id="t", measure="m", aim=Reach(100), due="FY2024-25", trajectory=Profile({"FY2024-25-Q1": 9}))  # type: ignore[dict-item]
    wanted = compiled(target, measure, STANDARD)
    inputs = Inputs(observations=Observations(), as_of=date(2025, 1, 1), area=HERE, policy=STANDARD)

    def so_far(value: int) -> tuple[Judgement, Judgement | None]:
        seen = figure("FY2024-25-Q1..Q2", value)
        role = wanted.role_of(seen.period)
        assert role.grows
        rest: tuple[PeriodRole, Observation, Decimal, Any, Inputs] = role, seen, Decimal(value), {}, inputs
        return judge(wanted, *rest, so_far=True), settled_early(wanted, *rest)

    reached, early = so_far(100)
    assert early is not None
    assert (reached.verdict, reached.required, reached.gap, reached.settled) == (Verdict.MET, 100, 0, True)
    assert (early.verdict, early.required, early.reason) == (Verdict.MET, 100, None)
    short, none = so_far(99)
    assert (short.verdict, short.reason, short.settled, none) == (None, Reason.NOT_YET_DUE, False, None)


# Travel


def moved(direction: str | None, before: Any, now: Any, aim: Any = None, **rest: Any) -> tuple[Any, Any]:
    """Where a figure has moved to, and since when."""
    policy = rest.pop("policy", STANDARD)
    measure = Measure(id="m", title="M", unit="percent", direction=direction, breaks=rest.pop("breaks", ()))
    area = rest.pop("area", HERE)
    target = None if aim is None else Target(id="t", measure="m", aim=aim, due="CY2024", **rest)
    known = {each.period: each for each in (figure("CY2024", now, area), figure("CY2021", 40, area))}
    if before is not None:
        known[Period.from_code("CY2023")] = figure("CY2023", before, area)
    seen = known[Period.from_code("CY2024")]
    wanted = compiled(target, measure, policy)
    return travel_of(wanted, wanted.role_of(seen.period), seen, Decimal(str(now)), known)


BACK = TravelBasis.PREVIOUS_PERIOD
STEADY = Policy(id="steady", no_change_within=Margin(percent=5))


@pytest.mark.parametrize(
    ("direction", "before", "now", "travel"),
    [
        ("increase", 5, 6, Travel.IMPROVING),
        ("decrease", 5, 6, Travel.WORSENING),
        (None, 5, 6, Travel.INCREASING),
        ("maintain", 5, 6, Travel.INCREASING),
        ("increase", 5, "5.0001", Travel.NO_CHANGE),
        ("increase", 5, "5.0002", Travel.IMPROVING),
        ("increase", None, 6, None),
    ],
)
def test_travel_is_taken_from_the_figure_before(direction: str | None, before: Any, now: Any, travel: Any) -> None:
    assert moved(direction, before, now) == ((None, None) if travel is None else (travel, BACK))


@pytest.mark.parametrize(("now", "travel"), [(0, Travel.NO_CHANGE), ("0.0001", Travel.NO_CHANGE), ("0.0002", None)])
@pytest.mark.parametrize(("direction", "aim"), [("increase", None), ("maintain", Reach(0)), ("maintain", Reach(5))])
def test_of_zero_there_is_no_percentage_but_from_zero_to_zero_is_no_change(
    now: Any, travel: Travel | None, direction: str, aim: Any
) -> None:
    found = moved(direction, 0, now, aim, policy=STEADY)
    assert found == ((None, None) if travel is None else (travel, BACK))


@pytest.mark.parametrize(
    ("aim", "facts", "travel"),
    [
        (None, {}, Travel.INCREASING),
        (Reach(50), {}, Travel.IMPROVING),
        (StayBetween(10, 42), {}, Travel.WORSENING),
        (Hold(), {"baseline": Baseline("CY2021")}, Travel.WORSENING),  # 40
        (Hold(), {"baseline": Baseline("CY2021", 50)}, Travel.IMPROVING),
        (Hold(), {"baseline": Baseline("CY2020")}, Travel.INCREASING),  # not known
        (Hold(), {"baseline": Baseline("CY2021"), "breaks": [date(2022, 1, 1)]}, Travel.INCREASING),
        (Hold(), {"baseline": Baseline("CY2021", 40), "area": "E06000063"}, Travel.INCREASING),  # of others
        (Complete(), {}, Travel.INCREASING),
    ],
)
def test_what_is_to_be_kept_improves_as_it_comes_nearer(aim: Any, facts: dict[str, Any], travel: Travel) -> None:
    assert moved("maintain", 42, 45, aim, **facts) == (travel, BACK)


def test_a_dead_band_is_of_the_way_toward_what_is_to_be_kept() -> None:
    policy = Policy(id="steady", no_change_within=Margin(amount=2))
    assert moved("maintain", 42, 44, Reach(50), policy=policy) == (Travel.NO_CHANGE, BACK)
    assert moved("maintain", 42, "44.1", Reach(50), policy=policy) == (Travel.IMPROVING, BACK)
    assert moved("maintain", 42, 58, Reach(50), policy=policy) == (Travel.NO_CHANGE, BACK)  # as far on the other side


def test_since_when_is_as_the_role_of_the_period_says() -> None:
    measure = Measure(id="m", title="M", unit="count", direction="increase")
    known = {each.period: each for each in (figure("FY2023-24-Q1..Q2", 5), figure("FY2024-25-Q1..Q2", 6))}
    seen = [*known.values()][-1]
    wanted = compiled(None, measure, STANDARD)
    role = wanted.role_of(seen.period)
    assert travel_of(wanted, role, seen, Decimal(6), known) == (Travel.IMPROVING, TravelBasis.SAME_PERIOD_LAST_YEAR)
    assert travel_of(wanted, PeriodRole(seen.period), seen, Decimal(6), known) == (None, None)
