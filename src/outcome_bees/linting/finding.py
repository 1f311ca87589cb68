"""What lint can find: every sort of finding, how much it matters, and what to do about it.

Source: which sorts there are, and how much each matters, is our choice; each follows from a rule of
evaluation, or from a way in which published plans were misread.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from attrs import frozen

from outcome_bees.offers import offered
from outcome_bees.vocabulary import Severity

__all__ = ["SORTS", "Finding", "Findings", "Found", "Sort", "findings_of"]

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@frozen(kw_only=True)
class Finding:
    """One thing that a plan leaves open, or has in a way that will not work.

    Attributes:
        id: Which sort of finding it is, such as ``"no_direction"``; a promise, like an enum's text.
        severity: ``error``: a target can never be judged as it is. ``warning``: something will be
            left out, or judged as nobody meant it. ``info``: good to know.
        path: Where it is in the plan's document, such as ``"$.measures[3].direction"``.
        item: The id of the priority, measure or target.
        message: What was found, and what follows from it.
        remedy: What to do about it.

    Example:
        >>> from outcome_bees import Measure, Plan, lint
        >>> plan = Plan(id="p", title="P", measures=[Measure(id="m", title="Staff", unit="person")])
        >>> lint(plan)[0].message
        'no direction: nobody can know whether more of it is better'
    """

    id: str
    severity: Severity
    path: str
    item: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.item}: {self.message}; {self.remedy}"


class Findings(tuple[Finding, ...]):
    """All that was found: a tuple of ``Finding`` that a notebook shows as a table.

    Example:
        >>> Findings()
        <Findings: none>
    """

    __slots__ = ()

    def __repr__(self) -> str:
        counts = ((severity, sum(each.severity is severity for each in self)) for severity in Severity)
        return f"<Findings: {', '.join(f'{number} {severity}' for severity, number in counts if number) or 'none'}>"

    def _repr_html_(self) -> str:
        """Write the findings as a notebook shows them."""
        markup: str = offered("findings_as_html")(self)
        return markup


class Sort(NamedTuple):
    """How much findings of one sort matter, and their words; the check gives what is in braces."""

    severity: Severity
    message: str
    remedy: str


SORTS: dict[str, Sort] = {
    # of priorities
    "no_measure": Sort(
        _INFO,
        "no measure belongs to it: nothing will show how it is doing",
        "name it as the priority of a measure",
    ),
    # of measures
    "no_kind": Sort(
        _WARNING,
        "no kind: its sentence does not say what sort of figure it has, so it is drafted as words",
        "give it a unit, or a kind such as count or percentage",
    ),
    "no_direction": Sort(
        _WARNING,
        "no direction: nobody can know whether more of it is better",
        "give it increase, decrease or maintain",
    ),
    "title_against_direction": Sort(
        _WARNING,
        "its title begins with {word!r}, and its direction is {direction!r}",
        "correct the one that is wrong, or leave the direction out of the title",
    ),
    "no_unit": Sort(_WARNING, "no unit: what its numbers count is not known", "give one, such as child or percent"),
    "kind_against_unit": Sort(
        _WARNING,
        "its kind is {kind}, and its unit, {unit}, counts something else",
        "correct the one that is wrong, or leave the kind out: the unit gives it",
    ),
    "no_calendar": Sort(
        _INFO,
        "no calendar: 2024/25 may be any sort of year",
        "give it academic, financial …, or a timing of snapshot",
    ),
    "no_frequency": Sort(
        _WARNING,
        "no frequency: its figures are of single days, and which is the previous one is not known",
        "give how often it is published, such as yearly",
    ),
    "no_parts": Sort(
        _WARNING,
        "no parts: it is compound, and made of nothing",
        "list its parts as measures, and under components",
    ),
    "no_target": Sort(_WARNING, "no target: it will be shown, never assessed", "set one, or call it contextual"),
    "no_bee": Sort(_INFO, "no bee: it counts toward none", "give it bees, or a priority that has them"),
    "same_title": Sort(
        _INFO, "{count} {things} have this title", "give each a title of its own, if only by words in brackets"
    ),
    # of targets
    "never_judged": Sort(_ERROR, "its measure {what}: it can never be judged", "{remedy}"),
    "placeholder": Sort(_WARNING, "no aim: it is still to be agreed", "agree on an aim"),
    "no_due": Sort(_WARNING, "no due date: it will never be due", "give the period or the day that it is due"),
    "no_baseline": Sort(
        _ERROR,
        "no baseline: there is nothing to compare it with",
        "give the period, and the figure where it is agreed",
    ),
    "baseline_not_before_due": Sort(
        _ERROR, "its baseline, {baseline}, is not over before {due} is", "correct the one that is wrong"
    ),
    "baseline_of_another_sort": Sort(
        _WARNING,
        "its baseline, {baseline}, and {due}, when it is due, are different sorts of period",
        "compare like with like",
    ),
    "break_before_due": Sort(
        _ERROR,
        "its measure has a break between the baseline, {baseline}, and {due}, when it is due",
        "take a baseline after the break, or set a number to reach",
    ),
    "discontinued_before_due": Sort(
        _ERROR, "its measure ended on {ended}, before {due} is over", "set it for a measure that goes on"
    ),
    "due_in_another_calendar": Sort(
        _WARNING,
        "it is due {due}, and its measure has figures for {calendar} years",
        "make it due in a period that will have a figure",
    ),
    "cannot_be_pooled": Sort(
        _ERROR,
        "its comparator is pooled, and {unit} is not a share of a whole: there is nothing to pool",
        "take the published value or the median",
    ),
    "number_out_of_range": Sort(
        _WARNING, "{number} is outside 0 to 100, the range of a percentage of a whole", "correct the number or the unit"
    ),
    "due_before_edition": Sort(_WARNING, "it is due {due}, before {period} begins", "correct the date"),
    "due_after_edition": Sort(
        _INFO,
        "it is due {due}, after {period} ends: valid, and still open then",
        "take it over into the next edition",
    ),
    "met_at_baseline": Sort(
        _INFO,
        "its baseline meets it already",
        "leave it if that is to be kept; else correct the number or the direction",
    ),
    "tolerance_reaches_baseline": Sort(
        _WARNING, "its tolerance reaches back to the baseline: no change would be near", "make it smaller"
    ),
    "percentage_of_percentage": Sort(
        _INFO, "{percent}% of a percentage: 5% of 80% is 4 points", "write amount where points are meant"
    ),
    "no_profile": Sort(
        _INFO,
        "no profile: its figures grow through the period, and those of part of it will not be judged",
        "give it a profile, with the number to reach by each point on the way",
    ),
    "no_tolerance": Sort(
        _WARNING,
        "it is met only at exactly {number}, and has no tolerance: hardly any figure will meet it",
        "give it a tolerance, or a band to stay between",
    ),
    "percentage_of_zero": Sort(
        _WARNING,
        "its tolerance is {percent}% of what is required, which is zero: no figure can be near",
        "give the tolerance as an amount",
    ),
    "gaps_in_profile": Sort(
        _INFO,
        "its profile has numbers further apart than its {frequency} figures: those between will not be judged",
        "give it a number for each figure that is to be judged",
    ),
    # of targets together
    "several_targets": Sort(
        _WARNING,
        "{count} targets for one measure, place and due period: {all} are counted, and one may be met and another"
        " missed",
        "keep the one that is to be counted, be it the minimum or the stretch",
    ),
    "same_label": Sort(
        _INFO,
        "{label} is the label of different periods in this plan: {codes}",
        "use one sort of year, or name the sort wherever the label is shown",
    ),
    # of places
    "unknown_area": Sort(_WARNING, "the register of places has no {code}", "correct the code"),
    "former_area": Sort(
        _WARNING,
        "{area}: later figures are published for its successors",
        "name its successors where figures after the change are wanted: {after}",
    ),
    "baseline_before_place": Sort(
        _WARNING,
        "its baseline, {baseline}, is from before {area} was there: a figure of then is of other places",
        "take a baseline after {began}, state its number, or have a source combine the places before",
    ),
    # of figures
    "figures_before_place": Sort(
        _INFO,
        "figures of {area} for periods before it was there, such as {period}, are taken for figures of its boundary of"
        " now",
        "leave them out where they are of the places before {on}",
    ),
    "figures_after_place": Sort(
        _WARNING,
        "figures of {area} for periods after it was no more, such as {period}",
        "give the code of the place that they are of since {on}",
    ),
    "period_not_over": Sort(
        _WARNING,
        "{figures} known before the period is over (as of {as_of}): nothing is judged final by it until then",
        "correct the period or the day it was recorded, or wait until the period is over",
    ),
    "numbers_beside_absence": Sort(
        _WARNING,
        "{figures}: numbers are given beside an absence, and may give away what it hides",
        "leave out numerator, denominator and limits where there is no figure",
    ),
    "withdrawn_with_number": Sort(
        _WARNING,
        "{figures}: a withdrawn figure still has its number",
        "give its absence, not_available, in place of the number",
    ),
}
"""Every sort of finding, by its id."""

Found = Iterator[tuple[str, str, str, Mapping[str, object]]]
"""What a check finds: the sort, where it is in the plan, the id of the item, the facts of the case."""


def findings_of(found: Iterable[tuple[str, str, str, Mapping[str, object]]]) -> Findings:
    """Return the findings of all that the checks found, with the facts of each case in the words of its sort."""
    stated: list[dict[str, Any]] = [
        {
            "id": sort,
            "severity": SORTS[sort].severity,
            "path": path,
            "item": item,
            "message": SORTS[sort].message.format(**facts),
            "remedy": SORTS[sort].remedy.format(**facts),
        }
        for sort, path, item, facts in found
    ]
    return Findings([Finding(**each) for each in stated])
