"""What became of one edition's ambitions, priorities and measures in another."""

from collections.abc import Iterator
from typing import Literal

from attrs import fields, frozen

from outcome_bees.model.measure import Lineage, Measure
from outcome_bees.model.plan import Ambition, Plan, Priority, check_plan_given
from outcome_bees.offers import offered
from outcome_bees.vocabulary import Relation

__all__ = ["ItemChange", "PlanComparison", "compare_plans"]

Collection = Literal["ambitions", "priorities", "measures"]
Item = Ambition | Priority | Measure
_NO_CHANGE = ("id", "source", "continues")
_COLLECTIONS: tuple[Collection, ...] = ("ambitions", "priorities", "measures")


@frozen(kw_only=True)
class ItemChange:
    """What became of one item of a plan from one edition to another.

    Attributes:
        collection: Which items it is one of: ambitions, priorities or measures.
        old: The item in the older edition; ``None`` where it is new.
        new: The item in the newer one; ``None`` where it was dropped.
        relation: How it was continued; ``None`` where it is new or was dropped.
        bees_lost: Ids of the bees that it served and no longer does.
        bees_gained: Ids of those that it serves now and did not.

    Example:
        >>> fate = ItemChange(collection="measures", new=Measure(id="m", title="Staff", unit="person"))
        >>> str(fate)
        'm: new'
    """

    collection: Collection
    old: Item | None = None
    new: Item | None = None
    relation: Relation | None = None
    bees_lost: tuple[str, ...] = ()
    bees_gained: tuple[str, ...] = ()

    @property
    def moved(self) -> bool:
        """Whether it was continued for other bees."""
        return self.relation is not None and bool(self.bees_lost or self.bees_gained)

    @property
    def changed(self) -> tuple[str, ...]:
        """The fields in which the two differ; ids, sources and ties to earlier editions left out."""
        names = [each.name for each in fields(type(self.new))] if self.old and self.new else []
        return tuple(
            name for name in names if name not in _NO_CHANGE and getattr(self.old, name) != getattr(self.new, name)
        )

    def __str__(self) -> str:
        old, new = self.old and self.old.id, self.new and self.new.id
        if self.relation is None:
            return f"{old}: dropped" if old else f"{new}: new"
        became = self.relation.value if old == new else f"{self.relation.value}, as {new}"
        bees = f", from {', '.join(self.bees_lost) or 'no bee'} to {', '.join(self.bees_gained) or 'no bee'}"
        return f"{old}: {became}{bees if self.moved else ''}"


@frozen(repr=False)
class PlanComparison:
    """Two editions side by side: each item of either, once for every tie between them.

    Attributes:
        old: The older edition.
        new: The newer one.
        fates: What became of each item: those of the newer edition in its order, then those dropped.

    Example:
        >>> compare_plans(Plan(id="a", title="A"), Plan(id="b", title="B")).fates
        ()
    """

    old: Plan
    new: Plan
    fates: tuple[ItemChange, ...]

    def __repr__(self) -> str:
        counts = f"{len(self.continued)} continued, {len(self.added)} new, {len(self.dropped)} dropped"
        return f"<PlanComparison of {self.old.id} and {self.new.id}: {counts}>"

    def _repr_html_(self) -> str:
        """Write the comparison as a notebook shows it: each item beside what became of it."""
        markup: str = offered("editions_as_html")(self)
        return markup

    def of(self, collection: Collection) -> tuple[ItemChange, ...]:
        """Return what became of the ambitions, the priorities or the measures."""
        return tuple(fate for fate in self.fates if fate.collection == collection)

    @property
    def continued(self) -> tuple[ItemChange, ...]:
        """What is in both, reworded or not."""
        return tuple(fate for fate in self.fates if fate.relation is not None)

    @property
    def reworded(self) -> tuple[ItemChange, ...]:
        """What is in both, and not the same: reworded, narrowed, widened, split or merged."""
        return tuple(fate for fate in self.continued if fate.relation is not Relation.SAME)

    @property
    def moved(self) -> tuple[ItemChange, ...]:
        """What is in both, for other bees."""
        return tuple(fate for fate in self.continued if fate.moved)

    @property
    def added(self) -> tuple[ItemChange, ...]:
        """What only the newer edition has."""
        return tuple(fate for fate in self.fates if fate.old is None)

    @property
    def dropped(self) -> tuple[ItemChange, ...]:
        """What only the older edition has."""
        return tuple(fate for fate in self.fates if fate.new is None)


def compare_plans(old: Plan, new: Plan) -> PlanComparison:
    """Find what became of one edition's ambitions, priorities and measures in another, parts of measures included.

    An item continues where the newer one states it (``continues``), or, where it states nothing of that edition,
    where it has the same id. Equal words alone are no tie: one edition has "Staff survey data" twice.

    Example:
        >>> from outcome_bees import catalogue
        >>> comparison = compare_plans(
        ...     catalogue.load("plan-2018-21"), catalogue.load("strategic-priorities-2024-25")
        ... )
        >>> print(comparison.moved[0])
        care-leavers-suitable-accommodation: same, from be-independent to be-healthy
    """
    for name, plan in (("old", old), ("new", new)):
        check_plan_given(f"compare_plans: {name}", plan)
    fates: list[ItemChange] = []
    for collection in _COLLECTIONS:
        before: dict[str, Item] = {each.id: each for each in getattr(old, collection)}
        kept: set[str] = set()
        for item in getattr(new, collection):
            ties = dict(_ties(old, item, before))
            kept.update(ties)
            for id, relation in ties.items():
                lost, gained = _bees(old, before[id]), _bees(new, item)
                fates.append(
                    ItemChange(
                        collection=collection,
                        old=before[id],
                        new=item,
                        relation=relation,
                        bees_lost=tuple(bee for bee in lost if bee not in gained),
                        bees_gained=tuple(bee for bee in gained if bee not in lost),
                    )
                )
            if not ties:
                fates.append(ItemChange(collection=collection, new=item))
        fates += [ItemChange(collection=collection, old=each) for id, each in before.items() if id not in kept]
    return PlanComparison(old, new, tuple(fates))


def _ties(old: Plan, item: Item, before: dict[str, Item]) -> Iterator[tuple[str, Relation]]:
    """Find the older items that an item continues, and how."""
    lineage: tuple[Lineage, ...] = () if isinstance(item, Priority) else item.continues
    stated = [each for each in lineage if each.plan == old.id]
    yield from ((each.item, each.relation) for each in stated if each.item in before)
    if not stated and item.id in before:
        same = _words(item) == _words(before[item.id])
        yield item.id, Relation.SAME if same else Relation.REWORDED


def _words(item: Item) -> str:
    return " ".join(item.title.split()).casefold()


def _bees(plan: Plan, item: Item) -> tuple[str, ...]:
    if isinstance(item, Measure):
        return plan.bees_of(item)
    return item.outcome_bees if isinstance(item, Priority) else ()
