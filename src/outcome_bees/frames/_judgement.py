"""Figures compared with edges: the only arithmetic that an engine does, without knowing what it means."""

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw

from outcome_bees.evaluation.compiled import KEPT_DIGITS
from outcome_bees.evaluation.edges import UNREACHABLE
from outcome_bees.evaluation.rules import NOUGHT, Reference, Settling
from outcome_bees.frames._outcome_codes import (
    NO_REASON,
    NO_TRAVEL,
    NO_VERDICT,
    REASONS,
    VERDICTS,
    code_of,
    outcome_words,
)
from outcome_bees.frames.backend import Backend, Lazy
from outcome_bees.frames.plan_tables import PlanTables
from outcome_bees.frames.task_rules import BEYOND_GUARD, KINDS, SETTLING, TOWARD_BASELINE, RuleTable, rules_of
from outcome_bees.model.local_policy import Policy
from outcome_bees.vocabulary import Certainty, Reason, Verdict

__all__ = ["judged"]


class _Facts:
    """The columns of the rules; one that is the same in every row is that number itself."""

    def __init__(self, rules: RuleTable) -> None:
        self.constant: Mapping[str, Any] = rules.constant
        self.digits = rules.digits

    def __getitem__(self, name: str) -> Any:
        return self.constant[name] if name in self.constant else nw.col(name)

    def settled(self, *names: str) -> bool:
        """Return whether the columns hold nothing but zero."""
        return all(self.constant.get(name) == 0 for name in names)

    def edge(self, name: str, reference: Any, hinge: Any) -> Any:
        """Return the edge at a reference: one multiplication, one sum."""
        above = self._at(name, reference)
        if reference is None or all(self._alike(name, *pair) for pair in _PAIRS):
            return above
        return nw.when(reference < hinge).then(self._at(f"{name}_under", reference)).otherwise(above)

    def _alike(self, name: str, one: str, other: str) -> bool:
        there = self.constant.get(f"{name}{one}")
        return there is not None and there == self.constant.get(f"{name}{other}")

    def _at(self, name: str, reference: Any) -> Any:
        weight = self.constant.get(f"{name}_per")
        if weight == 0:  # of all rows, where there is no reference
            return self[name]
        return self[name] + (reference if weight == 1 else self[f"{name}_per"] * reference)


_MOVES = ((2, 4), (0, 3))
_PAIRS = (("", "_under"), ("_per", "_under_per"))


def judged(backend: Backend, tables: PlanTables, kept: Sequence[str], chosen: Lazy) -> Lazy:
    """Return the outcome of every row: its number required, gap, verdict, status, reason and travel.

    Args:
        backend: The engine.
        tables: The plan.
        kept: The columns that are kept beside those.
        chosen: Rows with ``t``, ``best``, ``value`` and the figures that it is compared with.
    """
    found, policy = rules_of(tables), tables.policy
    facts, timings = _Facts(found), found.timings
    chosen = backend.looked_up(chosen, found.table, ["t", "best"])
    there = chosen.collect_schema()
    value, col = nw.col("value"), nw.col
    reference, number, missing = _reference(facts, there)
    sided = number * facts["sign"]
    turned = None if reference is None else reference * facts["sign"]
    # Whatever applies, the first of the reasons is given.
    absent = nw.when(value.is_null() & (col("best") > 0)).then(REASONS[Reason.NOT_AVAILABLE]).otherwise(NO_REASON)
    if "absent" in there:
        absent = col("absent").fill_null(NO_REASON)
    reasons = [_lit(facts["reason"]), absent, *missing]
    if "began" in there:
        reasons.append(_of_other_places(facts, there))
    if not facts.settled("relative", "in_percent"):
        reasons.append(nw.when(_of_zero(facts, turned)).then(REASONS[Reason.REFERENCE_IS_ZERO]).otherwise(NO_REASON))
    frame = chosen.with_columns(nw.min_horizontal(*reasons).cast(nw.Int64).alias("first_reason"), sided.alias("sided"))
    if turned is not None:
        frame = frame.with_columns(turned.alias("turned"))
        turned = col("turned")
    known = (col("first_reason") == NO_REASON) & ~value.is_null()
    sided = col("sided")
    met = _between(facts, "met_from", "met_below", sided, turned)
    near = _between(facts, "near_from", "near_below", sided, turned)
    verdict = nw.when(~known).then(NO_VERDICT).when(met).then(2).when(near).then(1).otherwise(0)
    if "hidden" in there:
        frame = frame.with_columns(_uncertain(facts, turned, verdict).alias("first_reason"))
        known = known & (col("first_reason") == NO_REASON)
        verdict = nw.when(~known).then(NO_VERDICT).otherwise(verdict)
    frame = frame.with_columns(
        verdict.cast(nw.Int64).alias("verdict"), _lit(facts.edge("low", turned, facts["hinge"])).alias("at_least")
    )
    if "high" not in facts.constant:
        high = facts.edge("high", turned, facts["hinge"])
        frame = frame.with_columns(
            nw.when(high - sided < sided - col("at_least")).then(high).otherwise(col("at_least")).alias("required"),
            nw.when(high - sided < sided - col("at_least"))
            .then(high - sided)
            .otherwise(sided - col("at_least"))
            .alias("gap"),
        )
    else:
        frame = frame.with_columns(col("at_least").alias("required"), (sided - col("at_least")).alias("gap"))
    if not facts.settled("settling"):
        frame = _settled_alone(facts, frame, turned, known)
        known = known & (col("first_reason") == NO_REASON)
    last_reason: Any = col("first_reason")
    if policy.near_if_not_worse:
        frame = _no_worse(facts, frame, turned)
        last_reason = (
            nw.when((col("verdict") == NO_VERDICT) & (col("first_reason") == NO_REASON) & ~value.is_null())
            .then(REASONS[Reason.INSUFFICIENT_HISTORY])
            .otherwise(last_reason)
        )
    clear = "low_end" in there
    if clear:
        frame = _with_clear(facts, frame, turned, policy)
    frame = frame.with_columns(
        nw.when(known).then(_required(facts, turned)).alias("required"),
        nw.when(known).then(_rounded(col("gap"), facts)).alias("gap"),
        _travel(facts, policy, there).alias("moved"),
        last_reason.alias("first_reason"),
        _lit(facts["timing"]).alias("timing"),
    )
    if facts.constant.get("settled_from") != UNREACHABLE:
        frame = frame.with_columns(**_settled_whatever(facts, clear=clear))
    code = code_of(col("first_reason"), col("verdict"), col("moved"), col("timing"), len(timings))
    named = [_lit(facts[name]).cast(nw.String).alias(name) for name in ("target", "measure", "period")]
    words = [_CLEAR.alias("certainty")] if clear else []
    frame = frame.select(*named, *kept, "value", "required", "gap", *words, code.cast(nw.Int64).alias("code"))
    return backend.looked_up(frame, outcome_words(timings), ["code"]).drop("code")


def _uncertain(facts: _Facts, turned: Any, verdict: Any) -> Any:
    """Return the first reason, a missing comparator where a rank's verdict depends on figures that are not known."""
    col = nw.col
    ranked = _lit(facts["kind"]) == KINDS[Reference.AREAS_RANKED]
    at_best = col("sided") - nw.when(ranked).then(col("hidden")).otherwise(0.0) * facts["sign"]
    met = _between(facts, "met_from", "met_below", at_best, turned)
    near = _between(facts, "near_from", "near_below", at_best, turned)
    best = nw.when(met).then(2).when(near).then(1).otherwise(0)
    open_yet = ranked & (verdict != NO_VERDICT) & (best != verdict)
    return nw.when(open_yet).then(REASONS[Reason.COMPARATOR_MISSING]).otherwise(col("first_reason")).cast(nw.Int64)


def _lit(given: Any) -> Any:
    return given if isinstance(given, nw.Expr) else nw.lit(given)


def _reference(facts: _Facts, there: Any) -> tuple[Any, Any, list[Any]]:
    """Return the number that each rule needs, the number judged, and the reasons for which they are missing."""
    value, kind = nw.col("value"), _lit(facts["kind"])
    held = {
        Reference.BASELINE: ("base", REASONS[Reason.BASELINE_NOT_SET]),
        Reference.COMPARATOR: ("theirs", _lit(facts["without"])),
        Reference.AREAS_RANKED: ("ranked", REASONS[Reason.COMPARATOR_MISSING]),
    }
    chain: Any = nw
    missing: list[Any] = []
    number: Any = value
    for reference, (name, reason) in held.items():
        if name not in there or facts.settled("kind"):
            continue
        wanted = kind == KINDS[reference]
        gone = nw.col(name).is_null()
        if reference is Reference.AREAS_RANKED:
            gone = gone | (nw.col(name) < facts["least"])
            number = nw.when(wanted).then(nw.col("standing")).otherwise(value)
        chain = chain.when(wanted).then(nw.col(name))
        missing.append(nw.when(wanted & gone).then(reason).otherwise(NO_REASON))
    return (chain.otherwise(0.0) if missing else None), number, missing


def _of_other_places(facts: _Facts, there: Any) -> Any:
    """Return the reason where a baseline is from before the place was there."""
    return nw.when(_is_of_other_places(facts, there)).then(REASONS[Reason.SERIES_BREAK]).otherwise(NO_REASON)


def _is_of_other_places(facts: _Facts, there: Any) -> Any:
    """Return whether a baseline is from before the place was there, and none is published for the place itself."""
    since = _lit(facts["since"])
    crosses = (since > 0) & (nw.col("began") > since)
    if "base" in there and not facts.settled("kind"):
        crosses = crosses & ((_lit(facts["kind"]) != KINDS[Reference.BASELINE]) | nw.col("base").is_null())
    return crosses


def _between(facts: _Facts, low: str, high: str, sided: Any, turned: Any) -> Any:
    """Return whether the number is at the one edge or above, and below the other."""
    inside = sided >= facts.edge(low, turned, facts["hinge"])
    return inside if high in facts.constant else inside & (sided < facts.edge(high, turned, facts["hinge"]))


def _settled_alone(facts: _Facts, frame: Lazy, turned: Any, known: Any) -> Lazy:
    """Return the rows, without the verdicts on totals so far that have settled nothing yet."""
    col, settling = nw.col, _lit(facts["settling"])
    beyond = col("verdict") == VERDICTS[Verdict.OFF]
    above = beyond
    if "high" not in facts.constant:
        high = facts.edge("high", turned, facts["hinge"])
        above = beyond & (high - col("sided") < col("sided") - col("at_least"))
    open_yet = (
        ((settling == SETTLING[Settling.FLOOR]) & (col("verdict") != VERDICTS[Verdict.MET]))
        | ((settling == SETTLING[Settling.CEILING]) & ~beyond)
        | ((settling == SETTLING[Settling.BAND]) & ~above)
    )
    return frame.with_columns(
        nw.when(known & open_yet).then(NO_VERDICT).otherwise(col("verdict")).cast(nw.Int64).alias("verdict"),
        nw.when(known & open_yet)
        .then(REASONS[Reason.NOT_YET_DUE])
        .otherwise(col("first_reason"))
        .cast(nw.Int64)
        .alias("first_reason"),
    )


def _of_zero(facts: _Facts, turned: Any) -> Any:
    """Return whether a percentage would be taken of a reference, or of what is required, that is zero."""
    found = (_lit(facts["relative"]) == 1) & (turned == facts["hinge"])
    nought = _lit(facts["guard"]) * float(NOUGHT)
    required = _lit(facts.edge("low", turned, facts["hinge"]))  # of a band with two ends neither depends on a reference
    return found | ((_lit(facts["in_percent"]) == 1) & (required.abs() <= nought))


def _settled_whatever(facts: _Facts, *, clear: bool) -> dict[str, Any]:
    """Return what changes where a total that can only grow has settled a target, whatever its profile says."""
    col, at = nw.col, facts["settled_at"]
    settled = col("value").fill_null(-UNREACHABLE) >= facts["settled_from"]
    floor = _lit(facts["settled_as"]) == VERDICTS[Verdict.MET]
    gap = nw.when(floor).then(col("value") - at).otherwise(at - col("value"))
    held: dict[str, Any] = {
        "first_reason": NO_REASON,
        "verdict": _lit(facts["settled_as"]),
        "required": _lit(at),
        "gap": _rounded(gap, facts),
        "timing": _lit(facts["settled_timing"]),
    }
    if clear:  # chance has no part in it
        held["clear"] = -1
    return {name: nw.when(settled).then(known).otherwise(col(name)) for name, known in held.items()}


def _no_worse(facts: _Facts, frame: Lazy, turned: Any) -> Lazy:
    """Return the rows, near only where the figure is no further behind than that of a year before would be."""
    col = nw.col
    last: Any = col("last")
    if "last_standing" in frame.collect_schema():
        place = nw.when(col("last_ranked") >= facts["least"]).then(col("last_standing"))
        last = nw.when(_lit(facts["kind"]) == KINDS[Reference.AREAS_RANKED]).then(place).otherwise(last)
    frame = frame.with_columns(last.alias("last"))
    last = col("last") * facts["sign"]
    behind = last - col("at_least")
    if "high" not in facts.constant:
        other = facts.edge("high", turned, facts["hinge"]) - last
        behind = nw.when(other < behind).then(other).otherwise(behind)
    near = col("verdict") == 1
    worse = col("gap") - behind < -1 * (_lit(facts["guard"]) * BEYOND_GUARD)
    return frame.with_columns(
        nw.when(near & col("last").is_null())
        .then(NO_VERDICT)
        .when(near & worse)
        .then(0)
        .otherwise(col("verdict"))
        .alias("verdict")
    )


_CLEAR = (
    nw.when(nw.col("clear") == 1)
    .then(nw.lit(str(Certainty.CLEAR)))
    .when(nw.col("clear") == 0)
    .then(nw.lit(str(Certainty.WITHIN_CHANCE)))
    .otherwise(None)
)


def _with_clear(facts: _Facts, frame: Lazy, turned: Any, policy: Policy) -> Lazy:
    """Return the rows, and whether no cut lies between the ends of the figure's interval; null without a verdict."""
    col, sign = nw.col, _lit(facts["sign"])
    low, high = col("low_end") * sign, col("high_end") * sign
    frame = frame.with_columns(
        nw.when(sign > 0).then(low).otherwise(high).alias("from"),
        nw.when(sign > 0).then(high).otherwise(low).alias("to"),
    )
    crossed: Any = nw.lit(value=False)
    for name in ("met_from", "met_below", "near_from", "near_below"):
        if abs(facts.constant.get(name, 0)) < UNREACHABLE:
            edge = facts.edge(name, turned, facts["hinge"])
            crossed = crossed | ((col("from") < edge) & (col("to") >= edge))
    inside = nw.when(crossed).then(0).otherwise(1)
    judged = (col("verdict") != NO_VERDICT) & ~col("from").is_null() & (_lit(facts["settling"]) == 0)
    frame = frame.with_columns(nw.when(judged).then(inside).otherwise(-1).cast(nw.Int64).alias("clear"))
    if not policy.met_only_if_clear:
        return frame
    unclear = (col("verdict") == VERDICTS[Verdict.MET]) & (col("clear") == 0)
    lowered = nw.when(unclear).then(VERDICTS[Verdict.NEAR]).otherwise(col("verdict"))
    return frame.with_columns(lowered.cast(nw.Int64).alias("verdict"))


def _travel(facts: _Facts, policy: Policy, there: Any) -> Any:
    """Return how many of the two edges the figure has passed since the earlier one.

    Where it is to be kept at a number or in a band, it has risen by so much as it has come nearer.
    """
    value: Any = nw.col("value")
    before = nw.col("before")
    unknown = value.is_null() | before.is_null()
    merely: Any = None
    if not facts.settled("toward"):
        kept, low, high = _lit(facts["toward"]) > 0, _lit(facts["toward_low"]), _lit(facts["toward_high"])
        if "base" in there:
            of_baseline = _lit(facts["toward"]) == TOWARD_BASELINE
            low, high = (nw.when(of_baseline).then(nw.col("base")).otherwise(each) for each in (low, high))
            merely = of_baseline & nw.col("base").is_null()
        if "began" in there:
            crosses = _is_of_other_places(facts, there)
            merely = crosses if merely is None else merely | crosses
        if merely is not None:
            kept = kept & ~merely
        was, now = (nw.max_horizontal(low - each, each - high, nw.lit(0.0)) for each in (before, value))
        value = nw.when(kept).then(before + was - now).otherwise(value)
    low, high = (facts.edge(name, before, 0.0) for name in ("travel_low", "travel_high"))
    if policy.no_change_within is not None and policy.no_change_within.percent is not None:
        # A percentage of zero is undefined; but from zero to zero nothing has changed.
        unknown = unknown | ((before == 0.0) & ((value >= high) | (value < low)))
    more, less = (
        nw.lit(each) if merely is None else nw.when(merely).then(other).otherwise(each) for each, other in _MOVES
    )
    moved = nw.when(unknown).then(NO_TRAVEL).when(value >= high).then(more).when(value >= low).then(1).otherwise(less)
    return moved.cast(nw.Int64)


def _required(facts: _Facts, turned: Any) -> Any:
    """Return the number required; one that was multiplied is brought back to the decimals that it was."""
    required = nw.col("required") * facts["sign"]
    return required if turned is None else _rounded(required, facts)


def _rounded(number: Any, facts: _Facts) -> Any:
    """Return a number brought back to six decimals more than are published, as the scalar answer is."""
    chain: Any = nw
    for digits in facts.digits[1:]:
        chain = chain.when(nw.col("digits") == digits).then(number.round(digits + KEPT_DIGITS))
    first = number.round(facts.digits[0] + KEPT_DIGITS)
    return first if chain is nw else chain.otherwise(first)
