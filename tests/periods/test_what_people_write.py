"""What people write in the spreadsheets of councils: read where it has one meaning, else refused with a way out."""

import re
from typing import Any

import pytest

from outcome_bees.errors import AmbiguousPeriodError, InvalidTypeError, PeriodError
from outcome_bees.periods import CustomYear, Period, YearType, split_note
from outcome_bees.vocabulary import Revision


def codes_of(text: str, calendar: str | None = None, **known: Any) -> list[str]:
    """Every code that a text may mean."""
    try:
        return [Period.parse(text, calendar, **known).code]
    except AmbiguousPeriodError as error:
        return [str(each) for each in error.readings]


def refusal_of(text: str, calendar: str | None = None) -> str:
    with pytest.raises(PeriodError) as caught:
        Period.parse(text, calendar)
    assert not isinstance(caught.value, AmbiguousPeriodError)
    return str(caught.value)


class TestMonthsOfAYear:
    @pytest.mark.parametrize(
        "text",
        [
            *("2024/25 P6", "2024/25 P06", "P6 2024/25", "Period 6 2024/25", "2024-25 period 6", "Period 6 of 2024/25"),
            *("M6 2024/25", "2024-25 M06", "Month 6 2024/25", "2024/25 Month 6", "Month 6 (2024/25)", "P6 24/25"),
            *("2024/25P6", "2024/25M06", "FY2024-25 P6", "P6-2024/25", "Accounting period 6 2024/25", "mth 6 2024/25"),
            *("2024/25 P6 (Sep)", "Period 6 (September) 2024/25", "2024/25;P6", "Sep 2024/25", "2024/25 September"),
        ],
    )
    def test_an_accounting_period_is_the_month_of_its_year(self, text: str) -> None:
        assert codes_of(text, "financial") == ["2024-09"]

    @pytest.mark.parametrize(
        ("number", "calendar", "code"),
        [
            (1, "financial", "2024-04"),
            (9, "financial", "2024-12"),
            (10, "financial", "2025-01"),
            (12, "financial", "2025-03"),
            (1, "academic", "2024-08"),
            (1, "tax", "2024-04-06/2024-05-05"),
            (12, "tax", "2025-03-06/2025-04-05"),
            (3, "10-01", "2024-12"),
        ],
    )
    def test_it_counts_from_the_first_day_of_the_year(self, number: int, calendar: str, code: str) -> None:
        assert codes_of(f"2024/25 P{number}", calendar) == codes_of(f"Month {number} 2024/25", calendar) == [code]

    def test_without_a_calendar_it_is_open_and_the_message_names_the_argument(self) -> None:
        assert codes_of("Month 6 2024/25") == ["2025-01", "2024-09", "2025-02", "2024-09-06/2024-10-05"]
        with pytest.raises(AmbiguousPeriodError, match="say the year type with calendar="):
            Period.parse("2024/25 P6")
        assert codes_of("2024 P6", "calendar") == ["2024-06"]

    def test_a_year_has_twelve(self) -> None:
        assert "given 13; allowed: 1 to 12" in refusal_of("2024/25 P13", "financial")
        assert "allowed: 1 to 12" in refusal_of("P0 2024/25", "financial")

    def test_months_of_the_calendar_stay_what_they_were(self) -> None:
        assert codes_of("2024M05") == codes_of("2024M05", "financial") == ["2024-05"]
        assert codes_of("March 2024", "financial") == codes_of("Mar 24", "financial") == ["2024-03"]

    @pytest.mark.parametrize(
        ("text", "calendar", "codes"),
        [
            ("Mar 2023/24", "financial", ["2024-03"]),
            ("Mar 2023/24", None, ["2024-03"]),  # of every sort of year that is split it is the same month
            ("Apr 2023/24", "financial", ["2023-04"]),
            ("Apr 2023/24", None, ["2024-04", "2023-04"]),
            ("Apr 2023/24", "tax", ["2023-04", "2024-04"]),  # begins and ends in an April
            ("2023-24 December", "academic", ["2023-12"]),
            ("September 24/25", "school", ["2024-09"]),
            ("Apr-Jun 2024/25", "financial", ["2024-04..2024-06"]),
            ("Apr-Jun 2024/25", None, ["2025-04..2025-06", "2024-04..2024-06"]),
            ("Nov-Jan 2024/25", "financial", ["2024-11..2025-01"]),
            ("March 202425", "financial", ["2025-03"]),
            ("March FY2024", None, ["2024-03", "2025-03"]),
            ("March 2024 financial year", None, ["2024-03", "2025-03"]),
            ("Mar 2023/24", "03-01", ["2023-03"]),
            ("Mar 2023/24", "03-02", ["2023-03", "2024-03"]),
        ],
    )
    def test_a_month_of_a_split_year_is_found_in_it(self, text: str, calendar: str | None, codes: list[str]) -> None:
        assert codes_of(text, calendar) == codes


class TestPooledYears:
    @pytest.mark.parametrize(
        ("text", "calendar", "code"),
        [
            ("3 years to 2024", "calendar", "CY2022..CY2024"),
            ("three years to 2024", "calendar", "CY2022..CY2024"),
            ("three years ending 2024", "calendar", "CY2022..CY2024"),
            ("3-year period ending 2024", "calendar", "CY2022..CY2024"),
            ("3 yrs ended 2024", "calendar", "CY2022..CY2024"),
            ("Rolling 3 years to 2024", "calendar", "CY2022..CY2024"),
            ("two calendar years to 2024", None, "CY2023..CY2024"),
            ("3 years to 2023/24", "financial", "FY2021-22..FY2023-24"),
            ("three years ending 2024", "financial", "FY2021-22..FY2023-24"),
            ("5 academic years to 2023/24", None, "AY2019-20..AY2023-24"),
            ("1 year to 2024", "calendar", "CY2024"),
            ("3 years to March 2024", None, "2021-04..2024-03"),
            ("2 years ending 31 December 2024", None, "2023-01..2024-12"),
            ("twelve months to March 2025", None, "Y2025-03-31"),
            ("one year to March 2025", None, "Y2025-03-31"),
        ],
    )
    def test_they_are_named_by_how_many_and_by_their_end(self, text: str, calendar: str | None, code: str) -> None:
        assert codes_of(text, calendar) == [code]

    def test_what_a_bare_year_leaves_open_stays_open(self) -> None:
        assert codes_of("3 years to 2024", "financial") == ["FY2021-22..FY2023-24", "FY2022-23..FY2024-25"]
        assert "CY2022..CY2024" in codes_of("3 years to 2024")

    def test_they_may_be_as_many_as_two_digits_say(self) -> None:
        assert codes_of("99 years to 2024", "calendar") == ["CY1926..CY2024"]

    @pytest.mark.parametrize(
        ("text", "calendar", "words"),
        [
            ("3 years to 2018-21", "financial", "a year is of one year, and 2018 to 2021 is several"),
            ("Q3 2014 to 2016", "financial", "a quarter is of one year, and 2014 to 2016 is several"),
            ("Q3 2014 to 2016", "calendar", "a quarter is of one year, and 2014 to 2016 is several"),
            ("Q3 2014-16", "calendar", "a quarter is of one year, and 2014 to 2016 is several"),
        ],
    )
    def test_what_is_of_one_year_is_not_of_several(self, text: str, calendar: str, words: str) -> None:
        assert words in refusal_of(text, calendar)

    def test_no_years_are_none(self) -> None:
        assert "given 0" in refusal_of("0 years to 2024", "calendar")

    @pytest.mark.parametrize("text", ["2010 - 12", "2010-13", "2010/12", "2010 - 2012"])
    def test_the_caller_may_choose_how_both_ends_count(self, text: str) -> None:
        last = 2000 + int(text[-2:])
        assert codes_of(text, "calendar", span="inclusive") == [f"CY2010..CY{last}"]
        assert codes_of(text, "calendar", span="difference") == [f"CY2010..CY{last - 1}"]
        assert codes_of(text, "calendar") == [f"CY2010..CY{last - 1}", f"CY2010..CY{last}"]
        with pytest.raises(AmbiguousPeriodError, match='span="inclusive" or span="difference"'):
            Period.parse("2018 - 20", "calendar")

    def test_that_choice_changes_nothing_else(self) -> None:
        for span in ("inclusive", "difference", None):
            assert codes_of("2014 to 2016", "calendar", span=span) == ["CY2014..CY2016"]
            assert codes_of("2018-21", "financial", span=span) == ["FY2018-19..FY2020-21"]
        with pytest.raises(PeriodError, match="span: given 'pooled'; allowed: inclusive, difference"):
            Period.parse("2018 - 20", "calendar", span="pooled")

    def test_the_tools_own_spaces_are_read(self) -> None:
        assert Period.from_lait("2010 - 12", "Calendar Year").code == "CY2010..CY2012"


class TestShortYearsRunTogether:
    @pytest.mark.parametrize(
        ("text", "calendar", "codes"),
        [
            ("2324", "financial", ["FY2023-24"]),
            ("2324Q1", "financial", ["FY2023-24-Q1"]),
            ("Q1 2324", "financial", ["FY2023-24-Q1"]),
            ("H2 2526", "academic", ["AY2025-26-H2"]),
            ("FY2324", None, ["FY2023-24"]),
            ("AY1718", None, ["AY2017-18"]),
            ("Autumn term 2324", None, ["AY2023-24-T1"]),
            ("2324 to 2526", "financial", ["FY2023-24..FY2025-26"]),
            ("2324", None, ["AY2023-24", "FY2023-24", "SY2023-24", "TY2023-24"]),
            ("2324", "calendar", ["CY2324"]),  # a calendar year is not split
            ("1920", "financial", ["FY1919-20", "FY1920-21", "FY2019-20"]),
            ("2021", "financial", ["FY2020-21", "FY2021-22"]),
            ("20242025", "financial", ["FY2024-25"]),
            ("9899", "financial", ["FY1998-99"]),
            ("9900", "financial", ["FY1999-00"]),
            ("FYE 2324", None, ["FY2023-24"]),
            ("2324 to 2324", "financial", ["FY2023-24"]),
            ("2325 to 2526", "financial", ["FY2325-26..FY2525-26"]),  # not both are two years
            ("2324 to 2527", "financial", ["FY2324-25..FY2526-27"]),
            ("1920 to 2021", "financial", ["FY1920-21..FY2020-21"]),  # a century that figures are of
            ("FY21", None, ["FY2020-21", "FY2021-22"]),
            ("Autumn term AY21", None, ["AY2021-22-T1"]),
        ],
    )
    def test_they_are_a_split_year(self, text: str, calendar: str | None, codes: list[str]) -> None:
        assert codes_of(text, calendar) == codes

    def test_they_run_forwards(self) -> None:
        assert "2324 does not come after 2526" in refusal_of("2526 to 2324", "financial")

    def test_where_they_are_read_nothing_is_said_of_centuries(self) -> None:
        assert "centuries" not in refusal_of("Q1 2324 to Foo 2425", "financial")

    @pytest.mark.parametrize("text", ["FYE 202", "FYE 20245"])
    def test_a_year_that_ends_has_two_digits_or_four(self, text: str) -> None:
        assert "allowed: a code" in refusal_of(text)

    @pytest.mark.parametrize("text", ["2729", "2729Q1", "Q3 2729"])
    @pytest.mark.parametrize("calendar", ["financial", None])
    def test_years_centuries_away_are_never_all_that_is_meant(self, text: str, calendar: str | None) -> None:
        assert "29 does not follow 27" in refusal_of(text, calendar)


class TestQuarters:
    @pytest.mark.parametrize(
        "text",
        [
            *("2024/25 Q01", "Q01 2024/25", "1st Quarter 2024/25", "first quarter of 2024/25", "2024/25 1st qtr"),
            *("Q1 (Apr-Jun) 2024/25", "Q1 Apr to Jun 2024/25", "2024/25 Q1 (April - June)", "Q1 2024/25 (Apr-Jun)"),
            *("2024/25;Q1", "2024/25|Q1", "2024/25_Q1", "2024/25.Q1", "2024/25:Q1", "2024/25/Q1"),
            *("2024-25.Q1", "2024-25:Q1", "2024-25/Q1"),
        ],
    )
    def test_they_are_read_as_people_write_them(self, text: str) -> None:
        assert codes_of(text, "financial") == ["FY2024-25-Q1"]

    def test_zeros_and_words_number_them(self) -> None:
        assert codes_of("2025Q01", "calendar") == codes_of("Q01 2025", "calendar") == ["CY2025-Q1"]
        assert codes_of("4th quarter 2024/25", "academic") == ["AY2024-25-Q4"]
        assert codes_of("2nd half 2024/25", "financial") == ["FY2024-25-H2"]
        assert "given 12; allowed: 1 to 4" in refusal_of("2025 Q12", "calendar")

    def test_the_months_beside_one_are_checked_and_settle_the_sort_of_year(self) -> None:
        assert codes_of("Q1 (Apr-Jun) 2024/25") == ["FY2024-25-Q1"]
        assert codes_of("Q1 (Sept-Nov) 2024/25") == ["SY2024-25-Q1"]
        assert codes_of("H1 (Apr-Sep) 2024/25") == ["FY2024-25-H1"]
        assert "allowed: a code" in refusal_of("Q1 (Apr-Foo) 2024/25")
        assert "must lie wholly in the years 1 to 9999" in refusal_of("Q4 9999/00 (Jan-Mar)", "financial")
        wrong = refusal_of("Q1 (Jan-Mar) 2024/25", "financial")
        assert "in a financial year it is 1 April to 30 June" in wrong

    def test_the_end_of_a_quarter_is_the_quarter_and_that_of_a_year_its_last_day(self) -> None:
        assert codes_of("End of Q1 2024/25", "financial") == ["FY2024-25-Q1"]
        assert codes_of("end of 2024/25", "financial") == codes_of("end of year 2024/25", "financial") == ["2025-03-31"]


class TestYearToDate:
    @pytest.mark.parametrize("text", ["2022/23 YTD", "YTD 2022/23", "2022/23 year to date", "2022/23 (to date)", "YTD"])
    def test_it_needs_its_last_quarter_or_month(self, text: str) -> None:
        message = refusal_of(text, "financial")
        assert "a year to date needs its last quarter or month, as in 2024/25 Q3 YTD or 2024/25 P9 YTD" in message

    def test_what_the_message_shows_is_read(self) -> None:
        for text in ("2024/25 Q3 YTD", "2024/25 P9 YTD", "P9 2024/25 YTD", "Q3 YTD 2024/25", "YTD Month 9 2024/25"):
            assert codes_of(text, "financial") == ["FY2024-25-Q1..Q3"]
        assert codes_of("2024/25 P7 YTD", "financial") == ["2024-04..2024-10"]

    def test_a_month_ends_no_part_of_a_year_that_begins_within_one(self) -> None:
        for calendar, named in (("tax", "tax"), ("10-02", "10-02")):
            assert f"a {named} year begins within a month" in refusal_of("YTD Dec 2024", calendar)


class TestDates:
    def test_a_spreadsheets_number_is_shown_as_the_date_it_was(self) -> None:
        for text in ("45747", "45747.0", " 45747 ", "45,747"):
            message = refusal_of(text, "financial")
            assert "looks like a date that a spreadsheet has turned into a number: 31 March 2025" in message
        assert "write 2024-02-29" in refusal_of("45351")

    def test_eight_digits_are_a_day_with_the_year_first(self) -> None:
        assert codes_of("20240131") == ["2024-01-31"]
        assert Period.from_iso("20240131").code == "2024-01-31"
        assert "eight digits are a day, the year first" in refusal_of("31012024")
        assert "February 2023 has no day 29" in refusal_of("20230229")

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("20240001", "eight digits are a day, the year first, such as 20240131, or a year such as 20242025"),
            ("20240132", "January 2024 has no day 32"),
            ("20241232", "December 2024 has no day 32"),
            ("20241301", "eight digits are a day, the year first, such as 20240131, or a year such as 20242025"),
            ("202400", "six digits are a split year, such as 202425"),
            ("202401", "six digits are a split year, such as 202425; for January 2024 write 2024-01"),
            ("202412", "six digits are a split year, such as 202425; for December 2024 write 2024-12"),
            ("202413", "six digits are a split year, such as 202425"),
            ("2024/00", "00 does not come after 2024; 2024/25 is one year"),
            ("2024/01", "01 does not come after 2024; 2024/25 is one year; for the month write 2024-01"),
            ("2024/12", "12 does not come after 2024; 2024/25 is one year; for the month write 2024-12"),
            ("2024/13", "13 does not come after 2024; 2024/25 is one year"),
            ("2024/0005", "0005 does not come after 2024; 2024/25 is one year"),
            ("2024-1939", "1939 does not come after 2024; 2024/25 is one year"),
        ],
    )
    def test_digits_that_are_no_split_year_name_the_month_that_they_may_be(self, text: str, reason: str) -> None:
        assert refusal_of(text, "financial") == f"period: given '{text}'; {reason}"

    @pytest.mark.parametrize("day", range(1, 13))
    def test_a_short_year_after_a_day_and_a_month_is_no_last_day_of_it(self, day: int) -> None:
        assert codes_of(f"{day} May 28") == [f"2028-05-{day:02}"]

    def test_two_digits_are_of_this_century_up_to_68(self) -> None:
        assert codes_of("Sep 68") == ["2068-09"]
        assert codes_of("Sep 69") == ["1969-09"]

    @pytest.mark.parametrize("text", ["13/2025", "00/2025"])
    def test_numbers_are_of_a_month_only_where_there_is_one(self, text: str) -> None:
        assert f"month: given {int(text[:2])}; allowed: 1 to 12" in refusal_of(text)

    def test_a_day_has_no_end_of_its_own(self) -> None:
        assert "allowed: a code" in refusal_of("end of 31 March 2025")

    def test_a_dash_may_stand_for_each_space(self) -> None:
        assert codes_of("apr-jun-2023") == codes_of("Apr-Jun-23") == codes_of("2023 Apr-Jun") == ["2023-04..2023-06"]

    def test_weeks_from_another_day_are_shown_as_their_days(self) -> None:
        assert "2020-04-24 is a Friday, not a Sunday; for these seven days write 2020-04-18/2020-04-24" in refusal_of(
            "week ending 24 April 2020"
        )
        assert "write 2024-02-06/2024-02-12" in refusal_of("w/c 6 Feb 2024")
        assert codes_of("week to 26 April 2020") == ["2020-W17"]

    @pytest.mark.parametrize(
        ("text", "days"),
        [
            ("w/c 2 January 0001", "0001-01-02/0001-01-08"),
            ("w/e 8 January 0001", "0001-01-02/0001-01-08"),
            ("w/c 25 December 9999", "9999-12-25/9999-12-31"),
            ("w/e 31 December 9999", "9999-12-25/9999-12-31"),
        ],
    )
    def test_the_first_and_the_last_seven_days_are_shown(self, text: str, days: str) -> None:
        assert refusal_of(text).endswith(f"; for these seven days write {days}")

    @pytest.mark.parametrize("text", ["w/e 3 January 0001", "w/e 6 January 0001", "w/c 26 December 9999"])
    def test_days_that_there_are_not_are_not_shown(self, text: str) -> None:
        assert re.search(r"day, not a (Mon|Sun)day$", refusal_of(text))

    def test_a_month_run_together_with_a_year_is_read_unless_others_mean_a_year_by_it(self) -> None:
        assert codes_of("2024Dec") == codes_of("Dec2024") == ["2024-12"]
        message = refusal_of("2024April")
        assert "2024-04" in message
        assert "FY2024-25" in message


class TestNotes:
    @pytest.mark.parametrize(
        ("label", "text", "revision"),
        [
            ("2023/24 Q4 (provisional)", "2023/24 Q4", Revision.PROVISIONAL),
            ("2023/24 Q4 (p)", "2023/24 Q4", Revision.PROVISIONAL),
            ("2023/24 Q4 [p]", "2023/24 Q4", Revision.PROVISIONAL),
            ("2024 (r)", "2024", Revision.REVISED),
            ("2024/25 (Revised)", "2024/25", Revision.REVISED),
            ("2024r", "2024", Revision.REVISED),
            ("March 2025 prov.", "March 2025", Revision.PROVISIONAL),
            ("2024/25 - final", "2024/25", Revision.FINAL),
            ("2025/26, forecast", "2025/26", Revision.FORECAST),
            ("2024/25*", "2024/25", None),
            ("2024/25 [note 1] (r)", "2024/25", Revision.REVISED),
            ("2024/25", "2024/25", None),
            ("2024/25 (Q2)", "2024/25 (Q2)", None),
            ("September", "September", None),
            ("2024, p", "2024, p", None),  # a letter is bare only after a digit
            ("2024/25 - r", "2024/25 - r", None),
            ("(p)", "(p)", None),
            ("2023/24 Q4, p", "2023/24 Q4, p", None),  # after a comma a note is a word
        ],
    )
    def test_a_note_is_taken_off_with_how_settled_the_figures_are(
        self, label: str, text: str, revision: Revision | None
    ) -> None:
        assert split_note(label) == (text, revision)

    @pytest.mark.parametrize(
        ("revision", "words"),
        [
            (Revision.PROVISIONAL, "provisional prov preliminary unvalidated unconfirmed draft"),
            (Revision.REVISED, "revised rev"),
            (Revision.FINAL, "final validated confirmed"),
            (Revision.FORECAST, "forecast"),
            (Revision.WITHDRAWN, "withdrawn"),
        ],
    )
    def test_each_word_for_how_settled_figures_are_has_one_of_ours(self, revision: Revision, words: str) -> None:
        for word in words.split():
            assert split_note(f"2024/25 ({word.upper()})") == split_note(f"2024/25 - {word}.") == ("2024/25", revision)
        letter = {Revision.PROVISIONAL: "p", Revision.REVISED: "r", Revision.FORECAST: "f"}.get(revision)
        if letter is not None:
            assert split_note(f"2024/25 [{letter}]") == split_note(f"2024/25{letter}") == ("2024/25", revision)

    @pytest.mark.parametrize("note", ["(provisional)", "(p)", "(r)", "(revised)", "*", "[p]", "provisional"])
    def test_a_period_with_one_is_refused_with_the_way_to_take_it_off(self, note: str) -> None:
        message = refusal_of(f"2023/24 Q4 {note}", "financial")
        assert f"{note} is a note and no part of a period; leave it out, or take it off with split_note" in message

    def test_of_two_that_disagree_one_stays_so_that_the_text_is_refused(self) -> None:
        assert split_note("2024/25 (p) (r)") == ("2024/25 (p)", Revision.REVISED)

    def test_only_text_has_one(self) -> None:
        with pytest.raises(InvalidTypeError):
            split_note(2024)  # type: ignore[arg-type]
        assert split_note("9" * 10_000) == ("9" * 10_000, None)


class TestRefusals:
    @pytest.mark.parametrize(
        "text",
        ["HT1 2023/24", "Autumn 1 2024/25", "Autumn half term 2024/25", "Spring term 2 2024/25", "Aut2 2024/25"],
    )
    def test_half_terms_are_refused_in_words(self, text: str) -> None:
        assert "half terms are not read" in refusal_of(text, "academic")

    @pytest.mark.parametrize("text", ["P6", "Period 6", "Q1", "Month 12", "week 5"])
    def test_what_lacks_its_year_is_asked_for_it(self, text: str) -> None:
        assert "its year is missing" in refusal_of(text, "financial")

    @pytest.mark.parametrize(("text", "wrong"), [("2018#19", "'#'"), ("2018\\19", r"'\\'"), ("2024-12\x00", r"'\x00'")])
    def test_a_character_that_is_none_of_a_period_is_named(self, text: str, wrong: str) -> None:
        assert f"{wrong} is no part of a period" in refusal_of(text, "financial")

    @pytest.mark.parametrize("text", ["2024S1", "2024SunW1", "2024AprilQ1", "fifth quarter 2024", "2024/25 Tri 1"])
    def test_no_period_of_another_sort_is_suggested(self, text: str) -> None:
        assert "nearest" not in refusal_of(text, "calendar")

    @pytest.mark.parametrize(
        ("text", "near"),
        [
            ("2024/5", "2024/25"),
            ("Q1 24", "Q1 24/25"),
            ("Autum term 2024/25", "Autumn term 2024/25"),
            ("24 Q11", "2024 Q1"),  # the same but for digits, before others that are as alike
            ("1.3.", "31.3.2025"),
            ("AY2", "AY23/24"),
        ],
    )
    def test_one_of_its_own_sort_is(self, text: str, near: str) -> None:
        assert refusal_of(text, "financial").endswith(f"nearest: {near}")

    @pytest.mark.parametrize("text", ["H1 22", "202", "2024251"])
    def test_none_that_is_much_longer_is_and_none_for_digits_alone(self, text: str) -> None:
        assert "nearest" not in refusal_of(text, "financial")


class TestReportingMonths:
    @pytest.mark.parametrize(
        ("code", "previous", "following"),
        [
            ("2024-07-28/2024-08-27", "2024-06-28/2024-07-27", "2024-08-28/2024-09-27"),
            ("2024-04-06/2024-07-05", "2024-01-06/2024-04-05", "2024-07-06/2024-10-05"),
            ("2024-01-01/2024-02-29", "2023-11-01/2023-12-31", "2024-03-01/2024-04-30"),
            ("2024-04-01/2025-03-31", "2023-04-01/2024-03-31", "2025-04-01/2026-03-31"),
            ("2024-04-01/2024-09-17", "2023-10-14/2024-03-31", "2024-09-18/2025-03-06"),  # no whole months
            ("2024-01-29/2024-02-28", "2023-12-29/2024-01-28", "2024-02-29/2024-03-30"),  # not every month has a 29th
        ],
    )
    def test_days_of_whole_months_move_by_months(self, code: str, previous: str, following: str) -> None:
        period = Period.from_code(code)
        assert (period.previous().code, period.next().code) == (previous, following)
        assert period.next().previous() == period == period.previous().next()


class TestLabels:
    def test_a_first_quarter_is_called_by_its_name(self) -> None:
        assert Period.from_code("FY2024-25-Q1..Q1").label == "2024-25 Q1"
        assert Period.from_code("FY2024-25-Q1..Q2").label == "2024-25 Q1 to Q2"

    def test_a_span_of_days_is_called_by_both(self) -> None:
        assert Period.from_code("2024-04-01/2024-09-17").label == "1 April 2024 to 17 September 2024"

    def test_beside_another_sort_of_year_the_sort_is_named(self) -> None:
        financial, tax = Period.parse("FY2024-25-Q2"), Period.parse("TY2024-25-Q2")
        assert financial.label_beside([financial, tax]) == "financial year 2024-25 Q2"
        assert financial.label_beside([financial]) == financial.label_beside([]) == "2024-25 Q2"
        assert tax.label_beside([financial]) == "tax year 2024-25 Q2"
        assert Period.parse("tax year 2024-25 Q2") == tax
        assert financial.label_beside([Period.parse("TY2023-24-Q2")]) == financial.label == "2024-25 Q2"

    def test_years_of_ones_own_are_named_by_their_first_day(self) -> None:
        own, academic = Period.year(2024, CustomYear(10, 1)), Period.year(2024, YearType.ACADEMIC)
        assert own.label_beside([academic]) == "2024/25 (year from 1 October)"
        assert academic.label_beside([own]) == "academic year 2024/25"

    def test_a_first_quarter_and_the_year_to_its_end_have_two_labels(self) -> None:
        quarter, to_date = Period.parse("FY2024-25-Q1"), Period.parse("FY2024-25-Q1..Q1")
        assert to_date.label_beside([quarter]) == "financial year 2024-25 Q1 to Q1"
        assert quarter.label_beside([to_date]) == "financial year 2024-25 Q1"


class TestHowCouncilsWriteThem:
    """A list of what is written in their spreadsheets: each read, left open among a few, or refused with a way out."""

    READ = (
        ("AP6 24/25", "financial", "2024-09"),
        ("FY24/25 P6", None, "2024-09"),
        ("2425P06", "financial", "2024-09"),
        ("Fin Year 24/25", None, "FY2024-25"),
        ("Fin Yr 2024-25", None, "FY2024-25"),
        ("Fiscal year 2024/25", None, "FY2024-25"),
        ("Acad Yr 24/25", None, "AY2024-25"),
        ("Cal yr 2024", None, "CY2024"),
        ("Year 2024/25", "financial", "FY2024-25"),
        ("AY24/25", None, "AY2024-25"),
        ("FYE 2025", None, "FY2024-25"),
        ("FYE25", None, "FY2024-25"),
        ("YE Mar-25", None, "Y2025-03-31"),
        ("yr ending 31 Mar 2025", None, "Y2025-03-31"),
        ("year end March 2025", None, "Y2025-03-31"),
        ("12m to Mar-25", None, "Y2025-03-31"),
        ("12 mths to March 2025", None, "Y2025-03-31"),
        ("Three year average 2021-23", "calendar", "CY2021..CY2023"),
        ("2021-23 (3 year average)", "calendar", "CY2021..CY2023"),
        ("3yr 2021-24", "financial", "FY2021-22..FY2023-24"),
        ("3 year average to 2023/24", "financial", "FY2021-22..FY2023-24"),
        ("2018/19 - 20/21", "financial", "FY2018-19..FY2020-21"),
        ("Quarter One 2024/25", "financial", "FY2024-25-Q1"),
        ("Q1FY24/25", None, "FY2024-25-Q1"),
        ("Qtr to June 2024", None, "2024-04..2024-06"),
        ("Q/E Jun 24", None, "2024-04..2024-06"),
        ("qtr end Jun 24", None, "2024-04..2024-06"),
        ("half year 1 2024/25", "financial", "FY2024-25-H1"),
        ("HY1 24/25", "financial", "FY2024-25-H1"),
        ("YTD Dec 2024", "financial", "FY2024-25-Q1..Q3"),
        ("YTD Mar 25", "financial", "FY2024-25-Q1..Q4"),
        ("YTD Jun 2024", "calendar", "CY2024-Q1..Q2"),
        ("Nov 2024 YTD", "financial", "2024-04..2024-11"),
        ("year to date Dec 2024", "financial", "FY2024-25-Q1..Q3"),
        ("2024/25 YTD Q3", "financial", "FY2024-25-Q1..Q3"),
        ("we 30/03/25", None, "2025-W13"),
        ("wk ending 30/03/2025", None, "2025-W13"),
        ("wk commencing 24/03/2025", None, "2025-W13"),
        ("snapshot 31 March 2025", None, "2025-03-31"),
        ("position at 31 March 2025", None, "2025-03-31"),
        ("position as at 31/03/25", None, "2025-03-31"),
        ("on 31 March 2025", None, "2025-03-31"),
        ("EOM March 2025", None, "2025-03-31"),
        ("month end Mar 2025", None, "2025-03-31"),
        ("31/03/2025 00:00", None, "2025-03-31"),
        ("Aut term 2024", None, "AY2024-25-T1"),
        ("Spr term 2025", None, "AY2024-25-T2"),
        ("2024/25 Sum term", None, "AY2024-25-T3"),
        ("Autumn Term 24/25", None, "AY2024-25-T1"),
        ("Apr'24", None, "2024-04"),
        ("Apr24-Dec24", None, "2024-04..2024-12"),
    )
    OPEN = (
        ("Autumn 2024", None, 2),
        ("2024", None, 9),
        ("Q4 2025", "financial", 2),
        ("FY25", None, 2),
        ("01/04/2024", None, 2),
        ("2020-22", "calendar", 2),
        ("Q1FY25", None, 2),
        ("YTD Dec 2024", None, 4),
        ("3 years to 2024", "financial", 2),
        ("Year 2024", "financial", 2),
        ("Spr 2025", None, 2),
    )
    REFUSED = (
        ("April", "its year is missing"),
        ("31 March", "its year is missing"),
        ("24-Apr", "its year is missing"),
        ("Q1 (Apr-Jun)", "its year is missing"),
        ("Apr-Jun", "its year is missing"),
        ("autumn term", "its year is missing"),
        ("Week 1", "its year is missing"),
        ("'24", "a year by itself is written in full"),
        ("24", "a year by itself is written in full"),
        ("Spring 25", "a year by itself is written in full, as in 2024/25 or Spring term 2025"),
        ("Summer term 25", "a year by itself is written in full"),
        ("Term 1 2024/25", "terms have names, for some schools have three a year and some six"),
        ("T6 24/25", "terms have names"),
        ("Half term 3", "half terms are not read"),
        ("HT3 2024/25", "half terms are not read"),
        ("1Q25", "a quarter has its number after the Q"),
        ("1Q 2024", "a quarter has its number after the Q"),
        ("2024 04", "write 2024/25 for a year, and 2024-05 for a month"),
        ("2024.25", "write 2024/25 for a year"),
        ("2024-5", "write 2024/25 for a year, and 2024-05 for a month"),
        ("mid-2023", "populations in the middle of a year are of 30 June"),
        ("R12 to Mar 2025", "write 12 months to March 2025"),
        ("LTM Mar 2025", "write 12 months to March 2025"),
        ("2024/25 outturn", "no part of a period: leave it out"),
        ("2024/25 (unaudited)", "no part of a period: leave it out"),
        ("cumulative to Q3 2024/25", "a year to date needs its last quarter or month"),
        ("2024/25 (est.)", "no part of a period: leave it out"),
        ("Baseline 2019/20", "no part of a period: leave it out"),
        ("March 2026 target", "no part of a period: leave it out"),
        ("2024/25 unvalidated", "unvalidated is a note"),
        ("2024/25 draft", "draft is a note"),
        ("2024/25 (validated)", "(validated) is a note"),
        ("2021-23 (4 year average)", "they are 2 years, and not 4"),
        ("Month 13 2024/25", "month: given 13; allowed: 1 to 12"),
        ("Q5 2024/25", "quarter: given 5; allowed: 1 to 4"),
        ("week 53 2025", "that year has 52"),
        ("45382", "31 March 2024; write 2024-03-31"),
        ("45382.0", "31 March 2024"),
        ("w/e 31 March 2025", "for these seven days write 2025-03-25/2025-03-31"),
        ("2024/04", "for the month write 2024-04"),
        ("TBC", "allowed: a code such as FY2024-25"),
    )

    @pytest.mark.parametrize(("text", "calendar", "code"), READ)
    def test_what_has_one_meaning_is_read(self, text: str, calendar: str | None, code: str) -> None:
        assert codes_of(text, calendar) == [code]

    @pytest.mark.parametrize(("text", "calendar", "meanings"), OPEN)
    def test_what_has_several_is_left_open(self, text: str, calendar: str | None, meanings: int) -> None:
        assert len(codes_of(text, calendar)) == meanings

    @pytest.mark.parametrize(("text", "words"), REFUSED)
    def test_what_has_none_is_refused_with_a_way_out(self, text: str, words: str) -> None:
        message = refusal_of(text, "financial")
        assert words in message
        assert "nearest" not in message
