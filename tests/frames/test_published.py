"""What the cells of a table mean, in tables of a row or two, read by a layout that says just what is tested."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from outcome_bees import Absence, Revision, frames
from outcome_bees.errors import InvalidTypeError, InvalidValueError, PeriodError
from outcome_bees.layouts import EesLayout, LaitLayout, OwnLayout, UnmatchedNameWarning
from outcome_bees.layouts.cells import number_of_cell
from outcome_bees.layouts.header import REFUSED, Condition, HeaderProblem, Reading, SourceColumn, constant

pl = pytest.importorskip("polars")
SYMBOLS = {"c": Absence.SUPPRESSED, "z": Absence.NOT_APPLICABLE}
ROW: dict[str, Any] = {"M": "m", "P": "CY2024", "A": "E1", "V": "5"}


def text_of(field: str, source: str, read: Callable[[Any], Any] = str, **further: Any) -> SourceColumn:
    return SourceColumn(field, source, (source,), read, **{"blank": REFUSED, **further})


KEYS = [text_of("measure", "M"), text_of("period", "P"), text_of("area", "A")]
VALUE = text_of("value", "V", number_of_cell, absences=SYMBOLS)


def never(_: Any) -> Any:
    """The reader of absences that stand in the cells of a number: those are known by the number's symbols."""
    raise AssertionError("a number was read as an absence")


ABSENCE = text_of("absence", "V", never, blank=None)
FIGURE = [*KEYS, VALUE, ABSENCE]


class Fixed:
    """A layout that reads any header in one way."""

    def __init__(
        self, *figures: Sequence[SourceColumn], problems: Sequence[HeaderProblem] = (), **further: Any
    ) -> None:
        self.answer = list(problems) or Reading(figures or [FIGURE], **further)

    def is_header(self, row: Sequence[str]) -> bool:
        return True

    def plan(self, header: Sequence[str]) -> Reading | list[HeaderProblem]:
        return self.answer


def read(*rows: Mapping[str, Any], layout: Any = None) -> list[dict[str, Any]]:
    """The rows that come of some, each a figure with some of its cells otherwise."""
    found = frames.from_layout(pl.DataFrame([{**ROW, **row} for row in rows]), layout or Fixed())
    return sorted(found.to_dicts(), key=str)


def refusal(*rows: Mapping[str, Any], layout: Any = None) -> str:
    with pytest.raises(InvalidValueError) as refused:
        read(*rows, layout=layout)
    return str(refused.value)


# Headers


def test_a_header_is_told_with_twenty_of_its_columns() -> None:
    problem = HeaderProblem(None, None, "it is none")
    letters = "abcdefghijklmnopqrstu"
    for many, ending in ((20, ""), (21, " …")):
        frame = pl.DataFrame({letter: ["x"] for letter in letters[:many]})
        with pytest.raises(InvalidValueError) as refused:
            frames.from_layout(frame, Fixed(problems=[problem]))
        shown = ", ".join(letters[:20]) + ending
        assert str(refused.value) == f"frame: given a frame with {shown}; allowed: it is none"


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        (
            HeaderProblem(0, "M", "the column is odd"),
            "column 'M': given a frame with M, P, A, V; allowed: the column is odd",
        ),
        (
            HeaderProblem(None, None, "missing column: rate"),
            "frame: given a frame with M, P, A, V; allowed: a frame with a column 'rate'",
        ),
        (
            HeaderProblem(None, None, "missing column: rate (did you mean rates?)"),
            "frame: given a frame with M, P, A, V; allowed: a frame with a column 'rate' (did you mean rates?)",
        ),
    ],
)
def test_what_is_wrong_with_a_header_is_told_of_the_frame(problem: HeaderProblem, message: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        read({}, layout=Fixed(problems=[problem, HeaderProblem(1, "P", "another")]))
    assert str(refused.value) == message
    assert refused.value.hint == ("did you mean rates?" if "mean" in message else None)


def test_a_column_there_twice_is_refused() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame([["m", "CY2024", "E1", "5", "6"]], columns=["M", "P", "A", "V", "V"])
    with pytest.raises(
        InvalidValueError, match="column 'V': given a column that occurs twice; allowed: each column once"
    ):
        frames.from_layout(frame, Fixed())


@pytest.mark.parametrize(
    ("name", "refused"), [("value.1", True), ("value_duplicated_0", True), ("other.1", False), ("note.1", False)]
)
def test_a_column_that_a_reader_of_csv_renamed_was_there_twice(name: str, refused: bool) -> None:
    frame = pl.DataFrame({"measure": ["m"], "period": ["CY2024"], "area": ["E1"], "value": ["5"], name: ["6"]})
    layout = OwnLayout(unknown_columns_ok=True)
    if refused:
        with pytest.raises(InvalidValueError, match=r"column 'value': .*twice"):
            frames.from_layout(frame, layout)
    else:
        assert frames.from_layout(frame, layout)["value"].to_list() == [5.0]


# Cells as texts


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["5", "c"], [5.0, None]),
        ([5, None], [5.0, None]),
        ([5.0, None], [5.0, None]),
        ([5.5, float("nan")], [5.5, None]),
        ([5.05, 10.0], [5.05, 10.0]),
        (["+5", "-5.25"], [5.0, -5.25]),
    ],
)
def test_a_column_of_numbers_is_as_its_file_would_be(cells: list[Any], values: list[float | None]) -> None:
    absences = {**SYMBOLS, "": Absence.NOT_AVAILABLE}
    figure = [*KEYS, text_of("value", "V", number_of_cell, absences=absences), text_of("absence", "V", absences.get)]
    frame = pl.DataFrame({**{name: [cell] * 2 for name, cell in ROW.items()}, "A": ["E1", "E2"], "V": cells})
    assert frames.from_layout(frame, Fixed(figure))["value"].to_list() == values


def test_a_whole_float_is_the_whole_number_that_it_was_in_the_file() -> None:
    areas = {"5": "E5", "10": "E10", "5.05": "E505"}
    figure = [*KEYS[:2], text_of("area", "A", areas.__getitem__), VALUE, ABSENCE]
    frame = pl.DataFrame({**{name: [cell] * 3 for name, cell in ROW.items()}, "A": [5.0, 10.0, 5.05]})
    assert frames.from_layout(frame, Fixed(figure))["area"].to_list() == ["E5", "E10", "E505"]


def test_a_number_below_zero_that_is_rounded_to_it_is_zero() -> None:
    (row,) = read({"V": "-0.0"})
    assert str(row["value"]) == "0.0"


# What a figure is read from


def test_the_columns_are_those_of_every_figure_and_those_that_the_layout_gives() -> None:
    assert list(read({})[0]) == ["measure", "period", "area", "value", "absence"]
    note, unit = text_of("note", "N"), text_of("unit", "U")
    rows = read({"N": "n", "U": "percent"}, layout=Fixed([*FIGURE, note, unit]))
    assert list(rows[0]) == ["measure", "period", "area", "value", "absence", "unit", "note"]
    assert (rows[0]["unit"], rows[0]["note"]) == ("percent", "n")


def test_what_every_row_has_is_a_constant() -> None:
    fixed = [constant("unit", "U", "percent"), constant("recorded", "R", date(2025, 1, 31))]
    (row,) = read({}, layout=Fixed([*FIGURE, *fixed, constant("revision", "V", Revision.FINAL)]))
    assert (row["unit"], row["recorded"], row["revision"]) == ("percent", date(2025, 1, 31), "final")


def test_a_number_that_no_column_gives_is_none() -> None:
    (row,) = read({}, layout=Fixed([*FIGURE, constant("numerator", "N", None)]))
    assert (row["value"], row["numerator"]) == (5.0, None)


def test_a_word_a_day_and_an_exact_number_are_written_as_texts_of_a_frame() -> None:
    columns = [
        text_of("revision", "W", lambda _: Revision.FINAL),
        text_of("recorded", "W", lambda _: date(2025, 1, 31)),
        text_of("numerator", "W", lambda _: Decimal("4.50"), rewritten=True),
        text_of("note", "W", lambda _: 7),
        text_of("source", "W", lambda _: None),
    ]
    (row,) = read({"W": "x"}, layout=Fixed([*FIGURE, *columns]))
    assert row["revision"] == "final"
    assert row["recorded"] == date(2025, 1, 31)
    assert (row["numerator"], row["note"], row["source"]) == (4.5, "7", None)


def test_a_field_may_be_read_from_several_cells_of_which_others_read_some() -> None:
    both = SourceColumn("period", "Y", ("Y", "Q"), lambda cells: f"CY{cells[0]}-Q{cells[1]}", REFUSED)
    quarter = text_of("note", "Q", "quarter {}".format)
    figure = [KEYS[0], both, KEYS[2], quarter, VALUE, ABSENCE]
    rows = read({"Y": "2024", "Q": "1"}, {"Y": "2024", "Q": "2"}, layout=Fixed(figure))
    assert [(row["period"], row["note"]) for row in rows] == [("CY2024-Q1", "quarter 1"), ("CY2024-Q2", "quarter 2")]


def test_a_row_may_have_several_figures_that_share_columns() -> None:
    second = [constant("measure", "M2", "n"), *KEYS[1:], text_of("value", "V2", number_of_cell, absences=SYMBOLS)]
    second.append(text_of("absence", "V2", SYMBOLS.get, blank=None))
    rows = read({"V2": "7"}, {"A": "E2", "V2": "c"}, layout=Fixed(FIGURE, second))
    assert sorted((row["measure"], row["area"], row["value"], row["absence"]) for row in rows if row["value"]) == [
        ("m", "E1", 5.0, None),
        ("m", "E2", 5.0, None),
        ("n", "E1", 7.0, None),
    ]
    assert [(row["measure"], row["absence"]) for row in rows if row["value"] is None] == [("n", "suppressed")]


def test_several_figures_may_share_no_column_at_all() -> None:
    second = [
        constant("measure", "M2", "n"),
        *(text_of(field, source) for field, source in (("period", "P"), ("area", "A"))),
        text_of("value", "V2", number_of_cell, absences=SYMBOLS),
        text_of("absence", "V2", SYMBOLS.get, blank=None),
    ]
    rows = read({"V2": "7"}, layout=Fixed(FIGURE, second))
    assert [(row["measure"], row["period"], row["area"], row["value"]) for row in rows] == [
        ("m", "CY2024", "E1", 5.0),
        ("n", "CY2024", "E1", 7.0),
    ]


def test_what_some_figures_share_is_not_that_of_the_others() -> None:
    note = text_of("note", "N")
    figures = [[constant("measure", id, id), *FIGURE[1:], *([note] if id != "c" else [])] for id in "abc"]
    rows = read({"N": "x"}, layout=Fixed(*figures))
    assert {row["measure"]: row["note"] for row in rows} == {"a": "x", "b": "x", "c": None}


def test_a_figure_may_lack_a_column_that_another_has() -> None:
    rows = read(
        {"U": "percent"}, layout=Fixed([*FIGURE, text_of("unit", "U")], [constant("measure", "N", "n"), *FIGURE[1:]])
    )
    assert {row["measure"]: row["unit"] for row in rows} == {"m": "percent", "n": None}


def test_a_column_may_say_which_of_the_figures_a_row_has() -> None:
    second = [constant("measure", "M2", "n"), *FIGURE[1:]]
    layout = Fixed(FIGURE, second, named_in="I", names=[frozenset({"one", "first"}), frozenset({"two"})])
    rows = read(
        {"I": "one"}, {"I": "two", "A": "E2"}, {"I": "first", "A": "E3"}, {"I": "three", "A": "no"}, layout=layout
    )
    assert [(row["measure"], row["area"]) for row in rows] == [("m", "E1"), ("m", "E3"), ("n", "E2")]
    every = Fixed(FIGURE, second, named_in="I")
    assert len(read({"I": "one"}, layout=every)) == 2


def test_only_rows_that_meet_every_condition_count() -> None:
    conditions = [
        Condition("L", frozenset({"x", "y"}), "where"),
        Condition("K", frozenset({"no"}), "where", negated=True),
    ]
    rows = [{"L": level, "K": kind, "A": f"E{level}{kind}"} for level in "xyz" for kind in ("no", "yes")]
    found = read(*rows, layout=Fixed(conditions=conditions))
    assert [row["area"] for row in found] == ["Exyes", "Eyyes"]


def test_rows_that_repeat_others_count_once_where_the_layout_says_so() -> None:
    rows = [{"X": "1"}, {"X": "2"}]
    assert len(read(*rows)) == 2
    assert len(read(*rows, layout=Fixed(repeats_ok=True))) == 1


@pytest.mark.parametrize(
    ("settings", "warned"), [({"unmatched_ok": False}, True), ({"unmatched_ok": True}, False), ({}, False)]
)
def test_what_is_asked_for_and_occurs_nowhere_is_warned_of(settings: dict[str, bool], warned: bool) -> None:
    layout = Fixed(asked=[Condition("A", frozenset({"E1", "E9"}), "asked")])
    vars(layout).update(settings)
    if warned:
        with pytest.warns(UnmatchedNameWarning, match="E9"):
            read({}, layout=layout)
    else:
        assert len(read({}, layout=layout)) == 1


# Parts of the population


def parts_of(cell: str) -> dict[str, str]:
    return {} if cell == "all" else {"sex": cell} if len(cell) == 1 else {"sex": cell[0], "age": cell[1:]}


def test_a_breakdown_is_a_column_for_each_name_that_is_met() -> None:
    layout = Fixed([*FIGURE, text_of("breakdown", "B", parts_of)])
    rows = read({"B": "all"}, {"B": "f", "A": "E2"}, {"B": "m5", "A": "E3"}, layout=layout)
    assert [(row["area"], row["sex"], row["age"]) for row in rows] == [
        ("E1", None, None),
        ("E2", "f", None),
        ("E3", "m", "5"),
    ]
    assert list(read({"B": "all"}, layout=layout)[0]) == ["measure", "period", "area", "value", "absence"]


def test_a_breakdown_may_have_columns_that_no_row_fills() -> None:
    layout = Fixed([*FIGURE, text_of("breakdown", "B", parts_of, parts=("sex", "phase"))])
    (row,) = read({"B": "f"}, layout=layout)
    assert (row["sex"], row["phase"]) == ("f", None)


@pytest.mark.parametrize("name", ["value", "area", "absence"])
def test_a_part_may_not_be_called_as_a_column_is(name: str) -> None:
    layout = Fixed([*FIGURE, text_of("breakdown", "B", lambda cell: {name: cell})])
    message = f"breakdown: given '{name}'; allowed: a name that is no column of an observation"
    assert refusal({"B": "x"}, layout=layout) == message


# Numbers, and why there are none


def test_a_symbol_of_each_sort_says_why_there_is_no_figure() -> None:
    rows = read({"V": "c"}, {"V": "z", "A": "E2"}, {"V": "5.5", "A": "E3"})
    assert [(row["value"], row["absence"]) for row in rows] == [
        (None, "suppressed"),
        (None, "not_applicable"),
        (5.5, None),
    ]


def test_a_blank_cell_is_refused_unless_it_means_something() -> None:
    assert refusal({"V": ""}).startswith("column 'V': given a blank cell; allowed: ")
    assert refusal({"V": ""}, {"V": "", "A": "E2"}).startswith("column 'V', in 2 rows: given a blank cell; ")
    blank = [
        *KEYS,
        text_of("value", "V", number_of_cell, absences=SYMBOLS, blank=None),
        text_of("absence", "X", SYMBOLS.get),
    ]
    (row,) = read({"V": "", "X": "c"}, layout=Fixed(blank))
    assert (row["value"], row["absence"]) == (None, "suppressed")


@pytest.mark.parametrize("cell", ["five", "1,000", "5%", "1e"])
def test_a_cell_that_is_no_number_is_refused_with_its_column(cell: str) -> None:
    assert refusal({"V": cell}).startswith(f"column 'V': given '{cell}'; allowed: ")


def test_a_number_of_many_digits_is_read_by_the_layout() -> None:
    assert read({"V": "12345678901234"})[0]["value"] == 12345678901234.0


def test_a_number_without_symbols_takes_numbers_alone() -> None:
    figure = [*KEYS, text_of("value", "V", number_of_cell), constant("absence", "X", None)]
    assert read({"V": "5"}, layout=Fixed(figure))[0]["value"] == 5.0
    assert refusal({"V": "c"}, layout=Fixed(figure)).startswith("column 'V': given 'c'; ")


def test_a_number_in_another_notation_is_read_by_the_layout() -> None:
    percent = text_of("value", "V", lambda cell: Decimal(cell.removesuffix("%")), rewritten=True)
    (row,) = read({"V": "45%"}, layout=Fixed([*KEYS, percent, constant("absence", "X", None)]))
    assert row["value"] == 45.0


def test_a_further_number_may_have_symbols_of_its_own() -> None:
    numerator = text_of("numerator", "N", number_of_cell, absences={"-": Absence.NOT_AVAILABLE})
    rows = read({"N": "7"}, {"N": "-", "A": "E2"}, layout=Fixed([*FIGURE, numerator]))
    assert [(row["numerator"], row["value"], row["absence"]) for row in rows] == [(7.0, 5.0, None), (None, 5.0, None)]


def test_exactly_one_of_a_value_and_an_absence_is_there() -> None:
    blank = [
        *KEYS,
        text_of("value", "V", number_of_cell, blank=None),
        text_of("absence", "X", SYMBOLS.get, blank=None),
    ]
    rows = read({"V": "", "X": "c"}, {"V": "5", "X": "", "A": "E2"}, layout=Fixed(blank))
    assert [(row["value"], row["absence"]) for row in rows] == [(None, "suppressed"), (5.0, None)]
    where, allowed = "frame, measure m, CY2024, E1", "exactly one of value and absence (say why a figure is absent"
    assert refusal({"V": "", "X": ""}, layout=Fixed(blank)).startswith(f"{where}: given neither; allowed: {allowed}")
    assert refusal({"V": "5", "X": "c"}, layout=Fixed(blank)).startswith(f"{where}: given both; allowed: {allowed}")
    assert refusal({"V": "5", "X": "c"}, layout=Fixed(FIGURE, blank)).startswith(f"{where}: given both")


# Refusals


def refuse(what: str) -> Callable[[Any], Any]:
    def never(given: Any) -> Any:
        raise InvalidTypeError(what, "of the reader", "another", "a hint")

    return never


def test_a_cell_that_is_refused_is_named_with_its_column_and_the_sort_of_error() -> None:
    figure = [KEYS[0], text_of("period", "P", refuse("period")), KEYS[2], VALUE, ABSENCE]
    with pytest.raises(InvalidTypeError) as refused:
        read({"P": "never"}, layout=Fixed(figure))
    assert str(refused.value) == "column 'P': given 'never'; allowed: another (a hint)"
    blank = Fixed(figure)
    with pytest.raises(InvalidTypeError, match="column 'P': given a blank cell; allowed: another"):
        read({"P": ""}, layout=blank)


@pytest.mark.parametrize(
    ("what", "message"), [("Q", "column 'Q': given 'of the reader'"), ("period", "column 'Y': given '2024'")]
)
def test_of_several_cells_the_one_that_is_refused_is_named(what: str, message: str) -> None:
    both = SourceColumn("period", "Y", ("Y", "Q"), refuse(what), REFUSED)
    with pytest.raises(InvalidTypeError, match=message):
        read({"Y": "2024", "Q": "5"}, layout=Fixed([KEYS[0], both, KEYS[2], VALUE, ABSENCE]))


def test_a_blank_word_means_what_the_layout_says() -> None:
    note = [*FIGURE, text_of("note", "N", refuse("note"), blank="none given"), text_of("source", "S", str, blank=None)]
    (row,) = read({"N": "", "S": None}, layout=Fixed(note))
    assert (row["note"], row["source"]) == ("none given", None)


# The layouts of publishers


def test_open_data_and_the_interactive_tool_have_functions_of_their_own() -> None:
    header = "time_period,time_identifier,geographic_level,country_code,new_la_code,rate".split(",")
    cells = ["202425", "Academic year", "Local authority", "E92000001", "E10000015", "5"]
    frame = pl.DataFrame([dict(zip(header, cells, strict=True))])
    found = frames.from_ees(frame, indicators={"rate": "m"})
    assert found.rows() == frames.from_layout(frame, EesLayout(indicators={"rate": "m"})).rows()
    assert found.rows() == [("m", "AY2024-25", "E10000015", 5.0, None)]
    lait = pl.DataFrame(
        {"Short Desc": ["NEET"] * 2, "Years": ["2024", "0"], "LA and Regions": ["Herts"] * 2, "Values": ["5", "6"]}
    )
    fields: dict[str, Any] = {
        "measures": {"NEET": "neet"},
        "year_types": {"NEET": "Calendar Year"},
        "areas": {"Herts": "E10000015"},
    }
    assert frames.from_lait(lait, **fields).rows() == [("neet", "CY2024", "E10000015", 5.0, None, None)]
    with pytest.raises(PeriodError, match="given '0'"):
        frames.from_lait(lait, **fields, undated_ok=False)
    assert frames.from_layout(lait, LaitLayout(**fields, undated_ok=True)).height == 1
