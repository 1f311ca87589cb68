"""``pandas.Period``, both ways. pandas names a fiscal year by the year in which it ends, we by its start."""

from __future__ import annotations

import re
from datetime import date
from importlib import import_module
from typing import Any, Protocol

from outcome_bees.errors import InvalidTypeError, PeriodError, shown
from outcome_bees.periods.calendar import MONTHS, Calendar, YearType
from outcome_bees.periods.codes import code_of
from outcome_bees.periods.sequences import IN_A_YEAR, PeriodKind, Run, part_of_year, sequence_of, single

__all__ = ["PandasPeriod", "read_pandas", "write_pandas"]

_ALLOWED = "years and quarters that begin on the first of a month, months, weeks ending on Sunday, days"
_MONTHS = tuple(name[:3].upper() for name in MONTHS)
_YEARLY = re.compile(f"([AYQ])-({'|'.join(_MONTHS)})")
_IN_A_YEAR = {PeriodKind.YEAR: ("Y", 1970), PeriodKind.QUARTER: ("Q", 1970 * 4)}
_PLAIN = {
    PeriodKind.MONTH: ("M", 1970 * 12),
    PeriodKind.WEEK: ("W-SUN", part_of_year(PeriodKind.WEEK, 1969, 52).first),
    PeriodKind.DAY: ("D", date(1970, 1, 1).toordinal()),
}
"""By kind, pandas' frequency and our ordinal of what pandas counts as 0."""


class PandasPeriod(Protocol):
    """What is asked of a ``pandas.Period``, so that reading one does not need pandas."""

    @property
    def freqstr(self) -> str:
        """The frequency, such as ``Y-MAR``."""
        ...

    @property
    def ordinal(self) -> int:
        """The place among the periods of the frequency, from 0 for that of 1 January 1970."""
        ...


def read_pandas(period: PandasPeriod) -> Run:
    """Read a ``pandas.Period``, as ``Period.from_pandas`` explains."""
    frequency, ordinal = getattr(period, "freqstr", None), getattr(period, "ordinal", None)
    if not isinstance(frequency, str) or not isinstance(ordinal, int):
        raise InvalidTypeError("pandas period", period, "a pandas.Period; NaT is none")
    yearly = _YEARLY.fullmatch(frequency)
    if yearly:
        kind = PeriodKind.QUARTER if yearly[1] == "Q" else PeriodKind.YEAR
        calendar = YearType.starting((_MONTHS.index(yearly[2]) + 1) % 12 + 1)
        return single(sequence_of(kind, calendar), ordinal + _zero(kind, calendar))
    for kind, (written, zero) in _PLAIN.items():
        if written == frequency:
            return single(sequence_of(kind), ordinal + zero)
    raise PeriodError(f"pandas period: given the frequency {shown(frequency)}; allowed: {_ALLOWED}")


def _zero(kind: PeriodKind, calendar: Calendar) -> int:
    """Return our ordinal of pandas' 0; one year less for a year that pandas names by its end and we by its start."""
    zero = _IN_A_YEAR[kind][1]
    return zero if calendar is YearType.CALENDAR else zero - IN_A_YEAR[kind]


def write_pandas(run: Run) -> Any:
    """Return a run as a ``pandas.Period``, as ``Period.to_pandas`` explains."""
    kind, calendar = run.kind, run.sequence.calendar
    if kind in _IN_A_YEAR and calendar is not None and calendar.day == 1:
        frequency, zero = f"{_IN_A_YEAR[kind][0]}-{_MONTHS[calendar.month - 2]}", _zero(kind, calendar)
    elif kind in _PLAIN:
        frequency, zero = _PLAIN[kind]
    else:
        raise PeriodError(f"{code_of(run)} is no pandas.Period; allowed: {_ALLOWED}")
    return import_module("pandas").Period(ordinal=run.first - zero, freq=frequency)
