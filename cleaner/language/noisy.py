"""How engines misread print: what it costs to take a word as read for another word as printed (the noisy channel).

A *confusion* is a group of 0 to 3 characters that was printed, read as a group of 0 to 3: "rn" as "m", "h" as "b", "e"
as nothing, nothing as a letter. A blank in a group is the edge of a word: a blank read as blank and quote is dirt before
a word, one read as nothing has fused two words. How often each happens was counted on scans whose truth is known
(``tools/channel.py``); what was never counted has a floor, by the shapes of the letters; and a document's own sure
corrections make what it does cheaper.

How likely a word is, is not asked here: that is ``language``'s business. Costs are natural logarithms.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from math import exp, inf, log

from cleaner.language.confusions import EDGE, WIDEST, Group, floor
from cleaner.language.undoing import one_undone, undone
from cleaner.language.vocabulary import LIKELIEST, SHORT, Vocabulary, likeliest
from cleaner.language.ways import Costs, Ways, differing

TABLE_EDGE = "_"  # as the table writes it
# What is believed beforehand weighs like so many sightings of a printed group: the floor beside the counts of the table,
STRENGTH = 100
# and the table beside a document's own corrections, since presses, papers and engines differ much: with 100 a twentieth less
# is mended in bad newspapers, and no less broken.
OWN_STRENGTH = 20
KEPT = 1 << 13  # answers
LIKELY = 5.5  # a confusion that is undone before a letter is changed freely: three in a thousand and more often
DOUBLE, LONG_NAME = frozenset(["mc", "o'"]), 4  # what begins a name with two capitals, and letters that it has at least
Form = Callable[[str], str]  # how a word in lower case is written: str.lower, str.capitalize, str.upper


class Channel:
    """What confusions cost: ``costs[printed][read]``; and ``shares``, how many of each group a printed character comes to.
    ``cheaper`` are the groups that a document's own corrections speak of, which have the channel ``before`` them.

    >>> channel = counted({Group("h", "b"): 50, Group("rn", "m"): 20}, {"h": 60_000, "rn": 1_500})
    >>> channel.cost("tbe", "the") < channel.cost("toe", "the")
    True
    >>> round(channel.cost("comer", "corner"), 1), channel.cost("corner", "corner")
    (4.4, 0.0)
    """

    def __init__(
        self,
        costs: Costs | None = None,
        shares: Mapping[str, float] | None = None,
        cheaper: Sequence[Group] = (),
        before: Channel | None = None,
    ) -> None:
        self.costs: Costs = costs or {}
        self.shares: Mapping[str, float] = shares or {}
        self.cheaper, self.before = cheaper, before
        own: dict[str, dict[str, float]] = {}
        for printed, read in cheaper:
            own.setdefault(printed, {})[read] = self.costs[printed][read]
        self.ways: Ways = Ways(self.costs, own, before.ways) if before else Ways(self.costs)
        likely = _likely(own if before else self.costs)
        former = before.likely if before else {}
        # What may have been printed for what is read, inside words, at no more than ``LIKELY``, in lower case, by a
        # document's own corrections; what was not likely before it taught that; and all.
        self._taught = {read: [*map(str.lower, ways)] for read, ways in _likely(own).items()}
        self._seen = re.compile("|".join(map(re.escape, self._taught)))
        self._newly_likely = {
            read: [printed for printed in ways if printed not in former.get(read, ())] for read, ways in likely.items()
        }
        self.likely: Mapping[str, Sequence[str]] = {
            **former,
            **{read: [*former.get(read, ()), *ways] for read, ways in self._newly_likely.items()},
        }
        self._near: dict[str, tuple[Vocabulary, set[str]]] = {}

    def cost(self, read: str, truth: str, most: float = inf) -> float:
        """-log P(read | truth) in the cheapest division into groups, 0.0 for the same word; ``inf`` above ``most``.

        Neither holds a blank.
        """
        return self._cost(read, truth, most, self._within(read))

    def _within(self, read: str) -> list[Group]:
        """What a document's corrections made cheaper, as far as a word may hold it as it is read."""
        seen = f"{EDGE}{read}{EDGE}"
        return [group for group in self.cheaper if group.read in seen]

    def _cost(self, read: str, truth: str, most: float, within: Sequence[Group]) -> float:
        """``cost``, where the groups ``within`` the reading may have become cheaper: most words cost what they did."""
        if read == truth:
            return 0.0
        # of all the short words that a short one may be, most have too few letters in common with it
        if len(truth) <= SHORT and self.ways.at_least(read, truth) > most:
            return inf
        seen, printed = differing(read, truth)
        for group in within:
            if group.printed in printed and group.read in seen:
                return self.ways.cheapest(seen, printed, most).cost
        return (self.before or self).ways.cost(seen, printed, most)

    def groups(self, read: str, truth: str) -> list[Group]:
        """The cheapest division of two words with their edges; groups that were rightly read are among them.

        >>> channel = counted({Group("rn", "m"): 20}, {"rn": 1_500})
        >>> [tuple(group) for group in channel.groups("comer", "corner")]
        [(' ', ' '), ('c', 'c'), ('o', 'o'), ('rn', 'm'), ('e', 'e'), ('r', 'r'), (' ', ' ')]
        """
        read, truth = f"{EDGE}{read}{EDGE}", f"{EDGE}{truth}{EDGE}"
        way = self.ways.cheapest(read, truth)
        i, j = way.end
        found = [Group(one, one) for one in reversed(truth[i:])]
        while i or j:
            first, start = way.before[i, j]
            found.append(Group(truth[first:i], read[start:j]))
            i, j = first, start
        return found[::-1]

    def originals(self, read: str, known: Vocabulary, most: float) -> list[tuple[float, str]]:
        """Words that may have been read so, at a cost of at most ``most``: (cost, word), cheapest first.

            Those one letter away from the reading, or from what it is with one likely confusion undone; of many the commonest.
            They come in lower case, capitalised, or in capitals, as the reading is; capitalised also where it begins otherwise.
        The reading itself is not among them. One confusion mostly costs 4 to 6, two 8 to 12.

            >>> channel = counted({Group("h", "b"): 50, Group("rn", "m"): 20}, {"h": 60_000, "rn": 1_500})
            >>> known = Vocabulary({"the": 0.05, "toe": 1e-5, "corner": 1e-4})
            >>> [word for _, word in channel.originals("Tbe", known, 10.0)], channel.originals("zzzz", known, 10.0)
            (['The'], [])
        """
        nearest = self.nearest if self.before else self.nearest_again
        near = {*nearest(read, known), *self.undone(read, known)}
        if len(read) <= SHORT:
            near |= known.short
        return self.priced(read, near, most)

    def priced(self, read: str, words: Iterable[str], most: float) -> list[tuple[float, str]]:
        """(cost, word) of words in lower case, written as a reading is, cheapest first, at a cost of at most ``most``."""
        within = self._within(read)
        upper = 2 * sum(map(str.isupper, read)) > len(read)
        form: Form = str.upper if upper else str.lower
        first, raised = read[:1].lower(), read[: 1 if read[:1].isalnum() else 2].isupper()  # "\\Vhat" has a capital
        found = {}
        for word in words:
            same = word[:1] == first
            if raised and not upper and same:  # what is read rightly is as tall as it was
                found[capitalised(word)] = self._cost(read, capitalised(word), most, within)
                continue
            cost = found[form(word)] = self._cost(read, form(word), most, within)
            # of a letter that is misread nobody knows how tall it was
            if raised:
                cost = self._cost(read, capitalised(word), most, within)
            if raised or not same:
                found[capitalised(word)] = cost
        return sorted((cost, word) for word, cost in found.items() if cost <= most and word != read)

    def repriced(self, read: str, words: Iterable[tuple[float, str]]) -> dict[str, float]:
        """By words what they cost, of those (cost, word) as they were priced before: no more, and mostly the same.

        >>> mine = channel("en").adapted([("tbe", "the")], letters=3_000)
        >>> [cost < 5.0 for cost in mine.repriced("bouse", [(5.0, "house"), (5.0, "mouse")]).values()]
        [True, False]
        """
        within, costs = self._within(read), {}
        for cost, word in words:
            truth = f"{EDGE}{word}{EDGE}"
            taught = any(group.printed in truth for group in within)
            costs[word] = min(self._cost(read, word, cost, within), cost) if taught else cost
        return costs

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

    def nearest(self, read: str, known: Vocabulary) -> set[str]:
        """The likeliest words one letter away from a reading, or from what it is with one likely confusion undone; and what
        that makes of it itself: "born" of "bom".
        """
        ways = {form.lower() for form in one_undone(read, self._newly_likely)}
        near = (
            self.before.nearest_again(read, known) | known.near(ways)
            if self.before
            else known.near({*ways, read.lower()})
        )
        if len(near) <= LIKELIEST:
            return near
        made = (form.lower() for form in one_undone(read, self.likely))
        return likeliest(read.lower(), near, known).union(form for form in made if form in known)

    def nearest_again(self, read: str, known: Vocabulary) -> set[str]:
        """The same, kept for the next document that teaches something."""
        words, near = self._near.get(read, (None, set()))
        if words is not known:
            if len(self._near) >= KEPT:
                self._near.clear()
            near = self.nearest(read, known)
            self._near[read] = known, near
        return near

    def undone(self, read: str, known: Vocabulary) -> set[str]:
        """The words that a reading is, in lower case, with some confusions undone that a document taught, side by side.

        >>> channel = counted({}, {}).adapted([("tbe", "the"), ("thc", "the")], letters=30)
        >>> channel.undone("Tbcrc", Vocabulary({"there": 1e-3, "tree": 1e-5}))
        {'there'}
        """
        if self._taught and self._seen.search(read):
            return undone(read, self._taught, known)
        small = read.lower()
        return {small} if self.cheaper and small in known else set()

    def adapted(self, corrections: Iterable[tuple[str, str]], letters: int) -> Channel:
        """The channel of a document of so many characters, of which some corrections (read, truth) are sure.

        Each group was printed n times, by its share of all text, and read so c times in the corrections; with P from
        here the chance is then (S * P + c) / (S + n), S = ``OWN_STRENGTH``: P is taken as seen in S sightings. As the
        corrections are only some of the document's errors, nothing becomes dearer.

        >>> channel = counted({Group("h", "b"): 5}, {"h": 60_000, "": 900_000})
        >>> mine = channel.adapted([("tbe", "the"), ("bave", "have")], letters=3_000)
        >>> mine.cost("bouse", "house") < channel.cost("bouse", "house")
        True
        >>> mine.cost("toe", "the") == channel.cost("toe", "the")
        True
        """
        times = Counter(group for pair in corrections for group in self.groups(*pair) if group.printed != group.read)
        costs = dict(self.costs)
        for group, count in times.items():
            before = min(costs.get(group.printed, {}).get(group.read, inf), floor(group))
            sightings = max(self.shares.get(group.printed, 0.0) * letters, count)
            chance = (OWN_STRENGTH * exp(-before) + count) / (OWN_STRENGTH + sightings)
            costs[group.printed] = {**costs.get(group.printed, {}), group.read: min(before, -log(chance))}
        return Channel(costs, self.shares, tuple(times), self)


def capitalised(word: str) -> str:
    """A word in lower case with its capital; Scottish and Irish names have two.

    >>> [*map(capitalised, ("mcintyre", "o'brien", "house"))]
    ['McIntyre', "O'Brien", 'House']
    """
    first = word[:2]
    return (
        first.capitalize() + word[2:].capitalize() if first in DOUBLE and len(word) > LONG_NAME else word.capitalize()
    )


def _likely(costs: Costs) -> dict[str, list[str]]:
    likely: dict[str, list[str]] = {}
    for printed, readings in costs.items():
        for read, cost in readings.items():
            if cost <= LIKELY and read and EDGE not in printed + read:
                likely.setdefault(read, []).append(printed)
    return likely


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

    >>> table_of("characters\\t900\\terrors\\t9\\nh\\tb\\t9\\t50\\n").costs == counted({Group("h", "b"): 9}, {"h": 50}).costs
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
