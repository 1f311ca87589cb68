"""The Department for Education's open data files (Explore Education Statistics), by a mapping of a few lines.

Such a file has a period in two columns, a place in several, filters that name the part of the population, and
indicators, each a column of its own; in an extract one column may name the indicator of each row instead. A cell holds
a figure or a symbol that says why there is none. Source: the Department's guide for analysts.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import field, frozen

from outcome_bees.errors import InvalidValueError
from outcome_bees.frozen import FrozenMapping, described
from outcome_bees.layouts.cells import ABSENCES, absence_of, absence_texts, is_total, normal_word, number_of_cell
from outcome_bees.layouts.header import (
    REFUSED,
    Condition,
    Header,
    HeaderProblem,
    Reading,
    SourceColumn,
    choices_by_name,
    column_or_none,
    constant,
    day_or_none,
    header_problems,
    texts_by_name,
)
from outcome_bees.layouts.own import COLUMNS, PROSE, cell_readers
from outcome_bees.model.constraints import NUMBERS
from outcome_bees.model.fields import breakdown
from outcome_bees.periods import Period
from outcome_bees.vocabulary import ABSENCE_SYMBOLS, Absence

__all__ = ["LEVELS", "EesLayout", "Indicator", "indicators_by_name"]

_TIME, _IDENTIFIER, _LEVEL = "time_period", "time_identifier", "geographic_level"

LEVELS: dict[str, tuple[str, ...]] = {
    "National": ("country_code",),
    "Regional": ("region_code",),
    "Local authority": ("new_la_code",),
    "Local authority district": ("lad_code",),
    "Ward": ("ward_code",),
    "Parliamentary constituency": ("pcon_code",),
    "Local enterprise partnership": ("local_enterprise_partnership_code", "lep_code"),
    "Local skills improvement plan area": ("lsip_code",),
    "Mayoral combined authority": ("mayoral_combined_authority_code", "mca_code"),
    "English devolved area": ("english_devolved_area_code", "eda_code"),
    "Opportunity area": ("opportunity_area_code",),
    "Planning area": ("planning_area_code",),
    "Police force area": ("pfa_code", "police_force_area_code"),
    "RSC region": ("rsc_region_code",),
    "MAT": ("trust_id", "mat_code"),
    "Sponsor": ("sponsor_id",),
    "Provider": ("provider_ukprn",),
    "Institution": ("institution_id",),
    "School": ("school_urn", "school_laestab"),
}
"""The columns that have the code of a place, by geographic level; the first of them that a file has counts.

Source: the service's own list of levels and of their columns; the second names are those of other releases.
"""

_OTHER_NAMES = {
    "country": "National",
    "region": "Regional",
    "lad": "Local authority district",
    "pcon": "Parliamentary constituency",
    "lep": "Local enterprise partnership",
    "lsip": "Local skills improvement plan area",
    "local skills improvement plan": "Local skills improvement plan area",
    "mca": "Mayoral combined authority",
    "eda": "English devolved area",
    "multi academy trust": "MAT",
    "multi-academy trust": "MAT",
    "trust": "MAT",
}
_LEVEL_OF = {normal_word(level): level for level in LEVELS} | _OTHER_NAMES


_FURTHER = tuple(name for name in COLUMNS if name not in ("measure", "period", "area", "value", "absence"))


@described(
    measure="The id of the measure.",
    as_at='What "Reporting year" means for it: counts on this month and day, as in ``"03-31"``.',
    year_ending="What else it may mean: the twelve months up to this month and day.",
    unit="The unit it is published in; ``None``: the measure's.",
    **dict.fromkeys(("numerator", "denominator"), "Columns of what it was made of; ``None`` where the file has none."),
)
@frozen(kw_only=True)
class Indicator:
    """What one indicator of a file is in a plan.

    Example:
        >>> Indicator(measure="cla-rate", as_at="03-31").as_at
        '03-31'
    """

    measure: str
    as_at: str | None = None
    year_ending: str | None = None
    unit: str | None = None
    numerator: str | None = None
    denominator: str | None = None


def indicators_by_name(given: Mapping[str, Indicator | str] | None) -> FrozenMapping[str, Indicator] | None:
    """Return what each indicator is; ``None``: all that are named."""
    return (
        None
        if given is None
        else FrozenMapping(
            {name: Indicator(measure=each) if isinstance(each, str) else each for name, each in given.items()}
        )
    )


@described(
    indicators="What is wanted: an indicator's column (or its name, where ``named_in`` says which column names it), "
    "and the measure it is, as an id or an ``Indicator``. ``None``: all that are named.",
    named_in="The column that names the indicator of each row; ``None``: each has a column of its own.",
    value="The column of the figures, where ``named_in`` is given.",
    filters="Which filter columns name the part of the population, and what each is called in a breakdown. A word for "
    'the whole population ("Total", "All pupils") is left out.',
    totals='Further such words, for each filter column: ``{"sex": ["Whole county"]}``.',
    where="Values that other columns must have, for a row to be read at all.",
    area="The column of the code of the place; ``None``: by ``geographic_level``, as the guide has it.",
    also='Further columns, by the field of ``Observation`` that they are: ``{"upper": "upper_ci"}``.',
    symbols='Symbols that are not the Department\'s, and the absence each means: ``{"NA": "not_available"}``. ``""`` '
    "is a blank cell, which is refused else.",
    **dict.fromkeys(
        ("as_at", "year_ending"), 'What "Reporting year" means for every indicator that does not give it itself.'
    ),
    recorded="The day on which the file was published, as a date or its text; ``None``: its figures count as known "
    "when their periods ended.",
    unmatched_ok="Whether values of ``where``, ``indicators`` and ``totals`` may occur nowhere, without a warning.",
)
@frozen(kw_only=True)
class EesLayout:
    """How one open data file of the Department for Education is to be read.

    Raises:
        InvalidValueError: Nothing is wanted, or two fields contradict each other.

    Example:
        >>> layout = EesLayout(indicators={"cla_rate_per_10000": "cla-rate"}, as_at="03-31")
        >>> layout.indicators["cla_rate_per_10000"].measure
        'cla-rate'
    """

    indicators: Mapping[str, Indicator] | None = field(default=None, converter=indicators_by_name)
    named_in: str | None = None
    value: str = "value"
    filters: Mapping[str, str] = field(factory=FrozenMapping, converter=texts_by_name)
    totals: Mapping[str, frozenset[str]] = field(factory=FrozenMapping, converter=choices_by_name)
    where: Mapping[str, frozenset[str]] = field(factory=FrozenMapping, converter=choices_by_name)
    area: str | None = field(default=None, converter=column_or_none)
    also: Mapping[str, str] = field(factory=FrozenMapping, converter=texts_by_name)
    symbols: Mapping[str, str] = field(factory=FrozenMapping, converter=texts_by_name)
    as_at: str | None = None
    year_ending: str | None = None
    recorded: date | None = field(default=None, converter=day_or_none)
    unmatched_ok: bool = False

    def __attrs_post_init__(self) -> None:
        if self.indicators is None and self.named_in is None:
            raise InvalidValueError("EesLayout.indicators", None, "what is wanted, unless named_in says its column")
        for name in self.also:
            if name not in _FURTHER:
                raise InvalidValueError("EesLayout.also", name, ", ".join(_FURTHER))
        for name, taken in (("breakdown", self.filters), ("recorded", self.recorded)):
            if taken and name in self.also:
                other = "filters" if name == "breakdown" else name
                raise InvalidValueError("EesLayout.also", name, f"one of {other} and a column of {name}")
        for name in self.totals:
            if name not in self.filters:
                raise InvalidValueError("EesLayout.totals", name, ", ".join(self.filters) or "no filter is named")
        if self.as_at is not None and self.year_ending is not None:
            raise InvalidValueError("EesLayout.as_at", self.as_at, "one of as_at and year_ending")

    @staticmethod
    def is_header(row: Sequence[str]) -> bool:
        """Return whether a row names the columns of such a file."""
        return _TIME in row and _IDENTIFIER in row

    def plan(self, header: Header) -> Reading | list[HeaderProblem]:
        """Return how the rows under a header are read, or everything that is wrong with it."""
        problems = header_problems(self._wanted(header), header)
        if problems:
            return problems
        shared = self._shared(header)
        asked = [Condition(column, words, f"EesLayout.totals[{column!r}]") for column, words in self.totals.items()]
        where = [Condition(name, values, f"EesLayout.where[{name!r}]") for name, values in self.where.items()]
        if self.named_in is None:
            read_id = cell_readers()["measure"]
            figures = [
                [constant("measure", name, read_id(each.measure)), *shared, *self._of(name, {"": each})]
                for name, each in (self.indicators or {}).items()
            ]
            return Reading(figures, where, asked=asked)
        if self.indicators is None:
            measure = SourceColumn("measure", self.named_in, (self.named_in,), cell_readers()["measure"], REFUSED)
            return Reading([[measure, *shared, *self._of(self.value, {"": Indicator(measure="")})]], where, asked=asked)
        return self._of_named(self.named_in, self.indicators, shared, where, asked)

    def _wanted(self, header: Header) -> Iterable[str]:
        """Return the columns that the layout names."""
        wanted = [_TIME, _IDENTIFIER, *self.filters, *self.where, *self.also.values()]
        if self.area:
            wanted.append(self.area)
        else:
            codes = [column for columns in LEVELS.values() for column in columns if column in header]
            wanted += [_LEVEL, *(codes or LEVELS["National"])]
        wanted += [self.named_in, self.value] if self.named_in else list(self.indicators or ())
        for indicator in (self.indicators or {}).values():
            wanted += [name for name in (indicator.numerator, indicator.denominator) if name]
        return wanted

    def _shared(self, header: Header) -> list[SourceColumn]:
        """Return the columns that every indicator has in common."""
        readers = cell_readers(guard=False)
        columns = [
            SourceColumn("area", self.area, (self.area,), readers["area"], REFUSED)
            if self.area
            else _area_column(header, readers["area"])
        ]
        if self.filters:
            names = tuple(self.filters)
            read = self._breakdown_reader()
            everybody = FrozenMapping[str, str]()
            parts = tuple(self.filters.values())
            columns.append(SourceColumn("breakdown", ", ".join(names), names, read, everybody, parts))
        for name, column in self.also.items():
            if name in NUMBERS:
                columns.append(self._number(name, column))
            else:
                read = readers[name] if name in PROSE else _in_lower_case(readers[name])
                blank = FrozenMapping[str, str]() if name == "breakdown" else None
                columns.append(SourceColumn(name, column, (column,), read, blank))
        if self.recorded is not None:
            columns.append(constant("recorded", "recorded", self.recorded))
        return columns

    def _of(self, value: str, indicators: Mapping[str, Indicator]) -> list[SourceColumn]:
        """Return the columns of one indicator, or of several whose name is in ``named_in``."""
        one = next(iter(indicators.values()))
        periods = {name: self._period_reader(each) for name, each in indicators.items()}
        named_in = self.named_in or ""
        labels: tuple[str, ...] = (_TIME, _IDENTIFIER)
        read_period: Callable[[Any], Period] = (
            periods[""] if "" in periods else lambda cells: periods[cells[2]](cells[:2])
        )
        columns = [SourceColumn("period", _TIME, labels if "" in periods else (*labels, named_in), read_period)]
        blank = self._absences.get("")
        columns.append(self._number("value", value, refuse_blank=blank is None))
        columns.append(SourceColumn("absence", value, (value,), self._absences.get, blank))
        for part, column in (("numerator", one.numerator), ("denominator", one.denominator)):
            if column:
                columns.append(self._number(part, column))
        read_unit = cell_readers()["unit"]
        units = {name: read_unit(each.unit) if each.unit else None for name, each in indicators.items()}
        if "" in units:
            columns += [constant("unit", value, units[""])] if units[""] is not None else []
        elif any(units.values()):
            columns.append(SourceColumn("unit", named_in, (named_in,), units.__getitem__))
        return columns

    def _of_named(
        self,
        named_in: str,
        indicators: Mapping[str, Indicator],
        shared: list[SourceColumn],
        where: list[Condition],
        asked: list[Condition],
    ) -> Reading:
        """Return the reading of a table whose rows name their indicator, by the columns that indicators are made of."""
        read_id = cell_readers()["measure"]
        ids = {name: read_id(each.measure) for name, each in indicators.items()}
        measure = SourceColumn("measure", named_in, (named_in,), ids.__getitem__, REFUSED)
        kinds: dict[tuple[str | None, str | None], dict[str, Indicator]] = {}
        for name, each in indicators.items():
            kinds.setdefault((each.numerator, each.denominator), {})[name] = each
        figures = [[measure, *shared, *self._of(self.value, each)] for each in kinds.values()]
        wanted = Condition(named_in, frozenset(indicators), "EesLayout.indicators")
        return Reading(figures, where, named_in, [frozenset(each) for each in kinds.values()], [*asked, wanted])

    @property
    def _absences(self) -> dict[str, Absence]:
        """The texts that say why there is no figure."""
        return {**ABSENCES, **absence_texts({symbol: absence_of(word) for symbol, word in self.symbols.items()})}

    def _number(self, field: str, column: str, *, refuse_blank: bool = False) -> SourceColumn:
        absences = self._absences
        symbols = ", ".join(dict.fromkeys((*ABSENCE_SYMBOLS, *(each for each in self.symbols if each))))

        def read(text: str) -> Any:
            if text in absences:
                return None
            if not text:
                allowed = f"a figure, or a symbol that says why there is none: {symbols}"
                hint = 'where a blank means that there is none, give the layout symbols={"": "not_available"}'
                raise InvalidValueError(column, text, allowed, hint)
            try:
                number = number_of_cell(text)
            except InvalidValueError as error:
                raise InvalidValueError(column, text, f"{error.allowed}; or a symbol: {symbols}", error.hint) from None
            return number.copy_abs() if number.is_zero() else number  # a rounded -0.04 is no figure below zero

        return SourceColumn(field, column, (column,), read, REFUSED if refuse_blank else None, absences=absences)

    def _period_reader(self, indicator: Indicator) -> Callable[[Sequence[str]], Period]:
        meaning = indicator if indicator.as_at or indicator.year_ending else self
        as_at, year_ending = meaning.as_at, meaning.year_ending
        return lambda pair: Period.from_ees(*pair, as_at=as_at, year_ending=year_ending)

    def _breakdown_reader(self) -> Callable[[Any], Any]:
        names = tuple(self.filters.values())
        further = [frozenset(map(normal_word, self.totals.get(column, ()))) for column in self.filters]

        def read(given: Any) -> Any:
            cells = (given,) if len(names) == 1 else given
            parts = zip(names, cells, further, strict=True)
            return breakdown({name: cell for name, cell, totals in parts if not is_total(cell, totals)})

        return read


def _area_column(header: Header, read: Callable[[str], Any]) -> SourceColumn:
    """Return the column of the code of a place, which another column has for each level."""
    there = {level: [each for each in columns if each in header] for level, columns in LEVELS.items()}
    codes = [column for columns in there.values() for column in columns]
    known = [level for level, columns in there.items() if columns]

    def of_level(cells: Sequence[str]) -> Any:
        level = _LEVEL_OF.get(normal_word(cells[0]))
        columns = there.get(level or "", [])
        if not columns:
            wanted = f", and {' or '.join(LEVELS[level])} is not there" if level else ""
            names = ", ".join(f'"{each}"' for each in known)
            hint = f'leave its rows out with where={{"{_LEVEL}": [{names}]}}, or name the column of its codes in area='
            raise InvalidValueError(_LEVEL, cells[0], f"{', '.join(known)}{wanted}", hint)
        given = dict(zip(codes, cells[1:], strict=True))
        column = next((each for each in columns if given[each]), columns[0])
        try:
            return read(given[column])
        except InvalidValueError as error:
            raise InvalidValueError(column, given[column], error.allowed, error.hint) from None

    return SourceColumn("area", _LEVEL, (_LEVEL, *codes), of_level)


def _in_lower_case(read: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda text: read(text.lower())
