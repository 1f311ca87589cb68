"""Figures of a document of sources as one frame: for whole tables, which an engine reads and evaluates."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outcome_bees import frames
from outcome_bees.databases import load_query
from outcome_bees.errors import MissingExtraError
from outcome_bees.layouts import OwnLayout, Source, WideLayout
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import Plan
from outcome_bees.serializers.file_access import TABLES, Readable, format_of, name_of
from outcome_bees.serializers.observations import load_observations
from outcome_bees.sources._combining import combined_figures
from outcome_bees.sources.loading import path_of, read_sources

if TYPE_CHECKING:
    import polars as pl

__all__ = ["load_frame"]

_BY_ENGINE = ("csv", "parquet")


def load_frame(source: Readable, plan: Plan | None = None, *, format: str | None = None) -> "pl.DataFrame":
    """Return the figures of every file and query of a document of sources as one Polars frame.

    It has the columns of ``frames.FIGURES`` and one for each name of a breakdown, ready for ``frames.evaluate``. Tables
    of publishers and long tables, in CSV and Parquet, are read by the engine whatever their size; all else one by one.

    Args:
        source: The document in YAML, JSON or TOML: a path, or a file open for reading.
        plan: Whose measures say what figures without a unit count, where a source combines places.
        format: ``yaml``, ``json`` or ``toml``; ``None``: as the name's suffix says.

    Raises:
        DocumentError: With every problem of the document, or of a source that is read one by one.
        InvalidValueError: A table that is read by the engine has a column too few, or a cell that cannot be read: the
            first that is found. ``load_sources`` names them all, with their lines.
        MissingExtraError: Polars, or what reads one of the sources, is not installed.

    Example:
        >>> import pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> _ = (folder / "own.csv").write_text("measure,period,area,value\\nm,CY2024,E10000015,5\\n")
        >>> _ = (folder / "sources.yaml").write_text("{format: outcome-bees/1, sources: [{file: own.csv}]}")
        >>> load_frame(folder / "sources.yaml").select("measure", "period", "value").rows()
        [('m', 'CY2024', 5.0)]
    """
    if find_spec("polars") is None:
        raise MissingExtraError("Sources are given as a frame", "polars", "polars")
    import polars as pl

    _, sources = read_sources(source, format=format)
    folder = Path(name_of(source) or ".").parent
    found = [table for each in sources for table in _with_wholes(each, _frame(each, folder), plan)]
    return pl.concat([_of(()), *found], how="diagonal_relaxed")


def _with_wholes(source: Source, figures: "pl.DataFrame", plan: Plan | None) -> "list[pl.DataFrame]":
    """Return the figures of a source, and those of the places that it combines: the parts are few, and read as ones."""
    if not source.combine:
        return [figures]
    import polars as pl

    codes = [code for place, parts in source.combine.items() for code in (place, *parts)]
    own = {each.name for each in frames.FIGURES}
    rows = figures.filter(pl.col("area").is_in(codes)).iter_rows(named=True)
    listed = [
        Observation(
            breakdown={name: held for name, held in row.items() if name not in own and held is not None},
            **{name: held for name, held in row.items() if name in own},
        )
        for row in rows
    ]
    return [figures, _of(combined_figures(listed, source.combine, plan))]


def _frame(source: Source, folder: Path) -> "pl.DataFrame":
    import polars as pl

    path = path_of(source, folder)
    layout = source.reads_as
    if source.query is not None:
        return _of(load_query(path, source.query, layout=layout))
    chosen = format_of(path, source.format, (*TABLES, "json", "yaml", "toml"))
    if chosen not in _BY_ENGINE or isinstance(layout, (WideLayout, OwnLayout)):
        table = chosen in TABLES
        return _of(load_observations(path, format=source.format, layout=layout if table else None, sheet=source.sheet))
    raw = pl.read_csv(path, infer_schema_length=0) if chosen == "csv" else pl.read_parquet(path)
    return frames.from_layout(raw, layout)


def _of(figures: Any) -> "pl.DataFrame":
    import polars as pl

    kinds = dict.fromkeys(("value", "numerator", "denominator", "lower", "upper"), pl.Float64)
    columns = frames.from_observations(figures)
    return pl.DataFrame(columns, schema_overrides={name: kind for name, kind in kinds.items() if name in columns})
