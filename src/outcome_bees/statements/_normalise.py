"""A sentence as a row of tokens: one spelling of everything that people type, numbers read, articles dropped.

Phrases are looked up in this row, so that "below the national average" and "below national average" are one phrase,
and curly quotes, any dash, a no-break space and "per cent" are one thing each.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from attrs import frozen

from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.exact import exact

__all__ = ["MAX_CHARACTERS", "NOTHING", "NumberForm", "PhraseTable", "Token", "tokens_of"]

M = TypeVar("M")

MAX_CHARACTERS = 2_000
"""The longest sentence read. Our choice: the longest measure in the published editions has 130 characters."""

_ALLOWED = f"a sentence that is not blank, of at most {MAX_CHARACTERS:,} characters, without control characters"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

_COUNTING = {
    word: Decimal(value)
    for value, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
_SMALL = "(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|fifty|hundred|1?[0-9]|20)"
_FRACTION = "(?:half|thirds?|two-thirds|quarters?|three-quarters)"
_NUMBER = re.compile(
    r"(£?)([0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,15})(\.[0-9]{1,10})?\s*(thousand|million|billion|k|m|bn|)\s*(%|per\s*cent|percentage.*|)"
)
_SCALES = {"k": "thousand", "m": "million", "bn": "billion"}

# Every alternative consumes at least one character and repeats only over a separator and what follows it, so the scan
# is linear: a share ("one in three", "two-thirds of"), a number with its unit ("5 per cent", "£2 million", "two
# percentage points"), a unit alone, any other number ("16-17", "28/02/2026"), a word ("year-on-year", "Q4"), a sign.
_POINTS = r"percentage[\s-]points?\b"
_TOKEN = re.compile(
    rf"(?P<share>\b{_SMALL}\s+(?:in|out\s+of)\s+{_SMALL}\b(?![,./%–-]?[0-9%])"
    rf"|\b(?:{_SMALL}\s+)?{_FRACTION}(?=\s+(?:of|all)\b(?!\s+\S*[0-9])))"
    rf"|£?[0-9]+(?:[.,][0-9]+)*\s*(?:(?:thousand|million|billion|bn|m|k)\b|%|per\s*cent\b|{_POINTS})"
    rf"|\b(?:{'|'.join(_COUNTING)})\s+{_POINTS}"
    rf"|\bper\s*cent\b|\b{_POINTS}|\bno\s?\."
    r"|£?[0-9]+(?:[.,/–-][0-9]+)*[^\W\d_]*(?:-[^\W\d_]+)*[%+]?"
    r"|[^\W\d_][^\W_]*(?:['’&‐‑-][^\W_]+)*"  # noqa: RUF001 - and apostrophes and hyphens so
    r"|[-–—]+>|[<>]=|\S",
    re.IGNORECASE,
)
_SIGNS = str.maketrans("’‘‐‑—−-[]{}•·", "''--–––()();;")  # noqa: RUF001 - signs as people type them
_ARTICLES = frozenset("a an the our its their this these each's".split())

# A number in words is one only after these: "no more than two", "from six to four", "a maximum of three".
_BEFORE_A_NUMBER = frozenset("than least most exceed to from below above".split())
_ORDINALS = frozenset("first second third fourth last next final by".split())  # "the first quarter of"


class NumberForm(StrEnum):
    """What a number is written as, which says what it can be a target of."""

    PLAIN = "plain"
    PERCENT = "percent"
    POINTS = "points"
    MONEY = "money"
    SHARE = "share"


@frozen
class Token:
    """One word, number or sign, in lower case, with its place in the text."""

    text: str  # "%" for "per cent", "–" for any dash
    start: int  # its first character in the text
    end: int  # the character after its last
    determined: bool = False  # whether an article or possessive is before it: "the gap", "our ranking"
    capital: bool = False  # whether it begins with a capital letter
    form: NumberForm | None = None  # what it is written as, if it is a number: "£2.5m" is money, 2.5, million
    number: Decimal | None = None  # its value; ``None`` for a share in words, such as "one in three"
    scale: str = ""

    @property
    def is_sign(self) -> bool:
        """Whether it is punctuation rather than a word or a number."""
        return self.text not in ("%", "£") and not any(map(str.isalnum, self.text))


NOTHING = Token("", 0, 0)
"""The token before the first and after the last."""


class PhraseTable(Generic[M]):
    """Phrases and what they mean; the longest phrase that begins at a word is the one that is meant."""

    def __init__(self, meanings: Mapping[str, M]) -> None:
        self._meanings = {tuple(phrase.split()): meaning for phrase, meaning in meanings.items()}
        self._lengths: dict[str, dict[int, None]] = {}  # of the phrases that begin with a word, from the longest on
        for phrase in sorted(self._meanings, key=len, reverse=True):
            self._lengths.setdefault(phrase[0], {})[len(phrase)] = None

    def at(self, tokens: Sequence[Token], start: int) -> tuple[int, M] | None:
        """Return where the longest phrase that begins at this token ends, and its meaning."""
        if 0 <= start < len(tokens):
            for length in self._lengths.get(tokens[start].text, ()):
                found = self._meanings.get(tuple(token.text for token in tokens[start : start + length]))
                if found is not None:
                    return start + length, found
        return None

    def find(self, tokens: Sequence[Token], start: int = 0, stop: int | None = None) -> Iterator[tuple[int, int, M]]:
        """Find every phrase in a stretch of tokens, none within another: where it begins, ends, and its meaning."""
        at, last = start, len(tokens) if stop is None else stop
        while at < last:
            found = self.at(tokens, at)
            if found is None:
                at += 1
            else:
                yield at, found[0], found[1]
                at = found[0]


def tokens_of(text: str) -> list[Token]:
    """Return the words, numbers and signs of a sentence, without its articles.

    Raises:
        InvalidTypeError: What is no text.
        InvalidValueError: Blank text, more than ``MAX_CHARACTERS``, control characters.

    Example:
        >>> [token.text for token in tokens_of("Reduce the rate to 12 per cent")]
        ['reduce', 'rate', 'to', '12%']
    """
    if not isinstance(text, str):
        raise InvalidTypeError("statement", text, _ALLOWED)
    if len(text) > MAX_CHARACTERS or not text.strip() or _CONTROL.search(text):
        raise InvalidValueError("statement", text, _ALLOWED)
    tokens: list[Token] = []
    determined = False
    for match in _TOKEN.finditer(text):
        word = _spelled(match[0].lower())
        if word in _ARTICLES:
            determined = True
            continue
        before = [token.text for token in tokens[-2:]]
        if match["share"]:
            notated = _NO_NUMBER if set(before[-1:]) & _ORDINALS else (NumberForm.SHARE, None, "")
        else:
            notated = _number(word, before)
        tokens.append(Token(word, match.start(), match.end(), determined, match[0][0].isupper(), *notated))
        determined = False
    return tokens


def _spelled(raw: str) -> str:
    """Return a word, number or sign in its one spelling; a lone hyphen is a dash, one inside a word joins it."""
    if len(raw) == 1:
        return raw.translate(_SIGNS)
    if raw.endswith(">"):
        return "→"
    if raw.startswith("no") and raw.endswith("."):
        return "number"
    if raw.startswith("percentage") and "point" in raw:
        return "percentage-point"
    return re.sub(r"\s*per\s*cent$", "%", raw) if raw.endswith("cent") else raw.replace("’", "'")


_Notated = tuple[NumberForm | None, Decimal | None, str]
_NO_NUMBER: _Notated = (None, None, "")


def _number(word: str, before: list[str]) -> _Notated:
    """Return the form, value and scale of a number."""
    first, *unit_words = word.split()
    if first in _COUNTING and unit_words:
        return NumberForm.POINTS, _COUNTING[first], ""
    if first in _COUNTING:
        counted = before[-1:] and (before[-1] in _BEFORE_A_NUMBER or before in (["maximum", "of"], ["minimum", "of"]))
        return (NumberForm.PLAIN, _COUNTING[word], "") if counted else _NO_NUMBER
    match = _NUMBER.fullmatch(word)
    if match is None:
        return _NO_NUMBER
    money, whole, decimals, scale, unit = match.groups()
    plain = NumberForm.MONEY if money else NumberForm.PLAIN
    form = {"": plain, "%": NumberForm.PERCENT}.get(unit, NumberForm.POINTS)
    return form, exact(whole.replace(",", "") + (decimals or "")), _SCALES.get(scale, scale)
