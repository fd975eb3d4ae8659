"""Paragraphs that begin in lower case, or with a mark that can begin none: mostly one paragraph that was parted.

What goes on behind a verse, a table or a list begins in lower case by right, and so do items, glosses, names ("de
Witt") and addresses of the net. A text that begins many paragraphs so has that habit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.proofing.sheet import Finding, Paragraph, Sheet
from cleaner.text import APOSTROPHES

_QUOTES = "\"'(\\[\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
FIRST = re.compile(rf"[{_QUOTES}]*([^\W\d_][\w{APOSTROPHES}\-]*)(.?)")
MARK = re.compile(r"[,;:!?)\]}]|\.(?! ?\.)(?=\s|[^\W\d_])")  # not "...", ". . ." or ".5"
PARTICLES = frozenset("de du des von van zu der den la le di da do dos del y of af ap ibn al el d'".split())
ABBREVIATION = 3  # "pp. 12", "cf. also", "a) first": so short, and a stop or a bracket behind
SHORT = 40  # code points: what is shorter before it may be a title, a formula, a salutation
HABIT = 0.15  # of all paragraphs begin so
FEWEST = 5


def starts(sheet: Sheet) -> Iterator[Finding]:
    """The first word, or mark, of each paragraph that cannot well begin one.

    >>> from cleaner.language import General
    >>> from cleaner.model import Document
    >>> text = "The men upon the quay looked after it until the smoke was lost in\\n\\nthe grey.\\n\\nde Witt, a) b\\n\\n, and so.\\n"
    >>> [(text[f.start:f.end], f.message) for f in starts(Sheet(Document(text), General("en", {})))]
    [('the', 'lower case, and the paragraph before has no end'), (',', 'begins with a mark')]
    """
    found = list(_starts(sheet))
    if len(found) < FEWEST or len(found) < HABIT * len(sheet.paragraphs):
        yield from found


def _starts(sheet: Sheet) -> Iterator[Finding]:
    text = sheet.text
    before: Paragraph | None = None
    for paragraph in sheet.paragraphs:
        start, end, region = paragraph
        last, before = before, paragraph
        if region:
            continue
        if mark := MARK.match(text, start, end):
            yield Finding(start, mark.end(), "start", "begins with a mark")
            continue
        first = FIRST.match(text, start, end)
        if last is None or last.region or first is None or not first[1][0].islower():
            continue
        word, behind = first[1], first[2]
        is_item = behind in (".", ")") and len(word) <= ABBREVIATION
        if word in PARTICLES or is_item or behind in ("/", "@", ":") or last.end - last.start < SHORT:
            continue
        ended = text[last.end - 1] not in ",;-" and not text[last.end - 1].isalnum()
        what = "lower case" if ended else "lower case, and the paragraph before has no end"
        yield Finding(first.start(1), first.end(1), "start", what)
