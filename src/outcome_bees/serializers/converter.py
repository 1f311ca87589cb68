"""The one converter between the library's classes and plain trees of mappings, lists, texts and numbers.

It is cattrs' converter made strict. What is right takes one pass: each value goes through the converter of
its own field, once. Where something is refused, the tree is gone through again field by field,
for everything that is wrong with it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache, wraps
from itertools import chain, repeat
from operator import call
from typing import Any, get_args

import attrs
from attrs import NOTHING, Attribute
from cattrs import Converter

from outcome_bees.errors import InvalidValueError, OutcomeBeesError
from outcome_bees.frozen import FrozenMapping
from outcome_bees.model import fields as model_fields
from outcome_bees.model.constraints import broken_invariants, enforce
from outcome_bees.model.plan import Plan, problems_of
from outcome_bees.periods import Period
from outcome_bees.serializers._class_fields import (
    FURTHER,
    KINDS,
    alias_of,
    converter_of,
    fields_of,
    is_class,
    is_closed_list,
    is_extensible,
    is_list,
    is_made,
    is_mapping,
    is_moment,
    is_union,
    keys_of,
    missing_fields,
    plain_type,
    word_of,
    written_as,
)
from outcome_bees.serializers._paths import parse_path
from outcome_bees.serializers.values import (
    READERS,
    ProblemCollector,
    RefusedError,
    cached_reader,
    computed,
    format_value,
    member_reader,
    message_of,
    refusal_of,
    suggestion,
)
from outcome_bees.units import Unit

__all__ = [
    "Read",
    "collect_class_problems",
    "collect_item_problems",
    "constructor_of",
    "converter",
    "field_reader",
    "partial_instance",
]

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
    """Return a reader as cattrs calls it; the reader itself stays at hand."""

    @wraps(read)
    def hook(tree: Any, _: object) -> Any:
        return read(tree)

    return hook


def reader(kind: Any) -> Read:
    """Return the function that reads a tree as a type."""
    plain, optional = plain_type(kind)
    if is_closed_list(plain):  # not asked of cattrs: its words are texts, so that it would take the reader of text
        return _or_none(member_reader(plain), optional=optional)
    hook: Any = converter().get_structure_hook(plain)
    read: Read = hook.__wrapped__  # every hook of ours is made by _hook
    return _or_none(read, optional=optional)


def _or_none(read: Read, *, optional: bool) -> Read:
    return (lambda tree: None if tree is None else read(tree)) if optional else read


def field_reader(each: "Attribute[Any]") -> Read:
    """Return the function that reads a tree as one field: by its type, then by the field's own converter."""
    plain, optional = plain_type(each.type)
    if converter_of(each) is None and plain is Decimal:
        return _or_none(computed, optional=optional)
    convert = converter_of(each)
    if convert is not None and _is_of_layouts(convert):
        from outcome_bees.serializers._layout_fields import LAYOUT_FIELDS

        of_layout = LAYOUT_FIELDS.get(convert)
        if of_layout is not None:
            return _or_none(lambda tree: convert(of_layout.read(reader, tree)), optional=optional)
    read = reader(each.type)
    if convert is None or convert in _NO_MORE_TO_CHECK or _is_of_objects(plain):
        return read
    if convert is model_fields.breakdown:
        return lambda tree: convert(_text_by_text(tree))
    if is_list(plain) and get_args(plain)[0] is str:
        return _list_reader(lambda item: convert([item])[0], convert)
    if plain is str:
        return convert if convert in _PROSE else cached_reader(convert)
    if is_closed_list(plain):
        return cached_reader(lambda tree: convert(read(tree)))
    return lambda tree: convert(read(tree))


def _is_of_layouts(what: Any) -> bool:
    """Return whether a class or a converter is of the layouts of tables: plans, which have none, do not load them."""
    return str(what.__module__).startswith("outcome_bees.layouts.")


def _is_of_objects(kind: Any) -> bool:
    """Return whether a type is of objects alone: a converter checks their class, which those that we make have."""
    return is_class(kind) or is_union(kind) or (is_list(kind) and is_class(get_args(kind)[0]))


def _class_reader(cls: type) -> Hook:
    reads = {name: field_reader(each) for name, each in keys_of(cls).items()}
    allowed = f"a mapping with {', '.join(reads) or 'kind alone'}"
    extensible = is_extensible(cls)
    defaulted = {name for name, each in fields_of(cls).items() if each.default is not NOTHING}
    # Which fields a mapping has, in which order, is the same for most of the mappings of a list.
    shapes: dict[tuple[str, ...], tuple[list[Read], Callable[[Any], Any]]] = {}

    def read(tree: Any) -> Any:
        if type(tree) is not dict:
            if type(tree) is cls:  # read already, so that its tree could go
                return tree
            if isinstance(tree, Mapping):
                return read(dict(tree))
            raise RefusedError(refusal_of(tree, allowed).found, partial_instance(cls, {}))
        try:
            shape = shapes.get(names := tuple(tree)) or shaped(names)
            return shape[1]([read_field(value) for read_field, value in zip(shape[0], tree.values(), strict=True)])
        except (RefusedError, OutcomeBeesError, TypeError, KeyError) as error:
            filled = {
                name: value
                for name, value in tree.items()
                if value is not None or not (name in defaulted or (extensible and is_extension(name)))
            }
            if len(filled) < len(tree):  # null means the same as leaving out, of what can be left out
                return read(filled)
            if (apart := _apart(cls, tree)) is not None:
                return _read_apart(read, *apart)
            raise collect_class_problems(cls, tree, reads, converter().unstructure) or _of_field(error, reads) from None

    def shaped(names: tuple[str, ...]) -> tuple[list[Read], Callable[[Any], Any]]:
        shape = [reads[name] for name in names], constructor_of(cls, names)
        if missing_fields(cls, names):
            raise KeyError
        if len(shapes) < 1000:
            shapes[names] = shape
        return shape

    return _hook(read)


def is_extension(key: object) -> bool:
    """Return whether a key of a mapping is that of a field of the document's own."""
    return isinstance(key, str) and key.startswith("x-")


_Apart = tuple[dict[Any, Any], dict[str, Any], tuple[str, str] | None]


def _apart(cls: type, tree: Mapping[Any, Any]) -> _Apart | None:
    """Return a tree as its class has it, its ``x-…`` fields apart, and the word that was put otherwise; or nothing."""
    alias = alias_of(cls)
    if alias is not None and (alias[0] not in tree or alias[1] in tree):
        alias = None
    further = {key: value for key, value in tree.items() if is_extension(key)} if is_extensible(cls) else {}
    if alias is None and not further:
        return None
    own = {alias[1] if alias and key == alias[0] else key: tree[key] for key in tree if key not in further}
    return own, further, alias


def _read_apart(read: Read, own: dict[Any, Any], further: dict[str, Any], alias: tuple[str, str] | None) -> Any:
    """Return the object of a tree whose parts were set apart; problems are under the document's own keys."""
    found = ProblemCollector()
    extensions: Any = {}
    try:
        extensions = model_fields.extensions(further)
    except InvalidValueError:  # which of them, and whatever else is wrong with the others
        for key, value in further.items():
            try:
                model_fields.extensions({key: value})
            except InvalidValueError as error:
                found.add((key,), message_of(error, key if error.given == key else value))
    whole: Any = None
    try:
        whole = read(own)
    except RefusedError as error:
        for path, message in error.found.problems:
            found.add((alias[0], *path[1:]) if alias and path[:1] == alias[1:] else path, message)
        found.more += error.found.more
        whole = error.partial
    if found:
        raise RefusedError(found, whole)
    if further:
        object.__setattr__(whole, FURTHER, extensions)
    return whole


def _of_field(error: Exception, reads: Mapping[str, Read]) -> Exception:
    """Return what an object's own check refuses, at the field that it names."""
    if not isinstance(error, InvalidValueError):
        return error
    name = re.split(r"[.\[]", error.what)[1:2]
    return RefusedError([(tuple(name) if name and name[0] in reads else (), message_of(error, error.given))])


def _list_reader(read: Read, read_all: Read | None = None) -> Read:
    def read_list(tree: Any) -> tuple[Any, ...]:
        if not isinstance(tree, (list, tuple)):
            raise refusal_of(tree, "a list")
        try:
            return tuple([read(item) for item in tree] if read_all is None else read_all(tree))
        except (RefusedError, OutcomeBeesError, TypeError):
            return collect_item_problems(tree, read)

    return read_list


def _moment(tree: Any) -> date | Period:
    """Read a moment in time: the code of a period, or a mapping with the date of a day."""
    if not isinstance(tree, Mapping):
        period: Period = reader(Period)(tree)
        return period
    if set(tree) != {"date"}:
        raise refusal_of(tree, "the code of a period, or a mapping with date alone")
    day: date = reader(date)(tree["date"])
    return day


def _union_reader(union: Any) -> Hook:
    members = {cls.__name__: cls for cls in get_args(union)}
    reads = {word: reader(members[name]) for word, name in KINDS.items() if name in members}
    allowed = ", ".join(reads)

    def read(tree: Any) -> Any:
        if not isinstance(tree, Mapping):
            raise refusal_of(tree, f"a mapping with kind: {allowed}")
        rest = dict(tree)
        word = rest.pop("kind", None)
        if isinstance(word, str) and word in reads:
            return reads[word](rest)
        if "kind" not in tree:
            raise RefusedError([((), f"kind is missing; allowed: {allowed}")])
        listed = "Aim" if "reach" in reads else "Trajectory"
        meant = suggestion(word, reads, listed) if isinstance(word, str) else None
        raise refusal_of(word, allowed, f"did you mean {meant}?" if meant else None).under("kind")

    return _hook(read)


def _mapping_reader(read_key: Read, read_value: Read) -> Read:
    def read(tree: Any) -> FrozenMapping[Any, Any]:
        if not isinstance(tree, Mapping):
            raise refusal_of(tree, "a mapping")
        found = ProblemCollector()
        keys = _read_each(read_key, ((key, key) for key in tree), found)
        values = _read_each(read_value, tree.items(), found)
        if found:
            raise RefusedError(found)
        return FrozenMapping(zip(keys, values, strict=True))

    return read


def _read_each(read: Read, given: Iterable[tuple[Any, Any]], found: ProblemCollector) -> list[Any]:
    """Return what the second of each pair means; what is wrong with it is listed under the first."""
    read_values: list[Any] = []
    for key, tree in given:
        try:
            read_values.append(read(tree))
        except RefusedError as error:
            found.take(error, str(key))
        except OutcomeBeesError as error:
            found.add((str(key),), message_of(error, tree))
        except TypeError:
            found.add((str(key),), f"given {format_value(tree)}; allowed: a single value")
    return read_values


_text_by_text = _mapping_reader(model_fields.text, model_fields.text)


def _class_writer(cls: type) -> Callable[[Any], Any]:
    base = written_as(cls)
    fields = [(name, _default(each)) for name, each in keys_of(base).items()]
    moments = {name for name, each in keys_of(base).items() if is_moment(plain_type(each.type)[0])}
    extensible = is_extensible(base)
    shorthand: Callable[[Any], Any] | None = None
    if _is_of_layouts(base):
        from outcome_bees.serializers._layout_fields import SHORTHANDS

        shorthand = SHORTHANDS.get(base)
    word = word_of(base)
    write_value = converter().unstructure

    def write(whole: Any) -> Any:
        if shorthand is not None and (id := shorthand(whole)) is not None:
            return id
        tree: dict[str, Any] = {} if word is None else {"kind": word}
        for name, default in fields:
            value = getattr(whole, name)
            if value is not None and value != default(whole):  # None is what leaving it out says as well
                tree[name] = write_value(value)
                if name in moments and type(value) is date:  # marked as one: it might also be the period of a day
                    tree[name] = {"date": tree[name]}
        if extensible:
            tree.update(write_value(getattr(whole, FURTHER)))
        return tree

    return write


def _default(each: "Attribute[Any]") -> Callable[[Any], Any]:
    """Return what a field of an object would be, had it been left out."""
    default: Any = each.default
    if not is_made(default):
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
    """Return the converter, made when first asked for."""
    made = Converter()
    made.register_structure_hook_func(is_moment, _hook(_moment))
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
    made.register_unstructure_hook(frozenset, sorted)
    for kind, write in ((Period, str), (Unit, str), (date, date.isoformat)):
        made.register_unstructure_hook(kind, write)
    return made


_A_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,40}", re.ASCII)
_THOUSANDS = re.compile(r"[0-9]{3}(?:\.[0-9]+)?", re.ASCII)  # what YAML makes of the end of {value: 1,000}


def _unknown_keys(
    cls: type, tree: Mapping[str, Any], reads: "Mapping[str, Read]", found: "ProblemCollector", unread: set[str]
) -> None:
    """Collect the keys that the class does not have; the field that each may have been meant for counts as unread."""
    for key in tree:
        if key not in reads:
            alias = alias_of(cls)
            meant = alias[1] if alias and key == alias[0] else suggestion(str(key), reads)
            if meant:
                unread.add(meant)
            hint = f" (did you mean {meant}?)" if meant else ""
            if alias and key == alias[0]:
                hint = f" (it is the same as {meant}: leave one of the two out)"
            elif not meant and is_extensible(cls):
                hint = f" (a field of your own begins with x-: x-{key})" if _A_NAME.fullmatch(str(key)) else ""
            if _THOUSANDS.fullmatch(str(key)) and tree[key] is None:
                hint = " (a comma between braces ends the value before it: write a number without separators)"
            found.add((str(key),), f"unknown key; allowed: {', '.join(reads) or 'none but kind'}{hint}")


def collect_class_problems(
    cls: type, tree: Mapping[str, Any], reads: "Mapping[str, Read]", unstructure: "Read"
) -> RefusedError | None:
    """Return all that is wrong with the tree of an object of a class; ``None`` where nothing is found."""
    found = ProblemCollector()
    good: dict[str, Any] = {}
    unread: set[str] = set()
    _unknown_keys(cls, tree, reads, found, unread)
    for name, read in reads.items():
        if name in tree:
            try:
                good[name] = read(tree[name])
                continue
            except RefusedError as error:
                found.take(error, name)
                if error.partial is not None:
                    good[name] = error.partial
            except OutcomeBeesError as error:
                found.add((name,), message_of(error, tree[name]))
            except TypeError:  # of what remembers its answers: a list or mapping is no text that could be one
                found.add((name,), f"given {format_value(tree[name])}; allowed: a single value")
            unread.add(name)
    for name in missing_fields(cls, tree):
        found.add((), f"{name} is missing")
        unread.add(name)
    whole = partial_instance(cls, good)
    _undefaulted(cls, whole, tree, found, unread)
    if cls is not Plan:
        for rule in broken_invariants(whole, unread):
            given = rule.given if isinstance(rule.given, str) else unstructure(rule.given)
            found.add(tuple(rule.what.split(".")[1:]), message_of(rule, given))
    elif not found.more:  # a plan's references are checked even where an item is wrong, if every item is known
        for problem in problems_of(whole):
            found.add(parse_path(problem.path), problem.message)
    return RefusedError(found, whole) if found else None


def collect_item_problems(items: Iterable[Any], read: "Read") -> tuple[Any, ...]:
    """Return the items of a list, or everything that is wrong with them."""
    found = ProblemCollector()
    made: list[Any] = []
    for index, item in enumerate(items):
        partial: Any = None
        try:
            partial = read(item)
        except RefusedError as error:
            found.take(error, index)
            partial = error.partial
        except OutcomeBeesError as error:
            found.add((index,), message_of(error, item))
        except TypeError:
            found.add((index,), f"given {format_value(item)}; allowed: a single value")
        made.append(partial)
        if found.more:
            break  # so much is wrong that the rest is not gone through
    if found:
        raise RefusedError(found, None if found.more else tuple(made))
    return tuple(made)


@lru_cache(maxsize=1024)
def constructor_of(cls: type, names: tuple[str, ...]) -> Callable[[Iterable[Any]], Any]:
    """Return the function that makes an object of a class from the values of the named fields, in that order.

    A constructor would put each value through its converter again, and each default too: most of the time of loading
    a large table. What is checked between fields is checked here as the constructor does it.
    """
    put = {name: getattr(cls, name).__set__ for name in fields_of(cls)}
    puts = [put[name] for name in names]
    fills: list[tuple[Callable[[Any, Any], None], Any]] = []
    late: list[tuple[Callable[[Any, Any], None], Callable[[Any], Any]]] = []
    for name, each in fields_of(cls).items():
        default: Any = each.default
        if name in names:
            continue
        if not is_made(default):
            fills.append((put[name], None if default is attrs.NOTHING else default))
        elif default.takes_self:
            late.append((put[name], default.factory))
        else:
            fills.append((put[name], default.factory()))  # shared: nothing in the model can change
    beside = [each for each in attrs.fields(cls) if not each.init]  # what no document has
    fills += [(vars(cls)[each.name].__set__, each.default) for each in beside]
    check: Callable[[Any], None] | None = getattr(cls, "__attrs_post_init__", None)
    rules: Any = ()
    if check is enforce:
        check, rules = None, [each.refusal for each in getattr(cls, "RULES", ())]

    every = [*puts, *(put for put, _ in fills)]
    defaults = [value for _, value in fills]
    put_one: Any = call  # of a setter, an object and a value

    def make(values: Iterable[Any]) -> Any:
        whole: Any = object.__new__(cls)
        # A setter gives None, so that any() walks through all of them, without a step of ours between two.
        any(map(put_one, every, repeat(whole), chain(values, defaults)))
        for put, factory in late:
            put(whole, factory(whole))
        for refusal in rules:
            if (error := refusal(whole)) is not None:
                raise error
        if check is not None:
            check(whole)
        return whole

    return make


def partial_instance(cls: type, good: Mapping[str, Any]) -> Any:
    """Return an object of what could be read, the rest as if left out: what refers to it can still be checked."""
    whole: Any = object.__new__(cls)
    for name, put, default in _fields(cls):
        put(whole, good.get(name, default))
    if "id" in fields_of(cls) and good.get("id") is None:
        object.__setattr__(whole, "id", f"?{id(whole)}")  # which nothing refers to, and nothing repeats
    return whole


@cache
def _fields(cls: type) -> list[tuple[str, Callable[[Any, Any], None], Any]]:
    """Return the fields of a class, how each is set, and what it is if left out."""
    fields: list[tuple[str, Callable[[Any, Any], None], Any]] = []
    for name, each in fields_of(cls).items():
        default: Any = each.default
        if is_made(default):
            default = None if default.takes_self else default.factory()
        fields.append((name, getattr(cls, name).__set__, None if default is attrs.NOTHING else default))
    return fields


def _undefaulted(cls: type, whole: Any, tree: Mapping[str, Any], found: ProblemCollector, unread: set[str]) -> None:
    """Fill in fields that were left out from what the others imply, and report where those disagree."""
    for name, each in fields_of(cls).items():
        default: Any = each.default
        if name in tree or not is_made(default) or not default.takes_self:
            continue
        if unread:  # the others may be what it is made of
            unread.add(name)
            continue
        try:
            object.__setattr__(whole, name, default.factory(whole))
        except InvalidValueError as error:
            found.add(tuple(error.what.split(".")[1:]), f"missing; allowed: {error.allowed} ({error.hint})")
            unread.add(name)
