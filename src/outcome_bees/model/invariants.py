"""What must hold between the fields of an object: it is refused for the first broken rule, and all can be listed.

A rule names the fields that it looks at, so that where some fields of a document could not be read, the rules about
the others are still checked.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple

from outcome_bees.errors import InvalidValueError

__all__ = ["Invariant", "broken_invariants", "enforce"]


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
