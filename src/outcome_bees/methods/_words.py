"""Words of a closed list, as a caller writes them."""

from enum import StrEnum
from typing import TypeVar

from outcome_bees.errors import InvalidTypeError, InvalidValueError

__all__ = ["closed_word"]

W = TypeVar("W", bound=StrEnum)


def closed_word(given: object, words: type[W], what: str, allowed: str | None = None) -> W:
    """Return the member of a closed list that a caller wrote, itself or as text.

    Args:
        given: What was written.
        words: The closed list.
        what: What the word is for; errors begin with it.
        allowed: What is allowed, in words; ``None``: the members.

    Raises:
        InvalidTypeError: It is no text.
        InvalidValueError: Any other text. It is never taken for one of them.
    """
    shown = ", ".join(words) if allowed is None else allowed
    if not isinstance(given, str):
        raise InvalidTypeError(what, given, shown)
    if given not in set(words):
        raise InvalidValueError(what, given, shown)
    return words(given)
