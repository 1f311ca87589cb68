"""What sort of figure a clause speaks of, in which unit, what it compares it with, and what is no figure at all."""

from enum import StrEnum

from outcome_bees.statements import _cues as cues
from outcome_bees.statements._clause import Clause, Span
from outcome_bees.statements._deadlines import DateSpan
from outcome_bees.statements._normalise import NumberForm
from outcome_bees.statements._quantities import StatedDirection, StatedGoal, change_of
from outcome_bees.vocabulary import MeasureKind

_LONGEST_HEAD = 8  # a head noun is among so many words. Our choice
# What a goal of so many per cent makes a percentage of
_SHARED = (MeasureKind.COUNT, MeasureKind.RATE, MeasureKind.AMOUNT)
_BOUNDS = ("than", "below", "above")
_ON = ("in", "on", "during", "for", "(", "–", ":")  # before the date of a step
_DURING = ("over", "in", "during", "for")  # "over the last year" says when
_DEPRIVED = ("deprived", "income", "deprivation")
_SMALLEST_SIZE = 100  # of a rate: "per 2 people" is none. Our choice
_COUNTING = (MeasureKind.COUNT, MeasureKind.PERCENTAGE)
_CODES = {kind: kind.value for kind in (MeasureKind.SCORE, MeasureKind.RANK, MeasureKind.MILESTONE)}


class ComparisonBasis(StrEnum):
    """What a published measure compares its figure with.

    ``NUMBER`` is a number to be reached or delivered, ``LEVEL`` one given only in words ("high", "Good"),
    ``NATIONAL`` the figure of other authorities, be they the nation, the region or statistical neighbours.

    Example:
        >>> ComparisonBasis("national")
        <ComparisonBasis.NATIONAL: 'national'>
    """

    NONE = "none"
    BASELINE = "baseline"
    NATIONAL = "national"
    QUARTILE = "quartile"
    NUMBER = "number"
    DATE = "date"
    LEVEL = "level"


def kind_of(clause: Clause, aim: StatedDirection | None, goal: StatedGoal | None) -> tuple[MeasureKind, Span] | None:
    """Return the sort of figure and the words that say so; ``None`` where no word says it."""
    for start, end, _ in cues.AS_SHARE.find(clause.tokens):
        return MeasureKind.PERCENTAGE, (start, end)
    first = aim is not None and clause.segment(aim.start) == clause.opening and clause.leads(aim.start)
    head = _head(clause, aim.end if aim and first else clause.opening)
    per, points = per_number(clause), clause.written_as(NumberForm.POINTS)
    by_goal, change = _kind_of_goal(clause, goal), change_of(clause)
    named = next((each for each in clause.kinds if each[0] >= clause.opening and _is_own_kind(clause, *each)), None)
    kind = named[2] if named and (head is None or head >= named[0]) else None
    money = change is not None and clause.is_money(change[1] - 1)
    found = (
        (MeasureKind.RATE, per[0] if per and kind in (MeasureKind.COUNT, None) else None),
        # "A vacancy rate below 12%" is a percentage
        by_goal if by_goal and by_goal[0] is MeasureKind.PERCENTAGE and kind in _SHARED else None,
        (MeasureKind.PERCENTAGE, points if kind is MeasureKind.RATE else None),
        (kind, named[:2]) if named and kind else None,
        (MeasureKind.AMOUNT, change if money else None),
        by_goal,
        (MeasureKind.PERCENTAGE, points),
        (MeasureKind.COUNT, None if head is None else (head, head + 1)),
    )
    return next(((kind, span) for kind, span in filter(None, found) if span), None)


def _is_own_kind(clause: Clause, at: int, _: int, kind: MeasureKind) -> bool:
    """Return whether a kind's word says what the figure is, not whom it counts or what it is about."""
    first = clause.segment(at)
    # "Demand for high cost placements"
    aside = kind not in (*_COUNTING, MeasureKind.RATE) and clause.find(cues.ASIDE, max(first + 1, at - 12), at)
    return first == at or (not aside and at < clause.relative_from and not clause.is_possessed(at))


def _kind_of_goal(clause: Clause, goal: StatedGoal | None) -> tuple[MeasureKind, Span] | None:
    if goal is None or (goal.number is None and goal.form is NumberForm.PLAIN):
        return None
    counted = clause.word(goal.end).isalpha() and goal.end not in clause.dated
    plain = MeasureKind.DURATION if clause.is_time(goal.end) else MeasureKind.COUNT if counted else None
    kind = {NumberForm.MONEY: MeasureKind.AMOUNT, NumberForm.PLAIN: plain}.get(goal.form, MeasureKind.PERCENTAGE)
    return None if kind is None else (kind, (goal.start, goal.end))


def per_number(clause: Clause) -> tuple[Span, int] | None:
    """Return the words that make a rate of a count, and of how many: "per 10,000"."""
    per = clause.find(("per",), 0, len(clause) - 1)
    size = 0 if per is None else int(clause[per + 1].number or cues.PER_SIZES.get(clause.word(per + 1), 0))
    return None if per is None or size < _SMALLEST_SIZE else ((per, per + 2), size)


def _head(clause: Clause, begin: int) -> int | None:
    """Return the counted things that head a clause: the last of its first nouns ("customer complaints upheld")."""
    if cues.DOING.at(clause.tokens, begin):
        return None
    for at in range(begin, min(clause.reason_from, begin + _LONGEST_HEAD)):
        word, after = clause.word(at), clause.word(at + 1)
        # "Carers in …", but "carers survey"
        ended = clause.ends(at + 1) or after in cues.FOLLOWING or after.endswith(("ed", "ing"))
        if word in cues.COUNTED and (ended or cues.BOUNDS.at(clause.tokens, at + 1)):
            return at
        # "Drug *and* alcohol related deaths"; but "all schools will have …" counts nothing
        if (word in cues.FOLLOWING and word != "and") or clause[at].is_sign or word in ("all", "every", "each", "both"):
            return None
    return None


def unit_of(clause: Clause, kind: MeasureKind | None, goal: StatedGoal | None) -> tuple[str | None, Span | None]:
    """Return the code of the unit, and the words that say it where they are others than those of the kind."""
    if kind is MeasureKind.PERCENTAGE:
        points = clause.written_as(NumberForm.POINTS) if clause.find(cues.GAPS, 0) is not None else None
        return ("percentage_point" if points else "percent"), points
    if kind is MeasureKind.RATE:
        per = per_number(clause)
        return (f"per_{per[1]}", per[0]) if per else (None, None)
    if kind is MeasureKind.COUNT:
        return _unit_of_count(clause)
    if kind is MeasureKind.DURATION:
        return _unit_of_time(clause, goal)
    if kind is MeasureKind.AMOUNT:
        money = clause.written_as(NumberForm.MONEY)
        if money is not None:
            return {"": "GBP", "billion": None}.get(scale := clause[money[0]].scale, f"GBP_{scale}"), money
        return (None if clause.find(cues.WEIGHED, 0) is not None else "GBP"), None
    return ("grade" if kind is MeasureKind.RATING else kind and _CODES.get(kind)), None


def _unit_of_count(clause: Clause) -> tuple[str | None, Span | None]:
    """Return what is counted, where the closed list has a unit for it: the first noun that heads the phrase."""
    begin = next((end for _, end, kind in clause.kinds if kind is MeasureKind.COUNT), 0)
    for at in range(begin, clause.relative_from):
        word = clause.word(at)
        if word in cues.COUNTED:
            return cues.UNIT_NOUNS.get(word, "count"), (at, at + 1)
        if begin and word in cues.FOLLOWING and "looked" not in (word, clause.word(at - 1)):  # "looked after children"
            break
    return "count", None


def _unit_of_time(clause: Clause, goal: StatedGoal | None) -> tuple[str | None, Span | None]:
    of_kind = {at for start, end, kind in clause.kinds if kind is MeasureKind.DURATION for at in range(start, end)}
    of_goal = (goal.end, goal.end + 1) if goal else ()
    for at, token in enumerate(clause.tokens):
        named = at in of_kind or at in of_goal or clause.word(at - 1) in ("in", "(")
        if token.text == "expectancy" or (token.text in cues.TIMES and named):
            return cues.TIMES.get(token.text, "year") or None, (at, at + 1)  # life expectancy is counted in years
    return None, None


def comparison_of(
    clause: Clause, aim: StatedDirection | None, goal: StatedGoal | None
) -> tuple[ComparisonBasis, Span | None]:
    """Return the comparison and the words that say it, the most particular first.

    A quartile and other authorities are particular; so is a number to be reached, before the past that it is reached
    from; a figure that is merely to rise compares with where it is.
    """
    level = clause.first(cues.LEVELS, lambda *span: _is_level(clause, *span))
    graded = level is not None and clause.word(level[0]) in cues.GRADES  # "retain a Good judgement"
    found = (
        # The most deprived decile is where people live.
        (ComparisonBasis.QUARTILE, clause.first(cues.QUARTILES, lambda at, _: clause.word(at - 1) not in _DEPRIVED)),
        (ComparisonBasis.NATIONAL, _others(clause)),
        (ComparisonBasis.NUMBER, (goal.start, goal.end) if goal else None),
        (ComparisonBasis.BASELINE, change_of(clause)),
        (ComparisonBasis.BASELINE, _past(clause)),
        (ComparisonBasis.BASELINE, (aim.start, aim.end) if aim and aim.of_itself and not graded else None),
        (ComparisonBasis.BASELINE, clause.first(cues.IMPROVING, lambda *span: _is_improving(clause, *span))),
        (ComparisonBasis.LEVEL, level),
    )
    return next(((basis, span) for basis, span in found if span), (ComparisonBasis.NONE, None))


def _others(clause: Clause) -> Span | None:
    """Find other authorities, or the nation or a region after a word that compares."""
    others = clause.first(cues.OTHERS, lambda start, _: not _describes_others(clause, start))
    for start, end, _ in () if others else cues.COMPARING.find(clause.tokens):
        nation = cues.NATIONAL.at(clause.tokens, end)
        if nation and clause.word(nation[0]) not in cues.SET and not _describes_others(clause, start):
            return start, nation[0]
    return others


def _describes_others(clause: Clause, at: int) -> bool:
    """Return whether those counted compare with others: "pupils achieving above the national average"."""
    # "… who feel safe to match the national figure": about the figure again.
    if clause.find(("match", "line", "exceed", "equal", "be"), at - 3, at) is not None:
        return False
    bound = at - (clause.word(at - 1) in _BOUNDS)
    ranked = clause.word(bound) in ("above", "below", "at")
    of_those = ranked and (clause.is_descriptive(bound) or clause.has_a_position(bound))
    return at > clause.relative_from or of_those


def _past(clause: Clause) -> Span | None:
    """Find the figure's own past: "on last year", "compared with 2019", "against the 2023/24 baseline"."""
    past = clause.first(cues.PAST, lambda at, _: at < clause.relative_from and clause.word(at - 1) not in _DURING)
    against = clause.first(cues.AGAINST, lambda start, end: start not in clause.dated and end in clause.dated)
    level = clause.find(("level", "levels"), 0)
    dated = (level - 1, level + 1) if level is not None and level - 1 in clause.dated else None  # "to 2019 levels"
    return past or (against and (against[0], against[1] + 1)) or dated


def _is_improving(clause: Clause, start: int, end: int) -> bool:
    """Return whether the figure is to be better, which names no way: at the head of a clause, or of all of it."""
    word, after = clause.word(start), clause.word(end)
    # "Better Start centres", "improvement plan", "number of homes improved"
    named = clause[end].capital if word == "better" else after.isalpha() and after not in cues.FOLLOWING
    thing = named and word in ("better", "improvement") and end - start == 1
    predicate = word in ("improved", "improving", "improves") and clause.kind_before(start) not in _COUNTING
    ended = clause.ends(end) or after in ("for", "among", "in", "by", "on")
    return start < clause.relative_from and not thing and (clause.leads(start) or (predicate and ended))


def _is_level(clause: Clause, start: int, end: int) -> bool:
    """Return whether words are the level to be at: "high attendance", "rated Good", "an Outstanding judgement"."""
    word, before, after = clause.word(start), clause.word(start - 1), clause.word(end)
    grade, leads = word in cues.GRADES, clause.leads(start)
    rated = bool(clause.kinds) and clause.kinds[0][2] is MeasureKind.RATING
    held = any(token.text.startswith(("retain", "maintain", "achiev", "keep")) for token in clause.tokens[:start])
    return cues.first_that_holds(
        ("outstanding debts", word == "outstanding" and not rated, False),
        ("a good level of development, low income families", after in cues.NAMED_BY_DEGREE | {"progress"}, False),
        ("sufficient places, high levels of", not grade, start < clause.first_kind + 1 and (leads or start <= 2)),
        ("percentage of schools judged good", clause.kind_before(start) in _COUNTING, False),
        ("good inspection outcomes, retain a good judgement", leads or held, True),
        ("rating of good", rated and before in ("of", "at", "as", "least"), True),
    )


def step_of(clause: Clause) -> Span | None:
    """Return the words of a step that is done once: "Launch …", "… adopted", "carbon neutral by 2030"."""
    leading = cues.LEADING.at(clause.tokens, 0) is not None
    nominal = clause.first(cues.NOMINAL_STEPS, lambda *_: True)
    doing = clause.first(cues.DOING, lambda *_: True)
    found = (
        *(span for span in (doing, nominal) if span and span[0] <= leading),
        clause.first(cues.DONE, lambda *span: _is_done(clause, *span)),
        *((date.start - 1, date.start) for date in clause.deadlines if clause.word(date.start - 1).endswith("ed")),
        # What is to be so by a date, without any figure, is a step.
        *(nominal or (date.start, date.end) for date in clause.deadlines if date.period),
    )
    return next(filter(None, found), None)


def _is_done(clause: Clause, start: int, end: int) -> bool:
    # Not "completed assessments", "in the place of choice"
    predicate = 0 < start < clause.relative_from and not clause[end - 1].determined
    return predicate or clause.word(end) in ("by", "in", "on")


def narrative_of(clause: Clause) -> Span | None:
    """Return the words of a narrative: "staff survey data", "feedback from parents"; not "data breaches"."""
    return clause.first(
        cues.NARRATIVE,
        lambda _, at: clause.ends(at) or clause.word(at) in cues.FOLLOWING or clause.word(at).endswith(("ed", "ing")),
    )


def step_date(clause: Clause) -> DateSpan | None:
    """Return the date of a step: "launched in May 2026", "opens to the public in June 2026"."""
    doing = cues.DOING.at(clause.tokens, 0)
    done = [end for _, end, _ in cues.DONE.find(clause.tokens)]
    for date in clause.dates:
        joint = date.start - 1
        joined = clause.word(joint) in _ON and not clause[date.start].determined
        if joined and date.period and (doing or any(end <= joint for end in done)):
            return DateSpan(date.start if clause[joint].is_sign else joint, date.end, date.period)
    return None
