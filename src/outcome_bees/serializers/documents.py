"""Documents: a tree in JSON, YAML or TOML with its version, read and written whole, every problem told at once.

``read`` gives the plain tree of a file and a way to find its lines; ``structure`` makes a plan (or
whatever else) of a tree. What builds on documents, such as editions that extend each other, goes between.
"""

import gc
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any, TypeVar, get_args, overload

from attrs import frozen

from outcome_bees.errors import DocumentError, InvalidValueError, Problem
from outcome_bees.model.plan import Plan
from outcome_bees.serializers.converter import converter
from outcome_bees.serializers.files import (
    LetGo,
    Readable,
    Writable,
    decoded,
    format_of,
    name_of,
    opened,
    read_bytes,
    refusal,
)
from outcome_bees.serializers.kinds import fields_of, is_class, is_list
from outcome_bees.serializers.places import parsed, spelled
from outcome_bees.serializers.syntax import BadSyntaxError
from outcome_bees.serializers.values import Found, RefusedError, hints_anew, written
from outcome_bees.serializers.writing import write

__all__ = [
    "FORMAT",
    "FORMATS",
    "Document",
    "dump_plan",
    "load_plan",
    "plan_of",
    "read",
    "structure",
    "tree_of",
    "uncollected",
    "write_tree",
]

T = TypeVar("T")

FORMAT = "outcome-bees/1"
"""What a document says under ``format``: whose it is, and which version of it."""

FORMATS = ("json", "yaml", "toml")
"""The text formats of a document."""

MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From each past version to the next. They stay for ever; version 1 is the first."""

_VERSION = re.compile("outcome-bees/([1-9][0-9]{0,5})", re.ASCII)
_CURRENT = int(FORMAT.partition("/")[2])


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
    text: str | LetGo
    repeated: tuple[Problem, ...] = ()

    def locate(self, problems: Iterable[Problem]) -> list[Problem]:
        """The same problems with this document's name, and the line and column of each path."""
        asked = list(problems)
        text = self.text.again() if isinstance(self.text, LetGo) and asked else self.text
        if not text or not asked:  # a tree that was never a text
            return [each.at(file=self.name) for each in asked]
        paths = {each.path: parsed(each.path) for each in asked}
        found = _module(self.format).positions(text, paths.values())
        return [
            each.at(file=self.name, line=found[paths[each.path]][0], column=found[paths[each.path]][1])
            for each in asked
        ]

    def told(self, found: Found) -> list[Problem]:
        """Every problem of the document that is told, each with its place, in its own order."""
        here = self.locate([Problem(spelled(path), message) for path, message in found.told])
        return sorted([*self.repeated, *here], key=lambda each: (each.line or 0, each.column or 0))


def _module(format: str) -> Any:
    return import_module(f"outcome_bees.serializers.{format}")


def read(source: Readable, *, format: str | None = None) -> Document:
    """The plain tree of a document, with a way to find the line of each of its paths.

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
    try:
        return Document(_module(chosen).load(text), name, chosen, LetGo.of(source, text))
    except BadSyntaxError as bad:
        if bad.tree is None:
            raise refusal(name, bad.message, bad.line, bad.column) from None
        repeated = tuple(
            Problem(spelled(path), message, file=name, line=line, column=column)
            for path, message, (line, column) in bad.repeated
        )
        return Document(bad.tree, name, chosen, text, repeated)
    except MemoryError:
        raise refusal(name, "there is not memory enough to read it") from None


@overload
def structure(document: Document, *, spend: bool = ...) -> Plan: ...
@overload
def structure(document: Document, kind: type[T], *, spend: bool = ...) -> T: ...
def structure(document: Document, kind: type[Any] = Plan, *, spend: bool = False) -> Any:
    """What a document says, as an object: all of it is right, or nothing is made.

    Args:
        document: What was read.
        kind: The class of the object.
        spend: Whether the tree is not wanted after this, and may go piece by piece as its objects are made.

    Raises:
        DocumentError: With every problem, each at its path and line.
    """
    found = Found()
    whole: Any = None
    hints_anew()
    try:
        with uncollected():
            tree = current(document.tree, found)
            if spend:
                _spend(tree, kind)
                hints_anew()  # what is wrong is gone through once more, to be told
            whole = converter().structure(tree, kind)
    except RefusedError as error:
        found.take(error)
    if found or document.repeated:
        raise DocumentError(f"{document.name or 'the document'} cannot be loaded", document.told(found), found.more)
    return whole


def _spend(tree: dict[str, Any], kind: type) -> None:
    """Put the objects of long lists in the place of their trees; those after a wrong one stay."""
    for name, each in fields_of(kind).items():
        items = tree.get(name)
        if is_list(each.type) and is_class(get_args(each.type)[0]) and type(items) is list:
            item_kind = get_args(each.type)[0]
            hook = converter().get_structure_hook(item_kind)
            with suppress(RefusedError):  # of the first that is wrong: all will be gone through to be explained
                for index, item in enumerate(items):
                    items[index] = hook(item, item_kind)


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the garbage collector walking, again and again, through objects that are all still wanted."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def current(tree: Any, found: Found) -> Any:
    """The tree of a document as the present version has it, without its ``format``.

    Args:
        tree: The whole tree.
        found: Gets the problem of a document that does not say which version it is of; it is read as of the present.

    Raises:
        RefusedError: It is no document of ours, or a newer one than is known here.
    """
    if not isinstance(tree, Mapping):
        raise RefusedError([((), f"given {written(tree)}; allowed: a mapping that begins with format: {FORMAT}")])
    said = tree.get("format")
    version = _VERSION.fullmatch(said) if isinstance(said, str) else None
    number = int(version[1]) if version else _CURRENT
    if said is None:
        found.add((), f"format is missing; allowed: format: {FORMAT}")
    elif version is None:
        found.add(("format",), f"given {written(said)}; allowed: {FORMAT}")
    if number > _CURRENT:
        message = f"given {said}, which is newer than {FORMAT}, the newest that this version of outcome_bees reads"
        raise RefusedError([(("format",), f"{message} (upgrade outcome_bees)")])
    rest = {key: value for key, value in tree.items() if key != "format"}
    for past in range(number, _CURRENT):
        rest = MIGRATIONS[past](rest)
    return rest


def tree_of(whole: Any) -> dict[str, Any]:
    """The plain tree of an object of the library, as a document of its own.

    Example:
        >>> tree_of(Plan(id="p", title="A plan"))
        {'format': 'outcome-bees/1', 'id': 'p', 'title': 'A plan'}
    """
    return {"format": FORMAT, **converter().unstructure(whole)}


def write_tree(tree: dict[str, Any], target: Writable, *, format: str | None = None) -> None:
    """Write a plain tree as JSON, YAML or TOML."""
    write(target, _module(format_of(target, format, FORMATS)).dump(tree))


def plan_of(document: Document, *, spend: bool = False) -> Plan:
    """The plan of a document, laid over what it extends; ``spend`` as for ``structure``."""
    if isinstance(document.tree, dict) and "extends" in document.tree:
        from outcome_bees.serializers.extending import extended  # only wanted here, and stands on this module

        document = extended(document)
    return structure(document, spend=spend)


def load_plan(source: Readable, *, format: str | None = None) -> Plan:
    """The plan of a document in JSON, YAML or TOML, laid over the one that it ``extends``, if any.

    Args:
        source: A path, or a file open for reading.
        format: ``json``, ``yaml`` or ``toml``; ``None``: as the name's suffix says.

    Raises:
        DocumentError: With every problem of the document, each at its path and line; nothing is loaded.

    Example:
        >>> from io import StringIO
        >>> load_plan(StringIO("{format: outcome-bees/1, id: p, title: A plan}"), format="yaml").title
        'A plan'
    """
    with uncollected():
        return plan_of(read(source, format=format), spend=True)


def dump_plan(plan: Plan, target: Writable, *, format: str | None = None) -> None:
    """Write a plan as a document in JSON, YAML or TOML; a file is replaced whole, or stays as it was.

    Args:
        plan: The plan.
        target: A path, or a file open for writing.
        format: ``json``, ``yaml`` or ``toml``; ``None``: as the name's suffix says.

    Raises:
        DocumentError: It cannot be written there.

    Example:
        >>> from io import StringIO
        >>> file = StringIO()
        >>> dump_plan(Plan(id="p", title="A plan"), file, format="yaml")
        >>> file.getvalue().splitlines()
        ['format: outcome-bees/1', 'id: p', 'title: A plan']
    """
    if not isinstance(plan, Plan):
        raise InvalidValueError("plan", plan, "a Plan")
    write_tree(tree_of(plan), target, format=format)
