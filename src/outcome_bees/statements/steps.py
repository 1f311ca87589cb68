"""Sentences without a figure: a step that is done once, or something that is told in words."""

from collections.abc import Sequence

from outcome_bees.statements.cues.figures import FOLLOWING
from outcome_bees.statements.cues.scope import LEADING, TOLD
from outcome_bees.statements.cues.steps import DECIDED, DOING, DONE, FINITE_STEPS, NARRATIVE, NOMINAL_STEPS
from outcome_bees.statements.dates import Dated
from outcome_bees.statements.kinds import Said
from outcome_bees.statements.scope import Clause

__all__ = ["narrative_of", "step_date", "step_of"]


def step_of(clause: Clause) -> Said | None:
    """The words of a step that is done once: "Launch …", "… adopted", "carbon neutral by 2030"."""
    words = clause.words
    for at in (0, 1):
        doing = DOING.at(words, at) or NOMINAL_STEPS.at(words, at)
        if doing and (at == 0 or LEADING.at(words, 0)):
            return at, doing[0]
    for start, end, _ in DONE.find(words):
        if clause[end - 1].determined and end - start > 1:
            continue  # "in the place of choice"
        adjective = start == 0 and clause[end].text not in ("by", "in", "on")  # "completed assessments"
        if not adjective and (end in clause.dated or (start < clause.told_from and clause[end].text != "within")):
            return start, end
    for date in clause.deadlines:
        if clause[date.start - 1].text.endswith("ed"):
            return date.start - 1, date.start
    for date in clause.deadlines:
        # What is to be so by a date, without any figure, is a step.
        if date.period is not None:
            return next(((start, end) for start, end, _ in NOMINAL_STEPS.find(words)), (date.start, date.end))
    return None


def narrative_of(clause: Clause) -> Said | None:
    """The words of something told: "staff survey data", "feedback from parents"; not "data breaches"."""
    for start, end, _ in NARRATIVE.find(clause.words):
        following = clause[end]
        told = following.text in FOLLOWING or TOLD.at(clause.words, end) is not None
        if following.is_sign or told or following.text.endswith("ed"):
            return start, end
    return None


def step_date(clause: Clause, dates: Sequence[Dated]) -> Dated | None:
    """The date of a step: "launched in May 2026", "opens to the public in June 2026"."""
    begun = [(start, end) for start, end, _ in DONE.find(clause.words)]
    for date in dates:
        joint = date.start - 1
        named = clause[date.start].determined or clause[joint].text not in ("in", "on", "during", "for", "(", "–", ":")
        if named or date.period is None:
            continue
        earlier = [(clause[start].text, clause[end].text) for start, end in begun if start < joint]
        decided = any(word in DECIDED and following == "by" for word, following in earlier)
        finite = any(word in FINITE_STEPS for word, _ in earlier)
        if decided or finite or DOING.at(clause.words, 0) or any(end == joint for _, end in begun):
            return Dated(date.start if clause[joint].is_sign else joint, date.end, date.period)
    return None
