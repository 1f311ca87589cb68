"""The columns, levels of geography, totals, symbols and periods of each published form of table, each known once.

A layout describes a kind of table. ``load_observations(path, layout=…)`` reads a file with it and
``frames.from_layout(frame, …)`` a frame: the same rows give the same observations.
"""

from outcome_bees.layouts.ees import EesLayout, Indicator
from outcome_bees.layouts.fingertips import FingertipsLayout
from outcome_bees.layouts.header import Layout, UnmatchedNameWarning
from outcome_bees.layouts.lait import LaitLayout
from outcome_bees.layouts.long import LongLayout, ReadAs
from outcome_bees.layouts.nomis import NomisLayout
from outcome_bees.layouts.own import OwnLayout
from outcome_bees.layouts.source import Source
from outcome_bees.layouts.wide import WideLayout
from outcome_bees.layouts.written_numbers import Numbers

__all__ = [
    "EesLayout",
    "FingertipsLayout",
    "Indicator",
    "LaitLayout",
    "Layout",
    "LongLayout",
    "NomisLayout",
    "Numbers",
    "OwnLayout",
    "ReadAs",
    "Source",
    "UnmatchedNameWarning",
    "WideLayout",
]


def __dir__() -> list[str]:
    return __all__
