"""Outcomes as numbers: each has one of its own, and the words of that number are those of the outcome."""

import pytest

from outcome_bees import Status, Travel, Verdict
from outcome_bees.frames._outcome_codes import (
    NO_REASON,
    NO_TRAVEL,
    NO_VERDICT,
    REASONS,
    VERDICTS,
    RuleTiming,
    code_of,
    outcome_words,
    severity,
)
from outcome_bees.vocabulary import Reason

TRAVEL = (Travel.WORSENING, Travel.NO_CHANGE, Travel.IMPROVING, Travel.DECREASING, Travel.INCREASING)
AT_DUE = RuleTiming(at_due=True, past_due=True, milestone=False, travel=TRAVEL[:3])
ON_THE_WAY = RuleTiming(at_due=False, past_due=False, milestone=False, travel=TRAVEL)
TIMINGS = [AT_DUE, ON_THE_WAY]
WORDS = {row[0]: row[1:] for row in outcome_words(TIMINGS).rows}


def test_every_outcome_has_a_number_of_its_own() -> None:
    rows = [*outcome_words(TIMINGS).rows]
    assert len(WORDS) == len(rows) == (len(Verdict) + 1 + len(Reason)) * len(TIMINGS) * 6
    every = {
        code_of(reason, verdict, travel, timing, 2)
        for reason in range(NO_REASON + 1)
        for verdict in range(NO_VERDICT + 1)
        for travel in range(NO_TRAVEL + 1)
        for timing in range(2)
    }
    assert len(every) == (NO_REASON + 1) * (NO_VERDICT + 1) * (NO_TRAVEL + 1) * 2
    assert WORDS.keys() <= every


@pytest.mark.parametrize(
    ("verdict", "at", "words"),
    [
        (Verdict.MET, 0, ("met", "achieved", None, "green")),
        (Verdict.NEAR, 0, ("near", "narrowly_missed", None, "amber")),
        (Verdict.OFF, 0, ("off", "missed", None, "red")),
        (Verdict.MET, 1, ("met", "on_track", None, "green")),
        (Verdict.NEAR, 1, ("near", "at_risk", None, "amber")),
        (Verdict.OFF, 1, ("off", "off_track", None, "red")),
    ],
)
def test_a_verdict_has_its_words_and_its_travel(verdict: Verdict, at: int, words: tuple[str | None, ...]) -> None:
    status = Status(words[1] or "")
    for travel in range(NO_TRAVEL + 1):
        moved = TIMINGS[at].travel[travel] if travel < len(TIMINGS[at].travel) else None
        found = WORDS[code_of(NO_REASON, VERDICTS[verdict], travel, at, len(TIMINGS))]
        assert found == (*words, None if moved is None else moved.value, severity(status))


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_has_no_verdict(reason: Reason) -> None:
    found = WORDS[code_of(REASONS[reason], NO_VERDICT, NO_TRAVEL, 1, len(TIMINGS))]
    assert found == (None, "not_assessed", reason.value, "grey", None, severity(Status.NOT_ASSESSED))


def test_without_a_verdict_and_a_reason_nothing_was_assessed() -> None:
    verdict, status, *_ = WORDS[code_of(NO_REASON, NO_VERDICT, NO_TRAVEL, 1, len(TIMINGS))]
    assert (verdict, status) == (None, "not_assessed")


def test_the_worst_status_comes_first_and_what_was_not_assessed_last() -> None:
    order = sorted(Status, key=severity)
    assert [each.value for each in order] == [
        "missed",
        "off_track",
        "narrowly_missed",
        "at_risk",
        "on_track",
        "achieved",
        "not_assessed",
    ]
    assert [severity(each) for each in order] == list(range(7))
