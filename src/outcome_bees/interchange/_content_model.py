"""A standard's content model: which elements an element has, how many and in which order, and what its texts may be.

It is written as a grammar, one line an element: its attributes, a colon, its children in their order. ``?`` is none or
one, ``*`` any number, ``+`` at least one, ``!`` an attribute that must be there, ``@*`` attributes of other namespaces.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from attrs import frozen

from outcome_bees.interchange.imported import Diagnostic, DiagnosticKind

__all__ = ["Grammar", "is_date", "is_decimal", "is_name", "local_name", "own_namespace", "walk"]

_TOKEN = re.compile(r"(@?)([A-Za-z_-]+|\*)([?*+!]?)")
_NCNAME = re.compile(r"[^\W\d][\w.\-\u00b7]*")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)", re.ASCII)
_DATE = re.compile(r"(-?[0-9]{4,}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII)
_BOUNDS = {"": (1, 1), "?": (0, 1), "*": (0, None), "+": (1, None)}


class Child(NamedTuple):
    """An element that another may have, and how many of it."""

    name: str
    least: int
    most: int | None


@frozen
class _Rule:
    attributes: Mapping[str, bool]
    foreign_attributes: bool
    children: tuple[Child, ...]


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace; nothing for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def own_namespace(name: str) -> str:
    """Return the namespace of an element's or attribute's name; nothing where it has none."""
    return name[1:].partition("}")[0] if name.startswith("{") else ""


def walk(root: Any) -> Iterator[tuple[Any, str]]:
    """Yield every element in the document's order with its path, each numbered among those of its name."""
    stack: list[tuple[Any, str]] = [(root, f"/{local_name(root)}")]
    while stack:
        element, path = stack.pop()
        yield element, path
        seen: dict[str, int] = {}
        below = []
        for child in element:
            name = local_name(child)
            if name:
                seen[name] = seen.get(name, 0) + 1
                below.append((child, f"{path}/{name}[{seen[name]}]"))
        stack += reversed(below)


def is_name(text: str) -> bool:
    """Return whether a text may be an xs:ID: a name that begins with a letter or ``_`` and has no colon."""
    return _NCNAME.fullmatch(text) is not None


def is_decimal(text: str) -> bool:
    return _DECIMAL.fullmatch(text) is not None


def is_date(text: str) -> bool:
    return day_of_text(text) is not None


def day_of_text(text: str) -> date | None:
    """Return the day of an xs:date, whatever its time zone; ``None`` where it is none."""
    found = _DATE.fullmatch(text)
    try:
        return None if found is None else date.fromisoformat(found[1])
    except ValueError:
        return None


class Grammar:
    """A content model.

    Args:
        grammar: As the module says.
        texts: For an element, or an attribute as ``element/@name``, what its text must be, and that in words.
        empty_ok: The elements whose text may be empty all the same.
        foreign_last: Elements that may end with children of other namespaces.
    """

    def __init__(
        self,
        grammar: str,
        texts: Mapping[str, tuple[Callable[[str], bool], str]],
        *,
        empty_ok: frozenset[str] = frozenset(),
        foreign_last: frozenset[str] = frozenset(),
    ) -> None:
        self._rules: dict[str, _Rule] = {}
        self._texts, self._empty_ok, self._foreign_last = texts, empty_ok, foreign_last
        for line in re.sub(r"\n {8}", " ", grammar).strip().splitlines():  # a long line goes on, further in
            names, _, rest = line.partition(":")
            head = _TOKEN.findall(names)
            children = tuple(Child(name, *_BOUNDS[mark]) for _, name, mark in _TOKEN.findall(rest))
            attributes = {name: mark == "!" for at, name, mark in head if at and name != "*"}
            foreign = any(at and name == "*" for at, name, _ in head)
            for at, name, _ in head:
                if not at:
                    self._rules[name] = _Rule(attributes, foreign, children)

    def diagnostics(self, root: Any) -> Iterator[Diagnostic]:
        """Find everything in which a document is not as the standard has it."""
        namespace = own_namespace(root.tag)
        skipped = ""  # the path of an element that is not known: what is below it is not known either
        for element, path in walk(root):
            if skipped and path.startswith(skipped):
                continue
            name = local_name(element)
            rule = self._rules.get(name)
            if own_namespace(element.tag) != namespace or rule is None:
                skipped = f"{path}/"
                if rule is None and own_namespace(element.tag) == namespace:
                    message = f"{name} is no element of the standard"
                    yield Diagnostic(DiagnosticKind.UNKNOWN_ELEMENT, path, message, element.sourceline)
                continue
            for kind, message in self._faults(element, name, rule, namespace):
                yield Diagnostic(kind, path, message, element.sourceline)

    def _faults(self, element: Any, name: str, rule: _Rule, namespace: str) -> Iterator[tuple[DiagnosticKind, str]]:
        yield from self._wrong_attributes(element, name, rule)
        children = [each for each in element if local_name(each)]
        order = {child.name: place for place, child in enumerate(rule.children)}
        last = -1
        count: dict[str, int] = {}
        foreign = False
        for child in children:
            below = local_name(child)
            if own_namespace(child.tag) != namespace:
                foreign = True
                if name not in self._foreign_last:
                    message = f"{below} is of another namespace, and {name} has no place for one"
                    yield DiagnosticKind.UNKNOWN_ELEMENT, message
                continue
            if below not in order:
                if below in self._rules:
                    yield DiagnosticKind.UNKNOWN_ELEMENT, f"{name} has no {below}"
                continue
            count[below] = count.get(below, 0) + 1
            if order[below] < last or foreign:
                yield DiagnosticKind.ORDER, f"{below} comes after what should follow it"
            last = max(last, order[below])
        for each in rule.children:
            there = count.get(each.name, 0)
            if there < each.least:
                yield DiagnosticKind.CARDINALITY, f"{each.name} is missing"
            elif each.most is not None and there > each.most:
                yield DiagnosticKind.CARDINALITY, f"{each.name} is there {there:,} times; allowed: once"
        if name in self._texts and not children:
            yield from self._wrong_text(name, element.text or "", name in self._empty_ok)

    def _wrong_attributes(self, element: Any, name: str, rule: _Rule) -> Iterator[tuple[DiagnosticKind, str]]:
        for each, value in element.attrib.items():
            if own_namespace(each):
                if "XMLSchema-instance" not in each and "XML/1998" not in each and not rule.foreign_attributes:
                    yield DiagnosticKind.ATTRIBUTE, f"{name} has no attributes of other namespaces"
            elif each not in rule.attributes:
                yield DiagnosticKind.ATTRIBUTE, f"{name} has no attribute {each}"
            elif f"{name}/@{each}" in self._texts:
                for kind, message in self._wrong_text(f"{name}/@{each}", value, False):
                    yield DiagnosticKind.ATTRIBUTE if kind is DiagnosticKind.VALUE else kind, message
        for each, needed in rule.attributes.items():
            if needed and each not in element.attrib:
                yield DiagnosticKind.ATTRIBUTE, f"the attribute {each} is missing"

    def _wrong_text(self, name: str, text: str, empty_ok: bool) -> Iterator[tuple[DiagnosticKind, str]]:
        is_right, words = self._texts[name]
        if not is_right(text.strip(" \t\r\n")) and (text or not empty_ok):
            yield DiagnosticKind.VALUE, f"given {text[:80]!r}; allowed: {words}"
