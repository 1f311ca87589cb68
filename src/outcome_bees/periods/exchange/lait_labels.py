"""The year labels of the Department for Education's local authority interactive tool (LAIT): opt in.

Its long file dates a row by a year type and a label. A bare year is the year in which the academic or
financial year *ends*, and labels may carry a status: ``2025 (prov)``. Source: the tool's published data,
held against the releases it was made from; the tool itself states no dates.
"""

from __future__ import annotations

import re

from outcome_bees.errors import InvalidTypeError, PeriodError, shown
from outcome_bees.periods.calendar import YearType, day_number, whole_number
from outcome_bees.periods.parsing import readings
from outcome_bees.periods.sequences import PeriodKind, Run, days_run, part_of_year
from outcome_bees.vocabulary import Revision

__all__ = ["LAIT_REVISIONS", "LAIT_YEAR_TYPES", "read_lait_label"]

_SNAPSHOTS = {"Annual": (3, 31), "Annual (end of Sept)": (9, 30)}
_YEARS = {
    "Academic Year": YearType.ACADEMIC,
    "Calendar Year": YearType.CALENDAR,
    "Financial Year": YearType.FINANCIAL,
}
_JANUARY = "Annual - January"

LAIT_YEAR_TYPES = (*_YEARS, *_SNAPSHOTS, _JANUARY)
"""Every year type of the file: three sorts of year, days of counting, a census month."""

LAIT_REVISIONS = {"prov": Revision.PROVISIONAL, "Rev": Revision.REVISED, "Final": Revision.FINAL}
"""How settled the figures are by the status that a label carries; ``OT`` does not mark how settled they are."""

_LABEL = re.compile(r"([0-9/-]{4,13}|[0-9]{4} [/-] (?:[0-9]{4}|[0-9]{2}))(?: \((Rev|Final|prov|OT)\))?")


def read_lait_label(label: str, year_type: str) -> tuple[Run, str | None]:
    """Read the label of a row, as ``read_lait`` explains."""
    for what, given in (("label", label), ("year_type", year_type)):
        if not isinstance(given, str):
            raise InvalidTypeError(what, given, "text, exactly as in the file")
    if year_type not in LAIT_YEAR_TYPES:
        raise PeriodError(f"year_type: given {shown(year_type)}; allowed: {', '.join(LAIT_YEAR_TYPES)}")
    found = _LABEL.fullmatch(label)
    if found is None:
        allowed = "a year such as 2025, 2024-25, 2014-16 or 2025 (prov)"
        raise PeriodError(f"label: given {shown(label)}; allowed: {allowed}")
    return _run(found[1].replace(" ", ""), year_type), found[2]


def _run(text: str, year_type: str) -> Run:
    """Return what a label means beside its year type, without its status."""
    calendar = _YEARS.get(year_type)
    if re.fullmatch("[0-9]{4}", text):
        return _bare_year(int(text), year_type, calendar)
    if calendar is None:
        raise PeriodError(f"label: given {shown(text)}; allowed with {year_type!r}: one year of four digits")
    # Calendar years are pooled, the first and the last both counted; and 2009-12 is no code of a month here.
    joint = " to " if calendar is YearType.CALENDAR else "/"
    run, *others = readings(re.sub("^([0-9]{4})-([0-9]{2}|[0-9]{4})$", rf"\1{joint}\2", text), calendar)
    if others or run.sequence.kind is not PeriodKind.YEAR:
        raise PeriodError(f"label: given {shown(text)}; allowed with {year_type!r}: a year, or several")
    return run


def _bare_year(year: int, year_type: str, calendar: YearType | None) -> Run:
    """Return the year that ends in the one given, or the day or month of counting in it."""
    if calendar is not None:
        return part_of_year(PeriodKind.YEAR, year if calendar is YearType.CALENDAR else year - 1, 1, calendar)
    if year_type == _JANUARY:
        return part_of_year(PeriodKind.MONTH, year, 1)
    month, day = _SNAPSHOTS[year_type]
    number = day_number(whole_number(year, "year", 1, 9999) * 12 + month - 1, day)
    return days_run(number, number)
