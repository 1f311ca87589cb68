"""What an answer was made from, kept beside it so that it can be traced, compared and made again.

An evaluation holds a reference to it and no copy: it costs nothing until it is asked for. It is no part of the answer:
not compared, shown or pickled; a document of a scorecard has what is needed of it.
"""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

from outcome_bees import __version__
from outcome_bees.frozen import in_full
from outcome_bees.model.aims import Comparator
from outcome_bees.model.index import Observations
from outcome_bees.model.local_policy import Policy
from outcome_bees.model.measure import Measure
from outcome_bees.model.target import Target

if TYPE_CHECKING:
    from outcome_bees.model.plan import Plan  # a target by itself is evaluated without it

__all__ = ["Inputs", "KeptBeside"]


def _forgotten() -> None:
    """Return what takes the place of it in a pickle: nothing."""


class KeptBeside:
    """What is kept beside an answer and is no part of it: the same for a copy, and not pickled with it."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, tuple[()]]:
        return _forgotten, ()

    def __deepcopy__(self, memo: object) -> Self:
        return self


class Inputs(KeptBeside):
    """Everything that one answer, or all the answers of a scorecard, were made from.

    Attributes:
        plan: The plan; ``None`` where a target was evaluated by itself.
        measure: The measure evaluated by itself; ``None`` where there is a plan.
        target: Its target; ``None`` where there is none, or a plan.
        observations: The figures.
        comparators: The others that targets may be held against, by id.
        as_of: The day whose knowledge counted.
        area: The place.
        policy: What judged.
        library: The version of the library that gave the answer; ``None`` where that is not known.
        partial: Whether the figures are only those that the answers can be made from, as a file has them.
        derived: What was found out about them, such as the hash of the plan, so that it is once for all answers.
    """

    __slots__ = (
        *("plan", "measure", "target", "observations", "comparators", "as_of", "area", "policy", "library", "partial"),
        "derived",
    )
    __repr__ = in_full

    def __init__(
        self,
        *,
        plan: "Plan | None" = None,
        measure: Measure | None = None,
        target: Target | None = None,
        observations: Observations,
        comparators: Mapping[str, Comparator] = MappingProxyType({}),
        as_of: date,
        area: str | None,
        policy: Policy,
        library: str | None = __version__,
        partial: bool = False,
    ) -> None:
        self.plan, self.measure, self.target, self.comparators = plan, measure, target, comparators
        self.observations, self.as_of, self.area, self.policy = observations, as_of, area, policy
        self.library, self.partial = library, partial
        self.derived: dict[str, Any] = {}

    def measure_of(self, id: str) -> Measure | None:
        """Return the measure that an answer is of; ``None`` where it is not among the inputs."""
        if self.plan is None:
            return self.measure if self.measure is not None and self.measure.id == id else None
        by_id: dict[str, Measure] = self._kept("measures", lambda plan: {each.id: each for each in plan.measures})
        return by_id.get(id)

    def target_of(self, id: str | None) -> Target | None:
        """Return the target of that id; ``None`` where there is none."""
        if self.plan is None:
            return self.target if self.target is not None and self.target.id == id else None
        by_id: dict[str, Target] = self._kept("targets", lambda plan: {each.id: each for each in plan.targets})
        return None if id is None else by_id.get(id)

    def _kept(self, name: str, find: "Callable[[Plan], Any]") -> Any:
        if name not in self.derived:
            self.derived[name] = find(self.plan) if self.plan is not None else {}
        return self.derived[name]
