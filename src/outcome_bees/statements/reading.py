"""Reading one published measure sentence: its kind, direction, comparison, deadline and parts, and who said so."""

from collections.abc import Sequence
from decimal import Decimal

from attrs import evolve, field, frozen

from outcome_bees.frozen import FrozenMapping
from outcome_bees.periods import Period, YearType
from outcome_bees.statements import cues
from outcome_bees.statements.clauses import JOINTS, cut
from outcome_bees.statements.comparison import Comparison, comparison_of
from outcome_bees.statements.deadline import Dated, dates_in, deadlines_in
from outcome_bees.statements.direction import aim_of, limits_of
from outcome_bees.statements.figures import Figure, Goal, figure_of, goal_of
from outcome_bees.statements.scope import Clause
from outcome_bees.statements.words import Word, words_of
from outcome_bees.vocabulary import Direction, MeasureKind

__all__ = ["Statement", "read_statement"]


@frozen(kw_only=True)
class Statement:
    """What one sentence of a plan says of a measure, and nothing that it does not say.

    Attributes:
        text: The sentence, as given; of a part, the words that are the part's.
        kind: The sort of figure; ``None`` where no word says it.
        direction: Which way the figure is to go; ``None`` where the sentence does not say, or its parts differ.
        comparator: What the figure is compared with.
        due: The period by whose end it is to be so; ``None`` without a deadline, or where the words leave open which
            (a "2025/26" of no stated calendar): ``evidence["due"]`` then has those words.
        unit: The code of the figure's unit; ``None`` where the words do not say one of the closed list.
        number: The number to be reached or delivered; ``None`` without one, and for a mere change ("by 10%").
        components: The parts of a compound, each a statement of its own; empty for a single measure.
        evidence: Field by field, the words of the sentence that say so.
    """

    text: str
    kind: MeasureKind | None = None
    direction: Direction | None = None
    comparator: Comparison = Comparison.NONE
    due: Period | None = None
    unit: str | None = None
    number: Decimal | None = None
    components: "tuple[Statement, ...]" = ()
    evidence: FrozenMapping[str, tuple[str, ...]] = field(default=FrozenMapping(), repr=False)


def read_statement(text: str, *, calendar: YearType | str | None = None) -> Statement:
    """What a published measure sentence says: kind, direction, comparator, deadline, unit, parts.

    It reads words, not minds: what the sentence does not say is ``None``.

    Args:
        text: The sentence, at most 2,000 characters.
        calendar: The sort of year that a "2025/26" in it means; ``None``: such a year is no deadline
            unless the sentence itself says "financial year" or the like.

    Raises:
        InvalidTypeError: What is no text.
        InvalidValueError: Blank text, text that is too long, control characters; a calendar that is none.

    Example:
        >>> read = read_statement("Reduce the proportion of late reviews from 12% to 8% by March 2026")
        >>> read.kind.value, read.direction.value, str(read.number), str(read.due)
        ('percentage', 'decrease', '8', '2026-03')
        >>> read.evidence["direction"]
        ('Reduce',)
    """
    words = words_of(text)
    dates = dates_in(words, None if calendar is None else YearType(calendar))
    deadlines = deadlines_in(words, dates)
    stretches = cut(words, [*dates, *deadlines])
    parts = [_read(text, words, stretch, dates, deadlines) for stretch in stretches]
    if len(parts) == 1:
        return evolve(parts[0], text=text)
    return _compound(text, _with_shared(parts))


def _read(text: str, words: list[Word], stretch: tuple[int, int], dates: list[Dated], deadlines: list[Dated]) -> Statement:
    start, end = stretch
    here = [Dated(each.start - start, each.end - start, each.period) for each in deadlines if start <= each.start < end]
    all_dates = [Dated(each.start - start, each.end - start, each.period) for each in dates if start <= each.start < end]
    clause = Clause(words[start:end], all_dates, here)
    limits = limits_of(clause)
    aim = aim_of(clause, limits)
    goal = goal_of(clause, aim, limits)
    figure = figure_of(clause, aim, goal)
    comparator, compared = comparison_of(clause, aim, goal)
    due = _due(here, goal)
    if figure.kind is None and goal is None and (aim is None or aim.way is None) and comparator in (Comparison.NONE, Comparison.LEVEL):
        figure = _without_figure(clause, figure)
        if figure.kind is MeasureKind.MILESTONE and due is None:
            due = _when(clause, all_dates)
    if due and due.period and comparator is Comparison.NONE and figure.kind in (None, MeasureKind.MILESTONE):
        comparator, compared = Comparison.DATE, (due.start, due.end)
    said = {
        "kind": figure.kind_words,
        "direction": (aim.start, aim.end) if aim else None,
        "comparator": compared if comparator is not Comparison.NONE else None,
        "due": (due.start, due.end) if due else None,
        "unit": figure.unit_words,
        "number": (goal.start, goal.end) if goal and goal.number is not None else None,
    }
    return Statement(
        text=_quoted(text, clause.words, (0, len(clause))),
        kind=figure.kind,
        direction=aim.way if aim else None,
        comparator=comparator,
        due=due.period if due else None,
        unit=figure.unit,
        number=goal.number if goal else None,
        evidence=FrozenMapping({name: (_quoted(text, clause.words, at),) for name, at in said.items() if at}),
    )


def _due(deadlines: list[Dated], goal: Goal | None) -> Dated | None:
    """Of several deadlines, the one that goes with the number to be reached; else the last."""
    after = [each for each in deadlines if goal is not None and each.start >= goal.end]
    return (after or deadlines[-1:] or [None])[0]


def _quoted(text: str, words: Sequence[Word], stretch: tuple[int, int]) -> str:
    start, end = stretch[0], min(stretch[1], len(words))
    while end - start > 1 and (words[end - 1].text in JOINTS or words[end - 1].text in ";|"):
        end -= 1
    while end - start > 1 and words[start].text in JOINTS:
        start += 1
    return text[words[start].start : words[end - 1].end]


def _without_figure(clause: Clause, figure: Figure) -> Figure:
    """A step to be taken, or words to be heard, where a sentence speaks of no figure."""
    step = _step(clause)
    if step:
        return Figure(MeasureKind.MILESTONE, step, "milestone", None)
    for start, end, _ in cues.NARRATIVE.find(clause.words):
        following = clause[end]
        if following.is_sign or following.text in cues.FOLLOWING or end == len(clause) or following.text.endswith("ed"):
            return Figure(MeasureKind.NARRATIVE, (start, end), None, None)
    return figure


def _step(clause: Clause) -> tuple[int, int] | None:
    """The words of a step that is done once: "Launch …", "… adopted", "… balanced by 31 March 2026"."""
    words = clause.words
    for at in (0, 1):
        doing = cues.DOING.at(words, at) or cues.NOMINAL_STEPS.at(words, at)
        if doing and (at == 0 or cues.LEADING.at(words, 0)):
            return at, doing[0]
    for start, end, _ in cues.DONE.find(words):
        if start and start < clause.told_from and clause[end].text != "within":
            return start, end
    for date in clause.deadlines:
        if clause[date.start - 1].text.endswith("ed"):
            return date.start - 1, date.start
    if clause.deadlines and any(date.period for date in clause.deadlines):
        # What is to be so by a date, without any figure, is a step: "carbon neutral by 2030".
        nominal = next(cues.NOMINAL_STEPS.find(words), None)
        return nominal[:2] if nominal else (clause.deadlines[0].start, clause.deadlines[0].end)
    return None


def _when(clause: Clause, dates: list[Dated]) -> Dated | None:
    """The date of a step: "launched in May 2026", "opens to the public in June 2026"; not one of some other thing."""
    begun = [(start, end) for start, end, _ in cues.DONE.find(clause.words)]
    for date in dates:
        joint = date.start - 1
        if clause[joint].text not in ("in", "on", "during", "for") or clause[date.start].determined or date.period is None:
            continue
        stepped = any(end == joint for _, end in begun) or cues.DOING.at(clause.words, 0)
        decided = any(clause[start].text in cues.DECIDED and clause[end].text == "by" and start < joint for start, end in begun)
        if stepped or decided or any(clause[start].text in cues.FINITE_STEPS and start < joint for start, _ in begun):
            return Dated(joint, date.end, date.period)
    return None


# --- Compounds -------------------------------------------------------------------------------------------------


def _with_shared(parts: list[Statement]) -> list[Statement]:
    """The parts, each with what the sentence says once for all: "Increase in A and number of B by March 2026"."""
    dues = {part.due for part in parts if part.due is not None}
    shared: list[Statement] = []
    for part in parts:
        before = shared[-1] if shared else None
        if before and part.direction is None and part.comparator is Comparison.NONE and before.comparator is Comparison.BASELINE:
            if "direction" in before.evidence and part.kind is not None:
                evidence = {**part.evidence, **{k: before.evidence[k] for k in ("direction", "comparator") if k in before.evidence}}
                part = evolve(
                    part, direction=before.direction, comparator=before.comparator, evidence=FrozenMapping(evidence)
                )
        if part.due is None and len(dues) == 1 and "due" not in part.evidence:
            said = next(each.evidence["due"] for each in parts if each.due is not None)
            part = evolve(part, due=next(iter(dues)), evidence=FrozenMapping({**part.evidence, "due": said}))
        shared.append(part)
    return shared


def _compound(text: str, parts: list[Statement]) -> Statement:
    """The whole of several parts: what they agree on, and nothing where they differ."""
    ways = {part.direction for part in parts}
    comparators = {part.comparator for part in parts}
    dues = {part.due for part in parts}
    units = {part.unit for part in parts}
    names = ("direction", "comparator", "due", "unit")
    quoted = {name: tuple(dict.fromkeys(q for part in parts for q in part.evidence.get(name, ()))) for name in names}
    return Statement(
        text=text,
        kind=MeasureKind.COMPOUND,
        direction=ways.pop() if len(ways) == 1 else None,
        comparator=comparators.pop() if len(comparators) == 1 else Comparison.NONE,
        due=dues.pop() if len(dues) == 1 else None,
        unit=units.pop() if len(units) == 1 else None,
        components=tuple(parts),
        evidence=FrozenMapping({"kind": tuple(part.text for part in parts), **{k: v for k, v in quoted.items() if v}}),
    )
