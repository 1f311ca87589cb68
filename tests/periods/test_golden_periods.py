"""What every sort of period knows, and how some hundred texts are read by each sort of year: kept as they were read.

Laws hold of what is wrong in the same way twice; these lists do not. Where one is changed on purpose, it is written
again and read again:

    python tests/periods/test_golden_periods.py
"""

import types
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from outcome_bees.errors import AmbiguousPeriodError, OutcomeBeesError
from outcome_bees.periods import Period, split_note

FACTS = Path(__file__).with_name("golden_facts.txt")
READINGS = Path(__file__).with_name("golden_readings.txt")

CODES = [
    *("CY2024", "FY2024-25", "AY2024-25", "TY2024-25", "SY2024-25", "FY1999-00", "CY0001", "CY9999"),
    *("CY2024-Q1", "FY2024-25-Q4", "AY2024-25-Q2", "TY2024-25-Q1", "CY2024-H1", "FY2024-25-H2", "AY2024-25-H1"),
    *("FY2024-25-Q1..Q1", "FY2024-25-Q1..Q3", "CY2024-Q1..Q4", "AY2024-25-T1", "AY2024-25-T2", "AY2024-25-T3"),
    *("AY2024-25-T1T2", "2024-02", "2023-02", "2024-12", "2024-W01", "2020-W53", "2024-02-29", "2024-12-31"),
    *("Y2024-02-29", "Y2025-03-31", "FY2022-23..FY2024-25", "CY2023..CY2024", "2024-11..2025-01", "2024-W01..2024-W04"),
    *("2024-04-06/2024-05-05", "2024-01-28/2024-01-31", "2024-01-30/2024-01-31", "FY2024-25-Q1..FY2024-25-Q3"),
    *("Y10-01:2024-25", "Y10-01:2024-25-Q2", "2024-10-01/2025-09-30", "0001-01", "9999-12-31", "0001-01-01"),
]
ASKED: dict[str, Callable[[Period], object]] = {
    "days": lambda one: f"{one.start} to {one.end}, {one.days}",
    "label": lambda one: one.label,
    "beside": lambda one: one.label_beside([_Namesake(one.label)]),  # type: ignore[list-item]
    "kind": lambda one: f"{one.kind} {one.year_type} {one.place}",
    "next": lambda one: one.next().code,
    "previous": lambda one: one.previous().code,
    "3 on": lambda one: one.shifted(3).code,
    "2 back": lambda one: one.shifted(-2).code,
    "a year before": lambda one: one.year_before().code,
    "1 month on": lambda one: one.months_later(1).code,
    "12 months on": lambda one: one.months_later(12).code,
    "13 months back": lambda one: one.months_later(-13).code,
    "quarters": lambda one: " ".join(each.code for each in one.split("quarter")),
    "months": lambda one: f"{(parts := one.split('month'))[0].code} to {parts[-1].code}, {len(parts)}",
    "halves": lambda one: " ".join(each.code for each in one.split("half")),
    "terms": lambda one: " ".join(each.code for each in one.split("term")),
    "weeks": lambda one: f"{(parts := one.split('week'))[0].code} to {parts[-1].code}, {len(parts)}",
    "years": lambda one: " ".join(each.code for each in one.split("year")),
    "ends": lambda one: " ".join(each.code for each in one.ends),
    "gone": lambda one: " ".join(str(one.elapsed(one.start + timedelta(days))) for days in (0, one.days // 2)),
    "to iso": lambda one: one.to_iso(),
    "to ees": lambda one: " ".join(one.to_ees()),
    "to sdmx": lambda one: one.to_sdmx(),
    "to sdmx from April": lambda one: one.to_sdmx("--04-01"),
}

YEARS = (
    *("2024", "2024-25", "2024/25", "2024/2025", "2024-2025", "24/25", "202425", "2425", "1999/00", "2024-26"),
    *("FY24", "FY2024-25", "FYE 2025", "2024 to 2025", "2022-2025", "2022/23 to 2024/25", "year 2024", "Y/E Mar 2025"),
    *(
        "2425-2426",
        "1718-1719",
        "1718",
        "2425-26",
        "academic year 2024",
        "financial year 2024/25",
        "calendar year 2024",
    ),
    *("year ending March 2025", "year to 31 March 2025", "12 months to March 2025", "tax year 2024/25", "0", "99999"),
)
PARTS = (
    *("Q1 2024", "Q1 2024-25", "2024-25 Q4", "2024/25 quarter 2", "2024 Q5", "Q1", "H1 2024/25", "2024 H2", "H3 2024"),
    *("Q1 to Q3 2024-25", "2024/25 Q3 YTD", "YTD Q2 2024/25", "2024/25 P9 YTD", "Q1-Q2 2024/25", "Q3 to date 2024/25"),
    *("autumn term 2024", "Autumn 2024/25", "spring term 2025", "Spring 2024/25", "summer 2025", "Summer term 2024/25"),
    *("autumn and spring 2024/25", "2024/25 P6", "Month 6 2024/25", "P13 2024/25", "week 1 2024", "2024-W53", "W1 24"),
)
DATES = (
    *(
        "31 March 2025",
        "31/03/2025",
        "03/04/2025",
        "2025-03-31",
        "31-Mar-25",
        "March 31, 2025",
        "31.3.25",
        "30 Feb 2024",
    ),
    *(
        "as at 31 March 2025",
        "at 31 March 2025",
        "end of March 2025",
        "end of Q1 2024",
        "March 2025",
        "Mar-25",
        "Mar 25",
    ),
    *("25 March", "March", "Monday 4 March 2024", "Tuesday 4 March 2024", "w/c 4 March 2024", "w/e 10 March 2024"),
    *(
        "w/c 5 March 2024",
        "week ending 10/03/2024",
        "2025/03",
        "03/2025",
        "202503",
        "20250331",
        "1 April 2024 - 31 March",
    ),
    *("Apr-Jun 2024", "April to June 2024", "Nov to Jan 2025", "Nov 2024 to Jan 2025", "Jan-Dec 2024", "2023 Apr-Jun"),
    *("1 April 2024 to 31 March 2025", "01/04/2024 to 31/03/2025", "01/04/2024-30/04/2024", "Apr 24 - Mar 25"),
    *("Nov to Jan 24/25", "June to May 2025", "5 to 9 May 2025", "30 April 2025 to 1 May 2024", "4th March 2024"),
    *(f"{day} March 2024" for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")),
    *("Friday week 3 2024", "Monday 2024", "Q1 to date to Q2 to date 2024-25", "nothing", "n/a", "2024-25 2025-26"),
)
ENDINGS = (
    *(f"{words} March 2025" for words in ("y/e", "ye", "yr ending", "year ended", "year to end", "half year ending")),
    *(
        f"{words} September 2024"
        for words in ("half year to", "quarter ending", "qtr ended", "q/e", "qe", "month ending")
    ),
    *(
        f"{words} June 2024"
        for words in ("mth ending", "m ending", "three months to", "6 months ending", "24 months to")
    ),
    *(f"{words} 10 March 2024" for words in ("wk commencing", "week beginning", "wk starting", "w/b", "wc", "we")),
    *(f"{words} 10 March 2024" for words in ("week ended", "wk end", "week to", "wb")),
    *(
        f"{words} to March 2025"
        for words in ("13 months", "three years", "3 years rolling", "2 year average", "1 year")
    ),
    *(
        "first quarter 2024/25",
        "4th qtr 2024",
        "fifth quarter 2024",
        "second half 2024",
        "Q one 2024",
        "three-year 2022-25",
    ),
)
NEARLY = (
    *("2003/04", "2012/12", "2011/10", "2011-12", "20242025", "20241340", "20240230", "20250", "1899", "1900", "2199"),
    *(
        "2200",
        "1899/00",
        "2199/00",
        "autum term 2024/2025",
        "autumm term 2024/2025",
        "Mach 2025",
        "Jn 2025",
        "Febr 2025",
    ),
    *(
        "Qt 1 2024/25",
        "finacial year 2024/25",
        "FX2024-25",
        "FY2024-27",
        "CY2024-25",
        "FY2024",
        "AY2024-25-T4",
        "wek 3 2024",
    ),
    *("2024-W54", "2024-13", "2023-02-29", "Y2023-02-29", "FY2024-25..FY2023-24", "FY2024-25..CY2025", "2024-25-Q1"),
    *(
        "the financial year 2024-25",
        "of 2024-25",
        "2024-25 of",
        "2024-25 the",
        "Q1 of the year of 2024-25",
        "from 2024-25",
    ),
    *("FY2024 Q1", "Q1 FY2024", "FY24 Q1", "financial year 2024", "financial year 2024 Q1", "2024 financial year"),
    *("1990-05", "1990-06", "1990-2005", "1990/2006", "2024-39", "2024-40", "1990 to 2006"),
    *("1999-04", "1998-10", "1990-00", "1999-98", "1950-49", "2001-00", "2024-23", "1901-00", "(2024-25)", "2024 - 25"),
    *("Q1, 2024-25", "Q1; 2024-25", "2024-25|Q1", "Apr & May 2024", "from Apr to Jun 2024", "Apr-to-Jun 2024"),
    *("FY2024-25-T1", "AY2024-25-T1T3", "CY2024-Q5", "2024/2026", "2024/24", "99/00", "00/01", "FY2024-25..AY2025-26"),
)
TEXTS = (*YEARS, *PARTS, *DATES, *ENDINGS, *NEARLY)
SPLIT = (("Academic", "AY"), ("Financial", "FY"), ("Tax", "TY"))
CALENDARS = (None, "calendar", "financial", "academic", "10-01")


class _Namesake:
    """Another period of the same label, so that both are to be told apart."""

    def __init__(self, label: str) -> None:
        self.label = label


def said(ask: Callable[[], object]) -> str:
    try:
        return str(ask())
    except AmbiguousPeriodError as error:
        return "may be " + ", ".join(str(each) for each in error.readings)
    except OutcomeBeesError as error:
        return f"refused: {error}"


def facts_of(code: str) -> list[str]:
    read = said(lambda: Period.from_code(code))
    if read != code:
        return [f"{code} | {read}"]
    period = Period.from_code(code)
    return [f"{code} | {name} | {_answer(ask, period)}" for name, ask in ASKED.items()]


def _answer(ask: Callable[[Period], object], period: Period) -> str:
    return said(lambda: ask(period))


def readings_of(text: str) -> list[str]:
    by_answer: dict[str, list[str]] = {}
    for calendar in CALENDARS:
        by_answer.setdefault(_reading(text, calendar), []).append(str(calendar or "any"))
    return [f"{text} | {', '.join(calendars)} | {found}" for found, calendars in by_answer.items()]


def _reading(text: str, calendar: str | None) -> str:
    return said(lambda: Period.parse(text, calendar))


def kept(path: Path, of: str) -> list[str]:
    return [each for each in path.read_text(encoding="utf-8").splitlines() if each.startswith(f"{of} | ")]


@pytest.mark.parametrize("code", CODES)
def test_a_period_knows_what_it_knew(code: str) -> None:
    assert facts_of(code) == kept(FACTS, code)


@pytest.mark.parametrize("calendar", CALENDARS)
def test_a_code_has_one_meaning_whatever_the_sort_of_year_that_is_named(calendar: str | None) -> None:
    for code in CODES:
        period = Period.from_code(code)
        if period.kind != "month" and not code.startswith(("2024-11..", "0001-01", "9999-12")):
            assert Period.parse(code, calendar) == Period.parse(code.lower(), calendar) == period, code


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_read_as_it_was_read(text: str) -> None:
    assert readings_of(text) == kept(READINGS, text)


def test_nothing_is_kept_that_is_not_asked_and_each_once() -> None:
    for path, asked in ((FACTS, CODES), (READINGS, TEXTS)):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert list(dict.fromkeys(each.partition(" | ")[0] for each in lines)) == list(asked)


@pytest.mark.parametrize("code", ["CY2024", "FY2024-25", "AY2024-25", "CY2024-Q1", "FY2024-25-Q4", "2024-02"])
def test_pandas_has_the_same_days(code: str) -> None:
    pytest.importorskip("pandas")
    period = Period.from_code(code)
    theirs = period.to_pandas()
    assert (theirs.start_time.date(), theirs.end_time.date()) == (period.start, period.end)
    assert Period.from_pandas(theirs) == period


@pytest.mark.parametrize(
    ("label", "code", "meant"),
    [
        *((f"{term} term", f"T{n}", f"AY2024-25-T{n}") for n, term in enumerate(("Autumn", "Spring", "Summer"), 1)),
        ("Autumn and spring term", "T1T2", "AY2024-25-T1T2"),
        ("Part 1 (April to September)", "P1", "FY2024-25-H1"),
        ("Part 2 (October to March)", "P2", "FY2024-25-H2"),
        *((f"{name} year", prefix, f"{prefix}2024-25") for name, prefix in SPLIT),
        *(
            (f"{name} year Q{n}", f"{prefix}Q{n}", f"{prefix}2024-25-Q{n}")
            for name, prefix in SPLIT
            for n in (1, 2, 3, 4)
        ),
    ],
)
def test_an_identifier_of_the_service_and_its_short_code_mean_the_same_period(
    label: str, code: str, meant: str
) -> None:
    assert Period.from_ees("202425", label).code == Period.from_ees("202425", code).code == meant
    assert Period.from_code(meant).to_ees() == ("202425", label)


@pytest.mark.parametrize("number", [1, 2, 9, 10, 51, 52])
def test_weeks_and_months_of_the_service_are_those_of_their_number(number: int) -> None:
    assert (
        Period.from_ees("2024", f"Week {number}") == Period.from_ees("2024", f"W{number}") == Period.week(2024, number)
    )
    if number <= 12:
        assert Period.from_ees("2024", f"M{number}") == Period.month(2024, number)


@pytest.mark.parametrize("week", [0, 54, -1])
def test_a_year_has_no_week_before_the_first_or_after_the_fifty_third(week: int) -> None:
    with pytest.raises(OutcomeBeesError, match=r"week: given .*; allowed: 1 to 53"):
        Period.week(2020, week)
    assert [Period.week(2020, each).code for each in (1, 53)] == ["2020-W01", "2020-W53"]


def test_the_first_and_the_last_period_of_a_sort_have_nothing_beyond_them() -> None:
    assert Period.week(9999, 51).end == date(9999, 12, 26)
    for code in ("CY0001", "0001-01", "0001-01-01", "CY9999", "9999-12", "9999-12-31", "0001-W01"):
        period = Period.from_code(code)
        assert (period.start.year, period.end.year) in ((1, 1), (9999, 9999))
        with pytest.raises(OutcomeBeesError):
            (period.next if period.start.year == 9999 else period.previous)()
    for early in (date(1, 1, 1), date(1, 12, 30)):
        with pytest.raises(OutcomeBeesError):
            Period.year_ending(early)
    assert Period.year_ending(date(2, 1, 1)).start == date(1, 1, 2)
    assert Period.year_ending(date(9999, 12, 31)).end == date(9999, 12, 31)


@pytest.mark.parametrize("months", [120_001, -120_001, 10**9])
def test_a_period_moves_by_no_more_months_than_there_are(months: int) -> None:
    with pytest.raises(OutcomeBeesError, match="months: given"):
        Period.month(2024, 1).months_later(months)


@pytest.mark.parametrize("months", [120_000, -120_000])
def test_so_many_months_are_a_number_and_only_beyond_the_years_that_there_are(months: int) -> None:
    with pytest.raises(OutcomeBeesError, match="must lie wholly in the years"):
        Period.month(2024, 1).months_later(months)


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("2024-01-01/2024-01-31", "2024-01-31/2024-02-05", True),
        ("2024-01-01/2024-01-31", "2024-02-01/2024-02-05", False),
        ("2024-01-31", "2024-01-31/2024-02-05", True),
        ("CY2024", "2024-12-31", True),
        ("CY2024", "2025-01-01", False),
        ("CY2024", "FY2024-25", True),
    ],
)
def test_periods_overlap_where_they_share_a_day(one: str, other: str, shared: bool) -> None:
    first, second = Period.from_code(one), Period.from_code(other)
    assert first.overlaps(second) is second.overlaps(first) is shared


@pytest.mark.parametrize(
    ("label", "split"),
    [
        ("2024 (provisional)" + " " * 9, ("2024", "provisional")),
        ("2024" + " " * 182 + " (provisional)", ("2024", "provisional")),
        ("2024" + " " * 183 + " (provisional)", ("2024" + " " * 183 + " (provisional)", None)),
        ("(provisional)", ("(provisional)", None)),
        ("2024 (r) (p)", ("2024 (r)", "provisional")),
        ("2024* (p)", ("2024", "provisional")),
        ("2024 (p)*", ("2024", "provisional")),
        ("2024r", ("2024", "revised")),
        ("2024, final", ("2024", "final")),
        ("2024 - revised.", ("2024", "revised")),
        ("2024 [note 12]", ("2024", None)),
        ("2024 [note 123]", ("2024 [note 123]", None)),
    ],
)
def test_a_note_is_taken_off_a_label(label: str, split: tuple[str, str | None]) -> None:
    assert split_note(label) == split


@pytest.mark.parametrize("steps", [4_000_001, -4_000_001])
def test_a_period_moves_by_no_more_steps_than_there_are_days(steps: int) -> None:
    with pytest.raises(OutcomeBeesError, match="shifted: given"):
        Period.day(date(2024, 1, 1)).shifted(steps)
    with pytest.raises(OutcomeBeesError, match="must lie wholly in the years"):
        Period.day(date(2024, 1, 1)).shifted(steps - 1 if steps > 0 else steps + 1)


@pytest.mark.parametrize("year", [1, 399, 400, 401, 799, 800, 1999, 2000, 2024, 2399, 2400, 9998])
@pytest.mark.parametrize("begins", ["--01-01", "--04-01", "--08-01"])
def test_the_first_week_of_a_reporting_year_is_that_of_its_first_thursday(year: int, begins: str) -> None:
    first = date(year, int(begins[2:4]), 1)
    thursday = first + timedelta((3 - first.weekday()) % 7)
    week = Period.from_sdmx(f"{year:04}-W01", begins)
    assert week.contains(thursday)
    assert week.to_sdmx(begins) == f"{year:04}-W01"


@pytest.mark.parametrize("given", ["13-01", "12-32", "00-10", "02-30", "3-31", "31-03", ""])
def test_a_day_of_a_reporting_year_that_there_is_not_is_refused(given: str) -> None:
    for meant in ({"as_at": given}, {"year_ending": given}):
        with pytest.raises(OutcomeBeesError, match="as_at"):
            Period.from_ees("2024", "Reporting year", **meant)


def test_a_reporting_year_has_a_day_from_the_first_month_to_the_last() -> None:
    assert Period.from_ees("2024", "Reporting year", as_at="12-31").code == "2024-12-31"
    assert Period.from_ees("2024", "Reporting year", as_at="01-01").code == "2024-01-01"
    assert Period.from_ees("2024", "Reporting year", year_ending="12-31").code == "Y2024-12-31"
    assert Period.from_ees("9999", "Reporting year", as_at="12-31").end == date(9999, 12, 31)
    for year in ("0000", "10000"):
        with pytest.raises(OutcomeBeesError):
            Period.from_ees(year, "Reporting year", as_at="12-31")


@pytest.mark.parametrize(("frequency", "ordinal"), [(None, 1), ("Y-MAR", None), ("Y-MAR", "1"), (5, 1), ("M", 1.5)])
def test_what_is_no_period_of_pandas_is_refused(frequency: object, ordinal: object) -> None:
    given: Any = types.SimpleNamespace(freqstr=frequency, ordinal=ordinal)
    with pytest.raises(OutcomeBeesError, match="NaT is none"):
        Period.from_pandas(given)


if __name__ == "__main__":
    for path, lines in ((FACTS, map(facts_of, CODES)), (READINGS, map(readings_of, TEXTS))):
        path.write_text("\n".join(line for each in lines for line in each) + "\n", encoding="utf-8")
