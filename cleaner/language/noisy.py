"""How engines misread print: what it costs to take a word as read for another word as printed (the noisy channel).

A *confusion* is a group of 0 to 3 characters that was printed, read as a group of 0 to 3: "rn" as "m", "h" as "b", "e"
as nothing, nothing as a letter. A blank in a group is the edge of a word: a blank read as blank and quote is dirt before
a word, one read as nothing has fused two words. How often each happens was counted on scans whose truth is known
(``tools/channel.py``); what was never counted has a floor, by the shapes of the letters; and a document's own sure
corrections make what it does cheaper.

How likely a word is, is not asked here: that is ``language``'s business. Costs are natural logarithms.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources
from math import exp, inf, log
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from cleaner.language.vocabulary import Vocabulary

EDGE = " "  # stands before and behind each word
WIDEST = 3  # characters of a group, printed or read
TABLE_EDGE = "_"  # as the table writes it
UNREAD = "\N{REPLACEMENT CHARACTER}"  # a letter that the engine could not read
# What is believed beforehand weighs like so many sightings of a printed group: the floor beside the counts of the table,
# and the table beside a document's own corrections.
STRENGTH = 100
# Costs of what the table does not hold: one printed character read as one certain other that is its twin, that is of like
# shape, of another shape; as nothing; one certain character read where nothing is; two that change places. Of the order of
# what the table has little of; the ranking of words hardly changes when all are three times as likely or a third.
TWIN, ALIKE, UNLIKE = -log(5e-4), -log(1e-4), -log(2e-5)
LOST, ADDED, SWAPPED = -log(1e-4), -log(2e-5), -log(1e-5)
# U+FFFD is mostly one letter, more seldom none or two.
UNREAD_AS = (4.6, 2.3, 4.6)
# Characters that differ in size or in a serif, beside small letters and their capitals.
TWINS = ("0OoQDC", "1lIi!|", "5Ss", "8B", "2Z", "6b", "9g")
# Characters of like shape: x-height, ascenders, descenders, thin strokes, round, capitals and figures, points.
SHAPES = ("acemnorsuvwxz", "bdfhklt", "gpqyj", "iljtfrI1!|/", "coeCOQG06", "bhB8",
          "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", ".,'-;:\"")  # fmt: skip
NO_WAY = inf, 0, 0
LIKELY = 5.5  # a confusion that is undone before a letter is changed freely: three in a thousand and more often
EDIT = 5  # the cost of a letter added, lost or changed, by which the likeliest words are chosen,
LIKELIEST = 6  # so many, before their costs are worked out: twelve take half as long again and find no more


Form = Callable[[str], str]  # how a word in lower case is written: str.lower, str.capitalize, str.upper


class Group(NamedTuple):
    """Characters as printed, and as they were read."""

    printed: str
    read: str


@dataclass(frozen=True)
class Channel:
    """What confusions cost: ``costs[printed][read]``; and ``shares``, how many of each group a printed character comes to.

    >>> channel = counted({Group("h", "b"): 50, Group("rn", "m"): 20}, {"h": 60_000, "rn": 1_500})
    >>> channel.cost("tbe", "the") < channel.cost("toe", "the")
    True
    >>> round(channel.cost("comer", "corner"), 1), channel.cost("corner", "corner")
    (4.4, 0.0)
    """

    costs: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)

    def cost(self, read: str, truth: str, most: float = inf) -> float:
        """-log P(read | truth) in the cheapest division into groups, 0.0 for the same word; ``inf`` above ``most``."""
        if read == truth:
            return 0.0
        first, last = _alike(read, truth)
        read, truth = f"{EDGE}{read}{EDGE}"[first:last], f"{EDGE}{truth}{EDGE}"[first:last]
        ways = self._ways(read, truth, most)
        return ways.get((len(truth), len(read)), NO_WAY)[0]

    def groups(self, read: str, truth: str) -> list[Group]:
        """The cheapest division of two words with their edges; groups that were rightly read are among them.

        >>> channel = counted({Group("rn", "m"): 20}, {"rn": 1_500})
        >>> [tuple(group) for group in channel.groups("comer", "corner")]
        [(' ', ' '), ('c', 'c'), ('o', 'o'), ('rn', 'm'), ('e', 'e'), ('r', 'r'), (' ', ' ')]
        """
        read, truth = f"{EDGE}{read}{EDGE}", f"{EDGE}{truth}{EDGE}"
        ways = self._ways(read, truth, inf)
        i, j = len(truth), len(read)
        found = []
        while i or j:
            _, first, start = ways[i, j]
            found.append(Group(truth[first:i], read[start:j]))
            i, j = first, start
        return found[::-1]

    def _ways(self, read: str, truth: str, most: float) -> dict[tuple[int, int], tuple[float, int, int]]:
        """For each two places that are reached, in truth and reading: the least cost, and the two places before."""
        ways = {(0, 0): (0.0, 0, 0)}
        for i in range(len(truth) + 1):
            for j in range(len(read) + 1):
                if (i, j) not in ways:
                    continue
                here = ways[i, j][0]
                for cost, wide, long in self._steps(read, truth, i, j):
                    there = i + wide, j + long
                    if here + cost <= most and (there not in ways or here + cost < ways[there][0]):
                        ways[there] = here + cost, i, j
        return ways

    def _steps(self, read: str, truth: str, i: int, j: int) -> Iterator[tuple[float, int, int]]:
        """From two places on: costs, and the lengths of the group as printed and as read."""
        one, other = truth[i : i + 1], read[j : j + 1]
        if one == other:
            yield 0.0, 1, 1
        else:
            if one:
                yield LOST, 1, 0
            if other:
                yield ADDED, 0, 1
            if one and other:
                yield substituted(one, other), 1, 1
                if truth[i : i + 2] == read[j + 1 : j + 2] + other:
                    yield SWAPPED, 2, 2
            if other == UNREAD:
                yield from ((cost, k, 1) for k, cost in enumerate(UNREAD_AS) if k <= len(truth) - i)
        for wide in range(min(WIDEST, len(truth) - i) + 1):
            readings = self.costs.get(truth[i : i + wide])
            if readings:
                for long in range(not wide, min(WIDEST, len(read) - j) + 1):
                    cost = readings.get(read[j : j + long])
                    if cost is not None:
                        yield cost, wide, long

    def originals(self, read: str, known: Vocabulary, most: float) -> list[tuple[float, str]]:
        """Words that may have been read so, at a cost of at most ``most``: (cost, word), cheapest first.

        Those one letter away from the reading, or from what it is with one likely confusion undone; of many the commonest.
        They come in lower case, capitalised, or in capitals, as the reading is. The reading itself is not among them. One confusion mostly costs 4 to 6, two 8 to 12.

        >>> channel = counted({Group("h", "b"): 50, Group("rn", "m"): 20}, {"h": 60_000, "rn": 1_500})
        >>> known = Vocabulary({"the": 0.05, "toe": 1e-5, "corner": 1e-4})
        >>> [word for _, word in channel.originals("Tbe", known, 10.0)], channel.originals("zzzz", known, 10.0)
        (['The'], [])
        """
        small = read.lower()
        near = {word for undone in self._undone(read) for word in known.near(undone.lower())}
        if len(near) > LIKELIEST:
            far = {word: EDIT * Levenshtein.distance(small, word) - log(known.shares[word]) for word in near}
            near = set(sorted(near, key=lambda word: (far[word], word))[:LIKELIEST])
        forms: list[Form] = [str.upper] if 2 * sum(map(str.isupper, read)) > len(read) else [str.lower]
        if read[:1].isupper():
            forms.append(str.capitalize)
        words = {form(word) for form in forms for word in near} - {read}
        priced = ((self.cost(read, word, most), word) for word in words)
        return sorted((cost, word) for cost, word in priced if cost <= most)

    def misreadings(self, word: str) -> Iterator[str]:
        """What a word is often read as: with one likely confusion inside of it.

        >>> list(counted({Group("h", "b"): 50}, {"h": 6_000}).misreadings("the"))
        ['tbe']
        """
        for at in range(len(word)):
            for wide in range(1, min(WIDEST, len(word) - at) + 1):
                for read, cost in self.costs.get(word[at : at + wide], {}).items():
                    if cost <= LIKELY and EDGE not in read:
                        yield word[:at] + read + word[at + wide :]

    def _undone(self, read: str) -> set[str]:
        """The reading, and what it is with one likely confusion undone."""
        undone = {read}
        for at in range(len(read)):
            for long in range(1, min(WIDEST, len(read) - at) + 1):
                for printed in self._likely.get(read[at : at + long], ()):
                    undone.add(read[:at] + printed + read[at + long :])
        return undone

    @cached_property
    def _likely(self) -> dict[str, list[str]]:
        """What may have been printed for what is read, inside words, at no more than ``LIKELY``."""
        likely: dict[str, list[str]] = defaultdict(list)
        for printed, readings in self.costs.items():
            for read, cost in readings.items():
                if cost <= LIKELY and read and EDGE not in printed + read:
                    likely[read].append(printed)
        return dict(likely)

    def adapted(self, corrections: Iterable[tuple[str, str]], letters: int) -> Channel:
        """The channel of a document of so many characters, of which some corrections (read, truth) are sure.

        Each group was printed n times, by its share of all text, and read so c times in the corrections; with P from
        here the chance is then (S * P + c) / (S + n), S = ``STRENGTH``: P is taken as seen in S sightings. As the
        corrections are only some of the document's errors, nothing becomes dearer.

        >>> channel = counted({Group("h", "b"): 5}, {"h": 60_000, "": 900_000})
        >>> mine = channel.adapted([("tbe", "the"), ("bave", "have")], letters=3_000)
        >>> mine.cost("bouse", "house") < channel.cost("bouse", "house")
        True
        >>> mine.cost("toe", "the") == channel.cost("toe", "the")
        True
        """
        times = Counter(group for pair in corrections for group in self.groups(*pair) if group.printed != group.read)
        costs = {printed: dict(readings) for printed, readings in self.costs.items()}
        for group, count in times.items():
            before = min(costs.get(group.printed, {}).get(group.read, inf), floor(group))
            sightings = max(self.shares.get(group.printed, 0.0) * letters, count)
            chance = (STRENGTH * exp(-before) + count) / (STRENGTH + sightings)
            costs.setdefault(group.printed, {})[group.read] = min(before, -log(chance))
        return Channel(costs, self.shares)


@lru_cache(maxsize=1 << 14)
def substituted(printed: str, read: str) -> float:
    """The cost of reading one character as another, where no table knows better.

    >>> substituted("e", "c") < substituted("e", "k")
    True
    """
    if printed.casefold() == read.casefold() or any(printed in twins and read in twins for twins in TWINS):
        return TWIN
    return ALIKE if any(printed in shape and read in shape for shape in SHAPES) else UNLIKE


def _alike(read: str, truth: str) -> tuple[int, int | None]:
    """What of two words between their edges may be left out, since it is alike: a slice that both share.

    A group that holds a difference reaches no further than two characters beside it.

    >>> _alike("comer", "corner"), _alike("understood", "nnderstood")
    ((1, -1), (0, -8))
    """
    short = min(len(read), len(truth))
    first = next((k for k in range(short) if read[k] != truth[k]), short)
    last = next((k for k in range(short - first) if read[-1 - k] != truth[-1 - k]), short - first)
    return max(first + 1 - (WIDEST - 1), 0), -max(last + 1 - (WIDEST - 1), 0) or None


def floor(group: Group) -> float:
    """The cost of a confusion that was never counted; ``inf`` for a group that is no single character or swap."""
    if len(group.printed) == len(group.read) == 1:
        return substituted(*group)
    if len(group.printed) + len(group.read) == 1:
        return LOST if group.printed else ADDED
    return SWAPPED if group.printed == group.read[::-1] and len(group.read) == 2 else inf


def counted(counts: Mapping[Group, float], seen: Mapping[str, float]) -> Channel:
    """The channel of counts: how often a group was read as another, how often each was printed.

    With a floor f, what was seen c times in n has the chance (c + S * f) / (n + S), S = ``STRENGTH``, and no less than f.
    "" is printed before each character, so ``seen[""]`` is their number.
    """
    costs: dict[str, dict[str, float]] = defaultdict(dict)
    for group, count in counts.items():
        least = floor(group)
        chance = (count + STRENGTH * exp(-least)) / (seen[group.printed] + STRENGTH)
        costs[group.printed][group.read] = min(least, -log(chance))
    every = seen.get("", 0.0)
    return Channel(dict(costs), {printed: times / every for printed, times in seen.items()} if every else {})


@lru_cache(maxsize=8)
def channel(code: str) -> Channel:
    """The channel of a language: ``cleaner/data/channel-CODE.tsv``; without one, that of English: shapes are shapes."""
    folder = resources.files("cleaner") / "data"
    table = folder / f"channel-{code}.tsv"
    if not table.is_file():
        table = folder / "channel-en.tsv"
    return table_of(table.read_text(encoding="utf-8"))


def table_of(table: str) -> Channel:
    """The channel of a table: a row of totals, then rows of group printed, group read, times read so, times printed.

    >>> table_of("characters\\t900\\terrors\\t9\\nh\\tb\\t9\\t50\\n") == counted({Group("h", "b"): 9}, {"h": 50})
    True
    """
    counts: dict[Group, float] = {}
    seen: dict[str, float] = {}
    for row in table.splitlines()[1:]:
        printed, read, count, times = row.replace(TABLE_EDGE, EDGE).split("\t")
        seen[printed] = float(times)
        if count != "0":
            counts[Group(printed, read)] = float(count)
    return counted(counts, seen)
