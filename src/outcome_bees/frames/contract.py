"""The contract of frames: the columns that figures have, those that answers get, and what each may hold."""

from collections.abc import Iterable, Sequence

from attrs import frozen

from outcome_bees.errors import InvalidTypeError, InvalidValueError, nearest

__all__ = [
    "CERTAINTY",
    "FIGURES",
    "RESULTS",
    "REVISION",
    "FrameColumn",
    "as_given",
    "check_names",
    "column_names",
    "kinds_of",
    "within",
]

_THEIRS = "column: "


@frozen
class FrameColumn:
    """One column of a frame.

    Attributes:
        name: What it is called.
        type: ``text``, ``number`` (any float, integer or decimal type) or ``date``.
        says: What it says, its unit included.
        null: What null means there; ``None`` where null is refused.
        needed: Whether every frame of figures has it.
    """

    name: str
    type: str
    says: str
    null: str | None = None
    needed: bool = False


FIGURES = (
    FrameColumn(
        "measure",
        "text",
        "the id of the measure; those that the plan does not have are left aside",
        needed=True,
    ),
    FrameColumn("period", "text", "the code of the period, as Period.code has it", needed=True),
    FrameColumn("area", "text", "the code of the place", needed=True),
    FrameColumn(
        "value",
        "number",
        "the figure, in its unit",
        "absent: NaN is read as null, infinities are refused",
        True,
    ),
    FrameColumn(
        "absence",
        "text",
        "why there is no figure, a word of Absence",
        "no reason given: where there is no value, not_available",
    ),
    FrameColumn("unit", "text", "the unit of value, as Unit.code has it", "the measure's"),
    FrameColumn("recorded", "date", "the day on which the figure became known", "when its period ended"),
    FrameColumn("revision", "text", "how settled it is, a word of Revision", "not known"),
    FrameColumn("numerator", "number", "what the figure is made of, for pooled comparators", "not published"),
    FrameColumn("denominator", "number", "out of how many, above zero; likewise", "not published"),
    FrameColumn("lower", "number", "the low end of its published confidence interval", "not published"),
    FrameColumn("upper", "number", "the high end of it, not below lower", "not published"),
)
"""The columns of a frame of figures. A column named like a key of a target's breakdown has the part of the
population (null: all of it); every other column is left aside, unless ``by`` names it."""

RESULTS = (
    FrameColumn("target", "text", "the id of the target", "the measure has none there"),
    FrameColumn("measure", "text", "the id of the measure"),
    FrameColumn("area", "text", "the code of the place; beside it the other columns of by"),
    FrameColumn(
        "period",
        "text",
        "the code of the period whose figure was used",
        "no figure may say anything of the target",
    ),
    FrameColumn("value", "number", "the figure, in the measure's unit", "absent, or no figure"),
    FrameColumn(
        "required",
        "number",
        "what had to be met at that period, in the measure's unit (places, for a rank)",
        "not judged",
    ),
    FrameColumn("gap", "number", "how far ahead of that; negative is behind", "not judged"),
    FrameColumn("verdict", "text", "a word of Verdict", "not judged"),
    FrameColumn("status", "text", "a word of Status"),
    FrameColumn("reason", "text", "a word of Reason: why it was not assessed", "it was assessed"),
    FrameColumn("rag", "text", "a word of Rag: the traffic light of the status"),
    FrameColumn("travel", "text", "a word of Travel", "nothing to hold the figure against"),
)
"""The columns of a frame of evaluations."""

CERTAINTY = FrameColumn(
    "certainty",
    "text",
    "a word of Certainty: whether the verdict is the same at both ends of the figure's interval",
    "not judged, or the figure has no interval",
)
"""The further column of ``frames.evaluate(…, certainty=True)``."""

REVISION = FrameColumn(
    "revision",
    "text",
    "a word of Revision: how settled the figure is that was used",
    "not known, or no figure was used",
)
"""The further column of ``frames.evaluate(…, revision=True)``."""


def kinds_of(by: Iterable[str], parts: Iterable[str]) -> dict[str, str]:
    """Return the kind of each column that is read.

    The columns of the contract have their type; the others of ``by`` are labels, those of a breakdown parts.
    """
    own = {**dict.fromkeys(by, "label"), **dict.fromkeys(parts, "part")}
    return own | {each.name: each.type for each in FIGURES}


def column_names(given: object, what: str) -> tuple[str, ...]:
    """Return the names of columns that a caller gave; one text is none of several, though it could be gone through.

    Raises:
        InvalidTypeError: Text, or anything that is no iterable of texts.
    """
    allowed = "names of columns, such as a list of them"
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise InvalidTypeError(what, given, allowed)
    names: list[object] = list(given)
    for each in names:
        if not isinstance(each, str):
            raise InvalidTypeError(what, each, allowed)
    return tuple(map(str, names))


def within(name: str) -> str:
    """Return what a column of the caller's is called within an engine, where it is never taken for one of ours."""
    return name if name == "area" else f"{_THEIRS}{name}"


def as_given(name: str) -> str:
    """Return what the caller calls a column."""
    return name.removeprefix(_THEIRS)


def check_names(there: Sequence[str], by: Sequence[str]) -> None:
    """Refuse a frame that lacks a column, and a ``by`` that cannot divide it.

    Raises:
        InvalidValueError: A column is missing, or ``by`` is not the area and other columns there are.
    """
    reserved = {each.name for each in (*FIGURES, *RESULTS, CERTAINTY)} - {"area"}
    if isinstance(by, str) or "area" not in by or len(set(by)) < len(by) or reserved & set(by):
        allowed = "column names, each once: 'area' and any further ones that are not among the contract's own"
        raise InvalidValueError("by", by, allowed)
    for name in (*(each.name for each in FIGURES if each.needed), *by):
        if name not in there:
            meant = nearest(name, there)
            hint = f"is {meant!r} meant to be it? rename it" if meant else None
            raise InvalidValueError("frame", list(there), f"a frame with a column {name!r}", hint)
