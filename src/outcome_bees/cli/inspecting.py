"""``outcome-bees inspect``: what an unknown file of figures seems to be."""

from argparse import Namespace

from outcome_bees.cli.answer import deliver
from outcome_bees.cli.showing import naming
from outcome_bees.sources import inspect

__all__ = ["run"]


def run(arguments: Namespace) -> int:
    """Write a draft of the file's source as YAML. The exit code is 0, whatever is still to be decided."""
    with naming(arguments.file):
        draft = inspect(arguments.file, sheet=arguments.sheet)
    deliver(str(draft), arguments.output)
    return 0
