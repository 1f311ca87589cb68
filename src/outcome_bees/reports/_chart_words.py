"""What a control chart says, in words: for its title and for a cell of a table alike."""

from outcome_bees.methods.spc import Assurance, ControlChart, Signal

__all__ = ["SIGNAL_WORDS", "chart_in_words"]

SIGNAL_WORDS = {
    Signal.COMMON_CAUSE: "steady",
    Signal.IMPROVEMENT: "changed for the better",
    Signal.CONCERN: "changed for the worse",
    Signal.HIGH: "changed upward",
    Signal.LOW: "changed downward",
}
_ASSURANCE = {
    Assurance.PASS: "will meet its target as it is",
    Assurance.FAIL: "will miss its target as it is",
    Assurance.INCONSISTENT: "meets its target by chance",
}


def chart_in_words(chart: ControlChart) -> str:
    """Say whether a series is steady or has changed, and whether it will meet its target; else why nobody can say.

    Example:
        >>> from outcome_bees import Period, methods
        >>> chart_in_words(methods.xmr([(Period.month(2024, 1), 5)]))
        'there are too few figures'
    """
    if chart.variation is None:
        return "nothing to judge by" if chart.reason is None else chart.reason.words
    assurance = "" if chart.assurance is None else f"; {_ASSURANCE[chart.assurance]}"
    return f"{SIGNAL_WORDS[chart.variation]}{assurance}"
