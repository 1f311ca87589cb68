"""Documents that are one list of items under one key: figures, targets, evaluations."""

from collections.abc import Sequence
from typing import Any

from outcome_bees.errors import Problem
from outcome_bees.serializers.converter import converter
from outcome_bees.serializers.documents import Document, current
from outcome_bees.serializers.places import spelled
from outcome_bees.serializers.values import Found, RefusedError, hints_anew, near, refused

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
        self._found = Found()
        self._steps: list[int] = []
        self._key = key
        figures: list[Any] = []
        self.figures: Sequence[Any] = figures
        hook = converter().get_structure_hook(kind)
        hints_anew()
        try:
            tree = current(document.tree, self._found)
        except RefusedError as error:
            self._found.take(error)
            return
        items = self._listed(tree)
        for index, item in enumerate(items):
            try:
                figures.append(hook(item, kind))
                self._steps.append(index)
                if spend:
                    items[index] = None  # so that a large tree goes as its objects come
            except RefusedError as error:
                self._found.take(error, key, index)

    def _listed(self, tree: dict[str, Any]) -> list[Any]:
        """The list that the document is."""
        for name in tree:
            if name != self._key:
                meant = near(str(name), [self._key])
                hint = f" (did you mean {meant}?)" if meant else ""
                self._found.add((str(name),), f"unknown key; allowed: format, {self._key}{hint}")
        if self._key not in tree:
            self._found.add((), f"{self._key} is missing")
            return []
        if not isinstance(tree[self._key], list):
            self._found.take(refused(tree[self._key], "a list"), self._key)
            return []
        items: list[Any] = tree[self._key]
        return items

    @property
    def more(self) -> int:
        """How many problems there are beside those that are located."""
        return self._found.more

    def whence(self, index: int) -> str:
        """Where an item stands, in words."""
        return f"at {spelled((self._key, self._steps[index]))}"

    def add(self, index: int, name: str | None, message: str) -> None:
        """Note what is wrong with an item that could be read by itself."""
        self._found.add((self._key, self._steps[index], *(() if name is None else (name,))), message)

    def located(self) -> list[Problem]:
        """Every problem that is told, with its line, in the order of the document."""
        return self._document.told(self._found)
