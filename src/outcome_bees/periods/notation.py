"""One table of the ways in which a period is written; the same forms are read and written.

A form is text with named parts in braces. Codes are read letter by letter; in all else case does not
matter, any dash is a hyphen, any space is a space, and where a form has a space a hyphen will do. Of the
forms of a kind, the one whose role is ``code`` is what files carry and the ``label`` is what people see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from outcome_bees.periods.calendar import Calendar, YearType
from outcome_bees.periods.series import TERMS, PeriodKind, Run

__all__ = ["MONTHS", "NOTATIONS", "Notation", "code_of", "coded_year", "label_of", "patterns"]

Example = tuple[str, str | None, str]

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Notation:
    """One way in which a kind of period is written.

    Attributes:
        kind: What it writes.
        role: ``code`` (files), ``label`` (people, written and read) or ``read`` (people, read only).
        form: The text, with the names of its parts in braces.
        examples: Texts in this form: each with the calendar that has to be said with it (``None`` where
            the text says enough) and the code of what it means.
    """

    __slots__ = ("examples", "form", "kind", "role")

    def __init__(self, kind: PeriodKind, role: str, form: str, *examples: Example) -> None:
        self.kind, self.role, self.form, self.examples = kind, role, form, examples


_K = PeriodKind

NOTATIONS = (
    Notation(
        _K.YEAR,
        "code",
        "{coded}",
        ("CY2024", None, "CY2024"),
        ("FY2024-25", None, "FY2024-25"),
        ("TY2024-25", None, "TY2024-25"),
        ("AY2024-25", None, "AY2024-25"),
        ("SY2024-25", None, "SY2024-25"),
        ("Y10-01:2024-25", None, "Y10-01:2024-25"),
    ),
    Notation(_K.MONTH, "code", "{year}-{mm}", ("2024-12", None, "2024-12")),
    Notation(_K.DAY, "code", "{year}-{mm}-{dd}", ("2025-03-31", None, "2025-03-31")),
    Notation(_K.QUARTER, "code", "{coded}-Q{part}", ("FY2024-25-Q1", None, "FY2024-25-Q1")),
    Notation(_K.TO_DATE, "code", "{coded}-Q1..Q{part}", ("FY2024-25-Q1..Q3", None, "FY2024-25-Q1..Q3")),
    Notation(_K.HALF, "code", "{coded}-H{part}", ("FY2024-25-H2", None, "FY2024-25-H2")),
    Notation(_K.TERM, "code", "{coded}-T{part}", ("AY2024-25-T1", None, "AY2024-25-T1")),
    Notation(_K.AUTUMN_AND_SPRING, "code", "{coded}-T1T2", ("AY2024-25-T1T2", None, "AY2024-25-T1T2")),
    Notation(_K.WEEK, "code", "{year}-W{ww}", ("2024-W05", None, "2024-W05")),
    Notation(_K.YEAR_ENDING, "code", "Y{year}-{mm}-{dd}", ("Y2025-03-31", None, "Y2025-03-31")),
    Notation(
        _K.YEAR,
        "label",
        "{years}",
        ("2024-25", "financial", "FY2024-25"),
        ("2024/25", "academic", "AY2024-25"),
        ("2024/2025", "school", "SY2024-25"),
        ("202425", "academic", "AY2024-25"),
        ("2024 – 25", "tax", "TY2024-25"),
        ("1999/00", "financial", "FY1999-00"),
        ("2024", "calendar", "CY2024"),
        ("2024/25", "10-01", "Y10-01:2024-25"),
        ("FY 2024/25", None, "FY2024-25"),
        ("academic year 2024/25", None, "AY2024-25"),
        ("2024-25 Financial year", None, "FY2024-25"),
        ("2011-12", "financial", "FY2011-12"),
        ("2018-21", "financial", "FY2018-19..FY2020-21"),
        ("2024/26", "academic", "AY2024-25..AY2025-26"),
        ("2021 - 2026", "financial", "FY2021-22..FY2025-26"),
        ("2024 - 2025", "financial", "FY2024-25"),
    ),
    Notation(
        _K.YEAR,
        "read",
        "{year} to {till}",
        ("2018 to 2021", "financial", "FY2018-19..FY2020-21"),
        ("2014 to 2016", "calendar", "CY2014..CY2016"),
    ),
    Notation(
        _K.QUARTER,
        "label",
        "{years} {quarter}",
        ("2024/25 Q4", "financial", "FY2024-25-Q4"),
        ("2024 Q1", "calendar", "CY2024-Q1"),
        ("2024-25 Financial year Q1", None, "FY2024-25-Q1"),
    ),
    Notation(
        _K.QUARTER,
        "read",
        "{quarter} {years}",
        ("Q1 2024-25", "financial", "FY2024-25-Q1"),
        ("quarter 3 2024/25", "academic", "AY2024-25-Q3"),
    ),
    Notation(
        _K.QUARTER,
        "read",
        "{calendar} {quarter} {years}",
        ("Financial year Q1 2024-25", None, "FY2024-25-Q1"),
    ),
    Notation(_K.HALF, "label", "{years} {half}", ("2024-25 H2", "financial", "FY2024-25-H2")),
    Notation(_K.HALF, "read", "{half} {years}", ("H1 2024/25", "academic", "AY2024-25-H1")),
    Notation(
        _K.TO_DATE,
        "label",
        "{years} Q1{to}{quarter}",
        ("2024-25 Q1 to Q3", "financial", "FY2024-25-Q1..Q3"),
    ),
    Notation(
        _K.TO_DATE,
        "read",
        "Q1{to}{quarter} {years}",
        ("Q1-Q3 2024-25", "financial", "FY2024-25-Q1..Q3"),
    ),
    Notation(
        _K.TERM,
        "label",
        "{term} {years}",
        ("Autumn term 2024/25", None, "AY2024-25-T1"),
        ("Summer 2024/25", None, "AY2024-25-T3"),
    ),
    Notation(_K.TERM, "read", "{years} {term}", ("2024/25 Spring term", None, "AY2024-25-T2")),
    Notation(
        _K.AUTUMN_AND_SPRING,
        "label",
        "{two_terms} {years}",
        ("Autumn and spring term 2024/25", None, "AY2024-25-T1T2"),
    ),
    Notation(
        _K.AUTUMN_AND_SPRING,
        "read",
        "{years} {two_terms}",
        ("2024/25 Autumn and spring term", None, "AY2024-25-T1T2"),
    ),
    Notation(
        _K.MONTH,
        "label",
        "{month} {year}",
        ("December 2024", None, "2024-12"),
        ("Sept 2024", None, "2024-09"),
    ),
    Notation(_K.MONTH, "read", "{month} {short}", ("Sept 24", None, "2024-09"), ("Sep-24", None, "2024-09")),
    Notation(_K.MONTH, "read", "{year} {month}", ("2024 December", None, "2024-12")),
    Notation(
        _K.MONTH,
        "read",
        "{month}{to}{till_month} {year}",
        ("April to June 2024", None, "2024-04..2024-06"),
        ("Apr–Jun 2024", None, "2024-04..2024-06"),
    ),
    Notation(
        _K.DAY,
        "label",
        "{day} {month} {year}",
        ("31 March 2025", None, "2025-03-31"),
        ("as at 31st Mar 2025", None, "2025-03-31"),
    ),
    Notation(_K.DAY, "read", "{day} {month} {short}", ("31-Mar-25", None, "2025-03-31")),
    Notation(_K.DAY, "read", "{numeric}", ("31/03/2025", None, "2025-03-31"), ("31.3.2025", None, "2025-03-31")),
    Notation(
        _K.YEAR_ENDING,
        "label",
        "{ending} {day} {month} {year}",
        ("year ending 31 March 2025", None, "Y2025-03-31"),
        ("year to 31 March 2025", None, "Y2025-03-31"),
    ),
    Notation(
        _K.YEAR_ENDING,
        "read",
        "{ending} {month} {year}",
        ("12 months to March 2025", None, "Y2025-03-31"),
    ),
    Notation(_K.WEEK, "label", "{week} {year}", ("Week 5 2024", None, "2024-W05"), ("wk 5 2024", None, "2024-W05")),
    Notation(_K.WEEK, "read", "{year} {week}", ("2024 Week 5", None, "2024-W05")),
    Notation(
        _K.SPAN,
        "code",
        "{first}..{last}",
        ("FY2018-19..FY2020-21", None, "FY2018-19..FY2020-21"),
    ),
    Notation(
        _K.SPAN,
        "code",
        "{first}/{last}",
        ("2024-04-01/2024-09-17", None, "2024-04-01/2024-09-17"),
    ),
    Notation(
        _K.SPAN,
        "label",
        "{first} to {last}",
        ("2018-19 to 2020-21", "financial", "FY2018-19..FY2020-21"),
        ("1 April 2024 to 17 September 2024", None, "2024-04-01/2024-09-17"),
        ("Apr 2024 to Sep 2025", None, "2024-04..2025-09"),
    ),
    Notation(
        _K.SPAN,
        "read",
        "{first} - {last}",
        ("2018/19 - 2020/21", "financial", "FY2018-19..FY2020-21"),
    ),
    Notation(
        _K.SPAN,
        "read",
        "{split}-{till_split}",
        ("2018/19-2020/21", "academic", "AY2018-19..AY2020-21"),
        ("2013/14-15/16", "financial", "FY2013-14..FY2015-16"),
    ),
)
"""Every notation. Codes stand first and the commonest of them foremost, for they are read most."""


def _month_names(group: str) -> str:
    names = [f"{name[:3]}(?:{name[3:]})?" for name in MONTHS] + ["Sept"]
    return f"(?P<{group}>{'|'.join(names).lower()})\\.?"


_CALENDAR = "(?:academic|calendar|financial|school|tax)(?: year)?|[acfst]y"

_READ = {
    "coded": "(?P<prefix>[CFTAS]Y|Y[0-9]{2}-[0-9]{2}:)(?P<year>[0-9]{4})(?:-(?P<end>[0-9]{2}))?",
    "year": "(?P<year>[0-9]{4})",
    "mm": "(?P<month>[0-9]{2})",
    "dd": "(?P<day>[0-9]{2})",
    "ww": "(?P<week>[0-9]{2})",
    "part": "(?P<part>[0-9])",
    "first": "(?P<first>.{4,}?)",
    "last": "(?P<last>.{4,})",
    "years": f"(?:(?P<named>{_CALENDAR}) ?)?(?P<year>[0-9]{{4}})"
    f"(?:(?P<six>[0-9]{{2}})| ?[-/] ?(?P<end>[0-9]{{4}}|[0-9]{{2}}))?(?: (?P<named_after>{_CALENDAR}))?",
    "calendar": f"(?P<named_before>{_CALENDAR})",
    "till": "(?P<till>[0-9]{4})",
    "split": "(?P<first>[0-9]{4}/(?:[0-9]{4}|[0-9]{2}))",
    "till_split": "(?P<last>(?:[0-9]{4}|[0-9]{2})/(?:[0-9]{4}|[0-9]{2}))",
    "to": "(?: to |-| - )",
    "quarter": "q(?:uarter )?(?P<part>[0-9])",
    "half": "h(?:alf )?(?P<part>[0-9])",
    "term": f"(?P<term>{'|'.join(TERMS)})(?: term)?",
    "two_terms": "autumn and spring(?: terms?)?",
    "month": _month_names("month"),
    "till_month": _month_names("till_month"),
    "short": "'?(?P<short>[0-9]{2})",
    "day": "(?:as )?(?:at )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?",
    "numeric": r"(?:as )?(?:at )?(?P<day>[0-9]{1,2})(?P<between>[/.-])"
    r"(?P<number>[0-9]{1,2})(?P=between)(?P<year>[0-9]{4})",
    "week": "w(?:eek |k )?(?P<week>[0-9]{1,2})",
    "ending": "(?:(?:year|12 months) (?:ending|ended|to)|ye)",
}

_FORMS = {(each.kind, each.role): each.form for each in reversed(NOTATIONS) if each.role != "read"}


def _pattern(notation: Notation) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", notation.form)
    for at, piece in enumerate(pieces):
        if at % 2:
            pieces[at] = _READ[piece]
        elif notation.role == "code":
            pieces[at] = re.escape(piece)
        else:
            pieces[at] = re.escape(piece.lower()).replace(r"\ ", "[ -]")
    return re.compile("".join(pieces))


@cache
def patterns(codes: bool) -> tuple[tuple[PeriodKind, re.Pattern[str]], ...]:
    """The forms of codes, or all the other forms, as patterns; made when first wanted, for that is slow.

    Spans of codes are left out: they are cut in two before each half is read.
    """

    def wanted() -> Iterator[tuple[PeriodKind, re.Pattern[str]]]:
        for each in NOTATIONS:
            if (each.role == "code") is codes and not (codes and each.kind is PeriodKind.SPAN):
                yield each.kind, _pattern(each)

    return tuple(wanted())


def coded_year(calendar: Calendar, year: int) -> str:
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
            "coded": coded_year(series.calendar, year),
            "years": f"{year:04}{separator}{(year + 1) % 100:02}" if separator else f"{year:04}",
            "part": str(part),
            "quarter": f"Q{part}",
            "half": f"H{part}",
            "to": " to ",
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
