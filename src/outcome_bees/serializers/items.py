"""Documents that are one list of items under one key: figures, targets, evaluations."""

from collections.abc import Sequence
from typing import Any

from outcome_bees.errors import Problem
from outcome_bees.serializers.converter import converter
from outcome_bees.serializers.documents import Document, current
from outcome_bees.serializers.places import spelled
from outcome_bees.serializers.values import RefusedError, refused

__all__ = ["Items"]


class Items:
    """The items of a document that is one list under one key, and what is wrong with the rest of them.

    Attributes:
        figures: What could be read.
        name: The document's name.
    """

    def __init__(self, document: Document, key: str, kind: type[Any]) -> None:
        self._document, self.name = document, document.name
        spend = bool(document.text)
        self._problems: list[Problem] = []
        self._steps: list[int] = []
        self._key = key
        figures: list[Any] = []
        self.figures: Sequence[Any] = figures
        hook = converter().get_structure_hook(kind)
        try:
            items = _listed(current(document.tree), key)
        except RefusedError as error:
            self._refused(error)
            return
        for index, item in enumerate(items):
            try:
                figures.append(hook(item, kind))
                self._steps.append(index)
                if spend:
                    items[index] = None  # so that a large tree goes as its objects come
            except RefusedError as error:
                self._refused(RefusedError(((key, index, *path), message) for path, message in error.problems))

    def _refused(self, error: RefusedError) -> None:
        self._problems += [Problem(spelled(path), message) for path, message in error.problems]

    def whence(self, index: int) -> str:
        """Where an item stands, in words."""
        return f"at {spelled((self._key, self._steps[index]))}"

    def add(self, index: int, name: str | None, message: str) -> None:
        """Note what is wrong with an item that could be read by itself."""
        path = (self._key, self._steps[index]) if name is None else (self._key, self._steps[index], name)
        self._problems.append(Problem(spelled(path), message))

    def located(self) -> list[Problem]:
        """Every problem, with its line, in the order of the document."""
        found = [*self._document.repeated, *self._document.locate(self._problems)]
        return sorted(found, key=lambda each: (each.line or 0, each.column or 0))


def _listed(tree: dict[str, Any], key: str) -> list[Any]:
    others = [name for name in tree if name != key]
    if others:
        raise RefusedError([((name,), f"unknown key; allowed: format, {key}") for name in others])
    if key not in tree:
        raise RefusedError([((), f"{key} is missing")])
    if not isinstance(tree[key], list):
        raise RefusedError(refused(tree[key], "a list").under(key))
    items: list[Any] = tree[key]
    return items
