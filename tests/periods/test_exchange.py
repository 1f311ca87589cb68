"""Periods in other people's notations: DfE files, LAIT, SDMX, ISO 8601 and pandas."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from outcome_bees.errors import InvalidTypeError, PeriodError
from outcome_bees.periods import IDENTIFIERS, LAIT_REVISIONS, Period, PeriodKind, read_lait
from outcome_bees.vocabulary import Revision


def table(shared: Path, name: str) -> Any:
    return json.loads((shared / "vectors" / "periods" / name).read_text(encoding="utf-8"))


class TestExploreEducationStatistics:
    def test_every_identifier_of_the_service_gives_its_dates_and_comes_back(self, shared: Path) -> None:
        rows = table(shared, "ees_time_identifiers.json")["identifiers"]
        assert {row["label"]: row["code"] for row in rows} == {label: code for label, (code, _) in IDENTIFIERS.items()}
        assert len(rows) == 91
        for row in rows:
            given, said = row["example_time_period"], {"as_at": "03-31"} if row["code"] == "RY" else {}
            period = Period.from_ees(given, row["label"], **said)
            assert Period.from_ees(given, row["code"], **said) == period
            assert period.to_ees() == (given, row["label"])
            if row["code"] != "RY":
                assert (str(period.start), str(period.end)) == (row["example_start"], row["example_end"])

    def test_a_reporting_year_needs_its_meaning_said(self) -> None:
        assert IDENTIFIERS["Reporting year"] == ("RY", (PeriodKind.DAY, None, 1))
        assert Period.from_ees("2024", "Reporting year", as_at="03-31").code == "2024-03-31"
        assert Period.from_ees("2024", "Reporting year", year_ending="09-30").code == "Y2024-09-30"
        for said in ({}, {"as_at": "03-31", "year_ending": "03-31"}):
            with pytest.raises(PeriodError, match="until its meaning is given"):
                Period.from_ees("2024", "Reporting year", **said)

    @pytest.mark.parametrize("said", ["31-03", "3-31", "02-30", "02-29", "13-01", ""])
    def test_the_meaning_of_a_reporting_year_is_a_day_of_it(self, said: str) -> None:
        with pytest.raises(PeriodError, match="as_at"):
            Period.from_ees("2023", "Reporting year", as_at=said)

    def test_the_meaning_of_a_reporting_year_is_text_with_the_month_first(self) -> None:
        for given, hint in (("31-12", True), ("13-01", True), ("31-13", False), ("13-13", False), ("x", False)):
            with pytest.raises(PeriodError) as caught:
                Period.from_ees("2023", "Reporting year", as_at=given)
            allowed = f"'{given}'; allowed: month and day, such as 03-31{', the month first' if hint else ''}"
            assert str(caught.value).endswith(allowed)
        with pytest.raises(PeriodError, match="'03-31', which is no day of 0000"):
            Period.from_ees("0000", "Reporting year", as_at="03-31")
        assert Period.from_ees("0001", "Reporting year", as_at="03-31").code == "0001-03-31"
        with pytest.raises(InvalidTypeError, match="such as 03-31"):
            Period.from_ees("2023", "Reporting year", as_at=date(2023, 3, 31))  # type: ignore[arg-type]

    def test_what_is_said_of_a_whole_file_leaves_its_other_rows_as_they_are(self) -> None:
        assert Period.from_ees("202425", "Academic year", as_at="03-31").code == "AY2024-25"

    def test_a_split_year_with_a_calendar_year_is_said_to_be_wrong(self) -> None:
        with pytest.raises(PeriodError, match="'202425' with 'Calendar year', which takes four digits"):
            Period.from_ees("202425", "Calendar year")
        with pytest.raises(PeriodError, match="'2024' with 'Academic year', which takes six digits, such as 202425"):
            Period.from_ees("2024", "Academic year")

    @pytest.mark.parametrize("given", ["202426", "20242", "2024-2025", "", "20 24", "٢٠٢٤", "2" * 100_000])
    def test_a_time_period_is_four_digits_or_six(self, given: str) -> None:
        with pytest.raises(PeriodError, match="time_period"):
            Period.from_ees(given, "Academic year")

    def test_an_identifier_is_known_by_label_or_code_however_it_is_cased(self) -> None:
        assert Period.from_ees("2023/24", "academic year").code == "AY2023-24"
        assert Period.from_ees("2024", " w52 ").code == "2024-W52"
        with pytest.raises(PeriodError, match="did you mean Autumn term"):
            Period.from_ees("202425", "Autumn terms")
        with pytest.raises(PeriodError, match="time_identifier"):
            Period.from_ees("202425", "x" * 100_000)
        with pytest.raises(InvalidTypeError, match=r"read the column as text, dtype=str"):
            Period.from_ees(202425, "AY")  # type: ignore[arg-type]

    @pytest.mark.parametrize("code", ["2020-W53", "SY2024-25", "AY2024-25-H1", "FY2024-25-Q1..Q2", "CY2014..CY2016"])
    def test_what_the_service_has_no_name_for_is_refused(self, code: str) -> None:
        with pytest.raises(PeriodError, match="has no time identifier"):
            Period.parse(code).to_ees()


class TestLait:
    def test_every_label_of_the_file_gives_its_dates(self, shared: Path) -> None:
        rows = table(shared, "lait_year_labels.json")["labels"]
        assert len(rows) == 122
        for row in rows:
            if row["start"] is None:
                with pytest.raises(PeriodError, match="label: given '0'"):
                    Period.from_lait(row["label"], row["year_type"])
                continue
            period, status = read_lait(row["label"], row["year_type"])
            assert period == Period.from_lait(row["label"], row["year_type"])
            assert (str(period.start), str(period.end)) == (row["start"], row["end"])
            assert status == row["status"]

    def test_its_words_for_how_settled_figures_are_have_ours(self) -> None:
        words = {"prov": Revision.PROVISIONAL, "Rev": Revision.REVISED, "Final": Revision.FINAL}
        assert words == LAIT_REVISIONS
        for word in (*words, "OT"):
            assert read_lait(f"2025 ({word})", "Academic Year") == (Period.parse("AY2024-25"), word)

    def test_a_bare_year_is_an_end_year_only_where_that_is_asked_for(self) -> None:
        assert Period.from_lait("2025", "Financial Year").code == "FY2024-25"
        with pytest.raises(PeriodError):
            Period.parse("2025", "financial")

    @pytest.mark.parametrize(
        ("label", "year_type", "code"),
        [
            ("1998-00", "Calendar Year", "CY1998..CY2000"),
            ("2011-12", "Calendar Year", "CY2011..CY2012"),
            ("2011-12", "Academic Year", "AY2011-12"),
            ("2009-12", "Academic Year", "AY2009-10..AY2011-12"),
            ("2010 - 12", "Calendar Year", "CY2010..CY2012"),
            ("2010 / 11", "Financial Year", "FY2010-11"),
            ("0001", "Annual", "0001-03-31"),
            ("9999", "Annual (end of Sept)", "9999-09-30"),
            ("9999", "Annual - January", "9999-01"),
        ],
    )
    def test_its_labels_are_of_years_and_never_of_months(self, label: str, year_type: str, code: str) -> None:
        assert Period.from_lait(label, year_type).code == code

    @pytest.mark.parametrize(
        ("label", "year_type"),
        [
            ("2025", "Academic"),
            ("2024-25", "Annual"),
            ("0000", "Annual"),
            ("2025 (maybe)", "Academic Year"),
            ("٢٠٢٥", "Academic Year"),
            ("2024/24", "Academic Year"),
            ("31/03/2025", "Academic Year"),
            ("2024-04-01", "Academic Year"),
            ("03-2025", "Financial Year"),
        ],
    )
    def test_other_pairs_are_refused(self, label: str, year_type: str) -> None:
        with pytest.raises(PeriodError):
            Period.from_lait(label, year_type)
        with pytest.raises(InvalidTypeError):
            Period.from_lait(2025, year_type)  # type: ignore[arg-type]

    def test_calendar_years_with_a_slash_between_are_left_open_and_so_refused(self) -> None:
        with pytest.raises(PeriodError, match="given '2010/12'; allowed with 'Calendar Year': a year, or several"):
            Period.from_lait("2010 / 12", "Calendar Year")

    @pytest.mark.parametrize("year_type", ["Annual", "Annual (end of Sept)", "Annual - January"])
    def test_a_count_on_a_day_is_of_one_year(self, year_type: str) -> None:
        with pytest.raises(PeriodError) as caught:
            Period.from_lait("2024-25", year_type)
        assert f"'2024-25'; allowed with '{year_type}': one year of four digits" in str(caught.value)


class TestSdmx:
    @pytest.mark.parametrize(
        ("text", "start_day", "code"),
        [
            ("2024", "--01-01", "CY2024"),
            ("2024-A1", "--01-01", "CY2024"),
            ("2024-A1", "--04-01", "FY2024-25"),
            ("2024-A1", "--08-01", "AY2024-25"),
            ("2024-S2", "--04-06", "TY2024-25-H2"),
            ("2024-Q1", "--01-01", "CY2024-Q1"),
            ("2024-Q4", "--04-01", "FY2024-25-Q4"),
            ("2024-T1", "--01-01", "2024-01..2024-04"),
            ("2024-T2", "--01-01", "2024-05..2024-08"),
            ("2024-T3", "--04-01", "2024-12..2025-03"),
            ("2024-M01", "--04-01", "2024-04"),
            ("2024-M01", "--04-06", "2024-04-06/2024-05-05"),
            ("2024-M12", "--10-01", "2025-09"),
            ("2024-12", "--01-01", "2024-12"),
            ("2025-03-31", "--01-01", "2025-03-31"),
            ("2024-D366", "--01-01", "2024-12-31"),
            ("2024-D001", "--04-01", "2024-04-01"),
            ("2020-W53", "--01-01", "2020-W53"),
            ("2011-W36", "--07-01", "2012-W10"),  # 5 March 2012, as SDMX itself works it out
            ("2024-W01", "--08-01", "2024-W31"),  # a Thursday: the week it lies in
            ("2025-W01", "--08-01", "2025-W32"),  # a Friday: the week after
            ("2024-04-01/P1Y", "--01-01", "2024-04-01/2025-03-31"),
            ("9999-W51", "--01-01", "9999-W51"),  # week 52 of that year ends after the last of days
            ("9999-W01", "--08-01", "9999-W31"),
            ("0001-W01", "--01-01", "0001-W01"),
        ],
    )
    def test_it_is_read_by_the_start_day_of_the_reporting_year(self, text: str, start_day: str, code: str) -> None:
        assert Period.from_sdmx(text, start_day).code == code

    @pytest.mark.parametrize(
        ("code", "start_day", "text"),
        [
            ("CY2024", "--01-01", "2024-A1"),
            ("FY2024-25-Q3", "--04-01", "2024-Q3"),
            ("AY2024-25-H1", "--08-01", "2024-S1"),
            ("2024-12", "--04-01", "2024-12"),
            ("2024-W05", "--01-01", "2024-W05"),
            ("2025-W31", "--08-01", "2024-W53"),
            ("2024-W31", "--08-01", "2024-W01"),
            ("2025-W01", "--12-28", "2024-W01"),
            ("2025-03-31", "--01-01", "2025-03-31"),
            ("FY2024-25-Q1..Q3", "--04-01", "2024-04-01/P275D"),
            ("AY2024-25-T1", "--01-01", "2024-08-01/P153D"),
            ("9999-W51", "--01-01", "9999-W51"),
            ("0001-W01", "--04-01", "0001-01-01/P7D"),  # a week of the reporting year 0, which has no name
            ("0001-W40", "--04-01", "0001-W27"),
        ],
    )
    def test_it_is_written_beside_the_start_day(self, code: str, start_day: str, text: str) -> None:
        period = Period.parse(code)
        assert period.to_sdmx(start_day) == text
        again = Period.from_sdmx(text, start_day)
        assert (again.start, again.end) == (period.start, period.end)

    def test_a_part_of_a_year_is_not_written_beside_another_years_start_day(self) -> None:
        with pytest.raises(PeriodError, match="allowed: '--04-01'"):
            Period.parse("FY2024-25").to_sdmx()

    @pytest.mark.parametrize(
        ("text", "start_day"),
        [
            *(
                ("2024-Q5", "--01-01"),
                ("2024-T4", "--01-01"),
                ("2024-A2", "--01-01"),
                ("2024-W53", "--01-01"),
            ),
            *(
                ("2024-D000", "--01-01"),
                ("2023-D366", "--01-01"),
                ("2024-M13", "--01-01"),
                ("2024-13", "--01-01"),
            ),
            *(("2024-Q1", "04-01"), ("2024-Q1", "--04-31"), ("2024-04-01T00:00:00/P1Y", "--01-01")),
            *(
                ("2024-04-01/P", "--01-01"),
                ("2024-04-01/P0D", "--01-01"),
                ("", "--01-01"),
                ("2" * 9999, "--01-01"),
            ),
        ],
    )
    def test_what_is_no_sdmx_is_refused(self, text: str, start_day: str) -> None:
        with pytest.raises(PeriodError):
            Period.from_sdmx(text, start_day)

    @pytest.mark.parametrize("text", ["20250331", "2024/2025", "2024-04/2024-09", "P1Y/2025-03-31"])
    def test_other_dates_of_iso_8601_are_not_in_sdmx(self, text: str) -> None:
        with pytest.raises(PeriodError, match=r"SDMX: given .*; allowed: 2024, 2024-12"):
            Period.from_sdmx(text)

    @pytest.mark.parametrize(
        ("text", "allowed"),
        [
            ("2024-T4", "trimester: given 4; allowed: 1 to 3"),
            ("2024-M00", "month: given 0; allowed: 1 to 12"),
            ("2024-M13", "month: given 13; allowed: 1 to 12"),
            ("2024-W00", "week of 2024: given 0; allowed: 1 to 52"),
            ("2020-W54", "week of 2020: given 54; allowed: 1 to 53"),
            ("2024-D000", "day: given 0; allowed: 1 to 366"),
            ("2023-D366", "day: given 366; allowed: 1 to 365"),
        ],
    )
    def test_the_parts_of_a_reporting_year_are_numbered_from_1(self, text: str, allowed: str) -> None:
        with pytest.raises(PeriodError, match=f"^{allowed}$"):
            Period.from_sdmx(text)

    def test_only_text_is_sdmx(self) -> None:
        with pytest.raises(InvalidTypeError):
            Period.from_sdmx(2024)  # type: ignore[arg-type]
        with pytest.raises(InvalidTypeError):
            Period.from_sdmx("2024", 4)  # type: ignore[arg-type]


class TestIso8601:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("2024", "CY2024"),
            ("2024-12", "2024-12"),
            ("2024-W05", "2024-W05"),
            ("2025-03-31", "2025-03-31"),
            ("20250331", "2025-03-31"),
            ("20240401/20240917", "2024-04-01/2024-09-17"),
            ("2024-04-01/2024-09-17", "2024-04-01/2024-09-17"),
            ("2024-04/2024-09", "2024-04..2024-09"),
            ("2018/2020", "CY2018..CY2020"),
            ("2024-04-01/P1Y", "2024-04-01/2025-03-31"),
            ("2024-04-01/P6M", "2024-04-01/2024-09-30"),
            ("2024-03-01/P1Y", "2024-03-01/2025-02-28"),
            ("P1Y/2025-03-31", "2024-04-01/2025-03-31"),
            ("2024-04-01/P1M2W3D", "2024-04-01/2024-05-17"),
            ("2024-04-01/P1M1W", "2024-04-01/2024-05-07"),
            ("2024-04-01/P1Y1M", "2024-04-01/2025-04-30"),
            ("2024-04-01/P1W", "2024-04-01/2024-04-07"),
            ("P1D/0001-01-01", "0001-01-01"),
            ("2024-04-01/P1D", "2024-04-01"),
            ("0001-01-01/P1Y", "0001-01-01/0001-12-31"),
            ("0001-01-01/P1M", "0001-01-01/0001-01-31"),
        ],
    )
    def test_dates_and_intervals_are_read(self, text: str, code: str) -> None:
        assert Period.from_iso(text).code == code

    @pytest.mark.parametrize(
        ("code", "text"),
        [
            ("CY2024", "2024"),
            ("2024-12", "2024-12"),
            ("2024-W05", "2024-W05"),
            ("2025-03-31", "2025-03-31"),
            ("CY2014..CY2016", "2014/2016"),
            ("2024-04..2024-09", "2024-04/2024-09"),
            ("FY2024-25", "2024-04-01/2025-03-31"),
            ("Y2025-03-31", "2024-04-01/2025-03-31"),
        ],
    )
    def test_what_is_written_has_the_same_days_when_read(self, code: str, text: str) -> None:
        period = Period.parse(code)
        assert period.to_iso() == text
        again = Period.from_iso(text)
        assert (again.start, again.end) == (period.start, period.end)

    @pytest.mark.parametrize(
        "text",
        [
            *(
                "2024-25",
                "2024041",
                "20240431",
                "2024-04-01T00:00/P1D",
                "P1Y",
                "P1Y/P1Y",
                "2024-04-01/P",
                "/",
                "",
                "2024/",
            ),
            *(
                "2024-04-01/P0D",
                "2024-04-01/PT1H",
                "9999-12-31/P1Y",
                "9999-12-31/P2D",
                "P1Y/0001-01-01",
                "0001-01-02/P9999Y",
            ),
            *("2025-01-01/2024-01-01", "2024/2024-12", "2" * 100_000, "2024-04-01/P99999Y"),
        ],
    )
    def test_what_is_none_is_refused(self, text: str) -> None:
        with pytest.raises(PeriodError):
            Period.from_iso(text)

    @pytest.mark.parametrize("duration", ["P", "P0D", "P0Y0M0W0D", "PT1H", "P1D1Y", "P-1D"])
    def test_a_duration_is_of_some_days(self, duration: str) -> None:
        for text in (f"2024-04-01/{duration}", f"{duration}/2024-04-01"):
            with pytest.raises(PeriodError, match="allowed: a duration such as P1Y, P6M or P170D"):
                Period.from_iso(text)

    @pytest.mark.parametrize("text", ["P2D/0001-01-01", "9999-12-31/P2D", "9999-12-31/P1W"])
    def test_an_interval_has_days_that_there_are(self, text: str) -> None:
        with pytest.raises(PeriodError, match="which is empty or leaves the years 1 to 9999"):
            Period.from_iso(text)

    @pytest.mark.parametrize("text", ["abcd", "CY2024", "FY2024-25", "Y2025-03-31", "2024-04..2024-09"])
    def test_our_own_codes_are_none(self, text: str) -> None:
        with pytest.raises(PeriodError, match=r"ISO 8601: given .*; allowed: 2024, 2024-12"):
            Period.from_iso(text)

    def test_only_text_is_one(self) -> None:
        with pytest.raises(InvalidTypeError):
            Period.from_iso(None)  # type: ignore[arg-type]


class TestPandas:
    @pytest.mark.parametrize(
        ("text", "frequency", "code"),
        [
            ("2025", "Y-DEC", "CY2025"),
            ("2025", "Y-MAR", "FY2024-25"),
            ("2025", "Y-JUL", "AY2024-25"),
            ("2025", "Y-AUG", "SY2024-25"),
            ("2025", "Y-SEP", "Y10-01:2024-25"),
            ("2025Q1", "Q-MAR", "FY2024-25-Q1"),
            ("2025Q4", "Q-MAR", "FY2024-25-Q4"),
            ("2024Q1", "Q-DEC", "CY2024-Q1"),
            ("2024-12", "M", "2024-12"),
            ("1969-12", "M", "1969-12"),
            ("2024-01-29", "W-SUN", "2024-W05"),
            ("1960-01-01", "W-SUN", "1959-W53"),
            ("2024-02-29", "D", "2024-02-29"),
            ("0001-01-01", "D", "0001-01-01"),
        ],
    )
    def test_both_ways_and_with_the_same_days(self, text: str, frequency: str, code: str) -> None:
        pandas = pytest.importorskip("pandas")
        given = pandas.Period(text, freq=frequency)
        period = Period.from_pandas(given)
        assert period.code == code
        assert period.to_pandas() == given
        assert period.to_pandas().freqstr == frequency
        if text > "1900":
            assert (given.start_time.date(), given.end_time.date()) == (period.start, period.end)

    def test_a_fiscal_year_is_named_by_its_end_there_and_by_its_start_here(self, shared: Path) -> None:
        pandas = pytest.importorskip("pandas")
        for row in table(shared, "library_behaviour.json")["pandas_fiscal"]:
            period = Period.from_pandas(pandas.Period(row["input"], freq=row["freq"]))
            assert (str(period.start), str(period.end)) == (row["start"], row["end"])
            assert period.place[0] == row["qyear"] - 1

    @pytest.mark.parametrize("frequency", ["W-SAT", "2M", "h", "s"])
    def test_other_frequencies_are_refused(self, frequency: str) -> None:
        pandas = pytest.importorskip("pandas")
        with pytest.raises(PeriodError, match="frequency"):
            Period.from_pandas(pandas.Period("2024-01-29", freq=frequency))

    def test_what_is_not_a_period_of_pandas_is_refused(self) -> None:
        pandas = pytest.importorskip("pandas")
        others: list[Any] = [pandas.NaT, "2024", None, pandas.Timestamp("2024-01-01")]
        for given in others:
            with pytest.raises(InvalidTypeError):
                Period.from_pandas(given)

    @pytest.mark.parametrize("code", ["TY2024-25", "FY2024-25-H1", "AY2024-25-T1", "Y2025-03-31", "CY2014..CY2016"])
    def test_what_pandas_does_not_have_is_refused(self, code: str) -> None:
        with pytest.raises(PeriodError, match=r"no pandas\.Period"):
            Period.parse(code).to_pandas()

    def test_reading_one_does_not_need_pandas(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Written:
            freqstr, ordinal = "Y-MAR", 55

        monkeypatch.setitem(sys.modules, "pandas", None)
        assert Period.from_pandas(Written()).code == "FY2024-25"
