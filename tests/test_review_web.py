"""The server of the review: who may ask, what it answers, what nobody can make it do. No browser is needed here."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cleaner import settings
from cleaner.api import Cleaner
from cleaner.errors import SettingsError, UsageError
from cleaner.model import Edit, Mark
from cleaner.review import scans, web
from cleaner.review.desk import open_desk
from cleaner.review.guard import Guard
from cleaner.settings import Config
from tests import made_logs
from tests.made_reports import HOSTILE, ROOT

BASE = "http://127.0.0.1:5000"
HERE = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}


class Site:
    """A review of one text, as a browser of the person who started it sees it."""

    def __init__(self, name="a.txt"):
        config = settings.load(Path())
        self.desk = open_desk([], config, config.clean)
        self.guard = Guard(5000, scans.origin(config.page_image))
        self.faults = []
        self.app = web.application(self.desk, self.guard, self.faults.append)
        self.client = self.app.test_client()
        self.client.set_cookie(self.guard.cookie, self.guard.token, domain="127.0.0.1")
        self.name = name

    def get(self, path, **headers):
        answer = self.client.get(path, base_url=BASE, headers=headers)
        assert answer.data is not None
        answer.close()
        return answer

    def html(self, path):
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    @property
    def version(self):
        return re.search('data-version="([^"]*)"', self.html(f"/text?file={self.name}")).group(1)

    def post(self, act, headers=HERE, **values):
        values = {"file": self.name, "version": self.version, "shown": [], **values}
        return self.client.post(f"/{act}", base_url=BASE, json=values, headers=headers)

    def done(self, act, **values):
        answer = self.post(act, **values)
        assert answer.status_code == 200, answer.json
        return answer.json

    def refused(self, act, **values):
        answer = self.post(act, **values)
        assert answer.status_code == 400, answer.json
        return answer.json["error"]

    @property
    def items(self):
        return self.desk.look_again(self.name).items


def made(folder, raw, edits=(), held=(), marks=(), name="a.txt"):
    made_logs.write(folder / "corpora" / "clean", name, raw, list(edits), list(held), list(marks))
    path = folder / "corpora" / "raw" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw.encode("utf-8", "surrogateescape"))


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cleaner.toml").write_text('language = "en"\n', encoding="utf-8")
    raw, edits, held = made_logs.long_text(60_000, 40)
    made(tmp_path, raw, edits, held)
    return Site()


# ---- who may ask -----------------------------------------------------------------------------------------------------


def test_the_secret_is_exchanged_for_a_cookie_and_leaves_the_address(site):
    answer = site.app.test_client().get(site.guard.address.removeprefix(BASE), base_url=BASE)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"cleaner-review-5000={site.guard.token};")
    assert {"HttpOnly", "SameSite=Strict"} <= {part.strip() for part in cookie.split(";")}


@pytest.mark.parametrize("path", ["/", "/?token=", "/?token=x", "/text?file=a.txt", "/static/review.js", "/nowhere"])
def test_without_the_secret_nothing_is_shown(site, path):
    for cookie in (None, "x", ""):
        client = site.app.test_client()
        if cookie is not None:
            client.set_cookie(site.guard.cookie, cookie, domain="127.0.0.1")
        answer = client.get(path, base_url=BASE)
        assert answer.status_code == 403
        assert "a.txt" not in answer.text.replace("/text?file=a.txt", "")
        assert site.guard.token not in answer.text


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:5000", "127.0.0.1", "127.0.0.1:80", "127.0.0.1.evil:5000", ""]
)
def test_another_name_of_this_machine_is_refused(site, host):
    for path in ("/", site.guard.address.removeprefix(BASE)):
        answer = site.client.get(path, base_url=BASE, headers={"Host": host})
        assert answer.status_code == 421
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("asked", ["cross-site", "same-site", "x"])
def test_another_site_is_refused(site, asked):
    assert site.get("/", **{"Sec-Fetch-Site": asked}).status_code == 403
    assert site.get("/", **{"Sec-Fetch-Site": "same-origin"}).status_code == 200
    item = site.items[0]
    values = {"ids": [item.id], "verdict": "accept"}
    assert site.post("decide", {**HERE, "Sec-Fetch-Site": asked}, **values).status_code == 403
    assert not site.items[0].settled


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", "http://127.0.0.1:5001", "https://127.0.0.1:5000"]
)
def test_an_act_comes_from_a_page_of_this_origin(site, origin):
    headers = {} if origin is None else {"Origin": origin}
    for options in ({"json": {}}, {"data": {"file": "a.txt"}}):
        answer = site.client.post("/undo", base_url=BASE, headers=headers, **options)
        assert answer.status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
def test_other_methods_are_refused(site, method):
    assert site.client.open("/", method=method, base_url=BASE, headers=HERE).status_code == 405


def test_a_look_changes_nothing_and_an_act_is_no_link(site):
    for act in ("decide", "mend", "say", "withdraw", "drop", "clean", "undo", "state"):
        assert site.get(f"/{act}").status_code == 405


def test_every_answer_forbids_what_is_not_ours(site):
    for path in ("/", "/text?file=a.txt", "/static/review.css", "/nowhere"):
        head = site.get(path).headers
        policy = dict(part.strip().split(" ", 1) for part in head["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["img-src"] == "'self'"
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert head["Cache-Control"] == "no-store"
        assert head["Referrer-Policy"] == "same-origin"
        assert head["X-Content-Type-Options"] == "nosniff"
    assert site.get("/").headers["Content-Type"] == "text/html; charset=utf-8"


def test_pages_hold_no_script_and_no_style_of_their_own_and_nothing_from_elsewhere(site):
    for path in ("/?all=1", "/series?file=a.txt", "/changes?file=a.txt", "/text?file=a.txt"):
        html = site.html(path)
        assert html.count("<script") == 1
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|https?://", html)


def test_the_server_listens_on_the_loopback_address_only(site):
    made_server, guard = web.server(site.desk, 0, site.faults.append)
    assert made_server.server_address[0] == "127.0.0.1"
    running = threading.Thread(target=made_server.serve_forever)
    running.start()
    try:
        with pytest.raises(UsageError, match=rf"port {guard.port} cannot be had"):
            web.listen(guard.port)
        jar = urllib.request.HTTPCookieProcessor()
        with urllib.request.build_opener(jar).open(guard.address) as answer:
            assert (answer.status, answer.url) == (200, f"http://127.0.0.1:{guard.port}/")
    finally:
        made_server.shutdown()
        running.join()
    assert not site.faults


@pytest.mark.parametrize("port", [-1, 65_536])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(UsageError, match="is no port"):
        web.listen(port)


def test_serve_says_its_address_and_how_it_ended(site, monkeypatch):
    said, opened = [], []
    monkeypatch.setattr("webbrowser.open", opened.append)

    def ask(line):
        said.append(line)
        if line.startswith("review: "):
            monkeypatch.setattr(web.BaseWSGIServer, "serve_forever", lambda self: self.server_close())

    web.serve(site.desk, open_browser=False, say=ask)
    assert re.fullmatch(r"review: http://127\.0\.0\.1:\d+/\?token=[\w-]{43}", said[0])
    assert "make clean" in said[-1]
    assert not opened


def test_ctrl_c_ends_it(site):
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"  # what starts the tests may ignore it
        "from pathlib import Path; from cleaner import settings; from cleaner.review import desk, web;"
        "config = settings.load(Path());"
        "web.serve(desk.open_desk([], config, config.clean), open_browser=False, say=lambda line: print(line, flush=True))"
    )
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=-1, stderr=-1, text=True, env={**os.environ, "PYTHONPATH": path}
    ) as running:
        address = running.stdout.readline().removeprefix("review: ").strip()
        with urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open(address) as answer:
            assert answer.status == 200
        running.send_signal(signal.SIGINT)
        try:
            said, faults = running.communicate(timeout=20)
        finally:
            running.kill()
    assert (running.returncode, faults) == (0, "")
    assert said.splitlines()[-1].startswith("stopped: every decision is written down")


# ---- what is shown ---------------------------------------------------------------------------------------------------


def test_texts_are_counted_when_they_are_asked_for(site):
    assert "40 settled" not in site.html("/")
    assert "0 of 40 settled" in site.html("/row?file=a.txt")
    assert "0 of 40 settled" in site.html("/?all=1")


def test_filters(site):
    def shown(query=""):
        return re.findall(r'class="item hit" id="([^"]*)"', site.html(f"/changes?file=a.txt{query}"))

    assert shown() == [item.id for item in site.items]
    held = [item.id for item in site.items if item.status == "held"]
    assert shown("&status=held") == held
    assert shown("&stage=words&rule=words") == shown()
    assert shown("&stage=glyphs") == shown("&low=0.95") == []
    assert shown("&low=0.9&high=0.95") == shown()
    site.done("decide", ids=held[:2], verdict="accept")
    assert shown("&status=held&settled=open") == held[2:]
    assert shown("&settled=done") == held[:2]
    assert shown("&before=the&after=tbe&moves=") == shown()
    assert shown("&before=the&after=thy&moves=") == []


@pytest.mark.parametrize("query", ["low=2", "low=x", "low=nan", "settled=maybe", "page=%5Cq", "before=%5Cx"])
def test_a_filter_that_is_none_says_so(site, query):
    assert site.get(f"/changes?file=a.txt&{query}").status_code == 400


@pytest.mark.parametrize(
    "path", ["/text", "/text?file=b.txt", "/text?file=../a.txt", "/change?file=a.txt&id=x", "/series?file=%5Cq", "/row"]
)
def test_what_is_not_there_says_so(site, path):
    answer = site.get(path)
    assert answer.status_code == 400
    assert "<h1>" in answer.text


def test_pages_of_a_list_lose_nothing_while_it_is_settled(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    raw, edits, held = made_logs.long_text(200_000, 250)
    made(tmp_path, raw, edits, held)
    site = Site()
    path, seen = "/changes?file=a.txt&settled=open", []
    while path:
        html = site.html(path)
        here = re.findall(r'class="item hit" id="([^"]*)"', html)
        site.done("decide", ids=here, verdict="accept")
        seen += here
        path = (re.search(r'rel="next" href="([^"]*)"', html) or [None, ""])[1].replace("&amp;", "&")
    assert seen == [item.id for item in site.items]


def test_the_text_is_there_letter_for_letter(site):
    """What is marked as standing at an offset of the clean text stands there."""
    clean, found, part = site.desk.sheet("a.txt").clean, "", 0
    while len(found.rstrip()) < len(clean.rstrip()):
        html = site.html(f"/text?file=a.txt&part={part}")
        for at, text in re.findall(r'<span data-c="(\d+)">([^<]*)</span>', html):
            assert clean.startswith(text, int(at))
            found = found.ljust(int(at), "\n") + text
        part += 1
    assert found.rstrip() == clean.rstrip()


def test_a_change_is_found_in_its_part_of_the_text(site):
    last = site.items[-1]
    html = site.html(f"/text?file=a.txt&id={last.id}")
    assert re.search(rf'data-id="{last.id}"[^>]* aria-current="true"', html)


def test_a_printed_page_is_found(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    raw, edits, held = made_logs.long_text(60_000, 40)
    at = raw.index("\n\n", 50_000) + 2
    made(tmp_path, raw, edits, held, [Mark(at, at, "page", {"folio": "83", "read": "83"})])
    html = Site().html("/text?file=a.txt&page=83")
    assert '<span class="page">83</span>' in html
    assert "part 5 of" in html


def test_nothing_in_a_text_acts(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    raw = f"{HOSTILE}\n\nthe {HOSTILE} mill\n\n{'x' * 100_000}\n"
    at = raw.index("the ")
    edits = [
        Edit(at, at + 3, "the", HOSTILE, "words.<b>", 0.95, HOSTILE),
        Edit(at + 4, at + 4 + len(HOSTILE), HOSTILE, "", "words.<i>", 0.95, HOSTILE),
    ]
    held = [Edit(len(raw) - 9, len(raw) - 4, "xxxxx", HOSTILE, "words.x", 0.5, HOSTILE)]
    name = "<b>x&amp;.txt"
    made(tmp_path, raw, edits, held, name=name)
    site = Site("%3Cb%3Ex%26amp%3B.txt")
    tame = re.compile(r"<(/?[a-z0-9]+|!doctype)[ >]")
    for path in ("/?all=1", *(f"/{way}?file={site.name}" for way in ("series", "changes", "text", "text?part=1"))):
        html = site.html(path.replace("?part=1?", "?part=1&"))
        assert not {"b", "img", "style"} & {*tame.findall(html)}
        assert html.count("<script") == 1
        assert all(char.isprintable() or char == "\n" for char in html)
        assert "1522756" not in html
    for item in site.desk.sheet(name).items:
        html = site.html(f"/change?file={site.name}&id={item.id}")
        assert "&lt;script&gt;" in html
        assert all(char.isprintable() or char == "\n" for char in html)
    assert not site.faults


@pytest.mark.parametrize("name", ["caf\udce9.txt", "a\tb\\n.txt", "a+b & 50%#?.txt", "\u202etxt.txt"])
def test_any_name_of_a_file_leads_to_it(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    raw, edits, held = made_logs.long_text(60_000, 10)
    made(tmp_path, raw, edits, held, name=name)
    site = Site()
    row = site.html("/?all=1")
    assert "0 of 10 settled" in row
    address = re.search(r'<th scope="row"><a href="([^"]*)"', row).group(1).replace("&amp;", "&")
    html = site.html(address)
    site.name = re.search('data-file="([^"]*)"', html).group(1).replace("&amp;", "&")
    ids = [item.id for item in site.desk.sheet(name).items]
    answer = site.client.post(
        "/decide",
        base_url=BASE,
        json={
            "file": site.name,
            "version": re.search('data-version="([^"]*)"', html).group(1),
            "ids": ids,
            "verdict": "accept",
        },
        headers=HERE,
    )
    assert answer.json["progress"]["settled"] == 10


# ---- what is done ----------------------------------------------------------------------------------------------------


def test_decide_withdraw_undo(site):
    first, second = site.items[:2]
    found = site.done("decide", ids=[first.id], verdict="accept", shown=[first.id, second.id])
    assert found["states"][first.id] == {"verdict": "accept", "said": "accepted", "sign": "\N{CHECK MARK}"}
    assert found["states"][second.id]["verdict"] == ""
    assert found["progress"] == {"settled": 1, "total": 40, "said": "1 of 40 settled"}
    assert found["undo"] == 1
    site.done("decide", ids=[first.id, second.id], verdict="reject")
    assert [item.verdict.verdict for item in site.items[:2]] == ["reject", "reject"]
    site.done("decide", ids=[first.id], verdict="replace", after="thy")
    assert site.items[0].verdict.after == "thy"
    assert site.done("withdraw", ids=[first.id])["said"] == "2 decisions taken back"
    assert not site.items[0].settled
    for _ in range(3):
        site.done("undo")
    assert [item.verdict.verdict if item.verdict else "" for item in site.items[:2]] == ["accept", ""]
    assert site.done("undo")["undo"] == 0
    assert "nothing is left" in site.done("undo")["said"]


def test_all_that_a_filter_takes(site):
    said = site.done("decide", query="?status=held", verdict="accept")["said"]
    held = [item for item in site.items if item.status == "held"]
    assert said == f"{len(held)} changes accepted"
    assert all(item.settled == (item.status == "held") for item in site.items)
    assert site.done("decide", query="?", verdict="reject")["said"] == f"{40 - len(held)} changes rejected"
    assert {item.verdict.verdict for item in site.items if item.status == "held"} == {
        "accept"
    }  # said before, so it stays
    assert "no change is chosen" in site.refused("decide", query="?", verdict="reject")


@pytest.mark.parametrize("scope", ["document", "corpus"])
def test_a_series_for_a_whole_text_or_all(site, scope):
    found = site.done("decide", query="?before=the&after=tbe&moves=", verdict="reject", scope=scope)
    assert found["progress"]["settled"] == 40
    assert {item.verdict.scope for item in site.items} == {scope}
    name = "_corpus.jsonl" if scope == "corpus" else "a.txt.jsonl"
    lines = Path("rules/decisions", name).read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2


def test_what_makes_no_sense_is_refused(site):
    ids = [item.id for item in site.items]
    assert "no decision" in site.refused("decide", ids=ids[:1], verdict="burn")
    assert "no decision" in site.refused("decide", ids=ids[:1], verdict="accept", scope="world")
    assert "no change is chosen" in site.refused("decide", verdict="accept")
    assert "no change is chosen" in site.refused("decide", verdict="accept", query="?stage=glyphs")
    assert "no change 'x'" in site.refused("decide", ids=["x"], verdict="accept")
    assert "must be of type str" in site.refused("decide", ids=ids[:1], verdict="replace")
    assert "half of a character" in site.refused("decide", ids=ids[:1], verdict="replace", after="\ud800")
    assert "cleaned again" in site.refused("decide", ids=ids[:1], verdict="accept", version="x")
    assert "there is no text" in site.refused("decide", file="b.txt", verdict="accept")
    assert "no span" in site.refused("say", verdict="text", spans=[[0, "x"]])
    assert "no such lines" in site.refused("say", verdict="text", spans=[[0, 10**9]])
    assert "nothing that lines can be" in site.refused("say", verdict="accept", spans=[[0, 3]])
    assert "another one by now" in site.refused("mend", start=0, end=3, seen="xyz", new="")
    assert "must be of type int" in site.refused("mend", start=False, end=3, seen="the", new="")
    assert "another one by now" in site.refused("mend", start=-3, end=-1, seen="x", new="")
    assert not Path("rules/decisions").exists()


def test_what_is_sent_must_be_a_table(site):
    for body in ("[]", "7", '"x"', "null", "{", "", "[" * 100_000):
        answer = site.client.post("/decide", base_url=BASE, data=body, headers=HERE, content_type="application/json")
        assert answer.status_code == 400
        assert answer.json["error"]
    assert site.client.post("/decide", base_url=BASE, data=b"x" * 17_000_000, headers=HERE).status_code in (400, 413)


def test_mend_what_nobody_noticed(site):
    clean = site.desk.sheet("a.txt").clean
    at = clean.index("miller")
    assert site.get(f"/excerpt?file=a.txt&start={at}&end={at + 6}").json == {"text": "miller"}
    said = site.done("mend", start=at, end=at + 6, seen="miller", new="mi\u202eller")["said"]
    assert said == "decided: “mi\\u202eller” for “miller”"
    assert site.done("mend", start=at, end=at + 6, seen="miller", new="miller")["said"] == "nothing was changed"
    html = site.html("/text?file=a.txt")
    assert "you: “mi" in html
    key = re.search('name="key" value="([^"]*)"', html).group(1)
    assert site.done("drop", key=key)["said"] == "1 decision taken back"
    assert "you: “" not in site.html("/text?file=a.txt")
    assert "not decided any more" in site.refused("drop", key=key)


def test_say_what_lines_are(site):
    lines = site.get("/lines?file=a.txt&start=0&end=300").json["lines"]
    raw = site.desk.sheet("a.txt").raw
    assert (
        [raw[line["start"] : line["end"]] for line in lines]
        == [line["text"] for line in lines]
        == raw.split("\n")[: raw.count("\n", 0, 299) + 1]
    )
    site.done("say", verdict="furniture", spans=[[lines[1]["start"], lines[1]["end"]]])
    site.done("say", verdict="page", spans=[[lines[3]["start"], lines[3]["end"]]], folio=" 17 ")
    said = site.desk.sheet("a.txt").decided.decisions
    assert [(one.verdict, one.text, one.after) for one in said] == [
        ("furniture", lines[1]["text"], ""),
        ("page", lines[3]["text"], "17"),
    ]
    html = site.html("/text?file=a.txt")
    assert "you: furniture" in html
    assert "a page begins here, 17" in html


def test_clean_again_brings_it_into_the_text(site):
    clean = site.desk.sheet("a.txt").clean
    at = clean.index("miller")
    old = site.version
    site.done("mend", start=at, end=at + 6, seen="miller", new="tanner")
    said = site.done("clean")["said"]
    assert said == "cleaned again"
    assert site.desk.sheet("a.txt").clean.count("tanner") == 1
    assert site.version != old
    assert "cleaned again" in site.refused("decide", ids=["x"], verdict="accept", version=old)
    assert site.done("clean")["said"].startswith("nothing to do")


def test_an_edited_text_says_how_to_go_on(site):
    path = Path("corpora/clean/a.txt")
    path.write_text(path.read_text(encoding="utf-8") + "more\n", encoding="utf-8")
    answer = site.get("/text?file=a.txt")
    assert answer.status_code == 409
    assert "was edited since it was cleaned" in answer.text
    assert "cleaner adopt corpora/clean/a.txt" in answer.text
    assert "cleaner adopt" in site.html("/?all=1")


def test_a_broken_ledger_names_file_and_line(site):
    site.done("decide", ids=[site.items[0].id], verdict="accept")
    path = Path("rules/decisions/a.txt.jsonl")
    path.write_bytes(path.read_bytes() + b"{\n")
    for answer in (site.get("/text?file=a.txt"), site.get("/?all=1")):
        assert "a.txt.jsonl:3: this is no line of JSON" in answer.text


def test_another_person_is_never_written_over(site):
    first, second = site.items[:2]
    version = site.version
    theirs = Site()
    theirs.done("decide", ids=[first.id], verdict="reject")
    body = {"file": "a.txt", "version": version, "ids": [second.id], "verdict": "accept"}
    answer = site.client.post("/decide", base_url=BASE, json=body, headers=HERE)
    assert answer.status_code == 400
    assert "was changed by somebody else meanwhile" in answer.json["error"]
    state = site.client.post("/state", base_url=BASE, json={"file": "a.txt", "shown": [first.id]}, headers=HERE).json
    assert state["states"][first.id]["verdict"] == "reject"
    assert site.client.post("/decide", base_url=BASE, json=body, headers=HERE).status_code == 200
    assert [item.verdict.verdict for item in theirs.items[:2]] == ["reject", "accept"]


def test_forms_work_without_a_script(site):
    def post(act, **data):
        return site.client.post(f"/{act}", base_url=BASE, data=data, headers=HERE)

    first, second = site.items[:2]
    values = {"file": "a.txt", "version": site.version}
    answer = post("decide", **values, ids=[first.id, second.id], verdict="accept", back="/changes?file=a.txt")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/changes?file=a.txt")
    assert [item.settled for item in site.items[:3]] == [True, True, False]
    for back in ("//evil.example", "https://evil.example", "/\\evil.example", ""):
        assert post("undo", back=back).headers["Location"] == "/"
    answer = post("decide", **values, verdict="accept")
    assert answer.status_code == 400
    assert "no change is chosen" in answer.text


VALUES = (
    st.none() | st.booleans() | st.integers(-3, 10**6) | st.text(max_size=6) | st.lists(st.text(max_size=4), max_size=3)
)
FIELDS = [
    "file",
    "ids",
    "verdict",
    "scope",
    "after",
    "query",
    "start",
    "end",
    "seen",
    "new",
    "spans",
    "folio",
    "key",
    "shown",
]


@given(st.data())
@hypothesis_settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_is_answered_and_breaks_nothing(site, data):
    act = data.draw(st.sampled_from(["decide", "withdraw", "mend", "say", "drop", "undo", "state"]))
    version = site.version
    good = {
        "verdict": st.sampled_from(["accept", "reject", "replace", "furniture", "page"]),
        "ids": st.lists(st.sampled_from([item.id for item in site.items]), max_size=3),
        "file": st.just("a.txt"),
        "spans": st.lists(st.lists(st.integers(-2, 70_000), min_size=2, max_size=2), max_size=2),
    }
    values = {name: data.draw(good.get(name, VALUES) | VALUES) for name in data.draw(st.sets(st.sampled_from(FIELDS)))}
    body = json.dumps({"file": "a.txt", "version": version, **values})
    answer = site.client.post(f"/{act}", base_url=BASE, data=body, headers=HERE, content_type="application/json")
    assert answer.status_code in (200, 400)
    assert not site.faults
    sheet = site.desk.look_again("a.txt")
    Cleaner(settings.Settings(language="en")).clean("x", decided=sheet.decided.all)


# ---- scans -----------------------------------------------------------------------------------------------------------


def scanned(tmp_path, page_image, folio="83"):
    (tmp_path / "cleaner.toml").write_text(f"page_image = {json.dumps(page_image)}\n", encoding="utf-8")
    raw, edits, held = made_logs.long_text(60_000, 10)
    made(tmp_path, raw, edits, held, [Mark(0, 0, "page", {"folio": folio, "read": folio})])
    site = Site()
    return site, site.items[0].id


def test_the_scan_stands_beside_the_change(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    site, id_ = scanned(tmp_path, "scans/{stem}/{folio}.png")
    assert "<img" not in site.html(f"/change?file=a.txt&id={id_}")
    assert site.get(f"/scan?file=a.txt&id={id_}").status_code == 404
    (tmp_path / "scans" / "a").mkdir(parents=True)
    (tmp_path / "scans" / "a" / "83.png").write_bytes(b"\x89PNG")
    html = site.html(f"/change?file=a.txt&id={id_}")
    address = re.search(r'<img src="([^"]*)" alt="Scan of page 83"', html).group(1).replace("&amp;", "&")
    answer = site.get(address)
    assert (answer.data, answer.headers["Content-Type"]) == (b"\x89PNG", "image/png")


@pytest.mark.parametrize(
    "folio", ["../../secret", "..\\secret", "/etc/passwd", "x\0y", "link", "folder", "secret.txt\0"]
)
def test_no_file_outside_of_the_project_is_handed_out(tmp_path, monkeypatch, folio):
    project = tmp_path / "project"
    (project / "scans" / "folder.png").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(b"secret")
    (project / "scans" / "link.png").symlink_to(tmp_path / "secret.png")
    (project / "secret.txt").write_text("secret", encoding="utf-8")
    monkeypatch.chdir(project)
    site, id_ = scanned(project, "scans/{folio}.png", folio)
    answer = site.get(f"/scan?file=a.txt&id={id_}")
    assert answer.status_code == 404
    assert "secret" not in answer.text.replace(folio, "")


def test_only_pictures_are_handed_out(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    site, id_ = scanned(tmp_path, "{folio}.toml", "cleaner")
    assert site.get(f"/scan?file=a.txt&id={id_}").status_code == 404


def test_scans_of_the_web_are_allowed_by_their_origin(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    site, id_ = scanned(tmp_path, "https://scans.example:8080/{stem}/{folio}.jpg", '8"3/../x')
    answer = site.get(f"/change?file=a.txt&id={id_}")
    assert 'src="https://scans.example:8080/a/8%223%2F..%2Fx.jpg"' in answer.text
    assert "img-src 'self' https://scans.example:8080;" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("page_image", "/etc/{folio}.png"),
        ("page_image", "../{folio}.png"),
        ("page_image", "file:///{folio}.png"),
        ("page_image", "javascript:alert(1)//{folio}"),
        ("page_image", "https://{stem}.example/x.png"),
        ("page_image", "https://a.example; script-src */x.png"),
        ("page_image", "scans/{page}.png"),
        ("page_image", "scans/{folio.__class__}.png"),
        ("page_url", "scans/{folio}.html"),
        ("page_url", "javascript:alert(1)"),
    ],
)
def test_settings_for_scans_that_lead_elsewhere_are_refused(tmp_path, key, value):
    (tmp_path / "cleaner.toml").write_text(f"{key} = {json.dumps(value)}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=key):
        settings.load(tmp_path)


def test_where_scans_are_changes_no_text():
    config = Config(page_image="scans/{folio}.png", page_url="https://scans.example/{folio}")
    assert not {"page_image", "page_url"} & set(config.settings.as_dict())
    assert scans.filled(config.page_url, "a.txt", "xiv") == "https://scans.example/xiv"


def test_a_listener_can_be_had_at_once_again():
    with web.listen(0) as first:
        port = first.getsockname()[1]
    with web.listen(port) as second:
        assert second.getsockname() == ("127.0.0.1", port)
        assert second.type == socket.SOCK_STREAM
