"""What a period is, where it lies, and how to go from one to another."""

import copy
import operator
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from time import sleep
from typing import Any
from unittest.mock import ANY

import pytest
from hypothesis import given, strategies as st

from outcome_bees import periods
from outcome_bees.errors import InvalidTypeError, PeriodError
from outcome_bees.periods import IN_A_YEAR, CustomYear, Period, PeriodKind, YearType, sequences as sequences_module
from outcome_bees.periods.calendar import calendar_named
from outcome_bees.periods.sequences import PeriodSequence, months_of_year, sequence_of

KINDS = [
    ("CY2024", "year", YearType.CALENDAR, "2024-01-01", "2024-12-31"),
    ("FY2024-25", "year", YearType.FINANCIAL, "2024-04-01", "2025-03-31"),
    ("TY2024-25", "year", YearType.TAX, "2024-04-06", "2025-04-05"),
    ("AY2024-25", "year", YearType.ACADEMIC, "2024-08-01", "2025-07-31"),
    ("SY2024-25", "year", YearType.SCHOOL, "2024-09-01", "2025-08-31"),
    ("Y10-01:2024-25", "year", CustomYear(10, 1), "2024-10-01", "2025-09-30"),
    ("FY2024-25-H2", "half", YearType.FINANCIAL, "2024-10-01", "2025-03-31"),
    ("FY2024-25-Q1", "quarter", YearType.FINANCIAL, "2024-04-01", "2024-06-30"),
    ("TY2024-25-Q4", "quarter", YearType.TAX, "2025-01-06", "2025-04-05"),
    ("CY2024-Q1", "quarter", YearType.CALENDAR, "2024-01-01", "2024-03-31"),
    ("FY2024-25-Q1..Q3", "to_date", YearType.FINANCIAL, "2024-04-01", "2024-12-31"),
    ("AY2024-25-T1", "term", YearType.ACADEMIC, "2024-08-01", "2024-12-31"),
    ("AY2024-25-T2", "term", YearType.ACADEMIC, "2025-01-01", "2025-04-20"),
    ("AY2024-25-T3", "term", YearType.ACADEMIC, "2025-04-21", "2025-07-31"),
    ("AY2024-25-T1T2", "autumn_and_spring", YearType.ACADEMIC, "2024-08-01", "2025-04-20"),
    ("2024-12", "month", None, "2024-12-01", "2024-12-31"),
    ("2024-W05", "week", None, "2024-01-29", "2024-02-04"),
    ("2025-03-31", "day", None, "2025-03-31", "2025-03-31"),
    ("Y2025-03-31", "year_ending", None, "2024-04-01", "2025-03-31"),
    ("FY2018-19..FY2020-21", "span", YearType.FINANCIAL, "2018-04-01", "2021-03-31"),
    ("2024-04-01/2024-09-17", "span", None, "2024-04-01", "2024-09-17"),
]


@pytest.mark.parametrize(("code", "kind", "year_type", "start", "end"), KINDS)
def test_a_code_says_the_kind_the_year_type_and_the_days(
    code: str, kind: str, year_type: YearType | CustomYear | None, start: str, end: str
) -> None:
    period = Period.parse(code)
    assert (period.kind, period.year_type) == (PeriodKind(kind), year_type)
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)
    assert period.days == (period.end - period.start).days + 1
    assert (str(period), period.code, repr(period)) == (code, code, f"Period.parse({code!r})")


@pytest.mark.parametrize("code", [each[0] for each in KINDS])
def test_a_period_is_a_plain_value(code: str) -> None:
    period = Period.parse(code)
    again = Period.from_code(code)
    assert period == again
    assert hash(period) == hash(again)
    assert pickle.loads(pickle.dumps(period)) == period
    assert copy.copy(period) is period
    assert copy.deepcopy({"due": period})["due"] == period
    assert not hasattr(period, "__dict__")
    with pytest.raises(AttributeError):
        period.kind = PeriodKind.DAY  # type: ignore[misc]
    with pytest.raises(AttributeError):
        period._first = 1
    with pytest.raises(AttributeError):
        del period._first


def test_every_constructor_makes_the_period_of_its_code() -> None:
    made = {
        "CY2024": Period.year(2024, YearType.CALENDAR),
        "Y10-01:2024-25": Period.year(2024, "10-01"),
        "FY2024-25-H2": Period.half(2024, 2, "financial"),
        "CY2024-Q3": Period.quarter(2024, 3, YearType.CALENDAR),
        "FY2024-25-Q1..Q3": Period.to_date(2024, 3, YearType.FINANCIAL),
        "2024-12": Period.month(2024, 12),
        "2020-W53": Period.week(2020, 53),
        "AY2024-25-T2": Period.term(2024, 2),
        "AY2024-25-T3": Period.term(2024, "Summer"),
        "AY2024-25-T1T2": Period.term(2024, "autumn and spring"),
        "2025-03-31": Period.day(date(2025, 3, 31)),
        "Y2025-03-31": Period.year_ending(date(2025, 3, 31)),
        "2024-04-01/2024-09-17": Period.span(date(2024, 4, 1), date(2024, 9, 17)),
        "FY2018-19..FY2020-21": Period.span(Period.year(2018, "financial"), Period.year(2020, "financial")),
        "FY2024-25-Q4": Period.containing(date(2025, 2, 14), "quarter", "financial"),
    }
    for code, period in made.items():
        assert (period.code, period) == (code, Period.parse(code))
        assert hash(period) == hash(Period.from_code(code))


def test_a_period_lines_up_in_a_table() -> None:
    assert f"{Period.parse('2024-12'):>10}|{CustomYear(10, 1):7}|" == "   2024-12|10-01  |"


def test_the_same_days_are_not_the_same_period() -> None:
    year, ending = Period.parse("FY2024-25"), Period.parse("Y2025-03-31")
    assert (year.start, year.end) == (ending.start, ending.end)
    assert year != ending
    assert Period.parse("FY2024-25-Q1..Q4") != year
    assert (year == "FY2024-25") is False
    assert year == ANY  # what is no period decides for itself what it equals


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("FY2024-25", "CY2024"),  # each the 2024th of its own sequence
        ("FY2024-25", "FY2023-24"),
        ("FY2024-25", "FY2024-25..FY2025-26"),
        ("FY2024-25..FY2025-26", "FY2024-25..FY2026-27"),
        ("FY2023-24..FY2025-26", "FY2024-25..FY2025-26"),
    ],
)
def test_periods_are_equal_where_all_of_sequence_beginning_and_end_are(one: str, other: str) -> None:
    assert Period.parse(one) != Period.parse(other)
    assert Period.parse(one) == Period.parse(one)


@pytest.mark.parametrize(
    ("kind", "calendar", "first", "last"),
    [
        ("year", "calendar", "0001-01-01", "9999-12-31"),
        ("year", "financial", "0001-04-01", "9999-03-31"),
        ("year", "tax", "0001-04-06", "9999-04-05"),
        ("year", CustomYear(12, 28), "0001-12-28", "9999-12-27"),
        ("half", "financial", "0001-04-01", "9999-09-30"),
        ("quarter", "tax", "0001-01-06", "9999-10-05"),
        ("quarter", CustomYear(12, 28), "0001-03-28", "9999-12-27"),
        ("to_date", "calendar", "0001-01-01", "9999-12-31"),
        ("to_date", "financial", "0001-04-01", "9999-12-31"),
        ("to_date", "tax", "0001-04-06", "9999-10-05"),
        ("to_date", CustomYear(12, 28), "0001-12-28", "9999-12-27"),
        ("month", None, "0001-01-01", "9999-12-31"),
        ("week", None, "0001-01-01", "9999-12-26"),
        ("term", None, "0001-01-01", "9999-12-31"),
        ("autumn_and_spring", None, "0001-08-01", "9999-03-28"),
        ("day", None, "0001-01-01", "9999-12-31"),
        ("year_ending", None, "0001-01-02", "9999-12-31"),
    ],
)
def test_the_first_period_of_a_kind_begins_and_the_last_ends_where_the_years_allow(
    kind: str, calendar: str | CustomYear | None, first: str, last: str
) -> None:
    series = sequence_of(PeriodKind(kind), None if calendar is None else calendar_named(calendar))
    assert str(date.fromordinal(series.first_day(series.lowest))) == first
    assert str(date.fromordinal(series.last_day(series.highest))) == last
    again = sequences_module._made(PeriodKind(kind), series.calendar if series.kind in IN_A_YEAR else None)
    facts = ("kind", "calendar", "lowest", "highest", "pieces", "tiles")
    assert [getattr(again, each) for each in facts] == [getattr(series, each) for each in facts]
    assert [again.first_day(again.lowest), again.last_day(again.highest)] == [
        date.fromisoformat(each).toordinal() for each in (first, last)
    ]
    if kind == "to_date":
        assert again.lowest == again.at(1, 1)
    if calendar is not None:
        year = date.fromisoformat(first).year + 2000
        begins = date(year, series.calendar.month, series.calendar.day)  # type: ignore[union-attr]  # it has one
        assert again.first_day(again.at(year, 1)) == begins.toordinal()


def test_periods_of_one_kind_are_in_the_order_of_time_and_others_have_none() -> None:
    one, other = Period.parse("FY2023-24"), Period.parse("FY2024-25")
    assert one < other > one
    assert one <= one <= other >= other >= one
    assert not one < one
    assert not one > one
    assert not other <= one
    assert not one >= other
    for compare in (operator.lt, operator.le, operator.gt, operator.ge):
        with pytest.raises(TypeError, match="not supported between"):
            compare(one, 2024)
        with pytest.raises(InvalidTypeError, match="two periods of one kind and year type"):
            compare(one, Period.parse("CY2024"))


def test_months_of_a_year_that_is_not_wholly_there_are_refused() -> None:
    assert months_of_year(YearType.FINANCIAL, 9998, 12, 12).checked().last_day == date(9999, 3, 31).toordinal()
    for year in (0, 9999):
        with pytest.raises(PeriodError, match="years 1 to 9999"):
            months_of_year(YearType.FINANCIAL, year, 1, 1)


def test_a_span_is_of_two_periods_or_of_two_days() -> None:
    year = Period.parse("FY2024-25")
    for first, last in ((year, year.end), (year.start, year)):
        with pytest.raises(InvalidTypeError, match="two periods of one kind, or two dates"):
            Period.span(first, last)


def test_a_span_of_one_is_that_one() -> None:
    assert Period.span(date(2024, 4, 1), date(2024, 4, 1)) == Period.parse("2024-04-01")
    year = Period.parse("FY2024-25")
    assert Period.span(year, year) == year


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (lambda: Period.quarter(2024, 5, "financial"), "given 5; allowed: 1 to 4"),
        (lambda: Period.half(2024, 0, "financial"), "allowed: 1 to 2"),
        (lambda: Period.month(2024, 13), "allowed: 1 to 12"),
        (lambda: Period.week(2024, 53), "has 52"),
        (lambda: Period.term(2024, "winter"), "autumn, spring, summer"),
        (lambda: Period.term(2024, 4), "allowed: 1 to 3"),
        (lambda: Period.year(2024, "fiscal"), "did you mean financial"),
        (lambda: Period.year(9999, "financial"), "years 1 to 9999"),
        (lambda: Period.year(12024, "financial"), "allowed: 0 to 9999"),
        (lambda: Period.span(date(2025, 1, 2), date(2025, 1, 1)), "the last lies before the first"),
        (lambda: Period.span(Period.month(2024, 1), Period.week(2024, 9)), "of one kind"),
        (
            lambda: Period.span(Period.parse("FY2018-19..FY2020-21"), Period.year(2019, "financial")),
            "the last ends before the first does",
        ),
        (lambda: Period.span(Period.parse("Y2024-03-31"), Period.parse("Y2025-03-31")), "tile time"),
        (lambda: Period.containing(date(2025, 1, 1), "quarter"), "needs its year type"),
        (lambda: Period.containing(date(2025, 1, 1), "year_ending"), "does not lie in just one year ending"),
        (lambda: Period.containing(date(2025, 1, 1), "to_date", "tax"), "does not lie in just one to date"),
        (lambda: Period.containing(date(2025, 1, 1), "autumn_and_spring"), "in just one autumn and spring"),
        (lambda: Period.containing(date(2025, 1, 1), "quater"), "did you mean quarter"),
        (lambda: Period.parse("FY2024-25").split("span"), "Period.span"),
        (lambda: Period.parse("FY2024-25").split("year_ending"), "not made of whole year endings"),
        (lambda: Period.day(date.max).next(), "years 1 to 9999"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(given: object, said: str) -> None:
    with pytest.raises(PeriodError) as caught:
        given()  # type: ignore[operator]
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "given",
    [
        lambda: Period(),
        lambda: Period.year(True, "financial"),
        lambda: Period.year(2024.0, "financial"),  # type: ignore[arg-type]
        lambda: Period.year("2024", "financial"),  # type: ignore[arg-type]
        lambda: Period.year(2024, 4),  # type: ignore[arg-type]
        lambda: Period.day(datetime(2025, 3, 31, 12)),
        lambda: Period.day("2025-03-31"),  # type: ignore[arg-type]
        lambda: Period.span(date(2025, 1, 1), Period.month(2025, 1)),
        lambda: Period.parse(2024),  # type: ignore[arg-type]
        lambda: Period.from_code(["FY2024-25"]),  # type: ignore[arg-type]
        lambda: Period.parse("2024", calendar=["financial"]),  # type: ignore[arg-type]
        lambda: Period.parse("2024-12").contains("2024-12-01"),  # type: ignore[arg-type]
        lambda: Period.parse("2024-12").overlaps(date(2024, 12, 1)),  # type: ignore[arg-type]
        lambda: Period.parse("2024-12").split(3),  # type: ignore[arg-type]
    ],
)
def test_a_value_of_the_wrong_type_is_refused(given: object) -> None:
    with pytest.raises(InvalidTypeError):
        given()  # type: ignore[operator]


@pytest.mark.parametrize(
    ("given", "hint"),
    [(datetime(2025, 3, 31, 12), "a datetime.date (take its .date())"), ("2025-03-31", "a datetime.date")],
)
def test_only_of_a_moment_is_the_day_to_be_taken(given: Any, hint: str) -> None:
    with pytest.raises(InvalidTypeError) as caught:
        Period.day(given)
    assert str(caught.value).endswith(f"; allowed: {hint}")


def test_a_kind_is_given_as_its_member_or_its_word() -> None:
    year = Period.parse("FY2024-25")
    assert year.split(PeriodKind.HALF) == year.split("half")
    assert Period.containing(date(2025, 2, 14), PeriodKind.MONTH).code == "2025-02"


def test_nothing_that_needs_a_year_type_guesses_one() -> None:
    make: Any
    for make in (Period.half, Period.quarter, Period.to_date):
        with pytest.raises(TypeError):
            make(2024, 1)
    for make in (Period.year, Period.parse):
        with pytest.raises((TypeError, PeriodError)):
            make("2024" if make == Period.parse else 2024)


def test_whole_numbers_of_other_libraries_will_do() -> None:
    numpy = pytest.importorskip("numpy")
    assert Period.month(numpy.int64(2024), numpy.int8(12)) == Period.parse("2024-12")


class TestOrder:
    def test_periods_of_one_kind_and_year_type_have_an_order(self) -> None:
        first, last = Period.parse("FY2024-25-Q4"), Period.parse("FY2025-26-Q1")
        assert first < last
        assert first <= last
        assert last > first
        assert last >= first
        assert first <= Period.parse("FY2024-25-Q4")
        assert not first < Period.parse("FY2024-25-Q4")
        assert sorted([last, first]) == [first, last]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("FY2024-25", "AY2024-25"),
            ("FY2024-25", "FY2024-25-Q1"),
            ("2024-12", "2024-W50"),
            ("FY2024-25-Q1", "FY2024-25-Q1..Q1"),
            ("FY2024-25", "FY2024-25..FY2025-26"),
            ("2024-04-01/2024-09-17", "2024-04..2024-09"),
        ],
    )
    def test_others_have_none(self, one: str, other: str) -> None:
        with pytest.raises(TypeError, match="two periods of one kind and year type"):
            assert Period.parse(one) < Period.parse(other)
        with pytest.raises(TypeError):
            assert Period.parse(one) >= Period.parse(other)

    def test_a_period_has_no_order_with_anything_else(self) -> None:
        with pytest.raises(TypeError):
            assert Period.parse("2024-12") < "2025-01"


@pytest.mark.parametrize(
    ("code", "previous", "following"),
    [
        ("CY2024", "CY2023", "CY2025"),
        ("AY1999-00", "AY1998-99", "AY2000-01"),
        ("FY2024-25-Q4", "FY2024-25-Q3", "FY2025-26-Q1"),
        ("FY2024-25-Q1..Q4", "FY2024-25-Q1..Q3", "FY2025-26-Q1..Q1"),
        ("AY2024-25-T3", "AY2024-25-T2", "AY2025-26-T1"),
        ("AY2024-25-T1T2", "AY2023-24-T1T2", "AY2025-26-T1T2"),
        ("2024-12", "2024-11", "2025-01"),
        ("2020-W53", "2020-W52", "2021-W01"),
        ("2024-02-29", "2024-02-28", "2024-03-01"),
        ("Y2024-02-29", "Y2023-02-28", "Y2025-02-28"),
        ("FY2018-19..FY2020-21", "FY2015-16..FY2017-18", "FY2021-22..FY2023-24"),
        ("2024-04-01/2024-04-10", "2024-03-22/2024-03-31", "2024-04-11/2024-04-20"),
    ],
)
def test_the_next_and_the_previous(code: str, previous: str, following: str) -> None:
    assert Period.parse(code).previous().code == previous
    assert Period.parse(code).next().code == following


def test_the_year_ending_a_day_before_the_end_of_a_leap_february_does_not_come_back() -> None:
    odd = Period.parse("Y2024-02-28")
    assert odd.next().code == "Y2025-02-28"
    assert odd.next().previous().code == "Y2024-02-29"


@pytest.mark.parametrize(
    ("code", "months", "then"),
    [
        ("2025-03-31", -3, "2024-12-31"),
        ("2025-03-31", -6, "2024-09-30"),
        ("2024-09-30", 6, "2025-03-31"),
        ("2025-03-30", -1, "2025-02-28"),
        ("2025-01-15", 25, "2027-02-15"),
        ("Y2025-03-31", -3, "Y2024-12-31"),
        ("FY2024-25-Q1", -3, "FY2023-24-Q4"),
        ("FY2024-25-Q1..Q3", -12, "FY2023-24-Q1..Q3"),
        ("CY2024-H1", 6, "CY2024-H2"),
        ("FY2024-25", 24, "FY2026-27"),
        ("2024-12", 2, "2025-02"),
        ("AY2024-25-T2", -12, "AY2023-24-T2"),
        ("AY2024-25-T1T2", 12, "AY2025-26-T1T2"),
        ("2024-W05", 12, "2025-W05"),
        ("2024-W05", 0, "2024-W05"),
        ("CY2014..CY2016", 12, "CY2015..CY2017"),
        ("2024-04-01/2024-09-17", -12, "2023-04-01/2023-09-17"),
        ("2025-03-01/2025-03-31", -12, "2024-03-01/2024-03-31"),
        ("2024-12-01/2025-02-28", -12, "2023-12-01/2024-02-29"),
        ("0001-01-01/0001-01-31", 1, "0001-02-01/0001-02-28"),
    ],
)
def test_months_later_keeps_the_kind(code: str, months: int, then: str) -> None:
    assert Period.parse(code).months_later(months).code == then


@pytest.mark.parametrize(
    ("code", "months"),
    [
        ("FY2024-25", 3),
        ("FY2024-25-H1", 3),
        ("FY2024-25-Q1", 1),
        ("AY2024-25-T1", 3),
        ("2024-W05", 1),
        ("2020-W53", -12),
        ("2020-W52..2021-W02", 12),
        ("2023-05-30/2023-05-31", -3),
        ("CY9999", 12),
        ("0001-01-01/0001-01-31", -1),
    ],
)
def test_months_later_refuses_where_the_kind_cannot_fall(code: str, months: int) -> None:
    with pytest.raises(PeriodError):
        Period.parse(code).months_later(months)


@pytest.mark.parametrize(
    ("code", "before"),
    [
        ("FY2024-25-Q4", "FY2023-24-Q4"),
        ("2024-02-29", "2023-02-28"),
        ("2025-02-28", "2024-02-29"),
        ("Y2024-09-30", "Y2023-09-30"),
        ("2024-W05", "2023-W05"),
        ("AY2024-25-T2", "AY2023-24-T2"),
    ],
)
def test_the_same_period_last_year(code: str, before: str) -> None:
    assert Period.parse(code).year_before().code == before


def test_a_span_that_would_lose_a_week_does_not_move_by_a_year() -> None:
    assert Period.parse("2021-W50..2022-W02").months_later(12).code == "2022-W50..2023-W02"
    with pytest.raises(PeriodError, match="6 weeks are not as many 12 months later"):
        Period.parse("2020-W50..2021-W02").months_later(12)


def test_a_week_53_has_no_same_week_in_most_years() -> None:
    with pytest.raises(PeriodError, match="2019; that year has 52"):
        Period.parse("2020-W53").year_before()


@pytest.mark.parametrize(
    ("code", "into", "parts"),
    [
        ("FY2024-25", "half", ["FY2024-25-H1", "FY2024-25-H2"]),
        ("FY2024-25", "quarter", [f"FY2024-25-Q{n}" for n in (1, 2, 3, 4)]),
        ("FY2024-25-Q4", "month", ["2025-01", "2025-02", "2025-03"]),
        ("FY2024-25-Q1..Q2", "quarter", ["FY2024-25-Q1", "FY2024-25-Q2"]),
        ("AY2024-25", "term", ["AY2024-25-T1", "AY2024-25-T2", "AY2024-25-T3"]),
        ("AY2024-25-T1T2", "term", ["AY2024-25-T1", "AY2024-25-T2"]),
        ("FY2018-19..FY2020-21", "year", ["FY2018-19", "FY2019-20", "FY2020-21"]),
        ("2024-04..2024-06", "month", ["2024-04", "2024-05", "2024-06"]),
        (
            "Y2025-03-31",
            "month",
            [f"2024-{n:02}" for n in range(4, 13)] + [f"2025-{n:02}" for n in (1, 2, 3)],
        ),
        ("2024-W05", "day", [f"2024-01-{n}" for n in (29, 30, 31)] + [f"2024-02-0{n}" for n in (1, 2, 3, 4)]),
        ("Y2025-03-31", "year_ending", ["Y2025-03-31"]),
        ("FY2024-25", "year", ["FY2024-25"]),
    ],
)
def test_a_period_splits_into_whole_periods_of_a_smaller_kind(code: str, into: str, parts: list[str]) -> None:
    assert [each.code for each in Period.parse(code).split(into)] == parts


@pytest.mark.parametrize(
    ("code", "into"),
    [
        ("FY2024-25", "week"),
        ("TY2024-25", "month"),
        ("2024-12", "quarter"),
        ("FY2024-25", "term"),
        ("AY2024-25-T2", "month"),
        ("2024-12", "year_ending"),
        ("0001-01-01", "week"),
        ("FY2024-25-Q1", "year"),
        ("FY2024-25-Q1", "to_date"),
        ("AY2024-25", "autumn_and_spring"),
        ("AY0000-01-T2", "quarter"),
        ("AY9999-00-T1", "quarter"),
    ],
)
def test_a_period_does_not_split_into_what_does_not_fit(code: str, into: str) -> None:
    with pytest.raises(PeriodError):
        Period.parse(code).split(into)


def test_a_range_holds_both_its_ends() -> None:
    quarters = Period.range(Period.parse("FY2024-25-Q3"), Period.parse("FY2025-26-Q2"))
    assert [each.code[-2:] for each in quarters] == ["Q3", "Q4", "Q1", "Q2"]
    assert Period.parse("FY2018-19..FY2020-21").ends == (Period.parse("FY2018-19"), Period.parse("FY2020-21"))
    year = Period.parse("FY2024-25")
    assert all(each is year for each in year.ends)


def test_days_and_periods_lie_in_a_period() -> None:
    quarter = Period.parse("FY2024-25-Q3")
    assert quarter.contains(date(2024, 10, 1))
    assert quarter.contains(date(2024, 12, 31))
    assert not quarter.contains(date(2025, 1, 1))
    assert Period.parse("2024-12") in quarter
    assert Period.parse("2025-01") not in quarter
    assert Period.parse("AY2024-25-T1") not in quarter
    assert quarter.overlaps(Period.parse("AY2024-25-T1"))
    assert not quarter.overlaps(Period.parse("AY2024-25-T2"))


def test_the_share_elapsed_counts_the_day_itself_and_is_exact() -> None:
    year = Period.parse("FY2024-25")
    assert year.elapsed(date(2024, 3, 31)) == year.elapsed(date(2020, 1, 1)) == 0
    assert year.elapsed(date(2024, 4, 1)) == Fraction(1, 365)
    assert year.elapsed(year.end) == 1
    assert year.elapsed(date(2030, 1, 1)) == 1
    assert Period.parse("2025-04").elapsed(date(2025, 4, 15)) == Decimal("0.5") == 0.5


def test_the_place_of_a_period_is_its_year_and_its_part_of_it() -> None:
    places = {
        "FY2024-25-Q4": (2024, 4),
        "2024-12": (2024, 12),
        "2020-W53": (2020, 53),
        "2024-12-31": (2024, 366),
    }
    assert {code: Period.parse(code).place for code in places} == places


def test_ordinals_count_without_a_gap() -> None:
    for code in ("CY2024", "FY2024-25-Q4", "2024-12", "2024-W52", "AY2024-25-T3", "2024-12-31"):
        assert Period.parse(code).next().ordinal == Period.parse(code).ordinal + 1


SORTS: list[tuple[PeriodKind, YearType | CustomYear | None]] = [
    (kind, calendar if kind in IN_A_YEAR else None)
    for kind in PeriodKind
    for calendar in (*YearType, CustomYear(12, 28))
    if kind is not PeriodKind.SPAN and (kind in IN_A_YEAR or calendar is YearType.TAX)
]


@pytest.mark.parametrize(("kind", "calendar"), SORTS)
def test_the_first_and_last_of_a_kind_exist_and_none_beyond(
    kind: PeriodKind, calendar: YearType | CustomYear | None
) -> None:
    series = sequence_of(kind, calendar)
    for ordinal, beyond in ((series.lowest, -1), (series.highest, 1)):
        period = Period._of(series, ordinal, ordinal)
        assert date.min <= period.start <= period.end <= date.max
        assert Period.from_code(period.code) == period
        assert period.split("day")[0].start == period.start
        with pytest.raises(PeriodError, match="years 1 to 9999"):
            period.shifted(beyond)


@pytest.mark.parametrize(("kind", "calendar"), SORTS)
@given(day=st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_the_piece_of_a_day_is_the_first_that_ends_on_it_or_after_it(
    kind: PeriodKind, calendar: YearType | CustomYear | None, day: date
) -> None:
    series, number = sequence_of(kind, calendar), day.toordinal()
    ordinal = series.holding(number)
    assert series.last_day(ordinal - 1) < number <= series.last_day(ordinal)
    if series.tiles:
        assert series.first_day(ordinal) <= number


@pytest.mark.parametrize(
    ("day", "year"),
    [("2025-04-20", 2024), ("2025-04-21", 2025), ("2025-07-31", 2025), ("2025-01-01", 2024), ("2024-12-31", 2024)],
)
def test_the_first_two_terms_that_end_on_a_day_or_after_it_end_on_easter_sunday(day: str, year: int) -> None:
    series = sequence_of(PeriodKind.AUTUMN_AND_SPRING)
    assert series.holding(date.fromisoformat(day).toordinal()) == year


def test_a_series_says_how_many_pieces_a_year_has_where_each_has_as_many() -> None:
    pieces = {kind: sequence_of(kind).pieces for kind in PeriodKind if kind not in {*IN_A_YEAR, PeriodKind.SPAN}}
    assert pieces == {"month": 12, "week": 0, "term": 3, "autumn_and_spring": 1, "day": 0, "year_ending": 0}
    for kind, number in IN_A_YEAR.items():
        assert sequence_of(kind, YearType.TAX).pieces == number


def test_days_at_the_end_of_february_may_be_one_less_a_year_before() -> None:
    assert Period.parse("2024-02-28/2024-02-29").year_before().code == "2023-02-28"


def test_a_way_of_cutting_time_that_does_not_say_where_its_pieces_begin_cannot_be_made() -> None:
    with pytest.raises(TypeError, match="abstract"):
        PeriodSequence(PeriodKind.DAY, None, 1, 2)  # type: ignore[abstract]  # the point of the test


def test_a_kind_has_one_series_however_many_threads_ask_for_it_first(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[PeriodSequence] = []

    def slowly(kind: PeriodKind, calendar: YearType | CustomYear | None) -> PeriodSequence:
        sleep(0.01)  # the other threads ask meanwhile
        made.append(make(kind, calendar))
        return made[-1]

    make = sequences_module._made
    monkeypatch.setattr(sequences_module, "_SEQUENCES", {})  # another test may have asked for this year
    monkeypatch.setattr(sequences_module, "_made", slowly)
    with ThreadPoolExecutor(8) as threads:
        years = list(threads.map(lambda _: Period.year(2024, CustomYear(5, 17)), range(8)))
    assert len(made) == 1
    assert len(set(years)) == 1


def test_each_name_that_the_room_lists_is_there() -> None:
    assert dir(periods) == sorted(periods.__all__)
    assert all(hasattr(periods, name) for name in periods.__all__)
    with pytest.raises(AttributeError):
        periods.Periods  # type: ignore[attr-defined]  # noqa: B018  # it is no name of it


def test_importing_periods_is_cheap() -> None:
    program = """if True:
        import sys
        before = set(sys.modules)  # what a test runner has loaded is no matter of ours
        from outcome_bees.periods import Period
        heavy = {"attrs", "cattrs", "pint", "narwhals", "pandas", "yaml", "fractions", "inspect"}
        heavy |= {f"outcome_bees.periods.{name}" for name in ("parsing", "notes", "exchange")}  # for other texts
        print(sorted(heavy & (set(sys.modules) - before)))
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
