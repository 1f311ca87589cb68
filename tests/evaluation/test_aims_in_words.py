"""What a target asks for, in the words of tables and of changes: each sort of aim, with and without a margin."""

import pytest

from outcome_bees import Baseline, Beat, Comparator, Complete, Hold, Improve, Margin, Measure, Rank, Reach, Target
from outcome_bees.evaluation.wording import aim_in_words
from outcome_bees.model.aims import Aim, StayBetween

ABSENCE = Measure(id="absence", title="Absence", unit="percent", direction="decrease")
BEFORE = Baseline("FY2023-24")
ENGLAND = Comparator(id="england", title="England", areas=["E92000001"])


@pytest.mark.parametrize(
    ("aim", "words"),
    [
        (None, "to be agreed"),
        (Reach(18), "reach 18.0%"),
        (Reach("18.25"), "reach 18.25%"),
        (StayBetween(5, "7.25"), "stay between 5.0% and 7.25%"),
        (Improve(), "improve on 2023-24"),
        (Improve(by=Margin(amount=2)), "improve by 2.0 percentage points on 2023-24"),
        (Improve(by=Margin(percent=10)), "improve by 10 per cent on 2023-24"),
        (Hold(), "be no worse than 2023-24"),
        (Beat("england"), "be better than England"),
        (Beat("england", Margin(amount=1)), "be better than England by 1.0 percentage points"),
        (Beat("neighbours"), "be better than neighbours"),
        (Rank(1, 4), "be in the best 1 of 4 groups"),
        (Complete(), "be done"),
    ],
)
def test_an_aim_is_put_in_words_with_its_margin_and_what_it_is_measured_from(aim: Aim | None, words: str) -> None:
    target = Target(id="t", measure="absence", aim=aim, due="FY2025-26", baseline=BEFORE)
    assert aim_in_words(target, ABSENCE, {"england": ENGLAND}) == words


def test_a_baseline_that_is_stated_is_named_with_its_number() -> None:
    target = Target(id="t", measure="absence", aim=Hold(), due="FY2025-26", baseline=Baseline("FY2023-24", 20))
    assert aim_in_words(target, ABSENCE, {}) == "be no worse than 20.0% in 2023-24"
