"""The pages of reports: whole, readable by everybody, quick; and nothing in a text acts."""

from __future__ import annotations

import base64
import hashlib
import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from cleaner import journal
from cleaner.edits import apply
from cleaner.model import Batch, Edit, Run
from cleaner.records import Header
from cleaner.report import gather, pages, plain
from cleaner.report.showing import shown
from tests import made_logs
from tests.browser import complaints, show
from tests.made_reports import CLEAN, ROOT, SAMPLES, Page, hostile, report_of, run
from tests.strategies import batches

TEMPLATES = ROOT / "cleaner" / "report" / "templates"


@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_is_whole(name):
    report = report_of(name)
    html = pages.page(report, up="index.html")
    page = Page(html)
    assert not page.open
    assert len(page.ids) == len(set(page.ids))
    assert page.links.count("#text") == 1
    inner = [link[1:] for link in page.links if link.startswith("#")]
    assert set(map(unquote, inner)) <= set(page.ids)
    assert {change["id"] for change in report.changes} <= set(page.ids)
    assert not {"script", "iframe", "object", "link", "base", "form", "img"} & set(page.tags)
    assert not {name for name in page.attributes if name.startswith("on")} | ({"src", "style"} & page.attributes)
    said = "".join(page.text)
    assert all(change["why"] in said for change in report.held)
    places = [segment for row in report.rows for segment in row.segments if segment.held and not segment.change]
    assert page.tags["mark"] == 1 + sum(
        1 + (bool(place.left) == bool(place.right)) for place in places
    )  # 1: the legend
    assert places


def test_what_a_person_decided_says_so():
    report = report_of("essay.txt")
    assert "your decision" not in pages.page(report)
    next(change for change in report.changes if change["rule"] == "words.misread")["decision"] = "accept"
    assert pages.page(report).count("your decision") == 1


def test_both_sides_are_on_the_page():
    """Every word of the raw text and of the clean one, and each changed word in its place."""
    report = report_of("handbook.txt")
    said = "".join(Page(pages.page(report)).text)
    for row in report.rows:
        for segment in row.segments:
            if segment.change is None and segment.left.strip():
                assert shown(segment.left.strip()) in said or not row.records


def test_the_policy_allows_the_stylesheet_and_nothing_else():
    html = pages.page(report_of("essay.txt"))
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL).group(1)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html).group(1)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style.replace("url(#hatch)", "")
    assert "@import" not in style
    assert not re.search(r"https?://", html.replace("http://www.w3.org", ""))


def test_nothing_in_a_text_acts(tmp_path):
    report = hostile(tmp_path, "<b>x&amp;.txt")
    html = pages.page(report)
    page, quiet = Page(html), Page(pages.page(report_of("essay.txt")))
    assert set(page.tags) <= {*quiet.tags, "strong"}
    assert page.attributes <= quiet.attributes
    assert all(char.isprintable() or char == "\n" for char in html)
    said = "".join(page.text)
    for piece in (
        "<script>alert(1)</script>",
        "onerror=alert(1)",
        "&lt;",
        "\\u202eevil",
        "\\x00\\x01",
        "{{ 1234*1234 }}",
        "-->",
    ):
        assert piece in said, piece
    assert "1522756" not in said


def test_nothing_in_a_text_acts_in_markdown_and_in_diffs(tmp_path):
    report = hostile(tmp_path)
    text = plain.markdown(report)
    assert set(re.findall(r"(?<!\\)<[^<>\n]{0,40}(?<!\\)>", text)) <= {
        "<!-- ocr-cleaner report -->", "<del>", "</del>", "<ins>", "</ins>", "<mark>", "</mark>"
    }  # fmt: skip
    for made_text in (text, plain.diff(report), plain.tsv(report), plain.as_json(report)):
        assert all(char.isprintable() or char in "\n\t" for char in made_text)


@given(batches())
@hypothesis_settings(max_examples=60)
def test_any_text_is_shown(example):
    raw, edits = example
    text = apply(raw, edits)
    header = Header("x.txt", "", "utf-8", len(raw), "1", "k", {})
    run_ = Run(raw, (Batch("words", 7, tuple(edits)),), text)
    report = gather.report("x.txt", raw, journal.read(journal.write(run_, header)))
    html = pages.page(report)
    page = Page(html)
    assert not page.open
    assert len(page.ids) == len(set(page.ids))
    assert {unquote(link[1:]) for link in page.links} <= set(page.ids)
    assert all(char.isprintable() or char in "\n\t" or char.isspace() for char in html)
    for form in (plain.markdown, plain.diff, plain.tsv, plain.as_json):
        form(report).encode("utf-8")


def test_colours_have_contrast():
    """WCAG 2.1 AA: 4.5 to 1 for text, 3 to 1 for what else must be told apart, in light and in dark mode and in print."""
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    schemes = [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    ]
    assert len(schemes) == 3
    for scheme in schemes:
        for ink, paper in [
            ("ink", "paper"), ("quiet", "paper"), ("link", "paper"), ("ink", "shade"), ("quiet", "shade"), ("del", "del-paper"),
            ("ins", "ins-paper"), ("held", "held-paper"), ("ink", "held-paper"), ("del", "shade"),
        ]:  # fmt: skip
            assert _contrast(scheme[ink], scheme[paper]) >= 4.5, (ink, paper, scheme[ink])
        for sign in ("bar", "ring", "held"):
            assert _contrast(scheme[sign], scheme["paper"]) >= 3, sign


def _contrast(one, other):
    def luminance(colour):
        parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_marks_are_told_by_more_than_colour():
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    for tag, line in (("del", "line-through"), ("ins", "underline;"), ("mark", "underline wavy")):
        (rule,) = re.findall(rf"^{tag} \{{.*?\}}", style, re.DOTALL | re.MULTILINE)
        assert f"text-decoration: {line}" in rule
    assert "outline: none" not in re.sub(r"section:target.*", "", style)


# ---- in a browser ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def long_page(tmp_path_factory):
    """A text of a megabyte with ten thousand changes."""
    folder = tmp_path_factory.mktemp("long")
    path = made_logs.write(folder, "long.txt", *made_logs.long_text(1_000_000, 10_000))
    assert run(path, "--out", folder / "out").exit_code == 0
    return folder / "out" / "long.txt.html"


@pytest.mark.slow
def test_ten_thousand_changes_open_in_two_seconds_and_scroll(browser, long_page):

    show(browser, long_page)
    ready, painted = browser.execute_script(
        "return [performance.getEntriesByType('navigation')[0].loadEventEnd, "
        "performance.getEntriesByName('first-contentful-paint')[0].startTime]"
    )
    assert 0 < painted < 2000
    assert 0 < ready < 2000
    assert browser.execute_script("return document.querySelectorAll('ins').length") >= 9000
    slowest = browser.execute_async_script(
        """const done = arguments[0]; let worst = 0, k = 0;
        function step() { const t = performance.now(); scrollTo(0, document.documentElement.scrollHeight * k++ / 20);
          requestAnimationFrame(() => requestAnimationFrame(() => { worst = Math.max(worst, performance.now() - t);
            k <= 20 ? step() : done(worst); })); }
        step();"""
    )
    assert slowest < 1000
    assert complaints(browser) == []


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [400, 700, 1400])  # 700: a window of 1400 at 200 %
def test_pages_fit_and_are_quiet(browser, tmp_path, width, dark):

    assert run(CLEAN, "--out", tmp_path).exit_code == 0
    for name in ("index.html", "letters.txt.html", "gazette.txt.html"):
        show(browser, tmp_path / name, width=width, dark=dark)
        wide, room, paper = browser.execute_script(
            "return [document.documentElement.scrollWidth, innerWidth, getComputedStyle(document.body).backgroundColor]"
        )
        assert wide <= room == width
        assert (paper == "rgb(255, 255, 255)") != dark
        assert complaints(browser) == []


@pytest.mark.slow
def test_hostile_text_is_text_in_a_browser(browser, tmp_path):

    hostile(tmp_path)
    raw = "x" * 100_000 + " the " + "y <b> " * 9_000 + "\n"
    made_logs.write(tmp_path, "line.txt", raw, [Edit(100_001, 100_004, "the", "The", "words.case", 1.0, "")])
    assert run(tmp_path, "--out", tmp_path / "out").exit_code == 0
    show(browser, tmp_path / "out/x.txt.html")
    said = browser.execute_script("return document.body.innerText")
    assert "<script>alert(1)</script>" in said
    assert "\\u202eevil" in said
    assert browser.execute_script("return [document.scripts.length, document.images.length]") == [0, 0]
    show(browser, tmp_path / "out/line.txt.html", width=400)
    assert browser.execute_script("return document.documentElement.scrollWidth") == 400
    assert browser.execute_script("return document.querySelectorAll('b').length") == 0
    assert complaints(browser) == []


@pytest.mark.slow
def test_a_page_is_used_by_keyboard_and_by_links(browser, tmp_path):
    from selenium.webdriver import ActionChains, Keys

    assert run(CLEAN / "essay.txt", "--out", tmp_path).exit_code == 0
    show(browser, tmp_path / "essay.txt.html")
    ActionChains(browser).send_keys(Keys.TAB).perform()
    assert browser.execute_script("return document.activeElement.getAttribute('href')") == "#main"
    browser.execute_script("document.querySelector('details.notes summary').focus()")
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    assert browser.execute_script("return document.querySelector('details.notes').open")
    browser.execute_script("document.querySelector('.samples a').click()")
    target = browser.execute_script(
        "const r = document.querySelector(':target').getBoundingClientRect(); return [r.top, r.bottom]"
    )
    assert 0 <= target[0] < target[1] <= 900


@pytest.mark.slow
def test_a_page_can_be_printed(browser, tmp_path):

    assert run(CLEAN / "essay.txt", "--out", tmp_path).exit_code == 0
    show(browser, tmp_path / "essay.txt.html", dark=True)
    printed = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", {})["data"])
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) >= 5
