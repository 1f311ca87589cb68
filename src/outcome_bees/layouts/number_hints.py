"""What people type in the place of a number, and what to do about each: hints alone, nothing is read by them."""

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

__all__ = ["number_hint", "written_out"]

_LONGEST = 80  # characters; what is longer is no slip of the pen
_MINUS = "\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d"  # signs that look like a hyphen
_DIGITS = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_MAGNITUDES = {"k": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "b": 9, "billion": 9, "thousand": 3}
_REVISIONS = {"p": "provisional", "prov": "provisional", "provisional": "provisional", "r": "revised", "rev": "revised"}
_REVISIONS |= {"revised": "revised", "f": "forecast", "e": "forecast", "est": "forecast", "final": "final"}
_NOTHING = frozenset(
    {"..", ".", "...", "-", "--", "n/a", "na", "n.a.", "#n/a", "null", "none", "nil", "nan", "missing", "blank", "?"}
    | {"no data", "not available", "unknown", *_MINUS}
)
_VULGAR = "\u00bc\u00bd\u00be\u2150-\u215e"
_LATER = frozenset({"tbc", "tba", "tbd", "pending", "awaited", "awaiting data", "to follow", "not yet available"})


def written_out(text: str) -> str | None:
    """Return a number in plain digits where another notation of one is given; ``None`` where it is none.

    Example:
        >>> written_out("095"), written_out(".5"), written_out("+5"), written_out("1e3"), written_out("95%")
        ('95', '0.5', '5', '1000', None)
    """
    if len(text) > _LONGEST or not re.fullmatch(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?", text):
        return None
    number = Decimal(text)
    return f"{number.copy_abs() if number.is_zero() else number:f}"


def number_hint(text: str, *, in_table: bool = True) -> str | None:
    """Return what to do about text that is no plain number; ``None`` where nothing is known about it.

    Args:
        text: What was typed.
        in_table: Whether the number is in a table of observations, which has columns for what a mark says.

    Example:
        >>> number_hint("95%")
        'leave off the %: the unit of the measure gives it'
        >>> number_hint("(5)")
        'a number in brackets is below zero: write -5'
    """
    if len(text) > _LONGEST:
        return None
    if text != text.strip():
        sides = [side for side, has in (("before", text[:1].isspace()), ("after", text[-1:].isspace())) if has]
        within = text.strip()
        hint = f"write {within}" if written_out(within) else number_hint(within, in_table=in_table)
        return f"there is a space {' and '.join(sides)} it{f'; {hint}' if hint else ''}"
    for pattern, say in _HINTS:
        found = pattern.fullmatch(text) if in_table or say not in _OF_TABLES else None
        if found and (hint := say(found)):
            return hint
    return None


def _plain(digits: str) -> str:
    return digits.replace(",", "")


def _amount(found: "re.Match[str]") -> str:
    magnitude = _MAGNITUDES.get((found["magnitude"] or "").lower(), 0)
    number = Decimal(_plain(found["digits"])).scaleb(magnitude)
    sign = "-" if found["sign"] else ""
    out = f"write the number out: {sign}{number:f}"
    return (
        out
        if found[0].lstrip("-")[0].isdigit()
        else f"leave off the sign, which the unit of the measure gives, and {out}"
    )


def _vulgar(found: "re.Match[str]") -> str:
    """Return a fraction of one sign as a decimal: a half is 0.5."""
    number = Decimal(found["whole"] or 0) + Decimal(str(unicodedata.numeric(found["part"])))
    return f"write it as a decimal: {round(number, 2).normalize():f}"


def _marked(found: "re.Match[str]") -> str:
    mark, number = found["mark"].strip(), _plain(found["digits"])
    if word := _REVISIONS.get(mark.lower()):
        return f"write {number}, and {word} in the column revision"
    if mark.lower() == "u":
        return f"write {number} and put the mark into the column note, or leave it out and write unreliable in absence"
    return f"write {number}, and put the mark {mark} into the column note"


def _limit(found: "re.Match[str]") -> str:
    if found[0][0] in "~≈":
        return "about so many is a note: write the number, and the mark into the column note"
    return "a limit is not a figure: leave the value empty, and write suppressed or low in absence"


def _share(found: "re.Match[str]") -> str | None:
    part, whole = int(found["part"]), int(found["whole"])
    if not whole:
        return None
    percent = Decimal(part) * 100 / whole
    return f"write one number in the unit of the measure: of a percentage, {round(percent, 2).normalize():f}"


def _time(found: "re.Match[str]") -> str | None:
    whole, minutes = int(found["whole"]), int(found["minutes"])
    if minutes >= 60:
        return None
    hours = round(whole + Decimal(minutes) / 60, 2).normalize()
    return f"write one number in the unit of the measure: {hours:f} where {found[0]} is hours and minutes"


def _word(found: "re.Match[str]") -> str | None:
    word = " ".join(found[0].split()).lower().strip("[]")
    if word in _NOTHING:
        return "leave the value empty, and write not_available in the column absence"
    if word in _LATER:
        return "leave the row out until there is a figure"
    if word.startswith("#"):
        return "the cell has the error of a formula: correct the formula, or write not_available in the column absence"
    return None


_OF_TABLES = (_word, _marked, _limit)  # which name other columns


def _hints() -> list[tuple["re.Pattern[str]", Callable[["re.Match[str]"], str | None]]]:
    """Return each mark as a pattern of the whole text, the first that fits first, and what to say of it."""
    return [
        (re.compile(pattern, re.IGNORECASE | re.ASCII), say)
        for pattern, say in (
            (r"[^0-9]{1,40}|\[?[A-Za-z#][A-Za-z/.#!0? ]{0,40}\]?", _word),
            (rf"[{_MINUS}](?P<digits>{_DIGITS})", lambda found: f"write -{_plain(found['digits'])} with a hyphen"),
            (rf"[-+]?{_DIGITS} ?%", lambda _: "leave off the %: the unit of the measure gives it"),
            (
                rf"(?P<sign>-?)[£$€] ?(?P<digits>{_DIGITS}) ?(?P<magnitude>k|mn?|million|bn?|billion|thousand)?",
                _amount,
            ),
            (rf"(?P<sign>-?)(?P<digits>{_DIGITS}) ?(?P<magnitude>k|mn?|million|bn?|billion|thousand)", _amount),
            (rf"[<>≤≥~≈] ?=? ?{_DIGITS} ?%?", _limit),
            (rf"(?P<whole>[0-9]{{0,9}}) ?(?P<part>[{_VULGAR}])", _vulgar),
            (
                rf"\((?P<digits>{_DIGITS})\)",
                lambda found: f"a number in brackets is below zero: write -{_plain(found['digits'])}",
            ),
            (rf"(?P<digits>-?{_DIGITS})%? ?[\[(](?P<mark>[^\])]{{1,20}})[\])]", _marked),
            (rf"(?P<digits>-?{_DIGITS}) ?(?P<mark>[*†‡^#~]|[prfeu])", _marked),
            (r"(?P<part>[0-9]{1,6}) ?(?:in|out of|of|/) ?(?P<whole>[0-9]{1,6})", _share),
            (r"(?P<whole>[0-9]{1,4}):(?P<minutes>[0-9]{2})", _time),
            (
                r"[-+]?[0-9]{1,3}(?:[, _'\u00a0][0-9]{3})+(?:\.[0-9]+)?",
                lambda found: f"write it without separators: {re.sub('[^0-9.+-]', '', found[0])}",
            ),
            (r".*,.*", lambda _: "write it without separators"),
            (
                r"(?P<digits>[0-9]+)(?:st|nd|rd|th)",
                lambda found: f"write {found['digits']}",
            ),
            (
                r"(?P<digits>-?[0-9]+(?:\.[0-9]+)?) (?P<unit>[A-Za-z][A-Za-z ]{0,30})",
                lambda found: f"write {found['digits']} alone: the unit of the measure gives {found['unit'].strip()}",
            ),
        )
    ]


_HINTS = _hints()
