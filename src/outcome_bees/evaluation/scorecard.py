"""The scorecard: every target of a plan for one place, and tallies by bee, ambition and priority."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import localcontext
from os import PathLike
from typing import IO, Any, Literal, Protocol, overload

from attrs import field, frozen

from outcome_bees.errors import (
    InvalidValueError,
    UnknownAreaWarning,
    UnknownMeasureWarning,
    nearest,
    warn_caller,
)
from outcome_bees.evaluation.evaluate import assess_exactly, only_area
from outcome_bees.evaluation.inputs import Inputs
from outcome_bees.evaluation.missing import in_use, no_figures_of
from outcome_bees.evaluation.result import Evaluation
from outcome_bees.evaluation.tally import Tally
from outcome_bees.exact import CONTEXT
from outcome_bees.frozen import described
from outcome_bees.kept import gc_paused
from outcome_bees.model.fields import area as area_read, as_of_day
from outcome_bees.model.index import Observations
from outcome_bees.model.local_policy import STANDARD, Policy, policy_of
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import Plan, check_plan_given
from outcome_bees.model.target import Target
from outcome_bees.offers import offered
from outcome_bees.presentation.words import LABEL
from outcome_bees.vocabulary import Reason, Status

__all__ = ["Scorecard", "evaluate_plan", "with_inputs"]


class _Printer(Protocol):
    """What IPython gives a thing to show itself with."""

    def text(self, given: str) -> None: ...


@described(
    plan="The plan that was evaluated.",
    area="The code of the place; ``None`` where it was not given and there are no figures to show it.",
    as_of="The day whose knowledge counted.",
    policy="The id of the policy that judged.",
    evaluations="Every measure's answers, in the plan's order: one for each of its targets, or one that says why "
    "there is none. A compound measure's is the worst of its parts'.",
)
@frozen(kw_only=True)
class Scorecard:
    """The answers of a plan for one place, as was known on one day. In a notebook it shows itself as a table.

    Example:
        >>> from outcome_bees import Observations, evaluate_plan
        >>> plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="count")])
        >>> card = evaluate_plan(plan, Observations(), as_of=date(2025, 12, 31), area="E10000015")
        >>> str(card.overall)
        'none assessed (1 in all)'
    """

    plan: Plan
    area: str | None = None
    as_of: date
    policy: str
    evaluations: tuple[Evaluation, ...]
    # What it was made from: kept for reports and to be traced, and no part of the answer.
    _inputs: Inputs | None = field(init=False, default=None, eq=False)

    @property
    def inputs(self) -> Inputs | None:
        """What the card was made from; ``None`` for one that was made by hand, or written before cards had it."""
        return self._inputs

    @property
    def overall(self) -> Tally:
        """The tally of the whole plan. Parts are counted, and the compound measures made of them are not."""
        return Tally.of(each.status for each in self._single)

    @property
    def by_bee(self) -> dict[str, Tally]:
        """Tallies by the id of the bee; what serves two bees is counted under both."""
        return self._by(self.plan.bees_of)

    @property
    def by_ambition(self) -> dict[str, Tally]:
        """Tallies by the id of the ambition, for measures that serve one."""
        return self._by(lambda measure: _some(self.plan.ambition_of(measure)))

    @property
    def by_priority(self) -> dict[str, Tally]:
        """Tallies by the id of the priority, for measures that belong to one."""
        return self._by(lambda measure: _some(getattr(self.plan.priority_of(measure), "id", None)))

    @property
    def by_compound(self) -> dict[str, Tally]:
        """Tallies of the parts, by the id of the compound measure."""
        statuses: dict[str, list[Evaluation]] = {}
        for each in self.evaluations:
            statuses.setdefault(each.measure, []).append(each)
        return {
            whole.id: Tally.of(each.status for part in whole.components for each in statuses.get(part, ()))
            for whole in self.plan.measures
            if whole.components
        }

    def __repr__(self) -> str:
        place = "" if self.area is None else f" in {self.area}"
        return f"<Scorecard of {self.plan.id}{place} as of {self.as_of}: {self.overall}>"

    def __str__(self) -> str:
        """Write the table as text, 80 columns wide."""
        text: str = offered("as_text")(self)
        return text

    def _repr_html_(self) -> str:
        """Write the table as a notebook shows it."""
        markup: str = offered("as_html")(self)
        return markup

    def _repr_markdown_(self) -> str:
        """Write the table as a notebook that is turned into a document has it."""
        markup: str = offered("as_markdown")(self)
        return markup

    def _repr_pretty_(self, printer: "_Printer", cycle: bool) -> None:
        """Write the table as IPython shows it on a terminal."""
        printer.text(str(self))

    def report(self, path: str | PathLike[str], **how: Any) -> None:
        """Write a page (``.html``), a paper (``.docx``) or a workbook (``.xlsx``) for the people who decide.

        Args:
            path: The file to write, whole or not at all.
            how: ``commentary``, ``before`` (an earlier card), ``names`` of places, ``template``, ``disclosure``,
                ``charts``: as ``reports.report.report`` has them. ``observations`` are needed for charts where the
                card was loaded from a file that was written without them.

        Raises:
            MissingExtraError: The extra ``report`` is not installed.
        """
        if self._inputs is not None:
            how.setdefault("policy", self._inputs.policy)
        how.setdefault("observations", () if self._inputs is None else self._inputs.observations)
        offered("report")(self, path, **how)

    def with_methods(self, *methods: str) -> Any:
        """Return the card with what methods say beside each answer: a ``methods.Analysis``; it changes no status.

        Args:
            methods: ``certainty``, ``trend``, ``spc`` and ``forecast``; all four where none is named.

        Raises:
            InvalidValueError: No such method; or the card is without the observations that it was made from.
        """
        return offered("with_methods")(self, *methods)

    def published(
        self,
        rule: Any,
        observations: Observations | Iterable[Observation] | None = None,
        *,
        policy: Policy | str | None = None,
    ) -> "Scorecard":
        """Return the card as it may leave the building: evaluated again on the observations that a rule leaves.

        Args:
            rule: A ``reports.publish.Disclosure``.
            observations: What the card was made from; ``None``: those that ``evaluate_plan`` was given.
            policy: What judged it; ``None``: the policy that ``evaluate_plan`` was given.

        Raises:
            InvalidValueError: The card has no inputs, and the observations or the policy are not given.
        """
        inputs = self._inputs
        given = inputs.observations if observations is None and inputs is not None else observations
        judged_by = policy or (None if inputs is None else inputs.policy)
        if given is None or judged_by is None:
            allowed = "observations and policy, since the card was loaded and does not have them"
            raise InvalidValueError("Scorecard.published", None, allowed)
        card: Scorecard = offered("published")(self, given, rule, policy=judged_by)
        return card

    def to_frame(self, library: str | None = None) -> Any:
        """Return one row for each answer, as a dataframe of whichever library is installed.

        Its columns are those of ``reports.tabular.COLUMNS``, as in CSV and Excel: numbers are floats there.

        Args:
            library: ``polars``, ``pandas`` or ``pyarrow``; ``None``: the first of them that is installed.
        """
        return offered("to_frame")(self, library)

    @overload
    def to_csv(self, target: None = None) -> str: ...
    @overload
    def to_csv(self, target: str | PathLike[str] | IO[Any]) -> None: ...
    def to_csv(self, target: str | PathLike[str] | IO[Any] | None = None) -> str | None:
        """Write one row for each answer as CSV, every number exact; without a place to write to, return the text."""
        text: str | None = offered("to_csv")(self, target)
        return text

    def to_excel(self, target: str | PathLike[str] | IO[Any]) -> None:
        """Write one row for each answer as an Excel workbook of one sheet; ``report`` writes a workbook for readers.

        Raises:
            MissingExtraError: The extra ``excel`` is not installed.
        """
        offered("to_excel")(self, target)

    def to_parquet(self, target: str | PathLike[str] | IO[Any]) -> None:
        """Write one row for each answer as Parquet, its columns and types those of ``reports.storing.STORED``.

        Raises:
            MissingExtraError: Neither Polars nor PyArrow is installed.
        """
        offered("to_parquet")(self, target)

    def to_database(
        self,
        database: str | PathLike[str],
        table: str = "answers",
        *,
        if_there: Literal["refuse", "replace"] = "refuse",
    ) -> int:
        """Add one row for each answer to a table of a database, and return how many were added.

        Args:
            database: The path of an SQLite or DuckDB file, made where its suffix says of which sort; or PostgreSQL: a
                URL without a password, or ``env:NAME``, a URL from the environment.
            table: The table, made where it is not there.
            if_there: Whether the same card again (of that plan, place, day and policy) is refused, or replaces what is
                there.

        Raises:
            DocumentError: It cannot be written there, or the same card is there already.
            MissingExtraError: What reaches the database is not installed.
        """
        added: int = offered("to_database")(self, database, table, if_there=if_there)
        return added

    @overload
    def to_html(self, target: None = None) -> str: ...
    @overload
    def to_html(self, target: str | PathLike[str] | IO[Any]) -> None: ...
    def to_html(self, target: str | PathLike[str] | IO[Any] | None = None) -> str | None:
        """Write the tables as a page; without a place to write to, return them as a piece of HTML."""
        markup: str | None = offered("to_html")(self, target)
        return markup

    @overload
    def to_markdown(self, target: None = None) -> str: ...
    @overload
    def to_markdown(self, target: str | PathLike[str] | IO[Any]) -> None: ...
    def to_markdown(self, target: str | PathLike[str] | IO[Any] | None = None) -> str | None:
        """Write the tables as Markdown; without a place to write to, return the text."""
        markup: str | None = offered("to_markdown")(self, target)
        return markup

    @property
    def _single(self) -> list[Evaluation]:
        """The answers that are no roll-up of others."""
        return [each for each in self.evaluations if each.target or not self.plan.measure(each.measure).components]

    def _by(self, groups_of: Callable[[Measure], Iterable[str]]) -> dict[str, Tally]:
        groups: dict[str, list[Evaluation]] = {}
        for each in self._single:
            for group in groups_of(self.plan.measure(each.measure)):
                groups.setdefault(group, []).append(each)
        return {group: Tally.of(each.status for each in members) for group, members in groups.items()}


def _some(id: str | None) -> tuple[str, ...]:
    return () if id is None else (id,)


def evaluate_plan(
    plan: Plan,
    observations: Observations | Iterable[Observation],
    *,
    as_of: date | str,
    area: str | None = None,
    policy: Policy | str = STANDARD,
    unknown_measures_ok: bool = False,
    unknown_area_ok: bool = False,
) -> Scorecard:
    """How every measure of a plan is doing, for one place, from what was known on a day.

    Args:
        plan: The plan.
        observations: Its figures; those of other places serve as comparators.
        as_of: The day whose knowledge counts, as a date or its text (``2025-12-31``). There is no default.
        area: The place; ``None``: the only one there are figures for, beside those of published comparators.
        policy: What counts as met and as near: a policy, or the id of one of the plan's own or of ``POLICIES``.
        unknown_measures_ok: Whether figures of measures that the plan does not have are left aside without a warning.
        unknown_area_ok: Whether it is no warning that no figure is of the place, while there are figures of others, and
            the place is none that the register has in use: a name instead of a code, or a slip.

    Returns:
        Every measure once, or once for each of its targets, in the plan's order.

    Raises:
        InvalidValueError: The place is not given, and the figures are of several.
        UnitMismatchError: A figure's unit cannot be compared with its measure's.

    Example:
        >>> from outcome_bees import Reach
        >>> measure = Measure(id="m", title="Places", unit="place", direction="increase")
        >>> target = Target(id="t", measure="m", aim=Reach(90), due="2025-09-30")
        >>> plan = Plan(id="p", title="P", measures=[measure], targets=[target])
        >>> figures = [Observation(measure="m", period="2025-03-31", area="E10000015", value=95)]
        >>> [each.status.value for each in evaluate_plan(plan, figures, as_of=date(2025, 6, 1)).evaluations]
        ['on_track']
    """
    check_plan_given("evaluate_plan: plan", plan)
    as_of, policy = as_of_day(as_of), policy_of(policy, plan.policies)
    figures = Observations.of(observations)
    places = {each: None for measure in figures.measures for each in figures.areas(measure)}
    if area is None:
        place = only_area(places, plan.comparators, "evaluate_plan")
    else:
        place = area_read(area)
        if places and place not in places and not (unknown_area_ok or in_use(place)):
            silenced = "evaluate_plan(…, unknown_area_ok=True) silences this"
            warn_caller(f"{no_figures_of(place, places)} ({silenced})", UnknownAreaWarning)
    if not unknown_measures_ok:
        _remark_unknown(plan, figures)
    inputs = Inputs(
        plan=plan,
        observations=figures,
        comparators={each.id: each for each in plan.comparators},
        as_of=as_of,
        area=place,
        policy=policy,
    )
    targets: dict[str, list[Target]] = {}
    for target in plan.targets:
        if target.area is None or target.area == place:
            targets.setdefault(target.measure, []).append(target)
    answers: dict[str, list[Evaluation]] = {}
    with localcontext(CONTEXT), gc_paused():  # of many answers all are wanted
        for measure in plan.measures:
            wanted: list[Target | None] = [*targets.get(measure.id, ())]
            if not wanted and measure.components:
                continue  # a compound measure waits for its parts
            answers[measure.id] = [assess_exactly(target, measure, inputs) for target in wanted or [None]]
    for whole in plan.compounds():
        if whole.id not in answers:
            parts = [each for part in whole.components for each in answers[part]]
            answers[whole.id] = [_worst(whole, parts, inputs)]
    ordered = tuple(each for measure in plan.measures for each in answers[measure.id])
    card = Scorecard(plan=plan, area=place, as_of=inputs.as_of, policy=policy.id, evaluations=ordered)
    object.__setattr__(card, "_inputs", inputs)
    return card


def with_inputs(card: Scorecard, inputs: Inputs) -> Scorecard:
    """Return the card, and each answer of it, with what they were made from beside them."""
    for each in (card, *card.evaluations):
        object.__setattr__(each, "_inputs", inputs)
    return card


def _worst(whole: Measure, parts: list[Evaluation], inputs: Inputs) -> Evaluation:
    """Return the answer of a compound measure: the worst of its parts."""
    tally = Tally.of(each.status for each in parts)
    counted = ", ".join(f"{number} {LABEL[status]}" for status, number in tally.counts.items())
    reasons = {each.reason for each in parts}
    answer = Evaluation(
        measure=whole.id,
        area=inputs.area,
        as_of=inputs.as_of,
        policy=inputs.policy.id,
        status=tally.worst or Status.NOT_ASSESSED,
        reason=None if tally.worst else next(reason for reason in Reason if reason in reasons),
        explanation=f"The worst of its parts that were assessed: {counted}."
        if tally.worst
        else f"Not assessed: none of its {len(parts)} parts was.",
    )
    object.__setattr__(answer, "_inputs", inputs)
    return answer


def _remark_unknown(plan: Plan, figures: Observations) -> None:
    known = {each.id for each in plan.measures}
    unknown = [each for each in figures.measures if each not in known]
    if unknown:
        listed = ", ".join(f"{each} ({meant}?)" if (meant := nearest(each, known)) else each for each in unknown[:5])
        plural = "" if len(unknown) == 1 else "s"
        warn_caller(
            f"figures of {len(unknown)} measure{plural} that plan {plan.id} does not have were left aside: {listed}"
            f"{' …' if len(unknown) > 5 else ''};"
            " evaluate_plan(…, unknown_measures_ok=True) leaves them aside without a warning",
            UnknownMeasureWarning,
        )
