"""Which notation a text that cannot be read comes nearest to."""

from __future__ import annotations

from functools import cache

from outcome_bees.errors import nearest
from outcome_bees.periods.notation import NOTATIONS
from outcome_bees.periods.pattern import shape
from outcome_bees.periods.plain import plain, trimmed

__all__ = ["allowed"]

_LONGEST = 20
"""Longer texts are compared with none: it would take long, and hardly ever help."""


def allowed(text: str) -> str:
    """What is allowed, in words, and an example of the nearest notation where one is near."""
    given, shapes = shape(text), _shapes()
    alike = [each for each in shapes if each.replace("9", "") == given.replace("9", "")]
    of_its_length = (each for each in shapes if abs(len(each) - len(given)) <= 4 and _sort(each) == _sort(given))
    near = nearest(given, alike or of_its_length) if 0 < len(given) <= _LONGEST else None
    hint = f"; nearest: {shapes[near]}" if near else ""
    return f"a code such as FY2024-25, or what people write, such as 2024/25, Q1 2024-25, 31 March 2025{hint}"


def _sort(shape: str) -> list[str]:
    """The first letters of its words, which tell the sort: a hint from FY to CY would be worse than none."""
    return [word[0] for word in "".join(char if char.isalpha() else " " for char in shape).split()]


@cache
def _shapes() -> dict[str, str]:
    texts = [text for each in NOTATIONS for text, _, _ in each.examples]
    return {shape(plain(trimmed(text))): text for text in reversed(texts)}
