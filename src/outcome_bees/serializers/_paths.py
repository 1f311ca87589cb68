"""Where things are in the text of a document: paths, the line and column of each, and what is wrong with the syntax.

Loading keeps no positions: that would cost every good document time and memory. Where something is
wrong the text is walked once more, as a flat run of marks, and only the paths asked for are looked up.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from json import dumps
from typing import Any, NamedTuple

__all__ = [
    "MAX_DEPTH",
    "MAX_REPEATED",
    "BadSyntaxError",
    "Mark",
    "Path",
    "Position",
    "find",
    "format_path",
    "nearest_position",
    "parse_path",
    "repeated_keys",
]

Path = tuple[str | int, ...]
Position = tuple[int, int]
"""A line and a column, both from 1."""

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_STEP = re.compile(r'\.([A-Za-z_][A-Za-z0-9_]*)|\[([0-9]+)\]|\["((?:[^"\\]|\\.)*)"\]', re.ASCII)


class Mark(NamedTuple):
    """One step of a walk through a text: ``{`` or ``[`` opens, ``}`` closes either, ``.`` is a scalar or a key."""

    kind: str
    text: str
    line: int
    column: int


def format_path(path: Path) -> str:
    """Return a path as people read it.

    Example:
        >>> format_path(("targets", 3, "tolerance", "percent"))
        '$.targets[3].tolerance.percent'
    """
    steps = (
        f"[{step}]"
        if isinstance(step, int)
        else f".{step}"
        if len(step) <= 80 and _PLAIN_KEY.fullmatch(step)
        else f"[{_quoted(step)}]"
        for step in path
    )
    return "$" + "".join(steps)


def _quoted(key: str) -> str:
    return dumps(key if len(key) <= 80 else f"{key[:80]}…", ensure_ascii=False)


def parse_path(text: str) -> Path:
    """Return the path that a text spells; what is not understood of it is left off.

    Example:
        >>> parse_path("$.targets[3].aim")
        ('targets', 3, 'aim')
    """
    steps: list[str | int] = []
    at = 1
    while step := _STEP.match(text, at):
        name, index, quoted = step.groups()
        steps.append(int(index) if index else name or quoted)
        at = step.end()
    return tuple(steps)


def find(marks: Iterable[Mark], wanted: Iterable[Path]) -> dict[Path, Position]:
    """Return the position of each path: of its key, or its item in a list; else of what would hold it."""
    root: dict[Any, Any] = {}
    asked = list(wanted)
    for path in asked:
        node = root
        for step in path:
            node = node.setdefault(step, {})
    found: dict[Path, Position] = {}
    missing = set(asked)
    for path, position in _walk(marks, root):
        if path not in found:  # of a key that is there twice, the first
            found[path] = position
            missing.discard(path)
            if not missing:
                break
    return {path: nearest_position(path, found) for path in asked}


def nearest_position(path: Path, found: Mapping[Path, Position]) -> Position:
    """Return the position of a path, or of the nearest thing around it that has one."""
    for length in range(len(path), -1, -1):
        if path[:length] in found:
            return found[path[:length]]
    return (1, 1)


def _walk(marks: Iterable[Mark], root: dict[Any, Any]) -> Iterator[tuple[Path, Position]]:
    """Yield the position of every path of a tree of wanted steps; what is not wanted is passed over."""
    # Each open container: what is wanted of it, its path, and its next index or (in a mapping) its key.
    stack: list[list[Any]] = []
    wanted: dict[Any, Any] | None
    for mark in marks:
        position = mark.line, mark.column
        if mark.kind == "}":
            stack.pop()
            continue
        if not stack:
            wanted, path = root, ()
            yield path, position
        else:
            within, above, step = top = stack[-1]
            if step is None:  # in a mapping, a key
                top[2] = mark.text
                if within is not None and mark.text in within:
                    yield (*above, mark.text), position
                continue
            wanted = None if within is None else within.get(step)
            path = () if wanted is None else (*above, step)
            if isinstance(step, int):
                top[2] = step + 1
                if wanted is not None:
                    yield path, position
            else:
                top[2] = None
        if mark.kind != ".":
            stack.append([wanted, path, None if mark.kind == "{" else 0])


MAX_DEPTH = 64
"""How deep mappings and lists may lie in each other. Our choice: a plan needs seven."""

MAX_REPEATED = 1000
"""How many keys that are there twice are named, before it is added that there are more. Our choice."""


class BadSyntaxError(Exception):
    """A text that its format does not allow, and where.

    Attributes:
        message: What is wrong.
        line, column: Where, from 1; ``None`` where it is not known.
        repeated: Further such troubles, each with its path and position.
        tree: What could be read all the same, for further problems to be found in it; ``None`` if nothing could.
    """

    def __init__(
        self,
        message: str,
        line: int | None = None,
        column: int | None = None,
        repeated: Iterable[tuple[Path, str, Position]] = (),
        tree: Any = None,
    ) -> None:
        self.message, self.line, self.column = message, line, column
        self.repeated, self.tree = list(repeated), tree
        super().__init__(message, line, column)


def repeated_keys(marks: Iterable[Mark], tree: Any) -> BadSyntaxError:
    """Return every key that a mapping of the text has twice."""
    found: list[tuple[Path, str, Position]] = []
    stack: list[tuple[Path, dict[str, int], list[Any]]] = []  # path, lines of keys so far, next step
    for mark in marks:
        if mark.kind == "}":
            stack.pop()
            continue
        path: Path = ()
        if stack:
            above, seen, step = stack[-1]
            if step[0] is None:  # a mapping that waits for a key
                if mark.text in seen and len(found) == MAX_REPEATED:
                    found.append(((), "further keys are there twice", (mark.line, mark.column)))
                    break
                if mark.text in seen:
                    message = f"the key occurs twice, first on line {seen[mark.text]}"
                    found.append(((*above, mark.text), message, (mark.line, mark.column)))
                seen.setdefault(mark.text, mark.line)
                step[0] = mark.text
                continue
            path = (*above, step[0])
            step[0] = step[0] + 1 if isinstance(step[0], int) else None
        if mark.kind == "{":
            stack.append((path, {}, [None]))
        elif mark.kind == "[":
            stack.append((path, {}, [0]))
    return BadSyntaxError("a key occurs twice", repeated=found, tree=tree)
