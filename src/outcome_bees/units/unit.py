"""What a number counts, how finely it is published, and exact conversion between units.

The list is short and closed, and text is matched against it before anything else sees it. Pint does
the conversion, with fractions, so that 29 per 20,000 is 14.5 per 10,000 to the last digit.

Source: names after SI and UK official statistics; which units and how many decimals, our choice.
"""

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from attrs import Factory, field, frozen

from outcome_bees.errors import InvalidTypeError, InvalidValueError, UnitMismatchError, UnknownUnitError, shown
from outcome_bees.exact import CONTEXT
from outcome_bees.frozen import equal, hashed, in_full
from outcome_bees.units._facts import CLOSED, closed_fact, fact_named, top_of_score
from outcome_bees.vocabulary import MeasureKind

if TYPE_CHECKING:
    from fractions import Fraction

__all__ = ["Unit"]

_MAX_LENGTH = 60


def _code(given: str) -> str:
    """Return the code of the unit that a text is for, or refuse the text with what to write instead."""
    if not isinstance(given, str):
        raise InvalidTypeError("unit", given, "a unit's name, such as percent, count or per_10000")
    if closed_fact(given) or _by_another(given):
        return given
    from outcome_bees.units._spellings import code_of, remedy_for  # only where it is no code already

    code = code_of(given)
    if code is not None and len(code) <= _MAX_LENGTH:
        return code
    allowed, meant = remedy_for(given)
    if allowed is None:
        allowed = f"a unit such as percent, count, day or GBP (did you mean {meant}?)" if meant else _IN_WORDS
    raise UnknownUnitError(f"unit: given {shown(given)}; allowed: {allowed}")


_IN_WORDS = (
    f"{', '.join(CLOSED)}, per_<number> such as per_10000, count of <what is counted>, score out of <number>,"
    " or one by another such as day/person"
)


def _by_another(given: str) -> bool:
    found = re.fullmatch(r"([A-Za-z_]+[0-9]*)/([A-Za-z_]+[0-9]*)", given, re.ASCII)
    return found is not None and all(map(closed_fact, found.groups()))


def _kind_of(unit: "Unit") -> MeasureKind:
    top, _, bottom = unit.code.partition("/")
    return MeasureKind.RATE if bottom else fact_named(top).kind


def _decimals_of(unit: "Unit") -> int:
    top, _, bottom = unit.code.partition("/")
    fact = fact_named(top)
    return fact.decimals if not bottom or fact.kind is MeasureKind.AMOUNT else 1


def _top_of(unit: "Unit") -> Decimal | None:
    top = top_of_score(unit.code)
    return None if top is None else Decimal(top)


@frozen
class Unit:
    """What a measure's number counts, such as per cent, children or pounds.

    What people write is read where it has one meaning (``%``, ``days``, ``£000s``, ``rate per 10,000``), and the
    code is kept. What is counted may be any noun: ``count of assessments`` is comparable with a count of the same
    and with a bare ``count``.

    Attributes:
        code: A name of the closed list, ``per_<number>`` for a rate, ``count of <noun>``, ``score out of <number>``,
            or one unit by another: ``day/person``.
        kind: The sort of measure that has this unit: percentage for ``percent``, rate for ``per_1000``.
        decimals: How many decimals such figures are published with, where a measure does not state it.
        top: The highest number there is: 5 for ``score out of 5``; ``None`` where there is no highest.

    Raises:
        UnknownUnitError: Any other text; the message has what to write instead, or the list and the nearest on it.

    Example:
        >>> Unit("per_20000").convert(Decimal(29), Unit("per_10000"))
        Decimal('14.5')
        >>> Unit("£m").code, Unit("per 100,000 population").code, Unit("count of assessments").phrase("12")
        ('GBP_million', 'per_100000', '12 assessments')
    """

    code: str = field(converter=_code)
    # Looked up once: every rule and every measure asks for them.
    kind: MeasureKind = field(init=False, eq=False, repr=False, default=Factory(_kind_of, takes_self=True))
    decimals: int = field(init=False, eq=False, repr=False, default=Factory(_decimals_of, takes_self=True))
    top: Decimal | None = field(init=False, eq=False, repr=False, default=Factory(_top_of, takes_self=True))

    @classmethod
    def parse(cls, text: str) -> "Unit":
        """Return the unit that a text is for: the same as ``Unit(text)``.

        Example:
            >>> Unit.parse("%")
            Unit(code='percent')
        """
        return cls(text)

    __eq__, __hash__, __repr__ = equal, hashed, in_full

    def __str__(self) -> str:
        return self.code

    @property
    def whole(self) -> "Fraction | None":
        """What a whole is in this unit; ``None`` where it is of no share.

        Example:
            >>> Unit("percent").whole, Unit("per_10000").whole, Unit("child").whole
            (Fraction(100, 1), Fraction(10000, 1), None)
        """
        from outcome_bees.units._conversion import whole_of

        return whole_of(self.code)

    def phrase(self, number: str, *, singular: bool = False) -> str:
        """Add the unit to a number that is already written out, as people read it.

        Example:
            >>> Unit("per_10000").phrase("13.8"), Unit("GBP").phrase("1,200")
            ('13.8 per 10,000', '£1,200')
        """
        top, _, bottom = self.code.partition("/")
        fact = fact_named(top)
        words = (fact.one if singular else fact.many).format(number)
        return f"{words} per {fact_named(bottom).one.format('').strip()}" if bottom else words

    def convertible(self, to: "Unit") -> bool:
        """Return whether a number in this unit can be converted into the other.

        Example:
            >>> Unit("percent").convertible(Unit("per_1000")), Unit("count").convertible(Unit("percent"))
            (True, False)
        """
        if self.code == to.code:
            return True
        from outcome_bees.units._conversion import factor_between

        return factor_between(self.code, to.code) is not None

    def factor(self, to: "Unit") -> "Fraction":
        """Return what one of this unit is in the other, exactly.

        Raises:
            UnitMismatchError: The two measure different things.

        Example:
            >>> Unit("week").factor(Unit("day"))
            Fraction(7, 1)
        """
        from outcome_bees.units._conversion import factor_between

        factor = factor_between(self.code, to.code)
        if factor is None:
            raise UnitMismatchError(f"a figure in {self.code} cannot be compared with one in {to.code}")
        return factor

    def convert(self, value: Decimal, to: "Unit") -> Decimal:
        """Convert a number into another unit, exactly (a third, to 80 digits); 0.95 is never read as 95 %.

        Raises:
            UnitMismatchError: The two measure different things.

        Example:
            >>> Unit("fraction").convert(Decimal("0.57"), Unit("percent"))
            Decimal('57')
        """
        if self.code == to.code:
            return value
        factor = self.factor(to)
        product = CONTEXT.multiply(value, Decimal(factor.numerator))
        quotient = CONTEXT.divide(product, Decimal(factor.denominator))
        whole: Decimal = quotient.to_integral_value()
        return whole if quotient == whole else quotient.normalize(CONTEXT)

    def within(self, number: Decimal, what: str = "value") -> Decimal:
        """Return a number, unless there is none so high in this unit.

        Raises:
            InvalidValueError: It is beyond the top of a score.

        Example:
            >>> Unit("score out of 5").within(Decimal("4.5"))
            Decimal('4.5')
        """
        if self.top is not None and abs(number) > self.top:
            raise InvalidValueError(what, number, f"0 to {self.top}, for it is a {self.code}")
        return number
