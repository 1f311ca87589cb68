"""A frame comes out as the sort that went in: at run time, and in an editor; for type checkers, see engines/."""

from typing import Any

import pytest

from outcome_bees import Measure, Plan, Reach, Target, frames

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


def test_an_editor_built_on_jedi_knows_what_comes_out() -> None:
    jedi = pytest.importorskip("jedi")
    pytest.importorskip("polars")
    typed = (
        "import polars\nfrom outcome_bees import frames\nframes.evaluate(plan, polars.DataFrame(), as_of=day).with_col"
    )
    assert "with_columns" in [each.name for each in jedi.Script(typed).complete()]
