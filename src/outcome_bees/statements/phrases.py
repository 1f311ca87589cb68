"""Tables of phrases, looked up in a row of words in time that does not grow with the table."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from outcome_bees.statements.words import Word

__all__ = ["Phrases"]

M = TypeVar("M")


class Phrases(Generic[M]):
    """Phrases and what they mean; the longest phrase that begins at a word is the one that is meant."""

    def __init__(self, meanings: Mapping[str, M]) -> None:
        self._meanings = {tuple(phrase.split()): meaning for phrase, meaning in meanings.items()}
        self._lengths: dict[str, list[int]] = {}
        for phrase in sorted(self._meanings, key=len, reverse=True):
            lengths = self._lengths.setdefault(phrase[0], [])
            if len(phrase) not in lengths:
                lengths.append(len(phrase))

    def at(self, words: Sequence[Word], start: int) -> tuple[int, M] | None:
        """Where the longest phrase that begins at this word ends, and its meaning."""
        if 0 <= start < len(words):
            for length in self._lengths.get(words[start].text, ()):
                found = self._meanings.get(tuple(word.text for word in words[start : start + length]))
                if found is not None:
                    return start + length, found
        return None

    def find(self, words: Sequence[Word], start: int = 0, stop: int | None = None) -> Iterator[tuple[int, int, M]]:
        """Every phrase in a stretch of words, none within another: where it begins, ends, and its meaning."""
        at, last = start, len(words) if stop is None else stop
        while at < last:
            found = self.at(words, at)
            if found is None:
                at += 1
            else:
                yield at, found[0], found[1]
                at = found[0]
