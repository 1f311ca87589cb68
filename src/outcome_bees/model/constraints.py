"""What must hold between the fields of an object; and what makes an observation valid, in one table for every reader.

A rule of a class names the fields that it looks at, so that where some fields of a document could not be read, the
rules about the others are still checked. Observations come in other forms too, so theirs are made of a table.
A check is data. ``Observation`` turns it into a rule of its class, bulk evaluation and the scanner of large files
into an expression over columns, and the JSON Schema into keywords; so that what one of them refuses, each does.
What a single field may hold (a period's code, a unit, a day) is checked by the field's own converter.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import partial, reduce
from operator import and_, attrgetter
from typing import Any, NamedTuple

from outcome_bees.errors import InvalidValueError, Verbatim
from outcome_bees.vocabulary import Absence, Revision

__all__ = [
    "CONSTRAINTS",
    "NUMBERS",
    "Check",
    "Constraint",
    "Invariant",
    "broken_invariants",
    "enforce",
    "field_keywords",
    "object_keywords",
    "object_rules",
    "unknown_words",
    "violations",
]


class Invariant(NamedTuple):
    """One thing that must hold between the fields of an object.

    Attributes:
        fields: The fields that it looks at.
        refusal: What is wrong with an object; ``None`` where nothing is.
    """

    fields: tuple[str, ...]
    refusal: Callable[[Any], InvalidValueError | None]


def enforce(whole: Any) -> None:
    """Refuse an object that breaks one of the ``RULES`` of its class; the work of ``__attrs_post_init__``."""
    for _, refusal in whole.RULES:
        error = refusal(whole)
        if error is not None:
            raise error


def broken_invariants(whole: Any, unread: Collection[str]) -> Iterator[InvalidValueError]:
    """Find the error of every broken rule that looks at none of the fields that could not be read."""
    for fields, refusal in getattr(whole, "RULES", ()):
        if not any(name in unread for name in fields):
            error = refusal(whole)
            if error is not None:
                yield error


NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
"""The columns that hold numbers."""


class Check(StrEnum):
    """What is checked of the columns that a constraint names."""

    EXACTLY_ONE = "exactly_one"
    """Of two columns exactly one is filled."""
    ABOVE_ZERO = "above_zero"
    """A number, where there is one, is above zero."""
    IN_ORDER = "in_order"
    """Of two numbers, where both are there, the first is not above the second."""
    FINITE = "finite"
    """A number is no infinity. NaN is no number: a table's NaN is an empty cell."""
    AMONG_WORDS = "among_words"
    """A text is a word of a closed list."""
    READABLE = "readable"
    """The converter of the field reads the cell without refusing it."""


class Constraint(NamedTuple):
    """One thing that holds for every valid observation.

    Attributes:
        id: What it is called, such as ``denominator_above_zero``.
        check: What is checked.
        columns: The columns that it looks at, in the order that the check means.
        allowed: What would be accepted, in words.
        hint: What to do about it; ``None`` where ``allowed`` is enough.
        words: The closed list that a text must be of; ``None`` for other checks.
    """

    id: str
    check: Check
    columns: tuple[str, ...]
    allowed: str
    hint: str | None = None
    words: type[StrEnum] | None = None

    def error(self, what: str, given: object, allowed: str | None = None) -> InvalidValueError:
        """Return the error for something that breaks it."""
        return InvalidValueError(what, given, allowed or self.allowed, self.hint)


def _among(column: str, words: type[StrEnum]) -> Constraint:
    allowed = ", ".join(repr(each.value) for each in words)
    return Constraint(f"{column}_known", Check.AMONG_WORDS, (column,), allowed, words=words)


CONSTRAINTS: tuple[Constraint, ...] = (
    Constraint(
        "value_or_absence",
        Check.EXACTLY_ONE,
        ("value", "absence"),
        "exactly one of value and absence",
        "say why a figure is absent, such as 'suppressed'; zero is a figure",
    ),
    Constraint("denominator_above_zero", Check.ABOVE_ZERO, ("denominator",), "a number above zero"),
    Constraint("limits_in_order", Check.IN_ORDER, ("lower", "upper"), "a number not above upper"),
    *(Constraint(f"{name}_finite", Check.FINITE, (name,), "a finite number, or nothing") for name in NUMBERS),
    _among("absence", Absence),
    _among("revision", Revision),
    Constraint("period_readable", Check.READABLE, ("period",), "the code of a period, such as FY2024-25"),
    Constraint("unit_readable", Check.READABLE, ("unit",), "the code of a unit, such as percent"),
    Constraint("recorded_a_day", Check.READABLE, ("recorded",), "a date without a time of day"),
)
"""Everything that must hold, in the order in which it is checked.

Source: our choice. A value that lies outside its own published limits, or a numerator without a denominator, is
not refused: rounding makes the one, and publishers leave out the other.
"""


# In an object: the rules of the class ``Observation``.


def object_rules(what: str = "Observation") -> tuple[Invariant, ...]:
    """Return the constraints between fields as the rules of a class, and that no score is beyond its top.

    Those of a single field are kept by the field's converter.

    Args:
        what: The class, with which errors begin.

    Example:
        >>> [rule.fields for rule in object_rules()]
        [('value', 'absence'), ('denominator',), ('lower', 'upper'), ('value', 'unit')]
    """
    made = ((each, _refusal(each, what)) for each in CONSTRAINTS)
    rules = [Invariant(each.columns, refusal) for each, refusal in made if refusal is not None]
    return (*rules, Invariant(("value", "unit"), partial(_beyond_the_top, what)))


def _beyond_the_top(what: str, whole: Any) -> InvalidValueError | None:
    if whole.unit is None or whole.unit.top is None or whole.value is None:
        return None
    try:
        whole.unit.within(whole.value, f"{what}.value")
    except InvalidValueError as error:
        return error
    return None


def _refusal(constraint: Constraint, what: str) -> Callable[[Any], InvalidValueError | None] | None:
    """Return the function that refuses an object, made once: objects are built by the million."""
    get: Any = attrgetter(*constraint.columns)
    match constraint.check, constraint.columns:
        case Check.EXACTLY_ONE, _:

            def not_one(whole: Any) -> InvalidValueError | None:
                one, other = get(whole)
                if (one is None) != (other is None):
                    return None
                return constraint.error(what, Verbatim("neither" if one is None else "both"))

            return not_one
        case Check.ABOVE_ZERO, (column,):

            def not_above(whole: Any) -> InvalidValueError | None:
                number = get(whole)
                return None if number is None or number > 0 else constraint.error(f"{what}.{column}", number)

            return not_above
        case Check.IN_ORDER, (column, high):

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
    neither: list[tuple[Constraint, str, Any]] = []
    for each in CONSTRAINTS:
        match each.check, each.columns:
            case Check.EXACTLY_ONE, (one, other):
                there = [filled[name] for name in (one, other) if name in filled]
                if len(there) == 2:
                    yield each, f"a {one} and an {other}", reduce(and_, there)
                neither.append((each, "neither", reduce(and_, (~cells for cells in there))))
            case Check.ABOVE_ZERO, (name,) if name in number:
                yield each, f"a {name} that is not above zero", filled[name] & ~(number[name] > 0)
            case Check.IN_ORDER, (low, high) if low in number and high in number:
                crossed = filled[low] & filled[high] & ~(number[low] <= number[high])
                yield each, f"a number in {low} above that in {high}", crossed
            case Check.FINITE, (name,) if name in number:
                yield each, "an infinity", filled[name] & (number[name].abs() > infinite_from)
    yield from neither


def unknown_words(column: str, texts: Iterable[str | None]) -> InvalidValueError | None:
    """Return the error for the first text of a column that is no word of its list; ``None``: there is none."""
    for each in CONSTRAINTS:
        if each.words is not None and each.columns == (column,):
            allowed = {str(word) for word in each.words}
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
    (names,) = (each.columns for each in CONSTRAINTS if each.check is Check.EXACTLY_ONE)
    return {"oneOf": [{"required": [name], "properties": {name: {"not": {"type": "null"}}}} for name in names]}


def field_keywords(name: str) -> dict[str, Any]:
    """Return the keywords of JSON Schema for what one field must be, beyond its type.

    Example:
        >>> field_keywords("denominator"), field_keywords("value")
        ({'exclusiveMinimum': 0}, {})
    """
    above = any(each.check is Check.ABOVE_ZERO and each.columns == (name,) for each in CONSTRAINTS)
    return {"exclusiveMinimum": 0} if above else {}
