"""Each step that an engine takes for bulk evaluation, on a table of four rows, in every engine that is installed."""

import sys
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any
from unittest import mock

import narwhals.stable.v2 as nw
import pytest

from outcome_bees.errors import InvalidTypeError
from outcome_bees.frames import backend
from outcome_bees.frames.backend import MOST_IN_GROUP, Backend, LookupTable
from outcome_bees.frames.coding import Coding
from outcome_bees.identifiers import sql_name

COLUMNS: dict[str, list[Any]] = {"group": ["a", "a", "b", "b"], "number": [1, 3, 5, 5], "nth": [0, 1, 2, 3]}


def _duckdb(columns: dict[str, list[Any]]) -> Any:
    connection = pytest.importorskip("duckdb").connect()
    kinds = [
        f"{sql_name(name)} {'VARCHAR' if isinstance(held[0], str) else 'BIGINT'}" for name, held in columns.items()
    ]
    connection.execute(f"CREATE TABLE held ({', '.join(kinds)})")
    rows = [list(row) for row in zip(*columns.values(), strict=True)]
    connection.executemany(f"INSERT INTO held VALUES ({', '.join('?' * len(columns))})", rows)
    return connection.table("held")


def _spark(columns: dict[str, list[Any]]) -> Any:
    session: Any = pytest.importorskip("pyspark.sql").SparkSession.getActiveSession()
    return session.createDataFrame(list(zip(*columns.values(), strict=True)), list(columns))


LIBRARIES: dict[str, Callable[[dict[str, list[Any]]], Any]] = {
    "polars": lambda columns: pytest.importorskip("polars").DataFrame(columns),
    "polars lazy": lambda columns: pytest.importorskip("polars").LazyFrame(columns),
    "pandas": lambda columns: pytest.importorskip("pandas").DataFrame(columns),
    "pyarrow": lambda columns: pytest.importorskip("pyarrow").table(columns),
    "duckdb": _duckdb,
    "spark": _spark,
}
# Alone: where no faster engine can be reached. A frame of Polars or DuckDB needs no PyArrow, and Spark none for ours.
ENGINES = [*LIBRARIES, "pandas alone", "pyarrow alone", "polars without pyarrow", "duckdb without pyarrow"]
KINDS = pytest.mark.parametrize("engine", ENGINES)
ALSO_SPARK_WITHOUT = pytest.mark.parametrize("engine", [*ENGINES, "spark without pyarrow"])


@pytest.fixture(autouse=True)
def _as_named(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Start Spark where a test is of it, and hide PyArrow where it is of an engine without."""
    if "spark" in request.node.name:
        request.getfixturevalue("spark")
    if "without pyarrow" in request.node.name:
        hide_pyarrow(monkeypatch)


def hide_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend, "find_spec", lambda name: None if name == "pyarrow" else find_spec(name))
    monkeypatch.setitem(sys.modules, "pyarrow", None)


def frame_of(engine: str, columns: dict[str, list[Any]] | None = None) -> Any:
    library = engine.removesuffix(" alone").removesuffix(" without pyarrow")
    return LIBRARIES[library](COLUMNS if columns is None else columns)


def held(engine: str, columns: dict[str, list[Any]] | None = None) -> Backend:
    frame = frame_of(engine, columns)
    if not engine.endswith("alone"):
        return Backend(frame)
    with mock.patch.object(backend, "_engine_for", return_value=None):
        return Backend(frame)


def column(made: Backend, frame: Any, name: str) -> list[Any]:
    return [each[name] for each in sorted(made.rows(frame), key=lambda each: each["nth"])]


@ALSO_SPARK_WITHOUT
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


@ALSO_SPARK_WITHOUT
def test_a_small_table_without_rows_has_its_columns(engine: str) -> None:
    made = held(engine)
    frame = made.table(LookupTable.of({"text": str, "whole": int}, []))
    assert (frame.collect_schema().names(), made.rows(frame)) == (["text", "whole"], [])


def test_a_small_table_is_refused_where_its_rows_are_not_of_its_columns() -> None:
    types = {"x": int, "y": str}
    assert LookupTable.of(types, [(1, "a"), (2, "b")]).columns == {"x": (1, 2), "y": ("a", "b")}
    assert LookupTable.of(types, []).columns == {"x": (), "y": ()}
    for rows in ([(1,), (2,)], [(1, "a"), (2,)], [(1, "a", 2)], [(1, "a"), (2, "b", 3)]):
        with pytest.raises(ValueError, match="zip"):
            _ = LookupTable.of(types, rows).columns


def test_a_small_table_is_made_of_columns_as_well_as_of_rows() -> None:
    table = LookupTable({"x": int, "y": str}, {"x": [1, 2], "y": ["a", "b"]})
    assert (list(table.rows), len(table)) == ([(1, "a"), (2, "b")], 2)
    with pytest.raises(ValueError, match="zip"):
        list(LookupTable({"x": int, "y": str}, {"x": [1, 2], "y": ["a"]}).rows)


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
def test_a_column_of_a_small_table_keeps_its_type_where_all_of_it_is_null(engine: str) -> None:
    made = held(engine)
    table = LookupTable.of({"number": int, "word": str, "float": float}, [(1, None, None), (5, None, None)])
    schema = made.looked_up(made.figures, table, ["number"]).collect_schema()
    assert (schema["word"], schema["float"]) == (nw.String, nw.Float64)


@KINDS
@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([(1, 0, "x"), (3, 1, "y"), (5, 3, "z")], ["x", "y", "z"]),
        ([(1, 1, "x"), (3, 0, "y"), (5, 2, "z"), (5, 3, "v")], ["z", "v"]),  # each number is there, the pairs are not
        ([(1, 0, "x"), (1, 0, "y")], ["x", "y"]),  # two rows of the table for one of the frame
        ([(1, 0, "x"), (4, 0, "y")], ["x"]),  # a number beyond the greatest is not the first of the next
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
def test_what_is_found_by_whole_numbers_may_be_found_by_texts_beside_them(engine: str) -> None:
    made = held(engine)
    table = LookupTable.of({"group": str, "number": int, "word": str}, [("a", 3, "x"), ("b", 5, "y"), ("b", 3, "z")])
    assert column(made, made.looked_up(made.figures, table, ["group", "number"]), "word") == ["x", "y", "y"]
    table = LookupTable.of({"group": str, "word": str}, [("b", "y"), ("c", "z")])
    assert column(made, made.looked_up(made.figures, table, ["group"]), "word") == ["y", "y"]


@KINDS
def test_texts_of_their_own_categories_are_still_those_texts(engine: str) -> None:
    made = held(engine)
    assert column(made, made.with_categories(made.figures, ["group"]), "group") == COLUMNS["group"]
    assert column(made, made.with_categories(made.figures, []), "group") == COLUMNS["group"]


@pytest.mark.parametrize("texts", [["a"], ["b"], ["c", "a"], ["z"], []])
def test_a_text_without_a_place_has_no_code_however_its_column_is_kept(texts: list[str]) -> None:
    made = held("polars", {"group": ["a", "b", "c", None], "nth": [0, 1, 2, 3]})
    wanted = [texts.index(each) if each in texts else None for each in ("a", "b", "c", None)]
    for frame in (made.figures, made.with_categories(made.figures, ["group"])):
        assert column(made, made.with_code(frame, "code", Coding.of({"group": texts})), "code") == wanted


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


@pytest.mark.parametrize("engine", ["polars", "polars lazy", "duckdb"])
def test_polars_and_duckdb_join_no_frame_with_its_own_groups(engine: str) -> None:
    """DuckDB may do such a join before those that the frame is made of: for a published file that made 8 GB."""
    made = held(engine)
    for frame in (
        made.with_highest(made.figures, "number", ["group"], "most"),
        made.with_sums(made.figures, ["group"], total="number"),
        made.with_ranks(made.figures, "number", ["group"], own=False, shared=True),
    ):
        native: Any = nw.to_native(frame)
        assert "JOIN" not in (native.sql_query() if engine == "duckdb" else native.explain()).upper()


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


def _counted(made: Backend, seen: list[int]) -> Any:
    """The figures of Polars, and in ``seen`` how often they were gone through."""

    def through(rows: Any) -> Any:
        seen.append(len(rows))
        return rows

    native: Any = nw.to_native(made.figures)
    return nw.from_native(native.map_batches(through))


@pytest.mark.parametrize(
    "step", [Backend.worked_out, Backend.held, lambda made, frame: made.with_categories(frame, [])]
)
def test_what_polars_works_out_in_memory_is_gone_through_once(step: Callable[[Backend, Any], Any]) -> None:
    seen: list[int] = []
    made = held("polars")
    frame = step(made, _counted(made, seen))
    for _ in range(2):
        assert column(made, frame, "number") == COLUMNS["number"]
    assert seen == [4]


def test_a_lazy_frame_is_not_gone_through_before_its_answer_is_asked_for() -> None:
    seen: list[int] = []
    made = held("polars lazy")
    made.with_categories(made.held(_counted(made, seen)), ["group"])
    assert seen == []


def test_what_duckdb_works_out_stays_as_it_was() -> None:
    pytest.importorskip("pyarrow")
    made = Backend(pytest.importorskip("duckdb").connect().query("SELECT random() AS number FROM range(3)"))
    assert made.rows(made.figures) != made.rows(made.figures)
    frame = made.worked_out(made.figures)
    assert made.rows(frame) == made.rows(frame)


@KINDS
def test_rows_that_are_alike_are_never_taken_for_different_ones(engine: str) -> None:
    made = held(engine)
    assert made.may_repeat(made.figures, ["number"])
    assert made.may_repeat(made.figures, ["group", "number"])
    assert made.may_repeat(made.figures, ["group"])


@pytest.mark.parametrize("engine", ["polars", "polars lazy", "pandas", "pyarrow", "duckdb", "spark"])
def test_rows_that_differ_need_no_closer_look(engine: str) -> None:
    made = held(engine)
    assert not made.may_repeat(made.figures, ["nth"])
    assert not made.may_repeat(made.figures, ["group", "nth"])


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_one_grouping_finds_the_highest_and_sees_that_no_two_rows_are_alike(engine: str) -> None:
    made = held(engine)
    assert made.looks_while_grouping
    highest = made.highest_once(made.figures, "number", ["group"], "most", "nth")
    assert highest is not None
    assert {each["group"]: each["most"] for each in made.rows(highest)} == {"a": 3, "b": 5}
    assert made.highest_once(made.figures, "nth", ["group"], "most", "number") is None


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_a_group_without_a_number_has_no_highest(engine: str) -> None:
    made = held(engine, {"group": ["a", "b"], "number": [1, None], "nth": [0, 62]})
    highest = made.highest_once(made.figures, "number", ["group"], "most", "nth")
    assert highest is not None
    assert [each["group"] for each in made.rows(highest)] == ["a"]


@pytest.mark.parametrize(("few", "whole"), [(2, True), (1, False)])
def test_workers_of_spark_are_given_all_groups_only_where_those_are_few(
    few: int, whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backend, "_FEW_GROUPS", few)
    made = held("spark")
    highest = made.highest_once(made.figures, "number", ["group"], "most", "nth")
    assert highest is not None
    native: Any = nw.to_native(highest)
    assert ("strategy=broadcast" in native._jdf.queryExecution().analyzed().toString()) is whole


def test_rows_of_a_group_have_as_many_numbers_as_a_whole_number_of_sql_has_places() -> None:
    assert MOST_IN_GROUP == 63
    made = held("duckdb", {"group": ["a"] * MOST_IN_GROUP, "nth": list(range(MOST_IN_GROUP))})
    highest = made.highest_once(made.figures, "nth", ["group"], "most", "nth")
    assert highest is not None
    assert made.rows(highest) == [{"group": "a", "most": MOST_IN_GROUP - 1}]
    beyond = held("duckdb", {"group": ["a"], "nth": [MOST_IN_GROUP]})
    with pytest.raises(Exception, match="Overflow in left shift"):
        beyond.highest_once(beyond.figures, "nth", ["group"], "most", "nth")


@pytest.mark.parametrize("engine", ["polars", "polars lazy", "pandas", "pyarrow"])
def test_other_engines_look_for_themselves(engine: str) -> None:
    assert not held(engine).looks_while_grouping


@pytest.mark.parametrize("engine", ["duckdb without pyarrow"])
def test_duckdb_can_tell_what_it_found_only_through_pyarrow(engine: str) -> None:
    assert not held(engine).looks_while_grouping


@pytest.mark.parametrize(
    ("engine", "codes"),
    [("polars", True), ("polars lazy", True), ("pandas", True), ("duckdb", False), ("pyarrow alone", False)],
)
def test_texts_are_numbered_where_polars_works(engine: str, codes: bool) -> None:
    assert held(engine).codes_texts is codes


@KINDS
def test_only_pyarrow_by_itself_may_miss_the_nearest_float_to_a_decimal(engine: str) -> None:
    made = held(engine)
    before_3 = engine == "pandas alone" and made.engine.is_pyarrow()  # which goes by PyArrow
    assert made.has_exact_decimals is (not before_3 and engine != "pyarrow alone")


@KINDS
def test_an_answer_goes_back_as_the_sort_of_frame_that_came(engine: str) -> None:
    made = held(engine)
    assert type(made.back(made.figures)) is type(frame_of(engine))


@pytest.mark.parametrize("library", ["pandas", "pyarrow"])
@pytest.mark.parametrize(
    ("there", "engine"),
    [
        ({"polars", "duckdb", "pyarrow"}, "polars"),
        ({"duckdb", "pyarrow"}, "duckdb"),
        ({"pyarrow"}, None),
        ({"polars", "duckdb"}, None),  # they exchange frames by PyArrow
    ],
)
def test_a_frame_in_memory_goes_into_the_fastest_engine_that_is_there_and_comes_back(
    library: str, there: set[str], engine: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in ("pyarrow", "polars", "duckdb"):
        pytest.importorskip(each)
    monkeypatch.setattr(backend, "find_spec", lambda name: find_spec(name) if name in there else None)
    monkeypatch.setattr(backend, "_is_pandas_before_3", lambda given: False)
    frame = frame_of(library)
    made = Backend(frame)
    assert made.engine.value == (engine or library)
    assert column(made, made.figures, "number") == COLUMNS["number"]
    assert type(made.back(made.figures)) is type(frame)


def test_pyarrow_by_itself_needs_no_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = frame_of("pyarrow")
    monkeypatch.setitem(sys.modules, "pandas", None)
    with mock.patch.object(backend, "_engine_for", return_value=None):
        made = Backend(frame)
    assert column(made, made.figures, "number") == COLUMNS["number"]


def test_a_type_that_only_pyarrow_has_is_called_what_it_calls_it() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    spans: Any = pyarrow.array([(1, 2, 3)], pyarrow.month_day_nano_interval())
    made = held("pyarrow alone", {"area": spans})
    with pytest.raises(InvalidTypeError, match="column 'area': given 'month_day_nano_interval'"):
        made.checked({"area": "text"})


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
