"""One document into another format, and a document looked through for problems."""

from outcome_bees.errors import DocumentError, InvalidValueError, Problem
from outcome_bees.model.observation import Observation, Observations
from outcome_bees.serializers.documents import FORMATS, read
from outcome_bees.serializers.files import Readable, Writable, format_of, name_of
from outcome_bees.serializers.observations import TABLES, dump_observations, load_observations
from outcome_bees.serializers.rows import Progress
from outcome_bees.serializers.whole import dump, kind_of, made

__all__ = ["convert", "validate"]

_ALL = (*TABLES, *FORMATS)


def convert(
    source: Readable,
    target: Writable,
    *,
    source_format: str | None = None,
    target_format: str | None = None,
    progress: Progress | None = None,
) -> None:
    """Read a document or table whole, and write what it says in the target's format.

    A plan that extends another is written out whole. Figures may go from any format to any; a plan, a
    scorecard and the like stay in JSON, YAML or TOML.

    Raises:
        DocumentError: The source has problems, or the target cannot be written; nothing is written then.
        InvalidValueError: The target's format cannot hold it.
    """
    chosen, wanted = format_of(source, source_format, _ALL), format_of(target, target_format, _ALL)
    if chosen in TABLES:
        dump_observations(load_observations(source, format=chosen, progress=progress), target, format=wanted)
        return
    document = read(source, format=chosen)
    kind = kind_of(document)
    if kind is Observation:
        dump_observations(made(document, Observations), target, format=wanted)
    elif wanted in TABLES:
        raise InvalidValueError("format", wanted, f"{', '.join(FORMATS)} for a document of {kind.__name__}")
    else:
        dump(made(document, kind), target, format=wanted)


def validate(source: Readable, *, format: str | None = None, progress: Progress | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with a document or table of any sort, in its own order; empty where it is right.

    Raises:
        InvalidValueError: The format cannot be told.
    """
    chosen = format_of(source, format, _ALL)
    try:
        if chosen in TABLES:
            return load_observations(source, format=chosen, on_error="collect", progress=progress).problems
        document = read(source, format=chosen)
        kind = kind_of(document)
        made(document, Observations if kind is Observation else kind)
    except DocumentError as error:
        further = f"and at least {error.more:,} further problems"
        return (*error.problems, *([Problem("$", further, file=name_of(source))] if error.more else []))
    return ()
