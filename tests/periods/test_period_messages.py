"""What is refused is refused in whole sentences: what was given, where, and what is allowed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from outcome_bees.errors import OutcomeBeesError
from outcome_bees.periods import CustomYear, Period, YearType, calendar_named

CALENDARS = "academic, calendar, financial, school, tax, or a first day such as 10-01"
KINDS = "year, half, quarter, month, week, term, autumn_and_spring, day, year_ending, to_date, span"
TERMS = "1 to 3, autumn, spring, summer, autumn and spring"
CODES = "a code such as FY2024-25, 2024-12 or Y2025-03-31"
ISO = "2024, 2024-12, 2024-W05, 2025-03-31, 20250331; two alike with '/' between; one and a duration such as P1Y"
OUTSIDE = "a year must lie wholly in the years 1 to 9999"
A_DAY: Any = "x"
NUMBER: Any = 5
MONTH, YEAR = Period.month(2024, 12), Period.year(2024, "calendar")

REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: CustomYear(13), "month: given 13; allowed: 1 to 12"),
    (lambda: CustomYear(6, 29), "day: given 29; allowed: 1 to 28"),
    (lambda: CustomYear(4, 1), "year: 04-01 begins the financial year; use YearType.FINANCIAL"),
    (lambda: CustomYear(4, 6), "year: 04-06 begins the tax year; use YearType.TAX"),
    (lambda: calendar_named("finacial"), f"calendar: given 'finacial'; allowed: {CALENDARS} (did you mean financial?)"),
    (lambda: calendar_named("x"), f"calendar: given 'x'; allowed: {CALENDARS}"),
    (lambda: MONTH.split("quater"), f"kind: given 'quater'; allowed: {KINDS} (did you mean quarter?)"),
    (lambda: MONTH.split("x"), f"kind: given 'x'; allowed: {KINDS}"),
    (lambda: Period.term(2024, "winter"), f"term: given 'winter'; allowed: {TERMS}"),
    (lambda: Period.week(2024, 0), "week: given 0; allowed: 1 to 53"),
    (lambda: Period.year_ending(A_DAY), "year ending: given 'x'; allowed: a datetime.date"),
    (lambda: Period.containing(A_DAY, "day"), "day: given 'x'; allowed: a datetime.date"),
    (lambda: MONTH.contains(A_DAY), "contains: given 'x'; allowed: a datetime.date"),
    (lambda: MONTH.elapsed(A_DAY), "elapsed: given 'x'; allowed: a datetime.date"),
    (lambda: Period.from_code("x"), f"period: given 'x'; allowed: {CODES}"),
    (lambda: Period.from_code("FY2024-25-T1T2"), f"period: given 'FY2024-25-T1T2'; allowed: {CODES}"),
    (lambda: Period.from_code("FY2024-25-T1"), f"period: given 'FY2024-25-T1'; allowed: {CODES}"),
    (
        lambda: Period.from_code("FY2024-25..FY2024-25"),
        f"period: given 'FY2024-25..FY2024-25'; allowed: {CODES}; it is written FY2024-25",
    ),
    (lambda: Period.from_code("CY0000"), f"period: given 'CY0000'; {OUTSIDE}"),
    (
        lambda: Period.parse("0 years to 2024", "calendar"),
        "period: given '0 years to 2024'; number of years: given 0; allowed: 1 to 99",
    ),
    (
        lambda: Period.from_ees("202425", "Autumn terms"),
        "time_identifier: given 'Autumn terms'; allowed: one of the 91 of the service (did you mean Autumn term?)",
    ),
    (
        lambda: Period.from_ees("002425", "Calendar year"),
        "time_period: given '002425' with 'Calendar year', which takes four digits, such as 0024; "
        "one of the two is wrong",
    ),
    (
        lambda: Period.from_ees("0024", "AY"),
        "time_period: given '0024' with 'Academic year', which takes six digits, such as 002425; "
        "one of the two is wrong",
    ),
    (
        lambda: Period.from_ees(NUMBER, "AY"),
        "time_period: given 5; allowed: text, exactly as in the file (read the column as text, dtype=str in pandas)",
    ),
    (
        lambda: Period.from_ees("2024", NUMBER),
        "time_identifier: given 5; allowed: text, exactly as in the file "
        "(read the column as text, dtype=str in pandas)",
    ),
    (
        lambda: Period.from_ees("2024", "RY", as_at=NUMBER),
        "as_at: given 5; allowed: month and day as text, such as 03-31",
    ),
    (
        lambda: Period.from_ees("2024", "RY", year_ending=NUMBER),
        "year_ending: given 5; allowed: month and day as text, such as 03-31",
    ),
    (lambda: MONTH.shifted(4_000_001), "shifted: given 4000001; allowed: -4000000 to 4000000"),
    (lambda: MONTH.months_later(120_001), "months: given 120001; allowed: -120000 to 120000"),
    (
        lambda: MONTH < YEAR,
        "order: given (Period.parse('2024-12'), Period.parse('CY2024')); "
        "allowed: two periods of one kind and year type (compare their start or their end)",
    ),
    (
        lambda: Period.parse("Q3 2018-21", "financial"),
        "period: given 'Q3 2018-21'; a quarter is of one year, and 2018 to 2021 is several",
    ),
    (
        lambda: Period.parse("YTD Dec 2024", "tax"),
        "period: given 'YTD Dec 2024'; a tax year begins within a month: write its first and last day",
    ),
    (lambda: Period.from_lait(NUMBER, "Annual"), "label: given 5; allowed: text, exactly as in the file"),
    (lambda: Period.from_lait("2024", NUMBER), "year_type: given 5; allowed: text, exactly as in the file"),
    (
        lambda: Period.from_lait("2025 (maybe)", "Academic Year"),
        "label: given '2025 (maybe)'; allowed: a year such as 2025, 2024-25, 2014-16 or 2025 (prov)",
    ),
    (lambda: Period.from_lait("0000", "Annual"), "year: given 0; allowed: 1 to 9999"),
    (
        lambda: Period.from_sdmx("2024", "x"),
        "reporting_year_start_day: given 'x'; allowed: month and day, such as --04-01",
    ),
    (lambda: Period.from_sdmx("0000-D001"), OUTSIDE),
    (lambda: Period.from_iso("0000"), OUTSIDE),
    (lambda: Period.from_iso("0000/P1Y"), OUTSIDE),
    *(
        (lambda text=text: Period.from_iso(text), f"ISO 8601: given '{text}'; allowed: {ISO}")
        for text in ("x", "x/P1Y", "P1Y/x", "2024/x", "x/2024")
    ),
]


@pytest.mark.parametrize(("ask", "message"), REFUSED, ids=[message[:60] for _, message in REFUSED])
def test_a_refusal_is_a_whole_sentence(ask: Callable[[], object], message: str) -> None:
    with pytest.raises(OutcomeBeesError) as caught:
        ask()
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("2024/25 - final", "final"),
        (" 2023/24 Q4 (p) ", "(p)"),
        ("2024/25, forecast", "forecast"),
        ("2024/25: revised", "revised"),
        ("2024/25*", "*"),
    ],
)
def test_a_note_is_named_without_what_joins_it_to_the_period(text: str, note: str) -> None:
    with pytest.raises(OutcomeBeesError) as caught:
        Period.parse(text, "financial")
    message = f"{note} is a note and no part of a period; leave it out, or take it off with split_note"
    assert str(caught.value) == f"period: given {text!r}; {message}"


def test_what_has_other_days_has_another_hash() -> None:
    years = {hash(CustomYear(month, day)) for month in (2, 3, 5) for day in range(2, 12)}
    assert len(years) == 30
    codes = ("FY2024-25", "AY2024-25", "FY2023-24", "FY2024-25..FY2025-26", "FY2023-24..FY2025-26", "2024-12")
    assert len({hash(Period.parse(code)) for code in codes}) == len(codes)
    assert hash(CustomYear(2, 3)) != hash((2, 3))


def test_spaces_around_the_columns_of_a_file_and_dashes_for_spaces_are_passed_over() -> None:
    assert Period.from_ees(" 202425 ", " AY ").code == "AY2024-25"
    assert Period.parse("week-commencing 5 Feb 2024").code == "2024-W06"


def test_the_last_of_days_ends_an_interval() -> None:
    assert Period.from_iso("9999-12-31/P1D") == Period.day(date(9999, 12, 31))


def test_two_short_years_are_of_a_split_year() -> None:
    assert Period.parse("2324 to 2526", YearType.TAX).code == "TY2023-24..TY2025-26"
    with pytest.raises(OutcomeBeesError, match="allowed: a code such as"):
        Period.parse("2324 to 2526", YearType.CALENDAR)
