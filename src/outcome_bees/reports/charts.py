"""Charts with their finding as the title: a measure's way to its target, control chart, bees, all places, history.

Every chart takes ``ax=`` and gives the axes back; ``svg`` and ``png`` make files of them. Without ``ax`` a chart has a
figure of its own and shows itself in a notebook. matplotlib (the extra ``report``) is imported when a chart is drawn.

Example:
    >>> from datetime import date
    >>> from outcome_bees import Measure, Observation, Reach, Target, evaluate
    >>> from outcome_bees.reports import charts
    >>> measure = Measure(id="plans", title="Plans in 20 weeks", unit="percent", direction="increase")
    >>> target = Target(id="t", measure="plans", aim=Reach(50), due="CY2024")
    >>> series = [Observation(measure="plans", period="CY2024", area="E10000015", value=56.3)]
    >>> answer = evaluate(target, measure=measure, observations=series, as_of=date(2025, 12, 31))
    >>> charts.words_of(charts.trajectory(answer, series, measure=measure, target=target)).title
    '56.3% in 2024: achieved, 6.3 percentage points ahead of what was required'
"""

from outcome_bees.reports._control_chart import control_chart
from outcome_bees.reports._drawing import ChartWords, png, svg, words_of
from outcome_bees.reports._overviews import bees, history, strip
from outcome_bees.reports._trajectory import sparkline, trajectory

__all__ = [
    "ChartWords",
    "bees",
    "control_chart",
    "history",
    "png",
    "sparkline",
    "strip",
    "svg",
    "trajectory",
    "words_of",
]


def __dir__() -> list[str]:
    return __all__
