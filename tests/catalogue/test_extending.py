"""A document that extends another is that one with some things put otherwise, and each says whence it is."""

from pathlib import Path

import pytest

from outcome_bees import (
    Baseline,
    DocumentError,
    Margin,
    Measure,
    Plan,
    PlanError,
    Reach,
    Target,
    catalogue,
    load_plan,
)
from outcome_bees.errors import InvalidTypeError, Problem
from outcome_bees.serializers.extending import load_plan_with_origins

EDITION = "catalogue:strategic-priorities-2024-25"
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "hertfordshire-2024-25.yaml"
HEAD = "format: outcome-bees/1\n"
BELOW = """\
format: outcome-bees/1
id: below
title: The plan below
period: FY2024-25
source: A paper
measures:
  - {id: one, title: One, unit: percent, direction: increase, frequency: yearly}
  - {id: two, title: Two, unit: count}
targets:
  - {id: one, measure: one, aim: {kind: improve}, due: FY2024-25, tolerance: {amount: 2}}
"""


@pytest.fixture
def below(tmp_path: Path) -> Path:
    path = tmp_path / "below.yaml"
    path.write_text(BELOW, encoding="utf-8")
    return path


def written(folder: Path, text: str, name: str = "above.yaml") -> Path:
    path = folder / name
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def problems(path: Path) -> list[Problem]:
    with pytest.raises(DocumentError) as caught:
        load_plan(path)
    return list(caught.value.problems)


# In code


def test_a_plan_is_amended_by_id_and_itself_stays_as_it_is() -> None:
    edition = catalogue.load("strategic-priorities-2024-25")
    target = Target(
        id="ehcp-within-20-weeks", measure="ehcp-within-20-weeks", aim=Reach(60), baseline=Baseline("CY2023")
    )
    added = Target(id="more", measure="schools-good-or-outstanding", aim=Reach(95))
    amended = edition.amended(targets=[added, target])
    places = [each.id for each in edition.targets]
    assert [each.id for each in amended.targets] == [*places, "more"]
    assert amended.targets[places.index("ehcp-within-20-weeks")] is target
    assert amended.measures == edition.measures
    assert catalogue.load("strategic-priorities-2024-25") == edition != amended


def test_an_amended_plan_must_fit_together() -> None:
    plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="count")])
    with pytest.raises(PlanError) as caught:
        plan.amended(targets=[Target(id="t", measure="mm", aim=Reach(1))])
    assert [each.path for each in caught.value.problems] == ["$.targets[0].measure"]


def test_one_id_given_twice_is_refused_not_settled_by_order() -> None:
    plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="count")])
    twice = [Measure(id="m", title=title, unit="count") for title in ("One", "Two")]
    with pytest.raises(PlanError) as caught:
        plan.amended(measures=twice)
    assert [each.path for each in caught.value.problems] == ["$.measures[1].id"]


def test_only_items_can_be_added() -> None:
    with pytest.raises(InvalidTypeError, match="Target"):
        Plan(id="p", title="P").amended(targets=["t"])  # type: ignore[list-item]


# In documents


def test_an_item_with_a_known_id_replaces_the_fields_it_states_and_keeps_the_rest(below: Path) -> None:
    path = written(
        below.parent,
        "extends: below.yaml\ntargets:\n  - {id: one, baseline: {period: FY2023-24}, tolerance: {percent: 5}}\n",
    )
    plan, lower = load_plan(path), load_plan(below)
    (target,) = plan.targets
    assert target.baseline == Baseline("FY2023-24")
    assert target.tolerance == Margin(percent=5)
    assert (target.aim, target.due) == (lower.targets[0].aim, lower.targets[0].due)
    assert (plan.id, plan.title, plan.measures) == (lower.id, lower.title, lower.measures)


def test_an_item_with_a_new_id_comes_last(below: Path) -> None:
    path = written(
        below.parent,
        "extends: below.yaml\nmeasures:\n  - {id: three, title: Three, unit: count}\n  - {id: one, title: I}\n",
    )
    assert [(each.id, each.title) for each in load_plan(path).measures] == [
        ("one", "I"),
        ("two", "Two"),
        ("three", "Three"),
    ]


def test_null_clears_a_field(below: Path) -> None:
    path = written(
        below.parent,
        "extends: below.yaml\nsource: null\nmeasures:\n  - {id: one, frequency: null}\n"
        "targets:\n  - {id: one, tolerance: null}\n",
    )
    plan = load_plan(path)
    assert (plan.source, plan.measures[0].frequency, plan.targets[0].tolerance) == (None, None, None)


def test_extensions_stand_on_each_other(below: Path) -> None:
    written(below.parent, "extends: below.yaml\nid: middle\nmeasures: [{id: two, title: II}]\n", "middle.yaml")
    path = written(below.parent, "extends: middle.yaml\nmeasures: [{id: one, title: I}]\n")
    plan, origins = load_plan_with_origins(path)
    assert (plan.id, [each.title for each in plan.measures]) == ("middle", ["I", "II"])
    names = {key: Path(name).name for key, name in origins.items()}
    assert names["measures", "one", "title"] == "above.yaml"
    assert names["measures", "two", "title"] == "middle.yaml"
    assert names["measures", "two", "unit"] == "below.yaml"
    assert (names["id",], names["title",]) == ("middle.yaml", "below.yaml")


def test_a_document_of_another_format_can_be_extended(below: Path) -> None:
    (below.parent / "below.json").write_text(
        '{"format": "outcome-bees/1", "id": "j", "title": "In JSON"}', encoding="utf-8"
    )
    assert load_plan(written(below.parent, "extends: below.json\n")).title == "In JSON"


def test_the_example_says_what_is_the_editions_and_what_is_added() -> None:
    plan, origins = load_plan_with_origins(EXAMPLE)
    edition = catalogue.load("strategic-priorities-2024-25")
    assert origins["targets", "cla-three-or-more-homes", "aim"] == EDITION
    assert origins["targets", "cla-three-or-more-homes", "baseline"] == str(EXAMPLE)
    assert set(origins.values()) == {EDITION, str(EXAMPLE)}
    added = {key[2] for key, name in origins.items() if name == str(EXAMPLE) and len(key) == 3}
    assert added == {"frequency", "breaks", "baseline", "due"}
    assert [each.id for each in plan.measures] == [each.id for each in edition.measures]


def test_a_document_that_extends_nothing_states_all_of_itself(below: Path) -> None:
    plan, origins = load_plan_with_origins(below)
    assert plan == load_plan(below)
    assert set(origins.values()) == {str(below)}


# What goes wrong


def test_a_problem_is_told_in_the_document_that_states_it(below: Path) -> None:
    below.write_text(BELOW.replace("unit: count", "unit: percents or so"), encoding="utf-8")
    path = written(
        below.parent,
        "extends: below.yaml\ntargets:\n  - id: one\n    due: soon\n  - {id: new, measure: oen}\n",
    )
    found = {(Path(each.file or "").name, each.line, each.path) for each in problems(path)}
    assert found == {
        ("below.yaml", 8, "$.measures[1].unit"),
        ("above.yaml", 5, "$.targets[0].due"),
        ("above.yaml", 6, "$.targets[1].measure"),
    }


def test_a_field_cleared_that_must_be_there_is_the_clearers_problem(below: Path) -> None:
    (only,) = problems(written(below.parent, "extends: below.yaml\nmeasures:\n  - {id: two, title: null}\n"))
    assert (Path(only.file or "").name, only.line, only.message) == ("above.yaml", 4, "title is missing")


def test_an_id_stated_twice_is_refused(below: Path) -> None:
    text = "extends: below.yaml\nmeasures:\n  - {id: two, title: A}\n  - {id: two, title: B, unit: count}\n"
    (only,) = problems(written(below.parent, text))
    assert only.line == 5
    assert "already" in only.message


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("catalogue:strategic-priorities", "did you mean strategic-priorities-2024-25"),
        ("../other.yaml", "in the same folder or below"),
        ("/etc/hostname", "in the same folder or below"),
        ("[below.yaml]", '["below.yaml"]'),
        ("null", "given null"),
    ],
)
def test_what_cannot_be_extended_is_refused_where_it_is_said(tmp_path: Path, given: str, said: str) -> None:
    (only,) = problems(written(tmp_path, f"id: p\nextends: {given}\n"))
    assert (only.path, only.line) == ("$.extends", 3)
    assert said in only.message


def test_documents_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    written(tmp_path, "extends: above.yaml\n", "other.yaml")
    (only,) = problems(written(tmp_path, "extends: other.yaml\n"))
    assert "extends this document" in only.message


def test_collections_that_are_no_lists_and_items_without_id_are_problems_like_any(below: Path) -> None:
    text = "extends: below.yaml\nmeasures: [{title: X, unit: count}]\ntargets: all\n"
    found = {each.path for each in problems(written(below.parent, text))}
    assert found == {"$.measures[0]", "$.targets"}


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("strategic-priorities-2024-25", "did you mean catalogue:strategic-priorities-2024-25?"),
        ("plan-2018-2", "did you mean catalogue:plan-2018-21?"),
        ("''", "allowed: catalogue: and the name of an edition"),
        ("sub", "allowed: catalogue: and the name of an edition"),
        ("figures.csv", "allowed: catalogue: and the name of an edition"),
    ],
)
def test_what_no_document_can_extend_is_told_where_it_stands(given: str, meant: str, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "figures.csv").write_text("measure\n")
    path = written(tmp_path, f"extends: {given}\n")
    (problem,) = problems(path)
    assert (problem.file, problem.path, problem.line) == (str(path), "$.extends", 2)
    assert meant in problem.message


def test_a_file_that_cannot_be_extended_is_told_beside_the_place_that_names_it(tmp_path: Path) -> None:
    path = written(tmp_path, "extends: nothere.yaml\n")
    here, there = problems(path)
    assert (here.file, here.path, here.line) == (str(path), "$.extends", 2)
    assert "nothere.yaml" in here.message
    assert (there.file, there.message) == (str(tmp_path / "nothere.yaml"), "there is no such file")


def test_a_mistyped_id_is_shown_the_one_that_may_be_meant(tmp_path: Path) -> None:
    path = written(tmp_path, f"extends: {EDITION}\ntargets:\n  - {{id: ehcp-within-20-week, due: CY2024}}\n")
    told = {each.path: each for each in problems(path)}
    assert told["$.targets[0].id"].message.endswith("did you mean ehcp-within-20-weeks?")
    assert told["$.targets[0]"].message == "measure is missing"
    assert {each.line for each in told.values()} == {4}


def test_an_id_stated_twice_is_told_by_its_place_in_the_same_document(tmp_path: Path, below: Path) -> None:
    path = written(
        tmp_path, f"extends: {below.name}\nmeasures:\n  - {{id: two, title: A}}\n  - {{id: two, title: B}}\n"
    )
    (problem,) = problems(path)
    assert (problem.path, problem.line, problem.message) == (
        "$.measures[1].id",
        5,
        "'two' is the id of measures[0] already",
    )
