"""What a target may ask: the last value of each field that is read, and the first that is refused."""

from typing import Any

import pytest

from outcome_bees import Comparator, Margin, Period, Profile, Rank, StayBetween
from outcome_bees.errors import InvalidTypeError, InvalidValueError


@pytest.mark.parametrize("given", [[1], "FY2024-25", None, 5, ("FY2024-25", 5)])
def test_a_profile_is_a_mapping_of_periods_to_numbers(given: Any) -> None:
    with pytest.raises(InvalidTypeError, match="a mapping of periods to numbers"):
        Profile(given)
    with pytest.raises(InvalidValueError, match="at least one period with its number"):
        Profile({})


def test_a_profile_is_in_the_order_in_which_its_periods_end_whatever_the_order_given() -> None:
    profile = Profile({"FY2024-25": 3, "2024-06": 2, "2023-06": 1, "CY2023": "1.5"})  # type: ignore[dict-item]
    assert [each.code for each in profile] == ["2023-06", "CY2023", "2024-06", "FY2024-25"]
    assert [str(each) for each in profile.values.values()] == ["1", "1.5", "2", "3"]
    march, year = Period.from_code("2025-03"), Period.from_code("FY2024-25")
    assert list(Profile({year: 1, march: 2})) == list(Profile({march: 2, year: 1})) == [march, year]


def test_a_band_may_be_one_number_and_is_never_upside_down() -> None:
    assert (StayBetween(5, 5).low, StayBetween(5, "5.1").high) == (5, StayBetween(0, "5.1").high)
    with pytest.raises(InvalidValueError, match="low not above high"):
        StayBetween("5.1", 5)


@pytest.mark.parametrize("given", ["1", 1.0, None, True])
def test_a_place_is_a_whole_number(given: Any) -> None:
    for best, of in ((given, 4), (1, given)):
        with pytest.raises(InvalidTypeError, match="a whole number from 1"):
            Rank(best, of)


@pytest.mark.parametrize(("best", "of"), [(4, 4), (5, 4), (1, 1)])
def test_not_all_of_the_groups_will_do(best: int, of: int) -> None:
    with pytest.raises(InvalidValueError, match="fewer groups that will do than there are groups"):
        Rank(best, of)
    assert Rank(of, of + 1).best == of


@pytest.mark.parametrize("areas", [[], ["E1", "E1"], ["E1", "E2", "E1"]])
@pytest.mark.parametrize("method", ["published", "pooled", "median"])
def test_a_comparator_has_each_of_its_places_once(areas: list[str], method: Any) -> None:
    with pytest.raises(InvalidValueError, match="at least one area, each of them once"):
        Comparator(id="c", title="C", areas=areas, method=method)


@pytest.mark.parametrize(("method", "most"), [("published", 1), ("pooled", 3), ("median", 3)])
def test_only_what_is_made_of_places_has_several(method: Any, most: int) -> None:
    places = ["E1", "E2", "E3"]
    assert Comparator(id="c", title="C", areas=places[:most], method=method).areas == (*places[:most],)
    if most == 1:
        with pytest.raises(InvalidValueError, match="exactly one area for a published value"):
            Comparator(id="c", title="C", areas=places[:2], method=method)


@pytest.mark.parametrize("name", ["amount", "percent"])
def test_a_margin_is_above_zero_however_little(name: str) -> None:
    assert str(getattr(Margin(**{name: "0.001"}), name)) == "0.001"
    for size in (0, "-0.001"):
        with pytest.raises(InvalidValueError, match=rf"Margin\.{name}: .*a number above zero"):
            Margin(**{name: size})
