"""Chains of numbers whose distances agree with them: where pages begin in a text that no form feed parts.

Deliberately not done here: whether such a chain numbers pages, or sections, is asked by ``proofs``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import log
from typing import NamedTuple

from cleaner.stages.furniture.pagination import LEAVES, SHORTEST_CHAIN, WEIGHT, Reading, alike

LEAST_PAGE, MOST_PAGE = 15, 130  # filled lines of a page: an octave stanza is shorter, a folio newspaper column longer
STEP = 0.08  # width of a bin when the length of a page is voted on, as a logarithm
FAR = 15  # pages between two numbers that still vote on the length of a page
PEAKS, APART = 2, 3  # how many lengths are tried, and by how many bins they differ
LEAST_SCORE = 1.5  # of a chain: three readings less what they fail to fit
TOGETHER = 3  # lines within which a foot and the next head stand
REACH = 24  # how many candidates back a chain may look for its last member
# How far a stretch may be from whole pages: each of two pages may be a chapter's end, or blank; notes in small type
# make a page longer.
SHORT, LONG = 0.7, 0.45
SKIP = 0.5  # what missing leaves cost
SIDE = 0.3  # and folios that change from the head to the foot: at a chapter's first page
DRIFT = 0.1  # and the share by which the measure may change along it


class Candidate(NamedTuple):
    """A line that could stand between two pages: its row, its place in filled lines, its readings."""

    row: int
    place: int
    readings: tuple[Reading, ...]


class Link(NamedTuple):
    """A candidate with the reading that fits; it opens page ``page`` (a folio at the foot of 82 opens 83)."""

    row: int
    place: int
    page: int
    reading: Reading


def page_lengths(candidates: Sequence[Candidate]) -> list[float]:
    """The likeliest lengths of a page in filled lines, best first: pairs of numbers near each other vote."""
    bins: defaultdict[int, float] = defaultdict(float)
    for i, one in enumerate(candidates):
        for other in candidates[i + 1 : i + 1 + REACH // 2]:
            distance = other.place - one.place
            if distance > MOST_PAGE * FAR:
                break
            for a in one.readings:
                for b in other.readings:
                    pages = b.number - a.number
                    if a.roman == b.roman and 0 < pages <= FAR and LEAST_PAGE <= distance / pages <= MOST_PAGE:
                        trust = WEIGHT[a.cost] * WEIGHT[b.cost] / (1 + log(pages))
                        at = round(log(distance / pages) / STEP)
                        bins[at] += trust
                        bins[at - 1] += trust / 2
                        bins[at + 1] += trust / 2
    best = sorted(bins, key=lambda at: (-bins[at], at))
    peaks: list[int] = []
    for at in best:
        if len(peaks) < PEAKS and all(abs(at - peak) > APART for peak in peaks):
            peaks.append(at)
    return [2.718281828 ** (at * STEP) for at in peaks]


def fit_lines(candidates: Sequence[Candidate]) -> tuple[list[list[Link]], float]:
    """Chains of numbered boundaries whose distances agree with their numbers, and the length of a page in filled lines.

    ([], 0.0) where no three fit.
    """
    best: tuple[float, list[list[Link]], float] = (0.0, [], 0.0)
    for length in page_lengths(candidates):
        total, chains = _chains(candidates, length)
        if total > best[0] + 0.5:
            best = (total, chains, length)
    return best[1], best[2]


def _chains(candidates: Sequence[Candidate], length: float) -> tuple[float, list[list[Link]]]:
    nodes = [
        Link(c.row, c.place, reading.number + foot, reading)
        for c in candidates
        for reading in c.readings
        for foot in ((0, 1) if reading.side == "lone" else (0,))
    ]
    scores: list[float] = []
    back: list[int] = []
    turned = [(node.page, node.place / length) for node in nodes]
    for j, node in enumerate(nodes):
        own = WEIGHT[node.reading.cost] - 0.02 * (node.page != node.reading.number)
        top, come = own, -1
        page, place = turned[j]
        for i in range(j - 1, max(-1, j - 1 - 3 * REACH), -1):
            if scores[i] + own <= top or turned[i][0] > page:
                continue
            pages, length_turned = page - turned[i][0], place - turned[i][1]
            # The cheap half of the test first: nine pairs of ten fail here.
            if length_turned <= pages * (1 + DRIFT) + LONG and (
                length_turned >= pages * (1 - DRIFT) - 2 * SHORT or length_turned >= 1 - LONG
            ):
                gain = scores[i] + own - _strain(nodes[i], node, length)
                if gain > top:
                    top, come = gain, i
        scores.append(top)
        back.append(come)
    taken: set[int] = set()
    chains: list[list[Link]] = []
    total = 0.0
    spans: list[tuple[int, int]] = []
    for end in sorted(range(len(nodes)), key=lambda n: (-scores[n], n)):
        if scores[end] < LEAST_SCORE or end in taken:
            continue
        chain = []
        at = end
        while at >= 0 and at not in taken:
            chain.append(at)
            at = back[at]
        taken.update(chain)
        links = [nodes[n] for n in reversed(chain)]
        first, last = links[0].row, links[-1].row
        # Pages are numbered once: what rises inside a better chain is a list or a row of notes.
        if len({link.page for link in links}) < SHORTEST_CHAIN or any(first <= b and a <= last for a, b in spans):
            continue
        spans.append((first, last))
        chains.append(links)
        total += sum(WEIGHT[link.reading.cost] for link in links)
    return total, chains


def leaves_missing(pages: int, turned: float) -> bool:
    """Whether text that fills ``turned`` pages is too little for the pages between two numbers.

    >>> leaves_missing(2, 1.1), leaves_missing(4, 1.1)
    (False, True)
    """
    return turned < pages * (1 - DRIFT) - SHORT * min(pages, 2)


def _strain(one: Link, other: Link, length: float) -> float:
    """How badly two boundaries fit as neighbours in a chain; 9 where they cannot."""
    pages, distance = other.page - one.page, other.place - one.place
    if one.reading.roman != other.reading.roman or pages < 0 or one.row == other.row:
        return 9.0
    if pages == 0:  # foot of one page and head of the next
        sides = (one.page != one.reading.number, other.page != other.reading.number)
        return 0.0 if distance <= TOGETHER and sides == (True, False) else 9.0
    if distance <= 0:
        return 9.0
    turned = distance / length
    if turned > pages * (1 + DRIFT) + LONG:
        return 9.0
    if leaves_missing(pages, turned):
        if one.reading.cost + other.reading.cost or turned < 1 - LONG or pages > LEAVES * max(1, round(turned)):
            return 9.0
        same = one.reading.side == other.reading.side == "lone" or alike(one.reading.rest, other.reading.rest)
        return SKIP if same else 9.0
    turns = (one.page != one.reading.number) != (other.page != other.reading.number)
    return min(0.5, abs(log(turned / pages))) + 0.12 * log(pages) + SIDE * turns
