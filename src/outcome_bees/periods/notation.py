"""One table of the ways in which a period is written; the same forms are read and written.

A form is text with named parts in braces; ``_forms`` holds what each part may look like. Codes are read
letter by letter. In all else case does not matter, any dash is a hyphen, any space is a space, where a form
has a space a hyphen will do, and a few small words and signs are passed over (``plain``). Of the forms of a
kind, the one whose role is ``code`` is what files carry and the ``label`` is what people see.
"""

from __future__ import annotations

from outcome_bees.periods.sequences import PeriodKind

__all__ = ["NOTATIONS", "Notation"]

Example = tuple[str, str | None, str]


class Notation:
    """One way in which a kind of period is written.

    Attributes:
        kind: What it writes.
        role: ``code`` (files), ``label`` (people, written and read) or ``read`` (people, read only).
        form: The text, with the names of its parts in braces.
        examples: Texts in this form: each with the calendar that has to be given with it (``None`` where
            the text names it itself) and the code of what it means.
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
        ("20242025", "academic", "AY2024-25"),
        ("2324", "financial", "FY2023-24"),
        ("2024 – 25", "tax", "TY2024-25"),
        ("24/25", "financial", "FY2024-25"),
        ("1999/00", "financial", "FY1999-00"),
        ("2024", "calendar", "CY2024"),
        ("2024/25", "10-01", "Y10-01:2024-25"),
        ("FY 2024/25", None, "FY2024-25"),
        ("AY23/24", None, "AY2023-24"),
        ("CY24", None, "CY2024"),
        ("FY2324", None, "FY2023-24"),
        ("academic year 2024/25", None, "AY2024-25"),
        ("financial year 2024 to 2025", None, "FY2024-25"),
        ("2024-25 Financial year", None, "FY2024-25"),
        ("2011-12", "financial", "FY2011-12"),
        ("2018-21", "financial", "FY2018-19..FY2020-21"),
        ("2024/26", "academic", "AY2024-25..AY2025-26"),
        ("2021 - 2026", "financial", "FY2021-22..FY2025-26"),
        ("2024 - 2025", "financial", "FY2024-25"),
        ("2018 to 2021", "financial", "FY2018-19..FY2020-21"),
        ("2014 to 2016", "calendar", "CY2014..CY2016"),
    ),
    Notation(
        _K.YEAR,
        "read",
        "{closing}{date}",
        ("FYE 2025", None, "FY2024-25"),
        ("FYE 31/03/2025", None, "FY2024-25"),
        ("financial year ending 31 March 2025", None, "FY2024-25"),
        ("academic year ending July 2025", None, "AY2024-25"),
    ),
    Notation(
        _K.YEAR,
        "read",
        "{pooled} {years}",
        ("3 years to 2024", "calendar", "CY2022..CY2024"),
        ("three years ending 2024", "calendar", "CY2022..CY2024"),
        ("3 years to 2023/24", "financial", "FY2021-22..FY2023-24"),
        ("2 financial years ending 2024", None, "FY2022-23..FY2023-24"),
    ),
    Notation(
        _K.QUARTER,
        "label",
        "{years} {quarter}",
        ("2024/25 Q4", "financial", "FY2024-25-Q4"),
        ("2024/25 (Q2)", "financial", "FY2024-25-Q2"),
        ("2024/25 - Q1", "academic", "AY2024-25-Q1"),
        ("2024 Q1", "calendar", "CY2024-Q1"),
        ("2024-25 Financial year Q1", None, "FY2024-25-Q1"),
        ("2018-19;Q1", "financial", "FY2018-19-Q1"),
        ("2024/25 1st quarter", "financial", "FY2024-25-Q1"),
        ("2024/25 Q1 (Apr-Jun)", None, "FY2024-25-Q1"),
    ),
    Notation(
        _K.QUARTER,
        "read",
        "{years}{quarter}",
        ("2024/25Q2", "financial", "FY2024-25-Q2"),
        ("2025Q01", "calendar", "CY2025-Q1"),
        ("2324Q1", "financial", "FY2023-24-Q1"),
    ),
    Notation(
        _K.QUARTER,
        "read",
        "{quarter} {years}",
        ("Q1 2024-25", "financial", "FY2024-25-Q1"),
        ("Q1 24/25", "financial", "FY2024-25-Q1"),
        ("Q2 of 2024/25", "financial", "FY2024-25-Q2"),
        ("quarter 3 2024/25", "academic", "AY2024-25-Q3"),
        ("Quarter 1 (2024/25)", "financial", "FY2024-25-Q1"),
        ("Qtr 1 2024 to 2025", "financial", "FY2024-25-Q1"),
        ("1st Quarter 2024/25", "financial", "FY2024-25-Q1"),
        ("Q1 (Apr-Jun) 2024/25", None, "FY2024-25-Q1"),
    ),
    Notation(
        _K.QUARTER,
        "read",
        "{calendar} {quarter} {years}",
        ("Financial year Q1 2024-25", None, "FY2024-25-Q1"),
    ),
    Notation(_K.QUARTER, "read", "{quarter_alone} {years} {months}", ("Q1 2024/25 (Apr-Jun)", None, "FY2024-25-Q1")),
    Notation(_K.HALF, "label", "{years} {half}", ("2024-25 H2", "financial", "FY2024-25-H2")),
    Notation(
        _K.HALF,
        "read",
        "{half} {years}",
        ("H1 2024/25", "academic", "AY2024-25-H1"),
        ("second half of 2024/25", "financial", "FY2024-25-H2"),
        ("H1 (Apr-Sep) 2024/25", None, "FY2024-25-H1"),
    ),
    Notation(_K.HALF, "read", "{years} {half_of_months}", ("2024-25 Part 1 (Apr to Sep)", None, "FY2024-25-H1")),
    Notation(
        _K.TO_DATE,
        "label",
        "{years} {since}{to}{until}",
        ("2024-25 Q1 to Q3", "financial", "FY2024-25-Q1..Q3"),
    ),
    Notation(
        _K.TO_DATE,
        "read",
        "{since}{to}{until} {years}",
        ("Q1-Q3 2024-25", "financial", "FY2024-25-Q1..Q3"),
        ("Q1-3 2024/25", "financial", "FY2024-25-Q1..Q3"),
        ("Q2-Q3 2024/25", "financial", "FY2024-25-Q2..FY2024-25-Q3"),
    ),
    Notation(
        _K.TO_DATE,
        "read",
        "{to_date} {latest} {years}",
        ("YTD Q3 2024/25", "financial", "FY2024-25-Q1..Q3"),
    ),
    Notation(
        _K.TO_DATE,
        "read",
        "{years} {latest} {to_date}",
        ("2024/25 Q3 YTD", "financial", "FY2024-25-Q1..Q3"),
        ("2024/25 P6 YTD", "financial", "FY2024-25-Q1..Q2"),
        ("2024/25 M7 YTD", "financial", "2024-04..2024-10"),
    ),
    Notation(
        _K.TO_DATE,
        "read",
        "{latest} {to_date} {years}",
        ("Q3 YTD 2024/25", "financial", "FY2024-25-Q1..Q3"),
    ),
    Notation(
        _K.TO_DATE,
        "read",
        "{latest} {years} {to_date}",
        ("Q3 2024/25 YTD", "financial", "FY2024-25-Q1..Q3"),
    ),
    Notation(
        _K.TERM,
        "label",
        "{term} {years}",
        ("Autumn term 2024/25", None, "AY2024-25-T1"),
        ("Summer 2024/25", None, "AY2024-25-T3"),
        ("Autumn term 2024", None, "AY2024-25-T1"),
        ("Spring term 2025", None, "AY2024-25-T2"),
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
        ("2024/25 Autumn & spring terms", None, "AY2024-25-T1T2"),
    ),
    Notation(
        _K.MONTH,
        "label",
        "{month} {year}",
        ("December 2024", None, "2024-12"),
        ("Sept 2024", None, "2024-09"),
    ),
    Notation(_K.MONTH, "read", "{month} {short}", ("Sept 24", None, "2024-09"), ("Sep-24", None, "2024-09")),
    Notation(_K.MONTH, "read", "{month}{short}", ("Mar25", None, "2025-03")),
    Notation(_K.MONTH, "read", "{month}{year}", ("Mar2025", None, "2025-03")),
    Notation(_K.MONTH, "read", "{year} {month}", ("2024 December", None, "2024-12")),
    Notation(_K.MONTH, "read", "{year}{month_unspaced}", ("2024Dec", None, "2024-12")),
    Notation(_K.MONTH, "read", "{numeric_month}", ("03/2025", None, "2025-03")),
    Notation(_K.MONTH, "read", "{year}M{mm}", ("2024M05", None, "2024-05")),
    Notation(
        _K.MONTH,
        "read",
        "{month} {years}",
        ("Mar 2023/24", None, "2024-03"),
        ("April 2024-25", "financial", "2024-04"),
    ),
    Notation(_K.MONTH, "read", "{years} {month}", ("2023/24 March", None, "2024-03")),
    Notation(
        _K.MONTH,
        "read",
        "{numbered_month} {years}",
        ("Month 6 2024/25", "financial", "2024-09"),
        ("P06 2024/25", "financial", "2024-09"),
        ("Period 12 2024/25", "financial", "2025-03"),
        ("P1 2024/25", "tax", "2024-04-06/2024-05-05"),
    ),
    Notation(
        _K.MONTH,
        "read",
        "{years} {numbered_month}",
        ("2024/25 P6", "financial", "2024-09"),
        ("2024-25 M06", "financial", "2024-09"),
        ("2024/25 Period 6 (September)", None, "2024-09"),
    ),
    Notation(_K.MONTH, "read", "{years}{joined_month}", ("2024/25P6", "financial", "2024-09")),
    Notation(
        _K.DAY,
        "label",
        "{day} {month} {year}",
        ("31 March 2025", None, "2025-03-31"),
        ("31st of March 2025", None, "2025-03-31"),
        ("as at 31st Mar 2025", None, "2025-03-31"),
    ),
    Notation(_K.DAY, "read", "{day} {month} {short}", ("31-Mar-25", None, "2025-03-31")),
    Notation(_K.DAY, "read", "{month} {day} {year}", ("March 31, 2025", None, "2025-03-31")),
    Notation(
        _K.DAY,
        "read",
        "{numeric}",
        ("31/03/2025", None, "2025-03-31"),
        ("31/03/25", None, "2025-03-31"),
        ("31.3.2025", None, "2025-03-31"),
    ),
    Notation(
        _K.DAY,
        "read",
        "{iso}",
        ("2025/03/31", None, "2025-03-31"),
        ("2025-03-31 00:00:00", None, "2025-03-31"),
    ),
    Notation(_K.DAY, "read", "{basic_iso}", ("20250331", None, "2025-03-31")),
    Notation(
        _K.DAY,
        "read",
        "{as_at}{date}",
        ("as at 2025-03-31", None, "2025-03-31"),
        ("as of 31/03/2025", None, "2025-03-31"),
    ),
    Notation(
        _K.DAY,
        "read",
        "{end_of} {date}",
        ("end of March 2025", None, "2025-03-31"),
        ("end of Q1 2024/25", "financial", "FY2024-25-Q1"),
    ),
    Notation(_K.DAY, "read", "{weekday} {date}", ("Monday 31 March 2025", None, "2025-03-31")),
    Notation(
        _K.YEAR_ENDING,
        "label",
        "{ending} {date}",
        ("year ending 31 March 2025", None, "Y2025-03-31"),
        ("year to 31 March 2025", None, "Y2025-03-31"),
        ("12 months to March 2025", None, "Y2025-03-31"),
        ("rolling 12 months to March 2025", None, "Y2025-03-31"),
        ("y/e 31/03/2025", None, "Y2025-03-31"),
        ("3 months to June 2024", None, "2024-04..2024-06"),
        ("quarter ending June 2024", None, "2024-04..2024-06"),
        ("3 years to March 2024", None, "2021-04..2024-03"),
    ),
    Notation(
        _K.WEEK,
        "label",
        "{week} {year}",
        ("Week 5 2024", None, "2024-W05"),
        ("wk 5 2024", None, "2024-W05"),
        ("Wk5 2024", None, "2024-W05"),
    ),
    Notation(_K.WEEK, "read", "{year} {week}", ("2024 Week 5", None, "2024-W05")),
    Notation(_K.WEEK, "read", "{year}{week}", ("2024W05", None, "2024-W05")),
    Notation(
        _K.WEEK,
        "read",
        "{commencing} {date}",
        ("w/c 5 Feb 2024", None, "2024-W06"),
        ("week ending 11 February 2024", None, "2024-W06"),
    ),
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
        ("1 April to 30 June 2024", None, "2024-04-01/2024-06-30"),
        ("01/04/2024 to 31/03/2025", None, "2024-04-01/2025-03-31"),
        ("Apr 2024 to Sep 2025", None, "2024-04..2025-09"),
        ("April to June 2024", None, "2024-04..2024-06"),
    ),
    Notation(
        _K.SPAN,
        "read",
        "{first} - {last}",
        ("2018/19 - 2020/21", "financial", "FY2018-19..FY2020-21"),
        ("2018/19-2020/21", "academic", "AY2018-19..AY2020-21"),
        ("2013/14-15/16", "financial", "FY2013-14..FY2015-16"),
        ("Jan 2023-Dec 2023", None, "2023-01..2023-12"),
        ("Apr–Jun 24", None, "2024-04..2024-06"),
        ("Apr-Jun 2024/25", "financial", "2024-04..2024-06"),
        ("apr-jun-2023", None, "2023-04..2023-06"),
        ("2023 Apr-Jun", None, "2023-04..2023-06"),
    ),
)
"""Every notation. Codes come first, and the commonest of them foremost, for they are read most."""
