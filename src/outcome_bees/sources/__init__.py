"""Documents of sources: which files and queries figures come from, and how each of them reads."""

from outcome_bees.sources.draft import Draft, Undecided
from outcome_bees.sources.frame_loading import load_frame
from outcome_bees.sources.inspection import inspect
from outcome_bees.sources.loading import load_sources

__all__ = ["Draft", "Undecided", "inspect", "load_frame", "load_sources"]


def __dir__() -> list[str]:
    return __all__
