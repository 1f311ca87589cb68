"""Each step that an engine takes for bulk evaluation, on a table of four rows, in every engine that is installed."""

from collections.abc import Callable
from typing import Any
from unittest import mock

import narwhals.stable.v2 as nw
import pytest

from outcome_bees.errors import InvalidTypeError
from outcome_bees.frames import backend
from outcome_bees.frames.backend import Backend, LookupTable

COLUMNS: dict[str, list[Any]] = {"group": ["a", "a", "b", "b"], "number": [1, 3, 5, 5], "nth": [0, 1, 2, 3]}


def _duckdb(columns: dict[str, list[Any]]) -> Any:
    return pytest.importorskip("duckdb").connect().from_arrow(pytest.importorskip("pyarrow").table(columns))


ENGINES: dict[str, Callable[[dict[str, list[Any]]], Any]] = {
    "polars": lambda columns: pytest.importorskip("polars").DataFrame(columns),
    "polars lazy": lambda columns: pytest.importorskip("polars").LazyFrame(columns),
    "pandas": lambda columns: pytest.importorskip("pandas").DataFrame(columns),
    "pyarrow": lambda columns: pytest.importorskip("pyarrow").table(columns),
    "duckdb": _duckdb,
    "pandas alone": lambda columns: pytest.importorskip("pandas").DataFrame(columns),
    "pyarrow alone": lambda columns: pytest.importorskip("pyarrow").table(columns),
}
KINDS = pytest.mark.parametrize("engine", ENGINES)


def held(engine: str, columns: dict[str, list[Any]] | None = None) -> Backend:
    frame = ENGINES[engine](COLUMNS if columns is None else columns)
    if not engine.endswith("alone"):
        return Backend(frame)
    with mock.patch.object(backend, "_engine_for", return_value=None):
        return Backend(frame)


def column(made: Backend, frame: Any, name: str) -> list[Any]:
    return [each[name] for each in sorted(made.rows(frame), key=lambda each: each["nth"])]


@KINDS
def test_a_small_table_keeps_its_types_and_its_nulls(engine: str) -> None:
    made = held(engine)
    table = LookupTable.of(
        {"text": str, "whole": int, "float": float}, [("it's", 1, 0.5), ('a "b"', 2, -1e9), (None, 3, 2.0)]
    )
    frame = made.table(table)
    schema = frame.collect_schema()
    assert (schema["whole"], schema["float"]) == (nw.Int64, nw.Float64)
    rows = sorted(made.rows(frame), key=lambda each: each["whole"])
    assert [tuple(each.values()) for each in rows][:2] == [("it's", 1, 0.5), ('a "b"', 2, -1e9)]
    assert rows[2]["text"] is None or rows[2]["text"] != rows[2]["text"]


@KINDS
def test_a_small_table_without_rows_has_its_columns(engine: str) -> None:
    made = held(engine)
    frame = made.table(LookupTable.of({"text": str, "whole": int}, []))
    assert (frame.collect_schema().names(), made.rows(frame)) == (["text", "whole"], [])


def test_a_small_table_is_refused_where_its_rows_are_not_of_its_columns() -> None:
    types = {"x": int, "y": str}
    assert LookupTable.of(types, [(1, "a"), (2, "b")]).columns == {"x": (1, 2), "y": ("a", "b")}
    assert LookupTable.of(types, []).columns == {"x": (), "y": ()}
    for rows in ([(1,), (2,)], [(1, "a"), (2,)], [(1, "a", 2)]):
        with pytest.raises(ValueError, match="zip"):
            _ = LookupTable.of(types, rows).columns


def test_a_small_table_is_made_of_columns_as_well_as_of_rows() -> None:
    table = LookupTable({"x": int, "y": str}, {"x": [1, 2], "y": ["a", "b"]})
    assert (list(table.rows), len(table)) == ([(1, "a"), (2, "b")], 2)


def test_a_small_table_may_be_taken_without_some_columns() -> None:
    table = LookupTable.of({"x": int, "y": str, "z": float}, [(1, "a", 0.5), (2, "b", 0.25)])
    left = table.without(["y"])
    assert (left.types, list(left.rows)) == ({"x": int, "z": float}, [(1, 0.5), (2, 0.25)])


@KINDS
def test_rows_are_found_in_a_small_table_by_whole_numbers(engine: str) -> None:
    made = held(engine)
    table = LookupTable.of({"number": int, "word": str}, [(1, "one"), (5, "five"), (9, "nine")])
    found = made.looked_up(made.figures, table, ["number"])
    assert column(made, found, "word") == ["one", "five", "five"]
    assert column(made, found, "nth") == [0, 2, 3]


@KINDS
@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([(1, 0, "x"), (3, 1, "y"), (5, 3, "z")], ["x", "y", "z"]),
        ([(1, 1, "x"), (3, 0, "y"), (5, 2, "z"), (5, 3, "v")], ["z", "v"]),  # each number is there, the pairs are not
        ([(1, 0, "x"), (1, 0, "y")], ["x", "y"]),  # two rows of the table for one of the frame
        ([(-1_000_000_000, 0, "x"), (5, 3, "y"), (1_000_000_000, 0, "z")], ["y"]),
        ([(5, 3, "y")], ["y"]),
        ([], []),
    ],
)
def test_rows_are_found_by_two_numbers_together(
    engine: str, rows: list[tuple[int, int, str]], words: list[str]
) -> None:
    made = held(engine)
    table = LookupTable.of({"number": int, "nth": int, "word": str}, rows)
    found = made.rows(made.looked_up(made.figures, table, ["number", "nth"]))
    assert sorted(each["word"] for each in found) == sorted(words)


@KINDS
def test_rows_are_found_in_a_small_table_by_texts(engine: str) -> None:
    made = held(engine, {**COLUMNS, "other": ["x", "y", "x", "z"]})
    table = LookupTable.of(
        {"group": str, "other": str, "word": str}, [("a", "y", "1"), ("b", "x", "2"), ("b", "y", "3")]
    )
    found = made.with_texts_looked_up(made.figures, table, ["group", "other"])
    assert column(made, found, "word") == ["1", "2"]
    assert set(found.collect_schema().names()) == {*COLUMNS, "other", "word"}


@KINDS
def test_the_highest_of_each_group_stands_beside_every_row_of_it(engine: str) -> None:
    made = held(engine)
    assert column(made, made.with_highest(made.figures, "number", ["group"], "most"), "most") == [3, 3, 5, 5]


@KINDS
def test_the_sum_of_each_group_stands_beside_its_rows_or_in_the_place_of_its_column(engine: str) -> None:
    made = held(engine)
    beside = made.with_sums(made.figures, ["group"], total="number")
    assert column(made, beside, "total") == [4, 4, 10, 10]
    assert column(made, beside, "number") == COLUMNS["number"]
    assert column(made, made.with_sums(made.figures, ["group"], number="number"), "number") == [4, 4, 10, 10]


@KINDS
def test_a_place_is_counted_from_the_lowest_and_equals_may_share_the_highest_of_theirs(engine: str) -> None:
    made = held(engine)
    ranked = made.with_ranks(made.figures, "number", ["group"], own=False, shared=True)
    assert column(made, ranked, "shared") == [1, 2, 2, 2]
    own = column(made, ranked, "own")
    assert (own[:2], sorted(own[2:])) == ([1, 2], [1, 2])
    assert set(ranked.collect_schema().names()) == {*COLUMNS, "own", "shared"}


@KINDS
def test_the_different_rows_of_columns_are_told_once_each(engine: str) -> None:
    made = held(engine)
    assert sorted(each["group"] for each in made.distinct(made.figures, "group")) == ["a", "b"]
    pairs = sorted(tuple(each.values()) for each in made.distinct(made.figures, "group", "number"))
    assert pairs == [("a", 1), ("a", 3), ("b", 5)]


@KINDS
def test_what_is_worked_out_is_what_it_was(engine: str) -> None:
    made = held(engine)
    for frame in (made.worked_out(made.figures), made.held(made.figures)):
        assert column(made, frame, "number") == COLUMNS["number"]
        assert column(made, frame.filter(nw.col("group") == "b"), "nth") == [2, 3]


@KINDS
def test_rows_that_are_alike_are_never_taken_for_different_ones(engine: str) -> None:
    made = held(engine)
    assert made.may_repeat(made.figures, ["number"])
    assert made.may_repeat(made.figures, ["group", "number"])
    assert made.may_repeat(made.figures, ["group"])


@pytest.mark.parametrize("engine", ["polars", "polars lazy", "pandas", "pyarrow", "duckdb"])
def test_rows_that_differ_need_no_closer_look(engine: str) -> None:
    made = held(engine)
    assert not made.may_repeat(made.figures, ["nth"])
    assert not made.may_repeat(made.figures, ["group", "nth"])


def test_one_grouping_finds_the_highest_and_sees_that_no_two_rows_are_alike() -> None:
    made = held("duckdb")
    assert made.looks_while_grouping
    highest = made.highest_once(made.figures, "number", ["group"], "most", "nth")
    assert highest is not None
    assert {each["group"]: each["most"] for each in made.rows(highest)} == {"a": 3, "b": 5}
    assert made.highest_once(made.figures, "nth", ["group"], "most", "number") is None


def test_a_group_without_a_number_has_no_highest() -> None:
    made = held("duckdb", {"group": ["a", "b"], "number": [1, None], "nth": [0, 62]})
    highest = made.highest_once(made.figures, "number", ["group"], "most", "nth")
    assert highest is not None
    assert [each["group"] for each in made.rows(highest)] == ["a"]


@pytest.mark.parametrize("engine", ["polars", "polars lazy", "pandas", "pyarrow"])
def test_other_engines_look_for_themselves(engine: str) -> None:
    assert not held(engine).looks_while_grouping


@pytest.mark.parametrize(
    ("engine", "codes"),
    [("polars", True), ("polars lazy", True), ("pandas", True), ("duckdb", False), ("pyarrow alone", False)],
)
def test_texts_are_numbered_where_polars_works(engine: str, codes: bool) -> None:
    assert held(engine).codes_texts is codes


def test_only_pyarrow_by_itself_may_miss_the_nearest_float_to_a_decimal() -> None:
    before_3 = int(pytest.importorskip("pandas").__version__.partition(".")[0]) < 3  # which goes by PyArrow
    assert {engine: held(engine).has_exact_decimals for engine in ENGINES} == {
        **dict.fromkeys(ENGINES, True),
        "pandas alone": not before_3,
        "pyarrow alone": False,
    }


@KINDS
def test_an_answer_goes_back_as_the_sort_of_frame_that_came(engine: str) -> None:
    frame = ENGINES[engine](COLUMNS)
    made = held(engine)
    assert type(made.back(made.figures)) is type(frame)


def test_a_name_with_a_quote_or_a_space_is_one_name_in_sql() -> None:
    quoted = held("duckdb", {'a "b"': [1, 1], "nth": [0, 1]})
    assert quoted.may_repeat(quoted.figures, ['a "b"'])
    # With DuckDB 1.5 narwhals itself selects no column that has a quote in its name.
    made = held("duckdb", {"a b": [1, 1], "nth": [0, 1]})
    highest = made.highest_once(made.figures, "nth", ["a b"], "most", "nth")
    assert highest is not None
    assert [each["most"] for each in made.rows(highest)] == [1]


@pytest.mark.parametrize("given", [[1, 2], None, "figures.csv", {"a": [1]}])
def test_what_is_no_frame_is_refused_with_its_type(given: object) -> None:
    with pytest.raises(
        InvalidTypeError, match=f"frame: given '{type(given).__name__}'; allowed: a pandas, Polars"
    ) as no:
        Backend(given)
    assert no.value.hint is None
