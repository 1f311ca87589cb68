"""What makes an observation valid: one table, which every reader of observations takes its checks from.

A check is data. ``Observation`` turns it into a rule of its class, bulk evaluation and the scanner of large files
into an expression over columns, and the JSON Schema into keywords; so that what one of them refuses, each does.
What a single field may hold (a period's code, a unit, a day) is checked by the field's own converter, named here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from operator import attrgetter
from typing import Any

from attrs import frozen

from outcome_bees.errors import InvalidValueError, Verbatim
from outcome_bees.model import fields
from outcome_bees.model.invariants import Invariant
from outcome_bees.vocabulary import Absence, Revision

__all__ = [
    "CONSTRAINTS",
    "NUMBERS",
    "AboveZero",
    "AmongWords",
    "Constraint",
    "ExactlyOne",
    "Finite",
    "InOrder",
    "ReadBy",
    "field_keywords",
    "object_keywords",
    "object_rules",
    "unknown_words",
    "violations",
]

NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
"""The columns that hold numbers."""


@frozen
class ExactlyOne:
    """A check that of two columns exactly one is filled."""

    one: str
    other: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns concerned."""
        return self.one, self.other


@frozen
class AboveZero:
    """A check that a number, where there is one, is above zero."""

    column: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The column concerned."""
        return (self.column,)


@frozen
class InOrder:
    """A check that of two numbers, where both are there, the first is not above the second."""

    low: str
    high: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns concerned."""
        return self.low, self.high


@frozen
class Finite:
    """A check that a number is no infinity. NaN is no number: a table's NaN is an empty cell."""

    column: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The column concerned."""
        return (self.column,)


@frozen
class AmongWords:
    """A check that a text is a word of a closed list."""

    column: str
    words: type[StrEnum]

    @property
    def columns(self) -> tuple[str, ...]:
        """The column concerned."""
        return (self.column,)


@frozen
class ReadBy:
    """A check that a function, the converter of the field, reads a cell without refusing it."""

    column: str
    read: Callable[[Any], Any]

    @property
    def columns(self) -> tuple[str, ...]:
        """The column concerned."""
        return (self.column,)


Check = ExactlyOne | AboveZero | InOrder | Finite | AmongWords | ReadBy


@frozen
class Constraint:
    """One thing that holds for every valid observation.

    Attributes:
        id: What it is called, such as ``denominator_above_zero``.
        check: What is checked, as data.
        allowed: What would be accepted, in words.
        hint: What to do about it; ``None`` where ``allowed`` is enough.
    """

    id: str
    check: Check
    allowed: str
    hint: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it looks at."""
        return self.check.columns

    def error(self, what: str, given: object, allowed: str | None = None) -> InvalidValueError:
        """Return the error for something that breaks it."""
        return InvalidValueError(what, given, allowed or self.allowed, self.hint)


CONSTRAINTS: tuple[Constraint, ...] = (
    Constraint(
        "value_or_absence",
        ExactlyOne("value", "absence"),
        "exactly one of value and absence",
        "say why a figure is absent, such as 'suppressed'; zero is a figure",
    ),
    Constraint("denominator_above_zero", AboveZero("denominator"), "a number above zero"),
    Constraint("limits_in_order", InOrder("lower", "upper"), "a number not above upper"),
    *(Constraint(f"{name}_finite", Finite(name), "a finite number, or nothing") for name in NUMBERS),
    Constraint("absence_known", AmongWords("absence", Absence), ", ".join(map(repr, map(str, Absence)))),
    Constraint("revision_known", AmongWords("revision", Revision), ", ".join(map(repr, map(str, Revision)))),
    Constraint("period_readable", ReadBy("period", fields.period), "the code of a period, such as FY2024-25"),
    Constraint("unit_readable", ReadBy("unit", fields.unit_or_none), "the code of a unit, such as percent"),
    Constraint("recorded_a_day", ReadBy("recorded", fields.day_or_none), "a date without a time of day"),
)
"""Everything that must hold, in the order in which it is checked.

Source: our choice. A value that lies outside its own published limits, or a numerator without a denominator, is
not refused: rounding makes the one, and publishers leave out the other.
"""


# In an object: the rules of the class ``Observation``.


def object_rules(what: str = "Observation") -> tuple[Invariant, ...]:
    """Return the constraints between fields as the rules of a class.

    Those of a single field are kept by the field's converter.

    Args:
        what: The class, with which errors begin.

    Example:
        >>> [rule.fields for rule in object_rules()]
        [('value', 'absence'), ('denominator',), ('lower', 'upper')]
    """
    made = ((each, _refusal(each, what)) for each in CONSTRAINTS)
    return tuple(Invariant(each.columns, refusal) for each, refusal in made if refusal is not None)


def _refusal(constraint: Constraint, what: str) -> Callable[[Any], InvalidValueError | None] | None:
    """Return the function that refuses an object, made once: objects are built by the million."""
    get: Any = attrgetter(*constraint.columns)
    match constraint.check:
        case ExactlyOne():

            def not_one(whole: Any) -> InvalidValueError | None:
                one, other = get(whole)
                if (one is None) != (other is None):
                    return None
                return constraint.error(what, Verbatim("neither" if one is None else "both"))

            return not_one
        case AboveZero(column):

            def not_above(whole: Any) -> InvalidValueError | None:
                number = get(whole)
                return None if number is None or number > 0 else constraint.error(f"{what}.{column}", number)

            return not_above
        case InOrder(column, high):

            def crossed(whole: Any) -> InvalidValueError | None:
                least, most = get(whole)
                if least is None or most is None or least <= most:
                    return None
                return constraint.error(f"{what}.{column}", least, f"a number not above {high}, {most}")

            return crossed
        case _:
            return None


# In columns: expressions that any engine computes.


def violations(
    filled: Mapping[str, Any], number: Mapping[str, Any], *, infinite_from: float = 1.7e308
) -> Iterator[tuple[Constraint, str, Any]]:
    """Yield, for each constraint that columns can break, what is wrong in words and the rows in which it is.

    Args:
        filled: By column, whether a cell holds anything: an expression of truth values. A column that the table
            does not have is left out.
        number: By column of numbers, the number, null where there is none: an expression.
        infinite_from: From which size on a float counts as an infinity.

    Yields:
        The constraint, what was given, and an expression that is true in the rows that break it. A row with
        neither a value nor an absence comes last, with ``neither``, as some tables allow it.
    """
    neither = None
    for each in CONSTRAINTS:
        match each.check:
            case ExactlyOne(one, other):
                there = [filled[name] for name in (one, other) if name in filled]
                if len(there) == 2:
                    yield each, f"a {one} and an {other}", there[0] & there[1]
                empty = ~there[0] if len(there) == 1 else ~there[0] & ~there[1]
                neither = (each, "neither", empty)
            case AboveZero(name) if name in number:
                yield each, f"a {name} that is not above zero", filled[name] & ~(number[name] > 0)
            case InOrder(low, high) if low in number and high in number:
                crossed = filled[low] & filled[high] & ~(number[low] <= number[high])
                yield each, f"a number in {low} above that in {high}", crossed
            case Finite(name) if name in number:
                yield each, "an infinity", filled[name] & (number[name].abs() > infinite_from)
    if neither is not None:
        yield neither


def unknown_words(column: str, texts: Iterable[str | None]) -> InvalidValueError | None:
    """Return the error for the first text of a column that is no word of its list; ``None``: there is none."""
    for each in CONSTRAINTS:
        if isinstance(each.check, AmongWords) and each.check.column == column:
            allowed = {str(word) for word in each.check.words}
            for text in texts:
                if text and text not in allowed:
                    return each.error(f"column {column!r}", text)
    return None


# In the JSON Schema: keywords.


def object_keywords() -> dict[str, Any]:
    """Return the keywords of JSON Schema for what holds between fields, as far as it can express that.

    It cannot express that one number is not above another; only loading checks that.

    Example:
        >>> [each["required"] for each in object_keywords()["oneOf"]]
        [['value'], ['absence']]
    """
    for each in CONSTRAINTS:
        if isinstance(each.check, ExactlyOne):
            return {
                "oneOf": [
                    {"required": [name], "properties": {name: {"not": {"type": "null"}}}} for name in each.columns
                ]
            }
    return {}


def field_keywords(name: str) -> dict[str, Any]:
    """Return the keywords of JSON Schema for what one field must be, beyond its type.

    Example:
        >>> field_keywords("denominator"), field_keywords("value")
        ({'exclusiveMinimum': 0}, {})
    """
    above = any(isinstance(each.check, AboveZero) and each.check.column == name for each in CONSTRAINTS)
    return {"exclusiveMinimum": 0} if above else {}
