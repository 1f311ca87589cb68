"""Documents: a tree in JSON, YAML or TOML with its version, read and written whole, every problem named at once.

``read`` gives the plain tree of a file and a way to find its lines; ``structure`` makes a plan (or
whatever else) of a tree. What builds on documents, such as editions that extend each other, goes between.
"""

import json
import re
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from importlib import import_module
from operator import getitem
from typing import Any, TypeVar, overload

from attrs import frozen

from outcome_bees.errors import DocumentError, Problem
from outcome_bees.model.index import Origin
from outcome_bees.model.plan import Plan
from outcome_bees.serializers._class_fields import lists_of_objects
from outcome_bees.serializers._paths import BadSyntaxError, format_path, parse_path
from outcome_bees.serializers.converter import converter
from outcome_bees.serializers.file_access import (
    Readable,
    RereadableText,
    Writable,
    decoded,
    format_of,
    name_of,
    opened,
    read_bytes,
    refusal,
    write,
)
from outcome_bees.serializers.values import (
    ProblemCollector,
    RefusedError,
    format_value,
    refusal_of,
    reset_suggestion_budget,
    suggestion,
)

__all__ = [
    "FORMAT",
    "FORMATS",
    "Document",
    "ItemReader",
    "canonical",
    "read",
    "sort_of",
    "structure",
    "tree_of",
    "write_tree",
]

T = TypeVar("T")

FORMAT = "outcome-bees/1"
"""What a document says under ``format``: whose it is, and which version of it."""

FORMATS = ("json", "yaml", "toml")
"""The text formats of a document."""

MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From each past version to the next. They stay for ever; version 1 is the first."""

SORTS = {
    "scorecard": "a scorecard, which verify and changes read",
    "policy": "a policy, which --policy reads",
    "observations": "figures",
    "targets": "targets",
    "evaluations": "evaluations",
    "sources": "a list of sources, which load_sources and --sources read",
}
"""What a document is of, by the key that it has at its root."""

_OF_A_PLAN = frozenset({"id", "title", "extends", "measures", "priorities"})
"""What only a plan has at its root, if it is without its id as well."""

_VERSION = re.compile("outcome-bees/([1-9][0-9]{0,5})", re.ASCII)
_CURRENT = int(FORMAT.partition("/")[2])
_module: Any = partial(import_module, package=__package__)  # of a format, which is read and written there


@frozen
class Document:
    """The plain tree of a document, before anything is made of it.

    Attributes:
        tree: Mappings, lists, texts, exact numbers, truths and ``None``.
        name: The file's name; ``None`` where it has none.
        format: ``json``, ``yaml`` or ``toml``.
        text: What it was read from, or where it can be read again; empty where it never was a text.
        repeated: Keys that a mapping has twice, as problems already.
    """

    tree: Any
    name: str | None
    format: str
    text: str | RereadableText
    repeated: tuple[Problem, ...] = ()

    def locate(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return the same problems with this document's name, and the line and column of each path."""
        asked = list(problems)
        text = self.text.reread() if isinstance(self.text, RereadableText) and asked else self.text
        if not text or not asked:  # a tree that was never a text
            return [each.at(file=self.name) for each in asked]
        paths = {each.path: parse_path(each.path) for each in asked}
        found = _module(f".{self.format}").positions(text, paths.values())
        return [
            each.at(file=self.name, line=found[paths[each.path]][0], column=found[paths[each.path]][1])
            for each in asked
        ]

    def problems_at(self, paths: Iterable[tuple[str | int, ...]], message: str) -> list[Problem]:
        """Return one and the same problem at several paths of the tree, each with its line."""
        return self.locate([Problem(format_path(path), message) for path in paths])

    def located_problems(self, found: ProblemCollector) -> list[Problem]:
        """Return every problem of the document that is listed, each with its line, in its own order."""
        here = self.locate([Problem(format_path(path), message) for path, message in found.problems])
        return sorted([*self.repeated, *here], key=lambda each: (each.line or 0, each.column or 0))


def read(source: Readable, *, format: str | None = None) -> Document:
    """Return the plain tree of a document, with a way to find the line of each of its paths.

    Args:
        source: A path, or a file open for reading.
        format: ``json``, ``yaml`` or ``toml``; ``None``: as the name's suffix says.

    Raises:
        DocumentError: It cannot be read, or is not what its format allows.
    """
    chosen = format_of(source, format, FORMATS)
    name = name_of(source)
    with opened(source) as file:
        text = decoded(read_bytes(file, name), name)
    again = RereadableText.of(source, text)
    try:
        return Document(_module(f".{chosen}").load(text), name, chosen, again)
    except BadSyntaxError as bad:
        if bad.tree is None:
            raise refusal(name, bad.message, bad.line, bad.column) from None
        repeated = tuple(
            Problem(format_path(path), message, file=name, line=line, column=column)
            for path, message, (line, column) in bad.repeated
        )
        return Document(bad.tree, name, chosen, again, repeated)
    except MemoryError:
        raise refusal(name, "there is not enough memory to read it") from None


def sort_of(tree: Any) -> str | None:
    """Return the key at the root of a document that says what it is of; ``None`` for a plan, and for what says nothing.

    Example:
        >>> sort_of({"format": "outcome-bees/1", "sources": []})
        'sources'
    """
    if not isinstance(tree, Mapping) or _OF_A_PLAN & tree.keys():
        return None
    return next((key for key in SORTS if key in tree), None)


def _refuse_other_sort(tree: Any, key: str | None) -> None:
    """Refuse a document that is plainly of another sort: by one problem, and not by each key that it has.

    Args:
        tree: The whole tree.
        key: The key of the sort that is wanted; ``None``: a plan.

    Raises:
        RefusedError: It is of another sort.
    """
    if isinstance(tree, Mapping) and key in tree:
        return
    given, wanted = sort_of(tree), "a plan" if key is None else SORTS[key].partition(",")[0]
    if key is not None and isinstance(tree, Mapping) and len(_OF_A_PLAN & tree.keys()) > 1:
        raise RefusedError([((), f"given a plan; allowed: {wanted}")])
    if given is not None:
        raise RefusedError([((given,), f"given {SORTS[given]}; allowed: {wanted}")])


@overload
def structure(document: Document, *, spend: bool = ...) -> Plan: ...
@overload
def structure(document: Document, kind: type[T], *, sort: str | None = ..., spend: bool = ...) -> T: ...
def structure(document: Document, kind: type[Any] = Plan, *, sort: str | None = None, spend: bool = False) -> Any:
    """Return what a document says, as an object: all of it is right, or nothing is made.

    Args:
        document: What was read.
        kind: The class of the object.
        sort: The key of ``SORTS`` that the document has to have; ``None``: it is a plan, or of no such sort.
        spend: Whether the tree is not wanted after this, and may go piece by piece as its objects are made.

    Raises:
        DocumentError: With every problem, each at its path and line.
    """
    found = ProblemCollector()
    whole: Any = None
    reset_suggestion_budget()
    try:
        if kind is Plan or sort is not None:
            _refuse_other_sort(document.tree, sort)
        tree = migrated(document.tree, found)
        if spend:
            _spend(tree, kind)
        whole = converter().structure(tree, kind)
    except RefusedError as error:
        found.take(error)
    if found.problems or document.repeated:
        raise DocumentError(
            f"{document.name or 'the document'} cannot be loaded", document.located_problems(found), found.more
        )
    return whole


def _spend(tree: dict[str, Any], kind: type) -> None:
    """Put the objects of long lists in the place of their trees; those after a wrong one stay."""
    for name, item_kind in lists_of_objects(kind).items():
        items = tree.get(name)
        if type(items) is list:
            hook = converter().get_structure_hook(item_kind)
            try:
                for index, item in enumerate(items):
                    items[index] = hook(item, item_kind)
            except RefusedError:  # of the first that is wrong: all are gone through once more, to be listed
                reset_suggestion_budget()


def migrated(tree: Any, found: ProblemCollector) -> Any:
    """Return the tree of a document as the present version has it, without its ``format``.

    Args:
        tree: The whole tree.
        found: Gets the problem of a document that does not say which version it is of; it is read as of the present.

    Raises:
        RefusedError: It is no document of ours, or a newer one than is known here.
    """
    if not isinstance(tree, Mapping):
        raise RefusedError([((), f"given {format_value(tree)}; allowed: a mapping that begins with format: {FORMAT}")])
    given = tree.get("format")
    version = _VERSION.fullmatch(given) if isinstance(given, str) else None
    number = int(version[1]) if version else _CURRENT
    if given is None:
        found.add((), f"format is missing; allowed: format: {FORMAT}")
    elif version is None:
        found.add(("format",), f"given {format_value(given)}; allowed: {FORMAT}")
    if number > _CURRENT:
        message = f"given {given}, which is newer than {FORMAT}, the newest that this version of outcome_bees reads"
        raise RefusedError([(("format",), f"{message} (upgrade outcome_bees)")])
    rest = {key: value for key, value in tree.items() if key != "format"}
    for past in range(number, _CURRENT):
        rest = MIGRATIONS[past](rest)
    return rest


def tree_of(whole: Any) -> dict[str, Any]:
    """Return the plain tree of an object of the library, as a document of its own.

    Example:
        >>> tree_of(Plan(id="p", title="A plan"))
        {'format': 'outcome-bees/1', 'id': 'p', 'title': 'A plan'}
    """
    return {"format": FORMAT, **converter().unstructure(whole)}


def canonical(tree: Any) -> str:
    """Return a plain tree as one text, the same whatever format it was read from: what its hash is taken of.

    It is JSON without spaces, its keys in the order of the alphabet, its numbers as texts without zeros at their end.

    Example:
        >>> from decimal import Decimal
        >>> canonical({"b": Decimal("1.50"), "a": [True, None, 2]})
        '{"a":[true,null,"2"],"b":"1.5"}'
    """
    return json.dumps(_with_texts(tree), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _with_texts(tree: Any) -> Any:
    """Return a tree with its numbers, dates and words as texts."""
    if isinstance(tree, Mapping):
        return {str(key): _with_texts(value) for key, value in tree.items()}
    if isinstance(tree, (list, tuple)):
        return [_with_texts(each) for each in tree]
    if tree is None or isinstance(tree, bool):
        return tree
    if isinstance(tree, (int, Decimal)):
        number = format(Decimal(tree), "f")
        return number.rstrip("0").rstrip(".") if "." in number else number
    return str(tree)


def write_tree(tree: dict[str, Any], target: Writable, *, format: str | None = None) -> None:
    """Write a plain tree as JSON, YAML or TOML."""
    write(target, _module(f".{format_of(target, format, FORMATS)}").dump(tree))


class ItemReader:
    """The items of a document that is one list under one key, and what is wrong with the rest of them.

    Attributes:
        figures: What could be read.
        name: The document's name.
    """

    def __init__(self, document: Document, key: str, kind: type[Any]) -> None:
        self._document, self.name = document, document.name
        spend = bool(document.text)
        self._found = ProblemCollector()
        self._steps: list[int] = []
        self._key = key
        figures: list[Any] = []
        self.figures: Sequence[Any] = figures
        hook = converter().get_structure_hook(kind)
        reset_suggestion_budget()
        try:
            _refuse_other_sort(document.tree, key)
            tree = migrated(document.tree, self._found)
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
        """Return the list that the document is."""
        for name in tree:
            if name != self._key:
                meant = suggestion(str(name), [self._key])
                hint = f" (did you mean {meant}?)" if meant else ""
                self._found.add((str(name),), f"unknown key; allowed: format, {self._key}{hint}")
        if self._key not in tree:
            self._found.add((), f"{self._key} is missing")
            return []
        if not isinstance(tree[self._key], list):
            self._found.take(refusal_of(tree[self._key], "a list"), self._key)
            return []
        items: list[Any] = tree[self._key]
        return items

    @property
    def more(self) -> int:
        """How many problems there are beside those that are located."""
        return self._found.more

    def location(self, index: int) -> str:
        """Return where an item is, in words."""
        return f"at {format_path((self._key, self._steps[index]))}"

    def origins(self, kept: Sequence[int] | None = None) -> Callable[[int], Origin]:
        """Return the function that says where each observation was read from; its line is looked for when asked for.

        Args:
            kept: Which of the items are numbered; ``None``: all of them.
        """
        steps = array("I", self._steps if kept is None else (self._steps[index] for index in kept))
        return _ItemOrigins(self._document, self._key, steps)

    def add(self, index: int, name: str | None, message: str) -> None:
        """Note what is wrong with an item that could be read by itself."""
        self._found.add((self._key, self._steps[index], *(() if name is None else (name,))), message)

    def located(self) -> list[Problem]:
        """Return every problem that is listed, with its line, in the order of the document."""
        return self._document.located_problems(self._found)


@frozen
class _ItemOrigins:
    """Where items of a document are: looked for when asked for, and all at once where a pickle is to keep them."""

    _document: Document
    _key: str
    _steps: "array[int]"

    def __call__(self, number: int) -> Origin:
        return self._located(self._steps[number : number + 1])[0]

    def __reduce__(self) -> tuple[Any, ...]:
        return partial, (getitem, self._located(self._steps))

    def _located(self, steps: Iterable[int]) -> tuple[Origin, ...]:
        found = self._document.locate([Problem(format_path((self._key, step)), "") for step in steps])
        return tuple(Origin(self._document.name, each.line) for each in found)
