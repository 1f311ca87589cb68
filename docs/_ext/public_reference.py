"""The reference, made from the code while the site is built: Sphinx directives, and links to public names.

`{public}` documents names of `outcome_bees` itself, `{room}` those of a room; `{values}`, `{units}`, `{columns}` and
`{fields}` show the tables of `facts`. Pages of the repository's root, such as CONTRIBUTING.md, are taken in. A name
in `code` on any page becomes a link where it is a public name.
"""

import inspect
import re
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs
import facts
from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.python import PyObject
from sphinx.ext.napoleon import Config, GoogleDocstring
from sphinx.transforms import SphinxTransform
from sphinx.util.docfields import TypedField

import outcome_bees


class FromCode(Directive):
    """A directive whose content is Markdown that the code gives."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def markdown(self) -> str:
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        holder = nodes.Element()
        lines = self.markdown().splitlines()
        self.state.nested_parse(StringList(lines, self.state_machine.get_source_and_line(self.lineno)[0]), 0, holder)
        for made in holder.findall(nodes.table):
            made["classes"].append("from-code")
        return holder.children


class PublicNames(FromCode):
    """Names of `outcome_bees` itself, each with its docstring; a closed list with a table of its values."""

    def markdown(self) -> str:
        return "\n".join(documented(f"outcome_bees.{name}") for line in self.content for name in line.split())


class RoomNames(FromCode):
    """The names of a room: those of `outcome_bees` itself as links, all others with their docstrings."""

    def markdown(self) -> str:
        room = self.arguments[0]
        homes = {name: facts.home_of(f"{room}.{name}") for name in facts.rooms()[room]}
        own = [home for name, home in homes.items() if home == f"outcome_bees.{room}.{name}"]
        lent = [f"- {{py:obj}}`{home}`" for home in homes.values() if home not in own]
        parts = [documented(home) for home in own]
        if lent:
            parts += ["Also here, and documented elsewhere:", "", *lent, ""]
        return "\n".join(parts)


class Values(FromCode):
    """The values of a closed list."""

    def markdown(self) -> str:
        return facts.values_of(getattr(outcome_bees, self.arguments[0]))


class Units(FromCode):
    """Every unit."""

    def markdown(self) -> str:
        return facts.all_units()


class Columns(FromCode):
    """The columns of a frame."""

    def markdown(self) -> str:
        return facts.columns_of(getattr(import_module("outcome_bees.frames"), self.arguments[0]))


class Fields(FromCode):
    """The keys of an item in a document."""

    def markdown(self) -> str:
        return facts.fields_of(self.arguments[0])


def documented(path: str) -> str:
    """Return the Markdown that documents one thing, by its public path."""
    module, _, name = path.rpartition(".")
    thing = getattr(import_module(module), name)
    if inspect.ismodule(thing):
        room = getattr(outcome_bees, name).__name__.removeprefix("outcome_bees.")  # charts is a module of reports
        return f"`{name}` is a room of its own: [its page](rooms/{room}.md).\n"
    if inspect.isclass(thing):
        kind = "autoexception" if issubclass(thing, BaseException) else "autoclass"
        options = ["   :members:", "   :show-inheritance:"] if kind == "autoexception" else ["   :members:"]
        if issubclass(thing, Enum):
            options = ["   :no-undoc-members:"]
        lines = [f".. {kind}:: {path}", *options]
    elif callable(thing):
        lines = [f".. autofunction:: {path}"]
    else:
        text = str(GoogleDocstring(facts.constant_of(path), Config(napoleon_custom_sections=["Source"])))
        lines = [f".. py:data:: {name}", f"   :module: {module}", "", *(f"   {line}" for line in text.splitlines())]
    text = "\n".join(["```{eval-rst}", *lines, "```", ""])
    if inspect.isclass(thing) and issubclass(thing, Enum) and name in outcome_bees.__all__:
        text += f"\n{facts.values_of(thing)}\n"
    return text


class TrimCode(SphinxTransform):
    """Take off the empty line that ends a doctest in Markdown, where one has to be."""

    default_priority = 210

    def apply(self, **_: Any) -> None:
        for block in self.document.findall(nodes.literal_block):
            if block.astext() != block.astext().rstrip():
                text = nodes.Text(block.astext().rstrip())
                block.rawsource = str(text)
                block.children = []
                block += text


class LinkPublicNames(SphinxTransform):
    """Make a link of every `name` in code type that is a public name."""

    default_priority = 500

    def apply(self, **_: Any) -> None:
        known = public_paths()
        for literal in list(self.document.findall(nodes.literal)):
            text = literal.astext().removesuffix("()")
            path = known.get(text)
            inside = literal.parent
            while inside is not None and not isinstance(inside, nodes.title | nodes.reference | addnodes.pending_xref):
                inside = inside.parent
            if path is None or inside is not None:
                continue
            link = addnodes.pending_xref(
                "", refdomain="py", reftype="obj", reftarget=path, refexplicit=True, refwarn=False
            )
            link["refdoc"] = self.env.docname
            literal.replace_self(link)
            link += literal


_PATHS: dict[str, str] = {}


def public_paths() -> dict[str, str]:
    """Return the public path of each name that a page may mention: `Plan`, `frames.evaluate`, `Plan.measures_of`."""
    if not _PATHS:
        for room, names in facts.rooms().items():
            _PATHS.update({f"{room}.{name}": facts.home_of(f"{room}.{name}") for name in names})
        for name in outcome_bees.__all__:
            thing = getattr(outcome_bees, name)
            if inspect.ismodule(thing):
                continue
            _PATHS[name] = f"outcome_bees.{name}"
            if inspect.isclass(thing):
                members = (each for each in vars(thing) if not each.startswith("_"))
                _PATHS.update({f"{name}.{each}": f"outcome_bees.{name}.{each}" for each in members})
    return _PATHS


def find_public_home(app: Sphinx, env: Any, node: addnodes.pending_xref, shown: nodes.Node) -> nodes.Node | None:
    """Link the module path of a type, as annotations have it, to the public name of the same thing.

    A type of ours that is not public is shown as text. A name of ours that does not exist is left, and so reported.
    Types of Python and of other libraries are text: to link them would take the lists of names of their sites.
    """
    target = node.get("reftarget", "")
    if node.get("refdomain") != "py":
        return None
    module, _, name = target.rpartition(".")
    if target.partition(".")[0] != "outcome_bees":
        return nodes.Text(name) if shown.astext() == target else shown
    for path in candidates(target, name):
        found = env.get_domain("py").resolve_xref(
            env, node["refdoc"], app.builder, "obj", path, clone_for(node, path), shown
        )
        if found is not None:
            return found
    return shown if exists(module, name) else None


def clone_for(node: addnodes.pending_xref, path: str) -> addnodes.pending_xref:
    link = node.copy()
    link["reftarget"] = path
    link.attributes.pop("py:module", None)
    link.attributes.pop("py:class", None)
    return link


def candidates(target: str, name: str) -> Iterator[str]:
    if name in outcome_bees.__all__ and f"outcome_bees.{name}" != target:
        yield f"outcome_bees.{name}"
    for room, names in facts.rooms().items():
        if name in names and f"outcome_bees.{room}.{name}" != target:
            yield f"outcome_bees.{room}.{name}"


def exists(module: str, name: str) -> bool:
    try:
        return hasattr(import_module(module), name)
    except ModuleNotFoundError:  # a class's member, or nothing
        outer, _, inner = module.rpartition(".")
        return bool(outer) and exists(outer, inner)


def plain_signature(
    app: Sphinx, what: str, name: str, obj: Any, options: Any, signature: str | None, result: str | None
) -> tuple[str | None, str | None] | None:
    """Leave out the signature that Python gives every enum, and show the defaults that a class of attrs has."""
    if inspect.isclass(obj) and issubclass(obj, Enum):
        return "", None
    if not attrs.has(obj):
        return None
    parts: list[str] = []
    for field in attrs.fields(obj):
        if not field.init:
            continue
        if field.kw_only and "*" not in parts:
            parts.append("*")
        parts.append(field.name if field.default is attrs.NOTHING else f"{field.name}={default_of(field)}")
    return f"({', '.join(parts)})", None


def public_bases(app: Sphinx, name: str, obj: Any, options: Any, bases: list[Any]) -> None:
    """Show the public classes that a private base is made of instead of it."""
    while any(inspect.isclass(base) and base.__name__.startswith("_") for base in bases):
        bases[:] = dict.fromkeys(
            each for base in bases for each in (base.__bases__ if base.__name__.startswith("_") else (base,))
        )


def default_of(field: Any) -> str:
    """Return a default as one would write it; three dots for what depends on other fields, or is made each time."""
    if isinstance(field.default, attrs.Factory):
        return "..."
    return (
        str(field.default)
        if not isinstance(field.default, Enum)
        else f"{type(field.default).__name__}.{field.default.name}"
    )


def each_field_by_itself(app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """Write `low, high: …` below `Attributes:` as an entry for each, which is what napoleon reads.

    Of a property, napoleon takes what comes before a colon for a type; ours state theirs in the code.
    """
    if what == "property" and lines:
        lines[0] = lines[0].replace(": ", " – ", 1)
    made: list[str] = []
    several: list[str] = []  # the names that share the text being read
    shared: list[str] = []

    def finish() -> None:
        for each in several:
            made.extend([shared[0].replace(", ".join(several), each, 1), *shared[1:]])
        several.clear()
        shared.clear()

    section = ""
    for line in lines:
        heading = re.fullmatch(r"(\w+):", line)
        section = heading[1] if heading else section
        entry = re.match(r" {4}(\w+(?:, \w+)*): ", line)
        if not line.startswith(" " * 8):
            finish()
        if section == "Attributes" and entry and ", " in entry[1]:
            several.extend(entry[1].split(", "))
        (shared if several else made).append(line)
    finish()
    lines[:] = made


ROOT = Path(__file__).resolve().parents[2]
SITE_PAGES = {
    "CHANGELOG.md": "changelog.md",
    "CODE_OF_CONDUCT.md": "conduct.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
}


def take_in(app: Sphinx, docname: str, content: list[str]) -> None:
    """Put a page of the repository's root in the place of its include, its links as they are on the site."""

    def page(include: re.Match[str]) -> str:
        text = (ROOT / include[1]).read_text(encoding="utf-8")
        app.env.note_dependency(str(ROOT / include[1]))
        text = text.replace("](docs/", "](")
        for root, here in SITE_PAGES.items():
            text = text.replace(f"]({root}", f"]({here}")
        return text

    content[0] = re.sub(r"```\{include\} \.\./(\w+\.md)\n```", page, content[0])


def setup(app: Sphinx) -> dict[str, bool]:
    for each in PyObject.doc_field_types:
        if isinstance(each, TypedField) and each.name == "variable":
            each.label = "Fields"  # `Attributes:` of a class is a list of its fields; Sphinx would call them variables
    app.add_directive("public", PublicNames)
    app.add_directive("room", RoomNames)
    app.add_directive("values", Values)
    app.add_directive("units", Units)
    app.add_directive("columns", Columns)
    app.add_directive("fields", Fields)
    app.add_transform(TrimCode)
    app.add_transform(LinkPublicNames)
    app.connect("source-read", take_in)
    app.connect("missing-reference", find_public_home)
    app.connect("autodoc-process-docstring", each_field_by_itself, priority=100)  # before napoleon
    app.connect("autodoc-process-bases", public_bases)
    app.connect("autodoc-process-signature", plain_signature)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
