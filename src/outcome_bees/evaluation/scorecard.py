"""How a whole plan stands: every measure's answer, and tallies of them by bee, ambition and priority."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Protocol

from attrs import frozen

from outcome_bees.evaluation.result import Evaluation
from outcome_bees.evaluation.tally import Tally
from outcome_bees.model.measure import Measure
from outcome_bees.model.plan import Plan

__all__ = ["Scorecard"]


class _Printer(Protocol):
    """What IPython gives a thing to show itself with."""

    def text(self, given: str) -> None: ...


@frozen(kw_only=True)
class Scorecard:
    """The answers of a plan for one place, as was known on one day. In a notebook it shows itself as a table.

    Attributes:
        plan: The plan that was evaluated.
        area: The code of the place; ``None`` where it was not said and there are no figures to tell.
        as_of: The day whose knowledge counted.
        policy: The id of the policy that judged.
        evaluations: Every measure's answers, in the plan's order: one for each of its targets, or one
            that says why there is none. A compound measure's is the worst of its parts'.

    Example:
        >>> from outcome_bees import Observations, evaluate_plan
        >>> plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="count")])
        >>> card = evaluate_plan(plan, Observations(), as_of=date(2025, 12, 31), area="E10000015")
        >>> str(card.overall)
        'none assessed (1 in all)'
    """

    plan: Plan
    area: str | None = None
    as_of: date
    policy: str
    evaluations: tuple[Evaluation, ...]

    @property
    def overall(self) -> Tally:
        """The tally of the whole plan. Parts are counted, and the compound measures made of them are not."""
        return Tally.of(each.status for each in self._single)

    @property
    def by_bee(self) -> dict[str, Tally]:
        """Tallies by the id of the bee; what serves two bees is counted under both."""
        return self._by(self.plan.bees_of)

    @property
    def by_ambition(self) -> dict[str, Tally]:
        """Tallies by the id of the ambition, for measures that serve one."""
        return self._by(lambda measure: _some(self.plan.ambition_of(measure)))

    @property
    def by_priority(self) -> dict[str, Tally]:
        """Tallies by the id of the priority, for measures that belong to one."""
        return self._by(lambda measure: _some(getattr(self.plan.priority_of(measure), "id", None)))

    @property
    def by_compound(self) -> dict[str, Tally]:
        """Tallies of the parts, by the id of the compound measure."""
        statuses: dict[str, list[Evaluation]] = {}
        for each in self.evaluations:
            statuses.setdefault(each.measure, []).append(each)
        return {
            whole.id: Tally.of(each.status for part in whole.components for each in statuses.get(part, ()))
            for whole in self.plan.measures
            if whole.components
        }

    def __str__(self) -> str:
        """The table as text, 80 columns wide."""
        from outcome_bees.evaluation.report import as_text  # stands on this module, and is wanted only here

        return as_text(self)

    def _repr_html_(self) -> str:
        """The table as a notebook shows it."""
        from outcome_bees.evaluation.report import as_html

        return as_html(self)

    def _repr_markdown_(self) -> str:
        """The table as a notebook that is turned into a document has it."""
        from outcome_bees.evaluation.report import as_markdown

        return as_markdown(self)

    def _repr_pretty_(self, printer: "_Printer", cycle: bool) -> None:
        """The table as IPython shows it on a terminal."""
        printer.text(str(self))

    @property
    def _single(self) -> list[Evaluation]:
        """The answers that are no roll-up of others."""
        return [each for each in self.evaluations if each.target or not self.plan.measure(each.measure).components]

    def _by(self, groups_of: Callable[[Measure], Iterable[str]]) -> dict[str, Tally]:
        groups: dict[str, list[Evaluation]] = {}
        for each in self._single:
            for group in groups_of(self.plan.measure(each.measure)):
                groups.setdefault(group, []).append(each)
        return {group: Tally.of(each.status for each in members) for group, members in groups.items()}


def _some(id: str | None) -> tuple[str, ...]:
    return () if id is None else (id,)
