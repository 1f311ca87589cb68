"""Every way a UK figure is dated: periods, the years they are parts of, and how they are written."""

from outcome_bees.periods.calendar import CustomYear, YearType
from outcome_bees.periods.period import Period
from outcome_bees.periods.series import PeriodKind

__all__ = ["CustomYear", "Period", "PeriodKind", "YearType"]
