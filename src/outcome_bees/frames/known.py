"""The observations of a frame that were known on a day: checked, in the measure's unit, one a series and period."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from outcome_bees.areas import mistyped
from outcome_bees.errors import AmbiguousObservationError, InvalidValueError
from outcome_bees.evaluation.rules import guard_of
from outcome_bees.frames._outcome_codes import NO_REASON, REASONS
from outcome_bees.frames._types import as_float
from outcome_bees.frames.backend import Backend, Lazy, LookupTable
from outcome_bees.frames.coding import PLACE_CODE, SERIES_CODE, Coding
from outcome_bees.frames.contract import as_given, check_names, kinds_of, within
from outcome_bees.identifiers import ALLOWED_AREA
from outcome_bees.model.constraints import CONSTRAINTS, NUMBERS, Constraint, unknown_words, violations
from outcome_bees.model.index import SETTLED
from outcome_bees.model.measure import Measure
from outcome_bees.periods import Period
from outcome_bees.units import Unit
from outcome_bees.vocabulary import Reason, Revision

__all__ = ["KnownObservations", "Question", "known_observations"]

_WORDS = ("unit", "absence", "revision")
_MOST_CODES = 2**31  # two such numbers in one have room in 64 bits
_INFINITE = 1.7e308
_APART = 2.0**51
"""How many guards a float may be large: there, the floats beside it are half a guard away."""


@frozen
class Question:
    """Which observations of a frame are asked for.

    Attributes:
        measures: The measures that they are of.
        parts: The columns that may name the part of the population.
        by: The columns that divide them: of places, and any further ones.
        as_of: The day whose knowledge counts.
        distinct_ok: Whether the caller vouches that no two are of one series, period and vintage.
        carried: Further columns, to be kept beside each.
        evidence: Whether what intervals are made of is kept too.
    """

    measures: Sequence[Measure]
    parts: frozenset[str]
    by: Sequence[str]
    as_of: date
    distinct_ok: bool = False
    carried: tuple[str, ...] = ()
    evidence: bool = False

    @property
    def kinds(self) -> dict[str, str]:
        """The kind of each column that is read."""
        return kinds_of(self.by, self.parts)


@frozen
class KnownObservations:
    """The observations of a frame, as far as they were known on a day.

    Attributes:
        frame: Columns measure, period, those of ``parts`` and of ``by``, value, those carried, where there is any cause
            ``absent`` (the place of the reason), numerator and denominator, and where evidence is asked for
            ``published_low`` and ``published_high``.
        seen: By measure and part, the periods that there are observations for.
        parts: The columns that name the part of the population, as they are called within the engine.
        by: Those that divide the observations, likewise.
        coding: What the numbers in the column ``series code`` mean, measure, period and part in one; ``None`` where an
            engine is as quick with the texts themselves.
        places: Likewise of ``place code``, the columns of ``by`` in one; ``None`` also where they are not all texts.
        areas: The places that there are rows of, whatever their measure.
        later: By measure and part, the texts of periods that end after the day, where nothing else dates a row.
        look: What refuses two rows of one series and period, where that was put off; ``None`` where it was done.
    """

    frame: Lazy
    seen: Mapping[tuple[str, tuple[str, ...]], Sequence[Period]]
    parts: tuple[str, ...]
    by: tuple[str, ...]
    coding: Coding | None
    places: Coding | None
    areas: Sequence[str] = ()
    later: Mapping[tuple[str, tuple[str, ...]], Sequence[str]] = {}
    look: Callable[[], None] | None = None


def known_observations(backend: Backend, question: Question, *, looked_later: bool = False) -> KnownObservations:
    """Return the observations that were known on a day.

    The frame is gone through once, to learn which periods, words and units there are and that nothing is wrong.

    Args:
        backend: The engine, with the frame.
        question: Which of them are asked for.
        looked_later: Whether the look for two rows of one series and period may be put off: the caller, who goes
            through the rows by series anyway, sees to it.

    Raises:
        InvalidValueError: A column is missing or of a wrong type, or a value is not allowed where it is.
        AmbiguousObservationError: Two observations of one series and period with nothing to tell which holds.
        UnitMismatchError: An observation's unit cannot be compared with its measure's.
        PeriodError: A text that is no period's code.
    """
    as_of, there = question.as_of, list(backend.figures.collect_schema())
    check_names(there, question.by)
    read = backend.checked({name: kind for name, kind in question.kinds.items() if name in there})
    of_id = {each.id: each for each in question.measures}
    by = tuple(map(within, question.by))
    part = tuple(within(name) for name in sorted(question.parts) if name in there and name not in question.by)
    frame = _normal(backend, read, part, by, question)
    ours = nw.col("measure").is_in(list(of_id))  # looked for here; later on the joins leave other measures aside
    keys = ["measure", "period", *part]
    words = [name for name in _WORDS if name in frame.collect_schema()]
    rows = _profiled(backend, frame.filter(ours), keys, words, by)
    _refuse(rows, of_id)
    vintages = "recorded" in there or ("revision" in words and _revised(rows, keys))
    periods = {text: Period.from_code(text) for text in dict.fromkeys(row["period"] for row in rows)}
    areas = [row["area"] for row in backend.distinct(frame, "area")]
    _refuse_mistyped(areas)
    if "unit" in words:
        frame = _converted(backend, frame, rows, of_id)
    if vintages:
        frame = _dated(backend, frame, periods)
    coding, places = _codings(backend, frame, rows, keys, by, areas)
    of_series, of_place = [*keys], [*by]
    if coding is not None:
        frame = backend.with_code(frame, SERIES_CODE, coding).filter(~nw.col(SERIES_CODE).is_null())
        of_series = [SERIES_CODE]
    if places is not None:
        frame = backend.with_code(frame, PLACE_CODE, places)
        of_place = [PLACE_CODE]
    if coding is not None:
        frame = backend.held(frame)
    among = [*of_series, *of_place]
    looked = frame if coding else frame.filter(ours)
    look = _look_of(backend, looked, keys, by, coding, places, vintages=vintages, distinct_ok=question.distinct_ok)
    forecasts = "revision" in words and any(row["revision"] == Revision.FORECAST for row in rows)
    if vintages or forecasts or not looked_later:
        look()
        looked_later = False
    frame = _with_reasons(frame, rows, words)
    if forecasts:
        frame = frame.filter(nw.col("revision") != Revision.FORECAST.value)
        rows = [row for row in rows if row["revision"] != Revision.FORECAST]
    later: dict[tuple[str, tuple[str, ...]], dict[str, None]] = {}
    if vintages:
        frame = frame.filter(nw.col("stamp") < _stamp(as_of) + 10)
        frame = backend.with_highest(frame, "stamp", among, "latest").filter(nw.col("stamp") == nw.col("latest"))
    else:
        over = {text: period.end <= as_of for text, period in periods.items()}
        for series, text in _series_of((row for row in rows if not over[row["period"]]), part):
            later.setdefault(series, {})[text] = None
        rows = [row for row in rows if over[row["period"]]]
    seen: dict[tuple[str, tuple[str, ...]], dict[Period, None]] = {}
    for series, text in _series_of(rows, part):
        seen.setdefault(series, {})[periods[text]] = None
    further: list[Any] = [name for name in ("absent", "numerator", "denominator") if name in frame.collect_schema()]
    if question.evidence and {"lower", "upper"} <= set(frame.collect_schema()):
        further += [nw.col("lower").alias("published_low"), nw.col("upper").alias("published_high")]
    named = ["measure"] if question.evidence else []  # the evidence is looked through by measure
    kept = [*dict.fromkeys([*of_series, *named, *of_place, *by]), "value", *question.carried, *further]
    periods_of = {series: tuple(each) for series, each in seen.items()}
    of_later = {series: tuple(each) for series, each in later.items()}
    frame = frame.select(*kept)
    put_off = look if looked_later else None
    return KnownObservations(frame, periods_of, part, by, coding, places, areas, of_later, put_off)


def _revised(rows: Iterable[Mapping[str, Any]], keys: Sequence[str]) -> bool:
    """Return whether any series and period has figures of more than one revision."""
    different = set(map(itemgetter(*keys, "revision"), rows))
    return len({series[:-1] for series in different}) < len(different)


def _series_of(
    rows: Iterable[Mapping[str, Any]], part: Sequence[str]
) -> Iterator[tuple[tuple[str, tuple[str, ...]], str]]:
    """Yield the measure and part of each row, and its period."""
    return (((row["measure"], tuple([row[name] for name in part])), row["period"]) for row in rows)


def _look_of(
    backend: Backend,
    frame: Lazy,
    keys: Sequence[str],
    by: Sequence[str],
    coding: Coding | None,
    places: Coding | None,
    *,
    vintages: bool,
    distinct_ok: bool,
) -> Callable[[], None]:
    """Return what refuses two rows of one series, period and vintage, unless the caller vouches that there are none."""
    texts = [*keys, *by, *(["stamp"] if vintages else [])]

    def look() -> None:
        hashed, numbered = texts, frame
        if coding is not None:
            hashed = [SERIES_CODE, *by] if places is None else ["figure code"]
            hashed += ["stamp"] if vintages else []
        if coding is not None and places is not None:
            figure = nw.col(PLACE_CODE) * coding.size + nw.col(SERIES_CODE)
            numbered = frame.with_columns(figure.alias("figure code"))
        if backend.may_repeat(numbered, hashed):
            _check_distinct(backend, frame, texts)

    return (lambda: None) if distinct_ok else look


def _codings(
    backend: Backend,
    frame: Lazy,
    rows: Sequence[Mapping[str, Any]],
    keys: Sequence[str],
    by: Sequence[str],
    areas: list[str],
) -> tuple[Coding | None, Coding | None]:
    """Return the numbers of series and of places, where it pays to compare those and not texts."""
    if not backend.codes_texts:
        return None, None
    series = Coding.of({name: [row[name] for row in rows] for name in keys})
    types = frame.collect_schema()
    if series.size > _MOST_CODES or any(types[name] != nw.String for name in by):
        return (series if series.size <= _MOST_CODES else None), None
    further = (name for name in by if name != "area")
    values = {name: [row[name] for row in backend.distinct(frame, name)] for name in further}
    places = Coding.of({name: areas if name == "area" else values[name] for name in by})
    return series, places if places.size <= _MOST_CODES else None


def _refuse_mistyped(areas: Iterable[str]) -> None:
    """Refuse what is nearly the code of a place: it would be taken for another place.

    Raises:
        InvalidValueError: The first that there is.
    """
    for each in areas:
        hint = mistyped(each) if each else None
        if hint is not None:
            raise InvalidValueError("column 'area'", each, ALLOWED_AREA, hint)


def _normal(backend: Backend, frame: Lazy, part: Sequence[str], by: Sequence[str], question: Question) -> Lazy:
    """Return the columns of the contract alone: texts as text, numbers as floats, NaN as null."""
    schema = frame.collect_schema()
    columns = [nw.col("measure").cast(nw.String), nw.col("period").cast(nw.String)]
    columns += [nw.col(as_given(name)).cast(nw.String).fill_null("").alias(name) for name in part]
    columns += [nw.col(name).cast(nw.String) if name == "area" else nw.col(as_given(name)).alias(name) for name in by]
    columns += [
        as_float(name, schema[name], exact_decimals=backend.has_exact_decimals).fill_nan(None)
        for name in NUMBERS
        if name in schema
    ]
    columns += [
        nw.col(name).cast(nw.String).fill_null("") if name in schema else nw.lit("").alias(name)
        for name in _WORDS
        if name in schema or name in question.carried
    ]
    columns += [nw.col(name) for name in ("recorded", *question.carried) if name in schema and name not in _WORDS]
    return frame.select(*columns)


def _profiled(
    backend: Backend, frame: Lazy, keys: Sequence[str], words: Sequence[str], by: Sequence[str]
) -> list[dict[str, Any]]:
    """Return every combination of the columns of few values, with the largest value and what is wrong in its rows.

    Raises:
        InvalidValueError: Something is wrong in a row.
    """
    there = frame.collect_schema()
    number = {name: nw.col(name) for name in NUMBERS if name in there}
    filled: dict[str, Any] = {name: ~each.is_null() for name, each in number.items()}
    if "absence" in words:
        filled["absence"] = nw.col("absence") != ""
    wrong: Any = nw
    found: list[tuple[Constraint, str]] = []
    for constraint, given, broken in violations(filled, number, infinite_from=_INFINITE):
        # A row with neither is not available; an infinite value shows in the largest.
        if given != "neither" and constraint.id != "value_finite":
            found.append((constraint, given))
            wrong = wrong.when(broken).then(len(found))
    for name in ("period", *by):
        wrong = wrong.when(nw.col(name).is_null()).then(len(found) + 1)
    worst = wrong.otherwise(0).alias("wrong")
    largest = nw.col("value").abs().alias("largest")
    profiled = frame.with_columns(worst, largest).group_by(*keys, *words)
    rows = backend.rows(profiled.agg(nw.col("wrong").max(), nw.col("largest").max()))
    for row in rows:
        if row["wrong"]:
            what = _where(row)
            if row["wrong"] > len(found):
                allowed = "every column of by filled, such as with 'total'"
                raise InvalidValueError(what, "null in a column of by, or in period", allowed)
            constraint, given = found[int(row["wrong"]) - 1]
            raise constraint.error(what, given)
    return rows


def _where(row: Mapping[str, Any]) -> str:
    return f"frame, measure {row['measure']}, {row['period']}"


def _refuse(rows: Sequence[Mapping[str, Any]], of_id: Mapping[str, Measure]) -> None:
    """Refuse unknown words, and numbers that a float cannot hold apart.

    Raises:
        InvalidValueError: The first that there is.
    """
    for name in ("absence", "revision"):
        error = unknown_words(name, dict.fromkeys(row.get(name) for row in rows))
        if error is not None:
            raise error
    largest: dict[tuple[str, str | None], Mapping[str, Any]] = {}
    for row in rows:
        if row["largest"] is not None:
            key = row["measure"], row.get("unit")
            if key not in largest or row["largest"] > largest[key]["largest"]:
                largest[key] = row
    for (id, unit), row in largest.items():
        if row["largest"] > _INFINITE:
            finite = next(each for each in CONSTRAINTS if each.id == "value_finite")
            raise finite.error(_where(row), "an infinity")
        for scale in filter(None, (Unit(unit) if unit else None, of_id[id].unit)):
            scale.within(Decimal(str(row["largest"])), _where(row))
        above, below = _factor(unit, of_id[id])
        most = float(guard_of(of_id[id])) * _APART
        if row["largest"] * above / below > most:
            digits = of_id[id].digits
            allowed = (
                f"numbers up to {most:.2g} where {digits} decimals are published: beyond, floats are too far apart"
            )
            hint = "give the measure a larger unit, or fewer decimals; evaluate_plan computes exactly"
            raise InvalidValueError(_where(row), row["largest"], allowed, hint)


def _factor(unit: str | None, measure: Measure) -> tuple[float, float]:
    """Return what an observation's value is multiplied with, and divided by, to be in its measure's unit."""
    factor = Unit(unit).factor(measure.unit) if unit and measure.unit is not None else 1
    return float(factor.numerator), float(factor.denominator)


def _converted(backend: Backend, frame: Lazy, rows: Sequence[Mapping[str, Any]], of_id: Mapping[str, Measure]) -> Lazy:
    """Return the observations in their measures' units: one factor for each measure and unit."""
    factors = []
    for id, code in dict.fromkeys((row["measure"], row["unit"]) for row in rows):
        # Floats that a factor has touched are brought back to the decimals that they were.
        factors.append((id, code, *_factor(code, of_id[id]), 10.0 ** (of_id[id].digits + 9)))
    if all(above == below for _, _, above, below, _ in factors):
        return frame
    types = {"measure": str, "unit": str, "above": float, "below": float, "fineness": float}
    there = frame.collect_schema()
    changed = []
    for name in ("value", "lower", "upper"):
        if name in there:
            scaled = nw.col(name) * nw.col("above") / nw.col("below") * nw.col("fineness")
            exact = (scaled + 0.5).floor() / nw.col("fineness")
            changed.append(nw.when(nw.col("above") == nw.col("below")).then(nw.col(name)).otherwise(exact).alias(name))
    return frame.join(backend.table(LookupTable.of(types, factors)), on=["measure", "unit"], how="inner").with_columns(
        *changed
    )


def _stamp(day: date) -> int:
    return ((day.year * 100 + day.month) * 100 + day.day) * 10


def _dated(backend: Backend, frame: Lazy, periods: Mapping[str, Period]) -> Lazy:
    """Return the frame with a number that orders vintages: by the day each became known, then by how settled it is."""
    there = frame.collect_schema()
    ends = LookupTable.of(
        {"period": str, "ended": int}, [(text, _stamp(period.end)) for text, period in periods.items()]
    )
    frame = frame.join(backend.table(ends), on="period", how="inner")
    known = nw.col("ended")
    if "recorded" in there:
        day = nw.col("recorded").dt
        stamp = ((day.year() * 100 + day.month()) * 100 + day.day()) * 10
        known = nw.when(nw.col("recorded").is_null()).then(nw.col("ended")).otherwise(stamp)
    if "revision" in there:
        settled: Any = nw
        for revision, place in SETTLED.items():
            if revision is not None:
                settled = settled.when(nw.col("revision") == revision.value).then(place)
        known = known + settled.otherwise(0)
    return frame.with_columns(known.cast(nw.Int64).alias("stamp"))


def _check_distinct(backend: Backend, frame: Lazy, keys: list[str]) -> None:
    """Refuse two observations of one series and period with nothing to tell which holds."""
    twice = frame.select(*keys).with_columns(nw.lit(1).alias("figures")).group_by(*keys).agg(nw.col("figures").sum())
    found = backend.rows(twice.filter(nw.col("figures") > 1).select(*keys).head(1))
    if found:
        cells = ((as_given(name), value) for name, value in found[0].items() if value != "" and name != "stamp")
        series = ", ".join(f"{name} {value}" for name, value in cells)
        raise AmbiguousObservationError(
            f"{series}: two of one series and period, with nothing to tell which holds; give the day each was recorded,"
            " or its revision, or name in by the column that distinguishes them"
        )


def _with_reasons(frame: Lazy, rows: Sequence[Mapping[str, Any]], words: Sequence[str]) -> Lazy:
    """Return the frame with the place of the reason for which a figure is absent, where any column has one."""
    absences = {row["absence"] for row in rows} - {""} if "absence" in words else set()
    withdrawn = "revision" in words and any(row["revision"] == Revision.WITHDRAWN for row in rows)
    if not absences and not withdrawn:
        return frame
    chain: Any = nw
    missing = REASONS[Reason.NOT_AVAILABLE]
    if withdrawn:
        gone = nw.col("revision") == Revision.WITHDRAWN.value
        frame = frame.with_columns(nw.when(~gone).then(nw.col("value")).alias("value"))
        chain = chain.when(gone).then(missing)
    for word in sorted(absences):
        chain = chain.when(nw.col("absence") == word).then(REASONS[Reason(word)])
    return frame.with_columns(
        chain.when(nw.col("value").is_null()).then(missing).otherwise(NO_REASON).cast(nw.Int64).alias("absent")
    )
