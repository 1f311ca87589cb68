"""What is published is the same, byte for byte, whatever the hidden numbers are."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib.util import find_spec

import pytest

pytest.importorskip("matplotlib", reason="the extra 'report' is not installed")
pytest.importorskip("jinja2", reason="the extra 'report' is not installed")
pytest.importorskip("docx", reason="the extra 'report' is not installed")
pytest.importorskip("xlsxwriter", reason="the extra 'report' is not installed")

from hypothesis import HealthCheck, given, settings, strategies as st

from outcome_bees import (
    STANDARD,
    Baseline,
    Beat,
    Comparator,
    Hold,
    Improve,
    Measure,
    Observation,
    Observations,
    Plan,
    Policy,
    Rank,
    Reach,
    Scorecard,
    Target,
    evaluate_plan,
)
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.reports import charts
from outcome_bees.reports.commentary import Commentary
from outcome_bees.reports.contents import contents_of
from outcome_bees.reports.publish import (
    Disclosure,
    Part,
    Whole,
    hidden_figures,
    published,
    unchecked_measures,
)
from outcome_bees.reports.report import report_bytes
from outcome_bees.serializers import dump
from outcome_bees.vocabulary import Absence, Reason, Status

HERE, THERE = "E10000015", "E10000016"
RULE = Disclosure(below=6, source="Publication policy, section 4")
GIRLS, BOYS, ALL = (Part("exclusions", HERE, by) for by in ({"sex": "girls"}, {"sex": "boys"}, {}))

PLAN = Plan(
    id="p",
    title="P",
    measures=[
        Measure(id="exclusions", title="Exclusions", unit="child", direction="decrease", frequency="yearly"),
        Measure(id="share", title="Share excluded", unit="percent", direction="decrease", frequency="yearly"),
        Measure(id="whole", title="Both", kind="compound", components=["exclusions", "share"]),
    ],
    targets=[
        Target(id="reach", measure="exclusions", aim=Reach(4), due="CY2025"),
        Target(id="improve", measure="exclusions", aim=Improve(), baseline=Baseline(period="CY2023"), due="CY2025"),
        Target(id="girls", measure="exclusions", aim=Reach(4), due="CY2025", breakdown={"sex": "girls"}),
        Target(id="hold", measure="share", aim=Hold(), baseline=Baseline(period="CY2023"), due="CY2025"),
        Target(id="beat", measure="share", aim=Beat("kent"), due="CY2025"),
        Target(id="rank", measure="share", aim=Rank(1, 2), due="CY2025"),
    ],
    comparators=[Comparator(id="kent", title="Kent", areas=[THERE])],
)
DENOMINATOR = 400


def figures_of(counts: dict[tuple[str, int, str], int]) -> Observations:
    """Counts by place, year and sex; the share of all is made of the count of all."""
    found = []
    for (area, year, sex), count in counts.items():
        by = {} if sex == "all" else {"sex": sex}
        found.append(
            Observation(
                measure="exclusions", period=f"CY{year}", area=area, value=count, breakdown=by, note=f"n={count}"
            )
        )
        if sex == "all":
            value = Decimal(count * 100) / DENOMINATOR
            found.append(
                Observation(
                    measure="share",
                    period=f"CY{year}",
                    area=area,
                    value=value,
                    numerator=count,
                    denominator=DENOMINATOR,
                    lower=value / 2,
                    upper=value * 2,
                )
            )
    return Observations(found)


def card_of(figures: Observations) -> Scorecard:
    return evaluate_plan(PLAN, figures, as_of=date(2026, 6, 1), area=HERE)


KEYS = [(area, year, sex) for area in (HERE, THERE) for year in (2023, 2024, 2025) for sex in ("all", "girls", "boys")]


@st.composite
def twins(draw: st.DrawFn) -> tuple[Observations, Observations]:
    """Two tables of figures that differ only in numbers that the rule hides."""
    one: dict[tuple[str, int, str], int] = {}
    other: dict[tuple[str, int, str], int] = {}
    for key in KEYS:
        small = draw(st.booleans())
        if small:
            one[key], other[key] = draw(st.integers(1, 5)), draw(st.integers(1, 5))
        else:
            one[key] = other[key] = draw(st.sampled_from([0, 6, 7, 30, 120]))
    return figures_of(one), figures_of(other)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(twins())
@pytest.mark.parametrize("format", ["html", "xlsx"])
def test_every_format_is_the_same_whatever_the_hidden_numbers_are(
    format: str, pair: tuple[Observations, Observations]
) -> None:
    one, other = (
        report_bytes(card_of(each), format, observations=each, disclosure=RULE, charts=False) for each in pair
    )
    assert one == other


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(twins())
@pytest.mark.parametrize("format", ["html", "docx"])
def test_so_it_is_with_charts(format: str, pair: tuple[Observations, Observations]) -> None:
    one, other = (report_bytes(card_of(each), format, observations=each, disclosure=RULE) for each in pair)
    assert one == other


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(twins())
def test_so_it_is_with_the_card_itself_its_text_its_html_and_its_markdown(
    pair: tuple[Observations, Observations],
) -> None:
    one, other = (published(card_of(each), each, RULE) for each in pair)
    assert one == other
    assert str(one) == str(other)
    assert one._repr_html_() == other._repr_html_()
    assert one._repr_markdown_() == other._repr_markdown_()


def _dumped(card: Scorecard, format: str) -> bytes:
    file = io.StringIO()
    dump(card, file, format=format)
    return file.getvalue().encode()


def written_by(card: Scorecard) -> dict[str, bytes]:
    """A card in every format that a card can be written in, by what writes it."""
    found = {
        "text": str(card).encode(),
        "repr": repr(card).encode(),
        "notebook": card._repr_html_().encode(),
        "csv": card.to_csv().encode(),
        "markdown": card.to_markdown().encode(),
        "html": card.to_html().encode(),
        "json": _dumped(card, "json"),
        "yaml": _dumped(card, "yaml"),
        "why": "\n".join(each.why() for each in card.evaluations).encode(),
        "provenance": repr([each.provenance for each in card.evaluations]).encode(),
    }
    if find_spec("tomli_w"):
        found["toml"] = _dumped(card, "toml")
    for name in ("pandas", "polars", "pyarrow"):
        if find_spec(name):
            frame = card.to_frame(name)
            found[f"{name} frame"] = repr(frame.to_dict() if hasattr(frame, "to_dict") else frame.to_pylist()).encode()
    for suffix, needed in (("xlsx", "xlsxwriter"), ("parquet", "pyarrow")):
        if find_spec(needed):
            file = io.BytesIO()
            file.name = f"card.{suffix}"  # what says the format
            card.to_excel(file) if suffix == "xlsx" else card.to_parquet(file)
            found[suffix] = file.getvalue()
    return found


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(twins())
def test_so_it_is_in_every_format_that_a_card_is_written_in(pair: tuple[Observations, Observations]) -> None:
    one, other = (written_by(published(card_of(each), each, RULE)) for each in pair)
    assert len(one) >= 10
    assert [name for name in one if one[name] != other[name]] == []


def test_what_is_not_published_is_another_in_each_of_those_formats() -> None:
    one, other = (written_by(card_of(figures_of({(HERE, 2025, "all"): count}))) for count in (3, 5))
    assert {name for name in one if one[name] == other[name]} <= {"repr"}


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(twins())
def test_so_it_is_with_every_chart_as_svg_and_png(pair: tuple[Observations, Observations]) -> None:
    drawn = []
    for each in pair:
        card = published(card_of(each), each, RULE)
        left = Observations(hidden_figures(each, PLAN, RULE), provisional_after_final_ok=True)
        contents = contents_of(card, left)
        shown = [entry.chart(contents.names) for entry in contents.entries if entry.has_chart]
        shown += [charts.bees(card), charts.history([card])]
        share = PLAN.measure("share")
        there = {area: value for area in (HERE, THERE) if (value := _shown(left, area)) is not None}
        shown += [charts.strip(there, area, measure=share) for area in there]
        shown.append(charts.sparkline(left.known("share", HERE, as_of=card.as_of), measure=share))
        drawn.append([(charts.svg(ax), charts.png(ax)) for ax in shown])
    assert drawn[0] == drawn[1]


def _shown(figures: Observations, area: str) -> Decimal | None:
    known = figures.known("share", area, as_of=date(2026, 6, 1))
    return known[max(known, key=lambda period: period.end)].value if known else None


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(twins(), st.sampled_from(["html", "docx", "xlsx"]))
def test_so_it_is_beside_last_years_card(pair: tuple[Observations, Observations], format: str) -> None:
    one, other = (
        report_bytes(
            card_of(each),
            format,
            observations=each,
            before=evaluate_plan(PLAN, each, as_of=date(2025, 6, 1), area=HERE),
            disclosure=RULE,
            charts=False,
        )
        for each in pair
    )
    assert one == other


WHOLE_RULE = Disclosure(below=6, source="policy", wholes=[Whole(total=ALL, parts=[GIRLS, BOYS])])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=3), st.data())
def test_where_a_whole_is_declared_its_parts_cannot_be_had_by_taking_away(
    pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    """Another pair of parts with the same sum and the same small one hidden gives the same card."""
    counts = {
        (HERE, 2025 - number, sex): value
        for number, (girls, boys) in enumerate(pairs)
        for sex, value in (("girls", girls), ("boys", boys), ("all", girls + boys))
    }
    figures = figures_of(counts)
    one = hidden_figures(figures, PLAN, WHOLE_RULE)
    for number, (girls, boys) in enumerate(pairs):
        if not 0 < girls < 6 and not 0 < boys < 6:
            continue
        total = girls + boys
        others = [part for part in range(total + 1) if 0 < part < 6 or 0 < total - part < 6]
        part = data.draw(st.sampled_from(others))
        counts[HERE, 2025 - number, "girls"], counts[HERE, 2025 - number, "boys"] = part, total - part
    assert hidden_figures(figures_of(counts), PLAN, WHOLE_RULE) == one


def test_one_small_part_hides_a_second() -> None:
    figures = figures_of({(HERE, 2025, "all"): 33, (HERE, 2025, "girls"): 3, (HERE, 2025, "boys"): 30})
    shown = {(each.measure, *each.breakdown.values()): each.value for each in hidden_figures(figures, PLAN, WHOLE_RULE)}
    assert shown == {
        ("exclusions",): 33,
        ("share",): Decimal("8.25"),
        ("exclusions", "girls"): None,
        ("exclusions", "boys"): None,
    }


@pytest.mark.parametrize(
    ("numerator", "denominator", "hidden"),
    [(3, 400, True), (0, 400, False), (6, 400, False), (397, 400, True), (400, 400, False), (2, 4, True)],
)
def test_shares_are_hidden_by_their_numerator_their_denominator_and_their_rest(
    numerator: int, denominator: int, hidden: bool
) -> None:
    figure = Observation(
        measure="share",
        period="CY2025",
        area=HERE,
        value=1,
        numerator=numerator,
        denominator=denominator,
        note="3 of them",
    )
    (left,) = hidden_figures([figure], PLAN, RULE)
    assert (left.absence is Absence.SUPPRESSED) is hidden
    if hidden:
        assert (left.value, left.numerator, left.denominator, left.note) == (None,) * 4
    else:
        assert left == figure


def test_zero_is_shown_unless_the_rule_hides_it() -> None:
    assert not RULE.hides(Decimal(0))
    assert Disclosure(below=6, source="policy", zeros=True).hides(Decimal(0))
    assert "Zero is hidden as well" in Disclosure(below=6, source="policy", zeros=True).sentence()


def test_a_measure_that_is_not_of_people_is_shown_as_it_is() -> None:
    figure = Observation(measure="exclusions", period="CY2025", area=HERE, value=3)
    rule = Disclosure(below=6, source="policy", exempt=["exclusions"])
    assert hidden_figures([figure], PLAN, rule) == (figure,)


def test_a_figure_that_was_small_in_one_vintage_is_hidden_in_all() -> None:
    vintages = [
        Observation(measure="exclusions", period="CY2025", area=HERE, value=value, recorded=date(2026, month, 1))
        for month, value in ((1, 5), (3, 9))
    ]
    assert [each.value for each in hidden_figures(vintages, PLAN, RULE)] == [None, None]


def test_a_hidden_baseline_hides_what_was_judged_by_it() -> None:
    figures = figures_of({(HERE, 2023, "all"): 3, (HERE, 2025, "all"): 30})
    card = published(card_of(figures), figures, RULE)
    answer = next(each for each in card.evaluations if each.target == "improve")
    assert (answer.status, answer.reason) == (Status.NOT_ASSESSED, Reason.BASELINE_NOT_SET)
    assert (answer.baseline, answer.required, answer.gap, answer.progress) == (None,) * 4


def texts_of(content: bytes) -> Iterator[str]:
    """All that a file holds, unzipped."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        yield content.decode()
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            yield archive.read(name).decode("utf-8", "replace")


@pytest.mark.parametrize("format", ["html", "docx", "xlsx"])
def test_the_raw_number_is_nowhere_in_the_file(format: str) -> None:
    measure = Measure(id="m", title="Rate", unit="percent", direction="decrease", decimals=6)
    plan = Plan(
        id="p", title="P", measures=[measure], targets=[Target(id="t", measure="m", aim=Reach(5), due="CY2025")]
    )
    figure = Observation(
        measure="m", period="CY2025", area=HERE, value="3.731343", numerator=5, denominator=134, note="3.731343"
    )
    card = evaluate_plan(plan, [figure], as_of=date(2026, 6, 1))
    said = Commentary(measure="m", area=HERE, as_of=card.as_of, text="It was 3.731343.", written=card.as_of)
    open_report = report_bytes(card, format, observations=[figure], commentary=[said])
    assert any("731343" in text for text in texts_of(open_report))
    hidden = report_bytes(card, format, observations=[figure], commentary=[said], disclosure=RULE)
    assert not any("731343" in text for text in texts_of(hidden))
    assert any("Publication policy, section 4" in text for text in texts_of(hidden))


def test_what_could_not_be_checked_is_said() -> None:
    figure = Observation(measure="share", period="CY2025", area=HERE, value=2)
    assert unchecked_measures([figure], PLAN) == ("share",)
    page = report_bytes(card_of(Observations([figure])), "html", observations=[figure], disclosure=RULE).decode()
    assert "Not checked, as their numerators and denominators are not stated: Share excluded." in page


def test_a_rule_has_no_default_number_and_hides_something() -> None:
    with pytest.raises(TypeError):
        Disclosure(source="policy")  # type: ignore[call-arg]
    with pytest.raises(InvalidValueError, match="a whole number from 2"):
        Disclosure(below=1, source="policy")
    with pytest.raises(InvalidTypeError):
        Disclosure(below=True, source="policy")
    with pytest.raises(InvalidValueError, match="two different parts"):
        Whole(total=ALL, parts=[GIRLS, ALL])


def test_a_card_of_another_policy_needs_that_policy() -> None:
    figures = figures_of({(HERE, 2025, "all"): 30})
    own = Policy(id="own")
    card = evaluate_plan(PLAN, figures, as_of=date(2026, 6, 1), area=HERE, policy=own)
    with pytest.raises(InvalidValueError, match="the policy of the card"):
        published(card, figures, RULE)
    assert published(card, figures, RULE, policy=own).policy == "own"
    assert STANDARD.id != "own"


def test_a_report_without_figures_cannot_be_held_to_a_rule() -> None:
    with pytest.raises(InvalidValueError, match="the observations that the card was made from"):
        report_bytes(card_of(Observations()), "html", disclosure=RULE)
