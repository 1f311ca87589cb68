"""``outcome-bees changes`` and ``verify``: why answers changed, and whether a card comes out as it was written."""

from argparse import Namespace

from outcome_bees.changes import Change, compare_scorecards, reproduce
from outcome_bees.cli.answer import Answer, Value
from outcome_bees.cli.showing import naming
from outcome_bees.errors import OutcomeBeesError, UnknownNameError
from outcome_bees.evaluation.scorecard import Scorecard
from outcome_bees.model.local_policy import POLICIES
from outcome_bees.presentation.blocks import Table
from outcome_bees.reports.comparisons import table_of_changes
from outcome_bees.serializers import load_observations
from outcome_bees.serializers.documents import read
from outcome_bees.serializers.whole import is_as_written, kind_of, object_of

__all__ = ["changes", "verify"]


def _card_of(source: str) -> tuple[Scorecard, bool | None]:
    """Load the card of a file; and whether it is as it was written, ``None`` where the file does not say."""
    with naming(source):
        document = read(source)
    if kind_of(document) is not Scorecard:
        raise OutcomeBeesError(f"{source}: it is not a scorecard; allowed: what evaluate --format json writes")
    as_written = is_as_written(document)
    card: Scorecard = object_of(document, Scorecard)
    return card, as_written


def changes(arguments: Namespace) -> int:
    """Show what changed from one card to another, and why."""
    before, _ = _card_of(arguments.before)
    after, _ = _card_of(arguments.after)
    found = compare_scorecards(before, after)
    columns = ("measure", "target", "before", "after", "causes", "sentence")

    def row(change: Change) -> tuple[Value, ...]:
        was, now = (None if each is None else each.status for each in (change.before, change.after))
        causes = " ".join(dict.fromkeys(each.kind for each in change.causes))
        return (change.measure, change.target, was, now, causes, change.sentence)

    Answer(
        title=after.plan.title,
        tables=lambda: [table_of_changes(found, before, after)],
        tree=lambda: [_tree(each) for each in found],
        rows=lambda: [columns, *map(row, found)],
    ).give(arguments)
    return 0


def _tree(change: Change) -> dict[str, object]:
    was, now = (None if each is None else each.status.value for each in (change.before, change.after))
    causes = [
        {
            "kind": each.kind.value,
            "sentence": each.sentence,
            **({} if each.on is None else {"on": each.on.isoformat()}),
            **({} if each.alone is None else {"alone": each.alone.value}),
            **({"verdicts": list(each.verdicts)} if each.verdicts else {}),
        }
        for each in change.causes
    ]
    return {
        "measure": change.measure,
        "target": change.target,
        "before": was,
        "after": now,
        "causes": causes,
        "sentence": change.sentence,
    }


def verify(arguments: Namespace) -> int:
    """Evaluate a card again from what it was made from. The exit code is 1 where it comes out otherwise."""
    if arguments.policy is not None and arguments.policy not in POLICIES:
        raise UnknownNameError("--policy", arguments.policy, list(POLICIES))
    card, as_written = _card_of(arguments.card)
    figures = None
    if arguments.figures is not None:
        with naming(arguments.figures):
            figures = load_observations(arguments.figures)
    policy = None if arguments.policy is None else POLICIES[arguments.policy]
    found = reproduce(card, figures, policy=policy)
    agrees = found.agrees and as_written is not False
    written = "a version that it does not name" if found.written_by is None else f"version {found.written_by}"
    faults = [str(each) for each in found.differences]
    if as_written is False:
        faults.append("the file is not as it was written: something in it was changed since")
    notes = [
        f"{each}: it cannot be checked, for the card does not have what it was compared with" for each in found.not_told
    ]
    if card.inputs is None and figures is None:
        notes.append("the card does not have the figures it was made from: only those that it shows were used")
    checked = len(card.evaluations) - len(found.not_told)
    verdict = "agrees" if agrees else "does not agree"
    summary = (
        f"Version {found.library} {verdict} with the card, which {written} wrote: {checked} answers evaluated again."
    )

    def table() -> Table:
        rows = [*(("differs", each) for each in faults), *(("note", each) for each in notes)]
        return Table.plain(f"{card.plan.title}, as known on {card.as_of.isoformat()}", ["", "What"], rows, summary)

    Answer(
        title=card.plan.title,
        tables=lambda: [table()],
        tree=lambda: {
            "agrees": agrees,
            "as_written": as_written,
            "written_by": found.written_by,
            "library": found.library,
            "differences": faults,
            "notes": notes,
        },
    ).give(arguments)
    return int(not agrees)
