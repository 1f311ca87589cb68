"""IATI 2.03 results: measures with their targets and figures as indicators of one result, and back.

| ours | theirs |
|---|---|
| plan | result; its id is in ``reference`` of an enveloped activity's result only by way of an extension |
| measure | indicator; its id is its reference in vocabulary 99, its unit is in words in its description |
| direction | ``ascending``, absent where it is not stated |
| baseline with a value | baseline |
| number to reach, with its due period | target of a period |
| figure | actual of a period, with its place as location and its part of the population as dimensions |

An absent figure is written by leaving the ``actual`` out, as the standard has it: no value, and never zero.

Source: the 2.03 schema, its rulesets and codelists; which of ours goes where, our choice.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import evolve, field, frozen

from outcome_bees.errors import InvalidValueError
from outcome_bees.interchange._content_model import Grammar, is_date, is_decimal, local_name, own_namespace
from outcome_bees.interchange._export import Form, Written, by_measure, figures_of, with_losses
from outcome_bees.interchange._intake import EXTENSION, Intake, unit_label
from outcome_bees.interchange._xml import add, child, children, etree, parse, text_of, without_forbidden
from outcome_bees.interchange.imported import DiagnosticKind, Imported
from outcome_bees.interchange.loss import LossReport
from outcome_bees.model.aims import Reach
from outcome_bees.model.fields import day, text, text_or_none
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import Plan, check_plan_given
from outcome_bees.model.target import Baseline, Target
from outcome_bees.periods import Period, YearType
from outcome_bees.serializers.file_access import Readable
from outcome_bees.units import Unit
from outcome_bees.vocabulary import MeasureKind

__all__ = ["IATI_RESULT", "IatiEnvelope", "from_iati", "to_iati"]

_VERSION = "2.03"


def _is_truth(text: str) -> bool:
    return text in ("true", "false", "1", "0")


IATI_RESULT = Grammar(
    """
    result @type! @aggregation-status @* : title description? document-link* reference* indicator+
    indicator @measure! @ascending @aggregation-status @* :
        title description? document-link* reference* baseline* period*
    reference @code! @vocabulary! @vocabulary-uri @indicator-uri :
    baseline @year! @iso-date @value @* : location* dimension* document-link* comment?
    period @* : period-start period-end target* actual*
    period-start period-end @iso-date! :
    target actual @value : location* dimension* comment? document-link*
    location @ref :
    dimension @name @value :
    title description comment : narrative+
    narrative :
    document-link @url! @format! : title description? category+ language* document-date?
    category language @code! :
    document-date @iso-date :
    """,
    {
        "result/@aggregation-status": (_is_truth, "true, false, 1 or 0"),
        "indicator/@aggregation-status": (_is_truth, "true, false, 1 or 0"),
        "indicator/@ascending": (_is_truth, "true, false, 1 or 0"),
        "result/@type": (lambda text: text in ("1", "2", "3", "9"), "1 output, 2 outcome, 3 impact, 9 other"),
        "indicator/@measure": (
            lambda text: text in ("1", "2", "3", "4", "5"),
            "1 unit, 2 percentage, 3 nominal, 4 ordinal, 5 qualitative",
        ),
        "baseline/@year": (lambda text: text.isascii() and text.isdecimal() and int(text[:9]) > 0, "a year"),
        "baseline/@iso-date": (is_date, "a date, such as 2025-03-31"),
        "period-start/@iso-date": (is_date, "a date, such as 2025-03-31"),
        "period-end/@iso-date": (is_date, "a date, such as 2025-03-31"),
        "baseline/@value": (is_decimal, "a plain decimal number"),
        "target/@value": (is_decimal, "a plain decimal number"),
        "actual/@value": (is_decimal, "a plain decimal number"),
    },
    foreign_last=frozenset({"result", "indicator", "baseline", "period", "target", "actual"}),
)
"""The content model of a result, with what the rulesets ask of its codes and values."""

_LANGUAGE_TAG = re.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_MEASURES = {"percent": "2", "rank": "4", "grade": "4"}  # all other units are units, 1
_QUALITATIVE = "5"
_ASCENDING = {"increase": "true", "decrease": "false"}
_DIRECTIONS = {"true": "increase", "1": "increase", "false": "decrease", "0": "decrease"}
_UNIT = "Unit: "
_OWN_VOCABULARY = "99"
_REASONS = {
    "plan.id": "a result has no identifier",
    "plan.period": "a result has no period of its own",
    "measures.direction": "an indicator ascends or descends, and cannot be meant to stay",
    "measures.kind": "IATI has five sorts of indicator",
    "targets": "a target of IATI is a number for a period",
    "targets.id": "a target has no identifier",
    "targets.baseline": "baselines are an indicator's, and have a number and a day",
    "targets.due": "a period has its first and last day only (calendar= reads whole years)",
    "observations": "an actual of IATI has a number: an absent figure is left out",
    "observations.period": "a period has its first and last day only (calendar= reads whole years)",
    "observations.absence": "an actual of IATI has a number: an absent figure is left out",
}


@frozen(kw_only=True)
class IatiEnvelope:
    """The activity around a result: what a council does not have of itself, and whoever publishes with IATI knows.

    Attributes:
        identifier: The activity's, which begins with the organisation's.
        organisation: The reference of the organisation that reports, such as ``"GB-LAE-HRT"``.
        organisation_type: Its type, a code of IATI's list; ``"15"`` is other public sector.
        organisation_name: What it is called.
        title: The activity's title; ``None``: the plan's.
        description: What the activity is, in a sentence.
        started: The day on which it started.
        status: A code of IATI's list of statuses; ``"2"`` is implementation.
        country: The country, as ISO 3166 has it; ``None``: not given.

    Example:
        >>> IatiEnvelope(identifier="GB-LAE-HRT-plan", organisation="GB-LAE-HRT", organisation_name="Hertfordshire",
        ...              description="The plan for children.", started=date(2024, 4, 1)).organisation_type
        '15'
    """

    identifier: str = field(converter=text)
    organisation: str = field(converter=text)
    organisation_type: str = field(default="15", converter=text)
    organisation_name: str = field(converter=text)
    title: str | None = field(default=None, converter=text_or_none)
    description: str = field(converter=text)
    started: date = field(converter=day)
    status: str = field(default="2", converter=text)
    country: str | None = field(default="GB", converter=text_or_none)


def to_iati(
    plan: Plan,
    observations: Iterable[Observation] | None = None,
    *,
    envelope: IatiEnvelope | None = None,
    language: str = "en",
    extensions: bool = False,
) -> tuple[bytes, LossReport]:
    """Return the measures of a plan and their figures as an IATI result, and all that it has no place for.

    Args:
        plan: The plan; it has at least one measure.
        observations: Its figures; ``None``: there are none.
        envelope: The activity to put the result into; ``None``: the result by itself, to be put into one.
        language: The language of the texts, as ISO 639 has it.
        extensions: Whether what has no place is put into an attribute of our own namespace, in JSON, so that
            ``from_iati`` gives all of it back and nothing is lost.

    Raises:
        InvalidValueError: The plan has no measures, for a result has at least one indicator; a language that is none;
            or they are more than can be read.
        MissingExtraError: lxml is not installed.

    Example:
        >>> from outcome_bees import Measure, Plan
        >>> measure = Measure(id="turnover", title="Turnover", unit="percent", direction="decrease")
        >>> document, losses = to_iati(Plan(id="p", title="P", measures=[measure]))
        >>> losses.paths
        ()
    """
    check_plan_given("to_iati: plan", plan)
    if not plan.measures:
        raise InvalidValueError(
            "to_iati: plan", plan, "a Plan with at least one measure, for a result has an indicator"
        )
    if not _LANGUAGE_TAG.fullmatch(language or ""):
        raise InvalidValueError("to_iati: language", language, "a language such as en or cy")
    figures = figures_of(observations)

    def write(extension: str | None) -> Written:
        writer = _ResultWriter(plan, figures, envelope, language)
        return Written(writer.document(extension), writer.targets, writer.figures, writer.left)

    return with_losses(plan, figures, Form("IATI", from_iati, _REASONS), write, extensions=extensions)


class _ResultWriter:
    """A result that is being written.

    Attributes:
        targets, figures: Those that were written, in the document's order.
        left: Why each other figure is not, by its identity.
    """

    def __init__(self, plan: Plan, figures: list[Observation], envelope: IatiEnvelope | None, language: str) -> None:
        self._plan, self._envelope, self._language = plan, envelope, language
        self._by_measure, self.left = by_measure(
            plan, figures, lambda figure: _REASONS["observations"] if figure.value is None else None
        )
        self.targets: list[Target] = []
        self.figures: list[Observation] = []

    def document(self, extension: str | None) -> Any:
        module = etree()
        envelope = self._envelope
        if envelope is None:
            root = result = module.Element("result", nsmap=None if extension is None else {"ob": EXTENSION})
        else:
            root = module.Element("iati-activities", nsmap=None if extension is None else {"ob": EXTENSION})
            root.set("version", _VERSION)
            result = self._activity(add(root, "iati-activity"), envelope)
        result.set("type", "2")
        if extension is not None:
            result.set(f"{{{EXTENSION}}}extension", without_forbidden(extension))
        self._narrative(result, "title", self._plan.title)
        for measure in self._plan.measures:
            self._indicator(result, measure)
        return root

    def _activity(self, activity: Any, envelope: IatiEnvelope) -> Any:
        activity.set(_LANGUAGE, self._language)
        add(activity, "iati-identifier", envelope.identifier)
        reporting = add(activity, "reporting-org", ref=envelope.organisation, type=envelope.organisation_type)
        add(reporting, "narrative", envelope.organisation_name)
        self._narrative(activity, "title", envelope.title or self._plan.title)
        self._narrative(activity, "description", envelope.description)
        taking_part = add(
            activity, "participating-org", ref=envelope.organisation, type=envelope.organisation_type, role="4"
        )
        add(taking_part, "narrative", envelope.organisation_name)
        add(activity, "activity-status", code=envelope.status)
        started = add(activity, "activity-date", type="2")
        started.set("iso-date", envelope.started.isoformat())
        if envelope.country is not None:
            add(activity, "recipient-country", code=envelope.country)
        figures = [each for some in self._by_measure.values() for each in some]
        for place in dict.fromkeys([each.area for each in figures] + [t.area for t in self._plan.targets if t.area]):
            add(activity, "location", ref=place)
        return add(activity, "result")

    def _narrative(self, parent: Any, name: str, text: str) -> None:
        narrative = add(add(parent, name), "narrative", text)
        if self._envelope is None:
            narrative.set(_LANGUAGE, self._language)

    def _indicator(self, result: Any, measure: Measure) -> None:
        qualitative = measure.unit is None and measure.kind is MeasureKind.NARRATIVE
        code = _QUALITATIVE if qualitative else _MEASURES.get(measure.unit.code if measure.unit else "", "1")
        ascending = None if measure.direction is None else _ASCENDING.get(measure.direction.value)
        indicator = add(result, "indicator", measure=code, ascending=ascending)
        self._narrative(indicator, "title", measure.title)
        if measure.unit is not None:
            self._narrative(indicator, "description", f"{_UNIT}{unit_label(measure.unit)}")
        reference = add(indicator, "reference", vocabulary=_OWN_VOCABULARY, code=measure.id)
        reference.set("indicator-uri", EXTENSION)
        targets = [] if qualitative else [each for each in self._plan.targets if each.measure == measure.id]
        self._baselines(indicator, targets)
        figures = [] if qualitative else self._by_measure.get(measure.id, [])
        if qualitative:
            why = "an indicator that is qualitative has no numbers"
            self.left.update((id(each), why) for each in self._by_measure.get(measure.id, []))
        self._periods(indicator, [each for each in targets if _has_number(each)], figures)

    def _baselines(self, indicator: Any, targets: list[Target]) -> None:
        """Write each baseline once; several targets may have the same."""
        baselines = [each.baseline for each in targets if each.baseline is not None and each.baseline.value is not None]
        for each in dict.fromkeys(baselines):
            end = each.period.end
            baseline = add(indicator, "baseline", year=str(end.year), value=format(each.value or 0, "f"))
            baseline.set("iso-date", end.isoformat())

    def _periods(self, indicator: Any, targets: list[Target], figures: list[Observation]) -> None:
        """Write a period for each first and last day, with its targets and actuals, in the order of time."""
        periods: dict[tuple[date, date], tuple[list[Target], list[Observation]]] = {}
        for target in targets:
            if target.due is not None:
                periods.setdefault((target.due.end, target.due.start), ([], []))[0].append(target)
        for figure in figures:
            periods.setdefault((figure.period.end, figure.period.start), ([], []))[1].append(figure)
        for (end, start), (due, known) in sorted(periods.items(), key=lambda each: each[0]):
            period = add(indicator, "period")
            add(period, "period-start").set("iso-date", start.isoformat())
            add(period, "period-end").set("iso-date", end.isoformat())
            for target in due:
                assert isinstance(target.aim, Reach), "only those with a number are written"
                there = add(period, "target", value=format(target.aim.value, "f"))
                _divide(there, target.area, target.breakdown)
                self.targets.append(target)
            seen: set[object] = set()
            for figure in known:
                if (figure.area, figure.breakdown) in seen:
                    self.left[id(figure)] = "another figure has the same days"
                    continue
                seen.add((figure.area, figure.breakdown))
                assert figure.value is not None, "only those with a value are written"
                there = add(period, "actual", value=format(figure.value, "f"))
                _divide(there, figure.area, figure.breakdown)
                if figure.note is not None:
                    self._narrative(there, "comment", figure.note)
                self.figures.append(figure)


def _has_number(target: Target) -> bool:
    return isinstance(target.aim, Reach) and target.due is not None


def _divide(parent: Any, area: str | None, breakdown: Any) -> None:
    if area is not None:
        add(parent, "location", ref=area)
    for name, value in breakdown.items():
        add(parent, "dimension", name=name, value=value)


# Reading.

ROOTS = ("iati-activities", "iati-activity", "result")
"""The roots that a document may have."""
_READ_REASONS = {
    "iati-identifier": "a plan has no activity around it",
    "document-link": "a plan does not list documents",
}


def from_iati(source: Readable, *, area: str | None = None, calendar: YearType | str | None = None) -> Imported:
    """Return the measures, targets and figures of the results in an IATI document.

    Args:
        source: A path, or a file open for reading: activities, one activity, or a result by itself.
        area: The place of a figure that does not say its own; ``None``: such a figure is left aside.
        calendar: The sort of year that whole years, halves and quarters are read as; ``None``: they are so many days.

    Raises:
        DocumentError: It is no XML, or no IATI, or refers to something outside of it.
        InvalidValueError: The area is no code.
        PeriodError: There is no such calendar.
        MissingExtraError: lxml is not installed.

    Example:
        >>> import io
        >>> from outcome_bees import Measure, Plan
        >>> plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="count")])
        >>> from_iati(io.BytesIO(to_iati(plan)[0])).plan == plan
        True
    """
    return _ResultReader(Intake(parse(source, ROOTS), area, calendar)).read()


class _ResultReader:
    """A document that is being read."""

    def __init__(self, intake: Intake) -> None:
        self._in, self._root = intake, intake.root
        self._measures: list[Measure] = []
        self._targets: list[Target] = []
        self._figures: list[tuple[Any, Observation]] = []

    def read(self) -> Imported:
        root = self._root
        results = [each for each in root.iter() if local_name(each) == "result"]
        if own_namespace(root.tag):
            self._in.note(DiagnosticKind.DIALECT, root, "IATI has no namespace: read by local names")
        version = self._in.attribute(root, "version")
        if version not in (None, _VERSION):
            self._in.note(DiagnosticKind.DIALECT, root, f"its version is {version!r}: read as {_VERSION}")
        title, extension = "", None
        for result in results:
            self._in.hold_against(IATI_RESULT, result)
            self._in.attribute(result, "type")
            title = title or self._narrative(result, "title")
            key = f"{{{EXTENSION}}}extension"
            if result.get(key) is not None and extension is None:
                extension = result, self._in.attribute(result, key) or ""
            for indicator in children(result, "indicator"):
                self._indicator(indicator)
        if not results:
            self._in.note(DiagnosticKind.CARDINALITY, root, "it has no result")
        title = title or "untitled result"
        plan = Plan(
            id=self._in.own_id("plan", root, "", title), title=title, measures=self._measures, targets=self._targets
        )
        return self._in.finished(plan, self._figures, extension, _READ_REASONS, "IATI")

    def _narrative(self, element: Any, name: str) -> str:
        """Return the first narrative of a text, which alone has a place with us."""
        narrative = None if (found := child(element, name)) is None else child(found, "narrative")
        if narrative is None:
            return ""
        self._in.attribute(narrative, _LANGUAGE)
        return self._in.words(narrative)

    def _indicator(self, indicator: Any) -> None:
        title = self._narrative(indicator, "title") or "untitled indicator"
        code = self._in.attribute(indicator, "measure")
        reference = next(
            (each for each in children(indicator, "reference") if each.get("vocabulary") == _OWN_VOCABULARY), None
        )
        raw = ""
        if reference is not None:
            raw = (self._in.attribute(reference, "code") or "")[:200]
            self._in.attribute(reference, "vocabulary")
            self._in.attribute(reference, "indicator-uri")
        id = self._in.own_id("measure", indicator, raw, title)
        unit = self._unit(indicator, code)
        direction = _DIRECTIONS.get(self._in.attribute(indicator, "ascending") or "")
        fields: dict[str, Any] = {"unit": unit} if unit is not None else {"kind": MeasureKind.NARRATIVE}
        measure = Measure(id=id, title=title, direction=direction, **fields)
        self._measures.append(measure)
        targets: list[Target] = []
        for period in children(indicator, "period"):
            self._period(period, measure, targets)
        baselines = [each for each in map(self._baseline, children(indicator, "baseline")) if each is not None]
        if baselines and (len(baselines) > 1 or not targets):
            many = "it has several baselines, and no target is named for each"
            message = many if len(baselines) > 1 else "it has a baseline and no target to be its own"
            self._in.note(DiagnosticKind.CARDINALITY, indicator, f"{message}: left aside")
        for target in targets:
            self._targets.append(evolve(target, baseline=baselines[0]) if len(baselines) == 1 else target)

    def _unit(self, indicator: Any, code: str | None) -> Unit | None:
        words = text_of(
            None if (described := child(indicator, "description")) is None else child(described, "narrative")
        )
        if words.startswith(_UNIT):
            self._narrative(indicator, "description")
            return self._in.unit(indicator, words.removeprefix(_UNIT))
        if code == "2":
            return Unit("percent")
        if code != _QUALITATIVE:
            message = "its unit is not given: the measure has none, and is not judged until it has"
            self._in.note(DiagnosticKind.UNIT, indicator, message)
        return None

    def _baseline(self, element: Any) -> Baseline | None:
        text = (self._in.attribute(element, "iso-date") or "", self._in.attribute(element, "year") or "")
        value = self._value(element)
        on = self._in.day(element, text[0])
        if on is None and re.fullmatch("[0-9]{4}", text[1], re.ASCII):
            on = date(max(1, int(text[1])), 12, 31)
            self._in.note(DiagnosticKind.DATES, element, f"a baseline of the year {text[1]} is read as of its last day")
        if on is None or value is None:
            self._in.note(DiagnosticKind.VALUE, element, "left aside: a baseline has a day and a number")
            return None
        return Baseline(Period.day(on), value)

    def _value(self, element: Any) -> Any:
        text = self._in.attribute(element, "value")
        return None if not text else self._in.number_of(element, text)

    def _period(self, element: Any, measure: Measure, targets: list[Target]) -> None:
        days = []
        for name in ("period-start", "period-end"):
            edge = child(element, name)
            text = "" if edge is None else self._in.attribute(edge, "iso-date") or ""
            days.append(self._in.day(element, text))
        period = self._in.period(element, days[0], days[1])
        if period is None:
            self._in.note(DiagnosticKind.DATES, element, "left aside: it has no dates")
            return
        for each in children(element, "target"):
            value, area, breakdown = self._divided(each)
            if value is not None:
                divided: dict[str, Any] = {"area": area, "breakdown": breakdown}
                targets.append(self._in.target(each, measure, Reach(value), due=period, **divided))
        for each in children(element, "actual"):
            value, area, breakdown = self._divided(each)
            if value is None:
                self._in.note(DiagnosticKind.FIGURE, each, "left aside: it has no number")
                continue
            if (area or self._in.place) is None:
                message = "left aside: it does not name its place (give area=)"
                self._in.note(DiagnosticKind.FIGURE, each, message)
                continue
            fields = {"measure": measure.id, "period": period, "area": area or self._in.place, "value": value}
            fields |= {"breakdown": breakdown, "note": self._narrative(each, "comment") or None}
            figure = self._in.figure(each, fields)
            if figure is not None:
                self._figures.append((each, figure))

    def _divided(self, element: Any) -> tuple[Any, str | None, dict[str, str]]:
        """Return the number of a target or an actual, its place, and its part of the population."""
        value = self._value(element)
        places = children(element, "location")
        area = None
        if places:
            if len(places) > 1:
                self._in.note(DiagnosticKind.CARDINALITY, element, "it has several places: the first is read")
            area = self._in.area(element, self._in.attribute(places[0], "ref") or "")
        breakdown: dict[str, str] = {}
        for each in children(element, "dimension"):
            name, part = (self._in.words(each, self._in.attribute(each, key) or "") for key in ("name", "value"))
            if name and part and name not in breakdown:
                breakdown[name] = part
            else:
                self._in.note(
                    DiagnosticKind.ATTRIBUTE, each, "left aside: a dimension has a name of its own and a value"
                )
        return value, area, breakdown
