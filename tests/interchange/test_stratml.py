"""A plan goes into StratML and comes back, equal but for what the report names; the document is as the standard is."""

import io
import os
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from outcome_bees import Hold, Measure, Observation, Plan, Target, catalogue, load_observations, load_plan
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.interchange import DiagnosticKind, Imported, from_stratml, to_iati, to_stratml
from outcome_bees.interchange.stratml import NAMESPACE_OF_STRATML, STRATML
from outcome_bees.serializers import to_tree

from .kept import Case, drawn, kept_fields, kept_figure_fields, kept_target_fields, kept_values, wrongly_reported

etree: Any = pytest.importorskip("lxml.etree")

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
HERE = "E10000015"


def read(document: bytes | str, **how: Any) -> Imported:
    return from_stratml(io.BytesIO(document.encode() if isinstance(document, str) else document), **how)


def faults(document: bytes) -> list[str]:
    return [str(each) for each in STRATML.diagnostics(etree.fromstring(document))]


@given(case=drawn())
def test_what_is_written_is_as_the_standard_has_it_and_no_identifier_is_there_twice(case: Case) -> None:
    document, _ = to_stratml(*case, area=HERE)
    assert faults(document) == []
    identifiers = re.findall(rb"<Identifier>(.*?)</Identifier>", document)
    assert len(set(identifiers)) == len(identifiers)


@given(case=drawn())
def test_every_field_is_kept_or_is_in_the_report_and_none_is_both(case: Case) -> None:
    plan, figures = case
    document, losses = to_stratml(plan, figures, area=HERE)
    back = read(document)
    for path, kept in kept_fields(plan, back.plan):
        assert kept != (path in losses.paths), path
    for path, kept in kept_values(figures, back.observations):
        assert kept or path in losses.paths, path
    kept_targets = [each for each in losses.paths if re.fullmatch(r"\$\.targets\[\d+\]", each)]
    assert not kept_targets, "every target has its result"
    assert len(back.plan.targets) == len(plan.targets)


@given(case=drawn())
def test_what_the_report_says_of_targets_and_figures_is_so_field_by_field(case: Case) -> None:
    plan, figures = case
    document, losses = to_stratml(plan, figures, area=HERE)
    back = read(document)
    assert wrongly_reported(kept_target_fields(plan, back.plan), losses.paths) == []
    assert wrongly_reported(kept_figure_fields(figures, back.observations), losses.paths) == []


@given(case=drawn())
def test_with_our_extensions_nothing_is_lost(case: Case) -> None:
    plan, figures = case
    document, losses = to_stratml(plan, figures, area=HERE, extensions=True)
    assert faults(document) == []
    assert not losses
    back = read(document)
    assert back.plan == plan
    assert list(back.observations) == figures
    assert not back.losses


@given(case=drawn(), extensions=st.booleans())
def test_the_same_plan_gives_the_same_bytes(case: Case, extensions: bool) -> None:
    plan, figures = case
    first = to_stratml(plan, figures, area=HERE, extensions=extensions)
    assert first == to_stratml(plan, figures, area=HERE, extensions=extensions)


def test_a_word_that_is_lost_is_nowhere_in_the_document_and_one_that_is_not_is_there(everything: Plan) -> None:
    """The report held against the document itself, whatever an importer makes of it."""
    figure = Observation(
        measure="w-measure", period="FY2024-25", area=HERE, value="51.75", source="Wfiguresource", note="Wnote"
    )
    document, losses = to_stratml(everything, [figure])
    text = document.decode()
    lost = " ".join(str(each.value) for each in losses)
    words = set(
        re.findall(r"\bW[a-z]+|\b(?:31\.25|42\.75|51\.75|1\.5)\b", f"{to_tree(everything)} {to_tree([figure])}")
    )
    assert len(words) > 25
    for word in words:
        assert (re.search(rf"\b{re.escape(word)}\b", text) is None) == (
            re.search(rf"\b{re.escape(word)}\b", lost) is not None
        ), word


def test_each_loss_has_a_reason_and_a_value(everything: Plan) -> None:
    _, losses = to_stratml(everything)
    by_path = {each.path: each for each in losses}
    assert by_path["$.period"].reason == "StratML has its first and last day only"
    assert by_path["$.measures[0].direction"].value == "decrease"
    assert by_path["$.targets[0].tolerance"].value == {"amount": Decimal("1.5")}
    assert "$.targets[0].aim" not in by_path
    assert "$.targets[0].baseline" not in by_path
    assert str(losses).startswith(f"{len(losses)} fields are lost:")


@pytest.mark.parametrize("name", catalogue.names())
def test_every_published_edition_goes_there_and_back(name: str) -> None:
    plan = catalogue.load(name)
    document, losses = to_stratml(plan)
    assert faults(document) == []
    back = read(document).plan
    assert [each.title for each in back.measures] == [each.title for each in plan.measures]
    assert all(kept != (path in losses.paths) for path, kept in kept_fields(plan, back))
    assert read(to_stratml(plan, extensions=True)[0]).plan == plan


def test_a_document_is_valid_by_the_schema_where_one_is_given(shared_schema: Path, everything: Plan) -> None:
    schema = etree.XMLSchema(etree.parse(str(shared_schema)))
    for plan in (everything, *map(catalogue.load, catalogue.names())):
        for extensions in (False, True):
            schema.assertValid(etree.fromstring(to_stratml(plan, extensions=extensions)[0]))


@pytest.fixture
def shared_schema() -> Path:
    """The schema, which has no licence that lets us bring it: a variable says where it is."""
    path = os.environ.get("OUTCOME_BEES_STRATML_XSD")
    if not path:
        pytest.skip("OUTCOME_BEES_STRATML_XSD does not say where the schema of StratML is")
    return Path(path)


def test_figures_of_several_places_need_one_to_be_said() -> None:
    plan = load_plan(EXAMPLES / "hertfordshire-2024-25.yaml")
    figures = load_observations(EXAMPLES / "hertfordshire.csv", plan)
    with pytest.raises(InvalidValueError, match="a document has one place"):
        to_stratml(plan, figures)
    document, losses = to_stratml(plan, figures, area=HERE)
    back = read(document)
    assert len(back.observations) == sum(each.area == HERE for each in figures)
    assert {each.reason for each in losses if each.path.endswith("]")} == {
        f"a document has one place, {HERE}",
        "StratML has no element for comparators",
    }
    with pytest.raises(InvalidValueError):
        to_stratml("plan")  # type: ignore[arg-type]  # the point of the test


def test_of_several_vintages_the_last_is_written_and_a_forecast_never() -> None:
    plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="count")])
    common: dict[str, Any] = {"measure": "m", "area": HERE}
    figures = [
        Observation(period="CY2024", value=2, recorded=date(2025, 6, 1), **common),
        Observation(period="CY2024", value=1, recorded=date(2025, 2, 1), **common),
        Observation(period="CY2026", value=3, revision="forecast", **common),
    ]
    document, losses = to_stratml(plan, figures)
    assert [each.value for each in read(document).observations] == [2]
    reasons = {each.path: each.reason for each in losses}
    assert reasons["$.observations[1]"] == "a later figure for the same period takes its place"
    assert reasons["$.observations[2]"] == "a forecast is no result"


@pytest.mark.parametrize("extensions", [False, True])
def test_what_is_larger_than_any_document_that_is_read_is_refused_before_it_is_written(extensions: bool) -> None:
    measure = Measure(id="m", title="M", unit="count")
    days = [date.fromordinal(730_000 + each) for each in range(15_000)]
    figures = [Observation(measure="m", period=each, area=HERE, value=1) for each in days]
    with pytest.raises(InvalidValueError, match=r"can be read again .*100,000 elements"):
        to_stratml(Plan(id="p", title="P", measures=[measure]), figures, extensions=extensions)


def test_what_is_no_observation_is_refused() -> None:
    plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="count")])
    for write in (to_stratml, to_iati):
        with pytest.raises(InvalidTypeError, match="observations"):
            write(plan, ["m"])  # type: ignore[list-item]  # the point of the test


# An importer is lenient, and says what it noticed.

PART_2 = f'<PerformancePlanOrReport xmlns="{NAMESPACE_OF_STRATML}" Type="Performance_Report">'
INDICATOR = """
<PerformanceIndicator PerformanceIndicatorType="Quantitative" ValueChainStage="Outcome">
  <SequenceIndicator>1.1.1</SequenceIndicator>
  <MeasurementDimension>Jobs</MeasurementDimension>
  <UnitOfMeasurement>{unit}</UnitOfMeasurement>
  <Identifier>_6a1</Identifier>
  <MeasurementInstance>{results}</MeasurementInstance>
</PerformanceIndicator>
"""


def document(results: str, unit: str = "Count", more: str = "", root: str = PART_2) -> str:
    indicator = INDICATOR.format(unit=unit, results=results)
    goal = "<Goal><Name>Prosperity</Name><Description/><Identifier>_91D3-A</Identifier>"
    core = f"<StrategicPlanCore>{goal}<Objective><Name>Work</Name>{indicator}</Objective></Goal></StrategicPlanCore>"
    end = root[1:].partition(" ")[0].rstrip(">")
    return f"{root}\n<Name>A plan</Name>{core}{more}</{end}>"


def kinds(imported: Imported) -> set[DiagnosticKind]:
    return {each.kind for each in imported.diagnostics}


def test_a_published_report_with_its_usual_faults_is_read() -> None:
    """Starts after ends, the baseline by its status, a result that is still to come, units in words."""
    text = document(
        "<TargetResult><StartDate>2023-06-30</StartDate><EndDate>2022-07-01</EndDate>"
        "<NumberOfUnits>18</NumberOfUnits></TargetResult>"
        "<ActualResult><StartDate>2022-06-30</StartDate><EndDate>2021-07-01Z</EndDate>"
        "<NumberOfUnits>15.50</NumberOfUnits><Descriptor><DescriptorName>Status</DescriptorName>"
        "<DescriptorValue>Baseline</DescriptorValue></Descriptor></ActualResult>"
        "<ActualResult><StartDate>2023-06-30</StartDate><EndDate>2022-07-01</EndDate><NumberOfUnits/>"
        "<Descriptor><DescriptorName>Status</DescriptorName><DescriptorValue>TBD</DescriptorValue></Descriptor>"
        "<Description>[To be determined]</Description></ActualResult>"
    )
    found = read(text, area=HERE)
    (target,) = found.plan.targets
    assert (target.aim.value, str(target.due)) == (18, "2022-07-01/2023-06-30")  # type: ignore[union-attr]
    assert target.baseline is not None
    assert (str(target.baseline.value), str(target.baseline.period)) == ("15.50", "2021-07-01/2022-06-30")
    (figure,) = found.observations
    assert (figure.absence, figure.note) == ("not_available", "[To be determined]")
    assert kinds(found) == {DiagnosticKind.DATES, DiagnosticKind.IDENTIFIER}
    assert [each.line for each in found.diagnostics if each.kind is DiagnosticKind.DATES] == [8, 8, 8]
    assert {each.value for each in found.losses} == {"TBD", "Status"}


@pytest.mark.parametrize(
    "root",
    [
        "<PerformancePlanOrReport>",
        '<PerformancePlanOrReport xmlns="http://www.stratml.net/PerformancePlanOrReport">',
        '<StrategicPlan xmlns="urn:ISO:std:iso:17469:tech:xsd:stratml_core">',
        '<StrategicPlan xmlns="http://www.stratml.net">',
        '<PerformancePlanOrReport xmlns="urn:schemas:AIIM:org:03201408:AdditionalElements">',
    ],
)
def test_every_dialect_is_read_by_local_names_and_that_is_said(root: str) -> None:
    found = read(document("", root=root))
    assert [each.title for each in found.plan.measures] == ["Jobs"]
    assert DiagnosticKind.DIALECT in kinds(found)


def test_any_order_of_elements_is_read_and_noticed() -> None:
    text = document(
        "<ActualResult><Description>as published</Description><NumberOfUnits>3</NumberOfUnits>"
        "<EndDate>2025-03-31</EndDate><StartDate>2024-04-01</StartDate></ActualResult>"
        "<TargetResult><NumberOfUnits>4</NumberOfUnits></TargetResult>"
    )
    found = read(text, area=HERE, calendar="financial")
    assert [(str(each.value), str(each.period), each.note) for each in found.observations] == [
        ("3", "FY2024-25", "as published")
    ]
    assert DiagnosticKind.ORDER in kinds(found)


@pytest.mark.parametrize(
    ("results", "kind"),
    [
        ("<ActualResult><EndDate>2025-03-31</EndDate><NumberOfUnits>18%</NumberOfUnits></ActualResult>", "value"),
        ("<ActualResult><EndDate>2025-03-31</EndDate><NumberOfUnits>1,234</NumberOfUnits></ActualResult>", "value"),
        ("<ActualResult><EndDate>31/03/2025</EndDate><NumberOfUnits>1</NumberOfUnits></ActualResult>", "dates"),
        ("<ActualResult><NumberOfUnits>1</NumberOfUnits></ActualResult>", "dates"),
        ("<ActualResult><EndDate>2025-02-30</EndDate></ActualResult>", "value"),
        ("<Wonder>1</Wonder>", "unknown_element"),
        ("<ActualResult colour='red'/>", "attribute"),
        ("<ActualResult><EndDate>2025-03-31</EndDate><EndDate>2025-03-31</EndDate></ActualResult>", "cardinality"),
        ("<ActualResult><EndDate>2025-03-31</EndDate></ActualResult>" * 2, "figure"),
    ],
)
def test_what_is_not_as_it_should_be_is_noticed_with_its_line_and_the_rest_is_read(results: str, kind: str) -> None:
    found = read(document(results), area=HERE)
    assert kind in kinds(found)
    assert all(each.line == 8 for each in found.diagnostics if each.kind == kind)
    assert [each.title for each in found.plan.measures] == ["Jobs"]


def test_a_unit_that_is_not_known_is_no_unit_and_is_noticed() -> None:
    found = read(document("", unit="Dollar Amount"))
    assert found.plan.measures[0].unit is None
    assert DiagnosticKind.UNIT in kinds(found)
    for label, code in {"percent": "percent", "Rate per 10,000": "per_10000", "%": "percent", "RANK": "rank"}.items():
        assert str(read(document("", unit=label)).plan.measures[0].unit) == code


def test_identifiers_that_occur_twice_and_references_to_nothing_are_noticed() -> None:
    more = "<AdministrativeInformation><Identifier>_6a1</Identifier></AdministrativeInformation>"
    text = document("", more=more).replace(
        "<Identifier>_6a1</Identifier>\n",
        "<Identifier>_6a1</Identifier>\n<Relationship><ReferentIdentifier>gone</ReferentIdentifier></Relationship>",
    )
    found = read(text)
    assert {DiagnosticKind.IDENTIFIER, DiagnosticKind.REFERENCE} <= kinds(found)
    assert "gone" in {each.value for each in found.losses}


def test_everything_without_a_place_is_in_the_report_with_its_line() -> None:
    more = "\n<Submitter><GivenName>A</GivenName><EmailAddress>b</EmailAddress></Submitter>"
    text = document("", more=more).replace(
        "<StrategicPlanCore>",
        "<StrategicPlanCore><Organization><Name>O</Name></Organization><Vision><Description>V</Description></Vision>"
        "<Mission><Description>M</Description></Mission><Value><Name>W</Name></Value>",
    )
    found = read(text)
    assert {each.value for each in found.losses} == {"O", "V", "M", "W", "A", "b"}
    assert all(each.line is not None and each.path.startswith("/PerformancePlanOrReport/") for each in found.losses)


def test_figures_without_a_place_are_left_aside_unless_one_is_given() -> None:
    text = document("<ActualResult><EndDate>2025-03-31</EndDate><NumberOfUnits>7</NumberOfUnits></ActualResult>")
    assert len(read(text).observations) == 0
    assert DiagnosticKind.FIGURE in kinds(read(text))
    assert [each.area for each in read(text, area=HERE).observations] == [HERE]


def test_an_extension_that_no_longer_fits_is_left_aside_and_that_is_said(everything: Plan) -> None:
    document, _ = to_stratml(everything, extensions=True)
    changed = document.replace(b">Wmeasure<", b">Another measure<")
    found = read(changed)
    assert found.plan.measures[0].title == "Another measure"
    assert found.plan.measures[0].direction is None
    assert found.plan.ambitions == everything.ambitions
    assert DiagnosticKind.EXTENSION in kinds(found)
    for broken in (document.replace(b'"items"', b'"thing"'), document.replace(b'"beside"', b'"fields2"')):
        assert DiagnosticKind.EXTENSION in kinds(read(broken)) or read(broken).plan == everything


def test_aims_that_need_no_number_are_said_in_words() -> None:
    measure = Measure(id="m", title="M", unit="count", direction="increase")
    plan = Plan(id="p", title="P", measures=[measure], targets=[Target(id="m-target", measure="m", aim=Hold())])
    document, losses = to_stratml(plan)
    assert b"<Description>Hold at the baseline</Description>" in document
    assert losses.paths == ("$.measures[0].direction",)
    assert read(document).plan.targets == plan.targets


def test_a_code_whose_days_are_not_those_of_the_result_is_not_believed() -> None:
    text = document(
        "<ActualResult><StartDate>2024-04-01</StartDate><EndDate>2025-03-31</EndDate><NumberOfUnits>1</NumberOfUnits>"
        "<Descriptor><DescriptorName>Period</DescriptorName><DescriptorValue>FY2023-24</DescriptorValue></Descriptor>"
        "</ActualResult>"
    )
    found = read(text, area=HERE)
    assert [str(each.period) for each in found.observations] == ["2024-04-01/2025-03-31"]
    assert any("not those of FY2023-24" in each.message for each in found.diagnostics)


def test_elements_of_other_namespaces_are_noticed_and_left_aside() -> None:
    found = read(document("<x:more xmlns:x='urn:x'><x:deep>1</x:deep></x:more>"))
    assert DiagnosticKind.UNKNOWN_ELEMENT in kinds(found)
    assert {each.value for each in found.losses} == {"1"}


def test_white_space_around_a_text_is_lost_and_said() -> None:
    plan = Plan(id="p", title=" P\ufffe ", measures=[Measure(id="m", title=" M ", unit="count")])
    _, losses = to_stratml(plan)
    assert {each.path: each.reason for each in losses} == {
        "$.title": "it has a character that no XML can hold",
        "$.measures[0].title": "white space around a text is not kept",
    }
    assert read(to_stratml(plan, extensions=True)[0]).plan == plan
