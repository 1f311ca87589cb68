"""Reading one published measure sentence: cut into clauses, each read, and put together again."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from attrs import evolve, field, frozen

from outcome_bees.frozen import FrozenMapping
from outcome_bees.linting import lint
from outcome_bees.linting.finding import Findings, findings_of
from outcome_bees.model.fields import calendar_or_none
from outcome_bees.model.measure import Measure
from outcome_bees.model.plan import Plan
from outcome_bees.periods import Period, YearType
from outcome_bees.statements import _cues as cues, _features as features
from outcome_bees.statements._clause import Clause, Span
from outcome_bees.statements._deadlines import DateSpan, dates_in, deadlines_in
from outcome_bees.statements._directions import direction_of, leading_directions
from outcome_bees.statements._features import ComparisonBasis
from outcome_bees.statements._normalise import Token, tokens_of
from outcome_bees.statements._quantities import StatedGoal, goal_of, limits_of
from outcome_bees.units import Unit
from outcome_bees.vocabulary import Direction, MeasureKind

__all__ = ["MeasureDraft", "Statement", "draft_measure", "read_statement"]


@frozen(kw_only=True)
class Statement:
    """What one sentence of a plan says of a measure, and nothing that it does not say.

    Attributes:
        text: The sentence, as given; of a part, the words that are the part's.
        kind: The sort of figure; ``None`` where no word says it.
        direction: Which way the figure is to go; ``None`` where it is not stated, or the parts differ.
        comparator: What the figure is compared with.
        due: The period by whose end it is to be so; ``None`` without a deadline, or where the words leave
            open which (a "2025/26" of no stated calendar): ``evidence["due"]`` then has those words.
        unit: The code of the figure's unit; ``None`` where the words do not say one of the closed list.
        number: The number to be reached or delivered, in that unit; ``None`` without one, for a share in
            words ("one in three"), a range, and a mere change ("by 10%").
        components: The parts of a compound, each a statement of its own; empty for a single measure.
        evidence: Field by field, the words of the sentence that say so.

    Example:
        >>> Statement(text="Staff survey data", kind=MeasureKind.NARRATIVE).direction is None
        True
    """

    text: str
    kind: MeasureKind | None = None
    direction: Direction | None = None
    comparator: ComparisonBasis = ComparisonBasis.NONE
    due: Period | None = None
    unit: str | None = None
    number: Decimal | None = None
    components: "tuple[Statement, ...]" = ()
    evidence: FrozenMapping[str, tuple[str, ...]] = field(factory=FrozenMapping, repr=False)


class MeasureDraft(NamedTuple):
    """A measure as far as its sentence says it, and what whoever drafts the plan has still to say.

    Attributes:
        measure: The measure; of a compound the whole: draft each of ``statement.components`` for its parts.
        findings: What ``lint`` finds of it, and ``no_kind`` where the sentence names no sort of figure.
    """

    measure: Measure
    findings: Findings


def read_statement(text: str, *, calendar: YearType | str | None = None) -> Statement:
    """Read what a published measure sentence says: kind, direction, comparator, deadline, unit, parts.

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
    tokens = tokens_of(text)
    dates = dates_in(tokens, calendar_or_none(calendar))
    deadlines = deadlines_in(tokens, dates)
    parts: list[Statement] = []
    for span in _clauses_of(tokens, [*dates, *deadlines]):
        clause = Clause(tokens[slice(*span)], _within(dates, *span), _within(deadlines, *span))
        parts.append(_read(text, clause, parts[-1].direction if parts else None))
    return evolve(parts[0], text=text) if len(parts) == 1 else _compound(text, parts)


def draft_measure(statement: Statement | str, *, id: str, calendar: YearType | str | None = None) -> MeasureDraft:
    """Return the measure that a published sentence describes, and the findings on it.

    Nothing is added that the sentence does not say: no direction stays no direction, and a sentence without
    any sort of figure becomes a narrative measure.

    Args:
        statement: A sentence, or one that was read already.
        id: The id that the measure is to have.
        calendar: As for ``read_statement``; not needed for one that was read already.

    Raises:
        InvalidValueError: An id that is none; a sentence that cannot be read.

    Example:
        >>> measure, findings = draft_measure("Increase in % of care leavers in work", id="in-work")
        >>> measure.direction.value, measure.unit.code, [finding.id for finding in findings]
        ('increase', 'percent', ['no_calendar', 'no_target', 'no_bee'])
    """
    read = statement if isinstance(statement, Statement) else read_statement(statement, calendar=calendar)
    measure = Measure(
        id=id,
        title=" ".join(read.text.split()),
        unit=None if read.unit is None or read.kind is MeasureKind.COMPOUND else Unit(read.unit),
        direction=read.direction,
        kind=read.kind or MeasureKind.NARRATIVE,
    )
    of_sentence = findings_of([] if read.kind else [("no_kind", "$.measures[0].kind", id, {})])
    return MeasureDraft(measure, Findings(of_sentence + lint(Plan(id="draft", title="A draft", measures=[measure]))))


def _within(dates: Sequence[DateSpan], start: int, end: int) -> list[DateSpan]:
    return [DateSpan(each.start - start, each.end - start, each.period) for each in dates if start <= each.start < end]


def _read(text: str, clause: Clause, before: Direction | None) -> Statement:
    """Read one part; ``before`` is the direction of the part before it, which may be of this one too."""
    limits = limits_of(clause)
    aim = direction_of(clause, limits)
    moved_from = aim.start if aim else -1 if before else len(clause)
    goal = goal_of(clause, limits, moved_from=moved_from, held=(aim.way if aim else before) is Direction.MAINTAIN)
    comparator, compared = features.comparison_of(clause, aim, goal)
    due = _due(clause.deadlines, goal)
    kind = features.kind_of(clause, aim, goal)
    if not (kind or goal or (aim and aim.way)) and comparator in (ComparisonBasis.NONE, ComparisonBasis.LEVEL):
        step, narrative = features.step_of(clause), features.narrative_of(clause)
        if step:
            kind, due = (MeasureKind.MILESTONE, step), due or features.step_date(clause)
        elif narrative:
            kind = MeasureKind.NARRATIVE, narrative
    if due and due.period and comparator is ComparisonBasis.NONE and (not kind or kind[0] is MeasureKind.MILESTONE):
        comparator, compared = ComparisonBasis.DATE, (due.start, due.end)
    unit, unit_words = features.unit_of(clause, kind[0] if kind else None, goal)
    spans = {
        "kind": kind and kind[1],
        "direction": aim and (aim.start, aim.end),
        "comparator": compared,
        "due": due and (due.start, due.end),
        "unit": unit_words or (kind[1] if kind and unit else None),
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
        evidence=FrozenMapping({name: (_quoted(text, clause, span),) for name, span in spans.items() if span}),
    )


def _due(deadlines: Sequence[DateSpan], goal: StatedGoal | None) -> DateSpan | None:
    """Return the deadline; of several, the one that goes with the number to be reached, else the last."""
    after = [each for each in deadlines if goal is not None and each.start >= goal.end]
    return after[0] if after else deadlines[-1] if deadlines else None


def _quoted(text: str, clause: Clause, span: Span) -> str:
    """Return the words as the sentence has them, without the signs and joints at their edges."""
    words = [at for at in range(span[0], min(span[1], len(clause))) if clause.word(at) not in _JOINTS | {";", "|"}]
    start, end = (words[0], words[-1]) if words else (span[0], span[0])
    return text[clause[start].start : clause[end].end]


# --- A sentence of several measures
#
# Most of what "and" joins is one measure ("education, employment and training"). Another begins only with words that
# would lead a sentence of their own, and not where they may still describe those counted ("people supported to
# exercise and reduce their drinking").

_JOINTS = frozenset((",", "and", "&", "/", "while", "whilst", "plus", "but", "(", "alongside"))
_JOINING = frozenset("to and also then , with will we we'll".split())
_FIGURES = frozenset("number numbers percentage proportion rate rates % average share".split())
_LONGEST_PARALLEL = 8
# Words that one measure takes before another may begin. Our choice; it also keeps long text linear
_LONGEST_MEASURE = 60


def _clauses_of(tokens: Sequence[Token], dates: Sequence[DateSpan]) -> list[Span]:
    """Return the stretches of a sentence that each state a measure; one stretch where it states one."""
    stretches: list[Span] = []
    begun = 0
    for at in range(1, len(tokens)):
        start = _next_measure(tokens, begun, at, dates)
        if start is not None:
            stretches.append((begun, at - 1))
            begun = start
    stretches.append((begun, len(tokens)))
    worded = [span for span in stretches if not all(each.is_sign for each in tokens[slice(*span)])]
    return worded or [(0, len(tokens))]


def _next_measure(tokens: Sequence[Token], begun: int, at: int, dates: Sequence[DateSpan]) -> int | None:
    """Return the word from which another measure begins after a token; ``None`` where the measure goes on."""
    joint = tokens[at - 1].text
    # "Current 91%; target 95%" is one figure
    named = cues.ORIGINS.at(tokens, at) or cues.GOALS.at(tokens, at)
    if joint in (";", ".", ",") and named and any(token.form for token in tokens[at : at + 5]):
        return None
    if joint in (";", "|") or (joint == "." and tokens[at].capital):
        return at
    start = next((each for each in range(at, len(tokens)) if tokens[each].text not in _JOINING), len(tokens))
    dated = _within(dates, begun, at)
    if joint not in _JOINTS or not begun < at <= begun + _LONGEST_MEASURE or start == len(tokens):
        return None
    begins = _begins_measure if _may_lead(tokens, start) else _is_in_parallel
    return start if begins(Clause(tokens[begun : at - 1], dated), tokens, start) else None


def _may_lead(tokens: Sequence[Token], at: int) -> bool:
    of_figure = any(token.text in cues.MEASURED for token in tokens[at + 1 : at + 3])
    leading = (cues.NOUNS, cues.VERBS, cues.ADJECTIVES, cues.IMPROVING, *((cues.DEGREES,) if of_figure else ()))
    return tokens[at].text in _FIGURES or any(table.at(tokens, at) for table in leading)


def _is_in_parallel(before: Clause, tokens: Sequence[Token], start: int) -> bool:
    """Return whether a second figure goes to a number of its own: "increase A to 150 and *the B rate to 90%*"."""
    numbers = (at for at in range(len(before)) if before.has_number(at) or before.word(at) in cues.ZEROS)
    leads = {before.word(at - 1) for at in numbers} & {"to", "by"}
    second = Clause(tokens[start : start + _LONGEST_PARALLEL + 1])
    lead = second.find(leads, 1)
    led = lead is not None and second[lead + 1].form is not None and second.find(_JOINTS, 0, lead) is None
    return led and _first_aim(before) >= 0


def _begins_measure(before: Clause, tokens: Sequence[Token], start: int) -> bool:
    """Return whether words that may lead a measure do so after this one."""
    word, following = tokens[start].text, Clause(tokens)[start + 1]
    first, described = _first_aim(before), before.relative_from < len(before)
    closes_a_gap = any(token.text in cues.GAPS for token in tokens[start : start + 4])  # which is no person's own
    degree = cues.ADJECTIVES.at(before.tokens, first) or cues.DEGREES.at(before.tokens, first)
    by_verb = not degree and cues.VERBS.at(before.tokens, first)
    bettered = cues.IMPROVING.at(before.tokens, first)
    leading, noun = cues.VERBS.at(tokens, start), cues.NOUNS.at(tokens, start)
    gerund = leading and word.endswith("ing")
    verb = word == "improve" or (leading and not gerund and not (degree and word == "lower"))
    second = cues.ADJECTIVES.at(tokens, start)
    opposed = degree and second and degree[1] is not second[1]
    # "To reduce, by 2028, …" has not yet what it wants less of.
    of_the_same = by_verb or all(map(before.ends, range(first + 1, len(before))))
    named, sides = first >= 0 or before.kinds, before.find(("between",), 0) is not None
    of_figure = following.text in cues.FOLLOWING or following.text.endswith("ed") or word == "average"
    repeated = following.is_sign or following.text in ("", "by", "to", "from", "year")
    return cues.first_that_holds(
        ("the gap between the rate for A and the rate for B", word in _FIGURES and sides, False),
        ("number of A and percentage of B", word in _FIGURES, named and of_figure),
        ("increase in A and reduction in B", noun, named and not described),
        ("supported to exercise and reduce their drinking", first < 0, False),
        ("those who smoke and reduce their drinking", described and not closes_a_gap, False),
        ("reduce A and increase B", verb, by_verb or bettered),
        ("reducing A, raising B; but: …, increasing year on year", gerund, not repeated),
        ("fewer, better meetings; increase A and improved B; more A, improving to", of_the_same, False),
        ("fewer A and more B", word in ("more", "less", "additional", "extra"), opposed),
        ("lower A and higher B", True, True),
    )


def _first_aim(clause: Clause) -> int:
    """Return where a clause that an aim leads has that aim, a direction or "improve"; -1 where none leads it."""
    aims = [aim.start for aim in leading_directions(clause)]
    return min([*aims, *(at for at, _, _ in cues.IMPROVING.find(clause.tokens) if clause.leads(at))], default=-1)


# --- The whole of several parts


def _compound(text: str, parts: Sequence[Statement]) -> Statement:
    """Return the whole of several parts: what they agree on, and nothing where they differ."""
    parts = _with_shared_deadline(_with_shared_direction(parts))
    agreed: dict[str, Any] = {}
    evidence = {"kind": tuple(part.text for part in parts)}
    for name in ("direction", "comparator", "due", "unit"):
        first, *others = {getattr(part, name) for part in parts}
        if not others:
            agreed[name] = first
        if words := tuple(dict.fromkeys(each for part in parts for each in part.evidence.get(name, ()))):
            evidence[name] = words
    return Statement(
        text=text, kind=MeasureKind.COMPOUND, components=tuple(parts), evidence=FrozenMapping(evidence), **agreed
    )


def _with(part: Statement, donor: Statement, *names: str) -> Statement:
    """Return the part with fields of another, and the words that say them there."""
    words = {name: donor.evidence[name] for name in names if name in donor.evidence}
    fields = {name: getattr(donor, name) for name in names}
    return evolve(part, **fields, evidence=FrozenMapping({**part.evidence, **words}))


def _with_shared_direction(parts: Sequence[Statement]) -> list[Statement]:
    """Return parts that share a direction stated once: "Increase in the number of A and the percentage of B"."""
    shared: list[Statement] = []
    for part in parts:
        before = shared[-1] if shared else part
        open_ = part.direction is None and part.kind is not None and "direction" in before.evidence
        # "Increase A to 150 and B to 90%": so is B; as is "increase A by 5% and B by 10%".
        quoted = (*part.evidence.get("number", ()), *part.evidence.get("comparator", ()))
        if open_ and part.comparator is ComparisonBasis.NONE and before.comparator is ComparisonBasis.BASELINE:
            part = _with(part, before, "direction", "comparator")
        elif open_ and any(words.startswith(("to ", "by ")) for words in quoted):
            part = _with(part, before, "direction")
        shared.append(part)
    return shared


def _with_shared_deadline(parts: Sequence[Statement]) -> list[Statement]:
    """Return parts that share one deadline: "Increase A and reduce B by March 2026"."""
    dated = [part for part in parts if part.due is not None]
    if len({part.due for part in dated}) != 1:
        return list(parts)
    return [part if "due" in part.evidence else _with(part, dated[0], "due") for part in parts]
