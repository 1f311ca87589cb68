"""Objects made of values that have been through the converters of their fields already.

A constructor would put each value through its converter again, and each default too: most of the time
of loading a large table. What is checked between fields is checked here as the constructor does it.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, repeat
from operator import call
from typing import Any

import attrs

from outcome_bees.serializers.kinds import fields_of, plain_type

__all__ = ["maker", "missing"]


def missing(cls: type, names: Iterable[str]) -> list[str]:
    """The fields that a class must be given and that are not among the names; ``None`` need not be said."""
    given = set(names)
    return [
        name
        for name, each in fields_of(cls).items()
        if name not in given and each.default is attrs.NOTHING and not plain_type(each.type)[1]
    ]


def maker(cls: type, names: Sequence[str]) -> Callable[[Iterable[Any]], Any]:
    """The function that makes an object of a class from the values of the named fields, in that order."""
    put = {name: vars(cls)[name].__set__ for name in fields_of(cls)}
    puts = [put[name] for name in names]
    fills: list[tuple[Callable[[Any, Any], None], Any]] = []
    late: list[tuple[Callable[[Any, Any], None], Callable[[Any], Any]]] = []
    for name, each in fields_of(cls).items():
        default: Any = each.default
        if name in names:
            continue
        if not isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # a class, though typed otherwise
            fills.append((put[name], None if default is attrs.NOTHING else default))
        elif default.takes_self:
            late.append((put[name], default.factory))
        else:
            fills.append((put[name], default.factory()))  # shared: nothing in the model can change
    check: Callable[[Any], None] | None = getattr(cls, "__attrs_post_init__", None)

    every = [*puts, *(put for put, _ in fills)]
    defaults = [value for _, value in fills]
    put_one: Any = call  # of a setter, an object and a value

    def make(values: Iterable[Any]) -> Any:
        whole: Any = object.__new__(cls)
        # A setter gives None, so that any() walks through all of them, without a step of ours between two.
        any(map(put_one, every, repeat(whole), chain(values, defaults)))
        for put, factory in late:
            put(whole, factory(whole))
        if check is not None:
            check(whole)
        return whole

    return make
