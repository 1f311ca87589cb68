"""Wrong values cannot be written, and a refusal says which field, what was given and what is allowed."""

from datetime import date, datetime
from decimal import Decimal

import attrs
import pytest

from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Complete,
    Direction,
    Hold,
    Improve,
    Linear,
    Link,
    Margin,
    Measure,
    MeasureKind,
    Observation,
    OutcomeBee,
    Period,
    Profile,
    Rank,
    Reach,
    StayBetween,
    Target,
    Unit,
)
from outcome_bees.errors import (
    InvalidTypeError,
    InvalidValueError,
    OutcomeBeesError,
    UnknownNameError,
    UnknownUnitError,
)

CY2024 = Period.year(2024, "calendar")
FIGURE = {"measure": "m", "period": CY2024, "area": "E10000015"}


def target(**fields: object) -> Target:
    return Target(**{"id": "t", "measure": "m", "aim": Reach(95), "due": CY2024, **fields})  # type: ignore[arg-type]


def test_five_points_below_95_is_90_and_five_per_cent_below_is_another_thing() -> None:
    assert Margin(amount=5) != Margin(percent=5)


@pytest.mark.parametrize("fields", [{}, {"amount": 1, "percent": 1}, {"amount": 0}, {"percent": -1}, {"amount": True}])
def test_a_margin_is_exactly_one_distance_above_zero(fields: dict[str, int]) -> None:
    with pytest.raises(InvalidValueError, match="Margin"):
        Margin(**fields)


def test_a_refusal_names_the_class_and_the_field() -> None:
    with pytest.raises(InvalidValueError, match=r"Reach\.value: given nan; allowed"):
        Reach(float("nan"))
    with pytest.raises(UnknownUnitError, match=r"Measure\.unit: .*precent"):
        Measure(id="m", title="M", unit="precent")


def test_a_percentage_of_a_zero_target_is_refused_when_it_is_built() -> None:
    with pytest.raises(InvalidValueError, match="percentage of zero"):
        target(aim=Reach(0), tolerance=Margin(percent=10))
    with pytest.raises(InvalidValueError, match="percentage of zero"):
        target(aim=StayBetween(0, 5), tolerance=Margin(percent=10))
    with pytest.raises(InvalidValueError, match="percentage of zero"):
        target(aim=Improve(Margin(percent=10)), baseline=Baseline(Period.year(2023, "calendar"), 0))
    assert target(aim=Reach(0), tolerance=Margin(amount=1)).tolerance == Margin(amount=1)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"baseline": Baseline(CY2024)},
        {"baseline": Baseline(Period.year(2023, "calendar")), "due": None},
        {"baseline": Baseline(Period.year(2023, "calendar")), "aim": StayBetween(1, 2)},
        {"baseline": Baseline(Period.year(2023, "calendar")), "aim": Beat("england")},
    ],
)
def test_a_straight_line_needs_two_ends_in_order_and_a_number_between(fields: dict[str, object]) -> None:
    with pytest.raises(InvalidValueError, match="Target"):
        target(trajectory=Linear(), **fields)


def test_a_profile_ends_on_the_goal() -> None:
    with pytest.raises(InvalidValueError, match="95 at the due period"):
        target(trajectory=Profile({CY2024: 90}))
    with pytest.raises(InvalidValueError, match="Reach only"):
        target(aim=Hold(), trajectory=Profile({CY2024: 90}))


def test_a_milestone_has_no_tolerance() -> None:
    with pytest.raises(InvalidValueError, match="done or it is not"):
        target(aim=Complete(), tolerance=Margin(amount=1))


@pytest.mark.parametrize(
    "make", [lambda: Rank(4, 4), lambda: Rank(0, 4), lambda: Rank(True, 4), lambda: StayBetween(2, 1)]
)
def test_aims_that_mean_nothing_cannot_be_written(make: object) -> None:
    with pytest.raises(InvalidValueError):
        make()  # type: ignore[operator]


def test_direction_has_no_default() -> None:
    assert Measure(id="m", title="M", unit="percent").direction is None


def test_the_text_of_a_closed_list_is_read_and_no_other() -> None:
    assert Measure(id="m", title="M", unit="percent", direction="increase").direction is Direction.INCREASE
    with pytest.raises(InvalidValueError, match="'increase', 'decrease', 'maintain'"):
        Measure(id="m", title="M", unit="percent", direction="up")


def test_a_measure_without_a_unit_says_what_sort_it_is() -> None:
    with pytest.raises(InvalidValueError, match="kind"):
        Measure(id="m", title="M")
    assert Measure(id="m", title="Staff survey data", kind="narrative").kind is MeasureKind.NARRATIVE


@pytest.mark.parametrize("id", ["", "Be Safe", "-a", "a--b", "a" * 101, "é", "a\n"])
def test_an_id_is_a_slug(id: str) -> None:
    with pytest.raises(InvalidValueError, match=r"Measure\.id"):
        Measure(id=id, title="M", unit="count")


@pytest.mark.parametrize("title", ["", "  ", "\u00a0", "a\x00b", "\ud800", 5, None])
def test_a_title_says_something_and_can_be_written_down(title: object) -> None:
    with pytest.raises(InvalidValueError, match=r"Measure\.title"):
        Measure(id="m", title=title, unit="count")  # type: ignore[arg-type]


def test_text_is_no_list_though_python_can_walk_through_its_letters() -> None:
    with pytest.raises(InvalidTypeError, match="list"):
        Comparator(id="e", title="E", areas="E92000001")
    with pytest.raises(InvalidTypeError, match="list"):
        target(agreed_with="partners")


def test_a_figure_is_a_value_or_an_absence_and_zero_is_a_value() -> None:
    assert Observation(**FIGURE, value=0).value == 0  # type: ignore[arg-type]
    assert Observation(**FIGURE, absence="low").value is None  # type: ignore[arg-type]
    for wrong in ({}, {"value": 1, "absence": "suppressed"}):
        with pytest.raises(InvalidValueError, match="exactly one of value and absence"):
            Observation(**FIGURE, **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": float("nan")},
        {"value": True},
        {"value": "1,234"},
        {"value": 1, "denominator": 0},
        {"value": 1, "lower": 2, "upper": 1},
        {"value": 1, "recorded": datetime(2025, 1, 1)},
        {"value": 1, "area": "no place"},
    ],
)
def test_a_figure_that_could_mislead_is_refused_at_the_door(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidValueError):
        Observation(**{**FIGURE, **wrong})  # type: ignore[arg-type]


def test_a_date_stands_for_its_day_and_a_code_for_its_period() -> None:
    assert target(due=date(2025, 3, 31)).due == Period.day(date(2025, 3, 31)) == target(due="2025-03-31").due
    with pytest.raises(OutcomeBeesError):
        target(due=datetime(2025, 3, 31))
    with pytest.raises(OutcomeBeesError):
        target(due="2024/25")


@pytest.mark.parametrize(
    "spelling",
    [
        "Be Ambitious",
        "Bee  ambitious",
        "be-ambitious",
        "BE\u00a0AMBITIOUS",
        "ambitious",
        "BeAmbitious",
        "be–ambitious",
        "Ambitious bee",
    ],
)
def test_a_bee_is_found_under_any_spelling_a_person_would_type(spelling: str) -> None:
    assert OutcomeBee.from_name(spelling).id == "be-ambitious"


def test_an_unknown_bee_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="Be Safe"):
        OutcomeBee.from_name("Be Kind")


def test_several_areas_have_no_published_value() -> None:
    with pytest.raises(InvalidValueError, match="pooled"):
        Comparator(id="n", title="Neighbours", areas=["E1", "E2"])


@pytest.mark.parametrize(
    "value",
    [
        Margin(amount=1),
        target(breakdown={"sex": "girls"}, trajectory=Profile({CY2024: 95})),
        Measure(id="m", title="M", unit="per_10000", links=[Link("a", "b", "C")]),
        Observation(measure="m", period="CY2024", area="E1", value=1, breakdown={"a": "b"}),
        Unit("percent"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_values_are_frozen_hashable_and_copied_whole(value: attrs.AttrsInstance) -> None:
    import copy
    import pickle

    assert hash(value) == hash(copy.deepcopy(value))
    assert pickle.loads(pickle.dumps(value)) == value
    name = attrs.fields(type(value))[0].name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(value, name, None)


def test_numbers_equal_but_written_differently_keep_their_digits() -> None:
    one, other = Reach("1.0"), Reach("1.00")
    assert one == other
    assert (str(one.value), str(other.value)) == ("1.0", "1.00")
    assert isinstance(one.value, Decimal)
