"""TOML, read by the standard library and written by tomli-w, which the extra ``toml`` brings."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from outcome_bees.errors import MissingExtraError
from outcome_bees.serializers.places import Path, Position, known_or_above
from outcome_bees.serializers.syntax import BadSyntaxError, number_of

__all__ = ["dump", "load", "positions"]

_AT = re.compile(r" \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)$")
# Such a key takes the standard library time that grows with the square of its length.
_LONG_KEY = re.compile(r"(?<![\w-])(?:[\w\"' \t-]{1,60}\.){64}")


def load(text: str) -> Any:
    """The tree of a TOML text.

    Raises:
        BadSyntaxError: The text is not TOML, has a key twice, or is nested too deeply.
    """
    long_key = _LONG_KEY.search(text)
    if long_key:
        raise BadSyntaxError("a key of more than 64 parts", text.count("\n", 0, long_key.start()) + 1)
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


def dump(tree: Any) -> str:
    """A tree as TOML text.

    Raises:
        MissingExtraError: tomli-w is not installed.
    """
    try:
        import tomli_w
    except ImportError:
        raise MissingExtraError("TOML is written", "toml", "tomli-w") from None
    return tomli_w.dumps(_with_whole_numbers(tree))


def _with_whole_numbers(tree: Any) -> Any:
    """The same tree, its whole numbers such as TOML keeps them: a decimal 10 would be written as 10.0."""
    if isinstance(tree, dict):
        return {key: _with_whole_numbers(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_with_whole_numbers(item) for item in tree]
    if isinstance(tree, Decimal) and tree.as_tuple().exponent == 0 and not (tree.is_zero() and tree.is_signed()):
        return int(tree)
    return tree


# Where things stand. TOML names the place of each table, so a walk through nested marks will not do.

_TOKEN = re.compile(
    r"""[ \t\r]+|\#[^\n]*
    |(?P<newline>\n)
    |(?P<sign>[\[\]{}=,.])
    |(?P<text>\"\"\"(?:[^\\]|\\.)*?\"{3,5}|'''.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')
    |(?P<bare>[^\s\[\]{}=,.\#"']+)""",
    re.DOTALL | re.VERBOSE,
)
_Token = tuple[str, str, Position]


def positions(text: str, wanted: Iterable[Path]) -> dict[Path, Position]:
    """The line and column of each path: of its key or item, or of what would hold it."""
    walk = _Walk(_tokens(text))
    walk.document()
    return {path: known_or_above(path, walk.found) for path in wanted}


def _tokens(text: str) -> Iterator[_Token]:
    line, line_start, at = 1, 0, 0
    while token := _TOKEN.match(text, at):
        sort, said = token.lastgroup, token[0]
        if sort:
            yield sort, said, (line, at - line_start + 1)
        newlines = said.count("\n")
        if newlines:
            line, line_start = line + newlines, at + said.rindex("\n") + 1
        at = token.end()
    yield "end", "", (line, at - line_start + 1)


class _Walk:
    """A walk through text that is known to be TOML, noting where each path stands."""

    def __init__(self, tokens: Iterator[_Token]) -> None:
        self._tokens = tokens
        self._sort, self._said, self._place = next(tokens)
        self._lists: dict[Path, int] = {}  # the last index of each list of tables
        self.found: dict[Path, Position] = {(): (1, 1)}

    def _next(self) -> None:
        self._sort, self._said, self._place = next(self._tokens, ("end", "", self._place))

    def document(self) -> None:
        table: Path = ()
        while self._sort != "end":
            if self._sort == "newline":
                self._next()
            elif self._said == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Path:
        place = self._place
        self._next()
        of_list = self._said == "["
        if of_list:
            self._next()
        keys = self._key()
        while self._said == "]":
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
        while self._sort in ("bare", "text") or self._said == ".":
            if self._sort != "sign":
                parts.append(_unquoted(self._said))
            self._next()
        return parts or [""]

    def _pair(self, table: Path) -> None:
        place = self._place
        path = table
        for key in self._key():
            path = (*path, key)
            self.found.setdefault(path, place)
        self._next()  # the sign =, or whatever stands there
        self._value(path)

    def _value(self, path: Path) -> None:
        opened = self._said if self._sort == "sign" else ""
        if opened not in ("[", "{"):
            while self._sort not in ("newline", "end") and not (self._sort == "sign" and self._said in ",]}"):
                self._next()
            return
        self._next()
        index = 0
        while self._sort != "end" and not (self._sort == "sign" and self._said in "]}"):
            if self._sort == "newline" or self._said == ",":
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
