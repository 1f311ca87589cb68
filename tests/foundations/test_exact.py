"""Numbers are read exactly or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from outcome_bees.errors import InvalidTypeError, InvalidValueError, OutcomeBeesError
from outcome_bees.exact import exact, rounded


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
