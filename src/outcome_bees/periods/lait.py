"""The year labels of the Department for Education's local authority interactive tool (LAIT): opt in.

Its long file dates a row by a year type and a label. A bare year is the year in which the academic or
financial year *ends*, and labels may carry a status: ``2025 (prov)``. Source: the tool's published data,
held against the releases it was made from; the tool itself states no dates.
"""

from __future__ import annotations

import re
from datetime import date

from outcome_bees.errors import InvalidTypeError, PeriodError, shown
from outcome_bees.periods.calendar import YearType
from outcome_bees.periods.period import Period
from outcome_bees.periods.series import PeriodKind
from outcome_bees.vocabulary import Revision

__all__ = ["LAIT_REVISIONS", "LAIT_YEAR_TYPES", "read_lait"]

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
"""What the status that a label carries says of its figures; ``OT`` says nothing of them."""

_LABEL = re.compile(r"([0-9/-]{4,13})(?: \((Rev|Final|prov|OT)\))?")


def read_lait(label: str, year_type: str) -> tuple[Period, str | None]:
    """The period of a row, and the status that its label carries, such as ``prov``; ``None`` without one.

    Raises:
        PeriodError: A pair that the file does not use; its stray label ``0`` among them.

    Example:
        >>> read_lait("2025 (prov)", "Academic Year")
        (Period.parse('AY2024-25'), 'prov')
    """
    for what, given in (("label", label), ("year_type", year_type)):
        if not isinstance(given, str):
            raise InvalidTypeError(what, given, "text, as it stands in the file")
    if year_type not in LAIT_YEAR_TYPES:
        raise PeriodError(f"year_type: given {shown(year_type)}; allowed: {', '.join(LAIT_YEAR_TYPES)}")
    found = _LABEL.fullmatch(label)
    if found is None:
        allowed = "a year such as 2025, 2024-25, 2014-16 or 2025 (prov)"
        raise PeriodError(f"label: given {shown(label)}; allowed: {allowed}")
    return _period(found[1], year_type), found[2]


def _period(text: str, year_type: str) -> Period:
    calendar = _YEARS.get(year_type)
    if re.fullmatch("[0-9]{4}", text):
        year = int(text)
        if calendar is not None:
            return Period.year(year if calendar is YearType.CALENDAR else year - 1, calendar)
        if year_type == _JANUARY:
            return Period.month(year, 1)
        Period.year(year, YearType.CALENDAR)  # refuses the year 0
        return Period.day(date(year, *_SNAPSHOTS[year_type]))
    if calendar is None:
        raise PeriodError(f"label: given {shown(text)}; allowed with {year_type!r}: one year of four digits")
    # Calendar years are pooled, the first and the last both counted; and 2009-12 is no code of a month here.
    joint = " to " if calendar is YearType.CALENDAR else "/"
    period = Period.parse(re.sub("^([0-9]{4})-([0-9]{2}|[0-9]{4})$", rf"\1{joint}\2", text), calendar)
    if period.ends[0].kind is not PeriodKind.YEAR:
        raise PeriodError(f"label: given {shown(text)}; allowed with {year_type!r}: a year, or several")
    return period
