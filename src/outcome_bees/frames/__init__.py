"""The same verdicts over whole tables: pandas, Polars, PyArrow, DuckDB and Spark, through narwhals.

Nothing is decided here. Scalar code runs on the few distinct periods of the figures and gives small tables
of plain numbers; the engine joins them to the figures, multiplies once where there is a reference, and
compares. What R or SQL want to do themselves can be done from ``rulebook``.
"""

from outcome_bees.frames.evaluate import evaluate

__all__ = ["evaluate"]
