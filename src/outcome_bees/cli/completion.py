"""``outcome-bees completion``: a script by which a shell completes the command's words, made from its parser."""

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterator

from outcome_bees.cli.answer import deliver
from outcome_bees.cli.arguments import parser
from outcome_bees.model.local_policy import POLICIES

__all__ = ["run"]


def run(arguments: Namespace) -> int:
    """Write the script for a shell."""
    commands = _commands(parser())
    deliver(_fish(commands) if arguments.shell == "fish" else _bash(commands, zsh=arguments.shell == "zsh"), None)
    return 0


def _commands(whole: ArgumentParser) -> dict[str, ArgumentParser]:
    """Return the parser of each command, by its name."""
    return {
        name: command
        for action in whole._actions
        if isinstance(action, _SubParsersAction)
        for name, command in action.choices.items()
    }


def _options(command: ArgumentParser) -> Iterator[tuple[str, list[str], str]]:
    """Yield each option of a command, the words that may follow it where they are known, and its help."""
    for action in command._actions:
        values = list(POLICIES) if action.dest == "policy" else [str(each) for each in action.choices or ()]
        for option in action.option_strings:
            yield option, values, action.help or ""


def _bash(commands: dict[str, ArgumentParser], *, zsh: bool) -> str:
    """Return the script for bash; zsh runs it too, once it is set up to."""
    after, options = [], []
    for name, command in commands.items():
        listed = list(_options(command))
        options.append(f'        {name}) words="{" ".join(option for option, _, _ in listed)}" ;;')
        after += [f'        {name}:{option}) words="{" ".join(values)}" ;;' for option, values, _ in listed if values]
        after += [
            f'        {name}:*) [ "$COMP_CWORD" -eq 2 ] && words="{" ".join(map(str, action.choices))}" ;;'
            for action in command._actions
            if not action.option_strings and action.choices
        ]
    lines = [
        "# Completes the words of outcome-bees.",
        *(["autoload -U +X bashcompinit && bashcompinit"] if zsh else []),
        "_outcome_bees() {",
        '    local current="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" words=""',
        '    if [ "$COMP_CWORD" -eq 1 ]; then',
        f'        COMPREPLY=($(compgen -W "{" ".join(commands)} --help --version" -- "$current"))',
        "        return",
        "    fi",
        '    case "${COMP_WORDS[1]}:$before" in',
        *after,
        "    esac",
        '    if [ -z "$words" ] && [[ "$current" == -* ]]; then case "${COMP_WORDS[1]}" in',
        *options,
        "    esac; fi",
        '    if [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$current"))',
        '    else COMPREPLY=($(compgen -f -- "$current")); fi',
        "}",
        "complete -o filenames -F _outcome_bees outcome-bees",
    ]
    return "\n".join(lines) + "\n"


def _fish(commands: dict[str, ArgumentParser]) -> str:
    """Return the script for fish."""
    lines = ["# Completes the words of outcome-bees.", "complete -c outcome-bees -n __fish_use_subcommand -f"]
    lines += [f"complete -c outcome-bees -n __fish_use_subcommand -a {name}" for name in commands]
    for name, command in commands.items():
        seen = f"-n '__fish_seen_subcommand_from {name}'"
        for option, values, help in _options(command):
            word = f"-l {option[2:]}" if option.startswith("--") else f"-s {option[1:]}"
            follows = f" -x -a '{' '.join(values)}'" if values else ""
            text = help.replace("\\", "").replace("'", "’")
            lines.append(f"complete -c outcome-bees {seen} {word}{follows} -d '{text}'")
    return "\n".join(lines) + "\n"
