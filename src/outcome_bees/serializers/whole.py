"""Everything the library makes, as documents of one family: what stands at the root says which it is.

A plan is its own fields. All else stands under a key of its own: ``observations``, ``targets``,
``evaluations`` or ``scorecard``.
"""

from collections.abc import Iterable
from typing import Any

from attrs import frozen

from outcome_bees.errors import DocumentError, InvalidTypeError, Problem
from outcome_bees.evaluation.result import Evaluation
from outcome_bees.evaluation.scorecard import Scorecard
from outcome_bees.model.observation import Observation, Observations
from outcome_bees.model.plan import Plan
from outcome_bees.model.target import Target
from outcome_bees.serializers.converter import converter
from outcome_bees.serializers.documents import (
    FORMAT,
    Document,
    plan_of,
    read,
    structure,
    tree_of,
    uncollected,
    write_tree,
)
from outcome_bees.serializers.files import Readable, Writable
from outcome_bees.serializers.items import Items
from outcome_bees.serializers.observations import finished

__all__ = ["LISTS", "dump", "from_tree", "kind_of", "load", "made", "to_tree"]

LISTS: dict[type, str] = {Observation: "observations", Target: "targets", Evaluation: "evaluations"}
"""The key under which a document has a list of each."""

_ALLOWED = "Plan, Scorecard, Observations, Observation, Target or Evaluation"


@frozen
class ScorecardDocument:
    """What stands at the root of a scorecard's document."""

    scorecard: Scorecard


def to_tree(thing: Any) -> dict[str, Any]:
    """What a document of it holds: mappings, lists, texts, truths and exact numbers.

    Args:
        thing: A plan, a scorecard, observations; or a list of observations, targets or evaluations.

    Example:
        >>> to_tree([Target(id="t", measure="m", aim=None)])
        {'format': 'outcome-bees/1', 'targets': [{'id': 't', 'measure': 'm'}]}
    """
    if isinstance(thing, Plan):
        return tree_of(thing)
    if isinstance(thing, Scorecard):
        return tree_of(ScorecardDocument(thing))
    if not isinstance(thing, Iterable) or isinstance(thing, (str, bytes)):
        raise InvalidTypeError("document", thing, f"{_ALLOWED}, or a list of one of the last three")
    items = list(thing)
    kinds = {type(each) for each in items} or {Observation}
    if len(kinds) > 1 or not kinds <= LISTS.keys():
        raise InvalidTypeError("document", items, "a list of observations, of targets or of evaluations")
    return {"format": FORMAT, LISTS[kinds.pop()]: [converter().unstructure(each) for each in items]}


def from_tree(tree: dict[str, Any], kind: type[Any] = Plan) -> Any:
    """What a plain tree says: the inverse of ``to_tree``.

    Args:
        tree: Mappings, lists, texts, truths and numbers; dates as ISO text or ``date``.
        kind: ``Plan``, ``Scorecard`` or ``Observations``; or ``Observation``, ``Target`` or ``Evaluation``
            for a tuple of them.

    Raises:
        DocumentError: With every problem, each at its path.

    Example:
        >>> from_tree({"format": "outcome-bees/1", "id": "p", "title": "A plan"}).id
        'p'
    """
    return made(Document(tree, None, "json", ""), kind)


def load(source: Readable, kind: type[Any] = Plan, *, format: str | None = None) -> Any:
    """What a document in JSON, YAML or TOML says, as ``from_tree`` gives it.

    Raises:
        DocumentError: With every problem of the document, each at its path and line; nothing is loaded.

    Example:
        >>> from io import StringIO
        >>> load(StringIO('{"format": "outcome-bees/1", "targets": []}'), Target, format="json")
        ()
    """
    with uncollected():
        return made(read(source, format=format), kind, spend=True)


def dump(thing: Any, target: Writable, *, format: str | None = None) -> None:
    """Write a plan, a scorecard or a list of what the library makes, as JSON, YAML or TOML.

    Example:
        >>> from io import StringIO
        >>> file = StringIO()
        >>> dump([Target(id="t", measure="m", aim=None)], file, format="yaml")
        >>> print(file.getvalue(), end="")
        format: outcome-bees/1
        targets:
          - id: t
            measure: m
    """
    write_tree(to_tree(thing), target, format=format)


def kind_of(document: Document) -> type[Any]:
    """What a document is of, as its root says."""
    keys = document.tree if isinstance(document.tree, dict) else {}
    if "scorecard" in keys:
        return Scorecard
    return next(
        (kind for kind, key in LISTS.items() if key in keys and "id" not in keys and "extends" not in keys), Plan
    )


def made(document: Document, kind: type[Any], *, spend: bool = False) -> Any:
    """What a document says, of a kind that ``load`` knows; ``spend`` as for ``structure``."""
    if kind is Plan:
        return plan_of(document, spend=spend)
    if kind is Scorecard:
        return structure(document, ScorecardDocument).scorecard
    items = Items(document, LISTS[_item_kind(kind)], _item_kind(kind))
    if kind is Observations:
        return finished(items, None, collect=False)
    problems: list[Problem] = items.located()
    if problems:
        raise DocumentError(f"{document.name or 'the document'} cannot be loaded", problems, items.more)
    return tuple(items.figures)


def _item_kind(kind: type[Any]) -> type[Any]:
    if kind is Observations:
        return Observation
    if kind not in LISTS:
        raise InvalidTypeError("kind", kind, _ALLOWED)
    return kind
