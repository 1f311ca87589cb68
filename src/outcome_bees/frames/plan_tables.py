"""A plan, and the few distinct periods of its figures, as small tables of numbers for an engine to join.

No rule is written here. Every fact comes from the function that the scalar evaluator itself calls, once for each
target and period instead of once for each figure.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import localcontext
from itertools import chain
from operator import attrgetter

from attrs import Factory, field, frozen

from outcome_bees.evaluation.changed_areas import baseline_end_for_places, comparator_is_of_others
from outcome_bees.evaluation.edges import EDGE_MARGIN, UNREACHABLE, Edge, edges_of, settled_from, travel_edges
from outcome_bees.evaluation.evaluate import is_milestone, past_due, reason_from_plan
from outcome_bees.evaluation.judge import waits_for_baseline
from outcome_bees.evaluation.policy import Policy
from outcome_bees.evaluation.references import baseline_value
from outcome_bees.evaluation.rules import Reference, Settling, compile_rule, guard_of, wanted_stretch
from outcome_bees.evaluation.select import (
    after_due,
    candidates_for,
    counts_toward,
    earlier,
    first_to_decide,
    grows_to_due,
    in_precedence,
    in_sight,
    is_observation_for_target,
    is_over,
    year_before,
)
from outcome_bees.exact import CONTEXT
from outcome_bees.frames._outcome_codes import NO_REASON, REASONS, VERDICTS, RuleTiming
from outcome_bees.frames.backend import MOST_IN_GROUP, LookupTable, LookupValue
from outcome_bees.frames.coding import FIGURE_NUMBER, SERIES_CODE, Coding
from outcome_bees.frames.contract import as_given
from outcome_bees.model.aims import Beat, Flat, Rank
from outcome_bees.model.comparator import Comparator
from outcome_bees.model.measure import Measure, broken
from outcome_bees.model.plan import Plan
from outcome_bees.model.target import Target
from outcome_bees.periods import Period
from outcome_bees.vocabulary import Reason, Travel, Verdict

__all__ = [
    "BEYOND_GUARD",
    "KINDS",
    "NOT_KNOWN",
    "SETTLING",
    "TOWARD_BASELINE",
    "PlanTables",
    "RuleTable",
    "Task",
    "tasks_of",
]

Part = tuple[str, ...]
"""The part of the population that a figure is of: a text for each such column, empty for all of it."""

NOT_KNOWN = -1
"""The rank of a figure among those that may decide, where there is no figure at all."""
NOT_USABLE = 0
BEYOND_GUARD = float(1 + EDGE_MARGIN)
"""How many guards away two floats are apart: computed, a distance of just one guard may come out as a little more.

As ``evaluation`` moves an edge that is computed.
"""
KINDS: dict[Reference | None, int] = {
    None: 0,
    Reference.BASELINE: 1,
    Reference.COMPARATOR: 2,
    Reference.AREAS_RANKED: 3,
}
TOWARD_BASELINE = 2
"""What a measure is to be kept at is its baseline, and not (1) a number or a band."""
SETTLING = {Settling.FLOOR: 1, Settling.CEILING: 2, Settling.BAND: 3}
_EDGES = ("met_from", "met_below", "near_from", "near_below", "low", "high", "travel_low", "travel_high")
_OF_AN_EDGE = {"": "constant", "_per": "weight", "_under": "constant_below", "_under_per": "weight_below"}
_NO_RANK = -2
_CANDIDATE = {"t": int, "rank": int, "leads": int}
_DONE = {"done_rank": int, "undone_rank": int, "done_from": float, "leads_done": int, "leads_undone": int}
_JUDGED: dict[str, type] = {
    **{"kind": int, "sign": float, "hinge": float, "relative": int, "in_percent": int, "settling": int},
    **{f"{edge}{of}": float for edge in _EDGES[:-2] for of in _OF_AN_EDGE},
}
_MOVED: dict[str, type] = {
    **{f"{edge}{of}": float for edge in _EDGES[-2:] for of in _OF_AN_EDGE},
    **{"toward": int, "toward_low": float, "toward_high": float},
}
_SETTLED: dict[str, type] = {"settled_from": float, "settled_at": float, "settled_as": int, "settled_timing": int}
_UNSETTLED: tuple[LookupValue, ...] = (UNREACHABLE, 0.0, 0, 0)
_RULE: dict[str, type] = {
    **{"t": int, "target": str, "measure": str, "least": int, "digits": int, "guard": float},
    **{"best": int, "period": str, "reason": int, "timing": int, "since": int, "without": int},
    **_JUDGED,
    **_MOVED,
    **_SETTLED,
}
_NUMBERS_OF_AN_EDGE = attrgetter(*_OF_AN_EDGE.values())
_EDGES_OF_A_RULE = attrgetter(*_EDGES[:-2])
_UNREACHED: tuple[float, ...] = _NUMBERS_OF_AN_EDGE(Edge.at(UNREACHABLE))


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
    _ranks: Mapping[int, Mapping[Period, int]] = field(
        init=False,
        default=Factory(lambda self: {task.number: self._ranked(task) for task in self.tasks}, takes_self=True),
    )

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
        return self._ranks[task.number]

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
        judged = [each for each in ranked if reason_from_plan(task.target, task.measure, self._judged_on(each)) is None]
        highest = 3 * len(self.periods_of(task)) + 1
        return {
            period: highest - place for place, period in enumerate(first_to_decide(judged, task.measure, task.target))
        }

    def undone_ranks(self, task: Task) -> dict[Period, int]:
        """Return the rank of each figure that closes a milestone by showing it not done: above those of before its day.

        One of its day comes first, then the first of those after it. In a history nothing later is known.
        """
        if not is_milestone(task.target) or reason_from_plan(task.target, task.measure, self.as_of) is not None:
            return {}
        if self.history:
            return {}
        ranked, periods = self.ranks(task), self.periods_of(task)
        at_due = [each for each in ranked if is_observation_for_target(each, task.measure, task.target)]
        late = first_to_decide(after_due(periods, task.target, self.as_of), task.measure, task.target)
        order = [*reversed(late), *at_due]  # from the lowest to the highest
        return {period: len(periods) + place for place, period in enumerate(order, start=1)}

    def key(self, task: Task, period: Period) -> dict[str, LookupValue]:
        """Return the columns by which a period's figures are joined with the task."""
        return dict(zip(self.keys, self._key(task, period, self.part_of(task)), strict=True))

    def _key(self, task: Task, period: Period, part: Part | None) -> tuple[LookupValue, ...]:
        assert part is not None, "only a part that columns name has figures"
        texts = task.measure.id, period.code, *part
        return texts if self.coding is None else (self.coding.number(*texts),)

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
        if not by_area:
            return LookupTable(types, [row for task in tasks for row in self._roles(task, types, lent=lent)])
        rows = [(*row, task.area) for task in tasks for row in self._roles(task, types, lent=lent)]
        return LookupTable({**types, "area": str}, rows)

    def _roles(self, task: Task, types: Container[str], *, lent: bool) -> Iterator[tuple[LookupValue, ...]]:
        ranked, done, undone = self.ranks(task), self.done_ranks(task), self.undone_ranks(task)
        leads: dict[Period, list[Period]] = {}
        last_year: dict[Period, list[Period]] = {}
        for period in dict.fromkeys((*ranked, *undone)):
            _hold(leads, earlier(task.measure, period)[0], period, task.measure)
            if "last_year" in types:
                _hold(last_year, year_before(period), period, task.measure)
        baselines, done_from = self._baselines(task), 0.0
        if (done or undone) and task.target is not None:
            rule = compile_rule(task.target, task.measure, None)
            done_from = UNREACHABLE if rule is None else edges_of(rule).met_from.constant
        part, is_rank = self.part_of(task), task.target is not None and isinstance(task.target.aim, Rank)
        for period in self.periods_of(task):
            later, next_year = leads.get(period, ()), last_year.get(period, ())
            for at in range(max(len(later), len(next_year), 1)):  # a short month is the one before of several days
                led = later[at] if at < len(later) else None
                rank = ranked.get(period, NOT_USABLE) if at == 0 and not lent else NOT_KNOWN
                row: tuple[LookupValue, ...] = (
                    *self._key(task, period, part),
                    task.number,
                    rank,
                    _rank_of(led, ranked),
                )
                if "last_year" in types:
                    then = next_year[at] if at < len(next_year) and not (lent and is_rank) else None
                    row = (*row, _rank_of(then, ranked))  # a place of then is that of its own code
                if "baseline" in types:
                    row = (*row, baselines.get(period, 0) if at == 0 else 0)
                if "done_rank" in types:
                    decides = at == 0 and not lent
                    ranks = (done.get(period, rank), undone.get(period, rank)) if decides else (NOT_KNOWN, NOT_KNOWN)
                    judged = decides and (period in done or period in undone)
                    row = (*row, *ranks, done_from if judged else UNREACHABLE, _rank_of(led, done))
                    row = (*row, _rank_of(led, undone))
                yield row

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
        return LookupTable({**self.keys, "t": int, "rank": int, FIGURE_NUMBER: int}, rows)

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
        return any(len(self._baselines(task)) > 1 for task in self.tasks)

    def rules(self) -> "RuleTable":
        """Return what each figure that may decide is judged by, and the reason where none does."""
        timings: dict[RuleTiming, int] = {}
        with localcontext(CONTEXT):
            rows = [row for task in self.tasks for row in self._rules_of(task, timings)]
        return RuleTable(LookupTable(_RULE, rows), tuple(timings))

    # One row for each way in which time decides; apart they would each ask the same questions of the period again.
    def _rules_of(  # noqa: C901 - see above
        self, task: Task, timings: dict[RuleTiming, int]
    ) -> Iterator[tuple[LookupValue, ...]]:
        """Yield the rows of one task; each timing that is new is numbered."""
        target, measure = task.target, task.measure
        moves = self._travel_of(task)
        unjudged: tuple[LookupValue, ...] = (0, 1.0, 0.0, 0, 0, 0, *_UNREACHED * (len(_EDGES) - 2))
        least = target.aim.of if target and isinstance(target.aim, Rank) else 0
        id = None if target is None else target.id
        always: tuple[LookupValue, ...] = (
            *(task.number, id, measure.id, least),
            *(measure.digits, float(guard_of(measure))),
        )
        milestone, done, undone = is_milestone(target), self.done_ranks(task), self.undone_ranks(task)
        numbers: dict[tuple[bool, bool, tuple[Travel, ...]], int] = {}

        def timing(*, at_due: bool, on: date, labels: tuple[Travel, ...]) -> int:
            when = (at_due, past_due(target, on), labels)
            if when not in numbers:
                numbers[when] = timings.setdefault(RuleTiming(*when[:2], milestone, labels), len(timings))
            return numbers[when]

        def held(period: Period | None, counts: bool = False) -> tuple[int, int]:
            return self._since(task, period, counts=counts), self._reason_without(target, period)

        without = reason_from_plan(target, measure, self.as_of)
        travel, labels = moves(None)
        later = timing(at_due=False, on=self.as_of, labels=labels)
        rest = (*travel, *_UNSETTLED)
        yield (*always, NOT_KNOWN, None, REASONS[without or Reason.NO_DATA], later, *held(None), *unjudged, *rest)

        def unjudged_for(period: Period | None) -> tuple[Reason | None, tuple[LookupValue, ...]]:
            """Return the reason and the rule where no figure is judged, as ``reason_to_wait`` has it.

            The rule is that of the due period, which a baseline may be missing for, or make undefined.
            """
            if target is None or target.aim is None:
                return None, unjudged
            reason, judged = _judged(target, measure, None, self.policy)
            if reason is Reason.BASELINE_NOT_SET or not waits_for_baseline(target, period):
                return reason, unjudged
            if target.baseline is None:
                return Reason.BASELINE_NOT_SET, unjudged
            if target.baseline.value is not None:
                return reason, unjudged
            if self.history and period is not None and self._comes_later(task, period):
                return Reason.BASELINE_NOT_SET, unjudged
            return reason, (KINDS[Reference.BASELINE], *(judged or unjudged)[1:])

        lacking, rule = (None, unjudged) if without else unjudged_for(None)
        yield (*always, NOT_USABLE, None, _number(without or lacking), later, *held(None), *rule, *rest)
        flat: tuple[Reason | None, tuple[LookupValue, ...] | None] | None = None
        for period, rank in self.ranks(task).items():
            day = self._judged_on(period)
            counts = counts_toward(period, measure, target)
            at_due = is_observation_for_target(period, measure, target)
            reason = reason_from_plan(target, measure, day) or (None if counts else Reason.NOT_YET_DUE)
            judged: tuple[LookupValue, ...] | None = None
            if reason is None and target is not None:
                reason, judged = flat or _judged(target, measure, period, self.policy)
                same = isinstance(target.trajectory, Flat) and not measure.breaks
                flat = (reason, judged) if same else None
            rule = unjudged if judged is None else judged
            travel, labels = moves(period)
            settled: tuple[LookupValue, ...] = _UNSETTLED
            grows = target is not None and reason_from_plan(target, measure, day) is None
            grows = grows and grows_to_due(period, measure, target)
            if grows and judged is not None and target is not None:
                closed = timing(at_due=past_due(target, day), on=day, labels=labels)
                settled = _settled(target, measure, self.policy, closed)
            if reason is Reason.NOT_YET_DUE:
                lacking, rule = unjudged_for(period)
                reason = lacking or reason
            if grows and target is not None and reason is Reason.NOT_YET_DUE:
                unsettled, judged = _judged(target, measure, None, self.policy)
                if unsettled is None and judged is not None:
                    reason, rule, at_due = None, judged, past_due(target, day)
            when = timing(at_due=at_due and is_over(period, day), on=day, labels=labels)
            yield (*always, rank, period.code, _number(reason), when, *held(period, counts), *rule, *travel, *settled)
            for ranks in (undone, done):
                if period in ranks:
                    closed = timing(at_due=is_over(period, day), on=day, labels=labels)
                    yield (
                        *always,
                        ranks[period],
                        period.code,
                        _number(reason),
                        closed,
                        0,
                        0,
                        *rule,
                        *travel,
                        *_UNSETTLED,
                    )
        for period in undone:
            if target is not None and not in_sight(period, target):
                reason, judged = _judged(target, measure, period, self.policy)
                rule = unjudged if judged is None else judged
                travel, labels = moves(period)
                closed = timing(at_due=True, on=self.as_of, labels=labels)
                yield (*always, undone[period], period.code, _number(reason), closed, 0, 0, *rule, *travel, *_UNSETTLED)

    def _since(self, task: Task, period: Period | None, *, counts: bool) -> int:
        """Return the number of the last day of the baseline that a period's figure is held against; 0 for none."""
        target = task.target
        end = None if target is None else baseline_end_for_places(target)
        day = self.as_of if period is None else self._judged_on(period)
        if target is None or end is None or reason_from_plan(target, task.measure, day) is not None:
            return 0
        if not counts:
            return end.toordinal() if waits_for_baseline(target, period) else 0
        rule = compile_rule(target, task.measure, period, self.policy)
        return end.toordinal() if rule is not None and rule.reference is Reference.BASELINE else 0

    def _reason_without(self, target: Target | None, period: Period | None) -> int:
        """Return the reason where there is no number of the others: one of them is not there, or has no figure."""
        others = self.comparators.get(target.aim.comparator) if target and isinstance(target.aim, Beat) else None
        gone = others is not None and period is not None and comparator_is_of_others(others, period)
        return REASONS[Reason.SERIES_BREAK if gone else Reason.COMPARATOR_MISSING]

    def _comes_later(self, task: Task, period: Period) -> bool:
        """Return whether, when a period's figure was judged, that of the baseline was still to come."""
        ranks, known = self.ranks(task), self._baselines(task)
        return period not in known and all(ranks.get(each, NOT_USABLE) > ranks[period] for each in known)

    def _travel_of(self, task: Task) -> Callable[[Period | None], tuple[tuple[LookupValue, ...], tuple[Travel, ...]]]:
        """Return a function that gives what the travel of a period's figure is read from, and how it is called."""
        target, measure, within = task.target, task.measure, self.policy.no_change_within
        low, high, labels = travel_edges(measure, within)
        edges = (*_NUMBERS_OF_AN_EDGE(low), *_NUMBERS_OF_AN_EDGE(high))
        merely = ((*edges, 0, 0.0, 0.0), labels)
        stretch = wanted_stretch(target, measure)
        if target is None or stretch is None or (stretch[0].needs_reference and target.baseline is None):
            return lambda _: merely
        _, _, nearer = travel_edges(measure, within, toward=True)
        at, baseline = stretch[0], target.baseline
        start = baseline_value(target, measure, {})
        either = (*nearer, labels[0], labels[-1])
        if at.needs_reference and start is None:
            toward = ((*edges, TOWARD_BASELINE, 0.0, 0.0), either)
        else:
            toward = (
                (*edges, 1, *(float(each.at(start)) for each in stretch)),
                either if at.needs_reference else nearer,
            )

        def moves(period: Period | None) -> tuple[tuple[LookupValue, ...], tuple[Travel, ...]]:
            if baseline is None or not at.needs_reference:  # to be kept at a number that is stated
                return toward
            if period is not None and broken(measure, baseline.period, period):
                return merely
            later = self.history and period is not None and baseline.value is None and self._comes_later(task, period)
            return merely if later else toward

        return moves

    def _judged_on(self, period: Period) -> date:
        """Return the day on which a period's figure is judged."""
        return period.end if self.history else self.as_of


@frozen
class RuleTable:
    """The rules of a plan in numbers.

    Attributes:
        table: A row for each task and rank of a figure.
        timings: What is known of each rule in time; a row has the number of its own in column ``timing``.
    """

    table: LookupTable
    timings: tuple[RuleTiming, ...]


def _hold(held: dict[Period, list[Period]], before: Period | None, period: Period, measure: Measure) -> None:
    """Note that a period's figure is compared with that of an earlier one, unless a break lies between."""
    if before is not None and not broken(measure, before, period):
        held.setdefault(before, []).append(period)


def _rank_of(period: Period | None, ranks: Mapping[Period, int]) -> int:
    """Return the rank of a period that another's figure is compared with; of none, what no rank is."""
    return _NO_RANK if period is None else ranks.get(period, _NO_RANK)


def _number(reason: Reason | None) -> int:
    return NO_REASON if reason is None else REASONS[reason]


def _judged(
    target: Target, measure: Measure, period: Period | None, policy: Policy
) -> tuple[Reason | None, tuple[LookupValue, ...] | None]:
    """Return the reason that is known before any figure is seen, or the rule of one period in numbers.

    Args:
        period: The period of the figure; ``None`` for a total so far that may settle the rule of the due period.
    """
    rule = compile_rule(target, measure, period, policy)
    if rule is None:
        return Reason.NOT_YET_DUE, None
    stated = None
    if rule.reference is Reference.BASELINE:
        if target.baseline is None:
            return Reason.BASELINE_NOT_SET, None
        if period is not None and broken(measure, target.baseline.period, period):
            return Reason.SERIES_BREAK, None
        stated = baseline_value(target, measure, {})
    zero = Reason.REFERENCE_IS_ZERO if rule.undefined_at(stated) else None
    if zero is not None and (rule.reference is None or stated is not None):
        return zero, None  # of the others, one whose number is missing has that reason first
    edges = edges_of(rule, stated)
    numbers = [_UNREACHED if edge is None else _NUMBERS_OF_AN_EDGE(edge) for edge in _EDGES_OF_A_RULE(edges)]
    kind = KINDS[None if stated is not None else rule.reference]
    relative, in_percent = (int(each and stated is None) for each in (edges.relative, edges.in_percent))
    settling = SETTLING[rule.settling] if period is None else 0
    return zero, (kind, float(edges.sign), edges.hinge, relative, in_percent, settling, *chain.from_iterable(numbers))


def _settled(target: Target, measure: Measure, policy: Policy, timing: int) -> tuple[LookupValue, ...]:
    """Return from where on a total that can only grow has settled a target with a profile, and the answer then."""
    rule = compile_rule(target, measure, None, policy)
    if rule is None or rule.undefined_at(None):
        return _UNSETTLED
    verdict = Verdict.MET if rule.settling is Settling.FLOOR else Verdict.OFF
    at = float(rule.bounds[0].line.at())
    return (settled_from(rule), at, VERDICTS[verdict], timing)
