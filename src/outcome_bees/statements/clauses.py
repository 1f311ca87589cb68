"""A sentence cut where it goes on to another measure: "Reduce …, and increase …", "Number and percentage of".

Most of what "and" joins is one measure ("education, employment and training"). Another begins only with words
that would lead a sentence of their own, and not where they may still tell of those counted ("people supported
to exercise and reduce their drinking").
"""

from collections.abc import Sequence

from outcome_bees.statements.aims import leading_aims
from outcome_bees.statements.cues.comparison import IMPROVING
from outcome_bees.statements.cues.direction import ADJECTIVES, DEGREES, GERUNDS, NOUNS, VERBS
from outcome_bees.statements.cues.figures import GAPS, GOALS, MEASURED, ORIGINS, ZEROS
from outcome_bees.statements.cues.scope import ASIDE, LEADING
from outcome_bees.statements.dates import Dated
from outcome_bees.statements.names import adjective_is_named
from outcome_bees.statements.scope import Clause
from outcome_bees.statements.words import Word

__all__ = ["JOINTS", "cut"]

_JOINING = frozenset("to and also then , with will we we'll".split())
_LONGEST_PARALLEL = 8

_LONGEST_MEASURE = 60
"""Words that one measure takes before another may begin. Our choice; it also keeps long text linear."""

JOINTS = frozenset((",", "and", "&", "/", "while", "whilst", "plus", "but", "(", "alongside"))
_STRONG = frozenset((";", "|"))
_FIGURES = frozenset("number numbers percentage proportion rate rates % average share".split())
# Two figures within one of these are one measure: "the gap between the rate for boys and the rate for girls".
_COMPARING = frozenset("between gap difference ratio compared versus than against".split())
_SUPPORTED = frozenset("supported helped enabled able with experiencing achieving".split())


def cut(words: Sequence[Word], dates: Sequence[Dated]) -> list[tuple[int, int]]:
    """The stretches of a sentence that each state a measure; one stretch where it states one."""
    stretches: list[tuple[int, int]] = []
    begun = 0
    for at in range(1, len(words)):
        joint, start = words[at - 1].text, None
        if joint in (";", ".", ",") and _tells_of_the_same(words, at):
            continue
        if joint in _STRONG or (joint == "." and words[at].capital):
            start = at
        elif joint in JOINTS and begun < at <= begun + _LONGEST_MEASURE:
            start = _next_measure(words, begun, at, dates)
        if start is not None:
            stretches.append((begun, at - 1))
            begun = start
    stretches.append((begun, len(words)))
    said = [stretch for stretch in stretches if _says(words, stretch)]
    return said or [(0, len(words))]


def _says(words: Sequence[Word], stretch: tuple[int, int]) -> bool:
    return any(not word.is_sign and word.text not in JOINTS for word in words[slice(*stretch)])


def _tells_of_the_same(words: Sequence[Word], at: int) -> bool:
    """ "Current 91%; target 95%": where a figure stands and is to be is no other figure."""
    return bool(ORIGINS.at(words, at) or GOALS.at(words, at)) and any(word.number for word in words[at : at + 5])


def _next_measure(words: Sequence[Word], begun: int, at: int, dates: Sequence[Dated]) -> int | None:
    """The word after a joint that begins another measure; ``None`` where the measure goes on."""
    start = at
    while start < min(len(words), at + 4) and words[start].text in _JOINING:
        start += 1
    if start == len(words):
        return None
    dated = [Dated(each.start - begun, each.end - begun, None) for each in dates if begun <= each.start < at]
    if Clause(words[begun:at], dated).opening == at - begun:
        return None  # "By working with schools, reduce …" has only begun
    before = Clause(words[begun : at - 1], dated)
    if not _may_lead(words, start):
        return start if _is_in_parallel(before, words, start) else None
    return start if _begins(before, words, start) else None


def _may_lead(words: Sequence[Word], at: int) -> bool:
    led = any(table.at(words, at) for table in (NOUNS, VERBS, GERUNDS, ADJECTIVES, IMPROVING))
    degree = DEGREES.at(words, at) is not None and any(word.text in MEASURED for word in words[at + 1 : at + 3])
    return led or degree or words[at].text in _FIGURES


def _is_in_parallel(before: Clause, words: Sequence[Word], start: int) -> bool:
    """Whether a second figure goes to a number of its own: "increase A to 150 and *the B rate to 90%*"."""
    aim = _first_aim(before)
    led = {
        word.text
        for at, word in enumerate(before.words)
        if word.text in ("to", "by") and (before.has_number(at + 1) or before[at + 1].text in ZEROS)
    }
    if aim is None or not led or words[start].number is not None or words[start].text in ASIDE or words[start].is_sign:
        return False
    for at in range(start + 1, min(start + _LONGEST_PARALLEL, len(words) - 1)):
        if words[at].is_sign or words[at].text in JOINTS:
            return False
        if words[at].text in led:
            return words[at + 1].number is not None
    return False


def _begins(before: Clause, words: Sequence[Word], start: int) -> bool:
    """Whether words that may lead a measure do so after this one."""
    if words[start].text in _FIGURES:
        return _is_another_figure(before, words, start)
    told = before.told_from < len(before)
    first = _first_aim(before)
    if NOUNS.at(words, start):
        return (first is not None or before.first_kind < len(before)) and not told
    closes_a_gap = any(word.text in GAPS for word in words[start : start + 4])  # which is no person's own
    if first is None or (told and not closes_a_gap) or any(word.text in _SUPPORTED for word in before.words):
        return False
    led_by_degree = ADJECTIVES.at(before.words, first) or DEGREES.at(before.words, first)
    led_by_verb = not led_by_degree and (VERBS.at(before.words, first) or GERUNDS.at(before.words, first))
    lower = led_by_degree and words[start].text == "lower"  # a verb, but not here
    if not lower and (VERBS.at(words, start) or words[start].text == "improve"):
        return bool(led_by_verb or IMPROVING.at(before.words, first)) and first + 1 < len(before)
    if GERUNDS.at(words, start):  # but "…, increasing year on year" is said of the same
        following = words[start + 1] if start + 1 < len(words) else None
        predicate = ("by", "to", "from", "year-on-year", "year")
        return following is not None and not following.is_sign and following.text not in predicate
    if not _has_an_object(before, first):
        return False  # "fewer, better meetings"
    if IMPROVING.at(words, start):
        # "Reduced absence and improved attainment"; what is improved under a verb is its object.
        return not led_by_verb and words[start].text not in ("improves", "improving")
    if words[start].text in ("more", "less", "additional", "extra"):
        second = ADJECTIVES.at(words, start)
        opposed = led_by_degree and second and led_by_degree[1] is not second[1]
        return bool(opposed) and not adjective_is_named(Clause(words), start, start + 1)
    return not led_by_verb


def _is_another_figure(before: Clause, words: Sequence[Word], start: int) -> bool:
    if start + 1 == len(words) or any(word.text in _COMPARING for word in before.words):
        return False
    named = words[start + 1].text
    of_something = (
        named in ("of", "per", "(", ")", "who", "that", "whose") or named.endswith("ed") or words[start].determined
    )
    if not of_something and words[start].text != "average":
        return False
    aim = _first_aim(before)
    return before.first_kind < len(before) or (aim is not None and _has_an_object(before, aim))


def _has_an_object(clause: Clause, aim: int) -> bool:
    """Whether a clause goes on to say what it wants more or less of: "to reduce, by 2028, …" has not yet."""
    after = (at for at in range(aim + 1, len(clause)) if at not in clause.dated and not clause[at].is_sign)
    return any(not LEADING.at(clause.words, at) for at in after)


def _first_aim(clause: Clause) -> int | None:
    """Where a clause that an aim leads has that aim: a direction, or "improve"."""
    aims = [aim.start for aim in leading_aims(clause)]
    aims += [start for start, _, _ in IMPROVING.find(clause.words) if clause.leads(start)]
    return min(aims, default=None)
