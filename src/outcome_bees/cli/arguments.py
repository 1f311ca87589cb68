"""What may be typed after ``outcome-bees``, and its help."""

from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from datetime import date
from typing import Any, NoReturn

from outcome_bees import __version__

__all__ = ["INPUTS", "SCHEMAS", "STANDARDS", "SUFFIXES", "parser"]

SUFFIXES = {
    **{"": "text", ".txt": "text", ".json": "json", ".csv": "csv"},
    **{".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html"},
}
"""The format that each suffix of the output's name means."""

STANDARDS = ("stratml", "iati")
"""The forms of other standards that a plan may be converted to; both are XML."""

INPUTS = ("csv", "json", "parquet", "toml", "xlsx", "yaml")
"""The formats of documents and tables."""

SCHEMAS = ("commentary", "evaluations", "observations", "plan", "policy", "scorecard", "sources", "targets")
"""The kinds of documents that there is a schema of."""

_PLAN = "a plan: a YAML, JSON or TOML file, catalogue:NAME for a published edition, or - for standard input"


class _Parser(ArgumentParser):
    """A parser whose errors are one line, without its usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def parser() -> ArgumentParser:
    """Build the parser of the whole command."""
    whole = _Parser(
        prog="outcome-bees",
        description="Evaluate a council's plan: every measure gets one status, with a reason in words.",
        epilog="Exit code: 0 done, whatever the verdicts; 1 a check found something; 2 input that cannot be used.",
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"outcome-bees {__version__}")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)

    evaluate = _command(commands, "evaluate", "the status of every measure of a plan", "text json csv markdown html")
    evaluate.add_argument("plan", metavar="PLAN", help=_PLAN)
    evaluate.add_argument(
        "figures",
        metavar="FIGURES",
        nargs="*",
        help="tables of figures: CSV, Excel or Parquet, their columns the fields of an observation",
    )
    _add_input_format(evaluate)
    _add_sources(evaluate)
    _add_sheet(evaluate)
    evaluate.add_argument(
        "--as-of", metavar="DATE", type=_date, required=True, help="the day whose knowledge counts, such as 2025-12-31"
    )
    where = evaluate.add_mutually_exclusive_group()
    where.add_argument("--area", metavar="CODE", help="the code of the place; not needed where the figures are of one")
    where.add_argument(
        "--every-area",
        action="store_true",
        help="every place that there are figures of: how many answers are what; as CSV or JSON, every answer",
    )
    _policy(evaluate)
    evaluate.add_argument(
        "--with",
        dest="methods",
        metavar="METHODS",
        type=lambda text: tuple(text.split(",")),
        help="what methods say beside each answer: certainty, trend, spc, forecast, with commas between them",
    )
    evaluate.add_argument(
        "--allow-unknown-measures",
        action="store_true",
        help="leave aside figures of measures that the plan does not have",
    )

    report = commands.add_parser(
        "report", help="a page, a paper or a workbook on a plan in one place", allow_abbrev=False
    )
    report.add_argument("plan", metavar="PLAN", help=_PLAN)
    report.add_argument("figures", metavar="FIGURES", nargs="*", help="tables of figures, as for evaluate")
    _add_input_format(report)
    _add_sources(report)
    _add_sheet(report)
    report.add_argument("--as-of", metavar="DATE", type=_date, required=True, help="the day whose knowledge counts")
    report.add_argument("--area", metavar="CODE", help="the code of the place; not needed where the figures are of one")
    _policy(report)
    report.add_argument("--since", metavar="DATE", type=_date, help="add what changed since an earlier day")
    report.add_argument("--commentary", metavar="FILE", help="a document of commentary: YAML, JSON or TOML")
    report.add_argument("--template", metavar="FILE", help="a council's own: Jinja for a page, .docx for a paper")
    report.add_argument("--hide-below", metavar="N", type=int, help="hide numbers of people below this one, to publish")
    report.add_argument("--hide-source", metavar="TEXT", help="where that rule is laid down")
    report.add_argument("--no-charts", action="store_true", help="leave out charts")
    report.add_argument(
        "--allow-unknown-measures",
        action="store_true",
        help="leave aside figures of measures that the plan does not have",
    )
    report.add_argument("-o", "--output", metavar="FILE", required=True, help="where: .html, .docx or .xlsx")

    show = _command(
        commands, "show", "a plan as a tree: ambitions, priorities, measures, targets, bees", "text json markdown html"
    )
    show.add_argument("plan", metavar="PLAN", help=_PLAN)
    _add_input_format(show)

    lint = _command(commands, "lint", "what a plan leaves out, with what to do about it", "text json csv markdown html")
    lint.add_argument("plan", metavar="PLAN", help=_PLAN)
    lint.add_argument("figures", metavar="FIGURES", nargs="*", help="tables of figures to be looked at as well")
    lint.add_argument("--as-of", metavar="DATE", type=_date, help="the day whose knowledge counts, needed with figures")
    lint.set_defaults(sources=None, sheet=None, allow_unknown_measures=True)
    _add_input_format(lint)

    compare = _command(commands, "compare", "how one edition's items changed in another", "text json csv markdown html")
    compare.add_argument("before", metavar="BEFORE", help=_PLAN)
    compare.add_argument("after", metavar="AFTER", help="likewise")

    changes = _command(
        commands, "changes", "what changed from one scorecard to another, and why", "text json csv markdown html"
    )
    changes.add_argument("before", metavar="BEFORE", help="a scorecard, as evaluate --format json writes it")
    changes.add_argument("after", metavar="AFTER", help="a later one of the same place")

    verify = _command(commands, "verify", "whether a scorecard comes out as it was written", "text json markdown html")
    verify.add_argument("card", metavar="CARD", help="a scorecard, as evaluate --format json writes it")
    verify.add_argument("--figures", metavar="FIGURES", help="its figures, for a card that was written without them")
    verify.add_argument("--policy", metavar="ID", help="the policy that judged it (default: as the card says)")

    read = _command(
        commands,
        "read",
        "what a published sentence states of a measure, and what it does not",
        "text json markdown html",
    )
    read.add_argument("sentence", metavar="SENTENCE", help="the sentence, in quotes")
    read.add_argument(
        "--calendar", metavar="YEAR", help="what a year such as 2025/26 means: academic, financial, calendar …"
    )

    validate = _command(
        commands, "validate", "whether files can be loaded, with every problem there is", "text json csv"
    )
    validate.add_argument("files", metavar="FILE", nargs="+", help="plans, scorecards, sources and tables of figures")
    validate.add_argument("--plan", metavar="PLAN", help="the plan whose measures the figures must be of")
    _add_input_format(validate)
    _add_sheet(validate)

    inspect = commands.add_parser(
        "inspect",
        help="what an unknown file of figures seems to be: a draft of its source, with what is to be decided",
        allow_abbrev=False,
    )
    inspect.add_argument(
        "file", metavar="FILE", help="a table: CSV, Excel or Parquet; or a database: its file, its URL, or env:NAME"
    )
    _add_sheet(inspect)
    of_database = inspect.add_mutually_exclusive_group()
    of_database.add_argument("--table", metavar="NAME", help="of a database, the table or view to look at")
    of_database.add_argument("--query", metavar="SQL", help="of a database, the query whose rows to look at")
    inspect.add_argument("--output", metavar="FILE", help="where to write the draft (default: standard output)")

    convert = commands.add_parser("convert", help="a plan or a table of figures in another format", allow_abbrev=False)
    convert.add_argument("source", metavar="IN", help="the file to read")
    convert.add_argument(
        "target", metavar="OUT", help="the file to write, in the format of its suffix; -: standard output"
    )
    convert.add_argument(
        "--format",
        choices=(*INPUTS, *STANDARDS),
        help="the format to write (default: by the suffix of OUT); stratml and iati are XML of other standards",
    )
    convert.add_argument(
        "--figures", metavar="FILE", help="with stratml and iati: the plan's figures, to read, or to write from XML"
    )
    convert.add_argument("--area", metavar="CODE", help="with stratml and iati: the place whose figures are meant")
    convert.add_argument(
        "--extensions", action="store_true", help="with stratml and iati: add what has no place there, to lose nothing"
    )
    _add_input_format(convert)
    _add_sheet(convert)

    schema = commands.add_parser("schema", help="the JSON Schema of documents", allow_abbrev=False)
    kinds = "of this kind of document alone, so that an editor points at the line (default: of all)"
    schema.add_argument("--kind", choices=SCHEMAS, help=kinds)
    schema.add_argument("--output", metavar="FILE", help="where to write it (default: standard output)")
    completion = commands.add_parser(
        "completion", help="a script that completes the command's words in a shell", allow_abbrev=False
    )
    completion.add_argument("shell", choices=("bash", "fish", "zsh"), help="the shell")
    return whole


def _add_input_format(command: ArgumentParser) -> None:
    words = "the format of standard input, which is read for -"
    command.add_argument("--input-format", choices=INPUTS, help=words)


def _add_sources(command: ArgumentParser) -> None:
    command.add_argument(
        "--sources",
        metavar="FILE",
        help="in the place of FIGURES: a document that lists files and queries, and how each of them reads",
    )


def _add_sheet(command: ArgumentParser) -> None:
    command.add_argument(
        "--sheet",
        metavar="NAME",
        action="append",
        help="of a workbook, a sheet to read, once for each (default: every one that has a header and is not hidden)",
    )


def _policy(command: ArgumentParser) -> None:
    """Add the ways to say what counts as met and as near."""
    rule = command.add_mutually_exclusive_group()
    words = "what counts as met and as near: a policy of the plan's own or of the library (default: standard)"
    rule.add_argument("--policy", metavar="ID", default="standard", help=words)
    rule.add_argument("--policy-file", metavar="FILE", help="a document of a policy: YAML, JSON or TOML")


def _command(commands: Any, name: str, help: str, formats: str) -> ArgumentParser:
    """Add a command with a choice of formats."""
    made: ArgumentParser = commands.add_parser(
        name,
        help=help,
        description=f"{help[0].upper()}{help[1:]}.",
        allow_abbrev=False,
        formatter_class=RawDescriptionHelpFormatter,
    )
    shown = made.add_argument_group("how the answer is shown")
    shown.add_argument("--format", choices=formats.split(), help="default: by the suffix of --output, else text")
    shown.add_argument(
        "--output", metavar="FILE", help="where to write it, whole or not at all (default: standard output)"
    )
    shown.add_argument(
        "--color",
        "--colour",
        dest="colour",
        choices=("auto", "always", "never"),
        default="auto",
        help="auto: on a terminal, unless NO_COLOR is set",
    )
    return made


def _date(text: str) -> date:
    try:
        if len(text) != 10:
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"given {text!r}; allowed: a date, such as 2025-12-31") from None
