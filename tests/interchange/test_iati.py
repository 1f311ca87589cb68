"""Figures go into IATI results and come back, equal but for what the report names, in the order of the standard."""

import io
import os
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from outcome_bees import Baseline, Measure, Observation, Plan, Reach, Target, catalogue, load_observations, load_plan
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.interchange import DiagnosticKind, IatiEnvelope, Imported, from_iati, to_iati
from outcome_bees.interchange.iati import IATI_RESULT
from outcome_bees.serializers import to_tree

from .kept import Case, drawn, kept_fields, kept_figure_fields, kept_target_fields, kept_values, wrongly_reported

etree: Any = pytest.importorskip("lxml.etree")

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
HERE = "E10000015"
ENVELOPE = IatiEnvelope(
    identifier="GB-LAE-HRT-plan",
    organisation="GB-LAE-HRT",
    organisation_name="Hertfordshire",
    description="The plan for children.",
    started=date(2024, 4, 1),
)


def read(document: bytes | str, **how: Any) -> Imported:
    return from_iati(io.BytesIO(document.encode() if isinstance(document, str) else document), **how)


def faults(document: bytes) -> list[str]:
    root = etree.fromstring(document)
    results = [root] if root.tag == "result" else root.findall(".//result")
    return [str(each) for result in results for each in IATI_RESULT.diagnostics(result)]


@given(case=drawn(measured=True))
def test_what_is_written_is_as_the_standard_has_it(case: Case) -> None:
    for envelope in (None, ENVELOPE):
        document, _ = to_iati(*case, envelope=envelope)
        assert faults(document) == []


@given(case=drawn(measured=True))
def test_every_field_is_kept_or_is_in_the_report_and_none_is_both(case: Case) -> None:
    plan, figures = case
    document, losses = to_iati(plan, figures)
    back = read(document)
    for path, kept in kept_fields(plan, back.plan):
        assert kept != (path in losses.paths), path
    for path, kept in kept_values(figures, back.observations):
        assert kept or path in losses.paths, path
    whole = [each for each in losses.paths if re.fullmatch(r"\$\.observations\[\d+\]", each)]
    assert len(back.observations) == len(figures) - len(whole)


@given(case=drawn(measured=True))
def test_what_the_report_says_of_targets_and_figures_is_so_field_by_field(case: Case) -> None:
    plan, figures = case
    document, losses = to_iati(plan, figures)
    back = read(document)
    assert wrongly_reported(kept_target_fields(plan, back.plan), losses.paths) == []
    assert wrongly_reported(kept_figure_fields(figures, back.observations), losses.paths) == []


@given(case=drawn(measured=True))
def test_with_our_extensions_nothing_is_lost(case: Case) -> None:
    plan, figures = case
    document, losses = to_iati(plan, figures, extensions=True)
    assert faults(document) == []
    assert not losses
    back = read(document)
    assert back.plan == plan
    assert list(back.observations) == figures
    assert not back.losses


@given(case=drawn(measured=True))
def test_figures_of_whole_days_come_back_as_they_were(case: Case) -> None:
    """Place, part of the population, value and note have their places; a period is what its days are."""
    plan, figures = case
    plain = {
        (each.measure, each.area, each.breakdown, each.period.end): Observation(
            measure=each.measure, area=each.area, breakdown=each.breakdown, period=each.period.end, value=each.value
        )
        for each in figures
        if each.value is not None and plan.measure(each.measure).kind != "narrative"
    }
    document, losses = to_iati(plan, plain.values())
    assert not [each for each in losses.paths if each.startswith("$.observations[")]
    assert set(read(document).observations) == set(plain.values())


def test_a_word_that_is_lost_is_nowhere_in_the_document_and_one_that_is_not_is_there(everything: Plan) -> None:
    figure = Observation(
        measure="w-measure", period="FY2024-25", area=HERE, value="51.75", source="Wfiguresource", note="Wnote"
    )
    document, losses = to_iati(everything, [figure])
    lost = " ".join(str(each.value) for each in losses)
    words = set(re.findall(r"\bW[a-z]+|\b(?:31\.25|51\.75|1\.5)\b", f"{to_tree(everything)} {to_tree([figure])}"))
    assert len(words) > 25
    for word in words:
        assert (re.search(rf"\b{re.escape(word)}\b", document.decode()) is None) == (
            re.search(rf"\b{re.escape(word)}\b", lost) is not None
        ), word


def test_the_examples_go_there_and_back_with_every_place() -> None:
    plan = load_plan(EXAMPLES / "hertfordshire-2024-25.yaml")
    figures = load_observations(EXAMPLES / "hertfordshire.csv", plan)
    document, losses = to_iati(plan, figures, envelope=ENVELOPE)
    back = read(document)
    present = [each for each in figures if each.value is not None]
    assert len(back.observations) == len(present)
    assert sorted((each.measure, each.area, each.value, each.period.end) for each in back.observations) == sorted(
        (each.measure, each.area, each.value, each.period.end) for each in present
    )
    reasons = {each.reason for each in losses if re.fullmatch(r"\$\.observations\[\d+\]", each.path)}
    assert reasons == {"an actual of IATI has a number: an absent figure is left out"}


@pytest.mark.parametrize("name", [each for each in catalogue.names() if catalogue.load(each).measures])
def test_every_published_edition_goes_there_and_back_with_extensions(name: str) -> None:
    plan = catalogue.load(name)
    document, losses = to_iati(plan, extensions=True)
    assert faults(document) == []
    assert not losses
    assert read(document).plan == plan


def test_a_document_is_valid_by_the_schema_where_one_is_given(everything: Plan) -> None:
    path = os.environ.get("OUTCOME_BEES_IATI_XSD")
    if not path:
        pytest.skip("OUTCOME_BEES_IATI_XSD does not say where the schema of IATI activities 2.03 is")
    schema = etree.XMLSchema(etree.parse(path))
    figures = [
        Observation(measure="w-measure", period="FY2024-25", area=HERE, value=5, breakdown={"sex": "girls"}, note="n")
    ]
    for plan in (everything, catalogue.load("strategic-priorities-2024-25")):
        for extensions in (False, True):
            for envelope in (None, ENVELOPE):
                document, _ = to_iati(plan, figures, envelope=envelope, extensions=extensions)
                schema.assertValid(etree.fromstring(document))


def test_a_direction_ascends_or_descends_and_is_absent_where_it_is_not_stated() -> None:
    measures = [
        Measure(id=f"m-{each}", title="M", unit="percent", direction=each)
        for each in ("increase", "decrease", "maintain")
    ]
    plan = Plan(id="p", title="P", measures=[*measures, Measure(id="m", title="M", unit="rank")])
    document, losses = to_iati(plan)
    found = [each.attrib for each in etree.fromstring(document).iter("indicator")]
    assert [dict(each) for each in found] == [
        {"measure": "2", "ascending": "true"},
        {"measure": "2", "ascending": "false"},
        {"measure": "2"},
        {"measure": "4"},
    ]
    assert losses.paths == ("$.id", "$.measures[2].direction") or losses.paths == ("$.measures[2].direction",)


def test_an_absent_figure_is_left_out_and_never_a_zero() -> None:
    plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="count")])
    figures = [Observation(measure="m", period="CY2024", area=HERE, absence="suppressed")]
    document, losses = to_iati(plan, figures)
    assert b"<actual" not in document
    assert losses.paths == ("$.observations[0]",)


def test_a_plan_without_measures_is_no_result() -> None:
    with pytest.raises(InvalidValueError, match="at least one measure"):
        to_iati(Plan(id="p", title="P"))


@pytest.mark.parametrize("language", ["", "\x00", "e", "en gb", None])
def test_a_language_that_is_none_is_refused(language: Any) -> None:
    plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="count")])
    with pytest.raises(InvalidValueError, match="language"):
        to_iati(plan, language=language)
    assert to_iati(plan, language="en-GB")[0].count(b'xml:lang="en-GB"') == 3


@pytest.mark.parametrize("name", ["title", "country", "organisation"])
def test_what_is_no_text_is_no_part_of_an_envelope(name: str) -> None:
    with pytest.raises(InvalidTypeError, match="given 5; allowed: text"):
        evolve(ENVELOPE, **{name: 5})  # type: ignore[arg-type]  # the point of the test


# An importer is lenient, and says what it noticed.

RESULT = """<result type="{type}"><title><narrative xml:lang="en">A result</narrative></title>
<indicator measure="{measure}" {more}>
<title><narrative>Jobs</narrative><narrative xml:lang="fr">Emplois</narrative></title>
{periods}</indicator></result>"""
PERIOD = """<period><period-start iso-date="{start}"/><period-end iso-date="{end}"/>{values}</period>"""


def result(values: str = "", start: str = "2024-04-01", end: str = "2025-03-31", **how: str) -> str:
    facts = {"type": "2", "measure": "2", "more": "", "periods": PERIOD.format(start=start, end=end, values=values)}
    return RESULT.format(**facts | how)


def test_another_publishers_result_is_read() -> None:
    values = (
        '<target value="95"><location ref="E10000015"/></target>'
        '<actual value="94.50"><location ref="E10000015"/><dimension name="sex" value="girls"/>'
        "<comment><narrative>Provisional</narrative></comment></actual>"
    )
    found = read(result(values, more='ascending="1"'), calendar="financial")
    (measure,) = found.plan.measures
    assert (measure.title, str(measure.unit), measure.direction) == ("Jobs", "percent", "increase")
    (target,) = found.plan.targets
    assert (target.aim, str(target.due), target.area) == (Reach(95), "FY2024-25", HERE)
    (figure,) = found.observations
    assert (str(figure.value), dict(figure.breakdown), figure.note) == ("94.50", {"sex": "girls"}, "Provisional")
    assert [each.value for each in found.losses] == ["Emplois", "fr"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (result('<actual value="n/a"/>'), "value"),
        (result('<actual value=""/>'), "figure"),
        (result('<actual value="1"/>'), "figure"),
        (result('<actual value="1"><location ref="?"/></actual>'), "identifier"),
        (result('<actual value="1"><location ref="A"/><location ref="B"/></actual>'), "cardinality"),
        (result('<actual value="1"><location ref="A"/><dimension name="x"/></actual>'), "attribute"),
        (result('<actual value="1"><comment><narrative>n</narrative></comment><location ref="A"/></actual>'), "order"),
        (result(start="2025-04-01", end="2024-03-31"), "dates"),
        (result(start="2024", end="2024"), "dates"),
        (result(measure="banana"), "attribute"),
        (result(measure="1"), "unit"),
        (result(type="7"), "attribute"),
        (result(periods='<baseline value="1"/>'), "attribute"),
        (result(periods='<baseline year="2020" value="1"/>'), "cardinality"),
        ("<iati-activities version='2.02'><iati-activity/></iati-activities>", "dialect"),
        (result(periods="<wonder/>"), "unknown_element"),
    ],
)
def test_what_is_not_as_it_should_be_is_noticed_and_the_rest_is_read(text: str, kind: str) -> None:
    found = read(text)
    assert kind in {each.kind for each in found.diagnostics}
    assert all(each.line for each in found.diagnostics)


def test_a_baseline_that_can_only_be_of_one_target_is_that_targets() -> None:
    measure = Measure(id="m", title="M", unit="count", direction="increase")
    base = Baseline("2024-03-31", 40)
    target = Target(id="m-target", measure="m", aim=Reach(50), due="2025-03-31", baseline=base)
    document, losses = to_iati(Plan(id="p", title="P", measures=[measure], targets=[target]))
    assert not losses
    assert read(document).plan.targets == (target,)


def test_what_an_activity_has_beside_its_results_is_in_the_report() -> None:
    plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="count")])
    losses = read(to_iati(plan, envelope=ENVELOPE)[0]).losses
    assert "GB-LAE-HRT-plan" in {each.value for each in losses}
    assert DiagnosticKind.CARDINALITY in {each.kind for each in read("<iati-activities/>").diagnostics}


@pytest.mark.parametrize(
    ("start", "end", "calendar", "code"),
    [
        ("2024-04-01", "2025-03-31", "financial", "FY2024-25"),
        ("2024-09-01", "2025-08-31", "school", "SY2024-25"),
        ("2024-04-01", "2024-09-30", "financial", "FY2024-25-H1"),
        ("2025-01-01", "2025-03-31", "financial", "FY2024-25-Q4"),
        ("2025-01-01", "2025-12-31", "calendar", "CY2025"),
        ("2024-12-01", "2024-12-31", "financial", "2024-12"),
        ("2024-12-01", "2024-12-30", "financial", "2024-12-01/2024-12-30"),
        ("2024-04-01", "2025-03-31", "academic", "2024-04-01/2025-03-31"),
        ("2024-04-01", "2025-03-31", None, "2024-04-01/2025-03-31"),
        ("2025-03-31", "2025-03-31", "financial", "2025-03-31"),
    ],
)
def test_whole_years_and_their_parts_are_read_by_the_calendar_that_is_said(
    start: str, end: str, calendar: str | None, code: str
) -> None:
    text = result('<actual value="1"><location ref="A"/></actual>', start=start, end=end)
    assert [str(each.period) for each in read(text, calendar=calendar).observations] == [code]
