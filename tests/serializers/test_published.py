"""The Department for Education's published files load with a mapping of a few lines, every symbol typed."""

import csv
import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from outcome_bees import Absence, DocumentError, Observation, Revision, load_observations
from outcome_bees.errors import InvalidValueError
from outcome_bees.serializers import EesLayout, Indicator, LaitLayout

EXTRACT: dict[str, Any] = {"named_in": "measure_id", "area": "geography_code", "also": {"breakdown": "breakdown"}}
MAPPINGS: dict[str, dict[str, Any]] = {
    "care_leavers": {"year_ending": "03-31"},
    "cin_child_protection_2013_2025": {"as_at": "03-31"},
    "cin_child_protection_2024_release": {"as_at": "03-31"},
    "cla_rates": {"as_at": "03-31"},
    "cla_stability_health": {"year_ending": "03-31"},
    "education_outcomes_cla_cin": {
        "also": {"breakdown": "breakdown", "lower": "lower_ci", "upper": "upper_ci", "revision": "version"}
    },
    "eyfsp_absence_terms_sen": {},
    "neet_16_17": {},
    "population_0_17": {"as_at": "06-30"},
    "school_places_ratings": {"symbols": {"NA": "not_available"}},
    "sen2_ehcp": {},
    "workforce": {"as_at": "09-30"},
}
SYMBOLS = {
    "c": "suppressed",
    "k": "low",
    "z": "not_applicable",
    "x": "not_available",
    "u": "unreliable",
    "NA": "not_available",
}
# What is wrong in the extracts themselves, and told: how many rows, and in which words.
ODDITIES = {"sen2_ehcp": (33, "'202425' with 'Calendar year'"), "cla_stability_health": (165, "each name once")}


@pytest.mark.parametrize("name", MAPPINGS)
def test_a_published_file_loads_and_its_symbols_are_counted(name: str, shared: Path) -> None:
    path = shared / "data" / "published" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    collected = load_observations(path, layout=EesLayout(**{**EXTRACT, **MAPPINGS[name]}), on_error="collect")
    count, words = ODDITIES.get(name, (0, ""))
    assert len(collected.problems) == count
    assert all(words in each.message for each in collected.problems)
    assert len(collected.observations) == len(rows) - count
    refused = {each.line for each in collected.problems}
    kept = [row["value"] for line, row in enumerate(rows, 2) if line not in refused]
    assert Counter(each.absence for each in collected.observations if each.absence) == Counter(
        Absence(SYMBOLS[value]) for value in kept if value in SYMBOLS
    )
    numbers = [str(each.value) for each in collected.observations if each.value is not None]
    assert numbers == [value for value in kept if value not in SYMBOLS], "every figure as it was published"


@pytest.mark.parametrize(
    ("name", "words"),
    [("fingertips_hospital_admissions", "given 'Fingertips 1y'"), ("ofsted_ilacs", "given 'Date (inspection)'")],
)
def test_a_file_that_is_not_the_departments_is_refused_in_words(name: str, words: str, shared: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        load_observations(shared / "data" / "published" / f"{name}.csv", layout=EesLayout(**EXTRACT))
    assert words in caught.value.problems[0].message


def test_a_reporting_year_whose_meaning_is_not_said_is_refused(shared: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        load_observations(shared / "data" / "published" / "cla_rates.csv", layout=EesLayout(**EXTRACT))
    assert "until its meaning is given" in caught.value.problems[0].message


OPEN_DATA = """\
time_period,time_identifier,geographic_level,country_code,region_code,new_la_code,sex,cla_rate,cla_count,population
2024,Reporting year,National,E92000001,,,Total,70,83630,11900000
2024,Reporting year,Regional,E92000001,E12000006,,Total,55,7560,1370000
2024,Reporting year,Local authority,E92000001,E12000006,E10000015,Total,35,c,270000
2024,Reporting year,Local authority,E92000001,E12000006,E10000015,Female,c,low,z
"""


def test_an_open_data_file_gives_a_figure_for_every_indicator_that_is_wanted() -> None:
    layout = EesLayout(
        indicators={
            "cla_rate": Indicator(
                measure="cla-rate", unit="per_10000", numerator="cla_count", denominator="population"
            ),
            "cla_count": "cla-count",
        },
        filters={"sex": "sex"},
        as_at="03-31",
    )
    figures = list(load_observations(io.StringIO(OPEN_DATA), format="csv", layout=layout))
    assert [each.area for each in figures[::2]] == ["E92000001", "E12000006", "E10000015", "E10000015"]
    assert figures[0] == Observation(
        measure="cla-rate",
        period="2024-03-31",
        area="E92000001",
        value=70,
        numerator=83630,
        denominator=11900000,
        unit="per_10000",
    )
    assert (figures[4].numerator, figures[4].value) == (None, 35)
    assert (figures[6].absence, figures[6].breakdown) == (Absence.SUPPRESSED, {"sex": "Female"})
    assert (figures[7].measure, figures[7].absence) == ("cla-count", Absence.LOW)


def test_only_the_rows_that_are_asked_for_are_read() -> None:
    layout = EesLayout(
        indicators={"cla_rate": "cla-rate"},
        where={"geographic_level": "Local authority", "sex": ("Total",)},
        as_at="03-31",
    )
    (figure,) = load_observations(io.StringIO(OPEN_DATA), format="csv", layout=layout)
    assert (figure.area, figure.value) == ("E10000015", 35)


def test_indicators_may_differ_in_what_a_reporting_year_is() -> None:
    layout = EesLayout(
        indicators={"cla_rate": "cla-rate", "cla_count": Indicator(measure="cla-count", year_ending="03-31")},
        where={"sex": "Total"},
        as_at="03-31",
    )
    figures = list(load_observations(io.StringIO(OPEN_DATA), format="csv", layout=layout))
    assert [str(each.period) for each in figures[:2]] == ["2024-03-31", "Y2024-03-31"]


def test_columns_that_a_mapping_names_and_a_file_lacks_are_all_told() -> None:
    layout = EesLayout(indicators={"cla_rates": "cla-rate"}, filters={"gender": "sex"}, as_at="03-31")
    with pytest.raises(DocumentError) as caught:
        load_observations(io.StringIO(OPEN_DATA), format="csv", layout=layout)
    told = [each.message for each in caught.value.problems]
    assert told == ["missing column: gender", "missing column: cla_rates (did you mean cla_rate?)"]


@pytest.mark.parametrize(
    "wrong",
    [{}, {"named_in": "m", "also": {"valeu": "v"}}, {"named_in": "m", "as_at": "03-31", "year_ending": "03-31"}],
)
def test_a_mapping_that_says_too_little_or_too_much_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError):
        EesLayout(**wrong)


LONG = """\
Short Desc,Data item,Years,LA and Regions,Values,LA Number,Region
NEET,% NEET,2024,Hertfordshire,2.3,919,East of England
NEET,% NEET,2025 (prov),Hertfordshire,71.400000000000006,919,East of England
NEET,% NEET,2023,Hertfordshire,-,919,East of England
NEET,% NEET,2024,Luton,1.1,821,East of England
ABS,% absent,2024,Hertfordshire,7.1,919,East of England
"""


def test_a_long_file_of_the_interactive_tool_is_read_for_the_measures_and_places_wanted() -> None:
    layout = LaitLayout(
        measures={"NEET": "neet", "ABS": "absence"},
        year_types={"NEET": "Calendar Year", "ABS": "Academic Year"},
        areas={"Hertfordshire": "E10000015"},
    )
    figures = list(load_observations(io.StringIO(LONG), format="csv", layout=layout))
    assert [(str(each.period), each.value and str(each.value)) for each in figures] == [
        ("CY2024", "2.3"),
        ("CY2025", "71.4"),
        ("CY2023", None),
        ("AY2023-24", "7.1"),
    ]
    assert figures[1].revision is Revision.PROVISIONAL
    assert figures[2].absence is Absence.NOT_AVAILABLE
    with pytest.raises(InvalidValueError, match="year type"):
        LaitLayout(measures={"NEET": "neet"}, year_types={}, areas={})


def test_a_stray_label_of_a_long_file_is_told() -> None:
    layout = LaitLayout(measures={"NEET": "neet"}, year_types={"NEET": "Calendar Year"}, areas={"Luton": "E06000032"})
    with pytest.raises(DocumentError) as caught:
        load_observations(io.StringIO(LONG.replace("2024,Luton", "0,Luton")), format="csv", layout=layout)
    assert [each.line for each in caught.value.problems] == [5]
