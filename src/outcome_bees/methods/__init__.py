"""Methods that know chance and time, each small, named, and with its source; none of them changes a status.

Intervals say what chance alone explains; ``compare`` whether a difference is more than that; ``recent_trend`` and
``xmr`` whether a series has changed; ``required_rate`` and ``forecast`` whether the pace will do. Numbers in are exact;
results that are irrational are given to 15 significant digits, the same on every machine. A call with numbers that
cannot be is an ``InvalidValueError``; figures that have no answer are an answer with a reason, ``NoAnswer``.

Example:
    >>> from outcome_bees.methods import wilson
    >>> wilson(28, 60)
    Interval(lower=Decimal('0.3462...'), upper=Decimal('0.5910...'), level=Decimal('95'), method=<...>)
"""

from outcome_bees.chance.certainty import certainty_of
from outcome_bees.chance.intervals import (
    PUBLISHED_LEVEL,
    Interval,
    IntervalMethod,
    Unavailable,
    byar,
    interval_of,
    student,
    wilson,
)
from outcome_bees.methods.analysis import Analysis, MeasureAnalysis, Method, with_methods
from outcome_bees.methods.pace import ProgressStatus, RateProgress, required_rate
from outcome_bees.methods.peers import Funnel, FunnelLimits, FunnelPoint, FunnelStatistic, funnel, quantile_groups
from outcome_bees.methods.projection import Forecast, forecast
from outcome_bees.methods.significance import Comparison, Outcome, compare, outcome_of
from outcome_bees.methods.spc import Assurance, ChartPoint, ControlChart, Segment, Signal, SpecialCause, xmr
from outcome_bees.methods.trend import TREND_LEVEL, TREND_POINTS, Trend, TrendTest, recent_trend
from outcome_bees.vocabulary import Certainty, NoAnswer

__all__ = [
    "PUBLISHED_LEVEL",
    "TREND_LEVEL",
    "TREND_POINTS",
    "Analysis",
    "Assurance",
    "Certainty",
    "ChartPoint",
    "Comparison",
    "ControlChart",
    "Forecast",
    "Funnel",
    "FunnelLimits",
    "FunnelPoint",
    "FunnelStatistic",
    "Interval",
    "IntervalMethod",
    "MeasureAnalysis",
    "Method",
    "NoAnswer",
    "Outcome",
    "ProgressStatus",
    "RateProgress",
    "Segment",
    "Signal",
    "SpecialCause",
    "Trend",
    "TrendTest",
    "Unavailable",
    "byar",
    "certainty_of",
    "compare",
    "forecast",
    "funnel",
    "interval_of",
    "outcome_of",
    "quantile_groups",
    "recent_trend",
    "required_rate",
    "student",
    "wilson",
    "with_methods",
    "xmr",
]


def __dir__() -> list[str]:
    return __all__
