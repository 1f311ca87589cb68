"""A draft of a document of sources: what was found in a file, and what only its reader can decide."""

from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from attrs import field, frozen

from outcome_bees.serializers.documents import FORMAT, write_tree
from outcome_bees.serializers.file_access import Writable, write

__all__ = ["TO_DECIDE", "Draft", "Undecided"]

TO_DECIDE = "?"
"""The text in a draft where something is to be decided. No field takes it, so that nothing is left by mistake."""


@frozen
class Undecided:
    """What is to be decided before a draft can be loaded, or to be looked at.

    Attributes:
        path: Where in the document: ``$.sources[0].layout.calendar``.
        text: What is to be decided, with what was seen.
        allowed: What may be written there, in words.
    """

    path: str
    text: str
    allowed: str = ""

    def __str__(self) -> str:
        return f"{self.path}: {self.text}{f' ({self.allowed})' if self.allowed else ''}"


def _mappings(given: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    return tuple(given)


def _questions(given: Sequence[Undecided]) -> tuple[Undecided, ...]:
    return tuple(given)


def _notes(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(given)


@frozen
class Draft:
    """A document of sources that is to be completed.

    Attributes:
        file: The file that was looked at.
        sources: The sources, as plain mappings; ``?`` where something is to be decided.
        questions: What is to be decided, in the order of the document. Until then the draft cannot be loaded.
        notes: What was seen, and what was proposed from it: to be looked at.

    Example:
        >>> draft = Draft("a.csv", [{"file": "a.csv"}], [], ["its columns are the library's own"])
        >>> print(draft)
        # Draft of a source: a.csv
        # Seen: its columns are the library's own
        format: outcome-bees/1
        sources:
          - file: a.csv
        <BLANKLINE>
    """

    file: str
    sources: tuple[Mapping[str, Any], ...] = field(converter=_mappings)
    questions: tuple[Undecided, ...] = field(default=(), converter=_questions)
    notes: tuple[str, ...] = field(default=(), converter=_notes)

    @property
    def tree(self) -> dict[str, Any]:
        """The document, as plain mappings and lists."""
        return {"format": FORMAT, "sources": [dict(each) for each in self.sources]}

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to be decided."""
        return not self.questions

    def __str__(self) -> str:
        lines = [f"Draft of a source: {self.file}"]
        lines += [f"Seen: {note}" for note in self.notes]
        lines += [f"To decide: {question}" for question in self.questions]
        written = StringIO()
        write_tree(self.tree, written, format="yaml")
        return "".join(f"# {_one_line(line)}\n" for line in lines) + written.getvalue()

    def dump(self, target: Writable) -> None:
        """Write the draft as YAML, what was seen and what is to be decided above it as comments.

        Raises:
            DocumentError: It cannot be written there.
        """
        write(target, str(self))


def _one_line(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text)
