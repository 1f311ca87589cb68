"""A sentence cut where it goes on to another measure: "Reduce …, and increase …", "Number and percentage of …"."""

from collections.abc import Sequence

from outcome_bees.statements import cues
from outcome_bees.statements.deadline import Dated
from outcome_bees.statements.direction import leading_aims
from outcome_bees.statements.scope import Clause
from outcome_bees.statements.words import Word

__all__ = ["JOINTS", "cut"]

JOINTS = frozenset((",", "and", "&", "/", "while", "whilst", "plus", "but", "(", "alongside"))
_STRONG = frozenset((";", "|"))
_FIGURES = frozenset(("number", "numbers", "percentage", "proportion", "rate", "rates", "%", "average", "share"))
# Two figures within one of these are one measure: "the gap between the rate for boys and the rate for girls".
_COMPARING = frozenset("between gap difference ratio compared versus than against".split())


def cut(words: Sequence[Word], dates: Sequence[Dated]) -> list[tuple[int, int]]:
    """The stretches of a sentence that each state a measure; one stretch where it states one."""
    stretches: list[tuple[int, int]] = []
    begun = 0
    for at in range(1, len(words)):
        joint = words[at - 1].text
        ended = joint in _STRONG or (joint == "." and words[at].capital)
        start = at if ended else _next_measure(words, begun, at, dates) if joint in JOINTS and begun < at else None
        if start is not None:
            stretches.append((begun, at - 1))
            begun = start
    stretches.append((begun, len(words)))
    return [stretch for stretch in stretches if _says(words, stretch)]


def _says(words: Sequence[Word], stretch: tuple[int, int]) -> bool:
    return any(not word.is_sign and word.text not in JOINTS for word in words[slice(*stretch)])


def _next_measure(words: Sequence[Word], begun: int, at: int, dates: Sequence[Dated]) -> int | None:
    """The word after a joint that begins another measure; ``None`` where the measure goes on."""
    start = at
    while start < len(words) and words[start].text in ("to", "and", "also", "then", ",", "with"):
        start += 1
    if start >= len(words):
        return None
    before = Clause(words[begun : at - 1], [Dated(d.start - begun, d.end - begun, None) for d in dates if begun <= d.start < at])
    return start if _begins(before, words, start) else None


def _begins(before: Clause, words: Sequence[Word], start: int) -> bool:
    if words[start].text in _FIGURES:
        return _another_figure(before, words, start)
    first = _first_aim(before)
    if cues.NOUNS.at(words, start):
        return (first is not None or before.first_kind < len(before)) and not _told_of(before)
    if first is None or before.told_from < len(before) or _has(before):
        return False
    led_by_verb = cues.VERBS.at(before.words, first) or cues.GERUNDS.at(before.words, first)
    if cues.VERBS.at(words, start) or (words[start].text == "improve"):
        return bool(led_by_verb or cues.IMPROVING.at(before.words, first)) and first + 1 < len(before)
    if cues.GERUNDS.at(words, start):
        following = words[start + 1 : start + 2]
        return bool(following) and not following[0].is_sign and following[0].text not in ("by", "to", "from", "year-on-year", "year")
    adjective = cues.ADJECTIVES.at(words, start)
    return adjective is not None and words[start].text not in ("more", "less", "additional", "extra") and not led_by_verb


def _another_figure(before: Clause, words: Sequence[Word], start: int) -> bool:
    if any(word.text in _COMPARING for word in before.words):
        return False
    named = words[start + 1].text if start + 1 < len(words) else ""
    of_something = named in ("of", "per", "(", ")") or named.endswith("ed") or words[start].determined
    if not of_something and words[start].text != "average" or named == "":
        return False
    aim = _first_aim(before)
    led = aim is not None and any(
        at not in before.dated and not before[at].is_sign and not cues.LEADING.at(before.words, at)
        for at in range(aim + 1, len(before))
    )
    return led or before.first_kind < len(before)


def _first_aim(clause: Clause) -> int | None:
    """Where a clause that an aim leads has that aim: a direction, or "improve"."""
    aims = [aim.start for aim in leading_aims(clause)]
    aims += [start for start, _, _ in cues.IMPROVING.find(clause.words) if clause.leads(start)]
    return min(aims, default=None)


def _told_of(clause: Clause) -> bool:
    return clause.told_from < len(clause)


def _has(clause: Clause) -> bool:
    """Whether verbs that follow may be what those counted do: "residents supported to exercise and reduce …"."""
    supported = ("supported", "helped", "enabled", "able", "with", "experiencing", "achieving")
    return any(word.text in supported for word in clause.words)
