"""The contents of a report, in order, before anyone decides how it looks: what page, paper and workbook share."""

from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from attrs import field, frozen

from outcome_bees.areas import Names
from outcome_bees.evaluation.result import Evaluation
from outcome_bees.evaluation.scorecard import Scorecard
from outcome_bees.evaluation.tally import Tally
from outcome_bees.model.index import Observations
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation
from outcome_bees.model.target import Target
from outcome_bees.periods import Period
from outcome_bees.presentation.blocks import Cell, visible
from outcome_bees.presentation.words import LABEL, SENTENCE, phrase
from outcome_bees.reports.answers import bee_names, grouped, tables_of
from outcome_bees.reports.commentary import Commentary, comment_on
from outcome_bees.vocabulary import ComparatorMethod, Rag, Reason, Status

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ChangedStatus", "Contents", "Entry", "Section", "contents_of"]

AWAITED = "Commentary awaited"


@frozen(repr=False)
class Entry:
    """One answer as a report has it.

    Attributes:
        anchor: Its name in a page, unique there.
        title: The measure's title, with what distinguishes this target from the measure's others.
        level: How many compound measures it is a part of.
        answer: The evaluation.
        measure: The measure.
        target: The target; ``None`` where there is none.
        cells: Figure, required, status and travel, as tables have them.
        comment: Its commentary; ``None`` where there is none.
        figures: The figures of its series that were known, in order.
        comparison: Those of the place or group it is held against.
        comparison_name: What to call that; empty where there is none.
    """

    anchor: str
    title: str
    level: int
    answer: Evaluation
    measure: Measure
    target: Target | None
    cells: tuple[Cell, ...]
    comment: Commentary | None = None
    figures: tuple[Observation, ...] = ()
    comparison: tuple[Observation, ...] = ()
    comparison_name: str = ""

    def __repr__(self) -> str:
        return f"<Entry {self.anchor}: {LABEL[self.answer.status]}>"

    @property
    def has_chart(self) -> bool:
        """Whether there is anything to draw: two figures, or one and a target."""
        present = sum(each.value is not None for each in self.figures)
        return self.answer.value is not None and present >= (1 if self.target is not None else 2)

    def chart(self, names: Names, *, narrow: bool = False) -> "Axes":
        """Draw the measure's way to its target; ``narrow`` for a screen no wider than a telephone's."""
        from outcome_bees.reports import charts  # matplotlib is wanted only here
        from outcome_bees.reports._drawing import new_axes

        return charts.trajectory(
            self.answer,
            self.figures,
            measure=self.measure,
            target=self.target,
            comparison=self.comparison,
            comparison_name=self.comparison_name,
            names=names,
            ax=new_axes(3.4, 3.2, (0.5, 1.2, 0.95, 0.95)) if narrow else None,
        )


@frozen(repr=False)
class Section:
    """Answers that belong together: those of an ambition, or of bees where a plan has no ambitions."""

    anchor: str
    title: str
    summary: str
    entries: tuple[Entry, ...]

    def __repr__(self) -> str:
        return f"<Section {self.title!r}: {len(self.entries)} answers>"


@frozen
class ChangedStatus:
    """A status that is another than on the card before.

    Attributes:
        title: The measure's title.
        before: Its status then; ``None`` where it is new.
        after: Its status now.
    """

    title: str
    before: Status | None
    after: Status

    def __str__(self) -> str:
        was = "new" if self.before is None else f"was {LABEL[self.before]}"
        return f"{self.title}: {LABEL[self.after]} ({was})"


@frozen(kw_only=True, repr=False)
class Contents:
    """A whole report.

    Attributes:
        title: The plan's title.
        place: What the place is called.
        place_code: Its code; empty for none.
        as_of: The day, in words.
        policy: The id of the policy.
        version: Which release of this library made it.
        summary: The whole in a sentence.
        counts: How many answers have which status, in words, the parts of compound measures counted.
        red, amber: What needs attention: what was missed or is off track, and what nearly was.
        sections: All answers.
        bees: Name and tally of each outcome bee.
        unassessed: For each reason its phrase, its sentence, and the entries.
        sources: Where the figures and the plan are published.
        changed: What has another status than on the card before; ``None`` where there was none to compare with.
        before: The day of the card before, in words; empty for none.
        notes: What a reader must know about the data: provisional figures, numbers that are hidden.
        names: What places are called.
        card: The card.
    """

    title: str
    place: str
    place_code: str
    as_of: str
    policy: str
    version: str
    summary: str
    counts: tuple[tuple[Status, int], ...]
    red: tuple[Entry, ...]
    amber: tuple[Entry, ...]
    sections: tuple[Section, ...]
    bees: tuple[tuple[str, Tally], ...]
    unassessed: tuple[tuple[Reason, str, str, tuple[Entry, ...]], ...]
    sources: tuple[str, ...]
    changed: tuple[ChangedStatus, ...] | None = None
    before: str = ""
    notes: tuple[str, ...] = ()
    names: Names = field(factory=Names)
    card: Scorecard

    def __repr__(self) -> str:
        return f"<Contents of {self.title!r}, {self.place}, {self.as_of}: {len(self.entries)} answers>"

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All answers, in the plan's order."""
        return tuple(entry for section in self.sections for entry in section.entries)


def contents_of(
    card: Scorecard,
    observations: Observations | Iterable[Observation] = (),
    *,
    commentary: Iterable[Commentary] = (),
    before: Scorecard | None = None,
    names: Names | None = None,
    notes: Iterable[str] = (),
) -> Contents:
    """Gather the contents of a report.

    Args:
        card: The answers.
        observations: The figures they were made from, for charts and sources; none leaves charts out.
        commentary: Commentary on them.
        before: The card of an earlier day, to show what changed.
        names: What to call places; ``None`` for the register's names.
        notes: What else a reader must know about the data.
    """
    names = names or Names()
    figures = Observations.of(observations)
    known = tuple(commentary)
    sections = tuple(_sections(card, figures, known, names))
    entries = [entry for section in sections for entry in section.entries]
    single = [each for each in entries if each.answer.target or not each.measure.components]
    counts = card.overall.counts
    by_reason = {reason: [each for each in single if each.answer.reason is reason] for reason in Reason}
    bees = bee_names(card.plan)
    return Contents(
        title=visible(card.plan.title),
        place=visible(names.in_full(card.area)),
        place_code=card.area or "",
        as_of=Period.day(card.as_of).label,
        policy=card.policy,
        version=_version(),
        summary=_summary(card, names),
        counts=tuple((status, counts[status]) for status in Status if status in counts),
        red=tuple(each for each in single if each.answer.rag is Rag.RED),
        amber=tuple(each for each in single if each.answer.rag is Rag.AMBER),
        sections=sections,
        bees=tuple((visible(bees[id]), card.by_bee[id]) for id in bees if id in card.by_bee),
        unassessed=tuple(
            (reason, phrase(reason), SENTENCE[reason], tuple(several))
            for reason, several in by_reason.items()
            if several
        ),
        sources=tuple(_sources(card, entries)),
        changed=None if before is None else tuple(_changed(before, entries)),
        before="" if before is None else Period.day(before.as_of).label,
        notes=(*_data_notes(entries), *map(visible, notes)),
        names=names,
        card=card,
    )


def _version() -> str:
    try:
        return version("outcome-bees")
    except PackageNotFoundError:  # run from its source
        return "unreleased"


def _summary(card: Scorecard, names: Names) -> str:
    counts = card.overall.counts
    red = counts.get(Status.MISSED, 0) + counts.get(Status.OFF_TRACK, 0)
    amber = counts.get(Status.NARROWLY_MISSED, 0) + counts.get(Status.AT_RISK, 0)
    attention = ", ".join(
        filter(None, (f"{red} missed or off track" if red else "", f"{amber} nearly so" if amber else ""))
    )
    place = visible(names.of(card.area))
    return f"{place}: {card.overall}." + (f" Needing attention: {attention}." if attention else "")


def _sections(
    card: Scorecard, figures: Observations, commentary: tuple[Commentary, ...], names: Names
) -> Iterable[Section]:
    targets = {each.id: each for each in card.plan.targets}
    by_measure: dict[str, list[Evaluation]] = {}
    for each in card.evaluations:
        by_measure.setdefault(each.measure, []).append(each)
    rows = iter(tables_of(card)[0].rows)
    for place, (title, measures) in enumerate(grouped(card.plan), start=1):
        entries = []
        for measure, level in measures:
            for answer in by_measure[measure.id]:
                first, *cells = next(rows).cells
                target = targets.get(answer.target or "")
                shown, other, name = _series(card, answer, measure, figures)
                entries.append(
                    Entry(
                        anchor=_anchor(answer, by_measure[measure.id]),
                        title=f"{first.text} ({first.note})" if first.note else first.text,
                        level=level,
                        answer=answer,
                        measure=measure,
                        target=target,
                        cells=tuple(cells),
                        comment=comment_on(answer, commentary),
                        figures=shown,
                        comparison=other,
                        comparison_name=name,
                    )
                )
        single = [each.answer for each in entries if each.answer.target or not each.measure.components]
        yield Section(
            f"section-{place}",
            visible(title) or "Measures",
            str(Tally.of(each.status for each in single)),
            tuple(entries),
        )


def _anchor(answer: Evaluation, answers: list[Evaluation]) -> str:
    """Return a name that lasts from one report to the next; the targets after a measure's first add their own."""
    beside = "" if answer is answers[0] else f"--{answer.target}"
    return f"measure-{answer.measure}{beside}"


def _series(
    card: Scorecard, answer: Evaluation, measure: Measure, figures: Observations
) -> tuple[tuple[Observation, ...], tuple[Observation, ...], str]:
    """Return the figures of an answer's series, and those of the one published place that the plan compares with."""
    if answer.area is None or answer.observation is None:
        return (), (), ""

    def known(place: str) -> tuple[Observation, ...]:
        found = figures.known(measure.id, place, answer.breakdown, as_of=card.as_of)
        return tuple(found[period] for period in sorted(found, key=lambda each: (each.end, each.code)))

    for comparator in card.plan.comparators:
        if comparator.method is ComparatorMethod.PUBLISHED and answer.area not in comparator.areas:
            others = known(comparator.areas[0])
            if others:
                return known(answer.area), others, visible(comparator.title)
    return known(answer.area), (), ""


def _changed(before: Scorecard, entries: Iterable[Entry]) -> Iterable[ChangedStatus]:
    was = {(each.measure, each.target): each.status for each in before.evaluations}
    for each in entries:
        earlier = was.get((each.answer.measure, each.answer.target))
        if earlier is not each.answer.status:
            yield ChangedStatus(each.title, earlier, each.answer.status)


def _sources(card: Scorecard, entries: Iterable[Entry]) -> Iterable[str]:
    sources: dict[str, None] = {}
    for each in entries:
        for figure in each.figures or filter(None, [each.answer.observation]):
            if figure.source:
                sources[visible(figure.source)] = None
    if card.plan.source:
        yield f"The plan: {visible(card.plan.source)}"
    yield from sources


def _data_notes(entries: Iterable[Entry]) -> Iterable[str]:
    from outcome_bees.vocabulary import Revision

    provisional = [
        each.title
        for each in entries
        if each.answer.observation is not None and each.answer.observation.revision is Revision.PROVISIONAL
    ]
    if provisional:
        yield f"Provisional figures, which may be revised: {'; '.join(provisional)}."
    if any(each.answer.display_conflict for each in entries):
        yield "Where a figure looks met as it is rounded and is not, it is shown with as many digits as show it."
