"""Closed lists whose order means something compare by it, and never by their letters."""

import pickle
from typing import Any

import pytest

from outcome_bees import Rag, Reason, Severity, Status, UnknownNameError, Verdict


def test_statuses_sort_from_the_worst_and_what_was_not_assessed_comes_last() -> None:
    assert [each.value for each in sorted(Status)] == [
        *("missed", "off_track", "narrowly_missed", "at_risk", "on_track", "achieved"),
        "not_assessed",
    ]


def test_verdicts_and_colours_sort_as_their_statuses_do() -> None:
    assert sorted(Verdict) == [Verdict.OFF, Verdict.NEAR, Verdict.MET]
    assert sorted(Rag) == [Rag.RED, Rag.AMBER, Rag.GREEN, Rag.GREY]


def test_the_more_severe_of_two_findings_is_the_greater() -> None:
    assert max(Severity) is Severity.ERROR
    assert Severity.WARNING >= Severity.WARNING > Severity.INFO
    assert min(Severity) <= Severity.INFO


def test_of_two_reasons_the_lower_is_the_first_that_applies() -> None:
    assert sorted(Reason) == list(Reason)


def test_a_member_compares_with_the_text_of_another_from_either_side() -> None:
    worst, best = Status.MISSED, "achieved"
    assert worst < best
    assert best > worst
    assert not best < worst


@pytest.mark.parametrize("other", ["red", 3, Verdict.MET, None])
def test_what_is_no_member_has_no_place_in_the_order(other: Any) -> None:
    worst = Status.MISSED
    with pytest.raises(TypeError, match="compares with a Status or the text of one"):
        sorted([other, worst])


def test_an_unknown_name_is_the_same_error_after_pickling() -> None:
    error = UnknownNameError("bee", "be-saef", ["be-safe", "be-happy"])
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is UnknownNameError
    assert str(copy) == str(error)
