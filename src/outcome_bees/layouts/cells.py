"""What a cell of a table means, and how it is written: one place for every layout, in files and in frames.

A cell is text, or arrives typed from a spreadsheet or a frame and is made text first. It may hold a number, a word or
symbol that says why there is none, a word for the whole population, a breakdown, a day, or text.
"""

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from outcome_bees.errors import InvalidValueError
from outcome_bees.exact import exact
from outcome_bees.frozen import FrozenMapping
from outcome_bees.layouts.number_hints import number_hint
from outcome_bees.synonyms import meant
from outcome_bees.vocabulary import ABSENCE_SYMBOLS, Absence

__all__ = [
    "ABSENCES",
    "SHOWN_AS_MONTH",
    "TOTALS",
    "TYPED_DATE",
    "TYPED_ERROR",
    "absence_of",
    "absence_texts",
    "as_text",
    "day_of",
    "format_breakdown",
    "guard_formula",
    "is_total",
    "normal_word",
    "number_of_cell",
    "parse_breakdown",
    "unguard_formula",
]

# Absences


def absence_texts(symbols: Mapping[str, Absence]) -> dict[str, Absence]:
    """Return every text by which a cell says why there is no figure: each symbol, and each in brackets.

    Example:
        >>> absence_texts({"NA": Absence.NOT_AVAILABLE})
        {'NA': <Absence.NOT_AVAILABLE: 'not_available'>, '[NA]': <Absence.NOT_AVAILABLE: 'not_available'>}
    """
    texts: dict[str, Absence] = {}
    for symbol, meaning in symbols.items():
        texts[symbol] = meaning
        if symbol:  # a blank cell has no brackets
            texts[f"[{symbol}]"] = meaning
    return texts


ABSENCES: Mapping[str, Absence] = MappingProxyType(
    {**absence_texts(ABSENCE_SYMBOLS), **{meaning.value: meaning for meaning in Absence}}
)
"""Every text that says why a figure is absent: our words, the symbols, and the symbols in brackets.

Source: brackets as the Government Statistical Service asks for in spreadsheets.
"""


def absence_of(text: str) -> Absence:
    """Return the absence that a word or a symbol means.

    Example:
        >>> absence_of("c"), absence_of("[low]"), absence_of("not_available")
        (<Absence.SUPPRESSED: 'suppressed'>, <Absence.LOW: 'low'>, <Absence.NOT_AVAILABLE: 'not_available'>)
    """
    try:
        return ABSENCES[text]
    except KeyError:
        words = ", ".join(meaning.value for meaning in Absence)
        near = meant("Absence", text, (meaning.value for meaning in Absence))
        hint = f"did you mean {near}?" if near else None
        raise InvalidValueError("absence", text, f"{words}; or a symbol: {', '.join(ABSENCE_SYMBOLS)}", hint) from None


# Totals

TOTALS = frozenset(
    {
        "total",
        "all",
        "all ages",
        "all children",
        "all genders",
        "all learners",
        "all people",
        "all persons",
        "all pupils",
        "all sexes",
        "all students",
        "all young people",
        "both sexes",
        "everyone",
        "persons",
    }
)
"""The words that publishers use for the whole population, in lower case.

Source: "Total" is what the Department for Education's guide asks for; the others occur in its files, and in those of
the Office for National Statistics and Fingertips ("Persons"). A layout takes further words in ``totals``.
"""


def normal_word(word: str) -> str:
    """Return a word as it is compared with others: without regard to case and surrounding space.

    Example:
        >>> normal_word(" All  Pupils")
        'all pupils'
    """
    return " ".join(word.split()).casefold()


def is_total(word: str, further: Collection[str] = ()) -> bool:
    """Return whether a cell of a filter means the whole population; a blank one does.

    Args:
        word: The text of the cell.
        further: Words that the caller adds for this filter, as ``normal_word`` gives them.

    Example:
        >>> is_total("Total "), is_total("Female"), is_total("Whole county", {"whole county"})
        (True, False, True)
    """
    normal = normal_word(word)
    return not normal or normal in TOTALS or normal in further


# Numbers and days


def number_of_cell(cell: str) -> Decimal:
    """Return the exact number in a cell; what people type in its place is refused with what to do about it.

    Example:
        >>> try:
        ...     number_of_cell("95%")
        ... except InvalidValueError as error:
        ...     print(error.hint)
        leave off the %: the unit of the measure gives it
    """
    try:
        return exact(cell)
    except InvalidValueError as error:
        if cell in ABSENCES:
            hint: str | None = f"why there is no figure goes into the column absence: {ABSENCES[cell].value}"
        elif cell == TYPED_ERROR:
            hint = "check the formula"
        else:
            hint = number_hint(cell) or error.hint
        raise InvalidValueError(error.what, cell, error.allowed, hint) from None


_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def day_of(text: str) -> date:
    """Return the day that ISO text means.

    Example:
        >>> day_of("2025-03-31")
        datetime.date(2025, 3, 31)
    """
    if _DAY.fullmatch(text):
        with suppress(ValueError):
            return date.fromisoformat(text)
    raise InvalidValueError("date", text, "a date, such as 2025-03-31")


# Formulas

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n]")


def guard_formula(text: str) -> str:
    """Return the text with an apostrophe before it where a spreadsheet would run it as a formula.

    Source: OWASP, CSV injection: a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line's end.

    Example:
        >>> guard_formula("=cmd()"), unguard_formula(guard_formula("'=cmd()"))
        ("'=cmd()", "'=cmd()")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguard_formula(text: str) -> str:
    """Return the text as it was before it was guarded."""
    return text[1:] if _GUARDED.match(text) else text


# Breakdowns

_SPECIAL = re.compile(r"[\\;=]|\A | \Z")
_PIECE = re.compile(r"\\(?P<escaped>.)|(?P<sign>[;=])|(?P<plain>[^\\;=]+)|(?P<stray>\\)", re.DOTALL)


def format_breakdown(given: Mapping[str, str]) -> str:
    """Return a breakdown as one cell.

    Example:
        >>> format_breakdown({"age": "5-10", "sex": "girls"})
        'age=5-10; sex=girls'
    """
    escaped = ((_SPECIAL.sub(r"\\\g<0>", key), _SPECIAL.sub(r"\\\g<0>", value)) for key, value in given.items())
    return "; ".join(f"{key}={value}" for key, value in escaped)


def parse_breakdown(text: str) -> FrozenMapping[str, str]:
    """Return the breakdown that a cell holds; an empty cell is all of the population.

    Example:
        >>> parse_breakdown("sex=girls; age=5-10")
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
    """Return names and values in turn, each followed by the sign that ends it; spaces around them left off."""
    sides: list[str] = []
    side, plain_end = "", True
    for piece in _PIECE.finditer(text):
        kind, content = piece.lastgroup, piece[piece.lastgroup or 0]
        if kind == "sign":
            sides += [side.rstrip(" ") if plain_end else side, content]
            side, plain_end = "", True
        elif kind == "stray":
            sides.append("")  # a number of sides that no list of parts has
        else:
            side += content if side or kind == "escaped" else content.lstrip(" ")
            plain_end = kind == "plain"
    return [*sides, side.rstrip(" ") if plain_end else side, ";"] if side else sides


# Typed cells

TYPED_DATE = "the date "
"""What begins the text of a cell that is a date: in the column of periods it may be a spreadsheet's invention."""

SHOWN_AS_MONTH = " shown as its month"
"""What ends the text of a date whose cell shows its month and year alone."""

TYPED_ERROR = "an error, such as #DIV/0! or #N/A"
"""The text of a cell that holds the error of a formula; no column reads it."""


def as_text(cell: Any) -> str:
    """Return a cell as text; what is no text, number or date becomes text that no column reads, naming what it was.

    Example:
        >>> as_text(56.3), as_text(95.0), as_text(None), as_text(datetime(2024, 12, 1))
        ('56.3', '95', '', 'the date 2024-12-01')
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return f"the truth value {str(cell).lower()}"
    if isinstance(cell, float):
        # A spreadsheet has no whole numbers, only floats that are whole.
        return str(int(cell)) if cell.is_integer() and abs(cell) < 10**15 else repr(cell)
    if isinstance(cell, datetime):
        whole = cell.time() == time(0)
        return f"{TYPED_DATE}{cell.date() if whole else cell}"
    if isinstance(cell, date):
        return f"{TYPED_DATE}{cell}"
    if isinstance(cell, (time, timedelta)):
        return f"the time {cell}"
    return str(cell) if isinstance(cell, (int, Decimal)) else f"a value of type {type(cell).__name__}"
