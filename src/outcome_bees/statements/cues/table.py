"""How a table of phrases is written down: the phrases of one meaning in a row, with bars between."""

from collections.abc import Mapping
from typing import TypeVar

from outcome_bees.statements.phrases import Phrases

__all__ = ["one_of", "table", "words"]

M = TypeVar("M")


def table(rows: Mapping[M, str]) -> Phrases[M]:
    """Phrases by their meanings."""
    return Phrases({phrase.strip(): meaning for meaning, text in rows.items() for phrase in text.split("|")})


def one_of(text: str) -> Phrases[bool]:
    """Phrases that all mean the same."""
    return table({True: text})


def words(text: str) -> frozenset[str]:
    """Single words that all mean the same."""
    return frozenset(text.split())
