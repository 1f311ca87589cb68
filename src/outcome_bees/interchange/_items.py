"""A plan and its figures as items with fields, held against what another form gives back of them.

Whatever an importer does not give back is lost, and nothing else is: so a report of losses is right by construction.
The same difference, written into a document as an extension, makes the way back lossless.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from hashlib import sha256
from typing import Any

from attrs import frozen

from outcome_bees.errors import DocumentError
from outcome_bees.interchange.loss import Loss, LossReport
from outcome_bees.model.index import Observations
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import COLLECTIONS, Plan
from outcome_bees.model.target import Target
from outcome_bees.serializers import from_tree, to_tree
from outcome_bees.serializers.documents import FORMAT, read
from outcome_bees.serializers.json import dump

__all__ = ["Items", "Key", "extension_of", "items_of", "losses_between", "rebuilt", "with_extension"]

Key = tuple[str, str]
"""The collection of an item, and what it is known by there. The plan itself is ``("plan", "")``."""

_COLLECTIONS = (*COLLECTIONS, "observations")
_PLAN: Key = ("plan", "")


@frozen
class Items:
    """A plan and its figures.

    Attributes:
        fields: What each item has, in the order of its collection.
        paths: Where each is.
    """

    fields: Mapping[Key, Mapping[str, Any]]
    paths: Mapping[Key, str]

    def order(self, collection: str) -> list[str]:
        """Return what the items of a collection are known by, in order."""
        return [name for each, name in self.fields if each == collection]


def items_of(
    plan: Plan,
    figures: Iterable[Observation],
    *,
    written_targets: Iterable[Target] | None = None,
    written_figures: Iterable[Observation] | None = None,
) -> Items:
    """Return a plan and its figures as items.

    A target and a figure are known by their measure and by which of its targets or figures they are in the other form.

    Args:
        plan: The plan.
        figures: Its figures.
        written_targets: Those that the other form has, in its order; ``None``: all, in the plan's order.
        written_figures: Likewise.
    """
    tree = _plain(to_tree(plan))
    figures = list(figures)
    rows = _plain(to_tree(figures)["observations"]) if figures else []
    numbers = {
        "targets": _numbers(plan.targets, written_targets),
        "observations": _numbers(figures, written_figures),
    }
    lists = {name: tree.pop(name, []) for name in COLLECTIONS} | {"observations": rows}
    tree.pop("format")
    fields: dict[Key, Mapping[str, Any]] = {_PLAN: tree}
    paths = {_PLAN: "$"}
    for collection in _COLLECTIONS:
        for index, item in enumerate(lists[collection]):
            name = numbers[collection][index] if collection in numbers else item["id"]
            fields[collection, name] = item
            paths[collection, name] = f"$.{collection}[{index}]"
    return Items(fields, paths)


def _plain(tree: Any) -> Any:
    """Return a tree with the words of closed lists as texts, as a document has them."""
    if isinstance(tree, Mapping):
        return {name: _plain(each) for name, each in tree.items()}
    if isinstance(tree, (list, tuple)):
        return [_plain(each) for each in tree]
    return tree.value if isinstance(tree, StrEnum) else tree


def _numbers(items: Iterable[Any], written: Iterable[Any] | None) -> list[str]:
    """Return what each target or figure is known by; one that is not written is known as such."""
    items = list(items)
    there: dict[int, str] = {}
    count: dict[str, int] = {}
    for each in items if written is None else written:
        count[each.measure] = count.get(each.measure, 0) + 1
        there[id(each)] = f"{each.measure}#{count[each.measure]}"
    return [there.get(id(each), f"{each.measure}#left out {index}") for index, each in enumerate(items)]


def losses_between(
    before: Items, after: Items, form: str, reasons: Mapping[str, str], whole: Mapping[Key, str]
) -> LossReport:
    """Return every field of the first that the second does not have.

    Args:
        before: What was written.
        after: What is read of it.
        form: What the other form is called.
        reasons: Why a field is lost, by ``collection.field`` or by ``collection`` for the item as a whole.
        whole: Why an item as a whole is, where that is known.
    """
    return LossReport(tuple(_losses(before, after, form, reasons, whole)))


def _losses(
    before: Items, after: Items, form: str, reasons: Mapping[str, str], whole: Mapping[Key, str]
) -> Iterator[Loss]:
    for key, fields in before.fields.items():
        collection, path = key[0], before.paths[key]
        back = after.fields.get(key)
        if back is None:
            default = f"{form} has no element for {collection.replace('_', ' ')}"
            yield Loss(path, fields, whole.get(key) or reasons.get(collection) or default)
            continue
        for name, value in fields.items():
            if name not in back or back[name] != value:
                reason = reasons.get(f"{collection}.{name}") or f"{form} has no element for it"
                yield Loss(f"{path}.{name}", value, _text_reason(value, back.get(name)) or reason)
        for name in back.keys() - fields.keys():
            yield Loss(f"{path}.{name}", None, f"{form} cannot leave it out: it is read as {back[name]!r}")
    for collection in _COLLECTIONS:
        kept = [name for name in before.order(collection) if (collection, name) in after.fields]
        found = [name for name in after.order(collection) if (collection, name) in before.fields]
        if kept != found:
            yield Loss(f"$.{collection}", kept, f"their order: {form} has them in another")


def _text_reason(value: Any, back: Any) -> str | None:
    """Return why a text is another once it is read, where its characters are the cause."""
    if not isinstance(value, str) or not isinstance(back, str):
        return None
    if "\ufffd" in back and "\ufffd" not in value:
        return "it has a character that no XML can hold"
    return "white space around a text is not kept" if value.strip() == back.strip() else None


# Extensions: the difference itself, so that nothing is written twice.


def _mark(fields: Mapping[str, Any]) -> str:
    """Return a short mark of an item as the other form has it, by which a change to it is noticed."""
    return sha256(dump({"fields": fields}).encode()).hexdigest()[:16]


def extension_of(before: Items, after: Items) -> str:
    """Return what the other form lacks, as a text in JSON that XML can hold."""
    items = []
    for key, fields in before.fields.items():
        back = after.fields.get(key)
        if back == fields:
            continue
        changed = fields if back is None else {n: v for n, v in fields.items() if n not in back or back[n] != v}
        entry: dict[str, Any] = {"in": key[0], "known_by": key[1], "fields": changed}
        if back is not None:
            entry["beside"] = _mark(back)
            entry["without"] = sorted(back.keys() - fields.keys())
        items.append(entry)
    order = {name: before.order(name) for name in _COLLECTIONS if before.order(name) != after.order(name)}
    text = dump({"format": FORMAT, "items": items, "order": order}).strip()
    return "".join(each if each.isascii() else _escaped(each) for each in text)


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2))


def with_extension(after: Items, text: str) -> tuple[Items, list[str]]:
    """Return items with what an extension adds to them, and in words what of it no longer fits."""
    problems: list[str] = []
    try:
        tree = read(io.StringIO(text), format="json").tree
        entries = [(str(each["in"]), str(each["known_by"]), each) for each in tree["items"]]
        order = {str(name): [str(each) for each in names] for name, names in tree["order"].items()}
        fields = {key: dict(each) for key, each in after.fields.items()}
        for collection, name, entry in entries:
            found = fields.get((collection, name))
            if collection not in _COLLECTIONS and (collection, name) != _PLAN:
                problems.append(f"{collection[:80]} is no collection of a plan")
            elif "beside" not in entry:
                fields[collection, name] = dict(entry["fields"])
            elif found is None:
                problems.append(f"{collection} {name} is not in the document any more")
            elif _mark(found) != entry["beside"]:
                problems.append(f"{collection} {name} was changed since: what is added to it is left aside")
            else:
                for each in entry["without"]:
                    found.pop(each, None)
                found.update(entry["fields"])
    except (DocumentError, KeyError, TypeError, AttributeError, ValueError) as error:
        return after, [f"it cannot be read ({type(error).__name__})"]
    placed: dict[Key, Mapping[str, Any]] = {}
    for collection in ("plan", *_COLLECTIONS):
        names = [name for each, name in fields if each == collection]
        wanted = {name: place for place, name in enumerate(order.get(collection, names))}
        for name in sorted(names, key=lambda each: wanted.get(each, len(wanted))):
            placed[collection, name] = fields[collection, name]
    return Items(placed, after.paths), problems


def rebuilt(items: Items) -> tuple[Plan, Observations]:
    """Return the plan and the figures that items are of.

    Raises:
        DocumentError: They do not fit together.
    """
    tree: dict[str, Any] = {"format": FORMAT, **items.fields[_PLAN]}
    for collection in COLLECTIONS:
        listed = [dict(fields) for key, fields in items.fields.items() if key[0] == collection]
        if listed:
            tree[collection] = listed
    rows = [dict(fields) for key, fields in items.fields.items() if key[0] == "observations"]
    plan: Plan = from_tree(tree, Plan)
    figures: Observations = from_tree({"format": FORMAT, "observations": rows}, Observations)
    return plan, figures
