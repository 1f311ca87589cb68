"""Plans: read from documents, laid over what they extend, and written."""

from outcome_bees.kept import gc_paused
from outcome_bees.model.plan import Plan, check_plan_given
from outcome_bees.serializers.documents import Document, read, structure, tree_of, write_tree
from outcome_bees.serializers.extending import extended
from outcome_bees.serializers.file_access import Readable, Writable

__all__ = ["dump_plan", "load_plan", "plan_of"]


def plan_of(document: Document, *, spend: bool = False) -> Plan:
    """Return the plan of a document, laid over what it extends; ``spend`` as for ``structure``."""
    if isinstance(document.tree, dict) and "extends" in document.tree:
        document = extended(document)
    return structure(document, spend=spend)


def load_plan(source: Readable, *, format: str | None = None) -> Plan:
    """Return the plan of a document in JSON, YAML or TOML, laid over the one that it ``extends``, if any.

    Args:
        source: A path, or a file open for reading.
        format: ``json``, ``yaml`` or ``toml``; ``None``: as the name's suffix says.

    Raises:
        DocumentError: With every problem of the document, each at its path and line; nothing is loaded.

    Example:
        >>> from io import StringIO
        >>> load_plan(StringIO("{format: outcome-bees/1, id: p, title: A plan}"), format="yaml").title
        'A plan'
    """
    with gc_paused():
        return plan_of(read(source, format=format), spend=True)


def dump_plan(plan: Plan, target: Writable, *, format: str | None = None) -> None:
    """Write a plan as a document in JSON, YAML or TOML; a file is replaced whole, or stays as it was.

    Args:
        plan: The plan.
        target: A path, or a file open for writing.
        format: ``json``, ``yaml`` or ``toml``; ``None``: as the name's suffix says.

    Raises:
        DocumentError: It cannot be written there.

    Example:
        >>> from io import StringIO
        >>> file = StringIO()
        >>> dump_plan(Plan(id="p", title="A plan"), file, format="yaml")
        >>> file.getvalue().splitlines()
        ['format: outcome-bees/1', 'id: p', 'title: A plan']
    """
    check_plan_given("plan", plan)
    write_tree(tree_of(plan), target, format=format)
