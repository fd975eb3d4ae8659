"""What changed between two texts, word by word, for people at a terminal.

Where a change log tells, nothing is guessed: the steps of the log are composed into one list of replacements over the
raw text. Only between two clean texts of different runs is there no log, and their words are aligned. Line ends and
blanks are no difference here: reflowed paragraphs would drown the rest. Says nothing of rules (see ``explain``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from rapidfuzz.distance import Indel

from cleaner import journal, names
from cleaner.sources import File, Places

Styled = tuple[str, str]  # (piece without blanks at its ends, "same" | "removed" | "added" | "gap")

CONTEXT = 4  # words on each side of a change
LONGEST = 24  # words shown of one removed or added stretch: both ends of it
GAP = "..."
REACH = 400  # characters searched for those words: a text may hold no blank at all
WORDS = re.compile(r"\S+")
TABLE = 400_000_000  # pairs of words that are compared one with another: fifty megabytes of bits
LINE_END = "\N{RETURN SYMBOL}"


class Change(NamedTuple):
    """``old[start:end]`` became ``after``; sorted, disjoint, in code points."""

    start: int
    end: int
    after: str


class Hunk(NamedTuple):
    """Changes near each other, as words; the first one stands in ``line`` (from 1) of the old text, or of a book's file."""

    line: int
    pieces: list[Styled]
    file: str = ""


def from_log(raw: str, log: journal.Log) -> list[Change]:
    """All that was applied, composed into changes of the raw text."""
    steps: dict[int, list[Change]] = {}
    for record in log.changes:
        if record["status"] == "applied":
            start, end = record["at"]
            steps.setdefault(record["n"], []).append(Change(start, end, record["after"]))
    for record in log.layout:
        size = len(record["before"])
        steps.setdefault(record["n"], []).extend(Change(at, at + size, record["after"]) for at in record["at"])
    text = raw
    whole: list[Change] = []
    for n in sorted(steps):
        step = sorted(steps[n], key=lambda change: change.start)
        whole = compose(whole, text, step)
        text = replaced(text, step)
    return whole


def replaced(text: str, changes: Iterable[Change]) -> str:
    """The text after the changes."""
    parts: list[str] = []
    at = 0
    for change in changes:
        parts += text[at : change.start], change.after
        at = change.end
    return "".join([*parts, text[at:]])


def compose(first: Sequence[Change], between: str, second: Sequence[Change]) -> list[Change]:
    """One list of changes for two in a row; ``between`` is the text that the first leads to and the second starts from.

    Changes that meet or touch become one.

    >>> compose([Change(0, 2, "xyz")], "xyzcd", [Change(1, 4, "-")])
    [Change(start=0, end=3, after='x-')]
    """
    events = sorted([*((at, end, 0, k) for k, (at, end) in enumerate(_landed(first))),
                     *((change.start, change.end, 1, k) for k, change in enumerate(second))])  # fmt: skip
    composed: list[Change] = []
    shift, k = 0, 0
    while k < len(events):
        low, high = events[k][:2]
        grown = 0
        inner: list[Change] = []
        while k < len(events) and events[k][0] <= high:
            _, end, which, number = events[k]
            if which:
                inner.append(second[number])
            else:
                grown += len(first[number].after) - (first[number].end - first[number].start)
            high = max(high, end)
            k += 1
        local = [Change(c.start - low, c.end - low, c.after) for c in inner]
        composed.append(Change(low - shift, high - shift - grown, replaced(between[low:high], local)))
        shift += grown
    return composed


def _landed(changes: Iterable[Change]) -> Iterator[tuple[int, int]]:
    """Where the replacements stand in the text after the changes."""
    shift = 0
    for change in changes:
        start = change.start + shift
        yield start, start + len(change.after)
        shift += len(change.after) - (change.end - change.start)


def between(old: str, new: str) -> list[Change]:
    """The changes between two texts without a log: their words are aligned."""
    spans, words = [match.span() for match in WORDS.finditer(old)], new.split()
    changes = []
    for a1, a2, b1, b2 in align(old.split(), words):
        added = " ".join(words[b1:b2])
        if a2 > a1:
            changes.append(Change(spans[a1][0], spans[a2 - 1][1], added))
        else:
            at = spans[a1 - 1][1] if a1 else 0
            changes.append(Change(at, at, f" {added}" if a1 else f"{added} "))
    return changes


def align(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Where two lists of words differ: in each (a1, a2, b1, b2) ``old[a1:a2]`` became ``new[b1:b2]``; in order.

    Short stretches keep the longest common subsequence. Longer ones are parted at words that both have once (patience
    diff, Bram Cohen), since the table of a whole book against a book would not fit into memory.

    >>> align("a mill in the town".split(), "in the old town".split())
    [(0, 2, 0, 0), (4, 4, 2, 3)]
    """
    runs: list[tuple[int, int, int, int]] = []
    stack = [(0, len(old), 0, len(new))]
    while stack:
        a1, a2, b1, b2 = stack.pop()
        while a1 < a2 and b1 < b2 and old[a1] == new[b1]:
            a1, b1 = a1 + 1, b1 + 1
        while a1 < a2 and b1 < b2 and old[a2 - 1] == new[b2 - 1]:
            a2, b2 = a2 - 1, b2 - 1
        if a1 == a2 and b1 == b2:
            continue
        if (a2 - a1) * (b2 - b1) <= TABLE:
            ops = Indel.opcodes(old[a1:a2], new[b1:b2])
            for equal, run in groupby(ops, key=lambda op: op.tag == "equal"):
                if not equal:
                    first, *_, last = [*run] * 2
                    runs.append((a1 + first.src_start, a1 + last.src_end, b1 + first.dest_start, b1 + last.dest_end))
        elif anchors := _anchors(old, new, (a1, a2, b1, b2)):
            for here, there in pairwise([(a1 - 1, b1 - 1), *anchors, (a2, b2)][::-1]):
                stack.append((there[0] + 1, here[0], there[1] + 1, here[1]))
        else:
            runs.append((a1, a2, b1, b2))
    return runs


def _anchors(old: Sequence[str], new: Sequence[str], within: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    """Places of words that both stretches have once, as many as stand in the same order in both."""
    a1, a2, b1, b2 = within
    mine, theirs = Counter(old[a1:a2]), Counter(new[b1:b2])
    where = {word: b1 + k for k, word in enumerate(new[b1:b2]) if theirs[word] == 1}
    pairs = [(a1 + k, where[word]) for k, word in enumerate(old[a1:a2]) if mine[word] == 1 and word in where]
    tops: list[int] = []  # the smallest last place of an ascending run of each length
    runs: list[tuple[tuple[int, int], Any]] = []  # each with the one that it goes on from
    for pair in pairs:
        length = bisect_left(tops, pair[1])
        longest = (pair, runs[length - 1] if length else None)
        tops[length : length + 1] = [pair[1]]
        runs[length : length + 1] = [longest]
    found = []
    link = runs[-1] if runs else None
    while link:
        found.append(link[0])
        link = link[1]
    return found[::-1]


# ---- changes to words ------------------------------------------------------------------------------------------------


def hunks(old: str, changes: Iterable[Change], files: Sequence[File] = ()) -> Iterator[Hunk]:
    """The changes that concern words, widened to whole words, with a few words around them; ``files`` are a book's.

    >>> next(hunks("mill of revolu-\\ntion here", [Change(14, 16, "")])).pieces
    [('mill of', 'same'), ('revolu-⏎ tion', 'removed'), ('revolution', 'added'), ('here', 'same')]
    """
    places = Places(old, files)
    pieces: list[Styled] = []
    first = last = 0

    def hunk() -> Hunk:
        place = places.find(first)
        return Hunk(place.line, _closed(pieces, old, last), place.file)

    for start, end, removed, added in _words_changed(old, changes):
        near = bool(pieces) and len(old[last:start].split(None, 2 * CONTEXT)) <= 2 * CONTEXT
        if pieces and near:
            pieces.append((_flat(old[last:start]), "same"))
        else:
            if pieces:
                yield hunk()
            first = start
            pieces = [(_before(old, start), "same")]
        pieces += (_cut(removed), "removed"), (_cut(added), "added")
        last = end
    if pieces:
        yield hunk()


def _closed(pieces: Iterable[Styled], old: str, last: int) -> list[Styled]:
    return [(piece, kind) for piece, kind in (*pieces, (_after(old, last), "same")) if piece]


def _words_changed(old: str, changes: Iterable[Change]) -> Iterator[tuple[int, int, list[str], list[str]]]:
    """(start, end, words removed, words added) for each run of words that became others."""
    run: list[Change] = []
    low = high = 0
    for change in changes:
        start, end = _wide(old, change.start, change.end)
        if run and start <= high:
            run.append(change)
            high = max(high, end)
            continue
        if run:
            yield from _trimmed(old, low, high, run)
        run, low, high = [change], start, end
    if run:
        yield from _trimmed(old, low, high, run)


def _wide(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _trimmed(old: str, low: int, high: int, run: Iterable[Change]) -> Iterator[tuple[int, int, list[str], list[str]]]:
    """Without the words that both sides share at either end; nothing where only blanks changed."""
    new = replaced(old[low:high], [Change(c.start - low, c.end - low, c.after) for c in run])
    spans = [(low + match.start(), low + match.end()) for match in WORDS.finditer(old[low:high])]
    a, b = [old[start:end] for start, end in spans], new.split()
    if a == b:
        return
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    gone = spans[head : len(a) - tail]
    at = gone[0][0] if gone else spans[head - 1][1] if head else low
    removed = a[head : len(a) - tail]
    for k, ((_, end), (start, _)) in enumerate(pairwise(gone)):
        if "\n" in old[end:start]:  # a word cut at a line end shall not look like two words in a line
            removed[k] += LINE_END
    yield at, gone[-1][1] if gone else at, removed, b[head : len(b) - tail]


def _flat(text: str) -> str:
    return names.visible(" ".join(text.split()))


def _cut(words: Sequence[str]) -> str:
    if len(words) > LONGEST:
        half = LONGEST // 2
        left = len(words) - 2 * half
        words = [*words[:half], f"{GAP} {left} words {GAP}", *words[-half:]]
    return names.visible(" ".join(words))


def _before(text: str, at: int) -> str:
    window = text[max(at - REACH, 0) : at].split()[-CONTEXT:]
    return names.visible(" ".join(window))


def _after(text: str, at: int) -> str:
    return names.visible(" ".join(text[at : at + REACH].split()[:CONTEXT]))


# ---- words to lines --------------------------------------------------------------------------------------------------

MARKS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}


def lines(hunk: Hunk, width: int) -> Iterator[list[Styled]]:
    """A hunk as lines of at most ``width`` columns, each a list of styled words; longer words are cut in pieces."""
    head = f"{hunk.line:>6}: "
    room = max(width - len(head), 20)
    line: list[Styled] = [(head, "gap")]
    used = 0
    for word, kind in _marked(hunk.pieces):
        for piece in (word[k : k + room] for k in range(0, len(word), room)):
            if used and used + 1 + len(piece) > room:
                yield line
                line, used = [(" " * len(head), "gap")], 0
            if used:
                line.append((" ", "gap"))
            line.append((piece, kind))
            used += len(piece) + (used > 0)
    yield line


def _marked(pieces: Iterable[Styled]) -> Iterator[Styled]:
    for text, kind in pieces:
        left, right = MARKS[kind]
        yield from ((word, kind) for word in f"{left}{text}{right}".split())
