"""What people write is read, what may mean several things is asked about, and the rest is refused."""

import re

import pytest

from outcome_bees.errors import AmbiguousPeriodError, OutcomeBeesError, PeriodError
from outcome_bees.periods import Period, PeriodKind, YearType
from outcome_bees.periods.notation import NOTATIONS

EXAMPLES = [(text, calendar, code) for each in NOTATIONS for text, calendar, code in each.examples]


def readings_of(text: str, calendar: str | None = None) -> list[str]:
    with pytest.raises(AmbiguousPeriodError) as caught:
        Period.parse(text, calendar)
    assert caught.value.text == text
    return [str(each) for each in caught.value.readings]


@pytest.mark.parametrize(("text", "calendar", "code"), EXAMPLES)
def test_every_example_of_the_table_means_what_the_table_says(text: str, calendar: str | None, code: str) -> None:
    assert Period.parse(text, calendar=calendar) == Period.from_code(code)


@pytest.mark.parametrize(("text", "calendar", "code"), [each for each in EXAMPLES if each[1] is not None])
def test_the_table_asks_for_a_calendar_only_where_it_is_wanted(text: str, calendar: str, code: str) -> None:
    if re.fullmatch("[0-9]{4}-(0[1-9]|1[0-2])", text):
        assert Period.parse(text).kind is PeriodKind.MONTH
    elif calendar in list(YearType):
        assert code in readings_of(text)
    else:
        assert code not in readings_of(text)  # a year of one's own is a reading only where it is said


def test_every_kind_has_a_code_and_a_label_and_every_form_an_example() -> None:
    for role in ("code", "label"):
        assert {each.kind for each in NOTATIONS if each.role == role} == set(PeriodKind)
    assert all(each.examples for each in NOTATIONS)


@pytest.mark.parametrize(
    ("text", "calendar", "code"),
    [
        ("2018-21", "financial", "FY2018-19..FY2020-21"),
        ("2021 - 2026", "financial", "FY2021-22..FY2025-26"),
        ("2024 - 2025", "financial", "FY2024-25"),
        ("2024/25 Q4", "financial", "FY2024-25-Q4"),
        ("2024\u201325", "financial", "FY2024-25"),
        ("2024\u2011\u00a025", "financial", "FY2024-25"),
        ("  2024 / 25 ", "academic", "AY2024-25"),
        ("2099/00", "academic", "AY2099-00"),
        ("1999-2000", "school", "SY1999-00"),
        ("31\u00a0March\u00a02025", None, "2025-03-31"),
        ("1ST SEPTEMBER 2024", None, "2024-09-01"),
        ("Sept \u201924", None, "2024-09"),
        ("Sep 99", None, "1999-09"),
        ("March, 2025", None, "2025-03"),
        ("ay2024-25-t1t2", None, "AY2024-25-T1T2"),
        ("fy2018-19..fy2020-21", None, "FY2018-19..FY2020-21"),
        ("FY2024-26", None, "FY2024-25..FY2025-26"),
        ("2024-25 Q2", "tax", "TY2024-25-Q2"),
        ("from 1 April 2024 to 17 September 2024", None, "2024-04-01/2024-09-17"),
        ("2024-25 Q1 to 2025-26 Q2", "financial", "FY2024-25-Q1..FY2025-26-Q2"),
        ("AY2018-19 to AY2020-21", None, "AY2018-19..AY2020-21"),
        ("year ended March 2024", None, "Y2024-03-31"),
        ("12 months to 29 February 2024", None, "Y2024-02-29"),
        ("FY2024-25", "academic", "FY2024-25"),  # the text says it itself
        ("2024-12", "financial", "2024-12"),  # 12 does not come after 24
        ("29/02/2024", None, "2024-02-29"),
        ("as at 31/03/2025", None, "2025-03-31"),
        ("05/05/2024", None, "2024-05-05"),
    ],
)
def test_what_people_write_is_read(text: str, calendar: str | None, code: str) -> None:
    assert Period.parse(text, calendar=calendar).code == code


def test_spans_of_plans_count_their_years_by_difference() -> None:
    counts = {"2018-21": 3, "2021 - 2026": 5, "2024 - 2025": 1}
    assert {text: len(Period.parse(text, "financial").split("year")) for text in counts} == counts


def test_a_split_year_without_a_calendar_lists_every_reading_with_its_dates() -> None:
    assert readings_of("2024/25") == ["AY2024-25", "FY2024-25", "SY2024-25", "TY2024-25"]
    with pytest.raises(AmbiguousPeriodError) as caught:
        Period.parse("2024/25")
    for words in (
        "academic year, 2024-08-01 to 2025-07-31",
        "financial year, 2024-04-01 to 2025-03-31",
        "school year, 2024-09-01 to 2025-08-31",
        "tax year, 2024-04-06 to 2025-04-05",
        "calendar=",
    ):
        assert words in str(caught.value)
    for year_type in (YearType.ACADEMIC, YearType.FINANCIAL, YearType.SCHOOL, YearType.TAX):
        assert Period.parse("2024/25", calendar=year_type) in caught.value.readings


def test_the_separator_never_decides() -> None:
    for text in ("2024-25", "2024/25", "2024/2025", "2024-2025", "202425", "2024 – 25"):
        assert readings_of(text) == ["AY2024-25", "FY2024-25", "SY2024-25", "TY2024-25"]


def test_a_bare_year_is_open_for_all_years_but_the_calendar_one() -> None:
    assert Period.parse("2025", "calendar").code == "CY2025"
    assert readings_of("2025", "academic") == ["AY2024-25", "AY2025-26"]
    assert len(readings_of("2025")) == 9
    assert readings_of("FY2025") == ["FY2024-25", "FY2025-26"]


def test_a_quarter_of_a_bare_year_is_open_too() -> None:
    assert {"CY2024-Q4", "FY2023-24-Q4", "FY2024-25-Q4"} <= set(readings_of("Q4 2024"))
    assert Period.parse("Q4 2024", "calendar").code == "CY2024-Q4"
    assert readings_of("Q4 2024", "financial") == ["FY2023-24-Q4", "FY2024-25-Q4"]


def test_pooled_calendar_years_are_counted_both_ways_until_it_is_said_how() -> None:
    assert readings_of("2014-16", "calendar") == ["CY2014..CY2015", "CY2014..CY2016"]
    assert Period.parse("2014 to 2016", "calendar").code == "CY2014..CY2016"


def test_the_code_of_a_month_is_a_month_until_the_caller_speaks_of_years() -> None:
    assert Period.parse("2011-12").code == "2011-12"
    assert Period.from_code("2011-12").kind is PeriodKind.MONTH
    assert Period.parse("2011-12", "financial").code == "FY2011-12"
    assert Period.parse("2011-12", "calendar").code == "2011-12"
    assert readings_of("2009-12", "financial") == ["FY2009-10..FY2011-12", "2009-12"]
    assert "2009-10..2011-12" in readings_of("2009-10 to 2011-12")


def test_the_message_says_calendar_only_where_a_calendar_would_help() -> None:
    for text, helps in (("2024/25", True), ("Q4 2024", True), ("03/04/2025", False), ("Spring 2025", False)):
        with pytest.raises(AmbiguousPeriodError) as caught:
            Period.parse(text)
        assert ("calendar=" in str(caught.value)) is helps


def test_a_date_in_numbers_is_read_only_where_one_day_is_possible() -> None:
    assert readings_of("03/04/2025") == ["2025-04-03", "2025-03-04"]
    assert Period.parse("31/03/2025").code == "2025-03-31"


@pytest.mark.parametrize(
    ("text", "calendar", "said"),
    [
        ("2024/24", "financial", "24 does not come after 2024; 2024/25 is one year"),
        ("2025/24", "academic", "24 does not come after 2025"),
        ("2024-25", "calendar", "a calendar year is not split"),
        ("202426", "financial", "six digits are a split year, such as 202425"),
        ("202412", None, "six digits"),
        ("2024-W53", None, "that year has 52"),
        ("2024-13", None, "13 does not come after 2024"),
        ("31 February 2025", None, "allowed: 1 to 28"),
        ("29/02/2025", None, "day: given 29; allowed: 1 to 28"),
        ("2025-02-29", None, "allowed: 1 to 28"),
        ("Q5 2024-25", "financial", "allowed: 1 to 4"),
        ("2018-21 Q3", "financial", "a quarter is of one year"),
        ("FY 2024-25 academic year", None, "two sorts of year"),
        ("June to April 2024", None, "the last lies before the first"),
        ("0000", "calendar", "years 1 to 9999"),
        ("24/25", "financial", "nearest: 2024/25"),
        ("31 Marc 2025", None, "nearest: 31 March 2025"),
        ("Autum term 2024/25", None, "nearest: Autumn term 2024/25"),
        ("FY2024-25-T1", None, "allowed: a code such as FY2024-25"),
        ("latest", None, "allowed: a code such as FY2024-25"),
        ("", None, "allowed: a code"),
        ("2024/25 to 2020/21", "financial", "the last lies before the first"),
    ],
)
def test_what_means_nothing_is_refused_and_the_message_helps(text: str, calendar: str | None, said: str) -> None:
    with pytest.raises(PeriodError) as caught:
        Period.parse(text, calendar)
    assert not isinstance(caught.value, AmbiguousPeriodError)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "code",
    [
        "2024/25",
        "fy2024-25",
        " FY2024-25",
        "FY2024-25\n",
        "FY2024-26",
        "FY2024",
        "CY2024-25",
        "AY2024-25-Q0",
        "FY2024-25..FY2024-25",
        "FY2025-26..FY2024-25",
        "FY2018-19..AY2020-21",
        "2025-03-31/2025-03-31",
        "2025-03-31..2025-04-30",
        "2024-01/2024-03",
        "Y04-01:2024-25",
        "Y02-30:2024-25",
        "Y2024-03-31..Y2025-03-31",
        "FY2024-25-Q1..Q2..Q3",
        "December 2024",
        "2024-1",
        "",
    ],
)
def test_a_document_holds_codes_and_nothing_else(code: str) -> None:
    with pytest.raises(PeriodError):
        Period.from_code(code)


HOSTILE = [
    "9" * 1_000_000,
    "FY" + "2024-25" * 100_000,
    "x" * 64,
    "2024-25 to " * 5,
    "-" * 64,
    " " * 64,
    "2024-12\n",
    "2024-12\x00",
    "\t2024",
    "\u0662\u0660\u0662\u0664",
    "\uff12\uff10\uff12\uff14",
    "2024\u200b",
    "\ufeff2024-12",
    "\u2460 2024-25",
    "\U0001d7d02024",
    "(?:)" * 16,
    "{coded}" * 9,
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("read", [Period.parse, Period.from_code])
def test_hostile_text_is_refused_and_the_message_stays_short(text: str, read: object) -> None:
    with pytest.raises(PeriodError) as caught:
        read(text)  # type: ignore[operator]
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("calendar", ["fiscal", "", "FY", "13-01", "02-30", "04-31", "x" * 100_000])
def test_an_unknown_calendar_is_refused_with_those_that_are_known(calendar: str) -> None:
    with pytest.raises(OutcomeBeesError, match=r"allowed: (academic, calendar, financial|1 to)"):
        Period.parse("2024/25", calendar=calendar)


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("CY2024", "2024"),
        ("FY2024-25", "2024-25"),
        ("TY2024-25", "2024-25"),
        ("AY2024-25", "2024/25"),
        ("SY1999-00", "1999/00"),
        ("FY2024-25-Q1", "2024-25 Q1"),
        ("CY2024-Q3", "2024 Q3"),
        ("AY2024-25-H2", "2024/25 H2"),
        ("FY2024-25-Q1..Q3", "2024-25 Q1 to Q3"),
        ("AY2024-25-T1", "Autumn term 2024/25"),
        ("AY2024-25-T1T2", "Autumn and spring term 2024/25"),
        ("2024-12", "December 2024"),
        ("2024-W05", "Week 5 2024"),
        ("2025-03-01", "1 March 2025"),
        ("Y2025-03-31", "year ending 31 March 2025"),
        ("FY2018-19..FY2020-21", "2018-19 to 2020-21"),
        ("CY2014..CY2016", "2014 to 2016"),
        ("2024-04-01/2024-09-17", "1 April 2024 to 17 September 2024"),
    ],
)
def test_labels_are_in_the_house_style_of_their_kind(code: str, label: str) -> None:
    period = Period.parse(code)
    assert period.label == label
    assert Period.parse(label, calendar=period.year_type) == period


def test_the_table_is_written_in_the_letters_that_its_forms_name() -> None:
    for each in NOTATIONS:
        assert re.fullmatch(r"(?:[A-Za-z0-9 ./-]|\{[a-z_]+\})+", each.form)
