"""What a person changed in a clean text, as decisions: cleaned again with them, the raw text gives the edited one.

A word that was changed is a span of the clean text; its origin is a span of the raw text. Both are widened until each
leads to the other, so that the result can be put there again whatever the stages do elsewhere. Pure.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from rapidfuzz.distance import Indel

from cleaner import decisions
from cleaner.decisions import Decision
from cleaner.edits import Origins, apply, forwards, invert
from cleaner.model import Edit, Span
from cleaner.stages import DECIDED

PIECE = re.compile(r"\w+|\s|[^\w\s]")  # what a change takes as a whole: a word, a blank, a sign
Step = tuple[int, Sequence[Edit]]  # its number, and what it changed
Change = tuple[int, int, str]  # text[start:end] of the clean text became this
# Pieces that are aligned one by one: 0.2 s at worst. What lies between two common ends and is longer is one change.
ALIGNED = 20_000


class Ways:
    """From the raw text to the clean one and back, through the steps of a log."""

    def __init__(self, steps: Iterable[Sequence[Edit]], size: int) -> None:
        """``steps`` are the edits of each step in their order, ``size`` the length of the raw text in code points."""
        self._ahead: list[Origins] = []
        self._back: list[Origins] = []
        for edits in steps:
            self._ahead.append(forwards(edits, size))
            self._back.insert(0, Origins(edits, size))
            size = self._back[0].size
        self.size = size

    def ahead(self, span: Span) -> Span:
        """Where a span of the raw text stands in the clean one."""
        for table in self._ahead:
            span = table.origin(*span)
        return span

    def back(self, span: Span) -> Span:
        """Where a span of the clean text comes from."""
        for table in self._back:
            span = table.origin(*span)
        return span


def differences(old: str, new: str) -> list[Change]:
    """What a person changed, by words: the smallest changes, in the order of the text.

    >>> differences("In tbe old house.", "In the old  house.")
    [(3, 6, 'the'), (10, 10, ' ')]
    """
    found: list[Change] = []
    for start, end, after in _stretches(old, new):
        found.extend(_within(old, start, end, after))
    return found


def _stretches(old: str, new: str) -> Iterator[Change]:
    """Runs of lines that differ. Blank lines part none: each is like any other, and would pair paragraphs at random."""
    lines, others = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = _offsets(lines)
    places = _offsets(others)
    runs: list[tuple[int, int, int, int]] = []
    for k1, k2, n1, n2 in _opcodes(lines, others):
        if runs and not "".join(lines[runs[-1][1] : k1]).strip():
            k1, _, n1, _ = runs.pop()  # noqa: PLW2901
        runs.append((k1, k2, n1, n2))
    for k1, k2, n1, n2 in runs:
        yield starts[k1], starts[k2], new[places[n1] : places[n2]]


def _within(old: str, start: int, end: int, after: str) -> Iterator[Change]:
    pieces, others = PIECE.findall(old[start:end]), PIECE.findall(after)
    starts, places = [start + at for at in _offsets(pieces)], _offsets(others)
    for k1, k2, n1, n2 in _opcodes(pieces, others):
        yield starts[k1], starts[k2], after[places[n1] : places[n2]]


def _offsets(pieces: Iterable[str]) -> list[int]:
    at = [0]
    for piece in pieces:
        at.append(at[-1] + len(piece))
    return at


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """(old start, old end, new start, new end) of runs that differ."""
    head = next((k for k, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    old_end, new_end = len(old) - tail, len(new) - tail
    if (old_end - head) * (new_end - head) > ALIGNED**2:
        yield head, old_end, head, new_end
        return
    run: tuple[int, int, int, int] | None = None
    for op in Indel.opcodes(old[head:old_end], new[head:new_end]):
        if op.tag == "equal":
            continue
        here = op.src_start + head, op.src_end + head, op.dest_start + head, op.dest_end + head
        if run is not None and run[1] == here[0] and run[3] == here[2]:
            run = run[0], here[1], run[2], here[3]
        else:
            if run is not None:
                yield run
            run = here
    if run is not None:
        yield run


def adopted(raw: str, clean: str, edited: str, steps: Iterable[Step], *, who: str = "") -> list[Decision]:
    """The decisions that make ``edited`` of what cleaning made of ``raw``, which is ``clean``, by the ``steps`` of its log.

    >>> step = 7, [Edit(3, 6, "tbe", "the", "r.a", 0.9, "")]
    >>> [decision] = adopted("In tbe bouse.", "In the bouse.", "In the house.", [step])
    >>> decision.raw, decision.text, decision.after
    ((7, 12), 'bouse', 'house')

    They take the place of what was decided before of the same words, and of what stands right beside.
    """
    steps = [*steps]
    ways = Ways((edits for n, edits in steps if n != DECIDED), len(raw))
    old = [edit for n, edits in steps if n == DECIDED for edit in edits]
    table = Origins(old, ways.size)
    places: list[_Place] = []
    for change in differences(clean, edited):
        place = _widened(ways, old, _Place(Span(0, 0), table.origin(change[0], change[1]), [change]))
        while places and (places[-1].span.end >= place.span.start or places[-1].origin.end > place.origin.start):
            before = places.pop()
            span = Span(min(before.span.start, place.span.start), max(before.span.end, place.span.end))
            place = _widened(ways, old, _Place(before.origin, span, [*before.changes, *place.changes]))
        places.append(place)
    text = apply(clean, invert(old))  # what stands there without what was decided before
    shifts = [0, *accumulate(len(edit.after) - len(edit.before) for edit in old)]
    return [one for place in places for one in _decided(raw, text, clean, ways, old, shifts, place, who)]


class _Place(NamedTuple):
    """What was changed in one place: its span in the raw text, and in what the stages made of it."""

    origin: Span
    span: Span
    changes: list[Change]


def _widened(ways: Ways, old: Sequence[Edit], place: _Place) -> _Place:
    """A place whose two spans lead to each other, with all that was decided right beside it."""
    span = place.span
    while True:
        first = bisect_left(old, span.start, key=attrgetter("end"))
        beside = old[first : bisect_right(old, span.end, key=attrgetter("start"))]
        wider = Span(min([span.start, *(e.start for e in beside)]), max([span.end, *(e.end for e in beside)]))
        origins = [ways.back(wider), *(ways.back(Span(edit.start, edit.end)) for edit in beside)]
        origin = Span(min(o.start for o in origins), max(o.end for o in origins))
        there = ways.ahead(origin)
        wider = Span(min(wider.start, there.start), max(wider.end, there.end))
        if wider == span:
            wider = _no_rest(ways, origin, there, span)
        if wider == span:
            return _Place(origin, span, place.changes)
        span = wider


def _no_rest(ways: Ways, origin: Span, there: Span, span: Span) -> Span:
    """A span with one more character on a side where what the stages put there has no place of its own to be decided."""
    start, end = span
    if start < there.start and ways.ahead(Span(origin.start, origin.start)) != (start, there.start):
        start = max(0, start - 1)
    if there.end < end and ways.ahead(Span(origin.end, origin.end)) != (there.end, end):
        end = min(ways.size, end + 1)
    return Span(start, end)


def _decided(
    raw: str, text: str, clean: str, ways: Ways, old: Sequence[Edit], shifts: Sequence[int], place: _Place, who: str
) -> Iterator[Decision]:
    start, end = place.span
    first, last = bisect_left(old, start, key=attrgetter("end")), bisect_right(old, end, key=attrgetter("start"))
    low, high = start + shifts[first], end + shifts[last]
    after = _applied(clean[low:high], low, place.changes)
    there = ways.ahead(place.origin)
    # what the stages put right before or behind is no part of the place: it is a place of its own, in the raw text a point
    points = [(place.origin.start, start, there.start), (place.origin.end, there.end, end)]
    yield _replaced(raw, place.origin, text[slice(*there)], after, who)
    for at, low, high in points:
        if low < high:
            yield _replaced(raw, Span(at, at), text[low:high], "", who)


def _replaced(raw: str, origin: Span, stood: str, after: str, who: str) -> Decision:
    text, sides = raw[slice(*origin)], decisions.context(raw, *origin)
    span = origin.start, origin.end
    return Decision("replace", text, after, span, context=sides, seen=None if stood == text else stood, who=who)


def _applied(text: str, offset: int, changes: Iterable[Change]) -> str:
    parts, at = [], 0
    for start, end, after in changes:
        parts += [text[at : start - offset], after]
        at = end - offset
    return "".join([*parts, text[at:]])
