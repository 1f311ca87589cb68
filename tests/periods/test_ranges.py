"""From one period to another: both ends are read by one convention, and nothing is lost between them."""

import pytest

from outcome_bees.errors import AmbiguousPeriodError, PeriodError
from outcome_bees.periods import Period


def readings_of(text: str, calendar: str | None = None) -> list[str]:
    with pytest.raises(AmbiguousPeriodError) as caught:
        Period.parse(text, calendar)
    return [str(each) for each in caught.value.readings]


def test_a_range_of_months_is_a_reading_too_where_an_end_may_be_a_month() -> None:
    assert readings_of("2009-10 to 2009-12", "financial") == ["FY2009-10..FY2011-12", "2009-10..2009-12"]
    assert readings_of("2001-02 to 2001-05", "financial") == ["FY2001-02..FY2004-05", "2001-02..2001-05"]
    assert Period.parse("2009-10 to 2011-12", "financial").code == "FY2009-10..FY2011-12"


def test_both_ends_have_the_day_first_or_both_the_month() -> None:
    assert Period.parse("01/04/2024 to 31/03/2025").code == "2024-04-01/2025-03-31"
    assert Period.parse("04/01/2024 to 03/31/2025").code == "2024-04-01/2025-03-31"
    assert Period.parse("01/04/24-31/03/25").code == "2024-04-01/2025-03-31"
    assert readings_of("01/02/2024 to 03/04/2024") == ["2024-02-01/2024-04-03", "2024-01-02/2024-03-04"]
    assert Period.parse("01/02/2024 to 03/04/2024", day_first=True).code == "2024-02-01/2024-04-03"


def test_both_ends_name_their_years_in_one_way() -> None:
    assert readings_of("2023 Q3 to 2024 Q2", "financial") == [
        "FY2022-23-Q3..FY2023-24-Q2",
        "FY2023-24-Q3..FY2024-25-Q2",
    ]
    assert "CY2024-Q1..CY2024-Q3" in readings_of("2024 Q1 to 2024 Q3")
    assert len(readings_of("2024 Q1 to 2024 Q3")) == 9
    assert readings_of("2014-16 to 2017-19", "calendar") == ["CY2014..CY2018", "CY2014..CY2019"]


def test_what_would_run_backwards_is_no_reading() -> None:
    assert Period.parse("06/04/2024 to 05/05/2024").code == "2024-04-06/2024-05-05"
    assert Period.parse("Spring 2024 to Autumn 2024").code == "AY2023-24-T2..AY2024-25-T1"
    with pytest.raises(PeriodError, match="the last lies before the first"):
        Period.parse("Q3 2024-25 to Q1 2024-25", "financial")


@pytest.mark.parametrize("text", ["2018-21 to 2019-20", "2018/21 - 2019/20", "2018-21 to 2018-20"])
def test_no_end_of_a_range_sticks_out_of_it(text: str) -> None:
    with pytest.raises(PeriodError, match="the last ends before the first does"):
        Period.parse(text, "financial")


@pytest.mark.parametrize(
    ("text", "calendar", "code"),
    [
        ("Apr-Jun 24", None, "2024-04..2024-06"),
        ("April to June 2024", None, "2024-04..2024-06"),
        ("1 April to 30 June 2024", None, "2024-04-01/2024-06-30"),
        ("1-30 June 2024", None, "2024-06-01/2024-06-30"),
        ("week 5 to week 8 2024", None, "2024-W05..2024-W08"),
        ("1 April 2024–31 March 2025", None, "2024-04-01/2025-03-31"),
        ("31-Mar-24 - 30-Apr-24", None, "2024-03-31/2024-04-30"),
        ("2024-04-01 to 2025-03-31", None, "2024-04-01/2025-03-31"),
        ("24/25-25/26", "financial", "FY2024-25..FY2025-26"),
        ("2018-19-2020-21", "financial", "FY2018-19..FY2020-21"),
        ("2024-25-to-2026-27", "financial", "FY2024-25..FY2026-27"),
        ("2022 to 2023 to 2024 to 2025", "financial", "FY2022-23..FY2024-25"),
        ("Q1 2024-25 - Q3 2024-25", "financial", "FY2024-25-Q1..FY2024-25-Q3"),
    ],
)
def test_ranges_are_cut_at_the_middle_and_the_last_end_may_say_what_holds_for_both(
    text: str, calendar: str | None, code: str
) -> None:
    assert Period.parse(text, calendar).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2000-2015", "FY2000-01..FY2014-15"),
        ("2000/15", "FY2000-01..FY2014-15"),
        ("1999-14", "FY1999-00..FY2013-14"),
        ("2000 to 2016", "FY2000-01..FY2015-16"),
    ],
)
def test_a_dash_joins_years_that_are_at_most_fifteen_apart_and_the_word_any(text: str, code: str) -> None:
    assert Period.parse(text, "financial").code == code


@pytest.mark.parametrize("text", ["2000-2016", "2000/2016", "2000-16"])
def test_years_further_apart_with_a_dash_between_are_refused(text: str) -> None:
    with pytest.raises(PeriodError, match="2000 to 2016 are 16 years; allowed: at most 15 with a dash between"):
        Period.parse(text, "financial")


@pytest.mark.parametrize("text", ["1999-15", "2024-24", "2024-2024", "2024-2023"])
def test_years_that_do_not_come_after_the_first_are_refused(text: str) -> None:
    with pytest.raises(PeriodError, match="does not come after"):
        Period.parse(text, "financial")


@pytest.mark.parametrize("text", ["2024-13", "2024-00", "2024-13-01", "2024-00-01", "2024-12-00", "2024-12-32"])
def test_no_code_is_of_a_month_or_day_that_there_is_not(text: str) -> None:
    with pytest.raises(PeriodError):
        Period.from_code(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("one year to March 2024", "Y2024-03-31"),
        ("two years ending 31 March 2024", "2022-04..2024-03"),
        ("three years to March 2024", "2021-04..2024-03"),
        ("six months to 30 September 2024", "2024-04..2024-09"),
        ("12 months to 30 September 2024", "Y2024-09-30"),
        ("1 month ending 30 September 2024", "2024-09"),
        ("3 months ending 15 September 2024", "2024-06-16/2024-09-15"),
    ],
)
def test_so_many_months_up_to_a_day_are_whole_months_where_they_end_with_one(text: str, code: str) -> None:
    assert Period.parse(text).code == code


def test_from_a_quarter_or_a_month_to_itself_is_that_one() -> None:
    assert Period.parse("Q2-Q2 2024/25", "financial").code == "FY2024-25-Q2"
    assert Period.parse("June to June 2025").code == "2025-06"


def test_a_bare_day_before_a_dash_is_one_of_the_month_after_it() -> None:
    assert Period.parse("10-30 June 2024").code == "2024-06-10/2024-06-30"


def test_an_end_without_a_convention_goes_with_each_of_the_other() -> None:
    assert Period.parse("1 April 2024 to 03/05/2024").code == "2024-04-01/2024-05-03"
    assert readings_of("03/04/2024 to 1 June 2024") == ["2024-04-03/2024-06-01", "2024-03-04/2024-06-01"]
    assert Period.parse("03/04/2024 to 1 June 2024", day_first=False).code == "2024-03-04/2024-06-01"
    assert readings_of("1 Jan 2024 to 03/04/2024") == ["2024-01-01/2024-04-03", "2024-01-01/2024-03-04"]
    assert Period.parse("1 Jan 2024 to 03/04/2024", day_first=True).code == "2024-01-01/2024-04-03"


def test_months_of_two_years_are_of_years_named_in_one_way() -> None:
    assert readings_of("April FY2023 to June FY2024") == ["2022-04..2023-06", "2023-04..2024-06"]


def test_the_code_of_a_month_ends_a_range_where_the_other_end_may_be_one() -> None:
    assert readings_of("2009-12 to 2011-12", "financial") == ["FY2009-10..FY2011-12", "2009-12..2011-12"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31/03/2024 to 01/01/2024", "span: given 2024-03-31 and 2024-01-01; the last lies before the first"),
        ("31 February 2024 to 30 June 2024", "day: given 31; allowed: 1 to 29"),
        ("1 February 2024 to 31 February 2024", "day: given 31; allowed: 1 to 29"),
        ("Y2025-02-30 to Y2026-02-28", "day: given 30; allowed: 1 to 28"),
        ("Y2025-02-28 to Y2026-02-30", "day: given 30; allowed: 1 to 28"),
        ("year ending 31 February 2025", "day: given 31; allowed: 1 to 28"),
    ],
)
def test_of_a_range_that_is_none_the_reason_of_the_end_at_fault_is_given(text: str, reason: str) -> None:
    with pytest.raises(PeriodError) as caught:
        Period.parse(text)
    assert str(caught.value) == f"period: given '{text}'; {reason}"


@pytest.mark.parametrize(
    "text",
    [
        "Apr-Jun 2024 to Sep 2024",  # an end is one period
        "1-5 June to 8 July 2024",
        "2024 July to Aug-Sep",
        "2024/25 to 2026",
        "1-30-june 2024",  # three pieces have no middle
        "1 April-2-May 2024",
        "Mon to 31 March 2025",
        "3 years to 2022 to 2023 - 2024/25",
        "2024/25 H1-H2",  # only dates are completed from the other end
        "H1 to H2 2024/25",
        "Q1 2024-25 to Mar 2025",  # of one sort
        "2009-10 to Dec 2011",  # a year where the caller names its sort
        "Dec 2009 to 2011-12",
        "year ending March 2023 to year ending March 2024",  # these overlap
        "FY2018-19..FY2019-20..FY2020-21",
        "2024-04-01/2024-05-01/2024-06-01",
        "FY2024-25..FY2024",
        "FY2024..FY2024-25",
    ],
)
def test_no_range_is_made_of_what_is_not_two_periods_of_one_sort(text: str) -> None:
    with pytest.raises(PeriodError, match="allowed: a code such as FY2024-25, or what people write"):
        Period.parse(text, "financial")


@pytest.mark.parametrize("code", ["FY2024-25..FY2024", "2025-03-31..2025-04-30", "2024-01/2024-03"])
def test_days_alone_are_joined_by_a_slash_and_two_codes_alone_make_a_third(code: str) -> None:
    with pytest.raises(PeriodError, match=f"period: given '{code}'; allowed: a code such as [^;]*$"):
        Period.from_code(code)


def test_an_end_holds_all_of_what_it_is_given_as() -> None:
    with pytest.raises(PeriodError, match="the last begins before the first does"):
        Period.span(Period.parse("FY2019-20"), Period.parse("FY2018-19..FY2020-21"))


@pytest.mark.parametrize("text", ["the 2024-25", "of 2024-25", "2024-25 of", "2024-25 the"])
def test_a_small_word_is_passed_over_inside_a_text_and_not_at_its_ends(text: str) -> None:
    assert Period.parse("Q2 of the 2024-25 financial year").code == "FY2024-25-Q2"
    with pytest.raises(PeriodError):
        Period.parse(text, "financial")


def test_a_year_said_once_for_months_past_december_may_be_that_of_either() -> None:
    assert readings_of("Nov-Jan 2025") == ["2024-11..2025-01", "2025-11..2026-01"]
    assert readings_of("1 November to 31 January 2025") == ["2024-11-01/2025-01-31", "2025-11-01/2026-01-31"]


@pytest.mark.parametrize(
    "text", ["2024-25-26", "2024 to 2025-26", "March to", "Apr-Dec 2024 to Jun 2024", "30-1 June 24"]
)
def test_other_texts_with_a_dash_are_no_ranges(text: str) -> None:
    with pytest.raises(PeriodError) as caught:
        Period.parse(text, "financial")
    assert not isinstance(caught.value, AmbiguousPeriodError)
