"""Every exception and warning of the library, each holding the facts it was made from.

There are four cases. A caller's mistake is raised at once. A bad document is refused as a whole, with
all its problems and where each of them is. What is doubtful but possible is a warning that a named
``*_ok`` argument silences. Absent data is none of these: it is a status with a reason.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:  # nothing is imported here at run time that is not needed
    from types import FrameType
    from typing import Self

__all__ = [
    "AmbiguousObservationError",
    "AmbiguousPeriodError",
    "DocumentError",
    "InvalidTypeError",
    "InvalidValueError",
    "MissingExtraError",
    "OutcomeBeesError",
    "OutcomeBeesWarning",
    "PeriodError",
    "PlanError",
    "Problem",
    "ProvisionalAfterFinalWarning",
    "UnitError",
    "UnitMismatchError",
    "UnknownAreaWarning",
    "UnknownMeasureWarning",
    "UnknownNameError",
    "UnknownUnitError",
    "nearest",
    "shown",
]


def __dir__() -> list[str]:
    return __all__


_SHOWN_PROBLEMS = 50
_SHOWN_CHARACTERS = 80


def shown(given: object) -> str:
    """Return a value as an error message shows it: its repr, cut where it would flood the reader."""
    if isinstance(given, str) and len(given) > _SHOWN_CHARACTERS:
        return f"{given[:_SHOWN_CHARACTERS]!r}… ({len(given):,} characters)"
    try:
        text = repr(given)
    except Exception:  # a hostile or broken __repr__ must not hide the error being reported
        return f"<{type(given).__name__}>"
    return text if len(text) <= _SHOWN_CHARACTERS * 2 else f"{text[: _SHOWN_CHARACTERS * 2]}…"


def nearest(given: str, allowed: Iterable[str], *, likeness: float = 0.6) -> str | None:
    """Find the allowed word that the given one was most likely meant to be; ``None`` where none is near.

    Args:
        given: The word.
        allowed: The words it may have been meant to be.
        likeness: How alike they must be, from 0 (anything) to 1 (the same), as ``difflib`` measures it.
    """
    from difflib import get_close_matches  # only wanted where something went wrong

    close = get_close_matches(given[:_SHOWN_CHARACTERS], list(allowed), n=1, cutoff=likeness)
    return close[0] if close else None


class Verbatim(str):
    """A description of what was given, where it is no value that could be shown: ``both``, ``neither``."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


class OutcomeBeesError(Exception):
    """The base of every error of this library: catch this to catch them all.

    Example:
        >>> from outcome_bees import Margin
        >>> try:
        ...     Margin(percent=-5)
        ... except OutcomeBeesError as error:
        ...     print(error)
        Margin.percent: given Decimal('-5'); allowed: a number above zero (leave it out where there is none)
    """


class OutcomeBeesWarning(UserWarning):
    """The base of every warning of this library: doubtful but possible.

    Example:
        >>> import warnings
        >>> warnings.simplefilter("error", OutcomeBeesWarning)  # in a pipeline: stop at what is doubtful
        >>> warnings.simplefilter("default", OutcomeBeesWarning)
    """


def warn_caller(message: str, category: type[OutcomeBeesWarning]) -> None:
    """Warn at the line from which the library was called, however deep in the library the doubt arose.

    Example:
        >>> import warnings
        >>> with warnings.catch_warnings(record=True) as caught:
        ...     warnings.simplefilter("always")
        ...     warn_caller("doubtful", OutcomeBeesWarning)
        >>> str(caught[0].message)
        'doubtful'
    """
    frame, level = sys._getframe(1), 2
    while (above := frame.f_back) is not None and _is_ours(frame):
        frame, level = above, level + 1
    warnings.warn(message, category, stacklevel=level)


def _is_ours(frame: FrameType) -> bool:
    """Return whether code is of the library, or was written for one of its classes."""
    name = str(frame.f_globals.get("__name__", ""))
    return name.partition(".")[0] == __name__.partition(".")[0] or frame.f_code.co_filename.startswith("<attrs")


class InvalidValueError(OutcomeBeesError, ValueError):
    """A value that the named thing cannot have.

    Attributes:
        what: The thing that was to be set, such as ``"Target.tolerance"``.
        given: What was given.
        allowed: What would have been accepted, in words.
        hint: What to do about it; ``None`` where the rest is enough.

    Example:
        >>> from outcome_bees import Measure
        >>> try:
        ...     Measure(id="m", title="M", unit="count", direction="upward")
        ... except InvalidValueError as error:
        ...     print(error.what, error.given)
        Measure.direction upward
    """

    def __init__(self, what: str, given: object, allowed: str, hint: str | None = None) -> None:
        self.what, self.given, self.allowed, self.hint = what, given, allowed, hint
        super().__init__(what, given, allowed, hint)

    def __str__(self) -> str:
        message = f"{self.what}: given {shown(self.given)}; allowed: {self.allowed}"
        return f"{message} ({self.hint})" if self.hint else message


class InvalidTypeError(InvalidValueError, TypeError):
    """A value of a type that the named thing cannot have, such as ``True`` for a number.

    Example:
        >>> from outcome_bees import Reach
        >>> try:
        ...     Reach(True)
        ... except InvalidTypeError as error:
        ...     print(error.what, error.given)
        Reach.value True
    """


class UnknownNameError(InvalidValueError, KeyError):
    """A name that nothing here has: no bee, no catalogue entry, no measure.

    Example:
        >>> from outcome_bees import OutcomeBee
        >>> try:
        ...     OutcomeBee.from_name("Be Saef")
        ... except UnknownNameError as error:
        ...     print(error.hint)
        did you mean Be Safe?
    """

    def __init__(self, what: str, given: str, allowed: Sequence[str]) -> None:
        meant = nearest(given, allowed)
        some = allowed if len(allowed) <= 20 else allowed[:5]
        listed = ", ".join(some) + (f" … ({len(allowed):,} in all)" if len(allowed) > len(some) else "")
        super().__init__(what, given, listed or "nothing", f"did you mean {meant}?" if meant else None)

    def __reduce__(self) -> tuple[object, ...]:
        return (_unpickled, (type(self), self.args))


def _unpickled(cls: type[InvalidValueError], args: tuple[object, ...]) -> InvalidValueError:
    """Return the error that was pickled: its message is made from these facts, and not looked up again."""
    error = cls.__new__(cls, *args)
    InvalidValueError.__init__(error, *args)  # type: ignore[arg-type]  # the arguments it was made with
    return error


class PeriodError(OutcomeBeesError, ValueError):
    """Text, or a combination of parts, that is no period; the message says what is allowed.

    Example:
        >>> from outcome_bees import Period
        >>> try:
        ...     Period.parse("2024/24", calendar="financial")
        ... except PeriodError as error:
        ...     print(error)
        period: given '2024/24'; 24 does not come after 2024; 2024/25 is one year
    """


class AmbiguousPeriodError(PeriodError):
    """Text that several calendars read differently, so that the caller must say which is meant.

    Attributes:
        text: What was read.
        readings: Every period it may mean, as ``Period`` objects, ready to choose from.

    Example:
        >>> from outcome_bees import Period
        >>> try:
        ...     Period.parse("2024/25")
        ... except AmbiguousPeriodError as error:
        ...     print([reading.code for reading in error.readings])
        ['AY2024-25', 'FY2024-25', 'SY2024-25', 'TY2024-25']
    """

    def __init__(self, message: str, text: str, readings: tuple[object, ...]) -> None:
        self.text, self.readings = text, readings
        super().__init__(message, text, readings)

    def __str__(self) -> str:
        return str(self.args[0])


class UnitError(OutcomeBeesError, ValueError):
    """The base of what can be wrong with a unit.

    Example:
        >>> from outcome_bees import Unit
        >>> try:
        ...     Unit("precent")
        ... except UnitError as error:
        ...     print(type(error).__name__)
        UnknownUnitError
    """


class UnknownUnitError(UnitError):
    """Text that names no unit of the closed list."""


class UnitMismatchError(UnitError):
    """Two units that measure different things, such as a count and a rate.

    Example:
        >>> from outcome_bees import Unit
        >>> try:
        ...     Unit("count").factor(Unit("per_10000"))
        ... except UnitMismatchError as error:
        ...     print(error)
        a figure in count cannot be compared with one in per_10000
    """


class AmbiguousObservationError(OutcomeBeesError, ValueError):
    """Two figures for one period with nothing to decide which of them holds.

    Attributes:
        observations: The figures in question.

    Example:
        >>> from outcome_bees import Observation, Observations
        >>> try:
        ...     Observations(Observation(measure="m", period="CY2024", area="E1", value=value) for value in (1, 2))
        ... except AmbiguousObservationError as error:
        ...     print([str(each.value) for each in error.observations])
        ['1', '2']
    """

    def __init__(self, message: str, observations: tuple[object, ...] = ()) -> None:
        self.observations = observations
        super().__init__(message, observations)

    def __str__(self) -> str:
        return str(self.args[0])


class Problem(OutcomeBeesError):
    """One thing wrong in a document, and where.

    Attributes:
        path: Where it is, as a path from the root: ``$.targets[3].tolerance.percent``.
        message: What was given and what is allowed.
        file: The document's name; ``None`` when it was not read from a file.
        line: The line it begins on, from 1; ``None`` when the document has no lines.
        column: The column it begins at, from 1; ``None`` likewise.

    Example:
        >>> print(Problem("$.title", "given 5; allowed: text", file="plan.yaml", line=3))
        plan.yaml, line 3, $.title: given 5; allowed: text
    """

    def __init__(
        self,
        path: str,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        self.path, self.message = path, message
        self.file, self.line, self.column = file, line, column
        super().__init__(path, message)

    def __str__(self) -> str:
        where = [
            self.file,
            None if self.line is None else f"line {self.line}",
            None if self.column is None else f"column {self.column}",
            self.path,
        ]
        return f"{', '.join(part for part in where if part)}: {self.message}"

    def at(
        self,
        path: str | None = None,
        *,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> Problem:
        """Return the same problem with its place better known; what is not given is kept."""
        return Problem(
            self.path if path is None else path,
            self.message,
            file=self.file if file is None else file,
            line=self.line if line is None else line,
            column=self.column if column is None else column,
        )


class _ProblemsError(OutcomeBeesError, ExceptionGroup[Exception]):
    """All problems of one thing at once.

    Attributes:
        title: What cannot be done, and with what.
        more: How many further problems there are at least: beyond a thousand not all is looked into.
    """

    def __new__(cls, title: str, problems: Sequence[Exception], more: int = 0) -> Self:
        return super().__new__(cls, title, list(problems))

    def __init__(self, title: str, problems: Sequence[Exception], more: int = 0) -> None:
        self.title, self.more = title, more
        super().__init__(title, list(problems))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem, in the order of the document."""
        return tuple(each for each in self.exceptions if isinstance(each, Problem))

    # The base promises a group of whatever it is given; ours holds exceptions alone.
    def derive(self, excs: Sequence[Exception]) -> _ProblemsError:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        return type(self)(self.title, excs)

    def __str__(self) -> str:
        count = len(self.exceptions) + self.more
        noun = "problem" if count == 1 else "problems"
        least = "at least " if self.more else ""
        lines = [f"{self.title}: {least}{count:,} {noun}"]
        lines += [f"  {each}" for each in self.exceptions[:_SHOWN_PROBLEMS]]
        if count > _SHOWN_PROBLEMS:
            lines.append(f"  … and {least}{count - _SHOWN_PROBLEMS:,} more")
        return "\n".join(lines)


class PlanError(_ProblemsError):
    """A plan whose parts do not fit together; nothing was built.

    Example:
        >>> from outcome_bees import Plan, Target
        >>> try:
        ...     Plan(id="p", title="P", targets=[Target(id="t", measure="nowhere", aim=None)])
        ... except PlanError as error:
        ...     print(error.problems[0])
        $.targets[0].measure: 'nowhere' is not the id of any of the plan's measures
    """


class DocumentError(_ProblemsError):
    """A document that cannot be read; nothing of it was loaded.

    Attributes:
        problems: Every problem of it, in the document's order, each with its path and line; a thousand at most.
        more: How many more there are at least.

    Example:
        >>> import io
        >>> from outcome_bees import load_plan
        >>> try:
        ...     load_plan(io.StringIO("format: outcome-bees/1\\nid: p\\ntitle: 5\\n"), format="yaml")
        ... except DocumentError as error:
        ...     print([problem.path for problem in error.problems])
        ['$.title']
    """


class MissingExtraError(OutcomeBeesError, ImportError):
    """What was asked for needs a package that a plain install does not bring.

    Attributes:
        what: What needs it, such as ``"TOML is written"``.
        extra: The extra that brings it.
        package: The package.

    Example:
        >>> print(MissingExtraError("TOML is written", "toml", "tomli-w"))
        TOML is written with tomli-w, which is not installed: pip install 'outcome-bees[toml]'
    """

    def __init__(self, what: str, extra: str, package: str) -> None:
        self.what, self.extra, self.package = what, extra, package
        super().__init__(what, extra, package)

    def __str__(self) -> str:
        return f"{self.what} with {self.package}, which is not installed: pip install 'outcome-bees[{self.extra}]'"


class UnknownMeasureWarning(OutcomeBeesWarning):
    """Figures for measures that the plan does not have; they were left aside."""


class UnknownAreaWarning(OutcomeBeesWarning):
    """A name or code that no figure is of and no place in use has, while there are figures of others."""


class NotCombinedWarning(OutcomeBeesWarning):
    """Figures of parts that a source combines, and that cannot be: no counts, and without what they are made of."""


class ProvisionalAfterFinalWarning(OutcomeBeesWarning):
    """A provisional figure that became known after a final one for the same period, and displaced it."""
