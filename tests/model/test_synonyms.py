"""Words that people have for the members of closed lists: refused, with the member that is meant."""

import io
from typing import Any

import pytest

from outcome_bees import (
    Comparator,
    DocumentError,
    Measure,
    Observation,
    PeriodError,
    load_observations,
    load_plan,
    vocabulary,
)
from outcome_bees.errors import InvalidValueError
from outcome_bees.periods import Period, YearType
from outcome_bees.serializers._class_fields import KINDS
from outcome_bees.synonyms import SYNONYMS, meant

OF_MEASURES: dict[str, dict[str | None, list[str]]] = {
    "direction": {
        "increase": ["up", "Up", "bigger is better", "high is good", "Higher", "more", "Ascending", "INCREASE", "rise"],
        "decrease": [
            "down",
            "low is good",
            "lower is better",
            "Descending",
            "fewer",
            "reduce",
            "decrese",
            "Low is Good",
        ],
        "maintain": ["stable", "no change", "Goldilocks", "keep", "maintian"],
        None: ["improve", "better", "neutral", "zzz"],
    },
    "frequency": {
        "yearly": ["annual", "Annually", "every year", "per annum", "anually", "Yearly"],
        "half_yearly": ["six-monthly", "half-yearly", "Half yearly", "twice a year", "biannual"],
        "quarterly": ["quarter", "Every quarter", "qtr", "quaterly"],
        "monthly": ["month", "each month", "Monthly "],
        "termly": ["term"],
        None: ["bi-monthly", "fortnightly", "biennial", "ad hoc"],
    },
    "calendar": {"financial": ["fiscal", "FY", "financial year"], "academic": ["AY", "acedemic"], None: ["zzz"]},
    "timing": {"cumulative": ["YTD", "year to date"], "snapshot": ["point in time", "as at"], "rolling": ["moving"]},
    "role": {"contextual": ["context", "for information"], "activity": ["output"], "outcome": ["impact"]},
    "kind": {"percentage": ["percent", "%"], "count": ["number"], "amount": ["£", "money"], "rating": ["grade"]},
}
CASES = [
    (field, word, member) for field, words in OF_MEASURES.items() for member, given in words.items() for word in given
]


@pytest.mark.parametrize(("field", "word", "member"), CASES)
def test_classes_and_yaml_refuse_a_word_with_the_member_that_is_meant(
    field: str, word: str, member: str | None
) -> None:
    fields: dict[str, Any] = {"id": "m", "title": "M", "unit": "percent", field: word}
    with pytest.raises(InvalidValueError) as caught:
        Measure(**fields)
    assert caught.value.hint == (f"did you mean {member}?" if member else None)
    text = (
        f'format: outcome-bees/1\nid: p\ntitle: P\nmeasures: [{{id: m, title: M, unit: percent, {field}: "{word}"}}]\n'
    )
    with pytest.raises(DocumentError) as refused:
        load_plan(io.StringIO(text), format="yaml")
    (problem,) = refused.value.problems
    assert problem.path == f"$.measures[0].{field}"
    assert problem.message.endswith(f"(did you mean {member}?)" if member else "'")


@pytest.mark.parametrize(
    ("column", "word", "member"),
    [
        *(("revision", "p", "provisional"), ("revision", "prov", "provisional"), ("revision", "updated", "revised")),
        *(("revision", "estimate", "forecast"), ("revision", "Final", "final"), ("revision", "actual", "final")),
        *(("absence", "redacted", "suppressed"), ("absence", "no data", "not_available")),
        *(("absence", "n/a", "not_available or not_applicable"), ("absence", "not available", "not_available")),
    ],
)
def test_classes_and_tables_do_so_too(column: str, word: str, member: str) -> None:
    given: dict[str, Any] = {"measure": "m", "period": "CY2024", "area": "a", column: word}
    given |= {} if column == "absence" else {"value": 1}
    with pytest.raises(InvalidValueError) as caught:
        Observation(**given)
    assert caught.value.hint == f"did you mean {member}?"
    with pytest.raises(DocumentError) as refused:
        load_observations(io.StringIO(f"{','.join(given)}\n{','.join(map(str, given.values()))}\n"), format="csv")
    assert f"(did you mean {member}?)" in str(refused.value.problems[0])


@pytest.mark.parametrize(
    ("word", "kind"), [("at least", "reach"), ("between", "stay_between"), ("top quartile", "rank")]
)
def test_the_kind_of_an_aim_is_suggested(word: str, kind: str) -> None:
    text = (
        "format: outcome-bees/1\nid: p\ntitle: P\nmeasures: [{id: m, title: M, unit: percent}]\n"
        f"targets: [{{id: t, measure: m, aim: {{kind: {word}, value: 5}}, due: CY2024}}]\n"
    )
    with pytest.raises(DocumentError) as refused:
        load_plan(io.StringIO(text), format="yaml")
    assert f"(did you mean {kind}?)" in refused.value.problems[0].message


def test_other_lists_do_so_as_well() -> None:
    with pytest.raises(InvalidValueError, match="did you mean pooled"):
        Comparator(id="c", title="C", areas=["a"], method="weighted average")
    with pytest.raises(PeriodError, match="did you mean financial"):
        Period.parse("2024/25", calendar="fiscal")


def test_every_synonym_is_of_one_member_of_a_list_that_there_is() -> None:
    lists = {name: {str(each) for each in getattr(vocabulary, name)} for name in SYNONYMS if hasattr(vocabulary, name)}
    lists |= {"YearType": {str(each) for each in YearType}, "Aim": set(KINDS), "Trajectory": set(KINDS)}
    assert lists.keys() == SYNONYMS.keys()
    for name, by_member in SYNONYMS.items():
        words = [word for several in by_member.values() for word in several.split("|")]
        assert len(words) == len(set(words)), name
        assert {each for member in by_member for each in member.split(" or ") if each} <= lists[name]
        assert not set(words) & lists[name]


def test_what_is_no_word_has_no_suggestion() -> None:
    for given in (None, 5, "x" * 1000, ""):
        assert meant("Direction", given, ("increase", "decrease", "maintain")) is None
