"""Files of Fingertips, the public health profiles: one row an indicator, place, period, sex, age and category.

A period is dated by a label alone. "2012/13" may be financial or academic, which the layout states; "2010 - 12" pools
three calendar years. A value that is not there has a note that says why. England
is repeated for each sort of area. Source: the service's downloads, and
those of its packages, which leave the spaces out of the names of columns.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from attrs import field, frozen

from outcome_bees.errors import InvalidValueError
from outcome_bees.frozen import FrozenMapping, described
from outcome_bees.layouts.header import (
    REFUSED,
    Header,
    HeaderProblem,
    Reading,
    SourceColumn,
    choices_by_name,
    day_or_none,
    missing_column,
    texts_by_name,
)
from outcome_bees.layouts.long import LongLayout, ReadAs, names_of_measures
from outcome_bees.vocabulary import Absence

__all__ = ["FingertipsLayout"]

_INDICATOR, _PERIOD, _AREA, _VALUE = _KEYS = ("Indicator ID", "Time period", "Area Code", "Value")
_NOTE = "Value note"
_OTHERS = {"numerator": "Count", "denominator": "Denominator", "note": _NOTE}
_PARTS: Mapping[str, str] = FrozenMapping({"Sex": "sex", "Category": "category"})
LEVELS = ("95.0", "99.8")
"""The levels of the limits that a file has, in per cent."""

_SUPPRESSED = ("suppress", "disclos", "too small", "small number", "small count")


def _squeezed(name: str) -> str:
    return name.replace(" ", "").casefold()


def _there(name: str, header: Header) -> str:
    """Return what a header calls a column; the name itself where it has none such."""
    return next((each for each in header if _squeezed(each) == _squeezed(name)), name)


@described(
    indicators='What each "Indicator ID" is, as the id of a measure or a ``ReadAs``; other rows are left aside.',
    calendar="The sort of year of labels such as 2012/13, for the indicators that do not state their own: "
    '``"financial"`` or ``"academic"``; ``None``: no label leaves it open.',
    level="The limits to take, of 95.0 or 99.8 per cent.",
    filters="Which columns name the part of the population, and what each is called in a breakdown. By default those "
    "of sex and of category, so that inequalities are not taken for the whole population. One that is not there is "
    "left out. Where an indicator is there for several ages, ``where`` chooses.",
    totals="Further words for the whole population, for each column of ``filters``.",
    where="Values that columns must have, for a row to be read at all.",
    unit="The unit that the values are in; ``None``: the measure's.",
    recorded="The day on which the file was published; ``None``: figures count as known when their periods ended.",
    unmatched_ok="Whether names that are asked for may occur nowhere, without a warning.",
)
@frozen(kw_only=True)
class FingertipsLayout:
    """How a file of Fingertips is to be read.

    Example:
        >>> FingertipsLayout(indicators={"90284": "injuries"}, calendar="financial").indicators["90284"].measure
        'injuries'
    """

    indicators: Mapping[str, ReadAs] = field(converter=names_of_measures)
    calendar: str | None = None
    level: str = "95.0"
    filters: Mapping[str, str] = field(default=_PARTS, converter=texts_by_name)
    totals: Mapping[str, frozenset[str]] = field(factory=FrozenMapping, converter=choices_by_name)
    where: Mapping[str, frozenset[str]] = field(factory=FrozenMapping, converter=choices_by_name)
    unit: str | None = None
    recorded: date | None = field(default=None, converter=day_or_none)
    unmatched_ok: bool = False

    def __attrs_post_init__(self) -> None:
        if self.level not in LEVELS:
            raise InvalidValueError("FingertipsLayout.level", self.level, " or ".join(map(repr, LEVELS)))
        self._as_long(())

    @staticmethod
    def is_header(row: Sequence[str]) -> bool:
        """Return whether a row names the columns of such a file."""
        return {_squeezed(_INDICATOR), _squeezed(_PERIOD)} <= set(map(_squeezed, row))

    def plan(self, header: Header) -> Reading | list[HeaderProblem]:
        """Return how the rows under a header are read, or everything that is wrong with it."""
        missing = [missing_column(name, header) for name in _KEYS if _there(name, header) not in header]
        if missing:
            return missing
        reading = self._as_long(header).plan(header)
        note = _there(_NOTE, header)
        if isinstance(reading, list) or note not in header:
            return reading
        figures = [[_with_reason(each, note) for each in columns] for columns in reading.figures]
        return reading._replace(figures=figures)

    def _as_long(self, header: Header) -> LongLayout:
        limits = {"lower": f"Lower CI {self.level} limit", "upper": f"Upper CI {self.level} limit"}
        further = {name: _there(column, header) for name, column in (_OTHERS | limits).items()}
        keys = {"measure": _INDICATOR, "period": _PERIOD, "area": _AREA, "value": _VALUE}
        return LongLayout(
            columns={name: _there(column, header) for name, column in keys.items()}
            | {name: column for name, column in further.items() if column in header},
            measures=self.indicators,
            calendar=self.calendar,
            span="inclusive",
            filters={
                _there(column, header): name
                for column, name in self.filters.items()
                if self.filters != _PARTS or _there(column, header) in header
            },
            totals={_there(column, header): words for column, words in self.totals.items()},
            where={_there(column, header): words for column, words in self.where.items()},
            symbols={"": "not_available"},
            repeats_ok=True,
            unit=self.unit,
            recorded=self.recorded,
            unmatched_ok=self.unmatched_ok,
        )


def _with_reason(column: SourceColumn, note: str) -> SourceColumn:
    """Return the column of absences, read with the note of the value: that says why there is none."""
    if column.field != "absence":
        return column

    def read(cells: Sequence[str]) -> Any:
        value, reason = cells[0], cells[-1].casefold()
        given = cells[:-1] if len(column.sources) > 1 else value
        if not value.strip() and any(word in reason for word in _SUPPRESSED):
            return Absence.SUPPRESSED
        return column.read(given) if value or column.blank is REFUSED else column.blank

    return column._replace(sources=(*column.sources, note), read=read, blank=REFUSED)
