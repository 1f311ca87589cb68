"""A document of another form while it is read: what was taken of it, what was noticed, and what is left over."""

from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import Any

from outcome_bees.errors import AmbiguousObservationError, DocumentError, InvalidValueError, PeriodError, UnitError
from outcome_bees.exact import exact
from outcome_bees.identifiers import area_code, identifier, slug
from outcome_bees.interchange._content_model import Grammar, day_of_text, local_name, own_namespace, walk
from outcome_bees.interchange._items import Items, items_of, rebuilt, with_extension
from outcome_bees.interchange._xml import from_ncname, text_of
from outcome_bees.interchange.imported import Diagnostic, DiagnosticKind, Imported
from outcome_bees.interchange.loss import Loss, LossReport
from outcome_bees.model import fields
from outcome_bees.model.aims import Aim, Reach
from outcome_bees.model.index import Observations
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import Plan
from outcome_bees.model.target import Target
from outcome_bees.periods import Period, YearType
from outcome_bees.periods.calendar import calendar_named
from outcome_bees.units import Unit

__all__ = ["EXTENSION", "UNIT_LABELS", "Intake", "unit_label"]

EXTENSION = "urn:outcome-bees:interchange:1"
"""The namespace of what we add to documents of other standards."""

UNIT_LABELS = {
    "percent": "Percent",
    "fraction": "Fraction",
    "percentage_point": "Percentage points",
    "count": "Count",
    "rank": "Rank",
    "score": "Score",
    "day": "Days",
    "week": "Weeks",
    "child": "Children",
    "person": "People",
    "place": "Places",
    "GBP": "Pounds (GBP)",
    "GBP_thousand": "Thousand pounds (GBP)",
    "GBP_million": "Million pounds (GBP)",
}
"""What units are called in documents of other standards; every other is called by its code. Source: the words of
published StratML reports (Percent, Count, Rank), and our choice."""

_BY_LABEL = {label.lower(): code for code, label in UNIT_LABELS.items()} | {"%": "percent", "number": "count"}
_RATE = "Rate per "


def unit_label(unit: Unit | None) -> str:
    """Return what a unit is called in another form; a unit that is not stated has no name."""
    if unit is None:
        return ""
    if unit.code.startswith("per_") and "/" not in unit.code:
        return f"{_RATE}{int(unit.code.removeprefix('per_')):,}"
    return UNIT_LABELS.get(unit.code, unit.code)


def unit_of(label: str) -> Unit | None:
    """Return the unit that a name means; ``None`` where it means none that is known."""
    code = _BY_LABEL.get(label.lower(), label)
    if label.lower().startswith(_RATE.lower()):
        code = f"per_{label[len(_RATE) :].replace(',', '')}"
    try:
        return Unit.parse(code)
    except UnitError:
        return None


MAX_NOTICED = 1_000
"""How many diagnostics are kept. Our choice, as for the problems of a document."""


class Intake:
    """A document that is being read.

    Args:
        root: Its root.
        place: The place that figures are of where the document does not say it.
        calendar: The sort of year that whole years and their parts are read as; ``None``: they are so many days.

    Raises:
        InvalidValueError: The place is no code.
        PeriodError: There is no such sort of year.
    """

    def __init__(self, root: Any, place: str | None, calendar: YearType | str | None) -> None:
        self.root = root
        self.place = None if place is None else area_code(place)
        self.diagnostics: list[Diagnostic] = []
        self._calendar = None if calendar is None else calendar_named(calendar)
        self._taken: set[Any] = set()
        self._paths: dict[Any, str] | None = None
        self._more = 0
        self._ids: dict[str, dict[str, int]] = {}

    def note(self, kind: DiagnosticKind, element: Any, message: str) -> None:
        """Remember what was noticed of an element: of so many things only how many more there are."""
        if len(self.diagnostics) >= MAX_NOTICED:
            self._more += 1
            return
        if self._paths is None:
            self._paths = dict(walk(self.root))
        self.diagnostics.append(Diagnostic(kind, self._paths[element], message, element.sourceline))

    def hold_against(self, grammar: Grammar, element: Any) -> None:
        """Remember in what a part of the document is not as its standard has it."""
        wanted = max(0, MAX_NOTICED - len(self.diagnostics))
        found = list(islice(grammar.diagnostics(element), wanted + 1))
        self.diagnostics += found[:wanted]
        self._more += len(found) > wanted

    def text(self, element: Any) -> str:
        """Return the text of an element, which then is not lost."""
        if element is not None:
            self._taken.add(element)
        return text_of(element)

    def words(self, element: Any, text: str | None = None) -> str:
        """Return the text of an element (or the one that is given) as a plan can have it.

        Nothing of one that is blank; a text that is too long is cut, and that is noticed.
        """
        text = self.text(element) if text is None else text
        if len(text) > fields.MAX_TEXT:
            self.note(
                DiagnosticKind.VALUE,
                element,
                f"it has {len(text):,} characters: the first {fields.MAX_TEXT:,} are read",
            )
        text = text[: fields.MAX_TEXT]
        return text if text.strip() else ""

    def attribute(self, element: Any, name: str) -> str | None:
        """Return the value of an attribute, which then is not lost."""
        self._taken.add((element, name))
        value: str | None = element.get(name)
        return None if value is None else value.strip()

    def left_over(self, reasons: Mapping[str, str], form: str) -> LossReport:
        """Return every text and attribute that was not taken."""
        lost = []
        for element, path in walk(self.root):
            name = local_name(element)
            reason = reasons.get(name, f"a plan has no place for {name} of {form}")
            text = text_of(element)
            if text and element not in self._taken:
                lost.append(Loss(path, text, reason, element.sourceline))
            for key, value in element.attrib.items():
                if (element, key) not in self._taken and "XMLSchema-instance" not in own_namespace(key):
                    lost.append(Loss(f"{path}/@{key.rpartition('}')[2]}", value, reason, element.sourceline))
        return LossReport(tuple(lost))

    def own_id(self, kind: str, element: Any, raw: str, title: str) -> str:
        """Return an id of ours for an item: what its identifier says, or what its title suggests; never one twice."""
        given = from_ncname(raw).removeprefix(f"{kind}.")
        taken = self._ids.setdefault(kind, {})
        candidate = _as_id(given) or _as_id(title) or kind
        made = candidate
        while made in taken:  # counted on from where it ended: many may have one name
            taken[candidate] += 1
            made = f"{candidate[:90]}-{taken[candidate]}"
        taken[made] = 1
        if raw and made != given:
            self.note(DiagnosticKind.IDENTIFIER, element, f"the identifier {raw[:80]!r} is read as {made!r}")
        return made

    def number(self, element: Any) -> Any:
        """Return the number that an element has; ``None`` where it has none."""
        text = self.text(element)
        return None if not text else self.number_of(element, text)

    def number_of(self, element: Any, text: str) -> Any:
        """Return the number that a text is, exactly; ``None`` where it is none, and that is noticed."""
        try:
            return exact(text)
        except InvalidValueError as error:
            self.note(DiagnosticKind.VALUE, element, f"{error}; read as no number")
            return None

    def unit(self, element: Any, label: str) -> Unit | None:
        """Return the unit that a name means; a name that is not known is noticed."""
        found = unit_of(label) if label else None
        if label and found is None:
            message = (
                f"the unit {label[:80]!r} is not known: the measure is without one, and is not judged until it has"
            )
            self.note(DiagnosticKind.UNIT, element, message)
        return found

    def area(self, element: Any, text: str) -> str | None:
        """Return the code of a place; ``None`` where the text is none."""
        try:
            return area_code(text)
        except InvalidValueError:
            self.note(DiagnosticKind.IDENTIFIER, element, f"{text[:80]!r} is not the code of a place")
            return None

    def day(self, element: Any, text: str) -> date | None:
        """Return the day that a text is."""
        found = day_of_text(text) if text else None
        if text and found is None:
            self.note(DiagnosticKind.DATES, element, f"{text[:40]!r} is not a date; read as none")
        return found

    def period(self, element: Any, start: date | None, end: date | None, code: str = "") -> Period | None:
        """Return the period from one day to another, or the one that a code says, where it has these days."""
        if start is None or end is None:
            start = end = start or end
        if start is not None and end is not None and start > end:
            self.note(
                DiagnosticKind.DATES, element, f"it begins on {start}, after its end on {end}: read the other way"
            )
            start, end = end, start
        stated = self._period_of(code)
        if stated is not None and (start is None or end is None or (stated.start, stated.end) == (start, end)):
            return stated
        if stated is not None:
            self.note(DiagnosticKind.DATES, element, f"its dates are not those of {stated.code}: the dates are read")
        if start is None or end is None:
            return None
        return self._of_calendar(start, end) or Period.span(start, end)

    def _period_of(self, code: str) -> Period | None:
        try:
            return Period.from_code(code) if code else None
        except PeriodError:
            return None

    def _of_calendar(self, start: date, end: date) -> Period | None:
        """Return the whole year, half, quarter or month of the calendar that begins and ends on these days."""
        if self._calendar is None:
            return None
        for year in (start.year - 1, start.year):
            try:
                whole = Period.year(year, self._calendar)
            except PeriodError:  # before the year 1, or after 9999
                continue
            if not whole.start <= start <= end <= whole.end:
                continue
            parts = [whole]
            for make, count in ((Period.half, 2), (Period.quarter, 4)):
                parts += [make(year, number, self._calendar) for number in range(1, count + 1)]
            found = next((each for each in parts if (each.start, each.end) == (start, end)), None)
            if found is not None:
                return found
        month = Period.month(start.year, start.month)
        return month if (month.start, month.end) == (start, end) else None

    def target(self, element: Any, measure: Measure, aim: Aim | None, **stated: Any) -> Target:
        """Return a target of a measure; one whose number no such measure can have has no aim, and that is noticed."""
        if isinstance(aim, Reach):
            try:
                (measure.unit or Unit("count")).within(aim.value)
            except InvalidValueError as error:
                self.note(DiagnosticKind.VALUE, element, f"its number is left aside: {error}")
                aim = None
        id = self.own_id("target", element, "", f"{measure.id[:85]}-target")
        return Target(id=id, measure=measure.id, aim=aim, **stated)

    def figure(self, element: Any, stated: Mapping[str, Any]) -> Observation | None:
        """Return an observation; ``None`` where what is stated makes none, and that is noticed."""
        try:
            return Observation(**stated)
        except (InvalidValueError, PeriodError) as error:
            self.note(DiagnosticKind.FIGURE, element, f"left aside: {error}")
            return None

    def finished(
        self,
        plan: Plan,
        figures: list[tuple[Any, Observation]],
        extension: tuple[Any, str] | None,
        reasons: Mapping[str, str],
        form: str,
    ) -> Imported:
        """Return what was read, with what an extension of ours adds to it."""
        observations = self._distinct(figures)
        if extension is not None:
            where, text = extension
            items, problems = with_extension(items_of(plan, observations), text)
            for each in problems:
                self.note(DiagnosticKind.EXTENSION, where, f"of the extension: {each}")
            plan, observations = self._rebuilt(items, where, plan, observations)
        losses = self.left_over(reasons, form)
        if self._more:
            message = f"and at least {self._more:,} more things were noticed"
            path = f"/{local_name(self.root)}"
            self.diagnostics.append(Diagnostic(DiagnosticKind.CARDINALITY, path, message, self.root.sourceline))
        return Imported(plan, observations, losses, tuple(self.diagnostics))

    def _rebuilt(self, items: Items, where: Any, plan: Plan, observations: Observations) -> tuple[Plan, Observations]:
        try:
            found = rebuilt(items)
            # What seemed to have no unit has what the extension says.
            self.diagnostics = [each for each in self.diagnostics if each.kind is not DiagnosticKind.UNIT]
            return found
        except DocumentError as error:
            message = f"the extension no longer fits the document, and is left aside: {error.problems[0]}"
            self.note(DiagnosticKind.EXTENSION, where, message)
            return plan, observations

    def _distinct(self, figures: list[tuple[Any, Observation]]) -> Observations:
        """Return the figures; of several for one place and period the first is taken, and the others are noticed."""
        try:
            return Observations(each for _, each in figures)
        except AmbiguousObservationError:
            kept: dict[object, Observation] = {}
            for element, each in figures:
                key = (each.measure, each.area, each.breakdown, each.period)
                if kept.setdefault(key, each) is not each:
                    message = f"left aside: a second figure for {each.measure}, {each.period}, {each.area}"
                    self.note(DiagnosticKind.FIGURE, element, message)
            return Observations(kept.values())


def _as_id(text: str) -> str | None:
    """Return the id that a text is, or suggests."""
    for candidate in (text, text.lstrip("_").lower(), slug(text)):
        try:
            return identifier(candidate)
        except InvalidValueError:
            continue
    return None
