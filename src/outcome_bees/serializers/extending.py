"""A document that extends another: the same plan with items added, or some of their fields put otherwise.

``extends: catalogue:NAME`` is laid over a published edition, ``extends: other.yaml`` on a file beside it. What
the extending document says is laid over the other:

- a field of the plan that it states takes the place of the other's;
- bees, ambitions, priorities, measures, targets, comparators and policies are laid over one by one: an item with a
  new id comes last; one with a known id has the fields that it states replaced, whole, and keeps the rest;
- ``null`` clears a field: it is then as if nobody had stated it.

Source: our choice, after the way in which analysts set baselines for an edition that is not theirs to change.
"""

from collections.abc import Iterable, Mapping
from importlib.resources import files
from os import path as os_path
from pathlib import Path, PurePath, PureWindowsPath
from typing import Any, get_args

from attrs import field, frozen

from outcome_bees.errors import DocumentError, Problem, UnknownNameError, nearest
from outcome_bees.frozen import FrozenMapping
from outcome_bees.model.plan import COLLECTIONS, Plan
from outcome_bees.serializers._class_fields import alias_of, fields_of, missing_fields
from outcome_bees.serializers._paths import Path as Steps, format_path, parse_path
from outcome_bees.serializers.documents import FORMAT, FORMATS, Document, migrated, read, structure
from outcome_bees.serializers.file_access import SUFFIXES, Readable
from outcome_bees.serializers.values import ProblemCollector, RefusedError, format_value, suggestion

__all__ = ["SCHEME", "edition", "edition_names", "extended", "load_plan_with_origins"]

Origins = dict[Steps, tuple[Document, Steps]]
"""For each path of a whole, down to an item's fields: the document that states it, and its path there."""


@frozen
class Extended(Document):
    """A document laid over those it extends; its text is its own, its tree the whole.

    Attributes:
        origins: Which document states what.
    """

    origins: Origins = field(kw_only=True)

    def locate(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return the same problems in whichever document states what is wrong."""
        asked = list(problems)
        found: dict[int, Problem] = {}
        by_document: dict[int, tuple[Document, list[tuple[int, Problem]]]] = {}
        for number, problem in enumerate(asked):
            document, path = self._origin(parse_path(problem.path))
            _, theirs = by_document.setdefault(id(document), (document, []))
            theirs.append((number, problem.at(format_path(path))))
        for document, theirs in by_document.values():
            located = document.locate(problem for _, problem in theirs)
            found.update((number, problem) for (number, _), problem in zip(theirs, located, strict=True))
        return [found[number] for number in range(len(asked))]

    def _origin(self, path: Steps) -> tuple[Document, Steps]:
        for length in range(len(path), -1, -1):
            if path[:length] in self.origins:
                document, there = self.origins[path[:length]]
                return document, (*there, *path[length:])
        raise AssertionError("the root has an origin")


def load_plan_with_origins(
    source: Readable, *, format: str | None = None
) -> tuple[Plan, Mapping[tuple[str, ...], str]]:
    """Return the plan of a document, and which document states each part of it.

    Returns:
        The plan, as ``load_plan`` gives it, and the name of a document for each ``(field,)`` of the plan and
        each ``(collection, id, field)`` of an item.

    Raises:
        DocumentError: With every problem, each in its own document.

    Example:
        >>> from io import StringIO
        >>> text = "{format: outcome-bees/1, extends: catalogue:plan-2018-21, title: Our reading}"
        >>> plan, origins = load_plan_with_origins(StringIO(text), format="yaml")
        >>> plan.title, origins["measures", "referrals", "unit"]
        ('Our reading', 'catalogue:plan-2018-21')
    """
    document = extended(read(source, format=format))
    plan = structure(document)
    stating = document.origins if isinstance(document, Extended) else _own_origins(document, _current(document)[0])
    origins: dict[tuple[str, ...], str] = {}
    for path, (stated, _) in stating.items():
        name = stated.name or "the document"
        match path:
            case (str(key),) if key not in COLLECTIONS:
                origins[(key,)] = name
            case (str(collection), int(index), str(key)):
                origins[collection, getattr(plan, collection)[index].id, key] = name
            case _:
                pass
    return plan, FrozenMapping(origins)


def extended(document: Document) -> Document:
    """Return the document laid over what it extends; the same one where it extends nothing.

    Raises:
        DocumentError: What it extends is not there, cannot be read, or extends it in turn.
    """
    above = [document]
    seen = {_identity(document)}
    while isinstance(above[-1].tree, dict) and "extends" in above[-1].tree:
        base = _base(above[-1])
        if _identity(base) in seen:
            raise _refused(above[-1], "extends", f"{base.name} extends this document, itself or through others")
        seen.add(_identity(base))
        above.append(base)
    whole = above.pop()
    while above:
        whole = _merged(whole, above.pop())
    return whole


def _identity(document: Document) -> str:
    name = document.name or ""
    return name if name.startswith(SCHEME) else os_path.realpath(name)


def _refused(document: Document, key: str, message: str) -> DocumentError:
    problems = document.locate([Problem(f"$.{key}", message)])
    return DocumentError(f"{document.name or 'the document'} cannot be loaded", problems)


def _base(document: Document) -> Document:
    """Return the document that a document extends."""
    given = document.tree["extends"]
    allowed = (
        f"{SCHEME} and the name of an edition, or the name of a YAML, JSON or TOML file in the same folder or below"
    )
    if not isinstance(given, str):
        raise _refused(document, "extends", f"given {format_value(given)}; allowed: {allowed}")
    if given.startswith(SCHEME):
        try:
            return edition(given.removeprefix(SCHEME))
        except UnknownNameError as error:
            raise _refused(document, "extends", str(error)) from None
    # A document from elsewhere must not have files read that have nothing to do with it.
    outside = _leads_elsewhere(given) or _is_outside(given, document.name)
    no_document = SUFFIXES.get(PurePath(given).suffix.lower()) not in FORMATS
    if outside or no_document or document.name is None or document.name.startswith(SCHEME):
        meant = nearest(given, edition_names())
        hint = f" (did you mean {SCHEME}{meant}?)" if meant else ""
        raise _refused(document, "extends", f"given {format_value(given)}; allowed: {allowed}{hint}")
    try:
        return read(Path(document.name).parent / given)
    except DocumentError as error:
        here = document.locate([Problem("$.extends", f"given {format_value(given)}, which cannot be read")])
        raise DocumentError(f"{document.name} cannot be loaded", [*here, *error.problems], error.more) from None


def _leads_elsewhere(given: str) -> bool:
    """Return whether a name leads out of its folder on any system: a drive, a root, a colon, or two dots."""
    windows = PureWindowsPath(given)
    absolute = bool(windows.drive or windows.root) or ":" in given or PurePath(given).is_absolute()
    return absolute or ".." in windows.parts or ".." in PurePath(given).parts


def _is_outside(given: str, name: str | None) -> bool:
    """Return whether a file that a document names is not below its folder once symbolic links are followed."""
    if name is None or name.startswith(SCHEME):
        return False  # nothing is read beside it
    folder = os_path.realpath(Path(name).parent)
    try:
        found = os_path.realpath(Path(folder) / given)
    except (OSError, ValueError):  # a name that no file can have: reading it says so
        return False
    return not Path(found).is_relative_to(folder)


def _current(document: Document) -> tuple[dict[str, Any], ProblemCollector]:
    found = ProblemCollector()
    try:
        tree: dict[str, Any] = migrated(document.tree, found)
    except RefusedError as refused:
        found.take(refused)
        raise DocumentError(
            f"{document.name or 'the document'} cannot be loaded", document.located_problems(found)
        ) from None
    tree.pop("extends", None)
    return tree, found


def _own_origins(document: Document, tree: dict[str, Any]) -> Origins:
    """Return the paths of a document that extends none: each is its own."""
    paths: list[Steps] = [(), *((key,) for key in tree)]
    for key in COLLECTIONS:
        items = tree.get(key)
        if isinstance(items, list):
            for index, item in enumerate(items):
                paths.append((key, index))
                paths += [(key, index, name) for name in item] if isinstance(item, dict) else []
    return {path: (document, path) for path in paths}


def _merged(base: Document, document: Document) -> Extended:
    """Return one document laid over another."""
    (tree, found), (stated, also_found) = _current(base), _current(document)
    origins = dict(base.origins) if isinstance(base, Extended) else _own_origins(base, tree)
    origins[()] = (document, ())
    for key, value in stated.items():
        origins[(key,)] = (document, (key,))
        tree = _without_alias(Plan, tree, {key: value})
        if value is None:
            tree.pop(key, None)
        elif key in COLLECTIONS and isinstance(value, list) and isinstance(tree.get(key, []), list):
            tree[key] = _items_over(tree.get(key, []), value, key, document, origins, also_found)
        else:
            tree[key] = value
    return Extended(
        tree={"format": FORMAT, **tree},
        name=document.name,
        format=document.format,
        text=document.text,
        repeated=(*base.located_problems(found), *document.located_problems(also_found)),
        origins=origins,
    )


def _items_over(
    below: list[Any], stated: list[Any], key: str, document: Document, origins: Origins, found: ProblemCollector
) -> list[Any]:
    """Return the items of one collection over those of another, noting where each field now comes from."""
    items = list(below)
    place = {id: index for index, item in enumerate(items) if (id := _id(item)) is not None}
    first: dict[str, int] = {}
    kind = get_args(fields_of(Plan)[key].type)[0]
    for number, item in enumerate(stated):
        id = _id(item)
        if id is not None and first.setdefault(id, number) != number:
            found.add((key, number, "id"), f"{id!r} is the id of {key}[{first[id]}] already")
            continue
        index = place.get(id) if id is not None else None
        if index is None:
            index = len(items)
            items.append(item)
            if id is not None and missing_fields(kind, item) and (meant := suggestion(id, place)):
                # A new item would be whole: this one may have been meant for another.
                found.add((key, number, "id"), f"no such id in what is extended; did you mean {meant}?")
        else:
            laid_over = {**_without_alias(kind, items[index], item), **item}
            items[index] = {name: value for name, value in laid_over.items() if value is not None}
        origins[key, index] = (document, (key, number))
        for name in item if isinstance(item, dict) else ():
            if (key, index, name) not in origins or name != "id":  # its id says which item is meant, no more
                origins[key, index, name] = (document, (key, number, name))
    return items


def _without_alias(kind: type, below: dict[str, Any], stated: dict[str, Any]) -> dict[str, Any]:
    """Return what is laid over, without the word whose other spelling (``name`` for ``title``) is stated."""
    alias = alias_of(kind) or ()
    if not any(word in stated for word in alias):
        return below
    return {name: value for name, value in below.items() if name not in alias}


def _id(item: Any) -> str | None:
    id = item.get("id") if isinstance(item, dict) else None
    return id if isinstance(id, str) else None


SCHEME = "catalogue:"
"""What precedes an edition's name where a document extends it."""

_FOLDER = files("outcome_bees") / "catalogue"
_SUFFIX = ".yaml"


def edition_names() -> tuple[str, ...]:
    """Return the names of the editions that there are, in the order of the alphabet."""
    found = (each.name for each in _FOLDER.iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in found if name.endswith(_SUFFIX)))


def edition(name: str) -> Document:
    """Return the document of an edition.

    Raises:
        UnknownNameError: There is none of that name; the message has the nearest.
    """
    names = edition_names()
    if name not in names:
        raise UnknownNameError("catalogue", name, names)
    text = (_FOLDER / f"{name}{_SUFFIX}").read_text(encoding="utf-8")
    from outcome_bees.serializers import yaml  # which other documents do without

    return Document(yaml.load(text), f"{SCHEME}{name}", "yaml", text)
