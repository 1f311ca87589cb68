"""Single values of a plain tree, read strictly: what JSON, YAML and TOML have no type for, or more than one."""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from contextvars import ContextVar
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache
from json import dumps
from typing import Any

from outcome_bees.errors import InvalidTypeError, InvalidValueError, OutcomeBeesError, Verbatim, nearest
from outcome_bees.exact import MAX_DIGITS, exact
from outcome_bees.model.fields import period
from outcome_bees.periods import Period
from outcome_bees.serializers._paths import Path
from outcome_bees.synonyms import meant
from outcome_bees.units import Unit

__all__ = [
    "MAX_LISTED",
    "READERS",
    "ProblemCollector",
    "RefusedError",
    "cached_reader",
    "computed",
    "format_value",
    "member_reader",
    "message_of",
    "number_of",
    "refusal_of",
]

MAX_LISTED = 1000
"""How many problems of a document are listed, each with its place; the rest are counted. Our choice."""

_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_SUBJECT = re.compile(r"\A(?:period|unit): ")


class ProblemCollector:
    """What is wrong with a tree: the first thousand problems are listed, and all others counted.

    Attributes:
        problems: Paths from the root of the tree, and what is wrong there.
        more: How many further problems there are at least.
    """

    __slots__ = ("more", "problems")

    def __init__(self, problems: Iterable[tuple[Path, str]] = (), more: int = 0) -> None:
        self.problems: list[tuple[Path, str]] = list(problems)
        self.more = more

    def add(self, path: Path, message: str) -> None:
        if len(self.problems) < MAX_LISTED:
            self.problems.append((path, message))
        else:
            self.more += 1

    def take(self, error: "RefusedError", *above: str | int) -> None:
        """Add what is wrong with a part, seen from the whole."""
        for path, message in error.found.problems:
            self.add((*above, *path), message)
        self.more += error.found.more

    def __bool__(self) -> bool:
        return bool(self.problems)


class RefusedError(Exception):
    """What a tree has wrong: never leaves this package, but becomes a ``DocumentError``.

    Attributes:
        found: All of it.
        partial: What could be read of it, for other checks to go on with; ``None`` where nothing could.
    """

    def __init__(self, found: ProblemCollector | Iterable[tuple[Path, str]], partial: object = None) -> None:
        self.found = found if isinstance(found, ProblemCollector) else ProblemCollector(found)
        self.partial = partial
        super().__init__(self.found)

    def under(self, step: str | int) -> "RefusedError":
        """Return the same, seen from the mapping or list that holds the tree."""
        found = ProblemCollector(more=self.found.more)
        found.take(RefusedError(self.found.problems), step)
        return RefusedError(found)


def refusal_of(tree: object, allowed: str, hint: str | None = None) -> RefusedError:
    """Return the refusal of a whole tree."""
    return RefusedError([((), f"given {format_value(tree)}; allowed: {allowed}{f' ({hint})' if hint else ''}")])


def message_of(error: OutcomeBeesError, tree: object) -> str:
    """Return the message of an error of the model, with the tree as the document has it and not as Python does."""
    if isinstance(error, InvalidValueError):
        hint = error.hint
        if hint is None and isinstance(error, InvalidTypeError) and _is_number(tree):
            hint = "put it in quotes"  # numbers where numbers are wanted are refused elsewhere
        return f"given {format_value(tree)}; allowed: {error.allowed}{f' ({hint})' if hint else ''}"
    message = _SUBJECT.sub("", str(error), count=1)
    return message if isinstance(tree, str) and tree in message else f"given {format_value(tree)}: {message}"


_hints: ContextVar[int] = ContextVar("hints", default=MAX_LISTED)


def reset_suggestion_budget() -> None:
    """Begin to look for near words again: looking takes its time, and a document has so many looks and no more."""
    _hints.set(MAX_LISTED)


def suggestion(given: str, allowed: Iterable[str], listed: str = "") -> str | None:
    """Return the word that was meant, as long as the document has looks left.

    Args:
        given: The word.
        allowed: The words there are.
        listed: The closed list that they are, by its class; people have words of their own for some.
    """
    left = _hints.get()
    if left == 0:
        return None
    _hints.set(left - 1)
    return meant(listed, given, allowed) if listed else nearest(given, allowed)


def format_value(tree: object) -> str:
    """Return a piece of a tree as a message shows it: as in JSON, and short however large it is."""
    if isinstance(tree, Verbatim):
        return str(tree)
    if isinstance(tree, str):
        return dumps(tree if len(tree) <= 80 else f"{tree[:80]}…", ensure_ascii=False)
    if tree is None or isinstance(tree, bool):
        return dumps(tree)
    if isinstance(tree, Mapping):
        if 0 < len(tree) <= 3 and not any(isinstance(item, (Mapping, list)) for item in tree.values()):
            return "{" + ", ".join(f"{str(key)[:80]}: {format_value(item)}" for key, item in tree.items()) + "}"
        return f"a mapping of {len(tree):,}" if tree else "an empty mapping"
    if isinstance(tree, (list, tuple)):
        if 0 < len(tree) <= 3 and not any(isinstance(item, (Mapping, list)) for item in tree):
            return f"[{', '.join(map(format_value, tree))}]"
        return f"a list of {len(tree):,}" if tree else "an empty list"
    if isinstance(tree, int) and tree.bit_length() > 200:
        return "a number of hundreds of bits"
    text = str(tree)
    return text if len(text) <= 80 else f"{text[:80]}…"


_LONGEST_NUMBER = 1000  # characters: fields take 30 digits, and what was computed 100


class UnreadableNumber(Decimal):
    """A number that no decimal can hold: it is none, and says how it was written."""

    text: str

    def __str__(self) -> str:
        return self.text


def number_of(text: str) -> Decimal:
    """Return the exact number that a text spells; one too large for any field becomes NaN, which no field takes."""
    if len(text) <= _LONGEST_NUMBER:
        with suppress(InvalidOperation):
            return Decimal(text)
    number = UnreadableNumber("NaN")
    number.text = text[:100]
    return number


def cached_reader(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return the same reader, with what it made of the latest few thousand texts: documents repeat themselves."""
    return lru_cache(maxsize=8192)(read)


def _number(tree: Any) -> Decimal:
    if type(tree) is Decimal and len(text := str(tree)) <= MAX_DIGITS and "E" not in text and tree.is_finite():
        return tree if tree else tree.copy_abs()  # what exact() would find, in a quarter of its time
    if isinstance(tree, (Decimal, int, float)):
        try:
            return exact(tree)
        except InvalidValueError as error:
            allowed = (
                f"a number of at most {MAX_DIGITS} digits" if isinstance(tree, UnreadableNumber) else error.allowed
            )
            raise refusal_of(tree, allowed, error.hint) from None
    raise refusal_of(tree, "a plain decimal number, such as 95, 95.0 or -0.5", _hint_for_number(tree))


def computed(tree: Any) -> Decimal:
    """Return a number that was computed: a third has as many digits as it was worked out to."""
    if isinstance(tree, (Decimal, int)) and not isinstance(tree, bool):
        number = Decimal(tree)
        if number.is_finite() and abs(number.adjusted()) <= 200 and len(number.as_tuple().digits) <= 100:
            return number
    raise refusal_of(tree, "a number of at most 100 digits")


def _is_number(tree: object) -> bool:
    return isinstance(tree, (Decimal, int, float)) and not isinstance(tree, bool)


_AS_IN_JSON = re.compile(r"-?(?:0|[1-9][0-9]{0,40})(?:\.[0-9]{1,40})?", re.ASCII)  # and as YAML has it here


def _hint_for_number(tree: object) -> str | None:
    """Return what to do about a text where a number belongs: quotes are named only where it would be one without."""
    if not isinstance(tree, str):
        return None
    if _AS_IN_JSON.fullmatch(tree):
        return "write it without quotes"
    from outcome_bees.layouts.number_hints import number_hint, written_out  # only where a number is wrong

    plain = written_out(tree)
    return f"write {plain}" if plain else number_hint(tree, in_table=False)


def _whole(tree: Any) -> int:
    # Its size comes first: of a million digits, arithmetic overflows and a tuple is slow.
    if isinstance(tree, Decimal) and tree.is_finite() and tree.adjusted() < 9 and tree.as_tuple().exponent == 0:
        return int(tree)
    if isinstance(tree, int) and not isinstance(tree, bool):
        return tree
    raise refusal_of(tree, "a whole number")


def _date(tree: Any) -> date:
    if type(tree) is date:
        return tree
    if isinstance(tree, str) and _DATE.fullmatch(tree):
        with suppress(ValueError):
            return date.fromisoformat(tree)
    raise refusal_of(tree, "a date, such as 2025-03-31")


def _period(tree: Any) -> Period:
    if isinstance(tree, str):
        return period(tree)
    if type(tree) is date:  # as TOML has them
        return Period.day(tree)
    raise refusal_of(tree, "the code of a period, such as FY2024-25, AY2024-25, 2024-12 or 2025-03-31")


def _unit(tree: Any) -> Unit:
    return Unit(_text(tree))


def _text(tree: Any) -> str:
    if isinstance(tree, str):
        return tree
    raise refusal_of(tree, "text", "put it in quotes" if _is_number(tree) else None)


def _truth(tree: Any) -> bool:
    if isinstance(tree, bool):
        return tree
    raise refusal_of(tree, "true or false")


READERS: dict[type, Callable[[Any], Any]] = {
    Decimal: _number,
    int: _whole,
    date: cached_reader(_date),
    Period: cached_reader(_period),
    Unit: cached_reader(_unit),
    str: _text,
    bool: _truth,
}
"""How a value of each type is read from what documents have for it."""


def member_reader(kind: type[Enum]) -> Callable[[Any], Any]:
    """Return the reader of the words of a closed list."""
    members = {member.value: member for member in kind}

    def read(tree: Any) -> Enum:
        if isinstance(tree, str) and tree in members:
            return members[tree]
        near = suggestion(tree, members, kind.__name__) if isinstance(tree, str) else None
        raise refusal_of(tree, ", ".join(repr(word) for word in members), f"did you mean {near}?" if near else None)

    return read
