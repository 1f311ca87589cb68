"""What a spreadsheet shows of a number: per cent, thousands and millions, hours, by the number format of its cell.

Source: ECMA-376, part 1, 18.8.31: sections by sign or condition, literals in quotes or after a backslash, ``%`` for
a hundred times, a comma after the digits for a thousandth, ``[h]`` for hours that pass a day.
"""

import re
from datetime import date, timedelta
from decimal import Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from outcome_bees.layouts.cells import SHOWN_AS_MONTH, as_text
from outcome_bees.layouts.shown_units import HOURS, PERCENT, SCALED, shown_text

__all__ = ["BUILT_IN", "LONGEST_FORMAT", "changes_cell", "text_as_shown"]

LONGEST_FORMAT = 255
"""The longest number format, in characters. Source: Microsoft, Excel specifications and limits."""

BUILT_IN = {9: "0%", 10: "0.00%", 17: "mmm-yy", 46: "[h]:mm:ss"}
"""The formats that a file need not spell out, of those that change what is shown. Source: ECMA-376, part 1, 18.8.30."""

_PIECE = re.compile(
    r'"(?P<literal>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]?|(?P<sign>[;%,£])|(?P<digit>[0#?.])|.',
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9]+(?:\.[0-9]+)?)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_FIFTEEN_DIGITS = Context(prec=15)  # as many as a spreadsheet shows; what follows is noise of its floats
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
    first, *others = sections
    if any(each.condition for each in sections[:2]):
        return next((each for each in sections if _meets(number, each.condition)), first)
    if number < 0 and others:
        return others[0]
    return others[1] if not number and len(others) > 1 else first


def _meets(number: Decimal, condition: tuple[str, Decimal] | None) -> bool:
    if condition is None:
        return True
    sign, other = condition
    return (sign != "<>" and "=" in sign and number == other) or (
        (">" in sign and number > other) or ("<" in sign and number < other)
    )


_MONTH_ALONE = re.compile(r"(?:\[[^\]]*\])*m{3,4}[ \-/.\\,]*(?:yy|yyyy)(?:;@)?", re.IGNORECASE)


def changes_cell(code: str) -> bool:
    """Return whether cells in a format show other numbers than they have, or of a date the month alone.

    Example:
        >>> [changes_cell(each) for each in ("0.0%", '0.0"%"', "£#,##0", "£0.0,,m", "[h]:mm", "mmm-yy", "dd/mm/yyyy")]
        [True, False, False, True, True, True, False]
    """
    return any(each.changes_number for each in _sections(code)) or _MONTH_ALONE.fullmatch(code) is not None


def text_as_shown(given: float | timedelta | date, code: str) -> str | None:
    """Return a number as a cell shows it, with its unit; ``None`` where it is shown as it is kept.

    Of a date whose cell shows its month alone, the text says so. Digits that are not shown are kept: 0.96213 that is
    shown as 96.2% is 96.213 per cent.

    Example:
        >>> text_as_shown(0.962, "0.0%"), text_as_shown(1234567.0, "£0.0,,m"), text_as_shown(5.0, "0.0")
        ('the number 96.2 shown in percent', 'the number 1.234567 shown in GBP_million', None)
        >>> text_as_shown(timedelta(hours=30, minutes=30), "[h]:mm")
        'the number 30.5 shown in hour'
    """
    if isinstance(given, date):
        return f"{as_text(given)}{SHOWN_AS_MONTH}" if _MONTH_ALONE.fullmatch(code) else None
    if isinstance(given, timedelta):
        hours = Decimal(given // timedelta(milliseconds=1)) / 3_600_000
        return shown_text(hours if hours == hours.quantize(_FRACTION) else hours.quantize(_FRACTION), HOURS)
    number = _FIFTEEN_DIGITS.plus(Decimal(repr(given)))
    section = _section(code, number)
    if section.hundreds:
        percent = number.scaleb(2 * section.hundreds - 3 * section.thousands)
        return shown_text(percent, PERCENT)
    if section.thousands and number:
        return shown_text(number, SCALED[min(section.thousands, len(SCALED)) - 1], pounds=section.pounds)
    return None
