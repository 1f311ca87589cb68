"""``outcome-bees convert`` between our documents and those of other standards, with all that is lost on the way."""

import sys
import warnings
from argparse import Namespace
from pathlib import Path
from typing import Any

from outcome_bees.cli.arguments import STANDARDS
from outcome_bees.cli.showing import plan_of
from outcome_bees.cli.streams import STANDARD_INPUT
from outcome_bees.errors import InvalidValueError, OutcomeBeesWarning
from outcome_bees.interchange import Imported, from_iati, from_stratml, to_iati, to_stratml
from outcome_bees.interchange.standard import standard_of
from outcome_bees.serializers import dump_observations, dump_plan, load_observations
from outcome_bees.serializers.file_access import write

__all__ = ["run"]

_SHOWN = 10


def run(arguments: Namespace) -> int:
    """Convert, and say what is lost."""
    if Path(arguments.source).suffix.lower() == ".xml":
        if arguments.format in STANDARDS:
            allowed = "a format of ours: a document of a standard is read into a plan first"
            raise InvalidValueError("--format", arguments.format, allowed)
        _read(arguments)
    else:
        _write(arguments)
    return 0


def _write(arguments: Namespace) -> None:
    plan = plan_of(arguments.source, arguments.input_format)
    figures = None if arguments.figures is None else load_observations(arguments.figures, plan)
    if arguments.format == "stratml":
        document, losses = to_stratml(plan, figures, area=arguments.area, extensions=arguments.extensions)
    else:
        kept = [each for each in figures or () if arguments.area in (None, each.area)]
        document, losses = to_iati(plan, kept, extensions=arguments.extensions)
    write(_to(arguments.target), document)
    _say(str(losses) if losses else "")


def _read(arguments: Namespace) -> None:
    read = from_stratml if standard_of(arguments.source) == "stratml" else from_iati
    found: Imported = read(arguments.source, area=arguments.area)
    dump_plan(found.plan, _to(arguments.target), format=arguments.format)
    if arguments.figures is not None:
        dump_observations(found.observations, arguments.figures)
    elif len(found.observations):
        _say(f"{len(found.observations):,} figures are not written: --figures FILE says where to")
    for each in found.diagnostics[:_SHOWN]:
        _say(f"{arguments.source}, {each}")
    if len(found.diagnostics) > _SHOWN:
        _say(f"{arguments.source}: and {len(found.diagnostics) - _SHOWN:,} more things were noticed")
    _say(str(found.losses) if found.losses else "")


def _to(target: str) -> Any:
    """Return where a document goes: ``-`` is another program."""
    return getattr(sys.stdout, "buffer", sys.stdout) if target == STANDARD_INPUT else target


def _say(message: str) -> None:
    if message:
        warnings.warn(message, OutcomeBeesWarning, stacklevel=2)
