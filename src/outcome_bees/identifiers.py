"""The names by which items of a plan and places refer to each other, checked once."""

import re
import unicodedata

from outcome_bees.errors import InvalidTypeError, InvalidValueError

__all__ = ["ALLOWED_AREA", "ALLOWED_ID", "area_code", "identifier", "is_register_code", "slug", "sql_name"]

_ID = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*", re.ASCII)
_AREA = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._:-]*[A-Za-z0-9])?", re.ASCII)
_MAX_LENGTH = 100

ALLOWED_ID = "lower-case letters and digits joined by single '-', '_' or '.', at most 100 characters"
ALLOWED_AREA = "an area code such as E10000015: letters and digits, '.', '_', ':' or '-' between them"


def identifier(given: str, what: str = "id") -> str:
    """Return the id as given, or refuse what is not one.

    Example:
        >>> identifier("ehcp-within-20-weeks")
        'ehcp-within-20-weeks'
    """
    if not isinstance(given, str):
        raise InvalidTypeError(what, given, ALLOWED_ID)
    if len(given) > _MAX_LENGTH or not _ID.fullmatch(given):
        raise InvalidValueError(what, given, ALLOWED_ID)
    return given


def area_code(given: str, what: str = "area") -> str:
    """Return the code of a place as given, or refuse what is not one; any code list will do.

    Example:
        >>> area_code("E10000015")
        'E10000015'
    """
    if not isinstance(given, str):
        raise InvalidTypeError(what, given, ALLOWED_AREA)
    if len(given) > _MAX_LENGTH or not _AREA.fullmatch(given):
        raise InvalidValueError(what, given, ALLOWED_AREA)
    return given


def is_register_code(text: str) -> bool:
    """Return whether a text has the form of a code of the Register of Geographic Codes: a letter and eight digits.

    Example:
        >>> is_register_code("E10000015"), is_register_code("north-area")
        (True, False)
    """
    return len(text) == 9 and text.isascii() and text[0].isupper() and text[1:].isdigit()


def slug(text: str) -> str:
    """Return the id that a title suggests: accents folded, everything but letters and digits a hyphen.

    Example:
        >>> slug("Be\\u00a0Ambitious")
        'be-ambitious'
    """
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", folded))[:_MAX_LENGTH].strip("-")


def sql_name(name: str) -> str:
    """Return the name of a table or column as SQL has it whatever is in it: in double quotes.

    Example:
        >>> print(sql_name('KPI "Q1" 2024'))
        "KPI ""Q1"" 2024"
    """
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
