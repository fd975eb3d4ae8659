"""Reports of the samples and of made texts, and a reader of pages, for the tests of reports."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

from click.testing import CliRunner

from cleaner.cli import main
from cleaner.model import Edit
from cleaner.report import reading
from cleaner.settings import Config
from tests import made_logs

ROOT = Path(__file__).parent.parent
CLEAN = ROOT / "corpora" / "clean" / "samples"
SAMPLES = sorted(path.name for path in CLEAN.glob("*.txt"))
# What nobody may obey: markup, marks of direction, control characters, half code points as U+FFFD, entities.
HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> &lt; </style></div> \u202eevil\u202c \u2066x\u2069 \u200f "
    "\x00\x01\x07\x1b[31m\x7f\x85\x9b \u2028 \ufffd \ufeff {{ 1234*1234 }} {% raw %} \" ' ` -->"
)


def run(*arguments):
    return CliRunner().invoke(main, ["report", *map(str, arguments)])


def report_of(name):
    (text,) = reading.find(CLEAN / name)
    found = []
    assert [wrong for _, wrong in reading.each([text], Config(), found.append)] == [None]
    return found[0]


def made(tmp_path, raw, edits, held=(), name="x.txt", marks=()):
    (text,) = reading.find(made_logs.write(tmp_path, name, raw, edits, held, marks))
    found = []
    assert [wrong for _, wrong in reading.each([text], Config(), found.append)] == [None]
    return found[0]


class Page(HTMLParser):
    """The tags of a page with their attributes, its text, and the texts of its elements by class."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.text, self.links, self.ids, self.open = Counter(), [], [], [], []
        self.attributes = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes.update(name for name, _ in attrs)
        self.links += [value for name, value in attrs if name == "href"]
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in ("meta", "rect", "line", "circle"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in ("rect", "line", "circle"):
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def hostile(tmp_path, name="x.txt"):
    raw = f"{HOSTILE}\n\nthe {HOSTILE} mill\n\n{HOSTILE * 9}\n"
    at = raw.index("the ")
    edits = [
        Edit(at, at + 3, "the", HOSTILE, "words.<b>", 0.95, HOSTILE),
        Edit(at + 4, at + 4 + len(HOSTILE), HOSTILE, "", "words.<i>", 0.95, HOSTILE),
    ]
    held = [Edit(len(raw) - 9, len(raw) - 4, raw[-9:-4], HOSTILE, "words.x", 0.5, HOSTILE)]
    return made(tmp_path, raw, edits, held, name)
