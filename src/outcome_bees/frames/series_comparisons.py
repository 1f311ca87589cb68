"""Every figure of a table against that of one place, chance allowed for, as ``methods.compare`` gives it for one."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from outcome_bees.chance.intervals import PUBLISHED_LEVEL
from outcome_bees.errors import InvalidValueError
from outcome_bees.frames._certainty import EVIDENCE, limits_table, reason_without_ends, sort_of, with_ends
from outcome_bees.frames._outcome_codes import REASONS
from outcome_bees.frames.backend import Backend, Lazy, LookupTable
from outcome_bees.frames.coding import SERIES_CODE
from outcome_bees.frames.contract import as_given, column_names
from outcome_bees.frames.known import KnownObservations, known_observations
from outcome_bees.frames.series_trends import measures_in, question_about
from outcome_bees.identifiers import area_code
from outcome_bees.methods.significance import ascending_levels, word_for_side
from outcome_bees.model.measure import Measure
from outcome_bees.model.plan import Plan
from outcome_bees.vocabulary import NoAnswer

if TYPE_CHECKING:
    from narwhals.stable.v2.typing import IntoFrameT

__all__ = ["compare"]

_REASONS = {reason: place for place, reason in enumerate(NoAnswer)}
_NONE = len(_REASONS)


def compare(
    plan: Plan | Iterable[Measure],
    frame: "IntoFrameT",
    *,
    against: str,
    as_of: date | str,
    by: Sequence[str] = ("area",),
    breakdown: Sequence[str] = (),
    levels: Sequence[Decimal | int | float | str] = (PUBLISHED_LEVEL,),
    distinct_ok: bool = False,
) -> "IntoFrameT":
    """Compare every figure of a table with that of one place for the same period, chance allowed for.

    Args:
        plan: The plan, or the measures, that the figures are of.
        frame: The figures, as ``frames.evaluate`` takes them.
        against: The code of the place to compare with, such as ``E92000001``; it is not compared with itself.
        as_of: The day whose knowledge counts, as a date or its text.
        by: The column of places, and any further ones that divide the figures: all but the place are to be alike.
        breakdown: The columns of the part of the population that a figure is of; null there is all of it.
        levels: One level of confidence in per cent, or two, the higher last: beyond the second it is *much* better.
        distinct_ok: Whether the caller vouches that no two rows are of one series, period and vintage.

    Returns:
        A frame of the sort given, with a row for every figure: ``measure``, ``period``, the columns of the part and of
        ``by``, ``value``, ``reference``, ``lower``, ``upper``, ``outcome``, ``direction`` (1, 0 or -1) and ``reason``,
        as ``methods.Comparison`` has them.

    Raises:
        InvalidValueError: A column is missing, or holds what is not allowed there; levels out of bounds.
        AmbiguousObservationError: Two figures with nothing to tell which holds.
    """
    measures = {each.id: each for each in measures_in(plan)}
    known_levels, place = ascending_levels(levels), area_code(against)
    if "area" in column_names(breakdown, "breakdown"):
        raise InvalidValueError("breakdown", breakdown, "columns of the part of the population; the place is in by")
    made = ("reference", "lower", "upper", "outcome", "direction", "reason")
    question = question_about(tuple(measures.values()), breakdown, by, as_of, made, distinct_ok=distinct_ok)
    backend = Backend(frame, question.kinds)
    known = known_observations(backend, question)
    rows = _with_names(backend, known)
    for name in EVIDENCE:
        if name not in rows.collect_schema():
            rows = rows.with_columns(nw.lit(None, nw.Float64()).alias(name))
    keys = ["measure", "period", *known.parts, *(name for name in known.by if name != "area")]
    theirs = rows.filter(nw.col("area") == place).select(*keys, nw.col("value").alias("reference"))
    rows = rows.filter(nw.col("area") != place).join(theirs, on=keys, how="left")
    named = [(id, each, True) for id, each in measures.items()]
    for level, ends in zip(known_levels, (("lower", "upper"), ("wider_low", "wider_high")), strict=False):
        exact = limits_table(backend, known.frame, measures.values(), level)
        rows = with_ends(backend, rows, named, "measure", exact, level=level, names=ends)
    answers = _compared(backend, rows, measures, two=len(known_levels) > 1)
    theirs_by_name = (nw.col(name).alias(as_given(name)) for name in (*known.parts, *known.by))
    compared: IntoFrameT = backend.back(answers.select("measure", "period", *theirs_by_name, "value", *made))
    return compared


def _with_names(backend: Backend, known: KnownObservations) -> Lazy:
    """Return the figures with the texts of their period and part, where they have numbers for those."""
    if known.coding is None:
        return known.frame
    rows: list[tuple[str | int, ...]] = [
        (known.coding.number(id, period.code, *part), period.code, *part)
        for (id, part), seen in known.seen.items()
        for period in seen
    ]
    types = {SERIES_CODE: int, "period": str, **dict.fromkeys(known.parts, str)}
    return known.frame.join(backend.table(LookupTable.of(types, rows)), on=SERIES_CODE, how="inner")


def _compared(backend: Backend, rows: Lazy, measures: dict[str, Measure], *, two: bool) -> Lazy:
    """Return the rows with the word for each, on which side of the reference it lies, and why where it is neither."""
    col = nw.col
    sorts = LookupTable.of({"measure": str, "sort": int}, [(id, sort_of(each)) for id, each in measures.items()])
    rows = rows.join(backend.table(sorts), on="measure", how="inner")
    absent: Any = _REASONS[NoAnswer.NOT_AVAILABLE]
    if "absent" in rows.collect_schema():
        chain: Any = nw
        for reason, code in REASONS.items():
            if reason.value in set(NoAnswer):
                chain = chain.when(col("absent") == code).then(_REASONS[NoAnswer(reason.value)])
        absent = chain.otherwise(absent)
    published = ~col("published_low").is_null() & ~col("published_high").is_null()
    why: Any = (
        nw.when(col("value").is_null())
        .then(absent)
        .when(col("reference").is_null())
        .then(_REASONS[NoAnswer.NO_REFERENCE])
        .when(col("lower").is_null() & published)
        .then(_REASONS[NoAnswer.OTHER_LEVEL_PUBLISHED])
        .when(col("lower").is_null())
        .then(reason_without_ends())
        .otherwise(_NONE)
    )
    above, below = col("lower") > col("reference"), col("upper") < col("reference")
    side: Any = nw.when(above).then(1).when(below).then(-1).otherwise(0)
    strength = side
    late_reason: Any = col("why")
    if two:
        far = nw.when(col("wider_low") > col("reference")).then(2).when(col("wider_high") < col("reference")).then(-2)
        strength = nw.when(above | below).then(far.otherwise(side)).otherwise(0)
        lacking = (col("why") == _NONE) & col("wider_low").is_null()
        late_reason = nw.when(lacking).then(_REASONS[NoAnswer.OTHER_LEVEL_PUBLISHED]).otherwise(col("why"))
    rows = rows.with_columns(why.cast(nw.Int64).alias("why"))
    compared = col("why") == _NONE
    rows = rows.with_columns(
        nw.when(compared).then(strength).otherwise(_NONE).cast(nw.Int64).alias("strength"),
        nw.when(compared).then(side).otherwise(None).alias("direction"),
        late_reason.cast(nw.Int64).alias("place_of_reason"),
    )
    words = [
        (id, side, str(word_for_side(each.direction, None if side == _NONE else side)))
        for id, each in measures.items()
        for side in (-2, -1, 0, 1, 2, _NONE)
    ]
    types = {"measure": str, "strength": int, "outcome": str}
    rows = rows.join(backend.table(LookupTable.of(types, words)), on=["measure", "strength"], how="inner")
    named = [(place, str(each)) for each, place in _REASONS.items()]
    reasons = LookupTable.of({"place_of_reason": int, "reason": str}, named)
    return rows.join(backend.table(reasons), on="place_of_reason", how="left")
