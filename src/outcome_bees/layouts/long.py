"""Any long table: one row a figure, and a mapping that says which column is which field.

It reads what a council or a publisher keeps under its own column names: labels of periods with the calendar that they
leave open, measures and places by name, symbols, words for everybody, and numbers with marks.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from outcome_bees import areas as register
from outcome_bees.errors import InvalidValueError, Verbatim, nearest
from outcome_bees.exact import exact
from outcome_bees.frozen import FrozenMapping, described
from outcome_bees.identifiers import area_code
from outcome_bees.layouts.cells import is_total, normal_word
from outcome_bees.layouts.header import (
    REFUSED,
    Condition,
    Header,
    HeaderProblem,
    Reading,
    SourceColumn,
    choices_by_name,
    constant,
    day_or_none,
    header_problems,
    texts_by_name,
)
from outcome_bees.layouts.own import COLUMNS, cell_readers
from outcome_bees.layouts.period_labels import PeriodLabels
from outcome_bees.layouts.written_numbers import CellReader, Numbers, a_numbers, part_reader
from outcome_bees.model.constraints import NUMBERS
from outcome_bees.model.fields import breakdown
from outcome_bees.periods import split_note
from outcome_bees.units import Unit
from outcome_bees.vocabulary import Absence

__all__ = [
    "CellRules",
    "LongLayout",
    "ReadAs",
    "codes_by_name",
    "columns_by_field",
    "measure_or_none",
    "names_of_measures",
    "names_or_none",
    "numbers_by_word",
]

_FROM_VALUE = ("absence", "unit", "revision", "note")  # what a cell of a figure may say beside its number


@described(
    measure="The id of the measure.",
    calendar="The sort of year of its labels; ``None``: the layout's.",
    as_at='Its labels are years that mean this month and day, as in ``"03-31"``.',
    year_ending="Its labels are years that mean the twelve months up to this month and day.",
    unit="The unit it is published in; ``None``: the measure's.",
)
@frozen(kw_only=True)
class ReadAs:
    """What one name of a measure in a table is in a plan.

    Example:
        >>> ReadAs(measure="neet", calendar="academic").calendar
        'academic'
    """

    measure: str
    calendar: str | None = None
    as_at: str | None = None
    year_ending: str | None = None
    unit: str | None = None


def names_of_measures(given: Mapping[str, ReadAs | str]) -> FrozenMapping[str, ReadAs]:
    """Return what each name of a measure is."""
    return FrozenMapping(
        {name: ReadAs(measure=each) if isinstance(each, str) else each for name, each in given.items()}
    )


def names_or_none(given: Mapping[str, ReadAs | str] | None) -> FrozenMapping[str, ReadAs] | None:
    """Return what each name of a measure is; ``None``: no names are given."""
    return None if given is None else names_of_measures(given)


def columns_by_field(given: Mapping[str, str | Sequence[str]]) -> FrozenMapping[str, tuple[str, ...]]:
    """Return one or several columns for each field."""
    return FrozenMapping({name: (each,) if isinstance(each, str) else tuple(each) for name, each in given.items()})


def measure_or_none(given: ReadAs | str | None) -> ReadAs | None:
    """Return the measure of every row; ``None``: a column names it."""
    return ReadAs(measure=given) if isinstance(given, str) else given


def numbers_by_word(given: Mapping[str, Decimal | int | str]) -> FrozenMapping[str, Decimal]:
    """Return the exact number that each word is."""
    return FrozenMapping({word: exact(number) for word, number in given.items()})


def codes_by_name(given: Mapping[str, str] | str | None) -> FrozenMapping[str, str] | str | None:
    """Return the code of each name of a place, or the word for where names are looked up."""
    return given if given is None or isinstance(given, str) else FrozenMapping(given)


@described(
    areas='The code of each name of a place; ``"names"``: they are names of the register; ``None``: they are codes.',
    area="The code of the place of every row; ``None``: the table gives it.",
    calendar='The sort of year of the labels of periods, where they leave it open: ``"financial"``, ``"academic"`` …',
    span='How ``2010 - 12`` counts its years: ``"inclusive"`` (three) or by ``"difference"`` (two).',
    day_first="Whether 03/04/2025 is 3 April.",
    bare_year='What a bare year such as 2024 means of split years: that it ``"starts"`` or ``"ends"`` them.',
    as_at='The day of counting that a bare year means, where it is no year of a calendar, as in ``"03-31"``.',
    year_ending="The last day of the twelve months that a bare year means, likewise.",
    periods='The code of the period of each label that is not to be read otherwise: ``{"YTD": "FY2024-25-Q1..Q3"}``.',
    where="Values that columns must have, for a row to be read at all.",
    numbers="How numbers are written.",
    symbols='Symbols that are not the Department\'s, and the absence each means; ``""`` is a blank cell.',
    unit="The unit of the figures, where no column or cell names it; ``None``: the measure's.",
    words='The number that a word is, such as ``{"Good": 2}`` of a rating.',
    recorded="The day on which the table was published; ``None``: its figures count as known when their periods ended.",
    source="Where it is from, for every figure; ``None``: not stated.",
    unmatched_ok="Whether names that are asked for may occur nowhere, without a warning.",
)
@frozen(kw_only=True)
class CellRules:
    """How the cells of a table of any form are to be read: what ``LongLayout`` and ``WideLayout`` have in common."""

    areas: Mapping[str, str] | str | None = field(default=None, converter=codes_by_name)
    area: str | None = None
    calendar: str | None = None
    span: str | None = None
    day_first: bool | None = None
    bare_year: str | None = None
    as_at: str | None = None
    year_ending: str | None = None
    periods: Mapping[str, str] = field(factory=FrozenMapping, converter=texts_by_name)
    where: Mapping[str, frozenset[str]] = field(factory=FrozenMapping, converter=choices_by_name)
    numbers: Numbers = field(factory=Numbers, converter=a_numbers)
    symbols: Mapping[str, str] = field(factory=FrozenMapping, converter=texts_by_name)
    unit: str | None = None
    words: Mapping[str, Decimal] = field(factory=FrozenMapping, converter=numbers_by_word)
    recorded: date | None = field(default=None, converter=day_or_none)
    source: str | None = None
    unmatched_ok: bool = False

    def _labels(self, one: ReadAs | None = None) -> PeriodLabels:
        own = one if one is not None and (one.as_at or one.year_ending) else self
        calendar = (None if one is None else one.calendar) or self.calendar
        return PeriodLabels(
            calendar=calendar,
            span=self.span,
            day_first=self.day_first,
            bare_year=self.bare_year,
            as_at=own.as_at,
            year_ending=own.year_ending,
            codes=self.periods,
        )


@described(
    columns='Which column of the table is which field of ``Observation``: ``{"measure": "Indicator", "period": '
    '"Year", "area": "Area code", "value": "Value"}``. A period may be in several columns, which are joined by a '
    'space: ``{"period": ["Year", "Quarter"]}``.',
    measures="What each name in the column of measures is; the rows of other names are left aside. ``None``: the "
    "cells are the ids of measures.",
    measure="The measure of every row, where no column names it; or a ``ReadAs``.",
    areas='The code of each name in the column of places; the rows of other names are left aside. ``"names"``: they '
    "are names of the register of places, and each is that of the place that has it now, or else had it last: for "
    "Dorset before 2019 give the code. ``None``: the cells are codes.",
    filters="Which columns name the part of the population, and what each is called in a breakdown.",
    totals="Further words for the whole population, for each column of ``filters``.",
    repeats_ok="Whether a row that repeats another, in all that is read of it, counts once; else it is refused.",
)
@frozen(kw_only=True)
class LongLayout(CellRules):
    """How a long table is to be read.

    Raises:
        InvalidValueError: A field is mapped that there is not, twice, or not at all.

    Example:
        >>> layout = LongLayout(columns={"measure": "Indicator", "period": "Year", "area": "Area", "value": "Value"},
        ...                     measures={"NEET": "neet"}, areas="names", calendar="academic")
        >>> layout.measures["NEET"].measure
        'neet'
    """

    columns: Mapping[str, tuple[str, ...]] = field(converter=columns_by_field)
    measures: Mapping[str, ReadAs] | None = field(default=None, converter=names_or_none)
    measure: ReadAs | None = field(default=None, converter=measure_or_none)
    filters: Mapping[str, str] = field(factory=FrozenMapping, converter=texts_by_name)
    totals: Mapping[str, frozenset[str]] = field(factory=FrozenMapping, converter=choices_by_name)
    repeats_ok: bool = False

    def __attrs_post_init__(self) -> None:
        self._check_columns()
        for name in self.totals:
            if name not in self.filters:
                raise InvalidValueError("LongLayout.totals", name, ", ".join(self.filters) or "no filter is named")
        if isinstance(self.areas, str) and self.areas != "names":
            raise InvalidValueError("LongLayout.areas", self.areas, "'names', or the code of each name")
        for name in ("measures", "areas"):
            if getattr(self, name) is not None and name[:-1] not in self.columns:
                given = Verbatim(f"{name} without a column of them")
                raise InvalidValueError(f"LongLayout.{name}", given, f"both, or {name[:-1]}= for every row")
        self._labels()
        self._reader(self.unit)

    def _check_columns(self) -> None:
        for name, sources in self.columns.items():
            if name not in COLUMNS:
                meant = nearest(name, COLUMNS)
                hint = f"did you mean {meant}?" if meant else None
                raise InvalidValueError("LongLayout.columns", name, ", ".join(COLUMNS), hint)
            if len(sources) != 1 and (name != "period" or not sources):
                raise InvalidValueError("LongLayout.columns", list(sources), f"one column of {name}")
        for name, stated in (("measure", self.measure), ("area", self.area)):
            if (stated is None) == (name not in self.columns):
                allowed = f"a column of {name}, or {name}= for every row, and not both"
                raise InvalidValueError(f"LongLayout.{name}", stated, allowed)
        for name in ("period", "value"):
            if name not in self.columns:
                raise InvalidValueError("LongLayout.columns", name, f"a column of {name}")
        further: dict[str, Any] = {"breakdown": self.filters, "recorded": self.recorded, "source": self.source}
        for name, given in further.items():
            if given and name in self.columns:
                other = "filters" if name == "breakdown" else name
                raise InvalidValueError("LongLayout.columns", name, f"one of {other}= and a column of {name}")

    @property
    def _wanted(self) -> tuple[str, ...]:
        named = [each for sources in self.columns.values() for each in sources]
        return tuple(dict.fromkeys([*named, *self.filters, *self.where]))

    def is_header(self, row: Sequence[str]) -> bool:
        """Return whether a row names the columns of a table of this kind: most of those that the layout names."""
        found = sum(each in row for each in self._wanted)
        return found >= 2 and 2 * found >= len(self._wanted)

    def plan(self, header: Header) -> Reading | list[HeaderProblem]:
        """Return how the rows under a header are read, or everything that is wrong with it."""
        problems = header_problems(self._wanted, header)
        if problems:
            return problems
        where = [Condition(name, values, f"LongLayout.where[{name!r}]") for name, values in self.where.items()]
        asked = [Condition(name, words, f"LongLayout.totals[{name!r}]") for name, words in self.totals.items()]
        if isinstance(self.areas, Mapping):
            where.append(Condition(self._column("area"), frozenset(self.areas), "LongLayout.areas"))
        shared = self._shared()
        if self.measures is None:
            one = self.measure or ReadAs(measure="")
            return Reading(
                [[self._measure(one), *shared, *self._of(one)]],
                where,
                asked=asked,
                reads_shown=True,
                repeats_ok=self.repeats_ok,
            )
        named_in = self._column("measure")
        kinds: dict[tuple[str | None, ...], list[str]] = {}
        for name, each in self.measures.items():
            kinds.setdefault((each.calendar, each.as_at, each.year_ending, each.unit), []).append(name)
        ids = {name: cell_readers()["measure"](each.measure) for name, each in self.measures.items()}
        measure = SourceColumn("measure", named_in, (named_in,), ids.__getitem__, REFUSED)
        figures = [[measure, *shared, *self._of(self.measures[names[0]])] for names in kinds.values()]
        asked.append(Condition(named_in, frozenset(self.measures), "LongLayout.measures"))
        names = [frozenset(names) for names in kinds.values()]
        return Reading(figures, where, named_in, names, asked, True, self.repeats_ok)

    def _column(self, name: str) -> str:
        return self.columns[name][0]

    def _measure(self, one: ReadAs) -> SourceColumn:
        read = cell_readers()["measure"]
        if "measure" in self.columns:
            name = self._column("measure")
            return SourceColumn("measure", name, (name,), lambda text: read(text.strip()), REFUSED)
        return constant("measure", "measure", read(one.measure))

    def _shared(self) -> list[SourceColumn]:
        """Return the columns that all measures have in common."""
        readers = cell_readers(guard=False)
        columns = [self._area()]
        if self.filters:
            names, further = tuple(self.filters.values()), self._further_totals()
            read = _breakdown_reader(names, further)
            everybody, label = FrozenMapping[str, str](), ", ".join(self.filters)
            columns.append(SourceColumn("breakdown", label, tuple(self.filters), read, everybody, names))
        for name in self.columns:
            column = self._column(name)
            if name in ("measure", "area", "period", "value", *_FROM_VALUE):
                continue
            if name in NUMBERS:
                columns.append(self._number(name, column, self._reader(None)))
            else:
                blank = FrozenMapping[str, str]() if name == "breakdown" else None
                columns.append(SourceColumn(name, column, (column,), readers[name], blank))
        stated: dict[str, Any] = {"recorded": self.recorded, "source": self.source}
        columns += [constant(name, name, value) for name, value in stated.items() if value is not None]
        return columns

    def _reader(self, unit: str | None) -> CellReader:
        return CellReader(self.numbers, self.symbols, None if unit is None else Unit(unit), self.words)

    def _further_totals(self) -> list[frozenset[str]]:
        return [frozenset(map(normal_word, self.totals.get(column, ()))) for column in self.filters]

    def _area(self) -> SourceColumn:
        if "area" not in self.columns:
            return constant("area", "area", area_code(self.area or ""))
        name, codes = self._column("area"), self.areas

        def read(text: str) -> str:
            if isinstance(codes, Mapping):
                return area_code(codes[text])
            if codes == "names":
                try:
                    return register.find(text).code
                except InvalidValueError as error:
                    raise InvalidValueError(name, text, error.allowed, error.hint) from None
            return area_code(text.strip(), name)

        return SourceColumn("area", name, (name,), read, REFUSED)

    def _of(self, one: ReadAs) -> list[SourceColumn]:
        """Return the columns of one measure, or of several that are read alike."""
        labels, sources = self._labels(one), self.columns["period"]
        stated = one.unit or self.unit
        reader = self._reader(stated)
        value = self._column("value")
        period = SourceColumn("period", ", ".join(sources), sources, _period_reader(labels, sources), REFUSED)
        columns = [period, self._number("value", value, reader)]
        for name in _FROM_VALUE:
            columns.append(self._beside_value(name, value, reader, labels))
        return columns

    def _number(self, name: str, column: str, reader: CellReader) -> SourceColumn:
        absences = reader.absences
        blank = REFUSED if name == "value" and "" not in absences and "absence" not in self.columns else None
        read = part_reader(reader, "value", column)
        return SourceColumn(name, column, (column,), read, blank, absences=absences, rewritten=True)

    def _beside_value(self, name: str, value: str, reader: CellReader, labels: PeriodLabels) -> SourceColumn:
        """Return the column of what a cell says beside its number, or another column or the label of its period."""
        of_value = part_reader(reader, name, value)
        own = self.columns.get(name, ())
        read_own = _own_reader(name, reader, self.columns[name][0]) if own else None
        periods = self.columns["period"] if name == "revision" else ()

        def read(given: Any) -> Any:
            cells: Sequence[str] = list(given) if own or periods else [given]
            found = of_value(cells[0]) if cells[0] else None
            if cells[0] == "" and name == "absence" and not own:
                found = reader.absences.get("")
            if read_own is not None and cells[1] and (name != "absence" or not cells[0].strip()):
                found = read_own(cells[1])
            if found is None and periods:
                found = labels.revision(cells[len(own) + 1 :])
            return found

        blank = reader.absences.get("") if name == "absence" else None
        several = bool(own or periods)
        return SourceColumn(
            name, own[0] if own else value, (value, *own, *periods), read, REFUSED if several else blank
        )


def _own_reader(name: str, reader: CellReader, column: str) -> Callable[[str], Any]:
    """Return the function that reads a column of absences, units, revisions or notes."""
    if name == "absence":

        def absence(text: str) -> Absence:
            try:
                return reader.absences[text.strip()]
            except KeyError:
                raise InvalidValueError(column, text, ", ".join(each for each in reader.absences if each)) from None

        return absence
    if name == "unit":
        return lambda text: Unit.parse(text.strip())
    if name == "revision":
        return lambda text: _revision(text, column)
    return cell_readers(guard=False)[name]


def _revision(text: str, column: str) -> Any:
    revision = split_note(f"0 ({text.strip()})")[1]
    return cell_readers()["revision"](text) if revision is None else revision


def _period_reader(labels: PeriodLabels, sources: Sequence[str]) -> Callable[[Any], Any]:
    def read(given: Any) -> Any:
        return labels.read((given,) if len(sources) == 1 else given)

    return read


def _breakdown_reader(names: Sequence[str], further: Sequence[Collection[str]]) -> Callable[[Any], Any]:
    def read(given: Any) -> Any:
        cells = (given,) if len(names) == 1 else given
        parts = zip(names, cells, further, strict=True)
        return breakdown({name: cell.strip() for name, cell, totals in parts if not is_total(cell, totals)})

    return read
