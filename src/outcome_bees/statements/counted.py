"""Things that are counted one by one, many or one of them."""

from outcome_bees.statements.cues.figures import COUNTED

__all__ = ["is_counted"]

_ONE = {"child": "children", "person": "people"}


def is_counted(word: str) -> bool:
    """Whether a word names such things: "schools", "school", "family"."""
    several = _ONE.get(word) or (word[:-1] + "ies" if word.endswith("y") else word + "s")
    return word in COUNTED or several in COUNTED
