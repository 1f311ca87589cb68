"""Every reason for not assessing, and which of two that apply is given."""

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
    Hold,
    Improve,
    Linear,
    Margin,
    Measure,
    Observation,
    Plan,
    Rag,
    Reach,
    Reason,
    Status,
    Target,
    evaluate,
    evaluate_plan,
)
from outcome_bees.evaluation.policy import NOT_WORSE_THAN_LAST_YEAR

Judged = Callable[..., Evaluation]
LAST_YEAR = Baseline("CY2023")

# One case for each reason, each with as little else wrong as can be.
CASES: dict[Reason, tuple[Any, dict[str, Any], dict[str, Any]]] = {
    Reason.CONTEXTUAL: (Reach(5), {"CY2024": 6}, {"measure": {"role": "contextual"}}),
    Reason.QUALITATIVE: (Reach(5), {"CY2024": 6}, {"measure": {"kind": "narrative"}}),
    Reason.NO_DIRECTION: (Reach(5), {"CY2024": 6}, {"direction": None}),
    Reason.PLACEHOLDER: (None, {"CY2024": 6}, {}),
    Reason.DISCONTINUED: (Reach(5), {"CY2023": 6}, {"measure": {"ended": date(2024, 3, 31)}}),
    Reason.NO_DATA: (Reach(5), {}, {}),
    Reason.SUPPRESSED: (Reach(5), {"CY2024": {"absence": "suppressed"}}, {}),
    Reason.NOT_AVAILABLE: (Reach(5), {"CY2024": {"absence": "not_available"}}, {}),
    Reason.NOT_APPLICABLE: (Reach(5), {"CY2024": {"absence": "not_applicable"}}, {}),
    Reason.LOW: (Reach(5), {"CY2024": {"absence": "low"}}, {}),
    Reason.UNRELIABLE: (Reach(5), {"CY2024": {"absence": "unreliable"}}, {}),
    Reason.SERIES_BREAK: (
        Improve(),
        {"CY2023": 5, "CY2024": 6},
        {"baseline": LAST_YEAR, "measure": {"breaks": [date(2024, 1, 1)]}},
    ),
    Reason.BASELINE_NOT_SET: (Improve(), {"CY2024": 6}, {}),
    Reason.COMPARATOR_MISSING: (Beat("england"), {"CY2024": 6}, {}),
    Reason.REFERENCE_IS_ZERO: (Improve(Margin(percent=5)), {"CY2023": 0, "CY2024": 6}, {"baseline": LAST_YEAR}),
    Reason.INSUFFICIENT_HISTORY: (Reach(10), {"CY2024": 9.5}, {"policy": NOT_WORSE_THAN_LAST_YEAR}),
    Reason.NOT_YET_DUE: (Complete(), {"CY2023": 0}, {"unit": "milestone", "as_of": date(2024, 6, 1)}),
    Reason.OVERDUE: (Reach(5), {"CY2023": 6}, {}),
}


@pytest.mark.parametrize("reason", CASES)
def test_every_reason_is_grey_and_says_so_in_words(judged: Judged, reason: Reason) -> None:
    aim, figures, rest = CASES[reason]
    evaluation = judged(aim, figures, **rest)
    assert (evaluation.status, evaluation.reason, evaluation.rag) == (Status.NOT_ASSESSED, reason, Rag.GREY)
    assert evaluation.explanation.startswith("Not assessed: ")


def test_the_cases_above_leave_no_reason_out() -> None:
    # A measure without a target is the one case in which there is no target to judge.
    assert set(CASES) | {Reason.NO_TARGET} == set(Reason)


def test_a_measure_without_a_target_is_never_an_error_and_still_shows_its_figure() -> None:
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    figures = [Observation(measure="m", period=f"CY{year}", area="E1", value=year - 2000) for year in (2023, 2024)]
    evaluation = evaluate(None, measure=measure, observations=figures, as_of=date(2025, 12, 31))
    assert (evaluation.reason, evaluation.value, evaluation.travel) == (Reason.NO_TARGET, 24, "improving")


DECLARED_FIRST = [
    (Reason.CONTEXTUAL, Reason.QUALITATIVE, (None, {}, {"measure": {"role": "contextual", "kind": "narrative"}})),
    (Reason.QUALITATIVE, Reason.NO_DIRECTION, (Reach(5), {}, {"measure": {"kind": "narrative"}, "direction": None})),
    (Reason.NO_DIRECTION, Reason.PLACEHOLDER, (None, {}, {"direction": None})),
    (Reason.PLACEHOLDER, Reason.DISCONTINUED, (None, {}, {"measure": {"ended": date(2024, 1, 1)}})),
    (Reason.DISCONTINUED, Reason.NO_DATA, (Reach(5), {}, {"measure": {"ended": date(2024, 1, 1)}})),
    (Reason.NO_DATA, Reason.BASELINE_NOT_SET, (Improve(), {}, {})),
    (Reason.SUPPRESSED, Reason.BASELINE_NOT_SET, (Improve(), {"CY2024": {"absence": "suppressed"}}, {})),
    (Reason.SUPPRESSED, Reason.OVERDUE, (Reach(5), {"CY2023": {"absence": "suppressed"}}, {})),
    (
        Reason.SERIES_BREAK,
        Reason.BASELINE_NOT_SET,
        (Improve(), {"CY2024": 6}, {"baseline": LAST_YEAR, "measure": {"breaks": [date(2024, 1, 1)]}}),
    ),
    (Reason.BASELINE_NOT_SET, Reason.OVERDUE, (Improve(), {"CY2023": 6}, {})),
    (Reason.COMPARATOR_MISSING, Reason.OVERDUE, (Beat("england"), {"CY2023": 6}, {})),
    (Reason.INSUFFICIENT_HISTORY, Reason.OVERDUE, (Reach(10), {"CY2023": 9.5}, {"policy": NOT_WORSE_THAN_LAST_YEAR})),
]


@pytest.mark.parametrize(
    ("first", "second", "case"), DECLARED_FIRST, ids=lambda value: str(value) if isinstance(value, Reason) else ""
)
def test_of_two_reasons_the_one_that_stands_first_is_given(
    judged: Judged, first: Reason, second: Reason, case: Any
) -> None:
    aim, figures, rest = case
    assert judged(aim, figures, **rest).reason is first
    assert list(Reason).index(first) < list(Reason).index(second)


def test_a_measure_that_ended_after_its_target_was_due_was_judged_in_time(judged: Judged) -> None:
    assert judged(Reach(5), {"CY2024": 6}, measure={"ended": date(2025, 6, 1)}).status is Status.ACHIEVED


def test_suppressed_zero_rounding_to_zero_and_missing_are_four_different_things(judged: Judged) -> None:
    figures: list[dict[str, Any]] = [
        {"CY2024": {"absence": "suppressed"}},
        {"CY2024": 0},
        {"CY2024": {"absence": "low"}},
        {},
    ]
    answers = [judged(Reach(5), each, direction="decrease", unit="count") for each in figures]
    assert [each.reason for each in answers] == [Reason.SUPPRESSED, None, Reason.LOW, Reason.NO_DATA]
    assert len({each.explanation for each in answers}) == 4


def test_a_withdrawn_figure_is_no_figure_and_does_not_make_way_for_an_older_one(judged: Judged) -> None:
    evaluation = judged(Reach(5), {"CY2023": 6, "CY2024": {"value": 6, "revision": "withdrawn"}})
    assert (evaluation.reason, evaluation.value) == (Reason.NOT_AVAILABLE, None)


def test_an_absent_baseline_is_no_baseline(judged: Judged) -> None:
    figures = {"CY2023": {"absence": "suppressed"}, "CY2024": 6}
    assert judged(Improve(), figures, baseline=LAST_YEAR).reason is Reason.BASELINE_NOT_SET


def test_every_absence_has_a_reason_of_its_own() -> None:
    assert {Reason(absence.value) for absence in Absence} <= set(Reason)


@pytest.mark.parametrize("as_of", [date(2024, 6, 1), date(2025, 12, 31)])
@pytest.mark.parametrize("figures", [{"CY2021": 5}, {"CY2022": {"absence": "suppressed"}, "CY2021": 5}, {"CY2025": 5}])
def test_a_target_whose_baseline_is_nowhere_does_not_merely_wait_for_its_figure(
    judged: Judged, figures: dict[str, Any], as_of: date
) -> None:
    known_then = {**figures, "CY2020": 3}
    for aim in (Improve(), Hold()):
        for baseline in (None, Baseline("CY2023")):
            evaluation = judged(aim, known_then, baseline=baseline, as_of=as_of)
            absent = "CY2022" in figures
            assert evaluation.reason is (Reason.SUPPRESSED if absent else Reason.BASELINE_NOT_SET)
    assert judged(Hold(), known_then, baseline=Baseline("CY2023", 4), as_of=as_of).reason is not Reason.BASELINE_NOT_SET


def test_a_straight_line_to_a_number_needs_its_baseline_on_the_way_and_not_at_its_end(judged: Judged) -> None:
    given: dict[str, Any] = {"baseline": Baseline("CY2022"), "trajectory": Linear()}
    assert judged(Reach(5), {"CY2021": 4}, **given).reason is Reason.BASELINE_NOT_SET
    assert judged(Reach(5), {"CY2021": 4, "CY2024": 5}, **given).status is Status.ACHIEVED


class TestWhatIsMissing:
    """A sentence names the figure that is missing, and of which place."""

    MEASURE = Measure(id="m", title="M", unit="percent", direction="increase")
    IMPROVE = Target(id="t", measure="m", aim=Improve(), due="FY2024-25", baseline=Baseline("FY2019-20"))
    BEAT = Target(id="t", measure="m", aim=Beat("n"), due="FY2024-25")

    def sentence(self, target: Target, figures: list[Observation], area: str, *others: str) -> str:
        neighbours = Comparator(id="n", title="Neighbours", areas=others or ("E10000016",), method="median")
        plan = Plan(id="p", title="P", measures=[self.MEASURE], targets=[target], comparators=[neighbours])
        return evaluate_plan(plan, figures, as_of=date(2025, 6, 1), area=area).evaluations[0].explanation

    def test_of_a_baseline_the_period_and_what_the_place_was_then(self) -> None:
        figures = [figure("FY2019-20", 40, "E10000021"), figure("FY2024-25", 50, "E06000061")]
        assert self.sentence(self.IMPROVE, figures, "E06000061") == (
            "Not assessed: its baseline of 2019-20 cannot be held against: North Northamptonshire (E06000061) came in"
            " place of Northamptonshire (E10000021) on 1 April 2021; the latest figure is 50.0% in 2024-25."
        )
        unchanged = self.sentence(self.IMPROVE, [figure("FY2024-25", 50, "own-1")], "own-1")
        assert unchanged.startswith("Not assessed: no figure is known for its baseline of 2019-20; the latest")

    def test_of_a_comparator_the_places_that_have_none(self) -> None:
        figures = [figure("FY2024-25", 55, "E10000015"), figure("FY2024-25", 60, "E06000062")]
        kent = self.sentence(self.BEAT, figures, "E10000015", "E10000016", "E06000062")
        assert "not every figure of Neighbours is known for 2024-25: there is none of Kent (E10000016);" in kent
        former = self.sentence(self.BEAT, figures, "E10000015", "E10000021", "E06000062")
        assert "there is none of Northamptonshire (E10000021, until 2021; now North Northamptonshire; West" in former
        many = self.sentence(self.BEAT, figures, "E10000015", "a1", "a2", "a3", "a4", "a5")
        assert "there is none of a1, a2, a3 and 2 more;" in many

    def test_of_a_place_that_ended_that_it_has_no_figures_any_more(self) -> None:
        figures = [figure("FY2019-20", 40, "E10000021")]
        sentence = self.sentence(self.IMPROVE, figures, "E10000021")
        assert sentence == (
            "Not assessed: the figure for 2024-25 was not known on 1 June 2025: Northamptonshire (E10000021, until"
            " 2021; now North Northamptonshire; West Northamptonshire) has no figures any more;"
            " the latest figure is 40.0% in 2019-20."
        )


def figure(period: str, value: int, area: str) -> Observation:
    return Observation(measure="m", period=period, area=area, value=value)
