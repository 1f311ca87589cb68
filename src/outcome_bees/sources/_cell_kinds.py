"""What the cells of a column seem to be: labels of periods, places, numbers and symbols."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from outcome_bees import areas as register
from outcome_bees.errors import AmbiguousPeriodError, InvalidValueError, OutcomeBeesError, shown
from outcome_bees.layouts import Numbers
from outcome_bees.layouts.cells import ABSENCES
from outcome_bees.layouts.period_labels import PeriodLabels
from outcome_bees.layouts.shown_units import number_and_unit
from outcome_bees.periods import Period, YearType, split_note
from outcome_bees.sources._finding import (
    CODE,
    MOST_NAMED,
    PLAIN_NUMBER,
    TableFinding,
    listed,
)
from outcome_bees.sources.draft import TO_DECIDE

__all__ = ["ask_calendar", "find_periods", "find_symbols", "is_figure", "is_number", "is_period", "is_place", "is_year"]

_MOST_READ = 20_000  # different texts of a column; our choice: a column of labels or symbols has far fewer
_CALENDARS = ", ".join(each.value for each in YearType)


_RULES: Sequence[dict[str, str]] = (
    {"thousands": ","},
    {"percent": "strip"},
    {"pounds": "strip"},
    {"brackets": "negative"},
)


def find_periods(found: TableFinding, labels: Sequence[str], path: str = "layout") -> None:
    """Find how the labels of periods read; ask for the calendar, and for labels that are none."""
    read: dict[str, str] = {}
    open_labels: dict[str, AmbiguousPeriodError] = {}
    unread: list[str] = []
    for label in labels[:_MOST_READ]:
        try:
            read[label] = PeriodLabels().read([label]).code
        except AmbiguousPeriodError as error:
            open_labels[label] = error
        except OutcomeBeesError:
            unread.append(label)
    if read:
        label, code = next(iter(read.items()))
        found.notes.append(f"{len(read):,} labels of periods read by themselves: {shown(label)} is {code}")
    if open_labels:
        ask_calendar(found, open_labels, path)
    if len(labels) > _MOST_READ:
        found.notes.append(f"only the first {_MOST_READ:,} of {len(labels):,} different labels of periods were read")
    if unread:
        found.layout["periods"] = dict.fromkeys(unread[:MOST_NAMED], TO_DECIDE)
        found.ask(
            f"{path}.periods", f"no period is read from {listed(unread)}", "the code of each, such as FY2024-25-Q1..Q3"
        )


def ask_calendar(found: TableFinding, labels: Mapping[str, AmbiguousPeriodError], path: str) -> None:
    label, error = next(iter(labels.items()))
    codes = ", ".join(each.code for each in error.readings[:6] if isinstance(each, Period))
    found.layout["calendar"] = TO_DECIDE
    found.ask(f"{path}.calendar", f"{len(labels):,} labels are ambiguous: {shown(label)} may be {codes}", _CALENDARS)
    bare = [each for each in labels if re.fullmatch("[0-9]{4}", split_note(each)[0])]
    if bare:
        ways = "or leave out calendar, and give as_at or year_ending a month and day, such as 03-31"
        found.notes.append(
            f"{shown(bare[0])} is a bare year: of a split year give bare_year as well, starts or ends; {ways}"
        )
    spans = [each for each in labels if re.fullmatch(r"[0-9]{4} ?[-\u2013] ?[0-9]{2}", each)]
    if spans:
        found.notes.append(f"{shown(spans[0])}: where years are pooled, give span, inclusive or difference")


def find_symbols(found: TableFinding, texts: Sequence[str], *, blank: bool) -> None:
    """Find how numbers are written, and which symbols there are."""
    written: dict[str, str] = {}
    examples: list[str] = []
    unknown: list[str] = []
    units: dict[str, str] = {}
    looked_at = 0
    for text in texts:
        if not text or text in ABSENCES or PLAIN_NUMBER.fullmatch(text):
            continue
        looked_at += 1
        if looked_at > _MOST_READ:
            break
        bare = split_note(text)[0]
        if is_number(bare, Numbers()) or is_number(text, Numbers()):
            continue
        if (pair := number_and_unit(text)) is not None:
            units.setdefault(pair[1], text)
            continue
        rules = _rules_for(bare)
        if rules is None:
            unknown.append(text)
        elif not rules.items() <= written.items():
            written |= rules
            examples.append(text)
    if units:
        found.notes.append(f"cells are shown in units of their own, which are read: {', '.join(units)}")
    if written:
        found.layout["numbers"] = written
        found.notes.append(f"numbers: proposed from how they are written: {listed(examples)}")
    if unknown and not written and not units and not any(is_number(text, Numbers()) for text in texts):
        found.layout["words"] = dict.fromkeys(unknown[:MOST_NAMED], TO_DECIDE)
        found.ask("layout.words", f"which number each of {listed(unknown)} is", "numbers, such as 1 and 2")
        unknown = []
    symbols = dict.fromkeys(unknown[:MOST_NAMED], TO_DECIDE)
    if blank:
        symbols = {"": TO_DECIDE, **symbols}
    if symbols:
        found.layout["symbols"] = symbols
        seen = listed(unknown) if unknown else "a blank cell"
        both = " and of a blank cell" if unknown and blank else ""
        allowed = "suppressed, not_available, not_applicable, low or unreliable"
        found.ask("layout.symbols", f"the meaning of {seen}{both}", f"{allowed}; what is no symbol is to be corrected")
    if looked_at > _MOST_READ:
        found.notes.append(f"of the cells of figures that are no plain numbers only {_MOST_READ:,} different were read")
    if _are_shares(texts):
        found.notes.append("every figure is between 0 and 1: if they are shares of a whole, give unit: fraction")


def _are_shares(texts: Sequence[str]) -> bool:
    """Return whether there are several numbers, none of them below 0 or above 1, and not all of them whole."""
    seen, whole = 0, True
    for text in texts:
        number = _plain(text)
        if number is None:
            continue
        if not 0 <= number <= 1:
            return False
        seen += 1
        whole = whole and number in (0, 1)
    return seen >= 5 and not whole


def _plain(text: str) -> float | None:
    try:
        return float(Numbers().read(split_note(text)[0])[0])
    except InvalidValueError:
        return None


def is_number(text: str, numbers: Numbers) -> bool:
    try:
        numbers.read(text)
    except InvalidValueError:
        return False
    return True


def _rules_for(text: str) -> dict[str, str] | None:
    """Return the fewest rules by which a text is a number; ``None``: it is none by all of them."""
    rules = next((rule for rule in _RULES if is_number(text, Numbers(**rule))), None)
    if rules is not None:
        return dict(rules)
    every = {name: word for rule in _RULES for name, word in rule.items()}
    if not is_number(text, Numbers(**every)):
        return None
    for name in list(every):
        fewer = {each: word for each, word in every.items() if each != name}
        if is_number(text, Numbers(**fewer)):
            every = fewer
    return every


@lru_cache(maxsize=8192)
def is_figure(text: str) -> bool:
    return (
        text in ABSENCES
        or number_and_unit(text) is not None
        or _rules_for(split_note(text)[0]) is not None
        or is_number(text, Numbers())
    )


@lru_cache(maxsize=8192)
def is_period(text: str) -> bool:
    try:
        PeriodLabels().read([text])
    except AmbiguousPeriodError:
        return True
    except OutcomeBeesError:
        return False
    return True


@cache
def _first_words() -> frozenset[str]:
    """Return the first word of every name of a place: most other texts have another."""
    return frozenset(each.name.split()[0].casefold() for each in register.register().values())


@lru_cache(maxsize=8192)
def is_place(text: str) -> bool:
    """Return whether a text is the code of a place, or a name of the register."""
    if CODE.fullmatch(text):
        return True
    if not text or text.split()[0].casefold() not in _first_words():
        return False
    try:
        register.find(text)
    except InvalidValueError:
        return False
    return True


def is_year(text: str) -> bool:
    return re.fullmatch("(?:19|20)[0-9]{2}", text) is not None
