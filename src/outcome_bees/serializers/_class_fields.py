"""The fields of the library's classes, as documents have them: what each holds, and under which words it is found."""

import types
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from functools import cache, reduce
from operator import or_
from typing import Any, Union, get_args, get_origin

import attrs

from outcome_bees.errors import InvalidTypeError, Verbatim
from outcome_bees.model import fields as model_fields
from outcome_bees.periods import Period

__all__ = [
    "FURTHER",
    "KINDS",
    "alias_of",
    "converter_of",
    "fields_of",
    "is_class",
    "is_closed_list",
    "is_extensible",
    "is_list",
    "is_made",
    "is_mapping",
    "is_moment",
    "is_union",
    "keys_of",
    "lists_of_objects",
    "missing_fields",
    "plain_type",
    "word_of",
    "written_as",
]

KINDS: dict[str, str] = {
    "reach": "Reach",
    "stay_between": "StayBetween",
    "improve": "Improve",
    "hold": "Hold",
    "beat": "Beat",
    "complete": "Complete",
    "rank": "Rank",
    "flat": "Flat",
    "linear": "Linear",
    "profile": "Profile",
    "own": "OwnLayout",
    "ees": "EesLayout",
    "lait": "LaitLayout",
    "fingertips": "FingertipsLayout",
    "nomis": "NomisLayout",
    "long": "LongLayout",
    "wide": "WideLayout",
}
"""The word under ``kind`` that says which class of a union a mapping is, and the name of that class."""


FURTHER = "extensions"
"""The field of a class that holds the ``x-…`` fields of a document; it is no key of its own."""


@cache
def fields_of(cls: type) -> "dict[str, attrs.Attribute[Any]]":
    """Return the fields of a class by name, their types resolved."""
    attrs.resolve_types(cls)
    return {each.name: each for each in attrs.fields(cls) if each.init}


@cache
def is_extensible(cls: type) -> bool:
    """Return whether an object of a class may have fields of its own, ``x-…``."""
    return FURTHER in fields_of(cls)


@cache
def keys_of(cls: type) -> "dict[str, attrs.Attribute[Any]]":
    """Return the fields of a class that are keys of its mapping in a document."""
    return {name: each for name, each in fields_of(cls).items() if name != FURTHER}


@cache
def alias_of(cls: type) -> tuple[str, str] | None:
    """Return another word under which a field is read, and the field; bees have a name, and all else a title.

    Example:
        >>> from outcome_bees import Measure, OutcomeBee, Reach
        >>> alias_of(Measure), alias_of(OutcomeBee), alias_of(Reach)
        (('name', 'title'), ('title', 'name'), None)
    """
    there = {"name", "title"} & fields_of(cls).keys()
    if len(there) != 1:
        return None
    return ("title", "name") if there == {"name"} else ("name", "title")


def word_of(cls: type) -> str | None:
    """Return the word under ``kind`` that says that a mapping is of a class; ``None``: none is needed."""
    return next((word for word, name in KINDS.items() if name == cls.__name__), None)


def written_as(cls: type) -> type:
    """Return the class of the library that an object is written as: its own, or the one it is a subclass of.

    Raises:
        InvalidTypeError: The subclass has fields that its base has not, which nothing could read again.
    """
    base = next((each for each in cls.__mro__ if each.__module__.startswith("outcome_bees.")), cls)
    further = [name for name in fields_of(cls) if name not in fields_of(base)]
    if further:
        allowed = f"the fields of {base.__name__}"
        if is_extensible(base):
            allowed += ", and further ones in extensions, each named x-…"
        raise InvalidTypeError(f"a document of {base.__name__}", Verbatim(f"{cls.__name__}.{further[0]}"), allowed)
    return base


# Results are made by the library of what was checked before, in great numbers, and check nothing again.
# A document of them may say anything, so that there their fields are as those of the model are.
_OF_RESULTS: dict[str, Callable[[Any], Any]] = {
    "target": model_fields.item_id_or_none,
    "measure": model_fields.item_id,
    "area": model_fields.area_or_none,
    "policy": model_fields.item_id,
    "breakdown": model_fields.breakdown,
}


def converter_of(each: "attrs.Attribute[Any]") -> Callable[[Any], Any] | None:
    """Return what checks the value of a field, where more is asked of it than its type."""
    convert: Any = each.converter
    if convert is None and not is_class(plain_type(each.type)[0]):
        convert = _OF_RESULTS.get(each.name)
    plain: Callable[[Any], Any] | None = getattr(convert, "__wrapped__", convert)
    return plain


def plain_type(kind: Any) -> tuple[Any, bool]:
    """Return a type without its ``None``, and whether it was allowed to be ``None``."""
    if get_origin(kind) not in (types.UnionType, Union):
        return kind, False
    members = tuple(each for each in get_args(kind) if each is not types.NoneType)
    choice: Any = reduce(or_, members)  # a union of several, or the one that there is
    return choice, len(members) < len(get_args(kind))


def is_class(kind: Any) -> bool:
    """Return whether a type is a class of the library that a document has as a mapping; a unit is its code."""
    return isinstance(kind, type) and attrs.has(kind) and kind.__name__ != "Unit"


def is_union(kind: Any) -> bool:
    """Return whether a type is a choice between several such classes, distinguished by ``kind``."""
    members = [each for each in get_args(kind) if each is not types.NoneType]
    return get_origin(kind) in (types.UnionType, Union) and len(members) > 1 and all(map(is_class, members))


def is_moment(kind: Any) -> bool:
    """Return whether a type is a moment in time: a date or a period."""
    return get_origin(kind) in (types.UnionType, Union) and set(get_args(kind)) == {date, Period}


def is_mapping(kind: Any) -> bool:
    """Return whether a type is a mapping with keys and values of its own types."""
    origin = get_origin(kind)
    return isinstance(origin, type) and issubclass(origin, Mapping)


def is_made(default: object) -> bool:
    """Return whether what a field is if left out is made by a function, and is no value."""
    return isinstance(default, attrs.Factory)  # type: ignore[arg-type]  # a class, though typed otherwise


def is_list(kind: Any) -> bool:
    """Return whether a type is a tuple of any length."""
    return get_origin(kind) is tuple and get_args(kind)[1:] == (...,)


@cache
def lists_of_objects(cls: type) -> dict[str, type]:
    """Return the class of the items of each field that is a list of objects."""
    lists = {name: get_args(each.type)[0] for name, each in fields_of(cls).items() if is_list(each.type)}
    return {name: kind for name, kind in lists.items() if is_class(kind)}


def is_closed_list(kind: Any) -> bool:
    """Return whether a type is an enumeration of words."""
    return isinstance(kind, type) and issubclass(kind, Enum)


def missing_fields(cls: type, names: Iterable[str]) -> list[str]:
    """Return the fields that a class must be given and that are not among the names; ``None`` need not be given."""
    given = set(names)
    alias = alias_of(cls)
    if alias is not None and alias[0] in given:
        given.add(alias[1])
    return [
        name
        for name, each in fields_of(cls).items()
        if name not in given and each.default is attrs.NOTHING and not plain_type(each.type)[1]
    ]
