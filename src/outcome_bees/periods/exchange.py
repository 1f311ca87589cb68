"""A period in other people's notations: DfE files, LAIT, SDMX, pandas and ISO 8601."""

from __future__ import annotations

from outcome_bees.periods.stretch import Stretch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from outcome_bees.periods.pandas_period import PandasPeriod
    from outcome_bees.periods.period import Period

__all__ = ["Exchanged"]


class Exchanged(Stretch):
    """What ``Period`` says to the outside; each notation is loaded when it is first asked for."""

    __slots__ = ()

    @classmethod
    def from_ees(
        cls,
        time_period: str,
        time_identifier: str,
        *,
        as_at: str | None = None,
        year_ending: str | None = None,
    ) -> Period:
        """The period of a row of a Department for Education open data file.

        Args:
            time_period: As in the file: ``2024``, or ``202425`` for a split year.
            time_identifier: As in the file: one of 91 labels, or its short code.
            as_at: What "Reporting year" means in this file: counts on this month and day, as in ``"03-31"``.
            year_ending: What else it may mean: the twelve months up to this month and day. Either is said
                of a whole file, so other rows of it, whose identifiers say enough, are not changed by it.

        Raises:
            PeriodError: The two do not fit, or "Reporting year" and its meaning is not said.

        Example:
            >>> from outcome_bees.periods import Period
            >>> Period.from_ees("202425", "Spring term"), Period.from_ees("2024", "RY", as_at="03-31")
            (Period.parse('AY2024-25-T2'), Period.parse('2024-03-31'))
        """
        from outcome_bees.periods.ees import read_ees

        return read_ees(time_period, time_identifier, as_at, year_ending)

    def to_ees(self) -> tuple[str, str]:
        """Its ``time_period`` and ``time_identifier``. A day or a year ending becomes a "Reporting year",
        whose meaning then has to be said beside the file.

        Raises:
            PeriodError: None of the 91 identifiers says it.

        Example:
            >>> from outcome_bees.periods import Period
            >>> Period.parse("FY2024-25-Q1").to_ees()
            ('202425', 'Financial year Q1')
        """
        from outcome_bees.periods.ees import write_ees

        return write_ees(self)

    @classmethod
    def from_lait(cls, label: str, year_type: str) -> Period:
        """The period of a row of the Department for Education's benchmarking tool, where a bare year of a
        split kind is the one in which it *ends*. A status in the label, as in ``2025 (prov)``, is left aside.

        Raises:
            PeriodError: The tool has no such year type, or the label is no year and no span of years.

        Example:
            >>> from outcome_bees.periods import Period
            >>> Period.from_lait("2025", "Academic Year"), Period.from_lait("2014-16", "Calendar Year")
            (Period.parse('AY2024-25'), Period.parse('CY2014..CY2016'))
        """
        from outcome_bees.periods.lait import read_lait

        return read_lait(label, year_type)[0]

    @classmethod
    def from_sdmx(cls, text: str, reporting_year_start_day: str = "--01-01") -> Period:
        """The period of an SDMX observation.

        Args:
            text: The value of TIME_PERIOD.
            reporting_year_start_day: The attribute of that name; SDMX takes 1 January where there is none.

        Example:
            >>> from outcome_bees.periods import Period
            >>> Period.from_sdmx("2024-Q1"), Period.from_sdmx("2024-A1", "--04-01")
            (Period.parse('CY2024-Q1'), Period.parse('FY2024-25'))
        """
        from outcome_bees.periods.sdmx import read_sdmx

        return read_sdmx(text, reporting_year_start_day)

    def to_sdmx(self, reporting_year_start_day: str = "--01-01") -> str:
        """Its SDMX text beside the given start day; what SDMX has no name for becomes a range of days.

        Raises:
            PeriodError: It is a part of a year that starts on another day.

        Example:
            >>> from outcome_bees.periods import Period
            >>> Period.parse("FY2024-25").to_sdmx("--04-01"), Period.parse("Y2025-03-31").to_sdmx()
            ('2024-A1', '2024-04-01/P365D')
        """
        from outcome_bees.periods.sdmx import write_sdmx

        return write_sdmx(self, reporting_year_start_day)

    @classmethod
    def from_pandas(cls, period: PandasPeriod) -> Period:
        """The period of a ``pandas.Period`` of years, quarters, months, days or weeks ending on Sunday.

        pandas names a year by the year in which it ends, so its 2025 with ``Y-MAR`` is 2024-25.
        """
        from outcome_bees.periods.pandas_period import read_pandas

        return read_pandas(period)

    def to_pandas(self) -> Any:
        """It as a ``pandas.Period``; pandas has to be there.

        Raises:
            PeriodError: pandas has no such periods: halves, terms, tax years, years ending, spans.
        """
        from outcome_bees.periods.pandas_period import write_pandas

        return write_pandas(self)

    @classmethod
    def from_iso(cls, text: str) -> Period:
        """The period of an ISO 8601 date or interval; the last day of an interval is part of it.

        Example:
            >>> from outcome_bees.periods import Period
            >>> Period.from_iso("2024-04-01/P1Y"), Period.from_iso("2024-12")
            (Period.parse('2024-04-01/2025-03-31'), Period.parse('2024-12'))
        """
        from outcome_bees.periods.iso import read_iso

        return read_iso(text)

    def to_iso(self) -> str:
        """Its ISO 8601 text; what ISO 8601 has no name for becomes an interval of its first and last day.

        Example:
            >>> from outcome_bees.periods import Period
            >>> Period.parse("FY2024-25").to_iso(), Period.parse("CY2024").to_iso()
            ('2024-04-01/2025-03-31', '2024')
        """
        from outcome_bees.periods.iso import write_iso

        return write_iso(self)
