"""Places whose code changed, and places that came in place of others: what bulk evaluation knows of them.

The register is asked once for the few places that a table has; the engine joins what it says.
"""

from collections.abc import Iterable, Sequence

import narwhals.stable.v2 as nw
from attrs import evolve

from outcome_bees.areas import lifetime
from outcome_bees.evaluation.changed_areas import baseline_end_for_places, codes_of
from outcome_bees.frames.backend import Backend, Lazy, LookupTable
from outcome_bees.frames.coding import PLACE_CODE, SERIES_CODE
from outcome_bees.frames.known import KnownObservations
from outcome_bees.frames.plan_tables import PlanTables

__all__ = ["figures_under_other_codes", "with_first_days", "with_other_codes"]

_PLACE = "place of the code"


def with_other_codes(backend: Backend, known: KnownObservations) -> KnownObservations:
    """Return the observations of every place, of periods for which it has none those of other codes of its ground."""
    keys = [SERIES_CODE] if known.coding is not None else ["measure", "period", *known.parts]
    lent = figures_under_other_codes(backend, known, keys, known.by)
    return known if lent is None else evolve(known, frame=nw.concat([known.frame, lent]))


def figures_under_other_codes(
    backend: Backend, known: KnownObservations, keys: Iterable[str], by: Sequence[str], named: Iterable[str] = ()
) -> Lazy | None:
    """Return the figures of other codes of the same ground, as those of each place that has none for a period itself.

    ``None`` where the table has no such codes. They are what figures are held against; none of them decides.

    Args:
        backend: The engine.
        known: The observations.
        keys: The columns that say of which measure, period and part a figure is.
        by: The columns that divide the figures, that of places among them.
        named: Further places that others are compared with.
    """
    pairs = codes_of([*known.areas, *named], known.areas)
    if not pairs:
        return None
    col = nw.col
    lent = known.frame.filter(col("area").is_in(list(dict.fromkeys(code for _, code in pairs))))
    lent = lent.join(
        backend.table(LookupTable.of({"area": str, _PLACE: str}, [(code, place) for place, code in pairs])),
        on="area",
        how="inner",
    )
    lent = lent.with_columns(col(_PLACE).alias("area")).drop(_PLACE)
    if known.places is not None:
        lent = backend.with_code(lent.drop(PLACE_CODE), PLACE_CODE, known.places)
    series = [*keys, *by]
    own = known.frame.filter(col("area").is_in(list(dict.fromkeys(place for place, _ in pairs)))).select(*series)
    return lent.select(*known.frame.collect_schema()).join(own, on=series, how="anti")


def with_first_days(backend: Backend, tables: PlanTables, areas: Iterable[str], frame: Lazy) -> Lazy:
    """Return the rows with ``began``, the number of the first day of a place that came after a baseline; else 0."""
    ends = [end for each in tables.tasks if each.target and (end := baseline_end_for_places(each.target)) is not None]
    if not ends:
        return frame
    began = [(area, day.toordinal()) for area in areas if (day := lifetime(area)[0]) is not None and day > min(ends)]
    if not began:
        return frame
    found = frame.join(backend.table(LookupTable.of({"area": str, "began": int}, began)), on="area", how="left")
    return found.with_columns(nw.col("began").fill_null(0).cast(nw.Int64))
