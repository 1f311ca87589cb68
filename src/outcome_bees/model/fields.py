"""Converters of the model's fields: they read what is given strictly, and name the field where it is wrong.

Every function here is a converter of one field: it returns what may be stored, or refuses what is given.
Only texts that are a canonical form are read (an enum's value, a period's code, a unit's code).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from inspect import Parameter, Signature
from typing import Any, TypeVar

import attrs

from outcome_bees.errors import AmbiguousPeriodError, InvalidTypeError, InvalidValueError, PeriodError, UnitError, shown
from outcome_bees.exact import exact
from outcome_bees.frozen import FrozenMapping
from outcome_bees.identifiers import ALLOWED_AREA, area_code, identifier, is_register_code
from outcome_bees.periods import Period, YearType
from outcome_bees.units import Unit
from outcome_bees.vocabulary import (
    Absence,
    ComparatorMethod,
    Direction,
    Frequency,
    MeasureKind,
    Relation,
    Revision,
    Role,
    Timing,
)

__all__ = ["EXTENSION", "brief", "concise", "located"]

E = TypeVar("E")
T = TypeVar("T")
MAX_TEXT = 20_000
_A_DAY = "a date, or its text such as '2025-12-31'"


def concise(self: Any) -> str:
    """Write an object as the call that makes it, without the fields that are at their defaults: a class's ``__repr__``.

    Example:
        >>> from outcome_bees import Observation
        >>> Observation(measure="m", period="CY2024", area="E10000015", value="56.30")
        Observation(measure='m', period='CY2024', area='E10000015', value='56.30')
    """
    given = ((each, getattr(self, each.name)) for each in attrs.fields(type(self)))
    parts = (f"{each.name}={_written(value)}" for each, value in given if value != _default(each))
    return f"{type(self).__name__}({', '.join(parts)})"


def _default(each: "attrs.Attribute[Any]") -> Any:
    made: Any = each.default  # as it is stored: a converter would leave it as it is
    return made.factory() if hasattr(made, "factory") else made


def _written(value: Any) -> str:
    """Write a value as the text that its field reads, where there is one."""
    if isinstance(value, Decimal | Enum | Period | Unit):
        return repr(str(value))
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key!r}: {_written(each)}' for key, each in value.items())}}}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_written, value))}]"
    return repr(value)


def brief(kind: str, id: str, rest: str) -> str:
    """Write which object it is and what it is, in one line of a traceback.

    Example:
        >>> brief("Priority", "attainment", "Better attainment for all, from the early years on to the end of school")
        '<Priority attainment: Better attainment for all, from the early years on to the…>'
    """
    short = rest if len(rest) <= 60 else f"{rest[:59].rsplit(' ', 1)[0]}…"
    return f"<{kind} {id}: {short}>"


def _located_in(cls: type, each: "attrs.Attribute[Any]") -> Callable[[Any], Any] | None:
    plain: Any = each.converter  # never an attrs.Converter here
    return None if plain is None else _located(plain, f"{cls.__name__}.{each.name}")


def located(cls: type, fields: "list[attrs.Attribute[Any]]") -> "list[attrs.Attribute[Any]]":
    """Make every converter of a class name the field that it refuses in its error."""
    for each in fields:
        # In place, past what keeps them from changing: attrs made them for this class and shows them to nobody before.
        # A copy of each, by ``evolve``, is a fifteenth of what making the classes of a first verdict takes.
        object.__setattr__(each, "converter", _located_in(cls, each))
    return fields


def _located(convert: Callable[[Any], Any], what: str) -> Callable[[Any], Any]:
    def converted(given: Any) -> Any:
        try:
            return convert(given)
        except InvalidValueError as error:
            raise type(error)(what, error.given, error.allowed, error.hint) from None
        except UnitError as error:
            raise type(error)(f"{what}: {str(error).removeprefix('unit: ')}") from None
        except PeriodError as error:
            raise PeriodError(f"{what}: {str(error).removeprefix('period: ')}") from None

    # As functools.wraps does it, without what nobody reads of a converter: there is one for each field of each class.
    converted.__wrapped__ = convert  # type: ignore[attr-defined]  # as inspect allows, and so the line below
    converted.__signature__ = _signature(convert)  # type: ignore[attr-defined]
    return converted


@cache
def _signature(convert: Callable[[Any], Any]) -> Signature:
    """Return what attrs asks of every converter of every class: what it takes and returns.

    To have ``inspect`` find it out, for the forty that a first verdict needs, takes longer than to import a module.
    """
    given, *_, made = convert.__annotations__.values()
    return Signature([Parameter("given", Parameter.POSITIONAL_OR_KEYWORD, annotation=given)], return_annotation=made)


def text(given: str) -> str:
    """Read a text that is not blank, kept as written."""
    if not isinstance(given, str):
        raise InvalidTypeError("text", given, "text")
    if len(given) > MAX_TEXT or not given.strip() or "\x00" in given or not _encodable(given):
        raise InvalidValueError("text", given, f"text that is not blank, at most {MAX_TEXT:,} characters, no NUL")
    return given


def _encodable(given: str) -> bool:
    """Return whether the text can be written to a file at all: half a surrogate pair cannot."""
    try:
        given.encode()
    except UnicodeEncodeError:
        return False
    return True


def text_or_none(given: str | None) -> str | None:
    return None if given is None else text(given)


def item_id(given: str) -> str:
    return identifier(given)


def item_id_or_none(given: str | None) -> str | None:
    return None if given is None else identifier(given)


def area(given: str, what: str = "area") -> str:
    """Read the code of a place; what is nearly one of the register's is refused with what to write."""
    known: object = given  # anything may be given
    hint = _mistyped(given) if isinstance(known, str) else None
    if hint is not None:
        raise InvalidValueError(what, given, ALLOWED_AREA, hint)
    return area_code(given, what)


@lru_cache(maxsize=8192)  # a table has many rows, and few places
def _mistyped(given: str) -> str | None:
    """Return what to write in place of what is nearly a code of the register; ``None`` where it is none."""
    if is_register_code(given):
        return None
    from outcome_bees.areas import mistyped  # the whole register of places, which plain codes do without

    return mistyped(given)


def area_or_none(given: str | None) -> str | None:
    return None if given is None else area(given)


def number(given: Decimal | int | float | str) -> Decimal:
    return exact(given)


def number_or_none(given: Decimal | int | float | str | None) -> Decimal | None:
    return None if given is None else exact(given)


def decimals_or_none(given: int | None) -> int | None:
    if given is not None and (isinstance(given, bool) or not isinstance(given, int)):
        raise InvalidTypeError("decimals", given, "a whole number from 0 to 9")
    if given is not None and not 0 <= given <= 9:
        raise InvalidValueError("decimals", given, "a whole number from 0 to 9")
    return given


def period(given: Period | date | str) -> Period:
    """Read a period; a date is read as that day, and text must be a period's code."""
    if isinstance(given, Period):
        return given
    if isinstance(given, str):
        try:
            return Period.from_code(given)
        except PeriodError as error:
            raise _with_meanings(error, given) from None
    if isinstance(given, datetime) or not isinstance(given, date):
        raise InvalidTypeError("period", given, "a Period, the code of one such as 'FY2024-25', or a date")
    return Period.day(given)


def _with_meanings(error: PeriodError, given: str) -> PeriodError:
    """Return the error of a text that is no code, with the codes that people may mean by it."""
    try:
        codes = [Period.parse(given).code]
    except AmbiguousPeriodError as several:
        codes = [str(each) for each in several.readings]
    except PeriodError:
        return error
    return PeriodError(f"period: given {shown(given)}; allowed: the code of a period; meant may be {', '.join(codes)}")


def period_or_none(given: Period | date | str | None) -> Period | None:
    return None if given is None else period(given)


def day(given: date | str) -> date:
    """Read a date without a time of day, or its text."""
    if isinstance(given, str):
        try:
            if len(given) == 10 and given[4] == given[7] == "-":  # it reads 20251231 and weeks too
                return date.fromisoformat(given)
        except ValueError:  # there is no such day
            pass
        raise InvalidValueError("date", given, _A_DAY)
    if isinstance(given, datetime) or not isinstance(given, date):
        raise InvalidTypeError("date", given, f"{_A_DAY}, without a time of day")
    return given


def as_of_day(given: date | str) -> date:
    """Read the day whose knowledge counts; an error names it ``as_of``."""
    try:
        return day(given)
    except InvalidValueError as error:
        raise type(error)("as_of", error.given, error.allowed, error.hint) from None


def day_or_none(given: date | str | None) -> date | None:
    return None if given is None else day(given)


def days(given: Iterable[date | str]) -> tuple[date, ...]:
    return tuple(sorted(day(each) for each in _items(given)))


def unit_or_none(given: Unit | str | None) -> Unit | None:
    return given if given is None or isinstance(given, Unit) else Unit(given)


def _member(kind: type[E], given: object) -> E:
    """Read a member of a closed list, or its text."""
    try:
        return kind(given)  # type: ignore[call-arg]  # every kind here is an enum of texts
    except ValueError:
        from outcome_bees.synonyms import meant  # only where a word is none of the list

        words = [str(each) for each in kind]  # type: ignore[attr-defined]  # likewise
        allowed, near = ", ".join(map(repr, words)), meant(kind.__name__, given, words)
        hint = f"did you mean {near}?" if near else None
        raise InvalidValueError(kind.__name__, given, allowed, hint) from None


def direction_or_none(given: Direction | str | None) -> Direction | None:
    return None if given is None else _member(Direction, given)


def measure_kind(given: MeasureKind | str) -> MeasureKind:
    return _member(MeasureKind, given)


def role(given: Role | str) -> Role:
    return _member(Role, given)


def timing_or_none(given: Timing | str | None) -> Timing | None:
    return None if given is None else _member(Timing, given)


def frequency_or_none(given: Frequency | str | None) -> Frequency | None:
    return None if given is None else _member(Frequency, given)


def calendar_or_none(given: YearType | str | None) -> YearType | None:
    return None if given is None else _member(YearType, given)


def absence_or_none(given: Absence | str | None) -> Absence | None:
    return None if given is None else _member(Absence, given)


def revision_or_none(given: Revision | str | None) -> Revision | None:
    return None if given is None else _member(Revision, given)


def method(given: ComparatorMethod | str) -> ComparatorMethod:
    return _member(ComparatorMethod, given)


def relation(given: Relation | str) -> Relation:
    return _member(Relation, given)


def _items(given: Iterable[T]) -> Iterable[T]:
    """Return what is listed; text is no list, though Python can walk through its letters."""
    if isinstance(given, (str, bytes, Mapping)) or not isinstance(given, Iterable):
        raise InvalidTypeError("list", given, "a list or tuple")
    return given


def texts(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(text(each) for each in _items(given))


def item_ids(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(identifier(each) for each in _items(given))


def areas(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(area(each) for each in _items(given))


EXTENSION = "x-[A-Za-z0-9][A-Za-z0-9._-]{0,97}"
"""The pattern of the name of a field of a plan's own."""
_MAX_DEPTH = 20
_KEPT = "text, a number, True or False, or a list or mapping of these"


def extensions(given: Mapping[Any, Any]) -> FrozenMapping[str, Any]:
    """Read fields of a plan's own, ``x-…``, which the library keeps and never reads."""
    if not isinstance(given, Mapping):
        raise InvalidTypeError("extensions", given, "a mapping of names that begin with x- to values")
    for name in given:
        if not isinstance(name, str) or not re.fullmatch(EXTENSION, name):
            allowed = "names such as x-cost-centre: x- and then letters, digits, dashes, dots"
            raise InvalidValueError("extensions", name, allowed)
    return FrozenMapping({name: _kept(value, name) for name, value in given.items() if value is not None})


def _kept(given: object, name: str, depth: int = 0) -> Any:
    """Return a value of an extension so that nothing can change it."""
    if isinstance(given, bool):
        return given
    if isinstance(given, str) and len(given) <= MAX_TEXT and "\x00" not in given and _encodable(given):
        return str(given)
    if isinstance(given, (int, float, Decimal)):
        return exact(given)
    if isinstance(given, date) and not isinstance(given, datetime):
        return given.isoformat()
    if depth < _MAX_DEPTH and isinstance(given, (list, tuple)):
        return tuple(_kept(each, name, depth + 1) for each in given)
    if depth < _MAX_DEPTH and isinstance(given, Mapping) and all(isinstance(key, str) for key in given):
        return FrozenMapping({str(key): _kept(each, name, depth + 1) for key, each in given.items()})
    raise InvalidTypeError(f"extensions[{name!r}]", given, f"{_KEPT}, {_MAX_DEPTH} deep at most")


def members(kind: type[T], given: Iterable[T]) -> tuple[T, ...]:
    """Read a list of objects of one class of the model."""
    listed = tuple(_items(given))
    for each in listed:
        if not isinstance(each, kind):
            raise InvalidTypeError(kind.__name__, each, f"objects of {kind.__name__}")
    return listed


class _Breakdown(FrozenMapping[str, str]):
    """A mapping that ``breakdown`` has checked: texts alone, in the order of the alphabet."""

    __slots__ = ()


_EVERYBODY = _Breakdown()


def breakdown(given: Mapping[str, str]) -> FrozenMapping[str, str]:
    """Read which part of the population an observation is of, such as ``{"sex": "girls"}``; empty is all of it."""
    if not isinstance(given, Mapping):
        raise InvalidTypeError("breakdown", given, "a mapping of text to text")
    if type(given) is _Breakdown:
        return given
    parts = {text(key): text(value) for key, value in given.items()}
    return _Breakdown(sorted(parts.items())) if parts else _EVERYBODY
