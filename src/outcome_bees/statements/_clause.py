"""A stretch of a sentence that states one measure, and how far each of its words reaches.

Words lead a clause ("We aim to see a steady *rise in* …"), describe those counted ("residents *who* …", "pupils *with
attendance* below 90%"), or give a reason ("*due to* rising demand"). Only the first say what the figure is to do.
"""

from collections.abc import Callable, Container, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TypeVar

from attrs import frozen

from outcome_bees.statements import _cues as cues
from outcome_bees.statements._deadlines import DateSpan
from outcome_bees.statements._normalise import NOTHING, NumberForm, PhraseTable, Token
from outcome_bees.vocabulary import MeasureKind

M = TypeVar("M")
Span = tuple[int, int]
"""Where words are in a clause: the first of them, and the token after their last."""

_LONGEST_LEAD_IN = 12  # words that may come before the aim of a clause. Our choice; it also keeps long text linear


@frozen(slots=False)
class Clause:
    """A stretch of a sentence that states one measure."""

    tokens: Sequence[Token]  # its words, numbers and signs
    dates: Sequence[DateSpan] = ()  # no direction, limit or kind is read from them
    deadlines: Sequence[DateSpan] = ()  # those dates that are deadlines, with the words that make them so

    def __getitem__(self, at: int) -> Token:
        return self.tokens[at] if 0 <= at < len(self.tokens) else NOTHING

    def __len__(self) -> int:
        return len(self.tokens)

    def word(self, at: int) -> str:
        """Return the text of a token; empty before the first and after the last."""
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def first(self, table: PhraseTable[M], holds: Callable[[int, int], object]) -> Span | None:
        """Return the first phrase of a table of which something holds, given where it begins and ends."""
        return next(((start, end) for start, end, _ in table.find(self.tokens) if holds(start, end)), None)

    def find(self, words: Container[str], start: int, stop: int | None = None) -> int | None:
        """Return the first place from ``start`` where one of these words is."""
        places = range(max(start, 0), len(self) if stop is None else min(stop, len(self)))
        return next((at for at in places if self.tokens[at].text in words), None)

    # --- Where the clause begins, and where what it says of its figure ends

    @cached_property
    def dated(self) -> frozenset[int]:
        """The tokens that belong to a date."""
        return frozenset(at for date in (*self.dates, *self.deadlines) for at in range(date.start, date.end))

    @cached_property
    def opening(self) -> int:
        """Where the clause itself begins: after "By March 2026, …", "Despite rising demand, …"."""
        opened = 0 in self.dated or cues.OPENING.at(self.tokens, 0) or cues.REASONS.at(self.tokens, 0)
        comma = self.find((",",), 0) if opened else None
        return 0 if comma is None else comma + 1

    @cached_property
    def relative_from(self) -> int:
        """The first word that describes those counted: "residents *who* …"; the length where none does."""
        found = cues.RELATIVES.find(self.tokens, self.opening)
        return next((start for start, _, _ in found if start and not self._conjoins(start)), len(self))

    def _conjoins(self, at: int) -> bool:
        """Return whether a word describes nobody after all: "ensure that …", "so that …"."""
        before = self.word(at - 1)
        return self.word(at) == "that" and (before in ("so", "than") or bool(cues.LEADING.at(self.tokens, at - 1)))

    @cached_property
    def reason_from(self) -> int:
        """The first word of a reason or circumstance: "… *due to* rising demand"; the length where there is none."""
        return next((start for start, _, _ in cues.REASONS.find(self.tokens, self.opening)), len(self))

    def in_reach(self, at: int) -> bool:
        """Return whether a word may be about the figure: before any description of those counted, or any reason."""
        return self.opening <= at < min(self.relative_from, self.reason_from) and at not in self.dated

    def ends(self, at: int) -> bool:
        """Return whether the words of a segment have ended before a token, but for its dates."""
        return self[at] is NOTHING or self[at].is_sign or at in self.dated

    # --- What comes before a word

    def segment(self, at: int) -> int:
        """Return where the segment of a token begins: after the last colon, dash, bracket, or the opening."""
        return self._segments[at] if 0 <= at < len(self) else 0

    @cached_property
    def _segments(self) -> list[int]:
        begun = (
            at + 1 if self.word(at) in (":", "–", "(", ";", ")") or at + 1 == self.opening else 0
            for at in range(-1, len(self))
        )
        return list(accumulate(begun, max))

    def lead_in(self, at: int) -> list[int]:
        """Return the words of its segment before a token, without dates and signs."""
        first = max(self.segment(at), at - 3 * _LONGEST_LEAD_IN)
        return [each for each in range(first, at) if each not in self.dated and not self[each].is_sign]

    def leads(self, at: int, *, working: int = 0) -> bool:
        """Return whether only lead-in words, and so many of work, are before a token: "We aim to recruit more …"."""
        lead_in = self.lead_in(at)
        unled = [before for before in lead_in if not self._leads_to(before, at)]
        work = all(cues.WORKING.at(self.tokens, before) for before in unled)
        return len(lead_in) <= _LONGEST_LEAD_IN and len(unled) <= working and work

    def _leads_to(self, before: int, at: int) -> bool:
        # "A *5 percentage point* increase in", "a *marked* reduction in"
        sized = self[before].determined or self.word(before) in ("%", "percentage", "percentage-point")
        led = self[before].form is not None or cues.LEADING.at(self.tokens, before) is not None
        return led or (sized and before == at - 1)

    def is_possessed(self, at: int) -> bool:
        """Return whether a word is what somebody has or does: "pupils *with attendance* below 90%"."""
        return any(
            cues.HAVING.at(self.tokens, before) and self.word(before + 1) not in cues.WAITED
            for before in range(max(at - 3, self.segment(at) + 1), at)
        )

    def is_descriptive(self, start: int) -> bool:
        """Return whether a limit describes those counted: "with attendance below 90%", "missing more than …"."""
        before = self.word(start - 1)
        acting = before.endswith("ing") and before not in cues.THINGS_DONE
        return (acting or self.is_possessed(start)) and not self.leads(start)

    def has_a_position(self, start: int) -> bool:
        """Return whether what is counted has a figure of its own: "number of schools above the national average".

        Where the figure is what is above or below ("employment rate above the national average"), that is a limit.
        """
        before = self.word(start - 1)
        poor = before in cues.GOOD_WHEN_HIGH and self.word(start) == "below"
        return poor or (before in cues.PLACED and self._counts(start - 1))

    def _counts(self, at: int) -> bool:
        """Return whether a thing is what a clause counts, not whose figure it speaks of ("attainment of pupils")."""
        named = [(end, kind) for start, end, kind in self.kinds if start < at]
        if not named:
            return self.find(cues.MEASURED, 0, at) is None
        # "Percentage of obese children below …" has a figure of its own; not "percentage of schools above …"
        return named[0][0] >= at - 1 or all(kind is MeasureKind.COUNT for _, kind in named)

    # --- What a token is

    def has_number(self, at: int) -> bool:
        """Return whether a token is a number and no part of a date."""
        return self[at].form is not None and at not in self.dated

    def is_time(self, at: int) -> bool:
        """Return whether a word is a unit of time: "28 days", not the "a year" of "300 homes a year"."""
        return (self.word(at) in cues.TIMES and not self[at].determined) or self.word(at) == "working"

    def is_percent(self, at: int) -> bool:
        """Return whether a token is a number of per cent or points, or a share in words."""
        return self.is_measured(at) and not self.is_money(at)

    def is_money(self, at: int) -> bool:
        """Return whether a token is a number of pounds."""
        return self[at].form is NumberForm.MONEY

    def written_as(self, form: NumberForm) -> Span | None:
        """Return the first number that is written so."""
        return next(((at, at + 1) for at, token in enumerate(self.tokens) if token.form is form), None)

    def is_measured(self, at: int) -> bool:
        """Return whether a token is a number that brings its unit: per cent, points, a share or money."""
        return self[at].form not in (None, NumberForm.PLAIN)

    @cached_property
    def kinds(self) -> tuple[tuple[int, int, MeasureKind], ...]:
        """Every phrase that says a kind of figure, in order, but for names that hold such a word ("business rates")."""
        named = {at for start, end, _ in cues.NAMES.find(self.tokens) for at in range(start, end)} | self.dated
        found = [
            each
            for each in cues.KINDS.find(self.tokens)
            if each[0] not in named and not (each[2] is MeasureKind.AMOUNT and self.word(each[1]) in cues.COUNTED)
        ]
        for at in range(1, len(self)):  # "(weeks)"
            if self.word(at - 1) == "(" and self.word(at) in cues.TIMES and self.word(at + 1) == ")":
                found.append((at, at + 1, MeasureKind.DURATION))
        return tuple(sorted(found))

    def kind_before(self, at: int) -> MeasureKind | None:
        """Return the first kind of figure that is named before a token; ``None`` where none is."""
        return next((kind for start, _, kind in self.kinds if start < at), None)

    @cached_property
    def first_kind(self) -> int:
        """The first word that says a kind of figure; the clause's length where none does."""
        return self.kinds[0][0] if self.kinds else len(self)
