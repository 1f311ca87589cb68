"""The page is one file that anyone can read: whole, lawful under its own policy, with a name for every cell."""

import base64
import hashlib
import html
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

pytest.importorskip("matplotlib", reason="the extra 'report' is not installed")
pytest.importorskip("jinja2", reason="the extra 'report' is not installed")


from outcome_bees import Measure, Observation, Observations, Plan, Reach, Scorecard, Target, evaluate_plan
from outcome_bees.errors import InvalidValueError
from outcome_bees.reports.commentary import Commentary
from outcome_bees.reports.contents import contents_of
from outcome_bees.reports.page import page_of

HERE = "E10000015"
VOID = {"meta", "link", "br", "hr", "img", "input"}
HOSTILE = "<script>alert(1)</script>\" onload='x' {{ 7*7 }} &amp; \u202e\x1b[31m"


class Outline(HTMLParser):
    """What a parser sees of a page: its elements with their attributes, and its text by element."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, str] = {}
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.text[self.open[-1]] = self.text.get(self.open[-1], "") + data


@pytest.fixture(scope="module")
def comment() -> Commentary:
    return Commentary(
        measure="social-worker-absence",
        area=HERE,
        as_of=date(2025, 12, 31),
        text="Sickness rose in two teams.",
        action="Return-to-work interviews.",
        owner="Head of Workforce",
        written=date(2026, 1, 12),
    )


@pytest.fixture(scope="module")
def page(card: Scorecard, figures: Observations, card_of: Callable[..., Scorecard], comment: Commentary) -> str:
    return page_of(contents_of(card, figures, commentary=[comment], before=card_of(2024)))


@pytest.fixture(scope="module")
def outline(page: str) -> Outline:
    return Outline(page)


def test_every_element_is_closed_and_headings_skip_no_level(outline: Outline) -> None:
    assert outline.open == []
    levels = [int(tag[1]) for tag, _ in outline.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_every_cell_has_a_header_of_its_column_and_of_its_row(page: str) -> None:
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert len(tables) >= 8
    for table in tables:
        assert "<caption>" in table
        head, body = table.split("</thead>")
        columns = head.count('scope="col"')
        for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL):
            assert row.count('scope="row"') == 1
            assert row.count("<td") == columns - 1
            assert row.count("data-label=") == columns - 1


def test_ids_are_unique_and_every_link_leads_somewhere_in_the_page(outline: Outline) -> None:
    ids = [each["id"] for _, each in outline.elements if each.get("id")]
    assert len(ids) == len(set(ids))
    links = [each[name] for _, each in outline.elements for name in ("href", "xlink:href") if each.get(name)]
    assert links
    assert all(link is not None and link.startswith("#") and link[1:] in ids for link in links)


def test_each_measure_can_be_linked_to(outline: Outline, card: Scorecard) -> None:
    ids = {each.get("id") for _, each in outline.elements}
    assert {f"measure-{each.measure}" for each in card.evaluations} <= ids


def test_nothing_is_fetched_nothing_runs_and_the_one_style_is_the_one_the_policy_names(
    page: str, outline: Outline
) -> None:
    tags = [tag for tag, _ in outline.elements]
    assert tags.count("style") == 1
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(tags)
    for _, attributes in outline.elements:
        assert not {"style", "src", "srcset"} & set(attributes)
        assert not [name for name in attributes if name.startswith("on")]
    policy = next(each["content"] for tag, each in outline.elements if each.get("http-equiv"))
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy is not None
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert "url(" not in style[1]
    assert "@import" not in style[1]


def test_what_needs_attention_comes_first_reds_before_ambers(page: str) -> None:
    assert (
        page.index('id="summary"')
        < page.index('id="attention"')
        < page.index('id="bees"')
        < page.index('id="section-1"')
    )
    assert page.index('id="section-1"') < page.index('id="not-assessed"') < page.index('id="key"')
    reds = re.findall(r"<h3[^>]*>([^<]+)</h3>", page[page.index('id="attention"') : page.index('id="bees"')])
    assert reds == [
        "Children looked after with three or more homes in the year",
        "Five-year-olds with a good level of development",
        "Social worker sickness absence",
    ]


def test_the_place_the_day_the_policy_and_the_version_are_said(page: str) -> None:
    header = page[page.index("<header>") : page.index("</header>")]
    for said in ("Hertfordshire", "31 December 2025", "standard", "outcome_bees "):
        assert said in header
    assert HERE not in page.replace("<svg", "")


def test_explanations_and_commentary_stand_beside_what_they_are_about(page: str, card: Scorecard) -> None:
    absence = next(each for each in card.evaluations if each.measure == "social-worker-absence")
    assert absence.explanation in page
    assert "Sickness rose in two teams." in page
    assert "Head of Workforce" in page
    assert page.count("Commentary awaited.") == 2


def test_what_changed_since_the_last_card_is_listed(page: str) -> None:
    assert "Since 31 December 2024: 13 statuses changed." in page
    assert "Children on child protection plans: not assessed (was on track)" in page


def test_the_same_card_is_the_same_bytes(card: Scorecard, figures: Observations) -> None:
    assert page_of(contents_of(card, figures)) == page_of(contents_of(card, figures))


def test_without_figures_or_charts_there_is_a_page_all_the_same(card: Scorecard, figures: Observations) -> None:
    assert "<svg" not in page_of(contents_of(card, figures), charts=False)
    assert "Needs attention" in page_of(contents_of(card))


def test_a_former_place_says_what_it_became() -> None:
    plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="count")])
    card = evaluate_plan(plan, Observations(), as_of=date(2025, 12, 31), area="E10000006")
    assert "Cumbria (until 2023; now Cumberland; Westmorland and Furness)" in page_of(contents_of(card))


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    measure = Measure(id="m", title=HOSTILE.replace("\x1b", ""), unit="percent", direction="increase")
    plan = Plan(
        id="p",
        title=measure.title,
        measures=[measure],
        targets=[Target(id="t", measure="m", aim=Reach(50), due="CY2024")],
    )
    figures = [Observation(measure="m", period="CY2024", area=HERE, value=1, source=measure.title)]
    card = evaluate_plan(plan, figures, as_of=date(2025, 12, 31))
    said = Commentary(measure="m", area=HERE, as_of=card.as_of, text=measure.title, written=card.as_of)
    page = page_of(contents_of(card, figures, commentary=[said]))
    outline = Outline(page)
    assert "script" not in {tag for tag, _ in outline.elements}
    assert not [name for _, each in outline.elements for name in each if name.startswith("on")]
    assert "{{ 7*7 }}" in page
    assert "49" not in outline.text.get("h1", "")


def test_a_council_may_bring_a_template_of_its_own(card: Scorecard, tmp_path: Path) -> None:
    template = tmp_path / "own.jinja"
    template.write_text("<p>{{ report.title }}, {{ report.place }}: {{ report.red | length }}</p>", encoding="utf-8")
    assert page_of(contents_of(card), template=template).startswith("<p>Hertfordshire&#39;s strategic priorities")


@pytest.mark.parametrize(
    ("text", "trouble"),
    [("{{ report.title", "unexpected end"), ("{{ reprot }}", "'reprot' is undefined"), ("{{ report.tilte }}", "tilte")],
)
def test_a_template_with_a_mistake_is_refused_in_words(
    card: Scorecard, tmp_path: Path, text: str, trouble: str
) -> None:
    template = tmp_path / "own.jinja"
    template.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidValueError, match=trouble):
        page_of(contents_of(card), template=template)


def test_a_template_that_is_no_text_is_refused(card: Scorecard, tmp_path: Path) -> None:
    template = tmp_path / "own.docx"
    template.write_bytes(b"PK\x03\x04\x80\xff")
    with pytest.raises(InvalidValueError, match="a Jinja template of a page, as UTF-8 text"):
        page_of(contents_of(card), template=template)


# As axe-core sees it


def axe_core() -> Path | None:
    """The script of axe-core: where AXE_CORE says, or where Node finds it."""
    if os.environ.get("AXE_CORE"):
        return Path(os.environ["AXE_CORE"])
    if shutil.which("node") is None:
        return None
    asked = subprocess.run(
        ["node", "-p", "require.resolve('axe-core/axe.min.js')"], capture_output=True, text=True, check=False
    )
    return Path(asked.stdout.strip()) if asked.returncode == 0 else None


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = axe_core()


def dumped(page: str, folder: Path, script: str, *flags: str) -> str:
    """What a script leaves in the element ``pre`` of a page in headless Chromium."""
    assert CHROMIUM is not None
    file = folder / "page.html"
    file.write_text(page.replace("</body>", f"{script}</body>"), encoding="utf-8")
    seen = subprocess.run(
        [
            *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=60000", *flags),
            *("--dump-dom", file.as_uri()),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    found = re.search(r'<pre id="said">(.*?)</pre>', seen.stdout, re.DOTALL)
    assert found is not None, "the page gave no answer"
    return found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")
@pytest.mark.parametrize("width", [320, 500, 1200])
def test_nothing_scrolls_sideways_and_one_form_of_each_chart_is_seen(page: str, tmp_path: Path, width: int) -> None:
    inner = html.escape(re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page))
    frame = f'<!DOCTYPE html><body><iframe width="{width}" height="40000" srcdoc="{inner}"></iframe></body>'
    script = (
        "<script>addEventListener('load', () => {const d = document.querySelector('iframe').contentDocument;"
        "const out = [...d.querySelectorAll('body *')].filter(e => !e.closest('svg, thead, .skip')).filter(e => "
        "e.scrollWidth > e.clientWidth + 1 && e.clientWidth).map(e => e.tagName + '.' + e.className);"
        "const seen = s => [...d.querySelectorAll(s)].filter(e => e.getBoundingClientRect().width > 0).length;"
        "document.body.append(Object.assign(document.createElement('pre'), {id: 'said', textContent: JSON.stringify("
        "[d.documentElement.scrollWidth, out, seen('.wide svg'), seen('.narrow svg'), seen('article .badge')])}))})"
        "</script>"
    )
    scrolled, out, wide, narrow, badges = json.loads(dumped(frame, tmp_path, script))
    assert (scrolled, out) == (width, [])
    assert (wide > 0, narrow > 0) == ((False, True) if width < 640 else (True, False))
    assert badges == page.count("<article")


def violations(page: str, folder: Path, *flags: str) -> list[str]:
    assert AXE is not None
    run = (
        "axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})"
        ".then(found => {document.body.innerHTML = ''; document.body.append(Object.assign("
        "document.createElement('pre'), {id: 'said', textContent: JSON.stringify("
        "found.violations.map(v => v.id + ': ' + v.nodes[0].html.slice(0, 200)))}))})"
    )
    tested = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    script = f"<script>{AXE.read_text(encoding='utf-8')}</script><script>{run}</script>"
    answer: list[str] = json.loads(dumped(tested, folder, script, *flags))
    return answer


@pytest.mark.skipif(AXE is None, reason="axe-core is not installed: npm install axe-core, or set AXE_CORE")
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")
@pytest.mark.parametrize("flags", [(), ("--window-size=320,800",), ("--blink-settings=preferredColorScheme=0",)])
def test_axe_finds_nothing(page: str, tmp_path: Path, flags: tuple[str, ...]) -> None:
    assert violations(page, tmp_path, *flags) == []


@pytest.mark.skipif(AXE is None, reason="axe-core is not installed: npm install axe-core, or set AXE_CORE")
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")
def test_axe_would_find_something(page: str, tmp_path: Path) -> None:
    assert violations(page.replace('lang="en-GB"', ""), tmp_path) != []


@pytest.mark.skipif(AXE is None, reason="axe-core is not installed: npm install axe-core, or set AXE_CORE")
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")
def test_axe_finds_nothing_in_what_a_notebook_shows(card: Scorecard, tmp_path: Path) -> None:
    head = '<!DOCTYPE html><html lang="en-GB"><head><title>Notebook</title></head>'
    whole = f"{head}<body><main><h1>Notebook</h1>{card._repr_html_()}</main></body></html>"
    assert violations(whole, tmp_path) == []
