"""What a cell of a table holds, as text and back: a breakdown, an absence, a text that is no formula."""

import re
from collections.abc import Mapping

from outcome_bees.errors import InvalidValueError
from outcome_bees.frozen import FrozenMapping
from outcome_bees.vocabulary import ABSENCE_SYMBOLS, Absence

__all__ = ["ABSENCES", "absence", "breakdown", "guarded", "unguarded", "written_breakdown"]

ABSENCES: dict[str, Absence] = {
    **{f"[{symbol}]": meaning for symbol, meaning in ABSENCE_SYMBOLS.items()},
    **ABSENCE_SYMBOLS,
    **{meaning.value: meaning for meaning in Absence},
}
"""Every text that says why a figure is absent: our words, the symbols, and the symbols in brackets.

Source: brackets as the Government Statistical Service asks for in spreadsheets.
"""


def absence(text: str) -> Absence:
    """The absence that a word or a symbol says.

    Example:
        >>> absence("c"), absence("[low]"), absence("not_available")
        (<Absence.SUPPRESSED: 'suppressed'>, <Absence.LOW: 'low'>, <Absence.NOT_AVAILABLE: 'not_available'>)
    """
    try:
        return ABSENCES[text]
    except KeyError:
        words = ", ".join(meaning.value for meaning in Absence)
        raise InvalidValueError("absence", text, f"{words}; or a symbol: {', '.join(ABSENCE_SYMBOLS)}") from None


_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n]")


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it as a formula.

    Source: OWASP, CSV injection: a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line's end.

    Example:
        >>> guarded("=cmd()"), unguarded(guarded("'=cmd()"))
        ("'=cmd()", "'=cmd()")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text as it was before it was guarded."""
    return text[1:] if _GUARDED.match(text) else text


_SPECIAL = re.compile(r"[\\;=]|\A | \Z")
_PIECE = re.compile(r"\\(?P<escaped>.)|(?P<sign>[;=])|(?P<plain>[^\\;=]+)|(?P<stray>\\)", re.DOTALL)


def written_breakdown(given: Mapping[str, str]) -> str:
    """A breakdown in one cell.

    Example:
        >>> written_breakdown({"age": "5-10", "sex": "girls"})
        'age=5-10; sex=girls'
    """
    escaped = ((_SPECIAL.sub(r"\\\g<0>", key), _SPECIAL.sub(r"\\\g<0>", value)) for key, value in given.items())
    return "; ".join(f"{key}={value}" for key, value in escaped)


def breakdown(text: str) -> FrozenMapping[str, str]:
    """The breakdown that a cell holds; an empty cell is all of the population.

    Example:
        >>> breakdown("sex=girls; age=5-10")
        FrozenMapping({'age': '5-10', 'sex': 'girls'})
    """
    allowed = "parts such as sex=girls; age=5-10, each name once, with \\ before a ; = or \\ that is text"
    if not text.strip(" ;"):
        return FrozenMapping()
    found: dict[str, str] = {}
    sides = _sides(text)
    for key, sign, value, end in zip(sides[::4], sides[1::4], sides[2::4], sides[3::4], strict=False):
        if (sign, end) != ("=", ";") or not key.strip() or not value.strip() or key in found:
            raise InvalidValueError("breakdown", text, allowed)
        found[key] = value
    if len(sides) % 4:
        raise InvalidValueError("breakdown", text, allowed)
    return FrozenMapping({key: found[key] for key in sorted(found)})


def _sides(text: str) -> list[str]:
    """Names and values in turn, each followed by the sign that ends it; spaces around them left off."""
    sides: list[str] = []
    side, plain_end = "", True
    for piece in _PIECE.finditer(text):
        sort, said = piece.lastgroup, piece[piece.lastgroup or 0]
        if sort == "sign":
            sides += [side.rstrip(" ") if plain_end else side, said]
            side, plain_end = "", True
        elif sort == "stray":
            sides.append("")  # a number of sides that no list of parts has
        else:
            side += said if side or sort == "escaped" else said.lstrip(" ")
            plain_end = sort == "plain"
    return [*sides, side.rstrip(" ") if plain_end else side, ";"] if side else sides
