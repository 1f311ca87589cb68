"""Which of the things that differ changed an answer: the steps between two cards, evaluated one by one."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from attrs import frozen

from outcome_bees.changes.factors import (
    Case,
    Factor,
    Outcome,
    applied,
    evaluated,
    outcome_of,
    status_of,
)
from outcome_bees.vocabulary import Status

__all__ = ["MOST_FACTORS", "Steps", "steps_between"]

MOST_FACTORS = 8
"""How many factors are tried in every combination, 256 of them; of more, each is tried alone and last. Our choice."""


@frozen(kw_only=True)
class Steps:
    """Which factors changed an answer, and what each would have done.

    Attributes:
        factors: Those that did, in the order of the steps.
        alone: The status with each of them as the only change; ``None`` where that could not be evaluated.
        without: The status with all of them but each; ``None`` likewise.
        path: The status after each step, in that order.
        reverse: The status after each step in the reverse order.
        whole: Whether they account for all of the change.
    """

    factors: tuple[Factor, ...]
    alone: tuple[Status | None, ...]
    without: tuple[Status | None, ...]
    path: tuple[Status | None, ...]
    reverse: tuple[Status | None, ...]
    whole: bool


def steps_between(before: Case, after: Case, factors: Sequence[Factor], wanted: Outcome) -> Steps:
    """Find which factors make the one answer the other.

    Those are the factors that change it as the only or as the last change, and those of the smallest sets that are
    enough. A factor that changes nothing either way is no cause.
    """
    outcomes: dict[tuple[int, ...], Outcome | None] = {}

    def outcome(chosen: tuple[int, ...]) -> Outcome | None:
        if chosen not in outcomes:
            case = applied(before, after, [factors[each] for each in chosen])
            answer = None if case is None else evaluated(case)
            outcomes[chosen] = None if answer is None else outcome_of(answer)
        return outcomes[chosen]

    numbers = tuple(range(len(factors)))
    relevant = _relevant(numbers, outcome)
    sets = [*_smallest(relevant, outcome, wanted)]
    if not sets and len(numbers) <= MOST_FACTORS:  # what changes nothing alone may do so together
        sets = [*_smallest(numbers, outcome, wanted)]
    causes = tuple(each for each in numbers if each in relevant or any(each in found for found in sets))
    path = tuple(status_of(outcome(causes[: length + 1])) for length in range(len(causes)))
    reverse = tuple(status_of(outcome(tuple(causes[-length - 1 :]))) for length in range(len(causes)))
    return Steps(
        factors=tuple(factors[each] for each in causes),
        alone=tuple(status_of(outcome((each,))) for each in causes),
        without=tuple(status_of(outcome(tuple(other for other in causes if other != each))) for each in causes),
        path=path,
        reverse=reverse,
        whole=bool(sets),
    )


def _relevant(numbers: tuple[int, ...], outcome: Callable[[tuple[int, ...]], Outcome | None]) -> tuple[int, ...]:
    """Leave out the factors that change nothing, neither as the first nor as the last."""
    start, end = outcome(()), outcome(numbers)
    return tuple(
        each
        for each in numbers
        if outcome((each,)) != start or outcome(tuple(other for other in numbers if other != each)) != end
    )


def _smallest(
    numbers: tuple[int, ...], outcome: Callable[[tuple[int, ...]], Outcome | None], wanted: Outcome
) -> Iterator[tuple[int, ...]]:
    """Yield the smallest sets of factors that lead to the outcome; nothing where none does."""
    if len(numbers) > MOST_FACTORS:
        if outcome(numbers) == wanted:
            yield numbers
        return
    for size in range(1, len(numbers) + 1):
        found = [each for each in combinations(numbers, size) if outcome(each) == wanted]
        if found:
            yield from found
            return
