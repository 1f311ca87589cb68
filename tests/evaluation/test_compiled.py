"""What a target asks of its measure under a policy, worked out once."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from outcome_bees import (
    Baseline,
    Beat,
    Complete,
    Evaluation,
    Improve,
    Linear,
    Margin,
    Measure,
    Observation,
    Period,
    Policy,
    Profile,
    Reach,
    Reason,
    StayBetween,
    Target,
    Travel,
    TravelBasis,
)
from outcome_bees.evaluation.compiled import (
    CompiledTarget,
    PeriodRole,
    compiled,
    is_milestone,
    past_due,
    reason_from_plan,
)
from outcome_bees.evaluation.policy import STANDARD

SHARE = Measure(id="m", title="M", unit="percent", direction="increase")
LAST_DAY = date(2025, 3, 31)


def aimed(aim: Any, **facts: Any) -> Target:
    return Target(id="t", measure="m", aim=aim, **{"due": "FY2024-25", **facts})


def measured(**facts: Any) -> Measure:
    return Measure(**{"id": "m", "title": "M", "unit": "percent", "direction": "increase", **facts})


@pytest.mark.parametrize("digits", range(10))
def test_a_computed_number_keeps_six_digits_more_than_are_published(digits: int) -> None:
    found = compiled(None, measured(decimals=digits), STANDARD)
    assert str(found.finest) == str(Decimal(f"1E-{digits + 6}"))
    assert found.guard == Decimal(f"1E-{digits + 3}")


@pytest.mark.parametrize(
    ("digits", "number", "tidied"),
    [
        (1, "95", "95"),
        (1, "95.00", "95.00"),
        (1, "46.66666664", "46.6666666"),
        (1, "46.66666666", "46.6666667"),
        (1, "-46.66666666", "-46.6666667"),
        (1, "46.6666667", "46.6666667"),
        (1, "50.25000000001", "50.25"),
        (1, "50.20000000001", "50.2"),
        (1, "50.00000000001", "50.0"),
        (3, "50.20000000001", "50.200"),
        (0, "50.00000000001", "50"),
        (0, "0.30000000001", "0.3"),
        (1, "0.00000000001", "0.0"),
        (1, "-0.00000000001", "0.0"),
        (1, "-0.0", "0.0"),
        (1, "0", "0"),
    ],
)
def test_finer_digits_are_cut_and_what_is_left_is_written_as_it_is_published(
    digits: int, number: str, tidied: str
) -> None:
    assert str(compiled(None, measured(decimals=digits), STANDARD).tidied(Decimal(number))) == tidied


def test_what_depends_on_no_figure_is_found_at_once() -> None:
    steady = Policy(id="steady", no_change_within=Margin(amount=2))
    target = aimed(Reach(50), breakdown={"sex": "female"})
    found = compiled(target, SHARE, steady)
    assert (found.target, found.measure, found.policy, found.breakdown) == (target, SHARE, steady, {"sex": "female"})
    assert (found.until, found.reason, found.is_milestone, found.is_flat) == (LAST_DAY, None, False, True)
    assert [found.moves.label(Decimal(each), found.guard, Decimal(50)) for each in (52, 53, 47)] == [
        *(Travel.NO_CHANGE, Travel.IMPROVING, Travel.WORSENING),
    ]
    none = compiled(None, SHARE, STANDARD)
    assert (none.target, none.breakdown, none.until, none.reason) == (None, {}, date.max, Reason.NO_TARGET)
    assert (none.is_milestone, none.is_flat) == (False, True)
    assert compiled(aimed(Complete()), SHARE, STANDARD).is_milestone
    assert not compiled(aimed(Reach(50), trajectory=Profile({"CY2023": 1})), SHARE, STANDARD).is_flat  # type: ignore[dict-item]


# What the figure of a period is to a target


def test_no_figure_has_no_role() -> None:
    nothing = PeriodRole()
    assert (nothing.period, nothing.before, nothing.basis) == (None, None, TravelBasis.PREVIOUS_PERIOD)
    assert [nothing.counts, nothing.closes, nothing.grows, nothing.crosses_break] == [False] * 4
    assert compiled(aimed(Reach(50)), SHARE, STANDARD).deciding({}) == (None, nothing)


@pytest.mark.parametrize(
    ("target", "period", "role"),
    [
        (aimed(Reach(50)), "FY2024-25", {"counts": True, "closes": True, "before": "FY2023-24"}),
        (aimed(Reach(50)), "FY2023-24", {"counts": True, "before": "FY2022-23"}),
        (aimed(Reach(50)), "FY2025-26", {"before": "FY2024-25"}),
        (None, "FY2024-25", {"counts": True, "before": "FY2023-24"}),
        (aimed(Improve(), baseline=Baseline("FY2022-23")), "FY2022-23", {"before": "FY2021-22"}),
        (
            aimed(Improve(), baseline=Baseline("FY2015-16")),
            "FY2023-24",
            {"counts": True, "crosses_break": True, "before": "FY2022-23"},
        ),
        (aimed(Reach(50)), "FY2019-20", {"counts": True}),  # the series breaks between it and the year before
        (
            aimed(Reach(50)),
            "FY2024-25-Q1..Q2",
            {"grows": True, "before": "FY2023-24-Q1..Q2", "basis": TravelBasis.SAME_PERIOD_LAST_YEAR},
        ),
    ],
)
def test_a_period_counts_closes_or_grows_and_has_one_before_it(
    target: Target | None, period: str, role: dict[str, Any]
) -> None:
    measure = measured(unit="count", breaks=["2019-04-01"])
    each = Period.from_code(period)
    if "before" in role:
        role = role | {"before": Period.from_code(role["before"])}
    wanted = CompiledTarget(target, measure, STANDARD)
    figure = Observation(measure="m", area="E10000015", period=period, value=1)
    assert wanted.role_of(each) == PeriodRole(each, **role)
    expected = (None, PeriodRole()) if period == "FY2025-26" else (figure, wanted.role_of(each))
    assert wanted.deciding({each: figure}) == expected


def test_a_period_that_no_step_leads_back_from_has_none_before_it_whatever_breaks() -> None:
    measure = measured(frequency="monthly", breaks=["2019-04-01"])
    assert compiled(None, measure, STANDARD).role_of(Period.from_code("2024-W05")).before is None


def test_the_rule_of_a_period_on_the_way_is_its_own_and_that_of_the_due_period_the_goal() -> None:
    year, due = Period.from_code("FY2023-24"), Period.from_code("FY2024-25")
    line = compiled(aimed(Reach(50), trajectory=Linear(), baseline=Baseline("FY2022-23", 40)), SHARE, STANDARD)
    for rule, required in ((line.rule_of(year), 45), (line.rule_of(due), 50), (line.due_rule(), 50)):
        assert rule is not None
        assert rule.bounds[0].line.at(Decimal(40)) == required
    profile = compiled(aimed(Reach(50), trajectory=Profile({"FY2024-25": 50})), SHARE, STANDARD)  # type: ignore[dict-item]
    assert profile.rule_of(year) is None
    assert profile.due_rule() is profile.due_rule()
    generous = Policy(id="generous", met_within=Margin(amount=5), near_within=Margin(amount=9))
    for each in (compiled(aimed(Reach(50)), SHARE, generous), compiled(line.target, SHARE, generous)):
        assert str(each.due_rule().verdict(Decimal(45), Decimal(40))) == "met"
        on_the_way = each.rule_of(due)
        assert on_the_way is not None
        assert str(on_the_way.verdict(Decimal(45), Decimal(40))) == "met"


# Reasons that the plan itself gives


PLACEHOLDER = aimed(None)
DUE_LATER, OPEN = aimed(Reach(50), due="FY2025-26"), aimed(Reach(50), due=None)
ENDED = measured(ended="2025-03-31")


@pytest.mark.parametrize(
    ("target", "measure", "reason"),
    [
        (aimed(Reach(50)), SHARE, None),
        (None, SHARE, Reason.NO_TARGET),
        (None, measured(role="contextual"), Reason.CONTEXTUAL),
        (aimed(Reach(50)), measured(role="contextual", kind="narrative"), Reason.CONTEXTUAL),
        (None, measured(kind="narrative"), Reason.QUALITATIVE),
        (aimed(Reach(50)), measured(direction=None), Reason.NO_DIRECTION),
        (aimed(Beat("others")), measured(direction=None), Reason.NO_DIRECTION),
        (aimed(StayBetween(1, 2)), measured(direction=None), None),
        (aimed(Complete()), measured(direction=None), None),
        (PLACEHOLDER, measured(direction=None), Reason.NO_DIRECTION),
        (PLACEHOLDER, SHARE, Reason.PLACEHOLDER),
        (PLACEHOLDER, ENDED, Reason.PLACEHOLDER),
        (DUE_LATER, ENDED, Reason.DISCONTINUED),
        (OPEN, ENDED, Reason.DISCONTINUED),
        (aimed(Reach(50)), ENDED, None),  # it was due by the end
        (DUE_LATER, measured(ended="2025-04-01"), None),  # it has not ended yet
        (aimed(Reach(50)), measured(ended="2025-03-30"), Reason.DISCONTINUED),
    ],
)
def test_the_first_reason_of_the_plan_itself_that_applies_is_given(
    target: Target | None, measure: Measure, reason: Reason | None
) -> None:
    assert reason_from_plan(target, measure, LAST_DAY) is reason


def test_a_measure_that_goes_on_is_judged_and_one_that_ended_is_not(
    judged: Callable[..., Evaluation],
) -> None:
    ended = {"ended": "2024-06-30"}
    assert judged(Reach(5), {"CY2023": 6}, measure=ended, as_of=date(2024, 6, 30)).reason is Reason.DISCONTINUED
    assert judged(Reach(5), {"CY2023": 6}, measure=ended, as_of=date(2024, 6, 29)).reason is None


def test_a_target_is_past_due_on_the_day_after() -> None:
    assert not past_due(aimed(Reach(50)), LAST_DAY)
    assert past_due(aimed(Reach(50)), date(2025, 4, 1))
    assert not past_due(OPEN, date(2099, 1, 1))
    assert not past_due(None, date(2099, 1, 1))


def test_only_what_is_to_be_done_is_a_milestone() -> None:
    assert is_milestone(aimed(Complete()))
    assert not is_milestone(aimed(Reach(1)))
    assert is_milestone(None) is False
