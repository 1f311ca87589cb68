"""TOML, read by the standard library and written by tomli-w, which the extra ``toml`` brings."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from outcome_bees.errors import MissingExtraError
from outcome_bees.serializers._paths import BadSyntaxError, Path, Position, nearest_position
from outcome_bees.serializers.values import number_of

__all__ = ["dump", "load", "positions"]

_AT = re.compile(r" \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)$")

MAX_PARTS = 8
"""How many parts a dotted key may have: the time it takes grows with their square. Our choice: four are needed."""

MAX_STRING = 200_000
"""The longest text as it is written, each character perhaps as ten. Our choice: ten times the longest text."""

MAX_BARE = 200
"""The longest key or number without quotes. Our choice: an id has at most 100 characters, a number 30 digits."""

# Every repetition is possessive: what could be tried again is remembered, character by character, until the end.
_SINGLE = r'"(?:[^"\\\n]++|\\.)*+"|\'[^\'\n]*+\''
_SEVERAL = r'"""(?:[^"\\]++|\\.|"{1,2}+(?!"))*+"{3,5}+|\'\'\'(?:[^\']++|\'{1,2}+(?!\'))*+\'{3,5}+'
_BARE = r"[^\s\[\]{}=,.\#\"']++"
_THING = re.compile(
    rf"[\s\[\]{{}}=,]++|\#[^\n]*+|(?P<several>{_SEVERAL})|(?P<key>(?:{_SINGLE}|{_BARE}|[ \t]*+\.[ \t]*+)++)", re.DOTALL
)
_PART = re.compile(rf"{_SINGLE}|(?P<bare>{_BARE})", re.DOTALL)


def load(text: str) -> Any:
    """Return the tree of a TOML text.

    Raises:
        BadSyntaxError: The text is not TOML, has a key twice, or is nested too deeply.
    """
    _within_bounds(text)
    try:
        return tomllib.loads(text, parse_float=number_of)
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        line, column = (int(at[1]), int(at[2])) if at and at[1] else (text.count("\n") + 1, None)
        raise BadSyntaxError(f"not TOML: {_AT.sub('', str(error)).lower()}", line, column) from None
    except ValueError as error:  # Python's own bounds on whole numbers and on dates
        raise BadSyntaxError(f"not TOML: {str(error).partition(';')[0].lower()}") from None
    except RecursionError:
        raise BadSyntaxError("nested too deeply") from None


def _within_bounds(text: str) -> None:
    """Refuse what the standard library would spend far more than its size on. What is no TOML is left to it."""
    at = 0
    while thing := _THING.match(text, at):
        at = thing.end()
        length = at - thing.start()
        if thing.lastgroup == "key" and (length > MAX_BARE or text.count(".", thing.start(), at) >= MAX_PARTS):
            parts = [(len(part[0]), part.lastgroup) for part in _PART.finditer(text, thing.start(), at)]
            if len(parts) > MAX_PARTS:
                raise _too_long(text, thing.start(), f"a key of more than {MAX_PARTS} parts")
            if any(size > MAX_BARE for size, kind in parts if kind):
                raise _too_long(text, thing.start(), f"a key or number of more than {MAX_BARE} characters")
            length = max((size for size, _ in parts), default=0)
        if thing.lastgroup and length > MAX_STRING:
            raise _too_long(text, thing.start(), f"a text of more than {MAX_STRING:,} characters")


def _too_long(text: str, at: int, message: str) -> BadSyntaxError:
    return BadSyntaxError(message, text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1)


def dump(tree: Any) -> str:
    """Return a tree as TOML text.

    Raises:
        MissingExtraError: tomli-w is not installed.
    """
    try:
        import tomli_w
    except ImportError:
        raise MissingExtraError("TOML is written", "toml", "tomli-w") from None
    return tomli_w.dumps(_with_whole_numbers(tree))


def _with_whole_numbers(tree: Any) -> Any:
    """Return the same tree, its whole numbers such as TOML keeps them: a decimal 10 would be written as 10.0."""
    if isinstance(tree, dict):
        return {key: _with_whole_numbers(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_with_whole_numbers(item) for item in tree]
    if isinstance(tree, Decimal) and tree.as_tuple().exponent == 0 and not (tree.is_zero() and tree.is_signed()):
        return int(tree)
    return tree


# Where things are. TOML names the place of each table, so a walk through nested marks will not do.

_TOKEN = re.compile(
    rf"""[ \t\r]++|\#[^\n]*+
    |(?P<newline>\n)
    |(?P<sign>[\[\]{{}}=,.])
    |(?P<text>{_SEVERAL}|{_SINGLE})
    |(?P<bare>{_BARE})""",
    re.DOTALL | re.VERBOSE,
)
_Token = tuple[str, str, Position]


def positions(text: str, wanted: Iterable[Path]) -> dict[Path, Position]:
    """Return the line and column of each path: of its key or item, or of what would hold it."""
    walk = _Walk(_tokens(text))
    walk.document()
    return {path: nearest_position(path, walk.found) for path in wanted}


def _tokens(text: str) -> Iterator[_Token]:
    line, line_start, at = 1, 0, 0
    while token := _TOKEN.match(text, at):
        kind, content = token.lastgroup, token[0]
        if kind:
            yield kind, content, (line, at - line_start + 1)
        newlines = content.count("\n")
        if newlines:
            line, line_start = line + newlines, at + content.rindex("\n") + 1
        at = token.end()
    yield "end", "", (line, at - line_start + 1)


class _Walk:
    """A walk through text that is known to be TOML, noting where each path is."""

    def __init__(self, tokens: Iterator[_Token]) -> None:
        self._tokens = tokens
        self._kind, self._content, self._place = next(tokens)
        self._lists: dict[Path, int] = {}  # the last index of each list of tables
        self.found: dict[Path, Position] = {(): (1, 1)}

    def _next(self) -> None:
        self._kind, self._content, self._place = next(self._tokens, ("end", "", self._place))

    def document(self) -> None:
        table: Path = ()
        while self._kind != "end":
            if self._kind == "newline":
                self._next()
            elif self._content == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Path:
        place = self._place
        self._next()
        of_list = self._content == "["
        if of_list:
            self._next()
        keys = self._key()
        while self._content == "]":
            self._next()
        path = self._resolved(keys[:-1])
        path = (*path, keys[-1])
        if of_list:
            self.found.setdefault(path, place)
            self._lists[path] = self._lists.get(path, -1) + 1
            path = (*path, self._lists[path])
        self.found[path] = place
        return path

    def _resolved(self, keys: Iterable[str]) -> Path:
        path: Path = ()
        for key in keys:
            path = (*path, key)
            if path in self._lists:
                path = (*path, self._lists[path])
        return path

    def _key(self) -> list[str]:
        parts: list[str] = []
        while self._kind in ("bare", "text") or self._content == ".":
            if self._kind != "sign":
                parts.append(_unquoted(self._content))
            self._next()
        return parts or [""]

    def _pair(self, table: Path) -> None:
        place = self._place
        path = table
        for key in self._key():
            path = (*path, key)
            self.found.setdefault(path, place)
        self._next()  # the sign =, or whatever is there
        self._value(path)

    def _value(self, path: Path) -> None:
        opened = self._content if self._kind == "sign" else ""
        if opened not in ("[", "{"):
            while self._kind not in ("newline", "end") and not (self._kind == "sign" and self._content in ",]}"):
                self._next()
            return
        self._next()
        index = 0
        while self._kind != "end" and not (self._kind == "sign" and self._content in "]}"):
            if self._kind == "newline" or self._content == ",":
                self._next()
            elif opened == "{":
                self._pair(path)
            else:
                self.found[*path, index] = self._place
                self._value((*path, index))
                index += 1
        self._next()


def _unquoted(key: str) -> str:
    return key if key[0] not in "\"'" else str(next(iter(tomllib.loads(f"{key} = 0"))))
