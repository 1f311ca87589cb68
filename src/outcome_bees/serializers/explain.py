"""Everything that is wrong with a tree: gone through field by field, once something in it was refused."""

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from outcome_bees.errors import InvalidValueError, OutcomeBeesError, PlanError, nearest
from outcome_bees.model.plan import Plan
from outcome_bees.serializers.building import missing
from outcome_bees.serializers.kinds import fields_of
from outcome_bees.serializers.places import Path, parsed
from outcome_bees.serializers.values import RefusedError, message_of, written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from outcome_bees.serializers.converter import Read

__all__ = ["every_item", "every_problem", "salvaged"]

_HINTS = 50  # a message shows as many problems, and looking for near words takes its time


def every_problem(
    cls: type, tree: Mapping[str, Any], reads: "Mapping[str, Read]", unstructure: "Read"
) -> RefusedError | None:
    """All that is wrong with the tree of an object of a class; ``None`` where nothing is found."""
    problems: list[tuple[Path, str]] = []
    good: dict[str, Any] = {}
    for key in tree:
        if key not in reads:
            meant = nearest(str(key), reads) if len(problems) < _HINTS else None
            hint = f" (did you mean {meant}?)" if meant else ""
            problems.append(((key,), f"unknown key; allowed: {', '.join(reads)}{hint}"))
    for name, read in reads.items():
        if name in tree:
            try:
                good[name] = read(tree[name])
            except RefusedError as error:
                problems += error.under(name)
                if error.partial is not None:
                    good[name] = error.partial
            except OutcomeBeesError as error:
                problems.append(((name,), message_of(error, tree[name])))
            except TypeError:  # of what remembers its answers: a list or mapping is no text that could be one
                problems.append(((name,), f"given {written(tree[name])}; allowed: a single value"))
    problems += [((), f"{name} is missing") for name in missing(cls, tree)]
    whole = salvaged(cls, good)
    if not problems:
        problems += _undefaulted(cls, whole, tree)
    if not problems or cls is Plan:  # a plan's references are checked even where an item is wrong
        problems += _between_fields(cls, whole, unstructure)
    return RefusedError(problems, whole) if problems else None


def every_item(items: Iterable[Any], read: "Read") -> tuple[Any, ...]:
    """The items of a list, or everything that is wrong with them."""
    problems: list[tuple[Path, str]] = []
    made: list[Any] = []
    for index, item in enumerate(items):
        try:
            made.append(read(item))
        except RefusedError as error:
            problems += error.under(index)
            made.append(error.partial)
        except OutcomeBeesError as error:
            problems.append(((index,), message_of(error, item)))
            made.append(None)
        except TypeError:
            problems.append(((index,), f"given {written(item)}; allowed: a single value"))
            made.append(None)
    if problems:
        raise RefusedError(problems, tuple(made))
    return tuple(made)


def salvaged(cls: type, good: Mapping[str, Any]) -> Any:
    """An object of what could be read, the rest as if left out: what refers to it can still be checked."""
    whole: Any = object.__new__(cls)
    for name, each in fields_of(cls).items():
        default: Any = each.default
        if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # a class, though typed otherwise
            default = None if default.takes_self else default.factory()
        object.__setattr__(whole, name, good.get(name, None if default is attrs.NOTHING else default))
    if "id" in fields_of(cls) and good.get("id") is None:
        object.__setattr__(whole, "id", f"?{id(whole)}")  # which nothing refers to, and nothing repeats
    return whole


def _undefaulted(cls: type, whole: Any, tree: Mapping[str, Any]) -> list[tuple[Path, str]]:
    """Fields that were left out, and whose default the others do not give."""
    problems: list[tuple[Path, str]] = []
    for name, each in fields_of(cls).items():
        default: Any = each.default
        if name not in tree and isinstance(default, attrs.Factory) and default.takes_self:  # type: ignore[arg-type]
            try:
                object.__setattr__(whole, name, default.factory(whole))
            except InvalidValueError as error:
                problems.append((tuple(error.what.split(".")[1:]), f"missing; allowed: {error.allowed} ({error.hint})"))
    return problems


def _between_fields(cls: type, whole: Any, unstructure: "Read") -> list[tuple[Path, str]]:
    """What is wrong between the fields of an object, each of them right by itself."""
    try:
        check = getattr(cls, "__attrs_post_init__", None)
        if check is not None:
            check(whole)
    except PlanError as error:
        return [(parsed(each.path), each.message) for each in error.problems]
    except InvalidValueError as error:
        given = error.given if isinstance(error.given, str) else unstructure(error.given)
        return [(tuple(error.what.split(".")[1:]), message_of(error, given))]
    except OutcomeBeesError as error:
        return [((), str(error))]
    return []
