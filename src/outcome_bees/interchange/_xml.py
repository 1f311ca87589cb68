"""XML, read within bounds and without anything that it refers to, and written without what no XML can hold.

A document type is refused, and so are entities and external references with it, before a reader of trees sees any.
"""

import re
from collections.abc import Sequence
from importlib import import_module
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from outcome_bees.errors import MissingExtraError
from outcome_bees.interchange._content_model import local_name
from outcome_bees.serializers.file_access import Readable, decoded, name_of, opened, read_bytes, refusal

__all__ = [
    "MAX_XML",
    "add",
    "child",
    "children",
    "etree",
    "from_ncname",
    "parse",
    "serialise",
    "text_of",
    "to_ncname",
    "without_forbidden",
]

MAX_XML = 16 * 2**20
"""The largest document read, in bytes. Our choice: a plan of 1,000 measures with ten figures each has a third of it."""

MAX_DEPTH, MAX_ELEMENTS, MAX_ATTRIBUTES = 40, 100_000, 50
"""How deep elements may be nested, how many there may be, and how many attributes each may have. Our choice: both
standards need a depth of ten."""

_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*?\?>")
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANK = " \t\r\n"
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_.\-]|_(?=x[0-9A-F]{4}_)")
_NOT_FIRST = re.compile(r"^[0-9.\-]")
_ESCAPED = re.compile("_x([0-9A-F]{4})_")


def etree() -> Any:
    """Return lxml's module of trees.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        return import_module("lxml.etree")
    except ImportError:
        raise MissingExtraError("XML is read and written", "xml", "lxml") from None


class _LimitError(Exception):
    """What a document may not have."""


class _Guard:
    """Looks through a document before it is read: what it refers to, how deep and how large it is."""

    def __init__(self) -> None:
        self.depth = self.elements = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > MAX_DEPTH:
            raise _LimitError(f"elements are nested more than {MAX_DEPTH} deep")
        if self.elements > MAX_ELEMENTS:
            raise _LimitError(f"it has more than {MAX_ELEMENTS:,} elements")
        if len(attributes) > MAX_ATTRIBUTES:
            raise _LimitError(f"an element has more than {MAX_ATTRIBUTES} attributes")

    def end(self, name: str) -> None:
        self.depth -= 1

    def doctype(self, *_: object) -> None:
        raise _LimitError("it has a document type (DOCTYPE); allowed: none, and so no entities or external references")


def parse(source: Readable, roots: Sequence[str]) -> Any:
    """Return the root of a document.

    Args:
        source: A path, or a file open for reading, which is read to its end.
        roots: The names that its root may have, whatever their namespace.

    Raises:
        DocumentError: It is no XML, or more than is read, or has another root.
        MissingExtraError: lxml is not installed.
    """
    module = etree()
    name = name_of(source)
    with opened(source) as file:
        text = decoded(read_bytes(file, name, MAX_XML), name)
    declaration = _DECLARATION.match(text)
    # The text is UTF-8 whatever it says of itself: no reader is to find another.
    body = text if declaration is None else "\n" * declaration.group().count("\n") + text[declaration.end() :]
    try:
        content = body.encode()
    except UnicodeEncodeError as error:
        raise refusal(name, "it has half of a character", body.count("\n", 0, error.start) + 1) from None
    guard = _Guard()
    looking = ParserCreate("utf-8")
    looking.StartElementHandler, looking.EndElementHandler = guard.start, guard.end
    looking.StartDoctypeDeclHandler = guard.doctype
    try:
        looking.Parse(content, True)
    except _LimitError as error:
        raise refusal(name, str(error), looking.CurrentLineNumber) from None
    except ExpatError as error:
        raise refusal(name, f"it is not XML ({str(error).partition(':')[0]})", error.lineno, error.offset + 1) from None
    reader = module.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = module.fromstring(content, reader)
    except module.XMLSyntaxError as error:
        raise refusal(name, f"it is not XML ({error.msg})", error.lineno) from None
    if local_name(root) not in roots:
        message = f"its root is {local_name(root)[:80]}; allowed: {', '.join(roots)}"
        raise refusal(name, message, root.sourceline)
    return root


def serialise(root: Any) -> bytes:
    """Return a document as bytes, indented for people; the same tree gives the same bytes."""
    etree().indent(root)
    content: bytes = etree().tostring(root, xml_declaration=True, encoding="UTF-8")
    return content + b"\n"


def without_forbidden(text: str) -> str:
    """Return a text with a mark in the place of each character that no XML can hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def add(parent: Any, tag: str, text: str | None = None, /, **attributes: str | None) -> Any:
    """Add an element of the parent's own namespace, with a text and attributes that XML can hold."""
    namespace = parent.tag.rpartition("}")[0]
    element = etree().SubElement(parent, f"{namespace}}}{tag}" if namespace else tag)
    if text is not None:
        element.text = without_forbidden(text)
    for key, value in attributes.items():
        if value is not None:
            element.set(key, without_forbidden(value))
    return element


def children(element: Any, name: str) -> list[Any]:
    """Return the children of that name, whatever their namespace."""
    return [each for each in element if local_name(each) == name]


def child(element: Any, name: str) -> Any:
    """Return the first child of that name; ``None`` where there is none."""
    return next((each for each in element if local_name(each) == name), None)


def text_of(element: Any) -> str:
    """Return the text of an element without the white space around it."""
    return "" if element is None else (element.text or "").strip(_BLANK)


def to_ncname(text: str) -> str:
    """Return a text as an XML name, from which ``from_ncname`` makes it again.

    Example:
        >>> to_ncname("E10000015"), to_ncname("2024:a"), from_ncname(to_ncname("2024:a"))
        ('E10000015', '_x0032_024_x003A_a', '2024:a')
    """
    escaped = _NOT_IN_NAMES.sub(lambda found: f"_x{ord(found.group()):04X}_", text)
    return _NOT_FIRST.sub(lambda found: f"_x{ord(found.group()):04X}_", escaped)


def from_ncname(name: str) -> str:
    """Return the text of which ``to_ncname`` made a name."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), name)
