"""Standard input and output, several files, the schema of one kind of document, and completion in a shell."""

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from outcome_bees import load_plan
from outcome_bees.cli.arguments import SCHEMAS, parser
from outcome_bees.cli.completion import _commands
from outcome_bees.serializers.schema import KINDS_OF_DOCUMENTS, json_schema

Run = Callable[..., tuple[int, str, str]]
PLAN, FIGURES = "examples/hertfordshire-2024-25.yaml", "examples/hertfordshire.csv"
WORDS = ["--as-of", "2025-12-31", "--area", "E10000015"]


class Typed:
    """Standard input as a pipe gives it."""

    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)

    def isatty(self) -> bool:
        return False


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda name: monkeypatch.setattr(sys, "stdin", Typed(Path(name).read_bytes()))


def test_figures_come_from_standard_input(run: Run, typed: Callable[[str], None]) -> None:
    of_a_file = run("evaluate", PLAN, FIGURES, *WORDS, "--format", "csv")
    typed(FIGURES)
    assert run("evaluate", PLAN, "-", "--input-format", "csv", *WORDS, "--format", "csv") == of_a_file


def test_a_plan_comes_from_standard_input(run: Run, typed: Callable[[str], None]) -> None:
    for words in (["show"], ["lint"]):
        of_a_file = run(*words, PLAN)
        typed(PLAN)
        assert run(*words, "-", "--input-format", "yaml") == of_a_file
    typed(PLAN)
    assert run("evaluate", "-", FIGURES, "--input-format", "yaml", *WORDS)[0] == 0
    typed(PLAN)
    assert run("validate", "-", "--input-format", "yaml")[0] == 0


@pytest.mark.parametrize("suffix", ["xlsx", "parquet"])
def test_a_workbook_comes_from_standard_input_too(suffix: str, run: Run, typed: Callable[[str], None]) -> None:
    pytest.importorskip("xlsxwriter" if suffix == "xlsx" else "pyarrow")
    assert run("convert", FIGURES, f"figures.{suffix}")[0] == 0
    typed(f"figures.{suffix}")
    assert run("evaluate", PLAN, "-", "--input-format", suffix, *WORDS)[0] == 0


def test_what_is_wrong_there_is_told_with_its_line(run: Run, typed: Callable[[str], None]) -> None:
    Path("bad.csv").write_text("measure,period,area,value\ncpp-rate,2024-03-31,E10000015,many\n")
    typed("bad.csv")
    code, _, err = run("evaluate", PLAN, "-", "--input-format", "csv", *WORDS)
    assert code == 2
    assert "line 2" in err


def test_without_its_format_standard_input_is_not_guessed_at(run: Run, typed: Callable[[str], None]) -> None:
    typed(FIGURES)
    code, out, err = run("evaluate", PLAN, "-", *WORDS)
    assert (code, out) == (2, "")
    assert "--input-format" in err
    assert "csv, json" in err


def test_standard_input_is_read_once(run: Run) -> None:
    code, _, err = run("evaluate", "-", "-", "--input-format", "csv", *WORDS)
    assert (code, err) == (2, "outcome-bees: - is given twice: standard input can be read once\n")


def test_a_document_is_converted_from_and_to_a_stream(run: Run, typed: Callable[[str], None]) -> None:
    typed(PLAN)
    code, out, _ = run("convert", "-", "-", "--input-format", "yaml", "--format", "json")
    assert code == 0
    assert load_plan(io.StringIO(out), format="json") == load_plan(PLAN)
    assert "--format" in run("convert", PLAN, "-")[2]


def test_the_format_that_is_said_goes_before_the_suffix(run: Run) -> None:
    assert run("convert", PLAN, "plan.txt", "--format", "json")[0] == 0
    assert json.loads(Path("plan.txt").read_text())["format"] == "outcome-bees/1"


def test_several_files_of_figures_are_one_table(run: Run) -> None:
    head, *rows = Path(FIGURES).read_text(encoding="utf-8").splitlines()
    for name, part in (("one.csv", rows[::2]), ("two.csv", rows[1::2])):
        Path(name).write_text("\n".join([head, *part]) + "\n", encoding="utf-8")
    whole = run("evaluate", PLAN, FIGURES, *WORDS, "--format", "csv")
    assert run("evaluate", PLAN, "one.csv", "two.csv", *WORDS, "--format", "csv") == whole
    every = run("evaluate", PLAN, "two.csv", "one.csv", *WORDS[:2], "--every-area", "--format", "csv")[1]
    assert {row["area"] for row in csv.DictReader(io.StringIO(every))} == {"E10000015", "E12000006", "E92000001"}


def test_a_figure_that_two_files_have_is_told(run: Run) -> None:
    code, _, err = run("evaluate", PLAN, FIGURES, FIGURES, *WORDS)
    assert code == 2
    assert "two figures" in err


# Schemas


def test_there_is_a_schema_for_each_kind_of_document(run: Run) -> None:
    assert {*KINDS_OF_DOCUMENTS, "commentary"} == set(SCHEMAS)
    for kind in SCHEMAS:
        code, out, _ = run("schema", "--kind", kind)
        assert code == 0
        schema = json.loads(out)
        assert schema["$id"].endswith(f":{kind}")
        text = json.dumps(schema)
        assert all(f'"#/$defs/{name}"' in text for name in schema["$defs"]), "nothing is there that nothing refers to"


def errors(kind: str, tree: dict[str, Any]) -> set[str]:
    jsonschema = pytest.importorskip("jsonschema")
    found = jsonschema.Draft202012Validator(json_schema(kind)).iter_errors(tree)
    return {each.json_path for each in found}


def test_the_schema_of_one_kind_points_at_what_is_wrong() -> None:
    plan: dict[str, Any] = {"format": "outcome-bees/1", "id": "p", "title": "P"}
    plan["measures"] = [{"id": "m", "title": "M", "unit": 5}, {"id": "n", "title": "N", "direction": "up"}]
    assert errors("plan", plan) == {"$.measures[0].unit", "$.measures[1].direction"}
    over = {"format": "outcome-bees/1", "extends": "catalogue:plan-2018-21", "measures": [{"unit": "count"}]}
    assert errors("plan", over) == {"$.measures"} or errors("plan", over) == {"$.measures[0]"}
    policy = {"format": "outcome-bees/1", "policy": {"id": "ours", "near_within": {"percent": "3"}}}
    assert all(path.startswith("$.policy.near_within") for path in errors("policy", policy))


def test_a_kind_that_there_is_not_is_refused() -> None:
    from outcome_bees import UnknownNameError

    with pytest.raises(UnknownNameError, match="did you mean policy"):
        json_schema("polcy")


# Completion


def completed(script: str, *words: str) -> list[str]:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash")
    listed = " ".join(f"'{word}'" for word in words)
    asked = f"COMP_WORDS=({listed}); COMP_CWORD={len(words) - 1}; _outcome_bees; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    done = subprocess.run([bash, "-c", f"{script}\n{asked}"], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_bash_completes_commands_options_and_their_values(run: Run) -> None:
    script = run("completion", "bash")[1]
    assert completed(script, "outcome-bees", "ev") == ["evaluate"]
    assert "--every-area" in completed(script, "outcome-bees", "evaluate", "--e")
    assert completed(script, "outcome-bees", "evaluate", "--format", "m") == ["markdown"]
    assert completed(script, "outcome-bees", "report", "--policy", "f") == ["five-per-cent"]
    assert completed(script, "outcome-bees", "completion", "f") == ["fish"]
    assert "examples" in completed(script, "outcome-bees", "lint", "exa")


@pytest.mark.parametrize("shell", ["fish", "zsh", "bash"])
def test_a_script_has_every_command_and_option(shell: str, run: Run) -> None:
    code, out, err = run("completion", shell)
    assert (code, err) == (0, "")
    for name, command in _commands(parser()).items():
        assert name in out
        for action in command._actions:
            for option in action.option_strings:
                assert option.lstrip("-") in out
