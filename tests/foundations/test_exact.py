"""Numbers are read exactly or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from outcome_bees.errors import InvalidTypeError, InvalidValueError, OutcomeBeesError
from outcome_bees.exact import CONTEXT, exact, rounded


def test_a_float_is_read_by_its_shortest_repr() -> None:
    assert exact(0.1) == Decimal("0.1")
    assert exact(87.1) - exact(85.0) == Decimal("2.1")


def test_the_digits_stay_as_they_were_written() -> None:
    assert str(exact("79.0")) == "79.0"
    assert str(exact(Decimal("1.00"))) == "1.00"


@pytest.mark.parametrize(
    "given_number", [float("nan"), float("inf"), float("-inf"), Decimal("NaN"), Decimal("-Infinity")]
)
def test_what_is_not_finite_is_refused_at_the_door(given_number: float | Decimal) -> None:
    with pytest.raises(InvalidValueError, match="not NaN or an infinity"):
        exact(given_number)


@pytest.mark.parametrize("given_object", [True, False, None, [], object(), b"1"])
def test_what_is_no_number_is_refused_though_python_would_count_with_it(given_object: object) -> None:
    with pytest.raises(InvalidTypeError):
        exact(given_object)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["1,234", "", " 1", "1_000", "٣", "NaN", "1e999", "0x10", "1/2", "95%", "1" * 41, "9" * 10_000]
)
def test_text_that_is_no_plain_decimal_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        exact(text)


def test_a_thousands_separator_is_refused_with_the_remedy() -> None:
    with pytest.raises(InvalidValueError, match="without separators"):
        exact("1,234")


def test_a_hostile_integer_is_refused_before_it_is_written_out() -> None:
    with pytest.raises(InvalidValueError, match="bits"):
        exact(10**100_000)


@pytest.mark.parametrize(
    ("number", "decimals", "published"),
    [("62.25", 1, "62.3"), ("0.5", 0, "1"), ("-0.5", 0, "-1"), ("2.675", 2, "2.68")],
)
def test_publication_rounds_halves_up_which_python_does_not(number: str, decimals: int, published: str) -> None:
    assert rounded(Decimal(number), decimals) == Decimal(published)


@given(st.decimals(allow_nan=True, allow_infinity=True) | st.floats() | st.integers() | st.text(max_size=40))
def test_every_input_is_read_or_refused_by_an_error_of_ours(given_thing: Decimal | float | str) -> None:
    try:
        number = exact(given_thing)
    except OutcomeBeesError:
        return
    assert number.is_finite()
    assert exact(str(number)) == number


def test_a_number_of_another_library_is_read_as_the_integer_that_it_is() -> None:
    class Seven:
        def __index__(self) -> int:
            return 7

    assert exact(Seven()) == 7  # type: ignore[arg-type]


@pytest.mark.parametrize("zero", ["-0", "-0.0", "-0e5", Decimal("-0"), Decimal("-0.00"), -0.0, Decimal("-0E+3")])
def test_a_zero_has_no_sign(zero: str | Decimal | float) -> None:
    number = exact(zero)
    assert number == 0
    assert not str(number).startswith("-")


def test_a_zero_without_a_sign_keeps_its_digits() -> None:
    assert str(exact("-0.00")) == "0.00"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("1e3", "1000"),
        ("1E+3", "1000"),
        ("-1.5e3", "-1500"),
        ("1e-5", "0.00001"),
        ("12.50e1", "125.0"),
        (1e16, "1" + "0" * 16),
    ],
)
def test_an_exponent_is_written_out(written: str | float, plain: str) -> None:
    assert str(exact(written)) == plain


def test_what_is_no_number_is_told_that_an_exponent_would_be_one() -> None:
    with pytest.raises(InvalidValueError, match=r"allowed: a decimal number, such as 95, 95\.0, -0\.5 or 1e3"):
        exact("ninety")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1" * 30, "1" * 30),
        ("1" * 31, None),
        ("0." + "0" * 29 + "1", "1E-30"),
        ("0." + "0" * 30 + "1", None),
        ("1e29", "1" + "0" * 29),
        ("1e30", "1E+30"),  # thirty digits after it, of which none was written
        ("1e31", None),
        ("12e28", "12" + "0" * 28),
        ("12e29", "1.2E+30"),
        ("9" * 30 + "e30", "9." + "9" * 29 + "E+59"),
        ("1e1", "10"),
        ("1e-30", "1E-30"),
        ("1e-31", None),
        ("1e60", None),
        ("1e61", None),
        ("0e5", "0"),
        ("-7", "-7"),
        ("+7.50", "7.50"),
        ("7.", "7"),
        (".5", "0.5"),
    ],
)
def test_a_number_has_at_most_thirty_digits_and_ends_no_further_from_the_point(written: str, read: str | None) -> None:
    if read is None:
        with pytest.raises(InvalidValueError, match="allowed: a number of at most 30 digits"):
            exact(written)
    else:
        assert str(exact(written)) == read
        assert str(exact(Decimal(written))) == read


def test_an_integer_of_128_bits_is_taken_apart_and_of_more_not() -> None:
    with pytest.raises(InvalidValueError, match="allowed: a number of at most 30 digits"):
        exact(2**128 - 1)
    with pytest.raises(InvalidValueError, match="an integer of 129 bits"):
        exact(2**128)
    with pytest.raises(InvalidValueError, match="an integer of 1,000 bits"):
        exact(-(2**1000) + 1)
    assert exact(10**30 - 1) == 10**30 - 1


def test_an_error_says_what_the_number_was_for_and_what_would_help() -> None:
    with pytest.raises(InvalidValueError, match=r"^price: given '1,5'; .* \(write it without separators\)$"):
        exact("1,5", "price")
    with pytest.raises(InvalidValueError) as caught:
        exact("one", "price")
    assert "separators" not in str(caught.value)
    for each in (True, None, b"1"):
        with pytest.raises(InvalidTypeError, match=r"^price: "):
            exact(each, "price")  # type: ignore[arg-type]


def test_a_number_is_rounded_to_so_many_decimals_and_written_with_them() -> None:
    assert [str(rounded(Decimal("62.25"), digits)) for digits in (0, 1, 2, 3)] == ["62", "62.3", "62.25", "62.250"]
    assert str(rounded(Decimal(5), 2)) == "5.00"


def test_a_third_is_cut_eighty_digits_down_and_halves_go_to_the_even_digit() -> None:
    assert CONTEXT.divide(exact(1), exact(3)) == Decimal("0." + "3" * 80)
    assert CONTEXT.divide(exact(2), exact(3)) == Decimal("0." + "6" * 79 + "7")
    assert Decimal("2.5").quantize(Decimal(1), context=CONTEXT) == 2
