"""The one converter between classes and plain trees of mappings, lists, texts and numbers.

It is cattrs' converter made strict. What is right takes one pass: the classes of the model check their own
fields. Only where one of them refuses is its tree gone through field by field, so that every problem is found.
"""

import re
import types
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from json import dumps
from typing import Any, TypeVar, Union, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn

from outcome_bees.errors import InvalidValueError, OutcomeBeesError, PlanError, UnitError, nearest
from outcome_bees.frozen import FrozenMapping
from outcome_bees.model.aims import Beat, Complete, Hold, Improve, Rank, Reach, StayBetween
from outcome_bees.model.plan import Plan
from outcome_bees.model.trajectories import Flat, Linear, Profile
from outcome_bees.periods import Period
from outcome_bees.serializers.places import Path, parsed
from outcome_bees.units import Unit

__all__ = [
    "KINDS",
    "RefusedError",
    "converter",
    "fields_of",
    "is_mapping",
    "is_union",
    "plain_type",
    "written",
]

T = TypeVar("T")
Read = Callable[[Any], Any]

KINDS: dict[str, type] = {
    "reach": Reach,
    "stay_between": StayBetween,
    "improve": Improve,
    "hold": Hold,
    "beat": Beat,
    "complete": Complete,
    "rank": Rank,
    "flat": Flat,
    "linear": Linear,
    "profile": Profile,
}
"""The word under ``kind`` that says which class of a union a mapping is."""

_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MISSING = object()


class RefusedError(Exception):
    """What a tree has wrong: paths from the tree's own root, what is wrong there, and what could be read of it."""

    def __init__(self, problems: Iterable[tuple[Path, str]], partial: object = None) -> None:
        self.problems, self.partial = list(problems), partial
        super().__init__(self.problems)

    def under(self, step: str | int) -> list[tuple[Path, str]]:
        """The same problems, seen from the mapping or list that holds the tree."""
        return [((step, *path), message) for path, message in self.problems]


def written(tree: object) -> str:
    """A piece of a tree as a message shows it: as in JSON, and short however large it is."""
    if isinstance(tree, str):
        return dumps(tree if len(tree) <= 80 else f"{tree[:80]}…", ensure_ascii=False)
    if tree is None or isinstance(tree, bool):
        return dumps(tree)
    if isinstance(tree, Mapping):
        return f"a mapping of {len(tree):,}" if tree else "an empty mapping"
    if isinstance(tree, (list, tuple)):
        return f"a list of {len(tree):,}" if tree else "an empty list"
    if isinstance(tree, int) and tree.bit_length() > 200:
        return "a number of hundreds of bits"
    text = str(tree)
    return text if len(text) <= 80 else f"{text[:80]}…"


def _refuse(tree: object, allowed: str, hint: str | None = None) -> RefusedError:
    return RefusedError([((), f"given {written(tree)}; allowed: {allowed}{f' ({hint})' if hint else ''}")])


def _message(error: OutcomeBeesError, tree: object) -> str:
    if isinstance(error, InvalidValueError):
        hint = f" ({error.hint})" if error.hint else ""
        return f"given {written(tree)}; allowed: {error.allowed}{hint}"
    return str(error)


# Reading what JSON, YAML and TOML have no type for, or more types than one


def _number(tree: Any, _: object = None) -> Decimal:
    if isinstance(tree, Decimal):
        return tree
    if isinstance(tree, (int, float)) and not isinstance(tree, bool):
        return tree  # type: ignore[return-value]  # the field's own converter makes it exact
    hint = (
        "write it without quotes" if isinstance(tree, str) and re.fullmatch(r"-?[0-9.]{1,40}", tree) else None
    )
    raise _refuse(tree, "a plain decimal number, such as 95, 95.0 or -0.5", hint)


def _whole(tree: Any, _: object = None) -> int:
    if isinstance(tree, Decimal) and tree.is_finite() and tree.as_tuple().exponent == 0 and abs(tree) < 10**9:
        return int(tree)
    if isinstance(tree, int) and not isinstance(tree, bool):
        return tree
    raise _refuse(tree, "a whole number")


def _date(tree: Any, _: object = None) -> date:
    if type(tree) is date:
        return tree
    if isinstance(tree, str) and _DATE.fullmatch(tree):
        try:
            return date.fromisoformat(tree)
        except ValueError:
            pass
    raise _refuse(tree, "a date, such as 2025-03-31")


def _period(tree: Any, _: object = None) -> Period:
    if isinstance(tree, str):
        return Period.from_code(tree)
    raise _refuse(tree, "the code of a period, such as FY2024-25, AY2024-25, 2024-12 or 2025-03-31")


def _text(tree: Any, _: object = None) -> str:
    if isinstance(tree, str):
        return tree
    hint = "put it in quotes" if isinstance(tree, (Decimal, int, float)) else None
    raise _refuse(tree, "text", hint)


def _truth(tree: Any, _: object = None) -> bool:
    if isinstance(tree, bool):
        return tree
    raise _refuse(tree, "true or false")


def _member(tree: Any, kind: type[Enum]) -> Enum:
    for member in kind:
        if member.value == tree:
            return member
    raise _refuse(tree, ", ".join(repr(member.value) for member in kind))


# What a type is


def is_union(kind: Any) -> bool:
    """Whether a type is a choice between several classes, told apart by ``kind``."""
    members = [each for each in get_args(kind) if each is not types.NoneType]
    return get_origin(kind) in (types.UnionType, Union) and len(members) > 1 and all(map(attrs.has, members))


def is_mapping(kind: Any) -> bool:
    """Whether a type is a mapping."""
    origin = get_origin(kind)
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[1:] == (...,)


def plain_type(kind: Any) -> tuple[Any, bool]:
    """A type without its ``None``, and whether ``None`` was allowed."""
    if get_origin(kind) not in (types.UnionType, Union):
        return kind, False
    members = [each for each in get_args(kind) if each is not types.NoneType]
    optional = len(members) < len(get_args(kind))
    return (members[0] if len(members) == 1 else Union[tuple(members)]), optional  # noqa: UP007 - of a list


@cache
def fields_of(cls: type) -> dict[str, "attrs.Attribute[Any]"]:
    """The fields of a class by name, their types resolved."""
    attrs.resolve_types(cls)
    return {each.name: each for each in attrs.fields(cls) if each.init}


def _checks_itself(each: "attrs.Attribute[Any]") -> bool:
    """Whether the field's own converter reads exactly what a document may hold there."""
    if each.converter is None:
        return False
    kind, _ = plain_type(each.type)
    if get_origin(kind) in (tuple, Mapping) or is_mapping(kind):
        return all(argument in (str, ...) for argument in get_args(kind))
    return kind in (str, Unit) or (isinstance(kind, type) and issubclass(kind, Enum))


# Classes


def _class_reader(cls: type) -> Callable[[Any, Any], Any]:
    fields = fields_of(cls)
    required = [
        name for name, each in fields.items() if each.default is attrs.NOTHING and plain_type(each.type)[1]
    ]
    first = [(name, _reader(each.type)) for name, each in fields.items() if not _checks_itself(each)]

    def read(tree: Any, _: object = None) -> Any:
        if type(tree) is dict:
            values = dict(tree)
            try:
                for name, read_field in first:
                    if name in values:
                        values[name] = read_field(values[name])
                for name in required:
                    values.setdefault(name, None)
                return cls(**values)
            except (RefusedError, OutcomeBeesError, TypeError) as error:
                raise _explained(cls, tree) or error from None
        raise RefusedError(_refuse(tree, f"a mapping with {', '.join(fields)}").problems, _salvaged(cls, {}))

    return read


def _reader(kind: Any) -> Read:
    """The function that reads a tree as a type."""
    plain, optional = plain_type(kind)
    hook = converter().get_structure_hook(plain)
    if optional:
        return lambda tree: None if tree is None else hook(tree, plain)
    return lambda tree: hook(tree, plain)


def _explained(cls: type, tree: dict[str, Any]) -> RefusedError | None:
    """Everything that is wrong with the tree of an object, field by field."""
    fields = fields_of(cls)
    problems: list[tuple[Path, str]] = []
    good: dict[str, Any] = {}
    for key in tree:
        if key not in fields:
            meant = nearest(str(key), fields)
            hint = f" (did you mean {meant}?)" if meant else ""
            problems.append(((key,), f"unknown key; allowed: {', '.join(fields)}{hint}"))
    for name, each in fields.items():
        if name in tree:
            try:
                good[name] = _field(each, tree[name])
            except RefusedError as refused:
                problems += refused.under(name)
                if refused.partial is not None:
                    good[name] = refused.partial
        elif each.default is attrs.NOTHING and not plain_type(each.type)[1]:
            problems.append(((), f"{name} is missing"))
    whole = _salvaged(cls, good)
    if not problems or cls is Plan:  # a plan's references are checked even where an item is wrong
        problems += _across(cls, whole)
    return RefusedError(problems, whole) if problems else None


def _field(each: "attrs.Attribute[Any]", tree: Any) -> Any:
    """One field of an object, or everything that is wrong with it."""
    convert: Any = getattr(each.converter, "__wrapped__", each.converter)
    kind, optional = plain_type(each.type)
    if tree is None and optional:
        return None
    if _is_list(kind) and isinstance(tree, (list, tuple)):
        return _list(tree, _reader(get_args(kind)[0]), convert if _checks_itself(each) else None)
    try:
        value = tree if _checks_itself(each) else _reader(kind)(tree)
        return value if convert is None else convert(value)
    except OutcomeBeesError as error:
        raise RefusedError([((), _message(error, tree))]) from None


def _list(tree: Iterable[Any], read: Read, convert: Callable[[list[Any]], Any] | None) -> tuple[Any, ...]:
    problems: list[tuple[Path, str]] = []
    items: list[Any] = []
    for index, item in enumerate(tree):
        try:
            value = read(item)
            items.append(value if convert is None else convert([value])[0])
        except RefusedError as refused:
            problems += refused.under(index)
            items.append(refused.partial)
        except OutcomeBeesError as error:
            problems.append(((index,), _message(error, item)))
    if problems:
        raise RefusedError(problems, tuple(items))
    return tuple(items)


def _salvaged(cls: type, good: Mapping[str, Any]) -> Any:
    """An object of what could be read, the rest as if left out: to check what else refers to it, and no more."""
    whole = object.__new__(cls)
    for name, each in fields_of(cls).items():
        default = each.default
        if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # a class, though typed as a function
            default = None if default.takes_self else default.factory()  # type: ignore[attr-defined]
        object.__setattr__(whole, name, good.get(name, None if default is attrs.NOTHING else default))
    if "id" in fields_of(cls) and "id" not in good:
        object.__setattr__(whole, "id", f"?{id(whole)}")  # no id, so that nothing refers to it or repeats it
    return whole


def _across(cls: type, whole: Any) -> list[tuple[Path, str]]:
    """What is wrong between the fields of an object, each of them right by itself."""
    check = getattr(cls, "__attrs_post_init__", None)
    try:
        if check is not None:
            check(whole)
    except PlanError as error:
        return [(parsed(each.path), each.message) for each in error.problems]
    except InvalidValueError as error:
        steps = tuple(error.what.split(".")[1:])
        hint = f" ({error.hint})" if error.hint else ""
        return [(steps, f"given {_unwritten(error.given)}; allowed: {error.allowed}{hint}")]
    except (OutcomeBeesError, UnitError) as error:
        return [((), str(error))]
    return []


def _unwritten(given: Any) -> str:
    """A value of the model as the document would have it."""
    return written(given if isinstance(given, str) else converter().unstructure(given))


def _tuple_reader(kind: Any) -> Callable[[Any, Any], Any]:
    read = _reader(get_args(kind)[0])

    def read_all(tree: Any, _: object = None) -> tuple[Any, ...]:
        if not isinstance(tree, (list, tuple)):
            raise _refuse(tree, "a list")
        try:
            return tuple([read(item) for item in tree])
        except (RefusedError, OutcomeBeesError):
            return _list(tree, read, None)

    return read_all


def _union_reader(union: Any) -> Callable[[Any, Any], Any]:
    members = get_args(union)
    readers = {word: _reader(cls) for word, cls in KINDS.items() if cls in members}
    allowed = ", ".join(readers)

    def read(tree: Any, _: object = None) -> Any:
        if not isinstance(tree, dict):
            raise _refuse(tree, f"a mapping with kind: {allowed}")
        word = tree.get("kind", _MISSING)
        if word is _MISSING:
            raise RefusedError([((), f"kind is missing; allowed: {allowed}")])
        if not isinstance(word, str) or word not in readers:
            meant = nearest(word, readers) if isinstance(word, str) else None
            raise RefusedError(
                _refuse(word, allowed, f"did you mean {meant}?" if meant else None).under("kind")
            )
        return readers[word]({key: value for key, value in tree.items() if key != "kind"})

    return read


def _mapping_reader(kind: Any) -> Callable[[Any, Any], Any]:
    read_key, read_value = map(_reader, get_args(kind))

    def read(tree: Any, _: object = None) -> FrozenMapping[Any, Any]:
        if not isinstance(tree, Mapping):
            raise _refuse(tree, "a mapping")
        problems: list[tuple[Path, str]] = []
        items: dict[Any, Any] = {}
        for key, value in tree.items():
            try:
                items[read_key(key)] = read_value(value)
            except RefusedError as refused:
                problems += refused.under(str(key))
            except OutcomeBeesError as error:
                problems.append(((str(key),), _message(error, value)))
        if problems:
            raise RefusedError(problems)
        return FrozenMapping(items)

    return read


# Writing


def _class_writer(cls: type) -> Callable[[Any], dict[str, Any]]:
    fields_of(cls)  # resolves the types that the next line reads
    write_fields = make_dict_unstructure_fn(cls, converter(), _cattrs_omit_if_default=True)
    tag = {"kind": word for word, kind in KINDS.items() if kind is cls}

    def write(whole: Any) -> dict[str, Any]:
        tree = {name: value for name, value in write_fields(whole).items() if value is not None}
        return {**tag, **tree}

    return write


@cache
def converter() -> Converter:
    """The converter, made when first asked for."""
    made = Converter()
    for kind, read in (
        (Decimal, _number),
        (int, _whole),
        (date, _date),
        (Period, _period),
        (str, _text),
        (bool, _truth),
    ):
        made.register_structure_hook(kind, read)  # type: ignore[arg-type]  # each of its own type
    made.register_structure_hook(Unit, lambda tree, _: Unit(_text(tree)))
    made.register_structure_hook_func(lambda kind: isinstance(kind, type) and issubclass(kind, Enum), _member)
    made.register_structure_hook_factory(lambda kind: kind is not Unit and attrs.has(kind), _class_reader)
    made.register_structure_hook_factory(_is_list, _tuple_reader)
    made.register_structure_hook_factory(is_union, _union_reader)
    made.register_structure_hook_factory(is_mapping, _mapping_reader)
    made.register_unstructure_hook_factory(lambda kind: kind is not Unit and attrs.has(kind), _class_writer)
    made.register_unstructure_hook_func(
        lambda kind: _is_list(kind) or kind is tuple, lambda items: [made.unstructure(item) for item in items]
    )
    made.register_unstructure_hook_func(
        lambda kind: is_mapping(kind) or kind is FrozenMapping,
        lambda items: {str(key): made.unstructure(value) for key, value in items.items()},
    )
    made.register_unstructure_hook(Period, str)
    made.register_unstructure_hook(Unit, str)
    made.register_unstructure_hook(date, date.isoformat)
    return made
