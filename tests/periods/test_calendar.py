"""Year types, Easter, and months that have no 31st."""

import copy
import pickle
from datetime import date
from unittest.mock import ANY

import pytest

from outcome_bees.errors import InvalidTypeError, PeriodError
from outcome_bees.periods import CustomYear, Period, YearType, calendar_named, easter_sunday, month_later
from outcome_bees.periods.calendar import month_ordinal


def test_year_types_are_words_and_know_where_they_begin() -> None:
    assert [each.value for each in YearType] == ["academic", "calendar", "financial", "school", "tax"]
    assert {each.value: (each.month, each.day) for each in YearType} == {
        "academic": (8, 1),
        "calendar": (1, 1),
        "financial": (4, 1),
        "school": (9, 1),
        "tax": (4, 6),
    }
    assert YearType("tax") is YearType.TAX
    assert pickle.loads(pickle.dumps(YearType.TAX)) is YearType.TAX


def test_a_year_of_ones_own_fits_wherever_a_year_type_does() -> None:
    own = CustomYear(10, 1)
    assert Period.year(2024, own).start == date(2024, 10, 1)
    assert Period.parse("2024/25", calendar="10-01") == Period.parse("2024/25", calendar=own)
    assert Period.quarter(2024, 2, own).code == "Y10-01:2024-25-Q2"
    assert Period.parse("Y10-01:2024-25-Q2").year_type == own


def test_a_year_of_ones_own_is_a_plain_value() -> None:
    own = CustomYear(10, 15)
    assert own == CustomYear(10, 15) != CustomYear(10, 16)
    assert (own == "10-15") is False
    assert CustomYear(10) == CustomYear(10, 1)
    assert own == ANY  # what is no year of its own decides for itself what it equals
    assert hash(own) == hash(copy.deepcopy(own)) == hash(pickle.loads(pickle.dumps(own)))
    assert (str(own), repr(own), own.value) == ("10-15", "CustomYear(10, 15)", "10-15")
    with pytest.raises(AttributeError):
        own.month = 4
    with pytest.raises(AttributeError):
        del own.month


@pytest.mark.parametrize(("month", "day"), [(13, 1), (0, 1), (1, 29), (6, 0)])
def test_a_year_begins_on_a_day_that_every_month_has(month: int, day: int) -> None:
    with pytest.raises(PeriodError, match="allowed: 1 to"):
        CustomYear(month, day)


def test_one_year_has_one_name() -> None:
    with pytest.raises(PeriodError, match=r"YearType\.FINANCIAL"):
        CustomYear(4, 1)
    assert YearType.starting(4, 1) is YearType.FINANCIAL
    assert YearType.starting(7) == CustomYear(7, 1)


def test_a_calendar_may_be_given_as_its_text() -> None:
    assert calendar_named("04-06") is YearType.TAX
    assert calendar_named("Financial") is YearType.FINANCIAL
    assert calendar_named(str(CustomYear(10, 1))) == CustomYear(10, 1)
    with pytest.raises(InvalidTypeError):
        calendar_named(4)  # type: ignore[arg-type]


def test_true_is_no_number_of_a_month() -> None:
    with pytest.raises(InvalidTypeError, match="a whole number from 1 to 12"):
        CustomYear(True, 4)


@pytest.mark.parametrize(("year", "month"), [(0, 12), (10_000, 1), (2024, 0), (2024, 13)])
def test_a_month_is_of_a_year_that_there_is(year: int, month: int) -> None:
    assert (month_ordinal(1, 1), month_ordinal(9999, 12)) == (12, 119_999)
    with pytest.raises(PeriodError, match=r"^(year: given \d+; allowed: 1 to 9999|month: .*; allowed: 1 to 12)$"):
        month_ordinal(year, month)


EASTERS = [
    *("1818-03-22", "1943-04-25", "1999-04-04", "2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21"),
    *("2020-04-12", "2021-04-04", "2022-04-17", "2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05"),
    *("2038-04-25", "2076-04-19", "2285-03-22"),
]


@pytest.mark.parametrize("easter", EASTERS)
def test_easter_falls_where_the_almanac_has_it(easter: str) -> None:
    day = date.fromisoformat(easter)
    assert date.fromordinal(easter_sunday(day.year)) == day


def test_easter_falls_where_golden_number_and_epact_put_it() -> None:
    for year in range(1, 10_000):  # the other way to reckon it: Knuth, The Art of Computer Programming, 1.3.2
        golden, century = year % 19 + 1, year // 100 + 1
        not_leap = 3 * century // 4 - 12
        epact = (11 * golden + 20 + (8 * century + 5) // 25 - 5 - not_leap) % 30
        epact += epact == 24 or (epact == 25 and golden > 11)
        full_moon = 44 - epact if epact <= 23 else 74 - epact
        sunday = full_moon + 7 - (5 * year // 4 - not_leap - 10 + full_moon) % 7
        assert easter_sunday(year) == date(year, 3, 1).toordinal() + sunday - 1, year


def test_easter_is_a_sunday_from_22_march_to_25_april() -> None:
    for year in range(1, 10_000):
        day = date.fromordinal(easter_sunday(year))
        assert day.weekday() == 6
        assert date(year, 3, 22) <= day <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2025-03-31", -3, "2024-12-31"),
        ("2025-02-28", 12, "2026-02-28"),
        ("2023-02-28", 12, "2024-02-29"),
        ("2024-02-28", 12, "2025-02-28"),
        ("2024-01-30", 1, "2024-02-29"),
        ("1900-02-28", -1, "1900-01-31"),
        ("9998-12-31", 12, "9999-12-31"),
    ],
)
def test_the_end_of_a_month_stays_the_end_of_a_month(day: str, months: int, then: str) -> None:
    assert date.fromordinal(month_later(date.fromisoformat(day).toordinal(), months)).isoformat() == then


def test_the_day_before_all_days_ends_a_month_and_has_only_days_after_it() -> None:
    assert date.fromordinal(month_later(0, 1)) == date(1, 1, 31)
    assert date.fromordinal(month_later(0, 14)) == date(2, 2, 28)
    for months in (0, -1):
        with pytest.raises(PeriodError, match="the days before 1 January of the year 1 cannot be counted"):
            month_later(0, months)
    with pytest.raises(PeriodError, match="0001-01-31 and -1 months lies outside the years 1 to 9999"):
        month_later(31, -1)
