"""A frame comes out as the sort that went in: at run time, and for mypy and pyright, which read this module."""

from typing import TYPE_CHECKING, Any, assert_type

import pytest

from outcome_bees import Measure, Plan, Reach, Target, frames

if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars
    import pyarrow

PLAN = Plan(
    id="p",
    title="P",
    measures=[Measure(id="m", title="M", unit="percent", direction="increase")],
    targets=[Target(id="t", measure="m", aim=Reach(50), due="CY2024")],
)
COLUMNS: dict[str, list[Any]] = {"measure": ["m"], "period": ["CY2024"], "area": ["E10000015"], "value": [56.3]}
AS_OF = "2025-12-31"


def test_polars_eager() -> None:
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame(COLUMNS)
    answers = frames.evaluate(PLAN, frame, as_of=AS_OF)
    assert isinstance(answers, polars.DataFrame)
    assert isinstance(frames.roll_up(PLAN, answers), polars.DataFrame)


def test_polars_lazy() -> None:
    polars = pytest.importorskip("polars")
    answers = frames.evaluate(PLAN, polars.LazyFrame(COLUMNS), as_of=AS_OF)
    assert isinstance(answers, polars.LazyFrame)


def test_pandas() -> None:
    pandas = pytest.importorskip("pandas")
    assert isinstance(frames.evaluate(PLAN, pandas.DataFrame(COLUMNS), as_of=AS_OF), pandas.DataFrame)


def test_pyarrow() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    assert isinstance(frames.evaluate(PLAN, pyarrow.table(COLUMNS), as_of=AS_OF), pyarrow.Table)


def test_duckdb() -> None:
    duckdb = pytest.importorskip("duckdb")
    figures = duckdb.sql("select 'm' as measure, 'CY2024' as period, 'E10000015' as area, 56.3::double as value")
    assert isinstance(frames.evaluate(PLAN, figures, as_of=AS_OF), duckdb.DuckDBPyRelation)


if TYPE_CHECKING:

    def eager(frame: polars.DataFrame) -> None:
        answers = frames.evaluate(PLAN, frame, as_of=AS_OF)
        assert_type(answers, polars.DataFrame)
        assert_type(frames.roll_up(PLAN, answers, by="measure"), polars.DataFrame)
        assert_type(frames.from_ees(frame, indicators={}), polars.DataFrame)
        assert_type(frames.compare(PLAN, frame, against="E92000001", as_of=AS_OF), polars.DataFrame)
        assert_type(frames.trend(PLAN, frame, as_of=AS_OF), polars.DataFrame)
        assert_type(frames.xmr(PLAN, frame, as_of=AS_OF), polars.DataFrame)

    def lazy(frame: polars.LazyFrame) -> None:
        assert_type(frames.evaluate(PLAN, frame, as_of=AS_OF, history=True), polars.LazyFrame)

    def of_pandas(frame: pandas.DataFrame) -> None:
        assert_type(frames.evaluate(PLAN, frame, as_of=AS_OF), pandas.DataFrame)

    def of_pyarrow(table: pyarrow.Table) -> None:
        assert_type(frames.evaluate(PLAN, table, as_of=AS_OF), pyarrow.Table)

    def of_duckdb(relation: duckdb.DuckDBPyRelation) -> None:
        assert_type(frames.evaluate(PLAN, relation, as_of=AS_OF), duckdb.DuckDBPyRelation)
        assert_type(frames.trend(PLAN, relation, as_of=AS_OF), duckdb.DuckDBPyRelation)

    def no_frame(rows: list[int]) -> None:
        frames.evaluate(PLAN, rows, as_of=AS_OF)  # type: ignore[type-var]  # pyright: ignore[reportArgumentType]
