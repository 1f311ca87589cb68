"""What a number counts, how finely it is published, and exact conversion between units.

The list is short and closed, and text is matched against it before anything else sees it. Pint does
the conversion, in a small registry of our own that is built when a unit is first converted, and with
fractions, so that 29 per 20,000 is 14.5 per 10,000 to the last digit.

Source: names after SI and UK official statistics; which units and how many decimals, our choice.
"""

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from attrs import Factory, field, frozen

from outcome_bees.errors import InvalidTypeError, UnitMismatchError, UnknownUnitError, nearest, shown
from outcome_bees.exact import CONTEXT
from outcome_bees.vocabulary import MeasureKind

if TYPE_CHECKING:
    import pint

__all__ = ["Unit"]


class _Fact(NamedTuple):
    """A unit of the closed list: its definition for pint, its kind, and how people write numbers in it."""

    definition: str
    kind: MeasureKind
    decimals: int
    one: str
    many: str


_FACTS: dict[str, _Fact] = {
    "fraction": _Fact("fraction = []", MeasureKind.PERCENTAGE, 3, "{}", "{}"),
    "percent": _Fact("percent = 1/100 * fraction", MeasureKind.PERCENTAGE, 1, "{}%", "{}%"),
    # A difference of two percentages is no percentage: pint would add the two, so it has a dimension of its own.
    "percentage_point": _Fact(
        "percentage_point = [difference]", MeasureKind.PERCENTAGE, 1, "{} percentage point", "{} percentage points"
    ),
    "count": _Fact("count = [count]", MeasureKind.COUNT, 0, "{}", "{}"),
    "child": _Fact("child = [child]", MeasureKind.COUNT, 0, "{} child", "{} children"),
    "person": _Fact("person = [person]", MeasureKind.COUNT, 0, "{} person", "{} people"),
    "fte": _Fact("fte = [fte]", MeasureKind.COUNT, 1, "{} FTE", "{} FTE"),
    "place": _Fact("place = [place]", MeasureKind.COUNT, 0, "{} place", "{} places"),
    "school": _Fact("school = [school]", MeasureKind.COUNT, 0, "{} school", "{} schools"),
    "hour": _Fact("hour = 1/24 * day", MeasureKind.DURATION, 1, "{} hour", "{} hours"),
    "day": _Fact("day = [time]", MeasureKind.DURATION, 1, "{} day", "{} days"),
    "week": _Fact("week = 7 * day", MeasureKind.DURATION, 1, "{} week", "{} weeks"),
    # Months and years are counted, not measured: neither is a fixed number of days.
    "month": _Fact("month = [calendar]", MeasureKind.DURATION, 1, "{} month", "{} months"),
    "year": _Fact("year = 12 * month", MeasureKind.DURATION, 1, "{} year", "{} years"),
    "GBP": _Fact("GBP = [money]", MeasureKind.AMOUNT, 0, "£{}", "£{}"),
    "GBP_thousand": _Fact("GBP_thousand = 1000 * GBP", MeasureKind.AMOUNT, 0, "£{} thousand", "£{} thousand"),
    "GBP_million": _Fact("GBP_million = 1000000 * GBP", MeasureKind.AMOUNT, 1, "£{} million", "£{} million"),
    "score": _Fact("score = [score]", MeasureKind.SCORE, 1, "{}", "{}"),
    "rank": _Fact("rank = [rank]", MeasureKind.RANK, 0, "rank {}", "rank {}"),
    "grade": _Fact("grade = [grade]", MeasureKind.RATING, 0, "grade {}", "grade {}"),
    "milestone": _Fact("milestone = [milestone]", MeasureKind.MILESTONE, 0, "{} done", "{} done"),
}
_ALIASES = {"%": "percent", "£": "GBP", "number": "count", "children": "child", "people": "person", "days": "day"}
_PER = re.compile(r"per_([1-9][0-9]{0,8})", re.ASCII)
_MAX_LENGTH = 60


def _fact(name: str) -> _Fact | None:
    """Find what is known of one name of the grammar; ``None`` for every other text."""
    known = _FACTS.get(name)
    if known is None and (per := _PER.fullmatch(name)):
        size = int(per[1])
        words = f"{{}} per {size:,}"
        return _Fact(f"{name} = 1/{size} * fraction", MeasureKind.RATE, 1, words, words)
    return known


def _code(given: str) -> str:
    """Check a unit's name against the closed grammar, ``name`` or ``name/name``, and return it."""
    if not isinstance(given, str):
        raise InvalidTypeError("unit", given, "a unit's name, such as percent, count or per_10000")
    names = given.split("/", 2) if len(given) <= _MAX_LENGTH else []
    if names and len(names) <= 2 and all(_fact(name) for name in names):
        return given
    meant = nearest(given, _FACTS)
    raise UnknownUnitError(
        f"unit: given {shown(given)}; allowed: {', '.join(_FACTS)}, per_<number> such as per_10000,"
        f" or one of them by another, such as day/person{f' (did you mean {meant}?)' if meant else ''}"
    )


def _decimals_of(unit: "Unit") -> int:
    top, _, bottom = unit.code.partition("/")
    fact = unit._named(top)
    return fact.decimals if not bottom or fact.kind is MeasureKind.AMOUNT else 1


@frozen
class Unit:
    """What a measure's number counts, such as per cent, children or pounds.

    Attributes:
        code: A name of the closed list, ``per_<number>`` for a rate, or one by another: ``day/person``.
        decimals: How many decimals such figures are published with, where a measure does not state it.

    Raises:
        UnknownUnitError: Any other text; the message has the list and the nearest name on it.

    Example:
        >>> Unit("per_20000").convert(Decimal(29), Unit("per_10000"))
        Decimal('14.5')
    """

    code: str = field(converter=_code)
    # Looked up once: the guard of every rule asks for it.
    decimals: int = field(init=False, eq=False, repr=False, default=Factory(_decimals_of, takes_self=True))

    @classmethod
    def parse(cls, text: str) -> "Unit":
        """Return the unit that a code or a common sign (``%``, ``£``) names.

        Example:
            >>> Unit.parse("%")
            Unit(code='percent')
        """
        return cls(_ALIASES.get(text, text))

    def __str__(self) -> str:
        return self.code

    @property
    def kind(self) -> MeasureKind:
        """The sort of measure that has this unit: percentage for ``percent``, rate for ``per_1000``."""
        top, _, bottom = self.code.partition("/")
        return MeasureKind.RATE if bottom else self._named(top).kind

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

    @staticmethod
    def _named(name: str) -> _Fact:
        fact = _fact(name)
        assert fact is not None, name  # the constructor has checked every name
        return fact


@cache
def _registry() -> "pint.UnitRegistry[Fraction]":
    """Build pint's registry of these units alone; it is never given text that the grammar has not passed."""
    import pint

    make: Any = pint.UnitRegistry  # pint types neither an empty registry nor fractions
    registry: pint.UnitRegistry[Fraction] = make(None, non_int_type=Fraction)
    for fact in _FACTS.values():
        registry.define(fact.definition)
    return registry


@cache
def _factor(code: str, to: str) -> Fraction | None:
    """Return what one unit is in another; ``None`` where they measure different things."""
    import pint

    registry = _registry()
    for name in {*code.split("/"), *to.split("/")}:
        if _PER.fullmatch(name) and name not in registry:
            registry.define(Unit._named(name).definition)
    try:
        return Fraction(registry.Quantity(Fraction(1), code).to(to).magnitude)
    except pint.DimensionalityError:
        return None
