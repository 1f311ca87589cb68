"""A scorecard as tables: what a person reads first, in a terminal, a notebook or a panel paper."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from outcome_bees.areas import Names
from outcome_bees.evaluation.result import Evaluation
from outcome_bees.evaluation.rules import in_unit_of
from outcome_bees.evaluation.scorecard import Scorecard
from outcome_bees.evaluation.tally import Tally
from outcome_bees.evaluation.wording import best_groups, decimals_as_stated, decimals_required, distance
from outcome_bees.model.aims import Complete, Rank, StayBetween
from outcome_bees.model.local_policy import Policy
from outcome_bees.model.measure import Measure
from outcome_bees.model.plan import Plan
from outcome_bees.model.target import Target
from outcome_bees.periods import Period
from outcome_bees.presentation import console, html, markdown
from outcome_bees.presentation.blocks import Cell, Column, Group, Row, Table
from outcome_bees.presentation.numbers import plain, quantity
from outcome_bees.presentation.words import BASIS_BRIEFLY, LABEL, MARK, SYMBOL, brief, phrase
from outcome_bees.vocabulary import Reason, Verdict

__all__ = ["as_html", "as_markdown", "as_text", "bee_names", "grouped", "table_of_places", "tables_of", "with_parts"]

_REGISTER = Names()


def tables_of(card: Scorecard) -> tuple[Table, ...]:
    """Make the tables of a scorecard: every measure's answer, then how many of how many by bee and by ambition.

    Example:
        >>> from datetime import date
        >>> from outcome_bees import Observations, evaluate_plan
        >>> measure = Measure(id="m", title="M", unit="count", outcome_bees=["be-safe"])
        >>> plan = Plan(id="p", title="P", measures=[measure])
        >>> card = evaluate_plan(plan, Observations(), as_of=date(2025, 12, 31), area="E10000015")
        >>> [table.caption for table in tables_of(card)]
        ['P', 'By outcome bee']
    """
    return (_answers(card), *_tallies(card))


def as_text(card: Scorecard, *, width: int = 80, colour: bool = False, encoding: str = "utf-8") -> str:
    """Write the tables as text of a given width."""
    return console.text(tables_of(card), width=width, colour=colour, encoding=encoding)


def as_html(card: Scorecard) -> str:
    """Write the tables as a piece of HTML, as a notebook shows them."""
    return html.html(tables_of(card))


def as_markdown(card: Scorecard) -> str:
    """Write the tables as Markdown."""
    return markdown.markdown(tables_of(card))


def table_of_places(plan: Plan, tallies: Mapping[str, Tally], as_of: date, policy: Policy) -> Table:
    """Count how many of a plan's answers have which status in each of many places, by the code of the place.

    Example:
        >>> from outcome_bees import STANDARD, Status
        >>> plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="count")])
        >>> tallies = {"E10000015": Tally({Status.ACHIEVED: 1}), "E10000016": Tally({Status.MISSED: 1})}
        >>> table_of_places(plan, tallies, date(2025, 12, 31), STANDARD).summary
        '2 places, as known on 31 December 2025, policy standard: 1 of 2 assessed are on track or achieved (2 in all).'
    """
    whole = sum(tallies.values(), start=Tally())
    places = f"{len(tallies):,} place{'' if len(tallies) == 1 else 's'}"
    known = f"{places}, as known on {Period.day(as_of).label}, policy {policy.id}"
    rows = [_tally_row(_REGISTER.with_code(area), tally) for area, tally in tallies.items()]
    groups = [Group(rows), Group([_tally_row("All", whole)])]
    return Table(plan.title, _tally_columns("Place"), groups, f"{known}: {whole}.")


# Every measure's answer


def _answers(card: Scorecard) -> Table:
    """Make one row for every answer: figure, what was required of it, status, and where it has moved."""
    by_measure: dict[str, list[Evaluation]] = {}
    for each in card.evaluations:
        by_measure.setdefault(each.measure, []).append(each)
    targets = {each.id: each for each in card.plan.targets}
    groups = []
    for title, measures in grouped(card.plan):
        rows = [
            _row(answer, measure, level, targets.get(answer.target or ""), len(by_measure[measure.id]) > 1)
            for measure, level in measures
            for answer in by_measure[measure.id]
        ]
        single = [each for measure, _ in measures if not measure.components for each in by_measure[measure.id]]
        groups.append(Group(rows, title, str(Tally.of(each.status for each in single)) if title else ""))
    columns = (
        Column("Measure", least=24),
        Column("Figure", least=11),
        Column("Required", least=10),
        Column("Status", least=14),
        Column("Travel", least=11),
    )
    place = "No place" if card.area is None else _REGISTER.with_code(card.area)
    known = f"{place}, as known on {Period.day(card.as_of).label}, policy {card.policy}"
    return Table(card.plan.title, columns, groups, " ".join([f"{known}: {card.overall}.", *_notes(card)]))


def _notes(card: Scorecard) -> Iterator[str]:
    """Say what the marks of figures mean, and that a measure with several targets is counted for each of them."""
    marked = {each.revision for each in card.evaluations if each.value is not None}
    meant = [f"{mark} {revision}" for revision, mark in MARK.items() if revision in marked]
    if meant:
        yield f"{', '.join(meant)}."
    targets = Counter(
        (each.measure, tuple(each.breakdown.items()), each.due) for each in card.evaluations if each.target
    )
    twice = sum(number > 1 for number in targets.values())
    if twice:
        of = "One measure has" if twice == 1 else f"{twice} measures have"
        yield f"{of} several targets due together: each is counted."


def grouped(plan: Plan) -> Iterator[tuple[str, list[tuple[Measure, int]]]]:
    """Group the measures under the title of their ambition, or of their bees where a plan has no ambitions.

    Each measure comes once, with its level: the parts of a compound measure follow it, one level down. The
    order is the plan's, and a title is empty where there is only one.
    """
    names, titles = bee_names(plan), {each.id: each.title for each in plan.ambitions}
    groups: dict[str, list[tuple[Measure, int]]] = {id: [] for id in titles}
    parts, seen = plan.parts, set[str]()
    for whole in plan.measures:
        if whole.id in parts:
            continue
        group = plan.ambition_of(whole) or ""
        if not plan.ambitions:
            group = " ".join(plan.bees_of(whole))
            titles[group] = ", ".join(names[each] for each in plan.bees_of(whole))
        groups.setdefault(group, []).extend(with_parts(plan, whole, seen))
    kept = {group: measures for group, measures in groups.items() if measures}
    for group, measures in kept.items():
        yield ("" if len(kept) == 1 else titles.get(group) or "Other measures"), measures


def with_parts(plan: Plan, whole: Measure, seen: set[str] | None = None) -> Iterator[tuple[Measure, int]]:
    """List a measure and, one level down each, the parts it is made of.

    Args:
        plan: The plan that has them.
        whole: The measure.
        seen: The ids of measures that were listed before and are left out; those listed now are added.
    """
    seen = set() if seen is None else seen
    waiting = [(whole, 0)]
    while waiting:
        measure, level = waiting.pop()
        if measure.id not in seen:  # a part of two compound measures comes under the first
            seen.add(measure.id)
            yield measure, level
            waiting += [(plan.measure(part), level + 1) for part in reversed(measure.components)]


def bee_names(plan: Plan) -> dict[str, str]:
    """Return the name of each bee of the plan, by id."""
    return {bee.id: bee.name for bee in plan.bees}


def _row(answer: Evaluation, measure: Measure, level: int, target: Target | None, several: bool) -> Row:
    cells = (
        Cell(measure.title, note=_which(answer, several)),
        _figure(answer, measure),
        _required(answer, measure, target),
        Cell(LABEL[answer.status], _why(answer, measure, target), SYMBOL[answer.status], answer.rag),
        _travel(answer),
    )
    return Row(cells, level)


def _which(answer: Evaluation, several: bool) -> str:
    """Return what distinguishes one target of a measure from its others."""
    parts = [f"{name}: {value}" for name, value in answer.breakdown.items()]
    if several and answer.due is not None:
        parts.append(f"due {brief(answer.due.label)}")
    return "; ".join(parts)


def _figure(answer: Evaluation, measure: Measure) -> Cell:
    period = "" if answer.observation is None else brief(answer.observation.period.label)
    if answer.value is None:
        return Cell(note=period)
    # Rounded it would look met: then it is shown as exact as it is.
    exponent = answer.value.as_tuple().exponent
    digits = -exponent if answer.display_conflict and isinstance(exponent, int) else measure.digits
    figure = quantity(answer.value, measure.unit, max(digits, 0))
    mark = None if answer.revision is None else MARK.get(answer.revision)
    return Cell(figure if mark is None else f"{figure} {mark}", period)


def _required(answer: Evaluation, measure: Measure, target: Target | None) -> Cell:
    if target is None or answer.observation is None:
        return Cell()
    # Where the figure is for the due period, the cell beside has the period already.
    due = f"due {brief(answer.due.label)}" if answer.due not in (None, answer.observation.period) else ""
    if answer.goal is not None and answer.goal != answer.required:
        due = f"{_number(answer.goal, measure, _decimals(answer.goal, answer, measure, target))} {due}"
    return Cell(_asked(answer, measure, target), due)


def _asked(answer: Evaluation, measure: Measure, target: Target) -> str:
    match target.aim:
        case StayBetween(low, high):
            ends = (in_unit_of(measure, target, end) for end in (low, high))
            return " to ".join(_number(end, measure, decimals_as_stated(end, measure)) for end in ends)
        case Complete():
            return "done"
        case Rank():
            return best_groups(target.aim)
    if answer.required is None or answer.asked is None:
        return ""
    return f"{answer.asked} {_number(answer.required, measure, _decimals(answer.required, answer, measure, target))}"


def _decimals(number: Decimal, answer: Evaluation, measure: Measure, target: Target) -> int:
    return decimals_required(number, target, measure, answer.goal, answer.baseline)


def _number(number: Decimal, measure: Measure, decimals: int) -> str:
    """Write the number with its sign of % or £; the words of a longer unit are beside the figure already."""
    written = quantity(number, measure.unit, decimals)
    return plain(number, decimals) if " " in written else written


def _why(answer: Evaluation, measure: Measure, target: Target | None) -> str:
    """Return why it was not assessed, or how far ahead or behind the figure is."""
    if answer.reason is None and target is None:
        return "worst of parts"
    gap = _ahead(answer, measure, target)
    if answer.reason is None:
        tolerated = answer.verdict is Verdict.MET and gap.endswith(("behind", "above", "below"))
        return f"{gap}, within policy" if tolerated else gap
    if answer.reason is Reason.OVERDUE and answer.verdict is not None:
        return ", ".join(filter(None, (f"{phrase(answer.reason)}; last {LABEL[answer.verdict]}", gap)))
    return phrase(answer.reason)


def _ahead(answer: Evaluation, measure: Measure, target: Target | None) -> str:
    if target is None or answer.verdict is None or answer.required is None or answer.gap is None:
        return ""
    return distance(target, measure, answer.verdict, answer.required, answer.gap, brief=True, number=answer.value)


def _travel(answer: Evaluation) -> Cell:
    if answer.travel is None or answer.travel_basis is None:
        return Cell()
    return Cell(LABEL[answer.travel], BASIS_BRIEFLY[answer.travel_basis], SYMBOL[answer.travel])


# How many of how many


def _tallies(card: Scorecard) -> Iterator[Table]:
    """Make the tallies by bee and by ambition, where there are any, each with what it is out of."""
    bees, ambitions = bee_names(card.plan), {each.id: each.title for each in card.plan.ambitions}
    for caption, names in (("By outcome bee", bees), ("By ambition", ambitions)):
        if not names:
            continue
        tallies, overall = card.by_bee if names is bees else card.by_ambition, card.overall
        rows = [_tally_row(names[id], tallies[id]) for id in names if id in tallies]
        if rows:
            counted = sum(each.total for each in tallies.values())
            summary = "What serves two of them is counted under both." if counted > overall.total else ""
            whole = [_tally_row("The whole plan", overall)]
            columns = _tally_columns(caption.removeprefix("By ").capitalize())
            yield Table(caption, columns, [Group(rows), Group(whole)], summary)


def _tally_columns(of: str) -> tuple[Column, ...]:
    return (
        Column(of, least=18),
        Column("On track or achieved", least=15),
        Column("In all", numbers=True),
        Column("Of which", least=20),
    )


def _tally_row(name: str, tally: Tally) -> Row:
    share = f"{tally.good} of {tally.assessed} assessed" if tally.assessed else "none assessed"
    counted = ", ".join(f"{number} {LABEL[status]}" for status, number in tally.counts.items())
    return Row((Cell(name), Cell(share), Cell(str(tally.total)), Cell(counted)))
