"""A sentence as a row of words: each with its place in the text, numbers read, articles folded away.

Phrases are looked up in this row, so that "below the national average" and "below national average"
are one phrase, and what people type (curly quotes, any dash, a no-break space, "per cent") is one thing.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from attrs import frozen

from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.exact import exact

__all__ = ["END", "MAX_CHARACTERS", "Form", "Number", "Word", "words_of"]

MAX_CHARACTERS = 2_000
"""The longest sentence read. Our choice: the longest measure in the published editions has 130 characters."""

_ALLOWED = f"a sentence that is not blank, of at most {MAX_CHARACTERS:,} characters, without control characters"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

# Every alternative consumes at least one character and repeats only over a separator and what follows it, so
# the scan is linear: a number ("£2.5m", "16-17", "28/02/2026"), a word ("year-on-year", "Q4"), a sign.
_TOKEN = re.compile(
    r"£?[0-9]+(?:[.,/–-][0-9]+)*[^\W\d_]*(?:-[^\W\d_]+)*[%+]?"
    r"|[^\W\d_][^\W_]*(?:['’&‐‑-][^\W_]+)*"  # noqa: RUF001 - and apostrophes and hyphens so
    r"|[-–—]+>|[<>]="
    r"|\S"
)
_NUMBER = re.compile(r"(£?)([0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,15})(\.[0-9]{1,10})?(k|m|bn|million|)(%?)")
_SCALES = {
    "k": "thousand",
    "thousand": "thousand",
    "m": "million",
    "million": "million",
    "bn": "billion",
    "billion": "billion",
}
_SMALL = frozenset("one two three four five six seven eight nine ten twelve twenty fifty hundred".split()) | frozenset(
    map(str, range(1, 21))
)
_COUNTED = {
    word: Decimal(value)
    for value, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
    if value
}
# A number in words is one only where something makes it a number: "no more than two", "from six to four".
_COUNTING = frozenset("than least most exceed to from below above".split())
_EXTREMES = ("maximum", "minimum")
_FRACTIONS = frozenset("half third thirds two-thirds quarter quarters three-quarters".split())
_ORDINALS = frozenset("first second third fourth last next final by".split())
_SIGNS = str.maketrans("’‘‐‑—−-[]{}•·", "''--–––()();;")  # noqa: RUF001 - signs as people type them
_FOLDED = frozenset("a an the our its their this these each's".split())


class Form(StrEnum):
    """What a number is written as, which says what it can be a target of."""

    PLAIN = "plain"
    PERCENT = "percent"
    POINTS = "points"
    MONEY = "money"
    SHARE = "share"


@frozen
class Number:
    """A number as the sentence has it: "£2.5m" is 2.5, money, million; "one in three" is a share."""

    value: Decimal
    form: Form
    scale: str = ""


@frozen
class Word:
    """One word, number or sign, in lower case, with the characters of the text that it stands for."""

    text: str
    start: int
    end: int
    determined: bool = False
    """Whether an article or possessive stood before it: "the gap", "our ranking"."""
    capital: bool = False
    number: Number | None = None

    @property
    def is_sign(self) -> bool:
        """Whether it is punctuation rather than a word or a number."""
        return self.text not in ("%", "£") and not any(map(str.isalnum, self.text))


END = Word("", 0, 0)


def _number(text: str) -> Number | None:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    money, whole, decimals, scale, percent = match.groups()
    form = Form.MONEY if money else Form.PERCENT if percent else Form.PLAIN
    return Number(exact(whole.replace(",", "") + (decimals or "")), form, _SCALES.get(scale, ""))


def _joined(one: Word, other: Word, text: str, number: Number | None) -> Word:
    return Word(text, one.start, other.end, one.determined, one.capital, number)


def _fold(words: list[Word], word: Word) -> None:
    """Put a word at the end of the row, or make it one with the last: "per cent", "£2 million", "No."."""
    last = words[-1] if words else END
    number = last.number
    if last.text == "per" and word.text == "cent":
        words.pop()
        return _fold(words, _joined(last, word, "%", None))
    if word.text in ("percent", "%") and number is not None and number.form is Form.PLAIN:
        words[-1] = _joined(last, word, f"{last.text}%", Number(number.value, Form.PERCENT))
    elif word.text == "percent":
        words.append(Word("%", word.start, word.end, word.determined))
    elif word.text in _SCALES and number is not None and not number.scale and last.end < word.start:
        words[-1] = _joined(last, word, last.text, Number(number.value, number.form, _SCALES[word.text]))
    elif word.text.startswith("point") and last.text == "percentage":
        before = words[-2].number if len(words) > 1 else None
        if before is None and len(words) > 1 and words[-2].text in _COUNTED:
            before = Number(_COUNTED[words[-2].text], Form.PLAIN)
        words[-1] = _joined(last, word, "percentage-point", None)
        if before is not None:
            points = words.pop()
            words[-1] = _joined(words[-1], points, words[-1].text, Number(before.value, Form.POINTS))
    elif word.text == "." and last.text == "no":
        words[-1] = _joined(last, word, "number", None)
    else:
        words.append(word)
    return None


def _share(words: list[Word], at: int) -> int:
    """How many words from here make a share: "one in three", "two-thirds of"; 0 where none do."""
    texts = [word.text for word in words[at : at + 4]]
    before = words[at - 1].text if at else ""
    if texts[0] in _FRACTIONS and texts[1:2] in (["of"], ["all"]) and before not in _ORDINALS:
        dated = any(character.isdigit() for character in "".join(texts[2:3]))
        return 0 if dated else 1
    if texts[0] in _SMALL and texts[1:2] and texts[1] in _FRACTIONS and texts[2:3] in (["of"], ["all"]):
        return 0 if before in _ORDINALS else 2  # three quarters of
    if texts[0] in _SMALL and texts[1:2] == ["in"] and texts[2:3] and texts[2] in _SMALL:
        return 3
    if texts[0] in _SMALL and texts[1:3] == ["out", "of"] and texts[3:] and texts[3] in _SMALL:
        return 4
    return 0


def _shares_folded(words: list[Word]) -> list[Word]:
    folded: list[Word] = []
    at = 0
    while at < len(words):
        length = _share(words, at)
        if length:
            first, last = words[at], words[at + length - 1]
            folded.append(_joined(first, last, "share", Number(Decimal(0), Form.SHARE)))
        else:
            folded.append(_counted(words[at], [word.text for word in words[max(at - 2, 0) : at]]))
        at += length or 1
    return folded


def _counted(word: Word, before: Sequence[str]) -> Word:
    value = _COUNTED.get(word.text)
    said = before[-1:] and (before[-1] in _COUNTING or (before[-1] == "of" and before[0] in _EXTREMES))
    if value is None or not said:
        return word
    return _joined(word, word, word.text, Number(value, Form.PLAIN))


def words_of(text: str) -> list[Word]:
    """The words, numbers and signs of a sentence, articles folded away.

    Raises:
        InvalidTypeError: What is no text.
        InvalidValueError: Blank text, more than ``MAX_CHARACTERS``, control characters.

    Example:
        >>> [word.text for word in words_of("Reduce the rate to 12 per cent")]
        ['reduce', 'rate', 'to', '12%']
    """
    if not isinstance(text, str):
        raise InvalidTypeError("statement", text, _ALLOWED)
    if len(text) > MAX_CHARACTERS or not text.strip() or _CONTROL.search(text):
        raise InvalidValueError("statement", text, _ALLOWED)
    words: list[Word] = []
    determined = False
    for match in _TOKEN.finditer(text):
        raw = match[0]
        lower = raw.lower()
        # A lone hyphen is a dash; one inside a word joins it.
        sign = lower.translate(_SIGNS) if len(lower) == 1 else lower.replace("’", "'")
        sign = "→" if len(sign) > 1 and sign.endswith(">") else sign
        if sign in _FOLDED:
            determined = True
            continue
        _fold(words, Word(sign, match.start(), match.end(), determined, raw[0].isupper(), _number(lower)))
        determined = False
    return _shares_folded(words)
