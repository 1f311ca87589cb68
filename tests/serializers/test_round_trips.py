"""What is written comes back equal, digit by digit, and is written the same again."""

import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import asdict
from hypothesis import given, strategies as st

from outcome_bees import (
    Evaluation,
    Observation,
    Observations,
    Plan,
    Priority,
    Profile,
    Reach,
    Scorecard,
    Target,
    catalogue,
    evaluate_plan,
)
from outcome_bees.exact import exact
from outcome_bees.serializers import (
    dump,
    dump_observations,
    dump_plan,
    from_tree,
    load,
    load_observations,
    load_plan,
    to_tree,
)
from outcome_bees.serializers.yaml import dump as yaml_text, load as yaml_tree
from outcome_bees.testing import observations, periods, plans, targets

DOCUMENTS = ("json", "yaml", "toml")
TABLES = ("csv", "xlsx", "parquet")
NEEDS = {"toml": "tomli_w", "xlsx": "xlsxwriter", "parquet": "polars"}
AS_OF = date(2025, 12, 31)


@pytest.mark.parametrize("number", ["0E+3", "1E+30", "1E-30", "-5E+2", "1.5E+7"])
def test_a_large_number_in_yaml_is_one_to_other_readers_too(number: str) -> None:
    yaml = pytest.importorskip("yaml")
    text = yaml_text({"value": Decimal(number)})
    assert yaml.safe_load(text) == {"value": float(number)}
    assert str(yaml_tree(text)["value"]) == str(yaml_tree(f"value: {number}")["value"]) == number


anything_visible = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=40)
awkward = st.sampled_from(
    [
        "=cmd()",
        "'=cmd()",
        "+1",
        "-",
        "@x",
        "\t=1",
        "\r\n",
        "a\rb",
        "\x85",
        "\x1b[0m",
        "\u2028",
        "\ufeffbom",
        "yes",
        "No",
        "~",
        "null",
        "1e5",
        "1_000",
        "2024-12",
        "0x10",
        "12:30:45",
        "- a",
        "? b",
        "a: b",
        "a #b",
        "#",
        "[",
        "{}",
        "&a",
        "*a",
        "!t",
        "|",
        ">",
        "%",
        "`",
        '"',
        "'",
        '"""',
        "\\",
        "\\n",
        "  lead",
        "trail ",
        "“curly’”",
        "é",
        "🐝",
        "\U0010ffff",
        "<<",
    ]
)
any_text = st.one_of(awkward, anything_visible).filter(lambda text: bool(text.strip()))
any_number = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9),
    st.sampled_from(["0", "0.00", "79.0", "0.10", "1E+30", "1E-30", "1.5E+3", "-95.125", "9" * 30]).map(Decimal),
)


def needs(format: str) -> None:
    if format in NEEDS:
        pytest.importorskip(NEEDS[format])


def written(thing: Any, format: str, **options: Any) -> bytes:
    file = io.BytesIO()
    write = dump_observations if format in TABLES or options else dump
    write(thing, file, format=format, **options)
    return file.getvalue()


def by_name(tree: Any) -> Any:
    """Put the parts of mappings in the order of their names: TOML writes tables last, and keeps no other order."""
    if isinstance(tree, Mapping):
        return {name: by_name(tree[name]) for name in sorted(tree)}
    return [by_name(each) for each in tree] if isinstance(tree, list | tuple) else tree


@pytest.mark.parametrize("format", DOCUMENTS)
@given(plan=plans())
def test_any_plan_comes_back_equal_and_is_written_the_same_again(format: str, plan: Plan) -> None:
    needs(format)
    once = written(plan, format)
    again = load_plan(io.BytesIO(once), format=format)
    assert again == plan
    kept = by_name if format == "toml" else lambda tree: tree
    assert repr(kept(asdict(again))) == repr(kept(asdict(plan))), "digits and order too"
    assert written(again, format) == once


@pytest.mark.parametrize("format", DOCUMENTS)
@given(texts=st.lists(any_text, min_size=3, max_size=3), number=any_number, period=periods())
def test_any_text_number_and_period_comes_back_as_it_was(
    format: str, texts: list[str], number: Decimal, period: Any
) -> None:
    needs(format)
    plan = Plan(
        id="p",
        title=texts[0],
        period=period,
        priorities=[Priority(id="a", title=texts[1], actions=texts)],
        source=texts[2],
        targets=[],
    )
    target = Target(
        id="t", measure="m", aim=Reach(number), breakdown={texts[0]: texts[1]}, trajectory=Profile({period: number})
    )
    assert load_plan(io.BytesIO(written(plan, format)), format=format) == plan
    (again,) = load(io.BytesIO(written([target], format)), Target, format=format)
    assert again == target
    assert str(again.aim.value) == str(exact(number)) or (format == "toml" and number == again.aim.value)


@given(drawn=st.lists(targets(), max_size=4))
def test_targets_pass_through_plain_trees(drawn: list[Target]) -> None:
    assert from_tree(to_tree(drawn) if drawn else {"format": "outcome-bees/1", "targets": []}, Target) == tuple(drawn)


def told_apart(drawn: list[Observation]) -> Observations:
    """Those of the figures that no other figure contradicts."""
    first: dict[Any, Observation] = {}
    for each in drawn:
        first.setdefault((each.measure, each.area, each.breakdown, each.period, each.known_on, each.revision), each)
    return Observations(first.values(), provisional_after_final_ok=True)


@pytest.mark.parametrize("format", [*TABLES, *DOCUMENTS])
@given(drawn=st.lists(observations(), max_size=8))
def test_any_observations_come_back_equal_and_in_order(format: str, drawn: list[Observation]) -> None:
    needs(format)
    figures = told_apart(drawn)
    once = written(figures, format)
    again = load_observations(io.BytesIO(once), format=format)
    assert again == figures
    assert written(again, format) == once
    if format not in ("xlsx", "parquet"):  # which keep numbers, and not how they were written
        assert [str(each.value) for each in again] == [str(each.value) for each in figures]


@pytest.mark.parametrize("format", [*TABLES, *DOCUMENTS])
@pytest.mark.parametrize("guard", [True, False])
@given(texts=st.lists(any_text, min_size=4, max_size=4), number=any_number)
def test_any_text_and_number_of_a_figure_comes_back_as_it_was(
    format: str, guard: bool, texts: list[str], number: Decimal
) -> None:
    needs(format)
    from outcome_bees.serializers import OwnLayout

    figure = Observation(
        measure="m",
        period="CY2024",
        area="E1",
        value=number,
        source=texts[0],
        note=texts[1],
        breakdown={texts[2]: texts[3]},
    )
    file = io.BytesIO()
    dump_observations([figure], file, format=format, guard=guard)
    file.seek(0)
    (again,) = load_observations(file, format=format, layout=OwnLayout(guard=guard))
    assert again == figure


@pytest.mark.parametrize("format", DOCUMENTS)
def test_a_scorecard_of_published_figures_comes_back_equal(format: str, shared: Path) -> None:
    needs(format)
    figures = load_observations(shared / "data" / "strategic_priorities_2024_25.csv")
    plan = catalogue.load("strategic-priorities-2024-25")
    card = evaluate_plan(plan, figures, as_of=AS_OF, area="E10000015")
    once = written(card, format)
    again = load(io.BytesIO(once), Scorecard, format=format)
    assert again == card
    assert written(again, format) == once
    assert load(io.BytesIO(written(card.evaluations, format)), Evaluation, format=format) == card.evaluations


@pytest.mark.parametrize("format", DOCUMENTS)
@given(plan=plans(), drawn=st.lists(observations(), max_size=5))
def test_any_scorecard_comes_back_equal(format: str, plan: Plan, drawn: list[Observation]) -> None:
    needs(format)
    figures = told_apart(drawn)
    card = evaluate_plan(plan, figures, as_of=AS_OF, area="E10000015", unknown_measures_ok=True)
    assert load(io.BytesIO(written(card, format)), Scorecard, format=format) == card


@pytest.mark.parametrize("format", ["json", "yaml", "toml"])
def test_numbers_are_written_as_numbers_with_the_digits_they_had(format: str) -> None:
    needs(format)
    target = Target(id="t", measure="m", aim=Reach("79.0"))
    text = written([target], format).decode()
    assert "79.0" in text
    assert '"79.0"' not in text
    whole = written([Target(id="t", measure="m", aim=Reach(95))], format).decode()
    assert "95.0" not in whole


@pytest.mark.parametrize("name", catalogue.names())
@pytest.mark.parametrize("format", DOCUMENTS)
def test_every_published_edition_goes_through_every_format(name: str, format: str) -> None:
    needs(format)
    plan = catalogue.load(name)
    assert load_plan(io.BytesIO(written(plan, format)), format=format) == plan


def test_a_path_and_an_open_file_of_text_or_bytes_give_the_same(tmp_path: Path) -> None:
    plan = Plan(id="p", title="É – a plan")
    dump_plan(plan, tmp_path / "p.yaml")
    with (tmp_path / "p.yaml").open("rb") as as_bytes, (tmp_path / "p.yaml").open(encoding="utf-8") as as_text:
        assert load_plan(as_bytes) == load_plan(as_text) == load_plan(str(tmp_path / "p.yaml")) == plan
    text = io.StringIO()
    dump_plan(plan, text, format="yaml")
    assert text.getvalue() == (tmp_path / "p.yaml").read_text(encoding="utf-8")
