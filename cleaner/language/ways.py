"""The cheapest way from a word as it was printed to what was read, group by group: what it costs to misread it so.

What each group costs is ``noisy``'s business. Nothing of this knows a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heappop, heappush
from math import inf
from typing import NamedTuple

from cleaner.language.confusions import EDGE, TWIN, UNREAD, UNREAD_AS, WIDEST, unlisted

KEPT = 1 << 15  # answers
Costs = Mapping[str, Mapping[str, float]]  # of groups, by what was printed and what was read


class Way(NamedTuple):
    """What a way through two words costs, where all is alike from there on, and by each place the one before."""

    cost: float
    before: Mapping[tuple[int, int], tuple[int, int]]
    end: tuple[int, int]


class Ways:
    """The ways that some ``costs`` allow, of which a document's own corrections ``added`` some to those ``before``.

    >>> ways = Ways({"rn": {"m": 4.0}, "h": {"b": 5.0}})
    >>> ways.cost("tbem", "them"), ways.cost("tbem", "thern"), ways.cost("tbem", "thern", most=8.0)
    (5.0, 9.0, inf)
    """

    def __init__(self, costs: Costs, added: Costs | None = None, before: Ways | None = None) -> None:
        self._costs, added = costs, costs if added is None else added
        former: Mapping[str, float] = before.least if before else {"": TWIN, EDGE: TWIN}
        self.least: dict[str, float] = _cheapest(added, former)
        self._known = {read for readings in costs.values() for read in readings}
        # The same few characters follow in many words, and the same words are asked for by each document that teaches something.
        self._listed: dict[str, list[tuple[int, Mapping[str, float]]]] = {}
        self._pieces: dict[str, list[tuple[int, str]]] = {}
        self._costs_of: dict[tuple[str, str, float], float] = {}
        self._shares: dict[str, dict[str, float]] = {}
        self.strange: Mapping[str, list[tuple[float, str]]] = _strange(added, before.strange if before else {})

    def cost(self, read: str, truth: str, most: float = inf) -> float:
        """What the cheapest way costs, ``inf`` above ``most``."""
        asked = read, truth, most
        cost = self._costs_of.get(asked)
        if cost is None:
            if len(self._costs_of) >= KEPT:
                self._costs_of.clear()
            cost = self._costs_of[asked] = self.cheapest(read, truth, most).cost
        return cost

    def cheapest(self, read: str, truth: str, most: float = inf) -> Way:
        """The cheapest way through two words with their edges; ``inf`` where none costs at most ``most``.

        Best first (Dijkstra), in a third of the time of all ways to all places: what is dearer than the answer is never
        looked at, nor what costs too much with the cheapest confusion that has to follow.
        """
        least, all_listed, all_pieces = self._follows(read, truth), self._listed, self._pieces
        printed_end, alike = len(truth), _alike_at_end(read, truth)
        longer, rest = printed_end - len(read), len(read) - alike  # from ``rest`` on all of the reading may be alike
        before: dict[tuple[int, int], tuple[int, int]] = {}
        ahead: list[tuple[float, int, int, int, int]] = [(0.0, 0, 0, 0, 0)]
        while ahead:
            here, i, j, first, start = heappop(ahead)
            if (i, j) in before:
                continue
            before[i, j] = first, start
            if j >= rest and i - j == longer:
                return Way(here, before, (i, j))
            if here + least > most:
                continue
            printed, seen = truth[i : i + WIDEST], read[j : j + WIDEST]
            pieces = all_pieces.get(seen)
            if pieces is None:
                pieces = self._pieces_of(seen)
            listed = all_listed.get(printed)
            if listed is None:
                listed = self._listed_of(printed)
            steps = []
            for wide, readings in listed:
                for long, group in pieces:
                    if group in readings:
                        steps.append((readings[group], wide, long))
            if printed[:1] == seen[:1]:
                steps.append((0.0, 1, 1))
            elif seen[:1] == UNREAD or here + TWIN + (least if printed_end - i > alike + 2 else 0.0) <= most:
                steps += unlisted(seen, printed)
            for cost, wide, long in steps:
                total, end, stop = here + cost, i + wide, j + long
                if total > most:
                    continue
                if stop >= rest and end - stop == longer:
                    most = total  # what is dearer than a whole way need not wait
                    heappush(ahead, (total, end, stop, i, j))
                elif total + least <= most:
                    heappush(ahead, (total, end, stop, i, j))
        return Way(inf, before, (0, 0))

    def at_least(self, read: str, truth: str) -> float:
        """What the cheapest way costs at least, told in a thirtieth of its time: what a word without its edges does not
        have, and the reading does, is read by some confusion.

        >>> ways = Ways({"h": {"b": 5.0}, "nd": {"bc": 6.0}})
        >>> ways.at_least("tbe", "the") <= ways.cost("tbe", "the"), 12 < ways.at_least("tbxe", "the")
        (True, True)
        """
        shares = self._shares.get(truth)
        if shares is None:
            if len(self._shares) >= KEPT:
                self._shares.clear()
            shares = self._shares[truth] = {EDGE: 0.0, UNREAD: min(UNREAD_AS)}
        strange = [char for char in read if char not in truth]
        for char in strange:
            if char not in shares:
                edged = f"{EDGE}{truth}{EDGE}"
                shares[char] = next((share for share, printed in self.strange.get(char, ()) if printed in edged), TWIN)
        return 0.999 * sum([shares[char] for char in strange])

    def _listed_of(self, printed: str) -> list[tuple[int, Mapping[str, float]]]:
        """How long the groups are that begin some printed characters, and what each was read as."""
        costs = self._costs
        listed = [(end, costs[printed[:end]]) for end in range(len(printed) + 1) if printed[:end] in costs]
        if len(self._listed) >= KEPT:
            self._listed.clear()
        self._listed[printed] = listed
        return listed

    def _pieces_of(self, read: str) -> list[tuple[int, str]]:
        """The groups that begin some characters, as far as anything was read as one, with their lengths."""
        pieces = [(end, read[:end]) for end in range(len(read) + 1) if read[:end] in self._known]
        if len(self._pieces) >= KEPT:
            self._pieces.clear()
        self._pieces[read] = pieces
        return pieces

    def _follows(self, read: str, truth: str) -> float:
        """What a confusion of these two costs at least, and a hair less, since sums are rounded."""
        if UNREAD in read:
            return 0.0
        cheapest = self.least
        added = cheapest[""]
        return 0.999 * min([cheapest.get(char, added) for char in truth])


def _cheapest(costs: Costs, former: Mapping[str, float]) -> dict[str, float]:
    """By a printed character, the cost of the cheapest confusion of words that it is part of, or nothing (""), or an
    edge alone; as it was before, or as some more costs have it.
    """
    added = min([former[""], *costs.get("", {}).values()])
    cheapest = {char: min(cost, added) for char, cost in former.items()}
    for printed, readings in costs.items():
        inner = [cost for read, cost in readings.items() if EDGE not in read[1:-1]]
        if EDGE not in printed[1:-1] and inner:
            for char in printed.strip(EDGE) or printed:
                cheapest[char] = min(added, cheapest.get(char, added), *inner)
    return cheapest


def _strange(costs: Costs, former: Mapping[str, list[tuple[float, str]]]) -> dict[str, list[tuple[float, str]]]:
    """By a character that was read, its share of the cost of each group that holds it and was printed without it, and what
    was printed, cheapest first.
    """
    strange: dict[str, list[tuple[float, str]]] = {}
    for printed, readings in costs.items():
        for read, cost in readings.items():
            chars = [char for char in read if char not in printed and char != EDGE]
            for char in chars:
                if cost < TWIN * len(chars):
                    strange.setdefault(char, []).append((cost / len(chars), printed))
    return {**former, **{char: sorted([*former.get(char, ()), *own]) for char, own in strange.items()}}


def _alike_at_end(read: str, truth: str) -> int:
    """How many of the last characters two words share."""
    size, length = len(read), len(truth)
    short, alike = min(size, length), 0
    while alike < short and read[size - 1 - alike] == truth[length - 1 - alike]:
        alike += 1
    return alike


def differing(read: str, truth: str) -> tuple[str, str]:
    """What of two words between their edges is not alike, with so much beside it as a group that holds a difference may reach.

    >>> differing("comer", "corner"), differing("understood", "nnderstood")
    (('comer', 'corner'), (' und', ' nnd'))
    """
    size, length = len(read), len(truth)
    short, first, last = min(size, length), 0, 0
    while first < short and read[first] == truth[first]:
        first += 1
    while last < short - first and read[size - 1 - last] == truth[length - 1 - last]:
        last += 1
    first, last = max(first + 1 - (WIDEST - 1), 0), max(last + 1 - (WIDEST - 1), 0)
    return f"{EDGE}{read}{EDGE}"[first : size + 2 - last], f"{EDGE}{truth}{EDGE}"[first : length + 2 - last]
