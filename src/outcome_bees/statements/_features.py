"""What sort of figure a clause speaks of, in which unit, what it compares it with, and what is no figure at all."""

from enum import StrEnum

from outcome_bees.statements import _cues as cues
from outcome_bees.statements._clause import Clause, Span
from outcome_bees.statements._deadlines import DateSpan
from outcome_bees.statements._directions import StatedDirection
from outcome_bees.statements._normalise import NumberForm
from outcome_bees.statements._quantities import StatedGoal, change_of
from outcome_bees.vocabulary import MeasureKind

__all__ = ["ComparisonBasis", "comparison_of", "kind_of", "narrative_of", "step_date", "step_of", "unit_of"]

_LONGEST_HEAD = 8  # a head noun is among so many words. Our choice
# What a goal of so many per cent makes a percentage of
_SHARED = (MeasureKind.COUNT, MeasureKind.RATE, MeasureKind.AMOUNT)
_COUNTING = (MeasureKind.COUNT, MeasureKind.PERCENTAGE)
_CODES = {
    MeasureKind.SCORE: "score",
    MeasureKind.RANK: "rank",
    MeasureKind.RATING: "grade",
    MeasureKind.MILESTONE: "milestone",
}


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


# --- The sort of figure, and its unit


def kind_of(clause: Clause, aim: StatedDirection | None, goal: StatedGoal | None) -> tuple[MeasureKind, Span] | None:
    """Return the sort of figure and the words that say so; ``None`` where no word says it."""
    for start, end, _ in cues.AS_SHARE.find(clause.tokens):
        return MeasureKind.PERCENTAGE, (start, end)
    first = aim is not None and clause.segment(aim.start) == clause.opening and clause.leads(aim.start)
    head = _head(clause, aim.end if aim and first else clause.opening)
    per, points, by_goal = per_number(clause), points_of(clause), _kind_of_goal(clause, goal)
    for start, end, kind in clause.kinds:
        if start < clause.opening or not _is_own_kind(clause, start, kind):
            continue
        if head is not None and head < start:
            break
        if kind is MeasureKind.COUNT and per:
            return MeasureKind.RATE, per
        if by_goal and by_goal[0] is MeasureKind.PERCENTAGE and kind in _SHARED:
            return by_goal  # a vacancy rate below 12%
        return (MeasureKind.PERCENTAGE, points) if kind is MeasureKind.RATE and points else (kind, (start, end))
    change = change_of(clause)
    last = clause[change[1] - 1].number if change else None
    if per:
        return MeasureKind.RATE, per
    if change and last and last.form is NumberForm.MONEY:
        return MeasureKind.AMOUNT, change
    counted = None if head is None else (MeasureKind.COUNT, (head, head + 1))
    return by_goal or ((MeasureKind.PERCENTAGE, points) if points else counted)


def _is_own_kind(clause: Clause, at: int, kind: MeasureKind) -> bool:
    """Return whether a kind's word says what the figure is, not whom it counts or what it is about."""
    first = clause.segment(at)
    aside = kind not in (*_COUNTING, MeasureKind.RATE) and clause.find(cues.ASIDE, max(first + 1, at - 12), at)
    # "Demand for high cost placements"
    return first == at or (not aside and at < clause.relative_from and not clause.is_possessed(at))


def _kind_of_goal(clause: Clause, goal: StatedGoal | None) -> tuple[MeasureKind, Span] | None:
    if goal is None or (goal.number is None and goal.form is NumberForm.PLAIN):
        return None
    counted = clause.word(goal.end).isalpha() and goal.end not in clause.dated
    plain = MeasureKind.DURATION if clause.is_time(goal.end) else MeasureKind.COUNT if counted else None
    kinds = {NumberForm.MONEY: MeasureKind.AMOUNT, NumberForm.PLAIN: plain}
    kind = kinds.get(goal.form, MeasureKind.PERCENTAGE)
    return None if kind is None else (kind, (goal.start, goal.end))


def points_of(clause: Clause) -> Span | None:
    """Return a number of percentage points: only percentages differ by those."""
    numbers = ((at, token.number) for at, token in enumerate(clause.tokens) if token.number)
    return next(((at, at + 1) for at, number in numbers if number.form is NumberForm.POINTS), None)


def per_number(clause: Clause) -> Span | None:
    """Return the words that make a rate of a count: "per 10,000"."""
    for at, token in enumerate(clause.tokens):
        number = clause[at + 1].number
        if token.text == "per" and (clause.word(at + 1) in cues.PER_SIZES or (number and number.value >= 100)):
            return at, at + 2
    return None


def _head(clause: Clause, begin: int) -> int | None:
    """Return the counted things that head a clause: the last of its first nouns ("customer complaints upheld")."""
    if cues.DOING.at(clause.tokens, begin):
        return None
    for at in range(begin, min(clause.reason_from, begin + _LONGEST_HEAD)):
        word = clause.word(at)
        if at in clause.dated or clause[at].number is not None:
            continue
        if word in cues.COUNTED and _ends_a_name(clause, at + 1):
            return at
        goes_on = word not in cues.FOLLOWING or clause.leads(at + 1) or _joins_modifiers(clause, at)
        # "All schools will have …" counts nothing.
        if not goes_on or clause[at].is_sign or clause[at + 1].is_sign or word in ("all", "every", "each", "both"):
            return None
    return None


def _joins_modifiers(clause: Clause, at: int) -> bool:
    """Return whether an "and" joins what only says of what sort things are: "drug *and* alcohol related deaths"."""
    related = "related" in (clause.word(at + 2), clause.word(at + 3)) or clause.word(at + 2) in cues.COUNTED
    return clause.word(at) == "and" and clause.word(at - 1) not in cues.COUNTED | cues.MEASURED and related


def _ends_a_name(clause: Clause, at: int) -> bool:
    """Return whether the word before this one ends a name: "carers in …", but "carers survey"."""
    ended = clause.ends(at) or clause.word(at) in cues.FOLLOWING or clause.word(at).endswith(("ed", "ing"))
    return ended or clause[at].number is not None or cues.BOUNDS.at(clause.tokens, at) is not None


def unit_of(clause: Clause, kind: MeasureKind | None, goal: StatedGoal | None) -> tuple[str | None, Span | None]:
    """Return the code of the unit, and the words that say it where they are others than those of the kind."""
    if kind is MeasureKind.PERCENTAGE:
        points = points_of(clause) if clause.find(cues.GAPS, 0) is not None else None
        return ("percentage_point" if points else "percent"), points
    if kind is MeasureKind.RATE:
        per = per_number(clause)
        number = clause[per[1] - 1].number if per else None
        size = int(number.value) if number else cues.PER_SIZES.get(clause.word(per[1] - 1)) if per else None
        return (f"per_{size}" if size else None), per
    if kind is MeasureKind.COUNT:
        return _unit_of_count(clause)
    if kind is MeasureKind.DURATION:
        return _unit_of_time(clause, goal)
    if kind is MeasureKind.AMOUNT:
        return _unit_of_money(clause)
    return (_CODES.get(kind) if kind else None), None


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


def _unit_of_money(clause: Clause) -> tuple[str | None, Span | None]:
    for at, token in enumerate(clause.tokens):
        if token.number is not None and token.number.form is NumberForm.MONEY:
            codes = {"million": "GBP_million", "thousand": "GBP_thousand", "": "GBP"}
            return codes.get(token.number.scale), (at, at + 1)
    return (None if clause.find(cues.WEIGHED, 0) is not None else "GBP"), None


# --- What the figure is compared with


def comparison_of(
    clause: Clause, aim: StatedDirection | None, goal: StatedGoal | None
) -> tuple[ComparisonBasis, Span | None]:
    """Return the comparison and the words that say it, the most particular first.

    A quartile and other authorities are particular; so is a number to be reached, before the past that it is reached
    from; a figure that is merely to rise compares with where it is.
    """
    level = _level(clause)
    graded = level is not None and clause.word(level[0]) in cues.GRADES  # "retain a Good judgement"
    found = (
        (ComparisonBasis.QUARTILE, _quartile(clause)),
        (ComparisonBasis.NATIONAL, _others(clause)),
        (ComparisonBasis.NUMBER, (goal.start, goal.end) if goal else None),
        (ComparisonBasis.BASELINE, change_of(clause)),
        (ComparisonBasis.BASELINE, _past(clause)),
        (ComparisonBasis.BASELINE, (aim.start, aim.end) if aim and aim.of_itself and not graded else None),
        (ComparisonBasis.BASELINE, _improving(clause)),
        (ComparisonBasis.LEVEL, level),
    )
    return next(((basis, span) for basis, span in found if span), (ComparisonBasis.NONE, None))


def _quartile(clause: Clause) -> Span | None:
    """Find a quarter of the authorities; the most deprived decile is where people live."""
    found = ((start, end) for start, end, _ in cues.QUARTILES.find(clause.tokens))
    return next((span for span in found if clause.word(span[0] - 1) not in ("deprived", "income", "deprivation")), None)


def _others(clause: Clause) -> Span | None:
    """Find other authorities, or the nation or a region after a word that compares."""
    for start, end, _ in cues.OTHERS.find(clause.tokens):
        if not _describes_others(clause, start):
            return start, end
    for start, end, _ in cues.COMPARING.find(clause.tokens):
        nation = cues.NATIONAL.at(clause.tokens, end)
        after = clause.word(nation[0]) if nation else ""
        bound = clause.word(end - 1) in ("than", "below", "above") and after not in cues.SET
        ended = not after.isalpha() or after in cues.MEASURED or after in cues.FOLLOWING
        if nation and (bound or ended) and not _describes_others(clause, start):
            return start, nation[0]
    return None


def _describes_others(clause: Clause, at: int) -> bool:
    """Return whether those counted compare with others: "pupils achieving above the national average"."""
    # "… who feel safe to match the national figure": about the figure again.
    if clause.find(("match", "line", "exceed", "equal", "be"), at - 3, at) is not None:
        return False
    bound = at - 1 if clause.word(at - 1) in ("than", "below", "above") else at
    ranked = clause.word(bound) in ("above", "below", "at")
    acting = clause.word(bound - 1).endswith("ing") and not clause.leads(bound)
    return at > clause.relative_from or (ranked and (acting or clause.has_a_position(bound)))


def _past(clause: Clause) -> Span | None:
    """Find the figure's own past: "on last year", "compared with 2019", "against the 2023/24 baseline"."""
    for start, end, _ in cues.PAST.find(clause.tokens):
        # "Over the last year" says when.
        when = clause.word(start) in ("last", "previous") and clause.word(start - 1) in ("over", "in", "during", "for")
        if not when and start < clause.relative_from and not clause.is_possessed(start):
            return start, end
    for start, end, _ in cues.AGAINST.find(clause.tokens):
        if start not in clause.dated and end in clause.dated:
            return start, end + 1
    level = clause.find(("level", "levels"), 0)
    return (level - 1, level + 1) if level is not None and level - 1 in clause.dated else None  # "to 2019 levels"


def _improving(clause: Clause) -> Span | None:
    """Find better than it was, which names no way: at the head of a clause, or stated of the whole of it."""
    for start, end, _ in cues.IMPROVING.find(clause.tokens):
        word, after = clause.word(start), clause.word(end)
        # "Better Start centres", "improvement plan", "number of homes improved"
        named = clause[end].capital if word == "better" else after.isalpha() and after not in cues.FOLLOWING
        thing = named and word in ("better", "improvement") and end - start == 1
        predicate = word in ("improved", "improving", "improves") and clause.kind_before(start) not in _COUNTING
        ended = clause.ends(end) or after in ("for", "among", "in", "by", "on")
        if start < clause.relative_from and not thing and (clause.leads(start) or (predicate and ended)):
            return start, end
    return None


def _level(clause: Clause) -> Span | None:
    """Find a level in words: "high attendance", "rated Good", "maintain an Outstanding judgement"."""
    for start, end, _ in cues.LEVELS.find(clause.tokens):
        if _is_level(clause, start, end):
            return start, end
    return None


def _is_level(clause: Clause, start: int, end: int) -> bool:
    word, before, after = clause.word(start), clause.word(start - 1), clause.word(end)
    grade, leads = word in cues.GRADES, clause.leads(start)
    rated = bool(clause.kinds) and clause.kinds[0][2] is MeasureKind.RATING
    held = any(token.text.startswith(("retain", "maintain", "achiev", "keep")) for token in clause.tokens[:start])
    return cues.first_that_holds(
        ("pupils who are good", start >= clause.relative_from, False),
        ("outstanding debts", word == "outstanding" and not rated, False),
        ("a good level of development, low income families", after in cues.NAMED_BY_DEGREE | {"progress"}, False),
        ("sufficient places, high levels of", not grade, start < clause.first_kind + 1 and (leads or start <= 2)),
        ("percentage of schools judged good", clause.kind_before(start) in _COUNTING, False),
        ("good inspection outcomes, retain a good judgement", leads or held, True),
        ("rating of good", rated and before in ("of", "at", "as", "least"), True),
    )


# --- Without a figure: steps, and narrative


def step_of(clause: Clause) -> Span | None:
    """Return the words of a step that is done once: "Launch …", "… adopted", "carbon neutral by 2030"."""
    tokens = clause.tokens
    for at in (0, 1) if cues.LEADING.at(tokens, 0) else (0,):
        doing = cues.DOING.at(tokens, at) or cues.NOMINAL_STEPS.at(tokens, at)
        if doing:
            return at, doing[0]
    for start, end, _ in cues.DONE.find(tokens):
        joined = clause.word(end) in ("by", "in", "on") or end in clause.dated
        # "Completed assessments", "launched within 20 weeks", "in the place of choice"
        named = clause.word(end) == "within" or clause[end - 1].determined or start >= clause.relative_from
        if joined or (start > 0 and not named):
            return start, end
    for date in clause.deadlines:
        if clause.word(date.start - 1).endswith("ed"):
            return date.start - 1, date.start
    # What is to be so by a date, without any figure, is a step.
    nominal = next(((start, end) for start, end, _ in cues.NOMINAL_STEPS.find(tokens)), None)
    return next((nominal or (date.start, date.end) for date in clause.deadlines if date.period is not None), None)


def narrative_of(clause: Clause) -> Span | None:
    """Return the words of a narrative: "staff survey data", "feedback from parents"; not "data breaches"."""
    for start, end, _ in cues.NARRATIVE.find(clause.tokens):
        goes_on = clause.word(end) in cues.FOLLOWING or cues.RELATIVES.at(clause.tokens, end) is not None
        if goes_on or end == len(clause) or clause[end].is_sign or clause.word(end).endswith("ed"):
            return start, end
    return None


def step_date(clause: Clause) -> DateSpan | None:
    """Return the date of a step: "launched in May 2026", "opens to the public in June 2026"."""
    done = [(clause.word(start), clause.word(end), end) for start, end, _ in cues.DONE.find(clause.tokens)]
    for date in clause.dates:
        joint = date.start - 1
        joined = clause.word(joint) in ("in", "on", "during", "for", "(", "–", ":")
        # "Agreed by cabinet in May", "opens to the public in June", "launched in July"
        dated = any(end == joint or word in cues.FINITE_STEPS or after == "by" for word, after, end in done)
        if joined and (dated or cues.DOING.at(clause.tokens, 0)) and not clause[date.start].determined and date.period:
            return DateSpan(date.start if clause[joint].is_sign else joint, date.end, date.period)
    return None
