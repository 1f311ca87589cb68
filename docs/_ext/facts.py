"""What the reference shows that the code knows already: read from the code, so that it cannot drift.

Each function gives a table in Markdown. Nothing here needs Sphinx, so that the tests can ask it too.
"""

import ast
import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import outcome_bees
from outcome_bees import Reason, Severity, Status, Travel, Unit
from outcome_bees.presentation.words import LABEL, SENTENCE, SYMBOL
from outcome_bees.serializers.schema import json_schema
from outcome_bees.units import _facts, _spellings

REFERENCE = Path(__file__).resolve().parents[1] / "reference"
DIRECTIVE = re.compile(r"^```\{public\} *\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def rooms() -> dict[str, tuple[str, ...]]:
    """Return the public names of every room that has a page in the reference, where this version has the room."""
    pages = sorted(page.stem for page in (REFERENCE / "rooms").glob("*.md"))
    return {page: tuple(import_module(f"outcome_bees.{page}").__all__) for page in pages if is_room(page)}


def is_room(name: str) -> bool:
    """Return whether this version has a room: its page may be there before it is."""
    outer = name.rpartition(".")[0]
    return (not outer or is_room(outer)) and find_spec(f"outcome_bees.{name}") is not None


def listed_names() -> list[str]:
    """Return every name that a page of the reference documents, in `{public}` blocks, once for each time."""
    return [
        name
        for page in sorted(REFERENCE.rglob("*.md"))
        for block in DIRECTIVE.findall(page.read_text(encoding="utf-8"))
        for name in block.split()
    ]


def home_of(name: str) -> str:
    """Return the path under which a name of a room is documented: `outcome_bees` itself where it has the same thing.

    Example:
        >>> home_of("periods.Period"), home_of("frames.evaluate")
        ('outcome_bees.Period', 'outcome_bees.frames.evaluate')
    """
    room, _, short = name.rpartition(".")
    thing = getattr(import_module(f"outcome_bees.{room}"), short)
    if short in outcome_bees.__all__ and getattr(outcome_bees, short) is thing:
        return f"outcome_bees.{short}"
    for other, names in rooms().items():  # a room may offer a name of another
        if other != room and short in names and getattr(thing, "__module__", "").startswith(f"outcome_bees.{other}"):
            return f"outcome_bees.{other}.{short}"
    return f"outcome_bees.{name}"


def constant_of(path: str) -> str:
    """Return the text below a constant, where its module makes it: a room only hands it on.

    Example:
        >>> constant_of("outcome_bees.STANDARD").partition(";")[0]
        'Met at the number required'
    """
    name = path.rpartition(".")[2]
    for module in [each for key, each in sorted(sys.modules.items()) if key.startswith("outcome_bees")]:
        if not module.__file__ or name not in vars(module):
            continue
        body = ast.parse(Path(module.__file__).read_text(encoding="utf-8")).body
        for made, below in pairwise(body):
            match made, below:
                case (
                    ast.Assign(targets=[ast.Name(id=found)]) | ast.AnnAssign(target=ast.Name(id=found)),
                    ast.Expr(value=ast.Constant(value=str(text))),
                ) if found == name:
                    return inspect.cleandoc(text)
    return ""


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table; a bar inside a cell is text."""
    lines = [list(head), *([str(cell).replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def values_of(enum: type[Enum]) -> str:
    """Return the members of a closed list, in their order, with what people read for each."""
    if enum is Status:
        head = ["value", "shown as", "colour", "symbol"]
        rows = [[f"`{each.value}`", LABEL[each], each.rag.value, SYMBOL[each]] for each in Status]
    elif enum is Reason:
        head = ["", "value", "it is not assessed because"]
        rows = [[str(place), f"`{each.value}`", SENTENCE[each]] for place, each in enumerate(Reason, 1)]
    elif enum in (Travel, Severity):
        head = ["value", "shown as", "symbol"]
        rows = [[f"`{each.value}`", LABEL[each], SYMBOL[each]] for each in enum]
    elif all(LABEL.get(each, each.value) != each.value for each in enum):  # type: ignore[call-overload]
        head = ["value", "shown as"]
        rows = [[f"`{each.value}`", LABEL[each]] for each in enum]  # type: ignore[index]
    else:
        head = ["value", "in Python"]
        rows = [[f"`{each.value}`", f"`{enum.__name__}.{each.name}`"] for each in enum]
    return table(head, rows)


def all_units() -> str:
    """Return every unit of the closed list, with how its numbers are written."""
    grammar = ["per_10000", "count of assessments", "score out of 5", "day/person"]  # an example of each form
    rows = []
    for code in (*_facts.CLOSED, *grammar):
        unit = Unit(code)
        written = unit.phrase("4.5" if unit.top else "1,234" if unit.decimals == 0 else "12.5")
        also = ", ".join(f"`{each}`" for each in _spellings.SPELLINGS.get(code, ())[:6])
        rows.append([f"`{code}`", unit.kind.value, str(unit.decimals), written, also])
    return table(["unit", "kind of measure", "decimals", "as it is shown", "also read, among others"], rows)


def columns_of(contract: Iterable[Any]) -> str:
    """Return the columns of a frame, as its contract describes them."""
    described = [
        (each.name, each.type, *(getattr(each, field) for field in _prose_fields(each)), each) for each in contract
    ]
    rows = []
    for name, kind, meaning, null, each in described:
        must = "yes" if each.needed else ""
        rows.append([f"`{name}`", kind, meaning, null or "refused", must])
    return table(["column", "type", "meaning", "null means", "needed"], rows)


def _prose_fields(column: Any) -> tuple[str, str]:
    """Return the names of the two fields of a column that are prose: its meaning, and that of null."""
    names = [field.name for field in type(column).__attrs_attrs__]
    meaning = next(name for name in names if name not in ("name", "type", "null", "needed"))
    return meaning, "null"


def fields_of(name: str) -> str:
    """Return the keys of one sort of item in a document, from the JSON Schema that documents are checked by."""
    schema = json_schema()["$defs"][name]
    required = {*schema.get("required", ()), *(name for way in schema.get("oneOf", ()) for name in way["required"])}
    rows = [
        [f"`{key}`", _type_of(facts), "yes" if key in required else "", facts.get("description", "")]
        for key, facts in schema.get("properties", {}).items()
        if not facts.get("$comment", "").startswith("alias of ")
    ]
    if "patternProperties" in schema:
        rows.append(["`x-…`", "anything", "", "Fields of your own: kept, written and shown, and never read."])
    return table(["key", "written as", "needed", "meaning"], rows)


def _type_of(facts: Mapping[str, Any]) -> str:
    """Return what a part of the schema allows, in words."""
    options = [_one_type(each) for each in _alternatives(facts)]
    return " or ".join(dict.fromkeys(option for option in options if option)) or "anything"


def _alternatives(facts: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for key in ("anyOf", "oneOf"):
        if key in facts:
            for each in facts[key]:
                yield from _alternatives(each)
            return
    if isinstance(facts.get("type"), list):
        for each in facts["type"]:
            yield {**facts, "type": each}
    else:
        yield facts


def _one_type(facts: Mapping[str, Any]) -> str:
    if "$ref" in facts:
        return f"`{facts['$ref'].rpartition('/')[2]}`"
    if "const" in facts:
        return f"`{facts['const']}`"
    if "enum" in facts:
        return ", ".join(f"`{each}`" for each in facts["enum"] if each is not None)
    match facts.get("type"):
        case "array":
            return f"a list of {_type_of(facts.get('items', {}))}"
        case "object":
            return "a mapping"
        case "string":
            return {"date": "a date"}.get(facts.get("format", ""), "text")
        case "number":
            return "a number"
        case "integer":
            return "a whole number"
        case "boolean":
            return "`true` or `false`"
        case _:  # null: the same as leaving it out
            return ""
