"""Numbers as they are published: halves rounded up, thousands separated, the unit as people write it."""

from decimal import Decimal

from outcome_bees.exact import rounded
from outcome_bees.units import Unit

__all__ = ["decimals_to_show", "difference", "plain", "quantity"]

_APART = {
    "percent": ("percentage point", "percentage points"),
    "rank": ("place", "places"),
    "grade": ("grade", "grades"),
}


def plain(number: Decimal, decimals: int) -> str:
    """Write the number alone, to so many decimals.

    Example:
        >>> plain(Decimal("1234.25"), 1), plain(Decimal("-0.04"), 1)
        ('1,234.3', '0.0')
    """
    shown = rounded(number, decimals)
    return f"{shown if shown else abs(shown):,f}"


def quantity(number: Decimal, unit: Unit | None, decimals: int) -> str:
    """Write the number with its unit.

    Example:
        >>> quantity(Decimal("56.33"), Unit("percent"), 1), quantity(Decimal("-2"), Unit("GBP"), 0)
        ('56.3%', '-£2')
        >>> quantity(Decimal(0), Unit("milestone"), 0)
        'not done'
    """
    if unit is not None and unit.code == "milestone":
        return "done" if number >= 1 else "not done"
    written = plain(abs(number), decimals)
    phrase = written if unit is None else unit.phrase(written, singular=written == "1")
    return f"-{phrase}" if number < 0 and any(digit in written for digit in "123456789") else phrase


def difference(number: Decimal, unit: Unit | None, decimals: int) -> str:
    """Write how far two numbers are apart: percentages differ by points, never by per cent, and ranks by places.

    Example:
        >>> difference(Decimal("2"), Unit("percent"), 0)
        '2 percentage points'
        >>> difference(Decimal("0.5"), Unit("percent/year"), 1)
        '0.5 percentage points per year'
    """
    if unit is not None and unit.top is not None:
        return quantity(number, None, decimals)  # half a mark, and not half out of five
    top, _, bottom = ("", "", "") if unit is None else unit.code.partition("/")
    if unit is None or top not in _APART:
        return quantity(number, unit, decimals)
    written = plain(number, decimals)
    per = f" per {unit.phrase('').rpartition(' per ')[2]}" if bottom else ""
    return f"{written} {_APART[top][written != '1']}{per}"


def decimals_to_show(number: Decimal, decimals: int) -> int:
    """Return so many decimals, or as many more (six at most) as it takes for what is not zero not to read as zero.

    Example:
        >>> decimals_to_show(Decimal("-0.04"), 1), decimals_to_show(Decimal("0.25"), 1)
        (2, 1)
    """
    enough = (each for each in range(decimals, decimals + 6) if rounded(number, each))
    return next(enough, decimals + 6) if number else decimals
