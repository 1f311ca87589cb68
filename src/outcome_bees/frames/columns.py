"""The columns that frames have and get: the contract, and the check that it is kept."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from outcome_bees.errors import InvalidTypeError, InvalidValueError, nearest

__all__ = ["FIGURES", "RESULTS", "Column", "check"]


@frozen
class Column:
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
    Column(
        "measure",
        "text",
        "the id of the measure; those that the plan does not have are left aside",
        needed=True,
    ),
    Column("period", "text", "the code of the period, as Period.code has it", needed=True),
    Column("area", "text", "the code of the place", needed=True),
    Column(
        "value",
        "number",
        "the figure, in its unit",
        "absent: NaN is read as null, infinities are refused",
        True,
    ),
    Column(
        "absence",
        "text",
        "why there is no figure, a word of Absence",
        "not said: where there is no value, not_available",
    ),
    Column("unit", "text", "the unit of value, as Unit.code has it", "the measure's"),
    Column("recorded", "date", "the day on which the figure became known", "when its period ended"),
    Column("revision", "text", "how settled it is, a word of Revision", "not said"),
    Column("numerator", "number", "what the figure is made of, for pooled comparators", "not published"),
    Column("denominator", "number", "out of how many, above zero; likewise", "not published"),
)
"""The columns of a frame of figures. A column named like a key of a target's breakdown says the part of the
population (null: all of it); every other column is left aside, unless ``by`` names it."""

RESULTS = (
    Column("target", "text", "the id of the target", "the measure has none there"),
    Column("measure", "text", "the id of the measure"),
    Column("area", "text", "the code of the place; beside it the other columns of by"),
    Column(
        "period",
        "text",
        "the code of the period whose figure was used",
        "no figure may say anything of the target",
    ),
    Column("value", "number", "the figure, in the measure's unit", "absent, or no figure"),
    Column(
        "required",
        "number",
        "what had to be met at that period, in the measure's unit (places, for a rank)",
        "not judged",
    ),
    Column("gap", "number", "how far ahead of that; negative is behind", "not judged"),
    Column("verdict", "text", "a word of Verdict", "not judged"),
    Column("status", "text", "a word of Status"),
    Column("reason", "text", "a word of Reason: why it was not assessed", "it was assessed"),
    Column("rag", "text", "a word of Rag: the traffic light of the status"),
    Column("travel", "text", "a word of Travel", "nothing to hold the figure against"),
)
"""The columns of a frame of evaluations."""

_TYPES = {
    "text": (nw.String, nw.Categorical, nw.Enum),
    "number": (
        *(nw.Float64, nw.Float32, nw.Decimal, nw.Int64, nw.Int32, nw.Int16, nw.Int8, nw.Int128),
        *(nw.UInt64, nw.UInt32, nw.UInt16, nw.UInt8, nw.UInt128),
    ),
    "date": (nw.Date, nw.Datetime),
}


def check(schema: Mapping[str, Any], by: Sequence[str], columns: Iterable[Column] = FIGURES) -> None:
    """That a frame has the columns it needs, each of a type that can be read.

    Raises:
        InvalidValueError: A column is missing, or ``by`` is not the area and other columns there are.
        InvalidTypeError: A column is of another type.
    """
    there = list(schema)
    reserved = {each.name for each in (*FIGURES, *RESULTS)} - {"area"}
    if isinstance(by, str) or "area" not in by or len(set(by)) < len(by) or reserved & set(by):
        allowed = "column names, each once: 'area' and any further ones that are not among the contract's own"
        raise InvalidValueError("by", by, allowed)
    columns = list(columns)
    for name in (*(each.name for each in columns if each.needed), *by):
        if name not in there:
            meant = nearest(name, there)
            hint = f"is {meant!r} meant to be it? rename it" if meant else None
            raise InvalidValueError("frame", there, f"a frame with a column {name!r}", hint)
    for each in columns:
        given = schema.get(each.name)
        # A column that is null throughout has no type to be wrong.
        if given is not None and given not in _TYPES[each.type] and str(given) not in ("Unknown", "Null", "Object"):
            raise InvalidTypeError(f"column {each.name!r}", str(given), f"a {each.type} type", each.says)
