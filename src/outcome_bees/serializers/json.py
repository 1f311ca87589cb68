"""JSON, read strictly: exact numbers, no key twice; and written for people, small things on one line."""

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import Any

from outcome_bees.serializers._paths import BadSyntaxError, Mark, Path, Position, find, repeated_keys
from outcome_bees.serializers.values import number_of

__all__ = ["dump", "load", "positions"]

_WIDTH = 100


def load(text: str) -> Any:
    """Return the tree of a JSON text.

    Raises:
        BadSyntaxError: The text is not JSON, is nested too deeply, or has a key twice in one mapping.
    """
    repeated = False

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        tree = dict(pairs)
        repeated = repeated or len(tree) != len(pairs)
        return tree

    exact = lru_cache(maxsize=65_536)(number_of)  # figures repeat: equal ones share one object
    decoder = json.JSONDecoder(object_pairs_hook=mapping, parse_float=exact, parse_int=exact, parse_constant=Decimal)
    try:
        tree = decoder.decode(text)
    except json.JSONDecodeError as error:
        raise BadSyntaxError(f"not JSON: {error.msg}", error.lineno, error.colno) from None
    except RecursionError:
        raise BadSyntaxError("nested too deeply") from None
    if repeated:
        raise repeated_keys(_marks(text), tree)
    return tree


_TOKEN = re.compile(r'[ \t\r\n]*(?:([{\[])|([}\]])|("[^"\\]*(?:\\.[^"\\]*)*")|([^\s,:{}\[\]"]+)|([,:]))', re.DOTALL)


def positions(text: str, wanted: Iterable[Path]) -> dict[Path, Position]:
    """Return the line and column of each path: of its key or item, or of what would hold it."""
    return find(_marks(text), wanted)


def _marks(text: str) -> Iterator[Mark]:
    """Yield the walk through a text that is known to be JSON."""
    line, line_start, at = 1, 0, 0
    while token := _TOKEN.match(text, at):
        start = token.start(token.lastindex or 0)
        newlines = text.count("\n", at, start)
        if newlines:
            line, line_start = line + newlines, text.rindex("\n", at, start) + 1
        at = token.end()
        opened, closed, string, scalar, _ = token.groups()
        if opened or closed:
            yield Mark(opened or "}", "", line, start - line_start + 1)
        elif string:
            yield Mark(".", json.loads(string, strict=False), line, start - line_start + 1)
        elif scalar:
            yield Mark(".", scalar, line, start - line_start + 1)


def dump(tree: Any) -> str:
    """Return a tree as JSON text."""
    return "".join(_written(tree, "")) + "\n"


def _written(tree: Any, indent: str) -> Iterator[str]:
    if isinstance(tree, (dict, list)):
        brief = _on_one_line(tree)
        if brief is not None and len(brief) + len(indent) <= _WIDTH:
            yield brief
            return
        inner = indent + "  "
        opened, closed = "{}" if isinstance(tree, dict) else "[]"
        separator = f"{opened}\n{inner}"
        if isinstance(tree, dict):
            for key, value in tree.items():
                yield f"{separator}{quoted(key)}: "
                yield from _written(value, inner)
                separator = f",\n{inner}"
        else:
            for item in tree:
                yield separator
                yield from _written(item, inner)
                separator = f",\n{inner}"
        yield f"\n{indent}{closed}"
    else:
        yield _scalar(tree)


# What turns a line around, moves a cursor or colours a terminal, beyond what JSON has escaped for ever.
_HIDDEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        text: str = quoted(value)
        return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    return str(value)


def _on_one_line(tree: dict[str, Any] | list[Any]) -> str | None:
    """Return a list of scalars, or a mapping of them, on one line; ``None`` for what holds more."""
    items = tree.values() if isinstance(tree, dict) else tree
    if any(isinstance(item, (dict, list)) and item for item in items):
        return None
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{quoted(key)}: {_brief(value)}" for key, value in tree.items()) + "}"
    return "[" + ", ".join(map(_brief, tree)) + "]"


def _brief(value: Any) -> str:
    return "{}" if value == {} else "[]" if value == [] else _scalar(value)
