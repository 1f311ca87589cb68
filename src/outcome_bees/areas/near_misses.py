"""Texts that are nearly the code of a place: the message names the place that was meant, and none is assumed."""

import re
from collections.abc import Iterable

from outcome_bees.areas.register import Area, find, nearest as nearest_place, register, successors
from outcome_bees.errors import UnknownNameError, nearest
from outcome_bees.identifiers import is_register_code

__all__ = ["meant_place", "mistyped"]

_WITHIN = re.compile(r"(?<![A-Za-z0-9])[A-Z][0-9]{8}(?![A-Za-z0-9])", re.ASCII)
_NEARLY = re.compile(r"[EKNSWeknsw][0-9OoIlSB]{6,10}", re.ASCII)
_UNSEEN = " \t\r\n\u00a0\u2002\u2003\u2007\u2009\u200b\u200c\u200d\u2060\u202f\ufeff'\"`\u2018\u2019\u201c\u201d"
_NAMED = dict.fromkeys("\ufeff\u200b\u200c\u200d\u2060", "an invisible character")
_NAMED |= {"\u00a0": "a no-break space", " ": "a space", "\t": "a tab"}
_AS_DIGITS = str.maketrans("OoIlSB", "001158")
_LONGEST = 100  # characters: nothing longer is looked up


def mistyped(text: str) -> str | None:
    """Return what to write in place of a text that is nearly a nine-character code; ``None`` where it is none.

    A code of another list, and a nine-character code that the register does not have, are left alone: any list of
    codes may be used, and registers grow.

    Example:
        >>> mistyped("e10000015"), mistyped("E1000015"), mistyped("E10000015"), mistyped("north-area")
        ('write E10000015', 'such a code has 8 digits, and this has 7: did you mean E10000015?', None, None)
    """
    if is_register_code(text) or len(text) > _LONGEST:
        return None
    inner = text.strip(_UNSEEN)
    if inner != text:
        return _around(text, inner)
    if _NEARLY.fullmatch(text):
        return _nearly(text)
    joined = re.sub(r"[ ._-]", "", text)
    if is_register_code(joined.upper()):
        return f"write {joined.upper()}"
    codes = _WITHIN.findall(text)
    if len(codes) == 1:
        return f"write the code alone: {codes[0]}"
    return _of_a_name(text) if " " in text else None


def meant_place(text: str, codes: Iterable[str]) -> str | None:
    """Return the code that was meant by a name, or by a code that is not there; ``None`` where none is near.

    Args:
        text: What was asked for.
        codes: The codes there are.

    Example:
        >>> meant_place("Kent", ["E10000015", "E10000016"]), meant_place("E10000061", ["E10000015", "E10000016"])
        ('E10000016', 'E10000016')
        >>> meant_place("Hertfordshir", ["E10000015", "E10000016"]), meant_place("own-1", ["E10000015"])
        ('E10000015', None)
    """
    there = list(codes)
    if text in register():  # another place, which may have become one that is there
        after = [code for code in successors(text) if code in there]
        return after[0] if len(after) == 1 else None
    try:
        found: Area | None = find(text)
    except UnknownNameError:
        found = nearest_place(text)
    if found is not None:
        return found.code if found.code in there else None
    return nearest(text, there, likeness=0.85)


def _around(text: str, inner: str) -> str:
    """Return what is before or after the code, as far as it can be named."""
    begin = text.index(inner) if inner else len(text)
    sides = [("before", text[:begin]), ("after", text[begin + len(inner) :])]
    named = [f"{_NAMED.get(piece[-1], 'a sign')} {side}" for side, piece in sides if piece]
    hint = f"there is {' and '.join(named)} it"
    further = mistyped(inner) if inner else None
    if further:
        return f"{hint}; {further}"
    return f"{hint}: write {inner}" if inner else hint


def _nearly(text: str) -> str | None:
    digits = text[1:].translate(_AS_DIGITS)
    code = text[0].upper() + digits
    if sum(map(str.isdigit, text)) < len(text) - 3 and code not in register():
        return None  # letters enough for a list of codes of its own
    if len(digits) == 8:
        letters = sorted({each for each in text[1:] if not each.isdigit()})
        swapped = f", with digits in place of {' and '.join(letters)}" if letters else ""
        return f"write {code}{swapped}"
    # A code of another sort is of no help, nor is one of many that are as near.
    meant = [each for each in register() if each.startswith(code[:3]) and _one_apart(each, code)]
    hint = f": did you mean {meant[0]}?" if len(meant) == 1 else ""
    return f"such a code has 8 digits, and this has {len(digits)}{hint}"


def _of_a_name(text: str) -> str | None:
    """Return the code of a place that is written with its name."""
    for name in (text, re.sub(r" (?:county|city|borough|metropolitan borough)? ?council$", "", text.casefold())):
        try:
            found = find(name)
        except UnknownNameError:
            continue
        return f"the code of {found.name} is {found.code}"
    return None


def _one_apart(one: str, other: str) -> bool:
    """Return whether one text is the other with a character left out."""
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )
