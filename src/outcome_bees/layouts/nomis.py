"""Files of Nomis, the labour market and census statistics of the Office for National Statistics.

Every dimension has a code and a name: ``DATE`` and ``DATE_NAME``, ``GEOGRAPHY_CODE`` and ``GEOGRAPHY_NAME``. The code
of a date is that of its last month, whatever its length; its name says what it is, "Apr 2022-Mar 2023". Source: the
service's downloads.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import field, frozen

from outcome_bees.frozen import FrozenMapping, described
from outcome_bees.layouts.header import Header, HeaderProblem, Reading, choices_by_name, day_or_none, texts_by_name
from outcome_bees.layouts.long import LongLayout, ReadAs, measure_or_none, names_or_none

__all__ = ["NomisLayout"]

_PERIOD, _AREA, _VALUE, _STATUS = "DATE_NAME", "GEOGRAPHY_CODE", "OBS_VALUE", "OBS_STATUS"
STATUSES = {"A": "", "E": "", "P": "", "Q": "not_available", "M": "not_available", "C": "suppressed", "D": "unreliable"}
"""The codes of ``OBS_STATUS``, and the absence that each means where there is no value.

Source: the code list of observation status of SDMX, which the service follows.
"""


@described(
    measures="What each name in the column ``named_in`` is, as the id of a measure or a ``ReadAs``; other rows are "
    "left aside. ``None`` with ``measure``: all rows are of one.",
    measure="The measure of every row, where no column names it.",
    named_in="The column that names the measure of a row, such as ``VARIABLE_NAME`` or ``CELL_NAME``.",
    calendar='The sort of year of names of dates that leave it open, such as ``2021``: ``"calendar"`` for estimates '
    "of the middle of a year.",
    as_at='A bare year is this day of it: ``"06-30"`` for estimates of the middle of a year.',
    filters="Which columns name the part of the population, and what each is called in a breakdown.",
    totals="Further words for the whole population, for each column of ``filters``.",
    where='Values that columns must have, for a row to be read at all: ``{"MEASURES_NAME": "Variable"}``.',
    unit="The unit that the values are in; ``None``: the measure's.",
    recorded="The day on which the file was published; ``None``: figures count as known when their periods ended.",
    unmatched_ok="Whether names that are asked for may occur nowhere, without a warning.",
)
@frozen(kw_only=True)
class NomisLayout:
    """How a file of Nomis is to be read.

    Example:
        >>> NomisLayout(measure="claimants", where={"MEASURES_NAME": "Value"}).measure.measure
        'claimants'
    """

    measures: Mapping[str, ReadAs] | None = field(default=None, converter=names_or_none)
    measure: ReadAs | None = field(default=None, converter=measure_or_none)
    named_in: str = "VARIABLE_NAME"
    calendar: str | None = None
    as_at: str | None = None
    filters: Mapping[str, str] = field(factory=FrozenMapping, converter=texts_by_name)
    totals: Mapping[str, frozenset[str]] = field(factory=FrozenMapping, converter=choices_by_name)
    where: Mapping[str, frozenset[str]] = field(factory=FrozenMapping, converter=choices_by_name)
    unit: str | None = None
    recorded: date | None = field(default=None, converter=day_or_none)
    unmatched_ok: bool = False

    def __attrs_post_init__(self) -> None:
        self._as_long(())

    @staticmethod
    def is_header(row: Sequence[str]) -> bool:
        """Return whether a row names the columns of such a file."""
        return _PERIOD in row and _VALUE in row

    def plan(self, header: Header) -> Reading | list[HeaderProblem]:
        """Return how the rows under a header are read, or everything that is wrong with it."""
        return self._as_long(header).plan(header)

    def _as_long(self, header: Header) -> LongLayout:
        columns = {"period": _PERIOD, "area": _AREA, "value": _VALUE}
        if self.measure is None:
            columns["measure"] = self.named_in
        if _STATUS in header:
            columns["absence"] = _STATUS
        return LongLayout(
            columns=columns,
            measures=self.measures,
            measure=self.measure,
            calendar=self.calendar,
            as_at=self.as_at,
            filters=self.filters,
            totals=self.totals,
            where=self.where,
            symbols={code: word for code, word in STATUSES.items() if word} | {"": "not_available"},
            unit=self.unit,
            recorded=self.recorded,
            unmatched_ok=self.unmatched_ok,
        )
