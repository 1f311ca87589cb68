"""Every way a UK figure is dated: periods, the years they are parts of, and how they are written."""

from outcome_bees.periods.calendar import (
    MONTHS,
    Calendar,
    CustomYear,
    YearType,
    calendar_named,
    easter_sunday,
    month_later,
)
from outcome_bees.periods.notation import NOTATIONS, Notation
from outcome_bees.periods.period import Period, read_lait
from outcome_bees.periods.sequences import IN_A_YEAR, PeriodKind

# As in the front door: type checkers and editors see the names that are fetched when they are first asked for.
TYPE_CHECKING = not __name__

if TYPE_CHECKING:
    from outcome_bees.periods.exchange.ees_labels import IDENTIFIERS, REPORTING_YEAR
    from outcome_bees.periods.exchange.lait_labels import LAIT_REVISIONS, LAIT_YEAR_TYPES
    from outcome_bees.periods.notes import split_note

__all__ = [
    "IDENTIFIERS",
    "IN_A_YEAR",
    "LAIT_REVISIONS",
    "LAIT_YEAR_TYPES",
    "MONTHS",
    "NOTATIONS",
    "REPORTING_YEAR",
    "Calendar",
    "CustomYear",
    "Notation",
    "Period",
    "PeriodKind",
    "YearType",
    "calendar_named",
    "easter_sunday",
    "month_later",
    "read_lait",
    "split_note",
]

if not TYPE_CHECKING:
    _MODULE_OF = {
        **dict.fromkeys(("IDENTIFIERS", "REPORTING_YEAR"), "exchange.ees_labels"),
        **dict.fromkeys(("LAIT_REVISIONS", "LAIT_YEAR_TYPES"), "exchange.lait_labels"),
        "split_note": "notes",
    }

    def __getattr__(name):
        """Return what belongs to published tables alone, fetched from its module and kept."""
        from importlib import import_module

        if name not in _MODULE_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
        globals()[name] = value = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
        return value


def __dir__() -> list[str]:
    return __all__
