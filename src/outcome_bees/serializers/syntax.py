"""What every text format has in common: bad syntax has one place, and no mapping has a key twice."""

from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import Any

from outcome_bees.serializers.places import Mark, Path, Position

__all__ = ["MAX_DEPTH", "MAX_REPEATED", "BadSyntaxError", "number_of", "repeated_keys"]

MAX_DEPTH = 64
"""How deep mappings and lists may lie in each other. Our choice: a plan needs seven."""

MAX_REPEATED = 1000
"""How many keys that are there twice are told, before it is said that there are more. Our choice."""


_LONGEST_NUMBER = 1000  # characters: fields take 30 digits, and what was computed 100


class BadSyntaxError(Exception):
    """A text that its format does not allow, and where.

    Attributes:
        message: What is wrong.
        line, column: Where, from 1; ``None`` where it cannot be told.
        repeated: Further such troubles, each with its path and position.
        tree: What could be read all the same, for further problems to be found in it; ``None`` if nothing could.
    """

    def __init__(
        self,
        message: str,
        line: int | None = None,
        column: int | None = None,
        repeated: Iterable[tuple[Path, str, Position]] = (),
        tree: Any = None,
    ) -> None:
        self.message, self.line, self.column = message, line, column
        self.repeated, self.tree = list(repeated), tree
        super().__init__(message, line, column)


class Boundless(Decimal):
    """A number that no decimal can hold: it is none, and says how it was written."""

    text: str

    def __str__(self) -> str:
        return self.text


def number_of(text: str) -> Decimal:
    """The exact number that a text spells; one that no decimal, or no field, can hold becomes NaN, which none takes."""
    if len(text) <= _LONGEST_NUMBER:
        with suppress(InvalidOperation):
            return Decimal(text)
    number = Boundless("NaN")
    number.text = text[:100]
    return number


def repeated_keys(marks: Iterable[Mark], tree: Any) -> BadSyntaxError:
    """Every key that a mapping of the text has twice."""
    found: list[tuple[Path, str, Position]] = []
    stack: list[tuple[Path, dict[str, int], list[Any]]] = []  # path, lines of keys so far, next step
    for mark in marks:
        if mark.sort == "}":
            stack.pop()
            continue
        path: Path = ()
        if stack:
            above, seen, step = stack[-1]
            if step[0] is None:  # a mapping that waits for a key
                if mark.text in seen and len(found) == MAX_REPEATED:
                    found.append(((), "further keys are there twice", (mark.line, mark.column)))
                    break
                if mark.text in seen:
                    message = f"the key is there twice, first on line {seen[mark.text]}"
                    found.append(((*above, mark.text), message, (mark.line, mark.column)))
                seen.setdefault(mark.text, mark.line)
                step[0] = mark.text
                continue
            path = (*above, step[0])
            step[0] = step[0] + 1 if isinstance(step[0], int) else None
        if mark.sort == "{":
            stack.append((path, {}, [None]))
        elif mark.sort == "[":
            stack.append((path, {}, [0]))
    return BadSyntaxError("a key is there twice", repeated=found, tree=tree)
