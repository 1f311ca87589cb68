"""Cells of tables that people keep: numbers with marks, symbols and notes, read where a layout gives the way.

``1,234``, ``45%``, ``£1.2m`` and ``(5)`` are numbers only for a layout that states how they are written. A note of how
settled a figure is (``95 (p)``, ``95r``) becomes its revision, another mark its note, a symbol its absence. All
else is refused, with what to do about it.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from attrs import evolve, frozen

from outcome_bees.errors import InvalidTypeError, InvalidValueError, nearest
from outcome_bees.exact import exact
from outcome_bees.frozen import described
from outcome_bees.layouts.cells import ABSENCES, absence_of, absence_texts, number_of_cell
from outcome_bees.layouts.shown_units import SCALED, number_and_unit
from outcome_bees.periods import split_note
from outcome_bees.units import Unit
from outcome_bees.vocabulary import ABSENCE_SYMBOLS, Absence, Revision

__all__ = ["CellReader", "Numbers", "WrittenCell", "a_numbers", "is_plain", "part_reader"]

_CHOICES = {"percent": ("strip",), "pounds": ("strip",), "brackets": ("negative",), "scale": ("percent_as_fraction",)}
_THOUSANDS = (",", " ", "'", ".")
_MAGNITUDES = {"": 1, **dict.fromkeys(("k", "thousand"), 10**3), **dict.fromkeys(("m", "mn", "million"), 10**6)}
_MAGNITUDES |= dict.fromkeys(("b", "bn", "billion"), 10**9)
_POUNDS = re.compile(r"(?P<sign>-?)£ ?(?P<number>[0-9][^A-Za-z]*?) ?(?P<magnitude>[A-Za-z]{1,8})?", re.ASCII)
_IN_BRACKETS = re.compile(r"\((?P<number>[^()]+)\)")
_FLOAT_DIGITS = 16  # a float's shortest text has at most 17 digits; one of 16 or more was printed from a float


def _choice(name: str, given: object) -> Any:
    allowed = _THOUSANDS if name == "thousands" else _CHOICES[name]
    if given is not None and given not in allowed:
        meant = nearest(given, allowed) if isinstance(given, str) else None
        words = ", ".join(repr(each) for each in allowed)
        raise InvalidValueError(
            f"Numbers.{name}", given, f"{words}, or nothing", f"did you mean {meant}?" if meant else None
        )
    return given


@described(
    thousands='What separates thousands: ``","``, ``" "``, ``"\'"`` or ``"."``; ``None``: nothing does.',
    percent='``"strip"``: ``45%`` is 45, in the unit percent.',
    pounds='``"strip"``: ``£1,200`` and ``£1.2m`` are pounds, in the unit GBP.',
    brackets='``"negative"``: ``(5)`` is -5.',
    scale='``"percent_as_fraction"``: a bare 0.45 is 45 per cent.',
)
@frozen(kw_only=True)
class Numbers:
    """How the numbers of a table are written. What is not stated is refused where it occurs, and never guessed.

    Raises:
        InvalidValueError: Another word.

    Example:
        >>> written = Numbers(thousands=",", percent="strip", pounds="strip")
        >>> [written.read(each) for each in ("1,234", "45%", "£1.2m")]
        [(Decimal('1234'), None), (Decimal('45'), 'percent'), (Decimal('1200000'), 'GBP')]
    """

    thousands: str | None = None
    percent: str | None = None
    pounds: str | None = None
    brackets: str | None = None
    scale: str | None = None

    def __attrs_post_init__(self) -> None:
        for name in ("thousands", *_CHOICES):
            _choice(name, getattr(self, name))

    def read(self, text: str) -> tuple[Decimal, str | None]:
        """Return the number that a text is, and the unit that it names; ``None`` where it names none.

        Raises:
            InvalidValueError: It is none by these rules; the hint names the rule by which it would be one.
        """
        plain, factor, unit = self._plain(text)
        try:
            number = number_of_cell(plain)
        except InvalidValueError as error:
            raise InvalidValueError("value", text, error.allowed, self._hint(text) or error.hint) from None
        if len(number.as_tuple().digits) >= _FLOAT_DIGITS:
            number = exact(float(plain))
        if self.scale and unit is None:
            factor, unit = factor * 100, "percent"
        if factor != 1:
            number *= factor
            number = number.to_integral_value() if number == number.to_integral_value() else number.normalize()
        return abs(number) if number.is_zero() else number, unit

    def _plain(self, text: str) -> tuple[str, int, str | None]:
        """Return a text without the marks that the rules name, what its number is to be multiplied by, and its unit."""
        plain, factor, unit = text, 1, None
        if self.brackets and (found := _IN_BRACKETS.fullmatch(plain)):
            plain, factor = found["number"].strip(), -1
        if self.pounds and (found := _POUNDS.fullmatch(plain)):
            magnitude = _MAGNITUDES.get((found["magnitude"] or "").lower())
            if magnitude is not None:
                plain, unit = found["number"], "GBP"
                factor *= magnitude * (-1 if found["sign"] else 1)
        if self.percent and plain.endswith("%"):
            plain, unit = plain[:-1].rstrip(), "percent"
        if self.thousands and self.thousands in plain:
            grouped = rf"-?[0-9]{{1,3}}(?:{re.escape(self.thousands)}[0-9]{{3}})+(?:\.[0-9]+)?"
            if re.fullmatch(grouped, plain, re.ASCII):
                plain = plain.replace(self.thousands, "")
        return plain, factor, unit

    def _hint(self, text: str) -> str | None:
        """Return the rules by which a text would be a number; ``None`` where none makes it one."""
        rules = {"thousands": ",", "percent": "strip", "pounds": "strip", "brackets": "negative"}
        lacking = {name: word for name, word in rules.items() if getattr(self, name) is None}
        for chosen in (*({name: word} for name, word in lacking.items()), lacking):
            if is_plain(evolve(self, **chosen)._plain(text)[0]):
                words = ", ".join(
                    f'{name}: "{word}"' if word == "," else f"{name}: {word}" for name, word in chosen.items()
                )
                return f"state how such numbers are written: numbers: {{{words}}}"
        return None


def is_plain(text: str) -> bool:
    """Return whether a text is a plain number."""
    return re.fullmatch(r"-?[0-9]{1,25}(?:\.[0-9]{1,25})?", text, re.ASCII) is not None


class WrittenCell(NamedTuple):
    """What one cell says.

    Attributes:
        value: The figure; ``None`` where there is none.
        absence: Why there is none.
        unit: The unit that the cell names.
        revision: How settled it is, by a note beside the number.
        note: Another mark beside the number.
    """

    value: Decimal | None = None
    absence: Absence | None = None
    unit: Unit | None = None
    revision: Revision | None = None
    note: str | None = None


def a_numbers(given: Numbers) -> Numbers:
    """Return how numbers are written.

    Raises:
        InvalidTypeError: It is no ``Numbers``.
    """
    if not isinstance(given, Numbers):
        raise InvalidTypeError("numbers", given, "Numbers(...), such as Numbers(percent='strip')")
    return given


class CellReader:
    """Reads the cells of figures by the rules of one layout.

    Args:
        numbers: How numbers are written.
        symbols: Symbols that are not the Department's, and the absence each means; ``""`` is a blank cell.
        unit: The unit that figures are in, where their cells name none; ``None``: the measure's.
        words: The number that each of some words is.

    Example:
        >>> read = CellReader(Numbers(percent="strip"), {"<5": "suppressed"}, None).read
        >>> read("95% (p)").value, read("95% (p)").revision, read("<5").absence
        (Decimal('95'), <Revision.PROVISIONAL: 'provisional'>, <Absence.SUPPRESSED: 'suppressed'>)
    """

    def __init__(
        self,
        numbers: Numbers,
        symbols: Mapping[str, str],
        unit: Unit | None,
        words: Mapping[str, Decimal] = MappingProxyType({}),
    ) -> None:
        self._numbers, self._unit, self._words = numbers, unit, words
        self.absences = {**ABSENCES, **absence_texts({each: absence_of(word) for each, word in symbols.items()})}
        self._symbols = ", ".join(dict.fromkeys((*ABSENCE_SYMBOLS, *(each for each in symbols if each))))

    def read(self, text: str) -> WrittenCell:
        """Return what a cell says.

        Raises:
            InvalidValueError: It is no figure, and no symbol that is known.
        """
        given = text.strip()
        if given in self._words:
            return WrittenCell(self._words[given], unit=self._unit)
        if given in self.absences:
            return WrittenCell(absence=self.absences[given])
        if not given:
            allowed = f"a figure, or a symbol that says why there is none: {self._symbols}"
            hint = 'where a blank means that there is none, give the layout symbols={"": "not_available"}'
            raise InvalidValueError("value", text, allowed, hint)
        shown = number_and_unit(given)
        if shown is not None and shown[1] in SCALED:
            return self._scaled(text, shown[0])
        if shown is not None:
            return self._in_unit(text, WrittenCell(shown[0]), shown[1])
        number, unit, revision, note = self._with_note(given)
        return self._in_unit(text, WrittenCell(number, revision=revision, note=note), unit)

    def _scaled(self, text: str, number: Decimal) -> WrittenCell:
        """Return a number that a cell shows in thousands or millions of what it does not name."""
        if self._unit is None:
            hint = "state the unit of the measure in the layout, such as GBP_million"
            raise InvalidValueError("value", text, "a number that is shown as it is kept, or in pounds", hint)
        pounds = Unit("GBP")
        value = pounds.convert(number, self._unit) if pounds.convertible(self._unit) else number
        return WrittenCell(value, unit=self._unit)

    def _with_note(self, given: str) -> tuple[Decimal, str | None, Revision | None, str | None]:
        """Return a number, the unit that it names, and what is written beside it."""
        bare, revision = split_note(given)
        if bare == given:
            return *self._read(given), None, None
        try:
            number, unit = self._numbers.read(bare)
        except InvalidValueError:
            return *self._read(given), None, None
        return number, unit, revision, given[len(bare) :].strip() if revision is None else None

    def _read(self, given: str) -> tuple[Decimal, str | None]:
        try:
            return self._numbers.read(given)
        except InvalidValueError as error:
            allowed = f"{error.allowed}; or a symbol: {self._symbols}"
            hint = error.hint
            if hint is not None and (
                "column" in hint or "in absence" in hint
            ):  # of our own table, which has one for it
                hint = f"give the layout what it means: symbols={{{given!r}: ...}}" if len(given) <= 20 else None
            raise InvalidValueError(error.what, given, allowed, hint) from None

    def _in_unit(self, text: str, cell: WrittenCell, named: str | None) -> WrittenCell:
        """Return a cell in the unit of its layout, or else in that which it names."""
        if named is None or cell.value is None:
            return cell._replace(unit=self._unit)
        unit = Unit(named)
        if self._unit is None:
            return cell._replace(unit=unit)
        if not unit.convertible(self._unit):
            raise InvalidValueError("value", text, f"a number in {self._unit}, as the layout states")
        return cell._replace(value=unit.convert(cell.value, self._unit), unit=self._unit)


def part_reader(reader: CellReader, part: str, column: str) -> Callable[[str], Any]:
    """Return the function that reads one part of what a cell says; its errors name the column."""

    def read(text: str) -> Any:
        try:
            return getattr(reader.read(text), part)
        except InvalidValueError as error:
            if part != "value":
                return None  # the value is read from the same cell, and is refused itself
            raise InvalidValueError(column, text, error.allowed, error.hint) from None

    return read
