"""The figures that a plan is evaluated on: a table read figure by figure or, where it is large, by an engine."""

from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from attrs import frozen

from outcome_bees.cli.messages import print_message, state_sheets
from outcome_bees.cli.progress import elapsed, progress
from outcome_bees.cli.showing import naming
from outcome_bees.cli.streams import STANDARD_INPUT, format_given, readable, shown_name
from outcome_bees.errors import OutcomeBeesError
from outcome_bees.evaluation.scorecard import Scorecard, evaluate_plan
from outcome_bees.evaluation.tally import Tally
from outcome_bees.model.index import Observations
from outcome_bees.model.local_policy import Policy
from outcome_bees.model.plan import Plan
from outcome_bees.model.plausibility import warn_of_implausible
from outcome_bees.serializers import load_observations

if TYPE_CHECKING:
    from outcome_bees.frames import ScannedFile

__all__ = ["LARGE", "Everywhere", "Figures", "figures_of", "loaded", "named"]

LARGE = 2**22
"""From how many bytes on a table is large. Our choice: read figure by figure, as many take a second or two."""

_LARGE_SORTS = (".csv", ".parquet")
_ENGINES = ("polars", "duckdb")


@frozen
class Everywhere:
    """A plan's answers in every place.

    Attributes:
        tallies: How many answers are what, by the code of the place.
        cards: The card of every place, made when it is asked for.
    """

    tallies: Mapping[str, Tally]
    cards: Callable[[], Iterable[Scorecard]]


class Figures(Protocol):
    """The figures of a file, wherever they are kept, and the places that they are of."""

    @property
    def areas(self) -> tuple[str, ...]: ...

    def needed_for(self, plan: Plan, area: str) -> Observations:
        """Return those that the answers for one place are made from."""
        ...

    def everywhere(self, plan: Plan, as_of: date, policy: Policy) -> Everywhere:
        """Evaluate the plan in every place."""
        ...


@contextmanager
def figures_of(arguments: Namespace, plan: Plan) -> Iterator[Figures]:
    """Open the figures of a file or of sources, for as long as they are needed.

    Of a workbook it is stated which sheets are read, and figures that can hardly be meant as they are are warned of.

    Raises:
        OutcomeBeesError: There is neither a file nor a document of sources, or both.
    """
    if bool(arguments.figures) == (arguments.sources is not None):
        raise OutcomeBeesError("figures are needed: FIGURES, or --sources and a document that says where they are")
    if arguments.sources is not None and arguments.sheet is not None:
        raise OutcomeBeesError("--sheet goes with FIGURES; of a source, its document says which sheets are read")
    with ExitStack() as kept:
        if arguments.sources is not None:
            yield _InMemory(loaded(arguments, plan))
            return
        one = arguments.figures[0] if len(arguments.figures) == 1 else STANDARD_INPUT
        found = _large(one, plan, arguments.allow_unknown_measures, kept)
        yield _InMemory(loaded(arguments, plan)) if found is None else found


def loaded(arguments: Namespace, plan: Plan) -> Observations:
    """Load the figures of files or of sources, and warn of those that can hardly be meant as they are."""
    known = None if arguments.allow_unknown_measures else plan
    if arguments.sources is not None:
        from outcome_bees.sources import load_sources

        with naming(arguments.sources), progress(arguments.sources) as read:
            figures = load_sources(arguments.sources, known, progress=read)
    else:
        figures = Observations.of(*(_of_file(each, known, arguments) for each in arguments.figures))
    state_sheets(figures.sheets)
    if not len(figures):
        print_message(f"warning: there are no figures in {named(arguments)}")
    if known is None:
        warn_of_implausible(figures, plan)
    return figures


def _of_file(name: str, plan: Plan | None, arguments: Namespace) -> Observations:
    """Return the figures of one file; of several, ``--sheet`` is for the workbooks."""
    given = format_given(name, arguments.input_format)
    is_workbook = given == "xlsx" or Path(name).suffix.lower() == ".xlsx"
    with naming(shown_name(name)), progress(shown_name(name)) as read:
        return load_observations(
            readable(name, arguments.input_format),
            plan,
            format=given,
            sheet=arguments.sheet if is_workbook or len(arguments.figures) == 1 else None,
            progress=read,
        )


def named(arguments: Namespace) -> str:
    """Return what the figures are read from, as messages have it."""
    return ", ".join(map(shown_name, arguments.figures or [arguments.sources]))


def _large(source: str, plan: Plan, unknown_measures_ok: bool, kept: ExitStack) -> Figures | None:
    """Return the figures of a large file, where all of it is in order and there is an engine to read it.

    What is not in order is left to the other reader, which names every fault with its line.
    """
    path = Path(source)
    engine = next((name for name in _ENGINES if find_spec(name)), None)
    if engine is None or path.suffix.lower() not in _LARGE_SORTS or not path.is_file() or path.stat().st_size < LARGE:
        return None
    from outcome_bees.frames import scan

    with elapsed(source):
        try:
            return _InFile(kept.enter_context(scan(path, plan, engine=engine, unknown_measures_ok=unknown_measures_ok)))
        except OutcomeBeesError:
            return None


@frozen
class _InFile:
    """Figures that are left in their file and read by an engine."""

    _file: "ScannedFile"

    @property
    def areas(self) -> tuple[str, ...]:
        return self._file.areas

    def needed_for(self, plan: Plan, area: str) -> Observations:
        figures = self._file.observations(area)
        warn_of_implausible(figures, plan)
        return figures

    def everywhere(self, plan: Plan, as_of: date, policy: Policy) -> Everywhere:
        def cards() -> Iterator[Scorecard]:
            for area in sorted(self.areas):  # one at a time, so that a file of any size is held
                yield _card(plan, self._file.observations(area), as_of, area, policy)

        return Everywhere(self._file.evaluate(as_of=as_of, policy=policy).tallies(), cards)


@frozen
class _InMemory:
    """Figures that have been read one by one."""

    _figures: Observations

    @property
    def areas(self) -> tuple[str, ...]:
        figures = self._figures
        return tuple(dict.fromkeys(area for measure in figures.measures for area in figures.areas(measure)))

    def needed_for(self, plan: Plan, area: str) -> Observations:
        return self._figures

    def everywhere(self, plan: Plan, as_of: date, policy: Policy) -> Everywhere:
        cards = [_card(plan, self._figures, as_of, area, policy) for area in sorted(self.areas)]
        return Everywhere({card.area or "": card.overall for card in cards}, lambda: cards)


def _card(plan: Plan, figures: Observations, as_of: date, area: str, policy: Policy) -> Scorecard:
    return evaluate_plan(
        plan, figures, as_of=as_of, area=area, policy=policy, unknown_measures_ok=True, unknown_area_ok=True
    )
