"""Whether the figures of some places may make up one of another: what the register of changes has against it."""

from collections.abc import Sequence

from outcome_bees.areas.register import name, predecessors, register, same_ground, successors

__all__ = ["why_not_whole"]


def why_not_whole(whole: str, parts: Sequence[str]) -> str | None:
    """Return why some places are not the whole of another; ``None`` where the register has nothing against it.

    It has the upper tier, and no districts: three districts of Cumbria may be all of Cumberland.

    Example:
        >>> why_not_whole("E06000063", ["E10000006"])
        'Cumbria (E10000006) is more than Cumberland (E06000063): it became Westmorland and Furness (E06000064) too'
        >>> why_not_whole("E10000006", ["E06000063"])
        'Westmorland and Furness (E06000064) is a part of Cumbria (E10000006) too'
        >>> why_not_whole("E06000058", ["E06000028", "E06000029"])  # without Christchurch, which was in Dorset
        'a part of Dorset (E10000009) is in Bournemouth, Christchurch and Poole (E06000058) too'
        >>> why_not_whole("E06000058", ["E06000028", "E06000029", "E07000048"])
        >>> why_not_whole("E08000038", ["E08000016"])
    """
    if not parts or len(set(parts)) < len(parts):
        return "give at least one part, and each of them once"
    if whole in parts or set(parts) & {*same_ground(whole)}:
        return f"{_named(whole)} is no part of itself: what was published under its other code is found without this"
    before, after = predecessors(whole), successors(whole)
    for part in parts:
        beside = [each for each in successors(part) if each != whole] if part in before else []
        if beside:
            return f"{_named(part)} is more than {_named(whole)}: it became {_listed(beside)} too"
    missing = [each for each in before if each not in parts and whole not in same_ground(each)]
    further = [each for each in parts if each not in register()]
    for each in missing:
        if successors(each) == (whole,):
            return f"{_named(each)} is a part of {_named(whole)} too"
        if not further:
            return f"a part of {_named(each)} is in {_named(whole)} too"
    if after and set(parts) <= {*after}:
        left = [each for each in after if each not in parts]
        if left:
            return f"{_listed(left)} is a part of {_named(whole)} too"
        more = [each for each in after if {*predecessors(each)} - {whole}]
        if more:
            return f"{_listed(more)} is more than a part of {_named(whole)}"
    return None


def _named(code: str) -> str:
    return f"{name(code)} ({code})"


def _listed(codes: Sequence[str]) -> str:
    return " and ".join(map(_named, codes))
