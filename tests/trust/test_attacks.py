"""Faults that were found by attack, each of its kind: what is hidden stays hidden, what is hostile costs nothing."""

import contextlib
import functools
import gc
import importlib
import inspect
import json
import os
import pkgutil
import stat
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import outcome_bees
from outcome_bees import (
    DocumentError,
    Measure,
    Observation,
    Plan,
    Rank,
    Status,
    Target,
    Unit,
    evaluate_plan,
    frames,
    load_observations,
    load_plan,
)
from outcome_bees.cli import main
from outcome_bees.presentation.blocks import Table
from outcome_bees.presentation.html import page
from outcome_bees.presentation.markdown import markdown
from outcome_bees.serializers import dump_plan
from outcome_bees.serializers.json import dump as json_text
from outcome_bees.units import _conversion
from outcome_bees.vocabulary import Reason

HERTFORDSHIRE = "E10000015"
OTHERS = ("E10000012", "E10000016", "E10000017")
AS_OF = date(2025, 12, 31)


# A rank among places that are hidden


def ranking(best: int, of: int, **others: object) -> tuple[Plan, list[Observation]]:
    """A plan with a rank, and a figure of 10 for the place beside those of others: numbers or absences."""
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    target = Target(id="t", measure="m", aim=Rank(best, of), due="FY2024-25")
    plan = Plan(id="p", title="P", measures=[measure], targets=[target])
    figures = [Observation(measure="m", period="FY2024-25", area=HERTFORDSHIRE, value=10)]
    for area, given in zip(OTHERS, others.values(), strict=False):
        what: dict[str, Any] = {"value": given} if isinstance(given, int) else {"absence": given}
        figures.append(Observation(measure="m", period="FY2024-25", area=area, **what))
    return plan, figures


RANKS = {
    "a hidden place may be first": (ranking(1, 4, a=9, b=8, c="suppressed"), Reason.COMPARATOR_MISSING, None),
    "whatever is hidden it is met": (ranking(1, 2, a=9, b=8, c="suppressed"), None, Status.ACHIEVED),
    "whatever is hidden it is missed": (ranking(1, 4, a=11, b=12, c="unreliable"), None, Status.MISSED),
    "what does not apply is no place": (ranking(1, 3, a=9, b=8, c="not_applicable"), None, Status.ACHIEVED),
    "a place that rounds to zero may be any": (ranking(1, 4, a=9, b=8, c="low"), Reason.COMPARATOR_MISSING, None),
    "what is not available is no figure": (ranking(1, 3, a=9, b=8, c="not_available"), None, Status.ACHIEVED),
    "hidden places make a group whole": (ranking(1, 4, a=12, b=11, c="suppressed"), None, Status.MISSED),
}


@pytest.mark.parametrize(("given", "reason", "status"), RANKS.values(), ids=RANKS)
def test_a_rank_counts_the_places_that_are_hidden(
    given: tuple[Plan, list[Observation]], reason: Reason | None, status: Status | None
) -> None:
    plan, figures = given
    (answer,) = evaluate_plan(plan, figures, as_of=AS_OF, area=HERTFORDSHIRE).evaluations
    assert (answer.reason, answer.status) == (reason, status or Status.NOT_ASSESSED)
    polars = pytest.importorskip("polars")
    table = frames.evaluate(plan, polars.DataFrame(frames.from_observations(figures)), as_of=AS_OF)
    (row,) = [each for each in table.to_dicts() if each["area"] == HERTFORDSHIRE]
    assert (row["reason"], row["status"]) == (reason and reason.value, answer.status.value)
    assert row["gap"] == (None if answer.gap is None else float(answer.gap))


def test_the_sentence_on_an_uncertain_place_gives_its_range() -> None:
    plan, figures = RANKS["whatever is hidden it is met"][0]
    (answer,) = evaluate_plan(plan, figures, as_of=AS_OF, area=HERTFORDSHIRE).evaluations
    assert "place 2 or better of 4 (place 1 to 2 was reached)" in answer.explanation


# Documents that lead elsewhere


def refusal_of(path: Path) -> str:
    """Load a plan that is refused, and return why."""
    with pytest.raises(DocumentError) as error:
        load_plan(path)
    return str(error.value.problems[0])


@pytest.mark.parametrize(
    "name",
    [
        "C:base.yaml",
        "C:\\base.yaml",
        "\\\\server\\share\\base.yaml",
        "\\base.yaml",
        "..\\base.yaml",
        "a:b.yaml",
        "/base.yaml",
    ],
)
def test_what_a_document_extends_lies_below_it_on_every_system(name: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps({"format": "outcome-bees/1", "extends": name}), encoding="utf-8")
    assert "in the same folder or below" in refusal_of(path)


@pytest.mark.skipif(not hasattr(os, "symlink") or sys.platform == "win32", reason="symbolic links need a right there")
def test_a_symbolic_link_is_not_followed_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("{format: outcome-bees/1, id: s, title: Secret}", encoding="utf-8")
    folder = tmp_path / "plans"
    (folder / "below").mkdir(parents=True)
    (folder / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (folder / "way").symlink_to(tmp_path)
    (folder / "below" / "base.yaml").write_text("{format: outcome-bees/1, id: b, title: Base}", encoding="utf-8")
    (folder / "inside.yaml").symlink_to(folder / "below" / "base.yaml")
    for name, good in {
        "link.yaml": False,
        "way/secret.yaml": False,
        "inside.yaml": True,
        "below/base.yaml": True,
    }.items():
        path = folder / "plan.json"
        path.write_text(json.dumps({"format": "outcome-bees/1", "extends": name}), encoding="utf-8")
        if good:
            assert load_plan(path).title == "Base"
        else:
            assert "in the same folder or below" in refusal_of(path)


# Characters that a terminal obeys

HOSTILE = "Plans \x1b[31min time\u202e\u2066\x9b2J\x07"


def hostile_card(tmp_path: Path) -> tuple[Path, Path]:
    plan = Plan(id="p", title=HOSTILE.replace("\x1b", "").replace("\x07", "").replace("\x9b", "") or "P", measures=[
        Measure(id="m", title="Plans \u202e\u2066in time\u200f", unit="percent", direction="increase")
    ])  # fmt: skip
    paths = tmp_path / "plan.json", tmp_path / "figures.csv"
    dump_plan(plan, paths[0])
    paths[1].write_text("measure,period,area,value\nm,CY2024,E10000015,5\n", encoding="utf-8")
    return paths


@pytest.mark.parametrize("format", ["text", "json", "csv", "markdown", "html"])
def test_no_character_that_a_terminal_obeys_reaches_it(
    format: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, figures = hostile_card(tmp_path)
    assert main(["evaluate", str(plan), str(figures), "--as-of", "2025-12-31", "--format", format]) == 0
    said = capsys.readouterr().out
    assert "in time" in said
    assert not {"\x1b", "\u202e", "\u2066", "\u200f", "\x9b", "\x07"} & set(said)


def test_json_keeps_such_characters_as_escapes() -> None:
    text = json_text({"title": HOSTILE})
    assert json.loads(text) == {"title": HOSTILE}
    assert all(each.isprintable() or each == "\n" for each in text)


def test_the_title_of_a_page_is_plain() -> None:
    head = page(HOSTILE, []).partition("</title>")[0]
    assert head.endswith("<title>Plans [31min time 2J")


@pytest.mark.parametrize(
    "link", ["https://evil.example/x", "http://evil.example", "www.evil.example", "HTTPS://EVIL.example"]
)
def test_a_title_is_no_link_in_markdown(link: str) -> None:
    text = markdown([Table.plain(link, ["a"], [[f"see {link} now"]])])
    assert link not in text
    assert link in text.replace("<!-- -->", ""), "nothing of the title is lost"


# What is remembered, and what is refused at once


def test_what_units_remember_is_bounded() -> None:
    for number in range(2, 1_500):
        Unit(f"per_{number}").convertible(Unit("percent"))
    assert len(_conversion._OPENED) <= _conversion._MAX_OPEN
    assert Unit("per_1000").convert(Unit("percent").convert(1, Unit("per_1000")), Unit("percent")) == 1  # type: ignore[arg-type]


# Kept without a bound, by what there are only so many of: classes, catalogues, arguments of a test.
OF_A_CLOSED_LIST = {
    *("outcome_bees.serializers.converter._fields", "outcome_bees.serializers.whole._document_of"),
    *("outcome_bees.serializers._class_fields.fields_of", "outcome_bees.serializers._class_fields.keys_of"),
    *("outcome_bees.serializers._class_fields.alias_of", "outcome_bees.serializers._class_fields.is_extensible"),
    *("outcome_bees.serializers._class_fields.lists_of_objects", "outcome_bees.periods.codes._pattern"),
    *("outcome_bees.catalogue._loaded", "outcome_bees.frozen._getter", "outcome_bees.model.fields._signature"),
}


def test_what_is_kept_by_what_others_write_is_bounded() -> None:
    for each in pkgutil.walk_packages(outcome_bees.__path__, "outcome_bees."):
        if not each.name.startswith(("outcome_bees.testing", "outcome_bees.__main__")):
            with contextlib.suppress(ImportError):  # of an extra that is not installed
                importlib.import_module(each.name)
    unbounded = {
        f"{kept.__module__}.{kept.__qualname__}"
        for kept in gc.get_objects()
        if isinstance(kept, functools._lru_cache_wrapper) and str(kept.__module__).startswith("outcome_bees.")
        if kept.cache_parameters()["maxsize"] is None and inspect.signature(kept).parameters
    }
    testing = {each for each in unbounded if each.startswith("outcome_bees.testing.")}
    assert unbounded - testing == OF_A_CLOSED_LIST


@pytest.mark.parametrize("rows", [2_000_000, 9_000_000])
def test_a_small_parquet_of_millions_of_equal_rows_is_refused_at_once(rows: int, tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    path = tmp_path / "bomb.parquet"
    columns = {"measure": "m", "period": "CY2024", "area": "x", "value": "1"}
    polars.DataFrame({name: [held] for name, held in columns.items()}).select(
        polars.all().repeat_by(rows).explode()
    ).write_parquet(path)
    assert path.stat().st_size < 500_000
    began = time.process_time()
    with pytest.raises(DocumentError) as error:
        load_observations(path)
    assert f"it has {rows:,} rows in" in str(error.value.problems[0])
    assert time.process_time() - began < 1


# A file that is replaced


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664])
def test_a_file_that_is_replaced_keeps_its_mode(mode: int, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text("old", encoding="utf-8")
    path.chmod(mode)
    dump_plan(Plan(id="p", title="P"), path)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_a_file_that_is_replaced_keeps_its_owner_and_group(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text("old", encoding="utf-8")
    os.chown(path, 12345, 23456)
    dump_plan(Plan(id="p", title="P"), path)
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 23456)


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX")
def test_while_a_file_is_replaced_nobody_else_can_read_the_new_one(tmp_path: Path) -> None:
    from outcome_bees.serializers.file_access import replacing

    path = tmp_path / "figures.csv"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o600)
    with replacing(path) as file:
        file.write(b"new")
        (temporary,) = [each for each in tmp_path.iterdir() if each != path]
        assert stat.S_IMODE(temporary.stat().st_mode) == 0o600
    assert path.read_text(encoding="utf-8") == "new"
