"""The JSON Schema (2020-12) of every document, made from the classes, so that editors can complete and check.

It refuses nothing that the library reads. What a schema cannot say, such as that a reference leads
somewhere, only loading checks.
"""

from datetime import date
from decimal import Decimal
from inspect import getdoc
from typing import Any, get_args

import attrs

from outcome_bees import identifiers
from outcome_bees.errors import UnknownNameError
from outcome_bees.evaluation.scorecard import Scorecard
from outcome_bees.model import aims, fields
from outcome_bees.model.aims import Comparator, Margin
from outcome_bees.model.constraints import field_keywords, object_keywords
from outcome_bees.model.local_policy import Policy
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import COLLECTIONS, Plan
from outcome_bees.periods import Period
from outcome_bees.serializers._class_fields import (
    alias_of,
    converter_of,
    is_class,
    is_closed_list,
    is_extensible,
    is_list,
    is_mapping,
    is_moment,
    is_union,
    keys_of,
    plain_type,
    word_of,
)
from outcome_bees.serializers._layout_fields import LAYOUT_FIELDS
from outcome_bees.serializers.documents import FORMAT
from outcome_bees.serializers.whole import LISTS, WrittenInputs, method_results
from outcome_bees.units import Unit

__all__ = ["KINDS_OF_DOCUMENTS", "json_schema", "list_schema"]

Schema = dict[str, Any]

_ID: Schema = {"type": "string", "pattern": f"^(?:{identifiers._ID.pattern})$", "maxLength": identifiers._MAX_LENGTH}
_AREA: Schema = {
    "type": "string",
    "pattern": f"^(?:{identifiers._AREA.pattern})$",
    "maxLength": identifiers._MAX_LENGTH,
}
_TEXT: Schema = {"type": "string", "pattern": r"\S", "maxLength": fields.MAX_TEXT}
_DAY: Schema = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_PERIOD: Schema = {
    "type": "string",
    "pattern": "^[A-Z0-9][A-Z0-9:./-]{3,62}$",
    "examples": ["FY2024-25", "AY2024-25", "CY2024", "FY2024-25-Q1", "2024-12", "2025-03-31", "Y2025-03-31"],
}
_UNIT: Schema = {
    "type": "string",
    "pattern": "^\\s*[A-Za-z0-9%£#$€'/(][^\\n]*$",
    "maxLength": 80,
    "examples": ["percent", "count", "child", "per_10000", "day", "GBP", "day/person", "count of assessments"],
}
_BY_TYPE: dict[Any, Schema] = {
    str: _TEXT,
    Decimal: {"type": "number"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: _DAY,
    Period: _PERIOD,
    Unit: _UNIT,
}
# What the field's own converter asks for beyond its type.
_BY_CONVERTER: dict[Any, Schema] = {
    fields.item_id: _ID,
    fields.item_id_or_none: _ID,
    fields.item_ids: {"type": "array", "items": _ID},
    fields.area: _AREA,
    fields.area_or_none: _AREA,
    fields.areas: {"type": "array", "items": _AREA},
    fields.decimals_or_none: {"type": "integer", "minimum": 0, "maximum": 9},
    aims.place: {"type": "integer", "minimum": 1, "maximum": 1000},
}
_ONE_OF_TWO = {Margin: ("amount", "percent")}
_ABOVE_ZERO = {(Margin, "amount"), (Margin, "percent")}


def _description_of(cls: type, name: str) -> Schema:
    """Return what a field is in words, as plain text."""
    text: str = cls.__descriptions__[name]  # type: ignore[attr-defined]  # every class that documents have says them
    return {"description": text.replace("``None``", "left out").replace("``", "")}


KINDS_OF_DOCUMENTS = ("plan", *LISTS.values(), "scorecard", "policy")
"""The kinds of documents that there is a schema of by itself."""


def json_schema(kind: str | None = None) -> Schema:
    """Return the schema of every document that the library writes, or of one kind of them.

    With the schema of one kind an editor points at the line that is wrong; with that of all it can only say that the
    whole is a document of none.

    Args:
        kind: ``plan`` (one that extends another too), ``observations``, ``targets``, ``evaluations``, ``scorecard`` or
            ``policy``; ``None``: any of them.

    Raises:
        UnknownNameError: There is no such kind.

    Example:
        >>> json_schema()["$schema"]
        'https://json-schema.org/draft/2020-12/schema'
        >>> json_schema("policy")["$ref"]
        '#/$defs/PolicyDocument'
    """
    definitions: dict[str, Schema] = {}
    plan = _of_class(Plan, definitions)
    items = {key: {"type": "array", "items": _reference(kind, definitions)} for kind, key in LISTS.items()}
    scorecard, inputs = _reference(Scorecard, definitions), _reference(WrittenInputs, definitions)
    policy = _reference(Policy, definitions)
    definitions["PlanDocument"] = {
        **plan,
        "properties": {**_ROOT, **plan["properties"]},
        "required": ["format", *plan["required"]],
        "not": {"anyOf": [{"required": [name]} for name in ("extends", "scorecard", "policy")]},
    }
    definitions["ExtendingDocument"] = _extending(plan)
    documents = ["PlanDocument", "ExtendingDocument"]
    results = {key: _reference(cls, definitions) for key, cls in method_results().items()}
    for key, schema in {**items, "scorecard": scorecard, "policy": policy, **results}.items():
        name = _document_name(key)
        definitions[name] = _document(key, schema, {"inputs": inputs} if key == "scorecard" else {})
        documents.append(name)
    if kind is None:
        return _whole("plans, figures and results", {"anyOf": [_pointer(name) for name in documents]}, definitions)
    if kind not in KINDS_OF_DOCUMENTS:
        raise UnknownNameError("json_schema: kind", kind, KINDS_OF_DOCUMENTS)
    if kind == "plan":
        # One or the other, so that what is wrong is reported of the one that was meant.
        choice = {"if": {"required": ["extends"]}, "then": _pointer(documents[1]), "else": _pointer(documents[0])}
        return _whole("a plan", choice, definitions, f":{kind}")
    return _whole(kind, _pointer(_document_name(kind)), definitions, f":{kind}")


def _document_name(key: str) -> str:
    return f"{''.join(word.capitalize() for word in key.split('_'))}Document"


def list_schema(key: str, cls: type) -> Schema:
    """Return the schema of a document that is one list of objects of a class under a key."""
    definitions: dict[str, Schema] = {}
    items = {"type": "array", "items": _reference(cls, definitions)}
    return _whole(key, _document(key, items, {}), definitions, f":{key}")


_ROOT: Schema = {"format": {"const": FORMAT, "description": "What this document is, and of which version."}}


def _document(key: str, schema: Schema, beside: Schema) -> Schema:
    return {
        "type": "object",
        "properties": {**_ROOT, key: schema, **beside},
        "required": ["format", key],
        "additionalProperties": False,
    }


def _pointer(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _whole(title: str, schema: Schema, definitions: dict[str, Schema], end: str = "") -> Schema:
    """Return a schema with the definitions that it refers to, directly or by way of others."""
    needed: dict[str, Schema] = {}
    asked = _references_in(schema)
    while asked:
        name = asked.pop()
        if name not in needed:
            needed[name] = definitions[name]
            asked |= _references_in(definitions[name])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{FORMAT.replace('/', ':')}{end}",
        "title": f"Outcome bees: {title}",
        **schema,
        "$defs": dict(sorted(needed.items())),
    }


def _references_in(schema: Any) -> set[str]:
    if isinstance(schema, dict):
        own = {str(schema["$ref"]).rpartition("/")[2]} if isinstance(schema.get("$ref"), str) else set()
        return own.union(*map(_references_in, schema.values()))
    return set().union(*map(_references_in, schema)) if isinstance(schema, list) else set()


def _extending(plan: Schema) -> Schema:
    """Return a document that extends another states what it changes and no more; ``null`` clears a field."""
    item = {"type": "object", "properties": {"id": _ID}, "required": ["id"]}
    stated = dict.fromkeys(plan["properties"], True) | {
        name: {"anyOf": [{"type": "array", "items": item}, {"type": "null"}]} for name in COLLECTIONS
    }
    described = "The edition or file that this document is laid over."
    extends = {"type": "string", "description": described, "examples": ["catalogue:strategic-priorities-2024-25"]}
    return {
        "type": "object",
        "properties": {**_ROOT, "extends": extends, **stated},
        "required": ["format", "extends"],
        "additionalProperties": False,
    }


def _reference(cls: type, definitions: dict[str, Schema]) -> Schema:
    if cls.__name__ not in definitions:
        definitions[cls.__name__] = {}  # its place, should it refer to itself
        definitions[cls.__name__] = _of_class(cls, definitions)
    return {"$ref": f"#/$defs/{cls.__name__}"}


def _of_class(cls: type, definitions: dict[str, Schema]) -> Schema:
    word = word_of(cls)
    properties: dict[str, Schema] = {} if word is None else {"kind": {"const": word}}
    required = [] if word is None else ["kind"]
    for name, each in keys_of(cls).items():
        properties[name] = _of_field(cls, each, definitions)
        if each.default is attrs.NOTHING and not plain_type(each.type)[1]:
            required.append(name)
    schema: Schema = {
        "type": "object",
        "description": (getdoc(cls) or "").partition("\n")[0],
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
    if is_extensible(cls):
        schema["patternProperties"] = {f"^{fields.EXTENSION}$": True}
    if (alias := alias_of(cls)) is not None and alias[1] in required:
        other, name = alias
        properties[other] = {**properties[name], "$comment": f"alias of {name}", "description": f"The same as {name}."}
        required.remove(name)
        schema["oneOf"] = [{"required": [each]} for each in (name, other)]
    if cls in _ONE_OF_TWO:
        one, other = _ONE_OF_TWO[cls]
        schema["oneOf"] = [
            {"required": [name], "properties": {name: {"not": {"type": "null"}}}} for name in (one, other)
        ]
    if cls is Observation:
        schema |= object_keywords()
    return schema


def _of_field(cls: type, each: "attrs.Attribute[Any]", definitions: dict[str, Schema]) -> Schema:
    plain, optional = plain_type(each.type)
    of_layout = LAYOUT_FIELDS.get(converter_of(each))
    if of_layout is not None:
        schema = of_layout.schema(lambda kind: _reference(kind, definitions))
        schema = _or_null(schema) if each.default is not attrs.NOTHING else schema
        return schema | _description_of(cls, each.name)
    schema = dict(_BY_CONVERTER.get(converter_of(each)) or _of_type(plain, definitions))
    if (cls, each.name) in _ABOVE_ZERO:
        schema["exclusiveMinimum"] = 0
    if cls is Observation:
        schema |= field_keywords(each.name)
    if cls is Comparator and each.name == "areas":
        schema |= {"minItems": 1, "uniqueItems": True}
    if optional or each.default is not attrs.NOTHING:  # null says the same as leaving out
        schema = _or_null(schema)
    return schema | _description_of(cls, each.name)


def _or_null(schema: Schema) -> Schema:
    if "type" in schema and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _of_type(kind: Any, definitions: dict[str, Schema]) -> Schema:
    if kind in _BY_TYPE:
        return _BY_TYPE[kind]
    if is_moment(kind):  # a date is marked as one, where it might also be the period of a day
        marked = {"type": "object", "properties": {"date": _DAY}, "required": ["date"], "additionalProperties": False}
        return {"anyOf": [_PERIOD, marked]}
    if is_closed_list(kind):
        return {"enum": [member.value for member in kind]}
    if is_union(kind):
        return {"oneOf": [_reference(each, definitions) for each in get_args(kind)]}
    if is_class(kind):
        return _reference(kind, definitions)
    item = get_args(kind)
    if is_list(kind):
        return {"type": "array", "items": _of_type(plain_type(item[0])[0], definitions)}
    assert is_mapping(kind), kind
    names = {key: asked for key, asked in _of_type(item[0], definitions).items() if key in ("pattern", "maxLength")}
    return {"type": "object", "propertyNames": names, "additionalProperties": _of_type(item[1], definitions)}


if __name__ == "__main__":
    import json

    print(json.dumps(json_schema(), indent=1, ensure_ascii=False))
