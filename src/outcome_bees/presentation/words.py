"""What every status, reason and travel is called, and the shape that goes with its colour.

No colour carries a meaning alone: each has a word, and each status a shape of its own.
"""

import re

from outcome_bees.periods import MONTHS
from outcome_bees.vocabulary import Rag, Reason, Relation, Revision, Severity, Status, Travel, TravelBasis, Verdict

__all__ = ["BASIS", "BASIS_BRIEFLY", "LABEL", "MARK", "SENTENCE", "STAND_IN", "SYMBOL", "brief", "phrase"]

MARK: dict[Revision, str] = {
    Revision.PROVISIONAL: "[p]",
    Revision.REVISED: "[r]",
}
"""What is set beside a figure in a table that may still change, or has changed.

Source: the Analysis Function's guidance on symbols in tables, which writes [p] for provisional and [r] for revised.
"""

LABEL: dict[Status | Verdict | Rag | Travel | Severity | Relation, str] = {
    Status.ON_TRACK: "on track",
    Status.AT_RISK: "at risk",
    Status.OFF_TRACK: "off track",
    Status.ACHIEVED: "achieved",
    Status.NARROWLY_MISSED: "narrowly missed",
    Status.MISSED: "missed",
    Status.NOT_ASSESSED: "not assessed",
    Verdict.MET: "met",
    Verdict.NEAR: "nearly met",
    Verdict.OFF: "not met",
    Rag.GREEN: "green",
    Rag.AMBER: "amber",
    Rag.RED: "red",
    Rag.GREY: "grey",
    Travel.IMPROVING: "improving",
    Travel.WORSENING: "worsening",
    Travel.INCREASING: "increasing",
    Travel.DECREASING: "decreasing",
    Travel.NO_CHANGE: "no change",
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
    Relation.SAME: "the same",
    Relation.REWORDED: "reworded",
    Relation.NARROWED: "narrowed",
    Relation.WIDENED: "widened",
    Relation.SPLIT: "split",
    Relation.MERGED: "merged",
}

SYMBOL: dict[Status | Travel | Severity, str] = {
    Status.ON_TRACK: "●",
    Status.AT_RISK: "▲",
    Status.OFF_TRACK: "■",
    Status.ACHIEVED: "✔",
    Status.NARROWLY_MISSED: "≈",
    Status.MISSED: "✘",
    Status.NOT_ASSESSED: "–",
    # Better and worse slant; merely more and less are upright.
    Travel.IMPROVING: "↗",
    Travel.WORSENING: "↘",
    Travel.INCREASING: "↑",
    Travel.DECREASING: "↓",
    Travel.NO_CHANGE: "→",
    Severity.ERROR: "✘",
    Severity.WARNING: "▲",
    Severity.INFO: "–",
}

STAND_IN: dict[str, str] = {
    **{"●": "o", "▲": "!", "■": "#", "✔": "+", "≈": "~", "✘": "x", "–": "-", "─": "-"},
    **{"↗": "/", "↘": "\\", "↑": "^", "↓": "v", "→": "="},
    **{"‘": "'", "’": "'", "“": '"', "”": '"', "—": "-", "−": "-", "…": "...", "£": "GBP "},
}
"""What replaces a character where an encoding lacks it; no two symbols of statuses, nor two of travel, share one."""

BASIS: dict[TravelBasis, str] = {
    TravelBasis.PREVIOUS_PERIOD: "since the previous period",
    TravelBasis.SAME_PERIOD_LAST_YEAR: "since the same period last year",
}

# The usual basis is left out where there is little room; the other is not.
BASIS_BRIEFLY: dict[TravelBasis, str] = {
    TravelBasis.PREVIOUS_PERIOD: "",
    TravelBasis.SAME_PERIOD_LAST_YEAR: "on last year",
}

SENTENCE: dict[Reason, str] = {
    Reason.CONTEXTUAL: "it is shown for context and not judged",
    Reason.QUALITATIVE: "it is described in words, not in numbers",
    Reason.NO_TARGET: "the plan sets no target for it",
    Reason.NO_DIRECTION: "the plan does not say which way is better",
    Reason.PLACEHOLDER: "its target is still to be agreed",
    Reason.DISCONTINUED: "it was discontinued before the target was due",
    Reason.NO_DATA: "no figure is known",
    Reason.SUPPRESSED: "the figure is suppressed so that nobody can be identified",
    Reason.NOT_AVAILABLE: "the figure is not available",
    Reason.NOT_APPLICABLE: "the figure does not apply here",
    Reason.LOW: "the figure rounds to zero but is not zero",
    Reason.UNRELIABLE: "the figure is too unreliable to be used",
    Reason.SERIES_BREAK: "the figures before and after a break in the series cannot be compared",
    Reason.BASELINE_NOT_SET: "no baseline is known",
    Reason.COMPARATOR_MISSING: "the figures of the others for the same period are missing, or too few",
    Reason.REFERENCE_IS_ZERO: "a percentage of zero is undefined",
    Reason.INSUFFICIENT_HISTORY: "the figure of a year before is not known",
    Reason.NOT_YET_DUE: "it is not yet due and nothing can be said on the way",
    Reason.OVERDUE: "the figure for the due period is not known yet",
}


def phrase(reason: Reason) -> str:
    """Return a reason in two or three words, for a narrow column.

    Example:
        >>> phrase(Reason.BASELINE_NOT_SET)
        'baseline not set'
    """
    return reason.value.replace("_", " ")


_MONTH = re.compile("|".join(MONTHS))


def brief(label: str) -> str:
    """Shorten a period's label for a narrow column.

    Example:
        >>> brief("year ending 30 September 2024"), brief("31 March 2025")
        ('year to 30 Sep 2024', '31 Mar 2025')
    """
    return _MONTH.sub(lambda month: month[0][:3], label.replace("year ending", "year to"))
