"""Marks of notes as series: they rise by one through a chapter, so what is missing between two of them is known.

Numbers that read as marks as they are, are chained first: the chain of rising numbers that explains most of them, by a
dynamic program over all places; it begins again where a chapter does. A document has marks if some of its chains cling to
words and stops. Between two links of a chain that miss numbers between them, every reading of what is left of marks is weighed
against its being anything else, against the other places, and against marks of which no trace is left: the posterior of a
place is summed over all ways in which the missing numbers can stand there in order (forward and backward).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import log
from typing import NamedTuple

from cleaner.policy import FLOOR
from cleaner.stages.numbers.places import Exact, Kind
from cleaner.stages.numbers.tails import Option

# In logarithms: what a place is worth in a chain, the number that comes next (one of about 30 that might stand there), a number
# that is missing (the first ones more), and a new chain.
WORTH = {Kind.STOP: 3.0, Kind.WORD: 1.0, Kind.APART: -0.5}
NEXT, MISSED, MISSED_LISTED, MISSED_MORE, BEGIN = log(30), 1.2, 0.6, 0.25, 4.0
FEW, FARTHEST = 3, 20
LEAST = 8.0  # of a chain
FEWEST = 4  # links of one
GLUED = 0.25  # of all links, so many cling to what is before them

LOST = 0.05  # of marks, no trace is left
# How marks stand in worn scans: the shares of all.
USUAL = {Kind.STOP: 0.6, Kind.APART: 0.24, Kind.WORD: 0.15, Kind.LOOSE: 0.01}


def chains(places: Iterable[Exact], fit: Callable[[Exact], float] | None = None) -> list[list[Exact]]:
    """The chains of rising numbers that explain most of some places, in order; none where too few of them cling to words.

    ``fit`` tells, in logarithms, how well each fits the note of its number, where the text has a list of them: then there is
    one chain, of which more may be missing.

    >>> marks = [Exact(100 * n, 100 * n + 1, n, Kind.STOP) for n in (1, 2, 3, 19, 4, 5, 1, 2, 3, 4)]
    >>> [[link.number for link in chain] for chain in chains(marks)]
    [[1, 2, 3, 4, 5], [1, 2, 3, 4]]
    """
    nodes = list(places)
    share = MISSED if fit is None else MISSED_LISTED
    score: list[float] = []
    before: list[int] = []
    last: dict[int, int] = {}  # number -> the node with it that ends the best chain so far
    best = -1  # of all
    for k, node in enumerate(nodes):
        n = node.number
        ahead = max(score[best], 0.0) if best >= 0 else 0.0
        value, source = ahead - BEGIN - _missed(n, share), -1 if best < 0 or score[best] <= 0 else -2 - best
        for m in range(max(1, n - FARTHEST), n):
            j = last.get(m)
            if j is not None and score[j] + NEXT - _missed(n - m, share) > value:
                value, source = score[j] + NEXT - _missed(n - m, share), j
        value += WORTH[node.kind] + (fit(node) if fit else 0.0)
        score.append(value)
        before.append(source)
        if n not in last or value >= score[last[n]]:
            last[n] = k
        if best < 0 or value > score[best]:
            best = k
    found: list[list[Exact]] = []
    at = best
    while at >= 0:
        chain, end = [], at
        while True:
            chain.append(nodes[at])
            source = before[at]
            if source < 0:
                break
            at = source
        at = -2 - source if source < -1 else -1
        worth = score[end] - (score[at] if at >= 0 else 0.0)
        if len(chain) >= FEWEST and worth >= LEAST:
            found.append(chain[::-1])
    found.reverse()
    links = [link for chain in found for link in chain]
    glued = sum(link.kind is not Kind.APART for link in links)
    return found if glued >= GLUED * len(links) and glued >= FEWEST else []


def _missed(step: int, share: float) -> float:
    """What it costs that so many numbers, less one, are not there."""
    missing = step - 1
    return share * (min(missing, FEW) + MISSED_MORE * max(missing - FEW, 0))


class Stretch(NamedTuple):
    """``text[start:end]``, in which marks are missing: each with the probability that no trace of it is left there."""

    start: int
    end: int
    missing: tuple[tuple[str, float], ...]


class Found(NamedTuple):
    """A place that may be a mark: its likeliest tail and label, how probable both are, and what else it may be."""

    option: Option
    label: str
    probability: float
    others: Sequence[tuple[str, float]] = ()


def solve(
    stretch: Stretch, sites: Sequence[Sequence[Option]], weight: Callable[[Option, str], float]
) -> Iterator[Found]:
    """For each site what it likeliest is, if it is a mark; sites at which hardly any weight is are left out.

    ``weight`` is how many times likelier an option is a mark of a number than anything else. All ways to put the missing
    numbers, in order, on the sites, or nowhere, are weighed: forward and backward, so that each site is judged by what
    stands before it and behind it.
    """
    lost = [share for _, share in stretch.missing]
    many = len(lost)
    table = [[[weight(option, number) for option in site] for number, _ in stretch.missing] for site in sites]
    sums = [[sum(row) for row in rows] for rows in table]
    # ways[k]: that number k is the last one put so far, before it some are lost (0: none is put yet).
    ways = [1.0] + [0.0] * many
    reach = []  # for each site: the ways in which number k may be put there
    for rows in sums:
        into, running = [], 0.0
        for k in range(many):
            running = ways[k] + running * (lost[k - 1] if k else 0.0)
            into.append(running)
        reach.append(into)
        ways = [ways[0], *(way + come * share for way, come, share in zip(ways[1:], into, rows, strict=True))]
    rest = [1.0] * (many + 1)  # of the ways behind, where number k was the last one put
    for k in range(many - 1, -1, -1):
        rest[k] = rest[k + 1] * lost[k]
    total = sum(way * left for way, left in zip(ways, rest, strict=True))
    found = []
    for j in range(len(sites) - 1, -1, -1):
        readings = [
            (reach[j][k] * share * rest[k + 1] / total, k, option)
            for k in range(many)
            for share, option in zip(table[j][k], sites[j], strict=True)
            if share
        ]
        if readings:
            probability, k, option = max(readings, key=lambda reading: reading[0])
            if probability >= FLOOR:
                others = [(stretch.missing[m][0], share) for share, m, other in readings if other is option and m != k]
                found.append(Found(option, stretch.missing[k][0], probability, others))
        running, behind = 0.0, [*rest]
        for k in range(many - 1, -1, -1):
            running = sums[j][k] * rest[k + 1] + running * lost[k]
            behind[k] = rest[k] + running
        rest = behind
    yield from reversed(found)
