"""Notes that tables put beside a period, such as (provisional): they are no part of it."""

from __future__ import annotations

import re

from outcome_bees.errors import InvalidTypeError
from outcome_bees.vocabulary import Revision

__all__ = ["split_note"]

_REVISIONS = {
    "provisional": Revision.PROVISIONAL,
    "prov": Revision.PROVISIONAL,
    "preliminary": Revision.PROVISIONAL,
    "unvalidated": Revision.PROVISIONAL,
    "unconfirmed": Revision.PROVISIONAL,
    "draft": Revision.PROVISIONAL,
    "p": Revision.PROVISIONAL,
    "revised": Revision.REVISED,
    "rev": Revision.REVISED,
    "r": Revision.REVISED,
    "final": Revision.FINAL,
    "validated": Revision.FINAL,
    "confirmed": Revision.FINAL,
    "forecast": Revision.FORECAST,
    "f": Revision.FORECAST,
    "withdrawn": Revision.WITHDRAWN,
}
"""What a note says of the figures of its period.

Source: the letters are symbols of the Government Analysis Function's guidance on tables ([f], [p], [r]); the
words are those that published tables have.
"""

_WORDS = "|".join(word for word in _REVISIONS if len(word) != 1)
_LETTERS = "|".join(word for word in _REVISIONS if len(word) == 1)
_MARK = r"\*+|[\u2020\u2021\u00b9\u00b2\u00b3]|\[(?:note )?[0-9]{1,2}\]|\(note [0-9]{1,2}\)"
_NOTE = re.compile(
    rf"(?: ?[(\[] ?(?P<bracketed>{_WORDS}|{_LETTERS})\.? ?[)\]]"
    rf"|(?: |, ?| ?[-\u2013:;] ?)(?P<word>{_WORDS})\.?"
    rf"|(?<=[0-9]) ?(?P<letter>{_LETTERS})"
    rf"| ?(?P<mark>{_MARK}))$",
    re.IGNORECASE,
)
_LONGEST_LABEL = 200
"""Longer text has no note; our choice, so that no text takes long."""


def split_note(label: str) -> tuple[str, Revision | None]:
    """Split the label of a column or row into the text of its period and what its note says of the figures.

    Notes are words or letters for how settled figures are, in brackets, after a dash or comma, or bare:
    ``(provisional)``, ``[p]``, ``- revised``, ``2024r``. A mark that points to a footnote (``*``, ``[1]``,
    ``[note 1]``) is taken off too, and says nothing of the figures. Whether the text is a period is for
    ``Period.parse`` to decide.

    Returns:
        The text without its notes, and the revision; ``None`` where no note gives one.

    Example:
        >>> split_note("2023/24 Q4 (provisional)")
        ('2023/24 Q4', <Revision.PROVISIONAL: 'provisional'>)
        >>> split_note("2024/25*"), split_note("2024/25")
        (('2024/25', None), ('2024/25', None))
    """
    if not isinstance(label, str):
        raise InvalidTypeError("label", label, "text, such as 2023/24 Q4 (provisional)")
    text, revision = label.strip(), None
    while len(text) <= _LONGEST_LABEL:
        found = _NOTE.search(text)
        if found is None or not text[: found.start()]:
            break
        word = found["bracketed"] or found["word"] or found["letter"]
        if word is not None:
            if revision is not None:
                break  # two of them contradict each other, or say more than is understood here
            revision = _REVISIONS[word.casefold()]
        text = text[: found.start()].rstrip()
    return text, revision
