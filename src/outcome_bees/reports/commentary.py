"""Commentary on a figure: cause, action, owner's role, date. Beside the plan, and never an input to a status.

A document of its own, in YAML, JSON or TOML:

    format: outcome-bees/1
    commentary:
      - measure: social-worker-absence
        area: E10000015
        as_of: 2025-12-31
        text: Sickness rose in two teams.
        action: Return-to-work interviews within a week.
        owner: Head of Workforce
        written: 2026-01-12
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import field, frozen

from outcome_bees.evaluation.result import Evaluation
from outcome_bees.evaluation.scorecard import Scorecard
from outcome_bees.frozen import described
from outcome_bees.model.fields import area, day, day_or_none, item_id, located, members, text, text_or_none
from outcome_bees.serializers.documents import read, structure, tree_of, write_tree
from outcome_bees.serializers.file_access import Readable, Writable
from outcome_bees.serializers.schema import list_schema
from outcome_bees.vocabulary import Rag

__all__ = [
    "Commentary",
    "CommentaryGap",
    "comment_on",
    "commentary_gaps",
    "commentary_schema",
    "dump_commentary",
    "load_commentary",
]


def __dir__() -> list[str]:
    return __all__


@described(
    measure="The measure's id.",
    area="The code of the place.",
    as_of="The day whose card it is about.",
    text="The commentary itself.",
    cause="Why the figure is as it is; ``None`` where not stated.",
    action="What is done about it; ``None`` likewise.",
    owner="The role that answers for the action, never a person's name; ``None`` likewise.",
    due="When the action is to be done; ``None`` likewise.",
    evidence="What the commentary rests on; ``None`` likewise.",
    written="The day it was written.",
)
@frozen(kw_only=True, field_transformer=located)
class Commentary:
    """The commentary on one measure's figure, in one place, as known on one day.

    Example:
        >>> comment = Commentary(
        ...     measure="m", area="E10000015", as_of=date(2025, 12, 31), text="Two teams.", written=date(2026, 1, 12)
        ... )
        >>> comment.owner is None
        True
    """

    measure: str = field(converter=item_id)
    area: str = field(converter=area)
    as_of: date = field(converter=day)
    text: str = field(converter=text)
    cause: str | None = field(default=None, converter=text_or_none)
    action: str | None = field(default=None, converter=text_or_none)
    owner: str | None = field(default=None, converter=text_or_none)
    due: date | None = field(default=None, converter=day_or_none)
    evidence: str | None = field(default=None, converter=text_or_none)
    written: date = field(converter=day)


def comments(given: Iterable[Commentary]) -> tuple[Commentary, ...]:
    return members(Commentary, given)


@frozen(kw_only=True, field_transformer=located)
class _CommentaryDocument:
    commentary: tuple[Commentary, ...] = field(default=(), converter=comments)


@frozen
class CommentaryGap:
    """A red or amber answer that nobody has explained, or not since its figure became known.

    Attributes:
        measure: The measure's id.
        target: The target's id; ``None`` for a compound measure.
        message: What is missing.

    Example:
        >>> str(CommentaryGap("m", "t", "no commentary"))
        'm: no commentary'
    """

    measure: str
    target: str | None
    message: str

    def __str__(self) -> str:
        return f"{self.measure}: {self.message}"


def load_commentary(source: Readable, *, format: str | None = None) -> tuple[Commentary, ...]:
    """Read a document of commentary in YAML, JSON or TOML.

    Raises:
        DocumentError: With every problem, each at its path and line; nothing is loaded.

    Example:
        >>> from io import StringIO
        >>> document = '''
        ... format: outcome-bees/1
        ... commentary:
        ...   - {measure: m, area: E10000015, as_of: 2025-12-31, text: Two teams., written: 2026-01-12}
        ... '''
        >>> load_commentary(StringIO(document), format="yaml")[0].text
        'Two teams.'
    """
    return structure(read(source, format=format), _CommentaryDocument).commentary


def dump_commentary(commentary: Iterable[Commentary], target: Writable, *, format: str | None = None) -> None:
    """Write commentary as a document in YAML, JSON or TOML.

    Example:
        >>> from io import StringIO
        >>> file = StringIO()
        >>> dump_commentary([], file, format="yaml")
        >>> file.getvalue()
        'format: outcome-bees/1\\n'
    """
    write_tree(tree_of(_CommentaryDocument(commentary=tuple(commentary))), target, format=format)


def commentary_schema() -> dict[str, Any]:
    """Return the JSON Schema of a document of commentary, for editors.

    Example:
        >>> commentary_schema()["required"]
        ['format', 'commentary']
    """
    return list_schema("commentary", Commentary)


def comment_on(answer: Evaluation, commentary: Iterable[Commentary]) -> Commentary | None:
    """Find what was last written about an answer, up to its day; ``None`` where nothing was.

    A comment on the card of an earlier day does not answer for a later one.
    """
    about = [
        each
        for each in commentary
        if (each.measure, each.area, each.as_of) == (answer.measure, answer.area, answer.as_of)
    ]
    return max(about, key=lambda each: each.written, default=None)


def commentary_gaps(card: Scorecard, commentary: Iterable[Commentary]) -> tuple[CommentaryGap, ...]:
    """Find the red and amber answers without commentary, or with one that is older than the figure.

    Compound measures are left out: their parts are asked for.

    Example:
        >>> from outcome_bees import Measure, Observation, Plan, Reach, Target, evaluate_plan
        >>> plan = Plan(
        ...     id="p", title="P", measures=[Measure(id="m", title="M", unit="percent", direction="increase")],
        ...     targets=[Target(id="t", measure="m", aim=Reach(95), due="CY2024")],
        ... )
        >>> figures = [Observation(measure="m", period="CY2024", area="E10000015", value=80)]
        >>> [str(each) for each in commentary_gaps(evaluate_plan(plan, figures, as_of=date(2025, 6, 1)), [])]
        ['m: missed, and there is no commentary']
    """
    from outcome_bees.presentation.words import LABEL

    known = tuple(commentary)
    found = []
    for answer in card.evaluations:
        if answer.rag not in (Rag.RED, Rag.AMBER) or (
            card.plan.measure(answer.measure).components and not answer.target
        ):
            continue
        comment = comment_on(answer, known)
        figure = answer.observation
        if comment is None:
            found.append(
                CommentaryGap(answer.measure, answer.target, f"{LABEL[answer.status]}, and there is no commentary")
            )
        elif figure is not None and comment.written < figure.known_on:
            message = f"the commentary of {comment.written} is older than the figure, known on {figure.known_on}"
            found.append(CommentaryGap(answer.measure, answer.target, message))
    return tuple(found)
