"""The same raw rows by both roads, file and frame: every filter word, symbol, level and blank cell means the same."""

import io
import warnings
from datetime import date
from typing import Any

import pytest

from outcome_bees import (
    Absence,
    DocumentError,
    Measure,
    OutcomeBeesError,
    Plan,
    Reach,
    Target,
    evaluate_plan,
    frames,
    load_observations,
)
from outcome_bees.errors import InvalidValueError
from outcome_bees.layouts import EesLayout, Indicator, LaitLayout, LongLayout, OwnLayout, UnmatchedNameWarning
from outcome_bees.layouts.cells import ABSENCES, TOTALS
from outcome_bees.layouts.ees import LEVELS
from outcome_bees.vocabulary import ABSENCE_SYMBOLS

pl = pytest.importorskip("polars")

HEAD = "time_period,time_identifier,geographic_level,country_code,new_la_code,sex,rate\n"
ROW = "202425,Academic year,Local authority,E92000001,E10000015,{word},{cell}\n"
EES = EesLayout(indicators={"rate": "m"}, filters={"sex": "sex"})
LAIT_HEAD = "Short Desc,Years,LA and Regions,Values\n"
LAIT = LaitLayout(measures={"NEET": "neet"}, year_types={"NEET": "Calendar Year"}, areas={"Herts": "E10000015"})
PLAIN = ("measure", "period", "area", "value", "absence")


def by_file(text: str, layout: Any) -> list[tuple[Any, ...]]:
    """The observations of a file, as rows: without the whole population, and sorted."""
    rows = [
        (
            each.measure,
            each.period.code,
            each.area,
            None if each.value is None else float(each.value),
            None if each.absence is None else each.absence.value,
            *sorted(each.breakdown.items()),
            *(str(extra) for extra in (each.revision, each.recorded, each.unit, each.numerator) if extra is not None),
        )
        for each in load_observations(io.StringIO(text), format="csv", layout=layout)
    ]
    return sorted(rows, key=str)


def by_frame(frame: Any, layout: Any) -> list[tuple[Any, ...]]:
    """The rows of a frame in the same form."""
    found = frames.from_layout(frame, layout)
    rows = found.rows(named=True) if isinstance(found, pl.DataFrame) else found.to_dict("records")
    known = {*PLAIN, "revision", "recorded", "unit", "numerator", "denominator", "lower", "upper", "source", "note"}
    told = []
    for row in rows:
        row = {name: None if value != value else value for name, value in row.items()}
        parts = sorted((name, value) for name, value in row.items() if name not in known and value is not None)
        extras = [row.get(name) for name in ("revision", "recorded", "unit", "numerator")]
        words = [f"{each:g}" if isinstance(each, float) else str(each) for each in extras if each is not None]
        told.append((*(row[name] for name in PLAIN), *parts, *words))
    return sorted(told, key=str)


def as_texts(text: str) -> Any:
    return pl.read_csv(io.StringIO(text), infer_schema_length=0)


def both(text: str, layout: Any) -> list[tuple[Any, ...]]:
    """What both roads give, seen to be the same; the frame as text, and as its reader guesses types."""
    rows = by_file(text, layout)
    assert by_frame(as_texts(text), layout) == rows
    assert by_frame(pl.read_csv(io.StringIO(text)), layout) == rows
    return rows


def refused_by_both(text: str, layout: Any) -> tuple[str, str]:
    """The messages with which both roads refuse the same rows."""
    with pytest.raises(DocumentError) as by_file:
        load_observations(io.StringIO(text), format="csv", layout=layout)
    with pytest.raises(OutcomeBeesError) as by_frame:
        frames.from_layout(as_texts(text), layout)
    return str(by_file.value.problems[0]), str(by_frame.value)


@pytest.mark.parametrize("word", sorted(TOTALS))
@pytest.mark.parametrize("written", [str, str.title, str.upper, " {} ".format])
def test_a_word_for_everybody_is_everybody_however_it_is_written(word: str, written: Any) -> None:
    assert both(HEAD + ROW.format(word=written(word), cell=5), EES) == [("m", "AY2024-25", "E10000015", 5.0, None)]


@pytest.mark.parametrize("cell", ["", " "])
def test_a_blank_filter_is_everybody_be_it_the_only_one_or_not(cell: str) -> None:
    everybody = [("m", "AY2024-25", "E10000015", 5.0, None)]
    assert both(HEAD + ROW.format(word=cell, cell=5), EES) == everybody
    text = HEAD.replace("sex", "sex,phase") + ROW.format(word=f"{cell},{cell}", cell=5)
    assert both(text, EesLayout(indicators={"rate": "m"}, filters={"sex": "sex", "phase": "phase"})) == everybody
    columns = {"measure": "Indicator", "period": "Year", "area": "Code", "value": "Value"}
    layout = LongLayout(columns=columns, measures={"A": "m"}, calendar="academic", filters={"Sex": "sex"})
    assert both(f"Indicator,Year,Code,Value,Sex\nA,2024/25,E10000015,5,{cell}\n", layout) == everybody


@pytest.mark.parametrize("word", ["Female", "Total boys", "Allotment", "All SEN"])
def test_any_other_word_is_a_part_of_the_population(word: str) -> None:
    (row,) = both(HEAD + ROW.format(word=word, cell=5), EES)
    assert row[5:] == (("sex", word),)


def test_a_caller_adds_words_for_everybody_to_one_filter() -> None:
    text = HEAD + ROW.format(word="Whole county", cell=5)
    layout = EesLayout(indicators={"rate": "m"}, filters={"sex": "sex"}, totals={"sex": ["whole County"]})
    with pytest.warns(UnmatchedNameWarning, match="totals"):  # it is written otherwise, and is meant
        assert len(by_file(text, layout)[0]) == 5
    layout = EesLayout(indicators={"rate": "m"}, filters={"sex": "sex"}, totals={"sex": "Whole county"})
    assert both(text, layout) == [("m", "AY2024-25", "E10000015", 5.0, None)]
    with pytest.raises(InvalidValueError, match="totals"):
        EesLayout(indicators={"rate": "m"}, filters={"sex": "sex"}, totals={"gender": "Whole county"})


def test_one_row_of_everybody_gives_one_verdict_by_both_roads() -> None:
    text = HEAD + ROW.format(word="All pupils", cell=5) + ROW.format(word="Female", cell=9)
    plan = Plan(
        id="p",
        title="P",
        measures=[Measure(id="m", title="M", unit="percent", direction="decrease")],
        targets=[Target(id="t", measure="m", aim=Reach(6), due="AY2024-25")],
    )
    as_of = date(2025, 12, 1)
    figures = load_observations(io.StringIO(text), format="csv", layout=EES)
    (alone,) = evaluate_plan(plan, figures, as_of=as_of, area="E10000015").evaluations
    bulk = frames.evaluate(plan, frames.from_layout(as_texts(text), EES), as_of=as_of, breakdown=["sex"])
    assert bulk["status"].to_list() == [str(alone.status)] == ["achieved"]


@pytest.mark.parametrize("symbol", [*ABSENCES, "NA", "[NA]"])
def test_a_symbol_counts_bare_and_in_brackets(symbol: str) -> None:
    layout = EesLayout(indicators={"rate": "m"}, filters={"sex": "sex"}, symbols={"NA": "not_available"})
    (row,) = both(HEAD + ROW.format(word="Total", cell=symbol), layout)
    assert row[3] is None
    assert row[4] == ABSENCES.get(symbol, Absence.NOT_AVAILABLE)


@pytest.mark.parametrize("symbol", [*ABSENCES, "-", "..", "[-]", "[..]", ""])
def test_a_symbol_of_the_interactive_tool_means_the_same_by_both_roads(symbol: str) -> None:
    (row,) = both(f"{LAIT_HEAD}NEET,2024,Herts,{symbol}\n", LAIT)
    assert row == ("neet", "CY2024", "E10000015", None, ABSENCES.get(symbol, Absence.NOT_AVAILABLE))


def test_every_symbol_has_a_word_of_the_list() -> None:
    assert set(ABSENCE_SYMBOLS.values()) == set(Absence)


def test_a_blank_cell_is_refused_with_its_column_by_both_roads_unless_the_layout_gives_it_a_meaning() -> None:
    text = HEAD + ROW.format(word="Total", cell="") + ROW.format(word="Female", cell="")
    by_file, by_frame = refused_by_both(text, EES)
    assert by_file.startswith("line 2, column 7, $.rate: the cell is blank; allowed: a figure, or a symbol")
    assert by_frame.startswith("column 'rate', in 2 rows: given a blank cell; allowed: a figure, or a symbol")
    assert 'symbols={"": "not_available"}' in by_file
    assert 'symbols={"": "not_available"}' in by_frame
    meant = EesLayout(indicators={"rate": "m"}, filters={"sex": "sex"}, symbols={"": "not_available"})
    assert [row[4] for row in both(text, meant)] == ["not_available", "not_available"]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("written", [str, str.lower])
def test_every_level_of_geography_is_read_from_its_column_of_codes(level: str, written: Any) -> None:
    for column in LEVELS[level]:
        code = "" if column == "country_code" else "E92000001"
        text = (
            f"time_period,time_identifier,geographic_level,{'country_code,' if code else ''}{column},rate\n"
            f"202425,Academic year,{written(level)},{code}{',' if code else ''}X1234567,5\n"
        )
        assert both(text, EesLayout(indicators={"rate": "m"})) == [("m", "AY2024-25", "X1234567", 5.0, None)]


@pytest.mark.parametrize("level", ["Ward", "RSC region", "Galaxy"])
def test_a_level_without_codes_is_refused_and_the_way_out_named(level: str) -> None:
    text = HEAD + f"202425,Academic year,{level},E92000001,E10000015,Total,5\n"
    for message in refused_by_both(text, EES):
        assert level in message
        assert 'where={"geographic_level": ["National", "Local authority"]}' in message
    kept = EesLayout(
        indicators={"rate": "m"}, where={"geographic_level": ["National", "Local authority"]}, unmatched_ok=True
    )
    assert both(text + ROW.format(word="Total", cell=6), kept) == [("m", "AY2024-25", "E10000015", 6.0, None)]


def test_a_place_without_a_code_is_refused_in_the_column_of_the_code() -> None:
    text = HEAD + "202425,Academic year,Local authority,E92000001,,Total,5\n"
    by_file, by_frame = refused_by_both(text, EES)
    assert by_file.startswith("line 2, column 5, $.new_la_code: the cell is blank; allowed: an area code")
    assert by_frame.startswith("column 'new_la_code': given a blank cell; allowed: an area code")


@pytest.mark.parametrize("name", ["time_period", "geographic_level", "country_code", "sex", "rate"])
def test_a_column_there_twice_is_refused_by_both_roads(name: str) -> None:
    text = f"{HEAD.rstrip()},{name}\n" + f"{ROW.format(word='Total', cell=5).rstrip()},6\n"
    by_file, by_frame = refused_by_both(text, EES)
    assert by_file == f"line 1, column 8, $.{name}: the column occurs twice"
    assert "twice" in by_frame
    with pytest.raises(InvalidValueError, match="twice"):
        frames.from_layout(pytest.importorskip("pandas").read_csv(io.StringIO(text), dtype=str), EES)


def test_a_column_there_twice_that_no_layout_names_is_left_aside() -> None:
    text = f"{HEAD.rstrip()},note,note\n{ROW.format(word='Total', cell=5).rstrip()},a,b\n"
    assert len(both(text, EES)) == 1


@pytest.mark.parametrize(
    ("layout", "text", "words"),
    [
        (EES, "Short Desc,Years,LA and Regions,Values\nNEET,2024,Herts,1\n", "read it with layout=LaitLayout"),
        (OwnLayout(), HEAD + ROW.format(word="Total", cell=5), "read it with layout=EesLayout"),
        (OwnLayout(unknown_columns_ok=True), HEAD + ROW.format(word="Total", cell=5), "layout=EesLayout"),
        (OwnLayout(), f"{LAIT_HEAD}NEET,2024,Herts,1\n", "read it with layout=LaitLayout"),
        (LAIT, HEAD + ROW.format(word="Total", cell=5), "read it with layout=EesLayout"),
        (EES, "measure,period,area,value\nm,CY2024,E1,5\n", "the library's own columns"),
    ],
)
def test_a_table_of_another_kind_is_named_in_one_message(layout: Any, text: str, words: str) -> None:
    with pytest.raises(DocumentError) as collected:
        load_observations(io.StringIO(text), format="csv", layout=layout)
    assert len(collected.value.problems) == 1
    assert all(words in message for message in refused_by_both(text, layout))


@pytest.mark.parametrize(
    ("layout", "text", "words"),
    [
        (
            LaitLayout(measures={"NEET": "neet"}, year_types={"NEET": "Calendar Year"}, areas={"Hert": "E10000015"}),
            f"{LAIT_HEAD}NEET,2024,Herts,1\n",
            "LaitLayout.areas: 1 of 1 occur nowhere in the column 'LA and Regions': 'Hert' (did you mean 'Herts'?)",
        ),
        (
            LaitLayout(measures={"NEETS": "neet"}, year_types={"NEETS": "Calendar Year"}, areas={"Herts": "E1"}),
            f"{LAIT_HEAD}NEET,2024,Herts,1\n",
            "LaitLayout.measures: 1 of 1 occur nowhere in the column 'Short Desc': 'NEETS' (did you mean 'NEET'?)",
        ),
        (
            EesLayout(indicators={"rate": "m"}, where={"sex": ["Totl", "Female"]}),
            HEAD + ROW.format(word="Total", cell=5) + ROW.format(word="Female", cell=6),
            "EesLayout.where['sex']: 1 of 2 occur nowhere in the column 'sex': 'Totl' (did you mean 'Total'?)",
        ),
        (
            EesLayout(indicators={"rat": "m"}, named_in="sex", value="rate"),
            HEAD + ROW.format(word="rate", cell=5),
            "EesLayout.indicators: 1 of 1 occur nowhere in the column 'sex': 'rat' (did you mean 'rate'?)",
        ),
    ],
)
def test_a_name_that_occurs_nowhere_is_warned_of_once_by_both_roads(layout: Any, text: str, words: str) -> None:
    for road, raw in ((by_file, text), (by_frame, as_texts(text))):
        with pytest.warns(UnmatchedNameWarning) as caught:
            road(raw, layout)
        assert len(caught) == 1
        assert words in str(caught[0].message)


def test_many_names_that_occur_nowhere_are_counted_and_may_be_meant() -> None:
    areas = {f"Place {number}": f"X{number}" for number in range(50)}
    text = f"{LAIT_HEAD}NEET,2024,Herts,1\n"
    fields: dict[str, Any] = {"measures": {"NEET": "neet"}, "year_types": {"NEET": "Calendar Year"}, "areas": areas}
    with pytest.warns(UnmatchedNameWarning, match=r"50 of 50 .* and 45 more") as caught:
        by_file(text, LaitLayout(**fields))
    assert len(caught) == 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert both(text, LaitLayout(**fields, unmatched_ok=True)) == []


def test_indicators_named_by_a_column_may_differ_in_period_unit_and_parts() -> None:
    text = (
        "time_period,time_identifier,geographic_level,country_code,indicator,value,count\n"
        "2024,Reporting year,National,E92000001,rate,70,900\n"
        "2024,Reporting year,National,E92000001,visits,800,c\n"
        "2024,Reporting year,National,E92000001,other,800,1\n"
    )
    layout = EesLayout(
        named_in="indicator",
        indicators={
            "rate": Indicator(measure="cla-rate", unit="per_10000", numerator="count", as_at="03-31"),
            "visits": Indicator(measure="visits", year_ending="03-31"),
        },
        recorded="2024-11-14",
    )
    assert both(text, layout) == [
        ("cla-rate", "2024-03-31", "E92000001", 70.0, None, "2024-11-14", "per_10000", "900"),
        ("visits", "Y2024-03-31", "E92000001", 800.0, None, "2024-11-14"),
    ]


def test_the_day_of_publication_is_given_by_any_layout() -> None:
    ees = EesLayout(indicators={"rate": "m"}, recorded="2025-10-16")
    (row,) = both(HEAD + ROW.format(word="Total", cell=5), ees)
    assert row == ("m", "AY2024-25", "E10000015", 5.0, None, "2025-10-16")
    lait = LaitLayout(
        measures={"NEET": "neet"},
        year_types={"NEET": "Calendar Year"},
        areas={"Herts": "E10000015"},
        recorded=date(2025, 6, 1),
    )
    assert both(f"{LAIT_HEAD}NEET,2024 (prov),Herts,5\n", lait)[0][5:] == ("provisional", "2025-06-01")
    own = "measure,period,area,value,recorded\nm,CY2024,E1,5,2025-01-01\nm,CY2023,E1,5,\n"
    assert [row[5] for row in both(own, OwnLayout(recorded="2025-06-01"))] == ["2025-06-01", "2025-01-01"]
    with pytest.raises(InvalidValueError, match="recorded"):
        OwnLayout(recorded="June")


def test_our_own_table_is_read_by_both_roads() -> None:
    text = (
        "measure,period,area,value,absence,breakdown,revision,unit\n"
        "m,CY2024,E1,5.0,,,final,percent\nm,CY2024,E1,,c,sex=girls; age=0-4,,\n"
    )
    assert len(both(text, OwnLayout())) == 2
    assert all("neither" in each for each in refused_by_both("measure,period,area,value\nm,CY2024,E1,\n", OwnLayout()))


@pytest.mark.parametrize("cell", ["95%", "<5", "£5", "1,000", "n/a", "sixty", "9" * 31, "1e99", "\u22125"])
def test_what_is_no_number_is_refused_by_both_roads_in_the_same_words(cell: str) -> None:
    quoted = f'"{cell}"'
    by_file, by_frame = refused_by_both(HEAD + ROW.format(word="Total", cell=quoted), EES)
    assert by_file.partition("allowed: ")[2] == by_frame.partition("allowed: ")[2]
    assert by_frame.startswith("column 'rate': given ")


@pytest.mark.parametrize("cell", ["5", "+5", "5.", ".5", "1e3", "-0", "71.400000000000006", "0.0000000000000000001"])
def test_a_number_in_any_notation_is_the_same_number_by_both_roads(cell: str) -> None:
    both(HEAD + ROW.format(word="Total", cell=cell), EES)
    both(f"{LAIT_HEAD}NEET,2024,Herts,{cell}\n", LAIT)


def test_rows_of_the_interactive_tool_that_are_not_dated_are_refused_or_left_aside_by_both_roads() -> None:
    text = f"{LAIT_HEAD}NEET,0,Herts,5\nNEET,2024,Herts,6\n"
    assert all("'0'" in message for message in refused_by_both(text, LAIT))
    aside = LaitLayout(
        measures={"NEET": "neet"}, year_types={"NEET": "Calendar Year"}, areas={"Herts": "E10000015"}, undated_ok=True
    )
    assert both(text, aside) == [("neet", "CY2024", "E10000015", 6.0, None)]


@pytest.mark.filterwarnings("error")
def test_pandas_gives_the_same_rows_without_a_warning() -> None:
    pandas = pytest.importorskip("pandas")
    text = HEAD + ROW.format(word="Total", cell="c") + ROW.format(word="Female", cell=5.5)
    assert by_frame(pandas.read_csv(io.StringIO(text)), EES) == by_file(text, EES)


def test_duckdb_gives_the_same_rows() -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    text = HEAD + ROW.format(word="Total", cell="c") + ROW.format(word="Female", cell=5.5)
    connection = duckdb.connect()
    connection.register("raw", as_texts(text).to_arrow())
    found = frames.from_layout(connection.table("raw"), EES)
    assert sorted(found.fetchall(), key=str) == sorted(frames.from_layout(as_texts(text), EES).rows(), key=str)
