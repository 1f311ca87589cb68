"""Large files of observations: scanned by Polars or DuckDB, every row checked there, and evaluated in bulk.

The engine finds the few distinct texts of each column and whatever is wrong or not plain; what a text means is asked
of the same readers that read every other table. The size of a file changes how long an answer takes, and never the
answer.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from importlib.util import find_spec
from operator import itemgetter
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

import narwhals.stable.v2 as nw
from attrs import fields, frozen

from outcome_bees.areas import same_ground
from outcome_bees.errors import InvalidTypeError, InvalidValueError, MissingExtraError, UnknownNameError
from outcome_bees.evaluation.tally import Tally
from outcome_bees.exact import exact
from outcome_bees.frames.backend import Backend, Lazy, LookupTable
from outcome_bees.frames.bulk import answered, question_of
from outcome_bees.frames.contract import FIGURES, RESULTS
from outcome_bees.frames.known import known_observations
from outcome_bees.frames.rollup import roll_up
from outcome_bees.frozen import FrozenMapping
from outcome_bees.layouts.cells import absence_of, as_text, parse_breakdown, unguard_formula
from outcome_bees.layouts.own import PROSE, REQUIRED, OwnLayout
from outcome_bees.model.aims import Rank
from outcome_bees.model.constraints import CONSTRAINTS, NUMBERS, violations
from outcome_bees.model.index import Observations
from outcome_bees.model.local_policy import STANDARD, Policy, policy_of
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import Plan, check_plan_given
from outcome_bees.units import Unit
from outcome_bees.vocabulary import Status

__all__ = ["ENGINES", "BulkAnswers", "ScannedFile", "scan"]

ENGINES = ("polars", "duckdb")
"""The engines that can scan a file, the one that is preferred first."""

AnswerRow = tuple[str | Decimal | None, ...]
"""One evaluation, in the order of ``frames.RESULTS``: numbers exact, the value with its digits as published."""

_AS_TEXTS: dict[str, dict[str, Any]] = {
    "polars": {"infer_schema": False},
    "duckdb": {"all_varchar": True, "header": True, "quotechar": '"'},
}
"""How each engine reads CSV as the texts that it holds."""

_SUFFIXES = (".csv", ".parquet")
_PLAIN = r"^[+-]?[0-9]{1,13}(\.[0-9]{1,17})?$"
_PLAIN_IN_WORDS = "a plain decimal number of at most 13 digits before the point and 17 after it"
_DAY = re.compile(r"(?:the date )?[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_FINITE = 1e15
_DISTINCT = 2**16
"""The most different texts in a column. Our choice: more are no few, and are better read one by one."""

_PUBLISHED = "value as published"  # a column that no table of observations can have: a name with spaces
_OF_WHOM = "breakdown as written"
_TYPES = {"text": (nw.String,), "date": (nw.String, nw.Date)}


def scan(
    source: str | PathLike[str],
    plan: Plan,
    *,
    engine: str | None = None,
    unknown_measures_ok: bool = False,
) -> "ScannedFile":
    """Scan a large CSV or Parquet file of observations, every row of which is checked.

    Args:
        source: The path of the file. Its columns are the fields of ``Observation``.
        plan: The plan whose measures the observations are of.
        engine: ``polars`` or ``duckdb``; ``None``: the first of them that is installed.
        unknown_measures_ok: Whether observations of measures that the plan does not have are left aside; they are
            checked all the same.

    Returns:
        The file, whose observations are read as they are needed. Close it, or use it in a ``with`` statement: a CSV
        file is kept in a temporary folder in a form that is faster to read. Polars takes a row of CSV that lacks its
        last cells as if they were blank; DuckDB refuses it.

    Raises:
        InvalidValueError: The engine cannot read the file, or something in it is wrong, or a number has more digits
            than bulk evaluation takes. The first fault is named; ``load_observations`` names every one with its line.
        PeriodError: A text that is no period's code.
        UnitError: A unit that there is not, or that cannot be compared with the measure's.
        AmbiguousObservationError: Two observations with nothing to tell which holds.
        MissingExtraError: Neither Polars nor DuckDB is installed.
        OSError: There is no such file.

    Example:
        >>> try:
        ...     scan("figures.txt", Plan(id="p", title="P"))
        ... except InvalidValueError as error:
        ...     print(error)
        frames.scan: source: given 'figures.txt'; allowed: the path of a file that ends in .csv, .parquet
    """
    check_plan_given("frames.scan: plan", plan)
    path = Path(source)
    suffix = path.suffix.lower()
    if suffix not in _SUFFIXES:
        raise InvalidValueError(
            "frames.scan: source", str(path), f"the path of a file that ends in {', '.join(_SUFFIXES)}"
        )
    from outcome_bees.serializers.tables.engine_faults import engine_faults  # the documents' room, for files alone

    engine = _engine(engine)
    path.stat()  # a file that is not there is no faulty one
    folder = TemporaryDirectory(prefix="outcome-bees-") if suffix == ".csv" else None
    try:
        try:
            raw = _opened(path, engine, folder)
            backend = Backend(nw.to_native(raw))
            names = _checked_header(path, raw)
            texts = {name: _texts(backend, raw, name) for name in names if name not in NUMBERS}
        except engine_faults(engine) as error:
            hint = str(error).partition("\n")[0]
            raise InvalidValueError(
                "frames.scan: source", str(path), f"a table that {engine} can read", hint
            ) from error
        readers = _readers(guard=suffix == ".csv")
        meanings = {name: _meanings(path, name, readers[name], each) for name, each in texts.items()}
        file = ScannedFile(path, plan, raw, backend, meanings, folder)
        file._check(unknown_measures_ok=unknown_measures_ok)
        return file
    except BaseException:
        if folder is not None:
            folder.cleanup()
        raise


def _engine(asked: str | None) -> str:
    if asked is not None and asked not in ENGINES:
        raise UnknownNameError("frames.scan: engine", asked, ENGINES)
    found = next((name for name in ENGINES if asked in (None, name) and find_spec(name)), None)
    if found is None:
        raise MissingExtraError("a large file is scanned", asked or ENGINES[0], asked or " or ".join(ENGINES))
    return found


def _opened(path: Path, engine: Any, folder: "TemporaryDirectory[str] | None") -> Lazy:
    """Return the table as the engine scans it."""
    held = path
    if folder is not None:  # it is gone through several times, and by columns that costs a tenth
        held = Path(folder.name, "figures.parquet")
        nw.scan_csv(str(path), backend=engine, **_AS_TEXTS[engine]).sink_parquet(held)
    raw: Lazy = nw.scan_parquet(str(held), backend=engine)
    return raw


def _checked_header(path: Path, raw: Lazy) -> list[str]:
    """Return the names of the columns, once they are seen to be those of an observation.

    Raises:
        InvalidValueError: The header is wrong.
        InvalidTypeError: A column is of a type that is not understood.
    """
    schema = raw.collect_schema()
    reading = OwnLayout().plan(list(schema))
    if isinstance(reading, list):
        _, name, message = reading[0]
        raise InvalidValueError(f"{path}: header", name or list(schema), message)
    for name, kind in schema.items():
        if name in NUMBERS:
            understood = kind == nw.String or kind.is_numeric()
        else:
            understood = kind in _TYPES["date" if name == "recorded" else "text"]
        if not understood and kind != nw.Unknown:
            raise InvalidTypeError(f"{path}: column {name!r}", str(kind), "text, numbers or dates, as the column needs")
    return list(schema)


def _readers(*, guard: bool) -> dict[str, Callable[[str], Any]]:
    """Return how the text of a cell is read as each field of an observation, as strictly as by the field itself.

    Args:
        guard: Whether an apostrophe before ``=``, ``+``, ``-`` or ``@`` was put there to guard against formulas.
    """
    readers: dict[str, Any] = {each.name: each.converter for each in fields(Observation)}
    plain: Callable[[str], str] = unguard_formula if guard else str
    converters = {name: readers[name] for name in PROSE}
    for name, convert in converters.items():
        readers[name] = lambda text, convert=convert: convert(plain(text))
    readers["breakdown"] = lambda text: converters["breakdown"](parse_breakdown(plain(text)))
    readers["absence"] = absence_of
    readers["recorded"] = _day
    return readers


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text[-10:]) if _DAY.fullmatch(text) else _no_day(text)
    except ValueError:
        return _no_day(text)


def _no_day(text: str) -> date:
    constraint = next(each for each in CONSTRAINTS if each.id == "recorded_a_day")
    raise constraint.error("column 'recorded'", text)


def _texts(backend: Backend, raw: Lazy, name: str) -> tuple[str, ...]:
    """Return the different texts of a column, and one more than are few where there are more."""
    rows = backend.rows(raw.select(name).unique().head(_DISTINCT + 1))
    return tuple(sorted({as_text(row[name]) for row in rows}))


class ScannedFile:
    """A large file of observations, all of which are in order; they are read as they are needed.

    Attributes:
        path: Where it is.
        plan: The plan whose measures the observations are of.
    """

    def __init__(
        self,
        path: Path,
        plan: Plan,
        raw: Lazy,
        backend: Backend,
        meanings: Mapping[str, Mapping[str, Any]],
        folder: "TemporaryDirectory[str] | None",
    ) -> None:
        self.path, self.plan = path, plan
        self._raw, self._backend, self._meanings, self._folder = raw, backend, meanings, folder

    def _check(self, *, unknown_measures_ok: bool) -> None:
        """See that every row is in order.

        Raises:
            InvalidValueError: A row is not.
            UnitMismatchError: A unit cannot be compared with its measure's.
            AmbiguousObservationError: There are two observations with nothing to tell which holds.
        """
        plan = self.plan
        ids = [each.id for each in plan.measures]
        unknown = [measure for measure in self._meanings["measure"].values() if measure not in ids]
        if unknown and not unknown_measures_ok:
            raise UnknownNameError(f"{self.path}: column 'measure'", unknown[0], ids)
        _check_rows(self.path, self._backend, self._raw)
        # Whatever the day, each observation can be distinguished from every other, is in a unit of its measure's sort,
        # and can be held in a float.
        question = question_of(plan, as_of=date.max, breakdown=self.breakdown, distinct_ok=False)
        known_observations(Backend(self.frame, question.kinds), question)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Remove what was kept in a temporary folder; nothing more can be read."""
        if self._folder is not None:
            self._folder.cleanup()

    def __repr__(self) -> str:
        return f"<ScannedFile: {self.path}>"

    @property
    def areas(self) -> tuple[str, ...]:
        """The codes of the places that there are observations of, in the order of their codes."""
        return tuple(self._meanings["area"].values())

    @property
    def breakdown(self) -> tuple[str, ...]:
        """The columns of ``frame`` that name the part of the population."""
        breakdowns = self._meanings.get("breakdown", {}).values()
        return tuple(dict.fromkeys(key for each in breakdowns for key in each))

    @property
    def frame(self) -> Any:
        """The observations of the plan's measures, with the columns of ``frames.FIGURES``: a lazy frame of the engine.

        For ``frames.evaluate``, with ``breakdown=file.breakdown``.
        """
        return nw.to_native(self._figures.drop(_PUBLISHED))

    def observations(self, area: str) -> Observations:
        """Return what the answers for one place are made from.

        Those are the observations of the place and of the plan's comparators, and those of all places for a measure
        in which the place is ranked among all.
        """
        areas = [area, *(each for comparator in self.plan.comparators for each in comparator.areas)]
        areas += [code for each in areas for code in same_ground(each)]
        own = self._read(nw.col("area").is_in(areas) & ~nw.col("measure").is_in(self._ranked))
        return Observations([*self._of_ranked, *own])

    @property
    def _ranked(self) -> list[str]:
        """The measures in which a place is ranked among all."""
        aims = [(target.measure, target.aim) for target in self.plan.targets]
        return [measure for measure, aim in aims if isinstance(aim, Rank) and aim.among is None]

    @cached_property
    def _of_ranked(self) -> tuple[Observation, ...]:
        """Their observations, which are the same for every place: read once."""
        return tuple(self._read(nw.col("measure").is_in(self._ranked))) if self._ranked else ()

    def _read(self, wanted: Any) -> Iterator[Observation]:
        for row in self._backend.rows(self._raw.filter(wanted & self._of_plan)):
            yield Observation(**{name: self._cell(name, held) for name, held in row.items()})

    def _cell(self, name: str, held: Any) -> Any:
        text = as_text(held)
        return self._meanings[name][text] if name in self._meanings else exact(text) if text else None

    def evaluate(self, *, as_of: date | str, policy: Policy | str = STANDARD) -> "BulkAnswers":
        """Evaluate every target of the plan in every place, as ``frames.evaluate`` does.

        Args:
            as_of: The day whose knowledge counts.
            policy: What counts as met and as near.
        """
        policy = policy_of(policy, self.plan.policies)
        question = question_of(
            self.plan, as_of=as_of, breakdown=self.breakdown, distinct_ok=True, carried=(_PUBLISHED,)
        )
        backend = Backend(nw.to_native(self._figures))
        answers = answered(backend, self.plan, question, policy, history=False, certainty=False)
        return BulkAnswers(self.plan, policy, backend, answers)

    @property
    def _of_plan(self) -> Any:
        return nw.col("measure").is_in([each.id for each in self.plan.measures])

    @cached_property
    def _figures(self) -> Lazy:
        """The columns of ``frames.FIGURES``, one for each name in a breakdown, and the value as it was published."""
        schema, parts = self._raw.collect_schema(), self.breakdown
        taken = {each.name for each in (*FIGURES, *RESULTS)}.union((_PUBLISHED, _OF_WHOM)) & set(parts)
        if taken:
            allowed = "names of breakdowns that are no columns of the contract"
            raise InvalidValueError(f"{self.path}: column 'breakdown'", sorted(taken), allowed)
        columns = [nw.col(name).cast(nw.String).alias(name) for name in ("measure", "period", "area")]
        numbers = [name for name in NUMBERS if name in schema]
        columns += [_number(name, schema).alias(name) for name in numbers]
        if "value" not in numbers:
            columns.append(nw.lit(None, nw.Float64()).alias("value"))
        columns += [
            _worded(name, self._meanings[name]) for name in ("absence", "unit", "revision") if name in self._meanings
        ]
        columns.append(_as_published(schema, self._meanings.get("unit", {})).alias(_PUBLISHED))
        if "recorded" in self._meanings:
            day = nw.col("recorded")
            if schema["recorded"] == nw.String:
                day = nw.when(day != "").then(day).str.to_date(format="%Y-%m-%d")
            columns.append(day.alias("recorded"))
        frame = self._raw.filter(self._of_plan)
        if not parts:
            return frame.select(*columns)
        text = nw.col("breakdown").cast(nw.String).fill_null("")
        rows = [(key, *(each.get(part) for part in parts)) for key, each in self._meanings["breakdown"].items()]
        named = LookupTable.of({_OF_WHOM: str, **dict.fromkeys(parts, str)}, rows)
        found = frame.select(*columns, text.alias(_OF_WHOM))
        return found.join(self._backend.table(named), on=_OF_WHOM, how="inner").drop(_OF_WHOM)


def _meanings(path: Path, name: str, read: Callable[[str], Any], texts: Sequence[str]) -> dict[str, Any]:
    """Return what each text of a column means.

    Raises:
        InvalidValueError: One that the column cannot have, or more than are few.
        PeriodError, UnitError: Likewise.
    """
    what = f"{path}: column {name!r}"
    if len(texts) > _DISTINCT:
        raise InvalidValueError(what, f"more than {_DISTINCT:,} different texts", f"at most {_DISTINCT:,}")
    if "" in texts and name in REQUIRED:
        raise InvalidValueError(what, "", "a text in every row")
    blank = FrozenMapping[str, str]() if name == "breakdown" else None
    return {text: read(text) if text else blank for text in texts}


def _check_rows(path: Path, backend: Backend, raw: Lazy) -> None:
    """Refuse the first row whose numbers are not plain, or whose cells do not go together."""
    schema = raw.collect_schema()
    filled = {name: _is_filled(name, schema) for name in (*NUMBERS, "absence") if name in schema}
    number = {name: _number(name, schema) for name in NUMBERS if name in schema}
    refusals: list[Callable[[str, Mapping[str, Any]], InvalidValueError]] = []
    wrong: Any = nw
    for name in number:
        cell = nw.col(name)
        plain = cell.str.contains(_PLAIN) if schema[name] == nw.String else cell.cast(nw.Float64).abs() < _FINITE
        wrong = wrong.when(filled[name] & ~plain).then(len(refusals))
        refusals.append(
            lambda where, row, name=name: InvalidValueError(f"{where}, {name}", as_text(row[name]), _PLAIN_IN_WORDS)  # type: ignore[misc]  # bound at once
        )
    for constraint, given, broken in violations(filled, number, infinite_from=_FINITE):
        wrong = wrong.when(broken).then(len(refusals))
        refusals.append(lambda where, _, each=constraint, given=given: each.error(where, given))  # type: ignore[misc]  # likewise
    found = raw.with_columns(wrong.otherwise(None).alias("wrong")).filter(~nw.col("wrong").is_null()).head(1)
    for row in backend.rows(found):
        where = f"{path}: measure {row['measure']}, {row['period']}, {row['area']}"
        raise refusals[int(row["wrong"])](where, row)


def _is_filled(name: str, schema: Any) -> Any:
    """Return whether a cell holds anything."""
    filled = ~nw.col(name).is_null()
    return filled & (nw.col(name) != "") if schema[name] == nw.String else filled


def _number(name: str, schema: Any) -> Any:
    """Return a column of numbers as floats."""
    plain = nw.col(name).str.contains(_PLAIN) if schema[name] == nw.String else ~nw.col(name).is_null()
    return nw.when(plain).then(nw.col(name)).cast(nw.Float64)


def _as_published(schema: Any, units: Mapping[str, Any]) -> Any:
    """Return the value with its digits, and after a space the unit that it is given in; null where only a float is."""
    if "value" not in schema or not (schema["value"] == nw.String or schema["value"] == nw.Decimal):
        return nw.lit(None, nw.String())
    digits = nw.col("value").cast(nw.String)
    if not any(units.values()):
        return digits
    chain: Any = nw
    for text, unit in units.items():
        if unit is not None:
            chain = chain.when(nw.col("unit") == text).then(nw.lit(f" {unit.code}"))
    return nw.concat_str([digits, chain.otherwise(nw.lit(""))])


def _worded(name: str, meanings: Mapping[str, Any]) -> Any:
    """Return a column of words, each as the library writes it."""
    chain: Any = nw
    for text, meaning in meanings.items():
        if meaning is not None:
            chain = chain.when(nw.col(name) == text).then(nw.lit(str(meaning)))
    nothing = nw.lit(None, nw.String())
    return (nothing if chain is nw else chain.otherwise(nothing)).alias(name)


@frozen
class BulkAnswers:
    """The evaluations of every place of a file, made by the engine when they are asked for.

    Attributes:
        plan: The plan.
        policy: The policy that judged.
    """

    plan: Plan
    policy: Policy
    _backend: Backend
    _answers: Lazy

    @property
    def frame(self) -> Any:
        """The evaluations with the columns of ``frames.RESULTS``: a lazy frame of the engine, its numbers floats."""
        return nw.to_native(self._answers.drop(_PUBLISHED))

    def tallies(self) -> dict[str, Tally]:
        """Return how many evaluations have each status, by the code of the place, in the order of the codes."""
        tallied = Backend(roll_up(self.plan, self.frame, policy=self.policy))
        rows = tallied.rows(tallied.figures)
        tallies = {row["area"]: Tally({each: int(row[each.value]) for each in Status}) for row in rows}
        return dict(sorted(tallies.items()))

    def rows(self) -> Iterator[AnswerRow]:
        """Yield every evaluation, place by place in the plan's order, with exact numbers.

        The value has its digits as published, converted exactly where it was given in another unit than its measure's.
        The numbers required and the gaps, which are computed, are without zeros at their end.
        """
        measures = {each.id: (place, each) for place, each in enumerate(self.plan.measures)}
        targets = {each.id: place for place, each in enumerate(self.plan.targets)}
        rows = self._backend.rows(self._answers)
        rows.sort(key=lambda row: (row["area"], measures[row["measure"]][0], targets.get(row["target"], len(targets))))
        names = [each.name for each in RESULTS]
        get = itemgetter(*names)
        at = names.index("value")
        for row in rows:
            cells = [exact(as_text(cell)) if isinstance(cell, float) else cell for cell in get(row)]
            if cells[at] is not None and row[_PUBLISHED] is not None:
                cells[at] = _converted(row[_PUBLISHED], measures[row["measure"]][1].unit)
            yield tuple(cells)


def _converted(published: str, own: Unit | None) -> Decimal:
    """Return a published value in the measure's unit."""
    digits, _, unit = published.partition(" ")
    value = exact(digits)
    return value if not unit or own is None else Unit(unit).convert(value, own)
