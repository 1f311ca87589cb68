"""What a spreadsheet shows of a number: per cent, thousands and millions, hours, by the number format of its cell.

Source: ECMA-376, part 1, 18.8.31: sections by sign or condition, literals in quotes or after a backslash, ``%`` for
a hundred times, a comma after the digits for a thousandth, ``[h]`` for hours that pass a day.
"""

import re
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from outcome_bees.layouts.shown_units import HOURS, PERCENT, SCALED, shown_text

__all__ = ["BUILT_IN", "LONGEST_FORMAT", "changes_number", "text_as_shown"]

LONGEST_FORMAT = 255
"""The longest number format, in characters. Source: Microsoft, Excel specifications and limits."""

BUILT_IN = {9: "0%", 10: "0.00%", 46: "[h]:mm:ss"}
"""The formats that a file need not spell out, of those that change a number. Source: ECMA-376, part 1, 18.8.30."""

_PIECE = re.compile(
    r'"(?P<literal>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]?|(?P<sign>[;%,£])|(?P<digit>[0#?.])|.',
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9]+(?:\.[0-9]+)?)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_FRACTION = Decimal("0.000001")  # of an hour: a third of one has no end


class _Section(NamedTuple):
    """One section of a format.

    Attributes:
        hundreds: How many times a hundred the number is multiplied by.
        thousands: How many times it is divided by a thousand.
        pounds: Whether there is a pound sign.
        elapsed: Whether it shows the time that has passed.
        condition: What the number must be, where the format says that: a comparison, and with what.
    """

    hundreds: int
    thousands: int
    pounds: bool
    elapsed: bool
    condition: tuple[str, Decimal] | None

    @property
    def changes_number(self) -> bool:
        return bool(self.hundreds or self.thousands or self.elapsed)


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[_Section] = []
    hundreds = commas = digits = 0
    pounds = elapsed = False
    condition: tuple[str, Decimal] | None = None
    for piece in (*_PIECE.finditer(code[:LONGEST_FORMAT]), None):
        if piece is None or piece["sign"] == ";":
            sections.append(_Section(hundreds, commas if digits else 0, pounds, elapsed, condition))
            hundreds = commas = digits = 0
            pounds, elapsed, condition = False, False, None
        elif piece["sign"] == "%":
            hundreds += 1
        elif piece["sign"] == ",":
            commas += 1
        elif piece["digit"]:
            digits, commas = digits + 1, 0  # a comma between digits groups them
        elif piece["bracket"] is not None:
            bracket = piece["bracket"]
            pounds = pounds or bracket.startswith("$£")
            elapsed = elapsed or bool(_ELAPSED.fullmatch(bracket))
            if found := _CONDITION.fullmatch(bracket):
                condition = found[1], Decimal(found[2])
        else:
            pounds = pounds or "£" in (piece["sign"] or piece["literal"] or piece["escaped"] or "")
    return tuple(sections)


def _section(code: str, number: Decimal) -> _Section:
    """Return the section of a format by which a number is shown."""
    sections = _sections(code)
    if any(each.condition for each in sections[:2]):
        return next((each for each in sections if _meets(number, each.condition)), sections[0])
    if number < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if not number and len(sections) > 2 else sections[0]


def _meets(number: Decimal, condition: tuple[str, Decimal] | None) -> bool:
    if condition is None:
        return True
    sign, other = condition
    return (sign != "<>" and "=" in sign and number == other) or (
        (">" in sign and number > other) or ("<" in sign and number < other)
    )


def changes_number(code: str) -> bool:
    """Return whether numbers in a format are shown as other numbers than they are.

    Example:
        >>> [changes_number(each) for each in ("0.0%", '0.0"%"', "£#,##0", "£0.0,,m", "[h]:mm")]
        [True, False, False, True, True]
    """
    return any(each.changes_number for each in _sections(code))


def text_as_shown(given: float | timedelta, code: str) -> str | None:
    """Return a number as a cell shows it, with its unit; ``None`` where it is shown as it is kept.

    No digit is lost: 0.96213 that is shown as 96.2% is 96.213 per cent.

    Example:
        >>> text_as_shown(0.962, "0.0%"), text_as_shown(1234567.0, "£0.0,,m"), text_as_shown(5.0, "0.0")
        ('the number 96.2 shown in percent', 'the number 1.234567 shown in GBP_million', None)
        >>> text_as_shown(timedelta(hours=30, minutes=30), "[h]:mm")
        'the number 30.5 shown in hour'
    """
    if isinstance(given, timedelta):
        hours = Decimal(given // timedelta(milliseconds=1)) / 3_600_000
        return shown_text(hours if hours == hours.quantize(_FRACTION) else hours.quantize(_FRACTION), HOURS)
    number = Decimal(repr(given))
    section = _section(code, number)
    if section.hundreds:
        percent = number.scaleb(2 * section.hundreds - 3 * section.thousands)
        return shown_text(percent, PERCENT)
    if section.thousands and number:
        return shown_text(number, SCALED[min(section.thousands, len(SCALED)) - 1], pounds=section.pounds)
    return None
