"""A sentence of several measures: what its parts share, and what the whole may say of them."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from attrs import evolve

from outcome_bees.frozen import FrozenMapping
from outcome_bees.statements.comparison import Comparison
from outcome_bees.statements.statement import Statement
from outcome_bees.vocabulary import MeasureKind

__all__ = ["compound_of"]

T = TypeVar("T")
_SHARED = ("direction", "comparator", "due", "unit")


def compound_of(text: str, parts: Sequence[Statement]) -> Statement:
    """The whole of several parts: what they agree on, and nothing where they differ."""
    parts = _with_the_due_of_all(_with_the_direction_before(parts))
    quoted = {name: _distinct(each for part in parts for each in part.evidence.get(name, ())) for name in _SHARED}
    return Statement(
        text=text,
        kind=MeasureKind.COMPOUND,
        direction=_agreed(part.direction for part in parts),
        comparator=_agreed(part.comparator for part in parts) or Comparison.NONE,
        due=_agreed(part.due for part in parts),
        unit=_agreed(part.unit for part in parts),
        components=tuple(parts),
        evidence=FrozenMapping(
            {"kind": tuple(part.text for part in parts)} | {name: words for name, words in quoted.items() if words}
        ),
    )


def _distinct(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def _agreed(values: Iterable[T]) -> T | None:
    distinct = _distinct(values)
    return distinct[0] if len(distinct) == 1 else None


def _with(part: Statement, donor: Statement, *names: str) -> Statement:
    """The part with fields of another, and the words that say them there."""
    said = {name: donor.evidence[name] for name in names if name in donor.evidence}
    fields = {name: getattr(donor, name) for name in names}
    return evolve(part, **fields, evidence=FrozenMapping({**part.evidence, **said}))


def _with_the_direction_before(parts: Sequence[Statement]) -> list[Statement]:
    """ "Increase in the number of A and the percentage of B": the increase is of both."""
    shared: list[Statement] = []
    for part in parts:
        before = shared[-1] if shared else part
        moved = before.comparator is Comparison.BASELINE and "direction" in before.evidence
        unsaid = part.direction is None and part.kind is not None
        if moved and unsaid and part.comparator is Comparison.NONE:
            shared.append(_with(part, before, "direction", "comparator"))
        elif unsaid and "direction" in before.evidence and _is_led_to(part):
            shared.append(_with(part, before, "direction"))
        else:
            shared.append(part)
    return shared


def _is_led_to(part: Statement) -> bool:
    """ "Increase A to 150 and B to 90%": so is B; as is "increase A by 5% and B by 10%"."""
    said = (*part.evidence.get("number", ()), *part.evidence.get("comparator", ()))
    return any(words.startswith(("to ", "by ")) for words in said)


def _with_the_due_of_all(parts: Sequence[Statement]) -> list[Statement]:
    """ "Increase A and reduce B by March 2026": one deadline is of all."""
    said = [part for part in parts if part.due is not None]
    if len({part.due for part in said}) != 1:
        return list(parts)
    return [part if "due" in part.evidence else _with(part, said[0], "due") for part in parts]
