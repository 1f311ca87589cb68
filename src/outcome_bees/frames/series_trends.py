"""The recent trend of every series of a table, as ``methods.recent_trend`` gives it for one.

Which five periods may be compared is asked of that module, once for each distinct run of periods that a series ends
with; the sums are the engine's.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from outcome_bees.chance.distributions import confidence
from outcome_bees.chance.intervals import PUBLISHED_LEVEL
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.evaluation.rules import travel_scale
from outcome_bees.frames._certainty import (
    EVIDENCE,
    PROPORTION,
    limits_table,
    reason_without_ends,
    sort_of,
    with_ends,
)
from outcome_bees.frames._other_codes import with_other_codes
from outcome_bees.frames.backend import Backend, Lazy, LookupTable
from outcome_bees.frames.coding import SERIES_CODE
from outcome_bees.frames.contract import as_given, column_names
from outcome_bees.frames.known import KnownObservations, Question, known_observations
from outcome_bees.methods.trend import TREND_LEVEL, TREND_POINTS, TrendTest, comparable_reason
from outcome_bees.model.fields import as_of_day
from outcome_bees.model.measure import Measure
from outcome_bees.model.plan import Plan
from outcome_bees.periods import Period
from outcome_bees.vocabulary import MeasureKind, NoAnswer

if TYPE_CHECKING:
    from narwhals.stable.v2.typing import IntoFrameT

__all__ = ["measures_in", "question_about", "trend"]

TIMES = range(1, TREND_POINTS + 1)
_NOTHING = 1e-12  # a slope, by the size of what it is of, that rounding alone has made
_REASONS = list(NoAnswer)  # a reason is its place in the list
_NONE = len(_REASONS)
_MADE = ("direction", "judged", "chi_square", "slope", "significant", "stable", "test", "reason")


def trend(
    plan: Plan | Iterable[Measure],
    frame: "IntoFrameT",
    *,
    as_of: date | str,
    by: Sequence[str] = ("area",),
    breakdown: Sequence[str] = (),
    distinct_ok: bool = False,
) -> "IntoFrameT":
    """Tell of every series of a table whether its last five years went up or down by more than chance.

    A place is its ground: of periods for which a code has no figure, those under another code of the same ground are
    taken, as ``Observations.series`` does.

    Args:
        plan: The plan, or the measures, that the figures are of.
        frame: The figures, as ``frames.evaluate`` takes them.
        as_of: The day whose knowledge counts, as a date or its text.
        by: The column of places, and any further ones that divide the figures.
        breakdown: The columns of the part of the population that a figure is of; null there is all of it.
        distinct_ok: Whether the caller vouches that no two rows are of one series, period and vintage.

    Returns:
        A frame of the sort given, with a row for every series: ``measure``, the columns of the part and of ``by``,
        ``direction``, ``judged``, ``chi_square``, ``slope``, ``significant``, ``stable`` (1 or 0), ``test`` and
        ``reason``, as ``methods.Trend`` has them.

    Raises:
        InvalidValueError: A column is missing, or holds what is not allowed there.
        AmbiguousObservationError: Two figures with nothing to tell which holds.
    """
    measures = measures_in(plan)
    question = question_about(measures, breakdown, by, as_of, _MADE, distinct_ok=distinct_ok)
    backend = Backend(frame, question.kinds)
    known = with_other_codes(backend, known_observations(backend, question))
    trends: IntoFrameT = backend.back(_trends(backend, known, {each.id: each for each in measures}))
    return trends


def measures_in(given: Any) -> tuple[Measure, ...]:
    """Return the measures of a plan, or those that are given themselves.

    Raises:
        InvalidTypeError: Neither a plan nor measures.
    """
    if isinstance(given, Plan):
        return given.measures
    found = tuple(given) if isinstance(given, Iterable) else (given,)
    for each in found:
        if not isinstance(each, Measure):
            raise InvalidTypeError("plan", each, "a Plan, or several Measures")
    return found


def question_about(
    measures: tuple[Measure, ...],
    breakdown: Sequence[str],
    by: Sequence[str],
    as_of: date | str,
    made: Sequence[str],
    *,
    distinct_ok: bool,
) -> Question:
    """Return what is asked of a frame about the series of some measures, with what intervals are made of.

    Args:
        made: The columns that the answer has of its own.

    Raises:
        InvalidValueError: A column of ``breakdown`` or ``by`` is called as one of those is.
    """
    parts, places = frozenset(column_names(breakdown, "breakdown")), column_names(by, "by")
    for what, names in (("breakdown", parts), ("by", places)):
        taken = [name for name in made if name in names]
        if taken:
            raise InvalidValueError(
                what, taken[0], f"columns called otherwise than those of the answer: {', '.join(made)}"
            )
    return Question(measures, parts, places, as_of_day(as_of), distinct_ok, evidence=True)


def _trends(backend: Backend, known: KnownObservations, measures: Mapping[str, Measure]) -> Lazy:
    col, keys = nw.col, ["measure", *known.parts, *known.by]
    table, periods = _period_table(known, measures)
    found_by = ["measure", *known.parts, "period"] if known.coding is None else [SERIES_CODE]
    rows = known.frame.join(backend.table(table), on=found_by, how="inner")
    rows = backend.with_highest(rows, "stretch", keys, "last_stretch")
    counted = rows.with_columns(nw.lit(1).alias("one")).group_by(*keys).agg(col("one").sum().alias("figures"))
    latest = rows.filter(col("stretch") == col("last_stretch"))
    latest = backend.with_ranks(latest, "back", keys, place=False)
    five = latest.filter(col("place") <= TREND_POINTS).with_columns((TREND_POINTS + 1 - col("place")).alias("time"))
    five = _with_facts(backend, known, five, measures)
    base = len(periods)
    # The reason of the earliest of the five, where any has one; each is known by its place, and its time before that.
    lacks = nw.when(col("width_reason") == _NONE).then(TREND_POINTS).otherwise(col("time"))
    powers = {time: base**at for at, time in enumerate(TIMES)}
    five = five.with_columns(
        nw.lit(1).alias("one"),
        (col("back") * _chosen(col("time"), powers)).alias("run"),  # which five periods they are, in one number
        (lacks * (_NONE + 1) + col("width_reason")).cast(nw.Int64).alias("width_reason"),
    )
    pivoted = {f"{name}{time}": (name, time) for time in TIMES for name in ("v", "w", "x", "n")}
    five = five.with_columns(
        **{made: nw.when(col("time") == time).then(col(name)).otherwise(None) for made, (name, time) in pivoted.items()}
    )
    series = five.group_by(*keys).agg(
        col("one").sum().alias("of"),
        col("value").count().alias("values"),
        col("x").count().alias("counted"),
        col("run").sum(),
        *(col(name).min() for name in ("count_reason", "width_reason")),
        *(col(name).max() for name in pivoted),
    )
    series = series.join(counted, on=keys, how="inner")
    return _answered(backend, series, keys, measures, periods, base)


def _chosen(column: Any, values: Mapping[int, int]) -> Any:
    chain: Any = nw
    for key, value in values.items():
        chain = chain.when(column == key).then(nw.lit(value))
    return chain.otherwise(nw.lit(0)).cast(nw.Int64)


def _period_table(known: KnownObservations, measures: Mapping[str, Measure]) -> tuple[LookupTable, list[Period]]:
    """Return of every period its place in time from the latest, and how many breaks of its measure its end is after."""
    every = {each for seen in known.seen.values() for each in seen}
    periods = sorted(every, key=lambda each: (each.end, each.code), reverse=True)
    place = {period: at for at, period in enumerate(periods)}
    rows: list[tuple[str | int, ...]] = []
    for (id, part), seen in known.seen.items():
        for period in seen:
            facts = (place[period], sum(each <= period.end for each in measures[id].breaks))
            if known.coding is None:
                rows.append((id, *part, period.code, *facts))
            else:
                rows.append((known.coding.number(id, period.code, *part), *part, *facts))
    first = {"measure": str} if known.coding is None else {SERIES_CODE: int}
    last = {"period": str} if known.coding is None else {}
    types = {**first, **dict.fromkeys(known.parts, str), **last, "back": int, "stretch": int}
    return LookupTable.of(types, rows), periods


def _with_facts(backend: Backend, known: KnownObservations, five: Lazy, measures: Mapping[str, Measure]) -> Lazy:
    """Return the figures with their weight, their counts where they are of a proportion, and why either is missing."""
    col = nw.col
    there = five.collect_schema()
    for name in EVIDENCE:
        if name not in there:
            five = five.with_columns(nw.lit(None, nw.Float64()).alias(name))
    exact = limits_table(backend, known.frame, measures.values(), PUBLISHED_LEVEL)
    five = with_ends(backend, five, [(id, each, True) for id, each in measures.items()], "measure", exact)
    facts = []
    for id, each in measures.items():
        share = each.kind is MeasureKind.PERCENTAGE and (each.unit is None or sort_of(each) == PROPORTION)
        facts.append((id, sort_of(each), int(share)))
    five = five.join(
        backend.table(LookupTable.of({"measure": str, "sort": int, "share": int}, facts)), on="measure", how="inner"
    )
    x, n = col("numerator"), col("denominator")
    both = ~x.is_null() & ~n.is_null() & (col("share") == 1)
    count_reason = (
        nw.when(x < 0)
        .then(_REASONS.index(NoAnswer.NEGATIVE_COUNT))
        .when(x > n)
        .then(_REASONS.index(NoAnswer.NUMERATOR_ABOVE_DENOMINATOR))
        .when((x == 0) | (x == n))
        .then(_REASONS.index(NoAnswer.ALL_OR_NONE))
        .otherwise(_NONE)
    )
    width = col("high_end") - col("low_end")
    found = nw.when(width > 0).then(_NONE).otherwise(_REASONS.index(NoAnswer.ZERO_WIDTH))
    width_reason = nw.when(~width.is_null()).then(found).otherwise(reason_without_ends())
    z = float(confidence(PUBLISHED_LEVEL).z)
    error = width / (2 * z)  # of no width there is no weight, and a reason in its place
    return five.with_columns(
        col("value").alias("v"),
        (1 / (error * error)).alias("w"),
        nw.when(both).then(x).otherwise(None).alias("x"),
        nw.when(both).then(n).otherwise(None).alias("n"),
        nw.when(both).then(count_reason).otherwise(_NONE).cast(nw.Int64).alias("count_reason"),
        width_reason.cast(nw.Int64).alias("width_reason"),
    )


def _answered(
    backend: Backend,
    series: Lazy,
    keys: Sequence[str],
    measures: Mapping[str, Measure],
    periods: Sequence[Period],
    base: int,
) -> Lazy:
    """Return the answer of every series from its pivoted five figures."""
    col = nw.col
    reasons = _run_reasons(backend, series, periods, base)
    series = series.join(backend.table(reasons), on=["run", "of"], how="left")
    counts = col("counted") == TREND_POINTS
    few: Any = nw.when(col("figures") >= TREND_POINTS).then(_REASONS.index(NoAnswer.SERIES_BREAK))
    few = few.otherwise(_REASONS.index(NoAnswer.TOO_FEW_POINTS))
    width = col("width_reason") - col("width_reason") // (_NONE + 1) * (_NONE + 1)
    reason = (
        nw.when(col("of") < TREND_POINTS)
        .then(few)
        .when(col("values") < TREND_POINTS)
        .then(_REASONS.index(NoAnswer.MISSING_PERIOD))
        .when(col("run_reason") != _NONE)
        .then(col("run_reason"))
        .when(counts)
        .then(col("count_reason"))
        .otherwise(width)
    )
    series = series.with_columns(reason.cast(nw.Int64).alias("place_of_reason"))
    good = col("place_of_reason") == _NONE
    series = series.with_columns(
        *(_log_odds(col(f"x{time}"), col(f"n{time}"), good & counts).alias(f"y{time}") for time in TIMES)
    )
    series = series.with_columns(
        *(nw.when(counts).then(col(f"y{time}")).otherwise(col(f"v{time}")).alias(f"v{time}") for time in TIMES),
        *(nw.when(counts).then(nw.lit(1.0)).otherwise(col(f"w{time}")).alias(f"w{time}") for time in TIMES),
    )
    series = series.with_columns(**_sums())
    slope, variance = _slope(_SUMS)
    series = series.with_columns(slope.alias("slope"), variance.alias("variance"), _cochran().alias("by_counts"))
    slope, nothing = col("slope"), col("size") * _NOTHING
    series = series.with_columns(_sign(slope, nothing).alias("way"))
    same = [_sign(_slope(_without(time))[0], nothing) == col("way") for time in TIMES]
    series = series.with_columns(
        *(nw.when(each).then(1).otherwise(0).alias(f"same{time}") for each, time in zip(same, TIMES, strict=True)),
        nw.when(counts).then(col("by_counts")).otherwise(slope * slope / col("variance")).alias("statistic"),
    )
    way, chi_square = col("way"), col("statistic")
    stable: Any = sum(col(f"same{time}") for time in TIMES) == TREND_POINTS
    significant = chi_square > float(confidence(TREND_LEVEL).square)
    step = nw.when(significant & stable).then(way).otherwise(0)
    series = series.with_columns(
        nw.when(good).then(chi_square).otherwise(None).alias("chi_square"),
        nw.when(good).then(nw.when(way == 0).then(0.0).otherwise(slope)).otherwise(None).alias("slope"),
        nw.when(good).then(nw.when(significant).then(1).otherwise(0)).otherwise(None).alias("significant"),
        nw.when(good).then(nw.when(stable).then(1).otherwise(0)).otherwise(None).alias("stable"),
        nw.when(good & counts)
        .then(nw.lit(str(TrendTest.COUNTS)))
        .when(good)
        .then(nw.lit(str(TrendTest.WEIGHTS)))
        .otherwise(None)
        .alias("test"),
        nw.when(good).then(step).otherwise(_NONE).cast(nw.Int64).alias("step"),
    )
    words: list[tuple[str | int, ...]] = []
    for id, each in measures.items():
        for at in (-1, 0, 1):
            labels = (travel_scale(direction, None).labels[at + 1] for direction in (None, each.direction))
            words.append((id, at, *map(str, labels)))
    types = {"measure": str, "step": int, "direction": str, "judged": str}
    series = series.join(backend.table(LookupTable.of(types, words)), on=["measure", "step"], how="left")
    named = LookupTable.of(
        {"place_of_reason": int, "reason": str}, [(at, str(each)) for at, each in enumerate(_REASONS)]
    )
    series = series.join(backend.table(named), on="place_of_reason", how="left")
    return series.select(*(nw.col(name).alias(as_given(name)) for name in keys), *_MADE)


def _run_reasons(backend: Backend, series: Lazy, periods: Sequence[Period], base: int) -> LookupTable:
    """Return of each distinct run of five periods why they cannot be compared, as the scalar method says it."""
    runs = series.filter(nw.col("of") == TREND_POINTS).select("run", "of").group_by("run").agg(nw.col("of").max())
    rows = []
    for row in backend.rows(runs):
        number, found = int(row["run"]), []
        for _ in TIMES:
            number, back = divmod(number, base)
            found.append(periods[back])
        reason = comparable_reason(found)
        rows.append((row["run"], TREND_POINTS, _NONE if reason is None else _REASONS.index(reason)))
    return LookupTable.of({"run": int, "of": int, "run_reason": int}, rows)


def _log_odds(x: Any, n: Any, good: Any) -> Any:
    return (nw.when(good).then(x / (n - x)).otherwise(None)).log()


_SUMS = {name: nw.col(name) for name in ("sw", "st", "sv", "stt", "stv")}


def _sums() -> dict[str, Any]:
    """Return the sums that a weighted line is made of, and the size of what it is of."""
    v, w = ({time: nw.col(f"{name}{time}") for time in TIMES} for name in ("v", "w"))
    return {
        "sw": sum(w.values()),
        "st": sum(w[time] * time for time in TIMES),
        "sv": sum(w[time] * v[time] for time in TIMES),
        "stt": sum(w[time] * (time * time) for time in TIMES),
        "stv": sum(w[time] * v[time] * time for time in TIMES),
        "size": sum(v[time].abs() for time in TIMES),
    }


def _without(time: int) -> dict[str, Any]:
    """Return the sums without one of the five."""
    v, w = nw.col(f"v{time}"), nw.col(f"w{time}")
    left = {"sw": w, "st": w * time, "sv": w * v, "stt": w * (time * time), "stv": w * v * time}
    return {name: _SUMS[name] - left[name] for name in _SUMS}


def _slope(sums: Mapping[str, Any]) -> tuple[Any, Any]:
    """Return the slope of a weighted line, and its variance."""
    spread = sums["sw"] * sums["stt"] - sums["st"] * sums["st"]
    return (sums["sw"] * sums["stv"] - sums["st"] * sums["sv"]) / spread, sums["sw"] / spread


def _cochran() -> Any:
    """Return the Cochran-Armitage statistic of the pivoted counts."""
    x, n = ({time: nw.col(f"{name}{time}") for time in TIMES} for name in ("x", "n"))
    total, cases = sum(n.values()), sum(x.values())
    nt, ct = sum(n[time] * time for time in TIMES), sum(x[time] * time for time in TIMES)
    ntt = sum(n[time] * (time * time) for time in TIMES)
    difference = total * ct - cases * nt
    return total * difference * difference / (cases * (total - cases) * (total * ntt - nt * nt))


def _sign(slope: Any, nothing: Any) -> Any:
    return nw.when(slope > nothing).then(1).when(slope < nothing * -1).then(-1).otherwise(0)
