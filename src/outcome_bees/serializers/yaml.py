"""YAML, read safely and plainly: no aliases, no tags, and few words that mean more than themselves.

The tree is built here from the parser's events. PyYAML's own loaders read ``no`` as false and ``12:30`` as
a number, keep the last of two equal keys, follow aliases, and can be made to end the process.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from outcome_bees.serializers._paths import MAX_DEPTH, BadSyntaxError, Mark, Path, Position, find, repeated_keys

__all__ = ["dump", "load", "positions"]

_WORDS = {"true": True, "false": False, "null": None, "": None}
# A capital E alone: 1e5 is a good id of a measure, and stays text.
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,200})(?:\.[0-9]{1,300}|\.(?=E))?(?:E[+-]?[0-9]{1,3})?", re.ASCII)
# Each is held against all before it; in text that is set in, or in quotes, a line does not begin so.
_TAG_DIRECTIVE = re.compile(r"(?:\A\ufeff?|[\r\n\x85\u2028\u2029])%TAG[ \t]")
_DIGITS = frozenset("-0123456789")


class _Pieces:
    """A text as a file of it would be read: the parser need not hold another copy of the whole."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0

    def read(self, size: int) -> str:
        piece = self._text[self._at : self._at + size]
        self._at += size
        return piece


class _Events:
    """The parser's events, with what is not wanted refused where it is."""

    def __init__(self, text: str) -> None:
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the other in a browser, without libyaml
        self._get = loader(_Pieces(text)).get_event

    def next(self) -> Event:
        try:
            event: Event = self._get()
        except yaml.YAMLError as error:
            raise _not_yaml(error) from None
        if type(event) is AliasEvent:
            raise _refused(event, f"an alias (*{event.anchor}) is not allowed here: write the thing out")
        return event


def _not_yaml(error: yaml.YAMLError) -> BadSyntaxError:
    mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    text = [getattr(error, name, None) for name in ("context", "problem")]
    message = ", ".join(each for each in text if each) or str(error).splitlines()[0]
    if mark is None:
        return BadSyntaxError(f"not YAML: {message}")
    return BadSyntaxError(f"not YAML: {message}", mark.line + 1, mark.column + 1)


def _refused(event: Any, message: str) -> BadSyntaxError:
    return BadSyntaxError(message, event.start_mark.line + 1, event.start_mark.column + 1)


def _checked(event: Any) -> None:
    if event.anchor is not None:
        raise _refused(event, f"an anchor (&{event.anchor}) is not allowed here")
    if event.tag is not None:
        raise _refused(event, f"a tag ({event.tag}) is not allowed here")


def load(text: str) -> Any:
    """Return the tree of a YAML text.

    Raises:
        BadSyntaxError: The text is not YAML, or holds what this library does not read.
    """
    if directive := _TAG_DIRECTIVE.search(text):
        raise BadSyntaxError("a directive %TAG is not allowed here", text.count("\n", 0, directive.end()) + 1, 1)
    events = _Events(text)
    events.next()  # the stream starts
    if type(events.next()) is StreamEndEvent:
        raise BadSyntaxError("it is empty")
    builder = _Builder(events.next)
    tree = builder.value(events.next())
    events.next()  # the document ends
    if type(event := events.next()) is not StreamEndEvent:
        raise _refused(event, "a second document is not allowed")
    if builder.repeated:
        raise repeated_keys(_marks(text), tree)
    return tree


class _Builder:
    """Makes the tree of a document's events; ``repeated`` is whether some mapping had a key twice."""

    def __init__(self, get: Callable[[], Event]) -> None:
        self._get, self._depth, self.repeated = get, 0, False
        self._exact = lru_cache(maxsize=65_536)(Decimal)  # of what _NUMBER matches, none is too large
        self._one = lru_cache(maxsize=1024)(str)  # keys and common words: one object for all that are equal

    def value(self, event: Any) -> Any:
        if event.anchor is not None or event.tag is not None:
            _checked(event)
        if type(event) is ScalarEvent:
            text: str = event.value
            if not event.implicit[0]:
                return text
            if text in _WORDS:
                return _WORDS[text]
            if text[0] in _DIGITS and _NUMBER.fullmatch(text):
                return self._exact(text)
            return self._one(text)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _refused(event, "nested too deeply")
        whole = self._mapping() if type(event) is MappingStartEvent else self._items()
        self._depth -= 1
        return whole

    def _mapping(self) -> dict[str, Any]:
        get, one, tree = self._get, self._one, {}
        while type(event := get()) is not MappingEndEvent:
            if type(event) is not ScalarEvent:
                raise _refused(event, "a key must be plain text")
            if event.anchor is not None or event.tag is not None:
                _checked(event)
            key = one(event.value)
            if key in tree:
                self.repeated = True
            tree[key] = self.value(get())
        return tree

    def _items(self) -> list[Any]:
        get, items = self._get, []
        while type(event := get()) is not SequenceEndEvent:
            items.append(self.value(event))
        return items


def positions(text: str, wanted: Iterable[Path]) -> dict[Path, Position]:
    """Return the line and column of each path: of its key or item, or of what would hold it."""
    return find(_marks(text), wanted)


def _marks(text: str) -> Iterator[Mark]:
    """Yield the walk through a text that was read as YAML."""
    events = _Events(text)
    while type(event := events.next()) is not StreamEndEvent:
        kind = type(event)
        if kind in (StreamStartEvent, DocumentStartEvent, DocumentEndEvent):
            continue
        sign = "{" if kind is MappingStartEvent else "[" if kind is SequenceStartEvent else "."
        if kind in (MappingEndEvent, SequenceEndEvent):
            sign = "}"
        at: Any = event.start_mark
        yield Mark(sign, event.value if isinstance(event, ScalarEvent) else "", at.line + 1, at.column + 1)


# Writing

_WIDTH = 100
# Text that every YAML reader, of 1.1 or 1.2, reads as itself without quotes, inside brackets too.
_PLAIN = re.compile(r"[A-Za-z][\w.()/%+’‘–-]*(?: [\w.()/%+’‘–&-]+)*")
_NOT_TEXT = frozenset("true false null yes no on off y n".split())
_NO_ESCAPE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def dump(tree: Any) -> str:
    """Return a tree as YAML text: leaves in braces on one line where they fit, all else in blocks."""
    return "".join(_block(tree, ""))


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        if _PLAIN.fullmatch(value) and value.lower() not in _NOT_TEXT:
            return value
        return _NO_ESCAPE.sub(lambda found: f"\\u{ord(found[0]):04x}", encode_basestring(value))
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = str(value)
    return text if "." in text else text.replace("E", ".E")  # without a point, other readers take 1E+3 for text


def _flow(tree: Any) -> str | None:
    """Return a list or mapping of scalars alone as one line; ``None`` for what holds more."""
    if not isinstance(tree, (dict, list)):
        return _scalar(tree)
    items = tree.values() if isinstance(tree, dict) else tree
    if "kind" not in tree and any(isinstance(item, (dict, list)) and item for item in items):
        return None
    if isinstance(tree, dict):
        parts = [(_scalar(key), _flow(value)) for key, value in tree.items()]
        if any(value is None for _, value in parts):
            return None
        return "{" + ", ".join(f"{key}: {value}" for key, value in parts) + "}"
    return "[" + ", ".join(_flow(item) or "" for item in tree) + "]"


def _block(tree: Any, indent: str) -> Iterator[str]:
    if isinstance(tree, dict) and tree:
        for key, value in tree.items():
            yield f"{indent}{_scalar(key)}:"
            yield from _under(value, indent + "  ")
    elif isinstance(tree, list) and tree:
        for item in tree:
            if isinstance(item, dict) and item:
                inner = "".join(_block(item, indent + "  "))
                yield f"{indent}- {inner[len(indent) + 2 :]}"
            else:
                yield f"{indent}-"
                yield from _under(item, indent + "  ")
    else:
        yield f"{indent}{_flow(tree)}\n"


def _under(value: Any, indent: str) -> Iterator[str]:
    """Yield what comes after a key or a dash."""
    line = _flow(value)
    if line is not None and (len(line) + len(indent) <= _WIDTH or not isinstance(value, (dict, list))):
        yield f" {line}\n"
    else:
        yield "\n"
        yield from _block(value, indent)
