"""A plan, which is one published edition: ambitions, priorities, measures and targets that fit together.

The collections are flat and refer to each other by id, so that both shapes of the real framework fit: priorities
under bees without any ambition, and measures under priorities under ambitions. A plan whose parts do not fit together
is refused with every problem it has, not only the first.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from os import PathLike
from typing import Any, TypeVar

from attrs import astuple, evolve, field, frozen

from outcome_bees.errors import InvalidTypeError, InvalidValueError, PlanError, Problem, UnknownNameError, nearest
from outcome_bees.frozen import FrozenMapping, described
from outcome_bees.model.aims import Beat, Comparator, Improve, Rank, Reach, StayBetween
from outcome_bees.model.bees import OUTCOME_BEES, OutcomeBee, bee_id
from outcome_bees.model.fields import (
    brief,
    day_or_none,
    extensions,
    item_id,
    item_id_or_none,
    item_ids,
    located,
    members,
    period_or_none,
    text,
    text_or_none,
    texts,
)
from outcome_bees.model.local_policy import POLICIES, Policy
from outcome_bees.model.measure import Lineage, Link, Measure, lineages, links
from outcome_bees.model.target import Target
from outcome_bees.offers import offered
from outcome_bees.periods import Period
from outcome_bees.units import Unit
from outcome_bees.vocabulary import Direction

__all__ = ["COLLECTIONS", "AdoptionStep", "Ambition", "Plan", "Priority", "check_plan_given", "problems_of"]


COLLECTIONS = ("outcome_bees", "ambitions", "priorities", "measures", "targets", "comparators", "policies")
"""The fields of a plan whose items have an id of their own."""


T = TypeVar("T", OutcomeBee, "Ambition", "Priority", Measure, Target, Comparator, Policy)


@described(
    id="The ambition's identity in its plan.",
    title="The sentence, in short.",
    description="More of it; ``None`` where there is no more.",
    continues="Which ambitions of earlier editions it continues.",
    source="Where it is published; ``None`` where not stated.",
    extensions="Fields of your own, each ``x-…``: kept, written and shown, and never read.",
)
@frozen(kw_only=True, field_transformer=located)
class Ambition:
    """What a plan wants to come true for children and families, in a sentence.

    Example:
        >>> Ambition(id="local-community", title="Meet children's needs in their own community").id
        'local-community'
    """

    id: str = field(converter=item_id)
    title: str = field(converter=text)
    description: str | None = field(default=None, converter=text_or_none)
    continues: tuple[Lineage, ...] = field(default=(), converter=lineages)
    source: str | None = field(default=None, converter=text_or_none)
    extensions: Mapping[str, Any] = field(factory=FrozenMapping, converter=extensions)

    def __repr__(self) -> str:
        return brief("Ambition", self.id, self.title)


@described(
    id="The priority's identity in its plan.",
    title="What it is called.",
    ambition="The id of the ambition it serves; ``None`` in a plan without that level.",
    outcome_bees="Ids of the bees it serves.",
    contributes_to="Corporate priorities, action plans and partners' priorities it adds to.",
    actions="What will be done, as text.",
    source="Where it is published; ``None`` where not stated.",
    extensions="Fields of your own, each ``x-…``: kept, written and shown, and never read.",
)
@frozen(kw_only=True, field_transformer=located)
class Priority:
    """A piece of work under an ambition, or under bees alone, tagged with the bees it serves.

    Example:
        >>> Priority(id="attainment", title="Better attainment for all", outcome_bees=["be-ambitious"]).outcome_bees
        ('be-ambitious',)
    """

    id: str = field(converter=item_id)
    title: str = field(converter=text)
    ambition: str | None = field(default=None, converter=item_id_or_none)
    outcome_bees: tuple[str, ...] = field(default=(), converter=item_ids)
    contributes_to: tuple[Link, ...] = field(default=(), converter=links)
    actions: tuple[str, ...] = field(default=(), converter=texts)
    source: str | None = field(default=None, converter=text_or_none)
    extensions: Mapping[str, Any] = field(factory=FrozenMapping, converter=extensions)

    def __repr__(self) -> str:
        return brief("Priority", self.id, self.title)


@described(
    body='Who met, such as ``"Cabinet"``.',
    held="The day; ``None`` where the documents do not state it.",
    decision="What came of it; ``None`` where the documents do not state it.",
)
@frozen(kw_only=True, field_transformer=located)
class AdoptionStep:
    """One step on a plan's way to being adopted.

    Example:
        >>> AdoptionStep(body="Council", held=date(2018, 7, 17)).decision is None
        True
    """

    body: str = field(converter=text)
    held: date | None = field(default=None, converter=day_or_none)
    decision: str | None = field(default=None, converter=text_or_none)


def outcome_bees(given: Iterable[OutcomeBee]) -> tuple[OutcomeBee, ...]:
    return members(OutcomeBee, given)


def ambitions(given: Iterable[Ambition]) -> tuple[Ambition, ...]:
    return members(Ambition, given)


def priorities(given: Iterable[Priority]) -> tuple[Priority, ...]:
    return members(Priority, given)


def measures(given: Iterable[Measure]) -> tuple[Measure, ...]:
    return members(Measure, given)


def targets(given: Iterable[Target]) -> tuple[Target, ...]:
    return members(Target, given)


def comparators(given: Iterable[Comparator]) -> tuple[Comparator, ...]:
    return members(Comparator, given)


def policies(given: Iterable[Policy]) -> tuple[Policy, ...]:
    return members(Policy, given)


def steps(given: Iterable[AdoptionStep]) -> tuple[AdoptionStep, ...]:
    return members(AdoptionStep, given)


def problems_of(plan: "Plan") -> list[Problem]:
    """Find every problem of a plan, each with its path."""
    return [*_repeated(plan), *_taken(plan), *_dangling(plan), *_circular(plan), *_contradicted(plan)]


def _repeated(plan: "Plan") -> Iterator[Problem]:
    """Find the ids that a collection has twice."""
    for name in COLLECTIONS:
        first: dict[str, int] = {}
        for index, item in enumerate(getattr(plan, name)):
            if item.id in first:
                yield Problem(f"$.{name}[{index}].id", f"{item.id!r} is the id of {name}[{first[item.id]}] already")
            first.setdefault(item.id, index)


def _taken(plan: "Plan") -> Iterator[Problem]:
    """Find the policies with the id of another that comes with the library: a result would name either."""
    for index, policy in enumerate(plan.policies):
        if policy.id in POLICIES and policy != POLICIES[policy.id]:
            yield Problem(f"$.policies[{index}].id", f"{policy.id!r} is the id of a policy that comes with the library")


def _references(plan: "Plan") -> Iterator[tuple[str, str | None, str]]:
    """List every reference in the plan: its path, the id it has, and the collection it is to."""
    for i, priority in enumerate(plan.priorities):
        yield f"priorities[{i}].ambition", priority.ambition, "ambitions"
        for j, bee in enumerate(priority.outcome_bees):
            yield f"priorities[{i}].outcome_bees[{j}]", bee, "outcome_bees"
    for i, measure in enumerate(plan.measures):
        yield f"measures[{i}].priority", measure.priority, "priorities"
        for j, bee in enumerate(measure.outcome_bees):
            yield f"measures[{i}].outcome_bees[{j}]", bee, "outcome_bees"
        for j, part in enumerate(measure.components):
            yield f"measures[{i}].components[{j}]", part, "measures"
    for i, target in enumerate(plan.targets):
        yield f"targets[{i}].measure", target.measure, "measures"
        if isinstance(target.aim, Beat):
            yield f"targets[{i}].aim.comparator", target.aim.comparator, "comparators"
        if isinstance(target.aim, Rank):
            yield f"targets[{i}].aim.among", target.aim.among, "comparators"


def _dangling(plan: "Plan") -> Iterator[Problem]:
    """Find the references that lead nowhere."""
    ids = {name: {item.id for item in getattr(plan, name)} for name in COLLECTIONS}
    ids["outcome_bees"] |= {bee.id for bee in OUTCOME_BEES}
    count = 0
    for path, given, collection in _references(plan):
        if given is not None and given not in ids[collection]:
            count += 1  # a message shows fifty, and looking for a near word among thousands takes its time
            meant = nearest(given, ids[collection]) if count <= 50 else None
            hint = f"; did you mean {meant!r}?" if meant else ""
            yield Problem(f"$.{path}", f"{given!r} is not the id of any of the plan's {collection}{hint}")


def _circular(plan: "Plan") -> Iterator[Problem]:
    """Find the compound measures that are, by way of others, parts of themselves."""
    try:
        TopologicalSorter({each.id: each.components for each in plan.measures}).prepare()
    except CycleError as error:
        ring: list[str] = error.args[1]
        index = next(i for i, each in enumerate(plan.measures) if each.id in ring)
        yield Problem(f"$.measures[{index}].components", f"measures that are part of themselves: {' → '.join(ring)}")


_ANY_UNIT = Unit("count")


def _contradicted(plan: "Plan") -> Iterator[Problem]:
    """Find the targets that ask for what their measure cannot have."""
    known = {each.id: each for each in plan.measures}
    for index, target in enumerate(plan.targets):
        measure = known.get(target.measure)
        if measure is None:
            continue
        if target.unit and measure.unit and not target.unit.convertible(measure.unit):
            allowed = f"a unit that can be compared with {measure.unit}, the unit of {measure.id}"
            yield Problem(f"$.targets[{index}].unit", f"given {target.unit}; allowed: {allowed}")
        for number in astuple(target.aim) if isinstance(target.aim, Reach | StayBetween) else ():
            try:
                (target.unit or measure.unit or _ANY_UNIT).within(number)
            except InvalidValueError as error:
                yield Problem(f"$.targets[{index}].aim", f"given {number}; allowed: {error.allowed}")
        if measure.direction is Direction.MAINTAIN and isinstance(target.aim, Improve | Beat | Rank):
            allowed = "reach, stay_between, hold or complete, since the measure is to be maintained"
            yield Problem(f"$.targets[{index}].aim", f"given {type(target.aim).__name__.lower()}; allowed: {allowed}")


@described(
    id='The edition\'s identity, such as ``"strategic-priorities-2024-25"``.',
    title="What it is called.",
    period="What it is for; ``None`` where not stated.",
    outcome_bees="The bees it works for; the known seven need not be repeated to be referred to.",
    **dict.fromkeys(
        ("ambitions", "priorities", "measures", "targets", "comparators"), "Its items, in the document's order."
    ),
    policies="Rules of its own for what counts as met and as near; an evaluation names one by its id.",
    part_of="The id of the plan above it in the golden thread; ``None`` at the top.",
    supersedes="The id of the edition it takes the place of; ``None`` for the first.",
    adoption="The steps to its being adopted.",
    links="Strategies and lists it rests on.",
    source="Where it is published; ``None`` where not stated.",
    extensions="Fields of your own, each ``x-…``: kept, written and shown, and never read.",
)
@frozen(kw_only=True, field_transformer=located)
class Plan:
    """One published edition of a plan as a whole, in which every reference leads somewhere.

    Raises:
        PlanError: With every reference that leads nowhere and every id used twice, at once.

    Example:
        >>> plan = Plan(id="p", title="A plan", measures=[Measure(id="m", title="M", unit="count")])
        >>> plan.measure("m").title
        'M'
    """

    id: str = field(converter=item_id)
    title: str = field(converter=text)
    period: Period | None = field(default=None, converter=period_or_none)
    outcome_bees: tuple[OutcomeBee, ...] = field(default=(), converter=outcome_bees)
    ambitions: tuple[Ambition, ...] = field(default=(), converter=ambitions)
    priorities: tuple[Priority, ...] = field(default=(), converter=priorities)
    measures: tuple[Measure, ...] = field(default=(), converter=measures)
    targets: tuple[Target, ...] = field(default=(), converter=targets)
    comparators: tuple[Comparator, ...] = field(default=(), converter=comparators)
    policies: tuple[Policy, ...] = field(default=(), converter=policies)
    part_of: str | None = field(default=None, converter=item_id_or_none)
    supersedes: str | None = field(default=None, converter=item_id_or_none)
    adoption: tuple[AdoptionStep, ...] = field(default=(), converter=steps)
    links: tuple[Link, ...] = field(default=(), converter=links)
    source: str | None = field(default=None, converter=text_or_none)
    extensions: Mapping[str, Any] = field(factory=FrozenMapping, converter=extensions)

    def __attrs_post_init__(self) -> None:
        if found := problems_of(self):
            raise PlanError(f"plan {self.id}", found)

    def __repr__(self) -> str:
        return brief("Plan", self.id, f"{len(self.measures):,} measures, {len(self.targets):,} targets")

    def _repr_html_(self) -> str:
        """Write the plan as a notebook shows it: its priorities and measures as a table."""
        markup: str = offered("plan_as_html")(self)
        return markup

    def measure(self, id: str) -> Measure:
        """Return the measure of that id.

        Raises:
            UnknownNameError: There is none; the message has the nearest.
        """
        try:
            return self._measures[id]
        except KeyError:
            raise UnknownNameError("measure", id, list(self._measures)) from None

    @cached_property
    def _measures(self) -> dict[str, Measure]:
        return {each.id: each for each in self.measures}

    @cached_property
    def _whole(self) -> dict[str, Measure]:
        return {part: each for each in self.measures for part in each.components}

    @cached_property
    def _priorities(self) -> dict[str | None, Priority]:
        return {each.id: each for each in self.priorities}

    def amended(
        self,
        *,
        id: str | None = None,
        title: str | None = None,
        outcome_bees: Iterable[OutcomeBee] = (),
        ambitions: Iterable[Ambition] = (),
        priorities: Iterable[Priority] = (),
        measures: Iterable[Measure] = (),
        targets: Iterable[Target] = (),
        comparators: Iterable[Comparator] = (),
        policies: Iterable[Policy] = (),
    ) -> "Plan":
        """Return a new plan with items added or, where the id is known, replaced; this one is left as it is.

        Args:
            id, title: The new plan's own; ``None`` keeps this one's.
            outcome_bees, ambitions, priorities, measures, targets, comparators, policies: Whole items. One with
                a new id comes last, one with a known id takes the place of the old one.

        Raises:
            PlanError: With everything that no longer fits together, at once.

        Example:
            >>> from outcome_bees import Reach
            >>> measure = Measure(id="m", title="M", unit="percent", direction="increase")
            >>> plan = Plan(id="p", title="P", measures=[measure])
            >>> plan.amended(targets=[Target(id="t", measure="m", aim=Reach(95))]).targets[0].aim
            Reach(value=Decimal('95'))
        """
        return evolve(
            self,
            id=self.id if id is None else id,
            title=self.title if title is None else title,
            outcome_bees=_overlaid(self.outcome_bees, members(OutcomeBee, outcome_bees)),
            ambitions=_overlaid(self.ambitions, members(Ambition, ambitions)),
            priorities=_overlaid(self.priorities, members(Priority, priorities)),
            measures=_overlaid(self.measures, members(Measure, measures)),
            targets=_overlaid(self.targets, members(Target, targets)),
            comparators=_overlaid(self.comparators, members(Comparator, comparators)),
            policies=_overlaid(self.policies, members(Policy, policies)),
        )

    @cached_property
    def bees(self) -> tuple[OutcomeBee, ...]:
        """Every bee that the plan declares, in its order, and then every known one that only an item refers to.

        Example:
            >>> measure = Measure(id="m", title="M", unit="count", outcome_bees=["be-safe"])
            >>> kind = OutcomeBee(id="be-kind", name="Be Kind")
            >>> plan = Plan(id="p", title="P", outcome_bees=[kind], measures=[measure])
            >>> [bee.name for bee in plan.bees]
            ['Be Kind', 'Be Safe']
        """
        known = {bee.id: bee for bee in (*OUTCOME_BEES, *self.outcome_bees)}
        items: tuple[Priority | Measure, ...] = (*self.priorities, *self.measures)
        referred = (id for item in items for id in item.outcome_bees)
        return tuple(known[id] for id in dict.fromkeys((*(bee.id for bee in self.outcome_bees), *referred)))

    def bees_of(self, measure: Measure) -> tuple[str, ...]:
        """Return the ids of the bees that a measure serves: its own, its compound measure's, its priority's."""
        whole = self._whole.get(measure.id)
        priority = self.priority_of(measure)
        above = () if priority is None else priority.outcome_bees
        beside = () if whole is None else whole.outcome_bees
        return tuple(dict.fromkeys((*measure.outcome_bees, *beside, *above)))

    def priority_of(self, measure: Measure) -> Priority | None:
        """Return the priority that a measure belongs to; a part belongs where its compound measure does."""
        above: Measure | None = measure
        while above is not None and above.priority is None:
            above = self._whole.get(above.id)
        return None if above is None else self._priorities.get(above.priority)

    def ambition_of(self, measure: Measure) -> str | None:
        """Return the id of the ambition that a measure serves by way of its priority; ``None`` where there is none."""
        priority = self.priority_of(measure)
        return None if priority is None else priority.ambition

    def compounds(self) -> Iterator[Measure]:
        """Return the measures that are made of others, each after those it is made of."""
        made = {each.id: each.components for each in self.measures if each.components}
        order = TopologicalSorter(made).static_order()
        return (each for each in map(self.measure, order) if each.components)

    @property
    def parts(self) -> frozenset[str]:
        """The ids of the measures that are part of a compound one."""
        return frozenset(self._whole)

    def measures_of(
        self, *, bee: str | OutcomeBee | None = None, priority: str | None = None, ambition: str | None = None
    ) -> tuple[Measure, ...]:
        """Find the published measures (parts of compound ones left out) that serve all that is asked for.

        Args:
            bee: A bee, or its id or name in any spelling that a person would type.
            priority: The id of a priority.
            ambition: The id of an ambition.

        Raises:
            UnknownNameError: The plan has no such bee, priority or ambition.

        Example:
            >>> measure = Measure(id="m", title="M", unit="count", outcome_bees=["be-safe"])
            >>> plan = Plan(id="p", title="P", measures=[measure])
            >>> [each.id for each in plan.measures_of(bee="Be Safe")]
            ['m']
        """
        wanted_bee = None if bee is None else self._bee(bee.id if isinstance(bee, OutcomeBee) else bee)
        if priority is not None and priority not in self._priorities:
            raise UnknownNameError("priority", priority, [each.id for each in self.priorities])
        if ambition is not None and ambition not in {each.id for each in self.ambitions}:
            raise UnknownNameError("ambition", ambition, [each.id for each in self.ambitions])
        parts = self.parts
        return tuple(
            each
            for each in self.measures
            if each.id not in parts
            and (wanted_bee is None or wanted_bee in self.bees_of(each))
            and (priority is None or getattr(self.priority_of(each), "id", None) == priority)
            and (ambition is None or self.ambition_of(each) == ambition)
        )

    def _bee(self, name: str) -> str:
        bees = (*OUTCOME_BEES, *self.outcome_bees)
        spelt = {bee_id(bee.name): bee.id for bee in bees} | {bee_id(bee.id): bee.id for bee in bees}
        try:
            return spelt[bee_id(name)]
        except KeyError:
            raise UnknownNameError("outcome bee", name, list(dict.fromkeys(spelt.values()))) from None


def _overlaid(old: tuple[T, ...], given: tuple[T, ...]) -> tuple[T, ...]:
    """Return the old items, the given ones in their places or after them; an id given twice is kept, to be refused."""
    new: dict[str, list[T]] = {}
    for each in given:
        new.setdefault(each.id, []).append(each)
    whole: list[T] = []
    for item in old:
        whole += new.pop(item.id, [item])
    for several in new.values():
        whole += several
    return tuple(whole)


def check_plan_given(what: str, given: object) -> None:
    """Refuse what is no plan, such as the name of the file of one.

    Raises:
        InvalidTypeError: It is none.
    """
    if not isinstance(given, Plan):
        hint = "load_plan reads a file" if isinstance(given, (str, PathLike)) else None
        raise InvalidTypeError(what, given, "a Plan", hint)
