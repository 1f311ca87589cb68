"""What every figure that may decide is judged by, in numbers, before any figure is seen.

No rule is written here: every fact comes from the function that the scalar evaluator itself calls. What depends on time
alone is asked once for all tasks of one shape, a rule and its edges once for a task: where the target is the same on
the way as at its end, however many periods there are.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import localcontext
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from attrs import frozen

from outcome_bees.evaluation.changed_areas import baseline_end_for_places, comparator_is_of_others
from outcome_bees.evaluation.compiled import CompiledTarget, past_due, reason_from_plan
from outcome_bees.evaluation.edges import EDGE_MARGIN, UNREACHABLE, Edge, edges_of, settled_from, travel_edges
from outcome_bees.evaluation.judge import waits_for_baseline
from outcome_bees.evaluation.rules import Reference, Settling, compile_rule, wanted_stretch
from outcome_bees.evaluation.select import baseline_value, in_sight, is_over
from outcome_bees.exact import CONTEXT
from outcome_bees.frames._outcome_codes import NO_REASON, REASONS, VERDICTS, RuleTiming
from outcome_bees.frames.backend import LookupTable, LookupValue
from outcome_bees.frames.plan_tables import NOT_KNOWN, NOT_USABLE, PlanTables, Task
from outcome_bees.model.aims import Beat, Rank
from outcome_bees.model.local_policy import Policy
from outcome_bees.model.measure import Measure, broken
from outcome_bees.model.target import Target
from outcome_bees.periods import Period
from outcome_bees.vocabulary import Reason, Travel, Verdict

__all__ = ["BEYOND_GUARD", "KINDS", "SETTLING", "TOWARD_BASELINE", "RuleTable", "rules_of"]

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

_OF_AN_EDGE = {"": "constant", "_per": "weight", "_under": "constant_below", "_under_per": "weight_below"}
_EDGES = ("met_from", "met_below", "near_from", "near_below", "low", "high")
_KEYS = ("t", "best")
_NUMBERS_OF_AN_EDGE = attrgetter(*_OF_AN_EDGE.values())
_EDGES_OF_A_RULE = attrgetter(*_EDGES)
_UNREACHED: tuple[float, ...] = _NUMBERS_OF_AN_EDGE(Edge.at(UNREACHABLE))

Numbers = tuple[LookupValue, ...]
# The columns of the table, by what they depend on: on the task alone,
_OF_TASK: dict[str, type] = {
    **{"t": int, "target": str, "measure": str, "least": int, "toward_low": float, "toward_high": float},
}
# on its shape and the period,
_OF_LINE: dict[str, type] = {
    **{"best": int, "period": str, "reason": int, "timing": int, "since": int, "without": int, "kind": int},
    **{"settling": int, "digits": int, "guard": float},
    **{f"{edge}{of}": float for edge in ("travel_low", "travel_high") for of in _OF_AN_EDGE},
    **{"toward": int, "settled_as": int, "settled_timing": int},
}
# and on both.
_OF_RULE: dict[str, type] = {
    **{"sign": float, "hinge": float, "relative": int, "in_percent": int},
    **{f"{edge}{of}": float for edge in _EDGES for of in _OF_AN_EDGE},
    **{"settled_from": float, "settled_at": float},
}
_UNJUDGED: Numbers = (1.0, 0.0, 0, 0, *_UNREACHED * len(_EDGES))
_UNSETTLED: Numbers = (UNREACHABLE, 0.0)


@frozen
class RuleTable:
    """The rules of a plan in numbers.

    Attributes:
        table: A row for each task and rank of a figure, columns ``t`` and ``best``, with whatever differs between rows.
        constant: By column, what is the same in every row.
        digits: With how many decimals figures are published, each number of them once.
        timings: What is known of each rule in time; a row has the number of its own in column ``timing``.
    """

    table: LookupTable
    constant: Mapping[str, LookupValue]
    digits: Sequence[int]
    timings: Sequence[RuleTiming]


class _Judged(NamedTuple):
    """What the figure of one period is judged by.

    Attributes:
        reason: Why it is not judged, whatever it is.
        kind: Which number, known only from the figures, it depends on.
        settling: On which side a total that can only grow may settle it early.
        numbers: The rule in numbers; ``None`` where there is a reason.
    """

    reason: Reason | None
    kind: int = 0
    settling: Settling | None = None
    numbers: Numbers | None = None


class _LineRule(NamedTuple):
    """Which of a task's rules a line has, if any.

    Attributes:
        kind: Which number the line depends on, even where it lacks a rule.
        is_there: Whether it has a rule.
        on: The period whose rule it is; ``None``: that of the due period.
    """

    kind: int = 0
    is_there: bool = False
    on: Period | None = None


_NO_RULE = _LineRule()


class _Line(NamedTuple):
    """A row of the table, as far as it is the same for all tasks of a shape.

    Attributes:
        facts: What it has in the columns of lines.
        rule: Its rule.
        settles: Whether a total that can only grow may settle the target there, whatever its profile has.
    """

    facts: Numbers
    rule: _LineRule
    settles: bool


class _Columns:
    """Some columns of the table, in which many rows have the same.

    Attributes:
        types: The type of each column.
        held: What rows may have in them.
        rows: For each row, the place of what it has.
    """

    def __init__(self, types: dict[str, type]) -> None:
        self.types = types
        self.held: list[Numbers] = []
        self.rows: list[int] = []

    def place_of(self, numbers: Numbers) -> int:
        """Return the place of what some rows have."""
        self.held.append(numbers)
        return len(self.held) - 1


def rules_of(tables: PlanTables) -> RuleTable:
    """Return what each figure that may decide is judged by, and the reason where none does."""
    timings: dict[RuleTiming, int] = {}
    shapes: dict[int, _Shape] = {}
    parts = of_task, of_line, of_rule = _Columns(_OF_TASK), _Columns(_OF_LINE), _Columns(_OF_RULE)
    with localcontext(CONTEXT):
        for task in tables.tasks:
            first = tables.first_alike(task)
            if first.number not in shapes:
                shapes[first.number] = _Shape(tables, first, timings, of_line)
            shapes[first.number].add_rows(task, of_task, of_rule)
    types: dict[str, type] = {}
    columns: dict[str, list[LookupValue]] = {}
    constant: dict[str, LookupValue] = {}
    for part in parts:
        for name, held in LookupTable.of(part.types, part.held).columns.items():
            different = set(held)
            if len(different) == 1:
                (constant[name],) = different
            if name not in constant or name in _KEYS:
                types[name], columns[name] = part.types[name], [held[at] for at in part.rows]
    digits = sorted({task.measure.digits for task in tables.tasks}) or [0]
    return RuleTable(LookupTable(types, columns), constant, digits, tuple(timings))


class _Shape:
    """What is known of all tasks that are alike but for their names and the numbers that they ask for.

    Args:
        tables: The plan.
        task: One of them.
        timings: The numbers of all timings; each that is new is added.
        of_line: The columns of lines, to which those of the shape are added.
    """

    def __init__(self, tables: PlanTables, task: Task, timings: dict[RuleTiming, int], of_line: "_Columns") -> None:
        self._tables, self._task, self._timings, self._of_line = tables, task, timings, of_line
        self._target, self._measure = task.target, task.measure
        self._asked = CompiledTarget(task.target, task.measure, tables.policy)
        self._ranks = tables.ranks(task)
        self._done, self._undone = tables.done_ranks(task), tables.undone_ranks(task)
        self._moves = _moves_of(tables, task)
        self._lines: dict[tuple[Reason | None, ...], tuple[list[_Line], list[int]]] = {}
        counted = [each for each in self._ranks if self._asked.role_of(each).counts and not self._reason_on(each)]
        self._rules_on = dict.fromkeys((None, *map(self._rule_on, (*counted, *self._undone))))

    def add_rows(self, task: Task, of_task: "_Columns", of_rule: "_Columns") -> None:
        """Add the rows of one of the tasks to all columns."""
        target, measure, policy = task.target, task.measure, self._tables.policy
        judged: dict[Period | None, _Judged] = {}
        if self._asked.reason is None:
            assert target is not None, "what may be judged has a target"
            judged = {each: _judged(target, measure, each, policy) for each in self._rules_on}
        reasons = tuple(each.reason for each in judged.values())  # all else that lines depend on is of the shape
        if reasons not in self._lines:
            found = [*self._lines_of(judged)]
            self._lines[reasons] = found, [self._of_line.place_of(line.facts) for line in found]
        lines, places = self._lines[reasons]
        least = target.aim.of if target and isinstance(target.aim, Rank) else 0
        own = (task.number, None if target is None else target.id, measure.id, least, *_kept_at(target, measure))
        of_task.rows += [of_task.place_of(own)] * len(lines)
        self._of_line.rows += places
        numbered: dict[tuple[_LineRule, bool], int] = {}
        for _, rule, settles in lines:
            if (rule, settles) not in numbered:
                numbers = judged[rule.on].numbers if rule.is_there else None
                settled = _settled(target, measure, policy) if settles else _UNSETTLED
                numbered[rule, settles] = of_rule.place_of((*(numbers or _UNJUDGED), *settled))
            of_rule.rows.append(numbered[rule, settles])

    def _rule_on(self, period: Period) -> Period | None:
        """Return the period whose rule a figure is judged by: where all are alike, that of the due period."""
        return None if self._asked.is_flat else period

    def _day(self, period: Period | None) -> date:
        """Return the day on which a figure is judged, or the lack of one."""
        return self._tables.as_of if period is None else self._tables.judged_on(period)

    def _reason_on(self, period: Period | None) -> Reason | None:
        """Return the reason that the plan itself gives on that day."""
        return reason_from_plan(self._target, self._measure, self._day(period))

    def _lines_of(self, judged: Mapping[Period | None, _Judged]) -> Iterator[_Line]:
        """Yield the lines of tasks whose rules are as these are, but for their numbers."""
        without = self._reason_on(None)
        yield self._line(judged, NOT_KNOWN, None, without or Reason.NO_DATA)
        lacking, rule = (None, _NO_RULE) if without else self._waiting(judged, None)
        yield self._line(judged, NOT_USABLE, None, without or lacking, rule)
        for period, rank in self._ranks.items():
            yield from self._lines_on(judged, period, rank)
        for period, rank in self._undone.items():
            if not in_sight(period, self._target):
                reason, rule = self._on_the_way(judged, period)
                yield self._line(judged, rank, period, reason, rule, at_due=True)

    def _lines_on(self, judged: Mapping[Period | None, _Judged], period: Period, rank: int) -> Iterator[_Line]:
        """Yield the lines of a period whose figure may decide."""
        role, of_plan, over = self._asked.role_of(period), self._reason_on(period), is_over(period, self._day(period))
        reason: Reason | None = of_plan or Reason.NOT_YET_DUE
        rule, at_due, settling = _NO_RULE, role.closes, None
        if of_plan is None and role.counts:
            reason, rule = self._on_the_way(judged, period)
        settled_as = judged[None].settling if role.grows and rule.is_there else None
        if reason is Reason.NOT_YET_DUE:
            lacking, rule = self._waiting(judged, period)
            reason = lacking or reason
            if role.grows and lacking is None:
                reason, rule = None, _LineRule(judged[None].kind, is_there=True)
                at_due = past_due(self._target, self._day(period))
                settling = judged[None].settling
        at_due = at_due and over
        yield self._line(judged, rank, period, reason, rule, at_due=at_due, settling=settling, settled_as=settled_as)
        for ranks in (self._undone, self._done):
            if period in ranks:
                yield self._line(judged, ranks[period], period, reason, rule, at_due=over)

    def _line(
        self,
        judged: Mapping[Period | None, _Judged],
        rank: int,
        period: Period | None,
        reason: Reason | None,
        rule: _LineRule = _NO_RULE,
        *,
        at_due: bool = False,
        settling: Settling | None = None,
        settled_as: Settling | None = None,
    ) -> _Line:
        """Return the line of a rank.

        Args:
            judged: The rules of the shape's periods.
            rank: The rank.
            period: The period whose figure has it; ``None`` where there is no figure, or none that is in sight.
            reason: Why it is not judged, whatever the figure.
            rule: What it is judged by.
            at_due: Whether it closes the target.
            settling: Where it is judged as a total so far: on which side that settles the rule.
            settled_as: Where such a total settles the target whatever its profile has: on which side.
        """
        day = self._day(period)
        travel, labels = self._moves(period)
        facts: Numbers = (
            *(rank, None if period is None else period.code, NO_REASON if reason is None else REASONS[reason]),
            *(self._timing(day, labels, at_due=at_due), self._since(period), self._reason_without(period)),
            *(rule.kind, 0 if settling is None else SETTLING[settling], self._measure.digits, float(self._asked.guard)),
            *travel,
        )
        if settled_as is None:
            return _Line((*facts, 0, 0), rule, settles=False)
        verdict = Verdict.MET if settled_as is Settling.FLOOR else Verdict.OFF
        closed = self._timing(day, labels, at_due=past_due(self._target, day))
        return _Line((*facts, VERDICTS[verdict], closed), rule, settles=True)

    def _timing(self, day: date, labels: tuple[Travel, ...], *, at_due: bool) -> int:
        """Return the number of what is known of a rule in time."""
        timing = RuleTiming(at_due, past_due(self._target, day), self._asked.is_milestone, labels)
        return self._timings.setdefault(timing, len(self._timings))

    def _on_the_way(self, judged: Mapping[Period | None, _Judged], period: Period) -> tuple[Reason | None, _LineRule]:
        """Return what a figure that counts is judged by, or why it is not."""
        assert self._target is not None, "what is judged has a target"
        on = self._rule_on(period)
        found = judged[on]
        if waits_for_baseline(self._target, period) and self._asked.role_of(period).crosses_break:
            return Reason.SERIES_BREAK, _NO_RULE
        return found.reason, _LineRule(found.kind, found.numbers is not None, on)

    def _waiting(
        self, judged: Mapping[Period | None, _Judged], period: Period | None
    ) -> tuple[Reason | None, _LineRule]:
        """Return the reason and the rule where no figure is judged, as ``reason_to_wait`` has it.

        The rule is that of the due period, which a baseline may be missing for, or make undefined.
        """
        target, due = self._target, judged[None]
        assert target is not None, "what waits for a figure has a target"
        if not waits_for_baseline(target, period):
            return due.reason, _NO_RULE
        if target.baseline is None:
            return Reason.BASELINE_NOT_SET, _NO_RULE
        if target.baseline.value is not None:
            return due.reason, _NO_RULE
        if self._tables.comes_later(self._task, period):
            return Reason.BASELINE_NOT_SET, _NO_RULE
        return due.reason, _LineRule(KINDS[Reference.BASELINE], due.numbers is not None)

    def _since(self, period: Period | None) -> int:
        """Return the number of the last day of the baseline that a period's figure is held against; 0 for none."""
        if self._reason_on(period) is not None:
            return 0
        assert self._target is not None, "what may be judged has a target"
        end = baseline_end_for_places(self._target)
        return end.toordinal() if end is not None and waits_for_baseline(self._target, period) else 0

    def _reason_without(self, period: Period | None) -> int:
        """Return the reason where there is no number of the others: one of them is not there, or has no figure."""
        aim = None if self._target is None else self._target.aim
        gone = False
        if isinstance(aim, Beat) and period is not None:
            gone = comparator_is_of_others(self._tables.comparators[aim.comparator], period)
        return REASONS[Reason.SERIES_BREAK if gone else Reason.COMPARATOR_MISSING]


def _judged(target: Target, measure: Measure, period: Period | None, policy: Policy) -> _Judged:
    """Return what the figure of a period is judged by; ``None``: that of the due period."""
    rule = compile_rule(target, measure, period, policy)
    if rule is None:
        return _Judged(Reason.NOT_YET_DUE)
    stated = None
    if rule.reference is Reference.BASELINE:
        if target.baseline is None:
            return _Judged(Reason.BASELINE_NOT_SET)
        stated = baseline_value(target, measure, {})
    if rule.undefined_at(stated):  # where only the figures say the number, it is not known yet
        return _Judged(Reason.REFERENCE_IS_ZERO)
    edges = edges_of(rule, stated)
    relative, in_percent = (int(each and stated is None) for each in (edges.relative, edges.in_percent))
    reached = (_UNREACHED if each is None else _NUMBERS_OF_AN_EDGE(each) for each in _EDGES_OF_A_RULE(edges))
    numbers = (float(edges.sign), edges.hinge, relative, in_percent, *chain.from_iterable(reached))
    kind = KINDS[None if stated is not None else rule.reference]
    return _Judged(None, kind, rule.settling, numbers)


def _settled(target: Target | None, measure: Measure, policy: Policy) -> Numbers:
    """Return from where on a total that can only grow has settled a target with a profile, and what it asks for."""
    assert target is not None, "what a total may settle is a target"
    rule = compile_rule(target, measure, None, policy)
    assert rule is not None, "what a total may settle has a rule, and one that is not undefined"
    return settled_from(rule), float(rule.bounds[0].line.at())


def _kept_at(target: Target | None, measure: Measure) -> tuple[float, float]:
    """Return the two ends of what a measure is to be kept at; zero where it is not, or only the figures say it."""
    stretch = wanted_stretch(target, measure)
    if stretch is None:
        return 0.0, 0.0
    assert target is not None, "without a target nothing is wanted"
    low, high = stretch
    start = baseline_value(target, measure, {})
    if low.needs_reference and start is None:
        return 0.0, 0.0
    return float(low.at(start)), float(high.at(start))


def _moves_of(tables: PlanTables, task: Task) -> Callable[[Period | None], tuple[Numbers, tuple[Travel, ...]]]:
    """Return a function that gives what the travel of a period's figure is read from, and how it is called."""
    target, measure, within = task.target, task.measure, tables.policy.no_change_within
    low, high, labels = travel_edges(measure, within)
    edges = (*_NUMBERS_OF_AN_EDGE(low), *_NUMBERS_OF_AN_EDGE(high))
    merely = (*edges, 0), labels
    stretch = wanted_stretch(target, measure)
    if stretch is None:
        return lambda _: merely
    assert target is not None, "without a target nothing is wanted"
    _, _, nearer = travel_edges(measure, within, toward=True)
    low_end, _ = stretch
    if not low_end.needs_reference:  # to be kept at a number that is stated
        return lambda _: ((*edges, 1), nearer)
    baseline = target.baseline
    if baseline is None:
        return lambda _: merely
    observed = baseline.value is None
    toward = (*edges, TOWARD_BASELINE if observed else 1), (*nearer, labels[0], labels[-1])

    def moves(period: Period | None) -> tuple[Numbers, tuple[Travel, ...]]:
        if period is not None and broken(measure, baseline.period, period):
            return merely
        return merely if observed and tables.comes_later(task, period) else toward

    return moves
