"""Everything that is wrong with a tree: gone through field by field, once something in it was refused."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import attrs

from outcome_bees.errors import InvalidValueError, OutcomeBeesError
from outcome_bees.model.invariants import broken_invariants
from outcome_bees.model.plan import Plan, problems_of
from outcome_bees.serializers.building import missing
from outcome_bees.serializers.kinds import fields_of
from outcome_bees.serializers.places import parsed
from outcome_bees.serializers.values import Found, RefusedError, message_of, near, written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from outcome_bees.serializers.converter import Read

__all__ = ["every_item", "every_problem", "salvaged"]


def every_problem(
    cls: type, tree: Mapping[str, Any], reads: "Mapping[str, Read]", unstructure: "Read"
) -> RefusedError | None:
    """All that is wrong with the tree of an object of a class; ``None`` where nothing is found."""
    found = Found()
    good: dict[str, Any] = {}
    unread: set[str] = set()
    for key in tree:
        if key not in reads:
            meant = near(str(key), reads)
            if meant:  # which it may have said
                unread.add(meant)
            hint = f" (did you mean {meant}?)" if meant else ""
            found.add((str(key),), f"unknown key; allowed: {', '.join(reads) or 'none but kind'}{hint}")
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
                found.add((name,), f"given {written(tree[name])}; allowed: a single value")
            unread.add(name)
    for name in missing(cls, tree):
        found.add((), f"{name} is missing")
        unread.add(name)
    whole = salvaged(cls, good)
    _undefaulted(cls, whole, tree, found, unread)
    if cls is not Plan:
        for rule in broken_invariants(whole, unread):
            given = rule.given if isinstance(rule.given, str) else unstructure(rule.given)
            found.add(tuple(rule.what.split(".")[1:]), message_of(rule, given))
    elif not found.more:  # a plan's references are checked even where an item is wrong, if every item is known
        for problem in problems_of(whole):
            found.add(parsed(problem.path), problem.message)
    return RefusedError(found, whole) if found else None


def every_item(items: Iterable[Any], read: "Read") -> tuple[Any, ...]:
    """The items of a list, or everything that is wrong with them."""
    found = Found()
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
            found.add((index,), f"given {written(item)}; allowed: a single value")
        made.append(partial)
        if found.more:
            break  # so much is wrong that the rest is not gone through
    if found:
        raise RefusedError(found, None if found.more else tuple(made))
    return tuple(made)


def salvaged(cls: type, good: Mapping[str, Any]) -> Any:
    """An object of what could be read, the rest as if left out: what refers to it can still be checked."""
    whole: Any = object.__new__(cls)
    for name, put, default in _fields(cls):
        put(whole, good.get(name, default))
    if "id" in fields_of(cls) and good.get("id") is None:
        object.__setattr__(whole, "id", f"?{id(whole)}")  # which nothing refers to, and nothing repeats
    return whole


@cache
def _fields(cls: type) -> list[tuple[str, Callable[[Any, Any], None], Any]]:
    """The fields of a class, how each is set, and what it is if left out."""
    fields: list[tuple[str, Callable[[Any, Any], None], Any]] = []
    for name, each in fields_of(cls).items():
        default: Any = each.default
        if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # a class, though typed otherwise
            default = None if default.takes_self else default.factory()
        fields.append((name, vars(cls)[name].__set__, None if default is attrs.NOTHING else default))
    return fields


def _undefaulted(cls: type, whole: Any, tree: Mapping[str, Any], found: Found, unread: set[str]) -> None:
    """Give fields that were left out what the others say that they are, and tell where they do not."""
    for name, each in fields_of(cls).items():
        default: Any = each.default
        # Factory is a class, though attrs types it otherwise.
        if name in tree or not isinstance(default, attrs.Factory) or not default.takes_self:  # type: ignore[arg-type]
            continue
        if unread:  # the others may be what it is made of
            unread.add(name)
            continue
        try:
            object.__setattr__(whole, name, default.factory(whole))
        except InvalidValueError as error:
            found.add(tuple(error.what.split(".")[1:]), f"missing; allowed: {error.allowed} ({error.hint})")
            unread.add(name)
