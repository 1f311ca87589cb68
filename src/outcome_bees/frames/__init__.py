"""The same verdicts over whole tables: pandas, Polars, PyArrow, DuckDB and Spark, through narwhals.

No rule is written here. Scalar code runs on the few distinct periods of the figures and gives small tables
of plain numbers; the engine joins them to the figures, multiplies once where there is a reference, and
compares. What R or SQL are to do themselves can be done from ``rulebook``.
"""

from outcome_bees.frames.bulk import evaluate
from outcome_bees.frames.contract import CERTAINTY, FIGURES, RESULTS, REVISION
from outcome_bees.frames.files import BulkAnswers, ScannedFile, scan
from outcome_bees.frames.objects import evaluations, from_observations
from outcome_bees.frames.published import from_ees, from_lait, from_layout
from outcome_bees.frames.rollup import roll_up
from outcome_bees.frames.rule_rows import rulebook
from outcome_bees.frames.series_charts import xmr
from outcome_bees.frames.series_comparisons import compare
from outcome_bees.frames.series_trends import trend

__all__ = [
    "CERTAINTY",
    "FIGURES",
    "RESULTS",
    "REVISION",
    "BulkAnswers",
    "ScannedFile",
    "compare",
    "evaluate",
    "evaluations",
    "from_ees",
    "from_lait",
    "from_layout",
    "from_observations",
    "roll_up",
    "rulebook",
    "scan",
    "trend",
    "xmr",
]


def __dir__() -> list[str]:
    return __all__
