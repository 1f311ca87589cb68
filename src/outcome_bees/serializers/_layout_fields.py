"""The fields of layouts in documents: one text or several, an id in the place of a mapping, words by name.

What such a field takes is known by its converter. Each has a reader, and its schema beside it.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from outcome_bees.errors import OutcomeBeesError
from outcome_bees.layouts import ees, header, long, source, wide
from outcome_bees.model.fields import item_id
from outcome_bees.serializers.values import READERS, ProblemCollector, RefusedError, message_of, refusal_of

__all__ = ["LAYOUT_FIELDS", "SHORTHANDS", "LayoutField"]

Read = Callable[[Any], Any]
Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}


class LayoutField(NamedTuple):
    """What a field of a layout takes in a document.

    Attributes:
        read: The function from a reader of classes, and the tree, to what the field's converter takes.
        schema: The function from a function that refers to a class to the schema.
    """

    read: Callable[[Callable[[type], Read], Any], Any]
    schema: Callable[[Callable[[type], Schema]], Schema]


def _text(tree: Any) -> str:
    if not isinstance(tree, str):
        number = not isinstance(tree, (bool, Mapping, list)) and tree is not None
        raise refusal_of(tree, "text", "put it in quotes" if number else None)
    return tree


def _texts(tree: Any) -> list[str]:
    if not isinstance(tree, (list, tuple)):
        return [_text(tree)]
    texts: list[str] = _each(dict(enumerate(tree)), _text, list)
    return texts


def _each(trees: Mapping[Any, Any], read: Read, made: Callable[[Any], Any]) -> Any:
    """Return what each tree means, or everything that is wrong with them, each under its key."""
    found, values = ProblemCollector(), {}
    for key, tree in trees.items():
        try:
            values[key] = read(tree)
        except RefusedError as error:
            found.take(error, key)
        except OutcomeBeesError as error:
            found.add((key,), message_of(error, tree))
    if found:
        raise RefusedError(found)
    return made(values.values() if made is list else values)


def _by_name(read: Read) -> Read:
    def read_all(tree: Any) -> Any:
        if not isinstance(tree, Mapping):
            raise refusal_of(tree, "a mapping")
        return _each(tree, read, dict)

    return read_all


def _measure(cls: type, reader: Callable[[type], Read]) -> Read:
    """Return the reader of a measure: its id, or a mapping with more about it."""

    def read(tree: Any) -> Any:
        if isinstance(tree, str):
            return cls(measure=item_id(tree))
        if not isinstance(tree, Mapping):
            raise refusal_of(tree, "the id of a measure, or a mapping with it and how its figures read")
        made = reader(cls)(tree)
        try:
            item_id(made.measure)
        except OutcomeBeesError as error:
            raise RefusedError([(("measure",), message_of(error, made.measure))]) from None
        return made

    return read


def _measures(cls: type) -> LayoutField:
    def schema(refer: Callable[[type], Schema]) -> Schema:
        return {"type": "object", "additionalProperties": {"anyOf": [_TEXT, refer(cls)]}}

    return LayoutField(lambda reader, tree: _by_name(_measure(cls, reader))(tree), schema)


def _codes(tree: Any) -> Any:
    return _by_name(_text)(tree) if isinstance(tree, Mapping) else _text(tree)


def _whole_numbers(tree: Any) -> list[int]:
    if not isinstance(tree, (list, tuple)):
        raise refusal_of(tree, "a list of whole numbers")
    numbers: list[int] = _each(dict(enumerate(tree)), _whole_number, list)
    return numbers


def _whole_number(tree: Any) -> int:
    if isinstance(tree, bool) or not str(tree).isdecimal() or len(str(tree)) > 7:
        raise refusal_of(tree, "a whole number")
    return int(tree)


_BY_NAME: Schema = {"type": "object", "additionalProperties": _TEXT}
LAYOUT_FIELDS: dict[Any, LayoutField] = {
    header.texts_by_name: LayoutField(lambda _, tree: _by_name(_text)(tree), lambda _: _BY_NAME),
    header.choices_by_name: LayoutField(
        lambda _, tree: _by_name(_texts)(tree), lambda _: {"type": "object", "additionalProperties": _TEXTS}
    ),
    long.columns_by_field: LayoutField(
        lambda _, tree: _by_name(_texts)(tree), lambda _: {"type": "object", "additionalProperties": _TEXTS}
    ),
    long.codes_by_name: LayoutField(lambda _, tree: _codes(tree), lambda _: {"anyOf": [_TEXT, _BY_NAME]}),
    long.names_of_measures: _measures(long.ReadAs),
    long.names_or_none: _measures(long.ReadAs),
    ees.indicators_by_name: _measures(ees.Indicator),
    long.measure_or_none: LayoutField(
        lambda reader, tree: _measure(long.ReadAs, reader)(tree), lambda refer: {"anyOf": [_TEXT, refer(long.ReadAs)]}
    ),
    long.numbers_by_word: LayoutField(
        lambda _, tree: _by_name(READERS[Decimal])(tree),
        lambda _: {"type": "object", "additionalProperties": {"type": "number"}},
    ),
    wide.normal_words: LayoutField(lambda _, tree: _texts(tree), lambda _: _TEXTS),
    wide.whole_numbers: LayoutField(
        lambda _, tree: _whole_numbers(tree), lambda _: {"type": "array", "items": {"type": "integer", "minimum": 1}}
    ),
    source.parts_by_place: LayoutField(
        lambda _, tree: _by_name(_texts)(tree), lambda _: {"type": "object", "additionalProperties": _TEXTS}
    ),
    source.sheet_names: LayoutField(lambda _, tree: _texts(tree), lambda _: _TEXTS),
}
"""What the fields of layouts take, by their converters."""


def _id_alone(made: Any) -> Any:
    return made.measure if made == type(made)(measure=made.measure) else None


SHORTHANDS: dict[type, Callable[[Any], Any]] = {ees.Indicator: _id_alone, long.ReadAs: _id_alone}
"""What an object is written as where it has nothing else, by its class: a measure of a layout as its id."""
