"""``outcome-bees show``, ``lint`` and ``compare``: what is in a plan, what it leaves open, what became of it."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from outcome_bees.cli.answer import Answer, Value
from outcome_bees.cli.streams import format_given, readable, shown_name
from outcome_bees.errors import InvalidValueError, OutcomeBeesError
from outcome_bees.model.local_policy import Policy
from outcome_bees.model.plan import Plan
from outcome_bees.serializers.file_access import TABLES

__all__ = ["compare", "naming", "plan_of", "policy_for", "show"]


@contextmanager
def naming(source: str) -> Iterator[None]:
    """Name the file in the error for a file's name that does not give its format."""
    try:
        yield
    except InvalidValueError as error:
        if error.what != "format":
            raise
        if Path(source).is_dir():
            raise OutcomeBeesError(f"{source}: it is a directory") from None
        fault = "does not say its format" if error.given is None else f"says {error.given}"
        hint = " (a table holds figures: the plan is named before them)" if error.given in TABLES else ""
        raise OutcomeBeesError(f"{source}: its name {fault}; allowed: {error.allowed}{hint}") from None


def plan_of(source: str, input_format: str | None = None) -> Plan:
    """Load the plan of a file, or a published edition where the source is ``catalogue:NAME``."""
    from outcome_bees.serializers.documents import structure
    from outcome_bees.serializers.extending import SCHEME, edition
    from outcome_bees.serializers.plans import load_plan

    if source.startswith(SCHEME):
        return structure(edition(source.removeprefix(SCHEME)))
    with naming(shown_name(source)):
        return load_plan(readable(source, input_format), format=format_given(source, input_format))


def policy_for(arguments: Namespace, plan: Plan) -> Policy:
    """Return the policy that was asked for: the plan's own or the library's by its id, or that of a file."""
    from outcome_bees.model.local_policy import policy_of
    from outcome_bees.serializers import load

    if arguments.policy_file is None:
        return policy_of(arguments.policy, plan.policies, "--policy")
    with naming(arguments.policy_file):
        policy: Policy = load(arguments.policy_file, Policy)
    return policy


def show(arguments: Namespace) -> int:
    """Show a plan as a tree."""
    from outcome_bees.reports.outline import outlines
    from outcome_bees.serializers import to_tree

    plan = plan_of(arguments.plan, arguments.input_format)
    Answer(title=plan.title, tables=lambda: outlines(plan), tree=lambda: to_tree(plan)).give(arguments)
    return 0


def compare(arguments: Namespace) -> int:
    """Show how one edition's items changed in another."""
    from outcome_bees.lineage import ItemChange, compare_plans
    from outcome_bees.reports.comparisons import table_of_editions

    comparison = compare_plans(plan_of(arguments.before), plan_of(arguments.after))
    columns = ("collection", "old", "new", "relation", "bees_lost", "bees_gained", "changed")

    def facts(fate: ItemChange) -> tuple[Value, ...]:
        lists = (" ".join(each) for each in (fate.bees_lost, fate.bees_gained, fate.changed))
        old, new = (None if each is None else each.id for each in (fate.old, fate.new))
        return (fate.collection, old, new, fate.relation, *lists)

    Answer(
        title=f"{comparison.old.title}, {comparison.new.title}",
        tables=lambda: [table_of_editions(comparison)],
        tree=lambda: [dict(zip(columns, facts(fate), strict=True)) for fate in comparison.fates],
        rows=lambda: [columns, *map(facts, comparison.fates)],
    ).give(arguments)
    return 0
