"""A period as text: its code for files and its label for people, by the forms of the table of notations."""

from __future__ import annotations

from datetime import date

from outcome_bees.periods.calendar import Calendar, YearType
from outcome_bees.periods.notation import MONTHS, NOTATIONS
from outcome_bees.periods.series import TERMS, PeriodKind, Run

__all__ = ["code_of", "label_of"]

_FORMS = {(each.kind, each.role): each.form for each in reversed(NOTATIONS) if each.role != "read"}


def _coded_year(calendar: Calendar, year: int) -> str:
    """The code of the whole year that starts in a year of our era."""
    if calendar is YearType.CALENDAR:
        return f"CY{year:04}"
    return f"{calendar.prefix}{year:04}-{(year + 1) % 100:02}"


def _parts_of(run: Run, ordinal: int) -> dict[str, str]:
    """The texts of every part that a form of this kind may name."""
    series = run[0]
    if series.calendar is not None:
        year, part = series.place(ordinal)
        separator = series.calendar.separator
        return {
            "coded": _coded_year(series.calendar, year),
            "years": f"{year:04}{separator}{(year + 1) % 100:02}" if separator else f"{year:04}",
            "part": str(part),
            "quarter": f"Q{part}",
            "half": f"H{part}",
            "since": "Q1",
            "to": " to ",
            "until": f"Q{part}",
            "term": f"{TERMS[(part - 1) % 3].capitalize()} term",
            "two_terms": "Autumn and spring term",
        }
    if series.kind is PeriodKind.WEEK:
        year, week = series.place(ordinal)
        return {"year": f"{year:04}", "ww": f"{week:02}", "week": f"Week {week}"}
    ending = series.kind is PeriodKind.YEAR_ENDING
    on = date.fromordinal(series.last_day(ordinal) if ending else series.first_day(ordinal))
    return {
        "year": f"{on.year:04}",
        "mm": f"{on.month:02}",
        "dd": f"{on.day:02}",
        "month": MONTHS[on.month - 1],
        "day": str(on.day),
        "ending": "year ending",
        "date": f"{on.day} {MONTHS[on.month - 1]} {on.year:04}",
    }


def code_of(run: Run) -> str:
    """The canonical code of a run of periods."""
    series, first, last = run
    form = _FORMS[series.kind, "code"]
    code = form.format_map(_parts_of(run, first))
    if first == last:
        return code
    joint = "/" if series.kind is PeriodKind.DAY else ".."
    return f"{code}{joint}{form.format_map(_parts_of(run, last))}"


def label_of(run: Run) -> str:
    """The text for people, in the house style of the kind."""
    series, first, last = run
    form = _FORMS[series.kind, "label"]
    label = form.format_map(_parts_of(run, first))
    return label if first == last else f"{label} to {form.format_map(_parts_of(run, last))}"
