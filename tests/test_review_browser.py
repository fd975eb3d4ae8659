"""The review in a browser, as a person uses it: by mouse, by keys, in two tabs, with a text that means ill."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from cleaner import settings
from cleaner.model import Edit
from cleaner.review import web
from cleaner.review.desk import open_desk
from tests import made_logs
from tests.browser import complaints
from tests.made_reports import HOSTILE

pytestmark = pytest.mark.slow

SCAN = (
    "THE FERRY 81\n\nThe men upon tbe quay looked after it until the smoke was lo-\nst, and tben went back to the nets tbat\n"
    "hung from one end of the yard. Nobody spoke before tbe bell, for all\n\n\fTHE FERRY 82\n\nwere thinking of the boy who had gone "
    "aboard with a box under his arm and had not so much as turned his\n\n\fTHE FERRY 83\n\nhead to see who stood there, "
    "althongh his mother had come down the hill in her house shoes and was\n\n\fTHE FERRY 84\n\nholding the rail with both hands.\n"
)


class Reader:
    """A person before a browser."""

    def __init__(self, browser, address):
        self.browser = browser
        self.address = address
        self.base = address.partition("/?")[0]
        browser.get(address)

    def go(self, path):
        self.browser.get(self.base + path)
        self.until("document.documentElement.classList.contains('scripted')")

    def run(self, script, *arguments):
        return self.browser.execute_script(script, *arguments)

    def until(self, condition):
        from selenium.webdriver.support.ui import WebDriverWait

        WebDriverWait(self.browser, 20, 0.05).until(lambda _: self.run(f"return {condition}"), condition)

    def find(self, selector):
        return self.browser.find_element("css selector", selector)

    def all(self, selector):
        return self.browser.find_elements("css selector", selector)

    def click(self, target):
        """Click an element, or the first that a selector names, in the middle of the window."""
        element = self.find(target) if isinstance(target, str) else target
        self.run("arguments[0].scrollIntoView({ block: 'center' })", element)
        element.click()

    def follow(self, target):
        """Click what leads to another page, and wait until that is there."""
        self.run("document.documentElement.dataset.left = 1")
        self.click(target)
        self.until("!document.documentElement.dataset.left && document.readyState == 'complete'")

    def press(self, *keys):
        from selenium.webdriver.common.action_chains import ActionChains

        for key in keys:
            ActionChains(self.browser).send_keys(key).perform()

    def said(self, text):
        self.until(f"document.querySelector('#told').textContent.includes({json.dumps(text)})")

    def current(self):
        return self.run("return document.querySelector('.item[aria-current=true]')?.dataset.id")

    def select(self, letters):
        """Drag over letters of the text."""
        self.run(
            """for (const run of document.querySelectorAll("#text [data-c]")) {
                 const at = run.textContent.indexOf(arguments[0]);
                 if (at >= 0) { getSelection().setBaseAndExtent(run.firstChild, at, run.firstChild, at + arguments[0].length); return; }
               }
               throw "not there";""",
            letters,
        )
        self.until("!document.querySelector('#mend-here').hidden")

    def series(self, word):
        """The series that changes a word."""
        (found,) = [one for one in self.all(".group") if one.find_element("css selector", ".name del").text == word]
        return found

    def mend(self, old, new):
        """Select letters of the text and write others."""
        self.select(old)
        self.click("#mend-here")
        self.until(f"document.querySelector('#mend textarea').value == {json.dumps(old)}")
        field = self.find("#mend textarea")
        field.clear()
        field.send_keys(new)
        self.click("#mend button[value=save]")


class Review:
    """A running server, and the desk behind it."""

    def __init__(self):
        config = settings.load(Path())
        self.desk = open_desk([], config, config.clean)
        self.faults = []
        self.server, self.guard = web.server(self.desk, 0, self.faults.append)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.thread.join()

    def verdicts(self, name="a.txt"):
        return {item.id: item.verdict.verdict if item.verdict else "" for item in self.desk.look_again(name).items}


@pytest.fixture
def start(tmp_path, monkeypatch, browser):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cleaner.toml").write_text('language = "en"\n', encoding="utf-8")
    running = []

    def started():
        complaints(browser)
        review = Review()
        running.append(review)
        return review, Reader(browser, review.guard.address)

    yield started
    for review in running:
        review.stop()
        assert not review.faults
    assert not complaints(browser)


@pytest.fixture
def scan(start, tmp_path):
    """The review of a scan that was cleaned."""
    from click.testing import CliRunner

    from cleaner.cli import main

    raw = tmp_path / "corpora" / "raw"
    raw.mkdir(parents=True)
    (raw / "a.txt").write_text(SCAN, encoding="utf-8")
    assert CliRunner().invoke(main, ["clean"]).exit_code == 0
    return start()


def test_from_the_first_look_to_the_clean_text(scan, tmp_path):
    """Open, filter, decide about one and about a series, clean again: it holds."""
    _, reader = scan
    assert reader.browser.current_url == reader.base + "/"
    reader.until("document.querySelector('.texts').textContent.includes('settled')")
    reader.follow(".texts th a")
    assert any("tbe" in group.text and "the" in group.text for group in reader.all(".group .name"))

    reader.click('.filters select[name="stage"] option[value="words"]')
    reader.follow(".filters button")
    assert not [group for group in reader.all(".group") if "FERRY" in group.find_element("css selector", ".name").text]
    althongh = reader.series("althongh")
    reader.click(althongh.find_element("css selector", 'button[value="reject"]'))
    reader.said("1 change rejected")
    reader.until("document.querySelector('#far').textContent.startsWith('1 of')")

    tbe = reader.series("tbe")
    reader.click(tbe.find_element("css selector", 'select[name="scope"] option[value="document"]'))
    reader.click(tbe.find_element("css selector", 'button[value="accept"]'))
    reader.said("in the whole text")
    reader.until("document.querySelectorAll('.samples [data-verdict=accept]').length == 2")

    reader.click(".head form[action='/clean'] button")
    reader.said("cleaned again")
    clean = (tmp_path / "corpora" / "clean" / "a.txt").read_text(encoding="utf-8")
    assert "althongh his mother" in clean
    assert "tbe" not in clean
    held = [json.loads(line) for line in (tmp_path / "rules/decisions/a.txt.jsonl").read_text().splitlines()[1:]]
    assert [(one["verdict"], one["scope"]) for one in held] == [("accept", "document"), ("reject", "here")]
    reader.go("/changes?file=a.txt&settled=done")
    assert sorted(hit.get_attribute("data-verdict") for hit in reader.all(".hit")) == ["accept", "accept", "reject"]


def test_an_error_that_nobody_noticed_is_mended(scan, tmp_path):
    """Select, write, undo, reload, clean again: it holds."""
    _, reader = scan
    reader.go("/text?file=a.txt")
    reader.mend("shoes", "boots")
    reader.said("“boots” for “shoes”")
    reader.until("document.querySelector('.notes')?.textContent.includes('boots')")
    reader.mend("rail", "railing")
    reader.said("“railing” for “rail”")
    reader.click("#undo")
    reader.said("taken back")
    reader.browser.refresh()
    assert len(reader.all(".notes li")) == 1
    reader.click(".head form[action='/clean'] button")
    reader.said("cleaned again")
    clean = (tmp_path / "corpora" / "clean" / "a.txt").read_text(encoding="utf-8")
    assert "house boots" in clean
    assert "the rail with" in clean
    reader.until("document.querySelector('ins.own')?.textContent == 'boots'")
    reader.click(".notes button")
    reader.said("taken back")
    reader.until("!document.querySelector('.notes')")


def test_by_keys_alone(scan):
    from selenium.webdriver.common.keys import Keys

    review, reader = scan
    ids = list(review.verdicts())
    reader.go("/changes?file=a.txt")
    reader.press("j")
    assert reader.current() == ids[0]
    reader.press("a")
    reader.until(f"document.querySelector('.item[aria-current=true]').dataset.id == {json.dumps(ids[1])}")
    reader.press("r")
    reader.until(f"document.querySelector('.item[aria-current=true]').dataset.id == {json.dumps(ids[2])}")
    reader.press("e", Keys.CONTROL + "a" + Keys.NULL, "thy")
    reader.press(Keys.ENTER)
    reader.said("1 change replaced")
    assert list(review.verdicts().values())[:3] == ["accept", "reject", "replace"]
    reader.press(Keys.ESCAPE, "k")
    reader.press("u")
    reader.said("taken back")
    assert list(review.verdicts().values())[:3] == ["accept", "reject", ""]
    reader.press("k")
    assert reader.current() == ids[1]
    reader.press("w")
    reader.said("1 decision taken back")
    assert review.verdicts()[ids[1]] == ""

    reader.press("x", "j", "x")
    assert len(reader.all('.hit input[type="checkbox"]:checked')) == 2
    reader.press("?")
    reader.until("document.querySelector('#help').open")
    reader.press("a")  # keys do nothing while a dialog asks
    reader.press(Keys.ESCAPE)
    reader.until("!document.querySelector('#help').open")
    reader.press("/")
    assert reader.run("return document.activeElement.closest('.filters') !== null")
    reader.press(Keys.ESCAPE)
    assert reader.run("return document.activeElement.closest('.filters') === null")

    reader.press("t")
    reader.until("document.querySelector('#panel .change')")
    assert reader.current() == ids[2]
    reader.press("r")
    reader.until("document.querySelector('.item[aria-current=true]').dataset.id != " + json.dumps(ids[2]))
    assert review.verdicts()[ids[2]] == "reject"
    reader.press("m")
    reader.until("document.querySelector('#mend').open")
    reader.press(Keys.END, " It was late.", Keys.ENTER)
    reader.said("It was late.")
    reader.press("l")
    reader.until("document.querySelector('#say').open")
    reader.press(Keys.ESCAPE)
    reader.until("!document.querySelector('#say').open")


def test_series_by_keys(scan):
    review, reader = scan
    reader.go("/series?file=a.txt")
    reader.press("j", "j", "a")
    reader.said("accepted")
    reader.press("r")
    reader.said("rejected")
    reader.press("k", "s")
    reader.until("location.pathname == '/changes' && document.querySelector('.hit')")
    assert {hit.get_attribute("data-verdict") for hit in reader.all(".hit")} == {"reject"}
    assert set(review.verdicts().values()) == {"", "accept", "reject"}


def test_no_key_is_a_trap_and_they_can_be_turned_off(scan):
    from selenium.webdriver.common.keys import Keys

    _, reader = scan
    reader.go("/changes?file=a.txt")
    seen = []
    for _ in range(400):
        reader.press(Keys.TAB)
        seen.append(reader.run("return document.activeElement.outerHTML.slice(0, 300)"))
        if seen.count(seen[0]) > 1 or seen[-1].startswith("<body"):
            break
    assert len(set(seen)) > 20
    assert seen.count(seen[0]) > 1 or seen[-1].startswith("<body")
    reader.go("/changes?file=a.txt")
    reader.click('[data-opens="help"]')
    reader.click("#keys")
    reader.press(Keys.ESCAPE)
    reader.browser.refresh()
    reader.press("j")
    assert reader.current() is None
    reader.run("localStorage.clear()")


def test_say_what_lines_are(scan, tmp_path):
    _, reader = scan
    reader.go("/text?file=a.txt")
    head = next(
        para for para in reader.all(".para.furniture") if "82" in para.text or "83" in para.text or "81" in para.text
    )
    button = head.find_element("css selector", "button.say")
    reader.run("arguments[0].click()", button)
    reader.until("document.querySelector('#say').open && document.querySelector('#say .lines input')")
    for box in reader.all("#say .lines input"):
        if not box.is_selected():
            reader.click(box)
    reader.click('#say input[value="text"]')
    reader.click("#say button[value=save]")
    reader.said("not furniture")
    reader.click(".head form[action='/clean'] button")
    reader.said("cleaned again")
    assert "THE FERRY 8" in (tmp_path / "corpora" / "clean" / "a.txt").read_text(encoding="utf-8")


def test_two_tabs_and_another_person(scan):
    review, reader = scan
    first, second, third = [*review.verdicts()][:3]
    reader.go("/changes?file=a.txt")
    one = reader.browser.current_window_handle
    reader.browser.switch_to.new_window("tab")
    try:
        reader.go("/changes?file=a.txt")
        reader.press("j", "a")
        reader.said("1 change accepted")
        reader.browser.switch_to.window(one)
        reader.run("document.dispatchEvent(new Event('visibilitychange'))")
        reader.until(f"document.querySelector('[data-id={json.dumps(first)}]').dataset.verdict == 'accept'")

        config = settings.load(Path())
        open_desk([], config, config.clean).decide("a.txt", [second], "reject")
        reader.press("j", "j", "j", "a")
        reader.until("!document.querySelector('#fault').hidden")
        assert "changed by somebody else" in reader.find("#fault").text
        reader.until(f"document.querySelector('[data-id={json.dumps(second)}]').dataset.verdict == 'reject'")
        reader.press("a")
        reader.said("1 change accepted")
        assert [*review.verdicts().values()][:3] == ["accept", "reject", "accept"]
    finally:
        reader.browser.switch_to.new_window("tab")
        last = reader.browser.current_window_handle
        for handle in reader.browser.window_handles:
            if handle != last:
                reader.browser.switch_to.window(handle)
                complaints(reader.browser)  # the refusal of an act is told by the browser too
                reader.browser.close()
        reader.browser.switch_to.window(last)
    assert third in review.verdicts()


def test_nothing_in_a_text_acts(start, tmp_path):
    raw = f"{HOSTILE}\n\nthe {HOSTILE} mill\n\n{'x' * 100_000}\n"
    at = raw.index("the ")
    edits = [Edit(at, at + 3, "the", HOSTILE, "words.<b>", 0.95, HOSTILE)]
    held = [Edit(len(raw) - 9, len(raw) - 4, "xxxxx", HOSTILE, "words.x", 0.5, HOSTILE)]
    made_logs.write(tmp_path / "corpora" / "clean", "a.txt", raw, edits, held)
    (tmp_path / "corpora" / "raw").mkdir()
    (tmp_path / "corpora" / "raw" / "a.txt").write_bytes(raw.encode("utf-8", "surrogateescape"))
    review, reader = start()
    for path in ("/series?file=a.txt", "/changes?file=a.txt", "/text?file=a.txt"):
        reader.go(path)
        reader.press("j")
        assert not reader.all("#main script, #main img, #main style, #main b")
        assert "<script>alert(1)</script>" in reader.find("#main").text
    reader.until("document.querySelector('#panel .change')")
    reader.press("a")
    reader.said("1 change accepted")
    reader.select("evil")
    reader.click("#mend-here")
    reader.until("document.querySelector('#mend textarea').value == 'evil'")
    reader.find("#mend textarea").send_keys("<b>")
    reader.click("#mend button[value=save]")
    reader.said("<b>")
    assert any(one.after.endswith("<b>") for one in review.desk.sheet("a.txt").decided.decisions)


def test_letters_beyond_the_first_plane_are_counted_as_the_text_counts_them(start, tmp_path):
    raw = "A \N{GOTHIC LETTER AHSA}\N{GOTHIC LETTER BAIRKAN} and \x00 a miller at the mill.\n"
    made_logs.write(tmp_path / "corpora" / "clean", "a.txt", raw, [], [])
    (tmp_path / "corpora" / "raw").mkdir()
    (tmp_path / "corpora" / "raw" / "a.txt").write_text(raw, encoding="utf-8")
    _, reader = start()
    reader.go("/text?file=a.txt")
    for letters in ("miller", "\N{GOTHIC LETTER BAIRKAN}"):
        reader.select(letters)
        reader.click("#mend-here")
        reader.until(f"document.querySelector('#mend textarea').value == {json.dumps(letters)}")
        reader.click("#mend .closes")


def test_ten_thousand_changes_are_no_burden(start, tmp_path):
    raw, edits, held = made_logs.long_text(1_000_000, 10_000)
    made_logs.write(tmp_path / "corpora" / "clean", "a.txt", raw, edits, held)
    (tmp_path / "corpora" / "raw").mkdir()
    (tmp_path / "corpora" / "raw" / "a.txt").write_text(raw, encoding="utf-8")
    review, reader = start()
    review.desk.sheet("a.txt")
    took = {}

    def timed(name, act):
        begun = reader.run("return Date.now()")
        act()
        took[name] = reader.run("return Date.now()") - begun

    reader.go("/changes?file=a.txt")
    timed("list", lambda: reader.go("/changes?file=a.txt&first=5000"))
    assert len(reader.all(".hit")) == 100
    reader.press("j")
    first = reader.current()

    def accept():
        reader.press("a")
        reader.until(f"document.querySelector('.item[aria-current=true]').dataset.id != {json.dumps(first)}")

    timed("one", accept)

    def all_():
        reader.click(reader.all('.bulk form button[value="accept"]')[1])
        reader.said("9,999 changes accepted")

    timed("all", all_)
    reader.go("/text?file=a.txt&part=40")
    timed("text", lambda: reader.go("/text?file=a.txt&part=41"))
    assert all(review.verdicts().values())
    limits = {"list": 3_000, "one": 2_000, "all": 20_000, "text": 4_000}  # a busy machine; alone a tenth of that
    assert not {name: ms for name, ms in took.items() if ms > limits[name]}, took


@pytest.mark.parametrize(("width", "dark"), [(400, False), (1400, False), (1400, True)])
def test_pages_fit_and_can_be_read(scan, width, dark):
    """Nothing is wider than the window, every field has a label, and letters stand out from their ground (WCAG AA)."""
    _, reader = scan
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    try:
        reader.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        reader.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        for path in ("/?all=1", "/series?file=a.txt", "/changes?file=a.txt", "/text?file=a.txt"):
            reader.go(path)
            reader.press("j")
            assert reader.run("return document.documentElement.scrollWidth") <= width, path
            assert reader.run(UNNAMED) == [], path
            assert reader.run(FAINT) == [], path
    finally:
        reader.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        reader.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


UNNAMED = """return [...document.querySelectorAll("input:not([type=hidden]), select, textarea, button, dialog, nav, a")]
  .filter((one) => !(one.labels?.length || one.getAttribute("aria-label") || one.getAttribute("aria-labelledby") || one.textContent.trim()))
  .map((one) => one.outerHTML)"""
FAINT = """
const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
const light = (colour) => { const [r, g, b] = colour.slice(0, 3).map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const over = (top, under) => { const a = top[3] ?? 1; return [0, 1, 2].map((k) => top[k] * a + under[k] * (1 - a)); };
const ground = (one) => { const layers = [];
  for (let e = one; e; e = e.parentElement) layers.unshift(parse(getComputedStyle(e).backgroundColor));
  return layers.reduce((under, top) => over(top, under), [255, 255, 255]); };
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), faint = new Set();
while (walker.nextNode()) {
  const one = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || one.closest(":disabled, script")) continue;
  let opacity = 1; for (let e = one; e; e = e.parentElement) opacity *= Number(getComputedStyle(e).opacity);
  if (opacity < 0.5) continue;
  const back = ground(one), ink = over([...parse(getComputedStyle(one).color).slice(0, 3), opacity], back);
  const [high, low] = [light(ink), light(back)].sort((a, b) => b - a);
  if ((high + 0.05) / (low + 0.05) < 4.5) faint.add(`${one.localName}.${one.className} ${walker.currentNode.data.slice(0, 20)}`);
}
return [...faint]"""
