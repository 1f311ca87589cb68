"""A council's own policy: its stretches never overlap, and it is found by its id."""

from typing import Any

import pytest

from outcome_bees import POLICIES, Margin, Policy, Rag, Status, Tally
from outcome_bees.errors import InvalidTypeError, InvalidValueError, UnknownNameError
from outcome_bees.model.local_policy import FIVE_PER_CENT, NOT_WORSE_THAN_LAST_YEAR, STANDARD, policy_of


@pytest.mark.parametrize(
    ("met", "near"),
    [
        (Margin(percent=5), Margin(percent=5)),
        (Margin(percent=5), Margin(percent=4)),
        (Margin(amount=5), Margin(amount=5)),
        (Margin(amount=5), Margin(percent=6)),
        (Margin(percent=5), Margin(amount=6)),
    ],
)
def test_near_is_wider_than_met_in_the_same_form(met: Margin, near: Margin) -> None:
    with pytest.raises(InvalidValueError, match=r"Policy\.near_within: .*a margin wider than met_within, Margin"):
        Policy(id="ours", met_within=met, near_within=near)


@pytest.mark.parametrize(
    "margins",
    [
        {},
        {"near_within": Margin(percent=5)},
        {"met_within": Margin(percent=5), "near_within": Margin(percent="5.1")},
        {"met_within": Margin(amount=5), "near_within": Margin(amount="5.1")},
    ],
)
def test_what_does_not_overlap_is_a_policy(margins: dict[str, Any]) -> None:
    policy = Policy(id="ours", **margins)
    assert (policy.met_within, policy.near_within) == (margins.get("met_within"), margins.get("near_within"))


def test_met_without_near_is_refused_for_the_targets_own_tolerance_may_be_narrower() -> None:
    with pytest.raises(InvalidValueError, match=r"given None; .*\(the target's own tolerance may be narrower"):
        Policy(id="ours", met_within=Margin(percent=5))


@pytest.mark.parametrize("name", ["near_if_not_worse", "met_only_if_clear"])
@pytest.mark.parametrize("given", [1, 0, "yes", None])
def test_a_flag_is_true_or_false(name: str, given: Any) -> None:
    with pytest.raises(InvalidTypeError, match=rf"Policy\.{name}: given {given!r}; allowed: True or False"):
        Policy(id="ours", **{name: given})
    true: Any = {name: True}
    assert getattr(Policy(id="ours", **true), name) is True


def test_a_policy_is_meant_by_itself_or_by_its_id_the_plans_own_among_them() -> None:
    own = Policy(id="ours", near_within=Margin(percent=3))
    assert policy_of(own) is policy_of("ours", [own]) is own
    assert policy_of("five-per-cent", [own]) is FIVE_PER_CENT
    with pytest.raises(UnknownNameError, match=r"our.*did you mean ours"):
        policy_of("our", [own])
    wrong: Any = 5
    with pytest.raises(InvalidTypeError) as caught:
        policy_of(wrong, [own], "policy of the report")
    allowed = f"a Policy, or the id of one: {', '.join(POLICIES)}, ours"
    assert str(caught.value) == f"policy of the report: given 5; allowed: {allowed}"


@pytest.mark.parametrize(
    ("counts", "colour"),
    [
        ({}, Rag.GREY),
        ({Status.NOT_ASSESSED: 3}, Rag.GREY),
        ({Status.ACHIEVED: 9, Status.MISSED: 1, Status.NOT_ASSESSED: 3}, Rag.RED),
        ({Status.ACHIEVED: 9}, Rag.GREEN),
    ],
)
def test_many_answers_together_have_the_colour_of_the_worst(counts: dict[Status, int], colour: Rag) -> None:
    assert STANDARD.judge(Tally(counts)) is colour


def test_the_policies_that_come_with_the_library_allow_what_they_are_described_to_allow() -> None:
    allowed = {
        each.id: (
            *(each.met_within, each.near_within, each.no_change_within),
            *(each.near_if_not_worse, each.met_only_if_clear),
        )
        for each in map(policy_of, POLICIES)
    }
    assert allowed == {
        "standard": (None, None, None, False, False),
        "five-per-cent": (Margin(percent=1), Margin(percent=5), None, False, False),
        "not-worse-than-last-year": (None, Margin(percent=10), None, True, False),
    }
    assert list(POLICIES.values()) == [STANDARD, FIVE_PER_CENT, NOT_WORSE_THAN_LAST_YEAR]
