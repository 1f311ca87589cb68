"""A plan, and the few distinct periods of its figures, as small tables of numbers for an engine to join.

No rule is written here. Every fact comes from the function that the scalar evaluator itself calls: once for each period
and all targets that are alike, instead of once for each figure.
"""

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from attrs import Factory, field, fields, frozen

from outcome_bees.evaluation.compiled import is_milestone, reason_from_plan
from outcome_bees.evaluation.edges import UNREACHABLE, edges_of
from outcome_bees.evaluation.rules import compile_rule
from outcome_bees.evaluation.select import (
    after_due,
    candidates_for,
    earlier,
    first_to_decide,
    in_precedence,
    in_sight,
    is_observation_for_target,
    year_before,
)
from outcome_bees.frames.backend import MOST_IN_GROUP, LookupTable, LookupValue
from outcome_bees.frames.coding import FIGURE_NUMBER, SERIES_CODE, Coding
from outcome_bees.frames.contract import as_given
from outcome_bees.model.aims import Comparator, Rank, Reach, StayBetween
from outcome_bees.model.local_policy import Policy
from outcome_bees.model.measure import Measure, broken
from outcome_bees.model.plan import Plan
from outcome_bees.model.target import Target
from outcome_bees.periods import Period

__all__ = ["NOT_KNOWN", "NOT_USABLE", "PlanTables", "Task", "tasks_of"]

Part = tuple[str, ...]
"""The part of the population that a figure is of: a text for each such column, empty for all of it."""

NOT_KNOWN = -1
"""The rank of a figure among those that may decide, where there is no figure at all."""
NOT_USABLE = 0
_NO_RANK = -2
_CANDIDATE = {"t": int, "rank": int, "leads": int}
# What two targets, and two measures, may differ in and yet be alike in everything that time decides.
_OWN_OF_TARGET = {"id", "measure", "aim", "tolerance", "area", "breakdown"}
_OWN_OF_MEASURE = {"id", "title", "priority", "outcome_bees", "components", "population", "numerator", "denominator"}
_OWN_OF_BOTH = {"continues", "links", "agreed_with", "source", "owner", "extensions"}
_DONE = {"done_rank": int, "undone_rank": int, "done_from": float, "leads_done": int, "leads_undone": int}


def _alike_in(kind: type[Any], own: set[str]) -> Callable[[Any], Hashable]:
    """Return what gets all of a target or a measure that is not its own: a field that comes to be is among it."""
    return attrgetter(*(each.name for each in fields(kind) if each.name not in own | _OWN_OF_BOTH))


_ASKED_BY_TARGET, _ASKED_BY_MEASURE = _alike_in(Target, _OWN_OF_TARGET), _alike_in(Measure, _OWN_OF_MEASURE)


@frozen
class Task:
    """One target of a plan, or one measure without a target in some places: what gets a row in every place.

    Attributes:
        number: Its place in the plan's order.
        target: The target; ``None`` for a measure without one.
        measure: Its measure.
        excluded_areas: The places with a target of their own, where a measure without one has no row.
    """

    number: int
    target: Target | None
    measure: Measure
    excluded_areas: tuple[str, ...] = ()

    @property
    def area(self) -> str | None:
        """The only place that it is for; ``None``: every place."""
        return None if self.target is None else self.target.area

    @property
    def shape(self) -> Hashable:
        """All that it has but its names, its place, and the numbers that it asks for."""
        asked = _ASKED_BY_MEASURE(self.measure)
        if self.target is None:
            return asked
        aim: Any = self.target.aim
        aim = type(aim) if isinstance(aim, Reach | StayBetween) else aim
        return asked, _ASKED_BY_TARGET(self.target), aim, bool(self.area)


def tasks_of(plan: Plan) -> list[Task]:
    """Return the rows that every place gets, in the plan's order, but those of compound measures without a target."""
    found: list[Task] = []
    of_measure: dict[str, list[Target]] = {}
    for target in plan.targets:
        of_measure.setdefault(target.measure, []).append(target)
    for measure in plan.measures:
        targets = of_measure.get(measure.id, [])
        for target in targets:
            found.append(Task(len(found), target, measure))
        areas = tuple(each.area for each in targets if each.area is not None)
        if len(areas) == len(targets) and not measure.components:
            found.append(Task(len(found), None, measure, areas))
    return found


@frozen
class PlanTables:
    """A plan, a policy and the periods that there are figures for, as tables.

    Attributes:
        tasks: What gets a row in every place.
        seen: By measure and part, the periods that there are figures for.
        parts: The columns that name the part of the population.
        as_of: The day whose knowledge counts.
        policy: What counts as met and as near.
        history: Whether each period is judged on its own last day.
        coding: The numbers of series, where figures have those; ``None`` where they have the texts.
        comparators: The others that the plan describes, by id.
    """

    tasks: Sequence[Task]
    seen: Mapping[tuple[str, Part], Sequence[Period]]
    parts: Sequence[str]
    as_of: date
    policy: Policy
    history: bool
    coding: Coding | None = None
    comparators: Mapping[str, Comparator] = field(factory=dict)
    _first_alike: Mapping[int, Task] = field(
        init=False, default=Factory(lambda self: self._by_shape(), takes_self=True)
    )
    _ranks: Mapping[int, Mapping[Period, int]] = field(
        init=False,
        default=Factory(lambda self: {each.number: self._ranked(each) for each in self.shapes}, takes_self=True),
    )

    def _by_shape(self) -> dict[int, Task]:
        first: dict[Hashable, Task] = {}
        return {
            task.number: first.setdefault((task.shape, frozenset(self.periods_of(task))), task) for task in self.tasks
        }

    def first_alike(self, task: Task) -> Task:
        """Return the first of the tasks of one shape that have figures of the same periods."""
        return self._first_alike[task.number]

    @property
    def shapes(self) -> Iterable[Task]:
        """The first task of each shape."""
        return {each.number: each for each in self._first_alike.values()}.values()

    @property
    def keys(self) -> dict[str, type]:
        """The columns by which figures are joined with their rows."""
        return {SERIES_CODE: int} if self.coding else {"measure": str, "period": str, **dict.fromkeys(self.parts, str)}

    def part_of(self, task: Task) -> Part | None:
        """Return the part that a task is for, as the columns name it; ``None`` where no column does."""
        breakdown = {} if task.target is None else task.target.breakdown
        names = tuple(map(as_given, self.parts))
        return tuple(breakdown.get(name, "") for name in names) if set(breakdown) <= set(names) else None

    def periods_of(self, task: Task) -> Sequence[Period]:
        """Return the periods that there are figures for."""
        part = self.part_of(task)
        return () if part is None else self.seen.get((task.measure.id, part), ())

    def ranks(self, task: Task) -> Mapping[Period, int]:
        """Return the rank of each period's figure among those that may decide or be shown, from 1; the highest does."""
        return self._ranks[self.first_alike(task).number]

    def _ranked(self, task: Task) -> dict[Period, int]:
        seen = [each for each in self.periods_of(task) if in_sight(each, task.target)]
        return {period: rank for rank, period in enumerate(in_precedence(seen, task.measure, task.target), start=1)}

    @property
    def highest_rank(self) -> int:
        """The highest rank of any task."""
        return max((rank for ranks in self._ranks.values() for rank in ranks.values()), default=0)

    def done_ranks(self, task: Task) -> dict[Period, int]:
        """Return the rank of each figure that may show a milestone done: above all others, the first highest."""
        if not is_milestone(task.target):
            return {}
        ranked = self.ranks(task)
        judged = [each for each in ranked if reason_from_plan(task.target, task.measure, self.judged_on(each)) is None]
        highest = 3 * len(self.periods_of(task))
        return {
            period: highest - place for place, period in enumerate(first_to_decide(judged, task.measure, task.target))
        }

    def undone_ranks(self, task: Task) -> dict[Period, int]:
        """Return the rank of each figure that closes a milestone by showing it not done: above those of before its day.

        One of its day comes first, then the first of those after it. In a history nothing later is known.
        """
        if self.history or not is_milestone(task.target):
            return {}
        if reason_from_plan(task.target, task.measure, self.as_of) is not None:
            return {}
        ranked, periods = self.ranks(task), self.periods_of(task)
        at_due = [each for each in ranked if is_observation_for_target(each, task.measure, task.target)]
        late = first_to_decide(after_due(periods, task.target, self.as_of), task.measure, task.target)
        order = [*reversed(late), *at_due]  # from the lowest to the highest
        return {period: len(periods) + place for place, period in enumerate(order, start=1)}

    def keys_of(self, task: Task, codes: Sequence[str]) -> dict[str, Sequence[LookupValue]]:
        """Return what the columns ``keys`` have in the rows of a task's figures, each of the period of a code."""
        part = self.part_of(task)
        if part is None:  # no columns name it, and it has no figures
            return {name: [] for name in self.keys}
        columns = [[task.measure.id] * len(codes), codes, *([text] * len(codes) for text in part)]
        if self.coding is not None:
            return {SERIES_CODE: self.coding.numbers(columns)}
        return dict(zip(self.keys, columns, strict=True))

    def candidates(self, tasks: Iterable[Task], *, by_area: bool = False, lent: bool = False) -> LookupTable:
        """Return what each figure may be to each task: the one that decides, the one before it, the baseline.

        Args:
            tasks: The tasks.
            by_area: Whether each is for one place alone.
            lent: Whether the figures are of another code of the same ground: they are held against, and none decides.
        """
        types = {**self.keys, **_CANDIDATE}
        if self.policy.near_if_not_worse:
            types |= {"last_year": int}
        if any(task.target and task.target.baseline and task.target.baseline.value is None for task in self.tasks):
            types |= {"baseline": int}
        if any(is_milestone(task.target) for task in self.tasks):
            types |= _DONE
        types |= {"area": str} if by_area else {}
        columns: dict[str, list[LookupValue]] = {name: [] for name in types}
        roles: dict[int, tuple[list[str], Mapping[str, Sequence[LookupValue]]]] = {}
        for task in tasks:
            first = self.first_alike(task).number
            if first not in roles:
                held = [*self._roles(task, types, lent=lent)]
                names = [name for name in types if name not in {**self.keys, "t": int, "area": str}]
                made = LookupTable.of(dict.fromkeys(names, int), (row for _, row in held))
                roles[first] = [period.code for period, _ in held], made.columns
            codes, shared = roles[first]
            own: dict[str, LookupValue] = {"t": task.number, **({"area": task.area} if by_area else {})}
            for each in (self.keys_of(task, codes), shared):
                for name, values in each.items():
                    columns[name] += values
            for name, value in own.items():
                columns[name] += [value] * len(codes)
        return LookupTable(types, columns)

    def _roles(
        self, task: Task, types: Container[str], *, lent: bool
    ) -> Iterator[tuple[Period, tuple[LookupValue, ...]]]:
        """Yield what the figure of each period may be to a task; a period may have several such rows."""
        ranked, done, undone = self.ranks(task), self.done_ranks(task), self.undone_ranks(task)
        leads: dict[Period, list[Period]] = {}
        last_year: dict[Period, list[Period]] = {}
        for period in dict.fromkeys((*ranked, *undone)):
            _hold(leads, earlier(task.measure, period)[0], period, task.measure)
            if "last_year" in types:
                _hold(last_year, year_before(period), period, task.measure)
        baselines = self._baselines(task)
        is_rank = task.target is not None and isinstance(task.target.aim, Rank)
        for period in self.periods_of(task):
            later, next_year = leads.get(period, ()), last_year.get(period, ())
            for at in range(max(len(later), len(next_year), 1)):  # a short month is the one before of several days
                led = later[at] if at < len(later) else None
                rank = ranked.get(period, NOT_USABLE) if at == 0 and not lent else NOT_KNOWN
                row: tuple[LookupValue, ...] = (rank, _rank_of(led, ranked))
                if "last_year" in types:
                    then = next_year[at] if at < len(next_year) and not (lent and is_rank) else None
                    row = (*row, _rank_of(then, ranked))  # a place of then is that of its own code
                if "baseline" in types:
                    row = (*row, baselines.get(period, 0) if at == 0 else 0)
                if "done_rank" in types:
                    decides = at == 0 and not lent
                    ranks = (done.get(period, rank), undone.get(period, rank)) if decides else (NOT_KNOWN, NOT_KNOWN)
                    judged = decides and (period in done or period in undone)
                    row = (*row, *ranks, _done_from(task) if judged else UNREACHABLE)
                    row = (*row, _rank_of(led, done), _rank_of(led, undone))
                yield period, row

    def ranks_of_all(self, later: Mapping[tuple[str, Part], Sequence[str]]) -> LookupTable | None:
        """Return the rank of every figure, and its number among those of its series, also where no task asks for it.

        ``None`` where a figure has not one rank, or there are more in a series than can be numbered.

        Args:
            later: By measure and part, the periods that are not known yet.
        """
        of_series: dict[tuple[str, Part], Task] = {}
        for task in self.tasks:
            part = self.part_of(task)
            if part is not None:
                series = task.measure.id, part
                if series in of_series or task.area is not None or is_milestone(task.target):
                    return None
                of_series[series] = task
        rows: list[tuple[LookupValue, ...]] = []
        for number, series in enumerate(dict.fromkeys((*self.seen, *later))):
            task_of = of_series.get(series)
            t = -1 - number if task_of is None else task_of.number
            ranked: dict[str, int | None] = dict.fromkeys(period.code for period in self.seen.get(series, ()))
            if task_of is not None:
                ranks = self.ranks(task_of)
                ranked = {period.code: ranks.get(period, NOT_USABLE) for period in self.seen.get(series, ())}
            ranked |= dict.fromkeys(later.get(series, ()))
            if len(ranked) > MOST_IN_GROUP:
                return None
            id, part = series
            rows += [(id, text, *part, t, rank, at) for at, (text, rank) in enumerate(ranked.items())]
        return LookupTable.of({**self.keys, "t": int, "rank": int, FIGURE_NUMBER: int}, rows)

    def _baselines(self, task: Task) -> dict[Period, int]:
        """Return the rank of each figure among those that may be the baseline, from 1: in each place the highest is."""
        baseline = None if task.target is None else task.target.baseline
        if baseline is None or baseline.value is not None:
            return {}
        found = candidates_for(baseline.period, self.periods_of(task), task.measure)
        return {period: place for place, period in enumerate(reversed(found), start=1)}

    @property
    def several_baselines(self) -> bool:
        """Whether for any task several figures may be the baseline, so that in each place one has to be chosen."""
        return any(len(self._baselines(task)) > 1 for task in self.shapes)

    def comes_later(self, task: Task, period: Period | None) -> bool:
        """Return whether, when a period's figure was judged, that of the baseline was still to come."""
        if not self.history or period is None:
            return False
        ranks, known = self.ranks(task), self._baselines(task)
        return all(ranks.get(each, NOT_USABLE) > ranks[period] for each in known)

    def judged_on(self, period: Period) -> date:
        """Return the day on which a period's figure is judged."""
        return period.end if self.history else self.as_of


def _done_from(task: Task) -> float:
    """Return the number from which a figure shows a milestone done."""
    rule = None if task.target is None else compile_rule(task.target, task.measure, None)
    return UNREACHABLE if rule is None else edges_of(rule).met_from.constant


def _hold(held: dict[Period, list[Period]], before: Period | None, period: Period, measure: Measure) -> None:
    """Note that a period's figure is compared with that of an earlier one, unless a break lies between."""
    if before is not None and not broken(measure, before, period):
        held.setdefault(before, []).append(period)


def _rank_of(period: Period | None, ranks: Mapping[Period, int]) -> int:
    """Return the rank of a period that another's figure is compared with; of none, what no rank is."""
    return _NO_RANK if period is None else ranks.get(period, _NO_RANK)
