"""Exact numbers in, fifteen significant digits out, the same on every machine.

Nothing here is a float: a float's last digits differ between mathematical libraries, a decimal's do not.
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import TypeVar

from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.exact import exact

__all__ = [
    "ONE",
    "PRECISE",
    "QUICK",
    "SIGNIFICANT",
    "TWO",
    "ZERO",
    "listed",
    "number",
    "numbers",
    "ratio",
    "to_integers",
    "whole_number",
]

SIGNIFICANT = Context(prec=15, rounding=ROUND_HALF_EVEN)
"""The context in which an irrational result is given: 15 digits are what a float of the reader's can hold."""

QUICK = Context(prec=18, rounding=ROUND_HALF_EVEN)
"""The context of the closed formulas, which lose no digits by cancelling: libmpdec is quickest up to 18 digits."""

PRECISE = Context(prec=45, rounding=ROUND_HALF_EVEN)
"""The context of what is summed up in many steps: quantiles, logarithms and powers."""

ZERO, ONE, TWO = Decimal(0), Decimal(1), Decimal(2)
T = TypeVar("T")
_LARGEST = 10**18
_LOSSLESS = Context(prec=300)  # values have 80 digits at most, and lie within 60 places of the point


def number(given: Decimal | int | float | str, what: str) -> Decimal:
    """Return the exact decimal that was given; an error names ``what`` it was given for."""
    if type(given) is int and -_LARGEST < given < _LARGEST:  # most counts: no need to look any closer
        return Decimal(given)
    if type(given) is float and 1e-4 <= abs(given) < 1e16:  # its shortest repr is then plain, of 21 places at most
        return Decimal(repr(given))
    return exact(given, what)


def numbers(given: Iterable[Decimal | int | float | str], what: str) -> list[Decimal]:
    """Return every number of an iterable.

    Raises:
        InvalidTypeError: Text, a single number, or ``None`` among them.
    """
    return [number(each, what) for each in listed(given, what, "several numbers, such as a list")]


def listed(given: Iterable[T], what: str, allowed: str) -> list[T]:
    """Return what an iterable holds; text is none, though it can be gone through letter by letter.

    Raises:
        InvalidTypeError: Text, or anything that is no iterable.
    """
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise InvalidTypeError(what, given, allowed)
    return list(given)


def to_integers(values: Sequence[Decimal]) -> tuple[list[int], int]:
    """Return the values as integers of one common power of ten, and that power.

    Sums and comparisons of integers are exact and quick: a tie with a mean is one, to the last digit.

    Example:
        >>> to_integers([Decimal("84.1"), Decimal(90)])
        ([841, 900], -1)
    """
    total = ZERO
    for each in values:  # a sum that is not rounded has the lowest exponent of its terms
        total = _LOSSLESS.add(total, each)
    exponent = total.as_tuple().exponent
    assert isinstance(exponent, int), "an exact number is finite"
    lowest = min(exponent, 0)
    return [int(_LOSSLESS.scaleb(each, -lowest)) for each in values], lowest


def ratio(top: int, bottom: int, exponent: int = 0) -> Decimal:
    """Return a quotient of integers times a power of ten, rounded once, to 15 significant digits.

    Example:
        >>> ratio(2, 3), ratio(841, 1, -1)
        (Decimal('0.666666666666667'), Decimal('84.1'))
    """
    return SIGNIFICANT.divide(Decimal(top), Decimal(bottom)).scaleb(exponent, SIGNIFICANT)


def whole_number(given: int, what: str, allowed: str, *, least: int, most: int | None = None) -> int:
    """Return an integer within bounds.

    Raises:
        InvalidTypeError: It is no integer.
        InvalidValueError: It is out of bounds.
    """
    if isinstance(given, bool) or not isinstance(given, int):
        raise InvalidTypeError(what, given, allowed)
    if given < least or (most is not None and given > most):
        raise InvalidValueError(what, given, allowed)
    return given
