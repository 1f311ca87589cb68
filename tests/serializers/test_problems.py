"""A bad document is refused whole, with everything that is wrong with it, each thing where it stands."""

import io
import json
import pickle
from collections import OrderedDict
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from outcome_bees import DocumentError, Observations, Plan, Policy, Scorecard, Target, load_observations, load_plan
from outcome_bees.layouts import Source
from outcome_bees.serializers import documents, from_tree, load, validate, whole
from outcome_bees.serializers._paths import parse_path
from outcome_bees.serializers.yaml import load as yaml_tree

FORTY = Path(__file__).resolve().parents[1] / "documents" / "forty-mistakes.yaml"
HEAD = "format: outcome-bees/1\nid: p\ntitle: P\n"


def refused(text: str, format: str = "yaml") -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        load_plan(io.StringIO(text), format=format)
    return caught.value


def said(text: str, format: str = "yaml") -> str:
    (problem,) = refused(text, format).problems
    return str(problem)


def test_forty_planted_mistakes_are_forty_problems_each_on_its_line() -> None:
    planted = [number for number, line in enumerate(FORTY.read_text().splitlines(), 1) if "# wrong" in line]
    assert len(planted) == 40
    with pytest.raises(DocumentError) as caught:
        load_plan(FORTY)
    assert [each.line for each in caught.value.problems] == planted
    assert all(each.file == str(FORTY) and each.column for each in caught.value.problems)


def test_the_same_mistakes_stand_at_the_same_paths_in_json() -> None:
    # JSON cannot be written with the key that is there twice; all the rest is the same tree.
    tree = yaml_tree(FORTY.read_text().replace("    name: Be Braver  # wrong\n", ""))
    text = json.dumps(tree, indent=1, default=lambda number: int(number) if number == int(number) else float(number))
    with pytest.raises(DocumentError) as in_yaml:
        load_plan(FORTY)
    in_json = refused(text, "json")
    paths = {each.path for each in in_yaml.value.problems} - {"$.outcome_bees[1].name"}
    assert {each.path for each in in_json.problems} == paths
    lines = text.splitlines()
    for each in in_json.problems:
        last = parse_path(each.path)[-1]
        assert each.line is not None
        if isinstance(last, str):
            assert f'"{last}"' in lines[each.line - 1]


def test_toml_problems_have_their_lines_too() -> None:
    pytest.importorskip("tomllib")
    text = """\
format = "outcome-bees/1"
id = "p"
title = 5
[[measures]]
id = "a"
title = "A"
unit = "perc"
outcome_bees = ["be-safe",
  "be-sage"]
[[measures]]
id = "b"
title = "B"
unit = "percent"
links = [{scheme = "x", id = "y"}, {scheme = "x", id = "Z", title = "t"}]
[[targets]]
id = "t"
measure = "b"
aim.kind = "reach"
aim.value = "5"
[targets.tolerance]
"per cent" = 5
"""
    assert [(each.path, each.line, each.column) for each in refused(text, "toml").problems] == [
        ("$.title", 3, 1),
        ("$.measures[0].unit", 7, 1),
        ("$.measures[0].outcome_bees[1]", 9, 3),
        ("$.measures[1].links[0]", 14, 10),
        ("$.measures[1].links[1].id", 14, 51),
        ("$.targets[0].aim.value", 19, 1),
        ('$.targets[0].tolerance["per cent"]', 21, 1),
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "it is empty"),
        ("a: [1, 2", "not YAML"),
        ("5", "given 5; allowed: a mapping that begins with format: outcome-bees/1"),
        ("id: p\ntitle: P", "format is missing; allowed: format: outcome-bees/1"),
        ("format: other/1\nid: p\ntitle: P", 'given "other/1"; allowed: outcome-bees/1'),
        ("format: outcome-bees/1\n---\nid: p", "a second document is not allowed"),
        (HEAD + "source: &a x", "an anchor (&a) is not allowed"),
        (HEAD + "source: *a", "an alias (*a) is not allowed"),
        (HEAD + "source: !!python/object:os.system x", "a tag (tag:yaml.org,2002:python/object:os.system)"),
        (HEAD + "[a]: x", "a key must be plain text"),
        (HEAD + "period: 2018-21", "2018-21"),
        (HEAD + "source: 1.5", "given 1.5; allowed: text (put it in quotes)"),
        (HEAD + "id: q", "the key occurs twice, first on line 2"),
    ],
)
def test_what_is_no_document_is_told_in_words(text: str, what: str) -> None:
    assert what in said(text).replace("not JSON", "not YAML")


def test_what_is_too_long_in_toml_is_told_where_it_stands() -> None:
    head = HEAD.replace(": ", ' = "').replace("\n", '"\n')
    for wrong, what in (
        ("9" * 4301, "a key or number of more than 200 characters"),
        ('"' + "x" * 200_000 + '"', "a text of more than 200,000 characters"),
        ("{" + ".".join("abcdefghijklmnopq" * 10) + " = 1}", "a key of more than 8 parts"),
    ):
        (problem,) = refused(f"{head}source = {wrong}\n", "toml").problems
        assert (problem.line, problem.message) == (4, what)
    title = "a.b." * 4_000  # in quotes, and so no key
    assert load_plan(io.StringIO(f'{head}source = "{title}"\n'), format="toml").source == title


@pytest.mark.parametrize("first", ["", "format: other/1\n"])
def test_a_document_that_does_not_say_its_format_is_told_all_the_rest(first: str) -> None:
    problems = refused(f"{first}id: P\ntitle: 5\nsauce: x\n").problems
    assert [each.path for each in problems] == ["$.format" if first else "$", "$.id", "$.title", "$.sauce"]
    with pytest.raises(DocumentError) as caught:
        load_observations(io.StringIO(f"{first}observation: []\n"), format="yaml")
    told = {each.message for each in caught.value.problems}
    assert "observations is missing" in told
    assert "unknown key; allowed: format, observations (did you mean observations?)" in told
    assert len(told) == 3


def test_every_broken_rule_between_fields_is_told_beside_all_else() -> None:
    figure = "measure: m, period: CY2024, area: E 1, value: 1, absence: low, lower: 3, upper: 2, denominator: 0"
    with pytest.raises(DocumentError) as caught:
        load_observations(io.StringIO(f"format: outcome-bees/1\nobservations: [{{{figure}}}]"), format="yaml")
    told = {each.path.removeprefix("$.observations[0]"): each.message for each in caught.value.problems}
    assert told.keys() == {"", ".area", ".denominator", ".lower"}
    assert told[""].startswith("given both; allowed: exactly one of value and absence")
    columns = [each.partition(": ") for each in figure.split(", ")]
    table = f"{','.join(name for name, _, _ in columns)}\n{','.join(said for _, _, said in columns)}\n"
    with pytest.raises(DocumentError) as caught:
        load_observations(io.StringIO(table), format="csv")
    assert {each.path for each in caught.value.problems} == {"$", "$.area", "$.denominator", "$.lower"}
    target = "{id: t, measure: m, aim: {kind: complete}, trajectory: {kind: linear}, tolerance: {percent: 1}, dew: 1}"
    text = f"{HEAD}measures: [{{id: m, title: M, unit: percent}}]\ntargets: [{target}]\n"
    assert [each.path for each in refused(text).problems] == [
        "$.targets[0].trajectory",  # not to a milestone …
        "$.targets[0].tolerance",
        "$.targets[0].dew",
    ], "… and nothing is said of the due period, which may have been meant"


def test_rules_are_not_held_against_what_could_not_be_read() -> None:
    text = f"{HEAD}measures: [{{id: m, title: M, unit: precent, components: [a]}}]\n"
    assert [each.path for each in refused(text).problems] == ["$.measures[0].unit", "$.measures[0].components[0]"]


@pytest.mark.parametrize("format", ["json", "yaml", "csv"])
def test_of_very_many_problems_a_thousand_are_told_and_the_rest_counted(format: str, tmp_path: Path) -> None:
    figures = [{"measure": "m", "period": "CY2024", "area": "E1", "value": f"x{number}"} for number in range(2500)]
    text = json.dumps({"format": "outcome-bees/1", "observations": figures})
    if format == "csv":
        text = "measure,period,area,value\n" + "".join(f"m,CY2024,E1,x{number}\n" for number in range(2500))
    with pytest.raises(DocumentError) as caught:
        load_observations(io.StringIO(text), format=format)
    assert (len(caught.value.problems), caught.value.more) == (1000, 1500)
    assert "2,500 problems" in str(caught.value)
    assert "… and at least 2,450 more" in str(caught.value)
    assert "2,500 problems" in str(pickle.loads(pickle.dumps(caught.value)))
    (tmp_path / f"bad.{format}").write_text(text)
    found = validate(tmp_path / f"bad.{format}")
    if format == "csv":
        assert len(found) == 2500, "who asks for what is wrong is told all of it"
    else:
        assert len(found) == 1001
        assert found[-1].message == "and at least 1,500 further problems"


def test_a_key_without_end_does_not_make_a_message_without_end() -> None:
    for key in ("k" * 1_000_000, "ключ" * 100_000):
        error = refused(json.dumps({"format": "outcome-bees/1", "id": "p", "title": "P", key: 1}), "json")
        assert len(str(error)) < 1000


def test_null_says_the_same_as_leaving_out() -> None:
    for field in ("measures", "outcome_bees", "links", "adoption", "period", "source"):
        assert load_plan(io.StringIO(f"{HEAD}{field}: null\n"), format="yaml") == Plan(id="p", title="P")
    empty = ", ".join(f"{name}: null" for name in ("kind", "role", "components", "breaks", "unit"))
    nothing = ", ".join(f"{name}: null" for name in ("breakdown", "trajectory", "tolerance", "due", "agreed_with"))
    measures = "measures: [{id: m, title: M, kind: narrative}, {id: n, title: N, unit: count%s}]\n"
    text = HEAD + measures + "targets: [{id: t, measure: m, aim: null%s}]\n"
    plain = load_plan(io.StringIO(text % ("", "")), format="yaml")
    assert (
        load_plan(
            io.StringIO(text % (f", {empty.replace('unit: null', 'ended: null')}", f", {nothing}")), format="yaml"
        )
        == plain
    )
    assert [each.path for each in refused(f"{HEAD}measures: [{{id: null, title: M, unit: count}}]\n").problems] == [
        "$.measures[0].id"
    ]


def test_a_number_without_bounds_is_told_as_it_was_written() -> None:
    text = (
        HEAD
        + "measures: [{id: m, title: M, unit: count}]\ntargets: [{id: t, measure: m, aim: {kind: reach, value: %s}}]"
    )
    as_json = json.dumps(yaml_tree(text % 5), default=int).replace('"value": 5', '"value": 1e9999999999999999999999')
    assert said(as_json, "json").endswith("given 1e9999999999999999999999; allowed: a number of at most 30 digits")


def test_a_key_of_a_profile_is_told_itself() -> None:
    trajectory = "trajectory: {kind: profile, values: {CY20: 2}}"
    target = f"{{id: t, measure: m, aim: {{kind: reach, value: 5}}, {trajectory}}}"
    message = said(f"{HEAD}measures: [{{id: m, title: M, unit: count}}]\ntargets: [{target}]\n")
    assert "given 2" not in message
    assert "given 'CY20'" in message


def test_plain_trees_may_be_of_any_mappings_and_have_any_keys() -> None:
    tree = {
        "format": "outcome-bees/1",
        "id": "p",
        "title": "P",
        "measures": [OrderedDict(id="m", title="M", unit="count")],
    }
    assert from_tree(OrderedDict(tree)).measures[0].id == "m"
    wrong: Any = {**tree, None: 1, 5: 2}
    with pytest.raises(DocumentError) as caught:
        from_tree(wrong)
    assert [each.path for each in caught.value.problems] == ["$.None", '$["5"]']


def test_a_newer_format_fails_and_says_both_versions() -> None:
    message = said(HEAD.replace("outcome-bees/1", "outcome-bees/7"))
    assert "outcome-bees/7" in message
    assert "outcome-bees/1" in message
    assert "upgrade" in message


def test_an_older_format_is_brought_forward_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_CURRENT", 3)
    monkeypatch.setattr(
        documents, "MIGRATIONS", {1: lambda tree: {**tree, "title": "two"}, 2: lambda tree: {**tree, "source": "three"}}
    )
    plan = load_plan(io.StringIO(HEAD), format="yaml")
    assert (plan.title, plan.source) == ("two", "three")


@pytest.mark.parametrize("format", ["json", "yaml"])
def test_of_a_thousand_problems_fifty_are_shown_and_the_rest_counted(format: str) -> None:
    items = [{"id": f"m{number}", "title": "M", "unit": "percent", "wrong": 1} for number in range(1000)]
    text = json.dumps({"format": "outcome-bees/1", "id": "p", "title": "P", "measures": items})
    error = refused(text, format)
    assert len(error.problems) == 1000
    assert str(error).count("unknown key") == 50
    assert "… and 950 more" in str(error)


def test_references_are_checked_even_where_other_things_are_wrong() -> None:
    text = HEAD + "measures: [{id: a, title: A, unit: perc}]\ntargets: [{id: t, measure: b, aim: {kind: hold}}]\n"
    assert [each.path for each in refused(text).problems] == ["$.measures[0].unit", "$.targets[0].measure"]
    right = text.replace("measure: b", "measure: a")
    assert [each.path for each in refused(right).problems] == ["$.measures[0].unit"], "a wrong item can be referred to"


def test_a_problem_can_be_read_by_a_program() -> None:
    (problem,) = refused(HEAD + "sauce: x").problems
    facts = {name: getattr(problem, name) for name in ("file", "line", "column", "path", "message")}
    assert json.loads(json.dumps(facts))["path"] == "$.sauce"
    assert str(pickle.loads(pickle.dumps(problem))).endswith(problem.message)


@pytest.mark.parametrize(
    ("kind", "tree", "path"),
    [
        (Target, {"targets": [{"id": "t", "measure": "m"}, {"id": "T", "measure": "m"}]}, "$.targets[1].id"),
        (Target, {"targets": {}}, "$.targets"),
        (Target, {}, "$"),
        (Target, {"targets": [], "more": 1}, "$.more"),
        (Observations, {"observations": [{"measure": "m", "period": "CY2024", "area": "E1"}]}, "$.observations[0]"),
        (Plan, {"id": "p", "title": "P", "measures": [{"id": ["a"], "title": "A"}]}, "$.measures[0].id"),
        (Plan, {"id": "p", "title": "P", "outcome_bees": [["a"]]}, "$.outcome_bees[0]"),
        (Plan, {"id": "p", "title": "P", "period": {"a": 1}}, "$.period"),
    ],
)
def test_plain_trees_are_refused_at_their_paths(kind: Any, tree: dict[str, Any], path: str) -> None:
    with pytest.raises(DocumentError) as caught:
        from_tree({"format": "outcome-bees/1", **tree}, kind)
    assert caught.value.problems[0].path == path


def test_a_plain_tree_is_left_as_it_was() -> None:
    tree = {
        "format": "outcome-bees/1",
        "id": "p",
        "title": "P",
        "measures": [{"id": "a", "title": "A", "unit": "count"}],
    }
    before = json.dumps(tree)
    from_tree(tree)
    assert json.dumps(tree) == before


def test_two_figures_with_nothing_to_tell_them_apart_are_a_problem_of_the_later() -> None:
    items = [{"measure": "m", "period": "CY2024", "area": "E1", "value": value} for value in (1, 2)]
    text = json.dumps({"format": "outcome-bees/1", "observations": items}, indent=0)
    with pytest.raises(DocumentError) as caught:
        load_observations(io.StringIO(text), format="json")
    (problem,) = caught.value.problems
    assert problem.path == "$.observations[1]"
    assert "$.observations[0]" in problem.message
    collected = load_observations(io.StringIO(text), format="json", on_error="collect")
    assert len(collected.observations) == 1
    assert [each.path for each in collected.problems] == ["$.observations[1]"]


def test_validate_gives_what_loading_would_refuse(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.csv"
    good.write_text(HEAD)
    bad.write_text("measure,period,area,value\nm,CY2024,E1,\nm,CY2025,E1,1\nM,CY2026,E1,x\n")
    assert validate(good) == ()
    assert [each.line for each in validate(bad)] == [2, 4, 4]
    assert len(validate(FORTY)) == 40
    assert load(good).id == "p"


def large(path: Path, wrong: str) -> Path:
    items = ",\n".join(f'{{"id": "m{number}", "title": "{"t" * 900}", "unit": "count"}}' for number in range(1300))
    path.write_text(f'{{"format": "outcome-bees/1", "id": "p", "title": "P", "measures": [\n{items}],\n"{wrong}": 1}}')
    assert path.stat().st_size > 2**20
    return path


def test_a_large_file_is_read_again_for_its_lines(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        load_plan(large(tmp_path / "plan.json", "sauce"))
    assert [(each.path, each.line, each.column) for each in caught.value.problems] == [("$.sauce", 1302, 1)]


def test_no_line_is_told_of_a_large_file_that_has_changed_since(tmp_path: Path) -> None:
    document = documents.read(large(tmp_path / "plan.json", "sauce"))
    (tmp_path / "plan.json").write_text("{}")
    with pytest.raises(DocumentError) as caught:
        documents.structure(document)
    assert [(each.path, each.line) for each in caught.value.problems] == [("$.sauce", None)]


DOCUMENTS = {
    "plan": "format: outcome-bees/1\nid: p\ntitle: P\nmeasures: []\n",
    "observations": "format: outcome-bees/1\nobservations: []\n",
    "sources": "format: outcome-bees/1\nsources: []\n",
    "policy": "format: outcome-bees/1\npolicy: {id: ours}\n",
    "scorecard": "format: outcome-bees/1\nscorecard: {}\n",
}
KINDS = {"plan": Plan, "observations": Observations, "sources": Source, "policy": Policy, "scorecard": Scorecard}


@pytest.mark.parametrize(("given", "wanted"), list(permutations(KINDS, 2)))
def test_a_document_of_another_sort_is_one_problem_that_says_so(given: str, wanted: str) -> None:
    with pytest.raises(DocumentError) as caught:
        load(io.StringIO(DOCUMENTS[given]), KINDS[wanted], format="yaml")
    (problem,) = caught.value.problems
    assert problem.path == ("$" if given == "plan" else f"$.{given}")
    wording = {"plan": "a plan", "observations": "figures", "sources": "a list of sources"}
    names = {each: wording.get(each, f"a {each}") for each in KINDS}
    assert problem.message.startswith(f"given {names[given]}")
    assert problem.message.endswith(f"; allowed: {names[wanted]}")


def test_every_sort_of_document_that_is_told_apart_has_a_class_and_words() -> None:
    classes = {key: whole.kind_of(documents.Document({key: []}, None, "json", "")) for key in documents.SORTS}
    assert set(whole.LISTS.items()) <= {(kind, key) for key, kind in classes.items()}
    assert {classes["scorecard"], classes["policy"]} == {Scorecard, Policy}
    assert Plan not in classes.values()


def test_a_plan_without_its_id_is_still_a_plan() -> None:
    text = "format: outcome-bees/1\ntitle: P\ntargets: []\n"
    assert said(text) == "line 1, column 1, $: id is missing"
    assert [each.message for each in validate(io.StringIO(text), format="yaml")] == ["id is missing"]
