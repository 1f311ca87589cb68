"""Plans with figures, and what a conversion kept of them, found without its own report."""

from collections.abc import Iterable

from hypothesis import strategies as st

from outcome_bees import Observation, Plan, testing
from outcome_bees.model.plan import COLLECTIONS
from outcome_bees.serializers import to_tree

IDENTIFIED = [each for each in COLLECTIONS if each != "targets"]

Case = tuple[Plan, list[Observation]]


@st.composite
def drawn(draw: st.DrawFn, *, measured: bool = False) -> Case:
    """Draw a plan with figures of its measures."""
    plan = draw(testing.plans().filter(lambda each: bool(each.measures)) if measured else testing.plans())
    ids = [each.id for each in plan.measures]
    return plan, draw(testing.series(st.sampled_from(ids))) if ids else []


def kept_fields(plan: Plan, back: Plan) -> Iterable[tuple[str, bool]]:
    """Yield every field that a plan states, but for its targets', and whether another plan has the same in it."""
    one, other = to_tree(plan), to_tree(back)
    for name, value in one.items():
        if name not in (*COLLECTIONS, "format"):
            yield f"$.{name}", other.get(name) == value
    for collection in IDENTIFIED:
        theirs = {each["id"]: each for each in other.get(collection, ())}
        for index, item in enumerate(one.get(collection, ())):
            if item["id"] not in theirs:
                yield f"$.{collection}[{index}]", False
                continue
            for name, value in item.items():
                yield f"$.{collection}[{index}].{name}", theirs[item["id"]].get(name) == value


def kept_values(figures: list[Observation], back: Iterable[Observation]) -> Iterable[tuple[str, bool]]:
    """Yield every figure as a whole, and whether another list has one of its measure with its value."""
    theirs = [(each.measure, each.value, each.absence) for each in back]
    for index, each in enumerate(figures):
        yield f"$.observations[{index}]", (each.measure, each.value, each.absence) in theirs
