"""What every version answered is answered for ever, by one evaluation after the other and by every engine.

A differing answer fails until ``differences.csv``, beside the answers that it differs from, names the line under
Verdicts in the changelog that says so.
"""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from outcome_bees import Scorecard, compare_scorecards, evaluate_plan, frames
from outcome_bees.changes import reproduce
from outcome_bees.changes.releases import verdict_lines
from outcome_bees.cli import main
from outcome_bees.evaluation.policy import POLICIES
from outcome_bees.serializers import load

FOLDER = Path(__file__).resolve().parent
DOCUMENTS = FOLDER / "documents"
RELEASES = sorted(path.name for path in DOCUMENTS.iterdir() if path.is_dir())
pytestmark = pytest.mark.filterwarnings("ignore:figures of:UserWarning")


def _record() -> Any:
    """Load the script that writes the archive, which is no part of a package."""
    spec = spec_from_file_location("record", FOLDER / "record.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


record = _record()
Question = tuple[str, ...]
Answer = tuple[str, ...]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def archived(release: str) -> dict[Question, Answer]:
    """What a version answered, by the question."""
    rows = rows_of(DOCUMENTS / release / "answers.csv")
    return {tuple(row[each] for each in record.QUESTION): tuple(row[each] for each in record.COMPARED) for row in rows}


@cache
def answered_now() -> dict[Question, Answer]:
    """What this version answers, one evaluation after the other."""
    size = len(record.QUESTION)
    return {row[:size]: row[size:] for name in record.QUESTIONS for row in record.answers(name)}


def declared(release: str) -> dict[tuple[str, str, str], dict[str, str]]:
    """The differences from a version that its folder owns up to."""
    rows = rows_of(DOCUMENTS / release / "differences.csv")
    return {(row["plan"], row["measure"], row["target"]): row for row in rows}


def differing(was: Answer, now: Answer) -> set[str]:
    return {name for name, one, other in zip(record.COMPARED, was, now, strict=True) if one != other}


@pytest.mark.parametrize("release", RELEASES)
def test_every_answer_is_as_it_was_or_its_difference_is_named_under_verdicts(release: str) -> None:
    allowed, now = declared(release), answered_now()
    before = archived(release)
    assert before.keys() == now.keys()
    unnamed, used = [], set()
    for question, was in before.items():
        fields = differing(was, now[question])
        which = (question[0], question[4], question[5])
        if fields:
            used.add(which)
            if not fields <= set(allowed.get(which, {"fields": ""})["fields"].split()):
                unnamed.append((question, was, now[question]))
    assert unnamed == [], "name the line under Verdicts in differences.csv, or mend the answer"
    assert used == set(allowed), "a difference that there is no longer is named no longer"


@pytest.mark.parametrize("release", RELEASES)
def test_each_line_that_a_difference_names_is_in_the_changelog(release: str) -> None:
    lines = verdict_lines(release)
    for row in declared(release).values():
        assert any(line.startswith(row["line"]) for line in lines), row["line"]


def test_the_archive_asks_for_every_sort_of_answer() -> None:
    statuses = {answer[0] for answer in answered_now().values()}
    reasons = {answer[2] for answer in answered_now().values()}
    assert len(statuses) == 7
    assert len(reasons) > 13


# Every engine


def polars(columns: Mapping[str, list[Any]]) -> Any:
    return import_module("polars").DataFrame(columns)


def pandas(columns: Mapping[str, list[Any]]) -> Any:
    return import_module("pandas").DataFrame(columns)


def duckdb(columns: Mapping[str, list[Any]]) -> Any:
    module = import_module("duckdb")
    frame = polars(columns)  # found by its name
    assert frame is not None
    return module.sql("SELECT * FROM frame")


def list_of(frame: Any) -> list[dict[str, Any]]:
    if hasattr(frame, "to_dicts"):
        found: list[dict[str, Any]] = frame.to_dicts()
        return found
    if hasattr(frame, "to_dict"):
        return [
            {name: None if value != value else value for name, value in row.items()}
            for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
        ]
    if hasattr(frame, "fetchall"):
        return [dict(zip(frame.columns, row, strict=True)) for row in frame.fetchall()]
    return [row.asDict() for row in frame.collect()]


WORDS = ("status", "verdict", "reason", "travel", "period")
NUMBERS = ("value", "required", "gap")


def bulk(
    make: Callable[[Mapping[str, list[Any]]], Any], name: str, days: tuple[str, ...], policies: tuple[str, ...]
) -> dict[Question, Any]:
    """What a whole table answers, for the places of the archive."""
    plan, figures = record.asked(name)
    table = make(frames.from_observations(figures))
    found: dict[Question, Any] = {}
    for as_of in days:
        for policy in (POLICIES[each] for each in policies):
            rows = list_of(frames.evaluate(plan, table, as_of=date.fromisoformat(as_of), policy=policy))
            for row in rows:
                question = (name, as_of, policy.id, str(row["area"]), row["measure"], row["target"] or "")
                words = tuple("" if row[each] is None else str(row[each]) for each in WORDS)
                found[question] = (words, tuple(row[each] for each in NUMBERS))
    return found


def held_to_scalar(found: dict[Question, Any], names: tuple[str, ...]) -> None:
    """See that bulk answers as one evaluation after the other does, where it answers."""
    compared = 0
    for question, answer in answered_now().items():
        if question[0] not in names or question not in found:
            continue
        compared += 1
        fields = dict(zip(record.COMPARED, answer, strict=True))
        words, numbers = found[question]
        assert words == tuple(fields[each] for each in WORDS), question
        for name, number in zip(NUMBERS, numbers, strict=True):
            expected = None if fields[name] == "" else float(fields[name])
            assert number == (None if expected is None else pytest.approx(expected, abs=1e-7)), (question, name)
    assert compared > 30


@pytest.mark.parametrize("engine", [polars, pandas, duckdb], ids=lambda engine: engine.__name__)
def test_every_engine_answers_as_one_evaluation_after_the_other_does(
    engine: Callable[[Mapping[str, list[Any]]], Any],
) -> None:
    pytest.importorskip(engine.__name__)
    pytest.importorskip("polars")
    days: tuple[str, ...] = record.DAYS[4:5]
    policies: tuple[str, ...] = ("standard",)
    if engine is polars:
        days, policies = record.DAYS, tuple(POLICIES)
    held_to_scalar(bulk(engine, "rules", days, policies), ("rules",))


@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
def test_spark_answers_as_one_evaluation_after_the_other_does(spark: Any) -> None:
    def frame(columns: Mapping[str, list[Any]]) -> Any:
        kinds = {float: "double", date: "date", str: "string"}
        types = {
            name: next((kinds[type(each)] for each in held if each is not None), "string")
            for name, held in columns.items()
        }
        schema = ", ".join(f"`{name}` {kind}" for name, kind in types.items())
        return spark.createDataFrame(list(zip(*columns.values(), strict=True)), schema)

    held_to_scalar(bulk(frame, "rules", record.DAYS[4:5], ("standard",)), ("rules",))


# Cards


@pytest.mark.parametrize("release", RELEASES)
def test_a_card_of_every_version_loads_and_is_verified(release: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = DOCUMENTS / release / "card.json"
    assert main(["verify", str(path), "--format", "json"]) == 0, capsys.readouterr().out
    assert isinstance(load(path, Scorecard), Scorecard)


@pytest.mark.parametrize("release", RELEASES)
def test_a_card_of_every_version_is_verified_on_the_figures_of_the_archive(release: str) -> None:
    card = load(DOCUMENTS / release / "card.json", Scorecard)
    _, figures = record.asked("rules")
    named = {row["target"]: set(row["fields"].split()) for row in declared(release).values()}
    left = [each for each in reproduce(card, figures).differences if each.field not in named.get(each.target or "", ())]
    assert [str(each) for each in left if each.field in (*WORDS, *NUMBERS)] == []


@pytest.mark.parametrize("release", RELEASES)
def test_one_number_changed_in_an_old_card_is_found(
    release: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (DOCUMENTS / release / "card.json").read_text(encoding="utf-8")
    assert '"value": 57.4' in text
    changed = tmp_path / "card.json"
    changed.write_text(text.replace('"value": 57.4', '"value": 57.5', 1), encoding="utf-8")
    assert main(["verify", str(changed)]) == 1
    assert "does not agree" in " ".join(capsys.readouterr().out.split())


def numbers_in(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every number of a document, as what holds it and its place there."""
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            yield tree, key
        yield from numbers_in(value)


@pytest.mark.parametrize("release", RELEASES)
def test_any_number_changed_in_the_answers_of_an_old_card_is_found(release: str, tmp_path: Path) -> None:
    path, changed = DOCUMENTS / release / "card.json", tmp_path / "card.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    figures = None if "inputs" in document else record.asked("rules")[1]  # a card of 0.1 carries none
    as_it_was = [*map(str, reproduce(load(path, Scorecard), figures).differences)]
    tried = 0
    for held, key in numbers_in(document["scorecard"]["evaluations"]):
        number, held[key] = held[key], held[key] + 1
        changed.write_text(json.dumps(document), encoding="utf-8")
        differences = [*map(str, reproduce(load(changed, Scorecard), figures).differences)]
        assert differences != as_it_was, (key, held)
        held[key] = number
        tried += 1
    assert tried > 100


@pytest.mark.parametrize("release", RELEASES)
def test_what_differs_from_an_old_card_is_told_as_changes(release: str) -> None:
    card = load(DOCUMENTS / release / "card.json", Scorecard)
    plan, figures = record.asked("rules")
    now = evaluate_plan(plan, figures, as_of=card.as_of, area=card.area)
    targets = {each.target for each in compare_scorecards(card, now)}
    assert targets <= {row["target"] for row in declared(release).values()}
