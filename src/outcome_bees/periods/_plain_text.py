"""Text as people type it, simplified before it is read; and what could never be read, refused at once."""

from __future__ import annotations

import re

from outcome_bees.errors import InvalidTypeError, PeriodError, shown

__all__ = ["check_length", "clean", "simplify"]

_LONGEST_TEXT = 64
"""The longest text that is read at all. Our choice: the longest label, of two dates, has 37 characters."""

_DASHES = "_\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SPACES = "\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f"
_SLASHES = "\u2044\u2215"
_QUOTES = "\u2018\u2019"
_FORGIVEN = (_DASHES, "-"), (_SPACES, " "), (_SLASHES, "/"), (_QUOTES, "'")
_SUBSTITUTES = {ord(char): plain for chars, plain in _FORGIVEN for char in chars}

_ENDS = " \t\r\n\ufeff"
"""What a cell of a file may trail: the end of its line, a tab, the mark that a file begins with."""

_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -/.,:;|'()&")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_BETWEEN_NUMBER_AND_WORD = re.compile("(?<=[0-9])[./:](?=[a-z])|(?<=[a-z])[/:](?=[0-9])")
_SMALL_WORDS = {"of", "the"}


def check_length(text: str) -> str:
    """Return the text, after checking that it is text, and no longer than anything that is read.

    Raises:
        InvalidTypeError: It is no text.
        PeriodError: It is too long.
    """
    if not isinstance(text, str):
        raise InvalidTypeError("period", text, "text, such as FY2024-25")
    if len(text) > _LONGEST_TEXT:
        raise PeriodError(f"period: given {shown(text)}; allowed: at most {_LONGEST_TEXT} characters")
    return text


def clean(text: str) -> str:
    """Return the text in plain characters, without the spaces and line ends around it.

    Raises:
        PeriodError: It has a character that no notation has: a control character, a digit of another script.
            This is checked before any pattern is made, for that takes longer than all the rest.
    """
    text = text.strip(_ENDS)
    if not text.isascii() or "_" in text:
        text = text.translate(_SUBSTITUTES).strip()
    if not _CHARACTERS.issuperset(text):
        wrong = next(char for char in text if char not in _CHARACTERS)
        raise PeriodError(f"{shown(wrong)} is no part of a period; allowed: plain letters, digits, dashes and spaces")
    return text


def simplify(cleaned: str) -> str:
    """Return clean text without what makes no difference.

    That is: capitals, commas, semicolons, bars, pairs of brackets, a dot, colon or slash between a number and a word,
    spaces around a dash, and inside the text the words "of" and "the".

    Example:
        >>> simplify("Q2 of the Financial Year (2024 - 25)")
        'q2 financial year 2024-25'
    """
    text = cleaned.lower().replace(",", " ").replace(";", " ").replace("|", " ").replace("&", " and ")
    if "(" in text:
        text = _BRACKETED.sub(r" \1 ", text)
    if "/" in text or "." in text or ":" in text:
        text = _BETWEEN_NUMBER_AND_WORD.sub(" ", text)
    words = text.split()
    if not _SMALL_WORDS.isdisjoint(words):
        words = [word for at, word in enumerate(words) if word not in _SMALL_WORDS or at in (0, len(words) - 1)]
    text = " ".join(words)
    for joint in "-/":
        text = text.replace(f" {joint}", joint).replace(f"{joint} ", joint)
    text = text.replace("-to-", " to ")
    return text.removeprefix("from ") if " to " in text else text
