"""Plans with figures, and what a conversion kept of them, found without its own report."""

from collections.abc import Container, Iterable

from attrs import evolve
from hypothesis import strategies as st

from outcome_bees import Observation, Plan, testing
from outcome_bees.model.plan import COLLECTIONS
from outcome_bees.serializers import to_tree

IDENTIFIED = [each for each in COLLECTIONS if each != "targets"]

Case = tuple[Plan, list[Observation]]


# What XML cannot hold, changes or means something by; and what our own writers and readers mean something by.
AWKWARD = st.sampled_from(
    [
        *(
            "a\x01b",
            "a\x0bb",
            "a\tb",
            "a\nb",
            "a\r\nb",
            "a\rb",
            " a ",
            "a\x85b",
            "a\u2028b",
            "\ufffe",
            "a\ufffdb",
            "\ufeffa",
        ),
        *(
            "]]>",
            "<b>&amp;</b>",
            "&#1;",
            "<!-- a -->",
            "<?a?>",
            "\u200f\u05e9\u200e",
            "\u202eabc",
            "\u00a0a",
            "x" * 20_000,
        ),
        *(
            "Hold at the baseline",
            "suppressed: why",
            "not_available",
            "Period",
            "FY2024-25",
            "untitled goal",
            "Unit: Percent",
        ),
        *("urn:outcome-bees:interchange:1\n{}", "_x0041_", "https://example.org/\u00fc", "a\n\nb", "\n a\n"),
    ]
)


@st.composite
def drawn(draw: st.DrawFn, *, measured: bool = False) -> Case:
    """Draw a plan with figures of its measures; half of them have texts that are awkward in XML."""
    plan = draw(testing.plans().filter(lambda each: bool(each.measures)) if measured else testing.plans())
    ids = [each.id for each in plan.measures]
    figures = draw(testing.series(st.sampled_from(ids))) if ids else []
    if draw(st.booleans()):
        return plan, figures
    further = [draw(testing.targets(f"more-{each.id}", each.measure)) for each in plan.targets if draw(st.booleans())]
    plan = evolve(
        plan,
        title=draw(AWKWARD),
        source=draw(st.none() | AWKWARD),
        outcome_bees=[evolve(each, name=draw(AWKWARD), description=draw(AWKWARD)) for each in plan.outcome_bees],
        ambitions=[evolve(each, title=draw(AWKWARD), description=draw(AWKWARD)) for each in plan.ambitions],
        priorities=[evolve(each, title=draw(AWKWARD), actions=[draw(AWKWARD)]) for each in plan.priorities],
        measures=[evolve(each, title=draw(AWKWARD), owner=draw(AWKWARD)) for each in plan.measures],
        targets=draw(st.permutations([*plan.targets, *further])),
    )
    return plan, [evolve(each, note=draw(st.none() | AWKWARD)) for each in figures]


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


def kept_target_fields(plan: Plan, back: Plan) -> Iterable[tuple[str, bool]]:
    """Yield every field that a target states, and whether the target that came back for it has the same in it.

    A target is found again by its id, or as the only one of its measure; where it is not, nothing is said of it.
    """
    one, other = to_tree(plan).get("targets", ()), to_tree(back).get("targets", ())
    by_id = {each["id"]: each for each in other}
    for index, target in enumerate(one):
        beside = [[each for each in found if each["measure"] == target["measure"]] for found in (one, other)]
        again = by_id.get(target["id"], beside[1][0] if [len(each) for each in beside] == [1, 1] else None)
        if again is not None:
            for name, value in target.items():
                yield f"$.targets[{index}].{name}", again.get(name) == value


def kept_figure_fields(figures: list[Observation], back: Iterable[Observation]) -> Iterable[tuple[str, bool]]:
    """Yield every field of the figures that came back, and whether it has the same in it."""
    theirs = [to_tree([each])["observations"][0] for each in back]
    found_by = ("measure", "period", "area", "value", "absence")
    for index, figure in enumerate(figures):
        (stated,) = to_tree([figure])["observations"]
        again = [each for each in theirs if all(each.get(name) == stated.get(name) for name in found_by)]
        for name, value in stated.items() if again else ():
            yield f"$.observations[{index}].{name}", any(each.get(name) == value for each in again)


def wrongly_reported(fields: Iterable[tuple[str, bool]], reported: Container[str]) -> list[str]:
    """Return the fields that were kept and are in a report all the same, and those that were lost and are in none."""
    return [
        f"{path} was {'kept' if kept else 'lost'}"
        for path, kept in fields
        if kept == (path in reported or path.rpartition(".")[0] in reported)
    ]
