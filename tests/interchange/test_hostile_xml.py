"""XML that means harm is refused, at once and with an error of ours; nothing that it refers to is ever looked at."""

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from outcome_bees import DocumentError
from outcome_bees.errors import InvalidValueError, PeriodError

pytest.importorskip("lxml")

from outcome_bees.interchange import DiagnosticKind, from_iati, from_stratml
from outcome_bees.interchange._intake import EXTENSION
from outcome_bees.interchange._xml import MAX_XML, from_ncname, to_ncname

READERS = (from_stratml, from_iati)
Reader = Callable[..., Any]
ROOT = b'<PerformancePlanOrReport xmlns="urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport">'

HOSTILE = {
    "entities of entities": b'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><result>&b;</result>',
    "an external entity": b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><result>&a;</result>',
    "a parameter entity": b'<!DOCTYPE r [<!ENTITY % a SYSTEM "http://127.0.0.1:9/a">%a;]><result/>',
    "an external document type": b'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/a.dtd"><result/>',
    "a document type after a comment": b"<!-- a -->\n<?a b?><!DOCTYPE r [<!ATTLIST r a CDATA 'b'>]><result/>",
    "an entity that nobody declares": b"<result>&a;</result>",
    "deep nesting": b"<result>" * 500_000,
    "deep nesting of a plan": ROOT + b"<Goal>" * 200_000,
    "very many elements": b"<result>" + b"<a/>" * 2_000_000 + b"</result>",
    "very many attributes": b"<result " + b" ".join(b"a%d='1'" % each for each in range(60_000)) + b"/>",
    "an attribute twice": b"<result type='1' type='2'/>",
    "a long text": b"<result>" + b"x" * 12_000_000 + b"</result>",
    "a character that XML has not": b"<result>&#1;</result>",
    "a surrogate": b"<result>&#xD800;</result>",
    "a NUL": b"<result>\x00</result>",
    "UTF-16": "<result/>".encode("utf-16"),
    "bytes that are no UTF-8": b"<result>\xff</result>",
    "a namespace that is not declared": b"<a:result/>",
    "nothing": b"",
    "no XML": b"measure,period\n",
    "half a document": b"<result type='1'><title>",
    "two roots": b"<result/><result/>",
    "another vocabulary": b"<html><body/></html>",
    "an include": b"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd'/>",
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_in_little_time(reader: Reader, name: str) -> None:
    began = time.process_time()
    with pytest.raises(DocumentError) as refused:
        reader(io.BytesIO(HOSTILE[name]))
    assert time.process_time() - began < 2
    assert "root:" not in str(refused.value)
    assert len(str(refused.value)) < 1_000


@pytest.mark.parametrize("reader", READERS)
def test_a_file_that_is_larger_than_any_document_is_refused_unread(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "huge.xml"
    with path.open("wb") as file:
        file.truncate(100 * MAX_XML)
    began = time.process_time()
    with pytest.raises(DocumentError, match=r"huge\.xml"):
        reader(path)
    assert time.process_time() - began < 0.5
    with pytest.raises(DocumentError):
        reader(tmp_path)
    with pytest.raises(DocumentError):
        reader(tmp_path / "none.xml")


@pytest.mark.parametrize("part", [b"<Goal/>", b"<q>1</q>", b"<Goal><Name>same</Name></Goal>", b"<Organization/>"])
def test_what_is_allowed_and_means_little_is_read_within_bounds(part: bytes) -> None:
    count = 40_000
    text = ROOT + b"<StrategicPlanCore>" + part * count + b"</StrategicPlanCore></PerformancePlanOrReport>"
    began = time.process_time()
    found = from_stratml(io.BytesIO(text))
    assert time.process_time() - began < 20
    assert len(found.diagnostics) <= 1_001


def test_what_a_document_says_of_its_encoding_changes_nothing() -> None:
    plain = from_stratml(io.BytesIO(ROOT + b"<Name>Caf\xc3\xa9</Name></PerformancePlanOrReport>"))
    for encoding in (b"UTF-7", b"UTF-16", b"ISO-8859-1", b"nothing"):
        told = b'<?xml version="1.0" encoding="' + encoding + b'"?>\n' + ROOT
        found = from_stratml(io.BytesIO(told + b"<Name>Caf\xc3\xa9</Name></PerformancePlanOrReport>"))
        assert found.plan == plain.plan
        assert found.plan.title == "Café"


PIECES = st.sampled_from(
    [
        b"<Goal>", b"</Goal>", b"<Name>x</Name>", b"<Identifier>a.b</Identifier>", b"<StrategicPlanCore>",
        b"&amp;",
        b"</StrategicPlanCore>", b"<Objective>", b"</Objective>", b"<PerformanceIndicator>", b"<!-- a -->",
        b"<a b='c'/>",
        b"</PerformanceIndicator>", b"<MeasurementInstance><ActualResult>", b"</ActualResult></MeasurementInstance>",
        b"<EndDate>2025-03-31</EndDate>", b"<NumberOfUnits>1e9</NumberOfUnits>", b"<indicator measure='1'>",
        b"<period>", b"</indicator>", b"</period>", b"<actual value='1'/>", b"<target/>",
        b"<![CDATA[x]]>", b"<SequenceIndicator>9",
    ]
)  # fmt: skip


@given(pieces=st.lists(PIECES, max_size=25), raw=st.binary(max_size=10))
def test_whatever_is_given_is_read_or_refused_as_a_document(pieces: list[bytes], raw: bytes) -> None:
    for root, reader in ((b"PerformancePlanOrReport", from_stratml), (b"result", from_iati)):
        for text in (b"<%s>%s</%s>" % (root, b"".join(pieces), root), raw, b"<%s>%s" % (root, raw)):
            try:
                reader(io.BytesIO(text), area="E1")
            except DocumentError:
                continue


@given(st.text(st.characters(max_codepoint=0xD7FF), min_size=1))
def test_whatever_is_made_a_name_is_a_name_and_comes_back(text: str) -> None:
    name = to_ncname(text)
    assert from_ncname(name) == text
    assert name.isascii()
    assert not set(name) & set(" :/<>&\"'")
    assert not name[0].isdigit()


# What a document may state and no plan can have: it is left aside or cut, and that is noticed.

LONG, BLANK = "x" * 30_000, "\u00a0\u2003"
DATES = "<StartDate>{0}</StartDate><EndDate>{1}</EndDate>"


def plan_of(goal: str = "", indicators: str = "", about: str = "", name: str = "P") -> str:
    objective = f"<Objective><Name>O</Name>{indicators}</Objective>"
    core = f"<StrategicPlanCore><Goal><Name>G</Name>{goal or objective}</Goal></StrategicPlanCore>"
    about = f"<AdministrativeInformation>{about}</AdministrativeInformation>"
    return f"{ROOT.decode()}<Name>{name}</Name>{core}{about}</PerformancePlanOrReport>"


def indicator(id: str, *parts: str, unit: str = "", results: str = "") -> str:
    referents = "".join(f"<ReferentIdentifier>measure.{each}</ReferentIdentifier>" for each in parts)
    related = f'<Relationship RelationshipType="Broader_Than">{referents}</Relationship>' if parts else ""
    return (
        f"<PerformanceIndicator><MeasurementDimension>{id}</MeasurementDimension><UnitOfMeasurement>{unit}"
        f"</UnitOfMeasurement><Identifier>measure.{id}</Identifier>{related}{results}</PerformanceIndicator>"
    )


def result_of(values: str = "", start: str = "2024-04-01", end: str = "2025-03-31", title: str = "T") -> str:
    period = f'<period><period-start iso-date="{start}"/><period-end iso-date="{end}"/>{values}</period>'
    title = f"<title><narrative>{title}</narrative></title>"
    return f'<result type="2">{title}<indicator measure="2">{title}{period}</indicator></result>'


NO_SUCH_UNIT_HAS = (
    "<MeasurementInstance><TargetResult><NumberOfUnits>-5</NumberOfUnits></TargetResult></MeasurementInstance>"
)
UNUSUAL = {
    "measures that are parts of each other": (
        plan_of(indicators=indicator("a", "b") + indicator("b", "a")),
        "reference",
    ),
    "a ring of measures, and one beside it": (
        plan_of(indicators=indicator("a", "b") + indicator("b", "c") + indicator("c", "a") + indicator("d", "e", "a")),
        "reference",
    ),
    "a long name of a plan": (plan_of(name=LONG), "value"),
    "a long name of a goal": (plan_of(f"<Name>{LONG}</Name>"), "cardinality"),
    "a long action": (plan_of(f"<Objective><Name>O</Name><Description>{LONG}</Description></Objective>"), "value"),
    "a long source": (plan_of(about=f"<Source>{LONG}</Source>"), "value"),
    "names of blanks": (plan_of(f"<Objective><Name>{BLANK}</Name></Objective>", name=BLANK), "value"),
    "a source of blanks": (plan_of(about=f"<Source>{BLANK}</Source>"), "cardinality"),
    "days before any financial year": (plan_of(about=DATES.format("0001-01-01", "0001-03-31")), "cardinality"),
    "days after all financial years": (plan_of(about=DATES.format("9999-10-01", "9999-12-31")), "cardinality"),
    "a number beyond the top of a score": (
        plan_of(indicators=indicator("a", unit="score out of 4", results=NO_SUCH_UNIT_HAS)),
        "value",
    ),
    "a long part of a population": (
        result_of(f'<target value="1"><dimension name="{LONG}" value="v"/></target>'),
        "value",
    ),
    "titles of blanks": (result_of(title=BLANK), None),
    "a long comment": (
        result_of(f'<actual value="1"><location ref="A"/><comment><narrative>{LONG}</narrative></comment></actual>'),
        "value",
    ),
    "a result before any financial year": (result_of('<target value="1"/>', "0001-01-01", "0001-03-31"), None),
    "a result after all financial years": (result_of('<target value="1"/>', "9999-10-01", "9999-12-31"), None),
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_what_no_plan_can_have_is_noticed_and_the_rest_is_read(name: str) -> None:
    text, kind = UNUSUAL[name]
    reader = from_iati if text.startswith("<result") else from_stratml
    found = reader(io.BytesIO(text.encode()), calendar="financial")
    assert kind is None or kind in {each.kind for each in found.diagnostics}
    assert all(len(each) <= 20_000 for each in (found.plan.title, *(measure.title for measure in found.plan.measures)))


def test_of_measures_in_a_ring_none_has_parts_and_the_others_keep_theirs() -> None:
    found = from_stratml(
        io.BytesIO(
            plan_of(
                indicators=indicator("a", "b") + indicator("b", "a") + indicator("c", "d") + indicator("d")
            ).encode()
        )
    )
    assert {each.id: each.components for each in found.plan.measures} == {"a": (), "b": (), "c": ("d",), "d": ()}
    assert {each.value for each in found.losses} == {"measure.a", "measure.b", "Broader_Than"}


@pytest.mark.parametrize("reader", READERS)
def test_a_calendar_or_a_place_that_is_none_is_refused_whatever_the_document_has(reader: Reader) -> None:
    text = plan_of() if reader is from_stratml else result_of()
    with pytest.raises(PeriodError, match="calendar: given 'lunar'"):
        reader(io.BytesIO(text.encode()), calendar="lunar")
    with pytest.raises(InvalidValueError, match="area"):
        reader(io.BytesIO(text.encode()), area="?")


@pytest.mark.parametrize("reader", READERS)
def test_half_of_a_character_in_a_text_file_is_refused(reader: Reader) -> None:
    with pytest.raises(DocumentError) as refused:
        reader(io.StringIO("<result>\n\ud800</result>"))
    assert str(refused.value.problems[0]) == "line 2, $: it has half of a character"


def test_an_item_of_an_extension_that_is_of_no_collection_is_said() -> None:
    extension = f'{EXTENSION}\n{{"items": [{{"in": "wishes", "known_by": "a", "fields": {{}}}}], "order": {{}}}}'
    text = plan_of().replace(
        "<StrategicPlanCore>", f"<OtherInformation>{extension}</OtherInformation><StrategicPlanCore>"
    )
    found = from_stratml(io.BytesIO(text.encode()))
    assert [str(each.message) for each in found.diagnostics if each.kind is DiagnosticKind.EXTENSION] == [
        "of the extension: wishes is no collection of a plan"
    ]
