"""What every check looks at: a text as paragraphs and words, with the places where nothing of the kind can be said.

A *paragraph* ends at a blank line; in a text whose lines hold whole paragraphs each line is one, but for verse, lists
and other regions whose lines belong together. Offsets are code points of the text, spans half-open.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from cleaner.language import General
from cleaner.measure import flowed
from cleaner.model import Document
from cleaner.text import APOSTROPHES, Lines, count_words, inside

# Regions that are no running text: figures, references and code are full of what would be a fault in prose.
QUIET = ("code", "table", "garbage", "index", "contents")
# Regions whose lines are kept, so that a line is no paragraph.
KEPT = (*QUIET, "verse", "display", "list", "play", "caption")
ADDRESS = re.compile(r"://|www\.|@|\\\w|\.(?:com|org|net|html?|txt|pdf|edu|gov)\b", re.IGNORECASE)
BEFORE, BEHIND = re.compile(r"\S*\Z"), re.compile(r"\A\S*")
TOKEN = 100  # code points on each side that are searched for an address of the net
POSSESSIVES = tuple(f"{sign}s" for sign in APOSTROPHES)


class Finding(NamedTuple):
    """What a proofreader should look at: ``text[start:end]``, the kind (see ``KINDS``), and what is odd about it."""

    start: int
    end: int
    kind: str
    message: str


class Paragraph(NamedTuple):
    """``text[start:end]``, without blanks around it; ``region`` is the kind of region that it begins in, empty in prose."""

    start: int
    end: int
    region: str


class Sheet:
    """One text for all checks. ``doc`` has the marks of the stage ``regions``, ``general`` is what is known of its language.

    >>> sheet = Sheet(Document("One.\\nTwo.\\n\\n  Three.\\n"), General("en", {}))
    >>> [sheet.text[start:end] for start, end, _ in sheet.paragraphs], sheet.counts["one"]
    (['One.\\nTwo.', 'Three.'], 1)
    """

    def __init__(self, doc: Document, general: General) -> None:
        self.doc = doc
        self.text = doc.text
        self.general = general
        self.is_quiet = inside(doc.spans(*QUIET))
        self.is_foreign = inside(doc.spans("foreign"))

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """All paragraphs in order; no two overlap."""
        return list(self._paragraphs())

    def _paragraphs(self) -> Iterator[Paragraph]:
        lines = Lines(self.text, pages=True)
        strings = lines.strings()
        whole = flowed([len(string) for string in strings])
        regions = sorted(mark[:3] for mark in self.doc.marked(*KEPT))
        firsts = [start for start, _, _ in regions]
        last: Paragraph | None = None
        for line, string in zip(lines, strings, strict=True):
            bare = string.strip()
            if bare:
                start = line.start + string.index(bare)
                k = bisect_right(firsts, start) - 1
                region = regions[k][2] if k >= 0 and regions[k][1] > start else ""
                if last and last.region == region and (region or not whole):
                    last = last._replace(end=start + len(bare))
                    continue
            if last:
                yield last
            last = Paragraph(start, start + len(bare), region) if bare else None
        if last:
            yield last

    @cached_property
    def starts(self) -> list[int]:
        """Where the paragraphs begin."""
        return [paragraph.start for paragraph in self.paragraphs]

    def paragraph(self, at: int) -> int:
        """The number of the paragraph that an offset lies in or behind, -1 before the first."""
        return bisect_right(self.starts, at) - 1

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word stands in the text, in lower case and without the ending of a possessive."""
        counts: Counter[str] = Counter()
        for word, count in count_words(self.text).items():
            counts[plain(word)] += count
        return counts

    def knows(self, word: str) -> bool:
        """Whether the dictionary of the language has a word, in any case."""
        return self.general.is_word(word.lower())

    def is_address(self, start: int, end: int) -> bool:
        """Whether a place lies within an address of the net, or the name of a file."""
        before, behind = self.text[max(0, start - TOKEN) : start], self.text[start : end + TOKEN]
        token = BEFORE.findall(before)[0] + BEHIND.findall(behind)[0]
        return ADDRESS.search(token) is not None


def plain(word: str) -> str:
    """A word in lower case, without the ending of a possessive.

    >>> plain("To-day's"), plain("is")
    ('to-day', 'is')
    """
    word = word.lower()
    return word[:-2] if word.endswith(POSSESSIVES) else word
