"""What the changelog says of verdicts that changed from one version of the library to another."""

import re
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from outcome_bees.evaluation.result import Evaluation

__all__ = ["lines_on", "verdict_lines"]

_RELEASE = re.compile(r"^## \[([^]]+)\]", re.MULTILINE)
_ITEM = re.compile(r"^ *- ", re.MULTILINE)


@cache
def _changelog() -> str:
    """Return the changelog: that of the package, else that of the checkout; empty where neither is there."""
    packaged = files("outcome_bees") / "CHANGELOG.md"
    here = Path(__file__).resolve().parents[3] / "CHANGELOG.md"
    for each in (packaged, here):
        if each.is_file():
            return each.read_text(encoding="utf-8")
    return ""


@lru_cache(maxsize=64)  # a card may say that it is of any version
def verdict_lines(since: str) -> tuple[str, ...]:
    """Return the lines under Verdicts in the changelog of every version after one, the newest first.

    Example:
        >>> any("dead band" in line for line in verdict_lines("0.1.0"))
        True
    """
    found: list[str] = []
    parts = _RELEASE.split(_changelog())[1:]
    for version, text in zip(parts[::2], parts[1::2], strict=True):
        if version == since:
            break
        _, _, section = text.partition("### Verdicts\n")
        lines = _ITEM.split(section.partition("\n### ")[0])[1:]
        found += [" ".join(each.split()).rstrip(".") for each in lines]
    return tuple(found)


def lines_on(lines: tuple[str, ...], one: Evaluation, other: Evaluation) -> tuple[str, ...]:
    """Return the lines that name a status or reason of two answers that differ; all of them where none does.

    Example:
        >>> lines_on((), *[None] * 2)
        ()
    """
    if not lines:
        return ()
    pairs = ((one.status, other.status), (one.reason, other.reason), (one.travel, other.travel))
    words = {each.value for pair in pairs if pair[0] is not pair[1] for each in pair if each is not None}
    words -= {"not_assessed"}
    spellings = words | {each.replace("_", " ") for each in words}
    return tuple(line for line in lines if any(each in line for each in spellings)) or lines
