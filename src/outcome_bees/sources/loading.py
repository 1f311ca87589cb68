"""Figures of a document of sources: every file and query of it, read as it says, put together."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from attrs import evolve

from outcome_bees.databases import load_query
from outcome_bees.errors import (
    AmbiguousObservationError,
    DocumentError,
    InvalidValueError,
    MissingExtraError,
    OutcomeBeesError,
    Problem,
    Verbatim,
)
from outcome_bees.kept import gc_paused
from outcome_bees.layouts import FingertipsLayout, LongLayout, ReadAs, Source
from outcome_bees.layouts.source import AnyLayout
from outcome_bees.model.index import Observations, Origin
from outcome_bees.model.plan import Plan
from outcome_bees.serializers.documents import FORMATS, Document, read
from outcome_bees.serializers.file_access import TABLES, Readable, format_of, name_of
from outcome_bees.serializers.observations import duplicate_observations, load_observations
from outcome_bees.serializers.values import message_of
from outcome_bees.serializers.whole import object_of
from outcome_bees.sources._combining import combined_figures
from outcome_bees.sources.draft import TO_DECIDE

__all__ = ["load_sources", "path_of", "read_sources"]

Progress = Callable[[int, int | None], None]


def load_sources(
    source: Readable,
    plan: Plan | None = None,
    *,
    format: str | None = None,
    implausible_ok: bool = False,
    progress: Progress | None = None,
) -> Observations:
    """Return the figures of every file and query that a document of sources names, put together.

    Files are found from the folder of the document. A label such as 2024/25 is of the calendar that its layout states,
    or else of that which the plan gives its measure. Of two sources with a figure for one period, the later release
    holds from its day on (``recorded``); where nothing distinguishes them, they are refused.

    Args:
        source: The document in YAML, JSON or TOML: a path, or a file open for reading.
        plan: Whose measures the figures must be of, in units that can be compared; ``None``: not checked.
        format: ``yaml``, ``json`` or ``toml``; ``None``: as the name's suffix says.
        implausible_ok: Whether figures that can hardly be meant as they are go without a warning.
        progress: Called now and then with how much of a file has been read, and how much there is where that is known.

    Raises:
        DocumentError: With every problem of the document and of every source, each with its file and line; nothing is
            loaded.
        MissingExtraError: What reads one of the sources is not installed.

    Example:
        >>> import pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> _ = (folder / "calls.csv").write_text("Year,Answered\\n2023/24,91%\\n2024/25,95%\\n")
        >>> _ = (folder / "sources.yaml").write_text('''
        ... format: outcome-bees/1
        ... sources:
        ...   - file: calls.csv
        ...     recorded: 2025-05-01
        ...     layout:
        ...       kind: long
        ...       columns: {period: Year, value: Answered}
        ...       measure: calls
        ...       area: E10000015
        ...       calendar: financial
        ...       numbers: {percent: strip}
        ... ''')
        >>> [(str(each.period), each.value) for each in load_sources(folder / "sources.yaml")]
        [('FY2023-24', Decimal('91')), ('FY2024-25', Decimal('95'))]
    """
    document, sources = read_sources(source, format=format)
    folder = Path(name_of(source) or ".").parent
    found: list[Observations] = []
    problems: list[Problem] = []
    more = 0
    for index, each in enumerate(sources):
        try:
            found.append(_with_wholes(each, _figures(each, folder, plan, implausible_ok, progress), plan))
        except DocumentError as error:
            problems += error.problems
            more += error.more
        except MissingExtraError:
            raise
        except OutcomeBeesError as error:
            problems += document.locate([Problem(f"$.sources[{index}]", _message(error))])
    if problems:
        raise DocumentError(f"{document.name or 'the sources'} cannot be loaded", problems, more)
    return _combined(found, document)


def read_sources(source: Readable, *, format: str | None = None) -> tuple[Document, Sequence[Source]]:
    """Return a document of sources, and what it lists.

    Raises:
        DocumentError: With every problem of the document, each at its path and line.
    """
    with gc_paused():
        document = read(source, format=format)
        undecided = document.problems_at(_open_paths(document.tree), _UNDECIDED)
        if undecided:
            raise DocumentError(f"{document.name or 'the sources'} cannot be loaded", undecided)
        sources: Sequence[Source] = object_of(document, Source)
    return document, sources


_UNDECIDED = f'still to be decided: write what it is in the place of "{TO_DECIDE}"'


def _open_paths(tree: Any, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield where a document has what a draft leaves to be decided."""
    if tree == TO_DECIDE and isinstance(tree, str):
        yield above
    elif isinstance(tree, Mapping):
        for key, value in tree.items():
            yield from _open_paths(value, (*above, str(key)))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from _open_paths(value, (*above, index))


def _with_calendars(layout: AnyLayout, plan: Plan | None) -> AnyLayout:
    """Return a layout whose measures have the calendars that their plan gives them, where nothing nearer does."""
    if plan is None or not isinstance(layout, (LongLayout, FingertipsLayout)) or layout.calendar is not None:
        return layout
    calendars = {each.id: each.calendar.value for each in plan.measures if each.calendar is not None}

    def dated(one: ReadAs) -> ReadAs:
        stated = one.calendar or one.as_at or one.year_ending
        return one if stated else evolve(one, calendar=calendars.get(one.measure))

    if isinstance(layout, FingertipsLayout):
        return evolve(layout, indicators={name: dated(each) for name, each in layout.indicators.items()})
    if layout.as_at or layout.year_ending:
        return layout
    measures = None if layout.measures is None else {name: dated(each) for name, each in layout.measures.items()}
    return evolve(layout, measures=measures, measure=None if layout.measure is None else dated(layout.measure))


def _message(error: OutcomeBeesError) -> str:
    return f"{error.what}: {message_of(error, error.given)}" if isinstance(error, InvalidValueError) else str(error)


def path_of(source: Source, folder: Path) -> str:
    """Return the path of a source's file, or of its database where that is a file."""
    named = source.file or source.database or ""
    address = source.file is None and (":" in named.partition("/")[0] or "://" in named)
    return named if address else os.path.normpath(folder / named)


def _figures(
    source: Source, folder: Path, plan: Plan | None, implausible_ok: bool, progress: Progress | None
) -> Observations:
    path = path_of(source, folder)
    layout = _with_calendars(source.reads_as, plan)
    if source.query is not None:
        return load_query(path, source.query, plan, layout=layout)
    if format_of(path, source.format, (*TABLES, *FORMATS)) in FORMATS:
        if source.layout is not None or source.recorded is not None:
            given = Verbatim("a layout, or a day of release, of a document")
            raise InvalidValueError("layout", given, "either for a table; a document has both in itself")
        return load_observations(path, plan, format=source.format, implausible_ok=implausible_ok)
    return load_observations(
        path,
        plan,
        format=source.format,
        layout=layout,
        sheet=source.sheet,
        implausible_ok=implausible_ok,
        progress=progress,
    )


def _with_wholes(source: Source, figures: Observations, plan: Plan | None) -> Observations:
    """Return the figures of a source, with those of the places that it combines of others."""
    made = combined_figures(figures, source.combine, plan) if source.combine else []
    if not made:
        return figures
    origin = Origin(file=source.name)
    return Observations.combined(figures, Observations.read_from(made, partial(_everywhere, origin)))


def _everywhere(origin: Origin, number: int) -> Origin:
    """Return the one place that all were read from: a function of the module, so that a pickle keeps it."""
    return origin


def _combined(found: Iterable[Observations], document: Document) -> Observations:
    collections = list(found)
    try:
        return Observations.combined(*collections)
    except AmbiguousObservationError:
        figures = [each for collection in collections for each in collection]
        origins = [collection.origin_of(each) for collection in collections for each in collection]
    problems = []
    for index, earlier, what in duplicate_observations(figures):
        first, second = origins[earlier], origins[index]
        message = f"a second figure for {what}, after that of {first}, and nothing shows which of them holds"
        remedy = "give both sources the day of their release, recorded, or leave the rows out of one"
        file, line = (None, None) if second is None else (second.file, second.line)
        problems.append(Problem("$", f"{message} ({remedy})", file=file, line=line))
    raise DocumentError(f"{document.name or 'the sources'} cannot be loaded", problems[:1000], len(problems[1000:]))
