"""Tables of any kind by a mapping: long ones, Fingertips and Nomis, by file and by frame alike."""

import io
import warnings
from decimal import Decimal
from typing import Any

import pytest

from outcome_bees import DocumentError, Observation, OutcomeBeesError, frames, load_observations
from outcome_bees.errors import InvalidValueError
from outcome_bees.layouts import (
    EesLayout,
    FingertipsLayout,
    LongLayout,
    NomisLayout,
    Numbers,
    OwnLayout,
    ReadAs,
    UnmatchedNameWarning,
)

pl = pytest.importorskip("polars")

COLUMNS = {"measure": "Indicator", "period": "Year", "area": "Place", "value": "Value"}
HEAD = "Indicator,Year,Place,Value\n"


def long(**fields: Any) -> LongLayout:
    given: dict[str, Any] = {"columns": COLUMNS, "measures": {"NEET": "neet"}, "areas": "names", "calendar": "academic"}
    return LongLayout(**{**given, **fields})


def read(text: str, layout: Any) -> list[Observation]:
    """What both roads give, seen to be the same in every column."""
    found = list(load_observations(io.StringIO(text), format="csv", layout=layout))
    frame = frames.from_layout(pl.read_csv(io.StringIO(text), infer_schema_length=0), layout)
    numbers = ("value", "numerator", "denominator", "lower", "upper")
    rows = []
    for row in frame.rows(named=True):
        shown = {name: f"{cell:g}" if name in numbers and cell is not None else cell for name, cell in row.items()}
        rows.append({name: str(cell) for name, cell in shown.items() if cell is not None})
    ours = []
    for each in found:
        cells: dict[str, Any] = {name: getattr(each, name) for name in frame.columns if hasattr(each, name)}
        cells |= {name: f"{float(cells[name]):g}" for name in numbers if cells.get(name) is not None}
        ours.append({name: str(cell) for name, cell in {**cells, **each.breakdown}.items() if cell is not None})
    assert sorted(rows, key=str) == sorted(ours, key=str)
    return found


def refused(text: str, layout: Any) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        load_observations(io.StringIO(text), format="csv", layout=layout)
    with pytest.raises(OutcomeBeesError):
        frames.from_layout(pl.read_csv(io.StringIO(text), infer_schema_length=0), layout)
    return [f"{each.line}, {each.path}: {each.message}" for each in caught.value.problems]


def test_labels_names_and_marks_are_read_as_the_mapping_states() -> None:
    text = (
        "Indicator,Year,Place,Value,Sex,n\n"
        'NEET,2022/23,Hertfordshire,2.3,Persons,"1,200"\n'
        "NEET,2023/24 (provisional),Hertfordshire,2.5,All sexes,5\n"
        "NEET,2024/25,Hertfordshire,45% (r),Female,\n"
        "NEET,2024/25,Essex,*,Male,\n"
        "Other,what,ever,this,is,x\n"
    )
    layout = long(
        columns={**COLUMNS, "numerator": "n"},
        filters={"Sex": "sex"},
        numbers=Numbers(thousands=",", percent="strip"),
        recorded="2025-06-01",
    )
    one, two, three, four = read(text, layout)
    assert (one.period.code, one.area, one.value, one.numerator, one.breakdown) == (
        "AY2022-23",
        "E10000015",
        Decimal("2.3"),
        1200,
        {},
    )
    assert two.revision is not None
    assert (two.revision.value, two.breakdown) == ("provisional", {})
    assert (three.value, str(three.unit), str(three.revision)) == (45, "percent", "revised")
    assert (str(four.absence), four.breakdown, str(four.recorded)) == ("suppressed", {"sex": "Male"}, "2025-06-01")


def test_one_measure_and_one_place_need_no_columns() -> None:
    layout = LongLayout(columns={"period": "Year", "value": "n"}, measure="m", area="E10000015", calendar="financial")
    (figure,) = read("Year,n\n2024/25,5\n", layout)
    assert (figure.measure, figure.area, figure.period.code) == ("m", "E10000015", "FY2024-25")


def test_a_period_may_be_in_two_columns() -> None:
    layout = long(columns={**COLUMNS, "period": ["Year", "Quarter"]}, calendar="financial")
    (figure,) = read("Indicator,Year,Quarter,Place,Value\nNEET,2024/25,Q2,Essex,5\n", layout)
    assert figure.period.code == "FY2024-25-Q2"


def test_each_measure_may_have_a_calendar_and_a_unit_of_its_own() -> None:
    measures = {"NEET": ReadAs(measure="neet", unit="percent"), "Spend": ReadAs(measure="spend", calendar="financial")}
    measures["Homes"] = ReadAs(measure="homes", as_at="03-31")
    text = f"{HEAD}NEET,2024/25,Essex,5\nSpend,2024/25,Essex,6\nHomes,2025,Essex,7\n"
    found = {
        each.measure: (each.period.code, each.unit and each.unit.code) for each in read(text, long(measures=measures))
    }
    assert found == {"neet": ("AY2024-25", "percent"), "spend": ("FY2024-25", None), "homes": ("2025-03-31", None)}


@pytest.mark.parametrize(
    ("label", "fields", "code"),
    [
        ("2010 - 12", {"calendar": "calendar", "span": "inclusive"}, "CY2010..CY2012"),
        ("2010 - 12", {"calendar": "calendar", "span": "difference"}, "CY2010..CY2011"),
        ("2024", {"calendar": "financial", "bare_year": "ends"}, "FY2023-24"),
        ("2024", {"calendar": "financial", "bare_year": "starts"}, "FY2024-25"),
        ("2024", {"calendar": "calendar", "bare_year": "ends"}, "CY2024"),
        ("2024", {"year_ending": "09-30"}, "Y2024-09-30"),
        ("03/04/2025", {"day_first": True}, "2025-04-03"),
        ("last year", {"periods": {"last year": "FY2023-24"}}, "FY2023-24"),
        ("last year [note 1]", {"periods": {"last year": "FY2023-24"}}, "FY2023-24"),
        ("FY2024-25-Q1", {"calendar": "academic"}, "FY2024-25-Q1"),
    ],
)
def test_what_a_label_leaves_open_is_stated_once(label: str, fields: dict[str, Any], code: str) -> None:
    (figure,) = read(f"{HEAD}NEET,{label},Essex,5\n", long(**{"calendar": None, **fields}))
    assert figure.period.code == code


@pytest.mark.parametrize(
    ("label", "fields", "way"),
    [
        ("2024/25", {}, "state calendar in the layout"),
        ("2024", {"calendar": "financial"}, "state bare_year in the layout"),
        ("2010 - 12", {"calendar": "calendar"}, "state span or day_first in the layout"),
    ],
)
def test_a_label_that_is_left_open_is_refused_with_the_field_that_settles_it(
    label: str, fields: dict[str, Any], way: str
) -> None:
    (message,) = refused(f"{HEAD}NEET,{label},Essex,5\n", long(**{"calendar": None, **fields}))
    assert message.startswith("2, $.Year: ")
    assert way in message


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("45%", "numbers: {percent: strip}"),
        ("£1.2m", "numbers: {pounds: strip}"),
        ('"1,234"', 'numbers: {thousands: ","}'),
        ("(5)", "numbers: {brackets: negative}"),
        ('"£1,234"', 'numbers: {thousands: ",", percent: strip, pounds: strip, brackets: negative}'),
        ("1 in 4", "write one number in the unit of the measure: of a percentage, 25"),
        ("<5", "symbols={'<5': ...}"),
        ("n/a", "symbols={'n/a': ...}"),
        ("TBC", "leave the row out until there is a figure"),
        ("", 'symbols={"": "not_available"}'),
    ],
)
def test_a_cell_that_nobody_has_explained_is_refused_with_what_explains_it(cell: str, hint: str) -> None:
    (message,) = refused(f"{HEAD}NEET,2024/25,Essex,{cell}\n", long())
    assert message.startswith("2, $.Value: ")
    assert hint in message


@pytest.mark.parametrize(
    ("cell", "numbers", "value", "unit"),
    [
        ('"1,234.5"', {"thousands": ","}, "1234.5", None),
        ('"-1,234"', {"thousands": ","}, "-1234", None),
        ("1 234", {"thousands": " "}, "1234", None),
        ("45 %", {"percent": "strip"}, "45", "percent"),
        ("-£5", {"pounds": "strip"}, "-5", "GBP"),
        ("£1.2 million", {"pounds": "strip"}, "1200000", "GBP"),
        ('"£1,200"', {"pounds": "strip", "thousands": ","}, "1200", "GBP"),
        ("(5.5)", {"brackets": "negative"}, "-5.5", None),
        ("0.45", {"scale": "percent_as_fraction"}, "45", "percent"),
        ("45%", {"scale": "percent_as_fraction", "percent": "strip"}, "45", "percent"),
        ("71.400000000000006", {}, "71.4", None),
    ],
)
def test_numbers_are_read_as_they_are_written(cell: str, numbers: dict[str, str], value: str, unit: str | None) -> None:
    (figure,) = read(f"{HEAD}NEET,2024/25,Essex,{cell}\n", long(numbers=Numbers(**numbers)))
    assert figure.value == Decimal(value)
    assert (figure.unit and figure.unit.code) == unit


@pytest.mark.parametrize("cell", ['"1,23"', '"12,34,567"', '"1,234,5"', "5%5", "£", "()", "£1.2x", "%"])
def test_what_is_no_number_stays_none_by_every_rule(cell: str) -> None:
    numbers = Numbers(thousands=",", percent="strip", pounds="strip", brackets="negative")
    assert refused(f"{HEAD}NEET,2024/25,Essex,{cell}\n", long(numbers=numbers))


def test_a_mark_beside_a_number_is_kept_as_its_note() -> None:
    (figure,) = read(f"{HEAD}NEET,2024/25,Essex,95 [1]\n", long())
    assert (figure.value, figure.note, figure.revision) == (95, "[1]", None)


def test_a_name_that_is_asked_for_and_never_met_is_told() -> None:
    text = f"{HEAD}NEET,2024/25,Essex ,5\n"
    with pytest.warns(UnmatchedNameWarning, match="'Essex' \\(did you mean 'Essex '"):
        load_observations(io.StringIO(text), format="csv", layout=long(areas={"Essex": "E10000012"}))


def test_a_place_that_is_in_no_register_is_refused_by_its_name() -> None:
    (message,) = refused(f"{HEAD}NEET,2024/25,Hertfordshir,5\n", long())
    assert message.startswith("2, $.Place: ")
    assert "Hertfordshire" in message


def test_a_column_of_the_mapping_that_is_missing_or_twice_is_refused() -> None:
    assert refused(
        "Indicator,Year,Value,Value\nNEET,2024/25,5,6\n",
        long(area="E1", areas=None, columns={k: v for k, v in COLUMNS.items() if k != "area"}),
    ) == ["1, $.Value: the column occurs twice"]
    assert "missing column: Place" in refused("Indicator,Year,Value\nNEET,2024/25,5\n", long())[0]


@pytest.mark.parametrize(
    "fields",
    [
        {"columns": {**COLUMNS, "valeu": "x"}},
        {"columns": {"measure": "Indicator", "period": "Year", "area": "Place"}},
        {"area": "E1"},
        {"measures": None, "measure": "m"},
        {"areas": "register"},
        {"totals": {"Sex": "All"}},
        {"bare_year": "begins"},
        {"calendar": "fiscal"},
        {"periods": {"x": "2024/25"}},
        {"symbols": {"-": "gone"}},
        {"unit": "furlong"},
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused_when_it_is_made(fields: dict[str, Any]) -> None:
    with pytest.raises(OutcomeBeesError):
        long(**fields)


@pytest.mark.parametrize("fields", [{"thousands": ";"}, {"percent": "keep"}, {"scale": "percent"}, {"pounds": "yes"}])
def test_only_known_ways_of_writing_numbers_are_taken(fields: dict[str, str]) -> None:
    with pytest.raises(InvalidValueError, match=f"Numbers.{next(iter(fields))}"):
        Numbers(**fields)


FINGERTIPS = (
    "Indicator ID,Indicator Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,Category,Time period,Value,"
    "Lower CI 95.0 limit,Upper CI 95.0 limit,Lower CI 99.8 limit,Upper CI 99.8 limit,Count,Denominator,Value note\n"
)


def test_a_file_of_fingertips_is_read_with_its_limits_counts_and_notes() -> None:
    text = FINGERTIPS + (
        "90284,Injuries,E10000015,Hertfordshire,UA,Persons,<15 yrs,,,2022/23,51.2,43.5,60.6,40,62,145,28319,\n"
        "90284,Injuries,E10000015,Hertfordshire,UA,Female,<15 yrs,,,2022/23,50,40,60,38,64,70,14000,\n"
        "90284,Injuries,E10000015,Hertfordshire,UA,Persons,<15 yrs,Deprivation,Most deprived,2022/23,70,,,,,9,,\n"
        "90366,Life expectancy,E10000015,Hertfordshire,UA,Male,All ages,,,2020 - 22,80.1,,,,,,,\n"
        "90284,Injuries,E06000033,Southend,UA,Persons,<15 yrs,,,2022/23,,,,,,,,"
        "Value suppressed for disclosure control due to small count\n"
        "90284,Injuries,E06000034,Thurrock,UA,Persons,<15 yrs,,,2022/23,,,,,,,,Value missing in source data\n"
        "1,Other,E06000034,Thurrock,UA,Persons,<15 yrs,,,nonsense,x,,,,,,,\n"
    )
    layout = FingertipsLayout(
        indicators={"90284": "injuries", "90366": ReadAs(measure="life", calendar="calendar")}, calendar="financial"
    )
    whole, girls, deprived, life, hidden, missing = read(text, layout)
    assert (whole.period.code, whole.value, whole.lower, whole.upper) == (
        "FY2022-23",
        Decimal("51.2"),
        Decimal("43.5"),
        Decimal("60.6"),
    )
    assert (whole.numerator, whole.denominator, whole.breakdown) == (145, 28319, {})
    assert girls.breakdown == {"sex": "Female"}
    assert deprived.breakdown == {"category": "Most deprived"}
    assert (life.period.code, life.breakdown) == ("CY2020..CY2022", {"sex": "Male"})
    assert (str(hidden.absence), str(missing.absence)) == ("suppressed", "not_available")
    assert hidden.note == "Value suppressed for disclosure control due to small count"


def test_the_wider_limits_and_the_columns_of_the_packages_are_read_too() -> None:
    text = FINGERTIPS.replace(" ", "") + "90284,I,E10000015,H,UA,Persons,All,,,2022/23,51,43,60,40,62,1,2,\n"
    (figure,) = read(text, FingertipsLayout(indicators={"90284": "m"}, calendar="academic", level="99.8"))
    assert (figure.lower, figure.upper, figure.period.code) == (40, 62, "AY2022-23")


def test_a_year_of_fingertips_that_may_be_financial_or_academic_is_asked_for() -> None:
    text = FINGERTIPS + "90284,I,E10000015,H,UA,Persons,All,,,2022/23,51,,,,,,,\n"
    (message,) = refused(text, FingertipsLayout(indicators={"90284": "m"}))
    assert "state calendar in the layout" in message


NOMIS = "DATE,DATE_NAME,DATE_CODE,GEOGRAPHY_NAME,GEOGRAPHY_CODE,VARIABLE_NAME,MEASURES_NAME,OBS_VALUE,OBS_STATUS\n"


def test_a_file_of_nomis_is_dated_by_its_names_and_not_by_its_codes() -> None:
    text = NOMIS + (
        "2023-03,Apr 2022-Mar 2023,2023-03,Hertfordshire,E10000015,Employment rate,Variable,78.1,A\n"
        "2023-03,Apr 2022-Mar 2023,2023-03,Hertfordshire,E10000015,Employment rate,Confidence,2.1,A\n"
        "2023-03,Apr 2022-Mar 2023,2023-03,Essex,E10000012,Employment rate,Variable,,Q\n"
        "2023-03,Apr 2022-Mar 2023,2023-03,Essex,E10000012,Something else,Variable,5,A\n"
    )
    layout = NomisLayout(measures={"Employment rate": "employed"}, where={"MEASURES_NAME": "Variable"})
    one, two = sorted(read(text, layout), key=lambda each: each.area, reverse=True)
    assert (one.period.code, one.value) == ("2022-04..2023-03", Decimal("78.1"))
    assert (two.area, str(two.absence)) == ("E10000012", "not_available")


def test_estimates_of_the_middle_of_a_year_are_of_its_middle() -> None:
    text = "DATE_NAME,GEOGRAPHY_CODE,OBS_VALUE\n2021,E10000015,5\n"
    (figure,) = read(text, NomisLayout(measure="population", as_at="06-30"))
    assert figure.period.code == "2021-06-30"


@pytest.mark.parametrize(
    ("header", "layout"), [(FINGERTIPS, "FingertipsLayout"), (NOMIS, "NomisLayout")], ids=["Fingertips", "Nomis"]
)
def test_a_known_file_given_to_another_reader_is_recognised(header: str, layout: str) -> None:
    for other in (OwnLayout(), EesLayout(indicators={"rate": "m"}), long()):
        with pytest.raises(DocumentError) as caught:
            load_observations(io.StringIO(header), format="csv", layout=other)
        (problem,) = caught.value.problems
        assert f"read it with layout={layout}(...)" in problem.message


def test_no_warning_is_given_where_everything_occurs() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read(f"{HEAD}NEET,2024/25,Essex,5\n", long())
