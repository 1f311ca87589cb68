"""Quantiles of the normal, chi-square, Poisson and t distributions, in decimals of the standard library.

Two series do it all: the incomplete gamma function (normal, chi-square, Poisson) and the incomplete beta
function (t). Each is inverted by Newton's method on a function that is concave, so that it cannot run away.

Source: NIST Digital Library of Mathematical Functions, 5.11.1 (Stirling's series), 8.7.1 (incomplete gamma),
8.17.8 (incomplete beta).
"""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from outcome_bees.chance.arithmetic import ONE, PRECISE, QUICK, TWO, ZERO
from outcome_bees.errors import InvalidValueError
from outcome_bees.exact import exact

__all__ = ["Confidence", "confidence", "poisson_limits", "student_quantile"]

_PI = Decimal("3.14159265358979323846264338327950288419716939937511")
_HALF = Decimal("0.5")
_TINY = Decimal("1e-32")
# Bernoulli's numbers B2, B4 … as numerator and denominator.
_BERNOULLI = (
    (1, 6),
    (-1, 30),
    (1, 42),
    (-1, 30),
    (5, 66),
    (-691, 2730),
    (7, 6),
    (-3617, 510),
    (43867, 798),
    (-174611, 330),
    (854513, 138),
    (-236364091, 2730),
    (8553103, 6),
    (-23749461029, 870),
)
_SHIFT = 40  # where 14 terms of Stirling's series are good for 40 digits
_STEPS = 200  # Newton's method needs about ten; more would be an error of ours
_LOWEST, _HIGHEST = Decimal(90), Decimal("99.9")
_LEVELS = "a level from 90 to 99.9 per cent"


class Confidence(NamedTuple):
    """A level of confidence, with the numbers that the closed formulas need of it.

    Attributes:
        level: The level in per cent, without trailing zeros.
        z: The standard normal quantile: so many standard deviations each way hold the level.
        square: Its square; half_square: half of that; quarter_fourth: a quarter of its fourth power; all to 18 digits.
        third: A third of it, to 18 digits.
        tail: The probability left out at each end.
    """

    level: Decimal
    z: Decimal
    square: Decimal
    half_square: Decimal
    quarter_fourth: Decimal
    third: Decimal
    tail: Decimal


def confidence(level: Decimal | int | float | str) -> Confidence:
    """Return what is known of a level of confidence.

    Raises:
        InvalidValueError: It is not from 90 to 99.9 per cent.

    Example:
        >>> confidence(95).z.quantize(Decimal("1e-15"))
        Decimal('1.959963984540054')
    """
    if type(level) is int or type(level) is float:
        return _plain(level)
    return _checked(level)


@lru_cache(maxsize=64)
def _plain(level: int | float) -> Confidence:
    """Return what is known of a level that nearly every call gives: found without reading it as a number again."""
    return _checked(level)


def _checked(level: Decimal | int | float | str) -> Confidence:
    given = exact(level, "level")
    if not _LOWEST <= given <= _HIGHEST:
        hint = f"write {PRECISE.multiply(given, Decimal(100)).normalize():f}" if 0 < given < 1 else None
        raise InvalidValueError("level", level, _LEVELS, hint)
    return _confidence(given)


@lru_cache(maxsize=64)
def _confidence(level: Decimal) -> Confidence:
    inside = PRECISE.divide(level, Decimal(100))
    # The square of a standard normal number has a chi-square distribution with one degree of freedom.
    half_square = _gamma_quantile(inside, _HALF)
    square = PRECISE.multiply(TWO, half_square)
    z = PRECISE.sqrt(square)
    canonical = level.normalize(PRECISE)
    if canonical == canonical.to_integral_value():
        canonical = Decimal(int(canonical))
    tail = PRECISE.divide(PRECISE.subtract(ONE, inside), TWO)
    return Confidence(
        canonical,
        z,
        square=QUICK.plus(square),
        half_square=QUICK.plus(half_square),
        quarter_fourth=QUICK.multiply(half_square, half_square),
        third=QUICK.divide(z, Decimal(3)),
        tail=tail,
    )


@lru_cache(maxsize=4096)
def poisson_limits(count: Decimal, tail: Decimal) -> tuple[Decimal, Decimal]:
    """Return the exact limits of a Poisson mean: half the chi-square quantiles with 2x and 2x + 2 degrees of freedom.

    Args:
        count: The count observed, not below zero; it need not be whole.
        tail: The probability left out at each end.
    """
    lower = _gamma_quantile(tail, count) if count else ZERO
    return lower, _gamma_quantile(PRECISE.subtract(ONE, tail), PRECISE.add(count, ONE))


@lru_cache(maxsize=4096)
def student_quantile(freedom: int, tail: Decimal) -> Decimal:
    """Return the quantile of Student's t distribution that leaves the tail out at each end.

    Args:
        freedom: The degrees of freedom, from 1.
        tail: The probability left out at each end.
    """
    a, b = _HALF, PRECISE.divide(Decimal(freedom), TWO)
    nu = Decimal(freedom)
    inside = PRECISE.subtract(ONE, PRECISE.multiply(TWO, tail))
    log_beta = _log_beta(a, b)
    # density(t) = (nu / (nu + t²)) ^ ((nu + 1) / 2) / (sqrt(nu) B(1/2, nu/2)), on both sides of zero twice that
    log_scale = PRECISE.add(log_beta, PRECISE.divide(PRECISE.ln(nu), TWO))
    power = PRECISE.divide(PRECISE.add(nu, ONE), TWO)
    # The share between -t and t is concave in t, and the normal quantile is below the root: t only grows.
    t = PRECISE.sqrt(PRECISE.multiply(TWO, _gamma_quantile(inside, _HALF)))
    for _ in range(_STEPS):
        square = PRECISE.multiply(t, t)
        whole = PRECISE.add(nu, square)
        rest = PRECISE.divide(nu, whole)
        if rest >= _HALF:
            share = _beta_share(PRECISE.divide(square, whole), a, b, log_beta)
        else:
            share = PRECISE.subtract(ONE, _beta_share(rest, b, a, log_beta))
        density = PRECISE.exp(PRECISE.subtract(PRECISE.multiply(power, PRECISE.ln(rest)), log_scale))
        step = PRECISE.divide(PRECISE.subtract(inside, share), PRECISE.multiply(TWO, density))
        t = PRECISE.add(t, step)
        if step.copy_abs() <= PRECISE.multiply(t, _TINY):
            break
    return t


def _gamma_quantile(share: Decimal, shape: Decimal) -> Decimal:
    """Return below which number so large a share of a gamma distribution (of scale 1) lies.

    The logarithm of the share is a concave function of the number's logarithm. So from wherever it starts, Newton's
    method comes below the root at once, and from there it only climbs.
    """
    log_share, log_gamma = PRECISE.ln(share), _log_gamma(PRECISE.add(shape, ONE))
    # Near zero the share is x^shape / Γ(shape + 1): a start below the root.
    log_x = PRECISE.divide(PRECISE.add(log_share, log_gamma), shape)
    if log_x < -200:  # and there is nothing to add to it
        return PRECISE.exp(log_x)
    for _ in range(_STEPS):
        x = PRECISE.exp(log_x)
        total, term, k = ONE, ONE, shape
        while term > PRECISE.multiply(total, _TINY):
            k = PRECISE.add(k, ONE)
            term = PRECISE.divide(PRECISE.multiply(term, x), k)
            total = PRECISE.add(total, term)
        log_total = PRECISE.ln(total)
        excess = PRECISE.subtract(PRECISE.multiply(shape, log_x), PRECISE.add(x, PRECISE.add(log_gamma, log_share)))
        excess = PRECISE.add(excess, log_total)
        # d ln P / d ln x = x · density / P = shape / total
        step = PRECISE.divide(PRECISE.multiply(excess, total), shape)
        log_x = PRECISE.subtract(log_x, step)
        if step.copy_abs() <= _TINY:
            break
    return PRECISE.exp(log_x)


def _beta_share(x: Decimal, a: Decimal, b: Decimal, log_beta: Decimal) -> Decimal:
    """Return the regularised incomplete beta function, for ``x`` up to a half."""
    if not x:
        return ZERO
    log_front = PRECISE.add(
        PRECISE.multiply(a, PRECISE.ln(x)), PRECISE.multiply(b, PRECISE.ln(PRECISE.subtract(ONE, x)))
    )
    front = PRECISE.divide(PRECISE.exp(PRECISE.subtract(log_front, log_beta)), a)
    total, term, top, bottom = ONE, ONE, PRECISE.add(a, b), PRECISE.add(a, ONE)
    while term > PRECISE.multiply(total, _TINY):
        term = PRECISE.divide(PRECISE.multiply(PRECISE.multiply(term, x), top), bottom)
        total = PRECISE.add(total, term)
        top, bottom = PRECISE.add(top, ONE), PRECISE.add(bottom, ONE)
    return PRECISE.multiply(front, total)


def _log_beta(a: Decimal, b: Decimal) -> Decimal:
    return PRECISE.subtract(PRECISE.add(_log_gamma(a), _log_gamma(b)), _log_gamma(PRECISE.add(a, b)))


@lru_cache(maxsize=256)
def _log_gamma(a: Decimal) -> Decimal:
    """Return the logarithm of the gamma function, by Stirling's series far enough out."""
    product, x = ONE, a
    while x < _SHIFT:
        product = PRECISE.multiply(product, x)
        x = PRECISE.add(x, ONE)
    square = PRECISE.multiply(x, x)
    total = PRECISE.subtract(PRECISE.multiply(PRECISE.subtract(x, _HALF), PRECISE.ln(x)), x)
    total = PRECISE.add(total, PRECISE.divide(PRECISE.ln(PRECISE.multiply(TWO, _PI)), TWO))
    power = x
    for index, (top, bottom) in enumerate(_BERNOULLI, start=1):
        term = PRECISE.divide(Decimal(top), PRECISE.multiply(Decimal(bottom * 2 * index * (2 * index - 1)), power))
        total = PRECISE.add(total, term)
        power = PRECISE.multiply(power, square)
    return PRECISE.subtract(total, PRECISE.ln(product))
