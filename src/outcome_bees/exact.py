"""Exact numbers: what is read as one, what is refused, and how a published digit is rounded.

A float is read by its shortest repr, so ``0.1`` is one tenth; ``True``, NaN, infinities and text with
separators are refused. Arithmetic that judges runs in ``CONTEXT``, whatever the caller's own is.
"""

import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, InvalidOperation
from operator import index
from typing import SupportsIndex

from outcome_bees.errors import InvalidTypeError, InvalidValueError

__all__ = ["CONTEXT", "MAX_DIGITS", "exact", "rounded"]

MAX_DIGITS = 30
"""The longest number read, in significant digits, and the furthest its last digit may be from the point.

Our choice: a pound figure for the world, to the hundredth of a penny, needs 20.
"""

CONTEXT = Context(prec=80, rounding=ROUND_HALF_EVEN)
"""Wide enough that a product of two numbers read here is exact. Thirds are cut 80 digits down."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)
_ALLOWED = "a decimal number, such as 95, 95.0, -0.5 or 1e3"


def exact(given: Decimal | int | float | str, what: str = "number") -> Decimal:
    """Return the exact decimal that was given, keeping the digits as they were written.

    A zero has no sign, and what has an exponent is written out where it has room: 1e3 is 1000.

    Args:
        given: A ``Decimal``, an ``int``, a ``float`` (read by its shortest repr) or plain text.
        what: What the number is for; errors begin with it.

    Raises:
        InvalidTypeError: ``bool``, ``None`` and everything else that is no number.
        InvalidValueError: NaN, infinities, thousands separators, more than ``MAX_DIGITS`` digits.

    Example:
        >>> exact(0.1), exact("79.0")
        (Decimal('0.1'), Decimal('79.0'))
    """
    if isinstance(given, str):
        if not _NUMBER.fullmatch(given):
            hint = "write it without separators" if "," in given else None
            raise InvalidValueError(what, given, _ALLOWED, hint)
        number = Decimal(given)
    elif isinstance(given, Decimal):
        number = given
    elif isinstance(given, float):  # numpy.float64 too: it is a float whose shortest repr is float's own
        number = Decimal(float.__repr__(given))
    elif isinstance(given, bool):
        raise InvalidTypeError(what, given, _ALLOWED)
    else:
        number = _whole(given, what)
    if not number.is_finite():
        raise InvalidValueError(what, given, f"{_ALLOWED}; not NaN or an infinity")
    first = number.adjusted()
    if abs(first) > 2 * MAX_DIGITS:  # a test that does not take a million digits apart
        raise InvalidValueError(what, given, f"a number of at most {MAX_DIGITS} digits")
    digits = len(number.as_tuple().digits)
    exponent = first - digits + 1
    if digits > MAX_DIGITS or abs(exponent) > MAX_DIGITS:
        raise InvalidValueError(what, given, f"a number of at most {MAX_DIGITS} digits")
    if 0 < exponent <= MAX_DIGITS - digits:  # 1e3, as programs write large numbers, is 1000
        number = number.quantize(Decimal(1), context=CONTEXT)
    return number.copy_abs() if number.is_zero() else number  # -0 is 0


def _whole(given: SupportsIndex, what: str) -> Decimal:
    """Read an integer of any library; a huge one is refused by its bits, since to write it out is quadratic."""
    try:
        integer = index(given)
    except TypeError:
        raise InvalidTypeError(what, given, _ALLOWED) from None
    if integer.bit_length() > 128:
        raise InvalidValueError(what, f"an integer of {integer.bit_length():,} bits", _ALLOWED)
    return Decimal(integer)


def rounded(number: Decimal, decimals: int) -> Decimal:
    """Round a number as it is published: to so many decimals, halves away from zero.

    Source: official statistics round half up (62.25 is published as 62.3); Python's ``round`` does not.

    Example:
        >>> rounded(Decimal("62.25"), 1)
        Decimal('62.3')
    """
    try:
        return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, CONTEXT)
    except InvalidOperation as error:  # pragma: no cover - numbers read by exact() always fit
        raise InvalidValueError("number", number, f"a number of at most {MAX_DIGITS} digits") from error
