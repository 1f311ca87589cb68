"""A scale cuts the number line with no gap and no overlap, and every point has one owner."""

import copy
import pickle
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from outcome_bees.errors import InvalidValueError
from outcome_bees.scales import Cut, Line, Owner, Scale

NUMBERS = st.decimals(-100, 100, places=2)
WEIGHTS = st.decimals(Decimal("-2"), 2, places=1)


@st.composite
def scales(draw: st.DrawFn) -> Scale[int]:
    points = sorted(draw(st.lists(NUMBERS, max_size=5)))
    cuts = tuple(Cut(Line(point), draw(st.sampled_from(Owner))) for point in points)
    return Scale(cuts, tuple(range(len(cuts) + 1)))


def test_a_cut_says_which_neighbour_owns_the_point() -> None:
    at_least_80 = Scale((Cut(Line(80), Owner.ABOVE),), ("off", "met"))
    more_than_80 = Scale((Cut(Line(80), Owner.BELOW),), ("off", "met"))
    assert [at_least_80.label(Decimal(each)) for each in ("79.9", "80", "80.1")] == ["off", "met", "met"]
    assert [more_than_80.label(Decimal(each)) for each in ("79.9", "80", "80.1")] == ["off", "off", "met"]


def test_cuts_out_of_order_cannot_be_written() -> None:
    with pytest.raises(InvalidValueError, match="ascending"):
        Scale((Cut(Line(2), Owner.ABOVE), Cut(Line(1), Owner.ABOVE)), (1, 2, 3))


def test_a_scale_and_its_parts_cannot_be_changed_once_made_and_are_copied_whole() -> None:
    line = Line(80, 1)
    cut = Cut(line, Owner.ABOVE)
    scale = Scale((cut,), ("off", "met"))
    for whole, name in ((line, "constant"), (cut, "owner"), (scale, "labels")):
        kept = getattr(whole, name)
        with pytest.raises(AttributeError, match=f"^{name}: a {type(whole).__name__} cannot be changed; make another$"):
            setattr(whole, name, 1)
        with pytest.raises(AttributeError, match="cannot be changed"):
            delattr(whole, name)
        assert getattr(whole, name) is kept
        assert pickle.loads(pickle.dumps(whole)) == copy.deepcopy(whole) == whole


def test_there_is_one_label_more_than_there_are_cuts() -> None:
    with pytest.raises(InvalidValueError, match="one more"):
        Scale((Cut(Line(2), Owner.ABOVE),), (1, 2, 3))


def test_within_the_guard_of_a_cut_is_on_it_on_both_sides() -> None:
    guard = Decimal("0.0001")
    for owner, label in ((Owner.ABOVE, "up"), (Owner.BELOW, "down")):
        scale = Scale((Cut(Line("33.3"), owner),), ("down", "up"))
        assert {scale.label(Decimal("33.3") + nudge * guard, guard) for nudge in (-1, 0, 1)} == {label}
        assert scale.label(Decimal("33.2998"), guard) == "down"
        assert scale.label(Decimal("33.3002"), guard) == "up"


@given(scales(), NUMBERS)
def test_mirrored_twice_is_nothing(scale: Scale[int], number: Decimal) -> None:
    assert scale.mirrored().mirrored() == scale
    assert scale.mirrored().label(-number) == scale.label(number)


@given(scales(), NUMBERS, NUMBERS)
def test_labels_never_go_back_as_the_number_grows(scale: Scale[int], one: Decimal, other: Decimal) -> None:
    assert scale.label(min(one, other)) <= scale.label(max(one, other))


@given(NUMBERS, WEIGHTS, NUMBERS, st.decimals(-90, 90, places=1))
def test_a_percentage_is_taken_of_the_size_of_a_number_whatever_its_sign(
    constant: Decimal, weight: Decimal, reference: Decimal, percent: Decimal
) -> None:
    line = Line(constant, weight)
    number = line.at(reference)
    if not line.needs_reference and not constant:
        assert line.plus_percent(percent).undefined_at(None)
        return
    moved = line.plus_percent(percent).at(reference)
    assert abs(moved - (number + abs(number) * percent / 100)) < Decimal("1e-20")


@given(WEIGHTS, NUMBERS, st.decimals(-90, 90, places=1), st.decimals(-90, 90, places=1))
def test_a_percentage_of_a_percentage_is_one_too(
    weight: Decimal, reference: Decimal, first: Decimal, second: Decimal
) -> None:
    line = Line(0, weight)
    if not weight:
        return
    once = reference * weight + abs(reference * weight) * first / 100
    twice = line.plus_percent(first).plus_percent(second).at(reference)
    assert abs(twice - (once + abs(once) * second / 100)) < Decimal("1e-20")


@given(NUMBERS, st.decimals(-90, 90, places=1), st.decimals(0, 1, places=3))
def test_part_of_the_way_to_a_goal_is_that_part_of_the_way(baseline: Decimal, percent: Decimal, share: Decimal) -> None:
    goal = Line(0, 1).plus_percent(percent)
    on_the_way = goal.part_way(Line(0, 1), share).at(baseline)
    assert abs(on_the_way - (baseline + share * (goal.at(baseline) - baseline))) < Decimal("1e-20")


@given(NUMBERS, st.decimals(0, 1, places=3))
def test_the_way_may_start_at_a_line_that_has_a_weight_and_a_hinge_of_its_own(
    reference: Decimal, share: Decimal
) -> None:
    start, goal = Line(5, 2, hinge=3), Line(7, 4, weight_below=1, hinge=-6)
    on_the_way = goal.part_way(start, share).at(reference)
    assert on_the_way == (1 - share) * start.at(reference) + share * goal.at(reference)


@given(NUMBERS, WEIGHTS, NUMBERS)
def test_a_mirrored_line_stands_where_the_mirror_says(constant: Decimal, weight: Decimal, reference: Decimal) -> None:
    line = Line(constant, weight).plus_percent(Decimal(7)) if constant or weight else Line(constant)
    assert line.mirrored().at(-reference) == -line.at(reference)
    assert line.mirrored().mirrored() == line
