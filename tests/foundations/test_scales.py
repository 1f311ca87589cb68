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


# Lines, number by number


def number(text: str | int) -> Decimal:
    return Decimal(text)


@pytest.mark.parametrize(
    ("line", "at"),
    [
        (Line(80), {0: 80, 50: 80, -50: 80}),
        (Line("2.5", 1), {0: "2.5", 50: "52.5", -50: "-47.5"}),
        (Line(5, 2, hinge=3), {3: 5, 4: 7, 0: -1}),
        (Line(5, 2, weight_below=1, hinge=3), {3: 5, 4: 7, 0: 2}),
        (Line(5, 0, weight_below=1), {0: 5, 9: 5, -2: 3}),
        (Line(1, weight=1).plus(number(4)), {0: 5, 10: 15}),
        (Line(5, 2, weight_below=1, hinge=3).plus(number(-4)), {3: 1, 4: 3, 0: -2}),
        (Line(50).plus_percent(number(10)), {0: 55}),
        (Line(-50).plus_percent(number(10)), {0: -45}),
        (Line(weight=1).plus_percent(number(-10)), {50: 45, -50: -55, 0: 0}),
        (Line(weight=2).plus_percent(number(10)), {50: 110, -50: -90}),
        (Line(weight=-1).plus_percent(number(10)), {50: -45, -50: 55}),
        (Line(10, 2).plus_percent(number(50)), {0: 15, -5: 0, -10: -5}),
        (Line(weight=1).plus_percent(number(10)).plus_percent(number(10)), {100: 121, -100: -81}),
        (Line(weight=1).plus_percent(number(10)).mirrored(), {-100: -110, 100: 90}),
        (Line(5, 2, hinge=3).mirrored(), {-3: -5, -4: -7}),
        (Line(100).part_way(Line(weight=1), number("0.25")), {40: 55, 100: 100, -60: -20}),
        (Line(weight=1).plus_percent(number(10)).part_way(Line(weight=1), number("0.5")), {100: 105, -100: -95}),
    ],
)
def test_a_line_is_where_its_constant_its_weights_and_its_hinge_put_it(line: Line, at: dict[int, str | int]) -> None:
    assert {each: line.at(number(each)) for each in at} == {each: number(there) for each, there in at.items()}


def test_a_line_says_of_what_it_is_made() -> None:
    plain = Line()
    assert (plain.constant, plain.weight, plain.weight_below, plain.hinge) == (0, 0, 0, 0)
    assert (plain.relative, plain.needs_reference, plain.at()) == (False, False, 0)
    bent = Line(5, 0, weight_below=1, hinge=3, relative=True)
    assert (bent.constant, bent.weight, bent.weight_below, bent.hinge) == (5, 0, 1, 3)
    assert (bent.relative, bent.needs_reference) == (True, True)
    for each in (bent.plus(number(1)), bent.mirrored(), bent.part_way(Line(weight=1), number("0.5"))):
        assert each.relative
    mirrored = bent.mirrored()
    assert (mirrored.constant, mirrored.weight, mirrored.weight_below, mirrored.hinge) == (-5, 1, 0, -3)
    for weight, below in ((1, 1), (0, 1), (1, 0)):
        assert Line(0, weight, weight_below=below).needs_reference
    assert not Line(80).plus_percent(number(5)).relative
    with pytest.raises(AssertionError, match="this line needs a reference"):
        Line(weight=1).at()
    with pytest.raises(AssertionError, match="a start is a plain reference or a number"):
        Line(80).part_way(bent, number("0.5"))


@pytest.mark.parametrize(
    ("line", "zeros", "others"),
    [
        (Line(weight=1).plus_percent(number(10)), [0], [1, -1]),
        (Line(10, 2).plus_percent(number(10)), [-5], [0, 5]),
        (Line(0).plus_percent(number(10)), [0, 1, None], []),
        (Line(5).plus_percent(number(10)), [], [0, None]),
        (Line(weight=1), [], [0, None]),
    ],
)
def test_a_percentage_is_undefined_where_it_is_taken_of_zero(
    line: Line, zeros: list[int | None], others: list[int | None]
) -> None:
    scale = Scale((Cut(Line(-99), Owner.ABOVE), Cut(line, Owner.ABOVE)), (1, 2, 3))
    for each in (*zeros, *others):
        reference = None if each is None else number(each)
        assert line.undefined_at(reference) is (each in zeros)
        assert scale.undefined_at(reference) is (each in zeros)
    assert scale.relative is bool(zeros or line.relative)


@pytest.mark.parametrize(
    ("owner", "passed"),
    [(Owner.ABOVE, [False, True, True, True, True]), (Owner.BELOW, [False, False, False, False, True])],
)
def test_a_cut_is_passed_within_the_guard_by_the_neighbour_that_owns_it(owner: Owner, passed: list[bool]) -> None:
    cut = Cut(Line(weight=2), owner)
    numbers = ("99.8", "99.9", "100", "100.1", "100.2")
    assert [cut.passed_by(number(each), number("0.1"), number(50)) for each in numbers] == passed
    assert [cut.passed_by(number(each), reference=number(50)) for each in numbers] == [
        *(False, False, owner is Owner.ABOVE),
        *(True, True),
    ]
    mirrored = cut.mirrored()
    assert (mirrored.owner, mirrored.line) == (Owner.BELOW if owner is Owner.ABOVE else Owner.ABOVE, Line(weight=2))


def test_a_number_has_passed_every_cut_below_it() -> None:
    cuts = Cut(Line(1), Owner.ABOVE), Cut(Line(1), Owner.BELOW), Cut(Line(3), Owner.ABOVE)
    scale = Scale(cuts, ("a", "b", "c", "d"))
    assert [scale.place(number(each)) for each in ("0.9", "1", "1.1", "3", "4")] == [0, 1, 2, 3, 3]
    assert [scale.label(number(each)) for each in ("0.9", "1", "1.1", "3", "4")] == [*"abcdd"]
    assert scale.place(number("0.95"), number("0.1")) == 1
    assert [scale.mirrored().label(number(each)) for each in ("-0.9", "-1", "-1.1", "-3")] == [*"abcd"]
    assert not scale.relative
    assert not scale.undefined_at(None)


def test_only_cuts_at_fixed_numbers_have_an_order_before_the_reference_is_known() -> None:
    moving = Cut(Line(9, 1), Owner.ABOVE)
    scale = Scale((Cut(Line(1), Owner.ABOVE), moving, Cut(Line(1), Owner.BELOW)), (1, 2, 3, 4))
    assert scale.cuts[1] is moving
    with pytest.raises(InvalidValueError, match=r"^Scale\.labels: given 1; allowed: 2, one more than there are cuts"):
        Scale((moving,), (1,))
