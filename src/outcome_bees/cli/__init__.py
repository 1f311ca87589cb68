"""The command ``outcome-bees``, which works on the plain install.

It exits with 0 whatever the verdicts are, with 1 where a check found something wrong, and with 2 where it was
given something that it cannot use: then standard error has the message, and nothing else.
"""

import os
import sys
import warnings
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from errno import EBADF
from typing import TextIO

from outcome_bees.cli.messages import print_message
from outcome_bees.errors import OutcomeBeesError, OutcomeBeesWarning

__all__ = ["main"]

_BAD_INPUT = 2
# As shells have it: 128 and the number of the signal that would have ended the process.
_INTERRUPTED, _PIPE_CLOSED = 130, 141


def main(words: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        words: What was typed after its name; ``None``: as the process was called.

    Returns:
        The exit code.

    Example:
        >>> main(["--version"])
        outcome-bees 0.1.0
        0
    """
    from outcome_bees.cli.arguments import parser

    try:
        if not hasattr(sys.stdout, "write"):  # None where the process was started without
            raise OSError(EBADF, os.strerror(EBADF))
        arguments = parser().parse_args(words)
        with _warnings_as_messages():
            code = _run(arguments)
        sys.stdout.flush()
    except SystemExit as end:  # --help, --version, and words that could not be parsed
        return end.code if isinstance(end.code, int) else 0
    except OutcomeBeesError as error:
        print_message(str(error))
        return _BAD_INPUT
    except BrokenPipeError:
        _drop_output()
        return _PIPE_CLOSED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as error:
        print_message(f"{error.filename or 'standard output'}: {error.strerror or error}")
        if error.errno != EBADF:
            _drop_output()
        return _BAD_INPUT
    return code


def _drop_output() -> None:
    """Discard what standard output would fail to write once more when the interpreter ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: Namespace) -> int:
    """Run the command that was asked for: its module is loaded when it is wanted."""
    match arguments.command:
        case "evaluate":
            from outcome_bees.cli.evaluating import run
        case "report":
            from outcome_bees.cli.reporting import run
        case "lint":
            from outcome_bees.cli.drafting import lint as run
        case "show":
            from outcome_bees.cli.showing import show as run
        case "compare":
            from outcome_bees.cli.showing import compare as run
        case "changes":
            from outcome_bees.cli.tracing_back import changes as run
        case "verify":
            from outcome_bees.cli.tracing_back import verify as run
        case "read":
            from outcome_bees.cli.drafting import read as run
        case "validate":
            from outcome_bees.cli.checking import validate as run
        case "inspect":
            from outcome_bees.cli.drafting import inspect as run
        case "convert":
            from outcome_bees.cli.checking import convert as run
        case "completion":
            from outcome_bees.cli.completion import run
        case _:
            from outcome_bees.cli.checking import schema as run
    return run(arguments)


@contextmanager
def _warnings_as_messages() -> Iterator[None]:
    """Print the library's warnings as messages, without the line of code that gave them."""
    default = warnings.showwarning

    def show(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        if issubclass(category, OutcomeBeesWarning):
            print_message(f"warning: {message}")
        else:
            default(message, category, filename, lineno, file, line)

    with warnings.catch_warnings():
        warnings.simplefilter("always", OutcomeBeesWarning)
        warnings.showwarning = show
        yield
