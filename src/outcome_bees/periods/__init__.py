"""Every way a UK figure is dated: periods, the years they are parts of, and how they are written."""

from outcome_bees.offers import fetching
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

if not TYPE_CHECKING:  # what belongs to published tables alone
    __getattr__ = fetching(
        __name__,
        {
            **dict.fromkeys(("IDENTIFIERS", "REPORTING_YEAR"), "periods.exchange.ees_labels"),
            **dict.fromkeys(("LAIT_REVISIONS", "LAIT_YEAR_TYPES"), "periods.exchange.lait_labels"),
            "split_note": "periods.notes",
        },
    )


def __dir__() -> list[str]:
    return __all__
