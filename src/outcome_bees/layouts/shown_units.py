"""Numbers that a spreadsheet shows in a unit of their cell's own: 96.2%, £1.2m, 30:30 hours.

Such a cell is read as it is shown, in that unit, which becomes the unit of the figure: it is converted to the unit of
the measure, or refused where the two measure different things. As text it names its unit, so that no column
takes it for a bare number.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from outcome_bees.errors import InvalidValueError
from outcome_bees.layouts.header import REFUSED, Reading, SourceColumn
from outcome_bees.model.constraints import NUMBERS
from outcome_bees.units import Unit

__all__ = ["HOURS", "PERCENT", "SCALED", "number_and_unit", "shown_text", "with_shown_units"]

PERCENT, HOURS = "percent", "hour"
SCALED = ("thousands", "millions", "billions")
"""What a number is shown in where its format leaves off three digits, six or nine."""

_OF_POUNDS = {"thousands": ("GBP_thousand", -3), "millions": ("GBP_million", -6), "billions": ("GBP_million", -6)}
_SHOWN = re.compile(r"the number (-?[0-9]{1,400}(?:\.[0-9]{1,400})?) shown in ([A-Za-z_]{1,20})")


def shown_text(number: Decimal, unit: str, *, pounds: bool = False) -> str:
    """Return the text of a cell that shows a number in a unit.

    Args:
        number: The number, as it is shown; of thousands and more, as it is kept.
        unit: A unit, or one of ``SCALED``.
        pounds: Whether it is shown with a pound sign.

    Example:
        >>> shown_text(Decimal("96.20"), "percent"), shown_text(Decimal(5500), "thousands", pounds=True)
        ('the number 96.2 shown in percent', 'the number 5.5 shown in GBP_thousand')
    """
    if pounds:
        unit, digits = _OF_POUNDS[unit]
        number = number.scaleb(digits)
    digits_of = f"{number:f}"
    plain = digits_of.rstrip("0").rstrip(".") if "." in digits_of else digits_of
    return f"the number {plain} shown in {unit}"


def number_and_unit(text: str) -> tuple[Decimal, str] | None:
    """Return the number and the unit of a cell that shows both; ``None`` of every other text.

    Example:
        >>> number_and_unit("the number 96.2 shown in percent"), number_and_unit("96.2")
        ((Decimal('96.2'), 'percent'), None)
    """
    found = _SHOWN.fullmatch(text)
    return (Decimal(found[1]), found[2]) if found else None


def with_shown_units(reading: Reading) -> Reading:
    """Return how the rows of a spreadsheet are read: each number in the unit in which its cell shows it."""
    return reading._replace(figures=[_with_units(columns) for columns in reading.figures])


def _with_units(columns: Sequence[SourceColumn]) -> list[SourceColumn]:
    unit = next((each for each in columns if each.field == "unit"), None)
    value = next((each for each in columns if each.field == "value"), None)
    if value is None:
        return list(columns)
    made = [
        _number(each, unit) if each.field in NUMBERS and each.sources else each for each in columns if each is not unit
    ]
    return [*made, _unit(unit, value)]


def _number(column: SourceColumn, unit: SourceColumn | None) -> SourceColumn:
    beside = () if unit is None else unit.sources

    def read(given: Any) -> Any:
        cell, others = (given[0], given[1:]) if beside else (given, ())
        shown = number_and_unit(cell)
        if shown is None:
            return column.blank if cell == "" and column.blank is not REFUSED else column.read(cell)
        if column.field in ("numerator", "denominator"):
            raise InvalidValueError(column.name, cell, "a number of what is counted, in a cell that shows it as such")
        return column.read(f"{_in_unit(column, cell, *shown, _stated(unit, others)):f}")

    return column._replace(sources=(*column.sources, *beside), read=read, blank=REFUSED if beside else column.blank)


def _stated(unit: SourceColumn | None, cells: Sequence[str]) -> Unit | None:
    """Return the unit that a row states; ``None``: it states none."""
    if unit is None:
        return None
    stated: Unit | None
    if not unit.sources or not any(cells):
        stated = None if unit.blank is REFUSED else unit.blank
    else:
        stated = unit.read(cells[0] if len(unit.sources) == 1 else tuple(cells))
    return stated


def _in_unit(column: SourceColumn, cell: str, number: Decimal, shown: str, stated: Unit | None) -> Decimal:
    """Return a number in the unit that its row states, or else in that in which it is shown."""
    if shown in SCALED:
        if stated is None:
            raise InvalidValueError(
                column.name,
                cell,
                "a number that is shown as it is kept, or in pounds",
                "set the cell's number format to General, or state the unit in a column unit, such as GBP_million",
            )
        pounds = Unit("GBP")
        return pounds.convert(number, stated) if stated.convertible(pounds) else number
    if stated is None:
        return number
    if not stated.convertible(Unit(shown)):
        raise InvalidValueError(column.name, cell, f"a number in {stated}, as the row states")
    return Unit(shown).convert(number, stated)


def _unit(unit: SourceColumn | None, value: SourceColumn) -> SourceColumn:
    """Return the column of the unit: what the row states, or else the unit in which the value is shown."""
    if unit is not None and not unit.sources:
        return unit
    stated_in = () if unit is None else unit.sources

    def read(given: Any) -> Unit | None:
        cells = given if stated_in else (given,)
        stated = _stated(unit, cells[: len(stated_in)])
        shown = number_and_unit(cells[len(stated_in)])
        return Unit(shown[1]) if stated is None and shown is not None and shown[1] not in SCALED else stated

    name = value.name if unit is None else unit.name
    return SourceColumn("unit", name, (*stated_in, *value.sources), read, REFUSED if stated_in else None)
