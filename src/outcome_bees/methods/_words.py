"""Words of closed lists as a caller writes them, and which way is better: asked of the one module that knows."""

from enum import StrEnum
from typing import TypeVar

from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.evaluation.rules import travel_scale
from outcome_bees.vocabulary import Direction, Travel

__all__ = ["better_way", "closed_word", "direction_given", "travel_of_step"]

W = TypeVar("W", bound=StrEnum)

_WAY = {Travel.IMPROVING: 1, Travel.WORSENING: -1}


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


def direction_given(given: Direction | str | None) -> Direction | None:
    """Return the direction that a caller wrote.

    Raises:
        InvalidValueError: Any other text. It is never taken for one of them.
    """
    if given is None or isinstance(given, Direction):
        return given
    return closed_word(given, Direction, "direction", f"{', '.join(Direction)}, or None")


def better_way(direction: Direction | None) -> int | None:
    """Return 1 where more is better, -1 where less is; ``None`` where neither is, or it is not known.

    Example:
        >>> better_way(Direction("decrease"))
        -1
    """
    return _WAY.get(travel_scale(direction, None).labels[-1])  # what a step up the scale would be


def travel_of_step(direction: Direction | None, way: int) -> Travel:
    """Return the word for a step up (1), down (-1) or none (0): by direction of improvement where there is one."""
    return travel_scale(direction, None).labels[way + 1]
