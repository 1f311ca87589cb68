"""The one converter between the library's classes and plain trees of mappings, lists, texts and numbers.

It is cattrs' converter made strict. What is right takes one pass: each value goes through the converter of
its own field, once. Where something is refused, ``explain`` goes through the tree again, for all of it.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, wraps
from typing import Any, get_args

from attrs import NOTHING, Attribute, Factory
from cattrs import Converter

from outcome_bees.errors import InvalidValueError, OutcomeBeesError
from outcome_bees.frozen import FrozenMapping
from outcome_bees.model import fields as model_fields
from outcome_bees.periods import Period
from outcome_bees.serializers.building import maker, missing
from outcome_bees.serializers.explain import every_item, every_problem, salvaged
from outcome_bees.serializers.kinds import (
    KINDS,
    converter_of,
    fields_of,
    is_class,
    is_closed_list,
    is_list,
    is_mapping,
    is_union,
    plain_type,
)
from outcome_bees.serializers.values import (
    READERS,
    Found,
    RefusedError,
    computed,
    member_reader,
    message_of,
    near,
    refused,
    remembering,
    written,
)
from outcome_bees.units import Unit

__all__ = ["Read", "converter", "field_reader"]

Read = Callable[[Any], Any]
Hook = Callable[[Any, Any], Any]

# Converters that refuse nothing which the reader of their type has let through.
_NO_MORE_TO_CHECK = {
    model_fields.number,
    model_fields.number_or_none,
    model_fields.period,
    model_fields.period_or_none,
    model_fields.day,
    model_fields.day_or_none,
    model_fields.unit_or_none,
}
# Texts that are all different, so that nothing is won by remembering them.
_PROSE = {model_fields.text, model_fields.text_or_none}


def _hook(read: Read) -> Hook:
    """A reader as cattrs calls it; the reader itself stays at hand."""

    @wraps(read)
    def hook(tree: Any, _: object) -> Any:
        return read(tree)

    return hook


def reader(kind: Any) -> Read:
    """The function that reads a tree as a type."""
    plain, optional = plain_type(kind)
    if is_closed_list(plain):  # not asked of cattrs: its words are texts, so that it would take the reader of text
        return _or_none(member_reader(plain)) if optional else member_reader(plain)
    hook: Any = converter().get_structure_hook(plain)
    read: Read = hook.__wrapped__  # every hook of ours is made by _hook
    return _or_none(read) if optional else read


def _or_none(read: Read) -> Read:
    return lambda tree: None if tree is None else read(tree)


def field_reader(each: "Attribute[Any]") -> Read:
    """The function that reads a tree as one field: by its type, then by the field's own converter."""
    plain, optional = plain_type(each.type)
    if converter_of(each) is None and plain is Decimal:
        return _or_none(computed) if optional else computed
    read = reader(each.type)
    convert = converter_of(each)
    if convert is None or convert in _NO_MORE_TO_CHECK:
        return read
    if convert is model_fields.breakdown:
        return lambda tree: convert(_text_by_text(tree))
    if is_list(plain) and get_args(plain)[0] is str:
        return _list_reader(lambda item: convert([item])[0], convert)
    if plain is str:
        return convert if convert in _PROSE else remembering(convert)
    if is_closed_list(plain):
        return remembering(lambda tree: convert(read(tree)))
    return lambda tree: convert(read(tree))


def _class_reader(cls: type) -> Hook:
    reads = {name: field_reader(each) for name, each in fields_of(cls).items()}
    allowed = f"a mapping with {', '.join(reads) or 'kind alone'}"
    defaulted = {name for name, each in fields_of(cls).items() if each.default is not NOTHING}
    # Which fields a mapping has, in which order, is the same for most of the mappings of a list.
    shapes: dict[tuple[str, ...], tuple[list[Read], Callable[[Any], Any]]] = {}

    def read(tree: Any) -> Any:
        if type(tree) is not dict:
            if type(tree) is cls:  # read already, to let go of its tree
                return tree
            if isinstance(tree, Mapping):
                return read(dict(tree))
            raise RefusedError(refused(tree, allowed).found, salvaged(cls, {}))
        try:
            shape = shapes.get(names := tuple(tree)) or shaped(names)
            return shape[1]([read_field(value) for read_field, value in zip(shape[0], tree.values(), strict=True)])
        except (RefusedError, OutcomeBeesError, TypeError, KeyError) as error:
            said = {name: value for name, value in tree.items() if value is not None or name not in defaulted}
            if len(said) < len(tree):  # null says the same as leaving out, of what can be left out
                return read(said)
            raise every_problem(cls, tree, reads, converter().unstructure) or error from None

    def shaped(names: tuple[str, ...]) -> tuple[list[Read], Callable[[Any], Any]]:
        shape = [reads[name] for name in names], maker(cls, names)
        if missing(cls, names):
            raise KeyError
        if len(shapes) < 1000:
            shapes[names] = shape
        return shape

    return _hook(read)


def _list_reader(read: Read, read_all: Read | None = None) -> Read:
    def read_list(tree: Any) -> tuple[Any, ...]:
        if not isinstance(tree, (list, tuple)):
            raise refused(tree, "a list")
        try:
            return tuple([read(item) for item in tree] if read_all is None else read_all(tree))
        except (RefusedError, OutcomeBeesError, TypeError):
            return every_item(tree, read)

    return read_list


def _union_reader(union: Any) -> Hook:
    reads = {word: reader(cls) for word, cls in KINDS.items() if cls in get_args(union)}
    allowed = ", ".join(reads)

    def read(tree: Any) -> Any:
        if not isinstance(tree, Mapping):
            raise refused(tree, f"a mapping with kind: {allowed}")
        rest = dict(tree)
        word = rest.pop("kind", None)
        if isinstance(word, str) and word in reads:
            return reads[word](rest)
        if "kind" not in tree:
            raise RefusedError([((), f"kind is missing; allowed: {allowed}")])
        meant = near(word, reads) if isinstance(word, str) else None
        raise refused(word, allowed, f"did you mean {meant}?" if meant else None).under("kind")

    return _hook(read)


def _mapping_reader(read_key: Read, read_value: Read) -> Read:
    def read(tree: Any) -> FrozenMapping[Any, Any]:
        if not isinstance(tree, Mapping):
            raise refused(tree, "a mapping")
        found = Found()
        keys = _read_each(read_key, ((key, key) for key in tree), found)
        values = _read_each(read_value, tree.items(), found)
        if found:
            raise RefusedError(found)
        return FrozenMapping(zip(keys, values, strict=True))

    return read


def _read_each(read: Read, given: Iterable[tuple[Any, Any]], found: Found) -> list[Any]:
    """What the second of each pair says; what is wrong with it stands under the first."""
    said: list[Any] = []
    for key, tree in given:
        try:
            said.append(read(tree))
        except RefusedError as error:
            found.take(error, str(key))
        except OutcomeBeesError as error:
            found.add((str(key),), message_of(error, tree))
        except TypeError:
            found.add((str(key),), f"given {written(tree)}; allowed: a single value")
    return said


_text_by_text = _mapping_reader(model_fields.text, model_fields.text)


def _class_writer(cls: type) -> Callable[[Any], dict[str, Any]]:
    fields = [(name, _default(each)) for name, each in fields_of(cls).items()]
    word = next((word for word, kind in KINDS.items() if kind is cls), None)
    write_value = converter().unstructure

    def write(whole: Any) -> dict[str, Any]:
        tree: dict[str, Any] = {} if word is None else {"kind": word}
        for name, default in fields:
            value = getattr(whole, name)
            if value is not None and value != default(whole):  # None is what leaving it out says as well
                tree[name] = write_value(value)
        return tree

    return write


def _default(each: "Attribute[Any]") -> Callable[[Any], Any]:
    """What a field of an object would be, had it been left out."""
    default: Any = each.default
    if not isinstance(default, Factory):  # type: ignore[arg-type]  # a class, though typed otherwise
        return lambda whole: default
    if not default.takes_self:
        made = default.factory()
        return lambda whole: made

    def of_the_others(whole: Any) -> Any:
        try:
            return default.factory(whole)
        except InvalidValueError:  # it cannot be left out of this one
            return NOTHING

    return of_the_others


@cache
def converter() -> Converter:
    """The converter, made when first asked for."""
    made = Converter()
    for kind, read in READERS.items():
        made.register_structure_hook(kind, _hook(read))
    made.register_structure_hook_factory(is_class, _class_reader)
    made.register_structure_hook_factory(is_list, lambda kind: _hook(_list_reader(reader(get_args(kind)[0]))))
    made.register_structure_hook_factory(is_union, _union_reader)
    made.register_structure_hook_factory(is_mapping, lambda kind: _hook(_mapping_reader(*map(reader, get_args(kind)))))
    made.register_unstructure_hook_factory(is_class, _class_writer)
    made.register_unstructure_hook_func(
        lambda kind: is_list(kind) or kind is tuple, lambda items: [made.unstructure(item) for item in items]
    )
    made.register_unstructure_hook_func(
        lambda kind: is_mapping(kind) or kind is FrozenMapping,
        lambda items: {str(key): made.unstructure(value) for key, value in items.items()},
    )
    for kind, write in ((Period, str), (Unit, str), (date, date.isoformat)):
        made.register_unstructure_hook(kind, write)
    return made
