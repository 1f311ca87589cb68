"""The way into an engine and back: any frame becomes a lazy one, small tables join it, the answer goes out as it came.

What each engine needs of its own is in this module and nowhere else.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import narwhals.stable.v2 as nw

from outcome_bees.errors import InvalidTypeError
from outcome_bees.frames.columns import FIGURES
from outcome_bees.frames.tables import Table, in_engine

__all__ = ["Door"]

_ALLOWED = "a pandas, Polars or Spark DataFrame, a Polars LazyFrame, a pyarrow Table or a DuckDB relation"


class Door:
    """An engine that a frame lies in, or was carried into because it is the faster one.

    Args:
        native: The frame as the user has it.
    """

    def __init__(self, native: Any) -> None:
        try:
            frame: Any = nw.from_native(native)
        except TypeError:
            raise InvalidTypeError("frame", type(native).__name__, _ALLOWED) from None
        self._given = frame.implementation
        self._eager = isinstance(frame, nw.DataFrame)
        if self._given.is_pandas_like() and self._eager:
            frame = _typed(frame)
        if self._eager:
            frame = frame.lazy(_engine_for(frame.implementation))
        self.figures: nw.LazyFrame[Any] = frame
        self.engine = frame.implementation

    def table(self, table: Table) -> nw.LazyFrame[Any]:
        """The small table as a frame of the engine."""
        made: Any = nw.from_native(in_engine(table, self.engine, nw.to_native(self.figures)))
        return made.lazy() if isinstance(made, nw.DataFrame) else made

    def rows(self, frame: nw.LazyFrame[Any]) -> list[dict[str, Any]]:
        """A small answer, read into Python."""
        rows: list[dict[str, Any]] = self._collected(frame).rows(named=True)
        return rows

    def back(self, frame: nw.LazyFrame[Any]) -> Any:
        """The answer as a frame of the sort that was given."""
        if not self._eager:
            return nw.to_native(frame)
        collected = self._collected(frame)
        if self.engine is self._given:
            return collected.to_native()
        return collected.to_pandas() if self._given.is_pandas_like() else collected.to_arrow()

    def _collected(self, frame: nw.LazyFrame[Any]) -> Any:
        if self.engine.is_polars():
            # Measured: on ten million rows half the time, and a third of the memory, of the engine in memory.
            return frame.collect("polars", engine="streaming")
        if self.engine.is_pyspark():
            return _Rows(frame.columns, nw.to_native(frame).collect())
        if self.engine.is_duckdb() and find_spec("pyarrow") is None:
            return _Rows(frame.columns, nw.to_native(frame).fetchall())
        return frame.collect()

    def highest(self, frame: nw.LazyFrame[Any], column: str, among: Sequence[str], name: str) -> nw.LazyFrame[Any]:
        """The frame with the highest value that a column has in each group."""
        if self.engine.is_polars() or self.engine.is_duckdb():
            # DuckDB joined with its groups takes a third more time; and it may do that join before those that the
            # frame is made of, which for the published file's plan of 434 measures made 8 GB and a minute and a half.
            return frame.with_columns(nw.col(column).max().over(*among).alias(name))
        # Elsewhere a window sorts, or is not there.
        best = frame.group_by(*among).agg(nw.col(column).max().alias(name))
        return frame.join(best, on=list(among), how="left")

    def places(self, frame: nw.LazyFrame[Any], column: str, among: Sequence[str], **names: bool) -> nw.LazyFrame[Any]:
        """The frame with the place of each value from the lowest, 1, in its group.

        Args:
            names: What each place is called, and whether equal values share the highest of theirs.
        """
        if not self.engine.is_pyarrow():
            ranks = {
                name: nw.col(column).rank("max" if shared else "ordinal").over(*among).alias(name)
                for name, shared in names.items()
            }
            return frame.with_columns(*ranks.values())
        frame = frame.with_row_index("row", order_by=[*among, column])
        first = frame.group_by(*among).agg(nw.col("row").min().alias("first_row"))
        frame = frame.join(first, on=list(among), how="inner")
        for name, shared in names.items():
            if shared:
                last = frame.group_by(*among, column).agg(nw.col("row").max().alias("last_row"))
                frame = frame.join(last, on=[*among, column], how="inner")
            place = nw.col("last_row" if shared else "row") - nw.col("first_row") + 1
            frame = frame.with_columns(place.alias(name)).drop("last_row", strict=False)
        return frame.drop("row", "first_row")


class _Rows:
    """Rows of an engine that nothing else is installed to hold."""

    def __init__(self, columns: list[str], rows: Sequence[Any]) -> None:
        self._columns, self._rows = columns, rows

    def rows(self, *, named: bool) -> list[dict[str, Any]]:
        return [dict(zip(self._columns, tuple(row), strict=True)) for row in self._rows]


def _typed(frame: Any) -> Any:
    """The frame with the types of the contract where pandas gives a column that holds nothing none at all."""
    kinds = {"number": nw.Float64(), "date": nw.Datetime()}
    there = frame.to_native().dtypes
    bare = [each for each in FIGURES if each.type in kinds and str(there.get(each.name)) == "object"]
    return frame.with_columns(
        nw.lit(None, kinds[each.type]).alias(each.name) for each in bare if frame[each.name].is_null().all()
    )


def _engine_for(given: nw.Implementation) -> Any:
    """The engine that a frame in memory is evaluated in: Polars where it can be reached, else DuckDB, else its own."""
    if given.is_polars():
        return "polars"
    if find_spec("pyarrow") is not None:  # what they exchange frames by
        for engine in ("polars", "duckdb"):
            if find_spec(engine) is not None:
                return engine
    return None
