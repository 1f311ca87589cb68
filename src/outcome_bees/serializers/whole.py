"""Everything the library makes, as documents of one family: the key at the root says which it is.

A plan is its own fields. All else is under a key of its own: ``observations``, ``targets``,
``evaluations``, ``scorecard`` or ``policy``.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import attrs
from attrs import frozen

from outcome_bees.errors import DocumentError, InvalidTypeError, InvalidValueError, Problem
from outcome_bees.evaluation.inputs import Inputs
from outcome_bees.evaluation.result import Evaluation
from outcome_bees.evaluation.scorecard import Scorecard, with_inputs
from outcome_bees.evaluation.select import without_hidden_numbers
from outcome_bees.evaluation.tracing import known_observations
from outcome_bees.frozen import described
from outcome_bees.kept import gc_paused
from outcome_bees.layouts import Source
from outcome_bees.model.index import Observations
from outcome_bees.model.local_policy import Policy
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import Plan
from outcome_bees.model.target import Target
from outcome_bees.offers import offered
from outcome_bees.serializers._class_fields import written_as
from outcome_bees.serializers.converter import converter
from outcome_bees.serializers.documents import (
    FORMAT,
    FORMATS,
    Document,
    ItemReader,
    canonical,
    read,
    sort_of,
    structure,
    tree_of,
    write_tree,
)
from outcome_bees.serializers.file_access import TABLES, Readable, Writable, format_of, name_of
from outcome_bees.serializers.observations import check_and_index, dump_observations, load_observations
from outcome_bees.serializers.plans import plan_of
from outcome_bees.serializers.tables.csv import Progress

__all__ = [
    "LISTS",
    "WrittenInputs",
    "convert",
    "digest_of",
    "dump",
    "from_tree",
    "is_as_written",
    "kind_of",
    "load",
    "method_results",
    "object_of",
    "to_tree",
    "validate",
]

LISTS: dict[type, str] = {Observation: "observations", Target: "targets", Evaluation: "evaluations", Source: "sources"}
"""The key under which a document has a list of each."""

_OF_SORT: dict[str, type] = {"scorecard": Scorecard, "policy": Policy, **{key: kind for kind, key in LISTS.items()}}

_OF_METHODS = {
    "interval": "Interval",
    "comparison": "Comparison",
    "trend": "Trend",
    "control_chart": "ControlChart",
    "rate_progress": "RateProgress",
    "forecast": "Forecast",
    "funnel": "Funnel",
    "analysis": "Analysis",
}
"""The key under which a document has what a method gave, and the class of it in ``outcome_bees.methods``."""


def method_results() -> dict[str, type[Any]]:
    """Return the classes of what methods give, by the key of their documents; methods are loaded for it."""
    from outcome_bees import methods

    return {key: getattr(methods, name) for key, name in _OF_METHODS.items()}


def _key_of_result(kind: type[Any]) -> str | None:
    """Return the key of the document of what a method gave; ``None`` for all else: then no method is loaded."""
    named = next((key for key, name in _OF_METHODS.items() if name == kind.__name__), None)
    return named if named is not None and method_results()[named] is kind else None


@cache
def _document_of(key: str) -> type[Any]:
    """Return the class of what is at the root of the document of what a method gave."""
    result = attrs.field(type=method_results()[key])
    made: type[Any] = attrs.make_class(
        f"{method_results()[key].__name__}Document", {key: result}, frozen=True, slots=True
    )
    return made


_OF_A_CARD = {"csv": "to_csv", "xlsx": "to_excel"}
"""The function that writes a scorecard as a table of each format."""

_ALLOWED = "Plan, Scorecard, Policy, Observations, Observation, Target or Evaluation, or what a method gave"


@described(
    library="The version of the library that gave the answers.",
    digest="The SHA-256 of all else in the document, in letters: by it a change made since it was written shows.",
    policy="The policy that judged.",
    observations="What was known on the day of the card: of its place, of the places it was held against, and of the "
    "measures of its plan. Absent figures are without the numbers beside them.",
)
@frozen(kw_only=True)
class WrittenInputs:
    """What a scorecard was made from, as its document has it: enough to evaluate it again."""

    library: str | None = None
    digest: str | None = None
    policy: Policy
    observations: tuple[Observation, ...] = ()


@frozen
class ScorecardDocument:
    """What is at the root of a scorecard's document."""

    scorecard: Scorecard
    inputs: WrittenInputs | None = None

    @classmethod
    def of(cls, card: Scorecard) -> "ScorecardDocument":
        """Return the document of a card, with what it was made from where that is known."""
        inputs = card.inputs
        if inputs is None:
            return cls(card)
        known = tuple(without_hidden_numbers(each) for each in known_observations(card.plan, inputs))
        return cls(card, WrittenInputs(library=inputs.library, policy=inputs.policy, observations=known))

    def card(self) -> Scorecard:
        """Return the card, with what it was made from beside it."""
        card, written = self.scorecard, self.inputs
        if written is None:
            return card
        inputs = Inputs(
            plan=card.plan,
            observations=Observations(written.observations, provisional_after_final_ok=True),
            comparators={each.id: each for each in card.plan.comparators},
            as_of=card.as_of,
            area=card.area,
            policy=written.policy,
            library=written.library,
            partial=True,
        )
        return with_inputs(card, inputs)


@frozen
class PolicyDocument:
    """What is at the root of a policy's document."""

    policy: Policy


def digest_of(tree: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a scorecard's tree, its own digest left out, whatever format the tree was read from.

    Each hexadecimal digit of it is a letter from a to p, so that whoever looks for a number finds none here.
    """
    inputs = {name: each for name, each in tree["inputs"].items() if name != "digest"}
    return hashlib.sha256(canonical({**tree, "inputs": inputs}).encode()).hexdigest().translate(_LETTERS)


_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def with_digest(tree: dict[str, Any]) -> dict[str, Any]:
    """Return the tree of a scorecard with its digest, where it has what the card was made from."""
    if "inputs" not in tree:
        return tree
    library = tree["inputs"].get("library")
    first = {} if library is None else {"library": library}
    return {**tree, "inputs": {**first, "digest": digest_of(tree), **tree["inputs"]}}


def is_as_written(document: Document) -> bool | None:
    """Return whether the document of a scorecard is as it was written; ``None`` where it has no digest."""
    inputs = document.tree.get("inputs") if isinstance(document.tree, dict) else None
    given = inputs.get("digest") if isinstance(inputs, dict) else None
    return None if given is None else bool(given == digest_of(document.tree))


def to_tree(thing: Any) -> dict[str, Any]:
    """Return what a document of it holds: mappings, lists, texts, truths and exact numbers.

    Args:
        thing: A plan, a scorecard, a policy, observations; or a list of observations, targets or evaluations.

    Example:
        >>> to_tree([Target(id="t", measure="m", aim=None)])
        {'format': 'outcome-bees/1', 'targets': [{'id': 't', 'measure': 'm'}]}
    """
    if isinstance(thing, Plan):
        return tree_of(thing)
    if isinstance(thing, Scorecard):
        return with_digest(tree_of(ScorecardDocument.of(thing)))
    if isinstance(thing, Policy):
        return tree_of(PolicyDocument(thing))
    if (key := _key_of_result(type(thing))) is not None:
        return {"format": FORMAT, key: converter().unstructure(thing)}
    if not isinstance(thing, Iterable) or isinstance(thing, (str, bytes)):
        raise InvalidTypeError("document", thing, f"{_ALLOWED}, or a list of one of the last three")
    items = list(thing)
    kinds = set(map(written_as, {type(each) for each in items})) or {Observation}
    if len(kinds) > 1 or not kinds <= LISTS.keys():
        raise InvalidTypeError("document", items, "a list of observations, of targets or of evaluations")
    return {"format": FORMAT, LISTS[kinds.pop()]: [converter().unstructure(each) for each in items]}


def from_tree(tree: dict[str, Any], kind: type[Any] = Plan) -> Any:
    """Return what a plain tree says: the inverse of ``to_tree``.

    Args:
        tree: Mappings, lists, texts, truths and numbers; dates as ISO text or ``date``.
        kind: ``Plan``, ``Scorecard``, ``Policy`` or ``Observations``; or ``Observation``, ``Target`` or ``Evaluation``
            for a tuple of them.

    Raises:
        DocumentError: With every problem, each at its path.

    Example:
        >>> from_tree({"format": "outcome-bees/1", "id": "p", "title": "A plan"}).id
        'p'
    """
    return object_of(Document(tree, None, "json", ""), kind)


def load(source: Readable, kind: type[Any] = Plan, *, format: str | None = None) -> Any:
    """Return what a document in JSON, YAML or TOML says, as ``from_tree`` gives it.

    Raises:
        DocumentError: With every problem of the document, each at its path and line; nothing is loaded.

    Example:
        >>> from io import StringIO
        >>> load(StringIO('{"format": "outcome-bees/1", "targets": []}'), Target, format="json")
        ()
    """
    with gc_paused():
        return object_of(read(source, format=format), kind, spend=True)


def dump(thing: Any, target: Writable, *, format: str | None = None) -> None:
    """Write a plan, a scorecard, a policy or a list of what the library makes, as JSON, YAML or TOML.

    Observations may also go to a table (CSV, Excel, Parquet), as ``dump_observations`` writes them, and a scorecard to
    CSV and Excel, one row an answer, as ``Scorecard.to_csv`` does.

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
    if isinstance(thing, Scorecard):
        wanted = format_of(target, format, (*FORMATS, *_OF_A_CARD))
        if wanted in _OF_A_CARD:
            offered(_OF_A_CARD[wanted])(thing, target)
            return
    elif isinstance(thing, Observations):
        dump_observations(thing, target, format=format)
        return
    write_tree(to_tree(thing), target, format=format)


def kind_of(document: Document) -> type[Any]:
    """Return what a document is of, as its root says."""
    keys = document.tree if isinstance(document.tree, dict) else {}
    sort = sort_of(keys)
    if sort is None:
        return next((method_results()[key] for key in _OF_METHODS if key in keys and "id" not in keys), Plan)
    return _OF_SORT[sort]


def object_of(document: Document, kind: type[Any], *, spend: bool = False) -> Any:
    """Return what a document says, of a kind that ``load`` knows; ``spend`` as for ``structure``."""
    if kind is Plan:
        return plan_of(document, spend=spend)
    if kind is Scorecard:
        return structure(document, ScorecardDocument, sort="scorecard").card()
    if kind is Policy:
        return structure(document, PolicyDocument, sort="policy").policy
    if (key := _key_of_result(kind)) is not None:
        return getattr(structure(document, _document_of(key)), key)
    items = ItemReader(document, LISTS[_item_kind(kind)], _item_kind(kind))
    if kind is Observations:
        return check_and_index(items, None, collect=False)
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


_ALL = (*TABLES, *FORMATS)


def convert(
    source: Readable,
    target: Writable,
    *,
    source_format: str | None = None,
    target_format: str | None = None,
    sheet: str | Sequence[str] | None = None,
    progress: Progress | None = None,
) -> tuple[str, ...]:
    """Read a document or table whole, and write what it says in the target's format.

    A plan that extends another is written out whole. Figures may go from any format to any; a plan, a
    scorecard and the like stay in JSON, YAML or TOML.

    Args:
        source: A path, or a file open for reading.
        target: A path, or a file open for writing.
        source_format, target_format: Their formats; ``None``: as their names' suffixes say.
        sheet: Of a workbook, the sheet that is read, or several, as for ``load_observations``.
        progress: Called now and then with how much has been read.

    Returns:
        Of a workbook, in words which sheets were read and which were not; else nothing.

    Raises:
        DocumentError: The source has problems, or the target cannot be written; nothing is written then.
        InvalidValueError: The target's format cannot hold it.
    """
    chosen, wanted = format_of(source, source_format, _ALL), format_of(target, target_format, _ALL)
    if chosen in TABLES:
        figures = load_observations(source, format=chosen, sheet=sheet, progress=progress)
        dump_observations(figures, target, format=wanted)
        return figures.sheets
    if sheet is not None:
        raise InvalidValueError("sheet", sheet, "None, for only a workbook has sheets")
    document = read(source, format=chosen)
    kind = kind_of(document)
    if kind is Observation:
        dump_observations(object_of(document, Observations), target, format=wanted)
    elif wanted in TABLES:
        raise InvalidValueError("format", wanted, f"{', '.join(FORMATS)} for a document of {kind.__name__}")
    else:
        dump(object_of(document, kind), target, format=wanted)
    return ()


def validate(source: Readable, *, format: str | None = None, progress: Progress | None = None) -> tuple[Problem, ...]:
    """Return everything that is wrong with a document or table of any kind, in its own order; empty where it is right.

    Raises:
        InvalidValueError: Neither the name nor ``format`` gives one.
    """
    chosen = format_of(source, format, _ALL)
    try:
        if chosen in TABLES:
            return load_observations(source, format=chosen, on_error="collect", progress=progress).problems
        document = read(source, format=chosen)
        kind = kind_of(document)
        object_of(document, Observations if kind is Observation else kind)
    except DocumentError as error:
        further = f"and at least {error.more:,} further problems"
        return (*error.problems, *([Problem("$", further, file=name_of(source))] if error.more else []))
    return ()
