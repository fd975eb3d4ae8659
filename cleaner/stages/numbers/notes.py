"""Where the notes themselves stand: a section of notes, or the foot of each page; and how well one fits a place.

A list of notes proves how many marks there are, and a note often names what its mark stands behind. A section is believed
by its heading and by numbers that rise from one; notes at a page's foot by numbers or signs that follow each other at the
starts of lines, up to the page's end. Lists without either are left alone: most numbered lists are no notes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from cleaner.language import General
from cleaner.stages.numbers.runs import places_of
from cleaner.text import WORD, inside

SIGNS = ("*", "\N{DAGGER}", "\N{DOUBLE DAGGER}", "\N{SECTION SIGN}")
HEADED = ("OTES", "otes", "EFERENCES", "eferences")
HEADING = re.compile(
    r"[ \t]*(?:(?:end|foot)?notes|references)(?: (?:to|on|for) [^\n]{1,60})?[.:]?[ \t]*$", re.IGNORECASE | re.MULTILINE
)
CAPITAL = "[\"'(\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\\[]*[^\\W\\d_a-z]"
NUMBERED = re.compile(rf"^[ \t]*(?P<label>[0-9]{{1,3}})[.)]?[ \t]+(?={CAPITAL})", re.MULTILINE)
SIGNED = re.compile(
    rf"^[ \t]*(?P<label>\*{{1,3}}|[\N{{DAGGER}}\N{{DOUBLE DAGGER}}\N{{SECTION SIGN}}+#]|[tf](?=[ A-Z]))[ \t]?(?={CAPITAL})",
    re.MULTILINE,
)
INDENTED = 80  # code points before a heading's word in its line
FEWEST = 3  # notes of a section
FARTHEST = 6_000  # code points from one note to the next
SKIPPED = 2  # numbers that the scan lost
FOOT = 0.6  # of a page: notes take no more of it
READ = 300  # in which a note names what it is about
BEFORE = 200  # a mark, that stands
RARE = 1e-4  # words that say something
SAMPLE, PART = 50_000, 1_000  # code points in which words are counted
EDITION = 10_000  # words of others that a short text is taken with
NOWHERE: Mapping[int, Sequence[tuple[int, int]]] = MappingProxyType({})
WINDOW = 30  # words before a mark
NAMES = 0.3  # of all notes name in such words what their mark stands behind
MOST, LEAST = 100.0, 0.7
ROOT = 6  # letters that two forms of a word share


class Note(NamedTuple):
    """A note: the ``label`` that it should have, what is read for it at ``text[start:end]``, and where its text ends."""

    label: str
    start: int
    end: int
    close: int


class NoteList(NamedTuple):
    """Notes in order, in ``text[start:end]``; those of a page that were moved from its foot stand elsewhere."""

    notes: Sequence[Note]
    start: int
    end: int

    @property
    def is_numbered(self) -> bool:
        return self.notes[0].label.isdigit()


def sections(text: str) -> list[NoteList]:
    """The lists of notes below headings, one for each time that their numbers begin again.

    >>> [[note.label for note in found.notes] for found in sections("NOTES\\n1. One.\\n2. Two.\\n3. Three.\\n")]
    [['1', '2', '3']]
    >>> sections("1. One.\\n2. Two.\\n3. Three.\\n")
    []
    """
    found: list[NoteList] = []
    headings = list(_headings(text))
    items = list(NUMBERED.finditer(text)) if headings else []
    starts = [item.start() for item in items]
    done = 0
    for heading in headings:
        if heading.start() < done:
            continue
        groups: list[list[re.Match[str]]] = []
        at = heading.end()
        for item in map(items.__getitem__, range(bisect_left(starts, at), len(items))):
            if item.start() - at > FARTHEST:
                break
            number = int(item["label"])
            last = int(groups[-1][-1]["label"]) if groups else 0
            if number == 1 and (not groups or last >= FEWEST):
                groups.append([item])
            elif groups and last < number <= last + 1 + SKIPPED:
                groups[-1].append(item)
            else:
                continue
            at = item.end()
        for group, after in pairwise([*groups, []]):
            if len(group) >= FEWEST:
                done = after[0].start() if after else _paragraph_end(text, group[-1].end())
                found.append(_listed(group, [item["label"] for item in group], done))
    return found


def _headings(text: str) -> Iterator[re.Match[str]]:
    for word in places_of(text, HEADED):
        line = text.rfind("\n", max(word - INDENTED, 0), word) + 1
        heading = HEADING.match(text, line) if line or word <= INDENTED else None
        if heading:
            yield heading


def _paragraph_end(text: str, at: int) -> int:
    end = text.find("\n\n", at)
    return end if end >= 0 else len(text)


def _listed(items: Sequence[re.Match[str]], labels: Sequence[str], end: int) -> NoteList:
    ends = [*(item.start() for item in items[1:]), end]
    notes = [Note(label, *item.span("label"), close) for label, item, close in zip(labels, items, ends, strict=True)]
    return NoteList(notes, items[0].start(), end)


def feet(
    text: str, pages: Sequence[int], placed: Mapping[int, Sequence[tuple[int, int]]] = NOWHERE
) -> Iterator[tuple[int, NoteList]]:
    """For each page that has notes at its foot, where it begins and the notes. ``pages`` are the starts of pages.

    ``placed``: where the notes of pages, by number from 1, are known to stand, maybe moved; no other page has them.

    >>> page = "The smoke* was lost,t and no one\\nlooked after the boat any more\\n\\n*It was late.\\nt Or early.\\n"
    >>> [[note.label for note in found.notes] for _, found in feet(page, [0])]
    [['*', '†']]
    """
    known = inside(span for spans in placed.values() for span in spans)
    for number, (start, end) in enumerate(pairwise([*pages, len(text)]), 1):
        spans = placed.get(number, ())
        where = spans or [(end - int(FOOT * (end - start)), end)]
        for pattern in (NUMBERED, SIGNED):
            items = [(item, stop) for begin, stop in where for item in pattern.finditer(text, begin, stop)]
            items = [(item, stop) for item, stop in items if spans or not known(item.start())]
            labels = _labels([item["label"] for item, _ in items])
            if labels:
                break
        else:
            continue
        first = items[0][0].start()
        if spans:
            ends = [*(item.start() for item, _ in items[1:]), end]
            notes = [
                Note(label, *item.span("label"), close if item.end() < close < stop else stop)
                for label, (item, stop), close in zip(labels, items, ends, strict=True)
            ]
            yield start, NoteList(notes, end, end)
        elif labels[0] == "*" or text[max(first - 2, 0) : first] == "\n\n":
            yield start, _listed([item for item, _ in items], labels, end)


def _labels(read: Sequence[str]) -> list[str]:
    """What the notes of one page have, as it was printed: numbers or signs that follow each other; none if they do not."""
    if not read or all(label.isdigit() for label in read):
        return list(read) if all(int(other) == int(one) + 1 for one, other in pairwise(read)) else []
    if read[0] != "*" or len(read) > len(SIGNS):
        return []
    if read == ["*" * (k + 1) for k in range(len(read))]:
        return list(read)
    return [] if any("*" in label for label in read[1:]) else list(SIGNS[: len(read)])


class Ties:
    """How much better a note fits a place than any other place, by the words that both have and few other places.

    >>> english = __import__("cleaner.language").language.general("en")
    >>> text = "He was called an otsovist.12 Nobody knew why.\\nNOTES\\n12. The otsovists wanted to recall all."
    >>> note = Note("12", 52, 54, len(text))
    >>> ties = Ties(text, english)
    >>> ties.fit(note, 26) > 10 > 1 > ties.fit(note, 10)
    True
    """

    def __init__(self, text: str, general: General) -> None:
        self._text, self._general = text, general
        self._words: dict[Note, frozenset[str]] = {}
        self._before: dict[int, frozenset[str]] = {}
        self._rates: dict[str, float] = {}

    def fit(self, note: Note, at: int) -> float:
        """How many times likelier the mark of a note stands at a place than at one that says nothing of it."""
        if note not in self._words:
            self._words[note] = self._telling(note.end, min(note.close, note.end + READ))
        if at not in self._before:
            self._before[at] = self._telling(max(at - BEFORE, 0), at)
        shared = self._words[note] & self._before[at]
        if not shared:
            return LEAST
        return min(MOST, max(NAMES / (WINDOW * self._rate(root)) for root in shared))

    def _telling(self, start: int, end: int) -> frozenset[str]:
        """The roots of the rarer words of ``text[start:end]``, the first and the last of which may be cut."""
        words = [word.lower() for word in WORD.findall(self._text, start, end)]
        rare = (word for word in words if len(word) >= ROOT - 1 and self._general.frequency(word) < RARE)
        return frozenset(word[:ROOT] for word in rare if word.isalpha())

    def _rate(self, root: str) -> float:
        """The share of the document's words that have a root; those of the note itself do not count."""
        if root not in self._rates:
            self._rates[root] = (self._sample.count(root[1:]) + 1) / (self._sampled + EDITION)
        return self._rates[root]

    @cached_property
    def _sample(self) -> str:
        """Parts of a long text, from all over it."""
        text = self._text
        if len(text) <= SAMPLE:
            return text
        return " ".join(text[at : at + PART] for at in range(0, len(text), len(text) * PART // SAMPLE))

    @cached_property
    def _sampled(self) -> int:
        """How many words these parts have, about."""
        return self._sample.count(" ")
