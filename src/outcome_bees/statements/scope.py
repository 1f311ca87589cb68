"""How far a word of a sentence reaches: what leads a clause, and what is only told of those counted."""

from collections.abc import Sequence
from functools import cached_property

from attrs import field, frozen

from outcome_bees.statements.cues.direction import AUXILIARIES, TURNED
from outcome_bees.statements.cues.figures import COUNTED, KINDS, NAMES, TIMES
from outcome_bees.statements.cues.scope import EXPLAINING, HAVING, LEADING, OPENING, TOLD, WAITED, WORKING
from outcome_bees.statements.dates import Dated
from outcome_bees.statements.words import END, Form, Word
from outcome_bees.vocabulary import MeasureKind

__all__ = ["Clause"]

_LONGEST_LEAD_IN = 12
"""Words that may stand before the aim of a clause. Our choice; it also keeps long text linear."""


@frozen(slots=False)
class Clause:
    """A stretch of a sentence that states one measure, and where its dates stand.

    Attributes:
        words: Its words.
        dates: Its dates; no aim, limit or kind is read from them.
        deadlines: Those that are deadlines, with the words that make them so.
    """

    words: Sequence[Word]
    dates: Sequence[Dated] = field(default=())
    deadlines: Sequence[Dated] = field(default=())

    def __getitem__(self, at: int) -> Word:
        return self.words[at] if 0 <= at < len(self.words) else END

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def dated(self) -> frozenset[int]:
        """The words that belong to a date."""
        return frozenset(at for date in (*self.dates, *self.deadlines) for at in range(date.start, date.end))

    @cached_property
    def told_from(self) -> int:
        """The first word after which things are told of the people counted: "residents who …"."""
        told = TOLD.find(self.words, self.opening)
        return next((start for start, _, _ in told if start and not self._conjoins(start)), len(self.words))

    @cached_property
    def opening(self) -> int:
        """Where the clause itself begins: after "By March 2026, …", "Despite rising demand, …", "In 2026, …"."""
        opened = OPENING.at(self.words, 0) or EXPLAINING.at(self.words, 0)
        commas = (at + 1 for at, word in enumerate(self.words) if word.text == ",")
        return next(commas, 0) if opened or 0 in self.dated else 0

    def _conjoins(self, at: int) -> bool:
        """Whether a word tells of nobody after all: "ensure that …", "reporting increased"."""
        if self[at].text == "reporting":
            following = self[at + 1].text
            return following in TURNED | AUXILIARIES | {"", "of", "rate", "rates"}
        return self[at].text == "that" and (self[at - 1].text in ("so", "than") or bool(LEADING.at(self.words, at - 1)))

    @cached_property
    def explained_from(self) -> int:
        """The first word of a reason or circumstance: "… due to rising demand"."""
        return next((start for start, _, _ in EXPLAINING.find(self.words, self.opening)), len(self.words))

    def in_reach(self, at: int) -> bool:
        """Whether a word may be said of the figure: before anything told of those counted, or any reason."""
        return self.opening <= at < min(self.told_from, self.explained_from) and at not in self.dated

    def ends(self, at: int) -> bool:
        """Whether a clause or segment has ended before a word, but for its dates."""
        return at >= len(self.words) or self[at].is_sign or at in self.dated

    def has_number(self, at: int) -> bool:
        """Whether a word is a number and no part of a date."""
        return self[at].number is not None and at not in self.dated

    def had_by(self, at: int) -> bool:
        """Whether a word is what somebody has or does: "pupils *with attendance* below 90%"."""
        first = self.segment(at)
        return any(
            HAVING.at(self.words, before) and self[before + 1].text not in WAITED
            for before in (at - 1, at - 2, at - 3)
            if before > first
        )

    def segment(self, at: int) -> int:
        """Where the segment of a word begins: after the last colon, dash, bracket, or the opening."""
        return self._segments[at] if 0 <= at < len(self.words) else 0

    @cached_property
    def _segments(self) -> list[int]:
        starts: list[int] = []
        start = 0
        for at, word in enumerate(self.words):
            starts.append(start)
            if word.text in (":", "–", "(", ";", ")") or at + 1 == self.opening:
                start = at + 1
        return starts

    def lead_in(self, at: int) -> list[int]:
        """The words of its segment before a word, without dates and signs."""
        first = max(self.segment(at), at - 3 * _LONGEST_LEAD_IN)
        return [each for each in range(first, at) if each not in self.dated and not self[each].is_sign]

    def leads(self, at: int, *, working: int = 0) -> bool:
        """Whether nothing but lead-in words stands before a word in its segment: "We aim to see a steady …".

        Args:
            at: The word.
            working: How many words of work may stand there as well ("recruit more …").
        """
        before_it = self.lead_in(at)
        if len(before_it) > _LONGEST_LEAD_IN:
            return False
        for before in before_it:
            if LEADING.at(self.words, before) or self[before].number is not None:
                continue
            if self[before].text in ("%", "percentage", "percentage-point") and before == at - 1:
                continue  # "percentage point increase in"
            if self[before].determined and before == at - 1:
                continue  # "a marked reduction in"
            if working and WORKING.at(self.words, before):
                working -= 1
                continue
            return False
        return True

    @cached_property
    def kinds(self) -> tuple[tuple[int, int, MeasureKind], ...]:
        """Every phrase that says a kind of figure, but for names that hold such a word, in their order."""
        named = {at for start, end, _ in NAMES.find(self.words) for at in range(start, end)}
        found = [
            (start, end, kind)
            for start, end, kind in KINDS.find(self.words)
            if start not in named
            and start not in self.dated
            and not (kind is MeasureKind.AMOUNT and self[end].text in COUNTED)  # "low cost homes"
        ]
        for at, word in enumerate(self.words):
            if word.text in TIMES and self[at - 1].text == "(" and self[at + 1].text == ")":
                found.append((at, at + 1, MeasureKind.DURATION))
        return tuple(sorted(found))

    @cached_property
    def first_kind(self) -> int:
        """The first word that says a kind of figure; the clause's length where none does."""
        return next((start for start, _, _ in self.kinds), len(self.words))

    def is_time(self, at: int) -> bool:
        """Whether a word is a unit of time: "28 days", not the "a year" of "300 homes a year"."""
        return (self[at].text in TIMES and not self[at].determined) or self[at].text == "working"

    def is_percent(self, at: int) -> bool:
        number = self[at].number
        return number is not None and number.form in (Form.PERCENT, Form.POINTS, Form.SHARE)

    def is_measured(self, at: int) -> bool:
        """Whether a word is a number that brings its unit: per cent, points, a share or money."""
        number = self[at].number
        return self.is_percent(at) or (number is not None and number.form is Form.MONEY)
