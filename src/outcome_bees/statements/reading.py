"""Reading one published measure sentence: what it says, what it leaves unsaid, and which words said so."""

from collections.abc import Sequence

from attrs import evolve

from outcome_bees.errors import InvalidValueError
from outcome_bees.frozen import FrozenMapping
from outcome_bees.periods import YearType
from outcome_bees.statements.aims import Aim, aim_of
from outcome_bees.statements.clauses import JOINTS, cut
from outcome_bees.statements.comparison import Comparison, comparison_of
from outcome_bees.statements.compounds import compound_of
from outcome_bees.statements.dates import Dated, dates_in
from outcome_bees.statements.deadline import deadlines_in
from outcome_bees.statements.goals import Goal, goal_of, leads_to_a_number
from outcome_bees.statements.kinds import Said, kind_of
from outcome_bees.statements.limits import limits_of
from outcome_bees.statements.scope import Clause
from outcome_bees.statements.statement import Statement
from outcome_bees.statements.steps import narrative_of, step_date, step_of
from outcome_bees.statements.units_said import unit_of
from outcome_bees.statements.words import words_of
from outcome_bees.vocabulary import Direction, MeasureKind

__all__ = ["Statement", "read_statement"]


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
    dates = dates_in(words, _year_type(calendar))
    deadlines = deadlines_in(words, dates)
    parts: list[Statement] = []
    for start, end in cut(words, [*dates, *deadlines]):
        clause = Clause(words[start:end], _within(dates, start, end), _within(deadlines, start, end))
        parts.append(_read(text, clause, parts[-1].direction if parts else None))
    return evolve(parts[0], text=text) if len(parts) == 1 else compound_of(text, parts)


def _year_type(calendar: YearType | str | None) -> YearType | None:
    try:
        return None if calendar is None else YearType(calendar)
    except ValueError:
        raise InvalidValueError("calendar", calendar, ", ".join(YearType)) from None


def _within(dates: Sequence[Dated], start: int, end: int) -> list[Dated]:
    return [Dated(each.start - start, each.end - start, each.period) for each in dates if start <= each.start < end]


def _read(text: str, clause: Clause, before: Direction | None) -> Statement:
    """What one part says; ``before`` is the direction of the part before it, which may be of this one too."""
    limits = limits_of(clause)
    aim = aim_of(clause, limits)
    shared = Aim(before, -1, 0) if before and aim is None and leads_to_a_number(clause) else None
    goal = goal_of(clause, aim or shared, limits)
    comparator, compared = comparison_of(clause, aim, goal)
    due = _due(clause.deadlines, goal)
    kind = kind_of(clause, aim, goal)
    if kind is None and goal is None and comparator in (Comparison.NONE, Comparison.LEVEL) and not (aim and aim.way):
        kind = _without_figure(clause)
        if due is None and kind is not None and kind[0] is MeasureKind.MILESTONE:
            due = step_date(clause, clause.dates)
    if (
        due is not None
        and due.period
        and comparator is Comparison.NONE
        and (not kind or kind[0] is MeasureKind.MILESTONE)
    ):
        comparator, compared = Comparison.DATE, (due.start, due.end)
    unit, unit_said = unit_of(clause, kind[0] if kind else None, goal)
    said = {
        "kind": kind and kind[1],
        "direction": aim and (aim.start, aim.end),
        "comparator": compared,
        "due": due and (due.start, due.end),
        "unit": unit_said or (kind[1] if kind and unit else None),
        "number": (goal.start, goal.end) if goal and goal.number is not None else None,
    }
    return Statement(
        text=_quoted(text, clause, (0, len(clause))),
        kind=kind[0] if kind else None,
        direction=aim.way if aim else None,
        comparator=comparator,
        due=due.period if due else None,
        unit=unit,
        number=goal.number if goal else None,
        evidence=FrozenMapping({name: (_quoted(text, clause, at),) for name, at in said.items() if at}),
    )


def _due(deadlines: Sequence[Dated], goal: Goal | None) -> Dated | None:
    """Of several deadlines, the one that goes with the number to be reached; else the last."""
    after = [each for each in deadlines if goal is not None and each.start >= goal.end]
    return after[0] if after else deadlines[-1] if deadlines else None


def _without_figure(clause: Clause) -> tuple[MeasureKind, Said] | None:
    step = step_of(clause)
    if step:
        return MeasureKind.MILESTONE, step
    told = narrative_of(clause)
    return (MeasureKind.NARRATIVE, told) if told else None


def _quoted(text: str, clause: Clause, said: Said) -> str:
    """The words as the sentence has them, without the signs and joints at their edges."""
    start, end = said[0], min(said[1], len(clause))
    while end - start > 1 and (clause[end - 1].text in JOINTS or clause[end - 1].text in (";", "|")):
        end -= 1
    while end - start > 1 and clause[start].text in JOINTS:
        start += 1
    return text[clause[start].start : clause[end - 1].end]
