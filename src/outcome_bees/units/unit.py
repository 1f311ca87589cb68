"""What a number counts, how finely it is published, and exact conversion between units.

The list is short and closed, and text is matched against it before anything else sees it. Pint does
the conversion, in a small registry of our own that is built when a unit is first converted, and with
fractions, so that 29 per 20,000 is 14.5 per 10,000 to the last digit.

Source: names after SI and UK official statistics; which units and how many decimals, our choice.
"""

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from attrs import Factory, field, frozen

from outcome_bees.errors import InvalidTypeError, InvalidValueError, UnitMismatchError, UnknownUnitError, shown
from outcome_bees.exact import CONTEXT
from outcome_bees.units._facts import CLOSED, COUNT_OF, OUT_OF, PER, UnitFact, closed_fact, fact_of, singular_of
from outcome_bees.vocabulary import MeasureKind

if TYPE_CHECKING:
    import pint

__all__ = ["Unit"]

_MAX_LENGTH = 60
_QUOTIENT = re.compile(r"([A-Za-z_]+[0-9]*)/([A-Za-z_]+[0-9]*)", re.ASCII)


def _code(given: str) -> str:
    """Return the code of the unit that a text is for, or refuse the text with what to write instead."""
    if not isinstance(given, str):
        raise InvalidTypeError("unit", given, "a unit's name, such as percent, count or per_10000")
    if len(given) <= _MAX_LENGTH and (closed_fact(given) or _by_another(given)):
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
    found = _QUOTIENT.fullmatch(given)
    return found is not None and all(map(closed_fact, found.groups()))


def _decimals_of(unit: "Unit") -> int:
    top, _, bottom = unit.code.partition("/")
    fact = unit._named(top)
    return fact.decimals if not bottom or fact.kind is MeasureKind.AMOUNT else 1


def _top_of(unit: "Unit") -> Decimal | None:
    scored = OUT_OF.fullmatch(unit.code)
    return Decimal(scored["top"]) if scored else None


@frozen
class Unit:
    """What a measure's number counts, such as per cent, children or pounds.

    What people write is read where it has one meaning (``%``, ``days``, ``£000s``, ``rate per 10,000``), and the
    code is kept. What is counted may be any noun: ``count of assessments`` is comparable with a count of the same
    and with a bare ``count``.

    Attributes:
        code: A name of the closed list, ``per_<number>`` for a rate, ``count of <noun>``, ``score out of <number>``,
            or one unit by another: ``day/person``.
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
    # Looked up once: the guard of every rule asks for it.
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

    def __str__(self) -> str:
        return self.code

    @property
    def kind(self) -> MeasureKind:
        """The sort of measure that has this unit: percentage for ``percent``, rate for ``per_1000``."""
        top, _, bottom = self.code.partition("/")
        return MeasureKind.RATE if bottom else self._named(top).kind

    @property
    def whole(self) -> Fraction | None:
        """What a whole is in this unit; ``None`` where it is of no share.

        Example:
            >>> Unit("percent").whole, Unit("per_10000").whole, Unit("child").whole
            (Fraction(100, 1), Fraction(10000, 1), None)
        """
        return _whole(self.code)

    def phrase(self, number: str, *, singular: bool = False) -> str:
        """Add the unit to a number that is already written out, as people read it.

        Example:
            >>> Unit("per_10000").phrase("13.8"), Unit("GBP").phrase("1,200")
            ('13.8 per 10,000', '£1,200')
        """
        top, _, bottom = self.code.partition("/")
        fact = self._named(top)
        words = (fact.one if singular else fact.many).format(number)
        return f"{words} per {self._named(bottom).one.format('').strip()}" if bottom else words

    def convertible(self, to: "Unit") -> bool:
        """Return whether a number in this unit can be converted into the other.

        Example:
            >>> Unit("percent").convertible(Unit("per_1000")), Unit("count").convertible(Unit("percent"))
            (True, False)
        """
        return self.code == to.code or _factor(self.code, to.code) is not None

    def factor(self, to: "Unit") -> Fraction:
        """Return what one of this unit is in the other, exactly.

        Raises:
            UnitMismatchError: The two measure different things.

        Example:
            >>> Unit("week").factor(Unit("day"))
            Fraction(7, 1)
        """
        factor = Fraction(1) if self.code == to.code else _factor(self.code, to.code)
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

    @staticmethod
    def _named(name: str) -> UnitFact:
        fact = fact_of(name)
        assert fact is not None, name  # the constructor has checked every name
        return fact


@cache
def _registry() -> "pint.UnitRegistry[Fraction]":
    """Build pint's registry of these units alone; it is never given text that the grammar has not passed."""
    import pint

    make: Any = pint.UnitRegistry  # pint types neither an empty registry nor fractions
    registry: pint.UnitRegistry[Fraction] = make(None, non_int_type=Fraction)
    for fact in CLOSED.values():
        registry.define(fact.definition)
    return registry


_OF_WHOLE = re.compile(r".* = 1/([0-9]+) \* fraction")


@lru_cache(maxsize=4096)
def _whole(code: str) -> Fraction | None:
    """Return what a whole is in a unit. That of a single name stands in its definition, and needs no pint."""
    if "/" in code:
        return _factor("fraction", code)
    if code == "fraction":
        return Fraction(1)
    part = _OF_WHOLE.fullmatch(Unit._named(code).definition)
    return None if part is None else Fraction(int(part[1]))


_MAX_OPEN = 512
"""How many rates of their own (per 7, per 13 …) pint's registry is given before a new one is begun. Our choice."""
_OPENED: set[str] = set()


@lru_cache(maxsize=4096)
def _factor(code: str, to: str) -> Fraction | None:
    """Return what one unit is in another; ``None`` where they measure different things."""
    if not (_known_to_pint(code) and _known_to_pint(to)):
        return Fraction(1) if _same_sort(code, to) or _same_sort(to, code) else None
    import pint

    registry = _registry()
    if len(_OPENED) >= _MAX_OPEN:
        _registry.cache_clear()
        _OPENED.clear()
        registry = _registry()
    for name in {*code.split("/"), *to.split("/")}:
        if PER.fullmatch(name) and name not in registry:
            registry.define(Unit._named(name).definition)
            _OPENED.add(name)
    try:
        return Fraction(registry.Quantity(Fraction(1), code).to(to).magnitude)
    except pint.DimensionalityError:
        return None


def _known_to_pint(code: str) -> bool:
    return not (COUNT_OF.fullmatch(code) or OUT_OF.fullmatch(code))


def _same_sort(code: str, to: str) -> bool:
    """Return whether an open unit may be compared with another: what it says, and no more, the other may leave open."""
    if OUT_OF.fullmatch(code):
        return to == "score"
    counted = COUNT_OF.fullmatch(code)
    if counted is None:
        return False
    other = COUNT_OF.fullmatch(to)
    fact = CLOSED.get(to)
    nouns = {other["noun"]} if other else {each.format("").strip() for each in (fact.one, fact.many)} if fact else ()
    counts = fact is None or fact.kind is MeasureKind.COUNT
    alike = {singular_of(noun.casefold()) for noun in nouns}
    return to == "count" or (counts and singular_of(counted["noun"].casefold()) in alike)
