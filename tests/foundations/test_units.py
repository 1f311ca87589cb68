"""Units convert exactly, and what cannot be compared is never compared."""

from decimal import Decimal
from fractions import Fraction

import pytest

from outcome_bees.errors import InvalidTypeError, UnitMismatchError, UnknownUnitError
from outcome_bees.units import Unit
from outcome_bees.vocabulary import MeasureKind


def test_29_per_20_000_is_exactly_14_5_per_10_000() -> None:
    assert Unit("per_20000").convert(Decimal(29), Unit("per_10000")) == Decimal("14.5")


def test_0_57_of_1_is_exactly_57_per_cent() -> None:
    assert Unit("fraction").convert(Decimal("0.57"), Unit("percent")) == 57


def test_a_third_is_carried_far_below_any_published_digit() -> None:
    week = Unit("day").convert(Decimal(1), Unit("week"))
    assert abs(Fraction(week) - Fraction(1, 7)) < Fraction(1, 10**70)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("count", "percent"),
        ("percent", "percentage_point"),
        ("day", "month"),
        ("child", "place"),
        ("GBP", "count"),
        ("day/person", "day"),
    ],
)
def test_units_that_measure_different_things_cannot_be_compared(one: str, other: str) -> None:
    assert not Unit(one).convertible(Unit(other))
    with pytest.raises(UnitMismatchError, match=f"{one}.*{other}"):
        Unit(one).convert(Decimal(1), Unit(other))


def test_a_number_in_its_own_unit_keeps_its_digits() -> None:
    assert str(Unit("percent").convert(Decimal("79.00"), Unit("percent"))) == "79.00"


@pytest.mark.parametrize(
    "text",
    [
        "10**10**10",
        "9**9**9",
        "",
        "a" * 10_000,
        "per_0",
        "per_",
        "day/day/day",
        "percent\x00",
    ],
)
def test_text_outside_the_closed_list_never_reaches_a_parser(text: str) -> None:
    with pytest.raises(UnknownUnitError, match="allowed"):
        Unit(text)


def test_a_mistyped_unit_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(UnknownUnitError, match="did you mean percent"):
        Unit("precent")


def test_a_unit_is_text_and_nothing_else() -> None:
    with pytest.raises(InvalidTypeError):
        Unit(None)  # type: ignore[arg-type]


def test_common_signs_are_read_where_text_is_parsed() -> None:
    assert Unit.parse("%") == Unit("percent")
    assert Unit.parse("£") == Unit("GBP")
    assert str(Unit.parse("per_10000")) == "per_10000"


@pytest.mark.parametrize(
    ("code", "kind", "decimals"),
    [
        ("percent", MeasureKind.PERCENTAGE, 1),
        ("per_10000", MeasureKind.RATE, 1),
        ("child", MeasureKind.COUNT, 0),
        ("GBP/child", MeasureKind.RATE, 0),
        ("milestone", MeasureKind.MILESTONE, 0),
        *((code, MeasureKind.COUNT, 0) for code in ("count", "child", "person", "place", "school")),
        ("fte", MeasureKind.COUNT, 1),
        ("second", MeasureKind.DURATION, 0),
        ("minute", MeasureKind.DURATION, 0),
        *((code, MeasureKind.DURATION, 1) for code in ("hour", "day", "working_day", "week", "month", "year")),
        ("GBP", MeasureKind.AMOUNT, 0),
        ("GBP_thousand", MeasureKind.AMOUNT, 0),
        ("GBP_million", MeasureKind.AMOUNT, 1),
        ("fraction", MeasureKind.PERCENTAGE, 3),
        ("percentage_point", MeasureKind.PERCENTAGE, 1),
        ("score", MeasureKind.SCORE, 1),
        ("rank", MeasureKind.RANK, 0),
        ("grade", MeasureKind.RATING, 0),
    ],
)
def test_a_unit_says_what_sort_of_figure_it_is_and_how_finely_it_is_published(
    code: str, kind: MeasureKind, decimals: int
) -> None:
    assert (Unit(code).kind, Unit(code).decimals) == (kind, decimals)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("percent", "5%"),
        ("per_10000", "5 per 10,000"),
        ("GBP_million", "£5 million"),
        ("day/person", "5 days per person"),
        ("count", "5"),
    ],
)
def test_a_unit_is_said_as_people_say_it(code: str, said: str) -> None:
    assert Unit(code).phrase("5") == said


def test_a_unit_is_given_by_its_code_alone_and_written_as_that() -> None:
    assert repr(Unit("score out of 5")) == "Unit(code='score out of 5')"
    with pytest.raises(TypeError):
        Unit("percent", MeasureKind.COUNT)  # type: ignore[call-arg]
