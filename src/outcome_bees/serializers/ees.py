"""The Department for Education's open data files (Explore Education Statistics), by a mapping of a few lines.

Such a file has a period in two columns, a place in several, filters that say of whom, and indicators, each
a column of its own; in an extract one column may name the indicator of each row instead. A cell holds a
figure or a symbol that says why there is none. Source: the Department's guide for analysts.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from attrs import field, frozen

from outcome_bees.errors import InvalidValueError
from outcome_bees.exact import exact
from outcome_bees.frozen import FrozenMapping
from outcome_bees.model.fields import breakdown
from outcome_bees.periods import Period
from outcome_bees.serializers.cells import ABSENCES, absence
from outcome_bees.serializers.layouts import (
    COLUMNS,
    NUMBERS,
    PROSE,
    REFUSED,
    Column,
    Header,
    Reading,
    Trouble,
    cell_readers,
    no_column,
    texts_by_name,
)
from outcome_bees.vocabulary import Absence

__all__ = ["EesLayout", "Indicator"]

_PLACES = {
    "national": "country_code",
    "regional": "region_code",
    "local authority": "new_la_code",
    "local authority district": "lad_code",
    "school": "school_urn",
}
"""The column that has the code of a place, by geographic level."""

_EVERYBODY = ("", "Total", "All", "All pupils", "All children")
"""What a filter says where a row is of the whole population; the guide asks for "Total"."""


@frozen(kw_only=True)
class Indicator:
    """What one indicator of a file is in a plan.

    Attributes:
        measure: The id of the measure.
        as_at: What "Reporting year" means for it: counts on this month and day, as in ``"03-31"``.
        year_ending: What else it may mean: the twelve months up to this month and day.
        unit: The unit it is published in; ``None``: the measure's.
        numerator, denominator: Columns of what it was made of; ``None`` where the file has none.

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


def _indicators(given: Mapping[str, Indicator | str] | None) -> FrozenMapping[str, Indicator] | None:
    return (
        None
        if given is None
        else FrozenMapping(
            {name: Indicator(measure=each) if isinstance(each, str) else each for name, each in given.items()}
        )
    )


def _choices(given: Mapping[str, str | Collection[str]]) -> FrozenMapping[str, frozenset[str]]:
    return FrozenMapping({name: frozenset([each] if isinstance(each, str) else each) for name, each in given.items()})


@frozen(kw_only=True)
class EesLayout:
    """How one open data file of the Department for Education is to be read.

    Attributes:
        indicators: What is wanted: an indicator's column (or its name, where ``named_in`` says which column
            names it), and the measure it is, as an id or an ``Indicator``. ``None``: all that are named.
        named_in: The column that names the indicator of each row; ``None``: each has a column of its own.
        value: The column of the figures, where ``named_in`` is said.
        filters: Which filter columns say of whom a figure is, and what each is called in a breakdown.
            A filter's "Total" is everybody, and is left out.
        where: Values that other columns must have, for a row to be read at all.
        area: The column of the code of the place; ``None``: by ``geographic_level``, as the guide has it.
        also: Further columns, by the field of ``Observation`` that they are: ``{"upper": "upper_ci"}``.
        symbols: Symbols that are not the Department's, and the absence each says: ``{"NA": "not_available"}``.
        as_at, year_ending: What "Reporting year" means for every indicator that does not say it itself.

    Example:
        >>> layout = EesLayout(indicators={"cla_rate_per_10000": "cla-rate"}, as_at="03-31")
        >>> layout.indicators["cla_rate_per_10000"].measure
        'cla-rate'
    """

    indicators: Mapping[str, Indicator] | None = field(default=None, converter=_indicators)
    named_in: str | None = None
    value: str = "value"
    filters: Mapping[str, str] = field(factory=FrozenMapping, converter=texts_by_name)
    where: Mapping[str, frozenset[str]] = field(factory=FrozenMapping, converter=_choices)
    area: str | None = None
    also: Mapping[str, str] = field(factory=FrozenMapping, converter=texts_by_name)
    symbols: Mapping[str, str] = field(factory=FrozenMapping, converter=texts_by_name)
    as_at: str | None = None
    year_ending: str | None = None

    def __attrs_post_init__(self) -> None:
        if self.indicators is None and self.named_in is None:
            raise InvalidValueError("EesLayout.indicators", None, "what is wanted, unless named_in says its column")
        unknown = [name for name in self.also if name not in COLUMNS]
        if unknown:
            raise InvalidValueError("EesLayout.also", unknown[0], ", ".join(COLUMNS))
        if self.as_at is not None and self.year_ending is not None:
            raise InvalidValueError("EesLayout.as_at", self.as_at, "one of as_at and year_ending")

    def is_header(self, row: Sequence[str]) -> bool:
        return "time_period" in row and "time_identifier" in row

    def plan(self, header: Header) -> Reading | list[Trouble]:
        """How the rows under a header are read, or everything that is wrong with it."""
        place = {name: index for index, name in enumerate(header)}
        codes = [name for name in _PLACES.values() if name in place]
        wanted = ["time_period", "time_identifier", *self.filters, *self.where, *self.also.values()]
        wanted += [self.area] if self.area else ["geographic_level", *([] if codes else ["country_code"])]
        wanted += [self.named_in, self.value] if self.named_in else list(self.indicators or ())
        for indicator in (self.indicators or {}).values():
            wanted += [name for name in (indicator.numerator, indicator.denominator) if name]
        troubles = [no_column(name, header) for name in dict.fromkeys(wanted) if name not in place]
        if troubles:
            return troubles
        sorts: dict[str, Indicator | None] = dict(self.indicators) if self.indicators is not None else {"": None}
        figures = [list(self._columns(name, indicator, place)) for name, indicator in sorts.items()]
        return Reading(figures, self._choice(list(sorts), place))

    def _choice(self, sorts: Sequence[str], place: Mapping[str, int]) -> Callable[[Sequence[str]], Sequence[int]]:
        conditions = [(place[name], values) for name, values in self.where.items()]
        every = tuple(range(len(sorts)))
        by_name = {name: (number,) for number, name in enumerate(sorts)}
        named = None if self.named_in is None or self.indicators is None else place[self.named_in]

        def choose(row: Sequence[str]) -> Sequence[int]:
            if not all(row[index] in values for index, values in conditions):
                return ()
            return every if named is None else by_name.get(row[named], ())

        return choose

    def _columns(self, name: str, indicator: Indicator | None, place: Mapping[str, int]) -> Iterator[Column]:
        """The columns of the figures of one indicator."""
        readers = cell_readers(guard=False)

        def one(field: str, column: str, read: Callable[[Any], Any], blank: Any = None) -> Column:
            return Column(field, column, place[column], itemgetter(place[column]), read, blank)

        if indicator is None:
            indicator = Indicator(measure="")
            yield one("measure", self.named_in or "", readers["measure"], REFUSED)
        else:
            measure = readers["measure"](indicator.measure)
            yield Column("measure", name, 0, lambda row: "", lambda text: measure, measure)
        said = indicator if indicator.as_at or indicator.year_ending else self
        as_at, ending = said.as_at, said.year_ending
        time = itemgetter(place["time_period"], place["time_identifier"])
        yield Column(
            "period",
            "time_period",
            place["time_period"],
            time,
            lambda pair: Period.from_ees(*pair, as_at=as_at, year_ending=ending),
        )
        yield one("area", self.area, readers["area"], REFUSED) if self.area else self._area(place, readers["area"])
        value = self.value if self.named_in else name
        absences = {symbol: absence(word) for symbol, word in self.symbols.items()}
        yield one("value", value, _number_unless({**ABSENCES, **absences}))
        yield one("absence", value, lambda text: absences.get(text, ABSENCES.get(text)), absences.get(""))
        for part, column in (("numerator", indicator.numerator), ("denominator", indicator.denominator)):
            if column:
                yield one(part, column, _number_unless({**ABSENCES, **absences}))
        if indicator.unit:
            unit = readers["unit"](indicator.unit)
            yield Column("unit", name, 0, lambda row: "", lambda text: unit, unit)
        if self.filters:
            places = [place[column] for column in self.filters]
            names = tuple(self.filters.values())
            yield Column("breakdown", ", ".join(self.filters), places[0], _taker(places), _of_whom(names, breakdown))
        for name, column in self.also.items():
            if name in NUMBERS:
                yield one(name, column, _number_unless({**ABSENCES, **absences}))
            else:
                yield one(name, column, readers[name] if name in PROSE else _in_lower_case(readers[name]))

    def _area(self, place: Mapping[str, int], read: Callable[[str], Any]) -> Column:
        """The code of the place, from the column that its level says."""
        columns = [(level, column) for level, column in _PLACES.items() if column in place]
        take = itemgetter(place["geographic_level"], *(place[column] for _, column in columns))

        def of_level(cells: Sequence[str]) -> Any:
            level, *codes = cells
            for (known, _), code in zip(columns, codes, strict=True):
                if level.casefold() == known:
                    return read(code)
            raise InvalidValueError("geographic_level", level, ", ".join(known for known, _ in columns))

        return Column("area", "geographic_level", place["geographic_level"], take, of_level)


def _in_lower_case(read: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda text: read(text.lower())


def _taker(places: Sequence[int]) -> Callable[[Sequence[str]], Any]:
    return lambda row: tuple(row[place] for place in places)


def _number_unless(symbols: Mapping[str, Absence]) -> Callable[[str], Any]:
    return lambda text: None if text in symbols else exact(text)


def _of_whom(names: Sequence[str], read: Callable[[Any], Any]) -> Callable[[Sequence[str]], Any]:
    return lambda cells: read({name: cell for name, cell in zip(names, cells, strict=True) if cell not in _EVERYBODY})
