"""Engines: any frame becomes a lazy one, small tables join it, and the answer goes out as the frame came.

What each engine needs of its own, or does better than the common way, is in this module and nowhere else.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from math import prod
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from outcome_bees.errors import InvalidTypeError, MissingExtraError
from outcome_bees.frames._types import checked_types, with_objects_read, with_wall_days
from outcome_bees.frames.coding import Coding
from outcome_bees.identifiers import sql_name
from outcome_bees.model.index import Observations

__all__ = ["MOST_IN_GROUP", "Backend", "Lazy", "LookupTable", "LookupValue"]

Lazy = nw.LazyFrame[Any]
LookupValue = str | int | float | None
MOST_IN_GROUP = 63
"""How many rows of a group ``Backend.highest_once`` can tell apart."""
_SEED = 2013  # of the hashes by which rows are compared: any will do, and the same one each time
_SPARSE, _FEW_PLACES = 8, 1_000_000
"""How many places a small table may have for each of its rows, and beside that, to be found by them."""
_FEW_GROUPS = 1_000_000
"""How many groups every worker of Spark may be given whole, so that the rows need not go to their groups."""
_ROW, _TEXTS = "row of table", "code of texts"
_ALLOWED = "a pandas, Polars or Spark DataFrame, a Polars LazyFrame, a pyarrow Table or a DuckDB relation"


@frozen
class LookupTable:
    """A small table made in Python, to be joined with figures.

    Attributes:
        types: The type of every column, by name: ``str``, ``int`` or ``float``. There are two or more.
        columns: Its columns, by name.
    """

    types: Mapping[str, type]
    columns: Mapping[str, Sequence[LookupValue]]

    @classmethod
    def of(cls, types: Mapping[str, type], rows: Iterable[Sequence[LookupValue]]) -> "LookupTable":
        """Return the table of rows."""
        held = list(zip(*rows, strict=True)) or [()] * len(types)
        return cls(types, dict(zip(types, held, strict=True)))

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    @property
    def rows(self) -> Iterable[tuple[LookupValue, ...]]:
        """Its rows."""
        return zip(*self.columns.values(), strict=True)

    def without(self, names: Iterable[str]) -> "LookupTable":
        """Return the table without some of its columns."""
        kept = [name for name in self.types if name not in set(names)]
        return LookupTable({name: self.types[name] for name in kept}, {name: self.columns[name] for name in kept})


class Backend:
    """An engine that a frame lies in, or was carried into because it is the faster one.

    Args:
        native: The frame as the user has it.
        kinds: The kind of each column that will be read (``text``, ``number``, ``date``, ``part`` or ``label``);
            others are left as they are.

    Raises:
        InvalidTypeError: It is no frame, or a column of Python objects holds some that are not of its kind.
    """

    def __init__(self, native: Any, kinds: Mapping[str, str] | None = None) -> None:
        try:
            frame: Any = nw.from_native(native)
        except TypeError:
            is_figures = isinstance(native, Observations)
            hint = "frames.from_observations gives its columns" if is_figures else None
            raise InvalidTypeError("frame", type(native).__name__, _ALLOWED, hint) from None
        self._given = frame.implementation
        self._eager = isinstance(frame, nw.DataFrame)
        self._native_types = _native_types(native, frame.implementation)
        if self._eager and kinds:
            if self._given.is_pandas_like():
                frame = with_objects_read(frame, kinds)
            frame = with_wall_days(frame, kinds)
        if self._eager:
            engine = _engine_for(frame.implementation)
            if engine is None and _is_pandas_before_3(frame.implementation):
                frame = _in_arrow_of_pandas(frame)
            frame = frame.lazy(engine)
        self.figures: Lazy = frame
        self.engine = frame.implementation

    @property
    def has_exact_decimals(self) -> bool:
        """Whether the engine makes of a decimal the float nearest to it; pyarrow multiplies, and may miss it."""
        return not self.engine.is_pyarrow()

    def checked(self, kinds: Mapping[str, str]) -> Lazy:
        """Return the figures, once every column that will be read is seen to be of its kind.

        Raises:
            InvalidTypeError: A column is of a type that is not understood.
        """
        return checked_types(self.figures, kinds, self._native_types, self.rows)

    def table(self, table: LookupTable) -> Lazy:
        """Return the small table as a frame of the engine."""
        made: Any = nw.from_native(_in_engine(table, self.engine, nw.to_native(self.figures)))
        return made.lazy() if isinstance(made, nw.DataFrame) else made

    def rows(self, frame: Lazy) -> list[dict[str, Any]]:
        """Return the rows of a small answer."""
        rows: list[dict[str, Any]] = self._collected(frame).rows(named=True)
        return rows

    def distinct(self, frame: Lazy, *names: str) -> list[dict[str, Any]]:
        """Return the different rows of some columns, by grouping: to make rows unique, PyArrow would need NumPy."""
        return self.rows(frame.group_by(*names).agg(nw.len().alias("rows of each")).select(*names))

    def back(self, frame: Lazy) -> Any:
        """Return the answer as a frame of the sort that was given."""
        if not self._eager:
            return nw.to_native(frame)
        collected = self._collected(frame)
        if self.engine is self._given:
            return collected.to_native()
        return collected.to_pandas() if self._given.is_pandas_like() else collected.to_arrow()

    def _collected(self, frame: Lazy) -> Any:
        if self.engine.is_polars():
            # Measured: on ten million rows half the time, and a third of the memory, of the engine in memory.
            return frame.collect("polars", engine="streaming")
        if self.engine.is_pyspark():
            return _Rows(frame.columns, nw.to_native(frame).collect())
        if self.engine.is_duckdb() and find_spec("pyarrow") is None:
            return _Rows(frame.columns, nw.to_native(frame).fetchall())
        return frame.collect()

    @property
    def codes_texts(self) -> bool:
        """Whether it pays to give numbers to texts before anything is grouped or joined by them."""
        return bool(self.engine.is_polars())

    def with_categories(self, frame: Lazy, names: Sequence[str]) -> Lazy:
        """Return the frame worked out now, texts of some columns as categories, where that makes grouping quicker.

        Each text is hashed this once; whatever groups, filters or looks up by them later has small numbers.
        """
        if not self._eager or not self.engine.is_polars():
            return frame
        import polars as pl

        kind = pl.Categorical(pl.Categories.random())  # of these texts alone, whatever else the process has
        native: Any = nw.to_native(frame)
        return self.held(nw.from_native(native.with_columns(pl.col(*names).cast(kind)) if names else native))

    def with_code(self, frame: Lazy, name: str, coding: Coding) -> Lazy:
        """Return the frame with the number of the texts in some columns; null where a column holds another text."""
        import polars as pl

        native: Any = nw.to_native(frame)
        types = native.collect_schema()
        code: Any = pl.lit(0, pl.Int64)
        for column, places in coding.places.items():
            code = code * len(places) + _place_of_text(column, types[column], list(places)).cast(pl.Int64)
        coded: Lazy = nw.from_native(native.with_columns(code.alias(name)))
        return coded

    def looked_up(self, frame: Lazy, table: LookupTable, on: Sequence[str]) -> Lazy:
        """Return the rows that have a row in a small table, with its further columns, as an inner join does.

        In memory Polars takes whole numbers for places in the table: a tenth of what its join takes (641,070 rows).

        Args:
            frame: The rows; in the columns ``on`` whole numbers, or null.
            table: The table; where no two of its rows are alike in ``on``, they can be found by place.
            on: The columns of both.
        """
        places = _Places.of(table, on) if self._eager and self.engine.is_polars() else None
        if places is None:
            return frame.join(self.table(table), on=list(on), how="inner")
        found: Lazy = nw.from_native(places.looked_up(nw.to_native(frame)))
        return found

    def with_texts_looked_up(self, frame: Lazy, table: LookupTable, on: Sequence[str]) -> Lazy:
        """Return the rows that have a row in a small table, found by texts, with its further columns."""
        if not self.codes_texts:
            return frame.join(self.table(table), on=list(on), how="inner")
        columns: Mapping[str, Any] = table.columns
        coding = Coding.of({name: columns[name] for name in on})
        numbers, further = coding.numbers([columns[name] for name in on]), table.without(on)
        numbered = LookupTable({_TEXTS: int, **further.types}, {_TEXTS: numbers, **further.columns})
        return self.looked_up(self.with_code(frame, _TEXTS, coding), numbered, [_TEXTS]).drop(_TEXTS)

    def held(self, frame: Lazy) -> Lazy:
        """Return the frame worked out now, where it lies in memory and is to be gone through several times."""
        if not self._eager or not self.engine.is_polars():
            return frame
        held: Lazy = nw.from_native(self._collected(frame).to_native().lazy())
        return held

    def worked_out(self, frame: Lazy) -> Lazy:
        """Return the frame worked out now, where a plan that joins it with itself would go through it many times."""
        if self.engine.is_polars():
            made: Lazy = nw.from_native(self._collected(frame).to_native().lazy())
            return made
        if self.engine.is_duckdb() and find_spec("pyarrow") is not None:
            native: Any = nw.to_native(frame)
            beside: Any = nw.to_native(self.figures)
            _outcome_bees_table = native.to_arrow_table()
            assert _outcome_bees_table is not None, "and the query keeps it"
            held: Lazy = nw.from_native(beside.query("_unread", "FROM _outcome_bees_table"))
            return held
        if self.engine.is_pyspark():
            native = nw.to_native(frame)
            kept: Lazy = nw.from_native(native.localCheckpoint())  # where the executors are; no Python reads it
            return kept
        return frame

    def may_repeat(self, frame: Lazy, keys: Sequence[str]) -> bool:
        """Return whether two rows may have the same keys, by their hashes: never no where they do.

        Only a yes is worth a closer look. An engine without a quick answer says yes.
        """
        native: Any = nw.to_native(frame)
        if self.engine.is_polars():
            import polars as pl

            hashed = pl.col(keys[0]) if len(keys) == 1 else pl.struct(keys).hash(seed=_SEED)
            held = native.select(hashed).collect(engine="streaming").to_series()
            return bool(held.n_unique() < len(held))
        if self.engine.is_duckdb():
            columns = ", ".join(map(sql_name, keys))
            hashes = f"SELECT hash({columns}) AS hashed FROM _unread"
            beside = f"SELECT hashed, lag(hashed) OVER (ORDER BY hashed) AS before FROM ({hashes})"
            return bool(native.query("_unread", f"SELECT 1 FROM ({beside}) WHERE hashed = before LIMIT 1").fetchall())
        if self.engine.is_pyspark():
            from pyspark.sql import functions  # pyright: ignore[reportMissingImports]  # only where a Spark frame came in

            hashes = native.select(functions.xxhash64(*_spark_columns(keys)).alias("hashed")).groupBy("hashed")
            return bool(hashes.count().filter("count > 1").limit(1).collect())
        return True

    def with_highest(self, frame: Lazy, column: str, among: Sequence[str], name: str) -> Lazy:
        """Return the frame with the highest value that a column has in each group."""
        if self.engine.is_polars() or self.engine.is_duckdb():
            # DuckDB joined with its groups takes a tenth more time; and it may do that join before those that the
            # frame is made of, which for a published file's plan of 434 measures made 8 GB and a minute and a half.
            return frame.with_columns(nw.col(column).max().over(*among).alias(name))
        # Elsewhere a window sorts, or is not there.
        best = frame.group_by(*among).agg(nw.col(column).max().alias(name))
        return frame.join(best, on=list(among), how="left")

    @property
    def looks_while_grouping(self) -> bool:
        """Whether one grouping may find the highest of each group and see that no two rows are alike.

        In DuckDB that is a third of the time of a window and of sorted hashes. Spark would send every row to others to
        count it, and again to join it with its group. What is found is worked out: the answer needs it once more, and
        rows are joined with a table of known size.
        """
        return self.engine.is_pyspark() or (self.engine.is_duckdb() and find_spec("pyarrow") is not None)

    def highest_once(self, frame: Lazy, column: str, among: Sequence[str], name: str, each: str) -> Lazy | None:
        """Return the highest value that a column has in each group; ``None`` where two rows are alike.

        Args:
            frame: The rows.
            column: The column.
            among: What the rows are grouped by.
            name: What the highest value is called.
            each: The column of numbers from 0, below ``MOST_IN_GROUP``, of which no group should have one twice.
        """
        made = _highest_in_spark if self.engine.is_pyspark() else _highest_in_duckdb
        groups = self.worked_out(nw.from_native(made(nw.to_native(frame), column, among, name, each)))
        counted = self.rows(groups.group_by("repeated").agg(nw.len().alias("groups")))
        many = {row["repeated"]: row["groups"] for row in counted}
        if True in many:
            return None
        groups = groups.filter(~nw.col(name).is_null()).select(*among, name)
        return _given_whole(groups) if many.get(False, 0) <= _FEW_GROUPS else groups

    def with_sums(self, frame: Lazy, among: Sequence[str], **names: str) -> Lazy:
        """Return the frame with the sum of a column in each group beside every row of it.

        Args:
            names: What each sum is called, and the column that is added up; a sum may take its column's place.
        """
        if not self.engine.is_pyarrow():
            return frame.with_columns(nw.col(column).sum().over(*among).alias(name) for name, column in names.items())
        # What narwhals makes of a window is a join, set beside the rows as they were; and PyArrow, which joins on
        # several threads, keeps no order. Joined by their group the sums are right in any.
        sums = frame.group_by(*among).agg(nw.col(column).sum().alias(name) for name, column in names.items())
        return frame.drop(*names, strict=False).join(sums, on=list(among), how="inner")

    def with_ranks(self, frame: Lazy, column: str, among: Sequence[str], **names: bool) -> Lazy:
        """Return the frame with the place of each value from the lowest, 1, in its group.

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


@frozen
class _Places:
    """Where the rows of a small table are found by whole numbers: one place for every number there may be.

    Attributes:
        table: The table.
        bounds: By column that they are found by, its least number, and how many there are from that to its greatest.
        rows: The place of the row of each number, the last column's numbers next to each other; ``None`` has no row.
    """

    table: LookupTable
    bounds: Mapping[str, tuple[int, int]]
    rows: Sequence[int | None]

    @classmethod
    def of(cls, table: LookupTable, on: Sequence[str]) -> "_Places | None":
        """Return the places of a table's rows; ``None`` where they would be too many, or two rows had the same."""
        columns: Mapping[str, Any] = table.columns
        if not len(table) or any(table.types[name] is not int for name in on):
            return None
        bounds = {name: (min(columns[name]), max(columns[name]) - min(columns[name]) + 1) for name in on}
        size = prod(many for _, many in bounds.values())
        if size > _SPARSE * len(table) + _FEW_PLACES:
            return None
        places = [0] * len(table)
        for name, (least, many) in bounds.items():
            places = [place * many + number - least for place, number in zip(places, columns[name], strict=True)]
        rows: list[int | None] = [None] * size
        for at, place in enumerate(places):
            rows[place] = at
        return cls(table, bounds, rows) if len(set(places)) == len(places) else None

    def looked_up(self, frame: Any) -> Any:
        """Return the rows of a frame of Polars that have a place here, with what is there."""
        import polars as pl

        place: Any = pl.lit(0, pl.Int64)
        inside: Any = pl.lit(value=True)
        for name, (least, many) in self.bounds.items():
            number = pl.col(name).cast(pl.Int64)
            place = place * many + number - least
            inside &= number.is_between(least, least + many - 1)
        rows = pl.Series([*self.rows, None], dtype=pl.UInt32)  # of a series of one, Polars would make a scalar
        row = pl.lit(rows).gather(pl.when(inside).then(place))
        frame = frame.with_columns(row.alias(_ROW)).filter(pl.col(_ROW).is_not_null())
        held = {}
        for name, values in self.table.columns.items():
            if name not in self.bounds:
                series = pl.Series([*values, None], dtype=_polars_type(self.table.types[name]))
                held[name] = pl.lit(series).gather(pl.col(_ROW))
        return frame.with_columns(**held).drop(_ROW)


class _Rows:
    """Rows of an engine that nothing else is installed to hold."""

    def __init__(self, columns: list[str], rows: Sequence[Any]) -> None:
        self._columns, self._rows = columns, rows

    def rows(self, *, named: bool) -> list[dict[str, Any]]:
        return [dict(zip(self._columns, tuple(row), strict=True)) for row in self._rows]


def _native_types(native: Any, engine: nw.Implementation) -> dict[str, str]:
    """Return what the engine itself calls the type of each column, for errors to name."""
    if engine.is_polars():
        types: Any = native.collect_schema()
    elif engine.is_pyarrow():
        types = {each.name: each.type for each in native.schema}
    elif engine.is_duckdb():
        types = dict(zip(native.columns, native.types, strict=True))
    else:  # pandas, Spark, and what is made like them
        types = getattr(native, "dtypes", ())
    return {name: str(kind) for name, kind in dict(types).items()}


def _engine_for(given: nw.Implementation) -> Any:
    """Return the engine that evaluates a frame in memory: Polars where it can be reached, else DuckDB, else its own."""
    if find_spec("pyarrow") is not None:  # what they exchange frames by
        for engine in ("polars", "duckdb"):
            if find_spec(engine) is not None:
                return engine
    return None


def _is_pandas_before_3(given: nw.Implementation) -> bool:
    """Return whether it is a pandas whose texts are Python objects, which it groups and joins wrongly or not at all."""
    if not given.is_pandas():
        return False
    import pandas as pd

    return int(pd.__version__.partition(".")[0]) < 3


def _in_arrow_of_pandas(frame: Any) -> Any:
    """Return a frame of pandas before 3 as one of PyArrow.

    Raises:
        MissingExtraError: There is no PyArrow.
    """
    if find_spec("pyarrow") is None:
        raise MissingExtraError("a frame of pandas before 3 is evaluated", "arrow", "pyarrow")
    return nw.from_native(frame.to_arrow())


def _in_engine(table: LookupTable, engine: nw.Implementation, beside: Any) -> Any:
    """Return the table as a native frame of an engine.

    Args:
        beside: A native frame of the same engine, whose connection or session it is to share.
    """
    if engine.is_duckdb():
        return _in_duckdb(table, beside)
    if engine.is_pyspark():
        return _in_spark(table, beside.sparkSession)
    kinds: dict[type, Any] = {str: nw.String, int: nw.Int64, float: nw.Float64}
    columns = {name: list(held) for name, held in table.columns.items()}
    schema = {name: kinds[kind] for name, kind in table.types.items()}
    backend: Any = engine
    return nw.from_dict(columns, schema=schema, backend=backend).to_native()


def _place_of_text(column: str, kind: Any, texts: Sequence[str]) -> Any:
    """Return the place of each text of a column of Polars among some; null of another text."""
    import polars as pl

    if not isinstance(kind, pl.Categorical):
        return pl.col(column).cast(pl.Enum(texts), strict=False).to_physical()
    numbers = pl.Series(texts, dtype=kind).to_physical()
    places: list[int | None] = [None] * (max(numbers, default=0) + 2)  # of a series of one, Polars would make a scalar
    for place, number in enumerate(numbers):
        places[number] = place
    number = pl.col(column).to_physical()
    return pl.lit(pl.Series(places, dtype=pl.UInt32)).gather(pl.when(number < len(places)).then(number))


def _polars_type(kind: type) -> Any:
    import polars as pl

    return {str: pl.String, int: pl.Int64, float: pl.Float64}[kind]


def _in_duckdb(table: LookupTable, beside: Any) -> Any:
    """Return it as a query of the relation's own connection, which is all that it can be joined with.

    Arrow shows DuckDB how many rows there are; without, it takes them for one, and may join in a bad order.
    JSON is read fast: twenty thousand rows in 0.3 s, against 18 s as VALUES.
    """
    if find_spec("pyarrow") is not None:
        _outcome_bees_table = _in_arrow(table)  # the query finds it by this name, where there is no table that has it
        assert _outcome_bees_table is not None, "and keeps it"
        return beside.query("_unread", "FROM _outcome_bees_table")
    kinds = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE"}
    shape = json.dumps({name: [kinds[kind]] for name, kind in table.types.items()})
    text = json.dumps(dict(table.columns)).replace("'", "''")
    columns = ", ".join(f'unnest(held."{name}") AS "{name}"' for name in table.types)
    return beside.query("_unread", f"SELECT {columns} FROM (SELECT from_json('{text}', '{shape}') AS held)")


def _in_arrow(table: LookupTable) -> Any:
    import pyarrow as pa

    kinds: dict[type, Any] = {str: pa.string(), int: pa.int64(), float: pa.float64()}
    return pa.table({name: pa.array(held, kinds[table.types[name]]) for name, held in table.columns.items()})


def _highest_in_spark(native: Any, column: str, among: Sequence[str], name: str, each: str) -> Any:
    """Return the highest value of each group, and whether two of its rows have the same number."""
    from pyspark.sql import functions  # pyright: ignore[reportMissingImports]  # likewise

    bits = f"bit_count(bit_or(shiftleft(1L, CAST(`{each}` AS INT))))"
    highest, repeated = functions.max(column).alias(name), functions.expr(f"count(*) <> {bits}")
    return native.groupBy(*_spark_columns(among)).agg(highest, repeated.alias("repeated"))


def _highest_in_duckdb(native: Any, column: str, among: Sequence[str], name: str, each: str) -> Any:
    """Return the highest value of each group of a relation, and whether two of its rows have the same number."""
    keys = ", ".join(map(sql_name, among))
    bits = f"bit_count(bit_or(1::BIGINT << {sql_name(each)}::INTEGER))"
    return native.aggregate(
        f"{keys}, max({sql_name(column)}) AS {sql_name(name)}, count(*) <> {bits} AS repeated", keys
    )


def _given_whole(frame: Lazy) -> Lazy:
    """Return a frame that every worker of Spark gets whole where it is joined; of another engine, as it is."""
    if not frame.implementation.is_pyspark():
        return frame
    from pyspark.sql.functions import broadcast  # pyright: ignore[reportMissingImports]  # likewise

    given: Lazy = nw.from_native(broadcast(nw.to_native(frame)))
    return given


def _spark_columns(names: Iterable[str]) -> list[Any]:
    """Return columns of a frame of Spark by their names, whatever is in those."""
    from pyspark.sql.functions import col  # pyright: ignore[reportMissingImports]  # likewise

    return [col("`" + name.replace("`", "``") + "`") for name in names]


def _in_spark(table: LookupTable, session: Any) -> Any:
    """Return it as a frame that every worker gets whole: no shuffle for it, and no Python to read it."""
    from pyspark.sql.functions import broadcast  # pyright: ignore[reportMissingImports]  # only where a Spark frame came in

    if find_spec("pyarrow") is not None and len(table):
        return broadcast(session.createDataFrame(_in_arrow(table)))
    words = {str: "string", int: "bigint", float: "double"}
    schema = ", ".join(f"`{name}` {words[kind]}" for name, kind in table.types.items())
    return broadcast(session.createDataFrame(list(table.rows), schema))
