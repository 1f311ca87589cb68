"""Where an answer comes from: its figures, rule, policy, plan and library, as plain data and as text."""

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import Any

from attrs import fields

from outcome_bees.evaluation.inputs import Inputs
from outcome_bees.evaluation.result import Evaluation
from outcome_bees.evaluation.rules import Reference, Rule
from outcome_bees.evaluation.select import without_hidden_numbers
from outcome_bees.evaluation.tracing import Use, UsedObservation, rule_of, used_observations
from outcome_bees.model.aims import Margin
from outcome_bees.model.local_policy import Policy
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import Plan
from outcome_bees.presentation.numbers import plain, quantity
from outcome_bees.presentation.words import LABEL, phrase
from outcome_bees.scales import Line, Owner
from outcome_bees.serializers.converter import converter
from outcome_bees.serializers.documents import canonical, tree_of
from outcome_bees.vocabulary import Reason

__all__ = ["plan_hash", "provenance", "why"]

_FACTS = (
    *("target", "measure", "area", "breakdown", "as_of", "status", "verdict", "reason", "due"),
    *("value", "required", "goal", "baseline", "reference", "gap", "travel", "travel_basis", "explanation"),
)
_USED_AS = {
    Use.FIGURE: "The figure",
    Use.BASELINE: "The baseline",
    Use.COMPARATOR: "The comparator",
    Use.RANKED: "Ranked with",
    Use.PREVIOUS: "The figure before",
    Use.YEAR_BEFORE: "The figure of a year before",
}
_REFERENCE = {"baseline": "the baseline", "comparator": "the comparator", "areas_ranked": "the number of places"}


def plan_hash(plan: Plan) -> str:
    """Return the SHA-256 of a plan's document, in hexadecimal digits.

    The document is the plan as JSON without spaces, its keys in the order of the alphabet and its numbers as texts,
    whatever format it was loaded from: one plan has one hash in YAML and in JSON, and another as soon as any word or
    number of it is another.

    Example:
        >>> plan_hash(Plan(id="p", title="A plan"))[:8]
        '3d7a0e0d'
    """
    return hashlib.sha256(canonical(tree_of(plan)).encode()).hexdigest()


def _hash_in(inputs: Inputs) -> str:
    """Return the hash of the plan among the inputs, taken once for all the answers made from them."""
    if "sha256" not in inputs.derived and inputs.plan is not None:
        inputs.derived["sha256"] = plan_hash(inputs.plan)
    found: str = inputs.derived["sha256"]
    return found


def provenance(answer: Evaluation) -> dict[str, Any]:
    """Return everything that an answer was made from, as plain data."""
    write = converter().unstructure
    facts = {name: _plain(value) for name in _FACTS if (value := write(getattr(answer, name))) not in (None, {})}
    inputs = answer._inputs
    if inputs is None:
        figure = [] if answer.observation is None else [UsedObservation(Use.FIGURE, answer.observation)]
        used = [_observation(each, None) for each in figure]
        return {**facts, "traced": False, "observations": used, "policy": {"id": answer.policy}}
    rule = rule_of(answer, inputs)
    data: dict[str, Any] = {
        **facts,
        "traced": True,
        "observations": [_observation(each, inputs) for each in used_observations(answer, inputs)],
        "rule": None if rule is None else _rule(rule, answer),
        "policy": write(inputs.policy),
        "plan": None if inputs.plan is None else {"id": inputs.plan.id, "sha256": _hash_in(inputs)},
        "library": inputs.library,
    }
    measure = inputs.measure_of(answer.measure)
    if measure is not None and measure.components:
        data["parts"] = list(measure.components)
    return data


def _plain(value: Any) -> Any:
    """Return a word of a closed list as plain text, and anything else as it is."""
    return value.value if isinstance(value, Enum) else value


def _observation(used: UsedObservation, inputs: Inputs | None) -> dict[str, Any]:
    """Return an observation as data: what it was used for, what it says, where it was read from."""
    shown = without_hidden_numbers(used.observation)
    origin = None if inputs is None else inputs.observations.origin_of(used.observation)
    read_from = {} if origin is None else {"file": origin.file, "line": origin.line, "sheet": origin.sheet}
    return {
        "used_as": used.use.value,
        **{name: _plain(each) for name, each in converter().unstructure(shown).items()},
        **{name: value for name, value in read_from.items() if value is not None},
    }


def _rule(rule: Rule, answer: Evaluation) -> dict[str, Any]:
    """Return a rule as data: what it depends on, and its stretches from the lowest to the highest."""
    ends: list[dict[str, Any] | None] = [None, *(_line(cut.line, answer.reference) for cut in rule.scale.cuts), None]
    owners = [cut.owner for cut in rule.scale.cuts]
    stretches = []
    for place, label in enumerate(rule.scale.labels):
        stretch: dict[str, Any] = {"verdict": label.value}
        if place:
            stretch |= {"from": ends[place], "from_included": owners[place - 1] is Owner.ABOVE}
        if place < len(owners):
            stretch |= {"to": ends[place + 1], "to_included": owners[place] is Owner.BELOW}
        stretches.append(stretch)
    return {
        "id": answer.target,
        "period": None if answer.observation is None else answer.observation.period.code,
        "stands_on": None if rule.reference is None else rule.reference.value,
        "guard": rule.guard,
        "stretches": stretches,
    }


def _line(line: Line, reference: Decimal | None) -> dict[str, Any]:
    """Return an edge: the number, and where it depends on another, ``constant + weight × (reference - hinge)``."""
    if not line.needs_reference:
        return {"at": line.constant}
    known = {} if reference is None else {"at": line.at(reference)}
    bent = {} if line.weight == line.weight_below else {"weight_below": line.weight_below}
    return {**known, "constant": line.constant, "weight": line.weight, **bent, "hinge": line.hinge}


def why(answer: Evaluation) -> str:
    """Return the chain that led to an answer, one step a line."""
    return "\n".join(_lines(answer))


def _lines(answer: Evaluation) -> Iterator[str]:
    yield answer.explanation
    inputs = answer._inputs
    if inputs is None:
        yield f"Policy: {answer.policy}. As known on {answer.as_of.isoformat()}."
        yield "What it was made from is not known: it was loaded without that, or made by hand."
        return
    measure = inputs.measure_of(answer.measure)
    used = used_observations(answer, inputs)
    ranked = [each for each in used if each.use is Use.RANKED]
    for each in used:
        if each.use is not Use.RANKED:
            yield _in_words(each, measure, inputs)
    if ranked:
        yield f"Ranked with the figures of {len(ranked)} other places, which provenance lists."
    if measure is not None and measure.components:
        yield f"Made of the answers of its parts: {', '.join(measure.components)}."
    rule = rule_of(answer, inputs)
    if rule is not None and measure is not None:
        yield f"The rule: target {answer.target}: {_stretches(rule, measure, answer.reference)}."
    yield f"The policy: {_policy(inputs)}."
    if inputs.plan is not None:
        yield f"The plan: {inputs.plan.id}, SHA-256 {_hash_in(inputs)}."
    library = "of a version not known" if inputs.library is None else inputs.library
    yield f"Evaluated by outcome_bees {library}, as known on {answer.as_of.isoformat()}."


def _in_words(used: UsedObservation, measure: Measure | None, inputs: Inputs) -> str:
    """Return a line on one observation: what it says, and where it is from."""
    given = used.observation
    shown = without_hidden_numbers(given)
    what = phrase(Reason(shown.absence.value)) if shown.value is None and shown.absence else _value(shown, measure)
    facts = [f"for {given.period.code} in {given.area}"]
    if given.revision is not None:
        facts.append(given.revision.value)
    if given.recorded is not None:
        facts.append(f"recorded {given.recorded.isoformat()}")
    if given.source is not None:
        facts.append(f"source: {given.source}")
    origin = inputs.observations.origin_of(given)
    if origin is not None and str(origin):
        facts.append(f"read from {origin}")
    return f"{_USED_AS[used.use]}: {what} {', '.join(facts)}."


def _value(figure: Observation, measure: Measure | None) -> str:
    assert figure.value is not None, "a figure that is not absent has a value"
    exponent = figure.value.as_tuple().exponent
    digits = max(-exponent if isinstance(exponent, int) else 0, 0)  # as it was published
    return quantity(figure.value, figure.unit or (None if measure is None else measure.unit), digits)


def _stretches(rule: Rule, measure: Measure, reference: Decimal | None) -> str:
    """Return the stretches of a rule in words."""
    cuts = rule.scale.cuts
    words = []
    for place, label in enumerate(rule.scale.labels):
        ends = []
        if place:
            cut = cuts[place - 1]
            ends.append(
                f"{'from' if cut.owner is Owner.ABOVE else 'above'} {_place(cut.line, rule, measure, reference)}"
            )
        if place < len(cuts):
            cut = cuts[place]
            ends.append(
                f"{'below' if cut.owner is Owner.ABOVE else 'up to'} {_place(cut.line, rule, measure, reference)}"
            )
        words.append(f"{LABEL[label]} {' and '.join(ends)}")
    return ", ".join(words)


def _exactly(number: Decimal, measure: Measure) -> str:
    """Write a number with as many decimals as it has, and no fewer than are published."""
    exponent = number.normalize().as_tuple().exponent
    return quantity(number, measure.unit, max(measure.digits, -exponent if isinstance(exponent, int) else 0))


def _place(line: Line, rule: Rule, measure: Measure, reference: Decimal | None) -> str:
    """Return an edge in words: a number, or what it depends on and, where that is known, the number it comes to."""
    if not line.needs_reference:
        return _exactly(line.constant, measure)
    assert rule.reference is not None, "what depends on a reference names it"
    name = _REFERENCE[rule.reference.value]
    ranked = rule.reference is Reference.AREAS_RANKED
    known = "" if reference is None or ranked else f" ({_exactly(line.at(reference), measure)})"
    straight = line.constant - line.weight * line.hinge
    factor = "" if line.weight == 1 else f"{plain(line.weight.normalize(), 4).rstrip('0').rstrip('.')} × "
    if line.weight != line.weight_below:
        return f"{factor}{name}{known}"
    moved = "" if not straight else f" {'+' if straight > 0 else '-'} {abs(straight).normalize():f}"
    return f"{factor}{name}{moved}{known}"


def _policy(inputs: Inputs) -> str:
    """Return a policy with all that it allows."""
    policy = inputs.policy
    allowed = []
    for each in fields(Policy):
        value = getattr(policy, each.name)
        name = each.name.replace("_", " ")
        if isinstance(value, Margin):
            allowed.append(f"{name} {value.amount:f}" if value.percent is None else f"{name} {value.percent:f}%")
        elif value is True:
            allowed.append(name)
    return policy.id + (f" ({', '.join(allowed)})" if allowed else "")
