"""StratML Part 2 (ANSI/AIIM 22): a plan and its figures as a performance plan or report, and back.

Written is the schema of 16 February 2016, in its order. Read is any dialect, by local names and in any order.

| ours | theirs |
|---|---|
| plan | PerformancePlanOrReport; its id and period are in AdministrativeInformation |
| ambition, and outcome bee | Goal, with the identifier ``ambition.…`` or ``bee.…`` |
| priority | Objective under its ambition, else under the first of its bees |
| measure | PerformanceIndicator under its priority |
| bees of a measure, parts of a compound one | Relationship |
| target, with its baseline | one MeasurementInstance each |
| figures | ActualResults of one more MeasurementInstance |
| place | Organization |

Source: the content model of the schema, read and tested with a validator; which of ours goes where, our choice. A
result has one Descriptor: it has the period's code, under ``Period`` or, for a baseline, ``Baseline``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from typing import Any

from attrs import evolve

from outcome_bees.errors import InvalidValueError
from outcome_bees.identifiers import area_code
from outcome_bees.interchange._content_model import Grammar, is_date, is_decimal, is_name, local_name, own_namespace
from outcome_bees.interchange._export import Form, Written, by_measure, figures_of, with_losses
from outcome_bees.interchange._intake import EXTENSION, Intake, unit_label
from outcome_bees.interchange._xml import (
    add,
    child,
    children,
    etree,
    from_ncname,
    parse,
    text_of,
    to_ncname,
)
from outcome_bees.interchange.imported import DiagnosticKind, Imported
from outcome_bees.interchange.loss import LossReport
from outcome_bees.model.aims import Aim, Complete, Hold, Improve, Reach
from outcome_bees.model.bees import OUTCOME_BEES, OutcomeBee
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import Ambition, Plan, Priority, check_plan_given
from outcome_bees.model.target import Baseline, Target
from outcome_bees.periods import Period, YearType
from outcome_bees.serializers.file_access import Readable
from outcome_bees.vocabulary import Absence, MeasureKind, Role

__all__ = ["NAMESPACE_OF_STRATML", "STRATML", "from_stratml", "to_stratml"]

NAMESPACE_OF_STRATML = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
"""The namespace that is written. The standard is a national one of the United States, whatever its name says."""

_SCHEMA = "http://stratml.us/references/PerformancePlanOrReport20160216.xsd"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


def _one_of(*words: str) -> tuple[Any, str]:
    return (lambda text: text in words), ", ".join(words)


STRATML = Grammar(
    """
    PerformancePlanOrReport @Type! :
        Name Description? OtherInformation? StrategicPlanCore AdministrativeInformation? Submitter?
    StrategicPlanCore : Organization* Vision? Mission? Value* Goal+
    Organization : Name? Acronym? Identifier? Description? Stakeholder*
    Vision Mission : Description? Identifier?
    Value : Name? Description?
    Goal : Name Description Identifier? SequenceIndicator? Stakeholder* OtherInformation? Objective*
    Objective : Name? Description? Identifier? SequenceIndicator? Stakeholder* OtherInformation? PerformanceIndicator*
    Stakeholder @StakeholderTypeType : Name Description? Role*
    Role : Name Description? RoleType*
    PerformanceIndicator @ValueChainStage @PerformanceIndicatorType :
        SequenceIndicator? MeasurementDimension UnitOfMeasurement Identifier? Relationship* MeasurementInstance*
        OtherInformation?
    Relationship @RelationshipType : Identifier? ReferentIdentifier* Name? Description?
    MeasurementInstance : TargetResult* ActualResult*
    TargetResult ActualResult : StartDate? EndDate? NumberOfUnits? Descriptor? Description?
    Descriptor : DescriptorName? DescriptorValue?
    AdministrativeInformation : Identifier? StartDate? EndDate? PublicationDate? Source?
    Submitter : Identifier? GivenName? Surname? PhoneNumber? EmailAddress?
    Name Acronym Description OtherInformation Identifier SequenceIndicator MeasurementDimension UnitOfMeasurement :
    ReferentIdentifier StartDate EndDate PublicationDate NumberOfUnits DescriptorName DescriptorValue Source RoleType :
    GivenName Surname PhoneNumber EmailAddress :
    """,
    {
        "Identifier": (is_name, "a name that begins with a letter or _ and has no colon"),
        **dict.fromkeys(("StartDate", "EndDate", "PublicationDate"), (is_date, "a date, such as 2025-03-31")),
        "NumberOfUnits": (is_decimal, "a plain decimal number, such as 95.0"),
        "RoleType": _one_of("Performer", "Beneficiary"),
        "PerformancePlanOrReport/@Type": _one_of("Strategic_Plan", "Performance_Plan", "Performance_Report"),
        "Stakeholder/@StakeholderTypeType": _one_of("Person", "Organization", "Generic_Group"),
        "PerformanceIndicator/@ValueChainStage": _one_of(
            "Outcome", "Output_Processing", "Output", "Input_Processing", "Input"
        ),
        "PerformanceIndicator/@PerformanceIndicatorType": _one_of("Quantitative", "Qualitative"),
        "Relationship/@RelationshipType": _one_of("Broader_Than", "Peer_To", "Narrower_Than"),
    },
    empty_ok=frozenset({"StartDate", "EndDate", "PublicationDate", "NumberOfUnits"}),
)
"""The content model of the schema of 16 February 2016."""

_STAGES = {Role.OUTCOME: "Outcome", Role.ACTIVITY: "Output"}
_WORDED: dict[str, Aim] = {
    "Improve on the baseline": Improve(),
    "Hold at the baseline": Hold(),
    "Complete": Complete(),
}
_ADDRESS = re.compile(r"https?://[!-~]+", re.ASCII)
_UNPLACED = "unplaced"  # the goal of what has none
_REASONS = {
    "outcome_bees": "StratML has it as a goal, and its own description differs from that of the known bee",
    "ambitions.source": "StratML has a source for a whole plan only",
    "priorities.source": "StratML has a source for a whole plan only",
    "priorities.outcome_bees": "an objective is under one goal",
    "measures.source": "StratML has a source for a whole plan only",
    "measures.role": "StratML's value chain has outcomes and outputs, and neither a proxy nor a context",
    "measures.kind": "StratML knows quantities and qualities alone",
    "targets.id": "a result has no identifier",
    "targets.aim": "a result has a number, and nothing that says what is asked of it",
    "targets.baseline": "a result has one descriptor, and its dates",
    "plan.period": "StratML has its first and last day only",
    "plan.source": "StratML has the address of a source only",
    "observations.recorded": "a result does not say when it became known",
}
_READ_REASONS = {
    "Vision": "a plan has ambitions, which are read of goals",
    "Organization": "a plan does not name its organisation",
    "Stakeholder": "a plan does not name stakeholders of its goals",
}


def to_stratml(
    plan: Plan,
    observations: Iterable[Observation] | None = None,
    *,
    area: str | None = None,
    extensions: bool = False,
) -> tuple[bytes, LossReport]:
    """Return a plan and its figures as a document in StratML Part 2, and all that it has no place for.

    Args:
        plan: The plan.
        observations: Its figures; ``None``: a plan without any.
        area: The place whose figures are written, for a document has one; ``None``: the only one they are of.
        extensions: Whether what has no place is put into the document's OtherInformation, in JSON, so that
            ``from_stratml`` gives all of it back and nothing is lost.

    Raises:
        InvalidValueError: The figures are of several places, and none is given; or they are more than can be read.
        MissingExtraError: lxml is not installed.

    Example:
        >>> from outcome_bees import Measure, Plan
        >>> measure = Measure(id="turnover", title="Turnover", unit="percent", direction="decrease")
        >>> document, losses = to_stratml(Plan(id="p", title="P", measures=[measure]))
        >>> losses.paths
        ('$.measures[0].direction',)
    """
    check_plan_given("to_stratml: plan", plan)
    figures = figures_of(observations)
    place = _place(figures, area)

    def why_not(figure: Observation) -> str | None:
        if figure.area != place:
            return f"a document has one place, {place}"
        return "StratML has no parts of a population" if figure.breakdown else None

    found, left = by_measure(plan, figures, why_not)
    kept = [each for some in found.values() for each in some]
    return with_losses(
        plan,
        figures,
        Form("StratML", from_stratml, _REASONS),
        lambda extension: Written(_document(plan, found, place, extension), plan.targets, kept, left),
        extensions=extensions,
    )


def _place(figures: list[Observation], area: str | None) -> str | None:
    if area is not None:
        return area_code(area)
    places = list(dict.fromkeys(each.area for each in figures))
    if len(places) > 1:
        allowed = f"one of {', '.join(places[:10])}{' …' if len(places) > 10 else ''}, since a document has one place"
        raise InvalidValueError("to_stratml: area", None, allowed)
    return places[0] if places else None


def _document(plan: Plan, figures: Mapping[str, list[Observation]], place: str | None, extension: str | None) -> Any:
    module = etree()
    root = module.Element(f"{{{NAMESPACE_OF_STRATML}}}PerformancePlanOrReport", nsmap={None: NAMESPACE_OF_STRATML})
    root.set(f"{{{_INSTANCE}}}schemaLocation", f"{NAMESPACE_OF_STRATML} {_SCHEMA}")
    root.set("Type", "Performance_Report" if figures else "Performance_Plan")
    add(root, "Name", plan.title)
    if extension is not None:
        add(root, "OtherInformation", f"{EXTENSION}\n{extension}")
    core = add(root, "StrategicPlanCore")
    if place is not None:
        add(add(core, "Organization"), "Identifier", to_ncname(f"area.{place}"))
    objectives = _goals(core, plan)
    for number, measure in enumerate(plan.measures, 1):
        _indicator(objectives[measure.priority], number, measure, plan, figures.get(measure.id, []))
    about = add(root, "AdministrativeInformation")
    add(about, "Identifier", f"plan.{plan.id}")
    if plan.period is not None:
        add(about, "StartDate", plan.period.start.isoformat())
        add(about, "EndDate", plan.period.end.isoformat())
    if plan.source is not None and _ADDRESS.fullmatch(plan.source):
        add(about, "Source", plan.source)
    return root


def _goals(core: Any, plan: Plan) -> dict[str | None, Any]:
    """Write the goals with their objectives, and return the objective of each priority, and that of no priority."""
    goals: dict[str, Any] = {}
    for number, ambition in enumerate(plan.ambitions, 1):
        name = f"ambition.{ambition.id}"
        goals[name] = _goal(core, name, ambition.title, ambition.description, number)
    listed = {bee.id for bee in plan.outcome_bees}
    for number, bee in enumerate(plan.outcome_bees, 1):
        goals[f"bee.{bee.id}"] = _goal(core, f"bee.{bee.id}", bee.name, bee.description, number)
    used = {each for measure in plan.measures for each in measure.outcome_bees}
    used |= {each.outcome_bees[0] for each in plan.priorities if not each.ambition and each.outcome_bees}
    for bee in OUTCOME_BEES:  # known without being listed: without a number, so that reading does not list it either
        if bee.id in used - listed:
            goals[f"bee.{bee.id}"] = _goal(core, f"bee.{bee.id}", bee.name, bee.description, None)
    loose = any(not each.ambition and not each.outcome_bees for each in plan.priorities)
    if loose or not goals or any(each.priority is None for each in plan.measures):
        unplaced = add(core, "Goal")
        add(unplaced, "Name", plan.title)
        add(unplaced, "Description", "")
        add(unplaced, "Identifier", _UNPLACED)
        goals[_UNPLACED] = unplaced
    objectives: dict[str | None, Any] = {}
    for number, priority in enumerate(plan.priorities, 1):
        above = f"ambition.{priority.ambition}" if priority.ambition else _UNPLACED
        if not priority.ambition and priority.outcome_bees:
            above = f"bee.{priority.outcome_bees[0]}"
        objective = objectives[priority.id] = add(goals[above], "Objective")
        add(objective, "Name", priority.title)
        if priority.actions:
            add(objective, "Description", "\n".join(priority.actions))
        add(objective, "Identifier", to_ncname(f"priority.{priority.id}"))
        add(objective, "SequenceIndicator", str(number))
    if any(each.priority is None for each in plan.measures):
        objectives[None] = add(goals[_UNPLACED], "Objective")
    return objectives


def _goal(core: Any, identifier: str, name: str, description: str | None, number: int | None) -> Any:
    goal = add(core, "Goal")
    add(goal, "Name", name)
    add(goal, "Description", description or "")
    add(goal, "Identifier", to_ncname(identifier))
    if number is not None:
        add(goal, "SequenceIndicator", str(number))
    return goal


def _indicator(objective: Any, number: int, measure: Measure, plan: Plan, figures: list[Observation]) -> None:
    qualitative = measure.unit is None and measure.kind is MeasureKind.NARRATIVE
    indicator = add(
        objective,
        "PerformanceIndicator",
        ValueChainStage=_STAGES.get(measure.role),
        PerformanceIndicatorType="Qualitative" if qualitative else "Quantitative",
    )
    add(indicator, "SequenceIndicator", str(number))
    add(indicator, "MeasurementDimension", measure.title)
    add(indicator, "UnitOfMeasurement", unit_label(measure.unit))
    add(indicator, "Identifier", to_ncname(f"measure.{measure.id}"))
    for kind, name, ids, relation in (
        ("bee", "Outcome bees", measure.outcome_bees, None),
        ("measure", "Parts", measure.components, "Broader_Than"),
    ):
        if ids:
            related = add(indicator, "Relationship", RelationshipType=relation)
            for each in ids:
                add(related, "ReferentIdentifier", to_ncname(f"{kind}.{each}"))
            add(related, "Name", name)
    for target in plan.targets:
        if target.measure == measure.id:
            instance = add(indicator, "MeasurementInstance")
            value = target.aim.value if isinstance(target.aim, Reach) else None
            words = next((words for words, aim in _WORDED.items() if aim == target.aim), None)
            _result(instance, "TargetResult", target.due, value, "Period", words)
            if target.baseline is not None:
                _result(instance, "ActualResult", target.baseline.period, target.baseline.value, "Baseline", None)
    if figures:
        instance = add(indicator, "MeasurementInstance")
        for figure in figures:
            words = ": ".join(filter(None, (figure.absence and figure.absence.value, figure.note)))
            _result(instance, "ActualResult", figure.period, figure.value, "Period", words or None)


def _result(instance: Any, name: str, period: Period | None, value: Any, label: str, words: str | None) -> None:
    result = add(instance, name)
    if period is not None:
        add(result, "StartDate", period.start.isoformat())
        add(result, "EndDate", period.end.isoformat())
    if value is not None:
        add(result, "NumberOfUnits", format(value, "f"))
    if period is not None:
        descriptor = add(result, "Descriptor")
        add(descriptor, "DescriptorName", label)
        add(descriptor, "DescriptorValue", period.code)
    if words is not None:
        add(result, "Description", words)


# Reading.

ROOTS = ("PerformancePlanOrReport", "StrategicPlan")
"""The roots that a document may have."""


def from_stratml(source: Readable, *, area: str | None = None, calendar: YearType | str | None = None) -> Imported:
    """Return the plan and the figures of a document in StratML, of whichever part and dialect.

    What is not as the standard has it is noticed and read all the same, where it can be.

    Args:
        source: A path, or a file open for reading.
        area: The place that the figures are of, where the document does not say it; ``None``: they are left aside then.
        calendar: The sort of year that whole years, halves and quarters are read as, where only their days are given;
            ``None``: they are so many days.

    Raises:
        DocumentError: It is no XML, or no StratML, or refers to something outside of it.
        InvalidValueError: The area is no code.
        PeriodError: There is no such calendar.
        MissingExtraError: lxml is not installed.

    Example:
        >>> import io
        >>> from outcome_bees import Measure, Plan
        >>> plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="count")])
        >>> from_stratml(io.BytesIO(to_stratml(plan)[0])).plan == plan
        True
    """
    return _StratmlReader(Intake(parse(source, ROOTS), area, calendar)).read()


class _StratmlReader:
    """A document that is being read."""

    def __init__(self, intake: Intake) -> None:
        self._in, self._root = intake, intake.root
        self._bees: list[tuple[str, OutcomeBee]] = []
        self._ambitions: list[tuple[str, Ambition]] = []
        self._priorities: list[tuple[str, Priority]] = []
        self._measures: list[tuple[str, Measure]] = []
        self._targets: dict[str, list[Target]] = {}
        self._figures: dict[str, list[tuple[Any, Observation]]] = {}
        self._ours: dict[str, tuple[str, str]] = {}  # what each identifier of the document is with us
        self._known_bees: set[str] = set()

    def read(self) -> Imported:
        root = self._root
        namespace = own_namespace(root.tag)
        if namespace != NAMESPACE_OF_STRATML:
            self._in.note(
                DiagnosticKind.DIALECT, root, f"its namespace is {namespace or 'none'!r}: read by local names"
            )
        self._in.hold_against(STRATML, root)
        self._see_identifiers()
        self._in.attribute(root, "Type")
        core = child(root, "StrategicPlanCore")
        for each in [] if core is None else children(core, "Organization"):
            code = from_ncname(text_of(child(each, "Identifier")))
            if code.startswith("area."):
                found = self._in.area(each, code.removeprefix("area."))
                self._in.text(child(each, "Identifier"))
                self._in.place = self._in.place or found
        for goal in [] if core is None else children(core, "Goal"):
            self._goal(goal)
        self._relate()
        about = child(root, "AdministrativeInformation")
        plan = self._plan(about)
        figures = [pair for measure in plan.measures for pair in self._figures.get(measure.id, ())]
        return self._in.finished(plan, figures, self._extension(), _READ_REASONS, "StratML")

    def _see_identifiers(self) -> None:
        """Notice identifiers that occur twice, and references to none."""
        seen: set[str] = set()
        references: list[tuple[Any, str]] = []
        for element in self._root.iter():
            name = local_name(element)
            if name == "Identifier" and (text := text_of(element)):
                if text in seen:
                    self._in.note(DiagnosticKind.IDENTIFIER, element, f"the identifier {text[:80]!r} occurs twice")
                seen.add(text)
            elif name == "ReferentIdentifier":
                references.append((element, text_of(element)))
        for element, text in references:
            if text not in seen:
                self._in.note(
                    DiagnosticKind.REFERENCE, element, f"{text[:80]!r} is the identifier of nothing in the document"
                )

    def _extension(self) -> tuple[Any, str] | None:
        other = child(self._root, "OtherInformation")
        mark, _, text = text_of(other).partition("\n")
        if mark != EXTENSION:
            return None
        self._in.text(other)
        return other, text

    def _name(self, element: Any, fallback: str) -> str:
        text = self._in.words(child(element, "Name"))
        if not text:
            self._in.note(DiagnosticKind.VALUE, element, f"it has no name: read as {fallback!r}")
        return text or fallback

    def _order(self, element: Any) -> str:
        return self._in.text(child(element, "SequenceIndicator"))

    def _identified(self, kind: str, element: Any, title: str) -> str:
        raw = self._in.text(child(element, "Identifier"))
        made = self._in.own_id(kind, element, raw, title)
        if raw:
            self._ours.setdefault(raw, (kind, made))
        return made

    def _goal(self, goal: Any) -> None:
        identifier = from_ncname(text_of(child(goal, "Identifier")))
        ambition = bee = None
        if identifier == _UNPLACED:
            for name in ("Name", "Identifier"):
                self._in.text(child(goal, name))
        else:
            title = self._name(goal, "untitled goal")
            description = self._in.words(child(goal, "Description")) or None
            order = self._order(goal)
            if identifier.startswith("bee."):
                bee = self._identified("bee", goal, title)
                made = OutcomeBee(id=bee, name=title, description=description)
                if order or made not in OUTCOME_BEES:
                    self._bees.append((order, made))
                else:
                    self._known_bees.add(bee)
            else:
                ambition = self._identified("ambition", goal, title)
                self._ambitions.append((order, Ambition(id=ambition, title=title, description=description)))
        for objective in children(goal, "Objective"):
            self._objective(objective, ambition, bee)

    def _objective(self, objective: Any, ambition: str | None, bee: str | None) -> None:
        priority = None
        if child(objective, "Name") is not None or child(objective, "Identifier") is not None:
            title = self._name(objective, "untitled objective")
            priority = self._identified("priority", objective, title)
            described = child(objective, "Description")
            actions = [self._in.words(described, each) for each in self._in.text(described).split("\n")]
            made = Priority(
                id=priority,
                title=title,
                ambition=ambition,
                outcome_bees=[] if bee is None else [bee],
                actions=list(filter(None, actions)),
            )
            self._priorities.append((self._order(objective), made))
        for indicator in children(objective, "PerformanceIndicator"):
            self._indicator(indicator, priority)

    def _indicator(self, indicator: Any, priority: str | None) -> None:
        title = self._in.words(child(indicator, "MeasurementDimension"))
        if not title:
            self._in.note(DiagnosticKind.VALUE, indicator, "it has no dimension: read as 'untitled indicator'")
        id = self._identified("measure", indicator, title)
        unit_element = child(indicator, "UnitOfMeasurement")
        unit = self._in.unit(indicator, self._in.text(unit_element))
        stage = self._in.attribute(indicator, "ValueChainStage")
        sort = self._in.attribute(indicator, "PerformanceIndicatorType")
        compound = any(each.get("RelationshipType") == "Broader_Than" for each in children(indicator, "Relationship"))
        if unit is None and sort != "Qualitative" and not text_of(unit_element) and not compound:
            self._in.note(DiagnosticKind.UNIT, indicator, "it has no unit: read as a narrative, which is not judged")
        fields: dict[str, Any] = {"unit": unit} if unit is not None else {"kind": MeasureKind.NARRATIVE}
        role = next((role for role, word in _STAGES.items() if word == stage), Role.OUTCOME)
        measure = Measure(id=id, title=title or "untitled indicator", role=role, priority=priority, **fields)
        self._measures.append((self._order(indicator), measure))
        for instance in children(indicator, "MeasurementInstance"):
            self._instance(instance, measure)

    def _instance(self, instance: Any, measure: Measure) -> None:
        results = children(instance, "TargetResult")
        actuals = [self._actual(each) for each in children(instance, "ActualResult")]
        baselines = [
            (period, value) for _, is_baseline, period, value, _ in actuals if is_baseline and period is not None
        ]
        for result in results:
            period, _, value, words = self._result(result)
            aim = Reach(value) if value is not None else _WORDED.get(words)
            if value is None and aim is not None:
                self._in.text(child(result, "Description"))
            targets = self._targets.setdefault(measure.id, [])
            baseline = Baseline(*baselines[0]) if baselines else None
            if len(baselines) > 1:
                self._in.note(DiagnosticKind.CARDINALITY, instance, "it has several baselines: the first is read")
            targets.append(self._in.target(result, measure, aim, due=period, baseline=baseline))
        for element, is_baseline, period, value, words in actuals:
            if not (is_baseline and results and period is not None):
                self._figure(element, measure.id, period, value, words)

    def _actual(self, element: Any) -> tuple[Any, bool, Period | None, Any, str]:
        period, label, value, words = self._result(element)
        return element, label in ("baseline", "status=baseline"), period, value, words

    def _result(self, element: Any) -> tuple[Period | None, str, Any, str]:
        """Return the period, what its descriptor says it is, the number and the description of a result."""
        descriptor = child(element, "Descriptor")
        label = code = ""
        if descriptor is not None:
            label = text_of(child(descriptor, "DescriptorName")).lower()
            code = text_of(child(descriptor, "DescriptorValue"))
        if label == "status":
            label, code = f"status={code.lower()}", ""
        if label in ("period", "baseline", "status=baseline"):
            self._in.text(child(descriptor, "DescriptorName"))
            self._in.text(child(descriptor, "DescriptorValue"))
        start = self._in.day(element, self._in.text(child(element, "StartDate")))
        end = self._in.day(element, self._in.text(child(element, "EndDate")))
        period = self._in.period(element, start, end, code if label in ("period", "baseline") else "")
        value = self._in.number(child(element, "NumberOfUnits"))
        return period, label, value, text_of(child(element, "Description"))

    def _figure(self, element: Any, measure: str, period: Period | None, value: Any, words: str) -> None:
        if period is None:
            self._in.note(DiagnosticKind.DATES, element, "left aside: it has no dates")
            return
        if self._in.place is None:
            self._in.note(
                DiagnosticKind.FIGURE, element, "left aside: the document does not name the place (give area=)"
            )
            return
        fields: dict[str, Any] = {"measure": measure, "period": period, "area": self._in.place, "value": value}
        note = words
        if value is None:
            word, _, note = words.partition(": ")
            known = word in {each.value for each in Absence}
            fields["absence"] = word if known else Absence.NOT_AVAILABLE
            note = note if known else words
        described = child(element, "Description")
        self._in.text(described)
        fields["note"] = self._in.words(described, note) or None
        figure = self._in.figure(element, fields)
        if figure is not None:
            self._figures.setdefault(measure, []).append((element, figure))

    def _relate(self) -> None:
        """Give each measure the bees and parts that its relationships refer to."""
        listed = {bee.id for _, bee in self._bees} | self._known_bees | {bee.id for bee in OUTCOME_BEES}
        by_id = {each.id: place for place, (_, each) in enumerate(self._measures)}
        indicators: list[tuple[Any, str]] = []
        for each in self._root.iter():
            if local_name(each) == "PerformanceIndicator":
                kind, id = self._ours.get(text_of(child(each, "Identifier")), ("", ""))
                if kind == "measure" and id in by_id:
                    indicators.append((each, id))
        stated = {
            id: [other for _, _, of, other in self._referents(indicator) if of == "measure" and other != id]
            for indicator, id in indicators
        }
        circular = _circular(stated)
        for indicator, id in indicators:
            bees: list[str] = []
            parts: list[str] = []
            if id in circular:
                self._in.note(DiagnosticKind.REFERENCE, indicator, "its parts are left aside: they lead back to it")
            for related, referent, of, other in self._referents(indicator):
                if of == "bee" and other in listed:
                    bees.append(other)
                elif of == "measure" and other != id and id not in circular:
                    parts.append(other)
                else:
                    continue
                self._in.text(referent)
                self._in.text(child(related, "Name"))
                self._in.attribute(related, "RelationshipType")
            order, measure = self._measures[by_id[id]]
            compound = parts and measure.unit is None
            kept: dict[str, Any] = {"components": parts, "kind": MeasureKind.COMPOUND} if compound else {}
            self._measures[by_id[id]] = order, evolve(measure, outcome_bees=bees, **kept)

    def _referents(self, indicator: Any) -> Iterator[tuple[Any, Any, str, str]]:
        """Yield each reference of an indicator with its relationship, and what it is with us."""
        for related in children(indicator, "Relationship"):
            for referent in children(related, "ReferentIdentifier"):
                yield related, referent, *self._ours.get(text_of(referent), ("", ""))

    def _plan(self, about: Any) -> Plan:
        title = self._name(self._root, "untitled plan")
        raw = period = source = None
        if about is not None:
            raw = self._in.text(child(about, "Identifier"))
            start = self._in.day(about, self._in.text(child(about, "StartDate")))
            end = self._in.day(about, self._in.text(child(about, "EndDate")))
            period = self._in.period(about, start, end) if start is not None and end is not None else None
            source = self._in.words(child(about, "Source")) or None
        id = self._in.own_id("plan", self._root, raw or "", title)
        measures = _sorted(self._measures)
        fields: dict[str, Any] = {"id": id, "title": title, "period": period, "source": source}
        fields |= {
            "outcome_bees": _sorted(self._bees),
            "ambitions": _sorted(self._ambitions),
            "priorities": _sorted(self._priorities),
            "measures": measures,
            "targets": [target for measure in measures for target in self._targets.get(measure.id, ())],
        }
        return Plan(**fields)


def _sorted(items: list[tuple[str, Any]]) -> list[Any]:
    """Return items in the order of their numbers, where each has one of its own; else in the document's."""
    numbers = [order for order, _ in items]
    if all(each.isascii() and each.isdecimal() and len(each) < 9 for each in numbers) and len(set(numbers)) == len(
        items
    ):
        items = sorted(items, key=lambda each: int(each[0]))
    return [each for _, each in items]


def _circular(parts: Mapping[str, list[str]]) -> set[str]:
    """Return the measures whose parts lead back to a measure on the way."""
    sorter = TopologicalSorter(parts)
    with suppress(CycleError):
        sorter.prepare()
    left = set(parts)
    while ready := sorter.get_ready():
        left.difference_update(ready)
        sorter.done(*ready)
    return left
