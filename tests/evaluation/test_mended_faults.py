"""Each fault that attackers found in the first draft (commit 38f3b3c), by name: every test here failed there.

The draft's evaluator was attacked with an oracle, with metamorphic laws and with real figures. What did not hold is one
test each, asked of the scalar evaluator and, where a table can hold it, of every frame as well. They use what the draft
had too, so that they can be run against it: ``PYTHONPATH=DRAFT/src pytest tests/evaluation/test_mended_faults.py``.
There all of them fail. A line of the list that has no test here is held where its room is tested:

- days of the year are no measure of a way, settled totals, milestones, ranks of unitary authorities: ``test_time.py``
- a maintained number and a band, of which nearer is better: ``test_direction.py``
- 200 sentences that were read: ``golden_sentences.txt``
- column types on every engine, floats that cannot carry a guard: ``tests/frames/test_types.py``
- findings of ``lint``: ``test_lint.py``; periods, units, places and numbers as people write them:
  ``tests/periods/test_what_people_write.py``, ``tests/foundations/test_written_units.py``, ``tests/areas``
- the mirror, permuted places, a plan in two, vintages, time that passes: ``tests/laws/test_metamorphic.py``
- what alone and in bulk must agree in: ``tests/agreement``; what the page says: ``tests/oracles``
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Complete,
    Improve,
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
    StayBetween,
    Target,
    evaluate,
    frames,
    lint,
)
from outcome_bees.errors import OutcomeBeesError

HERE = "E10000015"
DEAD_BAND = Policy(id="dead-band", no_change_within=Margin(percent=5))
ENGLAND = Comparator(id="england", title="England", areas=["E92000001"])


def figure(period: str, value: Any, area: str = HERE, **facts: Any) -> Observation:
    return Observation(measure="m", period=period, area=area, value=value, **facts)


def measured(unit: str = "count", direction: str | None = "increase", **facts: Any) -> Measure:
    return Measure(id="m", title="M", unit=unit, direction=direction, **facts)


def aimed(aim: Any, due: str, **facts: Any) -> Target:
    return Target(id="t", measure="m", aim=aim, due=due, **facts)


class Case:
    """One question: what is asked, of which figures, on which day."""

    def __init__(
        self,
        measure: Measure,
        target: Target,
        *figures: Observation,
        on: str,
        policy: Policy | None = None,
        comparators: Iterable[Comparator] = (),
    ) -> None:
        self.measure, self.target, self.figures = measure, target, figures
        self.on, self.comparators = date.fromisoformat(on), tuple(comparators)
        self.policy: dict[str, Any] = {} if policy is None else {"policy": policy}

    def alone(self) -> Any:
        return evaluate(
            self.target,
            measure=self.measure,
            observations=Observations(self.figures),
            as_of=self.on,
            area=HERE,
            comparators=self.comparators,
            **self.policy,
        )

    def in_bulk(self) -> dict[str, Any]:
        polars = pytest.importorskip("polars")
        plan = Plan(
            id="p", title="P", measures=[self.measure], targets=[self.target], comparators=list(self.comparators)
        )
        columns = {
            "measure": ["m" for _ in self.figures],
            "period": [each.period.code for each in self.figures],
            "area": [each.area for each in self.figures],
            "value": [float(each.value or 0) for each in self.figures],
            "recorded": [each.recorded for each in self.figures],
        }
        frame = polars.DataFrame(columns, schema_overrides={"recorded": polars.Date})
        rows = frames.evaluate(plan, frame, as_of=self.on, **self.policy).rows(named=True)
        return next(row for row in rows if row["area"] == HERE)


COUNT, LESS, SHARE = measured(), measured(direction="decrease"), measured("percent")
MANY = {f"E0500{n:04}": 90 for n in range(12)}  # wards

FAULTS: dict[str, tuple[Case, str, str | None]] = {
    # A period is compared with its like, not with its days.
    "February's count is judged on the way to March's": (
        Case(COUNT, aimed(Reach(30), "2025-03"), figure("2025-02", 35), on="2025-03-10"),
        "on_track",
        None,
    ),
    "a quarter of 90 days is judged on the way to one of 92": (
        Case(COUNT, aimed(Reach(30), "FY2025-26-Q2"), figure("FY2024-25-Q4", 35), on="2025-08-10"),
        "on_track",
        None,
    ),
    "a spring term of fewer days is judged on the way to a longer one": (
        Case(COUNT, aimed(Reach(30), "AY2024-25-T2"), figure("AY2023-24-T2", 35), on="2025-02-10"),
        "on_track",
        None,
    ),
    "a year's count does not answer for its last quarter": (
        Case(COUNT, aimed(Reach(30), "FY2024-25-Q4"), figure("FY2024-25", 118), on="2025-06-01"),
        "not_assessed",
        "overdue",
    ),
    "a year's count does not answer for its last month": (
        Case(COUNT, aimed(Reach(30), "2025-03"), figure("FY2024-25", 118), on="2025-06-01"),
        "not_assessed",
        "overdue",
    ),
    "a total of three years does not answer for the last of them": (
        Case(COUNT, aimed(Reach(30), "FY2024-25"), figure("FY2022-23..FY2024-25", 118), on="2025-06-01"),
        "not_assessed",
        "overdue",
    ),
    "a figure closes no period that is not over": (
        Case(SHARE, aimed(Reach(60), "FY2024-25"), figure("FY2024-25", 61, recorded=date(2024, 6, 1)), on="2024-07-01"),
        "on_track",
        None,
    ),
    # What is known is said.
    "a running total past its ceiling is off track": (
        Case(LESS, aimed(Reach(100), "FY2025-26"), figure("FY2025-26-Q1..Q2", 140), on="2025-10-15"),
        "off_track",
        None,
    ),
    "a running total past its ceiling is missed once the period is over": (
        Case(LESS, aimed(Reach(100), "FY2025-26"), figure("FY2025-26-Q1..Q2", 140), on="2026-04-15"),
        "missed",
        None,
    ),
    "a running total at its floor early is on track": (
        Case(COUNT, aimed(Reach(100), "FY2025-26"), figure("FY2025-26-Q1..Q2", 140), on="2025-10-15"),
        "on_track",
        None,
    ),
    "a milestone that is not done on a later day is missed": (
        Case(
            measured("milestone", None),
            aimed(Complete(), "2024-09-30"),
            figure("2024-12-31", 0),
            on="2025-01-15",
        ),
        "missed",
        None,
    ),
    "a baseline that is nowhere is the reason while the figure is still to come": (
        Case(
            COUNT,
            aimed(Improve(), "FY2025-26", baseline=Baseline("FY2021-22")),
            figure("FY2025-26-Q1..Q1", 50),
            on="2025-07-10",
        ),
        "not_assessed",
        "baseline_not_set",
    ),
    "a baseline that is nowhere is the reason after the day, too": (
        Case(
            COUNT,
            aimed(Improve(), "FY2025-26", baseline=Baseline("FY2021-22")),
            figure("FY2025-26-Q1..Q1", 50),
            on="2026-06-10",
        ),
        "not_assessed",
        "baseline_not_set",
    ),
    "of a rank the places are compared with last year's": (
        Case(
            SHARE,
            aimed(Rank(1, 4), "CY2024"),
            *(
                figure(f"CY{year}", value, area)
                for year, values in ((2023, (50, 60, 40, 40)), (2024, (55, 60, 70, 30)))  # from the 2nd to the 3rd
                for area, value in zip((HERE, "E10000016", "E06000055", "E09000006"), values, strict=True)
            ),
            on="2025-12-31",
            policy=Policy(id="not-worse", near_within=Margin(amount=5), near_if_not_worse=True),
        ),
        "missed",
        None,
    ),
    "an improvement by 100 per cent with a tolerance of 100 per cent is judged": (
        Case(
            COUNT,
            aimed(
                Improve(by=Margin(percent=100)),
                "FY2024-25",
                baseline=Baseline("FY2022-23", 40),
                tolerance=Margin(percent=100),
            ),
            figure("FY2024-25", 30),
            on="2025-06-01",
        ),
        "narrowly_missed",
        None,
    ),
    "a tolerance in per cent of a zero that an improvement requires has no answer": (
        Case(
            LESS,
            aimed(
                Improve(by=Margin(percent=100)),
                "FY2024-25",
                baseline=Baseline("FY2022-23", 40),
                tolerance=Margin(percent=10),
            ),
            figure("FY2024-25", 3),
            on="2025-06-01",
        ),
        "not_assessed",
        "reference_is_zero",
    ),
    # Ranks stay among places of one sort.
    "a council is not ranked among wards": (
        Case(
            SHARE,
            aimed(Rank(1, 4), "AY2024-25"),
            *(
                figure("AY2024-25", value, area)
                for area, value in {HERE: 60, "E10000016": 50, "E06000055": 40, "E09000006": 30, **MANY}.items()
            ),
            on="2025-12-01",
        ),
        "achieved",
        None,
    ),
    "a county is not ranked among districts": (
        Case(
            SHARE,
            aimed(Rank(1, 4), "AY2024-25"),
            *(
                figure("AY2024-25", value, area)
                for area, value in {
                    **{HERE: 60, "E10000016": 50, "E10000017": 40, "E10000018": 30},
                    **{f"E0700{n:04}": 90 for n in range(95, 105)},
                }.items()
            ),
            on="2025-12-01",
        ),
        "achieved",
        None,
    ),
}
IN_BULK_ALONE: dict[str, tuple[Case, str, str | None]] = {
    "a comparator that is missing is the reason before a percentage of zero": (
        Case(
            LESS,
            aimed(Beat("england", by=Margin(percent=100)), "FY2024-25", tolerance=Margin(percent=100)),
            figure("FY2024-25", 5),
            on="2025-06-01",
            comparators=[ENGLAND],
        ),
        "not_assessed",
        "comparator_missing",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_evaluation_says(fault: str) -> None:
    case, status, reason = FAULTS[fault]
    answer = case.alone()
    assert (str(answer.status), answer.reason and str(answer.reason)) == (status, reason), answer.explanation


@pytest.mark.parametrize("fault", [*FAULTS, *IN_BULK_ALONE])
def test_a_table_says_the_same(fault: str) -> None:
    case, status, reason = {**FAULTS, **IN_BULK_ALONE}[fault]
    row = case.in_bulk()
    assert (row["status"], row["reason"]) == (status, reason)


SPAN = "2024-04-01/2024-09-17"
SO_FAR: dict[Any, Any] = {"FY2025-26-Q1..Q1": 25, "FY2025-26-Q1..Q3": 75}
SAID: dict[str, Case] = {
    "Provisional: 60.0% in 2024-25, where the target was at least 90.0%: missed, 30.0 percentage points behind.": Case(
        SHARE, aimed(Reach(90), "FY2024-25"), figure("FY2024-25", 60, revision="provisional"), on="2025-06-01"
    ),
    "35.1% in 2024-25, where the target was more than 35.1% (from the baseline of 2022-23): missed, no more"
    " than equal.": (
        Case(
            SHARE,
            aimed(Improve(), "FY2024-25", baseline=Baseline("FY2022-23", "35.1")),
            figure("FY2024-25", "35.1"),
            on="2025-06-01",
        )
    ),
    "100.0% in 2024-25, where the target was 90.0% to 95.0%: missed, 5.0 percentage points above the band.": Case(
        SHARE, aimed(StayBetween(90, 95), "FY2024-25"), figure("FY2024-25", 100), on="2025-06-01"
    ),
    "94.0% in 2024-25, where the target was exactly 90.0%: missed, 4.0 percentage points above it.": Case(
        measured("percent", "maintain"), aimed(Reach(90), "FY2024-25"), figure("FY2024-25", 94), on="2025-06-01"
    ),
    "40.0% from 1 April 2024 to 17 September 2024, where the target was at least 90.0%: missed,"
    " 50.0 percentage points behind.": Case(SHARE, aimed(Reach(90), SPAN), figure(SPAN, 40), on="2025-06-01"),
    "40 in 2024-25 Q1, where the target was at least 90: missed, 50 behind.": Case(
        COUNT, aimed(Reach(90), "FY2024-25-Q1..Q1"), figure("FY2024-25-Q1..Q1", 40), on="2025-06-01"
    ),
    "Not assessed: only a forecast is known for 2024-25 (58.0%), and no figure.": Case(
        SHARE, aimed(Reach(60), "FY2024-25"), figure("FY2024-25", 58, revision="forecast"), on="2025-06-01"
    ),
    "Not assessed: the plan has no number for 2025-26 Q1 to Q2, only for 2025-26 Q1 and 2025-26 Q1 to Q3;"
    " the latest figure is 40 from 2025-26 Q1 to Q2.": Case(
        COUNT,
        aimed(Reach(100), "FY2025-26", trajectory=Profile(SO_FAR)),
        figure("FY2025-26-Q1..Q2", 40),
        on="2025-10-15",
    ),
}
"""Sentences, each of which hid or misnamed something."""


@pytest.mark.parametrize("sentence", SAID)
def test_the_sentence_reads(sentence: str) -> None:
    assert SAID[sentence].alone().explanation == sentence


def test_toward_others_who_move_there_is_no_share_of_the_way_and_no_goal() -> None:
    target = aimed(Beat("england"), "FY2026-27", baseline=Baseline("FY2022-23", 40))
    figures = figure("FY2024-25", 60), figure("FY2024-25", 50, "E92000001")
    answer = Case(SHARE, target, *figures, on="2025-06-01", comparators=[ENGLAND]).alone()
    assert (answer.status, answer.progress, answer.goal) == ("on_track", None, None)


def test_progress_has_no_negative_zero() -> None:
    target = aimed(Reach(60), "FY2026-27", baseline=Baseline("FY2022-23", 50))
    answer = Case(SHARE, target, figure("FY2024-25", "49.9999"), on="2025-06-01").alone()
    assert str(answer.progress) == "0.0000"


def test_within_a_dead_band_of_a_percentage_nothing_has_changed_from_zero_to_zero() -> None:
    figures = figure("FY2023-24", 0), figure("FY2024-25", 0)
    case = Case(COUNT, aimed(Reach(3), "FY2024-25"), *figures, on="2025-06-01", policy=DEAD_BAND)
    assert (case.alone().travel, case.in_bulk()["travel"]) == ("no_change", "no_change")


def test_nearer_to_a_band_is_improving() -> None:
    figures = figure("FY2023-24", 80), figure("FY2024-25", 70)
    band = measured("percent", "maintain")
    case = Case(band, aimed(StayBetween(40, 60), "FY2024-25"), *figures, on="2025-06-01")
    assert (case.alone().travel, case.in_bulk()["travel"]) == ("improving", "improving")


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (lambda: aimed(Reach(90), "FY2024-25"), "maintain"),
        (lambda: Observation(measure="m", period="CY2024", area="e10000015", value=1), "write E10000015"),
        (lambda: Observation(measure="m", period="CY2024", area="E10000015 ", value=1), "there is a space after it"),
    ],
)
def test_what_was_taken_in_silence_is_spoken_of(what: Any, words: str) -> None:
    if words == "maintain":
        plan = Plan(id="p", title="P", measures=[measured("percent", "maintain")], targets=[what()])
        assert any("tolerance" in str(each) for each in lint(plan))
        return
    with pytest.raises(OutcomeBeesError, match=words):
        what()


def test_what_people_write_is_read() -> None:
    units = {"%": "percent", "days": "day", "£m": "GBP_million", "per 100,000 population": "per_100000"}
    assert {each: measured(each).unit.code for each in units} == units  # type: ignore[union-attr]
    assert str(Period.parse("2024/25 P6", calendar="financial")) == "2024-09"
    assert str(Period.parse("3 years to 2024", calendar="calendar")) == "CY2022..CY2024"
    assert str(figure("CY2024", "-0").value) == "0"
