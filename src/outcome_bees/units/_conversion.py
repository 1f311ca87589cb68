"""Exact conversion between units, by pint: in a small registry of our own, and with fractions.

It is imported when a unit is first converted into another; a figure in its measure's own unit needs none of it.
"""

import re
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from outcome_bees.units._facts import CLOSED, fact_named, noun_counted, singular_of, top_of_score
from outcome_bees.vocabulary import MeasureKind

if TYPE_CHECKING:
    import pint

__all__ = ["factor_between", "whole_of"]


@cache
def _registry() -> "pint.UnitRegistry[Fraction]":
    """Build pint's registry of these units alone; it is never given text that the grammar has not passed."""
    import pint

    make: Any = pint.UnitRegistry  # pint types neither an empty registry nor fractions
    registry: pint.UnitRegistry[Fraction] = make(None, non_int_type=Fraction)
    for fact in CLOSED.values():
        registry.define(fact.definition)
    return registry


@lru_cache(maxsize=4096)
def whole_of(code: str) -> Fraction | None:
    """Return what a whole is in a unit. That of a single name is in its definition, and needs no pint."""
    if "/" in code:
        return factor_between("fraction", code)
    if code == "fraction":
        return Fraction(1)
    part = re.fullmatch(r".* = 1/([0-9]+) \* fraction", fact_named(code).definition)
    return None if part is None else Fraction(int(part[1]))


_MAX_OPEN = 512
"""How many rates of their own (per 7, per 13 …) pint's registry is given before a new one is begun. Our choice."""
_OPENED: set[str] = set()


@lru_cache(maxsize=4096)
def factor_between(code: str, to: str) -> Fraction | None:
    """Return what one unit is in another; ``None`` where they measure different things."""
    if code == to:
        return Fraction(1)
    if not (_known_to_pint(code) and _known_to_pint(to)):
        return Fraction(1) if _same_sort(code, to) or _same_sort(to, code) else None
    import pint

    registry = _registry()
    if len(_OPENED) >= _MAX_OPEN:
        _registry.cache_clear()
        _OPENED.clear()
        registry = _registry()
    for name in {*code.split("/"), *to.split("/")}:
        if name not in registry:  # a rate: those that have a name are all there
            registry.define(fact_named(name).definition)
            _OPENED.add(name)
    try:
        return Fraction(registry.Quantity(Fraction(1), code).to(to).magnitude)
    except pint.DimensionalityError:
        return None


def _known_to_pint(code: str) -> bool:
    return noun_counted(code) is None and top_of_score(code) is None


def _same_sort(code: str, to: str) -> bool:
    """Return whether an open unit may be compared with another: what it says, and no more, the other may leave open."""
    if top_of_score(code) is not None:
        return to == "score"
    return noun_counted(code) is not None and (to == "count" or _counted(code) == _counted(to))


def _counted(code: str) -> str | None:
    """Return what a count is of, one of it and in small letters; ``None`` where the unit is no count."""
    noun = noun_counted(code)
    fact = CLOSED.get(code)
    if fact is not None and fact.kind is MeasureKind.COUNT:
        noun = fact.one.format("").strip()
    return None if noun is None else singular_of(noun.casefold())
